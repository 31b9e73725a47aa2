/* btyd_rfm.i: shims of the purchase log: amounts and dates as integers, and the rfm functions. */

/* ---- amounts, calendar ---- */

%{
#include <math.h>

#include "loyalty/base/amounts.h"
#include "loyalty/base/calendar.h"
%}

LOY_BULK(amounts_from_double)
LOY_BULK(amounts_from_integer)
%inline %{
static loy_r0 amounts_from_double(loy_in amount, int decimals, loy_out_i64 out) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "out", out.n, amount.n))
    loy_amounts_from_double(amount.p, amount.n, decimals, out.p, &r.e);
  return r;
}

static loy_r0 amounts_from_integer(loy_in_i64 amount, int decimals, loy_out_i64 out) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "out", out.n, amount.n))
    loy_amounts_from_integer(amount.p, amount.n, decimals, out.p, &r.e);
  return r;
}

/* Days are counted from 1970-01-01. */
static loy_ri day_from_civil(int year, int month, int day) {
  loy_ri r = {0};
  loy_day_from_civil(year, month, day, &r.v, &r.e);
  return r;
}

static loy_ri day_from_iso(loy_in_text text) {
  loy_ri r = {0};
  loy_day_from_iso(text.p, text.n, &r.v, &r.e);
  return r;
}

/* year, month, day */
static loy_values civil_from_day(int64_t number) {
  loy_values r = {0};
  int year = 0, month = 0, day = 0;
  loy_civil_from_day(number, &year, &month, &day, &r.e);
  loy_put_int(&r, year);
  loy_put_int(&r, month);
  loy_put_int(&r, day);
  return r;
}

/* Units 0 to 4: hour, day, week, month, year. */
static loy_r1 time_convert(double value, int unit, int to) {
  loy_r1 r = {0};
  r.v[0] = loy_time_convert(value, (loy_time_unit)unit, (loy_time_unit)to);
  if (isnan(loy_time_unit_seconds((loy_time_unit)unit)))
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "unit", "must be a unit of time");
  else if (isnan(loy_time_unit_seconds((loy_time_unit)to)))
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "to", "must be a unit of time");
  return r;
}
%}

/* ---- rfm ---- */

%{
#include "loyalty/btyd/rfm.h"
#include "loyalty/btyd/rfm_bytes.h"
#include "loyalty/btyd/rfm_summary.h"

/* A window from plain parameters. An unknown enumerator is refused by the core. */
static loy_rfm_window rfm_window(int time_unit, int tick, int64_t last, int64_t train_last, int decimals,
                                 bool include_first) {
  loy_rfm_window window;
  loy_rfm_window_init(&window);
  window.time_unit = (loy_time_unit)time_unit;
  window.tick = (loy_tick)tick;
  window.end = last;
  window.train_end = train_last;
  window.decimals = decimals;
  window.include_first = include_first;
  return window;
}
%}

LOY_HANDLE(rfm_builder, loy_rfm_builder, loy_rfm_destroy)
LOY_BULK(rfm_push)
LOY_BULK(rfm_merge)
LOY_BULK(rfm_relabel)
LOY_BULK(rfm_count)
LOY_BULK(rfm_size)
LOY_BULK(rfm_summary)
LOY_BULK(rfm_serialize)
LOY_BULK(rfm_deserialize)

%inline %{
/* Enumerators as in rfm.h: merge 0 to 5 (h, D, W, M, Y, none), refunds 0 to 3 (net, count, drop, deny). */
static rfm_builder_result rfm_new(int merge, int refunds, int threads) {
  rfm_builder_result r = {{LOY_OK, NULL, LOY_NO_INDEX, NULL}, NULL};
  loy_rfm_options options;
  loy_rfm_options_init(&options);
  options.merge = (loy_rfm_merge_period)merge;
  options.refunds = (loy_rfm_refunds)refunds;
  options.threads = threads;
  loy_rfm_create(&options, &r.object, &r.e);
  return r;
}

/* tick 0 to 4: days, seconds, milli-, micro-, nanoseconds since 1970. */
static loy_r0 rfm_push(loy_rfm_builder *builder, int tick, loy_in_i64 customer, loy_in_i64 time,
                       loy_in_i64_opt amount) {
  loy_r0 r = {0};
  if (loy_same_length(&r.e, "time", time.n, customer.n) &&
      (!amount.p || loy_same_length(&r.e, "amount", amount.n, customer.n)))
    loy_rfm_push(builder, (loy_tick)tick, customer.p, time.p, amount.p, customer.n, &r.e);
  return r;
}

static loy_r0 rfm_merge(loy_rfm_builder *builder, const loy_rfm_builder *other) {
  loy_r0 r = {0};
  loy_rfm_merge(builder, other, &r.e);
  return r;
}

static loy_r0 rfm_relabel(loy_rfm_builder *builder, loy_in_i64 label) {
  loy_r0 r = {0};
  loy_rfm_relabel(builder, label.p, label.n, &r.e);
  return r;
}

/* Distinct customers, and purchases. */
static loy_values rfm_size(loy_rfm_builder *builder) {
  loy_values r = {0};
  size_t customers = 0, purchases = 0;
  loy_rfm_size(builder, &customers, &purchases, &r.e);
  loy_put_size(&r, customers);
  loy_put_size(&r, purchases);
  return r;
}

/* The fields of a loy_rfm_report, in the order of its declaration. time_unit 0 to 4: h, D, W, M, Y; the least 64-bit
 * integer as `last` is the last period seen, as `train_last` no split. */
static loy_values rfm_count(loy_rfm_builder *builder, int time_unit, int tick, int64_t last, int64_t train_last,
                            int decimals, bool include_first) {
  loy_values r = {0};
  loy_rfm_report report = {0};
  loy_rfm_window window = rfm_window(time_unit, tick, last, train_last, decimals, include_first);
  loy_rfm_count(builder, &window, NULL, &report, &r.e);
  loy_put_int(&r, report.rows);
  loy_put_int(&r, report.rows_negative);
  loy_put_int(&r, report.rows_dropped);
  loy_put_int(&r, report.rows_merged);
  loy_put_int(&r, report.customers);
  loy_put_int(&r, report.customers_late);
  loy_put_int(&r, report.customers_void);
  loy_put_int(&r, report.purchases);
  loy_put_int(&r, report.purchases_test);
  loy_put_int(&r, report.purchases_late);
  loy_put_int(&r, report.returns);
  loy_put_int(&r, report.amount);
  loy_put_int(&r, report.amount_late);
  loy_put_int(&r, report.amount_returned);
  loy_put_int(&r, report.first);
  loy_put_int(&r, report.last);
  loy_put_int(&r, report.train_end);
  loy_put_int(&r, report.end);
  return r;
}

/* Writes one row for each customer into columns of that length; the number of rows. */
static loy_ri rfm_summary(loy_rfm_builder *builder, int time_unit, int tick, int64_t last, int64_t train_last,
                          int decimals, bool include_first, loy_out_i64 customer, loy_out frequency, loy_out recency,
                          loy_out T, loy_out_opt monetary_value, loy_out_opt litt, loy_out_opt test_frequency,
                          loy_out_opt test_monetary_value, loy_out_opt test_T) {
  loy_ri r = {0};
  loy_rfm_window window = rfm_window(time_unit, tick, last, train_last, decimals, include_first);
  loy_rfm_columns out;
  size_t rows = 0, n = customer.n;
  if (!loy_same_length(&r.e, "frequency", frequency.n, n) || !loy_same_length(&r.e, "recency", recency.n, n) ||
      !loy_same_length(&r.e, "T", T.n, n) ||
      (monetary_value.p && !loy_same_length(&r.e, "monetary_value", monetary_value.n, n)) ||
      (litt.p && !loy_same_length(&r.e, "litt", litt.n, n)) ||
      (test_frequency.p && !loy_same_length(&r.e, "test_frequency", test_frequency.n, n)) ||
      (test_monetary_value.p && !loy_same_length(&r.e, "test_monetary_value", test_monetary_value.n, n)) ||
      (test_T.p && !loy_same_length(&r.e, "test_T", test_T.n, n)))
    return r;
  loy_rfm_columns_init(&out);
  out.customer = customer.p;
  out.frequency = frequency.p;
  out.recency = recency.p;
  out.T = T.p;
  out.monetary_value = monetary_value.p;
  out.litt = litt.p;
  out.test_frequency = test_frequency.p;
  out.test_monetary_value = test_monetary_value.p;
  out.test_T = test_T.p;
  loy_rfm_summary(builder, &window, n, &out, &rows, &r.e);
  r.v = (int64_t)rows;
  return r;
}

static loy_rblob rfm_serialize(loy_rfm_builder *builder) {
  loy_rblob r = {0};
  if (loy_rfm_serialized_size(builder, &r.n, &r.e) != LOY_OK) return r;
  r.p = (char *)malloc(r.n);
  if (!r.p) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, NULL);
    return r;
  }
  if (loy_rfm_serialize(builder, (unsigned char *)r.p, r.n, NULL, &r.e) != LOY_OK) {
    free(r.p);
    r.p = NULL;
  }
  return r;
}

static rfm_builder_result rfm_deserialize(loy_in_bytes bytes, int threads) {
  rfm_builder_result r = {{LOY_OK, NULL, LOY_NO_INDEX, NULL}, NULL};
  loy_rfm_options options;
  loy_rfm_options_init(&options);
  options.threads = threads;
  loy_rfm_deserialize(bytes.p, bytes.n, &options, &r.object, &r.e);
  return r;
}
%}
