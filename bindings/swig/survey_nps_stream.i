/* survey_nps_stream.i: shims of answers counted as they come. A stream passes as a column of its twelve counts, how often
 * each answer from 0 to 10 was given and how many are missing; what is added leaves in another, or in the same. */

%{
#include "loyalty/survey/nps_stream.h"

enum { NPS_STREAM_FIELDS = LOY_NPS_ANSWERS + 1 };

static bool nps_stream_of(loy_in_i64 counts, const char *argument, loy_nps_stream *stream, loy_error *e) {
  loy_nps_stream_init(stream);
  if (!loy_has_length(e, argument, counts.n, NPS_STREAM_FIELDS)) return false;
  memcpy(stream->count, counts.p, sizeof stream->count);
  stream->missing = counts.p[LOY_NPS_ANSWERS];
  return true;
}

static void nps_stream_give(const loy_nps_stream *stream, loy_status status, loy_out_i64 into) {
  if (status != LOY_OK) return;
  memcpy(into.p, stream->count, sizeof stream->count);
  into.p[LOY_NPS_ANSWERS] = stream->missing;
}
%}

LOY_BULK(nps_stream_add_scores)
LOY_BULK(nps_stream_add_bytes)
%inline %{
static loy_r0 nps_stream_add(loy_in_i64 stream, double score, bool skip_missing, loy_out_i64 into) {
  loy_r0 r = {0};
  loy_nps_stream sum;
  if (!nps_stream_of(stream, "stream", &sum, &r.e) || !loy_has_length(&r.e, "into", into.n, NPS_STREAM_FIELDS))
    return r;
  nps_stream_give(&sum, loy_nps_stream_add(&sum, score, skip_missing, &r.e), into);
  return r;
}

static loy_r0 nps_stream_add_scores(loy_in_i64 stream, loy_in score, bool skip_missing, loy_out_i64 into) {
  loy_r0 r = {0};
  loy_nps_stream sum;
  if (!nps_stream_of(stream, "stream", &sum, &r.e) || !loy_has_length(&r.e, "into", into.n, NPS_STREAM_FIELDS))
    return r;
  nps_stream_give(&sum, loy_nps_stream_add_scores(&sum, score.p, score.n, skip_missing, &r.e), into);
  return r;
}

/* loy_nps_stream_add_u8. */
static loy_r0 nps_stream_add_bytes(loy_in_i64 stream, loy_in_bytes score, loy_out_i64 into) {
  loy_r0 r = {0};
  loy_nps_stream sum;
  if (!nps_stream_of(stream, "stream", &sum, &r.e) || !loy_has_length(&r.e, "into", into.n, NPS_STREAM_FIELDS))
    return r;
  nps_stream_give(&sum, loy_nps_stream_add_u8(&sum, score.p, score.n, &r.e), into);
  return r;
}

static loy_r0 nps_stream_merge(loy_in_i64 stream, loy_in_i64 other, loy_out_i64 into) {
  loy_r0 r = {0};
  loy_nps_stream sum, more;
  if (!nps_stream_of(stream, "stream", &sum, &r.e) || !nps_stream_of(other, "from", &more, &r.e) ||
      !loy_has_length(&r.e, "into", into.n, NPS_STREAM_FIELDS))
    return r;
  nps_stream_give(&sum, loy_nps_stream_merge(&sum, &more, &r.e), into);
  return r;
}

/* promoters, passives, detractors, missing. */
static loy_values nps_stream_counts(loy_in_i64 stream, int promoter_from, int passive_from) {
  loy_values r = {0};
  loy_nps_options options;
  loy_nps_counts counts = {0};
  loy_nps_stream sum;
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  if (!nps_stream_of(stream, "stream", &sum, &r.e)) return r;
  if (loy_nps_stream_counts(&sum, &options, &counts, &r.e) != LOY_OK) return r;
  loy_put_int(&r, counts.promoters);
  loy_put_int(&r, counts.passives);
  loy_put_int(&r, counts.detractors);
  loy_put_int(&r, counts.missing);
  return r;
}

static loy_values nps_stream_result(loy_in_i64 stream, int promoter_from, int passive_from) {
  loy_nps_options options;
  loy_nps nps = {0};
  loy_error e = {0};
  loy_nps_stream sum;
  loy_nps_options_init(&options);
  options.promoter_from = promoter_from;
  options.passive_from = passive_from;
  if (nps_stream_of(stream, "stream", &sum, &e)) loy_nps_stream_result(&sum, &options, &nps, &e);
  return nps_fields(&nps, &e);
}
%}
