/* lifetime_integral-inl.h: body of lifetime_integral.h. */
#ifndef LOYALTY_BTYD_LIFETIME_INTEGRAL_INL_H
#define LOYALTY_BTYD_LIFETIME_INTEGRAL_INL_H

#include "lifetime_integral.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/negative_binomial.h"
#include "../math/sum.h"
#include "lifetime-inl.h"
#include "pareto_integral-inl.h"

LOY_BEGIN_DECLS

/* 21 points, the end of the stretch, and two more to fill the lanes. */
enum { LOYI_LIFETIME_END = 21, LOYI_LIFETIME_NODES = 24 };

/* Longest stretch of tau, and what the rules may differ by, relative to the sum: the 21 points are then good to about
 * the 1.6th power of it. That is of the stretch's own integral, so that a small stretch may differ by less. As the
 * width grows the difference changes its sign, and where it does says nothing: that of the integrand times the place in
 * the stretch, whose zeros lie elsewhere, is asked too. */
#define LOYI_LIFETIME_STRETCH 3.0
#define LOYI_LIFETIME_DIFFER  1e-10
#define LOYI_LIFETIME_LEFT    0x1p-56 /* what may be left out, relative to the sum */

/* The discount at which a mean time ends: what comes later is below exp(-44) of the whole. */
#define LOYI_LIFETIME_DISCOUNT 45.0

/* What happens at v: nothing, the customer stops, or buys again. */
typedef enum loyi_lifetime_event { LOYI_LIFETIME_NOTHING, LOYI_LIFETIME_STOPS, LOYI_LIFETIME_BUYS } loyi_lifetime_event;

/* The integrand is (1 + v/rate)^-k exp(-delta v) S(v) times the rate of the event: 1, the hazard f/S, or
 * (k+n)/(rate+v), the mean purchase rate after n purchases in v. For n > 0 the first factor is NB_n(v) over NB_n(base).
 * v is base + d, d = reach (exp(sigma) - 1), reach = q + base. */
typedef struct loyi_lifetime_integrand {
  const loyi_lifetime *life;
  loyi_lifetime_event event;
  double k, rate, delta;
  double n, base, q, reach;
} loyi_lifetime_integrand;

/* `value` includes dv/dsigma. `front` is the logarithm of the factor before S or f. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_lifetime_points(const loyi_lifetime_integrand *of, const double *sigma,
                                                      double *value, double *front, double *log_survivor) {
  double t[LOYI_LIFETIME_NODES], hazard[LOYI_LIFETIME_NODES];
  double k = of->k, n = of->n, rate = of->rate, delta = of->delta, base = of->base, q = of->q, reach = of->reach;
  if (n > 0.0) {
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) {
      /* Far below the base v itself is what keeps its digits, near it the distance d. */
      int far = sigma[i] < -0.5;
      double growth = loyi_expm1(sigma[i]), slope = reach * loyi_exp(sigma[i]);
      double d = reach * growth, v = loyi_select(far, slope - q, base + d), whole = rate + base;
      v = loyi_select(v > 0.0, v, 0.0);
      double near_d = loyi_select(far, 0.0, d);
      double log_whole = loyi_select(far, loyi_log((rate + v) / whole), loyi_log1p(near_d / whole));
      double log_part =
          loyi_select(far, loyi_log(v / base), loyi_log1p(loyi_select(near_d > -base, near_d / base, -1.0)));
      t[i] = v;
      value[i] = slope;
      front[i] = n * log_part - (k + n) * log_whole;
    }
  } else {
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) {
      t[i] = q * loyi_expm1(sigma[i]);
      value[i] = q + t[i];
      front[i] = -k * loyi_log1p(t[i] / rate) - delta * t[i];
    }
  }
  loyi_lifetime_nodes(of->life, t, LOYI_LIFETIME_NODES, log_survivor, hazard);
  if (of->event == LOYI_LIFETIME_NOTHING)
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) hazard[i] = 1.0;
  if (of->event == LOYI_LIFETIME_BUYS)
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) hazard[i] = (k + n) / (rate + t[i]);
  for (int i = 0; i < LOYI_LIFETIME_NODES; i++) value[i] *= hazard[i] * loyi_exp(front[i] + log_survivor[i]);
}

/* The logarithm of the integrand with respect to ln(q + v) at one v, for n > 0 but for a constant. */
LOYI_LOCAL double loyi_lifetime_height(const loyi_lifetime_integrand *of, double v) {
  double hazard =
      of->event == LOYI_LIFETIME_BUYS ? (of->k + of->n) / (of->rate + v) : loyi_lifetime_hazard(of->life, v);
  return of->n * loyi_log(v / (of->rate + v)) - of->k * loyi_log1p(v / of->rate) +
         loyi_lifetime_log_survivor(of->life, v) + loyi_log(hazard * (of->q + v));
}

/* A bound for the integral beyond the end of a stretch, `left` more units of v. */
LOYI_LOCAL double loyi_lifetime_rest(const loyi_lifetime_integrand *of, double sign, double d, double front,
                                     double log_survivor, double left) {
  double v = of->base + d;
  double most = of->n * of->rate / of->k; /* where NB_n is largest: only beyond that does it fall */
  if (of->event == LOYI_LIFETIME_NOTHING)
    return loyi_exp(front + log_survivor) * (of->delta * left > 1.0 ? 1.0 / of->delta : left);
  if (of->event == LOYI_LIFETIME_BUYS) {
    /* NB_n only falls on the way, and S is at most what it is here, or 1. */
    if (sign > 0.0 ? v < most : v > most) return HUGE_VAL;
    if (sign > 0.0) return loyi_exp(front + log_survivor) * (of->k + of->n) * loyi_log1p(left / (of->rate + v));
    return loyi_exp(front) * (of->k + of->n) * loyi_log1p(v / of->rate);
  }
  if (sign > 0.0) return v >= most ? loyi_exp(front + log_survivor) : HUGE_VAL;
  return v <= most ? loyi_exp(front) : HUGE_VAL;
}

/* The sum of stretches from sigma = 0 to `span` in the direction `sign`, the first `width` long; what is already known
 * of the integral is in `sum`, and the answer is the new sum. `left`: the length of the way in v. */
LOYI_LOCAL double loyi_lifetime_march(const loyi_lifetime_integrand *of, double sign, double span, double width,
                                      double left, double sum) {
  static const double node[LOYI_LIFETIME_NODES] = {-0.995657163025808080735527280689003,
                                                   -0.973906528517171720077964012084452,
                                                   -0.930157491355708226001207180059508,
                                                   -0.865063366688984510732096688423493,
                                                   -0.780817726586416897063717578345042,
                                                   -0.679409568299024406234327365114874,
                                                   -0.562757134668604683339000099272694,
                                                   -0.433395394129247190799265943165784,
                                                   -0.294392862701460198131126603103866,
                                                   -0.148874338981631210884826001129720,
                                                   0.0,
                                                   0.148874338981631210884826001129720,
                                                   0.294392862701460198131126603103866,
                                                   0.433395394129247190799265943165784,
                                                   0.562757134668604683339000099272694,
                                                   0.679409568299024406234327365114874,
                                                   0.780817726586416897063717578345042,
                                                   0.865063366688984510732096688423493,
                                                   0.930157491355708226001207180059508,
                                                   0.973906528517171720077964012084452,
                                                   0.995657163025808080735527280689003,
                                                   1.0,
                                                   1.0,
                                                   1.0};
  static const double kronrod[LOYI_LIFETIME_NODES] = {0.011694638867371874278064396062192,
                                                      0.032558162307964727478818972459390,
                                                      0.054755896574351996031381300244580,
                                                      0.075039674810919952767043140916190,
                                                      0.093125454583697605535065465083366,
                                                      0.109387158802297641899210590325805,
                                                      0.123491976262065851077958109831074,
                                                      0.134709217311473325928054001771707,
                                                      0.142775938577060080797094273138717,
                                                      0.147739104901338491374841515972068,
                                                      0.149445554002916905664936468389821,
                                                      0.147739104901338491374841515972068,
                                                      0.142775938577060080797094273138717,
                                                      0.134709217311473325928054001771707,
                                                      0.123491976262065851077958109831074,
                                                      0.109387158802297641899210590325805,
                                                      0.093125454583697605535065465083366,
                                                      0.075039674810919952767043140916190,
                                                      0.054755896574351996031381300244580,
                                                      0.032558162307964727478818972459390,
                                                      0.011694638867371874278064396062192,
                                                      0.0,
                                                      0.0,
                                                      0.0};
  /* The 10-point rule has every second node. */
  static const double gauss[LOYI_LIFETIME_NODES] = {0.0, 0.066671344308688137593568809893332,
                                                    0.0, 0.149451349150580593145776339657697,
                                                    0.0, 0.219086362515982043995534934228163,
                                                    0.0, 0.269266719309996355091226921569469,
                                                    0.0, 0.295524224714752870173892994651338,
                                                    0.0, 0.295524224714752870173892994651338,
                                                    0.0, 0.269266719309996355091226921569469,
                                                    0.0, 0.219086362515982043995534934228163,
                                                    0.0, 0.149451349150580593145776339657697,
                                                    0.0, 0.066671344308688137593568809893332,
                                                    0.0, 0.0,
                                                    0.0, 0.0};
  double sigma[LOYI_LIFETIME_NODES], value[LOYI_LIFETIME_NODES];
  double front[LOYI_LIFETIME_NODES], log_survivor[LOYI_LIFETIME_NODES];
  double at = 0.0, start = of->base > 0.0 ? loyi_lifetime_log_survivor(of->life, of->base) : 0.0;
  int halvings = 0;
  while (at < span) {
    double half, middle, fine, differ, d;
    double lane[LOYI_SUM_LANES] = {0}, other[LOYI_SUM_LANES] = {0}, tilted[LOYI_SUM_LANES] = {0};
    int last = width >= span - at;
    if (last) width = span - at;
    half = 0.5 * width;
    middle = at + half;
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) sigma[i] = sign * (middle + half * node[i]);
    loyi_lifetime_points(of, sigma, value, front, log_survivor);
    for (int i = 0; i < LOYI_LIFETIME_NODES; i++) {
      double less = (kronrod[i] - gauss[i]) * value[i];
      lane[i % LOYI_SUM_LANES] += kronrod[i] * value[i];
      other[i % LOYI_SUM_LANES] += less;
      tilted[i % LOYI_SUM_LANES] += less * node[i];
    }
    fine = half * loyi_lanes_total(lane);
    differ = half * (fabs(loyi_lanes_total(other)) + fabs(loyi_lanes_total(tilted)));
    /* A first stretch that falls so much may hide a peak at its start between two nodes. Rounding limits the halving.
     */
    if (halvings < 60 && (differ > LOYI_LIFETIME_DIFFER * sqrt(sum + fine) * sqrt(fine) ||
                          (at == 0.0 && front[LOYI_LIFETIME_END] + log_survivor[LOYI_LIFETIME_END] < start - 60.0))) {
      halvings++;
      width = half;
      continue;
    }
    sum += fine;
    if (last) break;
    at += width;
    d = of->reach * loyi_expm1(sign * at);
    if (loyi_lifetime_rest(of, sign, d, front[LOYI_LIFETIME_END], log_survivor[LOYI_LIFETIME_END], left - fabs(d)) <=
        LOYI_LIFETIME_LEFT * sum)
      break;
    width = 2.0 * width < LOYI_LIFETIME_STRETCH ? 2.0 * width : LOYI_LIFETIME_STRETCH;
  }
  return sum;
}

LOYI_LOCAL loyi_lifetime_integrand loyi_lifetime_integrand_of(const loyi_lifetime *life, loyi_lifetime_event event,
                                                              double q) {
  loyi_lifetime_integrand of;
  of.life = life;
  of.event = event;
  of.k = 0.0;
  of.rate = 1.0;
  of.delta = 0.0;
  of.n = 0.0;
  of.base = 0.0;
  of.q = q;
  of.reach = q;
  return of;
}

/* From v = 0, where the integrand falls or is flat but for the growth of dv/dsigma. `fall`: how fast its logarithm
 * falls there at most, per unit of v. */
LOYI_LOCAL double loyi_lifetime_from_0(const loyi_lifetime_integrand *of, double fall, double t) {
  double steep = fall * of->reach;
  double width = 12.0 < LOYI_LIFETIME_STRETCH * steep ? 12.0 / steep : LOYI_LIFETIME_STRETCH;
  return loyi_lifetime_march(of, 1.0, loyi_log1p(t / of->reach), width, t, 0.0);
}

LOYI_SHARED double loyi_lifetime_silent(const loyi_lifetime *life, double k, double rate, double t) {
  double scale = loyi_lifetime_scale(life), hazard = loyi_lifetime_hazard(life, 0.0);
  loyi_lifetime_integrand of = loyi_lifetime_integrand_of(life, LOYI_LIFETIME_STOPS, rate < scale ? rate : scale);
  if (life->kind == LOYI_LIFETIME_ENDLESS || t == 0.0) return 0.0;
  if (life->kind == LOYI_LIFETIME_PARETO) {
    double fixed = loyi_pareto_silent_one(k, rate, life->s, life->beta, t);
    if (fixed == fixed) return fixed;
  }
  of.k = k;
  of.rate = rate;
  return loyi_lifetime_from_0(&of, k / rate + hazard * (1.0 + 1.0 / life->s), t);
}

LOYI_SHARED double loyi_lifetime_mean_time(const loyi_lifetime *life, double delta, double t) {
  loyi_lifetime_integrand of = loyi_lifetime_integrand_of(life, LOYI_LIFETIME_NOTHING, loyi_lifetime_scale(life));
  double closed = loyi_lifetime_span(life, delta, t);
  if (t == 0.0) return 0.0;
  if (closed == closed) return closed;
  if (delta * t > LOYI_LIFETIME_DISCOUNT) t = LOYI_LIFETIME_DISCOUNT / delta;
  if (life->kind == LOYI_LIFETIME_PARETO) {
    double fixed = loyi_pareto_mean_one(life->s, life->beta, delta, t);
    if (fixed == fixed) return fixed;
  }
  of.delta = delta;
  return loyi_lifetime_from_0(&of, delta + loyi_lifetime_hazard(life, 0.0), t);
}

/* The v in (0, t] at which the integrand of a count, with respect to tau, is largest: a scan and golden sections in
 * ln v, from where it rises for sure. For Pareto its logarithm is concave in tau; a Gompertz lifetime may give it a
 * second, lower peak. */
LOYI_LOCAL double loyi_lifetime_peak(const loyi_lifetime_integrand *of, double t) {
  const int scan = 64;
  const double golden = 0.61803398874989485;
  double rise = of->n * of->rate / (of->n + of->k);
  double start_hazard = loyi_lifetime_hazard(of->life, 0.0), end_hazard = loyi_lifetime_hazard(of->life, t);
  double hazard = start_hazard > end_hazard ? start_hazard : end_hazard; /* it only falls, or only rises */
  double other = of->n / (hazard * (1.0 + 1.0 / of->life->s));
  double first, end = loyi_log(t), best = -HUGE_VAL, step, from, to, one, two, one_height, two_height;
  int at = scan;
  if (other < rise) rise = other;
  if (t < rise) rise = t;
  first = loyi_log(rise) - 1.0;
  step = (end - first) / scan;
  for (int i = 0; i <= scan; i++) {
    double height = loyi_lifetime_height(of, i == scan ? t : loyi_exp(first + step * i));
    if (height > best) {
      best = height;
      at = i;
    }
  }
  from = first + step * (at == 0 ? 0 : at - 1);
  to = at == scan ? end : first + step * (at + 1);
  one = to - golden * (to - from);
  two = from + golden * (to - from);
  one_height = loyi_lifetime_height(of, loyi_exp(one));
  two_height = loyi_lifetime_height(of, loyi_exp(two));
  for (int i = 0; i < 45; i++) {
    if (one_height > two_height) {
      to = two;
      two = one;
      two_height = one_height;
      one = to - golden * (to - from);
      one_height = loyi_lifetime_height(of, loyi_exp(one));
    } else {
      from = one;
      one = two;
      one_height = two_height;
      two = from + golden * (to - from);
      two_height = loyi_lifetime_height(of, loyi_exp(two));
    }
  }
  one = loyi_exp(0.5 * (from + to));
  return one < t && (at < scan || loyi_lifetime_height(of, one) > best) ? one : t;
}

/* The integral from 0 to t for n > 0, marched both ways from its peak. */
LOYI_LOCAL double loyi_lifetime_about_peak(loyi_lifetime_integrand *of, double n, double k, double rate, double t) {
  double front, sum;
  of->k = k;
  of->rate = rate;
  of->n = n;
  of->base = loyi_lifetime_peak(of, t);
  if (!(of->base > 0.0)) return 0.0;
  of->reach = of->q + of->base;
  front = loyi_negative_binomial(n, k, rate, of->base);
  if (front == 0.0) return 0.0;
  sum = loyi_lifetime_march(of, 1.0, loyi_log1p((t - of->base) / of->reach), 1.0, t - of->base, 0.0);
  sum = loyi_lifetime_march(of, -1.0, loyi_log1p(of->base / of->q), 1.0, of->base, sum);
  return front * sum;
}

LOYI_SHARED double loyi_lifetime_count(const loyi_lifetime *life, double n, double k, double rate, double t) {
  double alive = loyi_negative_binomial(n, k, rate, t) * loyi_exp(loyi_lifetime_log_survivor(life, t));
  double scale = loyi_lifetime_scale(life);
  loyi_lifetime_integrand of = loyi_lifetime_integrand_of(life, LOYI_LIFETIME_STOPS, rate < scale ? rate : scale);
  if (life->kind == LOYI_LIFETIME_ENDLESS || t == 0.0) return alive;
  if (n == 0.0) return alive + loyi_lifetime_silent(life, k, rate, t);
  return alive + loyi_lifetime_about_peak(&of, n, k, rate, t);
}

LOYI_SHARED double loyi_lifetime_more(const loyi_lifetime *life, double n, double k, double rate, double t) {
  double scale = loyi_lifetime_scale(life);
  loyi_lifetime_integrand of = loyi_lifetime_integrand_of(life, LOYI_LIFETIME_BUYS, rate < scale ? rate : scale);
  if (life->kind == LOYI_LIFETIME_ENDLESS || t == 0.0) return loyi_negative_binomial_tail(n + 1.0, k, rate, t);
  if (n > 0.0) return loyi_lifetime_about_peak(&of, n, k, rate, t);
  of.k = k;
  of.rate = rate;
  return loyi_lifetime_from_0(&of, (k + 1.0) / rate + loyi_lifetime_hazard(life, 0.0), t);
}

#undef LOYI_LIFETIME_STRETCH
#undef LOYI_LIFETIME_DIFFER
#undef LOYI_LIFETIME_LEFT

LOY_END_DECLS

#endif /* LOYALTY_BTYD_LIFETIME_INTEGRAL_INL_H */
