/* draws-inl.h: body of draws.h. */
#ifndef LOYALTY_BTYD_DRAWS_INL_H
#define LOYALTY_BTYD_DRAWS_INL_H

#include "draws.h"

#include "../base/parallel.h"
#include "../base/range.h"
#include "../math/elementary.h"
#include "history-inl.h"

LOY_BEGIN_DECLS

enum { LOYI_DRAWS_ROWS = 256 };

typedef struct loyi_draws_job {
  loyi_draw_fn draw;
  const void *model;
  const double *T;
  size_t n;
  uint64_t seed;
  double *x, *t_x, *litt, *alive;
} loyi_draws_job;

/* One customer, of whom the library takes the summary: a time of purchase below the range of times is cut there. */
LOYI_LOCAL void loyi_draws_one(loyi_draw_fn draw, const void *model, double T, uint64_t seed, size_t i,
                               loyi_draw *one) {
  one->stages = 1.0;
  draw(model, T, seed, i, one);
  if (one->t_x > 0.0 && one->t_x < LOY_RANGE_LEAST) one->t_x = LOY_RANGE_LEAST;
}

/* The next gap of one who has `left` purchases after it, of the time `span` until the last: the smallest of so many
 * uniform times, or a beta part. */
LOYI_LOCAL double loyi_draws_gap(loyi_draw *one, double left, double span) {
  if (one->stages == 1.0) return span * -loyi_expm1(loyi_log(loyi_rng_uniform(&one->rng)) / left);
  return span * loyi_rng_beta(&one->rng, one->stages, one->stages * left);
}

/* The sum of the logarithms of the gaps; those below the range of times are cut there. */
LOYI_LOCAL double loyi_draws_litt(loyi_draw *one) {
  double when = 0.0, sum = 0.0;
  for (double left = one->x - 1.0; left >= 0.0; left -= 1.0) {
    double gap = left > 0.0 ? loyi_draws_gap(one, left, one->t_x - when) : one->t_x - when;
    sum += loyi_log(gap > LOY_RANGE_LEAST ? gap : LOY_RANGE_LEAST);
    when = when + gap < one->t_x ? when + gap : one->t_x;
  }
  return sum;
}

LOYI_LOCAL void loyi_draws_block(void *ctx, size_t block) {
  const loyi_draws_job *job = (const loyi_draws_job *)ctx;
  size_t from = block * LOYI_DRAWS_ROWS, to = job->n - from < LOYI_DRAWS_ROWS ? job->n : from + LOYI_DRAWS_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_draw draw;
    loyi_draws_one(job->draw, job->model, job->T[i], job->seed, i, &draw);
    job->x[i] = draw.x;
    job->t_x[i] = draw.t_x;
    if (job->alive) job->alive[i] = draw.alive;
    if (job->litt) job->litt[i] = loyi_draws_litt(&draw);
  }
}

LOYI_SHARED loy_status loyi_draws_gaps(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                       int threads, double *x, double *t_x, double *litt, double *alive,
                                       loy_error *error) {
  loyi_draws_job job;
  const char *argument = NULL;
  loy_status status;
  if (n > 0 && !t_x) argument = "t_x";
  if (n > 0 && !x) argument = "x";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_history_lengths_check(T, n, error);
  if (status != LOY_OK) return status;
  job.draw = draw;
  job.model = model;
  job.T = T;
  job.n = n;
  job.seed = seed;
  job.x = x;
  job.t_x = t_x;
  job.litt = litt;
  job.alive = alive;
  loyi_parallel(loyi_draws_block, &job, n / LOYI_DRAWS_ROWS + (n % LOYI_DRAWS_ROWS != 0), threads);
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_draws(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                  int threads, double *x, double *t_x, double *alive, loy_error *error) {
  return loyi_draws_gaps(draw, model, T, n, seed, threads, x, t_x, NULL, alive, error);
}

LOYI_SHARED loy_status loyi_draws_log(loyi_draw_fn draw, const void *model, const double *T, size_t n, uint64_t seed,
                                      int64_t *customer, double *time, size_t capacity, size_t *purchases,
                                      loy_error *error) {
  const char *argument = NULL;
  double count = 0.0;
  size_t at = 0;
  loy_status status;
  if (capacity > 0 && !time) argument = "time";
  if (capacity > 0 && !customer) argument = "customer";
  if (!purchases) argument = "purchases";
  if (n > 0 && !T) argument = "T";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_history_lengths_check(T, n, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    loyi_draw one;
    loyi_draws_one(draw, model, T[i], seed, i, &one);
    count += one.x;
  }
  *purchases = count < 9e15 ? (size_t)count : SIZE_MAX;
  if (capacity == 0) return loyi_ok(error);
  if (*purchases > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the number of purchases");
  for (size_t i = 0; i < n; i++) {
    loyi_draw one;
    double when = 0.0;
    loyi_draws_one(draw, model, T[i], seed, i, &one);
    for (double left = one.x - 1.0; left > 0.0; left -= 1.0) {
      when += loyi_draws_gap(&one, left, one.t_x - when);
      customer[at] = (int64_t)i;
      time[at++] = when < one.t_x ? when : one.t_x;
    }
    if (one.x > 0.0) {
      customer[at] = (int64_t)i;
      time[at++] = one.t_x;
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_DRAWS_INL_H */
