/* normal.h: private. The error function and the normal distribution, accurate relative to the answer in both tails. */
#ifndef LOYALTY_MATH_NORMAL_H
#define LOYALTY_MATH_NORMAL_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* erf(x) = 2/sqrt(pi) int_0^x exp(-t^2) dt, any x. NaN for NaN. */
LOYI_SHARED double loyi_erf(double x);

/* erfc(x) = 1 - erf(x) without the subtraction; positive down to x = 27.2, where it underflows. */
LOYI_SHARED double loyi_erfc(double x);

/* exp(x^2) erfc(x), x >= 0; NaN for negative x. */
LOYI_SHARED double loyi_erfcx(double x);

/* P(Z <= x) for a standard normal Z. Relative accuracy in the lower tail to x = -38; use the symmetry
 * P(Z > x) = loyi_normal_cdf(-x) for the upper one. */
LOYI_SHARED double loyi_normal_cdf(double x);

/* The x with P(Z <= x) = p, 0 < p < 1; -infinity at 0, +infinity at 1, NaN outside. Exactly antisymmetric:
 * the quantile at 1 - p is the negative of that at p whenever 1 - p is exact. */
LOYI_SHARED double loyi_normal_quantile(double p);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "normal-inl.h"
#endif

#endif /* LOYALTY_MATH_NORMAL_H */
