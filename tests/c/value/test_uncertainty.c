/* Spread of a customer's value and standard error of an estimated one: the worked case, mpmath, brute force, checks. */
#include "check.h"

#include "loyalty/value/uncertainty.h"

static void test_worked_case(void) {
  /* The moments of the textbook at 40 digits, m = 100, r = .8, i = .1, without growth and with g = .05. */
  static const double growing[5] = {310.26422754379344168, 295.4897405178985151, 282.05838867617585465,
                                    309.91225439867410226, 311.5302599366353014};
  double mean, deviation;
  loy_error error;
  CHECK_STATUS(loy_retention_spread(LOY_MARGIN_BEGIN, 100.0, 0.8, 0.1, 0.0, &mean, &deviation, &error), LOY_OK);
  CHECK_CLOSE(mean, 366.6666667, 1e-9);
  CHECK_CLOSE(deviation, 229.05485076995558351, 1e-15);
  CHECK_STATUS(loy_retention_spread(LOY_MARGIN_CONTINUOUS, 100.0, 0.8, 0.1, 0.0, &mean, &deviation, &error), LOY_OK);
  CHECK_CLOSE(deviation, 230.6054275011419236, 1e-15);
  for (int timing = 1; timing <= 5; timing++) {
    CHECK_STATUS(loy_retention_spread(timing, -100.0, 0.8, 0.1, 0.05, &mean, &deviation, &error), LOY_OK);
    CHECK_CLOSE(deviation, growing[timing - 1], 2e-15);
    CHECK_BITS(mean, loy_retention_value(timing, -100.0, 0.8, 0.1, 0.05, HUGE_VAL, 0.0));
  }
}

/* The distribution itself: N lives n periods with probability r^(n-1) (1-r). */
static void test_brute_force(void) {
  static const double cases[4][3] = {{0.8, 0.1, 0.0}, {0.3, 0.0, 0.2}, {0.5, -0.2, 0.0}, {0.6, 0.4, -0.5}};
  for (int c = 0; c < 4; c++)
    for (int timing = LOY_MARGIN_BEGIN; timing <= LOY_MARGIN_MID; timing++) {
      const double r = cases[c][0], one = 1.0 + cases[c][1], up = 1.0 + cases[c][2];
      double first = 0.0, second = 0.0, p = 1.0 - r, paid = 0.0, factor = 1.0, mean, deviation;
      for (int n = 1; n < 400; n++) {
        /* The margin of period n - 1 at its beginning or end; END and MID pay it only to those who stay for the next.
         */
        const int late = timing == LOY_MARGIN_END || timing == LOY_MARGIN_MID;
        if (!late || n > 1)
          paid += timing == LOY_MARGIN_BEGIN            ? factor
                  : timing == LOY_MARGIN_END_FIRST_SURE ? factor / one
                  : timing == LOY_MARGIN_END            ? factor / up
                                                        : factor / up * sqrt(one);
        first += p * paid;
        second += p * paid * paid;
        p *= r;
        factor *= up / one;
      }
      CHECK_STATUS(loy_retention_spread(timing, 1.0, r, cases[c][1], cases[c][2], &mean, &deviation, NULL), LOY_OK);
      CHECK_CLOSE(mean, first, 1e-12);
      CHECK_CLOSE(deviation, sqrt(second - first * first), 1e-11);
    }
}

static void test_edges(void) {
  double mean, deviation;
  loy_error error;
  for (int timing = 1; timing <= 5; timing++) {
    CHECK_STATUS(loy_retention_spread(timing, 5.0, 1.0, 0.1, 0.0, &mean, &deviation, &error), LOY_OK);
    CHECK_BITS(deviation, 0.0);
    CHECK_STATUS(loy_retention_spread(timing, 5.0, 0.0, 0.1, 0.0, &mean, &deviation, &error), LOY_OK);
    CHECK_BITS(deviation, 0.0);
    CHECK_STATUS(loy_retention_spread(timing, 0.0, 1.0, 0.0, 0.0, &mean, &deviation, &error), LOY_OK);
    CHECK_BITS(mean, 0.0);
    CHECK_STATUS(loy_retention_spread(timing, -5.0, 1.0, 0.0, 0.0, &mean, &deviation, &error), LOY_NOTICE_DIVERGES);
    CHECK_BITS(mean, -HUGE_VAL);
    CHECK_BITS(deviation, HUGE_VAL);
    /* r up < one <= r up^2 / one: a mean, and no variance. */
    CHECK_STATUS(loy_retention_spread(timing, 5.0, 0.5, 0.0, 0.8, &mean, &deviation, &error), LOY_NOTICE_DIVERGES);
    CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX);
    CU_ASSERT(isfinite(mean) && isinf(deviation));
  }
}

static void test_standard_error(void) {
  double value, se;
  loy_error error;
  /* mpmath: END, m = 100, se_m = 5, r = .8, se_r = .02. */
  CHECK_STATUS(
      loy_retention_value_error(LOY_MARGIN_END, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 5.0, 0.02, 0.3, &value, &se, &error),
      LOY_OK);
  CHECK_CLOSE(value, 266.66666666666667, 1e-14);
  CHECK_CLOSE(se, 31.158693771255313784, 1e-14);
  loy_retention_value_error(LOY_MARGIN_END, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 5.0, 0.02, 0.0, &value, &se, NULL);
  CHECK_CLOSE(se, 27.844364635870380159, 1e-14);
  loy_retention_value_error(LOY_MARGIN_END, -100.0, 0.8, 0.1, 0.0, HUGE_VAL, 5.0, 0.02, 0.3, &value, &se, NULL);
  CHECK_CLOSE(se, 24.07806234770051857, 1e-14);
  /* One error alone, and two that cancel. */
  loy_retention_value_error(LOY_MARGIN_BEGIN, 100.0, 0.8, 0.1, 0.0, HUGE_VAL, 0.0, 0.03, 0.9, &value, &se, NULL);
  CHECK_CLOSE(se, 100.0 * 1.1 / 0.09 * 0.03, 1e-14);
  loy_retention_value_error(LOY_MARGIN_BEGIN, 1.0, 0.5, 0.5, 0.0, HUGE_VAL, 1.0, 1.0, -1.0, &value, &se, NULL);
  CHECK_BITS(se, 0.0); /* M = 1.5 and M' = 1.5 */
  CHECK_STATUS(
      loy_retention_value_error(LOY_MARGIN_END, 1.0, 1.0, 0.0, 0.0, HUGE_VAL, 1.0, 0.0, 0.0, &value, &se, &error),
      LOY_NOTICE_DIVERGES);
  CU_ASSERT(isinf(value) && isinf(se));
  CHECK_STATUS(loy_retention_value_error(LOY_MARGIN_CONTINUOUS, 1.0, 0.0, 0.1, 0.0, HUGE_VAL, 1.0, 0.1, 0.0, &value,
                                         &se, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX);
  CHECK_BITS(value, 0.0);
}

static void test_checks(void) {
  double a = 7.0, b = 7.0;
  loy_error error;
#define EXPECT(call, status, argument)                                                                                 \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
#define SPREAD(t, m, r, i, g, x, y) loy_retention_spread(t, m, r, i, g, x, y, &error)
  EXPECT(SPREAD(0, NAN, 2, -1, -1, NULL, NULL), LOY_ERR_ARGUMENT, "timing");
  EXPECT(SPREAD(1, NAN, 2, -1, -1, NULL, NULL), LOY_ERR_DOMAIN, "margin");
  EXPECT(SPREAD(1, 1, 2, -1, -1, NULL, NULL), LOY_ERR_DOMAIN, "retention");
  EXPECT(SPREAD(1, 1, 1, -1, -1, NULL, NULL), LOY_ERR_DOMAIN, "discount");
  EXPECT(SPREAD(1, 1, 1, 0, -1, NULL, NULL), LOY_ERR_DOMAIN, "growth");
  EXPECT(SPREAD(1, 1, 1, 0, 0, NULL, NULL), LOY_ERR_ARGUMENT, "mean");
  EXPECT(SPREAD(1, 1, 1, 0, 0, &a, NULL), LOY_ERR_ARGUMENT, "deviation");
#define ERROR_OF(t, m, r, i, g, h, sm, sr, rho, x, y)                                                                  \
  loy_retention_value_error(t, m, r, i, g, h, sm, sr, rho, x, y, &error)
  EXPECT(ERROR_OF(9, NAN, 2, -1, -1, -1, -1, -1, 2, NULL, NULL), LOY_ERR_ARGUMENT, "timing");
  EXPECT(ERROR_OF(1, NAN, 2, -1, -1, -1, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "margin");
  EXPECT(ERROR_OF(1, 1, 2, -1, -1, -1, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "retention");
  EXPECT(ERROR_OF(1, 1, 1, -1, -1, -1, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "discount");
  EXPECT(ERROR_OF(1, 1, 1, 0, -1, -1, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "growth");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, -1, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "horizon");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, HUGE_VAL, -1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "se_margin");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, 1, 1, -1, 2, NULL, NULL), LOY_ERR_DOMAIN, "se_retention");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, 1, 1, 1, 2, NULL, NULL), LOY_ERR_DOMAIN, "correlation");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, 1, 1, 1, 0, NULL, NULL), LOY_ERR_ARGUMENT, "value");
  EXPECT(ERROR_OF(1, 1, 1, 0, 0, 1, 1, 1, 0, &a, NULL), LOY_ERR_ARGUMENT, "standard_error");
#undef ERROR_OF
#undef SPREAD
#undef EXPECT
  CHECK_BITS(a, 7.0);
  CHECK_BITS(b, 7.0);
}

/* To the ends of the ranges there are numbers, or infinity with its notice. */
static void test_range(void) {
  static const double rate[7] = {-1.0 + 0x1p-53, -0.5, 0.0, 1e-12, 1.0, 1e4, 1e40};
  static const double stay[6] = {0.0, 5e-324, 1e-40, 0.5, 1.0 - 0x1p-53, 1.0};
  for (int k = 0; k < 5 * 7 * 7 * 6; k++) {
    double mean, deviation;
    const loy_status status = loy_retention_spread(1 + k % 5, 1e40, stay[k / 245], rate[k / 5 % 7], rate[k / 35 % 7],
                                                   &mean, &deviation, NULL);
    CU_ASSERT(mean >= 0.0 && deviation >= 0.0);
    CHECK_STATUS(status, isinf(mean) || isinf(deviation) ? LOY_NOTICE_DIVERGES : LOY_OK);
  }
}

SUITE(value, uncertainty) {
  ADD(test_worked_case);
  ADD(test_brute_force);
  ADD(test_edges);
  ADD(test_standard_error);
  ADD(test_checks);
  ADD(test_range);
}
