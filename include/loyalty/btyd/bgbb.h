/* bgbb.h: what customers do in discrete time, by the BG/BB model of Fader, Hardie & Shang (2010, "Customer-Base
 * Analysis in a Discrete-Time Noncontractual Setting", Marketing Science 29, 1086-1108): a donation each year or not, a
 * visit each week or not, at most one a period.
 *
 * At the beginning of each period a customer who is alive stops for good with an own probability theta, which is
 * Beta(gamma, delta) distributed over the population; who is alive in a period buys in it with an own probability p,
 * Beta(alpha, beta). The four parameters have no unit.
 *
 * A customer enters as x, the number of periods with a purchase, t_x, the last of them, and T (n in the paper), how
 * many periods were observed, counted after the period of the first purchase: whole numbers, 0 <= x <= t_x <= T, t_x =
 * 0 where x = 0, T at most 100000. Parameters are from 1e-10 to 1e10 (base/range.h); accuracy is measured for
 * parameters from 1e-4 to 1e4 and T up to 1e4, see docs/btyd/bgbb.md. A function takes about T - t_x steps of two
 * divisions.
 *
 * This header has the likelihood and what the history says about the customer now. bgbb_predict.h has the future,
 * bgbb_fit.h the estimation, bgbb_simulate.h the simulation. */
#ifndef LOYALTY_BTYD_BGBB_H
#define LOYALTY_BTYD_BGBB_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/range.h"
#include "../base/status.h"
#include "purchase_lifetime.h"

LOY_BEGIN_DECLS

/* The longest observation, in periods. */
#define LOY_BGBB_PERIODS_MOST 100000.0

/* The four parameters. */
typedef struct loy_bgbb_params {
  double alpha, beta;  /* of the purchase probability, whose mean is alpha / (alpha + beta) */
  double gamma, delta; /* of the dropout probability, whose mean is gamma / (gamma + delta) */
} loy_bgbb_params;

/* Options of the batch functions: struct_size, and threads (1 by default; never changes a bit of the result). */
typedef loy_purchase_options loy_bgbb_options;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_bgbb_options_init(loy_bgbb_options *options);

/* The checking twin of the functions that answer NaN, for the parameters alone.
 * Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN alpha, beta, gamma, delta. */
LOYALTY_API loy_status loy_bgbb_check(const loy_bgbb_params *params, loy_error *error);

/* The checking twin for a customer's history and a horizon t: a whole number of periods, 0 or more (give 0 where there
 * is none) and below 2^51, or +infinity.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN alpha, beta, gamma, delta, x, t_x, T, t. */
LOYALTY_API loy_status loy_bgbb_check_customer(const loy_bgbb_params *params, double x, double t_x, double T, double t,
                                               loy_error *error);

/* Log-likelihood of one customer. With S(m) = B(gamma, delta+m)/B(gamma, delta), the probability of being alive in
 * period m, and P(m) = B(alpha+x, beta+m-x)/B(alpha, beta):
 *   L = P(T) S(T) + Sum_{m=t_x}^{T-1} P(m) S(m) gamma/(gamma+delta+m),
 * alive in period T, or stopped after period m. Sums are of positive terms, each from the one before.
 * Returns NaN for NULL or outside the domain (see loy_bgbb_check_customer). Error at most
 * 1e-12 max(1, |ln L|) + 4 * 2^-52 * (sum of the sizes of the terms) over the stated range.
 * Source: Fader, Hardie & Shang 2010, equation 5. */
LOYALTY_API double loy_bgbb_loglik(const loy_bgbb_params *params, double x, double t_x, double T);

/* loy_bgbb_loglik for each of n customers; the same bits. Rows that repeat cost next to nothing.
 *   x, t_x, T  columns of n; `out` may be the same array as any of them
 *   options    or NULL for the defaults
 *   report     nullable: rows that answered NaN
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN alpha, beta, gamma, delta; LOY_ERR_ARGUMENT x, t_x, T
 * (NULL while n > 0), options (struct_size), threads (negative), out. The other batch functions check in the same
 * order, their own arguments where the prototype has them. */
LOYALTY_API loy_status loy_bgbb_loglik_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, const loy_bgbb_options *options, double *out,
                                             loy_batch_report *report, loy_error *error);

/* Probability that the customer is alive in period T + 1 + t, given the history (t = 0: in the next period, which is
 * what the paper's tables show; being alive in period T itself is more likely):
 *   P(alive in T) = P(T) S(T) / L,  P(alive in T + 1 + t) = P(alive in T) S(T+1+t) / S(T).
 * t = +infinity gives 0. Returns NaN for NULL or outside the domain. Relative error 1e-12 over the stated range, or 16
 * * 2^-52 times the condition number where that is larger; answers below 1e-290 lose precision, see
 * loy_bgbb_log_palive. Source: Fader, Hardie & Shang 2010, equation 11. */
LOYALTY_API double loy_bgbb_palive(const loy_bgbb_params *params, double x, double t_x, double T, double t);

/* ln P(alive in period T + 1), finite where the probability itself is too small for a double. NaN for NULL or outside
 * the domain. */
LOYALTY_API double loy_bgbb_log_palive(const loy_bgbb_params *params, double x, double t_x, double T);

/* loy_bgbb_palive for each of n customers at one t; the same bits. `out` may be the same array as x, t_x or T.
 * Errors: as loy_bgbb_loglik_batch, with LOY_ERR_DOMAIN t after T. */
LOYALTY_API loy_status loy_bgbb_palive_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double t, const loy_bgbb_options *options,
                                             double *out, loy_batch_report *report, loy_error *error);

/* Posterior means of a customer's own purchase probability p and dropout probability theta, given the history: means
 * over whether and when the customer stopped. Alive in period T, p ~ Beta(alpha+x, beta+T-x) and theta ~ Beta(gamma,
 * delta+T); stopped after period m, p ~ Beta(alpha+x, beta+m-x) and theta ~ Beta(gamma+1, delta+m).
 *   p, theta  outputs, either may be NULL
 * Errors, in this order: those of loy_bgbb_check_customer.
 * Source: Fader, Hardie & Shang 2010, appendix A.7. */
LOYALTY_API loy_status loy_bgbb_posterior(const loy_bgbb_params *params, double x, double t_x, double T, double *p,
                                          double *theta, loy_error *error);

/* loy_bgbb_posterior for each of n customers; the same bits. A bad row gives NaN in both outputs. The outputs may be
 * the same arrays as inputs, but not as each other; either may be NULL. Errors: as loy_bgbb_loglik_batch. */
LOYALTY_API loy_status loy_bgbb_posterior_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, const loy_bgbb_options *options, double *p,
                                                double *theta, loy_batch_report *report, loy_error *error);

/* Private: NULL where x, t_x and T are a history; otherwise the name of the argument outside its domain, with what
 * would be right in *message. */
LOYI_SHARED const char *loyi_bgbb_history_wrong(double x, double t_x, double T, const char **message);

/* Private: numbers of periods that are observed: LOY_OK or LOY_ERR_DOMAIN T with the index of the first bad one. */
LOYI_SHARED loy_status loyi_bgbb_lengths_check(const double *T, size_t n, loy_error *error);

/* Private: n purchases in the periods t0 + 1 to t1: LOY_OK or LOY_ERR_DOMAIN n, t0, t1. */
LOYI_SHARED loy_status loyi_bgbb_count_check(double n, double t0, double t1, loy_error *error);

/* Private: a number of periods ahead, that may be infinite or not. */
LOYI_SHARED int loyi_bgbb_is_ahead(double t, int endless);

/* Private: the report of a batch, made before any output is written, as an output may be an input. NULL is allowed. */
LOYI_SHARED void loyi_bgbb_count_bad(const double *x, const double *t_x, const double *T, size_t n,
                                     loy_batch_report *report);

/* Private: what is right where a number of periods is not. */
#define LOYI_BGBB_LENGTH_MUST  "must be a whole number of periods, 0 or more and at most 100000"
#define LOYI_BGBB_AHEAD_MUST   "must be a whole number of periods, 0 or more and below 2^51"
#define LOYI_BGBB_HORIZON_MUST "must be a whole number of periods, 0 or more and below 2^51, or infinite"

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bgbb-inl.h"
#endif

#endif /* LOYALTY_BTYD_BGBB_H */
