/* ggomnbd.h: what customers do, by the GGom/NBD model of Bemmaor & Glady (2012, Management Science 58, 1012-1021). */
#ifndef LOYALTY_BTYD_GGOMNBD_H
#define LOYALTY_BTYD_GGOMNBD_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The parameters. */
typedef struct loy_ggomnbd_params {
  double r;     /* shape of the purchase rate */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
  double b;     /* how fast the dropout rate grows, per unit of time */
  double s;     /* shape of the dropout rate */
  double beta;  /* rate of the dropout rate, a number */
} loy_ggomnbd_params;

/* Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, b, s, beta. */
LOYALTY_API loy_status loy_ggomnbd_check(const loy_ggomnbd_params *params, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "ggomnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_GGOMNBD_H */
