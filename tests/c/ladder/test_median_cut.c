/* The median against sorting, and where the midpoint of two numbers is none of between. */
#include "check.h"

static double of(const double *x, size_t n) {
  double cut = -7;
  CHECK_STATUS(loy_median_cut(x, n, &cut, NULL), LOY_OK);
  return cut;
}

static void test_small(void) {
  const double none = (double)NAN, next = 1 + 0x1p-52, after = 1 + 0x1p-51;
  const double odd[] = {3, none, 1, 2}, even[] = {4, 1, 3, 2, none}, equal[] = {5, 5, 5, 5, 9}, two[] = {5, 5, 1, 9};
  const double zeros[] = {-0.0, 0.0, 0.0, -0.0}, signs[] = {-1, 1, -2, 2}, range[] = {-1e40, 1e40};
  const double near1[] = {1, next}, near2[] = {next, after}, tiny[] = {0, 5e-324}, one[] = {-3};
  CHECK_BITS(of(odd, 4), 2.0);
  CHECK_BITS(of(even, 5), 2.5);
  CHECK_BITS(of(equal, 5), 5.0);
  CHECK_BITS(of(two, 4), 5.0);
  CU_ASSERT(of(zeros, 4) == 0.0);
  CHECK_BITS(of(signs, 4), 0.0);
  CHECK_BITS(of(range, 2), 0.0);
  CHECK_BITS(of(near1, 2), next);
  CHECK_BITS(of(near2, 2), after);
  CHECK_BITS(of(tiny, 2), 5e-324);
  CHECK_BITS(of(one, 1), -3.0);
}

/* Numbers of all sizes and signs, with ties, in any order: half are at the cut or above, and it is what sorting finds.
 */
static void test_against_sorting(void) {
  static double x[501], sorted[501];
  uint64_t state = 7;
  for (size_t n = 1; n <= 501; n += 25) {
    size_t high = 0;
    double cut, want;
    for (size_t i = 0; i < n; i++) {
      size_t j = i;
      state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
      x[i] = ldexp((double)(int)(state >> 54) - 512.0, (int)(state >> 40) % 60 - 30);
      for (; j > 0 && sorted[j - 1] > x[i]; j--) sorted[j] = sorted[j - 1];
      sorted[j] = x[i];
    }
    cut = of(x, n);
    want = n % 2 ? sorted[n / 2] : .5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    CU_ASSERT(cut == want);
    for (size_t i = 0; i < n; i++) high += x[i] >= cut;
    CU_ASSERT(2 * high >= n);
  }
}

static void test_errors(void) {
  const double none = (double)NAN, bad[] = {1, 2, -1.1e40, (double)INFINITY};
  loy_error error;
  double cut = -7;
  CHECK_STATUS(loy_median_cut(&none, 1, &cut, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_median_cut(NULL, 0, &cut, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_median_cut(bad, 4, &cut, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "value", 2);
  CHECK_STATUS(loy_median_cut(bad + 3, 1, &cut, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_median_cut(bad, 4, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "cut", LOY_NO_INDEX);
  CHECK_STATUS(loy_median_cut(NULL, 4, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(cut, -7);
}

SUITE(ladder, median_cut) {
  ADD(test_small);
  ADD(test_against_sorting);
  ADD(test_errors);
}
