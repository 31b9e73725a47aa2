/* heterogeneity-inl.h: body of heterogeneity.h. */
#ifndef LOYALTY_BTYD_HETEROGENEITY_INL_H
#define LOYALTY_BTYD_HETEROGENEITY_INL_H

#include "heterogeneity.h"

#include <math.h>

#include "../math/incomplete.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_heterogeneity_check_params(loy_heterogeneity kind, double first, double second,
                                                      loy_error *error) {
  int gamma = kind == LOY_HETEROGENEITY_GAMMA;
  if (!gamma && kind != LOY_HETEROGENEITY_BETA)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a loy_heterogeneity");
  if (!loyi_is_shape(first))
    return loyi_report(error, LOY_ERR_DOMAIN, gamma ? "shape" : "a", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (gamma && !loyi_is_quantity(second))
    return loyi_report(error, LOY_ERR_DOMAIN, "rate", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!gamma && !loyi_is_shape(second)) return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  return LOY_OK;
}

LOYI_LOCAL int loyi_heterogeneity_value_ok(loy_heterogeneity kind, double value) {
  return kind == LOY_HETEROGENEITY_GAMMA ? loyi_is_zero_or_quantity(value) : value >= 0.0 && value <= 1.0;
}

LOYI_LOCAL loy_status loyi_heterogeneity_bad_value(loy_heterogeneity kind, size_t row, loy_error *error) {
  return loyi_report(error, LOY_ERR_DOMAIN, "value", row,
                     kind == LOY_HETEROGENEITY_GAMMA ? LOYI_ZERO_QUANTITY_MUST : "must be a number from 0 to 1");
}

LOYALTY_API loy_status loy_heterogeneity_check(loy_heterogeneity kind, double first, double second, double value,
                                               loy_error *error) {
  loy_status status = loyi_heterogeneity_check_params(kind, first, second, error);
  if (status != LOY_OK) return status;
  if (!loyi_heterogeneity_value_ok(kind, value)) return loyi_heterogeneity_bad_value(kind, LOY_NO_INDEX, error);
  return loyi_ok(error);
}

/* At an end of the range: value^(shape - 1) times what the rest of the density is there. */
LOYI_LOCAL double loyi_heterogeneity_end(double shape, double rest) {
  return shape < 1.0 ? HUGE_VAL : shape > 1.0 ? 0.0 : rest;
}

/* From the density on the scale of ln value or of the log odds, which has no pole. */
LOYI_LOCAL double loyi_heterogeneity_density(loy_heterogeneity kind, double first, double second, double value) {
  if (value == 0.0) return loyi_heterogeneity_end(first, second);
  if (kind == LOY_HETEROGENEITY_GAMMA) return loyi_gamma_log_density(first, second * value) / value;
  if (value == 1.0) return loyi_heterogeneity_end(second, first);
  return loyi_beta_logit_density(first, second, value) / (1.0 - value) / value;
}

LOYI_LOCAL double loyi_heterogeneity_below(loy_heterogeneity kind, double first, double second, double value) {
  return kind == LOY_HETEROGENEITY_GAMMA ? loyi_gamma_inc(first, second * value) : loyi_beta_inc(first, second, value);
}

LOYALTY_API double loy_heterogeneity_density(loy_heterogeneity kind, double first, double second, double value) {
  if (loy_heterogeneity_check(kind, first, second, value, NULL) != LOY_OK) return NAN;
  return loyi_heterogeneity_density(kind, first, second, value);
}

LOYALTY_API double loy_heterogeneity_below(loy_heterogeneity kind, double first, double second, double value) {
  if (loy_heterogeneity_check(kind, first, second, value, NULL) != LOY_OK) return NAN;
  return loyi_heterogeneity_below(kind, first, second, value);
}

LOYALTY_API loy_status loy_heterogeneity_batch(loy_heterogeneity kind, double first, double second, const double *value,
                                               size_t n, double *density, double *below, loy_batch_report *report,
                                               loy_error *error) {
  loy_status status = loyi_heterogeneity_check_params(kind, first, second, error);
  if (status != LOY_OK) return status;
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    const double at = value[i]; /* read before an output that may stand in its place */
    const int ok = loyi_heterogeneity_value_ok(kind, at);
    if (!ok) {
      loy_error bad;
      (void)loyi_heterogeneity_bad_value(kind, i, &bad);
      loyi_batch_bad(report, i, &bad);
    }
    if (density) density[i] = ok ? loyi_heterogeneity_density(kind, first, second, at) : NAN;
    if (below) below[i] = ok ? loyi_heterogeneity_below(kind, first, second, at) : NAN;
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_HETEROGENEITY_INL_H */
