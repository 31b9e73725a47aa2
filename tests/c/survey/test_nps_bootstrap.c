/* test_nps_bootstrap.c: resampled scores and their percentile interval. */
#include "check.h"
#include "failing_allocator.h"

static loy_nps from_counts(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps result;
  memset(&result, 0, sizeof result);
  CHECK_STATUS(loy_nps_from_counts(&counts, &result, NULL), LOY_OK);
  return result;
}

/* Mean and variance of the multinomial score: m and v/n; each within five standard errors. */
static void test_moments(void) {
  static const int64_t counts[][3] = {{50, 30, 20}, {3, 1, 2}, {0, 9, 1}, {400, 5, 595}, {700000, 100000, 200000}};
  static double score[40000];
  for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
    const loy_nps nps = from_counts(counts[k][0], counts[k][1], counts[k][2]);
    const double n = (double)nps.n, draws = 40000.0, expected = nps.variance / n;
    double mean = 0.0, variance = 0.0;
    CHECK_STATUS(loy_nps_bootstrap(&nps, 20260101, 40000, score, NULL), LOY_OK);
    for (size_t i = 0; i < 40000; i++) {
      const double whole = score[i] * n;
      CU_ASSERT(score[i] >= -1.0 && score[i] <= 1.0);
      CU_ASSERT(fabs(whole - floor(whole + .5)) < 1e-9 * n);
      mean += score[i] / draws;
    }
    for (size_t i = 0; i < 40000; i++) variance += (score[i] - mean) * (score[i] - mean) / (draws - 1.0);
    CHECK_NEAR(mean, nps.score, 5.0 * sqrt(expected / draws));
    CHECK_CLOSE(variance, expected, 5.0 * sqrt((2.0 + 4.0 / n) / draws));
  }
}

/* The same seed gives the same scores; a longer draw begins with a shorter one; another seed gives others. */
static void test_seed(void) {
  static double a[500], b[3000];
  const loy_nps nps = from_counts(50, 30, 20);
  int different = 0;
  CHECK_STATUS(loy_nps_bootstrap(&nps, 7, 500, a, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_bootstrap(&nps, 7, 3000, b, NULL), LOY_OK);
  CU_ASSERT(memcmp(a, b, sizeof a) == 0);
  CHECK_STATUS(loy_nps_bootstrap(&nps, 8, 500, b, NULL), LOY_OK);
  for (size_t i = 0; i < 500; i++) different += a[i] != b[i];
  CU_ASSERT(different > 400);
  CHECK_STATUS(loy_nps_bootstrap(&nps, 8, 0, NULL, NULL), LOY_OK);
}

/* The ends are the scores at the stated ranks, counted here without sorting. */
static void test_percentiles(void) {
  static double score[4000];
  static const struct {
    int64_t p, a, d;
    size_t n;
    double level;
  } rows[] = {{50, 30, 20, 2000, .95}, {5, 3, 4, 2001, .9}, {450, 350, 200, 3999, .99}, {1, 0, 1, 2000, .5}};
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    const loy_nps nps = from_counts(rows[k].p, rows[k].a, rows[k].d);
    const double rank = ((double)rows[k].n + 1.0) * (1.0 - rows[k].level) / 2.0;
    double end[2] = {9.0, 9.0};
    loy_nps_bootstrap_options options;
    loy_nps_bootstrap_options_init(&options);
    options.replications = (int64_t)rows[k].n;
    options.seed = 11 + k;
    CHECK_STATUS(loy_nps_bootstrap(&nps, 11 + k, rows[k].n, score, NULL), LOY_OK);
    CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, rows[k].level, &end[0], &end[1], NULL), LOY_OK);
    for (int side = 0; side < 2; side++) {
      const size_t r = (size_t)rank;
      double at[2] = {9.0, 9.0};
      for (size_t j = 0; j < 2; j++) { /* the scores at ranks r and r + 1 from this side */
        for (size_t i = 0; i < rows[k].n; i++) {
          size_t before = 0, same = 0;
          for (size_t other = 0; other < rows[k].n; other++) {
            before += side ? score[other] > score[i] : score[other] < score[i];
            same += score[other] == score[i];
          }
          if (before < r + j && r + j <= before + same) {
            at[j] = score[i];
            break;
          }
        }
      }
      CHECK_NEAR(end[side], at[0] + (rank - (double)r) * (at[1] - at[0]), 1e-12);
    }
  }
}

static void test_like_wald(void) {
  const loy_nps nps = from_counts(450, 350, 200), same = from_counts(0, 0, 7);
  double boot[2] = {0.0, 0.0}, wald[2] = {1.0, 1.0};
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, NULL, .95, &boot[0], &boot[1], NULL), LOY_OK);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_WALD, .95, &wald[0], &wald[1], NULL), LOY_OK);
  CHECK_NEAR(boot[0], wald[0], .1 * nps.standard_error);
  CHECK_NEAR(boot[1], wald[1], .1 * nps.standard_error);
  CHECK_STATUS(loy_nps_bootstrap_interval(&same, NULL, .95, &boot[0], &boot[1], NULL), LOY_OK);
  CHECK_BITS(boot[0], -1.0);
  CHECK_BITS(boot[1], -1.0);
}

static void test_memory(void) {
  const loy_nps nps = from_counts(50, 30, 20);
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    double lower = 5.0, upper = 5.0;
    loy_nps_bootstrap_options options;
    loy_status status;
    loy_nps_bootstrap_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_nps_bootstrap_interval(&nps, &options, .95, &lower, &upper, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_BITS(lower, 5.0);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_errors(void) {
  static const double score[] = {10, 9, 0}, weight[] = {1, 2, 3};
  const loy_nps nps = from_counts(5, 3, 2), large = from_counts((int64_t)1 << 52, 0, 1);
  loy_nps weighted, bad = nps;
  loy_nps_bootstrap_options options;
  loy_error error;
  double lower = 5.0, upper = 5.0;
  memset(&weighted, 0, sizeof weighted);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 3, NULL, &weighted, NULL), LOY_OK);
  bad.effective_n = 0.0;
  CHECK_STATUS(loy_nps_bootstrap(NULL, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap(&bad, 1, 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap(&large, 1, 1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap(&weighted, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap(&nps, 1, 1, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);

  loy_nps_bootstrap_options_init(NULL);
  loy_nps_bootstrap_options_init(&options);
  options.struct_size = 0;
  options.replications = 1999;
  CHECK_STATUS(loy_nps_bootstrap_interval(NULL, &options, 1.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap_interval(&weighted, &options, 1.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, 1.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  options.replications = 100000001;
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  options.replications = 2000;
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, .9995, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, .9, NULL, &upper, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_bootstrap_interval(&nps, &options, .9, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 5.0);
}

SUITE(survey, nps_bootstrap) {
  ADD(test_moments);
  ADD(test_seed);
  ADD(test_percentiles);
  ADD(test_like_wald);
  ADD(test_memory);
  ADD(test_errors);
}
