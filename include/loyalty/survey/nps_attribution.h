/* nps_attribution.h: what moves a Net Promoter Score: one respondent, and the mix and the scores of groups.
 *
 * Sources: the score is a mean of x in {-1, 0, 1}, so that moves are exact; Kitagawa, "Components of a difference
 * between two rates", Journal of the American Statistical Association 50, 1955 (mix and rate with mid-point weights).
 */
#ifndef LOYALTY_SURVEY_NPS_ATTRIBUTION_H
#define LOYALTY_SURVEY_NPS_ATTRIBUTION_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* How much the score changes when one respondent changes, comes or goes. With n answers and score s: */
typedef struct loy_nps_moves {
  double step;           /* detractor to passive, or passive to promoter: 1/n; the other way -1/n */
  double conversion;     /* detractor to promoter: 2/n */
  double new_promoter;   /* one more promoter: (1 - s)/(n + 1) */
  double new_passive;    /* one more passive: -s/(n + 1) */
  double new_detractor;  /* one more detractor: -(1 + s)/(n + 1) */
  double lost_promoter;  /* one promoter fewer: -(1 - s)/(n - 1); NaN when there is none, or nobody else */
  double lost_passive;   /* one passive fewer: s/(n - 1); NaN likewise */
  double lost_detractor; /* one detractor fewer: (1 + s)/(n - 1); NaN likewise */
} loy_nps_moves;

/* The moves of one respondent.
 *
 * counts   as for loy_nps_from_counts
 * moves    receives them
 * Errors, in this order: those of loy_nps_from_counts; LOY_ERR_ARGUMENT for a NULL `moves`. */
LOYALTY_API loy_status loy_nps_moves_from_counts(const loy_nps_counts *counts, loy_nps_moves *moves, loy_error *error);

/* The least that brings the score to a target. */
typedef struct loy_nps_gap {
  int64_t steps;         /* moves by one group, detractor to passive or passive to promoter, among these respondents */
  int64_t respondents;   /* fewest respondents who can make those steps; detractors who become promoters make two */
  int64_t new_promoters; /* promoters to be added instead */
} loy_nps_gap;

/* What brings the score to a target. A score is at the target when, computed as in loy_nps_from_counts, it is not
 * below.
 *
 * counts   as for loy_nps_from_counts
 * target   from -1 to 1
 * gap      receives the numbers
 * Returns LOY_OK; LOY_NOTICE_NOT_NEEDED when the score is there already: all are 0. new_promoters is -1 when no number
 * is enough (target 1 with others than promoters) or when the answers would be more than 2^53.
 * Errors, in this order: those of loy_nps_from_counts; LOY_ERR_DOMAIN for `target`; LOY_ERR_ARGUMENT for a NULL `gap`.
 */
LOYALTY_API loy_status loy_nps_gap_to_target(const loy_nps_counts *counts, double target, loy_nps_gap *gap,
                                             loy_error *error);

/* One group in two periods. The first four are given, the others computed. */
typedef struct loy_nps_segment {
  double share_before, share_after; /* of the respondents, in [0, 1]; each sums to 1 over the groups */
  double score_before, score_after; /* in [-1, 1]; not looked at where the share is 0 */
  double contribution;              /* share_after score_after - share_before score_before = mix + rate */
  double mix;                       /* (share_after - share_before) (score_before + score_after)/2 */
  double rate;                      /* (score_after - score_before) (share_before + share_after)/2 */
  double relative_mix;              /* (share_after - share_before) ((score_before + score_after)/2 - middle score) */
} loy_nps_segment;

/* The sums over the groups. */
typedef struct loy_nps_change {
  double before, after; /* the scores of all: sum of share times score */
  double change;        /* after - before, the sum of the contributions */
  double mix;           /* the part that comes from other shares; also the sum of relative_mix */
  double rate;          /* the part that comes from other scores */
} loy_nps_change;

/* Split the change of a score into what the groups' shares (mix) and what their scores (rate) did, each weighted with
 * the middle of the other, so that nothing is left over and the periods are treated alike. `mix` by group depends on
 * where the zero of the score lies; `relative_mix` does not: it is measured from the middle of the two overall scores,
 * so that growth of a group helps when the group is better than the rest. Both have the same sum. A group without
 * respondents in one period has no score there: that of the other period is taken, and its whole contribution is mix.
 *
 * segment   the groups: the first four fields are read, the rest written
 * segments  their number, at least 1
 * total     receives the sums
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `segment`; LOY_ERR_TOO_FEW for segments = 0; LOY_ERR_DOMAIN for
 * the first group with a bad "share_before", "share_after", "score_before" or "score_after" (`index` is the group);
 * LOY_ERR_DOMAIN for "share_before", then "share_after", that do not sum to 1 within 1e-6; LOY_ERR_ARGUMENT for a NULL
 * `total`.
 * Source: Kitagawa 1955. */
LOYALTY_API loy_status loy_nps_attribute(loy_nps_segment *segment, size_t segments, loy_nps_change *total,
                                         loy_error *error);

/* The same from the counts of each group, which give shares and scores.
 *
 * before, after   answers of each group in the two periods; a group may have none in one of them or in both
 * segments        number of groups
 * segment         receives the groups, all fields
 * total           receives the sums
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `before` or `after`; LOY_ERR_TOO_FEW for segments = 0;
 * LOY_ERR_DOMAIN for the first group with bad counts in `before`, then in `after` (`index` is the group), or a sum
 * above 2^53; LOY_ERR_TOO_FEW for `before`, then `after`, without an answer; LOY_ERR_ARGUMENT for a NULL `segment` or
 * `total`. */
LOYALTY_API loy_status loy_nps_attribute_counts(const loy_nps_counts *before, const loy_nps_counts *after,
                                                size_t segments, loy_nps_segment *segment, loy_nps_change *total,
                                                loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_attribution-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_ATTRIBUTION_H */
