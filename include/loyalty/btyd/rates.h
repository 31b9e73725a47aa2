/* rates.h: retention, churn, repeat purchase and repurchase as shares of counts, each with its Wilson interval, and
 * rates of one length of period turned into those of another.
 *
 *   retention     (customers at the end - those acquired meanwhile) / customers at the start
 *   churn         1 - retention
 *   repeat        customers with two purchases or more / customers
 *   repurchase    orders of customers who had ordered before / orders
 *
 * All are per period: a rate without its period says nothing. The same from a purchase log: cohort.h. */
#ifndef LOYALTY_BTYD_RATES_H
#define LOYALTY_BTYD_RATES_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* A share of counts. */
typedef struct loy_rate {
  int64_t part;
  int64_t whole; /* at least 1 */
  double rate;   /* part / whole, in [0, 1] */
} loy_rate;

/* The share of the customers at the start of a period who are still there at its end.
 *
 * start      customers at the start, 1 to 2^53
 * end        customers at the end, with those acquired; acquired <= end <= start + acquired
 * acquired   of them, not there at the start, 0 to 2^53
 * result     receives end - acquired, start and their ratio
 * Errors, in this order: LOY_ERR_DOMAIN for `start` (below 0 or above 2^53), `acquired`, `end`; LOY_ERR_TOO_FEW for a
 * `start` of 0, which leaves nobody to retain; LOY_ERR_ARGUMENT for a NULL `result`. */
LOYALTY_API loy_status loy_retention_rate(int64_t start, int64_t end, int64_t acquired, loy_rate *result,
                                          loy_error *error);

/* The share who left: 1 - retention, from the same counts, correctly rounded; the errors are the same. */
LOYALTY_API loy_status loy_churn_rate(int64_t start, int64_t end, int64_t acquired, loy_rate *result, loy_error *error);

/* The share of the customers who bought at least twice.
 *
 * repeat_customers   0 to customers
 * customers          1 to 2^53
 * result             receives both and their ratio
 * Errors, in this order: LOY_ERR_DOMAIN for `customers` (below 0 or above 2^53), `repeat_customers`; LOY_ERR_TOO_FEW
 * for 0 `customers`; LOY_ERR_ARGUMENT for a NULL `result`. */
LOYALTY_API loy_status loy_repeat_rate(int64_t repeat_customers, int64_t customers, loy_rate *result, loy_error *error);

/* The share of the orders that came from customers who had ordered before. Errors as loy_repeat_rate, in its order, for
 * `orders` and `returning_orders`. */
LOYALTY_API loy_status loy_repurchase_rate(int64_t returning_orders, int64_t orders, loy_rate *result,
                                           loy_error *error);

/* The Wilson interval of a rate. It takes the parts as independent: of orders, of which one customer has many, it is
 * too narrow.
 *
 * result   as filled by the functions above
 * level    confidence, 0 < level < 1
 * lower, upper   receive the ends, 0 <= lower <= rate <= upper <= 1
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` without 0 <= part <=
 * whole, whole >= 1; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`. Accuracy: about 1e-15
 * relative. Source: Wilson, Journal of the American Statistical Association 22, 1927. */
LOYALTY_API loy_status loy_rate_interval(const loy_rate *result, double level, double *lower, double *upper,
                                         loy_error *error);

/* The retention per period of length `to` of customers who stay with the same probability `retention` in each period of
 * length `from`: retention^(to/from). From months to years r^12, back r^(1/12).
 *
 * retention   0 to 1
 * from, to    lengths in one unit, from 1e-40 to 1e40; of units of time see loy_time_unit_seconds
 * NaN outside the domain (loy_retention_convert_check says which argument).
 * Measured: relative error below 3e-16, times 1 + (to/from) |ln retention|, the condition of the problem in to/from. */
LOYALTY_API double loy_retention_convert(double retention, double from, double to);

/* The same for churn: 1 - (1 - churn)^(to/from), accurate relative to the answer also where churn is small. */
LOYALTY_API double loy_churn_convert(double churn, double from, double to);

/* loy_retention_convert with the reason: *result is filled with the same bits.
 * Errors, in this order: LOY_ERR_DOMAIN for the rate, `from`, `to`; LOY_ERR_ARGUMENT for a NULL `result`. */
LOYALTY_API loy_status loy_retention_convert_check(double retention, double from, double to, double *result,
                                                   loy_error *error);

/* loy_churn_convert with the reason, in the same manner. */
LOYALTY_API loy_status loy_churn_convert_check(double churn, double from, double to, double *result, loy_error *error);

/* loy_retention_convert for n rates; `out` may be the same array as the rates. `report`, nullable, counts rates outside
 * [0, 1]. Errors, in this order: LOY_ERR_DOMAIN for `from`, `to`; LOY_ERR_ARGUMENT for NULL rates or `out` with n > 0.
 */
LOYALTY_API loy_status loy_retention_convert_batch(double from, double to, const double *retention, size_t n,
                                                   double *out, loy_batch_report *report, loy_error *error);

/* loy_churn_convert for n rates, in the same manner. */
LOYALTY_API loy_status loy_churn_convert_batch(double from, double to, const double *churn, size_t n, double *out,
                                               loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rates-inl.h"
#endif

#endif /* LOYALTY_BTYD_RATES_H */
