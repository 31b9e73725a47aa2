/* ggomnbd_fit-inl.h: body of ggomnbd_fit.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_FIT_INL_H
#define LOYALTY_BTYD_GGOMNBD_FIT_INL_H

#include "ggomnbd_fit.h"

#include "lifetime_fit_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_ggomnbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  loyi_lifetime_gompertz(own[0], own[1], own[2], lifetime);
}

/* b stays at 1e-7 or more, where over the time observed the dropout rate grows by a ten millionth: the Pareto/NBD
 * model, whose beta is beta / b here, so that beta has to follow b down. Further starts: few ever stop, most of those
 * at once; few stop, all late and suddenly; the rate of those who stop grows fast; Pareto/NBD with buyers alike. */
static const loyi_lifetime_model loyi_ggomnbd_fit_model = {
    {5,
     {"r", "alpha", "b", "s", "beta"},
     {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1e-7, 1.0 / LOYI_FIT_BOUND, 1e-15},
     {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, 1e3, LOYI_FIT_BOUND, LOYI_FIT_BOUND},
     {0, 1, -1, 0, 0},
     4,
     {{0.0, 0.0, -3.0, -20.0}, {0.0, 3.0, -3.0, 15.0}, {0.0, 2.5, 0.0, 2.0}, {3.0, -12.0, -0.5, -18.0}}},
    loyi_ggomnbd_lifetime,
    {-0.7, -0.5, -1.2}};

LOYI_LIFETIME_FIT_BODIES(ggomnbd, 5)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GGOMNBD_FIT_INL_H */
