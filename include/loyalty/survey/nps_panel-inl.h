/* nps_panel-inl.h: body of nps_panel.h. */
#ifndef LOYALTY_SURVEY_NPS_PANEL_INL_H
#define LOYALTY_SURVEY_NPS_PANEL_INL_H

#include "nps_panel.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

LOYI_LOCAL int loyi_nps_group_of(double score, const loy_nps_options *use) {
  return (score >= (double)use->passive_from) + (score >= (double)use->promoter_from);
}

LOYALTY_API loy_status loy_nps_panel_count(const double *before, const double *after, size_t n,
                                           const loy_nps_options *options, loy_nps_panel *panel, loy_error *error) {
  loy_nps_options use;
  loy_nps_counts counts;
  loy_nps_panel found;
  loy_error inner;
  loy_status status = loy_nps_count(before, n, options, &counts, &inner);
  if (status != LOY_OK)
    return loyi_report(error, status, strcmp(inner.argument, "score") == 0 ? "before" : inner.argument, inner.index,
                       inner.message);
  status = loy_nps_count(after, n, options, &counts, &inner);
  if (status != LOY_OK) return loyi_report(error, status, "after", inner.index, inner.message);
  if (!panel) return loyi_report(error, LOY_ERR_ARGUMENT, "panel", LOY_NO_INDEX, "must not be NULL");
  loy_nps_options_init(&use);
  if (options) use = *options;
  memset(&found, 0, sizeof found);
  for (size_t i = 0; i < n; i++) {
    const int answered_before = before[i] == before[i], answered_after = after[i] == after[i];
    if (answered_before && answered_after)
      found.both[loyi_nps_group_of(before[i], &use)][loyi_nps_group_of(after[i], &use)]++;
    else if (answered_before)
      found.before_only[loyi_nps_group_of(before[i], &use)]++;
    else if (answered_after)
      found.after_only[loyi_nps_group_of(after[i], &use)]++;
    else
      found.missing++;
  }
  *panel = found;
  return loyi_ok(error);
}

/* Add a count to a total that may not pass 2^53. */
LOYI_LOCAL int loyi_nps_panel_add(int64_t count, int64_t *total) {
  const int64_t most = (int64_t)1 << 53; /* counts up to here are exact as doubles */
  if (count < 0 || count > most - *total) return 0;
  *total += count;
  return 1;
}

LOYI_LOCAL loy_status loyi_nps_check_panel(const loy_nps_panel *panel, int alternative, double level,
                                           const void *result, loy_error *error) {
  int64_t total = 0;
  int good = 1;
  loy_status status;
  if (!panel) return loyi_report(error, LOY_ERR_ARGUMENT, "panel", LOY_NO_INDEX, "must not be NULL");
  for (int i = 0; i < LOY_NPS_GROUPS; i++) {
    for (int j = 0; j < LOY_NPS_GROUPS; j++) good = good && loyi_nps_panel_add(panel->both[i][j], &total);
    good = good && loyi_nps_panel_add(panel->before_only[i], &total);
    good = good && loyi_nps_panel_add(panel->after_only[i], &total);
  }
  if (!good)
    return loyi_report(error, LOY_ERR_DOMAIN, "panel", LOY_NO_INDEX,
                       "must hold counts of at least 0 that sum to at most 2^53");
  status = loyi_nps_check_test(alternative, level, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

/* Respondents in both waves. */
LOYI_LOCAL int64_t loyi_nps_shared(const loy_nps_panel *panel) {
  int64_t n = 0;
  for (int i = 0; i < LOY_NPS_GROUPS; i++)
    for (int j = 0; j < LOY_NPS_GROUPS; j++) n += panel->both[i][j];
  return n;
}

LOYALTY_API loy_status loy_nps_paired(const loy_nps_panel *panel, int alternative, double level,
                                      loy_nps_difference *result, loy_error *error) {
  double n, mean, squares = 0.0;
  int64_t pairs, sum = 0;
  const loy_status status = loyi_nps_check_panel(panel, alternative, level, result, error);
  if (status != LOY_OK) return status;
  pairs = loyi_nps_shared(panel);
  if (pairs < 2)
    return loyi_report(error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX, "must hold two respondents in both waves");
  for (int i = 0; i < LOY_NPS_GROUPS; i++)
    for (int j = 0; j < LOY_NPS_GROUPS; j++) sum += (j - i) * panel->both[i][j];
  n = (double)pairs;
  mean = (double)sum / n;
  for (int i = 0; i < LOY_NPS_GROUPS; i++)
    for (int j = 0; j < LOY_NPS_GROUPS; j++)
      squares += (double)panel->both[i][j] * ((double)(j - i) - mean) * ((double)(j - i) - mean);
  if (squares == 0.0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX,
                       "must hold respondents who did not all change alike");
  result->difference = result->centre = mean;
  result->standard_error = sqrt(squares / (n - 1.0) / n);
  result->df = n - 1.0;
  loyi_nps_conclude(alternative, level, result);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_overlap(const loy_nps_panel *panel, int alternative, double level,
                                       loy_nps_difference *result, loy_error *error) {
  int64_t before[LOY_NPS_GROUPS], after[LOY_NPS_GROUPS], shared;
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_nps first, second;
  double covariance = 0.0, square;
  loy_status status = loyi_nps_check_panel(panel, alternative, level, result, error);
  if (status != LOY_OK) return status;
  for (int i = 0; i < LOY_NPS_GROUPS; i++) {
    before[i] = panel->both[i][0] + panel->both[i][1] + panel->both[i][2];
    after[i] = panel->both[0][i] + panel->both[1][i] + panel->both[2][i];
  }
  shared = before[0] + before[1] + before[2];
  if (shared > 0) {
    const double n12 = (double)shared;
    const double mean1 = (double)(before[2] - before[0]) / n12, mean2 = (double)(after[2] - after[0]) / n12;
    for (int i = 0; i < LOY_NPS_GROUPS; i++)
      for (int j = 0; j < LOY_NPS_GROUPS; j++)
        covariance += (double)panel->both[i][j] * ((double)(i - 1) - mean1) * ((double)(j - 1) - mean2);
  }
  counts.detractors = before[0] + panel->before_only[0];
  counts.passives = before[1] + panel->before_only[1];
  counts.promoters = before[2] + panel->before_only[2];
  status = loy_nps_from_counts(&counts, &first, NULL);
  if (status == LOY_OK) {
    counts.detractors = after[0] + panel->after_only[0];
    counts.passives = after[1] + panel->after_only[1];
    counts.promoters = after[2] + panel->after_only[2];
    status = loy_nps_from_counts(&counts, &second, NULL);
  }
  if (status != LOY_OK)
    return loyi_report(error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX, "must hold an answer in each wave");
  /* `covariance` is n12 cov12. By Cauchy and Schwarz its size is at most sqrt(n1 v1 n2 v2), so the variance is below 0
   * by rounding only; what rounding leaves of 0 is taken as 0. */
  square = first.standard_error * first.standard_error + second.standard_error * second.standard_error;
  if (square - 2.0 * covariance / ((double)first.n * (double)second.n) <= 1e-14 * square)
    return loyi_report(error, LOY_ERR_TOO_FEW, "panel", LOY_NO_INDEX,
                       "must hold answers that are not all alike or changed alike");
  square -= 2.0 * covariance / ((double)first.n * (double)second.n);
  result->difference = result->centre = second.score - first.score;
  result->standard_error = sqrt(square);
  result->df = (double)INFINITY;
  loyi_nps_conclude(alternative, level, result);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_PANEL_INL_H */
