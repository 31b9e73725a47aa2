/* value.c: the value wing's side of the parity cases. */
#include "parity.h"

#include "loyalty/value/clv.h"
#include "loyalty/value/retention.h"

static void discount_delta(parity_case *c) {
  double rate = parity_double(c), delta = 0.0;
  int period = (int)parity_int(c), time_unit = (int)parity_int(c);
  loy_error e;
  loy_discount_delta(rate, period, time_unit, &delta, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, delta);
}

static void take_models(parity_case *c, loy_bgnbd_params *model, loy_gamma_gamma_params *spend) {
  model->r = parity_double(c);
  model->alpha = parity_double(c);
  model->a = parity_double(c);
  model->b = parity_double(c);
  spend->p = parity_double(c);
  spend->q = parity_double(c);
  spend->v = parity_double(c);
}

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

typedef loy_status (*clv_one)(const loy_bgnbd_params *, const loy_gamma_gamma_params *, double, double, double, double,
                              const loy_clv_options *, loy_clv *, loy_error *);
typedef loy_status (*clv_many)(const loy_bgnbd_params *, const loy_gamma_gamma_params *, const double *, const double *,
                               const double *, const double *, size_t, const loy_clv_options *, double *, double *,
                               double *, double *, loy_batch_report *, loy_error *);

static void run_one(parity_case *c, clv_one one) {
  loy_bgnbd_params model;
  loy_gamma_gamma_params spend;
  double x, t_x, T, z;
  loy_clv_options options;
  loy_clv value = {0, 0, 0, 0};
  loy_error e;
  take_models(c, &model, &spend);
  x = parity_double(c);
  t_x = parity_double(c);
  T = parity_double(c);
  z = parity_double(c);
  options = take_options(c);
  one(&model, &spend, x, t_x, T, z, &options, &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, value.p_alive);
  parity_give_double(c, value.expected_purchases);
  parity_give_double(c, value.expected_spend);
  parity_give_double(c, value.clv);
}

static void run_many(parity_case *c, clv_many many) {
  static const char *const names[8] = {"x", "t_x", "T", "z", "p_alive", "expected_purchases", "expected_spend", "clv"};
  loy_bgnbd_params model;
  loy_gamma_gamma_params spend;
  const double *in[4];
  double *out[4];
  size_t n[8];
  bool coerce;
  loy_clv_options options;
  loy_batch_report report;
  loy_error e;
  take_models(c, &model, &spend);
  for (int i = 0; i < 4; i++) in[i] = parity_column(c, &n[i]);
  options = take_options(c);
  options.threads = (int)parity_int(c);
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &n[4 + i]);
  coerce = parity_bool(c);
  for (int i = 1; i < 8; i++)
    if (parity_lengths(c, names[i], n[i], n[0])) return;
  many(&model, &spend, in[0], in[1], in[2], in[3], n[0], &options, out[0], out[1], out[2], out[3], &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

static void clv_bgnbd(parity_case *c) { run_one(c, loy_clv_bgnbd); }
static void clv_bgnbd_batch(parity_case *c) { run_many(c, loy_clv_bgnbd_batch); }
static void clv_mbgnbd(parity_case *c) { run_one(c, loy_clv_mbgnbd); }
static void clv_mbgnbd_batch(parity_case *c) { run_many(c, loy_clv_mbgnbd_batch); }

static void margin_multiple(parity_case *c) {
  int timing = (int)parity_int(c);
  double retention = parity_double(c), discount = parity_double(c), growth = parity_double(c),
         horizon = parity_double(c);
  double multiple = 0.0;
  loy_error e;
  loy_margin_multiple_check(timing, retention, discount, growth, horizon, &multiple, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, multiple);
}

static void retention_value(parity_case *c) {
  int timing = (int)parity_int(c);
  double margin = parity_double(c), retention = parity_double(c), discount = parity_double(c);
  double growth = parity_double(c), horizon = parity_double(c), cost = parity_double(c), value = 0.0;
  loy_error e;
  loy_retention_value_check(timing, margin, retention, discount, growth, horizon, cost, &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, value);
}

static void retention_value_batch(parity_case *c) {
  int timing = (int)parity_int(c);
  size_t n, retention_n, out_n;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &retention_n);
  double discount = parity_double(c), growth = parity_double(c), horizon = parity_double(c), cost = parity_double(c);
  double *out = parity_out(c, &out_n);
  bool coerce = parity_bool(c);
  loy_batch_report report;
  loy_error e;
  if (parity_lengths(c, "retention", retention_n, n) || parity_lengths(c, "out", out_n, n)) return;
  loy_retention_value_batch(timing, margin, retention, n, discount, growth, horizon, cost, out, &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
}

PARITY(value) {
  CASE(discount_delta);
  CASE(clv_bgnbd);
  CASE(clv_bgnbd_batch);
  CASE(clv_mbgnbd);
  CASE(clv_mbgnbd_batch);
  CASE(margin_multiple);
  CASE(retention_value);
  CASE(retention_value_batch);
}
