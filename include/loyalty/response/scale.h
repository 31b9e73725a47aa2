/* scale.h: from a rating on a questionnaire to satisfaction s in [0, 1], and back.
 *
 *   s = (x - lowest + padding) / (highest - lowest + 2 padding)
 *
 * Padding 0 sends the ends of the scale to 0 and 1; use it to draw curves. Padding 0.5 keeps single ratings off the
 * ends (1 to 5 become .1, .3, .5, .7, .9); use it to estimate, because the curve works with logit s. For a mean of m
 * items take 0.5 / m. */
#ifndef LOYALTY_RESPONSE_SCALE_H
#define LOYALTY_RESPONSE_SCALE_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* A rating scale. Every member finite and at most 1e6 in size. */
typedef struct loy_scale {
  double lowest;  /* lowest rating, for example 1 */
  double highest; /* highest rating, above lowest, for example 5 */
  double padding; /* at least 0 */
} loy_scale;

/* Fill `scale` with 1 to 5 and padding 0. Never fails; NULL does nothing. */
LOYALTY_API void loy_scale_init(loy_scale *scale);

/* Satisfaction of a rating.
 *
 * scale    the scale
 * rating   from scale->lowest to scale->highest; means of items are welcome
 * Returns s in [0, 1]; NaN for a bad scale or a rating off it. Accuracy: 2 ulp. */
LOYALTY_API double loy_scale_satisfaction(const loy_scale *scale, double rating);

/* The rating of a satisfaction: lowest - padding + s (highest - lowest + 2 padding).
 *
 * scale          the scale
 * satisfaction   from 0 to 1
 * Returns the rating; with padding it lies up to `padding` outside the scale for s near 0 or 1. NaN for a bad scale or
 * s outside [0, 1]. */
LOYALTY_API double loy_scale_rating(const loy_scale *scale, double satisfaction);

/* Which argument makes loy_scale_satisfaction answer NaN.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `scale`; LOY_ERR_DOMAIN for its "lowest", "highest", "padding";
 * LOY_ERR_DOMAIN for `rating`. */
LOYALTY_API loy_status loy_scale_check(const loy_scale *scale, double rating, loy_error *error);

/* loy_scale_satisfaction for n ratings, the same bits.
 *
 * satisfaction   receives n numbers; may be the same array as `rating`
 * report         counts the ratings that are off the scale or NaN; their slots become NaN. May be NULL
 * Errors, in this order: those of `scale` as in loy_scale_check; LOY_ERR_ARGUMENT for a NULL `rating` or
 * `satisfaction` with n > 0. */
LOYALTY_API loy_status loy_scale_satisfaction_batch(const loy_scale *scale, const double *rating, size_t n,
                                                    double *satisfaction, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "scale-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_SCALE_H */
