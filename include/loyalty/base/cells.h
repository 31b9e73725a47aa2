/* cells.h: private. Rows of many customers, in any order, brought into order of customer and time.
 *
 * One distribution over the leading bits of the customer's id, into parts that fit the second-level cache, each then
 * sorted by counting (11 bits at a time, least significant first). Rows of the same customer and time stay in the order
 * in which they came, and a customer is never in two parts. Every part is a pure function of the rows in it, so slices
 * and threads cannot change a bit of what is made of them. */
#ifndef LOYALTY_BASE_CELLS_H
#define LOYALTY_BASE_CELLS_H

#include "alloc.h"
#include "config.h"

LOY_BEGIN_DECLS

/* One row: whose it is, when, and what the caller wants to know of it. */
typedef struct loyi_cell {
  int64_t customer, period, value;
} loyi_cell;

enum { LOYI_CELLS_MOST_SLICES = 64 }; /* of rows, and spans of parts: one for each thread */

/* What to sort, and what the caller does in it. The rows are the caller's: `count` and `place` read them in slices. */
typedef struct loyi_cells_sort {
  size_t n;                /* rows */
  int64_t least, greatest; /* bounds of the ids; need not be tight */
  int threads;
  void *context;
  /* Add 1 to count[loyi_cells_part(sort, customer)] for each row from `first` to `end` that is wanted. */
  void (*count)(const struct loyi_cells_sort *sort, size_t first, size_t end, size_t *count);
  /* Write the same rows, each to cell[place[loyi_cells_part(sort, customer)]++]. */
  void (*place)(const struct loyi_cells_sort *sort, size_t first, size_t end, size_t *place, loyi_cell *cell);
  /* Take a sorted part. Parts of a span come in order, one at a time; the customers of a later span are greater. `home`
   * is where the part lies in the array of all cells, which up to the part's end is the caller's to write on; `cell` is
   * there too, or in spare memory. */
  void (*take)(void *context, size_t span, const loyi_cell *cell, size_t n, loyi_cell *home);
  int shift; /* set by loyi_cells_sort */
} loyi_cells_sort;

/* The part of a customer. */
static inline size_t loyi_cells_part(const loyi_cells_sort *sort, int64_t customer) {
  return (size_t)(((uint64_t)customer - (uint64_t)sort->least) >> sort->shift);
}

/* Where slice `slice` of n things begins. */
LOYI_SHARED size_t loyi_cells_cut(size_t n, size_t slices, size_t slice);

/* Whether a comes before b: by customer, then by time. */
LOYI_SHARED int loyi_cells_before(const loyi_cell *a, const loyi_cell *b);

/* Sort. *cell receives the array of all cells, *n its length; what is in it is up to `take`. The caller gives it back.
 * NULL when no row was wanted. 0 when memory is out. */
LOYI_SHARED int loyi_cells_run(loyi_cells_sort *sort, const loy_allocator *allocator, loyi_cell **cell, size_t *n);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cells-inl.h"
#endif

#endif /* LOYALTY_BASE_CELLS_H */
