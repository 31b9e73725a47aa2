/* Fits that are hard: several hills, far starts, huge weights, curves that become steps, parameters that are one. */
#include "check.h"

#include "loyalty/response/curve_fit.h"
#include "curve_cells.h"

/* Small data sets whose likelihood has another hill, at a = 0: 8 units lower in the first, 413 in the second, whose
 * best curve is nearly a step. The least that the best log-likelihoods can be is what SciPy found, by L-BFGS-B from 80
 * starts with |alpha| at most 60. */
static void check_hill(size_t n, const double *at_s, const double *at_c, const double *asked, const double *stayed,
                       unsigned fixed, double log_likelihood) {
  const loy_curve_fit_options options = options_of(fixed, LOY_CURVE_BINOMIAL);
  loy_curve_data data;
  loy_curve_fit_result result;
  loy_curve_data_init(&data);
  data.n = n;
  data.s = at_s;
  data.c = at_c;
  data.trials = asked;
  data.loyal = stayed;
  CU_ASSERT_FALSE(loy_status_is_error(loy_curve_fit(&data, &options, &result, NULL)));
  CU_ASSERT(result.log_likelihood > log_likelihood - 1e-8);
}

static void test_best_of_hills(void) {
  static const double low_s[9] = {0.5, 0.9, 0.3, 0.7, 0.7, 0.5, 0.5, 0.7, 0.1};
  static const double low_c[9] = {0.161, 0.096, 0.753, 0.447, 0.657, 0.077, 0.124, 0.315, 0.355};
  static const double low_n[9] = {211, 97, 127, 225, 93, 348, 380, 286, 53};
  static const double low_y[9] = {165, 91, 28, 170, 62, 296, 300, 242, 23};
  static const double steep_s[7] = {0.605, 0.349, 0.931, 0.115, 0.747, 0.415, 0.871};
  static const double steep_c[7] = {0.8, 0.95, 0.95, 0.95, 0.2, 0.95, 0.5};
  static const double steep_n[7] = {45, 122, 369, 360, 123, 396, 225};
  static const double steep_y[7] = {24, 2, 291, 10, 40, 87, 58};
  check_hill(9, low_s, low_c, low_n, low_y, BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_DELTA), -918.6170315757);
  check_hill(7, steep_s, steep_c, steep_n, steep_y, BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_DELTA), -843.9233342889);
}
/* A start where nothing has information is left for others; free parameters of a start not given mean nothing. */
static void test_far_start(void) {
  static const double alpha[4] = {-1e6, -700.0, 700.0, 1e6};
  const loy_curve_data data = cells();
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  loy_curve_fit_result result;
  for (int given = 0; given < 2; given++) {
    for (int k = 0; k < 4; k++) {
      loy_curve_init(&options.start);
      options.start.alpha = alpha[k];
      options.start.beta = k == 3 ? 1e6 : 1.0;
      options.start_given = given;
      CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
      CHECK_CLOSE(result.log_likelihood, -3741.1984542542, 1e-12);
    }
  }
}

/* Weights up to their limit change nothing but scale. */
static void test_huge_weights(void) {
  static const double sizes[4] = {1e-300, 1e-12, 1e9, 1e15};
  loy_curve_data data = cells();
  loy_curve_fit_result expected, result;
  double weight[CELLS];
  CHECK_STATUS(loy_curve_fit(&data, NULL, &expected, NULL), LOY_OK);
  data.weight = weight;
  for (int k = 0; k < 4; k++) {
    for (size_t i = 0; i < CELLS; i++) weight[i] = sizes[k];
    CHECK_STATUS(loy_curve_fit(&data, NULL, &result, NULL), LOY_OK);
    check_curve(&result.curve, expected.curve.alpha, expected.curve.beta, expected.curve.gamma, expected.curve.a, 0.0,
                1e-10);
    CHECK_CLOSE(result.std_error[LOY_CURVE_A], expected.std_error[LOY_CURVE_A] / sqrt(sizes[k]), 1e-9);
  }
}

/* One loyal answer among many, in the middle: the likelihood grows until the curve is a step, where nothing has
 * information any more. */
static void test_runs_away(void) {
  const loy_curve_fit_options options = options_of(0, LOY_CURVE_BINOMIAL);
  loy_curve_data data = cells();
  double one[CELLS] = {0.0};
  loy_curve_fit_result result;
  one[3] = 1.0;
  data.loyal = one;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_NOTICE_SEPARATED);
  CU_ASSERT(!result.converged);
}

/* Where there is no covariance at all, a bound that some parameter has reached matters less. */
static void test_bound_without_information(void) {
  const loy_curve_fit_options options = options_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  const loy_curve_data data = cells();
  loy_curve_fit_result result;
  loy_error error;
  for (size_t i = 0; i < CELLS; i++) {
    s[i] = 0.7;        /* alpha and beta are one */
    c[i] = 1.0 - c[i]; /* the more competition, the more loyalty */
  }
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX);
  CU_ASSERT(result.weak && result.at_bound == (BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_A)));
  CHECK_BITS(result.condition, (double)INFINITY);
}

/* A ridge needs no logarithm of a gamma that is fixed at 0. */
static void test_ridge_without_competition(void) {
  loy_curve_fit_options options = options_of(BIT(LOY_CURVE_GAMMA) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL);
  const loy_curve_data data = cells();
  loy_curve_fit_result plain, result;
  options.start.gamma = 0.0;
  CHECK_STATUS(loy_curve_fit(&data, &options, &plain, NULL), LOY_OK);
  options.ridge = 1e-9;
  CHECK_STATUS(loy_curve_fit(&data, &options, &result, NULL), LOY_OK);
  check_curve(&result.curve, plain.curve.alpha, plain.curve.beta, 0.0, plain.curve.a, 0.0, 1e-8);
}

SUITE(response, curve_fit_hard) {
  ADD(test_best_of_hills);
  ADD(test_far_start);
  ADD(test_huge_weights);
  ADD(test_runs_away);
  ADD(test_bound_without_information);
  ADD(test_ridge_without_competition);
}
