/* word_of_mouth.h: how many customers, and how much money, one story costs or brings.
 *
 * A customer tells n_1 people, of whom a share h_1 is affected; each of those tells n_2 others, of whom a share h_2 is
 * affected; and so on: N_0 = 1, N_k = N_(k-1) n_k h_k. A share q of the affected then acts, that is, leaves after a bad
 * story or joins after a good one. Who counts differs between the published versions:
 *   SEPARATE  1 + q (N_1 + N_2 ...)   the customer is lost for certain
 *   POOLED    q (1 + N_1 + N_2 ...)   the customer is one of the affected
 *   OTHERS    q (N_1 + N_2 ...)       the customer does not count: what a good story brings
 * A customer who spends w per period for T periods is worth loy_retention_value(timing, w, 1, i, 0, T, 0), which is w T
 * without discount.
 *
 * Sources: the training story of "Happy Jack's supermarket" (Timm; after the studies of TARP on complaints) for POOLED;
 * SEPARATE is its textbook variant. */
#ifndef LOYALTY_VALUE_WORD_OF_MOUTH_H
#define LOYALTY_VALUE_WORD_OF_MOUTH_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

typedef enum loy_word_count { LOY_WORD_SEPARATE = 1, LOY_WORD_POOLED = 2, LOY_WORD_OTHERS = 3 } loy_word_count;

/* Whole customers: as they come, upwards, or to the nearest with halves upwards. */
typedef enum loy_word_rounding { LOY_WORD_EXACT = 1, LOY_WORD_CEIL = 2, LOY_WORD_NEAREST = 3 } loy_word_rounding;

typedef struct loy_word_of_mouth {
  double affected;  /* N_1 + N_2 ..., without the customer */
  double customers; /* lost or won, rounded as asked */
  double value;     /* customers times the value of one */
} loy_word_of_mouth;

/* The cascade over a few levels.
 *   told      n_k for k = 1 ... levels, people told by each, 0 or from 1e-40 to 1e40; NULL only when levels is 0
 *   share     h_k, share of those told who are affected, 0 to 1; NULL only when levels is 0
 *   acting    q, share of the affected who act, 0 to 1
 *   count     a loy_word_count;  rounding  a loy_word_rounding; ints, so that a wrong number is an error
 *   value     of one customer, in money, of either sign, 0 or from 1e-40 to 1e40 in size
 *   people    nullable: `levels` numbers, N_k
 * Errors, in this order: LOY_ERR_ARGUMENT told, share (NULL); LOY_ERR_DOMAIN told, share with the level, the first
 * level first; LOY_ERR_DOMAIN acting; LOY_ERR_ARGUMENT count, rounding; LOY_ERR_DOMAIN value; LOY_ERR_ARGUMENT result
 * (NULL). Notice: LOY_NOTICE_DIVERGES, naming told and the level from which on the people exceed the largest double.
 * Accuracy: relative error of a level k below 2 k 2^-53. A count within that of a whole number is rounded as it falls.
 */
LOYALTY_API loy_status loy_word_of_mouth_cascade(const double *told, const double *share, size_t levels, double acting,
                                                 int count, int rounding, double value, double *people,
                                                 loy_word_of_mouth *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "word_of_mouth-inl.h"
#endif

#endif /* LOYALTY_VALUE_WORD_OF_MOUTH_H */
