/* bgcnbd.h: what customers do who buy at regular times, by the BG/CNBD-k model of Platzer & Reutterer (2016, "Ticking
 * Away the Moments: Timing Regularity Helps to Better Predict Customer Activity", Marketing Science 35, 779-799) in the
 * form of Reutterer, Platzer & Schroeder (2021, "Leveraging purchase regularity for predicting customer behavior the
 * easy way", International Journal of Research in Marketing 38, 194-215).
 *
 * The BG/NBD model (bgnbd.h) with Erlang-k instead of exponential times between purchases: an alive customer passes
 * stages at random at an own rate lambda, which is Gamma(r, alpha) distributed (shape, rate) over the population, and
 * every k-th stage is a purchase. k = 1 is the BG/NBD model, and gives its bits; the larger k, the more regular the
 * times: the coefficient of variation of a gap is 1/sqrt(k). After each repeat purchase the customer stops for good
 * with an own probability p, which is Beta(a, b) distributed. r, a, b and k have no unit; alpha is in the unit of time
 * that t_x, T and t are in, and r / alpha is the mean rate of stages: that of purchases is r / (k alpha).
 *
 * A customer enters as x, t_x and T, as in bgnbd.h, and in the likelihood also as litt, the sum of the natural
 * logarithms of the x gaps between purchases (rfm_summary.h makes it). Given x, t_x and T the gaps say nothing more
 * about lambda, p and whether the customer is alive: litt is a constant factor of the likelihood for one k, needed to
 * tell one k from another, and no prediction asks for it.
 *
 * Ranges are those of bgnbd.h; k is a whole number from 1 to LOY_CNBD_STAGES_MOST. bgcnbd_predict.h has the future,
 * bgcnbd_fit.h the estimation, bgcnbd_simulate.h the simulation. Symbols used throughout: s = r + k x, A = alpha + T,
 * u = T - t_x, b' = b + x, (s)_j = s (s+1) ... (s+j-1); w_j, the probability that an alive customer is j stages past
 * the last purchase, is in proportion to (s)_j (u/A)^j / j!, j < k. */
#ifndef LOYALTY_BTYD_BGCNBD_H
#define LOYALTY_BTYD_BGCNBD_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "bgnbd.h"

LOY_BEGIN_DECLS

/* The largest k: gaps that vary by an eighth. */
enum { LOY_CNBD_STAGES_MOST = 64 };

/* The parameters; k is a whole number. */
typedef struct loy_bgcnbd_params {
  double r;     /* shape of the rate of stages: the larger, the more alike the customers */
  double alpha; /* rate of the rate of stages, in units of time; r / (k alpha) is the mean rate of purchases */
  double a, b;  /* of the dropout probability, whose mean is a / (a + b) */
  double k;     /* stages for each purchase */
} loy_bgcnbd_params;

/* Options of the batch functions. */
typedef loy_bgnbd_options loy_bgcnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bgcnbd_options_init(loy_bgcnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, a, b, k. */
LOYALTY_API loy_status loy_bgcnbd_check(const loy_bgcnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k, x, t_x, T, t. */
LOYALTY_API loy_status loy_bgcnbd_check_customer(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                                 double t, loy_error *error);

/* The checking twin for a history with its gaps.
 * Errors, in this order: those of loy_bgcnbd_check_customer up to T; LOY_ERR_DOMAIN litt: not finite; not 0 where x is
 * 0; or above x ln(t_x / x), which the sum of the logarithms of x gaps that add up to t_x cannot be (1e-9 for each gap
 * are left to rounding). So there is no litt where x > 0 and t_x = 0. */
LOYALTY_API loy_status loy_bgcnbd_check_gaps(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                             double litt, loy_error *error);

/* Log-likelihood of one customer, of all times of purchase:
 *   ln L = (k-1) litt - x lnGamma(k) + lnB(a, b+x) - lnB(a, b) + lnGamma(r+kx) - lnGamma(r) + r ln alpha
 *          - (r+kx) ln(alpha+T) + ln(Q + 1[x>0] a/(b+x-1) ((alpha+T)/(alpha+t_x))^(r+kx)),
 *   Q = Sum_{j<k} (s)_j (u/A)^j / j!.
 * Returns NaN for NULL or outside the domain (see loy_bgcnbd_check_gaps). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the range of bgnbd.h.
 * Source: Reutterer, Platzer & Schroeder 2021, without the chance to stop at time zero. */
LOYALTY_API double loy_bgcnbd_loglik(const loy_bgcnbd_params *params, double x, double t_x, double T, double litt);

/* The same where the gaps are not known: the log-likelihood of x and t_x. It has ln(t_x^((k-1)x) Gamma(x)/Gamma(kx)), 0
 * for x = 0, in place of the first two terms: the gaps, which given t_x are distributed as Dirichlet(k, ..., k) parts
 * of it, are integrated out, relative to their law for k = 1. -infinity where x > 0 and t_x = 0, unless k = 1. NaN for
 * NULL or outside the domain. */
LOYALTY_API double loy_bgcnbd_loglik_summary(const loy_bgcnbd_params *params, double x, double t_x, double T);

/* loy_bgcnbd_loglik for each of n customers; the same bits.
 *   x, t_x, T  columns of n; `out` may be the same array as any of the inputs
 *   litt       column of n, or NULL for loy_bgcnbd_loglik_summary
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b, k; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_bgcnbd_loglik_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                               const double *T, const double *litt, size_t n,
                                               const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                               loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = 1 / (1 + 1[x>0] w),  w = a/(b+x-1) ((alpha+T)/(alpha+t_x))^s / Q,
 *   P(alive at T + t) = P(alive at T) Sum_{m>=0} B(a, b'+m)/B(a, b') P(m k <= M < (m+1) k),
 * M the stages since the last purchase until T + t: j with probability w_j, and a negative binomial number with shape
 * s + j in the time t at rate A. t = +infinity gives 0. Exactly 1 for x = 0 and t = 0. Returns NaN for NULL or outside
 * the domain. Relative error 1e-12 over the range of bgnbd.h, or 16 * 2^-52 times the condition number where that is
 * larger; answers below 1e-290 lose precision, see loy_bgcnbd_log_palive. */
LOYALTY_API double loy_bgcnbd_palive(const loy_bgcnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T) = -ln(1 + 1[x>0] w), finite where P(alive) itself is too small for a double. NaN for NULL or outside
 * the domain. */
LOYALTY_API double loy_bgcnbd_log_palive(const loy_bgcnbd_params *params, double x, double t_x, double T);

/* loy_bgcnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_bgcnbd_loglik_batch without litt, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_bgcnbd_palive_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, double t, const loy_bgcnbd_options *options,
                                               double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own rate of purchases lambda/k and dropout probability, given the history. With P =
 * P(alive at T):
 *   k E[lambda/k] = P Sum_j w_j (s+j)/(alpha+T) + (1-P) s/(alpha+t_x),  E[p] = (a + 1 - P)/(a+b+x),
 * because a customer who is alive and j stages on has lambda ~ Gamma(s+j, alpha+T), and one who stopped, at t_x, has
 * lambda ~ Gamma(s, alpha+t_x). For x = 0, P = 1.
 *   rate, p  outputs, either may be NULL
 * Errors, in this order: those of loy_bgcnbd_check_customer. */
LOYALTY_API loy_status loy_bgcnbd_posterior(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                            double *rate, double *p, loy_error *error);

/* loy_bgcnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_bgcnbd_palive_batch, without t. */
LOYALTY_API loy_status loy_bgcnbd_posterior_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                                  const double *T, size_t n, const loy_bgcnbd_options *options,
                                                  double *rate, double *p, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgcnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGCNBD_H */
