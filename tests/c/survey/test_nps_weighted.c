/* test_nps_weighted.c: what weights cost, and stratified samples. */
#include "check.h"

static void test_weighted(void) {
  static const double score[] = {10, 9, 8, 0, 6, 9, NAN}, weight[] = {1, 2, 1, .5, 1.5, 1, 99};
  static const double even[] = {3, 3, 3, 3, 3, 3};
  loy_nps_options options;
  loy_nps nps;
  loy_nps_weighting w;
  loy_nps_options_init(&options);
  options.skip_missing = 1;
  CHECK_STATUS(loy_nps_weighted(score, weight, 7, &options, &nps, &w, NULL), LOY_OK);
  CHECK_NEAR(nps.score, .2857142857, 5.1e-11);
  CHECK_NEAR(nps.standard_error, .4221087065, 5.1e-11);
  CHECK_CLOSE(w.uncorrected, sqrt(356.5) / 49.0, 1e-15);
  CHECK_NEAR(nps.effective_n, 5.1578947368, 5.1e-11);
  CU_ASSERT_EQUAL(w.used, 6);
  CHECK_CLOSE(w.design_effect, 6.0 * 9.5 / 49.0, 1e-15);
  CHECK_CLOSE(w.largest_share, 2.0 / 7.0, 1e-15);
  CHECK_STATUS(loy_nps_weighted(score, even, 6, NULL, &nps, &w, NULL), LOY_OK);
  CHECK_BITS(w.design_effect, 1.0);
  CHECK_CLOSE(w.uncorrected, sqrt(nps.variance / 6.0), 1e-15); /* that of equal answers */
}

static void test_weighted_errors(void) {
  static const double score[] = {10, 12}, weight[] = {1, 1};
  loy_nps nps;
  loy_nps_weighting w;
  loy_error error;
  CHECK_STATUS(loy_nps_weighted(score, NULL, 2, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_weighted(score, weight, 2, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "weighting", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_weighted(score, weight, 2, NULL, NULL, &w, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_weighted(score, weight, 2, NULL, &nps, &w, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 1);
}

static loy_nps_stratum stratum(double weight, double population, int64_t promoters, int64_t passives,
                               int64_t detractors) {
  loy_nps_stratum s;
  s.counts.promoters = promoters;
  s.counts.passives = passives;
  s.counts.detractors = detractors;
  s.counts.missing = 0;
  s.weight = weight;
  s.population = population;
  return s;
}

static void test_stratified(void) {
  loy_nps_stratum s[3];
  loy_nps r, finite;
  double lower, upper;
  loy_error error;
  s[0] = stratum(.6, INFINITY, 50, 30, 20);
  s[1] = stratum(.4, INFINITY, 20, 40, 40);
  s[2] = stratum(0.0, INFINITY, 0, 0, 0); /* left out */
  CHECK_STATUS(loy_nps_stratified(s, 3, 0, &r, &error), LOY_OK);
  CHECK_CLOSE(r.score, .10, 1e-14);
  CHECK_NEAR(r.standard_error, .0556057551, 5.1e-11);
  CHECK_CLOSE(r.promoter_share, .38, 1e-15);
  CHECK_CLOSE(r.detractor_share, .28, 1e-15);
  CHECK_CLOSE(r.effective_n, 1.0 / (.36 / 100 + .16 / 100), 1e-15);
  CU_ASSERT_EQUAL(r.n, 200);
  CU_ASSERT_EQUAL(r.counts.passives, 70);
  CU_ASSERT_EQUAL(r.weighted, 1);
  CHECK_STATUS(loy_nps_interval(&r, LOY_NPS_WALD, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(upper - lower, 2 * 1.959963984540054 * r.standard_error, 1e-13);

  /* The scale of the weights does not matter; half of the second stratum sampled halves its variance. */
  s[0].weight = 600.0;
  s[1].weight = 400.0;
  s[1].population = 200.0;
  CHECK_STATUS(loy_nps_stratified(s, 2, 0, &finite, NULL), LOY_OK);
  CHECK_CLOSE(finite.score, r.score, 1e-15);
  CHECK_CLOSE(finite.standard_error, sqrt(.36 * .61 / 100 + .16 * .56 / 200), 1e-14);
  CHECK_STATUS(loy_nps_stratified(s, 2, 1, &finite, NULL), LOY_OK);
  CHECK_CLOSE(finite.standard_error, sqrt((.36 * .61 / 100 + .16 * .56 / 200) * 100 / 99), 1e-14);
}

/* Everybody asked: no uncertainty is left, and the interval says so. */
static void test_census(void) {
  loy_nps_stratum s[2];
  loy_nps r;
  double lower, upper;
  s[0] = stratum(100, 100, 50, 30, 20);
  s[1] = stratum(1, 1, 0, 0, 1); /* one answer of one customer needs no notice */
  CHECK_STATUS(loy_nps_stratified(s, 2, 1, &r, NULL), LOY_OK);
  CHECK_BITS(r.standard_error, 0.0);
  CHECK_BITS(r.effective_n, 9007199254740992.0);
  for (int method = LOY_NPS_ADJUSTED_WALD; method <= LOY_NPS_SCORE; method++) {
    CHECK_STATUS(loy_nps_interval(&r, method, .95, &lower, &upper, NULL), LOY_OK);
    CU_ASSERT(upper - lower < 5e-8 && lower <= r.score + 1e-15 && r.score - 1e-15 <= upper);
  }
}

static void test_one_answer(void) {
  loy_nps_stratum s[2];
  loy_nps r;
  loy_error error;
  s[0] = stratum(.6, INFINITY, 50, 30, 20);
  s[1] = stratum(.4, INFINITY, 0, 0, 1);
  CHECK_STATUS(loy_nps_stratified(s, 2, 1, &r, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "counts", 1);
  CHECK_CLOSE(r.standard_error, .6 * sqrt(.61 / 99), 1e-14);
}

/* One stratum is the plain score; all of one mind is a variance of 0 in any number of strata. */
static void test_degenerate(void) {
  const loy_nps_counts counts = {7, 2, 4, 1};
  loy_nps_stratum s[3];
  loy_nps r, plain;
  s[0] = stratum(12.5, INFINITY, 7, 2, 4);
  s[0].counts.missing = 1;
  CHECK_STATUS(loy_nps_stratified(s, 1, 0, &r, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_counts(&counts, &plain, NULL), LOY_OK);
  CHECK_BITS(r.score, plain.score);
  CHECK_BITS(r.effective_n, 13.0);
  CHECK_CLOSE(r.standard_error, plain.standard_error, 1e-15);
  CU_ASSERT_EQUAL(r.counts.missing, 1);
  s[0] = stratum(.1, INFINITY, 3, 0, 0);
  s[1] = stratum(.2, INFINITY, 4, 0, 0);
  s[2] = stratum(.7, INFINITY, 5, 0, 0);
  CHECK_STATUS(loy_nps_stratified(s, 3, 0, &r, NULL), LOY_OK);
  CHECK_BITS(r.variance, 0.0);
  CU_ASSERT(r.score <= 1.0 && r.promoter_share <= 1.0);
}

static void test_stratified_errors(void) {
  loy_nps_stratum s[2];
  loy_nps r;
  loy_error error;
  CHECK_STATUS(loy_nps_stratified(NULL, 0, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "stratum", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stratified(s, 0, 9, NULL, &error), LOY_ERR_TOO_FEW);
  s[0] = stratum(1, INFINITY, 1, 1, 1);
  s[1] = stratum(-1, -1, -1, 1, 1);
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
  s[1].weight = 1;
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "promoters", 1);
  s[1] = stratum(1, -1, 0, 0, 0);
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", 1);
  s[1] = stratum(1, 2, 1, 1, 1);
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "population", 1);
  s[1].population = NAN;
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "population", 1);
  s[1].population = 3;
  s[0].weight = s[1].weight = 0;
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  s[0] = s[1] = stratum(1, INFINITY, (int64_t)1 << 53, 0, 0);
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX);
  s[0] = s[1] = stratum(1, INFINITY, 1, 1, 1);
  CHECK_STATUS(loy_nps_stratified(s, 2, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "sample_variance", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stratified(s, 2, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_stratified(s, 2, 0, &r, &error), LOY_OK);
}

SUITE(survey, nps_weighted) {
  ADD(test_weighted);
  ADD(test_weighted_errors);
  ADD(test_stratified);
  ADD(test_census);
  ADD(test_one_answer);
  ADD(test_degenerate);
  ADD(test_stratified_errors);
}
