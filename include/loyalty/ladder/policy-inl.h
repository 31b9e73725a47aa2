/* policy-inl.h: body of policy.h. */
#ifndef LOYALTY_LADDER_POLICY_INL_H
#define LOYALTY_LADDER_POLICY_INL_H

#include "policy.h"

#include <math.h>

#include "../base/range.h"
#include "../math/mmatrix.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

enum { LOYI_POLICY_ROUNDS = 1000 };

/* An advantage below this part of the sizes it is a difference of is rounding: a few units in the last place. */
#define LOYI_POLICY_ROUNDING 0x1p-47

LOYI_SHARED int loyi_policy_available(const loy_policy_problem *problem, size_t a, size_t i) {
  return !problem->available || problem->available[a * problem->states + i];
}

LOYI_SHARED loy_status loyi_policy_check(const loy_policy_problem *problem, loy_error *error) {
  size_t n;
  if (!problem) return loyi_report(error, LOY_ERR_ARGUMENT, "problem", LOY_NO_INDEX, "must not be NULL");
  n = problem->states;
  if (problem->actions < 1 || problem->actions > LOY_POLICY_ACTIONS_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "actions", LOY_NO_INDEX, "must be from 1 to 1024");
  for (size_t a = 0; a < problem->actions; a++) {
    loy_error bad;
    const double *transition = problem->transition ? problem->transition + a * n * n : NULL;
    if (loyi_stochastic_check(transition, n, &bad) == LOY_OK) continue;
    return loyi_report(error, bad.status, bad.argument, bad.index == LOY_NO_INDEX ? LOY_NO_INDEX : a * n + bad.index,
                       bad.message);
  }
  if (!problem->reward) return loyi_report(error, LOY_ERR_ARGUMENT, "reward", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; k < problem->actions * n; k++)
    if (loyi_policy_available(problem, k / n, k % n) && !(fabs(problem->reward[k]) <= LOY_RANGE_MOST))
      return loyi_report(error, LOY_ERR_DOMAIN, "reward", k, "must be a number from -1e40 to 1e40");
  for (size_t i = 0; i < n; i++) {
    size_t a = 0;
    while (a < problem->actions && !loyi_policy_available(problem, a, i)) a++;
    if (a == problem->actions)
      return loyi_report(error, LOY_ERR_INFEASIBLE, "available", i, "must leave an action in every state");
  }
  if (!loyi_is_quantity(problem->discount_rate))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_policy_open(loyi_policy_work *work, const loy_policy_problem *problem,
                                        const loy_allocator *allocator, loy_error *error) {
  const size_t n = problem->states;
  work->problem = problem;
  work->allocator = allocator;
  work->excess = work->value = NULL;
  work->lu = (double *)loyi_allocate(allocator, n * n + 2 * n, sizeof *work->lu);
  if (!work->lu) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  work->excess = work->lu + n * n;
  work->value = work->excess + n;
  return LOY_OK;
}

LOYI_SHARED void loyi_policy_close(loyi_policy_work *work) {
  const size_t n = work->problem->states;
  loyi_release(work->allocator, work->lu, n * n + 2 * n, sizeof *work->lu);
}

LOYI_SHARED void loyi_policy_first(const loy_policy_problem *problem, int64_t *action) {
  for (size_t i = 0; i < problem->states; i++) {
    size_t a = 0;
    while (!loyi_policy_available(problem, a, i)) a++;
    action[i] = (int64_t)a;
  }
}

LOYI_SHARED void loyi_policy_factor(loyi_policy_work *work, const int64_t *action) {
  const loy_policy_problem *problem = work->problem;
  const size_t n = problem->states;
  const double onward = 1.0 + problem->discount_rate;
  for (size_t i = 0; i < n; i++) {
    const double *row = problem->transition + ((size_t)action[i] * n + i) * n;
    for (size_t j = 0; j < n; j++) work->lu[i * n + j] = row[j] / onward;
    work->excess[i] = problem->discount_rate / onward; /* 1 - b, without forming the difference */
  }
  (void)loyi_mmatrix_factor(work->lu, work->excess, n); /* succeeds: every row leaks */
}

LOYI_SHARED loyi_policy_terms loyi_policy_plain(const double *reward) {
  loyi_policy_terms terms;
  terms.reward = reward;
  terms.cost = NULL;
  terms.price = 0.0;
  return terms;
}

LOYI_LOCAL double loyi_policy_reward(const loyi_policy_terms *terms, size_t k) {
  return terms->cost ? terms->reward[k] - terms->price * terms->cost[k] : terms->reward[k];
}

LOYI_SHARED void loyi_policy_evaluate(loyi_policy_work *work, const int64_t *action, const loyi_policy_terms *terms) {
  const size_t n = work->problem->states;
  for (size_t i = 0; i < n; i++) work->value[i] = loyi_policy_reward(terms, (size_t)action[i] * n + i);
  loyi_mmatrix_solve(work->lu, n, work->value);
}

/* What action a in state i promises beyond `incumbent` for one period, and the size of what it is a difference of.
 * Values enter as what they are above that of i, so that the chance to stay is not read. */
LOYI_LOCAL double loyi_policy_advantage(const loyi_policy_work *work, const loyi_policy_terms *terms, size_t i,
                                        size_t a, size_t incumbent, double *size) {
  const loy_policy_problem *problem = work->problem;
  const size_t n = problem->states;
  const double *row = problem->transition + (a * n + i) * n, *old = problem->transition + (incumbent * n + i) * n;
  const double *value = work->value;
  const double r = loyi_policy_reward(terms, a * n + i), r_old = loyi_policy_reward(terms, incumbent * n + i);
  const double onward = 1.0 + problem->discount_rate;
  double sum = 0.0, sizes = 0.0;
  for (size_t j = 0; j < n; j++) {
    if (j == i || row[j] == old[j]) continue;
    sum += (row[j] - old[j]) * (value[j] - value[i]);
    sizes += fabs(row[j] - old[j]) * (fabs(value[j]) + fabs(value[i])) + (row[j] + old[j]) * fabs(value[j] - value[i]);
  }
  *size = fabs(r) + fabs(r_old) + sizes / onward;
  if (terms->cost) *size += terms->price * (terms->cost[a * n + i] + terms->cost[incumbent * n + i]);
  return (r - r_old) + sum / onward;
}

/* The largest advantage there is, and what it could be if the rounding of the values hid the worst. */
typedef struct loyi_policy_promise {
  double most, hidden;
} loyi_policy_promise;

/* The action for state i that promises most: the incumbent, unless another is better beyond rounding. `promise` is
 * raised to what the others promise. */
LOYI_LOCAL size_t loyi_policy_choose(const loyi_policy_work *work, const loyi_policy_terms *terms, size_t i,
                                     size_t incumbent, loyi_policy_promise *promise) {
  const double rounding = ldexp((double)(work->problem->states + 4), -52);
  size_t best = incumbent;
  double gain = 0.0;
  for (size_t a = 0; a < work->problem->actions; a++) {
    double size, advantage;
    if (a == incumbent || !loyi_policy_available(work->problem, a, i)) continue;
    advantage = loyi_policy_advantage(work, terms, i, a, incumbent, &size);
    if (advantage > promise->most) promise->most = advantage;
    if (advantage + rounding * size > promise->hidden) promise->hidden = advantage + rounding * size;
    if (advantage <= LOYI_POLICY_ROUNDING * size || advantage <= gain) continue;
    gain = advantage;
    best = a;
  }
  return best;
}

LOYI_LOCAL loy_policy_report loyi_policy_certificate(const loy_policy_problem *problem, size_t rounds,
                                                     const loyi_policy_promise *promise) {
  loy_policy_report report;
  report.rounds = rounds;
  report.gain = promise->most;
  report.bound = promise->hidden * ((1.0 + problem->discount_rate) / problem->discount_rate);
  return report;
}

LOYI_SHARED loy_policy_report loyi_policy_iterate(loyi_policy_work *work, int64_t *action,
                                                  const loyi_policy_terms *terms, int *converged) {
  for (size_t round = 1;; round++) {
    int changed = 0;
    loyi_policy_promise promise = {0.0, 0.0};
    loyi_policy_factor(work, action);
    loyi_policy_evaluate(work, action, terms);
    *converged = round < LOYI_POLICY_ROUNDS;
    for (size_t i = 0; i < work->problem->states; i++) {
      const size_t best = loyi_policy_choose(work, terms, i, (size_t)action[i], &promise);
      if (best == (size_t)action[i] || !*converged) continue;
      action[i] = (int64_t)best;
      changed = 1;
    }
    if (!changed) return loyi_policy_certificate(work->problem, round, &promise);
  }
}

LOYALTY_API loy_status loy_policy_best(const loy_policy_problem *problem, const loy_allocator *allocator,
                                       int64_t *action, double *value, loy_policy_report *report, loy_error *error) {
  loyi_policy_work work;
  loyi_policy_terms terms;
  loy_policy_report found;
  int converged;
  loy_status status = loyi_policy_check(problem, error);
  if (status != LOY_OK) return status;
  if (!action) return loyi_report(error, LOY_ERR_ARGUMENT, "action", LOY_NO_INDEX, "must not be NULL");
  status = loyi_policy_open(&work, problem, allocator, error);
  if (status != LOY_OK) return status;
  terms = loyi_policy_plain(problem->reward);
  loyi_policy_first(problem, action);
  found = loyi_policy_iterate(&work, action, &terms, &converged);
  for (size_t i = 0; i < problem->states && value; i++) value[i] = work.value[i];
  if (report) *report = found;
  loyi_policy_close(&work);
  if (!converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX, "the policy still changes by rounding");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_policy_value(const loy_policy_problem *problem, const int64_t *action,
                                        const loy_allocator *allocator, double *value, double *visits,
                                        loy_policy_report *report, loy_error *error) {
  loyi_policy_work work;
  loyi_policy_terms terms;
  size_t n;
  loy_status status = loyi_policy_check(problem, error);
  if (status != LOY_OK) return status;
  n = problem->states;
  if (!action) return loyi_report(error, LOY_ERR_ARGUMENT, "action", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (action[i] < 0 || (uint64_t)action[i] >= problem->actions ||
        !loyi_policy_available(problem, (size_t)action[i], i))
      return loyi_report(error, LOY_ERR_DOMAIN, "action", i, "must be an action that is available in this state");
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_policy_open(&work, problem, allocator, error);
  if (status != LOY_OK) return status;
  terms = loyi_policy_plain(problem->reward);
  loyi_policy_factor(&work, action);
  loyi_policy_evaluate(&work, action, &terms);
  if (visits) loyi_mmatrix_inverse(work.lu, n, visits);
  if (report) {
    loyi_policy_promise promise = {0.0, 0.0};
    for (size_t i = 0; i < n; i++) (void)loyi_policy_choose(&work, &terms, i, (size_t)action[i], &promise);
    *report = loyi_policy_certificate(problem, 1, &promise);
  }
  for (size_t i = 0; i < n; i++) value[i] = work.value[i];
  loyi_policy_close(&work);
  return loyi_ok(error);
}

#undef LOYI_POLICY_ROUNDING

LOY_END_DECLS

#endif /* LOYALTY_LADDER_POLICY_INL_H */
