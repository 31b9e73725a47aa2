/* pnbd.h: what customers do, by the Pareto/NBD model of Schmittlein, Morrison & Colombo (1987, "Counting Your
 * Customers", Management Science 33, 1-24). */
#ifndef LOYALTY_BTYD_PNBD_H
#define LOYALTY_BTYD_PNBD_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The four parameters. */
typedef struct loy_pnbd_params {
  double r;     /* shape of the purchase rate */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
  double s;     /* shape of the dropout rate */
  double beta;  /* rate of the dropout rate, in units of time; s / beta is the mean rate */
} loy_pnbd_params;

/* Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, s, beta. */
LOYALTY_API loy_status loy_pnbd_check(const loy_pnbd_params *params, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "pnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_PNBD_H */
