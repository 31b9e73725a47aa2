/* Draws of the Pareto/NBD model: loy_pnbd_simulate, loy_pnbd_simulate_log. */
#include "loyalty/btyd/pnbd_simulate.h"

#include "loyalty/btyd/pnbd_predict.h"

#define MODEL(f) loy_pnbd_##f
#define USUAL                                                                                                          \
  { 0.553, 10.578, 0.606, 11.669 } /* CDNOW, as published */
#include "purchase_draws.h"

SUITE(btyd, pnbd_simulate) { ADD_DRAWS; }
