/* interval.h: private. The ends of an interval that is symmetric on the logarithm of a number above 0, or on the log
 * odds of a share between 0 and 1, so that neither end leaves the range of the estimate. */
#ifndef LOYALTY_MATH_INTERVAL_H
#define LOYALTY_MATH_INTERVAL_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* exp(ln(estimate) -+ width), estimate > 0, width >= 0. */
LOYI_SHARED void loyi_interval_log(double estimate, double width, double *lower, double *upper);

/* The share whose log odds are those of share / rest -+ width; share > 0 and rest = 1 - share > 0, each with its own
 * digits, and width >= 0. The ends hold the share, also after rounding. */
LOYI_SHARED void loyi_interval_odds(double share, double rest, double width, double *lower, double *upper);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "interval-inl.h"
#endif

#endif /* LOYALTY_MATH_INTERVAL_H */
