/* ggomnbd-inl.h: body of ggomnbd.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_INL_H
#define LOYALTY_BTYD_GGOMNBD_INL_H

#include "ggomnbd.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_ggomnbd_check(const loy_ggomnbd_params *params, loy_error *error) {
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->r)) return loyi_report(error, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_quantity(params->alpha))
    return loyi_report(error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!loyi_is_quantity(params->b)) return loyi_report(error, LOY_ERR_DOMAIN, "b", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  if (!loyi_is_shape(params->s)) return loyi_report(error, LOY_ERR_DOMAIN, "s", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_shape(params->beta)) return loyi_report(error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GGOMNBD_INL_H */
