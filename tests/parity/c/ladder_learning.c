/* ladder_learning.c: the linear learning model in the parity cases. */
#include "parity.h"

static loy_learning_params params_of(parity_case *c) {
  loy_learning_params params;
  params.alpha = parity_double(c);
  params.beta = parity_double(c);
  params.lambda = parity_double(c);
  return params;
}

/* The next arguments, offset and bought. */
static loy_learning_data data_of(parity_case *c, size_t *rows) {
  loy_learning_data data = {NULL, NULL, NULL, 0};
  size_t n;
  data.offset = parity_column_i64(c, &n);
  data.bought = parity_column(c, rows);
  data.customers = n > 0 ? n - 1 : 0;
  return data;
}

static void learning_check(parity_case *c) {
  const loy_learning_params params = params_of(c);
  loy_error e;
  loy_learning_check(&params, &e);
  parity_failed(c, &e);
}

static void learning_limits(parity_case *c) {
  const loy_learning_params params = params_of(c);
  loy_learning_limits limits;
  loy_error e;
  loy_learning_limits_of(&params, &limits, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, limits.upper);
  parity_give_double(c, limits.lower);
  parity_give_double(c, limits.mean);
}

static void learning_filter(parity_case *c) {
  const loy_learning_params params = params_of(c);
  const double first = parity_double(c);
  size_t rows, n;
  const loy_learning_data data = data_of(c, &rows);
  double *probability = parity_out(c, &n), *log_likelihood = parity_out(c, &n), *next = parity_out(c, &n);
  loy_error e;
  if (parity_lengths(c, "bought", rows, (size_t)data.offset[data.customers])) return;
  loy_learning_filter(&params, first, &data, probability, log_likelihood, next, &e);
  parity_failed(c, &e);
}

static void learning_forecast(parity_case *c) {
  const loy_learning_params params = params_of(c);
  size_t n, m;
  const double *p = parity_column(c, &n);
  const uint64_t periods = (uint64_t)parity_int(c);
  double *later = parity_out(c, &m), *purchases = parity_out(c, &m);
  loy_error e;
  loy_learning_forecast(&params, p, n, periods, later, purchases, &e);
  parity_failed(c, &e);
}

static void learning_simulate(parity_case *c) {
  const loy_learning_params params = params_of(c);
  const double first = parity_double(c);
  size_t n, m;
  const int64_t *offset = parity_column_i64(c, &n);
  const uint64_t seed = (uint64_t)parity_int(c);
  double *bought = parity_out(c, &m);
  loy_error e;
  loy_learning_simulate(&params, first, offset, n - 1, seed, bought, &e);
  parity_failed(c, &e);
}

static void learning_total(parity_case *c) {
  const loy_learning_params params = params_of(c);
  const double first = parity_double(c);
  size_t rows, n;
  loy_learning_data data = data_of(c, &rows);
  double *gradient, *hessian, value = 0.0;
  loy_error e;
  data.weight = parity_column(c, &n);
  gradient = parity_out(c, &n);
  hessian = parity_out(c, &n);
  loy_learning_total(&params, first, &data, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, value);
}

/* The length of a record: scalars, three times 4 numbers, twice 16. */
static void learning_record(parity_case *c) {
  parity_give_int(c, 22 + 3 * LOY_LEARNING_PARAMS + 2 * LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS);
}

static double *put(double *at, const double *values, size_t n) {
  for (size_t i = 0; i < n; i++) *at++ = values[i];
  return at;
}

static void learning_fit(parity_case *c) {
  size_t rows, n;
  loy_learning_data data = data_of(c, &rows);
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  double *at;
  loy_error e;
  loy_learning_fit_options_init(&options);
  data.weight = parity_column(c, &n);
  options.first_is = (int)parity_int(c);
  options.first = parity_double(c);
  options.most_evaluations = (int)parity_int(c);
  at = parity_out(c, &n);
  loy_learning_fit(&data, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  at = put(at, &fit.log_likelihood, 1);
  at = put(at, &fit.aic, 1);
  at = put(at, &fit.bic, 1);
  at = put(at, &fit.markov_params.alpha, 1);
  at = put(at, &fit.markov_params.beta, 1);
  at = put(at, &fit.markov_log_likelihood, 1);
  at = put(at, &fit.bernoulli, 1);
  at = put(at, &fit.bernoulli_log_likelihood, 1);
  at = put(at, &fit.markov.statistic, 1);
  at = put(at, &fit.markov.p_value, 1);
  at = put(at, &fit.bernoulli_test.statistic, 1);
  at = put(at, &fit.bernoulli_test.p_value, 1);
  at = put(at, &fit.memory.statistic, 1);
  at = put(at, &fit.memory.p_value, 1);
  at = put(at, &fit.rows, 1);
  at = put(at, &fit.customers, 1);
  *at++ = (double)fit.at_bound;
  *at++ = (double)fit.starts;
  *at++ = (double)fit.agreeing;
  *at++ = (double)fit.converged;
  *at++ = fit.decrement;
  *at++ = (double)fit.evaluations;
  at = put(at, fit.estimate, LOY_LEARNING_PARAMS);
  at = put(at, fit.std_error, LOY_LEARNING_PARAMS);
  at = put(at, fit.robust_std_error, LOY_LEARNING_PARAMS);
  at = put(at, fit.covariance, LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS);
  put(at, fit.robust_covariance, LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS);
  parity_give_text(c, loy_status_name(e.status));
}

PARITY(ladder_learning) {
  CASE(learning_check);
  CASE(learning_limits);
  CASE(learning_filter);
  CASE(learning_forecast);
  CASE(learning_simulate);
  CASE(learning_total);
  CASE(learning_record);
  CASE(learning_fit);
}
