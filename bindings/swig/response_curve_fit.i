/* response_curve_fit.i: shims of the fit of the curve L = f(C, S) and of what can be asked of it. */

/* A fit is kept by the scripts as one column of CURVE_FIT_RECORD numbers: how many constraints J; alpha, beta, gamma, a,
 * delta; room for 8 b; the scalars in the order of curve_fit_pack; room for 13 standard errors and 169 covariances. */
%{
#include "loyalty/response/curve_fit.h"
#include "loyalty/response/curve_inference.h"

enum {
  CURVE_FIT_SCALARS = 1 + 5 + LOY_CURVE_CONSTRAINTS,
  CURVE_FIT_ERRORS = CURVE_FIT_SCALARS + 26,
  CURVE_FIT_COVARIANCE = CURVE_FIT_ERRORS + LOY_CURVE_PARAMS,
  CURVE_FIT_RECORD = CURVE_FIT_COVARIANCE + LOY_CURVE_PARAMS * LOY_CURVE_PARAMS
};

static void curve_fit_pack(const loy_curve_fit_result *fit, double *record) {
  const double scalars[26] = {
      fit->log_likelihood, fit->deviance, fit->pearson, fit->squares, fit->dispersion, fit->aic, fit->bic, fit->df,
      (double)fit->rows, (double)fit->skipped, (double)fit->cells, (double)fit->clusters, fit->trials, fit->loyal,
      (double)fit->free_params, (double)fit->fixed, (double)fit->at_bound, (double)fit->covariance_kind,
      (double)fit->converged, (double)fit->separated, (double)fit->weak, fit->condition, fit->last_step,
      fit->largest_score, (double)fit->iterations, (double)fit->evaluations};
  memset(record, 0, CURVE_FIT_RECORD * sizeof *record);
  record[0] = (double)fit->curve.constraints;
  record[1] = fit->curve.alpha;
  record[2] = fit->curve.beta;
  record[3] = fit->curve.gamma;
  record[4] = fit->curve.a;
  record[5] = fit->curve.delta;
  for (size_t j = 0; j < fit->curve.constraints; j++) record[6 + j] = fit->curve.b[j];
  memcpy(record + CURVE_FIT_SCALARS, scalars, sizeof scalars);
  memcpy(record + CURVE_FIT_ERRORS, fit->std_error, fit->params * sizeof *record);
  memcpy(record + CURVE_FIT_COVARIANCE, fit->covariance, fit->params * fit->params * sizeof *record);
}

/* A count or a set of bits out of a record; 0 for what cannot be one. */
static size_t curve_fit_count(double value) { return value >= 0.0 && value <= 9e15 ? (size_t)value : 0; }

static bool curve_fit_unpack(loy_in record, loy_curve_fit_result *fit, loy_error *e) {
  const double *at = record.p + CURVE_FIT_SCALARS;
  memset(fit, 0, sizeof *fit);
  if (record.n != CURVE_FIT_RECORD || !(record.p[0] >= 0.0 && record.p[0] <= LOY_CURVE_CONSTRAINTS))
    return loy_refuse(e, LOY_ERR_ARGUMENT, "fit", "must be what curve_fit filled");
  loy_curve_init(&fit->curve);
  fit->curve.constraints = (size_t)record.p[0];
  fit->params = LOY_CURVE_B + fit->curve.constraints;
  fit->curve.alpha = record.p[1];
  fit->curve.beta = record.p[2];
  fit->curve.gamma = record.p[3];
  fit->curve.a = record.p[4];
  fit->curve.delta = record.p[5];
  for (size_t j = 0; j < fit->curve.constraints; j++) fit->curve.b[j] = record.p[6 + j];
  fit->log_likelihood = at[0];
  fit->dispersion = at[4];
  fit->df = at[7];
  fit->rows = curve_fit_count(at[8]);
  fit->trials = at[12];
  fit->loyal = at[13];
  fit->free_params = curve_fit_count(at[14]);
  fit->fixed = (unsigned)(curve_fit_count(at[15]) & 0x1fffu);
  fit->at_bound = (unsigned)(curve_fit_count(at[16]) & 0x1fffu);
  fit->covariance_kind = (int)(curve_fit_count(at[17]) & 3u);
  memcpy(fit->std_error, record.p + CURVE_FIT_ERRORS, fit->params * sizeof *at);
  memcpy(fit->covariance, record.p + CURVE_FIT_COVARIANCE, fit->params * fit->params * sizeof *at);
  return true;
}

/* The rows; `constraint` is J columns one after the other. */
static bool curve_fit_rows(loy_in s, loy_in c, loy_in_opt constraint, size_t constraints, loy_in_opt trials, loy_in loyal,
                           loy_in_opt weight, loy_in_i64_opt cluster, const double **column, loy_curve_data *data,
                           loy_error *e) {
  loy_curve_data_init(data);
  if (constraints > LOY_CURVE_CONSTRAINTS)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "constraint", "must be at most 8 columns");
  if (!loy_same_length(e, "c", c.n, s.n) || (trials.p && !loy_same_length(e, "trials", trials.n, s.n)) ||
      !loy_same_length(e, "loyal", loyal.n, s.n) || (weight.p && !loy_same_length(e, "weight", weight.n, s.n)) ||
      (cluster.p && !loy_same_length(e, "cluster", cluster.n, s.n)))
    return false;
  if (constraint.n != constraints * s.n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "constraint", "must be whole columns as long as s");
  for (size_t j = 0; j < constraints; j++) column[j] = constraint.p ? constraint.p + j * s.n : s.p;
  data->n = s.n;
  data->s = s.p;
  data->c = c.p;
  data->constraints = constraints;
  data->constraint = column;
  data->trials = trials.p;
  data->loyal = loyal.p;
  data->weight = weight.p;
  data->cluster = cluster.p;
  return true;
}

/* alpha, beta, gamma, a, delta and, or not, one b for each constraint. */
static bool curve_start(loy_in start, size_t constraints, loy_curve *curve, loy_error *e) {
  if (start.n != LOY_CURVE_B && start.n != LOY_CURVE_B + constraints)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "b", "must be as many numbers as there are constraints");
  curve->alpha = start.p[0];
  curve->beta = start.p[1];
  curve->gamma = start.p[2];
  curve->a = start.p[3];
  curve->delta = start.p[4];
  for (size_t j = LOY_CURVE_B; j < start.n; j++) curve->b[j - LOY_CURVE_B] = start.p[j];
  return true;
}
%}

LOY_BULK(curve_fit)
LOY_BULK(curve_log_likelihood)
LOY_BULK(curve_fit_predict)
LOY_BULK(curve_fit_goodness)
%inline %{
/* The length of a record. */
static loy_ri curve_fit_record(void) {
  loy_ri r = {0};
  r.v = CURVE_FIT_RECORD;
  return r;
}

/* Fit. `start` is alpha, beta, gamma, a, delta and, or not, one b for each constraint; `fixed` has bit p set for parameter
 * p. Fills `record`. */
static loy_s0 curve_fit(loy_in s, loy_in c, loy_in_opt constraint, size_t constraints, loy_in_opt trials, loy_in loyal,
                        loy_in_opt weight, loy_in_i64_opt cluster, loy_in start, bool start_given, int fixed,
                        int covariance, double ridge, int most_iterations, loy_out record) {
  loy_s0 r = {0};
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result *fit;
  const double *column[LOY_CURVE_CONSTRAINTS];
  if (!loy_has_length(&r.e, "record", record.n, CURVE_FIT_RECORD) ||
      !curve_fit_rows(s, c, constraint, constraints, trials, loyal, weight, cluster, column, &data, &r.e))
    return r;
  loy_curve_fit_options_init(&options);
  if (!curve_start(start, constraints, &options.start, &r.e)) return r;
  options.start_given = start_given;
  options.fixed = (unsigned)fixed;
  options.covariance = covariance;
  options.ridge = ridge;
  options.most_iterations = most_iterations;
  fit = (loy_curve_fit_result *)malloc(sizeof *fit);
  if (!fit) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "the allocator returned nothing");
    return r;
  }
  if (!loy_status_is_error(loy_curve_fit(&data, &options, fit, &r.e))) curve_fit_pack(fit, record.p);
  free(fit);
  return r;
}

/* The name of parameter p: alpha, beta, gamma, a, delta; "b" from 5 on. */
static loy_rtext curve_param_name(int param) {
  loy_rtext r = {0};
  r.v = loy_curve_param_name(param);
  return r;
}

/* The log-likelihood of given parameters; fills the score and, by rows, the expected information. */
static loy_r1 curve_log_likelihood(double alpha, double beta, double gamma, double a, double delta, loy_in b, loy_in s,
                                   loy_in c, loy_in_opt constraint, loy_in_opt trials, loy_in loyal, loy_in_opt weight,
                                   loy_out score, loy_out information) {
  loy_r1 r = {0};
  loy_curve curve;
  loy_curve_data data;
  loy_in_i64_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) ||
      !curve_fit_rows(s, c, constraint, b.n, trials, loyal, weight, none, column, &data, &r.e) ||
      !loy_has_length(&r.e, "score", score.n, LOY_CURVE_B + b.n) ||
      !loy_has_length(&r.e, "information", information.n, score.n * score.n))
    return r;
  loy_curve_log_likelihood(&curve, &data, NULL, &r.v[0], score.p, information.p, &r.e);
  return r;
}

/* Loyalty at one point: status, value, standard error and interval. */
static loy_s4 curve_fit_predict_at(loy_in fit, double s, double c, loy_in_opt constraint, double level) {
  loy_s4 r = {0};
  loy_curve_fit_result found;
  loy_curve_estimate estimate;
  if (!curve_fit_unpack(fit, &found, &r.e) || !curve_point_constraint(&found.curve, constraint, &r.e)) return r;
  if (loy_status_is_error(loy_curve_predict(&found, s, c, constraint.p, level, &estimate, &r.e))) return r;
  r.v[0] = estimate.value;
  r.v[1] = estimate.std_error;
  r.v[2] = estimate.lower;
  r.v[3] = estimate.upper;
  return r;
}

/* Loyalty with standard errors and intervals, row by row; constraints as in curve_values. Status and the count of bad
 * rows. */
static loy_values curve_fit_predict(loy_in fit, loy_in s, loy_in c, loy_in_opt constraint, double level, loy_out loyalty,
                                    loy_out std_error, loy_out lower, loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_rbatch counted;
  loy_curve_fit_result found;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  if (curve_fit_unpack(fit, &found, &e) && loy_same_length(&e, "c", c.n, s.n) &&
      loy_same_length(&e, "loyalty", loyalty.n, s.n) && loy_same_length(&e, "std_error", std_error.n, s.n) &&
      loy_same_length(&e, "lower", lower.n, s.n) && loy_same_length(&e, "upper", upper.n, s.n) &&
      curve_columns(&found.curve, constraint, s.n, column, &k, &e))
    loy_curve_predict_batch(&found, s.p, c.p, k, s.n, level, loyalty.p, std_error.p, lower.p, upper.p, &report, &e);
  counted = loy_batch_result(e, &report, coerce);
  r.e = counted.e;
  if (loy_status_is_error(r.e.status)) return r;
  loy_put_status(&r);
  loy_put_int(&r, counted.bad);
  return r;
}

/* Status; fills the ends of the interval of each parameter, in the order alpha, beta, gamma, a, delta, b. */
static loy_s0 curve_fit_confidence(loy_in fit, double level, loy_out lower, loy_out upper) {
  loy_s0 r = {0};
  loy_curve_fit_result found;
  if (curve_fit_unpack(fit, &found, &r.e) && loy_has_length(&r.e, "lower", lower.n, found.params) &&
      loy_has_length(&r.e, "upper", upper.n, found.params))
    loy_curve_confidence(&found, level, lower.p, upper.p, &r.e);
  return r;
}

/* Status, satisfaction, standard error and interval. */
static loy_s4 curve_fit_required(loy_in fit, double target, double c, loy_in_opt constraint, double level) {
  loy_s4 r = {0};
  loy_curve_fit_result found;
  loy_curve_estimate estimate;
  if (!curve_fit_unpack(fit, &found, &r.e) || !curve_point_constraint(&found.curve, constraint, &r.e)) return r;
  if (loy_status_is_error(loy_curve_required_estimate(&found, target, c, constraint.p, level, &estimate, &r.e))) return r;
  r.v[0] = estimate.value;
  r.v[1] = estimate.std_error;
  r.v[2] = estimate.lower;
  r.v[3] = estimate.upper;
  return r;
}

/* Status, count, and of both thresholds satisfaction, standard error and interval. */
static loy_values curve_fit_thresholds(loy_in fit, double c, double tau, double level) {
  loy_values r = {0};
  loy_curve_fit_result found;
  loy_thresholds thresholds;
  loy_curve_estimate estimate[2];
  if (!curve_fit_unpack(fit, &found, &r.e)) return r;
  if (loy_status_is_error(loy_curve_threshold_estimates(&found, c, tau, level, &thresholds, estimate, &r.e))) return r;
  loy_put_status(&r);
  loy_put_int(&r, thresholds.count);
  for (int i = 0; i < 2; i++) {
    loy_put_double(&r, estimate[i].value);
    loy_put_double(&r, estimate[i].std_error);
    loy_put_double(&r, estimate[i].lower);
    loy_put_double(&r, estimate[i].upper);
  }
  return r;
}

/* Statistic, p-value, degrees of freedom and how many of them at the edge. */
static loy_r4 curve_fit_likelihood_ratio(loy_in full, loy_in restricted) {
  loy_r4 r = {0};
  loy_curve_fit_result more, less;
  loy_curve_test test;
  if (!curve_fit_unpack(full, &more, &r.e)) return r;
  if (!curve_fit_unpack(restricted, &less, &r.e)) {
    r.e.argument = "restricted";
    return r;
  }
  if (loy_curve_likelihood_ratio(&more, &less, &test, &r.e) != LOY_OK) return r;
  r.v[0] = test.statistic;
  r.v[1] = test.p_value;
  r.v[2] = (double)test.df;
  r.v[3] = (double)test.boundary;
  return r;
}

/* Status, cells, X2, deviance, df and both p-values. Each output has room for all rows; the first `cells` are filled. */
static loy_values curve_fit_goodness(loy_in fit, loy_in s, loy_in c, loy_in_opt constraint, loy_in_opt trials, loy_in loyal,
                                     loy_in_opt weight, loy_out_i64 row, loy_out cell_trials, loy_out cell_loyal,
                                     loy_out expected, loy_out pearson, loy_out deviance) {
  loy_values r = {0};
  loy_curve_fit_result found;
  loy_curve_data data;
  loy_curve_goodness goodness;
  loy_in_i64_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  size_t *first;
  if (!curve_fit_unpack(fit, &found, &r.e) ||
      !curve_fit_rows(s, c, constraint, found.curve.constraints, trials, loyal, weight, none, column, &data, &r.e) ||
      !loy_same_length(&r.e, "row", row.n, s.n) || !loy_same_length(&r.e, "cell_trials", cell_trials.n, s.n) ||
      !loy_same_length(&r.e, "cell_loyal", cell_loyal.n, s.n) || !loy_same_length(&r.e, "expected", expected.n, s.n) ||
      !loy_same_length(&r.e, "pearson", pearson.n, s.n) || !loy_same_length(&r.e, "deviance", deviance.n, s.n))
    return r;
  first = (size_t *)malloc((s.n + 1) * sizeof *first);
  if (!first) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "the allocator returned nothing");
    return r;
  }
  if (!loy_status_is_error(loy_curve_goodness_of_fit(&found, &data, NULL, first, cell_trials.p, cell_loyal.p, expected.p,
                                                     pearson.p, deviance.p, &goodness, &r.e))) {
    for (size_t i = 0; i < goodness.cells; i++) row.p[i] = (int64_t)first[i];
    loy_put_status(&r);
    loy_put_size(&r, goodness.cells);
    loy_put_double(&r, goodness.pearson);
    loy_put_double(&r, goodness.deviance);
    loy_put_double(&r, goodness.df);
    loy_put_double(&r, goodness.p_pearson);
    loy_put_double(&r, goodness.p_deviance);
  }
  free(first);
  return r;
}
%}
