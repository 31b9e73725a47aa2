/* survey_nps_intervals.c: the bootstrap, the posterior and the stream of a Net Promoter Score in the parity cases. */
#include "parity.h"

#include <string.h>

static bool score_of(parity_case *c, loy_nps *nps) {
  size_t n;
  const double *v = parity_column(c, &n);
  memset(nps, 0, sizeof *nps);
  if (parity_lengths(c, "score", n, 12)) return false;
  nps->counts.promoters = (int64_t)v[0];
  nps->counts.passives = (int64_t)v[1];
  nps->counts.detractors = (int64_t)v[2];
  nps->counts.missing = (int64_t)v[3];
  nps->n = (int64_t)v[4];
  nps->promoter_share = v[5];
  nps->detractor_share = v[6];
  nps->score = v[7];
  nps->variance = v[8];
  nps->standard_error = v[9];
  nps->effective_n = v[10];
  nps->weighted = v[11] != 0.0;
  return true;
}

static void nps_bootstrap(parity_case *c) {
  loy_nps nps;
  uint64_t seed;
  size_t n;
  double *out;
  loy_error e;
  if (!score_of(c, &nps)) return;
  seed = (uint64_t)parity_int(c);
  out = parity_out(c, &n);
  loy_nps_bootstrap(&nps, seed, n, out, &e);
  parity_failed(c, &e);
}

static void nps_bootstrap_interval(parity_case *c) {
  loy_nps nps;
  loy_nps_bootstrap_options options;
  double lower = 0.0, upper = 0.0;
  loy_error e;
  loy_nps_bootstrap_options_init(&options);
  if (!score_of(c, &nps)) return;
  options.replications = parity_int(c);
  options.seed = (uint64_t)parity_int(c);
  loy_nps_bootstrap_interval(&nps, &options, parity_double(c), &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static void nps_posterior(parity_case *c) {
  loy_nps nps;
  loy_nps_prior prior;
  loy_nps_posterior posterior = {0, 0, 0, 0, 0};
  const double *given;
  size_t n;
  loy_error e;
  loy_nps_prior_init(&prior);
  if (!score_of(c, &nps)) return;
  given = parity_column(c, &n);
  if (n != 0) {
    prior.promoters = given[0];
    prior.passives = given[1];
    prior.detractors = given[2];
  }
  loy_nps_posterior_from(&nps, &prior, &posterior, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, posterior.promoters);
  parity_give_double(c, posterior.passives);
  parity_give_double(c, posterior.detractors);
  parity_give_double(c, posterior.mean);
  parity_give_double(c, posterior.standard_deviation);
}

static loy_nps_posterior posterior_of(parity_case *c) {
  loy_nps_posterior posterior;
  posterior.promoters = parity_double(c);
  posterior.passives = parity_double(c);
  posterior.detractors = parity_double(c);
  posterior.mean = parity_double(c);
  posterior.standard_deviation = parity_double(c);
  return posterior;
}

static void nps_posterior_probability(parity_case *c) {
  const loy_nps_posterior posterior = posterior_of(c);
  double below = 0.0, above = 0.0;
  loy_error e;
  loy_nps_posterior_probability(&posterior, parity_double(c), &below, &above, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, below);
  parity_give_double(c, above);
}

static void nps_posterior_quantile(parity_case *c) {
  const loy_nps_posterior posterior = posterior_of(c);
  double value = 0.0;
  loy_error e;
  loy_nps_posterior_quantile(&posterior, parity_double(c), &value, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
}

static void nps_posterior_interval(parity_case *c) {
  const loy_nps_posterior posterior = posterior_of(c);
  double lower = 0.0, upper = 0.0;
  loy_error e;
  loy_nps_posterior_interval(&posterior, parity_double(c), &lower, &upper, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, lower);
  parity_give_double(c, upper);
}

static bool stream_of(parity_case *c, const char *argument, loy_nps_stream *stream) {
  size_t n;
  const int64_t *v = parity_column_i64(c, &n);
  loy_nps_stream_init(stream);
  if (parity_lengths(c, argument, n, 12)) return false;
  memcpy(stream->count, v, sizeof stream->count);
  stream->missing = v[11];
  return true;
}

static void give_stream(parity_case *c, const loy_nps_stream *stream, const loy_error *e) {
  size_t n;
  int64_t *into = parity_out_i64(c, &n);
  if (parity_failed(c, e) || parity_lengths(c, "into", n, 12)) return;
  memcpy(into, stream->count, sizeof stream->count);
  into[11] = stream->missing;
}

static void nps_stream_add(parity_case *c) {
  loy_nps_stream stream;
  double score;
  loy_error e;
  if (!stream_of(c, "stream", &stream)) return;
  score = parity_double(c);
  loy_nps_stream_add(&stream, score, parity_bool(c), &e);
  give_stream(c, &stream, &e);
}

static void nps_stream_add_scores(parity_case *c) {
  loy_nps_stream stream;
  const double *score;
  size_t n;
  loy_error e;
  if (!stream_of(c, "stream", &stream)) return;
  score = parity_column(c, &n);
  loy_nps_stream_add_scores(&stream, score, n, parity_bool(c), &e);
  give_stream(c, &stream, &e);
}

static void nps_stream_merge(parity_case *c) {
  loy_nps_stream stream, other;
  loy_error e;
  if (!stream_of(c, "stream", &stream) || !stream_of(c, "from", &other)) return;
  loy_nps_stream_merge(&stream, &other, &e);
  give_stream(c, &stream, &e);
}

static void nps_stream_counts(parity_case *c) {
  loy_nps_stream stream;
  loy_nps_options options;
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_error e;
  loy_nps_options_init(&options);
  if (!stream_of(c, "stream", &stream)) return;
  options.promoter_from = (int)parity_int(c);
  options.passive_from = (int)parity_int(c);
  loy_nps_stream_counts(&stream, &options, &counts, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, counts.promoters);
  parity_give_int(c, counts.passives);
  parity_give_int(c, counts.detractors);
  parity_give_int(c, counts.missing);
}

static void nps_stream_result(parity_case *c) {
  loy_nps_stream stream;
  loy_nps_options options;
  loy_nps nps;
  loy_error e;
  loy_nps_options_init(&options);
  memset(&nps, 0, sizeof nps);
  if (!stream_of(c, "stream", &stream)) return;
  options.promoter_from = (int)parity_int(c);
  options.passive_from = (int)parity_int(c);
  loy_nps_stream_result(&stream, &options, &nps, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, nps.counts.promoters);
  parity_give_int(c, nps.counts.passives);
  parity_give_int(c, nps.counts.detractors);
  parity_give_int(c, nps.counts.missing);
  parity_give_int(c, nps.n);
  parity_give_double(c, nps.promoter_share);
  parity_give_double(c, nps.detractor_share);
  parity_give_double(c, nps.score);
  parity_give_double(c, nps.variance);
  parity_give_double(c, nps.standard_error);
  parity_give_double(c, nps.effective_n);
  parity_give_bool(c, nps.weighted != 0);
}

PARITY(survey_nps_intervals) {
  CASE(nps_bootstrap);
  CASE(nps_bootstrap_interval);
  CASE(nps_posterior);
  CASE(nps_posterior_probability);
  CASE(nps_posterior_quantile);
  CASE(nps_posterior_interval);
  CASE(nps_stream_add);
  CASE(nps_stream_add_scores);
  CASE(nps_stream_merge);
  CASE(nps_stream_counts);
  CASE(nps_stream_result);
}
