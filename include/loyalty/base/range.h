/* range.h: the range of numbers that models take.
 *
 * Shapes are parameters without a unit: from LOY_SHAPE_LEAST to LOY_SHAPE_MOST. Beyond that all customers are alike, or
 * nothing is, and the distributions are too narrow or too wide for a double to tell.
 *
 * Quantities are what has a unit or is multiplied with one, such as times, money, rates of discount and weights: from
 * LOY_RANGE_LEAST to LOY_RANGE_MOST, or 0 where 0 has a meaning. Formulas multiply up to seven of them, and no such
 * product overflows, so that an answer is never infinity or NaN where the mathematics has a finite number.
 *
 * A number outside is LOY_ERR_DOMAIN. */
#ifndef LOYALTY_BASE_RANGE_H
#define LOYALTY_BASE_RANGE_H

#include "config.h"

#define LOY_SHAPE_LEAST 1e-10
#define LOY_SHAPE_MOST  1e10
#define LOY_RANGE_LEAST 1e-40
#define LOY_RANGE_MOST  1e40

/* Private: a bound for the size of the logarithm of a quantity, just inside. */
#define LOYI_QUANTITY_LOG 92.1

/* Private: what is right where a number is not. */
#define LOYI_SHAPE_MUST         "must be a number greater than 0, from 1e-10 to 1e10"
#define LOYI_QUANTITY_MUST      "must be a number greater than 0, from 1e-40 to 1e40"
#define LOYI_ZERO_QUANTITY_MUST "must be 0 or a number from 1e-40 to 1e40"
#define LOYI_MISSING_MUST       "must not be missing, unless skip_missing says to leave it out"
#define LOYI_HORIZON_MUST       "must be 0, a number from 1e-40 to 1e40, or infinite"

LOY_BEGIN_DECLS

/* Private. A comparison with NaN is false, so NaN is none of these. */
static inline int loyi_is_shape(double value) { return value >= LOY_SHAPE_LEAST && value <= LOY_SHAPE_MOST; }
static inline int loyi_is_quantity(double value) { return value >= LOY_RANGE_LEAST && value <= LOY_RANGE_MOST; }
static inline int loyi_is_zero_or_quantity(double value) { return value == 0.0 || loyi_is_quantity(value); }
static inline int loyi_is_horizon(double value) {
  return loyi_is_zero_or_quantity(value) || value > 1.7976931348623157e308;
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_RANGE_H */
