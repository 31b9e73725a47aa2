/* csat.h: customer satisfaction as the share of the top boxes, with its Wilson interval, and as a mean.
 *
 * The question is "how satisfied are you?" on a scale of whole numbers, usually 1 to 5; CSAT is the share of answers
 * in the top boxes, usually 4 and 5 ("top two box"). The mean of the answers is the other usual summary. */
#ifndef LOYALTY_SURVEY_CSAT_H
#define LOYALTY_SURVEY_CSAT_H

#include "../base/config.h"
#include "../base/status.h"
#include "estimate.h"

LOY_BEGIN_DECLS

/* The five levels of overall satisfaction. Three of the five say "satisfied": there is no neutral middle, so a mean of
 * 3 is not indifference. */
typedef enum loy_csat_level {
  LOY_CSAT_VERY_DISSATISFIED = 1,
  LOY_CSAT_DISSATISFIED = 2,
  LOY_CSAT_SATISFIED = 3,
  LOY_CSAT_FAIRLY_SATISFIED = 4,
  LOY_CSAT_VERY_SATISFIED = 5
} loy_csat_level;

/* How many levels there are: the numbers 1 to LOY_CSAT_LEVELS. */
#define LOY_CSAT_LEVELS 5

/* The scale and what counts as satisfied. Fill it with loy_csat_options_init, then change what you need. */
typedef struct loy_csat_options {
  size_t struct_size;
  int lowest;       /* lowest answer of the scale; 1. From -1000 */
  int highest;      /* highest answer; 5. Above lowest, up to 1000 */
  int boxes;        /* how many of the highest answers count as satisfied; 2. From 1 to highest - lowest */
  int skip_missing; /* 0: a NaN among the answers is an error. 1: it is counted in `missing` and left out */
} loy_csat_options;

/* A share with what is needed to judge it. */
typedef struct loy_csat {
  int64_t top;           /* answers in the top boxes */
  int64_t n;             /* answers used */
  int64_t missing;       /* answers left out */
  double score;          /* top / n, in [0, 1] */
  double standard_error; /* sqrt(score (1 - score) / n) */
} loy_csat;

/* Fill `options` with the defaults: 1 to 5, the top 2, a missing answer is an error. Never fails; NULL does
 * nothing. */
LOYALTY_API void loy_csat_options_init(loy_csat_options *options);

/* The share from counts.
 *
 * top      satisfied answers, 0 <= top <= n
 * n        answers, 1 <= n <= 2^53
 * result   receives the share; `missing` becomes 0
 * Errors, in this order: LOY_ERR_DOMAIN for `n` below 0 or above 2^53, then for `top`; LOY_ERR_TOO_FEW
 * for an `n` of 0; LOY_ERR_ARGUMENT for a NULL `result`. */
LOYALTY_API loy_status loy_csat_from_counts(int64_t top, int64_t n, loy_csat *result, loy_error *error);

/* The share from answers.
 *
 * score    n answers, each a whole number on the scale; NaN is a missing answer
 * n        number of answers
 * options  NULL for the defaults
 * result   receives the share
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `score` with n > 0, bad `options` (argument "options", "lowest",
 * "highest", "boxes" or "skip_missing"), or a NULL `result`; LOY_ERR_DOMAIN for the first bad answer (`index` is its
 * row); LOY_ERR_TOO_FEW when no answer is left. */
LOYALTY_API loy_status loy_csat_from_scores(const double *score, size_t n, const loy_csat_options *options,
                                            loy_csat *result, loy_error *error);

/* The Wilson interval of the share: the t with |score - t| <= z sqrt(t (1 - t) / n). It stays inside [0, 1] and keeps
 * its coverage for few answers and extreme shares.
 *
 * result   as filled by the functions above
 * level    confidence, 0 < level < 1
 * lower, upper   receive the ends
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a `result` without 0 <= top <= n,
 * n >= 1; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`.
 * Accuracy: about 1e-15 relative. Source: Wilson, Journal of the American Statistical Association 22, 1927. */
LOYALTY_API loy_status loy_csat_interval(const loy_csat *result, double level, double *lower, double *upper,
                                         loy_error *error);

/* The mean of the answers, with what its t interval needs; loy_mean_interval gives that.
 *
 * score    n answers, each a whole number on the scale; NaN is a missing answer
 * n        number of answers
 * options  NULL for the defaults; `boxes` decides nothing here
 * result   receives the mean
 * Returns LOY_OK; LOY_NOTICE_NONE for a single answer, which has no standard deviation.
 * Errors as loy_csat_from_scores, in its order. Accuracy as loy_mean_from_values. */
LOYALTY_API loy_status loy_csat_mean(const double *score, size_t n, const loy_csat_options *options, loy_mean *result,
                                     loy_error *error);

/* The stable English name of a loy_csat_level: "very dissatisfied", "dissatisfied", "satisfied", "fairly satisfied",
 * "very satisfied"; "unknown" for another number. */
LOYALTY_API const char *loy_csat_level_name(int level);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_csat_level_name_zh(int level);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "csat-inl.h"
#endif

#endif /* LOYALTY_SURVEY_CSAT_H */
