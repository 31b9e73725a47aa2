/* btyd_nbd.c: the NBD model's side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/nbd.h"

#define MODEL(f) loy_nbd_##f
#define CLV(f)   loy_clv_nbd##f
#define NAME     "nbd"

static loy_nbd_params take_params(parity_case *c) {
  loy_nbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  return params;
}

#include "purchase.h"

PARITY(btyd_nbd) { register_purchase(); }
