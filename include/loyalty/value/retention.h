/* retention.h: what a customer is worth who brings the same margin each period and stays with the same probability: the
 * margin multiples of the textbooks, under every convention of when the margin is paid.
 *
 * With m the margin per period, r the probability of staying for another period, i the discount rate per period, g the
 * growth of the margin per period and w = r (1+g) / (1+i), the present value without a horizon is
 *   BEGIN           m (1+i)/(1+i - r(1+g))   first margin now, the next ones as long as the customer stays
 *   END             m r/(1+i - r(1+g))       first margin after one period, if the customer is still there
 *   END_FIRST_SURE  m/(1+i - r(1+g))         paid at the end of every period that was begun; the first is certain
 *   MID             END times sqrt(1+i)      paid in the middle of the period
 *   CONTINUOUS      m/ln(1/w)                a stream at the rate m, leaving and discounting at constant rates
 * and T periods are worth 1 - w^T of it. Conventions differ by up to a whole margin, so there is no default.
 *
 * Sources: Berger & Nasr 1998, J. Interactive Marketing 12(1), 17-30; Gupta & Lehmann 2003, J. Interactive Marketing
 * 17(1), 9-24 (END, with growth). */
#ifndef LOYALTY_VALUE_RETENTION_H
#define LOYALTY_VALUE_RETENTION_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* When margins are paid: see the table above. */
typedef enum loy_margin_timing {
  LOY_MARGIN_BEGIN = 1,
  LOY_MARGIN_END = 2,
  LOY_MARGIN_END_FIRST_SURE = 3,
  LOY_MARGIN_MID = 4,
  LOY_MARGIN_CONTINUOUS = 5
} loy_margin_timing;

/* The margin multiple: the present value of a margin of 1 per period.
 *   timing     a loy_margin_timing; an int, so that a wrong number is an error and not undefined
 *   retention  r, probability of staying for another period, 0 <= r <= 1
 *   discount   i, effective rate per period, -1 < i <= 1e40 (.1 is 10 %)
 *   growth     g, of the margin per period, -1 < g <= 1e40; 0 for a constant margin
 *   horizon    T, periods counted, 0 or from 1e-40 to 1e40; whole but for CONTINUOUS; +infinity for no end
 * Returns +infinity where the sum diverges: no end and r (1+g) >= 1+i. With an end it is finite, also where w = 1 or
 * next to it; where it is larger than the largest double the answer is +infinity too. NaN outside the domain
 * (loy_margin_multiple_check says which argument).
 * Measured: relative error below 1e-14 (docs/value/retention.md), times the condition 1/|1-w| of the problem in its
 * inputs' rounding.
 * Source: see the top of this file. */
LOYALTY_API double loy_margin_multiple(int timing, double retention, double discount, double growth, double horizon);

/* loy_margin_multiple with the reason: *multiple is filled with the same bits on success and on a notice.
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_DOMAIN retention, discount, growth, horizon; LOY_ERR_ARGUMENT
 * multiple (NULL). Notice: LOY_NOTICE_DIVERGES for an infinite answer, naming retention, or horizon where there is an
 * end and the answer is too large. */
LOYALTY_API loy_status loy_margin_multiple_check(int timing, double retention, double discount, double growth,
                                                 double horizon, double *multiple, loy_error *error);

/* What a customer is worth: margin * loy_margin_multiple(...) - acquisition_cost.
 *   margin            m, per period, in money, of either sign; 0 or from 1e-40 to 1e40 in size
 *   acquisition_cost  spent at the start, in the same money and range; 0 for the value of a customer already there
 * Returns plus or minus infinity where the sum diverges and the margin is not 0, or the value is larger than the
 * largest double. NaN outside the domain (loy_retention_value_check says which argument). */
LOYALTY_API double loy_retention_value(int timing, double margin, double retention, double discount, double growth,
                                       double horizon, double acquisition_cost);

/* loy_retention_value with the reason: *value is filled with the same bits on success and on a notice.
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_DOMAIN margin, retention, discount, growth, horizon,
 * acquisition_cost; LOY_ERR_ARGUMENT value (NULL). Notice: LOY_NOTICE_DIVERGES as above. */
LOYALTY_API loy_status loy_retention_value_check(int timing, double margin, double retention, double discount,
                                                 double growth, double horizon, double acquisition_cost, double *value,
                                                 loy_error *error);

/* loy_retention_value for each of n customers or segments with their own margin and retention; the same bits.
 *   margin, retention  columns of n; `out` may be the same array as either
 *   report             nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT timing; LOY_ERR_ARGUMENT margin, retention (NULL while n > 0); LOY_ERR_DOMAIN
 * discount, growth, horizon, acquisition_cost; LOY_ERR_ARGUMENT out (NULL while n > 0). Notice: LOY_NOTICE_DIVERGES
 * when a row is infinite, as above; `error` then names the first such row. */
LOYALTY_API loy_status loy_retention_value_batch(int timing, const double *margin, const double *retention, size_t n,
                                                 double discount, double growth, double horizon,
                                                 double acquisition_cost, double *out, loy_batch_report *report,
                                                 loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "retention-inl.h"
#endif

#endif /* LOYALTY_VALUE_RETENTION_H */
