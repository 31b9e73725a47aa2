/* nbd.h: what customers do, by the NBD model of Ehrenberg (1959): nobody ever stops. */
#ifndef LOYALTY_BTYD_NBD_H
#define LOYALTY_BTYD_NBD_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The parameters. */
typedef struct loy_nbd_params {
  double r;     /* shape of the purchase rate */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
} loy_nbd_params;

/* Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha. */
LOYALTY_API loy_status loy_nbd_check(const loy_nbd_params *params, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_NBD_H */
