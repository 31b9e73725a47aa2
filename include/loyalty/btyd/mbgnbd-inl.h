/* mbgnbd-inl.h: body of mbgnbd.h. The text is that of betageo-inl.h, with a chance to stop at time zero. */
#ifndef LOYALTY_BTYD_MBGNBD_INL_H
#define LOYALTY_BTYD_MBGNBD_INL_H

#include "mbgnbd.h"

#include "betageo-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_mbgnbd_options_init(loy_mbgnbd_options *options) { loyi_betageo_options_init(options); }

LOYALTY_API loy_status loy_mbgnbd_check(const loy_mbgnbd_params *params, loy_error *error) {
  return loyi_betageo_check(params, error);
}

LOYALTY_API loy_status loy_mbgnbd_check_customer(const loy_mbgnbd_params *params, double x, double t_x, double T,
                                                 double t, loy_error *error) {
  return loyi_betageo_check_customer(params, x, t_x, T, t, error);
}

LOYALTY_API double loy_mbgnbd_loglik(const loy_mbgnbd_params *params, double x, double t_x, double T) {
  return loyi_betageo_loglik(1.0, params, x, t_x, T);
}

LOYALTY_API loy_status loy_mbgnbd_loglik_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, const loy_mbgnbd_options *options,
                                               double *out, loy_batch_report *report, loy_error *error) {
  return loyi_betageo_loglik_batch(1.0, params, x, t_x, T, n, options, out, report, error);
}

LOYALTY_API double loy_mbgnbd_palive(const loy_mbgnbd_params *params, double x, double t_x, double T, double t) {
  return loyi_betageo_palive(1.0, params, x, t_x, T, t);
}

LOYALTY_API double loy_mbgnbd_log_palive(const loy_mbgnbd_params *params, double x, double t_x, double T) {
  return loyi_betageo_log_palive(1.0, params, x, t_x, T);
}

LOYALTY_API loy_status loy_mbgnbd_palive_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, double t, const loy_mbgnbd_options *options,
                                               double *out, loy_batch_report *report, loy_error *error) {
  return loyi_betageo_palive_batch(1.0, params, x, t_x, T, n, t, options, out, report, error);
}

LOYALTY_API loy_status loy_mbgnbd_posterior(const loy_mbgnbd_params *params, double x, double t_x, double T,
                                            double *lambda, double *p, loy_error *error) {
  return loyi_betageo_posterior(1.0, params, x, t_x, T, lambda, p, error);
}

LOYALTY_API loy_status loy_mbgnbd_posterior_batch(const loy_mbgnbd_params *params, const double *x, const double *t_x,
                                                  const double *T, size_t n, const loy_mbgnbd_options *options,
                                                  double *lambda, double *p, loy_batch_report *report,
                                                  loy_error *error) {
  return loyi_betageo_posterior_batch(1.0, params, x, t_x, T, n, options, lambda, p, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MBGNBD_INL_H */
