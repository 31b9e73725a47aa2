/* estimate.h: a mean with its t interval, shares of classes with their Wilson intervals, and the interval of any
 * estimate that has a standard error. Every number about a population comes with its uncertainty. */
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

/* On what an interval is symmetric. */
typedef enum loy_interval_scale {
  LOY_INTERVAL_PLAIN = 0, /* the estimate itself */
  LOY_INTERVAL_LOG = 1,   /* the logarithm of a number above 0: the interval stays above 0 */
  LOY_INTERVAL_ODDS = 2   /* ln(p/(1 - p)) of a share between 0 and 1: the interval stays between them */
} loy_interval_scale;

/* The intervals of n estimates from their standard errors, symmetric on a scale, to which the standard error is carried
 * by the delta method: that of ln x is std_error / x, that of ln(p/(1 - p)) is std_error / (p (1 - p)).
 *
 * estimate, std_error   columns of n
 * level                 confidence, 0 < level < 1
 * df                    degrees of freedom of Student's t, above 0; infinite for the normal distribution
 * scale                 a loy_interval_scale; an int, so that a wrong number is an error and not undefined
 * lower, upper          receive n ends each. Both are the estimate where the standard error is 0, and NaN where that is
 *                       NaN or negative, or the estimate not inside its scale; where the standard error is so large
 * that the scale says nothing, they are its ends, 0 and infinity or 0 and 1 Errors, in this order: LOY_ERR_ARGUMENT
 * estimate, std_error (NULL while n > 0); LOY_ERR_DOMAIN level, df; LOY_ERR_ARGUMENT scale, lower, upper (NULL while n
 * > 0). */
LOYALTY_API loy_status loy_scaled_intervals(const double *estimate, const double *std_error, size_t n, double level,
                                            double df, int scale, double *lower, double *upper, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "estimate-inl.h"
#endif

#endif /* LOYALTY_SURVEY_ESTIMATE_H */
