/* nps_plan.h: how many answers a Net Promoter Score needs.
 *
 * Everything rests on the variance v of one answer in {-1, 0, 1}: v = p + d - (p - d)^2 with the shares of promoters p
 * and detractors d that are expected. At most 1 - score^2; surveys mostly have .6 to .8.
 * Sources: Cochran, Sampling Techniques, 3rd ed. 1977, chapter 4; Rocks, The American Statistician 70(4), 2016. */
#ifndef LOYALTY_SURVEY_NPS_PLAN_H
#define LOYALTY_SURVEY_NPS_PLAN_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"
#include "nps_compare.h"

LOY_BEGIN_DECLS

#define LOY_NPS_VARIANCE_TYPICAL 0.7 /* when nothing is known */
#define LOY_NPS_VARIANCE_WORST   1.0 /* as many promoters as detractors and nobody between */

/* The fewest answers that give an interval of at most +- half_width, that is n0 = z^2 v / E^2, less 3 for the adjusted
 * interval, which adds three; in a population of N customers n0 / (1 + (n0 - 1)/N), adjusted
 * (n0 - 3 (N - 1)/N) / (1 + (n0 - 1)/N); rounded up, at least 1.
 *
 * half_width  E, from 1e-6 to 2; .05 is five points of a score times 100
 * level       confidence of the interval, 0 < level < 1
 * variance    v, above 0 and at most 1
 * population  N, at least 1; infinite for a large one
 * method      LOY_NPS_ADJUSTED_WALD or LOY_NPS_WALD
 * n           receives the number
 * Errors, in this order: LOY_ERR_DOMAIN for `half_width`, `level`, `variance`, `population`; LOY_ERR_ARGUMENT for an
 * unknown `method` or a NULL `n`.
 * Source: Cochran 1977, section 4.4. */
LOYALTY_API loy_status loy_nps_sample_size(double half_width, double level, double variance, double population,
                                           int method, int64_t *n, loy_error *error);

/* The half width of the interval that n answers give: z sqrt(v f / n) with f = (N - n)/(N - 1), or 1 for an infinite
 * population; for the adjusted interval z sqrt(v f / (n + 3)). 0 when all N customers answer.
 *
 * n           answers, 1 <= n <= 2^53 and n <= population
 * level, variance, population, method   as for loy_nps_sample_size
 * half_width  receives E
 * Errors, in this order: LOY_ERR_DOMAIN for `n`, `level`, `variance`, `population` (also when below n);
 * LOY_ERR_ARGUMENT for an unknown `method` or a NULL `half_width`. */
LOYALTY_API loy_status loy_nps_half_width(int64_t n, double level, double variance, double population, int method,
                                          double *half_width, loy_error *error);

/* The answers in each of two groups that find a difference of their scores with this power:
 * n1 = (v1 + v2/r)(z_(1 - q/2) + z_power)^2 / difference^2 and n2 = r n1, each rounded up, at least 1; z_(1 - q) in
 * place of z_(1 - q/2) for a one-sided test. A benchmark is a second score without variance: v2 = 0 plans loy_nps_test
 * and gives n2 = 0.
 *
 * difference       between the scores, its size from 1e-6 to 2; the sign does not matter
 * variance_first   v1, above 0 and at most 1
 * variance_second  v2, from 0 to 1
 * ratio            r = n2 / n1, from 1e-3 to 1e3; with v2 = 0 it does not matter
 * level            1 - q: .95 for a test at 5 percent
 * power            chance of finding the difference, 0 < power < 1; more than q/2 (one-sided: q)
 * alternative      a loy_nps_alternative; greater and less plan alike
 * n_first, n_second   receive the numbers
 * Errors, in this order: LOY_ERR_DOMAIN for `difference`, `variance_first`, `variance_second`, `ratio`;
 * LOY_ERR_ARGUMENT for an unknown `alternative`; LOY_ERR_DOMAIN for `level`, then `power`; LOY_ERR_ARGUMENT for a NULL
 * `n_first` or `n_second`.
 * Source: Cochran 1977, section 4.10; Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed.
 * 2003, chapter 4. */
LOYALTY_API loy_status loy_nps_group_sizes(double difference, double variance_first, double variance_second,
                                           double ratio, double level, double power, int alternative, int64_t *n_first,
                                           int64_t *n_second, loy_error *error);

/* The power of the test of two groups: with se = sqrt(v1/n1 + v2/n2), P(Z > z - |difference|/se), and for a two-sided
 * test also the chance to find it on the wrong side, P(Z < -z - |difference|/se).
 *
 * difference       between the scores, its size at most 2; on the side of the alternative
 * variance_first, variance_second, level, alternative   as for loy_nps_group_sizes
 * n_first, n_second   answers, from 1 to 2^53; with variance_second = 0 n_second does not matter
 * power            receives the power
 * Errors, in this order: LOY_ERR_DOMAIN for `difference`, `variance_first`, `n_first`, `variance_second`, `n_second`;
 * LOY_ERR_ARGUMENT for an unknown `alternative`; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `power`. */
LOYALTY_API loy_status loy_nps_power(double difference, double variance_first, int64_t n_first, double variance_second,
                                     int64_t n_second, double level, int alternative, double *power, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_plan-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_PLAN_H */
