/* survey_nps_intervals.i: shims of the bootstrap and of the posterior of a Net Promoter Score. A score passes as in
 * survey_nps_compare.i; a posterior as the five numbers of loy_nps_posterior in the order of its declaration. */

%{
#include "loyalty/survey/nps_bayes.h"
#include "loyalty/survey/nps_bootstrap.h"

static loy_nps_posterior nps_posterior_of(double promoters, double passives, double detractors, double mean,
                                          double standard_deviation) {
  const loy_nps_posterior posterior = {promoters, passives, detractors, mean, standard_deviation};
  return posterior;
}
%}

LOY_BULK(nps_bootstrap)
LOY_BULK(nps_bootstrap_interval)
%inline %{
/* As many scores of resampled surveys as `resampled` has room for. */
static loy_r0 nps_bootstrap(loy_in score, uint64_t seed, loy_out resampled) {
  loy_r0 r = {0};
  loy_nps nps = {0};
  if (nps_one(score, "score", &nps, &r.e)) loy_nps_bootstrap(&nps, seed, resampled.n, resampled.p, &r.e);
  return r;
}

static loy_r2 nps_bootstrap_interval(loy_in score, int64_t replications, uint64_t seed, double level) {
  loy_r2 r = {0};
  loy_nps nps = {0};
  loy_nps_bootstrap_options options;
  loy_nps_bootstrap_options_init(&options);
  options.replications = replications;
  options.seed = seed;
  if (nps_one(score, "score", &nps, &r.e))
    loy_nps_bootstrap_interval(&nps, &options, level, &r.v[0], &r.v[1], &r.e);
  return r;
}

/* The posterior with the given prior; without one, that is an empty column, with loy_nps_prior_init's. */
static loy_values nps_posterior(loy_in score, loy_in prior) {
  loy_values r = {0};
  loy_nps nps = {0};
  loy_nps_prior use;
  loy_nps_posterior posterior;
  loy_nps_prior_init(&use);
  if (prior.n != 0) {
    if (!loy_has_length(&r.e, "prior", prior.n, 3)) return r;
    use.promoters = prior.p[0];
    use.passives = prior.p[1];
    use.detractors = prior.p[2];
  }
  if (!nps_one(score, "score", &nps, &r.e)) return r;
  if (loy_nps_posterior_from(&nps, &use, &posterior, &r.e) != LOY_OK) return r;
  loy_put_double(&r, posterior.promoters);
  loy_put_double(&r, posterior.passives);
  loy_put_double(&r, posterior.detractors);
  loy_put_double(&r, posterior.mean);
  loy_put_double(&r, posterior.standard_deviation);
  return r;
}

/* P(NPS <= m) and P(NPS > m). */
static loy_r2 nps_posterior_probability(double promoters, double passives, double detractors, double mean,
                                        double standard_deviation, double m) {
  loy_r2 r = {0};
  const loy_nps_posterior posterior = nps_posterior_of(promoters, passives, detractors, mean, standard_deviation);
  loy_nps_posterior_probability(&posterior, m, &r.v[0], &r.v[1], &r.e);
  return r;
}

static loy_r1 nps_posterior_quantile(double promoters, double passives, double detractors, double mean,
                                     double standard_deviation, double probability) {
  loy_r1 r = {0};
  const loy_nps_posterior posterior = nps_posterior_of(promoters, passives, detractors, mean, standard_deviation);
  loy_nps_posterior_quantile(&posterior, probability, &r.v[0], &r.e);
  return r;
}

static loy_r2 nps_posterior_interval(double promoters, double passives, double detractors, double mean,
                                     double standard_deviation, double level) {
  loy_r2 r = {0};
  const loy_nps_posterior posterior = nps_posterior_of(promoters, passives, detractors, mean, standard_deviation);
  loy_nps_posterior_interval(&posterior, level, &r.v[0], &r.v[1], &r.e);
  return r;
}
%}
