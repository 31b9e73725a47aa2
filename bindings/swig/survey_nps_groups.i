/* survey_nps_groups.i: shims of the test of several groups. After survey_nps_compare.i. */

%{
#include "loyalty/survey/nps_groups.h"

enum { NPS_PAIR_FIELDS = 9 };
%}

LOY_BULK(nps_homogeneity_test)
LOY_BULK(holm)
%inline %{
/* statistic, df, p-value, common score, its standard error. `group` holds the scores one after the other; `pair` receives
 * for each pair the fields of its loy_nps_difference and the adjusted p-value, or is empty. */
static loy_values nps_homogeneity_test(loy_in group, int method, double level, loy_out pair) {
  loy_values r = {0};
  const size_t groups = group.n / NPS_FIELDS;
  const size_t pairs = groups > 1 && groups <= 65536 ? groups * (groups - 1) / 2 : 0;
  loy_nps *scores;
  loy_nps_pair *found = NULL;
  loy_nps_homogeneity all;
  if (group.n % NPS_FIELDS != 0) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "group", "has the wrong number of elements");
    return r;
  }
  if (pair.n != 0 && !loy_has_length(&r.e, "pair", pair.n, pairs * NPS_PAIR_FIELDS)) return r;
  scores = (loy_nps *)calloc(groups + 1, sizeof *scores);
  if (pair.n != 0) found = (loy_nps_pair *)calloc(pairs, sizeof *found);
  if (!scores || (pair.n != 0 && !found)) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  } else {
    size_t i = 0;
    while (i < groups && nps_from_fields(group, i, "group", &scores[i], &r.e)) i++;
    if (i == groups &&
        loy_nps_homogeneity_test(scores, groups, method, level, NULL, &all, found, &r.e) == LOY_OK) {
      loy_put_double(&r, all.statistic);
      loy_put_double(&r, all.df);
      loy_put_double(&r, all.p_value);
      loy_put_double(&r, all.score);
      loy_put_double(&r, all.standard_error);
      for (size_t k = 0; found && k < pairs; k++) {
        double *out = pair.p + k * NPS_PAIR_FIELDS;
        const loy_nps_difference *d = &found[k].compare;
        out[0] = d->difference;
        out[1] = d->centre;
        out[2] = d->standard_error;
        out[3] = d->statistic;
        out[4] = d->df;
        out[5] = d->p_value;
        out[6] = d->lower;
        out[7] = d->upper;
        out[8] = found[k].adjusted_p_value;
      }
    }
  }
  free(scores);
  free(found);
  return r;
}

static loy_r0 holm(loy_in p, loy_out adjusted) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "adjusted", adjusted.n, p.n)) loy_holm(p.p, p.n, NULL, adjusted.p, &r.e);
  return r;
}
%}
