/* sbg_fit-inl.h: body of sbg_fit.h. */
#ifndef LOYALTY_BTYD_SBG_FIT_INL_H
#define LOYALTY_BTYD_SBG_FIT_INL_H

#include "sbg_fit.h"

#include "contract_fit_bodies-inl.h"

LOY_BEGIN_DECLS

static const loyi_fit_model loyi_sbg_fit_model = {2,
                                                  {"alpha", "beta", NULL, NULL, NULL},
                                                  {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0, 0.0, 0.0},
                                                  {LOYI_FIT_ALIKE, 1e9, 0.0, 0.0, 0.0},
                                                  {0, 0, 0, 0, 0},
                                                  0,
                                                  {{0.0, 0.0, 0.0, 0.0}}};

LOYI_CONTRACT_FIT_BODIES(sbg, 2)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_SBG_FIT_INL_H */
