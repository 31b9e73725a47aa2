/* AIC, BIC and the likelihood-ratio test: numbers by mpmath, which pairs nest, and a fit that missed its optimum. */
#include "check.h"

#include "loyalty/btyd/information.h"

static loy_model fitted(int kind, double log_likelihood) {
  loy_model model;
  loy_model_init(&model, kind);
  for (size_t i = 0; i < loy_model_parameter_count(kind); i++) model.parameters[i] = 1.0;
  model.log_likelihood = log_likelihood;
  model.customers = 2357.0;
  return model;
}

static void test_criteria(void) {
  loy_model model = fitted(LOY_MODEL_BGNBD, -9582.429206674);
  loy_information found;
  loy_error error;
  CHECK_STATUS(loy_model_information(&model, 0, &found, &error), LOY_OK);
  CHECK_CLOSE(found.aic, 19172.858413348, 1e-15);
  CHECK_CLOSE(found.bic, 19195.918992959745, 1e-15);
  CU_ASSERT_EQUAL(found.free_params, 4);
  CHECK_STATUS(loy_model_information(&model, 1, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.aic, 19170.858413348, 1e-15);
  CHECK_CLOSE(found.bic, 19188.153848056808, 1e-15);
  CU_ASSERT_EQUAL(found.free_params, 3);
  model.customers = NAN;
  CHECK_STATUS(loy_model_information(&model, 4, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.aic, 19164.858413348, 1e-15);
  CU_ASSERT(isnan(found.bic));
  for (int kind = LOY_MODEL_BGNBD; kind <= LOY_MODEL_GGOMNBD; kind++) {
    model = fitted(kind, 12.5); /* a density may be above 1 */
    CHECK_STATUS(loy_model_information(&model, 0, &found, NULL), LOY_OK);
    CHECK_BITS(found.aic, 2.0 * (double)loy_model_parameter_count(kind) - 25.0);
  }
}

static void test_criteria_errors(void) {
  loy_model model = fitted(LOY_MODEL_PNBD, NAN);
  loy_information found = {-1.0, -2.0, 7};
  loy_error error;
  model.kind = 99;
  model.customers = 0.0;
  CHECK_STATUS(loy_model_information(NULL, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_information(&model, 9, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  model.kind = LOY_MODEL_PNBD;
  CHECK_STATUS(loy_model_information(&model, 5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_information(&model, 0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_information(&model, 0, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "log_likelihood", LOY_NO_INDEX);
  model.log_likelihood = -INFINITY;
  CHECK_STATUS(loy_model_information(&model, 0, &found, &error), LOY_ERR_DOMAIN);
  model.log_likelihood = -5.0;
  CHECK_STATUS(loy_model_information(&model, 0, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "customers", LOY_NO_INDEX);
  CHECK_BITS(found.aic, -1.0);
  CHECK_BITS(found.bic, -2.0);
  CU_ASSERT_EQUAL(found.free_params, 7);
}

static void check_pair(int full, int restricted, size_t df, double p_value, double p_least) {
  const loy_model more = fitted(full, -9600.0), less = fitted(restricted, -9602.5), equal = fitted(restricted, -9600.0);
  loy_model_test test;
  loy_error error;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_BITS(test.statistic, 5.0);
  CHECK_CLOSE(test.p_value, p_value, 1e-13);
  CHECK_CLOSE(test.p_least, p_least, 1e-13);
  CU_ASSERT_EQUAL(test.df, df);
  CU_ASSERT_EQUAL(test.unidentified, df - 1);
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &equal, &test, &error), LOY_OK);
  CHECK_BITS(test.statistic, 0.0);
  CHECK_BITS(test.p_value, 1.0);
  CHECK_BITS(test.p_least, 1.0);
}

static void test_pairs(void) {
  const double half = 0.012673659338734132; /* P(chi2_1 > 5) / 2 */
  const double two = 0.082084998623898795, three = 0.17179714429673314;
  check_pair(LOY_MODEL_GGOMNBD, LOY_MODEL_PNBD, 1, half, half);
  check_pair(LOY_MODEL_PNBD, LOY_MODEL_NBD, 2, two, half);
  check_pair(LOY_MODEL_BGNBD, LOY_MODEL_NBD, 2, two, half);
  check_pair(LOY_MODEL_MBGNBD, LOY_MODEL_NBD, 2, two, half);
  check_pair(LOY_MODEL_GGOMNBD, LOY_MODEL_NBD, 3, three, half);
}

/* A model is a limit of the one that contains it: the log-likelihoods meet there. */
static void test_limits(void) {
  const loy_nbd_params nbd = {0.55, 8.0};
  const loy_pnbd_params pnbd = {0.55, 8.0, 0.6, 12.0}, still = {0.55, 8.0, 1e-10, 12.0};
  const loy_ggomnbd_params ggom = {0.55, 8.0, 1e-9, 0.6, 12e-9}, calm = {0.55, 8.0, 0.05, 1e-10, 0.3};
  const loy_bgnbd_params bg = {0.55, 8.0, 1e-10, 2.4};
  for (double x = 0.0; x < 40.0; x += 13.0) {
    const double t_x = x > 0.0 ? 25.0 : 0.0, alone = loy_nbd_loglik(&nbd, x, t_x, 38.0);
    CHECK_NEAR(loy_pnbd_loglik(&still, x, t_x, 38.0), alone, 1e-5);
    CHECK_NEAR(loy_ggomnbd_loglik(&calm, x, t_x, 38.0), alone, 1e-5);
    CHECK_NEAR(loy_bgnbd_loglik(&bg, x, t_x, 38.0), alone, 1e-5);
    CHECK_NEAR(loy_mbgnbd_loglik(&bg, x, t_x, 38.0), alone, 1e-5);
    CHECK_NEAR(loy_ggomnbd_loglik(&ggom, x, t_x, 38.0), loy_pnbd_loglik(&pnbd, x, t_x, 38.0), 1e-5);
  }
}

/* Every other pair is refused. */
static void test_not_nested(void) {
  loy_model_test test;
  loy_error error;
  int nested = 0;
  for (int full = 0; full <= 8; full++)
    for (int restricted = 0; restricted <= 8; restricted++) {
      const loy_model more = fitted(full, -10.0), less = fitted(restricted, -10.0);
      if (loy_model_likelihood_ratio(&more, &less, &test, &error) == LOY_OK) {
        nested++;
      } else {
        CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
      }
    }
  CU_ASSERT_EQUAL(nested, 6);
}

static void test_ratio_errors(void) {
  loy_model more = fitted(LOY_MODEL_BGNBD, NAN), less = fitted(LOY_MODEL_NBD, NAN), other = fitted(LOY_MODEL_PNBD, 0.0);
  loy_model_test test;
  loy_error error;
  memset(&test, 0, sizeof test);
  test.df = 77;
  more.time_unit = (int)LOY_TIME_WEEK;
  less.customers = 2356.0;
  CHECK_STATUS(loy_model_likelihood_ratio(NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "full", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_likelihood_ratio(&more, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &other, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "test", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &other, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "restricted", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  less.time_unit = (int)LOY_TIME_WEEK;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "full", LOY_NO_INDEX);
  more.log_likelihood = -100.0;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "restricted", LOY_NO_INDEX);
  less.log_likelihood = -99.0;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "customers", LOY_NO_INDEX);
  less.customers = 2357.0;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_STATE);
  CHECK_ERROR(&error, LOY_ERR_STATE, "full", LOY_NO_INDEX);
  less.log_likelihood = -100.0 + 3e-4;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_STATE);
  CU_ASSERT_EQUAL(test.df, 77);
  less.log_likelihood = -100.0 + 2e-4; /* within 1e-7 for each customer */
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_OK);
  CHECK_BITS(test.statistic, 0.0);
  more.customers = NAN;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "full", LOY_NO_INDEX);
}

static void test_notice(void) {
  loy_model more = fitted(LOY_MODEL_BGNBD, -100.0), less = fitted(LOY_MODEL_NBD, -102.5);
  loy_model_test test;
  loy_error error;
  less.status = (int)LOY_NOTICE_NOT_CONVERGED;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, "restricted", LOY_NO_INDEX);
  CHECK_BITS(test.statistic, 5.0);
  more.status = (int)LOY_NOTICE_NOT_CONVERGED;
  CHECK_STATUS(loy_model_likelihood_ratio(&more, &less, &test, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, "full", LOY_NO_INDEX);
}

SUITE(btyd, information) {
  ADD(test_criteria);
  ADD(test_criteria_errors);
  ADD(test_pairs);
  ADD(test_limits);
  ADD(test_not_nested);
  ADD(test_ratio_errors);
  ADD(test_notice);
}
