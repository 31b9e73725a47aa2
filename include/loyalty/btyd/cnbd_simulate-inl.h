/* cnbd_simulate-inl.h: the text of bgcnbd_simulate.h and mbgcnbd_simulate.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_CNBD_SIMULATE_INL_H
#define LOYALTY_BTYD_CNBD_SIMULATE_INL_H

#include "bgcnbd.h" /* first: header-only, it brings cnbd-inl.h */

#include <math.h>

#include "../math/elementary.h"
#include "../math/random.h"
#include "betageo_simulate-inl.h"
#include "cnbd-inl.h"
#include "draws-inl.h"

LOY_BEGIN_DECLS

/* A model to draw from. */
typedef struct loyi_cnbd_law {
  loyi_betageo_law plain;
  loy_bgnbd_params params;
  double k;
} loyi_cnbd_law;

/* A loyi_draw_fn. For k = 1 that of betageo_simulate-inl.h. */
LOYI_LOCAL void loyi_cnbd_draw_one(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw) {
  const loyi_cnbd_law *law = (const loyi_cnbd_law *)model;
  double mean, p, uniform, stages, n, stop;
  if (law->k == 1.0) {
    loyi_betageo_draw_one(&law->plain, T, seed, i, draw);
    return;
  }
  loyi_rng_seed_stream(&draw->rng, seed, (uint64_t)i);
  mean = loyi_rng_gamma(&draw->rng, law->params.r) / law->params.alpha;
  mean = T > 0.0 ? mean * T : 0.0; /* an infinite rate times no time is no purchase */
  p = loyi_rng_beta(&draw->rng, law->params.a, law->params.b);
  uniform = loyi_rng_uniform(&draw->rng);
  stages = loyi_rng_poisson(&draw->rng, mean < 1e15 ? mean : 1e15);
  n = floor(stages / law->k);
  stop = p <= 0.0 ? HUGE_VAL : (p >= 1.0 ? 1.0 : 1.0 + floor(loyi_log(uniform) / loyi_log1p(-p))) - law->plain.at_zero;
  draw->alive = n < stop ? 1.0 : 0.0;
  draw->x = n < stop ? n : stop;
  draw->t_x = 0.0;
  draw->stages = law->k;
  if (draw->x > 0.0) {
    /* Stage number k x of so many at uniform times. */
    double part = loyi_rng_beta(&draw->rng, law->k * draw->x, stages - law->k * draw->x + 1.0);
    draw->t_x = part < 1.0 ? part * T : T;
  }
}

LOYI_LOCAL void loyi_cnbd_law_make(double at_zero, const loy_bgcnbd_params *params, loyi_cnbd_law *law) {
  law->params = loyi_cnbd_plain(params);
  law->plain.at_zero = at_zero;
  law->plain.params = &law->params;
  law->k = params->k;
}

LOYI_LOCAL loy_status loyi_cnbd_simulate(double at_zero, const loy_bgcnbd_params *params, const double *T, size_t n,
                                         uint64_t seed, const loy_bgcnbd_options *options, double *x, double *t_x,
                                         double *litt, double *alive, loy_error *error) {
  loyi_cnbd_law law;
  loy_status status = loyi_cnbd_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  loyi_cnbd_law_make(at_zero, params, &law);
  return loyi_draws_gaps(loyi_cnbd_draw_one, &law, T, n, seed, options ? options->threads : 1, x, t_x, litt, alive,
                         error);
}

LOYI_LOCAL loy_status loyi_cnbd_simulate_log(double at_zero, const loy_bgcnbd_params *params, const double *T, size_t n,
                                             uint64_t seed, int64_t *customer, double *time, size_t capacity,
                                             size_t *purchases, loy_error *error) {
  loyi_cnbd_law law;
  loy_status status = loyi_cnbd_check(params, error);
  if (status != LOY_OK) return status;
  loyi_cnbd_law_make(at_zero, params, &law);
  return loyi_draws_log(loyi_cnbd_draw_one, &law, T, n, seed, customer, time, capacity, purchases, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_SIMULATE_INL_H */
