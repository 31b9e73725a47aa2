/* battery.h: the behavioural-intentions battery of Zeithaml, Berry and Parasuraman.
 *
 * Thirteen items, each answered from 1 (not at all likely) to 7 (extremely likely), make five dimensions:
 *
 *   loyalty             items  1 to  5   says positive things, recommends, encourages others, first choice, buys more
 *   switch              items  6 to  7   less business in the next years, takes some business to a cheaper one
 *   pay more            items  8 to  9   stays if prices rise somewhat, pays more for what is received
 *   external response   items 10 to 12   after a problem: switches, complains to others, complains to outside agencies
 *   internal response   item  13         after a problem: complains to the supplier
 *
 * The score of a dimension is the mean of the answered items and needs at least half of them. The favourable index is
 * the mean of three scores, (loyalty + pay more + (8 - switch))/3, from 1 to 7.
 *
 * Source: Zeithaml, Berry and Parasuraman, Journal of Marketing 60(2), 1996, 31-46. */
#ifndef LOYALTY_LADDER_BATTERY_H
#define LOYALTY_LADDER_BATTERY_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* How many items there are. */
#define LOY_BATTERY_ITEMS 13

/* The dimensions. */
typedef enum loy_battery_dimension {
  LOY_BATTERY_LOYALTY = 0,
  LOY_BATTERY_SWITCH = 1,
  LOY_BATTERY_PAY_MORE = 2,
  LOY_BATTERY_EXTERNAL_RESPONSE = 3,
  LOY_BATTERY_INTERNAL_RESPONSE = 4
} loy_battery_dimension;

/* How many there are: the numbers 0 to LOY_BATTERY_DIMENSIONS - 1. */
#define LOY_BATTERY_DIMENSIONS 5

/* One respondent's scores, from 1 to 7; NaN where too few items are answered. */
typedef struct loy_battery_scores {
  double score[LOY_BATTERY_DIMENSIONS]; /* by loy_battery_dimension */
  double favourable;                    /* the index; NaN when one of its three scores is */
} loy_battery_scores;

/* The scores of one respondent.
 *
 * answer   LOY_BATTERY_ITEMS answers, whole numbers from 1 to 7; NaN is a missing answer
 * result   receives the scores
 * Returns LOY_OK; LOY_NOTICE_INCOMPLETE when a score is NaN for lack of answers.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `answer`; LOY_ERR_DOMAIN for the first bad answer (`index` is the
 * item, from 0); LOY_ERR_ARGUMENT for a NULL `result`.
 * Accuracy: scores correctly rounded, the index to 2^-52 relative. */
LOYALTY_API loy_status loy_battery(const double *answer, loy_battery_scores *result, loy_error *error);

/* The scores of n respondents.
 *
 * answer       LOY_BATTERY_ITEMS columns of n answers each
 * n            number of respondents
 * score        LOY_BATTERY_DIMENSIONS columns that receive n scores each; the array, or any of them, may be NULL
 * favourable   receives n indices; may be NULL
 * skipped      receives the number of respondents who are not bad but have no index. May be NULL
 * report       counts bad rows (a bad answer), whose scores are all NaN. May be NULL
 * Returns LOY_OK; LOY_NOTICE_SKIPPED when respondents were skipped.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `answer`, then for a NULL column of it with n > 0 (`index` is the
 * item). */
LOYALTY_API loy_status loy_battery_batch(const double *const *answer, size_t n, double *const *score,
                                         double *favourable, size_t *skipped, loy_batch_report *report,
                                         loy_error *error);

/* The stable English name of a loy_battery_dimension: "loyalty", "switch", "pay more", "external response", "internal
 * response"; "unknown" for another number. */
LOYALTY_API const char *loy_battery_dimension_name(int dimension);

/* Its Chinese name, UTF-8. */
LOYALTY_API const char *loy_battery_dimension_name_zh(int dimension);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "battery-inl.h"
#endif

#endif /* LOYALTY_LADDER_BATTERY_H */
