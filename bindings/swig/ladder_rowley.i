/* ladder_rowley.i: shims of ladder/rowley.h. */

%{
#include "loyalty/ladder/rowley.h"
%}

LOY_BULK(rowley_batch)
%inline %{
/* The type of one customer, as its number. The cuts come first. */
static loy_ri rowley(double attitude_from, double behaviour_from, double attitude, double behaviour) {
  loy_ri r = {0};
  int found = 0;
  if (loy_rowley(attitude, behaviour, attitude_from, behaviour_from, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch rowley_batch(double attitude_from, double behaviour_from, loy_in attitude, loy_in behaviour,
                               loy_out_i8 type, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = attitude.n;
  if (loy_same_length(&e, "behaviour", behaviour.n, n) &&
      loy_same_length(&e, "type", type.n, n) &&
      loy_rowley_batch(attitude.p, behaviour.p, n, attitude_from, behaviour_from, type.p, &report, &e) == LOY_OK)
    loy_widen_i8(type);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext rowley_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_rowley_name_zh(type) : loy_rowley_name(type);
  return r;
}
%}
