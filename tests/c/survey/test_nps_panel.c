/* test_nps_panel.c: two waves with the same respondents, and waves that overlap. */
#include "check.h"

/* Expected values: scipy.stats.ttest_rel, and numpy's variances and covariance of the answers written out. */
static const loy_nps_panel shared = {{{6, 3, 2}, {2, 8, 5}, {1, 2, 11}}, {0, 0, 0}, {0, 0, 0}, 0};
static const loy_nps_panel overlap = {{{6, 3, 2}, {2, 8, 5}, {1, 2, 11}}, {4, 3, 6}, {2, 5, 9}, 7};

static void test_count(void) {
  static const double before[] = {10, 9, 8, 0, 6, 7, NAN, 3, NAN}, after[] = {10, 8, 9, 3, NAN, NAN, 9, 7, NAN};
  loy_nps_options options;
  loy_nps_panel panel;
  loy_error error;
  loy_nps_options_init(&options);
  options.skip_missing = 1;
  CHECK_STATUS(loy_nps_panel_count(before, after, 9, &options, &panel, &error), LOY_OK);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_PROMOTER][LOY_NPS_PROMOTER], 1);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_PROMOTER][LOY_NPS_PASSIVE], 1);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_PASSIVE][LOY_NPS_PROMOTER], 1);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_DETRACTOR][LOY_NPS_DETRACTOR], 1);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_DETRACTOR][LOY_NPS_PASSIVE], 1);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_PASSIVE][LOY_NPS_PASSIVE], 0);
  CU_ASSERT_EQUAL(panel.before_only[LOY_NPS_DETRACTOR], 1);
  CU_ASSERT_EQUAL(panel.before_only[LOY_NPS_PASSIVE], 1);
  CU_ASSERT_EQUAL(panel.after_only[LOY_NPS_PROMOTER], 1);
  CU_ASSERT_EQUAL(panel.missing, 1);
  options.passive_from = options.promoter_from = 8;
  CHECK_STATUS(loy_nps_panel_count(before, after, 4, &options, &panel, &error), LOY_OK);
  CU_ASSERT_EQUAL(panel.both[LOY_NPS_PROMOTER][LOY_NPS_PROMOTER], 3);
  CHECK_STATUS(loy_nps_panel_count(NULL, NULL, 0, NULL, &panel, &error), LOY_OK);
  CU_ASSERT_EQUAL(panel.both[2][2] + panel.missing, 0);
}

static void test_count_errors(void) {
  static const double good[] = {10, 9}, bad[] = {10, 11}, missing[] = {10, NAN};
  loy_nps_options options;
  loy_nps_panel panel;
  loy_error error;
  memset(&panel, 0x55, sizeof panel);
  CHECK_STATUS(loy_nps_panel_count(NULL, bad, 2, NULL, &panel, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "before", LOY_NO_INDEX);
  loy_nps_options_init(&options);
  options.passive_from = 0;
  CHECK_STATUS(loy_nps_panel_count(bad, NULL, 2, &options, &panel, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "passive_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_panel_count(bad, NULL, 2, NULL, &panel, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "before", 1);
  CHECK_STATUS(loy_nps_panel_count(good, NULL, 2, NULL, &panel, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "after", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_panel_count(good, missing, 2, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "after", 1);
  CHECK_STATUS(loy_nps_panel_count(good, good, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "panel", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(panel.missing, 0x5555555555555555); /* untouched */
}

static void test_paired(void) {
  loy_nps_difference r, only;
  CHECK_STATUS(loy_nps_paired(&shared, LOY_NPS_TWO_SIDED, .9, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.difference, .15, 1e-15);
  CHECK_BITS(r.centre, r.difference);
  CHECK_CLOSE(r.standard_error, 0.12168686168889517, 1e-14);
  CHECK_CLOSE(r.statistic, 1.2326721054199774, 1e-14);
  CHECK_BITS(r.df, 39.0);
  CHECK_CLOSE(r.p_value, 0.2250774131850336, 1e-13);
  CHECK_CLOSE(r.lower, -0.055027165898734326, 1e-13);
  CHECK_CLOSE(r.upper, 0.35502716589873423, 1e-13);
  CHECK_STATUS(loy_nps_paired(&overlap, LOY_NPS_GREATER, .9, &only, NULL), LOY_OK); /* only those in both count */
  CHECK_CLOSE(only.p_value, 0.1125387065925168, 1e-13);
  CHECK_BITS(only.lower, r.lower);
}

static void test_overlap(void) {
  const loy_nps_counts first = {6, 3, 4, 0}, second = {9, 5, 2, 0};
  const loy_nps_panel apart = {{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}, {4, 3, 6}, {2, 5, 9}, 0};
  loy_nps a, b;
  loy_nps_difference r, other;
  CHECK_STATUS(loy_nps_overlap(&overlap, LOY_NPS_TWO_SIDED, .95, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.difference, 0.19137466307277626, 1e-14);
  CHECK_CLOSE(r.standard_error, 0.11820548541720544, 1e-14);
  CHECK_CLOSE(r.statistic, 1.6189998492652073, 1e-14);
  CHECK_CLOSE(r.p_value, 0.1054472955468743, 1e-13);
  CHECK_BITS(r.df, (double)INFINITY);

  /* Nobody shared: two independent samples. */
  CHECK_STATUS(loy_nps_overlap(&apart, LOY_NPS_GREATER, .95, &r, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_counts(&first, &a, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_counts(&second, &b, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_compare(&b, &a, LOY_NPS_WALD, LOY_NPS_GREATER, .95, &other, NULL), LOY_OK);
  CHECK_BITS(r.difference, other.difference);
  CHECK_CLOSE(r.p_value, other.p_value, 1e-14);

  /* All shared: the paired test with n in place of n - 1. */
  CHECK_STATUS(loy_nps_overlap(&shared, LOY_NPS_TWO_SIDED, .95, &r, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_paired(&shared, LOY_NPS_TWO_SIDED, .95, &other, NULL), LOY_OK);
  CHECK_CLOSE(r.standard_error, other.standard_error * sqrt(39.0 / 40.0), 1e-13);
}

/* Answers that cannot be told apart: no standard error, no test. */
static void test_alike(void) {
  const loy_nps_panel same = {{{9, 0, 0}, {0, 8, 0}, {0, 0, 11}}, {0, 0, 0}, {0, 0, 0}, 0};
  const loy_nps_panel up = {{{0, 9, 0}, {0, 0, 8}, {0, 0, 0}}, {0, 0, 0}, {0, 0, 0}, 0};
  const loy_nps_panel one = {{{0, 1, 0}, {0, 0, 0}, {0, 0, 0}}, {0, 0, 0}, {0, 1, 0}, 0};
  const loy_nps_panel early = {{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}, {5, 4, 3}, {0, 0, 0}, 0};
  const loy_nps_panel *const panels[] = {&same, &up, &one, &early};
  loy_nps_difference r;
  loy_error error;
  for (size_t i = 0; i < 4; i++) {
    CHECK_STATUS(loy_nps_paired(panels[i], LOY_NPS_TWO_SIDED, .95, &r, &error), LOY_ERR_TOO_FEW);
    CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX);
    if (panels[i] == &one) continue;
    CHECK_STATUS(loy_nps_overlap(panels[i], LOY_NPS_TWO_SIDED, .95, &r, &error), LOY_ERR_TOO_FEW);
    CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX);
  }
  CHECK_STATUS(loy_nps_overlap(&one, LOY_NPS_TWO_SIDED, .95, &r, &error), LOY_ERR_TOO_FEW);
}

static void test_errors(void) {
  loy_nps_panel bad = shared;
  loy_error error;
  bad.after_only[1] = -1;
  CHECK_STATUS(loy_nps_paired(NULL, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "panel", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_overlap(&bad, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "panel", LOY_NO_INDEX);
  bad.after_only[1] = INT64_MAX;
  CHECK_STATUS(loy_nps_overlap(&bad, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_nps_paired(&shared, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternative", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_paired(&shared, 0, NAN, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_paired(&shared, 0, .9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
}

SUITE(survey, nps_panel) {
  ADD(test_count);
  ADD(test_count_errors);
  ADD(test_paired);
  ADD(test_overlap);
  ADD(test_alike);
  ADD(test_errors);
}
