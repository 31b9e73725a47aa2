/* prediction_interval.h: how sure a model is of what it says. Standard errors and confidence intervals of the
 * quantities of prediction.h by the delta method, from the covariance of the fitted parameters.
 *
 * With g the logarithm of the quantity, or its log odds where it is a probability, theta the parameters and C their
 * covariance, the variance of g is d' L d, d_i = dg / d ln theta_i, L_ij = C_ij / (theta_i theta_j): the logarithms of
 * parameters above 0 are closer to normal than they are themselves. Derivatives are central differences of fourth order
 * of the exact quantities, with a step that is shortened where the customer's history makes them bend sooner. The
 * interval is symmetric on g, so that it stays above 0, or between 0 and 1.
 *
 * It says how well the population's parameters are known, from many customers or few; it covers the expectation, not
 * what this customer will do, which purchase_interval.h is for. A parameter without a standard error (NaN on the
 * diagonal of the covariance: its estimate lies at the edge of its range) counts as known, and the call says so with
 * LOY_NOTICE_AT_BOUND. One with a variance of 0, such as k of the (M)BG/CNBD-k models, is known. */
#ifndef LOYALTY_BTYD_PREDICTION_INTERVAL_H
#define LOYALTY_BTYD_PREDICTION_INTERVAL_H

#include "prediction.h"

LOY_BEGIN_DECLS

/* The quantity for each of n rows with its uncertainty.
 *   model, what, rows      as for loy_prediction_batch; the model must have a covariance
 *   level                  confidence of each interval by itself, 0 < level < 1
 *   estimate, std_error,   receive n numbers each, arrays of their own, none of them an input. The estimate has the
 *   lower, upper           bits of loy_prediction_batch, the standard error its unit. Where a quantity is 0, or a
 *                          probability 1, whatever the parameters (purchases in no time; P(alive) of NBD), or where it
 *                          is below 1e-290, the standard error is 0 and both ends are the estimate. They are NaN where
 *                          the estimate is infinite, or a parameter so near the end of its domain that no step is
 *                          left.
 *   report                 nullable: rows that answered NaN
 * Errors, in this order: those of loy_prediction_batch up to the columns; LOY_ERR_DOMAIN level; LOY_ERR_STATE
 * covariance (the model has none, or no parameter has a standard error); LOY_ERR_DOMAIN covariance with the index of
 * the first entry that is negative on the diagonal or not finite, among parameters that have a standard error;
 * LOY_ERR_ARGUMENT estimate, std_error, lower, upper (NULL while n > 0).
 * Notices: LOY_NOTICE_DIVERGES as loy_prediction_batch; LOY_NOTICE_AT_BOUND with the index of the first parameter that
 * counts as known without a variance.
 * Accuracy of standard errors: about 1e-10 relative, see docs/btyd/intervals.md. Nothing is allocated; the work is that
 * of 4 p + 1 evaluations of the quantity for p parameters, more for very heavy buyers.
 * Source: the delta method, Rao, Linear Statistical Inference, 1973, section 6a.2. */
LOYALTY_API loy_status loy_prediction_interval_batch(const loy_model *model, const loy_prediction *what,
                                                     const loy_prediction_rows *rows, size_t n, double level,
                                                     double *estimate, double *std_error, double *lower, double *upper,
                                                     loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "prediction_interval-inl.h"
#endif

#endif /* LOYALTY_BTYD_PREDICTION_INTERVAL_H */
