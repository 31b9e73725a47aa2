/* smoothing-inl.h: body of smoothing.h. */
#ifndef LOYALTY_LADDER_SMOOTHING_INL_H
#define LOYALTY_LADDER_SMOOTHING_INL_H

#include "smoothing.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_sequences_check(const int64_t *offset, size_t customers, loy_error *error) {
  int64_t before = 0;
  if (!offset) return loyi_report(error, LOY_ERR_ARGUMENT, "offset", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i <= customers; i++) {
    if (i == 0 ? offset[i] != 0 : offset[i] < before)
      return loyi_report(error, LOY_ERR_DOMAIN, "offset", i, "must begin with 0 and never fall");
    before = offset[i];
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_SMOOTHING_INL_H */
