/* betageo-inl.h: the text of bgnbd.h and mbgnbd.h. The two models differ in one thing: how many chances to stop a
 * customer had who made x repeat purchases and was alive after the last. By BG/NBD that is one after each repeat
 * purchase, c = x; by MBG/NBD also one at time zero, c = x + 1. With c, both have one likelihood,
 *   ln L = lnB(a, b+c) - lnB(a, b) + lnGamma(r+x) - lnGamma(r) + r ln alpha - (r+x) ln(alpha+T) + ln(1 + 1[c>0] w),
 *   w = a/(b+c-1) ((alpha+T)/(alpha+t_x))^(r+x),
 * and given that the customer is alive, p ~ Beta(a, b+c). Functions here take `at_zero`, the number of chances at time
 * zero: 0 for BG/NBD, 1 for MBG/NBD. */
#ifndef LOYALTY_BTYD_BETAGEO_INL_H
#define LOYALTY_BTYD_BETAGEO_INL_H

#include "bgnbd.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/quadrature.h"
#include "history-inl.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_BETAGEO_ROWS = 1024 };

/* A history with everything that predictions need. */
typedef struct loyi_betageo_history {
  double x, t_x, T;
  double chances;       /* to stop, before now */
  double k, rate, a, b; /* r + x, alpha + T, a and b + chances */
  double log_odds;      /* ln w: of having stopped against being alive; -infinity without a chance to stop */
} loyi_betageo_history;

/* One row of a batch: the answer for a digested history. */
typedef double (*loyi_betageo_row_fn)(const loyi_betageo_history *history, const void *query);

LOYI_LOCAL void loyi_betageo_options_init(loy_bgnbd_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->threads = 1;
}

LOYI_LOCAL loy_status loyi_betageo_check(const loy_bgnbd_params *params, loy_error *error) {
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

/* Digest a history; NULL when all is well, otherwise the name of the argument outside its domain, with what would be
 * right in *message. */
LOYI_LOCAL const char *loyi_betageo_digest(double at_zero, const loy_bgnbd_params *params, double x, double t_x,
                                           double T, loyi_betageo_history *history, const char **message) {
  const char *wrong = loyi_history_wrong(x, t_x, T, message);
  if (wrong) return wrong;
  history->x = x;
  history->t_x = t_x;
  history->T = T;
  history->chances = x + at_zero;
  history->k = params->r + x;
  history->rate = params->alpha + T;
  history->a = params->a;
  history->b = params->b + history->chances;
  history->log_odds = history->chances == 0.0 ? -HUGE_VAL
                                              : loyi_log(params->a / (params->b + (history->chances - 1.0))) +
                                                    history->k * loyi_log1p((T - t_x) / (params->alpha + t_x));
  return NULL;
}

LOYI_LOCAL loy_status loyi_betageo_check_customer(const loy_bgnbd_params *params, double x, double t_x, double T,
                                                  double t, loy_error *error) {
  loyi_betageo_history history;
  const char *argument, *message;
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_betageo_digest(0.0, params, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_ok(error);
}

/* Digest for the functions that answer NaN. */
LOYI_LOCAL int loyi_betageo_usable(double at_zero, const loy_bgnbd_params *params, double x, double t_x, double T,
                                   loyi_betageo_history *history) {
  const char *message;
  return loyi_betageo_check(params, NULL) == LOY_OK &&
         !loyi_betageo_digest(at_zero, params, x, t_x, T, history, &message);
}

/* ln(1 + exp(u)). */
LOYI_LOCAL double loyi_betageo_softplus(double u) { return (u > 0.0 ? u : 0.0) + loyi_log1p(loyi_exp(-fabs(u))); }

/* 1 / (1 + w), and the rest. */
LOYI_LOCAL double loyi_betageo_alive(const loyi_betageo_history *history) {
  return 1.0 / (1.0 + loyi_exp(history->log_odds));
}

LOYI_LOCAL double loyi_betageo_stopped(const loyi_betageo_history *history) {
  return 1.0 / (1.0 + loyi_exp(-history->log_odds));
}

/* ln B(a, b + x) - ln B(a, b): whichever of the two differences is over the smaller range loses less. */
LOYI_LOCAL double loyi_betageo_beta_ratio(double a, double b, double x) {
  if (a <= x) return loyi_lgamma_delta(b, a) - loyi_lgamma_delta(b + x, a);
  return loyi_lgamma_delta(b, x) - loyi_lgamma_delta(a + b, x);
}

LOYI_LOCAL double loyi_betageo_loglik_row(const loyi_betageo_history *history, const void *query) {
  const loy_bgnbd_params *params = (const loy_bgnbd_params *)query;
  double value = -params->r * loyi_log1p(history->T / params->alpha);
  if (history->chances == 0.0) return value;
  return value +
         ((loyi_lgamma_delta(params->r, history->x) - history->x * loyi_log(history->rate)) +
          (loyi_betageo_beta_ratio(params->a, params->b, history->chances) + loyi_betageo_softplus(history->log_odds)));
}

LOYI_LOCAL double loyi_betageo_loglik(double at_zero, const loy_bgnbd_params *params, double x, double t_x, double T) {
  loyi_betageo_history history;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  return loyi_betageo_loglik_row(&history, params);
}

LOYI_LOCAL double loyi_betageo_palive_row(const loyi_betageo_history *history, const void *query) {
  double t = *(const double *)query;
  double alive = loyi_betageo_alive(history);
  if (t == 0.0) return alive;
  if (t == HUGE_VAL) return 0.0;
  return alive * loyi_beta_mean_power(history->a, history->b, history->k, t / history->rate);
}

LOYI_LOCAL double loyi_betageo_palive(double at_zero, const loy_bgnbd_params *params, double x, double t_x, double T,
                                      double t) {
  loyi_betageo_history history;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history) || !loyi_is_horizon(t)) return NAN;
  return loyi_betageo_palive_row(&history, &t);
}

LOYI_LOCAL double loyi_betageo_log_palive(double at_zero, const loy_bgnbd_params *params, double x, double t_x,
                                          double T) {
  loyi_betageo_history history;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  return 0.0 - loyi_betageo_softplus(history.log_odds);
}

LOYI_LOCAL void loyi_betageo_posterior_row(const loyi_betageo_history *history, const loy_bgnbd_params *params,
                                           double *lambda, double *p) {
  double alive = loyi_betageo_alive(history), stopped = loyi_betageo_stopped(history);
  *lambda = history->k * (alive / history->rate + stopped / (params->alpha + history->t_x));
  *p = (history->a + stopped) / (history->a + history->b);
}

LOYI_LOCAL loy_status loyi_betageo_posterior(double at_zero, const loy_bgnbd_params *params, double x, double t_x,
                                             double T, double *lambda, double *p, loy_error *error) {
  loyi_betageo_history history;
  double one, two;
  const char *argument, *message;
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_betageo_digest(at_zero, params, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  loyi_betageo_posterior_row(&history, params, &one, &two);
  if (lambda) *lambda = one;
  if (p) *p = two;
  return loyi_ok(error);
}

/* Batches. */

LOYI_LOCAL loy_status loyi_betageo_check_columns(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                                 const double *T, size_t n, loy_error *error) {
  loy_status status = loyi_betageo_check(params, error);
  return status != LOY_OK ? status : loyi_history_columns_check(x, t_x, T, n, error);
}

LOYI_LOCAL loy_status loyi_betageo_check_options(const loy_bgnbd_options *options, loy_error *error) {
  if (!options) return LOY_OK;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  return LOY_OK;
}

typedef struct loyi_betageo_job {
  double at_zero;
  const loy_bgnbd_params *params;
  const double *x, *t_x, *T;
  size_t n;
  loyi_betageo_row_fn row;
  const void *query;
  double *out, *second;
} loyi_betageo_job;

LOYI_LOCAL void loyi_betageo_job_block(void *ctx, size_t block) {
  const loyi_betageo_job *job = (const loyi_betageo_job *)ctx;
  size_t from = block * LOYI_BETAGEO_ROWS, to = job->n - from < LOYI_BETAGEO_ROWS ? job->n : from + LOYI_BETAGEO_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_betageo_history history;
    const char *message;
    int bad =
        loyi_betageo_digest(job->at_zero, job->params, job->x[i], job->t_x[i], job->T[i], &history, &message) != NULL;
    if (job->row) {
      job->out[i] = bad ? (double)NAN : job->row(&history, job->query);
    } else {
      double lambda = NAN, p = NAN;
      if (!bad) loyi_betageo_posterior_row(&history, job->params, &lambda, &p);
      if (job->out) job->out[i] = lambda;
      if (job->second) job->second[i] = p;
    }
  }
}

LOYI_LOCAL loy_status loyi_betageo_run(loyi_betageo_job *job, const loy_bgnbd_options *options,
                                       loy_batch_report *report, loy_error *error) {
  loyi_history_count_bad(job->x, job->t_x, job->T, job->n, report);
  loyi_parallel(loyi_betageo_job_block, job, job->n / LOYI_BETAGEO_ROWS + (job->n % LOYI_BETAGEO_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

/* The loop of every batch function with one output column, after loyi_betageo_check_columns. `query` holds what is the
 * same for all rows; the caller has checked it. */
LOYI_LOCAL loy_status loyi_betageo_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                         const double *t_x, const double *T, size_t n, const loy_bgnbd_options *options,
                                         loyi_betageo_row_fn row, const void *query, double *out,
                                         loy_batch_report *report, loy_error *error) {
  loyi_betageo_job job;
  loy_status status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  job.at_zero = at_zero;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = row;
  job.query = query;
  job.out = out;
  job.second = NULL;
  return loyi_betageo_run(&job, options, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_loglik_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                const double *t_x, const double *T, size_t n,
                                                const loy_bgnbd_options *options, double *out, loy_batch_report *report,
                                                loy_error *error) {
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  return loyi_betageo_batch(at_zero, params, x, t_x, T, n, options, loyi_betageo_loglik_row, params, out, report,
                            error);
}

LOYI_LOCAL loy_status loyi_betageo_palive_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                const double *t_x, const double *T, size_t n, double t,
                                                const loy_bgnbd_options *options, double *out, loy_batch_report *report,
                                                loy_error *error) {
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_betageo_batch(at_zero, params, x, t_x, T, n, options, loyi_betageo_palive_row, &t, out, report, error);
}

LOYI_LOCAL loy_status loyi_betageo_posterior_batch(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                   const double *t_x, const double *T, size_t n,
                                                   const loy_bgnbd_options *options, double *lambda, double *p,
                                                   loy_batch_report *report, loy_error *error) {
  loyi_betageo_job job;
  loy_status status = loyi_betageo_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  job.at_zero = at_zero;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = NULL;
  job.query = NULL;
  job.out = lambda;
  job.second = p;
  return loyi_betageo_run(&job, options, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_INL_H */
