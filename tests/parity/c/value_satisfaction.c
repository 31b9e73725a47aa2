/* value_satisfaction.c: the return on satisfaction's side of the parity cases. */
#include "curve.h"
#include "parity.h"

#include "loyalty/value/satisfaction.h"
#include "loyalty/value/satisfaction_budget.h"
#include "loyalty/value/sensitivity.h"

static void margin_multiple_slope(parity_case *c) {
  const int timing = (int)parity_int(c);
  const double retention = parity_double(c), discount = parity_double(c);
  const double growth = parity_double(c), horizon = parity_double(c);
  double multiple;
  loy_error e;
  loy_margin_multiple_check(timing, retention, discount, growth, horizon, &multiple, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, loy_margin_multiple_slope(timing, retention, discount, growth, horizon));
}

static loy_margin_terms terms_of(parity_case *c) {
  loy_margin_terms terms;
  loy_margin_terms_init(&terms);
  terms.timing = (int)parity_int(c);
  terms.discount = parity_double(c);
  terms.growth = parity_double(c);
  terms.horizon = parity_double(c);
  return terms;
}

static void satisfaction_worth(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  const double margin = parity_double(c), s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  loy_satisfaction_worth worth = {0, 0, 0, 0};
  loy_error e;
  loy_satisfaction_worth_at(&curve, &terms, margin, s, competition, constraint, &worth, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, worth.retention);
  parity_give_double(c, worth.retention_slope);
  parity_give_double(c, worth.value);
  parity_give_double(c, worth.value_slope);
}

static void batch_done(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  if (parity_failed(c, e) || (report->bad > 0 && !coerce && parity_failed(c, &report->first))) return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_int(c, (int64_t)report->bad);
}

static void satisfaction_worth_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  size_t n, other;
  const double *margin = parity_column(c, &n);
  const double *s = parity_column(c, &other), *competition = parity_column(c, &other);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, column);
  double *out[4];
  bool coerce;
  loy_batch_report report = {0};
  loy_error e;
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &other);
  coerce = parity_bool(c);
  loy_satisfaction_worth_batch(&curve, &terms, margin, s, competition, k, n, out[0], out[1], out[2], out[3], &report,
                               &e);
  batch_done(c, &e, &report, coerce);
}

static void satisfaction_invest(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  const double margin = parity_double(c), before = parity_double(c), after = parity_double(c);
  const double competition = parity_double(c);
  size_t n;
  const double *constraint = parity_column(c, &n);
  const double customers = parity_double(c), cost = parity_double(c);
  loy_satisfaction_investment found = {0, 0, 0, 0, 0};
  loy_error e;
  loy_satisfaction_invest(&curve, &terms, margin, before, after, competition, constraint, customers, cost, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.value_before);
  parity_give_double(c, found.value_after);
  parity_give_double(c, found.gain);
  parity_give_double(c, found.total);
  parity_give_double(c, found.return_on_investment);
}

static void satisfaction_invest_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *before = parity_column(c, &other), *after = parity_column(c, &other);
  const double *competition = parity_column(c, &other);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, column);
  const double *customers = parity_column(c, &other), *cost = parity_column(c, &other);
  double *gain = parity_out(c, &other), *total = parity_out(c, &other), *returned = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_satisfaction_invest_batch(&curve, &terms, margin, before, after, competition, k, customers, cost, n, gain, total,
                                returned, &report, &e);
  batch_done(c, &e, &report, coerce);
}

static void satisfaction_at_risk(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  const double margin = parity_double(c), s = parity_double(c), competition = parity_double(c);
  size_t n;
  const double *now = parity_column(c, &n);
  const double competition_after = parity_double(c);
  const double *then = parity_column(c, &n);
  loy_satisfaction_risk found = {0, 0, 0, 0, 0};
  loy_error e;
  loy_satisfaction_at_risk(&curve, &terms, margin, s, competition, now, competition_after, then, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.retention_before);
  parity_give_double(c, found.retention_after);
  parity_give_double(c, found.value_before);
  parity_give_double(c, found.value_after);
  parity_give_double(c, found.at_risk);
}

static void satisfaction_at_risk_batch(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  size_t n, other;
  const double *margin = parity_column(c, &n), *s = parity_column(c, &other), *competition = parity_column(c, &other);
  const double *column[LOY_CURVE_CONSTRAINTS], *column_after[LOY_CURVE_CONSTRAINTS];
  const double *const *now = parity_constraints(c, &curve, n, column);
  const double *competition_after = parity_column(c, &other);
  const double *const *then = parity_constraints(c, &curve, n, column_after);
  double *retention = parity_out(c, &other), *at_risk = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_satisfaction_at_risk_batch(&curve, &terms, margin, s, competition, now, competition_after, then, n, retention,
                                 at_risk, &report, &e);
  batch_done(c, &e, &report, coerce);
}

static void satisfaction_budget(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  const loy_margin_terms terms = terms_of(c);
  size_t n, other;
  const double *customers = parity_column(c, &n), *margin = parity_column(c, &other), *s = parity_column(c, &other);
  const double *competition = parity_column(c, &other);
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = parity_constraints(c, &curve, n, column);
  const double *unit_cost = parity_column(c, &other), *most = parity_column(c, &other);
  const double budget = parity_double(c);
  double *target, *spend;
  loy_satisfaction_budget_options options;
  loy_satisfaction_plan plan = {0, 0, 0, 0, 0};
  loy_error e;
  loy_satisfaction_budget_options_init(&options);
  options.steps = (size_t)parity_int(c);
  target = parity_out(c, &other);
  spend = parity_out(c, &other);
  loy_satisfaction_budget(&curve, &terms, customers, margin, s, competition, k, unit_cost, most, n, budget, &options,
                          target, spend, &plan, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, plan.gain);
  parity_give_double(c, plan.spend);
  parity_give_double(c, plan.net);
  parity_give_double(c, plan.bound);
  parity_give_double(c, plan.price);
}

PARITY(value_satisfaction) {
  CASE(margin_multiple_slope);
  CASE(satisfaction_worth);
  CASE(satisfaction_worth_batch);
  CASE(satisfaction_invest);
  CASE(satisfaction_invest_batch);
  CASE(satisfaction_at_risk);
  CASE(satisfaction_at_risk_batch);
  CASE(satisfaction_budget);
}
