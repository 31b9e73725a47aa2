/* rowley.h: Rowley's four kinds of loyal customers, by what carries their loyalty.
 *
 *                         behaviour inertial      behaviour positive
 *   attitude inertial     captive                 convenience-seeker
 *   attitude positive     contented               committed
 *
 * A positive attitude speaks well of the supplier and would stay for its own sake; an inertial one stays for want of a
 * reason to leave. Positive behaviour buys more and other things; inertial behaviour repeats. Positive means from a
 * cut on, usually half of the scale; flags, 0 or 1, are scores too.
 *
 * Source: Rowley, Marketing Intelligence and Planning 23(6), 2005, 574-581. */
#ifndef LOYALTY_LADDER_ROWLEY_H
#define LOYALTY_LADDER_ROWLEY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_rowley_type {
  LOY_ROWLEY_UNKNOWN = -1, /* a number is missing */
  LOY_ROWLEY_CAPTIVE = 0,
  LOY_ROWLEY_CONVENIENCE_SEEKER = 1,
  LOY_ROWLEY_CONTENTED = 2,
  LOY_ROWLEY_COMMITTED = 3
} loy_rowley_type;

/* How many types there are: the numbers 0 to LOY_ROWLEY_TYPES - 1. */
#define LOY_ROWLEY_TYPES 4

/* The type of one customer.
 *
 * attitude       score of the attitude, from 0 (inertial) to 1 (positive); NaN is missing
 * behaviour      score of the behaviour, from 0 (inertial) to 1 (positive); NaN is missing
 * attitude_from  high from here on; from 0 to 1, usually 0.5
 * behaviour_from high from here on; from 0 to 1, usually 0.5
 * type           receives a loy_rowley_type, LOY_ROWLEY_UNKNOWN when a number is missing
 * Errors, in this order: LOY_ERR_DOMAIN for `attitude`, `behaviour`, `attitude_from`, `behaviour_from` outside its
 * range (for the last two NaN too); LOY_ERR_ARGUMENT for a NULL `type`. */
LOYALTY_API loy_status loy_rowley(double attitude, double behaviour, double attitude_from, double behaviour_from,
                                  int *type, loy_error *error);

/* The types of n customers, the same as loy_rowley row by row.
 *
 * attitude, behaviour   n numbers each
 * n        number of customers
 * attitude_from, behaviour_from   the cuts
 * type     receives n loy_rowley_type; LOY_ROWLEY_UNKNOWN also for a bad row. Must not overlap the inputs
 * report   counts bad rows (a number outside its range). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `attitude`, then `behaviour`, with n > 0; LOY_ERR_DOMAIN for
 * `attitude_from`, then `behaviour_from`; LOY_ERR_ARGUMENT for a NULL `type` with n > 0. */
LOYALTY_API loy_status loy_rowley_batch(const double *attitude, const double *behaviour, size_t n, double attitude_from,
                                        double behaviour_from, int8_t *type, loy_batch_report *report,
                                        loy_error *error);

/* The stable English name of a loy_rowley_type: "captive", "convenience-seeker", "contented", "committed";
 * "unknown" for another number. */
LOYALTY_API const char *loy_rowley_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_rowley_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rowley-inl.h"
#endif

#endif /* LOYALTY_LADDER_ROWLEY_H */
