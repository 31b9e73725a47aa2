/* chain_value.h: what a customer who moves on a Markov chain is worth.
 *
 * In state i at the start of a period the customer brings the reward r_i and is in state j one period later with the
 * chance p_ij. With the discount rate d, growth g of all rewards and b = (1 + g)/(1 + d) the value is
 *   V = r + b P V,                          V = (I - b P)^-1 r without a horizon,
 *   V_0 = r,  V_T = r + b P V_(T-1)         for the reward now and those of the T periods that follow.
 * The present value of one customer is a random amount Z_i = r_i + b Z_next, so that its variance has a form without a
 * difference of large numbers, var = b^2 (P var + s), where s_i is the variance of V in the state that follows i.
 *
 * The chance to stay, p_ii, is what the other entries of its row leave. Infinite sums are solved without a subtraction
 * (math/mmatrix.h): where all rewards have one sign a value keeps its digits however small the discount and the
 * chances.
 *
 * Sums without a horizon have an end when d > g. When d = g they have one if every reward ends: states that are never
 * left bring nothing and all others are left for good. When d < g, if states are left faster than rewards grow.
 *
 * Source: Pfeifer and Carraway, Journal of Interactive Marketing 14(2), 2000, 43-55. Standard errors: the delta method
 * with rows of counts that are independent multinomials (Anderson and Goodman 1957). */
#ifndef LOYALTY_LADDER_CHAIN_VALUE_H
#define LOYALTY_LADDER_CHAIN_VALUE_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The longest horizon, in periods. */
#define LOY_CHAIN_HORIZON_MOST 10000

/* Fill it with loy_chain_value_options_init, then change what you need. */
typedef struct loy_chain_value_options {
  size_t struct_size;
  double growth;                  /* g, of all rewards per period; 0; above -1, at most 1e40 */
  double horizon;                 /* T, periods after this one; +infinity, or a whole number from 0 to 10000 */
  const loy_allocator *allocator; /* NULL: the C library's */
} loy_chain_value_options;

/* What a chain is worth from each state; each member points to room for the numbers, or is NULL when not wanted. */
typedef struct loy_chain_value_result {
  double *value;              /* n: V */
  double *standard_deviation; /* n: of the present value of one customer who is in the state now */
  double *visits;             /* n*n: (i, k) is dV_i/dr_k, the expected discounted visits to k from i, now included */
  double *discount_slope;     /* n: dV/dd, never above 0 for rewards that are not negative */
} loy_chain_value_result;

/* Fill `options` with the defaults: no growth, no horizon. Never fails; NULL does nothing. */
LOYALTY_API void loy_chain_value_options_init(loy_chain_value_options *options);

/* The value of every state.
 *
 * transition      n*n, row-major; rows are chances and sum to 1 within 1e-9
 * states          n, from 1 to 1024
 * reward          n numbers in money, at the start of each period, each from -1e40 to 1e40
 * discount_rate   d, effective per period, 0 or from 1e-40 to 1e40
 * options         NULL for the defaults
 * result          which results are wanted, and where to; their memory must not overlap
 * Errors, in this order: LOY_ERR_ARGUMENT "states", "transition" (NULL); LOY_ERR_DOMAIN "transition" (index: the row);
 * LOY_ERR_ARGUMENT "reward" (NULL); LOY_ERR_DOMAIN "reward" (index), "discount_rate"; LOY_ERR_ARGUMENT for a bad
 * struct_size of "options"; LOY_ERR_DOMAIN "growth", "horizon"; LOY_ERR_ARGUMENT "result" (NULL); LOY_ERR_MEMORY;
 * LOY_ERR_DOMAIN "discount_rate" when it equals the growth and a state that is never left has a reward; LOY_ERR_DOMAIN
 * "reward" (index: the state) when infinite rewards of both signs would have to be added; LOY_ERR_DOMAIN "horizon" when
 * growth up to it leaves the range of a double; LOY_ERR_SINGULAR "transition" when growth is above the discount and
 * rounding hides on which side of the edge the chain is.
 * Notice: LOY_NOTICE_DIVERGES when the growth is above the discount and a value is infinite; index: the first state.
 * Its deviation is infinite too, and so can that of a finite value be. Visits are infinite where they are.
 *
 * Accuracy: values, visits and slopes for rewards of one sign a few units in the last place, for discounts down to 1e-6
 * and chances down to 1e-12 (docs/accuracy.md); for rewards of both signs relative to the value of their sizes.
 * Deviations 1e-12 of the largest value, as they are made of what values differ by.
 *
 * Memory: n^2 + 7 n numbers, 3 n^2 + 7 n with visits, given back. Time: n^3, with a horizon T n^2, or T n^3 if visits
 * are wanted.
 */
LOYALTY_API loy_status loy_chain_value(const double *transition, size_t states, const double *reward,
                                       double discount_rate, const loy_chain_value_options *options,
                                       const loy_chain_value_result *result, loy_error *error);

/* How the value of customers changes when chances do: slope (k, j) is the change of sum over i of start_i V_i by p_kj,
 * taken from the chance to stay in k, sum over t of b w_t(k) [V(j) - V(k)] with w_t the expected discounted customers
 * in k after t periods. On the diagonal 0.
 *
 * start   n numbers: customers in each state now, 0 or from 1e-40 to 1e40
 * slope   receives n*n numbers, row-major
 * The other arguments as in loy_chain_value.
 * Errors, in this order: those of loy_chain_value up to "horizon"; LOY_ERR_ARGUMENT "start" (NULL); LOY_ERR_DOMAIN
 * "start" (index); LOY_ERR_ARGUMENT "slope" (NULL); LOY_ERR_MEMORY; the other errors of loy_chain_value; LOY_ERR_DOMAIN
 * "growth" when a value is infinite. A slope can be infinite where d = g: who leaves for a state without an end. */
LOYALTY_API loy_status loy_chain_value_slopes(const double *transition, size_t states, const double *reward,
                                              double discount_rate, const double *start,
                                              const loy_chain_value_options *options, double *slope, loy_error *error);

/* Standard errors of the values when the rows of `transition` are observed frequencies: se_i^2 = sum over k of the
 * variance over row k of the slopes of V_i by p_k., divided by n_k. The discount and rewards count as known.
 *
 * row_count   n numbers: n_k, moves that were seen to start in k, 0 or from 1e-40 to 1e40
 * std_error   receives n numbers; infinite where a row matters that was never seen, or the value is infinite
 * The other arguments as in loy_chain_value.
 * Errors, in this order: those of loy_chain_value up to "horizon"; LOY_ERR_ARGUMENT "row_count" (NULL); LOY_ERR_DOMAIN
 * "row_count" (index); LOY_ERR_ARGUMENT "std_error" (NULL); LOY_ERR_MEMORY; the other errors of loy_chain_value.
 * Notice: LOY_NOTICE_DIVERGES as there. Time: n^3, with a horizon T n^3. */
LOYALTY_API loy_status loy_chain_value_std_errors(const double *transition, size_t states, const double *reward,
                                                  double discount_rate, const double *row_count,
                                                  const loy_chain_value_options *options, double *std_error,
                                                  loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "chain_value-inl.h"
#endif

#endif /* LOYALTY_LADDER_CHAIN_VALUE_H */
