/* btyd_rfm.c: the purchase log's side of the parity cases. */
#include "loyalty/btyd/rfm.h"

#include <math.h>
#include <stdlib.h>

#include "loyalty/base/amounts.h"
#include "loyalty/base/calendar.h"
#include "loyalty/btyd/rfm_bytes.h"
#include "loyalty/btyd/rfm_summary.h"
#include "parity.h"

/* ---- amounts, calendar ---- */

static void amounts_from_double(parity_case *c) {
  size_t n, rows;
  const double *amount = parity_column(c, &n);
  const int decimals = (int)parity_int(c);
  int64_t *out = parity_out_i64(c, &rows);
  loy_error e;
  if (parity_lengths(c, "out", rows, n)) return;
  loy_amounts_from_double(amount, n, decimals, out, &e);
  (void)parity_failed(c, &e);
}

static void amounts_from_integer(parity_case *c) {
  size_t n, rows;
  const int64_t *amount = parity_column_i64(c, &n);
  const int decimals = (int)parity_int(c);
  int64_t *out = parity_out_i64(c, &rows);
  loy_error e;
  if (parity_lengths(c, "out", rows, n)) return;
  loy_amounts_from_integer(amount, n, decimals, out, &e);
  (void)parity_failed(c, &e);
}

static void day_from_civil(parity_case *c) {
  const int year = (int)parity_int(c), month = (int)parity_int(c), day = (int)parity_int(c);
  int64_t number = 0;
  loy_error e;
  loy_day_from_civil(year, month, day, &number, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, number);
}

static void day_from_iso(parity_case *c) {
  const char *text = parity_text(c);
  size_t length = 0;
  int64_t number = 0;
  loy_error e;
  while (text[length]) length++;
  loy_day_from_iso(text, length, &number, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, number);
}

static void civil_from_day(parity_case *c) {
  int year = 0, month = 0, day = 0;
  loy_error e;
  loy_civil_from_day(parity_int(c), &year, &month, &day, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, year);
  parity_give_int(c, month);
  parity_give_int(c, day);
}

static void time_convert(parity_case *c) {
  const double value = parity_double(c);
  const loy_time_unit from = (loy_time_unit)parity_int(c), to = (loy_time_unit)parity_int(c);
  parity_give_double(c, loy_time_convert(value, from, to));
}

/* ---- the builder ---- */

static void release(void *builder) { loy_rfm_destroy((loy_rfm_builder *)builder); }

static void rfm_new(parity_case *c) {
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_error e;
  loy_rfm_options_init(&options);
  options.merge = (loy_rfm_merge_period)parity_int(c);
  options.refunds = (loy_rfm_refunds)parity_int(c);
  options.threads = (int)parity_int(c);
  loy_rfm_create(&options, &builder, &e);
  if (parity_failed(c, &e)) return;
  parity_give_object(c, builder, release);
}

static void rfm_push(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  size_t n, times, amounts;
  const int64_t *customer = parity_column_i64(c, &n);
  const int64_t *time = parity_column_i64(c, &times), *amount = parity_column_i64(c, &amounts);
  loy_error e;
  if (parity_lengths(c, "time", times, n) || (amount && parity_lengths(c, "amount", amounts, n))) return;
  loy_rfm_push(builder, tick, customer, time, amount, n, &e);
  (void)parity_failed(c, &e);
}

static void rfm_merge(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_rfm_builder *other = (const loy_rfm_builder *)parity_object(c);
  loy_error e;
  loy_rfm_merge(builder, other, &e);
  (void)parity_failed(c, &e);
}

static void rfm_relabel(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  size_t n;
  const int64_t *label = parity_column_i64(c, &n);
  loy_error e;
  loy_rfm_relabel(builder, label, n, &e);
  (void)parity_failed(c, &e);
}

static void rfm_size(parity_case *c) {
  size_t customers = 0, purchases = 0;
  loy_error e;
  loy_rfm_size((loy_rfm_builder *)parity_object(c), &customers, &purchases, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)customers);
  parity_give_int(c, (int64_t)purchases);
}

static loy_rfm_window take_window(parity_case *c) {
  loy_rfm_window window;
  loy_rfm_window_init(&window);
  window.time_unit = (loy_time_unit)parity_int(c);
  window.tick = (loy_tick)parity_int(c);
  window.end = parity_int(c);
  window.train_end = parity_int(c);
  window.decimals = (int)parity_int(c);
  window.include_first = parity_bool(c);
  return window;
}

static void rfm_count(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_rfm_window window = take_window(c);
  loy_rfm_report report;
  loy_error e;
  loy_rfm_count(builder, &window, NULL, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, report.rows);
  parity_give_int(c, report.rows_negative);
  parity_give_int(c, report.rows_dropped);
  parity_give_int(c, report.rows_merged);
  parity_give_int(c, report.customers);
  parity_give_int(c, report.customers_late);
  parity_give_int(c, report.customers_void);
  parity_give_int(c, report.purchases);
  parity_give_int(c, report.purchases_test);
  parity_give_int(c, report.purchases_late);
  parity_give_int(c, report.returns);
  parity_give_int(c, report.amount);
  parity_give_int(c, report.amount_late);
  parity_give_int(c, report.amount_returned);
  parity_give_int(c, report.first);
  parity_give_int(c, report.last);
  parity_give_int(c, report.train_end);
  parity_give_int(c, report.end);
}

static void rfm_summary(parity_case *c) {
  static const char *const names[8] = {
      "frequency", "recency", "T", "monetary_value", "litt", "test_frequency", "test_monetary_value", "test_T"};
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_rfm_window window = take_window(c);
  loy_rfm_columns out;
  double *column[8];
  size_t n, rows = 0;
  loy_error e;
  loy_rfm_columns_init(&out);
  out.customer = parity_out_i64(c, &n);
  for (int i = 0; i < 8; i++) {
    size_t length;
    column[i] = parity_out(c, &length);
    if (column[i] && parity_lengths(c, names[i], length, n)) return;
  }
  out.frequency = column[0];
  out.recency = column[1];
  out.T = column[2];
  out.monetary_value = column[3];
  out.litt = column[4];
  out.test_frequency = column[5];
  out.test_monetary_value = column[6];
  out.test_T = column[7];
  loy_rfm_summary(builder, &window, n, &out, &rows, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)rows);
}

static void rfm_serialize(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  size_t size = 0;
  unsigned char *bytes;
  loy_error e;
  loy_rfm_serialized_size(builder, &size, &e);
  if (parity_failed(c, &e)) return;
  bytes = (unsigned char *)malloc(size);
  if (!bytes) abort();
  loy_rfm_serialize(builder, bytes, size, NULL, &e);
  if (!parity_failed(c, &e)) parity_give_bytes(c, bytes, size);
  free(bytes);
}

static void rfm_deserialize(parity_case *c) {
  size_t size;
  const unsigned char *bytes = parity_bytes(c, &size);
  loy_rfm_options options;
  loy_rfm_builder *builder = NULL;
  loy_error e;
  loy_rfm_options_init(&options);
  options.threads = (int)parity_int(c);
  loy_rfm_deserialize(bytes, size, &options, &builder, &e);
  if (parity_failed(c, &e)) return;
  parity_give_object(c, builder, release);
}

PARITY(btyd_rfm) {
  CASE(amounts_from_double);
  CASE(amounts_from_integer);
  CASE(day_from_civil);
  CASE(day_from_iso);
  CASE(civil_from_day);
  CASE(time_convert);
  CASE(rfm_new);
  CASE(rfm_push);
  CASE(rfm_merge);
  CASE(rfm_relabel);
  CASE(rfm_size);
  CASE(rfm_count);
  CASE(rfm_summary);
  CASE(rfm_serialize);
  CASE(rfm_deserialize);
}
