/* bgcnbd_predict.h: what a customer will do by the BG/CNBD-k model; the model itself is in bgcnbd.h, whose symbols are
 * used here: s = r + k x, A = alpha + T, b' = b + x, and the stage j since the last purchase with its probabilities
 * w_j. Times are in the unit of alpha, rates of discount per that unit. No prediction asks for the gaps.
 *
 * Everything is a sum or an integral of positive terms for one customer, carried on until what is left is below 2^-57
 * of it: the answer does not depend on who else is in the call. k = 1 gives the bits of bgnbd_predict.h. */
#ifndef LOYALTY_BTYD_BGCNBD_PREDICT_H
#define LOYALTY_BTYD_BGCNBD_PREDICT_H

#include "bgcnbd.h"

LOY_BEGIN_DECLS

/* Expected number of purchases in (T, T + t], given the history:
 *   E[Y(t)] = P(alive at T) Sum_j w_j Sum_{n>=1} B(a, b'+n-1)/B(a, b') I_{t/(A+t)}(n k - j, s + j),
 * I the regularised incomplete beta function: of one who is j stages on, purchase n comes within t, and none of those
 * before it is the last.
 * Returns NaN for NULL or outside the domain (see loy_bgcnbd_check_customer), also for an infinite t. Relative error
 * 1e-12 over the range of bgnbd.h, or 16 * 2^-52 times the condition number where that is larger. Source: derived from
 * Reutterer, Platzer & Schroeder 2021, who approximate it. */
LOYALTY_API double loy_bgcnbd_expected_purchases(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                                 double t);

/* loy_bgcnbd_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x
 * or T.
 * Errors: as loy_bgcnbd_palive_batch. */
LOYALTY_API loy_status loy_bgcnbd_expected_purchases_batch(const loy_bgcnbd_params *params, const double *x,
                                                           const double *t_x, const double *T, size_t n, double t,
                                                           const loy_bgcnbd_options *options, double *out,
                                                           loy_batch_report *report, loy_error *error);

/* Expected number of repeat purchases of a new customer within t of the first one. The same bits as
 * loy_bgcnbd_expected_purchases for x = t_x = T = 0, and the same domain. */
LOYALTY_API double loy_bgcnbd_expected_purchases_new(const loy_bgcnbd_params *params, double t);

/* Discounted expected residual transactions: the present value at T of one unit per purchase after T, discounted
 * continuously at rate delta > 0 per unit of time (an effective rate d per unit is delta = ln(1 + d)):
 *   DERT = P(alive at T) Sum_j w_j E[f^(k-j) / (1 - (1-p) f^k)],  f = lambda/(lambda + delta),
 * lambda ~ Gamma(s + j, A), p ~ Beta(a, b'): the mean of exp(-delta times the time of a stage) is f.
 * Returns NaN for NULL or outside the domain. Accuracy as loy_bgcnbd_expected_purchases. */
LOYALTY_API double loy_bgcnbd_dert(const loy_bgcnbd_params *params, double x, double t_x, double T, double delta);

/* The same for purchases in (T, T + t]:
 *   DECT = exp(-delta t) E[Y(t)] + delta Int_0^t exp(-delta v) E[Y(v)] dv,
 * delta and t 0 or from 1e-40 to 1e40; delta = 0 gives E[Y(t)], t = +infinity with delta > 0 gives DERT. Takes some 50
 * times as long as E[Y(t)].
 * Returns NaN for NULL or outside the domain, also for delta = 0 with an infinite t. */
LOYALTY_API double loy_bgcnbd_dect(const loy_bgcnbd_params *params, double x, double t_x, double T, double delta,
                                   double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_bgcnbd_check_customer up to T; LOY_ERR_DOMAIN delta (neither 0 nor in range), t
 * (neither 0 nor in range, unless infinite while delta is not 0). */
LOYALTY_API loy_status loy_bgcnbd_dect_check(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                             double delta, double t, loy_error *error);

/* loy_bgcnbd_dert and loy_bgcnbd_dect for each of n customers; the same bits. `out` may be the same array as x, t_x or
 * T.
 * Errors: as loy_bgcnbd_palive_batch, with LOY_ERR_DOMAIN delta before t. For the first delta must be greater than 0.
 */
LOYALTY_API loy_status loy_bgcnbd_dert_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double delta, const loy_bgcnbd_options *options,
                                             double *out, loy_batch_report *report, loy_error *error);

/* See loy_bgcnbd_dert_batch. */
LOYALTY_API loy_status loy_bgcnbd_dect_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double delta, double t,
                                             const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                             loy_error *error);

/* P(alive at T), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_bgcnbd_palive_batch at t = 0, loy_bgcnbd_expected_purchases_batch and loy_bgcnbd_dect_batch.
 *   delta    continuous rate of discount per unit of time, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, 0 or in range; +infinity: no end, the number of purchases then is P(alive at T) E[1/p] = P(alive
 *            at T) (a+b'-1)/(a-1), +infinity for a <= 1
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_bgcnbd_palive_batch, with LOY_ERR_DOMAIN delta before t, and none for the outputs. Notice:
 * LOY_NOTICE_DIVERGES where a number of purchases is infinite, naming a; `error` then has the first such row. */
LOYALTY_API loy_status loy_bgcnbd_predict_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, double delta, double t,
                                                const loy_bgcnbd_options *options, double *p_alive,
                                                double *expected_purchases, double *discounted_purchases,
                                                loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n repeat purchases within t of the first one:
 *   P(X(t) = n) = B(a, b+n)/B(a, b) P(n k <= M < (n+1) k) + 1[n>0] B(a+1, b+n-1)/B(a, b) P(M >= n k),
 * M the negative binomial number of stages, of shape r at rate alpha: alive after n purchases, or stopped by the n-th.
 * Returns NaN for NULL, for n that is no whole number, 0 or more and below 2^51, or for t that is neither 0 nor in
 * range; so do the other two. */
LOYALTY_API double loy_bgcnbd_pmf(const loy_bgcnbd_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in (T, T + t], given the history: P(alive at T) times the
 * formula of loy_bgcnbd_pmf with b' for b and M as in loy_bgcnbd_palive; plus 1 - P(alive at T) where n = 0. */
LOYALTY_API double loy_bgcnbd_pmf_future(const loy_bgcnbd_params *params, double x, double t_x, double T, double n,
                                         double t);

/* Probability that a new customer makes exactly n repeat purchases in (t0, t1], 0 <= t0 <= t1, counted from the first
 * purchase: the sum over the number m of purchases until t0 and the stage j at t0 of P(alive, m, j) times the formula
 * of loy_bgcnbd_pmf_future at that state; plus P(stopped by t0) where n = 0. */
LOYALTY_API double loy_bgcnbd_pmf_interval(const loy_bgcnbd_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_bgcnbd_pmf give x = t_x = T = 0 and t0 = 0; for loy_bgcnbd_pmf_future
 * t0 = 0; for loy_bgcnbd_pmf_interval x = t_x = T = 0.
 * Errors, in this order: those of loy_bgcnbd_check_customer up to T; LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_bgcnbd_pmf_check(const loy_bgcnbd_params *params, double x, double t_x, double T, double n,
                                            double t0, double t1, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgcnbd_predict-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGCNBD_PREDICT_H */
