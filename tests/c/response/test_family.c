/* The families beside L = f(C, S): points, ends, limits, ranges. */
#include "check.h"

#include "loyalty/response/family.h"

static loy_family_curve curve_of(int family, double p0, double p1, double p2, double p3) {
  loy_family_curve curve;
  loy_family_init(&curve, family);
  curve.param[0] = p0;
  curve.param[1] = p1;
  curve.param[2] = p2;
  if (family != LOY_FAMILY_LOGIT_LINEAR) curve.param[3] = p3;
  return curve;
}

static loy_family_curve pieces(double rise_1, double rise_2) {
  loy_family_curve curve = curve_of(LOY_FAMILY_PIECEWISE, 0.2, 0.9, -0.8, rise_1);
  curve.param[LOY_FAMILY_RISE_2] = rise_2;
  curve.param[LOY_FAMILY_FIRST] = 0.3;
  curve.param[LOY_FAMILY_SECOND] = 0.7;
  return curve;
}

/* mpmath, 40 digits, from the formulas of the header. */
static void test_points(void) {
  static const struct {
    double k, loyalty;
  } exponential[6] = {{2.5, 0.29794225071523329923}, {-3.0, 0.7152618300869228047},   {1e-9, 0.49081416615673355155},
                      {0.3, 0.46450825456289136596}, {800.0, 0.11263212606234886058}, {-800.0, 0.82044809075418823444}};
  loy_family_curve curve = curve_of(LOY_FAMILY_POWER, 0.2, 0.9, -0.8, 1.7);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.65, 0.7), 0.37019660963503306667, 1e-14);
  curve.param[LOY_FAMILY_COMPETITION] = 0.0;
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.65, 0.7), 0.53655089227247455027, 1e-14);
  for (size_t i = 0; i < 6; i++) {
    curve = curve_of(LOY_FAMILY_EXPONENTIAL, 0.2, 0.9, -0.8, exponential[i].k);
    CHECK_CLOSE(loy_family_loyalty(&curve, 0.65, 0.7), exponential[i].loyalty, 1e-14);
  }
  curve = curve_of(LOY_FAMILY_LOGIT_LINEAR, -1.5, 4.5, -0.8, 0.0);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.65, 0.7), 0.67855993609858324634, 1e-14);
  curve = pieces(0.25, 0.6);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.2, 0.7), 0.19046811188164908207, 1e-14);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.65, 0.7), 0.48599099424679484523, 1e-14);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.85, 0.7), 0.66317912073533578063, 1e-14);
}

/* Floor and top are the ends where c = 1/2, and odds are scaled elsewhere. */
static void test_ends(void) {
  for (int family = 0; family < LOY_FAMILIES; family++) {
    loy_family_curve curve;
    double odds;
    if (family == LOY_FAMILY_LOGIT_LINEAR) continue;
    loy_family_init(&curve, family);
    CHECK_CLOSE(loy_family_loyalty(&curve, 0.375, 0.9), 0.375, 1e-15); /* the default is the diagonal */
    CHECK_BITS(loy_family_loyalty(&curve, 0.0, 0.9), 0.0);
    CHECK_BITS(loy_family_loyalty(&curve, 1.0, 0.1), 1.0);
    curve.param[LOY_FAMILY_FLOOR] = 0.2;
    curve.param[LOY_FAMILY_TOP] = 0.9;
    curve.param[LOY_FAMILY_COMPETITION] = -1.5;
    CHECK_CLOSE(loy_family_loyalty(&curve, 0.0, 0.5), 0.2, 1e-15);
    CHECK_CLOSE(loy_family_loyalty(&curve, 1.0, 0.5), 0.9, 1e-15);
    odds = 0.25 * 0.125; /* (0.8/0.2)^-1.5 = 1/8 */
    CHECK_CLOSE(loy_family_loyalty(&curve, 0.0, 0.8), odds / (1 + odds), 1e-14);
    curve.param[LOY_FAMILY_COMPETITION] = 1e6; /* nothing overflows */
    CHECK_BITS(loy_family_loyalty(&curve, 0.5, 0.9), 1.0);
    CHECK_BITS(loy_family_loyalty(&curve, 0.5, 0.1), 0.0);
    curve.param[LOY_FAMILY_FLOOR] = 0.0;
    CHECK_BITS(loy_family_loyalty(&curve, 0.0, 0.9), 0.0);
  }
}

/* The shapes that the two rises make: flat, steep, flat and steep, flat, steep. */
static void test_pieces(void) {
  loy_family_curve curve = pieces(0.0, 1.0);
  curve.param[LOY_FAMILY_COMPETITION] = 0.0;
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.1, 0.5), 0.2, 1e-15);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.3, 0.5), 0.2, 1e-15);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.5, 0.5), 0.55, 1e-14);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.7, 0.5), 0.9, 1e-15);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.8, 0.5), 0.9, 1e-15);
  curve.param[LOY_FAMILY_RISE_1] = 0.5;
  curve.param[LOY_FAMILY_RISE_2] = 0.0;
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.15, 0.5), 0.375, 1e-14);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.3, 0.5), 0.55, 1e-15);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.6, 0.5), 0.55, 1e-15);
  CHECK_CLOSE(loy_family_loyalty(&curve, 0.85, 0.5), 0.725, 1e-14);
}

/* None falls in s when top >= floor. */
static void test_monotone(void) {
  static const double shape[7] = {1e-6, 0.2, 0.5, 0.8, 1.0, 20.0, 1e6};
  for (int family = 0; family < LOY_FAMILIES; family++) {
    for (size_t k = 0; k < 7; k++) {
      loy_family_curve curve = family == LOY_FAMILY_PIECEWISE
                                   ? pieces(k < 5 ? shape[k] : 0.0, k < 5 ? shape[4 - k] : 0.0)
                                   : curve_of(family, 0.1, 0.7, -0.5, shape[k]);
      double last = 0.0;
      for (int i = 0; i <= 1000; i++) {
        const double loyalty = loy_family_loyalty(&curve, i / 1000.0, 0.7);
        CU_ASSERT(loyalty >= last - 1e-15 && loyalty <= 1.0);
        last = loyalty;
      }
    }
  }
}

static void test_batch(void) {
  double s[4] = {0.2, 1.5, 0.9, 0.5}, c[4] = {0.3, 0.5, 0.6, 1.0}, loyalty[4];
  for (int family = 0; family < LOY_FAMILIES; family++) {
    loy_family_curve curve;
    loy_batch_report report;
    loy_family_init(&curve, family);
    curve.param[LOY_FAMILY_COMPETITION] = -0.7;
    CHECK_STATUS(loy_family_loyalty_batch(&curve, s, c, 4, loyalty, &report, NULL), LOY_OK);
    CHECK_BITS(loyalty[0], loy_family_loyalty(&curve, 0.2, 0.3));
    CHECK_BITS(loyalty[2], loy_family_loyalty(&curve, 0.9, 0.6));
    CU_ASSERT(isnan(loyalty[1]) && isnan(loyalty[3]));
    CU_ASSERT_EQUAL(report.bad, 2);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "s", 1);
    CU_ASSERT(isnan(loy_family_loyalty(&curve, 0.5, 1.0)));
  }
  {
    loy_family_curve curve;
    const double expected = (loy_family_init(&curve, LOY_FAMILY_POWER), loy_family_loyalty(&curve, 0.2, 0.3));
    CHECK_STATUS(loy_family_loyalty_batch(&curve, s, c, 4, s, NULL, NULL), LOY_OK); /* in place */
    CHECK_BITS(s[0], expected);
    CHECK_STATUS(loy_family_loyalty_batch(&curve, NULL, NULL, 0, NULL, NULL, NULL), LOY_OK);
  }
}

static void check_fails(const loy_family_curve *curve, double s, double c, loy_status status, const char *argument) {
  double in = 0.5, out = 7.0;
  loy_error error;
  CHECK_STATUS(loy_family_check(curve, s, c, &error), status);
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);
  CU_ASSERT(isnan(loy_family_loyalty(curve, s, c)));
  if (strcmp(argument, "s") == 0 || strcmp(argument, "c") == 0) return;
  CHECK_STATUS(loy_family_loyalty_batch(curve, NULL, &in, 1, &out, NULL, &error), status);
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);
}

/* Each error comes before all later ones. */
static void test_errors(void) {
  loy_family_curve curve = curve_of(LOY_FAMILY_POWER, -0.1, 1.1, 2e6, 0.0);
  loy_error error;
  double in = 0.5, out = 7.0;
  check_fails(NULL, 2.0, 2.0, LOY_ERR_ARGUMENT, "curve");
  curve.family = 4;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_ARGUMENT, "family");
  curve.family = -1;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_ARGUMENT, "family");
  curve.family = LOY_FAMILY_POWER;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_DOMAIN, "floor");
  curve.param[LOY_FAMILY_FLOOR] = 0.0;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_DOMAIN, "top");
  curve.param[LOY_FAMILY_TOP] = 1.0;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_DOMAIN, "competition");
  curve.param[LOY_FAMILY_COMPETITION] = 0.0;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_DOMAIN, "exponent");
  curve.param[LOY_FAMILY_EXPONENT] = 1.0;
  check_fails(&curve, 2.0, 2.0, LOY_ERR_DOMAIN, "s");
  check_fails(&curve, 0.5, 2.0, LOY_ERR_DOMAIN, "c");
  curve = curve_of(LOY_FAMILY_EXPONENTIAL, 0.0, 1.0, 0.0, (double)NAN);
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "curvature");
  curve = curve_of(LOY_FAMILY_LOGIT_LINEAR, 2e6, -2e6, 0.0, 0.0);
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "intercept");
  curve.param[LOY_FAMILY_INTERCEPT] = 0.0;
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "slope");
  curve = pieces(1.5, -1.0);
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "rise_1");
  curve.param[LOY_FAMILY_RISE_1] = 1.0;
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "rise_2");
  curve = pieces(0.5, 0.5);
  curve.param[LOY_FAMILY_FIRST] = 0.7;
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "first");
  curve.param[LOY_FAMILY_FIRST] = 0.0;
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "first");
  curve.param[LOY_FAMILY_FIRST] = 0.3;
  curve.param[LOY_FAMILY_SECOND] = 1.0;
  check_fails(&curve, 0.5, 0.5, LOY_ERR_DOMAIN, "second");
  curve.param[LOY_FAMILY_SECOND] = 0.7;
  CHECK_STATUS(loy_family_check(&curve, 0.5, 0.5, &error), LOY_OK);
  CHECK_STATUS(loy_family_loyalty_batch(&curve, NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX);
  CHECK_STATUS(loy_family_loyalty_batch(&curve, &in, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX);
  CHECK_STATUS(loy_family_loyalty_batch(&curve, &in, &in, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyalty", LOY_NO_INDEX);
  CHECK_BITS(out, 7.0);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_family_name(LOY_FAMILY_LOGIT_LINEAR), "logit_linear");
  CU_ASSERT_STRING_EQUAL(loy_family_name(LOY_FAMILIES), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_family_name(-1), "unknown");
  CU_ASSERT_EQUAL(loy_family_params(LOY_FAMILY_POWER), 4);
  CU_ASSERT_EQUAL(loy_family_params(LOY_FAMILY_PIECEWISE), LOY_FAMILY_PARAMS);
  CU_ASSERT_EQUAL(loy_family_params(LOY_FAMILIES), 0);
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_POWER, LOY_FAMILY_EXPONENT), "exponent");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_EXPONENTIAL, LOY_FAMILY_CURVATURE), "curvature");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_LOGIT_LINEAR, LOY_FAMILY_SLOPE), "slope");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_PIECEWISE, LOY_FAMILY_SECOND), "second");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_LOGIT_LINEAR, 3), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(LOY_FAMILY_POWER, -1), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_family_param_name(9, 0), "unknown");
  loy_family_init(NULL, 0);
}

SUITE(response, family) {
  ADD(test_points);
  ADD(test_ends);
  ADD(test_pieces);
  ADD(test_monotone);
  ADD(test_batch);
  ADD(test_errors);
  ADD(test_names);
}
