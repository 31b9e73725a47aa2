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
  mean = sum / (double)N;
  error = sqrt((square / (double)N - mean * mean) / (double)N);
  CHECK_NEAR(mean, loy_bgnbd_expected_purchases_new(&params, 20.4995), 4.0 * error);
  CHECK_NEAR(none / (double)N, loy_bgnbd_pmf(&params, 0.0, 20.4995), 4.0 * 0.5 / sqrt((double)N));
  CHECK_NEAR(alive / (double)N, expected_alive / (double)N, 4.0 * 0.5 / sqrt((double)N));
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
  CHECK_STATUS(loy_bgnbd_simulate_log(&params, T, SOME, 7, customer, time, purchases - 1, &again, &error),
               LOY_ERR_BUFFER);
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

/* The number of purchases follows the model's own probabilities, and who is alive follows P(alive) within each number.
 */
static void test_distribution(void) {
  enum { MOST = 12 };
  double count[MOST + 1] = {0}, alive[MOST + 1] = {0}, expected_alive[MOST + 1] = {0}, chi = 0.0, rest = 1.0,
                      cells = 0.0;
  for (int i = 0; i < N; i++) T[i] = 30.0;
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 99, NULL, X, TX, ALIVE, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    int n = X[i] < (double)MOST ? (int)X[i] : MOST;
    count[n] += 1.0;
    alive[n] += ALIVE[i];
    expected_alive[n] += loy_bgnbd_palive(&params, X[i], TX[i], T[i], 0.0);
    CU_ASSERT(ALIVE[i] == 0.0 || ALIVE[i] == 1.0);
    CU_ASSERT(X[i] > 0.0 || ALIVE[i] == 1.0);
  }
  for (int n = 0; n <= MOST; n++) {
    double p = n < MOST ? loy_bgnbd_pmf(&params, n, 30.0) : rest, mean = (double)N * p;
    chi += (count[n] - mean) * (count[n] - mean) / mean;
    rest -= p;
    cells += 1.0;
    CHECK_NEAR(alive[n], expected_alive[n], 4.0 * 0.5 * sqrt(count[n]) + 1.0);
  }
  /* Chi square with 12 degrees of freedom: mean 12, four standard deviations 20. */
  CU_ASSERT(chi < cells - 1.0 + 4.0 * sqrt(2.0 * (cells - 1.0)));
}

/* The fit finds the parameters that the customers were drawn with, within four standard errors. */
static void test_recovery(void) {
  static const loy_bgnbd_params truth[5] = {{.243, 4.414, .793, 2.426},
                                            {2.0, 10.0, .5, 1.0},
                                            {.1, .3, 3.0, 9.0},
                                            {8.0, 200.0, .3, 3.0},
                                            {1.0, .05, 1.5, 60.0}};
  for (int c = 0; c < 5; c++) {
    loy_bgnbd_fit_result fit;
    for (int i = 0; i < N; i++) T[i] = 10.0 + 0.002 * (i % 20000);
    CHECK_STATUS(loy_bgnbd_simulate(&truth[c], T, N, 1000u + (uint64_t)c, NULL, X, TX, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_bgnbd_fit(X, TX, T, NULL, N, NULL, &fit, NULL), LOY_OK);
    CHECK_NEAR(fit.params.r, truth[c].r, 4.0 * fit.std_error[0]);
    CHECK_NEAR(fit.params.alpha, truth[c].alpha, 4.0 * fit.std_error[1]);
    CHECK_NEAR(fit.params.a, truth[c].a, 4.0 * fit.std_error[2]);
    CHECK_NEAR(fit.params.b, truth[c].b, 4.0 * fit.std_error[3]);
    /* And they are determined well enough for this to mean something. */
    CU_ASSERT(fit.std_error[0] < 0.1 * truth[c].r && fit.std_error[3] < 0.5 * truth[c].b);
  }
}

/* Either output may take the place of T; no customers need nothing; the same seed at another length is the same person.
 */
static void test_in_place(void) {
  lengths();
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, N, 5, NULL, X, TX, ALIVE, NULL), LOY_OK);
  memcpy(OTHER, T, sizeof T);
  CHECK_STATUS(loy_bgnbd_simulate(&params, OTHER, N, 5, NULL, OTHER, ALIVE, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(OTHER, X, sizeof X), 0);
  CU_ASSERT_EQUAL(memcmp(ALIVE, TX, sizeof TX), 0);
  memcpy(OTHER, T, sizeof T);
  CHECK_STATUS(loy_bgnbd_simulate(&params, OTHER, N, 5, NULL, ALIVE, OTHER, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(ALIVE, X, sizeof X), 0);
  CU_ASSERT_EQUAL(memcmp(OTHER, TX, sizeof TX), 0);
  CHECK_STATUS(loy_bgnbd_simulate(&params, NULL, 0, 5, NULL, NULL, NULL, NULL, NULL), LOY_OK);
  {
    size_t purchases = 9;
    CHECK_STATUS(loy_bgnbd_simulate_log(&params, NULL, 0, 5, NULL, NULL, 0, &purchases, NULL), LOY_OK);
    CU_ASSERT_EQUAL(purchases, 0);
  }
}

/* In another unit of time, by a power of 2, the same purchases at the same moments. */
static void test_time_unit(void) {
  loy_bgnbd_params scaled = params;
  scaled.alpha *= 1024.0;
  lengths();
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, 1000, 5, NULL, X, TX, NULL, NULL), LOY_OK);
  for (int i = 0; i < 1000; i++) T[i] *= 1024.0;
  CHECK_STATUS(loy_bgnbd_simulate(&scaled, T, 1000, 5, NULL, OTHER, ALIVE, NULL, NULL), LOY_OK);
  for (int i = 0; i < 1000; i++) {
    CHECK_BITS(OTHER[i], X[i]);
    CHECK_BITS(ALIVE[i], TX[i] * 1024.0);
  }
}

/* A call that fails writes nothing. */
static void test_untouched(void) {
  static const double wrong[3] = {-1.0, (double)NAN, (double)INFINITY};
  static const char *const name[4] = {"r", "alpha", "a", "b"};
  double t[3] = {1, 2, 3}, x[3] = {-7, -7, -7}, t_x[3] = {-7, -7, -7}, alive[3] = {-7, -7, -7}, time[1] = {-7};
  int64_t customer[1] = {-7};
  loy_bgnbd_options options;
  loy_error error;
  size_t purchases = 77;
  loy_bgnbd_params bad = {0.0, 0.0, 0.0, 0.0};
  CHECK_STATUS(loy_bgnbd_simulate(NULL, NULL, 3, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_simulate_log(NULL, NULL, 3, 1, NULL, NULL, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 4; i++) {
    CHECK_STATUS(loy_bgnbd_simulate(&bad, NULL, 3, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_bgnbd_simulate_log(&bad, NULL, 3, 1, NULL, NULL, 1, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    *(i == 0 ? &bad.r : (i == 1 ? &bad.alpha : (i == 2 ? &bad.a : &bad.b))) = 1.0;
  }
  loy_bgnbd_options_init(&options);
  options.threads = -1;
  CHECK_STATUS(loy_bgnbd_simulate(&params, t, 3, 1, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  for (int i = 0; i < 3; i++) {
    t[2] = wrong[i];
    CHECK_STATUS(loy_bgnbd_simulate(&params, t, 3, 1, NULL, x, t_x, alive, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 2);
    CHECK_STATUS(loy_bgnbd_simulate_log(&params, t, 3, 1, customer, time, 1, &purchases, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 2);
    CU_ASSERT(x[0] == -7.0 && t_x[0] == -7.0 && alive[0] == -7.0 && purchases == 77);
  }
  /* Too small a buffer: the number alone is written. */
  bad.r = 100.0;
  bad.alpha = 1.0;
  bad.a = 1e-4;
  t[2] = 3.0;
  CHECK_STATUS(loy_bgnbd_simulate_log(&bad, t, 3, 1, customer, time, 1, &purchases, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX);
  CU_ASSERT(purchases > 1 && purchases != 77 && customer[0] == -7 && time[0] == -7.0);
}

SUITE(btyd, bgnbd_simulate) {
  ADD(test_moments);
  ADD(test_threads_and_seeds);
  ADD(test_log);
  ADD(test_extremes);
  ADD(test_errors);
  ADD(test_distribution);
  ADD(test_recovery);
  ADD(test_in_place);
  ADD(test_time_unit);
  ADD(test_untouched);
}
