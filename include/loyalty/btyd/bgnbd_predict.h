/* bgnbd_predict.h: what a customer will do by the BG/NBD model; the model itself is in bgnbd.h, whose symbols are
 * used here: k = r + x, A = alpha + T, b' = b + x. Times are in the unit of alpha, rates of discount per that unit.
 *
 * Everything is a sum or an integral of positive terms, so a = 1 and a + b < 1, where the published formulas with
 * hypergeometric functions fail, are ordinary points. */
#ifndef LOYALTY_BTYD_BGNBD_PREDICT_H
#define LOYALTY_BTYD_BGNBD_PREDICT_H

#include "bgnbd.h"

LOY_BEGIN_DECLS

/* Expected number of purchases in (T, T + t], given the history:
 *   E[Y(t)] = P(alive at T) E[(1 - exp(-lambda p t)) / p],  lambda ~ Gamma(k, A), p ~ Beta(a, b').
 * Returns NaN for NULL or outside the domain (see loy_bgnbd_check_customer), also for an infinite t. Relative error
 * 1e-12 over the stated range, or 16 * 2^-52 times the condition number where that is larger. Source: Fader, Hardie &
 * Lee 2005, equation 10, without its hypergeometric functions. */
LOYALTY_API double loy_bgnbd_expected_purchases(const loy_bgnbd_params *params, double x, double t_x, double T,
                                                double t);

/* loy_bgnbd_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x
 * or T.
 * Errors: as loy_bgnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_bgnbd_expected_purchases_batch(const loy_bgnbd_params *params, const double *x,
                                                          const double *t_x, const double *T, size_t n, double t,
                                                          const loy_bgnbd_options *options, double *out,
                                                          loy_batch_report *report, loy_error *error);

/* Expected number of repeat purchases of a new customer within t of the first one. The same bits as
 * loy_bgnbd_expected_purchases for x = t_x = T = 0, and the same domain.
 * Source: Fader, Hardie & Lee 2005, equation 9. */
LOYALTY_API double loy_bgnbd_expected_purchases_new(const loy_bgnbd_params *params, double t);

/* Discounted expected residual transactions: the present value at T of one unit per purchase after T, discounted
 * continuously at rate delta > 0 per unit of time (an effective rate d per unit is delta = ln(1 + d)):
 *   DERT = P(alive at T) E[lambda / (delta + lambda p)],  lambda ~ Gamma(k, A), p ~ Beta(a, b').
 * Returns NaN for NULL or outside the domain. Accuracy as loy_bgnbd_expected_purchases. */
LOYALTY_API double loy_bgnbd_dert(const loy_bgnbd_params *params, double x, double t_x, double T, double delta);

/* The same for purchases in (T, T + t]:
 *   DECT = P(alive at T) E[lambda (1 - exp(-(delta + lambda p) t)) / (delta + lambda p)],
 * delta and t 0 or from 1e-40 to 1e40; delta = 0 gives E[Y(t)], t = +infinity with delta > 0 gives DERT.
 * Returns NaN for NULL or outside the domain, also for delta = 0 with an infinite t. */
LOYALTY_API double loy_bgnbd_dect(const loy_bgnbd_params *params, double x, double t_x, double T, double delta,
                                  double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_bgnbd_check_customer up to T; LOY_ERR_DOMAIN delta (neither 0 nor in range), t
 * (neither 0 nor in range, unless infinite while delta is not 0). */
LOYALTY_API loy_status loy_bgnbd_dect_check(const loy_bgnbd_params *params, double x, double t_x, double T,
                                            double delta, double t, loy_error *error);

/* loy_bgnbd_dert and loy_bgnbd_dect for each of n customers; the same bits. `out` may be the same array as x, t_x or
 * T.
 * Errors: as loy_bgnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T. For the first delta must be greater than
 * 0. */
LOYALTY_API loy_status loy_bgnbd_dert_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                            const double *T, size_t n, double delta, const loy_bgnbd_options *options,
                                            double *out, loy_batch_report *report, loy_error *error);

/* See loy_bgnbd_dert_batch. */
LOYALTY_API loy_status loy_bgnbd_dect_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                            const double *T, size_t n, double delta, double t,
                                            const loy_bgnbd_options *options, double *out, loy_batch_report *report,
                                            loy_error *error);

/* P(alive at T), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_bgnbd_palive_batch at t = 0, loy_bgnbd_expected_purchases_batch and loy_bgnbd_dect_batch, in less
 * time.
 *   delta    continuous rate of discount per unit of time, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, 0 or in range; +infinity: no end, the number of purchases then is P(alive at T) E[1/p] = P(alive
 *            at T) (a+b'-1)/(a-1), +infinity for a <= 1
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_bgnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T, and none for the outputs. Notice:
 * LOY_NOTICE_DIVERGES where a number of purchases is infinite, naming a; `error` then has the first such row. */
LOYALTY_API loy_status loy_bgnbd_predict_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, double delta, double t,
                                               const loy_bgnbd_options *options, double *p_alive,
                                               double *expected_purchases, double *discounted_purchases,
                                               loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n repeat purchases within t of the first one:
 *   P(X(t) = n) = B(a, b+n)/B(a, b) NB_n + 1[n>0] B(a+1, b+n-1)/B(a, b) I_{t/(alpha+t)}(n, r),
 *   NB_n = Gamma(r+n) / (Gamma(r) n!) (alpha/(alpha+t))^r (t/(alpha+t))^n: alive after n purchases, or stopped by the
 *   n-th.
 * Returns NaN for NULL, for n that is no whole number, 0 or more and below 2^51, or for t that is neither 0 nor in
 * range; so do the other two.
 * Source: Fader, Hardie & Lee 2005, equation 8. */
LOYALTY_API double loy_bgnbd_pmf(const loy_bgnbd_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in (T, T + t], given the history: P(alive at T) times the
 * formula of loy_bgnbd_pmf with k, A and b' for r, alpha and b; plus 1 - P(alive at T) where n = 0. */
LOYALTY_API double loy_bgnbd_pmf_future(const loy_bgnbd_params *params, double x, double t_x, double T, double n,
                                        double t);

/* Probability that a new customer makes exactly n repeat purchases in (t0, t1], 0 <= t0 <= t1, counted from the first
 * purchase. A customer may have stopped before t0:
 *   P = E[S NB_n(t1 - t0; r, alpha + p t0) (1-p)^n] + 1[n>0] E[S p (1-p)^(n-1) I(n, r)] + 1[n=0] E[1 - S],
 *   S = (1 + p t0/alpha)^-r, over p ~ Beta(a, b), with I = I_z(n, r) at z = (t1 - t0)/(alpha + p t0 + t1 - t0).
 * Derivation: given p, the customer is alive at t0 with rate lambda ~ Gamma(r, alpha + p t0); docs/btyd/bgnbd.md. */
LOYALTY_API double loy_bgnbd_pmf_interval(const loy_bgnbd_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_bgnbd_pmf give x = t_x = T = 0 and t0 = 0; for loy_bgnbd_pmf_future
 * t0 = 0; for loy_bgnbd_pmf_interval x = t_x = T = 0.
 * Errors, in this order: those of loy_bgnbd_check_customer up to T; LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_bgnbd_pmf_check(const loy_bgnbd_params *params, double x, double t_x, double T, double n,
                                           double t0, double t1, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgnbd_predict-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGNBD_PREDICT_H */
