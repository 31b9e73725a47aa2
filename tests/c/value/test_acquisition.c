/* Payback, ratio, keep or replace: the worked cases, all timings, whole numbers, never, order of checks. */
#include "check.h"

#include "loyalty/value/acquisition.h"

static void test_worked_case(void) {
  /* ln(1 - A (1-w)/(m f))/ln w, 40 digits. */
  static const double exact[5] = {1.6520236520669218309, 2.5959142330687974554, 1.8773119682277925179,
                                  2.4134320991013709703, 2.0394673731214331641};
  loy_payback p;
  for (int timing = 1; timing <= 5; timing++) {
    CHECK_STATUS(loy_acquisition_payback(timing, 100.0, 0.8, 0.1, 0.0, 150.0, &p, NULL), LOY_OK);
    CHECK_CLOSE(p.exact, exact[timing - 1], 1e-14);
    CHECK_BITS(p.periods, ceil(exact[timing - 1]));
    CHECK_CLOSE(p.ratio, p.value / 150.0, 1e-15);
  }
  loy_acquisition_payback(LOY_MARGIN_BEGIN, 100.0, 0.8, 0.1, 0.0, 150.0, &p, NULL);
  CHECK_NEAR(p.ratio, 2.4444, 5e-5);
}

/* The first period by which the margins bring the cost, by counting; costs that are met exactly included. */
static void test_counted(void) {
  static const double cases[5][3] = {
      {0.8, 0.1, 0.0}, {1.0, 0.0, 0.0}, {0.9, 0.05, 0.3}, {0.5, 0.0, 0.0}, {0.95, 0.2, -0.1}};
  for (int c = 0; c < 5; c++)
    for (int timing = 1; timing <= 5; timing++)
      for (int k = 1; k <= 40; k++) {
        const double r = cases[c][0], i = cases[c][1], g = cases[c][2];
        const double at = loy_margin_multiple(timing, r, i, g, k), end = loy_margin_multiple(timing, r, i, g, HUGE_VAL);
        loy_payback p;
        if (!(at < end * (1.0 - 1e-9))) continue;
        CHECK_STATUS(loy_acquisition_payback(timing, 1.0, r, i, g, at, &p, NULL),
                     isinf(end) ? LOY_NOTICE_DIVERGES : LOY_OK);
        CHECK_BITS(p.periods, k);
        CHECK_CLOSE(p.exact, k, 1e-6);
        loy_acquisition_payback(timing, 1.0, r, i, g, at * (1.0 + 0x1p-50), &p, NULL);
        CU_ASSERT(p.periods == k + 1 || p.periods == k);
        CU_ASSERT(loy_margin_multiple(timing, r, i, g, p.periods) >= at * (1.0 + 0x1p-50));
      }
}

static void test_never(void) {
  loy_payback p;
  loy_error error;
  /* CAC (1-q) >= m: 100/(1 - .8/1.1) = 366.67. */
  CHECK_STATUS(loy_acquisition_payback(1, 100.0, 0.8, 0.1, 0.0, 366.0, &p, &error), LOY_OK);
  CHECK_STATUS(loy_acquisition_payback(1, 100.0, 0.8, 0.1, 0.0, 367.0, &p, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "acquisition_cost", LOY_NO_INDEX);
  CHECK_BITS(p.exact, HUGE_VAL);
  CHECK_BITS(p.periods, HUGE_VAL);
  CHECK_CLOSE(p.ratio, 366.66666666666667 / 367.0, 1e-14);
  CHECK_STATUS(loy_acquisition_payback(1, 10.0, 0.5, 0.0, 0.0, 20.0, &p, &error),
               LOY_NOTICE_NONE); /* only in the limit */
  CHECK_STATUS(loy_acquisition_payback(2, -1.0, 1.0, 0.0, 0.0, 20.0, &p, &error), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_acquisition_payback(2, 0.0, 1.0, 0.0, 0.0, 20.0, &p, &error), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_acquisition_payback(2, 10.0, 0.0, 0.0, 0.0, 20.0, &p, &error), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_acquisition_payback(1, 40.0, 0.0, 0.0, 0.0, 20.0, &p, &error), LOY_OK);
  CHECK_BITS(p.exact, 0.5);
  CHECK_BITS(p.periods, 1.0);
  /* Worth without end, and soon paid back; growth that no sum notices. */
  CHECK_STATUS(loy_acquisition_payback(1, 144.0, 1.0, 0.0, 5e-324, 18.0, &p, &error), LOY_NOTICE_DIVERGES);
  CHECK_BITS(p.exact, 0.125);
  CHECK_BITS(p.periods, 1.0);
  CHECK_STATUS(loy_acquisition_payback(2, 10.0, 1.0, 0.0, 0.0, 25.0, &p, &error), LOY_NOTICE_DIVERGES);
  CHECK_BITS(p.exact, 2.5);
  CHECK_BITS(p.periods, 3.0);
  CHECK_BITS(p.ratio, HUGE_VAL);
}

static void test_keep(void) {
  loy_keep k;
  CHECK_STATUS(loy_keep_or_replace(20.0, 0.1, 300.0, 100.0, &k, NULL), LOY_OK);
  CHECK_CLOSE(k.gain, 30.0, 1e-15);
  CHECK_CLOSE(k.net, 10.0, 1e-14);
  CHECK_CLOSE(k.cost_per_kept, 200.0, 1e-15);
  CHECK_CLOSE(k.uplift_to_pay, 20.0 / 300.0, 1e-15);
  CU_ASSERT(k.pays == 1 && k.cheaper == 0);
  /* A new customer costs five or six times what keeping costs. */
  loy_keep_or_replace(1.0, 0.21, 300.0, 5.0, &k, NULL);
  CHECK_BITS(k.uplift_to_replace, 0.2);
  CU_ASSERT(k.cheaper == 1);
  loy_keep_or_replace(1.0, 0.16, 300.0, 6.0, &k, NULL);
  CHECK_CLOSE(k.uplift_to_replace, 0.16666666666666667, 1e-15);
  CU_ASSERT(k.cheaper == 0);
  loy_keep_or_replace(0.0, 1.0, 1.0, 1.0, &k, NULL);
  CU_ASSERT(k.pays == 1 && k.cheaper == 1);
}

static void test_checks(void) {
  loy_payback p = {7.0, 7.0, 7.0, 7.0};
  loy_keep k;
  loy_error error;
  k.net = 7.0;
#define EXPECT(call, status, argument)                                                                                 \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  EXPECT(loy_acquisition_payback(0, NAN, 2, -1, -1, 0, NULL, &error), LOY_ERR_ARGUMENT, "timing");
  EXPECT(loy_acquisition_payback(1, NAN, 2, -1, -1, 0, NULL, &error), LOY_ERR_DOMAIN, "margin");
  EXPECT(loy_acquisition_payback(1, 1, 2, -1, -1, 0, NULL, &error), LOY_ERR_DOMAIN, "retention");
  EXPECT(loy_acquisition_payback(1, 1, 1, -1, -1, 0, NULL, &error), LOY_ERR_DOMAIN, "discount");
  EXPECT(loy_acquisition_payback(1, 1, 1, 0, -1, 0, NULL, &error), LOY_ERR_DOMAIN, "growth");
  EXPECT(loy_acquisition_payback(1, 1, 1, 0, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "acquisition_cost");
  EXPECT(loy_acquisition_payback(1, 1, 1, 0, 0, 1, NULL, &error), LOY_ERR_ARGUMENT, "payback");
  EXPECT(loy_keep_or_replace(-1, 0, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "cost");
  EXPECT(loy_keep_or_replace(0, 0, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "uplift");
  EXPECT(loy_keep_or_replace(0, 1.01, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "uplift");
  EXPECT(loy_keep_or_replace(0, 1, 0, 0, NULL, &error), LOY_ERR_DOMAIN, "value");
  EXPECT(loy_keep_or_replace(0, 1, 1, 0, NULL, &error), LOY_ERR_DOMAIN, "acquisition_cost");
  EXPECT(loy_keep_or_replace(0, 1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT, "keep");
#undef EXPECT
  CHECK_BITS(p.ratio, 7.0);
  CHECK_BITS(k.net, 7.0);
}

SUITE(value, acquisition) {
  ADD(test_worked_case);
  ADD(test_counted);
  ADD(test_never);
  ADD(test_keep);
  ADD(test_checks);
}
