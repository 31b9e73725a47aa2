/* percentile.h: private. The percentile interval of a bootstrap. */
#ifndef LOYALTY_MATH_PERCENTILE_H
#define LOYALTY_MATH_PERCENTILE_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* Put n numbers, none of them NaN, in increasing order. Heapsort: never slower than n log n, whatever ties there are.
 */
LOYI_SHARED void loyi_sort(double *x, size_t n);

/* Sort n replicates and take those at the ranks (n + 1)(1 - level)/2 and (n + 1)(1 + level)/2, between two ranks in
 * proportion. The caller sees to it that the first of these is at least 1, and that 0 < level < 1. Source: Davison and
 * Hinkley, Bootstrap Methods and their Application, 1997, section 5.3. */
LOYI_SHARED void loyi_percentile_interval(double *x, size_t n, double level, double *lower, double *upper);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "percentile-inl.h"
#endif

#endif /* LOYALTY_MATH_PERCENTILE_H */
