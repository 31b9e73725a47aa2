/* What is no transition matrix, and the classes of chains of every shape. */
#include "check.h"

#include "loyalty/ladder/stochastic.h"

#if LOY_TEST_INTERNALS

static void test_check(void) {
  const double good[4] = {.25, .75, 0, 1}, negative[4] = {1, 0, -.5, 1.5}, missing[4] = {(double)NAN, 1, 0, 1};
  const double short_row[4] = {.5, .5, .5, .4999}, close[4] = {.5, .5 + 9e-10, 0, 1}, tiny[4] = {1, 1e-50, 0, 1};
  loy_error error;
  CHECK_STATUS(loyi_stochastic_check(good, 0, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loyi_stochastic_check(good, LOY_CHAIN_STATES_MOST + 1, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loyi_stochastic_check(NULL, 2, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loyi_stochastic_check(negative, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loyi_stochastic_check(missing, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 0);
  CHECK_STATUS(loyi_stochastic_check(tiny, 2, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loyi_stochastic_check(short_row, 2, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loyi_stochastic_check(close, 2, &error), LOY_OK);
  CHECK_STATUS(loyi_stochastic_check(good, 2, &error), LOY_OK);
}

static void test_classes(void) {
  /* 0 and 2 swap; 1 leads to 0 and 3; 3 stays. */
  const double two[16] = {0, 0, 1, 0, .5, 0, 0, .5, 1, 0, 0, 0, 0, 0, 0, 1};
  uint64_t scratch[4];
  size_t of[4];
  CU_ASSERT_EQUAL(loyi_recurrent_scratch(4), 4);
  CU_ASSERT_EQUAL(loyi_recurrent_scratch(65), 130);
  CU_ASSERT_EQUAL(loyi_recurrent_classes(two, 4, of, scratch), 2);
  CU_ASSERT_EQUAL(of[0], 0);
  CU_ASSERT_EQUAL(of[1], LOY_NO_INDEX);
  CU_ASSERT_EQUAL(of[2], 0);
  CU_ASSERT_EQUAL(of[3], 1);
}

/* A ring of n states is one class however long; cut open, its last state alone is. */
static void test_ring(void) {
  static const size_t sizes[] = {1, 2, 63, 64, 65, 130};
  static double ring[130 * 130];
  static uint64_t scratch[130 * 3];
  static size_t of[130];
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    const size_t n = sizes[s];
    for (size_t i = 0; i < n * n; i++) ring[i] = 0.0;
    for (size_t i = 0; i < n; i++) ring[i * n + (i + 1) % n] = 1.0;
    CU_ASSERT_EQUAL(loyi_recurrent_classes(ring, n, of, scratch), 1);
    for (size_t i = 0; i < n; i++) CU_ASSERT_EQUAL(of[i], 0);
    ring[(n - 1) * n] = 0.0;
    ring[n * n - 1] = 1.0;
    CU_ASSERT_EQUAL(loyi_recurrent_classes(ring, n, of, scratch), 1);
    for (size_t i = 0; i < n; i++) CU_ASSERT_EQUAL(of[i], i + 1 == n ? 0 : LOY_NO_INDEX);
  }
}

#endif

SUITE(ladder, stochastic) {
#if LOY_TEST_INTERNALS
  ADD(test_check);
  ADD(test_classes);
  ADD(test_ring);
#else
  (void)suite;
#endif
}
