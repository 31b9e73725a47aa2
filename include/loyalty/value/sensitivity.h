/* sensitivity.h: how the value of a customer reacts to retention.
 *
 * Sources: Gupta & Lehmann 2003, J. Interactive Marketing 17(1), 9-24; the derivatives are those of the formulas of
 * retention.h. */
#ifndef LOYALTY_VALUE_SENSITIVITY_H
#define LOYALTY_VALUE_SENSITIVITY_H

#include "../base/config.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* The slope of the margin multiple in retention, dM/dr at fixed discount, growth and horizon. Without a horizon
 *   BEGIN           (1+i)(1+g)/(1+i - r(1+g))^2
 *   END             (1+i)/(1+i - r(1+g))^2
 *   END_FIRST_SURE  (1+g)/(1+i - r(1+g))^2
 *   MID             END times sqrt(1+i)
 *   CONTINUOUS      1/(r ln(w)^2), w = r(1+g)/(1+i)
 * and with one the derivative of the finite sum.
 *
 * Arguments as in loy_margin_multiple. Returns a number >= 0; +infinity where the multiple diverges, and for CONTINUOUS
 * at r = 0; NaN outside the domain (loy_margin_multiple_check says which argument).
 * Measured: relative error below 1e-15 (docs/accuracy.md), times the condition 1 + 4 s/|1+i - r(1+g)| of the problem in
 * its inputs' rounding, s = |i| + (1-r) + r|g|. */
LOYALTY_API double loy_margin_multiple_slope(int timing, double retention, double discount, double growth,
                                             double horizon);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "sensitivity-inl.h"
#endif

#endif /* LOYALTY_VALUE_SENSITIVITY_H */
