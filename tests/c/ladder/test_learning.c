/* The linear learning model: the worked example, limits, forecasts against the recursion itself, draws, every error. */
#include "check.h"

#include "loyalty/ladder/learning.h"

static const loy_learning_params kuehn = {0.05, 0.30, 0.60};

static void test_filter(void) {
  static const int64_t offset[4] = {0, 4, 4, 5};
  static const double bought[5] = {1, 1, 0, 1, 0};
  static const double expected[4] = {0.5, 0.65, 0.74, 0.494};
  loy_learning_data data = {offset, bought, NULL, 3};
  double p[5], l[5], next[3], total = 0.0;
  loy_error error;
  CHECK_STATUS(loy_learning_filter(&kuehn, 0.5, &data, p, l, next, &error), LOY_OK);
  for (int t = 0; t < 4; t++) {
    CHECK_CLOSE(p[t], expected[t], 1e-15);
    CHECK_CLOSE(l[t], t == 2 ? log(1.0 - expected[t]) : log(expected[t]), 1e-14);
    total += l[t];
  }
  CHECK_NEAR(total, -3.1762235064, 1e-10);
  CHECK_CLOSE(next[0], 0.6464, 1e-15);
  CHECK_CLOSE(next[1], 0.5, 0.0);
  CHECK_CLOSE(p[4], 0.5, 0.0);
  CHECK_CLOSE(next[2], 0.35, 1e-15);
  CHECK_STATUS(loy_learning_filter(&kuehn, 0.5, &data, NULL, NULL, NULL, NULL), LOY_OK);
}

/* A probability near 1 keeps the digits of what is missing; the impossible is -infinity. */
static void test_edges(void) {
  static const int64_t offset[2] = {0, 60};
  const loy_learning_params all = {0.25, 0.25, 0.5};
  double bought[60], l[60];
  loy_learning_data data = {offset, bought, NULL, 1};
  for (int t = 0; t < 60; t++) bought[t] = t < 59;
  CHECK_STATUS(loy_learning_filter(&all, 0.5, &data, NULL, l, NULL, NULL), LOY_OK);
  CHECK_CLOSE(l[58], log1p(-ldexp(1.0, -59)), 1e-14); /* 1 - p halves with every purchase: rest is 0 */
  CHECK_CLOSE(l[59], -60.0 * log(2.0), 1e-14);
  bought[0] = 0.0;
  CHECK_STATUS(loy_learning_filter(&all, 1.0, &data, NULL, l, NULL, NULL), LOY_OK);
  CU_ASSERT(l[0] == -(double)INFINITY);
}

static void test_limits(void) {
  const loy_learning_params still = {0.0, 0.0, 1.0}, martingale = {0.0, 0.25, 0.75}, none = {0.3, 0.0, 0.0};
  loy_learning_limits limits;
  loy_error error;
  CHECK_STATUS(loy_learning_limits_of(&kuehn, &limits, &error), LOY_OK);
  CHECK_CLOSE(limits.upper, 0.875, 1e-14);
  CHECK_CLOSE(limits.lower, 0.125, 1e-14);
  CHECK_CLOSE(limits.mean, 0.5, 1e-14);
  CHECK_STATUS(loy_learning_limits_of(&none, &limits, NULL), LOY_OK);
  CU_ASSERT(limits.upper == 0.3 && limits.lower == 0.3 && limits.mean == 0.3);
  CHECK_STATUS(loy_learning_limits_of(&still, &limits, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "lambda", LOY_NO_INDEX);
  CU_ASSERT(isnan(limits.upper) && isnan(limits.lower) && isnan(limits.mean));
  CHECK_STATUS(loy_learning_limits_of(&martingale, &limits, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "lambda", LOY_NO_INDEX);
  CU_ASSERT(limits.upper == 1.0 && limits.lower == 0.0 && isnan(limits.mean));
}

/* Against the recursion of the mean, E p' = alpha + (beta + lambda) E p, step by step. */
static void test_forecast(void) {
  double p[3] = {0.0, 0.35, 1.0}, later[3], purchases[3];
  for (uint64_t periods = 0; periods < 70; periods++) {
    CHECK_STATUS(loy_learning_forecast(&kuehn, p, 3, periods, later, purchases, NULL), LOY_OK);
    for (int i = 0; i < 3; i++) {
      double mean = p[i], sum = 0.0;
      for (uint64_t t = 0; t < periods; t++) {
        sum += mean;
        mean = 0.05 + 0.9 * mean;
      }
      CHECK_CLOSE(later[i], mean, 1e-14);
      CHECK_CLOSE(purchases[i], sum, 1e-14);
    }
  }
  {
    /* Nothing is lost where beta + lambda is 1, and an output may be the input. */
    const loy_learning_params martingale = {0.0, 0.25, 0.75};
    CHECK_STATUS(loy_learning_forecast(&martingale, p, 3, 1000000, NULL, purchases, NULL), LOY_OK);
    CHECK_CLOSE(purchases[1], 350000.0, 1e-12);
    CHECK_STATUS(loy_learning_forecast(&kuehn, p, 3, UINT64_MAX, p, NULL, NULL), LOY_OK);
    CHECK_CLOSE(p[0], 0.5, 1e-12);
    CHECK_CLOSE(p[2], 0.5, 1e-12);
  }
}

/* Draws are those of the seed, each customer of a stream of its own, with the right mean. */
static void test_simulate(void) {
  enum { CUSTOMERS = 2000, EACH = 10 };
  static int64_t offset[CUSTOMERS + 1];
  static double bought[CUSTOMERS * EACH], again[CUSTOMERS * EACH];
  double mean = 0.2, sum, square;
  for (int64_t i = 0; i <= CUSTOMERS; i++) offset[i] = i * EACH;
  CHECK_STATUS(loy_learning_simulate(&kuehn, 0.2, offset, CUSTOMERS, 5, bought, NULL), LOY_OK);
  CHECK_STATUS(loy_learning_simulate(&kuehn, 0.2, offset, 3, 5, again, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(bought, again, 3 * EACH * sizeof *bought), 0);
  for (int t = 0; t < EACH; t++) {
    sum = 0.0;
    for (int i = 0; i < CUSTOMERS; i++) sum += bought[i * EACH + t];
    square = sqrt(mean * (1.0 - mean) / (double)CUSTOMERS);
    CHECK_NEAR(sum / (double)CUSTOMERS, mean, 4.0 * square);
    mean = 0.05 + 0.9 * mean;
  }
}

static void test_errors(void) {
  const int64_t late[2] = {1, 2}, falls[3] = {0, 2, 1};
  int64_t offset[3] = {0, 2, 4};
  double bought[4] = {0, 1, 1, 2}, p[2] = {0.5, -0.1}, out[4] = {9, 9, 9, 9}, sum;
  loy_learning_params params = {-1.0, 2.0, (double)NAN};
  loy_learning_data data = {NULL, NULL, NULL, 2};
  loy_learning_limits limits = {9, 9, 9};
  loy_error error;
  CHECK_STATUS(loy_learning_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_check(&params, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX);
  params.alpha = 0.1;
  CHECK_STATUS(loy_learning_check(&params, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  params.beta = 0.3;
  CHECK_STATUS(loy_learning_check(&params, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX);
  params.lambda = 0.61;
  CHECK_STATUS(loy_learning_check(&params, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX);
  params.lambda = 0.6;
  CHECK_STATUS(loy_learning_check(&params, &error), LOY_OK);

  CHECK_STATUS(loy_learning_limits_of(NULL, &limits, NULL), LOY_ERR_ARGUMENT);
  CU_ASSERT_EQUAL(limits.mean, 9.0);
  CHECK_STATUS(loy_learning_limits_of(&params, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "limits", LOY_NO_INDEX);

  CHECK_STATUS(loy_learning_filter(NULL, 2.0, NULL, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_filter(&params, 1.5, NULL, out, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_filter(&params, 0.5, NULL, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_filter(&params, 0.5, &data, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  data.offset = late;
  CHECK_STATUS(loy_learning_filter(&params, 0.5, &data, out, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 0);
  data.offset = falls;
  CHECK_STATUS(loy_learning_filter(&params, 0.5, &data, out, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 2);
  data.offset = offset;
  CHECK_STATUS(loy_learning_filter(&params, 0.5, &data, out, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX);
  data.bought = bought;
  CHECK_STATUS(loy_learning_filter(&params, 0.5, &data, out, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "bought", 3);

  CHECK_STATUS(loy_learning_forecast(NULL, NULL, 2, 1, out, &sum, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_learning_forecast(&params, NULL, 2, 1, out, &sum, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "p", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_forecast(&params, p, 2, 1, out, &sum, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "p", 1);

  CHECK_STATUS(loy_learning_simulate(NULL, 2.0, NULL, 2, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_learning_simulate(&params, 2.0, NULL, 2, 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_simulate(&params, 0.5, NULL, 2, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX);
  CHECK_STATUS(loy_learning_simulate(&params, 0.5, falls, 2, 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "offset", 2);
  CHECK_STATUS(loy_learning_simulate(&params, 0.5, offset, 2, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX);
  for (int i = 0; i < 4; i++) CU_ASSERT_EQUAL(out[i], 9.0);
}

SUITE(ladder, learning) {
  ADD(test_filter);
  ADD(test_edges);
  ADD(test_limits);
  ADD(test_forecast);
  ADD(test_simulate);
  ADD(test_errors);
}
