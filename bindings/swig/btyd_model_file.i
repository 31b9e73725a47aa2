/* btyd_model_file.i: shims of the model file. A model passes as a row of numbers, so that no object of C lives on in a
 * script; several models are several rows, one after the other. The layout is MODEL_ROW doubles:
 *   kind, time_unit, status, has_covariance, log_likelihood, customers, 8 parameters, 64 entries of the covariance.
 * The penalties of the fits are a column of their own, one for each model. */

%{
#include "loyalty/btyd/model_file.h"

enum { MODEL_HEAD = 6, MODEL_ROW = MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST * (1 + LOY_MODEL_PARAMETERS_MOST), MODELS_MOST = 4096 };

/* A small whole number from a script; -1000 for anything else, which no check lets pass. */
static int model_int(double value) {
  return value >= -100.0 && value <= 1000.0 && value == (double)(int)value ? (int)value : -1000;
}

static void model_from_row(const double *row, loy_model *model) {
  loy_model_init(model, model_int(row[0]));
  model->time_unit = model_int(row[1]);
  model->status = model_int(row[2]);
  model->has_covariance = row[3] != 0.0;
  model->log_likelihood = row[4];
  model->customers = row[5];
  memcpy(model->parameters, row + MODEL_HEAD, sizeof model->parameters);
  memcpy(model->covariance, row + MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST, sizeof model->covariance);
}

static void model_to_row(const loy_model *model, double *row) {
  row[0] = model->kind;
  row[1] = model->time_unit;
  row[2] = model->status;
  row[3] = model->has_covariance;
  row[4] = model->log_likelihood;
  row[5] = model->customers;
  memcpy(row + MODEL_HEAD, model->parameters, sizeof model->parameters);
  memcpy(row + MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST, model->covariance, sizeof model->covariance);
}
%}

%inline %{
/* The length of one model's row. */
static loy_ri model_row(void) {
  loy_ri r = {0};
  r.v = MODEL_ROW;
  return r;
}

static loy_rtext model_name(int kind) {
  loy_rtext r = {0};
  r.v = loy_model_name(kind);
  return r;
}

static loy_ri model_parameter_count(int kind) {
  loy_ri r = {0};
  r.v = (int64_t)loy_model_parameter_count(kind);
  return r;
}

static loy_rtext model_parameter_name(int kind, size_t index) {
  loy_rtext r = {0};
  r.v = loy_model_parameter_name(kind, index);
  return r;
}

/* The text of a file for the models of `rows`, with penalties or none. */
static loy_rblob model_write_penalized(loy_in rows, loy_in_opt penalties) {
  loy_rblob r = {0};
  size_t count = rows.n / MODEL_ROW, length = 0;
  loy_model *models;
  if (rows.n % MODEL_ROW || count > MODELS_MOST) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "rows", "has the wrong number of elements");
    return r;
  }
  if (penalties.p && !loy_has_length(&r.e, "penalties", penalties.n, count)) return r;
  models = (loy_model *)malloc((count + 1) * sizeof *models);
  if (!models) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  loy_model_init(models, 0);
  for (size_t i = 0; i < count; i++) {
    model_from_row(rows.p + i * MODEL_ROW, &models[i]);
    if (penalties.p) models[i].penalty = penalties.p[i];
  }
  if (loy_model_write(models, count, NULL, 0, &length, &r.e) == LOY_OK) {
    r.p = (char *)malloc(length);
    r.n = length;
    if (r.p) loy_model_write(models, count, r.p, length, &length, &r.e);
    else loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  }
  free(models);
  return r;
}

static loy_rblob model_write(loy_in rows) {
  loy_in_opt none = {0};
  return model_write_penalized(rows, none);
}

/* How many models the file has. */
static loy_ri model_count(loy_in_bytes text) {
  loy_ri r = {0};
  size_t count = 0;
  loy_model_read((const char *)text.p, text.n, NULL, 0, &count, &r.e);
  r.v = (int64_t)count;
  return r;
}

/* All models of the file, a row each, and their penalties where they are wanted: `rows` has room for exactly as many as
 * model_count says. */
static loy_r0 model_read_penalized(loy_in_bytes text, loy_out rows, loy_out_opt penalties) {
  loy_r0 r = {0};
  size_t room = rows.n / MODEL_ROW, count = 0;
  loy_model *models;
  if (loy_model_read((const char *)text.p, text.n, NULL, 0, &count, &r.e) != LOY_OK) return r;
  if (!loy_has_length(&r.e, "rows", rows.n, room * MODEL_ROW) || !loy_has_length(&r.e, "rows", room, count) ||
      (penalties.p && !loy_has_length(&r.e, "penalties", penalties.n, count)))
    return r;
  models = (loy_model *)malloc((count + 1) * sizeof *models);
  if (!models) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  if (loy_model_read((const char *)text.p, text.n, models, count, &count, &r.e) == LOY_OK)
    for (size_t i = 0; i < count; i++) {
      model_to_row(&models[i], rows.p + i * MODEL_ROW);
      if (penalties.p) penalties.p[i] = models[i].penalty;
    }
  free(models);
  return r;
}

static loy_r0 model_read(loy_in_bytes text, loy_out rows) {
  loy_out_opt none = {0};
  return model_read_penalized(text, rows, none);
}
%}
