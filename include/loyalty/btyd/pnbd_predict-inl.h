/* pnbd_predict-inl.h: body of pnbd_predict.h. */
#ifndef LOYALTY_BTYD_PNBD_PREDICT_INL_H
#define LOYALTY_BTYD_PNBD_PREDICT_INL_H

#include "pnbd_predict.h"

#include "pnbd-inl.h"
#include "purchase_lifetime_predict-inl.h"

LOY_BEGIN_DECLS

LOYI_PURCHASE_PREDICT_BODIES(pnbd)

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PNBD_PREDICT_INL_H */
