/* The fall of ln B: against mpmath with 60 digits. */
#include "check.h"

#include "loyalty/math/beta_fall.h"

#if LOY_TEST_INTERNALS

static const double known[][4] = {
    {0.7, 1.2, 1.0, 0.45953232937844014},
    {0.668, 3.806, 7.0, 0.715506045626579575},
    {0.0001, 10000.0, 1.0, 9.99999995000000081e-9},
    {10000.0, 0.0001, 5.0, 52.0847799753168077},
    {10000.0, 10000.0, 0.001, 0.0006931721561830715},
    {1e-10, 10000000000.0, 1000000.0, 9.9995000338307839e-15},
    {3.8, 15.2, 1000000000000.0, 94.3298980213240824},
    {10000000000.0, 10000000000.0, 10000000000.0, 5232481437.7893194},
    {0.0001, 0.0001, 0.0001, 0.287682088896314721},
    {0.5, 0.49, 0.48, 0.446874591436879255},
    {100.0, 1600.0, 199.0, 11.3933497417126739},
    {1e-10, 2.0, 1e+100, 2.29835724964273863e-8},
};

/* With b = 1e77 and u = 2 b the fall is a ln 3 to 40 digits; the differences of it would be 200 times as large. */
static void test_far(void) { CHECK_CLOSE(loyi_lbeta_fall(370.5, 1e77, 2e77), 370.5 * log(3.0), 1e-15); }

static void test_values(void) {
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    const double *k = known[i];
    CHECK_CLOSE(loyi_lbeta_fall(k[0], k[1], k[2]), k[3], 1e-14);
    CHECK_CLOSE(loyi_lbeta_fall(k[2], k[1], k[0]), k[3], 1e-14);
  }
}

/* By differences of the fall itself. */
static void test_slope(void) {
  for (size_t i = 0; i < sizeof known / sizeof known[0] - 1; i++) {
    const double *k = known[i], h = 1e-4 * k[1];
    double slope = (8.0 * (loyi_lbeta_fall(k[0], k[1] + h, k[2]) - loyi_lbeta_fall(k[0], k[1] - h, k[2])) -
                    (loyi_lbeta_fall(k[0], k[1] + 2.0 * h, k[2]) - loyi_lbeta_fall(k[0], k[1] - 2.0 * h, k[2]))) /
                   (12.0 * h);
    CHECK_CLOSE(loyi_lbeta_fall_slope(k[0], k[1], k[2]), slope, 1e-8);
    CHECK_CLOSE(loyi_lbeta_fall_slope(k[2], k[1], k[0]), slope, 1e-8);
  }
}

static void test_edges(void) {
  CHECK_BITS(loyi_lbeta_fall_slope(.7, 1.2, 0.0), 0.0);
  CU_ASSERT(isnan(loyi_lbeta_fall_slope(0.0, 1.0, 1.0)));
  CHECK_BITS(loyi_lbeta_fall(.7, 1.2, 0.0), 0.0);
  CHECK_CLOSE(loyi_lbeta_fall(1.0, 1.0, 3.0), log(4.0), 1e-15); /* B(1, b) = 1/b */
  CU_ASSERT(isnan(loyi_lbeta_fall(0.0, 1.0, 1.0)));
  CU_ASSERT(isnan(loyi_lbeta_fall(1.0, 0.0, 1.0)));
  CU_ASSERT(isnan(loyi_lbeta_fall(1.0, 1.0, -1.0)));
  CU_ASSERT(isnan(loyi_lbeta_fall(1.0, 1.0, (double)INFINITY)));
  CU_ASSERT(isnan(loyi_lbeta_fall((double)NAN, 1.0, 1.0)));
}

SUITE(math, beta_fall) {
  ADD(test_values);
  ADD(test_far);
  ADD(test_slope);
  ADD(test_edges);
}

#else
SUITE(math, beta_fall) { (void)suite; }
#endif
