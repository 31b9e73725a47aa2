/* ces-inl.h: body of ces.h. */
#ifndef LOYALTY_SURVEY_CES_INL_H
#define LOYALTY_SURVEY_CES_INL_H

#include "ces.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_ces_options_init(loy_csat_options *options) {
  if (!options) return;
  loy_csat_options_init(options);
  options->highest = 7;
  options->boxes = 3;
}

LOYALTY_API loy_status loy_ces_from_scores(const double *score, size_t n, const loy_csat_options *options,
                                           loy_ces *result, loy_error *error) {
  loy_csat_options defaults;
  loy_status status;
  loy_ces_options_init(&defaults);
  status = loy_csat_from_scores(score, n, options ? options : &defaults, result ? &result->agree : NULL, error);
  /* Answers that have a share have a mean. */
  return status == LOY_OK ? loy_mean_from_values(score, n, 1, &result->mean, error) : status;
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_CES_INL_H */
