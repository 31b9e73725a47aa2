/* influence-inl.h: body of influence.h. */
#ifndef LOYALTY_VALUE_INFLUENCE_INL_H
#define LOYALTY_VALUE_INFLUENCE_INL_H

#include "influence.h"

#include <math.h>

#include "../math/mmatrix.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

/* excess[i] = 1 - the sum of row i of W, or of column i; whether none is negative. */
LOYI_LOCAL int loyi_influence_excess(const double *weight, size_t n, int columns, double *excess) {
  int good = 1;
  for (size_t i = 0; i < n; i++) {
    loyi_total rest = {1.0, 0.0};
    for (size_t j = 0; j < n; j++) loyi_total_add(&rest, -weight[columns ? j * n + i : i * n + j]);
    excess[i] = loyi_total_value(&rest);
    good = good && excess[i] >= 0.0;
  }
  return good;
}

/* Plain elimination of I - A in the form of loyi_mmatrix_factor, whatever its rows sum to: the diagonal is subtracted
 * from, everything else only added to. I - A is a nonsingular M-matrix exactly when all pivots are positive; 0 when one
 * is not, by more than the rounding of what was subtracted from 1. */
LOYI_LOCAL int loyi_influence_eliminate(double *a, size_t n) {
  const double rounding = (double)n * 0x1p-51;
  for (size_t k = 0; k < n; k++) a[k * n + k] = 1.0 - a[k * n + k];
  for (size_t k = 0; k < n; k++) {
    const double pivot = a[k * n + k];
    if (!(pivot > rounding)) return 0;
    for (size_t i = k + 1; i < n; i++) {
      const double multiplier = a[i * n + k] / pivot;
      a[i * n + k] = multiplier;
      if (multiplier == 0.0) continue;
      for (size_t j = k + 1; j < n; j++) {
        const double update = multiplier * a[k * n + j];
        a[i * n + j] += i == j ? -update : update;
      }
    }
  }
  return 1;
}

/* c for I - W as D - A of mmatrix.h with the excess of the rows, or its transpose with that of the columns, if either
 * has no negative excess, so that nothing is subtracted; else by plain elimination. Returns 0 when the spectral radius
 * is not below 1 or c too large. */
LOYI_LOCAL int loyi_influence_solve(const double *weight, const double *own, size_t n, double *matrix, double *excess,
                                    double *c) {
  const int rows = loyi_influence_excess(weight, n, 0, excess);
  const int columns = !rows && loyi_influence_excess(weight, n, 1, excess);
  for (size_t i = 0; i < n; i++) {
    c[i] = own[i];
    for (size_t j = 0; j < n; j++) matrix[i * n + j] = weight[columns ? j * n + i : i * n + j];
  }
  if (!(rows || columns ? loyi_mmatrix_factor(matrix, excess, n) : loyi_influence_eliminate(matrix, n))) return 0;
  if (columns)
    loyi_mmatrix_solve_transposed(matrix, n, c);
  else
    loyi_mmatrix_solve(matrix, n, c);
  for (size_t i = 0; i < n; i++)
    if (!isfinite(c[i])) return 0;
  return 1;
}

LOYALTY_API loy_status loy_influence(const double *weight, const double *own, size_t n, double *total, double *added,
                                     const loy_allocator *allocator, loy_error *error) {
  double *matrix, *excess, *c;
  int solved = 0;
  if (n < 1 || n > LOY_INFLUENCE_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX, "must be from 1 to 1024");
  if (!weight) return loyi_report(error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX, "must not be NULL");
  if (!own) return loyi_report(error, LOY_ERR_ARGUMENT, "own", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n * n; i++)
    if (!loyi_is_zero_or_quantity(weight[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, LOYI_ZERO_QUANTITY_MUST);
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_zero_or_quantity(fabs(own[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "own", i, "must be 0, or from 1e-40 to 1e40 in size");
  if (!total) return loyi_report(error, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX, "must not be NULL");
  matrix = (double *)loyi_allocate(allocator, n * n, sizeof *matrix);
  excess = (double *)loyi_allocate(allocator, n, sizeof *excess);
  c = (double *)loyi_allocate(allocator, n, sizeof *c);
  if (matrix && excess && c) {
    solved = loyi_influence_solve(weight, own, n, matrix, excess, c);
    for (size_t i = 0; solved && added && i < n; i++) {
      loyi_total sum = {0.0, 0.0};
      for (size_t j = 0; j < n; j++) loyi_total_add(&sum, weight[i * n + j] * c[j]);
      added[i] = loyi_total_value(&sum);
    }
    for (size_t i = 0; solved && i < n; i++) total[i] = c[i];
  }
  loyi_release(allocator, c, n, sizeof *c);
  loyi_release(allocator, excess, n, sizeof *excess);
  loyi_release(allocator, matrix, n * n, sizeof *matrix);
  if (!matrix || !excess || !c) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  if (!solved)
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", LOY_NO_INDEX,
                       "must have a spectral radius below 1: influence would grow without end");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_INFLUENCE_INL_H */
