/* bgbb_predict.h: what a customer will do by the BG/BB model; the model itself is in bgbb.h. Times are whole numbers of
 * periods; rates of discount are per period.
 *
 * A customer who is alive in period T is as a new one with alpha + x, beta + T - x, gamma and delta + T for parameters,
 * and everything is a sum or an integral of positive terms: gamma = 1, where the published formula is 0/0, is an
 * ordinary point. */
#ifndef LOYALTY_BTYD_BGBB_PREDICT_H
#define LOYALTY_BTYD_BGBB_PREDICT_H

#include "bgbb.h"

LOY_BEGIN_DECLS

/* Expected number of purchases in the periods T + 1 to T + t, given the history:
 *   E[Y(t)] = P(alive in T) (alpha+x)/(alpha+beta+T) Sum_{i=1}^{t} S(T+i)/S(T),  S as in bgbb.h.
 *   t  whole, 0 or more and below 2^51
 * Returns NaN for NULL or outside the domain (see loy_bgbb_check_customer), also for an infinite t. Relative error
 * 1e-12 over the stated range, or 16 * 2^-52 times the condition number where that is larger. Up to 1024 periods are
 * summed, more integrated. Source: Fader, Hardie & Shang 2010, equation 13, without its difference. */
LOYALTY_API double loy_bgbb_expected_purchases(const loy_bgbb_params *params, double x, double t_x, double T, double t);

/* loy_bgbb_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x
 * or T.
 * Errors: as loy_bgbb_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_bgbb_expected_purchases_batch(const loy_bgbb_params *params, const double *x,
                                                         const double *t_x, const double *T, size_t n, double t,
                                                         const loy_bgbb_options *options, double *out,
                                                         loy_batch_report *report, loy_error *error);

/* Expected number of purchases of a new customer in the periods 1 to t. The same bits as loy_bgbb_expected_purchases
 * for x = t_x = T = 0, and the same domain. Source: Fader, Hardie & Shang 2010, equation 8. */
LOYALTY_API double loy_bgbb_expected_purchases_new(const loy_bgbb_params *params, double t);

/* Discounted expected residual transactions: the present value at the end of period T of one unit per purchase after
 * it, discounted continuously at rate delta > 0 per period (not the parameter of that name; an effective rate d per
 * period is ln(1 + d)): DERT = Sum_{i>=1} P(purchase in T+i | data) exp(-delta i) = P(alive in T)
 * (alpha+x)/(alpha+beta+T) E[(1-theta)/(d+theta)],  theta ~ Beta(gamma, delta+T), an integral, so that no sum is cut
 * off. Returns NaN for NULL or outside the domain. Accuracy as loy_bgbb_expected_purchases. Source: Fader, Hardie &
 * Shang 2010, equation 14, without its hypergeometric function. */
LOYALTY_API double loy_bgbb_dert(const loy_bgbb_params *params, double x, double t_x, double T, double delta);

/* The same for the purchases in the periods T + 1 to T + t; delta 0 or from 1e-40 to 1e40. delta = 0 gives E[Y(t)], t =
 * +infinity with delta > 0 gives DERT. Returns NaN for NULL or outside the domain, also for delta = 0 with an infinite
 * t. */
LOYALTY_API double loy_bgbb_dect(const loy_bgbb_params *params, double x, double t_x, double T, double delta, double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_bgbb_check_customer up to T; LOY_ERR_DOMAIN delta (the rate, neither 0 nor in
 * range), t (not whole, 0 or more and below 2^51, unless infinite while the rate is not 0). */
LOYALTY_API loy_status loy_bgbb_dect_check(const loy_bgbb_params *params, double x, double t_x, double T, double delta,
                                           double t, loy_error *error);

/* loy_bgbb_dert and loy_bgbb_dect for each of n customers; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_bgbb_loglik_batch, with LOY_ERR_DOMAIN delta, t after T. For the first the rate must be greater than
 * 0. */
LOYALTY_API loy_status loy_bgbb_dert_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, const loy_bgbb_options *options,
                                           double *out, loy_batch_report *report, loy_error *error);

/* See loy_bgbb_dert_batch. */
LOYALTY_API loy_status loy_bgbb_dect_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, double t,
                                           const loy_bgbb_options *options, double *out, loy_batch_report *report,
                                           loy_error *error);

/* P(alive in T + 1), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_bgbb_palive_batch at t = 0, loy_bgbb_expected_purchases_batch and loy_bgbb_dect_batch, in less time.
 *   delta    continuous rate of discount per period, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, whole, 0 or more and below 2^51; +infinity: no end, the number of purchases then is P(alive in T)
 *            (alpha+x)/(alpha+beta+T) (delta+T)/(gamma-1), +infinity for gamma <= 1
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_bgbb_loglik_batch, with LOY_ERR_DOMAIN delta, t after T, and none for the outputs. Notice:
 * LOY_NOTICE_DIVERGES where a number of purchases is infinite, naming gamma; `error` then has the first such row. */
LOYALTY_API loy_status loy_bgbb_predict_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double delta, double t,
                                              const loy_bgbb_options *options, double *p_alive,
                                              double *expected_purchases, double *discounted_purchases,
                                              loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n purchases in the periods 1 to t:
 *   P(X(t) = n) = C(t, n) P(t) S(t) + Sum_{m=n}^{t-1} C(m, n) P(m) S(m) gamma/(gamma+delta+m),
 * P and S as in bgbb.h with x = n. Some t steps. 0 for n > t.
 * Returns NaN for NULL, for n that is no whole number, 0 or more and below 2^51, or for t that is no whole number from
 * 0 to 100000; so do the other two. Source: Fader, Hardie & Shang 2010, equation 7. */
LOYALTY_API double loy_bgbb_pmf(const loy_bgbb_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in the periods T + 1 to T + t, given the history: P(alive in
 * T) times the formula of loy_bgbb_pmf with alpha + x, beta + T - x and delta + T for alpha, beta and delta; plus 1 -
 * P(alive in T) where n = 0.
 * Source: Fader, Hardie & Shang 2010, equation 12. */
LOYALTY_API double loy_bgbb_pmf_future(const loy_bgbb_params *params, double x, double t_x, double T, double n,
                                       double t);

/* Probability that a new customer makes exactly n purchases in the periods t0 + 1 to t1, 0 <= t0 <= t1: S(t0) times the
 * formula of loy_bgbb_pmf for t1 - t0 periods with delta + t0 for delta; plus 1 - S(t0) where n = 0.
 * Source: Fader, Hardie & Shang 2010, equation 9. */
LOYALTY_API double loy_bgbb_pmf_interval(const loy_bgbb_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_bgbb_pmf give x = t_x = T = 0 and t0 = 0; for loy_bgbb_pmf_future
 * t0 = 0; for loy_bgbb_pmf_interval x = t_x = T = 0.
 * Errors, in this order: those of loy_bgbb_check_customer up to T; LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_bgbb_pmf_check(const loy_bgbb_params *params, double x, double t_x, double T, double n,
                                          double t0, double t1, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgbb_predict-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGBB_PREDICT_H */
