/* nps.h: a Net Promoter Score among the arguments and results of a case. */
#ifndef LOYALTY_TESTS_PARITY_NPS_H
#define LOYALTY_TESTS_PARITY_NPS_H

#include <string.h>

#include "parity.h"

/* How many numbers make a score: the fields of loy_nps in the order of its declaration. */
enum { PARITY_NPS_FIELDS = 12 };

static inline loy_nps parity_nps_fields(const double *v) {
  loy_nps nps;
  memset(&nps, 0, sizeof nps);
  nps.counts.promoters = (int64_t)v[0];
  nps.counts.passives = (int64_t)v[1];
  nps.counts.detractors = (int64_t)v[2];
  nps.counts.missing = (int64_t)v[3];
  nps.n = (int64_t)v[4];
  nps.promoter_share = v[5];
  nps.detractor_share = v[6];
  nps.score = v[7];
  nps.variance = v[8];
  nps.standard_error = v[9];
  nps.effective_n = v[10];
  nps.weighted = v[11] != 0.0;
  return nps;
}

/* The next argument, a column that is one score; false when the case is done. */
static inline bool parity_nps(parity_case *c, const char *argument, loy_nps *nps) {
  size_t n;
  const double *v = parity_column(c, &n);
  if (parity_lengths(c, argument, n, PARITY_NPS_FIELDS)) return false;
  *nps = parity_nps_fields(v);
  return true;
}

static inline loy_nps_options parity_nps_options(parity_case *c) {
  loy_nps_options options;
  loy_nps_options_init(&options);
  options.promoter_from = (int)parity_int(c);
  options.passive_from = (int)parity_int(c);
  return options;
}

/* The next arguments, promoters, passives and detractors. */
static inline loy_nps_counts parity_nps_counts(parity_case *c) {
  loy_nps_counts counts = {0, 0, 0, 0};
  counts.promoters = parity_int(c);
  counts.passives = parity_int(c);
  counts.detractors = parity_int(c);
  return counts;
}

static inline void parity_give_counts(parity_case *c, const loy_nps_counts *counts) {
  parity_give_int(c, counts->promoters);
  parity_give_int(c, counts->passives);
  parity_give_int(c, counts->detractors);
  parity_give_int(c, counts->missing);
}

static inline void parity_give_nps(parity_case *c, const loy_nps *nps) {
  parity_give_counts(c, &nps->counts);
  parity_give_int(c, nps->n);
  parity_give_double(c, nps->promoter_share);
  parity_give_double(c, nps->detractor_share);
  parity_give_double(c, nps->score);
  parity_give_double(c, nps->variance);
  parity_give_double(c, nps->standard_error);
  parity_give_double(c, nps->effective_n);
  parity_give_bool(c, nps->weighted != 0);
}

/* The eight numbers of a difference. */
static inline void parity_difference(const loy_nps_difference *r, double *v) {
  v[0] = r->difference;
  v[1] = r->centre;
  v[2] = r->standard_error;
  v[3] = r->statistic;
  v[4] = r->df;
  v[5] = r->p_value;
  v[6] = r->lower;
  v[7] = r->upper;
}

static inline void parity_give_difference(parity_case *c, const loy_nps_difference *r) {
  double v[8];
  parity_difference(r, v);
  for (int i = 0; i < 8; i++) parity_give_double(c, v[i]);
}

/* The panel of the next argument, a column of its sixteen counts; false when the case is done. */
static inline bool parity_panel(parity_case *c, loy_nps_panel *panel) {
  size_t n;
  const int64_t *v = parity_column_i64(c, &n);
  if (parity_lengths(c, "panel", n, 16)) return false;
  memcpy(panel->both, v, sizeof panel->both);
  memcpy(panel->before_only, v + 9, sizeof panel->before_only);
  memcpy(panel->after_only, v + 12, sizeof panel->after_only);
  panel->missing = v[15];
  return true;
}

/* The stream of the next argument, a column of its twelve counts; false when the case is done. */
static inline bool parity_stream(parity_case *c, const char *argument, loy_nps_stream *stream) {
  size_t n;
  const int64_t *v = parity_column_i64(c, &n);
  loy_nps_stream_init(stream);
  if (parity_lengths(c, argument, n, 12)) return false;
  memcpy(stream->count, v, sizeof stream->count);
  stream->missing = v[11];
  return true;
}

/* The end of a case that adds to a stream, whose last argument is the column for the sum. */
static inline void parity_give_stream(parity_case *c, const loy_nps_stream *stream, const loy_error *e) {
  size_t n;
  int64_t *into = parity_out_i64(c, &n);
  if (parity_failed(c, e) || parity_lengths(c, "into", n, 12)) return;
  memcpy(into, stream->count, sizeof stream->count);
  into[11] = stream->missing;
}

#endif /* LOYALTY_TESTS_PARITY_NPS_H */
