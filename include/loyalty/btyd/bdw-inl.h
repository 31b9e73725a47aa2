/* bdw-inl.h: body of bdw.h. */
#ifndef LOYALTY_BTYD_BDW_INL_H
#define LOYALTY_BTYD_BDW_INL_H

#include "bdw.h"

#include "../base/range.h"
#include "../math/elementary.h"
#include "contract_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_bdw_contract(const loy_bdw_params *params, loyi_contract *law, loy_error *error) {
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->gamma)) return loyi_report(error, LOY_ERR_DOMAIN, "gamma", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_shape(params->delta)) return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_shape(params->c)) return loyi_report(error, LOY_ERR_DOMAIN, "c", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  law->a = params->gamma;
  law->b = params->delta;
  law->c = params->c;
  return loyi_ok(error);
}

LOYI_CONTRACT_BODIES(bdw)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BDW_INL_H */
