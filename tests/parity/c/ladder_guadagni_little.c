/* ladder_guadagni_little.c: choice with loyalty in the parity cases. */
#include <string.h>

#include "parity.h"

/* The next arguments: K constants, b, slopes, lambda; and K. */
static loy_guadagni_little_model model_of(parity_case *c) {
  loy_guadagni_little_model model;
  size_t n;
  const double *v = parity_column(c, &n);
  memset(&model, 0, sizeof model);
  model.alternatives = (size_t)parity_int(c);
  model.covariates = n - 2 - model.alternatives;
  for (size_t k = 0; k < model.alternatives; k++) model.constant[k] = v[k];
  model.loyalty = v[model.alternatives];
  for (size_t j = 0; j < model.covariates; j++) model.slope[j] = v[model.alternatives + 1 + j];
  model.lambda = v[n - 1];
  return model;
}

/* The next arguments: offset, chosen. */
static loy_guadagni_little_data data_of(parity_case *c) {
  loy_guadagni_little_data data = {NULL, NULL, NULL, 0, 0, 0};
  size_t n;
  data.offset = parity_column_i64(c, &n);
  data.customers = n - 1;
  data.chosen = parity_column_i64(c, &n);
  return data;
}

static void guadagni_little_check(parity_case *c) {
  const loy_guadagni_little_model model = model_of(c);
  loy_error e;
  loy_guadagni_little_check(&model, &e);
  parity_failed(c, &e);
}

static void guadagni_little_loyalty(parity_case *c) {
  const double lambda = parity_double(c);
  size_t n;
  loy_guadagni_little_data data = data_of(c);
  double *loyalty, *next;
  loy_error e;
  data.alternatives = (size_t)parity_int(c);
  loyalty = parity_out(c, &n);
  next = parity_out(c, &n);
  loy_guadagni_little_loyalty(lambda, &data, loyalty, next, &e);
  parity_failed(c, &e);
}

static void guadagni_little_probabilities(parity_case *c) {
  const loy_guadagni_little_model model = model_of(c);
  size_t n, m;
  const double *loyalty = parity_column(c, &n), *covariate = parity_column(c, &m);
  double *probability = parity_out(c, &m);
  loy_error e;
  loy_guadagni_little_probabilities(&model, loyalty, covariate, n / model.alternatives, probability, &e);
  parity_failed(c, &e);
}

static void guadagni_little_simulate(parity_case *c) {
  const loy_guadagni_little_model model = model_of(c);
  size_t n, m;
  const int64_t *offset = parity_column_i64(c, &n);
  const double *covariate = parity_column(c, &m);
  const uint64_t seed = (uint64_t)parity_int(c);
  int64_t *chosen = parity_out_i64(c, &m);
  loy_error e;
  loy_guadagni_little_simulate(&model, offset, n - 1, covariate, seed, chosen, &e);
  parity_failed(c, &e);
}

static void guadagni_little_total(parity_case *c) {
  loy_guadagni_little_model model;
  loy_guadagni_little_data data;
  size_t n, base, warmup;
  const double *v = parity_column(c, &n);
  double *gradient, *hessian, value = 0.0;
  loy_error e;
  data = data_of(c);
  memset(&model, 0, sizeof model);
  data.alternatives = model.alternatives = (size_t)parity_int(c);
  data.covariates = model.covariates = n - 2 - model.alternatives;
  for (size_t k = 0; k < model.alternatives; k++) model.constant[k] = v[k];
  model.loyalty = v[model.alternatives];
  for (size_t j = 0; j < model.covariates; j++) model.slope[j] = v[model.alternatives + 1 + j];
  model.lambda = v[n - 1];
  data.covariate = parity_column(c, &n);
  base = (size_t)parity_int(c);
  warmup = (size_t)parity_int(c);
  gradient = parity_out(c, &n);
  hessian = parity_out(c, &n);
  loy_guadagni_little_total(&model, &data, base, warmup, &value, gradient, hessian, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, value);
}

/* The length of a record: scalars, estimates, errors, covariances, the profile, maxima. */
static void guadagni_little_record(parity_case *c) { parity_give_int(c, 16 + 2 * 16 + 256 + 2 * 51 + 2 * 8); }

static double *put(double *at, const double *values, size_t n) {
  for (size_t i = 0; i < n; i++) *at++ = values[i];
  return at;
}

static void guadagni_little_fit(parity_case *c) {
  size_t n;
  loy_guadagni_little_data data = data_of(c);
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  double *at;
  loy_error e;
  loy_guadagni_little_fit_options_init(&options);
  data.alternatives = (size_t)parity_int(c);
  data.covariates = (size_t)parity_int(c);
  data.covariate = parity_column(c, &n);
  options.base = (size_t)parity_int(c);
  options.warmup = (size_t)parity_int(c);
  options.lambda = parity_double(c);
  options.most_evaluations = (int)parity_int(c);
  at = parity_out(c, &n);
  loy_guadagni_little_fit(&data, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  at = put(at, &fit.log_likelihood, 1);
  at = put(at, &fit.aic, 1);
  at = put(at, &fit.bic, 1);
  at = put(at, &fit.equal_log_likelihood, 1);
  at = put(at, &fit.null_log_likelihood, 1);
  at = put(at, &fit.statistic, 1);
  at = put(at, &fit.p_value, 1);
  *at++ = (double)fit.params;
  *at++ = (double)fit.maxima;
  *at++ = (double)fit.rows;
  *at++ = (double)fit.customers;
  *at++ = (double)fit.at_bound;
  *at++ = (double)fit.separated;
  *at++ = (double)fit.converged;
  *at++ = fit.decrement;
  *at++ = (double)fit.evaluations;
  at = put(at, fit.estimate, LOY_GUADAGNI_LITTLE_PARAMS);
  at = put(at, fit.std_error, LOY_GUADAGNI_LITTLE_PARAMS);
  at = put(at, fit.covariance, LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS);
  at = put(at, fit.profile_lambda, LOY_GUADAGNI_LITTLE_GRID);
  at = put(at, fit.profile, LOY_GUADAGNI_LITTLE_GRID);
  at = put(at, fit.maximum_lambda, LOY_GUADAGNI_LITTLE_MAXIMA);
  put(at, fit.maximum, LOY_GUADAGNI_LITTLE_MAXIMA);
  parity_give_text(c, loy_status_name(e.status));
}

PARITY(ladder_guadagni_little) {
  CASE(guadagni_little_check);
  CASE(guadagni_little_loyalty);
  CASE(guadagni_little_probabilities);
  CASE(guadagni_little_simulate);
  CASE(guadagni_little_total);
  CASE(guadagni_little_record);
  CASE(guadagni_little_fit);
}
