/* test_ggomnbd_fit.c: the GGom/NBD model's total log-likelihood with derivatives, and the fit. */
#include "check.h"
#include "failing_allocator.h"

#include "cdnow_cells.h"
#include "lifetime_customers.h"
#include "wide.h"

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

static double *parameter(loy_ggomnbd_params *params, int i) {
  double *const list[5] = {&params->r, &params->alpha, &params->b, &params->s, &params->beta};
  return list[i];
}

static void test_memory(void) {
  failing_allocator memory;
  loy_ggomnbd_fit_options options;
  loy_ggomnbd_fit_result fit;
  loy_error error;
  double value;
  size_t n = load_cells();
  loy_ggomnbd_fit_options_init(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = loy_ggomnbd_fit(X, TX, T, W, n, &options, &fit, &error);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
      CU_ASSERT_EQUAL(fit.iterations, -7);
    } else {
      CU_ASSERT_FALSE(loy_status_is_error(status));
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    const loy_ggomnbd_params params = {.55, 10.0, .01, .6, .1};
    loy_status status;
    options.allocator = &memory.allocator;
    value = -7.0;
    status = loy_ggomnbd_loglik_total(&params, X, TX, T, NULL, n, &options, &value, NULL, NULL, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* Every check of both functions in its order, with no output touched. */
static void test_check_order(void) {
  double x[3] = {1, 2, 0}, t_x[3] = {1, 3, 0}, t[3] = {2, 4, 5}, w[3] = {1, 1, 1}, value = 5.0;
  loy_ggomnbd_params wrong;
  static const char *const name[5] = {"r", "alpha", "b", "s", "beta"};
  loy_ggomnbd_fit_options options;
  loy_ggomnbd_fit_result fit, untouched;
  loy_error error;
  memset(&fit, 0x55, sizeof fit);
  untouched = fit;
  for (int i = 0; i < 5; i++) *parameter(&wrong, i) = -1.0;
  loy_ggomnbd_fit_options_init(NULL);
  loy_ggomnbd_fit_options_init(&options);
  CU_ASSERT_EQUAL(options.struct_size, sizeof options);
  CU_ASSERT_EQUAL(options.threads, 1);
  CU_ASSERT_EQUAL(options.most_evaluations, 0);
  CU_ASSERT(options.allocator == NULL && options.start.r == 0.0 && options.start.beta == 0.0);
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
  loy_ggomnbd_loglik_total(params, x, t_x, t, w, 3, &options, value, NULL, NULL, &error)
#define FIT(x, t_x, t, n, result) loy_ggomnbd_fit(x, t_x, t, w, n, &options, result, &error)
  EXPECT(TOTAL(NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 5; i++) {
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
  *parameter(&options.start, 4) = 1.0;
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
  static const char *const name[5] = {"r", "alpha", "b", "s", "beta"};
  loy_error error;
  CHECK_STATUS(loy_ggomnbd_check(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < 5; i++) {
    loy_ggomnbd_params params = {.55, 10.0, .01, .6, .1};
    CHECK_STATUS(loy_ggomnbd_check(&params, &error), LOY_OK);
    *parameter(&params, i) = (double)NAN;
    CHECK_STATUS(loy_ggomnbd_check(&params, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, name[i], LOY_NO_INDEX);
  }
}

/* CDNOW at the estimates that others print. The model is not identified there: b goes to 0, and to Pareto/NBD. */
static void test_cdnow(void) {
  static const loy_ggomnbd_params at[3] = {{.5530392, 10.5726996, 9.98187e-6, .6061231, 1.164831e-4},
                                           {.55313, 10.5758, 1.1e-6, .60682, 1.3e-5},
                                           {.553, 10.578, .0002, .603, .0026}};
  static const double expected[3] = {-9594.976269, -9594.98377, -9595.771};
  loy_ggomnbd_fit_result fit;
  loy_error error;
  double value;
  size_t n = load_cells();
  for (int i = 0; i < 3; i++) {
    CHECK_STATUS(loy_ggomnbd_loglik_total(&at[i], X, TX, T, W, n, NULL, &value, NULL, NULL, NULL), LOY_OK);
    CHECK_NEAR(value, expected[i], i == 0 ? 1e-6 : i == 1 ? 5e-6 : 5e-4);
  }
  CHECK_STATUS(loy_ggomnbd_fit(X, TX, T, W, n, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "b", LOY_NO_INDEX);
  CHECK_NEAR(fit.log_likelihood, -9594.976178940, 1e-6);
  CHECK_CLOSE(fit.params.r, .553277, 1e-5);
  CHECK_CLOSE(fit.params.alpha, 10.577684, 1e-5);
  CHECK_CLOSE(fit.params.s, .606240, 1e-5);
  CHECK_CLOSE(fit.params.beta / fit.params.b, 11.668740, 1e-4);
  CU_ASSERT(isnan(fit.std_error[2]));
  CHECK_CLOSE(fit.std_error[0], .04762776, 1e-3);
}

/* As b goes to 0 the total goes to that of Pareto/NBD with beta / b. */
static void test_limit(void) {
  const loy_pnbd_params pareto = {.5, 6.0, 1.2, 3.3};
  double limit, value, gap[2];
  size_t n = load_cells();
  CHECK_STATUS(loy_pnbd_loglik_total(&pareto, X, TX, T, W, n, NULL, &limit, NULL, NULL, NULL), LOY_OK);
  for (int i = 0; i < 2; i++) {
    double b = i ? 1e-6 : 1e-5;
    const loy_ggomnbd_params params = {.5, 6.0, b, 1.2, 3.3 * b};
    CHECK_STATUS(loy_ggomnbd_loglik_total(&params, X, TX, T, W, n, NULL, &value, NULL, NULL, NULL), LOY_OK);
    gap[i] = value - limit;
  }
  CU_ASSERT(fabs(gap[0]) < 1.0);
  CHECK_CLOSE(gap[0], 10.0 * gap[1], 1e-3);
}

/* Customers of the model, with a dropout rate that grows and one that does little: the truth is within four standard
 * errors, no threads change a bit, and the total agrees. */
static void test_recovery(void) {
  enum { N = 20000 };
  static double x[N], t_x[N], t[N];
  static const loy_ggomnbd_params truth[2] = {{.8, 5.0, .02, .6, .01}, {1.5, 3.0, .3, .5, 200.0}};
  for (int c = 0; c < 2; c++) {
    loy_ggomnbd_params at = truth[c];
    loy_ggomnbd_fit_options options;
    loy_ggomnbd_fit_result fit, other;
    uint64_t seed = 5;
    double value, truly, gradient[5], hessian[25];
    for (int i = 0; i < N; i++) {
      double rate = draw_gamma(at.s, &seed) / at.beta;
      t[i] = 40.0 + i % 20;
      draw_purchases(at.r, at.alpha, log1p(-log(draw_uniform(&seed)) / rate) / at.b, t[i], &seed, &x[i], &t_x[i]);
    }
    CHECK_STATUS(loy_ggomnbd_fit(x, t_x, t, NULL, N, NULL, &fit, NULL), LOY_OK);
    for (int i = 0; i < 5; i++) CHECK_NEAR(*parameter(&fit.params, i), *parameter(&at, i), 4.0 * fit.std_error[i]);
    CHECK_STATUS(loy_ggomnbd_loglik_total(&fit.params, x, t_x, t, NULL, N, NULL, &value, gradient, hessian, NULL),
                 LOY_OK);
    CHECK_CLOSE(value, fit.log_likelihood, 1e-13);
    for (int i = 0; i < 5; i++) CHECK_NEAR(gradient[i] * fit.std_error[i], 0.0, 1e-7);
    CHECK_STATUS(loy_ggomnbd_loglik_total(&at, x, t_x, t, NULL, N, NULL, &truly, NULL, NULL, NULL), LOY_OK);
    CU_ASSERT(value >= truly);
    loy_ggomnbd_fit_options_init(&options);
    options.threads = 2;
    CHECK_STATUS(loy_ggomnbd_fit(x, t_x, t, NULL, N, &options, &other, NULL), LOY_OK);
    CHECK_BITS(other.log_likelihood, fit.log_likelihood);
    CHECK_BITS(other.params.beta, fit.params.beta);
    /* In hours instead. */
    for (int i = 0; i < N; i++) {
      t[i] *= 168.0;
      t_x[i] *= 168.0;
    }
    CHECK_STATUS(loy_ggomnbd_fit(x, t_x, t, NULL, N, NULL, &other, NULL), LOY_OK);
    CHECK_CLOSE(other.params.b, fit.params.b / 168.0, 1e-7);
    CHECK_CLOSE(other.params.beta, fit.params.beta, 1e-7);
    CHECK_CLOSE(other.std_error[2], fit.std_error[2] / 168.0, 1e-6);
  }
}

/* Few customers, nobody repeats, nobody stops: a notice and finite numbers. */
static void test_boundaries(void) {
  double x[6] = {3, 1, 0, 2, 5, 1}, t_x[6] = {9, 8, 0, 7, 9, 6}, t[6] = {9, 8, 7, 7, 9, 6};
  loy_ggomnbd_fit_result fit;
  loy_error error;
  for (int k = 0; k < 3; k++) {
    loy_status status = loy_ggomnbd_fit(x, t_x, t, NULL, k == 1 ? 1 : 6, NULL, &fit, &error);
    CU_ASSERT_FALSE(loy_status_is_error(status));
    CHECK_STATUS(fit.status, status);
    CU_ASSERT(isfinite(fit.log_likelihood));
    CHECK_STATUS(loy_ggomnbd_check(&fit.params, NULL), LOY_OK);
    if (k == 2) CHECK_NEAR(fit.log_likelihood, 0.0, 1e-5);
    for (int i = 0; k == 1 && i < 6; i++) x[i] = t_x[i] = 0.0;
  }
}

/* Up to the ends of the ranges value and derivatives are finite. */
static void test_range(void) {
  static const double shape[WIDE] = WIDE_SHAPES, quantity[WIDE] = WIDE_QUANTITIES;
  double x[3] = {0.0, 1.0, 300.0}, t_x[3] = {0.0, 0.0, 0.0}, length[3] = {1.0, 1.0, 1.0};
  double value, gradient[5], hessian[25];
  loy_ggomnbd_params params;
  for (int i = 0; i < WIDE * WIDE * WIDE * WIDE * WIDE; i += 7) {
    int finite = 1;
    params.r = shape[i % WIDE];
    params.alpha = quantity[i / WIDE % WIDE];
    params.b = quantity[i / (WIDE * WIDE) % WIDE];
    params.s = shape[i / (WIDE * WIDE * WIDE) % WIDE];
    params.beta = shape[i / (WIDE * WIDE * WIDE * WIDE)];
    for (int row = 0; row < 3; row++) {
      length[row] = quantity[(3 * i / 7 + row) % WIDE];
      t_x[row] = row > 0 && i % 2 ? length[row] : 0.0;
    }
    CHECK_STATUS(loy_ggomnbd_loglik_total(&params, x, t_x, length, NULL, 3, NULL, &value, gradient, hessian, NULL),
                 LOY_OK);
    for (int k = 0; k < 5; k++) finite &= isfinite(gradient[k]) != 0;
    for (int k = 0; k < 25; k++) finite &= isfinite(hessian[k]) != 0;
    CU_ASSERT(isfinite(value) && finite);
  }
}

SUITE(btyd, ggomnbd_fit) {
  ADD(test_cdnow);
  ADD(test_limit);
  ADD(test_recovery);
  ADD(test_boundaries);
  ADD(test_range);
  ADD(test_memory);
  ADD(test_check_order);
  ADD(test_check);
}
