/* purchase_interval-inl.h: body of purchase_interval.h. */
#ifndef LOYALTY_BTYD_PURCHASE_INTERVAL_INL_H
#define LOYALTY_BTYD_PURCHASE_INTERVAL_INL_H

#include "purchase_interval.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/negative_binomial.h"
#include "bgcnbd.h"
#include "betageo_predict-inl.h"
#include "bgbb_predict-inl.h"
#include "cnbd_predict-inl.h"
#include "ggomnbd.h"
#include "lifetime_integral.h"
#include "nbd.h"
#include "pnbd.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_COUNT_ROWS = 64 };

/* The model and the question. */
typedef struct loyi_count_ask {
  int is_bgbb;
  int is_betageo; /* (M)BG/(C)NBD(-k), with at_zero as in betageo-inl.h; otherwise a model of purchase_lifetime.h */
  loy_bgbb_params bgbb;
  double at_zero;
  loy_bgcnbd_params betageo; /* with k = 1 for BG/NBD and MBG/NBD */
  loyi_purchase_model purchase;
  double t, tail, body; /* (1 - level)/2 and the rest */
} loyi_count_ask;

/* A customer's future, given that they are alive. */
typedef struct loyi_count_future {
  const loyi_count_ask *ask;
  double alive;
  loyi_cnbd_history betageo;
  loyi_cnbd_future stages;
  loyi_bgbb_history bgbb;
  loyi_purchase_history purchase;
  double survive; /* the lifetime beyond t */
} loyi_count_future;

LOYI_LOCAL loy_status loyi_count_model(const loy_model *model, loyi_count_ask *ask, loy_error *error) {
  const double *p = model->parameters;
  loy_pnbd_params pnbd;
  loy_nbd_params nbd;
  loy_ggomnbd_params ggomnbd;
  ask->is_betageo = 0;
  ask->is_bgbb = model->kind == LOY_MODEL_BGBB;
  switch (model->kind) {
  case LOY_MODEL_PNBD:
    pnbd.r = p[0];
    pnbd.alpha = p[1];
    pnbd.s = p[2];
    pnbd.beta = p[3];
    return loyi_pnbd_model(&pnbd, &ask->purchase, error);
  case LOY_MODEL_NBD:
    nbd.r = p[0];
    nbd.alpha = p[1];
    return loyi_nbd_model(&nbd, &ask->purchase, error);
  case LOY_MODEL_GGOMNBD:
    ggomnbd.r = p[0];
    ggomnbd.alpha = p[1];
    ggomnbd.b = p[2];
    ggomnbd.s = p[3];
    ggomnbd.beta = p[4];
    return loyi_ggomnbd_model(&ggomnbd, &ask->purchase, error);
  case LOY_MODEL_BGBB:
    ask->bgbb.alpha = p[0];
    ask->bgbb.beta = p[1];
    ask->bgbb.gamma = p[2];
    ask->bgbb.delta = p[3];
    return loy_bgbb_check(&ask->bgbb, error);
  default: break;
  }
  if (model->kind != LOY_MODEL_BGNBD && model->kind != LOY_MODEL_MBGNBD && model->kind != LOY_MODEL_BGCNBD &&
      model->kind != LOY_MODEL_MBGCNBD)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be that of a transaction model");
  ask->is_betageo = 1;
  ask->at_zero = model->kind == LOY_MODEL_MBGNBD || model->kind == LOY_MODEL_MBGCNBD ? 1.0 : 0.0;
  ask->betageo.r = p[0];
  ask->betageo.alpha = p[1];
  ask->betageo.a = p[2];
  ask->betageo.b = p[3];
  ask->betageo.k = model->kind == LOY_MODEL_BGCNBD || model->kind == LOY_MODEL_MBGCNBD ? p[4] : 1.0;
  return loyi_cnbd_check(&ask->betageo, error);
}

/* 0 for a history outside its domain. */
LOYI_LOCAL int loyi_count_digest(const loyi_count_ask *ask, double x, double t_x, double T, loyi_count_future *future) {
  const char *message;
  future->ask = ask;
  if (ask->is_bgbb) {
    if (loyi_bgbb_digest(&ask->bgbb, x, t_x, T, 0, &future->bgbb, &message)) return 0;
    future->alive = future->bgbb.alive;
    return 1;
  }
  if (ask->is_betageo) {
    if (loyi_cnbd_digest(ask->at_zero, &ask->betageo, x, t_x, T, &future->betageo, &message)) return 0;
    future->alive = loyi_cnbd_alive(&future->betageo);
    future->stages = loyi_cnbd_future_of(&future->betageo, ask->t);
    return 1;
  }
  if (loyi_purchase_digest(&ask->purchase, x, t_x, T, &future->purchase, &message)) return 0;
  future->alive = loyi_purchase_alive(&future->purchase);
  future->survive = loyi_exp(loyi_lifetime_log_survivor(&future->purchase.rest, ask->t));
  return 1;
}

/* Whether P(Y > n) is above a probability. */
LOYI_LOCAL int loyi_count_above(const loyi_count_future *future, double n, double probability) {
  const loyi_bgbb_history *d = &future->bgbb;
  const loyi_purchase_history *p = &future->purchase;
  double t = future->ask->t, most;
  if (!(future->alive > probability)) return 0;
  if (future->ask->is_bgbb)
    return future->alive * loyi_bgbb_more(d->buy, d->idle, d->params->gamma, d->stay, n, t) > probability;
  if (future->ask->is_betageo) return future->alive * loyi_cnbd_more(&future->stages, n) > probability;
  /* It is at most that of one who never stops, and at least that of one who stays for t: often this is enough. */
  most = future->alive * loyi_negative_binomial_tail(n + 1.0, p->k, p->rate, t);
  if (!(most > probability)) return 0;
  if (most * future->survive > probability) return 1;
  return future->alive * loyi_lifetime_more(&p->rest, n, p->k, p->rate, t) > probability;
}

/* The least n, from `from` on, with P(Y > n) at most a probability. */
LOYI_LOCAL double loyi_count_quantile(const loyi_count_future *future, double from, double probability) {
  double low = from - 1.0, high = from; /* above at low, or low is before the start */
  while (loyi_count_above(future, high, probability)) {
    double step = 2.0 * (high - low);
    low = high;
    if (high >= LOY_PURCHASES_MOST) return HUGE_VAL;
    high = high + step < LOY_PURCHASES_MOST ? high + step : LOY_PURCHASES_MOST;
  }
  while (high - low > 1.0) {
    double middle = low + floor(0.5 * (high - low));
    if (loyi_count_above(future, middle, probability)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

typedef struct loyi_count_job {
  const loyi_count_ask *ask;
  const double *x, *t_x, *T;
  size_t n;
  double *lower, *upper;
} loyi_count_job;

LOYI_LOCAL void loyi_count_block(void *ctx, size_t block) {
  const loyi_count_job *job = (const loyi_count_job *)ctx;
  size_t from = block * LOYI_COUNT_ROWS, to = job->n - from < LOYI_COUNT_ROWS ? job->n : from + LOYI_COUNT_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_count_future future;
    double lower = NAN, upper = NAN;
    if (loyi_count_digest(job->ask, job->x[i], job->t_x[i], job->T[i], &future)) {
      lower = loyi_count_quantile(&future, 0.0, job->ask->body);
      upper = isinf(lower) ? lower : loyi_count_quantile(&future, lower, job->ask->tail);
    }
    job->lower[i] = lower;
    job->upper[i] = upper;
  }
}

/* The checks behind the model; of one whose times are periods t is whole. */
LOYI_LOCAL loy_status loyi_count_check(int periods, const double *x, const double *t_x, const double *T, size_t n,
                                       double t, double level, const loy_purchase_options *options, const double *lower,
                                       const double *upper, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (periods && loyi_bgbb_count_check(0.0, 0.0, t, NULL) != LOY_OK)
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_BGBB_LENGTH_MUST);
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  if (!lower && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "lower", LOY_NO_INDEX, "must not be NULL");
  if (!upper && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "upper", LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

/* LOY_OK, or the notice for the first infinite end. */
LOYI_LOCAL loy_status loyi_count_finite(const double *upper, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (isinf(upper[i]))
      return loyi_report(error, LOY_NOTICE_DIVERGES, "upper", i, "more than 1e9 purchases are within the interval");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_purchase_interval_batch(const loy_model *model, const double *x, const double *t_x,
                                                   const double *T, size_t n, double t, double level,
                                                   const loy_purchase_options *options, double *lower, double *upper,
                                                   loy_batch_report *report, loy_error *error) {
  loyi_count_ask ask;
  loyi_count_job job;
  loy_status status;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  status = loyi_count_model(model, &ask, error);
  if (status == LOY_OK) status = loyi_count_check(ask.is_bgbb, x, t_x, T, n, t, level, options, lower, upper, error);
  if (status != LOY_OK) return status;
  ask.t = t;
  ask.tail = 0.5 * (1.0 - level);
  ask.body = 1.0 - ask.tail;
  if (ask.is_bgbb) {
    loyi_bgbb_count_bad(x, t_x, T, n, report);
  } else {
    loyi_history_count_bad(x, t_x, T, n, report);
  }
  job.ask = &ask;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.lower = lower;
  job.upper = upper;
  loyi_parallel(loyi_count_block, &job, n / LOYI_COUNT_ROWS + (n % LOYI_COUNT_ROWS != 0),
                options ? options->threads : 1);
  return loyi_count_finite(upper, n, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PURCHASE_INTERVAL_INL_H */
