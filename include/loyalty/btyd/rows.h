/* rows.h: private. The customers of a fit, checked, brought into order by x and cut into blocks, for evaluations that
 * run over them many times.
 *
 * In that order everything that depends on x alone is computed once per distinct x and evaluation. Times are divided by
 * a power of 2 near the mean T of the customers, which is exact. Ordering is by counting, over fixed chunks of the rows
 * that threads share out; rows of one x stay in the order in which they came. */
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
  size_t extras;            /* further columns of the rows */
  double *extra;            /* one after the other, each of `room` */
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

/* The customers of a fit as the caller has them; weight may be NULL. */
typedef struct loyi_rows_source {
  const double *x, *t_x, *T, *weight;
  size_t n;
  int no_lifetime; /* t_x is only checked, and T takes its place */
  /* Further columns, which are not looked at: they follow the rows through order, sample and merging. */
  const double *const *extra;
  size_t extras; /* at most LOYI_ROWS_EXTRAS */
} loyi_rows_source;

enum { LOYI_ROWS_EXTRAS = 24 };

/* loyi_rows_make of all that a source has. */
LOYI_SHARED loy_status loyi_rows_make_from(const loyi_rows_source *source, const loy_allocator *allocator, int threads,
                                           size_t width, loyi_rows *rows, loy_error *error);

/* The same, with one row for those that are equal, in further columns too, where that removes a fifth of a sample of
 * them: its weight is the sum of theirs, and it stands where the first of them would. Memory is asked for by the rows
 * that there are then: without further columns at most 64 bytes for each and a mebibyte. */
LOYI_SHARED loy_status loyi_rows_make_merged(const loyi_rows_source *source, const loy_allocator *allocator,
                                             int threads, size_t width, loyi_rows *rows, loy_error *error);

/* A sample of some `most` of more ordered rows, evenly spaced among the customers, hence with the same shares of each
 * x. Where there are weights, those of the sample say how often a row was drawn. Same unit of time, allocator, threads
 * and width. 0 when memory is out. */
LOYI_SHARED int loyi_rows_sample(const loyi_rows *rows, size_t most, loyi_rows *sample);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rows-inl.h"
#endif

#endif /* LOYALTY_BTYD_ROWS_H */
