/* ladder_oliver.i: shims of ladder/oliver.h. */

%{
#include "loyalty/ladder/oliver.h"
%}

LOY_BULK(oliver_batch)
LOY_BULK(oliver_reproducibility)
%inline %{
/* The phase of one customer, as its number. The cuts come first. */
static loy_ri oliver(double passed_from, double cognitive, double affective, double conative, double action) {
  loy_ri r = {0};
  int found = 0;
  if (loy_oliver(cognitive, affective, conative, action, passed_from, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch oliver_batch(double passed_from, loy_in cognitive, loy_in affective, loy_in conative, loy_in action,
                               loy_out_i8 phase, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = cognitive.n;
  if (loy_same_length(&e, "affective", affective.n, n) &&
      loy_same_length(&e, "conative", conative.n, n) &&
      loy_same_length(&e, "action", action.n, n) &&
      loy_same_length(&e, "phase", phase.n, n) &&
      loy_oliver_batch(cognitive.p, affective.p, conative.p, action.p, n, passed_from, phase.p, &report, &e) == LOY_OK)
    loy_widen_i8(phase);
  return loy_batch_result(e, &report, coerce);
}

/* Customers used, left out, errors, coefficient. */
static loy_values oliver_reproducibility(double passed_from, loy_in cognitive, loy_in affective, loy_in conative,
                                         loy_in action) {
  loy_values r = {0};
  loy_oliver_scale found = {0, 0, 0, 0.0};
  const size_t n = cognitive.n;
  if (!loy_same_length(&r.e, "affective", affective.n, n) || !loy_same_length(&r.e, "conative", conative.n, n) ||
      !loy_same_length(&r.e, "action", action.n, n) ||
      loy_oliver_reproducibility(cognitive.p, affective.p, conative.p, action.p, n, passed_from, &found,
          &r.e) != LOY_OK)
    return r;
  loy_put_int(&r, found.n);
  loy_put_int(&r, found.missing);
  loy_put_int(&r, found.errors);
  loy_put_double(&r, found.reproducibility);
  return r;
}

static loy_rtext oliver_name(int phase, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_oliver_name_zh(phase) : loy_oliver_name(phase);
  return r;
}
%}
