/* lifetime_terms-inl.h: the lifetimes of lifetime_total.h. */
#ifndef LOYALTY_BTYD_LIFETIME_TERMS_INL_H
#define LOYALTY_BTYD_LIFETIME_TERMS_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "lifetime_total.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_lifetime_none(loyi_lifetime_law *lifetime) {
  lifetime->n = 0;
  lifetime->bend = lifetime->im = HUGE_VAL;
  lifetime->re = lifetime->increase = 0.0;
  lifetime->evaluate = NULL;
  lifetime->reach = NULL;
  lifetime->at = NULL;
}

/* The Pareto distribution of the second kind. With z = beta/(beta+t), y = v/(beta+t+v) and D = z y, which is what z
 * loses from t to t + v, no derivative is a difference of large numbers. */

LOYI_CLONES LOYI_LOCAL void loyi_pareto_survive(double s, const double *LOY_RESTRICT beta, const double *LOY_RESTRICT t,
                                                const double *LOY_RESTRICT v, size_t n,
                                                loyi_lifetime_terms *LOY_RESTRICT terms) {
  for (size_t i = 0; i < n; i++) {
    double inverse = 1.0 / (beta[i] + t[i]), ratio = v[i] * inverse;
    double log_s = -s * loyi_log1p(ratio);
    double z = beta[i] * inverse, loss = z * (v[i] / (beta[i] + t[i] + v[i]));
    terms->value[i] = log_s;
    terms->first[0][i] = log_s;
    terms->first[1][i] = s * loss;
    terms->second[0][i] = log_s;
    terms->second[1][i] = s * loss;
    terms->second[2][i] = s * loss * (1.0 - z - (z - loss));
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_pareto_density(double s, const double *LOY_RESTRICT beta, const double *LOY_RESTRICT t,
                                                const double *LOY_RESTRICT v, size_t n,
                                                loyi_lifetime_terms *LOY_RESTRICT terms, double *LOY_RESTRICT hazard) {
  for (size_t i = 0; i < n; i++) {
    double begin = beta[i] + t[i], end = begin + v[i];
    /* Both reciprocals from one division. */
    double product = 1.0 / (begin * end), inverse = end * product, inverse_end = begin * product;
    double log_s = -s * loyi_log1p(v[i] * inverse);
    double z = beta[i] * inverse, loss = z * (v[i] * inverse_end), z_end = z - loss;
    terms->value[i] = log_s;
    hazard[i] = s * inverse_end;
    terms->first[0][i] = 1.0 + log_s;
    terms->first[1][i] = s * loss - z_end;
    terms->second[0][i] = log_s;
    terms->second[1][i] = s * loss;
    terms->second[2][i] = s * loss * (1.0 - z - z_end) - z_end * (1.0 - z_end);
  }
}

LOYI_LOCAL void loyi_pareto_evaluate(const loyi_lifetime_law *lifetime, const double *beta, const double *t,
                                     const double *v, size_t n, loyi_lifetime_terms *terms, double *hazard) {
  if (hazard)
    loyi_pareto_density(lifetime->param[0], beta, t, v, n, terms, hazard);
  else
    loyi_pareto_survive(lifetime->param[0], beta, t, v, n, terms);
}

LOYI_LOCAL void loyi_pareto_reach(const loyi_lifetime_law *lifetime, const double *beta, const double *t, double decay,
                                  size_t n, double *v) {
  double factor = loyi_expm1(decay / lifetime->param[0]);
  for (size_t i = 0; i < n; i++) v[i] = (beta[i] + t[i]) * factor;
}

LOYI_LOCAL void loyi_pareto_at(const loyi_lifetime_law *lifetime, double beta, loyi_lifetime_law *other) {
  loyi_lifetime_pareto(lifetime->param[0], beta, other);
}

LOYI_SHARED void loyi_lifetime_pareto(double s, double beta, loyi_lifetime_law *lifetime) {
  lifetime->n = 2;
  lifetime->param[0] = s;
  lifetime->param[1] = beta;
  lifetime->bend = beta;
  lifetime->re = 0.0;
  lifetime->im = HUGE_VAL;
  lifetime->increase = 0.0;
  lifetime->evaluate = loyi_pareto_evaluate;
  lifetime->reach = loyi_pareto_reach;
  lifetime->at = loyi_pareto_at;
}

/* The Gompertz lifetime with a gamma rate. With u = t + v, E = exp(-b u) and m = beta E + 1 - E, which has only
 * positive terms: ln S(u) = -s (b u + ln(m / beta)) and h(u) = s b / m. */

/* What the derivatives need at one time: z = beta E / m, y = (1 - E) / m, w = b u / m, and the first and second
 * derivative of m by ln b over m. */
typedef struct loyi_gompertz_at {
  double m, z, y, w, first, second;
} loyi_gompertz_at;

static inline loyi_gompertz_at loyi_gompertz_time(double beta, double bu) {
  loyi_gompertz_at at;
  double e = loyi_exp(-bu), rest = 0.0 - loyi_expm1(-bu), inverse;
  /* Beyond this E is nothing, and no product below may become 0 times infinity. */
  double slope = loyi_select(bu < 800.0, bu, 800.0) * e * (1.0 - beta);
  at.m = beta * e + rest;
  inverse = 1.0 / at.m;
  at.z = beta * e * inverse;
  at.y = rest * inverse;
  at.w = bu * inverse;
  at.first = slope * inverse;
  at.second = at.first * (1.0 - loyi_select(bu < 800.0, bu, 800.0));
  return at;
}

/* ln (beta + exp(b (t+v)) - 1) / (beta + exp(b t) - 1), with m at t. */
static inline double loyi_gompertz_growth(double m, double bv) {
  double part = loyi_select(bv < 600.0, bv, 600.0);
  return loyi_log1p(loyi_expm1(part) / m) + (bv - part);
}

LOYI_CLONES LOYI_LOCAL void loyi_gompertz_survive(double b, double s, const double *LOY_RESTRICT beta,
                                                  const double *LOY_RESTRICT t, const double *LOY_RESTRICT v, size_t n,
                                                  loyi_lifetime_terms *LOY_RESTRICT terms) {
  for (size_t i = 0; i < n; i++) {
    loyi_gompertz_at from = loyi_gompertz_time(beta[i], b * t[i]), to = loyi_gompertz_time(beta[i], b * (t[i] + v[i]));
    double log_s = -s * loyi_gompertz_growth(from.m, b * v[i]), by_b = s * (from.w - to.w),
           by_beta = s * (to.y - from.y);
    terms->value[i] = log_s;
    terms->first[0][i] = by_b;
    terms->first[1][i] = log_s;
    terms->first[2][i] = by_beta;
    terms->second[0][i] = s * (from.w * (1.0 - from.first) - to.w * (1.0 - to.first));
    terms->second[1][i] = by_b;
    terms->second[2][i] = log_s;
    terms->second[3][i] = s * (to.w * to.z - from.w * from.z);
    terms->second[4][i] = by_beta;
    terms->second[5][i] = s * (from.z * from.y - to.z * to.y);
  }
}

/* Add the hazard's part to the survivor's. */
LOYI_CLONES LOYI_LOCAL void loyi_gompertz_hazard(double b, double s, const double *LOY_RESTRICT beta,
                                                 const double *LOY_RESTRICT t, const double *LOY_RESTRICT v, size_t n,
                                                 loyi_lifetime_terms *LOY_RESTRICT terms, double *LOY_RESTRICT hazard) {
  for (size_t i = 0; i < n; i++) {
    double bu = b * (t[i] + v[i]);
    loyi_gompertz_at to = loyi_gompertz_time(beta[i], bu);
    hazard[i] = s * b / to.m;
    terms->first[0][i] += 1.0 - to.first;
    terms->first[1][i] += 1.0;
    terms->first[2][i] -= to.z;
    terms->second[0][i] -= to.second - to.first * to.first;
    terms->second[3][i] += to.z * (bu + to.first);
    terms->second[5][i] -= to.z * to.y;
  }
}

LOYI_LOCAL void loyi_gompertz_evaluate(const loyi_lifetime_law *lifetime, const double *beta, const double *t,
                                       const double *v, size_t n, loyi_lifetime_terms *terms, double *hazard) {
  const double *param = lifetime->param;
  loyi_gompertz_survive(param[0], param[1], beta, t, v, n, terms);
  if (hazard) loyi_gompertz_hazard(param[0], param[1], beta, t, v, n, terms, hazard);
}

LOYI_LOCAL void loyi_gompertz_reach(const loyi_lifetime_law *lifetime, const double *beta, const double *t,
                                    double decay, size_t n, double *v) {
  double b = lifetime->param[0], fall = decay / lifetime->param[1], part = fall < 600.0 ? fall : 600.0;
  double factor = loyi_expm1(part), rest = fall - part;
  for (size_t i = 0; i < n; i++) {
    double m = loyi_gompertz_time(beta[i], b * t[i]).m;
    v[i] = (loyi_log1p(m * factor) + rest) / b;
  }
}

LOYI_LOCAL void loyi_gompertz_at_beta(const loyi_lifetime_law *lifetime, double beta, loyi_lifetime_law *other) {
  loyi_lifetime_gompertz(lifetime->param[0], lifetime->param[1], beta, other);
}

LOYI_SHARED void loyi_lifetime_gompertz(double b, double s, double beta, loyi_lifetime_law *lifetime) {
  lifetime->n = 3;
  lifetime->param[0] = b;
  lifetime->param[1] = s;
  lifetime->param[2] = beta;
  /* beta + exp(b u) - 1 vanishes at ln(1 - beta) / b, and 2 pi i / b beside it; at (ln(beta - 1) + pi i) / b for
   * beta > 1. */
  lifetime->bend = beta < 1.0 ? -loyi_log1p(-beta) / b : HUGE_VAL;
  lifetime->re = beta < 1.0 ? -lifetime->bend : (beta > 1.0 ? loyi_log(beta - 1.0) / b : -HUGE_VAL);
  lifetime->im = (beta < 1.0 ? 6.283185307179586 : 3.141592653589793) / b;
  lifetime->increase = beta > 1.0 ? loyi_log(beta) : 0.0;
  lifetime->evaluate = loyi_gompertz_evaluate;
  lifetime->reach = loyi_gompertz_reach;
  lifetime->at = loyi_gompertz_at_beta;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_LIFETIME_TERMS_INL_H */
