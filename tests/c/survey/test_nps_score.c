/* test_nps_score.c: the score statistic of the Net Promoter Score and the interval that inverts it. */
#include "check.h"

static loy_nps from_counts(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps result;
  memset(&result, 0, sizeof result);
  CHECK_STATUS(loy_nps_from_counts(&counts, &result, NULL), LOY_OK);
  return result;
}

/* The limits of the table in the literature's notation, to six decimals; then extremes that have a closed form. */
static void test_interval(void) {
  static const struct {
    int64_t p, a, d;
    double lower, upper;
  } rows[] = {
      {50, 30, 20, .139551, .443393},    {10, 5, 5, -.129207, .560106}, {36, 42, 22, -.009385, .282662},
      {450, 350, 200, .201850, .296803}, {5, 10, 0, .061489, .582865},  {10, 0, 0, .444934, 1.0},
  };
  const double z = 1.959963984540054;
  double lower = 0.0, upper = 0.0;
  loy_nps nps;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double a = 0.0, b = 0.0;
    nps = from_counts(rows[i].p, rows[i].a, rows[i].d);
    CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, NULL), LOY_OK);
    CHECK_NEAR(lower, rows[i].lower, 5.1e-7);
    CHECK_NEAR(upper, rows[i].upper, 5.1e-7);
    nps = from_counts(rows[i].d, rows[i].a, rows[i].p); /* promoters and detractors change places */
    CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &a, &b, NULL), LOY_OK);
    CHECK_BITS(a, -upper);
    CHECK_BITS(b, -lower);
  }
  /* All promoters: n (1 - m) = z^2 (1 + m). All passives: n m = z^2 (1 - m). */
  nps = from_counts(7, 0, 0);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(lower, (7.0 - z * z) / (7.0 + z * z), 2e-15);
  CHECK_BITS(upper, 1.0);
  nps = from_counts(0, 7, 0);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(upper, z * z / (7.0 + z * z), 2e-15);
  CHECK_BITS(lower, -upper);
  /* Two answers and two thousand million million. */
  nps = from_counts(1, 0, 1);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .999999, &lower, &upper, NULL), LOY_OK);
  CU_ASSERT(lower > -1.0 && lower < 0.0 && upper == -lower);
  nps = from_counts((int64_t)1 << 51, (int64_t)1 << 51, (int64_t)1 << 50);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, NULL), LOY_OK);
  CHECK_CLOSE(upper - lower, 2.0 * z * nps.standard_error, 1e-6);
  nps = from_counts(((int64_t)1 << 53) - 1, 1, 0);
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, NULL), LOY_OK);
  CU_ASSERT(lower > 1.0 - 1e-14 && lower <= upper && upper <= 1.0);
}

/* A weighted score has the interval of as many equally weighted answers as have its standard error. */
static void test_weighted(void) {
  static double score[3000], weight[3000];
  double a[2] = {0.0, 0.0}, b[2] = {1.0, 1.0};
  loy_nps plain, weighted;
  memset(&plain, 0, sizeof plain);
  memset(&weighted, 0, sizeof weighted);
  for (size_t i = 0; i < 3000; i++) {
    score[i] = (double)((i * 13) % 11);
    weight[i] = 3.0;
  }
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 3000, NULL, &plain, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 3000, NULL, &weighted, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_interval(&plain, LOY_NPS_SCORE, .95, &a[0], &a[1], NULL), LOY_OK);
  CHECK_STATUS(loy_nps_interval(&weighted, LOY_NPS_SCORE, .95, &b[0], &b[1], NULL), LOY_OK);
  CHECK_NEAR(b[0], a[0], 1e-5);
  CHECK_NEAR(b[1], a[1], 1e-5);
  CU_ASSERT(b[1] - b[0] > a[1] - a[0]); /* the weighted variance has m/(m - 1) */
}

static void test_hostile_results(void) {
  loy_nps nps = from_counts(5, 3, 2);
  double lower = 5.0, upper = 5.0;
  loy_error error;
  nps.counts.promoters = -5;
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  nps.counts.promoters = INT64_MAX;
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, &error), LOY_ERR_DOMAIN);
  nps = from_counts(5, 3, 2);
  nps.n = 11;
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, &error), LOY_ERR_DOMAIN);
  nps = from_counts(5, 3, 2);
  nps.weighted = 1;
  nps.standard_error = 1e-300; /* no number of answers is so large: it counts as 2^53 */
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, &error), LOY_OK);
  CU_ASSERT(lower <= nps.score && nps.score <= upper && upper - lower < 1e-6);
  nps.promoter_share = INFINITY;
  lower = 5.0;
  CHECK_STATUS(loy_nps_interval(&nps, LOY_NPS_SCORE, .95, &lower, &upper, &error), LOY_ERR_DOMAIN);
  CHECK_BITS(lower, 5.0);
}

#if LOY_TEST_INTERNALS
#  include "loyalty/survey/nps_score.h"

/* Computed by mpmath from the shares that maximise the multinomial likelihood with p - d = m0, found by bisection. */
static void test_statistic(void) {
  static const struct {
    double p, a, d, m0, z;
  } rows[] = {
      {50, 30, 20, 0.0, 3.5856858280031809},     {50, 30, 20, .5, -2.8284271247461901},
      {50, 30, 20, -.25, 6.6332495807107997},    {10, 5, 5, .9, -7.7318139680570619},
      {5, 10, 0, .25, .7453559924999299},        {5, 10, 0, .75, -3.7267799624996495},
      {3, 0, 7, -.125, -.87650098017855534},     {0, 4, 0, .5, -2.0},
      {12.5, 3.25, .5, .25, 2.3621590397308927},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    CHECK_CLOSE(loyi_nps_score_z(rows[i].p, rows[i].a, rows[i].d, rows[i].m0), rows[i].z, 1e-15);
    CHECK_BITS(loyi_nps_score_z(rows[i].d, rows[i].a, rows[i].p, -rows[i].m0),
               -loyi_nps_score_z(rows[i].p, rows[i].a, rows[i].d, rows[i].m0));
  }
}

/* The statistic at the score is 0, at the ends of the scale infinite unless all are of one mind; it falls. */
static void test_shape_of_the_statistic(void) {
  for (int p = 0; p <= 6; p++) {
    for (int a = 0; a <= 6; a++) {
      for (int d = 0; d <= 6; d++) {
        const double n = p + a + d;
        double before = INFINITY;
        if (n == 0.0) continue;
        CHECK_BITS(loyi_nps_score_z(p, a, d, -1.0), d == n ? 0.0 : INFINITY);
        CHECK_BITS(loyi_nps_score_z(p, a, d, 1.0), p == n ? 0.0 : -INFINITY);
        CHECK_NEAR(loyi_nps_score_z(p, a, d, (p - d) / n), 0.0, 1e-7);
        for (int i = -63; i <= 63; i++) {
          const double m0 = i / 64.0, z = loyi_nps_score_z(p, a, d, m0);
          const double q = loyi_nps_restricted(p, a, d, m0);
          CU_ASSERT(z < before);
          before = z;
          CU_ASSERT(q >= 0.0 && q + m0 >= 0.0 && 2.0 * q + m0 <= 1.0 + 1e-15);
        }
      }
    }
  }
}

static void test_domain(void) {
  CU_ASSERT(isnan(loyi_nps_score_z(-1, 2, 3, 0)));
  CU_ASSERT(isnan(loyi_nps_score_z(1, -2, 3, 0)));
  CU_ASSERT(isnan(loyi_nps_score_z(1, 2, NAN, 0)));
  CU_ASSERT(isnan(loyi_nps_score_z(0, 0, 0, 0)));
  CU_ASSERT(isnan(loyi_nps_score_z(INFINITY, 0, 0, 0)));
  CU_ASSERT(isnan(loyi_nps_score_z(1, 2, 3, 1.5)));
  CU_ASSERT(isnan(loyi_nps_score_z(1, 2, 3, NAN)));
}
#endif

SUITE(survey, nps_score) {
  ADD(test_interval);
  ADD(test_weighted);
  ADD(test_hostile_results);
#if LOY_TEST_INTERNALS
  ADD(test_statistic);
  ADD(test_shape_of_the_statistic);
  ADD(test_domain);
#endif
}
