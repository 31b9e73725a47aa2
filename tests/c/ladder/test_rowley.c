/* rowley: every cell and both cuts, columns against one by one, errors in their order. */
#include "check.h"

static void test_grid(void) {
  static const double at[] = {(double)NAN, 0, .25, .5 - 0x1p-54, .5, .5 + 0x1p-53, 1};
  enum { K = sizeof at / sizeof *at };
  static double x[K * K], y[K * K];
  static int8_t type[K * K];
  static const int cell[2][2] = {{LOY_ROWLEY_CAPTIVE, LOY_ROWLEY_CONVENIENCE_SEEKER},
                                 {LOY_ROWLEY_CONTENTED, LOY_ROWLEY_COMMITTED}};
  loy_batch_report report;
  for (size_t i = 0; i < K * K; i++) {
    x[i] = at[i / K];
    y[i] = at[i % K];
  }
  CHECK_STATUS(loy_rowley_batch(x, y, K * K, .5, .5, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (size_t i = 0; i < K * K; i++) {
    const int known = x[i] == x[i] && y[i] == y[i];
    int one = -7;
    CHECK_STATUS(loy_rowley(x[i], y[i], .5, .5, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, known ? cell[x[i] >= .5][y[i] >= .5] : LOY_ROWLEY_UNKNOWN);
    CU_ASSERT_EQUAL(type[i], one);
  }
}

static void test_bad_rows(void) {
  const double x[] = {1, -.1, (double)NAN, 0}, y[] = {0, 0, 1.1, (double)NAN};
  int8_t type[4];
  loy_batch_report report;
  CHECK_STATUS(loy_rowley_batch(x, y, 4, 1, 1, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "attitude", 1);
  CU_ASSERT(type[0] == LOY_ROWLEY_CONTENTED && type[1] == -1 && type[2] == -1 && type[3] == -1);
  CHECK_STATUS(loy_rowley_batch(x + 2, y + 2, 2, 1, 1, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "behaviour", 0);
  CHECK_STATUS(loy_rowley_batch(x, y, 4, 1, 1, type, NULL, NULL), LOY_OK);
}

/* In the order the header states. */
static void test_errors(void) {
  const double one = 1;
  loy_error error;
  int type = -7;
  int8_t types[1] = {-7};
  CHECK_STATUS(loy_rowley(1, 1, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley(1, 1, 1, 1.1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "behaviour_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley(1, 1, (double)NAN, 1.1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "attitude_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley(1, 1.1, (double)NAN, 1.1, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "behaviour", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley(-.1, 1.1, (double)NAN, 1.1, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "attitude", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley_batch(&one, &one, 1, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley_batch(&one, &one, 1, 1, 1.1, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "behaviour_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley_batch(&one, &one, 1, -.1, 1.1, types, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "attitude_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley_batch(&one, NULL, 1, -.1, 1, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "behaviour", LOY_NO_INDEX);
  CHECK_STATUS(loy_rowley_batch(NULL, NULL, 1, -.1, 1, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "attitude", LOY_NO_INDEX);
  CU_ASSERT(type == -7 && types[0] == -7);
  CHECK_STATUS(loy_rowley_batch(NULL, NULL, 0, 1, 1, NULL, NULL, &error), LOY_OK);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_rowley_name(LOY_ROWLEY_COMMITTED), "committed");
  CU_ASSERT_STRING_EQUAL(loy_rowley_name_zh(LOY_ROWLEY_COMMITTED), "承诺型");
  for (int i = -2; i <= LOY_ROWLEY_TYPES; i++) {
    const int known = i >= 0 && i < LOY_ROWLEY_TYPES;
    CU_ASSERT_EQUAL(strcmp(loy_rowley_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_rowley_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, rowley) {
  ADD(test_grid);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_names);
}
