/* Draws of customers: the loops around a model whose customers are known. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/draws.h"

enum { CUSTOMERS = 700, MOST = 2400 };

/* Customer i makes i % 7 purchases, the last in the middle of the observation; odd ones are alive. */
static void draw(const void *model, double T, uint64_t seed, size_t i, loyi_draw *customer) {
  (void)model;
  loyi_rng_seed_stream(&customer->rng, seed, i);
  customer->x = (double)(i % 7);
  customer->t_x = i % 7 ? T / 2 : 0;
  customer->alive = (double)(i % 2);
}

static double T[CUSTOMERS], x[CUSTOMERS], t_x[CUSTOMERS], alive[CUSTOMERS], other[CUSTOMERS];

static void fill(void) {
  for (int i = 0; i < CUSTOMERS; i++) T[i] = 1.0 + i;
}

static void test_summaries(void) {
  fill();
  CHECK_STATUS(loyi_draws(draw, NULL, T, CUSTOMERS, 5, 1, x, t_x, alive, NULL), LOY_OK);
  for (int i = 0; i < CUSTOMERS; i++) {
    CHECK_BITS(x[i], (double)(i % 7));
    CHECK_BITS(t_x[i], i % 7 ? T[i] / 2 : 0.0);
    CHECK_BITS(alive[i], (double)(i % 2));
  }
  CHECK_STATUS(loyi_draws(draw, NULL, T, CUSTOMERS, 5, 3, other, t_x, NULL, NULL), LOY_OK);
  for (int i = 0; i < CUSTOMERS; i++) CHECK_BITS(other[i], x[i]);
}

/* In order of customer and time, the last at t_x; where earlier ones lie has mean t_x / 2. */
static void test_log(void) {
  static int64_t customer[MOST];
  static double time[MOST];
  size_t purchases = 0, at = 0, earlier = 0;
  double sum = 0;
  fill();
  CHECK_STATUS(loyi_draws_log(draw, NULL, T, CUSTOMERS, 5, NULL, NULL, 0, &purchases, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(purchases, 2100); /* 100 times 0 + 1 + ... + 6 */
  CHECK_STATUS(loyi_draws_log(draw, NULL, T, CUSTOMERS, 5, customer, time, MOST, &purchases, NULL), LOY_OK);
  for (int i = 0; i < CUSTOMERS; i++) {
    for (int k = 0; k < i % 7; k++, at++) {
      CU_ASSERT_EQUAL(customer[at], i);
      CU_ASSERT(k == 0 || time[at] >= time[at - 1]);
      if (k + 1 < i % 7) {
        sum += time[at] / (T[i] / 2);
        earlier++;
      } else {
        CHECK_BITS(time[at], T[i] / 2);
      }
    }
  }
  CU_ASSERT_EQUAL(at, purchases);
  CHECK_NEAR(sum / (double)earlier, 0.5, 4 * 0.2887 / sqrt((double)earlier));
}

static void test_errors(void) {
  const double bad[2] = {1, -1};
  int64_t customer[1] = {7};
  double time[1] = {7}, one[2] = {7, 7}, two[2] = {7, 7};
  size_t purchases = 7;
  loy_error error;
  CHECK_STATUS(loyi_draws(draw, NULL, T, 2, 5, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws(draw, NULL, T, 2, 5, 1, one, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws(draw, NULL, bad, 2, 5, 1, one, two, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 1);
  CU_ASSERT_EQUAL(one[0], 7);
  CHECK_STATUS(loyi_draws_log(draw, NULL, NULL, 2, 5, NULL, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws_log(draw, NULL, bad, 2, 5, NULL, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "purchases", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws_log(draw, NULL, bad, 2, 5, NULL, NULL, 1, &purchases, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws_log(draw, NULL, bad, 2, 5, customer, NULL, 1, &purchases, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX);
  CHECK_STATUS(loyi_draws_log(draw, NULL, bad, 2, 5, customer, time, 1, &purchases, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 1);
  CU_ASSERT_EQUAL(purchases, 7);
  fill();
  CHECK_STATUS(loyi_draws_log(draw, NULL, T, 3, 5, customer, time, 1, &purchases, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT(purchases == 3 && customer[0] == 7 && time[0] == 7);
}
#endif

SUITE(btyd, draws) {
#if LOY_TEST_INTERNALS
  ADD(test_summaries);
  ADD(test_log);
  ADD(test_errors);
#else
  (void)suite;
#endif
}
