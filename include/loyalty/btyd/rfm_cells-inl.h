/* rfm_cells-inl.h: body of rfm_cells.h. */
#ifndef LOYALTY_BTYD_RFM_CELLS_INL_H
#define LOYALTY_BTYD_RFM_CELLS_INL_H

#include "rfm_cells.h"

#include "../base/parallel.h"

#include <string.h>

LOY_BEGIN_DECLS

enum {
  LOYI_RFM_DIGIT_BITS = 11, /* 2,048 counters: half of a 32 KiB first-level cache */
  LOYI_RFM_DIGITS = 1 << LOYI_RFM_DIGIT_BITS,
  LOYI_RFM_PART_ROWS = 16384, /* at most, when ids are spread: with their copy 768 KiB */
  LOYI_RFM_PART_BITS = 11,    /* at most 2,048 parts: more write streams would miss the TLB */
  LOYI_RFM_INSERTION = 24     /* below this, insertion sort beats counting */
};

LOYI_SHARED uint64_t loyi_rfm_magnitude(int64_t amount) {
  return amount < 0 ? (uint64_t)0 - (uint64_t)amount : (uint64_t)amount;
}

/* --- Time ------------------------------------------------------------------------------------------------------- */

/* a / b rounded down, b > 0. Called with a constant b, so that it compiles to a multiplication. */
LOYI_LOCAL int64_t loyi_rfm_floor(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* The day, or the second, that contains a time. */
LOYI_LOCAL int64_t loyi_rfm_day(loy_tick tick, int64_t time) {
  switch (tick) {
  case LOY_TICK_DAY: return time;
  case LOY_TICK_SECOND: return loyi_rfm_floor(time, 86400);
  case LOY_TICK_MILLISECOND: return loyi_rfm_floor(time, (int64_t)86400 * 1000);
  case LOY_TICK_MICROSECOND: return loyi_rfm_floor(time, (int64_t)86400 * 1000000);
  case LOY_TICK_NANOSECOND: return loyi_rfm_floor(time, (int64_t)86400 * 1000000000);
  }
  return time;
}

LOYI_LOCAL int64_t loyi_rfm_second(loy_tick tick, int64_t time) {
  switch (tick) {
  case LOY_TICK_DAY: return time * 86400;
  case LOY_TICK_SECOND: return time;
  case LOY_TICK_MILLISECOND: return loyi_rfm_floor(time, 1000);
  case LOY_TICK_MICROSECOND: return loyi_rfm_floor(time, 1000000);
  case LOY_TICK_NANOSECOND: return loyi_rfm_floor(time, 1000000000);
  }
  return time;
}

LOYI_SHARED int64_t loyi_rfm_period(loy_rfm_merge_period merge, loy_tick tick, int64_t time) {
  int year, month, day;
  switch (merge) {
  case LOY_RFM_MERGE_DAY: return loyi_rfm_day(tick, time);
  case LOY_RFM_MERGE_WEEK: return loyi_rfm_floor(loyi_rfm_day(tick, time) + 3, 7); /* day -3 was a Monday */
  case LOY_RFM_MERGE_MONTH:
    loyi_civil_from_day(loyi_rfm_day(tick, time), &year, &month, &day);
    return 12 * (int64_t)year + month - 1;
  case LOY_RFM_MERGE_YEAR: loyi_civil_from_day(loyi_rfm_day(tick, time), &year, &month, &day); return year;
  case LOY_RFM_MERGE_HOUR: return loyi_rfm_floor(loyi_rfm_second(tick, time), 3600);
  case LOY_RFM_MERGE_NONE: return loyi_rfm_second(tick, time);
  }
  return 0;
}

LOYI_SHARED int64_t loyi_rfm_period_start(loy_rfm_merge_period merge, int64_t period) {
  switch (merge) {
  case LOY_RFM_MERGE_DAY: return period * 86400;
  case LOY_RFM_MERGE_WEEK: return (7 * period - 3) * 86400;
  case LOY_RFM_MERGE_MONTH: return loyi_day_from_civil((int)(period / 12), (int)(period % 12) + 1, 1) * 86400;
  case LOY_RFM_MERGE_YEAR: return loyi_day_from_civil((int)period, 1, 1) * 86400;
  case LOY_RFM_MERGE_HOUR: return period * 3600;
  case LOY_RFM_MERGE_NONE: return period;
  }
  return 0;
}

/* --- Sorting one part ------------------------------------------------------------------------------------------- */

LOYI_LOCAL int loyi_rfm_before(const loyi_rfm_cell *a, const loyi_rfm_cell *b) {
  return a->customer < b->customer || (a->customer == b->customer && a->period < b->period);
}

LOYI_LOCAL void loyi_rfm_insertion(loyi_rfm_cell *cell, size_t n) {
  for (size_t i = 1; i < n; i++) {
    loyi_rfm_cell moving = cell[i];
    size_t j = i;
    for (; j > 0 && loyi_rfm_before(&moving, &cell[j - 1]); j--) cell[j] = cell[j - 1];
    cell[j] = moving;
  }
}

/* One counting pass from `from` to `to` over bits shift .. shift + 10 of (key - least), key being the customer or the
 * period. 0 when all cells share the digit and nothing was moved. */
LOYI_LOCAL int loyi_rfm_pass(const loyi_rfm_cell *from, loyi_rfm_cell *to, size_t n, int by_customer, uint64_t least,
                             int shift) {
  size_t count[LOYI_RFM_DIGITS];
  size_t at = 0;
  memset(count, 0, sizeof count);
  for (size_t i = 0; i < n; i++) {
    uint64_t key = (uint64_t)(by_customer ? from[i].customer : from[i].period) - least;
    count[(key >> shift) & (LOYI_RFM_DIGITS - 1)]++;
  }
  for (size_t digit = 0; digit < LOYI_RFM_DIGITS; digit++) {
    size_t here = count[digit];
    if (here == n) return 0;
    count[digit] = at;
    at += here;
  }
  for (size_t i = 0; i < n; i++) {
    uint64_t key = (uint64_t)(by_customer ? from[i].customer : from[i].period) - least;
    to[count[(key >> shift) & (LOYI_RFM_DIGITS - 1)]++] = from[i];
  }
  return 1;
}

/* Sort n cells, with room for a copy in `spare`; the answer is whichever of the two holds the result. */
LOYI_LOCAL loyi_rfm_cell *loyi_rfm_sort_part(loyi_rfm_cell *cell, loyi_rfm_cell *spare, size_t n) {
  if (n < LOYI_RFM_INSERTION) {
    loyi_rfm_insertion(cell, n);
    return cell;
  }
  for (int by_customer = 0; by_customer < 2; by_customer++) {
    int64_t least = by_customer ? cell[0].customer : cell[0].period, greatest = least;
    for (size_t i = 1; i < n; i++) {
      int64_t key = by_customer ? cell[i].customer : cell[i].period;
      if (key < least) least = key;
      if (key > greatest) greatest = key;
    }
    for (int shift = 0; shift < 64 && ((uint64_t)greatest - (uint64_t)least) >> shift; shift += LOYI_RFM_DIGIT_BITS) {
      if (loyi_rfm_pass(cell, spare, n, by_customer, (uint64_t)least, shift)) {
        loyi_rfm_cell *swap = cell;
        cell = spare;
        spare = swap;
      }
    }
  }
  return cell;
}

/* Add equal keys together; `to` may be `from` or lie before it. The number of cells left. */
LOYI_LOCAL size_t loyi_rfm_join(const loyi_rfm_cell *from, size_t n, loyi_rfm_cell *to) {
  size_t out = 0;
  loyi_rfm_cell last;
  if (n == 0) return 0;
  last = from[0];
  for (size_t i = 1; i < n; i++) {
    loyi_rfm_cell next = from[i];
    if (next.customer == last.customer && next.period == last.period) {
      last.amount += next.amount;
    } else {
      to[out++] = last;
      last = next;
    }
  }
  to[out++] = last;
  return out;
}

/* --- Rows to a run ---------------------------------------------------------------------------------------------- */

/* One sort: slices of rows are counted and distributed, then spans of parts are sorted, each by one thread. */
typedef struct loyi_rfm_job {
  const loyi_rfm_rows *rows;
  size_t slices, parts;
  int shift;     /* part of a customer: (customer - least) >> shift */
  size_t *place; /* slices x parts: counts, then where the next cell goes */
  size_t *start; /* parts + 1: where each part begins */
  loyi_rfm_cell *cell, *spare;
  size_t first[LOYI_RFM_MOST_SLICES + 1]; /* first part of each span */
  size_t room[LOYI_RFM_MOST_SLICES];      /* where its spare cells begin */
  size_t kept[LOYI_RFM_MOST_SLICES];      /* cells left, from start[first] on */
} loyi_rfm_job;

LOYI_LOCAL size_t loyi_rfm_cut(size_t n, size_t slices, size_t slice) {
  return n / slices * slice + (n % slices) * slice / slices;
}

LOYI_LOCAL size_t loyi_rfm_part(const loyi_rfm_job *job, int64_t customer) {
  return (size_t)(((uint64_t)customer - (uint64_t)job->rows->least) >> job->shift);
}

LOYI_LOCAL void loyi_rfm_count_slice(void *context, size_t slice) {
  const loyi_rfm_job *job = (const loyi_rfm_job *)context;
  const loyi_rfm_rows *rows = job->rows;
  size_t *count = job->place + slice * job->parts;
  size_t end = loyi_rfm_cut(rows->n, job->slices, slice + 1);
  memset(count, 0, job->parts * sizeof *count);
  for (size_t i = loyi_rfm_cut(rows->n, job->slices, slice); i < end; i++) {
    if (rows->drop && rows->amount && rows->amount[i] < 0) continue;
    count[loyi_rfm_part(job, rows->customer[i])]++;
  }
}

LOYI_LOCAL void loyi_rfm_place_slice(void *context, size_t slice) {
  const loyi_rfm_job *job = (const loyi_rfm_job *)context;
  const loyi_rfm_rows *rows = job->rows;
  size_t *place = job->place + slice * job->parts;
  size_t end = loyi_rfm_cut(rows->n, job->slices, slice + 1);
  for (size_t i = loyi_rfm_cut(rows->n, job->slices, slice); i < end; i++) {
    int64_t amount = rows->amount ? rows->amount[i] : 0;
    loyi_rfm_cell *cell;
    if (rows->drop && amount < 0) continue;
    cell = &job->cell[place[loyi_rfm_part(job, rows->customer[i])]++];
    cell->customer = rows->customer[i];
    cell->period = loyi_rfm_period(rows->merge, rows->tick, rows->time[i]);
    cell->amount = amount;
  }
}

LOYI_LOCAL void loyi_rfm_sort_span(void *context, size_t span) {
  loyi_rfm_job *job = (loyi_rfm_job *)context;
  loyi_rfm_cell *spare = job->spare + job->room[span];
  loyi_rfm_cell *base = job->cell + job->start[job->first[span]], *to = base;
  for (size_t part = job->first[span]; part < job->first[span + 1]; part++) {
    size_t n = job->start[part + 1] - job->start[part];
    to += loyi_rfm_join(loyi_rfm_sort_part(job->cell + job->start[part], spare, n), n, to);
  }
  job->kept[span] = (size_t)(to - base);
}

/* Give each thread a span of parts with about the same number of cells, and spare cells for the largest of them. */
LOYI_LOCAL size_t loyi_rfm_span_parts(loyi_rfm_job *job, size_t spans) {
  size_t part = 0, spare = 0;
  for (size_t span = 0; span < spans; span++) {
    size_t until = loyi_rfm_cut(job->start[job->parts], spans, span + 1), largest = 0;
    job->first[span] = part;
    job->room[span] = spare;
    for (; part < job->parts && (job->start[part] < until || span + 1 == spans); part++) {
      size_t n = job->start[part + 1] - job->start[part];
      if (n > largest) largest = n;
    }
    spare += largest;
  }
  job->first[spans] = part;
  return spare;
}

LOYI_SHARED int loyi_rfm_sort(const loyi_rfm_rows *rows, int threads, const loy_allocator *allocator,
                              loyi_rfm_run *run) {
  loyi_rfm_job job;
  size_t places, spare, total = 0, n = 0;
  int bits = 0;
  uint64_t range = (uint64_t)rows->greatest - (uint64_t)rows->least;

  memset(run, 0, sizeof *run);
  if (rows->n == 0) return 1;
  job.rows = rows;
  job.slices = threads < 1 || rows->n < 2 * (size_t)LOYI_RFM_PART_ROWS ? 1 : (size_t)threads;
  if (job.slices > LOYI_RFM_MOST_SLICES) job.slices = LOYI_RFM_MOST_SLICES;
  while (bits < LOYI_RFM_PART_BITS && rows->n >> bits > LOYI_RFM_PART_ROWS) bits++;
  for (job.shift = 0; job.shift < 63 && range >> job.shift >> bits; job.shift++) {
  }
  job.parts = (size_t)(range >> job.shift) + 1;

  places = job.slices * job.parts + job.parts + 1;
  job.place = (size_t *)loyi_allocate(allocator, places, sizeof *job.place);
  if (!job.place) return 0;
  job.start = job.place + job.slices * job.parts;

  loyi_parallel(loyi_rfm_count_slice, &job, job.slices, threads);
  for (size_t part = 0; part < job.parts; part++) {
    job.start[part] = total;
    for (size_t slice = 0; slice < job.slices; slice++) {
      size_t here = job.place[slice * job.parts + part];
      job.place[slice * job.parts + part] = total;
      total += here;
    }
  }
  job.start[job.parts] = total;
  if (total == 0) { /* all rows dropped */
    loyi_release(allocator, job.place, places, sizeof *job.place);
    return 1;
  }
  spare = loyi_rfm_span_parts(&job, job.slices);

  job.cell = (loyi_rfm_cell *)loyi_allocate(allocator, total, sizeof *job.cell);
  job.spare = job.cell ? (loyi_rfm_cell *)loyi_allocate(allocator, spare, sizeof *job.spare) : NULL;
  if (!job.spare) {
    loyi_release(allocator, job.cell, total, sizeof *job.cell);
    loyi_release(allocator, job.place, places, sizeof *job.place);
    return 0;
  }
  loyi_parallel(loyi_rfm_place_slice, &job, job.slices, threads);
  loyi_parallel(loyi_rfm_sort_span, &job, job.slices, threads);
  for (size_t span = 0; span < job.slices; span++) { /* close the gaps between spans */
    size_t start = job.start[job.first[span]];
    if (start != n && job.kept[span] > 0) memmove(job.cell + n, job.cell + start, job.kept[span] * sizeof *job.cell);
    n += job.kept[span];
  }
  loyi_release(allocator, job.spare, spare, sizeof *job.spare);
  loyi_release(allocator, job.place, places, sizeof *job.place);
  if (n < total) { /* many rows were one purchase: keep no more room than purchases need, when it can be had */
    loyi_rfm_cell *less = (loyi_rfm_cell *)loyi_resize(allocator, job.cell, total, n, sizeof *less);
    if (less) {
      job.cell = less;
      total = n;
    }
  }
  run->cell = job.cell;
  run->n = n;
  run->capacity = total;
  return 1;
}

/* --- Runs ------------------------------------------------------------------------------------------------------- */

LOYI_SHARED void loyi_rfm_run_release(loyi_rfm_run *run, const loy_allocator *allocator) {
  loyi_release(allocator, run->cell, run->capacity, sizeof *run->cell);
  run->cell = NULL;
  run->n = run->capacity = 0;
}

LOYI_SHARED void loyi_rfm_run_ends(const loyi_rfm_run *run, int64_t *first, int64_t *last) {
  *first = INT64_MAX;
  *last = INT64_MIN;
  for (size_t i = 0; i < run->n; i++) {
    if (run->cell[i].period < *first) *first = run->cell[i].period;
    if (run->cell[i].period > *last) *last = run->cell[i].period;
  }
}

/* Two runs into a new one, equal keys added together. 0 when memory is out. */
LOYI_LOCAL int loyi_rfm_run_merge(const loyi_rfm_run *a, const loyi_rfm_run *b, const loy_allocator *allocator,
                                  loyi_rfm_run *merged) {
  size_t i = 0, j = 0, out = 0;
  memset(merged, 0, sizeof *merged);
  merged->cell = (loyi_rfm_cell *)loyi_allocate(allocator, a->n + b->n, sizeof *merged->cell);
  if (!merged->cell) return 0;
  merged->capacity = a->n + b->n;
  while (i < a->n && j < b->n) {
    if (loyi_rfm_before(&a->cell[i], &b->cell[j])) {
      merged->cell[out++] = a->cell[i++];
    } else if (loyi_rfm_before(&b->cell[j], &a->cell[i])) {
      merged->cell[out++] = b->cell[j++];
    } else {
      merged->cell[out] = a->cell[i++];
      merged->cell[out++].amount += b->cell[j++].amount;
    }
  }
  if (i < a->n) memcpy(merged->cell + out, a->cell + i, (a->n - i) * sizeof *merged->cell);
  out += a->n - i;
  if (j < b->n) memcpy(merged->cell + out, b->cell + j, (b->n - j) * sizeof *merged->cell);
  merged->n = out + (b->n - j);
  return 1;
}

/* The two shortest runs become one: what the stack holds stays the same. 0 when memory is out. */
LOYI_LOCAL int loyi_rfm_stack_join(loyi_rfm_stack *stack, const loy_allocator *allocator) {
  loyi_rfm_run merged, *below = &stack->run[stack->n - 2], *top = &stack->run[stack->n - 1];
  if (!loyi_rfm_run_merge(below, top, allocator, &merged)) return 0;
  loyi_rfm_run_release(below, allocator);
  loyi_rfm_run_release(top, allocator);
  *below = merged;
  stack->n--;
  return 1;
}

LOYI_SHARED int loyi_rfm_stack_add(loyi_rfm_stack *stack, const loyi_rfm_run *run, const loy_allocator *allocator) {
  loyi_rfm_run top, merged;
  size_t keep = stack->n, total = run->n;
  while (keep > 0 && (stack->run[keep - 1].n <= 2 * total || keep == LOYI_RFM_MOST_RUNS)) total += stack->run[--keep].n;
  while (stack->n > keep + 1) {
    if (!loyi_rfm_stack_join(stack, allocator)) return 0;
  }
  if (stack->n == keep) {
    stack->run[stack->n++] = *run;
    return 1;
  }
  if (!loyi_rfm_run_merge(&stack->run[stack->n - 1], run, allocator, &merged)) return 0;
  top = *run;
  loyi_rfm_run_release(&top, allocator);
  loyi_rfm_run_release(&stack->run[stack->n - 1], allocator);
  stack->run[stack->n - 1] = merged;
  return 1;
}

LOYI_SHARED int loyi_rfm_stack_flatten(loyi_rfm_stack *stack, const loy_allocator *allocator) {
  while (stack->n > 1) {
    if (!loyi_rfm_stack_join(stack, allocator)) return 0;
  }
  return 1;
}

LOYI_SHARED loyi_rfm_run loyi_rfm_only_run(const loy_rfm_builder *builder) {
  loyi_rfm_run none = {NULL, 0, 0};
  return builder->stack.n > 0 ? builder->stack.run[0] : none;
}

LOYI_SHARED void loyi_rfm_stack_release(loyi_rfm_stack *stack, const loy_allocator *allocator) {
  for (size_t i = 0; i < stack->n; i++) loyi_rfm_run_release(&stack->run[i], allocator);
  stack->n = 0;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_CELLS_INL_H */
