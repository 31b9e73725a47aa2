/* betageo_predict-inl.h: the text of bgnbd_predict.h and mbgnbd_predict.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_BETAGEO_PREDICT_INL_H
#define LOYALTY_BTYD_BETAGEO_PREDICT_INL_H

#include <math.h>

#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/negative_binomial.h"
#include "../math/quadrature.h"
#include "../math/sum.h"
#include "bgnbd.h" /* first: header-only, it brings betageo-inl.h, which needs its types */
#include "betageo-inl.h"
#include "betageo_series-inl.h"

LOY_BEGIN_DECLS

/* Expected purchases of a customer who is alive, E[(1 - (1 + tau p)^-k) / p] over p ~ Beta(a, b), tau = t / A. */

/* As an integral, where the series of betageo_series-inl.h would take too many terms. */
LOYI_LOCAL double loyi_betageo_alive_integral(double a, double b, double k, double tau) {
  loyi_rule rule;
  double sum = 0.0, most = k * tau;
  loyi_beta_rule(&rule, a, b, 0.0, 0.0, (1.0 + k) * tau, 0.0, 1.0 + most, 1.0);
  for (size_t i = 0; i < rule.n; i++) {
    double u = rule.p[i] * tau;
    double value = u * (1.0 + k) < 0x1p-54 ? most : -loyi_expm1(-k * loyi_log1p(u)) / rule.p[i];
    sum += rule.weight[i] * value;
  }
  return sum / rule.total;
}

/* The series of one customer: all lanes alike. */
LOYI_LOCAL double loyi_betageo_alive_series(double a, double b, double k, double tau, double need, double y) {
  loyi_series series;
  double w[LOYI_SERIES_LANES], needs[LOYI_SERIES_LANES], sum[LOYI_SERIES_LANES];
  series.a = a;
  for (size_t j = 0; j < LOYI_SERIES_LANES; j++) {
    loyi_series_lane(&series, j, k, b);
    w[j] = loyi_series_variable(tau, series.scale[j]);
    needs[j] = need;
  }
  if (y == 0.0) {
    loyi_series_plain(&series, loyi_series_chunks(need));
  } else {
    loyi_series_work work;
    loyi_series_discounted(&series, &work, loyi_series_terms(loyi_series_level(need)), 1, y);
  }
  loyi_series_sum(&series, 0, w, needs, LOYI_SERIES_LANES, sum);
  return loyi_series_front(k, tau) * sum[0];
}

LOYI_LOCAL double loyi_betageo_alive_purchases(double a, double b, double k, double tau) {
  double need = loyi_series_need(k, tau);
  if (tau == 0.0) return 0.0;
  return need <= (double)LOYI_SERIES_MOST ? loyi_betageo_alive_series(a, b, k, tau, need, 0.0)
                                          : loyi_betageo_alive_integral(a, b, k, tau);
}

/* A question with a rate of discount and a horizon. */
typedef struct loyi_betageo_discount {
  double delta, t;
} loyi_betageo_discount;

LOYI_LOCAL double loyi_betageo_expected_row(const loyi_betageo_history *history, const void *query) {
  const loyi_betageo_discount *ask = (const loyi_betageo_discount *)query;
  return loyi_betageo_alive(history) *
         loyi_betageo_alive_purchases(history->a, history->b, history->k, ask->t / history->rate);
}

LOYI_LOCAL double loyi_betageo_expected_purchases(double at_zero, const loy_bgnbd_params *params, double x, double t_x,
                                                  double T, double t) {
  loyi_betageo_history history;
  loyi_betageo_discount ask;
  ask.delta = 0.0;
  ask.t = t;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  if (!loyi_is_zero_or_quantity(t)) return NAN;
  return loyi_betageo_expected_row(&history, &ask);
}

LOYI_LOCAL double loyi_betageo_expected_purchases_new(double at_zero, const loy_bgnbd_params *params, double t) {
  return loyi_betageo_expected_purchases(at_zero, params, 0.0, 0.0, 0.0, t);
}

/* Without an end P(alive) E[1/p], infinite for a <= 1. */
LOYI_LOCAL double loyi_betageo_forever(const loyi_betageo_history *history) {
  if (!(history->a > 1.0)) return HUGE_VAL;
  return loyi_betageo_alive(history) * ((history->a - 1.0 + history->b) / (history->a - 1.0));
}

/* Discounting. In units of A, with x = A lambda: E[x g(x p)], g(z) = (1 - exp(-(delta + z) t)) / (delta + z), and one x
 * is taken into the distribution, which makes it Gamma(k + 1) and the front factor k. */

/* Sum of weight[j] g(x p[j]), in 8 fixed lanes. The arrays are filled up to a multiple of 8 with weight 0. */
LOYI_CLONES LOYI_LOCAL double loyi_betageo_discount_finite(const double *p, const double *weight, size_t n, double x,
                                                           double delta, double t) {
  double lane[LOYI_SUM_LANES] = {0};
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
      double u = (delta + x * p[i + j]) * t;
      /* (1 - exp(-u)) / u, which is 1 at 0. */
      double safe = loyi_select(u > 1e-290, u, 1.0);
      double value = loyi_select(u > 1e-290, -loyi_expm1(-safe) / safe, 1.0);
      lane[j] += weight[i + j] * value;
    }
  return loyi_lanes_total(lane) * t;
}

LOYI_CLONES LOYI_LOCAL double loyi_betageo_discount_infinite(const double *p, const double *weight, size_t n, double x,
                                                             double delta) {
  double lane[LOYI_SUM_LANES] = {0};
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] += weight[i + j] / (delta + x * p[i + j]);
  return loyi_lanes_total(lane);
}

LOYI_LOCAL double loyi_betageo_discount_alive(const loyi_betageo_history *history, double delta_unit, double t_unit) {
  loyi_rule beta, gamma;
  double delta = delta_unit * history->rate, t = t_unit / history->rate, k = history->k;
  double need = loyi_series_need(k, t);
  int infinite = t == HUGE_VAL;
  if (delta_unit * t_unit <= LOYI_SERIES_DISCOUNT && need <= (double)LOYI_SERIES_MOST)
    return loyi_betageo_alive_series(history->a, history->b, k, t, need, delta_unit * t_unit);
  /* g bends at z of about `bend`; it is largest at z = 0 and least where p = 1. */
  double bend = infinite || delta * t > 1.0 ? delta : 1.0 / t;
  double typical = delta + k + 1.0;
  double most = infinite ? 1.0 / delta : (delta == 0.0 ? t : -loyi_expm1(-delta * t) / delta);
  double least = infinite ? 1.0 / typical : -loyi_expm1(-typical * t) / typical;
  double sum = 0.0;
  loyi_gamma_rule(&gamma, k + 1.0, bend, most / least);
  loyi_beta_rule(&beta, history->a, history->b, 0.0, 0.0, (k + 40.0 + 9.0 * sqrt(k)) / bend, 0.0, most / least, 1.0);
  while (beta.n % LOYI_SUM_LANES != 0) {
    beta.p[beta.n] = 0.0;
    beta.weight[beta.n] = 0.0;
    beta.n++;
  }
  for (size_t i = 0; i < gamma.n; i++)
    sum +=
        gamma.weight[i] * (infinite ? loyi_betageo_discount_infinite(beta.p, beta.weight, beta.n, gamma.p[i], delta)
                                    : loyi_betageo_discount_finite(beta.p, beta.weight, beta.n, gamma.p[i], delta, t));
  return k * (sum / (gamma.total * beta.total));
}

LOYI_LOCAL double loyi_betageo_discount_row(const loyi_betageo_history *history, const void *query) {
  const loyi_betageo_discount *ask = (const loyi_betageo_discount *)query;
  double alive;
  if (ask->t == 0.0) return 0.0;
  if (ask->delta == 0.0) return loyi_betageo_expected_row(history, query);
  alive = loyi_betageo_alive(history);
  return alive == 0.0 ? 0.0 : alive * loyi_betageo_discount_alive(history, ask->delta, ask->t);
}

LOYI_LOCAL loy_status loyi_betageo_dect_check(const loy_bgnbd_params *params, double x, double t_x, double T,
                                              double delta, double t, loy_error *error) {
  loy_status status = loyi_betageo_check_customer(params, x, t_x, T, 0.0, error);
  if (status != LOY_OK) return status;
  return loyi_history_discount_check(delta, t, error);
}

LOYI_LOCAL double loyi_betageo_dect(double at_zero, const loy_bgnbd_params *params, double x, double t_x, double T,
                                    double delta, double t) {
  loyi_betageo_history history;
  loyi_betageo_discount ask;
  ask.delta = delta;
  ask.t = t;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  if (loyi_history_discount_check(delta, t, NULL) != LOY_OK) return NAN;
  return loyi_betageo_discount_row(&history, &ask);
}

LOYI_LOCAL double loyi_betageo_dert(double at_zero, const loy_bgnbd_params *params, double x, double t_x, double T,
                                    double delta) {
  return loyi_betageo_dect(at_zero, params, x, t_x, T, delta, HUGE_VAL);
}

/* Probabilities of counts. */

/* B(a, b + n) / B(a, b) = E[(1 - p)^n], as the product of its factors; for very long products by their logarithm. */
LOYI_LOCAL double loyi_betageo_survive(double a, double b, double n) {
  double product = 1.0;
  if (n > 1000.0) return loyi_exp(loyi_betageo_beta_ratio(a, b, n));
  for (double j = 0.0; j < n && product > 0.0; j += 1.0) product *= (b + j) / (a + b + j);
  return product;
}

/* A sum of chances, which may round above 1. */
LOYI_LOCAL double loyi_betageo_chance(double sum) { return sum > 1.0 ? 1.0 : sum; }

/* P(exactly n purchases in a time t by a customer who is alive). */
LOYI_LOCAL double loyi_betageo_count(double a, double b, double k, double rate, double n, double t) {
  double survive, value;
  if (n == 0.0) return loyi_negative_binomial(0.0, k, rate, t);
  survive = loyi_betageo_survive(a, b, n - 1.0) / (a + b + (n - 1.0));
  value = survive * (b + (n - 1.0)) * loyi_negative_binomial(n, k, rate, t);
  return loyi_betageo_chance(value + survive * a * loyi_negative_binomial_tail(n, k, rate, t));
}

LOYI_LOCAL loy_status loyi_betageo_pmf_check(const loy_bgnbd_params *params, double x, double t_x, double T, double n,
                                             double t0, double t1, loy_error *error) {
  loy_status status = loyi_betageo_check_customer(params, x, t_x, T, 0.0, error);
  return status != LOY_OK ? status : loyi_history_count_check(n, t0, t1, error);
}

LOYI_LOCAL double loyi_betageo_pmf_future(double at_zero, const loy_bgnbd_params *params, double x, double t_x,
                                          double T, double n, double t) {
  loyi_betageo_history history;
  double alive, value;
  if (!loyi_betageo_usable(at_zero, params, x, t_x, T, &history) || loyi_history_count_check(n, 0.0, t, NULL) != LOY_OK)
    return NAN;
  alive = loyi_betageo_alive(&history);
  value = alive * loyi_betageo_count(history.a, history.b, history.k, history.rate, n, t);
  return n > 0.0 ? value : loyi_betageo_chance(value + loyi_betageo_stopped(&history));
}

LOYI_LOCAL double loyi_betageo_pmf(double at_zero, const loy_bgnbd_params *params, double n, double t) {
  return loyi_betageo_pmf_future(at_zero, params, 0.0, 0.0, 0.0, n, t);
}

/* E[1 - (1 + p tau)^-k]. */
LOYI_LOCAL double loyi_betageo_gone(double a, double b, double k, double tau) {
  loyi_rule rule;
  double sum = 0.0;
  loyi_beta_rule(&rule, a, b, 0.0, 0.0, (1.0 + k) * tau, 0.0, 1.0, 1.0 + b / a);
  for (size_t i = 0; i < rule.n; i++) sum -= rule.weight[i] * loyi_expm1(-k * loyi_log1p(rule.p[i] * tau));
  return sum / rule.total;
}

/* P(exactly n purchases in (t0, t1], t0 > 0, by a new customer who did not stop at time 0). */
LOYI_LOCAL double loyi_betageo_count_interval(double a, double b, double r, double alpha, double n, double t0,
                                              double t1) {
  loyi_rule rule;
  double t = t1 - t0, tau = t0 / (alpha + t), survive, value, stopped = 0.0;
  /* S NB_n(t; r, alpha + p t0) is NB_n(t; r, alpha) (1 + p tau)^-(r+n), tau = t0 / (alpha + t). */
  value = loyi_negative_binomial(n, r, alpha, t);
  if (n == 0.0)
    return loyi_betageo_chance(value * loyi_beta_mean_power(a, b, r, tau) + loyi_betageo_gone(a, b, r, t0 / alpha));
  if (t == 0.0) return 0.0;
  survive = loyi_betageo_survive(a, b, n - 1.0) / (a + b + (n - 1.0));
  value *= survive * (b + (n - 1.0)) * loyi_beta_mean_power(a, b + n, r + n, tau);
  /* Stopped by the n-th purchase of the interval. S I(n, r) falls with p almost as the same power does: that power goes
   * into the weight, and the quotient, which varies little, is averaged. */
  loyi_beta_rule(&rule, a + 1.0, b + (n - 1.0), r + n, tau, (1.0 + r) * t0 / alpha, 0.0, 1.0, 1.0);
  for (size_t i = 0; i < rule.n; i++) {
    double p = rule.p[i];
    double quotient = (r + n) * loyi_log1p(p * tau) - r * loyi_log1p(p * (t0 / alpha));
    /* Beyond this the tail is below 1e-290 and the node adds nothing: not infinity times 0. */
    if (quotient > 700.0) quotient = 700.0;
    stopped += rule.weight[i] * loyi_exp(quotient) * loyi_negative_binomial_tail(n, r, alpha + p * t0, t);
  }
  stopped *= loyi_beta_mean_power(a + 1.0, b + (n - 1.0), r + n, tau) / rule.total;
  return loyi_betageo_chance(value + survive * a * stopped);
}

LOYI_LOCAL double loyi_betageo_pmf_interval(double at_zero, const loy_bgnbd_params *params, double n, double t0,
                                            double t1) {
  loyi_betageo_history start;
  double value;
  if (!loyi_betageo_usable(at_zero, params, 0.0, 0.0, 0.0, &start) ||
      loyi_history_count_check(n, t0, t1, NULL) != LOY_OK)
    return NAN;
  if (t0 == 0.0) return loyi_betageo_pmf(at_zero, params, n, t1);
  value = loyi_betageo_count_interval(start.a, start.b, start.k, start.rate, n, t0, t1) * loyi_betageo_alive(&start);
  return n > 0.0 ? value : loyi_betageo_chance(value + loyi_betageo_stopped(&start));
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_PREDICT_INL_H */
