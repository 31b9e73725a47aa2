/* value_acquisition.i: shims of payback, keep or replace, optimal spending and the equity of segments. value_row is in
 * value_lifetime.i. */

%{
#include "loyalty/value/acquisition.h"
#include "loyalty/value/equity.h"
#include "loyalty/value/spending.h"

static loy_values spend_plan_values(loy_error e, const loy_spend_plan *plan) {
  loy_values r = {0};
  r.e = e;
  if (loy_status_is_error(e.status)) return r;
  loy_put_status(&r);
  loy_put_double(&r, plan->acquisition.spend);
  loy_put_double(&r, plan->acquisition.share);
  loy_put_double(&r, plan->acquisition.value);
  loy_put_double(&r, plan->retention.spend);
  loy_put_double(&r, plan->retention.share);
  loy_put_double(&r, plan->retention.value);
  loy_put_double(&r, plan->equity);
  return r;
}
%}

LOY_BULK(acquisition_payback_batch)
LOY_BULK(keep_or_replace_batch)
LOY_BULK(spend_response_at_batch)
LOY_BULK(segment_equity)
%inline %{
static loy_values acquisition_payback_batch(int timing, loy_in margin, loy_in retention, double discount, double growth,
                                            loy_in acquisition_cost, loy_out value, loy_out ratio, loy_out exact,
                                            loy_out periods, bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "retention", retention.n, margin.n) &&
      loy_same_length(&e, "acquisition_cost", acquisition_cost.n, margin.n) &&
      loy_same_length(&e, "value", value.n, margin.n) && loy_same_length(&e, "ratio", ratio.n, margin.n) &&
      loy_same_length(&e, "exact", exact.n, margin.n) && loy_same_length(&e, "periods", periods.n, margin.n)) {
    for (size_t i = 0; i < margin.n; i++) {
      loy_error why;
      loy_payback found = {NAN, NAN, NAN, NAN};
      loy_acquisition_payback(timing, margin.p[i], retention.p[i], discount, growth, acquisition_cost.p[i], &found,
                              &why);
      value_row(&rows, i, &why);
      value.p[i] = found.value;
      ratio.p[i] = found.ratio;
      exact.p[i] = found.exact;
      periods.p[i] = found.periods;
    }
  }
  return value_rows_done(e, &rows, coerce);
}

/* The two answers are 1 or 0. */
static loy_values keep_or_replace_batch(loy_in cost, loy_in uplift, loy_in value, loy_in acquisition_cost, loy_out gain,
                                        loy_out net, loy_out cost_per_kept, loy_out uplift_to_pay,
                                        loy_out uplift_to_replace, loy_out pays, loy_out cheaper, bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "uplift", uplift.n, cost.n) && loy_same_length(&e, "value", value.n, cost.n) &&
      loy_same_length(&e, "acquisition_cost", acquisition_cost.n, cost.n) &&
      loy_same_length(&e, "gain", gain.n, cost.n) && loy_same_length(&e, "net", net.n, cost.n) &&
      loy_same_length(&e, "cost_per_kept", cost_per_kept.n, cost.n) &&
      loy_same_length(&e, "uplift_to_pay", uplift_to_pay.n, cost.n) &&
      loy_same_length(&e, "uplift_to_replace", uplift_to_replace.n, cost.n) &&
      loy_same_length(&e, "pays", pays.n, cost.n) && loy_same_length(&e, "cheaper", cheaper.n, cost.n)) {
    for (size_t i = 0; i < cost.n; i++) {
      loy_error why;
      loy_keep found = {NAN, NAN, NAN, NAN, NAN, 0, 0};
      loy_keep_or_replace(cost.p[i], uplift.p[i], value.p[i], acquisition_cost.p[i], &found, &why);
      value_row(&rows, i, &why);
      gain.p[i] = found.gain;
      net.p[i] = found.net;
      cost_per_kept.p[i] = found.cost_per_kept;
      uplift_to_pay.p[i] = found.uplift_to_pay;
      uplift_to_replace.p[i] = found.uplift_to_replace;
      pays.p[i] = found.pays;
      cheaper.p[i] = found.cheaper;
    }
  }
  return value_rows_done(e, &rows, coerce);
}

/* The rate. */
static loy_r1 spend_response_from_point(double ceiling, double spend, double share) {
  loy_r1 r = {0};
  loy_spend_response response;
  if (loy_spend_response_from_point(ceiling, spend, share, &response, &r.e) == LOY_OK) r.v[0] = response.rate;
  return r;
}

static loy_rbatch spend_response_at_batch(double ceiling, double rate, loy_in spend, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_spend_optimum unused;
  const loy_spend_response response = {ceiling, rate};
  if (loy_acquisition_optimum(&response, 0.0, &unused, &e) == LOY_OK && loy_same_length(&e, "out", out.n, spend.n)) {
    for (size_t i = 0; i < spend.n; i++) {
      out.p[i] = loy_spend_response_at(&response, spend.p[i]);
      if (isnan(out.p[i]) && report.bad++ == 0) {
        report.first.status = LOY_ERR_DOMAIN;
        report.first.argument = "spend";
        report.first.index = i;
        report.first.message = "must be 0 or a number from 1e-40 to 1e40";
      }
    }
  }
  return loy_batch_result(e, &report, coerce);
}

/* Spend, share, value. */
static loy_r3 acquisition_optimum(double ceiling, double rate, double value) {
  loy_r3 r = {0};
  const loy_spend_response response = {ceiling, rate};
  loy_spend_optimum best = {0.0, 0.0, 0.0};
  loy_acquisition_optimum(&response, value, &best, &r.e);
  r.v[0] = best.spend;
  r.v[1] = best.share;
  r.v[2] = best.value;
  return r;
}

static loy_r3 retention_optimum(double ceiling, double rate, double margin, double discount) {
  loy_r3 r = {0};
  const loy_spend_response response = {ceiling, rate};
  loy_spend_optimum best = {0.0, 0.0, 0.0};
  loy_retention_optimum(&response, margin, discount, &best, &r.e);
  r.v[0] = best.spend;
  r.v[1] = best.share;
  r.v[2] = best.value;
  return r;
}

/* Status; spend, share and value of acquisition, of retention; equity. */
static loy_values spend_plan_optimum(double acquisition_ceiling, double acquisition_rate, double retention_ceiling,
                                     double retention_rate, double margin, double discount) {
  const loy_spend_response win = {acquisition_ceiling, acquisition_rate}, keep = {retention_ceiling, retention_rate};
  loy_spend_plan plan;
  loy_error e = {0};
  loy_spend_plan_optimum(&win, &keep, margin, discount, &plan, &e);
  return spend_plan_values(e, &plan);
}

static loy_values spend_plan_at(double acquisition_ceiling, double acquisition_rate, double retention_ceiling,
                                double retention_rate, double margin, double discount, double acquisition_spend,
                                double retention_spend) {
  const loy_spend_response win = {acquisition_ceiling, acquisition_rate}, keep = {retention_ceiling, retention_rate};
  loy_spend_plan plan;
  loy_error e = {0};
  loy_spend_plan_at(&win, &keep, margin, discount, acquisition_spend, retention_spend, &plan, &e);
  return spend_plan_values(e, &plan);
}

/* Status, total. */
static loy_s1 segment_equity(loy_in customers, loy_in value, loy_out equity, loy_out share, loy_out customer_share) {
  loy_s1 r = {0};
  if (loy_same_length(&r.e, "value", value.n, customers.n) && loy_same_length(&r.e, "equity", equity.n, customers.n) &&
      loy_same_length(&r.e, "share", share.n, customers.n) &&
      loy_same_length(&r.e, "customer_share", customer_share.n, customers.n))
    loy_segment_equity(customers.p, value.p, customers.n, equity.p, share.p, customer_share.p, &r.v[0], &r.e);
  return r;
}
%}
