/* ladder_reinartz_kumar.i: shims of ladder/reinartz_kumar.h. */

%{
#include "loyalty/ladder/reinartz_kumar.h"
%}

LOY_BULK(reinartz_kumar_batch)
LOY_BULK(quick_activity_batch)
%inline %{
/* The type of one customer, as its number. The cuts come first. */
static loy_ri reinartz_kumar(double profit_from, double duration_from, double profit, double duration) {
  loy_ri r = {0};
  int found = 0;
  if (loy_reinartz_kumar(profit, duration, profit_from, duration_from, &found, &r.e) == LOY_OK) r.v = found;
  return r;
}

static loy_rbatch reinartz_kumar_batch(double profit_from, double duration_from, loy_in profit, loy_in duration,
                                       loy_out_i8 type, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = profit.n;
  if (loy_same_length(&e, "duration", duration.n, n) &&
      loy_same_length(&e, "type", type.n, n) &&
      loy_reinartz_kumar_batch(profit.p, duration.p, n, profit_from, duration_from, type.p, &report, &e) == LOY_OK)
    loy_widen_i8(type);
  return loy_batch_result(e, &report, coerce);
}

static loy_r1 quick_activity(double purchases, double last_purchase, double window) {
  loy_r1 r = {0};
  loy_quick_activity(purchases, last_purchase, window, &r.v[0], &r.e);
  return r;
}

static loy_rbatch quick_activity_batch(loy_in purchases, loy_in last_purchase, loy_in window, loy_out probability,
                                       bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  const size_t n = purchases.n;
  if (loy_same_length(&e, "last_purchase", last_purchase.n, n) && loy_same_length(&e, "window", window.n, n) &&
      loy_same_length(&e, "probability", probability.n, n))
    loy_quick_activity_batch(purchases.p, last_purchase.p, window.p, n, probability.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rtext reinartz_kumar_name(int type, bool chinese) {
  loy_rtext r = {0};
  r.v = chinese ? loy_reinartz_kumar_name_zh(type) : loy_reinartz_kumar_name(type);
  return r;
}
%}
