/* proportion.h: private. The Wilson interval of a share. */
#ifndef LOYALTY_MATH_PROPORTION_H
#define LOYALTY_MATH_PROPORTION_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* The Wilson score interval of a binomial share: all shares t with |k/n - t| <= z sqrt(t(1 - t)/n).
 *
 * k      successes, 0 <= k <= n; need not be whole (weighted counts)
 * n      trials, n > 0 and finite
 * level  two-sided confidence, 0 < level < 1
 * lower, upper   receive the ends, 0 <= lower <= k/n <= upper <= 1; the lower end is 0 exactly when k is 0, the upper
 *                1 when k is n. Both are NaN outside the ranges above
 * Accuracy: each end to about 1e-15 relative, also near 0: it comes from the product of the two roots, not from a
 * difference. Source: Wilson, Journal of the American Statistical Association 22, 1927, 209-212. */
LOYI_SHARED void loyi_wilson(double k, double n, double level, double *lower, double *upper);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "proportion-inl.h"
#endif

#endif /* LOYALTY_MATH_PROPORTION_H */
