/* test_bgbb_fit.c: the BG/BB model's total log-likelihood with derivatives, and the fit. */
#include "check.h"

#include "loyalty/btyd/bgbb_fit.h"
#include "loyalty/btyd/bgbb_simulate.h"

#define MODEL(f)      loy_bgbb_##f
#define MODEL_TYPE(t) loy_bgbb_##t
#define PARAMETERS    4
#define FIELDS                                                                                                         \
  { "alpha", "beta", "gamma", "delta" }
#define USUAL                                                                                                          \
  { 1.2, .75, .66, 2.78 }
#define NEEDS_REPEATS 0
#define PERIODS
#include "donations.h"
#include "fit_contract.h"

static double dx[DONORS], dt[DONORS], dn[DONORS], dw[DONATION_CELLS];

static size_t load_donations(void) {
  for (int i = 0; i < DONATION_CELLS; i++) {
    dx[i] = donations[i][0];
    dt[i] = donations[i][1];
    dn[i] = DONATION_YEARS;
    dw[i] = donations[i][2];
  }
  return DONATION_CELLS;
}

/* One row for each donor, in an order mixed by `step` (prime to 11104). */
static size_t load_donors(int step) {
  int at = 0;
  for (int i = 0; i < DONATION_CELLS; i++)
    for (int j = 0; j < donations[i][2]; j++) {
      dx[at] = donations[i][0];
      dt[at] = donations[i][1];
      dn[at] = DONATION_YEARS;
      at = (at + step) % DONORS;
    }
  return DONORS;
}

/* Fader, Hardie & Shang 2010, table 2, refined; rows in any order, expanded or merged, by any number of threads. */
static void test_donations(void) {
  loy_bgbb_fit_result fit, again;
  loy_bgbb_fit_options options;
  loy_error error;
  size_t n = load_donations();
  memset(&fit, 0, sizeof fit);
  memset(&again, 0, sizeof again);
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, n, NULL, &fit, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CHECK_NEAR(fit.log_likelihood, -33225.581274, 1e-6);
  CHECK_CLOSE(fit.params.alpha, 1.20352247, 1e-6);
  CHECK_CLOSE(fit.params.beta, .74971637, 1e-6);
  CHECK_CLOSE(fit.params.gamma, .65671817, 1e-6);
  CHECK_CLOSE(fit.params.delta, 2.78344192, 1e-6);
  CHECK_BITS(fit.customers, DONORS);
  CU_ASSERT(fit.scaled_gradient < 1e-12 && fit.decrement < 1e-20 && fit.iterations < 12);
  n = load_donors(4799);
  loy_bgbb_fit_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, NULL, n, &options, &again, &error), LOY_OK);
  CU_ASSERT_EQUAL(memcmp(&again, &fit, sizeof fit), 0);
}

/* The total is the sum over the rows; derivatives against differences of it and of the gradient. Histories of many
 * lengths, sparse enough to be sorted. */
static void test_total(void) {
  enum { ROWS = 3000 };
  static double x[ROWS], t_x[ROWS], length[ROWS], w[ROWS], row[ROWS];
  static const loy_bgbb_params usual = USUAL, other = {4.0, 20.0, 0.3, 60.0};
  double value, merged, gradient[4], hessian[16], sum = 0.0, size = 0.0;
  for (int i = 0; i < ROWS; i++) length[i] = i % 11 == 0 ? 1000.0 + i % 7 : (double)(i % 37);
  CHECK_STATUS(loy_bgbb_simulate(&other, length, ROWS, 3, NULL, x, t_x, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS; i++) w[i] = 0.5 + i % 3;
  CHECK_STATUS(loy_bgbb_loglik_batch(&usual, x, t_x, length, ROWS, NULL, row, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS; i++) {
    sum += w[i] * row[i];
    size += fabs(w[i] * row[i]);
  }
  CHECK_STATUS(loy_bgbb_loglik_total(&usual, x, t_x, length, w, ROWS, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CHECK_NEAR(value, sum, 1e-13 * size);
  for (int k = 0; k < 4; k++) {
    double up, down, more[4], less[4], step;
    loy_bgbb_params near = usual;
    step = *parameter(&near, k) * 1e-5;
    *parameter(&near, k) += step;
    CHECK_STATUS(loy_bgbb_loglik_total(&near, x, t_x, length, w, ROWS, NULL, &up, more, NULL, NULL), LOY_OK);
    *parameter(&near, k) -= 2.0 * step;
    CHECK_STATUS(loy_bgbb_loglik_total(&near, x, t_x, length, w, ROWS, NULL, &down, less, NULL, NULL), LOY_OK);
    CHECK_CLOSE(gradient[k], (up - down) / (2.0 * step), 1e-6);
    for (int j = 0; j < 4; j++)
      CHECK_NEAR(hessian[4 * k + j], (more[j] - less[j]) / (2.0 * step),
                 1e-6 * sqrt(fabs(hessian[5 * k] * hessian[5 * j])));
  }
  /* Backwards, without weights: the same bits; no row at all: nothing. */
  CHECK_STATUS(loy_bgbb_loglik_total(&usual, x, t_x, length, NULL, ROWS, NULL, &value, NULL, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS / 2; i++) {
    double *column[3] = {x, t_x, length};
    for (int c = 0; c < 3; c++) {
      double swap = column[c][i];
      column[c][i] = column[c][ROWS - 1 - i];
      column[c][ROWS - 1 - i] = swap;
    }
  }
  CHECK_STATUS(loy_bgbb_loglik_total(&usual, x, t_x, length, NULL, ROWS, NULL, &merged, NULL, NULL, NULL), LOY_OK);
  CHECK_BITS(merged, value);
  CHECK_STATUS(loy_bgbb_loglik_total(&usual, NULL, NULL, NULL, NULL, 0, NULL, &value, gradient, hessian, NULL), LOY_OK);
  CU_ASSERT(value == 0.0 && gradient[2] == 0.0 && hessian[15] == 0.0);
}

/* Weighted and expanded data have one optimum, with lengths that differ and weights that are no whole numbers. */
static void test_weights(void) {
  enum { ROWS = 400, COPIES = 3 };
  static double x[ROWS * COPIES], t_x[ROWS * COPIES], length[ROWS * COPIES], w[ROWS];
  static const loy_bgbb_params usual = USUAL;
  loy_bgbb_fit_result one, many, half;
  for (int i = 0; i < ROWS; i++) length[i] = 4.0 + i % 9;
  CHECK_STATUS(loy_bgbb_simulate(&usual, length, ROWS, 21, NULL, x, t_x, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS; i++) {
    w[i] = COPIES;
    for (int c = 1; c < COPIES; c++) {
      x[c * ROWS + i] = x[i];
      t_x[c * ROWS + i] = t_x[i];
      length[c * ROWS + i] = length[i];
    }
  }
  CHECK_STATUS(loy_bgbb_fit(x, t_x, length, w, ROWS, NULL, &one, NULL), LOY_OK);
  CHECK_STATUS(loy_bgbb_fit(x, t_x, length, NULL, ROWS * COPIES, NULL, &many, NULL), LOY_OK);
  CHECK_CLOSE(one.log_likelihood, many.log_likelihood, 1e-13);
  for (int i = 0; i < ROWS; i++) w[i] = 0.1;
  CHECK_STATUS(loy_bgbb_fit(x, t_x, length, w, ROWS, NULL, &half, NULL), LOY_OK);
  CHECK_CLOSE(half.log_likelihood * 30.0, many.log_likelihood, 1e-13);
  for (int k = 0; k < 4; k++) {
    CHECK_CLOSE(*parameter(&one.params, k), *parameter(&many.params, k), 1e-8);
    CHECK_CLOSE(*parameter(&half.params, k), *parameter(&many.params, k), 1e-8);
    CHECK_CLOSE(half.std_error[k], sqrt(30.0) * many.std_error[k], 1e-6);
  }
}

/* The truth comes back within four standard errors: of short histories, and of long ones of many shapes. */
static void test_recovery(void) {
  enum { ROWS = 6000 };
  static double x[ROWS], t_x[ROWS], length[ROWS];
  static const loy_bgbb_params truth[2] = {USUAL, {0.8, 6.0, 0.9, 90.0}};
  for (int k = 0; k < 2; k++) {
    loy_bgbb_fit_result fit;
    for (int i = 0; i < ROWS; i++) length[i] = k == 0 ? 6.0 : 300.0;
    CHECK_STATUS(loy_bgbb_simulate(&truth[k], length, ROWS, 17, NULL, x, t_x, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_bgbb_fit(x, t_x, length, NULL, ROWS, NULL, &fit, NULL), LOY_OK);
    CU_ASSERT(fit.iterations < 20);
    for (int j = 0; j < 4; j++) {
      loy_bgbb_params known = truth[k];
      CHECK_NEAR(*parameter(&fit.params, j), *parameter(&known, j), 4.0 * fit.std_error[j]);
    }
  }
}

/* Data that cannot say what the parameters are say so. */
static void test_little_data(void) {
  static const double none[3] = {0, 0, 0}, all[3] = {1, 2, 3}, one[3] = {1, 1, 1}, mixed[3] = {0, 1, 1},
                      long_[3] = {3, 4, 5};
  loy_bgbb_fit_result fit;
  loy_error error;
  /* Nobody buys: never, or no more. The likelihood is at its best, 1. */
  CHECK_STATUS(loy_bgbb_fit(none, none, long_, NULL, 3, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CU_ASSERT(error.argument != NULL);
  CHECK_NEAR(fit.log_likelihood, 0.0, 1e-6);
  /* Always, and nobody stops. */
  CHECK_STATUS(loy_bgbb_fit(all, all, all, NULL, 3, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_NEAR(fit.log_likelihood, 0.0, 1e-6);
  /* One period: a share. */
  CHECK_STATUS(loy_bgbb_fit(mixed, mixed, one, NULL, 3, NULL, &fit, &error), LOY_NOTICE_WEAK_ID);
  CHECK_CLOSE(fit.log_likelihood, 2.0 * log(2.0 / 3.0) + log(1.0 / 3.0), 1e-12);
  CHECK_CLOSE(fit.params.alpha / (fit.params.alpha + fit.params.beta) * fit.params.delta /
                  (fit.params.gamma + fit.params.delta),
              2.0 / 3.0, 1e-6);
}

static void test_penalty_and_start(void) {
  loy_bgbb_fit_options options;
  loy_bgbb_fit_result fit, plain, started;
  double value, gradient[4];
  size_t n = load_donations();
  loy_bgbb_fit_options_init(&options);
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, n, &options, &plain, NULL), LOY_OK);
  options.penalty = 0.01;
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, n, &options, &fit, NULL), LOY_OK);
  CU_ASSERT(fit.log_likelihood < plain.log_likelihood && fit.params.delta < plain.params.delta);
  CHECK_STATUS(loy_bgbb_loglik_total(&fit.params, dx, dt, dn, dw, n, NULL, &value, gradient, NULL, NULL), LOY_OK);
  CHECK_CLOSE(value, fit.log_likelihood, 1e-13);
  for (int k = 0; k < 4; k++) CHECK_NEAR(gradient[k] / (double)DONORS, 2.0 * 0.01 * *parameter(&fit.params, k), 1e-10);
  options.penalty = 0.0;
  options.start = fit.params;
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, n, &options, &started, NULL), LOY_OK);
  for (int k = 0; k < 4; k++) CHECK_CLOSE(*parameter(&started.params, k), *parameter(&plain.params, k), 1e-8);
  options.most_evaluations = 1;
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, n, &options, &started, NULL), LOY_NOTICE_NOT_CONVERGED);
}

SUITE(btyd, bgbb_fit) {
  ADD(test_donations);
  ADD(test_total);
  ADD(test_weights);
  ADD(test_recovery);
  ADD(test_little_data);
  ADD(test_penalty_and_start);
  ADD_FIT_CONTRACT;
}
