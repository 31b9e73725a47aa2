/* survey_nps_panel.i: shims of two waves with common respondents. A panel passes as a column of the sixteen counts of
 * loy_nps_panel in the order of its declaration. After survey_nps_compare.i. */

%{
#include "loyalty/survey/nps_panel.h"

enum { NPS_PANEL_FIELDS = 16 };

static bool nps_panel_of(loy_in_i64 counts, loy_nps_panel *panel, loy_error *e) {
  const int64_t *v = counts.p;
  if (!loy_has_length(e, "panel", counts.n, NPS_PANEL_FIELDS)) return false;
  for (int i = 0; i < LOY_NPS_GROUPS; i++) {
    for (int j = 0; j < LOY_NPS_GROUPS; j++) panel->both[i][j] = v[i * LOY_NPS_GROUPS + j];
    panel->before_only[i] = v[9 + i];
    panel->after_only[i] = v[12 + i];
  }
  panel->missing = v[15];
  return true;
}
%}

LOY_BULK(nps_panel_count)
%inline %{
static loy_r0 nps_panel_count(loy_in before, loy_in after, int promoter_from, int passive_from, bool skip_missing,
                              loy_out_i64 panel) {
  loy_r0 r = {0};
  loy_nps_options options;
  loy_nps_panel found;
  if (!loy_same_length(&r.e, "after", after.n, before.n) ||
      !loy_has_length(&r.e, "panel", panel.n, NPS_PANEL_FIELDS))
    return r;
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  options.skip_missing = skip_missing;
  if (loy_nps_panel_count(before.p, after.p, before.n, &options, &found, &r.e) != LOY_OK) return r;
  for (int i = 0; i < LOY_NPS_GROUPS; i++) {
    for (int j = 0; j < LOY_NPS_GROUPS; j++) panel.p[i * LOY_NPS_GROUPS + j] = found.both[i][j];
    panel.p[9 + i] = found.before_only[i];
    panel.p[12 + i] = found.after_only[i];
  }
  panel.p[15] = found.missing;
  return r;
}

static loy_values nps_paired(loy_in_i64 panel, int alternative, double level) {
  loy_values r = {0};
  loy_nps_panel counts;
  loy_nps_difference found;
  if (!nps_panel_of(panel, &counts, &r.e)) return r;
  if (loy_nps_paired(&counts, alternative, level, &found, &r.e) == LOY_OK) nps_put_difference(&r, &found);
  return r;
}

static loy_values nps_overlap(loy_in_i64 panel, int alternative, double level) {
  loy_values r = {0};
  loy_nps_panel counts;
  loy_nps_difference found;
  if (!nps_panel_of(panel, &counts, &r.e)) return r;
  if (loy_nps_overlap(&counts, alternative, level, &found, &r.e) == LOY_OK) nps_put_difference(&r, &found);
  return r;
}
%}
