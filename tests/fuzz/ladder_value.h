/* ladder_value.h: for fuzz_ladder.c: what customers on a chain are worth, and the best action for each state. */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_VALUE_H
#define LOYALTY_TESTS_FUZZ_LADDER_VALUE_H

#include "ladder_matrix.h"
#include "loyalty/ladder/chain_value.h"
#include "loyalty/ladder/policy.h"
#include "loyalty/ladder/policy_budget.h"

static void take_rewards(input *in, size_t count, double *x) {
  const unsigned of_both_signs = take(in) % 2;
  take_quantities(in, count, x);
  for (size_t i = 0; i < count; i++)
    if (of_both_signs && take(in) % 2) x[i] = -x[i];
}

static double take_rate(input *in) { return take(in) % 4 ? take_number(in, 0.0, 1.0) : take_quantity(in); }

typedef struct value_question {
  size_t n;
  double p[CELLS], reward[STATES], discount;
  loy_chain_value_options options;
} value_question;

static void take_value_question(input *in, value_question *q, failing_allocator *memory) {
  q->n = 1 + take(in) % STATES;
  take_matrix(in, q->n, q->p);
  take_rewards(in, q->n, q->reward);
  q->discount = take_rate(in);
  loy_chain_value_options_init(&q->options);
  if (take(in) % 4 == 0) q->options.growth = take(in) % 4 ? take_number(in, -0.9, 1.0) : q->discount;
  if (take(in) % 4 == 0) q->options.horizon = take(in) % 64 ? (double)(take(in) % 16) : take_number(in, 0.0, 10000.0);
  q->options.allocator = take_allocator(in, memory);
}

/* V of rewards `reward` and this horizon; 0 when there is no answer. */
static int value_of(const value_question *q, const double *reward, double horizon, double *value) {
  loy_chain_value_options options = q->options;
  const loy_chain_value_result result = {value, NULL, NULL, NULL};
  options.horizon = horizon;
  options.allocator = NULL;
  return !loy_status_is_error(loy_chain_value(q->p, q->n, reward, q->discount, &options, &result, NULL));
}

/* V = r + b P V, of one sign also without the rounding of 1 - b and of the chance to stay. */
static void check_bellman(const value_question *q, const double *value) {
  const double b = (1.0 + q->options.growth) / (1.0 + q->discount), horizon = q->options.horizon;
  double sizes[STATES], size[STATES], before[STATES];
  const double *next = isinf(horizon) ? value : before;
  for (size_t i = 0; i < q->n; i++) sizes[i] = fabs(q->reward[i]);
  if (!value_of(q, sizes, horizon, size)) return;
  if (next == before && horizon >= 1.0 && !value_of(q, q->reward, horizon - 1.0, before)) return;
  for (size_t i = 0; i < q->n; i++) {
    double leave = 0.0, later = 0.0, later_size = 0.0;
    if (horizon == 0.0) {
      require(value[i] == q->reward[i]);
      continue;
    }
    if (!(size[i] < 1e290)) continue;
    require(fabs(value[i]) <= size[i] * (1.0 + 1e-12) + 1e-300);
    for (size_t j = 0; j < q->n; j++)
      if (j != i && q->p[i * q->n + j] > 0.0) {
        leave += q->p[i * q->n + j];
        later += b * q->p[i * q->n + j] * next[j];
        later_size += b * q->p[i * q->n + j] * size[j];
      }
    require(near(value[i], q->reward[i] + later + b * fmax(1.0 - leave, 0.0) * next[i], 0.0, 1e-12 * size[i] + 1e-300));
    if (next == value && q->discount >= q->options.growth)
      require(near(size[i] * ((q->discount - q->options.growth) / (1.0 + q->discount) + b * leave),
                   sizes[i] + later_size, 1e-13, 1e-300));
  }
}

static void fuzz_chain_value(input *in) {
  value_question q;
  struct {
    double value[STATES], deviation[STATES], visits[CELLS], slope[STATES];
  } out;
  failing_allocator memory;
  const loy_chain_value_result result = {out.value, out.deviation, out.visits, out.slope};
  loy_error error;
  loy_status status;
  size_t first = LOY_NO_INDEX;
  int losses = 0;
  take_value_question(in, &q, &memory);
  fill(&out, sizeof out);
  status = loy_chain_value(q.p, q.n, q.reward, q.discount, &q.options, &result, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  require(are_sizes(out.deviation, q.n) && are_sizes(out.visits, q.n * q.n));
  for (size_t i = 0; i < q.n; i++) losses = losses || q.reward[i] < 0.0;
  for (size_t i = q.n; i-- > 0;) {
    double sum = 0.0, size = 0.0;
    require(!isnan(out.value[i]) && !isnan(out.slope[i]) && (losses || (out.slope[i] <= 0.0 && out.value[i] >= 0.0)));
    if (isinf(out.value[i])) first = i, require(isinf(out.deviation[i]));
    if (isinf(out.value[i])) continue;
    for (size_t k = 0; k < q.n; k++)
      if (q.reward[k] != 0.0)
        sum += out.visits[i * q.n + k] * q.reward[k], size += fabs(out.visits[i * q.n + k] * q.reward[k]);
    if (size < 1e290) require(near(sum, out.value[i], 0.0, 1e-12 * size + 1e-300));
  }
  require((status == LOY_NOTICE_DIVERGES) == (first != LOY_NO_INDEX) && error.index == first);
  check_bellman(&q, out.value);
}

static void fuzz_value_slopes(input *in) {
  value_question q;
  double start[STATES];
  struct {
    double slope[CELLS], se[STATES];
  } out;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  take_value_question(in, &q, &memory);
  take_quantities(in, q.n, start);
  fill(&out, sizeof out);
  status = loy_chain_value_slopes(q.p, q.n, q.reward, q.discount, start, &q.options, out.slope, &error);
  require_returned(&memory, status);
  if (answered_in(status, &error, &out, sizeof out))
    for (size_t i = 0; i < q.n * q.n; i++) require(!isnan(out.slope[i]) && (i % (q.n + 1) || out.slope[i] == 0.0));
  fill(&out, sizeof out);
  q.options.allocator = take_allocator(in, &memory);
  status = loy_chain_value_std_errors(q.p, q.n, q.reward, q.discount, start, &q.options, out.se, &error);
  require_returned(&memory, status);
  if (answered_in(status, &error, &out, sizeof out)) require(are_sizes(out.se, q.n));
}

enum { ACTIONS = 3 };

typedef struct decision {
  double p[ACTIONS * CELLS], reward[ACTIONS * STATES], size; /* of the largest value there can be */
  uint8_t available[ACTIONS * STATES];
  loy_policy_problem problem;
} decision;

static void take_decision(input *in, decision *d) {
  const size_t n = 1 + take(in) % 4, actions = 1 + take(in) % ACTIONS;
  double most = 0.0;
  for (size_t a = 0; a < actions; a++) take_matrix(in, n, d->p + a * n * n);
  take_rewards(in, actions * n, d->reward);
  d->problem.states = n;
  d->problem.actions = actions;
  d->problem.transition = d->p;
  d->problem.reward = d->reward;
  d->problem.available = take_flags(in, actions * n, d->available, 6);
  d->problem.discount_rate = take_rate(in);
  for (size_t i = 0; i < actions * n; i++)
    if (!d->problem.available || d->available[i]) most = fmax(most, fabs(d->reward[i]));
  d->size = most * (1.0 + 1.0 / d->problem.discount_rate);
}

/* Some policy, of available actions if there are any. */
static void take_policy(input *in, const loy_policy_problem *problem, int64_t *action) {
  for (size_t i = 0; i < problem->states; i++) {
    action[i] = take_choice(in, (int)problem->actions);
    for (size_t tried = 0; tried < problem->actions; tried++) {
      if (action[i] < 0 || (size_t)action[i] >= problem->actions) break;
      if (!problem->available || problem->available[(size_t)action[i] * problem->states + i]) break;
      action[i] = (action[i] + 1) % (int64_t)problem->actions;
    }
  }
}

static void fuzz_policy(input *in) {
  decision d;
  int64_t other_action[STATES];
  double other[STATES], again[STATES], visits[CELLS];
  struct {
    int64_t action[STATES];
    double value[STATES];
    loy_policy_report report;
  } best;
  loy_policy_report report;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t n;
  take_decision(in, &d);
  n = d.problem.states;
  fill(&best, sizeof best);
  status = loy_policy_best(&d.problem, take_allocator(in, &memory), best.action, best.value, &best.report, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &best, sizeof best)) return;
  require(best.report.gain >= 0.0 && best.report.bound >= 0.0 && best.report.rounds >= 1);
  require(loy_policy_value(&d.problem, best.action, NULL, again, NULL, NULL, &error) == LOY_OK);
  take_policy(in, &d.problem, other_action);
  fill(other, sizeof other);
  fill(visits, sizeof visits);
  status = loy_policy_value(&d.problem, other_action, take_allocator(in, &memory), other, visits, &report, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, other, sizeof other)) {
    require(untouched(visits, sizeof visits));
    return;
  }
  require(are_sizes(visits, n * n) && report.gain >= 0.0);
  for (size_t i = 0; i < n; i++) {
    double sum = 0.0;
    require(isfinite(best.value[i]) && isfinite(other[i]) &&
            near(best.value[i], again[i], 0.0, 1e-13 * d.size + 1e-300));
    require(near(sum_of(visits + i * n, n), 1.0 + 1.0 / d.problem.discount_rate, 1e-12, 0.0));
    for (size_t k = 0; k < n; k++) sum += visits[i * n + k] * d.reward[(size_t)other_action[k] * n + k];
    require(near(sum, other[i], 0.0, 1e-12 * d.size + 1e-300));
    require(other[i] <= best.value[i] + best.report.bound);
    require(best.value[i] <= other[i] + report.bound);
  }
}

/* What a policy costs, and is worth. */
static int policy_totals(const decision *d, const int64_t *action, const double *cost, const double *start,
                         double *value, double *spent) {
  const size_t n = d->problem.states;
  double v[STATES], visits[CELLS];
  if (loy_policy_value(&d->problem, action, NULL, v, visits, NULL, NULL) != LOY_OK) return 0;
  *value = *spent = 0.0;
  for (size_t i = 0; i < n; i++) {
    *value += start[i] * v[i];
    for (size_t k = 0; k < n; k++) *spent += start[i] * visits[i * n + k] * cost[(size_t)action[k] * n + k];
  }
  return 1;
}

static void fuzz_budget(input *in) {
  decision d;
  int64_t action[STATES];
  double cost[ACTIONS * STATES], start[STATES], budget, value, spent, size;
  struct {
    int64_t generous[STATES], frugal[STATES];
    double value[STATES];
    loy_policy_budget_result found;
  } out;
  const loy_policy_budget_result *found = &out.found;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  size_t n;
  take_decision(in, &d);
  n = d.problem.states;
  take_quantities(in, d.problem.actions * n, cost);
  take_quantities(in, n, start);
  take_policy(in, &d.problem, action);
  budget = take_quantity(in);
  /* Often one that binds: what some policy costs. */
  if (take(in) % 2 && policy_totals(&d, action, cost, start, &value, &spent)) budget = spent;
  fill(&out, sizeof out);
  status = loy_policy_budget(&d.problem, cost, start, budget, take_allocator(in, &memory), out.generous, out.frugal,
                             out.value, &out.found, &error);
  require_returned(&memory, status);
  if (!answered_in(status, &error, &out, sizeof out)) return;
  size = d.size * sum_of(start, n);
  require(inside(found->share, 0.0, 1.0) && found->shadow_price >= 0.0 && isfinite(found->value));
  require(found->frugal_cost <= budget * (1.0 + 1e-12) && found->cost <= budget * (1.0 + 1e-12));
  require(near(found->value, found->share * found->generous_value + (1.0 - found->share) * found->frugal_value, 0.0,
               1e-12 * size + 1e-300));
  for (size_t i = 0; i < n; i++) require(isfinite(out.value[i]));
  require(policy_totals(&d, out.frugal, cost, start, &value, &spent) && near(spent, found->frugal_cost, 1e-12, 0.0));
  require(near(value, found->frugal_value, 0.0, 1e-12 * size + 1e-300));
  if (status == LOY_NOTICE_NOT_NEEDED) require(found->share == 1.0 && found->shadow_price == 0.0);
  if (status == LOY_NOTICE_NOT_CONVERGED || !policy_totals(&d, action, cost, start, &value, &spent)) return;
  /* Below that rounding can hide the better policy, as policy.h says. */
  if (spent <= budget && d.problem.discount_rate > 1e-6)
    require(value <= found->value + 1e-11 * size + 1e-11 * found->shadow_price * budget);
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_VALUE_H */
