/* negative_binomial.h: private. The number of purchases of a customer in a time t when the rate is Gamma(k, rate)
 * distributed: P(N = n) = Gamma(k+n) / (Gamma(k) n!) (rate/(rate+t))^k (t/(rate+t))^n. */
#ifndef LOYALTY_MATH_NEGATIVE_BINOMIAL_H
#define LOYALTY_MATH_NEGATIVE_BINOMIAL_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* P(N = n), n a whole number of 0 or more, k > 0, rate > 0, t >= 0, all finite. Accurate relative to the answer, for
 * any sizes of n and k. */
LOYI_SHARED double loyi_negative_binomial(double n, double k, double rate, double t);

/* P(N >= n), same domain. */
LOYI_SHARED double loyi_negative_binomial_tail(double n, double k, double rate, double t);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "negative_binomial-inl.h"
#endif

#endif /* LOYALTY_MATH_NEGATIVE_BINOMIAL_H */
