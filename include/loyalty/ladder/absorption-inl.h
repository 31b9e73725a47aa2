/* absorption-inl.h: body of absorption.h. */
#ifndef LOYALTY_LADDER_ABSORPTION_INL_H
#define LOYALTY_LADDER_ABSORPTION_INL_H

#include "absorption.h"

#include <math.h>

#include "../math/mmatrix.h"
#include "block.h"
#include "contrast.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* What the three functions check; with `classes` there need be no target, nor a state that is never left. */
LOYI_LOCAL loy_status loyi_absorption_check(const double *transition, size_t states, const uint8_t *target, int classes,
                                            const double *row_counts, const double *standard_error, const char *name,
                                            const double *output, loy_error *error) {
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK && (target || !classes)) status = loyi_target_check(transition, states, target, error);
  if (status == LOY_OK && standard_error) status = loyi_row_counts_check(transition, states, row_counts, error);
  if (status == LOY_OK && !output)
    status = loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  return status;
}

LOYI_LOCAL loy_status loyi_absorption_diverges(size_t index, loy_error *error) {
  return loyi_report(error, LOY_NOTICE_DIVERGES, "target", index,
                     "may never be reached from this state, so that the mean is infinite");
}

/* v_k of the header, for state k: the variance of the steps still expected one period later. */
LOYI_LOCAL double loyi_steps_spread(const double *transition, const loyi_block *block, const double *t, size_t k) {
  const double *row = transition + k * block->states;
  double sum = loyi_chain_stay(transition, block->states, k);
  if (loyi_chain_is_certain(transition, block->states, k)) return 0.0;
  for (size_t l = 0; l < block->states; l++) {
    const double later = 1.0 + t[l] - t[k];
    if (l != k && row[l] > 0.0) sum += row[l] * later * later;
  }
  return sum;
}

/* Fill t, by state, and `inside`, by place: the steps until the target, +infinity for the states that may miss it
 * (which are marked), and until the chain leaves the block. Returns 0 when one of them is out of range. */
LOYI_LOCAL int loyi_steps_expected(const double *transition, loyi_block *block, double *t, double *inside) {
  int finite = 1;
  for (size_t p = 0; p < block->size; p++) inside[p] = 1.0;
  loyi_mmatrix_solve(block->lu, block->size, inside);
  for (size_t p = 0; p < block->size; p++) finite &= inside[p] < HUGE_VAL;
  loyi_block_reaching(transition, block, LOY_NO_INDEX);
  for (size_t i = 0; i < block->states; i++)
    t[i] = block->mark[i] ? HUGE_VAL : block->place[i] == LOY_NO_INDEX ? 0.0 : inside[block->place[i]];
  return finite;
}

/* variance, by place: N v. */
LOYI_LOCAL int loyi_steps_variance(const double *transition, const loyi_block *block, const double *t,
                                   double *variance) {
  int finite = 1;
  for (size_t p = 0; p < block->size; p++)
    variance[p] = block->mark[block->state[p]] ? 0.0 : loyi_steps_spread(transition, block, t, block->state[p]);
  loyi_mmatrix_solve(block->lu, block->size, variance);
  for (size_t p = 0; p < block->size; p++) finite &= variance[p] < HUGE_VAL;
  return finite;
}

/* error, by place; `room` for three columns and loyi_contrast_room. */
LOYI_LOCAL int loyi_steps_errors(const double *transition, const loyi_block *block, const double *inside,
                                 const double *row_counts, double *error, double *room) {
  const size_t n = block->states;
  double *one = room, *leave = one + n, *spread = leave + n;
  loyi_contrast g;
  int finite = 1;
  for (size_t p = 0; p < block->size; p++) {
    one[p] = 1.0;
    leave[p] = 0.0;
    for (size_t j = 0; j < n; j++)
      if (block->place[j] == LOY_NO_INDEX) leave[p] += transition[block->state[p] * n + j];
  }
  g.x = g.alpha = one;
  g.y = leave;
  g.beta = inside;
  g.two_ends = 0;
  if (!loyi_contrast_spread(transition, block, &g, spread, spread + n)) return 0;
  for (size_t p = 0; p < block->size; p++) {
    loyi_block_visits(block, p, one);
    error[p] = loyi_block_delta(block, spread, row_counts, one);
    finite &= error[p] < HUGE_VAL;
  }
  return finite;
}

LOYALTY_API loy_status loy_chain_steps(const double *transition, size_t states, const uint8_t *target,
                                       const double *row_counts, const loy_allocator *allocator, double *steps,
                                       double *variance, double *standard_error, loy_error *error) {
  const size_t room = 7 * states + (standard_error ? loyi_contrast_room(states) : 0);
  loyi_block block;
  double *t, *inside, *var, *se;
  size_t lost = LOY_NO_INDEX;
  int finite;
  loy_status status =
      loyi_absorption_check(transition, states, target, 0, row_counts, standard_error, "steps", steps, error);
  if (status == LOY_OK) status = loyi_block_open(transition, states, target, room, allocator, &block, error);
  if (status != LOY_OK) return status;
  t = block.room;
  inside = t + states;
  var = inside + states;
  se = var + states;
  finite = loyi_steps_expected(transition, &block, t, inside);
  if (finite && variance) finite = loyi_steps_variance(transition, &block, t, var);
  if (finite && standard_error) finite = loyi_steps_errors(transition, &block, inside, row_counts, se, se + states);
  for (size_t i = 0; finite && i < states; i++) {
    const size_t p = block.place[i];
    steps[i] = t[i];
    if (variance) variance[i] = block.mark[i] ? HUGE_VAL : p == LOY_NO_INDEX ? 0.0 : var[p];
    if (standard_error) standard_error[i] = block.mark[i] ? (double)NAN : p == LOY_NO_INDEX ? 0.0 : se[p];
    if (block.mark[i] && lost == LOY_NO_INDEX) lost = i;
  }
  loyi_block_close(&block);
  if (!finite) return loyi_chain_out_of_range(error);
  return lost == LOY_NO_INDEX ? loyi_ok(error) : loyi_absorption_diverges(lost, error);
}

LOYALTY_API loy_status loy_chain_visits(const double *transition, size_t states, const uint8_t *target,
                                        const loy_allocator *allocator, double *visits, loy_error *error) {
  loyi_block block;
  double *expected;
  size_t lost = LOY_NO_INDEX;
  int finite = 1;
  loy_status status = loyi_absorption_check(transition, states, target, 0, NULL, NULL, "visits", visits, error);
  if (status == LOY_OK) status = loyi_block_open(transition, states, target, states * states, allocator, &block, error);
  if (status != LOY_OK) return status;
  expected = block.room;
  loyi_mmatrix_inverse(block.lu, block.size, expected);
  for (size_t e = 0; e < block.size * block.size; e++) finite &= expected[e] < HUGE_VAL;
  for (size_t e = 0; finite && e < states * states; e++) {
    const size_t p = block.place[e / states], q = block.place[e % states];
    visits[e] = p == LOY_NO_INDEX || q == LOY_NO_INDEX ? 0.0 : expected[p * block.size + q];
  }
  for (size_t c = 0; finite && c < block.classes; c++) {
    loyi_block_reaching(transition, &block, c);
    for (size_t j = 0; j < states; j++)
      for (size_t i = 0; block.class_of[j] == c && !block.goal[j] && i < states; i++) {
        if (!block.mark[i]) continue;
        visits[i * states + j] = HUGE_VAL;
        if (lost > i) lost = i;
      }
  }
  loyi_block_close(&block);
  if (!finite) return loyi_chain_out_of_range(error);
  return lost == LOY_NO_INDEX ? loyi_ok(error) : loyi_absorption_diverges(lost, error);
}

/* For class c, by place: the chances to step into it and into the others, and to end in it and in them. */
typedef struct loyi_absorption {
  double *into, *into_others, *end, *end_in_others;
} loyi_absorption;

LOYI_LOCAL int loyi_absorption_class(const double *transition, const loyi_block *block, size_t c,
                                     const loyi_absorption *b) {
  const size_t n = block->states;
  int finite = 1;
  for (size_t p = 0; p < block->size; p++) {
    const double *row = transition + block->state[p] * n;
    b->into[p] = b->into_others[p] = 0.0;
    for (size_t j = 0; j < n; j++) {
      if (block->class_of[j] == c)
        b->into[p] += row[j];
      else if (block->place[j] == LOY_NO_INDEX)
        b->into_others[p] += row[j];
    }
    b->end[p] = b->into[p];
    b->end_in_others[p] = b->into_others[p];
  }
  loyi_mmatrix_solve(block->lu, block->size, b->end);
  loyi_mmatrix_solve(block->lu, block->size, b->end_in_others);
  for (size_t p = 0; p < block->size; p++) finite &= b->end[p] < HUGE_VAL;
  return finite;
}

/* Standard errors of b->end; `room` for two columns and loyi_contrast_room. */
LOYI_LOCAL int loyi_absorption_errors(const double *transition, const loyi_block *block, const loyi_absorption *b,
                                      const double *row_counts, double *error, double *room) {
  double *spread = room, *visits = spread + block->states;
  loyi_contrast g;
  g.x = b->into;
  g.alpha = b->end_in_others;
  g.y = b->into_others;
  g.beta = b->end;
  g.two_ends = 1;
  if (!loyi_contrast_spread(transition, block, &g, spread, visits + block->states)) return 0;
  for (size_t p = 0; p < block->size; p++) {
    loyi_block_visits(block, p, visits);
    error[p] = loyi_block_delta(block, spread, row_counts, visits);
  }
  return 1;
}

/* Classes by place to states by states, a class in the column of its first state. */
LOYI_LOCAL void loyi_absorption_give(const loyi_block *block, const double *found, const double *se, size_t *class_of,
                                     double *probability, double *standard_error) {
  const size_t n = block->states;
  size_t *first = block->stack;
  for (size_t i = n; i-- > 0;)
    if (block->class_of[i] != LOY_NO_INDEX) first[block->class_of[i]] = i;
  for (size_t e = 0; e < n * n; e++) probability[e] = 0.0;
  for (size_t e = 0; standard_error && e < n * n; e++) standard_error[e] = 0.0;
  for (size_t i = 0; i < n; i++) {
    const size_t p = block->place[i], own = block->class_of[i];
    if (class_of) class_of[i] = own == LOY_NO_INDEX ? LOY_NO_INDEX : first[own];
    if (p == LOY_NO_INDEX) probability[i * n + first[own]] = 1.0;
    for (size_t c = 0; p != LOY_NO_INDEX && c < block->classes; c++) {
      probability[i * n + first[c]] = found[c * n + p];
      if (standard_error) standard_error[i * n + first[c]] = se[c * n + p];
    }
  }
}

LOYALTY_API loy_status loy_chain_absorption(const double *transition, size_t states, const uint8_t *target,
                                            const double *row_counts, const loy_allocator *allocator, size_t *class_of,
                                            double *probability, double *standard_error, loy_error *error) {
  const size_t n = states, room = (standard_error ? 2 : 1) * n * n + 6 * n + loyi_contrast_room(n);
  loyi_block block;
  loyi_absorption b;
  double *found, *se, *rest;
  int finite = 1;
  loy_status status = loyi_absorption_check(transition, states, target, 1, row_counts, standard_error, "probability",
                                            probability, error);
  if (status == LOY_OK) status = loyi_block_open(transition, states, target, room, allocator, &block, error);
  if (status != LOY_OK) return status;
  b.into = block.room;
  b.into_others = b.into + n;
  b.end = b.into_others + n;
  b.end_in_others = b.end + n;
  found = b.end_in_others + n; /* class by place */
  se = standard_error ? found + n * n : found;
  rest = se + n * n;
  for (size_t c = 0; finite && c < block.classes; c++) {
    finite = loyi_absorption_class(transition, &block, c, &b);
    for (size_t p = 0; p < block.size; p++) found[c * n + p] = b.end[p];
    if (finite && standard_error) finite = loyi_absorption_errors(transition, &block, &b, row_counts, se + c * n, rest);
  }
  if (finite) loyi_absorption_give(&block, found, se, class_of, probability, standard_error);
  loyi_block_close(&block);
  return finite ? loyi_ok(error) : loyi_chain_out_of_range(error);
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_ABSORPTION_INL_H */
