/* mbgnbd_fit.h: the total log-likelihood of the MBG/NBD model with its derivatives, and the maximum likelihood fit; the
 * model itself is in mbgnbd.h. */
#ifndef LOYALTY_BTYD_MBGNBD_FIT_H
#define LOYALTY_BTYD_MBGNBD_FIT_H

#include "bgnbd_fit.h"
#include "mbgnbd.h"

LOY_BEGIN_DECLS

/* Options of the two functions below, and what a fit found. */
typedef loy_bgnbd_fit_options loy_mbgnbd_fit_options;
typedef loy_bgnbd_fit_result loy_mbgnbd_fit_result;

/* Fill in the defaults. NULL is allowed and ignored. */
LOYALTY_API void loy_mbgnbd_fit_options_init(loy_mbgnbd_fit_options *options);

/* Total log-likelihood with its derivatives on the natural scale of the parameters: Sum of weight_i ln L_i over n
 * customers.
 *   x, t_x, T  columns of n; rows as in loy_mbgnbd_check_customer
 *   weight     how many customers share the row, from 1e-40 to 1e40, or NULL for 1 each
 *   options    or NULL for the defaults
 *   value      the total
 *   gradient   NULL, or 4 numbers: by r, alpha, a, b
 *   hessian    NULL, or 16 numbers by rows: second derivatives in the same order
 * Sums run in 8 fixed lanes over fixed blocks of the rows ordered by x, and do not depend on threads. The order of
 * the rows changes the value by at most 1e-13 of the sum of its terms' sizes.
 * Errors, in this order: LOY_ERR_ARGUMENT params; LOY_ERR_DOMAIN r, alpha, a, b; LOY_ERR_ARGUMENT x, t_x, T (NULL
 * while n > 0), options (struct_size), threads, most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor
 * from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress (without a function); LOY_ERR_ARGUMENT value; then for the first
 * bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_MEMORY. */
LOYALTY_API loy_status loy_mbgnbd_loglik_total(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, const double *weight, size_t n,
                                               const loy_mbgnbd_fit_options *options, double *value, double *gradient,
                                               double *hessian, loy_error *error);

/* Maximum likelihood fit, by the method and with the certificate of loy_bgnbd_fit, within the same bounds.
 *   x, t_x, T, weight  as in loy_mbgnbd_loglik_total
 *   options            or NULL for the defaults; penalty and progress as in loy_bgnbd_fit
 * Errors, in this order: LOY_ERR_ARGUMENT x, t_x, T (NULL while n > 0), options (struct_size), threads,
 * most_evaluations (negative); LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to 1e40); LOY_ERR_ARGUMENT progress
 * (without a function); LOY_ERR_DOMAIN start (neither all 0 nor all in range); LOY_ERR_ARGUMENT result; for the
 * first bad row LOY_ERR_DOMAIN x, t_x, T or weight, with its index; LOY_ERR_TOO_FEW x when nobody made a repeat
 * purchase, so that stopped and slow customers cannot be told apart; LOY_ERR_DOMAIN T when all T are 0;
 * LOY_ERR_MEMORY; LOY_ERR_CANCELED when `progress` asked to stop.
 * Notices, the most important first: LOY_NOTICE_NOT_CONVERGED when the certificate fails; LOY_NOTICE_AT_BOUND when
 * the likelihood rises until a parameter, which `error` names, has grown or shrunk to its limit (nobody seems to
 * stop: a / b goes to 0; everybody is alike: a and b grow together, or r and alpha); LOY_NOTICE_WEAK_ID when the
 * standard error of the logarithm of a parameter exceeds 10. */
LOYALTY_API loy_status loy_mbgnbd_fit(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, const loy_mbgnbd_fit_options *options, loy_mbgnbd_fit_result *result,
                                      loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mbgnbd_fit-inl.h"
#endif

#endif /* LOYALTY_BTYD_MBGNBD_FIT_H */
