/* response_value.h: the part of fuzz_response.c that asks what satisfaction is worth. */
#ifndef LOYALTY_TESTS_FUZZ_RESPONSE_VALUE_H
#define LOYALTY_TESTS_FUZZ_RESPONSE_VALUE_H

#include "../c/failing_allocator.h"
#include "fuzz_input.h"
#include "loyalty/value/satisfaction.h"
#include "loyalty/value/satisfaction_budget.h"
#include "response_curve.h"

static loy_margin_terms take_terms(input *in) {
  loy_margin_terms terms;
  loy_margin_terms_init(&terms);
  terms.timing = 1 + take_choice(in, 5);
  terms.discount = take(in) % 4 ? 0.1 : take_number(in, -0.9, 2.0);
  if (take(in) % 4 == 0) terms.growth = take_number(in, -0.9, 1.0);
  if (take(in) % 2) terms.horizon = take(in) % 4 ? (double)(take(in) % 40) : take_quantity(in);
  if (in->hostile && take(in) % 16 == 0) terms.discount = take_quantity(in) - 1.0;
  return terms;
}

static double take_money(input *in) { return take(in) % 8 ? take_quantity(in) : -take_quantity(in); }

static void fuzz_value_rows(input *in) {
  static curve_rows r;
  const loy_margin_terms terms = take_terms(in);
  double margin[ROWS], after[ROWS], customers[ROWS], cost[ROWS], c_after[ROWS];
  double retention[ROWS], retention_slope[ROWS], value[ROWS], value_slope[ROWS];
  double gain[ROWS], total[ROWS], back[ROWS], risk_retention[ROWS], at_risk[ROWS];
  loy_batch_report report;
  loy_error error;
  loy_status status;
  size_t bad = 0, first = 0;
  take_curve_rows(in, &r);
  for (size_t i = 0; i < r.n; i++) {
    margin[i] = take_money(in);
    after[i] = take_number(in, 0.0, 1.0);
    customers[i] = take_quantity(in);
    cost[i] = take_quantity(in);
    c_after[i] = take_competition(in);
  }
  fill(value, sizeof value);
  status = loy_satisfaction_worth_batch(&r.curve, &terms, margin, r.s, r.c, r.constraint, r.n, retention,
                                        retention_slope, value, value_slope, &report, &error);
  if (!answered_in(status, &error, value, sizeof value)) return;
  require(!loy_status_is_error(loy_satisfaction_invest_batch(&r.curve, &terms, margin, r.s, after, r.c, r.constraint,
                                                             customers, cost, r.n, gain, total, back, NULL, NULL)));
  require(!loy_status_is_error(loy_satisfaction_at_risk_batch(&r.curve, &terms, margin, r.s, r.c, r.constraint, c_after,
                                                              NULL, r.n, risk_retention, at_risk, NULL, NULL)));
  for (size_t i = r.n; i-- > 0;) {
    const double *k = row_constraint(&r, i);
    loy_satisfaction_worth worth;
    loy_satisfaction_investment step;
    loy_satisfaction_risk risk;
    fill(&worth, sizeof worth);
    status = loy_satisfaction_worth_at(&r.curve, &terms, margin[i], r.s[i], r.c[i], k, &worth, &error);
    if (answered_in(status, &error, &worth, sizeof worth)) {
      require(same(worth.retention, retention[i]) && same(worth.retention_slope, retention_slope[i]));
      require(same(worth.value, value[i]) && same(worth.value_slope, value_slope[i]));
      require(same(worth.retention, loy_curve_loyalty(&r.curve, r.s[i], r.c[i], k)));
      require(same(worth.retention_slope, loy_curve_slope_s(&r.curve, r.s[i], r.c[i], k)));
      require(!isnan(worth.value) && !isnan(worth.value_slope));
      require(margin[i] >= 0.0 ? worth.value >= 0.0 && worth.value_slope >= 0.0
                               : worth.value <= 0.0 && worth.value_slope <= 0.0);
      require((status == LOY_NOTICE_DIVERGES) == (isinf(worth.value) != 0));
    } else {
      bad++, first = i;
      require(isnan(value[i]) && isnan(retention[i]) && isnan(value_slope[i]) && isnan(retention_slope[i]));
    }
    fill(&step, sizeof step);
    status = loy_satisfaction_invest(&r.curve, &terms, margin[i], r.s[i], after[i], r.c[i], k, customers[i], cost[i],
                                     &step, &error);
    if (answered_in(status, &error, &step, sizeof step)) {
      require(same(step.gain, gain[i]) && same(step.total, total[i]) && same(step.return_on_investment, back[i]));
      require(!isnan(step.gain) && !isnan(step.total) && !isnan(step.return_on_investment));
      require(same(step.value_before, worth.value));
      if (isfinite(step.gain) && margin[i] >= 0.0)
        require(after[i] >= r.s[i] ? step.gain >= -1e-9 * step.value_before : step.gain <= 1e-9 * step.value_before);
    } else {
      require(isnan(gain[i]) && isnan(total[i]) && isnan(back[i]));
    }
    fill(&risk, sizeof risk);
    status = loy_satisfaction_at_risk(&r.curve, &terms, margin[i], r.s[i], r.c[i], k, c_after[i], NULL, &risk, &error);
    if (answered_in(status, &error, &risk, sizeof risk)) {
      require(same(risk.retention_after, risk_retention[i]) && same(risk.at_risk, at_risk[i]));
      require(!isnan(risk.at_risk) && same(risk.value_before, worth.value) && !isnan(risk.value_after));
    } else {
      require(isnan(risk_retention[i]) && isnan(at_risk[i]));
    }
  }
  require_report(&report, bad, first);
}

static void fuzz_value_budget(input *in) {
  static curve_rows r;
  const loy_margin_terms terms = take_terms(in);
  double margin[ROWS], customers[ROWS], unit[ROWS], most[ROWS], target[ROWS], spend[ROWS], sum = 0.0;
  loy_satisfaction_budget_options options;
  loy_satisfaction_plan plan;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  const double budget = take_quantity(in);
  loy_satisfaction_budget_options_init(&options);
  options.steps = 1 + (size_t)take_choice(in, 40);
  take_curve_rows(in, &r);
  for (size_t i = 0; i < r.n; i++) {
    margin[i] = take_money(in);
    customers[i] = take_quantity(in);
    unit[i] = take_quantity(in);
    if (unit[i] == 0.0 && !in->hostile) unit[i] = 1.0;
    most[i] = r.s[i] + (1.0 - r.s[i]) * take_number(in, 0.0, 1.0);
  }
  failing_start(&memory, in->hostile ? take(in) % 4 : 0);
  options.allocator = &memory.allocator;
  fill(target, sizeof target);
  fill(spend, sizeof spend);
  fill(&plan, sizeof plan);
  status = loy_satisfaction_budget(&r.curve, &terms, customers, margin, r.s, r.c, r.constraint, unit, most, r.n, budget,
                                   &options, target, spend, &plan, &error);
  require(memory.held == 0);
  if (!answered_in(status, &error, &plan, sizeof plan)) {
    require(untouched(target, sizeof target) && untouched(spend, sizeof spend));
    return;
  }
  for (size_t i = 0; i < r.n; i++) {
    require(r.s[i] <= target[i] && target[i] <= most[i] && spend[i] >= 0.0);
    sum += spend[i];
  }
  require(near(sum, plan.spend, 1e-12, 0.0) && inside(plan.spend, 0.0, budget));
  require(!isnan(plan.gain) && !isnan(plan.net) && near(plan.net, plan.gain - plan.spend, 1e-15, 0.0));
  require(plan.bound >= plan.net && plan.price >= 0.0 && !isnan(plan.price));
}

#endif /* LOYALTY_TESTS_FUZZ_RESPONSE_VALUE_H */
