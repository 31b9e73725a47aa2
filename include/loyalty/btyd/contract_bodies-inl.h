/* contract_bodies-inl.h: private. The public functions of a model of contract.h but its fit, written once for all of
 * them. A model M defines loy_M_params, declares the functions with their comments in its header, and gives
 *   loyi_M_contract(params, law, error)   checks the parameters and fills a loyi_contract
 * in its body, followed by these. */
#ifndef LOYALTY_BTYD_CONTRACT_BODIES_INL_H
#define LOYALTY_BTYD_CONTRACT_BODIES_INL_H

#include <math.h>

#include "contract.h"
#include "contract_rows.h"
#include "history.h"

/* What survival says of a customer. */
#define LOYI_CONTRACT_BODIES(M)                                                                                        \
  LOYALTY_API loy_status loy_##M##_check(const loy_##M##_params *params, loy_error *error) {                           \
    loyi_contract law;                                                                                                 \
    return loyi_##M##_contract(params, &law, error);                                                                   \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_check_customer(const loy_##M##_params *params, double n, double t,                  \
                                                  loy_error *error) {                                                  \
    loy_status status = loy_##M##_check(params, error);                                                                \
    return status != LOY_OK ? status : loyi_contract_check_customer(n, t, error);                                      \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_survival(const loy_##M##_params *params, double n, double t) {                          \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(n) || !loyi_is_count(t)) return NAN;      \
    return loyi_exp(-loyi_contract_fall(&law, n - 1.0, t));                                                            \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_churn(const loy_##M##_params *params, double n, double t) {                             \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(n) || !loyi_is_count(t)) return NAN;      \
    if (t == 0.0) return 0.0;                                                                                          \
    return loyi_exp(-loyi_contract_fall(&law, n - 1.0, t - 1.0)) * loyi_contract_hazard(&law, n + t - 1.0);            \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_retention(const loy_##M##_params *params, double n) {                                   \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(n)) return NAN;                           \
    return loyi_contract_retention(&law, n);                                                                           \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_hazard(const loy_##M##_params *params, double n) {                                      \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(n)) return NAN;                           \
    return loyi_contract_hazard(&law, n);                                                                              \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_posterior(const loy_##M##_params *params, double n) {                                   \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(n)) return NAN;                           \
    return loyi_contract_theta(&law, n - 1.0);                                                                         \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_derl(const loy_##M##_params *params, double n, double delta, double t,              \
                                        double *derl, loy_error *error) {                                              \
    loyi_contract law;                                                                                                 \
    loy_status status = loyi_##M##_contract(params, &law, error);                                                      \
    if (status == LOY_OK) status = loyi_contract_check_value(n, delta, t, error);                                      \
    if (status != LOY_OK) return status;                                                                               \
    if (!derl) return loyi_report(error, LOY_ERR_ARGUMENT, "derl", LOY_NO_INDEX, "must not be NULL");                  \
    *derl = loyi_contract_sum(&law, n, delta, t, 0);                                                                   \
    return loyi_contract_finite(*derl, error);                                                                         \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_del(const loy_##M##_params *params, double delta, double t, double *del,            \
                                       loy_error *error) {                                                             \
    loyi_contract law;                                                                                                 \
    loy_status status = loyi_##M##_contract(params, &law, error);                                                      \
    if (status == LOY_OK) status = loyi_contract_check_value(1.0, delta, t, error);                                    \
    if (status != LOY_OK) return status;                                                                               \
    if (!del) return loyi_report(error, LOY_ERR_ARGUMENT, "del", LOY_NO_INDEX, "must not be NULL");                    \
    *del = t == 0.0 ? 0.0 : 1.0 + loyi_exp(-delta) * loyi_contract_sum(&law, 1.0, delta, t - 1.0, 0);                  \
    return loyi_contract_finite(*del, error);                                                                          \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_derl_elasticity(const loy_##M##_params *params, double n, double delta, double t,   \
                                                   double *elasticity, loy_error *error) {                             \
    loyi_contract law;                                                                                                 \
    loy_status status = loyi_##M##_contract(params, &law, error);                                                      \
    if (status == LOY_OK) status = loyi_contract_check_value(n, delta, t, error);                                      \
    if (status != LOY_OK) return status;                                                                               \
    if (!elasticity) return loyi_report(error, LOY_ERR_ARGUMENT, "elasticity", LOY_NO_INDEX, "must not be NULL");      \
    *elasticity = loyi_contract_elasticity(&law, n, delta, t);                                                         \
    return loyi_contract_finite(*elasticity, error);                                                                   \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_loglik(const loy_##M##_params *params, double lifetime, double censored) {              \
    loyi_contract law;                                                                                                 \
    if (loyi_##M##_contract(params, &law, NULL) != LOY_OK || !loyi_is_period(lifetime) ||                              \
        !(censored == 0.0 || censored == 1.0))                                                                         \
      return NAN;                                                                                                      \
    return loyi_contract_loglik(&law, lifetime, censored);                                                             \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_loglik_batch(const loy_##M##_params *params, const double *lifetime,                \
                                                const double *censored, size_t n, double *out,                         \
                                                loy_batch_report *report, loy_error *error) {                          \
    loyi_contract law;                                                                                                 \
    loy_status status = loyi_##M##_contract(params, &law, error);                                                      \
    return status != LOY_OK ? status : loyi_contract_loglik_batch(&law, lifetime, censored, n, out, report, error);    \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_simulate(const loy_##M##_params *params, const double *T, size_t n, uint64_t seed,  \
                                            double *lifetime, double *censored, loy_error *error) {                    \
    loyi_contract law;                                                                                                 \
    loy_status status = loyi_##M##_contract(params, &law, error);                                                      \
    return status != LOY_OK ? status : loyi_contract_simulate(&law, T, n, seed, lifetime, censored, error);            \
  }

#endif /* LOYALTY_BTYD_CONTRACT_BODIES_INL_H */
