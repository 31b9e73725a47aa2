/* What a fitted curve says and how sure it is: numbers of an independent computation (mpmath, SciPy), every error. */
#include "check.h"
#include "curve_cells.h"
#include "failing_allocator.h"

#include "loyalty/response/curve_inference.h"

static loy_curve_fit_result fit_of(unsigned fixed, int covariance, double a) {
  const loy_curve_data data = cells();
  loy_curve_fit_options options;
  loy_curve_fit_result fit;
  loy_curve_fit_options_init(&options);
  options.fixed = fixed;
  options.covariance = covariance;
  options.start.a = a;
  memset(&fit, 0, sizeof fit);
  CHECK_STATUS(loy_curve_fit(&data, &options, &fit, NULL), LOY_OK);
  return fit;
}

static void test_predict(void) {
  const loy_curve_fit_result fit = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result quasi = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_QUASI, 0.5);
  loy_curve_estimate estimate, wider;
  CHECK_STATUS(loy_curve_predict(&fit, 0.65, 0.7, NULL, 0.95, &estimate, NULL), LOY_OK);
  CHECK_CLOSE(estimate.value, 0.5909963345351797, 1e-10);
  CHECK_CLOSE(estimate.std_error, 0.0094085206169649423, 1e-9);
  CHECK_CLOSE(estimate.lower, 0.57243612966345892, 1e-10);
  CHECK_CLOSE(estimate.upper, 0.60930075117198481, 1e-10);
  CHECK_STATUS(loy_curve_predict(&quasi, 0.65, 0.7, NULL, 0.95, &wider, NULL), LOY_OK);
  CHECK_CLOSE(wider.std_error, estimate.std_error * sqrt(1.8695899116620043), 1e-8);
  /* Student's t with 16 degrees of freedom: 2.1199052992 */
  CHECK_CLOSE(log(wider.upper / (1 - wider.upper)) - log(wider.value / (1 - wider.value)),
              2.1199052992212547 * wider.std_error / (wider.value * (1 - wider.value)), 1e-9);
  CHECK_STATUS(loy_curve_predict(&fit, 1.0, 0.7, NULL, 0.95, &estimate, NULL), LOY_OK);
  CHECK_BITS(estimate.value, 1.0); /* delta is fixed at 0 */
  CHECK_BITS(estimate.std_error, 0.0);
  CHECK_BITS(estimate.lower, 1.0);
}

static void test_predict_batch(void) {
  const loy_curve_fit_result fit = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  const double at_s[4] = {0.2, 1.5, 0.65, 0.0}, at_c[4] = {0.5, 0.5, 0.7, 0.9};
  double value[4], std_error[4], lower[4], upper[4];
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_curve_predict_batch(&fit, at_s, at_c, NULL, 4, 0.9, value, std_error, lower, upper, &report, &error),
               LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CU_ASSERT_EQUAL(report.first.index, 1);
  CU_ASSERT(isnan(value[1]) && isnan(std_error[1]) && isnan(lower[1]) && isnan(upper[1]));
  for (size_t i = 0; i < 4; i++) {
    loy_curve_estimate estimate;
    if (i == 1) continue;
    CHECK_STATUS(loy_curve_predict(&fit, at_s[i], at_c[i], NULL, 0.9, &estimate, NULL), LOY_OK);
    CHECK_BITS(value[i], estimate.value);
    CHECK_BITS(std_error[i], estimate.std_error);
    CHECK_BITS(lower[i], estimate.lower);
    CHECK_BITS(upper[i], estimate.upper);
    CU_ASSERT(lower[i] < value[i] && value[i] < upper[i] && std_error[i] > 0.0);
  }
  CHECK_STATUS(loy_curve_predict_batch(&fit, at_s, at_c, NULL, 4, 0.9, value, NULL, NULL, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_predict_batch(&fit, NULL, at_c, NULL, 4, 0.9, value, NULL, NULL, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
}

static void test_required(void) {
  const loy_curve_fit_result fit = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  loy_curve_estimate estimate;
  loy_error error;
  CHECK_STATUS(loy_curve_required_estimate(&fit, 0.75, 0.7, NULL, 0.95, &estimate, NULL), LOY_OK);
  CHECK_CLOSE(estimate.value, 0.78862795558706011, 1e-10);
  CHECK_CLOSE(estimate.std_error, 0.0070095295570441546, 1e-9);
  CU_ASSERT(estimate.lower < estimate.value && estimate.value < estimate.upper);
  CHECK_CLOSE(log(estimate.upper / (1 - estimate.upper)) - log(estimate.value / (1 - estimate.value)),
              1.959963984540054 * 0.0070095295570441546 / (0.78862795558706011 * (1 - 0.78862795558706011)), 1e-9);
  CHECK_STATUS(loy_curve_required_estimate(&fit, 0.01, 0.7, NULL, 0.95, &estimate, &error), LOY_NOTICE_NOT_NEEDED);
  CHECK_BITS(estimate.value, 0.0);
  CU_ASSERT(isnan(estimate.std_error) && isnan(estimate.lower) && isnan(estimate.upper));
  CHECK_STATUS(loy_curve_required_estimate(&fit, 1.0, 0.7, NULL, 0.95, &estimate, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "target", LOY_NO_INDEX);
  CHECK_BITS(estimate.value, 1.0);
}

static void test_thresholds(void) {
  const loy_curve_fit_result fit = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  loy_curve_fit_result straight;
  loy_thresholds thresholds;
  loy_curve_estimate estimate[2];
  loy_error error;
  CHECK_STATUS(loy_curve_threshold_estimates(&fit, 0.7, 1.0, 0.95, &thresholds, estimate, NULL), LOY_OK);
  CU_ASSERT_EQUAL(thresholds.count, 2);
  CHECK_CLOSE(estimate[0].value, 0.36571959889351514, 1e-9);
  CHECK_CLOSE(estimate[0].std_error, 0.023265517310597746, 1e-8);
  CHECK_CLOSE(estimate[1].value, 0.93066186102544484, 1e-9);
  CHECK_CLOSE(estimate[1].std_error, 0.021283995992665751, 1e-8);
  CU_ASSERT(estimate[1].lower < estimate[1].value && estimate[1].value < estimate[1].upper && estimate[1].upper < 1.0);
  /* beta fixed at 1: ds = s(1 - s) / 2 dkappa */
  straight = fit_of(BIT(LOY_CURVE_BETA) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  CHECK_STATUS(loy_curve_threshold_estimates(&straight, 0.7, 1.0, 0.95, &thresholds, estimate, NULL), LOY_OK);
  CU_ASSERT_EQUAL(thresholds.count, 1);
  {
    const double z = log(0.7 / 0.3), value = estimate[0].value;
    const double variance = straight.covariance[0] - 2 * z * straight.covariance[2] + z * z * straight.covariance[12];
    CHECK_CLOSE(estimate[0].std_error, 0.5 * value * (1 - value) * sqrt(variance), 1e-11);
    CU_ASSERT(isnan(estimate[1].value) && isnan(estimate[1].std_error));
  }
  CHECK_STATUS(loy_curve_threshold_estimates(&fit, 0.7, 1e9, 0.95, &thresholds, estimate, &error), LOY_NOTICE_NONE);
  CU_ASSERT_EQUAL(thresholds.count, 0);
  CU_ASSERT(isnan(estimate[0].value));
}

/* Quantiles of mpmath: 1.959963984540054, and 2.1199052992212547 for 16 degrees of freedom. */
static void test_confidence(void) {
  const loy_curve_fit_result fit = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result quasi = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_QUASI, 0.5);
  loy_curve_fit_result bad = fit;
  double lower[5], upper[5];
  loy_error error;
  CHECK_STATUS(loy_curve_confidence(&fit, 0.95, lower, upper, &error), LOY_OK);
  CHECK_CLOSE(lower[LOY_CURVE_ALPHA], 0.034252642057727244 - 1.959963984540054 * 0.091047005593837248, 1e-9);
  CHECK_CLOSE(upper[LOY_CURVE_A], 0.34993480319656649 + 1.959963984540054 * 0.039350907149834809, 1e-9);
  CHECK_CLOSE(log(upper[LOY_CURVE_BETA]),
              log(1.1205179923016956) + 1.959963984540054 * 0.046252169642406949 / 1.1205179923016956, 1e-9);
  CHECK_CLOSE(lower[LOY_CURVE_BETA] * upper[LOY_CURVE_BETA], 1.1205179923016956 * 1.1205179923016956, 1e-9);
  CHECK_BITS(lower[LOY_CURVE_DELTA], 0.0);
  CHECK_BITS(upper[LOY_CURVE_DELTA], 0.0);
  CHECK_STATUS(loy_curve_confidence(&quasi, 0.95, lower, upper, NULL), LOY_OK);
  CHECK_CLOSE(upper[LOY_CURVE_GAMMA], 0.68586878563972766 + 2.1199052992212547 * 0.04118042395471539, 1e-9);
  lower[0] = upper[0] = 77.0;
  CHECK_STATUS(loy_curve_confidence(NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "fit", LOY_NO_INDEX);
  bad.curve.beta = 0.0;
  (void)loy_curve_confidence(&bad, 2, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  (void)loy_curve_confidence(&fit, 1, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  (void)loy_curve_confidence(&fit, 0.9, NULL, upper, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  (void)loy_curve_confidence(&fit, 0.9, lower, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower[0], 77.0);
  CHECK_BITS(upper[0], 77.0);
  bad = fit; /* at its bound: no interval, and no notice, as it was one of the fit */
  bad.at_bound = BIT(LOY_CURVE_A);
  bad.std_error[LOY_CURVE_A] = (double)NAN;
  CHECK_STATUS(loy_curve_confidence(&bad, 0.9, lower, upper, &error), LOY_OK);
  CU_ASSERT(isnan(lower[LOY_CURVE_A]) && isnan(upper[LOY_CURVE_A]) && lower[LOY_CURVE_ALPHA] < upper[LOY_CURVE_ALPHA]);
  bad.at_bound = 0;
  CHECK_STATUS(loy_curve_confidence(&bad, 0.9, lower, upper, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "fit", LOY_NO_INDEX);
}

/* The boundary mixtures of Self and Liang, by SciPy's chi2.sf: P(chi2_1)/2, and P(chi2_1)/2 + P(chi2_2)/4. */
static void test_boundary_mixture(void) {
  static const struct {
    double statistic, one, two;
  } expected[5] = {{0.0, 1.0, 1.0}, /* no less than nothing: certain */
                   {1e-3, 0.4873864396849802, 0.7372614709297725},
                   {2.705543454095404, 0.050000000000000516, 0.11463067807177094},
                   {3.841458820694124, 0.024999999999999946, 0.06162501612152102},
                   {10.0, 0.0007827011290012745, 0.0024671878787726415}};
  const loy_curve_fit_result steady = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result plain = fit_of(BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.0);
  loy_curve_fit_result full = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  loy_curve_test test;
  for (size_t i = 0; i < 5; i++) {
    full.log_likelihood = steady.log_likelihood + 0.5 * expected[i].statistic;
    CHECK_STATUS(loy_curve_likelihood_ratio(&full, &steady, &test, NULL), LOY_OK);
    CHECK_CLOSE(test.p_value, expected[i].one, 1e-9);
    full.log_likelihood = plain.log_likelihood + 0.5 * expected[i].statistic;
    CHECK_STATUS(loy_curve_likelihood_ratio(&full, &plain, &test, NULL), LOY_OK);
    CHECK_CLOSE(test.p_value, expected[i].two, 1e-9);
  }
  full.log_likelihood = plain.log_likelihood - 1e-9; /* rounding of two fits */
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &plain, &test, NULL), LOY_OK);
  CHECK_BITS(test.statistic, 0.0);
}

/* SciPy's chi2.sf, mixed by hand. */
static void test_likelihood_ratio(void) {
  const loy_curve_fit_result full = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result steady = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result plain = fit_of(BIT(LOY_CURVE_A) | BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.0);
  const loy_curve_fit_result unit = fit_of(BIT(LOY_CURVE_BETA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result squares = fit_of(0, LOY_CURVE_NLS, 0.5);
  loy_curve_fit_result other;
  loy_curve_test test;
  loy_error error;
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &plain, &test, NULL), LOY_OK);
  CHECK_CLOSE(test.statistic, 67.654204484334422, 1e-10);
  CU_ASSERT_EQUAL(test.df, 2);
  CU_ASSERT_EQUAL(test.boundary, 2);
  CHECK_CLOSE(test.p_value, 6.067682386527088e-16, 1e-9);
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &steady, &test, NULL), LOY_OK);
  CHECK_CLOSE(test.statistic, 23.43025210708286, 1e-10);
  CU_ASSERT_EQUAL(test.boundary, 1);
  CHECK_CLOSE(test.p_value, 6.476276161603678e-07, 1e-9);
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &unit, &test, NULL), LOY_OK); /* beta = 1 lies inside */
  CU_ASSERT_EQUAL(test.df, 1);
  CU_ASSERT_EQUAL(test.boundary, 0);
  CU_ASSERT(test.p_value > 0.0 && test.p_value < 1.0);
  CHECK_CLOSE(test.statistic, 2 * (full.log_likelihood - unit.log_likelihood), 1e-15);
  test.df = 77;
  CHECK_STATUS(loy_curve_likelihood_ratio(NULL, &plain, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, NULL, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &plain, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_likelihood_ratio(&plain, &full, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &full, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_curve_likelihood_ratio(&squares, &plain, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX);
  other = plain;
  other.rows = 19;
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &other, &test, &error), LOY_ERR_ARGUMENT);
  other = plain;
  other.log_likelihood = -(double)INFINITY;
  CHECK_STATUS(loy_curve_likelihood_ratio(&full, &other, &test, &error), LOY_ERR_DOMAIN);
  CU_ASSERT_EQUAL(test.df, 77);
}

static void test_goodness_of_fit(void) {
  const loy_curve_fit_result fit = fit_of(BIT(LOY_CURVE_DELTA), LOY_CURVE_BINOMIAL, 0.5);
  const loy_curve_fit_result full = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  loy_curve_data data = cells();
  size_t row[CELLS];
  double n[CELLS], yes[CELLS], expected[CELLS], pearson[CELLS], deviance[CELLS];
  loy_curve_goodness goodness;
  loy_error error;
  failing_allocator memory;
  CHECK_STATUS(loy_curve_goodness_of_fit(&fit, &data, NULL, row, n, yes, expected, pearson, deviance, &goodness, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(goodness.cells, 20);
  CHECK_CLOSE(goodness.pearson, 29.913438586592069, 1e-10);
  CHECK_CLOSE(goodness.deviance, 23.455890303310189, 1e-10);
  CHECK_CLOSE(goodness.df, 16.0, 0.0);
  CHECK_CLOSE(goodness.p_deviance, 0.10208035099176374, 1e-9);
  CHECK_CLOSE(goodness.p_pearson, 0.018456242650274107, 1e-9);
  CU_ASSERT_EQUAL(row[15], 15);
  CHECK_CLOSE(n[15], 400.0, 0.0);
  CHECK_CLOSE(yes[15], 10.0, 0.0);
  CHECK_CLOSE(expected[15], 11.663260041841679, 1e-9);
  CHECK_CLOSE(pearson[15], -0.49428329174797746, 1e-8);
  CHECK_CLOSE(deviance[15], -0.50641970856162471, 1e-8);
  FOR_EACH_FAILURE(memory) {
    loy_curve_goodness kept, other;
    loy_status status;
    memset(&kept, 0x5a, sizeof kept);
    memcpy(&other, &kept, sizeof other);
    status =
        loy_curve_goodness_of_fit(&fit, &data, &memory.allocator, NULL, NULL, NULL, NULL, NULL, NULL, &other, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(memcmp(&other, &kept, sizeof kept) == 0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  data.n = 5;
  CHECK_STATUS(loy_curve_goodness_of_fit(&full, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, &error),
               LOY_NOTICE_NONE);
  CU_ASSERT(isnan(goodness.p_pearson) && goodness.df == 0.0);
  data.constraints = 1;
  CHECK_STATUS(loy_curve_goodness_of_fit(&full, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX);
  data.constraints = 0;
  CHECK_STATUS(loy_curve_goodness_of_fit(&full, &data, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "goodness", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_goodness_of_fit(&full, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &goodness, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
}

/* Each argument, in the presence of all later ones, for the three functions of a point. */
static void test_errors(void) {
  loy_curve_fit_result fit = fit_of(0, LOY_CURVE_BINOMIAL, 0.5);
  loy_curve_fit_result bad = fit;
  loy_thresholds thresholds;
  loy_curve_estimate estimate[2];
  loy_error error;
  bad.curve.beta = 0.0;
  CHECK_STATUS(loy_curve_predict(NULL, 2, 2, NULL, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "fit", LOY_NO_INDEX);
  (void)loy_curve_predict(&bad, 2, 2, NULL, 2, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX);
  (void)loy_curve_predict(&fit, 2, 2, NULL, 2, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  (void)loy_curve_predict(&fit, 0.5, 1, NULL, 2, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  (void)loy_curve_predict(&fit, 0.5, 0.5, NULL, 1, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  (void)loy_curve_predict(&fit, 0.5, 0.5, NULL, 0.9, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX);
  (void)loy_curve_required_estimate(&fit, 2, 2, NULL, 2, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  (void)loy_curve_required_estimate(&fit, 0.99, 2, NULL, 2, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  (void)loy_curve_required_estimate(&fit, 0.99, 0.5, NULL, 0, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  (void)loy_curve_required_estimate(&fit, 0.99, 0.5, NULL, 0.9, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX);
  (void)loy_curve_required_estimate(&fit, 0.99, 0.5, NULL, 0.9, estimate, &error);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX);
  (void)loy_curve_threshold_estimates(&fit, 0, 0, 0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  (void)loy_curve_threshold_estimates(&fit, 0.5, 0, 0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "tau", LOY_NO_INDEX);
  (void)loy_curve_threshold_estimates(&fit, 0.5, 1, 0, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  (void)loy_curve_threshold_estimates(&fit, 0.5, 1, 0.9, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "thresholds", LOY_NO_INDEX);
  (void)loy_curve_threshold_estimates(&fit, 0.5, 1, 0.9, &thresholds, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX);
  /* a fit without a covariance */
  for (size_t i = 0; i < 25; i++) fit.covariance[i] = (double)NAN;
  CHECK_STATUS(loy_curve_predict(&fit, 0.5, 0.5, NULL, 0.9, estimate, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "fit", LOY_NO_INDEX);
  CU_ASSERT(estimate[0].value > 0.0 && isnan(estimate[0].std_error) && isnan(estimate[0].lower));
  CHECK_STATUS(loy_curve_required_estimate(&fit, 0.8, 0.5, NULL, 0.9, estimate, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "fit", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_threshold_estimates(&fit, 0.5, 1, 0.9, &thresholds, estimate, &error), LOY_NOTICE_WEAK_ID);
}

SUITE(response, curve_inference) {
  ADD(test_predict);
  ADD(test_predict_batch);
  ADD(test_required);
  ADD(test_thresholds);
  ADD(test_confidence);
  ADD(test_likelihood_ratio);
  ADD(test_boundary_mixture);
  ADD(test_goodness_of_fit);
  ADD(test_errors);
}
