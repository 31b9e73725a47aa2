/* survey_nps_groups.c: several groups, and what moves a score, in the parity cases. */
#include <stdlib.h>

#include "nps.h"

enum { MOST_GROUPS = 8, MOST_PAIRS = MOST_GROUPS * (MOST_GROUPS - 1) / 2, PAIR_FIELDS = 9 };

static void nps_homogeneity_test(parity_case *c) {
  size_t n, m;
  const double *v = parity_column(c, &n);
  const size_t groups = n / PARITY_NPS_FIELDS;
  const int method = (int)parity_int(c);
  const double level = parity_double(c);
  double *out = parity_out(c, &m);
  loy_nps group[MOST_GROUPS];
  loy_nps_pair pair[MOST_PAIRS];
  loy_nps_homogeneity all = {0, 0, 0, 0, 0};
  loy_error e;
  if (parity_lengths(c, "group", n, groups * PARITY_NPS_FIELDS)) return;
  if (groups > MOST_GROUPS) abort();
  if (m != 0 && parity_lengths(c, "pair", m, groups * (groups - 1) / 2 * PAIR_FIELDS)) return;
  for (size_t i = 0; i < groups; i++) group[i] = parity_nps_fields(v + i * PARITY_NPS_FIELDS);
  loy_nps_homogeneity_test(group, groups, method, level, NULL, &all, m ? pair : NULL, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, all.statistic);
  parity_give_double(c, all.df);
  parity_give_double(c, all.p_value);
  parity_give_double(c, all.score);
  parity_give_double(c, all.standard_error);
  for (size_t k = 0; k < m / PAIR_FIELDS; k++) {
    parity_difference(&pair[k].compare, out + k * PAIR_FIELDS);
    out[k * PAIR_FIELDS + 8] = pair[k].adjusted_p_value;
  }
}

static void holm(parity_case *c) {
  size_t n, m;
  const double *p = parity_column(c, &n);
  double *adjusted = parity_out(c, &m);
  loy_error e;
  if (parity_lengths(c, "adjusted", m, n)) return;
  loy_holm(p, n, NULL, adjusted, &e);
  (void)parity_failed(c, &e);
}

static void nps_moves(parity_case *c) {
  const loy_nps_counts counts = parity_nps_counts(c);
  loy_nps_moves moves = {0, 0, 0, 0, 0, 0, 0, 0};
  loy_error e;
  loy_nps_moves_from_counts(&counts, &moves, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, moves.step);
  parity_give_double(c, moves.conversion);
  parity_give_double(c, moves.new_promoter);
  parity_give_double(c, moves.new_passive);
  parity_give_double(c, moves.new_detractor);
  parity_give_double(c, moves.lost_promoter);
  parity_give_double(c, moves.lost_passive);
  parity_give_double(c, moves.lost_detractor);
}

static void give_change(parity_case *c, const loy_nps_change *total, const loy_nps_segment *segment, size_t n,
                        double *parts) {
  parity_give_double(c, total->before);
  parity_give_double(c, total->after);
  parity_give_double(c, total->change);
  parity_give_double(c, total->mix);
  parity_give_double(c, total->rate);
  for (size_t i = 0; i < n; i++) {
    parts[i] = segment[i].contribution;
    parts[n + i] = segment[i].mix;
    parts[2 * n + i] = segment[i].rate;
    parts[3 * n + i] = segment[i].relative_mix;
  }
}

static void nps_attribute(parity_case *c) {
  size_t n, m;
  const double *share_before = parity_column(c, &n), *share_after, *score_before, *score_after;
  double *parts;
  loy_nps_segment segment[MOST_GROUPS];
  loy_nps_change total = {0, 0, 0, 0, 0};
  loy_error e;
  share_after = parity_column(c, &m);
  if (parity_lengths(c, "share_after", m, n)) return;
  score_before = parity_column(c, &m);
  if (parity_lengths(c, "score_before", m, n)) return;
  score_after = parity_column(c, &m);
  if (parity_lengths(c, "score_after", m, n)) return;
  parts = parity_out(c, &m);
  if (parity_lengths(c, "parts", m, 4 * n)) return;
  if (n > MOST_GROUPS) abort();
  memset(segment, 0, sizeof segment);
  for (size_t i = 0; i < n; i++) {
    segment[i].share_before = share_before[i];
    segment[i].share_after = share_after[i];
    segment[i].score_before = score_before[i];
    segment[i].score_after = score_after[i];
  }
  loy_nps_attribute(segment, n, &total, &e);
  if (parity_failed(c, &e)) return;
  give_change(c, &total, segment, n, parts);
}

/* The counts of the groups in one period, three for each. */
static void counts_of(const int64_t *v, size_t n, loy_nps_counts *counts) {
  for (size_t i = 0; i < n; i++) {
    counts[i].promoters = v[3 * i];
    counts[i].passives = v[3 * i + 1];
    counts[i].detractors = v[3 * i + 2];
    counts[i].missing = 0;
  }
}

static void nps_attribute_counts(parity_case *c) {
  size_t n, m;
  const int64_t *v = parity_column_i64(c, &m), *w;
  double *shares, *parts;
  loy_nps_counts before[MOST_GROUPS], after[MOST_GROUPS];
  loy_nps_segment segment[MOST_GROUPS];
  loy_nps_change total = {0, 0, 0, 0, 0};
  loy_error e;
  n = m / 3;
  if (parity_lengths(c, "before", m, 3 * n)) return;
  w = parity_column_i64(c, &m);
  if (parity_lengths(c, "after", m, 3 * n)) return;
  shares = parity_out(c, &m);
  if (parity_lengths(c, "shares", m, 4 * n)) return;
  parts = parity_out(c, &m);
  if (parity_lengths(c, "parts", m, 4 * n)) return;
  if (n > MOST_GROUPS) abort();
  memset(segment, 0, sizeof segment);
  counts_of(v, n, before);
  counts_of(w, n, after);
  loy_nps_attribute_counts(before, after, n, segment, &total, &e);
  if (parity_failed(c, &e)) return;
  give_change(c, &total, segment, n, parts);
  for (size_t i = 0; i < n; i++) {
    shares[i] = segment[i].share_before;
    shares[n + i] = segment[i].share_after;
    shares[2 * n + i] = segment[i].score_before;
    shares[3 * n + i] = segment[i].score_after;
  }
}

PARITY(survey_nps_groups) {
  CASE(nps_homogeneity_test);
  CASE(holm);
  CASE(nps_moves);
  CASE(nps_attribute);
  CASE(nps_attribute_counts);
}
