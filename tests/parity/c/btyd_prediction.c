/* btyd_prediction.c: intervals of predictions, purchases and lifetime value, their side of the parity cases. A model is
 * a row of numbers, as in btyd_model_file.c. */
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/purchase_interval.h"
#include "loyalty/value/clv_interval.h"

#include <string.h>

#include "parity.h"

enum { HEAD = 6, ROW = HEAD + LOY_MODEL_PARAMETERS_MOST * (1 + LOY_MODEL_PARAMETERS_MOST) };

/* True when the case is done, because the row has a wrong length. */
static bool take_model(parity_case *c, const char *name, loy_model *model) {
  size_t n;
  const double *row = parity_column(c, &n);
  if (n == ROW) {
    loy_model_init(model, (int)row[0]);
    model->time_unit = (int)row[1];
    model->status = (int)row[2];
    model->has_covariance = row[3] != 0.0;
    memcpy(model->parameters, row + HEAD, sizeof model->parameters);
    memcpy(model->covariance, row + HEAD + LOY_MODEL_PARAMETERS_MOST, sizeof model->covariance);
  }
  return parity_lengths(c, name, n, ROW);
}

typedef struct question {
  loy_prediction what;
  loy_prediction_rows rows;
  size_t n;
} question;

/* Everything between the model and the threads, in the order of the shim. */
static bool take_question(parity_case *c, const loy_model *model, question *q) {
  const double *column[3];
  size_t n[3];
  int quantity = (int)parity_int(c);
  loy_prediction_init(&q->what, quantity);
  q->what.t = parity_double(c);
  q->what.delta = parity_double(c);
  q->what.n = parity_double(c);
  for (int i = 0; i < 3; i++) column[i] = parity_column(c, &n[i]);
  q->what.threads = (int)parity_int(c);
  q->n = n[0];
  loy_prediction_rows_init(&q->rows);
  if (model->kind == LOY_MODEL_GAMMA_GAMMA) {
    q->rows.x = column[0];
    q->rows.z = column[1];
  } else if (model->kind == LOY_MODEL_SBG || model->kind == LOY_MODEL_BDW) {
    q->rows.n = column[0];
    q->rows.t1 = column[quantity == LOY_PREDICT_DEL ? 0 : 1];
  } else if (quantity < LOY_PREDICT_NEW_PURCHASES) {
    q->rows.x = column[0];
    q->rows.t_x = column[1];
    q->rows.T = column[2];
  } else if (quantity == LOY_PREDICT_NEW_PURCHASES) {
    q->rows.t1 = column[0];
  } else {
    q->rows.n = column[0];
    q->rows.t0 = column[1];
    q->rows.t1 = column[quantity == LOY_PREDICT_NEW_PROBABILITY ? 1 : 2];
  }
  return (column[1] && parity_lengths(c, "second", n[1], q->n)) ||
         (column[2] && parity_lengths(c, "third", n[2], q->n));
}

/* The status and the count of bad rows. */
static void give(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  if (loy_status_is_error(e->status) ? parity_failed(c, e)
                                     : report->bad > 0 && !coerce && parity_failed(c, &report->first))
    return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_int(c, (int64_t)report->bad);
}

static void prediction_batch(parity_case *c) {
  loy_model model;
  question q;
  loy_batch_report report = {0};
  loy_error e;
  size_t n;
  if (take_model(c, "model", &model) || take_question(c, &model, &q)) return;
  double *out = parity_out(c, &n);
  bool coerce = parity_bool(c);
  if (parity_lengths(c, "out", n, q.n)) return;
  loy_prediction_batch(&model, &q.what, &q.rows, q.n, out, &report, &e);
  give(c, &e, &report, coerce);
}

/* Four columns for results. */
static bool take_outputs(parity_case *c, const char *const *names, double **out, size_t n) {
  bool wrong = false;
  for (int i = 0; i < 4; i++) {
    size_t length;
    out[i] = parity_out(c, &length);
    wrong = wrong || parity_lengths(c, names[i], length, n);
  }
  return wrong;
}

static void prediction_interval_batch(parity_case *c) {
  static const char *const names[4] = {"estimate", "std_error", "lower", "upper"};
  loy_model model;
  question q;
  loy_batch_report report = {0};
  loy_error e;
  double *out[4];
  if (take_model(c, "model", &model) || take_question(c, &model, &q)) return;
  double level = parity_double(c);
  if (take_outputs(c, names, out, q.n)) return;
  bool coerce = parity_bool(c);
  loy_prediction_interval_batch(&model, &q.what, &q.rows, q.n, level, out[0], out[1], out[2], out[3], &report, &e);
  give(c, &e, &report, coerce);
}

static void purchase_interval_batch(parity_case *c) {
  loy_model model;
  loy_purchase_options options;
  loy_batch_report report = {0};
  loy_error e;
  size_t n, t_x_n, T_n, lower_n, upper_n;
  if (take_model(c, "model", &model)) return;
  const double *x = parity_column(c, &n), *t_x = parity_column(c, &t_x_n), *T = parity_column(c, &T_n);
  double t = parity_double(c), level = parity_double(c);
  loy_pnbd_options_init(&options);
  options.threads = (int)parity_int(c);
  double *lower = parity_out(c, &lower_n), *upper = parity_out(c, &upper_n);
  bool coerce = parity_bool(c);
  if (parity_lengths(c, "t_x", t_x_n, n) || parity_lengths(c, "T", T_n, n) || parity_lengths(c, "lower", lower_n, n) ||
      parity_lengths(c, "upper", upper_n, n))
    return;
  loy_purchase_interval_batch(&model, x, t_x, T, n, t, level, &options, lower, upper, &report, &e);
  give(c, &e, &report, coerce);
}

static void clv_interval_batch(parity_case *c) {
  static const char *const names[4] = {"clv", "std_error", "lower", "upper"};
  loy_model model, spend;
  loy_clv_options options;
  loy_batch_report report = {0};
  loy_error e;
  const double *column[4];
  double *out[4];
  size_t n[4];
  if (take_model(c, "model", &model) || take_model(c, "spend", &spend)) return;
  for (int i = 0; i < 4; i++) column[i] = parity_column(c, &n[i]);
  double level = parity_double(c);
  loy_clv_options_init(&options);
  options.margin = parity_double(c);
  options.horizon = parity_double(c);
  options.discount_rate = parity_double(c);
  options.discount_period = (int)parity_int(c);
  options.time_unit = (int)parity_int(c);
  options.threads = (int)parity_int(c);
  if (parity_lengths(c, "t_x", n[1], n[0]) || parity_lengths(c, "T", n[2], n[0]) ||
      parity_lengths(c, "z", n[3], n[0]) || take_outputs(c, names, out, n[0]))
    return;
  bool coerce = parity_bool(c);
  loy_clv_interval_batch(&model, &spend, column[0], column[1], column[2], column[3], n[0], level, &options, out[0],
                         out[1], out[2], out[3], &report, &e);
  give(c, &e, &report, coerce);
}

PARITY(btyd_prediction) {
  CASE(prediction_batch);
  CASE(prediction_interval_batch);
  CASE(purchase_interval_batch);
  CASE(clv_interval_batch);
}
