/* btyd_mbgcnbd.c: the MBG/CNBD-k model's side of the parity cases. */
#include <string.h>

#define MODEL(f) loy_mbgcnbd_##f
#define CLV(f)   loy_clv_mbgcnbd##f
#define NAME     "mbgcnbd"
#include "cnbd.h"

PARITY(btyd_mbgcnbd) { register_cnbd(); }
