/* contract_rows-inl.h: body of contract_rows.h. */
#ifndef LOYALTY_BTYD_CONTRACT_ROWS_INL_H
#define LOYALTY_BTYD_CONTRACT_ROWS_INL_H

#include "contract_rows.h"

#include <math.h>

#include "../base/range.h"
#include "../math/elementary.h"
#include "../math/random.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_contract_check_row(double lifetime, double censored, const double *weight, size_t index,
                                               loy_error *error) {
  if (!loyi_is_period(lifetime)) return loyi_report(error, LOY_ERR_DOMAIN, "lifetime", index, LOYI_PERIOD_MUST);
  if (!(censored == 0.0 || censored == 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "censored", index, "must be 0 or 1");
  if (weight && !loyi_is_quantity(*weight))
    return loyi_report(error, LOY_ERR_DOMAIN, "weight", index, LOYI_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_SHARED loy_status loyi_contract_check_columns(const double *lifetime, size_t n, loy_error *error) {
  if (!lifetime && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "lifetime", LOY_NO_INDEX, "must not be NULL");
  return LOY_OK;
}

LOYI_SHARED double loyi_contract_loglik(const loyi_contract *law, double lifetime, double censored) {
  if (censored == 1.0) return -loyi_contract_fall(law, 0.0, lifetime);
  return loyi_contract_log_hazard(law, lifetime) - loyi_contract_fall(law, 0.0, lifetime - 1.0);
}

LOYI_SHARED loy_status loyi_contract_loglik_batch(const loyi_contract *law, const double *lifetime,
                                                  const double *censored, size_t n, double *out,
                                                  loy_batch_report *report, loy_error *error) {
  loy_status status = loyi_contract_check_columns(lifetime, n, error);
  if (status != LOY_OK) return status;
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double end = censored ? censored[i] : 0.0;
    loy_error bad;
    if (loyi_contract_check_row(lifetime[i], end, NULL, i, &bad) == LOY_OK) {
      out[i] = loyi_contract_loglik(law, lifetime[i], end);
    } else {
      out[i] = NAN;
      loyi_batch_bad(report, i, &bad);
    }
  }
  return loyi_ok(error);
}

LOYI_SHARED loy_status loyi_contract_check_lengths(const double *T, size_t n, loy_error *error) {
  for (size_t i = 0; i < n; i++)
    if (!loyi_is_period(T[i])) return loyi_report(error, LOY_ERR_DOMAIN, "T", i, LOYI_PERIOD_MUST);
  return loyi_ok(error);
}

/* With lambda = -ln(1 - theta), a customer is there after t decisions where an exponential variate exceeds
 * lambda t^c. By logarithms, as theta may be next to 0 or 1. */
LOYI_LOCAL double loyi_contract_draw(const loyi_contract *law, uint64_t seed, uint64_t customer) {
  double ratio, log_lambda, log_time;
  loyi_rng rng;
  loyi_rng_seed_stream(&rng, seed, customer);
  ratio = loyi_rng_log_gamma(&rng, law->a);
  ratio -= loyi_rng_log_gamma(&rng, law->b); /* ln(theta / (1 - theta)) */
  log_lambda = ratio > 700.0 ? loyi_log(ratio) : (ratio < -40.0 ? ratio : loyi_log(loyi_log1p(loyi_exp(ratio))));
  log_time = (loyi_log(loyi_rng_exponential(&rng)) - log_lambda) / law->c;
  return log_time < 40.0 ? floor(loyi_exp(log_time)) + 1.0 : HUGE_VAL;
}

LOYI_SHARED loy_status loyi_contract_simulate(const loyi_contract *law, const double *T, size_t n, uint64_t seed,
                                              double *lifetime, double *censored, loy_error *error) {
  const char *argument = NULL;
  loy_status status;
  if (!censored) argument = "censored";
  if (!lifetime) argument = "lifetime";
  if (!T) argument = "T";
  if (argument && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  status = loyi_contract_check_lengths(T, n, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) {
    double length = T[i], drawn = loyi_contract_draw(law, seed, (uint64_t)i);
    lifetime[i] = drawn > length ? length : drawn;
    censored[i] = drawn > length ? 1.0 : 0.0;
  }
  return LOY_OK;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CONTRACT_ROWS_INL_H */
