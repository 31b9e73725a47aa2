/* cells-inl.h: body of cells.h. */
#ifndef LOYALTY_BASE_CELLS_INL_H
#define LOYALTY_BASE_CELLS_INL_H

#include "cells.h"

#include "parallel.h"

#include <string.h>

LOY_BEGIN_DECLS

enum {
  LOYI_CELLS_DIGIT_BITS = 11, /* 2,048 counters: half of a 32 KiB first-level cache */
  LOYI_CELLS_DIGITS = 1 << LOYI_CELLS_DIGIT_BITS,
  LOYI_CELLS_PART_ROWS = 16384, /* at most, when ids are spread: with their copy 768 KiB */
  LOYI_CELLS_PART_BITS = 11,    /* at most 2,048 parts: more write streams would miss the TLB */
  LOYI_CELLS_INSERTION = 24     /* below this, insertion sort beats counting */
};

/* --- Sorting one part ------------------------------------------------------------------------------------------- */

LOYI_SHARED int loyi_cells_before(const loyi_cell *a, const loyi_cell *b) {
  return a->customer < b->customer || (a->customer == b->customer && a->period < b->period);
}

LOYI_LOCAL void loyi_cells_insertion(loyi_cell *cell, size_t n) {
  for (size_t i = 1; i < n; i++) {
    loyi_cell moving = cell[i];
    size_t j = i;
    for (; j > 0 && loyi_cells_before(&moving, &cell[j - 1]); j--) cell[j] = cell[j - 1];
    cell[j] = moving;
  }
}

/* One counting pass from `from` to `to` over bits shift .. shift + 10 of (key - least), key being the customer or the
 * period. 0 when all cells share the digit and nothing was moved. */
LOYI_LOCAL int loyi_cells_pass(const loyi_cell *from, loyi_cell *to, size_t n, int by_customer, uint64_t least,
                               int shift) {
  size_t count[LOYI_CELLS_DIGITS];
  size_t at = 0;
  memset(count, 0, sizeof count);
  for (size_t i = 0; i < n; i++) {
    uint64_t key = (uint64_t)(by_customer ? from[i].customer : from[i].period) - least;
    count[(key >> shift) & (LOYI_CELLS_DIGITS - 1)]++;
  }
  for (size_t digit = 0; digit < LOYI_CELLS_DIGITS; digit++) {
    size_t here = count[digit];
    if (here == n) return 0;
    count[digit] = at;
    at += here;
  }
  for (size_t i = 0; i < n; i++) {
    uint64_t key = (uint64_t)(by_customer ? from[i].customer : from[i].period) - least;
    to[count[(key >> shift) & (LOYI_CELLS_DIGITS - 1)]++] = from[i];
  }
  return 1;
}

/* Sort n cells, with room for a copy in `spare`; the answer is whichever of the two holds the result. */
LOYI_LOCAL loyi_cell *loyi_cells_sort_part(loyi_cell *cell, loyi_cell *spare, size_t n) {
  if (n < LOYI_CELLS_INSERTION) {
    loyi_cells_insertion(cell, n);
    return cell;
  }
  for (int by_customer = 0; by_customer < 2; by_customer++) {
    int64_t least = by_customer ? cell[0].customer : cell[0].period, greatest = least;
    for (size_t i = 1; i < n; i++) {
      int64_t key = by_customer ? cell[i].customer : cell[i].period;
      if (key < least) least = key;
      if (key > greatest) greatest = key;
    }
    for (int shift = 0; shift < 64 && ((uint64_t)greatest - (uint64_t)least) >> shift; shift += LOYI_CELLS_DIGIT_BITS) {
      if (loyi_cells_pass(cell, spare, n, by_customer, (uint64_t)least, shift)) {
        loyi_cell *swap = cell;
        cell = spare;
        spare = swap;
      }
    }
  }
  return cell;
}

/* --- All rows --------------------------------------------------------------------------------------------------- */

/* One sort: slices of rows are counted and distributed, then spans of parts are sorted, each by one thread. */
typedef struct loyi_cells_job {
  const loyi_cells_sort *sort;
  size_t slices, parts;
  size_t *place; /* slices x parts: counts, then where the next cell goes */
  size_t *start; /* parts + 1: where each part begins */
  loyi_cell *cell, *spare;
  size_t first[LOYI_CELLS_MOST_SLICES + 1]; /* first part of each span */
  size_t room[LOYI_CELLS_MOST_SLICES];      /* where its spare cells begin */
} loyi_cells_job;

LOYI_SHARED size_t loyi_cells_cut(size_t n, size_t slices, size_t slice) {
  return n / slices * slice + (n % slices) * slice / slices;
}

LOYI_LOCAL void loyi_cells_count_slice(void *context, size_t slice) {
  const loyi_cells_job *job = (const loyi_cells_job *)context;
  size_t *count = job->place + slice * job->parts;
  memset(count, 0, job->parts * sizeof *count);
  job->sort->count(job->sort, loyi_cells_cut(job->sort->n, job->slices, slice),
                   loyi_cells_cut(job->sort->n, job->slices, slice + 1), count);
}

LOYI_LOCAL void loyi_cells_place_slice(void *context, size_t slice) {
  const loyi_cells_job *job = (const loyi_cells_job *)context;
  job->sort->place(job->sort, loyi_cells_cut(job->sort->n, job->slices, slice),
                   loyi_cells_cut(job->sort->n, job->slices, slice + 1), job->place + slice * job->parts, job->cell);
}

LOYI_LOCAL void loyi_cells_sort_span(void *context, size_t span) {
  const loyi_cells_job *job = (const loyi_cells_job *)context;
  loyi_cell *spare = job->spare + job->room[span];
  for (size_t part = job->first[span]; part < job->first[span + 1]; part++) {
    size_t n = job->start[part + 1] - job->start[part];
    loyi_cell *home = job->cell + job->start[part];
    if (n > 0) job->sort->take(job->sort->context, span, loyi_cells_sort_part(home, spare, n), n, home);
  }
}

/* Give each thread a span of parts with about the same number of cells, and spare cells for the largest of them. */
LOYI_LOCAL size_t loyi_cells_span_parts(loyi_cells_job *job, size_t spans) {
  size_t part = 0, spare = 0;
  for (size_t span = 0; span < spans; span++) {
    size_t until = loyi_cells_cut(job->start[job->parts], spans, span + 1), largest = 0;
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

LOYI_SHARED int loyi_cells_run(loyi_cells_sort *sort, const loy_allocator *allocator, loyi_cell **cell, size_t *n) {
  loyi_cells_job job;
  size_t places, spare, total = 0;
  int bits = 0;
  uint64_t range = (uint64_t)sort->greatest - (uint64_t)sort->least;

  *cell = NULL;
  *n = 0;
  if (sort->n == 0) return 1;
  job.sort = sort;
  job.slices = sort->threads < 1 || sort->n < 2 * (size_t)LOYI_CELLS_PART_ROWS ? 1 : (size_t)sort->threads;
  if (job.slices > LOYI_CELLS_MOST_SLICES) job.slices = LOYI_CELLS_MOST_SLICES;
  while (bits < LOYI_CELLS_PART_BITS && sort->n >> bits > LOYI_CELLS_PART_ROWS) bits++;
  for (sort->shift = 0; sort->shift < 63 && range >> sort->shift >> bits; sort->shift++) {
  }
  job.parts = (size_t)(range >> sort->shift) + 1;

  places = job.slices * job.parts + job.parts + 1;
  job.place = (size_t *)loyi_allocate(allocator, places, sizeof *job.place);
  if (!job.place) return 0;
  job.start = job.place + job.slices * job.parts;

  loyi_parallel(loyi_cells_count_slice, &job, job.slices, sort->threads);
  for (size_t part = 0; part < job.parts; part++) {
    job.start[part] = total;
    for (size_t slice = 0; slice < job.slices; slice++) {
      size_t here = job.place[slice * job.parts + part];
      job.place[slice * job.parts + part] = total;
      total += here;
    }
  }
  job.start[job.parts] = total;
  if (total == 0) { /* no row is wanted */
    loyi_release(allocator, job.place, places, sizeof *job.place);
    return 1;
  }
  spare = loyi_cells_span_parts(&job, job.slices);

  job.cell = (loyi_cell *)loyi_allocate(allocator, total, sizeof *job.cell);
  job.spare = job.cell ? (loyi_cell *)loyi_allocate(allocator, spare, sizeof *job.spare) : NULL;
  if (!job.spare) {
    loyi_release(allocator, job.cell, total, sizeof *job.cell);
    loyi_release(allocator, job.place, places, sizeof *job.place);
    return 0;
  }
  loyi_parallel(loyi_cells_place_slice, &job, job.slices, sort->threads);
  loyi_parallel(loyi_cells_sort_span, &job, job.slices, sort->threads);
  loyi_release(allocator, job.spare, spare, sizeof *job.spare);
  loyi_release(allocator, job.place, places, sizeof *job.place);
  *cell = job.cell;
  *n = total;
  return 1;
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_CELLS_INL_H */
