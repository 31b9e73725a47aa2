/* spending.h: how much to spend on winning customers and how much on keeping them.
 *
 * Money buys a share of customers, with ever less for each unit: a(A) = c (1 - e^(-kA)), c the ceiling and k the rate
 * of approach, both for winning (of prospects) and for keeping (of customers, per period).
 *   Winning: a(A) v - A is largest at A = ln(k c v)/k, v what a customer brings, or at 0 where k c v <= 1.
 *   Keeping: a customer brings m per period and costs R per period; r = r(R) stays, and what is to come is worth
 *   V(R) = (m - R/r) w/(1-w) = (m r - R)/(1+d - r), w = r/(1+d). It is largest at u = kR with
 *   (1+d)(k c m - 1) = (1+d-c)(e^u - 1) + c u, or at 0 where k c m <= 1, and is then (e^u - 1 - u)/(k (1+d)).
 * The customer equity of a prospect is a(A)(m + V(R)) - A.
 *
 * Source: Blattberg & Deighton 1996, Harvard Business Review 74(4), 136-144. */
#ifndef LOYALTY_VALUE_SPENDING_H
#define LOYALTY_VALUE_SPENDING_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* c (1 - e^(-k spend)). */
typedef struct loy_spend_response {
  double ceiling; /* c, the share that no money can exceed, 1e-40 <= c <= 1 */
  double rate;    /* k, per unit of money, from 1e-40 to 1e40 */
} loy_spend_response;

/* An optimum. */
typedef struct loy_spend_optimum {
  double spend; /* per prospect, or per customer and period; 0 where no spending pays */
  double share; /* won, or kept per period */
  double value; /* a(A) v - A, or V(R) */
} loy_spend_optimum;

/* Both, and what they make of a prospect. */
typedef struct loy_spend_plan {
  loy_spend_optimum acquisition; /* with v = m + V(R) */
  loy_spend_optimum retention;
  double equity; /* of a prospect: a(A)(m + V(R)) - A, the value of `acquisition` */
} loy_spend_plan;

/* The response through one known point: `share` is reached by `spend`, k = -ln(1 - share/c)/spend.
 *   ceiling  c, 1e-40 <= c <= 1;  spend  from 1e-40 to 1e40;  share  above 0 and below c
 * Errors, in this order: LOY_ERR_DOMAIN ceiling, spend, share (also where k is outside 1e-40 to 1e40); LOY_ERR_ARGUMENT
 * response (NULL). */
LOYALTY_API loy_status loy_spend_response_from_point(double ceiling, double spend, double share,
                                                     loy_spend_response *response, loy_error *error);

/* The share that `spend` (0 or from 1e-40 to 1e40) reaches. NaN outside the domain. */
LOYALTY_API double loy_spend_response_at(const loy_spend_response *response, double spend);

/* How much to spend on winning a prospect who as a customer brings `value` (0 or from 1e-40 to 1e40).
 * Errors, in this order: LOY_ERR_ARGUMENT response (NULL); LOY_ERR_DOMAIN ceiling, rate, value; LOY_ERR_ARGUMENT
 * optimum (NULL).
 * Measured: relative error below 1e-15 (docs/accuracy.md), times the condition 1 + 1/(k c v - 1). */
LOYALTY_API loy_status loy_acquisition_optimum(const loy_spend_response *response, double value,
                                               loy_spend_optimum *optimum, loy_error *error);

/* How much to spend on keeping a customer.
 *   margin    m, per period, before the spending, 0 or from 1e-40 to 1e40
 *   discount  d, effective per period, 0 or from 1e-40 to 1e40
 * The equation above has one solution, found between bounds to the last bits; V has no other maximum.
 * Errors, in this order: LOY_ERR_ARGUMENT response (NULL); LOY_ERR_DOMAIN ceiling, rate, margin, discount;
 * LOY_ERR_ARGUMENT optimum (NULL); LOY_ERR_DOMAIN discount where, with c = 1 and d = 0, the value exceeds 1e250.
 * Measured: relative error below 1e-15 (docs/accuracy.md), times the condition 1 + 1/(k c m - 1). */
LOYALTY_API loy_status loy_retention_optimum(const loy_spend_response *response, double margin, double discount,
                                             loy_spend_optimum *optimum, loy_error *error);

/* Both together: retention first, which does not depend on acquisition, then acquisition with v = m + V(R).
 * Errors, in this order: those of `acquisition` (named ceiling, rate) and of `retention` as above; LOY_ERR_DOMAIN
 * margin, discount; LOY_ERR_ARGUMENT plan (NULL). */
LOYALTY_API loy_status loy_spend_plan_optimum(const loy_spend_response *acquisition,
                                              const loy_spend_response *retention, double margin, double discount,
                                              loy_spend_plan *plan, loy_error *error);

/* The same plan for given spending: what present budgets make of a prospect. The retention value may be negative.
 *   acquisition_spend, retention_spend   0 or from 1e-40 to 1e40
 * Errors, in this order: as loy_spend_plan_optimum up to discount; LOY_ERR_DOMAIN acquisition_spend, retention_spend;
 * LOY_ERR_ARGUMENT plan (NULL). Notice: LOY_NOTICE_DIVERGES, naming discount, where all customers stay (r = 1) and
 * nothing is discounted: V is then infinite, of the sign of m - R, or 0 for m = R. */
LOYALTY_API loy_status loy_spend_plan_at(const loy_spend_response *acquisition, const loy_spend_response *retention,
                                         double margin, double discount, double acquisition_spend,
                                         double retention_spend, loy_spend_plan *plan, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "spending-inl.h"
#endif

#endif /* LOYALTY_VALUE_SPENDING_H */
