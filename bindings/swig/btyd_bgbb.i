/* btyd_bgbb.i: shims of the BG/BB model: those of btyd_purchase.i, where the parameter delta is called d, as delta is also
 * the rate of discount:
 *   loy_bgbb_options_init, loy_bgbb_check, loy_bgbb_check_customer, loy_bgbb_loglik, loy_bgbb_loglik_batch,
 *   loy_bgbb_palive, loy_bgbb_palive_batch, loy_bgbb_log_palive, loy_bgbb_posterior, loy_bgbb_posterior_batch,
 *   loy_bgbb_expected_purchases, loy_bgbb_expected_purchases_batch, loy_bgbb_expected_purchases_new, loy_bgbb_dert,
 *   loy_bgbb_dert_batch, loy_bgbb_dect, loy_bgbb_dect_batch, loy_bgbb_dect_check, loy_bgbb_pmf, loy_bgbb_pmf_future,
 *   loy_bgbb_pmf_interval, loy_bgbb_pmf_check, loy_bgbb_simulate, loy_bgbb_simulate_log
 * and its total log-likelihood, fit and full histories. */

%{
#include "loyalty/btyd/bgbb.h"
#include "loyalty/btyd/bgbb_fit.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/btyd/bgbb_simulate.h"

#define bgbb_TIME_MUST LOYI_BGBB_AHEAD_MUST
%}

PURCHASE_FUTURE_SHIMS(bgbb, LOY_LIST(double alpha, double beta, double gamma, double d), LOY_LIST(alpha, beta, gamma, d))
PURCHASE_SHIMS(bgbb, LOY_LIST(double alpha, double beta, double gamma, double d), LOY_LIST(alpha, beta, gamma, d))

LOY_BULK(bgbb_loglik_total)
LOY_BULK(bgbb_fit)
LOY_BULK(bgbb_simulate_histories)
%inline %{
/* The total, its gradient (4) and its Hessian (16, by rows). */
static loy_values bgbb_loglik_total(double alpha, double beta, double gamma, double d, loy_in x, loy_in t_x, loy_in T,
                                    loy_in_opt weight, int threads) {
  loy_values result = {0};
  loy_bgbb_params params = bgbb_params(alpha, beta, gamma, d);
  loy_bgbb_fit_options options;
  double value, gradient[4], hessian[16];
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_bgbb_fit_options_init(&options);
  options.threads = threads;
  if (loy_bgbb_loglik_total(&params, x.p, t_x.p, T.p, weight.p, x.n, &options, &value, gradient, hessian, &result.e) !=
      LOY_OK)
    return result;
  loy_put_double(&result, value);
  loy_put_doubles(&result, gradient, 4);
  loy_put_doubles(&result, hessian, 16);
  return result;
}

/* Status; alpha, beta, gamma, delta; log-likelihood; four standard errors; covariance (16, by rows); customers; scaled
 * gradient; decrement; iterations; evaluations. A start of all 0 means from means of the data. */
static loy_values bgbb_fit(loy_in x, loy_in t_x, loy_in T, loy_in_opt weight, int threads, int most_evaluations,
                           double start_alpha, double start_beta, double start_gamma, double start_delta, double penalty,
                           loy_watch progress) {
  loy_values result = {0};
  loy_bgbb_fit_options options;
  loy_bgbb_fit_result fit;
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_bgbb_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = bgbb_params(start_alpha, start_beta, start_gamma, start_delta);
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_bgbb_fit(x.p, t_x.p, T.p, weight.p, x.n, &options, &fit, &result.e))) return result;
  loy_put_status(&result);
  loy_put_double(&result, fit.params.alpha);
  loy_put_double(&result, fit.params.beta);
  loy_put_double(&result, fit.params.gamma);
  loy_put_double(&result, fit.params.delta);
  loy_put_double(&result, fit.log_likelihood);
  loy_put_doubles(&result, fit.std_error, 4);
  loy_put_doubles(&result, fit.covariance, 16);
  loy_put_double(&result, fit.customers);
  loy_put_double(&result, fit.scaled_gradient);
  loy_put_double(&result, fit.decrement);
  loy_put_int(&result, fit.iterations);
  loy_put_int(&result, fit.evaluations);
  return result;
}

/* As many customers as `history` has rows of `periods`. */
static loy_r0 bgbb_simulate_histories(double alpha, double beta, double gamma, double d, size_t periods, uint64_t seed,
                                      loy_out history) {
  loy_r0 result = {0};
  loy_bgbb_params params = bgbb_params(alpha, beta, gamma, d);
  size_t n = periods > 0 ? history.n / periods : 0;
  if (!loy_has_length(&result.e, "history", history.n, n * periods)) return result;
  loy_bgbb_simulate_histories(&params, n, periods, seed, history.p, &result.e);
  return result;
}
%}
