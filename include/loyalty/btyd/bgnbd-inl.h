/* bgnbd-inl.h: body of bgnbd.h. */
#ifndef LOYALTY_BTYD_BGNBD_INL_H
#define LOYALTY_BTYD_BGNBD_INL_H

#include "bgnbd.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/quadrature.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_BGNBD_ROWS = 1024 };

LOYALTY_API void loy_bgnbd_options_init(loy_bgnbd_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->threads = 1;
}

LOYALTY_API loy_status loy_bgnbd_check(const loy_bgnbd_params *params, loy_error *error) {
  const char *argument = NULL;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->b)) argument = "b";
  if (!loyi_is_shape(params->a)) argument = "a";
  if (!loyi_is_quantity(params->alpha)) argument = "alpha";
  if (!loyi_is_shape(params->r)) argument = "r";
  if (argument)
    return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX,
                       argument[1] ? LOYI_QUANTITY_MUST : LOYI_SHAPE_MUST);
  return loyi_ok(error);
}

LOYI_SHARED const char *loyi_bgnbd_digest(const loy_bgnbd_params *params, double x, double t_x, double T,
                                          loyi_bgnbd_history *history, const char **message) {
  *message = "must be a whole number, 0 or more and below 2^51";
  if (!(x >= 0.0 && x < 0x1p51 && x == floor(x))) return "x";
  *message = x == 0.0 ? "must be 0 where x is 0" : LOYI_ZERO_QUANTITY_MUST;
  if (!loyi_is_zero_or_quantity(t_x) || (x == 0.0 && t_x != 0.0)) return "t_x";
  *message = T < t_x ? "must be at least the time of the last purchase" : LOYI_ZERO_QUANTITY_MUST;
  if (!(T >= t_x && loyi_is_zero_or_quantity(T))) return "T";
  history->x = x;
  history->t_x = t_x;
  history->T = T;
  history->k = params->r + x;
  history->rate = params->alpha + T;
  history->a = params->a;
  history->b = params->b + x;
  history->log_odds = x == 0.0 ? -HUGE_VAL
                               : loyi_log(params->a / (params->b + (x - 1.0))) +
                                     history->k * loyi_log1p((T - t_x) / (params->alpha + t_x));
  return NULL;
}

LOYALTY_API loy_status loy_bgnbd_check_customer(const loy_bgnbd_params *params, double x, double t_x, double T,
                                                double t, loy_error *error) {
  loyi_bgnbd_history history;
  const char *argument, *message;
  loy_status status = loy_bgnbd_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_bgnbd_digest(params, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_ok(error);
}

/* Digest for the functions that answer NaN. */
LOYI_LOCAL int loyi_bgnbd_usable(const loy_bgnbd_params *params, double x, double t_x, double T,
                                 loyi_bgnbd_history *history) {
  const char *message;
  return loy_bgnbd_check(params, NULL) == LOY_OK && !loyi_bgnbd_digest(params, x, t_x, T, history, &message);
}

/* ln(1 + exp(u)). */
LOYI_LOCAL double loyi_bgnbd_softplus(double u) { return (u > 0.0 ? u : 0.0) + loyi_log1p(loyi_exp(-fabs(u))); }

LOYI_SHARED double loyi_bgnbd_alive(const loyi_bgnbd_history *history) {
  return 1.0 / (1.0 + loyi_exp(history->log_odds));
}

LOYI_LOCAL double loyi_bgnbd_stopped(const loyi_bgnbd_history *history) {
  return 1.0 / (1.0 + loyi_exp(-history->log_odds));
}

/* ln B(a, b + x) - ln B(a, b): whichever of the two differences is over the smaller range loses less. */
LOYI_LOCAL double loyi_bgnbd_beta_ratio(double a, double b, double x) {
  if (a <= x) return loyi_lgamma_delta(b, a) - loyi_lgamma_delta(b + x, a);
  return loyi_lgamma_delta(b, x) - loyi_lgamma_delta(a + b, x);
}

LOYI_LOCAL double loyi_bgnbd_loglik_row(const loyi_bgnbd_history *history, const void *query) {
  const loy_bgnbd_params *params = (const loy_bgnbd_params *)query;
  double value = -params->r * loyi_log1p(history->T / params->alpha);
  if (history->x == 0.0) return value;
  return value + ((loyi_lgamma_delta(params->r, history->x) - history->x * loyi_log(history->rate)) +
                  (loyi_bgnbd_beta_ratio(params->a, params->b, history->x) + loyi_bgnbd_softplus(history->log_odds)));
}

LOYALTY_API double loy_bgnbd_loglik(const loy_bgnbd_params *params, double x, double t_x, double T) {
  loyi_bgnbd_history history;
  if (!loyi_bgnbd_usable(params, x, t_x, T, &history)) return NAN;
  return loyi_bgnbd_loglik_row(&history, params);
}

LOYI_LOCAL double loyi_bgnbd_palive_row(const loyi_bgnbd_history *history, const void *query) {
  double t = *(const double *)query;
  double alive = loyi_bgnbd_alive(history);
  if (t == 0.0) return alive;
  if (t == HUGE_VAL) return 0.0;
  return alive * loyi_beta_mean_power(history->a, history->b, history->k, t / history->rate);
}

LOYALTY_API double loy_bgnbd_palive(const loy_bgnbd_params *params, double x, double t_x, double T, double t) {
  loyi_bgnbd_history history;
  if (!loyi_bgnbd_usable(params, x, t_x, T, &history) || !loyi_is_horizon(t)) return NAN;
  return loyi_bgnbd_palive_row(&history, &t);
}

LOYALTY_API double loy_bgnbd_log_palive(const loy_bgnbd_params *params, double x, double t_x, double T) {
  loyi_bgnbd_history history;
  if (!loyi_bgnbd_usable(params, x, t_x, T, &history)) return NAN;
  return 0.0 - loyi_bgnbd_softplus(history.log_odds);
}

LOYI_LOCAL void loyi_bgnbd_posterior_row(const loyi_bgnbd_history *history, const loy_bgnbd_params *params,
                                         double *lambda, double *p) {
  double alive = loyi_bgnbd_alive(history), stopped = loyi_bgnbd_stopped(history);
  *lambda = history->k * (alive / history->rate + stopped / (params->alpha + history->t_x));
  *p = (history->a + stopped) / (history->a + history->b);
}

LOYALTY_API loy_status loy_bgnbd_posterior(const loy_bgnbd_params *params, double x, double t_x, double T,
                                           double *lambda, double *p, loy_error *error) {
  loyi_bgnbd_history history;
  double one, two;
  const char *argument, *message;
  loy_status status = loy_bgnbd_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_bgnbd_digest(params, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  loyi_bgnbd_posterior_row(&history, params, &one, &two);
  if (lambda) *lambda = one;
  if (p) *p = two;
  return loyi_ok(error);
}

/* Batches. */

LOYI_SHARED loy_status loyi_bgnbd_check_columns(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, loy_error *error) {
  const char *argument = NULL;
  loy_status status = loy_bgnbd_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) argument = "T";
  if (n > 0 && !t_x) argument = "t_x";
  if (n > 0 && !x) argument = "x";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_bgnbd_check_options(const loy_bgnbd_options *options, loy_error *error) {
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  return LOY_OK;
}

/* The report of a batch, before any output is written, as an output may be an input. */
LOYI_LOCAL void loyi_bgnbd_count_bad(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                     const double *T, size_t n, loy_batch_report *report) {
  loyi_batch_begin(report);
  if (!report) return;
  for (size_t i = 0; i < n; i++) {
    /* Quick test first: most rows are good. */
    if (x[i] >= 0.0 && x[i] == floor(x[i]) && x[i] < 0x1p51 && loyi_is_zero_or_quantity(t_x[i]) && T[i] >= t_x[i] &&
        loyi_is_zero_or_quantity(T[i]) && (x[i] > 0.0 || t_x[i] == 0.0))
      continue;
    loy_error error;
    (void)loy_bgnbd_check_customer(params, x[i], t_x[i], T[i], 0.0, &error);
    loyi_batch_bad(report, i, &error);
  }
}

typedef struct loyi_bgnbd_job {
  const loy_bgnbd_params *params;
  const double *x, *t_x, *T;
  size_t n;
  loyi_bgnbd_row_fn row;
  const void *query;
  double *out, *second;
} loyi_bgnbd_job;

LOYI_LOCAL void loyi_bgnbd_job_block(void *ctx, size_t block) {
  const loyi_bgnbd_job *job = (const loyi_bgnbd_job *)ctx;
  size_t from = block * LOYI_BGNBD_ROWS, to = job->n - from < LOYI_BGNBD_ROWS ? job->n : from + LOYI_BGNBD_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_bgnbd_history history;
    const char *message;
    int bad = loyi_bgnbd_digest(job->params, job->x[i], job->t_x[i], job->T[i], &history, &message) != NULL;
    if (job->row) {
      job->out[i] = bad ? (double)NAN : job->row(&history, job->query);
    } else {
      double lambda = NAN, p = NAN;
      if (!bad) loyi_bgnbd_posterior_row(&history, job->params, &lambda, &p);
      if (job->out) job->out[i] = lambda;
      if (job->second) job->second[i] = p;
    }
  }
}

LOYI_LOCAL loy_status loyi_bgnbd_run(loyi_bgnbd_job *job, const loy_bgnbd_options *options, loy_batch_report *report,
                                     loy_error *error) {
  loyi_bgnbd_count_bad(job->params, job->x, job->t_x, job->T, job->n, report);
  loyi_parallel(loyi_bgnbd_job_block, job, job->n / LOYI_BGNBD_ROWS + (job->n % LOYI_BGNBD_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_bgnbd_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                        const double *T, size_t n, const loy_bgnbd_options *options,
                                        loyi_bgnbd_row_fn row, const void *query, double *out, loy_batch_report *report,
                                        loy_error *error) {
  loyi_bgnbd_job job;
  loy_status status = loyi_bgnbd_check_options(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = row;
  job.query = query;
  job.out = out;
  job.second = NULL;
  return loyi_bgnbd_run(&job, options, report, error);
}

LOYALTY_API loy_status loy_bgnbd_loglik_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, const loy_bgnbd_options *options, double *out,
                                              loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_bgnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  return loyi_bgnbd_batch(params, x, t_x, T, n, options, loyi_bgnbd_loglik_row, params, out, report, error);
}

LOYALTY_API loy_status loy_bgnbd_palive_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double t, const loy_bgnbd_options *options,
                                              double *out, loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_bgnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_bgnbd_batch(params, x, t_x, T, n, options, loyi_bgnbd_palive_row, &t, out, report, error);
}

LOYALTY_API loy_status loy_bgnbd_posterior_batch(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                                 const double *T, size_t n, const loy_bgnbd_options *options,
                                                 double *lambda, double *p, loy_batch_report *report,
                                                 loy_error *error) {
  loyi_bgnbd_job job;
  loy_status status = loyi_bgnbd_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_bgnbd_check_options(options, error);
  if (status != LOY_OK) return status;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = NULL;
  job.query = NULL;
  job.out = lambda;
  job.second = p;
  return loyi_bgnbd_run(&job, options, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGNBD_INL_H */
