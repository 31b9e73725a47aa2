/* curve.h: a curve as the first arguments of a case. */
#ifndef LOYALTY_TESTS_PARITY_CURVE_H
#define LOYALTY_TESTS_PARITY_CURVE_H

#include "parity.h"

static inline loy_curve parity_curve(parity_case *c) {
  loy_curve curve;
  const double *b;
  loy_curve_init(&curve);
  curve.alpha = parity_double(c);
  curve.beta = parity_double(c);
  curve.gamma = parity_double(c);
  curve.a = parity_double(c);
  curve.delta = parity_double(c);
  b = parity_column(c, &curve.constraints);
  for (size_t j = 0; j < curve.constraints && j < LOY_CURVE_CONSTRAINTS; j++) curve.b[j] = b[j];
  return curve;
}

/* Point `column` at the constraints of n rows, one after the other; NULL for none. */
static inline const double *const *parity_constraints(parity_case *c, const loy_curve *curve, size_t n,
                                                      const double **column) {
  size_t length;
  const double *all = parity_column(c, &length);
  for (size_t j = 0; all && j < curve->constraints; j++) column[j] = all + j * n;
  return all ? column : NULL;
}

#endif /* LOYALTY_TESTS_PARITY_CURVE_H */
