/* test_long_run.c: stationary laws, their standard errors, and mean recurrence times. */
#include "chains.h"

#include "failing_allocator.h"

/* Golden numbers of an independent computation with 40 digits. */
static void test_ladder(void) {
  static const double law[5] = {.02086745789512, .068354068085685, .13403908909414, .22484979718808, .55188958773698};
  static const double se[5] = {.009613556475091, .019065247087713, .027137103139029, .033331361169917,
                               .062551890614302};
  static const double back[5] = {47.92150558185, 14.629707170412, 7.4605102642684, 4.4474133955457, 1.8119566344792};
  double t[25], pi[5], error_of[5], alone[5], periods[5];
  loy_error error;
  ladder_chain(t);
  CHECK_STATUS(loy_chain_stationary(t, 5, ladder_rows, NULL, pi, error_of, &error), LOY_OK);
  CHECK_STATUS(loy_chain_stationary(t, 5, NULL, NULL, alone, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_chain_recurrence(t, 5, NULL, periods, &error), LOY_OK);
  for (size_t i = 0; i < 5; i++) {
    CHECK_CLOSE(pi[i], law[i], 1e-13);
    CHECK_BITS(alone[i], pi[i]);
    CHECK_CLOSE(error_of[i], se[i], 1e-13);
    CHECK_CLOSE(periods[i], back[i], 1e-13);
  }
}

/* Two states with rates a, b: pi_0 = b/(a + b), and its variance is exact in a and b: pi_0 and pi_1 have
 * (pi_0 pi_1)^2 ((1 - a)/(a n_0) + (1 - b)/(b n_1)), here for rates of 1e-12 and 1e-3. */
static void test_two_states(void) {
  const double a = 1e-12, b = 1e-3, t[4] = {1 - 1e-12, 1e-12, 1e-3, 1 - 1e-3}, n[2] = {1e15, 40};
  const double pi_1 = a / (a + b), pi_0 = b / (a + b);
  const double se = pi_0 * pi_1 * sqrt((1 - a) / (a * n[0]) + (1 - b) / (b * n[1]));
  double pi[2], error_of[2];
  CHECK_STATUS(loy_chain_stationary(t, 2, n, NULL, pi, error_of, NULL), LOY_OK);
  CHECK_CLOSE(pi[0], pi_0, 1e-15);
  CHECK_CLOSE(pi[1], pi_1, 1e-15);
  CHECK_CLOSE(error_of[0], se, 1e-14);
  CHECK_CLOSE(error_of[1], se, 1e-14);
}

/* Transient states have 0, whatever their counts; a ring has 1/n each, and nothing of it is uncertain. */
static void test_shapes(void) {
  const double into[9] = {.2, .3, .5, 0, 0, 1, 0, 1, 0}, n[3] = {5, 0, 0}, one[1] = {1};
  static double ring[400 * 400];
  double pi[400], error_of[3];
  CHECK_STATUS(loy_chain_stationary(into, 3, n, NULL, pi, error_of, NULL), LOY_OK);
  for (size_t i = 0; i < 3; i++) {
    CHECK_BITS(pi[i], i == 0 ? 0.0 : .5);
    CHECK_BITS(error_of[i], 0.0);
  }
  CHECK_STATUS(loy_chain_stationary(one, 1, one, NULL, pi, error_of, NULL), LOY_OK);
  CHECK_BITS(pi[0], 1.0);
  CHECK_BITS(error_of[0], 0.0);
  for (size_t i = 0; i < 400; i++) ring[i * 400 + (i + 1) % 400] = 1.0;
  CHECK_STATUS(loy_chain_stationary(ring, 400, NULL, NULL, pi, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < 400; i++) CHECK_CLOSE(pi[i], 1.0 / 400, 1e-15);
}

/* Rare states at the end of the order do not overflow the others: pi_i falls by 1e-40 a state. */
static void test_rare_last(void) {
  static double t[144];
  double pi[12];
  tiny_chain(t, 0);
  CHECK_STATUS(loy_chain_stationary(t, 12, NULL, NULL, pi, NULL, NULL), LOY_OK);
  CHECK_CLOSE(pi[0], 1.0, 1e-15);
  CHECK_CLOSE(pi[1], 1e-40, 1e-15);
  CHECK_CLOSE(pi[7], 1e-280, 1e-14);
  CHECK_BITS(pi[11], 0.0);
}

static void test_recurrence(void) {
  double periods[5];
  loy_error error;
  CHECK_STATUS(loy_chain_recurrence(two_ends, 5, NULL, periods, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "transition", 1);
  CHECK_BITS(periods[0], 2.0);
  CHECK_BITS(periods[1], HUGE_VAL);
  CHECK_BITS(periods[2], 2.0);
  CHECK_BITS(periods[3], 1.0);
  CHECK_BITS(periods[4], HUGE_VAL);
}

/* In the order of the header. */
static void test_errors(void) {
  const double bad[4] = {1, 0, .5, .4}, t[4] = {.5, .5, 0, 1}, zero[2] = {0, 0}, good[2] = {1, 1};
  static double large[257 * 257], tiny[144], out[257], se[257];
  loy_error error;
  for (size_t i = 0; i < 257; i++) large[i * 258] = 1.0;
  for (size_t i = 0; i < 257; i++) out[i] = se[i] = -7.0;
  CHECK_STATUS(loy_chain_stationary(bad, 0, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_stationary(NULL, 2, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transition", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_stationary(bad, 2, NULL, NULL, NULL, se, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_stationary(large, 257, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_stationary(t, 2, NULL, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "row_counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_stationary(t, 2, zero, NULL, NULL, se, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "row_counts", 0);
  CHECK_STATUS(loy_chain_stationary(t, 2, good, NULL, NULL, se, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stationary", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_stationary(two_ends, 5, NULL, NULL, out, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", 3);
  tiny_chain(tiny, 1); /* and a state that is reached only from the first, and leads to the last but it */
  tiny[11] = tiny[11 * 12 + 10] = 1e-40;
  tiny[11 * 12 + 11] = tiny[10 * 12 + 10] = 1.0;
  tiny[10 * 12 + 11] = 0.0;
  CHECK_STATUS(loy_chain_stationary(tiny, 12, NULL, NULL, out, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX);
  tiny_chain(tiny, 0);
  CHECK_STATUS(loy_chain_recurrence(tiny, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_recurrence(bad, 2, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "transition", 1);
  CHECK_STATUS(loy_chain_recurrence(t, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_recurrence(tiny, 12, NULL, out, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX);
  CHECK_UNTOUCHED(out, 257);
  CHECK_UNTOUCHED(se, 257);
}

static void test_memory(void) {
  failing_allocator memory;
  double t[25];
  ladder_chain(t);
  FOR_EACH_FAILURE(memory) {
    double pi[5] = {-7, -7, -7, -7, -7}, se[5] = {-7, -7, -7, -7, -7};
    const loy_status status = loy_chain_stationary(t, 5, ladder_rows, &memory.allocator, pi, se, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) {
      CHECK_UNTOUCHED(pi, 5);
      CHECK_UNTOUCHED(se, 5);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double periods[5] = {-7, -7, -7, -7, -7};
    const loy_status status = loy_chain_recurrence(t, 5, &memory.allocator, periods, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_UNTOUCHED(periods, 5);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(ladder, long_run) {
  ADD(test_ladder);
  ADD(test_two_states);
  ADD(test_shapes);
  ADD(test_rare_last);
  ADD(test_recurrence);
  ADD(test_errors);
  ADD(test_memory);
}
