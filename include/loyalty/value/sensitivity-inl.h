/* sensitivity-inl.h: body of sensitivity.h. */
#ifndef LOYALTY_VALUE_SENSITIVITY_INL_H
#define LOYALTY_VALUE_SENSITIVITY_INL_H

#include "sensitivity.h"
#include "../math/elementary.h"
#include "retention-inl.h"

#include <math.h>

LOY_BEGIN_DECLS

/* (y exp(y) - exp(y) + 1) / y^2 = sum y^n / (n! (n+2)): the mean of exp(y u) u over u in [0, 1]. */
LOYI_LOCAL double loyi_sensitivity_ramp(double y) {
  double term = 1.0, sum = 0.5;
  if (y < -1.0) return (1.0 + (y - 1.0) * loyi_exp(y)) / y / y;
  if (y > 1.0) return (y - 1.0 + loyi_exp(-y)) / y * (loyi_exp(y) / y);
  for (int n = 1; n < 20; n++) {
    term *= y / n;
    sum += term / (n + 2);
  }
  return sum;
}

/* y/2 coth(y/2) - 1 = sum B_2n y^2n / (2n)!, |y| <= 1: what y/(1 - exp(-y)) has beyond 1 + y/2. */
LOYI_LOCAL double loyi_sensitivity_bend(double y) {
  static const double bernoulli[] = {1.0 / 12.0,
                                     -1.0 / 720.0,
                                     1.0 / 30240.0,
                                     -1.0 / 1209600.0,
                                     1.0 / 47900160.0,
                                     -691.0 / 1307674368000.0,
                                     1.0 / 74724249600.0,
                                     -3617.0 / 10670622842880000.0,
                                     43867.0 / 5109094217170944000.0,
                                     -174611.0 / 802857662698291200000.0};
  const double square = y * y;
  double sum = 0.0;
  for (int n = 9; n >= 0; n--) sum = bernoulli[n] + square * sum;
  return square * sum;
}

/* d ln S/d ln w for S = (1 - w^T)/(1 - w), T >= 1 whole, w = exp(x): the mean of t over 0 ... T-1 with weights w^t. */
LOYI_LOCAL double loyi_sensitivity_age(double x, double periods) {
  if (x == 0.0) return 0.5 * (periods - 1.0);
  if (fabs(periods * x) <= 1.0)
    return 0.5 * (periods - 1.0) + (loyi_sensitivity_bend(periods * x) - loyi_sensitivity_bend(x)) / x;
  /* For x > 0 counted back from the last term, so that nothing overflows. */
  if (x > 0.0) return periods - 1.0 - loyi_sensitivity_age(-x, periods);
  return 1.0 / loyi_expm1(-x) - periods / loyi_expm1(-x * periods);
}

LOYALTY_API double loy_margin_multiple_slope(int timing, double retention, double discount, double growth,
                                             double horizon) {
  const double multiple = loy_margin_multiple(timing, retention, discount, growth, horizon);
  const double one = 1.0 + discount, up = 1.0 + growth;
  const double gap = loyi_retention_gap(retention, discount, growth);
  double log_w, begin;
  if (!(multiple < HUGE_VAL)) return multiple; /* NaN or infinite */
  if (horizon == 0.0) return 0.0;
  if (timing == LOY_MARGIN_CONTINUOUS && retention == 0.0) return HUGE_VAL;
  log_w = loyi_retention_log(retention, discount, growth, gap); /* not used where r = 0 */
  if (timing == LOY_MARGIN_CONTINUOUS)
    return isfinite(horizon) ? horizon * (horizon * loyi_sensitivity_ramp(horizon * log_w)) / retention
                             : multiple * (multiple / retention);
  /* d/dr of the sum w^t, t = 0 ... T-1, which is BEGIN. */
  if (!isfinite(horizon)) {
    begin = up / gap * (one / gap);
  } else if (horizon == 1.0) {
    begin = 0.0;
  } else if (retention == 0.0) {
    begin = up / one;
  } else {
    begin = loy_margin_multiple(LOY_MARGIN_BEGIN, retention, discount, growth, horizon) *
            (loyi_sensitivity_age(log_w, horizon) / retention);
  }
  switch (timing) {
  case LOY_MARGIN_BEGIN: return begin;
  case LOY_MARGIN_END_FIRST_SURE: return begin / one;
  default: break;
  }
  /* END is BEGIN times r/(1+i). Without an end the two terms of its derivative make one. */
  if (isfinite(horizon)) {
    begin = (loy_margin_multiple(LOY_MARGIN_BEGIN, retention, discount, growth, horizon) + retention * begin) / one;
  } else {
    begin = 1.0 / gap * (one / gap);
  }
  return timing == LOY_MARGIN_MID ? begin * sqrt(one) : begin;
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_SENSITIVITY_INL_H */
