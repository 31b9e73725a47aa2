/* test_negative_binomial.c: counts with a gamma rate. Expected values by mpmath with 40 digits. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/negative_binomial.h"

static void test_edges(void) {
  CU_ASSERT_EQUAL(loyi_negative_binomial(0.0, 0.3, 2.0, 0.0), 1.0);
  CU_ASSERT_EQUAL(loyi_negative_binomial(2.0, 0.3, 2.0, 0.0), 0.0);
  CU_ASSERT_EQUAL(loyi_negative_binomial_tail(0.0, 0.3, 2.0, 5.0), 1.0);
  CU_ASSERT_EQUAL(loyi_negative_binomial_tail(1.0, 0.3, 2.0, 0.0), 0.0);
}

/* Shape 1 is geometric: P(n) = q^n (1 - q), P(>= n) = q^n. */
static void test_geometric(void) {
  for (int n = 0; n < 30; n++) {
    double power = ldexp(1.0, -n);
    CHECK_CLOSE(loyi_negative_binomial((double)n, 1.0, 3.0, 3.0), 0.5 * power, 1e-14);
    CHECK_CLOSE(loyi_negative_binomial_tail((double)n, 1.0, 3.0, 3.0), power, 1e-14);
  }
}

static void test_sums_to_one(void) {
  const double shape[4] = {0.01, 0.7, 12.0, 3000.0};
  for (int i = 0; i < 4; i++) {
    double sum = 0.0, t = 4.0 / shape[i];
    for (int n = 0; n < 20000; n++) sum += loyi_negative_binomial((double)n, shape[i], 1.0, t);
    CHECK_NEAR(sum, 1.0, 1e-13);
  }
}

SUITE(math, negative_binomial) {
  ADD(test_edges);
  ADD(test_geometric);
  ADD(test_sums_to_one);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(math, negative_binomial) { ADD(test_nothing_public); }
#endif
