/* rates-inl.h: body of rates.h. */
#ifndef LOYALTY_BTYD_RATES_INL_H
#define LOYALTY_BTYD_RATES_INL_H

#include "rates.h"
#include "../base/range.h"
#include "../math/elementary.h"
#include "../math/proportion.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_RATE_MOST ((int64_t)1 << 53)

LOYI_LOCAL loy_status loyi_rate_share(int64_t part, int64_t whole, const char *part_name, const char *whole_name,
                                      loy_rate *result, loy_error *error) {
  if (whole < 0 || whole > LOYI_RATE_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, whole_name, LOY_NO_INDEX, "must be from 1 to 2^53");
  if (part < 0 || part > whole)
    return loyi_report(error, LOY_ERR_DOMAIN, part_name, LOY_NO_INDEX, "must be from 0 to the whole");
  if (whole == 0) return loyi_report(error, LOY_ERR_TOO_FEW, whole_name, LOY_NO_INDEX, "must be at least 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  result->part = part;
  result->whole = whole;
  result->rate = (double)part / (double)whole;
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_rate_retained(int64_t start, int64_t end, int64_t acquired, int churn, loy_rate *result,
                                         loy_error *error) {
  if (start < 0 || start > LOYI_RATE_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be from 1 to 2^53");
  if (acquired < 0 || acquired > LOYI_RATE_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "acquired", LOY_NO_INDEX, "must be from 0 to 2^53");
  if (end < acquired || end - acquired > start)
    return loyi_report(error, LOY_ERR_DOMAIN, "end", LOY_NO_INDEX, "must be from acquired to start + acquired");
  return loyi_rate_share(churn ? start - (end - acquired) : end - acquired, start, "end", "start", result, error);
}

LOYALTY_API loy_status loy_retention_rate(int64_t start, int64_t end, int64_t acquired, loy_rate *result,
                                          loy_error *error) {
  return loyi_rate_retained(start, end, acquired, 0, result, error);
}

LOYALTY_API loy_status loy_churn_rate(int64_t start, int64_t end, int64_t acquired, loy_rate *result,
                                      loy_error *error) {
  return loyi_rate_retained(start, end, acquired, 1, result, error);
}

LOYALTY_API loy_status loy_repeat_rate(int64_t repeat_customers, int64_t customers, loy_rate *result,
                                       loy_error *error) {
  return loyi_rate_share(repeat_customers, customers, "repeat_customers", "customers", result, error);
}

LOYALTY_API loy_status loy_repurchase_rate(int64_t returning_orders, int64_t orders, loy_rate *result,
                                           loy_error *error) {
  return loyi_rate_share(returning_orders, orders, "returning_orders", "orders", result, error);
}

LOYALTY_API loy_status loy_rate_interval(const loy_rate *result, double level, double *lower, double *upper,
                                         loy_error *error) {
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->whole < 1 || result->part < 0 || result->part > result->whole)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from a function that computes a rate");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  loyi_wilson((double)result->part, (double)result->whole, level, lower, upper);
  return loyi_ok(error);
}

/* ---- from one length of period to another ---- */

LOYI_LOCAL loy_status loyi_rate_lengths(double from, double to, loy_error *error) {
  if (!loyi_is_quantity(from)) return loyi_report(error, LOY_ERR_DOMAIN, "from", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!loyi_is_quantity(to)) return loyi_report(error, LOY_ERR_DOMAIN, "to", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL int loyi_is_rate(double rate) { return rate >= 0.0 && rate <= 1.0; }

LOYI_LOCAL double loyi_rate_converted(int churn, double rate, double from, double to) {
  if (!churn) return loyi_pow(rate, to / from);
  if (to == from) return rate;
  return rate == 1.0 ? 1.0 : -loyi_expm1(to / from * loyi_log1p(-rate));
}

LOYI_LOCAL loy_status loyi_rate_convert(int churn, double rate, double from, double to, double *result,
                                        loy_error *error) {
  loy_status status;
  if (!loyi_is_rate(rate))
    return loyi_report(error, LOY_ERR_DOMAIN, churn ? "churn" : "retention", LOY_NO_INDEX, "must be from 0 to 1");
  status = loyi_rate_lengths(from, to, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  *result = loyi_rate_converted(churn, rate, from, to);
  return loyi_ok(error);
}

LOYALTY_API double loy_retention_convert(double retention, double from, double to) {
  double result = (double)NAN;
  loyi_rate_convert(0, retention, from, to, &result, NULL);
  return result;
}

LOYALTY_API double loy_churn_convert(double churn, double from, double to) {
  double result = (double)NAN;
  loyi_rate_convert(1, churn, from, to, &result, NULL);
  return result;
}

LOYALTY_API loy_status loy_retention_convert_check(double retention, double from, double to, double *result,
                                                   loy_error *error) {
  return loyi_rate_convert(0, retention, from, to, result, error);
}

LOYALTY_API loy_status loy_churn_convert_check(double churn, double from, double to, double *result, loy_error *error) {
  return loyi_rate_convert(1, churn, from, to, result, error);
}

LOYI_LOCAL loy_status loyi_rate_convert_batch(int churn, double from, double to, const double *rate, size_t n,
                                              double *out, loy_batch_report *report, loy_error *error) {
  const char *const name = churn ? "churn" : "retention";
  const loy_status status = loyi_rate_lengths(from, to, error);
  if (status != LOY_OK) return status;
  if (!rate && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    if (loyi_is_rate(rate[i])) {
      out[i] = loyi_rate_converted(churn, rate[i], from, to);
    } else {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, name, i, "must be from 0 to 1");
      loyi_batch_bad(report, i, &bad);
      out[i] = (double)NAN;
    }
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_retention_convert_batch(double from, double to, const double *retention, size_t n,
                                                   double *out, loy_batch_report *report, loy_error *error) {
  return loyi_rate_convert_batch(0, from, to, retention, n, out, report, error);
}

LOYALTY_API loy_status loy_churn_convert_batch(double from, double to, const double *churn, size_t n, double *out,
                                               loy_batch_report *report, loy_error *error) {
  return loyi_rate_convert_batch(1, from, to, churn, n, out, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RATES_INL_H */
