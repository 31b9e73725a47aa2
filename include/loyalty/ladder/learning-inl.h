/* learning-inl.h: body of learning.h. */
#ifndef LOYALTY_LADDER_LEARNING_INL_H
#define LOYALTY_LADDER_LEARNING_INL_H

#include "learning.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/random.h"
#include "smoothing.h"

LOY_BEGIN_DECLS

/* A customer's probability and its complement, each computed as a sum. */
typedef struct loyi_learning_state {
  double p, q;
} loyi_learning_state;

LOYI_LOCAL double loyi_learning_rest(const loy_learning_params *params) {
  const double rest = 1.0 - params->lambda - params->beta - params->alpha;
  return rest > 0.0 ? rest : 0.0;
}

static inline void loyi_learning_step(loyi_learning_state *state, const loy_learning_params *params, double rest,
                                      int bought) {
  state->p = params->alpha + (bought ? params->beta : 0.0) + params->lambda * state->p;
  state->q = rest + (bought ? 0.0 : params->beta) + params->lambda * state->q;
}

/* ln of the probability of what happened: of the smaller part as it stands, of the larger one by the smaller. */
static inline double loyi_learning_log(const loyi_learning_state *state, int bought) {
  const double part = bought ? state->p : state->q, other = bought ? state->q : state->p;
  return part < other ? loyi_log(part) : loyi_log1p(-other);
}

LOYALTY_API loy_status loy_learning_check(const loy_learning_params *params, loy_error *error) {
  const char *bad = NULL;
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!(params->lambda >= 0.0 && params->lambda <= 1.0)) bad = "lambda";
  if (!(params->beta >= 0.0 && params->beta <= 1.0)) bad = "beta";
  if (!(params->alpha >= 0.0 && params->alpha <= 1.0)) bad = "alpha";
  if (bad) return loyi_report(error, LOY_ERR_DOMAIN, bad, LOY_NO_INDEX, "must be a number from 0 to 1");
  if (!(params->alpha + params->beta + params->lambda <= 1.0 + 1e-12))
    return loyi_report(error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX, "must leave alpha + beta + lambda at most 1");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_learning_limits_of(const loy_learning_params *params, loy_learning_limits *limits,
                                              loy_error *error) {
  double rest, moves;
  const loy_status status = loy_learning_check(params, error);
  if (status != LOY_OK) return status;
  if (!limits) return loyi_report(error, LOY_ERR_ARGUMENT, "limits", LOY_NO_INDEX, "must not be NULL");
  rest = loyi_learning_rest(params);
  moves = params->alpha + params->beta + rest; /* 1 - lambda */
  limits->upper = moves > 0.0 ? (params->alpha + params->beta) / moves : (double)NAN;
  limits->lower = moves > 0.0 ? params->alpha / moves : (double)NAN;
  limits->mean = params->alpha + rest > 0.0 ? params->alpha / (params->alpha + rest) : (double)NAN;
  if (!(moves > 0.0))
    return loyi_report(error, LOY_NOTICE_NONE, "lambda", LOY_NO_INDEX, "is 1: the probability never changes");
  if (!(params->alpha + rest > 0.0))
    return loyi_report(error, LOY_NOTICE_NONE, "lambda", LOY_NO_INDEX, "is 1 - beta: the mean stays where it began");
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_learning_check_first(double first, loy_error *error) {
  if (!(first >= 0.0 && first <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "first", LOY_NO_INDEX, "must be a number from 0 to 1");
  return LOY_OK;
}

/* Offsets and outcomes. */
LOYI_LOCAL loy_status loyi_learning_check_data(const loy_learning_data *data, loy_error *error) {
  size_t rows;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  status = loyi_sequences_check(data->offset, data->customers, error);
  if (status != LOY_OK) return status;
  rows = (size_t)data->offset[data->customers];
  if (rows > 0 && !data->bought)
    return loyi_report(error, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < rows; i++)
    if (!(data->bought[i] == 0.0 || data->bought[i] == 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "bought", i, "must be 0 or 1");
  return LOY_OK;
}

LOYALTY_API loy_status loy_learning_filter(const loy_learning_params *params, double first,
                                           const loy_learning_data *data, double *probability, double *log_likelihood,
                                           double *next, loy_error *error) {
  double rest;
  loy_status status = loy_learning_check(params, error);
  if (status == LOY_OK) status = loyi_learning_check_first(first, error);
  if (status == LOY_OK) status = loyi_learning_check_data(data, error);
  if (status != LOY_OK) return status;
  rest = loyi_learning_rest(params);
  for (size_t i = 0; i < data->customers; i++) {
    const size_t end = (size_t)data->offset[i + 1];
    loyi_learning_state state;
    state.p = first;
    state.q = 1.0 - first;
    for (size_t t = (size_t)data->offset[i]; t < end; t++) {
      const int bought = data->bought[t] != 0.0;
      if (probability) probability[t] = state.p < 1.0 ? state.p : 1.0;
      if (log_likelihood) log_likelihood[t] = loyi_learning_log(&state, bought);
      loyi_learning_step(&state, params, rest, bought);
    }
    if (next) next[i] = state.p < 1.0 ? state.p : 1.0;
  }
  return loyi_ok(error);
}

/* What k periods do to p: p becomes power p + alpha sum, and the purchases on the way are sum p + alpha pairs, where
 * power = rho^k, sum = 1 + ... + rho^(k-1) and pairs the sum of the first k - 1 such sums. */
typedef struct loyi_learning_ahead {
  double power, sum, pairs;
} loyi_learning_ahead;

LOYI_LOCAL loyi_learning_ahead loyi_learning_join(loyi_learning_ahead a, loyi_learning_ahead b) {
  loyi_learning_ahead both;
  both.power = a.power * b.power;
  both.sum = a.sum + a.power * b.sum;
  both.pairs = a.pairs + b.pairs + a.sum * b.sum;
  return both;
}

LOYALTY_API loy_status loy_learning_forecast(const loy_learning_params *params, const double *p, size_t n,
                                             uint64_t periods, double *later, double *purchases, loy_error *error) {
  loyi_learning_ahead all = {1.0, 0.0, 0.0}, part = {0.0, 1.0, 0.0};
  const loy_status status = loy_learning_check(params, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !p) return loyi_report(error, LOY_ERR_ARGUMENT, "p", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (!(p[i] >= 0.0 && p[i] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "p", i, "must be a number from 0 to 1");
  part.power = params->beta + params->lambda < 1.0 ? params->beta + params->lambda : 1.0;
  for (uint64_t left = periods; left > 0; left >>= 1) {
    if (left & 1) all = loyi_learning_join(all, part);
    part = loyi_learning_join(part, part);
  }
  for (size_t i = 0; i < n; i++) {
    const double now = p[i]; /* p may be one of the outputs */
    if (purchases) purchases[i] = all.sum * now + params->alpha * all.pairs;
    if (later) {
      const double value = all.power * now + params->alpha * all.sum;
      later[i] = value < 1.0 ? value : 1.0;
    }
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_learning_simulate(const loy_learning_params *params, double first, const int64_t *offset,
                                             size_t customers, uint64_t seed, double *bought, loy_error *error) {
  double rest;
  loy_status status = loy_learning_check(params, error);
  if (status == LOY_OK) status = loyi_learning_check_first(first, error);
  if (status == LOY_OK) status = loyi_sequences_check(offset, customers, error);
  if (status != LOY_OK) return status;
  if (offset[customers] > 0 && !bought)
    return loyi_report(error, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX, "must not be NULL");
  rest = loyi_learning_rest(params);
  for (size_t i = 0; i < customers; i++) {
    loyi_learning_state state;
    loyi_rng rng;
    loyi_rng_seed_stream(&rng, seed, (uint64_t)i);
    state.p = first;
    state.q = 1.0 - first;
    for (int64_t t = offset[i]; t < offset[i + 1]; t++) {
      const int yes = loyi_rng_uniform(&rng) < state.p;
      bought[t] = yes ? 1.0 : 0.0;
      loyi_learning_step(&state, params, rest, yes);
    }
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_LADDER_LEARNING_INL_H */
