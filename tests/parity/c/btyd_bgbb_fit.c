/* btyd_bgbb_fit.c: total, fit and predictions of many customers by the BG/BB model, for the parity cases. */
#include "parity.h"

#include "loyalty/btyd/bgbb_fit.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/value/clv.h"

typedef struct customers {
  const double *x, *t_x, *T, *weight;
  size_t n, t_x_n, T_n, weights;
} customers;

static customers take_customers(parity_case *c) {
  customers all;
  all.x = parity_column(c, &all.n);
  all.t_x = parity_column(c, &all.t_x_n);
  all.T = parity_column(c, &all.T_n);
  all.weight = parity_column(c, &all.weights);
  return all;
}

static int differ(parity_case *c, const customers *all) {
  return parity_lengths(c, "t_x", all->t_x_n, all->n) || parity_lengths(c, "T", all->T_n, all->n) ||
         (all->weight && parity_lengths(c, "weight", all->weights, all->n));
}

static loy_bgbb_params take_params(parity_case *c) {
  loy_bgbb_params params;
  params.alpha = parity_double(c);
  params.beta = parity_double(c);
  params.gamma = parity_double(c);
  params.delta = parity_double(c);
  return params;
}

static void loglik_total(parity_case *c) {
  loy_bgbb_params params = take_params(c);
  customers all = take_customers(c);
  loy_bgbb_fit_options options;
  double value, gradient[4], hessian[16];
  loy_error e;
  loy_bgbb_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  if (differ(c, &all)) return;
  loy_bgbb_loglik_total(&params, all.x, all.t_x, all.T, all.weight, all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 4; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, hessian[i]);
}

static void fit_all(parity_case *c) {
  customers all = take_customers(c);
  loy_bgbb_fit_options options;
  loy_bgbb_fit_result fit;
  loy_error e;
  loy_bgbb_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_params(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (differ(c, &all)) return;
  loy_bgbb_fit(all.x, all.t_x, all.T, all.weight, all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.params.beta);
  parity_give_double(c, fit.params.gamma);
  parity_give_double(c, fit.params.delta);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 4; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

static void predict_batch(parity_case *c) {
  static const char *const names[5] = {"x", "t_x", "T", "p_alive", "expected_purchases"};
  loy_bgbb_params model = take_params(c);
  loy_gamma_gamma_params spend = {1, 2, 1};
  const double *in[3];
  double *out[2];
  size_t n[5];
  loy_clv_options clv;
  loy_bgbb_options options;
  loy_batch_report report;
  loy_error e;
  bool coerce;
  for (int i = 0; i < 3; i++) in[i] = parity_column(c, &n[i]);
  loy_clv_options_init(&clv);
  clv.margin = parity_double(c);
  clv.horizon = parity_double(c);
  clv.discount_rate = parity_double(c);
  clv.discount_period = (int)parity_int(c);
  clv.time_unit = (int)parity_int(c);
  clv.threads = (int)parity_int(c);
  for (int i = 0; i < 2; i++) out[i] = parity_out(c, &n[3 + i]);
  coerce = parity_bool(c);
  for (int i = 1; i < 5; i++)
    if (parity_lengths(c, names[i], n[i], n[0])) return;
  loy_clv_bgbb_batch(&model, &spend, NULL, NULL, NULL, NULL, 0, &clv, NULL, NULL, NULL, NULL, NULL, &e);
  if (parity_failed(c, &e)) return;
  loy_bgbb_options_init(&options);
  options.threads = clv.threads;
  loy_bgbb_predict_batch(&model, in[0], in[1], in[2], n[0], 0.0, clv.horizon, &options, out[0], out[1], NULL, &report,
                         &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

PARITY(btyd_bgbb_fit) {
  parity_register("bgbb_loglik_total", loglik_total);
  parity_register("bgbb_fit", fit_all);
  parity_register("bgbb_predict_batch", predict_batch);
}
