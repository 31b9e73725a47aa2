/* test_csat.c: top-box share and its Wilson interval. */
#include "check.h"

static void test_published(void) {
  static loy_csat csat;
  double lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_csat_from_counts(80, 120, &csat, NULL), LOY_OK);
  CHECK_CLOSE(csat.score, 2.0 / 3.0, 1e-16);
  CHECK_CLOSE(csat.standard_error, sqrt(2.0 / 9.0 / 120.0), 1e-15);
  CHECK_STATUS(loy_csat_interval(&csat, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_NEAR(lower, .5783110162, 5.1e-11);
  CHECK_NEAR(upper, .7446825950, 5.1e-11);
}

static void test_from_scores(void) {
  static const double score[] = {5, 4, 3, 2, 1, 5, 4, 4};
  static loy_csat csat;
  loy_csat_options options;
  CHECK_STATUS(loy_csat_from_scores(score, 8, NULL, &csat, NULL), LOY_OK);
  CU_ASSERT_EQUAL(csat.top, 5);
  CU_ASSERT_EQUAL(csat.n, 8);
  CU_ASSERT_EQUAL(csat.missing, 0);
  CHECK_BITS(csat.score, .625);
  loy_csat_options_init(&options);
  options.boxes = 1;
  CHECK_STATUS(loy_csat_from_scores(score, 8, &options, &csat, NULL), LOY_OK);
  CU_ASSERT_EQUAL(csat.top, 2);
  options.highest = 7;
  options.lowest = 0;
  options.boxes = 3; /* 5, 6, 7 */
  CHECK_STATUS(loy_csat_from_scores(score, 8, &options, &csat, NULL), LOY_OK);
  CU_ASSERT_EQUAL(csat.top, 2);
}

static void test_ends(void) {
  static const double all[] = {5, 5, 4}, none[] = {1, 2, 3};
  static loy_csat csat;
  double lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_csat_from_scores(all, 3, NULL, &csat, NULL), LOY_OK);
  CHECK_BITS(csat.score, 1.0);
  CHECK_BITS(csat.standard_error, 0.0);
  CHECK_STATUS(loy_csat_interval(&csat, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_BITS(upper, 1.0);
  CU_ASSERT(lower > .4 && lower < .5);
  CHECK_STATUS(loy_csat_from_scores(none, 3, NULL, &csat, NULL), LOY_OK);
  CHECK_STATUS(loy_csat_interval(&csat, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_BITS(lower, 0.0);
  CU_ASSERT(upper > .5 && upper < .6);
}

static void test_missing_and_bad(void) {
  static double score[] = {5, NAN, 3, 6};
  static loy_csat csat;
  loy_csat_options options;
  loy_error error;
  loy_csat_options_init(&options);
  csat.n = -9;
  CHECK_STATUS(loy_csat_from_scores(score, 4, NULL, &csat, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 1);
  options.skip_missing = 1;
  CHECK_STATUS(loy_csat_from_scores(score, 4, &options, &csat, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 3);
  CU_ASSERT_EQUAL(csat.n, -9); /* untouched */
  CHECK_STATUS(loy_csat_from_scores(score, 3, &options, &csat, &error), LOY_OK);
  CU_ASSERT_EQUAL(csat.n, 2);
  CU_ASSERT_EQUAL(csat.missing, 1);
  CHECK_STATUS(loy_csat_from_scores(score + 1, 1, &options, &csat, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_scores(NULL, 0, NULL, &csat, &error), LOY_ERR_TOO_FEW);
}

/* In the order the header states. */
static void test_errors(void) {
  static const double score[] = {5};
  static loy_csat csat;
  loy_csat_options options;
  loy_error error;
  double lower = 7.0, upper = 7.0;
  loy_csat_options_init(NULL);
  loy_csat_options_init(&options);
  options.skip_missing = 5;
  CHECK_STATUS(loy_csat_from_scores(NULL, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  options.boxes = 5;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "boxes", LOY_NO_INDEX);
  options.boxes = 0;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  options.highest = 1;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "highest", LOY_NO_INDEX);
  options.highest = INT32_MAX;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  options.lowest = -INT32_MAX;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lowest", LOY_NO_INDEX);
  options.struct_size = 3;
  CHECK_STATUS(loy_csat_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_scores(score, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);

  CHECK_STATUS(loy_csat_from_counts(5, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_counts(5, INT64_MAX, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_csat_from_counts(5, 4, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "top", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_counts(-1, 4, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_csat_from_counts(0, 0, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_csat_from_counts(0, 1, NULL, &error), LOY_ERR_ARGUMENT);

  CHECK_STATUS(loy_csat_interval(NULL, 2.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_csat_interval(&csat, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_from_counts(1, 2, &csat, &error), LOY_OK);
  CHECK_STATUS(loy_csat_interval(&csat, 0.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_interval(&csat, NAN, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_csat_interval(&csat, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_interval(&csat, .5, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 7.0);
}

/* The mean of the same answers; its interval by mpmath. A scale of two answers needs options with one box. */
static void test_mean(void) {
  static const double score[] = {5, 4, 4, 3, 2, 5, NAN};
  static loy_mean mean;
  loy_csat_options options;
  loy_error error;
  double lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_csat_mean(score, 6, NULL, &mean, &error), LOY_OK);
  CHECK_STATUS(loy_mean_interval(&mean, .95, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, 2.6064956416283593265, 4e-15);
  CHECK_CLOSE(upper, 5.0601710250383073401, 4e-15);
  loy_csat_options_init(&options);
  options.skip_missing = 1;
  CHECK_STATUS(loy_csat_mean(score, 7, &options, &mean, &error), LOY_OK);
  CU_ASSERT_EQUAL(mean.missing, 1);
  CHECK_CLOSE(mean.mean, 23.0 / 6.0, 2e-16);
  CHECK_STATUS(loy_csat_mean(score, 1, NULL, &mean, &error), LOY_NOTICE_NONE);
  CHECK_BITS(mean.mean, 5.0);
  options.highest = 4;
  CHECK_STATUS(loy_csat_mean(NULL, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_mean(score, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_csat_mean(score, 1, &options, &mean, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 0);
  CHECK_STATUS(loy_csat_mean(score + 6, 1, &options, &mean, &error), LOY_ERR_TOO_FEW);
  CHECK_BITS(mean.mean, 5.0); /* untouched */
  options.boxes = 4;
  CHECK_STATUS(loy_csat_mean(score, 1, &options, &mean, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "boxes", LOY_NO_INDEX);
}

static void test_levels(void) {
  static const char *const name[] = {"unknown",          "very dissatisfied", "dissatisfied", "satisfied",
                                     "fairly satisfied", "very satisfied",    "unknown"};
  static const char *const chinese[] = {"unknown", "很不满意", "不满意", "满意", "比较满意", "很满意", "unknown"};
  for (int level = 0; level <= LOY_CSAT_LEVELS + 1; level++) {
    CU_ASSERT_STRING_EQUAL(loy_csat_level_name(level), name[level]);
    CU_ASSERT_STRING_EQUAL(loy_csat_level_name_zh(level), chinese[level]);
  }
}

SUITE(survey, csat) {
  ADD(test_published);
  ADD(test_from_scores);
  ADD(test_ends);
  ADD(test_missing_and_bad);
  ADD(test_errors);
  ADD(test_mean);
  ADD(test_levels);
}
