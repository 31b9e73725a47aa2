/* interval-inl.h: body of interval.h. */
#ifndef LOYALTY_MATH_INTERVAL_INL_H
#define LOYALTY_MATH_INTERVAL_INL_H

#include "elementary.h"
#include "interval.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_interval_log(double estimate, double width, double *lower, double *upper) {
  const double factor = loyi_exp(width);
  *lower = estimate / factor;
  *upper = estimate * factor;
}

LOYI_SHARED void loyi_interval_odds(double share, double rest, double width, double *lower, double *upper) {
  const double factor = loyi_exp(width);
  *lower = share / (share + rest * factor);
  *upper = share / (share + rest / factor);
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_INTERVAL_INL_H */
