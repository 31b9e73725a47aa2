/* tally-inl.h: body of tally.h. */
#ifndef LOYALTY_SURVEY_TALLY_INL_H
#define LOYALTY_SURVEY_TALLY_INL_H

#include "tally.h"
#include "../base/range.h"

LOY_BEGIN_DECLS

/* Answers counted at a time: a fixed length, so that the loop is unrolled and vectorised. */
#define LOYI_TALLY_BLOCK 256

/* 1 for a whole number from lowest to highest; 0 for NaN. Adding and subtracting 1.5 * 2^52 rounds to a whole number:
 * like rint, but plain additions vectorise on every processor. */
LOYI_LOCAL int loyi_tally_valid(double x, double lowest, double highest) {
  return (x >= lowest) & (x <= highest) & ((x + 0x1.8p52) - 0x1.8p52 == x);
}

/* Counts over whole blocks, without branches. Returns the number of answers that are neither valid nor NaN. */
LOYI_CLONES LOYI_LOCAL int64_t loyi_tally_blocks(const double *LOY_RESTRICT score, size_t blocks, double lowest,
                                                 double highest, double middle, double high,
                                                 loyi_tally *LOY_RESTRICT counts) {
  int64_t bad = 0;
  for (size_t b = 0; b < blocks; b++) {
    int64_t highs = 0, lows = 0, valid = 0, missing = 0;
    for (size_t i = 0; i < LOYI_TALLY_BLOCK; i++) {
      const double x = score[b * LOYI_TALLY_BLOCK + i];
      highs += x >= high;
      lows += x < middle;
      valid += loyi_tally_valid(x, lowest, highest);
      missing += x != x;
    }
    counts->high += highs;
    counts->low += lows;
    counts->missing += missing;
    counts->middle += LOYI_TALLY_BLOCK - highs - lows - missing;
    bad += LOYI_TALLY_BLOCK - valid - missing;
  }
  return bad;
}

LOYI_SHARED loy_status loyi_tally_answers(const double *score, size_t n, const loyi_tally_scale *scale,
                                          const char *message, loyi_tally *counts, loy_error *error) {
  const double lowest = (double)scale->lowest, highest = (double)scale->highest;
  const double middle = (double)scale->middle_from, high = (double)scale->high_from;
  const size_t blocks = n / LOYI_TALLY_BLOCK;
  loyi_tally found = {0, 0, 0, 0};
  int64_t bad = loyi_tally_blocks(score, blocks, lowest, highest, middle, high, &found);
  for (size_t i = blocks * LOYI_TALLY_BLOCK; i < n; i++) {
    const double x = score[i];
    const int missing = x != x, is_high = x >= high, is_low = x < middle;
    found.missing += missing;
    found.high += is_high;
    found.low += is_low;
    found.middle += !(missing | is_high | is_low);
    bad += !(missing | loyi_tally_valid(x, lowest, highest));
  }
  if (bad > 0 || (found.missing > 0 && !scale->skip_missing)) {
    for (size_t i = 0; i < n; i++) {
      if (loyi_tally_valid(score[i], lowest, highest) || (scale->skip_missing && score[i] != score[i])) continue;
      return loyi_report(error, LOY_ERR_DOMAIN, "score", i, score[i] == score[i] ? message : LOYI_MISSING_MUST);
    }
  }
  *counts = found;
  return loyi_ok(error);
}

#undef LOYI_TALLY_BLOCK

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_TALLY_INL_H */
