/* ladder_battery.i: shims of ladder/battery.h. */

%{
#include "loyalty/ladder/battery.h"
%}

LOY_BULK(battery_batch)
%inline %{
/* Status, the scores in the order of loy_battery_dimension, the index. */
static loy_values battery(loy_in answer) {
  loy_values r = {0};
  loy_battery_scores found;
  if (!loy_has_length(&r.e, "answer", answer.n, LOY_BATTERY_ITEMS) ||
      loy_status_is_error(loy_battery(answer.p, &found, &r.e)))
    return r;
  loy_put_status(&r);
  loy_put_doubles(&r, found.score, LOY_BATTERY_DIMENSIONS);
  loy_put_double(&r, found.favourable);
  return r;
}

/* `answer` is the items' columns one after the other, each as long as `favourable`; `score` the dimensions' likewise.
 * Status, bad rows, respondents without an index. */
static loy_values battery_batch(loy_in answer, loy_out score, loy_out favourable, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  const double *item[LOY_BATTERY_ITEMS];
  double *dimension[LOY_BATTERY_DIMENSIONS];
  const size_t n = favourable.n;
  size_t skipped = 0;
  if (!loy_has_length(&r.e, "answer", answer.n, n * LOY_BATTERY_ITEMS) ||
      !loy_has_length(&r.e, "score", score.n, n * LOY_BATTERY_DIMENSIONS))
    return r;
  for (size_t k = 0; k < LOY_BATTERY_ITEMS; k++) item[k] = answer.p + k * n;
  for (size_t k = 0; k < LOY_BATTERY_DIMENSIONS; k++) dimension[k] = score.p + k * n;
  if (loy_status_is_error(loy_battery_batch(item, n, dimension, favourable.p, &skipped, &report, &r.e))) return r;
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  loy_put_size(&r, skipped);
  return r;
}

static loy_rtext battery_dimension_name(int dimension, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_battery_dimension_name_zh(dimension) : loy_battery_dimension_name(dimension);
  return r;
}
%}
