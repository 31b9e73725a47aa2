/* value_arithmetic.c: lifetimes, paths, uncertainty, elasticities, lifts, payback, spending and equity in the parity
 * cases. */
#include "parity.h"
#include "rows.h"

static void lifetime_survivors_batch(parity_case *c) {
  size_t n, other;
  const double *retention = parity_column(c, &n), *periods = parity_column(c, &other);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_lifetime_survivors_batch(retention, periods, n, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void lifetime_mean_batch(parity_case *c) {
  size_t n, other;
  const double *retention = parity_column(c, &n);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_lifetime_mean_batch(retention, n, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void lifetime_until_batch(parity_case *c) {
  size_t n, other;
  const double *retention = parity_column(c, &n), *share = parity_column(c, &other);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_lifetime_until_batch(retention, share, n, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void retention_path(parity_case *c) {
  const int timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c), cost = parity_double(c);
  double *survivors = parity_out(c, &other), *present = parity_out(c, &other), value = 0.0;
  loy_error e;
  loy_retention_path(timing, margin, retention, n, discount, growth, cost, survivors, present, &value, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, value);
}

static void retention_spread_batch(parity_case *c) {
  const int timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c);
  double *mean = parity_out(c, &other), *deviation = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  parity_rows rows = {0};
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    mean[i] = deviation[i] = NAN;
    loy_retention_spread(timing, margin[i], retention[i], discount, growth, &mean[i], &deviation[i], &why);
    parity_row(&rows, i, &why);
  }
  parity_rows_done(c, &rows, coerce);
}

static void retention_value_error_batch(parity_case *c) {
  const int timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c), horizon = parity_double(c);
  const double *se_margin = parity_column(c, &other), *se_retention = parity_column(c, &other);
  const double *correlation = parity_column(c, &other);
  double *value = parity_out(c, &other), *se = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  parity_rows rows = {0};
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    value[i] = se[i] = NAN;
    loy_retention_value_error(timing, margin[i], retention[i], discount, growth, horizon, se_margin[i], se_retention[i],
                              correlation[i], &value[i], &se[i], &why);
    parity_row(&rows, i, &why);
  }
  parity_rows_done(c, &rows, coerce);
}

static void retention_elasticity_batch(parity_case *c) {
  const int timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c), horizon = parity_double(c);
  const double *cost = parity_column(c, &other);
  double *out[4];
  bool coerce;
  parity_rows rows = {0};
  for (int k = 0; k < 4; k++) out[k] = parity_out(c, &other);
  coerce = parity_bool(c);
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    loy_elasticity found = {NAN, NAN, NAN, NAN};
    loy_retention_elasticity(timing, margin[i], retention[i], discount, growth, horizon, cost[i], &found, &why);
    parity_row(&rows, i, &why);
    out[0][i] = found.margin;
    out[1][i] = found.retention;
    out[2][i] = found.discount;
    out[3][i] = found.acquisition_cost;
  }
  parity_rows_done(c, &rows, coerce);
}

static void retention_lift_batch(parity_case *c) {
  const int meaning = (int)parity_int(c), timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double *amount = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c), horizon = parity_double(c);
  double *out[5];
  bool coerce;
  parity_rows rows = {0};
  for (int k = 0; k < 5; k++) out[k] = parity_out(c, &other);
  coerce = parity_bool(c);
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    loy_retention_lift found = {NAN, NAN, NAN, NAN, NAN};
    loy_retention_lift_by(meaning, timing, margin[i], retention[i], amount[i], discount, growth, horizon, &found, &why);
    parity_row(&rows, i, &why);
    out[0][i] = found.retention_after;
    out[1][i] = found.value_before;
    out[2][i] = found.value_after;
    out[3][i] = found.gain;
    out[4][i] = found.relative;
  }
  parity_rows_done(c, &rows, coerce);
}

static void acquisition_payback_batch(parity_case *c) {
  const int timing = (int)parity_int(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *retention = parity_column(c, &other);
  const double discount = parity_double(c), growth = parity_double(c);
  const double *cost = parity_column(c, &other);
  double *out[4];
  bool coerce;
  parity_rows rows = {0};
  for (int k = 0; k < 4; k++) out[k] = parity_out(c, &other);
  coerce = parity_bool(c);
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    loy_payback found = {NAN, NAN, NAN, NAN};
    loy_acquisition_payback(timing, margin[i], retention[i], discount, growth, cost[i], &found, &why);
    parity_row(&rows, i, &why);
    out[0][i] = found.value;
    out[1][i] = found.ratio;
    out[2][i] = found.exact;
    out[3][i] = found.periods;
  }
  parity_rows_done(c, &rows, coerce);
}

static void keep_or_replace_batch(parity_case *c) {
  size_t n, other;
  const double *cost = parity_column(c, &n), *uplift = parity_column(c, &other), *value = parity_column(c, &other);
  const double *acquisition_cost = parity_column(c, &other);
  double *out[7];
  bool coerce;
  parity_rows rows = {0};
  for (int k = 0; k < 7; k++) out[k] = parity_out(c, &other);
  coerce = parity_bool(c);
  for (size_t i = 0; i < n; i++) {
    loy_error why;
    loy_keep found = {NAN, NAN, NAN, NAN, NAN, 0, 0};
    loy_keep_or_replace(cost[i], uplift[i], value[i], acquisition_cost[i], &found, &why);
    parity_row(&rows, i, &why);
    out[0][i] = found.gain;
    out[1][i] = found.net;
    out[2][i] = found.cost_per_kept;
    out[3][i] = found.uplift_to_pay;
    out[4][i] = found.uplift_to_replace;
    out[5][i] = found.pays;
    out[6][i] = found.cheaper;
  }
  parity_rows_done(c, &rows, coerce);
}

static loy_spend_response response_of(parity_case *c) {
  loy_spend_response response;
  response.ceiling = parity_double(c);
  response.rate = parity_double(c);
  return response;
}

static void spend_response_from_point(parity_case *c) {
  const double ceiling = parity_double(c), spend = parity_double(c), share = parity_double(c);
  loy_spend_response response = {0.0, 0.0};
  loy_error e;
  loy_spend_response_from_point(ceiling, spend, share, &response, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, response.rate);
}

static void spend_response_at_batch(parity_case *c) {
  const loy_spend_response response = response_of(c);
  size_t n, other;
  const double *spend = parity_column(c, &n);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_spend_optimum unused;
  loy_error e;
  loy_acquisition_optimum(&response, 0.0, &unused, &e);
  for (size_t i = 0; e.status == LOY_OK && i < n; i++) {
    out[i] = loy_spend_response_at(&response, spend[i]);
    if (isnan(out[i])) parity_bad_row(&report, i, LOY_ERR_DOMAIN, "spend");
  }
  parity_batch(c, &e, &report, coerce);
}

static void give_optimum(parity_case *c, const loy_spend_optimum *best) {
  parity_give_double(c, best->spend);
  parity_give_double(c, best->share);
  parity_give_double(c, best->value);
}

static void acquisition_optimum(parity_case *c) {
  const loy_spend_response response = response_of(c);
  const double value = parity_double(c);
  loy_spend_optimum best;
  loy_error e;
  loy_acquisition_optimum(&response, value, &best, &e);
  if (!parity_failed(c, &e)) give_optimum(c, &best);
}

static void retention_optimum(parity_case *c) {
  const loy_spend_response response = response_of(c);
  const double margin = parity_double(c), discount = parity_double(c);
  loy_spend_optimum best;
  loy_error e;
  loy_retention_optimum(&response, margin, discount, &best, &e);
  if (!parity_failed(c, &e)) give_optimum(c, &best);
}

static void give_plan(parity_case *c, const loy_error *e, const loy_spend_plan *plan) {
  if (parity_failed(c, e)) return;
  parity_give_text(c, loy_status_name(e->status));
  give_optimum(c, &plan->acquisition);
  give_optimum(c, &plan->retention);
  parity_give_double(c, plan->equity);
}

static void spend_plan_optimum(parity_case *c) {
  const loy_spend_response win = response_of(c), keep = response_of(c);
  const double margin = parity_double(c), discount = parity_double(c);
  loy_spend_plan plan;
  loy_error e;
  loy_spend_plan_optimum(&win, &keep, margin, discount, &plan, &e);
  give_plan(c, &e, &plan);
}

static void spend_plan_at(parity_case *c) {
  const loy_spend_response win = response_of(c), keep = response_of(c);
  const double margin = parity_double(c), discount = parity_double(c);
  const double acquisition_spend = parity_double(c), retention_spend = parity_double(c);
  loy_spend_plan plan;
  loy_error e;
  loy_spend_plan_at(&win, &keep, margin, discount, acquisition_spend, retention_spend, &plan, &e);
  give_plan(c, &e, &plan);
}

static void segment_equity(parity_case *c) {
  size_t n, other;
  const double *customers = parity_column(c, &n), *value = parity_column(c, &other);
  double *equity = parity_out(c, &other), *share = parity_out(c, &other), *part = parity_out(c, &other), total = 0.0;
  loy_error e;
  loy_segment_equity(customers, value, n, equity, share, part, &total, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, total);
}

PARITY(value_arithmetic) {
  CASE(lifetime_survivors_batch);
  CASE(lifetime_mean_batch);
  CASE(lifetime_until_batch);
  CASE(retention_path);
  CASE(retention_spread_batch);
  CASE(retention_value_error_batch);
  CASE(retention_elasticity_batch);
  CASE(retention_lift_batch);
  CASE(acquisition_payback_batch);
  CASE(keep_or_replace_batch);
  CASE(spend_response_from_point);
  CASE(spend_response_at_batch);
  CASE(acquisition_optimum);
  CASE(retention_optimum);
  CASE(spend_plan_optimum);
  CASE(spend_plan_at);
  CASE(segment_equity);
}
