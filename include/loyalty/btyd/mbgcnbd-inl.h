/* mbgcnbd-inl.h: body of mbgcnbd.h. The text is that of cnbd-inl.h, with a chance to stop at time zero. */
#ifndef LOYALTY_BTYD_MBGCNBD_INL_H
#define LOYALTY_BTYD_MBGCNBD_INL_H

#include "mbgcnbd.h"

#include "cnbd_future-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_mbgcnbd_options_init(loy_mbgcnbd_options *options) { loyi_betageo_options_init(options); }

LOYALTY_API loy_status loy_mbgcnbd_check(const loy_mbgcnbd_params *params, loy_error *error) {
  return loyi_cnbd_check(params, error);
}

LOYALTY_API loy_status loy_mbgcnbd_check_customer(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                                  double t, loy_error *error) {
  return loyi_cnbd_check_customer(params, x, t_x, T, t, error);
}

LOYALTY_API loy_status loy_mbgcnbd_check_gaps(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                              double litt, loy_error *error) {
  return loyi_cnbd_check_gaps(params, x, t_x, T, litt, error);
}

LOYALTY_API double loy_mbgcnbd_loglik(const loy_mbgcnbd_params *params, double x, double t_x, double T, double litt) {
  return loyi_cnbd_loglik(1.0, params, x, t_x, T, litt);
}

LOYALTY_API double loy_mbgcnbd_loglik_summary(const loy_mbgcnbd_params *params, double x, double t_x, double T) {
  return loyi_cnbd_loglik_summary(1.0, params, x, t_x, T);
}

LOYALTY_API loy_status loy_mbgcnbd_loglik_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, const double *litt, size_t n,
                                                const loy_mbgcnbd_options *options, double *out,
                                                loy_batch_report *report, loy_error *error) {
  return loyi_cnbd_loglik_batch(1.0, params, x, t_x, T, litt, n, options, out, report, error);
}

LOYALTY_API double loy_mbgcnbd_palive(const loy_mbgcnbd_params *params, double x, double t_x, double T, double t) {
  return loyi_cnbd_palive(1.0, params, x, t_x, T, t);
}

LOYALTY_API double loy_mbgcnbd_log_palive(const loy_mbgcnbd_params *params, double x, double t_x, double T) {
  return loyi_cnbd_log_palive(1.0, params, x, t_x, T);
}

LOYALTY_API loy_status loy_mbgcnbd_palive_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, double t, const loy_mbgcnbd_options *options,
                                                double *out, loy_batch_report *report, loy_error *error) {
  return loyi_cnbd_palive_batch(1.0, params, x, t_x, T, n, t, options, out, report, error);
}

LOYALTY_API loy_status loy_mbgcnbd_posterior(const loy_mbgcnbd_params *params, double x, double t_x, double T,
                                             double *rate, double *p, loy_error *error) {
  return loyi_cnbd_posterior(1.0, params, x, t_x, T, rate, p, error);
}

LOYALTY_API loy_status loy_mbgcnbd_posterior_batch(const loy_mbgcnbd_params *params, const double *x, const double *t_x,
                                                   const double *T, size_t n, const loy_mbgcnbd_options *options,
                                                   double *rate, double *p, loy_batch_report *report,
                                                   loy_error *error) {
  return loyi_cnbd_posterior_batch(1.0, params, x, t_x, T, n, options, rate, p, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MBGCNBD_INL_H */
