/* bgbb_cells.h: private. The customers of a BG/BB fit, checked and merged: discrete histories repeat, a million of six
 * periods being twenty-two different ones.
 *
 * Cells are in order of x, T and t_x. Those of equal x and T share the walk of bgbb-inl.h, which is made once for all
 * of them, from T down to the least t_x; what depends on a history up to t_x alone is a sum over 0, 1, 2 ... of terms
 * that all customers share, weighted by how many of them get that far. So an evaluation takes some steps for each pair
 * of x and T and few logarithms, however many customers and cells there are. */
#ifndef LOYALTY_BTYD_BGBB_CELLS_H
#define LOYALTY_BTYD_BGBB_CELLS_H

#include "../base/alloc.h"
#include "bgbb.h"

LOY_BEGIN_DECLS

/* Equal customers. While cells are made, `period` is a number of the whole history. */
typedef struct loyi_bgbb_cell {
  uint64_t period; /* t_x */
  double weight;
} loyi_bgbb_cell;

/* Cells of equal x and T, t_x rising. */
typedef struct loyi_bgbb_group {
  double x, T;
  size_t begin, end;
} loyi_bgbb_group;

/* A block of groups, the work of one thread at a time, and the sums over it: value, gradient, lower triangle of the
 * Hessian by rows. */
enum { LOYI_BGBB_SUMS = 15 };
typedef struct loyi_bgbb_block {
  size_t begin, end; /* groups */
  double sum[LOYI_BGBB_SUMS];
} loyi_bgbb_block;

typedef struct loyi_bgbb_cells {
  const loy_allocator *allocator;
  size_t n, room; /* cells; those that there is room for */
  loyi_bgbb_cell *cell;
  size_t groups, blocks;
  loyi_bgbb_group *group;
  loyi_bgbb_block *block;       /* with room for as many as groups */
  size_t longest;               /* largest t_x */
  double *bought, *idle, *seen; /* of j = 0, 1 ... longest - 1: the weight of those with x > j, t_x - x > j, t_x > j */
  double customers, latest;     /* total weight, largest T */
  int threads;
} loyi_bgbb_cells;

/* Check and merge. Without weights each row counts for 1. Errors: for the first bad row LOY_ERR_DOMAIN x, t_x, T or
 * weight; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_bgbb_cells_make(const double *x, const double *t_x, const double *T, const double *weight,
                                            size_t n, const loy_allocator *allocator, int threads,
                                            loyi_bgbb_cells *cells, loy_error *error);

LOYI_SHARED void loyi_bgbb_cells_release(loyi_bgbb_cells *cells);

/* The total log-likelihood with gradient (4) and Hessian (16, by rows), by alpha, beta, gamma, delta. */
LOYI_SHARED void loyi_bgbb_cells_total(loyi_bgbb_cells *cells, const loy_bgbb_params *params, double *value,
                                       double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgbb_cells-inl.h"
#  include "bgbb_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGBB_CELLS_H */
