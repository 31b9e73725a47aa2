/* ces-inl.h: body of ces.h. */
#ifndef LOYALTY_SURVEY_CES_INL_H
#define LOYALTY_SURVEY_CES_INL_H

#include "ces.h"
#include "tally.h"
#include "../math/proportion.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API void loy_ces_options_init(loy_ces_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->lowest = 1;
  options->highest = 7;
  options->easy_from = 5;
  options->skip_missing = 0;
}

LOYI_LOCAL loy_status loyi_ces_check(const loy_ces_options *options, loy_error *error) {
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_ces_options_init");
  if (options->lowest < -1000 || options->lowest >= 1000)
    return loyi_report(error, LOY_ERR_ARGUMENT, "lowest", LOY_NO_INDEX, "must be from -1000 to 999");
  if (options->highest <= options->lowest || options->highest > 1000)
    return loyi_report(error, LOY_ERR_ARGUMENT, "highest", LOY_NO_INDEX, "must be above lowest and at most 1000");
  if (options->easy_from <= options->lowest || options->easy_from > options->highest)
    return loyi_report(error, LOY_ERR_ARGUMENT, "easy_from", LOY_NO_INDEX, "must be above lowest and at most highest");
  if (options->skip_missing != 0 && options->skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  return LOY_OK;
}

LOYALTY_API loy_status loy_ces_from_scores(const double *score, size_t n, const loy_ces_options *options,
                                           loy_ces *result, loy_error *error) {
  loy_ces_options use;
  loyi_tally_scale scale;
  loyi_tally found;
  loy_status status;
  double count;
  loy_ces_options_init(&use);
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  if (options) {
    status = loyi_ces_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  scale.lowest = use.lowest;
  scale.highest = use.highest;
  scale.high_from = scale.middle_from = use.easy_from; /* two groups: no middle */
  scale.skip_missing = use.skip_missing;
  status =
      loyi_tally_answers(score, n, &scale, "must be a whole number on the scale from lowest to highest", &found, error);
  if (status != LOY_OK) return status;
  if (found.high + found.low == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX, "must hold at least one answer");
  count = (double)(found.high + found.low);
  result->easy = found.high;
  result->share = (double)found.high / count;
  result->share_standard_error = sqrt(result->share * ((double)found.low / count) / count);
  return loy_mean_from_values(score, n, 1, &result->mean, error);
}

LOYALTY_API loy_status loy_ces_interval(const loy_ces *result, double level, double *lower, double *upper,
                                        loy_error *error) {
  return loy_mean_interval(result ? &result->mean : NULL, level, lower, upper, error);
}

LOYALTY_API loy_status loy_ces_share_interval(const loy_ces *result, double level, double *lower, double *upper,
                                              loy_error *error) {
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (result->mean.n < 1 || result->easy < 0 || result->easy > result->mean.n)
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must come from loy_ces_from_scores");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  loyi_wilson((double)result->easy, (double)result->mean.n, level, lower, upper);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_CES_INL_H */
