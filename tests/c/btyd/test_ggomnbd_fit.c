/* test_ggomnbd_fit.c: the GGom/NBD model's total log-likelihood with derivatives, and the fit. */
#include "lifetime_customers.h"
#include "loyalty/btyd/ggomnbd_fit.h"
#include "loyalty/btyd/pnbd_fit.h"

#define MODEL(f)      loy_ggomnbd_##f
#define MODEL_TYPE(t) loy_ggomnbd_##t
#define PARAMETERS    5
#define FIELDS                                                                                                         \
  { "r", "alpha", "b", "s", "beta" }
#define USUAL                                                                                                          \
  { 0.55, 10.0, 0.01, 0.6, 0.1 }
#define NEEDS_REPEATS 0
#include "fit_contract.h"
#include "wide.h"

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

/* Customers who never came back, with a hazard that grows soon: up to 1e-11 was lost. mpmath, 40 digits. */
static void test_rising_hazard(void) {
  static const loy_ggomnbd_params at[5] = {
      {0.22591047952318727, 560.2432846717113, 0.00030041855549435055, 61.189428575046456, 58.82616428388283},
      {0.3629741201140845, 0.43571318971022793, 0.5678113406718261, 30.354278938132637, 33.285935095023476},
      {0.0011223988498676816, 2.593047772257978, 0.08766667736792552, 17.497664388438732, 2.2116572624459345},
      {0.12682051807831127, 16.279156585061042, 0.019676186451815614, 727.3870367726076, 1153.8364016361218},
      {0.00448867532547265, 0.7306972009211804, 0.23963433492243308, 709.580229434916, 341.4587990585934}};
  static const double length[5] = {1841.0712621337168, 1.221645115830601, 8.632178540650775, 36.77984178689964,
                                   2.1750701713330147};
  static const double truth[5] = {-0.2542738629766876605176, -0.3569147673055559601426, -0.0004234184394702740425038,
                                  -0.1198380830420065084693, -0.004051467694832332018146};
  const double zero = 0.0;
  for (int i = 0; i < 5; i++) {
    double value;
    CHECK_STATUS(loy_ggomnbd_loglik_total(&at[i], &zero, &zero, &length[i], NULL, 1, NULL, &value, NULL, NULL, NULL),
                 LOY_OK);
    CHECK_NEAR(value, truth[i], 3e-13);
    CHECK_NEAR(loy_ggomnbd_loglik(&at[i], 0, 0, length[i]), truth[i], 1e-14);
  }
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

/* Sets of 20 customers have several maxima: none of the fits ends below Pareto/NBD, which the model contains, by more
 * than its distance at the smallest b. */
static void test_few(void) {
  enum { N = 20 };
  const loy_ggomnbd_params truth[3] = {{.8, 5, .02, .6, .01}, {.55, 10.6, .02, .6, .2}, {1.5, 3, .3, .5, 20}};
  double x[N], t_x[N], t[N];
  for (int i = 0; i < N; i++) t[i] = 27.0 + i * 7 % 20 * .6;
  for (int k = 0; k < 12; k++) {
    loy_ggomnbd_fit_result fit;
    loy_pnbd_fit_result pareto;
    CHECK_STATUS(loy_ggomnbd_simulate(&truth[k % 3], t, N, (uint64_t)k, NULL, x, t_x, NULL, NULL), LOY_OK);
    CU_ASSERT_FALSE(loy_status_is_error(loy_ggomnbd_fit(x, t_x, t, NULL, N, NULL, &fit, NULL)));
    CU_ASSERT_FALSE(loy_status_is_error(loy_pnbd_fit(x, t_x, t, NULL, N, NULL, &pareto, NULL)));
    CU_ASSERT(fit.log_likelihood >= pareto.log_likelihood - 2e-9 * (double)N);
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

/* A lifetime that turns suddenly, within a small part of a long range, and what a fit that runs towards it needs:
 * values of mpmath, and derivatives that are those of the values. */
static void test_sudden_turn(void) {
  static const struct {
    double params[5], x, t_x, T, value;
  } cases[6] = {{{.5, 2000, 50, .0004, 1000}, 0, 0, 30000, -0.0121652482425621456},
                {{.5, 2000, 50, .0004, 1000}, 4, 100, 30000, -30.8388071159001683},
                {{64, .07, 98, .5, 700}, 0, 0, 600, -9.34444679907651038},
                {{64, .07, 98, .5, 700}, 2, .03, 600, -15.9648880622006200},
                {{.0004, .03, 200, .0001, 2000}, 0, 0, 3000, -0.00274023843732295122},
                {{.0004, .03, 200, .0001, 2000}, 1, .01, 3000, -9.93903068611696676}};
  for (int i = 0; i < 6; i++) {
    double value, gradient[5], hessian[25], up, down, slope_up[5], slope_down[5];
    loy_ggomnbd_params params;
    memcpy(&params, cases[i].params, sizeof params);
    CHECK_STATUS(loy_ggomnbd_loglik_total(&params, &cases[i].x, &cases[i].t_x, &cases[i].T, NULL, 1, NULL, &value,
                                          gradient, hessian, NULL),
                 LOY_OK);
    CHECK_CLOSE(value, cases[i].value, 2e-12);
    for (int k = 0; k < 5; k++) {
      const double step = 1e-5 * *parameter(&params, k);
      *parameter(&params, k) = cases[i].params[k] + step;
      (void)loy_ggomnbd_loglik_total(&params, &cases[i].x, &cases[i].t_x, &cases[i].T, NULL, 1, NULL, &up, slope_up,
                                     NULL, NULL);
      *parameter(&params, k) = cases[i].params[k] - step;
      (void)loy_ggomnbd_loglik_total(&params, &cases[i].x, &cases[i].t_x, &cases[i].T, NULL, 1, NULL, &down, slope_down,
                                     NULL, NULL);
      *parameter(&params, k) = cases[i].params[k];
      CHECK_NEAR(gradient[k] * step, (up - down) / 2.0, 1e-9 * fabs(gradient[k] * step) + 1e-13 * fabs(value));
      for (int j = 0; j < 5; j++) {
        const double unit = cases[i].params[j];
        CHECK_NEAR(hessian[5 * k + j] * step * unit, (slope_up[j] - slope_down[j]) / 2.0 * unit,
                   1e-8 * fabs(hessian[5 * k + j] * step * unit) + 1e-12 * fabs(gradient[j] * unit));
      }
    }
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
  ADD(test_rising_hazard);
  ADD(test_recovery);
  ADD(test_few);
  ADD(test_boundaries);
  ADD(test_sudden_turn);
  ADD(test_range);
  ADD_FIT_CONTRACT;
}
