/* contract_fit_bodies-inl.h: private. The public functions of the fit of a model of contract.h, written once for both.
 * A model M with N parameters, the members of loy_M_params in their order and nothing else, defines
 *   loyi_M_fit_model   a loyi_fit_model
 * in its body, followed by these. */
#ifndef LOYALTY_BTYD_CONTRACT_FIT_BODIES_INL_H
#define LOYALTY_BTYD_CONTRACT_FIT_BODIES_INL_H

#include <string.h>

#include "contract_fit.h"

/* The options; columns and options checked and put together; the two functions. */
#define LOYI_CONTRACT_FIT_BODIES(M, N)                                                                                 \
  LOYI_ASSERT_STATIC(sizeof(loy_##M##_params) == (N) * sizeof(double), "parameters are copied as an array");           \
  LOYALTY_API void loy_##M##_fit_options_init(loy_##M##_fit_options *options) {                                        \
    if (!options) return;                                                                                              \
    memset(options, 0, sizeof *options);                                                                               \
    options->struct_size = sizeof *options;                                                                            \
    options->threads = 1;                                                                                              \
  }                                                                                                                    \
  LOYI_LOCAL loy_status loyi_##M##_data(const double *lifetime, const double *censored, const double *weight,          \
                                        size_t n, const loy_##M##_fit_options *options, loyi_contract_data *data,      \
                                        loy_error *error) {                                                            \
    loy_status status = loyi_contract_data_check(lifetime, censored, weight, n, data, error);                          \
    if (status != LOY_OK || !options) return status;                                                                   \
    status = loyi_fit_check_size(options->struct_size, sizeof *options, error);                                        \
    if (status != LOY_OK) return status;                                                                               \
    data->allocator = options->allocator;                                                                              \
    data->control.most_evaluations = options->most_evaluations;                                                        \
    data->control.penalty = options->penalty;                                                                          \
    data->control.progress = options->progress;                                                                        \
    return loyi_fit_check_control(&data->control, options->threads, error);                                            \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_loglik_total(                                                                       \
      const loy_##M##_params *params, const double *lifetime, const double *censored, const double *weight, size_t n,  \
      const loy_##M##_fit_options *options, double *value, double *gradient, double *hessian, loy_error *error) {      \
    loyi_contract_data data;                                                                                           \
    double list[N];                                                                                                    \
    loy_status status = loy_##M##_check(params, error);                                                                \
    if (status == LOY_OK) status = loyi_##M##_data(lifetime, censored, weight, n, options, &data, error);              \
    if (status != LOY_OK) return status;                                                                               \
    memcpy(list, params, sizeof list);                                                                                 \
    return loyi_contract_total(&data, list, N, value, gradient, hessian, error);                                       \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_fit(const double *lifetime, const double *censored, const double *weight, size_t n, \
                                       const loy_##M##_fit_options *options, loy_##M##_fit_result *result,             \
                                       loy_error *error) {                                                             \
    loyi_contract_data data;                                                                                           \
    loyi_contract_found found;                                                                                         \
    double start[N] = {0.0};                                                                                           \
    int none = 1;                                                                                                      \
    loy_status status = loyi_##M##_data(lifetime, censored, weight, n, options, &data, error);                         \
    if (status != LOY_OK) return status;                                                                               \
    if (options) memcpy(start, &options->start, sizeof start);                                                         \
    for (size_t i = 0; i < (N); i++) none &= start[i] == 0.0;                                                          \
    if (!none && loy_##M##_check(&options->start, NULL) != LOY_OK)                                                     \
      return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");   \
    if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");              \
    status = loyi_contract_fit(&loyi_##M##_fit_model, &data, none ? NULL : start, &found, error);                      \
    if (loy_status_is_error(status)) return status;                                                                    \
    memcpy(&result->params, found.answer.params, sizeof result->params);                                               \
    result->log_likelihood = found.answer.log_likelihood;                                                              \
    for (size_t i = 0; i < (N); i++) result->std_error[i] = found.answer.std_error[i];                                 \
    for (size_t i = 0; i < (N) * (N); i++) result->covariance[i] = found.answer.covariance[i];                         \
    result->customers = found.customers;                                                                               \
    result->scaled_gradient = found.scaled_gradient;                                                                   \
    result->decrement = found.decrement;                                                                               \
    result->iterations = found.iterations;                                                                             \
    result->evaluations = found.evaluations;                                                                           \
    result->status = status;                                                                                           \
    return status;                                                                                                     \
  }

#endif /* LOYALTY_BTYD_CONTRACT_FIT_BODIES_INL_H */
