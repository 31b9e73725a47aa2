/* test_composite.c: indices of several questions. */
#include "check.h"

/* Three questions on 1 to 10 with the weights of the State of Ohio's ACSI report. */
static const loy_composite_item OHIO[3] = {{.3885, 1, 10}, {.3190, 1, 10}, {.2925, 1, 10}};

static void test_acsi(void) {
  static const double mean[] = {8, 7, 7}, weight[] = {.3885, .3190, .2925}, most[] = {10, 10, 10}, least[] = {1, 1, 1};
  double score = 0.0, index = 0.0;
  CHECK_STATUS(loy_acsi(mean, weight, &score, NULL), LOY_OK);
  CHECK_NEAR(score, 70.98333333, 5.1e-9);
  CHECK_CLOSE(score, 70.983333333333333, 4e-16);
  CHECK_STATUS(loy_acsi(mean, NULL, &score, NULL), LOY_OK);
  CHECK_NEAR(score, 70.37037037, 5.1e-9);
  CHECK_STATUS(loy_composite_from_means(OHIO, mean, 3, &index, NULL), LOY_OK);
  CHECK_CLOSE(index, .70983333333333333, 4e-16);
  CHECK_STATUS(loy_acsi(most, weight, &score, NULL), LOY_OK);
  CHECK_BITS(score, 100.0);
  CHECK_STATUS(loy_acsi(least, weight, &score, NULL), LOY_OK);
  CHECK_BITS(score, 0.0);
}

/* Different scales: points count, (2*3 + 1*60)/(2*4 + 1*100). */
static void test_scales(void) {
  static const loy_composite_item item[] = {{2, 1, 5}, {1, 0, 100}, {0, -1, 1}};
  static const double mean[] = {4, 60, 0};
  loy_composite_item tiny = {1e-40, 0, 1e-6};
  double index = 0.0;
  CHECK_STATUS(loy_composite_from_means(item, mean, 3, &index, NULL), LOY_OK);
  CHECK_CLOSE(index, 66.0 / 108.0, 2e-16);
  CHECK_STATUS(loy_composite_from_means(&tiny, &tiny.highest, 1, &index, NULL), LOY_OK);
  CHECK_BITS(index, 1.0);
}

static void test_errors(void) {
  static double mean[] = {8, 7, 7}, weight[] = {0, 0, 0};
  loy_composite_item item[3];
  loy_error error;
  double index = 7.0;
  memcpy(item, OHIO, sizeof item);
  CHECK_STATUS(loy_composite_from_means(NULL, NULL, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "item", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_from_means(item, NULL, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_from_means(item, NULL, LOY_COMPOSITE_ITEMS + 1, NULL, &error), LOY_ERR_ARGUMENT);
  item[1].weight = -1.0;
  item[2].lowest = (double)NAN;
  CHECK_STATUS(loy_composite_from_means(item, NULL, 3, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
  item[1].weight = 1.0;
  CHECK_STATUS(loy_composite_from_means(item, NULL, 3, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lowest", 2);
  item[2].lowest = 10.0 - 1e-7;
  CHECK_STATUS(loy_composite_from_means(item, NULL, 3, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "highest", 2);
  item[2].lowest = 1;
  item[2].highest = 2e6;
  CHECK_STATUS(loy_composite_from_means(item, NULL, 3, NULL, &error), LOY_ERR_DOMAIN);
  item[2].highest = 10;
  for (int j = 0; j < 3; j++) item[j].weight = 0.0;
  CHECK_STATUS(loy_composite_from_means(item, NULL, 3, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_from_means(OHIO, NULL, 3, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "mean", LOY_NO_INDEX);
  mean[2] = 10.5;
  CHECK_STATUS(loy_composite_from_means(OHIO, mean, 3, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "mean", 2);
  mean[2] = (double)NAN;
  CHECK_STATUS(loy_composite_from_means(OHIO, mean, 3, &index, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(index, 7.0);
  mean[2] = 7;
  CHECK_STATUS(loy_composite_from_means(OHIO, mean, 3, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX);

  CHECK_STATUS(loy_acsi(NULL, weight, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  weight[1] = (double)INFINITY;
  CHECK_STATUS(loy_acsi(NULL, weight, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
  CHECK_STATUS(loy_acsi(NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "mean", LOY_NO_INDEX);
  mean[0] = 0.0;
  CHECK_STATUS(loy_acsi(mean, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "mean", 0);
  mean[0] = 8;
  CHECK_STATUS(loy_acsi(mean, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
}

static void test_batch(void) {
  static const loy_composite_item item[] = {{1, 1, 5}, {3, 1, 5}, {0, 1, 5}};
  static const double q1[] = {5, 1, 4, NAN, NAN}, q2[] = {5, 1, NAN, NAN, 3}, q3[] = {5, 1, 2, 2, NAN};
  const double *answer[3];
  double index[5] = {7, 7, 7, 7, 7}, one;
  size_t skipped = 9;
  loy_batch_report report;
  loy_error error;
  answer[0] = q1;
  answer[1] = q2;
  answer[2] = q3;
  /* All are needed: a missing answer is a bad row. */
  CHECK_STATUS(loy_composite_batch(item, answer, 3, 5, 3, index, &skipped, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "answer", 2);
  CU_ASSERT_EQUAL(skipped, 0);
  CHECK_BITS(index[0], 1.0);
  CHECK_BITS(index[1], 0.0);
  CU_ASSERT(isnan(index[2]) && isnan(index[3]) && isnan(index[4]));
  /* One is enough: missing answers drop out; the fourth has none of positive weight. */
  CHECK_STATUS(loy_composite_batch(item, answer, 3, 5, 1, index, &skipped, &report, &error), LOY_NOTICE_SKIPPED);
  CHECK_ERROR(&error, LOY_NOTICE_SKIPPED, "answer", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(report.bad, 0);
  CU_ASSERT_EQUAL(skipped, 1);
  CHECK_BITS(index[2], .75);
  CU_ASSERT(isnan(index[3]));
  CHECK_BITS(index[4], .5);
  CHECK_STATUS(loy_composite_batch(item, answer, 3, 5, 2, index, NULL, NULL, NULL), LOY_NOTICE_SKIPPED);
  CU_ASSERT(isnan(index[4]));
  /* Off the scale is bad however few are needed. */
  answer[2] = index;
  one = 5.5;
  answer[0] = &one;
  CHECK_STATUS(loy_composite_batch(item, answer, 3, 1, 1, index, &skipped, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 1);
  /* The batch is the index of means of one respondent, to the bit. */
  answer[0] = q1;
  answer[2] = q3;
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 2, 3, index, NULL, &report, NULL), LOY_OK);
  CHECK_STATUS(loy_composite_from_means(OHIO, q1, 3, &one, NULL), LOY_OK);
  {
    static const double row[] = {5, 5, 5};
    CHECK_STATUS(loy_composite_from_means(OHIO, row, 3, &one, NULL), LOY_OK);
    CHECK_BITS(index[0], one);
  }
}

static void test_batch_errors(void) {
  static const double column[] = {1, 2, 3};
  const double *answer[3];
  loy_error error;
  double index[1] = {7};
  answer[0] = answer[2] = column;
  answer[1] = NULL;
  CHECK_STATUS(loy_composite_batch(OHIO, NULL, 0, 1, 0, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_batch(OHIO, NULL, 3, 1, 0, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 1, 0, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", 1);
  answer[1] = column;
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 1, 0, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "least", LOY_NO_INDEX);
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 1, 4, index, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 1, 3, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX);
  CHECK_BITS(index[0], 7.0);
  answer[0] = NULL;
  CHECK_STATUS(loy_composite_batch(OHIO, answer, 3, 0, 3, NULL, NULL, NULL, &error), LOY_OK);
}

static void test_disconfirmation(void) {
  static const double performance[] = {4, 2, NAN, 3, -1e40}, expectation[] = {3, 5, 1, 1e41, 1e40};
  double difference[5] = {7, 7, 7, 7, 7};
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_disconfirmation_batch(performance, expectation, 5, difference, &report, &error), LOY_OK);
  CHECK_BITS(difference[0], 1.0);
  CHECK_BITS(difference[1], -3.0);
  CU_ASSERT(isnan(difference[2]) && isnan(difference[3]));
  CHECK_BITS(difference[4], -2e40);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "performance", 2);
  CHECK_STATUS(loy_disconfirmation_batch(performance + 3, expectation + 3, 1, difference, &report, &error), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "expectation", 0);
  CHECK_STATUS(loy_disconfirmation_batch(NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "performance", LOY_NO_INDEX);
  CHECK_STATUS(loy_disconfirmation_batch(performance, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "expectation", LOY_NO_INDEX);
  CHECK_STATUS(loy_disconfirmation_batch(performance, expectation, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "difference", LOY_NO_INDEX);
  CHECK_STATUS(loy_disconfirmation_batch(NULL, NULL, 0, NULL, NULL, &error), LOY_OK);
}

static void test_dimensions(void) {
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name(LOY_DIMENSION_PRODUCT_QUALITY), "product quality");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name(LOY_DIMENSION_CUSTOMER_SERVICE), "customer service");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name(LOY_DIMENSION_SHOPPING_EXPERIENCE), "shopping experience");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name(LOY_DIMENSION_BRAND_IMAGE), "brand image");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name_zh(LOY_DIMENSION_PRODUCT_QUALITY), "产品质量");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name_zh(LOY_DIMENSION_CUSTOMER_SERVICE), "客户服务");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name_zh(LOY_DIMENSION_SHOPPING_EXPERIENCE), "购物体验");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name_zh(LOY_DIMENSION_BRAND_IMAGE), "品牌形象");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name(LOY_SATISFACTION_DIMENSIONS), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_satisfaction_dimension_name_zh(-1), "unknown");
}

SUITE(survey, composite) {
  ADD(test_acsi);
  ADD(test_scales);
  ADD(test_errors);
  ADD(test_batch);
  ADD(test_batch_errors);
  ADD(test_disconfirmation);
  ADD(test_dimensions);
}
