/* ggomnbd.h: what customers do, by the gamma-Gompertz/NBD model of Bemmaor & Glady (2012, "Modeling Purchasing Behavior
 * with Sudden 'Death': A Flexible Customer Lifetime Model", Management Science 58, 1012-1021).
 *
 * While alive, a customer buys at random at an own rate lambda, which is Gamma(r, alpha) distributed (shape, rate) over
 * the population. The risk of stopping for good grows with age, eta b exp(b u) at u after the first purchase, with an
 * own eta, which is Gamma(s, beta) distributed. Over the population
 *   S(t) = (beta / (beta + exp(b t) - 1))^s,  f(t) = s b exp(b t) beta^s (beta + exp(b t) - 1)^-(s+1).
 * r, s and beta have no unit; alpha is in the unit of time that t_x, T and t are in, b is per that unit. For b towards
 * 0 with beta / b fixed the model becomes Pareto/NBD (pnbd.h) with beta / b for beta.
 *
 * A customer enters as x, t_x and T as in pnbd.h. r and s are from 1e-10 to 1e10, alpha, b and beta from 1e-40 to 1e40
 * and times in the same range or 0 (base/range.h); accuracy is measured for parameters from 1e-4 to 1e4, x up to 1e4
 * and T from 1e-3 to 1e6, see docs/btyd/ggomnbd.md. Every answer is an integral of a positive function or a closed
 * form. Symbols: k = r + x, A = alpha + T. */
#ifndef LOYALTY_BTYD_GGOMNBD_H
#define LOYALTY_BTYD_GGOMNBD_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* The five parameters. */
typedef struct loy_ggomnbd_params {
  double r;     /* shape of the purchase rate: the larger, the more alike the customers */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
  double b;     /* how fast the risk of stopping grows, per unit of time */
  double s;     /* shape of eta, the own factor of that risk */
  double beta;  /* rate of eta; no unit */
} loy_ggomnbd_params;

/* Options of the batch functions: struct_size, and threads (1 by default; never changes a bit of the result). */
typedef loy_purchase_options loy_ggomnbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_ggomnbd_options_init(loy_ggomnbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha, b, s, beta. */
LOYALTY_API loy_status loy_ggomnbd_check(const loy_ggomnbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: those of loy_ggomnbd_check; LOY_ERR_DOMAIN x, t_x, T, t. */
LOYALTY_API loy_status loy_ggomnbd_check_customer(const loy_ggomnbd_params *params, double x, double t_x, double T,
                                                  double t, loy_error *error);

/* Log-likelihood of one customer:
 *   L = Gamma(k)/Gamma(r) alpha^r { A^-k S(T) + int_(t_x)^T (alpha+u)^-k f(u) du }.
 * Returns NaN for NULL or outside the domain (see loy_ggomnbd_check_customer). Accuracy as loy_pnbd_loglik.
 * Source: Bemmaor & Glady 2012, with the integral as it stands. */
LOYALTY_API double loy_ggomnbd_loglik(const loy_ggomnbd_params *params, double x, double t_x, double T);

/* loy_ggomnbd_loglik for each of n customers; the same bits. `out` may be the same array as x, t_x or T.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, b, s, beta; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same order,
 * their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_ggomnbd_loglik_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, const loy_ggomnbd_options *options,
                                                double *out, loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T, given the history (t = 0: now):
 *   P(alive at T) = A^-k S(T) / {...} of the likelihood,  P(alive at T + t) = P(alive at T) S(T+t)/S(T).
 * t = +infinity gives 0. Returns NaN for NULL or outside the domain. Accuracy as loy_pnbd_palive. */
LOYALTY_API double loy_ggomnbd_palive(const loy_ggomnbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T), finite where P(alive) itself is too small for a double. NaN for NULL or outside the domain. */
LOYALTY_API double loy_ggomnbd_log_palive(const loy_ggomnbd_params *params, double x, double t_x, double T);

/* loy_ggomnbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_ggomnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_ggomnbd_palive_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, double t, const loy_ggomnbd_options *options,
                                                double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase rate and of eta, given the history: with P = P(alive at T), and means
 * over the time u at which one who stopped has stopped, E[lambda] = P k/A + (1-P) E[k/(alpha+u)],  E[eta] = P
 * s/(beta+exp(b T)-1) + (1-P) E[(s+1)/(beta+exp(b u)-1)]. lambda, eta  outputs, lambda per unit of time; either may be
 * NULL Errors, in this order: those of loy_ggomnbd_check_customer. */
LOYALTY_API loy_status loy_ggomnbd_posterior(const loy_ggomnbd_params *params, double x, double t_x, double T,
                                             double *lambda, double *eta, loy_error *error);

/* loy_ggomnbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL. Errors: as loy_ggomnbd_loglik_batch. */
LOYALTY_API loy_status loy_ggomnbd_posterior_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                   const double *T, size_t n, const loy_ggomnbd_options *options,
                                                   double *lambda, double *eta, loy_batch_report *report,
                                                   loy_error *error);

/* ---- what the customer will do ---- */

/* Expected number of purchases in (T, T + t], given the history:
 *   E[Y(t)] = P(alive at T) k/A int_T^(T+t) S(u)/S(T) du.
 * Returns NaN for NULL or outside the domain, also for an infinite t. Accuracy as loy_pnbd_expected_purchases. Source:
 * Adler 2022 ("Comment on 'Modeling Purchasing Behavior with Sudden Death'", Management Science 68), which corrects the
 * expression of the 2012 paper. */
LOYALTY_API double loy_ggomnbd_expected_purchases(const loy_ggomnbd_params *params, double x, double t_x, double T,
                                                  double t);

/* loy_ggomnbd_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x
 * or T. Errors: as loy_ggomnbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_ggomnbd_expected_purchases_batch(const loy_ggomnbd_params *params, const double *x,
                                                            const double *t_x, const double *T, size_t n, double t,
                                                            const loy_ggomnbd_options *options, double *out,
                                                            loy_batch_report *report, loy_error *error);

/* Expected number of repeat purchases of a new customer within t of the first one. The same bits as
 * loy_ggomnbd_expected_purchases for x = t_x = T = 0, and the same domain. */
LOYALTY_API double loy_ggomnbd_expected_purchases_new(const loy_ggomnbd_params *params, double t);

/* Discounted expected residual transactions: the present value at T of one unit per purchase after T, discounted
 * continuously at rate delta > 0 per unit of time:
 *   DERT = P(alive at T) k/A int_0^infinity exp(-delta v) S(T+v)/S(T) dv.
 * Returns NaN for NULL or outside the domain. Accuracy as loy_pnbd_expected_purchases. */
LOYALTY_API double loy_ggomnbd_dert(const loy_ggomnbd_params *params, double x, double t_x, double T, double delta);

/* The same for purchases in (T, T + t]; delta and t 0 or from 1e-40 to 1e40; delta = 0 gives E[Y(t)], t = +infinity
 * with delta > 0 gives DERT. Returns NaN for NULL or outside the domain, also for delta = 0 with an infinite t. */
LOYALTY_API double loy_ggomnbd_dect(const loy_ggomnbd_params *params, double x, double t_x, double T, double delta,
                                    double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_ggomnbd_check_customer up to T; LOY_ERR_DOMAIN delta (neither 0 nor in range), t
 * (neither 0 nor in range, unless infinite while delta is not 0). */
LOYALTY_API loy_status loy_ggomnbd_dect_check(const loy_ggomnbd_params *params, double x, double t_x, double T,
                                              double delta, double t, loy_error *error);

/* loy_ggomnbd_dert and loy_ggomnbd_dect for each of n customers; the same bits. `out` may be the same array as x, t_x
 * or T. Errors: as loy_ggomnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T. For the first delta must be greater
 * than 0. */
LOYALTY_API loy_status loy_ggomnbd_dert_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double delta,
                                              const loy_ggomnbd_options *options, double *out, loy_batch_report *report,
                                              loy_error *error);

/* See loy_ggomnbd_dert_batch. */
LOYALTY_API loy_status loy_ggomnbd_dect_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double delta, double t,
                                              const loy_ggomnbd_options *options, double *out, loy_batch_report *report,
                                              loy_error *error);

/* P(alive at T), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_ggomnbd_palive_batch at t = 0, loy_ggomnbd_expected_purchases_batch and loy_ggomnbd_dect_batch, in
 * less time.
 *   delta    continuous rate of discount per unit of time, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, 0 or in range; +infinity: no end, the number of purchases then is finite for all parameters
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_ggomnbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T, and none for the outputs. */
LOYALTY_API loy_status loy_ggomnbd_predict_batch(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                 const double *T, size_t n, double delta, double t,
                                                 const loy_ggomnbd_options *options, double *p_alive,
                                                 double *expected_purchases, double *discounted_purchases,
                                                 loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n repeat purchases within t of the first one: the formula of
 * loy_pnbd_pmf with S and f of this model. Returns NaN for NULL, for n that is no whole number, 0 or more and below
 * 2^51, or for t that is neither 0 nor in range; so do the other two. */
LOYALTY_API double loy_ggomnbd_pmf(const loy_ggomnbd_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in (T, T + t], given the history: P(alive at T) times that
 * formula with k, A and the rest of the lifetime; plus 1 - P(alive at T) where n = 0. */
LOYALTY_API double loy_ggomnbd_pmf_future(const loy_ggomnbd_params *params, double x, double t_x, double T, double n,
                                          double t);

/* Probability that a new customer makes exactly n repeat purchases in (t0, t1], 0 <= t0 <= t1, counted from the first
 * purchase; the customer may have stopped before t0. The formula of loy_pnbd_pmf_interval. */
LOYALTY_API double loy_ggomnbd_pmf_interval(const loy_ggomnbd_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_ggomnbd_pmf give x = t_x = T = 0 and t0 = 0; for
 * loy_ggomnbd_pmf_future t0 = 0; for loy_ggomnbd_pmf_interval x = t_x = T = 0. Errors, in this order: those of
 * loy_ggomnbd_check_customer up to T; LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_ggomnbd_pmf_check(const loy_ggomnbd_params *params, double x, double t_x, double T, double n,
                                             double t0, double t1, loy_error *error);

/* ---- simulation ---- */

/* Draw n customers who are observed for a time T[i] after their first purchase, as loy_pnbd_simulate (pnbd_simulate.h)
 * does, with the same rules for seeds and threads.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, b, s, beta; LOY_ERR_ARGUMENT T (NULL while n
 * > 0), options (struct_size), threads, x, t_x; LOY_ERR_DOMAIN T with the index of the first bad row. */
LOYALTY_API loy_status loy_ggomnbd_simulate(const loy_ggomnbd_params *params, const double *T, size_t n, uint64_t seed,
                                            const loy_ggomnbd_options *options, double *x, double *t_x, double *alive,
                                            loy_error *error);

/* Draw the repeat purchases of those customers, as loy_pnbd_simulate_log does, with the same errors after those of
 * loy_ggomnbd_check. */
LOYALTY_API loy_status loy_ggomnbd_simulate_log(const loy_ggomnbd_params *params, const double *T, size_t n,
                                                uint64_t seed, int64_t *customer, double *time, size_t capacity,
                                                size_t *purchases, loy_error *error);

/* Private: check the parameters, as loy_ggomnbd_check, and give them to the engine. */
LOYI_SHARED loy_status loyi_ggomnbd_model(const loy_ggomnbd_params *params, loyi_purchase_model *model,
                                          loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "ggomnbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_GGOMNBD_H */
