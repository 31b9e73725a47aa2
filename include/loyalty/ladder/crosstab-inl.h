/* crosstab-inl.h: body of crosstab.h. */
#ifndef LOYALTY_LADDER_CROSSTAB_INL_H
#define LOYALTY_LADDER_CROSSTAB_INL_H

#include "crosstab.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_crosstab_classes(int classes, loy_error *error) {
  if (classes >= 1 && classes <= LOY_CLASSES_MOST) return LOY_OK;
  return loyi_report(error, LOY_ERR_ARGUMENT, "classes", LOY_NO_INDEX, "must be from 1 to 127");
}

/* LOY_OK when all types are below `classes`, else LOY_ERR_DOMAIN. The largest is found first, by a loop without exits.
 */
LOYI_LOCAL loy_status loyi_crosstab_types(const int8_t *type, size_t n, int classes, const char *name,
                                          loy_error *error) {
  int8_t largest = -1;
  for (size_t i = 0; i < n; i++)
    if (type[i] > largest) largest = type[i];
  for (size_t i = 0; largest >= classes && i < n; i++)
    if (type[i] >= classes) return loyi_report(error, LOY_ERR_DOMAIN, name, i, "must be below the number of types");
  return LOY_OK;
}

LOYALTY_API loy_status loy_type_counts(const int8_t *type, size_t n, int classes, int64_t *count, int64_t *unknown,
                                       loy_error *error) {
  int64_t found[256] = {0}, without = 0;
  loy_status status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  status = loyi_crosstab_classes(classes, error);
  if (status != LOY_OK) return status;
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  status = loyi_crosstab_types(type, n, classes, "type", error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) found[(uint8_t)type[i]]++;
  for (int k = 128; k < 256; k++) without += found[k];
  for (int k = 0; k < classes; k++) count[k] = found[k];
  if (unknown) *unknown = without;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_crosstab(const int8_t *before, const int8_t *after, size_t n, int classes, int64_t *count,
                                    int64_t *unknown, loy_error *error) {
  int64_t without = 0;
  loy_status status;
  if (n > 0 && !before) return loyi_report(error, LOY_ERR_ARGUMENT, "before", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !after) return loyi_report(error, LOY_ERR_ARGUMENT, "after", LOY_NO_INDEX, "must not be NULL");
  status = loyi_crosstab_classes(classes, error);
  if (status != LOY_OK) return status;
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  status = loyi_crosstab_types(before, n, classes, "before", error);
  if (status == LOY_OK) status = loyi_crosstab_types(after, n, classes, "after", error);
  if (status != LOY_OK) return status;
  for (int k = 0; k < classes * classes; k++) count[k] = 0;
  for (size_t i = 0; i < n; i++) {
    if (before[i] < 0 || after[i] < 0)
      without++;
    else
      count[before[i] * classes + after[i]]++;
  }
  if (unknown) *unknown = without;
  return loyi_ok(error);
}

/* The checks of counts: none below 0, the sum of `rows` neighbouring rows at most 2^53, some above 0. */
LOYI_LOCAL loy_status loyi_crosstab_counts(const int64_t *count, int classes, int rows, loy_error *error) {
  const int64_t most = INT64_C(1) << 53;
  int64_t all = 0, sum = 0;
  loy_status status;
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  status = loyi_crosstab_classes(classes, error);
  if (status != LOY_OK) return status;
  for (int k = 0; k < classes * classes; k++) {
    if (k % (classes * rows) == 0) sum = 0;
    if (count[k] < 0 || count[k] > most - sum)
      return loyi_report(error, LOY_ERR_DOMAIN, "count", (size_t)k, "must be at least 0, with sums up to 2^53");
    sum += count[k];
    all |= count[k];
  }
  if (all == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX, "there is no customer");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_crosstab_level(double level, loy_error *error) {
  if (level > 0.0 && level < 1.0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
}

LOYALTY_API loy_status loy_crosstab_shares(const int64_t *count, int classes, double level, loy_share *result,
                                           loy_error *error) {
  loy_status status = loyi_crosstab_counts(count, classes, 1, error);
  int nobody = 0;
  if (status == LOY_OK) status = loyi_crosstab_level(level, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (int i = 0; i < classes; i++) {
    const loy_share none = {0, (double)NAN, (double)NAN, (double)NAN};
    loy_share *row = result + i * classes;
    if (loy_shares_from_counts(count + i * classes, (size_t)classes, level, row, NULL) == LOY_OK) continue;
    for (int j = 0; j < classes; j++) row[j] = none;
    nobody = 1;
  }
  if (nobody) return loyi_report(error, LOY_NOTICE_NONE, "count", LOY_NO_INDEX, "nobody was of some type");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_crosstab_moved(const int64_t *count, int classes, double level, loy_share *moved,
                                          loy_error *error) {
  int64_t split[2] = {0, 0}; /* moved, stayed */
  loy_share share[2];
  loy_status status = loyi_crosstab_counts(count, classes, classes, error);
  if (status == LOY_OK) status = loyi_crosstab_level(level, error);
  if (status != LOY_OK) return status;
  if (!moved) return loyi_report(error, LOY_ERR_ARGUMENT, "moved", LOY_NO_INDEX, "must not be NULL");
  for (int k = 0; k < classes * classes; k++) split[k / classes == k % classes] += count[k];
  status = loy_shares_from_counts(split, 2, level, share, error);
  if (status == LOY_OK) *moved = share[0];
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_CROSSTAB_INL_H */
