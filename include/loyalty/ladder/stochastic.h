/* stochastic.h: private. What every function that takes the transition matrix of a chain asks of it.
 *
 * A transition matrix is n by n, row-major, 1 <= n <= LOY_CHAIN_STATES_MOST: entry (i, j) is the chance to be in state
 * j one period after state i. Its rows sum to one within LOYI_STOCHASTIC_TOLERANCE; what is left of that tolerance is
 * given to the diagonal: computations read the other entries, exactly as they are, and take the chance to stay as what
 * they leave. A state that is never left has the row with 1 on the diagonal. */
#ifndef LOYALTY_LADDER_STOCHASTIC_H
#define LOYALTY_LADDER_STOCHASTIC_H

#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The most states of a chain: dense matrices of it stay below 8 MiB each. */
enum { LOY_CHAIN_STATES_MOST = 1024 };

#define LOYI_STOCHASTIC_TOLERANCE 1e-9

/* Errors, in this order: LOY_ERR_ARGUMENT states (0, or more than the most), transition (NULL); LOY_ERR_DOMAIN
 * transition, with the row as the index, for an entry that is neither 0 nor from 1e-40 to 1, or a row that does not sum
 * to one. */
LOYI_SHARED loy_status loyi_stochastic_check(const double *transition, size_t states, loy_error *error);

/* The chance to stay in `state`: what the other entries of the row leave, to the last digit, at least 0. */
LOYI_SHARED double loyi_chain_stay(const double *transition, size_t states, size_t state);

/* 64-bit words of a table of who reaches whom, a row of bits for each state; and of the scratch memory of
 * loyi_recurrent_classes. */
LOYI_SHARED size_t loyi_recurrent_scratch(size_t states);

/* Bit `to` of row `from` of the table. */
LOYI_SHARED int loyi_reaches(const uint64_t *reach, size_t states, size_t from, size_t to);

/* From which state leads a step to which, made into which can be reached from which: the transitive closure. */
LOYI_SHARED void loyi_close_paths(uint64_t *reach, size_t states);

/* Who reaches whom in any number of periods, every state itself. */
LOYI_SHARED void loyi_chain_reach(const double *transition, size_t states, uint64_t *reach);

/* The recurrent classes of a chain (or of any nonnegative matrix; only which entries are above 0 matters): sets of
 * states that reach one another and nothing else. class_of[i] receives the number of the class of state i, counted from
 * 0 in the order of their first states, or LOY_NO_INDEX for a transient state. Returns how many there are, at least
 * one. */
LOYI_SHARED size_t loyi_recurrent_classes(const double *transition, size_t states, size_t *class_of, uint64_t *scratch);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "stochastic-inl.h"
#endif

#endif /* LOYALTY_LADDER_STOCHASTIC_H */
