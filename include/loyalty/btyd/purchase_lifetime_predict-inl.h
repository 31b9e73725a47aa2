/* purchase_lifetime_predict-inl.h: body of purchase_lifetime_predict.h. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H

#include "purchase_lifetime_predict.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "lifetime_integral.h"
#include "pareto_future-inl.h"
#include "purchase_lifetime-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED double loyi_purchase_discount_row(const loyi_purchase_history *history, const void *query) {
  const loyi_purchase_discount *ask = (const loyi_purchase_discount *)query;
  double alive = loyi_purchase_alive(history);
  if (alive == 0.0) return 0.0;
  return alive * (history->k / history->rate) * loyi_lifetime_mean_time(&history->rest, ask->delta, ask->t);
}

LOYI_SHARED double loyi_purchase_dect(const loyi_purchase_model *model, double x, double t_x, double T, double delta,
                                      double t) {
  loyi_purchase_discount ask;
  ask.delta = delta;
  ask.t = t;
  if (loyi_history_discount_check(delta, t, NULL) != LOY_OK) return NAN;
  return loyi_purchase_one(model, x, t_x, T, loyi_purchase_discount_row, &ask);
}

LOYI_SHARED double loyi_purchase_expected(const loyi_purchase_model *model, double x, double t_x, double T, double t) {
  return loyi_purchase_dect(model, x, t_x, T, 0.0, t);
}

LOYI_SHARED double loyi_purchase_forever(const loyi_purchase_history *history) {
  const loyi_lifetime *life = &history->model->life;
  loyi_purchase_discount ask;
  double h;
  switch (life->kind) {
  case LOYI_LIFETIME_PARETO:
    /* The mean rate times the mean rest of the lifetime. */
    if (!(life->s > 1.0)) return HUGE_VAL;
    return loyi_purchase_alive(history) * (history->k / history->rate) * (history->rest.beta / (life->s - 1.0));
  case LOYI_LIFETIME_GOMPERTZ:
    /* As far as anybody lives: beyond h the survivor is below exp(-100) of its value at T. */
    h = (100.0 / life->s + loyi_log1p(life->beta)) / life->b;
    ask.delta = 0.0;
    ask.t = h < LOY_RANGE_MOST ? h : LOY_RANGE_MOST;
    return loyi_purchase_discount_row(history, &ask);
  case LOYI_LIFETIME_ENDLESS: break;
  }
  return HUGE_VAL;
}

LOYI_SHARED void loyi_purchase_future_one(const loyi_purchase_future *job, size_t row) {
  loyi_purchase_history history;
  loyi_purchase_discount ask;
  const char *message;
  double alive = NAN, expected = NAN, discounted = NAN;
  if (!loyi_purchase_digest(job->model, job->x[row], job->t_x[row], job->T[row], &history, &message)) {
    ask.delta = 0.0;
    ask.t = job->t;
    alive = loyi_purchase_alive(&history);
    if (job->expected || (job->discounted && job->delta == 0.0))
      expected = job->t == HUGE_VAL ? loyi_purchase_forever(&history) : loyi_purchase_discount_row(&history, &ask);
    ask.delta = job->delta;
    if (job->discounted) discounted = job->delta == 0.0 ? expected : loyi_purchase_discount_row(&history, &ask);
  }
  if (job->p_alive) job->p_alive[row] = alive;
  if (job->expected) job->expected[row] = expected;
  if (job->discounted) job->discounted[row] = discounted;
}

LOYI_LOCAL void loyi_purchase_future_block(void *ctx, size_t block) {
  const loyi_purchase_future *job = (const loyi_purchase_future *)ctx;
  size_t from = block * LOYI_PARETO_ROWS,
         n = job->n - from < LOYI_PARETO_ROWS ? job->n - from : (size_t)LOYI_PARETO_ROWS;
  int closed = job->t < HUGE_VAL || (!job->expected && job->delta > 0.0);
  if (job->model->life.kind == LOYI_LIFETIME_PARETO && closed && n >= 4) {
    loyi_pareto_rows(job, from, n);
    return;
  }
  for (size_t i = 0; i < n; i++) loyi_purchase_future_one(job, from + i);
}

LOYI_LOCAL loyi_purchase_future loyi_purchase_future_job(const loyi_purchase_model *model, const double *x,
                                                         const double *t_x, const double *T, size_t n, double delta,
                                                         double t) {
  loyi_purchase_future job;
  job.model = model;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.delta = delta;
  job.t = t;
  job.p_alive = job.expected = job.discounted = NULL;
  return job;
}

LOYI_LOCAL loy_status loyi_purchase_future_run(loyi_purchase_future *job, const loy_purchase_options *options,
                                               loy_batch_report *report, loy_error *error) {
  loyi_history_count_bad(job->x, job->t_x, job->T, job->n, report);
  loyi_parallel(loyi_purchase_future_block, job, job->n / LOYI_PARETO_ROWS + (job->n % LOYI_PARETO_ROWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_purchase_predict_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                   const double *T, size_t n, double delta, double t,
                                                   const loy_purchase_options *options, double *p_alive,
                                                   double *expected, double *discounted, loy_batch_report *report,
                                                   loy_error *error) {
  loyi_purchase_future job = loyi_purchase_future_job(model, x, t_x, T, n, delta, t);
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_history_future_check(delta, t, error);
  if (status == LOY_OK) status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  job.p_alive = p_alive;
  job.expected = expected;
  job.discounted = discounted;
  (void)loyi_purchase_future_run(&job, options, report, error);
  return loyi_history_endless(model->life.kind == LOYI_LIFETIME_PARETO ? "s" : "t", n, delta, t, expected, discounted,
                              error);
}

LOYI_SHARED loy_status loyi_purchase_expected_batch(const loyi_purchase_model *model, const double *x,
                                                    const double *t_x, const double *T, size_t n, double t,
                                                    const loy_purchase_options *options, double *out,
                                                    loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return loyi_purchase_dect_batch(model, x, t_x, T, n, 0.0, t, 0, options, out, report, error);
}

LOYI_SHARED loy_status loyi_purchase_dect_batch(const loyi_purchase_model *model, const double *x, const double *t_x,
                                                const double *T, size_t n, double delta, double t, int endless,
                                                const loy_purchase_options *options, double *out,
                                                loy_batch_report *report, loy_error *error) {
  loyi_purchase_future job = loyi_purchase_future_job(model, x, t_x, T, n, delta, t);
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (endless && !loyi_is_quantity(delta))
    return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  status = loyi_history_discount_check(delta, t, error);
  if (status == LOY_OK) status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !out) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  job.discounted = out;
  return loyi_purchase_future_run(&job, options, report, error);
}

/* A sum of probabilities, which rounding may leave above 1. */
LOYI_LOCAL double loyi_purchase_chance(double sum) { return sum > 1.0 ? 1.0 : sum; }

LOYI_SHARED double loyi_purchase_pmf_future(const loyi_purchase_model *model, double x, double t_x, double T, double n,
                                            double t) {
  loyi_purchase_history history;
  const char *message;
  double value;
  if (loyi_purchase_digest(model, x, t_x, T, &history, &message)) return NAN;
  if (loyi_history_count_check(n, 0.0, t, NULL) != LOY_OK) return NAN;
  value = loyi_purchase_alive(&history) * loyi_lifetime_count(&history.rest, n, history.k, history.rate, t);
  return loyi_purchase_chance(n > 0.0 ? value : value + loyi_purchase_stopped(&history));
}

LOYI_SHARED double loyi_purchase_pmf_interval(const loyi_purchase_model *model, double n, double t0, double t1) {
  loyi_lifetime rest = loyi_lifetime_after(&model->life, t0);
  double log_survivor, value;
  if (loyi_history_count_check(n, t0, t1, NULL) != LOY_OK) return NAN;
  /* Alive at t0 or not; what the customer bought until then says nothing, as it is not known. */
  log_survivor = loyi_lifetime_log_survivor(&model->life, t0);
  value = loyi_exp(log_survivor) * loyi_lifetime_count(&rest, n, model->r, model->alpha, t1 - t0);
  return loyi_purchase_chance(n > 0.0 ? value : value - loyi_expm1(log_survivor));
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_PREDICT_INL_H */
