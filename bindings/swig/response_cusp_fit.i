/* response_cusp_fit.i: shims of the cusp model: its fit, and what it says of rows. */

/* The parameters are a column w_0, w_1, a_0, a_j, b_0, b_j; `normal` says how many a_j there are. The columns of a factor
 * come one after the other. A fit fills a record of CUSP_RECORD numbers: the scalars in the order of cusp_pack; room for
 * 16 estimates, 16 standard errors and 256 covariances. */
%{
#include "loyalty/response/cusp_fit.h"
#include "loyalty/response/cusp_model.h"

enum {
  CUSP_SCALARS = 17,
  CUSP_RECORD = CUSP_SCALARS + 2 * LOY_CUSP_PARAMS + LOY_CUSP_PARAMS * LOY_CUSP_PARAMS
};

static void cusp_pack(const loy_cusp_fit_result *fit, double *record) {
  const double scalars[CUSP_SCALARS] = {
      fit->log_likelihood, fit->aic, fit->bic, (double)fit->linear_params, fit->linear_log_likelihood, fit->linear_aic,
      fit->linear_bic, fit->linear_r_squared, (double)fit->rows, (double)fit->cells, fit->weight, fit->bistable,
      (double)fit->at_bound, (double)fit->converged, fit->condition, fit->decrement, (double)fit->evaluations};
  double *at = record + CUSP_SCALARS;
  memset(record, 0, CUSP_RECORD * sizeof *record);
  memcpy(record, scalars, sizeof scalars);
  memcpy(at, fit->estimate, fit->params * sizeof *at);
  memcpy(at + LOY_CUSP_PARAMS, fit->std_error, fit->params * sizeof *at);
  memcpy(at + 2 * LOY_CUSP_PARAMS, fit->covariance, fit->params * fit->params * sizeof *at);
}

/* Point `column` at the columns of a factor. */
static bool cusp_factor(loy_in_opt values, size_t count, size_t n, const char *name, const double **column,
                        loy_error *e) {
  static const double nothing = 0.0;
  if (count > LOY_CUSP_COLUMNS) return loy_refuse(e, LOY_ERR_ARGUMENT, name, "must have at most 6 columns");
  if (values.n != count * n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, name, "must be whole columns as long as the others");
  for (size_t j = 0; j < count; j++) column[j] = values.p ? values.p + j * n : &nothing;
  return true;
}

/* The rows, all of n. */
static bool cusp_rows(size_t n, const double *y, loy_in_opt x, size_t normal, loy_in_opt v, size_t splitting,
                      const double **column, loy_cusp_data *data, loy_error *e) {
  loy_cusp_data_init(data);
  if (!cusp_factor(x, normal, n, "normal", column, e) ||
      !cusp_factor(v, splitting, n, "splitting", column + LOY_CUSP_COLUMNS, e))
    return false;
  data->n = n;
  data->y = y;
  data->normal = normal;
  data->splitting = splitting;
  data->normal_column = column;
  data->splitting_column = column + LOY_CUSP_COLUMNS;
  return true;
}

/* The model; its splitting columns are what the other counts leave of `params`. */
static bool cusp_model(loy_in params, size_t normal, loy_cusp_model *model, loy_error *e) {
  memset(model, 0, sizeof *model);
  if (normal > LOY_CUSP_COLUMNS || params.n < 4 + normal || params.n - 4 - normal > LOY_CUSP_COLUMNS)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "params", "must be w0, w1, a0, at most 6 a, b0, at most 6 b");
  model->normal = normal;
  model->splitting = params.n - 4 - normal;
  model->w0 = params.p[0];
  model->w1 = params.p[1];
  for (size_t j = 0; j <= normal; j++) model->a[j] = params.p[2 + j];
  for (size_t j = 0; j <= model->splitting; j++) model->b[j] = params.p[3 + normal + j];
  return true;
}
%}

LOY_BULK(cusp_fit)
LOY_BULK(cusp_log_likelihood)
LOY_BULK(cusp_controls)
LOY_BULK(cusp_predict)
%inline %{
/* The length of a record. */
static loy_ri cusp_record(void) {
  loy_ri r = {0};
  r.v = CUSP_RECORD;
  return r;
}

static loy_s0 cusp_fit(loy_in y, loy_in_opt x, size_t normal, loy_in_opt v, size_t splitting, loy_in_opt weight,
                       int most_evaluations, loy_out record) {
  loy_s0 r = {0};
  loy_cusp_data data;
  loy_cusp_fit_options options;
  loy_cusp_fit_result fit;
  const double *column[2 * LOY_CUSP_COLUMNS];
  if (!loy_has_length(&r.e, "record", record.n, CUSP_RECORD) ||
      (weight.p && !loy_same_length(&r.e, "weight", weight.n, y.n)) ||
      !cusp_rows(y.n, y.p, x, normal, v, splitting, column, &data, &r.e))
    return r;
  data.weight = weight.p;
  loy_cusp_fit_options_init(&options);
  options.most_evaluations = most_evaluations;
  if (!loy_status_is_error(loy_cusp_fit(&data, &options, &fit, &r.e))) cusp_pack(&fit, record.p);
  return r;
}

/* ln of the density of each y. */
static loy_rbatch cusp_log_likelihood(loy_in params, size_t normal, loy_in y, loy_in_opt x, loy_in_opt v, loy_out value,
                                      bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_cusp_model model;
  loy_cusp_data data;
  const double *column[2 * LOY_CUSP_COLUMNS];
  if (loy_same_length(&e, "value", value.n, y.n) && cusp_model(params, normal, &model, &e) &&
      cusp_rows(y.n, y.p, x, normal, v, model.splitting, column, &data, &e))
    loy_cusp_log_likelihood(&model, &data, value.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* A and B of each row. */
static loy_rbatch cusp_controls(loy_in params, size_t normal, loy_in_opt x, loy_in_opt v, loy_out a, loy_out b,
                                bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_cusp_model model;
  loy_cusp_data data;
  const double *column[2 * LOY_CUSP_COLUMNS];
  if (loy_same_length(&e, "b", b.n, a.n) && cusp_model(params, normal, &model, &e) &&
      cusp_rows(a.n, NULL, x, normal, v, model.splitting, column, &data, &e))
    loy_cusp_controls(&model, &data, a.p, b.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* `kind` is a loy_cusp_prediction; only the delay convention needs y. */
static loy_rbatch cusp_predict(loy_in params, size_t normal, loy_in_opt y, loy_in_opt x, loy_in_opt v, int kind,
                               loy_out predicted, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_cusp_model model;
  loy_cusp_data data;
  const double *column[2 * LOY_CUSP_COLUMNS];
  if ((!y.p || loy_same_length(&e, "y", y.n, predicted.n)) && cusp_model(params, normal, &model, &e) &&
      cusp_rows(predicted.n, y.p, x, normal, v, model.splitting, column, &data, &e))
    loy_cusp_predict(&model, &data, kind, predicted.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}
%}
