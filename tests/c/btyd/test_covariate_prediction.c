/* Predictions with covariates: the bits of the plain functions at each row's parameters; standard errors against
 * differences of the predictions themselves by every estimate. */
#include "check.h"

#include "covariate_customers.h"
#include "loyalty/btyd/covariate_fit.h"
#include "loyalty/btyd/covariate_prediction.h"
#include "prediction_models.h"

enum { N = 40 };

static loy_prediction_rows history(void) {
  static const double n[N] = {0, 1, 2, 3}, t0[N] = {0}, *t1 = covariate_T;
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = covariate_x;
  rows.t_x = covariate_t_x;
  rows.T = covariate_T;
  rows.n = n;
  rows.t0 = t0;
  rows.t1 = t1;
  return rows;
}

static loy_prediction question(int quantity) {
  return prediction_of(quantity, quantity == LOY_PREDICT_ALIVE ? 0.0 : 26.0, .002, 2.0);
}

/* A model at its parameters with a covariance: those of the models of prediction_models.h, and coefficients. */
static loy_covariate_model unsure_model(int k) {
  loy_covariate_model model = covariate_model(k);
  size_t m = loy_model_parameter_count(covariate_kinds[k]), count = m + model.transactions + model.dropouts;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) {
      double one = i < m ? model.base.parameters[i] : 0.1, two = j < m ? model.base.parameters[j] : 0.1;
      model.covariance[i * count + j] =
          0.01 * one * two * (i == j ? 1.0 : ((i + j) % 2 ? -1.0 : 1.0) / (double)(i + j + 3));
    }
  model.base.has_covariance = 1;
  return model;
}

static void test_rows(void) {
  static double out[N], parameters[5 * N];
  loy_prediction_rows rows = history();
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_model model = covariate_model(k);
    loy_covariates covariates = covariate_columns(model.dropouts > 0);
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    loy_covariate_parameters_batch(&model, &covariates, N, parameters, NULL, NULL);
    for (int quantity = LOY_PREDICT_ALIVE; quantity <= LOY_PREDICT_NEW_INTERVAL; quantity++) {
      loy_prediction what = question(quantity);
      what.threads = 2;
      CHECK_STATUS(loy_covariate_prediction_batch(&model, &what, &rows, &covariates, N, out, NULL, NULL), LOY_OK);
      for (size_t i = 0; i < N; i++) {
        loy_model own;
        loy_prediction_rows one;
        double answer;
        loy_model_init(&own, covariate_kinds[k]);
        for (size_t p = 0; p < m; p++) own.parameters[p] = parameters[p * N + i];
        one.x = rows.x + i;
        one.t_x = rows.t_x + i;
        one.T = rows.T + i;
        one.z = NULL;
        one.n = rows.n + i;
        one.t0 = rows.t0 + i;
        one.t1 = rows.t1 + i;
        CHECK_STATUS(loy_prediction_batch(&own, &what, &one, 1, &answer, NULL, NULL), LOY_OK);
        CHECK_BITS(out[i], answer);
      }
    }
  }
}

/* The logarithm of a quantity of row 5, with estimate i moved. */
static double moved(const loy_covariate_model *model, const loy_prediction *what, size_t i, double step) {
  loy_covariate_model other = *model;
  loy_covariates covariates = covariate_columns(model->dropouts > 0);
  loy_prediction_rows rows = history();
  size_t m = loy_model_parameter_count(model->base.kind);
  double out[N];
  if (i < m)
    other.base.parameters[i] *= exp(step);
  else
    other.coefficients[i - m] += step;
  loy_covariate_prediction_batch(&other, what, &rows, &covariates, N, out, NULL, NULL);
  return log(out[5]);
}

static void test_intervals(void) {
  static double estimate[N], std_error[N], lower[N], upper[N], out[N];
  loy_prediction_rows rows = history();
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_model model = unsure_model(k);
    loy_covariates covariates = covariate_columns(model.dropouts > 0);
    size_t m = loy_model_parameter_count(covariate_kinds[k]), count = m + model.transactions + model.dropouts;
    loy_prediction what = question(LOY_PREDICT_PURCHASES);
    double slope[9], variance = 0.0, step = 1e-3;
    CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, .9, estimate, std_error, lower,
                                              upper, NULL, NULL),
                 LOY_OK);
    CHECK_STATUS(loy_covariate_prediction_batch(&model, &what, &rows, &covariates, N, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < N; i++) CHECK_BITS(estimate[i], out[i]);
    for (size_t i = 0; i < count; i++)
      slope[i] = (8 * (moved(&model, &what, i, step) - moved(&model, &what, i, -step)) -
                  (moved(&model, &what, i, 2 * step) - moved(&model, &what, i, -2 * step))) /
                 (12 * step);
    for (size_t i = 0; i < count; i++)
      for (size_t j = 0; j < count; j++) {
        double one = i < m ? model.base.parameters[i] : 1.0, two = j < m ? model.base.parameters[j] : 1.0;
        variance += slope[i] * slope[j] * model.covariance[i * count + j] / (one * two);
      }
    CHECK_CLOSE(std_error[5], estimate[5] * sqrt(variance), 1e-6);
    CHECK_CLOSE(log(upper[5] / lower[5]), 2 * 1.6448536269514722 * sqrt(variance), 1e-6);
  }
}

static void test_purchases(void) {
  static double lower[N], upper[N], parameters[5 * N];
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_model model = covariate_model(k);
    loy_covariates covariates = covariate_columns(model.dropouts > 0);
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    loy_covariate_parameters_batch(&model, &covariates, N, parameters, NULL, NULL);
    CHECK_STATUS(loy_covariate_purchase_interval_batch(&model, &covariates, covariate_x, covariate_t_x, covariate_T, N,
                                                       26.0, .8, NULL, lower, upper, NULL, NULL),
                 LOY_OK);
    for (size_t i = 0; i < N; i++) {
      loy_model own;
      double low, high;
      loy_model_init(&own, covariate_kinds[k]);
      for (size_t p = 0; p < m; p++) own.parameters[p] = parameters[p * N + i];
      loy_purchase_interval_batch(&own, covariate_x + i, covariate_t_x + i, covariate_T + i, 1, 26.0, .8, NULL, &low,
                                  &high, NULL, NULL);
      CU_ASSERT(lower[i] == low && upper[i] == high);
    }
  }
}

static void test_errors(void) {
  static double age[COVARIATE_CUSTOMERS];
  static double e[N], s[N], l[N], u[N];
  const double *column[2] = {age, covariate_web};
  loy_covariate_model model = covariate_model(2);
  loy_covariates covariates = covariate_columns(1);
  loy_prediction what = question(LOY_PREDICT_PURCHASES);
  loy_prediction_rows rows = history();
  loy_batch_report report;
  loy_error error;
  covariates.transaction = covariates.dropout = column;
  CHECK_STATUS(loy_covariate_prediction_batch(NULL, &what, &rows, &covariates, N, e, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_prediction_batch(&model, NULL, &rows, NULL, N, e, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_prediction_batch(&model, NULL, &rows, &covariates, N, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "what", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_prediction_batch(&model, &what, &rows, &covariates, N, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  age[3] = 1e50;
  CHECK_STATUS(loy_covariate_prediction_batch(&model, &what, &rows, &covariates, N, e, &report, &error), LOY_OK);
  CU_ASSERT(report.bad == 1 && isnan(e[3]) && isfinite(e[4]));
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "transaction", 3);
  CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, 1.0, e, s, l, u, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, .9, NULL, s, l, u, NULL, &error),
               LOY_ERR_STATE);
  CHECK_ERROR(&error, LOY_ERR_STATE, "covariance", LOY_NO_INDEX);
  model = unsure_model(2);
  model.covariance[8] = -1.0;
  model.covariance[9] = -1.0;
  CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, .9, NULL, s, l, u, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "covariance", 9);
  model = unsure_model(2);
  CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, .9, e, NULL, l, u, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX);
  for (int i = 0; i < 8; i++) model.covariance[8 * 5 + i] = model.covariance[8 * i + 5] = (double)NAN;
  CHECK_STATUS(loy_covariate_interval_batch(&model, &what, &rows, &covariates, N, .9, e, s, l, u, &report, &error),
               LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "covariance", 5);
  CU_ASSERT(report.bad == 1 && isnan(s[3]) && s[4] > 0.0);
  CHECK_STATUS(
      loy_covariate_purchase_interval_batch(&model, NULL, NULL, NULL, NULL, N, -1, 2, NULL, l, u, NULL, &error),
      LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  CHECK_STATUS(
      loy_covariate_purchase_interval_batch(&model, &covariates, NULL, NULL, NULL, N, -1, 2, NULL, l, u, NULL, &error),
      LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_purchase_interval_batch(&model, &covariates, covariate_x, covariate_t_x, covariate_T, N, 1,
                                                     2, NULL, l, u, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_purchase_interval_batch(&model, &covariates, covariate_x, covariate_t_x, covariate_T, N, 1,
                                                     .9, NULL, l, u, &report, &error),
               LOY_OK);
  CU_ASSERT(report.bad == 1 && isnan(l[3]) && isfinite(u[4]));
}

SUITE(btyd, covariate_prediction) {
  ADD(test_rows);
  ADD(test_intervals);
  ADD(test_purchases);
  ADD(test_errors);
}
