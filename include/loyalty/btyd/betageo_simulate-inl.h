/* betageo_simulate-inl.h: the text of bgnbd_simulate.h and mbgnbd_simulate.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H
#define LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/random.h"
#include "betageo-inl.h"
#include "draws-inl.h"

LOY_BEGIN_DECLS

/* A model to draw from. */
typedef struct loyi_betageo_law {
  double at_zero;
  const loy_bgnbd_params *params;
} loyi_betageo_law;

/* A loyi_draw_fn. */
LOYI_LOCAL void loyi_betageo_draw_one(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw) {
  const loyi_betageo_law *law = (const loyi_betageo_law *)model;
  const loy_bgnbd_params *params = law->params;
  double mean, p, uniform, n, stop;
  loyi_rng_seed_stream(&draw->rng, seed, (uint64_t)i);
  mean = loyi_rng_gamma(&draw->rng, params->r) / params->alpha;
  mean = T > 0.0 ? mean * T : 0.0; /* an infinite rate times no time is no purchase */
  p = loyi_rng_beta(&draw->rng, params->a, params->b);
  uniform = loyi_rng_uniform(&draw->rng);
  n = loyi_rng_poisson(&draw->rng, mean < 1e15 ? mean : 1e15);
  /* The repeat purchase after which the customer stops, 0 for at once: of the chances to stop, the j-th is survived
   * with probability (1 - p)^j. */
  stop = p <= 0.0 ? HUGE_VAL : (p >= 1.0 ? 1.0 : 1.0 + floor(loyi_log(uniform) / loyi_log1p(-p))) - law->at_zero;
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

LOYI_LOCAL loy_status loyi_betageo_simulate(double at_zero, const loy_bgnbd_params *params, const double *T, size_t n,
                                            uint64_t seed, const loy_bgnbd_options *options, double *x, double *t_x,
                                            double *alive, loy_error *error) {
  const loyi_betageo_law law = {at_zero, params};
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  return loyi_draws(loyi_betageo_draw_one, &law, T, n, seed, options ? options->threads : 1, x, t_x, alive, error);
}

LOYI_LOCAL loy_status loyi_betageo_simulate_log(double at_zero, const loy_bgnbd_params *params, const double *T,
                                                size_t n, uint64_t seed, int64_t *customer, double *time,
                                                size_t capacity, size_t *purchases, loy_error *error) {
  const loyi_betageo_law law = {at_zero, params};
  loy_status status = loyi_betageo_check(params, error);
  if (status != LOY_OK) return status;
  return loyi_draws_log(loyi_betageo_draw_one, &law, T, n, seed, customer, time, capacity, purchases, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_SIMULATE_INL_H */
