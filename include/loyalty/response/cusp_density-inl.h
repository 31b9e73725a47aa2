/* cusp_density-inl.h: body of cusp_density.h. */
#ifndef LOYALTY_RESPONSE_CUSP_DENSITY_INL_H
#define LOYALTY_RESPONSE_CUSP_DENSITY_INL_H

#include "cusp_density.h"

#include <math.h>

#include "../math/elementary.h"
#include "cusp-inl.h"

LOY_BEGIN_DECLS

#define LOYI_CUSP_DIGITS 48.0 /* the error of the lattice is about exp(-48) */
#define LOYI_CUSP_DEPTH  50.0 /* terms below exp(-50) of the highest of their mode are left out */
/* So are those below exp(-150) of the highest of all: a mode 1e22 times less likely than the other still moves the
 * moments by the distance between the two, which is at most about 1e11 standard deviations. */
#define LOYI_CUSP_NOTHING 150.0

/* Sums over the lattice, in terms of v = z - mode, q = z^2/2 - mode^2/2 and s = z^4/4 - mode^4/4 at the higher mode. */
typedef struct loyi_cusp_sums {
  double one, v, vv, q, vq, qq, s, vs, qs, ss;
} loyi_cusp_sums;

/* Moments of z^4/4, which the fit needs besides those of the public struct. */
typedef struct loyi_cusp_fourth {
  double mean, variance;
  double with_z, with_half_square; /* covariances with z and z^2/2 */
} loyi_cusp_fourth;

/* Add the lattice points (start + k) h, k = 0, 1, ... away from a mode of height exp(height), in the direction `side`,
 * while they lie on this side of `limit` (a distance, or infinity) and matter. `shift` is the distance of this mode
 * from the higher one. */
LOYI_LOCAL void loyi_cusp_walk(double mode, double bend, double height, double start, double step, double side,
                               double limit, double shift, double higher, loyi_cusp_sums *sums) {
  for (double k = start;; k += 1.0) {
    const double distance = k * step;
    const double u = side * distance;
    const double fall = u * u * (0.5 * bend + u * (mode + 0.25 * u));
    double w, v, q, s;
    if (distance >= limit || fall > LOYI_CUSP_DEPTH || fall - height > LOYI_CUSP_NOTHING) return;
    w = loyi_exp(height - fall);
    v = u + shift;
    q = v * (higher + 0.5 * v);
    s = q * (higher * higher + q);
    sums->one += w;
    sums->v += w * v;
    sums->vv += w * v * v;
    sums->q += w * q;
    sums->vq += w * v * q;
    sums->qq += w * q * q;
    sums->s += w * s;
    sums->vs += w * v * s;
    sums->qs += w * q * s;
    sums->ss += w * s * s;
  }
}

/* ln Z and moments of checked controls; `fourth` may be NULL. */
LOYI_LOCAL loy_cusp_moments loyi_cusp_moments(double a, double b, loyi_cusp_fourth *fourth) {
  const double sign = a < 0.0 ? -1.0 : 1.0, size = fabs(a);
  const loy_cusp_equilibria rest = loyi_cusp_solve(size, b);
  const double mode = rest.z[rest.count - 1]; /* the higher one: for A >= 0 that on the right */
  const double bend = 3.0 * mode * mode - b;
  const double half = 0.5 * bend;
  const double c = sqrt(2.0 * LOYI_CUSP_DIGITS / (half + sqrt(half * half + 24.0 * LOYI_CUSP_DIGITS)));
  const double step = 6.283185307179586 / (bend * c + 8.0 * c * c * c);
  /* The exponent at the mode, in the form whose terms are all positive. */
  const double top = b < 0.0 ? mode * mode * (0.75 * mode * mode - 0.5 * b) : mode * (0.75 * size + 0.25 * b * mode);
  loyi_cusp_sums sums = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
  loy_cusp_moments moments;
  loyi_cusp_walk(mode, bend, 0.0, 0.0, step, 1.0, HUGE_VAL, 0.0, mode, &sums);
  if (rest.count < 3) {
    loyi_cusp_walk(mode, bend, 0.0, 1.0, step, -1.0, HUGE_VAL, 0.0, mode, &sums);
  } else {
    /* Two modes share the lattice and part at the antimode, so that each point is taken once. */
    const double low = rest.z[0], middle = rest.z[1];
    const double apart = mode - low, ends = ceil((mode - middle) / step);
    const double low_bend = 3.0 * low * low - b;
    const double height = -apart * size * (0.75 - 0.25 * b / (mode * low));
    const double nearest = floor(apart / step), offset = apart / step - nearest;
    /* In steps, the lattice lies at offset + k from the low mode, and belongs to the high one from -ends + 1 on. */
    loyi_cusp_walk(mode, bend, 0.0, 1.0, step, -1.0, (ends - 0.5) * step, 0.0, mode, &sums);
    loyi_cusp_walk(low, low_bend, height, offset, step, 1.0, (offset + nearest - ends + 0.5) * step, -apart, mode,
                   &sums);
    loyi_cusp_walk(low, low_bend, height, 1.0 - offset, step, -1.0, HUGE_VAL, -apart, mode, &sums);
  }
  sums.v /= sums.one;
  sums.q /= sums.one;
  moments.log_normalizer = top + loyi_log(step * sums.one);
  moments.mean = a == 0.0 ? 0.0 : sign * (mode + sums.v);
  moments.variance = sums.vv / sums.one - sums.v * sums.v;
  moments.half_square = 0.5 * mode * mode + sums.q;
  moments.covariance = a == 0.0 ? 0.0 : sign * (sums.vq / sums.one - sums.v * sums.q);
  moments.half_square_variance = sums.qq / sums.one - sums.q * sums.q;
  if (fourth) {
    sums.s /= sums.one;
    fourth->mean = 0.25 * mode * mode * mode * mode + sums.s;
    fourth->variance = sums.ss / sums.one - sums.s * sums.s;
    fourth->with_z = a == 0.0 ? 0.0 : sign * (sums.vs / sums.one - sums.v * sums.s);
    fourth->with_half_square = sums.qs / sums.one - sums.q * sums.s;
  }
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
  *moments = loyi_cusp_moments(a, b, NULL);
  return loyi_ok(error);
}

LOYALTY_API double loy_cusp_log_normalizer(double a, double b) {
  return loyi_cusp_check_controls(a, b, NULL) == LOY_OK ? loyi_cusp_moments(a, b, NULL).log_normalizer : (double)NAN;
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
      const loy_cusp_moments moments = loyi_cusp_moments(a[i], b[i], NULL);
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
             ? loyi_cusp_log_density(a, b, loyi_cusp_moments(a, b, NULL).log_normalizer, z)
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
  log_normalizer = loyi_cusp_moments(a, b, NULL).log_normalizer;
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
