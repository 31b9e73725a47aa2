/* ladder_long_run.c: chains in the long run in the parity cases. */
#include "parity.h"

enum { MOST = 16 };

/* Target states as flags; NULL for nil. */
static const uint8_t *read_target(parity_case *c, uint8_t *flags) {
  size_t n;
  const int64_t *target = parity_column_i64(c, &n);
  for (size_t i = 0; i < MOST; i++) flags[i] = 0;
  for (size_t k = 0; k < n; k++) flags[target[k]] = 1;
  return target ? flags : NULL;
}

/* The matrix, and the number of its states. */
static const double *read_chain(parity_case *c, size_t *states) {
  size_t n;
  const double *transition = parity_column(c, &n);
  *states = (size_t)parity_int(c);
  return transition;
}

/* A column for results, to be filled after the call; nil gives NULL. */
static double *read_out(parity_case *c) {
  size_t n;
  double *out = parity_out(c, &n);
  return n > 0 ? out : NULL;
}

static void chain_stationary(parity_case *c) {
  size_t states, n;
  const double *transition = read_chain(c, &states);
  const double *row_counts = parity_column(c, &n);
  double *stationary = read_out(c), *standard_error = read_out(c);
  loy_error e;
  loy_chain_stationary(transition, states, row_counts, NULL, stationary, standard_error, &e);
  parity_failed(c, &e);
}

static void chain_recurrence(parity_case *c) {
  size_t states;
  const double *transition = read_chain(c, &states);
  double *periods = read_out(c);
  loy_error e;
  loy_chain_recurrence(transition, states, NULL, periods, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void chain_steps(parity_case *c) {
  size_t states, n;
  uint8_t flags[MOST];
  const double *transition = read_chain(c, &states);
  const uint8_t *target = read_target(c, flags);
  const double *row_counts = parity_column(c, &n);
  double *steps = read_out(c), *variance = read_out(c), *standard_error = read_out(c);
  loy_error e;
  loy_chain_steps(transition, states, target, row_counts, NULL, steps, variance, standard_error, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void chain_visits(parity_case *c) {
  size_t states;
  uint8_t flags[MOST];
  const double *transition = read_chain(c, &states);
  const uint8_t *target = read_target(c, flags);
  double *visits = read_out(c);
  loy_error e;
  loy_chain_visits(transition, states, target, NULL, visits, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void chain_absorption(parity_case *c) {
  size_t states, n, found[MOST];
  uint8_t flags[MOST];
  const double *transition = read_chain(c, &states);
  const uint8_t *target = read_target(c, flags);
  const double *row_counts = parity_column(c, &n);
  int64_t *class_of = parity_out_i64(c, &n);
  double *probability = read_out(c), *standard_error = read_out(c);
  loy_error e;
  loy_chain_absorption(transition, states, target, row_counts, NULL, found, probability, standard_error, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < n; i++) class_of[i] = found[i] == LOY_NO_INDEX ? -1 : (int64_t)found[i];
}

static void chain_project(parity_case *c) {
  size_t states, n, in, out;
  const double *transition = read_chain(c, &states);
  const double *start = parity_column(c, &n), *inflow = parity_column(c, &in);
  double *population = parity_out(c, &out);
  loy_error e;
  loy_chain_project(transition, states, start, out / states - 1, inflow, in / states, NULL, population, &e);
  parity_failed(c, &e);
}

static void chain_population(parity_case *c) {
  size_t states, n;
  uint8_t flags[MOST];
  const double *transition = read_chain(c, &states);
  const uint8_t *target = read_target(c, flags);
  const double *inflow = parity_column(c, &n);
  double *population = read_out(c);
  loy_error e;
  loy_chain_population(transition, states, target, inflow, NULL, population, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
}

static void chain_quasi_stationary(parity_case *c) {
  size_t states;
  uint8_t flags[MOST];
  const double *transition = read_chain(c, &states);
  const uint8_t *target = read_target(c, flags);
  double *law = read_out(c);
  loy_quasi_stationary rates = {0, 0, 0};
  loy_error e;
  loy_chain_quasi_stationary(transition, states, target, NULL, law, &rates, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, rates.survival);
  parity_give_double(c, rates.exit);
  parity_give_double(c, rates.mean_life);
}

PARITY(ladder_long_run) {
  CASE(chain_stationary);
  CASE(chain_recurrence);
  CASE(chain_steps);
  CASE(chain_visits);
  CASE(chain_absorption);
  CASE(chain_project);
  CASE(chain_population);
  CASE(chain_quasi_stationary);
}
