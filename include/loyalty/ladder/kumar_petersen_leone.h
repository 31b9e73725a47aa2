/* kumar_petersen_leone.h: Kumar, Petersen and Leone's groups of customers, by what they are worth and what they bring.
 *
 *                          low referral value     high referral value
 *   low lifetime value     miser                  advocate
 *   high lifetime value    affluent               champion
 *
 * Lifetime value is the worth of what customers buy, referral value the worth of those they bring. High means from a
 * cut on, usually the median (loy_median_cut).
 *
 * Source: Kumar, Petersen and Leone, Harvard Business Review 85(10), 2007, 139-146. */
#ifndef LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_H
#define LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The types. */
typedef enum loy_kumar_petersen_leone_type {
  LOY_KUMAR_PETERSEN_LEONE_UNKNOWN = -1, /* a number is missing */
  LOY_KUMAR_PETERSEN_LEONE_MISER = 0,
  LOY_KUMAR_PETERSEN_LEONE_ADVOCATE = 1,
  LOY_KUMAR_PETERSEN_LEONE_AFFLUENT = 2,
  LOY_KUMAR_PETERSEN_LEONE_CHAMPION = 3
} loy_kumar_petersen_leone_type;

/* How many types there are: the numbers 0 to LOY_KUMAR_PETERSEN_LEONE_TYPES - 1. */
#define LOY_KUMAR_PETERSEN_LEONE_TYPES 4

/* The type of one customer.
 *
 * clv            customer lifetime value, from -1e40 to 1e40; NaN is missing
 * crv            customer referral value, from -1e40 to 1e40; NaN is missing
 * clv_from       high from here on; from -1e40 to 1e40, usually the median
 * crv_from       high from here on; from -1e40 to 1e40, usually the median
 * type           receives a loy_kumar_petersen_leone_type, LOY_KUMAR_PETERSEN_LEONE_UNKNOWN when a number is missing
 * Errors, in this order: LOY_ERR_DOMAIN for `clv`, `crv`, `clv_from`, `crv_from` outside its range (for the last
 * two NaN too); LOY_ERR_ARGUMENT for a NULL `type`. */
LOYALTY_API loy_status loy_kumar_petersen_leone(double clv, double crv, double clv_from, double crv_from, int *type,
                                                loy_error *error);

/* The types of n customers, the same as loy_kumar_petersen_leone row by row.
 *
 * clv, crv   n numbers each
 * n        number of customers
 * clv_from, crv_from   the cuts, for example by loy_median_cut
 * type     receives n loy_kumar_petersen_leone_type; LOY_KUMAR_PETERSEN_LEONE_UNKNOWN also for a bad row. Must not
 *          overlap the inputs
 * report   counts bad rows (a number outside its range). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `clv`, then `crv`, with n > 0; LOY_ERR_DOMAIN for
 * `clv_from`, then `crv_from`; LOY_ERR_ARGUMENT for a NULL `type` with n > 0. */
LOYALTY_API loy_status loy_kumar_petersen_leone_batch(const double *clv, const double *crv, size_t n, double clv_from,
                                                      double crv_from, int8_t *type, loy_batch_report *report,
                                                      loy_error *error);

/* The stable English name of a loy_kumar_petersen_leone_type: "miser", "advocate", "affluent", "champion";
 * "unknown" for another number. */
LOYALTY_API const char *loy_kumar_petersen_leone_name(int type);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_kumar_petersen_leone_name_zh(int type);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "kumar_petersen_leone-inl.h"
#endif

#endif /* LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_H */
