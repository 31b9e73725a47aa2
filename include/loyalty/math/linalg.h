/* linalg.h: private. Symmetric positive definite systems of small order: the information matrices of fits.
 *
 * Matrices are dense, row-major, n by n and owned by the caller; those on its stack have n <= LOYI_LINALG_MOST. */
#ifndef LOYALTY_MATH_LINALG_H
#define LOYALTY_MATH_LINALG_H

#include "../base/config.h"

LOY_BEGIN_DECLS

enum { LOYI_LINALG_MOST = 32 };

/* Replace the lower triangle of the symmetric matrix `a` by its Cholesky factor L, a = L L'. Only the lower triangle is
 * read and the strict upper triangle is left as it was. Returns 1; or 0 when `a` is not numerically positive definite
 * (a pivot that is not above n * 2^-52 times its diagonal element, or NaN), and then the lower triangle is spoilt. */
LOYI_SHARED int loyi_cholesky(double *a, size_t n);

/* Solve L L' x = b in place of b, with L from loyi_cholesky. */
LOYI_SHARED void loyi_cholesky_solve(const double *l, size_t n, double *b);

/* inverse = (L L')^-1, both triangles, exactly symmetric. `inverse` must not overlap `l`. */
LOYI_SHARED void loyi_cholesky_inverse(const double *l, size_t n, double *inverse);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "linalg-inl.h"
#endif

#endif /* LOYALTY_MATH_LINALG_H */
