/* test_mbgnbd_fit.c: the total log-likelihood of MBG/NBD with derivatives, and the fit. What the two models share is
 * tested in test_bgnbd_fit.c; here is what the chance to stop at time zero changes. */
#include "loyalty/btyd/mbgnbd_fit.h"

#define MODEL(f)      loy_mbgnbd_##f
#define MODEL_TYPE(t) loy_mbgnbd_##t
#define PARAMETERS    4
#define FIELDS                                                                                                         \
  { "r", "alpha", "a", "b" }
#define USUAL                                                                                                          \
  { 0.5, 6.0, 1.2, 3.3 }
#define NEEDS_REPEATS 1
#include "fit_contract.h"

static void check_cdnow(const loy_mbgnbd_fit_result *fit) {
  CHECK_NEAR(fit->log_likelihood, -9582.135715554, 1e-6);
  CHECK_CLOSE(fit->params.r, .524843151, 2e-6);
  CHECK_CLOSE(fit->params.alpha, 6.183085324, 2e-6);
  CHECK_CLOSE(fit->params.a, .891359473, 2e-6);
  CHECK_CLOSE(fit->params.b, 1.614002565, 2e-6);
  CHECK_CLOSE(fit->std_error[0], .0832679, 1e-4);
  CHECK_CLOSE(fit->std_error[1], .6956183, 1e-4);
  CHECK_CLOSE(fit->std_error[2], .1547893, 1e-4);
  CHECK_CLOSE(fit->std_error[3], .5374922, 1e-4);
  CU_ASSERT(fit->scaled_gradient < 1e-10 && fit->decrement < 1e-18);
  CHECK_CLOSE(fit->customers, CDNOW_CUSTOMERS, 1e-15);
}

static void test_cdnow(void) {
  loy_mbgnbd_fit_options options;
  loy_mbgnbd_fit_result fit;
  loy_error error;
  size_t n = load_cells();
  CHECK_STATUS(loy_mbgnbd_fit(X, TX, T, W, n, NULL, &fit, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  check_cdnow(&fit);
  CU_ASSERT(fit.evaluations < 12);
  /* In days, and from far away. */
  loy_mbgnbd_fit_options_init(&options);
  options.start.r = 1e3;
  options.start.alpha = 1e-3;
  options.start.a = 1e-3;
  options.start.b = 1e4;
  CHECK_STATUS(loy_mbgnbd_fit(X, TX, T, W, n, &options, &fit, NULL), LOY_OK);
  check_cdnow(&fit);
  for (size_t i = 0; i < n; i++) {
    TX[i] *= 7.0;
    T[i] *= 7.0;
  }
  CHECK_STATUS(loy_mbgnbd_fit(X, TX, T, W, n, NULL, &fit, NULL), LOY_OK);
  CHECK_CLOSE(fit.params.alpha, 7.0 * 6.183085324, 2e-6);
  /* It ends before its certificate, and says so. */
  options.most_evaluations = 2;
  CHECK_STATUS(loy_mbgnbd_fit(X, TX, T, W, n, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
}

/* Gradient and Hessian against central differences; tests/accuracy has them against power series with 128 bits. */
static void test_derivatives(void) {
  const loy_mbgnbd_params params = {.5, 6.0, 1.2, 3.3};
  double value, gradient[4], hessian[16], up[4], down[4], high, low;
  size_t n = load_cells();
  CHECK_STATUS(loy_mbgnbd_loglik_total(&params, X, TX, T, W, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  for (int i = 0; i < 4; i++) {
    loy_mbgnbd_params moved = params;
    double step = 1e-5 * *parameter(&moved, i);
    *parameter(&moved, i) += step;
    CHECK_STATUS(loy_mbgnbd_loglik_total(&moved, X, TX, T, W, n, NULL, &high, up, NULL, NULL), LOY_OK);
    *parameter(&moved, i) -= 2.0 * step;
    CHECK_STATUS(loy_mbgnbd_loglik_total(&moved, X, TX, T, W, n, NULL, &low, down, NULL, NULL), LOY_OK);
    CHECK_CLOSE(gradient[i], (high - low) / (2.0 * step), 1e-6);
    for (int j = 0; j < 4; j++) {
      CHECK_NEAR(hessian[4 * i + j], (up[j] - down[j]) / (2.0 * step), 1e-6 * (1.0 + fabs(hessian[4 * i + j])));
      CU_ASSERT_EQUAL(hessian[4 * i + j], hessian[4 * j + i]);
    }
  }
}

/* The total is the weighted sum of the rows, x = 0 and large gaps of x included. */
static void test_total(void) {
  enum { N = 9000 };
  static double x[N], t_x[N], t[N], weight[N], row[N];
  const loy_mbgnbd_params params = {.5, 6.0, 1.2, 3.3};
  double plain = 0.0, weighted = 0.0, size = 0.0, value;
  for (int i = 0; i < N; i++) {
    x[i] = i % 3 ? i % 7 : 0.0;
    if (i % 1000 == 1) x[i] = 70.0 * i;
    t[i] = 1.0 + 0.01 * (i % 977);
    t_x[i] = x[i] > 0.0 ? t[i] * (0.05 + 0.9 * (i % 13) / 13.0) : 0.0;
    weight[i] = 1.0 + i % 5;
  }
  CHECK_STATUS(loy_mbgnbd_loglik_batch(&params, x, t_x, t, N, NULL, row, NULL, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    plain += row[i];
    weighted += weight[i] * row[i];
    size += fabs(row[i]);
  }
  CHECK_STATUS(loy_mbgnbd_loglik_total(&params, x, t_x, t, NULL, N, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_NEAR(value, plain, 1e-13 * size);
  CHECK_STATUS(loy_mbgnbd_loglik_total(&params, x, t_x, t, weight, N, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_NEAR(value, weighted, 5e-13 * size);
  CHECK_STATUS(loy_mbgnbd_loglik_total(&params, NULL, NULL, NULL, NULL, 0, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(value, 0.0);
}

/* Any number of threads gives the same bits, and the truth is found. */
static void test_threads(void) {
  enum { N = 70000 };
  static double x[N], t_x[N], t[N], weight[N];
  failing_allocator memory;
  const loy_mbgnbd_params params = {.525, 6.183, .891, 1.614};
  const int threads[3] = {1, 2, 7};
  loy_mbgnbd_fit_options options;
  loy_mbgnbd_fit_result first, fit;
  for (int i = 0; i < N; i++) t[i] = 27.0 + 12.0 * i / (double)N;
  CHECK_STATUS(loy_mbgnbd_simulate(&params, t, N, 1, NULL, x, t_x, NULL, NULL), LOY_OK);
  loy_mbgnbd_fit_options_init(&options);
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, N, &options, &first, NULL), LOY_OK);
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, N, &options, &fit, NULL), LOY_OK);
    CHECK_BITS(fit.params.r, first.params.r);
    CHECK_BITS(fit.params.alpha, first.params.alpha);
    CHECK_BITS(fit.params.a, first.params.a);
    CHECK_BITS(fit.params.b, first.params.b);
    CHECK_BITS(fit.log_likelihood, first.log_likelihood);
    for (int i = 0; i < 16; i++) CHECK_BITS(fit.covariance[i], first.covariance[i]);
  }
  /* So many rows start from the optimum of a few of them: fewer evaluations, the same optimum as from elsewhere. */
  CU_ASSERT(first.iterations <= 5 && first.evaluations > 6);
  options.start = params;
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, N, &options, &fit, NULL), LOY_OK);
  CHECK_CLOSE(fit.params.r, first.params.r, 1e-8);
  CHECK_CLOSE(fit.params.b, first.params.b, 1e-8);
  CHECK_CLOSE(fit.log_likelihood, first.log_likelihood, 1e-13);
  for (int i = 0; i < N; i++) weight[i] = 1.0;
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, weight, N, NULL, &fit, NULL), LOY_OK);
  CHECK_CLOSE(fit.params.b, first.params.b, 1e-8);
  /* And memory may run out there too. */
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    loy_mbgnbd_fit_options_init(&options);
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = loy_mbgnbd_fit(x, t_x, t, weight, N, &options, &fit, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(fit.iterations == -7, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  CHECK_NEAR(first.params.r, params.r, 3.0 * first.std_error[0]);
  CHECK_NEAR(first.params.alpha, params.alpha, 3.0 * first.std_error[1]);
  CHECK_NEAR(first.params.a, params.a, 3.0 * first.std_error[2]);
  CHECK_NEAR(first.params.b, params.b, 3.0 * first.std_error[3]);
}

static void test_boundaries(void) {
  enum { N = 400 };
  static double many_x[N], many_t_x[N], many_t[N];
  double x[6] = {3, 1, 4, 2, 5, 1}, t_x[6] = {9, 8, 7, 7, 9, 6}, t[6] = {9, 8, 7, 7, 9, 6};
  loy_mbgnbd_fit_result fit;
  loy_error error;
  /* Everybody's last purchase is at T: nobody seems to have stopped. */
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, 6, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CU_ASSERT(error.argument != NULL);
  CU_ASSERT(isfinite(fit.log_likelihood) && fit.params.a / (fit.params.a + fit.params.b) < 1e-6);
  CHECK_STATUS(fit.status, LOY_NOTICE_AT_BOUND);
  /* One customer; a handful of which most never came back. */
  CU_ASSERT_FALSE(loy_status_is_error(loy_mbgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error)));
  CU_ASSERT(isfinite(fit.log_likelihood));
  for (int i = 0; i < N; i++) {
    many_x[i] = i == 0;
    many_t_x[i] = i == 0 ? 3.0 : 0.0;
    many_t[i] = 30.0;
  }
  CU_ASSERT_FALSE(loy_status_is_error(loy_mbgnbd_fit(many_x, many_t_x, many_t, NULL, N, NULL, &fit, &error)));
  CU_ASSERT(isfinite(fit.log_likelihood));
  /* Nobody bought again, and no time at all. */
  x[0] = t_x[0] = 0.0;
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  x[0] = 1.0;
  t[0] = 0.0;
  CHECK_STATUS(loy_mbgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
}

SUITE(btyd, mbgnbd_fit) {
  ADD(test_cdnow);
  ADD(test_derivatives);
  ADD(test_total);
  ADD(test_threads);
  ADD(test_boundaries);
  ADD_FIT_CONTRACT;
}
