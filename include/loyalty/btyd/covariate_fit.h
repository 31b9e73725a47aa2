/* covariate_fit.h: the total log-likelihood of customers with covariates with its derivatives, and the maximum
 * likelihood fit; the model and its signs are in covariates.h. */
#ifndef LOYALTY_BTYD_COVARIATE_FIT_H
#define LOYALTY_BTYD_COVARIATE_FIT_H

#include "../base/alloc.h"
#include "../base/progress.h"
#include "covariates.h"

LOY_BEGIN_DECLS

/* Options of the two functions below. */
typedef struct loy_covariate_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's. A copy of the rows with their covariates is held */
  int threads;                    /* 1 by default; never changes a bit of the result */
  int most_evaluations;           /* of the likelihood with its derivatives, per start; 0 (the default) means 200 */
  const int *same;            /* as in loy_covariate_model, one for each dropout covariate; NULL (the default): none */
  double penalty;             /* c of the penalty on parameters; 0 (the default) for none */
  double coefficient_penalty; /* c of the penalty on coefficients; 0 (the default) for none */
  const loy_progress *progress; /* watches the fit and may cancel it; NULL (the default) for none */
} loy_covariate_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_covariate_fit_options_init(loy_covariate_fit_options *options);

/* What a fit found. */
typedef struct loy_covariate_fit_result {
  loy_covariate_model model; /* with its covariance, log-likelihood, customers and status. NaN in the covariance for
                                what lies at its bound, and for parameters that a coefficient at its bound moves */
  double std_error[LOY_COVARIATE_ESTIMATES_MOST]; /* of parameters, then coefficients */
  double scaled_gradient; /* certificate: largest absolute derivative of the mean log-likelihood by the logarithm of a
                             parameter or a coefficient of a standardised covariate, not at its bound */
  double decrement;       /* certificate: as in loy_bgnbd_fit_result */
  int iterations;         /* Newton steps of the start that was kept */
  int evaluations;        /* of the likelihood with its derivatives, those of the plain fit included */
} loy_covariate_fit_result;

/* Total log-likelihood with its derivatives: Sum of weight_i ln L_i over n customers.
 *   model       with parameters and coefficients; coefficients that are the same count as two variables here
 *   covariates  as many as the model has; NULL where it has none
 *   x, t_x, T, weight  as in loy_bgnbd_loglik_total
 *   options     or NULL for the defaults; penalties, `same` and progress are not used
 *   value       the total
 *   gradient    NULL, or k numbers, k = parameters + transactions + dropouts: by the parameters, on the natural scale,
 *               then by the coefficients
 *   hessian     NULL, or k * k numbers by rows
 * Sums run in 8 fixed lanes over fixed blocks of the rows ordered by x and do not depend on threads. The order of the
 * rows changes the value by at most 1e-13 of the sum of its terms' sizes.
 * Errors, in this order: those of loy_covariate_model_check; LOY_ERR_ARGUMENT covariates as in
 * loy_covariate_parameters_batch, x, t_x, T (NULL while n > 0), options (struct_size), threads, most_evaluations
 * (negative); LOY_ERR_DOMAIN penalty; LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_DOMAIN
 * coefficient_penalty; LOY_ERR_ARGUMENT value; for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its
 * index; then a covariate (by its name), or a parameter of a row, as in a report of loy_covariate_parameters_batch;
 * LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_covariate_loglik_total(const loy_covariate_model *model, const loy_covariates *covariates,
                                                  const double *x, const double *t_x, const double *T,
                                                  const double *weight, size_t n,
                                                  const loy_covariate_fit_options *options, double *value,
                                                  double *gradient, double *hessian, loy_error *error);

/* Maximum likelihood fit of parameters and coefficients together. Covariates are standardised inside, for conditioning
 * only: results are in the caller's units, and the parameters those of a customer whose covariates are 0. The plain fit
 * (loy_bgnbd_fit and its like) gives the start, with all coefficients 0; then Newton's method with exact derivatives
 * and the certificate of the plain fits. Where that ends without its certificate or at a bound, and always for at most
 * 512 rows, a start of moments follows, for those few rows also the further starts of the plain fit. From 32768 rows on
 * the first search is over 16384 of them. Rows that are equal, also in their covariates, are merged first when
 * that removes a fifth of such a sample.
 *   kind        of one of the models of covariates.h
 *   x, t_x, T, weight   as in loy_bgnbd_loglik_total
 *   covariates  at most LOY_COVARIATES_MOST coefficients; NULL for none, which is the plain fit
 *   options     or NULL for the defaults
 * options->penalty = c adds c Sum theta_i^2 to the mean negative log-likelihood, theta the parameters of a customer
 * whose covariates have their (weighted) means, with time in units of the latest T; options->coefficient_penalty = c
 * adds c Sum (g_j s_j)^2 over the different coefficients, s_j the (weighted) standard deviation of the covariate, of
 * that of transactions where it is in both. So neither depends on units, nor on where a covariate has its 0. The
 * log-likelihood of the result is the plain one at that point; certificate, covariance and notices are those of the
 * penalised mean. options->progress is told of each evaluation, those of the plain fit first.
 *
 * Each parameter of a customer of mean covariates is kept in the range of the plain fit; each coefficient where it
 * moves the logarithm of no customer's parameter by more than 40. A likelihood that rises without end as a coefficient
 * grows (a group that never came back, or never stopped) ends there, or where nothing is left to gain, with a notice
 * that names it.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT kind, covariates (a missing column, with its index), transactions, dropouts
 * (too many, or any dropouts for NBD), x, t_x, T (NULL while n > 0), options (struct_size), threads, most_evaluations
 * (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a
 * function); LOY_ERR_DOMAIN coefficient_penalty (as penalty); LOY_ERR_ARGUMENT same (with the index of a number that is
 * no transaction covariate and not -1), result; for the first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its
 * index; for the first bad covariate LOY_ERR_DOMAIN, by its name, with the row as index; LOY_ERR_TOO_FEW x (no row; for
 * BG/NBD and MBG/NBD nobody with a repeat purchase); LOY_ERR_DOMAIN T when all are 0; LOY_ERR_SINGULAR, by the
 * covariate's name, with its place in its list as index, when it is constant (dropout covariates of BG/NBD: among
 * customers with a repeat purchase) or a linear combination of those before it in its list; LOY_ERR_MEMORY;
 * LOY_ERR_CANCELED; LOY_ERR_DOMAIN for a parameter, by its name, that is out of range where all covariates are 0: they
 * should then be measured from a usual value. Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the
 * certificate fails; LOY_NOTICE_AT_BOUND, naming the first parameter or covariate at its bound; LOY_NOTICE_WEAK_ID,
 * naming the parameter whose logarithm, or the covariate whose standardised coefficient, has the largest standard
 * error, when that exceeds 10. For a covariate `index` is its place in its list. */
LOYALTY_API loy_status loy_covariate_fit(int kind, const double *x, const double *t_x, const double *T,
                                         const double *weight, const loy_covariates *covariates, size_t n,
                                         const loy_covariate_fit_options *options, loy_covariate_fit_result *result,
                                         loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "covariate_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_COVARIATE_FIT_H */
