/* cusp-inl.h: body of cusp.h. */
#ifndef LOYALTY_RESPONSE_CUSP_INL_H
#define LOYALTY_RESPONSE_CUSP_INL_H

#include "cusp.h"

#include <math.h>

#include "../math/elementary.h"

LOY_BEGIN_DECLS

/* 4 B^3 - 27 A^2 as a part of 4 B^3, to about 2^-98 of it. b > 0. */
LOYI_LOCAL double loyi_cusp_discriminant(double a, double b) {
  const loyi_pair four_b = {4.0 * b, 0.0}, square = loyi_pair_product(b, b), minus = {-27.0, 0.0};
  const loyi_pair cube = loyi_pair_multiply(square, four_b);
  const loyi_pair sum = loyi_pair_add(cube, loyi_pair_multiply(loyi_pair_product(a, a), minus));
  return (sum.high + sum.low) / cube.high;
}

/* The largest root of z^3 - b z - a for a >= 0, not both 0. From there on up the cubic is convex and rising, so that
 * Newton's method falls on it steadily from a point above; all its terms are positive. */
LOYI_LOCAL double loyi_cusp_largest(double a, double b) {
  const double third = a > 0.0 ? loyi_exp(loyi_log(a) / 3.0) : 0.0;
  double z, next;
  if (b >= 0.0) {
    z = third + sqrt(b);
  } else {
    z = a / -b;
    if (a < 0x1p-200) return z;
    if (third < z) z = third;
  }
  z = (2.0 * z * z * z + a) / (3.0 * z * z - b);
  for (int i = 0; i < 100; i++) {
    next = (2.0 * z * z * z + a) / (3.0 * z * z - b);
    if (!(next < z)) break;
    z = next;
  }
  return z;
}

/* The equilibria of checked controls. */
LOYI_LOCAL loy_cusp_equilibria loyi_cusp_solve(double a, double b) {
  loy_cusp_equilibria found = {1, {(double)NAN, (double)NAN, (double)NAN}, {LOY_CUSP_STABLE, -1, -1}};
  const double sign = a < 0.0 ? -1.0 : 1.0, size = fabs(a);
  double largest, part, gap, z[3];
  int exponent_a = 0, exponent_b = 0, k = -2000;
  if (a == 0.0 && b <= 0.0) {
    found.z[0] = 0.0;
    return found;
  }
  /* In units of 2^k: a below 8, b below 4 and not both small. */
  if (a != 0.0) {
    (void)frexp(size, &exponent_a);
    k = (exponent_a + 6000) / 3 - 2000;
  }
  if (b != 0.0) {
    (void)frexp(b, &exponent_b);
    exponent_b = (exponent_b + 6000) / 2 - 3000;
    if (exponent_b > k) k = exponent_b;
  }
  a = ldexp(size, -3 * k);
  part = ldexp(b, -2 * k);
  largest = b < 0.0 && a < 0x1p-200 ? size / -b : ldexp(loyi_cusp_largest(a, part), k);
  found.z[0] = sign * largest;
  if (b <= 0.0) return found;
  gap = loyi_cusp_discriminant(a, part);
  if (gap < -0x1p-96) return found;
  if (gap <= 0x1p-96) {
    const double twin = sqrt(b / 3.0);
    found.count = 2;
    found.z[0] = sign > 0.0 ? -twin : -2.0 * twin;
    found.z[1] = sign > 0.0 ? 2.0 * twin : twin;
    found.stability[0] = sign > 0.0 ? LOY_CUSP_HALF_STABLE : LOY_CUSP_STABLE;
    found.stability[1] = sign > 0.0 ? LOY_CUSP_STABLE : LOY_CUSP_HALF_STABLE;
    return found;
  }
  /* The discriminant is the product of the squared differences of the roots, and those from the largest multiply to the
   * cubic's slope there. The other two roots sum to minus the largest; the product of all is a. */
  {
    const double scaled = ldexp(largest, -k);
    gap = sqrt(4.0 * part * part * part * gap) / (3.0 * scaled * scaled - part);
  }
  z[0] = -0.5 * (largest + ldexp(gap, k));
  z[2] = largest;
  z[1] = size == 0.0 ? 0.0 : size / largest / z[0];
  found.count = 3;
  for (int i = 0; i < 3; i++) {
    found.z[i] = sign > 0.0 ? z[i] : 0.0 - z[2 - i];
    found.stability[i] = i == 1 ? LOY_CUSP_UNSTABLE : LOY_CUSP_STABLE;
  }
  return found;
}

LOYI_LOCAL loy_status loyi_cusp_check(double a, double b, loy_error *error) {
  if (!isfinite(a)) return loyi_report(error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX, "must be a finite number");
  if (!isfinite(b)) return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, "must be a finite number");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_cusp_solve(double a, double b, loy_cusp_equilibria *found, loy_error *error) {
  const loy_status status = loyi_cusp_check(a, b, error);
  if (status != LOY_OK) return status;
  if (!found) return loyi_report(error, LOY_ERR_ARGUMENT, "found", LOY_NO_INDEX, "must not be NULL");
  *found = loyi_cusp_solve(a, b);
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_cusp_check_columns(const double *a, const double *b, size_t n, loy_error *error) {
  if (!a && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "a", LOY_NO_INDEX, "must not be NULL");
  if (!b && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "b", LOY_NO_INDEX, "must not be NULL");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_cusp_solve_batch(const double *a, const double *b, size_t n, double *low, double *middle,
                                            double *high, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_cusp_check_columns(a, b, n, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double bottom = (double)NAN, centre = (double)NAN, top = (double)NAN;
    loy_error bad;
    if (loyi_cusp_check(a[i], b[i], &bad) == LOY_OK) {
      const loy_cusp_equilibria found = loyi_cusp_solve(a[i], b[i]);
      bottom = found.z[0];
      top = found.z[found.count - 1];
      if (found.count == 3) centre = found.z[1];
      if (found.count == 2) centre = found.stability[0] == LOY_CUSP_HALF_STABLE ? bottom : top;
    } else {
      loyi_batch_bad(report, i, &bad);
    }
    if (low) low[i] = bottom;
    if (middle) middle[i] = centre;
    if (high) high[i] = top;
  }
  return loyi_ok(error);
}

LOYALTY_API double loy_cusp_fold(double b) {
  const double third = b / 3.0;
  return b >= 0.0 && b <= LOY_CUSP_FOLD_MOST ? 2.0 * third * sqrt(third) : (double)NAN;
}

LOYALTY_API loy_status loy_cusp_fold_check(double b, loy_error *error) {
  if (!(b >= 0.0 && b <= LOY_CUSP_FOLD_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, "must be from 0 to 1e200: below 0 there is no fold");
  return loyi_ok(error);
}

/* Whether the straight step from (a0, b0) to (a1, b1), which changes the sign of A, passes A = 0 at B <= 0: around the
 * cusp point. Compared without division; halves keep the products of large numbers apart from overflow. */
LOYI_LOCAL int loyi_cusp_around(double a0, double b0, double a1, double b1) {
  if ((a0 < 0.0) == (a1 < 0.0) && (a0 > 0.0) == (a1 > 0.0)) return 0;
  /* B at A = 0 is (1 - t) b0 + t b1 with t = |a0| / (|a0| + |a1|). */
  {
    const double t = 0.5 * fabs(a0) / (0.5 * fabs(a0) + 0.5 * fabs(a1));
    return (1.0 - t) * b0 + t * b1 <= 0.0;
  }
}

LOYALTY_API loy_status loy_cusp_path(const double *a, const double *b, size_t n, int rule, int sheet, double *z,
                                     int32_t *jump, loy_error *error) {
  loy_status status = loyi_cusp_check_columns(a, b, n, error);
  if (status != LOY_OK) return status;
  if (rule != LOY_CUSP_DELAY && rule != LOY_CUSP_MAXWELL)
    return loyi_report(error, LOY_ERR_ARGUMENT, "rule", LOY_NO_INDEX, "must be a loy_cusp_rule");
  if (sheet != -1 && sheet != 1) return loyi_report(error, LOY_ERR_ARGUMENT, "sheet", LOY_NO_INDEX, "must be -1 or 1");
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    if (loyi_cusp_check(a[i], b[i], &bad) != LOY_OK)
      return loyi_report(error, bad.status, bad.argument, i, bad.message);
  }
  for (size_t i = 0; i < n; i++) {
    const loy_cusp_equilibria found = loyi_cusp_solve(a[i], b[i]);
    const int before = sheet;
    if (rule == LOY_CUSP_MAXWELL || found.count == 1) {
      /* The deeper well, and a single one, lie on the side of A. */
      if (a[i] != 0.0) sheet = a[i] < 0.0 ? -1 : 1;
    }
    z[i] = sheet < 0 ? found.z[0] : found.z[found.count - 1];
    if (jump) jump[i] = i > 0 && sheet != before && !loyi_cusp_around(a[i - 1], b[i - 1], a[i], b[i]) ? sheet : 0;
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_INL_H */
