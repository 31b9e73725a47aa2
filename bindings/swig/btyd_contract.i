/* btyd_contract.i: shims of the models of customers under contract, written once for both: LOY_CONTRACT(sbg, ...) makes
 * sbg_survival of loy_sbg_survival, and so on. Every function takes the parameters first. Columns of predictions go
 * through btyd_prediction.i. The functions behind them are
 *   loy_sbg_check, loy_sbg_survival, loy_sbg_churn, loy_sbg_retention, loy_sbg_hazard, loy_sbg_posterior,
 *   loy_sbg_derl, loy_sbg_del, loy_sbg_derl_elasticity, loy_sbg_loglik, loy_sbg_loglik_batch,
 *   loy_sbg_loglik_total, loy_sbg_fit, loy_sbg_simulate, loy_sbg_check_customer, loy_sbg_fit_options_init,
 *   loy_bdw_check, loy_bdw_survival, loy_bdw_churn, loy_bdw_retention, loy_bdw_hazard, loy_bdw_posterior,
 *   loy_bdw_derl, loy_bdw_del, loy_bdw_derl_elasticity, loy_bdw_loglik, loy_bdw_loglik_batch,
 *   loy_bdw_loglik_total, loy_bdw_fit, loy_bdw_simulate, loy_bdw_check_customer, loy_bdw_fit_options_init. */

%{
#include "loyalty/btyd/bdw_fit.h"
#include "loyalty/btyd/sbg_fit.h"
#include "loyalty/btyd/survivors.h"

/* Whether the columns that there are have the length of the first. */
static bool contract_same_length(loy_error *e, loy_in lifetime, loy_in_opt censored, loy_in_opt weight) {
  if (censored.p && !loy_same_length(e, "censored", censored.n, lifetime.n)) return false;
  return !weight.p || loy_same_length(e, "weight", weight.n, lifetime.n);
}
%}

LOY_BULK(survivors_rows)
%inline %{
/* Rows (lifetime, censored, weight) written into columns as long as survivors; how many. */
static loy_ri survivors_rows(loy_in survivors, loy_in_i64 length, loy_out lifetime, loy_out censored, loy_out weight) {
  loy_ri r = {0};
  size_t rows = 0;
  if (!loy_same_length(&r.e, "lifetime", lifetime.n, survivors.n) ||
      !loy_same_length(&r.e, "censored", censored.n, survivors.n) ||
      !loy_same_length(&r.e, "weight", weight.n, survivors.n))
    return r;
  loy_survivors_rows(survivors.p, survivors.n, length.p, length.n, lifetime.p, censored.p, weight.p, &rows, &r.e);
  r.v = (int64_t)rows;
  return r;
}
%}

%define LOY_CONTRACT(MODEL, N, DECLARE, LIST)
LOY_BULK(MODEL##_loglik_batch)
LOY_BULK(MODEL##_loglik_total)
LOY_BULK(MODEL##_fit)
LOY_BULK(MODEL##_simulate)
%inline %{
static loy_r0 MODEL##_check(DECLARE) {
  loy_r0 r = {0};
  loy_##MODEL##_params params = {LIST};
  loy_##MODEL##_check(&params, &r.e);
  return r;
}

static loy_r1 MODEL##_survival(DECLARE, double n, double t) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_##MODEL##_check_customer(&params, n, t, &r.e) == LOY_OK) r.v[0] = loy_##MODEL##_survival(&params, n, t);
  return r;
}

static loy_r1 MODEL##_churn(DECLARE, double n, double t) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_##MODEL##_check_customer(&params, n, t, &r.e) == LOY_OK) r.v[0] = loy_##MODEL##_churn(&params, n, t);
  return r;
}

static loy_r1 MODEL##_retention(DECLARE, double n) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_##MODEL##_check_customer(&params, n, 0.0, &r.e) == LOY_OK) r.v[0] = loy_##MODEL##_retention(&params, n);
  return r;
}

static loy_r1 MODEL##_hazard(DECLARE, double n) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_##MODEL##_check_customer(&params, n, 0.0, &r.e) == LOY_OK) r.v[0] = loy_##MODEL##_hazard(&params, n);
  return r;
}

static loy_r1 MODEL##_posterior(DECLARE, double n) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_##MODEL##_check_customer(&params, n, 0.0, &r.e) == LOY_OK) r.v[0] = loy_##MODEL##_posterior(&params, n);
  return r;
}

/* The rate of discount comes first: a model may have a parameter delta. */
static loy_s1 MODEL##_derl(double rate, DECLARE, double n, double t) {
  loy_s1 r = {0};
  loy_##MODEL##_params params = {LIST};
  loy_##MODEL##_derl(&params, n, rate, t, &r.v[0], &r.e);
  return r;
}

static loy_s1 MODEL##_del(double rate, DECLARE, double t) {
  loy_s1 r = {0};
  loy_##MODEL##_params params = {LIST};
  loy_##MODEL##_del(&params, rate, t, &r.v[0], &r.e);
  return r;
}

static loy_s1 MODEL##_derl_elasticity(double rate, DECLARE, double n, double t) {
  loy_s1 r = {0};
  loy_##MODEL##_params params = {LIST};
  loy_##MODEL##_derl_elasticity(&params, n, rate, t, &r.v[0], &r.e);
  return r;
}

/* One row as a batch, which says what is wrong with it. */
static loy_r1 MODEL##_loglik(DECLARE, double lifetime, double censored) {
  loy_r1 r = {0};
  loy_##MODEL##_params params = {LIST};
  loy_batch_report report = {0};
  if (loy_##MODEL##_loglik_batch(&params, &lifetime, &censored, 1, &r.v[0], &report, &r.e) != LOY_OK) return r;
  if (report.bad > 0) {
    r.e = report.first;
    r.e.index = LOY_NO_INDEX;
    return r;
  }
  r.v[0] = loy_##MODEL##_loglik(&params, lifetime, censored);
  return r;
}

static loy_rbatch MODEL##_loglik_batch(DECLARE, loy_in lifetime, loy_in_opt censored, loy_out out, bool coerce) {
  loy_##MODEL##_params params = {LIST};
  loy_batch_report report = {0};
  loy_in_opt none = {NULL, 0};
  loy_error e = {0};
  if (contract_same_length(&e, lifetime, censored, none) && loy_same_length(&e, "out", out.n, lifetime.n))
    loy_##MODEL##_loglik_batch(&params, lifetime.p, censored.p, lifetime.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The total, its gradient and its Hessian (by rows). */
static loy_values MODEL##_loglik_total(DECLARE, loy_in lifetime, loy_in_opt censored, loy_in_opt weight) {
  loy_values r = {0};
  loy_##MODEL##_params params = {LIST};
  double value, gradient[N], hessian[N * N];
  if (!contract_same_length(&r.e, lifetime, censored, weight)) return r;
  if (loy_##MODEL##_loglik_total(&params, lifetime.p, censored.p, weight.p, lifetime.n, NULL, &value, gradient, hessian,
                                 &r.e) != LOY_OK)
    return r;
  loy_put_double(&r, value);
  loy_put_doubles(&r, gradient, N);
  loy_put_doubles(&r, hessian, N * N);
  return r;
}

/* Status; parameters; log-likelihood; standard errors; covariance (by rows); customers; scaled gradient; decrement;
 * iterations; evaluations. A start of all 0 means from rates of the data. */
static loy_values MODEL##_fit(loy_in lifetime, loy_in_opt censored, loy_in_opt weight, int threads,
                              int most_evaluations, DECLARE, double penalty, loy_watch progress) {
  loy_values r = {0};
  loy_##MODEL##_params start = {LIST};
  loy_##MODEL##_fit_options options;
  loy_##MODEL##_fit_result fit;
  if (!contract_same_length(&r.e, lifetime, censored, weight)) return r;
  loy_##MODEL##_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = start;
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(
          loy_##MODEL##_fit(lifetime.p, censored.p, weight.p, lifetime.n, &options, &fit, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_doubles(&r, (const double *)(const void *)&fit.params, N);
  loy_put_double(&r, fit.log_likelihood);
  loy_put_doubles(&r, fit.std_error, N);
  loy_put_doubles(&r, fit.covariance, N * N);
  loy_put_double(&r, fit.customers);
  loy_put_double(&r, fit.scaled_gradient);
  loy_put_double(&r, fit.decrement);
  loy_put_int(&r, fit.iterations);
  loy_put_int(&r, fit.evaluations);
  return r;
}

static loy_r0 MODEL##_simulate(DECLARE, loy_in T, uint64_t seed, loy_out lifetime, loy_out censored) {
  loy_r0 r = {0};
  loy_##MODEL##_params params = {LIST};
  if (loy_same_length(&r.e, "lifetime", lifetime.n, T.n) && loy_same_length(&r.e, "censored", censored.n, T.n))
    loy_##MODEL##_simulate(&params, T.p, T.n, seed, lifetime.p, censored.p, &r.e);
  return r;
}
%}
%enddef

LOY_CONTRACT(sbg, 2, LOY_LIST(double alpha, double beta), LOY_LIST(alpha, beta))
LOY_CONTRACT(bdw, 3, LOY_LIST(double gamma, double delta, double c), LOY_LIST(gamma, delta, c))

%inline %{
static loy_s1 sbg_retention_elasticity(double rate, double alpha, double beta, double n) {
  loy_s1 r = {0};
  loy_sbg_params params = {alpha, beta};
  loy_sbg_retention_elasticity(&params, n, rate, &r.v[0], &r.e);
  return r;
}
%}
