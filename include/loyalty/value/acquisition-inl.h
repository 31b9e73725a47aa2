/* acquisition-inl.h: body of acquisition.h. */
#ifndef LOYALTY_VALUE_ACQUISITION_INL_H
#define LOYALTY_VALUE_ACQUISITION_INL_H

#include "acquisition.h"

#include <math.h>

#include "../math/elementary.h"
#include "retention-inl.h"

LOY_BEGIN_DECLS

/* The time at which a margin stream has paid the cost back; `part` is cost/margin > 0. */
LOYI_LOCAL double loyi_acquisition_time(int timing, double part, double retention, double discount, double growth) {
  const double one = 1.0 + discount, gap = loyi_retention_gap(retention, discount, growth);
  const double first = loyi_retention_multiple(timing == LOY_MARGIN_CONTINUOUS ? LOY_MARGIN_BEGIN : timing, retention,
                                               discount, growth, 1.0);
  double log_w, share;
  if (retention == 0.0) return timing != LOY_MARGIN_CONTINUOUS && part <= first ? part / first : HUGE_VAL;
  if (fabs(gap) < 1e-200 * one) return part / first; /* w is 1; products with the gap would underflow */
  log_w = loyi_retention_log(retention, discount, growth, gap);
  share = timing == LOY_MARGIN_CONTINUOUS ? -part * log_w : part * (gap / (one * first));
  return share < 1.0 ? loyi_log1p(-share) / log_w : HUGE_VAL;
}

LOYALTY_API loy_status loy_acquisition_payback(int timing, double margin, double retention, double discount,
                                               double growth, double acquisition_cost, loy_payback *payback,
                                               loy_error *error) {
  double exact = HUGE_VAL, periods = HUGE_VAL, value;
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status == LOY_OK) status = loyi_retention_check_margin(margin, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_rate(retention, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_terms(timing, discount, growth, HUGE_VAL, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(acquisition_cost))
    return loyi_report(error, LOY_ERR_DOMAIN, "acquisition_cost", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!payback) return loyi_report(error, LOY_ERR_ARGUMENT, "payback", LOY_NO_INDEX, "must not be NULL");
  value = loy_retention_value(timing, margin, retention, discount, growth, HUGE_VAL, 0.0);
  if (margin > 0.0) {
    exact = loyi_acquisition_time(timing, acquisition_cost / margin, retention, discount, growth);
    periods = ceil(exact);
    /* Rounding may put the time on the wrong side of a whole number: what counts is what the margins bring by then. */
    if (periods > 0.0 && periods < 0x1p52) {
      if (margin * loyi_retention_multiple(timing, retention, discount, growth, periods - 1.0) >= acquisition_cost)
        periods -= 1.0;
      else if (margin * loyi_retention_multiple(timing, retention, discount, growth, periods) < acquisition_cost)
        periods += 1.0;
    }
  }
  payback->value = value;
  payback->ratio = value / acquisition_cost;
  payback->exact = exact;
  payback->periods = periods;
  if (isinf(exact)) return loyi_report(error, LOY_NOTICE_NONE, "acquisition_cost", LOY_NO_INDEX, "never comes back");
  return isinf(payback->ratio) ? loyi_retention_diverges(HUGE_VAL, LOY_NO_INDEX, error) : loyi_ok(error);
}

LOYALTY_API loy_status loy_keep_or_replace(double cost, double uplift, double value, double acquisition_cost,
                                           loy_keep *keep, loy_error *error) {
  if (!loyi_is_zero_or_quantity(cost))
    return loyi_report(error, LOY_ERR_DOMAIN, "cost", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!(uplift >= LOY_RANGE_LEAST && uplift <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "uplift", LOY_NO_INDEX, "must be above 0, from 1e-40, and at most 1");
  if (!loyi_is_quantity(value)) return loyi_report(error, LOY_ERR_DOMAIN, "value", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!loyi_is_quantity(acquisition_cost))
    return loyi_report(error, LOY_ERR_DOMAIN, "acquisition_cost", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!keep) return loyi_report(error, LOY_ERR_ARGUMENT, "keep", LOY_NO_INDEX, "must not be NULL");
  keep->gain = uplift * value;
  keep->net = uplift * value - cost;
  keep->cost_per_kept = cost / uplift;
  keep->uplift_to_pay = cost / value;
  keep->uplift_to_replace = cost / acquisition_cost;
  keep->pays = keep->gain > cost;
  keep->cheaper = keep->uplift_to_replace < uplift;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_ACQUISITION_INL_H */
