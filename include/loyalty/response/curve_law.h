/* curve_law.h: private. The law L = f(C, S) as the engine of mean_fit.h takes it: what it needs of each cell, means and
 * derivatives for a run of cells, the logistic regression that starts a fit, and the ridge. */
#ifndef LOYALTY_RESPONSE_CURVE_LAW_H
#define LOYALTY_RESPONSE_CURVE_LAW_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"
#include "mean_fit.h"

LOY_BEGIN_DECLS

/* What the law needs of each cell. */
typedef struct loyi_curve_cells {
  const loy_allocator *allocator;
  size_t cells, constraints;
  double *x;          /* logit(s); infinite at 0 and 1 */
  double *z;          /* logit(c) */
  double *log_c;      /* ln c */
  double *constraint; /* constraints columns of `cells` */
  double ridge;
} loyi_curve_cells;

/* Fill `cells` from loaded rows, whose keys are s, c and the constraints; `ridge` becomes 0. Errors: LOY_ERR_MEMORY,
 * with nothing held. */
LOYI_SHARED loy_status loyi_curve_cells_make(const loyi_mean_data *data, loyi_curve_cells *cells, loy_error *error);

/* Give back the memory. */
LOYI_SHARED void loyi_curve_cells_release(loyi_curve_cells *cells);

/* The law, a loyi_mean_law: `ctx` is the cells, theta alpha, beta, gamma, a, delta, b_j. What multiplies an infinite x
 * is then 0. */
LOYI_SHARED void loyi_curve_fit_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                    double *rest, double (*derivative)[LOYI_MEAN_RUN]);

/* Logistic regression on (1, x, -z), for the start; x beyond 5 in size is taken as 5, as that of an unpadded 0 or 1 is
 * infinite. */
LOYI_SHARED void loyi_curve_logistic_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                         double *rest, double (*derivative)[LOYI_MEAN_RUN]);

/* The ridge, a loyi_mean_penalty. A gamma of 0, which only a fixed one can be, has no logarithm and no penalty. */
LOYI_SHARED double loyi_curve_ridge(const void *ctx, const double *theta, double *gradient, double *curvature);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "curve_law-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CURVE_LAW_H */
