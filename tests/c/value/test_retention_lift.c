/* Three meanings of "5 % more retention": the changes of value, edges, order of checks. */
#include "check.h"

#include "loyalty/value/retention_lift.h"

/* END, i = 10 %. */
static void test_worked_cases(void) {
  static const double points[4] = {0.2037, 0.2245, 0.2750, 0.4074}, relative[4] = {0.1170, 0.1507, 0.2115, 0.3548};
  loy_retention_lift lift;
  for (int j = 0; j < 4; j++) {
    const double r = 0.6 + 0.1 * j;
    CHECK_STATUS(
        loy_retention_lift_by(LOY_RETENTION_POINTS, LOY_MARGIN_END, 100.0, r, 0.05, 0.1, 0.0, HUGE_VAL, &lift, NULL),
        LOY_OK);
    CHECK_NEAR(lift.relative, points[j], 5.1e-5);
    CHECK_CLOSE(lift.retention_after, r + 0.05, 1e-15);
    CHECK_CLOSE(lift.gain, lift.value_after - lift.value_before, 1e-14);
    CHECK_STATUS(
        loy_retention_lift_by(LOY_RETENTION_RELATIVE, LOY_MARGIN_END, -100.0, r, 0.05, 0.1, 0.0, HUGE_VAL, &lift, NULL),
        LOY_OK);
    CHECK_NEAR(lift.relative, relative[j], 5.1e-5);
    /* r' = 1.05 r: (1.05 (1+i-r)/(1+i-1.05 r)) - 1. */
    CHECK_CLOSE(lift.relative, 1.05 * (1.1 - r) / (1.1 - 1.05 * r) - 1.0, 1e-13);
    CHECK_STATUS(loy_retention_lift_by(LOY_RETENTION_DEFECTION_CUT, LOY_MARGIN_END, 100.0, r, 0.05, 0.1, 0.0, HUGE_VAL,
                                       &lift, NULL),
                 LOY_OK);
    CHECK_CLOSE(lift.retention_after, 1.0 - 0.95 * (1.0 - r), 1e-15);
  }
  /* Half of 10 % defection stays: 90 % becomes 95 %. */
  loy_retention_lift_by(LOY_RETENTION_DEFECTION_CUT, LOY_MARGIN_END, 100.0, 0.9, 0.5, 0.1, 0.0, HUGE_VAL, &lift, NULL);
  CHECK_CLOSE(lift.relative, 0.95 / 0.15 / (0.9 / 0.2) - 1.0, 1e-13);
}

static void test_edges(void) {
  loy_retention_lift lift;
  loy_error error;
  CHECK_STATUS(loy_retention_lift_by(1, LOY_MARGIN_END, 10.0, 0.0, 0.5, 0.0, 0.0, HUGE_VAL, &lift, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX);
  CHECK_BITS(lift.gain, 10.0);
  CHECK_BITS(lift.relative, HUGE_VAL);
  CHECK_STATUS(loy_retention_lift_by(1, LOY_MARGIN_END, 10.0, 0.0, 0.0, 0.0, 0.0, HUGE_VAL, &lift, &error), LOY_OK);
  CHECK_BITS(lift.relative, 0.0);
  CHECK_STATUS(loy_retention_lift_by(1, LOY_MARGIN_BEGIN, 10.0, 0.5, 0.5, 0.0, 0.0, HUGE_VAL, &lift, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "amount", LOY_NO_INDEX);
  CHECK_STATUS(loy_retention_lift_by(1, LOY_MARGIN_BEGIN, 10.0, 1.0, -0.5, 0.0, 0.0, HUGE_VAL, &lift, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_BITS(lift.relative, -1.0);
  CHECK_STATUS(loy_retention_lift_by(3, LOY_MARGIN_BEGIN, 10.0, 1.0, 0.5, 0.0, 0.0, HUGE_VAL, &lift, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_BITS(lift.gain, 0.0);
}

static void test_checks(void) {
  loy_retention_lift lift = {7.0, 7.0, 7.0, 7.0, 7.0};
  loy_error error;
#define EXPECT(k, t, m, r, a, i, g, h, out, status, argument)                                                          \
  CHECK_STATUS(loy_retention_lift_by(k, t, m, r, a, i, g, h, out, &error), status);                                    \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  EXPECT(0, 0, NAN, 2, NAN, -1, -1, -1, NULL, LOY_ERR_ARGUMENT, "meaning");
  EXPECT(4, 0, NAN, 2, NAN, -1, -1, -1, NULL, LOY_ERR_ARGUMENT, "meaning");
  EXPECT(1, 0, NAN, 2, NAN, -1, -1, -1, NULL, LOY_ERR_ARGUMENT, "timing");
  EXPECT(1, 1, NAN, 2, NAN, -1, -1, -1, NULL, LOY_ERR_DOMAIN, "margin");
  EXPECT(1, 1, 0, 2, NAN, -1, -1, -1, NULL, LOY_ERR_DOMAIN, "retention");
  EXPECT(1, 1, 0, 0.9, NAN, -1, -1, -1, NULL, LOY_ERR_DOMAIN, "discount");
  EXPECT(1, 1, 0, 0.9, NAN, 0, -1, -1, NULL, LOY_ERR_DOMAIN, "growth");
  EXPECT(1, 1, 0, 0.9, NAN, 0, 0, -1, NULL, LOY_ERR_DOMAIN, "horizon");
  EXPECT(1, 1, 0, 0.9, NAN, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "margin");
  EXPECT(1, 1, 1, 0.9, NAN, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "amount");
  EXPECT(1, 1, 1, 0.9, 0.2, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "amount");
  CU_ASSERT(strcmp(error.message, "takes retention above 1") == 0);
  EXPECT(2, 1, 1, 0.99, 0.05, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "amount");
  CU_ASSERT(strcmp(error.message, "takes retention above 1") == 0);
  EXPECT(3, 1, 1, 0.9, 1.1, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "amount");
  EXPECT(1, 1, 1, 0.1, -0.2, 0, 0, 5, NULL, LOY_ERR_DOMAIN, "amount");
  CU_ASSERT(strcmp(error.message, "takes retention below 0") == 0);
  EXPECT(1, 1, 1, 0.9, 0.05, 0, 0, 5, NULL, LOY_ERR_ARGUMENT, "lift");
#undef EXPECT
  CHECK_BITS(lift.gain, 7.0);
}

SUITE(value, retention_lift) {
  ADD(test_worked_cases);
  ADD(test_edges);
  ADD(test_checks);
}
