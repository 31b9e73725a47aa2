/* btyd_trend.i: shims of the trend of yearly amounts. */

%{
#include "loyalty/btyd/trend.h"
%}

LOY_BULK(trend_batch)
%inline %{
/* The fields of a loy_trend, in the order of its declaration. */
static loy_values trend_of(loy_in amount, double level) {
  loy_values r = {0};
  loy_trend trend = {0};
  loy_trend_of(amount.p, amount.n, level, NULL, &trend, &r.e);
  loy_put_int(&r, trend.known);
  loy_put_int(&r, trend.s);
  loy_put_double(&r, trend.tau);
  loy_put_double(&r, trend.p_value);
  loy_put_double(&r, trend.slope);
  loy_put_double(&r, trend.lower);
  loy_put_double(&r, trend.upper);
  return r;
}

/* Status, bad rows, customers with fewer than two known years. `amount` holds the years one after the other, the earliest
 * first, each as long as `slope`. */
static loy_values trend_batch(loy_in amount, size_t years, double level, loy_out slope, loy_out lower, loy_out upper,
                              loy_out tau, loy_out p_value, bool coerce) {
  const size_t n = slope.n;
  const double *column[LOY_TREND_YEARS];
  loy_values r = {0};
  loy_batch_report report = {0};
  loy_trend_columns out;
  size_t skipped = 0;
  if (!loy_same_length(&r.e, "lower", lower.n, n) || !loy_same_length(&r.e, "upper", upper.n, n) ||
      !loy_same_length(&r.e, "tau", tau.n, n) || !loy_same_length(&r.e, "p_value", p_value.n, n))
    return r;
  if (years < 2 || years > LOY_TREND_YEARS) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "years", "must be from 2 to 1000");
    return r;
  }
  if (!loy_has_length(&r.e, "amount", amount.n % years == 0 ? amount.n / years : SIZE_MAX, n)) return r;
  for (size_t y = 0; y < years; y++) column[y] = amount.p + y * n;
  loy_trend_columns_init(&out);
  out.slope = slope.p;
  out.lower = lower.p;
  out.upper = upper.p;
  out.tau = tau.p;
  out.p_value = p_value.p;
  if (loy_status_is_error(loy_trend_batch(column, years, n, level, NULL, &out, &skipped, &report, &r.e))) return r;
  if (report.bad > 0 && !coerce) {
    r.e = report.first;
    return r;
  }
  loy_put_status(&r);
  loy_put_size(&r, report.bad);
  loy_put_size(&r, skipped);
  return r;
}
%}
