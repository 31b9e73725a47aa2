/* policy_budget-inl.h: body of policy_budget.h. */
#ifndef LOYALTY_LADDER_POLICY_BUDGET_INL_H
#define LOYALTY_LADDER_POLICY_BUDGET_INL_H

#include "policy_budget.h"

#include <math.h>

#include "../base/range.h"

LOY_BEGIN_DECLS

enum { LOYI_BUDGET_STEPS = 1000 };

/* A policy with what it is worth and costs for the customers of a start. */
typedef struct loyi_budget_plan {
  int64_t *action;
  double value, cost;
} loyi_budget_plan;

LOYI_LOCAL double loyi_budget_total(const double *start, const double *x, size_t n) {
  double sum = 0.0;
  for (size_t i = 0; i < n; i++) sum += start[i] * x[i];
  return sum;
}

/* The best policy for some terms, from the one that stands in `plan`, with its value and cost. */
LOYI_LOCAL void loyi_budget_solve(loyi_policy_work *work, const loyi_policy_terms *terms, const double *cost,
                                  const double *start, loyi_budget_plan *plan) {
  const size_t n = work->problem->states;
  const loyi_policy_terms reward = loyi_policy_plain(work->problem->reward), expense = loyi_policy_plain(cost);
  int converged;
  (void)loyi_policy_iterate(work, plan->action, terms, &converged); /* leaves the factors of its system */
  loyi_policy_evaluate(work, plan->action, &reward);
  plan->value = loyi_budget_total(start, work->value, n);
  loyi_policy_evaluate(work, plan->action, &expense);
  plan->cost = loyi_budget_total(start, work->value, n);
}

LOYI_LOCAL void loyi_budget_copy(const int64_t *from, int64_t *to, size_t n) {
  for (size_t i = 0; i < n; i++) to[i] = from[i];
}

LOYI_LOCAL void loyi_budget_replace(loyi_budget_plan *plan, const loyi_budget_plan *by, size_t n) {
  loyi_budget_copy(by->action, plan->action, n);
  plan->value = by->value;
  plan->cost = by->cost;
}

/* From the dearest useful and the cheapest policy to the two beside the budget. */
LOYI_LOCAL void loyi_budget_cut(loyi_policy_work *work, const double *cost, const double *start, double budget,
                                loyi_budget_plan *generous, loyi_budget_plan *frugal, loyi_budget_plan *trial,
                                loy_policy_budget_result *result) {
  const size_t n = work->problem->states;
  loyi_policy_terms terms;
  terms.reward = work->problem->reward;
  terms.cost = cost;
  for (result->steps = 0;; result->steps++) {
    const double price = (generous->value - frugal->value) / (generous->cost - frugal->cost);
    double rounding;
    result->shadow_price = price > 0.0 ? price : 0.0; /* below only by rounding */
    if (result->steps == LOYI_BUDGET_STEPS) return;
    terms.price = result->shadow_price;
    loyi_budget_copy(generous->action, trial->action, n);
    loyi_budget_solve(work, &terms, cost, start, trial);
    rounding = 0x1p-44 * (fabs(generous->value) + fabs(trial->value) + terms.price * (generous->cost + trial->cost));
    if ((trial->value - generous->value) + terms.price * (generous->cost - trial->cost) <= rounding) return;
    loyi_budget_replace(trial->cost > budget ? generous : frugal, trial, n);
  }
}

LOYI_LOCAL void loyi_budget_mix(loyi_policy_work *work, const loyi_budget_plan *plan, double share, double *value) {
  const loyi_policy_terms reward = loyi_policy_plain(work->problem->reward);
  loyi_policy_factor(work, plan->action);
  loyi_policy_evaluate(work, plan->action, &reward);
  for (size_t i = 0; i < work->problem->states; i++) value[i] += share * work->value[i];
}

LOYI_LOCAL loy_status loyi_budget_check(const loy_policy_problem *problem, const double *cost, const double *start,
                                        double budget, loy_error *error) {
  const loy_status status = loyi_policy_check(problem, error);
  if (status != LOY_OK) return status;
  if (!cost) return loyi_report(error, LOY_ERR_ARGUMENT, "cost", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; k < problem->actions * problem->states; k++)
    if (loyi_policy_available(problem, k / problem->states, k % problem->states) && !loyi_is_zero_or_quantity(cost[k]))
      return loyi_report(error, LOY_ERR_DOMAIN, "cost", k, LOYI_ZERO_QUANTITY_MUST);
  if (!start) return loyi_report(error, LOY_ERR_ARGUMENT, "start", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < problem->states; i++)
    if (!loyi_is_zero_or_quantity(start[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "start", i, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_zero_or_quantity(budget))
    return loyi_report(error, LOY_ERR_DOMAIN, "budget", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYALTY_API loy_status loy_policy_budget(const loy_policy_problem *problem, const double *cost, const double *start,
                                         double budget, const loy_allocator *allocator, int64_t *generous,
                                         int64_t *frugal, double *value, loy_policy_budget_result *result,
                                         loy_error *error) {
  loyi_policy_work work;
  loyi_policy_terms terms;
  loyi_budget_plan dear, cheap, trial;
  int64_t *actions;
  double *mixed;
  size_t n;
  loy_status status = loyi_budget_check(problem, cost, start, budget, error);
  if (status != LOY_OK) return status;
  if (!generous) return loyi_report(error, LOY_ERR_ARGUMENT, "generous", LOY_NO_INDEX, "must not be NULL");
  if (!frugal) return loyi_report(error, LOY_ERR_ARGUMENT, "frugal", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  n = problem->states;
  actions = (int64_t *)loyi_allocate(allocator, 3 * n, sizeof *actions);
  if (!actions) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  mixed = (double *)loyi_allocate(allocator, n, sizeof *mixed);
  status = mixed ? loyi_policy_open(&work, problem, allocator, error)
                 : loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  if (status != LOY_OK) {
    loyi_release(allocator, mixed, n, sizeof *mixed);
    loyi_release(allocator, actions, 3 * n, sizeof *actions);
    return status;
  }
  dear.action = actions;
  cheap.action = actions + n;
  trial.action = actions + 2 * n;
  terms = loyi_policy_plain(problem->reward);
  loyi_policy_first(problem, dear.action);
  loyi_budget_solve(&work, &terms, cost, start, &dear);
  if (dear.cost <= budget) {
    status = loyi_report(error, LOY_NOTICE_NOT_NEEDED, "budget", LOY_NO_INDEX, "exceeds what the best policy costs");
    loyi_budget_replace(&cheap, &dear, n);
  } else {
    terms.reward = cost; /* and cost - 2 cost is what is left of it: the cheapest policy */
    terms.cost = cost;
    terms.price = 2.0;
    loyi_policy_first(problem, cheap.action);
    loyi_budget_solve(&work, &terms, cost, start, &cheap);
    if (cheap.cost > budget * (1.0 + 0x1p-40))
      status = loyi_report(error, LOY_ERR_INFEASIBLE, "budget", LOY_NO_INDEX,
                           "must be at least what the cheapest policy costs");
  }
  if (!loy_status_is_error(status)) {
    loy_policy_budget_result found;
    found.steps = 0;
    found.shadow_price = 0.0;
    found.share = 1.0;
    if (status == LOY_OK && dear.cost > cheap.cost) {
      loyi_budget_cut(&work, cost, start, budget, &dear, &cheap, &trial, &found);
      found.share = (budget - cheap.cost) / (dear.cost - cheap.cost);
      if (!(found.share >= 0.0)) found.share = 0.0; /* by rounding, where the budget is just what the cheapest costs */
    }
    found.value = found.share * dear.value + (1.0 - found.share) * cheap.value;
    found.cost = found.share * dear.cost + (1.0 - found.share) * cheap.cost;
    found.generous_value = dear.value;
    found.generous_cost = dear.cost;
    found.frugal_value = cheap.value;
    found.frugal_cost = cheap.cost;
    for (size_t i = 0; i < n; i++) mixed[i] = 0.0;
    loyi_budget_mix(&work, &dear, found.share, mixed);
    loyi_budget_mix(&work, &cheap, 1.0 - found.share, mixed);
    loyi_budget_copy(dear.action, generous, n);
    loyi_budget_copy(cheap.action, frugal, n);
    for (size_t i = 0; i < n && value; i++) value[i] = mixed[i];
    *result = found;
    if (status == LOY_OK)
      status = found.steps < LOYI_BUDGET_STEPS
                   ? loyi_ok(error)
                   : loyi_report(error, LOY_NOTICE_NOT_CONVERGED, "budget", LOY_NO_INDEX, "needs more prices");
  }
  loyi_policy_close(&work);
  loyi_release(allocator, mixed, n, sizeof *mixed);
  loyi_release(allocator, actions, 3 * n, sizeof *actions);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_POLICY_BUDGET_INL_H */
