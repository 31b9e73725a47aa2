/* The total log-likelihood of BG/CNBD-k and MBG/CNBD-k with derivatives, and the fit: one k, and the best of several.
 */
#include "cdnow_cells.h"
#include "check.h"
#include "failing_allocator.h"

#include <stddef.h>

enum { N = 3000 };
static double x[N], t_x[N], T[N], litt[N], weight[N], row[N];
static const loy_bgcnbd_params truth = {.8, 3.0, .9, 2.5, 3};

static void draw(int at_zero, double k, uint64_t seed) {
  loy_bgcnbd_params params = truth;
  params.k = k;
  params.alpha = 3.0 * 3.0 / k;
  for (int i = 0; i < N; i++) {
    T[i] = 25.0 + 0.005 * i;
    weight[i] = 1.0 + i % 3;
  }
  CHECK_STATUS(at_zero ? loy_mbgcnbd_simulate(&params, T, N, seed, NULL, x, t_x, litt, NULL, NULL)
                       : loy_bgcnbd_simulate(&params, T, N, seed, NULL, x, t_x, litt, NULL, NULL),
               LOY_OK);
}

/* The total is the weighted sum of the rows; gradient and Hessian against central differences. */
static void check_total(int at_zero, double k) {
  loy_bgcnbd_params params = {.7, 2.2, 1.1, 2.9, k};
  double *const of[4] = {&params.r, &params.alpha, &params.a, &params.b};
  double value, gradient[4], hessian[16], up[4], down[4], high, low, sum = 0.0, size = 0.0;
  draw(at_zero, k, 5);
#define TOTAL(VALUE, GRADIENT, HESSIAN, LITT)                                                                          \
  (at_zero ? loy_mbgcnbd_loglik_total(&params, x, t_x, T, LITT, weight, N, NULL, VALUE, GRADIENT, HESSIAN, NULL)       \
           : loy_bgcnbd_loglik_total(&params, x, t_x, T, LITT, weight, N, NULL, VALUE, GRADIENT, HESSIAN, NULL))
  for (int with = 0; with < 2; with++) {
    const double *gaps = with ? litt : NULL;
    CHECK_STATUS(at_zero ? loy_mbgcnbd_loglik_batch(&params, x, t_x, T, gaps, N, NULL, row, NULL, NULL)
                         : loy_bgcnbd_loglik_batch(&params, x, t_x, T, gaps, N, NULL, row, NULL, NULL),
                 LOY_OK);
    sum = size = 0.0;
    for (int i = 0; i < N; i++) {
      sum += weight[i] * row[i];
      size += weight[i] * fabs(row[i]);
    }
    CHECK_STATUS(TOTAL(&value, gradient, hessian, gaps), LOY_OK);
    CHECK_NEAR(value, sum, 1e-12 * size);
  }
  for (int i = 0; i < 4; i++) {
    double kept = *of[i], step = 1e-5 * kept;
    *of[i] = kept + step;
    CHECK_STATUS(TOTAL(&high, up, NULL, litt), LOY_OK);
    *of[i] = kept - step;
    CHECK_STATUS(TOTAL(&low, down, NULL, litt), LOY_OK);
    *of[i] = kept;
    CHECK_NEAR(gradient[i], (high - low) / (2.0 * step), 1e-5 * (1.0 + fabs(gradient[i])));
    for (int j = 0; j < 4; j++) {
      CHECK_NEAR(hessian[4 * i + j], (up[j] - down[j]) / (2.0 * step), 1e-6 * (1.0 + fabs(hessian[4 * i + j])));
      CU_ASSERT_EQUAL(hessian[4 * i + j], hessian[4 * j + i]);
    }
  }
#undef TOTAL
}

static void test_totals(void) {
  for (int i = 0; i < 8; i++) {
    const double k[4] = {1, 2, 5, 64};
    check_total(i % 2, k[i / 2]);
  }
}

/* Who is drawn with three stages is found with three, within four standard errors. */
static void check_recovery(int at_zero) {
  loy_bgcnbd_fit_result fit, given;
  loy_bgcnbd_fit_options options;
  const double want[4] = {truth.r, truth.alpha, truth.a, truth.b};
  draw(at_zero, 3, 11);
  CHECK_STATUS(at_zero ? loy_mbgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &fit, NULL)
                       : loy_bgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &fit, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(fit.params.k, 3.0);
  CU_ASSERT_EQUAL(fit.tried, 5);
  CHECK_BITS(fit.log_likelihood_of[2], fit.log_likelihood);
  CU_ASSERT(fit.log_likelihood_of[0] < fit.log_likelihood_of[1] && fit.log_likelihood_of[4] < fit.log_likelihood_of[3]);
  CU_ASSERT(isnan(fit.log_likelihood_of[5]) && fit.decrement < 1e-13 && fit.customers == (double)N);
  for (int i = 0; i < 4; i++) {
    CHECK_NEAR((&fit.params.r)[i], want[i], 4.0 * fit.std_error[i]);
    CHECK_CLOSE(fit.covariance[6 * i], fit.std_error[i] * fit.std_error[i], 1e-12);
  }
  for (int i = 0; i < 5; i++) CU_ASSERT(fit.covariance[20 + i] == 0.0 && fit.covariance[5 * i + 4] == 0.0);
  CU_ASSERT_EQUAL(fit.std_error[4], 0.0);
  /* The parameters of one k do not depend on the gaps. */
  loy_bgcnbd_fit_options_init(&options);
  options.k = 3;
  options.start.r = options.start.alpha = options.start.a = options.start.b = 2.0;
  CHECK_STATUS(at_zero ? loy_mbgcnbd_fit(x, t_x, T, NULL, NULL, N, &options, &given, NULL)
                       : loy_bgcnbd_fit(x, t_x, T, NULL, NULL, N, &options, &given, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(given.tried, 1);
  for (int i = 0; i < 4; i++) CHECK_CLOSE((&given.params.r)[i], (&fit.params.r)[i], 1e-6);
  {
    double value;
    CHECK_STATUS(at_zero
                     ? loy_mbgcnbd_loglik_total(&fit.params, x, t_x, T, litt, NULL, N, NULL, &value, NULL, NULL, NULL)
                     : loy_bgcnbd_loglik_total(&fit.params, x, t_x, T, litt, NULL, N, NULL, &value, NULL, NULL, NULL),
                 LOY_OK);
    CHECK_CLOSE(value, fit.log_likelihood, 1e-12);
  }
  /* In another unit of time, with the gaps in it. */
  for (int i = 0; i < N; i++) {
    t_x[i] *= 7.0;
    T[i] *= 7.0;
    litt[i] += x[i] * log(7.0);
  }
  CHECK_STATUS(at_zero ? loy_mbgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &given, NULL)
                       : loy_bgcnbd_fit(x, t_x, T, litt, NULL, N, NULL, &given, NULL),
               LOY_OK);
  CU_ASSERT_EQUAL(given.params.k, 3.0);
  CHECK_CLOSE(given.params.alpha, 7.0 * fit.params.alpha, 1e-7);
}

static void test_recovery(void) {
  check_recovery(0);
  check_recovery(1);
}

/* CDNOW is best with one stage, by the published fit of MBG/CNBD-k (BTYDplus: k = 1, -9582.135716): that of MBG/NBD. */
static void test_cdnow(void) {
  loy_mbgcnbd_fit_options options;
  loy_mbgcnbd_fit_result fit;
  loy_mbgcnbd_fit_options_init(NULL);
  loy_mbgcnbd_fit_options_init(&options);
  options.k = 1;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    x[i] = cdnow_cells[i][0];
    t_x[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
    weight[i] = cdnow_cells[i][3];
  }
  CHECK_STATUS(loy_mbgcnbd_fit(x, t_x, T, NULL, weight, CDNOW_CELLS, &options, &fit, NULL), LOY_OK);
  CHECK_NEAR(fit.log_likelihood, -9582.135716, 1e-5);
  CHECK_CLOSE(fit.params.r, .5248435586, 1e-5);
  CHECK_CLOSE(fit.params.alpha, 6.1830928451, 1e-5);
  CHECK_CLOSE(fit.params.a, .8913877802, 1e-4);
  CHECK_CLOSE(fit.params.b, 1.6140483344, 1e-4);
  CU_ASSERT_EQUAL(fit.params.k, 1.0);
}

/* Any number of threads gives the same bits; memory may run out anywhere. */
static void test_threads_and_memory(void) {
  failing_allocator memory;
  loy_bgcnbd_fit_options options;
  loy_bgcnbd_fit_result first, fit;
  draw(0, 2, 3);
  CHECK_STATUS(loy_bgcnbd_fit(x, t_x, T, litt, weight, N, NULL, &first, NULL), LOY_OK);
  loy_bgcnbd_fit_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_bgcnbd_fit(x, t_x, T, litt, weight, N, &options, &fit, NULL), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(&fit, &first, offsetof(loy_bgcnbd_fit_result, log_likelihood_of)), 0);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    loy_bgcnbd_fit_options_init(&options);
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = loy_bgcnbd_fit(x, t_x, T, litt, weight, N, &options, &fit, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(fit.iterations == -7, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double value = -7.0;
    loy_status status;
    options.allocator = &memory.allocator;
    status = loy_bgcnbd_loglik_total(&truth, x, t_x, T, litt, weight, N, &options, &value, NULL, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static int refuse(void *ctx, int64_t done, int64_t total, double value) {
  (void)done;
  (void)total;
  (void)value;
  return --*(int *)ctx > 0;
}

/* Errors in the order of their checks. */
static void test_errors(void) {
  double X[2] = {2, 0}, TX[2] = {8, 0}, L[2] = {9, 0}, TT[2] = {9, 9}, W[2] = {1, 0}, value = -7.0;
  const loy_bgcnbd_params bad = {1, 1, 1, 1, 65};
  loy_progress none = {NULL, NULL};
  loy_bgcnbd_fit_options options;
  loy_bgcnbd_fit_result fit;
  loy_error error;
  int calls = 20;
  fit.iterations = -7;
  loy_bgcnbd_fit_options_init(&options);
  options.struct_size--;
  options.threads = options.most_evaluations = -1;
  options.penalty = -1.0;
  options.progress = &none;
  options.k = -1;
  options.start.r = 1.0;
#define FIT(LITT, RESULT, STATUS, ARGUMENT, INDEX)                                                                     \
  do {                                                                                                                 \
    CHECK_STATUS(loy_bgcnbd_fit(X, TX, TT, LITT, W, 2, &options, RESULT, &error), STATUS);                             \
    CHECK_ERROR(&error, STATUS, ARGUMENT, INDEX);                                                                      \
    CU_ASSERT_EQUAL(fit.iterations, -7);                                                                               \
  } while (0)
  CHECK_STATUS(loy_bgcnbd_fit(NULL, NULL, NULL, NULL, NULL, 2, &options, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  FIT(NULL, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size++;
  FIT(NULL, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 1;
  FIT(NULL, NULL, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  FIT(NULL, NULL, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  options.penalty = 0.0;
  FIT(NULL, NULL, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  FIT(NULL, NULL, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
  options.k = 65;
  FIT(NULL, NULL, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
  options.k = 0;
  FIT(NULL, NULL, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
  options.start.r = 0.0;
  FIT(NULL, NULL, LOY_ERR_ARGUMENT, "litt", LOY_NO_INDEX);
  FIT(L, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  FIT(L, &fit, LOY_ERR_DOMAIN, "weight", 1);
  W[1] = 1.0;
  FIT(L, &fit, LOY_ERR_DOMAIN, "litt", 0);
  options.k = 2;
  TX[0] = 0.0;
  FIT(NULL, &fit, LOY_ERR_DOMAIN, "t_x", 0);
  X[0] = L[0] = 0.0;
  FIT(L, &fit, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  X[0] = 1.0;
  TT[0] = TT[1] = 0.0;
  options.k = 1;
  FIT(NULL, &fit, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
#undef FIT
  CHECK_STATUS(loy_bgcnbd_loglik_total(&bad, X, TX, TT, NULL, NULL, 2, NULL, NULL, NULL, NULL, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_loglik_total(&truth, X, TX, TT, NULL, NULL, 2, NULL, NULL, NULL, NULL, &error),
               LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  CHECK_STATUS(loy_bgcnbd_loglik_total(&truth, X, TX, TT, NULL, NULL, 2, NULL, &value, NULL, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t_x", 0);
  CU_ASSERT_EQUAL(value, -7.0);
  /* Canceled while the second k is fitted. */
  draw(0, 2, 3);
  none.report = refuse;
  none.ctx = &calls;
  loy_bgcnbd_fit_options_init(&options);
  options.progress = &none;
  CHECK_STATUS(loy_bgcnbd_fit(x, t_x, T, litt, NULL, N, &options, &fit, &error), LOY_ERR_CANCELED);
  CU_ASSERT_EQUAL(fit.iterations, -7);
}

/* Everybody buys like clockwork: k would grow beyond its range. */
static void test_clockwork(void) {
  loy_bgcnbd_fit_result fit;
  loy_error error;
  for (int i = 0; i < 300; i++) {
    double gap = 2.0 + 0.01 * (i % 50);
    x[i] = 1.0 + i % 9;
    t_x[i] = gap * x[i];
    T[i] = t_x[i] + (i % 3 ? 0.5 * gap : 5.0 * gap);
    litt[i] = x[i] * log(gap);
  }
  CHECK_STATUS(loy_bgcnbd_fit(x, t_x, T, litt, NULL, 300, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "k", LOY_NO_INDEX);
  CU_ASSERT(fit.params.k == 64.0 && fit.tried == 64 && fit.status == LOY_NOTICE_AT_BOUND);
}

SUITE(btyd, bgcnbd_fit) {
  ADD(test_totals);
  ADD(test_recovery);
  ADD(test_cdnow);
  ADD(test_threads_and_memory);
  ADD(test_errors);
  ADD(test_clockwork);
}
