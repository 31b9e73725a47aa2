/* btyd_lifetime_fit.c: the fits of the Pareto/NBD, NBD and GGom/NBD models, their side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/ggomnbd_fit.h"
#include "loyalty/btyd/nbd_fit.h"
#include "loyalty/btyd/pnbd_fit.h"

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

static loy_pnbd_params take_pnbd(parity_case *c) {
  loy_pnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.s = parity_double(c);
  params.beta = parity_double(c);
  return params;
}

static void pnbd_loglik_total(parity_case *c) {
  loy_pnbd_params params = take_pnbd(c);
  customers all = take_customers(c);
  loy_pnbd_fit_options options;
  double value, gradient[4], hessian[16];
  loy_error e;
  loy_pnbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  if (differ(c, &all)) return;
  loy_pnbd_loglik_total(&params, all.x, all.t_x, all.T, all.weight, all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 4; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, hessian[i]);
}

static void pnbd_fit(parity_case *c) {
  customers all = take_customers(c);
  loy_pnbd_fit_options options;
  loy_pnbd_fit_result fit;
  loy_error e;
  loy_pnbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_pnbd(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (differ(c, &all)) return;
  loy_pnbd_fit(all.x, all.t_x, all.T, all.weight, all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.r);
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.params.s);
  parity_give_double(c, fit.params.beta);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 4; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

static loy_nbd_params take_nbd(parity_case *c) {
  loy_nbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  return params;
}

static void nbd_loglik_total(parity_case *c) {
  loy_nbd_params params = take_nbd(c);
  customers all = take_customers(c);
  loy_nbd_fit_options options;
  double value, gradient[2], hessian[4];
  loy_error e;
  loy_nbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  if (differ(c, &all)) return;
  loy_nbd_loglik_total(&params, all.x, all.t_x, all.T, all.weight, all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 2; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 4; i++) parity_give_double(c, hessian[i]);
}

static void nbd_fit(parity_case *c) {
  customers all = take_customers(c);
  loy_nbd_fit_options options;
  loy_nbd_fit_result fit;
  loy_error e;
  loy_nbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_nbd(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (differ(c, &all)) return;
  loy_nbd_fit(all.x, all.t_x, all.T, all.weight, all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.r);
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 2; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 4; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

static loy_ggomnbd_params take_ggomnbd(parity_case *c) {
  loy_ggomnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.b = parity_double(c);
  params.s = parity_double(c);
  params.beta = parity_double(c);
  return params;
}

static void ggomnbd_loglik_total(parity_case *c) {
  loy_ggomnbd_params params = take_ggomnbd(c);
  customers all = take_customers(c);
  loy_ggomnbd_fit_options options;
  double value, gradient[5], hessian[25];
  loy_error e;
  loy_ggomnbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  if (differ(c, &all)) return;
  loy_ggomnbd_loglik_total(&params, all.x, all.t_x, all.T, all.weight, all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 5; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 25; i++) parity_give_double(c, hessian[i]);
}

static void ggomnbd_fit(parity_case *c) {
  customers all = take_customers(c);
  loy_ggomnbd_fit_options options;
  loy_ggomnbd_fit_result fit;
  loy_error e;
  loy_ggomnbd_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_ggomnbd(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (differ(c, &all)) return;
  loy_ggomnbd_fit(all.x, all.t_x, all.T, all.weight, all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.r);
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.params.b);
  parity_give_double(c, fit.params.s);
  parity_give_double(c, fit.params.beta);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 5; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 25; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

PARITY(btyd_lifetime_fit) {
  CASE(pnbd_loglik_total);
  CASE(pnbd_fit);
  CASE(nbd_loglik_total);
  CASE(nbd_fit);
  CASE(ggomnbd_loglik_total);
  CASE(ggomnbd_fit);
}
