/* bgcnbd_fit.h: the total log-likelihood of the BG/CNBD-k model with its derivatives, and the maximum likelihood fit;
 * the model itself is in bgcnbd.h. */
#ifndef LOYALTY_BTYD_BGCNBD_FIT_H
#define LOYALTY_BTYD_BGCNBD_FIT_H

#include "../base/alloc.h"
#include "../base/progress.h"
#include "bgcnbd.h"

LOY_BEGIN_DECLS

/* Options of the two functions below. */
typedef struct loy_bgcnbd_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. A reordered copy of the rows is held during the call */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  int k;                          /* stages for each purchase; 0 (the default): the fit chooses */
  loy_bgnbd_params start;         /* where to start; all 0 (the default) means from moments of the data */
  double penalty;                 /* c of the L2 penalty, see loy_bgnbd_fit; 0 (the default) for none */
  const loy_progress *progress;   /* watches the fit and may cancel it; NULL (the default) for none */
} loy_bgcnbd_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bgcnbd_fit_options_init(loy_bgcnbd_fit_options *options);

/* What a fit found. */
typedef struct loy_bgcnbd_fit_result {
  loy_bgcnbd_params params;
  double log_likelihood;             /* weighted total at params */
  double std_error[5];               /* of r, alpha, a, b as in loy_bgnbd_fit_result, for the k found; 0 for k */
  double covariance[25];             /* of r, alpha, a, b, k, by rows; 0 for k, NaN like std_error */
  double customers;                  /* sum of the weights */
  double scaled_gradient, decrement; /* certificate, as in loy_bgnbd_fit_result */
  int iterations;                    /* Newton steps of the start that was kept */
  int evaluations; /* of the likelihood with its derivatives: all k and all starts together, and those of the sample */
  loy_status status;                              /* LOY_OK or the notice that the call returned */
  int tried;                                      /* how many k were: the last of them, or 1 where k was given */
  double log_likelihood_of[LOY_CNBD_STAGES_MOST]; /* at [k - 1] the largest for k; NaN where k was not tried */
} loy_bgcnbd_fit_result;

/* Total log-likelihood with its derivatives on the natural scale of the parameters: Sum of weight_i ln L_i over n
 * customers, for the k of the parameters.
 *   x, t_x, T  columns of n; rows as in loy_bgcnbd_check_customer
 *   litt       column of n, rows as in loy_bgcnbd_check_gaps; or NULL for loy_bgcnbd_loglik_summary, with the same
 *              derivatives
 *   weight     how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options    or NULL for the defaults; k, start, penalty and progress are checked but not used
 *   value      the total
 *   gradient   NULL, or 4 numbers: by r, alpha, a, b
 *   hessian    NULL, or 16 numbers by rows: second derivatives in the same order
 * Sums run in 8 fixed lanes over fixed blocks of the rows ordered by x, and do not depend on threads. The order of
 * the rows changes the value by at most 1e-13 of the sum of its terms' sizes.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor
 * from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_DOMAIN k (of the options: not from 0 to
 * 64); LOY_ERR_ARGUMENT value; then for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; for the
 * first bad row LOY_ERR_DOMAIN litt, or without litt t_x (0 where x is not, unless k = 1), with its index;
 * LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_bgcnbd_loglik_total(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                               const double *T, const double *litt, const double *weight, size_t n,
                                               const loy_bgcnbd_fit_options *options, double *value, double *gradient,
                                               double *hessian, loy_error *error);

/* Maximum likelihood fit of r, alpha, a and b, by the method and with the certificate of loy_bgnbd_fit, within the same
 * bounds. With options->k = 0 for k = 1, 2, ... in turn, each from the optimum of the one before, until two in a row
 * have a lower likelihood than the best, or to LOY_CNBD_STAGES_MOST; the best is kept, of equal ones the first.
 * Standard errors take k as given. x, t_x, T, weight  as in loy_bgcnbd_loglik_total litt               column of n; or
 * NULL where k is given: the parameters do not depend on it, the log-likelihood then is that of
 * loy_bgcnbd_loglik_summary options            or NULL for the defaults; penalty and progress as in loy_bgnbd_fit
 * Errors, in this order: LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0), options (struct_size), threads,
 * most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress
 * (without a function); LOY_ERR_DOMAIN k (not from 0 to 64), start (neither all 0 nor all in range); LOY_ERR_ARGUMENT
 * litt (NULL while n > 0 and k = 0), result; for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index;
 * for the first bad row LOY_ERR_DOMAIN litt, or without litt t_x (0 where x is not, unless k = 1), with its index;
 * LOY_ERR_TOO_FEW x when nobody made a repeat purchase; LOY_ERR_DOMAIN T when all T are 0; LOY_ERR_MEMORY;
 * LOY_ERR_CANCELED when `progress` asked to stop.
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_AT_BOUND, naming k
 * when the likelihood still rises at LOY_CNBD_STAGES_MOST, otherwise as loy_bgnbd_fit; LOY_NOTICE_WEAK_ID when the
 * standard error of the logarithm of a parameter exceeds 10.
 * Source: Reutterer, Platzer & Schroeder 2021, section 3. */
LOYALTY_API loy_status loy_bgcnbd_fit(const double *x, const double *t_x, const double *T, const double *litt,
                                      const double *weight, size_t n, const loy_bgcnbd_fit_options *options,
                                      loy_bgcnbd_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgcnbd_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGCNBD_FIT_H */
