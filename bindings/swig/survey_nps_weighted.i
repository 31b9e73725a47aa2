/* survey_nps_weighted.i: shims of weighted and stratified scores. After survey_nps.i, whose nps_fields it uses. */

%{
#include "loyalty/survey/nps_weighted.h"
%}

LOY_BULK(nps_weighted)
LOY_BULK(nps_stratified)
%inline %{
/* used, design effect, largest share, uncorrected standard error; then the fields of the score. */
static loy_values nps_weighted(loy_in score, loy_in weight, int promoter_from, int passive_from, bool skip_missing) {
  loy_values r = {0}, fields;
  loy_nps_options options;
  loy_nps nps = {0};
  loy_nps_weighting found;
  if (!loy_same_length(&r.e, "weight", weight.n, score.n)) return r;
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  options.skip_missing = skip_missing;
  if (loy_nps_weighted(score.p, weight.p, score.n, &options, &nps, &found, &r.e) != LOY_OK) return r;
  loy_put_int(&r, found.used);
  loy_put_double(&r, found.design_effect);
  loy_put_double(&r, found.largest_share);
  loy_put_double(&r, found.uncorrected);
  fields = nps_fields(&nps, &r.e);
  for (int i = 0; i < fields.n; i++) r.v[r.n++] = fields.v[i];
  return r;
}

/* Status, then the fields of the score. `counts` holds promoters, passives, detractors and missing of each stratum. */
static loy_values nps_stratified(loy_in_i64 counts, loy_in weight, loy_in population, bool sample_variance) {
  loy_values r = {0}, fields;
  const size_t strata = weight.n;
  loy_nps_stratum *stratum;
  loy_nps nps = {0};
  if (!loy_same_length(&r.e, "population", population.n, strata) ||
      !loy_has_length(&r.e, "counts", counts.n, 4 * strata))
    return r;
  stratum = (loy_nps_stratum *)calloc(strata + 1, sizeof *stratum);
  if (!stratum) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  for (size_t i = 0; i < strata; i++) {
    stratum[i].counts.promoters = counts.p[4 * i];
    stratum[i].counts.passives = counts.p[4 * i + 1];
    stratum[i].counts.detractors = counts.p[4 * i + 2];
    stratum[i].counts.missing = counts.p[4 * i + 3];
    stratum[i].weight = weight.p[i];
    stratum[i].population = population.p[i];
  }
  if (!loy_status_is_error(loy_nps_stratified(stratum, strata, sample_variance, &nps, &r.e))) {
    loy_put_status(&r);
    fields = nps_fields(&nps, &r.e);
    for (int i = 0; i < fields.n; i++) r.v[r.n++] = fields.v[i];
  }
  free(stratum);
  return r;
}
%}
