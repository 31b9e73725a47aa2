/* lifetime-inl.h: body of lifetime.h. */
#ifndef LOYALTY_VALUE_LIFETIME_INL_H
#define LOYALTY_VALUE_LIFETIME_INL_H

#include "lifetime.h"

#include <math.h>

#include "../math/elementary.h"
#include "retention-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_lifetime_check_periods(double periods, size_t index, loy_error *error) {
  if (!loyi_is_horizon(periods)) return loyi_report(error, LOY_ERR_DOMAIN, "periods", index, LOYI_HORIZON_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_lifetime_check_share(double share, size_t index, loy_error *error) {
  if (!(share >= 0.0 && share <= 1.0)) return loyi_report(error, LOY_ERR_DOMAIN, "share", index, "must be from 0 to 1");
  return LOY_OK;
}

LOYALTY_API double loy_lifetime_survivors(double retention, double periods) {
  if (loyi_retention_check_rate(retention, LOY_NO_INDEX, NULL) != LOY_OK ||
      loyi_lifetime_check_periods(periods, LOY_NO_INDEX, NULL) != LOY_OK)
    return (double)NAN;
  return loyi_pow(retention, periods);
}

LOYALTY_API double loy_lifetime_mean(double retention) {
  if (loyi_retention_check_rate(retention, LOY_NO_INDEX, NULL) != LOY_OK) return (double)NAN;
  return 1.0 / (1.0 - retention);
}

LOYALTY_API double loy_lifetime_until(double retention, double share) {
  if (loyi_retention_check_rate(retention, LOY_NO_INDEX, NULL) != LOY_OK ||
      loyi_lifetime_check_share(share, LOY_NO_INDEX, NULL) != LOY_OK)
    return (double)NAN;
  if (share == 1.0 || retention == 0.0) return 0.0;
  if (share == 0.0 || retention == 1.0) return HUGE_VAL;
  return loyi_log(share) / loyi_log(retention);
}

/* Which of the three a batch computes. */
typedef enum loyi_lifetime_what { LOYI_LIFETIME_SURVIVORS, LOYI_LIFETIME_MEAN, LOYI_LIFETIME_UNTIL } loyi_lifetime_what;

LOYI_LOCAL loy_status loyi_lifetime_batch(loyi_lifetime_what what, const double *retention, const double *second,
                                          size_t n, double *out, loy_batch_report *report, loy_error *error) {
  const char *null = n == 0                                       ? NULL
                     : !retention                                 ? "retention"
                     : what == LOYI_LIFETIME_SURVIVORS && !second ? "periods"
                     : what == LOYI_LIFETIME_UNTIL && !second     ? "share"
                     : !out                                       ? "out"
                                                                  : NULL;
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const double r = retention[i], x = second ? second[i] : 0.0;
    loy_error bad;
    loy_status status = loyi_retention_check_rate(r, i, &bad);
    if (status == LOY_OK && what == LOYI_LIFETIME_SURVIVORS) status = loyi_lifetime_check_periods(x, i, &bad);
    if (status == LOY_OK && what == LOYI_LIFETIME_UNTIL) status = loyi_lifetime_check_share(x, i, &bad);
    if (status != LOY_OK) loyi_batch_bad(report, i, &bad);
    out[i] = what == LOYI_LIFETIME_SURVIVORS ? loy_lifetime_survivors(r, x)
             : what == LOYI_LIFETIME_MEAN    ? loy_lifetime_mean(r)
                                             : loy_lifetime_until(r, x);
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_lifetime_survivors_batch(const double *retention, const double *periods, size_t n,
                                                    double *out, loy_batch_report *report, loy_error *error) {
  return loyi_lifetime_batch(LOYI_LIFETIME_SURVIVORS, retention, periods, n, out, report, error);
}

LOYALTY_API loy_status loy_lifetime_mean_batch(const double *retention, size_t n, double *out, loy_batch_report *report,
                                               loy_error *error) {
  return loyi_lifetime_batch(LOYI_LIFETIME_MEAN, retention, NULL, n, out, report, error);
}

LOYALTY_API loy_status loy_lifetime_until_batch(const double *retention, const double *share, size_t n, double *out,
                                                loy_batch_report *report, loy_error *error) {
  return loyi_lifetime_batch(LOYI_LIFETIME_UNTIL, retention, share, n, out, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_LIFETIME_INL_H */
