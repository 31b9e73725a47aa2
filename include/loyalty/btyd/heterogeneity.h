/* heterogeneity.h: how customers differ. In the models of purchases what is a customer's own (purchase rate, dropout
 * rate, probability to stop) is spread over the population by a gamma or a beta distribution; here are its density and
 * its distribution function, to be drawn or tabled.
 *
 *   purchase rate                      gamma, shape r and rate alpha           per unit of time
 *   dropout probability ((M)BG)        beta, a and b                           no unit
 *   dropout rate (Pareto/NBD)          gamma, shape s and rate beta            per unit of time
 *   eta (gamma-Gompertz)               gamma, shape s and rate beta            no unit
 *   rate of spend nu (Gamma-Gamma)     gamma, shape q and rate v               per unit of money */
#ifndef LOYALTY_BTYD_HETEROGENEITY_H
#define LOYALTY_BTYD_HETEROGENEITY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The distribution, and what its two parameters are called in errors. */
typedef enum loy_heterogeneity {
  LOY_HETEROGENEITY_GAMMA = 1, /* shape, and rate in 1 / unit of the value; values of 0 or more */
  LOY_HETEROGENEITY_BETA = 2   /* a, b; values from 0 to 1 */
} loy_heterogeneity;

/* The checking twin of the functions that answer NaN: which argument is at fault.
 * Errors, in this order: LOY_ERR_ARGUMENT kind; LOY_ERR_DOMAIN shape (1e-10 to 1e10), rate (1e-40 to 1e40) or a, b
 * (1e-10 to 1e10); value (0, or 1e-40 to 1e40; for beta from 0 to 1). */
LOYALTY_API loy_status loy_heterogeneity_check(loy_heterogeneity kind, double first, double second, double value,
                                               loy_error *error);

/* The density at `value`, per unit of the value:
 *   gamma   rate^shape value^(shape-1) exp(-rate value) / Gamma(shape)
 *   beta    value^(a-1) (1-value)^(b-1) / B(a, b)
 * +infinity at 0 for a shape or an `a` below 1, and at 1 for a `b` below 1. NaN outside the domain.
 * Measured for parameters from 1e-4 to 1e4: relative error at most 3e-15 for gamma, 2e-14 for beta; for gamma relative
 * to the density times |shape - rate value| where that is above 1, which rounding the product may cost. */
LOYALTY_API double loy_heterogeneity_density(loy_heterogeneity kind, double first, double second, double value);

/* The share of the customers at or below `value`, the distribution function, in [0, 1]; NaN outside the domain. The
 * work grows as the square root of the larger parameter. */
LOYALTY_API double loy_heterogeneity_below(loy_heterogeneity kind, double first, double second, double value);

/* Both at each of n values; the same bits.
 *   value     column of n
 *   density   NULL, or receives n numbers
 *   below     NULL, or receives n numbers
 *   report    nullable: rows that answered NaN
 * The outputs may be the same array as `value`, but not as each other. Errors, in this order: those of
 * loy_heterogeneity_check for kind and parameters; LOY_ERR_ARGUMENT value (NULL while n > 0). */
LOYALTY_API loy_status loy_heterogeneity_batch(loy_heterogeneity kind, double first, double second, const double *value,
                                               size_t n, double *density, double *below, loy_batch_report *report,
                                               loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "heterogeneity-inl.h"
#endif

#endif /* LOYALTY_BTYD_HETEROGENEITY_H */
