/* mbgcnbd_fit-inl.h: body of mbgcnbd_fit.h. The text is that of cnbd_fit-inl.h, with a chance to stop at time zero. */
#ifndef LOYALTY_BTYD_MBGCNBD_FIT_INL_H
#define LOYALTY_BTYD_MBGCNBD_FIT_INL_H

#include "mbgcnbd_fit.h"

#include "cnbd_fit-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_mbgcnbd_fit_options_init(loy_mbgcnbd_fit_options *options) { loyi_cnbd_fit_options_init(options); }

LOYALTY_API loy_status loy_mbgcnbd_loglik_total(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, const double *litt, const double *weight, size_t n,
                                                const loy_mbgcnbd_fit_options *options, double *value, double *gradient,
                                                double *hessian, loy_error *error) {
  const loyi_cnbd_columns columns = loyi_cnbd_columns_of(x, t_x, T, litt, weight, n);
  return loyi_cnbd_loglik_total(1.0, params, &columns, options, value, gradient, hessian, error);
}

LOYALTY_API loy_status loy_mbgcnbd_fit(const double *x, const double *t_x, const double *T, const double *litt,
                                       const double *weight, size_t n, const loy_mbgcnbd_fit_options *options,
                                       loy_mbgcnbd_fit_result *result, loy_error *error) {
  const loyi_cnbd_columns columns = loyi_cnbd_columns_of(x, t_x, T, litt, weight, n);
  return loyi_cnbd_fit(1.0, &columns, options, result, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MBGCNBD_FIT_INL_H */
