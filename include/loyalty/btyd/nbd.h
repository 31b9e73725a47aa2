/* nbd.h: what customers do, by the NBD model of Ehrenberg (1959, "The Pattern of Consumer Purchases", Applied
 * Statistics 8, 26-41).
 *
 * A customer buys at random at an own rate lambda, which is Gamma(r, alpha) distributed (shape, rate) over the
 * population, and never stops. It is the yardstick of the models with dropout: their likelihood must beat it. r has no
 * unit; alpha is in the unit of time that T and t are in.
 *
 * A customer enters as x, t_x and T as in pnbd.h; t_x is checked but says nothing. Questions about stopping are
 * answered all the same: P(alive) is 1 and the dropout rate 0. Ranges as in pnbd.h; every answer is a closed form.
 * Symbols: k = r + x, A = alpha + T. */
#ifndef LOYALTY_BTYD_NBD_H
#define LOYALTY_BTYD_NBD_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* The two parameters. */
typedef struct loy_nbd_params {
  double r;     /* shape of the purchase rate: the larger, the more alike the customers */
  double alpha; /* rate of the purchase rate, in units of time; r / alpha is the mean rate */
} loy_nbd_params;

/* Options of the batch functions: struct_size, and threads (1 by default; never changes a bit of the result). */
typedef loy_purchase_options loy_nbd_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_nbd_options_init(loy_nbd_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN r, alpha. */
LOYALTY_API loy_status loy_nbd_check(const loy_nbd_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t (give 0 where there is none; +infinity is allowed).
 * Errors, in this order: those of loy_nbd_check; LOY_ERR_DOMAIN x, t_x, T, t. */
LOYALTY_API loy_status loy_nbd_check_customer(const loy_nbd_params *params, double x, double t_x, double T, double t,
                                              loy_error *error);

/* Log-likelihood of one customer:
 *   ln L = lnGamma(r+x) - lnGamma(r) + r ln alpha - (r+x) ln(alpha+T).
 * Returns NaN for NULL or outside the domain (see loy_nbd_check_customer). Accuracy as loy_pnbd_loglik.
 * Source: Ehrenberg 1959; for single histories Fader & Hardie 2005, note 9. */
LOYALTY_API double loy_nbd_loglik(const loy_nbd_params *params, double x, double t_x, double T);

/* loy_nbd_loglik for each of n customers; the same bits. `out` may be the same array as x, t_x or T.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha; LOY_ERR_ARGUMENT x, t_x, T (NULL while n >
 * 0), options (struct_size), threads (negative), out. The other batch functions check in the same order, their own
 * arguments where the prototype has them. */
LOYALTY_API loy_status loy_nbd_loglik_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                            const double *T, size_t n, const loy_nbd_options *options, double *out,
                                            loy_batch_report *report, loy_error *error);

/* Probability that the customer is still alive t units of time after T: 1, also for t = +infinity; NaN for NULL or
 * outside the domain. */
LOYALTY_API double loy_nbd_palive(const loy_nbd_params *params, double x, double t_x, double T, double t);

/* ln P(alive at T): 0. NaN for NULL or outside the domain. */
LOYALTY_API double loy_nbd_log_palive(const loy_nbd_params *params, double x, double t_x, double T);

/* loy_nbd_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_nbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_nbd_palive_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                            const double *T, size_t n, double t, const loy_nbd_options *options,
                                            double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase rate, E[lambda] = k/A, and dropout rate, which is 0.
 *   lambda, dropout  outputs, per unit of time; either may be NULL
 * Errors, in this order: those of loy_nbd_check_customer. */
LOYALTY_API loy_status loy_nbd_posterior(const loy_nbd_params *params, double x, double t_x, double T, double *lambda,
                                         double *dropout, loy_error *error);

/* loy_nbd_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be the
 * same arrays as inputs, but not as each other; either may be NULL.
 * Errors: as loy_nbd_loglik_batch. */
LOYALTY_API loy_status loy_nbd_posterior_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, const loy_nbd_options *options,
                                               double *lambda, double *dropout, loy_batch_report *report,
                                               loy_error *error);

/* ---- what the customer will do ---- */

/* Expected number of purchases in (T, T + t], given the history: E[Y(t)] = t k/A. Returns NaN for NULL or outside the
 * domain, also for an infinite t. */
LOYALTY_API double loy_nbd_expected_purchases(const loy_nbd_params *params, double x, double t_x, double T, double t);

/* loy_nbd_expected_purchases for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or
 * T. Errors: as loy_nbd_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_nbd_expected_purchases_batch(const loy_nbd_params *params, const double *x,
                                                        const double *t_x, const double *T, size_t n, double t,
                                                        const loy_nbd_options *options, double *out,
                                                        loy_batch_report *report, loy_error *error);

/* Expected number of repeat purchases of a new customer within t of the first one. The same bits as
 * loy_nbd_expected_purchases for x = t_x = T = 0, and the same domain. */
LOYALTY_API double loy_nbd_expected_purchases_new(const loy_nbd_params *params, double t);

/* Discounted expected residual transactions: the present value at T of one unit per purchase after T, discounted
 * continuously at rate delta > 0 per unit of time: DERT = (k/A) / delta. NaN for NULL or outside the domain. */
LOYALTY_API double loy_nbd_dert(const loy_nbd_params *params, double x, double t_x, double T, double delta);

/* The same for purchases in (T, T + t]: DECT = (k/A) (1 - exp(-delta t)) / delta; delta and t 0 or from 1e-40 to 1e40;
 * delta = 0 gives E[Y(t)], t = +infinity with delta > 0 gives DERT. NaN for NULL or outside the domain, also for delta
 * = 0 with an infinite t. */
LOYALTY_API double loy_nbd_dect(const loy_nbd_params *params, double x, double t_x, double T, double delta, double t);

/* The checking twin of the two: history, rate and horizon.
 * Errors, in this order: those of loy_nbd_check_customer up to T; LOY_ERR_DOMAIN delta (neither 0 nor in range), t
 * (neither 0 nor in range, unless infinite while delta is not 0). */
LOYALTY_API loy_status loy_nbd_dect_check(const loy_nbd_params *params, double x, double t_x, double T, double delta,
                                          double t, loy_error *error);

/* loy_nbd_dert and loy_nbd_dect for each of n customers; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_nbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T. For the first delta must be greater than 0. */
LOYALTY_API loy_status loy_nbd_dert_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                          const double *T, size_t n, double delta, const loy_nbd_options *options,
                                          double *out, loy_batch_report *report, loy_error *error);

/* See loy_nbd_dert_batch. */
LOYALTY_API loy_status loy_nbd_dect_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                          const double *T, size_t n, double delta, double t,
                                          const loy_nbd_options *options, double *out, loy_batch_report *report,
                                          loy_error *error);

/* P(alive at T), expected purchases within t and their discounted number for each of n customers, in one call: the
 * same bits as loy_nbd_palive_batch at t = 0, loy_nbd_expected_purchases_batch and loy_nbd_dect_batch, in less time.
 *   delta    continuous rate of discount per unit of time, 0 or in range; at 0 the last two answers are the same
 *   t        horizon, 0 or in range; +infinity: no end, the number of purchases then is +infinity
 *   p_alive, expected_purchases, discounted_purchases  outputs of n, each an array of its own, none of them an input;
 *            any may be NULL
 *   report   nullable: rows that answered NaN
 * Errors: as loy_nbd_loglik_batch, with LOY_ERR_DOMAIN delta, t after T, and none for the outputs. Notice:
 * LOY_NOTICE_DIVERGES where a number of purchases is infinite, naming t; `error` then has the first such row. */
LOYALTY_API loy_status loy_nbd_predict_batch(const loy_nbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double delta, double t,
                                             const loy_nbd_options *options, double *p_alive,
                                             double *expected_purchases, double *discounted_purchases,
                                             loy_batch_report *report, loy_error *error);

/* Probability that a new customer makes exactly n repeat purchases within t of the first one:
 *   P(X(t) = n) = Gamma(r+n) / (Gamma(r) n!) (alpha/(alpha+t))^r (t/(alpha+t))^n.
 * Returns NaN for NULL, for n that is no whole number, 0 or more and below 2^51, or for t that is neither 0 nor in
 * range; so do the other two. */
LOYALTY_API double loy_nbd_pmf(const loy_nbd_params *params, double n, double t);

/* Probability that the customer makes exactly n purchases in (T, T + t], given the history: with k and A for r and
 * alpha. */
LOYALTY_API double loy_nbd_pmf_future(const loy_nbd_params *params, double x, double t_x, double T, double n, double t);

/* Probability that a new customer makes exactly n repeat purchases in (t0, t1], 0 <= t0 <= t1: that of t1 - t0, as
 * purchases are at random. */
LOYALTY_API double loy_nbd_pmf_interval(const loy_nbd_params *params, double n, double t0, double t1);

/* The checking twin of the probabilities. For loy_nbd_pmf give x = t_x = T = 0 and t0 = 0; for loy_nbd_pmf_future t0 =
 * 0; for loy_nbd_pmf_interval x = t_x = T = 0. Errors, in this order: those of loy_nbd_check_customer up to T;
 * LOY_ERR_DOMAIN n, t0, t1. */
LOYALTY_API loy_status loy_nbd_pmf_check(const loy_nbd_params *params, double x, double t_x, double T, double n,
                                         double t0, double t1, loy_error *error);

/* ---- simulation ---- */

/* Draw n customers who are observed for a time T[i] after their first purchase, as loy_pnbd_simulate (pnbd_simulate.h)
 * does, with the same rules for seeds and threads.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha; LOY_ERR_ARGUMENT T (NULL while n > 0),
 * options (struct_size), threads, x, t_x; LOY_ERR_DOMAIN T with the index of the first bad row. */
LOYALTY_API loy_status loy_nbd_simulate(const loy_nbd_params *params, const double *T, size_t n, uint64_t seed,
                                        const loy_nbd_options *options, double *x, double *t_x, double *alive,
                                        loy_error *error);

/* Draw the repeat purchases of those customers, as loy_pnbd_simulate_log does, with the same errors after those of
 * loy_nbd_check. */
LOYALTY_API loy_status loy_nbd_simulate_log(const loy_nbd_params *params, const double *T, size_t n, uint64_t seed,
                                            int64_t *customer, double *time, size_t capacity, size_t *purchases,
                                            loy_error *error);

/* Private: check the parameters, as loy_nbd_check, and give them to the engine. */
LOYI_SHARED loy_status loyi_nbd_model(const loy_nbd_params *params, loyi_purchase_model *model, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "nbd-inl.h"
#endif

#endif /* LOYALTY_BTYD_NBD_H */
