/* mbgcnbd_simulate.h: customers drawn from the MBG/CNBD-k model, as summaries or as purchase logs; the model itself is
 * in mbgcnbd.h. */
#ifndef LOYALTY_BTYD_MBGCNBD_SIMULATE_H
#define LOYALTY_BTYD_MBGCNBD_SIMULATE_H

#include "mbgcnbd.h"

LOY_BEGIN_DECLS

/* Draw n customers who are observed for a time T[i] after their first purchase.
 *   T       column of n, each 0 or from 1e-40 to 1e40
 *   seed    customer i has random stream i of it (see ../math/random.h): the draw does not depend on who else is in
 *           the call, nor on threads, and is the same everywhere
 *   x, t_x  outputs: number of repeat purchases and time of the last one; either may be the same array as T
 *   litt    NULL, or output: the sum of the logarithms of the x gaps, those that loy_mbgcnbd_simulate_log draws
 *   alive   NULL, or output: 1 where the customer is alive at T, else 0
 * Without litt the work does not depend on the number of purchases: without dropout the number of stages by time T
 * would be N, Poisson with mean lambda T, at times uniform on (0, T); dropout happens at repeat purchase number D, 0
 * for at once, geometric with the customer's p from 0 on; then x is the smaller of N / k, whole, and D, and t_x the k
 * x-th smallest of the N times. lambda T above 1e15 is cut there, and a t_x or a gap below 1e-40. k = 1 gives the
 * customers of loy_mbgnbd_simulate. Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k;
 * LOY_ERR_ARGUMENT T (NULL while n > 0), options (struct_size), threads, x, t_x; LOY_ERR_DOMAIN T with the index of the
 * first bad row. */
LOYALTY_API loy_status loy_mbgcnbd_simulate(const loy_mbgcnbd_params *params, const double *T, size_t n, uint64_t seed,
                                            const loy_mbgcnbd_options *options, double *x, double *t_x, double *litt,
                                            double *alive, loy_error *error);

/* Draw the repeat purchases themselves: of the customers that loy_mbgcnbd_simulate draws from the same arguments, with
 * the same x and t_x. Given those, the gaps are Dirichlet(k, ..., k) parts of t_x. The first purchase, at time 0, is
 * not listed. customer, time  outputs: places for `capacity` purchases, filled customer by customer in order of time
 *   capacity        0 to ask for the number only; customer and time may then be NULL
 *   purchases       output: how many there are
 * Errors, in this order: as loy_mbgcnbd_simulate up to T (without options); LOY_ERR_ARGUMENT purchases, customer, time
 * (NULL while capacity > 0); LOY_ERR_DOMAIN T; LOY_ERR_BUFFER capacity, when it is smaller than the number of
 * purchases: only *purchases is written. */
LOYALTY_API loy_status loy_mbgcnbd_simulate_log(const loy_mbgcnbd_params *params, const double *T, size_t n,
                                                uint64_t seed, int64_t *customer, double *time, size_t capacity,
                                                size_t *purchases, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mbgcnbd_simulate-inl.h"
#endif

#endif /* LOYALTY_BTYD_MBGCNBD_SIMULATE_H */
