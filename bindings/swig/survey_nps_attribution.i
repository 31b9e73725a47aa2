/* survey_nps_attribution.i: shims of what moves a Net Promoter Score. Columns of parts hold one part of all groups after
 * the other, in the order of loy_nps_segment. */

%{
#include "loyalty/survey/nps_attribution.h"

/* The fields of a loy_nps_change, and the computed fields of the segments into `out`. */
static void nps_put_change(loy_values *r, const loy_nps_change *total, const loy_nps_segment *segment, size_t n,
                           double *out) {
  loy_put_double(r, total->before);
  loy_put_double(r, total->after);
  loy_put_double(r, total->change);
  loy_put_double(r, total->mix);
  loy_put_double(r, total->rate);
  for (size_t i = 0; i < n; i++) {
    out[i] = segment[i].contribution;
    out[n + i] = segment[i].mix;
    out[2 * n + i] = segment[i].rate;
    out[3 * n + i] = segment[i].relative_mix;
  }
}
%}

LOY_BULK(nps_attribute)
LOY_BULK(nps_attribute_counts)
%inline %{
/* The fields of loy_nps_moves, in the order of its declaration. */
static loy_values nps_moves(int64_t promoters, int64_t passives, int64_t detractors) {
  loy_values r = {0};
  const loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps_moves m;
  if (loy_nps_moves_from_counts(&counts, &m, &r.e) != LOY_OK) return r;
  loy_put_double(&r, m.step);
  loy_put_double(&r, m.conversion);
  loy_put_double(&r, m.new_promoter);
  loy_put_double(&r, m.new_passive);
  loy_put_double(&r, m.new_detractor);
  loy_put_double(&r, m.lost_promoter);
  loy_put_double(&r, m.lost_passive);
  loy_put_double(&r, m.lost_detractor);
  return r;
}

/* Status, steps, respondents, new promoters. */
static loy_values nps_gap(int64_t promoters, int64_t passives, int64_t detractors, double target) {
  loy_values r = {0};
  const loy_nps_counts counts = {promoters, passives, detractors, 0};
  loy_nps_gap gap;
  if (loy_status_is_error(loy_nps_gap_to_target(&counts, target, &gap, &r.e))) return r;
  loy_put_status(&r);
  loy_put_int(&r, gap.steps);
  loy_put_int(&r, gap.respondents);
  loy_put_int(&r, gap.new_promoters);
  return r;
}

/* before, after, change, mix, rate; `parts` receives contribution, mix, rate and relative mix of the groups. */
static loy_values nps_attribute(loy_in share_before, loy_in share_after, loy_in score_before, loy_in score_after,
                                loy_out parts) {
  loy_values r = {0};
  const size_t n = share_before.n;
  loy_nps_segment *segment;
  loy_nps_change total;
  if (!loy_same_length(&r.e, "share_after", share_after.n, n) ||
      !loy_same_length(&r.e, "score_before", score_before.n, n) ||
      !loy_same_length(&r.e, "score_after", score_after.n, n) || !loy_has_length(&r.e, "parts", parts.n, 4 * n))
    return r;
  segment = (loy_nps_segment *)calloc(n + 1, sizeof *segment);
  if (!segment) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  for (size_t i = 0; i < n; i++) {
    segment[i].share_before = share_before.p[i];
    segment[i].share_after = share_after.p[i];
    segment[i].score_before = score_before.p[i];
    segment[i].score_after = score_after.p[i];
  }
  if (loy_nps_attribute(segment, n, &total, &r.e) == LOY_OK) nps_put_change(&r, &total, segment, n, parts.p);
  free(segment);
  return r;
}

/* The same from counts: promoters, passives and detractors of each group one after the other. `shares` receives
 * share_before, share_after, score_before and score_after of the groups. */
static loy_values nps_attribute_counts(loy_in_i64 before, loy_in_i64 after, loy_out shares, loy_out parts) {
  loy_values r = {0};
  const size_t n = before.n / 3;
  loy_nps_counts *counts;
  loy_nps_segment *segment;
  loy_nps_change total;
  if (!loy_has_length(&r.e, "before", before.n, 3 * n) || !loy_same_length(&r.e, "after", after.n, before.n) ||
      !loy_has_length(&r.e, "shares", shares.n, 4 * n) || !loy_has_length(&r.e, "parts", parts.n, 4 * n))
    return r;
  segment = (loy_nps_segment *)calloc(n + 1, sizeof *segment);
  counts = (loy_nps_counts *)calloc(2 * n + 1, sizeof *counts);
  if (!segment || !counts) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  } else {
    for (size_t i = 0; i < n; i++) {
      counts[i].promoters = before.p[3 * i];
      counts[i].passives = before.p[3 * i + 1];
      counts[i].detractors = before.p[3 * i + 2];
      counts[n + i].promoters = after.p[3 * i];
      counts[n + i].passives = after.p[3 * i + 1];
      counts[n + i].detractors = after.p[3 * i + 2];
    }
    if (loy_nps_attribute_counts(counts, counts + n, n, segment, &total, &r.e) == LOY_OK) {
      nps_put_change(&r, &total, segment, n, parts.p);
      for (size_t i = 0; i < n; i++) {
        shares.p[i] = segment[i].share_before;
        shares.p[n + i] = segment[i].share_after;
        shares.p[2 * n + i] = segment[i].score_before;
        shares.p[3 * n + i] = segment[i].score_after;
      }
    }
  }
  free(segment);
  free(counts);
  return r;
}
%}
