/* rows.h: private. The customers of a fit, checked, brought into order by x and cut into blocks, for evaluations that
 * run over them many times.
 *
 * In that order everything that depends on x alone is computed once per distinct x and evaluation. Times are divided by
 * a power of 2 near the mean T of the customers, which is exact. Ordering is by counting, over fixed chunks of the rows that threads
 * share out; rows of one x stay in the order in which they came. */
#ifndef LOYALTY_BTYD_ROWS_H
#define LOYALTY_BTYD_ROWS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* A run of rows with the same x. */
typedef struct loyi_rows_group {
  double x, weight;   /* weight: total of its rows */
  size_t begin, end;  /* rows */
  size_t first_block; /* blocks are cut within groups */
} loyi_rows_group;

/* The ordered rows. */
typedef struct loyi_rows {
  const loy_allocator *allocator;
  size_t n, groups, blocks;
  size_t room;              /* rows that the columns have room for, n or more */
  double *T, *t_x, *weight; /* times scaled; weight NULL for 1 each */
  loyi_rows_group *group;
  size_t *block_group; /* the group of each block */
  size_t width;        /* sums that a block has */
  double *sums;        /* blocks times width, for whoever evaluates */
  int exponent;        /* times are in units of 2^exponent */
  double customers;    /* total weight */
  double sum_x;        /* weighted */
  double latest;       /* the largest T, scaled */
  int threads;
} loyi_rows;

/* Check and order the rows. `width` is how many sums the evaluation makes of each block. Errors: for the first bad row
 * LOY_ERR_DOMAIN x, t_x, T or weight; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_rows_make(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, const loy_allocator *allocator, int threads, size_t width,
                                      loyi_rows *rows, loy_error *error);

LOYI_SHARED void loyi_rows_release(loyi_rows *rows);

/* Some `most` rows of the ordered ones, or all where there are no more: evenly spaced, hence the same shares of each x.
 * Same unit of time, allocator, threads and width. 0 when memory is out. */
LOYI_SHARED int loyi_rows_sample(const loyi_rows *rows, size_t most, loyi_rows *sample);

/* Make one row of those with equal x, t_x and T, with the sum of their weights; first come, first kept. Without
 * weights, and where all rows are different, there are none afterwards either. 0 when memory is out, and then the rows
 * can only be released. */
LOYI_SHARED int loyi_rows_merge(loyi_rows *rows);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rows-inl.h"
#endif

#endif /* LOYALTY_BTYD_ROWS_H */
