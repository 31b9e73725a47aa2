/* btyd_regularity.i: shim of the regularity of purchases. After btyd_rfm.i. */

%{
#include "loyalty/btyd/regularity.h"
%}

/* tick 0 to 4 as in rfm_push, the least 64-bit integer as `last` is the last period seen. */
LOY_BULK(regularity_of)
%inline %{
/* Status; k, standard error, variance, pairs, customers. */
static loy_values regularity_of(loy_rfm_builder *builder, int tick, int64_t last) {
  loy_values r = {0};
  loy_regularity found = {0};
  if (loy_status_is_error(loy_regularity_of(builder, (loy_tick)tick, last, &found, &r.e))) return r;
  loy_put_status(&r);
  loy_put_double(&r, found.k);
  loy_put_double(&r, found.std_error);
  loy_put_double(&r, found.variance);
  loy_put_int(&r, found.pairs);
  loy_put_int(&r, found.customers);
  return r;
}
%}
