/* incomplete.h: private. The regularised incomplete beta and gamma functions, each with its complement, accurate
 * relative to the answer in both tails: a probability of 1e-200 has as many correct digits as one of 0.3. */
#ifndef LOYALTY_MATH_INCOMPLETE_H
#define LOYALTY_MATH_INCOMPLETE_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* I_x(a, b) = int_0^x t^(a-1) (1-t)^(b-1) dt / B(a, b), the distribution function of a beta(a, b) variable; a > 0,
 * b > 0, 0 <= x <= 1, else NaN. The work grows as the square root of the larger parameter. */
LOYI_SHARED double loyi_beta_inc(double a, double b, double x);

/* 1 - I_x(a, b), without the subtraction. When 1 - x is the exactly known quantity y, use loyi_beta_inc(b, a, y). */
LOYI_SHARED double loyi_beta_inc_upper(double a, double b, double x);

/* x^a (1-x)^b / B(a, b), the density of a beta(a, b) variable on the scale of ln(x / (1 - x)), for the argument ranges
 * of loyi_beta_inc. Near x = 1 call loyi_beta_logit_density(b, a, 1 - x). */
LOYI_SHARED double loyi_beta_logit_density(double a, double b, double x);

/* P(a, x) = int_0^x t^(a-1) exp(-t) dt / Gamma(a), the distribution function of a gamma variable of shape a and
 * rate 1; a > 0, x >= 0, else NaN. */
LOYI_SHARED double loyi_gamma_inc(double a, double x);

/* Q(a, x) = 1 - P(a, x), without the subtraction. */
LOYI_SHARED double loyi_gamma_inc_upper(double a, double x);

/* x^a exp(-x) / Gamma(a), the density of a gamma variable of shape a and rate 1 on the scale of ln x, for the argument
 * ranges of loyi_gamma_inc. */
LOYI_SHARED double loyi_gamma_log_density(double a, double x);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "incomplete-inl.h"
#endif

#endif /* LOYALTY_MATH_INCOMPLETE_H */
