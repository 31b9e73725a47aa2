/* value.i: shims of the value wing. */

/* ---- lifetime value ---- */

%{
#include "loyalty/btyd/bgcnbd_predict.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/mbgcnbd_predict.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/value/clv.h"
#include "loyalty/value/retention.h"

/* `horizon` +infinity: no end. Periods and units as loy_time_unit, or -1. */
static loy_clv_options clv_options(double margin, double horizon, double discount_rate, int discount_period,
                                   int time_unit, int threads) {
  loy_clv_options options;
  loy_clv_options_init(&options);
  options.margin = margin;
  options.horizon = horizon;
  options.discount_rate = discount_rate;
  options.discount_period = discount_period;
  options.time_unit = time_unit;
  options.threads = threads;
  return options;
}
%}

%inline %{
static loy_r1 discount_delta(double rate, int period, int time_unit) {
  loy_r1 r = {0};
  loy_discount_delta(rate, period, time_unit, &r.v[0], &r.e);
  return r;
}
%}

/* For each transaction model M loy_clv_M and loy_clv_M_batch: loy_clv_bgnbd, loy_clv_bgnbd_batch, loy_clv_mbgnbd,
 * loy_clv_mbgnbd_batch, loy_clv_pnbd, loy_clv_pnbd_batch, loy_clv_nbd, loy_clv_nbd_batch, loy_clv_ggomnbd,
 * loy_clv_ggomnbd_batch, loy_clv_bgcnbd, loy_clv_bgcnbd_batch, loy_clv_mbgcnbd, loy_clv_mbgcnbd_batch, loy_clv_bgbb and
 * loy_clv_bgbb_batch; and loy_bgnbd_predict_batch, loy_mbgnbd_predict_batch, loy_pnbd_predict_batch,
 * loy_nbd_predict_batch, loy_ggomnbd_predict_batch and loy_bgbb_predict_batch, for those who ask for no value. PARAMS
 * declares the parameters of the model, ARGS names them. */
%define CLV_SHIMS(M, PARAMS, ARGS)
LOY_BULK(clv_##M##_batch)
LOY_BULK(M##_predict_batch)
%inline %{
/* P(alive), expected purchases, expected spend, value. */
static loy_s4 clv_##M(PARAMS, double p, double q, double v, double x, double t_x,
                        double T, double z, double margin, double horizon, double discount_rate, int discount_period,
                        int time_unit) {
  loy_s4 result = {0};
  loy_##M##_params model = {ARGS};
  loy_gamma_gamma_params spend = {p, q, v};
  loy_clv_options options = clv_options(margin, horizon, discount_rate, discount_period, time_unit, 1);
  loy_clv value;
  if (loy_status_is_error(loy_clv_##M(&model, &spend, x, t_x, T, z, &options, &value, &result.e))) return result;
  result.v[0] = value.p_alive;
  result.v[1] = value.expected_purchases;
  result.v[2] = value.expected_spend;
  result.v[3] = value.clv;
  return result;
}

/* Status and the count of bad rows. */
static loy_values clv_##M##_batch(PARAMS, double p, double q, double v, loy_in x,
                                  loy_in t_x, loy_in T, loy_in z, double margin, double horizon, double discount_rate,
                                  int discount_period, int time_unit, int threads, loy_out p_alive,
                                  loy_out expected_purchases, loy_out expected_spend, loy_out clv, bool coerce) {
  loy_values result = {0};
  loy_##M##_params model = {ARGS};
  loy_gamma_gamma_params spend = {p, q, v};
  loy_clv_options options = clv_options(margin, horizon, discount_rate, discount_period, time_unit, threads);
  loy_batch_report report = {0};
  if (!loy_same_length(&result.e, "t_x", t_x.n, x.n) || !loy_same_length(&result.e, "T", T.n, x.n) ||
      !loy_same_length(&result.e, "z", z.n, x.n) || !loy_same_length(&result.e, "p_alive", p_alive.n, x.n) ||
      !loy_same_length(&result.e, "expected_purchases", expected_purchases.n, x.n) ||
      !loy_same_length(&result.e, "expected_spend", expected_spend.n, x.n) ||
      !loy_same_length(&result.e, "clv", clv.n, x.n))
    return result;
  loy_clv_##M##_batch(&model, &spend, x.p, t_x.p, T.p, z.p, x.n, &options, p_alive.p, expected_purchases.p,
                      expected_spend.p, clv.p, &report, &result.e);
  if (loy_status_is_error(result.e.status)) return result;
  if (report.bad > 0 && !coerce) {
    result.e = report.first;
    return result;
  }
  loy_put_status(&result);
  loy_put_size(&result, report.bad);
  return result;
}

/* The first two answers alone. The arguments of the value are checked all the same, by a batch of no customers. */
static loy_values M##_predict_batch(PARAMS, loy_in x, loy_in t_x, loy_in T, double margin, double horizon,
                                  double discount_rate, int discount_period, int time_unit, int threads,
                                  loy_out p_alive, loy_out expected_purchases, bool coerce) {
  loy_values result = {0};
  loy_##M##_params model = {ARGS};
  loy_gamma_gamma_params spend = {1, 2, 1};
  loy_clv_options clv = clv_options(margin, horizon, discount_rate, discount_period, time_unit, threads);
  loy_##M##_options options;
  loy_batch_report report = {0};
  if (!loy_same_length(&result.e, "t_x", t_x.n, x.n) || !loy_same_length(&result.e, "T", T.n, x.n) ||
      !loy_same_length(&result.e, "p_alive", p_alive.n, x.n) ||
      !loy_same_length(&result.e, "expected_purchases", expected_purchases.n, x.n) ||
      loy_status_is_error(loy_clv_##M##_batch(&model, &spend, NULL, NULL, NULL, NULL, 0, &clv, NULL, NULL, NULL, NULL,
                                              NULL, &result.e)))
    return result;
  loy_##M##_options_init(&options);
  options.threads = threads;
  loy_##M##_predict_batch(&model, x.p, t_x.p, T.p, x.n, 0.0, horizon, &options, p_alive.p, expected_purchases.p, NULL,
                          &report, &result.e);
  if (loy_status_is_error(result.e.status)) return result;
  if (report.bad > 0 && !coerce) {
    result.e = report.first;
    return result;
  }
  loy_put_status(&result);
  loy_put_size(&result, report.bad);
  return result;
}
%}
%enddef

CLV_SHIMS(bgnbd, LOY_LIST(double r, double alpha, double a, double b), LOY_LIST(r, alpha, a, b))
CLV_SHIMS(mbgnbd, LOY_LIST(double r, double alpha, double a, double b), LOY_LIST(r, alpha, a, b))
CLV_SHIMS(pnbd, LOY_LIST(double r, double alpha, double s, double beta), LOY_LIST(r, alpha, s, beta))
CLV_SHIMS(nbd, LOY_LIST(double r, double alpha), LOY_LIST(r, alpha))
CLV_SHIMS(ggomnbd, LOY_LIST(double r, double alpha, double b, double s, double beta), LOY_LIST(r, alpha, b, s, beta))
CLV_SHIMS(bgcnbd, LOY_LIST(double r, double alpha, double a, double b, double k), LOY_LIST(r, alpha, a, b, k))
CLV_SHIMS(mbgcnbd, LOY_LIST(double r, double alpha, double a, double b, double k), LOY_LIST(r, alpha, a, b, k))
CLV_SHIMS(bgbb, LOY_LIST(double alpha, double beta, double gamma, double d), LOY_LIST(alpha, beta, gamma, d))

/* ---- retention ---- */

LOY_BULK(retention_value_batch)
%inline %{
static loy_s1 margin_multiple(int timing, double retention, double discount, double growth, double horizon) {
  loy_s1 r = {0};
  if (!loy_status_is_error(loy_margin_multiple_check(timing, retention, discount, growth, horizon, &r.v[0], &r.e)))
    r.v[0] = loy_margin_multiple(timing, retention, discount, growth, horizon);
  return r;
}

static loy_s1 retention_value(int timing, double margin, double retention, double discount, double growth,
                              double horizon, double acquisition_cost) {
  loy_s1 r = {0};
  loy_status status =
      loy_retention_value_check(timing, margin, retention, discount, growth, horizon, acquisition_cost, &r.v[0], &r.e);
  if (!loy_status_is_error(status))
    r.v[0] = loy_retention_value(timing, margin, retention, discount, growth, horizon, acquisition_cost);
  return r;
}

/* Status and the count of bad rows. */
static loy_values retention_value_batch(int timing, loy_in margin, loy_in retention, double discount, double growth,
                                        double horizon, double acquisition_cost, loy_out out, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  if (!loy_same_length(&r.e, "retention", retention.n, margin.n) || !loy_same_length(&r.e, "out", out.n, margin.n))
    return r;
  loy_retention_value_batch(timing, margin.p, retention.p, margin.n, discount, growth, horizon, acquisition_cost, out.p,
                            &report, &r.e);
  if (loy_status_is_error(r.e.status)) return r;
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  return r;
}
%}
