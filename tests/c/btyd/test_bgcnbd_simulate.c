/* Drawing customers of BG/CNBD-k and MBG/CNBD-k: they follow the model's own probabilities, their logs have their gaps,
 * and one stage for each purchase gives the customers without stages. */
#include "check.h"

enum { N = 60000, MOST = 10 };
static double T[N], X[N], TX[N], LITT[N], ALIVE[N], OTHER[N], FUTURE[N];

/* Counts by chi square; who is alive within each count; purchases after 15 given the history at 15, in all and of the
 * heavier buyers, who say most about the times. */
static void check_distribution(int at_zero, double k) {
  const loy_bgcnbd_params params = {.8, .8 * 6.0 / k, .9, 2.5, k};
  double count[MOST + 1] = {0}, alive[MOST + 1] = {0}, expected_alive[MOST + 1] = {0}, chi = 0.0, rest = 1.0;
  double made = 0.0, hoped = 0.0, square = 0.0, heavy_made = 0.0, heavy_hoped = 0.0, heavy_square = 0.0;
  static int64_t customer[1500000];
  static double time[1500000];
  size_t purchases = 0, at = 0;
  for (int i = 0; i < N; i++) T[i] = 30.0;
  CHECK_STATUS(at_zero ? loy_mbgcnbd_simulate(&params, T, N, 99, NULL, X, TX, LITT, ALIVE, NULL)
                       : loy_bgcnbd_simulate(&params, T, N, 99, NULL, X, TX, LITT, ALIVE, NULL),
               LOY_OK);
  for (int i = 0; i < N; i++) {
    int n = X[i] < (double)MOST ? (int)X[i] : MOST;
    count[n] += 1.0;
    alive[n] += ALIVE[i];
    expected_alive[n] += at_zero ? loy_mbgcnbd_palive(&params, X[i], TX[i], T[i], 0.0)
                                 : loy_bgcnbd_palive(&params, X[i], TX[i], T[i], 0.0);
    CHECK_STATUS(loy_bgcnbd_check_gaps(&params, X[i], TX[i], T[i], LITT[i], NULL), LOY_OK);
  }
  for (int n = 0; n <= MOST; n++) {
    double p = n < MOST ? (at_zero ? loy_mbgcnbd_pmf(&params, n, 30.0) : loy_bgcnbd_pmf(&params, n, 30.0)) : rest;
    const double e = (double)N * p;
    chi += (count[n] - e) * (count[n] - e) / e;
    rest -= p;
    CHECK_NEAR(alive[n], expected_alive[n], 4.0 * 0.5 * sqrt(count[n]) + 1.0);
  }
  CU_ASSERT(chi < 10.0 + 4.0 * sqrt(20.0)); /* 10 degrees of freedom */
  CHECK_STATUS(at_zero ? loy_mbgcnbd_simulate_log(&params, T, N, 99, customer, time, 1500000, &purchases, NULL)
                       : loy_bgcnbd_simulate_log(&params, T, N, 99, customer, time, 1500000, &purchases, NULL),
               LOY_OK);
  for (int i = 0; i < N; i++) {
    double early = 0.0, late = 0.0, last = 0.0, gaps = 0.0, before = 0.0, hope, miss;
    for (; at < purchases && customer[at] == i; at++) {
      CU_ASSERT(time[at] >= before && time[at] <= T[i]);
      gaps += log(time[at] - before);
      before = time[at];
      if (time[at] <= 15.0) {
        early += 1.0;
        last = time[at];
      } else {
        late += 1.0;
      }
    }
    CU_ASSERT(early + late == X[i] && before == TX[i]);
    if (i % 16 == 0) CHECK_NEAR(gaps, LITT[i], 1e-6 * (1.0 + X[i])); /* a short gap has lost digits in the log */
    hope = at_zero ? loy_mbgcnbd_expected_purchases(&params, early, last, 15.0, 15.0)
                   : loy_bgcnbd_expected_purchases(&params, early, last, 15.0, 15.0);
    miss = late - hope;
    made += late;
    hoped += hope;
    square += miss * miss;
    if (early < 3.0) continue;
    heavy_made += late;
    heavy_hoped += hope;
    heavy_square += miss * miss;
  }
  CHECK_NEAR(made, hoped, 3.0 * sqrt(square));
  CHECK_NEAR(heavy_made, heavy_hoped, 3.0 * sqrt(heavy_square));
}

static void test_distributions(void) {
  check_distribution(0, 2);
  check_distribution(1, 2);
  check_distribution(0, 3);
  check_distribution(1, 3);
}

/* The present value of what customers buy, against DECT. */
static void test_discounted(void) {
  enum { SOME = 20000 };
  const loy_mbgcnbd_params params = {1.5, 2.0, .9, 2.5, 4};
  static int64_t customer[400000];
  static double time[400000];
  static double value[SOME];
  size_t purchases = 0;
  double sum = 0.0, square = 0.0, mean;
  for (int i = 0; i < SOME; i++) T[i] = 25.0;
  CHECK_STATUS(loy_mbgcnbd_simulate_log(&params, T, SOME, 4, customer, time, 400000, &purchases, NULL), LOY_OK);
  for (size_t i = 0; i < purchases; i++) value[customer[i]] += exp(-.05 * time[i]);
  for (int i = 0; i < SOME; i++) {
    sum += value[i];
    square += value[i] * value[i];
  }
  mean = sum / (double)SOME;
  CHECK_NEAR(mean, loy_mbgcnbd_dect(&params, 0, 0, 0, .05, 25),
             3.0 * sqrt((square / (double)SOME - mean * mean) / (double)SOME));
}

static void test_one_stage(void) {
  const loy_bgcnbd_params one = {.6, 5.0, .9, 2.5, 1};
  const loy_bgnbd_params plain = {.6, 5.0, .9, 2.5};
  for (int i = 0; i < 2000; i++) T[i] = 20.0;
  CHECK_STATUS(loy_bgcnbd_simulate(&one, T, 2000, 7, NULL, X, TX, NULL, ALIVE, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_simulate(&plain, T, 2000, 7, NULL, OTHER, FUTURE, LITT, NULL), LOY_OK);
  for (int i = 0; i < 2000; i++) {
    CHECK_BITS(X[i], OTHER[i]);
    CHECK_BITS(TX[i], FUTURE[i]);
    CHECK_BITS(ALIVE[i], LITT[i]);
  }
  CHECK_STATUS(loy_mbgcnbd_simulate(&one, T, 2000, 7, NULL, X, TX, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_mbgnbd_simulate(&plain, T, 2000, 7, NULL, OTHER, FUTURE, NULL, NULL), LOY_OK);
  for (int i = 0; i < 2000; i++) CHECK_BITS(X[i], OTHER[i]);
}

static void test_errors_and_threads(void) {
  const loy_bgcnbd_params params = {.6, 5.0, .9, 2.5, 2}, bad = {.6, 5.0, .9, 2.5, 0};
  loy_bgcnbd_options options;
  loy_error error;
  size_t purchases = 77;
  int64_t customer[1];
  double time[1];
  loy_bgcnbd_options_init(&options);
  for (int i = 0; i < N; i++) T[i] = 20.0;
  CHECK_STATUS(loy_bgcnbd_simulate(&params, T, N, 7, NULL, X, TX, LITT, NULL, NULL), LOY_OK);
  options.threads = 3;
  CHECK_STATUS(loy_bgcnbd_simulate(&params, T, N, 7, &options, ALIVE, OTHER, FUTURE, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(X, ALIVE, sizeof X), 0);
  CU_ASSERT_EQUAL(memcmp(TX, OTHER, sizeof X), 0);
  CU_ASSERT_EQUAL(memcmp(LITT, FUTURE, sizeof X), 0);
  options.threads = -1;
  X[0] = -7.0;
#define EXPECT(call, status, argument, row)                                                                            \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, row);                                                                        \
    CU_ASSERT_EQUAL(X[0], -7.0);                                                                                       \
  } while (0)
  EXPECT(loy_bgcnbd_simulate(&bad, NULL, 2, 7, &options, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN, "k",
         LOY_NO_INDEX);
  EXPECT(loy_bgcnbd_simulate(&params, NULL, 2, 7, &options, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "T",
         LOY_NO_INDEX);
  T[1] = -1.0;
  EXPECT(loy_bgcnbd_simulate(&params, T, 2, 7, &options, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "threads",
         LOY_NO_INDEX);
  options.threads = 1;
  EXPECT(loy_bgcnbd_simulate(&params, T, 2, 7, &options, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "x",
         LOY_NO_INDEX);
  EXPECT(loy_bgcnbd_simulate(&params, T, 2, 7, &options, X, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "t_x",
         LOY_NO_INDEX);
  EXPECT(loy_bgcnbd_simulate(&params, T, 2, 7, &options, X, TX, NULL, NULL, &error), LOY_ERR_DOMAIN, "T", 1);
  EXPECT(loy_bgcnbd_simulate_log(&bad, T, 2, 7, NULL, NULL, 0, &purchases, &error), LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
  EXPECT(loy_bgcnbd_simulate_log(&params, T, 2, 7, NULL, NULL, 0, NULL, &error), LOY_ERR_ARGUMENT, "purchases",
         LOY_NO_INDEX);
  EXPECT(loy_mbgcnbd_simulate_log(&params, T, 2, 7, NULL, NULL, 0, &purchases, &error), LOY_ERR_DOMAIN, "T", 1);
  CU_ASSERT_EQUAL(purchases, 77);
#undef EXPECT
  T[1] = 20.0;
  CHECK_STATUS(loy_bgcnbd_simulate_log(&params, T, 500, 7, customer, time, 1, &purchases, &error), LOY_ERR_BUFFER);
  CU_ASSERT(purchases > 1 && purchases != 77);
}

SUITE(btyd, bgcnbd_simulate) {
  ADD(test_distributions);
  ADD(test_discounted);
  ADD(test_one_stage);
  ADD(test_errors_and_threads);
}
