/* survey_nps_intervals.c: the bootstrap, the posterior and the stream of a Net Promoter Score in the parity cases. */
#include "nps.h"

static void nps_bootstrap(parity_case *c) {
  loy_nps nps;
  uint64_t seed;
  size_t n;
  double *out;
  loy_error e;
  if (!parity_nps(c, "score", &nps)) return;
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
  if (!parity_nps(c, "score", &nps)) return;
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
  if (!parity_nps(c, "score", &nps)) return;
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

static void nps_stream_add(parity_case *c) {
  loy_nps_stream stream;
  double score;
  loy_error e;
  if (!parity_stream(c, "stream", &stream)) return;
  score = parity_double(c);
  loy_nps_stream_add(&stream, score, parity_bool(c), &e);
  parity_give_stream(c, &stream, &e);
}

static void nps_stream_add_scores(parity_case *c) {
  loy_nps_stream stream;
  const double *score;
  size_t n;
  loy_error e;
  if (!parity_stream(c, "stream", &stream)) return;
  score = parity_column(c, &n);
  loy_nps_stream_add_scores(&stream, score, n, parity_bool(c), &e);
  parity_give_stream(c, &stream, &e);
}

static void nps_stream_merge(parity_case *c) {
  loy_nps_stream stream, other;
  loy_error e;
  if (!parity_stream(c, "stream", &stream) || !parity_stream(c, "from", &other)) return;
  loy_nps_stream_merge(&stream, &other, &e);
  parity_give_stream(c, &stream, &e);
}

static void nps_stream_counts(parity_case *c) {
  loy_nps_stream stream;
  loy_nps_options options;
  loy_nps_counts counts = {0, 0, 0, 0};
  loy_error e;
  if (!parity_stream(c, "stream", &stream)) return;
  options = parity_nps_options(c);
  loy_nps_stream_counts(&stream, &options, &counts, &e);
  if (parity_failed(c, &e)) return;
  parity_give_counts(c, &counts);
}

static void nps_stream_result(parity_case *c) {
  loy_nps_stream stream;
  loy_nps_options options;
  loy_nps nps = {0};
  loy_error e;
  if (!parity_stream(c, "stream", &stream)) return;
  options = parity_nps_options(c);
  loy_nps_stream_result(&stream, &options, &nps, &e);
  if (parity_failed(c, &e)) return;
  parity_give_nps(c, &nps);
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
