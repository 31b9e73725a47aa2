/* response_curve.h: curves and rows for the parts of fuzz_response.c. */
#ifndef LOYALTY_TESTS_FUZZ_RESPONSE_CURVE_H
#define LOYALTY_TESTS_FUZZ_RESPONSE_CURVE_H

#include "fuzz_input.h"
#include "loyalty/response/curve.h"

enum { ROWS = 12, CONSTRAINTS = 3, SUPPLIERS = 7 };

/* A curve, mostly of ordinary parameters; now and then at the ends of what is accepted. */
static void take_curve(input *in, loy_curve *curve) {
  const unsigned shape = take(in);
  loy_curve_init(curve);
  if (shape & 1) curve->alpha = take_number(in, -4.0, 4.0);
  if (shape & 2) curve->beta = take_number(in, 0.125, 5.0);
  if (shape & 4) curve->gamma = take_number(in, 0.0, 3.0);
  if (shape & 8) curve->a = take_number(in, 0.0, 2.0);
  if (shape & 16) curve->delta = take_number(in, 0.0, 0.9);
  if (shape & 32) curve->constraints = take(in) % (CONSTRAINTS + 1);
  for (size_t j = 0; j < curve->constraints; j++) curve->b[j] = take_number(in, 0.0, 3.0);
  if (!in->hostile || take(in) % 4) return;
  if (take(in) % 4 == 0) curve->alpha = take_number(in, -1e6, 1e6);
  if (take(in) % 4 == 0) curve->beta = take_number(in, 0.0, 1e6);
  if (take(in) % 4 == 0) curve->gamma = take_number(in, 0.0, 1e6);
  if (take(in) % 4 == 0) curve->a = take_number(in, 0.0, 1e6);
  if (take(in) % 4 == 0) curve->delta = take_number(in, 0.0, 1.0);
  if (take(in) % 4 == 0) curve->b[0] = take_number(in, 0.0, 1e6);
}

static double take_competition(input *in) { return take_number(in, 5e-324, 1.0 - 0x1p-53); }

typedef struct curve_rows {
  loy_curve curve;
  size_t n;
  double s[ROWS], c[ROWS], k[CONSTRAINTS][ROWS], row[CONSTRAINTS];
  const double *columns[CONSTRAINTS];
  const double *const *constraint; /* or NULL */
} curve_rows;

static void take_curve_rows(input *in, curve_rows *to) {
  take_curve(in, &to->curve);
  to->n = take(in) % (ROWS + 1);
  to->constraint = to->columns;
  for (int j = 0; j < CONSTRAINTS; j++) to->columns[j] = to->k[j];
  for (size_t i = 0; i < to->n; i++) {
    to->s[i] = take_number(in, 0.0, 1.0);
    to->c[i] = take_competition(in);
    for (size_t j = 0; j < CONSTRAINTS; j++) to->k[j][i] = j < to->curve.constraints ? take_number(in, 0.0, 1.0) : 0.0;
  }
}

/* The constraints of one row; a next call writes over them. */
static const double *row_constraint(curve_rows *from, size_t i) {
  for (int j = 0; j < CONSTRAINTS; j++) from->row[j] = from->k[j][i];
  return from->row;
}

#endif /* LOYALTY_TESTS_FUZZ_RESPONSE_CURVE_H */
