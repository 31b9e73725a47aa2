/* satisfaction_budget-inl.h: body of satisfaction_budget.h. */
#ifndef LOYALTY_VALUE_SATISFACTION_BUDGET_INL_H
#define LOYALTY_VALUE_SATISFACTION_BUDGET_INL_H

#include "satisfaction_budget.h"
#include "../base/range.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

/* Where a segment stands on its grid, and its next step. */
typedef struct loyi_budget_segment {
  const double *gain; /* steps + 1: of all its customers, at each target */
  double unit;        /* cost of one step of the grid for all its customers; 0 when there is nowhere to go */
  size_t at, next;
  double ratio; /* gain per unit of money of the step from `at` to `next` */
} loyi_budget_segment;

LOYALTY_API void loy_satisfaction_budget_options_init(loy_satisfaction_budget_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->steps = 256;
  options->allocator = NULL;
}

/* Find the next step: the chord of the gains that is steepest, and of equal ones the longest. 0 when none gains more
 * than it costs. */
LOYI_LOCAL int loyi_budget_next(loyi_budget_segment *segment, size_t steps) {
  segment->ratio = 1.0;
  for (size_t k = segment->at + 1; segment->unit > 0.0 && k <= steps; k++) {
    const double ratio = (segment->gain[k] - segment->gain[segment->at]) / ((double)(k - segment->at) * segment->unit);
    if (ratio > 1.0 && ratio >= segment->ratio) {
      segment->ratio = ratio;
      segment->next = k;
    }
  }
  return segment->ratio > 1.0;
}

/* Whether `a` is bought before `b`. Equal ratios keep the order of segments, so that a plan is one plan. */
LOYI_LOCAL int loyi_budget_before(const loyi_budget_segment *segment, size_t a, size_t b) {
  return segment[a].ratio > segment[b].ratio || (a < b && segment[a].ratio == segment[b].ratio);
}

/* Let heap[i] sink to its place in a heap of n segments, the next to be bought first. */
LOYI_LOCAL void loyi_budget_sink(const loyi_budget_segment *segment, size_t *heap, size_t i, size_t n) {
  for (;;) {
    size_t first = i;
    const size_t held = heap[i];
    for (size_t child = 2 * i + 1; child < n && child <= 2 * i + 2; child++)
      if (loyi_budget_before(segment, heap[child], heap[first])) first = child;
    if (first == i) return;
    heap[i] = heap[first];
    heap[first] = held;
    i = first;
  }
}

/* Move a segment towards its next step as far as `left` allows and net grows. */
LOYI_LOCAL void loyi_budget_cut_short(loyi_budget_segment *segment, double left) {
  const size_t at = segment->at;
  double best = 0.0;
  for (size_t k = at + 1; k < segment->next && (double)(k - at) * segment->unit <= left; k++) {
    const double net = (segment->gain[k] - segment->gain[at]) - (double)(k - at) * segment->unit;
    if (net > best) {
      best = net;
      segment->at = k;
    }
  }
}

/* Buy steps while they pay and the budget lasts. `heap` has room for n. */
LOYI_LOCAL void loyi_budget_buy(loyi_budget_segment *segment, size_t *heap, size_t n, size_t steps, double budget,
                                loy_satisfaction_plan *plan) {
  loyi_total net = {0.0, 0.0};
  const double slack = 1e-12 * budget; /* rounding: a budget that is the sum of all steps pays for all */
  double left = budget;
  size_t waiting = 0;
  for (size_t j = 0; j < n; j++)
    if (loyi_budget_next(&segment[j], steps)) heap[waiting++] = j;
  for (size_t i = waiting / 2; i-- > 0;) loyi_budget_sink(segment, heap, i, waiting);
  plan->price = 0.0;
  plan->bound = 0.0;
  while (waiting > 0) {
    loyi_budget_segment *now = &segment[heap[0]];
    const double cost = (double)(now->next - now->at) * now->unit;
    int more = 0;
    if (cost <= left + slack) {
      left = cost < left ? left - cost : 0.0;
      loyi_total_add(&net, (now->gain[now->next] - now->gain[now->at]) - cost);
      now->at = now->next;
      more = loyi_budget_next(now, steps);
    } else {
      const size_t at = now->at;
      if (plan->price == 0.0) {
        plan->price = now->ratio - 1.0;
        plan->bound = loyi_total_value(&net) + plan->price * left;
      }
      loyi_budget_cut_short(now, left);
      left -= (double)(now->at - at) * now->unit;
    }
    if (!more) heap[0] = heap[--waiting];
    if (waiting > 0) loyi_budget_sink(segment, heap, 0, waiting);
  }
  if (plan->price == 0.0) plan->bound = loyi_total_value(&net);
}

/* Check segment j and fill gain[0 ... steps]. */
LOYI_LOCAL loy_status loyi_budget_load(const loy_curve *curve, const loy_margin_terms *terms, double customers,
                                       double margin, double s, double c, const double *constraint, double unit_cost,
                                       double most, size_t j, size_t steps, double *gain, loyi_budget_segment *segment,
                                       loy_error *error) {
  loy_satisfaction_worth from, to;
  loy_status status;
  if (!loyi_is_zero_or_quantity(customers))
    return loyi_report(error, LOY_ERR_DOMAIN, "customers", j, LOYI_ZERO_QUANTITY_MUST);
  status = loy_satisfaction_worth_at(curve, terms, margin, s, c, constraint, &from, error);
  if (loy_status_is_error(status)) {
    if (error) error->index = j;
    return status;
  }
  if (!loyi_is_quantity(unit_cost)) return loyi_report(error, LOY_ERR_DOMAIN, "unit_cost", j, LOYI_QUANTITY_MUST);
  if (!(most >= s && most <= 1.0)) return loyi_report(error, LOY_ERR_DOMAIN, "most", j, "must be from s to 1");
  gain[0] = 0.0;
  for (size_t k = 1; k <= steps; k++) {
    const double target = k == steps ? most : s + (most - s) * ((double)k / (double)steps);
    status = loy_satisfaction_worth_at(curve, terms, margin, target, c, constraint, &to, error);
    if (status == LOY_NOTICE_DIVERGES)
      return loyi_report(error, LOY_ERR_DOMAIN, "most", j,
                         "must be where the value is finite: retention times growth below 1 + discount");
    gain[k] = customers * (to.value - from.value);
  }
  segment->gain = gain;
  segment->unit = customers * unit_cost * (most - s) / (double)steps;
  segment->at = 0;
  return LOY_OK;
}

LOYALTY_API loy_status loy_satisfaction_budget(const loy_curve *curve, const loy_margin_terms *terms,
                                               const double *customers, const double *margin, const double *s,
                                               const double *c, const double *const *constraint,
                                               const double *unit_cost, const double *most, size_t n, double budget,
                                               const loy_satisfaction_budget_options *options, double *target,
                                               double *spend, loy_satisfaction_plan *plan, loy_error *error) {
  const loyi_satisfaction_column before[] = {{"customers", customers}, {"margin", margin}, {"s", s}, {"c", c}};
  const loyi_satisfaction_column after[] = {{"unit_cost", unit_cost}};
  loy_satisfaction_budget_options use;
  loy_margin_terms checked;
  loyi_budget_segment *segment = NULL;
  size_t *heap = NULL;
  double *gain = NULL;
  size_t row;
  loyi_total gained = {0.0, 0.0}, spent = {0.0, 0.0};
  loy_satisfaction_plan found;
  loy_status status = loyi_satisfaction_check(curve, terms, &checked, error);
  if (status != LOY_OK) return status;
  status = loyi_satisfaction_columns(before, 4, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_constraints("constraint", constraint, curve, n, error);
  if (status == LOY_OK) status = loyi_satisfaction_columns(after, 1, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(budget))
    return loyi_report(error, LOY_ERR_DOMAIN, "budget", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  loy_satisfaction_budget_options_init(&use);
  if (options) {
    if (options->struct_size != sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                         "struct_size must be set by the init function");
    use = *options;
    if (!(use.steps >= 1 && use.steps <= 4096))
      return loyi_report(error, LOY_ERR_ARGUMENT, "steps", LOY_NO_INDEX, "must be from 1 to 4096");
  }
  row = use.steps + 1;
  if (n > 0) {
    segment = (loyi_budget_segment *)loyi_allocate(use.allocator, n, sizeof *segment);
    heap = (size_t *)loyi_allocate(use.allocator, n, sizeof *heap);
    gain = (double *)loyi_allocate(use.allocator, n, row * sizeof *gain);
    if (!segment || !heap || !gain) status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  for (size_t j = 0; j < n && status == LOY_OK; j++) {
    double room[LOY_CURVE_CONSTRAINTS];
    status = loyi_budget_load(curve, &checked, customers[j], margin[j], s[j], c[j],
                              loyi_satisfaction_row(constraint, curve, j, room), unit_cost[j], most ? most[j] : 1.0, j,
                              use.steps, gain + j * row, &segment[j], error);
  }
  if (status == LOY_OK && !target && n > 0)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK && !plan)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "plan", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK) {
    loyi_budget_buy(segment, heap, n, use.steps, budget, &found);
    for (size_t j = 0; j < n; j++) {
      const size_t at = segment[j].at;
      const double top = most ? most[j] : 1.0;
      const double paid = (double)at * segment[j].unit;
      loyi_total_add(&gained, segment[j].gain[at]);
      loyi_total_add(&spent, paid);
      target[j] = at == use.steps ? top : s[j] + (top - s[j]) * ((double)at / (double)use.steps);
      if (spend) spend[j] = paid;
    }
    found.gain = loyi_total_value(&gained);
    found.spend = loyi_total_value(&spent);
    found.net = found.gain - found.spend;
    if (found.bound < found.net) found.bound = found.net; /* two sums of the same, in different order */
    *plan = found;
    status = loyi_ok(error);
  }
  loyi_release(use.allocator, gain, n, row * sizeof *gain);
  loyi_release(use.allocator, heap, n, sizeof *heap);
  loyi_release(use.allocator, segment, n, sizeof *segment);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_SATISFACTION_BUDGET_INL_H */
