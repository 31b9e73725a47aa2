/* bgbb_predict-inl.h: body of bgbb_predict.h. */
#ifndef LOYALTY_BTYD_BGBB_PREDICT_INL_H
#define LOYALTY_BTYD_BGBB_PREDICT_INL_H

#include "bgbb_predict.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/quadrature.h"
#include "bgbb-inl.h"

LOY_BEGIN_DECLS

/* Horizons up to this are summed period by period. */
enum { LOYI_BGBB_SUMMED = 1024 };

/* A question with a rate of discount and a horizon. */
typedef struct loyi_bgbb_discount {
  double delta, t;
} loyi_bgbb_discount;

/* The discounted number of periods, of the next t, in which a customer is alive who is alive now with theta ~
 * Beta(gamma, stay): Sum_{i=1}^{t} v^i E[(1-theta)^i], v = exp(-delta), as an integral. One factor 1 - theta is taken
 * into the distribution; what is left is v (1 - (v (1-theta))^t) / (1 - v (1-theta)). */
LOYI_LOCAL double loyi_bgbb_lives_integral(double gamma, double stay, double delta, double t) {
  loyi_rule rule;
  double v = loyi_exp(-delta), lost = -loyi_expm1(-delta), sum = 0.0;
  double most = t == HUGE_VAL ? 1.0 / lost : (delta == 0.0 ? t : -loyi_expm1(-delta * t) / lost);
  loyi_beta_rule(&rule, gamma, stay + 1.0, 0.0, 0.0, most, 0.0, most > 1.0 ? most : 1.0, 1.0);
  for (size_t i = 0; i < rule.n; i++) {
    double part = lost + v * rule.p[i], value = most;
    if (part > 0x1p-900) {
      double log_stay = rule.p[i] < 0.5 ? loyi_log1p(-rule.p[i]) : loyi_log(rule.q[i]);
      value = (t == HUGE_VAL ? 1.0 : -loyi_expm1(t * (log_stay - delta))) / part;
    }
    sum += rule.weight[i] * value;
  }
  return stay / (gamma + stay) * v * (sum / rule.total);
}

/* The same by whichever way is good; infinite where the sum is. */
LOYI_LOCAL double loyi_bgbb_lives(double gamma, double stay, double delta, double t) {
  double v, term = 1.0, sum = 0.0;
  if (t == HUGE_VAL && delta == 0.0) return gamma > 1.0 ? stay / (gamma - 1.0) : HUGE_VAL;
  if (t > (double)LOYI_BGBB_SUMMED) return loyi_bgbb_lives_integral(gamma, stay, delta, t);
  v = loyi_exp(-delta);
  for (double i = 0.0; i < t; i += 1.0) {
    term *= loyi_bgbb_part(stay + i, gamma) * v;
    sum += term;
  }
  return sum;
}

LOYI_LOCAL double loyi_bgbb_purchases(const loyi_bgbb_history *history, double delta, double t) {
  double each = history->alive * (history->buy / (history->buy + history->idle));
  if (t == 0.0 || each == 0.0) return 0.0;
  return each * loyi_bgbb_lives(history->params->gamma, history->stay, delta, t);
}

LOYI_LOCAL void loyi_bgbb_discount_row(const loyi_bgbb_history *history, const void *query, double *answer) {
  const loyi_bgbb_discount *ask = (const loyi_bgbb_discount *)query;
  answer[0] = loyi_bgbb_purchases(history, ask->delta, ask->t);
}

/* A rate and a horizon, which may be infinite where the rate is not 0, or with `endless` always: LOY_OK or
 * LOY_ERR_DOMAIN delta, t. */
LOYI_LOCAL loy_status loyi_bgbb_discount_check(double delta, double t, int endless, loy_error *error) {
  loy_status status = loyi_history_future_check(delta, 0.0, error);
  if (status != LOY_OK) return status;
  if (!loyi_bgbb_is_ahead(t, endless || delta > 0.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX,
                       endless || delta > 0.0 ? LOYI_BGBB_HORIZON_MUST : LOYI_BGBB_AHEAD_MUST);
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_bgbb_dect_check(const loy_bgbb_params *params, double x, double t_x, double T, double delta,
                                           double t, loy_error *error) {
  loy_status status = loy_bgbb_check_customer(params, x, t_x, T, 0.0, error);
  return status != LOY_OK ? status : loyi_bgbb_discount_check(delta, t, 0, error);
}

LOYALTY_API double loy_bgbb_dect(const loy_bgbb_params *params, double x, double t_x, double T, double delta,
                                 double t) {
  loyi_bgbb_history history;
  if (!loyi_bgbb_usable(params, x, t_x, T, &history) || loyi_bgbb_discount_check(delta, t, 0, NULL) != LOY_OK)
    return NAN;
  return loyi_bgbb_purchases(&history, delta, t);
}

LOYALTY_API double loy_bgbb_expected_purchases(const loy_bgbb_params *params, double x, double t_x, double T,
                                               double t) {
  return loy_bgbb_dect(params, x, t_x, T, 0.0, t);
}

LOYALTY_API double loy_bgbb_expected_purchases_new(const loy_bgbb_params *params, double t) {
  return loy_bgbb_dect(params, 0.0, 0.0, 0.0, 0.0, t);
}

LOYALTY_API double loy_bgbb_dert(const loy_bgbb_params *params, double x, double t_x, double T, double delta) {
  return loy_bgbb_dect(params, x, t_x, T, delta, HUGE_VAL);
}

/* The batch of the discounted number, after the checks of the columns. */
LOYI_LOCAL loy_status loyi_bgbb_discount_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                               const double *T, size_t n, double delta, double t,
                                               const loy_bgbb_options *options, double *out, loy_batch_report *report,
                                               loy_error *error) {
  loyi_bgbb_discount ask;
  loyi_bgbb_job job = loyi_bgbb_batch(params, x, t_x, T, n, loyi_bgbb_discount_row, &ask);
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_bgbb_discount_check(delta, t, 0, error);
  if (status != LOY_OK) return status;
  ask.delta = delta;
  ask.t = t;
  job.out[0] = out;
  return loyi_bgbb_run(&job, options, "out", report, error);
}

LOYALTY_API loy_status loy_bgbb_expected_purchases_batch(const loy_bgbb_params *params, const double *x,
                                                         const double *t_x, const double *T, size_t n, double t,
                                                         const loy_bgbb_options *options, double *out,
                                                         loy_batch_report *report, loy_error *error) {
  return loyi_bgbb_discount_batch(params, x, t_x, T, n, 0.0, t, options, out, report, error);
}

LOYALTY_API loy_status loy_bgbb_dert_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, const loy_bgbb_options *options,
                                           double *out, loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (!loyi_is_quantity(delta)) return loyi_report(error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return loyi_bgbb_discount_batch(params, x, t_x, T, n, delta, HUGE_VAL, options, out, report, error);
}

LOYALTY_API loy_status loy_bgbb_dect_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                           const double *T, size_t n, double delta, double t,
                                           const loy_bgbb_options *options, double *out, loy_batch_report *report,
                                           loy_error *error) {
  return loyi_bgbb_discount_batch(params, x, t_x, T, n, delta, t, options, out, report, error);
}

LOYI_LOCAL void loyi_bgbb_predict_row(const loyi_bgbb_history *history, const void *query, double *answer) {
  const loyi_bgbb_discount *ask = (const loyi_bgbb_discount *)query;
  answer[0] = history->alive * loyi_bgbb_survive(history->params->gamma, history->stay, 1.0, NULL);
  answer[1] = loyi_bgbb_purchases(history, 0.0, ask->t);
  answer[2] = ask->delta == 0.0 ? answer[1] : loyi_bgbb_purchases(history, ask->delta, ask->t);
}

LOYALTY_API loy_status loy_bgbb_predict_batch(const loy_bgbb_params *params, const double *x, const double *t_x,
                                              const double *T, size_t n, double delta, double t,
                                              const loy_bgbb_options *options, double *p_alive,
                                              double *expected_purchases, double *discounted_purchases,
                                              loy_batch_report *report, loy_error *error) {
  loyi_bgbb_discount ask;
  loyi_bgbb_job job = loyi_bgbb_batch(params, x, t_x, T, n, loyi_bgbb_predict_row, &ask);
  loy_status status = loyi_bgbb_check_columns(params, x, t_x, T, n, error);
  if (status == LOY_OK) status = loyi_bgbb_discount_check(delta, t, 1, error);
  if (status != LOY_OK) return status;
  ask.delta = delta;
  ask.t = t;
  job.out[0] = p_alive;
  job.out[1] = expected_purchases;
  job.out[2] = discounted_purchases;
  status = loyi_bgbb_run(&job, options, NULL, report, error);
  if (status != LOY_OK) return status;
  return loyi_history_endless("gamma", n, delta, t, expected_purchases, discounted_purchases, error);
}

/* Probabilities of counts: sums over the period m after which the customer stops, or in which the count is reached. The
 * probability of n purchases in some m periods and of being alive in the last goes from m = n up by factors near 1; it
 * and the sum stand for themselves times 2^power, as the first may be far below what a double can hold. */
typedef struct loyi_bgbb_count {
  double value, sum;
  int power;
} loyi_bgbb_count;

LOYI_LOCAL void loyi_bgbb_count_times(loyi_bgbb_count *count, double factor) {
  count->value *= factor;
  if (count->value < LOYI_BGBB_DOWN && count->sum == 0.0) {
    count->value *= LOYI_BGBB_UP;
    count->power -= 512;
  } else if (count->value > 0x1p256) {
    count->value *= LOYI_BGBB_DOWN;
    count->sum *= LOYI_BGBB_DOWN;
    count->power += 512;
  }
}

/* From one period to the next: n purchases in m + 1 periods rather than m, not buying in the next. */
LOYI_LOCAL double loyi_bgbb_count_later(double n, double m) { return (m + 1.0) / (m + 1.0 - n); }

/* Rounding may lead above 1. */
LOYI_LOCAL double loyi_bgbb_chance(double chance) { return chance > 1.0 ? 1.0 : chance; }

/* P(exactly n purchases in t periods by a customer who is alive), p ~ Beta(buy, idle), theta ~ Beta(gamma, stay). */
LOYI_LOCAL double loyi_bgbb_exactly(double buy, double idle, double gamma, double stay, double n, double t) {
  loyi_bgbb_count count = {1.0, 0.0, 0};
  if (n > t) return 0.0;
  for (double m = 0.0; m < n; m += 1.0)
    loyi_bgbb_count_times(&count, loyi_bgbb_part(buy + m, idle) * loyi_bgbb_part(stay + m, gamma));
  for (double m = n; m < t; m += 1.0) {
    count.sum += count.value * (gamma / (gamma + (stay + m)));
    loyi_bgbb_count_times(&count, loyi_bgbb_count_later(n, m) * loyi_bgbb_part(idle + (m - n), buy + n) *
                                      loyi_bgbb_part(stay + m, gamma));
  }
  return loyi_bgbb_chance(ldexp(count.sum + count.value, count.power));
}

/* P(more than n purchases in t periods by a customer who is alive): the next one comes in period m + 1, n <= m < t. */
LOYI_LOCAL double loyi_bgbb_more(double buy, double idle, double gamma, double stay, double n, double t) {
  loyi_bgbb_count count = {1.0, 0.0, 0};
  if (n >= t) return 0.0;
  for (double m = 0.0; m <= n; m += 1.0)
    loyi_bgbb_count_times(&count, loyi_bgbb_part(buy + m, idle) * loyi_bgbb_part(stay + m, gamma));
  for (double m = n; m < t; m += 1.0) {
    count.sum += count.value;
    loyi_bgbb_count_times(&count, loyi_bgbb_count_later(n, m) * loyi_bgbb_part(idle + (m - n), buy + n + 1.0) *
                                      loyi_bgbb_part(stay + m + 1.0, gamma));
  }
  return loyi_bgbb_chance(ldexp(count.sum, count.power));
}

LOYALTY_API loy_status loy_bgbb_pmf_check(const loy_bgbb_params *params, double x, double t_x, double T, double n,
                                          double t0, double t1, loy_error *error) {
  loy_status status = loy_bgbb_check_customer(params, x, t_x, T, 0.0, error);
  return status != LOY_OK ? status : loyi_bgbb_count_check(n, t0, t1, error);
}

LOYALTY_API double loy_bgbb_pmf_future(const loy_bgbb_params *params, double x, double t_x, double T, double n,
                                       double t) {
  loyi_bgbb_history h;
  double value;
  if (!loyi_bgbb_usable(params, x, t_x, T, &h) || loyi_bgbb_count_check(n, 0.0, t, NULL) != LOY_OK) return NAN;
  value = h.alive * loyi_bgbb_exactly(h.buy, h.idle, params->gamma, h.stay, n, t);
  return n > 0.0 ? value : loyi_bgbb_chance(value + h.stopped);
}

LOYALTY_API double loy_bgbb_pmf(const loy_bgbb_params *params, double n, double t) {
  return loy_bgbb_pmf_future(params, 0.0, 0.0, 0.0, n, t);
}

LOYALTY_API double loy_bgbb_pmf_interval(const loy_bgbb_params *params, double n, double t0, double t1) {
  double gone, value;
  if (loy_bgbb_check(params, NULL) != LOY_OK || loyi_bgbb_count_check(n, t0, t1, NULL) != LOY_OK) return NAN;
  value = loyi_bgbb_survive(params->gamma, params->delta, t0, &gone);
  value *= loyi_bgbb_exactly(params->alpha, params->beta, params->gamma, params->delta + t0, n, t1 - t0);
  return n > 0.0 ? value : loyi_bgbb_chance(value + gone);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_PREDICT_INL_H */
