/* trend-inl.h: body of trend.h. */
#ifndef LOYALTY_MATH_TREND_INL_H
#define LOYALTY_MATH_TREND_INL_H

#include "trend.h"
#include "normal.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

LOYI_SHARED int64_t loyi_trend_s(const double *value, size_t n) {
  int64_t s = 0;
  for (size_t later = 1; later < n; later++)
    for (size_t earlier = 0; earlier < later; earlier++)
      s += (value[later] > value[earlier]) - (value[later] < value[earlier]);
  return s;
}

/* The end of the group of equal values that begins at `first`. */
LOYI_LOCAL size_t loyi_trend_group(const loyi_ranked *sorted, size_t n, size_t first) {
  size_t end = first + 1;
  while (end < n && sorted[end].value == sorted[first].value) end++;
  return end;
}

LOYI_LOCAL int64_t loyi_trend_cubic(size_t size) {
  const int64_t n = (int64_t)size;
  return n * (n - 1) * (2 * n + 5);
}

LOYI_SHARED double loyi_trend_variance(const loyi_ranked *sorted, size_t n) {
  int64_t sum = loyi_trend_cubic(n);
  for (size_t first = 0, end; first < n; first = end) {
    end = loyi_trend_group(sorted, n, first);
    sum -= loyi_trend_cubic(end - first);
  }
  return (double)sum / 18.0;
}

/* S is the number of pairs of unequal values less twice the inversions of their order. Over all orders of values with
 * groups of g1, g2, ... equal ones the inversions are counted by the coefficients of
 *   prod (1 - q^i, i = 1 ... n) / prod over groups prod (1 - q^j, j = 1 ... g),
 * built up value by value, each step a polynomial with whole coefficients; only the first ones are needed. */
LOYI_LOCAL double loyi_trend_exact(int64_t s, const loyi_ranked *sorted, size_t n) {
  int64_t count[LOYI_TREND_EXACT * (LOYI_TREND_EXACT - 1) / 4 + 1], total = 1, tail = 0, unequal = 0;
  const int64_t size = s < 0 ? -s : s;
  size_t most, i = 0;
  for (size_t first = 0, end; first < n; first = end) {
    end = loyi_trend_group(sorted, n, first);
    unequal += (int64_t)(first * (end - first));
  }
  most = (size_t)((unequal - size) / 2); /* inversions at which S is still as large */
  memset(count, 0, sizeof count);
  count[0] = 1;
  for (size_t first = 0, end; first < n; first = end) {
    end = loyi_trend_group(sorted, n, first);
    for (size_t j = 1; j <= end - first; j++) {
      i++;
      for (size_t d = most; d >= i; d--) count[d] -= count[d - i];
      for (size_t d = j; d <= most; d++) count[d] += count[d - j];
      total = total * (int64_t)i / (int64_t)j;
    }
  }
  for (size_t d = 0; d <= most; d++) tail += count[d];
  return 2.0 * (double)tail / (double)total;
}

LOYI_SHARED double loyi_trend_p_value(int64_t s, const loyi_ranked *sorted, size_t n) {
  if (s == 0) return 1.0;
  if (n <= LOYI_TREND_EXACT) return loyi_trend_exact(s, sorted, n);
  return 2.0 * loyi_normal_cdf(-((double)(s < 0 ? -s : s) - 1.0) / sqrt(loyi_trend_variance(sorted, n)));
}

LOYI_SHARED double loyi_trend_slope(const double *time, const double *value, size_t n, double z, double variance,
                                    loyi_ranked *room, double *lower, double *upper) {
  const size_t pairs = n * (n - 1) / 2;
  const double reach = z * sqrt(variance);
  const double low = floor(0.5 * ((double)pairs - reach) + 0.5), high = floor(0.5 * ((double)pairs + reach) + 0.5);
  loyi_ranked *sorted;
  size_t k = 0;
  for (size_t later = 1; later < n; later++)
    for (size_t earlier = 0; earlier < later; earlier++) {
      room[k].value = (value[later] - value[earlier]) / (time[later] - time[earlier]);
      room[k].row = k;
      k++;
    }
  sorted = loyi_ranked_sort(room, room + pairs, pairs);
  *lower = sorted[low > 1.0 ? (size_t)low - 1 : 0].value;
  *upper = sorted[high < (double)pairs ? (size_t)high : pairs - 1].value;
  return pairs % 2 ? sorted[pairs / 2].value : 0.5 * sorted[pairs / 2 - 1].value + 0.5 * sorted[pairs / 2].value;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_TREND_INL_H */
