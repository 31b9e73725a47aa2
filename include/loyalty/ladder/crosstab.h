/* crosstab.h: how many customers are of each type, and how they moved between two times.
 *
 * Types are the numbers 0 to classes - 1 that the typologies of this wing write; a negative one is not known and left
 * out, and with it the customer. Shares come with Wilson intervals by loy_shares_from_counts (survey/estimate.h). */
#ifndef LOYALTY_LADDER_CROSSTAB_H
#define LOYALTY_LADDER_CROSSTAB_H

#include "../base/config.h"
#include "../base/status.h"
#include "../survey/estimate.h"

LOY_BEGIN_DECLS

/* The most classes: types are bytes. */
#define LOY_CLASSES_MOST 127

/* Count n customers by type.
 *
 * type      n types, below `classes`; a negative one is not known
 * classes   number of classes, from 1 to LOY_CLASSES_MOST
 * count     receives `classes` counts; loy_shares_from_counts makes shares of them
 * unknown   receives the number of customers without a type. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `type` with n > 0, for `classes`, for a NULL `count`;
 * LOY_ERR_DOMAIN for the first type that is no class (`index` is its row). */
LOYALTY_API loy_status loy_type_counts(const int8_t *type, size_t n, int classes, int64_t *count, int64_t *unknown,
                                       loy_error *error);

/* Count n customers by their types at two times.
 *
 * before, after   n types each, below `classes`; a negative one is not known
 * classes   number of classes, from 1 to LOY_CLASSES_MOST
 * count     receives classes * classes counts, row by row: count[i * classes + j] customers were i and are j
 * unknown   receives the number of customers without a type at one of the times. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `before`, then `after`, with n > 0, for `classes`, for a NULL
 * `count`; LOY_ERR_DOMAIN for the first type that is no class (`index` is its row). */
LOYALTY_API loy_status loy_crosstab(const int8_t *before, const int8_t *after, size_t n, int classes, int64_t *count,
                                    int64_t *unknown, loy_error *error);

/* Where the customers of each type went: the shares of each row, with Wilson intervals.
 *
 * count     classes * classes counts as loy_crosstab gives them, each at least 0, no row above 2^53
 * classes   number of classes, from 1 to LOY_CLASSES_MOST
 * level     confidence of each interval, 0 < level < 1
 * result    receives classes * classes shares; in a row of nobody share and interval are NaN
 * Returns LOY_OK; LOY_NOTICE_NONE when nobody was of some type, so that its shares do not exist.
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `count`, for `classes`; LOY_ERR_DOMAIN for the first bad count
 * (`index` is its place), or for the sum of a row above 2^53; LOY_ERR_TOO_FEW for a sum of 0; LOY_ERR_DOMAIN for
 * `level`; LOY_ERR_ARGUMENT for a NULL `result`. */
LOYALTY_API loy_status loy_crosstab_shares(const int64_t *count, int classes, double level, loy_share *result,
                                           loy_error *error);

/* How many customers changed their type, as a share of all, with its Wilson interval.
 *
 * count     classes * classes counts as loy_crosstab gives them, each at least 0; their sum from 1 to 2^53
 * classes   number of classes, from 1 to LOY_CLASSES_MOST
 * level     confidence, 0 < level < 1
 * moved     receives the share of those off the diagonal
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `count`, for `classes`; LOY_ERR_DOMAIN for the first bad count
 * (`index` is its place), or for the sum above 2^53; LOY_ERR_TOO_FEW for a sum of 0; LOY_ERR_DOMAIN for `level`;
 * LOY_ERR_ARGUMENT for a NULL `moved`. */
LOYALTY_API loy_status loy_crosstab_moved(const int64_t *count, int classes, double level, loy_share *moved,
                                          loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "crosstab-inl.h"
#endif

#endif /* LOYALTY_LADDER_CROSSTAB_H */
