/* The thirteen items: scores counted by hand, missing answers, errors in their order. */
#include "check.h"

#define NONE ((double)NAN)

static void test_scores(void) {
  static const double answer[13] = {7, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4};
  loy_battery_scores found;
  CHECK_STATUS(loy_battery(answer, &found, NULL), LOY_OK);
  CHECK_BITS(found.score[LOY_BATTERY_LOYALTY], 6.0);
  CHECK_BITS(found.score[LOY_BATTERY_SWITCH], 3.0);
  CHECK_BITS(found.score[LOY_BATTERY_PAY_MORE], 4.0);
  CHECK_BITS(found.score[LOY_BATTERY_EXTERNAL_RESPONSE], 2.0);
  CHECK_BITS(found.score[LOY_BATTERY_INTERNAL_RESPONSE], 4.0);
  CHECK_BITS(found.favourable, 5.0); /* (6 + 4 + 5)/3 */
}

/* Half of the items are enough: 3 of 5, 1 of 2, 2 of 3, 1 of 1. */
static void test_missing(void) {
  static const double enough[13] = {7, NONE, 5, NONE, 6, NONE, 4, 5, NONE, 1, NONE, 4, 4};
  static const double short_of[13] = {7, NONE, NONE, NONE, 6, 1, 1, 7, 7, 1, NONE, NONE, NONE};
  static const double without_response[13] = {7, 7, 7, 7, 7, 1, 1, 7, 7, 1, NONE, NONE, 4};
  loy_battery_scores found;
  loy_error error;
  CHECK_STATUS(loy_battery(enough, &found, NULL), LOY_OK);
  CHECK_BITS(found.score[0], 6.0);
  CHECK_BITS(found.score[1], 4.0);
  CHECK_BITS(found.score[2], 5.0);
  CHECK_BITS(found.score[3], 2.5);
  CHECK_BITS(found.favourable, 5.0);
  CHECK_STATUS(loy_battery(short_of, &found, &error), LOY_NOTICE_INCOMPLETE);
  CHECK_ERROR(&error, LOY_NOTICE_INCOMPLETE, "answer", LOY_NO_INDEX);
  CU_ASSERT(isnan(found.score[0]) && isnan(found.score[3]) && isnan(found.score[4]) && isnan(found.favourable));
  CHECK_BITS(found.score[1], 1.0);
  CHECK_STATUS(loy_battery(without_response, &found, &error), LOY_NOTICE_INCOMPLETE);
  CHECK_BITS(found.favourable, 7.0);
}

static void test_batch(void) {
  static const double row[4][13] = {{7, 6, 5, 6, 6, 2, 4, 5, 3, 1, 2, 3, 4},
                                    {7, 7, 7, 7, 7, 1, 1, 7, 7, 1, NONE, NONE, 4},
                                    {7, NONE, NONE, NONE, 6, 1, 1, 7, 7, 1, NONE, NONE, NONE},
                                    {7, 7, 7, 7, 7, 1, 1, 7, 7, 1, 1, 1, 7.5}};
  double column[13][4], score[5][4], favourable[4];
  const double *answer[13];
  double *out[5] = {score[0], score[1], NULL, score[3], score[4]};
  loy_batch_report report;
  loy_error error;
  size_t skipped = 7;
  for (int k = 0; k < 13; k++) {
    for (int i = 0; i < 4; i++) column[k][i] = row[i][k];
    answer[k] = column[k];
  }
  CHECK_STATUS(loy_battery_batch(answer, 4, out, favourable, &skipped, &report, &error), LOY_NOTICE_SKIPPED);
  CHECK_ERROR(&error, LOY_NOTICE_SKIPPED, "answer", LOY_NO_INDEX);
  CU_ASSERT(skipped == 1 && report.bad == 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "answer", 3);
  for (int i = 0; i < 3; i++) {
    loy_battery_scores one;
    CU_ASSERT(!loy_status_is_error(loy_battery(row[i], &one, NULL)));
    for (int k = 0; k < 5; k++)
      if (out[k]) CHECK_CLOSE(score[k][i], one.score[k], 0);
    CHECK_CLOSE(favourable[i], one.favourable, 0);
  }
  for (int k = 0; k < 5; k++)
    if (out[k]) CU_ASSERT(isnan(score[k][3]));
  CU_ASSERT(isnan(favourable[3]));
  CHECK_STATUS(loy_battery_batch(answer, 2, NULL, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_errors(void) {
  double x[13] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const double *answer[13] = {x, x, x, x, x, NULL, x, x, x, x, x, x, NULL};
  loy_battery_scores found = {{-7, 0, 0, 0, 0}, 0};
  double favourable = -7;
  loy_error error;
  CHECK_STATUS(loy_battery(x, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  x[12] = 8;
  CHECK_STATUS(loy_battery(x, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 12);
  x[3] = 0;
  CHECK_STATUS(loy_battery(x, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 3);
  x[0] = 2.5;
  CHECK_STATUS(loy_battery(x, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 0);
  CHECK_STATUS(loy_battery(NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_battery_batch(answer, 1, NULL, &favourable, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", 5);
  CHECK_STATUS(loy_battery_batch(NULL, 0, NULL, &favourable, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_battery_batch(answer, 0, NULL, NULL, NULL, NULL, &error), LOY_OK);
  CU_ASSERT(found.score[0] == -7 && favourable == -7);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_battery_dimension_name(LOY_BATTERY_PAY_MORE), "pay more");
  CU_ASSERT_STRING_EQUAL(loy_battery_dimension_name_zh(LOY_BATTERY_SWITCH), "转换");
  for (int i = -1; i <= LOY_BATTERY_DIMENSIONS; i++) {
    const int known = i >= 0 && i < LOY_BATTERY_DIMENSIONS;
    CU_ASSERT_EQUAL(strcmp(loy_battery_dimension_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_battery_dimension_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, battery) {
  ADD(test_scores);
  ADD(test_missing);
  ADD(test_batch);
  ADD(test_errors);
  ADD(test_names);
}
