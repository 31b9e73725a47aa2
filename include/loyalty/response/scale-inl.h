/* scale-inl.h: body of scale.h. */
#ifndef LOYALTY_RESPONSE_SCALE_INL_H
#define LOYALTY_RESPONSE_SCALE_INL_H

#include "scale.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_SCALE_LARGEST 1e6
#define LOYI_SCALE_OFF     "must lie on the scale, from lowest to highest"

LOYALTY_API void loy_scale_init(loy_scale *scale) {
  if (!scale) return;
  scale->lowest = 1.0;
  scale->highest = 5.0;
  scale->padding = 0.0;
}

LOYI_LOCAL loy_status loyi_scale_check(const loy_scale *scale, loy_error *error) {
  if (!scale) return loyi_report(error, LOY_ERR_ARGUMENT, "scale", LOY_NO_INDEX, "must not be NULL");
  if (!(fabs(scale->lowest) <= LOYI_SCALE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "lowest", LOY_NO_INDEX, "must be at most 1e6 in size");
  if (!(scale->highest > scale->lowest && scale->highest <= LOYI_SCALE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "highest", LOY_NO_INDEX, "must be above lowest and at most 1e6");
  if (!(scale->padding >= 0.0 && scale->padding <= LOYI_SCALE_LARGEST))
    return loyi_report(error, LOY_ERR_DOMAIN, "padding", LOY_NO_INDEX, "must be from 0 to 1e6");
  return LOY_OK;
}

/* NaN for a rating off the scale. */
LOYI_LOCAL double loyi_scale_satisfaction(const loy_scale *scale, double rating) {
  if (!(rating >= scale->lowest && rating <= scale->highest)) return (double)NAN;
  return (rating - scale->lowest + scale->padding) / (scale->highest - scale->lowest + 2.0 * scale->padding);
}

LOYALTY_API double loy_scale_satisfaction(const loy_scale *scale, double rating) {
  return loyi_scale_check(scale, NULL) == LOY_OK ? loyi_scale_satisfaction(scale, rating) : (double)NAN;
}

LOYALTY_API double loy_scale_rating(const loy_scale *scale, double satisfaction) {
  if (loyi_scale_check(scale, NULL) != LOY_OK || !(satisfaction >= 0.0 && satisfaction <= 1.0)) return (double)NAN;
  return scale->lowest - scale->padding + satisfaction * (scale->highest - scale->lowest + 2.0 * scale->padding);
}

LOYALTY_API loy_status loy_scale_check(const loy_scale *scale, double rating, loy_error *error) {
  const loy_status status = loyi_scale_check(scale, error);
  if (status != LOY_OK) return status;
  if (!(rating >= scale->lowest && rating <= scale->highest))
    return loyi_report(error, LOY_ERR_DOMAIN, "rating", LOY_NO_INDEX, LOYI_SCALE_OFF);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_scale_satisfaction_batch(const loy_scale *scale, const double *rating, size_t n,
                                                    double *satisfaction, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_scale_check(scale, error);
  loy_scale use;
  loy_error bad;
  if (status != LOY_OK) return status;
  if (!rating && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "rating", LOY_NO_INDEX, "must not be NULL");
  if (!satisfaction && n > 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "satisfaction", LOY_NO_INDEX, "must not be NULL");
  use = *scale;
  loyi_batch_begin(report);
  (void)loyi_report(&bad, LOY_ERR_DOMAIN, "rating", LOY_NO_INDEX, LOYI_SCALE_OFF);
  for (size_t i = 0; i < n; i++) {
    const double s = loyi_scale_satisfaction(&use, rating[i]);
    if (s != s) loyi_batch_bad(report, i, &bad);
    satisfaction[i] = s;
  }
  return loyi_ok(error);
}

#undef LOYI_SCALE_LARGEST
#undef LOYI_SCALE_OFF

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_SCALE_INL_H */
