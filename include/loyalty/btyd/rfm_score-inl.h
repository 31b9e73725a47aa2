/* rfm_score-inl.h: body of rfm_score.h. */
#ifndef LOYALTY_BTYD_RFM_SCORE_INL_H
#define LOYALTY_BTYD_RFM_SCORE_INL_H

#include "rfm_score.h"
#include "../math/rank.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

enum { LOYI_SCORE_GROUPS = (LOY_RFM_SCORES + 1) * (LOY_RFM_SCORES + 1) }; /* of two scores; 0 is none */

#define LOYI_SCORES_MUST "must be from 2 to 10"

LOYALTY_API void loy_rfm_score_options_init(loy_rfm_score_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->scores = 5;
  options->nested = 0;
  options->allocator = NULL;
}

/* Scores of n values in increasing order. */
LOYI_LOCAL void loyi_score_sorted(const loyi_ranked *sorted, size_t n, int scores, int reversed, int32_t *score) {
  for (size_t first = 0, end; first < n; first = end) {
    uint64_t place; /* in units of 1/(2n) */
    for (end = first + 1; end < n && sorted[end].value == sorted[first].value;) end++;
    place = (uint64_t)first + (uint64_t)end;
    if (reversed) place = 2 * (uint64_t)n - place;
    for (size_t k = first; k < end; k++)
      score[sorted[k].row] = 1 + (int32_t)((uint64_t)scores * place / (2 * (uint64_t)n));
  }
}

/* Scores of the values of the rows that are kept, in each group by itself: group[row] tells, or NULL for one group.
 * `room` is for 2n. */
LOYI_LOCAL void loyi_score_column(const double *value, size_t n, const int32_t *keep, const int32_t *outer,
                                  const int32_t *inner, int scores, int reversed, loyi_ranked *room, int32_t *score) {
  loyi_ranked *sorted, *grouped;
  size_t used = 0, start[LOYI_SCORE_GROUPS + 1];
  for (size_t i = 0; i < n; i++) {
    if (!keep[i]) continue;
    room[used].value = value[i];
    room[used++].row = i;
  }
  sorted = loyi_ranked_sort(room, room + n, used);
  if (!outer) {
    loyi_score_sorted(sorted, used, scores, reversed, score);
    return;
  }
  grouped = sorted == room ? room + n : room;
  memset(start, 0, sizeof start);
#define LOYI_SCORE_GROUP(row) ((size_t)(outer[row] * (LOY_RFM_SCORES + 1) + (inner ? inner[row] : 0)))
  for (size_t k = 0; k < used; k++) start[LOYI_SCORE_GROUP(sorted[k].row) + 1]++;
  for (size_t g = 0; g < LOYI_SCORE_GROUPS; g++) start[g + 1] += start[g];
  for (size_t k = 0; k < used; k++) grouped[start[LOYI_SCORE_GROUP(sorted[k].row)]++] = sorted[k];
#undef LOYI_SCORE_GROUP
  for (size_t g = 0, first = 0; g < LOYI_SCORE_GROUPS; first = start[g++]) /* start[g] is now where the group ends */
    loyi_score_sorted(grouped + first, start[g] - first, scores, reversed, score);
}

LOYALTY_API loy_status loy_quantile_score_batch(const double *value, size_t n, int scores, int reversed,
                                                const loy_allocator *allocator, int32_t *score,
                                                loy_batch_report *report, loy_error *error) {
  loyi_ranked *room;
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  if (scores < 2 || scores > LOY_RFM_SCORES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "scores", LOY_NO_INDEX, LOYI_SCORES_MUST);
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  if (n > 0) {
    room = (loyi_ranked *)loyi_allocate(allocator, n, 2 * sizeof *room);
    if (!room) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  loyi_batch_begin(report);
  if (n == 0) return loyi_ok(error);
  for (size_t i = 0; i < n; i++) {
    score[i] = isfinite(value[i]) != 0;
    if (!score[i]) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, "value", i, "must be finite");
      loyi_batch_bad(report, i, &bad);
    }
  }
  loyi_score_column(value, n, score, NULL, NULL, scores, reversed, room, score);
  loyi_release(allocator, room, n, 2 * sizeof *room);
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_rfm_score_check(const loy_rfm_score_options *options, loy_error *error) {
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_rfm_score_options_init");
  if (options->scores < 2 || options->scores > LOY_RFM_SCORES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "scores", LOY_NO_INDEX, LOYI_SCORES_MUST);
  if (options->nested != 0 && options->nested != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "nested", LOY_NO_INDEX, "must be 0 or 1");
  return LOY_OK;
}

LOYALTY_API loy_status loy_rfm_score_batch(const double *recency, const double *frequency, const double *monetary,
                                           size_t n, const loy_rfm_score_options *options, int32_t *r, int32_t *f,
                                           int32_t *m, int32_t *code, loy_batch_report *report, loy_error *error) {
  static const char *const name[6] = {"recency", "frequency", "monetary", "r", "f", "m"};
  const void *const column[6] = {recency, frequency, monetary, r, f, m};
  const double *const value[3] = {recency, frequency, monetary};
  loy_rfm_score_options use;
  loyi_ranked *room;
  for (int k = 0; k < 3; k++)
    if (!column[k] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name[k], LOY_NO_INDEX, "must not be NULL");
  loy_rfm_score_options_init(&use);
  if (options) {
    const loy_status status = loyi_rfm_score_check(options, error);
    if (status != LOY_OK) return status;
    use = *options;
  }
  for (int k = 3; k < 6; k++)
    if (!column[k] && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name[k], LOY_NO_INDEX, "must not be NULL");
  if (code && use.scores > LOY_RFM_CODE_SCORES)
    return loyi_report(error, LOY_ERR_ARGUMENT, "code", LOY_NO_INDEX, "has one digit for each score: not with 10");
  if (n > 0) {
    room = (loyi_ranked *)loyi_allocate(use.allocator, n, 2 * sizeof *room);
    if (!room) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  loyi_batch_begin(report);
  if (n == 0) return loyi_ok(error);
  for (size_t i = 0; i < n; i++) {
    int k = 0;
    while (k < 3 && isfinite(value[k][i])) k++;
    r[i] = f[i] = m[i] = k == 3;
    if (k < 3) {
      loy_error bad;
      loyi_report(&bad, LOY_ERR_DOMAIN, name[k], i, "must be finite");
      loyi_batch_bad(report, i, &bad);
    }
  }
  loyi_score_column(recency, n, r, NULL, NULL, use.scores, 1, room, r);
  loyi_score_column(frequency, n, f, use.nested ? r : NULL, NULL, use.scores, 0, room, f);
  loyi_score_column(monetary, n, m, use.nested ? r : NULL, f, use.scores, 0, room, m);
  loyi_release(use.allocator, room, n, 2 * sizeof *room);
  if (code)
    for (size_t i = 0; i < n; i++) code[i] = 100 * r[i] + 10 * f[i] + m[i];
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_RFM_SCORE_INL_H */
