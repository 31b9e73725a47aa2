/* cnbd_predict-inl.h: the text of bgcnbd_predict.h and mbgcnbd_predict.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_CNBD_PREDICT_INL_H
#define LOYALTY_BTYD_CNBD_PREDICT_INL_H

#include "bgcnbd.h" /* first: header-only, it brings cnbd-inl.h */

#include <math.h>

#include "../math/elementary.h"
#include "../math/legendre.h"
#include "../math/negative_binomial.h"
#include "../math/quadrature.h"
#include "betageo_future-inl.h"
#include "cnbd_future-inl.h"

LOY_BEGIN_DECLS

LOYI_LOCAL double loyi_cnbd_expected_row(const loyi_cnbd_history *history, const void *query) {
  const loyi_betageo_discount *ask = (const loyi_betageo_discount *)query;
  double alive = loyi_cnbd_alive(history);
  loyi_cnbd_future future = loyi_cnbd_future_of(history, ask->t);
  return alive == 0.0 ? 0.0 : alive * loyi_cnbd_purchases(&future);
}

LOYI_LOCAL double loyi_cnbd_expected_purchases(double at_zero, const loy_bgcnbd_params *params, double x, double t_x,
                                               double T, double t) {
  loyi_cnbd_history history;
  loyi_betageo_discount ask;
  ask.delta = 0.0;
  ask.t = t;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history) || !loyi_is_zero_or_quantity(t)) return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_expected_purchases(at_zero, &plain, x, t_x, T, t);
  }
  return loyi_cnbd_expected_row(&history, &ask);
}

/* Without an end P(alive) E[1/p], infinite for a <= 1: whoever is alive goes on until they stop. */
LOYI_LOCAL double loyi_cnbd_forever(const loyi_cnbd_history *history) {
  if (!(history->a > 1.0)) return HUGE_VAL;
  return loyi_cnbd_alive(history) * ((history->a - 1.0 + history->b) / (history->a - 1.0));
}

/* Discounting. */

/* E[Sum_n (1-p)^(n-1) exp(-delta T_n)], T_n the time of purchase n, of one who is alive, without an end. Given lambda,
 * exp(-delta T_n) has mean f^(nk-j), f = lambda / (lambda + delta). In units of A, z = A lambda and D = A delta, the
 * mean over lambda ~ Gamma(s + j) and the stages is one over z ~ Gamma(s) of
 *   Sum_j w_j z^j/(s)_j f^(k-j) E[1 / (1 - (1-p) f^k)],
 * over y = ln z by the trapezoidal rule of quadrature.h: its terms fall at least as exp(k y) towards z = 0, and have
 * their singularities where Re z < 0. Gamma(s) is the sum of its own rule. */
LOYI_LOCAL double loyi_cnbd_discount_forever(const loyi_cnbd_future *of, double delta) {
  loyi_rule plain, beta;
  double D = delta * of->rate, s = of->s, k = of->k, sum = 0.0;
  /* The mode of z^s f^k exp(-z): z^2 + (D - s) z - (s + k) D = 0. */
  double line = s - D, root = sqrt(line * line + 4.0 * (s + k) * D);
  double z0 = line > 0.0 ? 0.5 * (line + root) : 2.0 * (s + k) * D / (root - line), shift = loyi_log(z0 / s);
  double step = 0.25 / sqrt(1.0 + 0.125 * (s + k)), most = s + k + 40.0 + 9.0 * sqrt(s + k);
  double least = loyi_expm1(k * loyi_log1p(D / most)); /* of (1 - f^k) / f^k */
  loyi_gamma_rule(&plain, s, 1.0, 1.0);
  loyi_beta_rule(&beta, of->a, of->b, 0.0, 0.0, 1.0 / least, 0.0, 1.0 + 1.0 / least, 1.0);
  for (int side = 0; side < 2; side++) {
    double before = HUGE_VAL;
    for (double i = (double)side;; i += 1.0) {
      double y = side ? i * step : -i * step, growth = loyi_expm1(y), z = z0 + z0 * growth;
      double log_f = -loyi_log1p(D / z), f = loyi_exp(log_f), fk = loyi_exp(k * log_f), gone = -loyi_expm1(k * log_f);
      double level = 0.0, up = 1.0, mean = 0.0, term;
      for (size_t j = 0; j < (size_t)k; j++) {
        level = (level + of->w[j] * up) * f;
        up *= z / (s + (double)j);
      }
      for (size_t at = 0; at < beta.n; at++) mean += beta.weight[at] / (gone + beta.p[at] * fk);
      term = loyi_exp(s * y - z0 * growth) * level * mean;
      sum += term;
      if (!(term >= before) && term <= 1e-20 * sum) break;
      before = term;
    }
  }
  shift = s * (shift - loyi_expm1(shift)); /* the height at z0 over that at s */
  return loyi_exp(shift) * (sum * step) / (plain.total * plain.step * beta.total);
}

/* The same for purchases within t: exp(-delta t) E(t) + Int_0^t delta exp(-delta v) E(v) dv, E(v) the expected
 * purchases within v. E is smooth for Re v > -A/2; but alive customers whose stages take about A/s go on in step for
 * about k^2/20 stages, and panels are of a fraction of that pace until then. */
LOYI_LOCAL double loyi_cnbd_discount_within(const loyi_cnbd_history *history, double delta, double t) {
  int rule = history->stages > 12.0 ? LOYI_CNBD_RULE + 2 : LOYI_CNBD_RULE;
  double pace = history->rate / (history->s + 3.0 * sqrt(history->s) + 3.0), k = history->stages;
  double even = 2.0 * k * k * pace, most = (60.0 + k + 12.0 * sqrt(k)) / delta, end = t < most ? t : most;
  double sum = 0.0, at = 0.0;
  loyi_cnbd_future future = loyi_cnbd_future_of(history, t);
  if (t < most) sum = loyi_exp(-delta * t) * loyi_cnbd_purchases(&future);
  while (at < end) {
    double width = at > even ? at : 4.0 * pace, panel = 0.0;
    if (at > 0.0 && at <= even && sqrt(at * pace) > width) width = sqrt(at * pace);
    if (width > 8.0 / delta) width = 8.0 / delta;
    if (!(width < end - at)) width = end - at;
    for (int i = 0; i < loyi_legendre_nodes(rule); i++) {
      double node, weight, v;
      loyi_legendre_node(rule, i, &node, &weight);
      v = at + width * node;
      future = loyi_cnbd_future_of(history, v);
      panel += weight * loyi_exp(-delta * v) * loyi_cnbd_purchases(&future);
    }
    sum += delta * width * panel;
    at = width < end - at ? at + width : end;
  }
  return sum;
}

LOYI_LOCAL double loyi_cnbd_discount_row(const loyi_cnbd_history *history, const void *query) {
  const loyi_betageo_discount *ask = (const loyi_betageo_discount *)query;
  double alive = loyi_cnbd_alive(history);
  loyi_cnbd_future future;
  if (ask->t == 0.0 || alive == 0.0) return 0.0;
  if (ask->delta == 0.0) return loyi_cnbd_expected_row(history, query);
  if (ask->t < HUGE_VAL) return alive * loyi_cnbd_discount_within(history, ask->delta, ask->t);
  future = loyi_cnbd_future_of(history, 1.0);
  return alive * loyi_cnbd_discount_forever(&future, ask->delta);
}

LOYI_LOCAL loy_status loyi_cnbd_dect_check(const loy_bgcnbd_params *params, double x, double t_x, double T,
                                           double delta, double t, loy_error *error) {
  loy_status status = loyi_cnbd_check_customer(params, x, t_x, T, 0.0, error);
  return status != LOY_OK ? status : loyi_history_discount_check(delta, t, error);
}

LOYI_LOCAL double loyi_cnbd_dect(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                 double delta, double t) {
  loyi_cnbd_history history;
  loyi_betageo_discount ask;
  ask.delta = delta;
  ask.t = t;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history)) return NAN;
  if (loyi_history_discount_check(delta, t, NULL) != LOY_OK) return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_dect(at_zero, &plain, x, t_x, T, delta, t);
  }
  return loyi_cnbd_discount_row(&history, &ask);
}

/* Probabilities of counts. */

/* P(exactly n purchases in the time by a customer who is alive): the next would be too late, or there is none. */
LOYI_LOCAL double loyi_cnbd_count(const loyi_cnbd_future *of, double n) {
  double survive;
  if (of->t == 0.0) return n == 0.0 ? 1.0 : 0.0;
  if (n == 0.0) return loyi_betageo_chance(loyi_cnbd_piece(of, 0.0));
  survive = loyi_betageo_survive(of->a, of->b, n - 1.0) / (of->a + of->b + (n - 1.0));
  return loyi_betageo_chance(survive * ((of->b + (n - 1.0)) * loyi_cnbd_piece(of, n) + of->a * loyi_cnbd_tail(of, n)));
}

/* P(more than n purchases in the time by a customer who is alive). */
LOYI_LOCAL double loyi_cnbd_more(const loyi_cnbd_future *of, double n) {
  return loyi_betageo_survive(of->a, of->b, n) * loyi_cnbd_tail(of, n + 1.0);
}

LOYI_LOCAL loy_status loyi_cnbd_pmf_check(const loy_bgcnbd_params *params, double x, double t_x, double T, double n,
                                          double t0, double t1, loy_error *error) {
  loy_status status = loyi_cnbd_check_customer(params, x, t_x, T, 0.0, error);
  return status != LOY_OK ? status : loyi_history_count_check(n, t0, t1, error);
}

LOYI_LOCAL double loyi_cnbd_pmf_future(double at_zero, const loy_bgcnbd_params *params, double x, double t_x, double T,
                                       double n, double t) {
  loyi_cnbd_history history;
  loyi_cnbd_future future;
  double value;
  if (!loyi_cnbd_usable(at_zero, params, x, t_x, T, &history) || loyi_history_count_check(n, 0.0, t, NULL) != LOY_OK)
    return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_pmf_future(at_zero, &plain, x, t_x, T, n, t);
  }
  future = loyi_cnbd_future_of(&history, t);
  value = loyi_cnbd_alive(&history) * loyi_cnbd_count(&future, n);
  return n > 0.0 ? value : loyi_betageo_chance(value + loyi_cnbd_stopped(&history));
}

LOYI_LOCAL double loyi_cnbd_pmf(double at_zero, const loy_bgcnbd_params *params, double n, double t) {
  return loyi_cnbd_pmf_future(at_zero, params, 0.0, 0.0, 0.0, n, t);
}

/* The question for n purchases in (t0, t0 + t] by a new customer who did not stop at time 0. */
typedef struct loyi_cnbd_interval {
  const loyi_cnbd_future *start; /* until t0 */
  double n, t;
} loyi_cnbd_interval;

/* m purchases until t0, not only whole numbers, the customer is alive there, and then n. The stages since purchase m
 * come with their probabilities in place of w. For n = 0 without those who stop by t0. */
LOYI_LOCAL double loyi_cnbd_interval_term(const void *ctx, double m) {
  const loyi_cnbd_interval *of = (const loyi_cnbd_interval *)ctx;
  const loyi_cnbd_future *start = of->start;
  double w[LOY_CNBD_STAGES_MOST], survive = loyi_cnbd_survive(start->a, start->b, m), density, sum = 0.0;
  loyi_cnbd_future rest;
  if (survive == 0.0) return 0.0;
  rest = *start;
  rest.b = start->b + m;
  rest.s = start->s + m * start->k;
  rest.rate = start->rate + start->t;
  rest.t = of->t;
  rest.y = rest.t / (rest.rate + rest.t);
  rest.tau = rest.t / rest.rate;
  rest.w = w;
  density = loyi_negative_binomial(m * start->k, start->s, start->rate, start->t);
  for (size_t j = 0; j < (size_t)start->k; j++) {
    double at = m * start->k + (double)j;
    w[j] = density;
    sum += density;
    density *= start->y * (start->s + at) / (at + 1.0);
  }
  return survive * (of->t == 0.0 ? sum : loyi_cnbd_count(&rest, of->n));
}

LOYI_LOCAL double loyi_cnbd_pmf_interval(double at_zero, const loy_bgcnbd_params *params, double n, double t0,
                                         double t1) {
  loyi_cnbd_history history;
  loyi_cnbd_future start;
  loyi_cnbd_interval interval;
  double alive, sum = 0.0, before = 0.0, from;
  if (!loyi_cnbd_usable(at_zero, params, 0.0, 0.0, 0.0, &history) ||
      loyi_history_count_check(n, t0, t1, NULL) != LOY_OK)
    return NAN;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_pmf_interval(at_zero, &plain, n, t0, t1);
  }
  if (t0 == 0.0) return loyi_cnbd_pmf(at_zero, params, n, t1);
  if (n > 0.0 && t1 == t0) return 0.0;
  start = loyi_cnbd_future_of(&history, t0);
  alive = loyi_cnbd_alive(&history);
  interval.start = &start;
  interval.n = n;
  interval.t = t1 - t0;
  from = loyi_cnbd_smooth_from(start.s, start.k);
  for (double m = 0.0;; m += 1.0) {
    double term = loyi_cnbd_interval_term(&interval, m);
    sum += term;
    if (term < before && term * term <= LOYI_CNBD_REST * sum * (before - term)) break;
    if (term == 0.0 && before == 0.0 && m > from) break;
    before = term;
    if (m + 1.0 < from || start.a * LOYI_CNBD_SMOOTH > start.b + m) continue;
    /* P(n) given m bends over a part 1/sqrt(n k) of m at least. */
    sum += loyi_cnbd_peaked(loyi_cnbd_interval_term, &interval, &start, m + 0.5,
                            LOYI_CNBD_PANEL * 8.0 / sqrt(64.0 + n * start.k)) +
           loyi_cnbd_correction(loyi_cnbd_interval_term, &interval, m);
    break;
  }
  if (n > 0.0) return loyi_betageo_chance(alive * sum);
  /* Stopped by t0: Sum_n E[p (1-p)^(n-1)] F_n. */
  alive *= start.a / (start.a + start.b);
  start.a += 1.0;
  return loyi_betageo_chance(loyi_cnbd_alive(&history) * sum +
                             (alive * loyi_cnbd_purchases(&start) + loyi_cnbd_stopped(&history)));
}

/* Batches. */

LOYI_LOCAL loy_status loyi_cnbd_expected_purchases_batch(double at_zero, const loy_bgcnbd_params *params,
                                                         const double *x, const double *t_x, const double *T, size_t n,
                                                         double t, const loy_bgcnbd_options *options, double *out,
                                                         loy_batch_report *report, loy_error *error) {
  loyi_cnbd_job job;
  loyi_betageo_discount ask;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(t))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_expected_purchases_batch(at_zero, &plain, x, t_x, T, n, t, options, out, report, error);
  }
  ask.delta = 0.0;
  ask.t = t;
  job = loyi_cnbd_job_of(at_zero, params, x, t_x, T, n);
  job.row = loyi_cnbd_expected_row;
  job.query = &ask;
  return loyi_cnbd_single(&job, options, out, report, error);
}

LOYI_LOCAL loy_status loyi_cnbd_dect_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                           const double *t_x, const double *T, size_t n, double delta, double t,
                                           const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                           loy_error *error) {
  loyi_cnbd_job job;
  loyi_betageo_discount ask;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_history_discount_check(delta, t, error);
  if (status != LOY_OK) return status;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_dect_batch(at_zero, &plain, x, t_x, T, n, delta, t, options, out, report, error);
  }
  ask.delta = delta;
  ask.t = t;
  job = loyi_cnbd_job_of(at_zero, params, x, t_x, T, n);
  job.row = loyi_cnbd_discount_row;
  job.query = &ask;
  return loyi_cnbd_single(&job, options, out, report, error);
}

LOYI_LOCAL loy_status loyi_cnbd_dert_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                           const double *t_x, const double *T, size_t n, double delta,
                                           const loy_bgcnbd_options *options, double *out, loy_batch_report *report,
                                           loy_error *error) {
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(delta)) return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_cnbd_dect_batch(at_zero, params, x, t_x, T, n, delta, HUGE_VAL, options, out, report, error);
}

/* Three answers in one call. */
typedef struct loyi_cnbd_predict {
  double at_zero;
  const loy_bgcnbd_params *params;
  const double *x, *t_x, *T;
  size_t n;
  loyi_betageo_discount ask;
  double *p_alive, *expected, *discounted;
} loyi_cnbd_predict;

LOYI_LOCAL void loyi_cnbd_predict_block(void *ctx, size_t block) {
  const loyi_cnbd_predict *job = (const loyi_cnbd_predict *)ctx;
  size_t from = block * LOYI_CNBD_ROWS, to = job->n - from < LOYI_CNBD_ROWS ? job->n : from + LOYI_CNBD_ROWS;
  for (size_t i = from; i < to; i++) {
    loyi_cnbd_history history;
    const char *message;
    double alive = NAN, expected = NAN, discounted = NAN;
    if (!loyi_cnbd_digest(job->at_zero, job->params, job->x[i], job->t_x[i], job->T[i], &history, &message)) {
      alive = loyi_cnbd_alive(&history);
      if (job->expected || (job->discounted && job->ask.delta == 0.0))
        expected = job->ask.t == HUGE_VAL ? loyi_cnbd_forever(&history) : loyi_cnbd_expected_row(&history, &job->ask);
      if (job->discounted) discounted = job->ask.delta == 0.0 ? expected : loyi_cnbd_discount_row(&history, &job->ask);
    }
    if (job->p_alive) job->p_alive[i] = alive;
    if (job->expected) job->expected[i] = expected;
    if (job->discounted) job->discounted[i] = discounted;
  }
}

LOYI_LOCAL loy_status loyi_cnbd_predict_batch(double at_zero, const loy_bgcnbd_params *params, const double *x,
                                              const double *t_x, const double *T, size_t n, double delta, double t,
                                              const loy_bgcnbd_options *options, double *p_alive, double *expected,
                                              double *discounted, loy_batch_report *report, loy_error *error) {
  loyi_cnbd_predict job;
  loy_status status = loyi_cnbd_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_history_future_check(delta, t, error);
  if (status == LOY_OK) status = loyi_betageo_check_options(options, error);
  if (status != LOY_OK) return status;
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    return loyi_betageo_predict_batch(at_zero, &plain, x, t_x, T, n, delta, t, options, p_alive, expected, discounted,
                                      report, error);
  }
  job.at_zero = at_zero;
  job.params = params;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.n = n;
  job.ask.delta = delta;
  job.ask.t = t;
  job.p_alive = p_alive;
  job.expected = expected;
  job.discounted = discounted;
  loyi_history_count_bad(x, t_x, T, n, report);
  loyi_parallel(loyi_cnbd_predict_block, &job, n / LOYI_CNBD_ROWS + (n % LOYI_CNBD_ROWS != 0),
                options ? options->threads : 1);
  if (params->a > 1.0) return loyi_ok(error);
  return loyi_history_endless("a", n, delta, t, expected, discounted, error);
}

#undef LOYI_CNBD_REST
#undef LOYI_CNBD_FIRST
#undef LOYI_CNBD_SMOOTH
#undef LOYI_CNBD_PANEL
#undef LOYI_CNBD_SPREAD

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_PREDICT_INL_H */
