/* lifetime_integral.h: private. Integrals over a lifetime, to nearly full precision. All integrands are positive.
 *
 * In v itself the integrands bend on many scales, next to 0 and again far out. Their singularities lie on the negative
 * axis (for Gompertz also beyond), the nearest at about -q. With v = q (exp(tau) - 1) all those on the axis move to
 * |Im tau| = pi, so that polynomials of moderate degree serve on stretches of tau of a length of about 2, wherever v
 * is. Stretches are marched off from the peak of the integrand, each by the 21 points of Gauss and Kronrod (Piessens
 * et al. 1983, QUADPACK): halved where the 10-point rule inside disagrees, doubled where it agrees, until what is left
 * is negligible by a bound that holds for every lifetime. An ordinary customer takes one or two stretches. */
#ifndef LOYALTY_BTYD_LIFETIME_INTEGRAL_H
#define LOYALTY_BTYD_LIFETIME_INTEGRAL_H

#include "lifetime.h"

LOY_BEGIN_DECLS

/* int_0^t (1 + v/rate)^-k f(v) dv, f the density of the lifetime: of customers of rate Gamma(k, rate), those who stop
 * before t and before a purchase. At most 1; k > 0, rate > 0, t >= 0. */
LOYI_SHARED double loyi_lifetime_silent(const loyi_lifetime *life, double k, double rate, double t);

/* The mean of the time alive within t, discounted: int_0^t exp(-delta v) S(v) dv. t may be infinite where delta > 0. */
LOYI_SHARED double loyi_lifetime_mean_time(const loyi_lifetime *life, double delta, double t);

/* P(exactly n purchases within t) of customers of rate Gamma(k, rate):
 *   NB_n(t) S(t) + int_0^t NB_n(v) f(v) dv. */
LOYI_SHARED double loyi_lifetime_count(const loyi_lifetime *life, double n, double k, double rate, double t);

/* P(more than n purchases within t) of such customers: the next purchase after n comes within t, to one who is there,
 *   int_0^t NB_n(v) (k+n)/(rate+v) S(v) dv. */
LOYI_SHARED double loyi_lifetime_more(const loyi_lifetime *life, double n, double k, double rate, double t);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "lifetime_integral-inl.h"
#endif

#endif /* LOYALTY_BTYD_LIFETIME_INTEGRAL_H */
