/* What models ask of a history: every argument at its borders, the first at fault, and reports of columns. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/history.h"

static void test_wrong(void) {
  static const struct {
    double x, t_x, T;
    const char *argument;
  } rows[] = {
      {0, 0, 0, NULL},
      {3, 1, 2, NULL},
      {3, 2, 2, NULL},
      {0x1p51 - 1, 0, 1e40, NULL},
      {-1, 0, 1, "x"},
      {0.5, 0, 1, "x"},
      {0x1p51, 0, 1, "x"},
      {(double)NAN, -1, -1, "x"},
      {0, 1, 2, "t_x"},
      {1, -1, 2, "t_x"},
      {1, 1e-41, 2, "t_x"},
      {1, (double)NAN, -1, "t_x"},
      {1, 2, 1, "T"},
      {1, 1, (double)NAN, "T"},
      {1, 1, (double)INFINITY, "T"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const char *message = NULL, *argument = loyi_history_wrong(rows[i].x, rows[i].t_x, rows[i].T, &message);
    CU_ASSERT((argument == NULL) == (rows[i].argument == NULL));
    if (argument && rows[i].argument) {
      CU_ASSERT_STRING_EQUAL(argument, rows[i].argument);
      CU_ASSERT_PTR_NOT_NULL(message);
    }
  }
}

static void test_questions(void) {
  loy_error error;
  CHECK_STATUS(loyi_history_count_check(0, 0, 0, &error), LOY_OK);
  CHECK_STATUS(loyi_history_count_check(1.5, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(loyi_history_count_check(1, -1, -1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX);
  CHECK_STATUS(loyi_history_count_check(1, 2, 1, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX);
  CHECK_STATUS(loyi_history_discount_check(0, 10, &error), LOY_OK);
  CHECK_STATUS(loyi_history_discount_check(.1, HUGE_VAL, &error), LOY_OK);
  CHECK_STATUS(loyi_history_discount_check(0, HUGE_VAL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  CHECK_STATUS(loyi_history_discount_check(-.1, HUGE_VAL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
}

static void test_columns(void) {
  const double x[4] = {1, -1, 0, 2}, t_x[4] = {1, 0, 1, 3}, T[4] = {2, 2, 2, 2};
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loyi_history_columns_check(NULL, NULL, NULL, 0, &error), LOY_OK);
  CHECK_STATUS(loyi_history_columns_check(x, t_x, NULL, 4, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  CHECK_STATUS(loyi_history_columns_check(NULL, NULL, NULL, 4, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  loyi_history_count_bad(x, t_x, T, 4, &report);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 1);
  loyi_history_count_bad(x, t_x, T, 4, NULL);
  CHECK_STATUS(loyi_history_lengths_check(T, 4, &error), LOY_OK);
  CHECK_STATUS(loyi_history_lengths_check(x, 4, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 1);
}
#endif

SUITE(btyd, history) {
#if LOY_TEST_INTERNALS
  ADD(test_wrong);
  ADD(test_questions);
  ADD(test_columns);
#else
  (void)suite;
#endif
}
