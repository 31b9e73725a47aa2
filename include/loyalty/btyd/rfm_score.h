/* rfm_score.h: scores of recency, frequency and monetary value by quantiles: 1 for the worst part of the customers to 5
 * (or another number) for the best.
 *
 * A value's score comes from its place among all m values, (values below + half of those equal, itself included)/m,
 * which lies above 0 and below 1: 1 + floor(scores * place). Equal values have one place, that of their mean rank, and
 * so one score; a place exactly on a cut has the higher score. All in integers: exact, and the same in any row order.
 *
 * Recency is the time since the last purchase, in any unit: the shorter, the higher the score, by the place counted
 * from above. (In the summary of a log that is T - recency: rfm_summary.h counts recency from the first purchase.)
 *
 * Source of the three: Hughes, Strategic Database Marketing, 1994. */
#ifndef LOYALTY_BTYD_RFM_SCORE_H
#define LOYALTY_BTYD_RFM_SCORE_H

#include "../base/alloc.h"
#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most scores; those of a code must have one digit each. */
#define LOY_RFM_SCORES      10
#define LOY_RFM_CODE_SCORES 9

/* How to score. Fill it with loy_rfm_score_options_init, then change what you need. */
typedef struct loy_rfm_score_options {
  size_t struct_size;
  int scores; /* how many, equally filled but for ties; 5. From 2 to LOY_RFM_SCORES */
  int nested; /* 0: each of the three among all customers. 1: frequency among those of one R, monetary value among those
                 of one R and F, which fills the cells more evenly */
  const loy_allocator *allocator; /* for 32 bytes a customer; NULL, the default, means malloc */
} loy_rfm_score_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_rfm_score_options_init(loy_rfm_score_options *options);

/* The scores of n values by themselves.
 *
 * value      n numbers
 * scores     how many, from 2 to LOY_RFM_SCORES
 * reversed   nonzero: the smaller the value, the higher its score
 * allocator  for 32 bytes a value; NULL for malloc
 * score      receives n scores, from 1 to `scores`; 0 for a bad row
 * report     counts bad rows: NaN (missing) or infinite. They have no score and count for no other. May be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `value` with n > 0, then for `scores`, then for a NULL `score`
 * with n > 0; LOY_ERR_MEMORY. Linear in n. */
LOYALTY_API loy_status loy_quantile_score_batch(const double *value, size_t n, int scores, int reversed,
                                                const loy_allocator *allocator, int32_t *score,
                                                loy_batch_report *report, loy_error *error);

/* The scores of n customers.
 *
 * recency    n times since the last purchase; the shorter, the higher the score
 * frequency  n numbers of purchases, or of repeat purchases
 * monetary   n amounts, in all or per purchase
 * options    NULL for the defaults
 * r, f, m    receive n scores each; 0 for a bad row
 * code       receives n numbers 100 r + 10 f + m; 0 for a bad row. May be NULL. With 10 scores there is none, because
 * 10 has two digits report     counts bad rows: customers of whom one of the three is NaN (missing) or infinite. May be
 * NULL Errors, in this order: LOY_ERR_ARGUMENT for a NULL `recency`, `frequency`, `monetary` with n > 0, for `options`
 * (its struct_size), its members `scores` and `nested` (0 or 1), for a NULL `r`, `f`, `m` with n > 0, for a `code` with
 * more than LOY_RFM_CODE_SCORES scores; LOY_ERR_MEMORY. Linear in n. */
LOYALTY_API loy_status loy_rfm_score_batch(const double *recency, const double *frequency, const double *monetary,
                                           size_t n, const loy_rfm_score_options *options, int32_t *r, int32_t *f,
                                           int32_t *m, int32_t *code, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rfm_score-inl.h"
#endif

#endif /* LOYALTY_BTYD_RFM_SCORE_H */
