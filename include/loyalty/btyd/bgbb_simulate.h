/* bgbb_simulate.h: customers drawn from the BG/BB model, as summaries, as purchase logs or as full histories of 0 and
 * 1; the model itself is in bgbb.h. */
#ifndef LOYALTY_BTYD_BGBB_SIMULATE_H
#define LOYALTY_BTYD_BGBB_SIMULATE_H

#include "bgbb.h"

LOY_BEGIN_DECLS

/* Draw n customers who are observed for T[i] periods after that of their first purchase.
 *   T       column of n, whole numbers from 0 to 100000
 *   seed    customer i has random stream i of it (see ../math/random.h): the draw does not depend on who else is in
 *           the call, nor on threads, and is the same everywhere
 *   x, t_x  outputs: number of purchases and period of the last one; either may be the same array as T
 *   alive   NULL, or output: 1 where the customer is alive in period T + 1, as loy_bgbb_palive counts, else 0
 * Drawn are p and theta, the periods of life (geometric), the number of purchases in those that are observed (binomial)
 * and, as these fall on any periods alike, the last of them.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN alpha, beta, gamma, delta; LOY_ERR_ARGUMENT T (NULL
 * while n > 0), options (struct_size), threads, x, t_x; LOY_ERR_DOMAIN T with the index of the first bad row. */
LOYALTY_API loy_status loy_bgbb_simulate(const loy_bgbb_params *params, const double *T, size_t n, uint64_t seed,
                                         const loy_bgbb_options *options, double *x, double *t_x, double *alive,
                                         loy_error *error);

/* Draw the purchases themselves: of the customers that loy_bgbb_simulate draws from the same arguments, with the same x
 * and t_x. The first purchase, in period 0, is not listed.
 *   customer, time  outputs: places for `capacity` purchases, filled customer by customer in order of time; times are
 *                   the numbers of periods
 *   capacity        0 to ask for the number only; customer and time may then be NULL
 *   purchases       output: how many there are
 * Errors, in this order: as loy_bgbb_simulate up to T (without options); LOY_ERR_ARGUMENT purchases, customer, time
 * (NULL while capacity > 0); LOY_ERR_DOMAIN T; LOY_ERR_BUFFER capacity, when it is smaller than the number of
 * purchases: only *purchases is written. */
LOYALTY_API loy_status loy_bgbb_simulate_log(const loy_bgbb_params *params, const double *T, size_t n, uint64_t seed,
                                             int64_t *customer, double *time, size_t capacity, size_t *purchases,
                                             loy_error *error);

/* The same purchases as a table of n rows of `periods` numbers: 1 where customer i bought in period j + 1, else 0. All
 * are observed for `periods` periods, 0 to 100000.
 *   history  output of n * periods, by rows
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN alpha, beta, gamma, delta, periods; LOY_ERR_ARGUMENT
 * history (NULL while there is a place). */
LOYALTY_API loy_status loy_bgbb_simulate_histories(const loy_bgbb_params *params, size_t n, size_t periods,
                                                   uint64_t seed, double *history, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgbb_simulate-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGBB_SIMULATE_H */
