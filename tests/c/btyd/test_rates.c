/* Rates from counts: by hand; intervals by statsmodels (proportion_confint, method wilson); conversions by mpmath. */
#include "check.h"

static void check_rate(const loy_rate *rate, int64_t part, int64_t whole, double lower, double upper) {
  double low = 0, high = 0;
  CU_ASSERT_EQUAL(rate->part, part);
  CU_ASSERT_EQUAL(rate->whole, whole);
  CHECK_BITS(rate->rate, (double)part / (double)whole);
  CHECK_STATUS(loy_rate_interval(rate, .95, &low, &high, NULL), LOY_OK);
  CHECK_NEAR(low, lower, 4e-16);
  CHECK_NEAR(high, upper, 4e-16);
}

static void test_rates(void) {
  loy_rate rate;
  CHECK_STATUS(loy_retention_rate(100, 110, 30, &rate, NULL), LOY_OK);
  check_rate(&rate, 80, 100, 0.7111708344068411, 0.8666330666689676);
  CHECK_STATUS(loy_churn_rate(100, 110, 30, &rate, NULL), LOY_OK);
  check_rate(&rate, 20, 100, 0.1333669333310325, 0.2888291655931589);
  CHECK_STATUS(loy_repeat_rate(7, 9, &rate, NULL), LOY_OK);
  check_rate(&rate, 7, 9, 0.45258896910698887, 0.9367748928821533);
  CHECK_STATUS(loy_repurchase_rate(0, 5, &rate, NULL), LOY_OK);
  check_rate(&rate, 0, 5, 0.0, 0.43448246478317487);
  CHECK_STATUS(loy_retention_rate(2, 2, 0, &rate, NULL), LOY_OK);
  check_rate(&rate, 2, 2, 0.342380227506653, 1.0);
  CHECK_STATUS(loy_churn_rate(2, 5, 5, &rate, NULL), LOY_OK); /* all replaced */
  CU_ASSERT_EQUAL(rate.part, 2);
}

static void test_rate_errors(void) {
  static const int64_t most = (int64_t)1 << 53;
  loy_rate rate = {7, 7, 7.0};
  loy_error error;
#define BAD(call, status, argument)                                                                                    \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(loy_retention_rate(-1, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "start");
  BAD(loy_retention_rate(most + 1, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "start");
  BAD(loy_retention_rate(0, -1, -1, NULL, &error), LOY_ERR_DOMAIN, "acquired");
  BAD(loy_retention_rate(0, 0, most + 1, NULL, &error), LOY_ERR_DOMAIN, "acquired");
  BAD(loy_retention_rate(0, 4, 5, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_retention_rate(10, 16, 5, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_retention_rate(10, INT64_MIN, 5, NULL, &error), LOY_ERR_DOMAIN, "end");
  BAD(loy_retention_rate(0, 5, 5, NULL, &error), LOY_ERR_TOO_FEW, "start");
  BAD(loy_retention_rate(10, 5, 5, NULL, &error), LOY_ERR_ARGUMENT, "result");
  BAD(loy_churn_rate(0, 5, 5, &rate, &error), LOY_ERR_TOO_FEW, "start");
  BAD(loy_repeat_rate(-1, -1, NULL, &error), LOY_ERR_DOMAIN, "customers");
  BAD(loy_repeat_rate(-1, 0, NULL, &error), LOY_ERR_DOMAIN, "repeat_customers");
  BAD(loy_repeat_rate(0, 0, NULL, &error), LOY_ERR_TOO_FEW, "customers");
  BAD(loy_repeat_rate(0, 1, NULL, &error), LOY_ERR_ARGUMENT, "result");
  BAD(loy_repurchase_rate(0, most + 1, &rate, &error), LOY_ERR_DOMAIN, "orders");
  BAD(loy_repurchase_rate(2, 1, &rate, &error), LOY_ERR_DOMAIN, "returning_orders");
  BAD(loy_repurchase_rate(0, 0, &rate, &error), LOY_ERR_TOO_FEW, "orders");
  CU_ASSERT_EQUAL(rate.part, 7);
  CHECK_BITS(rate.rate, 7.0);
#undef BAD
}

static void test_interval_errors(void) {
  loy_rate good = {1, 2, .5}, bad = {3, 2, 1.5}, none = {0, 0, 0.0};
  double lower = 7, upper = 7;
  loy_error error;
#define BAD(rate, level, lower, upper, status, argument)                                                               \
  CHECK_STATUS(loy_rate_interval(rate, level, lower, upper, &error), status);                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(NULL, 2, NULL, NULL, LOY_ERR_ARGUMENT, "result");
  BAD(&bad, 2, NULL, NULL, LOY_ERR_DOMAIN, "result");
  BAD(&none, 2, NULL, NULL, LOY_ERR_DOMAIN, "result");
  BAD(&good, 1, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&good, NAN, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&good, .9, NULL, NULL, LOY_ERR_ARGUMENT, "lower");
  BAD(&good, .9, &lower, NULL, LOY_ERR_ARGUMENT, "upper");
#undef BAD
  CHECK_BITS(lower, 7.0);
  CHECK_BITS(upper, 7.0);
}

static void test_convert(void) {
  const double week = loy_time_unit_seconds(LOY_TIME_WEEK), year = loy_time_unit_seconds(LOY_TIME_YEAR);
  CHECK_CLOSE(loy_retention_convert(.95, 1, 12), 0.54036008766263666, 4e-16);
  CHECK_CLOSE(loy_retention_convert(.6, 12, 1), 0.958324528627147959, 4e-16);
  CHECK_CLOSE(loy_retention_convert(.9, week, year), 0.00409675045283401534, 4e-15);
  CHECK_CLOSE(loy_churn_convert(.05, 1, 12), 0.459639912337363056, 4e-16);
  CHECK_CLOSE(loy_churn_convert(.4, 12, 1), 0.0416754713728520412, 4e-16);
  CHECK_CLOSE(loy_churn_convert(1e-9, 1, 12), 1.1999999934000001e-8, 4e-16);
  CHECK_BITS(loy_retention_convert(0, 1, 12), 0.0);
  CHECK_BITS(loy_retention_convert(1, 1, 12), 1.0);
  CHECK_BITS(loy_retention_convert(.3, 7, 7), .3);
  CHECK_BITS(loy_churn_convert(0, 1, 12), 0.0);
  CHECK_BITS(loy_churn_convert(1, 12, 1), 1.0);
  CHECK_BITS(loy_churn_convert(.3, 7, 7), .3);
  CHECK_BITS(loy_retention_convert(.5, 1e-40, 1e40), 0.0);
  CHECK_BITS(loy_churn_convert(.5, 1e-40, 1e40), 1.0);
  CU_ASSERT(isnan(loy_retention_convert(1.5, 1, 12)));
  CU_ASSERT(isnan(loy_churn_convert(.5, 0, 12)));
}

static void test_convert_errors(void) {
  double out = 7;
  loy_error error;
#define BAD(call, status, argument)                                                                                    \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(loy_retention_convert_check(-.1, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "retention");
  BAD(loy_retention_convert_check(NAN, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "retention");
  BAD(loy_churn_convert_check(1.1, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "churn");
  BAD(loy_churn_convert_check(1, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "from");
  BAD(loy_churn_convert_check(1, 1, NAN, NULL, &error), LOY_ERR_DOMAIN, "to");
  BAD(loy_churn_convert_check(1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT, "result");
  BAD(loy_retention_convert_batch(0, 0, NULL, 1, NULL, NULL, &error), LOY_ERR_DOMAIN, "from");
  BAD(loy_retention_convert_batch(1, 0, NULL, 1, NULL, NULL, &error), LOY_ERR_DOMAIN, "to");
  BAD(loy_retention_convert_batch(1, 1, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "retention");
  BAD(loy_churn_convert_batch(1, 1, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "churn");
  BAD(loy_churn_convert_batch(1, 1, &out, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "out");
#undef BAD
  CHECK_BITS(out, 7.0);
}

static void test_convert_batch(void) {
  double rate[] = {.5, -1, .25, NAN}, out[4];
  loy_batch_report report;
  CHECK_STATUS(loy_retention_convert_batch(2, 1, rate, 4, out, &report, NULL), LOY_OK);
  CHECK_BITS(out[0], loy_retention_convert(.5, 2, 1));
  CHECK_BITS(out[2], .5);
  CU_ASSERT(isnan(out[1]) && isnan(out[3]));
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "retention", 1);
  CHECK_STATUS(loy_churn_convert_batch(2, 1, rate, 4, rate, &report, NULL), LOY_OK); /* in place */
  CHECK_BITS(rate[0], loy_churn_convert(.5, 2, 1));
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "churn", 1);
  CHECK_STATUS(loy_churn_convert_batch(2, 1, NULL, 0, NULL, NULL, NULL), LOY_OK);
}

SUITE(btyd, rates) {
  ADD(test_rates);
  ADD(test_rate_errors);
  ADD(test_interval_errors);
  ADD(test_convert);
  ADD(test_convert_errors);
  ADD(test_convert_batch);
}
