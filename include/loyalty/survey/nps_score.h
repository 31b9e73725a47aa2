/* nps_score.h: private. The score statistic of a Net Promoter Score and the interval that inverts it.
 *
 * To test whether the score of the population is m0, the standard error is computed as if it were: from the shares that
 * fit the answers best among those with p - d = m0. With P, A, D promoters, passives and detractors, n = P + A + D,
 *   Z(m0) = (P - D - n m0) / sqrt(n (2 q + m0 (1 - m0))),
 * where q is the share of detractors among those shares, the larger root of
 *   2 n q^2 + ((2 n - P + D) m0 - P - D) q - D m0 (1 - m0) = 0.
 * The interval is of all m0 with |Z(m0)| <= z.
 * Sources: Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design", Statistics in Medicine 17, 1998; May and Johnson, Statistics in Medicine 16, 1997; applied to the score by
 * Rocks, The American Statistician 70(4), 2016 (its "iterative" interval). */
#ifndef LOYALTY_SURVEY_NPS_SCORE_H
#define LOYALTY_SURVEY_NPS_SCORE_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* The share of detractors that fits the counts best among all shares with p - d = m0; that of promoters is m0 more.
 * Counts are at least 0, need not be whole, and sum to more than 0; -1 <= m0 <= 1. */
LOYI_SHARED double loyi_nps_restricted(double promoters, double passives, double detractors, double m0);

/* Z(m0), falling in m0: positive below the score (P - D)/n, negative above, 0 there. Infinite at m0 = -1 and m0 = 1,
 * except for 0 where all are detractors or promoters. Z(P, A, D, m0) = -Z(D, A, P, -m0) to the bit.
 * Counts are at least 0, need not be whole, and are finite with a sum of more than 0; -1 <= m0 <= 1; else NaN. */
LOYI_SHARED double loyi_nps_score_z(double promoters, double passives, double detractors, double m0);

/* The ends of the interval for the normal quantile z > 0; counts as above. The lower end is -1 exactly when all are
 * detractors, the upper 1 when all are promoters. */
LOYI_SHARED void loyi_nps_score_interval(double promoters, double passives, double detractors, double z, double *lower,
                                         double *upper);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_score-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_SCORE_H */
