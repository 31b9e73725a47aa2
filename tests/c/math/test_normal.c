/* The error function and the normal distribution against python-flint, symmetries, and the edges. */
#include "check.h"

#include "loyalty/math/normal.h"

#if LOY_TEST_INTERNALS

static void test_error_functions(void) {
  CHECK_CLOSE(loyi_erf(0.1), 0.1124629160182849, 4e-16);
  CHECK_CLOSE(loyi_erf(-0.75), -0.71115563365351508, 4e-16);
  CHECK_CLOSE(loyi_erf(3.0), 0.99997790950300136, 4e-16);
  CHECK_CLOSE(loyi_erfc(-2.0), 1.9953222650189528, 4e-16);
  CHECK_CLOSE(loyi_erfc(0.5), 0.47950012218695348, 6e-16);
  CHECK_CLOSE(loyi_erfc(5.0), 1.5374597944280349e-12, 6e-16);
  CHECK_CLOSE(loyi_erfc(26.0), 5.6631924088561432e-296, 6e-16);
  CHECK_CLOSE(loyi_erfcx(0.25), 0.77034654773099676, 6e-16);
  CHECK_CLOSE(loyi_erfcx(10.0), 0.056140992743822588, 6e-16);
  CHECK_CLOSE(loyi_erfcx(1e20), 5.6418958354775629e-21, 6e-16);
  CHECK_BITS(loyi_erf(0.0), 0.0);
  CHECK_BITS(loyi_erf(-0.0), -0.0);
  CHECK_BITS(loyi_erf((double)INFINITY), 1.0);
  CHECK_BITS(loyi_erfc((double)INFINITY), 0.0);
  CHECK_BITS(loyi_erfc(-(double)INFINITY), 2.0);
  CU_ASSERT(loyi_erfc(27.2) > 0.0);
  CU_ASSERT(isnan(loyi_erf((double)NAN)));
  CU_ASSERT(isnan(loyi_erfc((double)NAN)));
  CU_ASSERT(isnan(loyi_erfcx(-1.0)));
}

static void test_cdf(void) {
  CHECK_CLOSE(loyi_normal_cdf(-37.0), 5.7255712225245771e-300, 7e-16);
  CHECK_CLOSE(loyi_normal_cdf(-8.5), 9.4795348222033177e-18, 7e-16);
  CHECK_CLOSE(loyi_normal_cdf(-1.96), 0.024997895148220435, 7e-16);
  CHECK_CLOSE(loyi_normal_cdf(0.5), 0.69146246127401312, 4e-16);
  CHECK_CLOSE(loyi_normal_cdf(2.0), 0.97724986805182079, 4e-16);
  CHECK_BITS(loyi_normal_cdf(0.0), 0.5);
  CHECK_BITS(loyi_normal_cdf((double)INFINITY), 1.0);
  CHECK_BITS(loyi_normal_cdf(-(double)INFINITY), 0.0);
  CU_ASSERT(isnan(loyi_normal_cdf((double)NAN)));
}

static void test_quantile(void) {
  CHECK_CLOSE(loyi_normal_quantile(1e-300), -37.047096299361201, 1e-15);
  CHECK_CLOSE(loyi_normal_quantile(0.001), -3.0902323061678136, 1e-15);
  CHECK_CLOSE(loyi_normal_quantile(0.025), -1.9599639845400543, 1e-15);
  CHECK_CLOSE(loyi_normal_quantile(0.3), -0.52440051270804078, 1e-15);
  CHECK_CLOSE(loyi_normal_quantile(0.975), 1.9599639845400538, 1e-15);
  CHECK_BITS(loyi_normal_quantile(0.5), 0.0);
  CHECK_BITS(loyi_normal_quantile(0.0), -(double)INFINITY);
  CHECK_BITS(loyi_normal_quantile(1.0), (double)INFINITY);
  CHECK_BITS(loyi_normal_quantile(0.25), -loyi_normal_quantile(0.75));
  CHECK_BITS(loyi_normal_quantile(0.0625), -loyi_normal_quantile(0.9375));
  CU_ASSERT(isnan(loyi_normal_quantile(-1e-300)));
  CU_ASSERT(isnan(loyi_normal_quantile(1.0000000000000002)));
  CU_ASSERT(isnan(loyi_normal_quantile((double)NAN)));
}

static void test_quantile_inverts_cdf(void) {
  for (double x = -37.0; x < -0.1; x += 0.37) CHECK_CLOSE(loyi_normal_quantile(loyi_normal_cdf(x)), x, 2e-15);
}

static void test_monotone(void) {
  double last = 0.0, last_quantile = -(double)INFINITY;
  for (int i = 1; i < 4000; i++) {
    double p = loyi_normal_cdf(-10.0 + i * 0.0025), x = loyi_normal_quantile(i / 4000.0);
    CU_ASSERT(p > last && x > last_quantile);
    last = p;
    last_quantile = x;
  }
}

#endif

SUITE(math, normal) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_error_functions);
  ADD(test_cdf);
  ADD(test_quantile);
  ADD(test_quantile_inverts_cdf);
  ADD(test_monotone);
#endif
}
