/* Exponential smoothing with derivatives, against the sum that it is; sequences. Private functions: not in the shared
 * library. */
#include "check.h"

#include "loyalty/ladder/smoothing.h"

#if LOY_TEST_INTERNALS

/* s_T = lambda^T s_0 + sum lambda^(T-1-t) u_t, differentiated term by term. With u_t = (1 - lambda) d_t too. */
static void test_derivatives(void) {
  enum { PERIODS = 9 };
  const double periods = (double)PERIODS;
  const double lambda = 0.7, input[PERIODS] = {1, 0, 0, 1, 1, 0, 1, 0, 1};
  for (int moving = 0; moving < 2; moving++) {
    loyi_smooth s = {0.4, 0.0, 0.0};
    double value = 0.4 * pow(lambda, periods), first = 0.4 * periods * pow(lambda, periods - 1);
    double second = 0.4 * periods * (periods - 1) * pow(lambda, periods - 2);
    for (int t = 0; t < PERIODS; t++) {
      const int k = PERIODS - 1 - t; /* the power of lambda that the input has in the end */
      const double d = input[t], power = pow(lambda, k), by = k > 0 ? k * pow(lambda, k - 1) : 0.0;
      const double by_by = k > 1 ? k * (k - 1) * pow(lambda, k - 2) : 0.0;
      value += d * (moving ? (1 - lambda) * power : power);
      first += d * (moving ? (1 - lambda) * by - power : by);
      second += d * (moving ? (1 - lambda) * by_by - 2 * by : by_by);
      loyi_smooth_step(&s, lambda, moving ? (1 - lambda) * d : d, moving ? -d : 0.0);
    }
    CHECK_CLOSE(s.value, value, 1e-14);
    CHECK_CLOSE(s.first, first, 1e-13);
    CHECK_CLOSE(s.second, second, 1e-13);
  }
}

static void test_sequences(void) {
  const int64_t good[4] = {0, 2, 2, 5}, late[2] = {1, 2}, falls[4] = {0, 3, 2, 5}, none[1] = {0};
  loy_error error;
  CHECK_STATUS(loyi_sequences_check(good, 3, &error), LOY_OK);
  CHECK_STATUS(loyi_sequences_check(none, 0, &error), LOY_OK);
  CHECK_STATUS(loyi_sequences_check(NULL, 0, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  CHECK_STATUS(loyi_sequences_check(late, 1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 0);
  CHECK_STATUS(loyi_sequences_check(falls, 3, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 2);
}

#endif

SUITE(ladder, smoothing) {
#if LOY_TEST_INTERNALS
  ADD(test_derivatives);
  ADD(test_sequences);
#else
  (void)suite;
#endif
}
