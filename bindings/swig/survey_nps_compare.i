/* survey_nps_compare.i: shims of the tests of a Net Promoter Score. A score passes as a column of the twelve fields of
 * loy_nps in the order of its declaration, several as one column with twelve numbers each. */

%{
#include "loyalty/survey/nps_compare.h"

enum { NPS_FIELDS = 12 };

/* The score at position `at` of a column of scores. The core judges the numbers; here they must only fit their types. */
static bool nps_from_fields(loy_in scores, size_t at, const char *argument, loy_nps *nps, loy_error *e) {
  const double *v = scores.p + at * NPS_FIELDS;
  for (int i = 0; i < NPS_FIELDS; i++) {
    if (i > 4 && i < NPS_FIELDS - 1) continue;
    if (!(v[i] >= -9007199254740992.0 && v[i] <= 9007199254740992.0)) {
      loy_refuse(e, LOY_ERR_DOMAIN, argument, "must come from a function that computes a score");
      e->index = at;
      return false;
    }
  }
  nps->counts.promoters = (int64_t)v[0];
  nps->counts.passives = (int64_t)v[1];
  nps->counts.detractors = (int64_t)v[2];
  nps->counts.missing = (int64_t)v[3];
  nps->n = (int64_t)v[4];
  nps->promoter_share = v[5];
  nps->detractor_share = v[6];
  nps->score = v[7];
  nps->variance = v[8];
  nps->standard_error = v[9];
  nps->effective_n = v[10];
  nps->weighted = v[11] != 0.0;
  return true;
}

/* A column that must hold one score. */
static bool nps_one(loy_in score, const char *argument, loy_nps *nps, loy_error *e) {
  const bool good = loy_has_length(e, argument, score.n, NPS_FIELDS) && nps_from_fields(score, 0, argument, nps, e);
  if (!good) e->index = LOY_NO_INDEX;
  return good;
}

/* The fields of a loy_nps_difference, in the order of its declaration. */
static void nps_put_difference(loy_values *r, const loy_nps_difference *d) {
  loy_put_double(r, d->difference);
  loy_put_double(r, d->centre);
  loy_put_double(r, d->standard_error);
  loy_put_double(r, d->statistic);
  loy_put_double(r, d->df);
  loy_put_double(r, d->p_value);
  loy_put_double(r, d->lower);
  loy_put_double(r, d->upper);
}
%}

LOY_BULK(nps_permutation_test)
%inline %{
/* score, difference, standard error, statistic, p-value. `method` as in loy_nps_method, `alternative` as in
 * loy_nps_alternative. */
static loy_values nps_test(loy_in score, double benchmark, int method, int alternative) {
  loy_values r = {0};
  loy_nps nps = {0};
  loy_nps_benchmark found;
  if (!nps_one(score, "score", &nps, &r.e)) return r;
  if (loy_nps_test(&nps, benchmark, method, alternative, &found, &r.e) != LOY_OK) return r;
  loy_put_double(&r, found.score);
  loy_put_double(&r, found.difference);
  loy_put_double(&r, found.standard_error);
  loy_put_double(&r, found.statistic);
  loy_put_double(&r, found.p_value);
  return r;
}

static loy_values nps_compare(loy_in first, loy_in second, int method, int alternative, double level) {
  loy_values r = {0};
  loy_nps a = {0}, b = {0};
  loy_nps_difference found;
  if (!nps_one(first, "first", &a, &r.e) || !nps_one(second, "second", &b, &r.e)) return r;
  if (loy_nps_compare(&a, &b, method, alternative, level, &found, &r.e) == LOY_OK) nps_put_difference(&r, &found);
  return r;
}

/* Difference and p-value. */
static loy_r2 nps_permutation_test(int64_t promoters_first, int64_t passives_first, int64_t detractors_first,
                                   int64_t promoters_second, int64_t passives_second, int64_t detractors_second,
                                   int alternative) {
  loy_r2 r = {0};
  const loy_nps_counts first = {promoters_first, passives_first, detractors_first, 0};
  const loy_nps_counts second = {promoters_second, passives_second, detractors_second, 0};
  loy_nps_permutation_test(&first, &second, alternative, &r.v[0], &r.v[1], &r.e);
  return r;
}
%}
