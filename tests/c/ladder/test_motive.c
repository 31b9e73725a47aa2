/* Motives: the rule over every combination of known, unknown and on the cut; errors in their order. */
#include "check.h"

/* Every answer that is possible when what is missing is tried both ways; the motive when there is one. */
static int plain(double kinship, double share, double patronage, double liking) {
  int found = -2;
  for (int tries = 0; tries < 16; tries++) {
    const double k = kinship == kinship ? kinship : tries & 1, s = share == share ? share : (tries >> 1) & 1;
    const double p = patronage == patronage ? patronage : (tries >> 2) & 1,
                 l = liking == liking ? liking : (tries >> 3) & 1;
    int one = LOY_MOTIVE_NONE;
    if (k == 1)
      one = LOY_MOTIVE_KINSHIP;
    else if (s >= .5)
      one = LOY_MOTIVE_INCENTIVE;
    else if (p >= .5 && l <= 0)
      one = LOY_MOTIVE_INERTIA;
    found = found == -2 || found == one ? one : LOY_MOTIVE_UNKNOWN;
    if (found == LOY_MOTIVE_UNKNOWN) break;
  }
  return found;
}

static void test_grid(void) {
  static const double kin[] = {(double)NAN, 0, 1}, at[] = {(double)NAN, 0, .5 - 0x1p-54, .5, 1};
  static const double liked[] = {(double)NAN, -1, 0, 5e-324, 1};
  enum { N = 3 * 5 * 5 * 5 };
  static double k[N], s[N], p[N], l[N];
  static int8_t motive[N];
  int seen[5] = {0};
  for (size_t i = 0; i < N; i++) {
    k[i] = kin[i / 125];
    s[i] = at[i / 25 % 5];
    p[i] = at[i / 5 % 5];
    l[i] = liked[i % 5];
  }
  CHECK_STATUS(loy_motive_batch(k, s, p, l, N, NULL, motive, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < N; i++) {
    int one = -7;
    CHECK_STATUS(loy_motive(k[i], s[i], p[i], l[i], NULL, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, plain(k[i], s[i], p[i], l[i]));
    CU_ASSERT_EQUAL(motive[i], one);
    seen[one + 1]++;
  }
  for (int i = 0; i < 5; i++) CU_ASSERT(seen[i] > 0);
}

static void test_options(void) {
  loy_motive_options options;
  int motive = -7;
  loy_motive_options_init(NULL);
  loy_motive_options_init(&options);
  options.incentive_from = .75;
  options.patronage_from = .25;
  options.relative_above = .5;
  CHECK_STATUS(loy_motive(0, .7, .25, .5, &options, &motive, NULL), LOY_OK);
  CU_ASSERT_EQUAL(motive, LOY_MOTIVE_INERTIA);
  CHECK_STATUS(loy_motive(0, .75, .25, .5, &options, &motive, NULL), LOY_OK);
  CU_ASSERT_EQUAL(motive, LOY_MOTIVE_INCENTIVE);
}

/* Also where the motive is decided without the bad number. */
static void test_bad_rows(void) {
  static const double bad[4][4] = {{.5, 0, 0, 0}, {1, 2, 0, 0}, {1, 0, -1, 0}, {1, 0, 0, 1.5}};
  static const char *const name[] = {"kinship", "incentive_share", "patronage", "relative_attitude"};
  for (int i = 0; i < 4; i++) {
    loy_batch_report report;
    loy_error error;
    int8_t motive = -7;
    int one = -7;
    const double *b = bad[i];
    CHECK_STATUS(loy_motive_batch(b, b + 1, b + 2, b + 3, 1, NULL, &motive, &report, NULL), LOY_OK);
    CU_ASSERT(report.bad == 1 && motive == LOY_MOTIVE_UNKNOWN);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, name[i], 0);
    CHECK_STATUS(loy_motive(b[0], b[1], b[2], b[3], NULL, &one, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    CU_ASSERT_EQUAL(one, -7);
  }
}

static void test_errors(void) {
  static const char *const member[] = {"relative_above", "patronage_from", "incentive_from"};
  static const char *const name[] = {"relative_attitude", "patronage", "incentive_share", "kinship"};
  const double x = 1, *column[4] = {&x, &x, &x, &x};
  loy_motive_options options;
  loy_error error;
  int8_t motive = -7;
  loy_motive_options_init(&options);
  CHECK_STATUS(loy_motive(1, 1, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "motive", LOY_NO_INDEX);
  CHECK_STATUS(loy_motive_batch(&x, &x, &x, &x, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "motive", LOY_NO_INDEX);
  for (int i = 0; i < 3; i++) {
    if (i == 0) options.relative_above = 2;
    if (i == 1) options.patronage_from = -1;
    if (i == 2) options.incentive_from = (double)NAN;
    CHECK_STATUS(loy_motive(1, 1, 1, 1, &options, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
  }
  options.struct_size = 8;
  CHECK_STATUS(loy_motive(1, 1, 1, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  for (int i = 0; i < 4; i++) {
    column[3 - i] = NULL;
    CHECK_STATUS(loy_motive_batch(column[0], column[1], column[2], column[3], 1, &options, &motive, NULL, &error),
                 LOY_ERR_ARGUMENT);
    CHECK_ERROR(&error, LOY_ERR_ARGUMENT, name[i], LOY_NO_INDEX);
  }
  CU_ASSERT_EQUAL(motive, -7);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_motive_name(LOY_MOTIVE_KINSHIP), "kinship");
  CU_ASSERT_STRING_EQUAL(loy_motive_name_zh(LOY_MOTIVE_KINSHIP), "亲缘忠诚");
  CU_ASSERT_STRING_EQUAL(loy_motive_name_zh(LOY_MOTIVE_INCENTIVE), "利益忠诚");
  CU_ASSERT_STRING_EQUAL(loy_motive_name_zh(LOY_MOTIVE_INERTIA), "惰性忠诚");
  for (int i = -2; i <= LOY_MOTIVES; i++) {
    const int known = i >= 0 && i < LOY_MOTIVES;
    CU_ASSERT_EQUAL(strcmp(loy_motive_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_motive_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, motive) {
  ADD(test_grid);
  ADD(test_options);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_names);
}
