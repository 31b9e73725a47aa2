/* Leaking chains: the textbook example, every order against a closed form, leaks of 1e-30, and what cannot be solved.
 */
#include "check.h"

#include "loyalty/math/mmatrix.h"

#if LOY_TEST_INTERNALS

enum { MOST = 40 };

/* The walk on 1 .. n with steps of 1/2 that is absorbed at 0 and n + 1 has the expected visits
 * 2 min(i, j) (n + 1 - max(i, j)) / (n + 1). */
static void test_walk(void) {
  for (size_t n = 1; n <= MOST; n++) {
    double a[MOST * MOST] = {0}, excess[MOST] = {0}, inverse[MOST * MOST], b[MOST], c[MOST];
    for (size_t i = 0; i < n; i++) {
      if (i > 0) a[i * n + i - 1] = .5;
      if (i + 1 < n) a[i * n + i + 1] = .5;
      if (i == 0) excess[i] += .5;
      if (i + 1 == n) excess[i] += .5;
      a[i * n + i] = (double)NAN; /* not read */
      b[i] = c[i] = i == 0 ? 1.0 : 0.0;
    }
    CU_ASSERT(loyi_mmatrix_factor(a, excess, n) != 0);
    loyi_mmatrix_inverse(a, n, inverse);
    loyi_mmatrix_solve(a, n, b);
    loyi_mmatrix_solve_transposed(a, n, c);
    for (size_t i = 0; i < n; i++) {
      for (size_t j = 0; j < n; j++) {
        const size_t least = (i < j ? i : j) + 1, most = (i < j ? j : i) + 1;
        CHECK_CLOSE(inverse[i * n + j], 2.0 * (double)(least * (n + 1 - most)) / (double)(n + 1), 1e-13);
      }
      CHECK_CLOSE(b[i], inverse[i * n], 1e-13);
      CHECK_CLOSE(c[i], inverse[i], 1e-13);
    }
  }
}

/* Two states that swap for ever but for a leak of e from the second: 1/e visits to each, to the last digit. */
static void test_small_leak(void) {
  const double leak = 1e-30;
  double a[4] = {0, 1, 1, 0}, excess[2] = {0, leak}, b[2] = {1, 0};
  CU_ASSERT(loyi_mmatrix_factor(a, excess, 2) != 0);
  loyi_mmatrix_solve(a, 2, b);
  CHECK_CLOSE(b[0], 1e30, 1e-15);
  CHECK_CLOSE(b[1], 1e30, 1e-15);
}

/* A chain that is nearly two: the law is (1, 1, 3, 3)/8 for rates of 3e-14 and 1e-14 between the halves. */
static void test_left_null(void) {
  double a[16] = {0, .5, 0, 0, .5, 0, 3e-14, 0, 0, 1e-14, 0, .25, 0, 0, .25, 0}, excess[4] = {0, 0, 0, 0}, x[4];
  double one[1] = {1}, none[1] = {0}, y[1];
  CU_ASSERT_EQUAL(loyi_mmatrix_factor(a, excess, 4), 0);
  loyi_mmatrix_left_null(a, 4, x);
  CHECK_CLOSE(x[0], .125, 1e-15);
  CHECK_CLOSE(x[1], .125, 1e-15);
  CHECK_CLOSE(x[2], .375, 1e-15);
  CHECK_CLOSE(x[3], .375, 1e-15);
  CU_ASSERT_EQUAL(loyi_mmatrix_factor(one, none, 1), 0);
  loyi_mmatrix_left_null(one, 1, y);
  CHECK_BITS(y[0], 1.0);
}

static void test_singular(void) {
  double trap[9] = {0, 1, 0, 1, 0, 0, .5, 0, 0}, excess[3] = {0, 0, .5};
  CU_ASSERT_EQUAL(loyi_mmatrix_factor(trap, excess, 3), 0);
}

#endif

SUITE(math, mmatrix) {
#if LOY_TEST_INTERNALS
  ADD(test_walk);
  ADD(test_small_leak);
  ADD(test_left_null);
  ADD(test_singular);
#else
  (void)suite;
#endif
}
