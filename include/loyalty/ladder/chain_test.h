/* chain_test.h: tests of what a Markov chain assumes. Does the next state depend on the present one at all (order 0
 * against 1)? Does it depend on the one before, too (order 1 against 2)? Are the chances the same in all periods, or in
 * all groups of customers (homogeneity)?
 *
 * Each is a likelihood-ratio test: G2 = 2 sum n ln(n / m), n the counts and m what the null hypothesis expects, 0 ln 0
 * = 0, is chi-squared for large counts. With S states, of which a_i can follow state i, the degrees of freedom are
 *
 *   order 0 against 1   sum_i (a_i - 1) - (S - 1);            (S - 1)^2 when every move can happen
 *   order 1 against 2   sum_j (c_j - 1)(a_j - 1);             S (S - 1)^2; c_j is how many states lead to j
 *   homogeneity         sum_i (t_i - 1)(a_i - 1);             (T - 1) S (S - 1); t_i is in how many periods i was left
 *
 * The sums run over states that were seen to be left (c_j counts pairs that were, t_i periods in which it was): what
 * was never seen says nothing. A count of 0 beside others is a sample of a small chance and takes no degree away; a
 * move that cannot happen, a structural zero, does. With structural zeros the independence of order 0 is
 * quasi-independence: the next state is drawn by the same weights everywhere, from the states that can follow, p_ij =
 * b_j / sum of b_k over those k. It is fitted by iterative proportional fitting.
 *
 * Source: Anderson and Goodman, Annals of Mathematical Statistics 28, 1957, 89-110 (sections 3 and 4); Goodman, Journal
 * of the American Statistical Association 63, 1968, 1091-1131 (quasi-independence). */
#ifndef LOYALTY_LADDER_CHAIN_TEST_H
#define LOYALTY_LADDER_CHAIN_TEST_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* What a test found. */
typedef struct loy_chain_test {
  double statistic; /* G2 */
  double df;        /* its degrees of freedom */
  double p_value;   /* of a G2 as large or larger when the null hypothesis is true and counts are large */
} loy_chain_test;

/* Order 0 (the next state does not depend on the present one) against order 1.
 *
 * counts      n * n numbers, row-major, each 0 or from 1e-40 to 1e40
 * states      n, from 1 to LOY_CHAIN_STATES_MOST
 * allowed     n * n flags, 0 for a structural zero; NULL: every move can happen
 * allocator   NULL for the C library's; asked for about 9 n * n / 8 bytes when `allowed` is not NULL
 * result      receives the test
 * Returns LOY_OK; LOY_NOTICE_NOT_CONVERGED when quasi-independence was not fitted to 1e-10 in 10000 rounds, or in
 * 4e8 / n^2 where that is less: a ladder of 80 stages and more on which only neighbours lead to each other. G2 is then
 * too large, by little.
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `counts`, for a NULL `result`; LOY_ERR_DOMAIN for
 * "counts" outside their range or, in the same row (`index`), of a move that cannot happen; LOY_ERR_TOO_FEW for
 * "counts" that leave no degree of freedom; LOY_ERR_MEMORY.
 * Accuracy: about 1e-15 (G2 + sqrt(n G2)), n the largest count. */
LOYALTY_API loy_status loy_chain_order_test(const double *counts, size_t states, const uint8_t *allowed,
                                            const loy_allocator *allocator, loy_chain_test *result, loy_error *error);

/* Order 1 against order 2.
 *
 * triples     n * n * n numbers, each 0 or from 1e-40 to 1e40: element (i n + j) n + k is how often i, j, k were the
 *             states of three periods in a row
 * states, allowed, result   as for loy_chain_order_test; a move that cannot happen has no triple on either step
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `triples`, for a NULL `result`; LOY_ERR_DOMAIN for
 * "triples" outside their range or of a move that cannot happen (`index` is i n + j); LOY_ERR_TOO_FEW for "triples"
 * that leave no degree of freedom. */
LOYALTY_API loy_status loy_chain_second_order_test(const double *triples, size_t states, const uint8_t *allowed,
                                                   loy_chain_test *result, loy_error *error);

/* The same chances in each of several periods, or groups of customers.
 *
 * counts      `groups` matrices of n * n numbers, one after the other, each 0 or from 1e-40 to 1e40
 * groups      at least 2 and at most 65536
 * states, allowed, result   as for loy_chain_order_test
 * Errors, in this order: LOY_ERR_ARGUMENT for `states`, for a NULL `counts`; LOY_ERR_TOO_FEW for fewer than two
 * `groups`, LOY_ERR_ARGUMENT for more than 65536; LOY_ERR_ARGUMENT for a NULL `result`; LOY_ERR_DOMAIN for "counts"
 * outside their range or of a move that cannot happen (`index` is group * n + row); LOY_ERR_TOO_FEW for "counts" that
 * leave no degree of freedom. */
LOYALTY_API loy_status loy_chain_homogeneity_test(const double *counts, size_t groups, size_t states,
                                                  const uint8_t *allowed, loy_chain_test *result, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "chain_test-inl.h"
#endif

#endif /* LOYALTY_LADDER_CHAIN_TEST_H */
