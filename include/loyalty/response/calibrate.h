/* calibrate.h: the competition of an industry from one published ratio.
 *
 * "Merely satisfied customers were six times less likely to buy again than totally satisfied ones": such a ratio
 * R = L(s_high)/L(s_low) places an industry on the competition axis of a curve. Without captivity (a = 0, no
 * constraints) the answer is closed:
 *   kappa = alpha + ln(R - 1) - ln[((1 - s_low)/s_low)^beta - R ((1 - s_high)/s_high)^beta],   kappa = gamma logit(c)
 * which for beta = 1, alpha = 0 and s_high = 1 is logit(s_low) + ln(R - 1). */
#ifndef LOYALTY_RESPONSE_CALIBRATE_H
#define LOYALTY_RESPONSE_CALIBRATE_H

#include "../base/config.h"
#include "../base/status.h"
#include "curve.h"

LOY_BEGIN_DECLS

/* The competition at which the loyalty of the more satisfied is so many times that of the less satisfied.
 *
 * curve           the parameters; delta does not matter
 * ratio           R, above 1 and finite
 * s_low, s_high   0 < s_low < s_high <= 1; "satisfied" and "completely satisfied" on a scale of 1 to 5 are .75 and 1
 * constraint      as in loy_curve_loyalty
 * c               receives the competition, above 0 and below 1: the smallest at which the ratio rises to R (captivity
 *                 can let it fall again in the fiercest markets)
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_DOMAIN for `ratio`, `s_low`, `s_high`,
 * `constraint`; LOY_ERR_ARGUMENT for a NULL `c`; LOY_ERR_INFEASIBLE (argument "ratio") when the ratio does not rise to
 * R at any competition. Accuracy: logit(c) to about 1e-15 of its size, times the condition of the ratio. Source of the
 * idea: Jones and Sasser, Harvard Business Review 73(6), 1995 (Xerox). */
LOYALTY_API loy_status loy_curve_competition_from_ratio(const loy_curve *curve, double ratio, double s_low,
                                                        double s_high, const double *constraint, double *c,
                                                        loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "calibrate-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CALIBRATE_H */
