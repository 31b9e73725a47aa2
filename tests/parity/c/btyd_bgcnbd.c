/* btyd_bgcnbd.c: the BG/CNBD-k model's side of the parity cases. */
#include <string.h>

#define MODEL(f) loy_bgcnbd_##f
#define CLV(f)   loy_clv_bgcnbd##f
#define NAME     "bgcnbd"
#include "cnbd.h"

PARITY(btyd_bgcnbd) { register_cnbd(); }
