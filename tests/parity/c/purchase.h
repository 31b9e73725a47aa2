/* purchase.h: the side of the parity cases of the models of a gamma purchase rate and a lifetime. A file defines
 *   MODEL(f)   loy_<model>_f
 *   CLV(f)     loy_clv_<model>f
 *   NAME       "<model>"
 *   take_params(c)   reads the parameters
 *   MODEL_GAPS where the log-likelihood and simulations take more than the history, and the file has them itself
 * before it includes this one, and calls register_purchase. */
#include <math.h>

#include "loyalty/value/clv.h"

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

static void the_check(parity_case *c) {
  MODEL(params) params = take_params(c);
  loy_error e;
  MODEL(check)(&params, &e);
  (void)parity_failed(c, &e);
}

/* A function of a history alone. */
static void of_history(parity_case *c, double (*f)(const MODEL(params) *, double, double, double)) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  loy_error e;
  MODEL(check_customer)(&params, one.x, one.t_x, one.T, 0.0, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, f(&params, one.x, one.t_x, one.T));
}
#ifndef MODEL_GAPS
static void the_loglik(parity_case *c) { of_history(c, MODEL(loglik)); }
#endif
static void the_log_palive(parity_case *c) { of_history(c, MODEL(log_palive)); }

/* A function of a history and a horizon. */
static void of_horizon(parity_case *c, double (*f)(const MODEL(params) *, double, double, double, double)) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  double t = parity_double(c);
  loy_error e;
  MODEL(check_customer)(&params, one.x, one.t_x, one.T, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, f(&params, one.x, one.t_x, one.T, t));
}
static void the_palive(parity_case *c) { of_horizon(c, MODEL(palive)); }
static void the_expected_purchases(parity_case *c) { of_horizon(c, MODEL(expected_purchases)); }

static void the_posterior(parity_case *c) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  double lambda, p;
  loy_error e;
  MODEL(posterior)(&params, one.x, one.t_x, one.T, &lambda, &p, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lambda);
  parity_give_double(c, p);
}

static void the_expected_purchases_new(parity_case *c) {
  MODEL(params) params = take_params(c);
  double t = parity_double(c);
  loy_error e;
  MODEL(check_customer)(&params, 0.0, 0.0, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(expected_purchases_new)(&params, t));
}

static void the_dert(parity_case *c) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  double delta = parity_double(c);
  loy_error e;
  MODEL(dect_check)(&params, one.x, one.t_x, one.T, delta, 0.0, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(dert)(&params, one.x, one.t_x, one.T, delta));
}

static void the_dect(parity_case *c) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  double delta = parity_double(c), t = parity_double(c);
  loy_error e;
  MODEL(dect_check)(&params, one.x, one.t_x, one.T, delta, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(dect)(&params, one.x, one.t_x, one.T, delta, t));
}

static void the_pmf(parity_case *c) {
  MODEL(params) params = take_params(c);
  double n = parity_double(c), t = parity_double(c);
  loy_error e;
  MODEL(pmf_check)(&params, 0.0, 0.0, 0.0, n, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(pmf)(&params, n, t));
}

static void the_pmf_future(parity_case *c) {
  MODEL(params) params = take_params(c);
  one_customer one = take_customer(c);
  double n = parity_double(c), t = parity_double(c);
  loy_error e;
  MODEL(pmf_check)(&params, one.x, one.t_x, one.T, n, 0.0, t, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(pmf_future)(&params, one.x, one.t_x, one.T, n, t));
}

static void the_pmf_interval(parity_case *c) {
  MODEL(params) params = take_params(c);
  double n = parity_double(c), t0 = parity_double(c), t1 = parity_double(c);
  loy_error e;
  MODEL(pmf_check)(&params, 0.0, 0.0, 0.0, n, t0, t1, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, MODEL(pmf_interval)(&params, n, t0, t1));
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
  MODEL(params) params = take_params(c);
  customers all = take_customers(c);
  double extra[2] = {0.0, 0.0};
  double *out, *second = NULL;
  size_t out_n, second_n = 0;
  MODEL(options) options;
  loy_batch_report report;
  bool coerce;
  loy_error e;
  for (int i = 0; i < extras; i++) extra[i] = parity_double(c);
  out = parity_out(c, &out_n);
  if (kind == POSTERIOR) second = parity_out(c, &second_n);
  MODEL(options_init)(&options);
  options.threads = (int)parity_int(c);
  coerce = parity_bool(c);
  if (parity_lengths(c, "t_x", all.t_x_n, all.n) || parity_lengths(c, "T", all.T_n, all.n)) return;
  if (parity_lengths(c, kind == POSTERIOR ? "rate" : "out", out_n, all.n)) return;
  if (second && parity_lengths(c, "dropout", second_n, all.n)) return;
  switch (kind) {
#ifndef MODEL_GAPS
  case LOGLIK: MODEL(loglik_batch)(&params, all.x, all.t_x, all.T, all.n, &options, out, &report, &e); break;
#endif
  case PALIVE: MODEL(palive_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e); break;
  case EXPECTED:
    MODEL(expected_purchases_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e);
    break;
  case DERT: MODEL(dert_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], &options, out, &report, &e); break;
  case DECT:
    MODEL(dect_batch)(&params, all.x, all.t_x, all.T, all.n, extra[0], extra[1], &options, out, &report, &e);
    break;
  default: MODEL(posterior_batch)(&params, all.x, all.t_x, all.T, all.n, &options, out, second, &report, &e); break;
  }
  if (parity_failed(c, &e)) return;
  if (report.bad > 0 && !coerce && parity_failed(c, &report.first)) return;
  parity_give_int(c, (int64_t)report.bad);
}
#ifndef MODEL_GAPS
static void the_loglik_batch(parity_case *c) { batch(c, LOGLIK, 0); }
#endif
static void the_palive_batch(parity_case *c) { batch(c, PALIVE, 1); }
static void the_expected_purchases_batch(parity_case *c) { batch(c, EXPECTED, 1); }
static void the_dert_batch(parity_case *c) { batch(c, DERT, 1); }
static void the_dect_batch(parity_case *c) { batch(c, DECT, 2); }
static void the_posterior_batch(parity_case *c) { batch(c, POSTERIOR, 0); }

/* ---- simulation ---- */

#ifndef MODEL_GAPS
static void the_simulate(parity_case *c) {
  MODEL(params) params = take_params(c);
  size_t n, x_n, t_x_n, alive_n;
  const double *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  MODEL(options) options;
  double *x, *t_x, *alive;
  loy_error e;
  MODEL(options_init)(&options);
  options.threads = (int)parity_int(c);
  x = parity_out(c, &x_n);
  t_x = parity_out(c, &t_x_n);
  alive = parity_out(c, &alive_n);
  if (parity_lengths(c, "x", x_n, n) || parity_lengths(c, "t_x", t_x_n, n)) return;
  if (alive && parity_lengths(c, "alive", alive_n, n)) return;
  MODEL(simulate)(&params, T, n, seed, &options, x, t_x, alive, &e);
  (void)parity_failed(c, &e);
}
#endif

static void the_simulate_log(parity_case *c) {
  MODEL(params) params = take_params(c);
  size_t n, capacity, times, purchases = 0;
  const double *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  int64_t *customer = parity_out_i64(c, &capacity);
  double *time = parity_out(c, &times);
  bool from_one = parity_bool(c);
  loy_error e;
  if (parity_lengths(c, "time", times, capacity)) return;
  MODEL(simulate_log)(&params, T, n, seed, customer, time, capacity, &purchases, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; from_one && customer && i < purchases; i++) customer[i]++;
  parity_give_int(c, (int64_t)purchases);
}

/* ---- columns, one row at a time ---- */

enum { MOST_COLUMNS = 5 };

/* A row's number, or NaN with the reason in *e. */
typedef double (*row_function)(const MODEL(params) * params, const double *row, loy_error *e);

/* The parameters, as many columns as there are names, the results and whether to coerce. Columns must be as long as the
 * first, the results when `results_at` columns have been compared. */
static void over_columns(parity_case *c, row_function f, const char *const *name, int columns, int results_at) {
  MODEL(params) params = take_params(c);
  const double *column[MOST_COLUMNS];
  double *out;
  size_t length[MOST_COLUMNS], n;
  loy_batch_report report = {0};
  loy_error e;
  for (int k = 0; k < columns; k++) column[k] = parity_column(c, &length[k]);
  out = parity_out(c, &n);
  MODEL(check)(&params, &e);
  if (parity_failed(c, &e)) return;
  for (int k = 1; k <= columns; k++) {
    if (k == results_at && parity_lengths(c, "out", n, length[0])) return;
    if (k < columns && parity_lengths(c, name[k], length[k], length[0])) return;
  }
  for (size_t i = 0; i < n; i++) {
    double row[MOST_COLUMNS];
    loy_error why;
    for (int k = 0; k < columns; k++) row[k] = column[k][i];
    out[i] = f(&params, row, &why);
    if (out[i] != out[i]) parity_bad_row(&report, i, why.status, why.argument);
  }
  parity_batch(c, &e, &report, parity_bool(c));
}

static double expected_of(const MODEL(params) * params, const double *row, loy_error *e) {
  if (MODEL(check_customer)(params, 0.0, 0.0, 0.0, row[0], e) != LOY_OK) return NAN;
  return MODEL(expected_purchases_new)(params, row[0]);
}
static double pmf_of(const MODEL(params) * params, const double *row, loy_error *e) {
  if (MODEL(pmf_check)(params, 0.0, 0.0, 0.0, row[0], 0.0, row[1], e) != LOY_OK) return NAN;
  return MODEL(pmf)(params, row[0], row[1]);
}
static double future_of(const MODEL(params) * params, const double *row, loy_error *e) {
  if (MODEL(pmf_check)(params, row[0], row[1], row[2], row[3], 0.0, row[4], e) != LOY_OK) return NAN;
  return MODEL(pmf_future)(params, row[0], row[1], row[2], row[3], row[4]);
}
static double interval_of(const MODEL(params) * params, const double *row, loy_error *e) {
  if (MODEL(pmf_check)(params, 0.0, 0.0, 0.0, row[0], row[1], row[2], e) != LOY_OK) return NAN;
  return MODEL(pmf_interval)(params, row[0], row[1], row[2]);
}

static void the_expected_purchases_new_batch(parity_case *c) {
  static const char *const name[] = {"t"};
  over_columns(c, expected_of, name, 1, 1);
}
static void the_pmf_batch(parity_case *c) {
  static const char *const name[] = {"n", "t"};
  over_columns(c, pmf_of, name, 2, 2);
}
static void the_pmf_future_batch(parity_case *c) {
  static const char *const name[] = {"x", "t_x", "T", "n", "t"};
  over_columns(c, future_of, name, 5, 3);
}
static void the_pmf_interval_batch(parity_case *c) {
  static const char *const name[] = {"n", "t0", "t1"};
  over_columns(c, interval_of, name, 3, 3);
}

/* ---- value ---- */

static loy_clv_options take_options(parity_case *c) {
  loy_clv_options options;
  loy_clv_options_init(&options);
  options.margin = parity_double(c);
  options.horizon = parity_double(c);
  options.discount_rate = parity_double(c);
  options.discount_period = (int)parity_int(c);
  options.time_unit = (int)parity_int(c);
  return options;
}

static void the_clv(parity_case *c) {
  MODEL(params) model = take_params(c);
  loy_gamma_gamma_params spend;
  double x, t_x, T, z;
  loy_clv_options options;
  loy_clv value = {0, 0, 0, 0};
  loy_error e;
  spend.p = parity_double(c);
  spend.q = parity_double(c);
  spend.v = parity_double(c);
  x = parity_double(c);
  t_x = parity_double(c);
  T = parity_double(c);
  z = parity_double(c);
  options = take_options(c);
  CLV()(&model, &spend, x, t_x, T, z, &options, &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, value.p_alive);
  parity_give_double(c, value.expected_purchases);
  parity_give_double(c, value.expected_spend);
  parity_give_double(c, value.clv);
}

static void the_clv_batch(parity_case *c) {
  static const char *const names[8] = {"x", "t_x", "T", "z", "p_alive", "expected_purchases", "expected_spend", "clv"};
  MODEL(params) model = take_params(c);
  loy_gamma_gamma_params spend;
  const double *in[4];
  double *out[4];
  size_t n[8];
  bool coerce;
  loy_clv_options options;
  loy_batch_report report;
  loy_error e;
  spend.p = parity_double(c);
  spend.q = parity_double(c);
  spend.v = parity_double(c);
  for (int i = 0; i < 4; i++) in[i] = parity_column(c, &n[i]);
  options = take_options(c);
  options.threads = (int)parity_int(c);
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &n[4 + i]);
  coerce = parity_bool(c);
  for (int i = 1; i < 8; i++)
    if (parity_lengths(c, names[i], n[i], n[0])) return;
  CLV(_batch)(&model, &spend, in[0], in[1], in[2], in[3], n[0], &options, out[0], out[1], out[2], out[3], &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

static void register_purchase(void) {
  parity_register(NAME "_check", the_check);
  parity_register(NAME "_palive", the_palive);
  parity_register(NAME "_log_palive", the_log_palive);
  parity_register(NAME "_posterior", the_posterior);
  parity_register(NAME "_expected_purchases", the_expected_purchases);
  parity_register(NAME "_expected_purchases_new", the_expected_purchases_new);
  parity_register(NAME "_dert", the_dert);
  parity_register(NAME "_dect", the_dect);
  parity_register(NAME "_pmf", the_pmf);
  parity_register(NAME "_pmf_future", the_pmf_future);
  parity_register(NAME "_pmf_interval", the_pmf_interval);
  parity_register(NAME "_palive_batch", the_palive_batch);
  parity_register(NAME "_posterior_batch", the_posterior_batch);
  parity_register(NAME "_expected_purchases_batch", the_expected_purchases_batch);
  parity_register(NAME "_dert_batch", the_dert_batch);
  parity_register(NAME "_dect_batch", the_dect_batch);
#ifndef MODEL_GAPS
  parity_register(NAME "_loglik", the_loglik);
  parity_register(NAME "_loglik_batch", the_loglik_batch);
  parity_register(NAME "_simulate", the_simulate);
#endif
  parity_register(NAME "_simulate_log", the_simulate_log);
  parity_register(NAME "_expected_purchases_new_batch", the_expected_purchases_new_batch);
  parity_register(NAME "_pmf_batch", the_pmf_batch);
  parity_register(NAME "_pmf_future_batch", the_pmf_future_batch);
  parity_register(NAME "_pmf_interval_batch", the_pmf_interval_batch);
  parity_register("clv_" NAME, the_clv);
  parity_register("clv_" NAME "_batch", the_clv_batch);
}
