/* pareto_integral-inl.h: private. The integrals of lifetime_integral.h over a Pareto lifetime by fixed rules, for one
 * customer or many at once.
 *
 * With tau = ln(1 + v/c), c the smaller of rate and beta, the integrands are
 *   exp((1 - e) tau - e' ln(1 + c/c' (exp(tau) - 1)))   of a density and a rate, e and e' their exponents k and s + 1,
 *   exp((1 - s) tau - delta beta (exp(tau) - 1))        of a survivor with a discount, c = beta:
 * analytic but for |Im tau| = pi or entire, so that Gauss-Legendre rules converge geometrically. How many nodes they
 * need follows from the length of the range of tau and from the decay over it, the sum of the two terms without their
 * 1. The rules below are good to 5e-14 of the integral in all of their range, whatever the parts of the decay and the
 * ratio of the scales: their error, which grows with length and decay, was computed along the edges of that range.
 * Beyond it the adaptive rule of lifetime_integral-inl.h takes over. */
#ifndef LOYALTY_BTYD_PARETO_INTEGRAL_INL_H
#define LOYALTY_BTYD_PARETO_INTEGRAL_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/legendre.h"

LOY_BEGIN_DECLS

enum {
  LOYI_PARETO_PIECE = 64,
  LOYI_PARETO_NODES = 24,
  LOYI_PARETO_RULES = 7 /* 0: none; otherwise 1 more than the number of a rule in math/legendre.h */
};

static inline double loyi_pareto_rule(double length, double decay) {
  double rule = loyi_select((length <= 4.0) & (decay <= 60.0), 6.0, 0.0);
  rule = loyi_select(((length <= 2.5) & (decay <= 24.0)) | ((length <= 3.0) & (decay <= 15.0)), 5.0, rule);
  rule = loyi_select(((length <= 1.5) & (decay <= 12.0)) | ((length <= 2.0) & (decay <= 7.5)), 4.0, rule);
  rule = loyi_select(((length <= 1.25) & (decay <= 7.0)) | ((length <= 1.5) & (decay <= 4.5)), 3.0, rule);
  return loyi_select(((length <= 0.75) & (decay <= 4.0)) | ((length <= 1.0) & (decay <= 2.5)), 2.0, rule);
}

/* int_0^t (1 + v/rate)^-k f(v) dv, f the density of shape s and scale beta, in the terms of the comment above. */
typedef struct loyi_pareto_silent {
  double log_rate, log_life; /* ln(1 + t/rate), ln(1 + t/beta) */
  double length, rule;
  double front, slope, other, ratio; /* before the sum over nodes; 1 - e, e', c/c' */
} loyi_pareto_silent;

static inline loyi_pareto_silent loyi_pareto_silent_of(double k, double rate, double s, double beta, double t) {
  loyi_pareto_silent of;
  int rate_first = rate <= beta;
  double c = loyi_select(rate_first, rate, beta);
  of.log_rate = loyi_log1p(t / rate);
  of.log_life = loyi_log1p(t / beta);
  of.length = loyi_select(rate_first, of.log_rate, of.log_life);
  of.rule = loyi_pareto_rule(of.length, k * of.log_rate + s * of.log_life);
  of.front = s / beta * c * of.length;
  of.slope = 1.0 - loyi_select(rate_first, k, s + 1.0);
  of.other = loyi_select(rate_first, s + 1.0, k);
  of.ratio = c / loyi_select(rate_first, beta, rate);
  return of;
}

static inline double loyi_pareto_silent_node(double tau, double slope, double other, double ratio) {
  return loyi_exp(slope * tau - other * loyi_log1p(ratio * loyi_expm1(tau)));
}

/* int_0^t exp(-delta v) (1 + v/beta)^-s dv. */
typedef struct loyi_pareto_mean {
  double length, rule;
  double front, slope, delta; /* before the sum over nodes; 1 - s; in units of beta */
} loyi_pareto_mean;

static inline loyi_pareto_mean loyi_pareto_mean_of(double s, double beta, double delta, double t) {
  loyi_pareto_mean of;
  of.length = loyi_log1p(t / beta);
  of.rule = loyi_pareto_rule(of.length, delta * t + s * of.length);
  of.front = beta * of.length;
  of.slope = 1.0 - s;
  of.delta = delta * beta;
  return of;
}

static inline double loyi_pareto_mean_node(double tau, double slope, double delta) {
  return loyi_exp(slope * tau - delta * loyi_expm1(tau));
}

/* The same without a discount: beta ((1 + t/beta)^(1-s) - 1) / (1 - s), which is a logarithm at s = 1. */
static inline double loyi_pareto_span(double s, double beta, double t) {
  double log_ratio = loyi_log1p(t / beta), y = (1.0 - s) * log_ratio;
  int flat = fabs(y) < 0x1p-54;
  return beta * log_ratio * loyi_select(flat, 1.0, loyi_expm1(y) / loyi_select(flat, 1.0, y));
}

/* The nodes of a rule, filled up with its middle. */
LOYI_LOCAL int loyi_pareto_nodes(double rule, double *at, double *weight) {
  int number = (int)rule - 1, nodes = loyi_legendre_nodes(number);
  for (int i = 0; i < nodes; i++) loyi_legendre_node(number, i, &at[i], &weight[i]);
  for (int i = nodes; i < LOYI_PARETO_NODES; i++) at[i] = 0.5;
  return nodes;
}

/* One customer: node by node in the lanes, added in the order of the nodes as below. */

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_silent_values(const loyi_pareto_silent *of, const double *LOY_RESTRICT at,
                                                           int n, double *LOY_RESTRICT value) {
  double length = of->length, slope = of->slope, other = of->other, ratio = of->ratio;
  for (int i = 0; i < n; i++) value[i] = loyi_pareto_silent_node(length * at[i], slope, other, ratio);
}

LOYI_FLAT_CLONES LOYI_LOCAL void loyi_pareto_mean_values(const loyi_pareto_mean *of, const double *LOY_RESTRICT at,
                                                         int n, double *LOY_RESTRICT value) {
  double length = of->length, slope = of->slope, delta = of->delta;
  for (int i = 0; i < n; i++) value[i] = loyi_pareto_mean_node(length * at[i], slope, delta);
}

/* NaN where there is no rule. */
LOYI_LOCAL double loyi_pareto_silent_one(double k, double rate, double s, double beta, double t) {
  loyi_pareto_silent of = loyi_pareto_silent_of(k, rate, s, beta, t);
  double at[LOYI_PARETO_NODES], weight[LOYI_PARETO_NODES], value[LOYI_PARETO_NODES], total = 0.0;
  int nodes;
  if (of.rule == 0.0) return NAN;
  nodes = loyi_pareto_nodes(of.rule, at, weight);
  loyi_pareto_silent_values(&of, at, (nodes + 7) / 8 * 8, value);
  for (int i = 0; i < nodes; i++) total += weight[i] * value[i];
  return of.front * total;
}

LOYI_LOCAL double loyi_pareto_mean_one(double s, double beta, double delta, double t) {
  loyi_pareto_mean of = loyi_pareto_mean_of(s, beta, delta, t);
  double at[LOYI_PARETO_NODES], weight[LOYI_PARETO_NODES], value[LOYI_PARETO_NODES], total = 0.0;
  int nodes;
  if (of.rule == 0.0) return NAN;
  nodes = loyi_pareto_nodes(of.rule, at, weight);
  loyi_pareto_mean_values(&of, at, (nodes + 7) / 8 * 8, value);
  for (int i = 0; i < nodes; i++) total += weight[i] * value[i];
  return of.front * total;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PARETO_INTEGRAL_INL_H */
