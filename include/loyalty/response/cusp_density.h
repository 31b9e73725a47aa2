/* cusp_density.h: the cusp as a distribution. Pushed about at random, the state of cusp.h spends its time according to
 *   f(z) = exp(A z + B z^2/2 - z^4/4) / Z(A, B)
 * (Cobb 1981, Behavioral Science 26, 75-78): an exponential family in A and B whose modes are the stable equilibria and
 * whose antimode is the unstable one.
 *
 * Integrals are sums over an even lattice. For an entire integrand that dies off the trapezoidal rule converges
 * geometrically (Trefethen & Weideman 2014): with step h the error is at most
 *   exp(-2 pi c/h) times the integral of |integrand| along Im z = c,   for any c,
 * and along that line the exponent exceeds its highest value on the real line by at most kappa c^2/2 + 2 c^4, where
 * kappa = 3 z^2 - B is the curvature at the higher mode. Choosing the best c gives h in closed form. Each mode's
 * lattice points are summed from it outwards, with the exponent expanded about it so that nothing cancels, until the
 * terms are below 1e-22; about 30 to 80 points. */
#ifndef LOYALTY_RESPONSE_CUSP_DENSITY_H
#define LOYALTY_RESPONSE_CUSP_DENSITY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Controls of a density lie within plus and minus this number: far beyond any data, where two modes are 1e11 standard
 * deviations apart. */
#define LOY_CUSP_CONTROL_MOST 1e7

/* Moments of the state. */
typedef struct loy_cusp_moments {
  double log_normalizer;       /* ln Z */
  double mean, variance;       /* of z */
  double half_square;          /* mean of z^2/2 */
  double covariance;           /* of z and z^2/2 */
  double half_square_variance; /* of z^2/2 */
} loy_cusp_moments;

/* ln Z and moments. They are the derivatives of ln Z: d/dA is the mean of z, d/dB that of z^2/2, and the second ones
 * are the variances and the covariance.
 *
 * a, b      the controls, each within LOY_CUSP_CONTROL_MOST
 * moments   receives them
 * Errors, in this order: LOY_ERR_DOMAIN for `a`, `b`; LOY_ERR_ARGUMENT for a NULL `moments`.
 * Accuracy: ln Z 1e-14, absolute or relative where |ln Z| > 1 (measured 1.3e-15). For |A|, |B| <= 20 the mean and the
 * mean of z^2/2 the same (measured 3.9e-15), the variance 1e-14 relative (measured 1.9e-15); beyond, the weights of two
 * modes are known to about 1e-16 times A times their distance, and what depends on them no better. */
LOYALTY_API loy_status loy_cusp_moments_at(double a, double b, loy_cusp_moments *moments, loy_error *error);

/* ln Z(A, B); NaN where loy_cusp_moments_at reports an error. */
LOYALTY_API double loy_cusp_log_normalizer(double a, double b);

/* The mean and the variance of the state for n rows, the same as loy_cusp_moments_at.
 *
 * mean, variance   receive n numbers each; either may be NULL
 * report           counts rows outside the domain. May be NULL
 * Errors: LOY_ERR_ARGUMENT for a NULL `a`, then `b`, with n > 0. */
LOYALTY_API loy_status loy_cusp_moments_batch(const double *a, const double *b, size_t n, double *mean,
                                              double *variance, loy_batch_report *report, loy_error *error);

/* ln f(z); NaN outside the domain: a or b as above, z NaN. -infinity for an infinite z. */
LOYALTY_API double loy_cusp_log_density(double a, double b, double z);

/* The density f, or its logarithm, at n states, all with the same controls.
 *
 * z           n states; NaN is a bad row
 * logarithm   whether ln f(z) is wanted
 * density     receives n numbers
 * report      counts bad rows. May be NULL
 * Errors, in this order: LOY_ERR_DOMAIN for `a`, `b`; LOY_ERR_ARGUMENT for a NULL `z`, `density` with n > 0. */
LOYALTY_API loy_status loy_cusp_density_batch(double a, double b, const double *z, size_t n, int logarithm,
                                              double *density, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cusp_density-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CUSP_DENSITY_H */
