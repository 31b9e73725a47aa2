/* test_nbd_fit.c: the NBD model's total log-likelihood with derivatives, and the fit. */
#include "check.h"
#include "failing_allocator.h"

#include "cdnow_cells.h"
#include "lifetime_customers.h"

static double X[CDNOW_CUSTOMERS], TX[CDNOW_CUSTOMERS], T[CDNOW_CUSTOMERS], W[CDNOW_CUSTOMERS];

/* CDNOW in weeks, one row per cell with its number of customers. */
static size_t load_cells(void) {
  for (int i = 0; i < CDNOW_CELLS; i++) {
    X[i] = cdnow_cells[i][0];
    TX[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
    W[i] = cdnow_cells[i][3];
  }
  return CDNOW_CELLS;
}

/* The same, one row per customer, in an order mixed by `step` (prime to 2357). */
static size_t load_customers(int step) {
  int at = 0, n = 0;
  for (int i = 0; i < CDNOW_CELLS; i++)
    for (int j = 0; j < cdnow_cells[i][3]; j++, n++) {
      X[at] = cdnow_cells[i][0];
      TX[at] = cdnow_cells[i][1] / 7.0;
      T[at] = cdnow_cells[i][2] / 7.0;
      at = (at + step) % CDNOW_CUSTOMERS;
    }
  return (size_t)n;
}

static double *parameter(loy_nbd_params *params, int i) {
  double *const list[2] = {&params->r, &params->alpha};
  return list[i];
}

static void test_memory(void) {
  failing_allocator memory;
  loy_nbd_fit_options options;
  loy_nbd_fit_result fit;
  loy_error error;
  double value;
  size_t n = load_cells();
  loy_nbd_fit_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = loy_nbd_fit(X, TX, T, W, n, &options, &fit, &error);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(fit.iterations, -7);
    } else {
      CU_ASSERT_FALSE(loy_status_is_error(status));
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    const loy_nbd_params params = {.4, 12.0};
    loy_status status;
    options.allocator = &memory.allocator;
    value = -7.0;
    status = loy_nbd_loglik_total(&params, X, TX, T, NULL, n, &options, &value, NULL, NULL, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* Every check of both functions in its order, with no output touched. */
static void test_check_order(void) {
  double x[3] = {1, 2, 0}, t_x[3] = {1, 3, 0}, t[3] = {2, 4, 5}, w[3] = {1, 1, 1}, value = 5.0;
  loy_nbd_params wrong;
  static const char *const name[2] = {"r", "alpha"};
  loy_nbd_fit_options options;
  loy_nbd_fit_result fit, untouched;
  loy_error error;
  memset(&fit, 0x55, sizeof fit);
  untouched = fit;
  for (int i = 0; i < 2; i++) *parameter(&wrong, i) = -1.0;
  loy_nbd_fit_options_init(NULL);
  loy_nbd_fit_options_init(&options);
  CU_ASSERT_EQUAL(options.struct_size, sizeof options);
  CU_ASSERT_EQUAL(options.threads, 1);
  CU_ASSERT_EQUAL(options.most_evaluations, 0);
  CU_ASSERT(options.allocator == NULL && options.start.r == 0.0 && options.start.alpha == 0.0);
  options.struct_size = sizeof options - 1;
  options.threads = options.most_evaluations = -1;
#define EXPECT(call, status, argument, index)                                                                          \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, index);                                                                      \
    CU_ASSERT_EQUAL(value, 5.0);                                                                                       \
    CU_ASSERT_EQUAL(memcmp(&fit, &untouched, sizeof fit), 0);                                                          \
  } while (0)
#define TOTAL(params, x, t_x, t, value)                                                                                \
  loy_nbd_loglik_total(params, x, t_x, t, w, 3, &options, value, NULL, NULL, &error)
#define FIT(x, t_x, t, n, result) loy_nbd_fit(x, t_x, t, w, n, &options, result, &error)
  EXPECT(TOTAL(NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 2; i++) {
    EXPECT(TOTAL(&wrong, NULL, NULL, NULL, NULL), LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
    *parameter(&wrong, i) = 1.0;
  }
  t[1] = 1.0;
  EXPECT(TOTAL(&wrong, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  EXPECT(TOTAL(&wrong, x, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  EXPECT(TOTAL(&wrong, x, t_x, NULL, NULL), LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  EXPECT(FIT(NULL, NULL, NULL, 3, NULL), LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  EXPECT(FIT(x, NULL, NULL, 3, NULL), LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, NULL, 3, NULL), LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 2;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  EXPECT(TOTAL(&wrong, x, t_x, t, &value), LOY_ERR_DOMAIN, "T", 1);
  *parameter(&options.start, 1) = 1.0;
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
  options.start = wrong;
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "T", 1);
  t[1] = 4.0;
  w[0] = 0.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "weight", 0);
  t_x[2] = 1.0;
  w[0] = 1.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "t_x", 2);
  t_x[2] = 0.0;
  x[2] = .5;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "x", 2);
  EXPECT(TOTAL(&wrong, x, t_x, t, &value), LOY_ERR_DOMAIN, "x", 2);
  /* Data that say nothing: no customer, no time. */
  EXPECT(FIT(NULL, NULL, NULL, 0, &fit), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  x[2] = t_x[0] = t_x[1] = t[0] = t[1] = t[2] = 0.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
#undef EXPECT
#undef TOTAL
#undef FIT
}

/* The checking twin names each parameter. */
static void test_check(void) {
  static const char *const name[2] = {"r", "alpha"};
  loy_error error;
  CHECK_STATUS(loy_nbd_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 2; i++) {
    loy_nbd_params params = {.4, 12.0};
    CHECK_STATUS(loy_nbd_check(&params, &error), LOY_OK);
    *parameter(&params, i) = (double)NAN;
    CHECK_STATUS(loy_nbd_check(&params, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
  }
}

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
  for (int i = 0; i < 40; i++) x[i] = t_x[i] = 0.0;
  CHECK_STATUS(loy_nbd_fit(x, t_x, t, NULL, 40, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(fit.log_likelihood, 0.0, 1e-5);
  loy_nbd_fit_options_init(&options);
  options.most_evaluations = 1;
  (void)load_cells();
  CHECK_STATUS(loy_nbd_fit(X, TX, T, W, CDNOW_CELLS, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_STATUS(fit.status, LOY_NOTICE_NOT_CONVERGED);
}

SUITE(btyd, nbd_fit) {
  ADD(test_cdnow);
  ADD(test_value);
  ADD(test_boundaries);
  ADD(test_memory);
  ADD(test_check_order);
  ADD(test_check);
}
