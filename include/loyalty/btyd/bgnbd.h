/* bgnbd.h: what customers do, by the BG/NBD model of Fader, Hardie & Lee (2005, "Counting Your Customers the Easy
 * Way", Marketing Science 24, 275-284).
 *
 * While alive, a customer buys at random at an own rate lambda, which is Gamma(r, alpha) distributed (shape, rate)
 * over the population. After each repeat purchase the customer stops for good with an own probability p, which is
 * Beta(a, b) distributed. r, a and b have no unit; alpha is in the unit of time that t_x, T and t are in.
 *
 * A customer enters as x, the number of repeat purchases (a whole number, 0 or more and below 2^51), t_x, the time of
 * the last one, and T, the length of observation, both times measured from the first purchase: 0 <= t_x <= T, t_x = 0
 * where x = 0. As nobody can stop before a repeat purchase, every customer with x = 0 counts as alive; where that is
 * unwanted take the MBG/NBD model. r, a and b are from 1e-10 to 1e10, alpha from 1e-40 to 1e40 and times in the
 * same range or 0 (base/range.h); accuracy is measured for parameters from 1e-4 to 1e4, x up to 1e4 and T from 1e-3 to
 * 1e6, see docs/btyd/bgnbd.md.
 *
 * This header has the likelihood and what the history says about the customer now. bgnbd_predict.h has the future,
 * bgnbd_fit.h the estimation, bgnbd_simulate.h the simulation. Symbols used throughout:
 * k = r + x, A = alpha + T, b' = b + x. */
#ifndef LOYALTY_BTYD_BGNBD_H
#define LOYALTY_BTYD_BGNBD_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The four parameters. */
typedef struct loy_bgnbd_params {
  double r;     /* shape of the purchase rate: the larger, the more alike the customers */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
  double a, b;  /* of the dropout probability, whose mean is a / (a + b) */
} loy_bgnbd_params;

/* Options of the batch functions. */
typedef struct loy_bgnbd_options {
  size_t struct_size;
  int threads; /* 1 by default; never changes a bit of the result */
} loy_bgnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bgnbd_options_init(loy_bgnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, a, b. */
LOYALTY_API loy_status loy_bgnbd_check(const loy_bgnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, x, t_x, T, t. */
LOYALTY_API loy_status loy_bgnbd_check_customer(const loy_bgnbd_params *params, double x, double t_x, double T,
                                                double t, loy_error *error);

/* Log-likelihood of one customer:
 *   ln L = lnB(a, b+x) - lnB(a, b) + lnGamma(r+x) - lnGamma(r) + r ln alpha - (r+x) ln(alpha+T) + ln(1 + 1[x>0] w),
 *   w = a/(b+x-1) ((alpha+T)/(alpha+t_x))^(r+x).
 * Gamma functions enter by their differences only, w by its logarithm, so that no size of x overflows.
 * Returns NaN for NULL or outside the domain (see loy_bgnbd_check_customer). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the stated range.
 * Source: Fader, Hardie & Lee 2005, equation 6, rearranged as in Fader & Hardie's note 4. */
LOYALTY_API double loy_bgnbd_loglik(const loy_bgnbd_params *params, double x, double t_x, double T);

/* loy_bgnbd_loglik for each of n customers; the same bits.
 *   x, t_x, T  columns of n; `out` may be the same array as any of them
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_bgnbd_loglik_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, const loy_bgnbd_options *options, double *out,
                                              loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = 1 / (1 + 1[x>0] w),  P(alive at T + t) = P(alive at T) 2F1(k, a; a+b'; -t/A),
 * the second factor as the mean of (1 + p t/A)^-k over p ~ Beta(a, b'). t = +infinity gives 0.
 * Exactly 1 for x = 0 and t = 0. Returns NaN for NULL or outside the domain. Relative error 1e-12 over the stated
 * range, or 16 * 2^-52 times the condition number where that is larger; answers below 1e-290 lose precision, see
 * loy_bgnbd_log_palive.
 * Source: Fader, Hardie & Lee 2008, note 21 ("Computing P(alive) using the BG/NBD model"), for t = 0. */
LOYALTY_API double loy_bgnbd_palive(const loy_bgnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T) = -ln(1 + 1[x>0] w), finite where P(alive) itself is too small for a double. NaN for NULL or
 * outside the domain. */
LOYALTY_API double loy_bgnbd_log_palive(const loy_bgnbd_params *params, double x, double t_x, double T);

/* loy_bgnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_bgnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_bgnbd_palive_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double t, const loy_bgnbd_options *options,
                                              double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase rate and dropout probability, given the history. With P = P(alive at
 * T):
 *   E[lambda] = P (r+x)/(alpha+T) + (1-P) (r+x)/(alpha+t_x),  E[p] = (a + 1 - P)/(a+b+x),
 * because a customer who is alive has lambda ~ Gamma(r+x, alpha+T) and p ~ Beta(a, b+x), and one who stopped, at t_x,
 * has lambda ~ Gamma(r+x, alpha+t_x) and p ~ Beta(a+1, b+x-1). For x = 0, P = 1.
 *   lambda, p  outputs, either may be NULL
 * Errors, in this order: those of loy_bgnbd_check_customer. */
LOYALTY_API loy_status loy_bgnbd_posterior(const loy_bgnbd_params *params, double x, double t_x, double T,
                                           double *lambda, double *p, loy_error *error);

/* loy_bgnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_bgnbd_loglik_batch. */
LOYALTY_API loy_status loy_bgnbd_posterior_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                                 const double *T, size_t n, const loy_bgnbd_options *options,
                                                 double *lambda, double *p, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGNBD_H */
