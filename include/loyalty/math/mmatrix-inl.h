/* mmatrix-inl.h: body of mmatrix.h. */
#ifndef LOYALTY_MATH_MMATRIX_INL_H
#define LOYALTY_MATH_MMATRIX_INL_H

#include "mmatrix.h"

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_mmatrix_factor(double *a, double *excess, size_t n) {
  for (size_t k = 0; k < n; k++) {
    double pivot = excess[k];
    for (size_t j = k + 1; j < n; j++) pivot += a[k * n + j];
    a[k * n + k] = pivot;
    if (!(pivot > 0.0)) return 0;
    for (size_t i = k + 1; i < n; i++) {
      const double multiplier = a[i * n + k] / pivot;
      a[i * n + k] = multiplier;
      if (multiplier == 0.0) continue;
      for (size_t j = k + 1; j < n; j++)
        if (j != i) a[i * n + j] += multiplier * a[k * n + j];
      excess[i] += multiplier * excess[k];
    }
  }
  return 1;
}

LOYI_SHARED void loyi_mmatrix_solve(const double *lu, size_t n, double *b) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < i; k++) b[i] += lu[i * n + k] * b[k];
  for (size_t i = n; i-- > 0;) {
    for (size_t j = i + 1; j < n; j++) b[i] += lu[i * n + j] * b[j];
    b[i] /= lu[i * n + i];
  }
}

LOYI_SHARED void loyi_mmatrix_solve_transposed(const double *lu, size_t n, double *b) {
  for (size_t k = 0; k < n; k++) { /* along rows, which are contiguous */
    b[k] /= lu[k * n + k];
    for (size_t i = k + 1; i < n; i++) b[i] += lu[k * n + i] * b[k];
  }
  for (size_t i = n; i-- > 0;)
    for (size_t k = i + 1; k < n; k++) b[i] += lu[k * n + i] * b[k];
}

LOYI_SHARED void loyi_mmatrix_inverse(const double *lu, size_t n, double *inverse) {
  /* Row i of the inverse solves M' x = e_i: rows are contiguous, columns are not. */
  for (size_t i = 0; i < n; i++) {
    double *row = inverse + i * n;
    for (size_t j = 0; j < n; j++) row[j] = 0.0;
    row[i] = 1.0;
    loyi_mmatrix_solve_transposed(lu, n, row);
  }
}

LOYI_SHARED void loyi_mmatrix_left_null(const double *lu, size_t n, double *x) {
  double sum = 0.0;
  for (size_t i = n; i-- > 0;) {
    x[i] = i + 1 == n ? 1.0 : 0.0;
    for (size_t k = i + 1; k < n; k++) x[i] += lu[k * n + i] * x[k];
    if (x[i] > 0x1p+500) /* keep room: the last state may be the rarest by far */
      for (size_t k = i; k < n; k++) x[k] *= 0x1p-500;
  }
  for (size_t i = 0; i < n; i++) sum += x[i];
  for (size_t i = 0; i < n; i++) x[i] /= sum;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_MMATRIX_INL_H */
