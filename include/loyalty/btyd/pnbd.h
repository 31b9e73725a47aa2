/* pnbd.h: what customers do, by the Pareto/NBD model of Schmittlein, Morrison & Colombo (1987, "Counting Your
 * Customers: Who Are They and What Will They Do Next?", Management Science 33, 1-24).
 *
 * While alive, a customer buys at random at an own rate lambda, which is Gamma(r, alpha) distributed (shape, rate) over
 * the population. Whether or not they buy, they stop for good at an own rate mu, which is Gamma(s, beta) distributed:
 * the lifetime is exponential for each customer and Pareto over the population, S(t) = (beta/(beta+t))^s. r and s have
 * no unit; alpha and beta are in the unit of time that t_x, T and t are in.
 *
 * A customer enters as x, t_x and T as in bgnbd.h: repeat purchases (a whole number, 0 or more and below 2^51), time of
 * the last one and length of observation, both from the first purchase; 0 <= t_x <= T, t_x = 0 where x = 0. One-time
 * buyers may have stopped: P(alive) falls with T for them too. r and s are from 1e-10 to 1e10, alpha and beta from
 * 1e-40 to 1e40 and times in the same range or 0 (base/range.h); accuracy is measured for parameters from 1e-4 to 1e4,
 * x up to 1e4 and T from 1e-3 to 1e6, see docs/btyd/pnbd.md.
 *
 * This header has the likelihood and what the history says about the customer now. pnbd_predict.h has the future,
 * pnbd_simulate.h the simulation. Symbols used throughout: k = r + x, A = alpha + T, B = beta + T. */
#ifndef LOYALTY_BTYD_PNBD_H
#define LOYALTY_BTYD_PNBD_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* The four parameters. */
typedef struct loy_pnbd_params {
  double r;     /* shape of the purchase rate: the larger, the more alike the customers */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
  double s;     /* shape of the dropout rate */
  double beta;  /* rate of the dropout rate, in units of time; s / beta is its mean */
} loy_pnbd_params;

/* Options of the batch functions: struct_size, and threads (1 by default; never changes a bit of the result). */
typedef loy_purchase_options loy_pnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_pnbd_options_init(loy_pnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, s, beta. */
LOYALTY_API loy_status loy_pnbd_check(const loy_pnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: those of loy_pnbd_check; LOY_ERR_DOMAIN x, t_x, T, t. */
LOYALTY_API loy_status loy_pnbd_check_customer(const loy_pnbd_params *params, double x, double t_x, double T, double t,
                                               loy_error *error);

/* Log-likelihood of one customer:
 *   L = Gamma(k)/Gamma(r) alpha^r beta^s { A^-k B^-s + s int_(t_x)^T (alpha+u)^-k (beta+u)^-(s+1) du }:
 * alive at T, or stopped at some u since t_x. The integral is one of a positive function by Gauss quadrature, never a
 * difference of hypergeometric functions, and enters by its logarithm, so that no size of x over- or underflows.
 * Returns NaN for NULL or outside the domain (see loy_pnbd_check_customer). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the stated range.
 * Source: Fader & Hardie 2005, note 9 ("A Note on Deriving the Pareto/NBD Model"), before its integral is taken. */
LOYALTY_API double loy_pnbd_loglik(const loy_pnbd_params *params, double x, double t_x, double T);

/* loy_pnbd_loglik for each of n customers; the same bits.
 *   x, t_x, T  columns of n; `out` may be the same array as any of them
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, s, beta; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_pnbd_loglik_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, const loy_pnbd_options *options, double *out,
                                             loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = A^-k B^-s / {...} of the likelihood,  P(alive at T + t) = P(alive at T) (B/(B+t))^s.
 * t = +infinity gives 0. Exactly 1 for t_x = T and t = 0. Returns NaN for NULL or outside the domain. Relative error
 * 1e-12 over the stated range, or 16 * 2^-52 times the condition number where that is larger; answers below 1e-290
 * lose precision, see loy_pnbd_log_palive.
 * Source: Schmittlein, Morrison & Colombo 1987. */
LOYALTY_API double loy_pnbd_palive(const loy_pnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T), finite where P(alive) itself is too small for a double. NaN for NULL or outside the domain. */
LOYALTY_API double loy_pnbd_log_palive(const loy_pnbd_params *params, double x, double t_x, double T);

/* loy_pnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_pnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_pnbd_palive_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double t, const loy_pnbd_options *options,
                                             double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase rate and dropout rate, given the history: with P = P(alive at T), and
 * means over the time u at which one who stopped has stopped,
 *   E[lambda] = P k/A + (1-P) E[(k)/(alpha+u)],  E[mu] = P s/B + (1-P) E[(s+1)/(beta+u)].
 *   lambda, mu  outputs, per unit of time; either may be NULL
 * Errors, in this order: those of loy_pnbd_check_customer. */
LOYALTY_API loy_status loy_pnbd_posterior(const loy_pnbd_params *params, double x, double t_x, double T, double *lambda,
                                          double *mu, loy_error *error);

/* loy_pnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_pnbd_loglik_batch. */
LOYALTY_API loy_status loy_pnbd_posterior_batch(const loy_pnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, const loy_pnbd_options *options,
                                                double *lambda, double *mu, loy_batch_report *report, loy_error *error);

/* Private: check the parameters, as loy_pnbd_check, and give them to the engine. */
LOYI_SHARED loy_status loyi_pnbd_model(const loy_pnbd_params *params, loyi_purchase_model *model, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "pnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_PNBD_H */
