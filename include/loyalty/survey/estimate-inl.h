/* estimate-inl.h: body of estimate.h. */
#ifndef LOYALTY_SURVEY_ESTIMATE_INL_H
#define LOYALTY_SURVEY_ESTIMATE_INL_H

#include "estimate.h"
#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/interval.h"
#include "../math/proportion.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

/* The sum of x - center, and of its square, over values that are not NaN, by the rule of sum.h. */
LOYI_LOCAL void loyi_mean_sums(const double *value, size_t n, double center, double *sum, double *squares) {
  loyi_total first = {0.0, 0.0}, second = {0.0, 0.0};
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const double *row = value + block * LOYI_SUM_BLOCK;
    const size_t rows = loyi_sum_rows(n, block);
    double lane[LOYI_SUM_LANES] = {0.0}, lane2[LOYI_SUM_LANES] = {0.0};
    for (size_t i = 0; i < rows; i += LOYI_SUM_LANES) {
      for (size_t k = 0; k < LOYI_SUM_LANES && i + k < rows; k++) {
        const double d = row[i + k] == row[i + k] ? row[i + k] - center : 0.0;
        lane[k] += d;
        lane2[k] += d * d;
      }
    }
    loyi_total_add(&first, loyi_lanes_total(lane));
    loyi_total_add(&second, loyi_lanes_total(lane2));
  }
  *sum = loyi_total_value(&first);
  *squares = loyi_total_value(&second);
}

/* The mean of values that are finite or NaN, the latter left out; `missing` of them, fewer than n. The first pass goes
 * about a value of the column, so that equal values have exactly their mean and no deviation. */
LOYI_LOCAL void loyi_mean_of(const double *value, size_t n, size_t missing, loy_mean *result) {
  const double count = (double)(n - missing);
  size_t first = 0;
  double mean, sum, squares;
  while (value[first] != value[first]) first++;
  loyi_mean_sums(value, n, value[first], &sum, &squares);
  mean = value[first] + sum / count;
  loyi_mean_sums(value, n, mean, &sum, &squares);
  result->n = (int64_t)(n - missing);
  result->missing = (int64_t)missing;
  result->mean = mean + sum / count;
  if (result->n == 1) {
    result->standard_deviation = result->standard_error = (double)NAN;
    return;
  }
  /* What the first pass left of the mean comes off the squares. */
  squares -= sum * sum / count;
  result->standard_deviation = squares > 0.0 ? sqrt(squares / (count - 1.0)) : 0.0;
  result->standard_error = result->standard_deviation / sqrt(count);
}

LOYALTY_API loy_status loy_mean_from_values(const double *value, size_t n, int skip_missing, loy_mean *result,
                                            loy_error *error) {
  size_t missing = 0;
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  if (skip_missing != 0 && skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    if (value[i] >= -LOY_RANGE_MOST && value[i] <= LOY_RANGE_MOST) continue;
    if (value[i] == value[i] || !skip_missing)
      return loyi_report(error, LOY_ERR_DOMAIN, "value", i,
                         value[i] == value[i] ? "must be a number from -1e40 to 1e40" : LOYI_MISSING_MUST);
    missing++;
  }
  if (missing == n) return loyi_report(error, LOY_ERR_TOO_FEW, "value", LOY_NO_INDEX, "must hold at least one number");
  loyi_mean_of(value, n, missing, result);
  if (result->n == 1)
    return loyi_report(error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX, "a single value has no standard deviation");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_mean_interval(const loy_mean *result, double level, double *lower, double *upper,
                                         loy_error *error) {
  double half;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->n < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "result", LOY_NO_INDEX, "must be the mean of at least two values");
  /* What values up to 1e40 can have, with room for rounding. */
  if (!(fabs(result->mean) <= 2.0 * LOY_RANGE_MOST) ||
      !(result->standard_error >= 0.0 && result->standard_error <= 2.0 * LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from a function that computes a mean");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  half = -loyi_t_quantile(0.5 * (1.0 - level), (double)(result->n - 1)) * result->standard_error;
  *lower = result->mean - half;
  *upper = result->mean + half;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_shares_from_counts(const int64_t *count, size_t classes, double level, loy_share *result,
                                              loy_error *error) {
  const int64_t most = (int64_t)1 << 53; /* counts up to here are exact as doubles */
  int64_t n = 0;
  if (!count && classes > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < classes; i++) {
    if (count[i] < 0 || count[i] > most)
      return loyi_report(error, LOY_ERR_DOMAIN, "count", i, "must be from 0 to 2^53");
  }
  for (size_t i = 0; i < classes; i++) {
    n += count[i];
    if (n > most) return loyi_report(error, LOY_ERR_DOMAIN, "count", LOY_NO_INDEX, "must sum to at most 2^53");
  }
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX, "must sum to at least 1");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < classes; i++) {
    result[i].count = count[i];
    result[i].share = (double)count[i] / (double)n;
    loyi_wilson((double)count[i], (double)n, level, &result[i].lower, &result[i].upper);
  }
  return loyi_ok(error);
}

/* One interval; `width` is what it reaches to each side on the estimate itself. */
LOYI_LOCAL void loyi_scaled_interval(double estimate, double width, int scale, double *lower, double *upper) {
  if (width == 0.0) {
    *lower = *upper = estimate;
  } else if (!(width > 0.0) || (scale != LOY_INTERVAL_PLAIN && !(estimate > 0.0)) ||
             (scale == LOY_INTERVAL_ODDS && !(estimate < 1.0))) {
    *lower = *upper = (double)NAN;
  } else if (scale == LOY_INTERVAL_PLAIN) {
    *lower = estimate - width;
    *upper = estimate + width;
  } else if (scale == LOY_INTERVAL_LOG) {
    loyi_interval_log(estimate, width / estimate, lower, upper);
  } else {
    const double rest = 1.0 - estimate;
    loyi_interval_odds(estimate, rest, width / (estimate * rest), lower, upper);
  }
}

LOYALTY_API loy_status loy_scaled_intervals(const double *estimate, const double *std_error, size_t n, double level,
                                            double df, int scale, double *lower, double *upper, loy_error *error) {
  double reach;
  if (!estimate && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX, "must not be NULL");
  if (!std_error && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX, "must not be NULL");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!(df > 0.0)) return loyi_report(error, LOY_ERR_DOMAIN, "df", LOY_NO_INDEX, "must be above 0");
  if (scale < LOY_INTERVAL_PLAIN || scale > LOY_INTERVAL_ODDS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "scale", LOY_NO_INDEX, "must be a loy_interval_scale");
  if (!lower && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  reach = loyi_t_quantile(0.5 + 0.5 * level, df);
  for (size_t i = 0; i < n; i++) loyi_scaled_interval(estimate[i], reach * std_error[i], scale, &lower[i], &upper[i]);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_ESTIMATE_INL_H */
