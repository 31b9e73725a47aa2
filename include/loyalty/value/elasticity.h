/* elasticity.h: by how many per cent the value of a customer changes when what it depends on changes by one.
 *
 * With V = m M - A, M the margin multiple, the elasticities x/V dV/dx are
 *   margin            m M/V
 *   retention         r m M'/V, M' the slope of M in r; for END without horizon and cost (1+i)/(1+i - r(1+g))
 *   discount          i m (dM/di)/V, which is -i r M'/(1+i) m/V but for END_FIRST_SURE, where M is added to r M', and
 *                     for MID, where half of M is taken from it
 *   acquisition cost  -A/V
 * Retention moves value most: at i = .1 an END value by 3.7 % for each per cent at r = .8.
 *
 * Source: Gupta, Lehmann & Stuart 2004, J. Marketing Research 41(1), 7-18. */
#ifndef LOYALTY_VALUE_ELASTICITY_H
#define LOYALTY_VALUE_ELASTICITY_H

#include "../base/config.h"
#include "../base/status.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* Per cent of value for one per cent of each. */
typedef struct loy_elasticity {
  double margin, retention, discount, acquisition_cost;
} loy_elasticity;

/* The elasticities of loy_retention_value. Arguments as there.
 * Errors, in this order: those of loy_retention_value_check for timing, margin, retention, discount, growth, horizon,
 * acquisition_cost; LOY_ERR_DOMAIN retention where the value is infinite, and margin where it is 0: neither has
 * elasticities; LOY_ERR_ARGUMENT elasticity (NULL). Notice: LOY_NOTICE_DIVERGES, naming retention, where that of
 * retention is larger than the largest double.
 * Measured: relative error below 2e-15 (docs/accuracy.md) without cost, times the condition of the slope; with one,
 * times (m M + A)/|V|. */
LOYALTY_API loy_status loy_retention_elasticity(int timing, double margin, double retention, double discount,
                                                double growth, double horizon, double acquisition_cost,
                                                loy_elasticity *elasticity, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "elasticity-inl.h"
#endif

#endif /* LOYALTY_VALUE_ELASTICITY_H */
