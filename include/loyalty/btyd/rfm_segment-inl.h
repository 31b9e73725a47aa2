/* rfm_segment-inl.h: body of rfm_segment.h. */
#ifndef LOYALTY_BTYD_RFM_SEGMENT_INL_H
#define LOYALTY_BTYD_RFM_SEGMENT_INL_H

#include "rfm_segment.h"

LOY_BEGIN_DECLS

enum { LOYI_SEGMENT_CELLS = LOY_RFM_SCORES * LOY_RFM_SCORES * LOY_RFM_SCORES };

LOYALTY_API const loy_rfm_segment *loy_rfm_segment_table(size_t *count) {
  static const loy_rfm_segment table[] = {
      {"core", "核心顾客", {4, 4, 4}, {5, 5, 5}},       {"regular", "常客", {4, 4, 1}, {5, 5, 3}},
      {"big ticket", "大单顾客", {4, 3, 4}, {5, 3, 5}}, {"growing", "成长顾客", {4, 3, 1}, {5, 3, 3}},
      {"newcomer", "新顾客", {4, 1, 1}, {5, 2, 5}},     {"cooling", "降温顾客", {3, 3, 1}, {3, 5, 5}},
      {"occasional", "偶尔顾客", {3, 1, 1}, {3, 2, 5}}, {"win back", "重点挽回", {1, 4, 1}, {2, 5, 5}},
      {"slipping", "渐失顾客", {1, 3, 1}, {2, 3, 5}},   {"dormant", "沉睡顾客", {2, 1, 1}, {2, 2, 5}},
      {"lost", "流失顾客", {1, 1, 1}, {1, 2, 5}},
  };
  if (count) *count = sizeof table / sizeof table[0];
  return table;
}

LOYI_LOCAL loy_status loyi_segment_ranges(const loy_rfm_segment *segment, size_t count, int scores, loy_error *error) {
  if (!segment) return loyi_report(error, LOY_ERR_ARGUMENT, "segment", LOY_NO_INDEX, "must not be NULL");
  if (count < 1 || count > LOY_RFM_SEGMENTS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must be from 1 to 1000");
  if (scores < 2 || scores > LOY_RFM_SCORES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "scores", LOY_NO_INDEX, "must be from 2 to 10");
  for (size_t s = 0; s < count; s++)
    for (int k = 0; k < 3; k++)
      if (segment[s].low[k] < 1 || segment[s].high[k] < segment[s].low[k] || segment[s].high[k] > scores)
        return loyi_report(error, LOY_ERR_DOMAIN, "segment", s, "must have ranges with 1 <= low <= high <= scores");
  return LOY_OK;
}

/* The first segment of each combination, `count` for none. Adds up combinations in two segments or more, and segments
 * without one of their own. */
LOYI_LOCAL void loyi_segment_fill(const loy_rfm_segment *segment, size_t count, int scores, int32_t *cell,
                                  loy_rfm_segment_cover *cover) {
  unsigned char twice[LOYI_SEGMENT_CELLS];
  const int cells = scores * scores * scores;
  cover->combinations = cells;
  cover->uncovered = cover->overlapping = cover->hidden = cover->first_uncovered = 0;
  cover->first_hidden = -1;
  for (int i = 0; i < cells; i++) {
    cell[i] = (int32_t)count;
    twice[i] = 0;
  }
  for (size_t s = 0; s < count; s++) {
    int own = 0;
    for (int r = segment[s].low[0]; r <= segment[s].high[0]; r++)
      for (int f = segment[s].low[1]; f <= segment[s].high[1]; f++)
        for (int m = segment[s].low[2]; m <= segment[s].high[2]; m++) {
          const int i = ((r - 1) * scores + f - 1) * scores + m - 1;
          if (cell[i] == (int32_t)count) {
            cell[i] = (int32_t)s;
            own = 1;
          } else {
            twice[i] = 1;
          }
        }
    if (!own && cover->hidden++ == 0) cover->first_hidden = (int)s;
  }
  for (int i = 0; i < cells; i++) {
    cover->overlapping += twice[i];
    if (cell[i] != (int32_t)count || cover->uncovered++ > 0) continue;
    cover->first_uncovered = (i / (scores * scores) + 1) * 10000 + (i / scores % scores + 1) * 100 + i % scores + 1;
  }
}

LOYALTY_API loy_status loy_rfm_segment_check(const loy_rfm_segment *segment, size_t count, int scores,
                                             loy_rfm_segment_cover *cover, loy_error *error) {
  int32_t cell[LOYI_SEGMENT_CELLS];
  const loy_status status = loyi_segment_ranges(segment, count, scores, error);
  if (status != LOY_OK) return status;
  if (!cover) return loyi_report(error, LOY_ERR_ARGUMENT, "cover", LOY_NO_INDEX, "must not be NULL");
  loyi_segment_fill(segment, count, scores, cell, cover);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rfm_segment_batch(const loy_rfm_segment *segment, size_t count, int scores, const int32_t *r,
                                             const int32_t *f, const int32_t *m, size_t n, int32_t *number,
                                             size_t *members, loy_batch_report *report, loy_error *error) {
  static const char *const name[4] = {"r", "f", "m", "number"};
  const void *const column[4] = {r, f, m, number};
  const int32_t *const score[3] = {r, f, m};
  int32_t cell[LOYI_SEGMENT_CELLS];
  loy_rfm_segment_cover cover;
  const loy_status status = loyi_segment_ranges(segment, count, scores, error);
  if (status != LOY_OK) return status;
  for (int k = 0; k < 4; k++)
    if (!column[k] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name[k], LOY_NO_INDEX, "must not be NULL");
  loyi_segment_fill(segment, count, scores, cell, &cover);
  if (members)
    for (size_t s = 0; s <= count; s++) members[s] = 0;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    int k = 0;
    while (k < 3 && score[k][i] >= 1 && score[k][i] <= scores) k++;
    if (k < 3) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, name[k], i, "must be a score from 1 to the number of scores");
      loyi_batch_bad(report, i, &bad);
      number[i] = -1;
    } else {
      number[i] = cell[((r[i] - 1) * scores + f[i] - 1) * scores + m[i] - 1];
      if (members) members[number[i]]++;
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_SEGMENT_INL_H */
