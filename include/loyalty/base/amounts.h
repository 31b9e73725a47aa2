/* amounts.h: amounts of money as whole numbers of minor units (cents), so that sums are exact and do not depend on
 * their order. */
#ifndef LOYALTY_BASE_AMOUNTS_H
#define LOYALTY_BASE_AMOUNTS_H

#include "config.h"
#include "status.h"

LOY_BEGIN_DECLS

/* Amounts written with at most `decimals` decimal places, as whole numbers of 10^-decimals: 29.33 becomes 2933 where
 * decimals is 2. An amount counts as written with so few places when it lies within 2^-50 of its size (four to eight
 * units in the last place) of the double nearest to such a number, so that the sum .1 + .2 is .3 but .305 is not .30.
 *   amount    n amounts, any sign, below 2^53 minor units in size
 *   decimals  0 to 9
 *   out       n whole numbers; untouched on an error
 * Errors, in this order: LOY_ERR_ARGUMENT for amount (NULL with n > 0); LOY_ERR_DOMAIN for decimals; LOY_ERR_ARGUMENT
 * for out (NULL with n > 0); LOY_ERR_DOMAIN for amount, index = the first row that is not a number, too large, or has
 * more places (the message says which). */
LOYALTY_API loy_status loy_amounts_from_double(const double *amount, size_t n, int decimals, int64_t *out,
                                               loy_error *error);

/* Whole amounts times 10^decimals: 29 becomes 2900 where decimals is 2. `out` may be `amount` itself.
 * Errors, in this order: as above; LOY_ERR_OVERFLOW for amount, index = the first row whose product does not fit. */
LOYALTY_API loy_status loy_amounts_from_integer(const int64_t *amount, size_t n, int decimals, int64_t *out,
                                                loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "amounts-inl.h"
#endif

#endif /* LOYALTY_BASE_AMOUNTS_H */
