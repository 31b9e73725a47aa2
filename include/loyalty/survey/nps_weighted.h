/* nps_weighted.h: Net Promoter Scores of samples that are not drawn evenly: what weights cost, and stratified samples.
 *
 * Sources: Kish, Survey Sampling, 1965, section 11.7 (design effect); Cochran, Sampling Techniques, 3rd ed. 1977,
 * chapter 5 (stratified samples). */
#ifndef LOYALTY_SURVEY_NPS_WEIGHTED_H
#define LOYALTY_SURVEY_NPS_WEIGHTED_H

#include "../base/config.h"
#include "../base/status.h"
#include "nps.h"

LOY_BEGIN_DECLS

/* What the weights of a score do to it. */
typedef struct loy_nps_weighting {
  int64_t used;         /* answers of positive weight, m */
  double design_effect; /* m / effective_n, from 1 on: how many times the answers the weights cost */
  double largest_share; /* the largest weight as a share of all, in (0, 1] */
  double uncorrected;   /* standard error without the factor m/(m - 1): sqrt(sum w^2 (x - score)^2) / W */
} loy_nps_weighting;

/* The score of weighted answers, as loy_nps_from_scores gives it, and what its weights do.
 *
 * score, weight, n, options   as for loy_nps_from_scores; weights must be given
 * result      receives the score
 * weighting   receives what the weights do
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `weight` or `weighting`; then those of loy_nps_from_scores. */
LOYALTY_API loy_status loy_nps_weighted(const double *score, const double *weight, size_t n,
                                        const loy_nps_options *options, loy_nps *result, loy_nps_weighting *weighting,
                                        loy_error *error);

/* One stratum: a part of the customers of which a sample of its own was taken. */
typedef struct loy_nps_stratum {
  loy_nps_counts counts; /* answers of the sample */
  double weight;         /* share of all customers, or any multiple of it, such as their number */
  double population;     /* customers of the stratum, for the finite population correction; infinite for none */
} loy_nps_stratum;

/* The score of all customers from a sample of each stratum: with W_h the share, N_h the score, v_h the variance and
 * n_h the answers of stratum h, and f_h = n_h / population, score = sum W_h N_h and
 * standard error = sqrt(sum W_h^2 (1 - f_h) v_h / n_h).
 *
 * stratum           the strata; at least one has a weight above 0. A stratum of weight 0 is left out
 * strata            their number
 * sample_variance   0: v_h = p + d - (p - d)^2, as everywhere in nps.h. 1: times n_h / (n_h - 1), without bias
 * result            receives the score: a weighted one, for loy_nps_interval and the tests of a score
 *
 * The counts and n of the result are of all strata, its shares of all customers; effective_n is
 * 1 / sum(W_h^2 (1 - f_h) / n_h), at most 2^53.
 *
 * Returns LOY_OK; LOY_NOTICE_WEAK_ID (`index` is the stratum) when a stratum has one answer only: it then adds nothing
 * to the standard error, which is too small. Strata whose answers are all alike add nothing either, without notice.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `stratum`; LOY_ERR_TOO_FEW for strata = 0; for each stratum in
 * turn (`index` is the stratum) LOY_ERR_DOMAIN for a "weight" that is not 0 or from 1e-40 to 1e40, LOY_ERR_DOMAIN for
 * bad counts (by name, or "counts" for their sum), LOY_ERR_TOO_FEW for a weight above 0 without an answer ("counts"),
 * LOY_ERR_DOMAIN for a "population" below the number of answers; LOY_ERR_DOMAIN for weights that sum to 0, or counts
 * that sum to more than 2^53; LOY_ERR_ARGUMENT for a `sample_variance` other than 0 and 1, or a NULL `result`.
 *
 * Source: Cochran 1977, equations 5.1 and 5.12. */
LOYALTY_API loy_status loy_nps_stratified(const loy_nps_stratum *stratum, size_t strata, int sample_variance,
                                          loy_nps *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps_weighted-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_WEIGHTED_H */
