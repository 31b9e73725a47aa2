/* The Gamma-Gamma fit: CDNOW with rounded and with exact spend, recovery, edges of the parameter space, memory,
 * threads. */
#include "check.h"
#include "failing_allocator.h"

#include "cdnow_spend.h"
#include "loyalty/btyd/gamma_gamma_fit.h"
#include "loyalty/math/random.h"

enum { CDNOW = CDNOW_SPEND_ROWS };
static double cdnow_x[CDNOW], cdnow_rounded[CDNOW], cdnow_exact[CDNOW];

static void load_cdnow(void) {
  for (int i = 0; i < CDNOW; i++) {
    cdnow_x[i] = cdnow_spend[i][0];
    cdnow_exact[i] = cdnow_spend[i][1] / 100.0 / cdnow_spend[i][0];
    cdnow_rounded[i] = cdnow_spend[i][2] / 100.0;
  }
}

static void test_cdnow_rounded(void) {
  loy_gamma_gamma_fit_result fit;
  loy_error error;
  double total;
  load_cdnow();
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, NULL, &fit, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  /* Published digits, then our own optimum by Newton's method with 30 digits. */
  CHECK_CLOSE(fit.params.p, 6.24880331, 1e-6);
  CHECK_CLOSE(fit.params.q, 3.74458854, 1e-6);
  CHECK_CLOSE(fit.params.v, 15.44774629, 1e-6);
  CHECK_NEAR(fit.log_likelihood, -4055.923243, 1e-6);
  CHECK_CLOSE(fit.params.p, 6.248802489709097, 1e-9);
  CHECK_CLOSE(fit.params.q, 3.744588453287469, 1e-9);
  CHECK_CLOSE(fit.params.v, 15.44774800946372, 1e-9);
  CHECK_NEAR(fit.log_likelihood, -4055.92324350286425, 1e-9);
  CHECK_CLOSE(fit.std_error[0], 1.18968703766, 1e-7);
  CHECK_CLOSE(fit.std_error[1], 0.290165615135, 1e-7);
  CHECK_CLOSE(fit.std_error[2], 4.15999387833, 1e-7);
  CHECK_CLOSE(fit.covariance[1], -0.2319068989, 1e-7);
  CHECK_CLOSE(fit.covariance[2], -4.802066038, 1e-7);
  CHECK_CLOSE(fit.covariance[5], 0.9922236129, 1e-7);
  for (int i = 0; i < 3; i++) {
    CHECK_CLOSE(fit.std_error[i], sqrt(fit.covariance[4 * i]), 1e-15);
    for (int j = 0; j < 3; j++) CHECK_BITS(fit.covariance[3 * i + j], fit.covariance[3 * j + i]);
  }
  CHECK_CLOSE(fit.correlation, 0.113883910486, 1e-11);
  CU_ASSERT_EQUAL(fit.rows, 946);
  CU_ASSERT_EQUAL(fit.left_out, 0);
  CHECK_BITS(fit.customers, 946.0);
  CU_ASSERT(fit.decrement <= 1e-13);
  CU_ASSERT(fit.evaluations <= 12);
  CU_ASSERT_EQUAL(fit.status, LOY_OK);
  /* The log-likelihood is the total at the parameters that stand in the result, to the last bit. */
  CHECK_STATUS(loy_gamma_gamma_loglik_total(&fit.params, cdnow_x, cdnow_rounded, NULL, CDNOW, &total, NULL, NULL, NULL),
               LOY_OK);
  CHECK_BITS(total, fit.log_likelihood);
}

static void test_cdnow_exact(void) {
  loy_gamma_gamma_fit_result fit;
  loy_error error;
  load_cdnow();
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_exact, NULL, CDNOW, NULL, &fit, &error), LOY_OK);
  /* CLVTools' stop (parameters to 1e-4, standard errors to 1e-3), then our own optimum. */
  CHECK_CLOSE(fit.params.p, 6.24934918, 1e-4);
  CHECK_CLOSE(fit.params.q, 3.74425633, 1e-4);
  CHECK_CLOSE(fit.params.v, 15.44430668, 1e-4);
  CHECK_NEAR(fit.log_likelihood, -4055.917695, 1e-6);
  CHECK_CLOSE(fit.std_error[0], 1.189974, 1e-3);
  CHECK_CLOSE(fit.std_error[1], 0.290136, 1e-3);
  CHECK_CLOSE(fit.std_error[2], 4.159534, 1e-3);
  CHECK_CLOSE(fit.params.p, 6.249572271323756, 1e-9);
  CHECK_CLOSE(fit.params.q, 3.744224667132025, 1e-9);
  CHECK_CLOSE(fit.params.v, 15.44352096258924, 1e-9);
  CHECK_NEAR(fit.log_likelihood, -4055.91769480187398, 1e-9);
  CHECK_CLOSE(fit.correlation, 0.113887919391255, 1e-11);
}

/* Rows with x = 0 do not count, whatever their z; the same customers by weight or by repetition, in any order. */
static void test_same_fit(void) {
  static double x[3 * CDNOW], z[3 * CDNOW], w[3 * CDNOW];
  loy_gamma_gamma_fit_result plain, other;
  load_cdnow();
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, NULL, &plain, NULL), LOY_OK);
  for (int i = 0; i < CDNOW; i++) {
    x[2 * i] = 0.0;
    z[2 * i] = i % 2 ? NAN : -5.0;
    x[2 * i + 1] = cdnow_x[i];
    z[2 * i + 1] = cdnow_rounded[i];
  }
  CHECK_STATUS(loy_gamma_gamma_fit(x, z, NULL, 2 * CDNOW, NULL, &other, NULL), LOY_OK);
  CU_ASSERT_EQUAL(other.left_out, CDNOW);
  CHECK_BITS(other.params.p, plain.params.p);
  CHECK_BITS(other.params.q, plain.params.q);
  CHECK_BITS(other.params.v, plain.params.v);
  for (int i = 0; i < 3 * CDNOW; i++) {
    x[i] = cdnow_x[CDNOW - 1 - i / 3];
    z[i] = cdnow_rounded[CDNOW - 1 - i / 3];
    w[i] = 3.0;
  }
  CHECK_STATUS(loy_gamma_gamma_fit(x, z, NULL, 3 * CDNOW, NULL, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.params.p, plain.params.p, 1e-9);
  CHECK_CLOSE(other.params.v, plain.params.v, 1e-9);
  CHECK_CLOSE(other.log_likelihood, 3.0 * plain.log_likelihood, 1e-13);
  CHECK_CLOSE(other.std_error[1], plain.std_error[1] / sqrt(3.0), 1e-7);
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, w, CDNOW, NULL, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.params.q, plain.params.q, 1e-9);
  CHECK_CLOSE(other.log_likelihood, 3.0 * plain.log_likelihood, 1e-13);
  CHECK_CLOSE(other.correlation, plain.correlation, 1e-12);
  CHECK_BITS(other.customers, 3.0 * (double)CDNOW);
  /* In another currency v is in that currency, p and q stay. */
  for (int i = 0; i < CDNOW; i++) z[i] = cdnow_rounded[i] * 7.5e6;
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, z, NULL, CDNOW, NULL, &other, NULL), LOY_OK);
  CHECK_CLOSE(other.params.p, plain.params.p, 1e-8);
  CHECK_CLOSE(other.params.v, plain.params.v * 7.5e6, 1e-8);
}

static void test_threads(void) {
  enum { N = 30000 };
  double *x = (double *)malloc(N * sizeof *x), *z = (double *)malloc(N * sizeof *z);
  loy_gamma_gamma_params truth = {6.25, 3.74, 15.44};
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result one, many;
  for (int i = 0; i < N; i++) x[i] = (double)((uint32_t)i * 2654435761u >> 16 & 7u);
  CHECK_STATUS(loy_gamma_gamma_simulate(&truth, x, N, 11, z, NULL), LOY_OK);
  loy_gamma_gamma_fit_options_init(&options);
  CHECK_STATUS(loy_gamma_gamma_fit(x, z, NULL, N, &options, &one, NULL), LOY_OK);
  for (int threads = 2; threads <= 16; threads *= 2) {
    options.threads = threads;
    CHECK_STATUS(loy_gamma_gamma_fit(x, z, NULL, N, &options, &many, NULL), LOY_OK);
    CU_ASSERT_EQUAL(memcmp(&one.params, &many.params, sizeof one.params), 0);
    CU_ASSERT_EQUAL(memcmp(one.covariance, many.covariance, sizeof one.covariance), 0);
    CHECK_BITS(one.log_likelihood, many.log_likelihood);
  }
  /* The truth lies within four standard errors. */
  CHECK_NEAR(one.params.p, truth.p, 4.0 * one.std_error[0]);
  CHECK_NEAR(one.params.q, truth.q, 4.0 * one.std_error[1]);
  CHECK_NEAR(one.params.v, truth.v, 4.0 * one.std_error[2]);
  CHECK_NEAR(one.correlation, 0.0, 0.05);
  /* A start of the caller's own, also a bad one, leads to the same place. */
  options.start.p = 500.0;
  options.start.q = 0.05;
  options.start.v = 1e4;
  CHECK_STATUS(loy_gamma_gamma_fit(x, z, NULL, N, &options, &many, NULL), LOY_OK);
  CHECK_CLOSE(many.params.p, one.params.p, 1e-8);
  CHECK_CLOSE(many.params.v, one.params.v, 1e-8);
  free(x);
  free(z);
}

/* Parameters from simulated customers, far from those of CDNOW, with x in the thousands too. */
static void test_recovers(void) {
  enum { N = 20000 };
  static const double truth[7][3] = {{0.5, 2.0, 3.0},  {40.0, 12.0, 5e5}, {1.5, 0.6, 1e-3}, {0.05, 1.5, 100.0},
                                     {2.0, 60.0, 8e3}, {0.8, 0.15, 1e4},  {100.0, 3.0, 0.5}};
  double *x = (double *)malloc(N * sizeof *x), *z = (double *)malloc(N * sizeof *z);
  for (int c = 0; c < 7; c++) {
    loy_gamma_gamma_params params = {truth[c][0], truth[c][1], truth[c][2]};
    loy_gamma_gamma_fit_result fit;
    loy_status status;
    loy_error error;
    for (int i = 0; i < N; i++) x[i] = c == 5 ? 1.0 + (i % 50) * 200.0 : i % 8;
    CHECK_STATUS(loy_gamma_gamma_simulate(&params, x, N, 5, z, NULL), LOY_OK);
    status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
    CHECK_STATUS(status, params.q <= 1.0 ? LOY_NOTICE_DIVERGES : LOY_OK);
    if (params.q <= 1.0) CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", LOY_NO_INDEX);
    CHECK_NEAR(fit.params.p, params.p, 4.5 * fit.std_error[0]);
    CHECK_NEAR(fit.params.q, params.q, 4.5 * fit.std_error[1]);
    CHECK_NEAR(fit.params.v, params.v, 4.5 * fit.std_error[2]);
    CU_ASSERT(fit.evaluations < 60);
  }
  free(x);
  free(z);
}

/* Data on the edge of the model: a notice and finite parameters, never a hang or a NaN without one. */
static void test_edges(void) {
  enum { N = 300 };
  static double x[N], z[N];
  loy_gamma_gamma_params alike = {3.0, 1e6, 1e7};
  loy_gamma_gamma_fit_result fit;
  loy_error error;
  loy_status status;
  for (int i = 0; i < N; i++) x[i] = 1 + i % 6;
  /* Everybody spends the same. */
  for (int i = 0; i < N; i++) z[i] = 20.0;
  status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
  CHECK_STATUS(status, LOY_NOTICE_AT_BOUND);
  CU_ASSERT(isfinite(fit.params.p) && isfinite(fit.params.q) && isfinite(fit.params.v) && isfinite(fit.log_likelihood));
  CHECK_CLOSE(loy_gamma_gamma_expected_spend_new(&fit.params), 20.0, 1e-3);
  CU_ASSERT(isnan(fit.correlation));
  /* Customers do not differ: q runs off, and v with it. */
  CHECK_STATUS(loy_gamma_gamma_simulate(&alike, x, N, 3, z, NULL), LOY_OK);
  status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
  CU_ASSERT(!loy_status_is_error(status));
  CU_ASSERT(isfinite(fit.params.q) && isfinite(fit.params.v) && isfinite(fit.log_likelihood));
  CHECK_NEAR(loy_gamma_gamma_expected_spend_new(&fit.params), 30.0, 3.0);
  /* A customer's purchases are all alike: p runs off. */
  for (int i = 0; i < N; i++) z[i] = 5.0 + i;
  for (int i = 0; i < N; i++) x[i] = 5000.0;
  status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
  CU_ASSERT(!loy_status_is_error(status));
  CU_ASSERT(isfinite(fit.params.p) && isfinite(fit.log_likelihood));
  CU_ASSERT(isnan(fit.correlation));
  /* One purchase each: p and q are told apart by the shape of the density alone. */
  for (int i = 0; i < N; i++) x[i] = 1.0;
  status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
  CU_ASSERT(!loy_status_is_error(status));
  /* Three rows. */
  status = loy_gamma_gamma_fit(x, z, NULL, 3, NULL, &fit, &error);
  CU_ASSERT(!loy_status_is_error(status));
  CU_ASSERT(isfinite(fit.params.p) && isfinite(fit.params.q) && isfinite(fit.params.v));
  /* Spend over 78 orders of magnitude. */
  for (int i = 0; i < N; i++) z[i] = exp((i - 150) * 0.6);
  status = loy_gamma_gamma_fit(x, z, NULL, N, NULL, &fit, &error);
  CU_ASSERT(!loy_status_is_error(status));
  CU_ASSERT(isfinite(fit.params.p) && isfinite(fit.log_likelihood));
}

static void test_memory(void) {
  failing_allocator memory;
  loy_gamma_gamma_fit_options options;
  load_cdnow();
  cdnow_x[7] = 9000.0; /* one above the table */
  loy_gamma_gamma_fit_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    loy_gamma_gamma_fit_result fit;
    loy_error error;
    loy_status status;
    memset(&fit, 0x55, sizeof fit);
    options.allocator = &memory.allocator;
    status = loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, &options, &fit, &error);
    if (memory.failed) {
      unsigned char bytes[sizeof fit];
      memset(bytes, 0x55, sizeof bytes);
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(memcmp(&fit, bytes, sizeof fit), 0);
    } else {
      CHECK_STATUS(status, LOY_OK);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_checks(void) {
  double x[4] = {1, 2, 0, 3}, z[4] = {10, 20, -1, 5}, w[4] = {1, 1, 1, 1};
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result fit;
  loy_progress no_function = {NULL, NULL};
  loy_error error;
  loy_gamma_gamma_fit_options_init(NULL);
  loy_gamma_gamma_fit_options_init(&options);
  CU_ASSERT_EQUAL(options.threads, 1);
  memset(&fit, 0, sizeof fit);
#define EXPECT(call, status, argument, index)                                                                          \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, index);                                                                      \
    CU_ASSERT_EQUAL(fit.rows, 0);                                                                                      \
  } while (0)
  options.struct_size = 3;
  options.threads = -1;
  options.most_evaluations = -1;
  options.start.p = -1.0;
  EXPECT(loy_gamma_gamma_fit(NULL, NULL, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  EXPECT(loy_gamma_gamma_fit(x, NULL, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX);
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 1;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "most_evaluations",
         LOY_NO_INDEX);
  options.most_evaluations = 0;
  options.penalty = (double)NAN;
  options.progress = &no_function;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  options.penalty = 0.0;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
  options.start.p = 0.0;
  EXPECT(loy_gamma_gamma_fit(x, z, NULL, 4, &options, NULL, &error), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  z[1] = 0.0;
  w[0] = 0.0;
  EXPECT(loy_gamma_gamma_fit(x, z, w, 4, &options, &fit, &error), LOY_ERR_DOMAIN, "weight", 0);
  w[0] = 1.0;
  EXPECT(loy_gamma_gamma_fit(x, z, w, 4, &options, &fit, &error), LOY_ERR_DOMAIN, "z", 1);
  x[1] = 0.5;
  EXPECT(loy_gamma_gamma_fit(x, z, w, 4, &options, &fit, &error), LOY_ERR_DOMAIN, "x", 1);
  x[1] = 0.0;
  EXPECT(loy_gamma_gamma_fit(x, z, w, 4, &options, &fit, &error), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  EXPECT(loy_gamma_gamma_fit(NULL, NULL, NULL, 0, NULL, &fit, &error), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  options.most_evaluations = 2;
  x[1] = 4.0;
  z[1] = 12.0;
  CHECK_STATUS(loy_gamma_gamma_fit(x, z, w, 4, &options, &fit, &error), LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT(isfinite(fit.params.p) && isfinite(fit.log_likelihood));
#undef EXPECT
}

/* The total log-likelihood with its derivatives, which knows no penalty, says that the mean with the penalty is
 * stationary at the answer, and that the covariance is the inverse of the information with the penalty. */
static void test_penalty(void) {
  const double c = 1e-3;
  loy_gamma_gamma_fit_options options;
  loy_gamma_gamma_fit_result plain, fit;
  double value, gradient[3], hessian[9], theta[3], z[CDNOW];
  load_cdnow();
  loy_gamma_gamma_fit_options_init(&options);
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, &options, &plain, NULL), LOY_OK);
  options.penalty = c;
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, &options, &fit, NULL), LOY_OK);
  CU_ASSERT(fit.log_likelihood < plain.log_likelihood && fit.params.v < plain.params.v);
  CU_ASSERT(fit.decrement < 1e-13);
  CHECK_STATUS(
      loy_gamma_gamma_loglik_total(&fit.params, cdnow_x, cdnow_rounded, NULL, CDNOW, &value, gradient, hessian, NULL),
      LOY_OK);
  CHECK_BITS(fit.log_likelihood, value);
  theta[0] = fit.params.p;
  theta[1] = fit.params.q;
  theta[2] = fit.params.v;
  for (int i = 0; i < 3; i++) CHECK_NEAR(theta[i] * (2.0 * c * theta[i] - gradient[i] / fit.customers), 0.0, 1e-10);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) {
      double product = 0.0;
      for (int k = 0; k < 3; k++)
        product += fit.covariance[3 * i + k] * ((k == j ? 2.0 * c * fit.customers : 0.0) - hessian[3 * k + j]);
      CHECK_NEAR(product * theta[j] / theta[i], i == j ? 1.0 : 0.0, 1e-8);
    }
  /* Spend that never varies has no optimum without a penalty. */
  for (int i = 0; i < CDNOW; i++) z[i] = 20.0;
  options.penalty = 0.0;
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, z, NULL, CDNOW, &options, &fit, NULL), LOY_NOTICE_AT_BOUND);
  options.penalty = c;
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, z, NULL, CDNOW, &options, &fit, NULL), LOY_OK);
}

typedef struct fit_watch {
  int64_t done, stop;
  double best;
} fit_watch;

static int look(void *ctx, int64_t done, int64_t of, double value) {
  fit_watch *self = (fit_watch *)ctx;
  CU_ASSERT(done == self->done + 1 && of == 0);
  self->done = done;
  if (value > self->best) self->best = value;
  return done != self->stop;
}

/* Stopped at any evaluation a fit leaves nothing behind; watched to its end it is the fit without a watch. */
static void test_progress(void) {
  loy_gamma_gamma_fit_result plain;
  int64_t stop = 0, evaluations = 0;
  load_cdnow();
  CHECK_STATUS(loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, NULL, &plain, NULL), LOY_OK);
  do {
    fit_watch watch = {0, 0, -1e300};
    loy_progress progress;
    failing_allocator memory;
    loy_gamma_gamma_fit_options options;
    loy_gamma_gamma_fit_result fit, untouched;
    loy_error error;
    loy_status status;
    watch.stop = ++stop;
    progress.report = look;
    progress.ctx = &watch;
    failing_start(&memory, 0);
    loy_gamma_gamma_fit_options_init(&options);
    options.allocator = &memory.allocator;
    options.progress = &progress;
    memset(&fit, 0x55, sizeof fit);
    untouched = fit;
    status = loy_gamma_gamma_fit(cdnow_x, cdnow_rounded, NULL, CDNOW, &options, &fit, &error);
    CU_ASSERT_EQUAL(memory.held, 0);
    if (status == LOY_ERR_CANCELED) {
      CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
      CU_ASSERT_EQUAL(memcmp(&fit, &untouched, sizeof fit), 0);
      CU_ASSERT_EQUAL(watch.done, stop);
    } else {
      evaluations = watch.done;
      CHECK_STATUS(status, LOY_OK);
      CU_ASSERT_EQUAL(evaluations, plain.evaluations);
      CHECK_BITS(fit.log_likelihood, plain.log_likelihood);
      CHECK_CLOSE(watch.best, fit.log_likelihood, 1e-12);
    }
  } while (evaluations == 0);
  CU_ASSERT_EQUAL(stop, evaluations + 1);
}

static int count(void *ctx, int64_t done, int64_t of, double value) {
  *(int64_t *)ctx = done;
  (void)value;
  return of == 0;
}

/* A start that is not kept has been evaluated as well: the result counts what the watch was told. */
static void test_evaluations(void) {
  load_cdnow();
  for (int most = 1; most < 8; most++) {
    int64_t told = 0;
    loy_progress progress;
    loy_gamma_gamma_fit_options options;
    loy_gamma_gamma_fit_result fit;
    progress.report = count;
    progress.ctx = &told;
    loy_gamma_gamma_fit_options_init(&options);
    options.most_evaluations = most;
    options.start.p = 6.25; /* so near the optimum that the second start ends below it */
    options.start.q = 3.74;
    options.start.v = 15.44;
    options.progress = &progress;
    CU_ASSERT_FALSE(loy_status_is_error(loy_gamma_gamma_fit(cdnow_x, cdnow_exact, NULL, CDNOW, &options, &fit, NULL)));
    CU_ASSERT_EQUAL(fit.evaluations, told);
  }
}

SUITE(btyd, gamma_gamma_fit) {
  ADD(test_cdnow_rounded);
  ADD(test_cdnow_exact);
  ADD(test_same_fit);
  ADD(test_threads);
  ADD(test_recovers);
  ADD(test_edges);
  ADD(test_memory);
  ADD(test_checks);
  ADD(test_penalty);
  ADD(test_progress);
  ADD(test_evaluations);
}
