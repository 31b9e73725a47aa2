/* nps_bayes.h: the posterior distribution of a Net Promoter Score.
 *
 * The shares of promoters, passives and detractors have a Dirichlet prior; after P, A and D answers they are Dirichlet
 * with parameters prior + (P, A, D), and the score is the share of promoters less that of detractors. Its distribution
 * is computed, not sampled: with a_P, a_A, a_D the parameters, the share of all who are not passive, T, is
 * beta(a_P + a_D, a_A), the part of promoters among them is beta(a_P, a_D) and independent of T, so that for x >= 0
 *   P(NPS > x) = int_x^1 f_T(t) I_((1 - x/t)/2)(a_D, a_P) dt
 * with the regularised incomplete beta function I. The integral is a trapezoidal sum over s, where
 * ln((t - x)/(1 - t)) = c + w sinh(s): every singularity of the integrand is then an end where it falls off doubly
 * exponentially, and the sum converges geometrically. Its centre c is the peak of the joint density on the line
 * p - d = x; steps are halved until two sums agree.
 *
 * Sources: Rocks, The American Statistician 70(4), 2016 (adding .75, 1.5 and .75 answers, here the default prior);
 * Takahasi and Mori, Publ. RIMS 9, 1974 (the substitution); Trefethen and Weideman, SIAM Review 56, 2014 (the rule). */
#ifndef LOYALTY_SURVEY_NPS_BAYES_H
#define LOYALTY_SURVEY_NPS_BAYES_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* The parameters of the Dirichlet prior, in answers: how many respondents in each group the prior is worth. Each from
 * 0.001 to 1e9. */
typedef struct loy_nps_prior {
  double promoters;
  double passives;
  double detractors;
} loy_nps_prior;

/* The posterior. */
typedef struct loy_nps_posterior {
  double promoters; /* parameters of the Dirichlet distribution: prior plus answers */
  double passives;
  double detractors;
  double mean; /* of the score: (a_P - a_D) / a_0, a_0 the sum of the parameters */
  double standard_deviation;
} loy_nps_posterior;

/* Fill `prior` with the default: .75 promoters, 1.5 passives, .75 detractors. Never fails; NULL does nothing. */
LOYALTY_API void loy_nps_prior_init(loy_nps_prior *prior);

/* The posterior of a score.
 *
 * result      as filled by loy_nps_from_counts or loy_nps_from_scores. A weighted score counts as the number of equally
 *             weighted answers that have its standard error, as in loy_nps_interval
 * prior       NULL for the default
 * posterior   receives the distribution; standard_deviation is
 *             sqrt((p + d - (p - d)^2) / (a_0 + 1)) with p = a_P / a_0, d = a_D / a_0
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` that no function of nps.h
 * fills; LOY_ERR_DOMAIN for a number of `prior` out of range (argument "promoters", "passives" or "detractors");
 * LOY_ERR_DOMAIN for a parameter above 1e9 (argument "result"); LOY_ERR_ARGUMENT for a NULL `posterior`. */
LOYALTY_API loy_status loy_nps_posterior_from(const loy_nps *result, const loy_nps_prior *prior,
                                              loy_nps_posterior *posterior, loy_error *error);

/* The probabilities that the score is at most m, and that it is above.
 *
 * posterior   as filled by loy_nps_posterior_from
 * m           -1 to 1
 * below       receives P(NPS <= m); may be NULL
 * above       receives P(NPS > m); may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `posterior`; LOY_ERR_DOMAIN for one that loy_nps_posterior_from
 * does not fill; LOY_ERR_DOMAIN for `m`.
 * Accuracy: 1e-12 relative to the smaller of the two, down to 1e-300; the other is 1 minus it. */
LOYALTY_API loy_status loy_nps_posterior_probability(const loy_nps_posterior *posterior, double m, double *below,
                                                     double *above, loy_error *error);

/* The score x with P(NPS <= x) = probability.
 *
 * posterior     as filled by loy_nps_posterior_from
 * probability   0 < probability < 1
 * value         receives x
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `posterior`; LOY_ERR_DOMAIN for one that loy_nps_posterior_from
 * does not fill; LOY_ERR_DOMAIN for `probability`; LOY_ERR_ARGUMENT for a NULL `value`.
 * Accuracy: 1e-13, the posterior's standard deviation permitting: relative to that, 1e-12. */
LOYALTY_API loy_status loy_nps_posterior_quantile(const loy_nps_posterior *posterior, double probability, double *value,
                                                  loy_error *error);

/* The equal-tailed interval that holds the score with probability `level`: the quantiles at (1 - level)/2 and
 * (1 + level)/2.
 *
 * posterior      as filled by loy_nps_posterior_from
 * level          0 < level < 1
 * lower, upper   receive the ends
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `posterior`; LOY_ERR_DOMAIN for one that loy_nps_posterior_from
 * does not fill; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`.
 * Accuracy as loy_nps_posterior_quantile. */
LOYALTY_API loy_status loy_nps_posterior_interval(const loy_nps_posterior *posterior, double level, double *lower,
                                                  double *upper, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_bayes-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_BAYES_H */
