/* branching-inl.h: body of branching.h. */
#ifndef LOYALTY_VALUE_BRANCHING_INL_H
#define LOYALTY_VALUE_BRANCHING_INL_H

#include "branching.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/root.h"

LOY_BEGIN_DECLS

/* R (1 - (1 - e^-x)/x) - (R-1), whose zero is x = R (1-q); by a series where the bracket cancels. */
LOYI_LOCAL double loyi_branching_excess(const void *ctx, double x) {
  const double reproduction = *(const double *)ctx;
  double term = 1.0, sum = 0.0;
  if (x > 1.0) return reproduction * (1.0 + loyi_expm1(-x) / x) - (reproduction - 1.0);
  for (int n = 1; n < 20; n++) {
    term *= (n == 1 ? x : -x) / (n + 1);
    sum += term;
  }
  return reproduction * sum - (reproduction - 1.0);
}

/* The probability of dying out for R > 1. */
LOYI_LOCAL double loyi_branching_extinction(double reproduction) {
  const double alone = loyi_exp(-reproduction); /* the probability of telling nobody */
  double q = 0.0;
  if (reproduction < 2.0) return loyi_exp(-loyi_root(loyi_branching_excess, &reproduction, 0.0, reproduction, 0.0));
  /* Newton from below, where e^(R(q-1)) - q falls and bends upwards, never passes the root. */
  for (int n = 0; n < 20; n++) {
    const double power = alone * loyi_exp(reproduction * q);
    const double next = q + (power - q) / (1.0 - reproduction * power);
    if (!(next > q)) break;
    q = next;
  }
  return q;
}

LOYALTY_API loy_status loy_branching_spread(double reproduction, loy_branching *result, loy_error *error) {
  const double rest = 1.0 - reproduction;
  if (!loyi_is_zero_or_quantity(reproduction))
    return loyi_report(error, LOY_ERR_DOMAIN, "reproduction", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (rest > 0.0) {
    result->total = 1.0 / rest;
    result->deviation = sqrt(reproduction / rest) / rest;
    result->extinction = 1.0;
    return loyi_ok(error);
  }
  result->total = HUGE_VAL;
  result->deviation = HUGE_VAL;
  result->extinction = rest == 0.0 ? 1.0 : loyi_branching_extinction(reproduction);
  return loyi_report(error, LOY_NOTICE_SUPERCRITICAL, "reproduction", LOY_NO_INDEX,
                     "is not below 1: each brings in at least one more, and the mean total is infinite");
}

LOYALTY_API loy_status loy_branching_reached(double population, double tellings, double *reached, loy_error *error) {
  if (!(population >= 1.0 && population <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "population", LOY_NO_INDEX, "must be from 1 to 1e40");
  if (!loyi_is_zero_or_quantity(tellings))
    return loyi_report(error, LOY_ERR_DOMAIN, "tellings", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!reached) return loyi_report(error, LOY_ERR_ARGUMENT, "reached", LOY_NO_INDEX, "must not be NULL");
  *reached = tellings == 0.0 ? 0.0 : population * -loyi_expm1(tellings * loyi_log1p(-1.0 / population));
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_BRANCHING_INL_H */
