/* Lifetime arithmetic: a churn of one third, edges, batches, order of checks. */
#include "check.h"

#include "loyalty/value/lifetime.h"

/* Churn of a third: after five years 13 % are left, not none. */
static void test_worked_case(void) {
  const double r = 2.0 / 3.0;
  CHECK_NEAR(loy_lifetime_survivors(r, 5.0), 0.1316872, 5e-8);
  CHECK_CLOSE(loy_lifetime_mean(r), 3.0, 1e-15);
  CHECK_CLOSE(loy_lifetime_until(r, 0.5), 1.709511291351454777, 1e-15); /* mpmath */
  CHECK_CLOSE(loy_lifetime_until(r, 0.01), 11.357747174535145609, 1e-15);
  CHECK_CLOSE(loy_lifetime_survivors(r, loy_lifetime_until(r, 0.2)), 0.2, 1e-15);
  /* A yearly rate as a monthly one, and back. */
  CHECK_CLOSE(loy_lifetime_survivors(loy_lifetime_survivors(0.7, 1.0 / 12.0), 12.0), 0.7, 1e-14);
  /* The mean is the sum of the survivors. */
  double sum = 0.0;
  for (int t = 0; t < 400; t++) sum += loy_lifetime_survivors(0.9, t);
  CHECK_CLOSE(sum, loy_lifetime_mean(0.9), 1e-13);
}

static void test_edges(void) {
  CHECK_BITS(loy_lifetime_survivors(0.0, 0.0), 1.0);
  CHECK_BITS(loy_lifetime_survivors(0.0, 1.0), 0.0);
  CHECK_BITS(loy_lifetime_survivors(1.0, HUGE_VAL), 1.0);
  CHECK_BITS(loy_lifetime_survivors(1.0 - 0x1p-53, HUGE_VAL), 0.0);
  CHECK_BITS(loy_lifetime_mean(1.0), HUGE_VAL);
  CHECK_BITS(loy_lifetime_mean(0.0), 1.0);
  CHECK_BITS(loy_lifetime_mean(1.0 - 0x1p-53), 0x1p53);
  CHECK_BITS(loy_lifetime_until(0.5, 1.0), 0.0);
  CHECK_BITS(loy_lifetime_until(0.0, 0.0), 0.0);
  CHECK_BITS(loy_lifetime_until(1.0, 0.5), HUGE_VAL);
  CHECK_BITS(loy_lifetime_until(0.5, 0.0), HUGE_VAL);
  CHECK_BITS(loy_lifetime_until(0.5, 0.25), 2.0);
  CU_ASSERT(isnan(loy_lifetime_survivors(1.1, 1.0)));
  CU_ASSERT(isnan(loy_lifetime_survivors(0.5, -1.0)));
  CU_ASSERT(isnan(loy_lifetime_mean(-0.1)));
  CU_ASSERT(isnan(loy_lifetime_mean((double)NAN)));
  CU_ASSERT(isnan(loy_lifetime_until(0.5, 1.1)));
  CU_ASSERT(isnan(loy_lifetime_until(-0.5, 0.5)));
}

static void test_batches(void) {
  const double r[4] = {0.5, 1.5, 0.8, 0.8}, t[4] = {2.0, 1.0, -1.0, 3.0}, s[4] = {0.5, 0.5, 2.0, 0.5};
  double out[4] = {7.0, 7.0, 7.0, 7.0};
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_lifetime_survivors_batch(r, t, 4, out, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "retention", 1);
  CHECK_BITS(out[0], 0.25);
  CU_ASSERT(isnan(out[1]) && isnan(out[2]));
  CHECK_BITS(out[3], loy_lifetime_survivors(0.8, 3.0));
  CHECK_STATUS(loy_lifetime_survivors_batch(r + 2, t + 2, 1, out, &report, &error), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "periods", 0);
  CHECK_STATUS(loy_lifetime_mean_batch(r, 4, out, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_BITS(out[0], 2.0);
  CHECK_BITS(out[2], loy_lifetime_mean(0.8));
  CHECK_STATUS(loy_lifetime_until_batch(r + 2, s + 2, 2, out, &report, &error), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "share", 0);
  CHECK_BITS(out[1], loy_lifetime_until(0.8, 0.5));
  out[0] = 7.0;
#define NULLS(call, argument)                                                                                          \
  CHECK_STATUS(call, LOY_ERR_ARGUMENT);                                                                                \
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX)
  NULLS(loy_lifetime_survivors_batch(NULL, NULL, 1, NULL, NULL, &error), "retention");
  NULLS(loy_lifetime_survivors_batch(r, NULL, 1, NULL, NULL, &error), "periods");
  NULLS(loy_lifetime_survivors_batch(r, t, 1, NULL, NULL, &error), "out");
  NULLS(loy_lifetime_mean_batch(NULL, 1, out, NULL, &error), "retention");
  NULLS(loy_lifetime_mean_batch(r, 1, NULL, NULL, &error), "out");
  NULLS(loy_lifetime_until_batch(r, NULL, 1, out, NULL, &error), "share");
#undef NULLS
  CHECK_BITS(out[0], 7.0);
  CHECK_STATUS(loy_lifetime_mean_batch(NULL, 0, NULL, NULL, NULL), LOY_OK);
}

SUITE(value, lifetime) {
  ADD(test_worked_case);
  ADD(test_edges);
  ADD(test_batches);
}
