/* mbgnbd.h: what customers do, by the MBG/NBD model of Batislam, Denizel & Filiztekin (2007, "Empirical validation and
 * comparison of models for customer base analysis", International Journal of Research in Marketing 24, 201-209); the
 * same as the CBG/NBD model of Hoppe & Wagner (2007, Marketing - Journal of Research and Management 3, 75-90).
 *
 * The BG/NBD model (bgnbd.h) with one more chance to stop: at time zero, right after the first purchase, with the same
 * own probability p as after each repeat purchase. So one-time buyers may have stopped, P(alive) < 1 for x = 0, and
 * the more likely the longer they have been silent. Rates are Gamma(r, alpha) distributed over the population (shape,
 * rate), p is Beta(a, b); r, a and b have no unit; alpha is in the unit of time that t_x, T and t are in.
 *
 * Customers, domain, ranges and stated accuracy are those of bgnbd.h; parameters, options and results have the types
 * of that model. The future is in mbgnbd_predict.h, estimation in mbgnbd_fit.h, simulation in mbgnbd_simulate.h.
 * Symbols used throughout: k = r + x, A = alpha + T, b' = b + x + 1. */
#ifndef LOYALTY_BTYD_MBGNBD_H
#define LOYALTY_BTYD_MBGNBD_H

#include "bgnbd.h"

LOY_BEGIN_DECLS

/* The four parameters r, alpha, a, b. */
typedef loy_bgnbd_params loy_mbgnbd_params;

/* Options of the batch functions. */
typedef loy_bgnbd_options loy_mbgnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_mbgnbd_options_init(loy_mbgnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, a, b. */
LOYALTY_API loy_status loy_mbgnbd_check(const loy_mbgnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, x, t_x, T, t. */
LOYALTY_API loy_status loy_mbgnbd_check_customer(const loy_mbgnbd_params *params, double x, double t_x, double T,
                                                 double t, loy_error *error);

/* Log-likelihood of one customer:
 *   ln L = lnB(a, b+x+1) - lnB(a, b) + lnGamma(r+x) - lnGamma(r) + r ln alpha - (r+x) ln(alpha+T) + ln(1 + w),
 *   w = a/(b+x) ((alpha+T)/(alpha+t_x))^(r+x).
 * Gamma functions enter by their differences only, w by its logarithm, so that no size of x overflows.
 * Returns NaN for NULL or outside the domain (see loy_mbgnbd_check_customer). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the stated range.
 * Source: Batislam, Denizel & Filiztekin 2007, rearranged as in Fader & Hardie's note 4. */
LOYALTY_API double loy_mbgnbd_loglik(const loy_mbgnbd_params *params, double x, double t_x, double T);

/* loy_mbgnbd_loglik for each of n customers; the same bits.
 *   x, t_x, T  columns of n; `out` may be the same array as any of them
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_mbgnbd_loglik_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, const loy_mbgnbd_options *options,
                                               double *out, loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = 1 / (1 + w),  P(alive at T + t) = P(alive at T) 2F1(k, a; a+b'; -t/A),
 * the second factor as the mean of (1 + p t/A)^-k over p ~ Beta(a, b'). b/(a + b) for x = T = 0: a customer of whom
 * nothing is known but the first purchase. t = +infinity gives 0. Returns NaN for NULL or outside the domain. Relative
 * error 1e-12 over the stated range, or 16 * 2^-52 times the condition number where that is larger; answers below
 * 1e-290 lose precision, see loy_mbgnbd_log_palive.
 * Source: Batislam, Denizel & Filiztekin 2007, for t = 0. */
LOYALTY_API double loy_mbgnbd_palive(const loy_mbgnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T) = -ln(1 + w), finite where P(alive) itself is too small for a double. NaN for NULL or outside the
 * domain. */
LOYALTY_API double loy_mbgnbd_log_palive(const loy_mbgnbd_params *params, double x, double t_x, double T);

/* loy_mbgnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_mbgnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_mbgnbd_palive_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, double t, const loy_mbgnbd_options *options,
                                               double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase rate and dropout probability, given the history. With P = P(alive at
 * T):
 *   E[lambda] = P (r+x)/(alpha+T) + (1-P) (r+x)/(alpha+t_x),  E[p] = (a + 1 - P)/(a+b+x+1),
 * because a customer who is alive has lambda ~ Gamma(r+x, alpha+T) and p ~ Beta(a, b+x+1), and one who stopped, at
 * t_x, has lambda ~ Gamma(r+x, alpha+t_x) and p ~ Beta(a+1, b+x).
 *   lambda, p  outputs, either may be NULL
 * Errors, in this order: those of loy_mbgnbd_check_customer. */
LOYALTY_API loy_status loy_mbgnbd_posterior(const loy_mbgnbd_params *params, double x, double t_x, double T,
                                            double *lambda, double *p, loy_error *error);

/* loy_mbgnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_mbgnbd_loglik_batch. */
LOYALTY_API loy_status loy_mbgnbd_posterior_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                                  const double *T, size_t n, const loy_mbgnbd_options *options,
                                                  double *lambda, double *p, loy_batch_report *report,
                                                  loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mbgnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_MBGNBD_H */
