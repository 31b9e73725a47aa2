/* distribution-inl.h: body of distribution.h. */
#ifndef LOYALTY_MATH_DISTRIBUTION_INL_H
#define LOYALTY_MATH_DISTRIBUTION_INL_H

#include "distribution.h"
#include "elementary.h"
#include "gamma.h"
#include "incomplete.h"
#include "normal.h"
#include "root.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYI_SHARED double loyi_chi2_upper(double x, double df) {
  if (!(df > 0.0) || isnan(x)) return (double)NAN;
  return x > 0.0 ? loyi_gamma_inc_upper(0.5 * df, 0.5 * x) : 1.0;
}

/* P(T > t), t > 0. With x = df/(df + t^2) the tail is I_x(df/2, 1/2)/2. */
LOYI_LOCAL double loyi_t_tail(double t, double df) {
  /* t^2/df without overflow; x and 1 - x each without cancellation. */
  const double ratio = t / sqrt(df) * (t / sqrt(df));
  if (ratio > 1e300) /* x would underflow: the first term of the series in x */
    return 0.5 * loyi_exp(df * (0.5 * loyi_log(df) - loyi_log(t)) - loyi_log(0.5 * df) - loyi_lbeta(0.5 * df, 0.5));
  return ratio > 1.0 ? 0.5 * loyi_beta_inc(0.5 * df, 0.5, 1.0 / (1.0 + ratio))
                     : 0.5 * loyi_beta_inc_upper(0.5, 0.5 * df, ratio / (1.0 + ratio));
}

/* P(0 < T < t), t > 0. */
LOYI_LOCAL double loyi_t_middle(double t, double df) {
  const double ratio = t / sqrt(df) * (t / sqrt(df));
  return ratio > 1.0 ? 0.5 * loyi_beta_inc_upper(0.5 * df, 0.5, 1.0 / (1.0 + ratio))
                     : 0.5 * loyi_beta_inc(0.5, 0.5 * df, ratio / (1.0 + ratio));
}

LOYI_SHARED double loyi_t_upper(double t, double df) {
  if (!(df > 0.0) || isnan(t)) return (double)NAN;
  if (isinf(df)) return loyi_normal_cdf(-t);
  if (isinf(t)) return t > 0.0 ? 0.0 : 1.0;
  if (t == 0.0) return 0.5;
  return t > 0.0 ? loyi_t_tail(t, df) : 0.5 + loyi_t_middle(-t, df);
}

/* The logarithm of a probability beyond (or before) exp(w), less that of the one wanted. */
typedef struct loyi_t_target {
  double df, probability;
  int tail;
} loyi_t_target;

LOYI_LOCAL double loyi_t_excess(const void *ctx, double w) {
  const loyi_t_target *target = (const loyi_t_target *)ctx;
  const double t = loyi_exp(w);
  return target->tail ? loyi_log(target->probability / loyi_t_tail(t, target->df))
                      : loyi_log(loyi_t_middle(t, target->df) / target->probability);
}

LOYI_SHARED double loyi_t_quantile(double p, double df) {
  loyi_t_target target;
  double sign, low, high, w;
  if (!(df > 0.0) || !(p >= 0.0 && p <= 1.0)) return (double)NAN;
  if (isinf(df)) return loyi_normal_quantile(p);
  if (p == 0.5) return 0.0;
  sign = p < 0.5 ? -1.0 : 1.0;
  if (p == 0.0 || p == 1.0) return sign * (double)INFINITY;
  /* Near the middle p - 1/2 is exact and small; in the tails p or 1 - p is. */
  target.df = df;
  target.tail = p < 0.25 || p > 0.75;
  target.probability = target.tail ? (p < 0.5 ? p : 1.0 - p) : fabs(p - 0.5);
  w = loyi_log(fabs(loyi_normal_quantile(p)));
  for (low = w - 1.0; loyi_t_excess(&target, low) > 0.0; low -= w - low) continue;
  for (high = w + 1.0; loyi_t_excess(&target, high) < 0.0 && high < 709.0; high += high - w) continue;
  w = loyi_root(loyi_t_excess, &target, low, high < 709.0 ? high : 709.0, 0.0);
  return isnan(w) ? sign * (double)INFINITY : sign * loyi_exp(w);
}

/* The tail of a beta distribution whose logarithm is wanted, at x = 1/(1 + exp(-w)). */
typedef struct loyi_beta_target {
  double a, b, probability;
  int upper;
} loyi_beta_target;

/* Grows with w, through 0 at the quantile. Of x and 1 - x the smaller is formed, so that neither loses digits. */
LOYI_LOCAL double loyi_beta_beyond(const void *ctx, double w) {
  const loyi_beta_target *target = (const loyi_beta_target *)ctx;
  const double e = loyi_exp(-fabs(w)), small = e / (1.0 + e);
  if (target->upper)
    return -loyi_log(
        (w < 0.0 ? loyi_beta_inc_upper(target->a, target->b, small) : loyi_beta_inc(target->b, target->a, small)) /
        target->probability);
  return loyi_log(
      (w < 0.0 ? loyi_beta_inc(target->a, target->b, small) : loyi_beta_inc_upper(target->b, target->a, small)) /
      target->probability);
}

LOYI_SHARED double loyi_beta_quantile(double p, int upper, double a, double b) {
  const double end = 700.0;
  loyi_beta_target target;
  double low, high, w;
  if (!(p > 0.0 && p < 1.0 && a >= 0.0 && b >= 0.0 && a + b > 0.0 && isfinite(a + b))) return (double)NAN;
  if (a == 0.0) return 0.0;
  if (b == 0.0) return 1.0;
  target.a = a;
  target.b = b;
  target.probability = p;
  target.upper = upper;
  /* Ten standard deviations of the log-odds around its mean, else everything. */
  w = loyi_log(a / b);
  low = w - 10.0 * sqrt(1.0 / a + 1.0 / b);
  high = w + 10.0 * sqrt(1.0 / a + 1.0 / b);
  if (!(low > -end && loyi_beta_beyond(&target, low) < 0.0)) low = -end;
  if (!(high < end && loyi_beta_beyond(&target, high) > 0.0)) high = end;
  if (low == -end && loyi_beta_beyond(&target, low) >= 0.0) return 0.0;
  if (high == end && loyi_beta_beyond(&target, high) <= 0.0) return 1.0;
  w = loyi_root(loyi_beta_beyond, &target, low, high, 0x1p-53);
  return w < 0.0 ? loyi_exp(w) / (1.0 + loyi_exp(w)) : 1.0 / (1.0 + loyi_exp(-w));
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_DISTRIBUTION_INL_H */
