/* sbg.h: how long customers under contract stay. The shifted beta geometric model of Fader & Hardie (2007, "How to
 * Project Customer Retention", Journal of Interactive Marketing 21(1), 76-90), and what customers are worth by it
 * (Fader & Hardie 2010, "Customer-Base Valuation in a Contractual Setting", Marketing Science 29(1), 85-93).
 *
 * At the end of each period a customer renews or leaves, with a probability theta of their own to leave, which is
 * Beta(alpha, beta) distributed over customers. So retention rises with tenure although nobody changes: those who leave
 * easily have left. S(t) = B(alpha, beta + t) / B(alpha, beta) are there after t decisions; S(0) = 1.
 *
 * A customer in period n = 1, 2, ... has renewed n - 1 times and stands before the next decision, at the end of period
 * n; periods, lifetimes and counts of periods are whole and below 2^51. alpha and beta are from 1e-10 to 1e10
 * (base/range.h). The model is bdw.h with c = 1, to the last bit. */
#ifndef LOYALTY_BTYD_SBG_H
#define LOYALTY_BTYD_SBG_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The two parameters. */
typedef struct loy_sbg_params {
  double alpha; /* of the beta distribution of theta: the larger, the more customers leave */
  double beta;  /* the larger, the fewer; alpha + beta: the larger, the more alike customers are */
} loy_sbg_params;

/* Whether the parameters are in range. Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN alpha,
 * beta. */
LOYALTY_API loy_status loy_sbg_check(const loy_sbg_params *params, loy_error *error);

/* The checking twin of the functions that answer NaN. Functions without t read n alone. Errors, in this order: those of
 * loy_sbg_check; LOY_ERR_DOMAIN n (not 1, 2, ...), t (not 0, 1, ...). */
LOYALTY_API loy_status loy_sbg_check_customer(const loy_sbg_params *params, double n, double t, loy_error *error);

/* Probability that a customer in period n is there after t more decisions, S(n-1+t) / S(n-1)
 * = B(alpha, beta+n-1+t) / B(alpha, beta+n-1). For n = 1, a new customer, it is S(t); 1 for t = 0.
 * NaN outside the domain. Accuracy of these functions: docs/btyd/sbg.md. */
LOYALTY_API double loy_sbg_survival(const loy_sbg_params *params, double n, double t);

/* Probability that a customer in period n leaves at decision number t from now, t = 1, 2, ...: that their lifetime is
 * n-1+t. Not a difference of survivals. 0 for t = 0; NaN outside the domain. */
LOYALTY_API double loy_sbg_churn(const loy_sbg_params *params, double n, double t);

/* Retention rate at the end of period n: the part of the customers in period n who renew, (beta+n-1) /
 * (alpha+beta+n-1). NaN outside the domain. */
LOYALTY_API double loy_sbg_retention(const loy_sbg_params *params, double n);

/* Churn rate, or hazard, at the end of period n: alpha / (alpha+beta+n-1), accurate also where it is tiny.
 * NaN outside the domain. */
LOYALTY_API double loy_sbg_hazard(const loy_sbg_params *params, double n);

/* Posterior mean of theta for a customer in period n: alpha / (alpha+beta+n-1), the same as loy_sbg_hazard.
 * NaN outside the domain. */
LOYALTY_API double loy_sbg_posterior(const loy_sbg_params *params, double n);

/* Discounted expected residual lifetime: the periods that a customer in period n is going to stay, of the next t, each
 * discounted to the next decision: Sum over k from 0 to t-1 of S(n+k) / S(n-1) exp(-delta k). The period right after
 * that decision counts in full; the current one, which is paid, not at all. With one unit of money per period, paid at
 * its beginning, it is what the customer is worth just before deciding. Without a horizon (beta+n-1)/(alpha+beta+n-1)
 * 2F1(1, beta+n; alpha+beta+n; exp(-delta)), for delta = 0 (beta+n-1)/(alpha-1). n      1, 2, ... delta  continuous
 * rate of discount per period, ln(1 + d) for an effective rate d; 0 or from 1e-40 to 1e40 t      horizon in periods: 0,
 * 1, ..., or infinite derl   receives the answer. For delta = 0 the expected number of further periods Errors, in this
 * order: those of loy_sbg_check; LOY_ERR_DOMAIN n, delta, t; LOY_ERR_ARGUMENT derl (NULL). Notice: LOY_NOTICE_DIVERGES
 * naming delta, with infinity, where delta = 0, t is infinite and alpha <= 1. Source: Fader & Hardie 2010, equation 6.
 */
LOYALTY_API loy_status loy_sbg_derl(const loy_sbg_params *params, double n, double delta, double t, double *derl,
                                    loy_error *error);

/* Discounted expected lifetime of a new customer, the first period included: Sum over k from 0 to t-1 of S(k)
 * exp(-delta k). For delta = 0 it is the expected lifetime, and with a horizon the expected tenure within t periods,
 * E[min(lifetime, t)]. Arguments, errors and notice as of loy_sbg_derl, without n and with `del` for derl. */
LOYALTY_API loy_status loy_sbg_del(const loy_sbg_params *params, double delta, double t, double *del, loy_error *error);

/* Elasticity of the DERL to retention: by how many per cent it grows when each retention rate of each customer, from
 * the next decision on, grows by one per cent: Sum (k+1) S(n+k) exp(-delta k) / Sum S(n+k) exp(-delta k), the mean
 * number of decisions that a period's payment depends on. 1 where t is at most 1. Arguments and errors as of
 * loy_sbg_derl, with `elasticity` for derl; LOY_NOTICE_DIVERGES already where alpha <= 2. */
LOYALTY_API loy_status loy_sbg_derl_elasticity(const loy_sbg_params *params, double n, double delta, double t,
                                               double *elasticity, loy_error *error);

/* Fader & Hardie's expected retention elasticity of a customer in period n: the mean over theta of 1/(1 - r
 * exp(-delta)), r = 1 - theta, by how many per cent the residual lifetime of a customer with this theta grows when r
 * grows by one per cent. 2F1(1, beta+n-1; alpha+beta+n-1; exp(-delta)) = 1 + exp(-delta) DERL. It is the mean of
 * customers' elasticities; that of the DERL of them all, which weighs those who stay by what they are worth, is
 * loy_sbg_derl_elasticity. Errors and notice as of loy_sbg_derl, with `elasticity` for derl. Source: Fader & Hardie
 * 2010, equation 8. */
LOYALTY_API loy_status loy_sbg_retention_elasticity(const loy_sbg_params *params, double n, double delta,
                                                    double *elasticity, loy_error *error);

/* Log-likelihood of one customer: ln(S(lifetime-1) - S(lifetime)) of one who left at the end of period `lifetime`, ln
 * S(lifetime) of one who was there after so many decisions, when observation ended (censored).
 *   lifetime  1, 2, ...
 *   censored  0 or 1
 * NaN outside the domain. */
LOYALTY_API double loy_sbg_loglik(const loy_sbg_params *params, double lifetime, double censored);

/* loy_sbg_loglik for each of n customers; the same bits. `censored` may be NULL where nobody is; `out` may be the same
 * array as either. report: nullable, rows that answered NaN.
 * Errors, in this order: those of loy_sbg_check; LOY_ERR_ARGUMENT lifetime, out (NULL while n > 0). */
LOYALTY_API loy_status loy_sbg_loglik_batch(const loy_sbg_params *params, const double *lifetime,
                                            const double *censored, size_t n, double *out, loy_batch_report *report,
                                            loy_error *error);

/* Draw n customers who are observed for T[i] periods.
 *   T         column of n, each 1, 2, ...
 *   seed      customer i has random stream i of it (see ../math/random.h): the draw does not depend on who else is in
 *             the call, and is the same everywhere
 *   lifetime  output: the period at whose end the customer leaves, or T where that is later; may be the same array as T
 *   censored  output: 1 where it is later, else 0
 * Errors, in this order: those of loy_sbg_check; LOY_ERR_ARGUMENT T, lifetime, censored (NULL while n > 0);
 * LOY_ERR_DOMAIN T with the index of the first bad row. */
LOYALTY_API loy_status loy_sbg_simulate(const loy_sbg_params *params, const double *T, size_t n, uint64_t seed,
                                        double *lifetime, double *censored, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "sbg-inl.h"
#endif

#endif /* LOYALTY_BTYD_SBG_H */
