/* btyd_cnbd.i: shims of the models with Erlang-k times between purchases. Those of the future are made by
 * btyd_purchase.i; here is what takes the sum of the logarithms of the gaps. For a search by name:
 *   loy_bgcnbd_options_init, loy_bgcnbd_check, loy_bgcnbd_check_customer, loy_bgcnbd_check_gaps,
 *   loy_bgcnbd_loglik, loy_bgcnbd_loglik_summary, loy_bgcnbd_loglik_batch, loy_bgcnbd_palive,
 *   loy_bgcnbd_palive_batch, loy_bgcnbd_log_palive, loy_bgcnbd_posterior, loy_bgcnbd_posterior_batch,
 *   loy_bgcnbd_expected_purchases, loy_bgcnbd_expected_purchases_batch, loy_bgcnbd_expected_purchases_new,
 *   loy_bgcnbd_dert, loy_bgcnbd_dert_batch, loy_bgcnbd_dect, loy_bgcnbd_dect_batch, loy_bgcnbd_dect_check,
 *   loy_bgcnbd_predict_batch, loy_bgcnbd_pmf, loy_bgcnbd_pmf_future, loy_bgcnbd_pmf_interval,
 *   loy_bgcnbd_pmf_check, loy_bgcnbd_loglik_total, loy_bgcnbd_fit, loy_bgcnbd_fit_options_init,
 *   loy_bgcnbd_simulate, loy_bgcnbd_simulate_log
 *   loy_mbgcnbd_options_init, loy_mbgcnbd_check, loy_mbgcnbd_check_customer, loy_mbgcnbd_check_gaps,
 *   loy_mbgcnbd_loglik, loy_mbgcnbd_loglik_summary, loy_mbgcnbd_loglik_batch, loy_mbgcnbd_palive,
 *   loy_mbgcnbd_palive_batch, loy_mbgcnbd_log_palive, loy_mbgcnbd_posterior, loy_mbgcnbd_posterior_batch,
 *   loy_mbgcnbd_expected_purchases, loy_mbgcnbd_expected_purchases_batch, loy_mbgcnbd_expected_purchases_new,
 *   loy_mbgcnbd_dert, loy_mbgcnbd_dert_batch, loy_mbgcnbd_dect, loy_mbgcnbd_dect_batch, loy_mbgcnbd_dect_check,
 *   loy_mbgcnbd_predict_batch, loy_mbgcnbd_pmf, loy_mbgcnbd_pmf_future, loy_mbgcnbd_pmf_interval,
 *   loy_mbgcnbd_pmf_check, loy_mbgcnbd_loglik_total, loy_mbgcnbd_fit, loy_mbgcnbd_fit_options_init,
 *   loy_mbgcnbd_simulate, loy_mbgcnbd_simulate_log */

%{
#include "loyalty/btyd/bgcnbd_fit.h"
#include "loyalty/btyd/bgcnbd_predict.h"
#include "loyalty/btyd/bgcnbd_simulate.h"
#include "loyalty/btyd/mbgcnbd_fit.h"
#include "loyalty/btyd/mbgcnbd_predict.h"
#include "loyalty/btyd/mbgcnbd_simulate.h"

/* Whether the columns of a fit are as long as x. */
static bool cnbd_same_length(loy_error *e, loy_in x, loy_in t_x, loy_in T, loy_in_opt litt, loy_in_opt weight) {
  return loy_same_length(e, "t_x", t_x.n, x.n) && loy_same_length(e, "T", T.n, x.n) &&
         (!litt.p || loy_same_length(e, "litt", litt.n, x.n)) && (!weight.p || loy_same_length(e, "weight", weight.n, x.n));
}
%}

%define CNBD_SHIMS(M)
LOY_BULK(M##_loglik_batch)
LOY_BULK(M##_loglik_total)
LOY_BULK(M##_fit)
LOY_BULK(M##_simulate)
%inline %{
/* Of all times of purchase. */
static loy_r1 M##_loglik(double r, double alpha, double a, double b, double k, double x, double t_x, double T, double litt) {
  loy_r1 result = {0};
  loy_##M##_params params = {r, alpha, a, b, k};
  if (loy_##M##_check_gaps(&params, x, t_x, T, litt, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_loglik(&params, x, t_x, T, litt);
  return result;
}

/* Of x and t_x alone. */
static loy_r1 M##_loglik_summary(double r, double alpha, double a, double b, double k, double x, double t_x, double T) {
  loy_r1 result = {0};
  loy_##M##_params params = {r, alpha, a, b, k};
  if (loy_##M##_check_customer(&params, x, t_x, T, 0.0, &result.e) != LOY_OK) return result;
  result.v[0] = loy_##M##_loglik_summary(&params, x, t_x, T);
  return result;
}

/* Without litt of x and t_x alone. */
static loy_rbatch M##_loglik_batch(double r, double alpha, double a, double b, double k, loy_in x, loy_in t_x, loy_in T,
                                   loy_in_opt litt, loy_out out, int threads, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_##M##_params params = {r, alpha, a, b, k};
  loy_##M##_options options = M##_options(threads);
  if (purchase_same_length(&e, x, t_x, T, out) && (!litt.p || loy_same_length(&e, "litt", litt.n, x.n)))
    loy_##M##_loglik_batch(&params, x.p, t_x.p, T.p, litt.p, x.n, &options, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The total, its gradient (4) and its Hessian (16, by rows). */
static loy_values M##_loglik_total(double r, double alpha, double a, double b, double k, loy_in x, loy_in t_x, loy_in T,
                                   loy_in_opt litt, loy_in_opt weight, int threads) {
  loy_values result = {0};
  loy_##M##_params params = {r, alpha, a, b, k};
  loy_##M##_fit_options options;
  double value, gradient[4], hessian[16];
  if (!cnbd_same_length(&result.e, x, t_x, T, litt, weight)) return result;
  loy_##M##_fit_options_init(&options);
  options.threads = threads;
  if (loy_##M##_loglik_total(&params, x.p, t_x.p, T.p, litt.p, weight.p, x.n, &options, &value, gradient, hessian,
                             &result.e) != LOY_OK)
    return result;
  loy_put_double(&result, value);
  loy_put_doubles(&result, gradient, 4);
  loy_put_doubles(&result, hessian, 16);
  return result;
}

/* Status; r, alpha, a, b, k; log-likelihood; five standard errors; covariance (25, by rows); customers; scaled gradient;
 * decrement; iterations; evaluations. k 0: the fit chooses. A start of all 0 means from moments of the data. `of_k`: 64
 * places for the largest log-likelihood by k, NaN where it was not tried. */
static loy_values M##_fit(loy_in x, loy_in t_x, loy_in T, loy_in_opt litt, loy_in_opt weight, int threads,
                          int most_evaluations, int k, double start_r, double start_alpha, double start_a, double start_b,
                          double penalty, loy_out of_k, loy_watch progress) {
  loy_values result = {0};
  loy_##M##_fit_options options;
  loy_##M##_fit_result fit;
  loy_bgnbd_params start = {start_r, start_alpha, start_a, start_b};
  if (!cnbd_same_length(&result.e, x, t_x, T, litt, weight)) return result;
  if (!loy_has_length(&result.e, "of_k", of_k.n, LOY_CNBD_STAGES_MOST)) return result;
  loy_##M##_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.k = k;
  options.start = start;
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(
          loy_##M##_fit(x.p, t_x.p, T.p, litt.p, weight.p, x.n, &options, &fit, &result.e)))
    return result;
  loy_put_status(&result);
  loy_put_double(&result, fit.params.r);
  loy_put_double(&result, fit.params.alpha);
  loy_put_double(&result, fit.params.a);
  loy_put_double(&result, fit.params.b);
  loy_put_double(&result, fit.params.k);
  loy_put_double(&result, fit.log_likelihood);
  loy_put_doubles(&result, fit.std_error, 5);
  loy_put_doubles(&result, fit.covariance, 25);
  loy_put_double(&result, fit.customers);
  loy_put_double(&result, fit.scaled_gradient);
  loy_put_double(&result, fit.decrement);
  loy_put_int(&result, fit.iterations);
  loy_put_int(&result, fit.evaluations);
  for (size_t i = 0; i < LOY_CNBD_STAGES_MOST; i++) of_k.p[i] = fit.log_likelihood_of[i];
  return result;
}

static loy_r0 M##_simulate(double r, double alpha, double a, double b, double k, loy_in T, uint64_t seed, int threads,
                           loy_out x, loy_out t_x, loy_out_opt litt, loy_out_opt alive) {
  loy_r0 result = {0};
  loy_##M##_params params = {r, alpha, a, b, k};
  loy_##M##_options options = M##_options(threads);
  if (!loy_same_length(&result.e, "x", x.n, T.n) || !loy_same_length(&result.e, "t_x", t_x.n, T.n)) return result;
  if (litt.p && !loy_same_length(&result.e, "litt", litt.n, T.n)) return result;
  if (alive.p && !loy_same_length(&result.e, "alive", alive.n, T.n)) return result;
  if (T.n > 0 && (x.p == t_x.p || x.p == alive.p || t_x.p == alive.p || litt.p == x.p || litt.p == t_x.p ||
                  (litt.p && litt.p == alive.p))) {
    loy_refuse(&result.e, LOY_ERR_ARGUMENT, "t_x", "must be a column of its own, like x, litt and alive");
    return result;
  }
  loy_##M##_simulate(&params, T.p, T.n, seed, &options, x.p, t_x.p, litt.p, alive.p, &result.e);
  return result;
}
%}
%enddef

PURCHASE_FUTURE_SHIMS(bgcnbd, LOY_LIST(double r, double alpha, double a, double b, double k), LOY_LIST(r, alpha, a, b, k))
CNBD_SHIMS(bgcnbd)
PURCHASE_FUTURE_SHIMS(mbgcnbd, LOY_LIST(double r, double alpha, double a, double b, double k), LOY_LIST(r, alpha, a, b, k))
CNBD_SHIMS(mbgcnbd)
