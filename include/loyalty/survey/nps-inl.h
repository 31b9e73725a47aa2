/* nps-inl.h: body of nps.h. */
#ifndef LOYALTY_SURVEY_NPS_INL_H
#define LOYALTY_SURVEY_NPS_INL_H

#include "nps.h"
#include "nps_score.h"
#include "tally.h"
#include "../math/normal.h"
#include "../math/sum.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

/* Bytes are counted in columns of lanes; a byte that counts a lane must not pass 255. */
#define LOYI_NPS_LANES  64
#define LOYI_NPS_ROWS   255
#define LOYI_NPS_GROUPS 3
#define LOYI_NPS_MOST   ((int64_t)1 << 53) /* counts up to here are exact as doubles */
#define LOYI_NPS_SCALE  "must be a whole number from 0 to 10"

LOYALTY_API void loy_nps_options_init(loy_nps_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->promoter_from = 9;
  options->passive_from = 7;
  options->skip_missing = 0;
}

LOYI_SHARED loy_status loyi_nps_check_options(const loy_nps_options *options, loy_nps_options *use, loy_error *error) {
  loy_nps_options_init(use);
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_nps_options_init");
  if (options->passive_from < 1 || options->passive_from > options->promoter_from)
    return loyi_report(error, LOY_ERR_ARGUMENT, "passive_from", LOY_NO_INDEX, "must be from 1 to promoter_from");
  if (options->promoter_from > 10)
    return loyi_report(error, LOY_ERR_ARGUMENT, "promoter_from", LOY_NO_INDEX, "must be from passive_from to 10");
  if (options->skip_missing != 0 && options->skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  *use = *options;
  return LOY_OK;
}

/* Checks shared by the functions that read answers; fills `use` with the caller's options or the defaults. */
LOYI_LOCAL loy_status loyi_nps_check(const void *score, size_t n, const loy_nps_options *options, loy_nps_options *use,
                                     loy_error *error) {
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  return loyi_nps_check_options(options, use, error);
}

LOYI_LOCAL loy_status loyi_nps_tally(const double *score, size_t n, const loy_nps_options *use, loy_nps_counts *counts,
                                     loy_error *error) {
  loyi_tally_scale scale;
  loyi_tally found;
  loy_status status;
  scale.lowest = 0;
  scale.highest = 10;
  scale.middle_from = use->passive_from;
  scale.high_from = use->promoter_from;
  scale.skip_missing = use->skip_missing;
  status = loyi_tally_answers(score, n, &scale, LOYI_NPS_SCALE, &found, error);
  if (status != LOY_OK) return status;
  counts->promoters = found.high;
  counts->passives = found.middle;
  counts->detractors = found.low;
  counts->missing = found.missing;
  return LOY_OK;
}

LOYALTY_API loy_status loy_nps_count(const double *score, size_t n, const loy_nps_options *options,
                                     loy_nps_counts *counts, loy_error *error) {
  loy_nps_options use;
  loy_nps_counts found;
  loy_status status = loyi_nps_check(score, n, options, &use, error);
  if (status != LOY_OK) return status;
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  status = loyi_nps_tally(score, n, &use, &found, error);
  if (status != LOY_OK) return status;
  *counts = found;
  return loyi_ok(error);
}

/* Add the promoters and detractors among whole rows of lanes. Returns whether a byte is above 10. Signed bytes compare
 * in one instruction where unsigned ones take two; those above 127 turn negative, but then the counts are not used. */
LOYI_CLONES LOYI_LOCAL int loyi_nps_byte_rows(const uint8_t *LOY_RESTRICT score, size_t rows, int8_t promoter,
                                              int8_t passive, loy_nps_counts *LOY_RESTRICT counts) {
  uint8_t most = 0;
  while (rows > 0) {
    const size_t block = rows < LOYI_NPS_ROWS ? rows : LOYI_NPS_ROWS;
    uint8_t high[LOYI_NPS_LANES] = {0}, low[LOYI_NPS_LANES] = {0}, top[LOYI_NPS_LANES] = {0};
    for (size_t i = 0; i < block; i++) {
      for (size_t k = 0; k < LOYI_NPS_LANES; k++) {
        const uint8_t x = score[i * LOYI_NPS_LANES + k];
        high[k] = (uint8_t)(high[k] + ((int8_t)x >= promoter));
        low[k] = (uint8_t)(low[k] + ((int8_t)x < passive));
        top[k] = x > top[k] ? x : top[k];
      }
    }
    for (size_t k = 0; k < LOYI_NPS_LANES; k++) {
      counts->promoters += high[k];
      counts->detractors += low[k];
      most = top[k] > most ? top[k] : most;
    }
    score += block * LOYI_NPS_LANES;
    rows -= block;
  }
  return most > 10;
}

LOYALTY_API loy_status loy_nps_count_u8(const uint8_t *score, size_t n, const loy_nps_options *options,
                                        loy_nps_counts *counts, loy_error *error) {
  const size_t rows = n / LOYI_NPS_LANES;
  loy_nps_counts found = {0, 0, 0, 0};
  loy_nps_options use;
  const loy_status status = loyi_nps_check(score, n, options, &use, error);
  int bad;
  if (status != LOY_OK) return status;
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  bad = loyi_nps_byte_rows(score, rows, (int8_t)use.promoter_from, (int8_t)use.passive_from, &found);
  for (size_t i = rows * LOYI_NPS_LANES; i < n; i++) {
    found.promoters += score[i] >= use.promoter_from;
    found.detractors += score[i] < use.passive_from;
    bad |= score[i] > 10;
  }
  for (size_t i = 0; bad && i < n; i++) {
    if (score[i] > 10) return loyi_report(error, LOY_ERR_DOMAIN, "score", i, LOYI_NPS_SCALE);
  }
  found.passives = (int64_t)n - found.promoters - found.detractors;
  *counts = found;
  return loyi_ok(error);
}

LOYI_SHARED double loyi_nps_variance(double promoters, double passives, double detractors) {
  return 4.0 * promoters * detractors + passives * (promoters + detractors);
}

LOYALTY_API loy_status loy_nps_from_counts(const loy_nps_counts *counts, loy_nps *result, loy_error *error) {
  int64_t n;
  if (!counts) return loyi_report(error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX, "must not be NULL");
  if (counts->promoters < 0) return loyi_report(error, LOY_ERR_DOMAIN, "promoters", LOY_NO_INDEX, "must be at least 0");
  if (counts->passives < 0) return loyi_report(error, LOY_ERR_DOMAIN, "passives", LOY_NO_INDEX, "must be at least 0");
  if (counts->detractors < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "detractors", LOY_NO_INDEX, "must be at least 0");
  if (counts->missing < 0) return loyi_report(error, LOY_ERR_DOMAIN, "missing", LOY_NO_INDEX, "must be at least 0");
  if (counts->promoters > LOYI_NPS_MOST || counts->passives > LOYI_NPS_MOST || counts->detractors > LOYI_NPS_MOST ||
      counts->promoters + counts->passives + counts->detractors > LOYI_NPS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX, "must sum to at most 2^53");
  n = counts->promoters + counts->passives + counts->detractors;
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX, "must hold at least one answer");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  result->counts = *counts;
  result->n = n;
  result->promoter_share = (double)counts->promoters / (double)n;
  result->detractor_share = (double)counts->detractors / (double)n;
  /* The difference of the counts is exact; that of the shares would round twice more. */
  result->score = (double)(counts->promoters - counts->detractors) / (double)n;
  result->variance =
      loyi_nps_variance(result->promoter_share, (double)counts->passives / (double)n, result->detractor_share);
  result->standard_error = sqrt(result->variance / (double)n);
  result->effective_n = (double)n;
  result->weighted = 0;
  return loyi_ok(error);
}

/* Sums of weights and of their squares per group: detractors, passives, promoters. */
typedef struct loyi_nps_sums {
  loyi_total w[LOYI_NPS_GROUPS];
  loyi_total w2[LOYI_NPS_GROUPS];
  int64_t used; /* answers of positive weight */
} loyi_nps_sums;

/* Add w and w^2 of each row of a block to the sums of its group, by the rule of sum.h. */
LOYI_LOCAL void loyi_nps_add(const double *score, const double *weight, size_t n, double promoter, double passive,
                             loyi_nps_sums *sums) {
  double w[LOYI_NPS_GROUPS][LOYI_SUM_LANES] = {{0.0}}, w2[LOYI_NPS_GROUPS][LOYI_SUM_LANES] = {{0.0}};
  for (size_t i = 0; i < n; i++) {
    const double x = score[i];
    const int group = (x >= passive) + (x >= promoter);
    if (x != x) continue;
    w[group][i % LOYI_SUM_LANES] += weight[i];
    w2[group][i % LOYI_SUM_LANES] += weight[i] * weight[i];
    sums->used += weight[i] > 0.0;
  }
  for (int group = 0; group < LOYI_NPS_GROUPS; group++) {
    loyi_total_add(&sums->w[group], loyi_lanes_total(w[group]));
    loyi_total_add(&sums->w2[group], loyi_lanes_total(w2[group]));
  }
}

/* Weighted answers whose counts are known and whose scores are valid. */
LOYI_LOCAL loy_status loyi_nps_weigh(const double *score, const double *weight, size_t n, const loy_nps_options *use,
                                     const loy_nps_counts *counts, loy_nps *result, loy_error *error) {
  const double promoter = (double)use->promoter_from, passive = (double)use->passive_from;
  loyi_nps_sums sums;
  double w[LOYI_NPS_GROUPS], w2[LOYI_NPS_GROUPS], total, squares, s, above, below, spread, used;
  if (counts->promoters + counts->passives + counts->detractors == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX, "must hold at least one answer");
  for (size_t i = 0; i < n; i++) {
    if (score[i] == score[i] && !(weight[i] >= 0.0 && isfinite(weight[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, "must be finite and at least 0");
  }
  memset(&sums, 0, sizeof sums);
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const size_t first = block * LOYI_SUM_BLOCK;
    loyi_nps_add(score + first, weight + first, loyi_sum_rows(n, block), promoter, passive, &sums);
  }
  for (int group = 0; group < LOYI_NPS_GROUPS; group++) {
    w[group] = loyi_total_value(&sums.w[group]);
    w2[group] = loyi_total_value(&sums.w2[group]);
  }
  total = w[0] + w[1] + w[2];
  squares = w2[0] + w2[1] + w2[2];
  if (!(squares > 0.0) || !isfinite(total) || !isfinite(squares))
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX,
                       "must have sums, of itself and of its squares, above 0 and finite");
  if (sums.used < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "weight", LOY_NO_INDEX, "must be positive for at least two answers");
  used = (double)sums.used;
  s = (w[2] - w[0]) / total;
  /* sum w^2 (x - s)^2; 1 - s and 1 + s as sums, which do not cancel when nearly all are alike. */
  above = (w[1] + 2.0 * w[0]) / total;
  below = (w[1] + 2.0 * w[2]) / total;
  spread = w2[2] * above * above + w2[1] * s * s + w2[0] * below * below;
  result->counts = *counts;
  result->n = counts->promoters + counts->passives + counts->detractors;
  result->promoter_share = w[2] / total;
  result->detractor_share = w[0] / total;
  result->score = s;
  result->variance = loyi_nps_variance(result->promoter_share, w[1] / total, result->detractor_share);
  result->standard_error = sqrt(used / (used - 1.0) * spread) / total;
  result->effective_n = total * total / squares;
  result->weighted = 1;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_from_scores(const double *score, const double *weight, size_t n,
                                           const loy_nps_options *options, loy_nps *result, loy_error *error) {
  loy_nps_options use;
  loy_nps_counts counts;
  loy_status status = loyi_nps_check(score, n, options, &use, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_nps_tally(score, n, &use, &counts, error);
  if (status != LOY_OK) return status;
  if (weight) return loyi_nps_weigh(score, weight, n, &use, &counts, result, error);
  if (counts.promoters + counts.passives + counts.detractors == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX, "must hold at least one answer");
  return loy_nps_from_counts(&counts, result, error);
}

LOYI_SHARED loy_status loyi_nps_check_result(const loy_nps *result, loy_error *error) {
  int good;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  good = result->score >= -1.0 && result->score <= 1.0 && result->variance >= 0.0 && result->effective_n > 0.0 &&
         isfinite(result->effective_n) && result->standard_error >= 0.0 && isfinite(result->standard_error) &&
         result->promoter_share >= 0.0 && result->promoter_share <= 1.0 && result->detractor_share >= 0.0 &&
         result->detractor_share <= 1.0;
  if (!result->weighted)
    good = good && result->counts.promoters >= 0 && result->counts.passives >= 0 && result->counts.detractors >= 0 &&
           result->n > 0 && result->n <= LOYI_NPS_MOST && result->counts.promoters <= result->n &&
           result->counts.detractors <= result->n - result->counts.promoters &&
           result->counts.passives == result->n - result->counts.promoters - result->counts.detractors;
  if (!good)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX,
                       "must come from a function that computes a score");
  return LOY_OK;
}

LOYI_SHARED void loyi_nps_answers(const loy_nps *result, double *promoters, double *passives, double *detractors) {
  double n = result->effective_n;
  if (!result->weighted) {
    *promoters = (double)result->counts.promoters;
    *passives = (double)result->counts.passives;
    *detractors = (double)result->counts.detractors;
    return;
  }
  if (result->variance > 0.0 && result->standard_error > 0.0)
    n = result->variance / result->standard_error / result->standard_error;
  if (!(n <= (double)LOYI_NPS_MOST)) n = (double)LOYI_NPS_MOST;
  *promoters = n * result->promoter_share;
  *detractors = n * result->detractor_share;
  *passives = n - *promoters - *detractors > 0.0 ? n - *promoters - *detractors : 0.0;
}

LOYI_SHARED void loyi_nps_centre(const loy_nps *score, int method, double *centre, double *standard_error) {
  double promoters, passives, detractors, n;
  *centre = score->score;
  *standard_error = score->standard_error;
  if (method != LOY_NPS_ADJUSTED_WALD) return;
  loyi_nps_answers(score, &promoters, &passives, &detractors);
  n = promoters + passives + detractors + 3.0;
  *centre = (promoters - detractors) / n;
  *standard_error = sqrt(loyi_nps_variance((promoters + 0.75) / n, (passives + 1.5) / n, (detractors + 0.75) / n) / n);
}

LOYALTY_API loy_status loy_nps_interval(const loy_nps *result, int method, double level, double *lower, double *upper,
                                        loy_error *error) {
  double centre, se, z;
  const loy_status status = loyi_nps_check_result(result, error);
  if (status != LOY_OK) return status;
  if (method != LOY_NPS_ADJUSTED_WALD && method != LOY_NPS_WALD && method != LOY_NPS_SCORE)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be adjusted Wald, Wald or score");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  z = -loyi_normal_quantile(0.5 * (1.0 - level));
  if (method == LOY_NPS_SCORE) {
    double promoters, passives, detractors;
    loyi_nps_answers(result, &promoters, &passives, &detractors);
    loyi_nps_score_interval(promoters, passives, detractors, z, lower, upper);
    return loyi_ok(error);
  }
  loyi_nps_centre(result, method, &centre, &se);
  *lower = centre - z * se < -1.0 ? -1.0 : centre - z * se;
  *upper = centre + z * se > 1.0 ? 1.0 : centre + z * se;
  return loyi_ok(error);
}

#undef LOYI_NPS_LANES
#undef LOYI_NPS_ROWS
#undef LOYI_NPS_GROUPS
#undef LOYI_NPS_MOST
#undef LOYI_NPS_SCALE

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_INL_H */
