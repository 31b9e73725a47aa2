/* test_survivors.c: survivors per period as rows. */
#include "check.h"

#include "loyalty/btyd/survivors.h"

static double t[16], end[16], many[16];

static void test_rows(void) {
  const double survivors[7] = {1000, 869, 869, 653, 10, 4, 0};
  const int64_t length[2] = {4, 3};
  const double lifetimes[5] = {1, 3, 3, 1, 2}, ends[5] = {0, 0, 1, 0, 0}, weights[5] = {131, 216, 653, 6, 4};
  size_t rows = 99;
  loy_error error;
  CHECK_STATUS(loy_survivors_rows(survivors, 7, length, 2, t, end, many, &rows, &error), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows, 5);
  for (int i = 0; i < 5; i++) {
    CHECK_BITS(t[i], lifetimes[i]);
    CHECK_BITS(end[i], ends[i]);
    CHECK_BITS(many[i], weights[i]);
  }
  CHECK_STATUS(loy_survivors_rows(NULL, 0, NULL, 0, NULL, NULL, NULL, &rows, &error), LOY_OK);
  CU_ASSERT_EQUAL(rows, 0);
}

#define EXPECT(call, status, argument, index)                                                                          \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, index)

static void test_errors(void) {
  double survivors[6] = {10, 8, 7, 10, 9, 9};
  int64_t length[2] = {3, 1};
  size_t rows = 99;
  loy_error error;
  t[0] = -7.0;
  EXPECT(loy_survivors_rows(NULL, 6, NULL, 2, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "survivors",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, NULL, 2, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "length",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "lifetime",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "censored",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, NULL, NULL, &error), LOY_ERR_ARGUMENT, "weight",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, NULL, &error), LOY_ERR_ARGUMENT, "rows",
         LOY_NO_INDEX);
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_DOMAIN, "length", 1);
  length[1] = 2;
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_ARGUMENT, "length",
         LOY_NO_INDEX);
  length[1] = INT64_MAX;
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_ARGUMENT, "length",
         LOY_NO_INDEX);
  length[1] = 3;
  survivors[4] = (double)NAN;
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_DOMAIN, "survivors", 4);
  survivors[4] = -1.0;
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_DOMAIN, "survivors", 4);
  survivors[4] = 11.0; /* more than before */
  EXPECT(loy_survivors_rows(survivors, 6, length, 2, t, end, many, &rows, &error), LOY_ERR_DOMAIN, "survivors", 4);
  CU_ASSERT_EQUAL(rows, 99);
  CU_ASSERT_EQUAL(t[0], -7.0);
}

SUITE(btyd, survivors) {
  ADD(test_rows);
  ADD(test_errors);
}
