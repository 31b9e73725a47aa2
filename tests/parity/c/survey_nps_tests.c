/* survey_nps_tests.c: tests, plans and moves of a Net Promoter Score in the parity cases. */
#include "nps.h"

static void nps_test(parity_case *c) {
  loy_nps nps = {0};
  loy_nps_benchmark r = {0, 0, 0, 0, 0};
  loy_error e;
  double benchmark;
  int method;
  if (!parity_nps(c, "score", &nps)) return;
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

static void nps_compare(parity_case *c) {
  loy_nps a = {0}, b = {0};
  loy_nps_difference r = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  int method, alternative;
  if (!parity_nps(c, "first", &a) || !parity_nps(c, "second", &b)) return;
  method = (int)parity_int(c);
  alternative = (int)parity_int(c);
  loy_nps_compare(&a, &b, method, alternative, parity_double(c), &r, &e);
  if (parity_failed(c, &e)) return;
  parity_give_difference(c, &r);
}

static void nps_permutation_test(parity_case *c) {
  const loy_nps_counts a = parity_nps_counts(c), b = parity_nps_counts(c);
  double difference = 0.0, p = 0.0;
  loy_error e;
  loy_nps_permutation_test(&a, &b, (int)parity_int(c), &difference, &p, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, difference);
  parity_give_double(c, p);
}

static void nps_paired(parity_case *c) {
  loy_nps_panel panel;
  loy_nps_difference r = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  int alternative;
  if (!parity_panel(c, &panel)) return;
  alternative = (int)parity_int(c);
  loy_nps_paired(&panel, alternative, parity_double(c), &r, &e);
  if (parity_failed(c, &e)) return;
  parity_give_difference(c, &r);
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
  const loy_nps_counts counts = parity_nps_counts(c);
  loy_nps_gap gap = {0, 0, 0};
  loy_error e;
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
