/* btyd_rfm_score.c: scores, segments and trends in the parity cases. */
#include "loyalty/btyd/rfm_score.h"

#include "loyalty/btyd/rfm_segment.h"
#include "loyalty/btyd/trend.h"
#include "parity.h"

enum { MOST = 16 };

static void widen(int64_t *out, const int32_t *from, size_t n) {
  for (size_t i = 0; i < n; i++) out[i] = from[i];
}

static void quantile_score_batch(parity_case *c) {
  size_t n, rows;
  const double *value = parity_column(c, &n);
  const int scores = (int)parity_int(c);
  const bool reversed = parity_bool(c);
  int64_t *out = parity_out_i64(c, &rows);
  const bool coerce = parity_bool(c);
  int32_t score[MOST];
  loy_batch_report report = {0};
  loy_error e;
  if (parity_lengths(c, "score", rows, n)) return;
  if (!loy_status_is_error(loy_quantile_score_batch(value, n, scores, reversed, NULL, score, &report, &e)))
    widen(out, score, n);
  parity_batch(c, &e, &report, coerce);
}

static void rfm_score_batch(parity_case *c) {
  size_t n, rows, codes;
  const double *recency = parity_column(c, &n), *frequency = parity_column(c, &rows),
               *monetary = parity_column(c, &rows);
  loy_rfm_score_options options;
  int64_t *out[4];
  bool coerce;
  int32_t r[MOST], f[MOST], m[MOST], code[MOST];
  loy_batch_report report = {0};
  loy_error e;
  loy_rfm_score_options_init(&options);
  options.scores = (int)parity_int(c);
  options.nested = parity_bool(c);
  for (int k = 0; k < 3; k++) out[k] = parity_out_i64(c, &rows);
  out[3] = parity_out_i64(c, &codes);
  coerce = parity_bool(c);
  if (!loy_status_is_error(
          loy_rfm_score_batch(recency, frequency, monetary, n, &options, r, f, m, out[3] ? code : NULL, &report, &e))) {
    widen(out[0], r, n);
    widen(out[1], f, n);
    widen(out[2], m, n);
    if (out[3]) widen(out[3], code, n);
  }
  parity_batch(c, &e, &report, coerce);
}

static void rfm_segment_count(parity_case *c) {
  size_t count;
  loy_rfm_segment_table(&count);
  parity_give_int(c, (int64_t)count);
}

static void rfm_segment_default(parity_case *c) {
  const loy_rfm_segment *segment = loy_rfm_segment_table(NULL) + parity_int(c);
  parity_give_text(c, segment->name);
  parity_give_text(c, segment->name_zh);
  for (int k = 0; k < 3; k++) {
    parity_give_int(c, segment->low[k]);
    parity_give_int(c, segment->high[k]);
  }
}

/* A table of at most MOST segments from six numbers each; its length. */
static size_t read_table(parity_case *c, loy_rfm_segment *table) {
  size_t n;
  const int64_t *ranges = parity_column_i64(c, &n);
  for (size_t s = 0; s < n / 6; s++) {
    table[s].name = table[s].name_zh = NULL;
    for (size_t k = 0; k < 3; k++) {
      table[s].low[k] = (int)ranges[6 * s + 2 * k];
      table[s].high[k] = (int)ranges[6 * s + 2 * k + 1];
    }
  }
  return n / 6;
}

static void rfm_segment_check(parity_case *c) {
  loy_rfm_segment table[MOST];
  const size_t count = read_table(c, table);
  loy_rfm_segment_cover cover;
  loy_error e;
  loy_rfm_segment_check(table, count, (int)parity_int(c), &cover, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, cover.combinations);
  parity_give_int(c, cover.uncovered);
  parity_give_int(c, cover.overlapping);
  parity_give_int(c, cover.hidden);
  parity_give_int(c, cover.first_uncovered);
  parity_give_int(c, cover.first_hidden);
}

static void rfm_segment_batch(parity_case *c) {
  loy_rfm_segment table[MOST];
  const size_t count = read_table(c, table);
  const int scores = (int)parity_int(c);
  int32_t score[3][MOST], number[MOST];
  size_t members[MOST + 1], n = 0, others;
  int64_t *out_number, *out_members;
  bool coerce;
  loy_batch_report report = {0};
  loy_error e;
  for (int k = 0; k < 3; k++) {
    const int64_t *column = parity_column_i64(c, &n);
    for (size_t i = 0; i < n && i < MOST; i++) score[k][i] = (int32_t)column[i];
  }
  out_number = parity_out_i64(c, &n);
  out_members = parity_out_i64(c, &others);
  coerce = parity_bool(c);
  if (!loy_status_is_error(
          loy_rfm_segment_batch(table, count, scores, score[0], score[1], score[2], n, number, members, &report, &e))) {
    widen(out_number, number, n);
    for (size_t s = 0; s < others; s++) out_members[s] = (int64_t)members[s];
  }
  parity_batch(c, &e, &report, coerce);
}

static void trend_of(parity_case *c) {
  size_t n;
  const double *amount = parity_column(c, &n), level = parity_double(c);
  loy_trend trend;
  loy_error e;
  loy_trend_of(amount, n, level, NULL, &trend, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, trend.known);
  parity_give_int(c, trend.s);
  parity_give_double(c, trend.tau);
  parity_give_double(c, trend.p_value);
  parity_give_double(c, trend.slope);
  parity_give_double(c, trend.lower);
  parity_give_double(c, trend.upper);
}

static void trend_batch(parity_case *c) {
  size_t cells, n, skipped;
  const double *amount = parity_column(c, &cells), *column[MOST];
  const size_t years = (size_t)parity_int(c);
  const double level = parity_double(c);
  loy_trend_columns out;
  loy_batch_report report = {0};
  bool coerce;
  loy_error e;
  loy_trend_columns_init(&out);
  out.slope = parity_out(c, &n);
  out.lower = parity_out(c, &n);
  out.upper = parity_out(c, &n);
  out.tau = parity_out(c, &n);
  out.p_value = parity_out(c, &n);
  coerce = parity_bool(c);
  for (size_t y = 0; y < years && y < MOST; y++) column[y] = amount + y * n;
  loy_trend_batch(column, years, n, level, NULL, &out, &skipped, &report, &e);
  if (parity_failed(c, &e)) return;
  if (report.bad > 0 && !coerce && parity_failed(c, &report.first)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)report.bad);
  parity_give_int(c, (int64_t)skipped);
}

PARITY(btyd_rfm_score) {
  CASE(quantile_score_batch);
  CASE(rfm_score_batch);
  CASE(rfm_segment_count);
  CASE(rfm_segment_default);
  CASE(rfm_segment_check);
  CASE(rfm_segment_batch);
  CASE(trend_of);
  CASE(trend_batch);
}
