/* test_nps_attribution.c: moves of one respondent, the way to a target, mix and rate. */
#include "check.h"

static double score_of(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps nps;
  nps.score = NAN;
  loy_nps_from_counts(&counts, &nps, NULL);
  return nps.score;
}

/* Each move is what the score of the changed counts says. */
static void test_moves(void) {
  static const int64_t rows[][3] = {{50, 30, 20}, {1, 1, 1}, {0, 3, 9}, {12, 0, 1}};
  for (size_t i = 0; i < 4; i++) {
    const int64_t p = rows[i][0], a = rows[i][1], d = rows[i][2];
    const loy_nps_counts counts = {p, a, d, 3};
    const double s = score_of(p, a, d);
    loy_nps_moves m;
    CHECK_STATUS(loy_nps_moves_from_counts(&counts, &m, NULL), LOY_OK);
    CHECK_NEAR(m.step, score_of(p, a + 1, d - 1) - s, 1e-15);
    CHECK_NEAR(m.conversion, score_of(p + 1, a, d - 1) - s, 1e-15);
    CHECK_NEAR(m.new_promoter, score_of(p + 1, a, d) - s, 1e-15);
    CHECK_NEAR(m.new_passive, score_of(p, a + 1, d) - s, 1e-15);
    CHECK_NEAR(m.new_detractor, score_of(p, a, d + 1) - s, 1e-15);
    CHECK_NEAR(m.lost_promoter, score_of(p - 1, a, d) - s, 1e-15); /* NaN where there is none */
    CHECK_NEAR(m.lost_passive, score_of(p, a - 1, d) - s, 1e-15);
    CHECK_NEAR(m.lost_detractor, score_of(p, a, d - 1) - s, 1e-15);
  }
  /* Nearly all promoters: 2/(n (n + 1)), -2/(n (n - 1)) and 2/n; nothing cancels. */
  {
    const loy_nps_counts counts = {999999, 0, 1, 0};
    loy_nps_moves m;
    CHECK_STATUS(loy_nps_moves_from_counts(&counts, &m, NULL), LOY_OK);
    CHECK_CLOSE(m.new_promoter, 1.999998000002e-12, 1e-15);
    CHECK_CLOSE(m.lost_promoter, -2.000002000002e-12, 1e-15);
    CHECK_CLOSE(m.lost_detractor, 2e-6, 1e-15);
  }
}

static void test_moves_errors(void) {
  const loy_nps_counts good = {1, 0, 0, 0}, none = {0, 0, 0, 0};
  loy_nps_moves m;
  loy_error error;
  CHECK_STATUS(loy_nps_moves_from_counts(NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_moves_from_counts(&none, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_nps_moves_from_counts(&good, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "moves", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_moves_from_counts(&good, &m, &error), LOY_OK);
  CU_ASSERT(isnan(m.lost_promoter)); /* nobody would be left */
}

/* The numbers reach the target, and one fewer does not. */
static void test_gap(void) {
  static const int64_t rows[][3] = {{50, 30, 20}, {0, 0, 7}, {3, 8, 2}, {100, 0, 0}, {0, 100, 0}, {333, 333, 334}};
  static const double targets[] = {-.5, 0, .07, .29, .31, .4, .9, .999, 1};
  for (size_t i = 0; i < 6 * 9; i++) {
    const int64_t p = rows[i / 9][0], a = rows[i / 9][1], d = rows[i / 9][2], n = p + a + d, s = p - d;
    const double target = targets[i % 9];
    const loy_nps_counts counts = {p, a, d, 0};
    loy_nps_gap gap;
    const loy_status status = loy_nps_gap_to_target(&counts, target, &gap, NULL);
    if (score_of(p, a, d) >= target) {
      CHECK_STATUS(status, LOY_NOTICE_NOT_NEEDED);
      CU_ASSERT_EQUAL(gap.steps + gap.respondents + gap.new_promoters, 0);
      continue;
    }
    CHECK_STATUS(status, LOY_OK);
    CU_ASSERT((double)(s + gap.steps) / (double)n >= target);
    CU_ASSERT((double)(s + gap.steps - 1) / (double)n < target);
    /* So many respondents can make the steps, two by each detractor first; one fewer cannot. */
    {
      const int64_t k = gap.respondents, can = k <= d ? 2 * k : k + d;
      const int64_t fewer = k - 1 <= d ? 2 * (k - 1) : k - 1 + d;
      CU_ASSERT(can >= gap.steps && fewer < gap.steps && k <= a + d);
    }
    if (target == 1.0) {
      CU_ASSERT_EQUAL(gap.new_promoters, -1);
      continue;
    }
    CU_ASSERT(score_of(p + gap.new_promoters, a, d) >= target);
    CU_ASSERT(score_of(p + gap.new_promoters - 1, a, d) < target);
  }
}

static void test_gap_errors(void) {
  const loy_nps_counts good = {1, 1, 1, 0}, none = {0, 0, 0, 0}, many = {0, 0, (int64_t)1 << 52, 0};
  loy_nps_gap gap;
  loy_error error;
  CHECK_STATUS(loy_nps_gap_to_target(&none, 9, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_gap_to_target(&good, NAN, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_gap_to_target(&good, .5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "gap", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_gap_to_target(&many, .5, &gap, &error), LOY_OK);
  CU_ASSERT_EQUAL(gap.new_promoters, -1); /* more than 2^53 answers */
  CU_ASSERT_EQUAL(gap.steps, ((int64_t)3 << 52) / 2);
}

/* By hand: shares .5, .5 -> .4, .6; scores .4, -.2 -> .25, .25. */
static void test_attribution(void) {
  const loy_nps_counts before[] = {{30, 10, 10, 0}, {10, 20, 20, 0}}, after[] = {{40, 20, 20, 0}, {60, 30, 30, 0}};
  loy_nps_segment s[2];
  loy_nps_change c;
  CHECK_STATUS(loy_nps_attribute_counts(before, after, 2, s, &c, NULL), LOY_OK);
  CHECK_NEAR(c.before, .1, 1e-15);
  CHECK_NEAR(c.after, .25, 1e-15);
  CHECK_NEAR(c.change, .15, 1e-15);
  CHECK_NEAR(c.mix, -.03, 1e-15);
  CHECK_NEAR(c.rate, .18, 1e-15);
  CHECK_NEAR(s[0].contribution, -.1, 1e-15);
  CHECK_NEAR(s[0].mix, -.0325, 1e-15);
  CHECK_NEAR(s[0].rate, -.0675, 1e-15);
  CHECK_NEAR(s[0].relative_mix, -.015, 1e-15);
  CHECK_NEAR(s[1].contribution, .25, 1e-15);
  CHECK_NEAR(s[1].mix, .0025, 1e-15);
  CHECK_NEAR(s[1].rate, .2475, 1e-15);
  CHECK_NEAR(s[1].relative_mix, -.015, 1e-15);
}

/* Nothing is left over; the periods are treated alike; relative mix does not depend on the zero of the score. */
static void test_attribution_properties(void) {
  loy_nps_segment s[3], back[3], moved[3];
  loy_nps_change c, r;
  double mix = 0.0, rate = 0.0, relative = 0.0, contribution = 0.0;
  static const double share[2][3] = {{.2, .5, .3}, {.35, .25, .4}}, score[2][3] = {{.1, -.3, .6}, {.2, -.1, .55}};
  for (size_t i = 0; i < 3; i++) {
    s[i].share_before = back[i].share_after = moved[i].share_before = share[0][i];
    s[i].share_after = back[i].share_before = moved[i].share_after = share[1][i];
    s[i].score_before = back[i].score_after = score[0][i];
    s[i].score_after = back[i].score_before = score[1][i];
    moved[i].score_before = score[0][i] + .25;
    moved[i].score_after = score[1][i] + .25;
  }
  CHECK_STATUS(loy_nps_attribute(s, 3, &c, NULL), LOY_OK);
  CHECK_STATUS(loy_nps_attribute(back, 3, &r, NULL), LOY_OK);
  CHECK_NEAR(r.mix, -c.mix, 1e-15);
  CHECK_NEAR(r.rate, -c.rate, 1e-15);
  CHECK_STATUS(loy_nps_attribute(moved, 3, &r, NULL), LOY_OK);
  for (size_t i = 0; i < 3; i++) {
    CHECK_NEAR(s[i].mix + s[i].rate, s[i].contribution, 1e-15);
    CHECK_NEAR(back[i].relative_mix, -s[i].relative_mix, 1e-15);
    CHECK_NEAR(moved[i].relative_mix, s[i].relative_mix, 1e-15);
    CHECK_NEAR(moved[i].rate, s[i].rate, 1e-15);
    mix += s[i].mix;
    rate += s[i].rate;
    relative += s[i].relative_mix;
    contribution += s[i].contribution;
  }
  CHECK_NEAR(mix, c.mix, 1e-15);
  CHECK_NEAR(rate, c.rate, 1e-15);
  CHECK_NEAR(relative, c.mix, 1e-15);
  CHECK_NEAR(contribution, c.change, 1e-15);
  CHECK_NEAR(c.mix + c.rate, c.change, 1e-15);
}

/* A group that comes, one that goes, one that nobody is in. */
static void test_attribution_of_new_groups(void) {
  const loy_nps_counts before[] = {{5, 3, 2, 0}, {0, 0, 10, 0}, {0, 0, 0, 0}, {0, 0, 0, 4}};
  const loy_nps_counts after[] = {{6, 3, 1, 0}, {0, 0, 0, 0}, {9, 1, 0, 0}, {0, 0, 0, 0}};
  loy_nps_segment s[4];
  loy_nps_change c;
  CHECK_STATUS(loy_nps_attribute_counts(before, after, 4, s, &c, NULL), LOY_OK);
  CHECK_NEAR(s[1].contribution, .5, 1e-15);
  CHECK_NEAR(s[1].mix, .5, 1e-15);
  CHECK_BITS(s[1].rate, 0.0);
  CU_ASSERT(isnan(s[1].score_after) && isnan(s[2].score_before));
  CHECK_NEAR(s[2].contribution, .45, 1e-15);
  CHECK_NEAR(s[2].mix, .45, 1e-15);
  CHECK_BITS(s[3].contribution, 0.0);
  CU_ASSERT(s[3].relative_mix == 0.0);
  CHECK_NEAR(c.change, .25 + .45 - .15 + .5, 1e-15);
}

static void test_attribution_errors(void) {
  const loy_nps_counts good[] = {{1, 1, 1, 0}, {0, 0, 0, 0}}, bad[] = {{1, 1, 1, 0}, {0, -1, 0, 0}};
  const loy_nps_counts none[] = {{0, 0, 0, 0}, {0, 0, 0, 0}};
  const loy_nps_counts many[] = {{(int64_t)1 << 53, 0, 0, 0}, {1, 0, 0, 0}};
  loy_nps_segment s[2];
  loy_nps_change c;
  loy_error error;
#define COUNTS(before, after, n, segment, total, status, argument, index)                                              \
  CHECK_STATUS(loy_nps_attribute_counts(before, after, n, segment, total, &error), status);                            \
  CHECK_ERROR(&error, status, argument, index)
  COUNTS(NULL, NULL, 0, NULL, NULL, LOY_ERR_ARGUMENT, "before", LOY_NO_INDEX);
  COUNTS(bad, NULL, 0, NULL, NULL, LOY_ERR_ARGUMENT, "after", LOY_NO_INDEX);
  COUNTS(bad, bad, 0, NULL, NULL, LOY_ERR_TOO_FEW, "segments", LOY_NO_INDEX);
  COUNTS(bad, bad, 2, NULL, NULL, LOY_ERR_DOMAIN, "before", 1);
  COUNTS(many, bad, 2, NULL, NULL, LOY_ERR_DOMAIN, "before", 1);
  COUNTS(none, bad, 2, NULL, NULL, LOY_ERR_DOMAIN, "after", 1);
  COUNTS(none, none, 2, NULL, NULL, LOY_ERR_TOO_FEW, "before", LOY_NO_INDEX);
  COUNTS(good, none, 2, NULL, NULL, LOY_ERR_TOO_FEW, "after", LOY_NO_INDEX);
  COUNTS(good, good, 2, NULL, NULL, LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX);
  COUNTS(good, good, 2, s, NULL, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX);
#undef COUNTS
  memset(s, 0, sizeof s);
  s[0].share_before = s[0].share_after = .5;
  s[1] = s[0];
#define SHARES(field, value, status, argument, at)                                                                     \
  do {                                                                                                                 \
    const double kept = s[1].field;                                                                                    \
    s[1].field = value;                                                                                                \
    CHECK_STATUS(loy_nps_attribute(s, 2, NULL, &error), status);                                                       \
    CHECK_ERROR(&error, status, argument, at);                                                                         \
    s[1].field = kept;                                                                                                 \
  } while (0)
  SHARES(share_before, 1.5, LOY_ERR_DOMAIN, "share_before", 1);
  SHARES(share_after, -.1, LOY_ERR_DOMAIN, "share_after", 1);
  SHARES(score_before, NAN, LOY_ERR_DOMAIN, "score_before", 1);
  SHARES(score_after, 1.5, LOY_ERR_DOMAIN, "score_after", 1);
  SHARES(share_before, .4, LOY_ERR_DOMAIN, "share_before", LOY_NO_INDEX);
  SHARES(share_after, .6, LOY_ERR_DOMAIN, "share_after", LOY_NO_INDEX);
  SHARES(score_after, 1.0, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX);
#undef SHARES
  CHECK_STATUS(loy_nps_attribute(NULL, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX);
  CHECK_STATUS(loy_nps_attribute(s, 0, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_STATUS(loy_nps_attribute(s, 2, &c, &error), LOY_OK);
}

SUITE(survey, nps_attribution) {
  ADD(test_moves);
  ADD(test_moves_errors);
  ADD(test_gap);
  ADD(test_gap_errors);
  ADD(test_attribution);
  ADD(test_attribution_properties);
  ADD(test_attribution_of_new_groups);
  ADD(test_attribution_errors);
}
