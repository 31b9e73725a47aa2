/* survey_nps.i: shims of the Net Promoter Score. */

%{
#include "loyalty/survey/nps.h"

/* The fields of a loy_nps, in the order of its declaration. */
static loy_values nps_fields(const loy_nps *nps, const loy_error *e) {
  loy_values r = {0};
  r.e = *e;
  if (loy_status_is_error(e->status)) return r;
  loy_put_int(&r, nps->counts.promoters);
  loy_put_int(&r, nps->counts.passives);
  loy_put_int(&r, nps->counts.detractors);
  loy_put_int(&r, nps->counts.missing);
  loy_put_int(&r, nps->n);
  loy_put_double(&r, nps->promoter_share);
  loy_put_double(&r, nps->detractor_share);
  loy_put_double(&r, nps->score);
  loy_put_double(&r, nps->variance);
  loy_put_double(&r, nps->standard_error);
  loy_put_double(&r, nps->effective_n);
  loy_put_bool(&r, nps->weighted != 0);
  return r;
}
%}

LOY_BULK(nps_from_scores)
LOY_BULK(nps_from_bytes)
LOY_BULK(nps_count)
%inline %{
static loy_values nps_from_scores(loy_in score, loy_in_opt weight, int promoter_from, int passive_from,
                                  bool skip_missing) {
  loy_nps_options options;
  loy_nps nps = {0};
  loy_error e = {0};
  if (weight.p && !loy_same_length(&e, "weight", weight.n, score.n)) return nps_fields(&nps, &e);
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  options.skip_missing = skip_missing;
  loy_nps_from_scores(score.p, weight.p, score.n, &options, &nps, &e);
  return nps_fields(&nps, &e);
}

/* Answers as unsigned bytes: without weights and missing answers, at the speed of memory. */
static loy_values nps_from_bytes(loy_in_bytes score, int promoter_from, int passive_from) {
  loy_nps_options options;
  loy_nps_counts counts = {0};
  loy_nps nps = {0};
  loy_error e = {0};
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  if (loy_nps_count_u8(score.p, score.n, &options, &counts, &e) != LOY_OK) return nps_fields(&nps, &e);
  if (score.n == 0) {
    loy_refuse(&e, LOY_ERR_TOO_FEW, "score", "must hold at least one answer");
  } else {
    loy_nps_from_counts(&counts, &nps, &e);
  }
  return nps_fields(&nps, &e);
}

/* promoters, passives, detractors, missing, without a score: loy_nps_count. */
static loy_values nps_count(loy_in score, int promoter_from, int passive_from, bool skip_missing) {
  loy_nps_options options;
  loy_nps_counts counts = {0};
  loy_values r = {0};
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  options.skip_missing = skip_missing;
  if (loy_nps_count(score.p, score.n, &options, &counts, &r.e) != LOY_OK) return r;
  loy_put_int(&r, counts.promoters);
  loy_put_int(&r, counts.passives);
  loy_put_int(&r, counts.detractors);
  loy_put_int(&r, counts.missing);
  return r;
}

static loy_values nps_from_counts(int64_t promoters, int64_t passives, int64_t detractors, int64_t missing) {
  loy_nps_counts counts = {promoters, passives, detractors, missing};
  loy_nps nps = {0};
  loy_error e = {0};
  loy_nps_from_counts(&counts, &nps, &e);
  return nps_fields(&nps, &e);
}

/* Takes back the fields of nps_fields. `method` as in loy_nps_method. */
static loy_r2 nps_interval(int64_t promoters, int64_t passives, int64_t detractors, int64_t missing, int64_t n,
                           double promoter_share, double detractor_share, double score, double variance,
                           double standard_error, double effective_n, bool weighted, int method, double level) {
  loy_r2 r = {0};
  loy_nps nps = {{promoters, passives, detractors, missing}, n, promoter_share, detractor_share, score, variance,
                 standard_error, effective_n, weighted};
  loy_nps_interval(&nps, method, level, &r.v[0], &r.v[1], &r.e);
  return r;
}
%}
