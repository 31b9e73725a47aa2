/* ladder_matrix.h: for the fuzz targets of the ladder: transition matrices of bytes.
 *
 * Rows are ordinary chances, chances of very different sizes down to 1e-40, a certain next state, or a state that is
 * never left, so that there are transient states, several closed classes, periods, and chains that nearly fall apart.
 */
#ifndef LOYALTY_TESTS_FUZZ_LADDER_MATRIX_H
#define LOYALTY_TESTS_FUZZ_LADDER_MATRIX_H

#include "../c/failing_allocator.h"
#include "fuzz_input.h"

enum { STATES = 5, CELLS = STATES * STATES };

/* A weight for a chance: 0 in every fourth, mostly ordinary, else of any size. */
static double take_weight(input *in, int wild) {
  const unsigned byte = take(in);
  if (byte < 64) return 0.0;
  return wild ? ldexp(1.0 + byte / 256.0, -(int)(take(in) % 132)) : (byte - 63) / 192.0;
}

static void take_matrix_row(input *in, size_t n, size_t i, double *row) {
  const unsigned shape = take(in) % 8;
  double sum = 0.0;
  for (size_t j = 0; j < n; j++) row[j] = 0.0;
  if (shape < 2) {
    row[shape == 0 ? i : take(in) % n] = 1.0;
    return;
  }
  for (size_t j = 0; j < n; j++) sum += row[j] = take_weight(in, shape >= 6);
  if (sum > 0.0)
    for (size_t j = 0; j < n; j++) row[j] = row[j] / sum < 1e-40 ? 0.0 : row[j] / sum;
  else
    row[i] = 1.0;
  if (shape != 7) return;
  /* Left seldom: what is left of rare chances stays. */
  sum = 0.0;
  for (size_t j = 0; j < n; j++)
    if (j != i) {
      row[j] = ldexp(row[j], -(int)(shape + take(in) % 60));
      if (row[j] < 1e-40) row[j] = 0.0;
      sum += row[j];
    }
  row[i] = 1.0 - sum;
}

static void take_matrix(input *in, size_t n, double *p) {
  for (size_t i = 0; i < n; i++) take_matrix_row(in, n, i, p + i * n);
  if (in->hostile && take(in) % 8 == 0) p[take(in) % (n * n)] = take_odd(in, 0.0, 1.0);
}

/* The chance to leave a state, without a subtraction. */
static double leaving(const double *p, size_t n, size_t i) {
  double sum = 0.0;
  for (size_t j = 0; j < n; j++)
    if (j != i) sum += p[i * n + j];
  return sum;
}

/* Flags of states, or NULL. */
static const uint8_t *take_flags(input *in, size_t count, uint8_t *flags, unsigned of) {
  const unsigned some = take(in) % 2;
  for (size_t i = 0; i < count; i++) flags[i] = some && take(in) % 8 < of;
  return some ? flags : NULL;
}

/* Numbers that stand for customers or observations. */
static void take_quantities(input *in, size_t count, double *x) {
  for (size_t i = 0; i < count; i++) x[i] = take_quantity(in);
}

/* An allocator that mostly has what is asked for. */
static const loy_allocator *take_allocator(input *in, failing_allocator *memory) {
  failing_start(memory, in->hostile ? take(in) % 6 : 0);
  return &memory->allocator;
}

/* Memory is given back, and a failure of it is told. */
static void require_returned(const failing_allocator *memory, loy_status status) {
  require(memory->held == 0 && (status == LOY_ERR_MEMORY) == (memory->failed != 0));
}

/* Each number is one, and at least 0. */
static int are_sizes(const double *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!(x[i] >= 0.0)) return 0;
  return 1;
}

static double sum_of(const double *x, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; i++) sum += x[i];
  return sum;
}

/* Chances that sum to one. */
static int is_law(const double *x, size_t count) {
  return are_sizes(x, count) && near(sum_of(x, count), 1.0, 1e-13, 0.0);
}

#endif /* LOYALTY_TESTS_FUZZ_LADDER_MATRIX_H */
