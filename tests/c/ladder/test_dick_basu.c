/* Dick and Basu's types: the table over a grid with and without a rival, columns against one by one, errors in order.
 */
#include "check.h"

/* The table as it reads, with the default cuts. */
static int plain(double own, double rival, double patronage) {
  int liked;
  if (own != own || patronage != patronage) return LOY_DICK_BASU_UNKNOWN;
  liked = rival == rival ? own - rival > 0 : own >= .5;
  if (liked) return patronage >= .5 ? LOY_DICK_BASU_TRUE : LOY_DICK_BASU_LATENT;
  return patronage >= .5 ? LOY_DICK_BASU_SPURIOUS : LOY_DICK_BASU_NONE;
}

static void test_grid(void) {
  static const double at[] = {(double)NAN, 0, .25, .5 - 0x1p-54, .5, .5 + 0x1p-53, 1};
  enum { K = sizeof at / sizeof *at, N = K * K * K };
  static double own[N], rival[N], patronage[N];
  static int8_t type[N], alone[N];
  for (size_t i = 0; i < N; i++) {
    own[i] = at[i / (K * K)];
    rival[i] = at[i / K % K];
    patronage[i] = at[i % K];
  }
  CHECK_STATUS(loy_dick_basu_batch(own, rival, patronage, N, NULL, type, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_dick_basu_batch(own, NULL, patronage, N, NULL, alone, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < N; i++) {
    int one = -7;
    CHECK_STATUS(loy_dick_basu(own[i], rival[i], patronage[i], NULL, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, plain(own[i], rival[i], patronage[i]));
    CU_ASSERT_EQUAL(type[i], one);
    CU_ASSERT_EQUAL(alone[i], plain(own[i], (double)NAN, patronage[i]));
  }
}

static void test_options(void) {
  loy_dick_basu_options options;
  int type = -7;
  loy_dick_basu_options_init(NULL);
  loy_dick_basu_options_init(&options);
  options.relative_above = .25;
  options.attitude_from = .75;
  options.patronage_from = .25;
  CHECK_STATUS(loy_dick_basu(.75, .5, .25, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_DICK_BASU_SPURIOUS);
  CHECK_STATUS(loy_dick_basu(.75, .25, .25, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_DICK_BASU_TRUE);
  CHECK_STATUS(loy_dick_basu(.75, (double)NAN, .125, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_DICK_BASU_LATENT);
}

static void test_bad_rows(void) {
  const double own[] = {1, 2, 1, 1, (double)NAN}, rival[] = {0, 0, -1, 0, 0}, patronage[] = {1, 1, 1, 2, 1};
  static const char *const name[] = {NULL, "attitude", "rival", "patronage", NULL};
  int8_t type[5];
  loy_batch_report report;
  CHECK_STATUS(loy_dick_basu_batch(own, rival, patronage, 5, NULL, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 3);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "attitude", 1);
  CU_ASSERT_EQUAL(type[0], LOY_DICK_BASU_TRUE);
  for (size_t i = 1; i < 5; i++) {
    CU_ASSERT_EQUAL(type[i], LOY_DICK_BASU_UNKNOWN);
    CHECK_STATUS(loy_dick_basu_batch(own + i, rival + i, patronage + i, 1, NULL, type + i, &report, NULL), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, name[i] != NULL);
    if (name[i]) CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, name[i], 0);
  }
}

static void test_errors(void) {
  static const char *const member[] = {"patronage_from", "attitude_from", "relative_above"};
  const double one = 1;
  loy_dick_basu_options options;
  loy_error error;
  int type = -7;
  int8_t types[1] = {-7};
  loy_dick_basu_options_init(&options);
  CHECK_STATUS(loy_dick_basu(1, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu_batch(&one, NULL, &one, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  for (int i = 0; i < 3; i++) {
    if (i == 0) options.patronage_from = 1.5;
    if (i == 1) options.attitude_from = (double)NAN;
    if (i == 2) options.relative_above = -1.5;
    CHECK_STATUS(loy_dick_basu(1, 1, 1, &options, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_dick_basu_batch(&one, NULL, &one, 1, &options, NULL, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
  }
  options.struct_size = 8;
  CHECK_STATUS(loy_dick_basu(1, 1, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu(1, 1, 2, &options, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "patronage", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu(1, 2, 2, &options, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "rival", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu(2, 2, 2, &options, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "attitude", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu_batch(&one, NULL, NULL, 1, &options, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "patronage", LOY_NO_INDEX);
  CHECK_STATUS(loy_dick_basu_batch(NULL, NULL, NULL, 1, &options, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "attitude", LOY_NO_INDEX);
  CU_ASSERT(type == -7 && types[0] == -7);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_dick_basu_name(LOY_DICK_BASU_SPURIOUS), "spurious");
  CU_ASSERT_STRING_EQUAL(loy_dick_basu_name_zh(LOY_DICK_BASU_SPURIOUS), "惯性型忠诚");
  for (int i = -2; i <= LOY_DICK_BASU_TYPES; i++) {
    const int known = i >= 0 && i < LOY_DICK_BASU_TYPES;
    CU_ASSERT_EQUAL(strcmp(loy_dick_basu_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_dick_basu_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, dick_basu) {
  ADD(test_grid);
  ADD(test_options);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_names);
}
