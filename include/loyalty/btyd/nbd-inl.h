/* nbd-inl.h: body of nbd.h. */
#ifndef LOYALTY_BTYD_NBD_INL_H
#define LOYALTY_BTYD_NBD_INL_H

#include "nbd.h"

#include "purchase_lifetime-inl.h"
#include "purchase_lifetime_bodies-inl.h"
#include "purchase_lifetime_predict-inl.h"
#include "purchase_lifetime_simulate-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_nbd_model(const loy_nbd_params *params, loyi_purchase_model *model, loy_error *error) {
  loy_status status;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  status = loyi_purchase_rates_check(params->r, params->alpha, error);
  if (status != LOY_OK) return status;
  model->r = params->r;
  model->alpha = params->alpha;
  model->life = loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0);
  return loyi_ok(error);
}

LOYI_PURCHASE_BODIES(nbd)
LOYI_PURCHASE_PREDICT_BODIES(nbd)
LOYI_PURCHASE_SIMULATE_BODIES(nbd)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_NBD_INL_H */
