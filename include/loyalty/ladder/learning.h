/* learning.h: the linear learning model: each purchase of the brand makes the next one more likely, each purchase of
 * another brand less (Bush and Mosteller 1955; Kuehn 1962).
 *
 * p_t is a customer's probability to buy our brand on occasion t, y_t is 1 where that happened and 0 where another
 * brand was bought:
 *   p_{t+1} = alpha + beta y_t + lambda p_t,   alpha, beta, lambda >= 0,   rest = 1 - alpha - beta - lambda >= 0
 * and, without a subtraction, 1 - p_{t+1} = rest + beta (1 - y_t) + lambda (1 - p_t). lambda = 0 is a Markov chain of
 * first order (p_10 = alpha, p_11 = alpha + beta); beta = lambda = 0 is no memory at all. Estimation: learning_fit.h.
 * Source: Bush and Mosteller, Stochastic Models for Learning, 1955; Kuehn, Journal of Advertising Research 2, 1962,
 * 10-17; Massy, Montgomery and Morrison, Stochastic Models of Buying Behavior, 1970. */
#ifndef LOYALTY_LADDER_LEARNING_H
#define LOYALTY_LADDER_LEARNING_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Each from 0 to 1; their sum may exceed 1 by 1e-12, which counts as 1. */
typedef struct loy_learning_params {
  double alpha, beta, lambda;
} loy_learning_params;

/* The outcomes of customers, one customer after the other, in order of time. Borrowed. */
typedef struct loy_learning_data {
  const int64_t *offset; /* customers + 1 numbers: customer i has the rows offset[i] to offset[i + 1] - 1; none is
                            allowed. Begins with 0 */
  const double *bought;  /* offset[customers] outcomes: 1 our brand, 0 another */
  const double *weight;  /* how many customers each stands for, 0 or 1e-40 to 1e40; NULL means one each */
  size_t customers;
} loy_learning_data;

/* Where a customer who always buys, and one who never does, ends up; and where the average one does. */
typedef struct loy_learning_limits {
  double upper; /* pU = (alpha + beta) / (1 - lambda) */
  double lower; /* pL = alpha / (1 - lambda) */
  double mean;  /* alpha / (1 - beta - lambda), the mean of p_t after many occasions */
} loy_learning_limits;

/* Whether the parameters are ones.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN alpha, beta, lambda (not from 0 to 1), then
 * lambda (the sum exceeds 1). */
LOYALTY_API loy_status loy_learning_check(const loy_learning_params *params, loy_error *error);

/* The limits of the probabilities.
 * Errors, in this order: those of loy_learning_check; LOY_ERR_ARGUMENT limits (NULL).
 * Notices: LOY_NOTICE_NONE, lambda: with lambda = 1 nothing ever changes, and with alpha = rest = 0 the mean stays
 * where it began; the limits that there are not are NaN. Accuracy: 1 - lambda, where it is small, is taken from alpha +
 * beta + rest and has the error that rest has. */
LOYALTY_API loy_status loy_learning_limits_of(const loy_learning_params *params, loy_learning_limits *limits,
                                              loy_error *error);

/* Run the model over what customers did.
 *
 * first            p_1 of every customer, 0 to 1
 * data             the outcomes; weight is not read
 * probability      receives p_t of each row, from what was before it. May be NULL
 * log_likelihood   receives ln p_t or ln(1 - p_t), whichever happened; -infinity for what could not. May be NULL
 * next             receives p of the occasion after each customer's last. May be NULL
 * Errors, in this order: those of loy_learning_check; LOY_ERR_DOMAIN first; LOY_ERR_ARGUMENT data, offset (NULL);
 * LOY_ERR_DOMAIN offset; LOY_ERR_ARGUMENT bought (NULL while there are rows); LOY_ERR_DOMAIN bought (neither 0 nor 1),
 * with the index of the first. */
LOYALTY_API loy_status loy_learning_filter(const loy_learning_params *params, double first,
                                           const loy_learning_data *data, double *probability, double *log_likelihood,
                                           double *next, loy_error *error);

/* What to expect of customers whose next probability is p.
 *
 * p          n probabilities, 0 to 1
 * periods    occasions to look ahead, 0 or more
 * later      receives E p_{t + periods} = rho^periods p + alpha (1 + rho + ... + rho^(periods - 1)), rho = beta +
 *            lambda: the probability on the occasion after the next `periods`. May be NULL
 * purchases  receives the expected number of purchases of our brand on the next `periods` occasions. May be NULL
 * Both are sums of terms that are not negative, exact to rounding for any rho.
 * Errors, in this order: those of loy_learning_check; LOY_ERR_ARGUMENT p (NULL while n > 0); LOY_ERR_DOMAIN p, with the
 * index of the first. */
LOYALTY_API loy_status loy_learning_forecast(const loy_learning_params *params, const double *p, size_t n,
                                             uint64_t periods, double *later, double *purchases, loy_error *error);

/* Draw outcomes. Customer i has random stream i of the seed, and one uniform number for each row: the draw does not
 * depend on who else is in the call.
 *
 * offset   as in loy_learning_data
 * bought   receives offset[customers] outcomes, 0 or 1
 * Errors, in this order: those of loy_learning_check; LOY_ERR_DOMAIN first; LOY_ERR_ARGUMENT offset (NULL);
 * LOY_ERR_DOMAIN offset; LOY_ERR_ARGUMENT bought (NULL while there are rows). */
LOYALTY_API loy_status loy_learning_simulate(const loy_learning_params *params, double first, const int64_t *offset,
                                             size_t customers, uint64_t seed, double *bought, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "learning-inl.h"
#endif

#endif /* LOYALTY_LADDER_LEARNING_H */
