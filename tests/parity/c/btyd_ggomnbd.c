/* btyd_ggomnbd.c: the gamma-Gompertz/NBD model's side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/ggomnbd.h"

#define MODEL(f) loy_ggomnbd_##f
#define CLV(f)   loy_clv_ggomnbd##f
#define NAME     "ggomnbd"

static loy_ggomnbd_params take_params(parity_case *c) {
  loy_ggomnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.b = parity_double(c);
  params.s = parity_double(c);
  params.beta = parity_double(c);
  return params;
}

#include "purchase.h"

PARITY(btyd_ggomnbd) { register_purchase(); }
