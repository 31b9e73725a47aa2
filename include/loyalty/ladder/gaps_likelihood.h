/* gaps_likelihood.h: private. The log-likelihood of one-step transitions given counts over several steps, with exact
 * derivatives.
 *
 *   f(P) = sum_k sum_ab w_ab(k) ln (P^k)_ab,   k = 1 .. longest, w the counts as shares of their total.
 * With W_k = w(k) / P^k, entry by entry, the powers are differentiated backwards: A_longest = W_longest,
 * A_k = W_k + P' A_{k+1}, and
 *   G = df/dP = sum_k A_k (P^{k-1})',
 * all entries of P taken as free. p_ij G_ij is the expected number of steps from i to j for one observed pair, given
 * the counts: the E-step of the EM algorithm, without its double sum. The Hessian times a direction D is the derivative
 * of this recursion along D. Each evaluation costs a few longest * states^3 operations. */
#ifndef LOYALTY_LADDER_GAPS_LIKELIHOOD_H
#define LOYALTY_LADDER_GAPS_LIKELIHOOD_H

#include "../base/alloc.h"
#include "../base/config.h"

LOY_BEGIN_DECLS

typedef struct loyi_gaps {
  size_t states, longest;
  const loy_allocator *allocator;
  double *memory, *share, *power, *ratio, *adjoint, *tangent, *swing, *work;
} loyi_gaps;

/* Take memory, and the shares of `total` from counts (longest * states * states). Returns 0 when memory is out. */
LOYI_SHARED int loyi_gaps_open(loyi_gaps *gaps, const double *counts, size_t states, size_t longest, double total,
                               const loy_allocator *allocator);
LOYI_SHARED void loyi_gaps_close(loyi_gaps *gaps);

/* The powers of P and f; -infinity when something that was counted cannot happen. */
LOYI_SHARED double loyi_gaps_value(loyi_gaps *gaps, const double *transition);

/* G, at the P of the last loyi_gaps_value. */
LOYI_SHARED void loyi_gaps_gradient(loyi_gaps *gaps, const double *transition, double *gradient);

/* The Hessian of f times `direction`, at the P of the last loyi_gaps_gradient. */
LOYI_SHARED void loyi_gaps_hessian_times(loyi_gaps *gaps, const double *transition, const double *direction,
                                         double *product);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gaps_likelihood-inl.h"
#endif

#endif /* LOYALTY_LADDER_GAPS_LIKELIHOOD_H */
