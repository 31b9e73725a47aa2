/* Counts of types at one and at two times; shares against the Wilson interval of one's own. */
#include "check.h"

static void test_counts(void) {
  static const int8_t type[] = {0, 2, 2, -1, 2, -128, 0};
  int64_t count[3] = {-7, -7, -7}, unknown = -7;
  CHECK_STATUS(loy_type_counts(type, 7, 3, count, &unknown, NULL), LOY_OK);
  CU_ASSERT(count[0] == 2 && count[1] == 0 && count[2] == 3 && unknown == 2);
  CHECK_STATUS(loy_type_counts(type, 0, 3, count, NULL, NULL), LOY_OK);
  CU_ASSERT(count[0] == 0 && count[2] == 0);
}

/* Every pair once and some twice. */
static void test_crosstab(void) {
  enum { K = 5, N = K * K + 7 };
  int8_t before[N], after[N];
  int64_t count[K * K], unknown = -7;
  for (int i = 0; i < N; i++) {
    before[i] = (int8_t)(i / K % K);
    after[i] = (int8_t)(i % K);
  }
  before[N - 1] = -1;
  after[N - 2] = -1;
  CHECK_STATUS(loy_crosstab(before, after, N, K, count, &unknown, NULL), LOY_OK);
  CU_ASSERT_EQUAL(unknown, 2);
  for (int k = 0; k < K * K; k++) CU_ASSERT_EQUAL(count[k], k < 5 ? 2 : 1);
  CHECK_STATUS(loy_crosstab(before, after, 0, K, count, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count[0], 0);
}

/* 10 of 40 moved. Wilson by mpmath. */
static void test_shares(void) {
  static const int64_t count[] = {20, 5, 5, 10}, hole[] = {0, 0, 3, 1};
  loy_share share[4], moved;
  loy_error error;
  CHECK_STATUS(loy_crosstab_moved(count, 2, .95, &moved, NULL), LOY_OK);
  CU_ASSERT_EQUAL(moved.count, 10);
  CHECK_BITS(moved.share, .25);
  CHECK_CLOSE(moved.lower, 0.14187118639096303251, 1e-14);
  CHECK_CLOSE(moved.upper, 0.40193961420768029441, 1e-14);
  CHECK_STATUS(loy_crosstab_shares(count, 2, .95, share, NULL), LOY_OK);
  CHECK_BITS(share[0].share, .8);
  CHECK_BITS(share[1].share, .2);
  CHECK_CLOSE(share[3].share, 2.0 / 3.0, 0);
  CU_ASSERT(share[2].count == 5 && share[2].lower > 0 && share[2].lower < 1.0 / 3.0 && share[2].upper > 1.0 / 3.0);
  CHECK_STATUS(loy_crosstab_shares(hole, 2, .95, share, &error), LOY_NOTICE_NONE);
  CHECK_ERROR(&error, LOY_NOTICE_NONE, "count", LOY_NO_INDEX);
  CU_ASSERT(isnan(share[0].share) && isnan(share[1].upper) && share[0].count == 0);
  CHECK_BITS(share[2].share, .75);
}

static void test_errors(void) {
  static const int8_t type[] = {0, 2, 1}, high[] = {0, 1, 3};
  int64_t count[9] = {-7, 0, 0, 0, 0, 0, 0, 0, 0};
  const int64_t none[4] = {0, 0, 0, 0}, negative[4] = {1, 0, -1, 0};
  const int64_t large[4] = {INT64_C(1) << 53, 0, INT64_C(1) << 53, 1}, halves[4] = {INT64_C(1) << 53, 0, 1, 0};
  loy_share share[4], moved;
  loy_error error;
  share[0].count = moved.count = -7;
  CHECK_STATUS(loy_type_counts(high, 3, 3, count, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "type", 2);
  CHECK_STATUS(loy_type_counts(high, 3, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  CHECK_STATUS(loy_type_counts(high, 3, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "classes", LOY_NO_INDEX);
  CHECK_STATUS(loy_type_counts(NULL, 3, 128, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_crosstab(type, high, 3, 3, count, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "after", 2);
  CHECK_STATUS(loy_crosstab(high, high, 3, 3, count, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "before", 2);
  CHECK_STATUS(loy_crosstab(high, high, 3, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  CHECK_STATUS(loy_crosstab(high, high, 3, 128, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "classes", LOY_NO_INDEX);
  CHECK_STATUS(loy_crosstab(high, NULL, 3, 128, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "after", LOY_NO_INDEX);
  CHECK_STATUS(loy_crosstab(NULL, NULL, 3, 128, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "before", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(count[0], -7);
  for (int f = 0; f < 2; f++) {
    loy_status (*const function)(const int64_t *, int, double, loy_share *, loy_error *) =
        f ? loy_crosstab_moved : loy_crosstab_shares;
    CHECK_STATUS(function(none, 2, .95, share, &error), LOY_ERR_TOO_FEW);
    CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX);
    CHECK_STATUS(function(halves, 1, .95, NULL, &error), LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, f ? "moved" : "result", LOY_NO_INDEX);
    CHECK_STATUS(function(halves, 1, 1, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
    CHECK_STATUS(function(negative, 2, 1, share, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "count", 2);
    CHECK_STATUS(function(large, 2, .95, share, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "count", f ? 2 : 3); /* the sum of all, or of a row */
    CHECK_STATUS(function(negative, 0, 1, share, &error), LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "classes", LOY_NO_INDEX);
    CHECK_STATUS(function(NULL, 0, 1, share, &error), LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  }
  CU_ASSERT(share[0].count == -7 && moved.count == -7);
}

SUITE(ladder, crosstab) {
  ADD(test_counts);
  ADD(test_crosstab);
  ADD(test_shares);
  ADD(test_errors);
}
