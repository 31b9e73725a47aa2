/* test_loyalty_index.c: the index of three answers, its bands and classes. */
#include "check.h"

static void test_golden(void) {
  loy_loyalty_index found;
  CHECK_STATUS(loy_loyalty_index_of(4, .8, LOY_RECOMMEND_POSSIBLE, NULL, &found, NULL), LOY_OK);
  CHECK_BITS(found.index, .75);
  CU_ASSERT_EQUAL(found.band, LOY_REPURCHASE_HIGH);
  CU_ASSERT_EQUAL(found.security, LOY_SECURITY_FAVOURABLE);
}

/* The whole table, from the words of the rule, in an order of its own. */
static void test_every_answer(void) {
  static const double probability[] = {.1, .5, .9};
  for (int s = 1; s <= 5; s++) {
    for (int b = 0; b < 3; b++) {
      for (int r = 1; r <= 3; r++) {
        const int secure = s == 5 && b == 2 && r == 3;
        const int favourable = (s == 4 || s == 5) && b != 0 && r != 1;
        const int risk = s == 1 || s == 2 || b == 0 || r == 1;
        const int want = secure       ? LOY_SECURITY_SECURE
                         : favourable ? LOY_SECURITY_FAVOURABLE
                         : risk       ? LOY_SECURITY_AT_RISK
                                      : LOY_SECURITY_VULNERABLE;
        loy_loyalty_index found;
        CHECK_STATUS(loy_loyalty_index_of(s, probability[b], r, NULL, &found, NULL), LOY_OK);
        CU_ASSERT_EQUAL(found.band, b);
        CU_ASSERT_EQUAL(found.security, want);
        CHECK_NEAR(found.index, (s - 1) / 12.0 + b / 6.0 + (r - 1) / 6.0, 4e-16);
        CU_ASSERT(found.index >= 0.0 && found.index <= 1.0);
      }
    }
  }
}

static void test_options(void) {
  loy_loyalty_index_options options;
  loy_loyalty_index found;
  loy_loyalty_index_options_init(&options);
  options.use_probability = 1;
  CHECK_STATUS(loy_loyalty_index_of(4, .8, 2, &options, &found, NULL), LOY_OK);
  CHECK_NEAR(found.index, (.75 + .8 + .5) / 3.0, 4e-16);
  options.satisfaction_weight = 2e39;
  options.repurchase_weight = 1e39;
  options.recommendation_weight = 0.0;
  CHECK_STATUS(loy_loyalty_index_of(4, .8, 1, &options, &found, NULL), LOY_OK);
  CHECK_NEAR(found.index, (2 * .75 + .8) / 3.0, 4e-16);
  CU_ASSERT_EQUAL(found.security, LOY_SECURITY_AT_RISK); /* a weight does not change the class */
  options.use_probability = 0;
  options.high_from = 1.0;
  options.middle_from = .8;
  CHECK_STATUS(loy_loyalty_index_of(4, .8, 2, &options, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.band, LOY_REPURCHASE_MIDDLE);
  /* The cut-offs themselves belong to the higher band. */
  CHECK_STATUS(loy_loyalty_index_of(5, .7, 3, NULL, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.band, LOY_REPURCHASE_HIGH);
  CHECK_STATUS(loy_loyalty_index_of(5, .3, 3, NULL, &found, NULL), LOY_OK);
  CU_ASSERT_EQUAL(found.band, LOY_REPURCHASE_MIDDLE);
  /* Three weights that are no binary fractions still give 1 at most. */
  loy_loyalty_index_options_init(&options);
  options.satisfaction_weight = .1;
  options.repurchase_weight = .2;
  options.recommendation_weight = .7;
  CHECK_STATUS(loy_loyalty_index_of(5, 1, 3, &options, &found, NULL), LOY_OK);
  CHECK_BITS(found.index, 1.0);
}

static void test_batch(void) {
  static const double s[] = {4, 5, 6, 2, 3}, p[] = {.8, 1, .5, .9, NAN}, r[] = {2, 3, 2, 3, 2};
  double index[5];
  int32_t band[5], security[5];
  loy_batch_report report;
  CHECK_STATUS(loy_loyalty_index_batch(s, p, r, 5, NULL, index, band, security, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "satisfaction", 2);
  for (size_t i = 0; i < 5; i++) {
    loy_loyalty_index one = {NAN, -1, -1};
    loy_loyalty_index_of(s[i], p[i], r[i], NULL, &one, NULL);
    CHECK_BITS(index[i], one.index);
    CU_ASSERT_EQUAL(band[i], one.band);
    CU_ASSERT_EQUAL(security[i], one.security);
  }
  CHECK_STATUS(loy_loyalty_index_batch(s, p, r, 5, NULL, NULL, NULL, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_loyalty_index_batch(NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
}

/* In the order the header states. */
static void test_errors(void) {
  static const double one[] = {1};
  loy_loyalty_index_options o;
  loy_loyalty_index found = {7.0, 7, 7};
  loy_error error;
  double index = 7.0;
  loy_loyalty_index_options_init(NULL);
  loy_loyalty_index_options_init(&o);
#define BAD(status, argument)                                                                                          \
  CHECK_STATUS(loy_loyalty_index_of(0, 2, 0, &o, NULL, &error), status);                                               \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX);                                                                 \
  CHECK_STATUS(loy_loyalty_index_batch(one, one, one, 1, &o, &index, NULL, NULL, NULL, &error), status);               \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  o.satisfaction_weight = o.repurchase_weight = o.recommendation_weight = 0.0;
  BAD(LOY_ERR_DOMAIN, "satisfaction_weight");
  o.recommendation_weight = NAN;
  BAD(LOY_ERR_DOMAIN, "recommendation_weight");
  o.repurchase_weight = 2e40;
  BAD(LOY_ERR_DOMAIN, "repurchase_weight");
  o.satisfaction_weight = -1.0;
  BAD(LOY_ERR_DOMAIN, "satisfaction_weight");
  o.use_probability = 2;
  BAD(LOY_ERR_ARGUMENT, "use_probability");
  o.middle_from = o.high_from;
  BAD(LOY_ERR_DOMAIN, "middle_from");
  o.middle_from = 0.0;
  BAD(LOY_ERR_DOMAIN, "middle_from");
  o.high_from = 1.1;
  BAD(LOY_ERR_DOMAIN, "high_from");
  o.high_from = NAN;
  BAD(LOY_ERR_DOMAIN, "high_from");
  o.struct_size = 8;
  BAD(LOY_ERR_ARGUMENT, "options");
#undef BAD
#define BAD(s, p, r, result, status, argument)                                                                         \
  CHECK_STATUS(loy_loyalty_index_of(s, p, r, NULL, result, &error), status);                                           \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(0, 2, 0, NULL, LOY_ERR_DOMAIN, "satisfaction");
  BAD(4.5, 2, 0, NULL, LOY_ERR_DOMAIN, "satisfaction");
  BAD(6, 2, 0, NULL, LOY_ERR_DOMAIN, "satisfaction");
  BAD(NAN, 2, 0, NULL, LOY_ERR_DOMAIN, "satisfaction");
  BAD(5, 1.01, 0, NULL, LOY_ERR_DOMAIN, "repurchase");
  BAD(5, -.01, 0, NULL, LOY_ERR_DOMAIN, "repurchase");
  BAD(5, NAN, 0, NULL, LOY_ERR_DOMAIN, "repurchase");
  BAD(5, 0, 0, &found, LOY_ERR_DOMAIN, "recommendation");
  BAD(5, 0, 4, &found, LOY_ERR_DOMAIN, "recommendation");
  BAD(5, 0, 2.5, &found, LOY_ERR_DOMAIN, "recommendation");
  BAD(5, 0, 1, NULL, LOY_ERR_ARGUMENT, "result");
#undef BAD
  CHECK_BITS(found.index, 7.0); /* untouched */
  CHECK_STATUS(loy_loyalty_index_batch(NULL, NULL, NULL, 1, &o, &index, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX);
  CHECK_STATUS(loy_loyalty_index_batch(one, NULL, NULL, 1, &o, &index, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "repurchase", LOY_NO_INDEX);
  CHECK_STATUS(loy_loyalty_index_batch(one, one, NULL, 1, &o, &index, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "recommendation", LOY_NO_INDEX);
  CHECK_BITS(index, 7.0);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name(LOY_REPURCHASE_LOW), "low");
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name(LOY_REPURCHASE_MIDDLE), "middle");
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name(LOY_REPURCHASE_HIGH), "high");
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name_zh(LOY_REPURCHASE_HIGH), "高");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name(LOY_RECOMMEND_IMPOSSIBLE), "impossible");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name(LOY_RECOMMEND_POSSIBLE), "possible");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name(LOY_RECOMMEND_VERY_LIKELY), "very likely");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name_zh(LOY_RECOMMEND_VERY_LIKELY), "很大可能");
  CU_ASSERT_STRING_EQUAL(loy_security_name(LOY_SECURITY_AT_RISK), "at risk");
  CU_ASSERT_STRING_EQUAL(loy_security_name(LOY_SECURITY_VULNERABLE), "vulnerable");
  CU_ASSERT_STRING_EQUAL(loy_security_name(LOY_SECURITY_FAVOURABLE), "favourable");
  CU_ASSERT_STRING_EQUAL(loy_security_name(LOY_SECURITY_SECURE), "secure");
  CU_ASSERT_STRING_EQUAL(loy_security_name_zh(LOY_SECURITY_AT_RISK), "有风险");
  for (int k = 0; k < LOY_SECURITIES; k++) CU_ASSERT(strcmp(loy_security_name_zh(k), "unknown") != 0);
  for (int k = 0; k < LOY_REPURCHASE_BANDS; k++) CU_ASSERT(strcmp(loy_repurchase_band_name_zh(k), "unknown") != 0);
  for (int k = 1; k <= LOY_RECOMMENDATIONS; k++) CU_ASSERT(strcmp(loy_recommendation_name_zh(k), "unknown") != 0);
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name(-1), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name(0), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_security_name(LOY_SECURITIES), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_repurchase_band_name_zh(LOY_REPURCHASE_BANDS), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_recommendation_name_zh(LOY_RECOMMENDATIONS + 1), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_security_name_zh(-1), "unknown");
}

SUITE(survey, loyalty_index) {
  ADD(test_golden);
  ADD(test_every_answer);
  ADD(test_options);
  ADD(test_batch);
  ADD(test_errors);
  ADD(test_names);
}
