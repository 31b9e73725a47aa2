/* rfm_cells-inl.h: body of rfm_cells.h. */
#ifndef LOYALTY_BTYD_RFM_CELLS_INL_H
#define LOYALTY_BTYD_RFM_CELLS_INL_H

#include "rfm_cells.h"

#include <string.h>

LOY_BEGIN_DECLS

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

/* --- Rows to a run ---------------------------------------------------------------------------------------------- */

/* What becomes of the parts of each span: equal keys are added together, and what is left closes up. */
typedef struct loyi_rfm_job {
  const loyi_rfm_rows *rows;
  loyi_rfm_cell *base[LOYI_RFM_MOST_SLICES]; /* where the span begins; NULL while it is empty */
  size_t kept[LOYI_RFM_MOST_SLICES];         /* cells left, from there on */
} loyi_rfm_job;

LOYI_LOCAL void loyi_rfm_count_rows(const loyi_cells_sort *sort, size_t first, size_t end, size_t *count) {
  const loyi_rfm_rows *rows = ((const loyi_rfm_job *)sort->context)->rows;
  for (size_t i = first; i < end; i++) {
    if (rows->drop && rows->amount && rows->amount[i] < 0) continue;
    count[loyi_cells_part(sort, rows->customer[i])]++;
  }
}

LOYI_LOCAL void loyi_rfm_place_rows(const loyi_cells_sort *sort, size_t first, size_t end, size_t *place,
                                    loyi_rfm_cell *to) {
  const loyi_rfm_rows *rows = ((const loyi_rfm_job *)sort->context)->rows;
  for (size_t i = first; i < end; i++) {
    int64_t amount = rows->amount ? rows->amount[i] : 0;
    loyi_rfm_cell *cell;
    if (rows->drop && amount < 0) continue;
    cell = &to[place[loyi_cells_part(sort, rows->customer[i])]++];
    cell->customer = rows->customer[i];
    cell->period = loyi_rfm_period(rows->merge, rows->tick, rows->time[i]);
    cell->value = amount;
  }
}

/* Add equal keys together; `to` may be `from` or lie before it. The number of cells left. */
LOYI_LOCAL size_t loyi_rfm_join(const loyi_rfm_cell *from, size_t n, loyi_rfm_cell *to) {
  size_t out = 0;
  loyi_rfm_cell last = from[0];
  for (size_t i = 1; i < n; i++) {
    loyi_rfm_cell next = from[i];
    if (next.customer == last.customer && next.period == last.period) {
      last.value += next.value;
    } else {
      to[out++] = last;
      last = next;
    }
  }
  to[out++] = last;
  return out;
}

LOYI_LOCAL void loyi_rfm_take_part(void *context, size_t span, const loyi_rfm_cell *cell, size_t n,
                                   loyi_rfm_cell *home) {
  loyi_rfm_job *job = (loyi_rfm_job *)context;
  if (!job->base[span]) job->base[span] = home;
  job->kept[span] += loyi_rfm_join(cell, n, job->base[span] + job->kept[span]);
}

LOYI_SHARED int loyi_rfm_sort(const loyi_rfm_rows *rows, int threads, const loy_allocator *allocator,
                              loyi_rfm_run *run) {
  loyi_rfm_job job;
  loyi_cells_sort sort;
  loyi_rfm_cell *cell;
  size_t total, n = 0;

  memset(run, 0, sizeof *run);
  memset(&job, 0, sizeof job);
  memset(&sort, 0, sizeof sort);
  job.rows = rows;
  sort.n = rows->n;
  sort.least = rows->least;
  sort.greatest = rows->greatest;
  sort.threads = threads;
  sort.context = &job;
  sort.count = loyi_rfm_count_rows;
  sort.place = loyi_rfm_place_rows;
  sort.take = loyi_rfm_take_part;
  if (!loyi_cells_run(&sort, allocator, &cell, &total)) return 0;
  for (size_t span = 0; span < LOYI_RFM_MOST_SLICES; span++) { /* close the gaps between spans */
    if (job.base[span] && job.base[span] != cell + n) memmove(cell + n, job.base[span], job.kept[span] * sizeof *cell);
    n += job.kept[span];
  }
  if (n < total) { /* many rows were one purchase: keep no more room than purchases need, when it can be had */
    loyi_rfm_cell *less = (loyi_rfm_cell *)loyi_resize(allocator, cell, total, n, sizeof *less);
    if (less) {
      cell = less;
      total = n;
    }
  }
  run->cell = cell;
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
    if (loyi_cells_before(&a->cell[i], &b->cell[j])) {
      merged->cell[out++] = a->cell[i++];
    } else if (loyi_cells_before(&b->cell[j], &a->cell[i])) {
      merged->cell[out++] = b->cell[j++];
    } else {
      merged->cell[out] = a->cell[i++];
      merged->cell[out++].value += b->cell[j++].value;
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
