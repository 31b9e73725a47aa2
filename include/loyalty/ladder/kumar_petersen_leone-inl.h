/* kumar_petersen_leone-inl.h: body of kumar_petersen_leone.h. */
#ifndef LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_INL_H
#define LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_INL_H

#include "kumar_petersen_leone.h"
#include "two_by_two.h"

LOY_BEGIN_DECLS

LOYI_LOCAL loyi_axis loyi_kumar_petersen_leone_clv(double from) {
  const loyi_axis axis = {"clv", LOYI_AMOUNT_MUST, -LOY_RANGE_MOST, LOY_RANGE_MOST, from};
  return axis;
}

LOYI_LOCAL loyi_axis loyi_kumar_petersen_leone_crv(double from) {
  const loyi_axis axis = {"crv", LOYI_AMOUNT_MUST, -LOY_RANGE_MOST, LOY_RANGE_MOST, from};
  return axis;
}

LOYI_LOCAL loy_status loyi_kumar_petersen_leone_cuts(const loyi_axis *x, const loyi_axis *y, loy_error *error) {
  const loy_status status = loyi_cut_check(x->from, x->least, x->most, "clv_from", x->must, error);
  return status != LOY_OK ? status : loyi_cut_check(y->from, y->least, y->most, "crv_from", y->must, error);
}

LOYALTY_API loy_status loy_kumar_petersen_leone(double clv, double crv, double clv_from, double crv_from, int *type,
                                                loy_error *error) {
  const loyi_axis x = loyi_kumar_petersen_leone_clv(clv_from), y = loyi_kumar_petersen_leone_crv(crv_from);
  loy_status status = loyi_axis_check(clv, &x, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_axis_check(crv, &y, LOY_NO_INDEX, error);
  if (status == LOY_OK) status = loyi_kumar_petersen_leone_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (!type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  *type = loyi_two_by_two(clv, crv, &x, &y, NULL);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_kumar_petersen_leone_batch(const double *clv, const double *crv, size_t n, double clv_from,
                                                      double crv_from, int8_t *type, loy_batch_report *report,
                                                      loy_error *error) {
  const loyi_axis x = loyi_kumar_petersen_leone_clv(clv_from), y = loyi_kumar_petersen_leone_crv(crv_from);
  loy_status status = loyi_two_columns(clv, crv, n, &x, &y, error);
  if (status == LOY_OK) status = loyi_kumar_petersen_leone_cuts(&x, &y, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !type) return loyi_report(error, LOY_ERR_ARGUMENT, "type", LOY_NO_INDEX, "must not be NULL");
  loyi_two_by_two_batch(clv, crv, n, &x, &y, NULL, type, report);
  return loyi_ok(error);
}

LOYALTY_API const char *loy_kumar_petersen_leone_name(int type) {
  switch (type) {
  case LOY_KUMAR_PETERSEN_LEONE_MISER: return "miser";
  case LOY_KUMAR_PETERSEN_LEONE_ADVOCATE: return "advocate";
  case LOY_KUMAR_PETERSEN_LEONE_AFFLUENT: return "affluent";
  case LOY_KUMAR_PETERSEN_LEONE_CHAMPION: return "champion";
  default: return "unknown";
  }
}

LOYALTY_API const char *loy_kumar_petersen_leone_name_zh(int type) {
  switch (type) {
  case LOY_KUMAR_PETERSEN_LEONE_MISER: return "吝啬者";
  case LOY_KUMAR_PETERSEN_LEONE_ADVOCATE: return "倡导者";
  case LOY_KUMAR_PETERSEN_LEONE_AFFLUENT: return "富裕者";
  case LOY_KUMAR_PETERSEN_LEONE_CHAMPION: return "拥护者";
  default: return "unknown";
  }
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_KUMAR_PETERSEN_LEONE_INL_H */
