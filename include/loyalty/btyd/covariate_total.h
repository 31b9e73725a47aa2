/* covariate_total.h: private. The total log-likelihood of customers with covariates, with gradient and Hessian by the
 * logarithms of the parameters and by the coefficients.
 *
 * A row's log-likelihood depends on the coefficients through two sums only, u = g'z and v = h'w, and these move the
 * logarithms of the row's parameters by fixed signs (covariates.h). So its derivatives by u and v are sums of those by
 * the logarithms of its parameters, and every derivative by a coefficient is one of those times a covariate, or two.
 * Rows are ordered by x (rows.h), with the covariates as their further columns, those of transactions first. */
#ifndef LOYALTY_BTYD_COVARIATE_TOTAL_H
#define LOYALTY_BTYD_COVARIATE_TOTAL_H

#include "../base/config.h"
#include "covariates.h"
#include "lifetime_total.h"
#include "rows.h"

LOY_BEGIN_DECLS

/* Which coefficients there are. */
typedef struct loyi_covariate_design {
  int kind;
  size_t params;                     /* of the plain model */
  size_t transactions, dropouts;     /* columns */
  size_t free;                       /* different coefficients */
  size_t where[LOY_COVARIATES_MOST]; /* the coefficient of each column */
} loyi_covariate_design;

/* A design of `kind`; same as in loy_covariate_model, or NULL. */
LOYI_SHARED void loyi_covariate_design_init(loyi_covariate_design *design, int kind, size_t transactions,
                                            size_t dropouts, const int *same);

/* The sums that the evaluation makes of a block: the width of the rows. */
LOYI_SHARED size_t loyi_covariate_width(const loyi_covariate_design *design);

/* Value, gradient and Hessian (by rows) of the total, with times and parameters in scaled units, by params + free
 * variables.
 *   point  the parameters, then the coefficients
 *   work   3 numbers for each row */
LOYI_SHARED void loyi_covariate_total(const loyi_covariate_design *design, loyi_rows *rows, const double *point,
                                      double *work, double *value, double *gradient, double *hessian);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariate_total-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATE_TOTAL_H */
