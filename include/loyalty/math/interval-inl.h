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
  const double factor = loyi_exp(width), low = share / (share + rest * factor), high = share / (share + rest / factor);
  /* share + rest is 1 but for rounding, which must not leave the share outside an interval of hardly any width. */
  *lower = low < share ? low : share;
  *upper = high > share ? high : share;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_INTERVAL_INL_H */
