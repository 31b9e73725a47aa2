/* lifetime-inl.h: body of lifetime.h. */
#ifndef LOYALTY_BTYD_LIFETIME_INL_H
#define LOYALTY_BTYD_LIFETIME_INL_H

#include "lifetime.h"

#include <math.h>

#include "../math/elementary.h"
#include "pareto_integral-inl.h"

LOY_BEGIN_DECLS

LOYI_SHARED loyi_lifetime loyi_lifetime_make(loyi_lifetime_kind kind, double s, double beta, double b) {
  loyi_lifetime life;
  life.kind = kind;
  life.s = s;
  life.beta = beta;
  life.b = b;
  return life;
}

/* (beta - 1) exp(-y) + 1, y = b t, without cancellation: both terms are positive. */
static inline double loyi_gompertz_level(double beta, double y) { return beta * loyi_exp(-y) - loyi_expm1(-y); }

/* ln(1 + (exp(y) - 1) / beta). From y = 600 on exp(y) / beta is all there is, for every beta in range. */
static inline double loyi_gompertz_exposure(double beta, double log_beta, double y) {
  double low = y > 600.0 ? 600.0 : y;
  return loyi_select(y > 600.0, y - log_beta, loyi_log1p(loyi_expm1(low) / beta));
}

LOYI_SHARED loyi_lifetime loyi_lifetime_after(const loyi_lifetime *life, double t) {
  loyi_lifetime rest = *life;
  if (life->kind == LOYI_LIFETIME_PARETO) rest.beta += t;
  if (life->kind == LOYI_LIFETIME_GOMPERTZ) rest.beta = loyi_gompertz_level(life->beta, life->b * t);
  return rest;
}

LOYI_SHARED double loyi_lifetime_log_survivor(const loyi_lifetime *life, double t) {
  switch (life->kind) {
  case LOYI_LIFETIME_PARETO: return -life->s * loyi_log1p(t / life->beta);
  case LOYI_LIFETIME_GOMPERTZ: return -life->s * loyi_gompertz_exposure(life->beta, loyi_log(life->beta), life->b * t);
  case LOYI_LIFETIME_ENDLESS: break;
  }
  return 0.0;
}

LOYI_SHARED double loyi_lifetime_hazard(const loyi_lifetime *life, double t) {
  switch (life->kind) {
  case LOYI_LIFETIME_PARETO: return life->s / (life->beta + t);
  case LOYI_LIFETIME_GOMPERTZ: return life->s * life->b / loyi_gompertz_level(life->beta, life->b * t);
  case LOYI_LIFETIME_ENDLESS: break;
  }
  return 0.0;
}

/* Clones are local: clang cannot share them within the library alone. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_lifetime_fill(const loyi_lifetime *life, const double *t, size_t n,
                                                    double *log_survivor, double *hazard) {
  double s = life->s, beta = life->beta, b = life->b, log_beta;
  switch (life->kind) {
  case LOYI_LIFETIME_PARETO:
    for (size_t i = 0; i < n; i++) {
      log_survivor[i] = -s * loyi_log1p(t[i] / beta);
      hazard[i] = s / (beta + t[i]);
    }
    return;
  case LOYI_LIFETIME_GOMPERTZ:
    log_beta = loyi_log(beta);
    for (size_t i = 0; i < n; i++) {
      log_survivor[i] = -s * loyi_gompertz_exposure(beta, log_beta, b * t[i]);
      hazard[i] = s * b / loyi_gompertz_level(beta, b * t[i]);
    }
    return;
  case LOYI_LIFETIME_ENDLESS: break;
  }
  for (size_t i = 0; i < n; i++) {
    log_survivor[i] = 0.0;
    hazard[i] = 0.0;
  }
}

LOYI_SHARED void loyi_lifetime_nodes(const loyi_lifetime *life, const double *t, size_t n, double *log_survivor,
                                     double *hazard) {
  loyi_lifetime_fill(life, t, n, log_survivor, hazard);
}

LOYI_SHARED double loyi_lifetime_quantile(const loyi_lifetime *life, double exposure) {
  /* C(t) = beta (exp(exposure / s) - 1). */
  double y = exposure / life->s;
  if (life->kind == LOYI_LIFETIME_PARETO) return life->beta * loyi_expm1(y);
  if (life->kind == LOYI_LIFETIME_GOMPERTZ)
    return (y < 600.0 ? loyi_log1p(life->beta * loyi_expm1(y)) : y + loyi_log(life->beta)) / life->b;
  return HUGE_VAL;
}

LOYI_SHARED double loyi_lifetime_factor(const loyi_lifetime *life, double t) {
  double y = life->b * t;
  if (life->kind == LOYI_LIFETIME_PARETO) return life->s / (life->beta + t);
  if (life->kind == LOYI_LIFETIME_GOMPERTZ) return life->s * loyi_exp(-y) / loyi_gompertz_level(life->beta, y);
  return 0.0;
}

LOYI_SHARED double loyi_lifetime_scale(const loyi_lifetime *life) {
  if (life->kind == LOYI_LIFETIME_PARETO) return life->beta;
  if (life->kind == LOYI_LIFETIME_GOMPERTZ)
    return (life->beta < 1.0 ? life->beta : 1.0 + loyi_log(life->beta)) / life->b;
  return HUGE_VAL;
}

LOYI_SHARED double loyi_lifetime_span(const loyi_lifetime *life, double delta, double t) {
  if (life->kind == LOYI_LIFETIME_ENDLESS) return delta == 0.0 ? t : -loyi_expm1(-delta * t) / delta;
  if (life->kind == LOYI_LIFETIME_PARETO && delta == 0.0) return loyi_pareto_span(life->s, life->beta, t);
  return (double)NAN;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_LIFETIME_INL_H */
