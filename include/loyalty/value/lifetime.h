/* lifetime.h: how long customers stay who leave with the same probability every period.
 *
 * With r the probability of staying for another period, a share r^t is still there after t periods; a customer stays
 * 1/(1-r) periods on average, the period of joining included; and a share s is reached after ln s/ln r periods, so that
 * half have left after ln .5/ln r. Churn of a third a year leaves 13 % after five years, not none: a constant rate
 * takes its third of ever fewer customers.
 *
 * Source: the geometric distribution, any textbook. */
#ifndef LOYALTY_VALUE_LIFETIME_H
#define LOYALTY_VALUE_LIFETIME_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The share of customers who are still there after t periods, r^t.
 *   retention  r, 0 <= r <= 1
 *   periods    t, 0, from 1e-40 to 1e40, or +infinity; a fraction converts rates: r^(1/12) is the monthly rate of a
 *              yearly one
 * Returns a number from 0 to 1; NaN outside the domain (the report of the batch function says which argument).
 * Measured: 0.57 ulp (docs/accuracy.md). */
LOYALTY_API double loy_lifetime_survivors(double retention, double periods);

/* The mean number of periods that a customer stays, 1/(1-r), the first included. +infinity at r = 1; NaN outside
 * 0 <= r <= 1. Rounded correctly for r >= 1/2, else within 1 ulp. */
LOYALTY_API double loy_lifetime_mean(double retention);

/* The periods after which a share s of the customers is left, ln s/ln r: with s = .5 the median.
 *   share  s, 0 <= s <= 1
 * Returns a number >= 0: 0 for s = 1 and where all leave at once (r = 0), else +infinity for s = 0 or r = 1. NaN
 * outside the domain. Measured: relative error below 4e-16 (docs/accuracy.md). */
LOYALTY_API double loy_lifetime_until(double retention, double share);

/* loy_lifetime_survivors for columns of n, the same bits; `out` may be an input. A bad row gives NaN and is counted in
 * the nullable report, which names retention or periods of the first. Errors, in this order: LOY_ERR_ARGUMENT
 * retention, periods, out (NULL while n > 0). */
LOYALTY_API loy_status loy_lifetime_survivors_batch(const double *retention, const double *periods, size_t n,
                                                    double *out, loy_batch_report *report, loy_error *error);

/* loy_lifetime_mean for a column, in the same way. Errors, in this order: LOY_ERR_ARGUMENT retention, out (NULL while
 * n > 0). */
LOYALTY_API loy_status loy_lifetime_mean_batch(const double *retention, size_t n, double *out, loy_batch_report *report,
                                               loy_error *error);

/* loy_lifetime_until for columns, in the same way; the report names retention or share. Errors, in this order:
 * LOY_ERR_ARGUMENT retention, share, out (NULL while n > 0). */
LOYALTY_API loy_status loy_lifetime_until_batch(const double *retention, const double *share, size_t n, double *out,
                                                loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "lifetime-inl.h"
#endif

#endif /* LOYALTY_VALUE_LIFETIME_H */
