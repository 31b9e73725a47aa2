/* beta_fall-inl.h: body of beta_fall.h. */
#ifndef LOYALTY_MATH_BETA_FALL_INL_H
#define LOYALTY_MATH_BETA_FALL_INL_H

#include "beta_fall.h"

#include <math.h>

#include "gamma.h"
#include "legendre.h"

LOY_BEGIN_DECLS

/* The integral over y in (0, small) of f(b + y, large), a difference of polygamma functions whose nearest pole is at
 * y = -b, for small <= b, by Gauss's rule of 6, 10 or 12 nodes: error below 1e-18, as (1 + 2 z + 2 sqrt(z + z^2))^-2n
 * with z = b / small. */
LOYI_LOCAL double loyi_beta_fall_mean(double (*f)(double, double), double b, double small, double large) {
  int rule = small <= 0.125 * b ? 0 : (small <= 0.5 * b ? 2 : 3);
  double sum = 0.0;
  for (int node = 0; node < loyi_legendre_nodes(rule); node++) {
    double at, weight;
    loyi_legendre_node(rule, node, &at, &weight);
    sum += weight * f(b + at * small, large);
  }
  return small * sum;
}

LOYI_LOCAL int loyi_beta_fall_domain(double a, double b, double u) {
  return a > 0.0 && b > 0.0 && u >= 0.0 && b + a + u < (double)INFINITY;
}

LOYI_SHARED double loyi_lbeta_fall(double a, double b, double u) {
  double small = a < u ? a : u, large = a < u ? u : a;
  if (!loyi_beta_fall_domain(a, b, u)) return (double)NAN;
  if (u == 0.0) return 0.0;
  /* The two differences cancel by a factor of about ln(b + large) / ln(1 + large / b): little where b is small, and no
   * more than that of the logarithms of shapes where all three are large. */
  if (small > b || (large > b && b < 1e3)) return loyi_lgamma_delta(b + large, small) - loyi_lgamma_delta(b, small);
  return loyi_beta_fall_mean(loyi_digamma_delta, b, small, large);
}

LOYI_SHARED double loyi_lbeta_fall_slope(double a, double b, double u) {
  double small = a < u ? a : u, large = a < u ? u : a;
  if (!loyi_beta_fall_domain(a, b, u)) return (double)NAN;
  if (u == 0.0) return 0.0;
  /* With small > b the first difference is below ln 2, the second above. */
  if (small > b) return loyi_digamma_delta(b + large, small) - loyi_digamma_delta(b, small);
  return loyi_beta_fall_mean(loyi_trigamma_delta, b, small, large);
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_BETA_FALL_INL_H */
