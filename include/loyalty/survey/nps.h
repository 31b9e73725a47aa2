/* nps.h: Net Promoter Score with honest uncertainty.
 *
 * The question is "how likely are you to recommend us, 0 to 10?". Promoters answer 9 or 10, passives 7 or 8,
 * detractors 0 to 6; the score is the share of promoters less the share of detractors. Inside the library it lies in
 * [-1, 1]; multiply by 100 for display only.
 *
 * Net Promoter, Net Promoter Score and NPS are registered marks of Bain & Company, Satmetrix Systems and
 * Fred Reichheld. Sources: Reichheld, "The one number you need to grow", Harvard Business Review 81(12), 2003 (the
 * score); Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 70(4), 2016
 * (intervals). */
#ifndef LOYALTY_SURVEY_NPS_H
#define LOYALTY_SURVEY_NPS_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* How answers become groups. Fill it with loy_nps_options_init, then change what you need. */
typedef struct loy_nps_options {
  size_t struct_size;
  int promoter_from; /* answers from this on are promoters; 9. At most 10 and at least passive_from */
  int passive_from;  /* answers from this on, below promoter_from, are passives; 7. From 1 on */
  int skip_missing;  /* 0: a NaN among the answers is an error. 1: it is counted in `missing` and left out */
} loy_nps_options;

/* How many respondents are in each group. */
typedef struct loy_nps_counts {
  int64_t promoters;
  int64_t passives;
  int64_t detractors;
  int64_t missing; /* answers left out, in no group */
} loy_nps_counts;

/* A score with what is needed to judge it. */
typedef struct loy_nps {
  loy_nps_counts counts;  /* respondents, whatever their weight */
  int64_t n;              /* answers used: promoters + passives + detractors */
  double promoter_share;  /* in [0, 1]; weighted when weights were given */
  double detractor_share; /* in [0, 1]; likewise */
  double score;           /* promoter_share - detractor_share, in [-1, 1] */
  double variance;        /* of one answer in {-1, 0, 1}: p + d - (p - d)^2; 0 exactly when all are alike */
  double standard_error;  /* of the score */
  double effective_n;     /* n without weights; with weights w, Kish's (sum w)^2 / sum w^2 */
  int weighted;           /* 1 when weights were given */
} loy_nps;

/* Which interval. Those that need more than a level have functions of their own: nps_bootstrap.h (a seed) and
 * nps_bayes.h (a prior). */
typedef enum loy_nps_method {
  LOY_NPS_ADJUSTED_WALD = 0, /* adds .75 promoters, 1.5 passives and .75 detractors first; the default */
  LOY_NPS_WALD = 1,          /* score +- z standard errors; too narrow for few answers or extreme scores */
  LOY_NPS_SCORE = 2          /* inverts the score test; for fewer than 30 answers or extreme scores */
} loy_nps_method;

/* Fill `options` with the defaults: promoters from 9, passives from 7, a missing answer is an error. Never fails; NULL
 * does nothing. */
LOYALTY_API void loy_nps_options_init(loy_nps_options *options);

/* Count promoters, passives and detractors among answers held as doubles.
 *
 * score    n answers, each a whole number from 0 to 10; NaN is a missing answer
 * n        number of answers; 0 gives zero counts
 * options  NULL for the defaults
 * counts   receives the counts
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `score` with n > 0, or bad `options`, or a NULL `counts`;
 * LOY_ERR_DOMAIN for the first answer that is not a whole number from 0 to 10 (`index` is its row).
 * Cost: one pass without branches, about the speed of memory. */
LOYALTY_API loy_status loy_nps_count(const double *score, size_t n, const loy_nps_options *options,
                                     loy_nps_counts *counts, loy_error *error);

/* The same for answers held as bytes, the cheapest form of a large survey. There is no missing answer among bytes:
 * each must be from 0 to 10. Arguments, errors and their order as in loy_nps_count. */
LOYALTY_API loy_status loy_nps_count_u8(const uint8_t *score, size_t n, const loy_nps_options *options,
                                        loy_nps_counts *counts, loy_error *error);

/* The score from counts: with p = P/n, d = D/n, score = p - d, variance v = p + d - (p - d)^2 and standard error
 * sqrt(v/n), as for a multinomial sample. v is computed as 4 p d + a (p + d), a = A/n, which does not cancel when
 * nearly all are alike.
 *
 * counts   each at least 0; `missing` is carried along; promoters + passives + detractors must be at least 1
 * result   receives the score
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `counts`; LOY_ERR_DOMAIN for a count below 0 or a total above
 * 2^53 (argument "promoters", "passives", "detractors", "missing" or "counts"); LOY_ERR_TOO_FEW for a total of 0;
 * LOY_ERR_ARGUMENT for a NULL `result`.
 * Accuracy: 1e-15 relative, the score to one rounding. Source: Rocks 2016, section 2. */
LOYALTY_API loy_status loy_nps_from_counts(const loy_nps_counts *counts, loy_nps *result, loy_error *error);

/* The score from answers, with or without weights.
 *
 * Without weights it is loy_nps_count followed by loy_nps_from_counts. With weights w and x in {-1, 0, 1}:
 * score = sum w x / W with W = sum w; standard error = sqrt(m/(m-1) sum w^2 (x - score)^2) / W, where m is the number
 * of answers of positive weight (the linearised variance of a ratio under sampling with replacement).
 *
 * score    n answers, each a whole number from 0 to 10; NaN is a missing answer, and its weight is not looked at
 * weight   n weights, each finite and at least 0; or NULL for equal weights and the formulas of loy_nps_from_counts.
 *          Only their ratios matter
 * n        number of answers, at least 1
 * options  NULL for the defaults
 * result   receives the score; its counts are respondents, its shares are weighted
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `score` with n > 0, bad `options`, or a NULL `result`;
 * LOY_ERR_DOMAIN for the first bad answer; LOY_ERR_TOO_FEW for no answer at all; with weights, LOY_ERR_DOMAIN for the
 * first bad weight and for weights without a positive finite sum (of them and of their squares), LOY_ERR_TOO_FEW for
 * fewer than two of positive weight.
 * Accuracy of the weighted sums: compensated over blocks of rows, about 1e-15 relative for any n.
 * Source of the weighted variance: Cochran, Sampling Techniques, 3rd ed. 1977, section 6; of effective_n: Kish, Survey
 * Sampling, 1965, section 11.7. */
LOYALTY_API loy_status loy_nps_from_scores(const double *score, const double *weight, size_t n,
                                           const loy_nps_options *options, loy_nps *result, loy_error *error);

/* A two-sided confidence interval, clipped to [-1, 1].
 *
 * LOY_NPS_WALD           score +- z se
 * LOY_NPS_ADJUSTED_WALD  P + .75, A + 1.5, D + .75, n + 3 in place of P, A, D, n, then as above around the adjusted
 *                        centre. The estimate to report stays the plain score
 * LOY_NPS_SCORE          all m0 with |Z(m0)| <= z, where Z is the score statistic
 *                          Z(m0) = (P - D - n m0) / sqrt(n (2 q + m0 (1 - m0))),
 *                        whose standard error is that of a population with the score m0: q is its share of detractors,
 *                        the larger root of 2 n q^2 + ((2 n - P + D) m0 - P - D) q - D m0 (1 - m0) = 0. The lower end
 *                        is -1 exactly when all are detractors, the upper 1 when all are promoters
 * The last two are computed for a weighted score with the number of equally weighted answers that have the weighted
 * standard error, variance / se^2 (or effective_n when the variance is 0), as Korn and Graubard do for shares.
 *
 * result   as filled by loy_nps_from_counts or loy_nps_from_scores
 * method   a loy_nps_method; an int, so that a wrong number is an error and not undefined
 * level    confidence, 0 < level < 1, for example .95
 * lower, upper   receive the ends
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` that no function of this
 * header fills; LOY_ERR_ARGUMENT for an unknown `method`; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL
 * `lower` or `upper`.
 * Accuracy: the ends of the score interval to 1e-15.
 * Source: Rocks 2016 (adjusted Wald, "add 3"; the score interval as "iterative"); Tango, Statistics in Medicine 17,
 * 1998 (score); Korn and Graubard, Survey Methodology 24(2), 1998 (effective size). */
LOYALTY_API loy_status loy_nps_interval(const loy_nps *result, int method, double level, double *lower, double *upper,
                                        loy_error *error);

/* Private: check `options` and fill `use` with them, or with the defaults for NULL. */
LOYI_SHARED loy_status loyi_nps_check_options(const loy_nps_options *options, loy_nps_options *use, loy_error *error);

/* Private: LOY_ERR_ARGUMENT for a NULL `result`, LOY_ERR_DOMAIN for one that no function of this header fills. */
LOYI_SHARED loy_status loyi_nps_check_result(const loy_nps *result, loy_error *error);

/* Private: the variance of one answer from the shares of promoters, passives and detractors: p + d - (p - d)^2, written
 * without the difference. */
LOYI_SHARED double loyi_nps_variance(double promoters, double passives, double detractors);

/* Private: the centre of a checked score's Wald interval and its standard error, adjusted or not. */
LOYI_SHARED void loyi_nps_centre(const loy_nps *score, int method, double *centre, double *standard_error);

/* Private: promoters, passives and detractors of a checked result; of a weighted one, as many equally weighted answers
 * as have its standard error, not whole. */
LOYI_SHARED void loyi_nps_answers(const loy_nps *result, double *promoters, double *passives, double *detractors);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nps-inl.h"
#endif

#endif /* LOYALTY_SURVEY_NPS_H */
