/* nps_attribution-inl.h: body of nps_attribution.h. */
#ifndef LOYALTY_SURVEY_NPS_ATTRIBUTION_INL_H
#define LOYALTY_SURVEY_NPS_ATTRIBUTION_INL_H

#include "nps_attribution.h"

#include <math.h>

LOY_BEGIN_DECLS

/* ---- one respondent ---- */

/* The change of the score S/n by one more answer x: (S + x)/(n + 1) - S/n = (x n - S)/n/(n + 1). */
LOYI_LOCAL double loyi_nps_gain(double x, double sum, double n) { return (x * n - sum) / n / (n + 1.0); }

/* By one answer x fewer; NaN when there is no such answer or no other. */
LOYI_LOCAL double loyi_nps_loss(double x, int64_t count, double sum, double n) {
  return count > 0 && n > 1.0 ? (sum - x * n) / n / (n - 1.0) : (double)NAN;
}

LOYALTY_API loy_status loy_nps_moves_from_counts(const loy_nps_counts *counts, loy_nps_moves *moves, loy_error *error) {
  loy_nps score;
  double n, sum;
  const loy_status status = loy_nps_from_counts(counts, &score, error);
  if (status != LOY_OK) return status;
  if (!moves) return loyi_report(error, LOY_ERR_ARGUMENT, "moves", LOY_NO_INDEX, "must not be NULL");
  n = (double)score.n;
  sum = (double)(counts->promoters - counts->detractors);
  moves->step = 1.0 / n;
  moves->conversion = 2.0 / n;
  moves->new_promoter = loyi_nps_gain(1.0, sum, n);
  moves->new_passive = loyi_nps_gain(0.0, sum, n);
  moves->new_detractor = loyi_nps_gain(-1.0, sum, n);
  moves->lost_promoter = loyi_nps_loss(1.0, counts->promoters, sum, n);
  moves->lost_passive = loyi_nps_loss(0.0, counts->passives, sum, n);
  moves->lost_detractor = loyi_nps_loss(-1.0, counts->detractors, sum, n);
  return loyi_ok(error);
}

/* The least k from 0 to `most` with (sum + k) / (n + grow k) >= target, as doubles; -1 when there is none. The quotient
 * rises with k. */
LOYI_LOCAL int64_t loyi_nps_least(int64_t sum, int64_t n, int grow, int64_t most, double target) {
  int64_t low = -1, high = most;
  while (high - low > 1) {
    const int64_t k = low + (high - low) / 2;
    if ((double)(sum + k) / (double)(n + (grow ? k : 0)) >= target)
      high = k;
    else
      low = k;
  }
  return (double)(sum + high) / (double)(n + (grow ? high : 0)) >= target ? high : -1;
}

LOYALTY_API loy_status loy_nps_gap_to_target(const loy_nps_counts *counts, double target, loy_nps_gap *gap,
                                             loy_error *error) {
  const int64_t most = (int64_t)1 << 53; /* counts up to here are exact as doubles */
  int64_t sum;
  loy_nps score;
  const loy_status status = loy_nps_from_counts(counts, &score, error);
  if (status != LOY_OK) return status;
  if (!(target >= -1.0 && target <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "target", LOY_NO_INDEX, "must be from -1 to 1");
  if (!gap) return loyi_report(error, LOY_ERR_ARGUMENT, "gap", LOY_NO_INDEX, "must not be NULL");
  sum = counts->promoters - counts->detractors;
  if (score.score >= target) {
    gap->steps = gap->respondents = gap->new_promoters = 0;
    return loyi_report(error, LOY_NOTICE_NOT_NEEDED, NULL, LOY_NO_INDEX, "the score is at the target already");
  }
  gap->steps = loyi_nps_least(sum, score.n, 0, score.n - sum, target);
  /* A detractor can make two steps, a passive one. */
  gap->respondents =
      gap->steps <= 2 * counts->detractors ? gap->steps - gap->steps / 2 : gap->steps - counts->detractors;
  gap->new_promoters = target < 1.0 ? loyi_nps_least(sum, score.n, 1, most - score.n, target) : -1;
  return loyi_ok(error);
}

/* ---- groups ---- */

LOYI_LOCAL loy_status loyi_nps_check_segment(const loy_nps_segment *segment, size_t i, loy_error *error) {
  static const char *const share = "must be from 0 to 1", *const score = "must be from -1 to 1";
  if (!(segment->share_before >= 0.0 && segment->share_before <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "share_before", i, share);
  if (!(segment->share_after >= 0.0 && segment->share_after <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "share_after", i, share);
  if (segment->share_before > 0.0 && !(segment->score_before >= -1.0 && segment->score_before <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "score_before", i, score);
  if (segment->share_after > 0.0 && !(segment->score_after >= -1.0 && segment->score_after <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "score_after", i, score);
  return LOY_OK;
}

/* The scores of a group; one that it has in one period only stands for both. A group in neither has the score 0. */
LOYI_LOCAL void loyi_nps_segment_scores(const loy_nps_segment *segment, double *before, double *after) {
  *before = segment->share_before > 0.0  ? segment->score_before
            : segment->share_after > 0.0 ? segment->score_after
                                         : 0.0;
  *after = segment->share_after > 0.0 ? segment->score_after : *before;
}

LOYALTY_API loy_status loy_nps_attribute(loy_nps_segment *segment, size_t segments, loy_nps_change *total,
                                         loy_error *error) {
  loy_nps_change sums = {0.0, 0.0, 0.0, 0.0, 0.0};
  double shares_before = 0.0, shares_after = 0.0, n0, n1, middle;
  if (!segment) return loyi_report(error, LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX, "must not be NULL");
  if (segments == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "segment", LOY_NO_INDEX, "must hold at least one group");
  for (size_t i = 0; i < segments; i++) {
    const loy_status status = loyi_nps_check_segment(&segment[i], i, error);
    if (status != LOY_OK) return status;
    shares_before += segment[i].share_before;
    shares_after += segment[i].share_after;
  }
  if (!(fabs(shares_before - 1.0) <= 1e-6))
    return loyi_report(error, LOY_ERR_DOMAIN, "share_before", LOY_NO_INDEX, "must sum to 1 within 1e-6");
  if (!(fabs(shares_after - 1.0) <= 1e-6))
    return loyi_report(error, LOY_ERR_DOMAIN, "share_after", LOY_NO_INDEX, "must sum to 1 within 1e-6");
  if (!total) return loyi_report(error, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < segments; i++) {
    loyi_nps_segment_scores(&segment[i], &n0, &n1);
    segment[i].mix = (segment[i].share_after - segment[i].share_before) * (0.5 * (n0 + n1));
    segment[i].rate = (n1 - n0) * (0.5 * (segment[i].share_before + segment[i].share_after));
    segment[i].contribution = segment[i].share_after * n1 - segment[i].share_before * n0;
    sums.before += segment[i].share_before * n0;
    sums.after += segment[i].share_after * n1;
    sums.mix += segment[i].mix;
    sums.rate += segment[i].rate;
  }
  middle = 0.5 * (sums.before + sums.after);
  for (size_t i = 0; i < segments; i++) {
    loyi_nps_segment_scores(&segment[i], &n0, &n1);
    segment[i].relative_mix = (segment[i].share_after - segment[i].share_before) * (0.5 * (n0 + n1) - middle);
  }
  sums.change = sums.after - sums.before;
  *total = sums;
  return loyi_ok(error);
}

/* Check the counts of one period, and give their sum. */
LOYI_LOCAL loy_status loyi_nps_check_period(const loy_nps_counts *counts, size_t segments, const char *argument,
                                            int64_t *n, loy_error *error) {
  const int64_t most = (int64_t)1 << 53; /* counts up to here are exact as doubles */
  *n = 0;
  for (size_t i = 0; i < segments; i++) {
    loy_nps score;
    loy_error found;
    int64_t answers;
    const loy_status status = loy_nps_from_counts(&counts[i], &score, &found);
    if (status == LOY_ERR_TOO_FEW) continue; /* nobody of this group in this period */
    if (status != LOY_OK) return loyi_report(error, status, argument, i, found.message);
    answers = counts[i].promoters + counts[i].passives + counts[i].detractors;
    if (answers > most - *n) return loyi_report(error, LOY_ERR_DOMAIN, argument, i, "must sum to at most 2^53");
    *n += answers;
  }
  return LOY_OK;
}

/* The share of a group among n respondents, and its score: NaN when it has none. */
LOYI_LOCAL void loyi_nps_segment_of(const loy_nps_counts *counts, int64_t n, double *share, double *score) {
  loy_nps found;
  *share = 0.0;
  *score = (double)NAN;
  if (loy_nps_from_counts(counts, &found, NULL) != LOY_OK) return;
  *share = (double)found.n / (double)n;
  *score = found.score;
}

LOYALTY_API loy_status loy_nps_attribute_counts(const loy_nps_counts *before, const loy_nps_counts *after,
                                                size_t segments, loy_nps_segment *segment, loy_nps_change *total,
                                                loy_error *error) {
  int64_t n0, n1;
  loy_status status;
  if (!before) return loyi_report(error, LOY_ERR_ARGUMENT, "before", LOY_NO_INDEX, "must not be NULL");
  if (!after) return loyi_report(error, LOY_ERR_ARGUMENT, "after", LOY_NO_INDEX, "must not be NULL");
  if (segments == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "segments", LOY_NO_INDEX, "must be at least one group");
  status = loyi_nps_check_period(before, segments, "before", &n0, error);
  if (status != LOY_OK) return status;
  status = loyi_nps_check_period(after, segments, "after", &n1, error);
  if (status != LOY_OK) return status;
  if (n0 == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "before", LOY_NO_INDEX, "must hold at least one answer");
  if (n1 == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "after", LOY_NO_INDEX, "must hold at least one answer");
  if (!segment) return loyi_report(error, LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX, "must not be NULL");
  if (!total) return loyi_report(error, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < segments; i++) {
    loyi_nps_segment_of(&before[i], n0, &segment[i].share_before, &segment[i].score_before);
    loyi_nps_segment_of(&after[i], n1, &segment[i].share_after, &segment[i].score_after);
  }
  return loy_nps_attribute(segment, segments, total, error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_ATTRIBUTION_INL_H */
