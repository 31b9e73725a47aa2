/* btyd_pnbd_fit.i: shims of the Pareto/NBD model's total log-likelihood and fit. */

%{
#include "loyalty/btyd/pnbd_fit.h"

/* Whether all columns are as long as x; also for the shims of the other lifetimes. */
static bool lifetime_same_length(loy_error *e, loy_in x, loy_in t_x, loy_in T, loy_in_opt weight) {
  return loy_same_length(e, "t_x", t_x.n, x.n) && loy_same_length(e, "T", T.n, x.n) &&
         (!weight.p || loy_same_length(e, "weight", weight.n, x.n));
}
%}

LOY_BULK(pnbd_loglik_total)
LOY_BULK(pnbd_fit)
%inline %{
/* The total, its gradient (4) and its Hessian (16, by rows). */
static loy_values pnbd_loglik_total(double r, double alpha, double s, double beta, loy_in x, loy_in t_x, loy_in T,
                                    loy_in_opt weight, int threads) {
  loy_values result = {0};
  loy_pnbd_params params = {r, alpha, s, beta};
  loy_pnbd_fit_options options;
  double value, gradient[4], hessian[16];
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_pnbd_fit_options_init(&options);
  options.threads = threads;
  if (loy_pnbd_loglik_total(&params, x.p, t_x.p, T.p, weight.p, x.n, &options, &value, gradient, hessian, &result.e) !=
      LOY_OK)
    return result;
  loy_put_double(&result, value);
  loy_put_doubles(&result, gradient, 4);
  loy_put_doubles(&result, hessian, 16);
  return result;
}

/* Status; r, alpha, s, beta; log-likelihood; four standard errors; covariance (16, by rows); customers; scaled gradient;
 * decrement; iterations; evaluations. A start of all 0 means from moments of the data. */
static loy_values pnbd_fit(loy_in x, loy_in t_x, loy_in T, loy_in_opt weight, int threads, int most_evaluations,
                           double start_r, double start_alpha, double start_s, double start_beta, double penalty,
                           loy_watch progress) {
  loy_values result = {0};
  loy_pnbd_params start = {start_r, start_alpha, start_s, start_beta};
  loy_pnbd_fit_options options;
  loy_pnbd_fit_result fit;
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_pnbd_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = start;
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_pnbd_fit(x.p, t_x.p, T.p, weight.p, x.n, &options, &fit, &result.e))) return result;
  loy_put_status(&result);
  loy_put_double(&result, fit.params.r);
  loy_put_double(&result, fit.params.alpha);
  loy_put_double(&result, fit.params.s);
  loy_put_double(&result, fit.params.beta);
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
%}
