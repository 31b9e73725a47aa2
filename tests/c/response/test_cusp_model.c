/* The cusp model at rows: controls, log-likelihoods and predictions from their definitions, every error. */
#include "check.h"

#include "loyalty/response/cusp_density.h"
#include "loyalty/response/cusp_model.h"

enum { ROWS = 5 };

static double y[ROWS], x[ROWS], v[ROWS];
static const double *normal[1] = {x}, *splitting[1] = {v};

/* z = y/2 - 1, A = x, B = 3 v: between the folds; at A = 0; outside; on a fold; one state. */
static loy_cusp_model model_of(void) {
  loy_cusp_model model;
  memset(&model, 0, sizeof model);
  model.normal = model.splitting = 1;
  model.w0 = -1.0;
  model.w1 = 0.5;
  model.a[1] = 1.0;
  model.b[1] = 3.0;
  return model;
}

static loy_cusp_data rows(void) {
  static const double given_y[ROWS] = {0.5, 6.0, 2.0, 1.0, 2.5}, given_x[ROWS] = {1.0, 0.0, -3.0, 2.0, 1.0};
  static const double given_v[ROWS] = {1.0, 1.0, 1.0, 1.0, -1.0 / 3.0};
  loy_cusp_data data;
  memcpy(y, given_y, sizeof y);
  memcpy(x, given_x, sizeof x);
  memcpy(v, given_v, sizeof v);
  loy_cusp_data_init(&data);
  data.n = ROWS;
  data.y = y;
  data.normal = data.splitting = 1;
  data.normal_column = normal;
  data.splitting_column = splitting;
  return data;
}

static void test_rows(void) {
  const loy_cusp_model model = model_of();
  loy_cusp_data data = rows();
  double a[ROWS], b[ROWS], value[ROWS];
  loy_batch_report report;
  CHECK_STATUS(loy_cusp_controls(&model, &data, a, b, &report, NULL), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 0);
  for (size_t i = 0; i < ROWS; i++) {
    CHECK_BITS(a[i], x[i]);
    CHECK_BITS(b[i], 3.0 * v[i]);
  }
  CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, value, NULL, NULL), LOY_OK);
  for (size_t i = 0; i < ROWS; i++)
    CHECK_CLOSE(value[i], log(0.5) + loy_cusp_log_density(a[i], b[i], 0.5 * y[i] - 1.0), 1e-15);
  x[1] = (double)NAN;
  v[2] = 1e8;
  y[3] = (double)INFINITY;
  CHECK_STATUS(loy_cusp_controls(&model, &data, a, NULL, &report, NULL), LOY_OK);
  CU_ASSERT(report.bad == 2 && isnan(a[1]) && isnan(a[2]) && a[3] == 2.0);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "normal", 1);
  CHECK_STATUS(loy_cusp_controls(&model, &data, NULL, b, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, value, &report, NULL), LOY_OK);
  CU_ASSERT(report.bad == 3 && isnan(value[1]) && isnan(value[2]) && isnan(value[3]) && isfinite(value[4]));
  x[1] = 0.0;
  CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, value, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "b", 2);
}

static void test_predict(void) {
  /* the roots at (1, 3), (0, 3), (-3, 3), (2, 3), (1, -1), as y = 2 (z + 1) */
  static const double low[ROWS] = {-1.5320888862379560704, -1.7320508075688772935, -2.1038034027355365331, 2.0,
                                   0.68232780382801932737};
  static const double high[ROWS] = {1.8793852415718167681, 1.7320508075688772935, -2.1038034027355365331, 2.0,
                                    0.68232780382801932737};
  const loy_cusp_model model = model_of();
  loy_cusp_data data = rows();
  double predicted[ROWS];
  loy_batch_report report;
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_MAXWELL, predicted, &report, NULL), LOY_OK);
  for (size_t i = 0; i < ROWS; i++) CHECK_CLOSE(predicted[i], 2.0 * (high[i] + 1.0), 1e-14);
  y[0] = 0.5; /* z = -0.75, below the antimode at -0.347 */
  y[1] = 1.5; /* z = -0.25, below 0 */
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_DELAY, predicted, &report, NULL), LOY_OK);
  for (size_t i = 0; i < ROWS; i++) CHECK_CLOSE(predicted[i], 2.0 * (low[i] + 1.0), 1e-14);
  y[0] = 1.4; /* z = -0.3, above */
  y[1] = (double)NAN;
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_DELAY, predicted, &report, NULL), LOY_OK);
  CHECK_CLOSE(predicted[0], 2.0 * (high[0] + 1.0), 1e-14);
  CU_ASSERT(isnan(predicted[1]));
  CU_ASSERT_EQUAL(report.bad, 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "y", 1);
  data.y = NULL;
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_MEAN, predicted, &report, NULL), LOY_OK);
  {
    loy_cusp_moments moments;
    CHECK_STATUS(loy_cusp_moments_at(1.0, 3.0, &moments, NULL), LOY_OK);
    CHECK_CLOSE(predicted[0], 2.0 * (moments.mean + 1.0), 1e-15);
  }
  x[0] = (double)NAN;
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_MEAN, predicted, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "normal", 0);
}

static void test_errors(void) {
  const double *const none[1] = {NULL};
  loy_cusp_model model = model_of();
  loy_cusp_data data = rows();
  double out[ROWS] = {7.0, 7.0, 7.0, 7.0, 7.0};
  loy_error error;
#define FAILS(status, name, at)                                                                                        \
  do {                                                                                                                 \
    CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, out, NULL, &error), status);                                   \
    CHECK_ERROR(&error, status, name, at);                                                                             \
    CHECK_STATUS(loy_cusp_controls(&model, &data, out, out, NULL, &error), status);                                    \
    CHECK_ERROR(&error, status, name, at);                                                                             \
    CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_MEAN, out, NULL, &error), status);                   \
    CHECK_ERROR(&error, status, name, at);                                                                             \
  } while (0)
  CHECK_STATUS(loy_cusp_log_likelihood(NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  model.normal = model.splitting = LOY_CUSP_COLUMNS + 1;
  model.w0 = model.a[1] = (double)NAN;
  model.w1 = 0.0;
  model.b[0] = (double)INFINITY;
  data.normal = data.splitting = LOY_CUSP_COLUMNS + 1;
  FAILS(LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX);
  model.normal = 1;
  FAILS(LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX);
  model.splitting = 1;
  FAILS(LOY_ERR_DOMAIN, "w0", LOY_NO_INDEX);
  model.w0 = -1.0;
  FAILS(LOY_ERR_DOMAIN, "w1", LOY_NO_INDEX);
  model.w1 = 0.5;
  FAILS(LOY_ERR_DOMAIN, "a", 1);
  model.a[1] = 1.0;
  FAILS(LOY_ERR_DOMAIN, "b", 0);
  model.b[0] = 0.0;
  CHECK_STATUS(loy_cusp_controls(&model, NULL, out, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX);
  FAILS(LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX);
  data.normal = 1;
  data.normal_column = none;
  FAILS(LOY_ERR_ARGUMENT, "normal", 0);
  data.normal = 0;
  FAILS(LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX);
  data.splitting = 0;
  FAILS(LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX); /* fewer than the model has */
  data.normal = 1;
  data.normal_column = normal;
  FAILS(LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX);
  data.splitting = 1;
  data.y = NULL;
  CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_predict(&model, &data, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_DELAY, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX);
  data.y = y;
  CHECK_STATUS(loy_cusp_log_likelihood(&model, &data, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_cusp_predict(&model, &data, LOY_CUSP_PREDICT_DELAY, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "predicted", LOY_NO_INDEX);
  CHECK_BITS(out[0], 7.0);
#undef FAILS
}

SUITE(response, cusp_model) {
  ADD(test_rows);
  ADD(test_predict);
  ADD(test_errors);
}
