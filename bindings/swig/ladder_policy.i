/* ladder_policy.i: shims of ladder/policy.h and ladder/policy_budget.h. */

/* ---- policies ---- */

%{
#include "loyalty/ladder/policy.h"
#include "loyalty/ladder/policy_budget.h"
#include "loyalty/ladder/stochastic.h"

/* A problem from columns: as many states as `states`, as many actions as the rewards are for. `available` becomes
 * bytes, which policy_release gives back. */
static bool policy_make(loy_in transition, loy_in reward, loy_in_i64_opt available, double discount_rate, size_t states,
                        loy_policy_problem *problem, unsigned char **bytes, loy_error *e) {
  *bytes = NULL;
  if (states < 1 || states > LOY_CHAIN_STATES_MOST)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "states", "must be from 1 to 1024");
  problem->states = states;
  problem->actions = reward.n / states;
  if (problem->actions < 1 || problem->actions > LOY_POLICY_ACTIONS_MOST)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "actions", "must be from 1 to 1024");
  if (!loy_has_length(e, "reward", reward.n, problem->actions * states) ||
      !loy_has_length(e, "transition", transition.n, reward.n * states) ||
      (available.p && !loy_has_length(e, "available", available.n, reward.n)))
    return false;
  problem->transition = transition.p;
  problem->reward = reward.p;
  problem->available = NULL;
  problem->discount_rate = discount_rate;
  if (!available.p) return true;
  *bytes = (unsigned char *)malloc(available.n);
  if (!*bytes) return loy_refuse(e, LOY_ERR_MEMORY, NULL, NULL);
  for (size_t k = 0; k < available.n; k++) (*bytes)[k] = available.p[k] != 0;
  problem->available = *bytes;
  return true;
}
%}

LOY_BULK(policy_best)
LOY_BULK(policy_value)
LOY_BULK(policy_budget)
%inline %{
/* Status, rounds, gain, bound. */
static loy_values policy_best(loy_in transition, loy_in reward, loy_in_i64_opt available, double discount_rate,
                              loy_out_i64 action, loy_out value) {
  loy_values r = {0};
  loy_policy_problem problem;
  loy_policy_report report = {0};
  unsigned char *bytes;
  if (!policy_make(transition, reward, available, discount_rate, action.n, &problem, &bytes, &r.e)) return r;
  if (loy_has_length(&r.e, "value", value.n, action.n))
    loy_policy_best(&problem, NULL, action.p, value.p, &report, &r.e);
  free(bytes);
  loy_put_status(&r);
  loy_put_size(&r, report.rounds);
  loy_put_double(&r, report.gain);
  loy_put_double(&r, report.bound);
  return r;
}

/* Gain, bound. */
static loy_r2 policy_value(loy_in transition, loy_in reward, loy_in_i64_opt available, double discount_rate,
                           loy_in_i64 action, loy_out value, loy_out visits) {
  loy_r2 r = {0};
  loy_policy_problem problem;
  loy_policy_report report = {0};
  unsigned char *bytes;
  if (!policy_make(transition, reward, available, discount_rate, action.n, &problem, &bytes, &r.e)) return r;
  if (loy_has_length(&r.e, "value", value.n, action.n) && loy_has_length(&r.e, "visits", visits.n, action.n * action.n))
    loy_policy_value(&problem, action.p, NULL, value.p, visits.p, &report, &r.e);
  free(bytes);
  r.v[0] = report.gain;
  r.v[1] = report.bound;
  return r;
}

/* Status, then the fields of loy_policy_budget_result. */
static loy_values policy_budget(loy_in transition, loy_in reward, loy_in_i64_opt available, double discount_rate,
                                loy_in cost, loy_in start, double budget, loy_out_i64 generous, loy_out_i64 frugal,
                                loy_out value) {
  loy_values r = {0};
  loy_policy_problem problem;
  loy_policy_budget_result found = {0};
  unsigned char *bytes;
  if (!policy_make(transition, reward, available, discount_rate, start.n, &problem, &bytes, &r.e)) return r;
  if (loy_has_length(&r.e, "cost", cost.n, reward.n) && loy_has_length(&r.e, "generous", generous.n, start.n) &&
      loy_has_length(&r.e, "frugal", frugal.n, start.n) && loy_has_length(&r.e, "value", value.n, start.n))
    loy_policy_budget(&problem, cost.p, start.p, budget, NULL, generous.p, frugal.p, value.p, &found, &r.e);
  free(bytes);
  loy_put_status(&r);
  loy_put_double(&r, found.shadow_price);
  loy_put_double(&r, found.share);
  loy_put_double(&r, found.value);
  loy_put_double(&r, found.cost);
  loy_put_double(&r, found.generous_value);
  loy_put_double(&r, found.generous_cost);
  loy_put_double(&r, found.frugal_value);
  loy_put_double(&r, found.frugal_cost);
  loy_put_size(&r, found.steps);
  return r;
}
%}
