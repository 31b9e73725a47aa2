/* gamma.h: private. The logarithm of the gamma function, its derivatives, and their differences.
 *
 * The differences are functions of their own because subtracting two values of lnGamma loses everything when the
 * arguments are large and close: lnGamma(1e15 + 1) - lnGamma(1e15) has 34.5 as its answer and 3.4e16 in each term.
 * Every function takes finite positive arguments; outside the stated range the answer is NaN. Errors are measured
 * against an arbitrary-precision library, see docs/accuracy.md. */
#ifndef LOYALTY_MATH_GAMMA_H
#define LOYALTY_MATH_GAMMA_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* lnGamma(x), x > 0. +infinity at 0 and above about 2.55e305, NaN below 0 and at NaN. Relative error at most 7 ulp,
 * also next to the zeros at 1 and 2. */
LOYI_SHARED double loyi_lgamma(double x);

/* lnGamma(1 + x), x >= 0, with x unrounded: relative accuracy also for tiny x. */
LOYI_SHARED double loyi_lgamma1p(double x);

/* lnGamma(a + d) - lnGamma(a), a > 0, d >= 0, both real and of any size; a + d is never rounded where that would
 * matter. For a below 1.46 the difference has a zero at some d > 0; next to it the error is relative to the larger of
 * the terms |lnGamma(a)| and d, everywhere else to the answer itself. NaN outside the domain. */
LOYI_SHARED double loyi_lgamma_delta(double a, double d);

/* The digamma function, the derivative of lnGamma, x > 0. Accurate also next to its zero at 1.4616. */
LOYI_SHARED double loyi_digamma(double x);

/* The trigamma function, the second derivative of lnGamma, x > 0. */
LOYI_SHARED double loyi_trigamma(double x);

/* digamma(a + d) - digamma(a) >= 0 and trigamma(a + d) - trigamma(a) <= 0; a > 0, d >= 0. A sum of terms of one sign
 * at every scale, hence accurate relative to the answer. */
LOYI_SHARED double loyi_digamma_delta(double a, double d);
LOYI_SHARED double loyi_trigamma_delta(double a, double d);

/* ln B(a, b) = lnGamma(a) + lnGamma(b) - lnGamma(a + b), a > 0, b > 0, however different their sizes. Next to the
 * curve B(a, b) = 1 the error is relative to the larger of 1 and |lnGamma(min(a, b))|. */
LOYI_SHARED double loyi_lbeta(double a, double b);

/* The remainder of Stirling's formula, lnGamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], for x >= 10. */
LOYI_SHARED double loyi_stirling(double x);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gamma-inl.h"
#endif

#endif /* LOYALTY_MATH_GAMMA_H */
