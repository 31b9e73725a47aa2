/* survey_five_signal.i: shims of the index of five signals. */

%{
#include "loyalty/survey/five_signal.h"
%}

LOY_BULK(five_signal_batch)
LOY_BULK(percentile_batch)
LOY_BULK(trend_signal_batch)
%inline %{
/* Status, bad rows, customers with too few signals. A signal that is None is known of nobody; `weight` has one number
 * for each signal. */
static loy_values five_signal_batch(loy_in weight, int least, double satisfaction_lowest, double satisfaction_highest,
                                    double trust_lowest, double trust_highest, loy_in_opt frequency, loy_in_opt amount,
                                    loy_in_opt recommendation, loy_in_opt satisfaction, loy_in_opt trust, loy_out index,
                                    loy_out_i64 known, bool coerce) {
  const loy_in_opt in[LOY_SIGNALS] = {frequency, amount, recommendation, satisfaction, trust};
  const double *signal[LOY_SIGNALS];
  loy_values r = {0};
  loy_five_signal_options options;
  loy_batch_report report = {0};
  size_t skipped = 0;
  if (!loy_has_length(&r.e, "weight", weight.n, LOY_SIGNALS)) return r;
  if (!loy_same_length(&r.e, "known", known.n, index.n)) return r;
  loy_five_signal_options_init(&options);
  options.least = least;
  options.satisfaction_lowest = satisfaction_lowest;
  options.satisfaction_highest = satisfaction_highest;
  options.trust_lowest = trust_lowest;
  options.trust_highest = trust_highest;
  for (int k = 0; k < LOY_SIGNALS; k++) {
    if (in[k].p && !loy_same_length(&r.e, loy_signal_name(k), in[k].n, index.n)) return r;
    signal[k] = in[k].p;
    options.weight[k] = weight.p[k];
  }
  if (loy_status_is_error(loy_five_signal_batch(signal, index.n, &options, index.p, loy_lend_i32(known), &skipped,
                                                &report, &r.e)))
    return r;
  loy_widen_i32(known);
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  loy_put_size(&r, skipped);
  return r;
}

static loy_r0 percentile_batch(loy_in value, loy_out place) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "place", place.n, value.n)) loy_percentile_batch(value.p, value.n, NULL, place.p, &r.e);
  return r;
}

/* `amount` holds the years one after the other, the earliest first, each as long as `trend`. */
static loy_rbatch trend_signal_batch(loy_in amount, size_t years, loy_out trend, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const double *column[LOY_TREND_YEARS];
  if (years < 2 || years > LOY_TREND_YEARS) {
    loy_refuse(&e, LOY_ERR_ARGUMENT, "years", "must be from 2 to 1000");
  } else if (amount.n / years != trend.n || amount.n % years != 0) {
    loy_refuse(&e, LOY_ERR_ARGUMENT, "amount", "has the wrong number of elements");
  } else {
    for (size_t y = 0; y < years; y++) column[y] = amount.p + y * trend.n;
    loy_trend_signal_batch(column, years, trend.n, trend.p, &report, &e);
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext signal_name(int signal, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_signal_name_zh(signal) : loy_signal_name(signal);
  return r;
}
%}
