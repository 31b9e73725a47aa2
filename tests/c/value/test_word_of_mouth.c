/* The cascade of a story: the published versions, rounding, levels, no end, order of checks. */
#include "check.h"

#include "loyalty/value/word_of_mouth.h"

static void test_stories(void) {
  const double share[2] = {0.5, 1.0}, everyone[2] = {1.0, 1.0};
  double told[2] = {10.0, 5.0}, people[2];
  loy_word_of_mouth r;
  /* $50 a week, 52 weeks, 10 years; ten or twenty people told. */
  CHECK_STATUS(
      loy_word_of_mouth_cascade(told, share, 2, 0.25, LOY_WORD_SEPARATE, LOY_WORD_EXACT, 26000.0, people, &r, NULL),
      LOY_OK);
  CHECK_BITS(people[0], 5.0);
  CHECK_BITS(people[1], 25.0);
  CHECK_BITS(r.affected, 30.0);
  CHECK_BITS(r.customers, 8.5);
  CHECK_BITS(r.value, 221000.0);
  told[0] = 20.0;
  loy_word_of_mouth_cascade(told, share, 2, 0.25, LOY_WORD_SEPARATE, LOY_WORD_EXACT, 26000.0, NULL, &r, NULL);
  CHECK_BITS(r.affected, 60.0);
  CHECK_BITS(r.value, 416000.0);
  /* 11 told, each tells 5, a quarter of the 67 leaves: "17 lost customers", $44,200 in a year. */
  told[0] = 11.0;
  loy_word_of_mouth_cascade(told, everyone, 2, 0.25, LOY_WORD_POOLED, LOY_WORD_EXACT, 2600.0, NULL, &r, NULL);
  CHECK_BITS(r.affected + 1.0, 67.0);
  CHECK_BITS(r.customers, 16.75);
  loy_word_of_mouth_cascade(told, everyone, 2, 0.25, LOY_WORD_POOLED, LOY_WORD_NEAREST, 2600.0, NULL, &r, NULL);
  CHECK_BITS(r.customers, 17.0);
  CHECK_BITS(r.value, 44200.0);
  /* 9 told, 5 each, half of whom would have spent $10. */
  told[0] = 9.0;
  told[1] = 5.0;
  const double half[2] = {1.0, 0.5};
  loy_word_of_mouth_cascade(told, half, 2, 1.0, LOY_WORD_OTHERS, LOY_WORD_EXACT, 10.0, people, &r, NULL);
  CHECK_BITS(people[1] * 10.0, 225.0);
  CHECK_BITS(r.value, 315.0);
}

static void test_rounding(void) {
  const double told[1] = {1.0}, share[1] = {1.0};
  static const double acting[6] = {0.0, 0.25, 0.5, 0.49999999999999994, 1.0, 0x1p-60};
  static const double ceiled[6] = {0.0, 1.0, 1.0, 1.0, 1.0, 1.0}, nearest[6] = {0.0, 0.0, 1.0, 0.0, 1.0, 0.0};
  for (int k = 0; k < 6; k++) {
    loy_word_of_mouth r;
    loy_word_of_mouth_cascade(told, share, 1, acting[k], LOY_WORD_OTHERS, LOY_WORD_CEIL, 3.0, NULL, &r, NULL);
    CHECK_BITS(r.customers, ceiled[k]);
    CHECK_BITS(r.value, 3.0 * ceiled[k]);
    loy_word_of_mouth_cascade(told, share, 1, acting[k], LOY_WORD_OTHERS, LOY_WORD_NEAREST, 3.0, NULL, &r, NULL);
    CHECK_BITS(r.customers, nearest[k]);
  }
}

/* Equal levels are a geometric sum. */
static void test_levels(void) {
  double told[200], share[200];
  loy_word_of_mouth r;
  loy_error error;
  for (int k = 0; k < 200; k++) {
    told[k] = 4.0;
    share[k] = 0.2;
  }
  CHECK_STATUS(loy_word_of_mouth_cascade(told, share, 200, 1.0, LOY_WORD_POOLED, LOY_WORD_EXACT, 1.0, NULL, &r, NULL),
               LOY_OK);
  CHECK_CLOSE(r.customers, 5.0, 1e-13); /* 1/(1 - .8) */
  CHECK_STATUS(loy_word_of_mouth_cascade(NULL, NULL, 0, 0.5, LOY_WORD_POOLED, LOY_WORD_EXACT, -8.0, NULL, &r, NULL),
               LOY_OK);
  CHECK_BITS(r.affected, 0.0);
  CHECK_BITS(r.value, -4.0);
  for (int k = 0; k < 200; k++) told[k] = 1e40;
  CHECK_STATUS(
      loy_word_of_mouth_cascade(told, share, 200, 0.0, LOY_WORD_SEPARATE, LOY_WORD_CEIL, 2.0, NULL, &r, &error),
      LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "told", 7);
  CHECK_BITS(r.affected, HUGE_VAL);
  CHECK_BITS(r.value, 2.0);
  share[8] = 0.0;
  loy_word_of_mouth_cascade(told, share, 200, 1.0, LOY_WORD_OTHERS, LOY_WORD_NEAREST, 0.0, told, &r, &error);
  CHECK_BITS(r.customers, HUGE_VAL);
  CHECK_BITS(r.value, 0.0);
  CHECK_BITS(told[9], 0.0);
}

static void test_checks(void) {
  const double good[2] = {1.0, 1.0}, bad[2] = {1.0, -1.0}, big[2] = {1.0, 1.5};
  double people[2] = {7.0, 7.0};
  loy_word_of_mouth r = {7.0, 7.0, 7.0};
  loy_error error;
#define EXPECT(told, share, q, c, w, v, out, status, argument, index)                                                  \
  CHECK_STATUS(loy_word_of_mouth_cascade(told, share, 2, q, c, w, v, people, out, &error), status);                    \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(NULL, NULL, 2, 0, 0, NAN, NULL, LOY_ERR_ARGUMENT, "told", LOY_NO_INDEX);
  EXPECT(bad, NULL, 2, 0, 0, NAN, NULL, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX);
  EXPECT(bad, big, 2, 0, 0, NAN, NULL, LOY_ERR_DOMAIN, "told", 1);
  EXPECT(good, big, 2, 0, 0, NAN, NULL, LOY_ERR_DOMAIN, "share", 1);
  EXPECT(good, good, 2, 0, 0, NAN, NULL, LOY_ERR_DOMAIN, "acting", LOY_NO_INDEX);
  EXPECT(good, good, 1, 0, 0, NAN, NULL, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  EXPECT(good, good, 1, 4, 0, NAN, NULL, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
  EXPECT(good, good, 1, 3, 0, NAN, NULL, LOY_ERR_ARGUMENT, "rounding", LOY_NO_INDEX);
  EXPECT(good, good, 1, 3, 4, NAN, NULL, LOY_ERR_ARGUMENT, "rounding", LOY_NO_INDEX);
  EXPECT(good, good, 1, 3, 3, NAN, NULL, LOY_ERR_DOMAIN, "value", LOY_NO_INDEX);
  EXPECT(good, good, 1, 3, 3, 1, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
#undef EXPECT
  CHECK_BITS(r.value, 7.0);
  CHECK_BITS(people[0], 7.0);
}

SUITE(value, word_of_mouth) {
  ADD(test_stories);
  ADD(test_rounding);
  ADD(test_levels);
  ADD(test_checks);
}
