/* satisfaction.h: return on satisfaction, the curve L = f(C, S) joined with the value of retention.
 *
 * With retention r = L(s, c) and M the margin multiple of retention.h, a customer is worth V(s) = m M(L(s, c)), and one
 * unit of satisfaction more is worth
 *   dV/ds = m M'(L) dL/ds,   for BEGIN without growth and horizon m (1+i)/(1+i - L)^2 dL/ds.
 * The gain from s0 to s1, V(s1) - V(s0), is also the most that the step may cost.
 *
 * A value at risk is what is lost when customers who stay because they must become free to go: the value now less that
 * with other constraints or more competition ("deregulation").
 *
 * Sources: Rust, Zahorik & Keiningham, "Return on quality", J. Marketing 59(2), 1995, 58-70 (return on investment in
 * satisfaction); Jones & Sasser 1995 (captive customers); the curve and the multiples as in their headers. */
#ifndef LOYALTY_VALUE_SATISFACTION_H
#define LOYALTY_VALUE_SATISFACTION_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "../response/curve.h"
#include "retention.h"

LOY_BEGIN_DECLS

/* How a stream of margins becomes a value: the arguments of loy_margin_multiple apart from retention. Fill it with
 * loy_margin_terms_init, then change what you need. */
typedef struct loy_margin_terms {
  size_t struct_size;
  int timing;      /* a loy_margin_timing; LOY_MARGIN_BEGIN */
  double discount; /* effective rate per period; 0 */
  double growth;   /* of the margin per period; 0 */
  double horizon;  /* periods counted; +infinity */
} loy_margin_terms;

/* What a customer is worth at one point of the curve. */
typedef struct loy_satisfaction_worth {
  double retention;       /* L(s, c) */
  double retention_slope; /* dL/ds */
  double value;           /* V */
  double value_slope;     /* dV/ds: what one unit of satisfaction (the whole scale) more would be worth at this slope */
} loy_satisfaction_worth;

/* A step of satisfaction, paid for. */
typedef struct loy_satisfaction_investment {
  double value_before, value_after; /* of one customer */
  double gain;                      /* of one customer; the most that the step may cost for each */
  double total;                     /* gain of all customers */
  double return_on_investment;      /* (total - cost)/cost; .5 means that each unit of money brings back 1.5 */
} loy_satisfaction_investment;

/* What captive customers are worth, and would be if they were free. */
typedef struct loy_satisfaction_risk {
  double retention_before, retention_after;
  double value_before, value_after;
  double at_risk; /* value_before - value_after */
} loy_satisfaction_risk;

/* Fill `terms` with the defaults: BEGIN, no discount, no growth, no horizon. Never fails; NULL does nothing. */
LOYALTY_API void loy_margin_terms_init(loy_margin_terms *terms);

/* The worth of one customer.
 *
 * curve, s, c, constraint   as in loy_curve_loyalty
 * terms                     NULL for the defaults
 * margin                    m, per period, in money, of either sign, as in loy_retention_value
 * Errors, in this order: those of `curve` as in loy_curve_check; LOY_ERR_ARGUMENT for a bad struct_size of "terms",
 * then its "timing"; LOY_ERR_DOMAIN for its "discount", "growth", "horizon", then "margin", "s", "c", "constraint";
 * LOY_ERR_ARGUMENT for a NULL `worth`. Notice: LOY_NOTICE_DIVERGES, with an infinite value, where retention times
 * growth outruns the discount; for an infinite slope alone (s = 0 or 1 with beta < 1) the status is LOY_OK. */
LOYALTY_API loy_status loy_satisfaction_worth_at(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                                 double s, double c, const double *constraint,
                                                 loy_satisfaction_worth *worth, loy_error *error);

/* loy_satisfaction_worth_at for n customers or segments, the same bits.
 *
 * margin, s, c    n numbers each
 * constraint      curve->constraints columns of n numbers each; NULL means all 0
 * retention, retention_slope, value, value_slope
 *                 receive n numbers each; any may be NULL
 * report          counts rows outside the domain; their slots become NaN. May be NULL
 * Errors, in this order: those of `curve` and `terms` as above; LOY_ERR_ARGUMENT for a NULL `margin`, `s`, `c` or
 * column of `constraint` with n > 0. Notice: LOY_NOTICE_DIVERGES when a value is infinite; `error` names the first row.
 */
LOYALTY_API loy_status loy_satisfaction_worth_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                    const double *margin, const double *s, const double *c,
                                                    const double *const *constraint, size_t n, double *retention,
                                                    double *retention_slope, double *value, double *value_slope,
                                                    loy_batch_report *report, loy_error *error);

/* What it brings to raise satisfaction, and whether it pays.
 *
 * s_before, s_after   satisfaction, each from 0 to 1; after may be below before, and the gain is then a loss
 * customers           how many, at least 0 (a double, for weighted counts)
 * cost                of the step for all of them together, in the money of `margin`; above 0
 * The other arguments as in loy_satisfaction_worth_at.
 * Errors, in this order: those of loy_satisfaction_worth_at with "s_before" and "s_after" for "s"; LOY_ERR_DOMAIN for
 * "customers" and "cost"; LOY_ERR_ARGUMENT for a NULL `investment`. Notice: LOY_NOTICE_DIVERGES when a value is
 * infinite; where both are, gain, total and return are 0, 0 and -1, as nothing changes.
 * Accuracy: the gain is a difference of two values, each to 1e-13. */
LOYALTY_API loy_status loy_satisfaction_invest(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                               double s_before, double s_after, double c, const double *constraint,
                                               double customers, double cost, loy_satisfaction_investment *investment,
                                               loy_error *error);

/* loy_satisfaction_invest for n segments, the same bits.
 *
 * margin ... cost        n numbers each
 * constraint             as in loy_satisfaction_worth_batch
 * gain, total, return_on_investment
 *                        receive n numbers each; any may be NULL
 * Report, errors and notice as in loy_satisfaction_worth_batch. */
LOYALTY_API loy_status loy_satisfaction_invest_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                     const double *margin, const double *s_before,
                                                     const double *s_after, const double *c,
                                                     const double *const *constraint, const double *customers,
                                                     const double *cost, size_t n, double *gain, double *total,
                                                     double *return_on_investment, loy_batch_report *report,
                                                     loy_error *error);

/* What would be lost if constraints went, or competition changed, while satisfaction stays.
 *
 * c, constraint               now
 * c_after, constraint_after   then; constraint_after NULL means that none is left
 * The other arguments as in loy_satisfaction_worth_at.
 * Errors, in this order: those of loy_satisfaction_worth_at; LOY_ERR_DOMAIN for "c_after", "constraint_after";
 * LOY_ERR_ARGUMENT for a NULL `risk`. Notice: LOY_NOTICE_DIVERGES when the value before or after is infinite; where
 * both are, at_risk is 0. */
LOYALTY_API loy_status loy_satisfaction_at_risk(const loy_curve *curve, const loy_margin_terms *terms, double margin,
                                                double s, double c, const double *constraint, double c_after,
                                                const double *constraint_after, loy_satisfaction_risk *risk,
                                                loy_error *error);

/* loy_satisfaction_at_risk for n customers, the same bits.
 *
 * margin, s, c, c_after           n numbers each; c_after NULL means that c stays
 * constraint, constraint_after    as in loy_satisfaction_worth_batch
 * retention_after, at_risk        receive n numbers each; either may be NULL
 * Report, errors and notice as in loy_satisfaction_worth_batch. */
LOYALTY_API loy_status loy_satisfaction_at_risk_batch(const loy_curve *curve, const loy_margin_terms *terms,
                                                      const double *margin, const double *s, const double *c,
                                                      const double *const *constraint, const double *c_after,
                                                      const double *const *constraint_after, size_t n,
                                                      double *retention_after, double *at_risk,
                                                      loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "satisfaction-inl.h"
#endif

#endif /* LOYALTY_VALUE_SATISFACTION_H */
