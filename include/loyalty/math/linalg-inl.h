/* linalg-inl.h: body of linalg.h. */
#ifndef LOYALTY_MATH_LINALG_INL_H
#define LOYALTY_MATH_LINALG_INL_H

#include <math.h>

#include "linalg.h"

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_cholesky(double *a, size_t n) {
  for (size_t j = 0; j < n; j++) {
    double diagonal = a[j * n + j], pivot = diagonal;
    for (size_t k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
    if (!(pivot > (double)n * 0x1p-52 * diagonal) || !(pivot < (double)INFINITY)) return 0;
    pivot = sqrt(pivot);
    a[j * n + j] = pivot;
    for (size_t i = j + 1; i < n; i++) {
      double sum = a[i * n + j];
      for (size_t k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = sum / pivot;
    }
  }
  return 1;
}

LOYI_SHARED void loyi_cholesky_solve(const double *l, size_t n, double *b) {
  for (size_t i = 0; i < n; i++) {
    double sum = b[i];
    for (size_t k = 0; k < i; k++) sum -= l[i * n + k] * b[k];
    b[i] = sum / l[i * n + i];
  }
  for (size_t i = n; i-- > 0;) {
    double sum = b[i];
    for (size_t k = i + 1; k < n; k++) sum -= l[k * n + i] * b[k];
    b[i] = sum / l[i * n + i];
  }
}

LOYI_SHARED void loyi_cholesky_inverse(const double *l, size_t n, double *inverse) {
  /* M = L^-1 into the lower triangle, column by column. */
  for (size_t j = 0; j < n; j++) {
    inverse[j * n + j] = 1.0 / l[j * n + j];
    for (size_t i = j + 1; i < n; i++) {
      double sum = 0.0;
      for (size_t k = j; k < i; k++) sum -= l[i * n + k] * inverse[k * n + j];
      inverse[i * n + j] = sum / l[i * n + i];
    }
  }
  /* M' M: element (i, j), j <= i, needs rows i and below of M, which are still whole when rows are done downwards. */
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = 0.0;
      for (size_t k = i; k < n; k++) sum += inverse[k * n + i] * inverse[k * n + j];
      inverse[i * n + j] = sum;
    }
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++) inverse[j * n + i] = inverse[i * n + j];
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_LINALG_INL_H */
