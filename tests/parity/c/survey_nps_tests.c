/* survey_nps_tests.c: tests, plans and moves of a Net Promoter Score in the parity cases. */
#include "parity.h"

static bool score_of(parity_case *c, loy_nps *nps) {
  size_t n;
  const double *v = parity_column(c, &n);
  if (n != 12) return false;
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

static void nps_test(parity_case *c) {
  loy_nps nps = {0};
  loy_nps_benchmark r = {0, 0, 0, 0, 0};
  loy_error e;
  double benchmark;
  int method;
  score_of(c, &nps);
  benchmark = parity_double(c);
  method = (int)parity_int(c);
  loy_nps_test(&nps, benchmark, method, (int)parity_int(c), &r, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, r.score);
  parity_give_double(c, r.difference);
  parity_give_double(c, r.standard_error);
  parity_give_double(c, r.statistic);
  parity_give_double(c, r.p_value);
}

static void give_difference(parity_case *c, const loy_nps_difference *r) {
  parity_give_double(c, r->difference);
  parity_give_double(c, r->centre);
  parity_give_double(c, r->standard_error);
  parity_give_double(c, r->statistic);
  parity_give_double(c, r->df);
  parity_give_double(c, r->p_value);
  parity_give_double(c, r->lower);
  parity_give_double(c, r->upper);
}

static void nps_compare(parity_case *c) {
  loy_nps a = {0}, b = {0};
  loy_nps_difference r = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  int method, alternative;
  score_of(c, &a);
  score_of(c, &b);
  method = (int)parity_int(c);
  alternative = (int)parity_int(c);
  loy_nps_compare(&a, &b, method, alternative, parity_double(c), &r, &e);
  if (parity_failed(c, &e)) return;
  give_difference(c, &r);
}

static void nps_permutation_test(parity_case *c) {
  loy_nps_counts a = {0, 0, 0, 0}, b = {0, 0, 0, 0};
  double difference = 0.0, p = 0.0;
  loy_error e;
  a.promoters = parity_int(c);
  a.passives = parity_int(c);
  a.detractors = parity_int(c);
  b.promoters = parity_int(c);
  b.passives = parity_int(c);
  b.detractors = parity_int(c);
  loy_nps_permutation_test(&a, &b, (int)parity_int(c), &difference, &p, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, difference);
  parity_give_double(c, p);
}

static void nps_paired(parity_case *c) {
  size_t n;
  const int64_t *v = parity_column_i64(c, &n);
  loy_nps_panel panel = {{{0}}, {0}, {0}, 0};
  loy_nps_difference r = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  int alternative;
  if (parity_lengths(c, "panel", n, 16)) return;
  for (int i = 0; i < 9; i++) panel.both[i / 3][i % 3] = v[i];
  alternative = (int)parity_int(c);
  loy_nps_paired(&panel, alternative, parity_double(c), &r, &e);
  if (parity_failed(c, &e)) return;
  give_difference(c, &r);
}

static void nps_sample_size(parity_case *c) {
  const double half_width = parity_double(c), level = parity_double(c), variance = parity_double(c);
  const double population = parity_double(c);
  int64_t n = 0;
  loy_error e;
  loy_nps_sample_size(half_width, level, variance, population, (int)parity_int(c), &n, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, n);
}

static void nps_gap(parity_case *c) {
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_nps_gap gap = {0, 0, 0};
  loy_error e;
  counts.promoters = parity_int(c);
  counts.passives = parity_int(c);
  counts.detractors = parity_int(c);
  loy_nps_gap_to_target(&counts, parity_double(c), &gap, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, gap.steps);
  parity_give_int(c, gap.respondents);
  parity_give_int(c, gap.new_promoters);
}

PARITY(survey_nps_tests) {
  CASE(nps_test);
  CASE(nps_compare);
  CASE(nps_permutation_test);
  CASE(nps_paired);
  CASE(nps_sample_size);
  CASE(nps_gap);
}
