/* sum-inl.h: body of sum.h. */
#ifndef LOYALTY_MATH_SUM_INL_H
#define LOYALTY_MATH_SUM_INL_H

#include "sum.h"

LOY_BEGIN_DECLS

LOYI_SHARED double loyi_sum(const double *x, size_t n) {
  loyi_total total = {0.0, 0.0};
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const double *row = x + block * LOYI_SUM_BLOCK;
    size_t rows = loyi_sum_rows(n, block), i = 0;
    double lane[LOYI_SUM_LANES] = {0.0};
    for (; i + LOYI_SUM_LANES <= rows; i += LOYI_SUM_LANES)
      for (size_t k = 0; k < LOYI_SUM_LANES; k++) lane[k] += row[i + k];
    for (size_t k = 0; i + k < rows; k++) lane[k] += row[i + k];
    loyi_total_add(&total, loyi_lanes_total(lane));
  }
  return loyi_total_value(&total);
}

LOYI_SHARED double loyi_sum_product(const double *w, const double *x, size_t n) {
  loyi_total total = {0.0, 0.0};
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    const double *weight = w + block * LOYI_SUM_BLOCK, *row = x + block * LOYI_SUM_BLOCK;
    size_t rows = loyi_sum_rows(n, block), i = 0;
    double lane[LOYI_SUM_LANES] = {0.0};
    for (; i + LOYI_SUM_LANES <= rows; i += LOYI_SUM_LANES)
      for (size_t k = 0; k < LOYI_SUM_LANES; k++) lane[k] += weight[i + k] * row[i + k];
    for (size_t k = 0; i + k < rows; k++) lane[k] += weight[i + k] * row[i + k];
    loyi_total_add(&total, loyi_lanes_total(lane));
  }
  return loyi_total_value(&total);
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_SUM_INL_H */
