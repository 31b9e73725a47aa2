/* test_bgnbd_simulate.c: drawing customers. */
#include "check.h"

enum { N = 60000 };
static double T[N], X[N], TX[N], ALIVE[N], OTHER[N];
static const loy_bgnbd_params params = {.6, 5.0, .9, 2.5};

static void lengths(void) {
  for (int i = 0; i < N; i++) T[i] = 20.0 + 0.001 * (i % 1000);
}

/* Means against the model's own answers, within four standard errors. */
static void test_moments(void) {
  double sum = 0.0, square = 0.0, none = 0.0, alive = 0.0, expected_alive = 0.0, mean, error;
  lengths();
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 7, NULL, X, TX, ALIVE, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    CU_ASSERT(X[i] == floor(X[i]) && X[i] >= 0.0 && TX[i] >= 0.0 && TX[i] <= T[i] && (X[i] > 0.0) == (TX[i] > 0.0));
    sum += X[i];
    square += X[i] * X[i];
    none += X[i] == 0.0;
    alive += ALIVE[i];
    expected_alive += loy_bgnbd_palive(&params, X[i], TX[i], T[i], 0.0);
  }
  mean = sum / N;
  error = sqrt((square / N - mean * mean) / N);
  CHECK_NEAR(mean, loy_bgnbd_expected_purchases_new(&params, 20.4995), 4.0 * error);
  CHECK_NEAR(none / N, loy_bgnbd_pmf(&params, 0.0, 20.4995), 4.0 * 0.5 / sqrt((double)N));
  CHECK_NEAR(alive / N, expected_alive / N, 4.0 * 0.5 / sqrt((double)N));
}

static void test_threads_and_seeds(void) {
  loy_bgnbd_options options;
  const int threads[3] = {1, 2, 7};
  lengths();
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 7, NULL, X, TX, NULL, NULL), LOY_OK);
  loy_bgnbd_options_init(&options);
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 7, &options, ALIVE, OTHER, NULL, NULL), LOY_OK);
    CU_ASSERT_EQUAL(memcmp(ALIVE, X, sizeof X), 0);
    CU_ASSERT_EQUAL(memcmp(OTHER, TX, sizeof TX), 0);
  }
  /* A customer's draw does not depend on who else is in the call. */
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, 100, 7, NULL, ALIVE, OTHER, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(ALIVE, X, 100 * sizeof *X), 0);
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 8, NULL, ALIVE, OTHER, NULL, NULL), LOY_OK);
  CU_ASSERT_NOT_EQUAL(memcmp(ALIVE, X, sizeof X), 0);
}

static void test_log(void) {
  enum { SOME = 2000, MOST = 40000 };
  static int64_t customer[MOST];
  static double time[MOST];
  size_t purchases = 0, again, at = 0;
  loy_error error;
  double early = 0.0, pairs = 0.0;
  lengths();
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, SOME, 7, NULL, X, TX, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_simulate_log(&params, T, SOME, 7, NULL, NULL, 0, &purchases, &error), LOY_OK);
  CU_ASSERT_FATAL(purchases > 1000 && purchases <= MOST);
  CHECK_STATUS(loy_bgnbd_simulate_log(&params, T, SOME, 7, customer, time, purchases - 1, &again, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(again, purchases);
  CHECK_STATUS(loy_bgnbd_simulate_log(&params, T, SOME, 7, customer, time, MOST, &again, &error), LOY_OK);
  /* The log has the purchases of the summary: their number, the last one, in order. */
  for (int i = 0; i < SOME; i++) {
    double before = 0.0;
    for (double left = X[i]; left > 0.0; left -= 1.0, at++) {
      CU_ASSERT_EQUAL(customer[at], i);
      CU_ASSERT(time[at] >= before && time[at] <= T[i]);
      before = time[at];
    }
    CU_ASSERT_EQUAL(before, TX[i]);
    /* Of two purchases the first is uniform before the second. */
    if (X[i] == 2.0) {
      early += time[at - 2] / TX[i];
      pairs += 1.0;
    }
  }
  CU_ASSERT_EQUAL(at, purchases);
  CHECK_NEAR(early / pairs, 0.5, 4.0 * 0.2887 / sqrt(pairs));
}

static void test_extremes(void) {
  const loy_bgnbd_params immortal = {5.0, 1e-6, 1e-4, 1e4}, hasty = {1.0, 1.0, 1e4, 1e-4};
  double t = 1e6, x, t_x;
  CHECK_STATUS(loy_bgnbd_simulate(&immortal, &t, 1, 1, NULL, &x, &t_x, NULL, NULL), LOY_OK);
  CU_ASSERT(x > 1e6 && x <= 2e15 && t_x <= t);
  CHECK_STATUS(loy_bgnbd_simulate(&hasty, &t, 1, 1, NULL, &x, &t_x, NULL, NULL), LOY_OK);
  CU_ASSERT(x == 1.0);
  t = 0.0;
  CHECK_STATUS(loy_bgnbd_simulate(&params, &t, 1, 1, NULL, &x, &t_x, NULL, NULL), LOY_OK);
  CU_ASSERT(x == 0.0 && t_x == 0.0);
}

static void test_errors(void) {
  const loy_bgnbd_params bad = {1.0, 1.0, 1.0, 0.0};
  loy_bgnbd_options options;
  loy_error error;
  size_t purchases;
  int64_t customer;
  double time;
  loy_bgnbd_options_init(&options);
  lengths();
  T[9] = -1.0;
  (void)loy_bgnbd_simulate(&bad, NULL, 10, 1, &options, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  options.struct_size = 0;
  (void)loy_bgnbd_simulate(&params, NULL, 10, 1, &options, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate(&params, T, 10, 1, &options, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate(&params, T, 10, 1, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate(&params, T, 10, 1, NULL, X, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate(&params, T, 10, 1, NULL, X, TX, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 9);
  (void)loy_bgnbd_simulate_log(&params, NULL, 10, 1, NULL, NULL, 1, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate_log(&params, T, 10, 1, NULL, NULL, 1, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "purchases", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate_log(&params, T, 10, 1, NULL, NULL, 1, &purchases, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customer", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate_log(&params, T, 10, 1, &customer, NULL, 1, &purchases, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time", LOY_NO_INDEX);
  (void)loy_bgnbd_simulate_log(&params, T, 10, 1, &customer, &time, 1, &purchases, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 9);
}

SUITE(btyd, bgnbd_simulate) {
  ADD(test_moments);
  ADD(test_threads_and_seeds);
  ADD(test_log);
  ADD(test_extremes);
  ADD(test_errors);
}
