/* root.h: private. A zero of a continuous function between two points where it has different signs. */
#ifndef LOYALTY_MATH_ROOT_H
#define LOYALTY_MATH_ROOT_H

#include "../base/config.h"

LOY_BEGIN_DECLS

typedef double (*loyi_root_fn)(const void *ctx, double x);

/* A zero of f in [low, high], which must be finite and at whose ends f must have different signs (an end where f is 0
 * is itself the answer; infinite values of f are allowed). Stops when the zero lies between two points no farther apart
 * than 2^-52 of their size, or than `absolute` (>= 0). NaN when the ends have the same sign, or when f is NaN anywhere
 * it is asked.
 * Inverse quadratic interpolation guarded by bisection, after Chandrupatla, "A new hybrid quadratic/bisection algorithm
 * for finding the zero of a nonlinear function without using derivatives", Advances in Engineering Software 28(3),
 * 1997: about ten evaluations for a smooth f, at most a few hundred for any. */
LOYI_SHARED double loyi_root(loyi_root_fn f, const void *ctx, double low, double high, double absolute);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "root-inl.h"
#endif

#endif /* LOYALTY_MATH_ROOT_H */
