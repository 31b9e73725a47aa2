/* Customer equity of segments: sums by hand, shares, empty and losing segments, order of checks. */
#include "check.h"

#include "loyalty/value/equity.h"

static void test_segments(void) {
  const double customers[3] = {100.0, 300.0, 600.0}, value[3] = {500.0, 100.0, -20.0};
  double equity[3], share[3], of_customers[3], total;
  CHECK_STATUS(loy_segment_equity(customers, value, 3, equity, share, of_customers, &total, NULL), LOY_OK);
  CHECK_BITS(total, 68000.0);
  CHECK_BITS(equity[2], -12000.0);
  CHECK_CLOSE(share[0], 50.0 / 68.0, 1e-15);
  CHECK_CLOSE(share[2], -12.0 / 68.0, 1e-15);
  CHECK_CLOSE(share[0] + share[1] + share[2], 1.0, 1e-15);
  CHECK_BITS(of_customers[1], 0.3);
  /* In place, and only the total. */
  double a[2] = {1.0, 2.0}, b[2] = {10.0, 20.0};
  CHECK_STATUS(loy_segment_equity(a, b, 2, a, b, NULL, &total, NULL), LOY_OK);
  CHECK_BITS(a[1], 40.0);
  CHECK_BITS(b[1], 0.8);
  CHECK_STATUS(loy_segment_equity(customers, value, 3, NULL, NULL, NULL, &total, NULL), LOY_OK);
  CHECK_BITS(total, 68000.0);
}

static void test_nothing(void) {
  const double customers[2] = {1.0, 1.0}, zero[2] = {0.0, 0.0}, value[2] = {5.0, -5.0};
  double share[2], total = 7.0;
  loy_error error;
  CHECK_STATUS(loy_segment_equity(customers, value, 2, NULL, share, NULL, &total, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "value", LOY_NO_INDEX);
  CHECK_BITS(share[0], 0.0);
  CHECK_STATUS(loy_segment_equity(zero, value, 2, NULL, NULL, share, &total, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "customers", LOY_NO_INDEX);
  CHECK_STATUS(loy_segment_equity(NULL, NULL, 0, NULL, NULL, NULL, &total, &error), LOY_NOTICE_NONE);
  CHECK_BITS(total, 0.0);
}

static void test_checks(void) {
  const double good[2] = {1.0, 1.0}, bad[2] = {1.0, -1.0}, worse[2] = {1.0, NAN};
  double out[2] = {7.0, 7.0};
  loy_error error;
#define EXPECT(call, status, argument, index)                                                                          \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(loy_segment_equity(NULL, NULL, 2, out, out, out, NULL, &error), LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX);
  EXPECT(loy_segment_equity(bad, NULL, 2, out, out, out, NULL, &error), LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  EXPECT(loy_segment_equity(bad, worse, 2, out, out, out, NULL, &error), LOY_ERR_DOMAIN, "customers", 1);
  EXPECT(loy_segment_equity(good, worse, 2, out, out, out, NULL, &error), LOY_ERR_DOMAIN, "value", 1);
  EXPECT(loy_segment_equity(good, good, 2, out, out, out, NULL, &error), LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX);
#undef EXPECT
  CHECK_BITS(out[0], 7.0);
}

SUITE(value, equity) {
  ADD(test_segments);
  ADD(test_nothing);
  ADD(test_checks);
}
