/* test_nps_compare.c: a score against a benchmark, two independent samples, and the permutation test. */
#include "check.h"

static loy_nps from_counts(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps result;
  memset(&result, 0, sizeof result); /* so that a failure is not undefined */
  CHECK_STATUS(loy_nps_from_counts(&counts, &result, NULL), LOY_OK);
  return result;
}

/* Adjusted: from its formula with SciPy. Score: the restricted likelihood maximised with mpmath. */
static void test_benchmark(void) {
  const loy_nps a = from_counts(36, 42, 22), b = from_counts(50, 30, 20), c = from_counts(10, 5, 5);
  const loy_nps alike = from_counts(999999, 0, 1);
  loy_nps_benchmark r;
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_ADJUSTED_WALD, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.score, .14, 1e-15);
  CHECK_CLOSE(r.difference, .14, 1e-15);
  CHECK_CLOSE(r.standard_error, 0.07368227666211609, 1e-14);
  CHECK_CLOSE(r.statistic, 1.8447086091053448, 1e-14);
  CHECK_CLOSE(r.p_value, 0.06507993785886387, 1e-13);
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_ADJUSTED_WALD, LOY_NPS_GREATER, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.p_value, 0.03253996892943194, 1e-13);
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_ADJUSTED_WALD, LOY_NPS_LESS, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.p_value, 1.0 - 0.03253996892943194, 1e-14);
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_WALD, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.statistic, .14 / sqrt(.5604 / 100), 1e-14);

  /* Nearly all alike, in rational arithmetic: nothing cancels. */
  CHECK_STATUS(loy_nps_test(&alike, 0.0, LOY_NPS_ADJUSTED_WALD, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.standard_error, 2.9154629135789908e-6, 1e-15);

  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_SCORE, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.statistic, 1.8382900600361158, 1e-13);
  CHECK_CLOSE(r.standard_error, 0.07615773105863909, 1e-13);
  CHECK_CLOSE(r.p_value, 0.06601967502129265, 1e-12);
  CHECK_STATUS(loy_nps_test(&b, .25, LOY_NPS_SCORE, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.statistic, 0.6292214566668822, 1e-13);
  CHECK_CLOSE(r.standard_error, 0.07946327873950845, 1e-13);
  CHECK_STATUS(loy_nps_test(&c, -.125, LOY_NPS_SCORE, LOY_NPS_GREATER, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.statistic, 1.937657776591722, 1e-13);
  CHECK_CLOSE(r.p_value, 0.5 * 0.05266498851787803, 1e-12);
}

/* A two-sided test and the interval of the same method agree on every benchmark. */
static void test_benchmark_and_interval(void) {
  static const int methods[] = {LOY_NPS_ADJUSTED_WALD, LOY_NPS_WALD, LOY_NPS_SCORE};
  static const int64_t rows[][3] = {{50, 30, 20}, {10, 5, 5}, {5, 10, 0}, {0, 3, 9}, {1, 1, 1}, {450, 350, 200}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const loy_nps nps = from_counts(rows[i][0], rows[i][1], rows[i][2]);
    for (size_t k = 0; k < 3; k++) {
      double lower = 0.0, upper = 0.0;
      CHECK_STATUS(loy_nps_interval(&nps, methods[k], .9, &lower, &upper, NULL), LOY_OK);
      for (int m = -99; m <= 99; m++) {
        const double m0 = m / 100.0;
        loy_nps_benchmark r;
        CHECK_STATUS(loy_nps_test(&nps, m0, methods[k], LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
        if (fabs(m0 - lower) < 1e-9 || fabs(m0 - upper) < 1e-9) continue;
        CU_ASSERT_EQUAL(r.p_value > .1, lower < m0 && m0 < upper);
        CHECK_BITS(r.difference, nps.score - m0);
      }
    }
  }
}

static void test_benchmark_at_the_ends(void) {
  const loy_nps all = from_counts(10, 0, 0), some = from_counts(5, 4, 1);
  loy_nps_benchmark r;
  loy_error error;
  CHECK_STATUS(loy_nps_test(&all, 1.0, LOY_NPS_SCORE, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CHECK_BITS(r.statistic, 0.0);
  CHECK_BITS(r.p_value, 1.0);
  CHECK_STATUS(loy_nps_test(&some, 1.0, LOY_NPS_SCORE, LOY_NPS_LESS, &r, NULL), LOY_OK);
  CHECK_BITS(r.statistic, -(double)INFINITY);
  CHECK_BITS(r.p_value, 0.0);
  CHECK_STATUS(loy_nps_test(&all, .9, LOY_NPS_WALD, LOY_NPS_TWO_SIDED, &r, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&all, .9, LOY_NPS_ADJUSTED_WALD, LOY_NPS_TWO_SIDED, &r, NULL), LOY_OK);
  CU_ASSERT(isfinite(r.statistic));
}

static void test_benchmark_errors(void) {
  const loy_nps a = from_counts(5, 4, 1);
  loy_nps bad = a;
  loy_nps_benchmark r;
  loy_error error;
  memset(&r, 0x55, sizeof r);
  bad.score = 2.0;
  CHECK_STATUS(loy_nps_test(NULL, 7.0, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&bad, 7.0, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "score", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&a, NAN, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "benchmark", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&a, 0.0, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_SCORE, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternative", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_test(&a, 0.0, LOY_NPS_SCORE, LOY_NPS_LESS, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
}

/* 50, 30, 20 against 40, 30, 30. */
static void test_compare(void) {
  const loy_nps a = from_counts(50, 30, 20), b = from_counts(40, 30, 30);
  loy_nps_difference r, back;
  CHECK_STATUS(loy_nps_compare(&a, &b, LOY_NPS_WALD, LOY_NPS_TWO_SIDED, .95, &r, NULL), LOY_OK);
  CHECK_NEAR(r.difference, .2, 1e-15);
  CHECK_NEAR(r.standard_error, .1140175425, 5.1e-11);
  CHECK_NEAR(r.statistic, 1.7541160386, 5.1e-11);
  CHECK_NEAR(r.p_value, .0794106260, 5.1e-11);
  CHECK_STATUS(loy_nps_compare(&a, &b, LOY_NPS_ADJUSTED_WALD, LOY_NPS_TWO_SIDED, .95, &r, NULL), LOY_OK);
  CHECK_NEAR(r.difference, .2, 1e-15);
  CHECK_NEAR(r.centre, .1941747573, 5.1e-11);
  CHECK_NEAR(r.standard_error, .1120891602, 5.1e-11);
  CHECK_NEAR(r.statistic, 1.7323241327, 5.1e-11);
  CHECK_NEAR(r.p_value, .0832158675316, 5.1e-14);
  CHECK_NEAR(r.lower, -.0255159598, 5.1e-11);
  CHECK_NEAR(r.upper, .4138654744, 5.1e-11);
  CHECK_BITS(r.df, (double)INFINITY);
  CHECK_STATUS(loy_nps_compare(&b, &a, LOY_NPS_ADJUSTED_WALD, LOY_NPS_LESS, .95, &back, NULL), LOY_OK);
  CHECK_BITS(back.statistic, -r.statistic); /* the sign is kept */
  CHECK_BITS(back.lower, -r.upper);
  CHECK_CLOSE(back.p_value, .5 * r.p_value, 1e-15);
}

/* A weighted score with equal weights w differs from the unweighted one by the factor n/(n - 1) of its variance only.
 */
static void test_compare_weighted(void) {
  static const double score[] = {10, 9, 8, 0, 6, 9, 10, 3}, weight[] = {2, 2, 2, 2, 2, 2, 2, 2};
  const loy_nps other = from_counts(40, 30, 30);
  loy_nps plain, weighted;
  loy_nps_difference r;
  CHECK_STATUS(loy_nps_from_scores(score, NULL, 8, NULL, &plain, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_from_scores(score, weight, 8, NULL, &weighted, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_compare(&weighted, &other, LOY_NPS_WALD, LOY_NPS_GREATER, .95, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.standard_error, sqrt(plain.variance / 7 + other.standard_error * other.standard_error), 1e-14);
  CHECK_STATUS(loy_nps_compare(&weighted, &other, LOY_NPS_ADJUSTED_WALD, LOY_NPS_GREATER, .95, &r, NULL), LOY_OK);
  CHECK_CLOSE(r.centre, 7 * plain.score / 10 - 10.0 / 103, 1e-13); /* 7 answers have its standard error */
}

static void test_compare_clips(void) {
  const loy_nps a = from_counts(2, 0, 0), b = from_counts(0, 0, 2);
  loy_nps_difference r;
  loy_error error;
  CHECK_STATUS(loy_nps_compare(&a, &b, LOY_NPS_ADJUSTED_WALD, LOY_NPS_TWO_SIDED, .999999, &r, NULL), LOY_OK);
  CHECK_BITS(r.upper, 2.0);
  CHECK_BITS(r.difference, 2.0);
  CHECK_STATUS(loy_nps_compare(&a, &b, LOY_NPS_WALD, LOY_NPS_TWO_SIDED, .95, &r, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "second", LOY_NO_INDEX);
}

static void test_compare_errors(void) {
  const loy_nps a = from_counts(5, 4, 1);
  loy_nps bad = a;
  loy_nps_difference r;
  loy_error error;
  bad.n = 0;
  CHECK_STATUS(loy_nps_compare(NULL, NULL, 9, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&bad, NULL, 9, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, NULL, 9, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "second", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &bad, 9, 9, 9, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "second", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &a, LOY_NPS_SCORE, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &a, LOY_NPS_WALD, 9, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternative", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &a, LOY_NPS_WALD, LOY_NPS_LESS, 1.0, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &a, LOY_NPS_WALD, LOY_NPS_LESS, .95, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_compare(&a, &a, LOY_NPS_WALD, LOY_NPS_LESS, .95, &r, &error), LOY_OK);
}

/* Counted with exact integers in Python: all divisions, weighted with products of binomial coefficients. */
static void test_permutation(void) {
  static const struct {
    loy_nps_counts first, second;
    double difference, p[3];
  } rows[] = {
      {{50, 30, 20, 0}, {40, 30, 30, 0}, .2, {0.09866399426473843, 0.049331997132369215, 0.966070703430165}},
      {{5, 2, 1, 0}, {1, 3, 7, 0}, .5 + 6.0 / 11, {0.0140509645153608, 0.009168849726125267, 0.9985446270275992}},
      {{10, 0, 0, 0}, {0, 0, 10, 0}, 2.0, {1.082508822446903e-05, 5.412544112234515e-06, 1.0}},
      {{3, 1, 0, 0}, {2, 2, 2, 0}, .75, {0.2619047619047619, 0.16666666666666666, 0.9761904761904762}},
      {{300, 200, 100, 0}, {200, 300, 250, 0}, 1.0 / 3 + 1.0 / 15, {8.510577334778295e-21, 4.005510046641627e-21, 1.0}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int alternative = 0; alternative < 3; alternative++) {
      double difference = 0.0, p = 0.0;
      CHECK_STATUS(loy_nps_permutation_test(&rows[i].first, &rows[i].second, alternative, &difference, &p, NULL),
                   LOY_OK);
      CHECK_CLOSE(difference, rows[i].difference, 1e-15);
      CHECK_CLOSE(p, rows[i].p[alternative], 1e-12);
    }
  }
}

/* The two tails share the observed difference; equal scores have p = 1; large samples agree with the normal test. */
static void test_permutation_properties(void) {
  static const loy_nps_counts small[] = {{3, 0, 2, 0}, {1, 4, 0, 0}, {0, 0, 1, 0}, {7, 7, 7, 0}};
  static const loy_nps_counts many1 = {45000, 33000, 22000, 0}, many2 = {44600, 33000, 22400, 0};
  const loy_nps a = from_counts(45000, 33000, 22000), b = from_counts(44600, 33000, 22400);
  loy_nps_difference wald;
  double d, greater, less, p, back;
  for (size_t i = 0; i < 4; i++) {
    for (size_t j = 0; j < 4; j++) {
      CHECK_STATUS(loy_nps_permutation_test(&small[i], &small[j], LOY_NPS_GREATER, &d, &greater, NULL), LOY_OK);
      CHECK_STATUS(loy_nps_permutation_test(&small[i], &small[j], LOY_NPS_LESS, &d, &less, NULL), LOY_OK);
      CU_ASSERT(greater + less > 1.0 && greater <= 1.0 && less <= 1.0);
      CHECK_STATUS(loy_nps_permutation_test(&small[j], &small[i], LOY_NPS_GREATER, &d, &back, NULL), LOY_OK);
      CHECK_CLOSE(back, less, 1e-13);
      CHECK_STATUS(loy_nps_permutation_test(&small[i], &small[j], LOY_NPS_TWO_SIDED, &d, &p, NULL), LOY_OK);
      if (i == j) CHECK_BITS(p, 1.0);
    }
  }
  CHECK_STATUS(loy_nps_permutation_test(&many1, &many2, LOY_NPS_TWO_SIDED, &d, &p, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_compare(&a, &b, LOY_NPS_WALD, LOY_NPS_TWO_SIDED, .95, &wald, NULL), LOY_OK);
  CHECK_CLOSE(p, wald.p_value, 1e-2);
}

/* All promoters against all detractors: two of the divisions, 2/C(800, 400) in mpmath. One in 1e359 is 0. */
static void test_permutation_far_out(void) {
  const loy_nps_counts up = {400, 0, 0, 0}, down = {0, 0, 400, 0}, far_up = {600, 0, 0, 0}, far_down = {0, 0, 600, 0};
  double d, p = -1.0;
  CHECK_STATUS(loy_nps_permutation_test(&up, &down, LOY_NPS_TWO_SIDED, &d, &p, NULL), LOY_OK);
  CHECK_CLOSE(p, 1.0635896769518567256e-239, 1e-12);
  CHECK_STATUS(loy_nps_permutation_test(&far_up, &far_down, LOY_NPS_TWO_SIDED, &d, &p, NULL), LOY_OK);
  CHECK_BITS(p, 0.0);
}

static void test_permutation_errors(void) {
  static const loy_nps_counts good = {1, 1, 1, 0}, none = {0, 0, 0, 5}, bad = {1, -1, 1, 0};
  static const loy_nps_counts half = {1 << 19, 0, 0, 0}, more = {1 << 19, 1, 0, 0};
  double d = 0.5, p = 0.5;
  loy_error error;
  CHECK_STATUS(loy_nps_permutation_test(NULL, NULL, 9, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&bad, NULL, 9, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&good, &none, 9, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "second", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&half, &more, 9, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "second", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&good, &good, 9, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "alternative", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&good, &good, 0, NULL, &p, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "difference", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_permutation_test(&good, &good, 0, &d, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "p_value", LOY_NO_INDEX);
  CHECK_BITS(d, .5);
  CHECK_BITS(p, .5);
  CHECK_STATUS(loy_nps_permutation_test(&half, &half, 0, &d, &p, &error), LOY_OK); /* the largest; all alike */
  CHECK_BITS(p, 1.0);
}

SUITE(survey, nps_compare) {
  ADD(test_benchmark);
  ADD(test_benchmark_and_interval);
  ADD(test_benchmark_at_the_ends);
  ADD(test_benchmark_errors);
  ADD(test_compare);
  ADD(test_compare_weighted);
  ADD(test_compare_clips);
  ADD(test_compare_errors);
  ADD(test_permutation);
  ADD(test_permutation_properties);
  ADD(test_permutation_far_out);
  ADD(test_permutation_errors);
}
