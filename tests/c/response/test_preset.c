/* test_preset.c: the five industries and their curves with default parameters. */
#include "check.h"

static void test_published_curves(void) {
  static const struct {
    double c, effective_suppliers, kappa, threshold, level[5];
  } rows[LOY_INDUSTRIES] = {
      {.05, 1.0526, -2.9444, .1866, {.776393, .969508, .988820, .996145, 1}},
      {.35, 1.5385, -.6190, .4232, {.408392, .634595, .792937, .909973, 1}},
      {.60, 2.5, .4055, .5505, {.225403, .366239, .535242, .741801, 1}},
      {.85, 6.667, 1.7346, .7042, {.078046, .129265, .216339, .397184, 1}},
      {.9375, 16, 2.7081, .7948, {.031754, .052803, .092270, .193128, 1}},
  };
  loy_curve curve;
  loy_curve_init(&curve);
  for (int i = 0; i < LOY_INDUSTRIES; i++) {
    static loy_thresholds thresholds;
    const double c = loy_industry_competition(i);
    CHECK_BITS(c, rows[i].c);
    CHECK_CLOSE(1.0 / (1.0 - c), rows[i].effective_suppliers, 1e-4);
    CHECK_NEAR(log(c / (1.0 - c)), rows[i].kappa, 5.1e-5);
    CHECK_STATUS(loy_curve_thresholds(&curve, c, 1.0, &thresholds, NULL), LOY_OK);
    CHECK_NEAR(thresholds.s[0], rows[i].threshold, 5.1e-5);
    for (int x = 0; x < 5; x++) CHECK_NEAR(loy_curve_loyalty(&curve, x / 4.0, c, NULL), rows[i].level[x], 5.1e-7);
  }
}

/* Telephone above airlines above hospitals above computers above automobiles, all meeting at s = 1. */
static void test_order(void) {
  loy_curve curve;
  loy_curve_init(&curve);
  for (int i = 0; i + 1 < LOY_INDUSTRIES; i++) {
    for (int x = 0; x < 100; x++)
      CU_ASSERT(loy_curve_loyalty(&curve, x / 100.0, loy_industry_competition(i), NULL) >
                loy_curve_loyalty(&curve, x / 100.0, loy_industry_competition(i + 1), NULL));
    CHECK_BITS(loy_curve_loyalty(&curve, 1.0, loy_industry_competition(i), NULL), 1.0);
  }
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_industry_name(LOY_INDUSTRY_LOCAL_TELEPHONE), "local telephone");
  CU_ASSERT_STRING_EQUAL(loy_industry_name(LOY_INDUSTRY_AUTOMOBILES), "automobiles");
  CU_ASSERT_STRING_EQUAL(loy_industry_name_zh(LOY_INDUSTRY_AUTOMOBILES), "汽车");
  for (int i = 0; i < LOY_INDUSTRIES; i++) {
    CU_ASSERT_STRING_NOT_EQUAL(loy_industry_name(i), "unknown");
    CU_ASSERT_STRING_NOT_EQUAL(loy_industry_name_zh(i), "unknown");
  }
  for (int i = -1; i <= LOY_INDUSTRIES; i += LOY_INDUSTRIES + 1) {
    CU_ASSERT_STRING_EQUAL(loy_industry_name(i), "unknown");
    CU_ASSERT_STRING_EQUAL(loy_industry_name_zh(i), "unknown");
    CU_ASSERT(isnan(loy_industry_competition(i)));
  }
}

SUITE(response, preset) {
  ADD(test_published_curves);
  ADD(test_order);
  ADD(test_names);
}
