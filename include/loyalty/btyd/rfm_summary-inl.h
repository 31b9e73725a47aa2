/* rfm_summary-inl.h: body of rfm_summary.h. */
#ifndef LOYALTY_BTYD_RFM_SUMMARY_INL_H
#define LOYALTY_BTYD_RFM_SUMMARY_INL_H

#include "rfm_summary.h"

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "rfm_cells.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

enum { LOYI_RFM_SLICE_CELLS = 1 << 16 }; /* below this, one thread is faster */

LOYALTY_API void loy_rfm_window_init(loy_rfm_window *window) {
  if (!window) return;
  window->struct_size = sizeof *window;
  window->time_unit = LOY_TIME_WEEK;
  window->tick = LOY_TICK_DAY;
  window->end = LOY_RFM_LAST_SEEN;
  window->train_end = LOY_RFM_NO_SPLIT;
  window->decimals = 2;
  window->include_first = 0;
}

LOYALTY_API void loy_rfm_columns_init(loy_rfm_columns *columns) {
  if (!columns) return;
  columns->struct_size = sizeof *columns;
  columns->customer = NULL;
  columns->frequency = columns->recency = columns->T = columns->monetary_value = columns->litt = NULL;
  columns->test_frequency = columns->test_monetary_value = columns->test_T = NULL;
}

/* A window in periods of the builder. */
typedef struct loyi_rfm_rule {
  loy_rfm_merge_period merge;
  int64_t step; /* length of a period in seconds, or 1 when periods themselves are counted; 0 when they differ */
  double unit;  /* length of the unit in seconds, or 1 likewise */
  int net;      /* a negative sum is a return */
  int include_first;
  int64_t train_end, end; /* last period of the calibration, of the whole; equal without a split */
  int64_t scale;          /* 10^decimals */
} loyi_rfm_rule;

/* One customer, in integers. */
typedef struct loyi_rfm_row {
  int64_t x, first, last; /* repeat purchases; periods of the first and the last purchase; x = -1: none */
  int64_t amount, first_amount;
  int64_t test, test_amount;
  int64_t late, late_amount;
  int64_t returns, return_amount;
} loyi_rfm_row;

/* From the beginning of one period to that of another, in the unit: an exact integer divided once. */
LOYI_LOCAL double loyi_rfm_span(const loyi_rfm_rule *rule, int64_t from, int64_t to) {
  int64_t span = rule->step != 0 ? (to - from) * rule->step
                                 : loyi_rfm_period_start(rule->merge, to) - loyi_rfm_period_start(rule->merge, from);
  return (double)span / rule->unit;
}

/* The cells of one customer, in order of time. */
LOYI_LOCAL loyi_rfm_row loyi_rfm_customer(const loyi_rfm_rule *rule, const loyi_rfm_cell *cell, size_t n,
                                          double *litt) {
  loyi_rfm_row row;
  memset(&row, 0, sizeof row);
  row.x = -1;
  if (litt) *litt = 0.0;
  for (size_t i = 0; i < n; i++) {
    if (rule->net && cell[i].value < 0) {
      row.returns++;
      row.return_amount += cell[i].value;
    } else if (cell[i].period <= rule->train_end) {
      if (row.x < 0) {
        row.first = cell[i].period;
        row.first_amount = cell[i].value;
      } else {
        if (litt) *litt += loyi_log(loyi_rfm_span(rule, row.last, cell[i].period));
        row.amount += cell[i].value;
      }
      row.last = cell[i].period;
      row.x++;
    } else if (row.x >= 0 && cell[i].period <= rule->end) {
      row.test++;
      row.test_amount += cell[i].value;
    } else {
      row.late++;
      row.late_amount += cell[i].value;
    }
  }
  return row;
}

/* a / b, b > 0, correctly rounded. */
LOYI_LOCAL double loyi_rfm_ratio(int64_t a, int64_t b) {
  const uint64_t exact = (uint64_t)1 << 53;
  uint64_t size = loyi_rfm_magnitude(a), divisor = (uint64_t)b, quotient, rest;
  int shift = 0;
  double value;
  if (size <= exact && divisor <= exact) return (double)a / (double)b;
  quotient = size / divisor;
  rest = size % divisor;
  for (; quotient >> 55 == 0 && rest != 0; shift++) { /* more binary places than a double has */
    rest <<= 1;
    quotient = quotient << 1 | (rest >= divisor);
    if (rest >= divisor) rest -= divisor;
  }
  value = ldexp((double)(quotient | (rest != 0)), -shift); /* the last bit stands for all that follow */
  return a < 0 ? -value : value;
}

/* One pass over the cells, in slices: counts or, with `out`, the columns. */
typedef struct loyi_rfm_pass_job {
  const loyi_rfm_rule *rule;
  const loyi_rfm_cell *cell;
  const loyi_rfm_counts *counts;
  const loy_rfm_columns *out;
  loy_rfm_report report[LOYI_RFM_MOST_SLICES];
} loyi_rfm_pass_job;

LOYI_LOCAL void loyi_rfm_tally(const loyi_rfm_row *row, loy_rfm_report *report) {
  report->returns += row->returns;
  report->amount_returned += row->return_amount;
  report->purchases_late += row->late;
  report->amount_late += row->late_amount;
  if (row->x < 0) {
    if (row->late > 0) {
      report->customers_late++;
    } else {
      report->customers_void++;
    }
    return;
  }
  report->customers++;
  report->purchases += row->x + 1;
  report->purchases_test += row->test;
  report->amount += row->first_amount + row->amount + row->test_amount;
}

LOYI_LOCAL void loyi_rfm_write(const loyi_rfm_rule *rule, const loy_rfm_columns *out, size_t at, int64_t customer,
                               const loyi_rfm_row *row) {
  int64_t bought = row->x + (rule->include_first != 0);
  int64_t spent = row->amount + (rule->include_first ? row->first_amount : 0);
  if (out->customer) out->customer[at] = customer;
  if (out->frequency) out->frequency[at] = (double)row->x;
  if (out->recency) out->recency[at] = loyi_rfm_span(rule, row->first, row->last);
  if (out->T) out->T[at] = loyi_rfm_span(rule, row->first, rule->train_end);
  if (out->monetary_value) out->monetary_value[at] = bought > 0 ? loyi_rfm_ratio(spent, bought * rule->scale) : 0.0;
  if (out->test_frequency) out->test_frequency[at] = (double)row->test;
  if (out->test_monetary_value)
    out->test_monetary_value[at] = row->test > 0 ? loyi_rfm_ratio(row->test_amount, row->test * rule->scale) : 0.0;
  if (out->test_T) out->test_T[at] = loyi_rfm_span(rule, rule->train_end, rule->end);
}

LOYI_LOCAL void loyi_rfm_pass_slice(void *context, size_t slice) {
  loyi_rfm_pass_job *job = (loyi_rfm_pass_job *)context;
  const loyi_rfm_cell *cell = job->cell;
  size_t at = job->counts->offset[slice], end = job->counts->start[slice + 1], next;
  loy_rfm_report report;
  memset(&report, 0, sizeof report);
  for (size_t i = job->counts->start[slice]; i < end; i = next) {
    loyi_rfm_row row;
    for (next = i + 1; next < end && cell[next].customer == cell[i].customer; next++) {
    }
    if (job->out) {
      double litt;
      row = loyi_rfm_customer(job->rule, cell + i, next - i, job->out->litt ? &litt : NULL);
      if (row.x < 0) continue;
      if (job->out->litt) job->out->litt[at] = litt;
      loyi_rfm_write(job->rule, job->out, at++, cell[i].customer, &row);
    } else {
      row = loyi_rfm_customer(job->rule, cell + i, next - i, NULL);
      loyi_rfm_tally(&row, &report);
    }
  }
  if (!job->out) job->report[slice] = report;
}

LOYI_LOCAL void loyi_rfm_slice(const loyi_rfm_run *run, loyi_rfm_counts *counts) {
  counts->start[0] = 0;
  for (size_t slice = 1; slice < counts->slices; slice++) {
    size_t i = run->n / counts->slices * slice;
    if (i < counts->start[slice - 1]) i = counts->start[slice - 1];
    while (i > 0 && i < run->n && run->cell[i].customer == run->cell[i - 1].customer) i++;
    counts->start[slice] = i;
  }
  counts->start[counts->slices] = run->n;
}

LOYI_LOCAL loy_status loyi_rfm_bad_end(const char *argument, const char *message, loy_error *error) {
  return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
}

/* Check a window and put it into periods. */
LOYI_LOCAL loy_status loyi_rfm_resolve(const loy_rfm_builder *builder, const loy_rfm_window *window,
                                       loyi_rfm_rule *rule, loy_error *error) {
  static const loy_rfm_merge_period period[] = {LOY_RFM_MERGE_HOUR, LOY_RFM_MERGE_DAY, LOY_RFM_MERGE_WEEK,
                                                LOY_RFM_MERGE_MONTH, LOY_RFM_MERGE_YEAR}; /* of each unit */
  static const int64_t length[] = {3600, 86400, 604800, 0, 0, 1};                         /* of each period */
  loy_rfm_window plain;
  int64_t least, greatest;
  loy_rfm_window_init(&plain);
  if (window) {
    if (window->struct_size != sizeof *window)
      return loyi_report(error, LOY_ERR_ARGUMENT, "window", LOY_NO_INDEX, "must be filled by loy_rfm_window_init");
    plain = *window;
  }
  if ((int)plain.time_unit < LOY_TIME_HOUR || (int)plain.time_unit > LOY_TIME_YEAR)
    return loyi_report(error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX, "must be a loy_time_unit");
  if ((int)plain.tick < LOY_TICK_DAY || (int)plain.tick > LOY_TICK_NANOSECOND)
    return loyi_report(error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX, "must be a loy_tick");
  loyi_tick_range(plain.tick, &least, &greatest);
  rule->end = builder->stack.n > 0 ? builder->last : loyi_rfm_period(builder->merge, LOY_TICK_DAY, 0);
  if (plain.end != LOY_RFM_LAST_SEEN) {
    if (plain.end < least || plain.end > greatest)
      return loyi_rfm_bad_end("end", "must be a time from 0001-01-01 to 9999-12-31", error);
    rule->end = loyi_rfm_period(builder->merge, plain.tick, plain.end);
  }
  rule->train_end = rule->end;
  if (plain.train_end != LOY_RFM_NO_SPLIT) {
    if (plain.train_end < least || plain.train_end > greatest)
      return loyi_rfm_bad_end("train_end", "must be a time from 0001-01-01 to 9999-12-31", error);
    rule->train_end = loyi_rfm_period(builder->merge, plain.tick, plain.train_end);
    if (rule->train_end > rule->end && (plain.end != LOY_RFM_LAST_SEEN || builder->stack.n > 0))
      return loyi_rfm_bad_end("train_end", "must not be later than the end of observation", error);
    if (rule->train_end > rule->end) rule->end = rule->train_end; /* an empty log has no last period */
  }
  if (plain.decimals < 0 || plain.decimals > 9)
    return loyi_report(error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX, "must be 0 to 9");
  rule->merge = builder->merge;
  rule->step = length[builder->merge];
  rule->unit = loy_time_unit_seconds(plain.time_unit);
  if (period[plain.time_unit] == builder->merge) {
    rule->step = 1;
    rule->unit = 1.0;
  }
  rule->net = builder->refunds == LOY_RFM_REFUNDS_NET;
  rule->include_first = plain.include_first;
  rule->scale = 1;
  for (int i = 0; i < plain.decimals; i++) rule->scale *= 10;
  return LOY_OK;
}

/* Bring builder->counts up to date for a window. */
LOYI_LOCAL void loyi_rfm_survey(loy_rfm_builder *builder, const loyi_rfm_rule *rule) {
  const loyi_rfm_run run = loyi_rfm_only_run(builder);
  loyi_rfm_counts *counts = &builder->counts;
  loy_rfm_report *report = &counts->report;
  loyi_rfm_pass_job job;
  if (counts->known && counts->train_end == rule->train_end && counts->end == rule->end) return;
  memset(counts, 0, sizeof *counts);
  counts->train_end = rule->train_end;
  counts->end = rule->end;
  counts->slices = builder->threads < 1 || run.n < LOYI_RFM_SLICE_CELLS ? 1 : (size_t)builder->threads;
  if (counts->slices > LOYI_RFM_MOST_SLICES) counts->slices = LOYI_RFM_MOST_SLICES;
  loyi_rfm_slice(&run, counts);
  job.rule = rule;
  job.cell = run.cell;
  job.counts = counts;
  job.out = NULL;
  loyi_parallel(loyi_rfm_pass_slice, &job, counts->slices, builder->threads);
  for (size_t slice = 0; slice < counts->slices; slice++) {
    const loy_rfm_report *part = &job.report[slice];
    counts->offset[slice + 1] = counts->offset[slice] + (size_t)part->customers;
    report->customers += part->customers;
    report->customers_late += part->customers_late;
    report->customers_void += part->customers_void;
    report->purchases += part->purchases;
    report->purchases_test += part->purchases_test;
    report->purchases_late += part->purchases_late;
    report->returns += part->returns;
    report->amount += part->amount;
    report->amount_late += part->amount_late;
    report->amount_returned += part->amount_returned;
  }
  report->rows = builder->rows;
  report->rows_negative = builder->negative;
  report->rows_dropped = builder->dropped;
  report->rows_merged = builder->rows - builder->dropped - (int64_t)run.n;
  if (run.n > 0) {
    report->first = loyi_rfm_period_start(builder->merge, builder->first);
    report->last = loyi_rfm_period_start(builder->merge, builder->last);
  }
  report->train_end = loyi_rfm_period_start(builder->merge, rule->train_end);
  report->end = loyi_rfm_period_start(builder->merge, rule->end);
  counts->known = 1;
}

LOYALTY_API loy_status loy_rfm_count(loy_rfm_builder *builder, const loy_rfm_window *window, size_t *customers,
                                     loy_rfm_report *report, loy_error *error) {
  loyi_rfm_rule rule;
  loy_status status;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rfm_resolve(builder, window, &rule, error);
  if (status != LOY_OK) return status;
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  loyi_rfm_survey(builder, &rule);
  if (customers) *customers = (size_t)builder->counts.report.customers;
  if (report) *report = builder->counts.report;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rfm_summary(loy_rfm_builder *builder, const loy_rfm_window *window, size_t capacity,
                                       const loy_rfm_columns *out, size_t *customers, loy_error *error) {
  loyi_rfm_rule rule;
  loyi_rfm_pass_job job;
  loy_status status;
  size_t found;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rfm_resolve(builder, window, &rule, error);
  if (status != LOY_OK) return status;
  if (!out || out->struct_size != sizeof *out)
    return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must be filled by loy_rfm_columns_init");
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  loyi_rfm_survey(builder, &rule);
  found = (size_t)builder->counts.report.customers;
  if (customers) *customers = found;
  if (found > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the number of customers");
  job.rule = &rule;
  job.cell = loyi_rfm_only_run(builder).cell;
  job.counts = &builder->counts;
  job.out = out;
  loyi_parallel(loyi_rfm_pass_slice, &job, builder->counts.slices, builder->threads);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_SUMMARY_INL_H */
