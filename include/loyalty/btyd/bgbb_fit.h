/* bgbb_fit.h: the total log-likelihood of the BG/BB model with its derivatives, and the maximum likelihood fit; the
 * model itself is in bgbb.h. */
#ifndef LOYALTY_BTYD_BGBB_FIT_H
#define LOYALTY_BTYD_BGBB_FIT_H

#include "../base/alloc.h"
#include "../base/progress.h"
#include "bgbb.h"

LOY_BEGIN_DECLS

/* Options of the two functions below. */
typedef struct loy_bgbb_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. The merged rows are held during the call */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  loy_bgbb_params start;          /* where to start; all 0 (the default) means from means of the data */
  double penalty;                 /* c of the L2 penalty, see loy_bgbb_fit; 0 (the default) for none */
  const loy_progress *progress;   /* watches the fit and may cancel it; NULL (the default) for none */
} loy_bgbb_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bgbb_fit_options_init(loy_bgbb_fit_options *options);

/* What a fit found. */
typedef struct loy_bgbb_fit_result {
  loy_bgbb_params params;
  double log_likelihood;  /* weighted total at params */
  double std_error[4];    /* of alpha, beta, gamma, delta, by the delta method from the observed information; NaN for a
                             parameter at its bound, and throughout when the information is not positive definite */
  double covariance[16];  /* of alpha, beta, gamma, delta, by rows; NaN like std_error */
  double customers;       /* sum of the weights */
  double scaled_gradient; /* certificate: largest absolute derivative of the mean log-likelihood by the logarithm of a
                             parameter that is not at its bound */
  double decrement;       /* certificate: half the squared Newton decrement of the mean log-likelihood, the gain still
                             to be expected; infinity when the information is not positive definite */
  int iterations;         /* Newton steps of the start that was kept */
  int evaluations;        /* of the likelihood with its derivatives, all starts together */
  loy_status status;      /* LOY_OK or the notice that the call returned */
} loy_bgbb_fit_result;

/* Total log-likelihood with its derivatives on the natural scale of the parameters: Sum of weight_i ln L_i over n
 * customers.
 *   x, t_x, T  columns of n; rows as in loy_bgbb_check_customer
 *   weight     how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options    or NULL for the defaults
 *   value      the total
 *   gradient   NULL, or 4 numbers: by alpha, beta, gamma, delta
 *   hessian    NULL, or 16 numbers by rows: second derivatives in the same order
 * Equal rows are merged first, always: a table counts them where there are few different ones, else they are sorted.
 * Then customers of equal x and T share their work, so that the time goes with the number of pairs (x, T) times T.
 * Results do not depend on threads. The order of the rows changes the value by at most 1e-13 of the sum of its terms'
 * sizes, and by nothing without weights.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN alpha, beta, gamma, delta; LOY_ERR_ARGUMENT x, t_x, T
 * (NULL while n > 0), options (struct_size), threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0
 * nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_ARGUMENT value; then for the first
 * bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_bgbb_loglik_total(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, const double *weight, size_t n,
                                             const loy_bgbb_fit_options *options, double *value, double *gradient,
                                             double *hessian, loy_error *error);

/* Maximum likelihood fit. Newton's method on the logarithms of the parameters with exact derivatives, from a start that
 * matches means of the data, and from a second start when the first does not end with its certificate: the decrement of
 * the mean below 1e-13, its gradient below 1e-8, and positive definite information. When the best point has no
 * certificate or lies at a bound, and always for at most 512 different rows, 5 further starts follow, and the best
 * value is kept. Parameters are kept from 1e-8 to 1e5. x, t_x, T, weight  as in loy_bgbb_loglik_total options or NULL
 * for the defaults With options->penalty = c > 0 the fit minimises the mean negative log-likelihood + c Sum theta_i^2,
 * where theta are the parameters. It keeps parameters from growing without end, not from shrinking to 0. The
 * log-likelihood of the result is the plain one at that point; certificate, covariance, standard errors and notices are
 * those of the penalised mean. (lifetimes 0.11.3 calls c penalizer_coef.) options->progress is told of each evaluation:
 * its number and the plain log-likelihood. Errors, in this order: LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0),
 * options (struct_size), threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to
 * 1e40); LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_DOMAIN start (neither all 0 nor all in range);
 * LOY_ERR_ARGUMENT result; for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_TOO_FEW x
 * when there is no row; LOY_ERR_DOMAIN T when all T are 0; LOY_ERR_MEMORY; LOY_ERR_CANCELED when `progress` asked to
 * stop. Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_AT_BOUND
 * when the likelihood rises until a parameter, which `error` names, has grown or shrunk to its limit (nobody buys, or
 * nobody stops: alpha or gamma goes to 0; everybody is alike: two parameters grow together); LOY_NOTICE_WEAK_ID when
 * the standard error of the logarithm of a parameter exceeds 10, or the information is not positive definite (one
 * period tells but the share of those who bought in it). */
LOYALTY_API loy_status loy_bgbb_fit(const double *x, const double *t_x, const double *T, const double *weight, size_t n,
                                    const loy_bgbb_fit_options *options, loy_bgbb_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgbb_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGBB_FIT_H */
