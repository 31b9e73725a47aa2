/* test_bgnbd_fit.c: the total log-likelihood with derivatives, and the fit. */
#include "check.h"
#include "failing_allocator.h"

#include "cdnow_cells.h"

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

static void check_cdnow(const loy_bgnbd_fit_result *fit) {
  CHECK_NEAR(fit->log_likelihood, -9582.429206674, 1e-6);
  CHECK_CLOSE(fit->params.r, .242594517, 1e-6);
  CHECK_CLOSE(fit->params.alpha, 4.413602187, 1e-6);
  CHECK_CLOSE(fit->params.a, .792921991, 1e-6);
  CHECK_CLOSE(fit->params.b, 2.425906751, 1e-6);
  /* lifetimes prints .012557 .378221 .185719 .705345 for the file with two decimals. */
  CHECK_CLOSE(fit->std_error[0], .0125573, 1e-3);
  CHECK_CLOSE(fit->std_error[1], .3782213, 1e-3);
  CHECK_CLOSE(fit->std_error[2], .1857186, 1e-3);
  CHECK_CLOSE(fit->std_error[3], .7053436, 1e-3);
  CU_ASSERT(fit->scaled_gradient < 1e-12 && fit->decrement < 1e-20);
  CHECK_CLOSE(fit->customers, CDNOW_CUSTOMERS, 1e-15);
  for (int i = 0; i < 4; i++) CHECK_CLOSE(fit->covariance[5 * i], fit->std_error[i] * fit->std_error[i], 1e-14);
}

static void test_cdnow(void) {
  loy_bgnbd_fit_result fit;
  loy_error error;
  size_t n = load_cells();
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_STATUS(fit.status, LOY_OK);
  check_cdnow(&fit);
  CU_ASSERT(fit.evaluations < 12);
}

static void test_order_and_merging(void) {
  loy_bgnbd_fit_result cells, rows, mixed;
  size_t n = load_cells();
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &cells, NULL), LOY_OK);
  n = load_customers(1);
  CU_ASSERT_EQUAL(n, CDNOW_CUSTOMERS);
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, NULL, n, NULL, &rows, NULL), LOY_OK);
  n = load_customers(1000);
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, NULL, n, NULL, &mixed, NULL), LOY_OK);
  check_cdnow(&rows);
  CHECK_CLOSE(rows.log_likelihood, cells.log_likelihood, 1e-13);
  CHECK_CLOSE(mixed.log_likelihood, cells.log_likelihood, 1e-13);
  CHECK_CLOSE(rows.params.b, cells.params.b, 1e-10);
  CHECK_CLOSE(mixed.params.a, cells.params.a, 1e-10);
}

/* Any number of threads gives the same bits, also when there are many rows to a block. */
static void test_threads(void) {
  enum { N = 40000 };
  static double x[N], t_x[N], t[N];
  const loy_bgnbd_params params = {.243, 4.414, .793, 2.426};
  const int threads[3] = {1, 2, 7};
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result first, fit;
  for (int i = 0; i < N; i++) t[i] = 27.0 + 12.0 * (i % 97) / 97.0;
  CHECK_STATUS(loy_bgnbd_simulate(&params, t, N, 1, NULL, x, t_x, NULL, NULL), LOY_OK);
  loy_bgnbd_fit_options_init(&options);
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, &options, &first, NULL), LOY_OK);
  for (int k = 0; k < 3; k++) {
    options.threads = threads[k];
    CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, &options, &fit, NULL), LOY_OK);
    CHECK_BITS(fit.params.r, first.params.r);
    CHECK_BITS(fit.params.alpha, first.params.alpha);
    CHECK_BITS(fit.params.a, first.params.a);
    CHECK_BITS(fit.params.b, first.params.b);
    CHECK_BITS(fit.log_likelihood, first.log_likelihood);
    for (int i = 0; i < 16; i++) CHECK_BITS(fit.covariance[i], first.covariance[i]);
  }
  /* The truth is within three standard errors. */
  CU_ASSERT(fabs(first.params.r - params.r) < 3.0 * first.std_error[0]);
  CU_ASSERT(fabs(first.params.alpha - params.alpha) < 3.0 * first.std_error[1]);
  CU_ASSERT(fabs(first.params.a - params.a) < 3.0 * first.std_error[2]);
  CU_ASSERT(fabs(first.params.b - params.b) < 3.0 * first.std_error[3]);
}

static double *parameter(loy_bgnbd_params *params, int i) {
  return i == 0 ? &params->r : i == 1 ? &params->alpha : i == 2 ? &params->a : &params->b;
}

/* Gradient and Hessian against central differences; tests/accuracy has them against power series with 128 bits. */
static void test_derivatives(void) {
  const loy_bgnbd_params params = {.5, 6.0, 1.2, 3.3};
  double value, gradient[4], hessian[16], up[4], down[4], high, low;
  size_t n = load_cells();
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, X, TX, T, W, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(value, -9783.444285620, 1e-12);
  for (int i = 0; i < 4; i++) {
    loy_bgnbd_params moved = params;
    double step = 1e-5 * *parameter(&moved, i);
    *parameter(&moved, i) += step;
    CHECK_STATUS(loy_bgnbd_loglik_total(&moved, X, TX, T, W, n, NULL, &high, up, NULL, NULL), LOY_OK);
    *parameter(&moved, i) -= 2.0 * step;
    CHECK_STATUS(loy_bgnbd_loglik_total(&moved, X, TX, T, W, n, NULL, &low, down, NULL, NULL), LOY_OK);
    CHECK_CLOSE(gradient[i], (high - low) / (2.0 * step), 1e-6);
    for (int j = 0; j < 4; j++) {
      CHECK_NEAR(hessian[4 * i + j], (up[j] - down[j]) / (2.0 * step), 1e-6 * (1.0 + fabs(hessian[4 * i + j])));
      CU_ASSERT_EQUAL(hessian[4 * i + j], hessian[4 * j + i]);
    }
  }
}

/* The total is the weighted sum of the rows, over all paths: weights or none, few and many rows, large and sparse x. */
static void test_total(void) {
  enum { N = 9000 };
  static double x[N], t_x[N], t[N], weight[N], row[N];
  const loy_bgnbd_params params = {.7, 5.0, .9, 2.0};
  loy_rng rng;
  double value, plain = 0.0, weighted = 0.0, size = 0.0;
  loy_rng_seed(&rng, 3);
  for (int i = 0; i < N; i++) {
    double u = loy_rng_uniform(&rng);
    x[i] = floor(u < .5 ? 0.0 : u < .9 ? 10.0 * u - 5.0 : exp(13.0 * loy_rng_uniform(&rng)));
    t[i] = 500.0 * loy_rng_uniform(&rng);
    t_x[i] = x[i] > 0.0 ? t[i] * loy_rng_uniform(&rng) : 0.0;
    weight[i] = 1.0 + floor(5.0 * loy_rng_uniform(&rng));
  }
  CHECK_STATUS(loy_bgnbd_loglik_batch(&params, x, t_x, t, N, NULL, row, NULL, NULL), LOY_OK);
  for (int i = 0; i < N; i++) {
    plain += row[i];
    weighted += weight[i] * row[i];
    size += fabs(row[i]);
  }
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, x, t_x, t, NULL, N, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_NEAR(value, plain, 1e-13 * size);
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, x, t_x, t, weight, N, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CHECK_NEAR(value, weighted, 5e-13 * size);
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, NULL, NULL, NULL, NULL, 0, NULL, &value, NULL, NULL, NULL), LOY_OK);
  CU_ASSERT_EQUAL(value, 0.0);
}

/* Sound data on which other packages do not converge: T in seconds and in units of 10^6 weeks; thousands of purchases. */
static void test_faults_of_peers(void) {
  enum { N = 2000 };
  static double x[N], t_x[N], t[N];
  const double unit[2] = {604800.0, 1e-6};
  const loy_bgnbd_params busy = {2.0, .002, 1.0, 3000.0};
  loy_bgnbd_fit_result fit;
  for (int k = 0; k < 2; k++) {
    size_t n = load_cells();
    for (size_t i = 0; i < n; i++) {
      TX[i] *= unit[k];
      T[i] *= unit[k];
    }
    CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, NULL), LOY_OK);
    CHECK_CLOSE(fit.params.r, .242594517, 1e-6);
    CHECK_CLOSE(fit.params.alpha, 4.413602187 * unit[k], 1e-6);
    CU_ASSERT(fit.evaluations < 12);
  }
  for (int i = 0; i < N; i++) t[i] = 39.0;
  CHECK_STATUS(loy_bgnbd_simulate(&busy, t, N, 4, NULL, x, t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, NULL, &fit, NULL), LOY_OK);
  CU_ASSERT(fabs(fit.params.r - busy.r) < 3.0 * fit.std_error[0]);
  CU_ASSERT(fabs(fit.params.b - busy.b) < 3.0 * fit.std_error[3]);
}

static void test_boundaries(void) {
  double x[6] = {3, 1, 0, 2, 5, 1}, t_x[6] = {9, 8, 0, 7, 9, 6}, t[6] = {9, 8, 7, 7, 9, 6};
  loy_bgnbd_fit_result fit;
  loy_error error;
  /* Everybody's last purchase is at T: nobody seems to have stopped. */
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, 6, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CU_ASSERT(error.argument != NULL);
  CU_ASSERT(isfinite(fit.log_likelihood) && fit.params.a / (fit.params.a + fit.params.b) < 1e-6);
  CHECK_STATUS(fit.status, LOY_NOTICE_AT_BOUND);
  /* One customer. */
  CU_ASSERT_FALSE(loy_status_is_error(loy_bgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error)));
  CU_ASSERT(isfinite(fit.log_likelihood));
  /* Nobody bought again, and no time at all. */
  x[0] = t_x[0] = 0.0;
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgnbd_fit(NULL, NULL, NULL, NULL, 0, NULL, &fit, &error), LOY_ERR_TOO_FEW);
  x[0] = 1.0;
  t[0] = 0.0;
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, 1, NULL, &fit, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
}

static void test_not_converged(void) {
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result fit;
  loy_error error;
  size_t n = load_cells();
  loy_bgnbd_fit_options_init(&options);
  options.most_evaluations = 2;
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT(fit.log_likelihood > -20000.0 && fit.log_likelihood < -9582.5);
  /* A start far away still arrives. */
  options.most_evaluations = 0;
  options.start.r = 1e3;
  options.start.alpha = 1e-3;
  options.start.a = 1e-3;
  options.start.b = 1e4;
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, &options, &fit, &error), LOY_OK);
  check_cdnow(&fit);
}

static void test_memory(void) {
  failing_allocator memory;
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result fit;
  loy_error error;
  double value;
  size_t n = load_cells();
  X[3] = 70000.0;
  loy_bgnbd_fit_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = loy_bgnbd_fit(X, TX, T, W, n, &options, &fit, &error);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(fit.iterations, -7);
    } else {
      CU_ASSERT_FALSE(loy_status_is_error(status));
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    const loy_bgnbd_params params = {.5, 6.0, 1.2, 3.3};
    loy_status status;
    options.allocator = &memory.allocator;
    value = -7.0;
    status = loy_bgnbd_loglik_total(&params, X, TX, T, NULL, n, &options, &value, NULL, NULL, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_errors(void) {
  const loy_bgnbd_params params = {.5, 6.0, 1.2, 3.3}, bad = {.5, 6.0, -1.0, 3.3};
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result fit;
  loy_error error;
  double value = 5.0;
  size_t n = load_cells();
  loy_bgnbd_fit_options_init(NULL);
  loy_bgnbd_fit_options_init(&options);
  options.struct_size = 0;
  options.threads = options.most_evaluations = -1;
  options.start.r = 1.0;
  (void)loy_bgnbd_loglik_total(NULL, NULL, NULL, NULL, NULL, n, &options, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  (void)loy_bgnbd_loglik_total(&bad, NULL, NULL, NULL, NULL, n, &options, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "a", LOY_NO_INDEX);
  (void)loy_bgnbd_loglik_total(&params, X, TX, T, NULL, n, NULL, NULL, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  (void)loy_bgnbd_fit(NULL, NULL, NULL, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  (void)loy_bgnbd_fit(X, NULL, NULL, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  (void)loy_bgnbd_fit(X, TX, NULL, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  (void)loy_bgnbd_fit(X, TX, T, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  (void)loy_bgnbd_fit(X, TX, T, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 1;
  (void)loy_bgnbd_fit(X, TX, T, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  (void)loy_bgnbd_fit(X, TX, T, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
  options.start.r = 0.0;
  (void)loy_bgnbd_fit(X, TX, T, NULL, n, &options, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  W[900] = 0.0;
  (void)loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 900);
  T[800] = TX[800] - 1.0;
  (void)loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 800);
  TX[700] = (double)NAN;
  (void)loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t_x", 700);
  X[600] = 1.25;
  (void)loy_bgnbd_loglik_total(&params, X, TX, T, W, n, NULL, &value, NULL, NULL, &error);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "x", 600);
  CU_ASSERT_EQUAL(value, 5.0);
}

SUITE(btyd, bgnbd_fit) {
  ADD(test_cdnow);
  ADD(test_order_and_merging);
  ADD(test_threads);
  ADD(test_derivatives);
  ADD(test_total);
  ADD(test_faults_of_peers);
  ADD(test_boundaries);
  ADD(test_not_converged);
  ADD(test_memory);
  ADD(test_errors);
}
