/* test_threshold.c: thresholds, inflection, zones and roles. */
#include "check.h"

static loy_curve with_beta(double beta) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.beta = beta;
  return curve;
}

/* beta = 1: s* = Lambda(kappa/2), g(s*) = 1 - s*. */
static void test_single_threshold(void) {
  const loy_curve curve = with_beta(1.0);
  static loy_thresholds found;
  static loy_curve_point point;
  CHECK_STATUS(loy_curve_thresholds(&curve, .8, 1.0, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.count, 1);
  CHECK_CLOSE(found.s[0], 2.0 / 3.0, 1e-15);
  CU_ASSERT(isnan(found.s[1]) && isnan(found.logit[1]));
  CHECK_STATUS(loy_curve_at(&curve, found.s[0], .8, NULL, &point, NULL), LOY_OK);
  CHECK_CLOSE(point.free_choice, 1.0 - found.s[0], 1e-14);
  CHECK_STATUS(loy_curve_thresholds(&curve, .2, 1.0, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.s[0], 1.0 / 3.0, 1e-15);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 1.0, &found, NULL), LOY_NOTICE_NONE);
  CU_ASSERT_EQUAL(found.count, 0);
  CU_ASSERT(isnan(found.s[0]));
}

/* General tau: s = (r - sqrt(r/tau)) / (r - 1); the slope there is tau. */
static void test_general_tau(void) {
  static const double c[] = {.05, .3, .45, .55, .8, .95, 1.0 - 1e-12, 1e-12}, tau[] = {.01, .2, .5, 2.0, 4.0, 100.0};
  const loy_curve curve = with_beta(1.0);
  for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
    for (size_t j = 0; j < sizeof tau / sizeof *tau; j++) {
      const double r = c[i] / (1.0 - c[i]), s = (r - sqrt(r / tau[j])) / (r - 1.0);
      static loy_thresholds found;
      static loy_zone zone;
      const loy_status status = loy_curve_thresholds(&curve, c[i], tau[j], &found, NULL);
      CHECK_STATUS(status, s > 0.0 && s < 1.0 ? LOY_OK : LOY_NOTICE_NONE);
      if (status != LOY_OK) continue;
      CHECK_CLOSE(found.s[0], s, 1e-12);
      CHECK_STATUS(loy_curve_zone(&curve, found.s[0], c[i], NULL, tau[j], &zone, NULL), LOY_OK);
      if (found.s[0] > 1e-3 && found.s[0] < .999) CHECK_CLOSE(zone.relative_slope, tau[j], 1e-11);
    }
  }
}

/* Specification 2.5, alpha = 0, gamma = 1. */
static void test_published_pairs(void) {
  static const struct {
    double beta, c, s1, s2;
  } rows[] = {{2.5, .6, .3254166906, .7577180330},
              {.5, .6, .0704995141, .8649261149},
              {3.0, .5, .3033400534, .6966599466},
              {.4, .5, .0890918775, .9109081225}};
  loy_curve curve = with_beta(2.5);
  double s = 0.0;
  CHECK_STATUS(loy_curve_inflection(&curve, .6, &s, NULL), LOY_OK);
  CHECK_NEAR(s, .5480965891, 5.1e-11);
  curve.beta = .5;
  CHECK_STATUS(loy_curve_inflection(&curve, .6, &s, NULL), LOY_OK);
  CHECK_NEAR(s, .4343912297, 5.1e-11);
  curve.beta = 1.0;
  CHECK_STATUS(loy_curve_inflection(&curve, .6, &s, NULL), LOY_NOTICE_NONE);
  CU_ASSERT(isnan(s));
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    static loy_thresholds found;
    curve.beta = rows[i].beta;
    CHECK_STATUS(loy_curve_thresholds(&curve, rows[i].c, 1.0, &found, NULL), LOY_OK);
    CU_ASSERT_EQUAL(found.count, 2);
    CHECK_NEAR(found.s[0], rows[i].s1, 5.1e-11);
    CHECK_NEAR(found.s[1], rows[i].s2, 5.1e-11);
    CHECK_CLOSE(found.logit[0], log(found.s[0] / (1.0 - found.s[0])), 1e-13);
  }
}

/* Two thresholds whatever the parameters, in order, around the inflection, each with slope tau; and beta(1 - 2g) = 1 -
 * 2s at the inflection. */
static void test_two_thresholds(void) {
  static const double beta[] = {.1, .3, .7, .95, 1.05, 1.5, 4.0, 20.0}, c[] = {.02, .05, .3, .5, .9, .99};
  for (size_t i = 0; i < sizeof beta / sizeof *beta; i++) {
    for (size_t j = 0; j < sizeof c / sizeof *c; j++) {
      loy_curve curve = with_beta(beta[i]);
      static loy_thresholds found;
      static loy_curve_point point;
      static loy_zone zone;
      double inflection = -1.0;
      curve.alpha = .2;
      CHECK_STATUS(loy_curve_inflection(&curve, c[j], &inflection, NULL), LOY_OK);
      CHECK_STATUS(loy_curve_at(&curve, inflection, c[j], NULL, &point, NULL), LOY_OK);
      CHECK_NEAR(beta[i] * (1.0 - 2.0 * point.free_choice), 1.0 - 2.0 * inflection, 1e-12);
      CHECK_STATUS(loy_curve_thresholds(&curve, c[j], 1.0, &found, NULL), LOY_OK);
      CU_ASSERT_EQUAL(found.count, 2);
      CU_ASSERT(found.logit[0] < found.logit[1]);
      CU_ASSERT(found.s[0] <= inflection && inflection <= found.s[1]);
      for (int k = 0; k < 2; k++) {
        if (!(fabs(found.logit[k]) < 30.0)) continue; /* s rounds too coarsely beyond */
        CHECK_STATUS(loy_curve_zone(&curve, found.s[k], c[j], NULL, 1.0, &zone, NULL), LOY_OK);
        CHECK_CLOSE(zone.relative_slope, 1.0, found.s[k] > .999 ? 1e-3 : 1e-10);
      }
    }
  }
}

/* Out of reach: an S-curve is never steeper than at its inflection. */
static void test_tau_out_of_reach(void) {
  const loy_curve curve = with_beta(2.0), flat = with_beta(.5);
  static loy_thresholds found;
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 2.1, &found, NULL), LOY_NOTICE_NONE);
  CU_ASSERT_EQUAL(found.count, 0);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 1.9, &found, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_thresholds(&flat, .5, .49, &found, NULL), LOY_NOTICE_NONE);
  CHECK_STATUS(loy_curve_thresholds(&flat, .5, .51, &found, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_thresholds(&flat, .5, 1e300, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.count, 2);
  CHECK_BITS(found.s[1], 1.0); /* rounds to 1; the logit tells */
  CU_ASSERT(found.logit[1] > 1000.0 && isfinite(found.logit[1]));
}

/* beta = 1: convex iff kappa > 0, concave iff kappa < 0, straight iff kappa = 0. */
static void test_shape(void) {
  const loy_curve curve = with_beta(1.0);
  for (int i = 1; i < 20; i++) {
    const double c = i / 20.0;
    double sign = 0.0;
    static loy_zone zone;
    for (int x = 1; x < 20; x++) {
      const double second = loy_curve_loyalty(&curve, (x + 1) / 20.0, c, NULL) +
                            loy_curve_loyalty(&curve, (x - 1) / 20.0, c, NULL) -
                            2.0 * loy_curve_loyalty(&curve, x / 20.0, c, NULL);
      sign = i == 10 ? fabs(second) : second;
      if (i > 10) CU_ASSERT(sign > 0.0);
      if (i < 10) CU_ASSERT(sign < 0.0);
      if (i == 10) CU_ASSERT(sign < 1e-15);
    }
    CHECK_STATUS(loy_curve_zone(&curve, .3, c, NULL, 1.0, &zone, NULL), LOY_OK);
    CU_ASSERT_EQUAL(zone.market, i > 10   ? LOY_MARKET_HIGH_COMPETITION
                                 : i < 10 ? LOY_MARKET_LOW_COMPETITION
                                          : LOY_MARKET_NEUTRAL);
    if (i == 10) CU_ASSERT_EQUAL(zone.quality, LOY_QUALITY_NEUTRAL);
  }
}

static void test_roles(void) {
  loy_curve curve = with_beta(1.0);
  static loy_zone zone;
  static loy_thresholds found;
  /* c = .8: threshold 2/3. */
  CHECK_STATUS(loy_curve_zone(&curve, .49, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_NONE);
  CU_ASSERT_EQUAL(zone.quality, LOY_QUALITY_INSENSITIVE);
  CHECK_STATUS(loy_curve_zone(&curve, .5, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_MERCENARY);
  CHECK_STATUS(loy_curve_zone(&curve, .66, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_MERCENARY);
  CHECK_STATUS(loy_curve_zone(&curve, .67, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_APOSTLE);
  CU_ASSERT_EQUAL(zone.quality, LOY_QUALITY_SENSITIVE);
  CHECK_STATUS(loy_curve_zone(&curve, 1.0, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_APOSTLE);
  CHECK_CLOSE(zone.relative_slope, 4.0, 1e-15);
  /* No roles without choice. */
  CHECK_STATUS(loy_curve_zone(&curve, .9, .2, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_NONE);
  CU_ASSERT_EQUAL(zone.quality, LOY_QUALITY_INSENSITIVE);
  /* S-curve and steep-flat-steep: apostles from the threshold where the last sensitive stretch begins. */
  for (int b = 0; b < 2; b++) {
    double last;
    curve.beta = b ? .5 : 2.5;
    CHECK_STATUS(loy_curve_thresholds(&curve, .9, 1.0, &found, NULL), LOY_OK);
    last = found.s[b];
    CU_ASSERT(last > .5);
    for (int i = 500; i <= 1000; i++) {
      const double s = i / 1000.0;
      CHECK_STATUS(loy_curve_zone(&curve, s, .9, NULL, 1.0, &zone, NULL), LOY_OK);
      CU_ASSERT_EQUAL(zone.role, s < last ? LOY_ROLE_MERCENARY : LOY_ROLE_APOSTLE);
      CU_ASSERT_EQUAL(zone.quality == LOY_QUALITY_SENSITIVE, (curve.beta > 1.0) == (s > found.s[0] && s < found.s[1]));
    }
  }
}

/* Dissatisfied and staying: for want of rivals, or held by a constraint, in any market. */
static void test_hostages(void) {
  loy_curve curve = with_beta(1.0);
  static loy_zone zone;
  const double k = 1.0;
  const double s[2] = {.3, .3}, c[2] = {.8, .8}, column[2] = {0.0, 1.0};
  const double *columns[1] = {column};
  int32_t role[2];
  CHECK_STATUS(loy_curve_zone(&curve, .3, .2, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT(loy_curve_loyalty(&curve, .3, .2, NULL) > .5);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_HOSTAGE);
  CHECK_STATUS(loy_curve_zone(&curve, .3, .8, NULL, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_NONE);
  curve.constraints = 1;
  curve.b[0] = 2.0;
  CHECK_STATUS(loy_curve_zone(&curve, .3, .8, &k, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_HOSTAGE);
  CHECK_STATUS(loy_curve_zone(&curve, .5, .8, &k, 1.0, &zone, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone.role, LOY_ROLE_MERCENARY);
  CHECK_STATUS(loy_curve_zone_batch(&curve, s, c, columns, 1.0, 2, NULL, NULL, role, NULL, NULL), LOY_OK);
  CU_ASSERT(role[0] == LOY_ROLE_NONE && role[1] == LOY_ROLE_HOSTAGE);
  columns[0] = NULL;
  CHECK_STATUS(loy_curve_zone_batch(&curve, s, c, columns, 1.0, 2, NULL, NULL, role, NULL, NULL), LOY_ERR_ARGUMENT);
}

static void test_batch(void) {
  static const double s[] = {.4, .6, .9, 1.2, .9, NAN}, c[] = {.8, .8, .8, .8, 1.0, .5};
  int32_t market[6], quality[6], role[6];
  const loy_curve curve = with_beta(1.0);
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_curve_zone_batch(&curve, s, c, NULL, 1.0, 6, market, quality, role, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "s", 3);
  for (int i = 0; i < 3; i++) {
    static loy_zone zone;
    CHECK_STATUS(loy_curve_zone(&curve, s[i], c[i], NULL, 1.0, &zone, NULL), LOY_OK);
    CU_ASSERT(market[i] == zone.market && quality[i] == zone.quality && role[i] == zone.role);
  }
  for (int i = 3; i < 6; i++) CU_ASSERT(market[i] == -1 && quality[i] == -1 && role[i] == -1);
  CHECK_STATUS(loy_curve_zone_batch(&curve, s, c, NULL, 1.0, 6, NULL, NULL, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_curve_zone_batch(&curve, NULL, NULL, NULL, 0.0, 6, market, quality, role, &report, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "tau", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone_batch(&curve, NULL, NULL, NULL, 1.0, 6, market, quality, role, &report, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone_batch(&curve, s, NULL, NULL, 1.0, 6, market, quality, role, &report, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone_batch(NULL, s, c, NULL, 1.0, 6, market, quality, role, &report, &error),
               LOY_ERR_ARGUMENT);
}

/* In the order the header states. */
static void test_errors(void) {
  loy_curve curve = with_beta(1.0);
  static loy_thresholds found;
  static loy_zone zone;
  loy_error error;
  double s = 7.0;
  CHECK_STATUS(loy_curve_thresholds(NULL, 0.0, 0.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_curve_thresholds(&curve, 0.0, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "tau", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, INFINITY, &found, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "thresholds", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_inflection(NULL, 0.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_curve_inflection(&curve, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_inflection(&curve, .5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone(&curve, 2.0, 0.0, NULL, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone(&curve, .5, 0.0, NULL, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_zone(&curve, .5, .5, NULL, 0.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "tau", LOY_NO_INDEX);
  CHECK_STATUS(loy_curve_zone(&curve, .5, .5, NULL, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "zone", LOY_NO_INDEX);
  curve.beta = -1.0;
  CHECK_STATUS(loy_curve_inflection(&curve, .5, &s, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_thresholds(&curve, .5, 1.0, &found, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_curve_zone(&curve, .5, .5, NULL, 1.0, &zone, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(s, 7.0);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_market_zone_name(LOY_MARKET_HIGH_COMPETITION), "high competition");
  CU_ASSERT_STRING_EQUAL(loy_market_zone_name_zh(LOY_MARKET_HIGH_COMPETITION), "高度竞争区");
  CU_ASSERT_STRING_EQUAL(loy_market_zone_name_zh(LOY_MARKET_LOW_COMPETITION), "低度竞争区");
  CU_ASSERT_STRING_EQUAL(loy_quality_zone_name(LOY_QUALITY_SENSITIVE), "quality-sensitive");
  CU_ASSERT_STRING_EQUAL(loy_quality_zone_name_zh(LOY_QUALITY_SENSITIVE), "质量敏感区");
  CU_ASSERT_STRING_EQUAL(loy_quality_zone_name_zh(LOY_QUALITY_INSENSITIVE), "质量不敏感区");
  CU_ASSERT_STRING_EQUAL(loy_role_name(LOY_ROLE_MERCENARY), "mercenary");
  CU_ASSERT_STRING_EQUAL(loy_role_name_zh(LOY_ROLE_MERCENARY), "图利者");
  CU_ASSERT_STRING_EQUAL(loy_role_name_zh(LOY_ROLE_APOSTLE), "传道者");
  CU_ASSERT_STRING_EQUAL(loy_role_name_zh(LOY_ROLE_HOSTAGE), "囚禁者");
  for (int i = -1; i <= 4; i++) {
    const int known = i >= 0 && i <= 2;
    CU_ASSERT_EQUAL(strcmp(loy_market_zone_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_market_zone_name_zh(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_quality_zone_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_quality_zone_name_zh(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_role_name(i), "unknown") != 0, known || i == LOY_ROLE_HOSTAGE);
    CU_ASSERT_EQUAL(strcmp(loy_role_name_zh(i), "unknown") != 0, known || i == LOY_ROLE_HOSTAGE);
  }
}

SUITE(response, threshold) {
  ADD(test_single_threshold);
  ADD(test_general_tau);
  ADD(test_published_pairs);
  ADD(test_two_thresholds);
  ADD(test_tau_out_of_reach);
  ADD(test_shape);
  ADD(test_roles);
  ADD(test_hostages);
  ADD(test_batch);
  ADD(test_errors);
  ADD(test_names);
}
