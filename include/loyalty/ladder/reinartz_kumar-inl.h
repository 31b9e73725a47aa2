/* reinartz_kumar-inl.h: body of reinartz_kumar.h. */
#ifndef LOYALTY_LADDER_REINARTZ_KUMAR_INL_H
#define LOYALTY_LADDER_REINARTZ_KUMAR_INL_H

#include "reinartz_kumar.h"
#include "../math/elementary.h"
#include "two_by_two.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYI_LOCAL loyi_axis loyi_reinartz_kumar_profit(double from) {
  const loyi_axis axis = {"profit", LOYI_AMOUNT_MUST, -LOY_RANGE_MOST, LOY_RANGE_MOST, from};
  return axis;
}

LOYI_LOCAL loyi_axis loyi_reinartz_kumar_duration(double from) {
  const loyi_axis axis = {"duration", LOYI_DURATION_MUST, 0.0, LOY_RANGE_MOST, from};
  return axis;
}

LOYI_LOCAL loy_status loyi_reinartz_kumar_cuts(const loyi_axis *x, const loyi_axis *y, loy_error *error) {
  const loy_status status = loyi_cut_check(x->from, x->least, x->most, "profit_from", x->must, error);
  return status != LOY_OK ? status : loyi_cut_check(y->from, y->least, y->most, "duration_from", y->must, error);
}

LOYALTY_API loy_status loy_reinartz_kumar(double profit, double duration, double profit_from, double duration_from,
                                          int *type, loy_error *error) {
  const loyi_axis x = loyi_reinartz_kumar_profit(profit_from), y = loyi_reinartz_kumar_duration(duration_from);
  loy_status status = loyi_axis_check(profit, &x, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_axis_check(duration, &y, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_reinartz_kumar_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (!type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  *type = loyi_two_by_two(profit, duration, &x, &y, NULL);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_reinartz_kumar_batch(const double *profit, const double *duration, size_t n,
                                                double profit_from, double duration_from, int8_t *type,
                                                loy_batch_report *report, loy_error *error) {
  const loyi_axis x = loyi_reinartz_kumar_profit(profit_from), y = loyi_reinartz_kumar_duration(duration_from);
  loy_status status = loyi_two_columns(profit, duration, n, &x, &y, error);
  if (status == LOY_OK) status = loyi_reinartz_kumar_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  loyi_two_by_two_batch(profit, duration, n, &x, &y, NULL, type, report);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_quick_activity(double purchases, double last_purchase, double window, double *probability,
                                          loy_error *error) {
  if (!(purchases >= 1.0 && purchases <= 0x1p53 && floor(purchases) == purchases))
    return loyi_report(error, LOY_ERR_DOMAIN, "purchases", LOY_NO_INDEX, "must be a whole number, at least 1");
  if (!loyi_is_quantity(window)) return loyi_report(error, LOY_ERR_DOMAIN, "window", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!(last_purchase >= 0.0 && last_purchase <= window))
    return loyi_report(error, LOY_ERR_DOMAIN, "last_purchase", LOY_NO_INDEX, "must be from 0 to window");
  if (!probability) return loyi_report(error, LOY_ERR_ARGUMENT, "probability", LOY_NO_INDEX, "must not be NULL");
  *probability = loyi_pow(last_purchase / window, purchases);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_quick_activity_batch(const double *purchases, const double *last_purchase,
                                                const double *window, size_t n, double *probability,
                                                loy_batch_report *report, loy_error *error) {
  const char *null = NULL;
  if (n > 0 && !probability) null = "probability";
  if (n > 0 && !window) null = "window";
  if (n > 0 && !last_purchase) null = "last_purchase";
  if (n > 0 && !purchases) null = "purchases";
  if (null) return loyi_report(error, LOY_ERR_ARGUMENT, null, LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    double found = (double)NAN;
    if (loy_quick_activity(purchases[i], last_purchase[i], window[i], &found, &bad) != LOY_OK)
      loyi_batch_bad(report, i, &bad);
    probability[i] = found;
  }
  return loyi_ok(error);
}

LOYALTY_API const char *loy_reinartz_kumar_name(int type) {
  switch (type) {
  case LOY_REINARTZ_KUMAR_STRANGER: return "stranger";
  case LOY_REINARTZ_KUMAR_BARNACLE: return "barnacle";
  case LOY_REINARTZ_KUMAR_BUTTERFLY: return "butterfly";
  case LOY_REINARTZ_KUMAR_TRUE_FRIEND: return "true friend";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_reinartz_kumar_name_zh(int type) {
  switch (type) {
  case LOY_REINARTZ_KUMAR_STRANGER: return "陌生人";
  case LOY_REINARTZ_KUMAR_BARNACLE: return "藤壶";
  case LOY_REINARTZ_KUMAR_BUTTERFLY: return "蝴蝶";
  case LOY_REINARTZ_KUMAR_TRUE_FRIEND: return "挚友";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_REINARTZ_KUMAR_INL_H */
