/* long_run-inl.h: body of long_run.h. */
#ifndef LOYALTY_LADDER_LONG_RUN_INL_H
#define LOYALTY_LADDER_LONG_RUN_INL_H

#include "long_run.h"

#include <math.h>

#include "../math/mmatrix.h"
#include "block.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* The closed classes of a chain, and room for work on one of them. */
typedef struct loyi_long_run {
  const double *transition;
  size_t states, classes, size; /* of the chain; in it; of the class in hand */
  size_t *class_of, *state;     /* of each state; the states of the class in hand */
  uint64_t *scratch;
  double *a, *excess, *law; /* size by size, size, size; `law` is followed by what else was asked for */
  const loy_allocator *allocator;
  size_t count;
} loyi_long_run;

LOYI_LOCAL void loyi_long_run_close(loyi_long_run *run) {
  loyi_release(run->allocator, run->a, run->count, sizeof(double));
  loyi_release(run->allocator, run->scratch, loyi_recurrent_scratch(run->states), sizeof(uint64_t));
  loyi_release(run->allocator, run->class_of, 2 * run->states, sizeof(size_t));
}

LOYI_LOCAL loy_status loyi_long_run_open(const double *transition, size_t states, size_t more,
                                         const loy_allocator *allocator, loyi_long_run *run, loy_error *error) {
  const size_t n = states;
  run->transition = transition;
  run->states = n;
  run->allocator = allocator;
  run->count = n * n + 2 * n + more;
  run->class_of = (size_t *)loyi_allocate(allocator, 2 * n, sizeof(size_t));
  run->scratch = (uint64_t *)loyi_allocate(allocator, loyi_recurrent_scratch(n), sizeof(uint64_t));
  run->a = (double *)loyi_allocate(allocator, run->count, sizeof(double));
  if (!run->class_of || !run->scratch || !run->a) {
    loyi_long_run_close(run);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  run->state = run->class_of + n;
  run->excess = run->a + n * n;
  run->law = run->excess + n;
  run->classes = loyi_recurrent_classes(transition, n, run->class_of, run->scratch);
  return LOY_OK;
}

/* Take class c in hand and find its law. Returns 0 when that is beyond the range of doubles. */
LOYI_LOCAL int loyi_long_run_law(loyi_long_run *run, size_t c) {
  int finite = 1;
  run->size = 0;
  for (size_t i = 0; i < run->states; i++)
    if (run->class_of[i] == c) run->state[run->size++] = i;
  loyi_chain_gather(run->transition, run->states, run->state, run->size, LOY_NO_INDEX, run->a, run->excess);
  /* The last pivot is 0, as it must be; an earlier one only by underflow, and then the law is not a number. */
  (void)loyi_mmatrix_factor(run->a, run->excess, run->size);
  for (size_t p = 0; p + 1 < run->size; p++) finite &= run->a[p * run->size + p] > 0.0;
  if (finite) loyi_mmatrix_left_null(run->a, run->size, run->law);
  for (size_t p = 0; finite && p < run->size; p++) finite &= run->law[p] <= 1.0;
  return finite;
}

/* Numbers of room that loyi_long_run_errors needs. */
LOYI_LOCAL size_t loyi_long_run_room(size_t states) { return 2 * states * states + 3 * states; }

/* Factor the class in hand without the state at place m. */
LOYI_LOCAL int loyi_long_run_without(loyi_long_run *run, size_t m) {
  loyi_chain_gather(run->transition, run->states, run->state, run->size, m, run->a, run->excess);
  return loyi_mmatrix_factor(run->a, run->excess, run->size - 1);
}

/* passage[l size + m]: expected periods from place l until place m. */
LOYI_LOCAL int loyi_long_run_passages(loyi_long_run *run, double *passage, double *column) {
  const size_t size = run->size;
  for (size_t m = 0; m < size; m++) {
    if (!loyi_long_run_without(run, m)) return 0;
    for (size_t l = 0; l + 1 < size; l++) column[l] = 1.0;
    loyi_mmatrix_solve(run->a, size - 1, column);
    for (size_t l = 0; l < size; l++) passage[l * size + m] = l == m ? 0.0 : column[l - (l > m)];
  }
  return 1;
}

/* weight[l size + m] = sum_k pi_k^2/n_k p_kl p_km; `row` is room. */
LOYI_LOCAL void loyi_long_run_weights(const loyi_long_run *run, const double *row_counts, double *weight, double *row) {
  const size_t size = run->size;
  for (size_t e = 0; e < size * size; e++) weight[e] = 0.0;
  for (size_t k = 0; k < size; k++) {
    const size_t state = run->state[k];
    double scale;
    if (loyi_chain_is_certain(run->transition, run->states, state)) continue; /* row_counts may be 0 */
    scale = run->law[k] / sqrt(row_counts[state]);
    for (size_t l = 0; l < size; l++) {
      const double chance = l == k ? loyi_chain_stay(run->transition, run->states, state)
                                   : run->transition[state * run->states + run->state[l]];
      row[l] = scale * chance;
    }
    for (size_t l = 0; l < size; l++)
      for (size_t m = 0; m < size; m++) weight[l * size + m] += row[l] * row[m];
  }
}

/* rest[j]: the sum of the other values. */
LOYI_LOCAL void loyi_long_run_rest(const double *value, size_t size, double *rest) {
  double before = 0.0, after = 0.0;
  for (size_t j = size; j-- > 0;) {
    rest[j] = after;
    after += value[j];
  }
  for (size_t j = 0; j < size; j++) {
    rest[j] += before;
    before += value[j];
  }
}

/* visits[j]: expected visits to j from place l until place m, without which the class is factored. */
LOYI_LOCAL void loyi_long_run_visits(const loyi_long_run *run, size_t l, size_t m, double *visits) {
  const size_t size = run->size;
  for (size_t j = 0; j + 1 < size; j++) visits[j] = j == l - (l > m) ? 1.0 : 0.0;
  loyi_mmatrix_solve_transposed(run->a, size - 1, visits);
  for (size_t j = size; --j > m;) visits[j] = visits[j - 1];
  visits[m] = 0.0;
}

/* The delta method of the header for the class in hand: for each m the pairs with those l from which it is nearer than
 * they are from m. With h_lm the sum of all visits and pi_j one less the other shares, V_j - pi_j h_lm is V_j times the
 * other shares less pi_j times the other visits, which does not cancel where pi_j is nearly 1. */
LOYI_LOCAL int loyi_long_run_errors(loyi_long_run *run, const double *row_counts, double *variance, double *room) {
  const size_t size = run->size;
  double *passage = room, *weight = passage + size * size, *visits = weight + size * size, *elsewhere = visits + size;
  double *others = elsewhere + size;
  int finite = 1;
  for (size_t j = 0; j < size; j++) variance[j] = 0.0;
  if (!loyi_long_run_passages(run, passage, visits)) return 0;
  loyi_long_run_weights(run, row_counts, weight, visits);
  loyi_long_run_rest(run->law, size, others);
  for (size_t m = 0; m < size; m++) {
    if (!loyi_long_run_without(run, m)) return 0;
    for (size_t l = 0; l < size; l++) {
      const double there = passage[l * size + m], back = passage[m * size + l];
      if (l == m || there > back || (there == back && l > m) || weight[l * size + m] == 0.0) continue;
      loyi_long_run_visits(run, l, m, visits);
      loyi_long_run_rest(visits, size, elsewhere);
      for (size_t j = 0; j < size; j++) {
        const double gain = visits[j] * others[j] - run->law[j] * elsewhere[j];
        variance[j] += weight[l * size + m] * gain * gain;
      }
    }
  }
  for (size_t j = 0; j < size; j++) finite &= variance[j] < HUGE_VAL;
  return finite;
}

/* The first state of the second closed class. */
LOYI_LOCAL loy_status loyi_long_run_several(const loyi_long_run *run, loy_error *error) {
  size_t i = 0;
  while (run->class_of[i] != 1) i++;
  return loyi_report(error, LOY_ERR_SINGULAR, "transition", i,
                     "must have one closed class of states, and this state begins a second: the long run depends on "
                     "the start");
}

LOYALTY_API loy_status loy_chain_stationary(const double *transition, size_t states, const double *row_counts,
                                            const loy_allocator *allocator, double *stationary, double *standard_error,
                                            loy_error *error) {
  loyi_long_run run;
  double *variance;
  int finite;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK && standard_error) status = loyi_row_counts_check(transition, states, row_counts, error);
  if (status == LOY_OK && !stationary)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "stationary", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK)
    status = loyi_long_run_open(transition, states, states + (standard_error ? loyi_long_run_room(states) : 0),
                                allocator, &run, error);
  if (status != LOY_OK) return status;
  if (run.classes > 1) {
    status = loyi_long_run_several(&run, error);
    loyi_long_run_close(&run);
    return status;
  }
  variance = run.law + states;
  finite = loyi_long_run_law(&run, 0) &&
           (!standard_error || loyi_long_run_errors(&run, row_counts, variance, variance + states));
  if (finite) {
    for (size_t i = 0; i < states; i++) stationary[i] = 0.0;
    for (size_t i = 0; standard_error && i < states; i++) standard_error[i] = 0.0;
    for (size_t p = 0; p < run.size; p++) {
      stationary[run.state[p]] = run.law[p];
      if (standard_error) standard_error[run.state[p]] = sqrt(variance[p]);
    }
  }
  loyi_long_run_close(&run);
  return finite ? loyi_ok(error) : loyi_chain_out_of_range(error);
}

LOYALTY_API loy_status loy_chain_recurrence(const double *transition, size_t states, const loy_allocator *allocator,
                                            double *periods, loy_error *error) {
  loyi_long_run run;
  double *found;
  size_t transient = LOY_NO_INDEX;
  int finite = 1;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status == LOY_OK && !periods)
    status = loyi_report(error, LOY_ERR_ARGUMENT, "periods", LOY_NO_INDEX, "must not be NULL");
  if (status == LOY_OK) status = loyi_long_run_open(transition, states, states, allocator, &run, error);
  if (status != LOY_OK) return status;
  found = run.law + states;
  for (size_t c = 0; finite && c < run.classes; c++) {
    finite = loyi_long_run_law(&run, c);
    for (size_t p = 0; finite && p < run.size; p++) {
      found[run.state[p]] = 1.0 / run.law[p];
      finite = found[run.state[p]] < HUGE_VAL;
    }
  }
  for (size_t i = 0; finite && i < states; i++) {
    periods[i] = run.class_of[i] == LOY_NO_INDEX ? HUGE_VAL : found[i];
    if (run.class_of[i] == LOY_NO_INDEX && transient == LOY_NO_INDEX) transient = i;
  }
  loyi_long_run_close(&run);
  if (!finite) return loyi_chain_out_of_range(error);
  if (transient == LOY_NO_INDEX) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_DIVERGES, "transition", transient,
                     "is left for ever at some time, so that the mean time to return is infinite");
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_LONG_RUN_INL_H */
