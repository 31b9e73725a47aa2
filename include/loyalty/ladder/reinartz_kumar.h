/* reinartz_kumar.h: Reinartz and Kumar's four groups of customers, by profit and by how long they will stay.
 *
 *                   short           long
 *   low profit      stranger        barnacle
 *   high profit     butterfly       true friend
 *
 * High and long mean from a cut on, usually the median (loy_median_cut). Duration is expected time, time as a customer,
 * or the probability of being active, for which they give a quick rule: a customer whose n purchases of a window all
 * came by its part t is active with probability t^n.
 *
 * Source: Reinartz and Kumar, Harvard Business Review 80(7), 2002, 86-94. */
#ifndef LOYALTY_LADDER_REINARTZ_KUMAR_H
#define LOYALTY_LADDER_REINARTZ_KUMAR_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_reinartz_kumar_type {
  LOY_REINARTZ_KUMAR_UNKNOWN = -1, /* a number is missing */
  LOY_REINARTZ_KUMAR_STRANGER = 0,
  LOY_REINARTZ_KUMAR_BARNACLE = 1,
  LOY_REINARTZ_KUMAR_BUTTERFLY = 2,
  LOY_REINARTZ_KUMAR_TRUE_FRIEND = 3
} loy_reinartz_kumar_type;

/* How many types there are: the numbers 0 to LOY_REINARTZ_KUMAR_TYPES - 1. */
#define LOY_REINARTZ_KUMAR_TYPES 4

/* The type of one customer.
 *
 * profit         profit of the customer, from -1e40 to 1e40; NaN is missing
 * duration       time or probability, from 0 to 1e40; NaN is missing
 * profit_from    high from here on; from -1e40 to 1e40, usually the median
 * duration_from  high from here on; from 0 to 1e40, usually the median
 * type           receives a loy_reinartz_kumar_type, LOY_REINARTZ_KUMAR_UNKNOWN when a number is missing
 * Errors, in this order: LOY_ERR_DOMAIN for `profit`, `duration`, `profit_from`, `duration_from` outside its range (for
 * the last two NaN too); LOY_ERR_ARGUMENT for a NULL `type`. */
LOYALTY_API loy_status loy_reinartz_kumar(double profit, double duration, double profit_from, double duration_from,
                                          int *type, loy_error *error);

/* The types of n customers, the same as loy_reinartz_kumar row by row.
 *
 * profit, duration   n numbers each
 * n        number of customers
 * profit_from, duration_from   the cuts, for example by loy_median_cut
 * type     receives n loy_reinartz_kumar_type; LOY_REINARTZ_KUMAR_UNKNOWN also for a bad row. Must not
 *          overlap the inputs
 * report   counts bad rows (a number outside its range). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `profit`, then `duration`, with n > 0; LOY_ERR_DOMAIN for
 * `profit_from`, then `duration_from`; LOY_ERR_ARGUMENT for a NULL `type` with n > 0. */
LOYALTY_API loy_status loy_reinartz_kumar_batch(const double *profit, const double *duration, size_t n,
                                                double profit_from, double duration_from, int8_t *type,
                                                loy_batch_report *report, loy_error *error);

/* The quick rule: the probability t^n that a customer is still active, t = last_purchase / window.
 *
 * purchases       n, purchases in the window; a whole number from 1 to 2^53
 * last_purchase   when the last of them came, from 0 to window
 * window          length of the window in the same unit, from 1e-40 to 1e40
 * probability     receives the probability, in [0, 1]
 * Errors, in this order: LOY_ERR_DOMAIN for `purchases`, then `window`, then `last_purchase`, NaN included;
 * LOY_ERR_ARGUMENT for a NULL `probability`.
 * Accuracy: the power to 1 ulp of the rounded t, so about (n + 1) 2^-53 relative. */
LOYALTY_API loy_status loy_quick_activity(double purchases, double last_purchase, double window, double *probability,
                                          loy_error *error);

/* The same for n customers.
 *
 * purchases, last_purchase, window   n numbers each
 * n             number of customers
 * probability   receives n probabilities; NaN for a bad row
 * report        counts bad rows. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `purchases`, `last_purchase`, `window` or `probability` with
 * n > 0. */
LOYALTY_API loy_status loy_quick_activity_batch(const double *purchases, const double *last_purchase,
                                                const double *window, size_t n, double *probability,
                                                loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_reinartz_kumar_type: "stranger", "barnacle", "butterfly", "true friend";
 * "unknown" for another number. */
LOYALTY_API const char *loy_reinartz_kumar_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_reinartz_kumar_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "reinartz_kumar-inl.h"
#endif

#endif /* LOYALTY_LADDER_REINARTZ_KUMAR_H */
