/* Criteria and tests of models with coefficients. */
#include "check.h"

#include "covariate_customers.h"
#include "loyalty/btyd/covariate_information.h"

static loy_covariate_model fitted(double log_likelihood, size_t transactions, size_t dropouts) {
  loy_covariate_model model;
  loy_covariate_model_init(&model, LOY_MODEL_PNBD, transactions, dropouts);
  model.base.log_likelihood = log_likelihood;
  model.base.customers = 100.0;
  return model;
}

static void test_information(void) {
  loy_covariate_model model = fitted(-250.0, 2, 2);
  loy_information found;
  loy_error error;
  model.same[1] = 0;
  CHECK_STATUS(loy_covariate_information(&model, 0, &found, &error), LOY_OK);
  CU_ASSERT_EQUAL(found.free_params, 7);
  CHECK_CLOSE(found.aic, 514.0, 1e-15);
  CHECK_CLOSE(found.bic, 500.0 + 7.0 * log(100.0), 1e-15);
  CHECK_STATUS(loy_covariate_information(NULL, 0, &found, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_information(&model, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
}

static void test_test(void) {
  loy_covariate_model full = fitted(-250.0, 2, 2), tied = fitted(-251.5, 2, 2), none = fitted(-260.0, 0, 0);
  loy_model_test test;
  loy_error error;
  tied.same[1] = 1;
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &tied, &test, &error), LOY_OK);
  CU_ASSERT(test.statistic == 3.0 && test.df == 1 && test.unidentified == 0);
  CHECK_CLOSE(test.p_value, 0.08326451666355042, 1e-13); /* scipy.stats.chi2.sf(3, 1) */
  CHECK_BITS(test.p_least, test.p_value);
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &none, &test, &error), LOY_OK);
  CU_ASSERT(test.statistic == 20.0 && test.df == 4);
  CHECK_CLOSE(test.p_value, 0.0004993992273873336, 1e-13); /* chi2.sf(20, 4) */
  CHECK_STATUS(loy_covariate_likelihood_ratio(NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &none, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_likelihood_ratio(&none, &full, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  none.base.time_unit = 2;
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &none, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  none = fitted(-240.0, 0, 0);
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &none, &test, &error), LOY_ERR_STATE);
  CHECK_ERROR(&error, LOY_ERR_STATE, "full", LOY_NO_INDEX);
  full.base.status = LOY_NOTICE_NOT_CONVERGED;
  CHECK_STATUS(loy_covariate_likelihood_ratio(&full, &tied, &test, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, "full", LOY_NO_INDEX);
}

SUITE(btyd, covariate_information) {
  ADD(test_information);
  ADD(test_test);
}
