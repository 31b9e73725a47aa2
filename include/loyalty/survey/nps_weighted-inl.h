/* nps_weighted-inl.h: body of nps_weighted.h. */
#ifndef LOYALTY_SURVEY_NPS_WEIGHTED_INL_H
#define LOYALTY_SURVEY_NPS_WEIGHTED_INL_H

#include "nps_weighted.h"
#include "../base/range.h"
#include "../math/sum.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_nps_weighted(const double *score, const double *weight, size_t n,
                                        const loy_nps_options *options, loy_nps *result, loy_nps_weighting *weighting,
                                        loy_error *error) {
  loyi_total total = {0.0, 0.0};
  double largest = 0.0, used;
  int64_t positive = 0;
  loy_status status;
  if (!weight) return loyi_report(error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX, "must not be NULL");
  if (!weighting) return loyi_report(error, LOY_ERR_ARGUMENT, "weighting", LOY_NO_INDEX, "must not be NULL");
  status = loy_nps_from_scores(score, weight, n, options, result, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    if (score[i] != score[i]) continue;
    positive += weight[i] > 0.0;
    largest = weight[i] > largest ? weight[i] : largest;
    loyi_total_add(&total, weight[i]);
  }
  used = (double)positive;
  weighting->used = positive;
  /* By Cauchy and Schwarz at least 1; rounding may say a little less. */
  weighting->design_effect = used > result->effective_n ? used / result->effective_n : 1.0;
  weighting->largest_share = largest / loyi_total_value(&total);
  weighting->uncorrected = result->standard_error * sqrt((used - 1.0) / used);
  return loyi_ok(error);
}

/* The checks of stratum `i`; its score goes to `score` when it has a weight. */
LOYI_LOCAL loy_status loyi_nps_check_stratum(const loy_nps_stratum *stratum, size_t i, loy_nps *score,
                                             loy_error *error) {
  loy_error found;
  loy_status status;
  if (!loyi_is_zero_or_quantity(stratum->weight))
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, LOYI_ZERO_QUANTITY_MUST);
  memset(score, 0, sizeof *score);
  status = loy_nps_from_counts(&stratum->counts, score, &found);
  if (status == LOY_ERR_TOO_FEW && stratum->weight == 0.0) return LOY_OK;
  if (status != LOY_OK) return loyi_report(error, status, found.argument, i, found.message);
  if (!(stratum->population >= (double)score->n))
    return loyi_report(error, LOY_ERR_DOMAIN, "population", i, "must be at least the number of answers, or infinite");
  return LOY_OK;
}

/* What a stratum adds, for W the sum of the weights. */
typedef struct loyi_nps_strata {
  double promoters, passives, detractors, score, square, effective;
} loyi_nps_strata;

LOYI_LOCAL void loyi_nps_add_stratum(const loy_nps_stratum *stratum, const loy_nps *score, double weights,
                                     int sample_variance, loyi_nps_strata *sums) {
  const double share = stratum->weight / weights, n = (double)score->n;
  const double sampled = share * share * (1.0 - n / stratum->population) / n; /* W_h^2 (1 - f_h) / n_h */
  const double v = sample_variance && score->n > 1 ? score->variance * (n / (n - 1.0)) : score->variance;
  sums->promoters += share * score->promoter_share;
  sums->passives += share * ((double)score->counts.passives / n);
  sums->detractors += share * score->detractor_share;
  sums->score += share * score->score;
  sums->square += sampled * v;
  sums->effective += sampled;
}

LOYALTY_API loy_status loy_nps_stratified(const loy_nps_stratum *stratum, size_t strata, int sample_variance,
                                          loy_nps *result, loy_error *error) {
  const double most = 9007199254740992.0; /* 2^53 */
  loyi_nps_strata sums = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
  loy_nps_counts all = {0, 0, 0, 0};
  loy_nps score;
  double weights = 0.0, answers = 0.0;
  size_t single = LOY_NO_INDEX;
  loy_status status;
  if (!stratum) return loyi_report(error, LOY_ERR_ARGUMENT, "stratum", LOY_NO_INDEX, "must not be NULL");
  if (strata == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "stratum", LOY_NO_INDEX, "must hold at least one stratum");
  for (size_t i = 0; i < strata; i++) {
    status = loyi_nps_check_stratum(&stratum[i], i, &score, error);
    if (status != LOY_OK) return status;
    weights += stratum[i].weight;
    if (stratum[i].weight == 0.0) continue;
    answers += (double)score.n + (double)stratum[i].counts.missing;
    if (score.n == 1 && single == LOY_NO_INDEX && stratum[i].population > 1.0) single = i;
  }
  if (!(weights > 0.0 && weights <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX, "must have a sum above 0 and at most 1e40");
  if (answers > most) return loyi_report(error, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX, "must sum to at most 2^53");
  if (sample_variance != 0 && sample_variance != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "sample_variance", LOY_NO_INDEX, "must be 0 or 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < strata; i++) {
    if (stratum[i].weight == 0.0) continue;
    loy_nps_from_counts(&stratum[i].counts, &score, NULL);
    loyi_nps_add_stratum(&stratum[i], &score, weights, sample_variance, &sums);
    all.promoters += score.counts.promoters;
    all.passives += score.counts.passives;
    all.detractors += score.counts.detractors;
    all.missing += score.counts.missing;
  }
  result->counts = all;
  result->n = all.promoters + all.passives + all.detractors;
  result->promoter_share = sums.promoters < 1.0 ? sums.promoters : 1.0;
  result->detractor_share = sums.detractors < 1.0 ? sums.detractors : 1.0;
  result->score = sums.score > 1.0 ? 1.0 : sums.score < -1.0 ? -1.0 : sums.score;
  result->variance = loyi_nps_variance(result->promoter_share, sums.passives, result->detractor_share);
  result->standard_error = sqrt(sums.square);
  result->effective_n = sums.effective > 1.0 / most ? 1.0 / sums.effective : most;
  result->weighted = 1;
  if (single != LOY_NO_INDEX)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "counts", single,
                       "has a single answer and adds nothing to the standard error, which is too small");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_WEIGHTED_INL_H */
