/* test_bgnbd_predict.c: the future by BG/NBD. Expected values are published ones recomputed with mpmath at 40 digits; those
 * with 14 and more digits are at the paper's rounded parameters. */
#include "check.h"

static const loy_bgnbd_params paper = {0.243, 4.414, 0.793, 2.426};

static void test_expected_purchases(void) {
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 0.0, 0.0, 272.0 / 7.0, 39.0), .195109664993088, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.22611580614932, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 26.0, 216.0 / 7.0, 31.0, 39.0), 20.7483536943379, 1e-13);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 30.43, 38.86, 39.0), 1.226, 1e-3);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&paper, 2.0, 27.0, 39.0, 2.0), .0691225530383, 1e-11);
  CU_ASSERT_EQUAL(loy_bgnbd_expected_purchases(&paper, 2.0, 27.0, 39.0, 0.0), 0.0);
}

static void test_expected_new(void) {
  const double t[4] = {1.0, 39.0, 52.0, 78.0};
  const double expected[4] = {.0532678911716583, 1.19672319332082, 1.4460505953964, 1.86051905794277};
  const double weeks[4] = {.1429, 3.0, 31.8571, 32.0}, rounded[4] = {.0078283475, .1508652308, 1.0419961, 1.0452433};
  for (int i = 0; i < 4; i++) CHECK_CLOSE(loy_bgnbd_expected_purchases_new(&paper, t[i]), expected[i], 1e-13);
  for (int i = 0; i < 4; i++) CHECK_CLOSE(loy_bgnbd_expected_purchases_new(&paper, weeks[i]), rounded[i], 1e-7);
  CHECK_BITS(loy_bgnbd_expected_purchases_new(&paper, 78.0), loy_bgnbd_expected_purchases(&paper, 0.0, 0.0, 0.0, 78.0));
}

/* "Increasing frequency paradox" of the BTYD walkthrough: at the maximum likelihood estimate to 9 digits. */
static void test_paradox(void) {
  const loy_bgnbd_params fit = {.242594517, 4.413602187, .792921991, 2.425906751};
  const double expected[4] = {.3474606, .0428339, .004158973, .0003583685};
  for (int i = 0; i < 4; i++)
    CHECK_CLOSE(loy_bgnbd_expected_purchases(&fit, 10.0 + 5.0 * i, 20.0, 39.0, 52.0), expected[i], 2e-4);
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&fit, 26.0, 30.857142857142857, 31.0, 52.0), 25.7565859, 1e-6);
}

/* Where the hypergeometric forms of other packages fail. */
static void test_faults_of_peers(void) {
  loy_bgnbd_params p = {1.0875, 75.9149, .107, .8858};
  /* x = 0 with a + b < 1: NaN in lifetimes. */
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 0.0, 0.0, 2.6179, 71.9985), .92725, 1e-5);
  /* a = 1: 0/0; next to it the difference form loses half the digits. Here by the integral. */
  p = paper;
  p.a = 1.0;
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.1022163325091268, 1e-14);
  p.a = 1.0 + 1e-9;
  CHECK_CLOSE(loy_bgnbd_expected_purchases(&p, 2.0, 213.0 / 7.0, 272.0 / 7.0, 39.0), 1.1022163325091268, 1e-9);
  /* More than 300 purchases. */
  CU_ASSERT(isfinite(loy_bgnbd_expected_purchases(&paper, 10000.0, 38.9, 39.0, 39.0)));
  CU_ASSERT(loy_bgnbd_expected_purchases(&paper, 10000.0, 38.999, 39.0, 39.0) > 1000.0);
  CU_ASSERT(loy_bgnbd_expected_purchases(&paper, 1000.0, 10.0, 100.0, 39.0) < 1e-200);
}

static void test_discounting(void) {
  double x = 2.0, t_x = 213.0 / 7.0, T = 272.0 / 7.0;
  double dert = loy_bgnbd_dert(&paper, x, t_x, T, .0027), before = (double)INFINITY;
  CHECK_CLOSE(dert, 5.156649774, 1e-9);
  CHECK_CLOSE(dert / loy_bgnbd_palive(&paper, x, t_x, T, 0.0), 7.097058517, 1e-9);
  CHECK_BITS(dert, loy_bgnbd_dect(&paper, x, t_x, T, .0027, (double)INFINITY));
  CHECK_BITS(loy_bgnbd_dect(&paper, x, t_x, T, 0.0, 39.0), loy_bgnbd_expected_purchases(&paper, x, t_x, T, 39.0));
  /* The two ways of computing agree: no discount at all, and one too small to matter. */
  CHECK_CLOSE(loy_bgnbd_dect(&paper, x, t_x, T, 1e-18, 39.0), loy_bgnbd_expected_purchases(&paper, x, t_x, T, 39.0), 1e-14);
  CHECK_CLOSE(loy_bgnbd_dect(&paper, x, t_x, T, .0027, 1e7), dert, 1e-12);
  CU_ASSERT_EQUAL(loy_bgnbd_dect(&paper, x, t_x, T, .0027, 0.0), 0.0);
  for (double delta = 1e-6; delta < 10.0; delta *= 3.0) {
    double value = loy_bgnbd_dert(&paper, x, t_x, T, delta);
    CU_ASSERT(value > 0.0 && value < before);
    CU_ASSERT(loy_bgnbd_dect(&paper, x, t_x, T, delta, 52.0) < value);
    before = value;
  }
  /* Large delta: purchases soon after T only, E[lambda] / delta. */
  CHECK_CLOSE(loy_bgnbd_dert(&paper, 0.0, 0.0, 39.0, 1e9), .243 / 43.414 / 1e9, 1e-8);
}

static void test_pmf(void) {
  const double thirty[10] = {.0019995214, .0015170236, .0011633150, .0009003148, .0007023638,
                             .0005517902, .0004361913, .0003467171, .0002769613, .0002222260};
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 10.0, 2.0), 1.07868964036e-07, 1e-11);
  CHECK_CLOSE(loy_bgnbd_pmf(&paper, 0.0, 39.0), .573786352096, 1e-11);
  for (int i = 0; i < 10; i++) CHECK_NEAR(loy_bgnbd_pmf(&paper, 11.0 + i, 30.0), thirty[i], 5.1e-11);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf(&paper, 0.0, 0.0), 1.0);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf(&paper, 3.0, 0.0), 0.0);
}

/* BTYD's interval probability forgets who stopped before the interval and says .573786; the right value is .7540011461, from two
 * forms of the integral at 40 digits. */
static void test_pmf_interval(void) {
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 78.0), .75400114612087691, 1e-14);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 78.0), .754001145793, 1e-9);
  CHECK_BITS(loy_bgnbd_pmf_interval(&paper, 3.0, 0.0, 39.0), loy_bgnbd_pmf(&paper, 3.0, 39.0));
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 3.0, 1e-12, 39.0), loy_bgnbd_pmf(&paper, 3.0, 39.0), 1e-10);
  CHECK_CLOSE(loy_bgnbd_pmf_interval(&paper, 0.0, 39.0, 39.0), 1.0, 1e-15);
  CU_ASSERT_EQUAL(loy_bgnbd_pmf_interval(&paper, 1.0, 39.0, 39.0), 0.0);
}

/* Probabilities add up to 1, and their mean is the expectation. */
static void test_sums(void) {
  double total[3] = {0.0, 0.0, 0.0}, mean[3] = {0.0, 0.0, 0.0};
  for (int n = 0; n < 600; n++) {
    double p[3];
    p[0] = loy_bgnbd_pmf(&paper, (double)n, 39.0);
    p[1] = loy_bgnbd_pmf_future(&paper, 5.0, 20.0, 39.0, (double)n, 10.0);
    p[2] = loy_bgnbd_pmf_interval(&paper, (double)n, 20.0, 39.0);
    for (int i = 0; i < 3; i++) {
      CU_ASSERT(p[i] >= 0.0);
      total[i] += p[i];
      mean[i] += n * p[i];
    }
  }
  for (int i = 0; i < 3; i++) CHECK_NEAR(total[i], 1.0, 1e-12);
  CHECK_CLOSE(mean[0], loy_bgnbd_expected_purchases_new(&paper, 39.0), 1e-12);
  CHECK_CLOSE(mean[1], loy_bgnbd_expected_purchases(&paper, 5.0, 20.0, 39.0, 10.0), 1e-12);
  CHECK_CLOSE(mean[2], loy_bgnbd_expected_purchases_new(&paper, 39.0) - loy_bgnbd_expected_purchases_new(&paper, 20.0), 1e-12);
}

/* The sum and the integral for the expectation meet without a step: second differences over the change of method stay small. */
static void test_methods_meet(void) {
  for (double x = 0.0; x < 40.0; x += 13.0)
    for (double t = 10.0; t < 2000.0; t *= 1.37) {
      double one = loy_bgnbd_expected_purchases(&paper, x, 0.9 * x, 39.0, t);
      double two = loy_bgnbd_expected_purchases(&paper, x, 0.9 * x, 39.0, t * (1.0 + 1e-9));
      CU_ASSERT(two >= one * (1.0 - 4e-15) && two <= one * (1.0 + 2e-9));
    }
}

static void test_batches(void) {
  enum { N = 300 };
  static double x[N], t_x[N], T[N], out[N];
  const int threads[3] = {1, 2, 7};
  loy_bgnbd_options options;
  loy_batch_report report;
  loy_error error;
  loy_rng rng;
  loy_rng_seed(&rng, 9);
  for (int i = 0; i < N; i++) {
    x[i] = floor(8.0 * loy_rng_uniform(&rng) * loy_rng_uniform(&rng));
    T[i] = 60.0 * loy_rng_uniform(&rng);
    t_x[i] = x[i] > 0.0 ? T[i] * loy_rng_uniform(&rng) : 0.0;
  }
  T[5] = -1.0;
  loy_bgnbd_options_init(&options);
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgnbd_expected_purchases_batch(&paper, x, t_x, T, N, 26.0, &options, out, &report, &error), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 1);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_expected_purchases(&paper, x[i], t_x[i], T[i], 26.0));
    CHECK_STATUS(loy_bgnbd_dert_batch(&paper, x, t_x, T, N, .003, &options, out, &report, &error), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_dert(&paper, x[i], t_x[i], T[i], .003));
    CHECK_STATUS(loy_bgnbd_dect_batch(&paper, x, t_x, T, N, .003, 52.0, &options, out, &report, &error), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(out[i], loy_bgnbd_dect(&paper, x[i], t_x[i], T[i], .003, 52.0));
  }
  (void)loy_bgnbd_expected_purchases_batch(&paper, x, t_x, T, N, (double)INFINITY, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  (void)loy_bgnbd_dert_batch(&paper, x, t_x, T, N, 0.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_batch(&paper, x, t_x, T, N, -1.0, -1.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_batch(&paper, x, t_x, T, N, 0.0, (double)INFINITY, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  (void)loy_bgnbd_dert_batch(&paper, x, NULL, T, N, 0.0, NULL, out, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
}

static void test_errors(void) {
  loy_error error;
  (void)loy_bgnbd_dect_check(&paper, 1.0, 2.0, 1.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  (void)loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, 0.0, (double)INFINITY, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_dect_check(&paper, 1.0, 1.0, 2.0, 0.1, (double)INFINITY, &error), LOY_OK);
  (void)loy_bgnbd_pmf_check(NULL, 1.0, 1.0, 2.0, -1.0, -1.0, -1.0, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 0.5, -1.0, -2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, -1.0, -2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  (void)loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, 3.0, 2.0, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_pmf_check(&paper, 1.0, 1.0, 2.0, 1.0, 2.0, 2.0, &error), LOY_OK);
  CU_ASSERT(isnan(loy_bgnbd_pmf(&paper, -1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_future(&paper, 1.0, 2.0, 1.0, 1.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_pmf_interval(&paper, 1.0, 2.0, 1.0)));
  CU_ASSERT(isnan(loy_bgnbd_expected_purchases(&paper, 1.0, 1.0, 2.0, (double)INFINITY)));
  CU_ASSERT(isnan(loy_bgnbd_dert(&paper, 1.0, 1.0, 2.0, 0.0)));
  CU_ASSERT(isnan(loy_bgnbd_dect(NULL, 1.0, 1.0, 2.0, 0.0, 1.0)));
}

SUITE(btyd, bgnbd_predict) {
  ADD(test_expected_purchases);
  ADD(test_expected_new);
  ADD(test_paradox);
  ADD(test_faults_of_peers);
  ADD(test_discounting);
  ADD(test_pmf);
  ADD(test_pmf_interval);
  ADD(test_sums);
  ADD(test_methods_meet);
  ADD(test_batches);
  ADD(test_errors);
}
