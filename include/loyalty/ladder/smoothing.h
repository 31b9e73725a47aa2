/* smoothing.h: private. Exponential smoothing with its derivatives by the smoothing constant, the engine of the linear
 * learning model and of Guadagni and Little's loyalty, and the sequences that it runs over. */
#ifndef LOYALTY_LADDER_SMOOTHING_H
#define LOYALTY_LADDER_SMOOTHING_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* s_t of s_{t+1} = lambda s_t + u_t, and its first and second derivative by lambda. */
typedef struct loyi_smooth {
  double value, first, second;
} loyi_smooth;

/* One period further. `input` is u_t and `input_first` its derivative by lambda; u_t is at most linear in lambda. */
static inline void loyi_smooth_step(loyi_smooth *s, double lambda, double input, double input_first) {
  s->second = 2.0 * s->first + lambda * s->second;
  s->first = s->value + lambda * s->first + input_first;
  s->value = input + lambda * s->value;
}

/* Sequences of customers stand one after the other: that of customer i is rows offset[i] to offset[i + 1] - 1.
 * Errors, in this order: LOY_ERR_ARGUMENT offset (NULL); LOY_ERR_DOMAIN offset, with the index of the first that is not
 * 0 at the start or falls. */
LOYI_SHARED loy_status loyi_sequences_check(const int64_t *offset, size_t customers, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "smoothing-inl.h"
#endif

#endif /* LOYALTY_LADDER_SMOOTHING_H */
