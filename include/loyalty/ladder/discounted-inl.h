/* discounted-inl.h: body of discounted.h. */
#ifndef LOYALTY_LADDER_DISCOUNTED_INL_H
#define LOYALTY_LADDER_DISCOUNTED_INL_H

#include "discounted.h"

#include <math.h>

#include "../math/mmatrix.h"
#include "../math/sum.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_chain_step(const double *transition, size_t states, const double *x, double *out) {
  for (size_t i = 0; i < states; i++) {
    const double *row = transition + i * states;
    double sum = loyi_chain_stay(transition, states, i) * x[i];
    for (size_t j = 0; j < states; j++)
      if (j != i) sum += row[j] * x[j];
    out[i] = sum;
  }
}

LOYI_SHARED double loyi_chain_spread(const double *transition, size_t states, size_t i, const double *x) {
  const double *row = transition + i * states, stay = loyi_chain_stay(transition, states, i);
  double mean = 0.0, sum;
  for (size_t j = 0; j < states; j++)
    if (j != i && row[j] > 0.0) mean += row[j] * (x[j] - x[i]);
  sum = stay * mean * mean;
  for (size_t j = 0; j < states; j++)
    if (j != i && row[j] > 0.0) sum += row[j] * (x[j] - x[i] - mean) * (x[j] - x[i] - mean);
  return sum;
}

/* The system of `count` states: weights b p_ij among them, and as excess the leak and what flows to other states. */
LOYI_LOCAL void loyi_discounted_fill(const double *transition, size_t n, double ratio, double leak, const size_t *state,
                                     size_t count, const unsigned char *inside, double *a, double *excess) {
  for (size_t i = 0; i < count; i++) {
    const double *row = transition + state[i] * n;
    double out = 0.0;
    for (size_t j = 0; j < n && inside; j++)
      if (!inside[j]) out += row[j];
    excess[i] = leak + ratio * out;
    for (size_t j = 0; j < count; j++) a[i * count + j] = ratio * row[state[j]];
  }
}

LOYI_LOCAL int loyi_discounted_mutual(const uint64_t *reach, size_t n, size_t i, size_t j) {
  return loyi_reaches(reach, n, i, j) && loyi_reaches(reach, n, j, i);
}

/* Mark the states of classes that run away in self->runs. Uses self->state, lu and side as working memory, and `inside`
 * of n marks. */
LOYI_LOCAL void loyi_discounted_mark(loyi_discounted *self, const double *transition, double ratio, double leak,
                                     unsigned char *inside) {
  const size_t n = self->states;
  for (size_t first = 0; first < n; first++) {
    size_t count = 0;
    int earlier = 0;
    for (size_t j = 0; j < n && !earlier; j++) {
      inside[j] = (unsigned char)loyi_discounted_mutual(self->reach, n, first, j);
      earlier = j < first && inside[j];
      if (inside[j]) self->state[count++] = j;
    }
    if (earlier) continue;
    loyi_discounted_fill(transition, n, ratio, leak, self->state, count, inside, self->lu, self->side);
    if (loyi_mmatrix_factor(self->lu, self->side, count)) continue;
    for (size_t j = 0; j < n; j++) self->runs[j] |= inside[j];
  }
}

LOYI_SHARED loy_status loyi_discounted_open(loyi_discounted *self, const double *transition, size_t states,
                                            double ratio, double leak, const loy_allocator *allocator,
                                            loy_error *error) {
  const size_t n = states;
  const int may_run = !(leak > 0.0);
  self->allocator = allocator;
  self->states = n;
  self->kept = 0;
  self->state = (size_t *)loyi_allocate(allocator, n, sizeof *self->state);
  self->lu = (double *)loyi_allocate(allocator, n * n, sizeof *self->lu);
  self->side = (double *)loyi_allocate(allocator, n, sizeof *self->side);
  self->reach = may_run ? (uint64_t *)loyi_allocate(allocator, loyi_recurrent_scratch(n), sizeof *self->reach) : NULL;
  self->runs = may_run ? (unsigned char *)loyi_allocate(allocator, 2 * n, 1) : NULL;
  if (!self->state || !self->lu || !self->side || (may_run && (!self->reach || !self->runs))) {
    loyi_discounted_close(self);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  }
  if (may_run) {
    unsigned char *inside = self->runs + n;
    for (size_t i = 0; i < n; i++) self->runs[i] = 0;
    loyi_chain_reach(transition, n, self->reach);
    loyi_discounted_mark(self, transition, ratio, leak, inside);
    for (size_t i = 0; i < n; i++) inside[i] = !self->runs[i];
  }
  for (size_t i = 0; i < n; i++)
    if (!may_run || !self->runs[i]) self->state[self->kept++] = i;
  loyi_discounted_fill(transition, n, ratio, leak, self->state, self->kept, may_run ? self->runs + n : NULL, self->lu,
                       self->side);
  if (!loyi_mmatrix_factor(self->lu, self->side, self->kept)) {
    loyi_discounted_close(self);
    return loyi_report(error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX,
                       "is too near the edge of growing without end");
  }
  return LOY_OK;
}

LOYI_SHARED void loyi_discounted_close(loyi_discounted *self) {
  const size_t n = self->states;
  loyi_release(self->allocator, self->runs, 2 * n, 1);
  loyi_release(self->allocator, self->reach, loyi_recurrent_scratch(n), sizeof *self->reach);
  loyi_release(self->allocator, self->side, n, sizeof *self->side);
  loyi_release(self->allocator, self->lu, n * n, sizeof *self->lu);
  loyi_release(self->allocator, self->state, n, sizeof *self->state);
}

LOYI_SHARED size_t loyi_discounted_solve(loyi_discounted *self, const double *y, double *x) {
  enum { PLUS = 1, MINUS = 2 };
  const size_t n = self->states;
  size_t both = LOY_NO_INDEX;
  unsigned char *sign = self->reach ? self->runs + n : NULL;
  for (size_t i = 0; i < n && sign; i++) {
    sign[i] = 0;
    for (size_t k = 0; k < n && self->runs[i]; k++)
      if (y[k] != 0.0 && loyi_reaches(self->reach, n, i, k)) sign[i] |= y[k] > 0.0 ? PLUS : MINUS;
  }
  for (size_t i = 0; i < self->kept; i++) self->side[i] = y[self->state[i]];
  loyi_mmatrix_solve(self->lu, self->kept, self->side);
  for (size_t i = 0; i < n && sign; i++) x[i] = 0.0;
  for (size_t i = 0; i < self->kept; i++) x[self->state[i]] = self->side[i];
  for (size_t i = 0; i < n && sign; i++) {
    unsigned char seen = 0;
    for (size_t c = 0; c < n; c++)
      if (self->runs[c] && loyi_reaches(self->reach, n, i, c)) seen |= sign[c];
    if (seen) x[i] = seen & PLUS ? HUGE_VAL : -HUGE_VAL;
    if (seen == (PLUS | MINUS) && both == LOY_NO_INDEX) both = i;
  }
  return both;
}

LOYI_SHARED void loyi_discounted_visits(loyi_discounted *self, const double *y, double *w) {
  const size_t n = self->states;
  unsigned char *endless = self->reach ? self->runs + n : NULL;
  for (size_t k = 0; k < n && endless; k++) endless[k] = 0;
  for (size_t c = 0; c < n && endless; c++) {
    int entered = 0;
    for (size_t i = 0; i < n && self->runs[c] && !entered; i++)
      entered = y[i] > 0.0 && loyi_reaches(self->reach, n, i, c);
    for (size_t k = 0; k < n && entered; k++) endless[k] |= (unsigned char)loyi_reaches(self->reach, n, c, k);
  }
  for (size_t i = 0; i < self->kept; i++) self->side[i] = y[self->state[i]];
  loyi_mmatrix_solve_transposed(self->lu, self->kept, self->side);
  for (size_t i = 0; i < n && endless; i++) w[i] = 0.0;
  for (size_t i = 0; i < self->kept; i++) w[self->state[i]] = self->side[i];
  for (size_t k = 0; k < n && endless; k++)
    if (endless[k]) w[k] = HUGE_VAL;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_DISCOUNTED_INL_H */
