/* prediction-inl.h: body of prediction.h. */
#ifndef LOYALTY_BTYD_PREDICTION_INL_H
#define LOYALTY_BTYD_PREDICTION_INL_H

#include "prediction.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "bdw.h"
#include "bgbb_predict.h"
#include "bgcnbd_predict.h"
#include "bgnbd_predict.h"
#include "contract.h"
#include "gamma_gamma.h"
#include "ggomnbd.h"
#include "history.h"
#include "mbgcnbd_predict.h"
#include "mbgnbd_predict.h"
#include "model_calls.h"
#include "nbd.h"
#include "pnbd_predict.h"
#include "sbg.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_PREDICTION_ROWS = 64 };

LOYALTY_API void loy_prediction_init(loy_prediction *what, int quantity) {
  if (!what) return;
  memset(what, 0, sizeof *what);
  what->struct_size = sizeof *what;
  what->quantity = quantity;
  what->threads = 1;
}

LOYALTY_API void loy_prediction_rows_init(loy_prediction_rows *rows) {
  if (!rows) return;
  rows->x = rows->t_x = rows->T = rows->z = rows->n = rows->t0 = rows->t1 = NULL;
}

/* The functions of a transaction model with its parameters as an array, in the order of its struct. */
#define LOYI_PREDICTION_BODIES(M, COUNT)                                                                               \
  LOYI_ASSERT_STATIC(sizeof(loy_##M##_params) == (COUNT) * sizeof(double), "parameters stand in the model's order");   \
  LOYI_LOCAL loy_##M##_params loyi_prediction_##M##_params(const double *parameters) {                                 \
    loy_##M##_params params;                                                                                           \
    memcpy(&params, parameters, sizeof params);                                                                        \
    return params;                                                                                                     \
  }                                                                                                                    \
  LOYI_LOCAL double loyi_prediction_##M(const loyi_prediction_ask *ask, const double *parameters, const double *row) { \
    loy_##M##_params params = loyi_prediction_##M##_params(parameters);                                                \
    double rate = NAN, dropout = NAN;                                                                                  \
    switch (ask->quantity) {                                                                                           \
    case LOY_PREDICT_ALIVE: return loy_##M##_palive(&params, row[0], row[1], row[2], ask->t);                          \
    case LOY_PREDICT_PURCHASES: return loy_##M##_expected_purchases(&params, row[0], row[1], row[2], ask->t);          \
    case LOY_PREDICT_DERT: return loy_##M##_dert(&params, row[0], row[1], row[2], ask->delta);                         \
    case LOY_PREDICT_DECT: return loy_##M##_dect(&params, row[0], row[1], row[2], ask->delta, ask->t);                 \
    case LOY_PREDICT_PROBABILITY: return loy_##M##_pmf_future(&params, row[0], row[1], row[2], ask->n, ask->t);        \
    case LOY_PREDICT_NEW_PURCHASES: return loy_##M##_expected_purchases_new(&params, row[0]);                          \
    case LOY_PREDICT_NEW_PROBABILITY: return loy_##M##_pmf(&params, row[0], row[1]);                                   \
    case LOY_PREDICT_NEW_INTERVAL: return loy_##M##_pmf_interval(&params, row[0], row[1], row[2]);                     \
    default: break;                                                                                                    \
    }                                                                                                                  \
    (void)loy_##M##_posterior(&params, row[0], row[1], row[2], &rate, &dropout, NULL);                                 \
    return ask->quantity == LOY_PREDICT_RATE ? rate : dropout;                                                         \
  }                                                                                                                    \
  LOYI_LOCAL double loyi_prediction_##M##_log_alive(const double *parameters, const double *row) {                     \
    loy_##M##_params params = loyi_prediction_##M##_params(parameters);                                                \
    return loy_##M##_log_palive(&params, row[0], row[1], row[2]);                                                      \
  }

LOYI_PREDICTION_BODIES(bgnbd, 4)
LOYI_PREDICTION_BODIES(mbgnbd, 4)
LOYI_PREDICTION_BODIES(pnbd, 4)
LOYI_PREDICTION_BODIES(nbd, 2)
LOYI_PREDICTION_BODIES(ggomnbd, 5)
LOYI_PREDICTION_BODIES(bgcnbd, 5)
LOYI_PREDICTION_BODIES(mbgcnbd, 5)
LOYI_PREDICTION_BODIES(bgbb, 4)
#undef LOYI_PREDICTION_BODIES

/* The same for a model of contracts. */
#define LOYI_PREDICTION_CONTRACT(M, COUNT)                                                                             \
  LOYI_ASSERT_STATIC(sizeof(loy_##M##_params) == (COUNT) * sizeof(double), "parameters stand in the model's order");   \
  LOYI_LOCAL double loyi_prediction_##M(const loyi_prediction_ask *ask, const double *parameters, const double *row) { \
    loy_##M##_params params;                                                                                           \
    double value = NAN;                                                                                                \
    memcpy(&params, parameters, sizeof params);                                                                        \
    switch (ask->quantity) {                                                                                           \
    case LOY_PREDICT_SURVIVAL: return loy_##M##_survival(&params, row[0], row[1]);                                     \
    case LOY_PREDICT_CHURN: return loy_##M##_churn(&params, row[0], row[1]);                                           \
    case LOY_PREDICT_RETENTION: return loy_##M##_retention(&params, row[0]);                                           \
    case LOY_PREDICT_DROPOUT: return loy_##M##_posterior(&params, row[0]);                                             \
    case LOY_PREDICT_DERL: (void)loy_##M##_derl(&params, row[0], ask->delta, ask->t, &value, NULL); break;             \
    case LOY_PREDICT_DEL: (void)loy_##M##_del(&params, ask->delta, row[0], &value, NULL); break;                       \
    default: (void)loy_##M##_derl_elasticity(&params, row[0], ask->delta, ask->t, &value, NULL);                       \
    }                                                                                                                  \
    return value;                                                                                                      \
  }

LOYI_PREDICTION_CONTRACT(sbg, 2)
LOYI_PREDICTION_CONTRACT(bdw, 3)
#undef LOYI_PREDICTION_CONTRACT

/* Expected elasticity, which only one of them has. */
LOYI_LOCAL double loyi_prediction_expected_elasticity(const loyi_prediction_ask *ask, const double *parameters,
                                                      const double *row) {
  loy_sbg_params params;
  double value = NAN;
  memcpy(&params, parameters, sizeof params);
  (void)loy_sbg_retention_elasticity(&params, row[0], ask->delta, &value, NULL);
  return value;
}

LOYI_LOCAL int loyi_prediction_of_contract(int kind) { return kind == LOY_MODEL_SBG || kind == LOY_MODEL_BDW; }

/* Whether a model has a quantity. */
LOYI_LOCAL int loyi_prediction_has(int kind, int quantity) {
  if (kind == LOY_MODEL_GAMMA_GAMMA) return quantity == LOY_PREDICT_SPEND || quantity == LOY_PREDICT_RATE;
  if (quantity == LOY_PREDICT_EXPECTED_ELASTICITY) return kind == LOY_MODEL_SBG;
  if (loyi_prediction_of_contract(kind)) return quantity >= LOY_PREDICT_SURVIVAL || quantity == LOY_PREDICT_DROPOUT;
  return quantity < LOY_PREDICT_SPEND;
}

LOYI_LOCAL loy_gamma_gamma_params loyi_prediction_spend_params(const double *parameters) {
  loy_gamma_gamma_params params;
  params.p = parameters[0];
  params.q = parameters[1];
  params.v = parameters[2];
  return params;
}

LOYI_SHARED double loyi_prediction_answer(const loyi_prediction_ask *ask, const double *parameters, const double *row) {
  loy_gamma_gamma_params spend;
  switch (ask->kind) {
  case LOY_MODEL_BGNBD: return loyi_prediction_bgnbd(ask, parameters, row);
  case LOY_MODEL_MBGNBD: return loyi_prediction_mbgnbd(ask, parameters, row);
  case LOY_MODEL_PNBD: return loyi_prediction_pnbd(ask, parameters, row);
  case LOY_MODEL_NBD: return loyi_prediction_nbd(ask, parameters, row);
  case LOY_MODEL_GGOMNBD: return loyi_prediction_ggomnbd(ask, parameters, row);
  case LOY_MODEL_BGCNBD: return loyi_prediction_bgcnbd(ask, parameters, row);
  case LOY_MODEL_MBGCNBD: return loyi_prediction_mbgcnbd(ask, parameters, row);
  case LOY_MODEL_BGBB: return loyi_prediction_bgbb(ask, parameters, row);
  case LOY_MODEL_SBG:
    if (ask->quantity == LOY_PREDICT_EXPECTED_ELASTICITY)
      return loyi_prediction_expected_elasticity(ask, parameters, row);
    return loyi_prediction_sbg(ask, parameters, row);
  case LOY_MODEL_BDW: return loyi_prediction_bdw(ask, parameters, row);
  default: break;
  }
  spend = loyi_prediction_spend_params(parameters);
  return ask->quantity == LOY_PREDICT_SPEND ? loy_gamma_gamma_expected_spend(&spend, row[0], row[1])
                                            : loy_gamma_gamma_posterior(&spend, row[0], row[1]);
}

LOYI_SHARED double loyi_prediction_log_alive(const loyi_prediction_ask *ask, const double *parameters,
                                             const double *row) {
  switch (ask->kind) {
  case LOY_MODEL_BGNBD: return loyi_prediction_bgnbd_log_alive(parameters, row);
  case LOY_MODEL_MBGNBD: return loyi_prediction_mbgnbd_log_alive(parameters, row);
  case LOY_MODEL_PNBD: return loyi_prediction_pnbd_log_alive(parameters, row);
  case LOY_MODEL_GGOMNBD: return loyi_prediction_ggomnbd_log_alive(parameters, row);
  case LOY_MODEL_BGCNBD: return loyi_prediction_bgcnbd_log_alive(parameters, row);
  case LOY_MODEL_MBGCNBD: return loyi_prediction_mbgcnbd_log_alive(parameters, row);
  case LOY_MODEL_BGBB: return loyi_prediction_bgbb_log_alive(parameters, row);
  default: return loyi_prediction_nbd_log_alive(parameters, row);
  }
}

/* Where times are periods, t is whole; within what a probability of counts allows. */
LOYI_LOCAL loy_status loyi_prediction_check_periods(const loy_prediction *what, loy_error *error) {
  const char *message = LOYI_BGBB_HORIZON_MUST;
  int good = 1;
  switch (what->quantity) {
  case LOY_PREDICT_ALIVE:
  case LOY_PREDICT_DECT: good = loyi_bgbb_is_ahead(what->t, 1); break;
  case LOY_PREDICT_PURCHASES:
    good = loyi_bgbb_is_ahead(what->t, 0);
    message = LOYI_BGBB_AHEAD_MUST;
    break;
  case LOY_PREDICT_PROBABILITY:
    good = loyi_bgbb_count_check(0.0, 0.0, what->t, NULL) == LOY_OK;
    message = LOYI_BGBB_LENGTH_MUST;
    break;
  default: break;
  }
  return good ? LOY_OK : loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, message);
}

LOYI_LOCAL loy_status loyi_prediction_check_numbers(const loy_prediction *what, loy_error *error) {
  switch (what->quantity) {
  case LOY_PREDICT_ALIVE:
    if (!loyi_is_horizon(what->t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
    return LOY_OK;
  case LOY_PREDICT_DERT:
    if (!loyi_is_quantity(what->delta))
      return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
    return LOY_OK;
  case LOY_PREDICT_DECT: return loyi_history_discount_check(what->delta, what->t, error);
  case LOY_PREDICT_PROBABILITY:
    if (!loyi_is_count(what->n)) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_COUNT_MUST);
    break;
  case LOY_PREDICT_PURCHASES: break;
  case LOY_PREDICT_DERL:
  case LOY_PREDICT_ELASTICITY: return loyi_contract_check_value(1.0, what->delta, what->t, error);
  case LOY_PREDICT_DEL:
  case LOY_PREDICT_EXPECTED_ELASTICITY: return loyi_contract_check_value(1.0, what->delta, HUGE_VAL, error);
  default: return LOY_OK;
  }
  if (!loyi_is_zero_or_quantity(what->t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

/* Names the columns of the question and takes them from `rows`. */
LOYI_LOCAL void loyi_prediction_columns(loyi_prediction_ask *ask, const loy_prediction_rows *rows,
                                        const char *names[LOYI_PREDICTION_COLUMNS]) {
  ask->columns = 3;
  if (ask->kind == LOY_MODEL_GAMMA_GAMMA) {
    ask->columns = 2;
    names[0] = "x";
    names[1] = "z";
    ask->column[0] = rows->x;
    ask->column[1] = rows->z;
  } else if (loyi_prediction_of_contract(ask->kind)) {
    ask->columns = ask->quantity == LOY_PREDICT_SURVIVAL || ask->quantity == LOY_PREDICT_CHURN ? 2 : 1;
    names[0] = ask->quantity == LOY_PREDICT_DEL ? "t1" : "n";
    names[1] = "t1";
    ask->column[0] = ask->quantity == LOY_PREDICT_DEL ? rows->t1 : rows->n;
    ask->column[1] = rows->t1;
  } else if (ask->quantity == LOY_PREDICT_NEW_PURCHASES) {
    ask->columns = 1;
    names[0] = "t1";
    ask->column[0] = rows->t1;
  } else if (ask->quantity == LOY_PREDICT_NEW_PROBABILITY) {
    ask->columns = 2;
    names[0] = "n";
    names[1] = "t1";
    ask->column[0] = rows->n;
    ask->column[1] = rows->t1;
  } else if (ask->quantity == LOY_PREDICT_NEW_INTERVAL) {
    names[0] = "n";
    names[1] = "t0";
    names[2] = "t1";
    ask->column[0] = rows->n;
    ask->column[1] = rows->t0;
    ask->column[2] = rows->t1;
  } else {
    names[0] = "x";
    names[1] = "t_x";
    names[2] = "T";
    ask->column[0] = rows->x;
    ask->column[1] = rows->t_x;
    ask->column[2] = rows->T;
  }
}

LOYI_SHARED loy_status loyi_prediction_open(const loy_model *model, const loy_prediction *what,
                                            const loy_prediction_rows *rows, size_t n, loyi_prediction_ask *ask,
                                            loy_error *error) {
  const char *names[LOYI_PREDICTION_COLUMNS] = {NULL, NULL, NULL};
  const loyi_model_calls *calls;
  loy_prediction_rows none;
  loy_status status;
  status = loyi_model_calls_check(model, &calls, error);
  if (status != LOY_OK) return status;
  if (!what || what->struct_size < sizeof *what)
    return loyi_report(error, LOY_ERR_ARGUMENT, "what", LOY_NO_INDEX, "must be filled by loy_prediction_init");
  if (what->quantity < (int)LOY_PREDICT_ALIVE || what->quantity > (int)LOY_PREDICT_EXPECTED_ELASTICITY)
    return loyi_report(error, LOY_ERR_ARGUMENT, "quantity", LOY_NO_INDEX, "must be a loy_prediction_quantity");
  if (!loyi_prediction_has(model->kind, what->quantity))
    return loyi_report(error, LOY_ERR_ARGUMENT, "quantity", LOY_NO_INDEX, "must be a quantity of this model");
  status = loyi_prediction_check_numbers(what, error);
  if (status == LOY_OK && calls->periods) status = loyi_prediction_check_periods(what, error);
  if (status != LOY_OK) return status;
  if (what->threads < 0) return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (!rows && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "rows", LOY_NO_INDEX, "must not be NULL");
  ask->kind = model->kind;
  ask->quantity = what->quantity;
  ask->t = what->t;
  ask->delta = what->delta;
  ask->n = what->n;
  ask->probability = what->quantity == LOY_PREDICT_ALIVE || what->quantity == LOY_PREDICT_PROBABILITY ||
                     what->quantity == LOY_PREDICT_NEW_PROBABILITY || what->quantity == LOY_PREDICT_NEW_INTERVAL ||
                     what->quantity == LOY_PREDICT_SURVIVAL || what->quantity == LOY_PREDICT_CHURN ||
                     what->quantity == LOY_PREDICT_RETENTION ||
                     (what->quantity == LOY_PREDICT_DROPOUT &&
                      (model->kind == LOY_MODEL_BGNBD || model->kind == LOY_MODEL_MBGNBD ||
                       model->kind == LOY_MODEL_BGCNBD || model->kind == LOY_MODEL_MBGCNBD ||
                       model->kind == LOY_MODEL_BGBB || loyi_prediction_of_contract(model->kind))) ||
                     (what->quantity == LOY_PREDICT_RATE && model->kind == LOY_MODEL_BGBB);
  memcpy(ask->parameters, model->parameters, sizeof ask->parameters);
  loy_prediction_rows_init(&none);
  loyi_prediction_columns(ask, rows ? rows : &none, names);
  for (int i = 0; i < ask->columns; i++)
    if (n > 0 && !ask->column[i])
      return loyi_report(error, LOY_ERR_ARGUMENT, names[i], LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_SHARED void loyi_prediction_take(const loyi_prediction_ask *ask, size_t i, double *row) {
  for (int j = 0; j < ask->columns; j++) row[j] = ask->column[j][i];
}

/* A row of BG/BB. */
LOYI_LOCAL loy_status loyi_prediction_check_periods_row(const loyi_prediction_ask *ask, const double *row,
                                                        loy_error *error) {
  const char *message = LOYI_BGBB_AHEAD_MUST, *argument = "t1";
  switch (ask->quantity) {
  case LOY_PREDICT_NEW_PURCHASES:
    if (loyi_bgbb_is_ahead(row[0], 0)) return LOY_OK;
    break;
  case LOY_PREDICT_NEW_PROBABILITY: return loyi_bgbb_count_check(row[0], 0.0, row[1], error);
  case LOY_PREDICT_NEW_INTERVAL: return loyi_bgbb_count_check(row[0], row[1], row[2], error);
  default: argument = loyi_bgbb_history_wrong(row[0], row[1], row[2], &message);
  }
  return argument ? loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message) : LOY_OK;
}

LOYI_LOCAL loy_status loyi_prediction_check_contract(const loyi_prediction_ask *ask, const double *row,
                                                     loy_error *error) {
  int del = ask->quantity == LOY_PREDICT_DEL;
  if (!del && !loyi_is_period(row[0])) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_PERIOD_MUST);
  if (del && !loyi_is_periods(row[0])) return loyi_report(error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX, LOYI_PERIODS_MUST);
  if (ask->columns > 1 && !loyi_is_count(row[1]))
    return loyi_report(error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX, LOYI_COUNT_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_prediction_check_row(const loyi_prediction_ask *ask, const double *row, loy_error *error) {
  loy_gamma_gamma_params spend;
  const char *message, *argument;
  if (ask->kind == LOY_MODEL_GAMMA_GAMMA) {
    spend = loyi_prediction_spend_params(ask->parameters);
    return loy_gamma_gamma_check(&spend, row[0], row[1], error);
  }
  if (ask->kind == LOY_MODEL_BGBB) return loyi_prediction_check_periods_row(ask, row, error);
  if (loyi_prediction_of_contract(ask->kind)) return loyi_prediction_check_contract(ask, row, error);
  if (ask->quantity == LOY_PREDICT_NEW_PURCHASES) return loyi_history_count_check(0.0, 0.0, row[0], error);
  if (ask->quantity == LOY_PREDICT_NEW_PROBABILITY) return loyi_history_count_check(row[0], 0.0, row[1], error);
  if (ask->quantity == LOY_PREDICT_NEW_INTERVAL) return loyi_history_count_check(row[0], row[1], row[2], error);
  argument = loyi_history_wrong(row[0], row[1], row[2], &message);
  return argument ? loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message) : LOY_OK;
}

LOYI_SHARED void loyi_prediction_count_bad(const loyi_prediction_ask *ask, size_t n, loy_batch_report *report) {
  loyi_batch_begin(report);
  if (!report) return;
  for (size_t i = 0; i < n; i++) {
    double row[LOYI_PREDICTION_COLUMNS];
    loy_error bad;
    loyi_prediction_take(ask, i, row);
    if (loyi_prediction_check_row(ask, row, &bad) == LOY_OK) continue;
    bad.index = i;
    loyi_batch_bad(report, i, &bad);
  }
}

LOYI_SHARED loy_status loyi_prediction_finite(const loyi_prediction_ask *ask, const double *out, size_t n,
                                              loy_error *error) {
  for (size_t i = 0; i < n; i++) {
    loy_status status;
    if (!isinf(out[i])) continue;
    if (!loyi_prediction_of_contract(ask->kind))
      return loyi_report(error, LOY_NOTICE_DIVERGES, "q", i,
                         "the expected spend is infinite because p x + q is not greater than 1");
    status = loyi_contract_finite(out[i], error);
    if (error) error->index = i;
    return status;
  }
  return loyi_ok(error);
}

typedef struct loyi_prediction_job {
  const loyi_prediction_ask *ask;
  size_t n;
  double *out;
} loyi_prediction_job;

LOYI_LOCAL void loyi_prediction_block(void *ctx, size_t block) {
  const loyi_prediction_job *job = (const loyi_prediction_job *)ctx;
  size_t from = block * LOYI_PREDICTION_ROWS;
  size_t to = job->n - from < LOYI_PREDICTION_ROWS ? job->n : from + LOYI_PREDICTION_ROWS;
  for (size_t i = from; i < to; i++) {
    double row[LOYI_PREDICTION_COLUMNS];
    loyi_prediction_take(job->ask, i, row);
    job->out[i] = loyi_prediction_answer(job->ask, job->ask->parameters, row);
  }
}

LOYALTY_API loy_status loy_prediction_batch(const loy_model *model, const loy_prediction *what,
                                            const loy_prediction_rows *rows, size_t n, double *out,
                                            loy_batch_report *report, loy_error *error) {
  loyi_prediction_ask ask;
  loyi_prediction_job job;
  loy_status status = loyi_prediction_open(model, what, rows, n, &ask, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_prediction_count_bad(&ask, n, report);
  job.ask = &ask;
  job.n = n;
  job.out = out;
  loyi_parallel(loyi_prediction_block, &job, n / LOYI_PREDICTION_ROWS + (n % LOYI_PREDICTION_ROWS != 0), what->threads);
  return loyi_prediction_finite(&ask, out, n, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PREDICTION_INL_H */
