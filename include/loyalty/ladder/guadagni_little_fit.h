/* guadagni_little_fit.h: the parameters of the choice model with loyalty (guadagni_little.h), by maximum likelihood.
 *
 *   l = sum over customers and their rows after the first of ln p(chosen)
 * The first row of a customer is where the recursion begins and does not count, nor do `warmup` rows after it. One
 * constant is 0. For a fixed lambda l is concave in a, b, theta, and Newton's method finds its maximum; as a function
 * of lambda that maximum, the profile, can have several maxima of its own. It is computed on a grid of 51 lambdas, and
 * each local maximum of the grid refined by Newton's method over all parameters with exact derivatives (LOY' and LOY''
 * by recursion) between the neighbours on the grid. The best counts; all are reported.
 * Source: as in guadagni_little.h; Fader, Lattin and Little, Marketing Science 11, 1992, 372-385; Davies, Biometrika
 * 74, 1987, 33-43. */
#ifndef LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_H
#define LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_H

#include "../base/config.h"
#include "../base/status.h"
#include "guadagni_little.h"

LOY_BEGIN_DECLS

/* Points of the profile: .001, then .02 to .98 in steps of .02, then .999. */
#define LOY_GUADAGNI_LITTLE_GRID 51
/* Local maxima that are reported. */
#define LOY_GUADAGNI_LITTLE_MAXIMA 8

typedef struct loy_guadagni_little_fit_options {
  size_t struct_size;
  size_t base;          /* the alternative whose constant is 0 */
  size_t warmup;        /* rows after a customer's first that shape loyalty but are not counted */
  double lambda;        /* below 0 (the default): estimated; from 0 to 1: given */
  int most_evaluations; /* of the likelihood, for each search; 0 (the default) means 200 */
} loy_guadagni_little_fit_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_guadagni_little_fit_options_init(loy_guadagni_little_fit_options *options);

typedef struct loy_guadagni_little_fit_result {
  loy_guadagni_little_model model;
  size_t params; /* alternatives + covariates + 1: the constants but that of the base, b, the slopes, lambda */
  double estimate[LOY_GUADAGNI_LITTLE_PARAMS];
  double std_error[LOY_GUADAGNI_LITTLE_PARAMS]; /* of lambda 0 when it is given, NaN at a bound */
  /* params * params, by rows: the inverse of minus the Hessian over all parameters, lambda included */
  double covariance[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
  double log_likelihood, aic, bic; /* -2 l + 2 k; -2 l + k ln(rows), with k the estimated parameters */
  double equal_log_likelihood;     /* all alternatives alike: -rows ln K */
  double null_log_likelihood;      /* b = 0: without loyalty */
  double statistic;                /* twice the gain over b = 0 */
  /* Of b = 0. Lambda given: chi-squared with one degree of freedom. Estimated: without b nothing depends on lambda, and
   * this is Davies' (1987) upper bound, from the variation of the root of the statistic along the profile. */
  double p_value;
  double profile_lambda[LOY_GUADAGNI_LITTLE_GRID], profile[LOY_GUADAGNI_LITTLE_GRID]; /* NaN when lambda is given */
  int maxima; /* local maxima of the profile that were found; 0 when lambda is given */
  double maximum_lambda[LOY_GUADAGNI_LITTLE_MAXIMA], maximum[LOY_GUADAGNI_LITTLE_MAXIMA]; /* the first; then NaN */
  size_t rows, customers;                                                                 /* that count */
  int at_bound;     /* nonzero: lambda lies at .001 or .999 */
  int separated;    /* nonzero: some parameters run away */
  int converged;    /* the certificate of the best maximum */
  double decrement; /* what a further step would add to the mean log-likelihood of a row */
  int evaluations;
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_guadagni_little_fit_result;

/* The log-likelihood and its exact derivatives.
 *
 * model     the parameters
 * data      as many alternatives and covariates
 * base      the alternative whose constant is no parameter, but stays as it is
 * warmup    as in the options
 * value     receives l
 * gradient  receives alternatives + covariates + 1 derivatives in the order of the estimates. May be NULL
 * hessian   receives the square of that of second derivatives. May be NULL
 * Errors, in this order: those of loy_guadagni_little_check; those of the data as in loy_guadagni_little_loyalty;
 * LOY_ERR_ARGUMENT covariate (NULL while there are any); LOY_ERR_DOMAIN covariate, with the index of the first;
 * LOY_ERR_ARGUMENT alternatives, covariates (not as many as the model has), base, value (NULL). */
LOYALTY_API loy_status loy_guadagni_little_total(const loy_guadagni_little_model *model,
                                                 const loy_guadagni_little_data *data, size_t base, size_t warmup,
                                                 double *value, double *gradient, double *hessian, loy_error *error);

/* Fit the model.
 *
 * data      the choices
 * options   or NULL for the defaults
 * Errors, in this order: those of the data as in loy_guadagni_little_loyalty; LOY_ERR_ARGUMENT covariate (NULL while
 * there are any); LOY_ERR_DOMAIN covariate, with the index of the first; LOY_ERR_ARGUMENT options (struct_size), base;
 * LOY_ERR_DOMAIN lambda (above 1 or NaN), most_evaluations (negative); LOY_ERR_ARGUMENT result (NULL); LOY_ERR_TOO_FEW
 * chosen (no more rows that count than parameters); LOY_ERR_SINGULAR covariate (a column that does not vary within
 * rows, or is a combination of the constants and the columns before it; `index` says which), chosen (loyalty is a
 * combination of the constants).
 * Notices, the most important first: LOY_NOTICE_SEPARATED (some choices are explained perfectly, an alternative is
 * never chosen, or nearly: in some direction there is less than 1e-7 of the information of equal probabilities),
 * LOY_NOTICE_NOT_CONVERGED with the best point, LOY_NOTICE_AT_BOUND lambda, LOY_NOTICE_WEAK_ID (the information is
 * singular, or the standard error of lambda above a half: b may be 0).
 * Accuracy: converged means that a further Newton step would gain less than 1e-13 of mean log-likelihood. */
LOYALTY_API loy_status loy_guadagni_little_fit(const loy_guadagni_little_data *data,
                                               const loy_guadagni_little_fit_options *options,
                                               loy_guadagni_little_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "guadagni_little_fit-inl.h"
#endif

#endif /* LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_H */
