/* competition-inl.h: body of competition.h. */
#ifndef LOYALTY_RESPONSE_COMPETITION_INL_H
#define LOYALTY_RESPONSE_COMPETITION_INL_H

#include "competition.h"
#include "../math/elementary.h"
#include "../math/sum.h"

#include <math.h>

LOY_BEGIN_DECLS

/* How far a sum of shares may be from 1: room for shares printed with seven digits, not for three shares of .333. */
#define LOYI_COMPETITION_SLACK 1e-6

LOYALTY_API loy_status loy_competition_from_shares(const double *share, size_t n, int normalize,
                                                   loy_competition *result, loy_error *error) {
  loyi_total sum = {0.0, 0.0}, hhi = {0.0, 0.0}, pairs = {0.0, 0.0}, entropy = {0.0, 0.0}, before = {0.0, 0.0};
  size_t suppliers = 0;
  double total, count;
  if (!share && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    if (!(share[i] >= 0.0 && isfinite(share[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, "share", i, "must be finite and at least 0");
    loyi_total_add(&sum, share[i]);
    suppliers += share[i] > 0.0;
  }
  total = loyi_total_value(&sum);
  if (suppliers == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX, "must hold a share above 0");
  if (!isfinite(total)) return loyi_report(error, LOY_ERR_DOMAIN, "share", LOY_NO_INDEX, "must have a finite sum");
  if (!normalize && !(fabs(total - 1.0) <= LOYI_COMPETITION_SLACK))
    return loyi_report(error, LOY_ERR_DOMAIN, "share", LOY_NO_INDEX,
                       "must sum to 1, or be sales that normalize divides by their sum");
  if (normalize != 0 && normalize != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX, "must be 0 or 1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    const double q = share[i] / total;
    if (!(q > 0.0)) continue; /* also a share that vanishes beside the others */
    loyi_total_add(&hhi, q * q);
    loyi_total_add(&pairs, q * loyi_total_value(&before));
    loyi_total_add(&entropy, -q * loyi_log(q));
    loyi_total_add(&before, q);
  }
  count = (double)suppliers;
  result->hhi = loyi_total_value(&hhi);
  result->index = 2.0 * loyi_total_value(&pairs);
  result->effective_suppliers = 1.0 / result->hhi;
  /* Equal shares can miss the ends of the ranges by a rounding. */
  if (result->effective_suppliers < 1.0) result->effective_suppliers = 1.0;
  result->normalized_hhi = suppliers == 1 ? 1.0 : (result->hhi - 1.0 / count) / (1.0 - 1.0 / count);
  if (result->normalized_hhi < 0.0) result->normalized_hhi = 0.0;
  result->entropy = loyi_total_value(&entropy);
  result->entropy_suppliers = loyi_exp(result->entropy);
  result->suppliers = suppliers;
  return loyi_ok(error);
}

/* A quotient below 1 that must not round to it. */
LOYI_LOCAL double loyi_competition_below_one(double index) { return index < 1.0 ? index : 1.0 - 0x1p-53; }

LOYALTY_API double loy_competition_from_alternatives(double alternatives) {
  if (!(alternatives >= 1.0 && isfinite(alternatives))) return (double)NAN;
  return loyi_competition_below_one((alternatives - 1.0) / alternatives);
}

LOYALTY_API double loy_competition_from_rating(double rating, double categories) {
  if (!(categories >= 2.0 && isfinite(categories) && rating >= 1.0 && rating <= categories)) return (double)NAN;
  return loyi_competition_below_one((rating - 0.5) / categories);
}

LOYALTY_API loy_status loy_competition_from_shares_batch(const double *const *share, size_t suppliers, size_t n,
                                                         int normalize, double *index, const loy_allocator *allocator,
                                                         loy_batch_report *report, loy_error *error) {
  double *row;
  if (!share && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; n > 0 && k < suppliers; k++)
    if (!share[k]) return loyi_report(error, LOY_ERR_ARGUMENT, "share", k, "must not be NULL");
  if (suppliers == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "share", LOY_NO_INDEX, "must have at least one supplier");
  if (normalize != 0 && normalize != 1)
    return loyi_report(error, LOY_ERR_ARGUMENT, "normalize", LOY_NO_INDEX, "must be 0 or 1");
  if (!index && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "index", LOY_NO_INDEX, "must not be NULL");
  row = (double *)loyi_allocate(allocator, suppliers, sizeof *row);
  if (!row) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    loy_competition market;
    loy_error bad;
    for (size_t k = 0; k < suppliers; k++) row[k] = isnan(share[k][i]) ? 0.0 : share[k][i];
    if (loy_competition_from_shares(row, suppliers, normalize, &market, &bad) == LOY_OK) {
      index[i] = market.index;
    } else {
      index[i] = (double)NAN;
      loyi_batch_bad(report, i, &bad);
    }
  }
  loyi_release(allocator, row, suppliers, sizeof *row);
  return loyi_ok(error);
}

LOYALTY_API double loy_competition_clip(double index) {
  if (!(index >= 0.0 && index <= 1.0)) return (double)NAN;
  if (index < 1e-9) return 1e-9;
  return index > 1.0 - 1e-9 ? 1.0 - 1e-9 : index;
}

#undef LOYI_COMPETITION_SLACK

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_COMPETITION_INL_H */
