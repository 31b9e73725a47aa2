/* rows-inl.h: body of rows.h. */
#ifndef LOYALTY_BTYD_ROWS_INL_H
#define LOYALTY_BTYD_ROWS_INL_H

#include "rows.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/sum.h"
#include "history.h"

LOY_BEGIN_DECLS

/* x below this is ordered by counting, above by comparing. */
enum { LOYI_ROWS_COUNTED = 65536 };

/* Whether all rows from `from` to `to` are good, without a branch, so that compilers vectorise it. */
LOYI_CLONES LOYI_LOCAL int loyi_rows_good(const double *x, const double *t_x, const double *T, size_t from, size_t to) {
  uint64_t bad = 0;
  for (size_t i = from; i < to; i++) {
    /* 0 <= x < 2^51 is whole when adding and taking away 2^52 leaves it. */
    int whole = (x[i] >= 0.0) & (x[i] < 0x1p51) & ((x[i] + 0x1p52) - 0x1p52 == x[i]);
    int range = ((t_x[i] == 0.0) | (t_x[i] >= LOY_RANGE_LEAST)) & ((T[i] == 0.0) | (T[i] >= LOY_RANGE_LEAST));
    int times = range & (T[i] >= t_x[i]) & (T[i] <= LOY_RANGE_MOST) & ((x[i] > 0.0) | (t_x[i] == 0.0));
    bad |= (uint64_t) !(whole & times);
  }
  return bad == 0;
}

/* The first bad row of a range that has one, reported. */
LOYI_LOCAL loy_status loyi_rows_report(const double *x, const double *t_x, const double *T, const double *weight,
                                       size_t from, size_t to, loy_error *error) {
  for (size_t i = from; i < to; i++) {
    const char *message, *argument = loyi_history_wrong(x[i], t_x[i], T[i], &message);
    if (!argument && weight && !loyi_is_quantity(weight[i])) {
      argument = "weight";
      message = LOYI_QUANTITY_MUST;
    }
    if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, i, message);
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_rows_check(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, loy_error *error) {
  for (size_t from = 0; from < n; from += LOYI_SUM_BLOCK) {
    size_t to = from + loyi_sum_rows(n, from / LOYI_SUM_BLOCK);
    int good = loyi_rows_good(x, t_x, T, from, to);
    if (weight)
      for (size_t i = from; i < to; i++) good &= loyi_is_quantity(weight[i]);
    if (!good) return loyi_rows_report(x, t_x, T, weight, from, to, error);
  }
  return LOY_OK;
}

/* Row `i` comes after row `j` in the order by x, then by place. */
LOYI_LOCAL int loyi_rows_after(const double *x, size_t i, size_t j) { return i > j ? x[i] >= x[j] : x[i] > x[j]; }

/* Heap sort of row numbers: no memory, no recursion, and rare, since it is for x of 65536 and more. */
LOYI_LOCAL void loyi_rows_sift(const double *x, size_t *list, size_t from, size_t n) {
  size_t moved = list[from];
  for (size_t child = 2 * from + 1; child < n; child = 2 * from + 1) {
    if (child + 1 < n && loyi_rows_after(x, list[child + 1], list[child])) child++;
    if (!loyi_rows_after(x, list[child], moved)) break;
    list[from] = list[child];
    from = child;
  }
  list[from] = moved;
}

LOYI_LOCAL void loyi_rows_heap_sort(const double *x, size_t *list, size_t n) {
  for (size_t i = n / 2; i-- > 0;) loyi_rows_sift(x, list, i, n);
  for (size_t i = n; i-- > 1;) {
    size_t last = list[i];
    list[i] = list[0];
    list[0] = last;
    loyi_rows_sift(x, list, 0, i);
  }
}

LOYI_LOCAL void loyi_rows_place(loyi_rows *rows, size_t at, double t_x, double T, const double *weight, size_t i,
                                double unit) {
  rows->T[at] = T * unit;
  rows->t_x[at] = t_x * unit;
  if (weight) rows->weight[at] = weight[i];
}

/* The exponent of 2 nearest to the mean T; 0 when all are 0. */
LOYI_LOCAL int loyi_rows_scale(const double *T, size_t n) {
  double sum = 0.0;
  int exponent = 0;
  for (size_t i = 0; i < n; i++) sum += T[i] / (double)n;
  if (sum > 0.0) (void)frexp(sum, &exponent);
  return exponent;
}

LOYI_SHARED void loyi_rows_release(loyi_rows *rows) {
  loyi_release(rows->allocator, rows->T, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->t_x, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->weight, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->group, rows->groups, sizeof *rows->group);
  loyi_release(rows->allocator, rows->block_group, rows->blocks, sizeof *rows->block_group);
  loyi_release(rows->allocator, rows->sums, rows->blocks * rows->width, sizeof(double));
}

/* Cut the groups into blocks and add up their weights. */
LOYI_LOCAL int loyi_rows_cut(loyi_rows *rows) {
  loyi_total customers = {0.0, 0.0}, sum_x = {0.0, 0.0};
  size_t blocks = 0;
  for (size_t g = 0; g < rows->groups; g++) {
    loyi_rows_group *group = &rows->group[g];
    group->first_block = blocks;
    blocks += loyi_sum_blocks(group->end - group->begin);
    group->weight = rows->weight ? loyi_sum(rows->weight + group->begin, group->end - group->begin)
                                 : (double)(group->end - group->begin);
    loyi_total_add(&customers, group->weight);
    loyi_total_add(&sum_x, group->weight * group->x);
  }
  rows->customers = loyi_total_value(&customers);
  rows->sum_x = loyi_total_value(&sum_x);
  rows->block_group = (size_t *)loyi_allocate(rows->allocator, blocks, sizeof *rows->block_group);
  rows->sums = (double *)loyi_allocate(rows->allocator, blocks * rows->width, sizeof(double));
  rows->blocks = blocks;
  if (blocks > 0 && (!rows->block_group || !rows->sums)) return 0;
  for (size_t g = 0; g < rows->groups; g++)
    for (size_t block = 0; block < loyi_sum_blocks(rows->group[g].end - rows->group[g].begin); block++)
      rows->block_group[rows->group[g].first_block + block] = g;
  return 1;
}

/* Order the rows; `count` has a place for each counted x and one more. 0 when memory is out. */
LOYI_LOCAL int loyi_rows_order(const double *x, const double *t_x, const double *T, const double *weight,
                               loyi_rows *rows, size_t *count, size_t counts, size_t *large, size_t larges) {
  double unit = ldexp(1.0, -rows->exponent);
  size_t groups = 0, begin = 0, at;
  for (size_t i = 0; i < counts; i++) groups += count[i] > 0;
  loyi_rows_heap_sort(x, large, larges);
  for (size_t i = 0; i < larges; i++) groups += i == 0 || x[large[i]] != x[large[i - 1]];
  rows->group = (loyi_rows_group *)loyi_allocate(rows->allocator, groups, sizeof *rows->group);
  rows->groups = groups;
  if (groups > 0 && !rows->group) return 0;
  groups = 0;
  for (size_t i = 0; i < counts; i++) {
    size_t rows_here = count[i];
    if (rows_here > 0) {
      rows->group[groups].x = (double)i;
      rows->group[groups].begin = begin;
      rows->group[groups].end = begin + rows_here;
      groups++;
    }
    count[i] = begin;
    begin += rows_here;
  }
  for (size_t i = 0; i < rows->n; i++)
    if (x[i] < (double)LOYI_ROWS_COUNTED) {
      at = count[(size_t)x[i]]++;
      loyi_rows_place(rows, at, t_x[i], T[i], weight, i, unit);
    }
  for (size_t i = 0; i < larges; i++) {
    at = begin + i;
    loyi_rows_place(rows, at, t_x[large[i]], T[large[i]], weight, large[i], unit);
    if (i == 0 || x[large[i]] != x[large[i - 1]]) {
      rows->group[groups].x = x[large[i]];
      rows->group[groups].begin = at;
      groups++;
    }
    rows->group[groups - 1].end = at + 1;
  }
  return loyi_rows_cut(rows);
}

LOYI_SHARED loy_status loyi_rows_make(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, const loy_allocator *allocator, int threads, size_t width,
                                      loyi_rows *rows, loy_error *error) {
  double largest = -1.0;
  size_t counts, larges = 0, next = 0, *count, *large;
  int made;
  loy_status status = loyi_rows_check(x, t_x, T, weight, n, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    int is_large = x[i] >= (double)LOYI_ROWS_COUNTED;
    larges += (size_t)is_large;
    largest = x[i] > largest && !is_large ? x[i] : largest;
  }
  counts = (size_t)(largest + 1.0);
  rows->allocator = allocator;
  rows->n = rows->room = n;
  rows->threads = threads;
  rows->width = width;
  rows->groups = 0;
  rows->blocks = 0;
  rows->group = NULL;
  rows->block_group = NULL;
  rows->sums = NULL;
  rows->weight = NULL;
  rows->customers = 0.0;
  rows->latest = 0.0;
  rows->sum_x = 0.0;
  rows->exponent = loyi_rows_scale(T, n);
  for (size_t i = 0; i < n; i++) rows->latest = T[i] > rows->latest ? T[i] : rows->latest;
  rows->latest = ldexp(rows->latest, -rows->exponent);
  if (n == 0) {
    rows->T = NULL;
    rows->t_x = NULL;
    return LOY_OK;
  }
  rows->T = (double *)loyi_allocate(allocator, n, sizeof(double));
  rows->t_x = (double *)loyi_allocate(allocator, n, sizeof(double));
  if (weight) rows->weight = (double *)loyi_allocate(allocator, n, sizeof(double));
  count = (size_t *)loyi_allocate(allocator, counts, sizeof *count);
  large = (size_t *)loyi_allocate(allocator, larges, sizeof *large);
  made = rows->T && rows->t_x && (rows->weight || !weight) && (count || counts == 0) && (large || larges == 0);
  if (made) {
    for (size_t i = 0; i < counts; i++) count[i] = 0;
    for (size_t i = 0; i < n; i++) {
      if (x[i] < (double)LOYI_ROWS_COUNTED) {
        count[(size_t)x[i]]++;
      } else {
        large[next++] = i;
      }
    }
    made = loyi_rows_order(x, t_x, T, weight, rows, count, counts, large, larges);
  }
  loyi_release(allocator, large, larges, sizeof *large);
  loyi_release(allocator, count, counts, sizeof *count);
  if (made) return LOY_OK;
  loyi_rows_release(rows);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
}

LOYI_SHARED int loyi_rows_sample(const loyi_rows *rows, size_t most, loyi_rows *sample) {
  size_t stride = rows->n / most + (rows->n % most != 0), first = stride / 2, at = 0;
  *sample = *rows;
  sample->n = sample->room = stride > 0 ? (rows->n - first + stride - 1) / stride : 0;
  sample->blocks = 0;
  sample->block_group = NULL;
  sample->sums = NULL;
  sample->T = (double *)loyi_allocate(rows->allocator, sample->n, sizeof(double));
  sample->t_x = (double *)loyi_allocate(rows->allocator, sample->n, sizeof(double));
  sample->weight = rows->weight ? (double *)loyi_allocate(rows->allocator, sample->n, sizeof(double)) : NULL;
  sample->group = (loyi_rows_group *)loyi_allocate(rows->allocator, rows->groups, sizeof *sample->group);
  if (sample->n > 0 && (!sample->T || !sample->t_x || !sample->group || (rows->weight && !sample->weight))) {
    loyi_rows_release(sample);
    return 0;
  }
  for (size_t g = 0; g < rows->groups; g++) {
    sample->group[g] = rows->group[g];
    sample->group[g].begin = at;
    for (; first < rows->group[g].end; first += stride, at++) {
      sample->T[at] = rows->T[first];
      sample->t_x[at] = rows->t_x[first];
      if (rows->weight) sample->weight[at] = rows->weight[first];
    }
    sample->group[g].end = at;
  }
  if (loyi_rows_cut(sample)) return 1;
  loyi_rows_release(sample);
  return 0;
}

LOYI_LOCAL uint64_t loyi_rows_hash(double t_x, double T) {
  uint64_t hash = (loyi_bits(t_x) * UINT64_C(0x9e3779b97f4a7c15)) ^ loyi_bits(T);
  hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
  return hash ^ (hash >> 32);
}

/* The power of 2 that is at least twice `rows`. */
LOYI_LOCAL size_t loyi_rows_places(size_t rows) {
  size_t places = 2;
  while (places < 2 * rows) places *= 2;
  return places;
}

/* Merge the rows of a group into those from `to` on. Returns where the next group goes. */
LOYI_LOCAL size_t loyi_rows_merge_group(loyi_rows *rows, const loyi_rows_group *group, size_t to, size_t *table) {
  size_t places = loyi_rows_places(group->end - group->begin);
  for (size_t i = 0; i < places; i++) table[i] = SIZE_MAX;
  for (size_t i = group->begin; i < group->end; i++) {
    double t_x = rows->t_x[i], T = rows->T[i], weight = rows->weight[i];
    size_t place = (size_t)loyi_rows_hash(t_x, T) & (places - 1);
    while (table[place] != SIZE_MAX && (rows->t_x[table[place]] != t_x || rows->T[table[place]] != T))
      place = (place + 1) & (places - 1);
    if (table[place] != SIZE_MAX) {
      rows->weight[table[place]] += weight;
    } else {
      table[place] = to;
      rows->t_x[to] = t_x;
      rows->T[to] = T;
      rows->weight[to++] = weight;
    }
  }
  return to;
}

LOYI_SHARED int loyi_rows_merge(loyi_rows *rows) {
  size_t most = 0, to = 0, *table;
  for (size_t g = 0; g < rows->groups; g++) {
    size_t here = rows->group[g].end - rows->group[g].begin;
    most = here > most ? here : most;
  }
  if (most < 2) return 1;
  if (!rows->weight) {
    rows->weight = (double *)loyi_allocate(rows->allocator, rows->room, sizeof(double));
    if (!rows->weight) return 0;
    for (size_t i = 0; i < rows->n; i++) rows->weight[i] = 1.0;
  }
  table = (size_t *)loyi_allocate(rows->allocator, loyi_rows_places(most), sizeof *table);
  if (!table) return 0;
  for (size_t g = 0; g < rows->groups; g++) {
    size_t begin = to;
    to = loyi_rows_merge_group(rows, &rows->group[g], to, table);
    rows->group[g].begin = begin;
    rows->group[g].end = to;
  }
  loyi_release(rows->allocator, table, loyi_rows_places(most), sizeof *table);
  loyi_release(rows->allocator, rows->block_group, rows->blocks, sizeof *rows->block_group);
  loyi_release(rows->allocator, rows->sums, rows->blocks * rows->width, sizeof(double));
  rows->n = to;
  return loyi_rows_cut(rows);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_ROWS_INL_H */
