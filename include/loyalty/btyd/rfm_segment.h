/* rfm_segment.h: named segments of customers, each a range of scores of recency, frequency and monetary value
 * (rfm_score.h).
 *
 * A table of segments is data: take the library's, or your own. The first segment whose three ranges hold a customer's
 * scores is the customer's; one whom none holds is "other". */
#ifndef LOYALTY_BTYD_RFM_SEGMENT_H
#define LOYALTY_BTYD_RFM_SEGMENT_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "rfm_score.h"

LOY_BEGIN_DECLS

/* The most segments of a table. */
#define LOY_RFM_SEGMENTS 1000

/* One segment: from low to high, both included, of the scores of recency, frequency, monetary value. */
typedef struct loy_rfm_segment {
  const char *name;    /* the library does not look at it; may be NULL */
  const char *name_zh; /* in Chinese, UTF-8; likewise */
  int low[3];          /* 1 <= low <= high <= scores */
  int high[3];
} loy_rfm_segment;

/* What a table covers of the scores^3 combinations. */
typedef struct loy_rfm_segment_cover {
  int combinations;    /* scores^3 */
  int uncovered;       /* in no segment: "other" */
  int overlapping;     /* in two segments or more; the first of them counts */
  int hidden;          /* segments that hold no combination that an earlier one does not hold */
  int first_uncovered; /* the first combination in no segment, as r * 10000 + f * 100 + m; 0 for none */
  int first_hidden;    /* the number of the first such segment, from 0; -1 for none */
} loy_rfm_segment_cover;

/* The library's own table, for 5 scores, and in *count (may be NULL) its length. It covers every combination once:
 *
 *   core        核心顾客   R 4-5  F 4-5  M 4-5   buys now, often and for much
 *   regular     常客       R 4-5  F 4-5  M 1-3   buys now and often, for little
 *   big ticket  大单顾客   R 4-5  F 3    M 4-5   buys now, not yet often, for much
 *   growing     成长顾客   R 4-5  F 3    M 1-3   buys now, not yet often, for little
 *   newcomer    新顾客     R 4-5  F 1-2  M 1-5   buys now, has hardly bought before
 *   cooling     降温顾客   R 3    F 3-5  M 1-5   bought often, not quite lately
 *   occasional  偶尔顾客   R 3    F 1-2  M 1-5   buys seldom, not quite lately
 *   win back    重点挽回   R 1-2  F 4-5  M 1-5   bought very often, not for long
 *   slipping    渐失顾客   R 1-2  F 3    M 1-5   bought rather often, not for long
 *   dormant     沉睡顾客   R 2    F 1-2  M 1-5   bought seldom, not for long
 *   lost        流失顾客   R 1    F 1-2  M 1-5   bought seldom, longest ago
 *
 * The rule is this library's. */
LOYALTY_API const loy_rfm_segment *loy_rfm_segment_table(size_t *count);

/* What a table covers.
 *
 * segment  `count` segments
 * count    from 1 to LOY_RFM_SEGMENTS
 * scores   from 2 to LOY_RFM_SCORES
 * cover    receives the answer
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `segment`, for `count`, `scores`; LOY_ERR_DOMAIN for the first
 * segment (`index`) with a range that is not 1 <= low <= high <= scores; LOY_ERR_ARGUMENT for a NULL `cover`. */
LOYALTY_API loy_status loy_rfm_segment_check(const loy_rfm_segment *segment, size_t count, int scores,
                                             loy_rfm_segment_cover *cover, loy_error *error);

/* The segments of n customers.
 *
 * segment, count, scores   a table, as above
 * r, f, m   n scores each, as loy_rfm_score_batch gives them
 * number    receives n numbers of segments, from 0; `count` for "other", -1 for a bad row
 * members   receives count + 1 numbers of customers, in each segment and last in "other". May be NULL
 * report    counts bad rows: a score that is not from 1 to `scores`. May be NULL
 * Errors, in this order: those of loy_rfm_segment_check but the last; LOY_ERR_ARGUMENT for a NULL `r`, `f`, `m`,
 * `number` with n > 0. */
LOYALTY_API loy_status loy_rfm_segment_batch(const loy_rfm_segment *segment, size_t count, int scores, const int32_t *r,
                                             const int32_t *f, const int32_t *m, size_t n, int32_t *number,
                                             size_t *members, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rfm_segment-inl.h"
#endif

#endif /* LOYALTY_BTYD_RFM_SEGMENT_H */
