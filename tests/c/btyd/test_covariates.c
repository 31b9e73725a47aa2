/* Customers' own parameters, their log-likelihood and their simulation. */
#include "check.h"

#include "covariate_customers.h"
#include "loyalty/btyd/covariates.h"

static void test_init(void) {
  loy_covariate_model model;
  loy_covariates covariates;
  loy_covariate_model_init(&model, LOY_MODEL_PNBD, 2, 3);
  CU_ASSERT(model.base.kind == LOY_MODEL_PNBD && model.transactions == 2 && model.dropouts == 3);
  CU_ASSERT(isnan(model.coefficients[4]) && model.same[2] == -1 && isnan(model.covariance[5]));
  CU_ASSERT_EQUAL(loy_covariate_free_count(&model), 5);
  model.same[1] = 0;
  CU_ASSERT_EQUAL(loy_covariate_free_count(&model), 4);
  CU_ASSERT_EQUAL(loy_covariate_free_count(NULL), 0);
  loy_covariate_model_init(NULL, 1, 0, 0);
  loy_covariates_init(NULL);
  loy_covariates_init(&covariates);
  CU_ASSERT(covariates.transactions == 0 && !covariates.dropout);
}

static void test_check(void) {
  loy_covariate_model model = covariate_model(2), other;
  loy_error error;
  CHECK_STATUS(loy_covariate_model_check(&model, &error), LOY_OK);
  CHECK_STATUS(loy_covariate_model_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  /* Everything is wrong; then one thing after the other is put right. */
  loy_covariate_model_init(&other, LOY_MODEL_GAMMA_GAMMA, 25, 1);
  other.same[0] = 7;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX);
  other.base.kind = LOY_MODEL_NBD;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "transactions", LOY_NO_INDEX);
  other.transactions = 24;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX);
  other.transactions = 2;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "dropouts", LOY_NO_INDEX);
  other.base.kind = LOY_MODEL_PNBD;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "same", 0);
  other.same[0] = 1;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "r", LOY_NO_INDEX);
  other.base = model.base;
  other.coefficients[0] = 1.0;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "coefficients", 1);
  other.coefficients[1] = other.coefficients[2] = 2.0;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_OK);
  other.coefficients[2] = 1.0;
  CHECK_STATUS(loy_covariate_model_check(&other, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "coefficients", 2);
}

/* The signs, against the C library. */
static void test_parameters(void) {
  const double z[2] = {2.0, -1.0}, g = .3, h = -.7;
  const double *const column[1] = {z};
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    int nbd = covariate_kinds[k] == LOY_MODEL_NBD;
    size_t m = loy_model_parameter_count(covariate_kinds[k]);
    loy_covariate_model model = covariate_model(k);
    loy_covariates covariates;
    double out[10];
    model.transactions = 1;
    model.dropouts = nbd ? 0 : 1;
    model.coefficients[0] = g;
    model.coefficients[1] = h;
    loy_covariates_init(&covariates);
    covariates.transaction = covariates.dropout = column;
    covariates.transactions = 1;
    covariates.dropouts = model.dropouts;
    CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 2, out, NULL, NULL), LOY_OK);
    for (size_t i = 0; i < 2; i++)
      for (size_t p = 0; p < m; p++) {
        double factor = p == 1 ? exp(-g * z[i]) : 1.0;
        if (k < 2 && p >= 2) factor = exp(h * z[i]);
        if (k >= 2 && p >= 3 && p == m - 1) factor = exp(-h * z[i]);
        CHECK_CLOSE(out[2 * p + i], model.base.parameters[p] * factor, 1e-15);
      }
  }
}

/* No coefficient, or no covariate, leaves every bit. */
static void test_plain(void) {
  static double out[COVARIATE_CUSTOMERS], x[COVARIATE_CUSTOMERS], t_x[COVARIATE_CUSTOMERS];
  static double plain_x[COVARIATE_CUSTOMERS], plain_t_x[COVARIATE_CUSTOMERS];
  for (int k = 0; k < COVARIATE_MODELS; k++) {
    loy_covariate_model model = covariate_model(k);
    loy_covariates covariates = covariate_columns(model.dropouts > 0);
    loy_bgnbd_params b = {.6, 5, 1.2, 2.5};
    loy_pnbd_params p = {1.1, 9, .8, 11};
    loy_nbd_params n = {.7, 9};
    loy_ggomnbd_params g = {1.1, 9, .03, .8, 2};
    for (int j = 0; j < 4; j++) model.coefficients[j] = j % 2 ? 0.0 : -0.0;
    CHECK_STATUS(loy_covariate_loglik_batch(&model, &covariates, covariate_x, covariate_t_x, covariate_T,
                                            COVARIATE_CUSTOMERS, 2, out, NULL, NULL),
                 LOY_OK);
    CHECK_STATUS(
        loy_covariate_simulate(&model, &covariates, covariate_T, COVARIATE_CUSTOMERS, 5, 2, x, t_x, NULL, NULL, NULL),
        LOY_OK);
    if (k == 0) loy_bgnbd_simulate(&b, covariate_T, COVARIATE_CUSTOMERS, 5, NULL, plain_x, plain_t_x, NULL, NULL);
    if (k == 1) loy_mbgnbd_simulate(&b, covariate_T, COVARIATE_CUSTOMERS, 5, NULL, plain_x, plain_t_x, NULL, NULL);
    if (k == 2) loy_pnbd_simulate(&p, covariate_T, COVARIATE_CUSTOMERS, 5, NULL, plain_x, plain_t_x, NULL, NULL);
    if (k == 3) loy_nbd_simulate(&n, covariate_T, COVARIATE_CUSTOMERS, 5, NULL, plain_x, plain_t_x, NULL, NULL);
    if (k == 4) loy_ggomnbd_simulate(&g, covariate_T, COVARIATE_CUSTOMERS, 5, NULL, plain_x, plain_t_x, NULL, NULL);
    for (int i = 0; i < COVARIATE_CUSTOMERS; i++) {
      double one, a = covariate_x[i], c = covariate_t_x[i], T = covariate_T[i];
      one = k == 0 ? loy_bgnbd_loglik(&b, a, c, T) : loy_mbgnbd_loglik(&b, a, c, T);
      if (k == 2) one = loy_pnbd_loglik(&p, a, c, T);
      if (k == 3) one = loy_nbd_loglik(&n, a, c, T);
      if (k == 4) one = loy_ggomnbd_loglik(&g, a, c, T);
      CHECK_BITS(out[i], one);
      CHECK_BITS(x[i], plain_x[i]);
      CHECK_BITS(t_x[i], plain_t_x[i]);
    }
  }
}

static void test_errors(void) {
  const double z[3] = {0.0, (double)NAN, 1e6}, one[3] = {1, 1, 1};
  const double *column[2] = {z, one};
  const char *const names[2] = {"age", "web"};
  loy_covariate_model model = covariate_model(2);
  loy_covariates covariates;
  loy_batch_report report;
  loy_error error;
  double out[12], x[3] = {7, 7, 7}, t_x[3], alive[3];
  loy_covariates_init(&covariates);
  CHECK_STATUS(loy_covariate_parameters_batch(&model, NULL, 3, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 3, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  covariates.transactions = covariates.dropouts = 2;
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 3, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX);
  covariates.transaction = covariates.dropout = column;
  column[1] = NULL;
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 3, out, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "covariates", 1);
  column[1] = one;
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 3, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  /* Bad rows: a covariate that is missing, and one that moves alpha out of range. */
  covariates.transaction_names = covariates.dropout_names = names;
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 3, out, &report, &error), LOY_OK);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "age", 1);
  CU_ASSERT(isfinite(out[0]) && isnan(out[1]) && isnan(out[2]) && isnan(out[4]));
  column[0] = z + 2;
  CHECK_STATUS(loy_covariate_parameters_batch(&model, &covariates, 1, out, &report, &error), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "alpha", 0);
  column[0] = z;
  CHECK_STATUS(loy_covariate_loglik_batch(&model, &covariates, NULL, one, one, 3, 1, out, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_loglik_batch(&model, &covariates, one, one, one, 3, -1, out, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_loglik_batch(&model, &covariates, one, one, one, 3, 1, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_loglik_batch(&model, &covariates, one, one, one, 3, 1, out, &report, &error), LOY_OK);
  CU_ASSERT(report.bad == 2 && isfinite(out[0]) && isnan(out[1]) && isnan(out[2]));
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, NULL, 3, 1, 1, x, t_x, alive, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, one, 3, 1, -1, x, t_x, alive, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, one, 3, 1, 1, NULL, t_x, alive, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, one, 3, 1, 1, x, NULL, alive, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, z, 3, 1, 1, x, t_x, alive, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 1);
  CU_ASSERT_EQUAL(x[0], 7.0);
  CHECK_STATUS(loy_covariate_simulate(&model, &covariates, one, 3, 1, 1, x, t_x, alive, &report, &error), LOY_OK);
  CU_ASSERT(report.bad == 2 && isfinite(x[0]) && isnan(x[1]) && isnan(t_x[2]) && isnan(alive[2]));
}

SUITE(btyd, covariates) {
  ADD(test_init);
  ADD(test_check);
  ADD(test_parameters);
  ADD(test_plain);
  ADD(test_errors);
}
