/* btyd_bgbb.c: the BG/BB model's side of the parity cases. */
#include "parity.h"

#include "loyalty/btyd/bgbb.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/btyd/bgbb_simulate.h"

#define MODEL(f) loy_bgbb_##f
#define CLV(f)   loy_clv_bgbb##f
#define NAME     "bgbb"

static loy_bgbb_params take_params(parity_case *c) {
  loy_bgbb_params params;
  params.alpha = parity_double(c);
  params.beta = parity_double(c);
  params.gamma = parity_double(c);
  params.delta = parity_double(c);
  return params;
}

#include "purchase.h"

static void the_simulate_histories(parity_case *c) {
  loy_bgbb_params params = take_params(c);
  size_t n, periods = (size_t)parity_int(c);
  uint64_t seed = (uint64_t)parity_int(c);
  double *history = parity_out(c, &n);
  loy_error e;
  loy_bgbb_simulate_histories(&params, periods > 0 ? n / periods : 0, periods, seed, history, &e);
  (void)parity_failed(c, &e);
}

PARITY(btyd_bgbb) {
  register_purchase();
  parity_register("bgbb_simulate_histories", the_simulate_histories);
}
