/* btyd_covariate.c: customers with covariates, their side of the parity cases. A model is a row of numbers, as in
 * btyd_covariate.i. */
#include <string.h>

#include "loyalty/btyd/covariate_file.h"
#include "loyalty/btyd/covariate_fit.h"
#include "loyalty/btyd/covariate_information.h"
#include "loyalty/btyd/covariate_prediction.h"

#include "model.h"
#include "parity.h"

static size_t row_length(int kind, size_t transactions, size_t dropouts) {
  size_t m = loy_model_parameter_count(kind), q = transactions + dropouts;
  return m == 0 || q > LOY_COVARIATES_MOST ? 0 : MODEL_ROW + 2 + q + dropouts + (m + q) * (m + q) + 1;
}

/* The cases have rows of the right length. */
static loy_covariate_model take_covariate_model(parity_case *c) {
  loy_covariate_model model;
  size_t n, m, q;
  const double *row = parity_column(c, &n), *at = row + MODEL_ROW + 2;
  loy_covariate_model_init(&model, (int)row[0], (size_t)row[MODEL_ROW], (size_t)row[MODEL_ROW + 1]);
  model_from_row(row, &model.base);
  m = loy_model_parameter_count(model.base.kind);
  q = model.transactions + model.dropouts;
  memcpy(model.coefficients, at, q * sizeof *at);
  for (size_t j = 0; j < model.dropouts; j++) model.same[j] = (int)at[q + j];
  memcpy(model.covariance, at + q + model.dropouts, (m + q) * (m + q) * sizeof *at);
  model.base.penalty = row[n - 1];
  return model;
}

static void give_model(const loy_covariate_model *model, double *row) {
  size_t m = loy_model_parameter_count(model->base.kind), q = model->transactions + model->dropouts;
  double *at = row + MODEL_ROW + 2;
  row[0] = model->base.kind;
  row[1] = model->base.time_unit;
  row[2] = model->base.status;
  row[3] = model->base.has_covariance;
  row[4] = model->base.log_likelihood;
  row[5] = model->base.customers;
  memcpy(row + 6, model->base.parameters, sizeof model->base.parameters);
  memcpy(row + 6 + LOY_MODEL_PARAMETERS_MOST, model->base.covariance, sizeof model->base.covariance);
  row[MODEL_ROW] = (double)model->transactions;
  row[MODEL_ROW + 1] = (double)model->dropouts;
  memcpy(at, model->coefficients, q * sizeof *at);
  for (size_t j = 0; j < model->dropouts; j++) at[q + j] = model->same[j];
  memcpy(at + q + model->dropouts, model->covariance, (m + q) * (m + q) * sizeof *at);
  at[q + model->dropouts + (m + q) * (m + q)] = model->base.penalty;
}

/* Covariates, one column after the other. */
typedef struct lists {
  const double *transaction[LOY_COVARIATES_MOST], *dropout[LOY_COVARIATES_MOST];
  loy_covariates all;
} lists;

static void spread(lists *to, const double *transaction, size_t transactions, const double *dropout, size_t dropouts,
                   size_t n) {
  loy_covariates_init(&to->all);
  for (size_t j = 0; j < transactions; j++) to->transaction[j] = transaction + j * n;
  for (size_t j = 0; j < dropouts; j++) to->dropout[j] = dropout + j * n;
  to->all.transaction = to->transaction;
  to->all.transactions = transactions;
  to->all.dropout = to->dropout;
  to->all.dropouts = dropouts;
}

static void covariate_row(parity_case *c) {
  int kind = (int)parity_int(c);
  size_t transactions = (size_t)parity_int(c), dropouts = (size_t)parity_int(c);
  parity_give_int(c, (int64_t)row_length(kind, transactions, dropouts));
}

static void covariate_parameters_batch(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  size_t q1, q2, out_n, n;
  const double *transaction = parity_column(c, &q1), *dropout = parity_column(c, &q2);
  double *out;
  lists covariates;
  loy_batch_report report = {0};
  loy_error e;
  n = (size_t)parity_int(c);
  out = parity_out(c, &out_n);
  bool coerce = parity_bool(c);
  if (parity_lengths(c, "out", out_n, n * loy_model_parameter_count(model.base.kind))) return;
  spread(&covariates, transaction, model.transactions, dropout, model.dropouts, n);
  loy_covariate_parameters_batch(&model, &covariates.all, n, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void covariate_loglik_batch(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  size_t q1, q2, n, k, out_n;
  const double *transaction = parity_column(c, &q1), *dropout = parity_column(c, &q2);
  const double *x = parity_column(c, &n), *t_x = parity_column(c, &k), *T = parity_column(c, &k);
  int threads = (int)parity_int(c);
  double *out = parity_out(c, &out_n);
  bool coerce = parity_bool(c);
  lists covariates;
  loy_batch_report report = {0};
  loy_error e;
  spread(&covariates, transaction, model.transactions, dropout, model.dropouts, n);
  loy_covariate_loglik_batch(&model, &covariates.all, x, t_x, T, n, threads, out, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void covariate_loglik_total(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  size_t q1, q2, n, k;
  const double *transaction = parity_column(c, &q1), *dropout = parity_column(c, &q2);
  const double *x = parity_column(c, &n), *t_x = parity_column(c, &k), *T = parity_column(c, &k);
  const double *weight = parity_column(c, &k);
  loy_covariate_fit_options options;
  double *gradient, *hessian, value;
  lists covariates;
  loy_error e;
  loy_covariate_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  gradient = parity_out(c, &k);
  hessian = parity_out(c, &k);
  spread(&covariates, transaction, model.transactions, dropout, model.dropouts, n);
  loy_covariate_loglik_total(&model, &covariates.all, x, t_x, T, weight, n, &options, &value, gradient, hessian, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, value);
}

static void covariate_fit(parity_case *c) {
  int kind = (int)parity_int(c), pairs[LOY_COVARIATES_MOST];
  size_t n, k, transactions, dropouts;
  const double *x = parity_column(c, &n), *t_x = parity_column(c, &k), *T = parity_column(c, &k);
  const double *weight = parity_column(c, &k), *transaction = parity_column(c, &k), *dropout, *same;
  loy_covariate_fit_options options;
  loy_covariate_fit_result fit;
  double *row;
  lists covariates;
  loy_error e;
  transactions = (size_t)parity_int(c);
  dropout = parity_column(c, &k);
  dropouts = (size_t)parity_int(c);
  same = parity_column(c, &k);
  for (size_t j = 0; j < dropouts; j++) pairs[j] = (int)same[j];
  loy_covariate_fit_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  options.penalty = parity_double(c);
  options.coefficient_penalty = parity_double(c);
  options.same = pairs;
  (void)parity_text(c); /* no watch */
  row = parity_out(c, &k);
  spread(&covariates, transaction, transactions, dropout, dropouts, n);
  loy_covariate_fit(kind, x, t_x, T, weight, &covariates.all, n, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  give_model(&fit.model, row);
  parity_give_text(c, loy_status_name(e.status));
  parity_give_text(c, e.argument);
  parity_give_int(c, e.index == LOY_NO_INDEX ? -1 : (int64_t)e.index);
  parity_give_double(c, fit.scaled_gradient);
  parity_give_double(c, fit.decrement);
  parity_give_int(c, fit.iterations);
  parity_give_int(c, fit.evaluations);
}

/* A question with its columns; the model is known. */
static void take_question(parity_case *c, const loy_covariate_model *model, loy_prediction *what,
                          loy_prediction_rows *rows, lists *covariates, size_t *n) {
  const double *column[3], *transaction, *dropout;
  int quantity = (int)parity_int(c);
  size_t k;
  loy_prediction_init(what, quantity);
  what->t = parity_double(c);
  what->delta = parity_double(c);
  what->n = parity_double(c);
  column[0] = parity_column(c, n);
  for (int i = 1; i < 3; i++) column[i] = parity_column(c, &k);
  transaction = parity_column(c, &k);
  dropout = parity_column(c, &k);
  what->threads = (int)parity_int(c);
  loy_prediction_rows_init(rows);
  if (quantity < LOY_PREDICT_NEW_PURCHASES) {
    rows->x = column[0];
    rows->t_x = column[1];
    rows->T = column[2];
  } else if (quantity == LOY_PREDICT_NEW_PURCHASES) {
    rows->t1 = column[0];
  } else {
    rows->n = column[0];
    rows->t0 = column[1];
    rows->t1 = column[quantity == LOY_PREDICT_NEW_PROBABILITY ? 1 : 2];
  }
  spread(covariates, transaction, model->transactions, dropout, model->dropouts, *n);
}

static void give(parity_case *c, const loy_error *e, const loy_batch_report *report, bool coerce) {
  if (loy_status_is_error(e->status) ? parity_failed(c, e)
                                     : report->bad > 0 && !coerce && parity_failed(c, &report->first))
    return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_int(c, (int64_t)report->bad);
}

static void covariate_prediction_batch(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  loy_prediction what;
  loy_prediction_rows rows;
  lists covariates;
  size_t n, k;
  loy_batch_report report = {0};
  loy_error e;
  take_question(c, &model, &what, &rows, &covariates, &n);
  double *out = parity_out(c, &k);
  bool coerce = parity_bool(c);
  loy_covariate_prediction_batch(&model, &what, &rows, &covariates.all, n, out, &report, &e);
  give(c, &e, &report, coerce);
}

static void covariate_interval_batch(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  loy_prediction what;
  loy_prediction_rows rows;
  lists covariates;
  size_t n, k;
  double *out[4];
  loy_batch_report report = {0};
  loy_error e;
  take_question(c, &model, &what, &rows, &covariates, &n);
  double level = parity_double(c);
  for (int i = 0; i < 4; i++) out[i] = parity_out(c, &k);
  bool coerce = parity_bool(c);
  loy_covariate_interval_batch(&model, &what, &rows, &covariates.all, n, level, out[0], out[1], out[2], out[3], &report,
                               &e);
  give(c, &e, &report, coerce);
}

static void covariate_purchase_interval_batch(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  size_t n, k;
  const double *transaction = parity_column(c, &k), *dropout = parity_column(c, &k);
  const double *x = parity_column(c, &n), *t_x = parity_column(c, &k), *T = parity_column(c, &k);
  double t = parity_double(c), level = parity_double(c), *lower, *upper;
  loy_purchase_options options;
  lists covariates;
  loy_batch_report report = {0};
  loy_error e;
  loy_pnbd_options_init(&options);
  options.threads = (int)parity_int(c);
  lower = parity_out(c, &k);
  upper = parity_out(c, &k);
  bool coerce = parity_bool(c);
  spread(&covariates, transaction, model.transactions, dropout, model.dropouts, n);
  loy_covariate_purchase_interval_batch(&model, &covariates.all, x, t_x, T, n, t, level, &options, lower, upper,
                                        &report, &e);
  give(c, &e, &report, coerce);
}

static void covariate_simulate(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  size_t n, k;
  const double *transaction = parity_column(c, &k), *dropout = parity_column(c, &k), *T = parity_column(c, &n);
  uint64_t seed = (uint64_t)parity_int(c);
  int threads = (int)parity_int(c);
  double *x = parity_out(c, &k), *t_x = parity_out(c, &k), *alive = parity_out(c, &k);
  bool coerce = parity_bool(c);
  lists covariates;
  loy_batch_report report = {0};
  loy_error e;
  spread(&covariates, transaction, model.transactions, dropout, model.dropouts, n);
  loy_covariate_simulate(&model, &covariates.all, T, n, seed, threads, x, t_x, alive, &report, &e);
  parity_batch(c, &e, &report, coerce);
}

static void covariate_information(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  loy_information found = {0, 0, 0};
  loy_error e;
  loy_covariate_information(&model, (size_t)parity_int(c), &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, found.aic);
  parity_give_double(c, found.bic);
  parity_give_double(c, (double)found.free_params);
}

static void covariate_likelihood_ratio(parity_case *c) {
  loy_covariate_model full = take_covariate_model(c), restricted = take_covariate_model(c);
  loy_model_test test;
  loy_error e;
  loy_covariate_likelihood_ratio(&full, &restricted, &test, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_double(c, test.statistic);
  parity_give_double(c, test.p_value);
  parity_give_double(c, test.p_least);
  parity_give_int(c, (int64_t)test.df);
  parity_give_int(c, (int64_t)test.unidentified);
}

/* A file of the case, read; true, and the case is done, on an error. */
static bool take_file(parity_case *c, loy_covariate_model *model, loy_covariate_names *names) {
  size_t n;
  const unsigned char *text = parity_bytes(c, &n);
  loy_error e;
  loy_covariate_model_read((const char *)text, n, model, names, &e);
  return parity_failed(c, &e);
}

static void covariate_model_write(parity_case *c) {
  loy_covariate_model model = take_covariate_model(c);
  const char *text = parity_text(c);
  loy_covariate_names names;
  static char out[100000];
  size_t length = 0;
  loy_error e;
  memset(&names, 0, sizeof names);
  for (size_t j = 0; j < model.transactions + model.dropouts; j++) {
    size_t k = strcspn(text, "\n");
    memcpy(names.name[j], text, k);
    text += k + (text[k] != 0);
  }
  loy_covariate_model_write(&model, &names, out, sizeof out, &length, &e);
  if (parity_failed(c, &e)) return;
  parity_give_bytes(c, out, length);
}

static void covariate_model_shape(parity_case *c) {
  loy_covariate_model model;
  if (take_file(c, &model, NULL)) return;
  parity_give_int(c, model.base.kind);
  parity_give_int(c, (int64_t)model.transactions);
  parity_give_int(c, (int64_t)model.dropouts);
}

static void covariate_model_names(parity_case *c) {
  loy_covariate_model model;
  loy_covariate_names names;
  char all[LOY_COVARIATES_MOST * LOY_COVARIATE_NAME + 1] = {0};
  if (take_file(c, &model, &names)) return;
  for (size_t j = 0; j < model.transactions + model.dropouts; j++) {
    if (j) strcat(all, "\n");
    strcat(all, names.name[j]);
  }
  parity_give_bytes(c, all, strlen(all));
}

static void covariate_model_read(parity_case *c) {
  loy_covariate_model model;
  double *row;
  size_t n;
  if (take_file(c, &model, NULL)) return;
  row = parity_out(c, &n);
  give_model(&model, row);
}

PARITY(btyd_covariate) {
  CASE(covariate_row);
  CASE(covariate_parameters_batch);
  CASE(covariate_loglik_batch);
  CASE(covariate_loglik_total);
  CASE(covariate_fit);
  CASE(covariate_prediction_batch);
  CASE(covariate_interval_batch);
  CASE(covariate_purchase_interval_batch);
  CASE(covariate_simulate);
  CASE(covariate_information);
  CASE(covariate_likelihood_ratio);
  CASE(covariate_model_write);
  CASE(covariate_model_shape);
  CASE(covariate_model_names);
  CASE(covariate_model_read);
}
