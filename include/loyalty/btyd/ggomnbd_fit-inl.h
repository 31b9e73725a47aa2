/* ggomnbd_fit-inl.h: body of ggomnbd_fit.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_FIT_INL_H
#define LOYALTY_BTYD_GGOMNBD_FIT_INL_H

#include "ggomnbd_fit.h"

#include "lifetime_fit_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_ggomnbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  loyi_lifetime_gompertz(own[0], own[1], own[2], lifetime);
}

/* b stays at 1e-6 or more, where over the time observed the dropout rate grows by a millionth: the Pareto/NBD model,
 * whose beta is beta / b here, so that beta has to follow b down. No further starts: at the edges
 * that they would reach an evaluation is dear. */
static const loyi_lifetime_model loyi_ggomnbd_fit_model = {
    {5,
     {"r", "alpha", "b", "s", "beta"},
     {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1e-6, 1.0 / LOYI_FIT_BOUND, 1e-10},
     {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, 1e3, LOYI_FIT_BOUND, LOYI_FIT_BOUND},
     {0, 1, -1, 0, 0},
     0,
     {{0.0, 0.0, 0.0, 0.0}}},
    loyi_ggomnbd_lifetime,
    {-0.7, -0.5, -1.2}};

LOYI_LIFETIME_FIT_BODIES(ggomnbd, 5)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GGOMNBD_FIT_INL_H */
