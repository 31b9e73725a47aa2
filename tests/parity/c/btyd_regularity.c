/* btyd_regularity.c: the regularity of purchases in the parity cases. */
#include "parity.h"

#include "loyalty/btyd/regularity.h"

static void regularity_of(parity_case *c) {
  loy_rfm_builder *builder = (loy_rfm_builder *)parity_object(c);
  const loy_tick tick = (loy_tick)parity_int(c);
  loy_regularity found;
  loy_error e;
  loy_regularity_of(builder, tick, parity_int(c), &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, found.k);
  parity_give_double(c, found.std_error);
  parity_give_double(c, found.variance);
  parity_give_int(c, found.pairs);
  parity_give_int(c, found.customers);
}

PARITY(btyd_regularity) { CASE(regularity_of); }
