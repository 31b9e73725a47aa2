/* betageo_total.h: private. The total log-likelihood of the BG/NBD and MBG/NBD models with gradient and Hessian, fast.
 *
 * Rows are ordered by x once. Then everything that depends on x alone (gamma and beta terms, their derivatives, the
 * factor a/(b+c-1) of w, c chances to stop) is computed once per distinct x and evaluation, from running sums over
 * 0, 1, ... x - 1; a row without a chance to stop costs one division, any other one logarithm and one exponential. Sums
 * of logarithms that share a weight are logarithms of products. Times are divided by a power of 2 near the mean T,
 * which is exact. */
#ifndef LOYALTY_BTYD_BETAGEO_TOTAL_H
#define LOYALTY_BTYD_BETAGEO_TOTAL_H

#include "bgnbd.h"
#include "rows.h"

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

/* Value, gradient and Hessian of the total by r, alpha, a, b, with alpha and the times in scaled units. at_zero as in
 * betageo-inl.h: 1 for the MBG/NBD model, 0 for the BG/NBD model. */
LOYI_SHARED void loyi_betageo_total(loyi_rows *rows, double at_zero, const loy_bgnbd_params *params, double *value,
                                    double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "betageo_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_BETAGEO_TOTAL_H */
