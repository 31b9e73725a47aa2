/* btyd_rfm_segment.i: shims of named segments. A table comes as six numbers for each segment: the lowest and the highest
 * score of recency, of frequency, of monetary value. */

%{
#include "loyalty/btyd/rfm_segment.h"

typedef struct rfm_segment_rows {
  loy_rfm_segment row[LOY_RFM_SEGMENTS];
  size_t n;
} rfm_segment_rows;

static int rfm_segment_number(int64_t value) { return value >= 0 && value <= LOY_RFM_SCORES ? (int)value : 0; }

/* False when the numbers are no table. Ranges are checked by the core. */
static bool rfm_segment_read(loy_in_i64 ranges, rfm_segment_rows *rows, loy_error *e) {
  rows->n = ranges.n / 6;
  if (ranges.n % 6 != 0 || rows->n < 1 || rows->n > LOY_RFM_SEGMENTS)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "ranges", "must have six numbers for each of 1 to 1000 segments");
  for (size_t s = 0; s < rows->n; s++) {
    rows->row[s].name = rows->row[s].name_zh = NULL;
    for (size_t k = 0; k < 3; k++) {
      rows->row[s].low[k] = rfm_segment_number(ranges.p[6 * s + 2 * k]);
      rows->row[s].high[k] = rfm_segment_number(ranges.p[6 * s + 2 * k + 1]);
    }
  }
  return true;
}
%}

LOY_BULK(rfm_segment_batch)
%inline %{
/* How many segments the library's own table has. */
static loy_ri rfm_segment_count(void) {
  loy_ri r = {0};
  size_t count = 0;
  loy_rfm_segment_table(&count);
  r.v = (int64_t)count;
  return r;
}

/* Segment `number` of that table, from 0: name, Chinese name, six numbers. */
static loy_values rfm_segment_default(size_t number) {
  loy_values r = {0};
  size_t count = 0;
  const loy_rfm_segment *table = loy_rfm_segment_table(&count);
  if (number >= count) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "number", "must be below rfm_segment_count");
    return r;
  }
  loy_put_text(&r, table[number].name);
  loy_put_text(&r, table[number].name_zh);
  for (int k = 0; k < 3; k++) {
    loy_put_int(&r, table[number].low[k]);
    loy_put_int(&r, table[number].high[k]);
  }
  return r;
}

/* The fields of a loy_rfm_segment_cover, in the order of its declaration. */
static loy_values rfm_segment_check(loy_in_i64 ranges, int scores) {
  loy_values r = {0};
  rfm_segment_rows rows;
  loy_rfm_segment_cover cover = {0};
  if (!rfm_segment_read(ranges, &rows, &r.e)) return r;
  loy_rfm_segment_check(rows.row, rows.n, scores, &cover, &r.e);
  loy_put_int(&r, cover.combinations);
  loy_put_int(&r, cover.uncovered);
  loy_put_int(&r, cover.overlapping);
  loy_put_int(&r, cover.hidden);
  loy_put_int(&r, cover.first_uncovered);
  loy_put_int(&r, cover.first_hidden);
  return r;
}

/* `members` has an entry for each segment and one for "other". Rows are taken in blocks, as scores are narrower there. */
static loy_rbatch rfm_segment_batch(loy_in_i64 ranges, int scores, loy_in_i64 r, loy_in_i64 f, loy_in_i64 m,
                                    loy_out_i64 number, loy_out_i64 members, bool coerce) {
  enum { BLOCK = 1024 };
  int32_t score[3][BLOCK], found[BLOCK];
  size_t part[LOY_RFM_SEGMENTS + 1];
  const loy_in_i64 column[3] = {r, f, m};
  rfm_segment_rows rows;
  loy_batch_report report = {0};
  loy_error e = {0};
  size_t start = 0;
  if (!rfm_segment_read(ranges, &rows, &e) || !loy_same_length(&e, "f", f.n, r.n) ||
      !loy_same_length(&e, "m", m.n, r.n) || !loy_same_length(&e, "number", number.n, r.n) ||
      !loy_has_length(&e, "members", members.n, rows.n + 1))
    return loy_batch_result(e, &report, coerce);
  do { /* once at least, so that a bad table is an error without customers too */
    const size_t n = r.n - start < BLOCK ? r.n - start : BLOCK;
    loy_batch_report here = {0};
    for (size_t k = 0; k < 3; k++)
      for (size_t i = 0; i < n; i++) score[k][i] = rfm_segment_number(column[k].p[start + i]);
    if (loy_status_is_error(loy_rfm_segment_batch(rows.row, rows.n, scores, score[0], score[1], score[2], n, found, part,
                                                  &here, &e)))
      break;
    if (start == 0) memset(members.p, 0, members.n * sizeof *members.p);
    for (size_t s = 0; s <= rows.n; s++) members.p[s] += (int64_t)part[s];
    for (size_t i = 0; i < n; i++) number.p[start + i] = found[i];
    if (report.bad == 0) {
      report.first = here.first;
      report.first.index += start;
    }
    report.bad += here.bad;
    start += n;
  } while (start < r.n);
  return loy_batch_result(e, &report, coerce);
}
%}
