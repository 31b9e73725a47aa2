/* covariate_prediction-inl.h: body of covariate_prediction.h. The text is that of prediction-inl.h and its neighbours,
 * asked for one row at a time with that row's parameters. */
#ifndef LOYALTY_BTYD_COVARIATE_PREDICTION_INL_H
#define LOYALTY_BTYD_COVARIATE_PREDICTION_INL_H

#include "covariate_prediction.h"

#include <math.h>
#include <string.h>

#include "covariates-inl.h"
#include "prediction-inl.h"
#include "prediction_interval-inl.h"
#include "purchase_interval-inl.h"

LOY_BEGIN_DECLS

/* The checks of the batches but the last. */
LOYI_LOCAL loy_status loyi_covariate_ask(const loy_covariate_model *model, const loy_prediction *what,
                                         const loy_prediction_rows *rows, const loy_covariates *covariates, size_t n,
                                         loyi_prediction_ask *ask, loy_error *error) {
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  return status != LOY_OK ? status : loyi_prediction_open(&model->base, what, rows, n, ask, error);
}

/* Bad rows, those of the question first. */
LOYI_LOCAL void loyi_covariate_ask_report(const loy_covariate_model *model, const loy_covariates *covariates,
                                          const loyi_prediction_ask *ask, size_t n, loy_batch_report *report) {
  loyi_batch_begin(report);
  for (size_t i = 0; report && i < n; i++) {
    double row[LOYI_PREDICTION_COLUMNS], parameters[LOY_MODEL_PARAMETERS_MOST];
    loy_error bad;
    loyi_prediction_take(ask, i, row);
    if (loyi_prediction_check_row(ask, row, &bad) == LOY_OK &&
        loyi_covariate_row(model, covariates, i, parameters, &bad) == LOY_OK)
      continue;
    bad.index = i;
    loyi_batch_bad(report, i, &bad);
  }
}

typedef struct loyi_covariate_prediction_job {
  const loy_covariate_model *model;
  const loy_covariates *covariates;
  const loyi_prediction_ask *ask;
  size_t n;
  double *out;
} loyi_covariate_prediction_job;

LOYI_LOCAL void loyi_covariate_prediction_block(void *ctx, size_t block) {
  const loyi_covariate_prediction_job *job = (const loyi_covariate_prediction_job *)ctx;
  size_t from = block * LOYI_COVARIATE_ROWS;
  size_t to = job->n - from < LOYI_COVARIATE_ROWS ? job->n : from + LOYI_COVARIATE_ROWS;
  for (size_t i = from; i < to; i++) {
    double row[LOYI_PREDICTION_COLUMNS], parameters[LOY_MODEL_PARAMETERS_MOST];
    loyi_prediction_take(job->ask, i, row);
    job->out[i] = loyi_covariate_row(job->model, job->covariates, i, parameters, NULL) == LOY_OK
                      ? loyi_prediction_answer(job->ask, parameters, row)
                      : (double)NAN;
  }
}

LOYALTY_API loy_status loy_covariate_prediction_batch(const loy_covariate_model *model, const loy_prediction *what,
                                                      const loy_prediction_rows *rows, const loy_covariates *covariates,
                                                      size_t n, double *out, loy_batch_report *report,
                                                      loy_error *error) {
  loyi_prediction_ask ask;
  loyi_covariate_prediction_job job;
  loy_status status = loyi_covariate_ask(model, what, rows, covariates, n, &ask, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_covariate_ask_report(model, covariates, &ask, n, report);
  job.model = model;
  job.covariates = covariates;
  job.ask = &ask;
  job.n = n;
  job.out = out;
  loyi_parallel(loyi_covariate_prediction_block, &job, n / LOYI_COVARIATE_ROWS + (n % LOYI_COVARIATE_ROWS != 0),
                what->threads);
  return loyi_ok(error);
}

/* Intervals. */

typedef struct loyi_covariate_unsure {
  const loy_covariate_model *model;
  const loy_covariates *covariates;
  loyi_unsure of;
  size_t count;   /* estimates */
  double *spread; /* the covariance of logarithms of parameters and of coefficients, by rows; 0 for what is known */
  size_t n;
  double *estimate, *std_error, *lower, *upper;
} loyi_covariate_unsure;

/* LOY_OK, or LOY_ERR_STATE or LOY_ERR_DOMAIN covariance. */
LOYI_LOCAL loy_status loyi_covariate_spread_check(const loy_covariate_model *model, loyi_covariate_unsure *all,
                                                  loy_error *error) {
  size_t m = loy_model_parameter_count(model->base.kind), count = m + model->transactions + model->dropouts;
  size_t unknown = 0;
  all->count = count;
  all->of.count = m;
  all->of.at_bound = LOY_NO_INDEX;
  for (size_t p = 0; p < m; p++) all->of.known[p] = 0;
  for (size_t i = 0; i < count; i++) {
    int known = !model->base.has_covariance || isnan(model->covariance[i * count + i]);
    unknown += !known;
    if (known && all->of.at_bound == LOY_NO_INDEX) all->of.at_bound = i;
  }
  if (unknown == 0)
    return loyi_report(error, LOY_ERR_STATE, "covariance", LOY_NO_INDEX,
                       "the model has none: only parameters that were fitted have standard errors");
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) {
      double entry = model->covariance[i * count + j];
      double by = (i < m ? model->base.parameters[i] : 1.0), too = (j < m ? model->base.parameters[j] : 1.0);
      all->spread[i * count + j] = 0.0;
      if (isnan(model->covariance[i * count + i]) || isnan(model->covariance[j * count + j])) continue;
      if (!isfinite(entry) || (i == j && entry < 0.0))
        return loyi_report(error, LOY_ERR_DOMAIN, "covariance", i * count + j,
                           "must be finite, and not negative on the diagonal");
      all->spread[i * count + j] = entry / by / too;
    }
  return LOY_OK;
}

/* The covariance of the logarithms of a row's parameters, into of->covariance. */
LOYI_LOCAL void loyi_covariate_row_spread(const loyi_covariate_unsure *all, size_t i, loyi_unsure *of) {
  double moves[LOY_MODEL_PARAMETERS_MOST][LOY_COVARIATE_ESTIMATES_MOST], half[LOY_COVARIATE_ESTIMATES_MOST];
  size_t m = of->count, count = all->count;
  for (size_t p = 0; p < m; p++) {
    loyi_covariate_signs signs = loyi_covariate_sign(all->model->base.kind, p);
    for (size_t s = 0; s < m; s++) moves[p][s] = p == s ? 1.0 : 0.0;
    for (size_t j = 0; j < count - m; j++)
      moves[p][m + j] = (j < all->model->transactions ? signs.transaction : signs.dropout) *
                        loyi_covariate_column(all->covariates, j)[i];
  }
  for (size_t p = 0; p < m; p++) {
    for (size_t t = 0; t < count; t++) {
      half[t] = 0.0;
      for (size_t s = 0; s < count; s++) half[t] += moves[p][s] * all->spread[s * count + t];
    }
    for (size_t q = 0; q < m; q++) {
      double sum = 0.0;
      for (size_t t = 0; t < count; t++) sum += half[t] * moves[q][t];
      of->covariance[p * m + q] = sum;
    }
  }
}

LOYI_LOCAL void loyi_covariate_unsure_block(void *ctx, size_t block) {
  const loyi_covariate_unsure *all = (const loyi_covariate_unsure *)ctx;
  size_t from = block * LOYI_COVARIATE_ROWS;
  size_t to = all->n - from < LOYI_COVARIATE_ROWS ? all->n : from + LOYI_COVARIATE_ROWS;
  loyi_unsure of = all->of;
  for (size_t i = from; i < to; i++) {
    double row[LOYI_PREDICTION_COLUMNS];
    if (loyi_covariate_row(all->model, all->covariates, i, of.ask.parameters, NULL) != LOY_OK) {
      all->estimate[i] = all->std_error[i] = all->lower[i] = all->upper[i] = NAN;
      continue;
    }
    loyi_covariate_row_spread(all, i, &of);
    loyi_prediction_take(&of.ask, i, row);
    loyi_unsure_row(&of, row, &all->estimate[i], &all->std_error[i], &all->lower[i], &all->upper[i]);
  }
}

LOYALTY_API loy_status loy_covariate_interval_batch(const loy_covariate_model *model, const loy_prediction *what,
                                                    const loy_prediction_rows *rows, const loy_covariates *covariates,
                                                    size_t n, double level, double *estimate, double *std_error,
                                                    double *lower, double *upper, loy_batch_report *report,
                                                    loy_error *error) {
  double spread[LOY_COVARIATE_ESTIMATES_MOST * LOY_COVARIATE_ESTIMATES_MOST];
  const char *argument = NULL;
  loyi_covariate_unsure all;
  loy_status status = loyi_covariate_ask(model, what, rows, covariates, n, &all.of.ask, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  all.spread = spread;
  status = loyi_covariate_spread_check(model, &all, error);
  if (status != LOY_OK) return status;
  if (!upper) argument = "upper";
  if (!lower) argument = "lower";
  if (!std_error) argument = "std_error";
  if (!estimate) argument = "estimate";
  if (argument && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  all.of.reach = -loyi_normal_quantile(0.5 * (1.0 - level));
  all.model = model;
  all.covariates = covariates;
  all.n = n;
  all.estimate = estimate;
  all.std_error = std_error;
  all.lower = lower;
  all.upper = upper;
  loyi_covariate_ask_report(model, covariates, &all.of.ask, n, report);
  loyi_parallel(loyi_covariate_unsure_block, &all, n / LOYI_COVARIATE_ROWS + (n % LOYI_COVARIATE_ROWS != 0),
                what->threads);
  if (all.of.at_bound == LOY_NO_INDEX) return loyi_ok(error);
  return loyi_report(error, LOY_NOTICE_AT_BOUND, "covariance", all.of.at_bound,
                     "an estimate at the edge of its range has no standard error and counts as known");
}

/* Numbers of purchases. */

typedef struct loyi_covariate_count_job {
  const loy_covariate_model *model;
  const loy_covariates *covariates;
  const double *x, *t_x, *T;
  size_t n;
  double t, tail, *lower, *upper;
} loyi_covariate_count_job;

LOYI_LOCAL void loyi_covariate_purchases_block(void *ctx, size_t block) {
  const loyi_covariate_count_job *job = (const loyi_covariate_count_job *)ctx;
  size_t from = block * LOYI_COVARIATE_ROWS;
  size_t to = job->n - from < LOYI_COVARIATE_ROWS ? job->n : from + LOYI_COVARIATE_ROWS;
  loy_model own;
  loyi_count_ask ask;
  loyi_count_job one;
  loy_model_init(&own, job->model->base.kind);
  for (size_t i = from; i < to; i++) {
    job->lower[i] = job->upper[i] = NAN;
    if (loyi_covariate_row(job->model, job->covariates, i, own.parameters, NULL) != LOY_OK ||
        loyi_count_model(&own, &ask, NULL) != LOY_OK)
      continue;
    ask.t = job->t;
    ask.tail = job->tail;
    ask.body = 1.0 - job->tail;
    one.ask = &ask;
    one.x = job->x + i;
    one.t_x = job->t_x + i;
    one.T = job->T + i;
    one.n = 1;
    one.lower = job->lower + i;
    one.upper = job->upper + i;
    loyi_count_block(&one, 0);
  }
}

LOYALTY_API loy_status loy_covariate_purchase_interval_batch(const loy_covariate_model *model,
                                                             const loy_covariates *covariates, const double *x,
                                                             const double *t_x, const double *T, size_t n, double t,
                                                             double level, const loy_purchase_options *options,
                                                             double *lower, double *upper, loy_batch_report *report,
                                                             loy_error *error) {
  loyi_covariate_job rows;
  loyi_covariate_count_job job;
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  if (status == LOY_OK) status = loyi_count_check(0, x, t_x, T, n, t, level, options, lower, upper, error);
  if (status != LOY_OK) return status;
  memset(&rows, 0, sizeof rows);
  rows.model = model;
  rows.covariates = covariates;
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  rows.n = n;
  loyi_covariate_count_bad(&rows, report);
  job.model = model;
  job.covariates = covariates;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.t = t;
  job.tail = 0.5 * (1.0 - level);
  job.lower = lower;
  job.upper = upper;
  loyi_parallel(loyi_covariate_purchases_block, &job, n / LOYI_COVARIATE_ROWS + (n % LOYI_COVARIATE_ROWS != 0),
                options ? options->threads : 1);
  return loyi_count_finite(upper, n, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_PREDICTION_INL_H */
