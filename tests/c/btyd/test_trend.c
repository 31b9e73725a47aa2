/* Trends: S and p by counting all orders, slope and limits by scipy.stats.theilslopes, the normal approximation by
 * mpmath. */
#include "check.h"
#include "failing_allocator.h"

static void check_trend(const double *amount, size_t years, double level, int64_t s, double p, double slope,
                        double lower, double upper) {
  loy_trend trend;
  int64_t known = 0;
  for (size_t y = 0; y < years; y++) known += !isnan(amount[y]);
  CHECK_STATUS(loy_trend_of(amount, years, level, NULL, &trend, NULL), LOY_OK);
  CU_ASSERT_EQUAL(trend.known, known);
  CU_ASSERT_EQUAL(trend.s, s);
  CHECK_CLOSE(trend.tau, (double)s / (double)(known * (known - 1) / 2), 2e-16);
  CHECK_CLOSE(trend.p_value, p, 1e-14);
  CHECK_CLOSE(trend.slope, slope, 2e-16);
  CHECK_CLOSE(trend.lower, lower, 2e-16);
  CHECK_CLOSE(trend.upper, upper, 2e-16);
}

static const double rising[] = {12, 15, 11, 18, 22, 20, 25, 19, 24, 30, 28, 27,
                                35, 33, 31, 40, 38, 36, 41, 45, 44, 43, 47, 50};

static void test_values(void) {
  static const double a[] = {1, 3, 2, 5, 4}, b[] = {90, 95, 99, 120, 118, 130}, c[] = {5, 5, 7, 9, 9, 9, 12},
                      d[] = {3, 2, 1}, e[] = {4, 4, 4}, f[] = {1, 2}, gaps[] = {10, 14, NAN, 15, 30, NAN, NAN, 29, NAN},
                      tied[] = {3, 1, 2, 2, 5, 4, 4, 1, 3, 5, 2, 4, 3, 3, 5, 2, 5, 4, 1, 5, 4, 5};
  check_trend(a, 5, .9, 6, 28. / 120, .875, -1, 2);
  check_trend(b, 6, .9, 13, 12. / 720, 8, 4.5, 12);
  check_trend(c, 7, .9, 17, 24. / 5040, 1, 2. / 3, 1.5);
  check_trend(d, 3, .9, -3, 2. / 6, -1, -1, -1);
  check_trend(e, 3, .9, 0, 1, 0, 0, 0);
  check_trend(f, 2, .9, 1, 1, 1, 1, 1);
  check_trend(gaps, 9, .9, 8, 10. / 120, 3.107142857142857, .5, 5.333333333333333);
  check_trend(rising, 20, .95, 158, 2.2710573411630974e-09, 1.625, 1.3571428571428572, 1.8666666666666667);
  check_trend(rising, 24, .95, 238, 4.13642099875237752e-9, 1.6, 1.4285714285714286, 1.7142857142857142);
  check_trend(tied, 22, .95, 57, 0.104755547364643722, 0.09090909090909091, 0, .1875);
}

/* A thousand years, and amounts that are as large as they may be. */
static void test_extremes(void) {
  static double line[LOY_TREND_YEARS];
  static const double large[] = {-LOY_TREND_AMOUNT_MOST, LOY_TREND_AMOUNT_MOST};
  for (size_t y = 0; y < LOY_TREND_YEARS; y++) line[y] = 3.0 - 2.0 * (double)y;
  check_trend(line, LOY_TREND_YEARS, .99, -499500, 0.0, -2, -2, -2);
  check_trend(large, 2, .5, 1, 1, 2 * LOY_TREND_AMOUNT_MOST, 2 * LOY_TREND_AMOUNT_MOST, 2 * LOY_TREND_AMOUNT_MOST);
}

static void test_batch(void) {
  static const double year[4][5] = {
      {1, 3, NAN, 5, 1}, {2, 1, NAN, 5, INFINITY}, {3, NAN, 4, 5, 1}, {4, 2, NAN, 5, -INFINITY}};
  const double *amount[] = {year[0], year[1], year[2], year[3]};
  double slope[5], lower[5], upper[5], tau[5], p[5];
  loy_trend_columns out;
  loy_batch_report report;
  loy_error error;
  size_t skipped = 9;
  loy_trend_columns_init(&out);
  loy_trend_columns_init(NULL);
  out.slope = slope;
  out.lower = lower;
  out.upper = upper;
  out.tau = tau;
  out.p_value = p;
  CHECK_STATUS(loy_trend_batch(amount, 4, 5, .8, NULL, &out, &skipped, &report, &error), LOY_NOTICE_SKIPPED);
  CU_ASSERT_EQUAL(skipped, 1);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "amount", 4);
  for (size_t i = 0; i < 5; i++) {
    double row[4];
    loy_trend one;
    for (size_t y = 0; y < 4; y++) row[y] = year[y][i];
    if (i == 2 || i == 4) {
      CU_ASSERT(isnan(slope[i]) && isnan(lower[i]) && isnan(upper[i]) && isnan(tau[i]) && isnan(p[i]));
      continue;
    }
    CHECK_STATUS(loy_trend_of(row, 4, .8, NULL, &one, NULL), LOY_OK);
    CHECK_BITS(slope[i], one.slope);
    CHECK_BITS(lower[i], one.lower);
    CHECK_BITS(upper[i], one.upper);
    CHECK_BITS(tau[i], one.tau);
    CHECK_BITS(p[i], one.p_value);
  }
  loy_trend_columns_init(&out); /* nothing wanted */
  CHECK_STATUS(loy_trend_batch(amount, 4, 2, .8, NULL, &out, NULL, NULL, NULL), LOY_OK);
}

static void test_errors(void) {
  static const double bad[] = {1, 2e300, NAN}, none[] = {1, NAN, NAN};
  const double *column[] = {bad, NULL};
  loy_trend trend;
  loy_trend_columns out, wrong;
  size_t skipped = 7;
  loy_error error;
  loy_trend_columns_init(&out);
  wrong = out;
  wrong.struct_size = 1;
  trend.s = 7;
#define BAD(call, status, argument, at)                                                                                \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, at)
  BAD(loy_trend_of(NULL, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX);
  BAD(loy_trend_of(bad, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX);
  BAD(loy_trend_of(bad, LOY_TREND_YEARS + 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX);
  BAD(loy_trend_of(bad, 3, 1, NULL, NULL, &error), LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  BAD(loy_trend_of(bad, 3, .9, NULL, NULL, &error), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  BAD(loy_trend_of(bad, 3, .9, NULL, &trend, &error), LOY_ERR_DOMAIN, "amount", 1);
  BAD(loy_trend_of(none, 3, .9, NULL, &trend, &error), LOY_ERR_TOO_FEW, "amount", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(trend.s, 7);
  BAD(loy_trend_batch(NULL, 1, 3, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX);
  BAD(loy_trend_batch(column, 1, 3, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "years", LOY_NO_INDEX);
  BAD(loy_trend_batch(column, 2, 3, 1, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "amount", 1);
  column[1] = bad;
  BAD(loy_trend_batch(column, 2, 3, 0, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  BAD(loy_trend_batch(column, 2, 3, .9, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  BAD(loy_trend_batch(column, 2, 3, .9, NULL, &wrong, &skipped, NULL, &error), LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
#undef BAD
  CU_ASSERT_EQUAL(skipped, 7);
}

static void test_memory(void) {
  const double *column[] = {rising, rising + 1, rising + 3};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loy_trend trend;
    loy_status status;
    trend.s = 7;
    status = loy_trend_of(rising, 24, .9, &memory.allocator, &trend, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(trend.s, memory.failed ? 7 : 238);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double slope[2] = {7, 7};
    loy_trend_columns out;
    loy_status status;
    loy_trend_columns_init(&out);
    out.slope = slope;
    status = loy_trend_batch(column, 3, 2, .9, &memory.allocator, &out, NULL, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CHECK_BITS(slope[0], memory.failed ? 7.0 : 3.0); /* 12, 15, 18 */
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, trend) {
  ADD(test_values);
  ADD(test_extremes);
  ADD(test_batch);
  ADD(test_errors);
  ADD(test_memory);
}
