/* pnbd_simulate-inl.h: body of pnbd_simulate.h. */
#ifndef LOYALTY_BTYD_PNBD_SIMULATE_INL_H
#define LOYALTY_BTYD_PNBD_SIMULATE_INL_H

#include "pnbd_simulate.h"

#include "pnbd-inl.h"
#include "purchase_lifetime_simulate-inl.h"

LOY_BEGIN_DECLS

LOYI_PURCHASE_SIMULATE_BODIES(pnbd)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PNBD_SIMULATE_INL_H */
