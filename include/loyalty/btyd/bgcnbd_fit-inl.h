/* bgcnbd_fit-inl.h: body of bgcnbd_fit.h. The text is that of cnbd_fit-inl.h, without a chance to stop at time zero. */
#ifndef LOYALTY_BTYD_BGCNBD_FIT_INL_H
#define LOYALTY_BTYD_BGCNBD_FIT_INL_H

#include "bgcnbd_fit.h"

#include "cnbd_fit-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_bgcnbd_fit_options_init(loy_bgcnbd_fit_options *options) { loyi_cnbd_fit_options_init(options); }

LOYALTY_API loy_status loy_bgcnbd_loglik_total(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                               const double *T, const double *litt, const double *weight, size_t n,
                                               const loy_bgcnbd_fit_options *options, double *value, double *gradient,
                                               double *hessian, loy_error *error) {
  const loyi_cnbd_columns columns = loyi_cnbd_columns_of(x, t_x, T, litt, weight, n);
  return loyi_cnbd_loglik_total(0.0, params, &columns, options, value, gradient, hessian, error);
}

LOYALTY_API loy_status loy_bgcnbd_fit(const double *x, const double *t_x, const double *T, const double *litt,
                                      const double *weight, size_t n, const loy_bgcnbd_fit_options *options,
                                      loy_bgcnbd_fit_result *result, loy_error *error) {
  const loyi_cnbd_columns columns = loyi_cnbd_columns_of(x, t_x, T, litt, weight, n);
  return loyi_cnbd_fit(0.0, &columns, options, result, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGCNBD_FIT_INL_H */
