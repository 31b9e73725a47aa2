/* btyd_pnbd.c: the Pareto/NBD model's side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/pnbd.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/btyd/pnbd_simulate.h"

#define MODEL(f) loy_pnbd_##f
#define CLV(f)   loy_clv_pnbd##f
#define NAME     "pnbd"

static loy_pnbd_params take_params(parity_case *c) {
  loy_pnbd_params params;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.s = parity_double(c);
  params.beta = parity_double(c);
  return params;
}

#include "purchase.h"

PARITY(btyd_pnbd) { register_purchase(); }
