/* value_satisfaction.i: shims of the return on satisfaction. */

/* A curve comes first, as in response_curve.i, then the terms: timing (a loy_margin_timing), discount, growth, horizon.
 * Constraints are given as there too. */
%{
#include "loyalty/value/satisfaction.h"
#include "loyalty/value/satisfaction_budget.h"
#include "loyalty/value/sensitivity.h"

static loy_margin_terms margin_terms(int timing, double discount, double growth, double horizon) {
  loy_margin_terms terms;
  loy_margin_terms_init(&terms);
  terms.timing = timing;
  terms.discount = discount;
  terms.growth = growth;
  terms.horizon = horizon;
  return terms;
}

/* The end of a batch that can have notices: status and the count of bad rows. */
static loy_values satisfaction_batch_result(loy_error e, const loy_batch_report *report, bool coerce) {
  loy_values r = {0};
  const loy_rbatch counted = loy_batch_result(e, report, coerce);
  r.e = counted.e;
  if (loy_status_is_error(r.e.status)) return r;
  loy_put_status(&r);
  loy_put_int(&r, counted.bad);
  return r;
}
%}

LOY_BULK(satisfaction_worth_batch)
LOY_BULK(satisfaction_invest_batch)
LOY_BULK(satisfaction_at_risk_batch)
LOY_BULK(satisfaction_budget)
%inline %{
static loy_s1 margin_multiple_slope(int timing, double retention, double discount, double growth, double horizon) {
  loy_s1 r = {0};
  double multiple;
  if (!loy_status_is_error(loy_margin_multiple_check(timing, retention, discount, growth, horizon, &multiple, &r.e)))
    r.v[0] = loy_margin_multiple_slope(timing, retention, discount, growth, horizon);
  return r;
}

/* Status, retention, its slope, value, its slope. */
static loy_s4 satisfaction_worth(double alpha, double beta, double gamma, double a, double delta, loy_in b, int timing,
                                 double discount, double growth, double horizon, double margin, double s, double c,
                                 loy_in_opt constraint) {
  loy_s4 r = {0};
  loy_curve curve;
  loy_satisfaction_worth worth;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e))
    return r;
  if (loy_status_is_error(loy_satisfaction_worth_at(&curve, &terms, margin, s, c, constraint.p, &worth, &r.e))) return r;
  r.v[0] = worth.retention;
  r.v[1] = worth.retention_slope;
  r.v[2] = worth.value;
  r.v[3] = worth.value_slope;
  return r;
}

/* Status and the count of bad rows, as in the other batches. */
static loy_values satisfaction_worth_batch(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                           int timing, double discount, double growth, double horizon, loy_in margin,
                                           loy_in s, loy_in c, loy_in_opt constraint, loy_out retention,
                                           loy_out retention_slope, loy_out value, loy_out value_slope, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "s", s.n, margin.n) &&
      loy_same_length(&e, "c", c.n, margin.n) && loy_same_length(&e, "retention", retention.n, margin.n) &&
      loy_same_length(&e, "retention_slope", retention_slope.n, margin.n) &&
      loy_same_length(&e, "value", value.n, margin.n) && loy_same_length(&e, "value_slope", value_slope.n, margin.n) &&
      curve_columns(&curve, constraint, margin.n, column, &k, &e))
    loy_satisfaction_worth_batch(&curve, &terms, margin.p, s.p, c.p, k, margin.n, retention.p, retention_slope.p,
                                 value.p, value_slope.p, &report, &e);
  return satisfaction_batch_result(e, &report, coerce);
}

/* Status, value before and after, gain, total, return on investment. */
static loy_values satisfaction_invest(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                      int timing, double discount, double growth, double horizon, double margin,
                                      double s_before, double s_after, double c, loy_in_opt constraint,
                                      double customers, double cost) {
  loy_values r = {0};
  loy_curve curve;
  loy_satisfaction_investment found;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !curve_point_constraint(&curve, constraint, &r.e))
    return r;
  if (loy_status_is_error(loy_satisfaction_invest(&curve, &terms, margin, s_before, s_after, c, constraint.p, customers,
                                                  cost, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_double(&r, found.value_before);
  loy_put_double(&r, found.value_after);
  loy_put_double(&r, found.gain);
  loy_put_double(&r, found.total);
  loy_put_double(&r, found.return_on_investment);
  return r;
}

static loy_values satisfaction_invest_batch(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                            int timing, double discount, double growth, double horizon, loy_in margin,
                                            loy_in s_before, loy_in s_after, loy_in c, loy_in_opt constraint,
                                            loy_in customers, loy_in cost, loy_out gain, loy_out total,
                                            loy_out return_on_investment, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) &&
      loy_same_length(&e, "s_before", s_before.n, margin.n) && loy_same_length(&e, "s_after", s_after.n, margin.n) &&
      loy_same_length(&e, "c", c.n, margin.n) && loy_same_length(&e, "customers", customers.n, margin.n) &&
      loy_same_length(&e, "cost", cost.n, margin.n) && loy_same_length(&e, "gain", gain.n, margin.n) &&
      loy_same_length(&e, "total", total.n, margin.n) &&
      loy_same_length(&e, "return_on_investment", return_on_investment.n, margin.n) &&
      curve_columns(&curve, constraint, margin.n, column, &k, &e))
    loy_satisfaction_invest_batch(&curve, &terms, margin.p, s_before.p, s_after.p, c.p, k, customers.p, cost.p,
                                  margin.n, gain.p, total.p, return_on_investment.p, &report, &e);
  return satisfaction_batch_result(e, &report, coerce);
}

/* Status, retention before and after, value before and after, at risk. */
static loy_values satisfaction_at_risk(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                       int timing, double discount, double growth, double horizon, double margin,
                                       double s, double c, loy_in_opt constraint, double c_after,
                                       loy_in_opt constraint_after) {
  loy_values r = {0};
  loy_curve curve;
  loy_satisfaction_risk found;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) ||
      !curve_point_constraint(&curve, constraint, &r.e) || !curve_point_constraint(&curve, constraint_after, &r.e))
    return r;
  if (loy_status_is_error(loy_satisfaction_at_risk(&curve, &terms, margin, s, c, constraint.p, c_after,
                                                   constraint_after.p, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_double(&r, found.retention_before);
  loy_put_double(&r, found.retention_after);
  loy_put_double(&r, found.value_before);
  loy_put_double(&r, found.value_after);
  loy_put_double(&r, found.at_risk);
  return r;
}

static loy_values satisfaction_at_risk_batch(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                             int timing, double discount, double growth, double horizon, loy_in margin,
                                             loy_in s, loy_in c, loy_in_opt constraint, loy_in_opt c_after,
                                             loy_in_opt constraint_after, loy_out retention_after, loy_out at_risk,
                                             bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_curve curve;
  const double *column[LOY_CURVE_CONSTRAINTS], *column_after[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  const double *const *k_after = NULL;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &e) && loy_same_length(&e, "s", s.n, margin.n) &&
      loy_same_length(&e, "c", c.n, margin.n) &&
      (!c_after.p || loy_same_length(&e, "c_after", c_after.n, margin.n)) &&
      loy_same_length(&e, "retention_after", retention_after.n, margin.n) &&
      loy_same_length(&e, "at_risk", at_risk.n, margin.n) &&
      curve_columns(&curve, constraint, margin.n, column, &k, &e) &&
      curve_columns(&curve, constraint_after, margin.n, column_after, &k_after, &e))
    loy_satisfaction_at_risk_batch(&curve, &terms, margin.p, s.p, c.p, k, c_after.p, k_after, margin.n,
                                   retention_after.p, at_risk.p, &report, &e);
  return satisfaction_batch_result(e, &report, coerce);
}

/* Gain, spend, net, bound, price. */
static loy_values satisfaction_budget(double alpha, double beta, double gamma, double a, double delta, loy_in b,
                                      int timing, double discount, double growth, double horizon, loy_in customers,
                                      loy_in margin, loy_in s, loy_in c, loy_in_opt constraint, loy_in unit_cost,
                                      loy_in_opt most, double budget, size_t steps, loy_out target, loy_out spend) {
  loy_values r = {0};
  loy_curve curve;
  loy_satisfaction_budget_options options;
  loy_satisfaction_plan plan;
  const double *column[LOY_CURVE_CONSTRAINTS];
  const double *const *k = NULL;
  const size_t n = customers.n;
  const loy_margin_terms terms = margin_terms(timing, discount, growth, horizon);
  if (!curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) || !loy_same_length(&r.e, "margin", margin.n, n) ||
      !loy_same_length(&r.e, "s", s.n, n) || !loy_same_length(&r.e, "c", c.n, n) ||
      !loy_same_length(&r.e, "unit_cost", unit_cost.n, n) || (most.p && !loy_same_length(&r.e, "most", most.n, n)) ||
      !loy_same_length(&r.e, "target", target.n, n) || !loy_same_length(&r.e, "spend", spend.n, n) ||
      !curve_columns(&curve, constraint, n, column, &k, &r.e))
    return r;
  loy_satisfaction_budget_options_init(&options);
  options.steps = steps;
  if (loy_satisfaction_budget(&curve, &terms, customers.p, margin.p, s.p, c.p, k, unit_cost.p, most.p, n, budget,
                              &options, target.p, spend.p, &plan, &r.e) != LOY_OK)
    return r;
  loy_put_double(&r, plan.gain);
  loy_put_double(&r, plan.spend);
  loy_put_double(&r, plan.net);
  loy_put_double(&r, plan.bound);
  loy_put_double(&r, plan.price);
  return r;
}
%}
