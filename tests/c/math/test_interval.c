/* Intervals on a scale: the ends by their definition, and at both ends of the odds. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/math/interval.h"

static void test_ends(void) {
  double lower, upper;
  loyi_interval_log(5.0, log(4.0), &lower, &upper);
  CHECK_CLOSE(lower, 1.25, 1e-15);
  CHECK_CLOSE(upper, 20.0, 1e-15);
  loyi_interval_odds(0.25, 0.75, log(3.0), &lower, &upper); /* odds 1/3, from 1/9 to 1 */
  CHECK_CLOSE(lower, 0.1, 1e-15);
  CHECK_CLOSE(upper, 0.5, 1e-15);
  loyi_interval_log(5.0, 1e4, &lower, &upper);
  CHECK_BITS(lower, 0.0);
  CHECK_BITS(upper, HUGE_VAL);
}

/* A share next to 1 with its rest given: the distance of the ends from 1 is right. */
static void test_rest(void) {
  double lower, upper;
  loyi_interval_odds(1.0 - 1e-12, 1e-12, log(2.0), &lower, &upper);
  CHECK_CLOSE(1.0 - lower, 2e-12, 1e-3);
  CHECK_CLOSE(1.0 - upper, 5e-13, 1e-3);
  loyi_interval_odds(1e-200, 1.0, log(2.0), &lower, &upper);
  CHECK_CLOSE(lower, 5e-201, 1e-15);
  CHECK_CLOSE(upper, 2e-200, 1e-15);
}

/* Rounding leaves no share outside an interval of no width. */
static void test_no_width(void) {
  for (int i = 1; i < 1000; i++) {
    const double share = i / 1000.0;
    double lower, upper;
    loyi_interval_odds(share, 1.0 - share, 0.0, &lower, &upper);
    CU_ASSERT(lower <= share && share <= upper);
    loyi_interval_odds(share, 1.0 - share, 1e-16, &lower, &upper);
    CU_ASSERT(lower <= share && share <= upper);
  }
}
#endif

SUITE(math, interval) {
#if LOY_TEST_INTERNALS
  ADD(test_ends);
  ADD(test_rest);
  ADD(test_no_width);
#else
  (void)suite;
#endif
}
