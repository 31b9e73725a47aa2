/* cnbd.h: the side of the parity cases of the models with Erlang-k times between purchases. A file defines MODEL, CLV
 * and NAME as for purchase.h, includes this one, and calls register_cnbd. */
#include "parity.h"

#include "loyalty/btyd/bgcnbd_fit.h"
#include "loyalty/btyd/mbgcnbd_fit.h"

static loy_bgcnbd_params take_params(parity_case *c) {
  loy_bgcnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.a = parity_double(c);
  params.b = parity_double(c);
  params.k = parity_double(c);
  return params;
}

#define MODEL_GAPS
#include "purchase.h"

static void the_loglik(parity_case *c) {
  loy_bgcnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double litt = parity_double(c);
  loy_error e;
  MODEL(check_gaps)(&params, one.x, one.t_x, one.T, litt, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(loglik)(&params, one.x, one.t_x, one.T, litt));
}
static void the_loglik_summary(parity_case *c) { of_history(c, MODEL(loglik_summary)); }

static void the_loglik_batch(parity_case *c) {
  loy_bgcnbd_params params = take_params(c);
  customers all = take_customers(c);
  size_t litt_n, out_n;
  const double *litt = parity_column(c, &litt_n);
  double *out = parity_out(c, &out_n);
  loy_bgcnbd_options options;
  loy_batch_report report;
  bool coerce;
  loy_error e;
  MODEL(options_init)(&options);
  options.threads = (int)parity_int(c);
  coerce = parity_bool(c);
  if (parity_lengths(c, "t_x", all.t_x_n, all.n) || parity_lengths(c, "T", all.T_n, all.n)) return;
  if (parity_lengths(c, "out", out_n, all.n) || (litt && parity_lengths(c, "litt", litt_n, all.n))) return;
  MODEL(loglik_batch)(&params, all.x, all.t_x, all.T, litt, all.n, &options, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void the_simulate(parity_case *c) {
  loy_bgcnbd_params params = take_params(c);
  size_t n, x_n, t_x_n, litt_n, alive_n;
  const double *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  loy_bgcnbd_options options;
  double *x, *t_x, *litt, *alive;
  loy_error e;
  MODEL(options_init)(&options);
  options.threads = (int)parity_int(c);
  x = parity_out(c, &x_n);
  t_x = parity_out(c, &t_x_n);
  litt = parity_out(c, &litt_n);
  alive = parity_out(c, &alive_n);
  if (parity_lengths(c, "x", x_n, n) || parity_lengths(c, "t_x", t_x_n, n)) return;
  if ((litt && parity_lengths(c, "litt", litt_n, n)) || (alive && parity_lengths(c, "alive", alive_n, n))) return;
  MODEL(simulate)(&params, T, n, seed, &options, x, t_x, litt, alive, &e);
  (void)parity_failed(c, &e);
}

/* The columns of a fit. */
typedef struct fitted {
  customers all;
  const double *litt, *weight;
  size_t litt_n, weight_n;
} fitted;

static fitted take_fitted(parity_case *c) {
  fitted of;
  of.all = take_customers(c);
  of.litt = parity_column(c, &of.litt_n);
  of.weight = parity_column(c, &of.weight_n);
  return of;
}

static int differ(parity_case *c, const fitted *of) {
  return parity_lengths(c, "t_x", of->all.t_x_n, of->all.n) || parity_lengths(c, "T", of->all.T_n, of->all.n) ||
         (of->litt && parity_lengths(c, "litt", of->litt_n, of->all.n)) ||
         (of->weight && parity_lengths(c, "weight", of->weight_n, of->all.n));
}

static void the_total(parity_case *c) {
  loy_bgcnbd_params params = take_params(c);
  fitted of = take_fitted(c);
  loy_bgcnbd_fit_options options;
  double value, gradient[4], hessian[16];
  loy_error e;
  MODEL(fit_options_init)(&options);
  options.threads = (int)parity_int(c);
  if (differ(c, &of)) return;
  MODEL(loglik_total)
  (&params, of.all.x, of.all.t_x, of.all.T, of.litt, of.weight, of.all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 4; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, hessian[i]);
}

static void the_fit(parity_case *c) {
  fitted of = take_fitted(c);
  loy_bgcnbd_fit_options options;
  loy_bgcnbd_fit_result fit;
  double *of_k;
  size_t of_k_n;
  loy_error e;
  MODEL(fit_options_init)(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.k = (int)parity_int(c);
  options.start.r = parity_double(c);
  options.start.alpha = parity_double(c);
  options.start.a = parity_double(c);
  options.start.b = parity_double(c);
  options.penalty = parity_double(c);
  of_k = parity_out(c, &of_k_n);
  (void)parity_text(c); /* no watch */
  if (differ(c, &of) || parity_lengths(c, "of_k", of_k_n, LOY_CNBD_STAGES_MOST)) return;
  MODEL(fit)(of.all.x, of.all.t_x, of.all.T, of.litt, of.weight, of.all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  memcpy(of_k, fit.log_likelihood_of, sizeof fit.log_likelihood_of);
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.r);
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.params.a);
  parity_give_double(c, fit.params.b);
  parity_give_double(c, fit.params.k);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 5; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 25; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

static void register_cnbd(void) {
  register_purchase();
  parity_register(NAME "_loglik", the_loglik);
  parity_register(NAME "_loglik_summary", the_loglik_summary);
  parity_register(NAME "_loglik_batch", the_loglik_batch);
  parity_register(NAME "_simulate", the_simulate);
  parity_register(NAME "_loglik_total", the_total);
  parity_register(NAME "_fit", the_fit);
}
