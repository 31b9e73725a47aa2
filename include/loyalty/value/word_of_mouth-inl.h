/* word_of_mouth-inl.h: body of word_of_mouth.h. */
#ifndef LOYALTY_VALUE_WORD_OF_MOUTH_INL_H
#define LOYALTY_VALUE_WORD_OF_MOUTH_INL_H

#include "word_of_mouth.h"

#include <math.h>

LOY_BEGIN_DECLS

LOYI_LOCAL double loyi_word_round(double customers, int rounding) {
  const double down = floor(customers);
  if (isinf(customers) || rounding == LOY_WORD_EXACT) return customers;
  return rounding == LOY_WORD_CEIL ? ceil(customers) : customers - down >= 0.5 ? down + 1.0 : down;
}

LOYALTY_API loy_status loy_word_of_mouth_cascade(const double *told, const double *share, size_t levels, double acting,
                                                 int count, int rounding, double value, double *people,
                                                 loy_word_of_mouth *result, loy_error *error) {
  double reached = 1.0, affected = 0.0, moved;
  size_t beyond = LOY_NO_INDEX;
  if (!told && levels > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "told", LOY_NO_INDEX, "must not be NULL");
  if (!share && levels > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "share", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; k < levels; k++) {
    if (!loyi_is_zero_or_quantity(told[k]))
      return loyi_report(error, LOY_ERR_DOMAIN, "told", k, LOYI_ZERO_QUANTITY_MUST);
    if (!(share[k] >= 0.0 && share[k] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "share", k, "must be from 0 to 1");
  }
  if (!(acting >= 0.0 && acting <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "acting", LOY_NO_INDEX, "must be from 0 to 1");
  if (count < LOY_WORD_SEPARATE || count > LOY_WORD_OTHERS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must be a loy_word_count");
  if (rounding < LOY_WORD_EXACT || rounding > LOY_WORD_NEAREST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "rounding", LOY_NO_INDEX, "must be a loy_word_rounding");
  if (!loyi_is_zero_or_quantity(fabs(value)))
    return loyi_report(error, LOY_ERR_DOMAIN, "value", LOY_NO_INDEX, "must be 0, or from 1e-40 to 1e40 in size");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  for (size_t k = 0; k < levels; k++) {
    const double each = told[k] * share[k];
    reached = each == 0.0 ? 0.0 : reached * each;
    affected += reached;
    if (people) people[k] = reached;
    if (isinf(affected) && beyond == LOY_NO_INDEX) beyond = k;
  }
  moved = acting == 0.0 ? 0.0 : acting * (count == LOY_WORD_POOLED ? 1.0 + affected : affected);
  if (count == LOY_WORD_SEPARATE) moved += 1.0;
  result->affected = affected;
  result->customers = loyi_word_round(moved, rounding);
  result->value = value == 0.0 ? 0.0 : value * result->customers;
  if (beyond != LOY_NO_INDEX || isinf(result->value))
    return loyi_report(error, LOY_NOTICE_DIVERGES, "told", beyond, "the people told exceed the largest double");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_WORD_OF_MOUTH_INL_H */
