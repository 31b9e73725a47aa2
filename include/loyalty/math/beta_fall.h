/* beta_fall.h: private. How far the logarithm of the beta function falls when one of its arguments grows. */
#ifndef LOYALTY_MATH_BETA_FALL_H
#define LOYALTY_MATH_BETA_FALL_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* ln B(a, b) - ln B(a, b + u) = lnGamma(b) + lnGamma(b + a + u) - lnGamma(b + a) - lnGamma(b + u) >= 0, for a > 0,
 * b > 0 and u >= 0 of any size; symmetric in a and u. Equal to the integral of trigamma(b + x + y) over x from 0 to a
 * and y from 0 to u, hence a sum of positive terms where the four terms would cancel: accurate relative to the answer.
 * NaN outside the domain. */
LOYI_SHARED double loyi_lbeta_fall(double a, double b, double u);

/* Its derivative by b, not above 0, on the same domain: the integral of the derivative of trigamma. */
LOYI_SHARED double loyi_lbeta_fall_slope(double a, double b, double u);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "beta_fall-inl.h"
#endif

#endif /* LOYALTY_MATH_BETA_FALL_H */
