/* clv-inl.h: body of clv.h. */
#ifndef LOYALTY_VALUE_CLV_INL_H
#define LOYALTY_VALUE_CLV_INL_H

#include "clv.h"

#include <math.h>
#include <string.h>

#include "../btyd/bgnbd_predict.h"
#include "../btyd/mbgnbd_predict.h"
#include "../math/elementary.h"

LOY_BEGIN_DECLS

LOYI_LOCAL int loyi_clv_is_unit(int unit) { return unit >= (int)LOY_TIME_HOUR && unit <= (int)LOY_TIME_YEAR; }

LOYI_LOCAL double loyi_clv_delta(double rate, int period, int time_unit) {
  double delta = loyi_log1p(rate);
  if (period == LOY_MODEL_UNIT || period == time_unit) return delta;
  return delta * loy_time_unit_seconds((loy_time_unit)time_unit) / loy_time_unit_seconds((loy_time_unit)period);
}

/* `rate`, `period` and `time_unit` under the names that the caller knows them by. */
LOYI_LOCAL loy_status loyi_clv_check_discount(double rate, int period, int time_unit, const char *rate_name,
                                              const char *period_name, loy_error *error) {
  if (!loyi_is_zero_or_quantity(rate))
    return loyi_report(error, LOY_ERR_DOMAIN, rate_name, LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (period != LOY_MODEL_UNIT && !loyi_clv_is_unit(period))
    return loyi_report(error, LOY_ERR_ARGUMENT, period_name, LOY_NO_INDEX, "must be a loy_time_unit or LOY_MODEL_UNIT");
  if (time_unit != LOY_MODEL_UNIT && !loyi_clv_is_unit(time_unit))
    return loyi_report(error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX, "must be a loy_time_unit or LOY_MODEL_UNIT");
  if (period != LOY_MODEL_UNIT && time_unit == LOY_MODEL_UNIT)
    return loyi_report(error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX,
                       "must be stated for a discount rate that has a period of its own");
  if (!loyi_is_zero_or_quantity(loyi_clv_delta(rate, period, time_unit)))
    return loyi_report(error, LOY_ERR_DOMAIN, rate_name, LOY_NO_INDEX,
                       "must be 0 or at least 1e-40 for one unit of the model's time");
  return LOY_OK;
}

LOYALTY_API loy_status loy_discount_delta(double rate, int period, int time_unit, double *delta, loy_error *error) {
  loy_status status = loyi_clv_check_discount(rate, period, time_unit, "rate", "period", error);
  if (status != LOY_OK) return status;
  if (!delta) return loyi_report(error, LOY_ERR_ARGUMENT, "delta", LOY_NO_INDEX, "must not be NULL");
  *delta = loyi_clv_delta(rate, period, time_unit);
  return loyi_ok(error);
}

LOYALTY_API void loy_clv_options_init(loy_clv_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->margin = 1.0;
  options->horizon = HUGE_VAL;
  options->discount_period = LOY_MODEL_UNIT;
  options->time_unit = LOY_MODEL_UNIT;
  options->threads = 1;
}

LOYI_LOCAL loy_status loyi_clv_check_options(const loy_clv_options *options, loy_error *error) {
  loy_status status;
  if (options->struct_size != sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must be filled by loy_clv_options_init");
  if (!loyi_is_zero_or_quantity(options->margin))
    return loyi_report(error, LOY_ERR_DOMAIN, "margin", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (!loyi_is_horizon(options->horizon))
    return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  status = loyi_clv_check_discount(options->discount_rate, options->discount_period, options->time_unit,
                                   "discount_rate", "discount_period", error);
  if (status != LOY_OK) return status;
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  return LOY_OK;
}

/* A model of purchases whose dropout is beta-geometric. */
typedef struct loyi_clv_engine {
  double (*palive)(const loy_bgnbd_params *, double, double, double, double);
  double (*expected)(const loy_bgnbd_params *, double, double, double, double);
  double (*dect)(const loy_bgnbd_params *, double, double, double, double, double);
  loy_status (*palive_batch)(const loy_bgnbd_params *, const double *, const double *, const double *, size_t, double,
                             const loy_bgnbd_options *, double *, loy_batch_report *, loy_error *);
  loy_status (*expected_batch)(const loy_bgnbd_params *, const double *, const double *, const double *, size_t, double,
                               const loy_bgnbd_options *, double *, loy_batch_report *, loy_error *);
  loy_status (*dect_batch)(const loy_bgnbd_params *, const double *, const double *, const double *, size_t, double,
                           double, const loy_bgnbd_options *, double *, loy_batch_report *, loy_error *);
  double at_zero; /* chances to stop at time zero */
} loyi_clv_engine;

LOYI_LOCAL const loyi_clv_engine *loyi_clv_engine_bgnbd(void) {
  static const loyi_clv_engine engine = {loy_bgnbd_palive,
                                         loy_bgnbd_expected_purchases,
                                         loy_bgnbd_dect,
                                         loy_bgnbd_palive_batch,
                                         loy_bgnbd_expected_purchases_batch,
                                         loy_bgnbd_dect_batch,
                                         0.0};
  return &engine;
}

LOYI_LOCAL const loyi_clv_engine *loyi_clv_engine_mbgnbd(void) {
  static const loyi_clv_engine engine = {loy_mbgnbd_palive,
                                         loy_mbgnbd_expected_purchases,
                                         loy_mbgnbd_dect,
                                         loy_mbgnbd_palive_batch,
                                         loy_mbgnbd_expected_purchases_batch,
                                         loy_mbgnbd_dect_batch,
                                         1.0};
  return &engine;
}

/* The parameters of both models. */
LOYI_LOCAL loy_status loyi_clv_check_models(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend,
                                            loy_error *error) {
  loy_status status = loy_bgnbd_check(model, error);
  if (status != LOY_OK) {
    if (!model) return loyi_report(error, status, "model", LOY_NO_INDEX, "must not be NULL");
    return status;
  }
  if (!spend) return loyi_report(error, LOY_ERR_ARGUMENT, "spend", LOY_NO_INDEX, "must not be NULL");
  return loy_gamma_gamma_check(spend, 0.0, 0.0, error);
}

/* One customer, with parameters that were checked. */
LOYI_LOCAL loy_status loyi_clv_check_row(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                         double t_x, double T, double z, loy_error *error) {
  loy_status status = loy_bgnbd_check_customer(model, x, t_x, T, 0.0, error);
  return status == LOY_OK ? loy_gamma_gamma_check(spend, x, z, error) : status;
}

/* Nothing expected is worth nothing, whatever a purchase is worth. */
LOYI_LOCAL double loyi_clv_worth(double margin, double spend, double purchases) {
  return margin == 0.0 || purchases == 0.0 ? 0.0 : margin * spend * purchases;
}

/* Expected purchases without an end: P(alive) E[1/p] over p ~ Beta(a, b + chances survived); infinite for a <= 1. */
LOYI_LOCAL double loyi_clv_purchases_forever(const loyi_clv_engine *engine, const loy_bgnbd_params *model, double x,
                                             double p_alive) {
  if (!(model->a > 1.0)) return HUGE_VAL;
  return p_alive * ((model->a - 1.0 + (model->b + (x + engine->at_zero))) / (model->a - 1.0));
}

/* What is infinite about an answer; NULL when nothing is. */
LOYI_LOCAL const char *loyi_clv_infinite(double purchases, double spend, double clv, double horizon) {
  if (isinf(spend)) return "q";
  if (isinf(clv)) return "discount_rate";
  if (isinf(purchases) && isinf(horizon)) return "a";
  return NULL;
}

LOYI_LOCAL loy_status loyi_clv_diverges(const char *argument, size_t index, loy_error *error) {
  const char *message = argument[0] == 'q'   ? "the expected spend is infinite because p x + q is not greater than 1"
                        : argument[0] == 'a' ? "without a horizon the expected number of purchases is infinite"
                                             : "the value is infinite: state a horizon or a discount rate";
  return loyi_report(error, LOY_NOTICE_DIVERGES, argument, index, message);
}

LOYI_LOCAL loy_status loyi_clv_one(const loyi_clv_engine *engine, const loy_bgnbd_params *model,
                                   const loy_gamma_gamma_params *spend, double x, double t_x, double T, double z,
                                   const loy_clv_options *options, loy_clv *value, loy_error *error) {
  loy_clv_options chosen;
  const char *infinite;
  double delta, discounted;
  loy_status status = loyi_clv_check_models(model, spend, error);
  if (status == LOY_OK) status = loyi_clv_check_row(model, spend, x, t_x, T, z, error);
  if (status != LOY_OK) return status;
  if (options) {
    chosen = *options;
  } else {
    loy_clv_options_init(&chosen);
  }
  status = loyi_clv_check_options(&chosen, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  delta = loyi_clv_delta(chosen.discount_rate, chosen.discount_period, chosen.time_unit);
  value->p_alive = engine->palive(model, x, t_x, T, 0.0);
  value->expected_purchases = isinf(chosen.horizon) ? loyi_clv_purchases_forever(engine, model, x, value->p_alive)
                                                    : engine->expected(model, x, t_x, T, chosen.horizon);
  value->expected_spend = loy_gamma_gamma_expected_spend(spend, x, z);
  discounted = delta == 0.0 ? value->expected_purchases : engine->dect(model, x, t_x, T, delta, chosen.horizon);
  value->clv = loyi_clv_worth(chosen.margin, value->expected_spend, discounted);
  infinite = loyi_clv_infinite(value->expected_purchases, value->expected_spend, value->clv, chosen.horizon);
  return infinite ? loyi_clv_diverges(infinite, LOY_NO_INDEX, error) : loyi_ok(error);
}

/* Columns of a batch: inputs before the options are checked, outputs after. */
LOYI_LOCAL loy_status loyi_clv_check_column(const double *column, size_t n, const char *name, loy_error *error) {
  if (!column && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_clv_many(const loyi_clv_engine *engine, const loy_bgnbd_params *model,
                                    const loy_gamma_gamma_params *spend, const double *x, const double *t_x,
                                    const double *T, const double *z, size_t n, const loy_clv_options *options,
                                    double *p_alive, double *expected_purchases, double *expected_spend, double *clv,
                                    loy_batch_report *report, loy_error *error) {
  loy_clv_options chosen;
  loy_bgnbd_options batch;
  size_t infinite_row = LOY_NO_INDEX;
  const char *infinite = NULL;
  double delta;
  loy_status status = loyi_clv_check_models(model, spend, error);
  if (status == LOY_OK) status = loyi_clv_check_column(x, n, "x", error);
  if (status == LOY_OK) status = loyi_clv_check_column(t_x, n, "t_x", error);
  if (status == LOY_OK) status = loyi_clv_check_column(T, n, "T", error);
  if (status == LOY_OK) status = loyi_clv_check_column(z, n, "z", error);
  if (status != LOY_OK) return status;
  if (options) {
    chosen = *options;
  } else {
    loy_clv_options_init(&chosen);
  }
  status = loyi_clv_check_options(&chosen, error);
  if (status == LOY_OK) status = loyi_clv_check_column(p_alive, n, "p_alive", error);
  if (status == LOY_OK) status = loyi_clv_check_column(expected_purchases, n, "expected_purchases", error);
  if (status == LOY_OK) status = loyi_clv_check_column(expected_spend, n, "expected_spend", error);
  if (status == LOY_OK) status = loyi_clv_check_column(clv, n, "clv", error);
  if (status != LOY_OK) return status;

  loyi_batch_begin(report);
  delta = loyi_clv_delta(chosen.discount_rate, chosen.discount_period, chosen.time_unit);
  loy_bgnbd_options_init(&batch);
  batch.threads = chosen.threads;
  /* Each column is one batch of its model; clv holds the discounted purchases until the loop below. */
  (void)engine->palive_batch(model, x, t_x, T, n, 0.0, &batch, p_alive, NULL, NULL);
  if (isinf(chosen.horizon)) {
    for (size_t i = 0; i < n; i++) expected_purchases[i] = loyi_clv_purchases_forever(engine, model, x[i], p_alive[i]);
  } else {
    (void)engine->expected_batch(model, x, t_x, T, n, chosen.horizon, &batch, expected_purchases, NULL, NULL);
  }
  if (delta == 0.0) {
    for (size_t i = 0; i < n; i++) clv[i] = expected_purchases[i];
  } else {
    (void)engine->dect_batch(model, x, t_x, T, n, delta, chosen.horizon, &batch, clv, NULL, NULL);
  }
  (void)loy_gamma_gamma_expected_spend_batch(spend, x, z, n, expected_spend, NULL, NULL);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    if (isnan(p_alive[i]) || isnan(expected_spend[i])) {
      (void)loyi_clv_check_row(model, spend, x[i], t_x[i], T[i], z[i], &bad);
      loyi_batch_bad(report, i, &bad);
      p_alive[i] = expected_purchases[i] = expected_spend[i] = clv[i] = NAN;
      continue;
    }
    clv[i] = loyi_clv_worth(chosen.margin, expected_spend[i], clv[i]);
    if (!infinite) {
      infinite = loyi_clv_infinite(expected_purchases[i], expected_spend[i], clv[i], chosen.horizon);
      if (infinite) infinite_row = i;
    }
  }
  return infinite ? loyi_clv_diverges(infinite, infinite_row, error) : loyi_ok(error);
}

LOYALTY_API loy_status loy_clv_bgnbd(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                     double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                     loy_error *error) {
  return loyi_clv_one(loyi_clv_engine_bgnbd(), model, spend, x, t_x, T, z, options, value, error);
}

LOYALTY_API loy_status loy_clv_bgnbd_batch(const loy_bgnbd_params *model, const loy_gamma_gamma_params *spend,
                                           const double *x, const double *t_x, const double *T, const double *z,
                                           size_t n, const loy_clv_options *options, double *p_alive,
                                           double *expected_purchases, double *expected_spend, double *clv,
                                           loy_batch_report *report, loy_error *error) {
  return loyi_clv_many(loyi_clv_engine_bgnbd(), model, spend, x, t_x, T, z, n, options, p_alive, expected_purchases,
                       expected_spend, clv, report, error);
}

LOYALTY_API loy_status loy_clv_mbgnbd(const loy_mbgnbd_params *model, const loy_gamma_gamma_params *spend, double x,
                                      double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,
                                      loy_error *error) {
  return loyi_clv_one(loyi_clv_engine_mbgnbd(), model, spend, x, t_x, T, z, options, value, error);
}

LOYALTY_API loy_status loy_clv_mbgnbd_batch(const loy_mbgnbd_params *model, const loy_gamma_gamma_params *spend,
                                            const double *x, const double *t_x, const double *T, const double *z,
                                            size_t n, const loy_clv_options *options, double *p_alive,
                                            double *expected_purchases, double *expected_spend, double *clv,
                                            loy_batch_report *report, loy_error *error) {
  return loyi_clv_many(loyi_clv_engine_mbgnbd(), model, spend, x, t_x, T, z, n, options, p_alive, expected_purchases,
                       expected_spend, clv, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_CLV_INL_H */
