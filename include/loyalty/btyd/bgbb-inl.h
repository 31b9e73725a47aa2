/* bgbb-inl.h: body of bgbb.h.
 *
 * With a = alpha + x, what happened after period t_x is a walk over m = t_x, t_x + 1, ...: a customer alive in period m
 * stops with probability gamma/(gamma+delta+m), or stays and does not buy with probability
 *   (delta+m)/(gamma+delta+m) * (beta+m-x)/(alpha+beta+m).
 * The product of the latter up to T is the path of those alive, the sum of the paths that stop the rest; the likelihood
 * is that of the history up to t_x times both together. */
#ifndef LOYALTY_BTYD_BGBB_INL_H
#define LOYALTY_BTYD_BGBB_INL_H

#include "bgbb.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "bgnbd.h" /* first: header-only, it brings betageo-inl.h, which needs its types */
#include "betageo-inl.h"

LOY_BEGIN_DECLS

enum {
  LOYI_BGBB_ROWS = 16384,   /* of one unit of work */
  LOYI_BGBB_KNOWN = 256,    /* answers that a unit remembers */
  LOYI_BGBB_PROBES = 8,     /* places to look for one */
  LOYI_BGBB_ANSWERS = 3,    /* most of one row */
  LOYI_BGBB_FACTORS = 128,  /* a history up to t_x this long is multiplied out */
  LOYI_BGBB_PERIODS = 65536 /* of a survival that is */
};

/* ln 2, and 2^512 for products that leave the range of a double. */
#define LOYI_BGBB_LN_2 0x1.62e42fefa39efp-1
#define LOYI_BGBB_UP   0x1p512
#define LOYI_BGBB_DOWN 0x1p-512

/* A history with everything that predictions need. */
typedef struct loyi_bgbb_history {
  const loy_bgbb_params *params;
  double x, t_x, T;
  double buy, idle;      /* alive in period T, p ~ Beta(buy, idle) */
  double stay;           /* and theta ~ Beta(gamma, stay) */
  double silence;        /* the probability of no purchase in the periods t_x + 1 to T, if alive in t_x */
  double alive, stopped; /* the probability of being alive in period T, and the rest */
  double log_alive;
  double p, theta; /* posterior means, where they were asked for */
} loyi_bgbb_history;

/* One row of a batch: the answers for a digested history. */
typedef void (*loyi_bgbb_row_fn)(const loyi_bgbb_history *history, const void *query, double *answer);

LOYALTY_API void loy_bgbb_options_init(loy_bgbb_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->threads = 1;
}

LOYALTY_API loy_status loy_bgbb_check(const loy_bgbb_params *params, loy_error *error) {
  const char *argument = NULL;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->delta)) argument = "delta";
  if (!loyi_is_shape(params->gamma)) argument = "gamma";
  if (!loyi_is_shape(params->beta)) argument = "beta";
  if (!loyi_is_shape(params->alpha)) argument = "alpha";
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, LOYI_SHAPE_MUST);
  return loyi_ok(error);
}

LOYI_LOCAL int loyi_bgbb_is_length(double T) { return T >= 0.0 && T <= LOY_BGBB_PERIODS_MOST && T == floor(T); }

LOYI_SHARED int loyi_bgbb_is_ahead(double t, int endless) { return loyi_is_count(t) || (endless && t == HUGE_VAL); }

LOYI_SHARED const char *loyi_bgbb_history_wrong(double x, double t_x, double T, const char **message) {
  *message = LOYI_COUNT_MUST;
  if (!loyi_is_count(x)) return "x";
  *message = x == 0.0 ? "must be 0 where x is 0" : "must be a whole number of periods, at least x";
  if (!loyi_is_count(t_x) || t_x < x || (x == 0.0 && t_x != 0.0)) return "t_x";
  *message = T < t_x ? "must be at least the period of the last purchase" : LOYI_BGBB_LENGTH_MUST;
  if (!(T >= t_x && loyi_bgbb_is_length(T))) return "T";
  return NULL;
}

LOYI_SHARED loy_status loyi_bgbb_lengths_check(const double *T, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_bgbb_is_length(T[i])) return loyi_report(error, LOY_ERR_DOMAIN, "T", i, LOYI_BGBB_LENGTH_MUST);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_bgbb_count_check(double n, double t0, double t1, loy_error *error) {
  if (!loyi_is_count(n)) return loyi_report(error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX, LOYI_COUNT_MUST);
  if (!loyi_bgbb_is_length(t0)) return loyi_report(error, LOY_ERR_DOMAIN, "t0", LOY_NO_INDEX, LOYI_BGBB_LENGTH_MUST);
  if (!(t1 >= t0 && loyi_bgbb_is_length(t1)))
    return loyi_report(error, LOY_ERR_DOMAIN, "t1", LOY_NO_INDEX,
                       t0 == 0.0 || t1 >= t0 ? LOYI_BGBB_LENGTH_MUST : "must be a whole number, at least t0");
  return loyi_ok(error);
}

LOYI_SHARED void loyi_bgbb_count_bad(const double *x, const double *t_x, const double *T, size_t n,
                                     loy_batch_report *report) {
  loyi_batch_begin(report);
  if (!report) return;
  for (size_t i = 0; i < n; i++) {
    loy_error error;
    const char *message, *argument = loyi_bgbb_history_wrong(x[i], t_x[i], T[i], &message);
    if (!argument) continue;
    (void)loyi_report(&error, LOY_ERR_DOMAIN, argument, i, message);
    loyi_batch_bad(report, i, &error);
  }
}

/* keep / (keep + lose). As 1 minus a small part it is off by that part's error and half an ulp, which is as often up as
 * down, so that a product of thousands keeps its digits. */
LOYI_LOCAL double loyi_bgbb_part(double keep, double lose) {
  double sum = keep + lose;
  return lose < keep ? 1.0 - lose / sum : keep / sum;
}

/* The walk from t_x to T, with posterior means if `means`. */
LOYI_LOCAL void loyi_bgbb_walk(loyi_bgbb_history *history, int means) {
  const loy_bgbb_params *params = history->params;
  double gamma = params->gamma, buy = history->buy, p = 0.0, theta = 0.0;
  double path = 1.0, unit = 1.0, powers = 0.0, stopped = 0.0, alive;
  for (double m = history->t_x; m < history->T; m += 1.0) {
    double stay = params->delta + m, idle = params->beta + (m - history->x);
    double stop = path * unit * (gamma / (gamma + stay));
    stopped += stop;
    if (means) {
      p += stop * (buy / (buy + idle));
      theta += stop * ((gamma + 1.0) / (gamma + 1.0 + stay));
    }
    path *= loyi_bgbb_part(stay, gamma) * loyi_bgbb_part(idle, buy);
    if (path < LOYI_BGBB_DOWN) { /* beyond, nothing is left to be added */
      path *= LOYI_BGBB_UP;
      unit *= LOYI_BGBB_DOWN;
      powers += 512.0;
    }
  }
  alive = path * unit;
  history->silence = alive + stopped;
  history->alive = alive / history->silence;
  history->stopped = stopped / history->silence;
  history->log_alive = alive > stopped ? loyi_log1p(-history->stopped)
                                       : loyi_log(path) - powers * LOYI_BGBB_LN_2 - loyi_log(history->silence);
  if (!means) return;
  history->p = (p + alive * (buy / (buy + history->idle))) / history->silence;
  history->theta = (theta + alive * (gamma / (gamma + history->stay))) / history->silence;
}

/* Digest a history; NULL when all is well, otherwise as loyi_bgbb_history_wrong. */
LOYI_LOCAL const char *loyi_bgbb_digest(const loy_bgbb_params *params, double x, double t_x, double T, int means,
                                        loyi_bgbb_history *history, const char **message) {
  const char *wrong = loyi_bgbb_history_wrong(x, t_x, T, message);
  if (wrong) return wrong;
  history->params = params;
  history->x = x;
  history->t_x = t_x;
  history->T = T;
  history->buy = params->alpha + x;
  history->idle = params->beta + (T - x);
  history->stay = params->delta + T;
  history->p = history->theta = NAN;
  loyi_bgbb_walk(history, means);
  return NULL;
}

LOYALTY_API loy_status loy_bgbb_check_customer(const loy_bgbb_params *params, double x, double t_x, double T, double t,
                                               loy_error *error) {
  const char *argument, *message;
  loy_status status = loy_bgbb_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_bgbb_history_wrong(x, t_x, T, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (!loyi_bgbb_is_ahead(t, 1)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_BGBB_HORIZON_MUST);
  return loyi_ok(error);
}

/* Digest for the functions that answer NaN. */
LOYI_LOCAL int loyi_bgbb_usable(const loy_bgbb_params *params, double x, double t_x, double T,
                                loyi_bgbb_history *history) {
  const char *message;
  return loy_bgbb_check(params, NULL) == LOY_OK && !loyi_bgbb_digest(params, x, t_x, T, 0, history, &message);
}

/* The logarithm of the probability of one order of x purchases in t_x periods, alive in the last. */
LOYI_LOCAL double loyi_bgbb_log_bought(const loy_bgbb_params *params, double x, double t_x) {
  double product = 1.0, powers = 0.0, idle = t_x - x;
  if (t_x > (double)LOYI_BGBB_FACTORS)
    return (loyi_betageo_beta_ratio(params->beta, params->alpha, x) +
            loyi_betageo_beta_ratio(params->alpha + x, params->beta, idle)) +
           loyi_betageo_beta_ratio(params->gamma, params->delta, t_x);
  for (double m = 0.0; m < t_x; m += 1.0) {
    product *= loyi_bgbb_part(params->delta + m, params->gamma);
    product *= m < x ? loyi_bgbb_part(params->alpha + m, params->beta)
                     : loyi_bgbb_part(params->beta + (m - x), params->alpha + x);
    if (product < LOYI_BGBB_DOWN) {
      product *= LOYI_BGBB_UP;
      powers += 512.0;
    }
  }
  return loyi_log(product) - powers * LOYI_BGBB_LN_2;
}

LOYI_LOCAL void loyi_bgbb_loglik_row(const loyi_bgbb_history *history, const void *query, double *answer) {
  (void)query;
  answer[0] = loyi_bgbb_log_bought(history->params, history->x, history->t_x) + loyi_log(history->silence);
}

LOYALTY_API double loy_bgbb_loglik(const loy_bgbb_params *params, double x, double t_x, double T) {
  loyi_bgbb_history history;
  double answer;
  if (!loyi_bgbb_usable(params, x, t_x, T, &history)) return NAN;
  loyi_bgbb_loglik_row(&history, NULL, &answer);
  return answer;
}

/* The probability of staying for `periods` more, theta ~ Beta(gamma, stay), and the rest in *gone unless that is NULL.
 */
LOYI_LOCAL double loyi_bgbb_survive(double gamma, double stay, double periods, double *gone) {
  double survive = 1.0, lost = 0.0;
  if (periods == HUGE_VAL) {
    survive = 0.0;
    lost = 1.0;
  } else if (periods > (double)LOYI_BGBB_PERIODS) {
    double log_survive = loyi_betageo_beta_ratio(gamma, stay, periods);
    survive = loyi_exp(log_survive);
    lost = -loyi_expm1(log_survive);
  } else {
    for (double m = 0.0; m < periods && survive > 0.0; m += 1.0) {
      lost += survive * (gamma / (gamma + (stay + m)));
      survive *= loyi_bgbb_part(stay + m, gamma);
    }
  }
  if (gone) *gone = lost < 1.0 ? lost : 1.0;
  return survive;
}

LOYI_LOCAL void loyi_bgbb_palive_row(const loyi_bgbb_history *history, const void *query, double *answer) {
  double t = *(const double *)query;
  answer[0] = history->alive * loyi_bgbb_survive(history->params->gamma, history->stay, t + 1.0, NULL);
}

LOYALTY_API double loy_bgbb_palive(const loy_bgbb_params *params, double x, double t_x, double T, double t) {
  loyi_bgbb_history history;
  double answer;
  if (!loyi_bgbb_usable(params, x, t_x, T, &history) || !loyi_bgbb_is_ahead(t, 1)) return NAN;
  loyi_bgbb_palive_row(&history, &t, &answer);
  return answer;
}

LOYALTY_API double loy_bgbb_log_palive(const loy_bgbb_params *params, double x, double t_x, double T) {
  loyi_bgbb_history history;
  if (!loyi_bgbb_usable(params, x, t_x, T, &history)) return NAN;
  return history.log_alive - loyi_log1p(params->gamma / history.stay);
}

LOYI_LOCAL void loyi_bgbb_posterior_row(const loyi_bgbb_history *history, const void *query, double *answer) {
  (void)query;
  answer[0] = history->p;
  answer[1] = history->theta;
}

LOYALTY_API loy_status loy_bgbb_posterior(const loy_bgbb_params *params, double x, double t_x, double T, double *p,
                                          double *theta, loy_error *error) {
  loyi_bgbb_history history;
  const char *argument, *message;
  loy_status status = loy_bgbb_check(params, error);
  if (status != LOY_OK) return status;
  argument = loyi_bgbb_digest(params, x, t_x, T, 1, &history, &message);
  if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, message);
  if (p) *p = history.p;
  if (theta) *theta = history.theta;
  return loyi_ok(error);
}

/* Batches. */

typedef struct loyi_bgbb_job {
  const loy_bgbb_params *params;
  const double *x, *t_x, *T;
  size_t n;
  loyi_bgbb_row_fn row;
  const void *query;
  double *out[LOYI_BGBB_ANSWERS];
} loyi_bgbb_job;

/* A batch of the rows; the outputs are filled in by the caller, NULL for none. */
LOYI_LOCAL loyi_bgbb_job loyi_bgbb_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                         const double *T, size_t n, loyi_bgbb_row_fn row, const void *query) {
  loyi_bgbb_job job;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.row = row;
  job.query = query;
  for (size_t k = 0; k < LOYI_BGBB_ANSWERS; k++) job.out[k] = NULL;
  return job;
}

/* Histories repeat: a unit remembers answers by the history. */
typedef struct loyi_bgbb_known {
  double x, t_x, T; /* x < 0: none */
  double answer[LOYI_BGBB_ANSWERS];
} loyi_bgbb_known;

/* Where the history is, or may be put: one of some places from that of its hash on. */
LOYI_LOCAL loyi_bgbb_known *loyi_bgbb_find(loyi_bgbb_known *table, double x, double t_x, double T) {
  uint64_t hash = (loyi_bits(x) ^ (loyi_bits(t_x) >> 7) ^ (loyi_bits(T) >> 14)) * UINT64_C(0x9e3779b97f4a7c15);
  size_t first = (size_t)(hash >> 56);
  for (size_t k = 0; k < LOYI_BGBB_PROBES; k++) {
    loyi_bgbb_known *known = &table[(first + k) % LOYI_BGBB_KNOWN];
    if (known->x < 0.0 || (known->x == x && known->t_x == t_x && known->T == T)) return known;
  }
  return &table[first];
}

LOYI_LOCAL void loyi_bgbb_job_block(void *ctx, size_t block) {
  const loyi_bgbb_job *job = (const loyi_bgbb_job *)ctx;
  size_t from = block * LOYI_BGBB_ROWS, to = job->n - from < LOYI_BGBB_ROWS ? job->n : from + LOYI_BGBB_ROWS;
  int means = job->row == loyi_bgbb_posterior_row;
  loyi_bgbb_known table[LOYI_BGBB_KNOWN];
  for (size_t k = 0; k < LOYI_BGBB_KNOWN; k++) table[k].x = -1.0;
  for (size_t i = from; i < to; i++) {
    double x = job->x[i], t_x = job->t_x[i], T = job->T[i];
    loyi_bgbb_known *known = loyi_bgbb_find(table, x, t_x, T);
    if (known->x < 0.0 || known->x != x || known->t_x != t_x || known->T != T) {
      loyi_bgbb_history history;
      const char *message;
      for (size_t k = 0; k < LOYI_BGBB_ANSWERS; k++) known->answer[k] = NAN;
      known->x = -1.0;
      if (!loyi_bgbb_digest(job->params, x, t_x, T, means, &history, &message)) {
        job->row(&history, job->query, known->answer);
        known->x = x;
        known->t_x = t_x;
        known->T = T;
      }
    }
    for (size_t k = 0; k < LOYI_BGBB_ANSWERS; k++)
      if (job->out[k]) job->out[k][i] = known->answer[k];
  }
}

LOYI_LOCAL loy_status loyi_bgbb_check_columns(const loy_bgbb_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, loy_error *error) {
  loy_status status = loy_bgbb_check(params, error);
  return status != LOY_OK ? status : loyi_history_columns_check(x, t_x, T, n, error);
}

/* The rest of every batch function, after its columns and numbers were checked; `needed` names an output that must not
 * be NULL, or is NULL. */
LOYI_LOCAL loy_status loyi_bgbb_run(loyi_bgbb_job *job, const loy_bgbb_options *options, const char *needed,
                                    loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  if (needed && job->n > 0 && !job->out[0])
    return loyi_report(error, LOY_ERR_ARGUMENT, needed, LOY_NO_INDEX, "must not be NULL");
  loyi_bgbb_count_bad(job->x, job->t_x, job->T, job->n, report);
  loyi_parallel(loyi_bgbb_job_block, job, job->n / LOYI_BGBB_ROWS + (job->n % LOYI_BGBB_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_bgbb_loglik_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, const loy_bgbb_options *options, double *out,
                                             loy_batch_report *report, loy_error *error) {
  loyi_bgbb_job job = loyi_bgbb_batch(params, x, t_x, T, n, loyi_bgbb_loglik_row, NULL);
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  job.out[0] = out;
  return loyi_bgbb_run(&job, options, "out", report, error);
}

LOYALTY_API loy_status loy_bgbb_palive_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, size_t n, double t, const loy_bgbb_options *options,
                                             double *out, loy_batch_report *report, loy_error *error) {
  loyi_bgbb_job job = loyi_bgbb_batch(params, x, t_x, T, n, loyi_bgbb_palive_row, &t);
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_bgbb_is_ahead(t, 1)) return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_BGBB_HORIZON_MUST);
  job.out[0] = out;
  return loyi_bgbb_run(&job, options, "out", report, error);
}

LOYALTY_API loy_status loy_bgbb_posterior_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                                const double *T, size_t n, const loy_bgbb_options *options, double *p,
                                                double *theta, loy_batch_report *report, loy_error *error) {
  loyi_bgbb_job job = loyi_bgbb_batch(params, x, t_x, T, n, loyi_bgbb_posterior_row, NULL);
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  job.out[0] = p;
  job.out[1] = theta;
  return loyi_bgbb_run(&job, options, NULL, report, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_INL_H */
