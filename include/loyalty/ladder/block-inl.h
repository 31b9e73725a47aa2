/* block-inl.h: body of block.h. */
#ifndef LOYALTY_LADDER_BLOCK_INL_H
#define LOYALTY_LADDER_BLOCK_INL_H

#include "block.h"

#include "../base/range.h"
#include "../math/mmatrix.h"
#include "../math/sum.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

LOYI_SHARED int loyi_chain_is_certain(const double *transition, size_t states, size_t state) {
  size_t next = loyi_chain_stay(transition, states, state) > 0.0;
  for (size_t j = 0; j < states; j++) next += j != state && transition[state * states + j] > 0.0;
  return next == 1;
}

LOYI_SHARED int loyi_chain_is_absorbing(const double *transition, size_t states, size_t state) {
  for (size_t j = 0; j < states; j++)
    if (j != state && transition[state * states + j] > 0.0) return 0;
  return 1;
}

LOYI_SHARED loy_status loyi_target_check(const double *transition, size_t states, const uint8_t *target,
                                         loy_error *error) {
  for (size_t i = 0; i < states; i++)
    if (target ? target[i] != 0 : loyi_chain_is_absorbing(transition, states, i)) return LOY_OK;
  if (target)
    return loyi_report(error, LOY_ERR_ARGUMENT, "target", LOY_NO_INDEX, "must have a state that is to be reached");
  return loyi_report(error, LOY_ERR_INFEASIBLE, "transition", LOY_NO_INDEX,
                     "must have a state that is never left, unless a target is named");
}

LOYI_SHARED loy_status loyi_row_counts_check(const double *transition, size_t states, const double *row_counts,
                                             loy_error *error) {
  if (states > LOY_CHAIN_ERRORS_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX, "must be at most 256 for standard errors");
  if (!row_counts)
    return loyi_report(error, LOY_ERR_ARGUMENT, "row_counts", LOY_NO_INDEX,
                       "must not be NULL where standard errors are asked for");
  for (size_t i = 0; i < states; i++) {
    const int certain = loyi_chain_is_certain(transition, states, i);
    if (!(certain ? loyi_is_zero_or_quantity(row_counts[i]) : loyi_is_quantity(row_counts[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "row_counts", i,
                         "must be from 1e-40 to 1e40, or 0 where the next state is certain");
  }
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_chain_out_of_range(loy_error *error) {
  return loyi_report(error, LOY_ERR_SINGULAR, "transition", LOY_NO_INDEX,
                     "has chances so small that their products leave the range of doubles");
}

LOYI_SHARED void loyi_chain_gather(const double *transition, size_t states, const size_t *state, size_t size,
                                   size_t without, double *a, double *exits) {
  for (size_t p = 0; p < size; p++) {
    const double *row = transition + state[p] * states;
    if (p == without) continue;
    *exits = 0.0;
    for (size_t j = 0, q = 0; j < states; j++) {
      const int inside = q < size && state[q] == j;
      if (inside && q != without)
        *a++ = row[j];
      else
        *exits += row[j];
      q += (size_t)inside;
    }
    exits++;
  }
}

/* The classes of the chain in which the target is never left; `copy` is room for its matrix. */
LOYI_LOCAL void loyi_block_classes(const double *transition, loyi_block *block, double *copy) {
  const size_t n = block->states;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) copy[i * n + j] = block->goal[i] ? 0.0 : transition[i * n + j];
  block->classes = loyi_recurrent_classes(copy, n, block->class_of, block->scratch);
}

LOYI_SHARED loy_status loyi_block_open(const double *transition, size_t states, const uint8_t *target, size_t room,
                                       const loy_allocator *allocator, loyi_block *block, loy_error *error) {
  const size_t n = states;
  double *excess;
  block->states = n;
  block->size = 0;
  block->allocator = allocator;
  block->count = n * n + n + room;
  block->indices = (size_t *)loyi_allocate(allocator, 6 * n, sizeof(size_t));
  block->scratch = (uint64_t *)loyi_allocate(allocator, loyi_recurrent_scratch(n), sizeof(uint64_t));
  block->numbers = (double *)loyi_allocate(allocator, block->count, sizeof(double));
  if (!block->indices || !block->scratch || !block->numbers) {
    loyi_block_close(block);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  block->state = block->indices;
  block->place = block->state + n;
  block->class_of = block->place + n;
  block->goal = block->class_of + n;
  block->mark = block->goal + n;
  block->stack = block->mark + n;
  block->lu = block->numbers;
  excess = block->lu + n * n;
  block->room = excess + n;
  for (size_t i = 0; i < n; i++)
    block->goal[i] = target ? target[i] != 0 : (size_t)loyi_chain_is_absorbing(transition, n, i);
  loyi_block_classes(transition, block, block->lu);
  for (size_t i = 0; i < n; i++) {
    block->place[i] = block->class_of[i] == LOY_NO_INDEX ? block->size : LOY_NO_INDEX;
    if (block->place[i] != LOY_NO_INDEX) block->state[block->size++] = i;
  }
  loyi_chain_gather(transition, n, block->state, block->size, LOY_NO_INDEX, block->lu, excess);
  if (!loyi_mmatrix_factor(block->lu, excess, block->size)) {
    loyi_block_close(block);
    return loyi_chain_out_of_range(error);
  }
  return LOY_OK;
}

LOYI_SHARED void loyi_block_close(loyi_block *block) {
  loyi_release(block->allocator, block->numbers, block->count, sizeof(double));
  loyi_release(block->allocator, block->scratch, loyi_recurrent_scratch(block->states), sizeof(uint64_t));
  loyi_release(block->allocator, block->indices, 6 * block->states, sizeof(size_t));
}

LOYI_SHARED void loyi_block_reaching(const double *transition, loyi_block *block, size_t which) {
  const size_t n = block->states;
  size_t top = 0;
  for (size_t i = 0; i < n; i++) {
    const size_t own = block->class_of[i];
    block->mark[i] = own != LOY_NO_INDEX && (which == LOY_NO_INDEX ? !block->goal[i] : own == which);
    if (block->mark[i]) block->stack[top++] = i;
  }
  while (top > 0) {
    const size_t j = block->stack[--top];
    for (size_t i = 0; i < n; i++) {
      if (block->mark[i] || block->goal[i] || !(transition[i * n + j] > 0.0)) continue;
      block->mark[i] = 1;
      block->stack[top++] = i;
    }
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_BLOCK_INL_H */
