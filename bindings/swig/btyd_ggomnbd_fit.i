/* btyd_ggomnbd_fit.i: shims of the GGom/NBD model's total log-likelihood and fit. */

%{
#include "loyalty/btyd/ggomnbd_fit.h"
%}

LOY_BULK(ggomnbd_loglik_total)
LOY_BULK(ggomnbd_fit)
%inline %{
/* The total, its gradient (5) and its Hessian (25, by rows). */
static loy_values ggomnbd_loglik_total(double r, double alpha, double b, double s, double beta, loy_in x, loy_in t_x, loy_in T,
                                    loy_in_opt weight, int threads) {
  loy_values result = {0};
  loy_ggomnbd_params params = {r, alpha, b, s, beta};
  loy_ggomnbd_fit_options options;
  double value, gradient[5], hessian[25];
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_ggomnbd_fit_options_init(&options);
  options.threads = threads;
  if (loy_ggomnbd_loglik_total(&params, x.p, t_x.p, T.p, weight.p, x.n, &options, &value, gradient, hessian, &result.e) !=
      LOY_OK)
    return result;
  loy_put_double(&result, value);
  loy_put_doubles(&result, gradient, 5);
  loy_put_doubles(&result, hessian, 25);
  return result;
}

/* Status; r, alpha, b, s, beta; log-likelihood; five standard errors; covariance (25, by rows); customers; scaled gradient;
 * decrement; iterations; evaluations. A start of all 0 means from moments of the data. */
static loy_values ggomnbd_fit(loy_in x, loy_in t_x, loy_in T, loy_in_opt weight, int threads, int most_evaluations,
                           double start_r, double start_alpha, double start_b, double start_s, double start_beta, double penalty,
                           loy_watch progress) {
  loy_values result = {0};
  loy_ggomnbd_params start = {start_r, start_alpha, start_b, start_s, start_beta};
  loy_ggomnbd_fit_options options;
  loy_ggomnbd_fit_result fit;
  if (!lifetime_same_length(&result.e, x, t_x, T, weight)) return result;
  loy_ggomnbd_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.start = start;
  options.penalty = penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_ggomnbd_fit(x.p, t_x.p, T.p, weight.p, x.n, &options, &fit, &result.e))) return result;
  loy_put_status(&result);
  loy_put_double(&result, fit.params.r);
  loy_put_double(&result, fit.params.alpha);
  loy_put_double(&result, fit.params.b);
  loy_put_double(&result, fit.params.s);
  loy_put_double(&result, fit.params.beta);
  loy_put_double(&result, fit.log_likelihood);
  loy_put_doubles(&result, fit.std_error, 5);
  loy_put_doubles(&result, fit.covariance, 25);
  loy_put_double(&result, fit.customers);
  loy_put_double(&result, fit.scaled_gradient);
  loy_put_double(&result, fit.decrement);
  loy_put_int(&result, fit.iterations);
  loy_put_int(&result, fit.evaluations);
  return result;
}
%}
