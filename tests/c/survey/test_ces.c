/* test_ces.c: the Customer Effort Score. Its checks are those of csat.h. */
#include "check.h"

static void test_score(void) {
  static const double score[] = {7, 6, 5, 5, 4, 2, 7, 1};
  static loy_ces ces;
  double lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_ces_from_scores(score, 8, NULL, &ces, NULL), LOY_OK);
  CHECK_BITS(ces.mean.mean, 4.625);
  CHECK_CLOSE(ces.mean.standard_deviation, 2.1998376563477847434, 4e-16); /* mpmath */
  CHECK_STATUS(loy_mean_interval(&ces.mean, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(lower, 2.7858896951043804991, 4e-15);
  CHECK_CLOSE(upper, 6.4641103048956195009, 4e-15);
  CU_ASSERT_EQUAL(ces.agree.top, 5);
  CU_ASSERT_EQUAL(ces.agree.n, 8);
  CHECK_BITS(ces.agree.score, .625);
  CHECK_STATUS(loy_csat_interval(&ces.agree, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(lower, .30574239460262728967, 1e-14); /* mpmath */
  CHECK_CLOSE(upper, .86315571417640264394, 1e-14);
}

static void test_options(void) {
  static const double score[] = {5, NAN, 4, 1};
  static loy_ces ces;
  loy_csat_options options;
  loy_error error;
  loy_ces_options_init(NULL);
  loy_ces_options_init(&options);
  CU_ASSERT_EQUAL(options.lowest, 1);
  CU_ASSERT_EQUAL(options.highest, 7);
  CU_ASSERT_EQUAL(options.boxes, 3);
  options.highest = 5;
  options.boxes = 2;
  options.skip_missing = 1;
  CHECK_STATUS(loy_ces_from_scores(score, 4, &options, &ces, &error), LOY_OK);
  CU_ASSERT_EQUAL(ces.agree.top, 2);
  CU_ASSERT_EQUAL(ces.agree.missing, 1);
  CU_ASSERT_EQUAL(ces.mean.n, 3);
  CU_ASSERT_EQUAL(ces.mean.missing, 1);
  CHECK_STATUS(loy_ces_from_scores(score, 2, &options, &ces, &error), LOY_NOTICE_NONE);
  CHECK_BITS(ces.mean.mean, 5.0);
  CU_ASSERT(isnan(ces.mean.standard_error));
}

/* In the order of loy_csat_from_scores. */
static void test_errors(void) {
  static const double score[] = {8, NAN};
  static loy_ces ces;
  loy_csat_options options;
  loy_error error;
  ces.mean.mean = 9.0;
  loy_ces_options_init(&options);
  options.boxes = 7;
  CHECK_STATUS(loy_ces_from_scores(NULL, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_ces_from_scores(score, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "boxes", LOY_NO_INDEX);
  CHECK_STATUS(loy_ces_from_scores(score, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_ces_from_scores(score, 1, NULL, &ces, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 0);
  CHECK_STATUS(loy_ces_from_scores(score + 1, 1, NULL, &ces, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_ces_from_scores(NULL, 0, NULL, &ces, &error), LOY_ERR_TOO_FEW);
  CHECK_BITS(ces.mean.mean, 9.0);
}

SUITE(survey, ces) {
  ADD(test_score);
  ADD(test_options);
  ADD(test_errors);
}
