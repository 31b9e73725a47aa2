/* kano.h: Kano's classes of product features, and the zones of expressed and expected wishes.
 *
 * A pair of questions about a feature: how would you feel if it were there (functional), and if it were not
 * (dysfunctional)? Each is answered 1 like, 2 expect, 3 neutral, 4 tolerate, 5 dislike. The evaluation table:
 *
 *                        dysfunctional
 *   functional   like  expect  neutral  tolerate  dislike      A attractive     R reverse
 *   like          Q      A        A        A         O         O one-dimensional
 *   expect        R      I        I        I         M         M must-be
 *   neutral       R      I        I        I         M         I indifferent
 *   tolerate      R      I        I        I         M         Q questionable
 *   dislike       R      R        R        R         Q
 *
 * Over respondents, with N = A + O + M + I:
 *   Better = (A + O)/N     how much satisfaction the feature adds when it is there
 *   Worse = -(O + M)/N     how much it costs when it is not
 *
 * Sources: Kano, Seraku, Takahashi and Tsuji, Hinshitsu (Journal of the Japanese Society for Quality Control) 14(2),
 * 1984; Berger et al., Center for Quality of Management Journal 2(4), 1993 (table, coefficients, tie rule). */
#ifndef LOYALTY_SURVEY_KANO_H
#define LOYALTY_SURVEY_KANO_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The five answers. */
typedef enum loy_kano_answer {
  LOY_KANO_LIKE = 1,
  LOY_KANO_EXPECT = 2,
  LOY_KANO_NEUTRAL = 3,
  LOY_KANO_TOLERATE = 4,
  LOY_KANO_DISLIKE = 5
} loy_kano_answer;

/* The six classes. */
typedef enum loy_kano_category {
  LOY_KANO_ATTRACTIVE = 0,
  LOY_KANO_ONE_DIMENSIONAL = 1,
  LOY_KANO_MUST_BE = 2,
  LOY_KANO_INDIFFERENT = 3,
  LOY_KANO_REVERSE = 4,
  LOY_KANO_QUESTIONABLE = 5
} loy_kano_category;

/* How many classes there are: the numbers 0 to LOY_KANO_CATEGORIES - 1. */
#define LOY_KANO_CATEGORIES 6

/* One feature over its respondents. */
typedef struct loy_kano {
  int64_t count[LOY_KANO_CATEGORIES]; /* respondents in each class */
  int64_t n;                          /* respondents used: the sum of the counts */
  int64_t missing;                    /* respondents left out */
  int category;                       /* the most frequent class; of equals the first of M, O, A, I, R, Q */
  int tied;                           /* 1 when another class is as frequent */
  double better;                      /* (A + O)/N, in [0, 1]; NaN when N is 0 */
  double worse;                       /* -(O + M)/N, in [-1, 0]; NaN when N is 0 */
  double better_standard_error;       /* sqrt(b (1 - b)/N), b = better: the delta method, N being random */
  double worse_standard_error;        /* sqrt(w (1 - w)/N), w = -worse */
} loy_kano;

/* The class of one respondent's pair of answers.
 *
 * functional      1 to 5, the answer to "if it were there"
 * dysfunctional   1 to 5, the answer to "if it were not"
 * category        receives a loy_kano_category
 * Errors, in this order: LOY_ERR_DOMAIN for `functional`, then `dysfunctional`, that is not a whole number from 1 to 5;
 * LOY_ERR_ARGUMENT for a NULL `category`. */
LOYALTY_API loy_status loy_kano_classify(double functional, double dysfunctional, int *category, loy_error *error);

/* The classes of n pairs of answers.
 *
 * functional, dysfunctional   n answers each
 * category   receives n loy_kano_category; -1 for a bad row
 * report     counts bad rows (an answer that is not a whole number from 1 to 5, NaN included). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `functional`, `dysfunctional` or `category` with n > 0. */
LOYALTY_API loy_status loy_kano_classify_batch(const double *functional, const double *dysfunctional, size_t n,
                                               int32_t *category, loy_batch_report *report, loy_error *error);

/* One feature from the answers of n respondents.
 *
 * functional, dysfunctional   n answers each; NaN is a missing answer
 * skip_missing   0: a missing answer is an error. 1: a respondent with one is counted in `missing` and left out
 * result         receives the counts and coefficients
 * Returns LOY_OK; LOY_NOTICE_NONE when nobody is in A, O, M or I, so that the coefficients do not exist.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `functional` or `dysfunctional` with n > 0, a `skip_missing` other
 * than 0 and 1, or a NULL `result`; LOY_ERR_DOMAIN for the first bad answer (`index` is its row); LOY_ERR_TOO_FEW when
 * no respondent is left. */
LOYALTY_API loy_status loy_kano_from_answers(const double *functional, const double *dysfunctional, size_t n,
                                             int skip_missing, loy_kano *result, loy_error *error);

/* One feature from the number of respondents in each class.
 *
 * count    LOY_KANO_CATEGORIES numbers, each at least 0; their sum from 1 to 2^53
 * result   receives the coefficients; `missing` becomes 0
 * Returns as loy_kano_from_answers.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `count`; LOY_ERR_DOMAIN for the first bad count (`index` is its
 * class), then for a sum above 2^53; LOY_ERR_TOO_FEW for a sum of 0; LOY_ERR_ARGUMENT for a NULL `result`.
 * Accuracy: coefficients correctly rounded, standard errors to 4e-16 relative. */
LOYALTY_API loy_status loy_kano_from_counts(const int64_t *count, loy_kano *result, loy_error *error);

/* The Wilson intervals of the coefficients, given N.
 *
 * result   as filled by the functions above
 * level    confidence, 0 < level < 1
 * better   receives the lower and the upper end, in [0, 1]
 * worse    receives the lower and the upper end, in [-1, 0]
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for a negative count or counts that sum
 * to more than 2^53; LOY_ERR_TOO_FEW when nobody is in A, O, M or I; LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a
 * NULL `better` or `worse`. */
LOYALTY_API loy_status loy_kano_intervals(const loy_kano *result, double level, double better[2], double worse[2],
                                          loy_error *error);

/* The stable English name of a loy_kano_answer: "like", "expect", "neutral", "tolerate", "dislike"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_kano_answer_name(int answer);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_kano_answer_name_zh(int answer);

/* The stable English name of a loy_kano_category: "attractive", "one-dimensional", "must-be", "indifferent", "reverse",
 * "questionable"; "unknown" for another number. */
LOYALTY_API const char *loy_kano_category_name(int category);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_kano_category_name_zh(int category);

/* The letter of a loy_kano_category: "A", "O", "M", "I", "R", "Q"; "?" for another number. */
LOYALTY_API const char *loy_kano_category_letter(int category);

/* Zones of a wish, by whether the customer expresses it and whether it is expected. */
typedef enum loy_expectation_zone {
  LOY_ZONE_BASIC = 0,        /* expected without a word: its absence is punished, its presence not noticed */
  LOY_ZONE_SATISFACTION = 1, /* expressed and expected: the better it is met, the more satisfied */
  LOY_ZONE_DELIGHT = 2,      /* expressed but not expected */
  LOY_ZONE_LOYALTY = 3       /* neither expressed nor expected: the wish the customer did not know */
} loy_expectation_zone;

/* How many zones there are: the numbers 0 to LOY_EXPECTATION_ZONES - 1. */
#define LOY_EXPECTATION_ZONES 4

/* The zone of n wishes.
 *
 * expressed, expected   n flags each, 0 or 1
 * zone     receives n loy_expectation_zone; -1 for a bad row
 * report   counts bad rows (a flag that is neither 0 nor 1, NaN included). May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `expressed`, `expected` or `zone` with n > 0. */
LOYALTY_API loy_status loy_expectation_zone_batch(const double *expressed, const double *expected, size_t n,
                                                  int32_t *zone, loy_batch_report *report, loy_error *error);

/* The stable English name of a loy_expectation_zone: "basic", "satisfaction", "delight", "loyalty"; "unknown" for
 * another number. */
LOYALTY_API const char *loy_expectation_zone_name(int zone);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_expectation_zone_name_zh(int zone);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "kano-inl.h"
#endif

#endif /* LOYALTY_SURVEY_KANO_H */
