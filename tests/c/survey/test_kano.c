/* test_kano.c: the evaluation table, counts and coefficients, zones. */
#include "check.h"

/* The table as it is printed in the literature, row by row. */
static void test_table(void) {
  static const char *const printed[5] = {"QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"};
  double functional[25], dysfunctional[25];
  int32_t category[25];
  loy_batch_report report;
  for (int i = 0; i < 25; i++) {
    int one = -1;
    functional[i] = i / 5 + 1;
    dysfunctional[i] = i % 5 + 1;
    CHECK_STATUS(loy_kano_classify(functional[i], dysfunctional[i], &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(loy_kano_category_letter(one)[0], printed[i / 5][i % 5]);
  }
  CHECK_STATUS(loy_kano_classify_batch(functional, dysfunctional, 25, category, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (int i = 0; i < 25; i++) CU_ASSERT_EQUAL(loy_kano_category_letter(category[i])[0], printed[i / 5][i % 5]);
}

static void test_classify_bad(void) {
  static const double functional[] = {1, 0, 3, NAN}, dysfunctional[] = {5, 1, 2.5, 1};
  int32_t category[4] = {7, 7, 7, 7};
  int one = 7;
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_kano_classify_batch(functional, dysfunctional, 4, category, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "functional", 1);
  CU_ASSERT_EQUAL(category[0], LOY_KANO_ONE_DIMENSIONAL);
  for (int i = 1; i < 4; i++) CU_ASSERT_EQUAL(category[i], -1);
  CHECK_STATUS(loy_kano_classify_batch(NULL, NULL, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_kano_classify_batch(NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "functional", LOY_NO_INDEX);
  CHECK_STATUS(loy_kano_classify_batch(functional, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "dysfunctional", LOY_NO_INDEX);
  CHECK_STATUS(loy_kano_classify_batch(functional, dysfunctional, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "category", LOY_NO_INDEX);
  CHECK_STATUS(loy_kano_classify(6, 6, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "functional", LOY_NO_INDEX);
  CHECK_STATUS(loy_kano_classify(5, NAN, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "dysfunctional", LOY_NO_INDEX);
  CHECK_STATUS(loy_kano_classify(5, 5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "category", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(one, 7);
}

/* By hand: A 12, O 8, M 4, I 16, R 3, Q 2. */
static void test_coefficients(void) {
  static const int64_t count[] = {12, 8, 4, 16, 3, 2};
  loy_kano k;
  double better[2], worse[2];
  CHECK_STATUS(loy_kano_from_counts(count, &k, NULL), LOY_OK);
  CU_ASSERT_EQUAL(k.n, 45);
  CU_ASSERT_EQUAL(k.missing, 0);
  CU_ASSERT_EQUAL(k.category, LOY_KANO_INDIFFERENT);
  CU_ASSERT_EQUAL(k.tied, 0);
  CHECK_BITS(k.better, .5);
  CHECK_BITS(k.worse, -.3);
  CHECK_CLOSE(k.better_standard_error, sqrt(.25 / 40), 4e-16);
  CHECK_CLOSE(k.worse_standard_error, sqrt(.21 / 40), 4e-16);
  /* statsmodels.stats.proportion.proportion_confint(20, 40, .05, "wilson"), and of 12. */
  CHECK_STATUS(loy_kano_intervals(&k, .95, better, worse, NULL), LOY_OK);
  CHECK_CLOSE(better[0], 0.35199526933465385, 1e-14);
  CHECK_CLOSE(better[1], 0.64800473066534615, 1e-14);
  CHECK_CLOSE(worse[0], -0.45430018818144936, 1e-14);
  CHECK_CLOSE(worse[1], -0.18074845229746529, 1e-14);
}

static void test_from_answers(void) {
  /* O, A, M, I, R, Q, M; the last but one is missing. */
  static const double functional[] = {1, 1, 2, 3, 5, 1, NAN, 4}, dysfunctional[] = {5, 2, 5, 3, 1, 1, 2, 5};
  loy_kano k;
  loy_error error;
  CHECK_STATUS(loy_kano_from_answers(functional, dysfunctional, 8, 1, &k, NULL), LOY_OK);
  CU_ASSERT_EQUAL(k.n, 7);
  CU_ASSERT_EQUAL(k.missing, 1);
  CU_ASSERT_EQUAL(k.count[LOY_KANO_MUST_BE], 2);
  for (int c = 0; c < LOY_KANO_CATEGORIES; c++) CU_ASSERT_EQUAL(k.count[c], c == LOY_KANO_MUST_BE ? 2 : 1);
  CU_ASSERT_EQUAL(k.category, LOY_KANO_MUST_BE);
  CHECK_BITS(k.better, .4);
  CHECK_BITS(k.worse, -.6);
  CHECK_STATUS(loy_kano_from_answers(functional, dysfunctional, 8, 0, &k, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "functional", 6);
  /* An answer off the scale is an error beside a missing one too. */
  CHECK_STATUS(loy_kano_from_answers(functional + 6, functional, 1, 1, &k, &error), LOY_ERR_TOO_FEW);
  {
    static const double off[] = {9};
    CHECK_STATUS(loy_kano_from_answers(functional + 6, off, 1, 1, &k, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "dysfunctional", 0);
  }
}

/* Of equals the first of M, O, A, I, R, Q. */
static void test_ties(void) {
  static const int order[] = {LOY_KANO_MUST_BE,     LOY_KANO_ONE_DIMENSIONAL, LOY_KANO_ATTRACTIVE,
                              LOY_KANO_INDIFFERENT, LOY_KANO_REVERSE,         LOY_KANO_QUESTIONABLE};
  for (int first = 0; first < 6; first++) {
    int64_t count[LOY_KANO_CATEGORIES] = {0, 0, 0, 0, 0, 0};
    loy_kano k;
    for (int i = first; i < 6; i++) count[order[i]] = 5;
    for (int i = 0; i < first; i++) count[order[i]] = 4;
    loy_kano_from_counts(count, &k, NULL);
    CU_ASSERT_EQUAL(k.category, order[first]);
    CU_ASSERT_EQUAL(k.tied, first < 5);
    count[order[first]] = 6;
    loy_kano_from_counts(count, &k, NULL);
    CU_ASSERT_EQUAL(k.category, order[first]);
    CU_ASSERT_EQUAL(k.tied, 0);
  }
}

static void test_ends(void) {
  static const int64_t none[] = {0, 0, 0, 0, 1, 1}, indifferent[] = {0, 0, 0, 9, 0, 0}, all[] = {0, 4, 0, 0, 0, 0};
  loy_kano k;
  loy_error error;
  double better[2], worse[2];
  CHECK_STATUS(loy_kano_from_counts(none, &k, &error), LOY_NOTICE_NONE);
  CU_ASSERT(isnan(k.better) && isnan(k.worse) && isnan(k.better_standard_error) && isnan(k.worse_standard_error));
  CU_ASSERT_EQUAL(k.category, LOY_KANO_REVERSE);
  CU_ASSERT_EQUAL(k.tied, 1);
  CHECK_STATUS(loy_kano_intervals(&k, .95, better, worse, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_kano_from_counts(indifferent, &k, NULL), LOY_OK);
  CHECK_BITS(k.better, 0.0);
  CHECK_BITS(k.worse, 0.0); /* not -0 */
  CHECK_STATUS(loy_kano_intervals(&k, .95, better, worse, NULL), LOY_OK);
  CHECK_BITS(better[0], 0.0);
  CHECK_BITS(worse[1], 0.0);
  CHECK_STATUS(loy_kano_from_counts(all, &k, NULL), LOY_OK);
  CHECK_BITS(k.better, 1.0);
  CHECK_BITS(k.worse, -1.0);
  CHECK_BITS(k.better_standard_error, 0.0);
  CHECK_STATUS(loy_kano_intervals(&k, .95, better, worse, NULL), LOY_OK);
  CHECK_BITS(better[1], 1.0);
  CHECK_BITS(worse[0], -1.0);
}

/* In the order the header states. */
static void test_errors(void) {
  static const double good[] = {1}, bad[] = {6};
  const int64_t most = (int64_t)1 << 53;
  int64_t count[LOY_KANO_CATEGORIES] = {0, 0, 0, 0, 0, 0};
  loy_kano k;
  loy_error error;
  double better[2] = {7, 7};
  k.n = -9;
#define BAD(f, d, skip, result, status, argument, index)                                                               \
  CHECK_STATUS(loy_kano_from_answers(f, d, 1, skip, result, &error), status);                                          \
  CHECK_ERROR(&error, status, argument, index)
  BAD(NULL, NULL, 2, NULL, LOY_ERR_ARGUMENT, "functional", LOY_NO_INDEX);
  BAD(bad, NULL, 2, NULL, LOY_ERR_ARGUMENT, "dysfunctional", LOY_NO_INDEX);
  BAD(bad, bad, 2, NULL, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  BAD(bad, bad, 1, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  BAD(bad, bad, 1, &k, LOY_ERR_DOMAIN, "functional", 0);
  BAD(good, bad, 1, &k, LOY_ERR_DOMAIN, "dysfunctional", 0);
#undef BAD
  CHECK_STATUS(loy_kano_from_answers(NULL, NULL, 0, 0, &k, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "functional", LOY_NO_INDEX);
#define BAD(count, result, status, argument, index)                                                                    \
  CHECK_STATUS(loy_kano_from_counts(count, result, &error), status);                                                   \
  CHECK_ERROR(&error, status, argument, index)
  BAD(NULL, NULL, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  BAD(count, NULL, LOY_ERR_TOO_FEW, "count", LOY_NO_INDEX);
  count[0] = count[5] = most;
  BAD(count, NULL, LOY_ERR_DOMAIN, "count", LOY_NO_INDEX);
  count[5] = -1;
  BAD(count, NULL, LOY_ERR_DOMAIN, "count", 5);
  count[3] = INT64_MAX;
  BAD(count, NULL, LOY_ERR_DOMAIN, "count", 3);
  count[3] = count[5] = 0;
  BAD(count, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
#undef BAD
  CU_ASSERT_EQUAL(k.n, -9); /* untouched */
  CHECK_STATUS(loy_kano_from_counts(count, &k, NULL), LOY_OK);
  CHECK_BITS(k.better, 1.0);
#define BAD(result, level, better, worse, status, argument)                                                            \
  CHECK_STATUS(loy_kano_intervals(result, level, better, worse, &error), status);                                      \
  CHECK_ERROR(&error, status, argument, LOY_NO_INDEX)
  BAD(NULL, 1.0, NULL, NULL, LOY_ERR_ARGUMENT, "result");
  BAD(&k, 1.0, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&k, NAN, NULL, NULL, LOY_ERR_DOMAIN, "level");
  BAD(&k, .5, NULL, NULL, LOY_ERR_ARGUMENT, "better");
  BAD(&k, .5, better, NULL, LOY_ERR_ARGUMENT, "worse");
  k.count[0] = 0;
  BAD(&k, 1.0, NULL, NULL, LOY_ERR_TOO_FEW, "result");
  k.count[1] = -1;
  BAD(&k, 1.0, NULL, NULL, LOY_ERR_DOMAIN, "result");
#undef BAD
  CHECK_BITS(better[0], 7.0);
}

static void test_zones(void) {
  static const double expressed[] = {0, 1, 1, 0, 2, 0}, expected[] = {1, 1, 0, 0, 0, NAN};
  int32_t zone[6];
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(loy_expectation_zone_batch(expressed, expected, 6, zone, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(zone[0], LOY_ZONE_BASIC);
  CU_ASSERT_EQUAL(zone[1], LOY_ZONE_SATISFACTION);
  CU_ASSERT_EQUAL(zone[2], LOY_ZONE_DELIGHT);
  CU_ASSERT_EQUAL(zone[3], LOY_ZONE_LOYALTY);
  CU_ASSERT_EQUAL(zone[4], -1);
  CU_ASSERT_EQUAL(zone[5], -1);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "expressed", 4);
  CHECK_STATUS(loy_expectation_zone_batch(expressed + 5, expected + 5, 1, zone, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "expected", 0);
  CHECK_STATUS(loy_expectation_zone_batch(NULL, NULL, 0, NULL, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_expectation_zone_batch(NULL, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "expressed", LOY_NO_INDEX);
  CHECK_STATUS(loy_expectation_zone_batch(expressed, NULL, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "expected", LOY_NO_INDEX);
  CHECK_STATUS(loy_expectation_zone_batch(expressed, expected, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "zone", LOY_NO_INDEX);
}

static void test_names(void) {
  static const char *const answers[] = {"like", "expect", "neutral", "tolerate", "dislike"};
  static const char *const categories[] = {"attractive",  "one-dimensional", "must-be",
                                           "indifferent", "reverse",         "questionable"};
  static const char *const zones[] = {"basic", "satisfaction", "delight", "loyalty"};
  for (int k = LOY_KANO_LIKE; k <= LOY_KANO_DISLIKE; k++) {
    CU_ASSERT_STRING_EQUAL(loy_kano_answer_name(k), answers[k - 1]);
    CU_ASSERT(strcmp(loy_kano_answer_name_zh(k), "unknown") != 0);
  }
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) {
    CU_ASSERT_STRING_EQUAL(loy_kano_category_name(k), categories[k]);
    CU_ASSERT(strcmp(loy_kano_category_name_zh(k), "unknown") != 0);
  }
  for (int k = 0; k < LOY_EXPECTATION_ZONES; k++) {
    CU_ASSERT_STRING_EQUAL(loy_expectation_zone_name(k), zones[k]);
    CU_ASSERT(strcmp(loy_expectation_zone_name_zh(k), "unknown") != 0);
  }
  CU_ASSERT_STRING_EQUAL(loy_kano_category_name_zh(LOY_KANO_ATTRACTIVE), "魅力属性");
  CU_ASSERT_STRING_EQUAL(loy_expectation_zone_name_zh(LOY_ZONE_LOYALTY), "忠诚区");
  CU_ASSERT_STRING_EQUAL(loy_kano_answer_name(0), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_kano_answer_name_zh(6), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_kano_category_name(6), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_kano_category_name_zh(-1), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_kano_category_letter(6), "?");
  CU_ASSERT_STRING_EQUAL(loy_expectation_zone_name(4), "unknown");
  CU_ASSERT_STRING_EQUAL(loy_expectation_zone_name_zh(-1), "unknown");
}

SUITE(survey, kano) {
  ADD(test_table);
  ADD(test_classify_bad);
  ADD(test_coefficients);
  ADD(test_from_answers);
  ADD(test_ties);
  ADD(test_ends);
  ADD(test_errors);
  ADD(test_zones);
  ADD(test_names);
}
