/* long_run.h: where a chain is in the long run.
 *
 * The stationary law pi = pi P of a chain with one closed class (a set of states that reach one another and nothing
 * else): the share of periods spent in each state, wherever the chain starts; 0 in the transient states. It is found by
 * the elimination of Grassmann, Taksar and Heyman, which never subtracts: each share keeps its relative accuracy,
 * also of a chain that nearly falls apart. The given diagonal is not read; the chance to stay is what the other entries
 * leave.
 *
 * Standard errors are those of the delta method for rows that were estimated independently from n_k observations each.
 * With Z the fundamental matrix, d pi = pi dP Z, and
 *   var pi_j = sum_k pi_k^2/n_k sum_(l < m) p_kl p_km (Z_lj - Z_mj)^2.
 * The differences are counted instead of subtracting nearly equal numbers: of a chain that starts in l and reaches m
 * after h_lm periods on average, with V_j visits to j before,
 *   Z_lj - Z_mj = V_j - pi_j h_lm = V_j (sum of pi_i, i != j) - pi_j (sum of V_i, i != j),
 * where of l and m the one is taken as the start from which the other is nearer.
 * For the posterior mean of a Dirichlet law, row_counts is n_k + alpha_k + 1, alpha_k the sum of its prior weights.
 *
 * Accuracy: relative to each number, a few units in the last place times the number of states.
 *
 * Sources: Grassmann, Taksar and Heyman, Operations Research 33, 1985, 1107-1116; Schweitzer, Journal of Applied
 * Probability 5, 1968 (d pi); Kemeny and Snell, Finite Markov Chains, 1960, chapter IV; O'Cinneide, Numerische
 * Mathematik 65, 1993 (accuracy). */
#ifndef LOYALTY_LADDER_LONG_RUN_H
#define LOYALTY_LADDER_LONG_RUN_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The stationary law.
 *
 * transition       states by states, row-major: entry (i, j) is the chance to be in state j one period after state i, 0
 *                  or from 1e-40 to 1; rows sum to one within 1e-9
 * states           1 to 1024; to 256 with `standard_error`
 * row_counts       observations behind each row, above 0 (0 only where the next state is certain); NULL when
 *                  `standard_error` is NULL
 * allocator        NULL for the C library's; asked for about 9 bytes for each pair of states, 25 with standard errors
 * stationary       receives states numbers, which sum to one
 * standard_error   receives states numbers; may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index); with
 * `standard_error` LOY_ERR_ARGUMENT states, row_counts, then LOY_ERR_DOMAIN row_counts (row as the index);
 * LOY_ERR_ARGUMENT for a NULL `stationary`; LOY_ERR_MEMORY; LOY_ERR_SINGULAR transition, the index the first state of a
 * second closed class when there is one, so that the long run depends on the start, or LOY_NO_INDEX when products of
 * chances leave the range of doubles. */
LOYALTY_API loy_status loy_chain_stationary(const double *transition, size_t states, const double *row_counts,
                                            const loy_allocator *allocator, double *stationary, double *standard_error,
                                            loy_error *error);

/* Mean recurrence times: the expected periods from leaving a state until it is entered again, 1/pi within its closed
 * class; the chain may have several.
 *
 * periods   receives states numbers, at least 1; +infinity for transient states
 * The other arguments as in loy_chain_stationary.
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index);
 * LOY_ERR_ARGUMENT for a NULL `periods`; LOY_ERR_MEMORY; LOY_ERR_SINGULAR transition when products of chances leave the
 * range of doubles. Notice: LOY_NOTICE_DIVERGES "transition", the index the first transient state. */
LOYALTY_API loy_status loy_chain_recurrence(const double *transition, size_t states, const loy_allocator *allocator,
                                            double *periods, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "long_run-inl.h"
#endif

#endif /* LOYALTY_LADDER_LONG_RUN_H */
