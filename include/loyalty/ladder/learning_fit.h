/* learning_fit.h: the parameters of the linear learning model (learning.h) from what customers did, by maximum
 * likelihood, against no memory and a memory of one purchase.
 *
 *   l = sum_i w_i sum_t [y_it ln p_it + (1 - y_it) ln(1 - p_it)]
 * with derivatives by recursion (dp_{t+1}/dlambda = p_t + lambda dp_t/dlambda, and so on). Newton's method searches in
 * the cube of lambda, the width w = beta / (1 - lambda) = pU - pL and the mean m = alpha / (1 - beta - lambda), whose
 * faces are those of the simplex alpha, beta, lambda, rest >= 0, from eight starts: the two nested fits first.
 *
 * Learning and unlike customers look alike: customers with constant but different probabilities, fitted as one group,
 * show beta and lambda far above 0 (Massy, Montgomery and Morrison 1970; see the page of this concept). The tests below
 * ask whether the group has a memory, not whether its customers have one. Source: as in learning.h; Self and Liang,
 * JASA 82, 1987, 605-610 (parameters at the edge). */
#ifndef LOYALTY_LADDER_LEARNING_FIT_H
#define LOYALTY_LADDER_LEARNING_FIT_H

#include "../base/config.h"
#include "../base/status.h"
#include "learning.h"

LOY_BEGIN_DECLS

/* alpha, beta, lambda and p_1, in this order. */
#define LOY_LEARNING_PARAMS 4

/* What p_1, the probability of every customer's first row, is. */
typedef enum loy_learning_first {
  LOY_LEARNING_FIRST_ESTIMATED = 0, /* a parameter */
  LOY_LEARNING_FIRST_GIVEN = 1,     /* a known number */
  LOY_LEARNING_FIRST_STATIONARY = 2 /* alpha / (1 - beta - lambda) */
} loy_learning_first;

typedef struct loy_learning_fit_options {
  size_t struct_size;
  int first_is;         /* a loy_learning_first */
  double first;         /* p_1 where it is given, 0 to 1; else not read */
  int most_evaluations; /* of the likelihood, for each start; 0 (the default) means 200 */
} loy_learning_fit_options;

/* Fill in the defaults: p_1 is estimated. NULL is allowed and ignored. */
LOYALTY_API void loy_learning_fit_options_init(loy_learning_fit_options *options);

/* A likelihood ratio test of a smaller model within a larger one. */
typedef struct loy_learning_test {
  double statistic; /* twice the difference of the log-likelihoods, at least 0 */
  double p_value;   /* NaN where the distribution under the smaller model is not known */
} loy_learning_test;

typedef struct loy_learning_fit_result {
  loy_learning_params params;
  double first; /* p_1 */
  double estimate[LOY_LEARNING_PARAMS];
  /* The inverse of minus the Hessian; what lies on a bound has NaN and is held there for the others. A given p_1 has
   * 0. The robust ones are of the sandwich over customers, G / (G - 1) H^-1 (sum w s s') H^-1 with the scores s and
   * the weight G of the customers; NaN where G <= 1. */
  double std_error[LOY_LEARNING_PARAMS];
  double covariance[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS];
  double robust_std_error[LOY_LEARNING_PARAMS];
  double robust_covariance[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS];
  double log_likelihood, aic, bic; /* -2 l + 2 k; -2 l + k ln(rows), with k the estimated parameters, 3 or 4 */
  /* lambda = 0: alpha = p_10, beta = p_11 - p_10 >= 0 */
  loy_learning_params markov_params;
  double markov_log_likelihood;
  double bernoulli; /* beta = lambda = 0: alpha */
  double bernoulli_log_likelihood;
  /* lambda = 0 in this model. Under it lambda lies at the edge: half the mass at 0, half chi-squared with one degree of
   * freedom (Self and Liang 1987, case 5). Known only where the Markov fit itself lies inside, on no other edge. */
  loy_learning_test markov;
  /* beta = lambda = 0 in this model. Without beta the data do not tell lambda (Davies 1977): no known distribution,
   * p_value is always NaN. */
  loy_learning_test bernoulli_test;
  /* beta = 0 in the Markov model, beta at the edge: the same mixture. The test of any memory that has a p value. */
  loy_learning_test memory;
  double rows, customers; /* sums of weights; of customers with at least one row */
  unsigned at_bound;      /* bits 0 to 3: a parameter at an end of its range; bit 4: rest = 0 */
  int starts, agreeing;   /* searches made, and those that ended as high as the best */
  int converged;          /* the certificate of the best end */
  double decrement;       /* what a further step would add to the mean log-likelihood of a row */
  int evaluations;
  loy_status status; /* LOY_OK or the notice that the call returned */
} loy_learning_fit_result;

/* The log-likelihood and its exact derivatives.
 *
 * params, first   as in loy_learning_filter
 * value           receives l; -infinity when something happened that could not
 * gradient        receives the 4 derivatives by alpha, beta, lambda, p_1 (rest gives way). May be NULL
 * hessian         receives the 4 by 4 second derivatives. May be NULL
 * Errors, in this order: those of loy_learning_check; LOY_ERR_DOMAIN first; LOY_ERR_ARGUMENT data, offset (NULL);
 * LOY_ERR_DOMAIN offset; LOY_ERR_ARGUMENT bought (NULL while there are rows); LOY_ERR_DOMAIN bought (neither 0 nor 1),
 * weight, with the index of the first; LOY_ERR_ARGUMENT value (NULL).
 * Notice: LOY_NOTICE_DIVERGES, bought: l is -infinity, and the derivatives are NaN. */
LOYALTY_API loy_status loy_learning_total(const loy_learning_params *params, double first,
                                          const loy_learning_data *data, double *value, double *gradient,
                                          double *hessian, loy_error *error);

/* Fit the model.
 *
 * data      the outcomes. Rows of customers with weight 0 are not looked at, except for being 0 or 1
 * options   or NULL for the defaults
 * Errors, in this order: LOY_ERR_ARGUMENT data, offset (NULL); LOY_ERR_DOMAIN offset; LOY_ERR_ARGUMENT bought (NULL
 * while there are rows); LOY_ERR_DOMAIN bought, weight, with the index of the first; LOY_ERR_ARGUMENT options
 * (struct_size), first_is; LOY_ERR_DOMAIN first (where given), most_evaluations (negative); LOY_ERR_ARGUMENT result
 * (NULL); LOY_ERR_TOO_FEW bought (the rows after customers' first ones are all the same, or there are none);
 * LOY_ERR_INFEASIBLE first (given 0 or 1 where the opposite happened).
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED with the best point, LOY_NOTICE_AT_BOUND with the first
 * parameter at a bound (lambda for rest), LOY_NOTICE_WEAK_ID (the information is singular, or a standard error above a
 * half).
 * Accuracy: converged means that a further Newton step would gain less than 1e-13 of mean log-likelihood. */
LOYALTY_API loy_status loy_learning_fit(const loy_learning_data *data, const loy_learning_fit_options *options,
                                        loy_learning_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "learning_fit-inl.h"
#endif

#endif /* LOYALTY_LADDER_LEARNING_FIT_H */
