/* tally.h: private. Counting answers on a scale of whole numbers into low, middle and high, at the speed of memory. */
#ifndef LOYALTY_SURVEY_TALLY_H
#define LOYALTY_SURVEY_TALLY_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The scale and its two cuts: lowest < middle_from <= high_from <= highest, all between -2^30 and 2^30. */
typedef struct loyi_tally_scale {
  int lowest, highest;
  int middle_from;  /* answers from here on, below high_from, are in the middle */
  int high_from;    /* answers from here on are high */
  int skip_missing; /* 1: NaN is counted as missing; 0: it is an error */
} loyi_tally_scale;

/* Answers in each group, and those missing. */
typedef struct loyi_tally {
  int64_t low, middle, high, missing;
} loyi_tally;

/* Count `n` answers. An answer that is not a whole number from lowest to highest (or NaN, unless skipped) gives
 * LOY_ERR_DOMAIN with argument "score", its row, and `message` (for NaN LOYI_MISSING_MUST); `counts` is then not
 * written. */
LOYI_SHARED loy_status loyi_tally_answers(const double *score, size_t n, const loyi_tally_scale *scale,
                                          const char *message, loyi_tally *counts, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "tally-inl.h"
#endif

#endif /* LOYALTY_SURVEY_TALLY_H */
