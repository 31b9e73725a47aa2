/* csat-inl.h: body of csat.h. */
#ifndef LOYALTY_SURVEY_CSAT_INL_H
#define LOYALTY_SURVEY_CSAT_INL_H

#include "csat.h"
#include "tally.h"
#include "../math/proportion.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_csat_options_init(loy_csat_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->lowest = 1;
  options->highest = 5;
  options->boxes = 2;
  options->skip_missing = 0;
}

LOYI_LOCAL loy_status loyi_csat_check(const loy_csat_options *options, loy_error *error) {
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_csat_options_init");
  if (options->lowest < -1000 || options->lowest >= 1000)
    return loyi_report(error, LOY_ERR_ARGUMENT, "lowest", LOY_NO_INDEX, "must be from -1000 to 999");
  if (options->highest <= options->lowest || options->highest > 1000)
    return loyi_report(error, LOY_ERR_ARGUMENT, "highest", LOY_NO_INDEX, "must be above lowest and at most 1000");
  if (options->boxes < 1 || options->boxes > options->highest - options->lowest)
    return loyi_report(error, LOY_ERR_ARGUMENT, "boxes", LOY_NO_INDEX, "must be from 1 to highest - lowest");
  if (options->skip_missing != 0 && options->skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  return LOY_OK;
}

LOYALTY_API loy_status loy_csat_from_counts(int64_t top, int64_t n, loy_csat *result, loy_error *error) {
  if (n < 0 || n > (int64_t)1 << 53)
    return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, "must be from 1 to 2^53");
  if (top < 0 || top > n) return loyi_report(error, LOY_ERR_DOMAIN, "top", LOY_NO_INDEX, "must be from 0 to n");
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "n", LOY_NO_INDEX, "must be at least 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  result->top = top;
  result->n = n;
  result->missing = 0;
  result->score = (double)top / (double)n;
  result->standard_error = sqrt((double)top / (double)n * ((double)(n - top) / (double)n) / (double)n);
  return loyi_ok(error);
}

/* Checks shared by the functions that read answers, and the count of the answers in each group. */
LOYI_LOCAL loy_status loyi_csat_tally(const double *score, size_t n, const loy_csat_options *options,
                                      const void *result, loyi_tally *found, loy_error *error) {
  loy_csat_options use;
  loyi_tally_scale scale;
  loy_status status;
  loy_csat_options_init(&use);
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  if (options) {
    status = loyi_csat_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  scale.lowest = use.lowest;
  scale.highest = use.highest;
  scale.high_from = use.highest - use.boxes + 1;
  scale.middle_from = scale.high_from; /* two groups: no middle */
  scale.skip_missing = use.skip_missing;
  status =
      loyi_tally_answers(score, n, &scale, "must be a whole number on the scale from lowest to highest", found, error);
  if (status != LOY_OK) return status;
  if (found->high + found->low == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX, "must hold at least one answer");
  return LOY_OK;
}

LOYALTY_API loy_status loy_csat_from_scores(const double *score, size_t n, const loy_csat_options *options,
                                            loy_csat *result, loy_error *error) {
  loyi_tally found;
  loy_status status = loyi_csat_tally(score, n, options, result, &found, error);
  if (status != LOY_OK) return status;
  status = loy_csat_from_counts(found.high, found.high + found.low, result, error);
  if (status == LOY_OK) result->missing = found.missing;
  return status;
}

LOYALTY_API loy_status loy_csat_mean(const double *score, size_t n, const loy_csat_options *options, loy_mean *result,
                                     loy_error *error) {
  loyi_tally found;
  const loy_status status = loyi_csat_tally(score, n, options, result, &found, error);
  if (status != LOY_OK) return status;
  return loy_mean_from_values(score, n, 1, result, error);
}

LOYALTY_API const char *loy_csat_level_name(int level) {
  switch (level) {
  case LOY_CSAT_VERY_DISSATISFIED: return "very dissatisfied";
  case LOY_CSAT_DISSATISFIED: return "dissatisfied";
  case LOY_CSAT_SATISFIED: return "satisfied";
  case LOY_CSAT_FAIRLY_SATISFIED: return "fairly satisfied";
  case LOY_CSAT_VERY_SATISFIED: return "very satisfied";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_csat_level_name_zh(int level) {
  switch (level) {
  case LOY_CSAT_VERY_DISSATISFIED: return "很不满意";
  case LOY_CSAT_DISSATISFIED: return "不满意";
  case LOY_CSAT_SATISFIED: return "满意";
  case LOY_CSAT_FAIRLY_SATISFIED: return "比较满意";
  case LOY_CSAT_VERY_SATISFIED: return "很满意";
  default: return "unknown";
  }
}

LOYALTY_API loy_status loy_csat_interval(const loy_csat *result, double level, double *lower, double *upper,
                                         loy_error *error) {
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->n < 1 || result->top < 0 || result->top > result->n)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX,
                       "must come from a function that computes a share");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  loyi_wilson((double)result->top, (double)result->n, level, lower, upper);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_CSAT_INL_H */
