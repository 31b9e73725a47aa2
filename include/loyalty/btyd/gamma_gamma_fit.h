/* gamma_gamma_fit.h: maximum likelihood fit of the Gamma-Gamma spend model; the model itself is in gamma_gamma.h. */
#ifndef LOYALTY_BTYD_GAMMA_GAMMA_FIT_H
#define LOYALTY_BTYD_GAMMA_GAMMA_FIT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/progress.h"
#include "../base/status.h"
#include "gamma_gamma.h"

LOY_BEGIN_DECLS

/* Options of loy_gamma_gamma_fit. */
typedef struct loy_gamma_gamma_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  loy_gamma_gamma_params start;   /* where to start; all 0 (the default) means from moments of the data */
  double penalty;                 /* c of the L2 penalty, see loy_gamma_gamma_fit; 0 (the default) for none */
  const loy_progress *progress;   /* watches the fit and may cancel it; NULL (the default) for none */
} loy_gamma_gamma_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_gamma_gamma_fit_options_init(loy_gamma_gamma_fit_options *options);

/* What a fit found. */
typedef struct loy_gamma_gamma_fit_result {
  loy_gamma_gamma_params params;
  double log_likelihood; /* weighted total at params */
  double std_error[3];   /* of p, q, v, from the observed information by the delta method; NaN where there is none */
  double covariance[9];  /* of p, q, v, by rows; NaN like std_error */
  double correlation;    /* of z and x over the fitted customers (Pearson, weighted); the model assumes 0; NaN for a
                            constant */
  double customers;      /* sum of the weights of the fitted rows */
  double decrement;      /* certificate: Newton decrement of the mean log-likelihood at params */
  size_t rows;           /* rows fitted, those with x > 0 */
  size_t left_out;       /* rows with x = 0 */
  int evaluations;       /* of the likelihood with its derivatives, all starts together */
  loy_status status;     /* LOY_OK or the notice that the fit returned */
} loy_gamma_gamma_fit_result;

/* Maximum likelihood fit. Newton's method on (ln p, ln q, ln v) with exact derivatives, from a start that matches the
 * spread of ln z, safeguarded and certified: the Newton decrement below 1e-13 and positive definite information. Rows
 * with x = 0 are left out and counted. The same rows in any order give the same optimum to rounding; any number of
 * threads gives the same bits.
 *   x, z     columns of n; rows as in loy_gamma_gamma_check
 *   weight   how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options  or NULL for the defaults
 * With options->penalty = c > 0 the fit minimises the mean negative log-likelihood + c (p^2 + q^2 + v^2), v in the
 * caller's unit of money, on which the answer then depends. The log-likelihood of the result is the plain one at
 * that point; certificate, covariance, standard errors and notices are those of the penalised mean. (lifetimes
 * 0.11.3 calls c penalizer_coef.)
 * options->progress is told of each evaluation: its number, those of all starts included, and the plain
 * log-likelihood.
 * Errors, in this order: LOY_ERR_ARGUMENT x, z (NULL while n > 0), options (struct_size), threads, most_evaluations
 * (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a
 * function); LOY_ERR_DOMAIN start (neither all 0 nor all in range); LOY_ERR_ARGUMENT result; for the first bad row
 * LOY_ERR_DOMAIN x, z or weight, with its index; LOY_ERR_TOO_FEW x when fewer than 3 rows have x > 0;
 * LOY_ERR_MEMORY; LOY_ERR_CANCELED when `progress` asked to stop.
 * Notices: LOY_NOTICE_AT_BOUND when a parameter runs to the edge (spend that does not vary within customers, or does
 * not vary between them); LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_DIVERGES when the fit is
 * good and q <= 1, so that the population's mean spend is infinite. */
LOYALTY_API loy_status loy_gamma_gamma_fit(const double *x, const double *z, const double *weight, size_t n,
                                           const loy_gamma_gamma_fit_options *options,
                                           loy_gamma_gamma_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gamma_gamma_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_GAMMA_GAMMA_FIT_H */
