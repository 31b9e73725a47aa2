/* Draws of the BG/BB model: the contract of all models, full histories, and the law of (x, t_x).
 * MODEL stands for loy_bgbb_simulate, loy_bgbb_simulate_log. */
#define MODEL(f) loy_bgbb_##f
#define USUAL                                                                                                          \
  { 1.20, 0.75, 0.66, 2.78 }
#define PERIODS
#include "purchase_draws.h"

/* A history is the customer's log as a row of 0 and 1. */
static void test_histories(void) {
  enum { SOME = 500, LONG = 12 };
  static double history[SOME * LONG], T[SOME], x[SOME], t_x[SOME], time[SOME * LONG];
  static int64_t customer[SOME * LONG];
  size_t purchases = 0, ones = 0;
  loy_error error;
  for (int i = 0; i < SOME; i++) T[i] = LONG;
  CHECK_STATUS(loy_bgbb_simulate_histories(&drawn, SOME, LONG, 11, history, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_STATUS(loy_bgbb_simulate(&drawn, T, SOME, 11, NULL, x, t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgbb_simulate_log(&drawn, T, SOME, 11, customer, time, SOME * LONG, &purchases, NULL), LOY_OK);
  for (size_t i = 0; i < SOME; i++) {
    double sum = 0.0, last = 0.0;
    for (size_t j = 0; j < LONG; j++) {
      CU_ASSERT(history[i * LONG + j] == 0.0 || history[i * LONG + j] == 1.0);
      sum += history[i * LONG + j];
      if (history[i * LONG + j] == 1.0) last = (double)(j + 1);
    }
    CHECK_BITS(sum, x[i]);
    CHECK_BITS(last, t_x[i]);
    ones += (size_t)sum;
  }
  CU_ASSERT_EQUAL(ones, purchases);
  for (size_t k = 0; k < purchases; k++) CHECK_BITS(history[(size_t)customer[k] * LONG + (size_t)time[k] - 1], 1.0);
  CHECK_STATUS(loy_bgbb_simulate_histories(&drawn, SOME, 0, 11, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_bgbb_simulate_histories(&drawn, 0, LONG, 11, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_bgbb_simulate_histories(NULL, SOME, 100001, 11, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgbb_simulate_histories(&drawn, SOME, 100001, 11, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "periods", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgbb_simulate_histories(&drawn, SOME, LONG, 11, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "history", LOY_NO_INDEX);
}

/* Each (x, t_x) comes as often as its likelihood times the number of its orders says: chi-squared, 21 degrees. */
static void test_law(void) {
  double count[7][7], chi2 = 0.0;
  memset(count, 0, sizeof count);
  for (int i = 0; i < DRAWS; i++) draw_T[i] = 6.0;
  CHECK_STATUS(loy_bgbb_simulate(&drawn, draw_T, DRAWS, 5, NULL, draw_x, draw_t_x, draw_alive, NULL), LOY_OK);
  for (int i = 0; i < DRAWS; i++) count[(int)draw_x[i]][(int)draw_t_x[i]] += 1.0;
  for (int t_x = 0; t_x <= 6; t_x++)
    for (int x = t_x > 0; x <= t_x; x++) {
      double expected = (double)DRAWS * exp(loy_bgbb_loglik(&drawn, x, t_x, 6));
      for (int i = 1; i < x; i++) expected *= (double)(t_x - i) / (double)i;
      chi2 += (count[x][t_x] - expected) * (count[x][t_x] - expected) / expected;
    }
  CU_ASSERT(chi2 < 46.8); /* 1 in 1000 */
  draw_T[17] = 2.5;
  {
    loy_error error;
    CHECK_STATUS(loy_bgbb_simulate(&drawn, draw_T, DRAWS, 5, NULL, draw_x, draw_t_x, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 17);
  }
}

/* Probabilities that underflow to 0 or 1 are drawn as well. */
static void test_extremes(void) {
  static const loy_bgbb_params ends[4] = {
      {1e-10, 1e-10, 1e-10, 1e-10}, {1e10, 1e-10, 1e-10, 1e10}, {1e-10, 1e10, 1e10, 1e-10}, {1e-10, 1e-10, 1e10, 1e10}};
  double T[50], x[50], t_x[50];
  for (int k = 0; k < 4; k++) {
    for (int i = 0; i < 50; i++) T[i] = i;
    CHECK_STATUS(loy_bgbb_simulate(&ends[k], T, 50, 5, NULL, x, t_x, NULL, NULL), LOY_OK);
    for (int i = 0; i < 50; i++) CHECK_STATUS(loy_bgbb_check_customer(&ends[k], x[i], t_x[i], T[i], 0, NULL), LOY_OK);
    if (k == 1) CU_ASSERT(x[49] == 49.0 && t_x[49] == 49.0);
  }
}

SUITE(btyd, bgbb_simulate) {
  ADD_DRAWS;
  ADD(test_histories);
  ADD(test_law);
  ADD(test_extremes);
}
