/* btyd_model_choice.c: several models compared, and the test of counts, in the parity cases. */
#include <stdlib.h>
#include <string.h>

#include "loyalty/btyd/model_choice.h"
#include "loyalty/btyd/model_counts.h"

#include "model.h"
#include "parity.h"

enum { CHOICE_ROW = 19, CHOICE_MOST = 20 };

static void model_assumption(parity_case *c) { parity_give_text(c, loy_model_assumption((int)parity_int(c))); }

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

static double place(size_t index) { return index == LOY_NO_INDEX ? -1.0 : (double)index; }

static void choice_to_row(const loy_choice_candidate *found, double *row) {
  row[0] = (double)found->fit.status;
  row[1] = found->information.aic;
  row[2] = found->information.bic;
  row[3] = (double)found->information.free_params;
  row[4] = found->aic_weight;
  row[5] = found->holdout.actual;
  row[6] = found->holdout.expected;
  row[7] = found->holdout.bias;
  row[8] = found->holdout.mean_error;
  row[9] = found->holdout.mae;
  row[10] = found->holdout.rmse;
  row[11] = found->holdout.log_score;
  row[12] = place(found->restricted);
  row[13] = (double)found->tested;
  row[14] = found->test.statistic;
  row[15] = found->test.p_value;
  row[16] = found->test.p_least;
  row[17] = (double)found->test.df;
  row[18] = (double)found->test.unidentified;
}

static void model_compare(parity_case *c) {
  static const char *const name[7] = {"x", "t_x", "T", "litt", "weight", "future_t", "bought"};
  size_t count, n[7], models_n, numbers_n;
  const int64_t *kinds = parity_column_i64(c, &count);
  const double *column[7];
  double *models, *numbers;
  int list[CHOICE_MOST];
  loy_choice_candidate found[CHOICE_MOST];
  loy_choice best;
  loy_choice_rows rows;
  loy_choice_options options;
  loy_error e;
  for (int i = 0; i < 7; i++) column[i] = parity_column(c, &n[i]);
  loy_choice_options_init(&options);
  options.threads = (int)parity_int(c);
  options.most_evaluations = (int)parity_int(c);
  (void)parity_text(c); /* no watch */
  models = parity_out(c, &models_n);
  numbers = parity_out(c, &numbers_n);
  if (count > CHOICE_MOST) abort();
  for (int i = 1; i < 7; i++)
    if (column[i] && parity_lengths(c, name[i], n[i], n[0])) return;
  if (parity_lengths(c, "models", models_n, count * MODEL_ROW)) return;
  if (parity_lengths(c, "numbers", numbers_n, count * CHOICE_ROW)) return;
  for (size_t i = 0; i < count; i++) list[i] = (int)kinds[i];
  loy_choice_rows_init(&rows);
  rows.x = column[0];
  rows.t_x = column[1];
  rows.T = column[2];
  rows.litt = column[3];
  rows.weight = column[4];
  rows.future_t = column[5];
  rows.bought = column[6];
  loy_model_compare(list, count, &rows, n[0], &options, found, &best, &e);
  if (parity_failed(c, &e)) return;
  parity_give_text(c, loy_status_name(e.status));
  parity_give_int(c, (int64_t)best.fitted);
  parity_give_int(c, (int64_t)place(best.best_aic));
  parity_give_int(c, (int64_t)place(best.best_bic));
  parity_give_int(c, (int64_t)place(best.best_score));
  for (size_t i = 0; i < count; i++) {
    model_to_row(&found[i].model, models + i * MODEL_ROW);
    choice_to_row(&found[i], numbers + i * CHOICE_ROW);
    parity_give_text(c, found[i].fit.argument);
    parity_give_text(c, found[i].fit.message);
  }
}

static void model_counts(parity_case *c) {
  size_t n, x_n, T_n, weight_n, bars, expected_n;
  const double *row = parity_column(c, &n), *x = parity_column(c, &x_n), *T = parity_column(c, &T_n);
  const double *weight = parity_column(c, &weight_n);
  double *observed, *expected;
  loy_counts_options options;
  loy_counts_test test;
  loy_model model;
  loy_error e;
  loy_counts_options_init(&options);
  options.fixed = (size_t)parity_int(c);
  options.least = parity_double(c);
  options.threads = (int)parity_int(c);
  observed = parity_out(c, &bars);
  expected = parity_out(c, &expected_n);
  if (!take_model(c, row, n, "model", &model)) return;
  if (parity_lengths(c, "T", T_n, x_n) || (weight && parity_lengths(c, "weight", weight_n, x_n))) return;
  if (parity_lengths(c, "expected", expected_n, bars)) return;
  loy_model_counts(&model, x, T, weight, x_n, bars, &options, observed, expected, &test, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, test.statistic);
  parity_give_double(c, test.p_value);
  parity_give_double(c, test.p_least);
  parity_give_int(c, (int64_t)test.df);
}

PARITY(btyd_model_choice) {
  CASE(model_assumption);
  CASE(model_compare);
  CASE(model_counts);
}
