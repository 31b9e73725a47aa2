/* The incomplete beta and gamma functions: values of python-flint, exact cases, identities, and the edges. */
#include "check.h"

#include "loyalty/math/incomplete.h"

#if LOY_TEST_INTERNALS

static void test_gamma_values(void) {
  CHECK_CLOSE(loyi_gamma_inc(0.0001, 1e-8), 0.99821723628128012, 1e-15);
  CHECK_CLOSE(loyi_gamma_inc(3.0, 0.5), 0.014387677966970687, 2e-15);
  CHECK_CLOSE(loyi_gamma_inc(100000.0, 99000.0), 0.00075741992117476793, 1e-14);
  CHECK_CLOSE(loyi_gamma_inc_upper(0.0001, 0.5), 5.5980292957401714e-05, 3e-15);
  CHECK_CLOSE(loyi_gamma_inc_upper(0.5, 400.0), 5.3958656116079012e-176, 2e-15);
  CHECK_CLOSE(loyi_gamma_inc_upper(1000.0, 1300.0), 1.8736155715785553e-18, 2e-15);
  CHECK_CLOSE(loyi_gamma_inc_upper(100000.0, 101500.0), 1.173684513722169e-06, 5e-15);
}

static void test_beta_values(void) {
  CHECK_CLOSE(loyi_beta_inc(0.0001, 0.0001, 0.25), 0.49994507753576789, 2e-15);
  CHECK_CLOSE(loyi_beta_inc(2.0, 3.0, 0.5), 0.6875, 2e-15);
  CHECK_CLOSE(loyi_beta_inc(50000.0, 60000.0, 0.44), 1.398761428401831e-22, 1e-14);
  CHECK_CLOSE(loyi_beta_inc(0.5, 100000.0, 1e-7), 0.11246277916729648, 2e-15);
  CHECK_CLOSE(loyi_beta_inc_upper(0.001, 5.0, 0.1), 0.00059078068970573692, 3e-15);
  CHECK_CLOSE(loyi_beta_inc_upper(2.0, 3.0, 0.99), 3.9700000000000103e-06, 2e-15);
  CHECK_CLOSE(loyi_beta_inc_upper(30.0, 2000.0, 0.06), 6.4565142439210072e-25, 5e-15);
  CHECK_CLOSE(loyi_beta_inc_upper(100000.0, 100000.0, 0.51), 1.8571347290404196e-19, 1e-14);
}

/* P(1, x) = 1 - exp(-x); I_x(1, b) = 1 - (1-x)^b; I_x(a, 1) = x^a. */
static void test_closed_forms(void) {
  CHECK_CLOSE(loyi_gamma_inc(1.0, 1e-10), 9.9999999995e-11, 2e-15);
  CHECK_CLOSE(loyi_gamma_inc_upper(1.0, 50.0), 1.9287498479639178e-22, 2e-15);
  CHECK_CLOSE(loyi_beta_inc_upper(1.0, 10.0, 0.9), 9.9999999999999777e-11, 2e-15);
  CHECK_CLOSE(loyi_beta_inc(7.0, 1.0, 0.25), 6.103515625e-05, 2e-15);
  CHECK_CLOSE(loyi_beta_inc(0.5, 0.5, 0.5), 0.5, 2e-15);
}

/* The two tails add up to 1, and a beta tail is the other tail of the mirrored distribution. 1 - x is exact here. */
static void test_tails_add_up(void) {
  for (double a = 0.0009765625; a < 1e5; a *= 4.0) {
    for (double b = 0.0009765625; b < 1e5; b *= 4.0) {
      for (double x = 0.0625; x < 1.0; x += 0.0625) {
        double lower = loyi_beta_inc(a, b, x), upper = loyi_beta_inc_upper(a, b, x);
        CU_ASSERT(lower >= 0.0 && lower <= 1.0 && upper >= 0.0 && upper <= 1.0);
        CHECK_NEAR(lower + upper, 1.0, 1e-14);
        CHECK_CLOSE(loyi_beta_inc(b, a, 1.0 - x), upper, 1e-13);
      }
    }
    for (double x = 0.01; x < 1e6; x *= 3.0) {
      double lower = loyi_gamma_inc(a, x), upper = loyi_gamma_inc_upper(a, x);
      CU_ASSERT(lower >= 0.0 && lower <= 1.0 && upper >= 0.0 && upper <= 1.0);
      CHECK_NEAR(lower + upper, 1.0, 1e-14);
    }
  }
}

/* Across the places where the method changes, the functions go on without a step. */
static void test_no_steps(void) {
  static const double a[] = {0.25, 0.999, 1.0, 1.001, 9.999, 10.0, 10.001, 400.0};
  for (size_t i = 0; i < sizeof a / sizeof a[0]; i++) {
    double last = -1.0, last_beta = -1.0;
    for (int k = 1; k < 2000; k++) {
      double p = loyi_gamma_inc(a[i], a[i] * k * 0.001), q = loyi_beta_inc(a[i], 3.0, k / 2000.0);
      CU_ASSERT(p >= last - 1e-15 && q >= last_beta - 1e-15);
      last = p;
      last_beta = q;
    }
  }
}

static void test_edges(void) {
  const double inf = (double)INFINITY, nan = (double)NAN;
  CHECK_BITS(loyi_gamma_inc(2.0, 0.0), 0.0);
  CHECK_BITS(loyi_gamma_inc(2.0, inf), 1.0);
  CHECK_BITS(loyi_gamma_inc_upper(2.0, 0.0), 1.0);
  CHECK_BITS(loyi_gamma_inc_upper(2.0, inf), 0.0);
  CHECK_BITS(loyi_gamma_inc(2.0, 1e10), 1.0);
  CHECK_BITS(loyi_gamma_inc_upper(2.0, 1e10), 0.0);
  CHECK_BITS(loyi_beta_inc(2.0, 3.0, 0.0), 0.0);
  CHECK_BITS(loyi_beta_inc(2.0, 3.0, 1.0), 1.0);
  CHECK_BITS(loyi_beta_inc_upper(2.0, 3.0, 0.0), 1.0);
  CHECK_BITS(loyi_beta_inc_upper(2.0, 3.0, 1.0), 0.0);
  CHECK_BITS(loyi_beta_inc(1e5, 1e5, 0.01), 0.0);
  CU_ASSERT(isnan(loyi_gamma_inc(0.0, 1.0)));
  CU_ASSERT(isnan(loyi_gamma_inc(inf, 1.0)));
  CU_ASSERT(isnan(loyi_gamma_inc(1.0, -1.0)));
  CU_ASSERT(isnan(loyi_gamma_inc_upper(1.0, nan)));
  CU_ASSERT(isnan(loyi_beta_inc(0.0, 1.0, 0.5)));
  CU_ASSERT(isnan(loyi_beta_inc(1.0, -1.0, 0.5)));
  CU_ASSERT(isnan(loyi_beta_inc(1.0, inf, 0.5)));
  CU_ASSERT(isnan(loyi_beta_inc(1.0, 1.0, -0.1)));
  CU_ASSERT(isnan(loyi_beta_inc_upper(1.0, 1.0, 1.1)));
  CU_ASSERT(isnan(loyi_beta_inc_upper(nan, 1.0, 0.5)));
}

#endif

SUITE(math, incomplete) {
  (void)suite;
#if LOY_TEST_INTERNALS
  ADD(test_gamma_values);
  ADD(test_beta_values);
  ADD(test_closed_forms);
  ADD(test_tails_add_up);
  ADD(test_no_steps);
  ADD(test_edges);
#endif
}
