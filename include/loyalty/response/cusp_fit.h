/* cusp_fit.h: the parameters of cusp_model.h from answers, by maximum likelihood, against a straight line.
 *
 * The log-likelihood of y is
 *   l = sum w_i [ln w_1 + A_i z_i + B_i z_i^2/2 - z_i^4/4 - ln Z(A_i, B_i)].
 * In y the exponent is theta_1 y + theta_2 y^2/2 + theta_3 y^3 - kappa y^4/4 with kappa = w_1^4, and
 *   theta_1 = tau_0 + sum alpha_j x_j - (theta_3/kappa) sum beta_j v_j,   theta_2 = sigma_0 + sum beta_j v_j,
 * so that without splitting columns the log-likelihood is concave, and with them it is but for one product; a straight
 * line with normal errors is the edge kappa = 0. Newton's method with exact derivatives, the moments of the density,
 * begins at that line; with splitting columns, or while there is no certificate, at two more points. The best end
 * counts.
 * Source: Cobb 1981, Behavioral Science 26, 75-78; Grasman, van der Maas and Wagenmakers 2009, Journal of Statistical
 * Software 32(8). */
#ifndef LOYALTY_RESPONSE_CUSP_FIT_H
#define LOYALTY_RESPONSE_CUSP_FIT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "cusp_model.h"

LOY_BEGIN_DECLS

typedef struct loy_cusp_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  int most_evaluations;           /* of the likelihood, for each start; 0 (the default) means 200 */
} loy_cusp_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_cusp_fit_options_init(loy_cusp_fit_options *options);

/* What a fit found. The alternative is least squares of y on a constant and all columns of both factors, with normal
 * errors of one variance: the same data, no jumps, and its log-likelihood is of the same y. */
typedef struct loy_cusp_fit_result {
  loy_cusp_model model;
  size_t params; /* 4 + normal + splitting, in the order w_0, w_1, a, b */
  double estimate[LOY_CUSP_PARAMS];
  double std_error[LOY_CUSP_PARAMS];                    /* NaN, all of them, at a bound */
  double covariance[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS]; /* params * params, by rows: the inverse of minus the Hessian */
  double log_likelihood, aic, bic;                      /* -2 l + 2 p; -2 l + p ln(sum w) */
  size_t linear_params;                                 /* independent columns, the constant and the variance */
  double linear_log_likelihood, linear_aic, linear_bic;
  double linear_r_squared;
  size_t rows;     /* with a weight above 0 */
  size_t cells;    /* distinct rows of the columns, which is what an evaluation costs */
  double weight;   /* sum w */
  double bistable; /* share of the weight whose A_i, B_i lie between the fold lines */
  int at_bound;  /* -1: kappa at its lower bound, the data are a straight line with normal errors; 1: kappa at its upper
                    bound, the states lie on two points; else 0 */
  int converged; /* the certificate of the best end */
  double condition; /* of the information, scaled to a unit diagonal: |M| |M^-1| in the maximum norm */
  double decrement; /* what a further step would add to the mean log-likelihood */
  int evaluations;
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_cusp_fit_result;

/* Fit the cusp.
 *
 * data      the rows; those with the same columns are merged, so that answers on a five-point scale cost little more
 *           than reading them. The order of rows changes results by rounding only
 * options   or NULL for the defaults
 * Errors, in this order: LOY_ERR_ARGUMENT data, result (NULL), options (struct_size), y (NULL while n > 0), normal,
 * splitting (more than LOY_CUSP_COLUMNS; a NULL column, `index` says which); LOY_ERR_DOMAIN most_evaluations
 * (negative); for the first bad row, column by column, LOY_ERR_DOMAIN y, normal, splitting, weight, with its index;
 * LOY_ERR_TOO_FEW y (no more rows with a weight than parameters; all y the same); LOY_ERR_MEMORY; LOY_ERR_SINGULAR
 * normal, splitting (a column that is constant or a combination of those before it; `index` says which);
 * LOY_ERR_INFEASIBLE y (it is a linear function of the columns but for 1e-8 of its variance).
 * Notices, the most important first: LOY_NOTICE_SEPARATED y (at_bound 1: two values, or nearly; use a logistic
 * regression), LOY_NOTICE_NOT_CONVERGED with the best point, LOY_NOTICE_AT_BOUND w1 (at_bound -1: prefer the straight
 * line), LOY_NOTICE_WEAK_ID (condition above 1e8).
 * Accuracy: converged means that a further Newton step would gain less than 1e-13 of mean log-likelihood: 4.5e-7
 * standard errors times the root of the weight. The last step usually leaves rounding alone. */
LOYALTY_API loy_status loy_cusp_fit(const loy_cusp_data *data, const loy_cusp_fit_options *options,
                                    loy_cusp_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cusp_fit-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CUSP_FIT_H */
