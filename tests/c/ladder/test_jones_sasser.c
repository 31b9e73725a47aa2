/* Jones and Sasser's types: every cell of the table and every cut, columns against one by one, errors in their order.
 */
#include "check.h"

/* The table as it reads, with the default cuts. */
static int plain(double s, double l) {
  if (s != s || l != l) return LOY_JONES_SASSER_UNKNOWN;
  if (s >= .75) {
    if (l >= .7) return s >= 1 && l >= .9 ? LOY_JONES_SASSER_APOSTLE : LOY_JONES_SASSER_LOYALIST;
    return LOY_JONES_SASSER_MERCENARY;
  }
  if (l >= .7) return LOY_JONES_SASSER_HOSTAGE;
  return s <= .25 && l <= .3 ? LOY_JONES_SASSER_TERRORIST : LOY_JONES_SASSER_DEFECTOR;
}

/* Around every cut of both scores: just below, on it, just above. */
static void test_grid(void) {
  static const double at[] = {(double)NAN,  0,
                              .2,           .25 - 0x1p-54,
                              .25,          .25 + 0x1p-54,
                              .3 - 0x1p-54, .3,
                              .3 + 0x1p-54, .5,
                              .7 - 0x1p-53, .7,
                              .7 + 0x1p-53, .75 - 0x1p-53,
                              .75,          .75 + 0x1p-53,
                              .8,           .9 - 0x1p-53,
                              .9,           .9 + 0x1p-53,
                              1 - 0x1p-53,  1};
  enum { K = sizeof at / sizeof *at };
  static double s[K * K], l[K * K];
  static int8_t type[K * K];
  int seen[LOY_JONES_SASSER_TYPES + 1] = {0};
  loy_batch_report report;
  for (size_t i = 0; i < K * K; i++) {
    s[i] = at[i / K];
    l[i] = at[i % K];
  }
  CHECK_STATUS(loy_jones_sasser_batch(s, l, K * K, NULL, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (size_t i = 0; i < K * K; i++) {
    int one = -7;
    CHECK_STATUS(loy_jones_sasser(s[i], l[i], NULL, &one, NULL), LOY_OK);
    CU_ASSERT_EQUAL(one, plain(s[i], l[i]));
    CU_ASSERT_EQUAL(type[i], one);
    seen[one + 1]++;
  }
  for (int k = 0; k <= LOY_JONES_SASSER_TYPES; k++) CU_ASSERT(seen[k] > 0);
}

static void test_options(void) {
  loy_jones_sasser_options options;
  int type = -7;
  loy_jones_sasser_options_init(NULL);
  loy_jones_sasser_options_init(&options);
  options.satisfied = options.completely_satisfied = options.loyal = options.devoted = .5;
  options.dissatisfied = options.lost = .5 - 0x1p-54;
  CHECK_STATUS(loy_jones_sasser(.5, .5, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_JONES_SASSER_APOSTLE); /* a tie goes to the higher class */
  CHECK_STATUS(loy_jones_sasser(.5, .4, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_JONES_SASSER_MERCENARY);
  CHECK_STATUS(loy_jones_sasser(.4, .4, &options, &type, NULL), LOY_OK);
  CU_ASSERT_EQUAL(type, LOY_JONES_SASSER_TERRORIST);
}

static void test_bad_rows(void) {
  const double s[] = {1, 1.5, (double)NAN, 0, -.1, (double)NAN}, l[] = {1, 0, 0, (double)INFINITY, 0, 2};
  int8_t type[6];
  loy_batch_report report;
  CHECK_STATUS(loy_jones_sasser_batch(s, l, 6, NULL, type, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 4);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "satisfaction", 1);
  CU_ASSERT(type[0] == LOY_JONES_SASSER_APOSTLE);
  for (int i = 1; i < 6; i++) CU_ASSERT_EQUAL(type[i], LOY_JONES_SASSER_UNKNOWN);
  CHECK_STATUS(loy_jones_sasser_batch(s + 3, l + 3, 1, NULL, type, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "loyalty", 0);
  CHECK_STATUS(loy_jones_sasser_batch(s, l, 6, NULL, type, NULL, NULL), LOY_OK);
}

/* In the order the header states: what is checked last is made wrong first. */
static void test_errors(void) {
  static const char *const member[] = {"lost", "devoted", "loyal", "dissatisfied", "completely_satisfied", "satisfied"};
  const double one = 1, two = 2;
  loy_jones_sasser_options options;
  loy_error error;
  int type = -7;
  int8_t types[1] = {-7};
  loy_jones_sasser_options_init(&options);
  CHECK_STATUS(loy_jones_sasser(1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  CHECK_STATUS(loy_jones_sasser_batch(&one, &one, 1, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX);
  for (int i = 0; i < 6; i++) {
    if (i == 0) options.lost = .7;
    if (i == 1) options.devoted = .69;
    if (i == 2) options.loyal = (double)NAN;
    if (i == 3) options.dissatisfied = .75;
    if (i == 4) options.completely_satisfied = 1.1;
    if (i == 5) options.satisfied = 0;
    CHECK_STATUS(loy_jones_sasser(1, 1, &options, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
    CHECK_STATUS(loy_jones_sasser_batch(&one, &one, 1, &options, NULL, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, member[i], LOY_NO_INDEX);
  }
  options.struct_size = 8;
  CHECK_STATUS(loy_jones_sasser(1, 1, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  CHECK_STATUS(loy_jones_sasser(1, two, &options, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "loyalty", LOY_NO_INDEX);
  CHECK_STATUS(loy_jones_sasser(-1, two, &options, &type, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "satisfaction", LOY_NO_INDEX);
  CHECK_STATUS(loy_jones_sasser_batch(&one, NULL, 1, &options, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "loyalty", LOY_NO_INDEX);
  CHECK_STATUS(loy_jones_sasser_batch(NULL, NULL, 1, &options, types, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX);
  CU_ASSERT(type == -7 && types[0] == -7);
  CHECK_STATUS(loy_jones_sasser_batch(NULL, NULL, 0, NULL, NULL, NULL, &error), LOY_OK);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_jones_sasser_name(LOY_JONES_SASSER_APOSTLE), "apostle");
  CU_ASSERT_STRING_EQUAL(loy_jones_sasser_name_zh(LOY_JONES_SASSER_APOSTLE), "传道者");
  CU_ASSERT_STRING_EQUAL(loy_jones_sasser_name_zh(LOY_JONES_SASSER_MERCENARY), "图利者");
  CU_ASSERT_STRING_EQUAL(loy_jones_sasser_name_zh(LOY_JONES_SASSER_HOSTAGE), "囚禁者");
  for (int i = -2; i <= LOY_JONES_SASSER_TYPES; i++) {
    const int known = i >= 0 && i < LOY_JONES_SASSER_TYPES;
    CU_ASSERT_EQUAL(strcmp(loy_jones_sasser_name(i), "unknown") != 0, known);
    CU_ASSERT_EQUAL(strcmp(loy_jones_sasser_name_zh(i), "unknown") != 0, known);
  }
}

SUITE(ladder, jones_sasser) {
  ADD(test_grid);
  ADD(test_options);
  ADD(test_bad_rows);
  ADD(test_errors);
  ADD(test_names);
}
