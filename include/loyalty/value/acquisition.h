/* acquisition.h: what winning a customer costs against what one is worth: the ratio of the two, the time until the cost
 * is back, and whether to keep a customer or to replace one.
 *
 * Sources: the ratio and the payback time are practitioners' measures, here with the timings of retention.h; keep or
 * replace after Blattberg & Deighton 1996, Harvard Business Review 74(4), 136-144. */
#ifndef LOYALTY_VALUE_ACQUISITION_H
#define LOYALTY_VALUE_ACQUISITION_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* What a customer brings back of the acquisition cost. */
typedef struct loy_payback {
  double value;   /* of the margins, before the cost */
  double ratio;   /* value over cost ("CLV : CAC") */
  double exact;   /* the time T at which m M(T) is the cost, in periods and fractions; +infinity for never */
  double periods; /* the smallest whole T with m M(T) >= cost; +infinity for never */
} loy_payback;

/* Ratio and payback time of the discounted expected margins, M(T) the margin multiple with the horizon T:
 *   T = ln(1 - A (1-w)/(m f))/ln w, f the multiple of one period; A/(m f) at w = 1; for CONTINUOUS
 *   T = ln(1 + A ln w/m)/ln w.
 *   timing, margin, retention, discount, growth   as in loy_retention_value
 *   acquisition_cost   A, from 1e-40 to 1e40
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_DOMAIN margin, retention, discount, growth, acquisition_cost;
 * LOY_ERR_ARGUMENT payback (NULL). Notices: LOY_NOTICE_NONE, naming acquisition_cost, when the cost never comes back (m
 * f is not above A (1-w)); else LOY_NOTICE_DIVERGES, naming retention, when value and ratio are infinite. Measured:
 * relative error of exact below 1e-15 (docs/accuracy.md), times the condition of the problem in its inputs' rounding, 1
 * + 4 s/|1+i - r(1+g)| over the part of the value that is not yet paid back. A time within that error of a whole number
 * is taken as it falls out of m M(T) >= A in double. */
LOYALTY_API loy_status loy_acquisition_payback(int timing, double margin, double retention, double discount,
                                               double growth, double acquisition_cost, loy_payback *payback,
                                               loy_error *error);

/* Keep or replace: money spent on a customer at risk, of whom it keeps a part who would have left. */
typedef struct loy_keep {
  double gain;              /* u V, the value that is kept */
  double net;               /* u V - c: keeping pays when above 0 */
  double cost_per_kept;     /* c/u: keeping is cheaper than replacing when below the acquisition cost */
  double uplift_to_pay;     /* c/V: the uplift from which on keeping pays */
  double uplift_to_replace; /* c/A: the uplift from which on keeping is cheaper; 1/k when a new one costs k c */
  int pays, cheaper;        /* 1 or 0 */
} loy_keep;

/* Spend c on each of some customers so that a share u of them stays who would have left: is it worth it?
 *   cost              c, for each customer addressed, 0 or from 1e-40 to 1e40
 *   uplift            u, the rise of the probability of staying, 1e-40 <= u <= 1
 *   value             V, of a customer who stays, from 1e-40 to 1e40
 *   acquisition_cost  A, of a new customer, from 1e-40 to 1e40
 * pays and cheaper are strict: at the break-even both are 0.
 * Errors, in this order: LOY_ERR_DOMAIN cost, uplift, value, acquisition_cost; LOY_ERR_ARGUMENT keep (NULL). */
LOYALTY_API loy_status loy_keep_or_replace(double cost, double uplift, double value, double acquisition_cost,
                                           loy_keep *keep, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "acquisition-inl.h"
#endif

#endif /* LOYALTY_VALUE_ACQUISITION_H */
