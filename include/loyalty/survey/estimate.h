/* estimate.h: a mean with its t interval, and shares of classes with their Wilson intervals. What the measures of a
 * survey have in common: every number about a population comes with its uncertainty. */
#ifndef LOYALTY_SURVEY_ESTIMATE_H
#define LOYALTY_SURVEY_ESTIMATE_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* A mean with what is needed to judge it. */
typedef struct loy_mean {
  int64_t n;                 /* values used */
  int64_t missing;           /* values left out */
  double mean;               /* sum x / n */
  double standard_deviation; /* sqrt(sum (x - mean)^2 / (n - 1)); NaN for a single value, which has none */
  double standard_error;     /* standard_deviation / sqrt(n); NaN likewise */
} loy_mean;

/* The mean of n values.
 *
 * value          each from -1e40 to 1e40; NaN is a missing value
 * n              number of values
 * skip_missing   0: a missing value is an error. 1: it is counted in `missing` and left out
 * result         receives the mean
 * Returns LOY_OK; LOY_NOTICE_NONE for a single value: it has a mean but no standard deviation.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `value` with n > 0, a `skip_missing` other than 0 and 1, or a NULL
 * `result`; LOY_ERR_DOMAIN for the first bad value (`index` is its row); LOY_ERR_TOO_FEW when no value is left.
 * Accuracy: mean and standard deviation to about 4e-16 of the largest value and of the standard deviation: two passes,
 * the second about the mean of the first. */
LOYALTY_API loy_status loy_mean_from_values(const double *value, size_t n, int skip_missing, loy_mean *result,
                                            loy_error *error);

/* The interval of a mean by Student's t: mean -+ t standard_error, t the quantile with n - 1 degrees of freedom. Exact
 * for normal values; for answers on a short scale good from about 30 values on.
 *
 * result         as filled by a function that computes a mean
 * level          confidence, 0 < level < 1
 * lower, upper   receive the ends
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_TOO_FEW for n < 2; LOY_ERR_DOMAIN for a `result`
 * whose mean or standard error no function fills in (NaN, below 0, far above 1e40); LOY_ERR_DOMAIN for `level`;
 * LOY_ERR_ARGUMENT for a NULL `lower` or `upper`.
 * Accuracy: t to 3e-15 relative. Source: Student, Biometrika 6, 1908. */
LOYALTY_API loy_status loy_mean_interval(const loy_mean *result, double level, double *lower, double *upper,
                                         loy_error *error);

/* The share of a class in a population. */
typedef struct loy_share {
  int64_t count; /* members of the class */
  double share;  /* count / sum of the counts, in [0, 1] */
  double lower;  /* ends of the Wilson interval */
  double upper;
} loy_share;

/* The shares of classes from their counts, each with its Wilson interval. The intervals hold for each class by itself,
 * not for all at once.
 *
 * count     members of each class, at least 0; their sum from 1 to 2^53
 * classes   number of classes
 * level     confidence of each interval, 0 < level < 1
 * result    receives `classes` shares
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `count` with classes > 0; LOY_ERR_DOMAIN for the first bad count
 * (`index` is its class), then for a sum above 2^53; LOY_ERR_TOO_FEW for a sum of 0; LOY_ERR_DOMAIN for `level`;
 * LOY_ERR_ARGUMENT for a NULL `result`.
 * Accuracy: about 1e-15 relative. Source: Wilson, Journal of the American Statistical Association 22, 1927. */
LOYALTY_API loy_status loy_shares_from_counts(const int64_t *count, size_t classes, double level, loy_share *result,
                                              loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "estimate-inl.h"
#endif

#endif /* LOYALTY_SURVEY_ESTIMATE_H */
