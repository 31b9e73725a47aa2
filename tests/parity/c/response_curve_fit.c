/* response_curve_fit.c: the fit of the curve's side of the parity cases. A fit is one column, laid out as
 * response_curve_fit.i says. */
#include "curve.h"
#include "parity.h"

#include <string.h>

enum { SCALARS = 26, FIRST = 1 + 5 + LOY_CURVE_CONSTRAINTS, ERRORS = FIRST + SCALARS };
enum { COVARIANCE = ERRORS + LOY_CURVE_PARAMS, RECORD = COVARIANCE + LOY_CURVE_PARAMS * LOY_CURVE_PARAMS };

static void write_fit(const loy_curve_fit_result *fit, double *record) {
  const loy_curve *curve = &fit->curve;
  const double head[6] = {(double)curve->constraints, curve->alpha, curve->beta, curve->gamma, curve->a, curve->delta};
  const double scalars[SCALARS] = {fit->log_likelihood,
                                   fit->deviance,
                                   fit->pearson,
                                   fit->squares,
                                   fit->dispersion,
                                   fit->aic,
                                   fit->bic,
                                   fit->df,
                                   (double)fit->rows,
                                   (double)fit->skipped,
                                   (double)fit->cells,
                                   (double)fit->clusters,
                                   fit->trials,
                                   fit->loyal,
                                   (double)fit->free_params,
                                   (double)fit->fixed,
                                   (double)fit->at_bound,
                                   (double)fit->covariance_kind,
                                   (double)fit->converged,
                                   (double)fit->separated,
                                   (double)fit->weak,
                                   fit->condition,
                                   fit->last_step,
                                   fit->largest_score,
                                   (double)fit->iterations,
                                   (double)fit->evaluations};
  memcpy(record, head, sizeof head);
  memcpy(record + 6, curve->b, sizeof curve->b);
  memcpy(record + FIRST, scalars, sizeof scalars);
  memcpy(record + ERRORS, fit->std_error, sizeof fit->std_error);
  memcpy(record + COVARIANCE, fit->covariance, sizeof fit->covariance);
}

/* What the inference needs of a record. */
static loy_curve_fit_result read_fit(parity_case *c) {
  size_t n;
  const double *record = parity_column(c, &n), *scalar = record + FIRST;
  loy_curve_fit_result fit;
  memset(&fit, 0, sizeof fit);
  fit.curve.constraints = (size_t)record[0];
  fit.curve.alpha = record[1];
  fit.curve.beta = record[2];
  fit.curve.gamma = record[3];
  fit.curve.a = record[4];
  fit.curve.delta = record[5];
  memcpy(fit.curve.b, record + 6, sizeof fit.curve.b);
  fit.params = LOY_CURVE_B + fit.curve.constraints;
  fit.log_likelihood = scalar[0];
  fit.dispersion = scalar[4];
  fit.df = scalar[7];
  fit.rows = (size_t)scalar[8];
  fit.trials = scalar[12];
  fit.loyal = scalar[13];
  fit.free_params = (size_t)scalar[14];
  fit.fixed = (unsigned)scalar[15];
  fit.at_bound = (unsigned)scalar[16];
  fit.covariance_kind = (int)scalar[17];
  memcpy(fit.std_error, record + ERRORS, sizeof fit.std_error);
  memcpy(fit.covariance, record + COVARIANCE, sizeof fit.covariance);
  return fit;
}

static void curve_fit_record(parity_case *c) { parity_give_int(c, RECORD); }

static void curve_fit(parity_case *c) {
  const double *column[LOY_CURVE_CONSTRAINTS], *start;
  double *record;
  size_t n;
  loy_curve_data data;
  loy_curve_fit_options options;
  loy_curve_fit_result fit;
  loy_error e;
  loy_curve_data_init(&data);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  start = parity_column(c, &n); /* the constraints, whose number follows */
  data.constraints = (size_t)parity_int(c);
  for (size_t j = 0; start && j < data.constraints; j++) column[j] = start + j * data.n;
  data.constraint = column;
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  data.cluster = parity_column_i64(c, &n);
  loy_curve_fit_options_init(&options);
  start = parity_column(c, &n);
  options.start.alpha = start[0];
  options.start.beta = start[1];
  options.start.gamma = start[2];
  options.start.a = start[3];
  options.start.delta = start[4];
  for (size_t j = LOY_CURVE_B; j < n; j++) options.start.b[j - LOY_CURVE_B] = start[j];
  options.start_given = parity_bool(c);
  options.fixed = (unsigned)parity_int(c);
  options.covariance = (int)parity_int(c);
  options.ridge = parity_double(c);
  options.most_iterations = (int)parity_int(c);
  record = parity_out(c, &n);
  loy_curve_fit(&data, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  write_fit(&fit, record);
  parity_give_text(c, loy_status_name(fit.status));
}

static void curve_param_name(parity_case *c) { parity_give_text(c, loy_curve_param_name((int)parity_int(c))); }

static void curve_log_likelihood(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const double *column[LOY_CURVE_CONSTRAINTS];
  size_t n;
  double *score, value;
  loy_curve_data data;
  loy_error e;
  loy_curve_data_init(&data);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  data.constraints = curve.constraints;
  data.constraint = parity_constraints(c, &curve, data.n, column);
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  score = parity_out(c, &n);
  loy_curve_log_likelihood(&curve, &data, NULL, &value, score, parity_out(c, &n), &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
}

static void give_estimate(parity_case *c, const loy_curve_estimate *estimate) {
  parity_give_double(c, estimate->value);
  parity_give_double(c, estimate->std_error);
  parity_give_double(c, estimate->lower);
  parity_give_double(c, estimate->upper);
}

static void curve_fit_predict_at(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  const double level = parity_double(c);
  loy_curve_estimate estimate;
  loy_error e;
  loy_curve_predict(&fit, s, competition, constraint, level, &estimate, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  give_estimate(c, &estimate);
}

static void curve_fit_predict(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double *column[LOY_CURVE_CONSTRAINTS];
  size_t n, other;
  const double *s = parity_column(c, &n), *competition = parity_column(c, &other);
  const double *const *k = parity_constraints(c, &fit.curve, n, column);
  const double level = parity_double(c);
  double *out[4];
  bool coerce;
  loy_batch_report report = {0};
  loy_error e;
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &other);
  coerce = parity_bool(c);
  loy_curve_predict_batch(&fit, s, competition, k, n, level, out[0], out[1], out[2], out[3], &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

static void curve_fit_confidence(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double level = parity_double(c);
  size_t n;
  double *lower = parity_out(c, &n), *upper = parity_out(c, &n);
  loy_error e;
  loy_curve_confidence(&fit, level, lower, upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void curve_fit_required(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double target = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  const double level = parity_double(c);
  loy_curve_estimate estimate;
  loy_error e;
  loy_curve_required_estimate(&fit, target, competition, constraint, level, &estimate, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  give_estimate(c, &estimate);
}

static void curve_fit_thresholds(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double competition = parity_double(c), tau = parity_double(c), level = parity_double(c);
  loy_thresholds thresholds;
  loy_curve_estimate estimate[2];
  loy_error e;
  loy_curve_threshold_estimates(&fit, competition, tau, level, &thresholds, estimate, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, thresholds.count);
  give_estimate(c, &estimate[0]);
  give_estimate(c, &estimate[1]);
}

static void curve_fit_likelihood_ratio(parity_case *c) {
  const loy_curve_fit_result full = read_fit(c), restricted = read_fit(c);
  loy_curve_test test;
  loy_error e;
  loy_curve_likelihood_ratio(&full, &restricted, &test, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, test.statistic);
  parity_give_double(c, test.p_value);
  parity_give_double(c, (double)test.df);
  parity_give_double(c, (double)test.boundary);
}

static void curve_fit_goodness(parity_case *c) {
  const loy_curve_fit_result fit = read_fit(c);
  const double *column[LOY_CURVE_CONSTRAINTS];
  size_t n, row[64];
  loy_curve_data data;
  loy_curve_goodness goodness;
  int64_t *first;
  double *out[5];
  loy_error e;
  loy_curve_data_init(&data);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  data.constraints = fit.curve.constraints;
  data.constraint = parity_constraints(c, &fit.curve, data.n, column);
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  first = parity_out_i64(c, &n);
  for (int i = 0; i < 5; i++) out[i] = parity_out(c, &n);
  loy_curve_goodness_of_fit(&fit, &data, NULL, row, out[0], out[1], out[2], out[3], out[4], &goodness, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < goodness.cells; i++) first[i] = (int64_t)row[i];
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)goodness.cells);
  parity_give_double(c, goodness.pearson);
  parity_give_double(c, goodness.deviance);
  parity_give_double(c, goodness.df);
  parity_give_double(c, goodness.p_pearson);
  parity_give_double(c, goodness.p_deviance);
}

PARITY(response_curve_fit) {
  CASE(curve_fit_record);
  CASE(curve_fit);
  CASE(curve_param_name);
  CASE(curve_log_likelihood);
  CASE(curve_fit_predict_at);
  CASE(curve_fit_predict);
  CASE(curve_fit_confidence);
  CASE(curve_fit_required);
  CASE(curve_fit_thresholds);
  CASE(curve_fit_likelihood_ratio);
  CASE(curve_fit_goodness);
}
