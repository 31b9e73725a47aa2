/* pnbd_fit-inl.h: body of pnbd_fit.h. */
#ifndef LOYALTY_BTYD_PNBD_FIT_INL_H
#define LOYALTY_BTYD_PNBD_FIT_INL_H

#include "pnbd_fit.h"

#include "lifetime_fit_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_pnbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  loyi_lifetime_pareto(own[0], own[1], lifetime);
}

/* Further starts: most who stop do so at once (beta small, with buyers alike or not), all at the same rate, few,
 * nobody. */
static const loyi_lifetime_model loyi_pnbd_fit_model = {
    {4,
     {"r", "alpha", "s", "beta", NULL},
     {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0},
     {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, LOYI_FIT_BOUND, LOYI_FIT_BOUND, 0.0},
     {0, 1, 0, 1, 0},
     7,
     {{3.0, -3.0, -7.0, 0.0},
      {0.0, -3.0, -7.0, 0.0},
      {1.5, -2.0, -3.0, 0.0},
      {0.0, 3.0, 4.0, 0.0},
      {0.0, -3.0, 2.0, 0.0},
      {0.0, -14.0, 7.0, 0.0},
      {2.0, -1.5, -10.0, 0.0}}},
    loyi_pnbd_lifetime,
    {-0.5, -0.5, 0.0}};

LOYI_LIFETIME_FIT_BODIES(pnbd, 4)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PNBD_FIT_INL_H */
