/* bgcnbd_predict-inl.h: body of bgcnbd_predict.h. The text is that of cnbd_predict-inl.h, without a chance to stop at
 * time zero. */
#ifndef LOYALTY_BTYD_BGCNBD_PREDICT_INL_H
#define LOYALTY_BTYD_BGCNBD_PREDICT_INL_H

#include "bgcnbd_predict.h"

#include "cnbd_predict-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API double loy_bgcnbd_expected_purchases(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                                 double t) {
  return loyi_cnbd_expected_purchases(0.0, params, x, t_x, T, t);
}

LOYALTY_API loy_status loy_bgcnbd_expected_purchases_batch(const loy_bgcnbd_params *params, const double *x,
                                                           const double *t_x, const double *T, size_t n, double t,
                                                           const loy_bgcnbd_options *options, double *out,
                                                           loy_batch_report *report, loy_error *error) {
  return loyi_cnbd_expected_purchases_batch(0.0, params, x, t_x, T, n, t, options, out, report, error);
}

LOYALTY_API double loy_bgcnbd_expected_purchases_new(const loy_bgcnbd_params *params, double t) {
  return loyi_cnbd_expected_purchases(0.0, params, 0.0, 0.0, 0.0, t);
}

LOYALTY_API double loy_bgcnbd_dert(const loy_bgcnbd_params *params, double x, double t_x, double T, double delta) {
  return loyi_cnbd_dect(0.0, params, x, t_x, T, delta, HUGE_VAL);
}

LOYALTY_API double loy_bgcnbd_dect(const loy_bgcnbd_params *params, double x, double t_x, double T, double delta,
                                   double t) {
  return loyi_cnbd_dect(0.0, params, x, t_x, T, delta, t);
}

LOYALTY_API loy_status loy_bgcnbd_dect_check(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                             double delta, double t, loy_error *error) {
  return loyi_cnbd_dect_check(params, x, t_x, T, delta, t, error);
}

LOYALTY_API loy_status loy_bgcnbd_dert_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double delta, const loy_bgcnbd_options *options,
                                             double *out, loy_batch_report *report, loy_error *error) {
  return loyi_cnbd_dert_batch(0.0, params, x, t_x, T, n, delta, options, out, report, error);
}

LOYALTY_API loy_status loy_bgcnbd_dect_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double delta, double t,
                                             const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                             loy_error *error) {
  return loyi_cnbd_dect_batch(0.0, params, x, t_x, T, n, delta, t, options, out, report, error);
}

LOYALTY_API loy_status loy_bgcnbd_predict_batch(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, double delta, double t,
                                                const loy_bgcnbd_options *options, double *p_alive,
                                                double *expected_purchases, double *discounted_purchases,
                                                loy_batch_report *report, loy_error *error) {
  return loyi_cnbd_predict_batch(0.0, params, x, t_x, T, n, delta, t, options, p_alive, expected_purchases,
                                 discounted_purchases, report, error);
}

LOYALTY_API double loy_bgcnbd_pmf(const loy_bgcnbd_params *params, double n, double t) {
  return loyi_cnbd_pmf(0.0, params, n, t);
}

LOYALTY_API double loy_bgcnbd_pmf_future(const loy_bgcnbd_params *params, double x, double t_x, double T, double n,
                                         double t) {
  return loyi_cnbd_pmf_future(0.0, params, x, t_x, T, n, t);
}

LOYALTY_API double loy_bgcnbd_pmf_interval(const loy_bgcnbd_params *params, double n, double t0, double t1) {
  return loyi_cnbd_pmf_interval(0.0, params, n, t0, t1);
}

LOYALTY_API loy_status loy_bgcnbd_pmf_check(const loy_bgcnbd_params *params, double x, double t_x, double T, double n,
                                            double t0, double t1, loy_error *error) {
  return loyi_cnbd_pmf_check(params, x, t_x, T, n, t0, t1, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGCNBD_PREDICT_INL_H */
