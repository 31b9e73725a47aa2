/* nps_stream.h: answers counted as they come, one by one or many at a time, on one machine or on several.
 *
 * A stream holds how often each answer from 0 to 10 was given. Counts are exact and their order does not matter, so
 * that streams which counted parts of a survey merge into the same numbers as one that counted all of it. The groups
 * are cut when the score is asked for. */
#ifndef LOYALTY_SURVEY_NPS_STREAM_H
#define LOYALTY_SURVEY_NPS_STREAM_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* How many answers a question has: 0 to 10. */
#define LOY_NPS_ANSWERS 11

/* A plain value: copy it, keep it, send it to another process. */
typedef struct loy_nps_stream {
  int64_t count[LOY_NPS_ANSWERS]; /* how often each answer was given; with `missing` at most 2^53 in sum */
  int64_t missing;                /* answers that were not given */
} loy_nps_stream;

/* Start with no answer. Never fails; NULL does nothing. */
LOYALTY_API void loy_nps_stream_init(loy_nps_stream *stream);

/* Count one answer.
 *
 * stream         started by loy_nps_stream_init
 * score          a whole number from 0 to 10; NaN is a missing answer
 * skip_missing   0: a missing answer is an error. 1: it is counted in `missing`
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `stream` or another `skip_missing`; LOY_ERR_DOMAIN for a `stream`
 * with a count below 0 or more than 2^53 answers; LOY_ERR_DOMAIN for `score`; LOY_ERR_OVERFLOW for a stream that is
 * full. After an error it is as it was. */
LOYALTY_API loy_status loy_nps_stream_add(loy_nps_stream *stream, double score, int skip_missing, loy_error *error);

/* Count n answers, all or none.
 *
 * score    each a whole number from 0 to 10; NaN is a missing answer
 * Other arguments, errors and their order as in loy_nps_stream_add, with LOY_ERR_ARGUMENT for a NULL `score` with n > 0
 * after that for `stream`; LOY_ERR_DOMAIN is for the first bad answer (`index` is its row). */
LOYALTY_API loy_status loy_nps_stream_add_scores(loy_nps_stream *stream, const double *score, size_t n,
                                                 int skip_missing, loy_error *error);

/* The same for answers held as bytes, each from 0 to 10; there is no missing answer among bytes. */
LOYALTY_API loy_status loy_nps_stream_add_u8(loy_nps_stream *stream, const uint8_t *score, size_t n, loy_error *error);

/* Add what another stream counted. `from` may be `into` itself.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `into` or `from`; LOY_ERR_DOMAIN for one with a count below 0 or
 * more than 2^53 answers; LOY_ERR_OVERFLOW for more than 2^53 together. After an error `into` is as it was. */
LOYALTY_API loy_status loy_nps_stream_merge(loy_nps_stream *into, const loy_nps_stream *from, loy_error *error);

/* Promoters, passives and detractors counted so far.
 *
 * options   NULL for the defaults; skip_missing decides nothing here
 * counts    receives the counts
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `stream`, bad `options` or a NULL `counts`; LOY_ERR_DOMAIN for a
 * `stream` with a count below 0 or more than 2^53 answers. */
LOYALTY_API loy_status loy_nps_stream_counts(const loy_nps_stream *stream, const loy_nps_options *options,
                                             loy_nps_counts *counts, loy_error *error);

/* The score of the answers counted so far: loy_nps_stream_counts and loy_nps_from_counts.
 *
 * result   receives the score
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `stream`, bad `options` or a NULL `result`; LOY_ERR_DOMAIN for a
 * `stream` with a count below 0 or more than 2^53 answers; LOY_ERR_TOO_FEW for no answer at all. */
LOYALTY_API loy_status loy_nps_stream_result(const loy_nps_stream *stream, const loy_nps_options *options,
                                             loy_nps *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_stream-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_STREAM_H */
