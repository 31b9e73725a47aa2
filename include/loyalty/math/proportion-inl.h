/* proportion-inl.h: body of proportion.h. */
#ifndef LOYALTY_MATH_PROPORTION_INL_H
#define LOYALTY_MATH_PROPORTION_INL_H

#include "proportion.h"
#include "normal.h"

#include <math.h>

LOY_BEGIN_DECLS

/* The upper root of (n + z^2) t^2 - (2k + z^2) t + k^2/n = 0, where z2 = z^2. All terms are positive. */
LOYI_LOCAL double loyi_wilson_upper(double k, double n, double z2) {
  const double half = 0.5 * (2.0 * k + z2);
  return (half + sqrt(z2 * (0.25 * z2 + k * ((n - k) / n)))) / (n + z2);
}

LOYI_SHARED void loyi_wilson(double k, double n, double level, double *lower, double *upper) {
  double z, z2;
  if (!(k >= 0.0 && k <= n && n > 0.0 && isfinite(n) && level > 0.0 && level < 1.0)) {
    *lower = *upper = (double)NAN;
    return;
  }
  z = loyi_normal_quantile(0.5 * (1.0 - level));
  z2 = z * z;
  /* The product of the roots is (k/n) k / (n + z^2). */
  *upper = k == n ? 1.0 : loyi_wilson_upper(k, n, z2);
  *lower = k == 0.0 ? 0.0 : (k / n) * (k / (n + z2)) / loyi_wilson_upper(k, n, z2);
  /* The upper end of a share near 1 may round above it. */
  if (*upper > 1.0) *upper = 1.0;
  /* The share lies between them; at a level near 0 rounding may cross them. */
  if (*lower > k / n) *lower = k / n;
  if (*upper < k / n) *upper = k / n;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_PROPORTION_INL_H */
