/* btyd_bgnbd_columns.c: the BG/NBD model over columns in the parity cases. */
#define MODEL bgnbd
#include "btyd_betageo_columns.h"

PARITY(btyd_bgnbd_columns) { register_model(); }
