/* btyd_predict.c: P(alive) and expected purchases of many customers in one call, for the parity cases. */
#include "parity.h"

#include "loyalty/btyd/bgnbd_predict.h"
#include "loyalty/btyd/mbgnbd_predict.h"
#include "loyalty/btyd/pnbd_predict.h"
#include "loyalty/value/clv.h"

/* The columns and terms after the parameters. */
typedef struct predict_call {
  const double *x, *t_x, *T;
  double *p_alive, *expected;
  size_t n[5];
  loy_clv_options clv;
  bool coerce;
} predict_call;

/* Whether the columns are of one length. */
static bool take_call(parity_case *c, predict_call *call) {
  static const char *const names[5] = {"x", "t_x", "T", "p_alive", "expected_purchases"};
  call->x = parity_column(c, &call->n[0]);
  call->t_x = parity_column(c, &call->n[1]);
  call->T = parity_column(c, &call->n[2]);
  loy_clv_options_init(&call->clv);
  call->clv.margin = parity_double(c);
  call->clv.horizon = parity_double(c);
  call->clv.discount_rate = parity_double(c);
  call->clv.discount_period = (int)parity_int(c);
  call->clv.time_unit = (int)parity_int(c);
  call->clv.threads = (int)parity_int(c);
  call->p_alive = parity_out(c, &call->n[3]);
  call->expected = parity_out(c, &call->n[4]);
  call->coerce = parity_bool(c);
  for (int i = 1; i < 5; i++)
    if (parity_lengths(c, names[i], call->n[i], call->n[0])) return false;
  return true;
}

static void give_call(parity_case *c, const predict_call *call, loy_error *e, const loy_batch_report *report) {
  if (parity_failed(c, e) || (report->bad > 0 && !call->coerce && parity_failed(c, &report->first))) return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_int(c, (int64_t)report->bad);
}

/* `fields`: statements that read the parameters into `model`. */
#define PREDICT(M, fields)                                                                                             \
  static void M##_predict_batch(parity_case *c) {                                                                      \
    loy_##M##_params model;                                                                                            \
    loy_gamma_gamma_params spend = {1, 2, 1};                                                                          \
    loy_##M##_options options;                                                                                         \
    loy_batch_report report;                                                                                           \
    loy_error e;                                                                                                       \
    predict_call call;                                                                                                 \
    fields;                                                                                                            \
    if (!take_call(c, &call)) return;                                                                                  \
    loy_clv_##M##_batch(&model, &spend, NULL, NULL, NULL, NULL, 0, &call.clv, NULL, NULL, NULL, NULL, NULL, &e);       \
    if (parity_failed(c, &e)) return;                                                                                  \
    loy_##M##_options_init(&options);                                                                                  \
    options.threads = call.clv.threads;                                                                                \
    loy_##M##_predict_batch(&model, call.x, call.t_x, call.T, call.n[0], 0.0, call.clv.horizon, &options,              \
                            call.p_alive, call.expected, NULL, &report, &e);                                           \
    give_call(c, &call, &e, &report);                                                                                  \
  }

PREDICT(bgnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.a = parity_double(c),
                model.b = parity_double(c)))
PREDICT(mbgnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.a = parity_double(c),
                 model.b = parity_double(c)))
PREDICT(pnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.s = parity_double(c),
               model.beta = parity_double(c)))
PREDICT(nbd, (model.r = parity_double(c), model.alpha = parity_double(c)))
PREDICT(ggomnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.b = parity_double(c),
                  model.s = parity_double(c), model.beta = parity_double(c)))
PREDICT(bgcnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.a = parity_double(c),
                 model.b = parity_double(c), model.k = parity_double(c)))
PREDICT(mbgcnbd, (model.r = parity_double(c), model.alpha = parity_double(c), model.a = parity_double(c),
                  model.b = parity_double(c), model.k = parity_double(c)))

PARITY(btyd_predict) {
  CASE(bgnbd_predict_batch);
  CASE(mbgnbd_predict_batch);
  CASE(pnbd_predict_batch);
  CASE(nbd_predict_batch);
  CASE(ggomnbd_predict_batch);
  CASE(bgcnbd_predict_batch);
  CASE(mbgcnbd_predict_batch);
}
