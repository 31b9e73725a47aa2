/* survey_nps_samples.c: samples of a Net Promoter Score in the parity cases: bytes, weights, strata, panels, sizes. */
#include <stdlib.h>

#include "nps.h"

static void nps_from_bytes(parity_case *c) {
  size_t n;
  const unsigned char *score = parity_bytes(c, &n);
  const loy_nps_options options = parity_nps_options(c);
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_nps nps = {0};
  loy_error e;
  loy_nps_count_u8(score, n, &options, &counts, &e);
  if (parity_failed(c, &e)) return;
  loy_nps_from_counts(&counts, &nps, &e);
  if (n == 0) e.argument = "score"; /* none is one too few, as the shim puts it */
  if (parity_failed(c, &e)) return;
  parity_give_nps(c, &nps);
}

static void nps_stream_add_bytes(parity_case *c) {
  loy_nps_stream stream;
  const unsigned char *score;
  size_t n;
  loy_error e;
  if (!parity_stream(c, "stream", &stream)) return;
  score = parity_bytes(c, &n);
  loy_nps_stream_add_u8(&stream, score, n, &e);
  parity_give_stream(c, &stream, &e);
}

static void nps_weighted(parity_case *c) {
  size_t n, m;
  const double *score = parity_column(c, &n), *weight = parity_column(c, &m);
  loy_nps_options options = parity_nps_options(c);
  loy_nps nps = {0};
  loy_nps_weighting found = {0};
  loy_error e;
  options.skip_missing = parity_bool(c);
  if (parity_lengths(c, "weight", m, n)) return;
  loy_nps_weighted(score, weight, n, &options, &nps, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, found.used);
  parity_give_double(c, found.design_effect);
  parity_give_double(c, found.largest_share);
  parity_give_double(c, found.uncorrected);
  parity_give_nps(c, &nps);
}

static void nps_stratified(parity_case *c) {
  enum { MOST_STRATA = 8 };
  size_t n, m, strata;
  const int64_t *v = parity_column_i64(c, &n);
  const double *weight = parity_column(c, &strata), *population = parity_column(c, &m);
  loy_nps_stratum stratum[MOST_STRATA];
  loy_nps nps = {0};
  loy_error e;
  if (parity_lengths(c, "population", m, strata) || parity_lengths(c, "counts", n, 4 * strata)) return;
  if (strata > MOST_STRATA) abort();
  for (size_t i = 0; i < strata; i++) {
    stratum[i].counts.promoters = v[4 * i];
    stratum[i].counts.passives = v[4 * i + 1];
    stratum[i].counts.detractors = v[4 * i + 2];
    stratum[i].counts.missing = v[4 * i + 3];
    stratum[i].weight = weight[i];
    stratum[i].population = population[i];
  }
  loy_nps_stratified(stratum, strata, parity_bool(c), &nps, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_nps(c, &nps);
}

static void nps_panel_count(parity_case *c) {
  size_t n, m;
  const double *before = parity_column(c, &n), *after = parity_column(c, &m);
  loy_nps_options options = parity_nps_options(c);
  int64_t *out;
  loy_nps_panel panel;
  loy_error e;
  options.skip_missing = parity_bool(c);
  if (parity_lengths(c, "after", m, n)) return;
  out = parity_out_i64(c, &m);
  if (parity_lengths(c, "panel", m, 16)) return;
  loy_nps_panel_count(before, after, n, &options, &panel, &e);
  if (parity_failed(c, &e)) return;
  memcpy(out, panel.both, sizeof panel.both);
  memcpy(out + 9, panel.before_only, sizeof panel.before_only);
  memcpy(out + 12, panel.after_only, sizeof panel.after_only);
  out[15] = panel.missing;
}

static void nps_overlap(parity_case *c) {
  loy_nps_panel panel;
  loy_nps_difference r = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  int alternative;
  if (!parity_panel(c, &panel)) return;
  alternative = (int)parity_int(c);
  loy_nps_overlap(&panel, alternative, parity_double(c), &r, &e);
  if (parity_failed(c, &e)) return;
  parity_give_difference(c, &r);
}

static void nps_half_width(parity_case *c) {
  const int64_t n = parity_int(c);
  const double level = parity_double(c), variance = parity_double(c), population = parity_double(c);
  double half_width = 0.0;
  loy_error e;
  loy_nps_half_width(n, level, variance, population, (int)parity_int(c), &half_width, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, half_width);
}

static void nps_group_sizes(parity_case *c) {
  const double difference = parity_double(c), first_variance = parity_double(c), second_variance = parity_double(c);
  const double ratio = parity_double(c), level = parity_double(c), power = parity_double(c);
  int64_t first = 0, second = 0;
  loy_error e;
  loy_nps_group_sizes(difference, first_variance, second_variance, ratio, level, power, (int)parity_int(c), &first,
                      &second, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, first);
  parity_give_int(c, second);
}

static void nps_power(parity_case *c) {
  const double difference = parity_double(c), first_variance = parity_double(c);
  const int64_t first = parity_int(c);
  const double second_variance = parity_double(c);
  const int64_t second = parity_int(c);
  const double level = parity_double(c);
  double power = 0.0;
  loy_error e;
  loy_nps_power(difference, first_variance, first, second_variance, second, level, (int)parity_int(c), &power, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, power);
}

PARITY(survey_nps_samples) {
  CASE(nps_from_bytes);
  CASE(nps_stream_add_bytes);
  CASE(nps_weighted);
  CASE(nps_stratified);
  CASE(nps_panel_count);
  CASE(nps_overlap);
  CASE(nps_half_width);
  CASE(nps_group_sizes);
  CASE(nps_power);
}
