/* retention_lift-inl.h: body of retention_lift.h. */
#ifndef LOYALTY_VALUE_RETENTION_LIFT_INL_H
#define LOYALTY_VALUE_RETENTION_LIFT_INL_H

#include "retention_lift.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_retention_lift_by(int meaning, int timing, double margin, double retention, double amount,
                                             double discount, double growth, double horizon, loy_retention_lift *lift,
                                             loy_error *error) {
  double before = 0.0, after, value;
  loy_status status;
  if (meaning < LOY_RETENTION_POINTS || meaning > LOY_RETENTION_DEFECTION_CUT)
    return loyi_report(error, LOY_ERR_ARGUMENT, "meaning", LOY_NO_INDEX, "must be a loy_retention_meaning");
  status = loy_retention_value_check(timing, margin, retention, discount, growth, horizon, 0.0, &before, error);
  if (loy_status_is_error(status)) return status;
  if (margin == 0.0) return loyi_report(error, LOY_ERR_DOMAIN, "margin", LOY_NO_INDEX, "must not be 0");
  after = meaning == LOY_RETENTION_POINTS     ? retention + amount
          : meaning == LOY_RETENTION_RELATIVE ? retention * (1.0 + amount)
                                              : retention + amount * (1.0 - retention);
  if (!isfinite(amount)) return loyi_report(error, LOY_ERR_DOMAIN, "amount", LOY_NO_INDEX, "must be a number");
  if (after > 1.0) return loyi_report(error, LOY_ERR_DOMAIN, "amount", LOY_NO_INDEX, "takes retention above 1");
  if (!(after >= 0.0)) return loyi_report(error, LOY_ERR_DOMAIN, "amount", LOY_NO_INDEX, "takes retention below 0");
  if (!lift) return loyi_report(error, LOY_ERR_ARGUMENT, "lift", LOY_NO_INDEX, "must not be NULL");
  value = loy_retention_value(timing, margin, after, discount, growth, horizon, 0.0);
  lift->retention_after = after;
  lift->value_before = before;
  lift->value_after = value;
  lift->gain = value == before ? 0.0 : value - before;
  lift->relative = lift->gain == 0.0 ? 0.0 : before == 0.0 ? HUGE_VAL : isinf(before) ? -1.0 : lift->gain / before;
  if (isinf(before) || (before == 0.0 && lift->gain != 0.0))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "retention", LOY_NO_INDEX,
                       isinf(before) ? "the value before is infinite" : "the value before is 0");
  if (isinf(value)) return loyi_report(error, LOY_NOTICE_DIVERGES, "amount", LOY_NO_INDEX, "the value is infinite");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_RETENTION_LIFT_INL_H */
