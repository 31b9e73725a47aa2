/* referral-inl.h: body of referral.h. */
#ifndef LOYALTY_VALUE_REFERRAL_INL_H
#define LOYALTY_VALUE_REFERRAL_INL_H

#include "referral.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loy_status loyi_referral_check_discount(double discount, loy_error *error) {
  if (!(discount > -1.0 && discount <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount", LOY_NO_INDEX, "must be greater than -1 and at most 1e40");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_referral_amount(double amount, const char *name, size_t row, loy_error *error) {
  if (!loyi_is_zero_or_quantity(amount)) return loyi_report(error, LOY_ERR_DOMAIN, name, row, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_referral_money(double money, const char *name, size_t row, loy_error *error) {
  if (!loyi_is_zero_or_quantity(fabs(money)))
    return loyi_report(error, LOY_ERR_DOMAIN, name, row, "must be 0, or from 1e-40 to 1e40 in size");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_referral_part(double part, const char *name, size_t row, loy_error *error) {
  if (!(part >= 0.0 && part <= 1.0)) return loyi_report(error, LOY_ERR_DOMAIN, name, row, "must be from 0 to 1");
  return LOY_OK;
}

/* One row is done: `money` is due in period t. Fills `value`, or turns a good status into the error of a bad one. */
LOYI_LOCAL loy_status loyi_referral_present(double money, double period, double log_discount, size_t row, double *value,
                                            loy_error *error) {
  *value = money == 0.0 ? 0.0 : money * loyi_exp(-period * log_discount);
  if (isinf(*value))
    return loyi_report(error, LOY_ERR_DOMAIN, "period", row, "makes the present value exceed the largest double");
  return LOY_OK;
}

LOYI_LOCAL void loyi_referral_store(loy_status status, double value, size_t row, double *out, loyi_total *sum,
                                    loy_batch_report *report, const loy_error *bad) {
  if (status == LOY_OK) {
    out[row] = value;
    loyi_total_add(sum, value);
  } else {
    out[row] = (double)NAN;
    loyi_batch_bad(report, row, bad);
  }
}

LOYALTY_API loy_status loy_referral_value_batch(const double *period, const double *type1, const double *margin,
                                                const double *reward, const double *marketing_cost,
                                                const double *saving, size_t n, double discount, double *out,
                                                double *total, loy_batch_report *report, loy_error *error) {
  loyi_total sum = {0.0, 0.0};
  loy_status status;
  double log_discount;
  if (!period && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "period", LOY_NO_INDEX, "must not be NULL");
  if (!margin && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "margin", LOY_NO_INDEX, "must not be NULL");
  status = loyi_referral_check_discount(discount, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  log_discount = loyi_log1p(discount);
  for (size_t i = 0; i < n; i++) {
    const double t = period[i], m = margin[i], p = type1 ? type1[i] : 1.0, r = reward ? reward[i] : 0.0;
    const double cost = marketing_cost ? marketing_cost[i] : 0.0, saved = saving ? saving[i] : 0.0;
    double value = 0.0;
    loy_error bad;
    status = loyi_referral_amount(t, "period", i, &bad);
    if (status == LOY_OK) status = loyi_referral_part(p, "type1", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(m, "margin", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(r, "reward", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(cost, "marketing_cost", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(saved, "saving", i, &bad);
    if (status == LOY_OK) status = loyi_referral_present(p * (m - r - cost) + saved, t, log_discount, i, &value, &bad);
    loyi_referral_store(status, value, i, out, &sum, report, &bad);
  }
  if (total) *total = loyi_total_value(&sum);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_knowledge_value_batch(const double *period, const double *count, const double *adopted,
                                                 const double *worth, const double *handling_cost, size_t n,
                                                 double discount, double *out, double *total, loy_batch_report *report,
                                                 loy_error *error) {
  loyi_total sum = {0.0, 0.0};
  loy_status status;
  double log_discount;
  if (!period && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "period", LOY_NO_INDEX, "must not be NULL");
  if (!count && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  if (!adopted && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "adopted", LOY_NO_INDEX, "must not be NULL");
  if (!worth && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "worth", LOY_NO_INDEX, "must not be NULL");
  status = loyi_referral_check_discount(discount, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  log_discount = loyi_log1p(discount);
  for (size_t i = 0; i < n; i++) {
    const double t = period[i], number = count[i], part = adopted[i], each = worth[i];
    const double cost = handling_cost ? handling_cost[i] : 0.0;
    double value = 0.0;
    loy_error bad;
    status = loyi_referral_amount(t, "period", i, &bad);
    if (status == LOY_OK) status = loyi_referral_amount(number, "count", i, &bad);
    if (status == LOY_OK) status = loyi_referral_part(part, "adopted", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(each, "worth", i, &bad);
    if (status == LOY_OK) status = loyi_referral_money(cost, "handling_cost", i, &bad);
    if (status == LOY_OK)
      status = loyi_referral_present(number * (part * each) - cost, t, log_discount, i, &value, &bad);
    loyi_referral_store(status, value, i, out, &sum, report, &bad);
  }
  if (total) *total = loyi_total_value(&sum);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_REFERRAL_INL_H */
