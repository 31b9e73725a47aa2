/* shares_solve.h: private. Least squares over transition matrices:
 *   minimise f(P) = |X P - Z|^2 + ridge |P - P0|^2,   P >= 0, rows sum to one, zeros where asked.
 *
 * X and Z have a row for each step. The set of entries above 0 is found by projected gradient steps, which may change
 * many at once; over that set the problem is solved by Cholesky factors of its reduced normal equations, and the step
 * there is cut or projected so that f falls (More and Toraldo, SIAM Journal on Optimization 1, 1991); when that has not
 * ended after a hundred rounds, on shares that hardly move, entries are bound and released one by one. Slopes are taken
 * from residuals, so that repeating the solve refines it: the error is that of X, not of X'X. f is convex, and
 *   f(P) - min f <= gap = sum_i (sum_j p_ij g_ij - min_j g_ij),   g = df/dP
 * certifies what was found (Frank and Wolfe, Naval Research Logistics Quarterly 3, 1956). */
#ifndef LOYALTY_LADDER_SHARES_SOLVE_H
#define LOYALTY_LADDER_SHARES_SOLVE_H

#include "../base/alloc.h"
#include "../base/config.h"

LOY_BEGIN_DECLS

typedef struct loyi_shares {
  size_t steps, states, most; /* rows of X; columns; the most free entries, states less */
  const double *x;            /* steps * states */
  const uint8_t *allowed;     /* states * states, or NULL */
  const double *prior;        /* states * states, or NULL with ridge 0 */
  double ridge;
  const loy_allocator *allocator;
  double *memory, *square, *p, *to, *slope, *towards, *residual, *factor, *right;
  size_t *entry;
  double steepest; /* a bound for the largest eigenvalue of X'X + ridge */
  double value, gap;
  size_t free; /* entries above 0, less one for each row */
  int iterations;
} loyi_shares;

/* Take memory and X'X. The fields from `steps` to `allocator` are set by the caller. Returns 0 when memory is out. */
LOYI_SHARED int loyi_shares_open(loyi_shares *problem);
LOYI_SHARED void loyi_shares_close(loyi_shares *problem);

/* The rank of X: pivots of X'X above 1e-12 of its largest diagonal element, that is, combinations of the columns larger
 * than about 1e-6 of the largest column. `room` is states * states. */
LOYI_SHARED size_t loyi_shares_rank(const loyi_shares *problem, double *room);

/* Solve for outcomes z, from problem->p, which must be a transition matrix with zeros where asked. Returns 0 when the
 * normal equations are singular. */
LOYI_SHARED int loyi_shares_solve(loyi_shares *problem, const double *z);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "shares_solve-inl.h"
#endif

#endif /* LOYALTY_LADDER_SHARES_SOLVE_H */
