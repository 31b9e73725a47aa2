/* test_nps_groups.c: homogeneity of several scores, pairs, and Holm's adjustment. */
#include "check.h"
#include "failing_allocator.h"

static void fill(loy_nps *group) {
  static const loy_nps_counts counts[] = {{50, 30, 20, 0}, {40, 30, 30, 0}, {20, 40, 40, 0}, {15, 5, 3, 0}};
  for (size_t i = 0; i < 4; i++) CHECK_STATUS(loy_nps_from_counts(&counts[i], &group[i], NULL), LOY_OK);
}

/* numpy and scipy.stats.chi2 for the statistic; statsmodels' multipletests(method="holm") for the pairs. */
static void test_groups(void) {
  static const struct {
    int method;
    double statistic, p, score, se, pair[6], holm[6];
  } rows[] = {
      {LOY_NPS_ADJUSTED_WALD,
       28.40688077707238,
       2.9835161030459574e-06,
       0.09135940875608929,
       0.042562627531683744,
       {0.08321586753157123, 5.1847311691098724e-06, 0.2961902477833004, 0.008045764460672485, 0.02740435216211945,
        4.9072296189249986e-05},
       {0.16643173506314246, 3.110838701465923e-05, 0.2961902477833004, 0.03218305784268994, 0.08221305648635835,
        0.00024536148094624993}},
      {LOY_NPS_WALD,
       30.637931421895612,
       1.0131316923967702e-06,
       0.0966577639501993,
       0.04333528735940674,
       {0.07941062599894223, 3.7913982245590457e-06, 0.18740058784442093, 0.007290358091535629, 0.013411405947542263,
        1.4952222475164615e-05},
       {0.15882125199788447, 2.2748389347354273e-05, 0.18740058784442093, 0.029161432366142517, 0.04023421784262679,
        7.476111237582307e-05}},
  };
  static const size_t first[] = {0, 0, 0, 1, 1, 2}, second[] = {1, 2, 3, 2, 3, 3};
  loy_nps group[4];
  fill(group);
  for (size_t i = 0; i < 2; i++) {
    loy_nps_homogeneity r;
    loy_nps_pair pair[6];
    CHECK_STATUS(loy_nps_homogeneity_test(group, 4, rows[i].method, .95, NULL, &r, pair, NULL), LOY_OK);
    CHECK_CLOSE(r.statistic, rows[i].statistic, 1e-13);
    CHECK_BITS(r.df, 3.0);
    CHECK_CLOSE(r.p_value, rows[i].p, 1e-12);
    CHECK_CLOSE(r.score, rows[i].score, 1e-13);
    CHECK_CLOSE(r.standard_error, rows[i].se, 1e-13);
    for (size_t k = 0; k < 6; k++) {
      CU_ASSERT_EQUAL(pair[k].first, first[k]);
      CU_ASSERT_EQUAL(pair[k].second, second[k]);
      CHECK_CLOSE(pair[k].compare.p_value, rows[i].pair[k], 1e-12);
      CHECK_CLOSE(pair[k].adjusted_p_value, rows[i].holm[k], 1e-12);
    }
    CHECK_STATUS(loy_nps_homogeneity_test(group, 4, rows[i].method, .95, NULL, &r, NULL, NULL), LOY_OK);
    CHECK_CLOSE(r.statistic, rows[i].statistic, 1e-13);
  }
}

/* Of two groups the statistic is the square of that of loy_nps_compare, with the same p-value. */
static void test_two_groups(void) {
  loy_nps group[4];
  loy_nps_homogeneity r;
  loy_nps_pair pair;
  fill(group);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 2, LOY_NPS_ADJUSTED_WALD, .95, NULL, &r, &pair, NULL), LOY_OK);
  CHECK_CLOSE(r.statistic, pair.compare.statistic * pair.compare.statistic, 1e-13);
  CHECK_CLOSE(r.p_value, pair.compare.p_value, 1e-13);
  CHECK_BITS(pair.adjusted_p_value, pair.compare.p_value);
}

static void test_errors(void) {
  const loy_nps_counts all = {9, 0, 0, 0};
  loy_nps group[4];
  loy_nps_homogeneity r;
  loy_error error;
  fill(group);
  CHECK_STATUS(loy_nps_homogeneity_test(NULL, 1, 9, 9, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "group", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 1, 9, 9, NULL, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "groups", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 65537, 9, 9, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "groups", LOY_NO_INDEX);
  group[2].effective_n = NAN;
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, 9, 9, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "group", 2);
  CHECK_STATUS(loy_nps_from_counts(&all, &group[2], NULL), LOY_OK);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, LOY_NPS_SCORE, 9, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, LOY_NPS_WALD, 0.0, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, LOY_NPS_WALD, .9, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, LOY_NPS_WALD, .9, NULL, &r, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "group", 2);
  CHECK_STATUS(loy_nps_homogeneity_test(group, 4, LOY_NPS_ADJUSTED_WALD, .9, NULL, &r, NULL, &error), LOY_OK);
}

static void test_memory(void) {
  static const double p[] = {.01, .04, .03};
  loy_nps group[4];
  failing_allocator memory;
  fill(group);
  FOR_EACH_FAILURE(memory) {
    loy_nps_homogeneity r;
    loy_nps_pair pair[6];
    loy_status status;
    r.df = -1.0;
    status = loy_nps_homogeneity_test(group, 4, LOY_NPS_WALD, .9, &memory.allocator, &r, pair, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_BITS(r.df, -1.0);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double adjusted[3] = {-1, -1, -1};
    const loy_status status = loy_holm(p, 3, &memory.allocator, adjusted, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    if (memory.failed) CHECK_BITS(adjusted[0], -1.0);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* statsmodels.stats.multitest.multipletests, and the definition itself on many numbers with ties. */
static void test_holm(void) {
  static const double p[] = {.01, .04, .03, .005, .03, 1, 0, .5}, expected[] = {.06, .15, .15, .035, .15, 1, 0, 1};
  double adjusted[8], many[200], out[200];
  loy_error error;
  CHECK_STATUS(loy_holm(p, 8, NULL, adjusted, &error), LOY_OK);
  for (size_t i = 0; i < 8; i++) CHECK_CLOSE(adjusted[i], expected[i], 1e-14);
  for (size_t i = 0; i < 200; i++) many[i] = (double)(i * 7919 % 101) / 4000.0;
  CHECK_STATUS(loy_holm(many, 200, NULL, out, NULL), LOY_OK);
  for (size_t i = 0; i < 200; i++) {
    double most = 0.0; /* the largest of (number of p from p_j on, p_j first) times p_j, over all p_j <= p_i */
    for (size_t j = 0; j < 200; j++) {
      size_t from = 0;
      if (many[j] > many[i]) continue;
      for (size_t k = 0; k < 200; k++) from += many[k] >= many[j];
      if ((double)from * many[j] > most) most = (double)from * many[j];
    }
    CHECK_CLOSE(out[i], most < 1.0 ? most : 1.0, 1e-15);
  }
  CHECK_STATUS(loy_holm(many, 200, NULL, many, NULL), LOY_OK); /* in place */
  for (size_t i = 0; i < 200; i++) CHECK_BITS(many[i], out[i]);
}

static void test_holm_errors(void) {
  static const double bad[] = {.5, 1.5}, good[] = {.5};
  double adjusted[2];
  loy_error error;
  CHECK_STATUS(loy_holm(NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "p", LOY_NO_INDEX);
  CHECK_STATUS(loy_holm(bad, 2, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "p", 1);
  CHECK_STATUS(loy_holm(good, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "adjusted", LOY_NO_INDEX);
  CHECK_STATUS(loy_holm(NULL, 0, NULL, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_holm(good, 1, NULL, adjusted, &error), LOY_OK);
  CHECK_BITS(adjusted[0], .5);
}

SUITE(survey, nps_groups) {
  ADD(test_groups);
  ADD(test_two_groups);
  ADD(test_errors);
  ADD(test_memory);
  ADD(test_holm);
  ADD(test_holm_errors);
}
