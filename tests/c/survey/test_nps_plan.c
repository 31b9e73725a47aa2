/* test_nps_plan.c: sample sizes, half widths, power. */
#include "check.h"

static int64_t size(double half_width, double variance, double population, int method) {
  int64_t n = -1;
  CHECK_STATUS(loy_nps_sample_size(half_width, .95, variance, population, method, &n, NULL), LOY_OK);
  return n;
}

static void test_sample_size(void) {
  CU_ASSERT_EQUAL(size(.05, LOY_NPS_VARIANCE_WORST, INFINITY, LOY_NPS_WALD), 1537);
  CU_ASSERT_EQUAL(size(.05, LOY_NPS_VARIANCE_TYPICAL, INFINITY, LOY_NPS_WALD), 1076);
  CU_ASSERT_EQUAL(size(.05, LOY_NPS_VARIANCE_TYPICAL, INFINITY, LOY_NPS_ADJUSTED_WALD), 1073);
  CU_ASSERT_EQUAL(size(.10, .5, INFINITY, LOY_NPS_WALD), 193);
  /* 1536.5835282776502 / (1 + 1535.5835282776502 / 2000) = 869.2 */
  CU_ASSERT_EQUAL(size(.05, 1.0, 2000.0, LOY_NPS_WALD), 870);
  CU_ASSERT_EQUAL(size(2.0, .1, INFINITY, LOY_NPS_ADJUSTED_WALD), 1);
  CU_ASSERT_EQUAL(size(1e-6, 1.0, 5000.0, LOY_NPS_ADJUSTED_WALD), 5000); /* all of them */
  CU_ASSERT_EQUAL(size(.1, 1.0, 1.0, LOY_NPS_WALD), 1);
}

/* The planned number is the smallest that keeps the half width. */
static void test_smallest(void) {
  static const double widths[] = {.3, .1, .05, .02, .003}, variances[] = {.2, .7, 1.0};
  static const double populations[] = {10, 500, 12345, INFINITY};
  for (size_t i = 0; i < 5 * 3 * 4 * 2; i++) {
    const double e = widths[i % 5], v = variances[i / 5 % 3], population = populations[i / 15 % 4];
    const int method = (int)(i / 60);
    const int64_t n = size(e, v, population, method);
    double width = -1.0;
    CHECK_STATUS(loy_nps_half_width(n, .95, v, population, method, &width, NULL), LOY_OK);
    CU_ASSERT(width <= e * (1 + 1e-12));
    if (n == 1) continue;
    CHECK_STATUS(loy_nps_half_width(n - 1, .95, v, population, method, &width, NULL), LOY_OK);
    CU_ASSERT(width > e);
  }
}

/* No plan asks for more answers than there are customers, such as a second one of one customer. */
static void test_all_customers(void) {
  for (int i = 1; i <= 200; i++)
    for (int method = 0; method <= 1; method++) {
      int64_t n = 0;
      CHECK_STATUS(loy_nps_sample_size(i / 100.0, .5, .5, 1.0, method, &n, NULL), LOY_OK);
      CU_ASSERT_EQUAL(n, 1);
      CU_ASSERT(size(i / 100.0, .6, 3.0, method) <= 3);
    }
}

static void test_half_width(void) {
  double e;
  CHECK_STATUS(loy_nps_half_width(100, .95, .61, INFINITY, LOY_NPS_WALD, &e, NULL), LOY_OK);
  CHECK_CLOSE(e, 1.959963984540054 * sqrt(.0061), 1e-14);
  CHECK_STATUS(loy_nps_half_width(97, .95, .61, 1000, LOY_NPS_ADJUSTED_WALD, &e, NULL), LOY_OK);
  CHECK_CLOSE(e, 1.959963984540054 * sqrt(.0061 * 903 / 999), 1e-14);
  CHECK_STATUS(loy_nps_half_width(1, .95, .61, 1, LOY_NPS_WALD, &e, NULL), LOY_OK);
  CHECK_BITS(e, 0.0);
}

/* statsmodels.stats.power.NormalIndPower; its solve_power agrees with the closed formula but for the far tail. */
static void test_two_groups(void) {
  int64_t n1, n2;
  double power;
  CHECK_STATUS(loy_nps_group_sizes(.1, .7, .7, 1, .95, .8, LOY_NPS_TWO_SIDED, &n1, &n2, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n1, 1099);
  CU_ASSERT_EQUAL(n2, 1099);
  CHECK_STATUS(loy_nps_group_sizes(-.1, .7, .7, 2, .95, .8, LOY_NPS_GREATER, &n1, &n2, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n1, 650); /* 649.168509894692 */
  CU_ASSERT_EQUAL(n2, 1299);
  CHECK_STATUS(loy_nps_power(.1, .7, 1099, .7, 1099, .95, LOY_NPS_TWO_SIDED, &power, NULL), LOY_OK);
  CHECK_CLOSE(power, 0.8000569268798244, 1e-13);
  CHECK_STATUS(loy_nps_power(-.1, .7, 300, .7, 600, .95, LOY_NPS_GREATER, &power, NULL), LOY_OK);
  CHECK_CLOSE(power, 0.5181276318772486, 1e-13);
  CHECK_STATUS(loy_nps_power(.01, .7, 30, .7, 30, .95, LOY_NPS_TWO_SIDED, &power, NULL), LOY_OK);
  CHECK_CLOSE(power, 0.050245501639185654, 1e-13);
  CHECK_STATUS(loy_nps_power(0, .7, 30, .7, 30, .95, LOY_NPS_TWO_SIDED, &power, NULL), LOY_OK);
  CHECK_CLOSE(power, .05, 1e-14);
}

/* Against a benchmark: one sample. */
static void test_benchmark(void) {
  int64_t n, none;
  double power;
  CHECK_STATUS(loy_nps_group_sizes(.1, .7, 0, 5, .95, .8, LOY_NPS_TWO_SIDED, &n, &none, NULL), LOY_OK);
  CU_ASSERT_EQUAL(n, 550); /* half of 1098.84 */
  CU_ASSERT_EQUAL(none, 0);
  CHECK_STATUS(loy_nps_power(.1, .7, n, 0, 0, .95, LOY_NPS_TWO_SIDED, &power, NULL), LOY_OK);
  CU_ASSERT(power >= .8 && power < .802);
}

static void test_precision_errors(void) {
  int64_t n = -7;
  double e = -7;
  loy_error error;
  CHECK_STATUS(loy_nps_sample_size(0, 9, 9, 0, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "half_width", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_sample_size(.1, NAN, 9, 0, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_sample_size(.1, .9, 0, 0, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "variance", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_sample_size(.1, .9, 1, .5, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "population", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_sample_size(.1, .9, 1, 5, LOY_NPS_SCORE, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_sample_size(.1, .9, 1, 5, LOY_NPS_WALD, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_half_width(0, 9, 9, 0, 9, &e, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_half_width(5, .9, 1, 4, 9, &e, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "population", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_half_width(5, .9, 1, 5, 9, &e, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_half_width(5, .9, 1, 5, LOY_NPS_WALD, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "half_width", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(n, -7);
  CHECK_BITS(e, -7.0);
}

static void test_group_errors(void) {
  int64_t n = -7;
  double p = -7;
  loy_error error;
#define SIZES(d, v1, v2, r, level, power, alternative, n1, n2, status, argument)                                       \
  CHECK_STATUS(loy_nps_group_sizes(d, v1, v2, r, level, power, alternative, n1, n2, &error), status);                  \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  SIZES(0, 9, 9, 0, 9, 9, 9, NULL, NULL, LOY_ERR_DOMAIN, "difference");
  SIZES(.1, 9, 9, 0, 9, 9, 9, NULL, NULL, LOY_ERR_DOMAIN, "variance_first");
  SIZES(.1, .7, 9, 0, 9, 9, 9, NULL, NULL, LOY_ERR_DOMAIN, "variance_second");
  SIZES(.1, .7, .7, 0, 9, 9, 9, NULL, NULL, LOY_ERR_DOMAIN, "ratio");
  SIZES(.1, .7, .7, 1, 9, 9, 9, NULL, NULL, LOY_ERR_ARGUMENT, "alternative");
  SIZES(.1, .7, .7, 1, 9, 9, 0, NULL, NULL, LOY_ERR_DOMAIN, "level");
  SIZES(.1, .7, .7, 1, .95, 9, 0, NULL, NULL, LOY_ERR_DOMAIN, "power");
  SIZES(.1, .7, .7, 1, .95, 1, 0, NULL, NULL, LOY_ERR_DOMAIN, "power");
  SIZES(.1, .7, .7, 1, .95, .02, 0, NULL, NULL, LOY_ERR_DOMAIN, "power");
  SIZES(.1, .7, .7, 1, .95, .8, 0, NULL, NULL, LOY_ERR_ARGUMENT, "n_first");
  SIZES(.1, .7, .7, 1, .95, .8, 0, &n, NULL, LOY_ERR_ARGUMENT, "n_second");
#undef SIZES
#define POWER(d, v1, n1, v2, n2, level, alternative, power, status, argument)                                          \
  CHECK_STATUS(loy_nps_power(d, v1, n1, v2, n2, level, alternative, power, &error), status);                           \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  POWER(3, 9, 0, 9, 0, 9, 9, NULL, LOY_ERR_DOMAIN, "difference");
  POWER(.1, 9, 0, 9, 0, 9, 9, NULL, LOY_ERR_DOMAIN, "variance_first");
  POWER(.1, .7, 0, 9, 0, 9, 9, NULL, LOY_ERR_DOMAIN, "n_first");
  POWER(.1, .7, 5, 9, 0, 9, 9, NULL, LOY_ERR_DOMAIN, "variance_second");
  POWER(.1, .7, 5, .7, 0, 9, 9, NULL, LOY_ERR_DOMAIN, "n_second");
  POWER(.1, .7, 5, .7, 5, 9, 9, NULL, LOY_ERR_ARGUMENT, "alternative");
  POWER(.1, .7, 5, .7, 5, 9, 0, NULL, LOY_ERR_DOMAIN, "level");
  POWER(.1, .7, 5, .7, 5, .9, 0, NULL, LOY_ERR_ARGUMENT, "power");
#undef POWER
  CU_ASSERT_EQUAL(n, -7);
  CHECK_BITS(p, -7.0);
}

SUITE(survey, nps_plan) {
  ADD(test_sample_size);
  ADD(test_smallest);
  ADD(test_all_customers);
  ADD(test_half_width);
  ADD(test_two_groups);
  ADD(test_benchmark);
  ADD(test_precision_errors);
  ADD(test_group_errors);
}
