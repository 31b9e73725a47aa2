/* engagement-inl.h: body of engagement.h. */
#ifndef LOYALTY_VALUE_ENGAGEMENT_INL_H
#define LOYALTY_VALUE_ENGAGEMENT_INL_H

#include "engagement.h"

#include <math.h>

#include "../math/sum.h"
#include "referral-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL double loyi_engagement_part(int rule, const double *type1, size_t i) {
  const double part = rule == LOY_ENGAGEMENT_REFERRER ? 1.0 : rule == LOY_ENGAGEMENT_REFERRED ? 0.0 : 0.5;
  return type1 ? part * type1[i] : part;
}

LOYALTY_API loy_status loy_engagement_value(const double *clv, const double *crv, const double *civ, const double *ckv,
                                            const int64_t *referrer, const double *type1, size_t n, int rule,
                                            double *own, double *referred, double *value, double *total,
                                            loy_error *error) {
  const double *const part[4] = {clv, crv, civ, ckv};
  static const char *const name[4] = {"clv", "crv", "civ", "ckv"};
  loyi_total sum = {0.0, 0.0};
  if (!clv && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "clv", LOY_NO_INDEX, "must not be NULL");
  if (rule < LOY_ENGAGEMENT_REFERRER || rule > LOY_ENGAGEMENT_SPLIT)
    return loyi_report(error, LOY_ERR_ARGUMENT, "rule", LOY_NO_INDEX, "must be a loy_engagement_rule");
  for (size_t i = 0; i < n; i++) {
    loy_status status = LOY_OK;
    for (int k = 0; k < 4 && status == LOY_OK; k++)
      if (part[k]) status = loyi_referral_money(part[k][i], name[k], i, error);
    if (status != LOY_OK) return status;
    if (!referrer || referrer[i] < 0) continue;
    if ((uint64_t)referrer[i] >= n || (uint64_t)referrer[i] == i)
      return loyi_report(error, LOY_ERR_DOMAIN, "referrer", i, "must be another of the customers");
    if (type1) status = loyi_referral_part(type1[i], "type1", i, error);
    if (status != LOY_OK) return status;
  }
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  /* What is moved comes first: value[] collects it for each referrer. */
  for (size_t i = 0; i < n; i++) value[i] = 0.0;
  for (size_t i = 0; referrer && i < n; i++) {
    const int64_t to = referrer[i];
    if (to >= 0 && (uint64_t)to < n) value[to] += loyi_engagement_part(rule, type1, i) * clv[i];
  }
  for (size_t i = 0; i < n; i++) {
    const int moved = referrer && referrer[i] >= 0;
    const double stays = moved ? clv[i] - loyi_engagement_part(rule, type1, i) * clv[i] : clv[i];
    const double brought = value[i] + (crv ? crv[i] : 0.0);
    if (own) own[i] = stays;
    if (referred) referred[i] = brought;
    value[i] = stays + brought + ((civ ? civ[i] : 0.0) + (ckv ? ckv[i] : 0.0));
    loyi_total_add(&sum, value[i]);
  }
  if (total) *total = loyi_total_value(&sum);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_ENGAGEMENT_INL_H */
