/* sbg_fit.h: the total log-likelihood of the shifted beta geometric model with its derivatives, and the maximum
 * likelihood fit; the model itself is in sbg.h. Data by cohort (survivors per period) become rows by survivors.h. */
#ifndef LOYALTY_BTYD_SBG_FIT_H
#define LOYALTY_BTYD_SBG_FIT_H

#include "../base/alloc.h"
#include "../base/progress.h"
#include "sbg.h"

LOY_BEGIN_DECLS

/* Options of the two functions below. */
typedef struct loy_sbg_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. A table of lifetimes is held during the call */
  int threads;                    /* 1 by default; has no effect: the table is small */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  loy_sbg_params start;           /* where to start; all 0 (the default) means from rates of the data */
  double penalty;                 /* c of the L2 penalty, see loy_sbg_fit; 0 (the default) for none */
  const loy_progress *progress;   /* watches the fit and may cancel it; NULL (the default) for none */
} loy_sbg_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_sbg_fit_options_init(loy_sbg_fit_options *options);

/* What a fit found. */
typedef struct loy_sbg_fit_result {
  loy_sbg_params params;
  double log_likelihood;  /* weighted total at params */
  double std_error[2];    /* of alpha, beta, by the delta method from the observed information; NaN for a parameter
                             at its bound, and throughout when the information is not positive definite */
  double covariance[4];   /* of alpha, beta, by rows; NaN like std_error */
  double customers;       /* sum of the weights */
  double scaled_gradient; /* certificate: largest absolute derivative of the mean log-likelihood by the logarithm of a
                             parameter that is not at its bound */
  double decrement;       /* certificate: half the squared Newton decrement of the mean log-likelihood, the gain still
                             to be expected; infinity when the information is not positive definite */
  int iterations;         /* Newton steps of the start that was kept */
  int evaluations;        /* of the likelihood with its derivatives: all starts together */
  loy_status status;      /* LOY_OK or the notice that the call returned */
} loy_sbg_fit_result;

/* Total log-likelihood with its derivatives on the natural scale of the parameters: Sum of weight_i ln L_i over n
 * customers, ln L as of loy_sbg_loglik.
 *   lifetime  column of n, each 1, 2, ...: the period at whose end the customer left, or, where censored, how many
 *             decisions they had survived when observation ended
 *   censored  column of 0 and 1, or NULL where nobody is
 *   weight    how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options   or NULL for the defaults
 *   value     the total
 *   gradient  NULL, or 2 numbers: by alpha, beta
 *   hessian   NULL, or 4 numbers by rows: second derivatives in the same order
 * Error at most 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms). Rows of equal lifetimes are counted
 * first: rows with weights and the same customers one by one give the same value to rounding.
 * Errors, in this order: those of loy_sbg_check; LOY_ERR_ARGUMENT lifetime (NULL while n > 0), options (struct_size),
 * threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT
 * progress (without a function), value; for the first bad row LOY_ERR_DOMAIN lifetime, censored or weight, with its
 * index; LOY_ERR_MEMORY. Source: Fader & Hardie 2007, equation 6. */
LOYALTY_API loy_status loy_sbg_loglik_total(const loy_sbg_params *params, const double *lifetime,
                                            const double *censored, const double *weight, size_t n,
                                            const loy_sbg_fit_options *options, double *value, double *gradient,
                                            double *hessian, loy_error *error);

/* Maximum likelihood fit. Newton's method on the logarithms of the parameters with exact derivatives; certified: the
 * decrement of the mean below 1e-13, its gradient below 1e-8, and positive definite information. Starts: from the rates
 * at the first two decisions, then from the mean rate. alpha is kept from 1e-8 to 1e5 and beta from 1e-8 to 1e9.
 *   lifetime, censored, weight  as in loy_sbg_loglik_total
 *   options                     or NULL for the defaults
 * With options->penalty = c > 0 the fit minimises the mean negative log-likelihood + c times the sum of the squared
 * parameters. The log-likelihood of the result is the plain one at that point; certificate, covariance, standard errors
 * and notices are those of the penalised mean. options->progress is told of each evaluation: its number, those of all
 * starts included, and the plain log-likelihood.
 * Errors, in this order: LOY_ERR_ARGUMENT lifetime (NULL while n > 0), options (struct_size), threads, most_evaluations
 * (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a
 * function); LOY_ERR_DOMAIN start (neither all 0 nor all in range); LOY_ERR_ARGUMENT result; for the first bad row
 * LOY_ERR_DOMAIN lifetime, censored or weight, with its index; LOY_ERR_MEMORY; LOY_ERR_TOO_FEW lifetime when
 * nobody left; LOY_ERR_CANCELED when `progress` asked to stop.
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_AT_BOUND when the
 * likelihood rises until a parameter, which `error` names, has grown or shrunk to its limit (customers who are all
 * alike, whose retention does not rise, send alpha, and beta with it, to the upper edge: only beta/alpha is then
 * determined; everybody leaving at once does the same, with beta at the lower one); LOY_NOTICE_WEAK_ID when the
 * standard error of the logarithm of a parameter exceeds 10, or the information is singular (fewer decisions than
 * parameters). */
LOYALTY_API loy_status loy_sbg_fit(const double *lifetime, const double *censored, const double *weight, size_t n,
                                   const loy_sbg_fit_options *options, loy_sbg_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "sbg_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_SBG_FIT_H */
