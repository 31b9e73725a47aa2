/* survey.c: the survey wing's side of the parity cases. */
#include "nps.h"

static void nps_from_scores(parity_case *c) {
  size_t n, weights;
  const double *score = parity_column(c, &n);
  const double *weight = parity_column(c, &weights);
  loy_nps_options options = parity_nps_options(c);
  loy_nps nps = {0};
  loy_error e;
  options.skip_missing = parity_bool(c);
  if (weight && parity_lengths(c, "weight", weights, n)) return;
  loy_nps_from_scores(score, weight, n, &options, &nps, &e);
  if (parity_failed(c, &e)) return;
  parity_give_nps(c, &nps);
}

static void nps_from_counts(parity_case *c) {
  loy_nps_counts counts = parity_nps_counts(c);
  loy_nps nps = {0};
  loy_error e;
  counts.missing = parity_int(c);
  loy_nps_from_counts(&counts, &nps, &e);
  if (parity_failed(c, &e)) return;
  parity_give_nps(c, &nps);
}

static void nps_interval(parity_case *c) {
  loy_nps nps = {0};
  double level, lower = 0.0, upper = 0.0;
  int method;
  loy_error e;
  nps.counts.promoters = parity_int(c);
  nps.counts.passives = parity_int(c);
  nps.counts.detractors = parity_int(c);
  nps.counts.missing = parity_int(c);
  nps.n = parity_int(c);
  nps.promoter_share = parity_double(c);
  nps.detractor_share = parity_double(c);
  nps.score = parity_double(c);
  nps.variance = parity_double(c);
  nps.standard_error = parity_double(c);
  nps.effective_n = parity_double(c);
  nps.weighted = parity_bool(c);
  method = (int)parity_int(c);
  level = parity_double(c);
  loy_nps_interval(&nps, method, level, &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void nps_count(parity_case *c) {
  size_t n;
  const double *score = parity_column(c, &n);
  loy_nps_options options = parity_nps_options(c);
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_error e;
  options.skip_missing = parity_bool(c);
  loy_nps_count(score, n, &options, &counts, &e);
  if (parity_failed(c, &e)) return;
  parity_give_counts(c, &counts);
}

static void give_csat(parity_case *c, const loy_csat *csat) {
  parity_give_int(c, csat->top);
  parity_give_int(c, csat->n);
  parity_give_int(c, csat->missing);
  parity_give_double(c, csat->score);
  parity_give_double(c, csat->standard_error);
}

static void csat_from_scores(parity_case *c) {
  size_t n;
  const double *score = parity_column(c, &n);
  loy_csat_options options;
  loy_csat csat = {0};
  loy_error e;
  loy_csat_options_init(&options);
  options.lowest = (int)parity_int(c);
  options.highest = (int)parity_int(c);
  options.boxes = (int)parity_int(c);
  options.skip_missing = parity_bool(c);
  loy_csat_from_scores(score, n, &options, &csat, &e);
  if (parity_failed(c, &e)) return;
  give_csat(c, &csat);
}

static void csat_from_counts(parity_case *c) {
  const int64_t top = parity_int(c), n = parity_int(c);
  loy_csat csat = {0};
  loy_error e;
  loy_csat_from_counts(top, n, &csat, &e);
  if (parity_failed(c, &e)) return;
  give_csat(c, &csat);
}

static void csat_interval(parity_case *c) {
  loy_csat csat = {0, 0, 0, 0.0, 0.0};
  double level, lower = 0.0, upper = 0.0;
  loy_error e;
  csat.top = parity_int(c);
  csat.n = parity_int(c);
  level = parity_double(c);
  loy_csat_interval(&csat, level, &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

PARITY(survey) {
  CASE(nps_from_scores);
  CASE(nps_from_counts);
  CASE(nps_interval);
  CASE(nps_count);
  CASE(csat_from_scores);
  CASE(csat_from_counts);
  CASE(csat_interval);
}
