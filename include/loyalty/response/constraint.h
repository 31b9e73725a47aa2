/* constraint.h: what holds customers besides satisfaction, as numbers K_j from 0 to 1 for the curve.
 *
 * Four kinds, the sources of false loyalty that Jones and Sasser (Harvard Business Review 73(6), 1995) name: law,
 * technology, the cost of switching, loyalty programs. Strengths come from questionnaires (procedural, financial and
 * relational switching costs: Burnham, Frels and Mahajan, J. Academy of Marketing Science 31(2), 2003) or, for the cost
 * of switching, from prices and shares alone (Shy, International Journal of Industrial Organization 20(1), 2002,
 * 71-87). */
#ifndef LOYALTY_RESPONSE_CONSTRAINT_H
#define LOYALTY_RESPONSE_CONSTRAINT_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The kinds of constraint. */
typedef enum loy_constraint {
  LOY_CONSTRAINT_LEGAL = 0,          /* regulation, licenses, contracts */
  LOY_CONSTRAINT_TECHNICAL = 1,      /* proprietary technology, compatibility */
  LOY_CONSTRAINT_SWITCHING_COST = 2, /* money, time and ties that a change would cost */
  LOY_CONSTRAINT_LOYALTY_PROGRAM = 3 /* points and privileges that would be lost */
} loy_constraint;

/* How many kinds there are: the numbers 0 to LOY_CONSTRAINT_KINDS - 1. */
#define LOY_CONSTRAINT_KINDS 4

/* The stable English name of a kind: "legal", "technical", "switching cost", "loyalty program"; "unknown" for another
 * number. */
LOYALTY_API const char *loy_constraint_name(int kind);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_constraint_name_zh(int kind);

/* A constraint from the answers of one customer (or the means of many) to the items of a scale:
 * K = (mean item - lowest)/(highest - lowest).
 *
 * item              n answers, each from lowest to highest; NaN for one not given, which is left out
 * lowest, highest   the ends of the scale: lowest finite, highest above it by at most 1e300
 * constraint        receives K in [0, 1]
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `item` with n > 0; LOY_ERR_DOMAIN for `lowest`, `highest`, the
 * first `item` outside the scale (`index` says which); LOY_ERR_TOO_FEW (argument "item") when none is given;
 * LOY_ERR_ARGUMENT for a NULL `constraint`. */
LOYALTY_API loy_status loy_constraint_from_items(const double *item, size_t n, double lowest, double highest,
                                                 double *constraint, loy_error *error);

/* loy_constraint_from_items for n customers, the same bits.
 *
 * item              columns, one for each of the scale's items, of n numbers each
 * items             number of columns
 * lowest, highest   as above
 * constraint        receives n numbers; may be the same array as a column
 * report            counts rows with an answer outside the scale, or without any; their slots become NaN. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `item` or column of it (`index` says which) with n > 0;
 * LOY_ERR_DOMAIN for `lowest`, `highest`; LOY_ERR_ARGUMENT for a NULL `constraint` with n > 0. */
LOYALTY_API loy_status loy_constraint_from_items_batch(const double *const *item, size_t items, size_t n, double lowest,
                                                       double highest, double *constraint, loy_batch_report *report,
                                                       loy_error *error);

/* The switching costs of a market from its prices and customers, after Shy: prices are such that no rival gains by
 * undercutting, so with B the rival that would undercut A
 *   S_A = p_A - p_B N_B / (N_A + N_B).
 * Every firm fears the smallest one, and the smallest fears the largest.
 *
 * price       n prices, or margins where costs differ; each finite and at least 0
 * customers   n numbers of customers (or shares), each above 0 and finite
 * n           firms, at least 2. Of equally small ones the last counts as the smallest, of equally large the first
 * cost        receives n switching costs, in the unit of the prices; may be the same array as an input. A negative one
 *             is not explained by the model
 * Errors, in this order: LOY_ERR_TOO_FEW (argument "price") for n < 2; LOY_ERR_ARGUMENT for a NULL `price`,
 * `customers`; LOY_ERR_DOMAIN for the first bad `price`, then `customers` (`index` says which); LOY_ERR_ARGUMENT for a
 * NULL `cost`. */
LOYALTY_API loy_status loy_switching_costs(const double *price, const double *customers, size_t n, double *cost,
                                           loy_error *error);

/* A switching cost as a constraint: K = cost/price, clipped to [0, 1].
 *
 * cost, price   in the same money; cost finite, price above 0 and finite
 * Returns K; NaN outside the domain. */
LOYALTY_API double loy_constraint_from_switching_cost(double cost, double price);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "constraint-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CONSTRAINT_H */
