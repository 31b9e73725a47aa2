/* cusp.h: the cusp catastrophe: loyalty that jumps, and does not come back the way it went.
 *
 * The state z (loyalty on a scale of its own) rests where the potential
 *   V(z) = z^4/4 - B z^2/2 - A z
 * is flat: z^3 - B z - A = 0. A is the normal control, which moves loyalty up and down (satisfaction); B the splitting
 * control, which decides whether it moves smoothly or in jumps (switching cost). For B <= 0 there is one equilibrium,
 * and z follows A. For B > 0 and A between the fold lines
 *   A = -2 (B/3)^(3/2)   and   A = +2 (B/3)^(3/2)
 * there are three: a low and a high stable sheet and an unstable one between them. A customer on the high sheet leaves
 * it only when A has fallen below the lower fold line, and returns only above the upper one: hysteresis.
 * Source: Thom 1972; Zeeman 1977; for loyalty Oliva, Oliver and MacMillan 1992, Journal of Marketing 56(3), 83-109. */
#ifndef LOYALTY_RESPONSE_CUSP_H
#define LOYALTY_RESPONSE_CUSP_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Beyond this B the fold line could leave the range of doubles. */
#define LOY_CUSP_FOLD_MOST 1e200

/* What a small push does to a state at rest. */
typedef enum loy_cusp_stability {
  LOY_CUSP_UNSTABLE = 0,
  LOY_CUSP_STABLE = 1,
  LOY_CUSP_HALF_STABLE = 2 /* on a fold line: it comes back from one side only */
} loy_cusp_stability;

/* The states at rest, in rising order. The first `count` elements are used; the others are NaN and -1. */
typedef struct loy_cusp_equilibria {
  int count; /* 1; 2 on a fold line, where two of three have met; 3 between the fold lines */
  double z[3];
  int stability[3]; /* a loy_cusp_stability each */
} loy_cusp_equilibria;

/* The roots of z^3 - B z - A = 0 and their stability.
 *
 * a, b     the controls A and B, finite
 * found    receives them. The triple root at A = B = 0 is one stable equilibrium
 * Errors, in this order: LOY_ERR_DOMAIN for `a`, `b`; LOY_ERR_ARGUMENT for a NULL `found`.
 * Accuracy: the lowest and the highest 4 ulp (measured 3.6), the unstable one 8 ulp (measured 7.2), next to the fold
 * lines too. A point whose 4 B^3 - 27 A^2 is below 2^-96 of 4 B^3 counts as on the fold.
 * Method: the root of largest size by Newton's method from a bound above it, where the cubic is convex; the others from
 * the discriminant, in doubled precision, and from the product of the roots. */
LOYALTY_API loy_status loy_cusp_solve(double a, double b, loy_cusp_equilibria *found, loy_error *error);

/* The equilibria of n rows, the same as loy_cusp_solve.
 *
 * low, high   receive the lowest and the highest equilibrium, the same number where there is only one
 * middle      receives the unstable one, NaN where there is only one; on a fold line the half-stable one, which is then
 *             also `low` or `high`. Any of the three outputs may be NULL
 * report      counts rows that are not finite. May be NULL
 * Errors: LOY_ERR_ARGUMENT for a NULL `a`, then `b`, with n > 0. */
LOYALTY_API loy_status loy_cusp_solve_batch(const double *a, const double *b, size_t n, double *low, double *middle,
                                            double *high, loy_batch_report *report, loy_error *error);

/* The fold line 2 (B/3)^(3/2): the two thresholds in A are minus and plus this number. Where |A| is below it there are
 * two stable sheets.
 *
 * b   the splitting control, 0 <= b <= LOY_CUSP_FOLD_MOST
 * Returns NaN outside; for a negative b there is no fold. loy_cusp_fold_check says which. Accuracy: 3 ulp. */
LOYALTY_API double loy_cusp_fold(double b);

/* The checking twin of loy_cusp_fold: LOY_OK, or LOY_ERR_DOMAIN "b". */
LOYALTY_API loy_status loy_cusp_fold_check(double b, loy_error *error);

/* When the state changes its sheet. */
typedef enum loy_cusp_rule {
  LOY_CUSP_DELAY = 0,  /* it stays on its sheet until that ends, at its fold line: habit */
  LOY_CUSP_MAXWELL = 1 /* it goes at once to the sheet of lower potential, the upper one for A > 0: no memory */
} loy_cusp_rule;

/* The states along a path of the controls.
 *
 * a, b    the controls at n moments, in their order; finite. Each moment is looked at by itself, so a path that may
 *         touch a fold line between two moments must be given in smaller steps
 * rule    a loy_cusp_rule
 * sheet   where the state starts when both sheets exist at the first moment: -1 the low one, 1 the high one
 * z       receives n states
 * jump    receives 1 where the state has jumped up since the moment before, -1 where it has jumped down, else 0. A
 * change of side around the cusp point, where the straight step passes A = 0 at B <= 0, is smooth and no jump. May be
 *         NULL
 * Errors, in this order: LOY_ERR_ARGUMENT for a NULL `a`, `b` with n > 0, `rule`, `sheet`, a NULL `z` with n > 0;
 * LOY_ERR_DOMAIN for the first bad row, `a` or `b`, with its index. */
LOYALTY_API loy_status loy_cusp_path(const double *a, const double *b, size_t n, int rule, int sheet, double *z,
                                     int32_t *jump, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cusp-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CUSP_H */
