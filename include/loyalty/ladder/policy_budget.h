/* policy_budget.h: the best that can be done for customers when what it costs is limited.
 *
 * Taking the action a in state i costs c_i(a) of a budget, besides whatever the rewards of policy.h contain. Among all
 * policies, randomised ones included, find the one for which start . V is largest and the expected discounted cost,
 * start . (I - b P)^-1 c, is at most the budget. Let W(m) be the largest value when each unit of cost is charged with
 * the price m: the upper hull of the straight lines value - m cost of all policies. At the price where the cost crosses
 * the budget two policies are equally good, one that costs more than the budget and one that costs at most that;
 * treating a share of the customers by the first for ever and the others by the second spends the budget exactly, and
 * no policy does better: its value is W(m) + m budget, which bounds them all. That price is the shadow price, what one
 * more unit of budget would add. It is found by cutting the lines of the two policies known so far and asking for the
 * best policy at that price, which is exact and ends after finitely many steps, where bisection would only come near.
 *
 * Source: Altman, Constrained Markov Decision Processes, 1999, chapter 3; Beutler and Ross, Journal of Mathematical
 * Analysis and Applications 112, 1985, 236-252. */
#ifndef LOYALTY_LADDER_POLICY_BUDGET_H
#define LOYALTY_LADDER_POLICY_BUDGET_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "policy.h"

LOY_BEGIN_DECLS

/* The answer. Values and costs are totals for the customers of `start`. */
typedef struct loy_policy_budget_result {
  double shadow_price; /* value of one more unit of budget; 0 when the budget does not bind */
  double share;        /* of the customers, treated by the generous policy; the others by the frugal one */
  double value, cost;  /* of the mixture */
  double generous_value, generous_cost;
  double frugal_value, frugal_cost;
  size_t steps; /* prices that were asked for */
} loy_policy_budget_result;

/* The best mixture of policies within a budget.
 *
 * problem    as in policy.h
 * cost       A*S numbers, laid out like the rewards: c_i(a), at the start of the period, 0 or from 1e-40 to 1e40; not
 *            used where the action is not available
 * start      S numbers: customers in each state now (or chances), 0 or from 1e-40 to 1e40
 * budget     for all customers of `start` and all times, discounted: 0 or from 1e-40 to 1e40
 * allocator  NULL for the C library's
 * generous   receives S numbers of actions: the policy that costs more than the budget
 * frugal     receives S numbers of actions: the one that costs no more
 * value      receives S numbers, the value of each state under the mixture. May be NULL
 * Errors, in this order: those of loy_policy_best up to "discount_rate"; LOY_ERR_ARGUMENT "cost" (NULL); LOY_ERR_DOMAIN
 * "cost" (index: a * S + i); the same for "start" and "budget"; LOY_ERR_ARGUMENT "generous", "frugal", "result" (NULL);
 * LOY_ERR_MEMORY; LOY_ERR_INFEASIBLE "budget" when the cheapest policy costs more.
 * Notices: LOY_NOTICE_NOT_NEEDED when the best policy costs no more than the budget: it is both policies, the share is
 * 1, the price 0. LOY_NOTICE_NOT_CONVERGED when 1000 prices were not enough: the mixture keeps to the budget, but a
 * better one may exist.
 * Time: a policy iteration for each step, few of either. Memory: S^2 + 6 S numbers, given back. */
LOYALTY_API loy_status loy_policy_budget(const loy_policy_problem *problem, const double *cost, const double *start,
                                         double budget, const loy_allocator *allocator, int64_t *generous,
                                         int64_t *frugal, double *value, loy_policy_budget_result *result,
                                         loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "policy_budget-inl.h"
#endif

#endif /* LOYALTY_LADDER_POLICY_BUDGET_H */
