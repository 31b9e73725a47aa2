/* nps_stream-inl.h: body of nps_stream.h. */
#ifndef LOYALTY_SURVEY_NPS_STREAM_INL_H
#define LOYALTY_SURVEY_NPS_STREAM_INL_H

#include "nps_stream.h"
#include "../base/range.h"

#include <string.h>

LOY_BEGIN_DECLS

#define LOYI_NPS_STREAM_MOST  ((int64_t)1 << 53)
#define LOYI_NPS_STREAM_SCALE "must be a whole number from 0 to 10"
/* Bytes counted at a time; the byte counters of the inner loop must not pass 255. */
#define LOYI_NPS_STREAM_BYTES 240

LOYALTY_API void loy_nps_stream_init(loy_nps_stream *stream) {
  if (stream) memset(stream, 0, sizeof *stream);
}

/* All answers of a stream, given or missing; -1 for a count below 0 or too many in all. */
LOYI_LOCAL int64_t loyi_nps_stream_size(const loy_nps_stream *stream) {
  int64_t size = stream->missing;
  if (size < 0 || size > LOYI_NPS_STREAM_MOST) return -1;
  for (int i = 0; i < LOY_NPS_ANSWERS; i++) {
    if (stream->count[i] < 0 || stream->count[i] > LOYI_NPS_STREAM_MOST - size) return -1;
    size += stream->count[i];
  }
  return size;
}

LOYI_LOCAL loy_status loyi_nps_stream_check(const loy_nps_stream *stream, const char *argument, loy_error *error) {
  if (loyi_nps_stream_size(stream) >= 0) return LOY_OK;
  return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX,
                     "must hold counts of at least 0 that sum to at most 2^53");
}

/* Add checked counts, if there is room. */
LOYI_LOCAL loy_status loyi_nps_stream_pour(loy_nps_stream *into, const loy_nps_stream *from, loy_error *error) {
  const int64_t room = LOYI_NPS_STREAM_MOST - loyi_nps_stream_size(into);
  if (loyi_nps_stream_size(from) > room)
    return loyi_report(error, LOY_ERR_OVERFLOW, NULL, LOY_NO_INDEX, "more than 2^53 answers");
  for (int i = 0; i < LOY_NPS_ANSWERS; i++) into->count[i] += from->count[i];
  into->missing += from->missing;
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_nps_stream_check_add(const loy_nps_stream *stream, const void *score, size_t n,
                                                int skip_missing, loy_error *error) {
  if (!stream) return loyi_report(error, LOY_ERR_ARGUMENT, "stream", LOY_NO_INDEX, "must not be NULL");
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  if (skip_missing != 0 && skip_missing != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "skip_missing", LOY_NO_INDEX, "must be 0 or 1");
  return loyi_nps_stream_check(stream, "stream", error);
}

LOYALTY_API loy_status loy_nps_stream_add_scores(loy_nps_stream *stream, const double *score, size_t n,
                                                 int skip_missing, loy_error *error) {
  loy_nps_stream found;
  const loy_status status = loyi_nps_stream_check_add(stream, score, n, skip_missing, error);
  if (status != LOY_OK) return status;
  loy_nps_stream_init(&found);
  for (size_t i = 0; i < n; i++) {
    const double x = score[i];
    if (x >= 0.0 && x <= 10.0 && (double)(int)x == x) {
      found.count[(int)x]++;
    } else if (skip_missing && x != x) {
      found.missing++;
    } else {
      return loyi_report(error, LOY_ERR_DOMAIN, "score", i, x == x ? LOYI_NPS_STREAM_SCALE : LOYI_MISSING_MUST);
    }
  }
  return loyi_nps_stream_pour(stream, &found, error);
}

LOYALTY_API loy_status loy_nps_stream_add(loy_nps_stream *stream, double score, int skip_missing, loy_error *error) {
  const loy_status status = loy_nps_stream_add_scores(stream, &score, 1, skip_missing, error);
  if (status != LOY_OK && error && error->index == 0) error->index = LOY_NO_INDEX; /* a number has no rows */
  return status;
}

/* How many of the bytes are at least 1, 2, ... 11, of whole blocks: a pass for each over a block that stays in the
 * cache, which compilers turn into vector code. */
LOYI_CLONES LOYI_LOCAL void loyi_nps_stream_blocks(const uint8_t *LOY_RESTRICT score, size_t blocks,
                                                   int64_t *LOY_RESTRICT at_least) {
  for (size_t b = 0; b < blocks; b++) {
    const uint8_t *LOY_RESTRICT x = score + b * LOYI_NPS_STREAM_BYTES;
    for (int level = 0; level < LOY_NPS_ANSWERS; level++) {
      uint8_t count = 0;
      for (int j = 0; j < LOYI_NPS_STREAM_BYTES; j++) count = (uint8_t)(count + (x[j] > level));
      at_least[level] += count;
    }
  }
}

LOYALTY_API loy_status loy_nps_stream_add_u8(loy_nps_stream *stream, const uint8_t *score, size_t n, loy_error *error) {
  const size_t blocks = n / LOYI_NPS_STREAM_BYTES;
  int64_t at_least[LOY_NPS_ANSWERS] = {0};
  loy_nps_stream found;
  const loy_status status = loyi_nps_stream_check_add(stream, score, n, 0, error);
  if (status != LOY_OK) return status;
  loyi_nps_stream_blocks(score, blocks, at_least);
  for (size_t i = blocks * LOYI_NPS_STREAM_BYTES; i < n; i++) {
    for (int level = 0; level < LOY_NPS_ANSWERS; level++) at_least[level] += score[i] > level;
  }
  for (size_t i = 0; at_least[LOY_NPS_ANSWERS - 1] > 0 && i < n; i++) {
    if (score[i] > 10) return loyi_report(error, LOY_ERR_DOMAIN, "score", i, LOYI_NPS_STREAM_SCALE);
  }
  found.count[0] = (int64_t)n - at_least[0];
  for (int i = 1; i < LOY_NPS_ANSWERS; i++) found.count[i] = at_least[i - 1] - at_least[i];
  found.missing = 0;
  return loyi_nps_stream_pour(stream, &found, error);
}

LOYALTY_API loy_status loy_nps_stream_merge(loy_nps_stream *into, const loy_nps_stream *from, loy_error *error) {
  loy_status status;
  if (!into) return loyi_report(error, LOY_ERR_ARGUMENT, "into", LOY_NO_INDEX, "must not be NULL");
  if (!from) return loyi_report(error, LOY_ERR_ARGUMENT, "from", LOY_NO_INDEX, "must not be NULL");
  status = loyi_nps_stream_check(into, "into", error);
  if (status == LOY_OK) status = loyi_nps_stream_check(from, "from", error);
  return status == LOY_OK ? loyi_nps_stream_pour(into, from, error) : status;
}

LOYI_LOCAL loy_status loyi_nps_stream_cut(const loy_nps_stream *stream, const loy_nps_options *options,
                                          const void *output, const char *argument, loy_nps_counts *counts,
                                          loy_error *error) {
  loy_nps_options use;
  loy_status status;
  if (!stream) return loyi_report(error, LOY_ERR_ARGUMENT, "stream", LOY_NO_INDEX, "must not be NULL");
  status = loyi_nps_check_options(options, &use, error);
  if (status != LOY_OK) return status;
  if (!output) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_nps_stream_check(stream, "stream", error);
  if (status != LOY_OK) return status;
  counts->promoters = counts->passives = counts->detractors = 0;
  for (int i = 0; i < LOY_NPS_ANSWERS; i++) {
    if (i >= use.promoter_from)
      counts->promoters += stream->count[i];
    else if (i >= use.passive_from)
      counts->passives += stream->count[i];
    else
      counts->detractors += stream->count[i];
  }
  counts->missing = stream->missing;
  return LOY_OK;
}

LOYALTY_API loy_status loy_nps_stream_counts(const loy_nps_stream *stream, const loy_nps_options *options,
                                             loy_nps_counts *counts, loy_error *error) {
  loy_nps_counts found = {0, 0, 0, 0};
  const loy_status status = loyi_nps_stream_cut(stream, options, counts, "counts", &found, error);
  if (status != LOY_OK) return status;
  *counts = found;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_stream_result(const loy_nps_stream *stream, const loy_nps_options *options,
                                             loy_nps *result, loy_error *error) {
  loy_nps_counts found = {0, 0, 0, 0};
  const loy_status status = loyi_nps_stream_cut(stream, options, result, "result", &found, error);
  if (status != LOY_OK) return status;
  if (found.promoters + found.passives + found.detractors == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "stream", LOY_NO_INDEX, "must hold at least one answer");
  return loy_nps_from_counts(&found, result, error);
}

#undef LOYI_NPS_STREAM_MOST
#undef LOYI_NPS_STREAM_SCALE
#undef LOYI_NPS_STREAM_BYTES

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_STREAM_INL_H */
