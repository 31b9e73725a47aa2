/* ladder_kumar_petersen_leone.i: shims of ladder/kumar_petersen_leone.h. */

%{
#include "loyalty/ladder/kumar_petersen_leone.h"
%}

LOY_BULK(kumar_petersen_leone_batch)
%inline %{
/* The type of one customer, as its number. The cuts come first. */
static loy_ri kumar_petersen_leone(double clv_from, double crv_from, double clv, double crv) {
  loy_ri r = {0};
  int found = 0;
  if (loy_kumar_petersen_leone(clv, crv, clv_from, crv_from, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch kumar_petersen_leone_batch(double clv_from, double crv_from, loy_in clv, loy_in crv, loy_out_i8 type,
                                             bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = clv.n;
  if (loy_same_length(&e, "crv", crv.n, n) &&
      loy_same_length(&e, "type", type.n, n) &&
      loy_kumar_petersen_leone_batch(clv.p, crv.p, n, clv_from, crv_from, type.p, &report, &e) == LOY_OK)
    loy_widen_i8(type);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext kumar_petersen_leone_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_kumar_petersen_leone_name_zh(type) : loy_kumar_petersen_leone_name(type);
  return r;
}
%}
