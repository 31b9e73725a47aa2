/* ladder_policy.c: values of chains and best policies in the parity cases. */
#include "parity.h"

typedef struct chain_case {
  const double *transition, *reward;
  double discount_rate;
  size_t states;
  loy_chain_value_options options;
} chain_case;

static chain_case chain_of(parity_case *c) {
  chain_case chain;
  size_t n;
  loy_chain_value_options_init(&chain.options);
  chain.transition = parity_column(c, &n);
  chain.reward = parity_column(c, &chain.states);
  chain.discount_rate = parity_double(c);
  chain.options.growth = parity_double(c);
  chain.options.horizon = parity_double(c);
  return chain;
}

static void chain_value(parity_case *c) {
  const chain_case chain = chain_of(c);
  loy_chain_value_result result;
  size_t n;
  loy_error e;
  result.value = parity_out(c, &n);
  result.standard_deviation = parity_out(c, &n);
  result.discount_slope = parity_out(c, &n);
  result.visits = parity_out(c, &n);
  loy_chain_value(chain.transition, chain.states, chain.reward, chain.discount_rate, &chain.options, &result, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void chain_value_slopes(parity_case *c) {
  const chain_case chain = chain_of(c);
  size_t n;
  loy_error e;
  const double *start = parity_column(c, &n);
  double *slope = parity_out(c, &n);
  loy_chain_value_slopes(chain.transition, chain.states, chain.reward, chain.discount_rate, start, &chain.options,
                         slope, &e);
  (void)parity_failed(c, &e);
}

static void chain_value_std_errors(parity_case *c) {
  const chain_case chain = chain_of(c);
  size_t n;
  loy_error e;
  const double *row_count = parity_column(c, &n);
  double *std_error = parity_out(c, &n);
  loy_chain_value_std_errors(chain.transition, chain.states, chain.reward, chain.discount_rate, row_count,
                             &chain.options, std_error, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

enum { MOST = 16 };

/* Transition, reward, available, discount rate; the states follow from the lengths. */
static loy_policy_problem problem_of(parity_case *c, unsigned char *available) {
  loy_policy_problem problem;
  const int64_t *flag;
  size_t chances, rewards, flags;
  problem.transition = parity_column(c, &chances);
  problem.reward = parity_column(c, &rewards);
  flag = parity_column_i64(c, &flags);
  problem.states = chances / rewards;
  problem.actions = rewards / problem.states;
  problem.available = flag ? available : NULL;
  for (size_t k = 0; k < flags && k < MOST; k++) available[k] = flag[k] != 0;
  problem.discount_rate = parity_double(c);
  return problem;
}

static void policy_best(parity_case *c) {
  unsigned char available[MOST];
  const loy_policy_problem problem = problem_of(c, available);
  size_t n;
  loy_error e;
  loy_policy_report report = {0, 0, 0};
  int64_t *action = parity_out_i64(c, &n);
  double *value = parity_out(c, &n);
  loy_policy_best(&problem, NULL, action, value, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.rounds);
  parity_give_double(c, report.gain);
  parity_give_double(c, report.bound);
}

static void policy_value(parity_case *c) {
  unsigned char available[MOST];
  const loy_policy_problem problem = problem_of(c, available);
  size_t n;
  loy_error e;
  loy_policy_report report = {0, 0, 0};
  const int64_t *action = parity_column_i64(c, &n);
  double *value = parity_out(c, &n), *visits = parity_out(c, &n);
  loy_policy_value(&problem, action, NULL, value, visits, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, report.gain);
  parity_give_double(c, report.bound);
}

static void policy_budget(parity_case *c) {
  unsigned char available[MOST];
  const loy_policy_problem problem = problem_of(c, available);
  size_t n;
  loy_error e;
  loy_policy_budget_result r = {0, 0, 0, 0, 0, 0, 0, 0, 0};
  const double *cost = parity_column(c, &n), *start = parity_column(c, &n);
  const double budget = parity_double(c);
  int64_t *generous = parity_out_i64(c, &n), *frugal = parity_out_i64(c, &n);
  double *value = parity_out(c, &n);
  loy_policy_budget(&problem, cost, start, budget, NULL, generous, frugal, value, &r, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, r.shadow_price);
  parity_give_double(c, r.share);
  parity_give_double(c, r.value);
  parity_give_double(c, r.cost);
  parity_give_double(c, r.generous_value);
  parity_give_double(c, r.generous_cost);
  parity_give_double(c, r.frugal_value);
  parity_give_double(c, r.frugal_cost);
  parity_give_int(c, (int64_t)r.steps);
}

PARITY(ladder_policy) {
  CASE(chain_value);
  CASE(chain_value_slopes);
  CASE(chain_value_std_errors);
  CASE(policy_best);
  CASE(policy_value);
  CASE(policy_budget);
}
