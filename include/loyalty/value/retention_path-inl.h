/* retention_path-inl.h: body of retention_path.h. */
#ifndef LOYALTY_VALUE_RETENTION_PATH_INL_H
#define LOYALTY_VALUE_RETENTION_PATH_INL_H

#include "retention_path.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/sum.h"
#include "retention-inl.h"

LOY_BEGIN_DECLS

/* p_t per S_t d_t, for one period with the retention r. */
LOYI_LOCAL double loyi_path_weight(int timing, double r, double discount, double growth) {
  const double one = 1.0 + discount;
  switch (timing) {
  case LOY_MARGIN_BEGIN: return 1.0;
  case LOY_MARGIN_END: return r / one;
  case LOY_MARGIN_END_FIRST_SURE: return 1.0 / one;
  case LOY_MARGIN_MID: return r / sqrt(one);
  default: return loyi_retention_multiple(LOY_MARGIN_CONTINUOUS, r, discount, growth, 1.0);
  }
}

LOYALTY_API loy_status loy_retention_path(int timing, const double *margin, const double *retention, size_t n,
                                          double discount, double growth, double acquisition_cost, double *survivors,
                                          double *present, double *value, loy_error *error) {
  const double step = (1.0 + growth) / (1.0 + discount);
  loyi_total total = {0.0, 0.0};
  double discounted = 1.0, alive = 1.0; /* S_t d_t and S_t */
  loy_status status = loyi_retention_check_timing(timing, error);
  if (status != LOY_OK) return status;
  if (!margin && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX, "must not be NULL");
  if (!retention && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "retention", LOY_NO_INDEX, "must not be NULL");
  status = loyi_retention_check_terms(timing, discount, growth, HUGE_VAL, error);
  if (status == LOY_OK) status = loyi_retention_check_cost(acquisition_cost, error);
  for (size_t t = 0; status == LOY_OK && t < n; t++) {
    status = loyi_retention_check_margin(margin[t], t, error);
    if (status == LOY_OK) status = loyi_retention_check_rate(retention[t], t, error);
    if (status == LOY_OK) {
      loyi_total_add(&total, margin[t] * (discounted * loyi_path_weight(timing, retention[t], discount, growth)));
      discounted *= retention[t] * step;
      if (!isfinite(total.sum) || !isfinite(discounted))
        status = loyi_report(error, LOY_ERR_DOMAIN, "growth", t, "makes a present value exceed the largest double");
    }
  }
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  discounted = 1.0;
  for (size_t t = 0; t < n && (survivors || present); t++) {
    const double r = retention[t];
    const double paid = margin[t] * (discounted * loyi_path_weight(timing, r, discount, growth));
    if (survivors) survivors[t] = alive;
    if (present) present[t] = paid;
    alive *= r;
    discounted *= r * step;
  }
  *value = loyi_total_value(&total) - acquisition_cost;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_RETENTION_PATH_INL_H */
