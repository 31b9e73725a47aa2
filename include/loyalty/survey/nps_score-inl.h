/* nps_score-inl.h: body of nps_score.h. */
#ifndef LOYALTY_SURVEY_NPS_SCORE_INL_H
#define LOYALTY_SURVEY_NPS_SCORE_INL_H

#include "nps_score.h"
#include "../math/root.h"

#include <math.h>

LOY_BEGIN_DECLS

/* The larger root q for m >= 0: with c = D m (1 - m) >= 0 it is that of 2 n q^2 + b q - c = 0 which is not negative. */
LOYI_LOCAL double loyi_nps_restricted_above(double promoters, double passives, double detractors, double m) {
  const double n = promoters + detractors + passives;
  const double b = (2.0 * n - promoters + detractors) * m - promoters - detractors;
  const double c = detractors * m * (1.0 - m);
  const double root = sqrt(b * b + 8.0 * n * c);
  /* Of the two forms of the root, the one that does not cancel. */
  if (b <= 0.0) return (root - b) / (4.0 * n);
  return 2.0 * c / (root + b);
}

LOYI_SHARED double loyi_nps_restricted(double promoters, double passives, double detractors, double m0) {
  /* Below 0 promoters and detractors change places. */
  if (m0 < 0.0) return loyi_nps_restricted_above(detractors, passives, promoters, -m0) - m0;
  return loyi_nps_restricted_above(promoters, passives, detractors, m0);
}

LOYI_SHARED double loyi_nps_score_z(double promoters, double passives, double detractors, double m0) {
  const double n = promoters + detractors + passives, m = fabs(m0);
  double gap, q;
  if (!(promoters >= 0.0 && passives >= 0.0 && detractors >= 0.0 && n > 0.0 && isfinite(n) && m <= 1.0))
    return (double)NAN;
  gap = promoters - detractors - n * m0;
  if (gap == 0.0) return 0.0;
  if (m == 1.0) return gap > 0.0 ? (double)INFINITY : -(double)INFINITY;
  q = m0 < 0.0 ? loyi_nps_restricted_above(detractors, passives, promoters, m)
               : loyi_nps_restricted_above(promoters, passives, detractors, m);
  return gap / sqrt(n * (2.0 * q + m * (1.0 - m)));
}

/* Z - z at a value between the score and 1. */
typedef struct loyi_nps_score_end {
  double promoters, passives, detractors, z;
} loyi_nps_score_end;

LOYI_LOCAL double loyi_nps_score_excess(const void *ctx, double m0) {
  const loyi_nps_score_end *end = (const loyi_nps_score_end *)ctx;
  return loyi_nps_score_z(end->promoters, end->passives, end->detractors, m0) + end->z;
}

/* The upper end; the lower is minus the upper end of the mirrored counts. */
LOYI_LOCAL double loyi_nps_score_upper(double promoters, double passives, double detractors, double z) {
  const double n = promoters + detractors + passives;
  loyi_nps_score_end end;
  if (promoters >= n) return 1.0;
  end.promoters = promoters;
  end.passives = passives;
  end.detractors = detractors;
  end.z = z;
  return loyi_root(loyi_nps_score_excess, &end, (promoters - detractors) / n, 1.0, 0x1p-53);
}

LOYI_SHARED void loyi_nps_score_interval(double promoters, double passives, double detractors, double z, double *lower,
                                         double *upper) {
  *lower = -loyi_nps_score_upper(detractors, passives, promoters, z);
  *upper = loyi_nps_score_upper(promoters, passives, detractors, z);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_SCORE_INL_H */
