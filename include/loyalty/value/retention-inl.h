/* retention-inl.h: body of retention.h. */
#ifndef LOYALTY_VALUE_RETENTION_INL_H
#define LOYALTY_VALUE_RETENTION_INL_H

#include "retention.h"

#include <math.h>

#include "../math/elementary.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_retention_check_timing(int timing, loy_error *error) {
  if (timing < LOY_MARGIN_BEGIN || timing > LOY_MARGIN_CONTINUOUS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "timing", LOY_NO_INDEX, "must be a loy_margin_timing");
  return LOY_OK;
}

/* A comparison with NaN is false, so NaN fails each of these. */
LOYI_LOCAL loy_status loyi_retention_check_rate(double retention, size_t index, loy_error *error) {
  if (!(retention >= 0.0 && retention <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "retention", index, "must be from 0 to 1");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_retention_check_terms(int timing, double discount, double growth, double horizon,
                                                 loy_error *error) {
  const char *rate = "must be greater than -1 and at most 1e40";
  if (!(discount > -1.0 && discount <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX, rate);
  if (!(growth > -1.0 && growth <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX, rate);
  if (!loyi_is_horizon(horizon)) return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  if (timing != LOY_MARGIN_CONTINUOUS && isfinite(horizon) && floor(horizon) != horizon)
    return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX,
                       "must be a whole number of periods unless the timing is continuous");
  return LOY_OK;
}

/* (1+i) (1-w) = 1+i - r(1+g): from 1+i where that is exact because i is next to -1, else without the ones, which would
 * cancel. */
LOYI_LOCAL double loyi_retention_gap(double retention, double discount, double growth) {
  return discount < -0.5 ? (1.0 + discount) - retention * (1.0 + growth)
                         : (discount + (1.0 - retention)) - retention * growth;
}

/* ln w. Next to 1 the rounding of w would be all that is left of its logarithm, next to 0 its underflow. */
LOYI_LOCAL double loyi_retention_log(double retention, double discount, double growth, double gap) {
  const double one = 1.0 + discount, w = retention * (1.0 + growth) / one;
  if (fabs(gap) < 0.5 * one) return loyi_log1p(-gap / one);
  return w > 1e-290 ? loyi_log(w) : loyi_log(retention) + (loyi_log1p(growth) - loyi_log(one));
}

/* The multiple for arguments that were checked. 1 - w^T = -expm1(T ln w) keeps its digits where w is next to 1. */
LOYI_LOCAL double loyi_retention_multiple(int timing, double retention, double discount, double growth,
                                          double horizon) {
  const double one = 1.0 + discount, gap = loyi_retention_gap(retention, discount, growth);
  double log_w, first, paid;
  if (horizon == 0.0) return 0.0;
  switch (timing) {
  case LOY_MARGIN_BEGIN: first = 1.0; break;
  case LOY_MARGIN_END: first = retention / one; break;
  case LOY_MARGIN_END_FIRST_SURE: first = 1.0 / one; break;
  case LOY_MARGIN_MID: first = retention / one * sqrt(one); break;
  default: first = 1.0; break;
  }
  if (retention == 0.0) return timing == LOY_MARGIN_CONTINUOUS ? 0.0 : first;
  log_w = loyi_retention_log(retention, discount, growth, gap);
  if (!isfinite(horizon)) {
    if (!(gap > 0.0)) return first > 0.0 ? HUGE_VAL : 0.0;
    return timing == LOY_MARGIN_CONTINUOUS ? -1.0 / log_w : first * (one / gap);
  }
  /* w is 1, also where one/gap would overflow: all margins count alike. */
  if (fabs(gap) < 1e-200 * one) return first * horizon;
  paid = loyi_expm1(horizon * log_w); /* w^T - 1 */
  return timing == LOY_MARGIN_CONTINUOUS ? paid / log_w : first * (-paid * (one / gap));
}

LOYALTY_API double loy_margin_multiple(int timing, double retention, double discount, double growth, double horizon) {
  if (loyi_retention_check_timing(timing, NULL) != LOY_OK ||
      loyi_retention_check_rate(retention, LOY_NO_INDEX, NULL) != LOY_OK ||
      loyi_retention_check_terms(timing, discount, growth, horizon, NULL) != LOY_OK)
    return NAN;
  return loyi_retention_multiple(timing, retention, discount, growth, horizon);
}

LOYI_LOCAL loy_status loyi_retention_diverges(double horizon, size_t index, loy_error *error) {
  if (isfinite(horizon))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "horizon", index, "the value is larger than the largest double");
  return loyi_report(error, LOY_NOTICE_DIVERGES, "retention", index,
                     "the value is infinite because r (1+g) is not below 1+i and there is no horizon");
}

LOYALTY_API loy_status loy_margin_multiple_check(int timing, double retention, double discount, double growth,
                                                 double horizon, double *multiple, loy_error *error) {
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status == LOY_OK) status = loyi_retention_check_rate(retention, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_terms(timing, discount, growth, horizon, error);
  if (status != LOY_OK) return status;
  if (!multiple) return loyi_report(error, LOY_ERR_ARGUMENT, "multiple", LOY_NO_INDEX, "must not be NULL");
  *multiple = loyi_retention_multiple(timing, retention, discount, growth, horizon);
  return isinf(*multiple) ? loyi_retention_diverges(horizon, LOY_NO_INDEX, error) : loyi_ok(error);
}

/* A margin of 0 brings nothing, however long. */
LOYI_LOCAL double loyi_retention_worth(double margin, double multiple, double acquisition_cost) {
  return (margin == 0.0 ? 0.0 : margin * multiple) - acquisition_cost;
}

#define LOYI_RETENTION_MONEY "must be 0, or from 1e-40 to 1e40 in size"

LOYI_LOCAL loy_status loyi_retention_check_margin(double margin, size_t index, loy_error *error) {
  if (!loyi_is_zero_or_quantity(fabs(margin)))
    return loyi_report(error, LOY_ERR_DOMAIN, "margin", index, LOYI_RETENTION_MONEY);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_retention_check_cost(double acquisition_cost, loy_error *error) {
  if (!loyi_is_zero_or_quantity(fabs(acquisition_cost)))
    return loyi_report(error, LOY_ERR_DOMAIN, "acquisition_cost", LOY_NO_INDEX, LOYI_RETENTION_MONEY);
  return LOY_OK;
}

LOYALTY_API loy_status loy_retention_value_check(int timing, double margin, double retention, double discount,
                                                 double growth, double horizon, double acquisition_cost, double *value,
                                                 loy_error *error) {
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status == LOY_OK) status = loyi_retention_check_margin(margin, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_rate(retention, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_retention_check_terms(timing, discount, growth, horizon, error);
  if (status == LOY_OK) status = loyi_retention_check_cost(acquisition_cost, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  *value = loyi_retention_worth(margin, loyi_retention_multiple(timing, retention, discount, growth, horizon),
                                acquisition_cost);
  return isinf(*value) ? loyi_retention_diverges(horizon, LOY_NO_INDEX, error) : loyi_ok(error);
}

LOYALTY_API double loy_retention_value(int timing, double margin, double retention, double discount, double growth,
                                       double horizon, double acquisition_cost) {
  double value = 0.0;
  loy_status status =
      loy_retention_value_check(timing, margin, retention, discount, growth, horizon, acquisition_cost, &value, NULL);
  return loy_status_is_error(status) ? NAN : value;
}

LOYALTY_API loy_status loy_retention_value_batch(int timing, const double *margin, const double *retention, size_t n,
                                                 double discount, double growth, double horizon,
                                                 double acquisition_cost, double *out, loy_batch_report *report,
                                                 loy_error *error) {
  size_t infinite = LOY_NO_INDEX;
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status != LOY_OK) return status;
  if (!margin && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX, "must not be NULL");
  if (!retention && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "retention", LOY_NO_INDEX, "must not be NULL");
  status = loyi_retention_check_terms(timing, discount, growth, horizon, error);
  if (status == LOY_OK) status = loyi_retention_check_cost(acquisition_cost, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    double m = margin[i], r = retention[i];
    if (loyi_retention_check_margin(m, i, &bad) == LOY_OK && loyi_retention_check_rate(r, i, &bad) == LOY_OK) {
      out[i] = loyi_retention_worth(m, loyi_retention_multiple(timing, r, discount, growth, horizon), acquisition_cost);
      if (isinf(out[i]) && infinite == LOY_NO_INDEX) infinite = i;
    } else {
      out[i] = NAN;
      loyi_batch_bad(report, i, &bad);
    }
  }
  return infinite == LOY_NO_INDEX ? loyi_ok(error) : loyi_retention_diverges(horizon, infinite, error);
}

#undef LOYI_RETENTION_MONEY

LOY_END_DECLS

#endif /* LOYALTY_VALUE_RETENTION_INL_H */
