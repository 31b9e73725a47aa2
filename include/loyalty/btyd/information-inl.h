/* information-inl.h: body of information.h. */
#ifndef LOYALTY_BTYD_INFORMATION_INL_H
#define LOYALTY_BTYD_INFORMATION_INL_H

#include "information.h"

#include <math.h>

#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/elementary.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_model_information(const loy_model *model, size_t fixed, loy_information *result,
                                             loy_error *error) {
  size_t n;
  double k;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  n = loy_model_parameter_count(model->kind);
  if (n == 0) return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a loy_model_kind");
  if (fixed > n)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must not be more than there are parameters");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  if (!isfinite(model->log_likelihood))
    return loyi_report(error, LOY_ERR_DOMAIN, "log_likelihood", LOY_NO_INDEX, "must be finite: that of a fit");
  if (!isnan(model->customers) && !loyi_is_quantity(model->customers))
    return loyi_report(error, LOY_ERR_DOMAIN, "customers", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  k = (double)(n - fixed);
  result->free_params = n - fixed;
  result->aic = -2.0 * model->log_likelihood + 2.0 * k;
  result->bic = isnan(model->customers) ? (double)NAN : -2.0 * model->log_likelihood + k * loyi_log(model->customers);
  return loyi_ok(error);
}

/* How many parameters that `full` has more than `restricted` mean nothing under the latter; -1 when it is not a limit
 * of the former. */
LOYI_LOCAL int loyi_model_unidentified(int full, int restricted) {
  if (full == LOY_MODEL_GGOMNBD && restricted == LOY_MODEL_PNBD) return 0;
  if (full == LOY_MODEL_BDW && restricted == LOY_MODEL_SBG) return 0;
  if (restricted != LOY_MODEL_NBD) return -1;
  if (full == LOY_MODEL_PNBD || full == LOY_MODEL_BGNBD || full == LOY_MODEL_MBGNBD) return 1;
  return full == LOY_MODEL_GGOMNBD ? 2 : -1;
}

/* The statistic of two fits of the same customers, or what makes them none: the errors of loy_model_likelihood_ratio
 * from time_unit on, nothing written then. */
LOYI_LOCAL loy_status loyi_model_gain(const loy_model *full, const loy_model *restricted, double *statistic,
                                      loy_error *error) {
  double gain;
  if (full->time_unit != restricted->time_unit)
    return loyi_report(error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX, "must be the same in both models");
  if (!isfinite(full->log_likelihood) || !loyi_is_quantity(full->customers))
    return loyi_report(error, LOY_ERR_DOMAIN, "full", LOY_NO_INDEX, "must be a fit, with its customers");
  if (!isfinite(restricted->log_likelihood) || !loyi_is_quantity(restricted->customers))
    return loyi_report(error, LOY_ERR_DOMAIN, "restricted", LOY_NO_INDEX, "must be a fit, with its customers");
  if (fabs(full->customers - restricted->customers) > 1e-12 * full->customers) /* sums of weights, in any order */
    return loyi_report(error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX, "must be the same number in both models");
  gain = full->log_likelihood - restricted->log_likelihood;
  if (gain < -1e-7 * full->customers - 1e-12 * fabs(restricted->log_likelihood))
    return loyi_report(error, LOY_ERR_STATE, "full", LOY_NO_INDEX,
                       "is not at its optimum: its log-likelihood is below that of the model it contains");
  *statistic = gain > 0.0 ? 2.0 * gain : 0.0;
  return LOY_OK;
}

/* LOY_OK, or the notice of a test of fits of which one is not certain of its optimum. */
LOYI_LOCAL loy_status loyi_model_certain(const loy_model *full, const loy_model *restricted, loy_error *error) {
  const char *uncertain = NULL;
  if (restricted->status == LOY_NOTICE_NOT_CONVERGED) uncertain = "restricted";
  if (full->status == LOY_NOTICE_NOT_CONVERGED) uncertain = "full";
  if (uncertain)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, uncertain, LOY_NO_INDEX, "must be at its optimum to be tested");
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_model_likelihood_ratio(const loy_model *full, const loy_model *restricted,
                                                  loy_model_test *test, loy_error *error) {
  int unidentified;
  loy_status status;
  if (!full) return loyi_report(error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX, "must not be NULL");
  if (!restricted) return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX, "must not be NULL");
  if (!test) return loyi_report(error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX, "must not be NULL");
  unidentified = loyi_model_unidentified(full->kind, restricted->kind);
  if (unidentified < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX,
                       "must be a model that the full one contains: NBD in BG/NBD, MBG/NBD, Pareto/NBD and GGom/NBD, "
                       "Pareto/NBD in GGom/NBD, sBG in BdW");
  status = loyi_model_gain(full, restricted, &test->statistic, error);
  if (status != LOY_OK) return status;
  test->df = 1 + (size_t)unidentified;
  test->unidentified = (size_t)unidentified;
  test->p_least = test->statistic > 0.0 ? loyi_chi2_upper(test->statistic, 1.0) : 1.0;
  /* At an edge the statistic is 0 half of the time. */
  if (test->statistic > 0.0 && full->kind != LOY_MODEL_BDW) test->p_least *= 0.5;
  test->p_value = unidentified == 0 ? test->p_least : loyi_chi2_upper(test->statistic, (double)test->df);
  return loyi_model_certain(full, restricted, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_INFORMATION_INL_H */
