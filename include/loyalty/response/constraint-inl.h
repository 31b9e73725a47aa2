/* constraint-inl.h: body of constraint.h. */
#ifndef LOYALTY_RESPONSE_CONSTRAINT_INL_H
#define LOYALTY_RESPONSE_CONSTRAINT_INL_H

#include "constraint.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYALTY_API const char *loy_constraint_name(int kind) {
  switch (kind) {
  case LOY_CONSTRAINT_LEGAL: return "legal";
  case LOY_CONSTRAINT_TECHNICAL: return "technical";
  case LOY_CONSTRAINT_SWITCHING_COST: return "switching cost";
  case LOY_CONSTRAINT_LOYALTY_PROGRAM: return "loyalty program";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_constraint_name_zh(int kind) {
  switch (kind) {
  case LOY_CONSTRAINT_LEGAL: return "法律约束";
  case LOY_CONSTRAINT_TECHNICAL: return "技术约束";
  case LOY_CONSTRAINT_SWITCHING_COST: return "转换成本";
  case LOY_CONSTRAINT_LOYALTY_PROGRAM: return "忠诚计划";
  default: return "unknown";
  }
}

LOYI_LOCAL loy_status loyi_constraint_check_scale(double lowest, double highest, loy_error *error) {
  if (!isfinite(lowest)) return loyi_report(error, LOY_ERR_DOMAIN, "lowest", LOY_NO_INDEX, "must be finite");
  if (!(highest > lowest && highest - lowest <= 1e300)) /* so that no sum of answers overflows */
    return loyi_report(error, LOY_ERR_DOMAIN, "highest", LOY_NO_INDEX, "must be above lowest, by at most 1e300");
  return LOY_OK;
}

/* K of one customer, whose answer to item i is column[i][row], or item[i] when there are no columns. */
LOYI_LOCAL loy_status loyi_constraint_mean(const double *item, const double *const *column, size_t row, size_t items,
                                           double lowest, double highest, double *mean, loy_error *error) {
  loyi_total sum = {0.0, 0.0};
  size_t given = 0;
  double k;
  for (size_t i = 0; i < items; i++) {
    const double x = column ? column[i][row] : item[i];
    if (isnan(x)) continue;
    if (!(x >= lowest && x <= highest))
      return loyi_report(error, LOY_ERR_DOMAIN, "item", i, "must be from lowest to highest, or NaN for no answer");
    loyi_total_add(&sum, x - lowest);
    given++;
  }
  if (given == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "item", LOY_NO_INDEX, "must have at least one answer");
  k = loyi_total_value(&sum) / (double)given / (highest - lowest);
  *mean = k < 1.0 ? k : 1.0; /* not past it by a rounding */
  return LOY_OK;
}

LOYALTY_API loy_status loy_constraint_from_items(const double *item, size_t n, double lowest, double highest,
                                                 double *constraint, loy_error *error) {
  double mean = 0.0;
  loy_status status = LOY_OK;
  if (!item && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "item", LOY_NO_INDEX, "must not be NULL");
  status = loyi_constraint_check_scale(lowest, highest, error);
  if (status == LOY_OK) status = loyi_constraint_mean(item, NULL, 0, n, lowest, highest, &mean, error);
  if (status != LOY_OK) return status;
  if (!constraint) return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", LOY_NO_INDEX, "must not be NULL");
  *constraint = mean;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_constraint_from_items_batch(const double *const *item, size_t items, size_t n, double lowest,
                                                       double highest, double *constraint, loy_batch_report *report,
                                                       loy_error *error) {
  loy_status status = LOY_OK;
  if (!item && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "item", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; n > 0 && k < items; k++)
    if (!item[k]) return loyi_report(error, LOY_ERR_ARGUMENT, "item", k, "must not be NULL");
  status = loyi_constraint_check_scale(lowest, highest, error);
  if (status != LOY_OK) return status;
  if (!constraint && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double mean = (double)NAN;
    loy_error bad;
    if (loyi_constraint_mean(NULL, item, i, items, lowest, highest, &mean, &bad) != LOY_OK)
      loyi_batch_bad(report, i, &bad);
    constraint[i] = mean;
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_switching_costs(const double *price, const double *customers, size_t n, double *cost,
                                           loy_error *error) {
  size_t rival[2] = {0, 0}; /* the smallest and the largest firm */
  double rival_price[2], rival_customers[2];
  if (n < 2) return loyi_report(error, LOY_ERR_TOO_FEW, "price", LOY_NO_INDEX, "must have at least two firms");
  if (!price) return loyi_report(error, LOY_ERR_ARGUMENT, "price", LOY_NO_INDEX, "must not be NULL");
  if (!customers) return loyi_report(error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (!(price[i] >= 0.0 && isfinite(price[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "price", i, "must be finite and at least 0");
  for (size_t i = 0; i < n; i++) {
    if (!(customers[i] > 0.0 && isfinite(customers[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "customers", i, "must be above 0 and finite");
    if (customers[i] <= customers[rival[0]]) rival[0] = i;
    if (customers[i] > customers[rival[1]]) rival[1] = i;
  }
  if (!cost) return loyi_report(error, LOY_ERR_ARGUMENT, "cost", LOY_NO_INDEX, "must not be NULL");
  for (int k = 0; k < 2; k++) {
    rival_price[k] = price[rival[k]];
    rival_customers[k] = customers[rival[k]];
  }
  for (size_t i = 0; i < n; i++) {
    const int k = i == rival[0];
    const double both = customers[i] + rival_customers[k];
    const double share = isfinite(both) ? rival_customers[k] / both
                                        : 0.5 * rival_customers[k] / (0.5 * customers[i] + 0.5 * rival_customers[k]);
    cost[i] = price[i] - rival_price[k] * share;
  }
  return loyi_ok(error);
}

LOYALTY_API double loy_constraint_from_switching_cost(double cost, double price) {
  if (!(isfinite(cost) && price > 0.0 && isfinite(price))) return (double)NAN;
  if (cost <= 0.0) return 0.0;
  return cost < price ? cost / price : 1.0;
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CONSTRAINT_INL_H */
