/* distribution.h: private. Tails of the chi-squared and Student distributions, accurate relative to the answer, and
 * quantiles of Student's and the beta distribution. */
#ifndef LOYALTY_MATH_DISTRIBUTION_H
#define LOYALTY_MATH_DISTRIBUTION_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* P(X > x) for X chi-squared with df > 0 degrees of freedom; 1 for x <= 0. NaN for a NaN or df out of range. */
LOYI_SHARED double loyi_chi2_upper(double x, double df);

/* P(T > t) for T Student's with df > 0 degrees of freedom, any t; +infinite df is the normal distribution. NaN for a
 * NaN or df out of range. */
LOYI_SHARED double loyi_t_upper(double t, double df);

/* The t with P(T <= t) = p, 0 <= p <= 1; infinite at the ends; df as above. About 3e-15 relative for df >= 1. */
LOYI_SHARED double loyi_t_quantile(double p, double df);

/* The x with P(X <= x) = p, or with `upper` P(X > x) = p, of a beta(a, b) variable; 0 < p < 1. As a goes to 0 the
 * answer goes to 0, and as b does to 1: so it is there, and where the answer or its distance from 1 is below e^-700.
 * NaN outside. About 1e-13 relative; the work is some thirty tails. */
LOYI_SHARED double loyi_beta_quantile(double p, int upper, double a, double b);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "distribution-inl.h"
#endif

#endif /* LOYALTY_MATH_DISTRIBUTION_H */
