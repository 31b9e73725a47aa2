/* uncertainty-inl.h: body of uncertainty.h. */
#ifndef LOYALTY_VALUE_UNCERTAINTY_INL_H
#define LOYALTY_VALUE_UNCERTAINTY_INL_H

#include "uncertainty.h"

#include <math.h>

#include "../math/elementary.h"
#include "retention-inl.h"
#include "sensitivity.h"

LOY_BEGIN_DECLS

/* The deviation for a margin of 1, 0 < r < 1, where both gaps are positive: gap = one - r up, gap2 = one^2 - r up^2. */
LOYI_LOCAL double loyi_uncertainty_deviation(int timing, double r, double discount, double growth, double gap,
                                             double gap2) {
  const double one = 1.0 + discount, up = 1.0 + growth;
  double begin;
  if (timing == LOY_MARGIN_CONTINUOUS) {
    const double leave = -loyi_log(r); /* k */
    const double once = -loyi_retention_log(r, discount, growth, gap);
    const double twice =
        gap2 < 0.5 * one * one ? -loyi_log1p(-gap2 / (one * one)) : leave + 2.0 * (loyi_log(one) - loyi_log1p(growth));
    return sqrt(leave / twice) / once;
  }
  begin = sqrt(r * (1.0 - r) / gap2) * (one / gap);
  switch (timing) {
  case LOY_MARGIN_BEGIN: return begin * up;
  case LOY_MARGIN_END: return begin;
  case LOY_MARGIN_END_FIRST_SURE: return begin * (up / one);
  default: return begin * sqrt(one); /* MID */
  }
}

LOYALTY_API loy_status loy_retention_spread(int timing, double margin, double retention, double discount, double growth,
                                            double *mean, double *deviation, loy_error *error) {
  double one, up, gap, gap2, sum = 0.0, spread = 0.0;
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status == LOY_OK) status = loyi_retention_check_margin(margin, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_rate(retention, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_terms(timing, discount, growth, HUGE_VAL, error);
  if (status != LOY_OK) return status;
  if (!mean) return loyi_report(error, LOY_ERR_ARGUMENT, "mean", LOY_NO_INDEX, "must not be NULL");
  if (!deviation) return loyi_report(error, LOY_ERR_ARGUMENT, "deviation", LOY_NO_INDEX, "must not be NULL");
  one = 1.0 + discount;
  up = 1.0 + growth;
  gap = loyi_retention_gap(retention, discount, growth);
  gap2 = discount < -0.5 ? one * one - retention * (up * up)
                         : (discount * (2.0 + discount) + (1.0 - retention)) - retention * (growth * (2.0 + growth));
  if (margin != 0.0) {
    sum = margin * loyi_retention_multiple(timing, retention, discount, growth, HUGE_VAL);
    if (isinf(sum) || (!(gap2 > 0.0) && retention < 1.0 && retention > 0.0)) {
      spread = HUGE_VAL;
    } else if (retention > 0.0 && retention < 1.0) {
      spread = fabs(margin) * loyi_uncertainty_deviation(timing, retention, discount, growth, gap, gap2);
    }
  }
  *mean = sum;
  *deviation = spread;
  if (isinf(sum)) return loyi_retention_diverges(HUGE_VAL, LOY_NO_INDEX, error);
  if (isinf(spread))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX,
                       "the deviation is infinite because r (1+g)^2 is not below (1+i)^2");
  return loyi_ok(error);
}

/* sqrt(a^2 + b^2 + 2 rho a b), a and b >= 0: as a sum of squares, scaled so that none overflows. */
LOYI_LOCAL double loyi_uncertainty_sum(double a, double b, double rho) {
  const double most = a > b ? a : b;
  double x, y;
  if (most == 0.0 || isinf(most)) return most;
  x = a / most + rho * (b / most);
  y = b / most;
  return most * sqrt(x * x + (1.0 - rho) * (1.0 + rho) * (y * y));
}

LOYALTY_API loy_status loy_retention_value_error(int timing, double margin, double retention, double discount,
                                                 double growth, double horizon, double se_margin, double se_retention,
                                                 double correlation, double *value, double *standard_error,
                                                 loy_error *error) {
  double worth = 0.0, multiple, slope, se;
  loy_status status =
      loy_retention_value_check(timing, margin, retention, discount, growth, horizon, 0.0, &worth, error);
  if (loy_status_is_error(status)) return status;
  if (!loyi_is_zero_or_quantity(se_margin))
    return loyi_report(error, LOY_ERR_DOMAIN, "se_margin", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_zero_or_quantity(se_retention))
    return loyi_report(error, LOY_ERR_DOMAIN, "se_retention", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!(correlation >= -1.0 && correlation <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "correlation", LOY_NO_INDEX, "must be from -1 to 1");
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  if (!standard_error) return loyi_report(error, LOY_ERR_ARGUMENT, "standard_error", LOY_NO_INDEX, "must not be NULL");
  multiple = loyi_retention_multiple(timing, retention, discount, growth, horizon);
  slope = loy_margin_multiple_slope(timing, retention, discount, growth, horizon);
  /* A standard error of 0 stays 0 where what it multiplies is infinite. A negative margin turns the second effect. */
  se = loyi_uncertainty_sum(se_margin == 0.0 ? 0.0 : multiple * se_margin,
                            se_retention == 0.0 || margin == 0.0 ? 0.0 : fabs(margin) * slope * se_retention,
                            margin < 0.0 ? -correlation : correlation);
  *value = worth;
  *standard_error = se;
  if (isinf(worth)) return loyi_retention_diverges(horizon, LOY_NO_INDEX, error);
  if (isinf(se))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX, "the standard error is infinite");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_UNCERTAINTY_INL_H */
