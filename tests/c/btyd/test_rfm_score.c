/* Scores by quantiles: by hand, and from the definition by counting. */
#include "check.h"
#include "failing_allocator.h"

enum { CUSTOMERS = 300 };

/* 1 + floor(scores * place) in integers: 2 m place = 2 below + equal, or from above. `group` NULL: all are one. */
static int32_t by_definition(const double *value, const int *good, const int32_t *group, size_t n, size_t at,
                             int scores, int reversed) {
  int64_t better = 0, equal = 0, all = 0;
  for (size_t i = 0; i < n; i++) {
    if (!good[i] || (group && group[i] != group[at])) continue;
    all++;
    equal += value[i] == value[at];
    better += reversed ? value[i] > value[at] : value[i] < value[at];
  }
  return 1 + (int32_t)(scores * (2 * better + equal) / (2 * all));
}

static void test_by_hand(void) {
  static const double ten[] = {10, 1, 9, 2, 8, 3, 7, 4, 6, 5}, tied[] = {1, 1, 1, 1, 2, 3};
  int32_t score[10];
  CHECK_STATUS(loy_quantile_score_batch(ten, 10, 5, 0, NULL, score, NULL, NULL), LOY_OK);
  for (int i = 0; i < 10; i++) CU_ASSERT_EQUAL(score[i], ((int)ten[i] + 1) / 2);
  CHECK_STATUS(loy_quantile_score_batch(ten, 10, 5, 1, NULL, score, NULL, NULL), LOY_OK);
  for (int i = 0; i < 10; i++) CU_ASSERT_EQUAL(score[i], 6 - ((int)ten[i] + 1) / 2);
  /* Mean ranks 2.5, 5, 6 of 6: places 1/3, 3/4, 11/12. */
  CHECK_STATUS(loy_quantile_score_batch(tied, 6, 5, 0, NULL, score, NULL, NULL), LOY_OK);
  CU_ASSERT(score[0] == 2 && score[3] == 2 && score[4] == 4 && score[5] == 5);
  /* Exactly on a cut, from either side: the higher score. */
  CHECK_STATUS(loy_quantile_score_batch(tied, 4, 4, 0, NULL, score, NULL, NULL), LOY_OK);
  CU_ASSERT(score[0] == 3 && score[3] == 3);
  CHECK_STATUS(loy_quantile_score_batch(tied, 4, 4, 1, NULL, score, NULL, NULL), LOY_OK);
  CU_ASSERT(score[0] == 3 && score[3] == 3);
  CHECK_STATUS(loy_quantile_score_batch(NULL, 0, 4, 1, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_missing(void) {
  static const double value[] = {NAN, 3, INFINITY, 1, -INFINITY};
  int32_t score[5];
  loy_batch_report report;
  CHECK_STATUS(loy_quantile_score_batch(value, 5, 2, 0, NULL, score, &report, NULL), LOY_OK);
  CU_ASSERT(score[0] == 0 && score[1] == 2 && score[2] == 0 && score[3] == 1 && score[4] == 0);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "value", 0);
}

static void test_rfm(void) {
  static double recency[CUSTOMERS], frequency[CUSTOMERS], monetary[CUSTOMERS];
  static int32_t r[CUSTOMERS], f[CUSTOMERS], m[CUSTOMERS], code[CUSTOMERS], cell[CUSTOMERS];
  static int good[CUSTOMERS];
  uint32_t seed = 3;
  for (size_t i = 0; i < CUSTOMERS; i++) {
    seed = seed * 1664525u + 1013904223u;
    recency[i] = (double)(seed >> 24);
    frequency[i] = i % 50 == 7 ? NAN : (double)(seed >> 20 & 7);
    seed = seed * 1664525u + 1013904223u;
    monetary[i] = i % 60 == 9 ? INFINITY : (double)(seed >> 8) / 1e3 - 4000.0;
    good[i] = i % 50 != 7 && i % 60 != 9;
  }
  recency[11] = -INFINITY;
  good[11] = 0;
  for (int scores = 2; scores <= LOY_RFM_SCORES; scores++) {
    for (int nested = 0; nested < 2; nested++) {
      loy_rfm_score_options options;
      loy_batch_report report;
      int32_t *codes = scores <= LOY_RFM_CODE_SCORES ? code : NULL;
      loy_rfm_score_options_init(&options);
      options.scores = scores;
      options.nested = nested;
      CHECK_STATUS(
          loy_rfm_score_batch(recency, frequency, monetary, CUSTOMERS, &options, r, f, m, codes, &report, NULL),
          LOY_OK);
      CU_ASSERT_EQUAL(report.bad, 6 + 5 + 1);
      CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "frequency", 7);
      for (size_t i = 0; i < CUSTOMERS; i++) cell[i] = 100 * r[i] + f[i];
      for (size_t i = 0; i < CUSTOMERS; i++) {
        if (good[i]) {
          CU_ASSERT_EQUAL(r[i], by_definition(recency, good, NULL, CUSTOMERS, i, scores, 1));
          CU_ASSERT_EQUAL(f[i], by_definition(frequency, good, nested ? r : NULL, CUSTOMERS, i, scores, 0));
          CU_ASSERT_EQUAL(m[i], by_definition(monetary, good, nested ? cell : NULL, CUSTOMERS, i, scores, 0));
        } else {
          CU_ASSERT(r[i] == 0 && f[i] == 0 && m[i] == 0);
        }
        if (codes) CU_ASSERT_EQUAL(code[i], 100 * r[i] + 10 * f[i] + m[i]);
      }
    }
  }
  CHECK_STATUS(loy_rfm_score_batch(recency, frequency, monetary, 7, NULL, r, f, m, NULL, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(r[0], by_definition(recency, good, NULL, 7, 0, 5, 1)); /* 5 scores by default */
}

static void test_errors(void) {
  static const double x[] = {1, 2};
  int32_t r[2] = {7, 7}, f[2], m[2];
  loy_rfm_score_options options, bad;
  loy_error error;
  loy_rfm_score_options_init(&options);
  loy_rfm_score_options_init(NULL);
  options.scores = 10;
#define BAD(call, argument)                                                                                            \
  CHECK_STATUS(call, LOY_ERR_ARGUMENT);                                                                                \
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX)
  BAD(loy_quantile_score_batch(NULL, 2, 1, 0, NULL, NULL, NULL, &error), "value");
  BAD(loy_quantile_score_batch(x, 2, 1, 0, NULL, NULL, NULL, &error), "scores");
  BAD(loy_quantile_score_batch(x, 2, 11, 0, NULL, NULL, NULL, &error), "scores");
  BAD(loy_quantile_score_batch(x, 2, 2, 0, NULL, NULL, NULL, &error), "score");
  bad = options;
  bad.struct_size = 1;
  bad.scores = bad.nested = -1;
  BAD(loy_rfm_score_batch(NULL, NULL, NULL, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "recency");
  BAD(loy_rfm_score_batch(x, NULL, NULL, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "frequency");
  BAD(loy_rfm_score_batch(x, x, NULL, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "monetary");
  BAD(loy_rfm_score_batch(x, x, x, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "options");
  bad.struct_size = options.struct_size;
  BAD(loy_rfm_score_batch(x, x, x, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "scores");
  bad.scores = 5;
  BAD(loy_rfm_score_batch(x, x, x, 2, &bad, NULL, NULL, NULL, r, NULL, &error), "nested");
  BAD(loy_rfm_score_batch(x, x, x, 2, &options, NULL, NULL, NULL, r, NULL, &error), "r");
  BAD(loy_rfm_score_batch(x, x, x, 2, &options, r, NULL, NULL, r, NULL, &error), "f");
  BAD(loy_rfm_score_batch(x, x, x, 2, &options, r, f, NULL, r, NULL, &error), "m");
  BAD(loy_rfm_score_batch(x, x, x, 2, &options, r, f, m, r, NULL, &error), "code");
#undef BAD
  CU_ASSERT_EQUAL(r[0], 7);
  CHECK_STATUS(loy_rfm_score_batch(NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL), LOY_OK);
}

static void test_memory(void) {
  static const double x[] = {2, 1, 3};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    int32_t r[3] = {7, 7, 7}, f[3] = {7, 7, 7}, m[3] = {7, 7, 7}, code[3] = {7, 7, 7};
    loy_rfm_score_options options;
    loy_status status;
    loy_rfm_score_options_init(&options);
    options.allocator = &memory.allocator;
    status = loy_rfm_score_batch(x, x, x, 3, &options, r, f, m, code, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(code[0], memory.failed ? 7 : 333);
    CU_ASSERT_EQUAL(r[1], memory.failed ? 7 : 5);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    int32_t score[3] = {7, 7, 7};
    const loy_status status = loy_quantile_score_batch(x, 3, 3, 0, &memory.allocator, score, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(score[0], memory.failed ? 7 : 2);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, rfm_score) {
  ADD(test_by_hand);
  ADD(test_missing);
  ADD(test_rfm);
  ADD(test_errors);
  ADD(test_memory);
}
