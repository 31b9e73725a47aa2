/* mmatrix.h: private. Systems with the matrix M = D - A of a chain that leaks, solved without a subtraction.
 *
 * A holds chances or weights of going from one state to another, a_ij >= 0 for i != j (the diagonal of A is neither
 * read nor written); `excess` holds what leaves the system from each state, e_i >= 0; and D is the diagonal that makes
 * the rows of M sum to the excess, d_i = e_i + sum of a_ij over j != i. I - Q of an absorbing chain has this form with
 * e_i the chance to be absorbed; I - b P of a discounted chain has it with b a_ij and e_i = 1 - b.
 *
 * Elimination keeps the form: its pivots and multipliers are sums, products and quotients of nonnegative numbers, so
 * every entry of the inverse, and every solution for a nonnegative right side, has a relative error of a few n^2 units
 * in the last place, however small the leaks are. Formed by subtraction, the pivots of a chain that leaks 1e-12 would
 * have four digits.
 *
 * Matrices are dense, row-major, n by n, in the caller's memory.
 * Sources: Grassmann, Taksar and Heyman, Operations Research 33, 1985 (stationary law); Alfa, Xue and Ye, Mathematics
 * of Computation 71, 2002, 217-236 (the factorisation, and its error). */
#ifndef LOYALTY_MATH_MMATRIX_H
#define LOYALTY_MATH_MMATRIX_H

#include "../base/config.h"

LOY_BEGIN_DECLS

/* Factor M = L U in place: `a` receives the multipliers of L below the diagonal and the entries of -U above it, its
 * diagonal the pivots; `excess` is spoilt. Returns nonzero on success, or 0 when a pivot is 0: some states can never
 * leave, M is singular. A zero pivot at the last state only is what loyi_mmatrix_left_null wants. */
LOYI_SHARED int loyi_mmatrix_factor(double *a, double *excess, size_t n);

/* Solve M x = b in place of b. */
LOYI_SHARED void loyi_mmatrix_solve(const double *lu, size_t n, double *b);

/* Solve M' x = b in place of b. */
LOYI_SHARED void loyi_mmatrix_solve_transposed(const double *lu, size_t n, double *b);

/* inverse = M^-1, all entries nonnegative. `inverse` must not overlap `lu`. */
LOYI_SHARED void loyi_mmatrix_inverse(const double *lu, size_t n, double *inverse);

/* The row vector x with x M = 0 and sum 1, for an irreducible chain with excess 0 (its factor fails at the last pivot
 * only): the stationary law. */
LOYI_SHARED void loyi_mmatrix_left_null(const double *lu, size_t n, double *x);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mmatrix-inl.h"
#endif

#endif /* LOYALTY_MATH_MMATRIX_H */
