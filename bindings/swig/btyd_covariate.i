/* btyd_covariate.i: shims of covariates.h, covariate_fit.h, covariate_prediction.h and covariate_information.h. A model with
 * coefficients passes as a row of numbers of its own length: the row of btyd_model_file.i; how many covariates of
 * transactions and of dropout; the coefficients; of each dropout covariate the number of the transaction covariate of the
 * same coefficient, or -1; the covariance of parameters and coefficients; the penalty of the fit. The covariates of n customers are one column
 * of n numbers after the other. They wrap loy_covariate_model_init, loy_covariates_init, loy_covariate_model_check and
 * loy_covariate_fit_options_init too, with the fields as arguments; loy_covariate_free_count is what
 * loy_covariate_information adds to the parameters. */

%{
#include "loyalty/btyd/covariate_file.h"
#include "loyalty/btyd/covariate_fit.h"
#include "loyalty/btyd/covariate_information.h"
#include "loyalty/btyd/covariate_prediction.h"

/* The length of a row; 0 where there can be none. */
static size_t covariate_row_length(int kind, size_t transactions, size_t dropouts) {
  size_t m = loy_model_parameter_count(kind), q = transactions + dropouts;
  if (m == 0 || transactions > LOY_COVARIATES_MOST || dropouts > LOY_COVARIATES_MOST || q > LOY_COVARIATES_MOST) return 0;
  return MODEL_ROW + 2 + q + dropouts + (m + q) * (m + q) + 1;
}

static size_t covariate_count(double value) {
  int count = model_int(value);
  return count < 0 ? (size_t)LOY_COVARIATES_MOST + 1 : (size_t)count;
}

static bool covariate_from_row(loy_in row, const char *name, loy_covariate_model *model, loy_error *e) {
  size_t transactions, dropouts, m, q;
  const double *at;
  if (row.n < MODEL_ROW + 2) return loy_refuse(e, LOY_ERR_ARGUMENT, name, "has the wrong number of elements");
  transactions = covariate_count(row.p[MODEL_ROW]);
  dropouts = covariate_count(row.p[MODEL_ROW + 1]);
  if (row.n != covariate_row_length(model_int(row.p[0]), transactions, dropouts))
    return loy_refuse(e, LOY_ERR_ARGUMENT, name, "has the wrong number of elements");
  q = transactions + dropouts;
  m = loy_model_parameter_count(model_int(row.p[0]));
  at = row.p + MODEL_ROW + 2;
  loy_covariate_model_init(model, model_int(row.p[0]), transactions, dropouts);
  model_from_row(row.p, &model->base);
  memcpy(model->coefficients, at, q * sizeof *at);
  for (size_t j = 0; j < dropouts; j++) model->same[j] = model_int(at[q + j]);
  memcpy(model->covariance, at + q + dropouts, (m + q) * (m + q) * sizeof *at);
  model->base.penalty = row.p[row.n - 1];
  return true;
}

static void covariate_to_row(const loy_covariate_model *model, double *row) {
  size_t q = model->transactions + model->dropouts, m = loy_model_parameter_count(model->base.kind);
  double *at = row + MODEL_ROW + 2;
  model_to_row(&model->base, row);
  row[MODEL_ROW] = (double)model->transactions;
  row[MODEL_ROW + 1] = (double)model->dropouts;
  memcpy(at, model->coefficients, q * sizeof *at);
  for (size_t j = 0; j < model->dropouts; j++) at[q + j] = model->same[j];
  memcpy(at + q + model->dropouts, model->covariance, (m + q) * (m + q) * sizeof *at);
  at[q + model->dropouts + (m + q) * (m + q)] = model->base.penalty;
}

/* Names, one on a line. */
static bool covariate_split(loy_in_text text, size_t count, loy_covariate_names *names, loy_error *e) {
  size_t at = 0;
  memset(names, 0, sizeof *names);
  for (size_t j = 0; j < count; j++) {
    size_t length = 0;
    while (at + length < text.n && text.p[at + length] != '\n') length++;
    if (length >= LOY_COVARIATE_NAME)
      return loy_refuse(e, LOY_ERR_ARGUMENT, "names", "must have at most 37 bytes each, to be written");
    memcpy(names->name[j], text.p + at, length);
    at += length + (at + length < text.n);
  }
  return at == text.n || loy_refuse(e, LOY_ERR_ARGUMENT, "names", "must be as many as there are covariates");
}

/* The row of the plain model. */
static loy_in covariate_base(loy_in row) {
  loy_in base;
  base.p = row.p;
  base.n = MODEL_ROW;
  return base;
}

/* Covariates of n customers. */
typedef struct covariate_lists {
  const double *transaction[LOY_COVARIATES_MOST], *dropout[LOY_COVARIATES_MOST];
  loy_covariates all;
} covariate_lists;

static bool covariate_columns(covariate_lists *lists, loy_in transaction, size_t transactions, loy_in dropout,
                              size_t dropouts, size_t n, loy_error *e) {
  loy_covariates_init(&lists->all);
  if (transactions > LOY_COVARIATES_MOST || dropouts > LOY_COVARIATES_MOST || n > SIZE_MAX / LOY_COVARIATES_MOST)
    return loy_refuse(e, LOY_ERR_ARGUMENT, transactions > LOY_COVARIATES_MOST ? "transactions" : "dropouts",
                      "must be at most 24 covariates");
  if (transaction.n != transactions * n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "transaction", "must have a number for each covariate and customer");
  if (dropout.n != dropouts * n)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "dropout", "must have a number for each covariate and customer");
  for (size_t j = 0; j < transactions; j++) lists->transaction[j] = transaction.p + j * n;
  for (size_t j = 0; j < dropouts; j++) lists->dropout[j] = dropout.p + j * n;
  lists->all.transaction = lists->transaction;
  lists->all.transactions = transactions;
  lists->all.dropout = lists->dropout;
  lists->all.dropouts = dropouts;
  return true;
}

/* A model and the covariates that it asks for. */
static bool covariate_open(loy_in row, loy_in transaction, loy_in dropout, size_t n, loy_covariate_model *model,
                           covariate_lists *lists, loy_error *e) {
  return covariate_from_row(row, "model", model, e) &&
         covariate_columns(lists, transaction, model->transactions, dropout, model->dropouts, n, e);
}

static bool covariate_history(loy_in x, loy_in t_x, loy_in T, loy_error *e) {
  return loy_same_length(e, "t_x", t_x.n, x.n) && loy_same_length(e, "T", T.n, x.n);
}
%}

LOY_BULK(covariate_parameters_batch)
LOY_BULK(covariate_loglik_batch)
LOY_BULK(covariate_loglik_total)
LOY_BULK(covariate_fit)
LOY_BULK(covariate_prediction_batch)
LOY_BULK(covariate_interval_batch)
LOY_BULK(covariate_purchase_interval_batch)
LOY_BULK(covariate_simulate)
%inline %{
/* The length of a model's row; 0 for a kind or numbers of covariates that there are not. */
static loy_ri covariate_row(int kind, size_t transactions, size_t dropouts) {
  loy_ri r = {0};
  r.v = (int64_t)covariate_row_length(kind, transactions, dropouts);
  return r;
}

/* A column for each parameter, one after the other, in `out`. */
static loy_rbatch covariate_parameters_batch(loy_in model, loy_in transaction, loy_in dropout, size_t n, loy_out out,
                                             bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_covariate_model m;
  covariate_lists lists;
  if (covariate_open(model, transaction, dropout, n, &m, &lists, &e) &&
      loy_has_length(&e, "out", out.n, n * loy_model_parameter_count(m.base.kind)))
    loy_covariate_parameters_batch(&m, &lists.all, n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_rbatch covariate_loglik_batch(loy_in model, loy_in transaction, loy_in dropout, loy_in x, loy_in t_x, loy_in T,
                                         int threads, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_covariate_model m;
  covariate_lists lists;
  if (covariate_history(x, t_x, T, &e) && loy_same_length(&e, "out", out.n, x.n) &&
      covariate_open(model, transaction, dropout, x.n, &m, &lists, &e))
    loy_covariate_loglik_batch(&m, &lists.all, x.p, t_x.p, T.p, x.n, threads, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The total, its gradient (k) and its Hessian (k * k, by rows), k = parameters and coefficients. */
static loy_r1 covariate_loglik_total(loy_in model, loy_in transaction, loy_in dropout, loy_in x, loy_in t_x, loy_in T,
                                     loy_in_opt weight, int threads, loy_out gradient, loy_out hessian) {
  loy_r1 r = {0};
  loy_covariate_model m;
  covariate_lists lists;
  loy_covariate_fit_options options;
  size_t k;
  if (!covariate_history(x, t_x, T, &r.e) || (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) ||
      !covariate_open(model, transaction, dropout, x.n, &m, &lists, &r.e))
    return r;
  k = loy_model_parameter_count(m.base.kind) + m.transactions + m.dropouts;
  if (!loy_has_length(&r.e, "gradient", gradient.n, k) || !loy_has_length(&r.e, "hessian", hessian.n, k * k)) return r;
  loy_covariate_fit_options_init(&options);
  options.threads = threads;
  loy_covariate_loglik_total(&m, &lists.all, x.p, t_x.p, T.p, weight.p, x.n, &options, &r.v[0], gradient.p, hessian.p,
                             &r.e);
  return r;
}

/* The fitted model into `row`. Status; whom a notice names, and the place in its list, or -1; scaled gradient; decrement;
 * iterations; evaluations. */
static loy_values covariate_fit(int kind, loy_in x, loy_in t_x, loy_in T, loy_in_opt weight, loy_in transaction,
                                size_t transactions, loy_in dropout, size_t dropouts, loy_in same, int threads,
                                int most_evaluations, double penalty, double coefficient_penalty, loy_watch progress,
                                loy_out row) {
  loy_values r = {0};
  covariate_lists lists;
  int pairs[LOY_COVARIATES_MOST];
  loy_covariate_fit_options options;
  loy_covariate_fit_result fit;
  if (!covariate_history(x, t_x, T, &r.e) || (weight.p && !loy_same_length(&r.e, "weight", weight.n, x.n)) ||
      !covariate_columns(&lists, transaction, transactions, dropout, dropouts, x.n, &r.e) ||
      !loy_has_length(&r.e, "same", same.n, dropouts) ||
      !loy_has_length(&r.e, "row", row.n, covariate_row_length(kind, transactions, dropouts)))
    return r;
  for (size_t j = 0; j < dropouts; j++) pairs[j] = model_int(same.p[j]);
  loy_covariate_fit_options_init(&options);
  options.threads = threads;
  options.most_evaluations = most_evaluations;
  options.same = pairs;
  options.penalty = penalty;
  options.coefficient_penalty = coefficient_penalty;
  options.progress = progress.p;
  if (loy_status_is_error(loy_covariate_fit(kind, x.p, t_x.p, T.p, weight.p, &lists.all, x.n, &options, &fit, &r.e)))
    return r;
  covariate_to_row(&fit.model, row.p);
  loy_put_status(&r);
  loy_put_text(&r, r.e.argument);
  loy_put_int(&r, r.e.index == LOY_NO_INDEX ? -1 : (int64_t)r.e.index);
  loy_put_double(&r, fit.scaled_gradient);
  loy_put_double(&r, fit.decrement);
  loy_put_int(&r, fit.iterations);
  loy_put_int(&r, fit.evaluations);
  return r;
}

/* As prediction_batch, with the covariates before the columns for results. */
static loy_values covariate_prediction_batch(loy_in model, int quantity, double t, double delta, double n,
                                             loy_in_opt first, loy_in_opt second, loy_in_opt third, loy_in transaction,
                                             loy_in dropout, int threads, loy_out out, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  prediction_question q;
  loy_covariate_model m;
  covariate_lists lists;
  if (!covariate_open(model, transaction, dropout, out.n, &m, &lists, &r.e) ||
      !prediction_ask(&q, covariate_base(model), quantity, t, delta, n, threads, first, second, third, &r.e) ||
      !loy_same_length(&r.e, "out", out.n, q.n))
    return r;
  loy_covariate_prediction_batch(&m, &q.what, &q.rows, &lists.all, q.n, out.p, &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

static loy_values covariate_interval_batch(loy_in model, int quantity, double t, double delta, double n,
                                           loy_in_opt first, loy_in_opt second, loy_in_opt third, loy_in transaction,
                                           loy_in dropout, int threads, double level, loy_out estimate,
                                           loy_out std_error, loy_out lower, loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  prediction_question q;
  loy_covariate_model m;
  covariate_lists lists;
  if (!covariate_open(model, transaction, dropout, estimate.n, &m, &lists, &r.e) ||
      !prediction_ask(&q, covariate_base(model), quantity, t, delta, n, threads, first, second, third, &r.e) ||
      !loy_same_length(&r.e, "estimate", estimate.n, q.n) || !loy_same_length(&r.e, "std_error", std_error.n, q.n) ||
      !loy_same_length(&r.e, "lower", lower.n, q.n) || !loy_same_length(&r.e, "upper", upper.n, q.n))
    return r;
  loy_covariate_interval_batch(&m, &q.what, &q.rows, &lists.all, q.n, level, estimate.p, std_error.p, lower.p, upper.p,
                               &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

static loy_values covariate_purchase_interval_batch(loy_in model, loy_in transaction, loy_in dropout, loy_in x, loy_in t_x,
                                                    loy_in T, double t, double level, int threads, loy_out lower,
                                                    loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  loy_purchase_options options;
  loy_covariate_model m;
  covariate_lists lists;
  loy_pnbd_options_init(&options);
  options.threads = threads;
  if (!covariate_history(x, t_x, T, &r.e) || !loy_same_length(&r.e, "lower", lower.n, x.n) ||
      !loy_same_length(&r.e, "upper", upper.n, x.n) ||
      !covariate_open(model, transaction, dropout, x.n, &m, &lists, &r.e))
    return r;
  loy_covariate_purchase_interval_batch(&m, &lists.all, x.p, t_x.p, T.p, x.n, t, level, &options, lower.p, upper.p,
                                        &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

static loy_rbatch covariate_simulate(loy_in model, loy_in transaction, loy_in dropout, loy_in T, uint64_t seed,
                                     int threads, loy_out x, loy_out t_x, loy_out alive, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_covariate_model m;
  covariate_lists lists;
  if (loy_same_length(&e, "x", x.n, T.n) && loy_same_length(&e, "t_x", t_x.n, T.n) &&
      loy_same_length(&e, "alive", alive.n, T.n) && covariate_open(model, transaction, dropout, T.n, &m, &lists, &e))
    loy_covariate_simulate(&m, &lists.all, T.p, T.n, seed, threads, x.p, t_x.p, alive.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* AIC, BIC, and the number of estimated parameters and coefficients. */
static loy_r3 covariate_information(loy_in model, size_t fixed) {
  loy_r3 r = {0};
  loy_covariate_model m;
  loy_information found = {0, 0, 0};
  if (!covariate_from_row(model, "model", &m, &r.e)) return r;
  loy_covariate_information(&m, fixed, &found, &r.e);
  r.v[0] = found.aic;
  r.v[1] = found.bic;
  r.v[2] = (double)found.free_params;
  return r;
}

/* Status, statistic, p-value, the same again, degrees of freedom, 0: as model_likelihood_ratio. */
static loy_values covariate_likelihood_ratio(loy_in full, loy_in restricted) {
  loy_values r = {0};
  loy_covariate_model more, less;
  loy_model_test test;
  if (!covariate_from_row(full, "full", &more, &r.e) || !covariate_from_row(restricted, "restricted", &less, &r.e))
    return r;
  if (loy_status_is_error(loy_covariate_likelihood_ratio(&more, &less, &test, &r.e))) return r;
  loy_put_status(&r);
  loy_put_double(&r, test.statistic);
  loy_put_double(&r, test.p_value);
  loy_put_double(&r, test.p_least);
  loy_put_size(&r, test.df);
  loy_put_size(&r, test.unidentified);
  return r;
}

/* The text of a file for a model whose covariates have these names, one on a line. */
static loy_rblob covariate_model_write(loy_in model, loy_in_text names) {
  loy_rblob r = {0};
  loy_covariate_model m;
  loy_covariate_names called;
  size_t length = 0;
  if (!covariate_from_row(model, "model", &m, &r.e) ||
      !covariate_split(names, m.transactions + m.dropouts, &called, &r.e) ||
      loy_covariate_model_write(&m, &called, NULL, 0, &length, &r.e) != LOY_OK)
    return r;
  r.p = (char *)malloc(length);
  r.n = length;
  if (r.p) loy_covariate_model_write(&m, &called, r.p, length, &length, &r.e);
  else loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
  return r;
}

/* Kind, and how many covariates of transactions and of dropout the model of a file has. */
static loy_values covariate_model_shape(loy_in_bytes text) {
  loy_values r = {0};
  loy_covariate_model m;
  if (loy_covariate_model_read((const char *)text.p, text.n, &m, NULL, &r.e) != LOY_OK) return r;
  loy_put_int(&r, m.base.kind);
  loy_put_size(&r, m.transactions);
  loy_put_size(&r, m.dropouts);
  return r;
}

/* The names of its covariates, one on a line. */
static loy_rblob covariate_model_names(loy_in_bytes text) {
  loy_rblob r = {0};
  loy_covariate_model m;
  loy_covariate_names called;
  size_t q;
  if (loy_covariate_model_read((const char *)text.p, text.n, &m, &called, &r.e) != LOY_OK) return r;
  q = m.transactions + m.dropouts;
  r.p = (char *)malloc(q * LOY_COVARIATE_NAME + 1);
  if (!r.p) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "out of memory");
    return r;
  }
  for (size_t j = 0; j < q; j++) {
    size_t length = strlen(called.name[j]);
    memcpy(r.p + r.n, called.name[j], length);
    r.p[r.n + length] = '\n';
    r.n += length + 1;
  }
  if (r.n > 0) r.n--;
  return r;
}

/* The model itself into `row`, which has the length that covariate_row says. */
static loy_r0 covariate_model_read(loy_in_bytes text, loy_out row) {
  loy_r0 r = {0};
  loy_covariate_model m;
  if (loy_covariate_model_read((const char *)text.p, text.n, &m, NULL, &r.e) == LOY_OK &&
      loy_has_length(&r.e, "row", row.n, covariate_row_length(m.base.kind, m.transactions, m.dropouts)))
    covariate_to_row(&m, row.p);
  return r;
}
%}
