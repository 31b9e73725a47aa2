/* median_cut-inl.h: body of median_cut.h. */
#ifndef LOYALTY_LADDER_MEDIAN_CUT_INL_H
#define LOYALTY_LADDER_MEDIAN_CUT_INL_H

#include "median_cut.h"
#include "two_by_two.h"

#include <string.h>

LOY_BEGIN_DECLS

enum { LOYI_MEDIAN_DIGIT = 11, LOYI_MEDIAN_DIGITS = 1 << LOYI_MEDIAN_DIGIT };

/* A key that is ordered as the numbers are: the bits, with the sign turned for positive numbers and all of them for
 * negative ones. Adding 0 makes -0 and 0 one number. */
LOYI_LOCAL uint64_t loyi_median_key(double value) {
  const double number = value + 0.0;
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits ^ ((0 - (bits >> 63)) | UINT64_C(0x8000000000000000));
}

LOYI_LOCAL double loyi_median_value(uint64_t key) {
  const uint64_t bits = key ^ (((key >> 63) - 1) | UINT64_C(0x8000000000000000));
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The number of rank `rank` (from 0) among those that are not missing, by the digits of its key from the highest on: a
 * pass counts the next digit of all numbers that begin with the digits found so far. */
LOYI_LOCAL double loyi_median_ranked(const double *value, size_t n, size_t rank) {
  size_t count[LOYI_MEDIAN_DIGITS];
  uint64_t found = 0;
  for (int low = 64; low > 0;) {
    const int bits = low < LOYI_MEDIAN_DIGIT ? low : LOYI_MEDIAN_DIGIT;
    const uint64_t above = low == 64 ? 0 : ~UINT64_C(0) << low, mask = ((uint64_t)1 << bits) - 1;
    size_t digit = 0;
    low -= bits;
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++) {
      const uint64_t key = loyi_median_key(value[i]);
      if (value[i] == value[i] && (key & above) == found) count[(key >> low) & mask]++;
    }
    for (; rank >= count[digit]; digit++) rank -= count[digit];
    found |= (uint64_t)digit << low;
  }
  return loyi_median_value(found);
}

/* The number of rank `rank` - 1 when `upper` has rank `rank`: the largest below it, or an equal one. */
LOYI_LOCAL double loyi_median_before(const double *value, size_t n, double upper, size_t rank) {
  double largest = -LOY_RANGE_MOST;
  size_t below = 0;
  for (size_t i = 0; i < n; i++) {
    const int is_below = value[i] < upper;
    below += (size_t)is_below;
    largest = is_below && value[i] > largest ? value[i] : largest;
  }
  return below == rank ? largest : upper;
}

LOYALTY_API loy_status loy_median_cut(const double *value, size_t n, double *cut, loy_error *error) {
  size_t known = 0;
  double lower, upper, middle;
  if (n > 0 && !value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  if (!cut) return loyi_report(error, LOY_ERR_ARGUMENT, "cut", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++) {
    if (value[i] < -LOY_RANGE_MOST || value[i] > LOY_RANGE_MOST)
      return loyi_report(error, LOY_ERR_DOMAIN, "value", i, LOYI_AMOUNT_MUST);
    known += value[i] == value[i];
  }
  if (known == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "value", LOY_NO_INDEX, "no value is left");
  upper = loyi_median_ranked(value, n, known / 2);
  lower = known % 2 ? upper : loyi_median_before(value, n, upper, known / 2);
  middle = 0.5 * (lower + upper);
  *cut = middle > lower ? middle : upper;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_MEDIAN_CUT_INL_H */
