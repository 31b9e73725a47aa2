/* btyd_bgnbd.c: the BG/NBD model in the parity cases. */
#define MODEL bgnbd
#include "btyd_betageo.h"

PARITY(btyd_bgnbd) { register_model(); }
