/* Oliver's phases over every combination of scores, and the coefficient of reproducibility against patterns counted by
 * hand. */
#include "check.h"

/* The number of passes in a row; unknown when what is missing can change it. */
static int plain(const double *score) {
  int passed = 0;
  while (passed < 4 && score[passed] >= .7) passed++;
  return passed < 4 && score[passed] != score[passed] ? LOY_OLIVER_UNKNOWN : passed;
}

static void test_grid(void) {
  static const double at[] = {(double)NAN, 0, .7 - 0x1p-53, .7, 1};
  enum { N = 5 * 5 * 5 * 5 };
  static double x[4][N];
  static int8_t phase[N];
  for (size_t i = 0; i < N; i++) {
    x[0][i] = at[i / 125];
    x[1][i] = at[i / 25 % 5];
    x[2][i] = at[i / 5 % 5];
    x[3][i] = at[i % 5];
  }
  CHECK_STATUS(loy_oliver_batch(x[0], x[1], x[2], x[3], N, .7, phase, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < N; i++) {
    const double row[4] = {x[0][i], x[1][i], x[2][i], x[3][i]};
    int one = -7;
    CHECK_STATUS(loy_oliver(row[0], row[1], row[2], row[3], .7, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, plain(row));
    CU_ASSERT_EQUAL(phase[i], one);
  }
}

/* 1100 is perfect, 1000 too; 0110 has passed two and differs from 1100 in two places, 0001 from 1000 in two, 1011 from
 * 1110 in two. One customer has a missing score. */
static void test_reproducibility(void) {
  static const double a[] = {1, 1, 0, 0, 1, 1}, b[] = {1, 0, 1, 0, 0, (double)NAN}, c[] = {0, 0, 1, 0, 1, 1};
  static const double d[] = {0, 0, 0, 1, 1, 1};
  loy_oliver_scale scale;
  CHECK_STATUS(loy_oliver_reproducibility(a, b, c, d, 6, .7, &scale, NULL), LOY_OK);
  CU_ASSERT(scale.n == 5 && scale.missing == 1 && scale.errors == 6);
  CHECK_BITS(scale.reproducibility, .7);
  CHECK_STATUS(loy_oliver_reproducibility(a, b, c, d, 2, .7, &scale, NULL), LOY_OK);
  CHECK_BITS(scale.reproducibility, 1.0);
  CHECK_STATUS(loy_oliver_reproducibility(a, b, c, d, 5, 0, &scale, NULL), LOY_OK);
  CHECK_BITS(scale.reproducibility, 1.0); /* everything passes */
  CU_ASSERT(LOY_OLIVER_ACCEPTABLE == .9);
}

static void test_errors(void) {
  static const char *const name[] = {"action", "conative", "affective", "cognitive"};
  const double x = 1, none = (double)NAN;
  const double *column[4] = {&x, &x, &x, &x};
  double score[4] = {1, 1, 1, 1};
  loy_oliver_scale scale = {-7, 0, 0, 0};
  loy_batch_report report;
  loy_error error;
  int phase = -7;
  int8_t phases[1] = {-7};
  CHECK_STATUS(loy_oliver(1, 1, 1, 1, .7, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "phase", LOY_NO_INDEX);
  CHECK_STATUS(loy_oliver(1, 1, 1, 1, 1.5, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "passed_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_oliver_batch(&x, &x, &x, &x, 1, .7, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "phase", LOY_NO_INDEX);
  CHECK_STATUS(loy_oliver_batch(&x, &x, &x, &x, 1, none, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "passed_from", LOY_NO_INDEX);
  CHECK_STATUS(loy_oliver_reproducibility(&none, &x, &x, &x, 1, .7, &scale, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_oliver_reproducibility(&x, &x, &x, &x, 1, .7, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_oliver_reproducibility(&x, &x, &x, &x, 1, -1, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "passed_from", LOY_NO_INDEX);
  for (int i = 0; i < 4; i++) {
    score[3 - i] = 2;
    CHECK_STATUS(loy_oliver(score[0], score[1], score[2], score[3], 2, &phase, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_oliver_batch(score, score + 1, score + 2, score + 3, 1, .7, phases, &report, NULL), LOY_OK);
    CU_ASSERT(report.bad == 1 && phases[0] == LOY_OLIVER_UNKNOWN);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, name[i], 0);
    CHECK_STATUS(loy_oliver_reproducibility(score, score + 1, score + 2, score + 3, 1, .7, &scale, &error),
                 LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], 0);
  }
  phases[0] = -7;
  for (int i = 0; i < 4; i++) {
    column[3 - i] = NULL;
    CHECK_STATUS(loy_oliver_batch(column[0], column[1], column[2], column[3], 1, 2, phases, NULL, &error),
                 LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, name[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_oliver_reproducibility(column[0], column[1], column[2], column[3], 1, 2, &scale, &error),
                 LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, name[i], LOY_NO_INDEX);
  }
  CU_ASSERT(phase == -7 && phases[0] == -7 && scale.n == -7);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_oliver_name(LOY_OLIVER_CONATIVE), "conative");
  CU_ASSERT_STRING_EQUAL(loy_oliver_name_zh(LOY_OLIVER_CONATIVE), "意向忠诚");
  for (int i = -2; i <= LOY_OLIVER_PHASES; i++) {
    const int known = i >= 0 && i < LOY_OLIVER_PHASES;
    CU_ASSERT_EQUAL(strcmp(loy_oliver_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_oliver_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, oliver) {
  ADD(test_grid);
  ADD(test_reproducibility);
  ADD(test_errors);
  ADD(test_names);
}
