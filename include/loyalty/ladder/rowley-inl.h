/* rowley-inl.h: body of rowley.h. */
#ifndef LOYALTY_LADDER_ROWLEY_INL_H
#define LOYALTY_LADDER_ROWLEY_INL_H

#include "rowley.h"
#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loyi_axis loyi_rowley_attitude(double from) {
  const loyi_axis axis = {"attitude", LOYI_SHARE_MUST, 0.0, 1.0, from};
  return axis;
}

LOYI_LOCAL loyi_axis loyi_rowley_behaviour(double from) {
  const loyi_axis axis = {"behaviour", LOYI_SHARE_MUST, 0.0, 1.0, from};
  return axis;
}

LOYI_LOCAL loy_status loyi_rowley_cuts(const loyi_axis *x, const loyi_axis *y, loy_error *error) {
  const loy_status status = loyi_cut_check(x->from, x->least, x->most, "attitude_from", x->must, error);
  return status != LOY_OK ? status : loyi_cut_check(y->from, y->least, y->most, "behaviour_from", y->must, error);
}

LOYALTY_API loy_status loy_rowley(double attitude, double behaviour, double attitude_from, double behaviour_from,
                                  int *type, loy_error *error) {
  const loyi_axis x = loyi_rowley_attitude(attitude_from), y = loyi_rowley_behaviour(behaviour_from);
  loy_status status = loyi_axis_check(attitude, &x, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_axis_check(behaviour, &y, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_rowley_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (!type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  *type = loyi_two_by_two(attitude, behaviour, &x, &y, NULL);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_rowley_batch(const double *attitude, const double *behaviour, size_t n, double attitude_from,
                                        double behaviour_from, int8_t *type, loy_batch_report *report,
                                        loy_error *error) {
  const loyi_axis x = loyi_rowley_attitude(attitude_from), y = loyi_rowley_behaviour(behaviour_from);
  loy_status status = loyi_two_columns(attitude, behaviour, n, &x, &y, error);
  if (status == LOY_OK) status = loyi_rowley_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  loyi_two_by_two_batch(attitude, behaviour, n, &x, &y, NULL, type, report);
  return loyi_ok(error);
}

LOYALTY_API const char *loy_rowley_name(int type) {
  switch (type) {
  case LOY_ROWLEY_CAPTIVE: return "captive";
  case LOY_ROWLEY_CONVENIENCE_SEEKER: return "convenience-seeker";
  case LOY_ROWLEY_CONTENTED: return "contented";
  case LOY_ROWLEY_COMMITTED: return "committed";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_rowley_name_zh(int type) {
  switch (type) {
  case LOY_ROWLEY_CAPTIVE: return "受制型";
  case LOY_ROWLEY_CONVENIENCE_SEEKER: return "便利型";
  case LOY_ROWLEY_CONTENTED: return "满足型";
  case LOY_ROWLEY_COMMITTED: return "承诺型";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_ROWLEY_INL_H */
