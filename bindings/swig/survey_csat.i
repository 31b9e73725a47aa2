/* survey_csat.i: shims of customer satisfaction. After survey_estimate.i. */

%{
#include "loyalty/survey/csat.h"

/* The fields of a loy_csat, in the order of its declaration. */
static loy_values csat_fields(const loy_csat *csat, const loy_error *e) {
  loy_values r = {0};
  r.e = *e;
  if (loy_status_is_error(e->status)) return r;
  loy_put_int(&r, csat->top);
  loy_put_int(&r, csat->n);
  loy_put_int(&r, csat->missing);
  loy_put_double(&r, csat->score);
  loy_put_double(&r, csat->standard_error);
  return r;
}
%}

LOY_BULK(csat_from_scores)
LOY_BULK(csat_mean)
%inline %{
static loy_values csat_from_scores(loy_in score, int lowest, int highest, int boxes, bool skip_missing) {
  loy_csat_options options;
  loy_csat csat = {0};
  loy_error e = {0};
  loy_csat_options_init(&options);
  options.lowest = lowest;
  options.highest = highest;
  options.boxes = boxes;
  options.skip_missing = skip_missing;
  loy_csat_from_scores(score.p, score.n, &options, &csat, &e);
  return csat_fields(&csat, &e);
}

static loy_values csat_from_counts(int64_t top, int64_t n) {
  loy_csat csat = {0};
  loy_error e = {0};
  loy_csat_from_counts(top, n, &csat, &e);
  return csat_fields(&csat, &e);
}

static loy_r2 csat_interval(int64_t top, int64_t n, double level) {
  loy_r2 r = {0};
  loy_csat csat = {top, n, 0, 0.0, 0.0};
  loy_csat_interval(&csat, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

/* Status, then the fields of the mean. */
static loy_values csat_mean(loy_in score, int lowest, int highest, bool skip_missing) {
  loy_csat_options options;
  loy_mean mean = {0};
  loy_error e = {0};
  loy_csat_options_init(&options);
  options.lowest = lowest;
  options.highest = highest;
  options.boxes = 1;
  options.skip_missing = skip_missing;
  loy_csat_mean(score.p, score.n, &options, &mean, &e);
  return mean_result(&mean, &e);
}

static loy_rtext csat_level_name(int level, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_csat_level_name_zh(level) : loy_csat_level_name(level);
  return r;
}
%}
