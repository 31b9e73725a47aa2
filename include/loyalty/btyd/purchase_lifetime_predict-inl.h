/* purchase_lifetime_predict-inl.h: body of purchase_lifetime_predict.h. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H

#include "purchase_lifetime_predict.h"

#include <math.h>

#include "../math/elementary.h"
#include "purchase_lifetime-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED double loyi_purchase_discount_row(const loyi_purchase_history *history, const void *query) {
  const loyi_purchase_discount *ask = (const loyi_purchase_discount *)query;
  double alive = loyi_purchase_alive(history);
  if (alive == 0.0) return 0.0;
  return alive * (history->k / history->rate) * loyi_lifetime_mean_time(&history->rest, ask->delta, ask->t);
}

LOYI_SHARED double loyi_purchase_dect(const loyi_purchase_model *model, double x, double t_x, double T, double delta,
                                      double t) {
  loyi_purchase_discount ask;
  ask.delta = delta;
  ask.t = t;
  if (loyi_history_discount_check(delta, t, NULL) != LOY_OK) return NAN;
  return loyi_purchase_one(model, x, t_x, T, loyi_purchase_discount_row, &ask);
}

LOYI_SHARED double loyi_purchase_expected(const loyi_purchase_model *model, double x, double t_x, double T, double t) {
  return loyi_purchase_dect(model, x, t_x, T, 0.0, t);
}

LOYI_SHARED loy_status loyi_purchase_expected_batch(const loyi_purchase_model *model, const double *x,
                                                    const double *t_x, const double *T, size_t n, double t,
                                                    const loy_purchase_options *options, double *out,
                                                    loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return loyi_purchase_dect_batch(model, x, t_x, T, n, 0.0, t, 0, options, out, report, error);
}

LOYI_SHARED loy_status loyi_purchase_dect_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                const double *T, size_t n, double delta, double t, int endless,
                                                const loy_purchase_options *options, double *out,
                                                loy_batch_report *report, loy_error *error) {
  loyi_purchase_discount ask;
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (endless && !loyi_is_quantity(delta))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  status = loyi_history_discount_check(delta, t, error);
  if (status != LOY_OK) return status;
  ask.delta = delta;
  ask.t = t;
  return loyi_purchase_batch(model, x, t_x, T, n, options, loyi_purchase_discount_row, &ask, out, report, error);
}

LOYI_SHARED double loyi_purchase_pmf_future(const loyi_purchase_model *model, double x, double t_x, double T, double n,
                                            double t) {
  loyi_purchase_history history;
  const char *message;
  double value;
  if (loyi_purchase_digest(model, x, t_x, T, &history, &message)) return NAN;
  if (loyi_history_count_check(n, 0.0, t, NULL) != LOY_OK) return NAN;
  value = loyi_purchase_alive(&history) * loyi_lifetime_count(&history.rest, n, history.k, history.rate, t);
  return n > 0.0 ? value : value + loyi_purchase_stopped(&history);
}

LOYI_SHARED double loyi_purchase_pmf_interval(const loyi_purchase_model *model, double n, double t0, double t1) {
  loyi_lifetime rest = loyi_lifetime_after(&model->life, t0);
  double log_survivor, value;
  if (loyi_history_count_check(n, t0, t1, NULL) != LOY_OK) return NAN;
  /* Alive at t0 or not; what the customer bought until then says nothing, as it is not known. */
  log_survivor = loyi_lifetime_log_survivor(&model->life, t0);
  value = loyi_exp(log_survivor) * loyi_lifetime_count(&rest, n, model->r, model->alpha, t1 - t0);
  return n > 0.0 ? value : value - loyi_expm1(log_survivor);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H */
