/* test_mbgnbd_simulate.c: drawing customers who may stop at time zero. What this shares with BG/NBD is tested in
 * test_bgnbd_simulate.c. */
#include "check.h"

enum { N = 60000 };
static double T[N], X[N], TX[N], ALIVE[N], OTHER[N];
static const loy_mbgnbd_params params = {.6, 5.0, .9, 2.5};

/* The number of purchases follows the model's own probabilities, and who is alive follows P(alive) within each number,
 * zero included. */
static void test_distribution(void) {
  enum { MOST = 12 };
  double count[MOST + 1] = {0}, alive[MOST + 1] = {0}, expected_alive[MOST + 1] = {0}, chi = 0.0, rest = 1.0;
  double sum = 0.0, square = 0.0, mean;
  for (int i = 0; i < N; i++) T[i] = 30.0;
  CHECK_STATUS(loy_mbgnbd_simulate(&params, T, N, 99, NULL, X, TX, ALIVE, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    int n = X[i] < (double)MOST ? (int)X[i] : MOST;
    count[n] += 1.0;
    alive[n] += ALIVE[i];
    sum += X[i];
    square += X[i] * X[i];
    expected_alive[n] += loy_mbgnbd_palive(&params, X[i], TX[i], T[i], 0.0);
    CU_ASSERT(ALIVE[i] == 0.0 || ALIVE[i] == 1.0);
    CU_ASSERT(X[i] == floor(X[i]) && X[i] >= 0.0 && TX[i] >= 0.0 && TX[i] <= T[i] && (X[i] > 0.0) == (TX[i] > 0.0));
  }
  for (int n = 0; n <= MOST; n++) {
    double p = n < MOST ? loy_mbgnbd_pmf(&params, n, 30.0) : rest, expected = (double)N * p;
    chi += (count[n] - expected) * (count[n] - expected) / expected;
    rest -= p;
    CHECK_NEAR(alive[n], expected_alive[n], 4.0 * 0.5 * sqrt(count[n]) + 1.0);
  }
  /* Chi square with 12 degrees of freedom: mean 12, four standard deviations 20. */
  CU_ASSERT(chi < 12.0 + 4.0 * sqrt(24.0));
  mean = sum / (double)N;
  CHECK_NEAR(mean, loy_mbgnbd_expected_purchases_new(&params, 30.0),
             4.0 * sqrt((square / (double)N - mean * mean) / (double)N));
}

/* The fit finds the parameters that the customers were drawn with, within four standard errors. */
static void test_recovery(void) {
  static const loy_mbgnbd_params truth[4] = {
      {.525, 6.183, .891, 1.614}, {2.0, 10.0, .5, 1.0}, {.4, .3, 3.0, 9.0}, {1.0, .05, 1.5, 60.0}};
  for (int c = 0; c < 4; c++) {
    loy_mbgnbd_fit_result fit;
    for (int i = 0; i < N; i++) T[i] = 10.0 + 0.002 * (i % 20000);
    CHECK_STATUS(loy_mbgnbd_simulate(&truth[c], T, N, 1000u + (uint64_t)c, NULL, X, TX, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_mbgnbd_fit(X, TX, T, NULL, N, NULL, &fit, NULL), LOY_OK);
    CHECK_NEAR(fit.params.r, truth[c].r, 4.0 * fit.std_error[0]);
    CHECK_NEAR(fit.params.alpha, truth[c].alpha, 4.0 * fit.std_error[1]);
    CHECK_NEAR(fit.params.a, truth[c].a, 4.0 * fit.std_error[2]);
    CHECK_NEAR(fit.params.b, truth[c].b, 4.0 * fit.std_error[3]);
    CU_ASSERT(fit.std_error[0] < 0.1 * truth[c].r && fit.std_error[3] < 0.5 * truth[c].b);
  }
}

static void test_threads_and_log(void) {
  enum { SOME = 2000, MOST = 40000 };
  static int64_t customer[MOST];
  static double time[MOST];
  loy_mbgnbd_options options;
  size_t purchases = 0, at = 0;
  for (int i = 0; i < N; i++) T[i] = 20.0 + 0.001 * (i % 1000);
  CHECK_STATUS(loy_mbgnbd_simulate(&params, T, N, 7, NULL, X, TX, NULL, NULL), LOY_OK);
  loy_mbgnbd_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_mbgnbd_simulate(&params, T, N, 7, &options, ALIVE, OTHER, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(ALIVE, X, sizeof X), 0);
  CU_ASSERT_EQUAL(memcmp(OTHER, TX, sizeof TX), 0);
  /* The log has the same customers. */
  CHECK_STATUS(loy_mbgnbd_simulate_log(&params, T, SOME, 7, customer, time, MOST, &purchases, NULL), LOY_OK);
  for (int i = 0; i < SOME; i++) {
    double count = 0.0, last = 0.0;
    for (; at < purchases && customer[at] == i; at++) {
      CU_ASSERT(time[at] >= last);
      last = time[at];
      count += 1.0;
    }
    CU_ASSERT(count == X[i] && last == TX[i]);
  }
  CU_ASSERT_EQUAL(at, purchases);
}

static void test_errors(void) {
  const loy_mbgnbd_params bad = {.6, 5.0, .9, 0.0};
  loy_error error;
  size_t purchases = 7;
  int64_t customer = 7;
  double time = 7.0;
  for (int i = 0; i < 10; i++) T[i] = 10.0;
  X[0] = TX[0] = 7.0;
  T[9] = -1.0;
  (void)loy_mbgnbd_simulate(NULL, NULL, 10, 1, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate(&bad, NULL, 10, 1, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate(&params, NULL, 10, 1, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate(&params, T, 10, 1, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate(&params, T, 10, 1, NULL, X, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate(&params, T, 10, 1, NULL, X, TX, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 9);
  (void)loy_mbgnbd_simulate_log(&params, T, 10, 1, &customer, &time, 1, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "purchases", LOY_NO_INDEX);
  (void)loy_mbgnbd_simulate_log(&params, T, 10, 1, &customer, &time, 1, &purchases, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 9);
  CU_ASSERT(X[0] == 7.0 && TX[0] == 7.0 && purchases == 7 && customer == 7 && time == 7.0);
}

SUITE(btyd, mbgnbd_simulate) {
  ADD(test_distribution);
  ADD(test_recovery);
  ADD(test_threads_and_log);
  ADD(test_errors);
}
