/* trend-inl.h: body of trend.h. */
#ifndef LOYALTY_BTYD_TREND_INL_H
#define LOYALTY_BTYD_TREND_INL_H

#include "trend.h"
#include "../math/normal.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_TREND_AMOUNT_MUST "must be from -1e300 to 1e300"

/* The amounts that are known, with their years. */
typedef struct loyi_trend_series {
  double time[LOY_TREND_YEARS], value[LOY_TREND_YEARS];
  size_t n;
} loyi_trend_series;

/* Room for the slopes of a series and for sorting them; more than its values need. */
LOYI_LOCAL loyi_ranked *loyi_trend_room(const loy_allocator *allocator, size_t years) {
  return (loyi_ranked *)loyi_allocate(allocator, years * years, sizeof(loyi_ranked));
}

LOYI_LOCAL int loyi_trend_take(loyi_trend_series *series, size_t year, double amount) {
  if (amount != amount) return 1;
  if (!(fabs(amount) <= LOY_TREND_AMOUNT_MOST)) return 0;
  series->time[series->n] = (double)year;
  series->value[series->n++] = amount;
  return 1;
}

/* The trend of at least two amounts. */
LOYI_LOCAL loy_trend loyi_trend_answer(const loyi_trend_series *series, double z, loyi_ranked *room) {
  const size_t n = series->n;
  loy_trend trend;
  loyi_ranked *sorted;
  double variance;
  for (size_t i = 0; i < n; i++) {
    room[i].value = series->value[i];
    room[i].row = i;
  }
  sorted = loyi_ranked_sort(room, room + n, n);
  variance = loyi_trend_variance(sorted, n);
  trend.known = (int64_t)n;
  trend.s = loyi_trend_s(series->value, n);
  trend.tau = (double)trend.s / (0.5 * (double)n * (double)(n - 1));
  trend.p_value = loyi_trend_p_value(trend.s, sorted, n);
  trend.slope = loyi_trend_slope(series->time, series->value, n, z, variance, room, &trend.lower, &trend.upper);
  return trend;
}

LOYALTY_API loy_status loy_trend_of(const double *amount, size_t years, double level, const loy_allocator *allocator,
                                    loy_trend *result, loy_error *error) {
  loyi_trend_series series;
  loyi_ranked *room;
  if (!amount) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX, "must not be NULL");
  if (years < 2 || years > LOY_TREND_YEARS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX, "must be from 2 to 1000");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  series.n = 0;
  for (size_t y = 0; y < years; y++)
    if (!loyi_trend_take(&series, y, amount[y]))
      return loyi_report(error, LOY_ERR_DOMAIN, "amount", y, LOYI_TREND_AMOUNT_MUST);
  if (series.n < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "amount", LOY_NO_INDEX, "must be known for at least two years");
  room = loyi_trend_room(allocator, years);
  if (!room) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  *result = loyi_trend_answer(&series, -loyi_normal_quantile(0.5 * (1.0 - level)), room);
  loyi_release(allocator, room, years * years, sizeof *room);
  return loyi_ok(error);
}

LOYALTY_API void loy_trend_columns_init(loy_trend_columns *columns) {
  if (!columns) return;
  columns->struct_size = sizeof *columns;
  columns->slope = columns->lower = columns->upper = columns->tau = columns->p_value = NULL;
}

LOYALTY_API loy_status loy_trend_batch(const double *const *amount, size_t years, size_t n, double level,
                                       const loy_allocator *allocator, const loy_trend_columns *out, size_t *skipped,
                                       loy_batch_report *report, loy_error *error) {
  const double nan = (double)NAN;
  loyi_trend_series series;
  loyi_ranked *room;
  size_t without = 0;
  double z;
  if (!amount) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX, "must not be NULL");
  if (years < 2 || years > LOY_TREND_YEARS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX, "must be from 2 to 1000");
  for (size_t y = 0; y < years; y++)
    if (!amount[y] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", y, "must not be NULL");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!out || out->struct_size != sizeof *out)
    return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must be filled by loy_trend_columns_init");
  room = loyi_trend_room(allocator, years);
  if (!room) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  z = -loyi_normal_quantile(0.5 * (1.0 - level));
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_trend trend = {0, 0, nan, nan, nan, nan, nan};
    int good = 1;
    series.n = 0;
    for (size_t y = 0; y < years; y++) good &= loyi_trend_take(&series, y, amount[y][i]);
    if (!good) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "amount", i, LOYI_TREND_AMOUNT_MUST);
      loyi_batch_bad(report, i, &bad);
    } else if (series.n < 2) {
      without++;
    } else {
      trend = loyi_trend_answer(&series, z, room);
    }
    if (out->slope) out->slope[i] = trend.slope;
    if (out->lower) out->lower[i] = trend.lower;
    if (out->upper) out->upper[i] = trend.upper;
    if (out->tau) out->tau[i] = trend.tau;
    if (out->p_value) out->p_value[i] = trend.p_value;
  }
  loyi_release(allocator, room, years * years, sizeof *room);
  if (skipped) *skipped = without;
  if (without > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, NULL, LOY_NO_INDEX,
                       "customers with fewer than two known years have no trend");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_TREND_INL_H */
