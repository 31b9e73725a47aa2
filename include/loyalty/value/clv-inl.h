/* clv-inl.h: body of clv.h. */
#ifndef LOYALTY_VALUE_CLV_INL_H
#define LOYALTY_VALUE_CLV_INL_H

#include "clv.h"

#include <math.h>
#include <string.h>

#include "../btyd/bgbb_predict.h"
#include "../btyd/bgcnbd_predict.h"
#include "../btyd/bgnbd_predict.h"
#include "../btyd/mbgcnbd_predict.h"
#include "../btyd/mbgnbd_predict.h"
#include "../btyd/pnbd_predict.h"
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

/* A transaction model as its functions; `params` is its parameters. */
typedef struct loyi_clv_model {
  const char *endless; /* what to blame for infinitely many purchases without a horizon */
  loy_status (*check)(const void *params, loy_error *error);
  loy_status (*check_customer)(const void *params, double x, double t_x, double T, double t, loy_error *error);
  /* The batch of P(alive), purchases within t, and their discounted number, of checked arguments. */
  void (*predict)(const void *params, const double *x, const double *t_x, const double *T, size_t n, double delta,
                  double t, int threads, double *p_alive, double *expected_purchases, double *discounted);
} loyi_clv_model;

/* The parameters of both models. */
LOYI_LOCAL loy_status loyi_clv_check_models(const loyi_clv_model *of, const void *params,
                                            const loy_gamma_gamma_params *spend, loy_error *error) {
  loy_status status;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  status = of->check(params, error);
  if (status != LOY_OK) return status;
  if (!spend) return loyi_report(error, LOY_ERR_ARGUMENT, "spend", LOY_NO_INDEX, "must not be NULL");
  return loy_gamma_gamma_check(spend, 0.0, 0.0, error);
}

/* One customer, with parameters that were checked. */
LOYI_LOCAL loy_status loyi_clv_check_row(const loyi_clv_model *of, const void *params,
                                         const loy_gamma_gamma_params *spend, double x, double t_x, double T, double z,
                                         loy_error *error) {
  loy_status status = of->check_customer(params, x, t_x, T, 0.0, error);
  return status == LOY_OK ? loy_gamma_gamma_check(spend, x, z, error) : status;
}

/* Options of a model, which may have a horizon of whole periods. */
LOYI_LOCAL loy_status loyi_clv_check_terms(const loyi_clv_model *of, const void *params, const loy_clv_options *options,
                                           loy_error *error) {
  loy_error why;
  loy_status status = loyi_clv_check_options(options, error);
  if (status != LOY_OK || of->check_customer(params, 0.0, 0.0, 0.0, options->horizon, &why) == LOY_OK) return status;
  return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX, why.message);
}

/* Nothing expected is worth nothing, whatever a purchase is worth. */
LOYI_LOCAL double loyi_clv_worth(double margin, double spend, double purchases) {
  return margin == 0.0 || purchases == 0.0 ? 0.0 : margin * spend * purchases;
}

/* What is infinite about an answer; NULL when nothing is. */
LOYI_LOCAL const char *loyi_clv_infinite(const loyi_clv_model *of, double purchases, double spend, double clv,
                                         double horizon) {
  if (isinf(spend)) return "q";
  if (isinf(clv)) return "discount_rate";
  if (isinf(purchases) && isinf(horizon)) return of->endless;
  return NULL;
}

LOYI_LOCAL loy_status loyi_clv_diverges(const char *argument, size_t index, loy_error *error) {
  const char *message = argument[0] == 'q'   ? "the expected spend is infinite because p x + q is not greater than 1"
                        : argument[0] == 'd' ? "the value is infinite: state a horizon or a discount rate"
                                             : "without a horizon the expected number of purchases is infinite";
  return loyi_report(error, LOY_NOTICE_DIVERGES, argument, index, message);
}

LOYI_LOCAL loy_status loyi_clv_one(const loyi_clv_model *of, const void *params, const loy_gamma_gamma_params *spend,
                                   double x, double t_x, double T, double z, const loy_clv_options *options,
                                   loy_clv *value, loy_error *error) {
  loy_clv_options chosen;
  const char *infinite;
  double delta, discounted;
  loy_status status = loyi_clv_check_models(of, params, spend, error);
  if (status == LOY_OK) status = loyi_clv_check_row(of, params, spend, x, t_x, T, z, error);
  if (status != LOY_OK) return status;
  if (options) {
    chosen = *options;
  } else {
    loy_clv_options_init(&chosen);
  }
  status = loyi_clv_check_terms(of, params, &chosen, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  delta = loyi_clv_delta(chosen.discount_rate, chosen.discount_period, chosen.time_unit);
  of->predict(params, &x, &t_x, &T, 1, delta, chosen.horizon, 1, &value->p_alive, &value->expected_purchases,
              &discounted);
  value->expected_spend = loy_gamma_gamma_expected_spend(spend, x, z);
  value->clv = loyi_clv_worth(chosen.margin, value->expected_spend, discounted);
  infinite = loyi_clv_infinite(of, value->expected_purchases, value->expected_spend, value->clv, chosen.horizon);
  return infinite ? loyi_clv_diverges(infinite, LOY_NO_INDEX, error) : loyi_ok(error);
}

/* Columns of a batch: inputs before the options are checked, outputs after. */
LOYI_LOCAL loy_status loyi_clv_check_column(const double *column, size_t n, const char *name, loy_error *error) {
  if (!column && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_clv_many(const loyi_clv_model *of, const void *params, const loy_gamma_gamma_params *spend,
                                    const double *x, const double *t_x, const double *T, const double *z, size_t n,
                                    const loy_clv_options *options, double *p_alive, double *expected_purchases,
                                    double *expected_spend, double *clv, loy_batch_report *report, loy_error *error) {
  loy_clv_options chosen;
  size_t infinite_row = LOY_NO_INDEX;
  const char *infinite = NULL;
  double delta;
  loy_status status = loyi_clv_check_models(of, params, spend, error);
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
  status = loyi_clv_check_terms(of, params, &chosen, error);
  if (status == LOY_OK) status = loyi_clv_check_column(p_alive, n, "p_alive", error);
  if (status == LOY_OK) status = loyi_clv_check_column(expected_purchases, n, "expected_purchases", error);
  if (status == LOY_OK) status = loyi_clv_check_column(expected_spend, n, "expected_spend", error);
  if (status == LOY_OK) status = loyi_clv_check_column(clv, n, "clv", error);
  if (status != LOY_OK) return status;

  loyi_batch_begin(report);
  delta = loyi_clv_delta(chosen.discount_rate, chosen.discount_period, chosen.time_unit);
  /* clv holds the discounted purchases until the loop below. */
  of->predict(params, x, t_x, T, n, delta, chosen.horizon, chosen.threads, p_alive, expected_purchases, clv);
  (void)loy_gamma_gamma_expected_spend_batch(spend, x, z, n, expected_spend, NULL, NULL);
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    if (isnan(p_alive[i]) || isnan(expected_spend[i])) {
      (void)loyi_clv_check_row(of, params, spend, x[i], t_x[i], T[i], z[i], &bad);
      loyi_batch_bad(report, i, &bad);
      p_alive[i] = expected_purchases[i] = expected_spend[i] = clv[i] = NAN;
      continue;
    }
    clv[i] = loyi_clv_worth(chosen.margin, expected_spend[i], clv[i]);
    if (!infinite) {
      infinite = loyi_clv_infinite(of, expected_purchases[i], expected_spend[i], clv[i], chosen.horizon);
      if (infinite) infinite_row = i;
    }
  }
  return infinite ? loyi_clv_diverges(infinite, infinite_row, error) : loyi_ok(error);
}

/* The functions of a model behind pointers, and its two public functions. */
#define LOYI_CLV_BODIES(M, ENDLESS)                                                                                    \
  LOYI_LOCAL loy_status loyi_clv_##M##_check(const void *params, loy_error *error) {                                   \
    return loy_##M##_check((const loy_##M##_params *)params, error);                                                   \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_clv_##M##_check_customer(const void *params, double x, double t_x, double T, double t,    \
                                                      loy_error *error) {                                              \
    return loy_##M##_check_customer((const loy_##M##_params *)params, x, t_x, T, t, error);                            \
  }                                                                                                                    \
  LOYI_LOCAL void loyi_clv_##M##_predict(const void *params, const double *x, const double *t_x, const double *T,      \
                                         size_t n, double delta, double t, int threads, double *p_alive,               \
                                         double *expected_purchases, double *discounted) {                             \
    loy_##M##_options options;                                                                                         \
    loy_##M##_options_init(&options);                                                                                  \
    options.threads = threads;                                                                                         \
    (void)loy_##M##_predict_batch((const loy_##M##_params *)params, x, t_x, T, n, delta, t, &options, p_alive,         \
                                  expected_purchases, discounted, NULL, NULL);                                         \
  }                                                                                                                    \
  LOYI_LOCAL loyi_clv_model loyi_clv_##M##_model(void) {                                                               \
    loyi_clv_model of;                                                                                                 \
    of.endless = ENDLESS;                                                                                              \
    of.check = loyi_clv_##M##_check;                                                                                   \
    of.check_customer = loyi_clv_##M##_check_customer;                                                                 \
    of.predict = loyi_clv_##M##_predict;                                                                               \
    return of;                                                                                                         \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_clv_##M(const loy_##M##_params *model, const loy_gamma_gamma_params *spend, double x,     \
                                     double t_x, double T, double z, const loy_clv_options *options, loy_clv *value,   \
                                     loy_error *error) {                                                               \
    loyi_clv_model of = loyi_clv_##M##_model();                                                                        \
    return loyi_clv_one(&of, model, spend, x, t_x, T, z, options, value, error);                                       \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_clv_##M##_batch(                                                                          \
      const loy_##M##_params *model, const loy_gamma_gamma_params *spend, const double *x, const double *t_x,          \
      const double *T, const double *z, size_t n, const loy_clv_options *options, double *p_alive,                     \
      double *expected_purchases, double *expected_spend, double *clv, loy_batch_report *report, loy_error *error) {   \
    loyi_clv_model of = loyi_clv_##M##_model();                                                                        \
    return loyi_clv_many(&of, model, spend, x, t_x, T, z, n, options, p_alive, expected_purchases, expected_spend,     \
                         clv, report, error);                                                                          \
  }

LOYI_CLV_BODIES(bgnbd, "a")
LOYI_CLV_BODIES(mbgnbd, "a")
LOYI_CLV_BODIES(pnbd, "s")
LOYI_CLV_BODIES(nbd, "horizon")
LOYI_CLV_BODIES(ggomnbd, "horizon")
LOYI_CLV_BODIES(bgcnbd, "a")
LOYI_CLV_BODIES(mbgcnbd, "a")
LOYI_CLV_BODIES(bgbb, "gamma")

LOY_END_DECLS

#endif /* LOYALTY_VALUE_CLV_INL_H */
