/* bgbb_cells-inl.h: body of bgbb_cells.h but for the evaluation, which is in bgbb_total-inl.h. */
#ifndef LOYALTY_BTYD_BGBB_CELLS_INL_H
#define LOYALTY_BTYD_BGBB_CELLS_INL_H

#include "bgbb_cells.h"

#include <math.h>
#include <string.h>

#include "../math/sum.h"
#include "history.h"

LOY_BEGIN_DECLS

enum {
  LOYI_BGBB_COUNTED = 65536,   /* histories that are merged by counting, however few the rows */
  LOYI_BGBB_DIGIT = 11,        /* bits of a digit where they are sorted */
  LOYI_BGBB_BLOCK_STEPS = 8192 /* of the walks of a block, at least */
};

/* The largest numbers of some rows, which are one less than those of digits of a history as one number:
 * (x, T, t_x). */
typedef struct loyi_bgbb_shape {
  double x, t_x, T;
} loyi_bgbb_shape;

/* Whether a run of rows is good, without a branch; with its largest numbers. */
LOYI_CLONES LOYI_LOCAL int loyi_bgbb_look(const double *LOY_RESTRICT x, const double *LOY_RESTRICT t_x,
                                          const double *LOY_RESTRICT T, size_t n, loyi_bgbb_shape *shape) {
  double most_x = shape->x, most_t_x = shape->t_x, most_T = shape->T;
  uint64_t bad = 0;
  for (size_t i = 0; i < n; i++) {
    /* A number below 2^51 is whole when adding and taking away 2^52 leaves it. */
    int whole = ((x[i] + 0x1p52) - 0x1p52 == x[i]) & ((t_x[i] + 0x1p52) - 0x1p52 == t_x[i]) &
                ((T[i] + 0x1p52) - 0x1p52 == T[i]);
    int order = (x[i] >= 0.0) & (t_x[i] >= x[i]) & (T[i] >= t_x[i]) & (T[i] <= LOY_BGBB_PERIODS_MOST) &
                ((x[i] > 0.0) | (t_x[i] == 0.0));
    bad |= (uint64_t) !(whole & order);
    most_x = x[i] > most_x ? x[i] : most_x;
    most_t_x = t_x[i] > most_t_x ? t_x[i] : most_t_x;
    most_T = T[i] > most_T ? T[i] : most_T;
  }
  shape->x = most_x;
  shape->t_x = most_t_x;
  shape->T = most_T;
  return bad == 0;
}

LOYI_LOCAL loy_status loyi_bgbb_cells_check(const double *x, const double *t_x, const double *T, const double *weight,
                                            size_t n, loyi_bgbb_shape *shape, loy_error *error) {
  for (size_t from = 0; from < n; from += LOYI_SUM_BLOCK) {
    size_t to = n - from < LOYI_SUM_BLOCK ? n : from + LOYI_SUM_BLOCK;
    int good = loyi_bgbb_look(x + from, t_x + from, T + from, to - from, shape);
    if (weight)
      for (size_t i = from; i < to; i++) good &= loyi_is_quantity(weight[i]);
    for (size_t i = from; !good && i < to; i++) {
      const char *message, *argument = loyi_bgbb_history_wrong(x[i], t_x[i], T[i], &message);
      if (!argument && weight && !loyi_is_quantity(weight[i])) {
        argument = "weight";
        message = LOYI_QUANTITY_MUST;
      }
      if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, i, message);
    }
  }
  return LOY_OK;
}

/* A history as one number, and how many numbers there are: below 2^51. */
LOYI_LOCAL uint64_t loyi_bgbb_number(const loyi_bgbb_shape *shape, double x, double t_x, double T) {
  return (uint64_t)((x * (shape->T + 1.0) + T) * (shape->t_x + 1.0) + t_x);
}

LOYI_LOCAL uint64_t loyi_bgbb_numbers(const loyi_bgbb_shape *shape) {
  return loyi_bgbb_number(shape, shape->x, shape->t_x, shape->T) + 1;
}

/* Merge by counting. 0 when memory is out. */
LOYI_LOCAL int loyi_bgbb_merge_counted(loyi_bgbb_cells *cells, const double *x, const double *t_x, const double *T,
                                       const double *weight, size_t n, const loyi_bgbb_shape *shape) {
  size_t numbers = (size_t)loyi_bgbb_numbers(shape), at = 0;
  loyi_total *total = (loyi_total *)loyi_allocate(cells->allocator, numbers, sizeof *total);
  if (!total) return 0;
  memset(total, 0, numbers * sizeof *total);
  if (weight) {
    for (size_t i = 0; i < n; i++) loyi_total_add(&total[loyi_bgbb_number(shape, x[i], t_x[i], T[i])], weight[i]);
  } else {
    for (size_t i = 0; i < n; i++) total[loyi_bgbb_number(shape, x[i], t_x[i], T[i])].sum += 1.0;
  }
  for (size_t i = 0; i < numbers; i++) cells->n += total[i].sum > 0.0;
  cells->room = cells->n;
  cells->cell = (loyi_bgbb_cell *)loyi_allocate(cells->allocator, cells->room, sizeof *cells->cell);
  for (size_t i = 0; cells->cell && i < numbers; i++)
    if (total[i].sum > 0.0) {
      cells->cell[at].period = i;
      cells->cell[at++].weight = loyi_total_value(&total[i]);
    }
  loyi_release(cells->allocator, total, numbers, sizeof *total);
  return cells->cell != NULL;
}

/* One counting pass over a digit of the numbers, lower digits first: equal ones stay in the order of the rows. */
LOYI_LOCAL void loyi_bgbb_sort_pass(const loyi_bgbb_cell *from, loyi_bgbb_cell *to, size_t n, int shift) {
  size_t count[(size_t)1 << LOYI_BGBB_DIGIT], at = 0;
  const uint64_t mask = ((uint64_t)1 << LOYI_BGBB_DIGIT) - 1;
  memset(count, 0, sizeof count);
  for (size_t i = 0; i < n; i++) count[from[i].period >> shift & mask]++;
  for (size_t digit = 0; digit <= mask; digit++) {
    size_t here = count[digit];
    count[digit] = at;
    at += here;
  }
  for (size_t i = 0; i < n; i++) to[count[from[i].period >> shift & mask]++] = from[i];
}

/* Merge by sorting. 0 when memory is out. */
LOYI_LOCAL int loyi_bgbb_merge_sorted(loyi_bgbb_cells *cells, const double *x, const double *t_x, const double *T,
                                      const double *weight, size_t n, const loyi_bgbb_shape *shape) {
  loyi_bgbb_cell *spare = (loyi_bgbb_cell *)loyi_allocate(cells->allocator, n, sizeof *spare);
  loyi_bgbb_cell *cell = (loyi_bgbb_cell *)loyi_allocate(cells->allocator, n, sizeof *cell);
  const uint64_t last = loyi_bgbb_numbers(shape) - 1;
  for (size_t i = 0; spare && cell && i < n; i++) {
    cell[i].period = loyi_bgbb_number(shape, x[i], t_x[i], T[i]);
    cell[i].weight = weight ? weight[i] : 1.0;
  }
  for (int shift = 0; spare && cell && last >> shift; shift += LOYI_BGBB_DIGIT) {
    loyi_bgbb_cell *swap = cell;
    loyi_bgbb_sort_pass(cell, spare, n, shift);
    cell = spare;
    spare = swap;
  }
  cells->cell = cell;
  cells->room = n;
  if (spare && cell)
    for (size_t i = 0; i < n;) {
      loyi_total total = {0.0, 0.0};
      uint64_t number = cell[i].period;
      for (; i < n && cell[i].period == number; i++) loyi_total_add(&total, cell[i].weight);
      cell[cells->n].period = number;
      cell[cells->n++].weight = loyi_total_value(&total);
    }
  loyi_release(cells->allocator, spare, n, sizeof *spare);
  return spare && cell;
}

/* Groups and blocks of the merged cells. 0 when memory is out. */
LOYI_LOCAL int loyi_bgbb_cells_group(loyi_bgbb_cells *cells, const loyi_bgbb_shape *shape) {
  const uint64_t periods = (uint64_t)shape->t_x + 1, lengths = (uint64_t)shape->T + 1;
  uint64_t before = UINT64_MAX;
  size_t at = 0;
  double steps = LOYI_BGBB_BLOCK_STEPS;
  for (size_t i = 0; i < cells->n; i++) {
    uint64_t both = cells->cell[i].period / periods;
    cells->groups += both != before;
    before = both;
  }
  cells->group = (loyi_bgbb_group *)loyi_allocate(cells->allocator, cells->groups, sizeof *cells->group);
  if (!cells->group) return 0;
  before = UINT64_MAX;
  for (size_t i = 0; i < cells->n; i++) {
    uint64_t both = cells->cell[i].period / periods;
    cells->cell[i].period %= periods;
    if (both != before) {
      const uint64_t bought = both / lengths;
      cells->group[at].x = (double)bought;
      cells->group[at].T = (double)(both % lengths);
      cells->group[at++].begin = i;
    }
    cells->group[at - 1].end = i + 1;
    before = both;
  }
  cells->block = (loyi_bgbb_block *)loyi_allocate(cells->allocator, cells->groups, sizeof *cells->block);
  if (!cells->block) return 0;
  for (size_t g = 0; g < cells->groups; g++) {
    const loyi_bgbb_group *group = &cells->group[g];
    if (steps >= (double)LOYI_BGBB_BLOCK_STEPS) {
      cells->block[cells->blocks++].begin = g;
      steps = 0.0;
    }
    cells->block[cells->blocks - 1].end = g + 1;
    steps += group->T - (double)cells->cell[group->begin].period + 1.0;
  }
  return 1;
}

/* From the weight at each number to that of all larger ones. */
LOYI_LOCAL void loyi_bgbb_cells_above(double *weight, size_t n) {
  loyi_total total = {0.0, 0.0};
  for (size_t j = n; j-- > 0;) {
    loyi_total_add(&total, weight[j]);
    weight[j] = loyi_total_value(&total);
  }
}

/* The weights of those who get that far. 0 when memory is out. */
LOYI_LOCAL int loyi_bgbb_cells_count(loyi_bgbb_cells *cells) {
  loyi_total customers = {0.0, 0.0};
  cells->bought = (double *)loyi_allocate(cells->allocator, cells->longest, 3 * sizeof(double));
  if (!cells->bought && cells->longest > 0) return 0;
  if (cells->longest > 0) {
    cells->idle = cells->bought + cells->longest;
    cells->seen = cells->idle + cells->longest;
    memset(cells->bought, 0, 3 * cells->longest * sizeof(double));
  }
  for (size_t g = 0; g < cells->groups; g++) {
    const loyi_bgbb_group *group = &cells->group[g];
    const size_t x = (size_t)group->x;
    for (size_t i = group->begin; i < group->end; i++) {
      size_t period = (size_t)cells->cell[i].period;
      double weight = cells->cell[i].weight;
      loyi_total_add(&customers, weight);
      if (x > 0) cells->bought[x - 1] += weight;
      if (period > x) cells->idle[period - x - 1] += weight;
      if (period > 0) cells->seen[period - 1] += weight;
    }
  }
  cells->customers = loyi_total_value(&customers);
  loyi_bgbb_cells_above(cells->bought, cells->longest);
  loyi_bgbb_cells_above(cells->idle, cells->longest);
  loyi_bgbb_cells_above(cells->seen, cells->longest);
  return 1;
}

LOYI_SHARED void loyi_bgbb_cells_release(loyi_bgbb_cells *cells) {
  loyi_release(cells->allocator, cells->cell, cells->room, sizeof *cells->cell);
  loyi_release(cells->allocator, cells->group, cells->groups, sizeof *cells->group);
  loyi_release(cells->allocator, cells->block, cells->groups, sizeof *cells->block);
  loyi_release(cells->allocator, cells->bought, cells->longest, 3 * sizeof(double));
}

LOYI_SHARED loy_status loyi_bgbb_cells_make(const double *x, const double *t_x, const double *T, const double *weight,
                                            size_t n, const loy_allocator *allocator, int threads,
                                            loyi_bgbb_cells *cells, loy_error *error) {
  loyi_bgbb_shape shape = {0.0, 0.0, 0.0};
  uint64_t few = n < SIZE_MAX / 8 ? 4 * (uint64_t)n : n;
  int made;
  loy_status status = loyi_bgbb_cells_check(x, t_x, T, weight, n, &shape, error);
  if (status != LOY_OK) return status;
  memset(cells, 0, sizeof *cells);
  cells->allocator = allocator;
  cells->threads = threads;
  cells->latest = shape.T;
  cells->longest = (size_t)shape.t_x;
  if (n == 0) return LOY_OK;
  if (few < LOYI_BGBB_COUNTED) few = LOYI_BGBB_COUNTED;
  made = loyi_bgbb_numbers(&shape) <= few ? loyi_bgbb_merge_counted(cells, x, t_x, T, weight, n, &shape)
                                          : loyi_bgbb_merge_sorted(cells, x, t_x, T, weight, n, &shape);
  if (made && loyi_bgbb_cells_group(cells, &shape) && loyi_bgbb_cells_count(cells)) return LOY_OK;
  loyi_bgbb_cells_release(cells);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_CELLS_INL_H */
