/* sbg-inl.h: body of sbg.h. */
#ifndef LOYALTY_BTYD_SBG_INL_H
#define LOYALTY_BTYD_SBG_INL_H

#include "sbg.h"

#include "../base/range.h"
#include "../math/elementary.h"
#include "contract_bodies-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_sbg_contract(const loy_sbg_params *params, loyi_contract *law, loy_error *error) {
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->alpha)) return loyi_report(error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_shape(params->beta)) return loyi_report(error, LOY_ERR_DOMAIN, "beta", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  law->a = params->alpha;
  law->b = params->beta;
  law->c = 1.0;
  return loyi_ok(error);
}

LOYI_CONTRACT_BODIES(sbg)

LOYALTY_API loy_status loy_sbg_retention_elasticity(const loy_sbg_params *params, double n, double delta,
                                                    double *elasticity, loy_error *error) {
  loyi_contract law;
  loy_status status = loyi_sbg_contract(params, &law, error);
  if (status == LOY_OK) status = loyi_contract_check_value(n, delta, HUGE_VAL, error);
  if (status != LOY_OK) return status;
  if (!elasticity) return loyi_report(error, LOY_ERR_ARGUMENT, "elasticity", LOY_NO_INDEX, "must not be NULL");
  *elasticity = 1.0 + loyi_exp(-delta) * loyi_contract_sum(&law, n, delta, HUGE_VAL, 0);
  return loyi_contract_finite(*elasticity, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_SBG_INL_H */
