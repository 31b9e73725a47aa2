/* history-inl.h: body of history.h. */
#ifndef LOYALTY_BTYD_HISTORY_INL_H
#define LOYALTY_BTYD_HISTORY_INL_H

#include "history.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_is_count(double n) { return n >= 0.0 && n < 0x1p51 && n == floor(n); }

LOYI_SHARED const char *loyi_history_wrong(double x, double t_x, double T, const char **message) {
  *message = LOYI_COUNT_MUST;
  if (!loyi_is_count(x)) return "x";
  *message = x == 0.0 ? "must be 0 where x is 0" : LOYI_ZERO_QUANTITY_MUST;
  if (!loyi_is_zero_or_quantity(t_x) || (x == 0.0 && t_x != 0.0)) return "t_x";
  *message = T < t_x ? "must be at least the time of the last purchase" : LOYI_ZERO_QUANTITY_MUST;
  if (!(T >= t_x && loyi_is_zero_or_quantity(T))) return "T";
  return NULL;
}

LOYI_SHARED loy_status loyi_history_count_check(double n, double t0, double t1, loy_error *error) {
  if (!loyi_is_count(n)) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_COUNT_MUST);
  if (!loyi_is_zero_or_quantity(t0))
    return loyi_report(error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!(t1 >= t0 && loyi_is_zero_or_quantity(t1)))
    return loyi_report(error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX,
                       t0 == 0.0 || t1 >= t0 ? LOYI_ZERO_QUANTITY_MUST : "must be a number, at least t0");
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_history_discount_check(double delta, double t, loy_error *error) {
  if (!loyi_is_zero_or_quantity(delta))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!(loyi_is_zero_or_quantity(t) || (t == HUGE_VAL && delta > 0.0)))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX,
                       "must be 0, a number from 1e-40 to 1e40, or infinite where delta is not 0");
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_history_future_check(double delta, double t, loy_error *error) {
  if (!loyi_is_zero_or_quantity(delta))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_history_endless(const char *argument, size_t n, double delta, double t,
                                            const double *expected, const double *discounted, loy_error *error) {
  const double *answer = expected ? expected : (delta == 0.0 ? discounted : NULL);
  if (answer && t == HUGE_VAL)
    for (size_t i = 0; i < n; i++)
      if (answer[i] == HUGE_VAL)
        return loyi_report(error, LOY_NOTICE_DIVERGES, argument, i,
                           "without a horizon the expected number of purchases is infinite");
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_history_columns_check(const double *x, const double *t_x, const double *T, size_t n,
                                                  loy_error *error) {
  const char *argument = NULL;
  if (n > 0 && !T) argument = "T";
  if (n > 0 && !t_x) argument = "t_x";
  if (n > 0 && !x) argument = "x";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_history_lengths_check(const double *T, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_zero_or_quantity(T[i])) return loyi_report(error, LOY_ERR_DOMAIN, "T", i, LOYI_ZERO_QUANTITY_MUST);
  return loyi_ok(error);
}

/* How many of up to 1024 rows are good. */
LOYI_CLONES LOYI_LOCAL uint64_t loyi_history_count_right(const double *x, const double *t_x, const double *T,
                                                         size_t n) {
  uint64_t right = 0;
  for (size_t i = 0; i < n; i++) right += (uint64_t)loyi_history_right(x[i], t_x[i], T[i]);
  return right;
}

LOYI_SHARED void loyi_history_count_bad(const double *x, const double *t_x, const double *T, size_t n,
                                        loy_batch_report *report) {
  loyi_batch_begin(report);
  if (!report) return;
  for (size_t from = 0; from < n; from += 1024) {
    size_t count = n - from < 1024 ? n - from : (size_t)1024;
    if (loyi_history_count_right(x + from, t_x + from, T + from, count) == count) continue;
    for (size_t i = from; i < from + count; i++) {
      loy_error error;
      const char *message, *argument = loyi_history_wrong(x[i], t_x[i], T[i], &message);
      if (!argument) continue;
      (void)loyi_report(&error, LOY_ERR_DOMAIN, argument, i, message);
      loyi_batch_bad(report, i, &error);
    }
  }
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_HISTORY_INL_H */
