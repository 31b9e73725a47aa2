/* satisfaction_budget.h: where a budget for satisfaction earns most.
 *
 * Segment j has N_j customers at satisfaction s_j, and raising one of them by one unit of satisfaction (the whole
 * scale) costs k_j. Which targets t_j make the gain less the spend largest, sum_j N_j [V_j(t_j) - V_j(s_j)] - sum_j N_j
 * k_j (t_j - s_j), when no more than a budget is spent? Loyalty bends upwards where competition is high, so the best
 * plan is not always a little for everyone: the first steps of such a segment earn nothing until its threshold is
 * passed. Targets are taken from a grid. From where a segment stands, its best step is the one that gains most for each
 * unit of money, however far it leads; steps are bought in the order of that ratio, over all segments, while they gain
 * more than they cost (the greedy solution of a knapsack with choices: Sinha & Zoltners, Operations Research 27(3),
 * 1979). A step that is too dear for what is left of the budget is cut short. What it would have gained in full measure
 * bounds every plan on the grid, so that the distance from the best is known. */
#ifndef LOYALTY_VALUE_SATISFACTION_BUDGET_H
#define LOYALTY_VALUE_SATISFACTION_BUDGET_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "../response/curve.h"
#include "satisfaction.h"

LOY_BEGIN_DECLS

/* Fill it with loy_satisfaction_budget_options_init, then change what you need. */
typedef struct loy_satisfaction_budget_options {
  size_t struct_size;
  size_t steps;                   /* of a segment, from its satisfaction to the most; 256; 1 to 4096 */
  const loy_allocator *allocator; /* NULL */
} loy_satisfaction_budget_options;

/* What a plan earns. */
typedef struct loy_satisfaction_plan {
  double gain;  /* value gained by all customers */
  double spend; /* at most the budget */
  double net;   /* gain - spend */
  double bound; /* no plan on the grid of targets has a larger net */
  double price; /* what one more unit of budget would add to net; 0 when all that pays could be bought */
} loy_satisfaction_plan;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_satisfaction_budget_options_init(loy_satisfaction_budget_options *options);

/* The plan.
 *
 * curve, terms   as in loy_satisfaction_worth_at
 * customers      n numbers, each 0 or from 1e-40 to 1e40
 * margin, s, c   n numbers each, as in loy_satisfaction_worth_at
 * constraint     curve->constraints columns of n numbers each; NULL means all 0
 * unit_cost      n numbers: the cost of one unit of satisfaction for one customer, from 1e-40 to 1e40
 * most           n numbers: the highest satisfaction that can be reached, from s to 1; NULL means 1
 * n              segments
 * budget         0 or from 1e-40 to 1e40, in the money of `margin` and `unit_cost`
 * options        NULL for the defaults
 * target         receives n numbers: the satisfaction to aim at, from s to most
 * spend          receives n numbers: what it costs. May be NULL
 * plan           receives the totals
 * Errors, in this order: those of `curve` and `terms` as in loy_satisfaction_worth_at; LOY_ERR_ARGUMENT for a NULL
 * `customers`, `margin`, `s`, `c`, column of `constraint` or `unit_cost` with n > 0; LOY_ERR_DOMAIN for `budget`;
 * LOY_ERR_ARGUMENT for bad `options`; for each segment in turn (`index` says which) LOY_ERR_DOMAIN for its "customers",
 * "margin", "s", "c", "constraint", "unit_cost", "most", and for a value that diverges (argument "most");
 * LOY_ERR_ARGUMENT for a NULL `target` with n > 0 or a NULL `plan`; LOY_ERR_MEMORY.
 * Memory: 8 steps + 56 bytes a segment, given back. Accuracy: gain, spend and net are those of the targets, to
 * rounding; bound - net is how far they can be from the best on the grid, and a finer grid follows the curve more
 * closely. */
LOYALTY_API loy_status loy_satisfaction_budget(const loy_curve *curve, const loy_margin_terms *terms,
                                               const double *customers, const double *margin, const double *s,
                                               const double *c, const double *const *constraint,
                                               const double *unit_cost, const double *most, size_t n, double budget,
                                               const loy_satisfaction_budget_options *options, double *target,
                                               double *spend, loy_satisfaction_plan *plan, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "satisfaction_budget-inl.h"
#endif

#endif /* LOYALTY_VALUE_SATISFACTION_BUDGET_H */
