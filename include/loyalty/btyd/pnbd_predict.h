/* pnbd_predict.h: what a customer will do by the Pareto/NBD model; the model itself is in pnbd.h, whose symbols are
 * used here: k = r + x, A = alpha + T, B = beta + T. Times are in the unit of alpha and beta, rates of discount per
 * that unit.
 *
 * Everything is a closed form without cancellation or an integral of a positive function, so s = 1 and alpha = beta,
 * where the published formulas divide 0 by 0, are ordinary points. */
#ifndef LOYALTY_BTYD_PNBD_PREDICT_H
#define LOYALTY_BTYD_PNBD_PREDICT_H

#include "pnbd.h"

LOY_BEGIN_DECLS

/* Expected number of purchases in (T, T + t], given the history:
 *   E[Y(t)] = P(alive at T) k/A int_0^t (B/(B+v))^s dv,
 * the integral in closed form, which is B ln(1 + t/B) at s = 1 and keeps its digits next to it.
 * Returns NaN for NULL or outside the domain (see loy_pnbd_check_customer), also for an infinite t. Relative error
 * 1e-12 over the stated range, or 16 * 2^-52 times the condition number where that is larger. Source: Schmittlein,
 * Morrison & Colombo 1987; Fader & Hardie 2005, note 9. */
LOYALTY_API double loy_pnbd_expected_purchases(const loy_pnbd_params *params, double x, double t_x, double T, double t);

/* loy_pnbd_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or
 * T.
 * Errors: as loy_pnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_pnbd_expected_purchases_batch(const loy_pnbd_params *params, const double *x,
                                                         const double *t_x, const double *T, size_t n, double t,
                                                         const loy_pnbd_options *options, double *out,
                                                         loy_batch_report *report, loy_error *error);

/* Expected number of repeat purchases of a new customer within t of the first one. The same bits as
 * loy_pnbd_expected_purchases for x = t_x = T = 0, and the same domain.
 * Source: Schmittlein, Morrison & Colombo 1987. */
LOYALTY_API double loy_pnbd_expected_purchases_new(const loy_pnbd_params *params, double t);

/* Discounted expected residual transactions: the present value at T of one unit per purchase after T, discounted
 * continuously at rate delta > 0 per unit of time (an effective rate d per unit is delta = ln(1 + d)):
 *   DERT = P(alive at T) k/A int_0^infinity exp(-delta v) (B/(B+v))^s dv.
 * Returns NaN for NULL or outside the domain. Accuracy as loy_pnbd_expected_purchases. Source: Fader, Hardie & Lee 2005
 * ("RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing Research 42, 415-430),
 * without its confluent hypergeometric function. */
LOYALTY_API double loy_pnbd_dert(const loy_pnbd_params *params, double x, double t_x, double T, double delta);

/* The same for purchases in (T, T + t]:
 *   DECT = P(alive at T) k/A int_0^t exp(-delta v) (B/(B+v))^s dv,
 * delta and t 0 or from 1e-40 to 1e40; delta = 0 gives E[Y(t)], t = +infinity with delta > 0 gives DERT.
 * Returns NaN for NULL or outside the domain, also for delta = 0 with an infinite t. */
LOYALTY_API double loy_pnbd_dect(const loy_pnbd_params *params, double x, double t_x, double T, double delta, double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_pnbd_check_customer up to T; LOY_ERR_DOMAIN delta (neither 0 nor in range), t
 * (neither 0 nor in range, unless infinite while delta is not 0). */
LOYALTY_API loy_status loy_pnbd_dect_check(const loy_pnbd_params *params, double x, double t_x, double T, double delta,
                                           double t, loy_error *error);

/* loy_pnbd_dert and loy_pnbd_dect for each of n customers; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_pnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T. For the first delta must be greater than
 * 0. */
LOYALTY_API loy_status loy_pnbd_dert_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, const loy_pnbd_options *options,
                                           double *out, loy_batch_report *report, loy_error *error);

/* See loy_pnbd_dert_batch. */
LOYALTY_API loy_status loy_pnbd_dect_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, double t,
                                           const loy_pnbd_options *options, double *out, loy_batch_report *report,
                                           loy_error *error);

/* P(alive at T), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_pnbd_palive_batch at t = 0, loy_pnbd_expected_purchases_batch and loy_pnbd_dect_batch, in less
 * time.
 *   delta    continuous rate of discount per unit of time, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, 0 or in range; +infinity: no end, the number of purchases then is P(alive at T) k/A B/(s-1),
 *            +infinity for s <= 1
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_pnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T, and none for the outputs. Notice:
 * LOY_NOTICE_DIVERGES where a number of purchases is infinite, naming s; `error` then has the first such row. */
LOYALTY_API loy_status loy_pnbd_predict_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double delta, double t,
                                              const loy_pnbd_options *options, double *p_alive,
                                              double *expected_purchases, double *discounted_purchases,
                                              loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n repeat purchases within t of the first one:
 *   P(X(t) = n) = NB_n(t; r, alpha) S(t) + int_0^t NB_n(u; r, alpha) f(u) du,
 *   NB_n(u; r, alpha) = Gamma(r+n) / (Gamma(r) n!) (alpha/(alpha+u))^r (u/(alpha+u))^n,
 *   S(u) = (beta/(beta+u))^s, f(u) = s beta^s (beta+u)^-(s+1): alive throughout, or stopped at u.
 * Returns NaN for NULL, for n that is no whole number, 0 or more and below 2^51, or for t that is neither 0 nor in
 * range; so do the other two.
 * Source: Fader & Hardie 2006, note 13 ("Deriving an Expression for P(X(t) = x) Under the Pareto/NBD Model"). */
LOYALTY_API double loy_pnbd_pmf(const loy_pnbd_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in (T, T + t], given the history: P(alive at T) times the
 * formula of loy_pnbd_pmf with k, A and B for r, alpha and beta; plus 1 - P(alive at T) where n = 0. */
LOYALTY_API double loy_pnbd_pmf_future(const loy_pnbd_params *params, double x, double t_x, double T, double n,
                                       double t);

/* Probability that a new customer makes exactly n repeat purchases in (t0, t1], 0 <= t0 <= t1, counted from the first
 * purchase. A customer may have stopped before t0:
 *   P = NB_n(t1-t0) S(t1) + int_(t0)^(t1) NB_n(u-t0) f(u) du + 1[n=0] (1 - S(t0)). */
LOYALTY_API double loy_pnbd_pmf_interval(const loy_pnbd_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_pnbd_pmf give x = t_x = T = 0 and t0 = 0; for loy_pnbd_pmf_future
 * t0 = 0; for loy_pnbd_pmf_interval x = t_x = T = 0.
 * Errors, in this order: those of loy_pnbd_check_customer up to T; LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_pnbd_pmf_check(const loy_pnbd_params *params, double x, double t_x, double T, double n,
                                          double t0, double t1, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "pnbd_predict-inl.h"
#endif

#endif /* LOYALTY_BTYD_PNBD_PREDICT_H */
