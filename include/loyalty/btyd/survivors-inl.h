/* survivors-inl.h: body of survivors.h. */
#ifndef LOYALTY_BTYD_SURVIVORS_INL_H
#define LOYALTY_BTYD_SURVIVORS_INL_H

#include "survivors.h"

#include "../base/range.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_survivors_check(const double *survivors, size_t n, const int64_t *length, size_t cohorts,
                                           loy_error *error) {
  size_t at = 0;
  for (size_t i = 0; i < cohorts; i++)
    if (length[i] < 2) return loyi_report(error, LOY_ERR_DOMAIN, "length", i, "must be 2 or more");
  for (size_t i = 0; i < cohorts; i++) {
    if ((uint64_t)length[i] > (uint64_t)(n - at))
      return loyi_report(error, LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX, "must add up to the number of survivors");
    at += (size_t)length[i];
  }
  if (at != n)
    return loyi_report(error, LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX, "must add up to the number of survivors");
  at = 0;
  for (size_t i = 0; i < cohorts; i++)
    for (size_t end = at + (size_t)length[i], begin = at; at < end; at++) {
      if (!loyi_is_zero_or_quantity(survivors[at]))
        return loyi_report(error, LOY_ERR_DOMAIN, "survivors", at, LOYI_ZERO_QUANTITY_MUST);
      if (at > begin && survivors[at] > survivors[at - 1])
        return loyi_report(error, LOY_ERR_DOMAIN, "survivors", at, "must not be more than a period earlier");
    }
  return LOY_OK;
}

LOYALTY_API loy_status loy_survivors_rows(const double *survivors, size_t n, const int64_t *length, size_t cohorts,
                                          double *lifetime, double *censored, double *weight, size_t *rows,
                                          loy_error *error) {
  const char *argument = NULL;
  size_t at = 0, count = 0;
  loy_status status;
  if (!rows) argument = "rows";
  if (!weight && n > 0) argument = "weight";
  if (!censored && n > 0) argument = "censored";
  if (!lifetime && n > 0) argument = "lifetime";
  if (!length && cohorts > 0) argument = "length";
  if (!survivors && n > 0) argument = "survivors";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_survivors_check(survivors, n, length, cohorts, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < cohorts; i++) {
    size_t periods = (size_t)length[i] - 1;
    for (size_t t = 1; t <= periods + 1; t++) {
      int last = t > periods;
      double many = survivors[at + t - 1] - (last ? 0.0 : survivors[at + t]);
      if (!(many >= LOY_RANGE_LEAST)) continue;
      lifetime[count] = (double)(last ? periods : t);
      censored[count] = last ? 1.0 : 0.0;
      weight[count++] = many;
    }
    at += (size_t)length[i];
  }
  *rows = count;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_SURVIVORS_INL_H */
