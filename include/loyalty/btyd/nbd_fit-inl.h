/* nbd_fit-inl.h: body of nbd_fit.h. */
#ifndef LOYALTY_BTYD_NBD_FIT_INL_H
#define LOYALTY_BTYD_NBD_FIT_INL_H

#include "nbd_fit.h"

#include "lifetime_fit_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_nbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  (void)own;
  loyi_lifetime_none(lifetime);
}

static const loyi_lifetime_model loyi_nbd_fit_model = {{2,
                                                        {"r", "alpha", NULL, NULL, NULL},
                                                        {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0, 0.0, 0.0},
                                                        {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, 0.0, 0.0, 0.0},
                                                        {0, 1, 0, 0, 0},
                                                        0,
                                                        {{0.0, 0.0, 0.0, 0.0}}},
                                                       loyi_nbd_lifetime,
                                                       {0.0, 0.0, 0.0}};

LOYI_LIFETIME_FIT_BODIES(nbd, 2)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_NBD_FIT_INL_H */
