/* reinartz_kumar: every cell and both cuts, columns against one by one, errors in their order. */
#include "check.h"

static void test_grid(void) {
  static const double at[] = {(double)NAN, 0, 1, 2 - 0x1p-52, 2, 2 + 0x1p-51, 1e40};
  enum { K = sizeof at / sizeof *at };
  static double x[K * K], y[K * K];
  static int8_t type[K * K];
  static const int cell[2][2] = {{LOY_REINARTZ_KUMAR_STRANGER, LOY_REINARTZ_KUMAR_BARNACLE},
                                 {LOY_REINARTZ_KUMAR_BUTTERFLY, LOY_REINARTZ_KUMAR_TRUE_FRIEND}};
  loy_batch_report report;
  for (size_t i = 0; i < K * K; i++) {
    x[i] = at[i / K];
    y[i] = at[i % K];
  }
  CHECK_STATUS(loy_reinartz_kumar_batch(x, y, K * K, 2, 2, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (size_t i = 0; i < K * K; i++) {
    const int known = x[i] == x[i] && y[i] == y[i];
    int one = -7;
    CHECK_STATUS(loy_reinartz_kumar(x[i], y[i], 2, 2, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, known ? cell[x[i] >= 2][y[i] >= 2] : LOY_REINARTZ_KUMAR_UNKNOWN);
    CU_ASSERT_EQUAL(type[i], one);
  }
}

static void test_bad_rows(void) {
  const double x[] = {1, 1.1e40, (double)NAN, 0}, y[] = {0, 0, -1, (double)NAN};
  int8_t type[4];
  loy_batch_report report;
  CHECK_STATUS(loy_reinartz_kumar_batch(x, y, 4, 1, 1, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "profit", 1);
  CU_ASSERT(type[0] == LOY_REINARTZ_KUMAR_BUTTERFLY && type[1] == -1 && type[2] == -1 && type[3] == -1);
  CHECK_STATUS(loy_reinartz_kumar_batch(x + 2, y + 2, 2, 1, 1, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "duration", 0);
  CHECK_STATUS(loy_reinartz_kumar_batch(x, y, 4, 1, 1, type, NULL, NULL), LOY_OK);
}

/* In the order the header states. */
static void test_errors(void) {
  const double one = 1;
  loy_error error;
  int type = -7;
  int8_t types[1] = {-7};
  CHECK_STATUS(loy_reinartz_kumar(1, 1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar(1, 1, 1, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "duration_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar(1, 1, (double)NAN, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "profit_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar(1, -1, (double)NAN, -1, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "duration", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar(1.1e40, -1, (double)NAN, -1, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "profit", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar_batch(&one, &one, 1, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar_batch(&one, &one, 1, 1, -1, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "duration_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar_batch(&one, &one, 1, 1.1e40, -1, types, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "profit_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar_batch(&one, NULL, 1, 1.1e40, 1, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "duration", LOY_NO_INDEX);
  CHECK_STATUS(loy_reinartz_kumar_batch(NULL, NULL, 1, 1.1e40, 1, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "profit", LOY_NO_INDEX);
  CU_ASSERT(type == -7 && types[0] == -7);
  CHECK_STATUS(loy_reinartz_kumar_batch(NULL, NULL, 0, 1, 1, NULL, NULL, &error), LOY_OK);
}

/* The article's example: 12 months, the last purchase in the eighth. Exactly (2/3)^4 = 16/81 and (2/3)^2 = 4/9. */
static void test_quick_activity(void) {
  static const double n[] = {4, 2, 1, 1, 1e15, 3}, last[] = {8, 8, 0, 12, 12, 1e-40},
                      window[] = {12, 12, 12, 12, 12, 1e40};
  static const double want[] = {16.0 / 81.0, 4.0 / 9.0, 0, 1, 1, 1e-240};
  double found[6];
  loy_batch_report report;
  CHECK_STATUS(loy_quick_activity_batch(n, last, window, 6, found, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (int i = 0; i < 6; i++) {
    double one = -7;
    CHECK_STATUS(loy_quick_activity(n[i], last[i], window[i], &one, NULL), LOY_OK);
    CHECK_CLOSE(one, want[i], 1e-15);
    CHECK_BITS(one, found[i]);
  }
  CHECK_NEAR(found[0], .1975308642, 5e-11);
  CHECK_NEAR(found[1], .4444444444, 5e-11);
}

static void test_quick_activity_errors(void) {
  static const double n[] = {1, 0, 1.5, 1, 1, 1, 0x1p54, (double)NAN}, last[] = {1, 1, 1, 3, -1, 1, 1, 1};
  static const double window[] = {2, 2, 2, 2, 2, 0, 2, 2};
  static const char *const name[] = {NULL,     "purchases", "purchases", "last_purchase", "last_purchase",
                                     "window", "purchases", "purchases"};
  double found[8], one = -7;
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_quick_activity_batch(n, last, window, 8, found, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 7);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "purchases", 1);
  for (int i = 1; i < 8; i++) {
    CU_ASSERT(isnan(found[i]));
    CHECK_STATUS(loy_quick_activity(n[i], last[i], window[i], &one, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
  }
  CHECK_STATUS(loy_quick_activity(1, 3, 0, &one, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "window", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity(0, 3, 0, &one, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "purchases", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity(1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "probability", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity_batch(n, last, window, 8, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "probability", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity_batch(n, last, NULL, 8, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "window", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity_batch(n, NULL, NULL, 8, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "last_purchase", LOY_NO_INDEX);
  CHECK_STATUS(loy_quick_activity_batch(NULL, NULL, NULL, 8, found, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "purchases", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(one, -7);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_reinartz_kumar_name(LOY_REINARTZ_KUMAR_TRUE_FRIEND), "true friend");
  CU_ASSERT_STRING_EQUAL(loy_reinartz_kumar_name_zh(LOY_REINARTZ_KUMAR_TRUE_FRIEND), "挚友");
  for (int i = -2; i <= LOY_REINARTZ_KUMAR_TYPES; i++) {
    const int known = i >= 0 && i < LOY_REINARTZ_KUMAR_TYPES;
    CU_ASSERT_EQUAL(strcmp(loy_reinartz_kumar_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_reinartz_kumar_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, reinartz_kumar) {
  ADD(test_grid);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_quick_activity);
  ADD(test_quick_activity_errors);
  ADD(test_names);
}
