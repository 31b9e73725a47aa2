/* btyd_mbgnbd_columns.c: the MBG/NBD model over columns in the parity cases. */
#define MODEL mbgnbd
#include "btyd_betageo_columns.h"

PARITY(btyd_mbgnbd_columns) { register_model(); }
