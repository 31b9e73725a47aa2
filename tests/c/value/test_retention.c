/* Margin multiples: published tables, the worked case under every timing, direct sums, edges, order of checks. */
#include "check.h"

#include "wide.h"

#include "loyalty/value/retention.h"

static const int all_timings[5] = {LOY_MARGIN_BEGIN, LOY_MARGIN_END, LOY_MARGIN_END_FIRST_SURE, LOY_MARGIN_MID,
                                   LOY_MARGIN_CONTINUOUS};

/* Gupta & Lehmann 2003, table of margin multiples r/(1+i-r), printed to two decimals. */
static void test_published_multiples(void) {
  static const double discount[4] = {0.10, 0.12, 0.14, 0.16};
  static const double printed[4][4] = {
      {1.20, 1.75, 2.67, 4.50}, {1.15, 1.67, 2.50, 4.09}, {1.11, 1.59, 2.35, 3.75}, {1.07, 1.52, 2.22, 3.46}};
  static const double growing[4] = {1.27, 1.92, 3.13, 6.08};
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++)
      CHECK_NEAR(loy_margin_multiple(LOY_MARGIN_END, 0.6 + 0.1 * j, discount[i], 0.0, HUGE_VAL), printed[i][j], 0.0051);
  for (int j = 0; j < 4; j++)
    CHECK_NEAR(loy_margin_multiple(LOY_MARGIN_END, 0.6 + 0.1 * j, 0.12, 0.08, HUGE_VAL), growing[j], 0.0051);
}

static void test_worked_case(void) {
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_BEGIN, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0), 366.6666667, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_END, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0), 266.6666667, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_END_FIRST_SURE, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0), 333.3333333, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_MID, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0), 279.6823595, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_CONTINUOUS, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0), 314.0173602, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_BEGIN, 100.0, 0.8, 0.1, 0.0, 5.0, 0.0), 292.0633836, 5e-8);
  CHECK_NEAR(loy_retention_value(LOY_MARGIN_END, 100.0, 0.8, 0.1, 0.0, 5.0, 0.0), 212.4097336, 5e-8);
  CHECK_CLOSE(loy_retention_value(LOY_MARGIN_END, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 66.0), 266.0 + 2.0 / 3.0 - 66.0,
              1e-14);
  /* BEGIN - END = m, and END_FIRST_SURE is BEGIN one period later. */
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, 0.83, 0.07, 0.02, HUGE_VAL) -
                  loy_margin_multiple(LOY_MARGIN_END, 0.83, 0.07, 0.02, HUGE_VAL) * 1.02,
              1.0, 1e-13);
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, 0.83, 0.07, 0.02, HUGE_VAL),
              1.07 * loy_margin_multiple(LOY_MARGIN_END_FIRST_SURE, 0.83, 0.07, 0.02, HUGE_VAL), 1e-14);
}

/* Term by term. `w` next to 1 and above it included. */
static void test_direct_sums(void) {
  static const double cases[7][3] = {{0.8, 0.1, 0.0},   {0.8, 0.1, 0.05}, {0.95, 0.0, 0.0}, {1.0, 0.02, 0.02},
                                     {0.9, 0.02, 0.25}, {1.0, 0.0, 0.0},  {0.3, -0.2, 0.1}};
  for (int c = 0; c < 7; c++) {
    double r = cases[c][0], i = cases[c][1], g = cases[c][2];
    for (int periods = 0; periods <= 30; periods += 5) {
      double begin = 0.0, end = 0.0, first = 0.0, now = 1.0, stays = 1.0, grown = 1.0;
      for (int t = 0; t < periods; t++) {
        begin += grown * stays * now;
        first += grown * stays * now / (1.0 + i);
        end += grown * stays * r * now / (1.0 + i);
        grown *= 1.0 + g;
        stays *= r;
        now /= 1.0 + i;
      }
      CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, r, i, g, periods), begin, 1e-13);
      CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_END, r, i, g, periods), end, 1e-13);
      CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_END_FIRST_SURE, r, i, g, periods), first, 1e-13);
      CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_MID, r, i, g, periods), end * sqrt(1.0 + i), 1e-13);
    }
  }
}

/* Against 40-digit values where w is next to 1, where 1 - w and ln w cancel. */
static void test_next_to_one(void) {
  /* r = 1, i = 2^-40, g = 0: BEGIN (1+i)/i, CONTINUOUS 1/ln(1+i); T = 12 periods. */
  double i = ldexp(1.0, -40);
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, 1.0, i, 0.0, HUGE_VAL), 1099511627777.0, 1e-15);
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_CONTINUOUS, 1.0, i, 0.0, HUGE_VAL), 1099511627776.5, 1e-15);
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, 1.0, i, 0.0, 12.0), 11.99999999993997335, 1e-15);
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_CONTINUOUS, 1.0, i, 0.0, 2.5), 2.499999999997157829, 1e-15);
  /* Even where 1/(1 - w) is beyond the doubles. */
  for (int k = 0; k < 5; k++) {
    CHECK_BITS(loy_margin_multiple(all_timings[k], 1.0, 0.0, 5e-324, 12.0), 12.0);
    CHECK_BITS(loy_margin_multiple(all_timings[k], 1.0, -5e-324, 0.0, 12.0), 12.0);
  }
}

static void test_diverges(void) {
  double value = 5.0;
  loy_error error;
  for (int k = 0; k < 5; k++) {
    CU_ASSERT(isinf(loy_margin_multiple(all_timings[k], 1.0, 0.0, 0.0, HUGE_VAL)));
    CU_ASSERT(isinf(loy_margin_multiple(all_timings[k], 0.9, 0.05, 0.2, HUGE_VAL)));
    CHECK_STATUS(loy_margin_multiple_check(all_timings[k], 0.9, 0.05, 0.2, HUGE_VAL, &value, &error),
                 LOY_NOTICE_DIVERGES);
    CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX);
    CU_ASSERT(isinf(value) && value > 0.0);
    CU_ASSERT(isfinite(loy_margin_multiple(all_timings[k], 0.9, 0.05, 0.2, 40.0)));
    CHECK_CLOSE(loy_margin_multiple(all_timings[k], 0.0, 0.1, 0.0, HUGE_VAL),
                loy_margin_multiple(all_timings[k], 0.0, 0.1, 0.0, 1.0), 0.0);
    CHECK_BITS(loy_margin_multiple(all_timings[k], 0.7, 0.1, 0.0, 0.0), 0.0);
  }
  CHECK_STATUS(loy_retention_value_check(LOY_MARGIN_END, 0.0, 1.0, 0.0, 0.0, HUGE_VAL, 10.0, &value, &error), LOY_OK);
  CHECK_BITS(value, -10.0);
  CHECK_STATUS(loy_retention_value_check(LOY_MARGIN_END, -1.0, 1.0, 0.0, 0.0, HUGE_VAL, 10.0, &value, &error),
               LOY_NOTICE_DIVERGES);
  CU_ASSERT(isinf(value) && value < 0.0);
  CU_ASSERT(isinf(loy_retention_value(LOY_MARGIN_END, 2.0, 1.0, 0.0, 0.0, HUGE_VAL, 10.0)));
}

/* The order of checks is the order of parameters; nothing is written on an error. */
static void test_checks(void) {
  double value = 7.0;
  loy_error error;
#define EXPECT(call, status, argument)                                                                                 \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                               \
    CHECK_BITS(value, 7.0);                                                                                            \
  } while (0)
  EXPECT(loy_retention_value_check(0, NAN, 2.0, -1.0, -1.0, -1.0, NAN, &value, &error), LOY_ERR_ARGUMENT, "timing");
  EXPECT(loy_retention_value_check(6, NAN, 2.0, -1.0, -1.0, -1.0, NAN, &value, &error), LOY_ERR_ARGUMENT, "timing");
  EXPECT(loy_retention_value_check(1, NAN, 2.0, -1.0, -1.0, -1.0, NAN, &value, &error), LOY_ERR_DOMAIN, "margin");
  EXPECT(loy_retention_value_check(1, 1.0, 2.0, -1.0, -1.0, -1.0, NAN, &value, &error), LOY_ERR_DOMAIN, "retention");
  EXPECT(loy_retention_value_check(1, 1.0, 0.5, -1.0, -1.0, -1.0, NAN, &value, &error), LOY_ERR_DOMAIN, "discount");
  EXPECT(loy_retention_value_check(1, 1.0, 0.5, 0.1, -1.0, -1.0, NAN, &value, &error), LOY_ERR_DOMAIN, "growth");
  EXPECT(loy_retention_value_check(1, 1.0, 0.5, 0.1, 0.0, -1.0, NAN, &value, &error), LOY_ERR_DOMAIN, "horizon");
  EXPECT(loy_retention_value_check(1, 1.0, 0.5, 0.1, 0.0, 1.5, NAN, &value, &error), LOY_ERR_DOMAIN, "horizon");
  EXPECT(loy_retention_value_check(5, 1.0, 0.5, 0.1, 0.0, 1.5, NAN, &value, &error), LOY_ERR_DOMAIN,
         "acquisition_cost");
  EXPECT(loy_retention_value_check(5, 1.0, 0.5, 0.1, 0.0, 1.5, 0.0, NULL, &error), LOY_ERR_ARGUMENT, "value");
  EXPECT(loy_margin_multiple_check(9, -1.0, NAN, NAN, NAN, NULL, &error), LOY_ERR_ARGUMENT, "timing");
  EXPECT(loy_margin_multiple_check(1, -1.0, NAN, NAN, NAN, NULL, &error), LOY_ERR_DOMAIN, "retention");
  EXPECT(loy_margin_multiple_check(1, 0.1, NAN, NAN, NAN, NULL, &error), LOY_ERR_DOMAIN, "discount");
  EXPECT(loy_margin_multiple_check(1, 0.1, 0.1, NAN, NAN, NULL, &error), LOY_ERR_DOMAIN, "growth");
  EXPECT(loy_margin_multiple_check(1, 0.1, 0.1, 0.1, NAN, NULL, &error), LOY_ERR_DOMAIN, "horizon");
  EXPECT(loy_margin_multiple_check(1, 0.1, 0.1, 0.1, 1.0, NULL, &error), LOY_ERR_ARGUMENT, "multiple");
#undef EXPECT
  CU_ASSERT(isnan(loy_margin_multiple(1, NAN, 0.1, 0.0, 1.0)));
  CU_ASSERT(isnan(loy_margin_multiple(0, 0.5, 0.1, 0.0, 1.0)));
  CU_ASSERT(isnan(loy_retention_value(1, 1.0, 0.5, 0.1, 0.0, NAN, 0.0)));
}

static void test_batch(void) {
  double margin[5] = {100.0, 50.0, NAN, 10.0, -3.0}, retention[5] = {0.8, 0.0, 0.5, 1.1, 1.0}, out[5];
  loy_batch_report report = {0, {LOY_OK, NULL, 0, NULL}};
  loy_error error;
  for (int k = 0; k < 5; k++) {
    CHECK_STATUS(
        loy_retention_value_batch(all_timings[k], margin, retention, 5, 0.1, 0.01, 12.0, 3.0, out, &report, &error),
        LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 2);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "margin", 2);
    for (int i = 0; i < 5; i++)
      if (!isnan(out[i]))
        CHECK_BITS(out[i], loy_retention_value(all_timings[k], margin[i], retention[i], 0.1, 0.01, 12.0, 3.0));
    CU_ASSERT(isnan(out[2]) && isnan(out[3]) && !isnan(out[4]));
  }
  CHECK_STATUS(
      loy_retention_value_batch(LOY_MARGIN_END, margin, retention, 5, 0.0, 0.0, HUGE_VAL, 0.0, out, NULL, &error),
      LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "retention", 4);
  CHECK_STATUS(loy_retention_value_batch(0, NULL, NULL, 5, NAN, NAN, NAN, NAN, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "timing", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_value_batch(1, NULL, NULL, 5, NAN, NAN, NAN, NAN, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_value_batch(1, margin, NULL, 5, NAN, NAN, NAN, NAN, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "retention", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_value_batch(1, margin, retention, 5, NAN, NAN, NAN, NAN, NULL, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_value_batch(1, margin, retention, 5, 0.1, 0.0, 1.0, 0.0, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_value_batch(1, NULL, NULL, 0, 0.1, 0.0, 1.0, 0.0, NULL, NULL, &error), LOY_OK);
}

/* Numbers beyond their range are named. */
static void test_outside(void) {
  static const double outside[OUTSIDE] = OUTSIDE_QUANTITIES;
  double value = 7.0;
  loy_error error;
  for (int i = 0; i < OUTSIDE; i++) {
    double x = outside[i];
    CHECK_STATUS(loy_retention_value_check(5, -x, 0.5, 0.1, 0.0, 1.0, 0.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "margin", LOY_NO_INDEX);
    CHECK_STATUS(loy_retention_value_check(5, 1.0, 0.5, 0.1, 0.0, x, 0.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
    CHECK_STATUS(loy_retention_value_check(5, 1.0, 0.5, 0.1, 0.0, 1.0, -x, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "acquisition_cost", LOY_NO_INDEX);
    if (x < 1.0) continue;
    CHECK_STATUS(loy_margin_multiple_check(5, 0.5, x, 0.0, 1.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX);
    CHECK_STATUS(loy_margin_multiple_check(5, 0.5, 0.1, x, 1.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX);
  }
  CHECK_BITS(value, 7.0);
}

/* Up to the ends of the ranges there is a number, or infinity with its reason: no end, or too large for a double. */
static void test_range(void) {
  static const double rate[9] = {-1.0 + 0x1p-53, -0.5, -1e-40, 0.0, 1e-40, 1e-4, 1.0, 1e4, 1e40};
  static const double stay[6] = {0.0, 5e-324, 1e-40, 0.5, 1.0 - 0x1p-53, 1.0};
  static const double length[6] = {0.0, 1.0, 12.0, 1e4, 1e40, HUGE_VAL};
  for (int k = 0; k < 5; k++)
    for (int i = 0; i < 9 * 9 * 6 * 6; i++) {
      double discount = rate[i % 9], growth = rate[i / 9 % 9], retention = stay[i / 81 % 6], horizon = length[i / 486];
      double multiple, value;
      loy_error error;
      loy_status status =
          loy_margin_multiple_check(all_timings[k], retention, discount, growth, horizon, &multiple, &error);
      CU_ASSERT(multiple >= 0.0);
      CHECK_STATUS(status, isinf(multiple) ? LOY_NOTICE_DIVERGES : LOY_OK);
      if (isinf(multiple)) CHECK_ERROR(&error, status, isinf(horizon) ? "retention" : "horizon", LOY_NO_INDEX);
      if (isinf(multiple) && isinf(horizon)) CU_ASSERT(retention * (1.0 + growth) >= (1.0 + discount) * (1.0 - 1e-15));
      status =
          loy_retention_value_check(all_timings[k], -1e40, retention, discount, growth, horizon, -1e40, &value, NULL);
      CU_ASSERT(!isnan(value));
      CHECK_STATUS(status, isinf(value) ? LOY_NOTICE_DIVERGES : LOY_OK);
    }
  /* w = 5e-324 / 2^132: its logarithm survives where it does not. */
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_CONTINUOUS, 5e-324, 0x1p132, 0.0, HUGE_VAL),
              1.0 / ((1074.0 + 132.0) * 0.69314718055994530942), 1e-14);
  /* 1+i = 2^-53 and 1+g = 2^-53 with r = 0.9: w = 0.9. */
  CHECK_CLOSE(loy_margin_multiple(LOY_MARGIN_BEGIN, 0.9, -1.0 + 0x1p-53, -1.0 + 0x1p-53, HUGE_VAL), 10.0, 1e-14);
}

SUITE(value, retention) {
  ADD(test_outside);
  ADD(test_range);
  ADD(test_published_multiples);
  ADD(test_worked_case);
  ADD(test_direct_sums);
  ADD(test_next_to_one);
  ADD(test_diverges);
  ADD(test_checks);
  ADD(test_batch);
}
