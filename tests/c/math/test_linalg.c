/* Cholesky: a matrix with a known factor and inverse, every order, and the ways in which a matrix can fail. */
#include "check.h"

#include "loyalty/math/linalg.h"

#if LOY_TEST_INTERNALS

enum { MOST = LOYI_LINALG_MOST };

static void test_known_factor(void) {
  double a[9] = {4, 99, 99, 12, 37, 99, -16, -43, 98};
  double inverse[9], b[3] = {1, 2, 3};
  CU_ASSERT_EQUAL(loyi_cholesky(a, 3), 1);
  CHECK_BITS(a[0], 2.0);
  CHECK_BITS(a[3], 6.0);
  CHECK_BITS(a[4], 1.0);
  CHECK_BITS(a[6], -8.0);
  CHECK_BITS(a[7], 5.0);
  CHECK_BITS(a[8], 3.0);
  CHECK_BITS(a[1], 99.0); /* the upper triangle is neither read nor written */
  loyi_cholesky_solve(a, 3, b);
  CHECK_CLOSE(b[0], 28.583333333333332, 1e-13);
  CHECK_CLOSE(b[1], -7.6666666666666670, 1e-13);
  CHECK_CLOSE(b[2], 1.3333333333333333, 1e-13);
  loyi_cholesky_inverse(a, 3, inverse);
  CHECK_CLOSE(inverse[0], 49.361111111111114, 1e-13);
  CHECK_CLOSE(inverse[1], -13.555555555555555, 1e-13);
  CHECK_CLOSE(inverse[8], 0.1111111111111111, 1e-13);
}

/* a = min(i, j) + 1, whose inverse is tridiagonal 2, -1 with 1 in the last corner. */
static void test_every_order(void) {
  for (size_t n = 1; n <= MOST; n++) {
    double a[MOST * MOST], inverse[MOST * MOST], b[MOST];
    for (size_t i = 0; i < n; i++) {
      b[i] = (double)(i + 1);
      for (size_t j = 0; j < n; j++) a[i * n + j] = (double)((i < j ? i : j) + 1);
    }
    CU_ASSERT_EQUAL(loyi_cholesky(a, n), 1);
    loyi_cholesky_inverse(a, n, inverse);
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < n; j++) {
        double expected = i == j ? (i + 1 == n ? 1.0 : 2.0) : (i + 1 == j || j + 1 == i ? -1.0 : 0.0);
        CHECK_NEAR(inverse[i * n + j], expected, 1e-12);
        CHECK_BITS(inverse[i * n + j], inverse[j * n + i]);
      }
    }
    loyi_cholesky_solve(a, n, b); /* b is the last column of a */
    for (size_t i = 0; i < n; i++) CHECK_NEAR(b[i], i + 1 == n ? 1.0 : 0.0, 1e-12);
  }
}

static void test_failures(void) {
  double indefinite[4] = {1, 2, 2, 1}, singular[4] = {1, 1, 1, 1}, zero[1] = {0}, negative[1] = {-1};
  double not_a_number[4] = {1, 0, (double)NAN, 1}, infinite[1] = {(double)INFINITY};
  double nearly_singular[4] = {1, 1, 1, 1.0000000000000002};
  CU_ASSERT_EQUAL(loyi_cholesky(indefinite, 2), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(singular, 2), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(nearly_singular, 2), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(zero, 1), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(negative, 1), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(not_a_number, 2), 0);
  CU_ASSERT_EQUAL(loyi_cholesky(infinite, 1), 0);
}

/* Parameters of very different sizes, as in an information matrix: scaling rows and columns changes nothing. */
static void test_scales(void) {
  double a[4] = {1e-200, 0, 0.5, 1e200};
  double b[2] = {1e-200, 0.5};
  CU_ASSERT_EQUAL(loyi_cholesky(a, 2), 1);
  loyi_cholesky_solve(a, 2, b);
  CHECK_CLOSE(b[0], 1.0, 1e-15);
  CHECK_NEAR(b[1], 0.0, 1e-215);
}

#endif

SUITE(math, linalg) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_known_factor);
  ADD(test_every_order);
  ADD(test_failures);
  ADD(test_scales);
#endif
}
