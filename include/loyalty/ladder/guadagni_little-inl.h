/* guadagni_little-inl.h: body of guadagni_little.h. */
#ifndef LOYALTY_LADDER_GUADAGNI_LITTLE_INL_H
#define LOYALTY_LADDER_GUADAGNI_LITTLE_INL_H

#include "guadagni_little.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/random.h"
#include "smoothing.h"

LOY_BEGIN_DECLS

#define LOYI_GL_SIZE_MOST 1e100

LOYI_LOCAL int loyi_gl_is_number(double value) { return fabs(value) <= LOYI_GL_SIZE_MOST; }

LOYI_LOCAL loy_status loyi_gl_check_counts(size_t alternatives, size_t covariates, loy_error *error) {
  if (alternatives < 2 || alternatives > LOY_GUADAGNI_LITTLE_MOST)
    return loyi_report(error, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX, "must be from 2 to 15");
  if (covariates > LOY_GUADAGNI_LITTLE_MOST - alternatives)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX,
                       "must be at most 15 together with the alternatives");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_gl_check_lambda(double lambda, loy_error *error) {
  if (!(lambda >= 0.0 && lambda <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX, "must be a number from 0 to 1");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_gl_check_numbers(const double *value, size_t n, const char *name, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_gl_is_number(value[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, name, i, "must be a number of size at most 1e100");
  return LOY_OK;
}

LOYALTY_API loy_status loy_guadagni_little_check(const loy_guadagni_little_model *model, loy_error *error) {
  loy_status status;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  status = loyi_gl_check_counts(model->alternatives, model->covariates, error);
  if (status == LOY_OK) status = loyi_gl_check_lambda(model->lambda, error);
  if (status != LOY_OK) return status;
  if (!loyi_gl_is_number(model->loyalty))
    return loyi_report(error, LOY_ERR_DOMAIN, "loyalty", LOY_NO_INDEX, "must be a number of size at most 1e100");
  status = loyi_gl_check_numbers(model->constant, model->alternatives, "constant", error);
  if (status == LOY_OK) status = loyi_gl_check_numbers(model->slope, model->covariates, "slope", error);
  return status == LOY_OK ? loyi_ok(error) : status;
}

/* Offsets and choices. */
LOYI_LOCAL loy_status loyi_gl_check_choices(const loy_guadagni_little_data *data, loy_error *error) {
  size_t rows;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  status = loyi_gl_check_counts(data->alternatives, data->covariates, error);
  if (status == LOY_OK) status = loyi_sequences_check(data->offset, data->customers, error);
  if (status != LOY_OK) return status;
  rows = (size_t)data->offset[data->customers];
  if (rows > 0 && !data->chosen)
    return loyi_report(error, LOY_ERR_ARGUMENT, "chosen", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < rows; i++)
    if (data->chosen[i] < 0 || (uint64_t)data->chosen[i] >= data->alternatives)
      return loyi_report(error, LOY_ERR_DOMAIN, "chosen", i, "must be the number of an alternative");
  return LOY_OK;
}

/* Loyalty after the first choice, and one choice further. */
LOYI_LOCAL void loyi_gl_begin(loyi_smooth *state, size_t alternatives, double lambda, size_t chosen) {
  const double others = 1.0 / (double)(alternatives - 1);
  for (size_t k = 0; k < alternatives; k++) {
    state[k].value = k == chosen ? lambda : (1.0 - lambda) * others;
    state[k].first = k == chosen ? 1.0 : -others;
    state[k].second = 0.0;
  }
}

LOYI_LOCAL void loyi_gl_step(loyi_smooth *state, size_t alternatives, double lambda, size_t chosen) {
  for (size_t k = 0; k < alternatives; k++)
    loyi_smooth_step(&state[k], lambda, k == chosen ? 1.0 - lambda : 0.0, k == chosen ? -1.0 : 0.0);
}

LOYALTY_API loy_status loy_guadagni_little_loyalty(double lambda, const loy_guadagni_little_data *data, double *loyalty,
                                                   double *next, loy_error *error) {
  size_t n;
  loy_status status = loyi_gl_check_lambda(lambda, error);
  if (status == LOY_OK) status = loyi_gl_check_choices(data, error);
  if (status != LOY_OK) return status;
  n = data->alternatives;
  for (size_t i = 0; i < data->customers; i++) {
    const size_t from = (size_t)data->offset[i], to = (size_t)data->offset[i + 1];
    loyi_smooth state[LOY_GUADAGNI_LITTLE_MOST];
    for (size_t k = 0; k < n; k++) state[k].value = 1.0 / (double)n; /* before the first choice */
    for (size_t t = from; t < to; t++) {
      for (size_t k = 0; loyalty && k < n; k++) loyalty[t * n + k] = state[k].value;
      if (t == from)
        loyi_gl_begin(state, n, lambda, (size_t)data->chosen[t]);
      else
        loyi_gl_step(state, n, lambda, (size_t)data->chosen[t]);
    }
    for (size_t k = 0; next && k < n; k++) next[i * n + k] = state[k].value;
  }
  return loyi_ok(error);
}

/* The probabilities of n utilities, in their place; returns ln sum exp(u). */
LOYI_LOCAL double loyi_gl_softmax(double *u, size_t n) {
  double most = u[0], sum = 0.0;
  for (size_t k = 1; k < n; k++)
    if (u[k] > most) most = u[k];
  for (size_t k = 0; k < n; k++) {
    u[k] = loyi_exp(u[k] - most);
    sum += u[k];
  }
  for (size_t k = 0; k < n; k++) u[k] /= sum;
  return most + loyi_log(sum);
}

LOYI_LOCAL double loyi_gl_utility(const loy_guadagni_little_model *model, size_t k, double loyalty, const double *x) {
  double u = model->constant[k] + model->loyalty * loyalty;
  for (size_t j = 0; j < model->covariates; j++) u += model->slope[j] * x[k * model->covariates + j];
  return u;
}

LOYALTY_API loy_status loy_guadagni_little_probabilities(const loy_guadagni_little_model *model, const double *loyalty,
                                                         const double *covariate, size_t rows, double *probability,
                                                         loy_error *error) {
  const char *missing = NULL;
  size_t n, each;
  loy_status status = loy_guadagni_little_check(model, error);
  if (status != LOY_OK) return status;
  n = model->alternatives;
  each = n * model->covariates;
  if (rows > 0 && !probability) missing = "probability";
  if (rows > 0 && each > 0 && !covariate) missing = "covariate";
  if (rows > 0 && !loyalty) missing = "loyalty";
  if (missing) return loyi_report(error, LOY_ERR_ARGUMENT, missing, LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < rows * n; i++)
    if (!(loyalty[i] >= 0.0 && loyalty[i] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "loyalty", i, "must be a number from 0 to 1");
  status = loyi_gl_check_numbers(covariate, rows * each, "covariate", error);
  if (status != LOY_OK) return status;
  for (size_t t = 0; t < rows; t++) {
    double *const u = probability + t * n;
    for (size_t k = 0; k < n; k++)
      u[k] = loyi_gl_utility(model, k, loyalty[t * n + k], each > 0 ? covariate + t * each : NULL);
    loyi_gl_softmax(u, n);
  }
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_guadagni_little_simulate(const loy_guadagni_little_model *model, const int64_t *offset,
                                                    size_t customers, const double *covariate, uint64_t seed,
                                                    int64_t *chosen, loy_error *error) {
  size_t n, each;
  loy_status status = loy_guadagni_little_check(model, error);
  if (status == LOY_OK) status = loyi_sequences_check(offset, customers, error);
  if (status != LOY_OK) return status;
  n = model->alternatives;
  each = n * model->covariates;
  if (offset[customers] > 0 && each > 0 && !covariate)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariate", LOY_NO_INDEX, "must not be NULL");
  if (offset[customers] > 0 && !chosen)
    return loyi_report(error, LOY_ERR_ARGUMENT, "chosen", LOY_NO_INDEX, "must not be NULL");
  status = loyi_gl_check_numbers(covariate, (size_t)offset[customers] * each, "covariate", error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < customers; i++) {
    const size_t from = (size_t)offset[i], to = (size_t)offset[i + 1];
    loyi_smooth state[LOY_GUADAGNI_LITTLE_MOST];
    loyi_rng rng;
    loyi_rng_seed_stream(&rng, seed, (uint64_t)i);
    for (size_t t = from; t < to; t++) {
      double u[LOY_GUADAGNI_LITTLE_MOST] = {0.0}, left = loyi_rng_uniform(&rng);
      size_t pick = 0;
      for (size_t k = 0; k < n; k++)
        u[k] = loyi_gl_utility(model, k, t == from ? 0.0 : state[k].value, each > 0 ? covariate + t * each : NULL);
      loyi_gl_softmax(u, n);
      while (pick + 1 < n && left >= u[pick]) left -= u[pick++];
      chosen[t] = (int64_t)pick;
      if (t == from)
        loyi_gl_begin(state, n, model->lambda, pick);
      else
        loyi_gl_step(state, n, model->lambda, pick);
    }
  }
  return loyi_ok(error);
}

#undef LOYI_GL_SIZE_MOST

LOY_END_DECLS

#endif /* LOYALTY_LADDER_GUADAGNI_LITTLE_INL_H */
