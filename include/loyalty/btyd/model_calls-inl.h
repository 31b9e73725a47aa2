/* model_calls-inl.h: body of model_calls.h. */
#ifndef LOYALTY_BTYD_MODEL_CALLS_INL_H
#define LOYALTY_BTYD_MODEL_CALLS_INL_H

#include "model_calls.h"

#include <string.h>

#include "bdw_fit.h"
#include "bgbb_fit.h"
#include "bgbb_predict.h"
#include "bgbb_simulate.h"
#include "bgcnbd_fit.h"
#include "bgcnbd_predict.h"
#include "bgcnbd_simulate.h"
#include "bgnbd_fit.h"
#include "bgnbd_predict.h"
#include "bgnbd_simulate.h"
#include "contract_rows.h"
#include "gamma_gamma_fit.h"
#include "ggomnbd.h"
#include "ggomnbd_fit.h"
#include "history.h"
#include "mbgcnbd_fit.h"
#include "mbgcnbd_predict.h"
#include "mbgcnbd_simulate.h"
#include "mbgnbd_fit.h"
#include "mbgnbd_predict.h"
#include "mbgnbd_simulate.h"
#include "nbd.h"
#include "nbd_fit.h"
#include "pnbd.h"
#include "pnbd_fit.h"
#include "pnbd_predict.h"
#include "pnbd_simulate.h"
#include "sbg_fit.h"

LOY_BEGIN_DECLS

/* The structs of parameters hold doubles alone, in the order of the list. */
#define LOYI_MODEL_CALLS_PARAMS(M)                                                                                     \
  LOYI_LOCAL loy_##M##_params loyi_calls_##M##_params(const double *list) {                                            \
    loy_##M##_params params;                                                                                           \
    memcpy(&params, list, sizeof params);                                                                              \
    return params;                                                                                                     \
  }

#define LOYI_MODEL_CALLS_OF(M, PERIODS, GAPS, ROWS, WRONG, ESTIMATE)                                                   \
  LOYI_LOCAL loy_status loyi_calls_##M##_check(const double *list, loy_error *error) {                                 \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_check(&params, error);                                                                            \
  }                                                                                                                    \
  LOYI_LOCAL double loyi_calls_##M##_expected(const double *list, double x, double t_x, double T, double t) {          \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_expected_purchases(&params, x, t_x, T, t);                                                        \
  }                                                                                                                    \
  LOYI_LOCAL double loyi_calls_##M##_pmf(const double *list, double x, double t_x, double T, double n, double t) {     \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_pmf_future(&params, x, t_x, T, n, t);                                                             \
  }                                                                                                                    \
  static const loyi_model_calls loyi_calls_##M = {"T",                                                                 \
                                                  PERIODS,                                                             \
                                                  GAPS,                                                                \
                                                  loyi_calls_##M##_check,                                              \
                                                  ROWS,                                                                \
                                                  loyi_calls_##M##_simulate,                                           \
                                                  loyi_calls_##M##_fit,                                                \
                                                  loyi_calls_##M##_expected,                                           \
                                                  loyi_calls_##M##_pmf,                                                \
                                                  WRONG,                                                               \
                                                  ESTIMATE};

/* The options that all fits have. */
#define LOYI_MODEL_CALLS_CONTROL(how, options)                                                                         \
  (options).allocator = (how)->allocator;                                                                              \
  (options).threads = (how)->threads;                                                                                  \
  (options).most_evaluations = (how)->most_evaluations;                                                                \
  (options).penalty = (how)->penalty;                                                                                  \
  (options).progress = (how)->progress;

/* Hand on what a fit found. */
#define LOYI_MODEL_CALLS_FOUND(status, result, found)                                                                  \
  if (loy_status_is_error(status)) return (status);                                                                    \
  memcpy((found)->parameters, &(result).params, sizeof(result).params);                                                \
  memcpy((found)->covariance, (result).covariance, sizeof(result).covariance);                                         \
  (found)->log_likelihood = (result).log_likelihood;                                                                   \
  (found)->customers = (result).customers;                                                                             \
  (found)->status = (int)(status);                                                                                     \
  return (status);

/* From a start, for the parameters alone. */
#define LOYI_MODEL_CALLS_FIT(M)                                                                                        \
  LOYI_LOCAL loy_status loyi_calls_##M##_fit(const double *start, const double *given, const double *first,            \
                                             const double *second, size_t n, const loy_allocator *allocator,           \
                                             int most_evaluations, double penalty, double *params, loy_error *error) { \
    loyi_model_fit how;                                                                                                \
    loy_model found;                                                                                                   \
    loy_status status;                                                                                                 \
    memset(&how, 0, sizeof how);                                                                                       \
    memset(&found, 0, sizeof found);                                                                                   \
    how.given = given;                                                                                                 \
    how.first = first;                                                                                                 \
    how.second = second;                                                                                               \
    how.n = n;                                                                                                         \
    how.start = start;                                                                                                 \
    how.allocator = allocator;                                                                                         \
    how.threads = 1;                                                                                                   \
    how.most_evaluations = most_evaluations;                                                                           \
    how.penalty = penalty;                                                                                             \
    status = loyi_calls_##M##_estimate(&how, &found, error);                                                           \
    if (!loy_status_is_error(status)) memcpy(params, found.parameters, sizeof(loy_##M##_params));                      \
    return status;                                                                                                     \
  }

#define LOYI_MODEL_CALLS_PLAIN(M)                                                                                      \
  LOYI_LOCAL loy_status loyi_calls_##M##_simulate(const double *list, const double *given, size_t n, uint64_t seed,    \
                                                  double *first, double *second, loy_error *error) {                   \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_simulate(&params, given, n, seed, NULL, first, second, NULL, error);                              \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_calls_##M##_estimate(const loyi_model_fit *how, loy_model *found, loy_error *error) {     \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result result;                                                                                       \
    loy_status status;                                                                                                 \
    memset(&result, 0, sizeof result);                                                                                 \
    loy_##M##_fit_options_init(&options);                                                                              \
    LOYI_MODEL_CALLS_CONTROL(how, options)                                                                             \
    if (how->start) options.start = loyi_calls_##M##_params(how->start);                                               \
    status = loy_##M##_fit(how->first, how->second, how->given, how->weight, how->n, &options, &result, error);        \
    LOYI_MODEL_CALLS_FOUND(status, result, found)                                                                      \
  }                                                                                                                    \
  LOYI_MODEL_CALLS_FIT(M)

/* With the k of `start`, or the one that fits best. Neither drawing nor fitting for one k asks for the gaps. */
#define LOYI_MODEL_CALLS_STAGES(M)                                                                                     \
  LOYI_LOCAL loy_status loyi_calls_##M##_simulate(const double *list, const double *given, size_t n, uint64_t seed,    \
                                                  double *first, double *second, loy_error *error) {                   \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_simulate(&params, given, n, seed, NULL, first, second, NULL, NULL, error);                        \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_calls_##M##_estimate(const loyi_model_fit *how, loy_model *found, loy_error *error) {     \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result result;                                                                                       \
    loy_status status;                                                                                                 \
    memset(&result, 0, sizeof result);                                                                                 \
    loy_##M##_fit_options_init(&options);                                                                              \
    LOYI_MODEL_CALLS_CONTROL(how, options)                                                                             \
    if (how->start) {                                                                                                  \
      options.k = (int)how->start[4];                                                                                  \
      memcpy(&options.start, how->start, sizeof options.start);                                                        \
    }                                                                                                                  \
    status =                                                                                                           \
        loy_##M##_fit(how->first, how->second, how->given, how->litt, how->weight, how->n, &options, &result, error);  \
    LOYI_MODEL_CALLS_FOUND(status, result, found)                                                                      \
  }                                                                                                                    \
  LOYI_MODEL_CALLS_FIT(M)

LOYI_MODEL_CALLS_PARAMS(bgnbd)
LOYI_MODEL_CALLS_PARAMS(mbgnbd)
LOYI_MODEL_CALLS_PARAMS(pnbd)
LOYI_MODEL_CALLS_PARAMS(nbd)
LOYI_MODEL_CALLS_PARAMS(ggomnbd)
LOYI_MODEL_CALLS_PARAMS(bgcnbd)
LOYI_MODEL_CALLS_PARAMS(mbgcnbd)
LOYI_MODEL_CALLS_PARAMS(bgbb)
LOYI_MODEL_CALLS_PLAIN(bgnbd)
LOYI_MODEL_CALLS_PLAIN(mbgnbd)
LOYI_MODEL_CALLS_PLAIN(pnbd)
LOYI_MODEL_CALLS_PLAIN(nbd)
LOYI_MODEL_CALLS_PLAIN(ggomnbd)
LOYI_MODEL_CALLS_PLAIN(bgbb)
LOYI_MODEL_CALLS_STAGES(bgcnbd)
LOYI_MODEL_CALLS_STAGES(mbgcnbd)
#undef LOYI_MODEL_CALLS_CONTROL
#undef LOYI_MODEL_CALLS_FIT
#undef LOYI_MODEL_CALLS_FOUND
#undef LOYI_MODEL_CALLS_PARAMS
#undef LOYI_MODEL_CALLS_PLAIN
#undef LOYI_MODEL_CALLS_STAGES

#define LOYI_MODEL_CALLS(M, GAPS)                                                                                      \
  LOYI_MODEL_CALLS_OF(M, 0, GAPS, loyi_history_lengths_check, loyi_history_wrong, loyi_calls_##M##_estimate)

LOYI_MODEL_CALLS(bgnbd, 0)
LOYI_MODEL_CALLS(mbgnbd, 0)
LOYI_MODEL_CALLS(pnbd, 0)
LOYI_MODEL_CALLS(nbd, 0)
LOYI_MODEL_CALLS(ggomnbd, 0)
LOYI_MODEL_CALLS(bgcnbd, 1)
LOYI_MODEL_CALLS(mbgcnbd, 1)
LOYI_MODEL_CALLS_OF(bgbb, 1, 0, loyi_bgbb_lengths_check, loyi_bgbb_history_wrong, NULL)
#undef LOYI_MODEL_CALLS
#undef LOYI_MODEL_CALLS_OF

LOYI_LOCAL loy_gamma_gamma_params loyi_calls_gamma_gamma_params(const double *list) {
  loy_gamma_gamma_params params;
  memcpy(&params, list, sizeof params);
  return params;
}

LOYI_LOCAL loy_status loyi_calls_gamma_gamma_check(const double *list, loy_error *error) {
  const loy_gamma_gamma_params params = loyi_calls_gamma_gamma_params(list);
  return loy_gamma_gamma_check(&params, 0.0, 0.0, error);
}

LOYI_LOCAL loy_status loyi_calls_gamma_gamma_simulate(const double *list, const double *given, size_t n, uint64_t seed,
                                                      double *first, double *second, loy_error *error) {
  const loy_gamma_gamma_params params = loyi_calls_gamma_gamma_params(list);
  (void)second;
  return loy_gamma_gamma_simulate(&params, given, n, seed, first, error);
}

LOYI_LOCAL loy_status loyi_calls_gamma_gamma_fit(const double *start, const double *given, const double *first,
                                                 const double *second, size_t n, const loy_allocator *allocator,
                                                 int most_evaluations, double penalty, double *params,
                                                 loy_error *error) {
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result found;
  loy_status status;
  (void)second;
  memset(&found, 0, sizeof found);
  loy_gamma_gamma_fit_options_init(&options);
  options.allocator = allocator;
  options.most_evaluations = most_evaluations;
  options.penalty = penalty;
  options.start = loyi_calls_gamma_gamma_params(start);
  status = loy_gamma_gamma_fit(given, first, NULL, n, &options, &found, error);
  if (!loy_status_is_error(status)) memcpy(params, &found.params, sizeof found.params);
  return status;
}

LOYI_LOCAL loy_status loyi_calls_gamma_gamma_rows(const double *given, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_count(given[i])) return loyi_report(error, LOY_ERR_DOMAIN, "x", i, LOYI_COUNT_MUST);
  return loyi_ok(error);
}

static const loyi_model_calls loyi_calls_gamma_gamma = {"x",
                                                        0,
                                                        0,
                                                        loyi_calls_gamma_gamma_check,
                                                        loyi_calls_gamma_gamma_rows,
                                                        loyi_calls_gamma_gamma_simulate,
                                                        loyi_calls_gamma_gamma_fit,
                                                        NULL,
                                                        NULL,
                                                        NULL,
                                                        NULL};

/* The models of contracts, likewise. */
#define LOYI_CONTRACT_CALLS(M)                                                                                         \
  LOYI_LOCAL loy_##M##_params loyi_calls_##M##_params(const double *list) {                                            \
    loy_##M##_params params;                                                                                           \
    memcpy(&params, list, sizeof params);                                                                              \
    return params;                                                                                                     \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_calls_##M##_check(const double *list, loy_error *error) {                                 \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_check(&params, error);                                                                            \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_calls_##M##_simulate(const double *list, const double *given, size_t n, uint64_t seed,    \
                                                  double *first, double *second, loy_error *error) {                   \
    const loy_##M##_params params = loyi_calls_##M##_params(list);                                                     \
    return loy_##M##_simulate(&params, given, n, seed, first, second, error);                                          \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_calls_##M##_fit(const double *start, const double *given, const double *first,            \
                                             const double *second, size_t n, const loy_allocator *allocator,           \
                                             int most_evaluations, double penalty, double *params, loy_error *error) { \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result found;                                                                                        \
    loy_status status;                                                                                                 \
    (void)given;                                                                                                       \
    memset(&found, 0, sizeof found);                                                                                   \
    loy_##M##_fit_options_init(&options);                                                                              \
    options.allocator = allocator;                                                                                     \
    options.most_evaluations = most_evaluations;                                                                       \
    options.penalty = penalty;                                                                                         \
    options.start = loyi_calls_##M##_params(start);                                                                    \
    status = loy_##M##_fit(first, second, NULL, n, &options, &found, error);                                           \
    if (!loy_status_is_error(status)) memcpy(params, &found.params, sizeof found.params);                              \
    return status;                                                                                                     \
  }                                                                                                                    \
  static const loyi_model_calls loyi_calls_##M = {"T",                                                                 \
                                                  0,                                                                   \
                                                  0,                                                                   \
                                                  loyi_calls_##M##_check,                                              \
                                                  loyi_contract_check_lengths,                                         \
                                                  loyi_calls_##M##_simulate,                                           \
                                                  loyi_calls_##M##_fit,                                                \
                                                  NULL,                                                                \
                                                  NULL,                                                                \
                                                  NULL,                                                                \
                                                  NULL};

LOYI_CONTRACT_CALLS(sbg)
LOYI_CONTRACT_CALLS(bdw)
#undef LOYI_CONTRACT_CALLS

LOYI_SHARED const loyi_model_calls *loyi_model_calls_of(int kind) {
  switch (kind) {
  case LOY_MODEL_BGNBD: return &loyi_calls_bgnbd;
  case LOY_MODEL_GAMMA_GAMMA: return &loyi_calls_gamma_gamma;
  case LOY_MODEL_MBGNBD: return &loyi_calls_mbgnbd;
  case LOY_MODEL_PNBD: return &loyi_calls_pnbd;
  case LOY_MODEL_NBD: return &loyi_calls_nbd;
  case LOY_MODEL_GGOMNBD: return &loyi_calls_ggomnbd;
  case LOY_MODEL_BGCNBD: return &loyi_calls_bgcnbd;
  case LOY_MODEL_MBGCNBD: return &loyi_calls_mbgcnbd;
  case LOY_MODEL_BGBB: return &loyi_calls_bgbb;
  case LOY_MODEL_SBG: return &loyi_calls_sbg;
  case LOY_MODEL_BDW: return &loyi_calls_bdw;
  default: return NULL;
  }
}

LOYI_SHARED loy_status loyi_model_calls_check(const loy_model *model, const loyi_model_calls **calls,
                                              loy_error *error) {
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  *calls = loyi_model_calls_of(model->kind);
  if (!*calls)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX,
                       "must be bgnbd, mbgnbd, bgcnbd, mbgcnbd, pnbd, nbd, ggomnbd, bgbb, gamma_gamma, sbg or bdw");
  return (*calls)->check(model->parameters, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MODEL_CALLS_INL_H */
