/* curve_inference-inl.h: body of curve_inference.h. */
#ifndef LOYALTY_RESPONSE_CURVE_INFERENCE_INL_H
#define LOYALTY_RESPONSE_CURVE_INFERENCE_INL_H

#include "curve_inference.h"

#include <math.h>

#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "curve-inl.h"
#include "curve_fit-inl.h"
#include "threshold-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_curve_check_fit(const loy_curve_fit_result *fit, loy_error *error) {
  if (!fit) return loyi_report(error, LOY_ERR_ARGUMENT, "fit", LOY_NO_INDEX, "must not be NULL");
  return loyi_curve_check_params(&fit->curve, error);
}

LOYI_LOCAL loy_status loyi_curve_check_level(double level, loy_error *error) {
  if (level > 0.0 && level < 1.0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be above 0 and below 1");
}

LOYI_LOCAL loy_status loyi_curve_no_covariance(loy_error *error) {
  return loyi_report(error, LOY_NOTICE_WEAK_ID, "fit", LOY_NO_INDEX,
                     "has no covariance: the data do not determine its parameters");
}

/* sqrt(d' V d) over the parameters that were estimated inside their bounds. */
LOYI_LOCAL double loyi_curve_delta_method(const loy_curve_fit_result *fit, const double *d) {
  const size_t params = LOY_CURVE_B + fit->curve.constraints;
  const unsigned known = fit->fixed | fit->at_bound;
  double sum = 0.0;
  for (size_t p = 0; p < params; p++) {
    if (known >> p & 1u) continue;
    for (size_t q = 0; q < params; q++) {
      if (!(known >> q & 1u)) sum += d[p] * fit->covariance[p * params + q] * d[q];
    }
  }
  return sum < 0.0 ? 0.0 : sqrt(sum);
}

/* dL/dtheta; an infinite logit(s) multiplies a slope of 0. */
LOYI_LOCAL void loyi_curve_gradient(const loy_curve *curve, const loyi_curve_parts *part, double s, double c,
                                    const double *constraint, double *d) {
  const double stay = 1.0 - curve->delta, lost = stay * part->free * part->h, slope = lost * part->g;
  d[LOY_CURVE_ALPHA] = slope;
  d[LOY_CURVE_BETA] = slope > 0.0 ? loyi_curve_logit(s) * slope : 0.0;
  d[LOY_CURVE_GAMMA] = -loyi_curve_logit(c) * slope;
  d[LOY_CURVE_A] = -part->log_c * lost;
  d[LOY_CURVE_DELTA] = -(part->captive + part->free * part->g);
  for (size_t j = 0; j < curve->constraints; j++) d[LOY_CURVE_B + j] = constraint ? constraint[j] * lost : 0.0;
}

/* The interval around a value in (0, 1) whose logit has the standard error `spread`. */
LOYI_LOCAL void loyi_curve_interval(double logit, double spread, double quantile, loy_curve_estimate *estimate) {
  double ends[2];
  for (int side = 0; side < 2; side++) {
    const double x = side == 0 ? logit - quantile * spread : logit + quantile * spread;
    const double t = loyi_exp(-fabs(x));
    ends[side] = (x >= 0.0 ? 1.0 : t) / (1.0 + t);
  }
  estimate->lower = ends[0];
  estimate->upper = ends[1];
}

/* One point, all arguments being good. */
LOYI_LOCAL loy_curve_estimate loyi_curve_predict_at(const loy_curve_fit_result *fit, double s, double c,
                                                    const double *constraint, double quantile) {
  const loy_curve *curve = &fit->curve;
  const loyi_curve_parts part = loyi_curve_take_apart(curve, s, c, constraint);
  const double rest = curve->delta + (1.0 - curve->delta) * part.free * part.h;
  double d[LOY_CURVE_PARAMS];
  loy_curve_estimate estimate;
  loyi_curve_gradient(curve, &part, s, c, constraint, d);
  estimate.value = loyi_curve_value(curve, s, c, loyi_curve_locked(curve, constraint));
  estimate.std_error = loyi_curve_delta_method(fit, d);
  if (estimate.value > 0.0 && rest > 0.0) {
    loyi_curve_interval(loyi_log(estimate.value / rest), estimate.std_error / (estimate.value * rest), quantile,
                        &estimate);
  } else { /* 0 or 1 whatever the parameters are */
    estimate.lower = estimate.upper = estimate.std_error == estimate.std_error ? estimate.value : (double)NAN;
  }
  return estimate;
}

LOYALTY_API loy_status loy_curve_predict(const loy_curve_fit_result *fit, double s, double c, const double *constraint,
                                         double level, loy_curve_estimate *estimate, loy_error *error) {
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status == LOY_OK) status = loyi_curve_check_point(&fit->curve, s, c, constraint, error);
  if (status == LOY_OK) status = loyi_curve_check_level(level, error);
  if (status != LOY_OK) return status;
  if (!estimate) return loyi_report(error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX, "must not be NULL");
  *estimate = loyi_curve_predict_at(fit, s, c, constraint, loyi_t_quantile(0.5 + 0.5 * level, fit->df));
  return estimate->upper == estimate->upper ? loyi_ok(error) : loyi_curve_no_covariance(error);
}

LOYALTY_API loy_status loy_curve_predict_batch(const loy_curve_fit_result *fit, const double *s, const double *c,
                                               const double *const *constraint, size_t n, double level, double *loyalty,
                                               double *std_error, double *lower, double *upper,
                                               loy_batch_report *report, loy_error *error) {
  double k[LOY_CURVE_CONSTRAINTS], quantile, unused = 0.0;
  int covariance = 1;
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status == LOY_OK) status = loyi_curve_check_level(level, error);
  if (status == LOY_OK)
    status = loyi_curve_check_columns(&fit->curve, s, "s", c, constraint, n, &unused, "loyalty", error);
  if (status != LOY_OK) return status;
  quantile = loyi_t_quantile(0.5 + 0.5 * level, fit->df);
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const double *row = loyi_curve_row(&fit->curve, constraint, i, k);
    loy_curve_estimate estimate = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    loy_error bad;
    if (loyi_curve_check_point(&fit->curve, s[i], c[i], row, &bad) == LOY_OK) {
      estimate = loyi_curve_predict_at(fit, s[i], c[i], row, quantile);
      covariance = covariance && estimate.upper == estimate.upper;
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    if (loyalty) loyalty[i] = estimate.value;
    if (std_error) std_error[i] = estimate.std_error;
    if (lower) lower[i] = estimate.lower;
    if (upper) upper[i] = estimate.upper;
  }
  return covariance ? loyi_ok(error) : loyi_curve_no_covariance(error);
}

LOYALTY_API loy_status loy_curve_required_estimate(const loy_curve_fit_result *fit, double target, double c,
                                                   const double *constraint, double level, loy_curve_estimate *estimate,
                                                   loy_error *error) {
  loy_curve_estimate found = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
  double d[LOY_CURVE_PARAMS], spread;
  loyi_curve_parts part;
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status == LOY_OK) status = loyi_curve_check_target(&fit->curve, target, c, constraint, error);
  if (status == LOY_OK) status = loyi_curve_check_level(level, error);
  if (status != LOY_OK) return status;
  if (!estimate) return loyi_report(error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX, "must not be NULL");
  status = loyi_curve_inverse(&fit->curve, target, c, constraint, &found.value, error);
  if (loy_status_is_error(status)) return status;
  if (status == LOY_OK && found.value > 0.0 && found.value < 1.0) {
    part = loyi_curve_take_apart(&fit->curve, found.value, c, constraint);
    loyi_curve_gradient(&fit->curve, &part, found.value, c, constraint, d);
    /* of logit(s): dL/dlogit(s) = beta dL/dalpha */
    spread = loyi_curve_delta_method(fit, d) / (fit->curve.beta * d[LOY_CURVE_ALPHA]);
    found.std_error = spread * found.value * (1.0 - found.value);
    loyi_curve_interval(loyi_curve_logit(found.value), spread, loyi_t_quantile(0.5 + 0.5 * level, fit->df), &found);
  }
  *estimate = found;
  if (status != LOY_OK || found.upper == found.upper) return status;
  if (!(found.value < 1.0))
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "target", LOY_NO_INDEX, "is the ceiling, where there is no interval");
  return loyi_curve_no_covariance(error);
}

LOYALTY_API loy_status loy_curve_confidence(const loy_curve_fit_result *fit, double level, double *lower, double *upper,
                                            loy_error *error) {
  double theta[LOY_CURVE_PARAMS], quantile;
  int covariance = 1;
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status == LOY_OK) status = loyi_curve_check_level(level, error);
  if (status != LOY_OK) return status;
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  quantile = loyi_t_quantile(0.5 + 0.5 * level, fit->df);
  loyi_curve_theta(&fit->curve, fit->curve.constraints, theta);
  for (size_t p = 0; p < LOY_CURVE_B + fit->curve.constraints; p++) {
    const double reach = fit->fixed >> p & 1u ? 0.0 : quantile * fit->std_error[p];
    const double factor = p == LOY_CURVE_BETA ? loyi_exp(reach / theta[p]) : 1.0;
    lower[p] = p == LOY_CURVE_BETA ? theta[p] / factor : theta[p] - reach;
    upper[p] = p == LOY_CURVE_BETA ? theta[p] * factor : theta[p] + reach;
    covariance = covariance && (reach == reach || (fit->at_bound >> p & 1u));
  }
  return covariance ? loyi_ok(error) : loyi_curve_no_covariance(error);
}

LOYALTY_API loy_status loy_curve_threshold_estimates(const loy_curve_fit_result *fit, double c, double tau,
                                                     double level, loy_thresholds *thresholds,
                                                     loy_curve_estimate *estimate, loy_error *error) {
  double d[LOY_CURVE_PARAMS] = {0.0}, quantile;
  int covariance = 1;
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status == LOY_OK) status = loyi_curve_check_competition(c, error);
  if (status == LOY_OK) status = loyi_threshold_check_tau(tau, error);
  if (status == LOY_OK) status = loyi_curve_check_level(level, error);
  if (status != LOY_OK) return status;
  if (!thresholds) return loyi_report(error, LOY_ERR_ARGUMENT, "thresholds", LOY_NO_INDEX, "must not be NULL");
  if (!estimate) return loyi_report(error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX, "must not be NULL");
  status = loy_curve_thresholds(&fit->curve, c, tau, thresholds, error);
  if (loy_status_is_error(status)) return status;
  quantile = loyi_t_quantile(0.5 + 0.5 * level, fit->df);
  for (int k = 0; k < 2; k++) {
    loy_curve_estimate found = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    if (k < thresholds->count) {
      const double x = thresholds->logit[k], z = loyi_curve_logit(c);
      const double eta = fit->curve.beta * x - (fit->curve.gamma * z - fit->curve.alpha);
      const double tilt = -loyi_threshold_tanh_half(eta);                       /* 1 - 2g */
      const double bend = fit->curve.beta * tilt + loyi_threshold_tanh_half(x); /* s(1 - s) F_s */
      double spread;
      d[LOY_CURVE_ALPHA] = tilt;
      d[LOY_CURVE_BETA] = 1.0 / fit->curve.beta + x * tilt;
      d[LOY_CURVE_GAMMA] = -z * tilt;
      spread = loyi_curve_delta_method(fit, d) / fabs(bend); /* of logit(s) */
      found.value = thresholds->s[k];
      found.std_error = spread * found.value * (1.0 - found.value);
      loyi_curve_interval(x, spread, quantile, &found);
      covariance = covariance && found.upper == found.upper;
    }
    estimate[k] = found;
  }
  if (status != LOY_OK) return status;
  return covariance ? loyi_ok(error) : loyi_curve_no_covariance(error);
}

/* C(k, j) 2^-k summed over the tails, from j = 0 on. */
LOYI_LOCAL double loyi_curve_mixture(double statistic, size_t df, size_t boundary) {
  double weight = ldexp(1.0, -(int)boundary), sum = 0.0;
  for (size_t j = 0; j <= boundary; j++) {
    const size_t at = df - boundary + j;
    sum += weight * (at > 0 ? loyi_chi2_upper(statistic, (double)at) : (statistic > 0.0 ? 0.0 : 1.0));
    weight = weight * (double)(boundary - j) / (double)(j + 1);
  }
  return sum;
}

LOYALTY_API loy_status loy_curve_likelihood_ratio(const loy_curve_fit_result *full,
                                                  const loy_curve_fit_result *restricted, loy_curve_test *test,
                                                  loy_error *error) {
  double more[LOY_CURVE_PARAMS], less[LOY_CURVE_PARAMS];
  loy_curve_test found = {0.0, 0.0, 0, 0};
  int nested = 1;
  if (!full) return loyi_report(error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX, "must not be NULL");
  if (!restricted) return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX, "must not be NULL");
  if (!test) return loyi_report(error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX, "must not be NULL");
  if (full->params != restricted->params || full->curve.constraints > LOY_CURVE_CONSTRAINTS ||
      full->curve.constraints != restricted->curve.constraints || full->rows != restricted->rows ||
      full->trials != restricted->trials || full->loyal != restricted->loyal)
    return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX, "must be a fit of the same rows");
  if (full->covariance_kind == LOY_CURVE_NLS || restricted->covariance_kind == LOY_CURVE_NLS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX, "must not be a fit of least squares");
  loyi_curve_theta(&full->curve, full->curve.constraints, more);
  loyi_curve_theta(&restricted->curve, full->curve.constraints, less);
  for (size_t p = 0; p < LOY_CURVE_B + full->curve.constraints; p++) {
    const int fixed = (int)(full->fixed >> p & 1u), fixed_too = (int)(restricted->fixed >> p & 1u);
    if (fixed && (!fixed_too || more[p] != less[p])) nested = 0;
    if (fixed || !fixed_too) continue;
    found.df++;
    found.boundary += p >= LOY_CURVE_GAMMA && less[p] == 0.0;
  }
  if (!nested || found.df == 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX,
                       "must fix what the full fit fixes, at the same values, and more");
  found.statistic = 2.0 * (full->log_likelihood - restricted->log_likelihood);
  if (full->covariance_kind == LOY_CURVE_QUASI) found.statistic /= full->dispersion;
  if (!isfinite(found.statistic))
    return loyi_report(error, LOY_ERR_DOMAIN, "full", LOY_NO_INDEX, "must have a finite log-likelihood");
  if (found.statistic < 0.0) found.statistic = 0.0;
  found.p_value = loyi_curve_mixture(found.statistic, found.df, found.boundary);
  *test = found;
  return loyi_ok(error);
}

/* The residuals and sums over loaded cells. */
LOYI_LOCAL void loyi_curve_residuals(const loy_curve *curve, const loy_curve_data *data, const loyi_mean_data *cells,
                                     size_t *row, double *trials, double *loyal, double *expected, double *pearson,
                                     double *deviance, loy_curve_goodness *goodness) {
  loyi_total squares = {0.0, 0.0}, distance = {0.0, 0.0};
  for (size_t i = 0; i < cells->cells; i++) {
    const size_t first = cells->row_of[i];
    double k[LOY_CURVE_CONSTRAINTS];
    const double *constraint = loyi_curve_row(curve, data->constraint, first, k);
    const loyi_curve_parts part = loyi_curve_take_apart(curve, data->s[first], data->c[first], constraint);
    const double mean = loyi_curve_value(curve, data->s[first], data->c[first], loyi_curve_locked(curve, constraint));
    const double rest = curve->delta + (1.0 - curve->delta) * part.free * part.h;
    const double yes = cells->yes[i], no = cells->no[i], sum = yes + no, off = yes * rest - no * mean;
    const double residual = off == 0.0 ? 0.0 : off / sqrt(sum * mean * rest);
    const double far = 2.0 * (loyi_mean_distance(yes, sum, mean) + loyi_mean_distance(no, sum, rest));
    if (row) row[i] = first;
    if (trials) trials[i] = sum;
    if (loyal) loyal[i] = yes;
    if (expected) expected[i] = sum * mean;
    if (pearson) pearson[i] = residual;
    if (deviance) deviance[i] = copysign(sqrt(far), off);
    loyi_total_add(&squares, residual * residual);
    loyi_total_add(&distance, far);
  }
  goodness->cells = cells->cells;
  goodness->pearson = loyi_total_value(&squares);
  goodness->deviance = loyi_total_value(&distance);
}

LOYALTY_API loy_status loy_curve_goodness_of_fit(const loy_curve_fit_result *fit, const loy_curve_data *data,
                                                 const loy_allocator *allocator, size_t *row, double *trials,
                                                 double *loyal, double *expected, double *pearson, double *deviance,
                                                 loy_curve_goodness *goodness, loy_error *error) {
  const double *key[2 + LOY_CURVE_CONSTRAINTS];
  loyi_mean_source source;
  loyi_mean_data cells;
  loy_status status = loyi_curve_check_fit(fit, error);
  if (status != LOY_OK) return status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (data->constraints != fit->curve.constraints)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX, "must be as many as the curve has");
  status = loyi_curve_check_data_columns(data, error);
  if (status == LOY_OK) status = loyi_curve_check_data_rows(data, error);
  if (status != LOY_OK) return status;
  if (!goodness) return loyi_report(error, LOY_ERR_ARGUMENT, "goodness", LOY_NO_INDEX, "must not be NULL");
  source = loyi_curve_source(data, key);
  status = loyi_mean_check_some(&source, error);
  if (status == LOY_OK) status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_ALWAYS, allocator, &cells, error);
  if (status != LOY_OK) return status;
  loyi_curve_residuals(&fit->curve, data, &cells, row, trials, loyal, expected, pearson, deviance, goodness);
  loyi_mean_data_release(&cells);
  goodness->df = (double)goodness->cells - (double)fit->free_params;
  goodness->p_pearson = goodness->df > 0.0 ? loyi_chi2_upper(goodness->pearson, goodness->df) : (double)NAN;
  goodness->p_deviance = goodness->df > 0.0 ? loyi_chi2_upper(goodness->deviance, goodness->df) : (double)NAN;
  if (goodness->df > 0.0) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_NONE, "data", LOY_NO_INDEX, "has no more cells than there are free parameters");
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CURVE_INFERENCE_INL_H */
