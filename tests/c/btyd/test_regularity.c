/* Regularity of purchases: by hand, of simulated customers, and what cannot be said. */
#include "failing_allocator.h"
#include "rfm_log.h"

#define LAST LOY_RFM_LAST_SEEN

static void push(loy_rfm_builder *builder, int64_t customer, int64_t time, int64_t amount) {
  CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_DAY, &customer, &time, &amount, 1, NULL), LOY_OK);
}

/* Customer 1: gaps of 1, 2, 3 and 4 days, with a return in between; 2: gaps of 5 and 5; 3 bought twice; 4 once. */
static loy_rfm_builder *four(void) {
  static const int64_t first[5] = {0, 1, 3, 6, 10};
  loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  for (int i = 0; i < 5; i++) push(builder, 1, 1000 + first[4 - i], 5);
  push(builder, 1, 1002, -5);
  for (int i = 0; i < 3; i++) push(builder, 2, 1000 + 5 * i, 5);
  push(builder, 3, 1000, 5);
  push(builder, 3, 1003, 5);
  push(builder, 4, 1000, 5);
  return builder;
}

static void test_by_hand(void) {
  const double v = (1.0 / 36.0 + 1.0 / 196.0 + 0.0) / 3.0, k = (1.0 - 4.0 * v) / (8.0 * v);
  const double one = 1.0 / 36.0 + 1.0 / 196.0 - 2.0 * v, two = -v;
  loy_rfm_builder *builder = four();
  loy_regularity found;
  loy_error error;
  CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_DAY, LAST, &found, &error), LOY_OK);
  CHECK_CLOSE(found.variance, v, 1e-15);
  CHECK_CLOSE(found.k, k, 1e-14);
  CHECK_CLOSE(found.std_error, sqrt(one * one + two * two) / 3.0 / (8.0 * v * v), 1e-13);
  CU_ASSERT(found.pairs == 3 && found.customers == 2);
  /* Up to day 1003 there is one pair, 1 and 2 days. */
  CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_DAY, 1003, &found, &error), LOY_OK);
  CHECK_CLOSE(found.k, 4.0, 1e-14);
  CU_ASSERT(isnan(found.std_error) && found.pairs == 1 && found.customers == 1);
  loy_rfm_destroy(builder);
}

static void test_errors(void) {
  loy_rfm_builder *builder = four(), *even = new_builder(LOY_RFM_MERGE_DAY, LOY_RFM_REFUNDS_NET);
  loy_regularity found;
  loy_error error;
  found.pairs = -7;
  CHECK_STATUS(loy_regularity_of(NULL, (loy_tick)9, INT64_MAX, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "builder", LOY_NO_INDEX);
  CHECK_STATUS(loy_regularity_of(builder, (loy_tick)9, INT64_MAX, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "tick", LOY_NO_INDEX);
  CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_DAY, INT64_MAX, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "end", LOY_NO_INDEX);
  CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_DAY, LAST, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_DAY, 1001, &found, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "builder", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(found.pairs, -7);
  for (int i = 0; i < 3; i++) push(even, 1, 1000 + 5 * i, 5);
  CHECK_STATUS(loy_regularity_of(even, LOY_TICK_DAY, LAST, &found, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "k", LOY_NO_INDEX);
  CU_ASSERT(found.k == HUGE_VAL && isnan(found.std_error) && found.variance == 0.0);
  loy_rfm_destroy(even);
  loy_rfm_destroy(builder);
}

/* Customers drawn with k stages, observed for long: k within four standard errors, of purchases at random 1. */
static void test_simulated(void) {
  enum { N = 3000, PURCHASES = 400000 };
  static double T[N], time[PURCHASES];
  static int64_t customer[PURCHASES], day[PURCHASES], amount[PURCHASES];
  for (int k = 1; k <= 3; k++) {
    const loy_bgcnbd_params params = {4.0, 80.0 / k, .2, 9.0, (double)k};
    loy_rfm_builder *builder = new_builder(LOY_RFM_MERGE_HOUR, LOY_RFM_REFUNDS_NET);
    loy_regularity found;
    size_t n = 0;
    for (int i = 0; i < N; i++) T[i] = 2000.0;
    CHECK_STATUS(loy_bgcnbd_simulate_log(&params, T, N, 5, customer, time, PURCHASES, &n, NULL), LOY_OK);
    for (size_t i = 0; i < n; i++) {
      day[i] = 86400 * 9000 + (int64_t)(time[i] * 86400.0);
      amount[i] = 5;
    }
    for (int64_t i = 0; i < N; i++) {
      int64_t zero = 86400 * (int64_t)9000, five = 5;
      CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_SECOND, &i, &zero, &five, 1, NULL), LOY_OK);
    }
    CHECK_STATUS(loy_rfm_push(builder, LOY_TICK_SECOND, customer, day, amount, n, NULL), LOY_OK);
    CHECK_STATUS(loy_regularity_of(builder, LOY_TICK_SECOND, LAST, &found, NULL), LOY_OK);
    CHECK_NEAR(found.k, (double)k, 4.0 * found.std_error);
    CU_ASSERT(found.std_error < 0.05 * k && found.pairs > 20000);
    loy_rfm_destroy(builder);
  }
}

static void test_memory(void) {
  static const int64_t customer[4] = {1, 1, 1, 1}, time[4] = {0, 40, 50, 90};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_rfm_options options;
    loy_rfm_builder *builder = NULL;
    loy_regularity found;
    loy_status status;
    found.pairs = 7;
    loy_rfm_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_rfm_create(&options, &builder, NULL);
    if (status == LOY_OK) status = loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 4, NULL);
    if (status == LOY_OK) status = loy_rfm_push(builder, LOY_TICK_DAY, customer, time, NULL, 2, NULL);
    if (status == LOY_OK) status = loy_regularity_of(builder, LOY_TICK_DAY, LAST, &found, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(found.pairs, memory.failed ? 7 : 1);
    loy_rfm_destroy(builder);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, regularity) {
  ADD(test_by_hand);
  ADD(test_errors);
  ADD(test_simulated);
  ADD(test_memory);
}
