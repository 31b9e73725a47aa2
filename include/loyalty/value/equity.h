/* equity.h: customer equity, what all customers of all segments are worth together, and what part each segment is.
 *
 * Source: Rust, Lemon & Zeithaml 2004, J. Marketing 68(1), 109-127; Blattberg & Deighton 1996. */
#ifndef LOYALTY_VALUE_EQUITY_H
#define LOYALTY_VALUE_EQUITY_H

#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Equity of n segments: customers times value, their sum, and the share of each in customers and in equity.
 *   customers       number in each segment, 0 or from 1e-40 to 1e40
 *   value           of one customer, money of either sign, 0 or from 1e-40 to 1e40 in size
 *   equity          nullable: n numbers, customers times value
 *   share           nullable: n numbers, equity over total, which sum to 1; a share above 1 or below 0 is possible when
 *                   some segments lose money
 *   customer_share  nullable: n numbers, customers over all customers; a segment with more equity than customers has
 *                   the better ones
 *   total           the sum
 * The outputs may be the same arrays as inputs, not as each other.
 * Errors, in this order: LOY_ERR_ARGUMENT customers, value (NULL while n > 0); LOY_ERR_DOMAIN customers, value with the
 * element, the first segment first; LOY_ERR_ARGUMENT total (NULL).
 * Notice: LOY_NOTICE_NONE when the total is 0 (naming value) or there are no customers (naming customers): those shares
 * are 0.
 * Accuracy: equity and shares within 1 ulp of the terms' sizes; the sum by the rule of all sums over rows. */
LOYALTY_API loy_status loy_segment_equity(const double *customers, const double *value, size_t n, double *equity,
                                          double *share, double *customer_share, double *total, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "equity-inl.h"
#endif

#endif /* LOYALTY_VALUE_EQUITY_H */
