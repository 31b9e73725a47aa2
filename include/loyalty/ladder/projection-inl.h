/* projection-inl.h: body of projection.h. */
#ifndef LOYALTY_LADDER_PROJECTION_INL_H
#define LOYALTY_LADDER_PROJECTION_INL_H

#include "projection.h"

#include <math.h>

#include "../base/range.h"
#include "../math/mmatrix.h"
#include "block.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_projection_numbers(const char *name, const double *numbers, size_t n, loy_error *error) {
  if (!numbers) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_zero_or_quantity(numbers[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, name, i, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_projection_check(const double *start, size_t states, size_t periods, const double *inflow,
                                            size_t inflow_rows, const double *population, loy_error *error) {
  loy_status status = loyi_projection_numbers("start", start, states, error);
  if (status != LOY_OK) return status;
  if (inflow_rows > 1 && inflow_rows != periods)
    return loyi_report(error, LOY_ERR_ARGUMENT, "inflow_rows", LOY_NO_INDEX, "must be 0, 1 or the number of periods");
  if (inflow_rows > 0) status = loyi_projection_numbers("inflow", inflow, inflow_rows * states, error);
  if (status == LOY_OK && !population)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "population", LOY_NO_INDEX, "must not be NULL");
  return status;
}

LOYALTY_API loy_status loy_chain_project(const double *transition, size_t states, const double *start, size_t periods,
                                         const double *inflow, size_t inflow_rows, const loy_allocator *allocator,
                                         double *population, loy_error *error) {
  double *stay;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK) status = loyi_projection_check(start, states, periods, inflow, inflow_rows, population, error);
  if (status != LOY_OK) return status;
  stay = (double *)loyi_allocate(allocator, states, sizeof *stay);
  if (!stay) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  for (size_t i = 0; i < states; i++) stay[i] = loyi_chain_stay(transition, states, i);
  for (size_t i = 0; i < states; i++) population[i] = start[i];
  for (size_t t = 0; t < periods; t++) {
    const double *now = population + t * states;
    const double *arrive = inflow_rows > 1 ? inflow + t * states : inflow;
    double *next = population + (t + 1) * states;
    for (size_t j = 0; j < states; j++) next[j] = now[j] * stay[j];
    for (size_t i = 0; i < states; i++)
      for (size_t j = 0; j < states; j++)
        if (i != j) next[j] += now[i] * transition[i * states + j];
    for (size_t j = 0; inflow_rows > 0 && j < states; j++) next[j] += arrive[j];
  }
  loyi_release(allocator, stay, states, sizeof *stay);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_chain_population(const double *transition, size_t states, const uint8_t *target,
                                            const double *inflow, const loy_allocator *allocator, double *population,
                                            loy_error *error) {
  loyi_block block;
  size_t endless = LOY_NO_INDEX;
  int finite = 1;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK) status = loyi_target_check(transition, states, target, error);
  if (status == LOY_OK) status = loyi_projection_numbers("inflow", inflow, states, error);
  if (status == LOY_OK && !population)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "population", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK) status = loyi_block_open(transition, states, target, states, allocator, &block, error);
  if (status != LOY_OK) return status;
  for (size_t p = 0; p < block.size; p++) block.room[p] = inflow[block.state[p]];
  loyi_mmatrix_solve_transposed(block.lu, block.size, block.room);
  for (size_t p = 0; p < block.size; p++) finite &= block.room[p] < HUGE_VAL;
  for (size_t i = 0; finite && i < states; i++)
    population[i] = block.place[i] == LOY_NO_INDEX ? 0.0 : block.room[block.place[i]];
  for (size_t c = 0; finite && c < block.classes; c++) {
    int arrive = 0;
    loyi_block_reaching(transition, &block, c);
    for (size_t i = 0; i < states; i++) arrive |= block.mark[i] && inflow[i] > 0.0;
    for (size_t i = 0; arrive && i < states; i++) {
      if (block.class_of[i] != c || block.goal[i]) continue;
      population[i] = HUGE_VAL;
      if (endless > i) endless = i;
    }
  }
  loyi_block_close(&block);
  if (!finite) return loyi_chain_out_of_range(error);
  if (endless == LOY_NO_INDEX) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_DIVERGES, "target", endless,
                     "cannot be reached from this state, in which customers gather for ever");
}

/* Whether the states of the block are all there are outside the target, and reach one another. */
LOYI_LOCAL loy_status loyi_quasi_stationary_check(const double *transition, loyi_block *block, loy_error *error) {
  const size_t m = block->size;
  for (size_t i = 0; i < block->states; i++)
    if (block->place[i] == LOY_NO_INDEX && !block->goal[i])
      return loyi_report(error, LOY_ERR_INFEASIBLE, "target", i, "cannot be reached from this state");
  if (m == 0)
    return loyi_report(error, LOY_ERR_INFEASIBLE, "target", LOY_NO_INDEX, "must leave out at least one state");
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++)
      block->room[p * m + q] = transition[block->state[p] * block->states + block->state[q]];
  (void)loyi_recurrent_classes(block->room, m, block->stack, block->scratch);
  for (size_t p = 0; p < m; p++)
    if (block->stack[p] != 0)
      return loyi_report(error, LOY_ERR_SINGULAR, "transition", block->state[p],
                         "must have states outside the target that all reach one another; this one is not reached "
                         "from all of them");
  return LOY_OK;
}

/* Divide the n numbers of a row by their sum, which is returned. */
LOYI_LOCAL double loyi_unit_sum(double *row, size_t n) {
  double sum = 0.0;
  for (size_t j = 0; j < n; j++) sum += row[j];
  for (size_t j = 0; j < n; j++) row[j] /= sum;
  return sum;
}

/* Square diag(scale) S, where the rows of S sum to one, m by m; `next` and `sums` are room for the result. */
LOYI_LOCAL void loyi_square(const double *s, const double *scale, size_t m, double *next, double *sums) {
  double most = 0.0;
  for (size_t i = 0; i < m; i++) {
    double *row = next + i * m;
    for (size_t j = 0; j < m; j++) row[j] = 0.0;
    for (size_t k = 0; k < m; k++) {
      const double weight = s[i * m + k] * scale[k];
      for (size_t j = 0; j < m; j++) row[j] += weight * s[k * m + j];
    }
    sums[i] = scale[i] * loyi_unit_sum(row, m);
    if (sums[i] > most) most = sums[i];
  }
  for (size_t i = 0; i < m; i++) sums[i] /= most;
}

/* Whether all rows are the same law; after one more squaring they are then so to twice as many digits. */
LOYI_LOCAL int loyi_rows_agree(const double *s, size_t m) {
  for (size_t i = 1; i < m; i++)
    for (size_t j = 0; j < m; j++)
      if (!(fabs(s[i * m + j] - s[j]) <= 1e-9 * s[j])) return 0;
  return 1;
}

/* The left Perron vector of N = (I - Q)^-1 by squaring, then a few steps x N, which take away the rounding of the
 * squares. Returns 0 when the squares never agree. */
LOYI_LOCAL int loyi_quasi_stationary_law(const loyi_block *block, double *law) {
  enum { SQUARES = 80, STEPS = 3 };
  const size_t m = block->size;
  double *s = block->room, *next = s + m * m, *scale = next + m * m, *sums = scale + m;
  int agreed = 0, last = 0;
  loyi_mmatrix_inverse(block->lu, m, s);
  for (size_t i = 0; i < m; i++) scale[i] = loyi_unit_sum(s + i * m, m);
  for (size_t i = m; i-- > 0;) scale[i] /= scale[0];
  for (int k = 0; k < SQUARES && !last; k++) {
    double *swap = s;
    last = agreed;
    loyi_square(s, scale, m, next, sums);
    s = next;
    next = swap;
    swap = scale;
    scale = sums;
    sums = swap;
    agreed = loyi_rows_agree(s, m);
  }
  for (size_t j = 0; j < m; j++) law[j] = s[j];
  for (int k = 0; k < STEPS; k++) {
    loyi_mmatrix_solve_transposed(block->lu, m, law);
    (void)loyi_unit_sum(law, m);
  }
  return agreed;
}

LOYALTY_API loy_status loy_chain_quasi_stationary(const double *transition, size_t states, const uint8_t *target,
                                                  const loy_allocator *allocator, double *law,
                                                  loy_quasi_stationary *result, loy_error *error) {
  loyi_block block;
  loy_quasi_stationary rates = {0.0, 0.0, 0.0};
  double *x;
  int agreed;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK) status = loyi_target_check(transition, states, target, error);
  if (status == LOY_OK && !law) status = loyi_report(error, LOY_ERR_ARGUMENT, "law", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK)
    status = loyi_block_open(transition, states, target, (2 * states + 3) * states, allocator, &block, error);
  if (status != LOY_OK) return status;
  status = loyi_quasi_stationary_check(transition, &block, error);
  if (status != LOY_OK) {
    loyi_block_close(&block);
    return status;
  }
  x = block.room + (2 * block.size + 2) * block.size;
  agreed = loyi_quasi_stationary_law(&block, x);
  for (size_t p = 0; p < block.size; p++) {
    const double *row = transition + block.state[p] * states;
    double leave = 0.0, keep = loyi_chain_stay(transition, states, block.state[p]);
    for (size_t j = 0; j < states; j++) {
      if (j == block.state[p]) continue;
      if (block.goal[j])
        leave += row[j];
      else
        keep += row[j];
    }
    rates.exit += x[p] * leave;
    rates.survival += x[p] * keep;
  }
  /* Chances of a row may sum to a little more than one. */
  if (rates.exit > 1.0) rates.exit = 1.0;
  if (rates.survival > 1.0) rates.survival = 1.0;
  rates.mean_life = 1.0 / rates.exit;
  if (!(rates.mean_life < HUGE_VAL)) {
    loyi_block_close(&block);
    return loyi_chain_out_of_range(error);
  }
  for (size_t i = 0; i < states; i++) law[i] = block.place[i] == LOY_NO_INDEX ? 0.0 : x[block.place[i]];
  if (result) *result = rates;
  loyi_block_close(&block);
  if (agreed) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, "transition", LOY_NO_INDEX,
                     "has two parts with the same survival rate to the last digits; their shares are not certain");
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_PROJECTION_INL_H */
