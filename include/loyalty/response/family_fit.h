/* family_fit.h: the parameters of a curve of family.h from answers, with standard errors; data, method and measures as
 * in curve_fit.h, so that the numbers can be compared.
 *
 * The parameters maximise the binomial log-likelihood by Fisher scoring, or minimise sum w_i (y_i/n_i - L_i)^2, from
 * several starts, rising and falling ones, of which the best end is kept. Where there are more than 32768 distinct rows
 * (or rows, where merging did not pay) starts and thresholds are chosen on an evenly spaced part of them, and the fit
 * ends on all. A parameter at the edge of its range has no standard error.
 *
 * The thresholds of the piecewise family bend the likelihood sharply at every observed satisfaction, so that it has no
 * derivative there. They are found by profile: every pair of candidates is held while the others are fitted, and the
 * pair with the largest likelihood stays (the first of equals). Candidates are the distinct satisfactions of the rows
 * without the smallest and the largest; when there are more than 12 of these, the points that divide the range into 13
 * equal parts. The standard errors of the others are those for known thresholds; the thresholds have none (NaN), but
 * count as parameters in AIC, BIC and degrees of freedom. */
#ifndef LOYALTY_RESPONSE_FAMILY_FIT_H
#define LOYALTY_RESPONSE_FAMILY_FIT_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "curve_fit.h"
#include "family.h"

LOY_BEGIN_DECLS

typedef struct loy_family_fit_options {
  size_t struct_size;
  const loy_allocator *allocator; /* NULL: the C library's */
  loy_family_curve start;         /* its family is fitted; fixed parameters stay where it says */
  int start_given;     /* nonzero: the others begin there too, thresholds apart; 0 (the default): several starts */
  unsigned fixed;      /* bit p: parameter p (a loy_family_param) stays; none by default */
  int covariance;      /* a loy_curve_covariance; LOY_CURVE_BINOMIAL by default */
  int most_iterations; /* 0 (the default) means 200 */
} loy_family_fit_options;

/* Fill in the defaults for a family. NULL is allowed and ignored. */
LOYALTY_API void loy_family_fit_options_init(loy_family_fit_options *options, int family);

/* What a fit found. Members as in loy_curve_fit_result. */
typedef struct loy_family_fit_result {
  loy_family_curve curve;
  size_t params;                                            /* loy_family_params */
  double std_error[LOY_FAMILY_PARAMS];                      /* 0: fixed; NaN: at its bound, or found by profile */
  double covariance[LOY_FAMILY_PARAMS * LOY_FAMILY_PARAMS]; /* params * params, by rows */
  double log_likelihood, deviance, pearson, squares, dispersion, aic, bic, df;
  size_t rows, skipped, cells, clusters;
  double trials, loyal;
  size_t free_params; /* p: parameters not fixed, thresholds found by profile and those at a bound among them */
  unsigned fixed;     /* bit p: fixed by the caller, or the competition parameter for want of two values of c */
  unsigned profiled;  /* bit p: threshold found by profile */
  unsigned at_bound;
  int covariance_kind;
  int converged, separated;
  int weak; /* condition above 1e8 */
  double condition, last_step, largest_score;
  int iterations, evaluations; /* of the fit that was kept; of all */
  loy_status status;           /* LOY_OK or the notice that the call returned */
} loy_family_fit_result;

/* Fit a family.
 *
 *   data      the rows, as in loy_curve_fit; constraints are neither read nor checked, since no family knows them
 *   options   says which family; made by loy_family_fit_options_init
 * With fewer than two distinct c the competition parameter is fixed where the start has it, 0 by default.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT data, options, result (NULL), s, c (NULL while n > 0), options
 * (struct_size), family; LOY_ERR_ARGUMENT covariance, fixed (a bit beyond the parameters, or all of them);
 * LOY_ERR_DOMAIN most_iterations (negative), start (outside its range: the parameter is named); for the first bad row,
 * column by column, LOY_ERR_DOMAIN s, c; LOY_ERR_ARGUMENT loyal (NULL); LOY_ERR_DOMAIN trials, loyal, weight;
 * LOY_ERR_TOO_FEW loyal (no row with trials and weight; all loyal or none; with QUASI or NLS no more rows than free
 * parameters), s (too few distinct satisfactions for the thresholds that are sought); LOY_ERR_INFEASIBLE s (L is 0 or 1
 * against the answer whatever the free parameters are); LOY_ERR_TOO_FEW cluster (a single one); LOY_ERR_MEMORY.
 * Notices, the most important first: LOY_NOTICE_SEPARATED, LOY_NOTICE_NOT_CONVERGED, LOY_NOTICE_WEAK_ID where there are
 * no standard errors at all, LOY_NOTICE_AT_BOUND (the argument is the parameter), LOY_NOTICE_WEAK_ID,
 * LOY_NOTICE_SKIPPED.
 * Accuracy: as loy_curve_fit. Source: as there; profile likelihood for a change of slope, Hinkley, Biometrika 56, 1969.
 */
LOYALTY_API loy_status loy_family_fit(const loy_curve_data *data, const loy_family_fit_options *options,
                                      loy_family_fit_result *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "family_fit-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_FAMILY_FIT_H */
