/* nps_compare-inl.h: body of nps_compare.h. */
#ifndef LOYALTY_SURVEY_NPS_COMPARE_INL_H
#define LOYALTY_SURVEY_NPS_COMPARE_INL_H

#include "nps_compare.h"
#include "nps_score.h"
#include "../math/distribution.h"

#include <math.h>

LOY_BEGIN_DECLS

#define LOYI_NPS_ALIKE "must not all be alike: without variance only the adjusted test has an answer"

LOYI_SHARED loy_status loyi_nps_check_named(const loy_nps *score, const char *argument, size_t index,
                                            loy_error *error) {
  loy_error found;
  const loy_status status = loyi_nps_check_result(score, &found);
  if (status == LOY_OK) return LOY_OK;
  return loyi_report(error, status, argument, index, found.message);
}

LOYI_LOCAL loy_status loyi_nps_check_alternative(int alternative, loy_error *error) {
  if (alternative != LOY_NPS_TWO_SIDED && alternative != LOY_NPS_GREATER && alternative != LOY_NPS_LESS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "alternative", LOY_NO_INDEX, "must be two-sided, greater or less");
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_nps_check_test(int alternative, double level, loy_error *error) {
  const loy_status status = loyi_nps_check_alternative(alternative, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  return LOY_OK;
}

LOYI_SHARED double loyi_nps_p_value(double statistic, double df, int alternative) {
  if (alternative == LOY_NPS_GREATER) return loyi_t_upper(statistic, df);
  if (alternative == LOY_NPS_LESS) return loyi_t_upper(-statistic, df);
  return 2.0 * loyi_t_upper(fabs(statistic), df);
}

LOYI_SHARED void loyi_nps_conclude(int alternative, double level, loy_nps_difference *result) {
  const double half = -loyi_t_quantile(0.5 * (1.0 - level), result->df) * result->standard_error;
  result->statistic = result->centre / result->standard_error;
  result->p_value = loyi_nps_p_value(result->statistic, result->df, alternative);
  result->lower = result->centre - half < -2.0 ? -2.0 : result->centre - half;
  result->upper = result->centre + half > 2.0 ? 2.0 : result->centre + half;
}

LOYALTY_API loy_status loy_nps_test(const loy_nps *score, double benchmark, int method, int alternative,
                                    loy_nps_benchmark *result, loy_error *error) {
  double centre, se, z;
  loy_status status = loyi_nps_check_named(score, "score", LOY_NO_INDEX, error);
  if (status != LOY_OK) return status;
  if (!(benchmark >= -1.0 && benchmark <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "benchmark", LOY_NO_INDEX, "must be from -1 to 1");
  if (method != LOY_NPS_ADJUSTED_WALD && method != LOY_NPS_WALD && method != LOY_NPS_SCORE)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be adjusted Wald, Wald or score");
  status = loyi_nps_check_alternative(alternative, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (method == LOY_NPS_SCORE) {
    double promoters, passives, detractors, q, v;
    loyi_nps_answers(score, &promoters, &passives, &detractors);
    z = loyi_nps_score_z(promoters, passives, detractors, benchmark);
    q = loyi_nps_restricted(promoters, passives, detractors, benchmark);
    v = 2.0 * q + benchmark * (1.0 - benchmark);
    se = v > 0.0 ? sqrt(v / (promoters + passives + detractors)) : 0.0;
  } else {
    loyi_nps_centre(score, method, &centre, &se);
    if (se == 0.0) return loyi_report(error, LOY_ERR_TOO_FEW, "score", LOY_NO_INDEX, LOYI_NPS_ALIKE);
    z = (centre - benchmark) / se;
  }
  result->score = score->score;
  result->difference = score->score - benchmark;
  result->standard_error = se;
  result->statistic = z;
  result->p_value = loyi_nps_p_value(z, (double)INFINITY, alternative);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_compare(const loy_nps *first, const loy_nps *second, int method, int alternative,
                                       double level, loy_nps_difference *result, loy_error *error) {
  double centre1, centre2, se1, se2;
  loy_status status = loyi_nps_check_named(first, "first", LOY_NO_INDEX, error);
  if (status != LOY_OK) return status;
  status = loyi_nps_check_named(second, "second", LOY_NO_INDEX, error);
  if (status != LOY_OK) return status;
  if (method != LOY_NPS_ADJUSTED_WALD && method != LOY_NPS_WALD)
    return loyi_report(error, LOY_ERR_ARGUMENT, "method", LOY_NO_INDEX, "must be adjusted Wald or Wald");
  status = loyi_nps_check_test(alternative, level, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  loyi_nps_centre(first, method, &centre1, &se1);
  loyi_nps_centre(second, method, &centre2, &se2);
  if (se1 == 0.0 && se2 == 0.0) return loyi_report(error, LOY_ERR_TOO_FEW, "second", LOY_NO_INDEX, LOYI_NPS_ALIKE);
  result->difference = first->score - second->score;
  result->centre = centre1 - centre2;
  result->standard_error = sqrt(se1 * se1 + se2 * se2);
  result->df = (double)INFINITY;
  loyi_nps_conclude(alternative, level, result);
  return loyi_ok(error);
}

/* ---- the permutation test ---- */

/* All respondents, the size of the first sample, and the observed difference as a whole number:
 * n s1 - n1 (P - D) = n1 n2 (N1 - N2), where s1 is promoters less detractors of the first sample. */
typedef struct loyi_nps_division {
  int64_t promoters, passives, detractors, n, n1, observed;
  int alternative;
} loyi_nps_division;

/* Is a difference as far out as the observed one? */
LOYI_LOCAL int loyi_nps_as_extreme(const loyi_nps_division *division, int64_t s1) {
  const int64_t at = division->n * s1 - division->n1 * (division->promoters - division->detractors);
  const int64_t seen = division->observed;
  if (division->alternative == LOY_NPS_GREATER) return at >= seen;
  if (division->alternative == LOY_NPS_LESS) return at <= seen;
  return (at < 0 ? -at : at) >= (seen < 0 ? -seen : seen);
}

/* A hypergeometric count: how many of `marked` are among `drawn`, with `other` not marked. */
typedef struct loyi_nps_draw {
  int64_t marked, other, drawn, least, most, mode;
} loyi_nps_draw;

LOYI_LOCAL loyi_nps_draw loyi_nps_draw_of(int64_t marked, int64_t other, int64_t drawn) {
  loyi_nps_draw draw;
  draw.marked = marked;
  draw.other = other;
  draw.drawn = drawn;
  draw.least = drawn > other ? drawn - other : 0;
  draw.most = drawn < marked ? drawn : marked;
  draw.mode = (int64_t)((double)(drawn + 1) * (double)(marked + 1) / (double)(marked + other + 2));
  if (draw.mode < draw.least) draw.mode = draw.least;
  if (draw.mode > draw.most) draw.mode = draw.most;
  return draw;
}

/* P(k + 1) / P(k). */
LOYI_LOCAL double loyi_nps_draw_ratio(const loyi_nps_draw *draw, int64_t k) {
  return (double)(draw->marked - k) * (double)(draw->drawn - k) /
         ((double)(k + 1) * (double)(draw->other - draw->drawn + k + 1));
}

/* Probabilities are summed relative to that of the mode, outwards, until they vanish. */
#define LOYI_NPS_VANISHED 1e-290

/* The probability of an extreme difference when the first sample has `promoters`. */
LOYI_LOCAL double loyi_nps_extreme_given(const loyi_nps_division *division, int64_t promoters) {
  const loyi_nps_draw draw = loyi_nps_draw_of(division->detractors, division->passives, division->n1 - promoters);
  double weight = 1.0, all = 1.0, extreme = loyi_nps_as_extreme(division, promoters - draw.mode) ? 1.0 : 0.0;
  for (int64_t d = draw.mode; d < draw.most && weight > LOYI_NPS_VANISHED; d++) {
    weight *= loyi_nps_draw_ratio(&draw, d);
    all += weight;
    if (loyi_nps_as_extreme(division, promoters - d - 1)) extreme += weight;
  }
  weight = 1.0;
  for (int64_t d = draw.mode; d > draw.least && weight > LOYI_NPS_VANISHED; d--) {
    weight /= loyi_nps_draw_ratio(&draw, d - 1);
    all += weight;
    if (loyi_nps_as_extreme(division, promoters - d + 1)) extreme += weight;
  }
  return extreme / all;
}

LOYI_LOCAL double loyi_nps_permutation_p(const loyi_nps_division *division) {
  const loyi_nps_draw draw = loyi_nps_draw_of(division->promoters, division->n - division->promoters, division->n1);
  double weight = 1.0, all = 1.0, extreme = loyi_nps_extreme_given(division, draw.mode);
  for (int64_t p = draw.mode; p < draw.most && weight > LOYI_NPS_VANISHED; p++) {
    weight *= loyi_nps_draw_ratio(&draw, p);
    all += weight;
    extreme += weight * loyi_nps_extreme_given(division, p + 1);
  }
  weight = 1.0;
  for (int64_t p = draw.mode; p > draw.least && weight > LOYI_NPS_VANISHED; p--) {
    weight /= loyi_nps_draw_ratio(&draw, p - 1);
    all += weight;
    extreme += weight * loyi_nps_extreme_given(division, p - 1);
  }
  return extreme < all ? extreme / all : 1.0;
}

/* Check counts under the caller's name, and give their number. */
LOYI_LOCAL loy_status loyi_nps_check_counts(const loy_nps_counts *counts, const char *argument, loy_nps *score,
                                            loy_error *error) {
  loy_error found;
  const loy_status status = loy_nps_from_counts(counts, score, &found);
  if (status == LOY_OK) return LOY_OK;
  return loyi_report(error, status, argument, LOY_NO_INDEX, found.message);
}

LOYALTY_API loy_status loy_nps_permutation_test(const loy_nps_counts *first, const loy_nps_counts *second,
                                                int alternative, double *difference, double *p_value,
                                                loy_error *error) {
  const int64_t most = (int64_t)1 << 20;
  loyi_nps_division division;
  loy_nps a, b;
  loy_status status = loyi_nps_check_counts(first, "first", &a, error);
  if (status != LOY_OK) return status;
  status = loyi_nps_check_counts(second, "second", &b, error);
  if (status != LOY_OK) return status;
  if (a.n > most || b.n > most - a.n)
    return loyi_report(error, LOY_ERR_DOMAIN, "second", LOY_NO_INDEX,
                       "must be at most 2^20 answers together with the first; use the adjusted test beyond");
  status = loyi_nps_check_alternative(alternative, error);
  if (status != LOY_OK) return status;
  if (!difference) return loyi_report(error, LOY_ERR_ARGUMENT, "difference", LOY_NO_INDEX, "must not be NULL");
  if (!p_value) return loyi_report(error, LOY_ERR_ARGUMENT, "p_value", LOY_NO_INDEX, "must not be NULL");
  division.promoters = first->promoters + second->promoters;
  division.passives = first->passives + second->passives;
  division.detractors = first->detractors + second->detractors;
  division.n = a.n + b.n;
  division.n1 = a.n;
  division.alternative = alternative;
  division.observed =
      division.n * (first->promoters - first->detractors) - a.n * (division.promoters - division.detractors);
  *difference = (double)division.observed / ((double)a.n * (double)b.n);
  *p_value = loyi_nps_permutation_p(&division);
  return loyi_ok(error);
}

#undef LOYI_NPS_ALIKE
#undef LOYI_NPS_VANISHED

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_COMPARE_INL_H */
