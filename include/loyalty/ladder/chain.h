/* chain.h: the transition matrix of a ladder from counts of moves.
 *
 * counts (i, j) is how often a customer stood in state i and one period later in state j: a panel with equal spacing.
 * With n_ij the counts and n_i their sum over j:
 *
 *   maximum likelihood   p_ij = n_ij / n_i,                     cov(p_ij, p_ik) = p_ij (1[j = k] - p_ik) / n_i
 *   Dirichlet            p_ij = (n_ij + a_ij) / (n_i + a_i),    the same with n_i + a_i + 1 in place of n_i
 *
 * The second is the mean of the posterior under a Dirichlet prior with parameters a_ij in each row (a_i their sum), 1/2
 * by default (Jeffreys), and its covariance is that of the posterior. Rows are independent.
 *
 * A move that cannot happen is a structural zero: it has no count, no prior, and a chance of 0. A state that cannot be
 * left is absorbing. Where only one move can happen its chance is 1, known without data. A row of maximum likelihood
 * without any count is an error: the state was never seen to be left, so nothing is known about it.
 *
 * Counts may be weighted: 0 or from 1e-40 to 1e40. Standard errors take n_i for the number of independent moves.
 *
 * Source: Anderson and Goodman, Annals of Mathematical Statistics 28, 1957, 89-110. */
#ifndef LOYALTY_LADDER_CHAIN_H
#define LOYALTY_LADDER_CHAIN_H

#include "../base/config.h"
#include "../base/status.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* How chances are estimated. */
typedef enum loy_chain_method {
  LOY_CHAIN_ML = 0,       /* maximum likelihood */
  LOY_CHAIN_DIRICHLET = 1 /* mean of the posterior */
} loy_chain_method;

/* Fill it with loy_chain_options_init, then change what you need. */
typedef struct loy_chain_options {
  size_t struct_size;
  int method;               /* a loy_chain_method; LOY_CHAIN_ML */
  double prior;             /* a_ij of every move that can happen; 0.5; from 1e-10 to 1e10 */
  const double *priors;     /* n * n numbers a_ij in place of `prior`, each 0 or from 1e-10 to 1e10; NULL */
  const uint8_t *allowed;   /* n * n flags, 0 for a structural zero; NULL: every move can happen */
  const uint8_t *absorbing; /* n flags, not 0 for a state that is never left, whatever `allowed` says; NULL: none */
} loy_chain_options;

/* Fill `options` with the defaults. Never fails; NULL does nothing. */
LOYALTY_API void loy_chain_options_init(loy_chain_options *options);

/* Whether `transition` is a transition matrix: n * n chances, row-major, each 0 or from 1e-40 to 1, whose rows sum to
 * one within 1e-9.
 *
 * Errors, in this order: LOY_ERR_ARGUMENT for `states` outside 1 to LOY_CHAIN_STATES_MOST, for a NULL `transition`;
 * LOY_ERR_DOMAIN for "transition" with the first bad row as the index. */
LOYALTY_API loy_status loy_chain_check(const double *transition, size_t states, loy_error *error);

/* The transition matrix.
 *
 * counts           n * n numbers, row-major: moves from the state of the row to the state of the column
 * states           n, from 1 to LOY_CHAIN_STATES_MOST
 * options          NULL for the defaults
 * transition       receives n * n chances
 * standard_error   receives n * n numbers: sqrt(p_ij (1 - p_ij) / size_i), 0 for chances known without data. May be
 *                  NULL
 * size             receives n numbers: the moves that row i is worth, n_i or n_i + a_i + 1, by which variances are
 *                  divided; 0 for a row that is known without data and has none. May be NULL
 * log_likelihood   receives the sum of n_ij ln p_ij. May be NULL
 * `transition` and `standard_error` must not overlap `counts`.
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `counts`, for `options` with a bad struct_size or
 * `method`; for the Dirichlet method LOY_ERR_DOMAIN for `prior`, or for `priors` (`index` is the row);
 * LOY_ERR_ARGUMENT for a NULL `transition`; then for each row in turn (`index` says which): LOY_ERR_DOMAIN for
 * "counts" outside their range; LOY_ERR_DOMAIN for "counts" of a move that cannot happen; LOY_ERR_DOMAIN for "allowed"
 * when no move can happen; LOY_ERR_TOO_FEW for "counts" when there are none, nor a prior; LOY_ERR_DOMAIN for "counts"
 * so unequal that a chance would be below 1e-40.
 * Accuracy: about n/8 units in the last place, also of standard errors where a chance is near 1. */
LOYALTY_API loy_status loy_chain_estimate(const double *counts, size_t states, const loy_chain_options *options,
                                          double *transition, double *standard_error, double *size,
                                          double *log_likelihood, loy_error *error);

/* An interval for each chance by itself: of maximum likelihood the Wilson interval of n_ij among n_i, of the Dirichlet
 * method the central interval of the posterior, a beta distribution. A chance that is known without data is both of its
 * ends.
 *
 * counts, states, options   as for loy_chain_estimate
 * level                     confidence, 0 < level < 1
 * lower, upper              receive n * n ends each
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `counts`, for `options`, as in loy_chain_estimate;
 * LOY_ERR_DOMAIN for `level`; LOY_ERR_ARGUMENT for a NULL `lower` or `upper`; those of the rows as in
 * loy_chain_estimate, and for the Dirichlet method LOY_ERR_DOMAIN for "counts" of a row with n_i + a_i above 1e10.
 * Accuracy: about 1e-15 (Wilson); 1e-13 relative (beta) for ends above 1e-300, an end below that is 0. */
LOYALTY_API loy_status loy_chain_interval(const double *counts, size_t states, const loy_chain_options *options,
                                          double level, double *lower, double *upper, loy_error *error);

/* The covariance matrix of the chances in one row, p_j (1[j = k] - p_k) / size.
 *
 * chance       n chances, each 0 or from 1e-40 to 1, that sum to one within 1e-9: a row of a transition matrix
 * states       n, from 1 to LOY_CHAIN_STATES_MOST
 * size         of the row, as loy_chain_estimate gives it, from 1e-40 to 1e44
 * covariance   receives n * n numbers, symmetric, whose rows sum to 0
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `chance`; LOY_ERR_DOMAIN for the first bad `chance`
 * (`index`), or their sum; LOY_ERR_DOMAIN for `size`; LOY_ERR_ARGUMENT for a NULL `covariance`. */
LOYALTY_API loy_status loy_chain_row_covariance(const double *chance, size_t states, double size, double *covariance,
                                                loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "chain-inl.h"
#endif

#endif /* LOYALTY_LADDER_CHAIN_H */
