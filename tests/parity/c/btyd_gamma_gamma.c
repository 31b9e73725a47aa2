/* btyd_gamma_gamma.c: the Gamma-Gamma model's side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/gamma_gamma.h"
#include "loyalty/btyd/gamma_gamma_fit.h"

static loy_gamma_gamma_params take_params(parity_case *c) {
  loy_gamma_gamma_params params;
  params.p = parity_double(c);
  params.q = parity_double(c);
  params.v = parity_double(c);
  return params;
}

static void gamma_gamma_check(parity_case *c) {
  loy_gamma_gamma_params params = take_params(c);
  loy_error e;
  loy_gamma_gamma_check(&params, 0.0, 0.0, &e);
  (void)parity_failed(c, &e);
}

/* A function of one customer that answers a double. */
static void one(parity_case *c, double (*f)(const loy_gamma_gamma_params *, double, double)) {
  loy_gamma_gamma_params params = take_params(c);
  double x = parity_double(c), z = parity_double(c);
  loy_error e;
  loy_gamma_gamma_check(&params, x, z, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, f(&params, x, z));
}
static void gamma_gamma_loglik(parity_case *c) { one(c, loy_gamma_gamma_loglik); }
static void gamma_gamma_posterior(parity_case *c) { one(c, loy_gamma_gamma_posterior); }

static void gamma_gamma_expected_spend(parity_case *c) {
  loy_gamma_gamma_params params = take_params(c);
  double x = parity_double(c), z = parity_double(c), spend = 0.0;
  loy_error e;
  loy_gamma_gamma_expected_spend_check(&params, x, z, &spend, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, spend);
}

static void gamma_gamma_expected_spend_new(parity_case *c) {
  loy_gamma_gamma_params params = take_params(c);
  double spend = 0.0;
  loy_error e;
  loy_gamma_gamma_expected_spend_check(&params, 0.0, 0.0, &spend, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, loy_gamma_gamma_expected_spend_new(&params));
}

/* The first bad row fails the case unless bad rows are to be coerced. */
static int bad_row(parity_case *c, const loy_batch_report *report, bool coerce) {
  return report->bad > 0 && !coerce && parity_failed(c, &report->first);
}

typedef loy_status (*batch_function)(const loy_gamma_gamma_params *, const double *, const double *, size_t, double *,
                                     loy_batch_report *, loy_error *);
static void batch(parity_case *c, batch_function f, bool with_status) {
  loy_gamma_gamma_params params = take_params(c);
  size_t n, z_n, out_n;
  const double *x = parity_column(c, &n), *z = parity_column(c, &z_n);
  double *out = parity_out(c, &out_n);
  bool coerce = parity_bool(c);
  loy_batch_report report;
  loy_error e;
  if (parity_lengths(c, "z", z_n, n) || parity_lengths(c, "out", out_n, n)) return;
  f(&params, x, z, n, out, &report, &e);
  if (parity_failed(c, &e) || bad_row(c, &report, coerce)) return;
  if (with_status) parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}
static void gamma_gamma_loglik_batch(parity_case *c) { batch(c, loy_gamma_gamma_loglik_batch, false); }
static void gamma_gamma_expected_spend_batch(parity_case *c) { batch(c, loy_gamma_gamma_expected_spend_batch, true); }
static void gamma_gamma_posterior_batch(parity_case *c) { batch(c, loy_gamma_gamma_posterior_batch, false); }

static void gamma_gamma_loglik_total(parity_case *c) {
  loy_gamma_gamma_params params = take_params(c);
  size_t n, z_n, w_n;
  const double *x = parity_column(c, &n), *z = parity_column(c, &z_n), *w = parity_column(c, &w_n);
  double value = 0.0, gradient[3], hessian[9];
  loy_error e;
  if (parity_lengths(c, "z", z_n, n) || (w && parity_lengths(c, "weight", w_n, n))) return;
  loy_gamma_gamma_loglik_total(&params, x, z, w, n, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 3; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 9; i++) parity_give_double(c, hessian[i]);
}

static void gamma_gamma_simulate(parity_case *c) {
  loy_gamma_gamma_params params = take_params(c);
  size_t n, z_n;
  const double *x = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  double *z = parity_out(c, &z_n);
  loy_error e;
  if (parity_lengths(c, "z", z_n, n)) return;
  loy_gamma_gamma_simulate(&params, x, n, seed, z, &e);
  (void)parity_failed(c, &e);
}

static void gamma_gamma_fit(parity_case *c) {
  size_t n, z_n, w_n;
  const double *x = parity_column(c, &n), *z = parity_column(c, &z_n), *w = parity_column(c, &w_n);
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result fit;
  loy_error e;
  loy_gamma_gamma_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_params(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (parity_lengths(c, "z", z_n, n) || (w && parity_lengths(c, "weight", w_n, n))) return;
  loy_gamma_gamma_fit(x, z, w, n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, fit.params.p);
  parity_give_double(c, fit.params.q);
  parity_give_double(c, fit.params.v);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 3; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 9; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.correlation);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, (int64_t)fit.rows);
  parity_give_int(c, (int64_t)fit.left_out);
  parity_give_int(c, fit.evaluations);
}

PARITY(btyd_gamma_gamma) {
  CASE(gamma_gamma_check);
  CASE(gamma_gamma_loglik);
  CASE(gamma_gamma_loglik_batch);
  CASE(gamma_gamma_loglik_total);
  CASE(gamma_gamma_expected_spend);
  CASE(gamma_gamma_expected_spend_new);
  CASE(gamma_gamma_expected_spend_batch);
  CASE(gamma_gamma_posterior);
  CASE(gamma_gamma_posterior_batch);
  CASE(gamma_gamma_simulate);
  CASE(gamma_gamma_fit);
}
