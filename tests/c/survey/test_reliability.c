/* test_reliability.c: Cronbach's alpha, weights from the first principal component. Numbers to twenty digits by
 * mpmath. */
#include "check.h"

/* Rows (5,4,5), (3,3,4), (4,4,4), (2,1,2), (5,5,4). */
static const double A[] = {5, 3, 4, 2, 5}, B[] = {4, 3, 4, 1, 5}, C[] = {5, 4, 4, 2, 4};
static const double *const ABC[] = {A, B, C};

static void test_alpha(void) {
  static loy_reliability found;
  loy_error error;
  double without[3] = {0, 0, 0}, lower = 0.0, upper = 0.0;
  CHECK_STATUS(loy_cronbach_alpha(ABC, 3, 5, 0, &found, without, &error), LOY_OK);
  CU_ASSERT_EQUAL(found.items, 3);
  CU_ASSERT_EQUAL(found.n, 5);
  CU_ASSERT_EQUAL(found.missing, 0);
  CHECK_NEAR(found.alpha, .9428571429, 5.1e-11);
  CHECK_CLOSE(found.alpha, 33.0 / 35.0, 1e-15);
  CHECK_CLOSE(without[0], .87096774193548387097, 1e-15);
  CHECK_CLOSE(without[1], .90566037735849056604, 1e-15);
  CHECK_CLOSE(without[2], .96103896103896103896, 1e-15);
  CHECK_STATUS(loy_reliability_interval(&found, .95, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, .711278159007799302, 1e-14);
  CHECK_CLOSE(upper, .99363635554203264977, 1e-14);
  CHECK_STATUS(loy_reliability_interval(&found, .5, &lower, &upper, &error), LOY_OK);
  CHECK_CLOSE(lower, .90490197506742665983, 1e-14);
  CHECK_CLOSE(upper, .97253359835543637424, 1e-14);
  /* At a level near 0 the ends meet and keep their order. */
  found.n = 1000000000000;
  CHECK_STATUS(loy_reliability_interval(&found, 1e-15, &lower, &upper, &error), LOY_OK);
  CU_ASSERT(lower <= upper && upper - lower < 1e-10);
}

/* The same questions twice are perfectly consistent; opposite ones have no sum; a common part costs nothing. */
static void test_alpha_ends(void) {
  static double far[3][5], opposite[5];
  const double *same[2], *against[2], *columns[3];
  static loy_reliability found;
  loy_error error;
  double without[2] = {7, 7}, lower = 0.0, upper = 0.0;
  same[0] = same[1] = A;
  CHECK_STATUS(loy_cronbach_alpha(same, 2, 5, 0, &found, without, &error), LOY_NOTICE_NONE);
  CHECK_BITS(found.alpha, 1.0);
  CU_ASSERT(isnan(without[0]) && isnan(without[1]));
  CHECK_STATUS(loy_cronbach_alpha(same, 2, 5, 0, &found, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_reliability_interval(&found, .95, &lower, &upper, &error), LOY_OK);
  CHECK_BITS(lower, 1.0);
  CHECK_BITS(upper, 1.0);
  for (int i = 0; i < 5; i++) opposite[i] = .1 - A[i];
  against[0] = A;
  against[1] = opposite;
  found.alpha = 7.0;
  CHECK_STATUS(loy_cronbach_alpha(against, 2, 5, 0, &found, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX);
  CHECK_BITS(found.alpha, 7.0);
  for (int j = 0; j < 3; j++) {
    for (int i = 0; i < 5; i++) far[j][i] = 1e8 + ABC[j][i];
    columns[j] = far[j];
  }
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, 5, 0, &found, NULL, &error), LOY_OK);
  CHECK_CLOSE(found.alpha, 33.0 / 35.0, 1e-14);
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 5; i++) far[j][i] = 1e-160 * ABC[j][i];
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, 5, 0, &found, NULL, &error), LOY_ERR_SINGULAR);
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 5; i++) far[j][i] = 2e39 * ABC[j][i];
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, 5, 0, &found, NULL, &error), LOY_OK);
  CHECK_CLOSE(found.alpha, 33.0 / 35.0, 1e-14);
}

/* Rows with a missing answer drop out, in the first block and in later ones. */
static void test_missing(void) {
  enum { ROWS = 1000 };
  static double holes[3][ROWS];
  const double *columns[3];
  static loy_reliability found;
  loy_error error;
  double weight[3] = {7, 7, 7}, expected[3];
  for (int j = 0; j < 3; j++) {
    for (int i = 0; i < ROWS; i++) holes[j][i] = i % 3 == j ? (double)NAN : 1.0;
    columns[j] = holes[j];
  }
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 5; i++) holes[j][50 + 200 * i] = ABC[j][i];
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, ROWS, 1, &found, NULL, &error), LOY_OK);
  CU_ASSERT_EQUAL(found.n, 5);
  CU_ASSERT_EQUAL(found.missing, ROWS - 5);
  CHECK_CLOSE(found.alpha, 33.0 / 35.0, 1e-15);
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, ROWS, 0, &found, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 0);
  CHECK_STATUS(loy_principal_weights(ABC, 3, 5, 0, 0, expected, NULL, &error), LOY_OK);
  CHECK_STATUS(loy_principal_weights(columns, 3, ROWS, 0, 1, weight, NULL, &error), LOY_OK);
  for (int j = 0; j < 3; j++) CHECK_CLOSE(weight[j], expected[j], 1e-15);
  holes[2][300] = 1e41;
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, ROWS, 1, &found, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 300);
}

static void test_alpha_errors(void) {
  const double *columns[3];
  loy_reliability found = {0, 0, 0, 7.0};
  loy_error error;
  double lower = 7.0;
  columns[0] = A;
  columns[1] = NULL;
  columns[2] = C;
  CHECK_STATUS(loy_cronbach_alpha(NULL, 1, 5, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_cronbach_alpha(columns, 1, 5, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX);
  CHECK_STATUS(loy_cronbach_alpha(columns, LOY_RELIABILITY_ITEMS + 1, 5, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, 5, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", 1);
  CHECK_STATUS(loy_cronbach_alpha(ABC, 3, 5, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  CHECK_STATUS(loy_cronbach_alpha(ABC, 3, 5, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_cronbach_alpha(ABC, 3, 1, 0, &found, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_cronbach_alpha(columns, 3, 0, 0, &found, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_BITS(found.alpha, 7.0);

  CHECK_STATUS(loy_reliability_interval(NULL, 2.0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_reliability_interval(&found, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  found.items = 3;
  found.n = 5;
  CHECK_STATUS(loy_reliability_interval(&found, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN); /* alpha */
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  found.alpha = (double)NAN;
  CHECK_STATUS(loy_reliability_interval(&found, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  found.alpha = .5;
  found.n = INT64_MAX;
  CHECK_STATUS(loy_reliability_interval(&found, 2.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX);
  found.n = 5;
  CHECK_STATUS(loy_reliability_interval(&found, 1.0, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_reliability_interval(&found, .5, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX);
  CHECK_STATUS(loy_reliability_interval(&found, .5, &lower, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX);
  CHECK_BITS(lower, 7.0);
}

/* Eight answers to the four dimensions of the questionnaire. */
static const double QUALITY[] = {5, 3, 4, 2, 5, 1, 4, 3}, SERVICE[] = {4, 3, 5, 2, 3, 2, 4, 2},
                    SHOPPING[] = {4, 2, 4, 3, 4, 1, 5, 3}, BRAND[] = {5, 4, 4, 1, 4, 2, 3, 3};
static const double *const FOUR[] = {QUALITY, SERVICE, SHOPPING, BRAND};

static void test_weights(void) {
  static loy_principal found;
  loy_error error;
  double weight[4] = {0, 0, 0, 0};
  CHECK_STATUS(loy_principal_weights(FOUR, 4, 8, 0, 0, weight, &found, &error), LOY_OK);
  CHECK_CLOSE(weight[0], .30762013118341399791, 1e-14);
  CHECK_CLOSE(weight[1], .2126660698874884235, 1e-14);
  CHECK_CLOSE(weight[2], .2398568994645487893, 1e-14);
  CHECK_CLOSE(weight[3], .2398568994645487893, 1e-14);
  CHECK_CLOSE(found.share, .76788159499427892264, 1e-14);
  CHECK_CLOSE(found.second, .15300546448087431694, 1e-13);
  CU_ASSERT_EQUAL(found.n, 8);
  CU_ASSERT_EQUAL(found.missing, 0);
  CHECK_STATUS(loy_principal_weights(FOUR, 4, 8, 1, 0, weight, &found, &error), LOY_OK);
  CHECK_CLOSE(weight[0], .2476269263186557175, 1e-14);
  CHECK_CLOSE(weight[1], .28133848590411796103, 1e-14);
  CHECK_CLOSE(weight[2], .23551729388861316073, 1e-14);
  CHECK_CLOSE(weight[3], .23551729388861316073, 1e-14);
  CHECK_CLOSE(found.share, .75739730019272016995, 1e-14);
  CHECK_CLOSE(found.second, .15217391304347826087, 1e-13);
  /* Two equal questions: one component, half each. */
  {
    const double *same[2];
    same[0] = same[1] = A;
    CHECK_STATUS(loy_principal_weights(same, 2, 5, 1, 0, weight, &found, &error), LOY_OK);
    CHECK_CLOSE(weight[0], .5, 1e-15);
    CHECK_CLOSE(found.share, 1.0, 1e-15);
    CHECK_NEAR(found.second, 0.0, 1e-15);
  }
}

/* Questions that are multiples of one another have one component, with a share of 1 and not a bit more. */
static void test_one_component(void) {
  double column[5][7], weight[5];
  const double *answer[5];
  loy_principal found;
  for (size_t items = 2; items <= 5; items++)
    for (int size = 1; size <= 40; size++) {
      for (size_t j = 0; j < items; j++) {
        for (int i = 0; i < 7; i++) column[j][i] = (i * i % 5) * (double)(size + (int)j) / 17.0;
        answer[j] = column[j];
      }
      CHECK_STATUS(loy_principal_weights(answer, items, 7, size % 2, 0, weight, &found, NULL), LOY_OK);
      CU_ASSERT(found.share <= 1.0 && found.second >= 0.0);
      CHECK_CLOSE(found.share, 1.0, 1e-14);
    }
}

/* Nearly equal eigenvalues: 1 and .8 of a diagonal matrix. */
static void test_weak(void) {
  static const double x[] = {1, -1, 0, 0}, y[] = {0, 0, .9, -.9}, z[] = {.1, -.1, .9, -.9};
  const double *columns[2];
  loy_error error;
  double weight[2] = {7, 7};
  columns[0] = x;
  columns[1] = y;
  CHECK_STATUS(loy_principal_weights(columns, 2, 4, 0, 0, weight, NULL, &error), LOY_NOTICE_WEAK_ID);
  CHECK_ERROR(&error, LOY_NOTICE_WEAK_ID, "answer", LOY_NO_INDEX);
  CHECK_NEAR(weight[0], 1.0, 1e-15);
  CHECK_NEAR(weight[1], 0.0, 1e-15);
  /* One correlation of zero: both components alike. */
  weight[0] = 7;
  CHECK_STATUS(loy_principal_weights(columns, 2, 4, 1, 0, weight, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX);
  CHECK_BITS(weight[0], 7.0);
  columns[1] = z;
  CHECK_STATUS(loy_principal_weights(columns, 2, 4, 1, 0, weight, NULL, &error), LOY_NOTICE_WEAK_ID);
}

static void test_weight_errors(void) {
  static const double constant[] = {3, 3, 3, 3, 3}, falling[] = {1, 3, 2, 4, 1}, bad[] = {1, 2, (double)INFINITY, 4, 5};
  const double *columns[3];
  loy_error error;
  double weight[3] = {7, 7, 7};
  columns[0] = A;
  columns[1] = constant;
  columns[2] = NULL;
  CHECK_STATUS(loy_principal_weights(NULL, 1, 5, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_principal_weights(columns, 1, 5, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "items", LOY_NO_INDEX);
  CHECK_STATUS(loy_principal_weights(columns, 3, 5, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "answer", 2);
  CHECK_STATUS(loy_principal_weights(columns, 2, 5, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "standardize", LOY_NO_INDEX);
  CHECK_STATUS(loy_principal_weights(columns, 2, 5, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX);
  columns[2] = bad;
  CHECK_STATUS(loy_principal_weights(columns, 3, 5, 1, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX);
  CHECK_STATUS(loy_principal_weights(columns, 3, 5, 1, 0, weight, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "answer", 2);
  CHECK_STATUS(loy_principal_weights(columns, 2, 2, 1, 0, weight, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "answer", LOY_NO_INDEX);
  CHECK_STATUS(loy_principal_weights(columns, 2, 5, 1, 0, weight, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "answer", 1);
  CHECK_STATUS(loy_principal_weights(columns, 2, 5, 0, 0, weight, NULL, &error), LOY_OK); /* no weight for a constant */
  CHECK_BITS(weight[0], 1.0);
  CHECK_BITS(weight[1], 0.0);
  weight[0] = 7;
  columns[0] = constant;
  CHECK_STATUS(loy_principal_weights(columns, 2, 5, 0, 0, weight, NULL, &error), LOY_ERR_SINGULAR);
  CHECK_ERROR(&error, LOY_ERR_SINGULAR, "answer", LOY_NO_INDEX);
  columns[0] = A;
  columns[1] = B;
  columns[2] = falling;
  CHECK_STATUS(loy_principal_weights(columns, 3, 5, 0, 0, weight, NULL, &error), LOY_ERR_INFEASIBLE);
  CHECK_ERROR(&error, LOY_ERR_INFEASIBLE, "answer", 2);
  CHECK_BITS(weight[0], 7.0);
}

SUITE(survey, reliability) {
  ADD(test_alpha);
  ADD(test_alpha_ends);
  ADD(test_missing);
  ADD(test_alpha_errors);
  ADD(test_weights);
  ADD(test_one_component);
  ADD(test_weak);
  ADD(test_weight_errors);
}
