/* mbgcnbd.h: what customers do who buy at regular times and may stop at once, by the MBG/CNBD-k model of Platzer &
 * Reutterer (2016, "Ticking Away the Moments: Timing Regularity Helps to Better Predict Customer Activity", Marketing
 * Science 35, 779-799) and Reutterer, Platzer & Schroeder (2021, "Leveraging purchase regularity for predicting
 * customer behavior the easy way", International Journal of Research in Marketing 38, 194-215).
 *
 * The BG/CNBD-k model (bgcnbd.h) with one more chance to stop: at time zero, right after the first purchase, with the
 * same own probability p as after each repeat purchase. So one-time buyers may have stopped, P(alive) < 1 for x = 0. k
 * = 1 is the MBG/NBD model (mbgnbd.h), and gives its bits.
 *
 * Customers, domain, ranges and stated accuracy are those of bgcnbd.h; parameters, options and results have the types
 * of that model. The future is in mbgcnbd_predict.h, estimation in mbgcnbd_fit.h, simulation in mbgcnbd_simulate.h.
 * Symbols used throughout: s = r + k x, A = alpha + T, u = T - t_x, b' = b + x + 1; (s)_j and w_j as in bgcnbd.h. */
#ifndef LOYALTY_BTYD_MBGCNBD_H
#define LOYALTY_BTYD_MBGCNBD_H

#include "bgcnbd.h"

LOY_BEGIN_DECLS

/* The parameters r, alpha, a, b, k. */
typedef loy_bgcnbd_params loy_mbgcnbd_params;

/* Options of the batch functions. */
typedef loy_bgcnbd_options loy_mbgcnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_mbgcnbd_options_init(loy_mbgcnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, a, b, k. */
LOYALTY_API loy_status loy_mbgcnbd_check(const loy_mbgcnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k, x, t_x, T, t. */
LOYALTY_API loy_status loy_mbgcnbd_check_customer(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                                  double t, loy_error *error);

/* The checking twin for a history with its gaps.
 * Errors, in this order: those of loy_mbgcnbd_check_customer up to T; LOY_ERR_DOMAIN litt: not finite; not 0 where x is
 * 0; or above x ln(t_x / x), which the sum of the logarithms of x gaps that add up to t_x cannot be (1e-9 for each gap
 * are left to rounding). So there is no litt where x > 0 and t_x = 0. */
LOYALTY_API loy_status loy_mbgcnbd_check_gaps(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                              double litt, loy_error *error);

/* Log-likelihood of one customer, of all times of purchase:
 *   ln L = (k-1) litt - x lnGamma(k) + lnB(a, b+x+1) - lnB(a, b) + lnGamma(r+kx) - lnGamma(r) + r ln alpha
 *          - (r+kx) ln(alpha+T) + ln(Q + a/(b+x) ((alpha+T)/(alpha+t_x))^(r+kx)),
 *   Q = Sum_{j<k} (s)_j (u/A)^j / j!.
 * Returns NaN for NULL or outside the domain (see loy_mbgcnbd_check_gaps). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the range of bgnbd.h.
 * Source: Reutterer, Platzer & Schroeder 2021. */
LOYALTY_API double loy_mbgcnbd_loglik(const loy_mbgcnbd_params *params, double x, double t_x, double T, double litt);

/* The same where the gaps are not known: the log-likelihood of x and t_x. It has ln(t_x^((k-1)x) Gamma(x)/Gamma(kx)), 0
 * for x = 0, in place of the first two terms: the gaps, which given t_x are distributed as Dirichlet(k, ..., k) parts
 * of it, are integrated out, relative to their law for k = 1. -infinity where x > 0 and t_x = 0, unless k = 1. NaN for
 * NULL or outside the domain. */
LOYALTY_API double loy_mbgcnbd_loglik_summary(const loy_mbgcnbd_params *params, double x, double t_x, double T);

/* loy_mbgcnbd_loglik for each of n customers; the same bits.
 *   x, t_x, T  columns of n; `out` may be the same array as any of the inputs
 *   litt       column of n, or NULL for loy_mbgcnbd_loglik_summary
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_mbgcnbd_loglik_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, const double *litt, size_t n,
                                                const loy_mbgcnbd_options *options, double *out,
                                                loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = 1 / (1 + w),  w = a/(b+x) ((alpha+T)/(alpha+t_x))^s / Q,
 *   P(alive at T + t) = P(alive at T) Sum_{m>=0} B(a, b'+m)/B(a, b') P(m k <= M < (m+1) k),
 * M the stages since the last purchase until T + t: j with probability w_j, and a negative binomial number with shape
 * s + j in the time t at rate A. t = +infinity gives 0. b/(a + b) for x = T = 0. Returns NaN for NULL or outside
 * the domain. Relative error 1e-12 over the range of bgnbd.h, or 16 * 2^-52 times the condition number where that is
 * larger; answers below 1e-290 lose precision, see loy_mbgcnbd_log_palive. */
LOYALTY_API double loy_mbgcnbd_palive(const loy_mbgcnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T) = -ln(1 + w), finite where P(alive) itself is too small for a double. NaN for NULL or outside
 * the domain. */
LOYALTY_API double loy_mbgcnbd_log_palive(const loy_mbgcnbd_params *params, double x, double t_x, double T);

/* loy_mbgcnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_mbgcnbd_loglik_batch without litt, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_mbgcnbd_palive_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, double t, const loy_mbgcnbd_options *options,
                                                double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own rate of purchases lambda/k and dropout probability, given the history. With P =
 * P(alive at T):
 *   k E[lambda/k] = P Sum_j w_j (s+j)/(alpha+T) + (1-P) s/(alpha+t_x),  E[p] = (a + 1 - P)/(a+b+x+1),
 * because a customer who is alive and j stages on has lambda ~ Gamma(s+j, alpha+T), and one who stopped, at t_x, has
 * lambda ~ Gamma(s, alpha+t_x).
 *   rate, p  outputs, either may be NULL
 * Errors, in this order: those of loy_mbgcnbd_check_customer. */
LOYALTY_API loy_status loy_mbgcnbd_posterior(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                             double *rate, double *p, loy_error *error);

/* loy_mbgcnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_mbgcnbd_palive_batch, without t. */
LOYALTY_API loy_status loy_mbgcnbd_posterior_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                   const double *T, size_t n, const loy_mbgcnbd_options *options,
                                                   double *rate, double *p, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mbgcnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_MBGCNBD_H */
