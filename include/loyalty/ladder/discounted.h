/* discounted.h: private. Sums x = sum over t of b^t P^t y over a chain: what comes of y in the state now and of b times
 * it for each period later, that is, (I - b P) x = y.
 *
 * With b below 1 the system is one of math/mmatrix.h whose rows leak 1 - b. With b of 1 or more the sum still has an
 * end where states are left for good fast enough: a class of states that reach one another runs away when its own
 * system has no positive pivots, for b = 1 exactly when it is recurrent. Classes that run away are left out, what flows
 * into them is a leak, and sums that pass through them are infinite, or 0 where y is 0 from there on. */
#ifndef LOYALTY_LADDER_DISCOUNTED_H
#define LOYALTY_LADDER_DISCOUNTED_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

typedef struct loyi_discounted {
  const loy_allocator *allocator;
  size_t states, kept; /* of the chain; of the system */
  size_t *state;       /* which states the system has */
  double *lu, *side;   /* its factors, a right side */
  uint64_t *reach;     /* who reaches whom; NULL when nothing runs away */
  unsigned char *runs; /* nonzero for states that run away; also working memory for marks */
} loyi_discounted;

/* out = P x. `out` must not overlap `x`. */
LOYI_SHARED void loyi_chain_step(const double *transition, size_t states, const double *x, double *out);

/* The variance of x in the state that follows state i. Only states that can follow are looked at; they must be finite.
 */
LOYI_SHARED double loyi_chain_spread(const double *transition, size_t states, size_t i, const double *x);

/* Prepare for the ratio b with leak = 1 - b, which the caller forms without cancellation. Errors: LOY_ERR_MEMORY;
 * LOY_ERR_SINGULAR transition where b > 1 is so near the edge that rounding hides it. On an error nothing is held. */
LOYI_SHARED loy_status loyi_discounted_open(loyi_discounted *self, const double *transition, size_t states,
                                            double ratio, double leak, const loy_allocator *allocator,
                                            loy_error *error);

/* Give the memory back. */
LOYI_SHARED void loyi_discounted_close(loyi_discounted *self);

/* x = (I - b P)^-1 y, infinite where it runs away. Returns LOY_NO_INDEX, or the first state whose sum has infinite
 * parts of both signs. `x` may be `y`. */
LOYI_SHARED size_t loyi_discounted_solve(loyi_discounted *self, const double *y, double *x);

/* The row vector w = y' (I - b P)^-1 for y >= 0: expected discounted visits to each state of who starts like y. */
LOYI_SHARED void loyi_discounted_visits(loyi_discounted *self, const double *y, double *w);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "discounted-inl.h"
#endif

#endif /* LOYALTY_LADDER_DISCOUNTED_H */
