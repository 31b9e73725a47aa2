/* test_root.c: zeros of functions of one variable. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/root.h"

static int evaluations;
static double cubic(const void *ctx, double x) {
  evaluations++;
  return x * x * x - *(const double *)ctx;
}
static double step(const void *ctx, double x) {
  (void)ctx;
  return x < 0.1 ? -1.0 : 1e9;
}
static double steep(const void *ctx, double x) {
  (void)ctx;
  return x < 1.0 ? -(double)INFINITY : x - 1.0;
}
static double nowhere(const void *ctx, double x) {
  (void)ctx;
  return x < 1.0 ? -1.0 : (double)NAN;
}
static double ninth(const void *ctx, double x) {
  const double d = x - 0.3;
  (void)ctx;
  return d * d * d * d * d * d * d * d * d;
}

static void test_smooth(void) {
  double target = 2.0;
  evaluations = 0;
  CHECK_CLOSE(loyi_root(cubic, &target, 0.0, 3.0, 0.0), 1.2599210498948731648, 3e-16);
  CU_ASSERT(evaluations <= 16);
  target = 1e-300;
  CHECK_CLOSE(loyi_root(cubic, &target, 0.0, 1.0, 0.0), 1e-100, 1e-15);
  target = -27.0;
  CHECK_CLOSE(loyi_root(cubic, &target, 1e100, -1e100, 0.0), -3.0, 3e-16);
}

static void test_ends_and_tolerance(void) {
  const double target = 8.0;
  CHECK_BITS(loyi_root(cubic, &target, 2.0, 5.0, 0.0), 2.0);
  CHECK_BITS(loyi_root(cubic, &target, 0.0, 2.0, 0.0), 2.0);
  evaluations = 0;
  CHECK_NEAR(loyi_root(cubic, &target, 1.0, 4.0, 1e-3), 2.0, 1e-3);
  CU_ASSERT(evaluations <= 10);
}

/* A jump, infinite values and a flat zero end as well. */
static void test_rough(void) {
  CHECK_CLOSE(loyi_root(step, NULL, -1e308, 1e308, 0.0), 0.1, 3e-16);
  CHECK_CLOSE(loyi_root(steep, NULL, -5.0, 9.0, 0.0), 1.0, 3e-16);
  CHECK_NEAR(loyi_root(ninth, NULL, -10.0, 1.0, 0.0), 0.3, 1e-15);
}

static void test_no_answer(void) {
  const double target = 8.0;
  CU_ASSERT(isnan(loyi_root(cubic, &target, 3.0, 5.0, 0.0)));
  CU_ASSERT(isnan(loyi_root(cubic, &target, (double)NAN, 5.0, 0.0)));
  CU_ASSERT(isnan(loyi_root(cubic, &target, 0.0, (double)INFINITY, 0.0)));
  CU_ASSERT(isnan(loyi_root(nowhere, NULL, 0.0, 5.0, 0.0)));
}
#endif

SUITE(math, root) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_smooth);
  ADD(test_ends_and_tolerance);
  ADD(test_rough);
  ADD(test_no_answer);
#endif
}
