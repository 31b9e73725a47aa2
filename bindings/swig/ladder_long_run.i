/* ladder_long_run.i: shims of ladder/long_run.h, absorption.h and projection.h. A chain is its matrix, row by row, and
 * the number of its states; a target the numbers of its states from 0, or none for the states that are never left. After
 * ladder_chain.i. */

%{
#include "loyalty/ladder/absorption.h"
#include "loyalty/ladder/long_run.h"
#include "loyalty/ladder/projection.h"

/* Length of a column with a number for each state, if it is given. */
static bool chain_column(loy_error *e, const char *name, const double *column, size_t got, size_t want) {
  return !column || loy_has_length(e, name, got, want);
}

/* The flags of a target, to be freed; NULL in *flags for none. */
static bool chain_target(loy_error *e, loy_in_i64_opt target, size_t states, uint8_t **flags) {
  *flags = NULL;
  if (!target.p) return true;
  for (size_t k = 0; k < target.n; k++)
    if (target.p[k] < 0 || (uint64_t)target.p[k] >= states) {
      loy_refuse(e, LOY_ERR_ARGUMENT, "target", "must be the number of a state");
      e->index = k;
      return false;
    }
  *flags = (uint8_t *)calloc(states, 1);
  if (!*flags) return loy_refuse(e, LOY_ERR_MEMORY, NULL, "out of memory");
  for (size_t k = 0; k < target.n; k++) (*flags)[target.p[k]] = 1;
  return true;
}
%}

LOY_BULK(chain_stationary)
LOY_BULK(chain_recurrence)
LOY_BULK(chain_steps)
LOY_BULK(chain_visits)
LOY_BULK(chain_absorption)
LOY_BULK(chain_project)
LOY_BULK(chain_population)
LOY_BULK(chain_quasi_stationary)
%inline %{
static loy_r0 chain_stationary(loy_in transition, size_t states, loy_in_opt row_counts, loy_out stationary,
                               loy_out_opt standard_error) {
  loy_r0 r = {0};
  if (chain_square(&r.e, "transition", transition.n, states) &&
      chain_column(&r.e, "row_counts", row_counts.p, row_counts.n, states) &&
      chain_column(&r.e, "stationary", stationary.p, stationary.n, states) &&
      chain_column(&r.e, "standard_error", standard_error.p, standard_error.n, states))
    loy_chain_stationary(transition.p, states, row_counts.p, NULL, stationary.p, standard_error.p, &r.e);
  return r;
}

static loy_s0 chain_recurrence(loy_in transition, size_t states, loy_out periods) {
  loy_s0 r = {0};
  if (chain_square(&r.e, "transition", transition.n, states) && loy_has_length(&r.e, "periods", periods.n, states))
    loy_chain_recurrence(transition.p, states, NULL, periods.p, &r.e);
  return r;
}

static loy_s0 chain_steps(loy_in transition, size_t states, loy_in_i64_opt target, loy_in_opt row_counts, loy_out steps,
                          loy_out_opt variance, loy_out_opt standard_error) {
  loy_s0 r = {0};
  uint8_t *flags = NULL;
  if (chain_square(&r.e, "transition", transition.n, states) &&
      chain_column(&r.e, "row_counts", row_counts.p, row_counts.n, states) &&
      chain_column(&r.e, "steps", steps.p, steps.n, states) &&
      chain_column(&r.e, "variance", variance.p, variance.n, states) &&
      chain_column(&r.e, "standard_error", standard_error.p, standard_error.n, states) &&
      chain_target(&r.e, target, states, &flags))
    loy_chain_steps(transition.p, states, flags, row_counts.p, NULL, steps.p, variance.p, standard_error.p, &r.e);
  free(flags);
  return r;
}

static loy_s0 chain_visits(loy_in transition, size_t states, loy_in_i64_opt target, loy_out visits) {
  loy_s0 r = {0};
  uint8_t *flags = NULL;
  if (chain_square(&r.e, "transition", transition.n, states) && loy_has_length(&r.e, "visits", visits.n, states * states) &&
      chain_target(&r.e, target, states, &flags))
    loy_chain_visits(transition.p, states, flags, NULL, visits.p, &r.e);
  free(flags);
  return r;
}

/* `class_of` receives -1 for a transient state. */
static loy_r0 chain_absorption(loy_in transition, size_t states, loy_in_i64_opt target, loy_in_opt row_counts,
                               loy_out_i64 class_of, loy_out probability, loy_out_opt standard_error) {
  loy_r0 r = {0};
  uint8_t *flags = NULL;
  size_t *found = NULL;
  if (!chain_square(&r.e, "transition", transition.n, states) ||
      !chain_column(&r.e, "row_counts", row_counts.p, row_counts.n, states) ||
      !loy_has_length(&r.e, "class_of", class_of.n, states) ||
      !chain_column(&r.e, "probability", probability.p, probability.n, states * states) ||
      !chain_column(&r.e, "standard_error", standard_error.p, standard_error.n, states * states) ||
      !chain_target(&r.e, target, states, &flags))
    return r;
  found = (size_t *)calloc(states, sizeof *found);
  if (!found)
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  else if (loy_chain_absorption(transition.p, states, flags, row_counts.p, NULL, found, probability.p, standard_error.p,
                                &r.e) == LOY_OK)
    for (size_t i = 0; i < states; i++) class_of.p[i] = found[i] == LOY_NO_INDEX ? -1 : (int64_t)found[i];
  free(found);
  free(flags);
  return r;
}

/* `population` has periods + 1 rows; `inflow` is one row, or one for each period. */
static loy_r0 chain_project(loy_in transition, size_t states, loy_in start, loy_in_opt inflow, loy_out population) {
  loy_r0 r = {0};
  size_t rows;
  if (!chain_square(&r.e, "transition", transition.n, states) || !loy_has_length(&r.e, "start", start.n, states)) return r;
  rows = population.n / states;
  if (rows < 1) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "population", "has the wrong number of elements");
    return r;
  }
  if (loy_has_length(&r.e, "population", population.n, rows * states) &&
      chain_column(&r.e, "inflow", inflow.p, inflow.n, inflow.n == states ? states : (rows - 1) * states))
    loy_chain_project(transition.p, states, start.p, rows - 1, inflow.p, inflow.p ? inflow.n / states : 0, NULL,
                      population.p, &r.e);
  return r;
}

static loy_s0 chain_population(loy_in transition, size_t states, loy_in_i64_opt target, loy_in inflow,
                               loy_out population) {
  loy_s0 r = {0};
  uint8_t *flags = NULL;
  if (chain_square(&r.e, "transition", transition.n, states) && loy_has_length(&r.e, "inflow", inflow.n, states) &&
      loy_has_length(&r.e, "population", population.n, states) && chain_target(&r.e, target, states, &flags))
    loy_chain_population(transition.p, states, flags, inflow.p, NULL, population.p, &r.e);
  free(flags);
  return r;
}

/* Survival, exit, mean life. */
static loy_s3 chain_quasi_stationary(loy_in transition, size_t states, loy_in_i64_opt target, loy_out law) {
  loy_s3 r = {0};
  uint8_t *flags = NULL;
  loy_quasi_stationary rates = {0};
  if (chain_square(&r.e, "transition", transition.n, states) && loy_has_length(&r.e, "law", law.n, states) &&
      chain_target(&r.e, target, states, &flags))
    loy_chain_quasi_stationary(transition.p, states, flags, NULL, law.p, &rates, &r.e);
  r.v[0] = rates.survival;
  r.v[1] = rates.exit;
  r.v[2] = rates.mean_life;
  free(flags);
  return r;
}
%}
