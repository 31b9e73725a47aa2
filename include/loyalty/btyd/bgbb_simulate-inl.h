/* bgbb_simulate-inl.h: body of bgbb_simulate.h. */
#ifndef LOYALTY_BTYD_BGBB_SIMULATE_INL_H
#define LOYALTY_BTYD_BGBB_SIMULATE_INL_H

#include "bgbb_simulate.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/random.h"
#include "bgbb-inl.h"
#include "draws-inl.h"

LOY_BEGIN_DECLS

/* The last of `left` purchases that fall on any of the periods 1 to `period`, of which they are at most so many. */
LOYI_LOCAL double loyi_bgbb_draw_last(loyi_rng *rng, double left, double period) {
  while (left < period && loyi_rng_uniform(rng) * period >= left) period -= 1.0;
  return period;
}

/* A loyi_draw_fn. The generator is left ready for loyi_bgbb_draw_last of the purchases before. */
LOYI_LOCAL void loyi_bgbb_draw_one(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw) {
  const loy_bgbb_params *params = (const loy_bgbb_params *)model;
  double p, theta, uniform, life;
  loyi_rng_seed_stream(&draw->rng, seed, (uint64_t)i);
  p = loyi_rng_beta(&draw->rng, params->alpha, params->beta);
  theta = loyi_rng_beta(&draw->rng, params->gamma, params->delta);
  uniform = loyi_rng_uniform(&draw->rng);
  /* Being alive in period k has probability (1 - theta)^k. */
  life = theta <= 0.0 ? HUGE_VAL : (theta >= 1.0 ? 0.0 : floor(loyi_log(uniform) / loyi_log1p(-theta)));
  draw->alive = life > T ? 1.0 : 0.0;
  if (life > T) life = T;
  draw->x = loyi_rng_binomial(&draw->rng, life, p);
  draw->t_x = draw->x > 0.0 ? loyi_bgbb_draw_last(&draw->rng, draw->x, life) : 0.0;
}

LOYALTY_API loy_status loy_bgbb_simulate(const loy_bgbb_params *params, const double *T, size_t n, uint64_t seed,
                                         const loy_bgbb_options *options, double *x, double *t_x, double *alive,
                                         loy_error *error) {
  loy_status status = loy_bgbb_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  status = loyi_purchase_options_check(options, error);
  if (status == LOY_OK && x && t_x) status = loyi_bgbb_lengths_check(T, n, error);
  if (status != LOY_OK) return status;
  return loyi_draws(loyi_bgbb_draw_one, params, T, n, seed, options ? options->threads : 1, x, t_x, alive, error);
}

LOYALTY_API loy_status loy_bgbb_simulate_log(const loy_bgbb_params *params, const double *T, size_t n, uint64_t seed,
                                             int64_t *customer, double *time, size_t capacity, size_t *purchases,
                                             loy_error *error) {
  const char *argument = NULL;
  double count = 0.0; /* exact below 2^53, which no memory holds */
  size_t at = 0;
  loy_status status = loy_bgbb_check(params, error);
  if (status != LOY_OK) return status;
  if (capacity > 0 && !time) argument = "time";
  if (capacity > 0 && !customer) argument = "customer";
  if (!purchases) argument = "purchases";
  if (n > 0 && !T) argument = "T";
  if (argument) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_bgbb_lengths_check(T, n, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    loyi_draw one;
    loyi_bgbb_draw_one(params, T[i], seed, i, &one);
    count += one.x;
  }
  *purchases = (size_t)count;
  if (capacity == 0) return loyi_ok(error);
  if (*purchases > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "capacity", LOY_NO_INDEX, "must be at least the number of purchases");
  for (size_t i = 0; i < n; i++) {
    loyi_draw one;
    double period;
    loyi_bgbb_draw_one(params, T[i], seed, i, &one);
    period = one.t_x;
    for (size_t left = (size_t)one.x; left > 0; left--) { /* from the last to the first */
      if (left < (size_t)one.x) period = loyi_bgbb_draw_last(&one.rng, (double)left, period - 1.0);
      customer[at + left - 1] = (int64_t)i;
      time[at + left - 1] = period;
    }
    at += (size_t)one.x;
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_bgbb_simulate_histories(const loy_bgbb_params *params, size_t n, size_t periods,
                                                   uint64_t seed, double *history, loy_error *error) {
  const double T = (double)periods;
  loy_status status = loy_bgbb_check(params, error);
  if (status != LOY_OK) return status;
  if (!loyi_bgbb_is_length(T))
    return loyi_report(error, LOY_ERR_DOMAIN, "periods", LOY_NO_INDEX, LOYI_BGBB_LENGTH_MUST);
  if (n > 0 && periods > 0 && !history)
    return loyi_report(error, LOY_ERR_ARGUMENT, "history", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; periods > 0 && i < n; i++) {
    double *row = history + i * periods, period;
    loyi_draw one;
    loyi_bgbb_draw_one(params, T, seed, i, &one);
    for (size_t j = 0; j < periods; j++) row[j] = 0.0;
    period = one.t_x;
    for (double left = one.x; left > 0.0; left -= 1.0) {
      if (left < one.x) period = loyi_bgbb_draw_last(&one.rng, left, period - 1.0);
      row[(size_t)period - 1] = 1.0;
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_SIMULATE_INL_H */
