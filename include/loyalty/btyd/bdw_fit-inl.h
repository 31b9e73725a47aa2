/* bdw_fit-inl.h: body of bdw_fit.h. */
#ifndef LOYALTY_BTYD_BDW_FIT_INL_H
#define LOYALTY_BTYD_BDW_FIT_INL_H

#include "bdw_fit.h"

#include "contract_fit_bodies-inl.h"

LOY_BEGIN_DECLS

static const loyi_fit_model loyi_bdw_fit_model = {3,
                                                  {"gamma", "delta", "c", NULL, NULL},
                                                  {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1e-4, 0.0, 0.0},
                                                  {LOYI_FIT_ALIKE, 1e9, 1e4, 0.0, 0.0},
                                                  {0, 0, 0, 0, 0},
                                                  0,
                                                  {{0.0, 0.0, 0.0, 0.0}}};

LOYI_CONTRACT_FIT_BODIES(bdw, 3)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BDW_FIT_INL_H */
