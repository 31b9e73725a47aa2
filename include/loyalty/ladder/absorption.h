/* absorption.h: how long until a chain reaches some states, where it is until then, and which it reaches.
 *
 * A target is a set of states at which the question ends: what happens afterwards does not count (first passage). It is
 * given as one flag for each state, nonzero for those of the target; NULL stands for the states that are never left
 * (absorption). Elsewhere a chain may also end in a closed class, states that reach one another and nothing else. With
 * Q the chances between the other, transient states and N = (I - Q)^-1:
 *
 *   visits       N_ij: periods in state j, the first one included, of a chain that starts in i
 *   steps        t = N 1
 *   variance     var t_i = sum_k N_ik v_k,  v_k = sum_l p_kl (1 + t_l - t_k)^2
 *   absorption   b_ic = sum_k N_ik sum_(l in c) p_kl
 *
 * The variance is that of the next expectation, summed over the visits: the usual (2 N - I) t - t^2 subtracts two large
 * numbers, this form only squares.
 * I - Q is never formed either: its diagonal is the sum of the other chances of the row (math/mmatrix.h), so that a
 * chance of 1e-12 to leave costs no digit. The given diagonal is not read; the chance to stay is what the other entries
 * leave.
 *
 * Standard errors are those of the delta method for rows that were estimated independently from n_k observations each,
 * cov(p_kj, p_kl) = p_kj (1[j = l] - p_kl)/n_k:
 *   var t_i  = sum_k N_ik^2 v_k/n_k,
 *   var b_ic = sum_k N_ik^2 (sum_l p_kl (b_lc - b_kc)^2)/n_k,
 * the differences between next states counted from one of them, as contrast.h explains.
 * For the posterior mean of a Dirichlet law, row_counts is n_k + alpha_k + 1, alpha_k the sum of its prior weights.
 *
 * Accuracy: relative to each number, a few units in the last place times the number of states; standard errors beyond
 * that where their terms cancel by chance.
 *
 * Memory is asked for from `allocator`, NULL for the C library's: about 9 to 50 bytes for each pair of states. Time
 * grows with the third power of their number, with standard errors with the fourth.
 *
 * Sources: Kemeny and Snell, Finite Markov Chains, 1960, chapter III; Anderson and Goodman, Annals of Mathematical
 * Statistics 28, 1957 (covariance of the rows); O'Cinneide, Numerische Mathematik 65, 1993 (accuracy). */
#ifndef LOYALTY_LADDER_ABSORPTION_H
#define LOYALTY_LADDER_ABSORPTION_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Expected steps (periods) until the target, their variance and the standard error of their expectation.
 *
 * transition       states by states, row-major: entry (i, j) is the chance to be in state j one period after state i, 0
 *                  or from 1e-40 to 1; rows sum to one within 1e-9
 * states           1 to 1024; to 256 with `standard_error`
 * target           states flags, or NULL
 * row_counts       observations behind each row, above 0 (0 only where the next state is certain); NULL when
 *                  `standard_error` is NULL
 * steps            receives states numbers, 0 in the target, +infinity where the target may never be reached
 * variance         receives states numbers, +infinity with the steps; may be NULL
 * standard_error   receives states numbers, NaN where the steps are infinite; may be NULL
 * Errors, in this order: LOY_ERR_ARGUMENT states, transition; LOY_ERR_DOMAIN transition (row as the index);
 * LOY_ERR_ARGUMENT for a target without a state, LOY_ERR_INFEASIBLE transition for none and a chain in which every
 * state is left; with `standard_error` LOY_ERR_ARGUMENT for NULL, then LOY_ERR_DOMAIN for row_counts (row as the
 * index); LOY_ERR_ARGUMENT for a NULL `steps`; LOY_ERR_MEMORY; LOY_ERR_SINGULAR transition when products of chances
 * leave the range of doubles. Notice: LOY_NOTICE_DIVERGES "target", the index the first state from which it may never
 * be reached.
 */
LOYALTY_API loy_status loy_chain_steps(const double *transition, size_t states, const uint8_t *target,
                                       const double *row_counts, const loy_allocator *allocator, double *steps,
                                       double *variance, double *standard_error, loy_error *error);

/* Expected visits to each state before the target.
 *
 * visits   receives states by states numbers, row-major: from row to column. Rows and columns of the target are 0; a
 *          state that may be visited for ever has +infinity
 * The other arguments as in loy_chain_steps.
 * Errors, in this order: those of loy_chain_steps without the row counts, "visits" for "steps". Notice:
 * LOY_NOTICE_DIVERGES "target", the index the first state with an infinite number. */
LOYALTY_API loy_status loy_chain_visits(const double *transition, size_t states, const uint8_t *target,
                                        const loy_allocator *allocator, double *visits, loy_error *error);

/* The chance to end in each state of the target, or in another closed class.
 *
 * target           as above, but NULL needs no state that is never left: closed classes there always are
 * class_of         receives, for each state, the first state of its closed class (its own number in the target), or
 *                  LOY_NO_INDEX for the transient states; may be NULL
 * probability      receives states by states numbers, row-major: (i, j) is the chance to end in the class of which j is
 *                  the first state, and 0 in the other columns
 * standard_error   receives as many; may be NULL
 * The other arguments as in loy_chain_steps.
 * Errors, in this order: those of loy_chain_steps, "probability" for "steps", without LOY_ERR_INFEASIBLE. No notice. */
LOYALTY_API loy_status loy_chain_absorption(const double *transition, size_t states, const uint8_t *target,
                                            const double *row_counts, const loy_allocator *allocator, size_t *class_of,
                                            double *probability, double *standard_error, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "absorption-inl.h"
#endif

#endif /* LOYALTY_LADDER_ABSORPTION_H */
