/* trend.h: whether a customer's yearly amounts rise, and by how much a year: the test of Mann and Kendall, and the
 * slope of Theil and Sen. Both look at pairs of years only, so one large order makes no trend.
 *
 *   S        pairs of years in which the later amount is larger less those in which it is smaller
 *   tau      S / (k(k - 1)/2), k the known years, in [-1, 1]
 *   p_value  P(|S| >= |s|) if all orders of the amounts were equally likely: counted out up to 20 years, ties included;
 *            from 21 by the normal distribution, with the variance for ties and the correction for continuity
 *   slope    median over the pairs of (later - earlier)/(years between), amount per year
 *   lower, upper   Sen's limits of the slope, from the order of the same ratios; approximate, for some ten years or
 * more
 *
 * Unknown years (NaN) are left out, and count for the time between the others.
 * Sources: Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods, 1948; Sen, Journal of the American
 * Statistical Association 63, 1968. */
#ifndef LOYALTY_BTYD_TREND_H
#define LOYALTY_BTYD_TREND_H

#include "../base/alloc.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "../math/trend.h"

LOY_BEGIN_DECLS

/* The largest size of an amount, so that no difference of two overflows. */
#define LOY_TREND_AMOUNT_MOST 1e300

/* One series. */
typedef struct loy_trend {
  int64_t known; /* years with an amount */
  int64_t s;
  double tau;
  double p_value;
  double slope;
  double lower;
  double upper;
} loy_trend;

/* The trend of one series.
 *
 * amount     `years` amounts, the earliest first, each from -LOY_TREND_AMOUNT_MOST to LOY_TREND_AMOUNT_MOST; NaN is not
 *            known and left out
 * years      from 2 to LOY_TREND_YEARS
 * level      of lower and upper, 0 < level < 1
 * allocator  for 16 bytes times years^2; NULL for malloc
 * result     receives the trend
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `amount`, then for `years`; LOY_ERR_DOMAIN for `level`;
 * LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for the first bad amount (`index` is the year); LOY_ERR_TOO_FEW
 * for `amount` with fewer than two known; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_trend_of(const double *amount, size_t years, double level, const loy_allocator *allocator,
                                    loy_trend *result, loy_error *error);

/* The caller's output columns. NULL: not wanted. Fill with loy_trend_columns_init, then set those you want. */
typedef struct loy_trend_columns {
  size_t struct_size;
  double *slope;
  double *lower;
  double *upper;
  double *tau;
  double *p_value;
} loy_trend_columns;

/* Set all columns to NULL, and `struct_size`. NULL is allowed and does nothing. */
LOYALTY_API void loy_trend_columns_init(loy_trend_columns *columns);

/* The trends of n customers; the same bits as loy_trend_of.
 *
 * amount     `years` columns of n amounts each, as above, the earliest year first
 * years, n, level, allocator   as above
 * out        the columns that are wanted, n numbers each; NaN for a bad row, and for a customer with fewer than two
 * known years skipped    receives the number of the latter. May be NULL report     counts bad rows (an amount outside
 * the range). May be NULL Returns LOY_OK; LOY_NOTICE_SKIPPED when customers had fewer than two known years. Errors, in
 * this order: LOY_ERR_ARGUMENT for a NULL `amount`, then for `years`, then for a NULL column with n > 0
 * (`index` is the year); LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for `out` (NULL, struct_size); LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_trend_batch(const double *const *amount, size_t years, size_t n, double level,
                                       const loy_allocator *allocator, const loy_trend_columns *out, size_t *skipped,
                                       loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "trend-inl.h"
#endif

#endif /* LOYALTY_BTYD_TREND_H */
