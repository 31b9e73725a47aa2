/* retention_path.h: the value of a customer whose margin and retention change from period to period.
 *
 * m_t is the margin of period t = 0 ... n-1, r_t the probability that a customer of period t is there in the next,
 * S_t = r_0 ... r_(t-1) the share that is there in period t (S_0 = 1), i the discount rate, g the growth of all margins
 * and d_t = ((1+g)/(1+i))^t. The value is the sum of m_t p_t with
 *   BEGIN           p_t = S_t d_t
 *   END             p_t = S_(t+1) d_t/(1+i)
 *   END_FIRST_SURE  p_t = S_t d_t/(1+i)
 *   MID             p_t = S_(t+1) d_t/sqrt(1+i)
 *   CONTINUOUS      p_t = S_t d_t (w_t - 1)/ln w_t, w_t = r_t (1+g)/(1+i): leaving and discounting at constant rates
 *                   within each period
 * which are the timings of retention.h; with m_t and r_t constant it is loy_retention_value with the horizon n.
 *
 * Source: Berger & Nasr 1998, J. Interactive Marketing 12(1), 17-30, cases 1 and 4. */
#ifndef LOYALTY_VALUE_RETENTION_PATH_H
#define LOYALTY_VALUE_RETENTION_PATH_H

#include "../base/config.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* The value along a path of n periods, less the acquisition cost.
 *   timing             a loy_margin_timing
 *   margin             m_t, money of either sign, 0 or from 1e-40 to 1e40 in size; NULL only when n is 0
 *   retention          r_t, 0 <= r_t <= 1; NULL only when n is 0
 *   discount, growth   i and g, above -1 and at most 1e40
 *   acquisition_cost   money, as in loy_retention_value
 *   survivors          nullable: n numbers, S_t
 *   present            nullable: n numbers, m_t p_t, which sum to the value before the acquisition cost
 *   value              the value
 * survivors and present may be the same arrays as inputs.
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_ARGUMENT margin, retention (NULL); LOY_ERR_DOMAIN discount,
 * growth, acquisition_cost; LOY_ERR_DOMAIN margin, retention with its element, the earliest period first, and growth,
 * with the period in which the present value of a margin exceeds the largest double; LOY_ERR_ARGUMENT value (NULL).
 * Accuracy: relative error of each present value below (5 t + 10) 2^-53; the sum carries its rounding along. */
LOYALTY_API loy_status loy_retention_path(int timing, const double *margin, const double *retention, size_t n,
                                          double discount, double growth, double acquisition_cost, double *survivors,
                                          double *present, double *value, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "retention_path-inl.h"
#endif

#endif /* LOYALTY_VALUE_RETENTION_PATH_H */
