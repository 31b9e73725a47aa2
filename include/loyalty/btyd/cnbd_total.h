/* cnbd_total.h: private. The total log-likelihood of the (M)BG/CNBD-k models with gradient and Hessian, for k > 1 and
 * without what depends on the gaps, on x and on k alone; betageo_total.h is that of k = 1.
 *
 * Rows are ordered by x once (rows.h); gamma and beta terms are computed once per distinct x and evaluation. A row
 * costs two logarithms, one exponential and k terms of Q. */
#ifndef LOYALTY_BTYD_CNBD_TOTAL_H
#define LOYALTY_BTYD_CNBD_TOTAL_H

#include "bgcnbd.h"
#include "rows.h"

LOY_BEGIN_DECLS

/* The sums over the rows of one block: value, gradient, and the lower triangle of the Hessian by rows. */
enum { LOYI_CNBD_SUMS = 15 };

/* Value, gradient and Hessian of the total by r, alpha, a, b, with alpha and the times in scaled units. at_zero as in
 * betageo-inl.h: 1 for the MBG/CNBD-k model, 0 for the BG/CNBD-k model. */
LOYI_SHARED void loyi_cnbd_total(loyi_rows *rows, double at_zero, const loy_bgcnbd_params *params, double *value,
                                 double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cnbd_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_CNBD_TOTAL_H */
