/* elasticity-inl.h: body of elasticity.h. */
#ifndef LOYALTY_VALUE_ELASTICITY_INL_H
#define LOYALTY_VALUE_ELASTICITY_INL_H

#include "elasticity.h"

#include <math.h>

#include "retention-inl.h"
#include "sensitivity-inl.h"

LOY_BEGIN_DECLS

/* r M', which unlike M' stays within the doubles where r is next to 0. */
LOYI_LOCAL double loyi_elasticity_slope(int timing, double multiple, double retention, double discount, double growth,
                                        double horizon) {
  if (retention == 0.0) return 0.0; /* nobody stays */
  if (timing != LOY_MARGIN_CONTINUOUS)
    return retention * loy_margin_multiple_slope(timing, retention, discount, growth, horizon);
  if (!isfinite(horizon)) return multiple * multiple;
  return horizon * (horizon * loyi_sensitivity_ramp(
                                  horizon * loyi_retention_log(retention, discount, growth,
                                                               loyi_retention_gap(retention, discount, growth))));
}

LOYALTY_API loy_status loy_retention_elasticity(int timing, double margin, double retention, double discount,
                                                double growth, double horizon, double acquisition_cost,
                                                loy_elasticity *elasticity, loy_error *error) {
  double value = 0.0, multiple, of_value, by_retention, by_discount;
  const loy_status status =
      loy_retention_value_check(timing, margin, retention, discount, growth, horizon, acquisition_cost, &value, error);
  if (loy_status_is_error(status)) return status;
  if (isinf(value))
    return loyi_report(error, LOY_ERR_DOMAIN, "retention", LOY_NO_INDEX,
                       "must be so low that the value is finite: an infinite one has no elasticity");
  if (value == 0.0) return loyi_report(error, LOY_ERR_DOMAIN, "margin", LOY_NO_INDEX, "must not make the value 0");
  if (!elasticity) return loyi_report(error, LOY_ERR_ARGUMENT, "elasticity", LOY_NO_INDEX, "must not be NULL");
  multiple = loy_margin_multiple(timing, retention, discount, growth, horizon);
  of_value = acquisition_cost == 0.0 ? 1.0 : margin == 0.0 ? 0.0 : margin * multiple / value;
  by_retention =
      multiple == 0.0 ? 0.0 : loyi_elasticity_slope(timing, multiple, retention, discount, growth, horizon) / multiple;
  by_discount = timing == LOY_MARGIN_END_FIRST_SURE ? by_retention + 1.0
                : timing == LOY_MARGIN_MID          ? by_retention - 0.5
                                                    : by_retention;
  elasticity->margin = of_value;
  elasticity->retention = of_value == 0.0 ? 0.0 : of_value * by_retention;
  elasticity->discount =
      of_value == 0.0 || discount == 0.0 ? 0.0 : -(discount / (1.0 + discount)) * by_discount * of_value;
  elasticity->acquisition_cost = -acquisition_cost / value;
  if (isinf(elasticity->retention))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX, "the elasticity is infinite");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_ELASTICITY_INL_H */
