/* regularity.h: how regular purchases are, from a purchase log (rfm.h) and without a model of rates or dropout: the
 * statistic of Wheat & Morrison (1990, "Estimating purchase regularity with two interpurchase times", Journal of
 * Marketing Research 27, 87-93).
 *
 * When gaps are Erlang-k distributed, the share M = gap / (gap + next gap) of neighbouring gaps of a customer is
 * Beta(k, k) distributed whatever the customer's rate, with mean 1/2 and variance v = 1/(4 (2k + 1)), so that
 *   k = (1 - 4 v) / (8 v):
 * 1 for purchases at random (v = 1/12), larger for regular ones, below 1 for bursts. It says beforehand whether the
 * models of bgcnbd.h are worth a fit; customers with fewer than three purchases say nothing.
 *
 * Gaps that are still open at the end are not seen, which favours short ones in short logs, and gaps of a few merge
 * periods are rounded: both make the estimate rough for slow buyers, and rounding makes it too large. */
#ifndef LOYALTY_BTYD_REGULARITY_H
#define LOYALTY_BTYD_REGULARITY_H

#include "rfm.h"
#include "rfm_summary.h"

LOY_BEGIN_DECLS

/* The estimate. */
typedef struct loy_regularity {
  double k;          /* +infinity where v is 0 */
  double std_error;  /* of k by the delta method, customers as clusters; NaN for one customer or where v is 0 */
  double variance;   /* v: the mean of (M - 1/2)^2 over the pairs */
  int64_t pairs;     /* of neighbouring gaps: the first and the second, the third and the fourth ... of each customer */
  int64_t customers; /* who have one */
} loy_regularity;

/* Estimate k. A purchase is what loy_purchase_count counts; gaps are between the beginnings of merge periods.
 *   builder  the log; not const: it tidies its memory
 *   tick     unit of `end`
 *   end      the period that contains it is the last that counts, or LOY_RFM_LAST_SEEN for the last in the log
 *   result   receives the estimate
 * Errors, in this order: LOY_ERR_ARGUMENT for builder (NULL), tick; LOY_ERR_DOMAIN for end (outside the calendar);
 * LOY_ERR_ARGUMENT for result (NULL); LOY_ERR_MEMORY; LOY_ERR_TOO_FEW for builder when nobody has made three purchases.
 * Notice: LOY_NOTICE_DIVERGES when all pairs of gaps are equal, so that k is infinite.
 * Source: Wheat & Morrison 1990, with all disjoint pairs of a customer. */
LOYALTY_API loy_status loy_regularity_of(loy_rfm_builder *builder, loy_tick tick, int64_t end, loy_regularity *result,
                                         loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "regularity-inl.h"
#endif

#endif /* LOYALTY_BTYD_REGULARITY_H */
