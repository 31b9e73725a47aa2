/* equity-inl.h: body of equity.h. */
#ifndef LOYALTY_VALUE_EQUITY_INL_H
#define LOYALTY_VALUE_EQUITY_INL_H

#include "equity.h"

#include <math.h>

#include "../math/sum.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_segment_equity(const double *customers, const double *value, size_t n, double *equity,
                                          double *share, double *customer_share, double *total, loy_error *error) {
  double sum, all;
  if (!customers && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX, "must not be NULL");
  if (!value && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    if (!loyi_is_zero_or_quantity(customers[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "customers", i, LOYI_ZERO_QUANTITY_MUST);
    if (!loyi_is_zero_or_quantity(fabs(value[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "value", i, "must be 0, or from 1e-40 to 1e40 in size");
  }
  if (!total) return loyi_report(error, LOY_ERR_ARGUMENT, "total", LOY_NO_INDEX, "must not be NULL");
  sum = loyi_sum_product(customers, value, n);
  all = loyi_sum(customers, n);
  for (size_t i = 0; i < n; i++) {
    const double count = customers[i], worth = count * value[i];
    if (equity) equity[i] = worth;
    if (share) share[i] = sum == 0.0 ? 0.0 : worth / sum;
    if (customer_share) customer_share[i] = all == 0.0 ? 0.0 : count / all;
  }
  *total = sum;
  if (all == 0.0) return loyi_report(error, LOY_NOTICE_NONE, "customers", LOY_NO_INDEX, "there are no customers");
  if (sum == 0.0) return loyi_report(error, LOY_NOTICE_NONE, "value", LOY_NO_INDEX, "the total is 0: it has no shares");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_EQUITY_INL_H */
