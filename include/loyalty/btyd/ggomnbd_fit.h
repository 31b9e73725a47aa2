/* ggomnbd_fit.h: the total log-likelihood of the GGom/NBD model with its derivatives, and the maximum likelihood fit;
 * the model itself is in ggomnbd.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_FIT_H
#define LOYALTY_BTYD_GGOMNBD_FIT_H

#include "../base/alloc.h"
#include "../base/progress.h"
#include "ggomnbd.h"

LOY_BEGIN_DECLS

/* Options of the two functions below. */
typedef struct loy_ggomnbd_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. A reordered copy of the rows is held during the call */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  loy_ggomnbd_params start;       /* where to start; all 0 (the default) means from moments of the data */
  double penalty;                 /* c of the L2 penalty, see loy_ggomnbd_fit; 0 (the default) for none */
  const loy_progress *progress;   /* watches the fit and may cancel it; NULL (the default) for none */
} loy_ggomnbd_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_ggomnbd_fit_options_init(loy_ggomnbd_fit_options *options);

/* What a fit found. */
typedef struct loy_ggomnbd_fit_result {
  loy_ggomnbd_params params;
  double log_likelihood;  /* weighted total at params */
  double std_error[5];    /* of r, alpha, b, s, beta, by the delta method from the observed information; NaN for a
                             parameter    at its bound, and throughout when the information is not positive definite */
  double covariance[25];  /* of r, alpha, b, s, beta, by rows; NaN like std_error */
  double customers;       /* sum of the weights */
  double scaled_gradient; /* certificate: largest absolute derivative of the mean log-likelihood by the logarithm of a
                             parameter that is not at its bound */
  double decrement;       /* certificate: half the squared Newton decrement of the mean log-likelihood, the gain still
                             to be expected; infinity when the information is not positive definite */
  int iterations;         /* Newton steps of the start that was kept */
  int evaluations;        /* of the likelihood with its derivatives: all starts together, and those of the sample */
  loy_status status;      /* LOY_OK or the notice that the call returned */
} loy_ggomnbd_fit_result;

/* Total log-likelihood with its derivatives on the natural scale of the parameters: Sum of weight_i ln L_i over n
 * customers, with, k = r + x, S(u) = (beta / (beta + exp(b u) - 1))^s and h(u) = s b exp(b u) / (beta + exp(b u) - 1),
 *   L = Gamma(k)/Gamma(r) alpha^r ((alpha+T)^-k S(T) + Int_{t_x}^{T} (alpha+u)^-k S(u) h(u) du).
 *   x, t_x, T  columns of n; rows as in loy_bgnbd_check_customer
 *   weight     how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options    or NULL for the defaults
 *   value      the total
 *   gradient   NULL, or 5 numbers: by r, alpha, b, s, beta
 *   hessian    NULL, or 25 numbers by rows: second derivatives in the same order
 * Error at most 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) for r, alpha, s and beta from 1e-4
 * to 1e4, x up to 1e4, T from 1e-3 to 1e6 and b (alpha + T) up to 100. Sums run in 8 fixed lanes over fixed blocks of
 * the rows ordered by x, and do not depend on threads. The order of the rows changes the value by at most 1e-13 of the
 * sum of its terms' sizes.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, b, s, beta; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from
 * 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_ARGUMENT value; then for the first bad row
 * LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_MEMORY.
 * Source: Bemmaor & Glady 2012, "Modeling Purchasing Behavior with Sudden Death", Management Science 58, 1012-1021. */
LOYALTY_API loy_status loy_ggomnbd_loglik_total(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                const double *T, const double *weight, size_t n,
                                                const loy_ggomnbd_fit_options *options, double *value, double *gradient,
                                                double *hessian, loy_error *error);

/* Maximum likelihood fit. Newton's method on the logarithms of the parameters with exact derivatives, time rescaled,
 * from a start that matches moments of the data, and from a second start when the first does not end with its
 * certificate: the decrement of the mean below 1e-13, its gradient below 1e-8, and positive definite information. Where
 * there may be several maxima, which is when the best point has no certificate or lies at a bound, and always for at
 * most 512 rows (equal ones merged), 4 further starts of the model follow, and the best value is kept.
 * From 32768 rows on the first start is the optimum of 16384 of them, evenly spaced in the order by x, the further
 * starts are tried on those only, and the best point found there is the only further start of all rows. Rows that are
 * equal are merged first when that removes a fifth of such a sample.
 * Each parameter is kept within a factor of 1e8 of 1, with exceptions: r below 1e5, where customers are alike; b from
 * 1e-7 to 1e3; beta from 1e-15. alpha is in units of about the mean T, b in their inverse; all stay within the range of
 * parameters.
 *   x, t_x, T, weight  as in loy_ggomnbd_loglik_total
 *   options            or NULL for the defaults; penalty and progress as in loy_bgnbd_fit; alpha is then
 *                      in units of the latest T, b per such unit
 * Errors, in this order: LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0), options (struct_size), threads,
 * most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress
 * (without a function); LOY_ERR_DOMAIN start (neither all 0 nor all in range); LOY_ERR_ARGUMENT result; for the
 * first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_TOO_FEW x when there is no row;
 * LOY_ERR_DOMAIN T when all T are 0; LOY_ERR_MEMORY; LOY_ERR_CANCELED when `progress` asked to stop.
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_AT_BOUND when the
 * likelihood rises until a parameter, which `error` names, has grown or shrunk to its limit (the dropout rate does not
 * grow: b goes to 0, and the model to the Pareto/NBD one with that model's beta as beta / b; or one of those of
 * loy_pnbd_fit); LOY_NOTICE_WEAK_ID when the standard error of the logarithm of a parameter exceeds 10. */
LOYALTY_API loy_status loy_ggomnbd_fit(const double *x, const double *t_x, const double *T, const double *weight,
                                       size_t n, const loy_ggomnbd_fit_options *options, loy_ggomnbd_fit_result *result,
                                       loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "ggomnbd_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_GGOMNBD_FIT_H */
