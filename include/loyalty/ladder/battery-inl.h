/* battery-inl.h: body of battery.h. */
#ifndef LOYALTY_LADDER_BATTERY_INL_H
#define LOYALTY_LADDER_BATTERY_INL_H

#include "battery.h"

#include <math.h>

LOY_BEGIN_DECLS

/* The item at which a dimension begins; the next one ends it. */
LOYI_LOCAL int loyi_battery_first(int dimension) {
  static const int first[LOY_BATTERY_DIMENSIONS + 1] = {0, 5, 7, 9, 12, LOY_BATTERY_ITEMS};
  return first[dimension];
}

/* The mean of the answers to items first to end - 1; NaN when fewer than half are answered. */
LOYI_LOCAL double loyi_battery_mean(const double *answer, int first, int end) {
  double sum = 0.0;
  int answered = 0;
  for (int item = first; item < end; item++) {
    if (answer[item] != answer[item]) continue;
    sum += answer[item];
    answered++;
  }
  return 2 * answered >= end - first ? sum / answered : (double)NAN;
}

LOYALTY_API loy_status loy_battery(const double *answer, loy_battery_scores *result, loy_error *error) {
  loy_battery_scores found;
  int complete = 1;
  if (!answer) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX, "must not be NULL");
  for (int item = 0; item < LOY_BATTERY_ITEMS; item++) {
    const double x = answer[item];
    if (!(x != x || (x >= 1.0 && x <= 7.0 && floor(x) == x)))
      return loyi_report(error, LOY_ERR_DOMAIN, "answer", (size_t)item, "must be a whole number from 1 to 7");
  }
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (int d = 0; d < LOY_BATTERY_DIMENSIONS; d++) {
    found.score[d] = loyi_battery_mean(answer, loyi_battery_first(d), loyi_battery_first(d + 1));
    complete &= found.score[d] == found.score[d];
  }
  found.favourable =
      (found.score[LOY_BATTERY_LOYALTY] + found.score[LOY_BATTERY_PAY_MORE] + (8.0 - found.score[LOY_BATTERY_SWITCH])) /
      3.0;
  *result = found;
  if (!complete)
    return loyi_report(error, LOY_NOTICE_INCOMPLETE, "answer", LOY_NO_INDEX, "fewer than half of a dimension's items");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_battery_batch(const double *const *answer, size_t n, double *const *score,
                                         double *favourable, size_t *skipped, loy_batch_report *report,
                                         loy_error *error) {
  size_t without = 0;
  if (!answer) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX, "must not be NULL");
  for (size_t item = 0; n > 0 && item < LOY_BATTERY_ITEMS; item++)
    if (!answer[item]) return loyi_report(error, LOY_ERR_ARGUMENT, "answer", item, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const double none = (double)NAN;
    loy_battery_scores found = {{none, none, none, none, none}, none};
    double row[LOY_BATTERY_ITEMS];
    loy_error bad;
    for (int item = 0; item < LOY_BATTERY_ITEMS; item++) row[item] = answer[item][i];
    if (loy_status_is_error(loy_battery(row, &found, &bad)))
      loyi_batch_bad(report, i, &bad);
    else
      without += found.favourable != found.favourable;
    for (int d = 0; score && d < LOY_BATTERY_DIMENSIONS; d++)
      if (score[d]) score[d][i] = found.score[d];
    if (favourable) favourable[i] = found.favourable;
  }
  if (skipped) *skipped = without;
  if (without > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, "answer", LOY_NO_INDEX, "respondents with too few answers");
  return loyi_ok(error);
}

LOYALTY_API const char *loy_battery_dimension_name(int dimension) {
  switch (dimension) {
  case LOY_BATTERY_LOYALTY: return "loyalty";
  case LOY_BATTERY_SWITCH: return "switch";
  case LOY_BATTERY_PAY_MORE: return "pay more";
  case LOY_BATTERY_EXTERNAL_RESPONSE: return "external response";
  case LOY_BATTERY_INTERNAL_RESPONSE: return "internal response";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_battery_dimension_name_zh(int dimension) {
  switch (dimension) {
  case LOY_BATTERY_LOYALTY: return "忠诚";
  case LOY_BATTERY_SWITCH: return "转换";
  case LOY_BATTERY_PAY_MORE: return "支付更多";
  case LOY_BATTERY_EXTERNAL_RESPONSE: return "外部反应";
  case LOY_BATTERY_INTERNAL_RESPONSE: return "内部反应";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_BATTERY_INL_H */
