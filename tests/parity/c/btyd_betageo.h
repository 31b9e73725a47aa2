/* btyd_betageo.h: the side of the models with beta-geometric dropout in the parity cases. The including file defines
 * MODEL as bgnbd or mbgnbd, and calls register_model(). */
#include "parity.h"

#define PASTE_TOKENS(prefix, model, name) prefix##model##_##name
#define PASTE(prefix, model, name)        PASTE_TOKENS(prefix, model, name)
#define TEXT_OF(name)                     #name
#define TEXT(name)                        TEXT_OF(name)
#define LOY(name)                         PASTE(loy_, MODEL, name)
#define RUN(name)                         PASTE(, MODEL, name)
#define CASE_OF(name)                     parity_register(TEXT(RUN(name)), RUN(name))

static loy_bgnbd_params take_params(parity_case *c) {
  loy_bgnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.a = parity_double(c);
  params.b = parity_double(c);
  return params;
}

/* ---- one customer ---- */

typedef struct one_customer {
  double x, t_x, T;
} one_customer;

static one_customer take_customer(parity_case *c) {
  one_customer one;
  one.x = parity_double(c);
  one.t_x = parity_double(c);
  one.T = parity_double(c);
  return one;
}

static void RUN(check)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  loy_error e;
  LOY(check)(&params, &e);
  (void)parity_failed(c, &e);
}

/* A function of a history alone. */
static void of_history(parity_case *c, double (*f)(const loy_bgnbd_params *, double, double, double)) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  loy_error e;
  LOY(check_customer)(&params, one.x, one.t_x, one.T, 0.0, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, f(&params, one.x, one.t_x, one.T));
}
static void RUN(loglik)(parity_case *c) { of_history(c, LOY(loglik)); }
static void RUN(log_palive)(parity_case *c) { of_history(c, LOY(log_palive)); }

/* A function of a history and a horizon. */
static void of_horizon(parity_case *c, double (*f)(const loy_bgnbd_params *, double, double, double, double)) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double t = parity_double(c);
  loy_error e;
  LOY(check_customer)(&params, one.x, one.t_x, one.T, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, f(&params, one.x, one.t_x, one.T, t));
}
static void RUN(palive)(parity_case *c) { of_horizon(c, LOY(palive)); }
static void RUN(expected_purchases)(parity_case *c) { of_horizon(c, LOY(expected_purchases)); }

static void RUN(posterior)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double lambda, p;
  loy_error e;
  LOY(posterior)(&params, one.x, one.t_x, one.T, &lambda, &p, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lambda);
  parity_give_double(c, p);
}

static void RUN(expected_purchases_new)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  double t = parity_double(c);
  loy_error e;
  LOY(check_customer)(&params, 0.0, 0.0, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(expected_purchases_new)(&params, t));
}

static void RUN(dert)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double delta = parity_double(c);
  loy_error e;
  LOY(dect_check)(&params, one.x, one.t_x, one.T, delta, 0.0, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(dert)(&params, one.x, one.t_x, one.T, delta));
}

static void RUN(dect)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double delta = parity_double(c), t = parity_double(c);
  loy_error e;
  LOY(dect_check)(&params, one.x, one.t_x, one.T, delta, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(dect)(&params, one.x, one.t_x, one.T, delta, t));
}

static void RUN(pmf)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  double n = parity_double(c), t = parity_double(c);
  loy_error e;
  LOY(pmf_check)(&params, 0.0, 0.0, 0.0, n, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(pmf)(&params, n, t));
}

static void RUN(pmf_future)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  one_customer one = take_customer(c);
  double n = parity_double(c), t = parity_double(c);
  loy_error e;
  LOY(pmf_check)(&params, one.x, one.t_x, one.T, n, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(pmf_future)(&params, one.x, one.t_x, one.T, n, t));
}

static void RUN(pmf_interval)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  double n = parity_double(c), t0 = parity_double(c), t1 = parity_double(c);
  loy_error e;
  LOY(pmf_check)(&params, 0.0, 0.0, 0.0, n, t0, t1, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, LOY(pmf_interval)(&params, n, t0, t1));
}

/* ---- columns ---- */

typedef struct customers {
  const double *x, *t_x, *T;
  size_t n, t_x_n, T_n;
} customers;

static customers take_customers(parity_case *c) {
  customers all;
  all.x = parity_column(c, &all.n);
  all.t_x = parity_column(c, &all.t_x_n);
  all.T = parity_column(c, &all.T_n);
  return all;
}

/* The end of a batch: options, whether to coerce, the call, the count of bad rows. `extra` are the numbers between the
 * history and the results. */
typedef enum batch_kind { LOGLIK, PALIVE, EXPECTED, DERT, DECT, POSTERIOR } batch_kind;

static void batch(parity_case *c, batch_kind kind, int extras) {
  loy_bgnbd_params params = take_params(c);
  customers all = take_customers(c);
  double extra[2] = {0.0, 0.0};
  double *out, *second = NULL;
  size_t out_n, second_n = 0;
  loy_bgnbd_options options;
  loy_batch_report report;
  bool coerce;
  loy_error e;
  for (int i = 0; i < extras; i++) extra[i] = parity_double(c);
  out = parity_out(c, &out_n);
  if (kind == POSTERIOR) second = parity_out(c, &second_n);
  LOY(options_init)(&options);
  options.threads = (int)parity_int(c);
  coerce = parity_bool(c);
  if (parity_lengths(c, "t_x", all.t_x_n, all.n) || parity_lengths(c, "T", all.T_n, all.n)) return;
  if (parity_lengths(c, kind == POSTERIOR ? "rate" : "out", out_n, all.n)) return;
  if (second && parity_lengths(c, "dropout", second_n, all.n)) return;
  switch (kind) {
  case LOGLIK: LOY(loglik_batch)(&params, all.x, all.t_x, all.T, all.n, &options, out, &report, &e); break;
  case PALIVE: LOY(palive_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e); break;
  case EXPECTED:
    LOY(expected_purchases_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e);
    break;
  case DERT: LOY(dert_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e); break;
  case DECT:
    LOY(dect_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], extra[1], &options, out, &report, &e);
    break;
  default: LOY(posterior_batch)(&params, all.x, all.t_x, all.T, all.n, &options, out, second, &report, &e); break;
  }
  if (parity_failed(c, &e)) return;
  if (report.bad > 0 && !coerce && parity_failed(c, &report.first)) return;
  parity_give_int(c, (int64_t)report.bad);
}
static void RUN(loglik_batch)(parity_case *c) { batch(c, LOGLIK, 0); }
static void RUN(palive_batch)(parity_case *c) { batch(c, PALIVE, 1); }
static void RUN(expected_purchases_batch)(parity_case *c) { batch(c, EXPECTED, 1); }
static void RUN(dert_batch)(parity_case *c) { batch(c, DERT, 1); }
static void RUN(dect_batch)(parity_case *c) { batch(c, DECT, 2); }
static void RUN(posterior_batch)(parity_case *c) { batch(c, POSTERIOR, 0); }

/* ---- all customers together ---- */

static void RUN(loglik_total)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  customers all = take_customers(c);
  size_t weights;
  const double *weight = parity_column(c, &weights);
  loy_bgnbd_fit_options options;
  double value, gradient[4], hessian[16];
  loy_error e;
  LOY(fit_options_init)(&options);
  options.threads = (int)parity_int(c);
  if (parity_lengths(c, "t_x", all.t_x_n, all.n) || parity_lengths(c, "T", all.T_n, all.n)) return;
  if (weight && parity_lengths(c, "weight", weights, all.n)) return;
  LOY(loglik_total)(&params, all.x, all.t_x, all.T, weight, all.n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
  for (int i = 0; i < 4; i++) parity_give_double(c, gradient[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, hessian[i]);
}

static void RUN(fit)(parity_case *c) {
  customers all = take_customers(c);
  size_t weights;
  const double *weight = parity_column(c, &weights);
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result fit;
  loy_error e;
  LOY(fit_options_init)(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.start = take_params(c);
  options.penalty = parity_double(c);
  (void)parity_text(c); /* no watch */
  if (parity_lengths(c, "t_x", all.t_x_n, all.n) || parity_lengths(c, "T", all.T_n, all.n)) return;
  if (weight && parity_lengths(c, "weight", weights, all.n)) return;
  LOY(fit)(all.x, all.t_x, all.T, weight, all.n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(fit.status));
  parity_give_double(c, fit.params.r);
  parity_give_double(c, fit.params.alpha);
  parity_give_double(c, fit.params.a);
  parity_give_double(c, fit.params.b);
  parity_give_double(c, fit.log_likelihood);
  for (int i = 0; i < 4; i++) parity_give_double(c, fit.std_error[i]);
  for (int i = 0; i < 16; i++) parity_give_double(c, fit.covariance[i]);
  parity_give_double(c, fit.customers);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

/* ---- simulation ---- */

static void RUN(simulate)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  size_t n, x_n, t_x_n, alive_n;
  const double *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  loy_bgnbd_options options;
  double *x, *t_x, *alive;
  loy_error e;
  LOY(options_init)(&options);
  options.threads = (int)parity_int(c);
  x = parity_out(c, &x_n);
  t_x = parity_out(c, &t_x_n);
  alive = parity_out(c, &alive_n);
  if (parity_lengths(c, "x", x_n, n) || parity_lengths(c, "t_x", t_x_n, n)) return;
  if (alive && parity_lengths(c, "alive", alive_n, n)) return;
  LOY(simulate)(&params, T, n, seed, &options, x, t_x, alive, &e);
  (void)parity_failed(c, &e);
}

static void RUN(simulate_log)(parity_case *c) {
  loy_bgnbd_params params = take_params(c);
  size_t n, capacity, times, purchases = 0;
  const double *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  int64_t *customer = parity_out_i64(c, &capacity);
  double *time = parity_out(c, &times);
  bool from_one = parity_bool(c);
  loy_error e;
  if (parity_lengths(c, "time", times, capacity)) return;
  LOY(simulate_log)(&params, T, n, seed, customer, time, capacity, &purchases, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; from_one && customer && i < purchases; i++) customer[i]++;
  parity_give_int(c, (int64_t)purchases);
}

static void register_model(void) {
  CASE_OF(check);
  CASE_OF(loglik);
  CASE_OF(palive);
  CASE_OF(log_palive);
  CASE_OF(posterior);
  CASE_OF(expected_purchases);
  CASE_OF(expected_purchases_new);
  CASE_OF(dert);
  CASE_OF(dect);
  CASE_OF(pmf);
  CASE_OF(pmf_future);
  CASE_OF(pmf_interval);
  CASE_OF(loglik_batch);
  CASE_OF(palive_batch);
  CASE_OF(posterior_batch);
  CASE_OF(expected_purchases_batch);
  CASE_OF(dert_batch);
  CASE_OF(dect_batch);
  CASE_OF(loglik_total);
  CASE_OF(fit);
  CASE_OF(simulate);
  CASE_OF(simulate_log);
}
