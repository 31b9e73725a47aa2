/* test_scale.c: ratings to satisfaction and back. */
#include "check.h"

static void test_values(void) {
  static const double plain[] = {0.0, .25, .5, .75, 1.0}, padded[] = {.1, .3, .5, .7, .9};
  loy_scale scale;
  loy_scale_init(&scale);
  loy_scale_init(NULL);
  for (int x = 1; x <= 5; x++) CHECK_BITS(loy_scale_satisfaction(&scale, x), plain[x - 1]);
  scale.padding = 0.5;
  for (int x = 1; x <= 5; x++) {
    CHECK_CLOSE(loy_scale_satisfaction(&scale, x), padded[x - 1], 1e-15);
    CHECK_CLOSE(loy_scale_rating(&scale, loy_scale_satisfaction(&scale, x)), x, 1e-15);
  }
  CHECK_CLOSE(loy_scale_rating(&scale, 0.0), .5, 1e-15);
  CHECK_CLOSE(loy_scale_rating(&scale, 1.0), 5.5, 1e-15);
}

static void test_bad(void) {
  loy_scale scale;
  loy_error error;
  loy_scale_init(&scale);
  CU_ASSERT(isnan(loy_scale_satisfaction(NULL, 3)));
  CU_ASSERT(isnan(loy_scale_satisfaction(&scale, .9)));
  CU_ASSERT(isnan(loy_scale_satisfaction(&scale, 5.1)));
  CU_ASSERT(isnan(loy_scale_satisfaction(&scale, NAN)));
  CU_ASSERT(isnan(loy_scale_rating(&scale, -.1)));
  CU_ASSERT(isnan(loy_scale_rating(NULL, .1)));
  CHECK_STATUS(loy_scale_check(NULL, 3, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_scale_check(&scale, 3, &error), LOY_OK);
  CHECK_STATUS(loy_scale_check(&scale, 6, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "rating", LOY_NO_INDEX);
  scale.padding = -1;
  CHECK_STATUS(loy_scale_check(&scale, 6, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "padding", LOY_NO_INDEX);
  scale.highest = 1;
  CHECK_STATUS(loy_scale_check(&scale, 6, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "highest", LOY_NO_INDEX);
  scale.lowest = NAN;
  CHECK_STATUS(loy_scale_check(&scale, 6, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "lowest", LOY_NO_INDEX);
}

static void test_batch(void) {
  double rating[] = {1, 2.5, NAN, 7, 5};
  loy_scale scale;
  loy_batch_report report;
  loy_error error;
  loy_scale_init(&scale);
  CHECK_STATUS(loy_scale_satisfaction_batch(&scale, rating, 5, NULL, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX);
  CHECK_STATUS(loy_scale_satisfaction_batch(&scale, NULL, 5, rating, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "rating", LOY_NO_INDEX);
  CHECK_STATUS(loy_scale_satisfaction_batch(NULL, NULL, 5, rating, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_scale_satisfaction_batch(&scale, NULL, 0, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_scale_satisfaction_batch(&scale, rating, 5, rating, &report, &error), LOY_OK); /* in place */
  CHECK_BITS(rating[0], 0.0);
  CHECK_BITS(rating[1], .375);
  CU_ASSERT(isnan(rating[2]) && isnan(rating[3]));
  CHECK_BITS(rating[4], 1.0);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "rating", 2);
}

SUITE(response, scale) {
  ADD(test_values);
  ADD(test_bad);
  ADD(test_batch);
}
