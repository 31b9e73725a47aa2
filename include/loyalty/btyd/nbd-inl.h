/* nbd-inl.h: body of nbd.h. */
#ifndef LOYALTY_BTYD_NBD_INL_H
#define LOYALTY_BTYD_NBD_INL_H

#include "nbd.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_nbd_check(const loy_nbd_params *params, loy_error *error) {
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->r)) return loyi_report(error, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_quantity(params->alpha))
    return loyi_report(error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_NBD_INL_H */
