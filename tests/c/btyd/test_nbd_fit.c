/* test_nbd_fit.c: the NBD model's total log-likelihood with derivatives, and the fit. */
#include "lifetime_customers.h"
#include "loyalty/btyd/nbd_fit.h"

#define MODEL(f)      loy_nbd_##f
#define MODEL_TYPE(t) loy_nbd_##t
#define PARAMETERS    2
#define FIELDS                                                                                                         \
  { "r", "alpha" }
#define USUAL                                                                                                          \
  { 0.4, 12.0 }
#define NEEDS_REPEATS 0
#include "fit_contract.h"

static void test_cdnow(void) {
  loy_nbd_fit_result fit, again;
  loy_nbd_fit_options options;
  loy_error error;
  double value, gradient[2], hessian[4];
  size_t n = load_cells();
  CHECK_STATUS(loy_nbd_fit(X, TX, T, W, n, NULL, &fit, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_NEAR(fit.log_likelihood, -9763.657614673, 1e-8);
  CHECK_CLOSE(fit.params.r, .384766111, 1e-6);
  CHECK_CLOSE(fit.params.alpha, 12.072021749, 1e-6);
  CHECK_CLOSE(fit.std_error[0], .0209854, 1e-5);
  CHECK_CLOSE(fit.std_error[1], .8087229, 1e-5);
  CU_ASSERT(fit.evaluations < 12 && fit.scaled_gradient < 1e-12);
  CHECK_STATUS(loy_nbd_loglik_total(&fit.params, X, TX, T, W, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(value, fit.log_likelihood, 1e-14);
  /* The covariance is the inverse of the negative Hessian. */
  CHECK_CLOSE(-fit.covariance[0] * (hessian[0] * hessian[3] - hessian[1] * hessian[2]), hessian[3], 1e-7);
  CHECK_CLOSE(fit.covariance[1] * (hessian[0] * hessian[3] - hessian[1] * hessian[2]), hessian[1], 1e-7);
  /* When the last purchase was says nothing, to the last bit; nor do threads. */
  n = load_customers(7);
  CHECK_STATUS(loy_nbd_fit(X, TX, T, NULL, n, NULL, &fit, NULL), LOY_OK);
  for (size_t i = 0; i < n; i++) TX[i] = X[i] > 0.0 ? T[i] / (double)(1 + i % 5) : 0.0;
  loy_nbd_fit_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_nbd_fit(X, TX, T, NULL, n, &options, &again, NULL), LOY_OK);
  CHECK_BITS(again.params.alpha, fit.params.alpha);
  CHECK_BITS(again.log_likelihood, fit.log_likelihood);
  CHECK_NEAR(again.log_likelihood, -9763.657614673, 1e-8);
}

/* A single customer's formula, with the C library's lgamma. */
static void test_value(void) {
  const double x[4] = {0, 1, 7, 300}, t_x[4] = {0, 3, 9, 9.5}, t[4] = {5, 6, 9, 10};
  const loy_nbd_params params = {.7, 3.0};
  double value, expected = 0.0;
  for (int i = 0; i < 4; i++)
    expected += lgamma(.7 + x[i]) - lgamma(.7) + .7 * log(3.0) - (.7 + x[i]) * log(3.0 + t[i]);
  CHECK_STATUS(loy_nbd_loglik_total(&params, x, t_x, t, NULL, 4, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_CLOSE(value, expected, 1e-13);
}

/* What is reported does not go through a penalty that swallows it, even where the search gives up. */
static void test_heavy_penalty(void) {
  const double x[4] = {17, 34, 34, 8}, t_x[4] = {54.914168001831086, 0.5, 0.5, 54.53603418020905};
  const double T_of[4] = {80, 97, 97, 151};
  loy_nbd_fit_options options;
  loy_nbd_fit_result fit;
  double value;
  loy_nbd_fit_options_init(&options);
  for (options.penalty = 1e-40; options.penalty < 2e40; options.penalty *= 1e10) {
    CU_ASSERT(loy_nbd_fit(x, t_x, T_of, NULL, 4, &options, &fit, NULL) < LOY_ERR_ARGUMENT);
    CHECK_STATUS(loy_nbd_loglik_total(&fit.params, x, t_x, T_of, NULL, 4, NULL, &value, NULL, NULL, NULL), LOY_OK);
    CHECK_CLOSE(fit.log_likelihood, value, 1e-13);
  }
}

/* Everybody alike, and nobody buying again, are bounds with names. */
static void test_boundaries(void) {
  double x[40], t_x[40], t[40];
  loy_nbd_fit_result fit;
  loy_nbd_fit_options options;
  loy_error error;
  for (int i = 0; i < 40; i++) {
    x[i] = 3.0 + i % 2;
    t_x[i] = 5.0;
    t[i] = 10.0;
  }
  CHECK_STATUS(loy_nbd_fit(x, t_x, t, NULL, 40, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "r", LOY_NO_INDEX);
  CU_ASSERT(isnan(fit.std_error[0]) && isfinite(fit.log_likelihood));
  CHECK_CLOSE(fit.params.r / fit.params.alpha, .35, 1e-6);
  /* A penalty turns a parameter that grows without end into one with an optimum and a certificate; none keeps one that
   * shrinks to nothing from it. */
  loy_nbd_fit_options_init(&options);
  options.penalty = 1e-4;
  CHECK_STATUS(loy_nbd_fit(x, t_x, t, NULL, 40, &options, &fit, &error), LOY_OK);
  CU_ASSERT(fit.params.r > 1.0 && fit.params.r < 1000.0 && fit.std_error[0] > 0.0);
  CU_ASSERT(fit.scaled_gradient < 1e-8 && fit.decrement < 1e-13);
  for (int i = 0; i < 40; i++) x[i] = t_x[i] = 0.0;
  CHECK_STATUS(loy_nbd_fit(x, t_x, t, NULL, 40, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(fit.log_likelihood, 0.0, 1e-5);
  CHECK_STATUS(loy_nbd_fit(x, t_x, t, NULL, 40, &options, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "r", LOY_NO_INDEX);
  loy_nbd_fit_options_init(&options);
  options.most_evaluations = 1;
  (void)load_cells();
  CHECK_STATUS(loy_nbd_fit(X, TX, T, W, CDNOW_CELLS, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_STATUS(fit.status, LOY_NOTICE_NOT_CONVERGED);
}

SUITE(btyd, nbd_fit) {
  ADD(test_cdnow);
  ADD(test_value);
  ADD(test_heavy_penalty);
  ADD(test_boundaries);
  ADD_FIT_CONTRACT;
}
