/* contrast.h: private. Differences of an expectation between the states of a block, and the standard errors that follow
 * from them.
 *
 * The delta method needs the variance of an expectation g over the next state, which depends on its differences only.
 * Where a block is rarely left, all g are large and nearly equal, and g_l - g_m would be the rounding of g. Seen from
 * l, until the chain comes by m or leaves the block, it gains X_l and loses Y_l, and g_l - g_m = X_l alpha_m - Y_l
 * beta_m, where X and Y solve the system without state m for the right sides x and y, all of them without subtraction.
 * Of the two views, from l and from m, the one with the smaller terms is taken.
 *
 *   steps t        x = 1, alpha = 1: a step each; y the chance to leave, beta = t: what is saved by leaving before m
 *   absorption b   x and y the chances to leave into a class and into the others, alpha = 1 - b, beta = b
 *
 * The variance over the next state is then the sum over pairs of next states of both chances and the squared
 * difference. */
#ifndef LOYALTY_LADDER_CONTRAST_H
#define LOYALTY_LADDER_CONTRAST_H

#include "../base/config.h"
#include "block.h"

LOY_BEGIN_DECLS

typedef struct loyi_contrast {
  const double *x, *alpha, *y, *beta; /* by place in the block */
  int two_ends; /* the chain leaves to g = 1 with the chance x and to g = 0 with y; else to g = 0 with y only */
} loyi_contrast;

/* How many numbers of room loyi_contrast_spread needs. */
LOYI_SHARED size_t loyi_contrast_room(size_t states);

/* spread[k] = variance of g over the next state of place k; exactly 0 where that is certain. Returns 0 when products of
 * chances leave the range of doubles. */
LOYI_SHARED int loyi_contrast_spread(const double *transition, const loyi_block *block, const loyi_contrast *g,
                                     double *spread, double *room);

/* Row i, by place, of N = (I - Q)^-1. */
LOYI_SHARED void loyi_block_visits(const loyi_block *block, size_t i, double *visits);

/* The standard error of g_i: the root of sum_k N_ik^2 spread_k/n_k, where `visits` is row i of N. */
LOYI_SHARED double loyi_block_delta(const loyi_block *block, const double *spread, const double *row_counts,
                                    const double *visits);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "contrast-inl.h"
#endif

#endif /* LOYALTY_LADDER_CONTRAST_H */
