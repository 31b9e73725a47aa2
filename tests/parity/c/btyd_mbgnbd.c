/* btyd_mbgnbd.c: the MBG/NBD model in the parity cases. */
#define MODEL mbgnbd
#include "btyd_betageo.h"

PARITY(btyd_mbgnbd) { register_model(); }
