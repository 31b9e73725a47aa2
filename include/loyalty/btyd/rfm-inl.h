/* rfm-inl.h: body of rfm.h. */
#ifndef LOYALTY_BTYD_RFM_INL_H
#define LOYALTY_BTYD_RFM_INL_H

#include "rfm.h"

#include "../base/parallel.h"
#include "rfm_cells.h"

#include <string.h>

LOY_BEGIN_DECLS

enum {
  LOYI_RFM_BATCH = 1 << 24,    /* rows sorted at a time: bounds the memory of a push to 24 bytes x 2^25 */
  LOYI_RFM_SCAN_ROWS = 1 << 16 /* rows of which the sizes are added in two halves without a carry */
};

LOYALTY_API void loy_rfm_options_init(loy_rfm_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->merge = LOY_RFM_MERGE_DAY;
  options->refunds = LOY_RFM_REFUNDS_NET;
  options->threads = 1;
  options->allocator = NULL;
}

LOYALTY_API loy_status loy_rfm_create(const loy_rfm_options *options, loy_rfm_builder **builder, loy_error *error) {
  loy_rfm_options plain;
  loy_rfm_builder *made;
  loy_rfm_options_init(&plain);
  if (options) {
    if (options->struct_size != sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must be filled by loy_rfm_options_init");
    if ((int)options->merge < LOY_RFM_MERGE_HOUR || (int)options->merge > LOY_RFM_MERGE_NONE)
      return loyi_report(error, LOY_ERR_ARGUMENT, "merge", LOY_NO_INDEX, "must be a loy_rfm_merge_period");
    if ((int)options->refunds < LOY_RFM_REFUNDS_NET || (int)options->refunds > LOY_RFM_REFUNDS_DENY)
      return loyi_report(error, LOY_ERR_ARGUMENT, "refunds", LOY_NO_INDEX, "must be a loy_rfm_refunds");
    plain = *options;
  }
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  made = (loy_rfm_builder *)loyi_allocate(plain.allocator, 1, sizeof *made);
  if (!made) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  memset(made, 0, sizeof *made);
  if (plain.allocator) {
    made->memory = *plain.allocator;
    made->allocator = &made->memory;
  }
  made->merge = plain.merge;
  made->refunds = plain.refunds;
  made->threads = plain.threads;
  *builder = made;
  return loyi_ok(error);
}

LOYALTY_API void loy_rfm_destroy(loy_rfm_builder *builder) {
  loy_allocator memory;
  int own;
  if (!builder) return;
  loyi_rfm_stack_release(&builder->stack, builder->allocator);
  memory = builder->memory; /* the builder cannot give itself back through a copy that lies inside it */
  own = builder->allocator != NULL;
  loyi_release(own ? &memory : NULL, builder, 1, sizeof *builder);
}

/* What one look at a batch finds. */
typedef struct loyi_rfm_scan {
  int64_t least_time, greatest_time, least_customer, greatest_customer;
  int64_t negative;
  uint64_t high, low; /* sizes of the amounts added up: high * 2^32 + low */
} loyi_rfm_scan;

typedef struct loyi_rfm_scan_job {
  const int64_t *customer, *time, *amount;
  size_t n, slices;
  loyi_rfm_scan scan[LOYI_RFM_MOST_SLICES];
} loyi_rfm_scan_job;

LOYI_LOCAL void loyi_rfm_scan_amounts(const int64_t *amount, size_t n, loyi_rfm_scan *scan) {
  for (size_t start = 0; start < n; start += LOYI_RFM_SCAN_ROWS) {
    size_t end = n - start < LOYI_RFM_SCAN_ROWS ? n : start + LOYI_RFM_SCAN_ROWS;
    uint64_t high = 0, low = 0;
    int64_t negative = 0;
    for (size_t i = start; i < end; i++) {
      uint64_t size = loyi_rfm_magnitude(amount[i]);
      high += size >> 32;
      low += size & 0xffffffffu;
      negative += amount[i] < 0;
    }
    low += scan->low;
    scan->high += high + (low >> 32);
    scan->low = low & 0xffffffffu;
    scan->negative += negative;
  }
}

LOYI_LOCAL void loyi_rfm_scan_slice(void *context, size_t slice) {
  loyi_rfm_scan_job *job = (loyi_rfm_scan_job *)context;
  loyi_rfm_scan *scan = &job->scan[slice];
  size_t start = job->n / job->slices * slice;
  size_t end = slice + 1 == job->slices ? job->n : job->n / job->slices * (slice + 1);
  int64_t least_time = INT64_MAX, greatest_time = INT64_MIN, least_customer = INT64_MAX, greatest_customer = INT64_MIN;
  for (size_t i = start; i < end; i++) {
    if (job->time[i] < least_time) least_time = job->time[i];
    if (job->time[i] > greatest_time) greatest_time = job->time[i];
    if (job->customer[i] < least_customer) least_customer = job->customer[i];
    if (job->customer[i] > greatest_customer) greatest_customer = job->customer[i];
  }
  memset(scan, 0, sizeof *scan);
  scan->least_time = least_time;
  scan->greatest_time = greatest_time;
  scan->least_customer = least_customer;
  scan->greatest_customer = greatest_customer;
  if (job->amount) loyi_rfm_scan_amounts(job->amount + start, end - start, scan);
}

LOYI_LOCAL loyi_rfm_scan loyi_rfm_scan_batch(const int64_t *customer, const int64_t *time, const int64_t *amount,
                                             size_t n, int threads) {
  loyi_rfm_scan_job job;
  loyi_rfm_scan all;
  job.customer = customer;
  job.time = time;
  job.amount = amount;
  job.n = n;
  job.slices = threads < 1 || n < LOYI_RFM_SCAN_ROWS ? 1 : (size_t)threads;
  if (job.slices > LOYI_RFM_MOST_SLICES) job.slices = LOYI_RFM_MOST_SLICES;
  loyi_parallel(loyi_rfm_scan_slice, &job, job.slices, threads);
  all = job.scan[0];
  for (size_t slice = 1; slice < job.slices; slice++) {
    const loyi_rfm_scan *scan = &job.scan[slice];
    if (scan->least_time < all.least_time) all.least_time = scan->least_time;
    if (scan->greatest_time > all.greatest_time) all.greatest_time = scan->greatest_time;
    if (scan->least_customer < all.least_customer) all.least_customer = scan->least_customer;
    if (scan->greatest_customer > all.greatest_customer) all.greatest_customer = scan->greatest_customer;
    all.negative += scan->negative;
    all.low += scan->low;
    all.high += scan->high + (all.low >> 32);
    all.low &= 0xffffffffu;
  }
  return all;
}

/* The first row at which gross + |amount| + ... passes the limit. */
LOYI_LOCAL size_t loyi_rfm_first_overflow(int64_t gross, const int64_t *amount) {
  size_t i = 0;
  for (uint64_t left = (uint64_t)INT64_MAX - (uint64_t)gross; loyi_rfm_magnitude(amount[i]) <= left; i++)
    left -= loyi_rfm_magnitude(amount[i]);
  return i;
}

/* Hand a run of cells, and the periods of its ends, over to a builder. */
LOYI_LOCAL int loyi_rfm_take(loy_rfm_builder *builder, loyi_rfm_run *run, int64_t first, int64_t last) {
  int empty = builder->stack.n == 0;
  if (run->n == 0) {
    loyi_rfm_run_release(run, builder->allocator);
    return 1;
  }
  if (!loyi_rfm_stack_add(&builder->stack, run, builder->allocator)) return 0;
  if (empty || first < builder->first) builder->first = first;
  if (empty || last > builder->last) builder->last = last;
  return 1;
}

/* All rows of a push into one run, at most LOYI_RFM_BATCH at a time. 0 when memory is out. */
LOYI_LOCAL int loyi_rfm_sort_batches(loyi_rfm_rows rows, int threads, const loy_allocator *allocator,
                                     loyi_rfm_run *run) {
  loyi_rfm_stack stack;
  size_t n = rows.n;
  if (n <= LOYI_RFM_BATCH) return loyi_rfm_sort(&rows, threads, allocator, run);
  stack.n = 0;
  memset(run, 0, sizeof *run);
  for (size_t start = 0; start < n; start += LOYI_RFM_BATCH) {
    loyi_rfm_run part;
    rows.n = n - start;
    if (rows.n > LOYI_RFM_BATCH) rows.n = LOYI_RFM_BATCH;
    if (!loyi_rfm_sort(&rows, threads, allocator, &part)) {
      loyi_rfm_stack_release(&stack, allocator);
      return 0;
    }
    if (part.n > 0 && !loyi_rfm_stack_add(&stack, &part, allocator)) {
      loyi_rfm_run_release(&part, allocator);
      loyi_rfm_stack_release(&stack, allocator);
      return 0;
    }
    rows.customer += rows.n;
    rows.time += rows.n;
    if (rows.amount) rows.amount += rows.n;
  }
  if (!loyi_rfm_stack_flatten(&stack, allocator)) {
    loyi_rfm_stack_release(&stack, allocator);
    return 0;
  }
  if (stack.n > 0) *run = stack.run[0];
  return 1;
}

LOYALTY_API loy_status loy_rfm_push(loy_rfm_builder *builder, loy_tick tick, const int64_t *customer,
                                    const int64_t *time, const int64_t *amount, size_t n, loy_error *error) {
  loyi_rfm_scan scan;
  loyi_rfm_rows rows;
  loyi_rfm_run run;
  int64_t least, greatest, first, last;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if ((int)tick < LOY_TICK_DAY || (int)tick > LOY_TICK_NANOSECOND)
    return loyi_report(error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX, "must be a loy_tick");
  if (n > 0 && !customer) return loyi_report(error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !time) return loyi_report(error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX, "must not be NULL");
  if (n == 0) return loyi_ok(error);

  scan = loyi_rfm_scan_batch(customer, time, amount, n, builder->threads);
  loyi_tick_range(tick, &least, &greatest);
  if (scan.least_time < least || scan.greatest_time > greatest) {
    size_t row = 0;
    while (time[row] >= least && time[row] <= greatest) row++;
    return loyi_report(error, LOY_ERR_DOMAIN, "time", row, "must be a time from 0001-01-01 to 9999-12-31");
  }
  if (builder->refunds == LOY_RFM_REFUNDS_DENY && scan.negative > 0) {
    size_t row = 0;
    while (amount[row] >= 0) row++;
    return loyi_report(error, LOY_ERR_DOMAIN, "amount", row, "must not be negative");
  }
  if (scan.high >> 31 || (scan.high << 32 | scan.low) > (uint64_t)INT64_MAX - (uint64_t)builder->gross)
    return loyi_report(error, LOY_ERR_OVERFLOW, "amount", loyi_rfm_first_overflow(builder->gross, amount),
                       "amounts must stay below 2^63 when their sizes are added up; use fewer decimals");

  rows.customer = customer;
  rows.time = time;
  rows.amount = amount;
  rows.n = n;
  rows.tick = tick;
  rows.merge = builder->merge;
  rows.drop = builder->refunds == LOY_RFM_REFUNDS_DROP && scan.negative > 0;
  rows.least = scan.least_customer;
  rows.greatest = scan.greatest_customer;
  if (!loyi_rfm_sort_batches(rows, builder->threads, builder->allocator, &run))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  first = loyi_rfm_period(builder->merge, tick, scan.least_time);
  last = loyi_rfm_period(builder->merge, tick, scan.greatest_time);
  if (rows.drop) loyi_rfm_run_ends(&run, &first, &last);
  if (!loyi_rfm_take(builder, &run, first, last)) {
    loyi_rfm_run_release(&run, builder->allocator);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  builder->counts.known = 0;
  builder->rows += (int64_t)n;
  builder->negative += scan.negative;
  if (rows.drop) builder->dropped += scan.negative;
  builder->gross += (int64_t)(scan.high << 32 | scan.low);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rfm_merge(loy_rfm_builder *builder, const loy_rfm_builder *other, loy_error *error) {
  loyi_rfm_stack copies;
  int good = 1;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if (!other || other == builder)
    return loyi_report(error, LOY_ERR_ARGUMENT, "other", LOY_NO_INDEX, "must be another builder");
  if (other->merge != builder->merge || other->refunds != builder->refunds)
    return loyi_report(error, LOY_ERR_STATE, "other", LOY_NO_INDEX,
                       "must have the same merge period and treatment of refunds");
  if (other->gross > INT64_MAX - builder->gross)
    return loyi_report(error, LOY_ERR_OVERFLOW, "other", LOY_NO_INDEX,
                       "amounts must stay below 2^63 when their sizes are added up");
  copies.n = 0;
  for (size_t i = 0; good && i < other->stack.n; i++) { /* lengths fall, so each copy goes on top as it is */
    loyi_rfm_run copy;
    copy.n = copy.capacity = other->stack.run[i].n;
    copy.cell = (loyi_rfm_cell *)loyi_allocate(builder->allocator, copy.n, sizeof *copy.cell);
    good = copy.cell != NULL;
    if (good) {
      memcpy(copy.cell, other->stack.run[i].cell, copy.n * sizeof *copy.cell);
      copies.run[copies.n++] = copy;
    }
  }
  good = good && loyi_rfm_stack_flatten(&copies, builder->allocator);
  good = good && (copies.n == 0 || loyi_rfm_take(builder, &copies.run[0], other->first, other->last));
  if (!good) {
    loyi_rfm_stack_release(&copies, builder->allocator);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  builder->counts.known = 0;
  builder->rows += other->rows;
  builder->negative += other->negative;
  builder->dropped += other->dropped;
  builder->gross += other->gross;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rfm_relabel(loy_rfm_builder *builder, const int64_t *label, size_t n, loy_error *error) {
  loyi_rfm_run old, run;
  loyi_rfm_rows rows;
  int64_t *column;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if (n > 0 && !label) return loyi_report(error, LOY_ERR_ARGUMENT, "label", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  if (builder->stack.n == 0) return loyi_ok(error);
  old = builder->stack.run[0];
  if (old.cell[0].customer < 0 || (uint64_t)old.cell[old.n - 1].customer >= n)
    return loyi_report(error, LOY_ERR_DOMAIN, "label", LOY_NO_INDEX, "must have a label for each customer");

  column = (int64_t *)loyi_allocate(builder->allocator, old.n, 3 * sizeof *column);
  if (!column) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  rows.least = rows.greatest = label[old.cell[0].customer];
  for (size_t i = 0; i < old.n; i++) {
    int64_t customer = label[old.cell[i].customer];
    if (customer < rows.least) rows.least = customer;
    if (customer > rows.greatest) rows.greatest = customer;
    column[i] = customer;
    column[old.n + i] = old.cell[i].period;
    column[2 * old.n + i] = old.cell[i].value;
  }
  rows.customer = column;
  rows.time = column + old.n;
  rows.amount = column + 2 * old.n;
  rows.n = old.n;
  rows.tick = LOY_TICK_SECOND; /* with MERGE_NONE the period is the time as it stands */
  rows.merge = LOY_RFM_MERGE_NONE;
  rows.drop = 0;
  if (!loyi_rfm_sort_batches(rows, builder->threads, builder->allocator, &run)) {
    loyi_release(builder->allocator, column, old.n, 3 * sizeof *column);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  loyi_release(builder->allocator, column, old.n, 3 * sizeof *column);
  loyi_rfm_run_release(&builder->stack.run[0], builder->allocator);
  builder->stack.run[0] = run;
  builder->counts.known = 0;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rfm_size(loy_rfm_builder *builder, size_t *customers, size_t *purchases, loy_error *error) {
  size_t distinct = 0;
  loyi_rfm_run run;
  if (!builder) return loyi_report(error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_rfm_stack_flatten(&builder->stack, builder->allocator))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  run = loyi_rfm_only_run(builder);
  for (size_t i = 0; i < run.n; i++) distinct += i == 0 || run.cell[i].customer != run.cell[i - 1].customer;
  if (customers) *customers = distinct;
  if (purchases) *purchases = run.n;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_INL_H */
