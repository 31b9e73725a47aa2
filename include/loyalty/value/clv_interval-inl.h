/* clv_interval-inl.h: body of clv_interval.h. */
#ifndef LOYALTY_VALUE_CLV_INTERVAL_INL_H
#define LOYALTY_VALUE_CLV_INTERVAL_INL_H

#include "clv_interval.h"

#include <math.h>

#include "../math/interval.h"
#include "../math/normal.h"
#include "clv-inl.h"

LOY_BEGIN_DECLS

/* Rows for which the spend is held at a time. */
enum { LOYI_CLV_INTERVAL_ROWS = 256 };

/* What is asked of both models. */
typedef struct loyi_clv_interval_ask {
  const loy_model *model, *spend;
  const double *x, *t_x, *T, *z;
  loy_prediction purchases, amount;
} loyi_clv_interval_ask;

/* The rows from `from` on. */
LOYI_LOCAL loy_prediction_rows loyi_clv_interval_rows(const loyi_clv_interval_ask *ask, size_t from) {
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = ask->x + from;
  rows.t_x = ask->t_x + from;
  rows.T = ask->T + from;
  rows.z = ask->z + from;
  return rows;
}

/* A question without rows checks the model alone. */
LOYI_LOCAL loy_status loyi_clv_interval_model(const loy_model *model, const char *name, int spend, loy_error *error) {
  loy_prediction rate;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  if ((model->kind == LOY_MODEL_GAMMA_GAMMA) != spend || model->kind == LOY_MODEL_SBG || model->kind == LOY_MODEL_BDW)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX,
                       spend ? "must be that of a spend model" : "must be that of a transaction model");
  loy_prediction_init(&rate, LOY_PREDICT_RATE);
  return loy_prediction_batch(model, &rate, NULL, 0, NULL, NULL, error);
}

/* Count a bad row, with what the model of purchases, or else that of spend, has against it. */
LOYI_LOCAL void loyi_clv_interval_bad(const loyi_clv_interval_ask *ask, size_t i, loy_batch_report *report) {
  loy_prediction_rows row = loyi_clv_interval_rows(ask, i);
  loy_prediction rate;
  loy_batch_report why;
  double answer;
  if (!report) return;
  loy_prediction_init(&rate, LOY_PREDICT_RATE);
  (void)loy_prediction_batch(ask->model, &rate, &row, 1, &answer, &why, NULL);
  if (why.bad == 0) (void)loy_prediction_batch(ask->spend, &rate, &row, 1, &answer, &why, NULL);
  why.first.index = i;
  loyi_batch_bad(report, i, &why.first);
}

/* The value of one row from the two estimates and the relative standard errors. */
LOYI_LOCAL void loyi_clv_interval_one(double margin, double reach, double purchases, double purchases_error,
                                      double spend, double spend_error, double *clv, double *std_error, double *lower,
                                      double *upper) {
  double a = purchases > 0.0 ? purchases_error / purchases : 0.0, b = spend_error / spend, relative;
  *clv = loyi_clv_worth(margin, spend, purchases);
  if (*clv == 0.0) {
    *std_error = *lower = *upper = 0.0;
    return;
  }
  relative = sqrt(a * a + b * b);
  if (!isfinite(*clv) || !isfinite(relative)) {
    *std_error = *lower = *upper = NAN;
    return;
  }
  *std_error = *clv * relative;
  loyi_interval_log(*clv, reach * relative, lower, upper);
}

/* The options, and from them the questions. */
LOYI_LOCAL loy_status loyi_clv_interval_questions(const loy_clv_options *options, loyi_clv_interval_ask *ask,
                                                  loy_error *error) {
  loy_error why;
  loy_status status = loyi_clv_check_options(options, error);
  if (status != LOY_OK) return status;
  if (options->discount_rate == 0.0 && isinf(options->horizon))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX,
                       "must be greater than 0 without a horizon");
  loy_prediction_init(&ask->purchases, LOY_PREDICT_DECT);
  ask->purchases.t = options->horizon;
  ask->purchases.delta = loyi_clv_delta(options->discount_rate, options->discount_period, options->time_unit);
  ask->purchases.threads = options->threads;
  loy_prediction_init(&ask->amount, LOY_PREDICT_SPEND);
  /* A model of periods has a horizon of whole ones. */
  if (loy_prediction_batch(ask->model, &ask->purchases, NULL, 0, NULL, NULL, &why) == LOY_ERR_DOMAIN)
    return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX, why.message);
  return LOY_OK;
}

/* Both covariances: an error of either, or in `error` the notice of one. */
LOYI_LOCAL loy_status loyi_clv_interval_covariances(const loyi_clv_interval_ask *ask, double level, loy_error *error) {
  loy_error other;
  loy_status status =
      loy_prediction_interval_batch(ask->model, &ask->purchases, NULL, 0, level, NULL, NULL, NULL, NULL, NULL, error);
  if (loy_status_is_error(status)) return status;
  status =
      loy_prediction_interval_batch(ask->spend, &ask->amount, NULL, 0, level, NULL, NULL, NULL, NULL, NULL, &other);
  if (loy_status_is_error(status) || error->status == LOY_OK) *error = other;
  return error->status;
}

/* The values of rows from `from` on, whose columns hold what is known about their purchases. Returns the first row with
 * an infinite value, or LOY_NO_INDEX. */
LOYI_LOCAL size_t loyi_clv_interval_block(const loyi_clv_interval_ask *ask, size_t from, size_t count, double level,
                                          double margin, double *clv, double *std_error, double *lower, double *upper,
                                          loy_batch_report *report) {
  double each[LOYI_CLV_INTERVAL_ROWS], each_error[LOYI_CLV_INTERVAL_ROWS];
  double low[LOYI_CLV_INTERVAL_ROWS], high[LOYI_CLV_INTERVAL_ROWS], reach = -loyi_normal_quantile(0.5 * (1.0 - level));
  loy_prediction_rows rows = loyi_clv_interval_rows(ask, from);
  size_t infinite = LOY_NO_INDEX;
  (void)loy_prediction_interval_batch(ask->spend, &ask->amount, &rows, count, level, each, each_error, low, high, NULL,
                                      NULL);
  for (size_t j = 0; j < count; j++) {
    size_t i = from + j;
    if (isnan(clv[i]) || isnan(each[j])) {
      loyi_clv_interval_bad(ask, i, report);
      clv[i] = std_error[i] = lower[i] = upper[i] = NAN;
      continue;
    }
    loyi_clv_interval_one(margin, reach, clv[i], std_error[i], each[j], each_error[j], &clv[i], &std_error[i],
                          &lower[i], &upper[i]);
    if (isinf(clv[i]) && infinite == LOY_NO_INDEX) infinite = i;
  }
  return infinite;
}

LOYALTY_API loy_status loy_clv_interval_batch(const loy_model *model, const loy_model *spend, const double *x,
                                              const double *t_x, const double *T, const double *z, size_t n,
                                              double level, const loy_clv_options *options, double *clv,
                                              double *std_error, double *lower, double *upper, loy_batch_report *report,
                                              loy_error *error) {
  const size_t most = LOYI_CLV_INTERVAL_ROWS;
  loyi_clv_interval_ask ask;
  loy_clv_options chosen;
  loy_prediction_rows rows;
  loy_error found;
  size_t infinite = LOY_NO_INDEX;
  loy_status status = loyi_clv_interval_model(model, "model", 0, error);
  if (status == LOY_OK) status = loyi_clv_interval_model(spend, "spend", 1, error);
  if (status == LOY_OK) status = loyi_clv_check_column(x, n, "x", error);
  if (status == LOY_OK) status = loyi_clv_check_column(t_x, n, "t_x", error);
  if (status == LOY_OK) status = loyi_clv_check_column(T, n, "T", error);
  if (status == LOY_OK) status = loyi_clv_check_column(z, n, "z", error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  if (options) {
    chosen = *options;
  } else {
    loy_clv_options_init(&chosen);
  }
  ask.model = model;
  ask.spend = spend;
  ask.x = x;
  ask.t_x = t_x;
  ask.T = T;
  ask.z = z;
  status = loyi_clv_interval_questions(&chosen, &ask, error);
  if (status != LOY_OK) return status;
  status = loyi_clv_interval_covariances(&ask, level, &found);
  if (loy_status_is_error(status)) return loyi_report(error, status, found.argument, found.index, found.message);
  status = loyi_clv_check_column(clv, n, "clv", error);
  if (status == LOY_OK) status = loyi_clv_check_column(std_error, n, "std_error", error);
  if (status == LOY_OK) status = loyi_clv_check_column(lower, n, "lower", error);
  if (status == LOY_OK) status = loyi_clv_check_column(upper, n, "upper", error);
  if (status != LOY_OK) return status;

  loyi_batch_begin(report);
  if (n == 0) return loyi_report(error, found.status, found.argument, found.index, found.message);
  rows = loyi_clv_interval_rows(&ask, 0);
  (void)loy_prediction_interval_batch(model, &ask.purchases, &rows, n, level, clv, std_error, lower, upper, NULL, NULL);
  for (size_t from = 0; from < n; from += most) {
    size_t first = loyi_clv_interval_block(&ask, from, n - from < most ? n - from : most, level, chosen.margin, clv,
                                           std_error, lower, upper, report);
    if (infinite == LOY_NO_INDEX) infinite = first;
  }
  if (infinite != LOY_NO_INDEX) return loyi_clv_diverges("q", infinite, error);
  return loyi_report(error, found.status, found.argument, found.index, found.message);
}

LOY_END_DECLS

#endif /* LOYALTY_VALUE_CLV_INTERVAL_INL_H */
