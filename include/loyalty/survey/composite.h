/* composite.h: one index from several questions, each with its scale and its weight.
 *
 *   index = (sum w_j mean_j - sum w_j lowest_j) / sum w_j (highest_j - lowest_j)      in [0, 1]
 *
 * With three questions on 1 to 10, times 100, it is the American Customer Satisfaction Index (loy_acsi). A weight
 * counts points of its question's scale; where scales differ, divide a question's importance by highest - lowest.
 *
 * Sources: Fornell, Johnson, Anderson, Cha and Bryant, Journal of Marketing 60(4), 1996 (ACSI); Oliver, Journal of
 * Marketing Research 17(4), 1980 (disconfirmation). */
#ifndef LOYALTY_SURVEY_COMPOSITE_H
#define LOYALTY_SURVEY_COMPOSITE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* How many questions an index takes. */
#define LOY_COMPOSITE_ITEMS 64

/* A question: what a point of its scale counts, and the ends of the scale. */
typedef struct loy_composite_item {
  double weight;  /* 0, or from 1e-40 to 1e40. Only the ratios matter; one must be above 0 */
  double lowest;  /* lowest answer, from -1e6. Recode a question whose low answers are the good ones before */
  double highest; /* highest answer, at least 1e-6 above lowest, up to 1e6 */
} loy_composite_item;

/* The index from the mean answer of each question.
 *
 * item    the questions
 * mean    their mean answers, each from lowest to highest of its question
 * items   number of questions, from 1 to LOY_COMPOSITE_ITEMS
 * index   receives the index, in [0, 1]
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `item`, then for `items`; LOY_ERR_DOMAIN for the first question
 * with a bad `weight`, `lowest` or `highest` (`index` is the question), then for weights that are all 0;
 * LOY_ERR_ARGUMENT for a NULL `mean`; LOY_ERR_DOMAIN for the first bad `mean`; LOY_ERR_ARGUMENT for a NULL `index`.
 * Accuracy: about 1e-15 times the largest of |lowest|, |highest| in units of the scale's length. */
LOYALTY_API loy_status loy_composite_from_means(const loy_composite_item *item, const double *mean, size_t items,
                                                double *index, loy_error *error);

/* The American Customer Satisfaction Index: three questions on 1 to 10 (overall satisfaction, compared with what was
 * expected, compared with the ideal), index times 100.
 *
 * mean     three mean answers, each from 1 to 10
 * weight   three weights as in loy_composite_item; NULL for equal ones
 * score    receives the index, in [0, 100]
 * Errors, in this order: LOY_ERR_DOMAIN for the first bad `weight`, then for weights that are all 0; LOY_ERR_ARGUMENT
 * for a NULL `mean`; LOY_ERR_DOMAIN for the first bad `mean`; LOY_ERR_ARGUMENT for a NULL `score`. */
LOYALTY_API loy_status loy_acsi(const double *mean, const double *weight, double *score, loy_error *error);

/* The index of each of n respondents.
 *
 * item      the questions
 * answer    `items` columns of n answers each; NaN is a missing answer
 * items     number of questions, from 1 to LOY_COMPOSITE_ITEMS
 * n         number of respondents
 * least     how many answers a respondent needs, from 1 to items. With `items` a missing answer is a bad row. With
 * fewer, missing answers drop out of the sums, and a respondent with too few (or none of positive weight) is skipped
 * index     receives n indices, in [0, 1]; NaN for a bad row and for a skipped respondent
 * skipped   receives the number of skipped respondents. May be NULL
 * report    counts bad rows (an answer outside its scale, or missing where all are needed). May be NULL
 * Returns LOY_OK; LOY_NOTICE_SKIPPED when respondents were skipped.
 * Errors, in this order: as loy_composite_from_means up to the weights; LOY_ERR_ARGUMENT for a NULL `answer`, then for
 * a NULL column of it with n > 0 (`index` is the question), then for `least`, then for a NULL `index` with n > 0. */
LOYALTY_API loy_status loy_composite_batch(const loy_composite_item *item, const double *const *answer, size_t items,
                                           size_t n, size_t least, double *index, size_t *skipped,
                                           loy_batch_report *report, loy_error *error);

/* Disconfirmation of n customers: performance - expectation, both on one scale. Above 0 it was better than expected.
 *
 * performance, expectation   n numbers each, from -1e40 to 1e40
 * difference   receives n differences; NaN for a bad row
 * report       counts bad rows (a number outside the range, NaN included). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `performance`, `expectation` or `difference` with n > 0. */
LOYALTY_API loy_status loy_disconfirmation_batch(const double *performance, const double *expectation, size_t n,
                                                 double *difference, loy_batch_report *report, loy_error *error);

/* The four questions of the satisfaction questionnaire. */
typedef enum loy_satisfaction_dimension {
  LOY_DIMENSION_PRODUCT_QUALITY = 0,
  LOY_DIMENSION_CUSTOMER_SERVICE = 1,
  LOY_DIMENSION_SHOPPING_EXPERIENCE = 2,
  LOY_DIMENSION_BRAND_IMAGE = 3
} loy_satisfaction_dimension;

/* How many dimensions there are: the numbers 0 to LOY_SATISFACTION_DIMENSIONS - 1. */
#define LOY_SATISFACTION_DIMENSIONS 4

/* The stable English name of a loy_satisfaction_dimension: "product quality", "customer service", "shopping
 * experience", "brand image"; "unknown" for another number. */
LOYALTY_API const char *loy_satisfaction_dimension_name(int dimension);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_satisfaction_dimension_name_zh(int dimension);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "composite-inl.h"
#endif

#endif /* LOYALTY_SURVEY_COMPOSITE_H */
