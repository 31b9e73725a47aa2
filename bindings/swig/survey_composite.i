/* survey_composite.i: shims of indices of several questions. Questions pass as columns of weights, lowest and highest
 * answers; the answers of n respondents as one column for each question, one after the other. */

%{
#include "loyalty/survey/composite.h"

static bool composite_items(loy_in weight, loy_in lowest, loy_in highest, loy_composite_item *item, loy_error *e) {
  if (!loy_same_length(e, "lowest", lowest.n, weight.n) || !loy_same_length(e, "highest", highest.n, weight.n))
    return false;
  if (weight.n > LOY_COMPOSITE_ITEMS) return loy_refuse(e, LOY_ERR_ARGUMENT, "weight", "must have at most 64 elements");
  for (size_t j = 0; j < weight.n; j++) {
    item[j].weight = weight.p[j];
    item[j].lowest = lowest.p[j];
    item[j].highest = highest.p[j];
  }
  return true;
}
%}

LOY_BULK(composite_batch)
LOY_BULK(disconfirmation_batch)
%inline %{
static loy_r1 composite_from_means(loy_in weight, loy_in lowest, loy_in highest, loy_in mean) {
  loy_r1 r = {0};
  loy_composite_item item[LOY_COMPOSITE_ITEMS];
  if (composite_items(weight, lowest, highest, item, &r.e) && loy_same_length(&r.e, "mean", mean.n, weight.n))
    loy_composite_from_means(item, mean.p, mean.n, &r.v[0], &r.e);
  return r;
}

static loy_r1 acsi(loy_in mean, loy_in_opt weight) {
  loy_r1 r = {0};
  if (loy_has_length(&r.e, "mean", mean.n, 3) && (!weight.p || loy_has_length(&r.e, "weight", weight.n, 3)))
    loy_acsi(mean.p, weight.p, &r.v[0], &r.e);
  return r;
}

/* Status, bad rows, skipped respondents. */
static loy_values composite_batch(loy_in weight, loy_in lowest, loy_in highest, loy_in answer, size_t least,
                                  loy_out index, bool coerce) {
  loy_values r = {0};
  loy_composite_item item[LOY_COMPOSITE_ITEMS];
  const double *column[LOY_COMPOSITE_ITEMS];
  loy_batch_report report = {0};
  loy_rbatch counted;
  size_t skipped = 0;
  if (!composite_items(weight, lowest, highest, item, &r.e)) return r;
  if (weight.n > 0 && (answer.n % weight.n != 0 || answer.n / weight.n != index.n)) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "answer", "must be as many columns as there are weights, each as long as index");
    return r;
  }
  for (size_t j = 0; j < weight.n; j++) column[j] = answer.p + j * index.n;
  loy_composite_batch(item, column, weight.n, index.n, least, index.p, &skipped, &report, &r.e);
  counted = loy_batch_result(r.e, &report, coerce);
  r.e = counted.e;
  if (loy_status_is_error(r.e.status)) return r;
  loy_put_status(&r);
  loy_put_int(&r, counted.bad);
  loy_put_size(&r, skipped);
  return r;
}

static loy_rbatch disconfirmation_batch(loy_in performance, loy_in expectation, loy_out difference, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "expectation", expectation.n, performance.n) &&
      loy_same_length(&e, "difference", difference.n, performance.n))
    loy_disconfirmation_batch(performance.p, expectation.p, performance.n, difference.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext satisfaction_dimension_name(int dimension, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_satisfaction_dimension_name_zh(dimension) : loy_satisfaction_dimension_name(dimension);
  return r;
}
%}
