/* Sorted columns of every small length, ties included, and percentile intervals against their definition. */
#include "check.h"

#include "loyalty/math/percentile.h"

#if LOY_TEST_INTERNALS

enum { MOST = 200 };

static void test_sort(void) {
  for (size_t n = 0; n <= MOST; n++) {
    double x[MOST + 1], sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++) {
      x[i] = (double)((i * 7919 + n * 31) % 61) - 30.0; /* with ties from n = 62 on */
      sum += x[i];
      squares += x[i] * x[i];
    }
    x[n] = 1e9; /* not touched */
    loyi_sort(x, n);
    for (size_t i = 0; i < n; i++) {
      if (i > 0) CU_ASSERT(x[i - 1] <= x[i]);
      sum -= x[i];
      squares -= x[i] * x[i];
    }
    CU_ASSERT(sum == 0.0 && squares == 0.0 && x[n] == 1e9);
  }
}

static void test_interval(void) {
  double x[99], lower = 0.0, upper = 0.0;
  for (int i = 0; i < 99; i++) x[i] = (double)((i * 50) % 99 + 1); /* 1 .. 99, mixed: the number at rank r is r */
  loyi_percentile_interval(x, 99, .9, &lower, &upper);
  CHECK_NEAR(lower, 5.0, 1e-13);
  CHECK_NEAR(upper, 95.0, 1e-13);
  loyi_percentile_interval(x, 99, .975, &lower, &upper);
  CHECK_NEAR(lower, 1.25, 1e-13);
  CHECK_NEAR(upper, 98.75, 1e-13);
  loyi_percentile_interval(x, 2, 1e-9, &lower, &upper);
  CHECK_NEAR(lower, 1.5, 1e-8);
  CHECK_NEAR(upper, 1.5, 1e-8);
}

#endif

SUITE(math, percentile) {
#if LOY_TEST_INTERNALS
  ADD(test_sort);
  ADD(test_interval);
#else
  (void)suite;
#endif
}
