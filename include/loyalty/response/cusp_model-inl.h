/* cusp_model-inl.h: body of cusp_model.h. */
#ifndef LOYALTY_RESPONSE_CUSP_MODEL_INL_H
#define LOYALTY_RESPONSE_CUSP_MODEL_INL_H

#include "cusp_model.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "cusp-inl.h"
#include "cusp_density-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API void loy_cusp_data_init(loy_cusp_data *data) {
  if (data) memset(data, 0, sizeof *data);
}

/* ---- checks ---- */

LOYI_LOCAL loy_status loyi_cusp_check_factor(size_t count, const double *const *column, size_t n, const char *name,
                                             loy_error *error) {
  if (count > LOY_CUSP_COLUMNS)
    return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must have at most 6 columns");
  if (count > 0 && !column) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < count; j++) {
    if (n > 0 && !column[j]) return loyi_report(error, LOY_ERR_ARGUMENT, name, j, "must not be NULL");
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_cusp_check_factors(const loy_cusp_data *data, loy_error *error) {
  const loy_status status = loyi_cusp_check_factor(data->normal, data->normal_column, data->n, "normal", error);
  if (status != LOY_OK) return status;
  return loyi_cusp_check_factor(data->splitting, data->splitting_column, data->n, "splitting", error);
}

LOYI_LOCAL int loyi_cusp_is_datum(double x) { return fabs(x) <= 1e100; }

LOYI_LOCAL loy_status loyi_cusp_check_model(const loy_cusp_model *model, loy_error *error) {
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  if (model->normal > LOY_CUSP_COLUMNS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX, "must have at most 6 columns");
  if (model->splitting > LOY_CUSP_COLUMNS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX, "must have at most 6 columns");
  if (!isfinite(model->w0)) return loyi_report(error, LOY_ERR_DOMAIN, "w0", LOY_NO_INDEX, "must be a finite number");
  if (!(model->w1 > 0.0 && isfinite(model->w1)))
    return loyi_report(error, LOY_ERR_DOMAIN, "w1", LOY_NO_INDEX, "must be a finite number above 0");
  for (size_t j = 0; j <= model->normal; j++) {
    if (!isfinite(model->a[j])) return loyi_report(error, LOY_ERR_DOMAIN, "a", j, "must be a finite number");
  }
  for (size_t j = 0; j <= model->splitting; j++) {
    if (!isfinite(model->b[j])) return loyi_report(error, LOY_ERR_DOMAIN, "b", j, "must be a finite number");
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_cusp_check_model_data(const loy_cusp_model *model, const loy_cusp_data *data,
                                                 loy_error *error) {
  loy_status status = loyi_cusp_check_model(model, error);
  if (status != LOY_OK) return status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cusp_check_factors(data, error);
  if (status != LOY_OK) return status;
  if (data->normal != model->normal)
    return loyi_report(error, LOY_ERR_ARGUMENT, "normal", LOY_NO_INDEX, "must have as many columns as the model");
  if (data->splitting != model->splitting)
    return loyi_report(error, LOY_ERR_ARGUMENT, "splitting", LOY_NO_INDEX, "must have as many columns as the model");
  return LOY_OK;
}

/* ---- a model at rows ---- */

/* The controls of one row; an error when they leave the domain. */
LOYI_LOCAL loy_status loyi_cusp_row(const loy_cusp_model *model, const loy_cusp_data *data, size_t row, double *a,
                                    double *b, loy_error *error) {
  const char *const must = "must be a number from -1e100 to 1e100";
  const char *const far = "gives a control beyond -1e7 to 1e7";
  *a = model->a[0];
  *b = model->b[0];
  for (size_t j = 0; j < model->normal; j++) {
    const double x = data->normal_column[j][row];
    if (!loyi_cusp_is_datum(x)) return loyi_report(error, LOY_ERR_DOMAIN, "normal", row, must);
    *a += model->a[1 + j] * x;
  }
  for (size_t j = 0; j < model->splitting; j++) {
    const double v = data->splitting_column[j][row];
    if (!loyi_cusp_is_datum(v)) return loyi_report(error, LOY_ERR_DOMAIN, "splitting", row, must);
    *b += model->b[1 + j] * v;
  }
  if (!(fabs(*a) <= LOY_CUSP_CONTROL_MOST)) return loyi_report(error, LOY_ERR_DOMAIN, "a", row, far);
  if (!(fabs(*b) <= LOY_CUSP_CONTROL_MOST)) return loyi_report(error, LOY_ERR_DOMAIN, "b", row, far);
  return LOY_OK;
}

/* The same, and the state on the scale of the density from y. */
LOYI_LOCAL loy_status loyi_cusp_row_with_y(const loy_cusp_model *model, const loy_cusp_data *data, size_t row,
                                           double *a, double *b, double *z, loy_error *error) {
  const loy_status status = loyi_cusp_row(model, data, row, a, b, error);
  if (status != LOY_OK) return status;
  if (!loyi_cusp_is_datum(data->y[row]))
    return loyi_report(error, LOY_ERR_DOMAIN, "y", row, "must be a number from -1e100 to 1e100");
  *z = model->w0 + model->w1 * data->y[row];
  return LOY_OK;
}

LOYALTY_API loy_status loy_cusp_log_likelihood(const loy_cusp_model *model, const loy_cusp_data *data, double *value,
                                               loy_batch_report *report, loy_error *error) {
  double log_w1;
  const loy_status status = loyi_cusp_check_model_data(model, data, error);
  if (status != LOY_OK) return status;
  if (data->n > 0 && !data->y) return loyi_report(error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX, "must not be NULL");
  if (data->n > 0 && !value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  log_w1 = loyi_log(model->w1);
  for (size_t i = 0; i < data->n; i++) {
    double a, b, z = 0.0;
    loy_error bad;
    if (loyi_cusp_row_with_y(model, data, i, &a, &b, &z, &bad) != LOY_OK) {
      value[i] = (double)NAN;
      loyi_batch_bad(report, i, &bad);
    } else {
      value[i] = log_w1 + loyi_cusp_log_density(a, b, loyi_cusp_moments(a, b).log_normalizer, z);
    }
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_cusp_controls(const loy_cusp_model *model, const loy_cusp_data *data, double *a, double *b,
                                         loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_cusp_check_model_data(model, data, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < data->n; i++) {
    double normal, splitting;
    loy_error bad;
    if (loyi_cusp_row(model, data, i, &normal, &splitting, &bad) != LOY_OK) {
      normal = splitting = (double)NAN;
      loyi_batch_bad(report, i, &bad);
    }
    if (a) a[i] = normal;
    if (b) b[i] = splitting;
  }
  return loyi_ok(error);
}

/* The predicted z at checked controls, where the observed one is z. */
LOYI_LOCAL double loyi_cusp_predicted(double a, double b, int kind, double z) {
  if (kind == LOY_CUSP_PREDICT_MEAN) return loyi_cusp_moments(a, b).mean;
  {
    const loy_cusp_equilibria rest = loyi_cusp_solve(a, b);
    const double low = rest.z[0], high = rest.z[rest.count - 1];
    /* On a fold line the half-stable state is no mode. */
    if (rest.count == 2) return rest.stability[0] == LOY_CUSP_STABLE ? low : high;
    if (rest.count == 1) return low;
    if (kind == LOY_CUSP_PREDICT_MAXWELL) return a < 0.0 ? low : high;
    return z < rest.z[1] ? low : high;
  }
}

LOYALTY_API loy_status loy_cusp_predict(const loy_cusp_model *model, const loy_cusp_data *data, int kind,
                                        double *predicted, loy_batch_report *report, loy_error *error) {
  const loy_status status = loyi_cusp_check_model_data(model, data, error);
  if (status != LOY_OK) return status;
  if (kind < LOY_CUSP_PREDICT_DELAY || kind > LOY_CUSP_PREDICT_MEAN)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a loy_cusp_prediction");
  if (kind == LOY_CUSP_PREDICT_DELAY && data->n > 0 && !data->y)
    return loyi_report(error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX, "must be given for the delay convention");
  if (data->n > 0 && !predicted)
    return loyi_report(error, LOY_ERR_ARGUMENT, "predicted", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < data->n; i++) {
    double a, b, z = 0.0;
    loy_error bad;
    const loy_status row = kind == LOY_CUSP_PREDICT_DELAY ? loyi_cusp_row_with_y(model, data, i, &a, &b, &z, &bad)
                                                          : loyi_cusp_row(model, data, i, &a, &b, &bad);
    if (row != LOY_OK) {
      predicted[i] = (double)NAN;
      loyi_batch_bad(report, i, &bad);
    } else {
      predicted[i] = (loyi_cusp_predicted(a, b, kind, z) - model->w0) / model->w1;
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_MODEL_INL_H */
