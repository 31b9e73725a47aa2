/* response_cusp_model.c: the cusp over columns, and its model, in the parity cases. */
#include "parity.h"

/* The next arguments, a and b. */
static const double *controls_of(parity_case *c, const double **b, size_t *n) {
  size_t m;
  const double *a = parity_column(c, n);
  *b = parity_column(c, &m);
  return parity_lengths(c, "b", m, *n) ? NULL : a;
}

static void cusp_solve_batch(parity_case *c) {
  size_t n, m;
  const double *b, *a = controls_of(c, &b, &n);
  double *low, *middle, *high;
  loy_batch_report report = {0};
  loy_error e;
  if (!a) return;
  low = parity_out(c, &m);
  middle = parity_out(c, &m);
  high = parity_out(c, &m);
  loy_cusp_solve_batch(a, b, n, low, middle, high, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

static void cusp_fold(parity_case *c) {
  size_t n, m;
  const double *b = parity_column(c, &n);
  double *out = parity_out(c, &m);
  loy_batch_report report = {0};
  const loy_error none = {LOY_OK, NULL, LOY_NO_INDEX, NULL};
  if (parity_lengths(c, "out", m, n)) return;
  for (size_t i = 0; i < n; i++) {
    loy_error bad;
    out[i] = loy_cusp_fold(b[i]);
    if (loy_cusp_fold_check(b[i], &bad) != LOY_OK) parity_bad_row(&report, i, bad.status, bad.argument);
  }
  parity_batch(c, &none, &report, parity_bool(c));
}

static void cusp_moments_batch(parity_case *c) {
  size_t n, m;
  const double *b, *a = controls_of(c, &b, &n);
  double *mean, *variance;
  loy_batch_report report = {0};
  loy_error e;
  if (!a) return;
  mean = parity_out(c, &m);
  variance = parity_out(c, &m);
  loy_cusp_moments_batch(a, b, n, mean, variance, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

static void cusp_log_normalizer(parity_case *c) {
  const double a = parity_double(c), b = parity_double(c);
  loy_cusp_moments moments;
  loy_error e;
  loy_cusp_moments_at(a, b, &moments, &e);
  if (!parity_failed(c, &e)) parity_give_double(c, loy_cusp_log_normalizer(a, b));
}

static void cusp_log_density(parity_case *c) {
  const double a = parity_double(c), b = parity_double(c), z = parity_double(c);
  const loy_error missing = {LOY_ERR_DOMAIN, "z", LOY_NO_INDEX, NULL};
  loy_cusp_moments moments;
  loy_error e;
  loy_cusp_moments_at(a, b, &moments, &e);
  if (parity_failed(c, &e) || (z != z && parity_failed(c, &missing))) return;
  parity_give_double(c, loy_cusp_log_density(a, b, z));
}

/* ---- the model ---- */

/* The length of a record: scalars, estimates, standard errors, covariances. */
static void cusp_record(parity_case *c) {
  parity_give_int(c, 17 + 2 * LOY_CUSP_PARAMS + LOY_CUSP_PARAMS * LOY_CUSP_PARAMS);
}

typedef struct model_rows {
  loy_cusp_model model;
  loy_cusp_data data;
  const double *column[2 * LOY_CUSP_COLUMNS];
} model_rows;

/* The next arguments, w0, w1, a, b and the number of normal columns; false when the case is done. */
static bool model_of(parity_case *c, loy_cusp_model *model) {
  size_t n, normal;
  const double *v = parity_column(c, &n);
  const loy_error bad = {LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, NULL};
  normal = (size_t)parity_int(c);
  if ((normal > LOY_CUSP_COLUMNS || n < 4 + normal || n - 4 - normal > LOY_CUSP_COLUMNS) && parity_failed(c, &bad))
    return false;
  model->normal = normal;
  model->splitting = n - 4 - normal;
  model->w0 = v[0];
  model->w1 = v[1];
  for (size_t j = 0; j <= normal; j++) model->a[j] = v[2 + j];
  for (size_t j = 0; j <= model->splitting; j++) model->b[j] = v[3 + normal + j];
  return true;
}

/* The rows: normal and splitting columns stand one after the other in x and v. */
static void rows_of(model_rows *rows, const double *y, const double *x, const double *v, size_t n) {
  loy_cusp_data_init(&rows->data);
  rows->data.y = y;
  rows->data.n = n;
  rows->data.normal = rows->model.normal;
  rows->data.splitting = rows->model.splitting;
  for (size_t j = 0; j < rows->model.normal; j++) rows->column[j] = x + j * n;
  for (size_t j = 0; j < rows->model.splitting; j++) rows->column[LOY_CUSP_COLUMNS + j] = v + j * n;
  rows->data.normal_column = rows->column;
  rows->data.splitting_column = rows->column + LOY_CUSP_COLUMNS;
}

static void cusp_log_likelihood(parity_case *c) {
  model_rows rows;
  size_t n, m;
  const double *y, *x, *v;
  double *value;
  loy_batch_report report = {0};
  loy_error e;
  if (!model_of(c, &rows.model)) return;
  y = parity_column(c, &n);
  x = parity_column(c, &m);
  v = parity_column(c, &m);
  value = parity_out(c, &m);
  if (parity_lengths(c, "value", m, n)) return;
  rows_of(&rows, y, x, v, n);
  loy_cusp_log_likelihood(&rows.model, &rows.data, value, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

static void cusp_controls(parity_case *c) {
  model_rows rows;
  size_t n, m;
  const double *x, *v;
  double *a, *b;
  loy_batch_report report = {0};
  loy_error e;
  if (!model_of(c, &rows.model)) return;
  x = parity_column(c, &m);
  v = parity_column(c, &m);
  a = parity_out(c, &n);
  b = parity_out(c, &m);
  if (parity_lengths(c, "b", m, n)) return;
  rows_of(&rows, NULL, x, v, n);
  loy_cusp_controls(&rows.model, &rows.data, a, b, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

static void cusp_predict(parity_case *c) {
  model_rows rows;
  size_t n, m;
  const double *y, *x, *v;
  double *predicted;
  int kind;
  loy_batch_report report = {0};
  loy_error e;
  if (!model_of(c, &rows.model)) return;
  y = parity_column(c, &m);
  x = parity_column(c, &n);
  v = parity_column(c, &n);
  kind = (int)parity_int(c);
  predicted = parity_out(c, &n);
  if (y && parity_lengths(c, "y", m, n)) return;
  rows_of(&rows, y, x, v, n);
  loy_cusp_predict(&rows.model, &rows.data, kind, predicted, &report, &e);
  parity_batch(c, &e, &report, parity_bool(c));
}

PARITY(response_cusp_model) {
  CASE(cusp_solve_batch);
  CASE(cusp_fold);
  CASE(cusp_moments_batch);
  CASE(cusp_log_normalizer);
  CASE(cusp_log_density);
  CASE(cusp_record);
  CASE(cusp_log_likelihood);
  CASE(cusp_controls);
  CASE(cusp_predict);
}
