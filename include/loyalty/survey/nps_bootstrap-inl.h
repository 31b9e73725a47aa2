/* nps_bootstrap-inl.h: body of nps_bootstrap.h. */
#ifndef LOYALTY_SURVEY_NPS_BOOTSTRAP_INL_H
#define LOYALTY_SURVEY_NPS_BOOTSTRAP_INL_H

#include "nps_bootstrap.h"
#include "../math/percentile.h"
#include "../math/random.h"

LOY_BEGIN_DECLS

#define LOYI_NPS_REPLICATIONS_LEAST 2000
#define LOYI_NPS_REPLICATIONS_MOST  100000000

LOYALTY_API void loy_nps_bootstrap_options_init(loy_nps_bootstrap_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->replications = 9999;
  options->seed = 0;
  options->allocator = NULL;
}

LOYI_LOCAL loy_status loyi_nps_check_resampled(const loy_nps *result, loy_error *error) {
  const loy_status status = loyi_nps_check_result(result, error);
  if (status != LOY_OK) return status;
  if (result->n > INT64_C(1000000000000000))
    return loyi_report(error, LOY_ERR_DOMAIN, "result", LOY_NO_INDEX, "must have at most 1e15 answers");
  if (result->weighted)
    return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX,
                       "must be without weights: the counts of a weighted survey do not say how its score varies");
  return LOY_OK;
}

/* A multinomial count as two binomial ones: promoters among all, detractors among the others. */
LOYI_LOCAL void loyi_nps_resample(const loy_nps_counts *counts, uint64_t seed, size_t n, double *score) {
  const double promoters = (double)counts->promoters, detractors = (double)counts->detractors;
  const double others = (double)(counts->passives + counts->detractors), total = promoters + others;
  const double p = promoters / total, d = others > 0.0 ? detractors / others : 0.0;
  loyi_rng rng;
  loyi_rng_seed(&rng, seed);
  for (size_t i = 0; i < n; i++) {
    const double first = loyi_rng_binomial(&rng, total, p);
    const double second = loyi_rng_binomial(&rng, total - first, d);
    score[i] = (first - second) / total;
  }
}

LOYALTY_API loy_status loy_nps_bootstrap(const loy_nps *result, uint64_t seed, size_t n, double *score,
                                         loy_error *error) {
  const loy_status status = loyi_nps_check_resampled(result, error);
  if (status != LOY_OK) return status;
  if (!score && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "score", LOY_NO_INDEX, "must not be NULL");
  loyi_nps_resample(&result->counts, seed, n, score);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_nps_bootstrap_interval(const loy_nps *result, const loy_nps_bootstrap_options *options,
                                                  double level, double *lower, double *upper, loy_error *error) {
  loy_nps_bootstrap_options use;
  double *score;
  size_t n;
  const loy_status status = loyi_nps_check_resampled(result, error);
  if (status != LOY_OK) return status;
  loy_nps_bootstrap_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "must come from loy_nps_bootstrap_options_init");
  if (options) use = *options;
  if (use.replications < LOYI_NPS_REPLICATIONS_LEAST || use.replications > LOYI_NPS_REPLICATIONS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX, "must be from 2000 to 1e8");
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  n = (size_t)use.replications;
  if (((double)n + 1.0) * (0.5 * (1.0 - level)) < 1.0)
    return loyi_report(error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX, "must be at least 2 / (1 - level), less 1");
  if (!lower) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  score = (double *)loyi_allocate(use.allocator, n, sizeof *score);
  if (!score) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  loyi_nps_resample(&result->counts, use.seed, n, score);
  loyi_percentile_interval(score, n, level, lower, upper);
  loyi_release(use.allocator, score, n, sizeof *score);
  return loyi_ok(error);
}

#undef LOYI_NPS_REPLICATIONS_LEAST
#undef LOYI_NPS_REPLICATIONS_MOST

LOY_END_DECLS

#endif /* LOYALTY_SURVEY_NPS_BOOTSTRAP_INL_H */
