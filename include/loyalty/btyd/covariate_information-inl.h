/* covariate_information-inl.h: body of covariate_information.h. */
#ifndef LOYALTY_BTYD_COVARIATE_INFORMATION_INL_H
#define LOYALTY_BTYD_COVARIATE_INFORMATION_INL_H

#include "covariate_information.h"

#include "../math/distribution.h"
#include "../math/elementary.h"
#include "information-inl.h"

LOY_BEGIN_DECLS

LOYALTY_API loy_status loy_covariate_information(const loy_covariate_model *model, size_t fixed,
                                                 loy_information *result, loy_error *error) {
  size_t count = loy_covariate_free_count(model);
  loy_status status = loy_model_information(model ? &model->base : NULL, fixed, result, error);
  if (status != LOY_OK) return status;
  result->free_params += count;
  result->aic += 2.0 * (double)count;
  result->bic += (double)count * loyi_log(model->base.customers);
  return status;
}

LOYALTY_API loy_status loy_covariate_likelihood_ratio(const loy_covariate_model *full,
                                                      const loy_covariate_model *restricted, loy_model_test *test,
                                                      loy_error *error) {
  size_t more = loy_covariate_free_count(full), fewer = loy_covariate_free_count(restricted);
  loy_status status;
  if (!full) return loyi_report(error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX, "must not be NULL");
  if (!restricted) return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX, "must not be NULL");
  if (!test) return loyi_report(error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX, "must not be NULL");
  if (full->base.kind != restricted->base.kind || restricted->transactions > full->transactions ||
      restricted->dropouts > full->dropouts || fewer >= more)
    return loyi_report(error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX,
                       "must be the same model with fewer free coefficients");
  status = loyi_model_gain(&full->base, &restricted->base, &test->statistic, error);
  if (status != LOY_OK) return status;
  test->df = more - fewer;
  test->unidentified = 0;
  test->p_value = test->p_least = loyi_chi2_upper(test->statistic, (double)test->df);
  return loyi_model_certain(&full->base, &restricted->base, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_INFORMATION_INL_H */
