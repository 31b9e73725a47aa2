/* test_tally.c: the counting loop that NPS and CSAT share, on a scale of its own. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/survey/tally.h"

static const loyi_tally_scale scale = {-3, 3, 0, 2, 1};

static void test_counts(void) {
  static double score[1000];
  for (size_t n = 0; n <= 1000; n += n < 10 ? 1 : 83) {
    loyi_tally counts;
    int64_t low = 0, middle = 0, high = 0, missing = 0;
    for (size_t i = 0; i < n; i++) {
      const int x = (int)((i * i + i / 5) % 8) - 3;
      score[i] = x == 4 ? NAN : (double)x;
      missing += x == 4;
      low += x < 0;
      middle += x == 0 || x == 1;
      high += x == 2 || x == 3;
    }
    CHECK_STATUS(loyi_tally_answers(score, n, &scale, "m", &counts, NULL), LOY_OK);
    CU_ASSERT_EQUAL(counts.low, low);
    CU_ASSERT_EQUAL(counts.middle, middle);
    CU_ASSERT_EQUAL(counts.high, high);
    CU_ASSERT_EQUAL(counts.missing, missing);
  }
}

static void test_first_bad_row(void) {
  static const double bad[] = {-4.0, 4.0, .5, -2.5, INFINITY, -INFINITY, 5e-324, 4503599627370497.5};
  static double score[700];
  loyi_tally counts = {-1, -1, -1, -1};
  loyi_tally_scale strict = scale;
  loy_error error;
  for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
    for (size_t where = 0; where < 700; where += 233) {
      for (size_t i = 0; i < 700; i++) score[i] = i % 2 ? -0.0 : NAN;
      score[where] = bad[b];
      score[699] = bad[b];
      CHECK_STATUS(loyi_tally_answers(score, 700, &scale, "message", &counts, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", where);
      CU_ASSERT_STRING_EQUAL(error.message, "message");
    }
  }
  for (size_t i = 0; i < 700; i++) score[i] = 1.0;
  score[650] = NAN;
  strict.skip_missing = 0;
  CHECK_STATUS(loyi_tally_answers(score, 700, &strict, "message", &counts, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 650);
  CU_ASSERT_STRING_EQUAL(error.message, "must not be missing, unless skip_missing says to leave it out");
  CU_ASSERT_EQUAL(counts.low, -1);
}
#endif

SUITE(survey, tally) {
#if LOY_TEST_INTERNALS
  ADD(test_counts);
  ADD(test_first_bad_row);
#else
  (void)suite;
#endif
}
