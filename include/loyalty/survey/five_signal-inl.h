/* five_signal-inl.h: body of five_signal.h. */
#ifndef LOYALTY_SURVEY_FIVE_SIGNAL_INL_H
#define LOYALTY_SURVEY_FIVE_SIGNAL_INL_H

#include "five_signal.h"
#include "../base/range.h"
#include "../math/rank.h"
#include "../math/trend.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_five_signal_options_init(loy_five_signal_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  for (int k = 0; k < LOY_SIGNALS; k++) options->weight[k] = 1.0;
  options->least = 3;
  options->satisfaction_lowest = 1.0;
  options->satisfaction_highest = 5.0;
  options->trust_lowest = 1.0;
  options->trust_highest = 5.0;
}

LOYI_LOCAL loy_status loyi_five_signal_check(const loy_five_signal_options *options, loy_error *error) {
  double sum = 0.0;
  const double *scale[2] = {&options->satisfaction_lowest, &options->trust_lowest};
  static const char *const lowest[2] = {"satisfaction_lowest", "trust_lowest"};
  static const char *const highest[2] = {"satisfaction_highest", "trust_highest"};
  const double ends[2] = {options->satisfaction_highest, options->trust_highest};
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_five_signal_options_init");
  for (size_t k = 0; k < LOY_SIGNALS; k++) {
    if (!loyi_is_zero_or_quantity(options->weight[k]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", k, LOYI_ZERO_QUANTITY_MUST);
    sum += options->weight[k];
  }
  if (!(sum > 0.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX, "must be above 0 for one at least");
  if (options->least < 1 || options->least > LOY_SIGNALS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "least", LOY_NO_INDEX, "must be from 1 to 5");
  for (int k = 0; k < 2; k++) {
    if (!(*scale[k] >= -1e6 && *scale[k] < 1e6))
      return loyi_report(error, LOY_ERR_DOMAIN, lowest[k], LOY_NO_INDEX, "must be from -1e6 to below 1e6");
    if (!(ends[k] > *scale[k] && ends[k] <= 1e6))
      return loyi_report(error, LOY_ERR_DOMAIN, highest[k], LOY_NO_INDEX, "must be above lowest and at most 1e6");
  }
  return LOY_OK;
}

LOYALTY_API loy_status loy_five_signal_batch(const double *const *signal, size_t n,
                                             const loy_five_signal_options *options, double *index, int32_t *known,
                                             size_t *skipped, loy_batch_report *report, loy_error *error) {
  loy_five_signal_options use;
  size_t without = 0;
  double low[LOY_SIGNALS] = {0.0, 0.0, 0.0, 0.0, 0.0}, high[LOY_SIGNALS] = {1.0, 1.0, 10.0, 1.0, 1.0};
  if (!signal) return loyi_report(error, LOY_ERR_ARGUMENT, "signal", LOY_NO_INDEX, "must not be NULL");
  loy_five_signal_options_init(&use);
  if (options) {
    const loy_status status = loyi_five_signal_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (!index && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX, "must not be NULL");
  low[LOY_SIGNAL_SATISFACTION] = use.satisfaction_lowest;
  high[LOY_SIGNAL_SATISFACTION] = use.satisfaction_highest;
  low[LOY_SIGNAL_TRUST] = use.trust_lowest;
  high[LOY_SIGNAL_TRUST] = use.trust_highest;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0, weight = 0.0;
    int32_t count = 0, wrong = -1;
    for (int32_t k = 0; k < LOY_SIGNALS; k++) {
      const double x = signal[k] ? signal[k][i] : (double)NAN;
      if (x >= low[k] && x <= high[k]) {
        sum += use.weight[k] * ((x - low[k]) / (high[k] - low[k]));
        weight += use.weight[k];
        count++;
      } else if (x == x && wrong < 0) {
        wrong = k;
      }
    }
    if (wrong >= 0) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, loy_signal_name(wrong), i, "must be on its scale");
      loyi_batch_bad(report, i, &bad);
      index[i] = (double)NAN;
      count = 0;
    } else if (count < use.least || weight == 0.0) {
      index[i] = (double)NAN;
      without++;
    } else {
      index[i] = sum < weight ? sum / weight : 1.0;
    }
    if (known) known[i] = count;
  }
  if (skipped) *skipped = without;
  if (without > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, NULL, LOY_NO_INDEX, "customers with too few signals have no index");
  return loyi_ok(error);
}

LOYALTY_API const char *loy_signal_name(int signal) {
  switch (signal) {
  case LOY_SIGNAL_FREQUENCY: return "frequency";
  case LOY_SIGNAL_AMOUNT: return "amount";
  case LOY_SIGNAL_RECOMMENDATION: return "recommendation";
  case LOY_SIGNAL_SATISFACTION: return "satisfaction";
  case LOY_SIGNAL_TRUST: return "trust";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_signal_name_zh(int signal) {
  switch (signal) {
  case LOY_SIGNAL_FREQUENCY: return "购买频率";
  case LOY_SIGNAL_AMOUNT: return "购买金额";
  case LOY_SIGNAL_RECOMMENDATION: return "推荐";
  case LOY_SIGNAL_SATISFACTION: return "满意度";
  case LOY_SIGNAL_TRUST: return "信任度";
  default: return "unknown";
  }
}

LOYALTY_API loy_status loy_percentile_batch(const double *value, size_t n, const loy_allocator *allocator,
                                            double *place, loy_error *error) {
  loyi_ranked *room, *sorted;
  size_t used = 0;
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  if (!place && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "place", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (isinf(value[i])) return loyi_report(error, LOY_ERR_DOMAIN, "value", i, "must be finite");
  if (n == 0) return loyi_ok(error);
  room = (loyi_ranked *)loyi_allocate(allocator, n, 2 * sizeof *room);
  if (!room) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "memory is out");
  for (size_t i = 0; i < n; i++) {
    place[i] = (double)NAN;
    if (value[i] != value[i]) continue;
    room[used].value = value[i];
    room[used++].row = i;
  }
  sorted = loyi_ranked_sort(room, room + n, used);
  for (size_t first = 0, end = 0; first < used; first = end) {
    while (end < used && sorted[end].value == sorted[first].value) end++;
    for (size_t k = first; k < end; k++) place[sorted[k].row] = 0.5 * ((double)first + (double)end) / (double)used;
  }
  loyi_release(allocator, room, n, 2 * sizeof *room);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_trend_signal_batch(const double *const *amount, size_t years, size_t n, double *trend,
                                              loy_batch_report *report, loy_error *error) {
  if (!amount) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX, "must not be NULL");
  if (years < 2 || years > LOY_TREND_YEARS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX, "must be from 2 to 1000");
  for (size_t y = 0; y < years; y++)
    if (!amount[y] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", y, "must not be NULL");
  if (!trend && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "trend", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double known[LOY_TREND_YEARS];
    size_t k = 0;
    int infinite = 0;
    for (size_t y = 0; y < years; y++) {
      const double a = amount[y][i];
      infinite |= isinf(a) != 0;
      if (a == a) known[k++] = a;
    }
    if (infinite || k < 2) {
      trend[i] = (double)NAN;
    } else {
      const int64_t pairs = (int64_t)(k * (k - 1) / 2);
      trend[i] = 0.5 * ((double)(loyi_trend_s(known, k) + pairs) / (double)pairs);
    }
    if (infinite) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "amount", i, "must be finite");
      loyi_batch_bad(report, i, &bad);
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_FIVE_SIGNAL_INL_H */
