/* ggomnbd-inl.h: body of ggomnbd.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_INL_H
#define LOYALTY_BTYD_GGOMNBD_INL_H

#include "ggomnbd.h"

#include "purchase_lifetime-inl.h"
#include "purchase_lifetime_bodies-inl.h"
#include "purchase_lifetime_predict-inl.h"
#include "purchase_lifetime_simulate-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_ggomnbd_model(const loy_ggomnbd_params *params, loyi_purchase_model *model,
                                          loy_error *error) {
  loy_status status;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  status = loyi_purchase_rates_check(params->r, params->alpha, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(params->b)) return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!loyi_is_shape(params->s)) return loyi_report(error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_quantity(params->beta))
    return loyi_report(error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  model->r = params->r;
  model->alpha = params->alpha;
  model->life = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, params->s, params->beta, params->b);
  return loyi_ok(error);
}

LOYI_PURCHASE_BODIES(ggomnbd)
LOYI_PURCHASE_PREDICT_BODIES(ggomnbd)
LOYI_PURCHASE_SIMULATE_BODIES(ggomnbd)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GGOMNBD_INL_H */
