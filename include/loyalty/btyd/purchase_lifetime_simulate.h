/* purchase_lifetime_simulate.h: private. Customers drawn from the models of purchase_lifetime.h. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_H

#include "draws.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* A loyi_draw_fn for a loyi_purchase_model. */
LOYI_SHARED void loyi_purchase_draw(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw);

/* loyi_draws with the checks of T, options and threads before. */
LOYI_SHARED loy_status loyi_purchase_simulate(const loyi_purchase_model *model, const double *T, size_t n,
                                              uint64_t seed, const loy_purchase_options *options, double *x,
                                              double *t_x, double *alive, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "purchase_lifetime_simulate-inl.h"
#endif

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_H */
