/* lifetime.h: private. How long a customer stays: the lifetimes that purchase_lifetime.h combines with a gamma purchase
 * rate. Every customer has a hazard of their own, a gamma variable times a curve that all share; over the population
 *   S(t) = (beta / (beta + C(t)))^s,  C the shared curve's integral from 0 to t.
 *
 *   endless    C(t) = 0             nobody stops (NBD)
 *   Pareto     C(t) = t             constant hazards, mu ~ Gamma(s, beta) (Pareto/NBD)
 *   Gompertz   C(t) = exp(b t) - 1  hazards that grow with age (gamma-Gompertz/NBD)
 *
 * A lifetime is two functions, the logarithm of the survivor S and the hazard f / S, with their inverse for simulation.
 * Each family is closed: the rest of a lifetime that has lasted t is a lifetime of the same family, which is why every
 * integral over lifetimes starts at 0. docs/btyd/adding-a-lifetime.md says what a further family needs. */
#ifndef LOYALTY_BTYD_LIFETIME_H
#define LOYALTY_BTYD_LIFETIME_H

#include "../base/config.h"

LOY_BEGIN_DECLS

typedef enum loyi_lifetime_kind {
  LOYI_LIFETIME_ENDLESS,
  LOYI_LIFETIME_PARETO,
  LOYI_LIFETIME_GOMPERTZ
} loyi_lifetime_kind;

/* s is a shape; beta has the unit of time for Pareto and none for Gompertz, whose b is per unit of time. Unused ones
 * are 1. */
typedef struct loyi_lifetime {
  loyi_lifetime_kind kind;
  double s, beta, b;
} loyi_lifetime;

LOYI_SHARED loyi_lifetime loyi_lifetime_make(loyi_lifetime_kind kind, double s, double beta, double b);

/* What is left of a lifetime that has lasted t. */
LOYI_SHARED loyi_lifetime loyi_lifetime_after(const loyi_lifetime *life, double t);

/* ln S(t), t >= 0, also infinite. */
LOYI_SHARED double loyi_lifetime_log_survivor(const loyi_lifetime *life, double t);

/* f(t) / S(t). */
LOYI_SHARED double loyi_lifetime_hazard(const loyi_lifetime *life, double t);

/* ln S and the hazard at n times. */
LOYI_SHARED void loyi_lifetime_nodes(const loyi_lifetime *life, const double *t, size_t n, double *log_survivor,
                                     double *hazard);

/* The time at which ln S is -exposure: with an exponential variate of mean 1 a draw of the lifetime. */
LOYI_SHARED double loyi_lifetime_quantile(const loyi_lifetime *life, double exposure);

/* The mean of the customer's own factor of the hazard, given a lifetime of more than t: s / (beta + C(t)). */
LOYI_SHARED double loyi_lifetime_factor(const loyi_lifetime *life, double t);

/* The time within which S and f bend first: of the size of the distance from 0 to their nearest singularity. */
LOYI_SHARED double loyi_lifetime_scale(const loyi_lifetime *life);

/* int_0^t exp(-delta v) S(v) dv where it has a closed form, otherwise NaN. t may be infinite where delta > 0. */
LOYI_SHARED double loyi_lifetime_span(const loyi_lifetime *life, double delta, double t);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "lifetime-inl.h"
#endif

#endif /* LOYALTY_BTYD_LIFETIME_H */
