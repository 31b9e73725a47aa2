/* newton-inl.h: body of newton.h. */
#ifndef LOYALTY_MATH_NEWTON_INL_H
#define LOYALTY_MATH_NEWTON_INL_H

#include "newton.h"

#include <math.h>

#include "linalg.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_newton_init(loyi_newton_problem *problem, size_t n, loyi_newton_fn fn, void *ctx) {
  problem->n = n;
  problem->fn = fn;
  problem->ctx = ctx;
  problem->lower = NULL;
  problem->upper = NULL;
  problem->most_step = 1.5;
  problem->decrement_tolerance = 1e-13;
  problem->gradient_tolerance = 1e-9;
  problem->most_evaluations = 200;
}

/* Value and derivatives at one point. */
typedef struct loyi_newton_state {
  double point[LOYI_NEWTON_MOST];
  double value;
  double gradient[LOYI_NEWTON_MOST];
  double hessian[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST];
} loyi_newton_state;

LOYI_LOCAL int loyi_newton_evaluate(const loyi_newton_problem *problem, loyi_newton_state *state) {
  size_t n = problem->n;
  if (!problem->fn(problem->ctx, state->point, &state->value, state->gradient, state->hessian)) return 0;
  if (!isfinite(state->value)) return 0;
  for (size_t i = 0; i < n; i++)
    if (!isfinite(state->gradient[i])) return 0;
  for (size_t i = 0; i < n * n; i++)
    if (!isfinite(state->hessian[i])) return 0;
  return 1;
}

LOYI_LOCAL double loyi_newton_inside(const loyi_newton_problem *problem, size_t i, double value) {
  if (problem->lower && value < problem->lower[i]) return problem->lower[i];
  if (problem->upper && value > problem->upper[i]) return problem->upper[i];
  return value;
}

/* The free coordinates at `state`, as a list; those held at a bound, as bits. */
LOYI_LOCAL size_t loyi_newton_free(const loyi_newton_problem *problem, const loyi_newton_state *state, size_t *list,
                                   unsigned *held) {
  size_t count = 0;
  *held = 0;
  for (size_t i = 0; i < problem->n; i++) {
    int low = problem->lower && state->point[i] <= problem->lower[i] && state->gradient[i] > 0.0;
    int high = problem->upper && state->point[i] >= problem->upper[i] && state->gradient[i] < 0.0;
    if (low || high) {
      *held |= 1u << i;
    } else {
      list[count++] = i;
    }
  }
  return count;
}

/* Factor the free part of the Hessian plus `shift` times the identity. Returns 0 when it is not positive definite. */
LOYI_LOCAL int loyi_newton_factor(const double *hessian, size_t n, const size_t *list, size_t count, double shift,
                                  double *factor) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++)
      factor[i * count + j] = hessian[list[i] * n + list[j]] + (i == j ? shift : 0.0);
  return loyi_cholesky(factor, count);
}

/* The step, full length (zero for held coordinates), and the decrement. Returns nonzero when no shift was needed. */
LOYI_LOCAL int loyi_newton_step(const loyi_newton_problem *problem, const loyi_newton_state *state, const size_t *list,
                                size_t count, double *step, double *decrement) {
  double factor[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], solution[LOYI_NEWTON_MOST];
  size_t n = problem->n;
  double largest = 0.0, shift = 0.0, gain = 0.0;
  int definite;
  for (size_t i = 0; i < count; i++) {
    double diagonal = fabs(state->hessian[list[i] * n + list[i]]);
    if (diagonal > largest) largest = diagonal;
  }
  definite = loyi_newton_factor(state->hessian, n, list, count, 0.0, factor);
  if (!definite) {
    shift = largest > 0.0 ? 1e-3 * largest : 1.0;
    /* A shift above the sum of the absolute entries of a row always suffices: the loop ends after a few rounds. */
    while (!loyi_newton_factor(state->hessian, n, list, count, shift, factor)) shift *= 4.0;
  }
  for (size_t i = 0; i < count; i++) solution[i] = -state->gradient[list[i]];
  loyi_cholesky_solve(factor, count, solution);
  for (size_t i = 0; i < n; i++) step[i] = 0.0;
  for (size_t i = 0; i < count; i++) {
    step[list[i]] = solution[i];
    gain -= 0.5 * solution[i] * state->gradient[list[i]];
  }
  *decrement = definite ? gain : HUGE_VAL;
  return definite;
}

LOYI_LOCAL double loyi_newton_largest(const loyi_newton_state *state, const size_t *list, size_t count) {
  double largest = 0.0;
  for (size_t i = 0; i < count; i++)
    if (fabs(state->gradient[list[i]]) > largest) largest = fabs(state->gradient[list[i]]);
  return largest;
}

/* Move `from` by `scale` times `step`, inside the bounds, and evaluate. The slopes at both ends are along the move. */
LOYI_LOCAL int loyi_newton_try(const loyi_newton_problem *problem, const loyi_newton_state *from, const double *step,
                               double scale, loyi_newton_state *to, double *slope_from, double *slope_to) {
  int usable;
  *slope_from = 0.0;
  *slope_to = 0.0;
  for (size_t i = 0; i < problem->n; i++) to->point[i] = loyi_newton_inside(problem, i, from->point[i] + scale * step[i]);
  usable = loyi_newton_evaluate(problem, to);
  for (size_t i = 0; i < problem->n; i++) {
    *slope_from += from->gradient[i] * (to->point[i] - from->point[i]);
    if (usable) *slope_to += to->gradient[i] * (to->point[i] - from->point[i]);
  }
  return usable;
}

/* Search along `step` for a point that is good enough. Returns 0 when there is none within reach. */
LOYI_LOCAL int loyi_newton_search(const loyi_newton_problem *problem, const loyi_newton_state *from, const double *step,
                                  loyi_newton_state *to, int *evaluations) {
  double scale = 1.0;
  /* Values closer than this cannot be told apart. */
  double noise = 1e-13 * (fabs(from->value) > 1.0 ? fabs(from->value) : 1.0);
  for (int halvings = 0; halvings < 40 && *evaluations < problem->most_evaluations; halvings++) {
    double slope_from, slope_to, next;
    int usable = loyi_newton_try(problem, from, step, scale, to, &slope_from, &slope_to);
    (*evaluations)++;
    if (usable) {
      if (to->value <= from->value + 1e-4 * slope_from && to->value < from->value) return 1;
      if (to->value <= from->value + noise && fabs(slope_to) <= 0.9 * fabs(slope_from)) return 1;
      /* Minimum of the parabola through both values and the first slope, kept within a tenth and a half. */
      next = 0.5 * -slope_from / (to->value - from->value - slope_from);
      if (!(next > 0.1)) next = 0.1;
      if (next > 0.5) next = 0.5;
    } else {
      next = 0.25;
    }
    scale *= next;
  }
  return 0;
}

LOYI_SHARED int loyi_newton_minimize(const loyi_newton_problem *problem, const double *start, loyi_newton_result *result) {
  loyi_newton_state a, b;
  loyi_newton_state *here = &a, *there = &b, *swap;
  double step[LOYI_NEWTON_MOST];
  size_t list[LOYI_NEWTON_MOST];
  size_t n = problem->n, count;
  double decrement = 0.0, slope_from, slope_to;
  unsigned held = 0;
  int definite = 1;
  result->iterations = 0;
  result->evaluations = 1;
  for (size_t i = 0; i < n; i++) here->point[i] = loyi_newton_inside(problem, i, start[i]);
  if (!loyi_newton_evaluate(problem, here)) return 0;

  for (;;) {
    double widest = 0.0;
    count = loyi_newton_free(problem, here, list, &held);
    definite = loyi_newton_step(problem, here, list, count, step, &decrement);
    if (definite && decrement <= problem->decrement_tolerance) break;
    if (result->evaluations >= problem->most_evaluations) break;
    for (size_t i = 0; i < n; i++)
      if (fabs(step[i]) > widest) widest = fabs(step[i]);
    if (widest > problem->most_step)
      for (size_t i = 0; i < n; i++) step[i] *= problem->most_step / widest;
    if (!loyi_newton_search(problem, here, step, there, &result->evaluations)) break;
    result->iterations++;
    swap = here;
    here = there;
    there = swap;
  }

  /* The last step costs one evaluation and brings the gradient from the tolerance's square root to rounding level. */
  if (definite && decrement <= problem->decrement_tolerance && decrement > 0.0) {
    double before = loyi_newton_largest(here, list, count);
    int usable = loyi_newton_try(problem, here, step, 1.0, there, &slope_from, &slope_to);
    result->evaluations++;
    if (usable && loyi_newton_largest(there, list, count) < before) {
      result->iterations++;
      swap = here;
      here = there;
      there = swap;
      count = loyi_newton_free(problem, here, list, &held);
      definite = loyi_newton_step(problem, here, list, count, step, &decrement);
    }
  }

  for (size_t i = 0; i < n; i++) {
    result->point[i] = here->point[i];
    result->gradient[i] = here->gradient[i];
  }
  for (size_t i = 0; i < n * n; i++) result->hessian[i] = here->hessian[i];
  result->value = here->value;
  result->decrement = decrement;
  result->scaled_gradient = loyi_newton_largest(here, list, count);
  result->at_bound = held;
  result->positive_definite = definite;
  result->converged = definite && decrement <= problem->decrement_tolerance &&
                      result->scaled_gradient <= problem->gradient_tolerance;
  return 1;
}

LOYI_SHARED int loyi_newton_covariance(const loyi_newton_result *result, size_t n, double weight, double *covariance) {
  double factor[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], column[LOYI_NEWTON_MOST];
  size_t list[LOYI_NEWTON_MOST] = {0};
  size_t count = 0;
  for (size_t i = 0; i < n * n; i++) covariance[i] = NAN;
  for (size_t i = 0; i < n; i++)
    if (!(result->at_bound >> i & 1u)) list[count++] = i;
  if (!loyi_newton_factor(result->hessian, n, list, count, 0.0, factor)) return 0;
  for (size_t j = 0; j < count; j++) {
    for (size_t i = 0; i < count; i++) column[i] = i == j ? 1.0 : 0.0;
    loyi_cholesky_solve(factor, count, column);
    for (size_t i = 0; i < count; i++) covariance[list[i] * n + list[j]] = column[i] / weight;
  }
  return 1;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_NEWTON_INL_H */
