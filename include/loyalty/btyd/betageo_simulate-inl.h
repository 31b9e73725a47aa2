/* betageo_simulate-inl.h: the text of bgnbd_simulate.h and mbgnbd_simulate.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H
#define LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/random.h"
#include "betageo-inl.h"

LOY_BEGIN_DECLS

enum { LOYI_BETAGEO_DRAWS = 256 };

/* One customer. */
typedef struct loyi_betageo_draw {
  double x, t_x, alive;
  loyi_rng rng; /* ready for the times of the earlier purchases */
} loyi_betageo_draw;

LOYI_LOCAL void loyi_betageo_draw_one(double at_zero, const loy_bgnbd_params *params, double T, uint64_t seed, size_t i,
                                      loyi_betageo_draw *draw) {
  double mean, p, uniform, n, stop;
  loyi_rng_seed_stream(&draw->rng, seed, (uint64_t)i);
  mean = loyi_rng_gamma(&draw->rng, params->r) / params->alpha;
  mean = T > 0.0 ? mean * T : 0.0; /* an infinite rate times no time is no purchase */
  p = loyi_rng_beta(&draw->rng, params->a, params->b);
  uniform = loyi_rng_uniform(&draw->rng);
  n = loyi_rng_poisson(&draw->rng, mean < 1e15 ? mean : 1e15);
  /* The repeat purchase after which the customer stops, 0 for at once: of the chances to stop, the j-th is survived
   * with probability (1 - p)^j. */
  stop = p <= 0.0 ? HUGE_VAL : (p >= 1.0 ? 1.0 : 1.0 + floor(loyi_log(uniform) / loyi_log1p(-p))) - at_zero;
  draw->alive = n < stop ? 1.0 : 0.0;
  draw->x = n < stop ? n : stop;
  draw->t_x = 0.0;
  if (draw->x > 0.0) {
    /* The x-th smallest of n uniform times: T times a beta variate. For the last one by inversion. */
    double part = draw->alive != 0.0 ? loyi_exp(loyi_log(loyi_rng_uniform(&draw->rng)) / n)
                                     : loyi_rng_beta(&draw->rng, stop, n - stop + 1.0);
    draw->t_x = part < 1.0 ? part * T : T;
  }
}

typedef struct loyi_betageo_draws {
  double at_zero;
  const loy_bgnbd_params *params;
  const double *T;
  size_t n;
  uint64_t seed;
  double *x, *t_x, *alive;
} loyi_betageo_draws;

LOYI_LOCAL void loyi_betageo_draws_block(void *ctx, size_t block) {
  const loyi_betageo_draws *job = (const loyi_betageo_draws *)ctx;
  size_t from = block * LOYI_BETAGEO_DRAWS,
         to = job->n - from < LOYI_BETAGEO_DRAWS ? job->n : from + LOYI_BETAGEO_DRAWS;
  for (size_t i = from; i < to; i++) {
    loyi_betageo_draw draw;
    loyi_betageo_draw_one(job->at_zero, job->params, job->T[i], job->seed, i, &draw);
    job->x[i] = draw.x;
    job->t_x[i] = draw.t_x;
    if (job->alive) job->alive[i] = draw.alive;
  }
}

LOYI_LOCAL loy_status loyi_betageo_check_lengths(const double *T, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_zero_or_quantity(T[i])) return loyi_report(error, LOY_ERR_DOMAIN, "T", i, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_betageo_simulate(double at_zero, const loy_bgnbd_params *params, const double *T, size_t n,
                                            uint64_t seed, const loy_bgnbd_options *options, double *x, double *t_x,
                                            double *alive, loy_error *error) {
  loyi_betageo_draws job;
  const char *argument = NULL;
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !t_x) argument = "t_x";
  if (n > 0 && !x) argument = "x";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_check_lengths(T, n, error);
  if (status != LOY_OK) return status;
  job.at_zero = at_zero;
  job.params = params;
  job.T = T;
  job.n = n;
  job.seed = seed;
  job.x = x;
  job.t_x = t_x;
  job.alive = alive;
  loyi_parallel(loyi_betageo_draws_block, &job, n / LOYI_BETAGEO_DRAWS + (n % LOYI_BETAGEO_DRAWS != 0),
                options ? options->threads : 1);
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_betageo_simulate_log(double at_zero, const loy_bgnbd_params *params, const double *T,
                                                size_t n, uint64_t seed, int64_t *customer, double *time,
                                                size_t capacity, size_t *purchases, loy_error *error) {
  const char *argument = NULL;
  double count = 0.0;
  size_t at = 0;
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  if (capacity > 0 && !time) argument = "time";
  if (capacity > 0 && !customer) argument = "customer";
  if (!purchases) argument = "purchases";
  if (n > 0 && !T) argument = "T";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_check_lengths(T, n, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    loyi_betageo_draw draw;
    loyi_betageo_draw_one(at_zero, params, T[i], seed, i, &draw);
    count += draw.x;
  }
  *purchases = count < 9e15 ? (size_t)count : SIZE_MAX;
  if (capacity == 0) return loyi_ok(error);
  if (*purchases > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the number of purchases");
  for (size_t i = 0; i < n; i++) {
    loyi_betageo_draw draw;
    double when = 0.0;
    loyi_betageo_draw_one(at_zero, params, T[i], seed, i, &draw);
    for (double left = draw.x - 1.0; left > 0.0; left -= 1.0) {
      /* The smallest of `left` uniform times between `when` and t_x. */
      when += (draw.t_x - when) * -loyi_expm1(loyi_log(loyi_rng_uniform(&draw.rng)) / left);
      customer[at] = (int64_t)i;
      time[at++] = when < draw.t_x ? when : draw.t_x;
    }
    if (draw.x > 0.0) {
      customer[at] = (int64_t)i;
      time[at++] = draw.t_x;
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H */
