/* mbgnbd_fit-inl.h: body of mbgnbd_fit.h. The text is that of betageo_fit-inl.h, with a chance to stop at time zero. */
#ifndef LOYALTY_BTYD_MBGNBD_FIT_INL_H
#define LOYALTY_BTYD_MBGNBD_FIT_INL_H

#include "mbgnbd_fit.h"

#include "betageo_fit-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_mbgnbd_fit_options_init(loy_mbgnbd_fit_options *options) {
  loyi_betageo_fit_options_init(options);
}

LOYALTY_API loy_status loy_mbgnbd_loglik_total(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, const double *weight, size_t n,
                                               const loy_mbgnbd_fit_options *options, double *value, double *gradient,
                                               double *hessian, loy_error *error) {
  return loyi_betageo_loglik_total(1.0, params, x, t_x, T, weight, n, options, value, gradient, hessian, error);
}

LOYALTY_API loy_status loy_mbgnbd_fit(const double *x, const double *t_x, const double *T, const double *weight,
                                      size_t n, const loy_mbgnbd_fit_options *options, loy_mbgnbd_fit_result *result,
                                      loy_error *error) {
  return loyi_betageo_fit(1.0, x, t_x, T, weight, n, options, result, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MBGNBD_FIT_INL_H */
