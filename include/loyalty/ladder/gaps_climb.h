/* gaps_climb.h: private. From a start to a maximum of the likelihood of gaps_likelihood.h.
 *
 * The EM step, p_ij g_ij / sum_m p_im g_im, never falls, keeps zeros and needs no safeguard, but it is slow where much
 * is missed. A Newton step solves M d = g over the tangent space of the rows, M minus the Hessian, by conjugate
 * gradients (Steihaug, SIAM Journal on Numerical Analysis 20, 1983). Its preconditioner is the inverse information of
 * the complete data, (diag(p_i) - p_i p_i') / sum_m p_im g_im for row i: the EM step is its first iterate, the
 * eigenvalues lie between 0 and 1 near a maximum, and rows stay rows. Entries that a step takes below 0 become 0;
 * entries at 0 whose gradient says so are given a chance again. */
#ifndef LOYALTY_LADDER_GAPS_CLIMB_H
#define LOYALTY_LADDER_GAPS_CLIMB_H

#include "../base/config.h"
#include "gaps_likelihood.h"

LOY_BEGIN_DECLS

/* Where a climb is. The matrices are states * states. */
typedef struct loyi_gaps_climb {
  loyi_gaps *like;
  const uint8_t *allowed; /* or NULL */
  double *p, *gradient, *to, *step, *rest, *bent, *along, *swing;
  double *visits; /* of each state, sum_m p_im g_im */
  double value, gap;
  int iterations;
} loyi_gaps_climb;

/* How many doubles loyi_gaps_climb_place shares out from `memory`. */
LOYI_SHARED size_t loyi_gaps_climb_memory(size_t states);
LOYI_SHARED void loyi_gaps_climb_place(loyi_gaps_climb *climb, loyi_gaps *like, const uint8_t *allowed, double *memory);

/* Everything at climb->p. Returns 0 when that cannot have given the counts. */
LOYI_SHARED int loyi_gaps_climb_measure(loyi_gaps_climb *climb);

/* Climb from climb->p, in which every step that can happen has a chance, until nothing is gained. Returns 0 when the
 * start cannot have given the counts. */
LOYI_SHARED int loyi_gaps_climb_up(loyi_gaps_climb *climb, int most_iterations);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gaps_climb-inl.h"
#endif

#endif /* LOYALTY_LADDER_GAPS_CLIMB_H */
