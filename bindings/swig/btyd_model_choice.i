/* btyd_model_choice.i: shims of model_choice.h and model_counts.h. */

%{
#include "loyalty/btyd/model_choice.h"
#include "loyalty/btyd/model_counts.h"

enum { CHOICE_ROW = 19, CHOICE_MOST = 20 };

static void choice_to_row(const loy_choice_candidate *candidate, double *row) {
  const loy_holdout *h = &candidate->holdout;
  const loy_model_test *t = &candidate->test;
  const double values[CHOICE_ROW] = {
      (double)candidate->fit.status, candidate->information.aic, candidate->information.bic,
      (double)candidate->information.free_params, candidate->aic_weight,
      h->actual, h->expected, h->bias, h->mean_error, h->mae, h->rmse, h->log_score,
      candidate->restricted == LOY_NO_INDEX ? -1.0 : (double)candidate->restricted, (double)candidate->tested,
      t->statistic, t->p_value, t->p_least, (double)t->df, (double)t->unidentified};
  memcpy(row, values, sizeof values);
}

/* A place in the list, or -1. */
static void choice_put_place(loy_values *r, size_t place) { loy_put_int(r, place == LOY_NO_INDEX ? -1 : (int64_t)place); }
%}

LOY_BULK(model_compare)
LOY_BULK(model_counts)
%inline %{
static loy_rtext model_assumption(int kind) {
  loy_rtext r = {0};
  r.v = loy_model_assumption(kind);
  return r;
}

/* `models` has room for a model of each kind, as in btyd_model_file.i, `numbers` for 19 numbers of each: status of the
 * fit; AIC, BIC, free parameters, weight; the holdout (actual, expected, bias, mean error, mae, rmse, log score);
 * candidate that it contains (counted from 0) or -1, status of that test, statistic, p_value, p_least, df, unidentified.
 * Status, candidates fitted, the best by AIC, by BIC and by log score (counted from 0, or -1); then for each candidate
 * the argument and the message of its fit's error or notice. */
static loy_values model_compare(loy_in_i64 kinds, loy_in x, loy_in t_x, loy_in T, loy_in_opt litt, loy_in_opt weight,
                                loy_in_opt future_t, loy_in_opt bought, int threads, int most_evaluations, loy_watch progress,
                                loy_out models, loy_out numbers) {
  loy_values r = {0};
  int list[CHOICE_MOST];
  loy_choice_candidate found[CHOICE_MOST];
  loy_choice best;
  loy_choice_rows rows;
  loy_choice_options options;
  if ((kinds.n > CHOICE_MOST && !loy_refuse(&r.e, LOY_ERR_ARGUMENT, "kinds", "has too many elements")) ||
      !loy_same_length(&r.e, "t_x", t_x.n, x.n) || !loy_same_length(&r.e, "T", T.n, x.n) ||
      (litt.p && !loy_same_length(&r.e, "litt", litt.n, x.n)) ||
      (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) ||
      (future_t.p && !loy_same_length(&r.e, "future_t", future_t.n, x.n)) ||
      (bought.p && !loy_same_length(&r.e, "bought", bought.n, x.n)) ||
      !loy_has_length(&r.e, "models", models.n, kinds.n * MODEL_ROW) ||
      !loy_has_length(&r.e, "numbers", numbers.n, kinds.n * CHOICE_ROW))
    return r;
  for (size_t i = 0; i < kinds.n; i++) list[i] = model_int((double)kinds.p[i]);
  loy_choice_rows_init(&rows);
  rows.x = x.p;
  rows.t_x = t_x.p;
  rows.T = T.p;
  rows.litt = litt.p;
  rows.weight = weight.p;
  rows.future_t = future_t.p;
  rows.bought = bought.p;
  loy_choice_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.progress = progress.p;
  if (loy_status_is_error(loy_model_compare(list, kinds.n, &rows, x.n, &options, found, &best, &r.e))) return r;
  loy_put_status(&r);
  loy_put_size(&r, best.fitted);
  choice_put_place(&r, best.best_aic);
  choice_put_place(&r, best.best_bic);
  choice_put_place(&r, best.best_score);
  for (size_t i = 0; i < kinds.n; i++) {
    model_to_row(&found[i].model, models.p + i * MODEL_ROW);
    choice_to_row(&found[i], numbers.p + i * CHOICE_ROW);
    loy_put_text(&r, found[i].fit.argument);
    loy_put_text(&r, found[i].fit.message);
  }
  return r;
}

/* As many bars as `observed` has places. Statistic, p-value, its lower bound, degrees of freedom. */
static loy_values model_counts(loy_in model, loy_in x, loy_in T, loy_in_opt weight, size_t fixed, double least,
                               int threads, loy_out observed, loy_out expected) {
  loy_values r = {0};
  loy_model m;
  loy_counts_options options;
  loy_counts_test test;
  if (!model_one(model, "model", &m, &r.e) || !loy_same_length(&r.e, "T", T.n, x.n) ||
      (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) ||
      !loy_has_length(&r.e, "expected", expected.n, observed.n))
    return r;
  loy_counts_options_init(&options);
  options.fixed = fixed;
  options.least = least;
  options.threads = threads;
  if (loy_model_counts(&m, x.p, T.p, weight.p, x.n, observed.n, &options, observed.p, expected.p, &test, &r.e) != LOY_OK)
    return r;
  loy_put_double(&r, test.statistic);
  loy_put_double(&r, test.p_value);
  loy_put_double(&r, test.p_least);
  loy_put_size(&r, test.df);
  return r;
}
%}
