/* btyd_prediction.i: shims of the intervals: how sure a model is of a quantity, and how many purchases a customer may
 * make. A model passes as the row of numbers of btyd_model_file.i, and so do the columns that a quantity does not read
 * as nil. They wrap loy_prediction_batch, loy_prediction_interval_batch, loy_purchase_interval_batch and
 * loy_clv_interval_batch, with the fields of loy_prediction_init, loy_prediction_rows_init and loy_clv_options_init as
 * arguments. */

%{
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/purchase_interval.h"
#include "loyalty/value/clv_interval.h"

static bool prediction_model(loy_in row, const char *name, loy_model *model, loy_error *e) {
  if (!loy_has_length(e, name, row.n, MODEL_ROW)) return false;
  model_from_row(row.p, model);
  return true;
}

/* A question, its model and its rows, of as many rows as the first column that is there. */
typedef struct prediction_question {
  loy_model model;
  loy_prediction what;
  loy_prediction_rows rows;
  size_t n;
} prediction_question;

static bool prediction_ask(prediction_question *q, loy_in model, int quantity, double t, double delta, double n,
                           int threads, loy_in_opt first, loy_in_opt second, loy_in_opt third, loy_error *e) {
  bool history = quantity < LOY_PREDICT_NEW_PURCHASES, once = quantity == LOY_PREDICT_NEW_PURCHASES;
  if (!prediction_model(model, "model", &q->model, e)) return false;
  loy_prediction_init(&q->what, quantity);
  q->what.t = t;
  q->what.delta = delta;
  q->what.n = n;
  q->what.threads = threads;
  q->n = first.n;
  loy_prediction_rows_init(&q->rows);
  if (second.p && !loy_same_length(e, "second", second.n, q->n)) return false;
  if (third.p && !loy_same_length(e, "third", third.n, q->n)) return false;
  if (q->model.kind == LOY_MODEL_GAMMA_GAMMA) {
    q->rows.x = first.p;
    q->rows.z = second.p;
  } else if (q->model.kind == LOY_MODEL_SBG || q->model.kind == LOY_MODEL_BDW) {
    q->rows.n = first.p;
    q->rows.t1 = quantity == LOY_PREDICT_DEL ? first.p : second.p;
  } else if (history) {
    q->rows.x = first.p;
    q->rows.t_x = second.p;
    q->rows.T = third.p;
  } else if (once) {
    q->rows.t1 = first.p;
  } else {
    q->rows.n = first.p;
    q->rows.t1 = quantity == LOY_PREDICT_NEW_PROBABILITY ? second.p : third.p;
    q->rows.t0 = second.p;
  }
  return true;
}

/* The end of a shim with a status and a count of bad rows. */
static void prediction_give(loy_values *r, const loy_batch_report *report, bool coerce) {
  if (loy_status_is_error(r->e.status)) return;
  if (report->bad > 0 && !coerce) {
    r->e = report->first;
    return;
  }
  loy_put_status(r);
  loy_put_size(r, report->bad);
}
%}

LOY_BULK(prediction_batch)
LOY_BULK(prediction_interval_batch)
LOY_BULK(purchase_interval_batch)
LOY_BULK(clv_interval_batch)
%inline %{
/* Columns in the order of the table of prediction.h. Status and the count of bad rows. */
static loy_values prediction_batch(loy_in model, int quantity, double t, double delta, double n, loy_in_opt first,
                                   loy_in_opt second, loy_in_opt third, int threads, loy_out out, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  prediction_question q;
  if (!prediction_ask(&q, model, quantity, t, delta, n, threads, first, second, third, &r.e) ||
      !loy_same_length(&r.e, "out", out.n, q.n))
    return r;
  loy_prediction_batch(&q.model, &q.what, &q.rows, q.n, out.p, &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

/* The same with the level before the columns for results. */
static loy_values prediction_interval_batch(loy_in model, int quantity, double t, double delta, double n,
                                            loy_in_opt first, loy_in_opt second, loy_in_opt third, int threads,
                                            double level, loy_out estimate, loy_out std_error, loy_out lower,
                                            loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  prediction_question q;
  if (!prediction_ask(&q, model, quantity, t, delta, n, threads, first, second, third, &r.e) ||
      !loy_same_length(&r.e, "estimate", estimate.n, q.n) || !loy_same_length(&r.e, "std_error", std_error.n, q.n) ||
      !loy_same_length(&r.e, "lower", lower.n, q.n) || !loy_same_length(&r.e, "upper", upper.n, q.n))
    return r;
  loy_prediction_interval_batch(&q.model, &q.what, &q.rows, q.n, level, estimate.p, std_error.p, lower.p, upper.p,
                                &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

/* Status and the count of bad rows. */
static loy_values purchase_interval_batch(loy_in model, loy_in x, loy_in t_x, loy_in T, double t, double level,
                                          int threads, loy_out lower, loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  loy_purchase_options options;
  loy_model from;
  loy_pnbd_options_init(&options);
  options.threads = threads;
  if (!prediction_model(model, "model", &from, &r.e) || !loy_same_length(&r.e, "t_x", t_x.n, x.n) ||
      !loy_same_length(&r.e, "T", T.n, x.n) || !loy_same_length(&r.e, "lower", lower.n, x.n) ||
      !loy_same_length(&r.e, "upper", upper.n, x.n))
    return r;
  loy_purchase_interval_batch(&from, x.p, t_x.p, T.p, x.n, t, level, &options, lower.p, upper.p, &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}

/* Status and the count of bad rows. */
static loy_values clv_interval_batch(loy_in model, loy_in spend, loy_in x, loy_in t_x, loy_in T, loy_in z, double level,
                                     double margin, double horizon, double discount_rate, int discount_period,
                                     int time_unit, int threads, loy_out clv, loy_out std_error, loy_out lower,
                                     loy_out upper, bool coerce) {
  loy_values r = {0};
  loy_batch_report report = {0};
  loy_clv_options options;
  loy_model from, amount;
  loy_clv_options_init(&options);
  options.margin = margin;
  options.horizon = horizon;
  options.discount_rate = discount_rate;
  options.discount_period = discount_period;
  options.time_unit = time_unit;
  options.threads = threads;
  if (!prediction_model(model, "model", &from, &r.e) || !prediction_model(spend, "spend", &amount, &r.e) ||
      !loy_same_length(&r.e, "t_x", t_x.n, x.n) || !loy_same_length(&r.e, "T", T.n, x.n) ||
      !loy_same_length(&r.e, "z", z.n, x.n) || !loy_same_length(&r.e, "clv", clv.n, x.n) ||
      !loy_same_length(&r.e, "std_error", std_error.n, x.n) || !loy_same_length(&r.e, "lower", lower.n, x.n) ||
      !loy_same_length(&r.e, "upper", upper.n, x.n))
    return r;
  loy_clv_interval_batch(&from, &amount, x.p, t_x.p, T.p, z.p, x.n, level, &options, clv.p, std_error.p, lower.p,
                         upper.p, &report, &r.e);
  prediction_give(&r, &report, coerce);
  return r;
}
%}
