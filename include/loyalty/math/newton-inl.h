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
  problem->noise = 1e-13;
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

/* The part of the Hessian over the listed coordinates. */
LOYI_LOCAL void loyi_newton_part(const double *hessian, size_t n, const size_t *list, size_t count, double *part) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) part[i * count + j] = hessian[list[i] * n + list[j]];
}

/* Eigenvalues, and eigenvectors in the columns of `vectors`, of a symmetric matrix by Jacobi rotations (Golub & Van
 * Loan, "Matrix Computations", section 8.5); `a` is overwritten. Ten sweeps are more than any matrix of this order
 * needs. */
LOYI_LOCAL void loyi_newton_eigen(double *a, size_t n, double *vectors) {
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) vectors[i * n + j] = i == j ? 1.0 : 0.0;
  for (int sweep = 0; sweep < 10; sweep++)
    for (size_t p = 0; p < n; p++)
      for (size_t q = p + 1; q < n; q++) {
        double slope, t, c, s;
        if (a[p * n + q] == 0.0) continue;
        slope = 0.5 * (a[q * n + q] - a[p * n + p]) / a[p * n + q];
        t = 1.0 / (fabs(slope) + sqrt(1.0 + slope * slope));
        if (slope < 0.0) t = -t;
        c = 1.0 / sqrt(1.0 + t * t);
        s = t * c;
        for (size_t i = 0; i < n; i++) {
          double left = a[i * n + p], right = a[i * n + q];
          a[i * n + p] = c * left - s * right;
          a[i * n + q] = s * left + c * right;
        }
        for (size_t i = 0; i < n; i++) {
          double left = a[p * n + i], right = a[q * n + i];
          a[p * n + i] = c * left - s * right;
          a[q * n + i] = s * left + c * right;
          left = vectors[i * n + p];
          right = vectors[i * n + q];
          vectors[i * n + p] = c * left - s * right;
          vectors[i * n + q] = s * left + c * right;
        }
      }
}

/* Solve with the absolute values of the eigenvalues: downhill in every direction, and of the right length along an
 * exponential tail, however flat, be its curvature positive or, by rounding or in truth, negative. Returns the expected
 * gain. */
LOYI_LOCAL double loyi_newton_absolute(double *part, size_t count, double *solution) {
  double vectors[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], along[LOYI_NEWTON_MOST];
  double largest = 0.0, gain = 0.0;
  loyi_newton_eigen(part, count, vectors);
  for (size_t k = 0; k < count; k++)
    if (fabs(part[k * count + k]) > largest) largest = fabs(part[k * count + k]);
  for (size_t k = 0; k < count; k++) {
    double curvature = fabs(part[k * count + k]), least = 1e-15 * largest, slope = 0.0;
    for (size_t i = 0; i < count; i++) slope += vectors[i * count + k] * solution[i];
    if (!(curvature > least)) curvature = least > 0.0 ? least : 1.0;
    along[k] = slope / curvature;
    gain += 0.5 * slope * along[k];
  }
  for (size_t i = 0; i < count; i++) {
    solution[i] = 0.0;
    for (size_t k = 0; k < count; k++) solution[i] += vectors[i * count + k] * along[k];
  }
  return gain;
}

/* The step, full length (zero for held coordinates), and the gain that it promises. Returns nonzero when the Hessian
 * over the free coordinates is positive definite. */
LOYI_LOCAL int loyi_newton_step(const loyi_newton_problem *problem, const loyi_newton_state *state, const size_t *list,
                                size_t count, double *step, double *gain) {
  double part[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], solution[LOYI_NEWTON_MOST];
  size_t n = problem->n;
  int definite;
  loyi_newton_part(state->hessian, n, list, count, part);
  for (size_t i = 0; i < count; i++) solution[i] = -state->gradient[list[i]];
  definite = loyi_cholesky(part, count);
  if (definite) {
    loyi_cholesky_solve(part, count, solution);
    *gain = 0.0;
    for (size_t i = 0; i < count; i++) *gain -= 0.5 * solution[i] * state->gradient[list[i]];
  } else {
    loyi_newton_part(state->hessian, n, list, count, part);
    *gain = loyi_newton_absolute(part, count, solution);
  }
  for (size_t i = 0; i < n; i++) step[i] = 0.0;
  for (size_t i = 0; i < count; i++) step[list[i]] = solution[i];
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
  for (size_t i = 0; i < problem->n; i++)
    to->point[i] = loyi_newton_inside(problem, i, from->point[i] + scale * step[i]);
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
  double noise = problem->noise * (fabs(from->value) > 1.0 ? fabs(from->value) : 1.0);
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

/* Take coordinates that lie on a bound and would cross it off the list. Returns how many there were. */
LOYI_LOCAL size_t loyi_newton_hold(const loyi_newton_problem *problem, const loyi_newton_state *here,
                                   const double *step, size_t *list, size_t *count) {
  size_t left = 0, before = *count;
  for (size_t i = 0; i < before; i++) {
    size_t c = list[i];
    int low = problem->lower && here->point[c] <= problem->lower[c] && step[c] < 0.0;
    int high = problem->upper && here->point[c] >= problem->upper[c] && step[c] > 0.0;
    if (!low && !high) list[left++] = c;
  }
  *count = left;
  return before - left;
}

/* Scale the whole step, so that its direction stays, to `most_step` and to the first bound that it meets: a ridge is
 * followed to the end. */
LOYI_LOCAL void loyi_newton_shorten(const loyi_newton_problem *problem, const loyi_newton_state *here, double *step) {
  double scale = 1.0;
  for (size_t i = 0; i < problem->n; i++) {
    if (fabs(step[i]) * scale > problem->most_step) scale = problem->most_step / fabs(step[i]);
    if (problem->lower && here->point[i] + scale * step[i] < problem->lower[i])
      scale = (problem->lower[i] - here->point[i]) / step[i];
    if (problem->upper && here->point[i] + scale * step[i] > problem->upper[i])
      scale = (problem->upper[i] - here->point[i]) / step[i];
  }
  for (size_t i = 0; i < problem->n; i++) {
    step[i] *= scale;
    /* Rounding must not leave the coordinate a hair's breadth inside. */
    if (problem->lower && here->point[i] + step[i] < problem->lower[i] + 1e-12 * fabs(problem->lower[i]) &&
        step[i] < 0.0)
      step[i] = problem->lower[i] - here->point[i];
    if (problem->upper && here->point[i] + step[i] > problem->upper[i] - 1e-12 * fabs(problem->upper[i]) &&
        step[i] > 0.0)
      step[i] = problem->upper[i] - here->point[i];
  }
}

LOYI_SHARED int loyi_newton_minimize(const loyi_newton_problem *problem, const double *start,
                                     loyi_newton_result *result) {
  loyi_newton_state a, b;
  loyi_newton_state *here = &a, *there = &b, *swap;
  double step[LOYI_NEWTON_MOST];
  size_t list[LOYI_NEWTON_MOST];
  size_t n = problem->n, count;
  double gain = 0.0, slope_from, slope_to;
  unsigned held = 0;
  int definite = 1;
  result->iterations = 0;
  result->evaluations = 1;
  for (size_t i = 0; i < n; i++) here->point[i] = loyi_newton_inside(problem, i, start[i]);
  if (!loyi_newton_evaluate(problem, here)) return 0;

  for (;;) {
    count = loyi_newton_free(problem, here, list, &held);
    definite = loyi_newton_step(problem, here, list, count, step, &gain);
    if (definite && gain <= problem->decrement_tolerance) break;
    if (result->evaluations >= problem->most_evaluations) break;
    while (loyi_newton_hold(problem, here, step, list, &count))
      loyi_newton_step(problem, here, list, count, step, &gain);
    loyi_newton_shorten(problem, here, step);
    if (!loyi_newton_search(problem, here, step, there, &result->evaluations)) break;
    result->iterations++;
    swap = here;
    here = there;
    there = swap;
  }

  /* The last step costs one evaluation and brings the gradient from the tolerance's square root to rounding level. */
  if (definite && gain <= problem->decrement_tolerance && gain > 0.0) {
    double before = loyi_newton_largest(here, list, count);
    int usable = loyi_newton_try(problem, here, step, 1.0, there, &slope_from, &slope_to);
    result->evaluations++;
    if (usable && loyi_newton_largest(there, list, count) < before) {
      result->iterations++;
      here = there;
      count = loyi_newton_free(problem, here, list, &held);
      definite = loyi_newton_step(problem, here, list, count, step, &gain);
    }
  }

  for (size_t i = 0; i < n; i++) {
    result->point[i] = here->point[i];
    result->gradient[i] = here->gradient[i];
  }
  for (size_t i = 0; i < n * n; i++) result->hessian[i] = here->hessian[i];
  result->value = here->value;
  result->decrement = definite ? gain : HUGE_VAL;
  result->scaled_gradient = loyi_newton_largest(here, list, count);
  result->at_bound = held;
  result->positive_definite = definite;
  result->flat = !definite && gain <= problem->decrement_tolerance;
  result->converged =
      definite && gain <= problem->decrement_tolerance && result->scaled_gradient <= problem->gradient_tolerance;
  return 1;
}

LOYI_SHARED int loyi_newton_covariance(const loyi_newton_result *result, size_t n, double weight, double *covariance) {
  double part[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], inverse[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST];
  size_t list[LOYI_NEWTON_MOST];
  size_t count = 0;
  for (size_t i = 0; i < n * n; i++) covariance[i] = NAN;
  for (size_t i = 0; i < n; i++)
    if (!(result->at_bound >> i & 1u)) list[count++] = i;
  loyi_newton_part(result->hessian, n, list, count, part);
  if (!loyi_cholesky(part, count)) return 0;
  loyi_cholesky_inverse(part, count, inverse);
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) covariance[list[i] * n + list[j]] = inverse[i * count + j] / weight;
  return 1;
}

LOY_END_DECLS

#endif /* LOYALTY_MATH_NEWTON_INL_H */
