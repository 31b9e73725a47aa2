/* purchase_draws.h: what holds for the draws of every model of purchase_lifetime.h. A test file defines
 *   MODEL(f)  loy_<model>_f
 *   USUAL     values of its parameters
 *   PERIODS   where times are whole numbers of periods
 * and adds the tests by ADD_DRAWS. */
#include "check.h"

enum { DRAWS = 40000 };
static const MODEL(params) drawn = USUAL;
static double draw_T[DRAWS], draw_x[DRAWS], draw_t_x[DRAWS], draw_alive[DRAWS], other_x[DRAWS], other_t_x[DRAWS];

/* Draws against the model's own answers, within four standard errors; the rules of seeds and threads; the log has the
 * purchases of the summary. */
static void contract_draws(void) {
  enum { SOME = 1000, MOST = 100000 };
  static int64_t customer[MOST];
  static double time[MOST];
  MODEL(options) options;
  loy_error error;
  size_t purchases = 0, again, at = 0;
  double sum = 0.0, square = 0.0, none = 0.0, alive = 0.0, expected_alive = 0.0, mean, n = DRAWS;
  for (int i = 0; i < DRAWS; i++) draw_T[i] = 20.0;
  CHECK_STATUS(MODEL(simulate)(&drawn, draw_T, DRAWS, 7, NULL, draw_x, draw_t_x, draw_alive, &error), LOY_OK);
  for (int i = 0; i < DRAWS; i++) {
    CU_ASSERT(draw_x[i] == floor(draw_x[i]) && draw_x[i] >= 0.0 && draw_t_x[i] >= 0.0 && draw_t_x[i] <= 20.0);
    CU_ASSERT((draw_x[i] > 0.0) == (draw_t_x[i] > 0.0));
    sum += draw_x[i];
    square += draw_x[i] * draw_x[i];
    none += draw_x[i] == 0.0;
    alive += draw_alive[i];
    expected_alive += MODEL(palive)(&drawn, draw_x[i], draw_t_x[i], 20.0, 0.0);
  }
  mean = sum / n;
  CHECK_NEAR(mean, MODEL(expected_purchases_new)(&drawn, 20.0), 4.0 * sqrt((square / n - mean * mean) / n));
  CHECK_NEAR(none / n, MODEL(pmf)(&drawn, 0.0, 20.0), 2.0 / sqrt(n));
  CHECK_NEAR(alive / n, expected_alive / n, 2.0 / sqrt(n));
  MODEL(options_init)(&options);
  options.threads = 3;
  CHECK_STATUS(MODEL(simulate)(&drawn, draw_T, DRAWS / 2, 7, &options, other_x, other_t_x, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(other_x, draw_x, sizeof draw_x / 2), 0);
  CU_ASSERT_EQUAL(memcmp(other_t_x, draw_t_x, sizeof draw_t_x / 2), 0);
  CHECK_STATUS(MODEL(simulate)(&drawn, draw_T, DRAWS, 8, NULL, other_x, other_t_x, NULL, NULL), LOY_OK);
  CU_ASSERT_NOT_EQUAL(memcmp(other_x, draw_x, sizeof draw_x), 0);
  CHECK_STATUS(MODEL(simulate_log)(&drawn, draw_T, SOME, 7, NULL, NULL, 0, &purchases, &error), LOY_OK);
  CU_ASSERT_FATAL(purchases > 100 && purchases <= MOST);
  CHECK_STATUS(MODEL(simulate_log)(&drawn, draw_T, SOME, 7, customer, time, purchases - 1, &again, &error),
               LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(again, purchases);
  CHECK_STATUS(MODEL(simulate_log)(&drawn, draw_T, SOME, 7, customer, time, MOST, &again, &error), LOY_OK);
  for (int i = 0; i < SOME; i++) {
    double before = 0.0;
    for (double left = draw_x[i]; left > 0.0; left -= 1.0, at++) {
      CU_ASSERT(customer[at] == i && time[at] >= before && time[at] <= 20.0);
      before = time[at];
    }
    CU_ASSERT_EQUAL(before, draw_t_x[i]);
  }
  CU_ASSERT_EQUAL(at, purchases);
}

static void contract_draw_errors(void) {
  MODEL(options) options;
  loy_error error;
  size_t purchases;
  int64_t customer;
  double time, T[10];
  MODEL(params) bad = drawn;
  bad.alpha = 0.0;
  for (int i = 0; i < 10; i++) T[i] = i < 9 ? 1.0 : -1.0;
  MODEL(options_init)(&options);
  options.struct_size = 0;
#define EXPECT(call, status, argument, index)                                                                          \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, index);                                                                      \
  } while (0)
  EXPECT(MODEL(simulate)(NULL, NULL, 10, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "params",
         LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&bad, NULL, 10, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&drawn, NULL, 10, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&drawn, T, 10, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "options",
         LOY_NO_INDEX);
  options.struct_size = sizeof options;
  options.threads = -1;
  EXPECT(MODEL(simulate)(&drawn, T, 10, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "threads",
         LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&drawn, T, 10, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&drawn, T, 10, 1, NULL, draw_x, NULL, NULL, &error), LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  EXPECT(MODEL(simulate)(&drawn, T, 10, 1, NULL, draw_x, draw_t_x, NULL, &error), LOY_ERR_DOMAIN, "T", 9);
  EXPECT(MODEL(simulate_log)(&bad, NULL, 10, 1, NULL, NULL, 1, NULL, &error), LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
  EXPECT(MODEL(simulate_log)(&drawn, NULL, 10, 1, NULL, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  EXPECT(MODEL(simulate_log)(&drawn, T, 10, 1, NULL, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT, "purchases",
         LOY_NO_INDEX);
  EXPECT(MODEL(simulate_log)(&drawn, T, 10, 1, NULL, NULL, 1, &purchases, &error), LOY_ERR_ARGUMENT, "customer",
         LOY_NO_INDEX);
  EXPECT(MODEL(simulate_log)(&drawn, T, 10, 1, &customer, NULL, 1, &purchases, &error), LOY_ERR_ARGUMENT, "time",
         LOY_NO_INDEX);
  EXPECT(MODEL(simulate_log)(&drawn, T, 10, 1, &customer, &time, 1, &purchases, &error), LOY_ERR_DOMAIN, "T", 9);
#undef EXPECT
}

#ifndef PERIODS
/* A time that is drawn is one that the model takes, also within the shortest observation. */
static void contract_draws_in_range(void) {
  MODEL(params) fast = drawn;
  loy_error error;
  double T[200], x[200], t_x[200];
  int bought = 0;
  fast.alpha = 1e-40;
  for (int i = 0; i < 200; i++) T[i] = 1e-40;
  CHECK_STATUS(MODEL(simulate)(&fast, T, 200, 3, NULL, x, t_x, NULL, &error), LOY_OK);
  for (int i = 0; i < 200; i++) {
    bought += x[i] > 0.0;
    CHECK_STATUS(MODEL(check_customer)(&fast, x[i], t_x[i], T[i], 0.0, &error), LOY_OK);
  }
  CU_ASSERT(bought > 20);
}
#  define ADD_RANGE_DRAWS ADD(contract_draws_in_range)
#else
#  define ADD_RANGE_DRAWS ((void)0)
#endif

#define ADD_DRAWS                                                                                                      \
  do {                                                                                                                 \
    ADD(contract_draws);                                                                                               \
    ADD_RANGE_DRAWS;                                                                                                   \
    ADD(contract_draw_errors);                                                                                         \
  } while (0)
