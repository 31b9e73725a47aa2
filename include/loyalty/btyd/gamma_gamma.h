/* gamma_gamma.h: how much a customer spends per purchase. The Gamma-Gamma model of Fader, Hardie & Lee (2005, "RFM and
 * CLV", JMR 42, 415-430) and Colombo & Jiang (1999), in the notation of Fader & Hardie's note 25.
 *
 * A purchase of a customer is Gamma(p, nu) distributed (shape, rate), so the mean z of x purchases is Gamma(p x, nu x).
 * The customer's own rate nu is Gamma(q, v) distributed over the population. Spend and frequency are independent in the
 * model; the fit reports how far they are from it. p and q have no unit, v has the unit of money that z has.
 *
 * A customer enters as x, the number of repeat purchases (a whole number, 0 or more and below 2^51), and z, their mean
 * spend (not read where x = 0, because a customer without repeat purchases says nothing about spend). p and q are from
 * 1e-10 to 1e10, v and z from 1e-40 to 1e40 (base/range.h); accuracy is measured for parameters from 1e-4 to 1e4 and x
 * up to 1e4. */
#ifndef LOYALTY_BTYD_GAMMA_GAMMA_H
#define LOYALTY_BTYD_GAMMA_GAMMA_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The three parameters. */
typedef struct loy_gamma_gamma_params {
  double p; /* shape of one purchase: the larger, the more alike one customer's purchases */
  double q; /* shape of the rate over customers: the larger, the more alike they are; for q <= 1 the mean is infinite */
  double v; /* rate of the rate over customers, in money */
} loy_gamma_gamma_params;

/* The checking twin of the functions that answer NaN: which argument is at fault. The order of checks is p, q, v, x, z.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN p, q, v, x, z. */
LOYALTY_API loy_status loy_gamma_gamma_check(const loy_gamma_gamma_params *params, double x, double z,
                                             loy_error *error);

/* Log-likelihood of one customer, that is, the logarithm of the density of the mean spend z of x purchases:
 *   ln L = lnGamma(px+q) - lnGamma(px) - lnGamma(q) + q ln v + (px-1) ln z + px ln x - (px+q) ln(v + x z),
 * computed as -lnB(px, q) - ln z - q log1p(xz/v) - px log1p(v/(xz)), whose terms do not cancel. 0 where x = 0.
 * Returns NaN for NULL or outside the domain (see loy_gamma_gamma_check).
 * Measured over the stated range: see docs/btyd/gamma_gamma.md.
 * Source: Fader, Hardie & Lee 2005, appendix; Fader & Hardie 2013, note 25, equation 1a. */
LOYALTY_API double loy_gamma_gamma_loglik(const loy_gamma_gamma_params *params, double x, double z);

/* loy_gamma_gamma_loglik for each of n customers; the same bits.
 *   x, z    columns of n; `out` may be the same array as either
 *   report  nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN p, q, v; LOY_ERR_ARGUMENT x, z,
 * out (NULL while n > 0). */
LOYALTY_API loy_status loy_gamma_gamma_loglik_batch(const loy_gamma_gamma_params *params, const double *x,
                                                    const double *z, size_t n, double *out, loy_batch_report *report,
                                                    loy_error *error);

/* Total log-likelihood with its derivatives: Sum of weight_i ln L_i over n customers.
 *   weight    how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   value     the total
 *   gradient  NULL, or 3 numbers: d/dp, d/dq, d/dv
 *   hessian   NULL, or 9 numbers by rows: second derivatives in the same order
 * Nothing is allocated. Sums run in 8 fixed lanes over fixed blocks of rows.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN p, q, v; LOY_ERR_ARGUMENT x, z (NULL while n > 0),
 * value; then for the first bad row LOY_ERR_DOMAIN x, z or weight, with its index. */
LOYALTY_API loy_status loy_gamma_gamma_loglik_total(const loy_gamma_gamma_params *params, const double *x,
                                                    const double *z, const double *weight, size_t n, double *value,
                                                    double *gradient, double *hessian, loy_error *error);

/* Expected spend per purchase of a customer, given the past: E[M | z, x] = p (v + x z) / (p x + q - 1), a weighted
 * mean of the customer's own z and the population's. For x = 0 it is the population's mean p v / (q - 1).
 * Where p x + q <= 1 the mean does not exist: returns +infinity (never a negative value), and
 * loy_gamma_gamma_expected_spend_check says so with LOY_NOTICE_DIVERGES. Otherwise finite. NaN outside the domain.
 * Source: Fader, Hardie & Lee 2005, equation 5; note 25, equation 5. */
LOYALTY_API double loy_gamma_gamma_expected_spend(const loy_gamma_gamma_params *params, double x, double z);

/* loy_gamma_gamma_expected_spend with the reason: *spend is filled with the same bits on success and on a notice.
 * Errors, in this order: those of loy_gamma_gamma_check; LOY_ERR_ARGUMENT spend (NULL). Notice: LOY_NOTICE_DIVERGES,
 * naming q. */
LOYALTY_API loy_status loy_gamma_gamma_expected_spend_check(const loy_gamma_gamma_params *params, double x, double z,
                                                            double *spend, loy_error *error);

/* loy_gamma_gamma_expected_spend for each of n customers; the same bits. `out` may be the same array as x or z.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN p, q, v; LOY_ERR_ARGUMENT x, z,
 * out (NULL while n > 0).
 * Notice: LOY_NOTICE_DIVERGES when a row is +infinity; `error` then names q and the first such row. */
LOYALTY_API loy_status loy_gamma_gamma_expected_spend_batch(const loy_gamma_gamma_params *params, const double *x,
                                                            const double *z, size_t n, double *out,
                                                            loy_batch_report *report, loy_error *error);

/* Expected spend per purchase of a customer nothing is known about: p v / (q - 1); +infinity for q <= 1. NaN outside
 * the domain. The same bits as loy_gamma_gamma_expected_spend with x = 0, whose checking twin serves here too. */
LOYALTY_API double loy_gamma_gamma_expected_spend_new(const loy_gamma_gamma_params *params);

/* Posterior mean of the customer's own rate nu: given x and z, nu is Gamma(px+q, v+xz), so the mean is
 * (px+q)/(v+xz), in 1/money; p divided by it is not E[M | z, x], which averages p/nu. q/v where x = 0.
 * NaN outside the domain (see loy_gamma_gamma_check). */
LOYALTY_API double loy_gamma_gamma_posterior(const loy_gamma_gamma_params *params, double x, double z);

/* loy_gamma_gamma_posterior for each of n customers; the same bits. `out` may be the same array as x or z.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN p, q, v; LOY_ERR_ARGUMENT x, z,
 * out (NULL while n > 0). */
LOYALTY_API loy_status loy_gamma_gamma_posterior_batch(const loy_gamma_gamma_params *params, const double *x,
                                                       const double *z, size_t n, double *out, loy_batch_report *report,
                                                       loy_error *error);

/* Draw the mean spend of n customers with x repeat purchases each: nu from Gamma(q, v), then z from Gamma(px, nu x);
 * 0 where x = 0. Customer i has random stream 2^63 + i of `seed` (see ../math/random.h), so the draw does not depend on
 * who else is in the call, a seed gives the same bits everywhere, and the seed with which x was drawn may be used
 * again. A draw outside 1e-40 to 1e40, which only a p x or q below about 0.1 or a v near these bounds produces, is cut
 * there. `z` may be the same array as x. Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN p, q, v;
 * LOY_ERR_ARGUMENT x, z (NULL while n > 0); LOY_ERR_DOMAIN x with the index of the first bad row. */
LOYALTY_API loy_status loy_gamma_gamma_simulate(const loy_gamma_gamma_params *params, const double *x, size_t n,
                                                uint64_t seed, double *z, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "gamma_gamma-inl.h"
#endif

#endif /* LOYALTY_BTYD_GAMMA_GAMMA_H */
