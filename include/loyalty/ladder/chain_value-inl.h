/* chain_value-inl.h: body of chain_value.h. */
#ifndef LOYALTY_LADDER_CHAIN_VALUE_INL_H
#define LOYALTY_LADDER_CHAIN_VALUE_INL_H

#include "chain_value.h"

#include <math.h>

#include "../base/range.h"
#include "discounted.h"
#include "stochastic.h"

LOY_BEGIN_DECLS

/* A question whose arguments were checked. */
typedef struct loyi_chain_ask {
  const double *transition, *reward;
  size_t n, periods;          /* periods: T, when there is a horizon */
  int endless;                /* nonzero when there is none */
  double ratio, leak, onward; /* b; 1 - b; 1 + d */
  const loy_allocator *allocator;
} loyi_chain_ask;

LOYALTY_API void loy_chain_value_options_init(loy_chain_value_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->growth = 0.0;
  options->horizon = HUGE_VAL;
  options->allocator = NULL;
}

LOYI_LOCAL loy_status loyi_chain_numbers(const double *x, size_t n, double least, const char *name, const char *must,
                                         loy_error *error) {
  if (!x) return loyi_report(error, LOY_ERR_ARGUMENT, name, LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (!(x[i] >= least && x[i] <= LOY_RANGE_MOST) || (least == 0.0 && !loyi_is_zero_or_quantity(x[i])))
      return loyi_report(error, LOY_ERR_DOMAIN, name, i, must);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_chain_ask_check(const double *transition, size_t states, const double *reward,
                                           double discount_rate, const loy_chain_value_options *options,
                                           loyi_chain_ask *ask, loy_error *error) {
  loy_chain_value_options use;
  loy_status status = loyi_stochastic_check(transition, states, error);
  if (status != LOY_OK) return status;
  status = loyi_chain_numbers(reward, states, -LOY_RANGE_MOST, "reward", "must be a number from -1e40 to 1e40", error);
  if (status != LOY_OK) return status;
  if (!loyi_is_zero_or_quantity(discount_rate))
    return loyi_report(error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  loy_chain_value_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_chain_value_options_init");
  if (options) use = *options;
  if (!(use.growth > -1.0 && use.growth <= LOY_RANGE_MOST))
    return loyi_report(error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX, "must be greater than -1 and at most 1e40");
  ask->endless = use.horizon > 1.7976931348623157e308;
  if (!ask->endless &&
      !(use.horizon >= 0.0 && use.horizon <= LOY_CHAIN_HORIZON_MOST && floor(use.horizon) == use.horizon))
    return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX,
                       "must be a whole number of periods up to 10000, or infinite");
  ask->transition = transition;
  ask->reward = reward;
  ask->n = states;
  ask->periods = ask->endless ? 0 : (size_t)use.horizon;
  ask->onward = 1.0 + discount_rate;
  ask->ratio = (1.0 + use.growth) / ask->onward;
  ask->leak = (discount_rate - use.growth) / ask->onward;
  ask->allocator = use.allocator;
  return LOY_OK;
}

LOYI_LOCAL int loyi_chain_all_finite(const double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!isfinite(x[i])) return 0;
  return 1;
}

LOYI_LOCAL loy_status loyi_chain_beyond(loy_error *error) {
  return loyi_report(error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX, "must be so near that values are finite");
}

/* The values without a horizon, from an opened system; the status tells of infinite ones. */
LOYI_LOCAL loy_status loyi_chain_endless_values(const loyi_chain_ask *ask, loyi_discounted *system, double *value,
                                                loy_error *error) {
  const size_t conflict = loyi_discounted_solve(system, ask->reward, value);
  size_t infinite = 0;
  while (infinite < ask->n && isfinite(value[infinite])) infinite++;
  if (infinite == ask->n) return loyi_ok(error);
  if (ask->leak == 0.0)
    return loyi_report(error, LOY_ERR_DOMAIN, "discount_rate", LOY_NO_INDEX,
                       "must be above the growth, as a state that is never left has a reward");
  if (conflict != LOY_NO_INDEX)
    return loyi_report(error, LOY_ERR_DOMAIN, "reward", conflict,
                       "must be of one sign in the states where it grows without end");
  return loyi_report(error, LOY_NOTICE_DIVERGES, "growth", infinite, "outruns the discount: the value is infinite");
}

/* All that is wanted, without a horizon. `own` has room for n numbers each of value, deviation, slope, and of work. */
LOYI_LOCAL loy_status loyi_chain_endless(const loyi_chain_ask *ask, const loy_chain_value_result *want, double *own,
                                         double *visits, loy_error *error) {
  const size_t n = ask->n;
  double *value = own, *deviation = own + n, *slope = own + 2 * n, *work = own + 3 * n;
  loyi_discounted system;
  loy_status status = loyi_discounted_open(&system, ask->transition, n, ask->ratio, ask->leak, ask->allocator, error);
  if (status != LOY_OK) return status;
  status = loyi_chain_endless_values(ask, &system, value, error);
  if (!loy_status_is_error(status) && want->discount_slope) {
    /* dV = G (db/dd) P V, with db/dd = -b/(1+d) */
    for (size_t i = 0; i < n; i++) work[i] = isfinite(value[i]) ? value[i] : 0.0;
    loyi_chain_step(ask->transition, n, work, slope);
    for (size_t i = 0; i < n; i++) slope[i] *= ask->ratio / ask->onward;
    (void)loyi_discounted_solve(&system, slope, slope);
    for (size_t i = 0; i < n; i++) slope[i] = isfinite(value[i]) ? 0.0 - slope[i] : -value[i];
  }
  for (size_t i = 0; i < n && visits && !loy_status_is_error(status); i++) {
    for (size_t j = 0; j < n; j++) work[j] = i == j ? 1.0 : 0.0;
    loyi_discounted_visits(&system, work, visits + i * n);
  }
  loyi_discounted_close(&system);
  if (loy_status_is_error(status) || !want->standard_deviation) return status;
  {
    const loy_status second = loyi_discounted_open(&system, ask->transition, n, ask->ratio * ask->ratio,
                                                   ask->leak * (1.0 + ask->ratio), ask->allocator, error);
    if (second != LOY_OK) return second;
  }
  for (size_t i = 0; i < n; i++)
    work[i] = isfinite(value[i]) ? ask->ratio * ask->ratio * loyi_chain_spread(ask->transition, n, i, value) : 0.0;
  (void)loyi_discounted_solve(&system, work, deviation);
  loyi_discounted_close(&system);
  for (size_t i = 0; i < n; i++) deviation[i] = isfinite(value[i]) ? sqrt(deviation[i]) : HUGE_VAL;
  return status;
}

/* One period back: V_(T+1) = r + b P V_T. `next` is work. */
LOYI_LOCAL void loyi_chain_back(const loyi_chain_ask *ask, const double *value, double *next) {
  loyi_chain_step(ask->transition, ask->n, value, next);
  for (size_t i = 0; i < ask->n; i++) next[i] = ask->reward[i] + ask->ratio * next[i];
}

/* The same to a horizon. `own` has room for 6 n numbers; `other` is work of n*n numbers, when visits are wanted. */
LOYI_LOCAL loy_status loyi_chain_to_horizon(const loyi_chain_ask *ask, const loy_chain_value_result *want, double *own,
                                            double *visits, double *other, loy_error *error) {
  const size_t n = ask->n;
  const double b = ask->ratio;
  double *value = own, *deviation = own + n, *slope = own + 2 * n, *work = own + 3 * n, *next = own + 4 * n;
  for (size_t i = 0; i < n; i++) {
    value[i] = ask->reward[i];
    deviation[i] = slope[i] = 0.0;
  }
  for (size_t i = 0; i < n * n && visits; i++) visits[i] = i % (n + 1) == 0 ? 1.0 : 0.0;
  for (size_t t = 0; t < ask->periods; t++) {
    if (want->standard_deviation) { /* holds variances until the end */
      loyi_chain_step(ask->transition, n, deviation, work);
      for (size_t i = 0; i < n; i++) deviation[i] = b * b * (work[i] + loyi_chain_spread(ask->transition, n, i, value));
    }
    if (want->discount_slope) {
      loyi_chain_step(ask->transition, n, slope, work);
      loyi_chain_step(ask->transition, n, value, next);
      for (size_t i = 0; i < n; i++) slope[i] = b * (work[i] - next[i] / ask->onward);
    }
    if (visits) { /* G_(T+1) = I + G_T b P, row by row */
      for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) other[i * n + k] = visits[i * n + k];
      for (size_t i = 0; i < n * n; i++) visits[i] = i % (n + 1) == 0 ? 1.0 : 0.0;
      for (size_t k = 0; k < n; k++) {
        const double *row = ask->transition + k * n;
        const double stay = loyi_chain_stay(ask->transition, n, k);
        for (size_t i = 0; i < n; i++)
          for (size_t j = 0; j < n; j++) visits[i * n + j] += b * other[i * n + k] * (j == k ? stay : row[j]);
      }
    }
    loyi_chain_back(ask, value, work);
    for (size_t i = 0; i < n; i++) value[i] = work[i];
  }
  for (size_t i = 0; i < n; i++) deviation[i] = sqrt(deviation[i]);
  if (!loyi_chain_all_finite(own, 3 * n) || (visits && !loyi_chain_all_finite(visits, n * n)))
    return loyi_chain_beyond(error);
  return loyi_ok(error);
}

LOYI_LOCAL void loyi_chain_give(double *out, const double *x, size_t count) {
  for (size_t i = 0; i < count && out; i++) out[i] = x[i];
}

LOYALTY_API loy_status loy_chain_value(const double *transition, size_t states, const double *reward,
                                       double discount_rate, const loy_chain_value_options *options,
                                       const loy_chain_value_result *result, loy_error *error) {
  loyi_chain_ask ask;
  double *own, *visits = NULL;
  size_t room;
  loy_status status = loyi_chain_ask_check(transition, states, reward, discount_rate, options, &ask, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  room = 6 * states + (result->visits ? 2 * states * states : 0);
  own = (double *)loyi_allocate(ask.allocator, room, sizeof *own);
  if (!own) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  for (size_t i = 0; i < room; i++) own[i] = 0.0;
  if (result->visits) visits = own + 6 * states;
  status = ask.endless
               ? loyi_chain_endless(&ask, result, own, visits, error)
               : loyi_chain_to_horizon(&ask, result, own, visits, visits ? visits + states * states : NULL, error);
  if (!loy_status_is_error(status)) {
    loyi_chain_give(result->value, own, states);
    loyi_chain_give(result->standard_deviation, own + states, states);
    loyi_chain_give(result->discount_slope, own + 2 * states, states);
    loyi_chain_give(result->visits, visits, states * states);
  }
  loyi_release(ask.allocator, own, room, sizeof *own);
  return status;
}

/* ---- slopes in the chances ---- */

/* What slopes from any start are made of: values for 0 to T - 1 periods left, or the one vector without a horizon. */
typedef struct loyi_chain_history {
  size_t room;
  double *value, *flow, *next; /* flow: customers now; next: one period later */
  loyi_discounted system;
} loyi_chain_history;

LOYI_LOCAL void loyi_chain_history_close(const loyi_chain_ask *ask, loyi_chain_history *history) {
  if (ask->endless) loyi_discounted_close(&history->system);
  loyi_release(ask->allocator, history->value, history->room, sizeof *history->value);
}

/* The status is that of the values. On an error nothing is held. */
LOYI_LOCAL loy_status loyi_chain_history_open(const loyi_chain_ask *ask, loyi_chain_history *history,
                                              loy_error *error) {
  const size_t n = ask->n, vectors = ask->endless ? 1 : ask->periods + 1;
  loy_status status;
  history->room = (vectors + 2) * n;
  history->value = (double *)loyi_allocate(ask->allocator, history->room, sizeof *history->value);
  if (!history->value) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  history->flow = history->value + vectors * n;
  history->next = history->flow + n;
  if (ask->endless) {
    status = loyi_discounted_open(&history->system, ask->transition, n, ask->ratio, ask->leak, ask->allocator, error);
    if (status != LOY_OK) {
      loyi_release(ask->allocator, history->value, history->room, sizeof *history->value);
      return status;
    }
    status = loyi_chain_endless_values(ask, &history->system, history->value, error);
  } else {
    for (size_t i = 0; i < n; i++) history->value[i] = ask->reward[i];
    for (size_t t = 0; t < ask->periods; t++)
      loyi_chain_back(ask, history->value + t * n, history->value + (t + 1) * n);
    status = loyi_chain_all_finite(history->value, vectors * n) ? loyi_ok(error) : loyi_chain_beyond(error);
  }
  if (loy_status_is_error(status)) loyi_chain_history_close(ask, history);
  return status;
}

/* Add b w_k (V_j - V_k). Where nothing is at stake nothing is added, even for endless visits. */
LOYI_LOCAL void loyi_chain_slopes_add(const loyi_chain_ask *ask, const double *flow, const double *value,
                                      double *slope) {
  for (size_t k = 0; k < ask->n; k++)
    for (size_t j = 0; j < ask->n; j++)
      if (flow[k] > 0.0 && value[j] != value[k]) slope[k * ask->n + j] += ask->ratio * flow[k] * (value[j] - value[k]);
}

LOYI_LOCAL void loyi_chain_slopes(const loyi_chain_ask *ask, loyi_chain_history *history, const double *start,
                                  double *slope) {
  const size_t n = ask->n;
  double *flow = history->flow, *next = history->next;
  for (size_t i = 0; i < n * n; i++) slope[i] = 0.0;
  if (ask->endless) {
    loyi_discounted_visits(&history->system, start, flow);
    loyi_chain_slopes_add(ask, flow, history->value, slope);
    return;
  }
  for (size_t i = 0; i < n; i++) flow[i] = start[i];
  for (size_t t = 0; t < ask->periods; t++) {
    loyi_chain_slopes_add(ask, flow, history->value + (ask->periods - 1 - t) * n, slope);
    for (size_t j = 0; j < n; j++) next[j] = 0.0;
    for (size_t i = 0; i < n; i++) {
      const double *row = ask->transition + i * n;
      const double stay = loyi_chain_stay(ask->transition, n, i);
      for (size_t j = 0; j < n; j++) next[j] += ask->ratio * flow[i] * (j == i ? stay : row[j]);
    }
    for (size_t j = 0; j < n; j++) flow[j] = next[j];
  }
}

LOYALTY_API loy_status loy_chain_value_slopes(const double *transition, size_t states, const double *reward,
                                              double discount_rate, const double *start,
                                              const loy_chain_value_options *options, double *slope, loy_error *error) {
  loyi_chain_ask ask;
  loyi_chain_history history;
  double *own;
  loy_status status = loyi_chain_ask_check(transition, states, reward, discount_rate, options, &ask, error);
  if (status != LOY_OK) return status;
  status = loyi_chain_numbers(start, states, 0.0, "start", LOYI_ZERO_QUANTITY_MUST, error);
  if (status != LOY_OK) return status;
  if (!slope) return loyi_report(error, LOY_ERR_ARGUMENT, "slope", LOY_NO_INDEX, "must not be NULL");
  own = (double *)loyi_allocate(ask.allocator, states * states, sizeof *own);
  if (!own) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  status = loyi_chain_history_open(&ask, &history, error);
  if (status == LOY_OK) {
    loyi_chain_slopes(&ask, &history, start, own);
    if (!ask.endless && !loyi_chain_all_finite(own, states * states))
      status = loyi_chain_beyond(error);
    else
      loyi_chain_give(slope, own, states * states);
    loyi_chain_history_close(&ask, &history);
  } else if (!loy_status_is_error(status)) {
    loyi_chain_history_close(&ask, &history);
    status = loyi_report(error, LOY_ERR_DOMAIN, "growth", LOY_NO_INDEX, "must leave all values finite");
  }
  loyi_release(ask.allocator, own, states * states, sizeof *own);
  return status;
}

/* The variance that row k, of so many moves, gives to b times the value that follows it. */
LOYI_LOCAL double loyi_chain_row_variance(const loyi_chain_ask *ask, const double *value, const double *row_count,
                                          size_t k) {
  double spread;
  if (!isfinite(value[k])) return 0.0; /* and no state of finite value leads here */
  spread = loyi_chain_spread(ask->transition, ask->n, k, value);
  return spread > 0.0 ? ask->ratio * ask->ratio * spread / fabs(row_count[k]) : 0.0; /* -0 is none, too */
}

/* The variance of a sum with these slopes. */
LOYI_LOCAL double loyi_chain_slope_variance(const loyi_chain_ask *ask, const double *slope, const double *row_count) {
  const size_t n = ask->n;
  double sum = 0.0;
  for (size_t k = 0; k < n; k++) {
    const double spread = loyi_chain_spread(ask->transition, n, k, slope + k * n);
    if (spread > 0.0) sum += spread / fabs(row_count[k]);
  }
  return sum;
}

LOYALTY_API loy_status loy_chain_value_std_errors(const double *transition, size_t states, const double *reward,
                                                  double discount_rate, const double *row_count,
                                                  const loy_chain_value_options *options, double *std_error,
                                                  loy_error *error) {
  const size_t n = states;
  loyi_chain_ask ask;
  loyi_chain_history history;
  double *slope, *start, *found;
  size_t room;
  loy_status status = loyi_chain_ask_check(transition, states, reward, discount_rate, options, &ask, error);
  if (status != LOY_OK) return status;
  status = loyi_chain_numbers(row_count, n, 0.0, "row_count", LOYI_ZERO_QUANTITY_MUST, error);
  if (status != LOY_OK) return status;
  if (!std_error) return loyi_report(error, LOY_ERR_ARGUMENT, "std_error", LOY_NO_INDEX, "must not be NULL");
  room = n * n + 2 * n;
  slope = (double *)loyi_allocate(ask.allocator, room, sizeof *slope);
  if (!slope) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, NULL);
  start = slope + n * n;
  found = start + n;
  status = loyi_chain_history_open(&ask, &history, error);
  if (!loy_status_is_error(status)) {
    const double *value = history.value + (ask.endless ? 0 : ask.periods * n);
    /* Without a horizon all slopes are visits times those of one more visit: variances of rows do for all states. */
    for (size_t k = 0; k < n && ask.endless; k++) slope[k] = loyi_chain_row_variance(&ask, value, row_count, k);
    for (size_t i = 0; i < n; i++) {
      double variance;
      for (size_t j = 0; j < n; j++) start[j] = i == j ? 1.0 : 0.0;
      if (!isfinite(value[i])) {
        found[i] = HUGE_VAL;
        continue;
      }
      if (ask.endless) {
        variance = 0.0;
        loyi_discounted_visits(&history.system, start, history.flow);
        for (size_t k = 0; k < n; k++)
          if (slope[k] > 0.0 && history.flow[k] > 0.0) variance += history.flow[k] * history.flow[k] * slope[k];
      } else {
        loyi_chain_slopes(&ask, &history, start, slope);
        variance = loyi_chain_slope_variance(&ask, slope, row_count);
      }
      found[i] = sqrt(variance);
    }
    loyi_chain_give(std_error, found, n);
    loyi_chain_history_close(&ask, &history);
  }
  loyi_release(ask.allocator, slope, room, sizeof *slope);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_CHAIN_VALUE_INL_H */
