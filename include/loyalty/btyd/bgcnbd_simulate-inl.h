/* bgcnbd_simulate-inl.h: body of bgcnbd_simulate.h. The text is that of cnbd_simulate-inl.h, without a chance to stop
 * at time zero. */
#ifndef LOYALTY_BTYD_BGCNBD_SIMULATE_INL_H
#define LOYALTY_BTYD_BGCNBD_SIMULATE_INL_H

#include "bgcnbd_simulate.h"

#include "cnbd_simulate-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_bgcnbd_simulate(const loy_bgcnbd_params *params, const double *T, size_t n, uint64_t seed,
                                           const loy_bgcnbd_options *options, double *x, double *t_x, double *litt,
                                           double *alive, loy_error *error) {
  return loyi_cnbd_simulate(0.0, params, T, n, seed, options, x, t_x, litt, alive, error);
}

LOYALTY_API loy_status loy_bgcnbd_simulate_log(const loy_bgcnbd_params *params, const double *T, size_t n,
                                               uint64_t seed, int64_t *customer, double *time, size_t capacity,
                                               size_t *purchases, loy_error *error) {
  return loyi_cnbd_simulate_log(0.0, params, T, n, seed, customer, time, capacity, purchases, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGCNBD_SIMULATE_INL_H */
