/* gaps_likelihood-inl.h: body of gaps_likelihood.h. */
#ifndef LOYALTY_LADDER_GAPS_LIKELIHOOD_INL_H
#define LOYALTY_LADDER_GAPS_LIKELIHOOD_INL_H

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "gaps_likelihood.h"

LOY_BEGIN_DECLS

/* What was counted has a larger chance at any maximum: counts span 1e-84 of their total. Above it second derivatives
 * are finite. */
#define LOYI_GAPS_LEAST_CHANCE 1e-150

LOYI_LOCAL size_t loyi_gaps_memory(size_t states, size_t longest) { return (6 * longest + 2) * states * states; }

LOYI_SHARED int loyi_gaps_open(loyi_gaps *gaps, const double *counts, size_t states, size_t longest, double total,
                               const loy_allocator *allocator) {
  const size_t each = states * states, all = longest * each;
  memset(gaps, 0, sizeof *gaps);
  gaps->states = states;
  gaps->longest = longest;
  gaps->allocator = allocator;
  gaps->memory = (double *)loyi_allocate(allocator, loyi_gaps_memory(states, longest), sizeof(double));
  if (!gaps->memory) return 0;
  gaps->share = gaps->memory;
  gaps->power = gaps->share + all; /* power[k - 1] is P^k; the same for the rest */
  gaps->ratio = gaps->power + all;
  gaps->adjoint = gaps->ratio + all;
  gaps->tangent = gaps->adjoint + all;
  gaps->swing = gaps->tangent + all;
  gaps->work = gaps->swing + all;
  for (size_t i = 0; i < all; i++) gaps->share[i] = counts[i] / total;
  return 1;
}

LOYI_SHARED void loyi_gaps_close(loyi_gaps *gaps) {
  loyi_release(gaps->allocator, gaps->memory, loyi_gaps_memory(gaps->states, gaps->longest), sizeof(double));
}

/* c += a b. */
LOYI_LOCAL void loyi_gaps_multiply(double *LOY_RESTRICT c, const double *a, const double *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++) {
      const double factor = a[i * n + k];
      if (factor == 0.0) continue;
      for (size_t j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
    }
}

/* c += a' b. */
LOYI_LOCAL void loyi_gaps_multiply_left(double *LOY_RESTRICT c, const double *a, const double *b, size_t n) {
  for (size_t k = 0; k < n; k++)
    for (size_t i = 0; i < n; i++) {
      const double factor = a[k * n + i];
      if (factor == 0.0) continue;
      for (size_t j = 0; j < n; j++) c[i * n + j] += factor * b[k * n + j];
    }
}

/* c += a b', with room for b'. */
LOYI_LOCAL void loyi_gaps_multiply_right(double *LOY_RESTRICT c, const double *a, const double *b, size_t n,
                                         double *room) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) room[j * n + i] = b[i * n + j];
  loyi_gaps_multiply(c, a, room, n);
}

LOYI_SHARED double loyi_gaps_value(loyi_gaps *gaps, const double *transition) {
  const size_t n = gaps->states, each = n * n;
  double value = 0.0;
  memcpy(gaps->power, transition, each * sizeof *transition);
  memset(gaps->power + each, 0, (gaps->longest - 1) * each * sizeof *transition);
  for (size_t k = 1; k < gaps->longest; k++)
    loyi_gaps_multiply(gaps->power + k * each, transition, gaps->power + (k - 1) * each, n);
  for (size_t i = 0; i < gaps->longest * each; i++) {
    if (gaps->share[i] == 0.0) continue;
    if (!(gaps->power[i] > LOYI_GAPS_LEAST_CHANCE)) return -(double)INFINITY;
    value += gaps->share[i] * loyi_log(gaps->power[i]);
  }
  return value;
}

LOYI_SHARED void loyi_gaps_gradient(loyi_gaps *gaps, const double *transition, double *gradient) {
  const size_t n = gaps->states, each = n * n;
  for (size_t i = 0; i < gaps->longest * each; i++)
    gaps->adjoint[i] = gaps->ratio[i] = gaps->share[i] > 0.0 ? gaps->share[i] / gaps->power[i] : 0.0;
  memset(gradient, 0, each * sizeof *gradient);
  for (size_t k = gaps->longest; k-- > 1;) {
    const double *adjoint = gaps->adjoint + k * each;
    loyi_gaps_multiply_right(gradient, adjoint, gaps->power + (k - 1) * each, n, gaps->work);
    loyi_gaps_multiply_left(gaps->adjoint + (k - 1) * each, transition, adjoint, n);
  }
  for (size_t i = 0; i < each; i++) gradient[i] += gaps->adjoint[i];
}

LOYI_SHARED void loyi_gaps_hessian_times(loyi_gaps *gaps, const double *transition, const double *direction,
                                         double *product) {
  const size_t n = gaps->states, each = n * n;
  double *tangent = gaps->tangent, *swing = gaps->swing; /* of the powers, and of the adjoints */
  memcpy(tangent, direction, each * sizeof *direction);
  memset(tangent + each, 0, (gaps->longest - 1) * each * sizeof *tangent);
  for (size_t k = 1; k < gaps->longest; k++) {
    loyi_gaps_multiply(tangent + k * each, direction, gaps->power + (k - 1) * each, n);
    loyi_gaps_multiply(tangent + k * each, transition, tangent + (k - 1) * each, n);
  }
  for (size_t i = 0; i < gaps->longest * each; i++)
    swing[i] = gaps->ratio[i] > 0.0 ? -gaps->ratio[i] * (tangent[i] / gaps->power[i]) : 0.0;
  memset(product, 0, each * sizeof *product);
  for (size_t k = gaps->longest; k-- > 1;) {
    const double *adjoint = gaps->adjoint + k * each;
    loyi_gaps_multiply_right(product, swing + k * each, gaps->power + (k - 1) * each, n, gaps->work);
    loyi_gaps_multiply_right(product, adjoint, tangent + (k - 1) * each, n, gaps->work);
    loyi_gaps_multiply_left(swing + (k - 1) * each, direction, adjoint, n);
    loyi_gaps_multiply_left(swing + (k - 1) * each, transition, swing + k * each, n);
  }
  for (size_t i = 0; i < each; i++) product[i] += swing[i];
}

#undef LOYI_GAPS_LEAST_CHANCE

LOY_END_DECLS

#endif /* LOYALTY_LADDER_GAPS_LIKELIHOOD_INL_H */
