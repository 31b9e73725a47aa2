/* rank.h: private. Values in increasing order, each with the row it came from. */
#ifndef LOYALTY_MATH_RANK_H
#define LOYALTY_MATH_RANK_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* A value and where it stands in its column. */
typedef struct loyi_ranked {
  double value;
  size_t row;
} loyi_ranked;

/* Sort n values, none of them NaN, in increasing order; -0 equals 0, and equal values keep their order. `spare` has
 * room for n. Returns whichever of the two holds the result. Linear in n: by counting, eight bits at a time. */
LOYI_SHARED loyi_ranked *loyi_ranked_sort(loyi_ranked *from, loyi_ranked *spare, size_t n);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "rank-inl.h"
#endif

#endif /* LOYALTY_MATH_RANK_H */
