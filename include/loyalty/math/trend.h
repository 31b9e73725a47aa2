/* trend.h: private. Whether a series rises, and how fast: Mann and Kendall's test, and the slope of Theil and Sen.
 *
 * Series have at least 2 and at most LOY_TREND_YEARS values, none of them NaN.
 * Sources: Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods, 1948 (variance with ties); Sen, Journal of
 * the American Statistical Association 63, 1968 (slope and its limits). */
#ifndef LOYALTY_MATH_TREND_H
#define LOYALTY_MATH_TREND_H

#include "../base/config.h"
#include "rank.h"

LOY_BEGIN_DECLS

/* The longest series that functions of trends take. */
#define LOY_TREND_YEARS 1000

/* Private: up to so many values the distribution of S is counted out, whatever the ties: 20! fits 64 bits. */
enum { LOYI_TREND_EXACT = 20 };

/* S: the number of pairs in which the later value is larger less that in which it is smaller. */
LOYI_SHARED int64_t loyi_trend_s(const double *value, size_t n);

/* The variance of S when all orders of the values are equally likely:
 * (n(n - 1)(2n + 5) - sum over groups of g equal values of g(g - 1)(2g + 5)) / 18. `sorted` holds the values in order.
 */
LOYI_SHARED double loyi_trend_variance(const loyi_ranked *sorted, size_t n);

/* P(|S| >= |s|) when all orders of the values are equally likely: counted out up to LOYI_TREND_EXACT values, ties
 * included; else by the normal distribution, P(|Z| >= (|s| - 1)/sqrt(variance)), the 1 for continuity. 1 for s = 0.
 * Accuracy: the exact ones to 1e-15 relative. */
LOYI_SHARED double loyi_trend_p_value(int64_t s, const loyi_ranked *sorted, size_t n);

/* The median of the slopes (value[j] - value[i])/(time[j] - time[i]) of all n(n - 1)/2 pairs, and with z >= 0 the
 * limits of Sen: of the slopes in order, number (pairs - z sd)/2 and number (pairs + z sd)/2 + 1, rounded, sd that of
 * S. time rises; `room` is for n(n - 1) values; differences must not overflow. */
LOYI_SHARED double loyi_trend_slope(const double *time, const double *value, size_t n, double z, double variance,
                                    loyi_ranked *room, double *lower, double *upper);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "trend-inl.h"
#endif

#endif /* LOYALTY_MATH_TREND_H */
