/* survey_kano.i: shims of Kano's classes and of the zones of expectation. */

%{
#include "loyalty/survey/kano.h"

/* Status, then the counts in the order of loy_kano_category, then the other fields of a loy_kano. */
static loy_values kano_fields(const loy_kano *kano, const loy_error *e) {
  loy_values r = {0};
  r.e = *e;
  if (loy_status_is_error(e->status)) return r;
  loy_put_status(&r);
  for (int k = 0; k < LOY_KANO_CATEGORIES; k++) loy_put_int(&r, kano->count[k]);
  loy_put_int(&r, kano->n);
  loy_put_int(&r, kano->missing);
  loy_put_int(&r, kano->category);
  loy_put_bool(&r, kano->tied != 0);
  loy_put_double(&r, kano->better);
  loy_put_double(&r, kano->worse);
  loy_put_double(&r, kano->better_standard_error);
  loy_put_double(&r, kano->worse_standard_error);
  return r;
}
%}

LOY_BULK(kano_classify_batch)
LOY_BULK(kano_from_answers)
LOY_BULK(expectation_zone_batch)
%inline %{
static loy_ri kano_classify(double functional, double dysfunctional) {
  loy_ri r = {0};
  int category = 0;
  if (loy_kano_classify(functional, dysfunctional, &category, &r.e) == LOY_OK) r.v = category;
  return r;
}

static loy_rbatch kano_classify_batch(loy_in functional, loy_in dysfunctional, loy_out_i64 category, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = functional.n;
  if (loy_same_length(&e, "dysfunctional", dysfunctional.n, n) && loy_same_length(&e, "category", category.n, n) &&
      loy_kano_classify_batch(functional.p, dysfunctional.p, n, loy_lend_i32(category), &report, &e) == LOY_OK)
    loy_widen_i32(category);
  return loy_batch_result(e, &report, coerce);
}

static loy_values kano_from_answers(loy_in functional, loy_in dysfunctional, bool skip_missing) {
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  loy_error e = {0};
  if (loy_same_length(&e, "dysfunctional", dysfunctional.n, functional.n))
    loy_kano_from_answers(functional.p, dysfunctional.p, functional.n, skip_missing, &kano, &e);
  return kano_fields(&kano, &e);
}

static loy_values kano_from_counts(loy_in_i64 count) {
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  loy_error e = {0};
  if (loy_has_length(&e, "count", count.n, LOY_KANO_CATEGORIES)) loy_kano_from_counts(count.p, &kano, &e);
  return kano_fields(&kano, &e);
}

/* Better from, to, Worse from, to. Takes back the counts. */
static loy_r4 kano_intervals(loy_in_i64 count, double level) {
  loy_r4 r = {0};
  loy_kano kano = {{0}, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0};
  if (!loy_has_length(&r.e, "count", count.n, LOY_KANO_CATEGORIES)) return r;
  memcpy(kano.count, count.p, sizeof kano.count);
  loy_kano_intervals(&kano, level, &r.v[0], &r.v[2], &r.e);
  return r;
}

static loy_rbatch expectation_zone_batch(loy_in expressed, loy_in expected, loy_out_i64 zone, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = expressed.n;
  if (loy_same_length(&e, "expected", expected.n, n) && loy_same_length(&e, "zone", zone.n, n) &&
      loy_expectation_zone_batch(expressed.p, expected.p, n, loy_lend_i32(zone), &report, &e) == LOY_OK)
    loy_widen_i32(zone);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext kano_answer_name(int answer, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_kano_answer_name_zh(answer) : loy_kano_answer_name(answer);
  return r;
}
static loy_rtext kano_category_name(int category, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_kano_category_name_zh(category) : loy_kano_category_name(category);
  return r;
}
static loy_rtext kano_category_letter(int category) {
  loy_rtext r = {0};
  r.v = loy_kano_category_letter(category);
  return r;
}
static loy_rtext expectation_zone_name(int zone, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_expectation_zone_name_zh(zone) : loy_expectation_zone_name(zone);
  return r;
}
%}
