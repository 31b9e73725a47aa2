/* value_lift.i: shims of elasticities and of lifts of retention. value_row is in value_lifetime.i. */

%{
#include "loyalty/value/elasticity.h"
#include "loyalty/value/retention_lift.h"
%}

LOY_BULK(retention_elasticity_batch)
LOY_BULK(retention_lift_batch)
%inline %{
static loy_values retention_elasticity_batch(int timing, loy_in margin, loy_in retention, double discount,
                                             double growth, double horizon, loy_in acquisition_cost,
                                             loy_out by_margin, loy_out by_retention, loy_out by_discount,
                                             loy_out by_acquisition_cost, bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "retention", retention.n, margin.n) &&
      loy_same_length(&e, "acquisition_cost", acquisition_cost.n, margin.n) &&
      loy_same_length(&e, "by_margin", by_margin.n, margin.n) &&
      loy_same_length(&e, "by_retention", by_retention.n, margin.n) &&
      loy_same_length(&e, "by_discount", by_discount.n, margin.n) &&
      loy_same_length(&e, "by_acquisition_cost", by_acquisition_cost.n, margin.n)) {
    for (size_t i = 0; i < margin.n; i++) {
      loy_error why;
      loy_elasticity found = {NAN, NAN, NAN, NAN};
      loy_retention_elasticity(timing, margin.p[i], retention.p[i], discount, growth, horizon, acquisition_cost.p[i],
                               &found, &why);
      value_row(&rows, i, &why);
      by_margin.p[i] = found.margin;
      by_retention.p[i] = found.retention;
      by_discount.p[i] = found.discount;
      by_acquisition_cost.p[i] = found.acquisition_cost;
    }
  }
  return value_rows_done(e, &rows, coerce);
}

static loy_values retention_lift_batch(int meaning, int timing, loy_in margin, loy_in retention, loy_in amount,
                                       double discount, double growth, double horizon, loy_out retention_after,
                                       loy_out value_before, loy_out value_after, loy_out gain, loy_out relative,
                                       bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "retention", retention.n, margin.n) && loy_same_length(&e, "amount", amount.n, margin.n) &&
      loy_same_length(&e, "retention_after", retention_after.n, margin.n) &&
      loy_same_length(&e, "value_before", value_before.n, margin.n) &&
      loy_same_length(&e, "value_after", value_after.n, margin.n) && loy_same_length(&e, "gain", gain.n, margin.n) &&
      loy_same_length(&e, "relative", relative.n, margin.n)) {
    for (size_t i = 0; i < margin.n; i++) {
      loy_error why;
      loy_retention_lift lift = {NAN, NAN, NAN, NAN, NAN};
      loy_retention_lift_by(meaning, timing, margin.p[i], retention.p[i], amount.p[i], discount, growth, horizon, &lift,
                            &why);
      value_row(&rows, i, &why);
      retention_after.p[i] = lift.retention_after;
      value_before.p[i] = lift.value_before;
      value_after.p[i] = lift.value_after;
      gain.p[i] = lift.gain;
      relative.p[i] = lift.relative;
    }
  }
  return value_rows_done(e, &rows, coerce);
}
%}
