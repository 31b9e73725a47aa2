/* nps_bootstrap.h: the bootstrap of a Net Promoter Score.
 *
 * A resampled survey has as many answers as the survey, each drawn from its shares: counts of promoters, passives and
 * detractors are multinomial. How its score varies stands for how the score of the survey varies. Source: Efron and
 * Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6 and 13; Davison and Hinkley, Bootstrap Methods and
 * their Application, 1997, section 5.3 (percentiles). */
#ifndef LOYALTY_SURVEY_NPS_BOOTSTRAP_H
#define LOYALTY_SURVEY_NPS_BOOTSTRAP_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* How many resampled surveys, and which. Fill it with loy_nps_bootstrap_options_init, then change what you need. */
typedef struct loy_nps_bootstrap_options {
  size_t struct_size;
  int64_t replications;           /* 9999. From 2000 to 1e8 */
  uint64_t seed;                  /* 0. The same seed gives the same surveys on every machine */
  const loy_allocator *allocator; /* NULL for the C library's; loy_nps_bootstrap_interval keeps the scores in it */
} loy_nps_bootstrap_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_nps_bootstrap_options_init(loy_nps_bootstrap_options *options);

/* Draw the scores of resampled surveys.
 *
 * result   as filled by loy_nps_from_counts, or by loy_nps_from_scores without weights: the counts of a weighted survey
 *          do not say how its score varies
 * seed     any; a longer draw of the same seed begins with a shorter one
 * n        how many
 * score    receives n scores in the order in which they are drawn; may be NULL when n is 0
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` that no function of nps.h
 * fills, and for one of more than 1e15 answers; LOY_ERR_ARGUMENT for a weighted `result`, and for a NULL `score` with
 * n > 0. */
LOYALTY_API loy_status loy_nps_bootstrap(const loy_nps *result, uint64_t seed, size_t n, double *score,
                                         loy_error *error);

/* The percentile interval: with R scores of loy_nps_bootstrap in order of size, those at the ranks (R + 1)(1 - level)/2
 * and (R + 1)(1 + level)/2, between two ranks in proportion.
 *
 * result    as for loy_nps_bootstrap
 * options   NULL for the defaults
 * level     0 < level < 1
 * lower, upper   receive the ends
 * Errors, in this order: those of loy_nps_bootstrap; LOY_ERR_ARGUMENT for `options` not from
 * loy_nps_bootstrap_options_init; LOY_ERR_DOMAIN for `replications`; LOY_ERR_DOMAIN for `level`; LOY_ERR_DOMAIN for
 * `replications` too few for `level`, that is, (R + 1)(1 - level)/2 < 1; LOY_ERR_ARGUMENT for a NULL `lower` or
 * `upper`; LOY_ERR_MEMORY.
 * Monte Carlo error of an end: about sqrt(a (1 - a)/R)/f(z) standard errors of the score, a = (1 - level)/2 and f(z)
 * the normal density at its quantile: .03 at level .95 with the default R. Like the Wald interval a point when all
 * agree. */
LOYALTY_API loy_status loy_nps_bootstrap_interval(const loy_nps *result, const loy_nps_bootstrap_options *options,
                                                  double level, double *lower, double *upper, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_bootstrap-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_BOOTSTRAP_H */
