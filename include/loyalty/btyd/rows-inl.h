/* rows-inl.h: body of rows.h. */
#ifndef LOYALTY_BTYD_ROWS_INL_H
#define LOYALTY_BTYD_ROWS_INL_H

#include "rows.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "distinct.h"
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

/* A fixed share of the rows, whole blocks, and what a first look at it tells. */
typedef struct loyi_rows_chunk {
  size_t bad;     /* first row of the first block with a bad row; SIZE_MAX for none */
  double largest; /* counted x; -1 for none */
  size_t larges;  /* rows that are ordered by comparing */
  double customers, sum_T, latest;
} loyi_rows_chunk;

enum { LOYI_ROWS_CHUNKS = 64 };

/* The making of rows. Chunks depend on the number of rows alone, and each counts and places its rows by itself. */
typedef struct loyi_rows_job {
  const double *x, *t_x, *T, *weight;
  const double *extra[LOYI_ROWS_EXTRAS];
  size_t stride;          /* from a row's numbers to the next one's: more than 1 where columns are not contiguous */
  size_t n, chunks, step; /* rows of a chunk */
  size_t counts, *count;  /* by chunk, then by x: rows; then where they go */
  size_t *large;          /* numbers of the rows that are ordered by comparing */
  loyi_rows *rows;
  double unit;
  loyi_rows_chunk chunk[LOYI_ROWS_CHUNKS];
} loyi_rows_job;

/* Cut into at most `most` chunks. */
LOYI_LOCAL void loyi_rows_chop(loyi_rows_job *job, size_t most) {
  size_t blocks = loyi_sum_blocks(job->n), each = blocks / most + (blocks % most != 0);
  job->step = each * LOYI_SUM_BLOCK;
  job->chunks = each > 0 ? blocks / each + (blocks % each != 0) : 0;
}

LOYI_LOCAL size_t loyi_rows_chunk_end(const loyi_rows_job *job, size_t chunk) {
  return job->n - chunk * job->step < job->step ? job->n : (chunk + 1) * job->step;
}

/* The largest counted x, the latest T, and how many x are not counted, of one block; 8 lanes, so that compilers
 * vectorise it. */
LOYI_CLONES LOYI_LOCAL void loyi_rows_measure(const double *LOY_RESTRICT x, const double *LOY_RESTRICT T, size_t n,
                                              loyi_rows_chunk *LOY_RESTRICT chunk) {
  double largest[LOYI_SUM_LANES], latest[LOYI_SUM_LANES];
  uint64_t larges = 0;
  size_t whole = n - n % LOYI_SUM_LANES;
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    largest[j] = chunk->largest;
    latest[j] = chunk->latest;
  }
  for (size_t i = 0; i < whole; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
      double counted = x[i + j] < (double)LOYI_ROWS_COUNTED ? x[i + j] : -1.0;
      largest[j] = counted > largest[j] ? counted : largest[j];
      latest[j] = T[i + j] > latest[j] ? T[i + j] : latest[j];
    }
  for (size_t i = whole; i < n; i++) {
    double counted = x[i] < (double)LOYI_ROWS_COUNTED ? x[i] : -1.0;
    largest[0] = counted > largest[0] ? counted : largest[0];
    latest[0] = T[i] > latest[0] ? T[i] : latest[0];
  }
  for (size_t i = 0; i < n; i++) larges += (uint64_t)(x[i] >= (double)LOYI_ROWS_COUNTED);
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    chunk->largest = largest[j] > chunk->largest ? largest[j] : chunk->largest;
    chunk->latest = latest[j] > chunk->latest ? latest[j] : chunk->latest;
  }
  chunk->larges += (size_t)larges;
}

/* Look at a chunk, up to its first bad block. */
LOYI_LOCAL void loyi_rows_look(void *ctx, size_t number) {
  loyi_rows_job *job = (loyi_rows_job *)ctx;
  loyi_rows_chunk *chunk = &job->chunk[number];
  loyi_total customers = {0.0, 0.0}, sum_T = {0.0, 0.0};
  size_t end = loyi_rows_chunk_end(job, number);
  chunk->bad = SIZE_MAX;
  chunk->largest = -1.0;
  chunk->larges = 0;
  chunk->latest = 0.0;
  for (size_t from = number * job->step; from < end; from += LOYI_SUM_BLOCK) {
    size_t to = end - from < LOYI_SUM_BLOCK ? end : from + LOYI_SUM_BLOCK;
    int good = loyi_rows_good(job->x, job->t_x, job->T, from, to);
    if (job->weight)
      for (size_t i = from; i < to; i++) good &= loyi_is_quantity(job->weight[i]);
    if (!good) {
      chunk->bad = from;
      return;
    }
    loyi_rows_measure(job->x + from, job->T + from, to - from, chunk);
    loyi_total_add(&customers, job->weight ? loyi_sum(job->weight + from, to - from) : (double)(to - from));
    loyi_total_add(&sum_T, job->weight ? loyi_sum_product(job->weight + from, job->T + from, to - from)
                                       : loyi_sum(job->T + from, to - from));
  }
  chunk->customers = loyi_total_value(&customers);
  chunk->sum_T = loyi_total_value(&sum_T);
}

LOYI_LOCAL void loyi_rows_count(void *ctx, size_t number) {
  const loyi_rows_job *job = (const loyi_rows_job *)ctx;
  const double *x = job->x;
  size_t *count, end = loyi_rows_chunk_end(job, number);
  if (job->counts == 0) return; /* nothing to add to: job->count is NULL */
  count = job->count + number * job->counts;
  for (size_t i = 0; i < job->counts; i++) count[i] = 0;
  for (size_t i = number * job->step; i < end; i++)
    if (x[i * job->stride] < (double)LOYI_ROWS_COUNTED) count[(size_t)x[i * job->stride]]++;
}

LOYI_LOCAL void loyi_rows_place(const loyi_rows_job *job, size_t i, size_t at) {
  job->rows->T[at] = job->T[i * job->stride] * job->unit;
  job->rows->t_x[at] = job->t_x[i * job->stride] * job->unit;
  if (job->weight) job->rows->weight[at] = job->weight[i * job->stride];
  for (size_t e = 0; e < job->rows->extras; e++)
    job->rows->extra[e * job->rows->room + at] = job->extra[e][i * job->stride];
}

LOYI_LOCAL void loyi_rows_place_counted(void *ctx, size_t number) {
  const loyi_rows_job *job = (const loyi_rows_job *)ctx;
  size_t *count, end = loyi_rows_chunk_end(job, number);
  if (job->counts == 0) return;
  count = job->count + number * job->counts;
  for (size_t i = number * job->step; i < end; i++) {
    double x = job->x[i * job->stride];
    if (x < (double)LOYI_ROWS_COUNTED) loyi_rows_place(job, i, count[(size_t)x]++);
  }
}

/* Row `i` comes after row `j` in the order by x, then by place. */
LOYI_LOCAL int loyi_rows_after(const loyi_rows_job *job, size_t i, size_t j) {
  double x = job->x[i * job->stride], other = job->x[j * job->stride];
  return i > j ? x >= other : x > other;
}

/* Heap sort of row numbers: no memory, no recursion, and rare, since it is for x of 65536 and more. */
LOYI_LOCAL void loyi_rows_sift(const loyi_rows_job *job, size_t *list, size_t from, size_t n) {
  size_t moved = list[from];
  for (size_t child = 2 * from + 1; child < n; child = 2 * from + 1) {
    if (child + 1 < n && loyi_rows_after(job, list[child + 1], list[child])) child++;
    if (!loyi_rows_after(job, list[child], moved)) break;
    list[from] = list[child];
    from = child;
  }
  list[from] = moved;
}

LOYI_LOCAL void loyi_rows_heap_sort(const loyi_rows_job *job, size_t *list, size_t n) {
  for (size_t i = n / 2; i-- > 0;) loyi_rows_sift(job, list, i, n);
  for (size_t i = n; i-- > 1;) {
    size_t last = list[i];
    list[i] = list[0];
    list[0] = last;
    loyi_rows_sift(job, list, 0, i);
  }
}

LOYI_SHARED void loyi_rows_release(loyi_rows *rows) {
  loyi_release(rows->allocator, rows->T, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->t_x, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->weight, rows->room, sizeof(double));
  loyi_release(rows->allocator, rows->extra, rows->extras * rows->room, sizeof(double));
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

/* The x of those ordered by comparing. */
LOYI_LOCAL double loyi_rows_large(const loyi_rows_job *job, size_t i) { return job->x[job->large[i] * job->stride]; }

/* A group for each x that occurs, in rising order; where each chunk's rows go. 0 when memory is out. */
LOYI_LOCAL int loyi_rows_groups(loyi_rows_job *job, size_t larges) {
  loyi_rows *rows = job->rows;
  size_t groups = 0, begin = 0;
  for (size_t i = 0; i < job->counts; i++) {
    size_t here = 0;
    for (size_t chunk = 0; chunk < job->chunks; chunk++) here += job->count[chunk * job->counts + i];
    groups += here > 0;
  }
  for (size_t i = 0; i < larges; i++) groups += i == 0 || loyi_rows_large(job, i) != loyi_rows_large(job, i - 1);
  rows->group = (loyi_rows_group *)loyi_allocate(rows->allocator, groups, sizeof *rows->group);
  if (!rows->group) return 0;
  rows->groups = groups;
  groups = 0;
  for (size_t i = 0; i < job->counts; i++) {
    size_t first = begin;
    for (size_t chunk = 0; chunk < job->chunks; chunk++) {
      size_t *count = &job->count[chunk * job->counts + i], here = *count;
      *count = begin;
      begin += here;
    }
    if (begin == first) continue;
    rows->group[groups].x = (double)i;
    rows->group[groups].begin = first;
    rows->group[groups++].end = begin;
  }
  for (size_t i = 0; i < larges; i++) {
    if (i == 0 || loyi_rows_large(job, i) != loyi_rows_large(job, i - 1)) {
      rows->group[groups].x = loyi_rows_large(job, i);
      rows->group[groups++].begin = begin + i;
    }
    rows->group[groups - 1].end = begin + i + 1;
  }
  return 1;
}

/* Order the rows. 0 when memory is out. */
LOYI_LOCAL int loyi_rows_order(loyi_rows_job *job, size_t larges) {
  int threads = job->rows->threads;
  for (size_t i = 0, next = 0; next < larges; i++)
    if (job->x[i * job->stride] >= (double)LOYI_ROWS_COUNTED) job->large[next++] = i;
  loyi_parallel(loyi_rows_count, job, job->chunks, threads);
  loyi_rows_heap_sort(job, job->large, larges);
  if (!loyi_rows_groups(job, larges)) return 0;
  loyi_parallel(loyi_rows_place_counted, job, job->chunks, threads);
  for (size_t i = 0; i < larges; i++) loyi_rows_place(job, job->large[i], job->n - larges + i);
  return loyi_rows_cut(job->rows);
}

/* A mean T that is a power of 2, and is so often, keeps its unit whatever the
 * rounding of its sum: rows as weights or one by one, in any order, have the same. */
#define LOYI_ROWS_NUDGE (1.0 + 0x1p-30)

/* What the chunks tell together: scale, and how many x are counted. Returns how many rows are not. */
LOYI_LOCAL size_t loyi_rows_gather(loyi_rows_job *job) {
  loyi_rows *rows = job->rows;
  loyi_total customers = {0.0, 0.0}, sum_T = {0.0, 0.0};
  double largest = -1.0, mean;
  size_t larges = 0;
  rows->exponent = 0;
  rows->latest = 0.0;
  for (size_t i = 0; i < job->chunks; i++) {
    const loyi_rows_chunk *chunk = &job->chunk[i];
    loyi_total_add(&customers, chunk->customers);
    loyi_total_add(&sum_T, chunk->sum_T);
    if (chunk->largest > largest) largest = chunk->largest;
    if (chunk->latest > rows->latest) rows->latest = chunk->latest;
    larges += chunk->larges;
  }
  mean = job->n > 0 ? loyi_total_value(&sum_T) / loyi_total_value(&customers) : 0.0;
  if (mean > 0.0) (void)frexp(mean * LOYI_ROWS_NUDGE, &rows->exponent);
  job->unit = ldexp(1.0, -rows->exponent);
  rows->latest *= job->unit;
  job->counts = (size_t)(largest + 1.0);
  return larges;
}

/* Look at all rows. *larges receives how many are ordered by comparing. */
LOYI_LOCAL loy_status loyi_rows_begin(const loyi_rows_source *source, const loy_allocator *allocator, int threads,
                                      size_t width, loyi_rows_job *job, loyi_rows *rows, size_t *larges,
                                      loy_error *error) {
  job->x = source->x;
  job->t_x = source->t_x;
  job->T = source->T;
  job->weight = source->weight;
  for (size_t e = 0; e < source->extras; e++) job->extra[e] = source->extra[e];
  job->stride = 1;
  job->n = source->n;
  job->rows = rows;
  loyi_rows_chop(job, LOYI_ROWS_CHUNKS);
  loyi_parallel(loyi_rows_look, job, job->chunks, threads);
  for (size_t i = 0; i < job->chunks; i++)
    if (job->chunk[i].bad != SIZE_MAX)
      return loyi_rows_report(job->x, job->t_x, job->T, job->weight, job->chunk[i].bad, loyi_rows_chunk_end(job, i),
                              error);
  memset(rows, 0, sizeof *rows);
  rows->allocator = allocator;
  rows->extras = source->extras;
  rows->threads = threads;
  rows->width = width;
  *larges = loyi_rows_gather(job);
  if (source->no_lifetime) job->t_x = job->T;
  return LOY_OK;
}

/* Make the ordered rows. Errors: LOY_ERR_MEMORY. */
LOYI_LOCAL loy_status loyi_rows_finish(loyi_rows_job *job, size_t larges, loy_error *error) {
  loyi_rows *rows = job->rows;
  const loy_allocator *allocator = rows->allocator;
  const size_t n = job->n;
  size_t most;
  int made;
  rows->n = rows->room = n;
  if (n == 0) return LOY_OK;
  /* Where x is sparse, fewer chunks: all counts together take at most two bytes for each row. */
  most = job->counts > 0 ? n / 4 / job->counts : 1;
  loyi_rows_chop(job, most > LOYI_ROWS_CHUNKS ? (size_t)LOYI_ROWS_CHUNKS : (most > 0 ? most : 1));
  rows->T = (double *)loyi_allocate(allocator, n, sizeof(double));
  rows->t_x = (double *)loyi_allocate(allocator, n, sizeof(double));
  if (job->weight) rows->weight = (double *)loyi_allocate(allocator, n, sizeof(double));
  rows->extra = (double *)loyi_allocate(allocator, rows->extras * n, sizeof(double));
  job->count = (size_t *)loyi_allocate(allocator, job->chunks * job->counts, sizeof *job->count);
  job->large = (size_t *)loyi_allocate(allocator, larges, sizeof *job->large);
  made = rows->T && rows->t_x && (rows->weight || !job->weight) && (rows->extra || rows->extras == 0) &&
         (job->count || job->counts == 0) && (job->large || larges == 0) && loyi_rows_order(job, larges);
  loyi_release(allocator, job->large, larges, sizeof *job->large);
  loyi_release(allocator, job->count, job->chunks * job->counts, sizeof *job->count);
  if (made) return LOY_OK;
  loyi_rows_release(rows);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
}

LOYI_SHARED loy_status loyi_rows_make(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, const loy_allocator *allocator, int threads, size_t width,
                                      loyi_rows *rows, loy_error *error) {
  const loyi_rows_source source = {x, t_x, T, weight, n, 0, NULL, 0};
  return loyi_rows_make_from(&source, allocator, threads, width, rows, error);
}

LOYI_SHARED loy_status loyi_rows_make_from(const loyi_rows_source *source, const loy_allocator *allocator, int threads,
                                           size_t width, loyi_rows *rows, loy_error *error) {
  loyi_rows_job job;
  size_t larges;
  loy_status status = loyi_rows_begin(source, allocator, threads, width, &job, rows, &larges, error);
  return status == LOY_OK ? loyi_rows_finish(&job, larges, error) : status;
}

enum { LOYI_ROWS_PROBE = 16384 }; /* rows that tell whether merging pays */

/* Find the different rows where they are at most four fifths of a sample; of few rows that sample is all. distinct->row
 * is NULL where not. 0 when memory is out. */
LOYI_LOCAL int loyi_rows_distinct(const loyi_rows_job *job, loyi_distinct *distinct) {
  const double *column[3 + LOYI_ROWS_EXTRAS] = {job->x, job->t_x, job->T};
  const size_t columns = 3 + job->rows->extras, stride = job->n / LOYI_ROWS_PROBE + (job->n % LOYI_ROWS_PROBE != 0);
  size_t seen;
  int pays;
  memset(distinct, 0, sizeof *distinct);
  for (size_t e = 0; e < job->rows->extras; e++) column[3 + e] = job->extra[e];
  if (job->n == 0 || (uint64_t)job->n > LOYI_DISTINCT_MOST) return 1;
  if (!loyi_distinct_make(column, columns, job->weight, job->n, stride, job->rows->allocator, distinct, &seen))
    return 0;
  pays = 5 * distinct->n <= 4 * seen;
  if (pays && stride == 1) return 1;
  loyi_distinct_release(distinct);
  distinct->row = NULL;
  return !pays || loyi_distinct_make(column, columns, job->weight, job->n, 1, job->rows->allocator, distinct, &seen);
}

LOYI_SHARED loy_status loyi_rows_make_merged(const loyi_rows_source *source, const loy_allocator *allocator,
                                             int threads, size_t width, loyi_rows *rows, loy_error *error) {
  loyi_rows_job job;
  loyi_distinct distinct;
  size_t larges;
  loy_status status = loyi_rows_begin(source, allocator, threads, width, &job, rows, &larges, error);
  if (status != LOY_OK) return status;
  if (!loyi_rows_distinct(&job, &distinct))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  if (distinct.row) {
    job.x = distinct.row;
    job.t_x = distinct.row + 1;
    job.T = distinct.row + 2;
    job.weight = distinct.row + distinct.columns;
    for (size_t e = 0; e < rows->extras; e++) job.extra[e] = distinct.row + 3 + e;
    job.stride = distinct.columns + 1;
    job.n = distinct.n;
    larges = 0;
    for (size_t i = 0; i < job.n; i++) larges += job.x[job.stride * i] >= (double)LOYI_ROWS_COUNTED;
  }
  status = loyi_rows_finish(&job, larges, error);
  loyi_distinct_release(&distinct);
  return status;
}

/* Append row i to a sample, with this weight. */
LOYI_LOCAL void loyi_rows_keep(const loyi_rows *rows, size_t i, double weight, loyi_rows *sample) {
  sample->T[sample->n] = rows->T[i];
  sample->t_x[sample->n] = rows->t_x[i];
  if (rows->weight) sample->weight[sample->n] = weight;
  for (size_t e = 0; e < rows->extras; e++)
    sample->extra[e * sample->room + sample->n] = rows->extra[e * rows->room + i];
  sample->n++;
}

/* Of `rows` without weights every `stride`-th; with weights as many draws, evenly spaced in their running total. */
LOYI_LOCAL void loyi_rows_draw(const loyi_rows *rows, size_t most, loyi_rows *sample) {
  const size_t stride = rows->n / most + (rows->n % most != 0);
  const double step = rows->customers / (double)most;
  double total = 0.0, next = 0.5 * step;
  size_t first = stride / 2;
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_rows_group *group = &rows->group[g];
    sample->group[g].x = group->x;
    sample->group[g].begin = sample->n;
    for (; !rows->weight && first < group->end; first += stride) loyi_rows_keep(rows, first, 1.0, sample);
    for (size_t i = group->begin; rows->weight && i < group->end; i++) {
      double draws = 0.0;
      total += rows->weight[i];
      for (; next < total; next += step) draws += 1.0;
      if (draws > 0.0 && sample->n < sample->room) loyi_rows_keep(rows, i, draws, sample);
    }
    sample->group[g].end = sample->n;
  }
}

LOYI_SHARED int loyi_rows_sample(const loyi_rows *rows, size_t most, loyi_rows *sample) {
  *sample = *rows;
  sample->n = 0;
  sample->room = most + 1; /* one more where the running total is rounded up */
  sample->blocks = 0;
  sample->block_group = NULL;
  sample->sums = NULL;
  sample->T = (double *)loyi_allocate(rows->allocator, sample->room, sizeof(double));
  sample->t_x = (double *)loyi_allocate(rows->allocator, sample->room, sizeof(double));
  sample->weight = rows->weight ? (double *)loyi_allocate(rows->allocator, sample->room, sizeof(double)) : NULL;
  sample->extra = (double *)loyi_allocate(rows->allocator, rows->extras * sample->room, sizeof(double));
  sample->group = (loyi_rows_group *)loyi_allocate(rows->allocator, rows->groups, sizeof *sample->group);
  if (sample->T && sample->t_x && sample->group && (sample->weight || !rows->weight) &&
      (sample->extra || rows->extras == 0)) {
    loyi_rows_draw(rows, most, sample);
    if (loyi_rows_cut(sample)) return 1;
  }
  loyi_rows_release(sample);
  return 0;
}

#undef LOYI_ROWS_NUDGE

LOY_END_DECLS

#endif /* LOYALTY_BTYD_ROWS_INL_H */
