/* loyalty_index.h: one loyalty index from three answers: how satisfied, how likely to buy again, how likely to
 * recommend; and the rule that says how secure the customer is.
 *
 *   satisfaction     level 1 to 5            (level - 1)/4
 *   repurchase       probability p           1 from 70%, 1/2 from 30%, 0 below; or p itself
 *   recommendation   impossible, possible, very likely (1 to 3)     0, 1/2, 1
 *   index = weighted mean of the three, by default equally weighted
 *
 *   SECURE      level 5, band high, very likely
 *   FAVOURABLE  level 4 or 5, band middle or high, possible or very likely
 *   AT RISK     level 1 or 2, or band low, or impossible
 *   VULNERABLE  the rest
 *
 * Sources: Juster, Journal of the American Statistical Association 61, 1966 (purchase probability); Brandt, Secure
 * Customer Index, 1996 (the classes, here by three answers with the cut-offs above). */
#ifndef LOYALTY_SURVEY_LOYALTY_INDEX_H
#define LOYALTY_SURVEY_LOYALTY_INDEX_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Bands of the probability to buy again. */
typedef enum loy_repurchase_band {
  LOY_REPURCHASE_LOW = 0,
  LOY_REPURCHASE_MIDDLE = 1,
  LOY_REPURCHASE_HIGH = 2
} loy_repurchase_band;

/* How many bands there are: the numbers 0 to LOY_REPURCHASE_BANDS - 1. */
#define LOY_REPURCHASE_BANDS 3

/* Answers to "would you recommend us?". */
typedef enum loy_recommendation {
  LOY_RECOMMEND_IMPOSSIBLE = 1,
  LOY_RECOMMEND_POSSIBLE = 2,
  LOY_RECOMMEND_VERY_LIKELY = 3
} loy_recommendation;

/* How many answers there are: the numbers 1 to LOY_RECOMMENDATIONS. */
#define LOY_RECOMMENDATIONS 3

/* How secure a customer is, from the worst. */
typedef enum loy_security {
  LOY_SECURITY_AT_RISK = 0,
  LOY_SECURITY_VULNERABLE = 1,
  LOY_SECURITY_FAVOURABLE = 2,
  LOY_SECURITY_SECURE = 3
} loy_security;

/* How many classes there are: the numbers 0 to LOY_SECURITIES - 1. */
#define LOY_SECURITIES 4

/* Cut-offs and weights. Fill it with loy_loyalty_index_options_init, then change what you need. */
typedef struct loy_loyalty_index_options {
  size_t struct_size;
  double high_from;    /* probability from which the band is high; .70. Above middle_from, at most 1 */
  double middle_from;  /* probability from which it is middle; .30. Above 0 */
  int use_probability; /* 0: the band counts 0, 1/2 or 1. 1: the probability itself counts; the band still decides
                          the class */
  double satisfaction_weight;   /* 1; each weight 0 or from 1e-40 to 1e40, only the ratios matter, one above 0 */
  double repurchase_weight;     /* 1 */
  double recommendation_weight; /* 1 */
} loy_loyalty_index_options;

/* One customer. */
typedef struct loy_loyalty_index {
  double index; /* in [0, 1] */
  int band;     /* a loy_repurchase_band */
  int security; /* a loy_security */
} loy_loyalty_index;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_loyalty_index_options_init(loy_loyalty_index_options *options);

/* The index of one customer.
 *
 * satisfaction     level of overall satisfaction, a whole number from 1 to 5 (loy_csat_level)
 * repurchase       stated probability to buy again, from 0 to 1
 * recommendation   a whole number from 1 to 3 (loy_recommendation)
 * options          NULL for the defaults
 * result           receives index, band and class
 * Errors, in this order: LOY_ERR_ARGUMENT for `options` with a bad struct_size; LOY_ERR_DOMAIN for a bad member, in the
 * order high_from, middle_from, then LOY_ERR_ARGUMENT for use_probability, then LOY_ERR_DOMAIN for the weights in their
 * order and for weights that are all 0 ("satisfaction_weight"); LOY_ERR_DOMAIN for `satisfaction`, `repurchase`,
 * `recommendation`; LOY_ERR_ARGUMENT for a NULL `result`.
 * Accuracy: about 4e-16 absolute. */
LOYALTY_API loy_status loy_loyalty_index_of(double satisfaction, double repurchase, double recommendation,
                                            const loy_loyalty_index_options *options, loy_loyalty_index *result,
                                            loy_error *error);

/* The indices of n customers, the same as loy_loyalty_index_of row by row.
 *
 * satisfaction, repurchase, recommendation   n numbers each
 * options    NULL for the defaults
 * index      receives n indices; NaN for a bad row. May be NULL
 * band       receives n bands; -1 for a bad row. May be NULL
 * security   receives n classes; -1 for a bad row. May be NULL
 * report     counts bad rows (a number that loy_loyalty_index_of refuses, NaN included). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `satisfaction`, `repurchase` or `recommendation` with n > 0; for
 * `options` as loy_loyalty_index_of.
 * The mean index and the shares of the classes, with intervals: loy_mean_from_values, loy_shares_from_counts. */
LOYALTY_API loy_status loy_loyalty_index_batch(const double *satisfaction, const double *repurchase,
                                               const double *recommendation, size_t n,
                                               const loy_loyalty_index_options *options, double *index, int32_t *band,
                                               int32_t *security, loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_repurchase_band: "low", "middle", "high"; "unknown" for another number. */
LOYALTY_API const char *loy_repurchase_band_name(int band);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_repurchase_band_name_zh(int band);

/* The stable English name of a loy_recommendation: "impossible", "possible", "very likely"; "unknown" for another
 * number. */
LOYALTY_API const char *loy_recommendation_name(int recommendation);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_recommendation_name_zh(int recommendation);

/* The stable English name of a loy_security: "at risk", "vulnerable", "favourable", "secure"; "unknown" for another
 * number. */
LOYALTY_API const char *loy_security_name(int security);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_security_name_zh(int security);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "loyalty_index-inl.h"
#endif

#endif /* LOYALTY_SURVEY_LOYALTY_INDEX_H */
