/* reliability.h: whether questions measure one thing, and how much each should count: Cronbach's alpha, and weights
 * from the first principal component.
 *
 * With k questions, c the covariance matrix of their answers (divisor n - 1) and s^2 the variance of the sum of them:
 *   alpha = k/(k - 1) (1 - sum_j c_jj / s^2)
 *
 * Sources: Cronbach, Psychometrika 16(3), 1951; Feldt, Woodruff and Salih, Applied Psychological Measurement 11(1),
 * 1987 (interval); Pearson, Philosophical Magazine 2(11), 1901 (principal component). */
#ifndef LOYALTY_SURVEY_RELIABILITY_H
#define LOYALTY_SURVEY_RELIABILITY_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* How many questions the functions of this header take. */
#define LOY_RELIABILITY_ITEMS 32

/* Cronbach's alpha with what is needed to judge it. */
typedef struct loy_reliability {
  size_t items;    /* questions */
  int64_t n;       /* respondents used: those with an answer to every question */
  int64_t missing; /* respondents left out */
  double alpha;    /* at most 1; below 0 when the questions run against each other */
} loy_reliability;

/* Cronbach's alpha of the answers of n respondents.
 *
 * answer         `items` columns of n answers each, from -1e40 to 1e40, all counting in the same direction; NaN is a
 *                missing answer
 * items          number of questions, from 2 to LOY_RELIABILITY_ITEMS
 * skip_missing   0: a missing answer is an error. 1: a respondent with one is counted in `missing` and left out
 * result         receives alpha
 * without        receives `items` numbers: alpha of the others when a question is left out. May be NULL
 * Returns LOY_OK; LOY_NOTICE_NONE when `without` is wanted and some number in it does not exist and is NaN: the others
 * are one question only, or their sum has no variance.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `answer`, then for `items`, then for a NULL column with n > 0
 * (`index` is the question), then for a `skip_missing` other than 0 and 1, then for a NULL `result`; LOY_ERR_DOMAIN for
 * the first bad row (`index` is its row); LOY_ERR_TOO_FEW for fewer than two respondents; LOY_ERR_SINGULAR when the
 * respondents' sums are all the same, but for differences below about 1e-140 or rounding.
 * Accuracy: about 1e-15 + 1e-14 (1 - alpha) (1 + items (1 - alpha)), measured at most a fifth of it. */
LOYALTY_API loy_status loy_cronbach_alpha(const double *const *answer, size_t items, size_t n, int skip_missing,
                                          loy_reliability *result, double *without, loy_error *error);

/* The interval of alpha: 1 - (1 - alpha) F, F the quantiles of the F distribution with n - 1 and (n - 1)(k - 1) degrees
 * of freedom. Exact for normal answers with equal covariances.
 *
 * result         as filled by loy_cronbach_alpha
 * level          confidence, 0 < level < 1
 * lower, upper   receive the ends
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` that loy_cronbach_alpha
 * does not fill; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`. Accuracy: about 1e-13 (1 -
 * alpha). Source: Feldt, Woodruff and Salih 1987. */
LOYALTY_API loy_status loy_reliability_interval(const loy_reliability *result, double level, double *lower,
                                                double *upper, loy_error *error);

/* What a first principal component says about the answers. */
typedef struct loy_principal {
  int64_t n;       /* respondents used */
  int64_t missing; /* respondents left out */
  double share;    /* of the variance that the component carries: first eigenvalue / sum of all, in (0, 1] */
  double second;   /* of the second component */
} loy_principal;

/* Weights from the first principal component: the sum of weight x answer is, up to a factor, the component, that is the
 * sum with the largest variance.
 *
 * answer         `items` columns of n answers each, as for loy_cronbach_alpha
 * items          number of questions, from 2 to LOY_RELIABILITY_ITEMS
 * standardize    0: of the covariances, for questions on one scale. 1: of the correlations, for different scales
 * skip_missing   as for loy_cronbach_alpha
 * weight         receives `items` weights, at least 0, whose sum is 1
 * result         receives the rest. May be NULL
 * Returns LOY_OK; LOY_NOTICE_WEAK_ID when the second eigenvalue comes within sqrt(2/n) times the first of it: another
 * sample may well have another first component (North and others, Monthly Weather Review 110, 1982).
 * Errors, in this order: as loy_cronbach_alpha up to `skip_missing`, with `standardize` before it; LOY_ERR_ARGUMENT for
 * a NULL `weight`; LOY_ERR_DOMAIN for the first bad row; LOY_ERR_TOO_FEW for fewer than three respondents;
 * LOY_ERR_SINGULAR for a question that everybody answers the same, with `standardize` (`index` is the question), for
 * answers without any variance, and for a first component that is not unique; LOY_ERR_INFEASIBLE for a question that
 * runs against the others, so that its weight would be negative: recode it or leave it out (`index` is the question).
 * Method: the matrix is squared until one eigenvector is left, which is power iteration of 2^60 steps and more.
 * Accuracy: about 1e-14 / (1 - second/share) absolute. */
LOYALTY_API loy_status loy_principal_weights(const double *const *answer, size_t items, size_t n, int standardize,
                                             int skip_missing, double *weight, loy_principal *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "reliability-inl.h"
#endif

#endif /* LOYALTY_SURVEY_RELIABILITY_H */
