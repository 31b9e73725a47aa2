/* cusp_density-inl.h: body of cusp_density.h. */
#ifndef LOYALTY_RESPONSE_CUSP_DENSITY_INL_H
#define LOYALTY_RESPONSE_CUSP_DENSITY_INL_H

#include "cusp_density.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "cusp-inl.h"

LOY_BEGIN_DECLS

#define LOYI_CUSP_DIGITS 48.0 /* the error of the lattice is about exp(-48) */
#define LOYI_CUSP_DEPTH  50.0 /* terms below exp(-50) of the highest of their mode are left out */
/* So are those below exp(-150) of the highest of all: a mode 1e22 times less likely than the other still moves the
 * moments by the distance between the two, which is at most about 1e11 standard deviations. */
#define LOYI_CUSP_NOTHING 150.0

/* Statistics of y = centre + unit z: y, y^2/2, y^3 and -y^4/4, less what they are at the higher mode, where y is
 * `base`. Sums of them and of their products (the lower triangle) over the lattice. */
typedef struct loyi_cusp_sums {
  double base, unit;
  double one, first[4], second[4][4];
} loyi_cusp_sums;

/* Their means and covariances, and ln of the integral of exp(exponent - exponent at the higher mode) dz. */
typedef struct loyi_cusp_statistics {
  double log_integral, mode; /* the higher mode, as z */
  double base;               /* the same as y */
  double mean[4], covariance[4][4];
} loyi_cusp_statistics;

/* Add the lattice points (start + k) step, k = 0, 1, ... away from a mode of height exp(height), in the direction
 * `side`, while they lie on this side of `limit` (a distance, or infinity) and matter. `shift` is the distance of this
 * mode from the higher one. */
LOYI_LOCAL void loyi_cusp_walk(double mode, double bend, double height, double start, double step, double side,
                               double limit, double shift, loyi_cusp_sums *sums) {
  const double base = sums->base, square = base * base;
  for (double k = start;; k += 1.0) {
    const double distance = k * step;
    const double u = side * distance;
    const double fall = u * u * (0.5 * bend + u * (mode + 0.25 * u));
    double w, v, q, t[4];
    if (distance >= limit || fall > LOYI_CUSP_DEPTH || fall - height > LOYI_CUSP_NOTHING) return;
    w = loyi_exp(height - fall);
    v = sums->unit * (u + shift);
    q = v * (base + 0.5 * v);
    t[0] = v;
    t[1] = q;
    t[2] = v * (3.0 * square + v * (3.0 * base + v));
    t[3] = -q * (square + q);
    sums->one += w;
    for (int i = 0; i < 4; i++) {
      const double part = w * t[i];
      sums->first[i] += part;
      for (int j = 0; j <= i; j++) sums->second[i][j] += part * t[j];
    }
  }
}

/* The statistics at checked controls. */
LOYI_LOCAL loyi_cusp_statistics loyi_cusp_integrate(double a, double b, double centre, double unit) {
  /* The side of A < 0 is the mirror image. */
  const double sign = a < 0.0 ? -1.0 : 1.0, size = fabs(a);
  const loy_cusp_equilibria rest = loyi_cusp_solve(size, b);
  const double mode = rest.z[rest.count - 1]; /* for A >= 0 the higher mode is that on the right */
  const double bend = 3.0 * mode * mode - b;
  const double half = 0.5 * bend;
  const double c = sqrt(2.0 * LOYI_CUSP_DIGITS / (half + sqrt(half * half + 24.0 * LOYI_CUSP_DIGITS)));
  const double step = 6.283185307179586 / (bend * c + 8.0 * c * c * c);
  loyi_cusp_sums sums;
  loyi_cusp_statistics found;
  memset(&sums, 0, sizeof sums);
  sums.unit = sign * unit;
  sums.base = centre + sums.unit * mode;
  loyi_cusp_walk(mode, bend, 0.0, 0.0, step, 1.0, HUGE_VAL, 0.0, &sums);
  if (rest.count < 3) {
    loyi_cusp_walk(mode, bend, 0.0, 1.0, step, -1.0, HUGE_VAL, 0.0, &sums);
  } else {
    /* Two modes share the lattice and part at the antimode, so that each point is taken once. */
    const double low = rest.z[0], middle = rest.z[1];
    const double apart = mode - low, ends = ceil((mode - middle) / step);
    const double low_bend = 3.0 * low * low - b;
    const double height = -apart * size * (0.75 - 0.25 * b / (mode * low));
    const double nearest = floor(apart / step), offset = apart / step - nearest;
    /* In steps, the lattice lies at offset + k from the low mode, and belongs to the high one from -ends + 1 on. */
    loyi_cusp_walk(mode, bend, 0.0, 1.0, step, -1.0, (ends - 0.5) * step, 0.0, &sums);
    loyi_cusp_walk(low, low_bend, height, offset, step, 1.0, (offset + nearest - ends + 0.5) * step, -apart, &sums);
    loyi_cusp_walk(low, low_bend, height, 1.0 - offset, step, -1.0, HUGE_VAL, -apart, &sums);
  }
  found.log_integral = loyi_log(step * sums.one);
  found.mode = sign * mode;
  found.base = sums.base;
  for (int i = 0; i < 4; i++) {
    found.mean[i] = sums.first[i] / sums.one;
    for (int j = 0; j <= i; j++)
      found.covariance[i][j] = found.covariance[j][i] = sums.second[i][j] / sums.one - found.mean[i] * found.mean[j];
  }
  return found;
}

/* ln Z and moments of checked controls. */
LOYI_LOCAL loy_cusp_moments loyi_cusp_moments(double a, double b) {
  const loyi_cusp_statistics found = loyi_cusp_integrate(a, b, 0.0, 1.0);
  const double mode = found.mode;
  loy_cusp_moments moments;
  /* The exponent at the mode, in the form whose terms are all positive. */
  moments.log_normalizer = found.log_integral + (b < 0.0 ? mode * mode * (0.75 * mode * mode - 0.5 * b)
                                                         : mode * (0.75 * a + 0.25 * b * mode));
  moments.mean = a == 0.0 ? 0.0 : mode + found.mean[0];
  moments.variance = found.covariance[0][0];
  moments.half_square = 0.5 * mode * mode + found.mean[1];
  moments.covariance = a == 0.0 ? 0.0 : found.covariance[1][0];
  moments.half_square_variance = found.covariance[1][1];
  return moments;
}

LOYI_LOCAL loy_status loyi_cusp_check_controls(double a, double b, loy_error *error) {
  if (!(fabs(a) <= LOY_CUSP_CONTROL_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX, "must be a number from -1e7 to 1e7");
  if (!(fabs(b) <= LOY_CUSP_CONTROL_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, "must be a number from -1e7 to 1e7");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_cusp_moments_at(double a, double b, loy_cusp_moments *moments, loy_error *error) {
  const loy_status status = loyi_cusp_check_controls(a, b, error);
  if (status != LOY_OK) return status;
  if (!moments) return loyi_report(error, LOY_ERR_ARGUMENT, "moments", LOY_NO_INDEX, "must not be NULL");
  *moments = loyi_cusp_moments(a, b);
  return loyi_ok(error);
}

LOYALTY_API double loy_cusp_log_normalizer(double a, double b) {
  return loyi_cusp_check_controls(a, b, NULL) == LOY_OK ? loyi_cusp_moments(a, b).log_normalizer : (double)NAN;
}

LOYALTY_API loy_status loy_cusp_moments_batch(const double *a, const double *b, size_t n, double *mean,
                                              double *variance, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_cusp_check_columns(a, b, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double first = (double)NAN, second = (double)NAN;
    loy_error bad;
    if (loyi_cusp_check_controls(a[i], b[i], &bad) == LOY_OK) {
      const loy_cusp_moments moments = loyi_cusp_moments(a[i], b[i]);
      first = moments.mean;
      second = moments.variance;
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    if (mean) mean[i] = first;
    if (variance) variance[i] = second;
  }
  return loyi_ok(error);
}

/* ln f(z) once ln Z is known. */
LOYI_LOCAL double loyi_cusp_log_density(double a, double b, double log_normalizer, double z) {
  /* z^4 overflows only where the density is 0. */
  const double square = fabs(z) < 1e77 ? z * z : (double)INFINITY;
  if (z != z) return (double)NAN;
  if (square > 1e150) return -(double)INFINITY;
  return a * z + square * (0.5 * b - 0.25 * square) - log_normalizer;
}

LOYALTY_API double loy_cusp_log_density(double a, double b, double z) {
  return loyi_cusp_check_controls(a, b, NULL) == LOY_OK
             ? loyi_cusp_log_density(a, b, loyi_cusp_moments(a, b).log_normalizer, z)
             : (double)NAN;
}

LOYALTY_API loy_status loy_cusp_density_batch(double a, double b, const double *z, size_t n, int logarithm,
                                              double *density, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_cusp_check_controls(a, b, error);
  double log_normalizer;
  if (status != LOY_OK) return status;
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  if (!density && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "density", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  log_normalizer = loyi_cusp_moments(a, b).log_normalizer;
  for (size_t i = 0; i < n; i++) {
    const double value = loyi_cusp_log_density(a, b, log_normalizer, z[i]);
    if (z[i] != z[i]) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "z", i, "must be a number");
      loyi_batch_bad(report, i, &bad);
    }
    density[i] = logarithm ? value : loyi_exp(value);
  }
  return loyi_ok(error);
}

#undef LOYI_CUSP_DIGITS
#undef LOYI_CUSP_DEPTH
#undef LOYI_CUSP_NOTHING

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_DENSITY_INL_H */
