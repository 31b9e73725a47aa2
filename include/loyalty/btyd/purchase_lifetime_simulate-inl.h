/* purchase_lifetime_simulate-inl.h: body of purchase_lifetime_simulate.h. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_INL_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_INL_H

#include "purchase_lifetime_simulate.h"

#include "../math/elementary.h"
#include "draws-inl.h"
#include "purchase_lifetime-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_purchase_draw(const void *model, double T, uint64_t seed, size_t i, loyi_draw *draw) {
  const loyi_purchase_model *of = (const loyi_purchase_model *)model;
  double rate, life, active, mean;
  loyi_rng_seed_stream(&draw->rng, seed, (uint64_t)i);
  rate = loyi_rng_gamma(&draw->rng, of->r) / of->alpha;
  life = loyi_lifetime_quantile(&of->life, loyi_rng_exponential(&draw->rng));
  active = life < T ? life : T;
  mean = active > 0.0 ? rate * active : 0.0; /* an infinite rate times no time is no purchase */
  draw->x = loyi_rng_poisson(&draw->rng, mean < 1e15 ? mean : 1e15);
  draw->alive = life > T ? 1.0 : 0.0;
  /* The largest of x uniform times, by inversion. */
  draw->t_x = draw->x > 0.0 ? active * loyi_exp(loyi_log(loyi_rng_uniform(&draw->rng)) / draw->x) : 0.0;
}

LOYI_SHARED loy_status loyi_purchase_simulate(const loyi_purchase_model *model, const double *T, size_t n,
                                              uint64_t seed, const loy_purchase_options *options, double *x,
                                              double *t_x, double *alive, loy_error *error) {
  loy_status status;
  if (n > 0 && !T) return loyi_report(error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX, "must not be NULL");
  status = loyi_purchase_options_check(options, error);
  if (status != LOY_OK) return status;
  return loyi_draws(loyi_purchase_draw, model, T, n, seed, options ? options->threads : 1, x, t_x, alive, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_SIMULATE_INL_H */
