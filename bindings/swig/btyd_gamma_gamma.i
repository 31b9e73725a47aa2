/* btyd_gamma_gamma.i: shims of the Gamma-Gamma spend model. */

%{
#include "loyalty/btyd/gamma_gamma.h"
#include "loyalty/btyd/gamma_gamma_fit.h"

static loy_gamma_gamma_params gamma_gamma_params(double p, double q, double v) {
  loy_gamma_gamma_params params = {p, q, v};
  return params;
}
%}

LOY_BULK(gamma_gamma_loglik_batch)
LOY_BULK(gamma_gamma_loglik_total)
LOY_BULK(gamma_gamma_expected_spend_batch)
LOY_BULK(gamma_gamma_posterior_batch)
LOY_BULK(gamma_gamma_simulate)
LOY_BULK(gamma_gamma_fit)
%inline %{
static loy_r0 gamma_gamma_check(double p, double q, double v) {
  loy_r0 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  loy_gamma_gamma_check(&params, 0.0, 0.0, &r.e);
  return r;
}

static loy_r1 gamma_gamma_loglik(double p, double q, double v, double x, double z) {
  loy_r1 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  if (loy_gamma_gamma_check(&params, x, z, &r.e) == LOY_OK) r.v[0] = loy_gamma_gamma_loglik(&params, x, z);
  return r;
}

static loy_rbatch gamma_gamma_loglik_batch(double p, double q, double v, loy_in x, loy_in z, loy_out out, bool coerce) {
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  loy_batch_report report = {0};
  loy_error e = {0};
  if (loy_same_length(&e, "z", z.n, x.n) && loy_same_length(&e, "out", out.n, x.n))
    loy_gamma_gamma_loglik_batch(&params, x.p, z.p, x.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The total, its gradient (3) and its Hessian (9, by rows). */
static loy_values gamma_gamma_loglik_total(double p, double q, double v, loy_in x, loy_in z, loy_in_opt weight) {
  loy_values r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  double value, gradient[3], hessian[9];
  if (!loy_same_length(&r.e, "z", z.n, x.n)) return r;
  if (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) return r;
  if (loy_gamma_gamma_loglik_total(&params, x.p, z.p, weight.p, x.n, &value, gradient, hessian, &r.e) != LOY_OK) return r;
  loy_put_double(&r, value);
  loy_put_doubles(&r, gradient, 3);
  loy_put_doubles(&r, hessian, 9);
  return r;
}

static loy_s1 gamma_gamma_expected_spend(double p, double q, double v, double x, double z) {
  loy_s1 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  if (!loy_status_is_error(loy_gamma_gamma_expected_spend_check(&params, x, z, &r.v[0], &r.e)))
    r.v[0] = loy_gamma_gamma_expected_spend(&params, x, z);
  return r;
}

static loy_s1 gamma_gamma_expected_spend_new(double p, double q, double v) {
  loy_s1 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  if (!loy_status_is_error(loy_gamma_gamma_expected_spend_check(&params, 0.0, 0.0, &r.v[0], &r.e)))
    r.v[0] = loy_gamma_gamma_expected_spend_new(&params);
  return r;
}

/* Status and the count of bad rows. */
static loy_values gamma_gamma_expected_spend_batch(double p, double q, double v, loy_in x, loy_in z, loy_out out,
                                                   bool coerce) {
  loy_values r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  loy_batch_report report = {0};
  if (!loy_same_length(&r.e, "z", z.n, x.n) || !loy_same_length(&r.e, "out", out.n, x.n)) return r;
  loy_gamma_gamma_expected_spend_batch(&params, x.p, z.p, x.n, out.p, &report, &r.e);
  if (loy_status_is_error(r.e.status)) return r;
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  return r;
}

static loy_r1 gamma_gamma_posterior(double p, double q, double v, double x, double z) {
  loy_r1 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  if (loy_gamma_gamma_check(&params, x, z, &r.e) == LOY_OK) r.v[0] = loy_gamma_gamma_posterior(&params, x, z);
  return r;
}

static loy_rbatch gamma_gamma_posterior_batch(double p, double q, double v, loy_in x, loy_in z, loy_out out,
                                              bool coerce) {
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  loy_batch_report report = {0};
  loy_error e = {0};
  if (loy_same_length(&e, "z", z.n, x.n) && loy_same_length(&e, "out", out.n, x.n))
    loy_gamma_gamma_posterior_batch(&params, x.p, z.p, x.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_r0 gamma_gamma_simulate(double p, double q, double v, loy_in x, uint64_t seed, loy_out z) {
  loy_r0 r = {0};
  loy_gamma_gamma_params params = gamma_gamma_params(p, q, v);
  if (loy_same_length(&r.e, "z", z.n, x.n)) loy_gamma_gamma_simulate(&params, x.p, x.n, seed, z.p, &r.e);
  return r;
}

/* Status; p, q, v; log-likelihood; three standard errors; covariance (9, by rows); correlation; customers; decrement; rows;
 * rows left out; evaluations. A start of all 0 means from moments of the data. */
static loy_values gamma_gamma_fit(loy_in x, loy_in z, loy_in_opt weight, int threads, int most_evaluations,
                                  double start_p, double start_q, double start_v, double penalty,
                                  loy_watch progress) {
  loy_values r = {0};
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result fit;
  if (!loy_same_length(&r.e, "z", z.n, x.n)) return r;
  if (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) return r;
  loy_gamma_gamma_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = gamma_gamma_params(start_p, start_q, start_v);
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_gamma_gamma_fit(x.p, z.p, weight.p, x.n, &options, &fit, &r.e))) return r;
  loy_put_status(&r);
  loy_put_double(&r, fit.params.p);
  loy_put_double(&r, fit.params.q);
  loy_put_double(&r, fit.params.v);
  loy_put_double(&r, fit.log_likelihood);
  loy_put_doubles(&r, fit.std_error, 3);
  loy_put_doubles(&r, fit.covariance, 9);
  loy_put_double(&r, fit.correlation);
  loy_put_double(&r, fit.customers);
  loy_put_double(&r, fit.decrement);
  loy_put_size(&r, fit.rows);
  loy_put_size(&r, fit.left_out);
  loy_put_int(&r, fit.evaluations);
  return r;
}
%}
