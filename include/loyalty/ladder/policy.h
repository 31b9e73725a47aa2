/* policy.h: which action to take in which state of a Markov chain, so that customers are worth most.
 *
 * In state i the action a brings the reward r_i(a) now and state j one period later with the chance p_ij(a). With the
 * discount rate d and b = 1/(1+d) the best values satisfy
 *   V_i = max over the available a of r_i(a) + b sum over j of p_ij(a) V_j,
 * and one action for each state, the same at all times, attains them from every state (Howard 1960). Policy iteration
 * finds it in a few rounds: value the policy exactly, change to better actions where there are any. An action is
 * changed only for one that is better beyond rounding; where two are equally good the incumbent stays, which is at
 * first the available action with the lowest number. Number actions so that doing nothing is 0.
 *
 * The answer carries its certificate: `gain` is the most that any single change of action promises for one period, and
 * no policy is worth more than V_i + `bound` in any state: bound = gain/(1 - b), the gain enlarged by what the rounding
 * of the values can hide of it. Values grow with 1/d while what states differ by does not, so that for discounts below
 * about 1e-12 rounding can hide the better policy; the bound, then of the size of the values, says so.
 *
 * Sources: Howard, Dynamic Programming and Markov Processes, 1960; Puterman, Markov Decision Processes, 1994, chapter
 * 6; Pfeifer and Carraway, Journal of Interactive Marketing 14(2), 2000, 43-55 (mail or stop). */
#ifndef LOYALTY_LADDER_POLICY_H
#define LOYALTY_LADDER_POLICY_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most actions. */
#define LOY_POLICY_ACTIONS_MOST 1024

/* A decision problem; all arrays are the caller's. */
typedef struct loy_policy_problem {
  size_t states, actions;   /* S from 1 to 1024, A from 1 to 1024 */
  const double *transition; /* A*S*S: the matrices of the actions one after another, as in chain_value.h */
  const double *reward;     /* A*S: r_i(a) of all states for action 0, then for action 1 ...; from -1e40 to 1e40 */
  const uint8_t *available; /* A*S, nonzero where the action can be taken; NULL: everywhere. Where it cannot, its
                             * reward and row of transition are not used, and the reward may be NaN; the row must
                             * be one of chances all the same */
  double discount_rate;     /* d, effective per period, from 1e-40 to 1e40 */
} loy_policy_problem;

/* How good the answer is, and what it took. */
typedef struct loy_policy_report {
  size_t rounds; /* of policy iteration */
  double gain;   /* the most that one change of action promises; rounding of the values when nothing can be gained */
  double bound;  /* no policy is worth more than the value found plus this, in any state; rounding included */
} loy_policy_report;

/* The best policy.
 *
 * problem     as above
 * allocator   NULL for the C library's
 * action      receives S numbers of actions
 * value       receives S numbers: V. May be NULL
 * report      may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT "problem" (NULL), "actions"; for each action the errors of a transition
 * matrix, LOY_ERR_ARGUMENT "states", "transition" (NULL), LOY_ERR_DOMAIN "transition" (index: a * S + row);
 * LOY_ERR_ARGUMENT "reward" (NULL); LOY_ERR_DOMAIN "reward" (index: a * S + i, where available); LOY_ERR_INFEASIBLE
 * "available" (index: the first state without an action); LOY_ERR_DOMAIN "discount_rate"; LOY_ERR_ARGUMENT "action"
 * (NULL); LOY_ERR_MEMORY. Notice: LOY_NOTICE_NOT_CONVERGED after 1000 rounds; the certificate holds all the same.
 * Accuracy: values as in loy_chain_value. Time: S^3 + A S^2 a round. Memory: S^2 + 2 S numbers, given back. */
LOYALTY_API loy_status loy_policy_best(const loy_policy_problem *problem, const loy_allocator *allocator,
                                       int64_t *action, double *value, loy_policy_report *report, loy_error *error);

/* The value of a given policy.
 *
 * action   S numbers of actions, each available
 * value    receives S numbers
 * visits   receives S*S numbers, row-major: the expected discounted visits to k from i under the policy. May be NULL
 * report   what the best single change of action would gain, and the bound on what any policy could. May be NULL
 * Errors, in this order: those of loy_policy_best up to "discount_rate"; LOY_ERR_ARGUMENT "action" (NULL);
 * LOY_ERR_DOMAIN "action" (index) for a number that is no action or not available; LOY_ERR_ARGUMENT "value" (NULL);
 * LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_policy_value(const loy_policy_problem *problem, const int64_t *action,
                                        const loy_allocator *allocator, double *value, double *visits,
                                        loy_policy_report *report, loy_error *error);

/* ---- for policies under a budget; private ---- */

/* Rewards r - price c, where c may be NULL. */
typedef struct loyi_policy_terms {
  const double *reward, *cost;
  double price;
} loyi_policy_terms;

/* Working memory for a problem, S^2 + 2 S numbers. */
typedef struct loyi_policy_work {
  const loy_policy_problem *problem;
  const loy_allocator *allocator;
  double *lu, *excess, *value;
} loyi_policy_work;

/* These rewards, at no price. */
LOYI_SHARED loyi_policy_terms loyi_policy_plain(const double *reward);

LOYI_SHARED loy_status loyi_policy_check(const loy_policy_problem *problem, loy_error *error);
LOYI_SHARED int loyi_policy_available(const loy_policy_problem *problem, size_t a, size_t i);
LOYI_SHARED loy_status loyi_policy_open(loyi_policy_work *work, const loy_policy_problem *problem,
                                        const loy_allocator *allocator, loy_error *error);
LOYI_SHARED void loyi_policy_close(loyi_policy_work *work);

/* Factor the system of a policy, into work->lu. */
LOYI_SHARED void loyi_policy_factor(loyi_policy_work *work, const int64_t *action);

/* work->value for a policy whose system was factored: terms summed over its states. */
LOYI_SHARED void loyi_policy_evaluate(loyi_policy_work *work, const int64_t *action, const loyi_policy_terms *terms);

/* Policy iteration from the policy in `action`; afterwards work->value has its values and work->lu its factors. */
LOYI_SHARED loy_policy_report loyi_policy_iterate(loyi_policy_work *work, int64_t *action,
                                                  const loyi_policy_terms *terms, int *converged);

/* The first available action of each state. */
LOYI_SHARED void loyi_policy_first(const loy_policy_problem *problem, int64_t *action);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "policy-inl.h"
#endif

#endif /* LOYALTY_LADDER_POLICY_H */
