/* block.h: private. The part of a chain that is still under way: its transient states, once the states of a target are
 * never left.
 *
 * The block holds I - Q of the transient states, factored (math/mmatrix.h): every entry of N = (I - Q)^-1, and every
 * solution for a nonnegative right side, keeps its relative accuracy however rarely the block is left. */
#ifndef LOYALTY_LADDER_BLOCK_H
#define LOYALTY_LADDER_BLOCK_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most states for which standard errors are computed: they take time with the fourth power. */
enum { LOY_CHAIN_ERRORS_MOST = 256 };

typedef struct loyi_block {
  size_t states;    /* of the chain */
  size_t size;      /* of the block */
  size_t classes;   /* recurrent ones, each state of the target one of its own */
  size_t *state;    /* the states of the block, ascending */
  size_t *place;    /* where a state of the chain stands in the block; LOY_NO_INDEX outside */
  size_t *class_of; /* as loyi_recurrent_classes numbers them; LOY_NO_INDEX inside the block */
  size_t *goal;     /* 1 for a state of the target, else 0 */
  size_t *mark;     /* for loyi_block_reaching */
  size_t *stack;
  double *lu;   /* the factors, size by size */
  double *room; /* as many numbers as were asked for */
  /* What to give back. */
  const loy_allocator *allocator;
  size_t *indices;
  uint64_t *scratch;
  double *numbers;
  size_t count;
} loyi_block;

/* Nonzero when there is but one next state: the row has no chance in it, and nothing of it is estimated. */
LOYI_SHARED int loyi_chain_is_certain(const double *transition, size_t states, size_t state);

/* Nonzero for a state that is never left. */
LOYI_SHARED int loyi_chain_is_absorbing(const double *transition, size_t states, size_t state);

/* A set of states to reach: `target` has a nonzero flag for each, or is NULL for the states that are never left.
 * Errors: LOY_ERR_ARGUMENT "target" when no flag is set; LOY_ERR_INFEASIBLE "transition" when every state is left. */
LOYI_SHARED loy_status loyi_target_check(const double *transition, size_t states, const uint8_t *target,
                                         loy_error *error);

/* Observations behind each row, for standard errors. Errors: LOY_ERR_ARGUMENT for more than LOY_CHAIN_ERRORS_MOST
 * "states", then for NULL "row_counts"; LOY_ERR_DOMAIN "row_counts", with the row as the index, for a number that is
 * neither 0 nor from 1e-40 to 1e40, or 0 where the next state is not certain. */
LOYI_SHARED loy_status loyi_row_counts_check(const double *transition, size_t states, const double *row_counts,
                                             loy_error *error);

/* The matrix of the `size` states listed in `state`, ascending, apart from the one at place `without` (LOY_NO_INDEX:
 * all of them), and in exits[p] the chance to leave for any other state. */
LOYI_SHARED void loyi_chain_gather(const double *transition, size_t states, const size_t *state, size_t size,
                                   size_t without, double *a, double *exits);

/* Make the block of a checked chain; `target` may be NULL as above. `room` numbers are lent to the caller with it.
 * Errors: LOY_ERR_MEMORY; LOY_ERR_SINGULAR "transition" when products of chances leave the range of doubles. Close it
 * only after success. */
LOYI_SHARED loy_status loyi_block_open(const double *transition, size_t states, const uint8_t *target, size_t room,
                                       const loy_allocator *allocator, loyi_block *block, loy_error *error);
LOYI_SHARED void loyi_block_close(loyi_block *block);

/* Set mark[i] to 1 for the states of the chain from which some state of class `which` can be reached without passing
 * the target, itself included, else to 0; `which` LOY_NO_INDEX stands for all classes outside the target. */
LOYI_SHARED void loyi_block_reaching(const double *transition, loyi_block *block, size_t which);

/* The report of an answer that is not finite where the mathematics has a number. */
LOYI_SHARED loy_status loyi_chain_out_of_range(loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "block-inl.h"
#endif

#endif /* LOYALTY_LADDER_BLOCK_H */
