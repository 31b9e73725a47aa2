/* curve_inference.h: what a fitted curve says, and how sure it is: loyalty at a point, the satisfaction that a target
 * needs, thresholds, tests between nested fits, and how well each cell of the data is fitted.
 *
 * Standard errors are those of the delta method, se^2 = d' V d, with d the exact derivatives with respect to the
 * parameters and V the covariance of the fit, whatever its kind. Parameters that are fixed or lie at their bound count
 * as known. Intervals are symmetric in log-odds, so that they stay inside 0 and 1, and use Student's t with the df of
 * the fit (normal where they are infinite). */
#ifndef LOYALTY_RESPONSE_CURVE_INFERENCE_H
#define LOYALTY_RESPONSE_CURVE_INFERENCE_H

#include "../base/alloc.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"
#include "curve_fit.h"
#include "threshold.h"

LOY_BEGIN_DECLS

/* A number between 0 and 1 with its uncertainty. */
typedef struct loy_curve_estimate {
  double value;
  double std_error;
  double lower, upper; /* the interval */
} loy_curve_estimate;

/* Loyalty at a point, with an interval for it (for the share, not for a single customer's yes or no).
 *
 *   fit                  of loy_curve_fit
 *   s, c, constraint     as in loy_curve_loyalty
 *   level                of the interval, above 0 and below 1, such as 0.95
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `fit`; those of loy_curve_check for fit->curve and the point;
 * LOY_ERR_DOMAIN `level`; LOY_ERR_ARGUMENT for a NULL `estimate`.
 * Notice: LOY_NOTICE_WEAK_ID, with NaN but for the value, where the fit has no covariance.
 * Accuracy: 1e-12 relative, given the fit. */
LOYALTY_API loy_status loy_curve_predict(const loy_curve_fit_result *fit, double s, double c, const double *constraint,
                                         double level, loy_curve_estimate *estimate, loy_error *error);

/* loy_curve_predict for n rows, the same bits.
 *
 *   s, c                                n numbers each
 *   constraint                          columns as in loy_curve_loyalty_batch; NULL means all 0
 *   loyalty, std_error, lower, upper    receive n numbers each; any of them may be NULL. None may be an input
 *   report                              counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT `fit`; those of its curve; LOY_ERR_DOMAIN `level`; LOY_ERR_ARGUMENT for a
 * NULL `s`, `c` or column of `constraint` with n > 0. Notice: LOY_NOTICE_WEAK_ID as above. */
LOYALTY_API loy_status loy_curve_predict_batch(const loy_curve_fit_result *fit, const double *s, const double *c,
                                               const double *const *constraint, size_t n, double level, double *loyalty,
                                               double *std_error, double *lower, double *upper,
                                               loy_batch_report *report, loy_error *error);

/* The satisfaction that a loyalty target needs: se = sqrt(d' V d) / (dL/ds).
 *
 * Arguments as in loy_curve_required_satisfaction and loy_curve_predict.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `fit`; those of its curve; LOY_ERR_DOMAIN `target`, `c`,
 * `constraint`, `level`; LOY_ERR_ARGUMENT for a NULL `estimate`; LOY_ERR_INFEASIBLE `target` above the ceiling.
 * Notices: LOY_NOTICE_NOT_NEEDED (value 0, the rest NaN) when captivity alone gives the target; LOY_NOTICE_WEAK_ID
 * (NaN but for the value) where the fit has no covariance, or the target is the ceiling, where no interval exists. */
LOYALTY_API loy_status loy_curve_required_estimate(const loy_curve_fit_result *fit, double target, double c,
                                                   const double *constraint, double level, loy_curve_estimate *estimate,
                                                   loy_error *error);

/* The confidence interval of each parameter: the estimate and a quantile of Student's t (normal where df is infinite)
 * times its standard error on either side; for beta the same is done to its logarithm, so that the interval stays above
 * 0. The others are clipped nowhere and may reach beyond a bound.
 *
 *   level          above 0 and below 1
 *   lower, upper   receive fit->params numbers each, in the order of loy_curve_param: for a fixed parameter its value,
 *                  for one at its bound NaN
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `fit`; those of its curve; LOY_ERR_DOMAIN `level`;
 * LOY_ERR_ARGUMENT for a NULL `lower`, `upper`. Notice: LOY_NOTICE_WEAK_ID, with NaN, where the fit has no covariance.
 */
LOYALTY_API loy_status loy_curve_confidence(const loy_curve_fit_result *fit, double level, double *lower, double *upper,
                                            loy_error *error);

/* The thresholds of loy_curve_thresholds with their standard errors. With F = ln g'(s) - ln tau,
 *   ds/dtheta = -F_theta / F_s,  s(1 - s) F_s = beta (1 - 2g) - (1 - 2s),
 *   F_alpha = 1 - 2g,  F_beta = 1/beta + logit(s)(1 - 2g),  F_gamma = -logit(c)(1 - 2g).
 *
 *   thresholds   receives them
 *   estimate     receives 2, the first thresholds->count of them filled, the others NaN
 * Errors, in this order: LOY_ERR_ARGUMENT `fit`; those of its curve; LOY_ERR_DOMAIN `c`, `tau`, `level`;
 * LOY_ERR_ARGUMENT for a NULL `thresholds`, `estimate`.
 * Notices: LOY_NOTICE_NONE with count 0; LOY_NOTICE_WEAK_ID as above. */
LOYALTY_API loy_status loy_curve_threshold_estimates(const loy_curve_fit_result *fit, double c, double tau,
                                                     double level, loy_thresholds *thresholds,
                                                     loy_curve_estimate *estimate, loy_error *error);

/* A test of a fit against one in which some of its parameters are fixed. */
typedef struct loy_curve_test {
  double statistic; /* 2 (l1 - l0), at least 0; for LOY_CURVE_QUASI divided by the dispersion of the full fit */
  double p_value;
  size_t df;       /* how many parameters the restriction fixes */
  size_t boundary; /* how many of them at the edge of their range: gamma, a, delta or b_j at 0 */
} loy_curve_test;

/* The likelihood-ratio test. Where k of the d restricted parameters are fixed at the edge of their range, the statistic
 * is not chi-squared: P = sum_j C(k, j) 2^-k P(chi2_{d - k + j} >= statistic), with chi2_0 = 0. For one parameter this
 * is exact in large samples (half of P(chi2_1)); for several it takes their estimates to be independent.
 *
 *   full         the fit with more free parameters
 *   restricted   a fit of the same rows in which more parameters are fixed
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `full`, `restricted` or `test`, for different rows ("restricted"),
 * for LOY_CURVE_NLS ("full"), for fits that are not nested ("restricted"): every parameter fixed in `full` must be so,
 * at the same value, in `restricted`, and one more; LOY_ERR_DOMAIN for a log-likelihood that is not finite ("full").
 * Source: Self and Liang, J. American Statistical Association 82, 1987. */
LOYALTY_API loy_status loy_curve_likelihood_ratio(const loy_curve_fit_result *full,
                                                  const loy_curve_fit_result *restricted, loy_curve_test *test,
                                                  loy_error *error);

/* How well the curve fits, over the distinct rows (s, c, K). */
typedef struct loy_curve_goodness {
  size_t cells;
  double pearson, deviance; /* sums of the squared residuals of the cells */
  double df;                /* cells less free parameters */
  double p_pearson;         /* P(chi2_df > pearson); NaN when df <= 0 */
  double p_deviance;
} loy_curve_goodness;

/* The goodness of fit by cell.
 *
 *   data        the rows, as in loy_curve_fit; equal ones are merged
 *   row         receives for each cell the first row that belongs to it. Room for data->n; may be NULL, as the others
 *   trials, loyal, expected    sums of w n and w y, and of w n L
 *   pearson     (loyal - expected) / sqrt(trials L (1 - L))
 *   deviance    the signed root of the cell's part of the deviance
 *   goodness    receives the sums
 * The chi-squared distribution needs cells with at least about five expected answers of either kind.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `fit`; those of its curve; then as loy_curve_log_likelihood, with
 * `goodness` for `value`. Notice: LOY_NOTICE_NONE "data" when df <= 0: no more cells than parameters. */
LOYALTY_API loy_status loy_curve_goodness_of_fit(const loy_curve_fit_result *fit, const loy_curve_data *data,
                                                 const loy_allocator *allocator, size_t *row, double *trials,
                                                 double *loyal, double *expected, double *pearson, double *deviance,
                                                 loy_curve_goodness *goodness, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "curve_inference-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CURVE_INFERENCE_H */
