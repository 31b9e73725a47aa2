/* purchase_lifetime-inl.h: body of purchase_lifetime.h. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_INL_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_INL_H

#include "purchase_lifetime.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "history-inl.h"
#include "lifetime-inl.h"
#include "lifetime_integral-inl.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_PURCHASE_ROWS = 256 };

LOYI_SHARED const char *loyi_purchase_digest(const loyi_purchase_model *model, double x, double t_x, double T,
                                             loyi_purchase_history *history, const char **message) {
  const char *wrong = loyi_history_wrong(x, t_x, T, message);
  double gap = T - t_x, start = model->alpha + t_x;
  if (wrong) return wrong;
  history->model = model;
  history->x = x;
  history->t_x = t_x;
  history->T = T;
  history->k = model->r + x;
  history->rate = model->alpha + T;
  history->since = loyi_lifetime_after(&model->life, t_x);
  history->rest = loyi_lifetime_after(&model->life, T);
  history->log_silent = loyi_log(loyi_lifetime_silent(&history->since, history->k, start, gap));
  history->log_odds =
      history->log_silent + (history->k * loyi_log1p(gap / start) - loyi_lifetime_log_survivor(&history->since, gap));
  return NULL;
}

LOYI_SHARED loy_status loyi_purchase_rates_check(double r, double alpha, loy_error *error) {
  if (!loyi_is_shape(r)) return loyi_report(error, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_quantity(alpha)) return loyi_report(error, LOY_ERR_DOMAIN, "alpha", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_purchase_check(double x, double t_x, double T, double t, loy_error *error) {
  const char *message, *argument = loyi_history_wrong(x, t_x, T, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_ok(error);
}

/* ln(1 + exp(u)). */
LOYI_LOCAL double loyi_purchase_softplus(double u) { return (u > 0.0 ? u : 0.0) + loyi_log1p(loyi_exp(-fabs(u))); }

LOYI_SHARED double loyi_purchase_alive(const loyi_purchase_history *history) {
  return 1.0 / (1.0 + loyi_exp(history->log_odds));
}

LOYI_SHARED double loyi_purchase_stopped(const loyi_purchase_history *history) {
  return 1.0 / (1.0 + loyi_exp(-history->log_odds));
}

LOYI_SHARED double loyi_purchase_loglik_row(const loyi_purchase_history *history, const void *query) {
  const loyi_purchase_model *model = history->model;
  /* The larger of the two cases in front: the customer is alive at T, or stopped soon after t_x. */
  int stopped = history->log_odds > 0.0;
  double until = stopped ? history->t_x : history->T;
  double value = loyi_lifetime_log_survivor(&model->life, until) - model->r * loyi_log1p(until / model->alpha);
  (void)query;
  if (stopped) value += history->log_silent;
  value += loyi_purchase_softplus(-fabs(history->log_odds));
  if (history->x == 0.0) return value;
  return value + (loyi_lgamma_delta(model->r, history->x) - history->x * loyi_log(model->alpha + until));
}

LOYI_SHARED double loyi_purchase_palive_row(const loyi_purchase_history *history, const void *query) {
  double t = *(const double *)query, alive = loyi_purchase_alive(history);
  return t == 0.0 ? alive : alive * loyi_exp(loyi_lifetime_log_survivor(&history->rest, t));
}

LOYI_SHARED double loyi_purchase_log_palive_row(const loyi_purchase_history *history, const void *query) {
  (void)query;
  return 0.0 - loyi_purchase_softplus(history->log_odds);
}

LOYI_SHARED void loyi_purchase_posterior_row(const loyi_purchase_history *history, double *lambda, double *dropout) {
  const loyi_purchase_model *model = history->model;
  double alive = loyi_purchase_alive(history), stopped = loyi_purchase_stopped(history);
  double start = model->alpha + history->t_x, gap = history->T - history->t_x, silent;
  *lambda = alive * history->k / history->rate;
  *dropout = alive * loyi_lifetime_factor(&model->life, history->T);
  if (stopped == 0.0) return;
  /* Who stopped at u has lambda ~ Gamma(k + 1) with alpha + u, and a factor of the hazard ~ Gamma(s + 1) with
   * beta + C(u): the integral again, with one more in k or in s. */
  silent = loyi_exp(-history->log_silent) * stopped;
  *lambda += silent * loyi_lifetime_silent(&history->since, history->k + 1.0, start, gap) * (history->k / start);
  loyi_lifetime since = history->since;
  since.s += 1.0;
  *dropout +=
      silent * loyi_lifetime_silent(&since, history->k, start, gap) * loyi_lifetime_factor(&model->life, history->t_x);
}

LOYI_SHARED double loyi_purchase_one(const loyi_purchase_model *model, double x, double t_x, double T,
                                     loyi_purchase_row_fn row, const void *query) {
  loyi_purchase_history history;
  const char *message;
  return loyi_purchase_digest(model, x, t_x, T, &history, &message) ? (double)NAN : row(&history, query);
}

LOYI_SHARED loy_status loyi_purchase_posterior(const loyi_purchase_model *model, double x, double t_x, double T,
                                               double *lambda, double *dropout, loy_error *error) {
  loyi_purchase_history history;
  double one, two;
  const char *message, *argument = loyi_purchase_digest(model, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  loyi_purchase_posterior_row(&history, &one, &two);
  if (lambda) *lambda = one;
  if (dropout) *dropout = two;
  return loyi_ok(error);
}

/* Batches. */

LOYI_SHARED loy_status loyi_purchase_options_check(const loy_purchase_options *options, loy_error *error) {
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (options && options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  return loyi_ok(error);
}

typedef struct loyi_purchase_job {
  const loyi_purchase_model *model;
  const double *x, *t_x, *T;
  size_t n;
  loyi_purchase_row_fn row;
  const void *query;
  double *out, *second;
} loyi_purchase_job;

LOYI_LOCAL void loyi_purchase_job_block(void *ctx, size_t block) {
  const loyi_purchase_job *job = (const loyi_purchase_job *)ctx;
  size_t from = block * LOYI_PURCHASE_ROWS,
         to = job->n - from < LOYI_PURCHASE_ROWS ? job->n : from + LOYI_PURCHASE_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_purchase_history history;
    const char *message;
    double one = NAN, two = NAN;
    if (!loyi_purchase_digest(job->model, job->x[i], job->t_x[i], job->T[i], &history, &message)) {
      if (job->row) {
        one = job->row(&history, job->query);
      } else {
        loyi_purchase_posterior_row(&history, &one, &two);
      }
    }
    if (job->out) job->out[i] = one;
    if (job->second) job->second[i] = two;
  }
}

/* row NULL: the posterior means. */
LOYI_LOCAL loy_status loyi_purchase_run(const loyi_purchase_model *model, const double *x, const double *t_x,
                                        const double *T, size_t n, const loy_purchase_options *options,
                                        loyi_purchase_row_fn row, const void *query, double *out, double *second,
                                        loy_batch_report *report, loy_error *error) {
  loyi_purchase_job job;
  job.model = model;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = row;
  job.query = query;
  job.out = out;
  job.second = second;
  loyi_history_count_bad(x, t_x, T, n, report);
  loyi_parallel(loyi_purchase_job_block, &job, n / LOYI_PURCHASE_ROWS + (n % LOYI_PURCHASE_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_purchase_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                           const double *T, size_t n, const loy_purchase_options *options,
                                           loyi_purchase_row_fn row, const void *query, double *out,
                                           loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  return loyi_purchase_run(model, x, t_x, T, n, options, row, query, out, NULL, report, error);
}

LOYI_SHARED loy_status loyi_purchase_palive_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                  const double *T, size_t n, double t,
                                                  const loy_purchase_options *options, double *out,
                                                  loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_purchase_batch(model, x, t_x, T, n, options, loyi_purchase_palive_row, &t, out, report, error);
}

LOYI_SHARED loy_status loyi_purchase_posterior_batch(const loyi_purchase_model *model, const double *x,
                                                     const double *t_x, const double *T, size_t n,
                                                     const loy_purchase_options *options, double *lambda,
                                                     double *dropout, loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  return loyi_purchase_run(model, x, t_x, T, n, options, NULL, NULL, lambda, dropout, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_INL_H */
