/* amounts-inl.h: body of amounts.h. */
#ifndef LOYALTY_BASE_AMOUNTS_INL_H
#define LOYALTY_BASE_AMOUNTS_INL_H

#include "amounts.h"

#include <math.h>

LOY_BEGIN_DECLS

enum { LOYI_AMOUNTS_BLOCK = 1024 };

/* 10^decimals, or 0 when there is no such scale. */
LOYI_LOCAL int64_t loyi_amounts_scale(int decimals) {
  int64_t scale = 1;
  if (decimals < 0 || decimals > 9) return 0;
  for (int i = 0; i < decimals; i++) scale *= 10;
  return scale;
}

LOYI_LOCAL double loyi_amounts_units(double amount, double scale) {
  double scaled = amount * scale;
  return copysign(floor(fabs(scaled) + 0.5), scaled);
}

/* The double nearest to units / scale is one division away. False for NaN, infinities and what is too large. */
LOYI_LOCAL int loyi_amounts_good(double amount, double units, double scale) {
  const double most = 9007199254740992.0, near = 8.8817841970012523e-16; /* 2^53, 2^-50 */
  return (fabs(units) < most) & (fabs(units / scale - amount) <= near * fabs(amount));
}

LOYI_LOCAL loy_status loyi_amounts_bad(double amount, size_t row, double units, loy_error *error) {
  const char *message = "must not have more decimal places than decimals allows";
  if (isnan(amount)) {
    message = "must be a number, not NaN";
  } else if (isinf(amount)) {
    message = "must be finite";
  } else if (!(fabs(units) < 9007199254740992.0)) {
    message = "must be below 2^53 minor units in size";
  }
  return loyi_report(error, LOY_ERR_DOMAIN, "amount", row, message);
}

LOYALTY_API loy_status loy_amounts_from_double(const double *amount, size_t n, int decimals, int64_t *out,
                                               loy_error *error) {
  double scale = (double)loyi_amounts_scale(decimals);
  if (n > 0 && !amount) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX, "must not be NULL");
  if (scale == 0.0) return loyi_report(error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX, "must be 0 to 9");
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  for (size_t start = 0; start < n; start += LOYI_AMOUNTS_BLOCK) {
    size_t end = n - start < LOYI_AMOUNTS_BLOCK ? n : start + LOYI_AMOUNTS_BLOCK;
    int good = 1;
    for (size_t i = start; i < end; i++)
      good &= loyi_amounts_good(amount[i], loyi_amounts_units(amount[i], scale), scale);
    for (size_t i = start; !good && i < end; i++) {
      double units = loyi_amounts_units(amount[i], scale);
      if (!loyi_amounts_good(amount[i], units, scale)) return loyi_amounts_bad(amount[i], i, units, error);
    }
  }
  for (size_t i = 0; i < n; i++) out[i] = (int64_t)loyi_amounts_units(amount[i], scale);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_amounts_from_integer(const int64_t *amount, size_t n, int decimals, int64_t *out,
                                                loy_error *error) {
  int64_t scale = loyi_amounts_scale(decimals), most;
  if (n > 0 && !amount) return loyi_report(error, LOY_ERR_ARGUMENT, "amount", LOY_NO_INDEX, "must not be NULL");
  if (scale == 0) return loyi_report(error, LOY_ERR_DOMAIN, "decimals", LOY_NO_INDEX, "must be 0 to 9");
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  most = INT64_MAX / scale;
  for (size_t i = 0; i < n; i++) {
    if (amount[i] > most || amount[i] < -most)
      return loyi_report(error, LOY_ERR_OVERFLOW, "amount", i, "must fit into 64 bits in minor units");
  }
  for (size_t i = 0; i < n; i++) out[i] = amount[i] * scale;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BASE_AMOUNTS_INL_H */
