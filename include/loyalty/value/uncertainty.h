/* uncertainty.h: how far the value of one customer lies from the mean, and an estimated value from the true one.
 *
 * Two different questions. A customer with a known retention r leaves at a random time, so what he brings is random:
 * loy_retention_spread. And r and the margin m are estimates, so the mean itself is uncertain:
 * loy_retention_value_error.
 *
 * With one = 1+i, up = 1+g and a geometric life, the variance of the present value of the margins is
 *   BEGIN   m^2 r(1-r) up^2 one^2 / ((one^2 - r up^2) (one - r up)^2)
 *   END     that of BEGIN over up^2          END_FIRST_SURE  over one^2          MID  times one/up^2
 *   CONTINUOUS   m^2 k / ((k + 2 d)(k + d)^2),  k = -ln r, d = ln(one/up)
 * which for BEGIN is the textbook's m^2 (e2 - e1^2)/(1-w)^2 with w = up/one, e1 = w(1-r)/(1-wr), e2 = w^2(1-r)/(1-w^2
 * r) after its difference has been taken by hand.
 *
 * Sources: moments of an annuity for life, Bowers et al., Actuarial Mathematics, 1997, ch. 5; the delta method. */
#ifndef LOYALTY_VALUE_UNCERTAINTY_H
#define LOYALTY_VALUE_UNCERTAINTY_H

#include "../base/config.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* Mean and standard deviation of the present value of all margins of one customer. For n independent customers the mean
 * is n times, the deviation sqrt(n) times that.
 *   timing, margin, retention, discount, growth   as in loy_retention_value
 *   mean       the value without a horizon
 *   deviation  standard deviation, in the money of margin
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_DOMAIN margin, retention, discount, growth; LOY_ERR_ARGUMENT
 * mean, deviation (NULL). Notice: LOY_NOTICE_DIVERGES, naming retention: r(1+g) is not below 1+i and both are infinite,
 * or r(1+g)^2 is not below (1+i)^2 and the deviation is.
 * Measured: relative error below 1e-15 (docs/accuracy.md), times the condition 1 + 4 s/|1+i - r(1+g)| +
 * 4 s2/|(1+i)^2 - r(1+g)^2| of the problem in its inputs' rounding, s = |i| + (1-r) + r|g|, s2 = |i(2+i)| + (1-r) +
 * r|g(2+g)|. */
LOYALTY_API loy_status loy_retention_spread(int timing, double margin, double retention, double discount, double growth,
                                            double *mean, double *deviation, loy_error *error);

/* Standard error of a value computed from estimates of margin and retention, by the delta method: with M the margin
 * multiple and M' its slope in r,
 *   se^2 = (M se_m)^2 + (m M' se_r)^2 + 2 rho M m M' se_m se_r.
 *   timing, margin, retention, discount, growth, horizon   as in loy_retention_value
 *   se_margin, se_retention   standard errors, 0 or from 1e-40 to 1e40
 *   correlation               rho of the two estimates, -1 <= rho <= 1; 0 when they come from different data
 *   value, standard_error     the value, and its standard error
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_DOMAIN margin, retention, discount, growth, horizon,
 * se_margin, se_retention, correlation; LOY_ERR_ARGUMENT value, standard_error (NULL). Notice: LOY_NOTICE_DIVERGES,
 * naming retention, when either is infinite.
 * Accuracy: that of the multiple and its slope. The method is linear: near 1+i, where the value bends sharply in r,
 * simulate instead. */
LOYALTY_API loy_status loy_retention_value_error(int timing, double margin, double retention, double discount,
                                                 double growth, double horizon, double se_margin, double se_retention,
                                                 double correlation, double *value, double *standard_error,
                                                 loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "uncertainty-inl.h"
#endif

#endif /* LOYALTY_VALUE_UNCERTAINTY_H */
