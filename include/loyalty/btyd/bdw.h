/* bdw.h: how long customers under contract stay, when their inclination to leave changes with time. The beta discrete
 * Weibull model of Fader, Hardie, Liu, Davin & Steenburgh (2018, "'How to Project Customer Retention' Revisited: The
 * Role of Duration Dependence", Journal of Interactive Marketing 43, 1-16).
 *
 * A customer is there after t decisions about a renewal with probability (1 - theta)^(t^c), with a theta of their own
 * (the probability to leave at the first decision) that is Beta(gamma, delta) distributed over customers. With c > 1
 * everybody becomes more likely to leave, with c < 1 less; c = 1 is the shifted beta geometric model of sbg.h, with the
 * same bits. S(t) = B(gamma, delta + t^c) / B(gamma, delta) are there after t decisions; S(0) = 1.
 *
 * A customer in period n = 1, 2, ... has renewed n - 1 times and stands before the next decision, at the end of period
 * n; periods, lifetimes and counts of periods are whole and below 2^51. The parameters are from 1e-10 to 1e10
 * (base/range.h). The parameter delta is named as in the paper; the rate of discount has the same name in functions. */
#ifndef LOYALTY_BTYD_BDW_H
#define LOYALTY_BTYD_BDW_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* The three parameters. */
typedef struct loy_bdw_params {
  double gamma; /* of the beta distribution of theta: the larger, the more customers leave */
  double delta; /* the larger, the fewer; gamma + delta: the larger, the more alike customers are */
  double c;     /* exponent of time: above 1 customers become more likely to leave, below 1 less */
} loy_bdw_params;

/* Whether the parameters are in range. Errors, in this order: LOY_ERR_ARGUMENT params (NULL); LOY_ERR_DOMAIN gamma,
 * delta, c. */
LOYALTY_API loy_status loy_bdw_check(const loy_bdw_params *params, loy_error *error);

/* The checking twin of the functions that answer NaN. Functions without t read n alone. Errors, in this order: those of
 * loy_bdw_check; LOY_ERR_DOMAIN n (not 1, 2, ...), t (not 0, 1, ...). */
LOYALTY_API loy_status loy_bdw_check_customer(const loy_bdw_params *params, double n, double t, loy_error *error);

/* Probability that a customer in period n is there after t more decisions, S(n-1+t) / S(n-1)
 * = B(gamma, delta+(n-1+t)^c) / B(gamma, delta+(n-1)^c). For n = 1, a new customer, it is S(t); 1 for t = 0.
 * NaN outside the domain. Accuracy of these functions: docs/btyd/bdw.md. */
LOYALTY_API double loy_bdw_survival(const loy_bdw_params *params, double n, double t);

/* Probability that a customer in period n leaves at decision number t from now, t = 1, 2, ...: that their lifetime is
 * n-1+t. Not a difference of survivals. 0 for t = 0; NaN outside the domain. */
LOYALTY_API double loy_bdw_churn(const loy_bdw_params *params, double n, double t);

/* Retention rate at the end of period n: the part of the customers in period n who renew, S(n) / S(n-1).
 * NaN outside the domain. */
LOYALTY_API double loy_bdw_retention(const loy_bdw_params *params, double n);

/* Churn rate, or hazard, at the end of period n: 1 - S(n) / S(n-1), accurate also where it is tiny.
 * NaN outside the domain. */
LOYALTY_API double loy_bdw_hazard(const loy_bdw_params *params, double n);

/* Posterior mean of theta for a customer in period n: gamma / (gamma+delta+(n-1)^c). For
 * n > 1 it is not loy_bdw_hazard, which is of the next decision.
 * NaN outside the domain. */
LOYALTY_API double loy_bdw_posterior(const loy_bdw_params *params, double n);

/* Discounted expected residual lifetime: the periods that a customer in period n is going to stay, of the next t, each
 * discounted to the next decision: Sum over k from 0 to t-1 of S(n+k) / S(n-1) exp(-delta k). The period right after
 * that decision counts in full; the current one, which is paid, not at all. With one unit of money per period, paid at
 * its beginning, it is what the customer is worth just before deciding. n      1, 2, ... delta  continuous rate of
 * discount per period, ln(1 + d) for an effective rate d; 0 or from 1e-40 to 1e40 t      horizon in periods: 0, 1, ...,
 * or infinite derl   receives the answer. For delta = 0 the expected number of further periods Errors, in this order:
 * those of loy_bdw_check; LOY_ERR_DOMAIN n, delta, t; LOY_ERR_ARGUMENT derl (NULL). Notice: LOY_NOTICE_DIVERGES naming
 * delta, with infinity, where delta = 0, t is infinite and gamma c <= 1, or where the sum needs more than 1e300
 * periods, as with c near 0. Source: the sums of Fader & Hardie 2010 with this S. */
LOYALTY_API loy_status loy_bdw_derl(const loy_bdw_params *params, double n, double delta, double t, double *derl,
                                    loy_error *error);

/* Discounted expected lifetime of a new customer, the first period included: Sum over k from 0 to t-1 of S(k)
 * exp(-delta k). For delta = 0 it is the expected lifetime, and with a horizon the expected tenure within t periods,
 * E[min(lifetime, t)]. Arguments, errors and notice as of loy_bdw_derl, without n and with `del` for derl. */
LOYALTY_API loy_status loy_bdw_del(const loy_bdw_params *params, double delta, double t, double *del, loy_error *error);

/* Elasticity of the DERL to retention: by how many per cent it grows when each retention rate of each customer, from
 * the next decision on, grows by one per cent: Sum (k+1) S(n+k) exp(-delta k) / Sum S(n+k) exp(-delta k), the mean
 * number of decisions that a period's payment depends on. 1 where t is at most 1. Arguments and errors as of
 * loy_bdw_derl, with `elasticity` for derl; LOY_NOTICE_DIVERGES already where gamma c <= 2. */
LOYALTY_API loy_status loy_bdw_derl_elasticity(const loy_bdw_params *params, double n, double delta, double t,
                                               double *elasticity, loy_error *error);

/* Log-likelihood of one customer: ln(S(lifetime-1) - S(lifetime)) of one who left at the end of period `lifetime`, ln
 * S(lifetime) of one who was there after so many decisions, when observation ended (censored).
 *   lifetime  1, 2, ...
 *   censored  0 or 1
 * NaN outside the domain. */
LOYALTY_API double loy_bdw_loglik(const loy_bdw_params *params, double lifetime, double censored);

/* loy_bdw_loglik for each of n customers; the same bits. `censored` may be NULL where nobody is; `out` may be the same
 * array as either. report: nullable, rows that answered NaN.
 * Errors, in this order: those of loy_bdw_check; LOY_ERR_ARGUMENT lifetime, out (NULL while n > 0). */
LOYALTY_API loy_status loy_bdw_loglik_batch(const loy_bdw_params *params, const double *lifetime,
                                            const double *censored, size_t n, double *out, loy_batch_report *report,
                                            loy_error *error);

/* Draw n customers who are observed for T[i] periods.
 *   T         column of n, each 1, 2, ...
 *   seed      customer i has random stream i of it (see ../math/random.h): the draw does not depend on who else is in
 *             the call, and is the same everywhere
 *   lifetime  output: the period at whose end the customer leaves, or T where that is later; may be the same array as T
 *   censored  output: 1 where it is later, else 0
 * Errors, in this order: those of loy_bdw_check; LOY_ERR_ARGUMENT T, lifetime, censored (NULL while n > 0);
 * LOY_ERR_DOMAIN T with the index of the first bad row. */
LOYALTY_API loy_status loy_bdw_simulate(const loy_bdw_params *params, const double *T, size_t n, uint64_t seed,
                                        double *lifetime, double *censored, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "bdw-inl.h"
#endif

#endif /* LOYALTY_BTYD_BDW_H */
