/* Equilibria of the cusp, its fold lines, and paths: published roots, mpmath, the shape of the hysteresis loop, every
 * error. */
#include "check.h"

#include "loyalty/response/cusp.h"

static loy_cusp_equilibria solved(double a, double b) {
  loy_cusp_equilibria found;
  loy_error error;
  CHECK_STATUS(loy_cusp_solve(a, b, &found, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  return found;
}

static void test_three(void) {
  loy_cusp_equilibria found = solved(0.0, 1.0);
  CU_ASSERT_EQUAL(found.count, 3);
  CHECK_BITS(found.z[0], -1.0);
  CHECK_BITS(found.z[1], 0.0);
  CHECK_BITS(found.z[2], 1.0);
  CU_ASSERT(found.stability[0] == LOY_CUSP_STABLE && found.stability[1] == LOY_CUSP_UNSTABLE &&
            found.stability[2] == LOY_CUSP_STABLE);
  found = solved(1.0, 3.0); /* -2 cos 40 degrees, -2 cos 80 degrees, 2 cos 20 degrees */
  CU_ASSERT_EQUAL(found.count, 3);
  CHECK_CLOSE(found.z[0], -1.5320888862379560704, 1e-15);
  CHECK_CLOSE(found.z[1], -0.3472963553338606977, 1e-15);
  CHECK_CLOSE(found.z[2], 1.8793852415718167681, 1e-15);
  found = solved(-1.9, 3.0);
  CHECK_CLOSE(found.z[0], -1.988805500211791941, 1e-15);
  CHECK_CLOSE(found.z[1], 0.81140135189950784672, 1e-14); /* -1.9 is not the double */
  CHECK_CLOSE(found.z[2], 1.1774041483122840942, 1e-14);
}

static void test_one(void) {
  loy_cusp_equilibria found = solved(1.0, -1.0);
  CU_ASSERT_EQUAL(found.count, 1);
  CHECK_CLOSE(found.z[0], 0.68232780382801932737, 1e-15);
  CU_ASSERT(found.stability[0] == LOY_CUSP_STABLE && found.stability[1] == -1 && found.stability[2] == -1);
  CU_ASSERT(isnan(found.z[1]) && isnan(found.z[2]));
  found = solved(0.3, 0.7);
  CU_ASSERT_EQUAL(found.count, 1);
  CHECK_CLOSE(found.z[0], 1.0, 1e-15);
  found = solved(-8.0, 0.0);
  CHECK_CLOSE(found.z[0], -2.0, 1e-15);
  found = solved(0.0, 0.0); /* the cusp point */
  CU_ASSERT_EQUAL(found.count, 1);
  CHECK_BITS(found.z[0], 0.0);
  CU_ASSERT_EQUAL(found.stability[0], LOY_CUSP_STABLE);
  found = solved(0.0, -4.0);
  CU_ASSERT_EQUAL(found.count, 1);
  CHECK_BITS(found.z[0], 0.0);
}

static void test_on_the_fold(void) {
  loy_cusp_equilibria found = solved(2.0, 3.0);
  CU_ASSERT_EQUAL(found.count, 2);
  CHECK_CLOSE(found.z[0], -1.0, 1e-15);
  CHECK_CLOSE(found.z[1], 2.0, 1e-15);
  CU_ASSERT(isnan(found.z[2]));
  CU_ASSERT(found.stability[0] == LOY_CUSP_HALF_STABLE && found.stability[1] == LOY_CUSP_STABLE &&
            found.stability[2] == -1);
  found = solved(-2.0, 3.0);
  CU_ASSERT_EQUAL(found.count, 2);
  CHECK_CLOSE(found.z[0], -2.0, 1e-15);
  CHECK_CLOSE(found.z[1], 1.0, 1e-15);
  CU_ASSERT(found.stability[0] == LOY_CUSP_STABLE && found.stability[1] == LOY_CUSP_HALF_STABLE);
  CU_ASSERT_EQUAL(solved(2.0 - 0x1p-51, 3.0).count, 3);
  CU_ASSERT_EQUAL(solved(2.0 + 0x1p-51, 3.0).count, 1);
}

/* The states rise, solve the cubic, and change sign with A to the bit; at all sizes. */
static void test_properties(void) {
  static const double size[9] = {1e-99, 1e-50, 1e-20, 1e-3, 1.0, 7.0, 1e10, 1e50, 1e99};
  for (size_t i = 0; i < 9; i++) {
    for (size_t j = 0; j < 9; j++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        const double a = size[i], b = sign * size[j];
        const loy_cusp_equilibria up = solved(a, b), down = solved(-a, b);
        CU_ASSERT_EQUAL(up.count, down.count);
        for (int k = 0; k < up.count; k++) CHECK_BITS(down.z[k], -up.z[up.count - 1 - k]);
        for (int k = 1; k < up.count; k++) CU_ASSERT(up.z[k - 1] < up.z[k]);
        for (int k = 0; k < up.count; k++) {
          const double z = up.z[k], cube = z * z * z;
          CHECK_NEAR(cube - b * z - a, 0.0, 1e-14 * (fabs(cube) + fabs(b * z) + a));
        }
      }
    }
  }
}

static void test_extremes(void) {
  CHECK_CLOSE(solved(1e300, -1.0).z[0], 1e100, 1e-15);
  CHECK_CLOSE(solved(1e-300, -1.0).z[0], 1e-300, 1e-15);
  CHECK_CLOSE(solved(5e-324, 1e308).z[2], 1e154, 1e-15);
  CHECK_CLOSE(solved(5e-324, 1e308).z[0], -1e154, 1e-15);
  CHECK_CLOSE(solved(1.7e308, -1.7e308).z[0], 1.0 / (1.0 + 1.0 / 1.7e308), 1e-15);
  CHECK_CLOSE(solved(8e-300, 1e-300).z[0], 2e-100, 1e-15);
}

static void test_fold(void) {
  loy_error error;
  CHECK_CLOSE(loy_cusp_fold(3.0), 2.0, 1e-15);
  CHECK_CLOSE(loy_cusp_fold(1.0), 0.38490017945975050967, 1e-15); /* 2/(3 sqrt 3) */
  CHECK_BITS(loy_cusp_fold(0.0), 0.0);
  CU_ASSERT(isfinite(loy_cusp_fold(LOY_CUSP_FOLD_MOST)));
  CU_ASSERT(isnan(loy_cusp_fold(-1e-9)) && isnan(loy_cusp_fold(1.1e200)) && isnan(loy_cusp_fold((double)NAN)));
  CHECK_STATUS(loy_cusp_fold_check(0.0, &error), LOY_OK);
  CHECK_STATUS(loy_cusp_fold_check(-1e-9, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
}

static void test_batch(void) {
  const double a[5] = {1.0, (double)NAN, 2.0, -2.0, 1.0}, b[5] = {3.0, 1.0, 3.0, 3.0, (double)INFINITY};
  double low[5], middle[5], high[5];
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_cusp_solve_batch(a, b, 5, low, middle, high, &report, &error), LOY_OK);
  CHECK_CLOSE(low[0], -1.5320888862379560704, 1e-15);
  CHECK_CLOSE(middle[0], -0.3472963553338606977, 1e-15);
  CHECK_CLOSE(high[0], 1.8793852415718167681, 1e-15);
  CU_ASSERT(isnan(low[1]) && isnan(middle[1]) && isnan(high[1]) && isnan(low[4]));
  CHECK_BITS(middle[2], low[2]); /* the half-stable state */
  CHECK_BITS(middle[3], high[3]);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "a", 1);
  CHECK_STATUS(loy_cusp_solve_batch(a, b, 1, NULL, NULL, high, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_cusp_solve_batch(a, b, 1, low, middle, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_cusp_solve_batch(NULL, NULL, 0, NULL, NULL, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  low[0] = 7.0;
  CHECK_STATUS(loy_cusp_solve_batch(NULL, NULL, 1, low, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_solve_batch(a, NULL, 1, low, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "b", LOY_NO_INDEX);
  CHECK_BITS(low[0], 7.0);
}

enum { WAY = 25 };

/* A from -3 to 3 and back in steps of 1/4, at B = 3, whose folds are at -2 and 2. */
static void there_and_back(double *a, double *b) {
  for (int i = 0; i < WAY; i++) {
    a[i] = a[2 * WAY - 1 - i] = -3.0 + 0.25 * i;
    b[i] = b[2 * WAY - 1 - i] = 3.0;
  }
}

static void test_hysteresis(void) {
  double a[2 * WAY], b[2 * WAY], z[2 * WAY];
  int32_t jump[2 * WAY];
  there_and_back(a, b);
  CHECK_STATUS(loy_cusp_path(a, b, 2 * WAY, LOY_CUSP_DELAY, 1, z, jump, NULL), LOY_OK);
  for (int i = 0; i < 2 * WAY; i++) {
    /* at the fold itself the old sheet still holds */
    const int high = i < WAY ? a[i] > 2.0 : a[i] >= -2.0;
    const loy_cusp_equilibria rest = solved(a[i], b[i]);
    CHECK_BITS(z[i], high ? rest.z[rest.count - 1] : rest.z[0]);
    CU_ASSERT_EQUAL(jump[i], i < WAY && a[i] == 2.25 ? 1 : i >= WAY && a[i] == -2.25 ? -1 : 0);
  }
}

static void test_maxwell(void) {
  double a[2 * WAY], b[2 * WAY], z[2 * WAY];
  int32_t jump[2 * WAY];
  there_and_back(a, b);
  CHECK_STATUS(loy_cusp_path(a, b, 2 * WAY, LOY_CUSP_MAXWELL, 1, z, jump, NULL), LOY_OK);
  for (int i = 0; i < 2 * WAY; i++) {
    const loy_cusp_equilibria rest = solved(a[i], b[i]);
    /* at A = 0 the wells are as deep as each other and it stays */
    const int high = a[i] > 0.0 || (a[i] == 0.0 && i >= WAY);
    CHECK_BITS(z[i], high ? rest.z[rest.count - 1] : rest.z[0]);
    CU_ASSERT_EQUAL(jump[i], i < WAY && a[i] == 0.25 ? 1 : i >= WAY && a[i] == -0.25 ? -1 : 0);
  }
}

static void test_sheets(void) {
  const double a[2] = {0.5, 0.5}, b[2] = {3.0, 3.0};
  /* around the cusp point: up on one side, back on the other */
  const double round_a[5] = {-1.0, -1.0, 1.0, 1.0, -1.0}, round_b[5] = {3.0, -1.0, -1.0, 3.0, 3.0};
  /* a step that ends the low sheet without a change of sign in A */
  const double fast_a[2] = {1.0, 1.0}, fast_b[2] = {3.0, 1.0};
  double z[5];
  int32_t jump[5];
  CHECK_STATUS(loy_cusp_path(a, b, 2, LOY_CUSP_DELAY, -1, z, jump, NULL), LOY_OK);
  CU_ASSERT(z[0] < -1.0 && z[1] < -1.0 && jump[0] == 0 && jump[1] == 0);
  CHECK_STATUS(loy_cusp_path(a, b, 2, LOY_CUSP_DELAY, 1, z, NULL, NULL), LOY_OK);
  CU_ASSERT(z[0] > 1.0);
  CHECK_STATUS(loy_cusp_path(round_a, round_b, 5, LOY_CUSP_DELAY, -1, z, jump, NULL), LOY_OK);
  CU_ASSERT(z[0] < 0.0 && z[1] < 0.0 && z[2] > 0.0 && z[3] > 0.0 && z[4] > 0.0);
  for (int i = 0; i < 5; i++) CU_ASSERT_EQUAL(jump[i], 0);
  CHECK_STATUS(loy_cusp_path(fast_a, fast_b, 2, LOY_CUSP_DELAY, -1, z, jump, NULL), LOY_OK);
  CU_ASSERT(z[0] < 0.0 && z[1] > 0.0 && jump[1] == 1);
  CHECK_STATUS(loy_cusp_path(NULL, NULL, 0, LOY_CUSP_DELAY, 1, NULL, NULL, NULL), LOY_OK);
}

static void test_errors(void) {
  const double nan = (double)NAN;
  loy_cusp_equilibria found;
  double a[3] = {1.0, 2.0, nan}, b[3] = {1.0, 1.0, 1.0}, z[3] = {7.0, 7.0, 7.0};
  int32_t jump[3] = {7, 7, 7};
  loy_error error;
  found.count = 7;
  CHECK_STATUS(loy_cusp_solve(nan, nan, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_solve(1.0, (double)INFINITY, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(found.count, 7);
  CHECK_STATUS(loy_cusp_solve(1.0, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "found", LOY_NO_INDEX);

  CHECK_STATUS(loy_cusp_path(NULL, NULL, 3, 9, 0, NULL, jump, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "a", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_path(a, NULL, 3, 9, 0, NULL, jump, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "b", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_path(a, b, 3, 2, 0, NULL, jump, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "rule", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_path(a, b, 3, LOY_CUSP_DELAY, 0, NULL, jump, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "sheet", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_path(a, b, 3, LOY_CUSP_DELAY, 1, NULL, jump, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_path(a, b, 3, LOY_CUSP_DELAY, 1, z, jump, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", 2);
  a[2] = 1.0;
  b[1] = (double)INFINITY;
  CHECK_STATUS(loy_cusp_path(a, b, 3, LOY_CUSP_DELAY, 1, z, jump, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", 1);
  CU_ASSERT(z[0] == 7.0 && jump[0] == 7);
}

SUITE(response, cusp) {
  ADD(test_three);
  ADD(test_one);
  ADD(test_on_the_fold);
  ADD(test_properties);
  ADD(test_extremes);
  ADD(test_fold);
  ADD(test_batch);
  ADD(test_hysteresis);
  ADD(test_maxwell);
  ADD(test_sheets);
  ADD(test_errors);
}
