/* test_bgnbd_fit.c: the total log-likelihood with derivatives, and the fit. */
#include "loyalty/btyd/bgnbd_fit.h"

#define MODEL(f)      loy_bgnbd_##f
#define MODEL_TYPE(t) loy_bgnbd_##t
#define PARAMETERS    4
#define FIELDS                                                                                                         \
  { "r", "alpha", "a", "b" }
#define USUAL                                                                                                          \
  { 0.5, 6.0, 1.2, 3.3 }
#define NEEDS_REPEATS 1
#include "fit_contract.h"
#include "wide.h"

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

/* From a sample's optimum, and with rows that are merged: the same optimum as of cells that were counted beforehand,
 * and as from another start. */
static void test_sample_and_merging(void) {
  enum { N = 40000, DAYS = 300, MOST = 40 };
  static double x[N], t_x[N], t[N], cells[4][N], count[MOST][DAYS][DAYS];
  const loy_bgnbd_params params = {.243, 4.414, .793, 2.426};
  loy_bgnbd_fit_options options;
  loy_bgnbd_fit_result days, counted, plain, moved;
  size_t n = 0;
  for (int i = 0; i < N; i++) t[i] = 27.0 + 12.0 * i / (double)N;
  CHECK_STATUS(loy_bgnbd_simulate(&params, t, N, 3, NULL, x, t_x, NULL, NULL), LOY_OK);
  loy_bgnbd_fit_options_init(&options);
  options.start.r = options.start.alpha = options.start.a = options.start.b = 3.0;
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, NULL, &plain, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, &options, &moved, NULL), LOY_OK);
  CU_ASSERT(plain.iterations <= 4 && plain.evaluations > 4);
  CHECK_CLOSE(moved.log_likelihood, plain.log_likelihood, 1e-13);
  CHECK_CLOSE(moved.params.b, plain.params.b, 1e-9);
  for (int i = 0; i < N; i++) {
    x[i] = x[i] < (double)MOST ? x[i] : (double)(MOST - 1);
    t[i] = ceil(7.0 * t[i]);
    t_x[i] = ceil(7.0 * t_x[i]);
    count[(int)x[i]][(int)t_x[i]][(int)t[i]] += 1.0;
  }
  for (int i = 0; i < MOST; i++)
    for (int j = 0; j < DAYS; j++)
      for (int k = 0; k < DAYS; k++)
        if (count[i][j][k] > 0.0) {
          cells[0][n] = i;
          cells[1][n] = j;
          cells[2][n] = k;
          cells[3][n++] = count[i][j][k];
        }
  CU_ASSERT(n < N / 2);
  CHECK_STATUS(loy_bgnbd_fit(x, t_x, t, NULL, N, NULL, &days, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_fit(cells[0], cells[1], cells[2], cells[3], n, NULL, &counted, NULL), LOY_OK);
  CHECK_CLOSE(days.log_likelihood, counted.log_likelihood, 1e-13);
  CHECK_CLOSE(days.params.a, counted.params.a, 1e-9);
  CHECK_CLOSE(days.std_error[3], counted.std_error[3], 1e-8);
  CHECK_BITS(days.customers, (double)N);
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

/* Uniform on [0, 1): 24 bits of a linear congruential generator, the same with every form of the library. */
static double uniform(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (double)(*state >> 8) * 0x1p-24;
}

/* The total is the weighted sum of the rows, over all paths: weights or none, few and many rows, large and sparse x. */
static void test_total(void) {
  enum { N = 9000 };
  static double x[N], t_x[N], t[N], weight[N], row[N];
  const loy_bgnbd_params params = {.7, 5.0, .9, 2.0};
  double value, plain = 0.0, weighted = 0.0, size = 0.0;
  uint32_t state = 3u;
  for (int i = 0; i < N; i++) {
    double u = uniform(&state);
    x[i] = floor(u < .5 ? 0.0 : u < .9 ? 10.0 * u - 5.0 : exp(13.0 * uniform(&state)));
    t[i] = 500.0 * uniform(&state);
    t_x[i] = x[i] > 0.0 ? t[i] * uniform(&state) : 0.0;
    weight[i] = 1.0 + floor(5.0 * uniform(&state));
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

/* Sound data on which other packages do not converge: T in seconds and in units of 10^6 weeks; thousands of purchases.
 */
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

/* At the estimate the gradient vanishes, the covariance is the inverse of the negative Hessian, and the log-likelihood
 * is the total of these parameters. Weights of 3 give the standard errors of 3 times as many customers. */
static void test_information(void) {
  loy_bgnbd_fit_result fit, three;
  double value, gradient[4], hessian[16];
  size_t n = load_cells();
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_loglik_total(&fit.params, X, TX, T, W, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, value, 1e-14);
  /* Standard errors for the exact times, to the digits that documentation prints. */
  CHECK_NEAR(fit.std_error[0], .0125574, 6e-8);
  CHECK_NEAR(fit.std_error[1], .3782241, 6e-8);
  CHECK_NEAR(fit.std_error[2], .1857338, 6e-8);
  CHECK_NEAR(fit.std_error[3], .7054143, 6e-8);
  for (int i = 0; i < 4; i++) {
    CHECK_NEAR(gradient[i] * fit.std_error[i], 0.0, 1e-8);
    for (int j = 0; j < 4; j++) {
      double product = 0.0;
      for (int k = 0; k < 4; k++) product -= fit.covariance[4 * i + k] * hessian[4 * k + j];
      CHECK_NEAR(product * fit.std_error[j] / fit.std_error[i], i == j ? 1.0 : 0.0, 1e-7);
      CHECK_BITS(fit.covariance[4 * i + j], fit.covariance[4 * j + i]);
    }
  }
  for (size_t i = 0; i < n; i++) W[i] *= 3.0;
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &three, NULL), LOY_OK);
  CHECK_CLOSE(three.log_likelihood, 3.0 * fit.log_likelihood, 1e-13);
  CHECK_CLOSE(three.params.a, fit.params.a, 1e-10);
  CHECK_BITS(three.customers, 3.0 * (double)CDNOW_CUSTOMERS);
  for (int i = 0; i < 4; i++) CHECK_CLOSE(three.std_error[i], fit.std_error[i] / sqrt(3.0), 1e-9);
  /* Weights need not be whole. */
  for (size_t i = 0; i < n; i++) W[i] /= 192.0;
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &three, NULL), LOY_OK);
  CHECK_CLOSE(three.params.b, fit.params.b, 1e-9);
}

/* In another unit of time alpha is in that unit, r, a and b stay, and the density of 2457 purchase times is by its
 * 2457th power smaller. Units from nanoseconds to a million weeks. */
static void test_time_units(void) {
  static const double unit[6] = {7.0, 604800.0, 6.048e14, 1e-6, 0.125, 1e30};
  loy_bgnbd_params at = {.5, 6.0, 1.2, 3.3}, scaled;
  loy_bgnbd_fit_result plain, fit;
  double value, moved, gradient[4], scaled_gradient[4], hessian[16], scaled_hessian[16];
  size_t n = load_cells();
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &plain, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_loglik_total(&at, X, TX, T, W, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  for (int k = 0; k < 6; k++) {
    n = load_cells();
    for (size_t i = 0; i < n; i++) {
      TX[i] *= unit[k];
      T[i] *= unit[k];
    }
    CHECK_STATUS(loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, NULL), LOY_OK);
    CHECK_CLOSE(fit.params.r, plain.params.r, 1e-9);
    CHECK_CLOSE(fit.params.alpha, plain.params.alpha * unit[k], 1e-9);
    CHECK_CLOSE(fit.params.a, plain.params.a, 1e-9);
    CHECK_CLOSE(fit.params.b, plain.params.b, 1e-9);
    CHECK_CLOSE(fit.std_error[0], plain.std_error[0], 1e-8);
    CHECK_CLOSE(fit.std_error[1], plain.std_error[1] * unit[k], 1e-8);
    CHECK_CLOSE(fit.log_likelihood, plain.log_likelihood - 2457.0 * log(unit[k]), 1e-12);
    scaled = at;
    scaled.alpha *= unit[k];
    CHECK_STATUS(loy_bgnbd_loglik_total(&scaled, X, TX, T, W, n, NULL, &moved, scaled_gradient, scaled_hessian, NULL),
                 LOY_OK);
    CHECK_CLOSE(moved, value - 2457.0 * log(unit[k]), 1e-12);
    for (int i = 0; i < 4; i++) {
      CHECK_CLOSE(scaled_gradient[i] * (i == 1 ? unit[k] : 1.0), gradient[i], 1e-10);
      for (int j = 0; j < 4; j++)
        CHECK_NEAR(scaled_hessian[4 * i + j] * (i == 1 ? unit[k] : 1.0) * (j == 1 ? unit[k] : 1.0), hessian[4 * i + j],
                   1e-10 * (1.0 + fabs(hessian[4 * i + j])));
    }
  }
}

/* Derivatives at other parameters and on rows of all kinds, by central differences of the fourth order with steps in
 * proportion to the parameter. */
static void test_more_derivatives(void) {
  enum { N = 1500 };
  static double x[N], t_x[N], t[N], weight[N];
  static const loy_bgnbd_params at[4] = {
      {.243, 4.414, .793, 2.426}, {3.0, 40.0, .05, .4}, {.02, 2000.0, 8.0, 30.0}, {50.0, .5, 1.0, 200.0}};
  uint32_t state = 77u;
  for (int i = 0; i < N; i++) {
    x[i] = floor(i % 3 ? 6.0 * uniform(&state) : exp(8.0 * uniform(&state)) - 1.0);
    t[i] = 90.0 * uniform(&state);
    t_x[i] = x[i] > 0.0 ? t[i] * (1.0 - uniform(&state) * uniform(&state)) : 0.0;
    weight[i] = 0.25 + uniform(&state);
  }
  for (int c = 0; c < 4; c++) {
    double value, gradient[4], hessian[16], scale;
    CHECK_STATUS(loy_bgnbd_loglik_total(&at[c], x, t_x, t, weight, N, NULL, &value, gradient, hessian, NULL), LOY_OK);
    for (int i = 0; i < 4; i++) {
      static const double factor[4] = {1.0, -8.0, 8.0, -1.0}, offset[4] = {-2.0, -1.0, 1.0, 2.0};
      double slope = 0.0, curve[4] = {0}, size = 0.0, here;
      loy_bgnbd_params moved = at[c];
      double step = 1e-3 * (here = *parameter(&moved, i));
      for (int k = 0; k < 4; k++) {
        double v, g[4];
        *parameter(&moved, i) = here + offset[k] * step;
        CHECK_STATUS(loy_bgnbd_loglik_total(&moved, x, t_x, t, weight, N, NULL, &v, g, NULL, NULL), LOY_OK);
        slope += factor[k] * v / (12.0 * step);
        for (int j = 0; j < 4; j++) curve[j] += factor[k] * g[j] / (12.0 * step);
        size = fabs(v) > size ? fabs(v) : size;
      }
      /* Truncation is of the order 1e-12 of the size, rounding 1e-15 of it over the step. */
      CHECK_NEAR(gradient[i], slope, 1e-9 * fabs(slope) + 1e-11 * size / here);
      for (int j = 0; j < 4; j++) {
        moved = at[c];
        scale = 1e-10 * size / (here * *parameter(&moved, j));
        CHECK_NEAR(hessian[4 * i + j], curve[j], 1e-9 * fabs(curve[j]) + scale);
      }
    }
  }
}

/* The total does not depend on threads, and hardly on the order of the rows. */
static void test_total_order(void) {
  const loy_bgnbd_params params = {.5, 6.0, 1.2, 3.3};
  loy_bgnbd_fit_options options;
  double value, gradient[4], hessian[16], other, other_gradient[4], other_hessian[16];
  size_t n = load_customers(1);
  loy_bgnbd_fit_options_init(&options);
  CHECK_STATUS(loy_bgnbd_loglik_total(&params, X, TX, T, NULL, n, &options, &value, gradient, hessian, NULL), LOY_OK);
  for (options.threads = 0; options.threads <= 7; options.threads++) {
    CHECK_STATUS(
        loy_bgnbd_loglik_total(&params, X, TX, T, NULL, n, &options, &other, other_gradient, other_hessian, NULL),
        LOY_OK);
    CHECK_BITS(other, value);
    CU_ASSERT_EQUAL(memcmp(other_gradient, gradient, sizeof gradient), 0);
    CU_ASSERT_EQUAL(memcmp(other_hessian, hessian, sizeof hessian), 0);
  }
  for (int step = 2; step < 1000; step += 333) {
    n = load_customers(step);
    CHECK_STATUS(loy_bgnbd_loglik_total(&params, X, TX, T, NULL, n, NULL, &other, other_gradient, NULL, NULL), LOY_OK);
    CHECK_NEAR(other, value, 1e-13 * fabs(value));
    for (int i = 0; i < 4; i++) CHECK_CLOSE(other_gradient[i], gradient[i], 1e-10);
  }
}

/* Data on which the peers fail or run to a bound: an estimate or a notice, with finite numbers, and no better point
 * next to it than the one found. */
static void test_hard_data(void) {
  enum { N = 2000 };
  static double x[N], t_x[N], t[N];
  static const loy_bgnbd_params truth[5] = {
      {.243, 4.414, .793, 2.426}, /* 20 customers of it */
      {200.0, 2000.0, 1.0, 10.0}, /* everybody has the same rate */
      {.6, 5.0, .01, 50.0},       /* nearly no dropout */
      {.8, .01, .5, 400.0},       /* x to the thousands */
      {.05, .5, .2, .1},          /* most stop at once */
  };
  for (int c = 0; c < 5; c++) {
    size_t n = c == 0 ? 20 : N;
    loy_bgnbd_fit_result fit;
    loy_error error;
    loy_status status;
    double truly, at, beside;
    for (int i = 0; i < N; i++) t[i] = 20.0 + i % 19;
    CHECK_STATUS(loy_bgnbd_simulate(&truth[c], t, N, 21, NULL, x, t_x, NULL, NULL), LOY_OK);
    status = loy_bgnbd_fit(x, t_x, t, NULL, n, NULL, &fit, &error);
    CU_ASSERT_FALSE(loy_status_is_error(status));
    CHECK_STATUS(fit.status, status);
    CHECK_STATUS(error.status, status);
    CU_ASSERT_NOT_EQUAL(status, LOY_NOTICE_NOT_CONVERGED);
    CHECK_STATUS(loy_bgnbd_check(&fit.params, NULL), LOY_OK);
    CHECK_STATUS(loy_bgnbd_loglik_total(&fit.params, x, t_x, t, NULL, n, NULL, &at, NULL, NULL, NULL), LOY_OK);
    CHECK_CLOSE(fit.log_likelihood, at, 1e-12);
    CHECK_STATUS(loy_bgnbd_loglik_total(&truth[c], x, t_x, t, NULL, n, NULL, &truly, NULL, NULL, NULL), LOY_OK);
    CU_ASSERT(at >= truly);
    for (int i = 0; i < 8; i++) {
      loy_bgnbd_params moved = fit.params;
      *parameter(&moved, i / 2) *= i % 2 ? 1.01 : 1.0 / 1.01;
      CHECK_STATUS(loy_bgnbd_loglik_total(&moved, x, t_x, t, NULL, n, NULL, &beside, NULL, NULL, NULL), LOY_OK);
      /* Beyond a bound it may rise, but no more than the bound is worth. */
      CU_ASSERT(beside <= at + 1e-6);
    }
    if (status == LOY_OK)
      for (int i = 0; i < 4; i++) {
        loy_bgnbd_params found = fit.params, true_params = truth[c];
        CHECK_NEAR(log(*parameter(&found, i)), log(*parameter(&true_params, i)),
                   4.0 * fit.std_error[i] / *parameter(&found, i));
      }
  }
}

/* Up to the ends of the ranges value and derivatives are finite; weights beyond, whose sum would overflow, are named.
 */
static void test_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES;
  static const double outside[OUTSIDE] = OUTSIDE_QUANTITIES;
  double x[3] = {0.0, 1.0, 300.0}, t_x[3] = {0.0, 0.0, 0.0}, length[3] = {1.0, 1.0, 1.0}, weight[3];
  double value, gradient[4], hessian[16];
  loy_bgnbd_params params = {1.0, 1.0, 1.0, 1.0};
  loy_error error;
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE; i++)
    for (int j = 0; j < WIDE; j++) {
      int finite = 1;
      params.r = shape[i % WIDE];
      params.alpha = quantity[i / WIDE % WIDE];
      params.a = shape[i / (WIDE * WIDE) % WIDE];
      params.b = shape[i / (WIDE * WIDE * WIDE)];
      for (int row = 0; row < 3; row++) {
        length[row] = quantity[(j + row * i) % WIDE];
        t_x[row] = row > 0 && i % 2 ? length[row] : 0.0;
        weight[row] = quantity[(i + j * row) % WIDE];
      }
      CHECK_STATUS(loy_bgnbd_loglik_total(&params, x, t_x, length, weight, 3, NULL, &value, gradient, hessian, NULL),
                   LOY_OK);
      for (int k = 0; k < 4; k++) finite &= isfinite(gradient[k]) != 0;
      for (int k = 0; k < 16; k++) finite &= isfinite(hessian[k]) != 0;
      CU_ASSERT(isfinite(value) && finite);
    }
  for (int i = 0; i < OUTSIDE; i++) {
    loy_bgnbd_fit_result fit;
    weight[0] = weight[2] = 1.0;
    weight[1] = outside[i];
    value = 7.0;
    CHECK_STATUS(loy_bgnbd_loglik_total(&params, x, t_x, length, weight, 3, NULL, &value, NULL, NULL, &error),
                 LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
    CHECK_BITS(value, 7.0);
    CHECK_STATUS(loy_bgnbd_fit(x, t_x, length, weight, 3, NULL, &fit, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "weight", 1);
  }
}

/* In the smallest and the largest unit of time alpha stays a parameter that the model takes. */
static void test_time_ends(void) {
  static const double unit[4] = {1e-41, 1e-39, 1e36, 1e38};
  for (int k = 0; k < 4; k++) {
    size_t n = load_cells();
    loy_bgnbd_fit_result fit;
    loy_status status;
    for (size_t i = 0; i < n; i++) {
      TX[i] = TX[i] > 0.0 ? TX[i] * unit[k] + 1e-40 : 0.0;
      T[i] = T[i] * unit[k] + 1e-40;
    }
    status = loy_bgnbd_fit(X, TX, T, W, n, NULL, &fit, NULL);
    CU_ASSERT(!loy_status_is_error(status) && isfinite(fit.log_likelihood));
    CHECK_STATUS(loy_bgnbd_check(&fit.params, NULL), LOY_OK);
  }
}

SUITE(btyd, bgnbd_fit) {
  ADD(test_range);
  ADD(test_time_ends);
  ADD(test_cdnow);
  ADD(test_order_and_merging);
  ADD(test_threads);
  ADD(test_sample_and_merging);
  ADD(test_derivatives);
  ADD(test_total);
  ADD(test_faults_of_peers);
  ADD(test_boundaries);
  ADD(test_not_converged);
  ADD(test_information);
  ADD(test_time_units);
  ADD(test_more_derivatives);
  ADD(test_total_order);
  ADD(test_hard_data);
  ADD_FIT_CONTRACT;
}
