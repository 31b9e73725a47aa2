/* Named segments: the library's table covers all; tables of the user's; the rule of the first match. */
#include "check.h"

static int holds(const loy_rfm_segment *s, int r, int f, int m) {
  return s->low[0] <= r && r <= s->high[0] && s->low[1] <= f && f <= s->high[1] && s->low[2] <= m && m <= s->high[2];
}

static void test_table(void) {
  size_t count = 0;
  const loy_rfm_segment *table = loy_rfm_segment_table(&count);
  loy_rfm_segment_cover cover;
  CU_ASSERT_EQUAL(count, 11);
  CU_ASSERT_PTR_EQUAL(loy_rfm_segment_table(NULL), table);
  CHECK_STATUS(loy_rfm_segment_check(table, count, 5, &cover, NULL), LOY_OK);
  CU_ASSERT(cover.combinations == 125 && cover.uncovered == 0 && cover.overlapping == 0 && cover.hidden == 0);
  CU_ASSERT(cover.first_uncovered == 0 && cover.first_hidden == -1);
  for (int r = 1; r <= 5; r++)
    for (int f = 1; f <= 5; f++)
      for (int m = 1; m <= 5; m++) {
        int in = 0;
        for (size_t s = 0; s < count; s++) in += holds(&table[s], r, f, m);
        CU_ASSERT_EQUAL(in, 1);
      }
  for (size_t s = 0; s < count; s++) {
    CU_ASSERT(strlen(table[s].name) > 2 && strlen(table[s].name_zh) > 5);
    for (size_t other = 0; other < s; other++) CU_ASSERT(strcmp(table[s].name, table[other].name) != 0);
  }
  CU_ASSERT_STRING_EQUAL(table[0].name, "core");
  CU_ASSERT_STRING_EQUAL(table[count - 1].name_zh, "流失顾客");
}

/* With two scores: all with R 2; all with F 2; one corner that the first two hold. */
static const loy_rfm_segment mine[] = {
    {"now", NULL, {2, 1, 1}, {2, 2, 2}}, {"often", NULL, {1, 2, 1}, {2, 2, 2}}, {"both", NULL, {2, 2, 2}, {2, 2, 2}}};

static void test_own(void) {
  static const int32_t r[] = {1, 2, 1, 2, 1, 0, 2, 2}, f[] = {1, 1, 2, 2, 1, 1, 3, 2}, m[] = {1, 2, 1, 2, 2, 1, 1, -1};
  static const int32_t expected[] = {3, 0, 1, 0, 3, -1, -1, -1};
  loy_rfm_segment_cover cover;
  loy_batch_report report;
  int32_t number[8];
  size_t members[4] = {9, 9, 9, 9};
  CHECK_STATUS(loy_rfm_segment_check(mine, 3, 2, &cover, NULL), LOY_OK);
  CU_ASSERT(cover.combinations == 8 && cover.uncovered == 2 && cover.overlapping == 2 && cover.hidden == 1);
  CU_ASSERT(cover.first_uncovered == 10101 && cover.first_hidden == 2);
  CHECK_STATUS(loy_rfm_segment_batch(mine, 3, 2, r, f, m, 8, number, members, &report, NULL), LOY_OK);
  for (size_t i = 0; i < 8; i++) CU_ASSERT_EQUAL(number[i], expected[i]);
  CU_ASSERT(members[0] == 2 && members[1] == 1 && members[2] == 0 && members[3] == 2);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "r", 5);
  CHECK_STATUS(loy_rfm_segment_batch(mine, 3, 2, r + 6, f + 6, m + 6, 2, number, NULL, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "f", 0);
  CHECK_STATUS(loy_rfm_segment_batch(mine, 3, 2, NULL, NULL, NULL, 0, NULL, members, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(members[0], 0);
}

static void test_errors(void) {
  loy_rfm_segment bad[2];
  loy_rfm_segment_cover cover = {7, 7, 7, 7, 7, 7};
  int32_t score[1] = {1}, number[1] = {7};
  size_t members[3] = {7, 7, 7};
  loy_error error;
  memcpy(bad, mine, sizeof bad);
#define BAD(call, status, argument, at)                                                                                \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, at)
  BAD(loy_rfm_segment_check(NULL, 0, 1, NULL, &error), LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX);
  BAD(loy_rfm_segment_check(mine, 0, 1, NULL, &error), LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  BAD(loy_rfm_segment_check(mine, 1001, 1, NULL, &error), LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  BAD(loy_rfm_segment_check(mine, 3, 1, NULL, &error), LOY_ERR_ARGUMENT, "scores", LOY_NO_INDEX);
  BAD(loy_rfm_segment_check(mine, 3, 11, NULL, &error), LOY_ERR_ARGUMENT, "scores", LOY_NO_INDEX);
  bad[1].low[2] = 0;
  BAD(loy_rfm_segment_check(bad, 2, 2, NULL, &error), LOY_ERR_DOMAIN, "segment", 1);
  bad[1].low[2] = 2;
  bad[1].high[2] = 1;
  BAD(loy_rfm_segment_check(bad, 2, 2, NULL, &error), LOY_ERR_DOMAIN, "segment", 1);
  bad[1].high[2] = 3;
  BAD(loy_rfm_segment_check(bad, 2, 2, NULL, &error), LOY_ERR_DOMAIN, "segment", 1);
  BAD(loy_rfm_segment_check(mine, 2, 2, NULL, &error), LOY_ERR_ARGUMENT, "cover", LOY_NO_INDEX);
  BAD(loy_rfm_segment_batch(bad, 2, 2, NULL, NULL, NULL, 1, NULL, members, NULL, &error), LOY_ERR_DOMAIN, "segment", 1);
  BAD(loy_rfm_segment_batch(mine, 2, 2, NULL, NULL, NULL, 1, NULL, members, NULL, &error), LOY_ERR_ARGUMENT, "r",
      LOY_NO_INDEX);
  BAD(loy_rfm_segment_batch(mine, 2, 2, score, NULL, NULL, 1, NULL, members, NULL, &error), LOY_ERR_ARGUMENT, "f",
      LOY_NO_INDEX);
  BAD(loy_rfm_segment_batch(mine, 2, 2, score, score, NULL, 1, NULL, members, NULL, &error), LOY_ERR_ARGUMENT, "m",
      LOY_NO_INDEX);
  BAD(loy_rfm_segment_batch(mine, 2, 2, score, score, score, 1, NULL, members, NULL, &error), LOY_ERR_ARGUMENT,
      "number", LOY_NO_INDEX);
#undef BAD
  CU_ASSERT(cover.combinations == 7 && number[0] == 7 && members[0] == 7);
}

SUITE(btyd, rfm_segment) {
  ADD(test_table);
  ADD(test_own);
  ADD(test_errors);
}
