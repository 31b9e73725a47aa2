/* betageo_total.h: private. The total log-likelihood of the BG/NBD and MBG/NBD models with gradient and Hessian, fast.
 *
 * Rows are ordered by x once. Then everything that depends on x alone (gamma and beta terms, their derivatives, the
 * factor a/(b+c-1) of w, c chances to stop) is computed once per distinct x and evaluation, from running sums over
 * 0, 1, ... x - 1; a row without a chance to stop costs one division, any other one logarithm and one exponential. Sums
 * of logarithms that share a weight are logarithms of products. Times are divided by a power of 2 near the mean T,
 * which is exact. */
#ifndef LOYALTY_BTYD_BETAGEO_TOTAL_H
#define LOYALTY_BTYD_BETAGEO_TOTAL_H

#include "../base/alloc.h"
#include "bgnbd.h"

LOY_BEGIN_DECLS

/* The sums over the rows of one block that the derivatives need; D = 1/(alpha+t_x) - 1/(alpha+T),
 * L = ln((alpha+T)/(alpha+t_x)), p = 1 - P(alive), v = p (1 - p), each times the weight of the row. */
enum {
  LOYI_BETAGEO_LOG,  /* ln(1 + T/alpha) */
  LOYI_BETAGEO_INV,  /* 1/(alpha+T) */
  LOYI_BETAGEO_INV2, /* 1/(alpha+T)^2 */
  LOYI_BETAGEO_SOFT, /* ln(1 + w) */
  LOYI_BETAGEO_P,
  LOYI_BETAGEO_PL,
  LOYI_BETAGEO_PD,
  LOYI_BETAGEO_PDD, /* p (1/(alpha+t_x)^2 - 1/(alpha+T)^2) */
  LOYI_BETAGEO_V,
  LOYI_BETAGEO_VL,
  LOYI_BETAGEO_VD,
  LOYI_BETAGEO_VLL,
  LOYI_BETAGEO_VLD,
  LOYI_BETAGEO_VDD,
  LOYI_BETAGEO_SUMS
};

/* A run of rows with the same x. */
typedef struct loyi_betageo_group {
  double x, weight;   /* weight: total of its rows */
  size_t begin, end;  /* rows */
  size_t first_block; /* blocks are cut within groups */
} loyi_betageo_group;

/* The ordered rows. */
typedef struct loyi_betageo_rows {
  const loy_allocator *allocator;
  size_t n, groups, blocks;
  double *T, *t_x, *weight; /* n each, times scaled; weight NULL for 1 each */
  loyi_betageo_group *group;
  size_t *block_group; /* the group of each block */
  double *sums;        /* blocks times LOYI_BETAGEO_SUMS */
  int exponent;        /* times are in units of 2^exponent */
  double customers;    /* total weight */
  double sum_x;        /* weighted */
  double latest;       /* the largest T, scaled */
  int threads;
} loyi_betageo_rows;

/* Check and order the rows. Errors: for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight; LOY_ERR_MEMORY. */
LOYI_SHARED loy_status loyi_betageo_rows_make(const double *x, const double *t_x, const double *T, const double *weight,
                                              size_t n, const loy_allocator *allocator, int threads,
                                              loyi_betageo_rows *rows, loy_error *error);

LOYI_SHARED void loyi_betageo_rows_release(loyi_betageo_rows *rows);

/* Value, gradient and Hessian of the total by r, alpha, a, b, with alpha and the times in scaled units. at_zero as in
 * betageo-inl.h: 1 for the MBG/NBD model, 0 for the BG/NBD model. */
LOYI_SHARED void loyi_betageo_total(loyi_betageo_rows *rows, double at_zero, const loy_bgnbd_params *params,
                                    double *value, double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "betageo_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_BETAGEO_TOTAL_H */
