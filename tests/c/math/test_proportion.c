/* test_proportion.c: the Wilson interval. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/proportion.h"

static void test_published(void) {
  double lower, upper;
  loyi_wilson(80.0, 120.0, .95, &lower, &upper);
  CHECK_NEAR(lower, .5783110162, 5.1e-11);
  CHECK_NEAR(upper, .7446825950, 5.1e-11);
}

/* The ends solve |k/n - t| = z sqrt(t(1 - t)/n). */
static void test_ends_solve_the_equation(void) {
  static const double z = 1.959963984540054, n[] = {1, 2, 7, 30, 1e4, 1e12};
  for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
    for (int tenth = 0; tenth <= 10; tenth++) {
      const double k = n[i] * tenth / 10.0;
      double lower, upper, other_lower, other_upper;
      loyi_wilson(k, n[i], .95, &lower, &upper);
      CU_ASSERT(0.0 <= lower && lower <= k / n[i] && k / n[i] <= upper && upper <= 1.0);
      CHECK_NEAR(k / n[i] - lower, z * sqrt(lower * (1.0 - lower) / n[i]), 1e-13);
      CHECK_NEAR(upper - k / n[i], z * sqrt(upper * (1.0 - upper) / n[i]), 1e-13);
      loyi_wilson(n[i] - k, n[i], .95, &other_lower, &other_upper);
      CHECK_NEAR(lower, 1.0 - other_upper, 3e-16);
    }
  }
}

/* One success in 10^15: both ends to full relative accuracy (mpmath, 50 digits). */
static void test_tiny_share(void) {
  double lower, upper;
  loyi_wilson(1.0, 1e15, .95, &lower, &upper);
  CHECK_CLOSE(lower, 1.7652455493515299e-16, 1e-14);
  CHECK_CLOSE(upper, 5.664934265758949e-15, 1e-14);
  loyi_wilson(0.0, 5.0, .95, &lower, &upper);
  CHECK_BITS(lower, 0.0);
  CHECK_CLOSE(upper, .43448246478317472, 1e-14);
  loyi_wilson(5.0, 5.0, .95, &lower, &upper);
  CHECK_BITS(upper, 1.0);
}

/* At a level near 0 both ends are the share, which rounding must not leave outside. */
static void test_level_near_zero(void) {
  static const double level[] = {5e-324, 1e-17, 1e-15};
  for (int i = 0; i < 3; i++)
    for (int n = 1; n <= 40; n++)
      for (int k = 0; k <= n; k++) {
        double lower, upper;
        loyi_wilson(k, n, level[i], &lower, &upper);
        CU_ASSERT(0.0 <= lower && lower <= (double)k / n && (double)k / n <= upper && upper <= 1.0);
      }
}

/* The sum of a share near 1 and its half width rounds above 1. */
static void test_share_near_one(void) {
  for (int e = 20; e < 53; e++) {
    double lower, upper;
    loyi_wilson(2.0 * (1.0 - ldexp(1.0, -e)), 2.0, .5, &lower, &upper);
    CU_ASSERT(lower < upper && upper <= 1.0);
  }
}

static void test_outside(void) {
  static const double bad[][3] = {{-1, 5, .9},  {6, 5, .9}, {0, 0, .9}, {1, INFINITY, .9}, {NAN, 5, .9},
                                  {1, NAN, .9}, {1, 5, 0},  {1, 5, 1},  {1, 5, NAN}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double lower = 0.0, upper = 0.0;
    loyi_wilson(bad[i][0], bad[i][1], bad[i][2], &lower, &upper);
    CU_ASSERT(isnan(lower) && isnan(upper));
  }
}
#endif

SUITE(math, proportion) {
#if LOY_TEST_INTERNALS
  ADD(test_published);
  ADD(test_ends_solve_the_equation);
  ADD(test_tiny_share);
  ADD(test_level_near_zero);
  ADD(test_share_near_one);
  ADD(test_outside);
#else
  (void)suite;
#endif
}
