/* newton.h: private. Safeguarded Newton minimisation of a smooth function of a few variables with exact gradient and
 * Hessian, inside optional bounds, with a certificate for what it found.
 *
 * Made for likelihoods: minimise the *mean* negative log-likelihood in variables of size about one (logarithms of
 * parameters), so that the tolerances mean the same for ten customers and for ten million. */
#ifndef LOYALTY_MATH_NEWTON_H
#define LOYALTY_MATH_NEWTON_H

#include "../base/config.h"

LOY_BEGIN_DECLS

enum { LOYI_NEWTON_MOST = 32 };

/* The function: fills value, gradient[n] and hessian[n * n] (row-major, both triangles) at point[n]. Returns nonzero
 * on success; 0 where the function cannot be evaluated, which counts as an infinite value. */
typedef int (*loyi_newton_fn)(void *ctx, const double *point, double *value, double *gradient, double *hessian);

typedef struct loyi_newton_problem {
  size_t n; /* variables, 1 to LOYI_NEWTON_MOST */
  loyi_newton_fn fn;
  void *ctx;
  const double *lower, *upper; /* n bounds each, or NULL for none */
  double most_step;            /* no coordinate moves farther in one step; 1.5 suits logarithms of parameters */
  double decrement_tolerance;  /* stop when half the squared Newton decrement, the expected gain, is at most this */
  double gradient_tolerance;   /* the certificate asks that no free coordinate's gradient exceeds this */
  double noise;                /* values closer than this part of them (or this, below 1) are not told apart */
  int most_evaluations;
} loyi_newton_problem;

typedef struct loyi_newton_result {
  double point[LOYI_NEWTON_MOST];
  double value;
  double gradient[LOYI_NEWTON_MOST];
  double hessian[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST]; /* n * n, row-major */
  double decrement;       /* gradient' Hessian^-1 gradient / 2, free coordinates; infinity if not positive definite */
  double scaled_gradient; /* largest absolute gradient of a free coordinate */
  unsigned at_bound;      /* bit i: coordinate i lies on a bound and the function falls beyond it */
  int positive_definite;  /* the Hessian over the free coordinates is */
  int flat;               /* not positive definite, yet nothing to gain: the end of a ridge */
  int converged;          /* the certificate: positive definite, decrement and gradient within tolerance */
  int iterations, evaluations;
} loyi_newton_result;

/* Defaults for everything but n, fn and ctx: no bounds, most_step 1.5, decrement 1e-13, gradient 1e-9, noise 1e-13,
 * 200 evaluations. */
LOYI_SHARED void loyi_newton_init(loyi_newton_problem *problem, size_t n, loyi_newton_fn fn, void *ctx);

/* Minimise from `start` (moved inside the bounds first). Each step solves the Newton system over the coordinates that
 * are not held at a bound, with the absolute values of its eigenvalues when the Hessian is not positive definite, is
 * cut to `most_step` and at the first bound it meets, and is halved or interpolated until the value falls (Armijo),
 * or, where the fall drowns in rounding noise, until the slope does (Hager & Zhang 2005, approximate Wolfe). When the
 * decrement is within tolerance one last full step is taken if it makes the gradient smaller: convergence being
 * quadratic, it reaches rounding level.
 * Returns 0 when the function cannot be evaluated at the start (nothing but evaluations is then set); otherwise
 * nonzero, with `result` at the best point found whether converged or not. */
LOYI_SHARED int loyi_newton_minimize(const loyi_newton_problem *problem, const double *start,
                                     loyi_newton_result *result);

/* The inverse of `weight` times the Hessian over the free coordinates, n * n row-major: with a mean negative
 * log-likelihood and the total weight of its rows, the covariance of the estimates. Rows and columns of coordinates
 * at a bound are NaN; all are when the matrix is not positive definite (returns 0 then, else nonzero). */
LOYI_SHARED int loyi_newton_covariance(const loyi_newton_result *result, size_t n, double weight, double *covariance);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "newton-inl.h"
#endif

#endif /* LOYALTY_MATH_NEWTON_H */
