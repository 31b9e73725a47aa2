/* cohort-inl.h: body of cohort.h. */
#ifndef LOYALTY_BTYD_COHORT_INL_H
#define LOYALTY_BTYD_COHORT_INL_H

#include "cohort.h"

#include "../math/proportion.h"
#include "rfm_cells.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

/* A log and the periods that count. */
typedef struct loyi_cohort_log {
  loyi_rfm_run run;
  int net;            /* a negative sum is a return */
  int64_t first, end; /* periods; first > end when there is none */
} loyi_cohort_log;

LOYI_LOCAL loy_status loyi_cohort_end(const loy_rfm_builder *builder, loy_tick tick, int64_t end, loyi_cohort_log *log,
                                      loy_error *error) {
  int64_t least, greatest;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if ((int)tick < LOY_TICK_DAY || (int)tick > LOY_TICK_NANOSECOND)
    return loyi_report(error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX, "must be a loy_tick");
  log->end = builder->last;
  if (end == LOY_RFM_LAST_SEEN) return LOY_OK;
  loyi_tick_range(tick, &least, &greatest);
  if (end < least || end > greatest)
    return loyi_report(error, LOY_ERR_DOMAIN, "end", LOY_NO_INDEX, "must be a time from 0001-01-01 to 9999-12-31");
  log->end = loyi_rfm_period(builder->merge, tick, end);
  return LOY_OK;
}

/* Whether cell i is a purchase that counts. */
LOYI_LOCAL int loyi_cohort_counts(const loyi_cohort_log *log, size_t i) {
  return log->run.cell[i].period <= log->end && !(log->net && log->run.cell[i].value < 0);
}

LOYI_LOCAL loy_status loyi_cohort_open(loy_rfm_builder *builder, loyi_cohort_log *log, loy_error *error) {
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  log->run = loyi_rfm_only_run(builder);
  log->net = builder->refunds == LOY_RFM_REFUNDS_NET;
  log->first = INT64_MAX;
  for (size_t i = 0; i < log->run.n; i++)
    if (log->run.cell[i].period < log->first && loyi_cohort_counts(log, i)) log->first = log->run.cell[i].period;
  return LOY_OK;
}

/* The number of periods, which must not be too many. */
LOYI_LOCAL loy_status loyi_cohort_span(const loyi_cohort_log *log, size_t *periods, loy_error *error) {
  *periods = 0;
  if (log->first > log->end) return LOY_OK;
  if (log->end - log->first >= LOY_COHORT_PERIODS)
    return loyi_report(error, LOY_ERR_DOMAIN, "builder", LOY_NO_INDEX,
                       "must not span more than 4096 periods: take longer ones, or an earlier end");
  *periods = (size_t)(log->end - log->first) + 1;
  return LOY_OK;
}

LOYALTY_API loy_status loy_purchase_count(loy_rfm_builder *builder, loy_tick tick, int64_t end,
                                          loy_purchase_counts *result, loy_error *error) {
  loyi_cohort_log log;
  loy_purchase_counts found = {0, 0, 0, 0};
  int64_t bought = 0;
  loy_status status = loyi_cohort_end(builder, tick, end, &log, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cohort_open(builder, &log, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < log.run.n; i++) {
    if (i > 0 && log.run.cell[i].customer != log.run.cell[i - 1].customer) bought = 0;
    if (!loyi_cohort_counts(&log, i)) continue;
    bought++;
    found.orders++;
    found.customers += bought == 1;
    found.repeat_customers += bought == 2;
  }
  found.returning_orders = found.orders - found.customers;
  *result = found;
  return loyi_ok(error);
}

LOYALTY_API void loy_retention_columns_init(loy_retention_columns *columns) {
  if (!columns) return;
  columns->struct_size = sizeof *columns;
  columns->period = columns->start = columns->active = columns->retained = columns->acquired = columns->returned = NULL;
  columns->retention = columns->lower = columns->upper = columns->churn = NULL;
}

LOYALTY_API loy_status loy_retention_periods(loy_rfm_builder *builder, loy_tick tick, int64_t end, size_t *periods,
                                             loy_error *error) {
  loyi_cohort_log log;
  size_t found;
  loy_status status = loyi_cohort_end(builder, tick, end, &log, error);
  if (status != LOY_OK) return status;
  if (!periods) return loyi_report(error, LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cohort_open(builder, &log, error);
  if (status == LOY_OK) status = loyi_cohort_span(&log, &found, error);
  if (status != LOY_OK) return status;
  *periods = found;
  return loyi_ok(error);
}

/* Counts of one period. */
typedef struct loyi_cohort_period {
  int64_t active, retained, acquired;
} loyi_cohort_period;

LOYI_LOCAL void loyi_cohort_tally(const loyi_cohort_log *log, loyi_cohort_period *period) {
  int64_t before = INT64_MIN; /* the customer's purchase before; none */
  for (size_t i = 0; i < log->run.n; i++) {
    if (i > 0 && log->run.cell[i].customer != log->run.cell[i - 1].customer) before = INT64_MIN;
    if (loyi_cohort_counts(log, i)) {
      const int64_t here = log->run.cell[i].period;
      loyi_cohort_period *one = &period[here - log->first];
      one->active++;
      one->acquired += before == INT64_MIN;
      one->retained += before == here - 1;
      before = here;
    }
  }
}

/* Write period p; whether it has a rate. */
LOYI_LOCAL int loyi_cohort_write(const loy_retention_columns *out, size_t p, const loyi_cohort_period *period,
                                 double level, int64_t begins) {
  const loyi_cohort_period one = period[p];
  const int64_t start = p > 0 ? period[p - 1].active : 0;
  double retention = (double)NAN, churn = (double)NAN, lower = (double)NAN, upper = (double)NAN;
  if (start > 0) {
    retention = (double)one.retained / (double)start;
    churn = (double)(start - one.retained) / (double)start;
    loyi_wilson((double)one.retained, (double)start, level, &lower, &upper);
  }
  if (out->period) out->period[p] = begins;
  if (out->start) out->start[p] = start;
  if (out->active) out->active[p] = one.active;
  if (out->retained) out->retained[p] = one.retained;
  if (out->acquired) out->acquired[p] = one.acquired;
  if (out->returned) out->returned[p] = one.active - one.retained - one.acquired;
  if (out->retention) out->retention[p] = retention;
  if (out->lower) out->lower[p] = lower;
  if (out->upper) out->upper[p] = upper;
  if (out->churn) out->churn[p] = churn;
  return start > 0;
}

LOYALTY_API loy_status loy_retention_table(loy_rfm_builder *builder, loy_tick tick, int64_t end, double level,
                                           size_t capacity, const loy_retention_columns *out, size_t *periods,
                                           loy_error *error) {
  loyi_cohort_log log;
  loyi_cohort_period *period;
  size_t found, without = 0;
  loy_status status = loyi_cohort_end(builder, tick, end, &log, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!out || out->struct_size != sizeof *out)
    return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must be filled by loy_retention_columns_init");
  status = loyi_cohort_open(builder, &log, error);
  if (status == LOY_OK) status = loyi_cohort_span(&log, &found, error);
  if (status != LOY_OK) return status;
  if (found > capacity) {
    if (periods) *periods = found;
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the number of periods");
  }
  if (found > 0) {
    period = (loyi_cohort_period *)loyi_allocate(builder->allocator, found, sizeof *period);
    if (!period) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
    memset(period, 0, found * sizeof *period);
    loyi_cohort_tally(&log, period);
    for (size_t p = 0; p < found; p++)
      without +=
          !loyi_cohort_write(out, p, period, level, loyi_rfm_period_start(builder->merge, log.first + (int64_t)p)) &&
          p > 0;
    loyi_release(builder->allocator, period, found, sizeof *period);
  }
  if (periods) *periods = found;
  if (without > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, NULL, LOY_NO_INDEX,
                       "periods after one without customers have no rate");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_cohort_table(loy_rfm_builder *builder, loy_tick tick, int64_t end, size_t periods,
                                        int64_t *period, int64_t *active, loy_error *error) {
  loyi_cohort_log log;
  size_t found, cohort = 0;
  int seen = 0; /* whether the customer at hand has a cohort */
  loy_status status = loyi_cohort_end(builder, tick, end, &log, error);
  if (status != LOY_OK) return status;
  if (!active && periods > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "active", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cohort_open(builder, &log, error);
  if (status == LOY_OK) status = loyi_cohort_span(&log, &found, error);
  if (status != LOY_OK) return status;
  if (periods != found)
    return loyi_report(error, LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX, "must be what loy_retention_periods counts");
  for (size_t p = 0; p < found; p++) {
    if (period) period[p] = loyi_rfm_period_start(builder->merge, log.first + (int64_t)p);
    for (size_t k = 0; k < found; k++) active[p * found + k] = 0;
  }
  for (size_t i = 0; i < log.run.n; i++) {
    if (i > 0 && log.run.cell[i].customer != log.run.cell[i - 1].customer) seen = 0;
    if (!loyi_cohort_counts(&log, i)) continue;
    if (!seen) cohort = (size_t)(log.run.cell[i].period - log.first);
    seen = 1;
    active[cohort * found + (size_t)(log.run.cell[i].period - log.first) - cohort]++;
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COHORT_INL_H */
