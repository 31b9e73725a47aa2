/* test_nps.c: counts, score, standard error and intervals of the Net Promoter Score. */
#include "check.h"

static loy_nps from_counts(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps result;
  memset(&result, 0, sizeof result); /* so that a failure is not undefined */
  CHECK_STATUS(loy_nps_from_counts(&counts, &result, NULL), LOY_OK);
  return result;
}

/* Computed from the formulas of Rocks 2016, to six decimals. */
static void test_published_intervals(void) {
  static const struct {
    int64_t p, a, d;
    double score, variance, wald[2], adjusted[2];
  } rows[] = {
      {50, 30, 20, .30, .61, {.146922, .453078}, {.140511, .442013}},
      {10, 5, 5, .25, .6875, {-.113387, .613387}, {-.117161, .551944}},
      {36, 42, 22, .14, .5604, {-.006723, .286723}, {-.008492, .280337}},
      {450, 350, 200, .25, .5875, {.202494, .297506}, {.201820, .296684}},
      {5, 10, 0, 1.0 / 3.0, 2.0 / 9.0, {.094774, .571893}, {.031609, .523947}},
      {10, 0, 0, 1.0, 0.0, {1.0, 1.0}, {.475036, 1.0}},
      {0, 0, 10, -1.0, 0.0, {-1.0, -1.0}, {-1.0, -.475036}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const loy_nps nps = from_counts(rows[i].p, rows[i].a, rows[i].d);
    double lower = 0.0, upper = 0.0;
    CHECK_CLOSE(nps.score, rows[i].score, 1e-15);
    CHECK_NEAR(nps.variance, rows[i].variance, 1e-15);
    CHECK_CLOSE(nps.standard_error, sqrt(rows[i].variance / (double)nps.n), 1e-14);
    CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .95, &lower, &upper, NULL), LOY_OK);
    CHECK_NEAR(lower, rows[i].wald[0], 5.1e-7);
    CHECK_NEAR(upper, rows[i].wald[1], 5.1e-7);
    CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_ADJUSTED_WALD, .95, &lower, &upper, NULL), LOY_OK);
    CHECK_NEAR(lower, rows[i].adjusted[0], 5.1e-7);
    CHECK_NEAR(upper, rows[i].adjusted[1], 5.1e-7);
  }
}

/* Nearly all alike: 4 P D / n^2 and its root by n in rational arithmetic. The formula p + d - (p - d)^2 would keep ten
 * digits of the first and none of the second. */
static void test_nearly_alike(void) {
  const int64_t most = (int64_t)1 << 53;
  loy_nps nps = from_counts(999999, 0, 1);
  CHECK_CLOSE(nps.variance, 3.999996e-6, 1e-15);
  CHECK_CLOSE(nps.standard_error, 1.9999989999997500e-6, 1e-15);
  nps = from_counts(1, 0, most - 1);
  CHECK_CLOSE(nps.variance, 0x1p-51, 1e-15);
  nps = from_counts(most - 1, 1, 0);
  CHECK_CLOSE(nps.variance, 0x1p-53, 1e-15);
  CHECK_BITS(from_counts(most, 0, 0).variance, 0.0);
}

/* The same with weights: 1e6 for a promoter, 1 for a detractor; by rational arithmetic. */
static void test_nearly_alike_weighted(void) {
  static const double score[] = {10, 0}, weight[] = {1e6, 1.0};
  loy_nps nps;
  CHECK_STATUS(loy_nps_from_scores(score, weight, 2, NULL, &nps, NULL), LOY_OK);
  CHECK_CLOSE(nps.variance, 3.9999920000120004e-06, 1e-15);
  CHECK_CLOSE(nps.standard_error, 3.9999920000120004e-06, 1e-15);
}

static void test_from_scores(void) {
  static const double score[] = {10, 9, 8, 7, 6, 0, 10, 3};
  static loy_nps nps;
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 8, NULL, &nps, NULL), LOY_OK);
  CU_ASSERT_EQUAL(nps.counts.promoters, 3);
  CU_ASSERT_EQUAL(nps.counts.passives, 2);
  CU_ASSERT_EQUAL(nps.counts.detractors, 3);
  CU_ASSERT_EQUAL(nps.counts.missing, 0);
  CU_ASSERT_EQUAL(nps.n, 8);
  CU_ASSERT_EQUAL(nps.weighted, 0);
  CHECK_BITS(nps.score, 0.0);
  CHECK_BITS(nps.promoter_share, .375);
  CHECK_BITS(nps.variance, .75);
}

static void test_cut_points(void) {
  static const double score[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  loy_nps_options options;
  loy_nps_counts counts;
  loy_nps_options_init(&options);
  options.promoter_from = 8;
  options.passive_from = 6;
  CHECK_STATUS(loy_nps_count(score, 11, &options, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.promoters, 3);
  CU_ASSERT_EQUAL(counts.passives, 2);
  CU_ASSERT_EQUAL(counts.detractors, 6);
  options.passive_from = 8; /* no passives */
  CHECK_STATUS(loy_nps_count(score, 11, &options, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.passives, 0);
  CU_ASSERT_EQUAL(counts.detractors, 8);
}

/* Bytes, doubles, the blocked loops and their tails all count alike. */
static void test_counts_agree(void) {
  static double score[40000];
  static uint8_t bytes[40000];
  static const size_t sizes[] = {0, 1, 63, 64, 65, 255, 256, 257, 480, 1023, 16319, 16320, 16321, 16384, 32641, 40000};
  for (size_t i = 0; i < 40000; i++) {
    bytes[i] = (uint8_t)((i * 7 + i / 11) % 11);
    score[i] = (double)bytes[i];
  }
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    loy_nps_counts a, b;
    int64_t promoters = 0, detractors = 0;
    for (size_t i = 0; i < sizes[k]; i++) {
      promoters += bytes[i] >= 9;
      detractors += bytes[i] <= 6;
    }
    CHECK_STATUS(loy_nps_count(score, sizes[k], NULL, &a, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_count_u8(bytes, sizes[k], NULL, &b, NULL), LOY_OK);
    CU_ASSERT_EQUAL(a.promoters, promoters);
    CU_ASSERT_EQUAL(a.detractors, detractors);
    CU_ASSERT_EQUAL(a.promoters + a.passives + a.detractors, (int64_t)sizes[k]);
    CU_ASSERT_EQUAL(b.promoters, a.promoters);
    CU_ASSERT_EQUAL(b.passives, a.passives);
    CU_ASSERT_EQUAL(b.detractors, a.detractors);
  }
}

/* A lane of bytes that all count: its counter is a byte. */
static void test_bytes_all_alike(void) {
  static uint8_t bytes[40000];
  loy_nps_counts counts = {0, 0, 0, 0};
  memset(bytes, 10, sizeof bytes);
  CHECK_STATUS(loy_nps_count_u8(bytes, sizeof bytes, NULL, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.promoters, 40000);
  memset(bytes, 0, sizeof bytes);
  CHECK_STATUS(loy_nps_count_u8(bytes, sizeof bytes, NULL, &counts, NULL), LOY_OK);
  CU_ASSERT_EQUAL(counts.detractors, 40000);
}

static void test_missing(void) {
  double score[600];
  loy_nps_options options;
  static loy_nps nps;
  loy_error error;
  for (size_t i = 0; i < 600; i++) score[i] = i % 3 == 0 ? 10.0 : 8.0;
  score[7] = score[401] = score[599] = NAN;
  memset(&nps, 0x55, sizeof nps);
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 600, NULL, &nps, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", 7);
  CU_ASSERT_EQUAL(nps.n, 0x5555555555555555); /* untouched */
  loy_nps_options_init(&options);
  options.skip_missing = 1;
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 600, &options, &nps, &error), LOY_OK);
  CU_ASSERT_EQUAL(nps.counts.missing, 3);
  CU_ASSERT_EQUAL(nps.counts.promoters, 200);
  CU_ASSERT_EQUAL(nps.n, 597);
  score[0] = NAN;
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 1, &options, &nps, &error), LOY_ERR_TOO_FEW);
}

/* Computed by hand: x = (1, 1, 0, -1, -1, 1) with these weights. */
static void test_weights(void) {
  static const double score[] = {10, 9, 8, 0, 6, 9}, weight[] = {1, 2, 1, .5, 1.5, 1};
  static const double huge[] = {1e300, 1e300, 1, 1, 1, 1};
  double scaled[6], with_missing[7], weight7[7], lower, upper;
  static loy_nps nps, other;
  loy_nps_options options;
  loy_error error;
  CHECK_STATUS(loy_nps_from_scores(score, weight, 6, NULL, &nps, NULL), LOY_OK);
  CHECK_CLOSE(nps.score, .2857142857, 1e-9);
  CHECK_CLOSE(nps.standard_error, .4221087065, 1e-9);
  CHECK_CLOSE(nps.effective_n, 5.1578947368, 1e-10);
  CU_ASSERT_EQUAL(nps.weighted, 1);
  CU_ASSERT_EQUAL(nps.counts.promoters, 3);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .5, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(upper - lower, 2 * .674489750196 * nps.standard_error, 1e-11);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_ADJUSTED_WALD, .95, &lower, &upper, NULL), LOY_OK);
  CU_ASSERT(lower < nps.score && nps.score < upper && lower > -1.0);

  for (size_t i = 0; i < 6; i++) scaled[i] = weight[i] * 1024.0;
  CHECK_STATUS(loy_nps_from_scores(score, scaled, 6, NULL, &other, NULL), LOY_OK);
  CHECK_BITS(other.score, nps.score);
  CHECK_BITS(other.standard_error, nps.standard_error);

  /* A missing answer takes its weight with it; so does a weight of zero, except in the counts. */
  for (size_t i = 0; i < 6; i++) {
    with_missing[i] = score[i];
    weight7[i] = weight[i];
  }
  with_missing[6] = NAN;
  weight7[6] = NAN;
  loy_nps_options_init(&options);
  options.skip_missing = 1;
  CHECK_STATUS(loy_nps_from_scores(with_missing, weight7, 7, &options, &other, NULL), LOY_OK);
  CHECK_BITS(other.standard_error, nps.standard_error);
  with_missing[6] = 5.0;
  weight7[6] = 0.0;
  CHECK_STATUS(loy_nps_from_scores(with_missing, weight7, 7, &options, &other, NULL), LOY_OK);
  CHECK_BITS(other.standard_error, nps.standard_error);
  CU_ASSERT_EQUAL(other.n, 7);

  weight7[2] = -1.0;
  CHECK_STATUS(loy_nps_from_scores(with_missing, weight7, 7, &options, &other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 2);
  weight7[2] = INFINITY;
  CHECK_STATUS(loy_nps_from_scores(with_missing, weight7, 7, &options, &other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 2);
  CHECK_STATUS(loy_nps_from_scores(score, huge, 6, NULL, &other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 1, NULL, &other, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "weight", LOY_NO_INDEX);
}

/* With many answers a weighted score with equal weights tends to the plain one: only n/(n-1) differs. */
static void test_equal_weights(void) {
  static double score[5000], weight[5000];
  static loy_nps plain, weighted;
  double a[2], b[2];
  for (size_t i = 0; i < 5000; i++) {
    score[i] = (double)((i * 13) % 11);
    weight[i] = .1;
  }
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 5000, NULL, &plain, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 5000, NULL, &weighted, NULL), LOY_OK);
  CHECK_CLOSE(weighted.score, plain.score, 1e-13);
  CHECK_CLOSE(weighted.standard_error, plain.standard_error * sqrt(5000.0 / 4999.0), 1e-13);
  CHECK_CLOSE(weighted.effective_n, 5000.0, 1e-13);
  CHECK_STATUS(loy_nps_interval(&plain, LOY_NPS_ADJUSTED_WALD, .9, &a[0], &a[1], NULL), LOY_OK);
  CHECK_STATUS(loy_nps_interval(&weighted, LOY_NPS_ADJUSTED_WALD, .9, &b[0], &b[1], NULL), LOY_OK);
  CHECK_NEAR(b[0], a[0], 1e-5);
  CHECK_NEAR(b[1], a[1], 1e-5);
}

static void test_bad_scores(void) {
  static const double bad[] = {11.0, -1.0, 7.5, NAN, INFINITY, -INFINITY, 1e300, 9.0000000000000018, -4e-320};
  static const size_t where[] = {0, 100, 255, 256, 511, 512, 599};
  static double score[600];
  static uint8_t bytes[600];
  loy_nps_counts counts = {-7, -7, -7, -7};
  loy_error error;
  for (size_t w = 0; w < sizeof where / sizeof *where; w++) {
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
      for (size_t i = 0; i < 600; i++) score[i] = (double)(i % 11);
      score[where[w]] = bad[b];
      CHECK_STATUS(loy_nps_count(score, 600, NULL, &counts, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", where[w]);
    }
    for (int value = 11; value < 256; value++) {
      memset(bytes, 9, sizeof bytes);
      bytes[where[w]] = (uint8_t)value;
      CHECK_STATUS(loy_nps_count_u8(bytes, 600, NULL, &counts, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", where[w]);
    }
  }
  CU_ASSERT_EQUAL(counts.promoters, -7); /* untouched */
}

/* In the order the header states. */
static void test_errors(void) {
  static const double score[] = {9, 9};
  loy_nps_options options;
  loy_nps_counts counts = {1, 1, 1, 0};
  static loy_nps nps;
  loy_error error;
  double lower = 5.0, upper = 5.0;
  loy_nps_options_init(&options);
  loy_nps_options_init(NULL);
  options.promoter_from = 11;
  CHECK_STATUS(loy_nps_count(NULL, 2, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_count(score, 2, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "promoter_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_count(score, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_count_u8(NULL, 2, NULL, &counts, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_count_u8((const uint8_t *)"\1", 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_count(NULL, 0, NULL, &counts, &error), LOY_OK);
  options.promoter_from = 9;
  options.passive_from = 10;
  CHECK_STATUS(loy_nps_count(score, 2, &options, &counts, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "passive_from", LOY_NO_INDEX);
  options.passive_from = 0;
  CHECK_STATUS(loy_nps_count(score, 2, &options, &counts, &error), LOY_ERR_ARGUMENT);
  options.passive_from = 7;
  options.skip_missing = 2;
  CHECK_STATUS(loy_nps_count(score, 2, &options, &counts, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  options.struct_size = 0;
  CHECK_STATUS(loy_nps_count(score, 2, &options, &counts, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);

  CHECK_STATUS(loy_nps_from_scores(score, NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_nps_from_scores(NULL, NULL, 0, NULL, &nps, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_from_counts(NULL, &nps, &error), LOY_ERR_ARGUMENT);
  counts.promoters = counts.passives = counts.detractors = 0;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_TOO_FEW);
  counts.detractors = -1;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "detractors", LOY_NO_INDEX);
  counts.passives = -1;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "passives", LOY_NO_INDEX);
  counts.promoters = -1;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "promoters", LOY_NO_INDEX);
  counts.promoters = counts.passives = counts.detractors = INT64_MAX;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX);
  counts.promoters = counts.passives = counts.detractors = 1;
  counts.missing = -1;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "missing", LOY_NO_INDEX);
  counts.missing = 0;
  CHECK_STATUS(loy_nps_from_counts(&counts, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);

  nps = from_counts(5, 3, 2);
  CHECK_STATUS(loy_nps_interval(NULL, 7, 2.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_interval(&nps, 7, 2.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, NAN, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .95, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .95, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 5.0);
  nps.score = NAN;
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .95, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CHECK_BITS(lower, 5.0);
}

SUITE(survey, nps) {
  ADD(test_published_intervals);
  ADD(test_nearly_alike);
  ADD(test_nearly_alike_weighted);
  ADD(test_from_scores);
  ADD(test_cut_points);
  ADD(test_counts_agree);
  ADD(test_bytes_all_alike);
  ADD(test_missing);
  ADD(test_weights);
  ADD(test_equal_weights);
  ADD(test_bad_scores);
  ADD(test_errors);
}
