/* test_newton.c: minimisation with certificate. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/newton.h"

/* Rosenbrock's valley, minimum 0 at (1, 1). */
static int valley(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  double x = point[0], y = point[1], w = y - x * x;
  if (ctx) ++*(int *)ctx;
  *value = 100.0 * w * w + (1.0 - x) * (1.0 - x);
  gradient[0] = -400.0 * x * w - 2.0 * (1.0 - x);
  gradient[1] = 200.0 * w;
  hessian[0] = 1200.0 * x * x - 400.0 * y + 2.0;
  hessian[1] = hessian[2] = -400.0 * x;
  hessian[3] = 200.0;
  return 1;
}

/* A saddle at 0 and minima at y = 1 and -1; cannot be evaluated for x > 3. */
static int saddle(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  double x = point[0], y = point[1];
  (void)ctx;
  *value = x * x + 0.25 * y * y * y * y - 0.5 * y * y;
  gradient[0] = 2.0 * x;
  gradient[1] = y * y * y - y;
  hessian[0] = 2.0;
  hessian[1] = hessian[2] = 0.0;
  hessian[3] = 3.0 * y * y - 1.0;
  return x <= 3.0;
}

/* exp(x) + (y - 2)^2: falls for ever as x falls. */
static int slope(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  double power = 1.0, term = 1.0, x = point[0];
  (void)ctx;
  for (int i = 1; i < 60; i++) power += term *= x / i;
  *value = power + (point[1] - 2.0) * (point[1] - 2.0);
  gradient[0] = power;
  gradient[1] = 2.0 * (point[1] - 2.0);
  hessian[0] = power;
  hessian[1] = hessian[2] = 0.0;
  hessian[3] = 2.0;
  return 1;
}

static void test_valley(void) {
  const double start[2] = {-1.2, 1.0};
  int calls = 0;
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, valley, &calls);
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT(result.converged && result.positive_definite && result.at_bound == 0);
  CHECK_NEAR(result.point[0], 1.0, 1e-14);
  CHECK_NEAR(result.point[1], 1.0, 1e-14);
  CU_ASSERT_EQUAL(result.evaluations, calls);
  CU_ASSERT(result.evaluations < 60);
  CU_ASSERT(result.scaled_gradient <= 1e-12);
}

static void test_indefinite_start(void) {
  const double start[2] = {2.9, 1e-3};
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, saddle, NULL);
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT(result.converged);
  CHECK_NEAR(result.point[0], 0.0, 1e-12);
  CHECK_NEAR(result.point[1], 1.0, 1e-12);
}

static void test_not_evaluable(void) {
  const double start[2] = {4.0, 1.0};
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, saddle, NULL);
  CU_ASSERT_FALSE(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT_EQUAL(result.evaluations, 1);
}

static void test_evaluations_run_out(void) {
  const double start[2] = {-1.2, 1.0};
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, valley, NULL);
  problem.most_evaluations = 3;
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT_FALSE(result.converged);
  CU_ASSERT_EQUAL(result.evaluations, 3);
}

static void test_bounds(void) {
  const double start[2] = {0.5, 9.0}, lower[2] = {-4.0, -10.0}, upper[2] = {4.0, 5.0};
  double covariance[4];
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, slope, NULL);
  problem.lower = lower;
  problem.upper = upper;
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT(result.converged);
  CU_ASSERT_EQUAL(result.at_bound, 1u);
  CU_ASSERT_EQUAL(result.point[0], -4.0);
  CHECK_NEAR(result.point[1], 2.0, 1e-12);
  /* The free coordinate: 1 / (10 * 2). */
  CU_ASSERT(loyi_newton_covariance(&result, 2, 10.0, covariance));
  CU_ASSERT(isnan(covariance[0]) && isnan(covariance[1]) && isnan(covariance[2]));
  CHECK_CLOSE(covariance[3], 0.05, 1e-15);
}

/* (x - y)^2 + 1 / (1 + (x + y)^2): a ridge that falls ever less, at first with an indefinite Hessian. It ends at a
 * bound. */
static int ridge(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  double u = point[0] - point[1], v = point[0] + point[1], decay = 1.0 / (1.0 + v * v);
  double slope = -2.0 * v * decay * decay, bend = (6.0 * v * v - 2.0) * decay * decay * decay;
  (void)ctx;
  *value = u * u + decay;
  gradient[0] = 2.0 * u + slope;
  gradient[1] = -2.0 * u + slope;
  hessian[0] = hessian[3] = 2.0 + bend;
  hessian[1] = hessian[2] = -2.0 + bend;
  return 1;
}

static void test_ridge(void) {
  const double start[2] = {0.3, -0.2}, lower[2] = {-50.0, -50.0}, upper[2] = {50.0, 40.0};
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, ridge, NULL);
  problem.lower = lower;
  problem.upper = upper;
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT(result.evaluations < 120);
  CU_ASSERT_EQUAL(result.at_bound, 2u);
  CU_ASSERT_EQUAL(result.point[1], 40.0);
  CHECK_NEAR(result.point[0], 40.0, 1e-4);
}

static void test_covariance(void) {
  const double start[2] = {1.5, 2.0};
  double covariance[4];
  loyi_newton_problem problem;
  loyi_newton_result result;
  loyi_newton_init(&problem, 2, valley, NULL);
  CU_ASSERT(loyi_newton_minimize(&problem, start, &result));
  CU_ASSERT(loyi_newton_covariance(&result, 2, 2.0, covariance));
  /* The Hessian at (1, 1) is (802, -400; -400, 200), its inverse (0.5, 1; 1, 2.005). */
  CHECK_CLOSE(covariance[0], 0.25, 1e-10);
  CHECK_CLOSE(covariance[1], 0.5, 1e-10);
  CHECK_CLOSE(covariance[2], 0.5, 1e-10);
  CHECK_CLOSE(covariance[3], 1.0025, 1e-10);
}

SUITE(math, newton) {
  ADD(test_valley);
  ADD(test_indefinite_start);
  ADD(test_not_evaluable);
  ADD(test_evaluations_run_out);
  ADD(test_bounds);
  ADD(test_ridge);
  ADD(test_covariance);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(math, newton) { ADD(test_nothing_public); }
#endif
