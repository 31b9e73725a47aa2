/* test_estimate.c: means with t intervals, shares of classes. Numbers to twenty digits by mpmath. */
#include "check.h"

static void test_mean(void) {
  static const double value[] = {5, 4, 4, 3, 2, 5}, two[] = {1, 2}, uneven[] = {.1, .2, .7, 1e3};
  static loy_mean mean;
  loy_error error;
  double lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_mean_from_values(value, 6, 0, &mean, &error), LOY_OK);
  CU_ASSERT_EQUAL(mean.n, 6);
  CU_ASSERT_EQUAL(mean.missing, 0);
  CHECK_CLOSE(mean.mean, 23.0 / 6.0, 2e-16);
  CHECK_CLOSE(mean.standard_deviation, 1.1690451944500121278, 4e-16);
  CHECK_CLOSE(mean.standard_error, .47726070210921177181, 4e-16);
  CHECK_STATUS(loy_mean_interval(&mean, .95, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, 2.6064956416283593265, 4e-15);
  CHECK_CLOSE(upper, 5.0601710250383073401, 4e-15);
  CHECK_STATUS(loy_mean_interval(&mean, .5, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, 3.4865142600476165123, 4e-15);
  CHECK_CLOSE(upper, 4.1801524066190501544, 4e-15);
  CHECK_STATUS(loy_mean_from_values(two, 2, 1, &mean, &error), LOY_OK);
  CHECK_STATUS(loy_mean_interval(&mean, .95, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, -4.8531023680873466571, 2e-14);
  CHECK_CLOSE(upper, 7.8531023680873466571, 2e-14);
  CHECK_STATUS(loy_mean_from_values(uneven, 4, 1, &mean, &error), LOY_OK);
  CHECK_CLOSE(mean.mean, 250.25, 4e-16);
  CHECK_CLOSE(mean.standard_deviation, 499.83340224518809164, 4e-16);
}

/* Equal values have exactly their mean; a large common part costs nothing; more rows than a block; ends of the range.
 */
static void test_mean_numerics(void) {
  static double value[10000];
  static loy_mean mean;
  double lower = 0.0, upper = 0.0;
  for (int i = 0; i < 10000; i++) value[i] = .1;
  CHECK_STATUS(loy_mean_from_values(value, 10000, 0, &mean, NULL), LOY_OK);
  CHECK_BITS(mean.mean, .1);
  CHECK_BITS(mean.standard_deviation, 0.0);
  CHECK_STATUS(loy_mean_interval(&mean, .99, &lower, &upper, NULL), LOY_OK);
  CHECK_BITS(lower, .1);
  CHECK_BITS(upper, .1);
  for (int i = 0; i < 10000; i++) value[i] = 1e12 + i % 2; /* variance 10000/4/9999 */
  CHECK_STATUS(loy_mean_from_values(value, 10000, 0, &mean, NULL), LOY_OK);
  CHECK_BITS(mean.mean, 1e12 + .5);
  CHECK_CLOSE(mean.standard_deviation, .50002500187515624218, 4e-16);
  for (int i = 0; i < 10000; i++) value[i] = i % 2 ? 1e40 : -1e40;
  CHECK_STATUS(loy_mean_from_values(value, 2, 0, &mean, NULL), LOY_OK);
  CHECK_BITS(mean.mean, 0.0);
  CHECK_CLOSE(mean.standard_error, 1e40, 4e-16);
  CHECK_STATUS(loy_mean_interval(&mean, 1.0 - 0x1p-53, &lower, &upper, NULL), LOY_OK);
  CU_ASSERT(isfinite(lower) && isfinite(upper));
}

static void test_mean_missing(void) {
  static const double value[] = {NAN, 3, NAN, 5, 1e41};
  static loy_mean mean;
  loy_error error;
  double lower = 7.0, upper = 7.0;
  CHECK_STATUS(loy_mean_from_values(value, 4, 1, &mean, &error), LOY_OK);
  CU_ASSERT_EQUAL(mean.n, 2);
  CU_ASSERT_EQUAL(mean.missing, 2);
  CHECK_BITS(mean.mean, 4.0);
  CHECK_CLOSE(mean.standard_deviation, sqrt(2.0), 2e-16);
  CHECK_STATUS(loy_mean_from_values(value, 2, 1, &mean, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, NULL, LOY_NO_INDEX);
  CHECK_BITS(mean.mean, 3.0);
  CU_ASSERT(isnan(mean.standard_deviation) && isnan(mean.standard_error));
  CHECK_STATUS(loy_mean_interval(&mean, .95, &lower, &upper, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "result", LOY_NO_INDEX);
  CHECK_BITS(lower, 7.0);
  CHECK_STATUS(loy_mean_from_values(value, 1, 1, &mean, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_from_values(value, 5, 1, &mean, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "value", 4);
  CHECK_STATUS(loy_mean_from_values(value, 5, 0, &mean, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "value", 0);
  CHECK_BITS(mean.mean, 3.0); /* untouched */
}

/* In the order the header states. */
static void test_mean_errors(void) {
  static const double value[] = {(double)NAN};
  loy_mean mean = {1, 0, 1.0, 1.0, 1.0};
  loy_error error;
  double lower = 7.0;
  CHECK_STATUS(loy_mean_from_values(NULL, 1, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_from_values(value, 1, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_from_values(value, 1, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_from_values(NULL, 0, 0, &mean, &error), LOY_ERR_TOO_FEW);

  CHECK_STATUS(loy_mean_interval(NULL, 2.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  mean.mean = (double)NAN;
  CHECK_STATUS(loy_mean_interval(&mean, 2.0, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  mean.n = 5;
  CHECK_STATUS(loy_mean_interval(&mean, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  mean.mean = 1e300;
  CHECK_STATUS(loy_mean_interval(&mean, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  mean.mean = 1.0;
  mean.standard_error = -1.0;
  CHECK_STATUS(loy_mean_interval(&mean, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  mean.standard_error = (double)INFINITY;
  CHECK_STATUS(loy_mean_interval(&mean, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  mean.standard_error = 1.0;
  CHECK_STATUS(loy_mean_interval(&mean, 0.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_interval(&mean, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_mean_interval(&mean, (double)NAN, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_mean_interval(&mean, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_mean_interval(&mean, .5, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 7.0);
}

static void test_shares(void) {
  static const int64_t count[] = {80, 40, 0};
  static loy_share share[3];
  CHECK_STATUS(loy_shares_from_counts(count, 3, .95, share, NULL), LOY_OK);
  CU_ASSERT_EQUAL(share[0].count, 80);
  CHECK_CLOSE(share[0].share, 2.0 / 3.0, 1e-16);
  CHECK_NEAR(share[0].lower, .5783110162, 5.1e-11);
  CHECK_NEAR(share[0].upper, .7446825950, 5.1e-11);
  CHECK_NEAR(share[1].lower, 1.0 - .7446825950, 5.1e-11);
  CHECK_BITS(share[2].share, 0.0);
  CHECK_BITS(share[2].lower, 0.0);
  CHECK_CLOSE(share[2].upper, .031019166418703486892, 1e-14); /* z^2/(120 + z^2) */
}

static void test_share_errors(void) {
  static int64_t count[] = {1, -1};
  static loy_share share[2];
  loy_error error;
  share[0].share = 7.0;
  CHECK_STATUS(loy_shares_from_counts(NULL, 1, 2.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  CHECK_STATUS(loy_shares_from_counts(count, 2, 2.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "count", 1);
  count[1] = INT64_MAX;
  CHECK_STATUS(loy_shares_from_counts(count, 2, 2.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "count", 1);
  count[1] = (int64_t)1 << 53;
  CHECK_STATUS(loy_shares_from_counts(count, 2, 2.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "count", LOY_NO_INDEX);
  CHECK_STATUS(loy_shares_from_counts(NULL, 0, 2.0, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX);
  count[1] = 1;
  CHECK_STATUS(loy_shares_from_counts(count, 2, 1.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_shares_from_counts(count, 2, .9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_BITS(share[0].share, 7.0);
}

static void one_interval(double estimate, double std_error, int scale, double *lower, double *upper) {
  CHECK_STATUS(loy_scaled_intervals(&estimate, &std_error, 1, .95, HUGE_VAL, scale, lower, upper, NULL), LOY_OK);
}

/* By hand, with z = 1.9599639845400545 and the C library's functions. */
static void test_scaled_intervals(void) {
  const double z = 1.9599639845400545, ten = 10, two = 2;
  double lower, upper;
  one_interval(10, 2, LOY_INTERVAL_PLAIN, &lower, &upper);
  CHECK_CLOSE(lower, 10 - 2 * z, 1e-14);
  CHECK_CLOSE(upper, 10 + 2 * z, 1e-14);
  one_interval(10, 2, LOY_INTERVAL_LOG, &lower, &upper);
  CHECK_CLOSE(lower, 10 * exp(-.2 * z), 1e-14);
  CHECK_CLOSE(upper, 10 * exp(.2 * z), 1e-14);
  one_interval(.2, .04, LOY_INTERVAL_ODDS, &lower, &upper);
  CHECK_CLOSE(log(lower / (1 - lower)), log(.25) - .25 * z, 1e-14);
  CHECK_CLOSE(log(upper / (1 - upper)), log(.25) + .25 * z, 1e-14);
  /* Student's t with 16 degrees of freedom. */
  CHECK_STATUS(loy_scaled_intervals(&ten, &two, 1, .95, 16, LOY_INTERVAL_PLAIN, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(upper, 10 + 2 * 2.1199052992212547, 1e-14);
}

static void test_scaled_interval_ends(void) {
  double lower, upper;
  for (int scale = LOY_INTERVAL_PLAIN; scale <= LOY_INTERVAL_ODDS; scale++) {
    one_interval(.5, 0, scale, &lower, &upper);
    CHECK_BITS(lower, .5);
    CHECK_BITS(upper, .5);
    one_interval(.5, (double)NAN, scale, &lower, &upper);
    CU_ASSERT(isnan(lower) && isnan(upper));
    one_interval(.5, -1, scale, &lower, &upper);
    CU_ASSERT(isnan(lower) && isnan(upper));
  }
  one_interval(0, 0, LOY_INTERVAL_LOG, &lower, &upper);
  CHECK_BITS(lower, 0.0);
  CHECK_BITS(upper, 0.0);
  one_interval(0, 1, LOY_INTERVAL_LOG, &lower, &upper);
  CU_ASSERT(isnan(lower) && isnan(upper));
  one_interval(1, 1, LOY_INTERVAL_ODDS, &lower, &upper);
  CU_ASSERT(isnan(lower) && isnan(upper));
  one_interval(1e-3, 10, LOY_INTERVAL_LOG, &lower, &upper);
  CHECK_BITS(lower, 0.0);
  CU_ASSERT(isinf(upper));
  one_interval(.5, 1e4, LOY_INTERVAL_ODDS, &lower, &upper);
  CHECK_BITS(lower, 0.0);
  CHECK_BITS(upper, 1.0);
}

static void test_scaled_interval_errors(void) {
  const double x[1] = {.5};
  double lower = 7, upper = 7;
  loy_error error;
  CHECK_STATUS(loy_scaled_intervals(NULL, NULL, 1, 1, 0, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "estimate", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, NULL, 1, 1, 0, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, x, 1, 1, 0, 3, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, x, 1, .9, 0, 3, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "df", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, x, 1, .9, 1, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "scale", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, x, 1, .9, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_scaled_intervals(x, x, 1, .9, 1, 2, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CU_ASSERT(lower == 7 && upper == 7);
  CHECK_STATUS(loy_scaled_intervals(NULL, NULL, 0, .9, 1, 2, NULL, NULL, &error), LOY_OK);
}

SUITE(survey, estimate) {
  ADD(test_scaled_intervals);
  ADD(test_scaled_interval_ends);
  ADD(test_scaled_interval_errors);
  ADD(test_mean);
  ADD(test_mean_numerics);
  ADD(test_mean_missing);
  ADD(test_mean_errors);
  ADD(test_shares);
  ADD(test_share_errors);
}
