/* percentile-inl.h: body of percentile.h. */
#ifndef LOYALTY_MATH_PERCENTILE_INL_H
#define LOYALTY_MATH_PERCENTILE_INL_H

#include "percentile.h"

LOY_BEGIN_DECLS

/* Let `value` sink in the heap x[0..n) from place i, whose children are 2 i + 1 and 2 i + 2. */
LOYI_LOCAL void loyi_sort_sink(double *x, size_t n, size_t i, double value) {
  for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
    if (child + 1 < n && x[child + 1] > x[child]) child++;
    if (!(x[child] > value)) break;
    x[i] = x[child];
    i = child;
  }
  x[i] = value;
}

LOYI_SHARED void loyi_sort(double *x, size_t n) {
  for (size_t i = n / 2; i-- > 0;) loyi_sort_sink(x, n, i, x[i]);
  for (size_t last = n; last-- > 1;) {
    const double value = x[last];
    x[last] = x[0];
    loyi_sort_sink(x, last, 0, value);
  }
}

LOYI_SHARED void loyi_percentile_interval(double *x, size_t n, double level, double *lower, double *upper) {
  /* Rank r from below is x[r - 1], and from above x[n - r]; rank <= (n + 1)/2. */
  const double rank = ((double)n + 1.0) * (0.5 * (1.0 - level));
  const size_t below = (size_t)rank;
  const double part = rank - (double)below;
  loyi_sort(x, n);
  *lower = x[below - 1] + part * (x[below] - x[below - 1]);
  *upper = x[n - below] + part * (x[n - below - 1] - x[n - below]);
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_PERCENTILE_INL_H */
