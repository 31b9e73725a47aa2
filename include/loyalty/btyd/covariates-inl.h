/* covariates-inl.h: body of covariates.h. */
#ifndef LOYALTY_BTYD_COVARIATES_INL_H
#define LOYALTY_BTYD_COVARIATES_INL_H

#include "covariates.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "bgnbd.h"
#include "bgnbd_simulate.h"
#include "ggomnbd.h"
#include "history.h"
#include "mbgnbd.h"
#include "model_calls.h"
#include "nbd.h"
#include "pnbd.h"

/* Behind the headers that they are bodies of. */
#include "betageo_simulate-inl.h"
#include "purchase_lifetime_simulate-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC((int)LOY_COVARIATE_ESTIMATES_MOST == (int)LOY_MODEL_PARAMETERS_MOST + (int)LOY_COVARIATES_MOST,
                   "room for all estimates");

/* Rows of one unit of work. */
enum { LOYI_COVARIATE_ROWS = 64 };

LOYALTY_API void loy_covariates_init(loy_covariates *covariates) {
  if (covariates) memset(covariates, 0, sizeof *covariates);
}

LOYALTY_API void loy_covariate_model_init(loy_covariate_model *model, int kind, size_t transactions, size_t dropouts) {
  if (!model) return;
  loy_model_init(&model->base, kind);
  model->transactions = transactions;
  model->dropouts = dropouts;
  for (size_t j = 0; j < LOY_COVARIATES_MOST; j++) {
    model->coefficients[j] = NAN;
    model->same[j] = -1;
  }
  for (size_t k = 0; k < LOY_COVARIATE_ESTIMATES_MOST * LOY_COVARIATE_ESTIMATES_MOST; k++) model->covariance[k] = NAN;
}

LOYI_SHARED loyi_covariate_signs loyi_covariate_sign(int kind, size_t index) {
  loyi_covariate_signs signs = {0.0, 0.0};
  if (index == 1) signs.transaction = -1.0;
  if ((kind == LOY_MODEL_BGNBD || kind == LOY_MODEL_MBGNBD) && index >= 2) signs.dropout = 1.0;
  if ((kind == LOY_MODEL_PNBD && index == 3) || (kind == LOY_MODEL_GGOMNBD && index == 4)) signs.dropout = -1.0;
  return signs;
}

LOYI_SHARED loy_status loyi_covariate_counts_check(int kind, size_t transactions, size_t dropouts, loy_error *error) {
  if (kind != LOY_MODEL_BGNBD && kind != LOY_MODEL_MBGNBD && kind != LOY_MODEL_PNBD && kind != LOY_MODEL_NBD &&
      kind != LOY_MODEL_GGOMNBD)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be bgnbd, mbgnbd, pnbd, nbd or ggomnbd");
  if (transactions > LOY_COVARIATES_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "transactions", LOY_NO_INDEX, "must be at most 24 covariates");
  if (dropouts > LOY_COVARIATES_MOST - transactions)
    return loyi_report(error, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX,
                       "must be at most 24 covariates, those of transactions included");
  if (kind == LOY_MODEL_NBD && dropouts > 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX, "must be none: by NBD nobody stops");
  return LOY_OK;
}

LOYALTY_API loy_status loy_covariate_model_check(const loy_covariate_model *model, loy_error *error) {
  loy_status status;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  status = loyi_covariate_counts_check(model->base.kind, model->transactions, model->dropouts, error);
  if (status != LOY_OK) return status;
  for (size_t j = 0; j < model->dropouts; j++)
    if (model->same[j] < -1 || (model->same[j] >= 0 && (size_t)model->same[j] >= model->transactions))
      return loyi_report(error, LOY_ERR_ARGUMENT, "same", j, "must be the number of a transaction covariate, or -1");
  status = loyi_model_calls_of(model->base.kind)->check(model->base.parameters, error);
  if (status != LOY_OK) return status;
  for (size_t j = 0; j < model->transactions + model->dropouts; j++)
    if (!isfinite(model->coefficients[j]))
      return loyi_report(error, LOY_ERR_DOMAIN, "coefficients", j, "must be finite");
  for (size_t j = 0; j < model->dropouts; j++)
    if (model->same[j] >= 0 &&
        model->coefficients[model->transactions + j] != model->coefficients[(size_t)model->same[j]])
      return loyi_report(error, LOY_ERR_DOMAIN, "coefficients", model->transactions + j,
                         "must be the same as that of the transaction covariate");
  return loyi_ok(error);
}

LOYALTY_API size_t loy_covariate_free_count(const loy_covariate_model *model) {
  size_t count = model ? model->transactions : 0;
  for (size_t j = 0; model && j < model->dropouts && j < LOY_COVARIATES_MOST; j++) count += model->same[j] < 0;
  return count;
}

LOYI_SHARED const char *loyi_covariate_name(const loy_covariates *covariates, size_t j) {
  size_t own = j - covariates->transactions;
  if (j < covariates->transactions)
    return covariates->transaction_names && covariates->transaction_names[j] ? covariates->transaction_names[j]
                                                                             : "transaction";
  return covariates->dropout_names && covariates->dropout_names[own] ? covariates->dropout_names[own] : "dropout";
}

LOYI_SHARED const double *loyi_covariate_column(const loy_covariates *covariates, size_t j) {
  return j < covariates->transactions ? covariates->transaction[j] : covariates->dropout[j - covariates->transactions];
}

LOYI_SHARED loy_status loyi_covariate_columns_check(const loy_covariates *covariates, size_t transactions,
                                                    size_t dropouts, size_t n, loy_error *error) {
  if (!covariates ? transactions + dropouts > 0
                  : covariates->transactions != transactions || covariates->dropouts != dropouts)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX, "must be as many as the model has");
  if (n == 0 || !covariates) return LOY_OK;
  if ((transactions > 0 && !covariates->transaction) || (dropouts > 0 && !covariates->dropout))
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX, "must have columns");
  for (size_t j = 0; j < transactions + dropouts; j++)
    if (!loyi_covariate_column(covariates, j))
      return loyi_report(error, LOY_ERR_ARGUMENT, "covariates", j, "must not be NULL");
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_covariate_model_columns_check(const loy_covariate_model *model,
                                                          const loy_covariates *covariates, size_t n,
                                                          loy_error *error) {
  loy_status status = loy_covariate_model_check(model, error);
  if (status != LOY_OK) return status;
  return loyi_covariate_columns_check(covariates, model->transactions, model->dropouts, n, error);
}

LOYI_SHARED loy_status loyi_covariate_row(const loy_covariate_model *model, const loy_covariates *covariates, size_t i,
                                          double *parameters, loy_error *error) {
  size_t count = loy_model_parameter_count(model->base.kind), q = model->transactions + model->dropouts;
  double transaction = 0.0, dropout = 0.0;
  loy_status status;
  for (size_t p = 0; p < count; p++) parameters[p] = NAN;
  for (size_t j = 0; j < q; j++) {
    double z = loyi_covariate_column(covariates, j)[i];
    if (!loyi_is_covariate(z))
      return loyi_report(error, LOY_ERR_DOMAIN, loyi_covariate_name(covariates, j), i, LOYI_COVARIATE_MUST);
    *(j < model->transactions ? &transaction : &dropout) += model->coefficients[j] * z;
  }
  for (size_t p = 0; p < count; p++) {
    loyi_covariate_signs signs = loyi_covariate_sign(model->base.kind, p);
    double exponent = signs.transaction * transaction + signs.dropout * dropout;
    /* exp(0) is 1, whatever its sign, and leaves every bit. */
    parameters[p] = model->base.parameters[p] * loyi_exp(exponent);
  }
  status = loyi_model_calls_of(model->base.kind)->check(parameters, error);
  if (status == LOY_OK) return LOY_OK;
  for (size_t p = 0; p < count; p++) parameters[p] = NAN;
  if (error) error->index = i;
  return status;
}

LOYALTY_API loy_status loy_covariate_parameters_batch(const loy_covariate_model *model,
                                                      const loy_covariates *covariates, size_t n, double *out,
                                                      loy_batch_report *report, loy_error *error) {
  size_t count;
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  count = loy_model_parameter_count(model->base.kind);
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double parameters[LOY_MODEL_PARAMETERS_MOST];
    loy_error bad;
    if (loyi_covariate_row(model, covariates, i, parameters, &bad) != LOY_OK) loyi_batch_bad(report, i, &bad);
    for (size_t p = 0; p < count; p++) out[p * n + i] = parameters[p];
  }
  return loyi_ok(error);
}

/* A job over rows with their own parameters. The row's function gets them when they are in range. */
typedef struct loyi_covariate_job {
  const loy_covariate_model *model;
  const loy_covariates *covariates;
  const double *x, *t_x, *T;
  size_t n;
  uint64_t seed;
  double *out, *second, *third;
} loyi_covariate_job;

LOYI_LOCAL double loyi_covariate_loglik(int kind, const double *parameters, double x, double t_x, double T) {
  loy_bgnbd_params betageo;
  loy_pnbd_params pnbd;
  loy_nbd_params nbd;
  loy_ggomnbd_params ggomnbd;
  switch (kind) {
  case LOY_MODEL_PNBD: memcpy(&pnbd, parameters, sizeof pnbd); return loy_pnbd_loglik(&pnbd, x, t_x, T);
  case LOY_MODEL_NBD: memcpy(&nbd, parameters, sizeof nbd); return loy_nbd_loglik(&nbd, x, t_x, T);
  case LOY_MODEL_GGOMNBD: memcpy(&ggomnbd, parameters, sizeof ggomnbd); return loy_ggomnbd_loglik(&ggomnbd, x, t_x, T);
  default: memcpy(&betageo, parameters, sizeof betageo); break;
  }
  return kind == LOY_MODEL_MBGNBD ? loy_mbgnbd_loglik(&betageo, x, t_x, T) : loy_bgnbd_loglik(&betageo, x, t_x, T);
}

LOYI_LOCAL void loyi_covariate_loglik_block(void *ctx, size_t block) {
  const loyi_covariate_job *job = (const loyi_covariate_job *)ctx;
  size_t from = block * LOYI_COVARIATE_ROWS;
  size_t to = job->n - from < LOYI_COVARIATE_ROWS ? job->n : from + LOYI_COVARIATE_ROWS;
  for (size_t i = from; i < to; i++) {
    double parameters[LOY_MODEL_PARAMETERS_MOST];
    job->out[i] = loyi_covariate_row(job->model, job->covariates, i, parameters, NULL) == LOY_OK
                      ? loyi_covariate_loglik(job->model->base.kind, parameters, job->x[i], job->t_x[i], job->T[i])
                      : (double)NAN;
  }
}

/* The report of a batch over histories (x NULL: none), made before any output is written. */
LOYI_LOCAL void loyi_covariate_count_bad(const loyi_covariate_job *job, loy_batch_report *report) {
  loyi_batch_begin(report);
  for (size_t i = 0; report && i < job->n; i++) {
    double parameters[LOY_MODEL_PARAMETERS_MOST];
    const char *message, *wrong = job->x ? loyi_history_wrong(job->x[i], job->t_x[i], job->T[i], &message) : NULL;
    loy_error bad;
    if (wrong) {
      (void)loyi_report(&bad, LOY_ERR_DOMAIN, wrong, i, message);
      loyi_batch_bad(report, i, &bad);
    } else if (loyi_covariate_row(job->model, job->covariates, i, parameters, &bad) != LOY_OK) {
      loyi_batch_bad(report, i, &bad);
    }
  }
}

LOYALTY_API loy_status loy_covariate_loglik_batch(const loy_covariate_model *model, const loy_covariates *covariates,
                                                  const double *x, const double *t_x, const double *T, size_t n,
                                                  int threads, double *out, loy_batch_report *report,
                                                  loy_error *error) {
  loyi_covariate_job job;
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  if (status == LOY_OK) status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (threads < 0) return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  memset(&job, 0, sizeof job);
  job.model = model;
  job.covariates = covariates;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.out = out;
  loyi_covariate_count_bad(&job, report);
  loyi_parallel(loyi_covariate_loglik_block, &job, n / LOYI_COVARIATE_ROWS + (n % LOYI_COVARIATE_ROWS != 0), threads);
  return loyi_ok(error);
}

/* One customer drawn at their own parameters. */
LOYI_LOCAL void loyi_covariate_draw(int kind, const double *parameters, double T, uint64_t seed, size_t i,
                                    loyi_draw *draw) {
  loyi_purchase_model purchase;
  loy_bgnbd_params betageo;
  loyi_betageo_law law;
  purchase.r = parameters[0];
  purchase.alpha = parameters[1];
  switch (kind) {
  case LOY_MODEL_NBD: purchase.life = loyi_lifetime_make(LOYI_LIFETIME_ENDLESS, 1.0, 1.0, 1.0); break;
  case LOY_MODEL_PNBD:
    purchase.life = loyi_lifetime_make(LOYI_LIFETIME_PARETO, parameters[2], parameters[3], 1.0);
    break;
  case LOY_MODEL_GGOMNBD:
    purchase.life = loyi_lifetime_make(LOYI_LIFETIME_GOMPERTZ, parameters[3], parameters[4], parameters[2]);
    break;
  default:
    memcpy(&betageo, parameters, sizeof betageo);
    law.at_zero = kind == LOY_MODEL_MBGNBD ? 1.0 : 0.0;
    law.params = &betageo;
    loyi_draws_one(loyi_betageo_draw_one, &law, T, seed, i, draw);
    return;
  }
  loyi_draws_one(loyi_purchase_draw, &purchase, T, seed, i, draw);
}

LOYI_LOCAL void loyi_covariate_draw_block(void *ctx, size_t block) {
  const loyi_covariate_job *job = (const loyi_covariate_job *)ctx;
  size_t from = block * LOYI_COVARIATE_ROWS;
  size_t to = job->n - from < LOYI_COVARIATE_ROWS ? job->n : from + LOYI_COVARIATE_ROWS;
  for (size_t i = from; i < to; i++) {
    double parameters[LOY_MODEL_PARAMETERS_MOST];
    loyi_draw draw;
    draw.x = draw.t_x = draw.alive = NAN;
    if (loyi_covariate_row(job->model, job->covariates, i, parameters, NULL) == LOY_OK)
      loyi_covariate_draw(job->model->base.kind, parameters, job->T[i], job->seed, i, &draw);
    job->out[i] = draw.x;
    job->second[i] = draw.t_x;
    if (job->third) job->third[i] = draw.alive;
  }
}

LOYALTY_API loy_status loy_covariate_simulate(const loy_covariate_model *model, const loy_covariates *covariates,
                                              const double *T, size_t n, uint64_t seed, int threads, double *x,
                                              double *t_x, double *alive, loy_batch_report *report, loy_error *error) {
  const char *argument = NULL;
  loyi_covariate_job job;
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  if (threads < 0) return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (n > 0 && !t_x) argument = "t_x";
  if (n > 0 && !x) argument = "x";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_history_lengths_check(T, n, error);
  if (status != LOY_OK) return status;
  memset(&job, 0, sizeof job);
  job.model = model;
  job.covariates = covariates;
  job.T = T;
  job.n = n;
  job.seed = seed;
  job.out = x;
  job.second = t_x;
  job.third = alive;
  loyi_covariate_count_bad(&job, report);
  loyi_parallel(loyi_covariate_draw_block, &job, n / LOYI_COVARIATE_ROWS + (n % LOYI_COVARIATE_ROWS != 0), threads);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATES_INL_H */
