/* cnbd-inl.h: the text of bgcnbd.h and mbgcnbd.h; at_zero as in betageo-inl.h: 0 for BG/CNBD-k, 1 for MBG/CNBD-k. With
 * c chances to stop both have one likelihood, ln L = lnB(a, b+c) - lnB(a, b) + lnGamma(s) - lnGamma(r) + r ln alpha - s
 * ln(alpha+T) + ln Q + ln(1 + 1[c>0] w), w = a/(b+c-1) ((alpha+T)/(alpha+t_x))^s / Q,  Q = Sum_{j<k} (s)_j z^j / j!,  s
 * = r + k x,  z = (T-t_x)/(alpha+T), times what depends on the gaps, on x and on k alone. For k = 1 everything is left
 * to betageo-inl.h. */
#ifndef LOYALTY_BTYD_CNBD_INL_H
#define LOYALTY_BTYD_CNBD_INL_H

#include "bgcnbd.h" /* first: header-only, it brings bgnbd.h and with it betageo-inl.h */

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "betageo-inl.h"
#include "history-inl.h"

LOY_BEGIN_DECLS

#define LOYI_STAGES_MUST "must be a whole number from 1 to 64"

/* Rows of one unit of work. */
enum { LOYI_CNBD_ROWS = 256 };

/* A history with everything that predictions need. */
typedef struct loyi_cnbd_history {
  double x, t_x, T;
  double chances;                 /* to stop, before now */
  double stages;                  /* k */
  double s, rate, a, b;           /* r + k x, alpha + T, a and b + chances */
  double log_stages;              /* ln Q */
  double log_odds;                /* ln w: of having stopped against being alive; -infinity without a chance to stop */
  double w[LOY_CNBD_STAGES_MOST]; /* of being j stages past the last purchase, for one who is alive */
} loyi_cnbd_history;

/* One row of a batch: the answer for a digested history. */
typedef double (*loyi_cnbd_row_fn)(const loyi_cnbd_history *history, const void *query);

/* The parameters without k. */
LOYI_LOCAL loy_bgnbd_params loyi_cnbd_plain(const loy_bgcnbd_params *params) {
  loy_bgnbd_params plain;
  plain.r = params->r;
  plain.alpha = params->alpha;
  plain.a = params->a;
  plain.b = params->b;
  return plain;
}

LOYI_LOCAL int loyi_cnbd_is_stages(double k) { return k >= 1.0 && k <= (double)LOY_CNBD_STAGES_MOST && k == floor(k); }

LOYI_LOCAL loy_status loyi_cnbd_check(const loy_bgcnbd_params *params, loy_error *error) {
  loy_bgnbd_params plain;
  loy_status status;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  plain = loyi_cnbd_plain(params);
  status = loyi_betageo_check(&plain, error);
  if (status != LOY_OK) return status;
  if (!loyi_cnbd_is_stages(params->k)) return loyi_report(error, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX, LOYI_STAGES_MUST);
  return loyi_ok(error);
}

/* ln Q, and w. The largest term is 1 here, so that no power overflows. */
LOYI_LOCAL double loyi_cnbd_stages(double k, double s, double z, double *w) {
  size_t n = (size_t)k, mode = 0;
  double product = 1.0, log_largest = 0.0, sum = 1.0;
  /* The ratio of neighbours, z (s+j-1)/j, falls, or is below 1 throughout. */
  while (mode + 1 < n && z * (s + (double)mode) >= (double)(mode + 1)) {
    product *= z * (s + (double)mode) / (double)(mode + 1);
    mode++;
    if (product > 1e250) {
      log_largest += loyi_log(product);
      product = 1.0;
    }
  }
  w[mode] = 1.0;
  for (size_t j = mode; j-- > 0;) {
    w[j] = w[j + 1] * ((double)(j + 1) / (z * (s + (double)j)));
    sum += w[j];
  }
  for (size_t j = mode + 1; j < n; j++) {
    w[j] = w[j - 1] * (z * (s + (double)(j - 1)) / (double)j);
    sum += w[j];
  }
  for (size_t j = 0; j < n; j++) w[j] /= sum;
  return log_largest + loyi_log(product * sum);
}

/* Digest a history; NULL when all is well, otherwise the name of the argument outside its domain, with what would be
 * right in *message. */
LOYI_LOCAL const char *loyi_cnbd_digest(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                        loyi_cnbd_history *history, const char **message) {
  const char *wrong = loyi_history_wrong(x, t_x, T, message);
  if (wrong) return wrong;
  history->x = x;
  history->t_x = t_x;
  history->T = T;
  history->chances = x + at_zero;
  history->stages = params->k;
  history->s = params->r + params->k * x;
  history->rate = params->alpha + T;
  history->a = params->a;
  history->b = params->b + history->chances;
  history->log_stages = loyi_cnbd_stages(params->k, history->s, (T - t_x) / history->rate, history->w);
  history->log_odds = history->chances == 0.0
                          ? -HUGE_VAL
                          : loyi_log(params->a / (params->b + (history->chances - 1.0))) +
                                (history->s * loyi_log1p((T - t_x) / (params->alpha + t_x)) - history->log_stages);
  return NULL;
}

LOYI_LOCAL loy_status loyi_cnbd_check_customer(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                               double t, loy_error *error) {
  const char *argument, *message;
  loy_status status = loyi_cnbd_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_history_wrong(x, t_x, T, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (!loyi_is_horizon(t)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_HORIZON_MUST);
  return loyi_ok(error);
}

/* NULL where litt may be that of such a history; otherwise what would be right. */
LOYI_LOCAL const char *loyi_cnbd_litt_wrong(double x, double t_x, double litt) {
  if (!(litt > -HUGE_VAL && litt < HUGE_VAL)) return "must be a finite number";
  if (x == 0.0) return litt == 0.0 ? NULL : "must be 0 where x is 0";
  if (t_x == 0.0 || litt > x * (loyi_log(t_x / x) + 1e-9))
    return "must be at most x ln(t_x / x): the logarithms of x gaps that add up to t_x have no larger sum";
  return NULL;
}

LOYI_LOCAL loy_status loyi_cnbd_check_gaps(const loy_bgcnbd_params *params, double x, double t_x, double T, double litt,
                                           loy_error *error) {
  const char *message;
  loy_status status = loyi_cnbd_check_customer(params, x, t_x, T, 0.0, error);
  if (status != LOY_OK) return status;
  message = loyi_cnbd_litt_wrong(x, t_x, litt);
  return message ? loyi_report(error, LOY_ERR_DOMAIN, "litt", LOY_NO_INDEX, message) : loyi_ok(error);
}

/* Digest for the functions that answer NaN. */
LOYI_LOCAL int loyi_cnbd_usable(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                loyi_cnbd_history *history) {
  const char *message;
  return loyi_cnbd_check(params, NULL) == LOY_OK && !loyi_cnbd_digest(at_zero, params, x, t_x, T, history, &message);
}

/* 1 / (1 + w), and the rest. */
LOYI_LOCAL double loyi_cnbd_alive(const loyi_cnbd_history *history) {
  return 1.0 / (1.0 + loyi_exp(history->log_odds));
}

LOYI_LOCAL double loyi_cnbd_stopped(const loyi_cnbd_history *history) {
  return 1.0 / (1.0 + loyi_exp(-history->log_odds));
}

/* What the gaps contribute to the log-likelihood, and what they do on average where litt is not known. */
LOYI_LOCAL double loyi_cnbd_gaps(double k, double x, double litt) {
  return (k - 1.0) * litt - x * loyi_lgamma_delta(1.0, k - 1.0);
}

LOYI_LOCAL double loyi_cnbd_mean_gaps(double k, double x, double t_x) {
  if (x == 0.0 || k == 1.0) return 0.0;
  return t_x > 0.0 ? (k - 1.0) * x * loyi_log(t_x) - loyi_lgamma_delta(x, (k - 1.0) * x) : -HUGE_VAL;
}

/* The rest. */
LOYI_LOCAL double loyi_cnbd_loglik_row(const loyi_cnbd_history *history, const loy_bgcnbd_params *params) {
  double value = -params->r * loyi_log1p(history->T / params->alpha) + history->log_stages;
  if (history->chances == 0.0) return value;
  return value +
         ((loyi_lgamma_delta(params->r, history->stages * history->x) -
           history->stages * history->x * loyi_log(history->rate)) +
          (loyi_betageo_beta_ratio(params->a, params->b, history->chances) + loyi_betageo_softplus(history->log_odds)));
}

LOYI_LOCAL double loyi_cnbd_loglik_summary(double at_zero, const loy_bgcnbd_params *params, double x, double t_x,
                                           double T) {
  loyi_cnbd_history history;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_loglik(at_zero, &plain, x, t_x, T);
  }
  return loyi_cnbd_mean_gaps(params->k, x, t_x) + loyi_cnbd_loglik_row(&history, params);
}

LOYI_LOCAL double loyi_cnbd_loglik(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                   double litt) {
  loyi_cnbd_history history;
  if (loyi_cnbd_litt_wrong(x, t_x, litt)) return NAN;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  if (params->k == 1.0) return loyi_cnbd_loglik_summary(at_zero, params, x, t_x, T);
  return loyi_cnbd_gaps(params->k, x, litt) + loyi_cnbd_loglik_row(&history, params);
}

LOYI_LOCAL double loyi_cnbd_log_palive(double at_zero, const loy_bgcnbd_params *params, double x, double t_x,
                                       double T) {
  loyi_cnbd_history history;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  return 0.0 - loyi_betageo_softplus(history.log_odds);
}

LOYI_LOCAL void loyi_cnbd_posterior_row(const loyi_cnbd_history *history, const loy_bgcnbd_params *params, double *rate,
                                        double *p) {
  double alive = loyi_cnbd_alive(history), stopped = loyi_cnbd_stopped(history), stage = 0.0;
  for (size_t j = 1; j < (size_t)history->stages; j++) stage += (double)j * history->w[j];
  *rate = (alive * ((history->s + stage) / history->rate) + stopped * (history->s / (params->alpha + history->t_x))) /
          history->stages;
  *p = (history->a + stopped) / (history->a + history->b);
}

LOYI_LOCAL loy_status loyi_cnbd_posterior(double at_zero, const loy_bgcnbd_params *params, double x, double t_x,
                                          double T, double *rate, double *p, loy_error *error) {
  loyi_cnbd_history history;
  double one, two;
  const char *argument, *message;
  loy_status status = loyi_cnbd_check(params, error);
  if (status != LOY_OK) return status;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_posterior(at_zero, &plain, x, t_x, T, rate, p, error);
  }
  argument = loyi_cnbd_digest(at_zero, params, x, t_x, T, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  loyi_cnbd_posterior_row(&history, params, &one, &two);
  if (rate) *rate = one;
  if (p) *p = two;
  return loyi_ok(error);
}

/* Batches. */

LOYI_LOCAL loy_status loyi_cnbd_check_columns(const loy_bgcnbd_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, loy_error *error) {
  loy_status status = loyi_cnbd_check(params, error);
  return status != LOY_OK ? status : loyi_history_columns_check(x, t_x, T, n, error);
}

/* A batch, of k > 1: `row` with its output, or where it is NULL the log-likelihood; with `second` the posterior means.
 */
typedef struct loyi_cnbd_job {
  double at_zero;
  const loy_bgcnbd_params *params;
  const double *x, *t_x, *T, *litt;
  size_t n;
  loyi_cnbd_row_fn row;
  const void *query;
  int posterior;
  double *out, *second;
} loyi_cnbd_job;

LOYI_LOCAL loyi_cnbd_job loyi_cnbd_job_of(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                          const double *t_x, const double *T, size_t n) {
  loyi_cnbd_job job;
  job.at_zero = at_zero;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.litt = NULL;
  job.n = n;
  job.row = NULL;
  job.query = NULL;
  job.posterior = 0;
  job.out = job.second = NULL;
  return job;
}

LOYI_LOCAL void loyi_cnbd_job_block(void *ctx, size_t block) {
  const loyi_cnbd_job *job = (const loyi_cnbd_job *)ctx;
  size_t from = block * LOYI_CNBD_ROWS, to = job->n - from < LOYI_CNBD_ROWS ? job->n : from + LOYI_CNBD_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_cnbd_history history;
    const char *message;
    double x = job->x[i], t_x = job->t_x[i], T = job->T[i], one = NAN, two = NAN;
    if (!job->row && !job->posterior) {
      one = job->litt ? loyi_cnbd_loglik(job->at_zero, job->params, x, t_x, T, job->litt[i])
                      : loyi_cnbd_loglik_summary(job->at_zero, job->params, x, t_x, T);
    } else if (!loyi_cnbd_digest(job->at_zero, job->params, x, t_x, T, &history, &message)) {
      if (job->row) one = job->row(&history, job->query);
      if (job->posterior) loyi_cnbd_posterior_row(&history, job->params, &one, &two);
    }
    if (job->out) job->out[i] = one;
    if (job->second) job->second[i] = two;
  }
}

/* The report of a batch with gaps, made before any output is written. */
LOYI_LOCAL void loyi_cnbd_count_bad(const loyi_cnbd_job *job, loy_batch_report *report) {
  if (!job->litt) {
    loyi_history_count_bad(job->x, job->t_x, job->T, job->n, report);
    return;
  }
  loyi_batch_begin(report);
  if (!report) return;
  for (size_t i = 0; i < job->n; i++) {
    loy_error error;
    const char *message, *argument = loyi_history_wrong(job->x[i], job->t_x[i], job->T[i], &message);
    if (!argument) {
      message = loyi_cnbd_litt_wrong(job->x[i], job->t_x[i], job->litt[i]);
      if (!message) continue;
      argument = "litt";
    }
    (void)loyi_report(&error, LOY_ERR_DOMAIN, argument, i, message);
    loyi_batch_bad(report, i, &error);
  }
}

LOYI_LOCAL loy_status loyi_cnbd_run(loyi_cnbd_job *job, const loy_bgcnbd_options *options, loy_batch_report *report,
                                    loy_error *error) {
  loyi_cnbd_count_bad(job, report);
  loyi_parallel(loyi_cnbd_job_block, job, job->n / LOYI_CNBD_ROWS + (job->n % LOYI_CNBD_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

/* Batches with one output, which must not be NULL. Columns and query have been checked. */
LOYI_LOCAL loy_status loyi_cnbd_single(loyi_cnbd_job *job, const loy_bgcnbd_options *options, double *out,
                                       loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (job->n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  job->out = out;
  return loyi_cnbd_run(job, options, report, error);
}

LOYI_LOCAL loy_status loyi_cnbd_loglik_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                             const double *t_x, const double *T, const double *litt, size_t n,
                                             const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                             loy_error *error) {
  loyi_cnbd_job job;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  job = loyi_cnbd_job_of(at_zero, params, x, t_x, T, n);
  job.litt = litt;
  return loyi_cnbd_single(&job, options, out, report, error);
}

LOYI_LOCAL loy_status loyi_cnbd_posterior_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                                const double *t_x, const double *T, size_t n,
                                                const loy_bgcnbd_options *options, double *rate, double *p,
                                                loy_batch_report *report, loy_error *error) {
  loyi_cnbd_job job;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_posterior_batch(at_zero, &plain, x, t_x, T, n, options, rate, p, report, error);
  }
  job = loyi_cnbd_job_of(at_zero, params, x, t_x, T, n);
  job.posterior = 1;
  job.out = rate;
  job.second = p;
  return loyi_cnbd_run(&job, options, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_INL_H */
