/* value_lifetime.i: shims of lifetimes, paths of retention, and the uncertainty of a value. */

%{
#include "loyalty/value/lifetime.h"
#include "loyalty/value/retention_path.h"
#include "loyalty/value/uncertainty.h"

/* What the rows of a loop over a function with a status said: the bad ones, and the first notice. */
typedef struct value_rows {
  loy_batch_report report;
  loy_error notice;
} value_rows;

/* Whether row i has an answer; else it becomes NaN. */
static bool value_row(value_rows *rows, size_t i, const loy_error *why) {
  if (loy_status_is_error(why->status)) {
    if (rows->report.bad++ == 0) {
      rows->report.first = *why;
      rows->report.first.index = i;
    }
    return false;
  }
  if (why->status != LOY_OK && rows->notice.status == LOY_OK) rows->notice = *why;
  return true;
}

/* Status and the count of bad rows. */
static loy_values value_rows_done(loy_error e, const value_rows *rows, bool coerce) {
  loy_values r = {0};
  const loy_rbatch counted = loy_batch_result(e, &rows->report, coerce);
  r.e = counted.e;
  if (loy_status_is_error(r.e.status)) return r;
  r.e = rows->notice;
  loy_put_status(&r);
  loy_put_int(&r, counted.bad);
  return r;
}
%}

LOY_BULK(lifetime_survivors_batch)
LOY_BULK(lifetime_mean_batch)
LOY_BULK(lifetime_until_batch)
LOY_BULK(retention_path)
LOY_BULK(retention_spread_batch)
LOY_BULK(retention_value_error_batch)
%inline %{
/* One shim for numbers and columns: a column of one has the bits of loy_lifetime_survivors, loy_lifetime_mean and
 * loy_lifetime_until. */
static loy_rbatch lifetime_survivors_batch(loy_in retention, loy_in periods, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "periods", periods.n, retention.n) && loy_same_length(&e, "out", out.n, retention.n))
    loy_lifetime_survivors_batch(retention.p, periods.p, retention.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch lifetime_mean_batch(loy_in retention, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "out", out.n, retention.n))
    loy_lifetime_mean_batch(retention.p, retention.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch lifetime_until_batch(loy_in retention, loy_in share, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "share", share.n, retention.n) && loy_same_length(&e, "out", out.n, retention.n))
    loy_lifetime_until_batch(retention.p, share.p, retention.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The value; columns of the share that is there and of present values. */
static loy_r1 retention_path(int timing, loy_in margin, loy_in retention, double discount, double growth,
                             double acquisition_cost, loy_out survivors, loy_out present) {
  loy_r1 r = {0};
  if (loy_same_length(&r.e, "retention", retention.n, margin.n) &&
      loy_same_length(&r.e, "survivors", survivors.n, margin.n) &&
      loy_same_length(&r.e, "present", present.n, margin.n))
    loy_retention_path(timing, margin.p, retention.p, margin.n, discount, growth, acquisition_cost, survivors.p,
                       present.p, &r.v[0], &r.e);
  return r;
}

static loy_values retention_spread_batch(int timing, loy_in margin, loy_in retention, double discount, double growth,
                                         loy_out mean, loy_out deviation, bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "retention", retention.n, margin.n) && loy_same_length(&e, "mean", mean.n, margin.n) &&
      loy_same_length(&e, "deviation", deviation.n, margin.n)) {
    for (size_t i = 0; i < margin.n; i++) {
      loy_error why;
      double m = 0.0, d = 0.0;
      loy_retention_spread(timing, margin.p[i], retention.p[i], discount, growth, &m, &d, &why);
      if (!value_row(&rows, i, &why)) m = d = NAN;
      mean.p[i] = m;
      deviation.p[i] = d;
    }
  }
  return value_rows_done(e, &rows, coerce);
}

static loy_values retention_value_error_batch(int timing, loy_in margin, loy_in retention, double discount,
                                              double growth, double horizon, loy_in se_margin, loy_in se_retention,
                                              loy_in correlation, loy_out value, loy_out standard_error,
                                              bool coerce) {
  loy_error e = {0};
  value_rows rows = {0};
  if (loy_same_length(&e, "retention", retention.n, margin.n) &&
      loy_same_length(&e, "se_margin", se_margin.n, margin.n) &&
      loy_same_length(&e, "se_retention", se_retention.n, margin.n) &&
      loy_same_length(&e, "correlation", correlation.n, margin.n) && loy_same_length(&e, "value", value.n, margin.n) &&
      loy_same_length(&e, "standard_error", standard_error.n, margin.n)) {
    for (size_t i = 0; i < margin.n; i++) {
      loy_error why;
      double v = 0.0, se = 0.0;
      loy_retention_value_error(timing, margin.p[i], retention.p[i], discount, growth, horizon, se_margin.p[i],
                                se_retention.p[i], correlation.p[i], &v, &se, &why);
      if (!value_row(&rows, i, &why)) v = se = NAN;
      value.p[i] = v;
      standard_error.p[i] = se;
    }
  }
  return value_rows_done(e, &rows, coerce);
}
%}
