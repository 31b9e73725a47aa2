/* BG/BB behind the doors of all models: predictions and their intervals, counts, holdout, bootstrap, files, value. */
#include "check.h"

#include "donations.h"
#include "loyalty/btyd/bgbb_fit.h"
#include "loyalty/btyd/bgbb_predict.h"
#include "loyalty/btyd/bgbb_simulate.h"
#include "loyalty/btyd/bootstrap.h"
#include "loyalty/btyd/holdout.h"
#include "loyalty/btyd/information.h"
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/purchase_interval.h"
#include "loyalty/value/clv_interval.h"

static const loy_bgbb_params usual = {1.20, 0.75, 0.66, 2.78};
enum { ROWS = 5 };
static const double x[ROWS] = {0, 3, 6, 1, 0}, t_x[ROWS] = {0, 4, 6, 2, 0}, T[ROWS] = {6, 6, 6, 40, 0};

/* The donations' fit as a model, or the parameters above without a fit. */
static loy_model fitted(void) {
  static double dx[DONATION_CELLS], dt[DONATION_CELLS], dn[DONATION_CELLS], dw[DONATION_CELLS];
  loy_bgbb_fit_result fit;
  loy_model model;
  for (int i = 0; i < DONATION_CELLS; i++) {
    dx[i] = donations[i][0];
    dt[i] = donations[i][1];
    dn[i] = DONATION_YEARS;
    dw[i] = donations[i][2];
  }
  CHECK_STATUS(loy_bgbb_fit(dx, dt, dn, dw, DONATION_CELLS, NULL, &fit, NULL), LOY_OK);
  loy_model_init(&model, LOY_MODEL_BGBB);
  memcpy(model.parameters, &fit.params, sizeof fit.params);
  memcpy(model.covariance, fit.covariance, sizeof fit.covariance);
  model.has_covariance = 1;
  model.log_likelihood = fit.log_likelihood;
  model.customers = fit.customers;
  return model;
}

static loy_model given(void) {
  loy_model model;
  loy_model_init(&model, LOY_MODEL_BGBB);
  memcpy(model.parameters, &usual, sizeof usual);
  return model;
}

static loy_prediction_rows columns(const double *n, const double *t0, const double *t1) {
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  rows.n = n;
  rows.t0 = t0;
  rows.t1 = t1;
  return rows;
}

static double answer(int quantity, size_t i, const loy_prediction_rows *rows) {
  double p = NAN, theta = NAN;
  (void)loy_bgbb_posterior(&usual, x[i], t_x[i], T[i], &p, &theta, NULL);
  switch (quantity) {
  case LOY_PREDICT_ALIVE: return loy_bgbb_palive(&usual, x[i], t_x[i], T[i], 4);
  case LOY_PREDICT_PURCHASES: return loy_bgbb_expected_purchases(&usual, x[i], t_x[i], T[i], 4);
  case LOY_PREDICT_DERT: return loy_bgbb_dert(&usual, x[i], t_x[i], T[i], .1);
  case LOY_PREDICT_DECT: return loy_bgbb_dect(&usual, x[i], t_x[i], T[i], .1, 4);
  case LOY_PREDICT_PROBABILITY: return loy_bgbb_pmf_future(&usual, x[i], t_x[i], T[i], 2, 4);
  case LOY_PREDICT_RATE: return p;
  case LOY_PREDICT_DROPOUT: return theta;
  case LOY_PREDICT_NEW_PURCHASES: return loy_bgbb_expected_purchases_new(&usual, rows->t1[i]);
  case LOY_PREDICT_NEW_PROBABILITY: return loy_bgbb_pmf(&usual, rows->n[i], rows->t1[i]);
  default: return loy_bgbb_pmf_interval(&usual, rows->n[i], rows->t0[i], rows->t1[i]);
  }
}

/* Every quantity has the bits of its function; what is no whole number is named. */
static void test_predictions(void) {
  static const double n[ROWS] = {0, 1, 2, 3, 0}, t0[ROWS] = {0, 1, 2, 3, 4}, t1[ROWS] = {6, 6, 4, 5, 4};
  const loy_prediction_rows rows = columns(n, t0, t1);
  const loy_model model = given();
  double out[ROWS], half[1] = {0.5}, one[1] = {1}, two[1] = {2};
  loy_prediction_rows bad = columns(one, half, two);
  loy_batch_report report;
  loy_error error;
  for (int quantity = LOY_PREDICT_ALIVE; quantity <= LOY_PREDICT_NEW_INTERVAL; quantity++) {
    loy_prediction what;
    loy_prediction_init(&what, quantity);
    what.t = 4;
    what.delta = .1;
    what.n = 2;
    CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, &report, &error), LOY_OK);
    CU_ASSERT_EQUAL(report.bad, 0);
    for (size_t i = 0; i < ROWS; i++) CHECK_BITS(out[i], answer(quantity, i, &rows));
    what.t = 2.5;
    if (quantity == LOY_PREDICT_ALIVE || quantity == LOY_PREDICT_PURCHASES || quantity == LOY_PREDICT_DECT ||
        quantity == LOY_PREDICT_PROBABILITY) {
      CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, &report, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    } else {
      CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, &report, &error), LOY_OK);
    }
  }
  {
    loy_prediction what;
    loy_prediction_init(&what, LOY_PREDICT_NEW_INTERVAL);
    CHECK_STATUS(loy_prediction_batch(&model, &what, &bad, 1, out, &report, &error), LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t0", 0);
    bad.t1 = half;
    what.quantity = LOY_PREDICT_NEW_PURCHASES;
    CHECK_STATUS(loy_prediction_batch(&model, &what, &bad, 1, out, &report, &error), LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t1", 0);
    CU_ASSERT(isnan(out[0]));
    what.quantity = LOY_PREDICT_NEW_PROBABILITY;
    CHECK_STATUS(loy_prediction_batch(&model, &what, &bad, 1, out, &report, &error), LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t1", 0);
    bad.T = half;
    what.quantity = LOY_PREDICT_RATE;
    CHECK_STATUS(loy_prediction_batch(&model, &what, &bad, 1, out, &report, &error), LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 0);
  }
}

/* The delta method against a covariance of the parameters themselves: the mean of p of a new customer, alpha/(alpha +
 * beta), whose log odds have the variance of ln alpha - ln beta; and limits within [0, 1]. */
static void test_intervals(void) {
  const loy_model model = fitted();
  const double a = model.parameters[0], b = model.parameters[1], zero[1] = {0};
  const double *c = model.covariance;
  double estimate[ROWS], error_[ROWS], lower[ROWS], upper[ROWS], odds;
  loy_prediction_rows rows = columns(NULL, NULL, NULL);
  loy_prediction what;
  rows.x = rows.t_x = rows.T = zero;
  loy_prediction_init(&what, LOY_PREDICT_RATE);
  CHECK_STATUS(loy_prediction_interval_batch(&model, &what, &rows, 1, .95, estimate, error_, lower, upper, NULL, NULL),
               LOY_OK);
  odds = sqrt(c[0] / (a * a) + c[5] / (b * b) - 2.0 * c[1] / (a * b));
  CHECK_CLOSE(error_[0], estimate[0] * (1.0 - estimate[0]) * odds, 1e-8);
  rows = columns(NULL, NULL, NULL);
  for (int quantity = LOY_PREDICT_ALIVE; quantity <= LOY_PREDICT_DROPOUT; quantity++) {
    loy_prediction_init(&what, quantity);
    what.t = quantity == LOY_PREDICT_ALIVE ? 0 : 3;
    what.delta = .1;
    what.n = 1;
    CHECK_STATUS(
        loy_prediction_interval_batch(&model, &what, &rows, ROWS, .95, estimate, error_, lower, upper, NULL, NULL),
        LOY_OK);
    for (int i = 0; i < ROWS; i++) {
      CU_ASSERT(error_[i] > 0.0 && lower[i] < estimate[i] && estimate[i] < upper[i] && lower[i] > 0.0);
      if (quantity != LOY_PREDICT_PURCHASES && quantity != LOY_PREDICT_DERT && quantity != LOY_PREDICT_DECT)
        CU_ASSERT(upper[i] < 1.0);
    }
  }
}

/* The ends by adding up counts from 0. */
static void test_counts(void) {
  static const double ahead[4] = {0, 1, 12, 300}, levels[3] = {.5, .95, .999};
  const loy_model model = given();
  double lower[ROWS], upper[ROWS];
  loy_batch_report report;
  loy_error error;
  for (int h = 0; h < 4; h++)
    for (int l = 0; l < 3; l++) {
      CHECK_STATUS(
          loy_purchase_interval_batch(&model, x, t_x, T, ROWS, ahead[h], levels[l], NULL, lower, upper, &report, NULL),
          LOY_OK);
      CU_ASSERT_EQUAL(report.bad, 0);
      for (int i = 0; i < ROWS; i++) {
        double tail = (1 - levels[l]) / 2, below = 0.0, n = 0.0;
        for (; n < lower[i]; n++) below += loy_bgbb_pmf_future(&usual, x[i], t_x[i], T[i], n, ahead[h]);
        CU_ASSERT(below <= tail * (1 + 1e-9));
        for (; n < upper[i]; n++) {
          below += loy_bgbb_pmf_future(&usual, x[i], t_x[i], T[i], n, ahead[h]);
          if (n == lower[i]) CU_ASSERT(below > tail * (1 - 1e-9));
        }
        CU_ASSERT(upper[i] == lower[i] || 1 - below > tail * (1 - 1e-9));
        CU_ASSERT(1 - below - loy_bgbb_pmf_future(&usual, x[i], t_x[i], T[i], upper[i], ahead[h]) <=
                  tail * (1 + 1e-9) + 1e-15);
      }
    }
  CHECK_STATUS(loy_purchase_interval_batch(&model, x, t_x, T, ROWS, 0.5, .95, NULL, lower, upper, NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  {
    const double half[1] = {6.5};
    CHECK_STATUS(loy_purchase_interval_batch(&model, x, t_x, half, 1, 1, .95, NULL, lower, upper, &report, NULL),
                 LOY_OK);
    CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 0);
  }
}

/* A true model forecasts without bias, and its histogram is flat; wrong rows are named. */
static void test_holdout(void) {
  enum { MANY = 4000 };
  static double drawn_x[MANY], drawn_t_x[MANY], length[MANY], ahead[MANY], y[MANY], all_x[MANY], all_t_x[MANY],
      time[MANY * 9];
  static int64_t customer[MANY * 9];
  const loy_model model = given();
  double pit[10];
  size_t purchases = 0;
  loy_holdout found;
  loy_error error;
  for (int i = 0; i < MANY; i++) {
    length[i] = 9.0;
    ahead[i] = 3.0;
    drawn_x[i] = drawn_t_x[i] = y[i] = 0.0;
  }
  CHECK_STATUS(loy_bgbb_simulate(&usual, length, MANY, 9, NULL, all_x, all_t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgbb_simulate_log(&usual, length, MANY, 9, customer, time, MANY * 9, &purchases, NULL), LOY_OK);
  for (size_t k = 0; k < purchases; k++) {
    if (time[k] > 6.0) {
      y[customer[k]] += 1.0;
    } else {
      drawn_x[customer[k]] += 1.0;
      drawn_t_x[customer[k]] = time[k];
    }
  }
  for (int i = 0; i < MANY; i++) length[i] = 6.0;
  CHECK_STATUS(loy_model_holdout(&model, drawn_x, drawn_t_x, length, ahead, y, MANY, NULL, pit, &found, &error),
               LOY_OK);
  CHECK_NEAR(found.bias, 0.0, 0.06);
  for (int k = 0; k < 10; k++) CHECK_NEAR(pit[k], 0.1, 0.015);
  ahead[5] = 1.5;
  CHECK_STATUS(loy_model_holdout(&model, drawn_x, drawn_t_x, length, ahead, y, MANY, NULL, pit, &found, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "future_t", 5);
  length[4] = 6.5;
  CHECK_STATUS(loy_model_holdout(&model, drawn_x, drawn_t_x, length, ahead, y, MANY, NULL, pit, &found, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 4);
}

/* Standard errors of the bootstrap are those of the information; lengths are checked. */
static void test_bootstrap(void) {
  enum { MANY = 3000 };
  static double length[MANY];
  const loy_model model = given();
  loy_bgbb_fit_result fit;
  loy_bootstrap_options options;
  loy_bootstrap_result found;
  static double drawn_x[MANY], drawn_t_x[MANY];
  loy_error error;
  for (int i = 0; i < MANY; i++) length[i] = 8.0;
  CHECK_STATUS(loy_bgbb_simulate(&usual, length, MANY, 2, NULL, drawn_x, drawn_t_x, NULL, NULL), LOY_OK);
  CHECK_STATUS(loy_bgbb_fit(drawn_x, drawn_t_x, length, NULL, MANY, NULL, &fit, NULL), LOY_OK);
  loy_bootstrap_options_init(&options);
  options.replications = 100;
  options.level = .9;
  CHECK_STATUS(loy_model_bootstrap(&model, length, MANY, &options, NULL, NULL, &found, &error), LOY_OK);
  CU_ASSERT_EQUAL(found.used, 100);
  for (int k = 0; k < 4; k++) CHECK_CLOSE(found.std_error[k], fit.std_error[k], 0.5);
  length[7] = 0.5;
  CHECK_STATUS(loy_model_bootstrap(&model, length, MANY, &options, NULL, NULL, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 7);
}

static void test_file_and_information(void) {
  const loy_model model = fitted();
  char text[8192];
  size_t length = 0, count = 0;
  loy_model back;
  loy_information found;
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_BGBB), "bgbb");
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_BGBB), 4);
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_BGBB, 3), "delta");
  CHECK_STATUS(loy_model_write(&model, 1, text, sizeof text, &length, NULL), LOY_OK);
  CHECK_STATUS(loy_model_read(text, length, &back, 1, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count, 1);
  CU_ASSERT_EQUAL(memcmp(back.parameters, model.parameters, 4 * sizeof(double)), 0);
  CU_ASSERT_EQUAL(memcmp(back.covariance, model.covariance, 16 * sizeof(double)), 0);
  CHECK_STATUS(loy_model_information(&back, 0, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.aic, 2 * 33225.581274 + 8, 1e-10);
}

/* Margin times spend times discounted purchases; a horizon is whole, whoever asks. */
static void test_value(void) {
  const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
  static const double z[ROWS] = {0, 30, 20, 50, 0};
  double alive[ROWS], purchases[ROWS], each[ROWS], value[ROWS], error_[ROWS], low[ROWS], high[ROWS];
  loy_model model = fitted(), amount;
  loy_clv_options options;
  loy_clv one;
  loy_error error;
  loy_clv_options_init(&options);
  options.horizon = 5;
  options.discount_rate = .1;
  options.margin = .3;
  CHECK_STATUS(
      loy_clv_bgbb_batch(&usual, &spend, x, t_x, T, z, ROWS, &options, alive, purchases, each, value, NULL, NULL),
      LOY_OK);
  for (int i = 0; i < ROWS; i++) {
    CHECK_STATUS(loy_clv_bgbb(&usual, &spend, x[i], t_x[i], T[i], z[i], &options, &one, NULL), LOY_OK);
    CHECK_BITS(one.p_alive, loy_bgbb_palive(&usual, x[i], t_x[i], T[i], 0));
    CHECK_BITS(one.expected_purchases, loy_bgbb_expected_purchases(&usual, x[i], t_x[i], T[i], 5));
    CHECK_CLOSE(one.clv, .3 * one.expected_spend * loy_bgbb_dect(&usual, x[i], t_x[i], T[i], log(1.1), 5), 1e-13);
    CHECK_BITS(one.clv, value[i]);
    CHECK_BITS(one.p_alive, alive[i]);
  }
  loy_model_init(&amount, LOY_MODEL_GAMMA_GAMMA);
  amount.has_covariance = 1;
  for (int i = 0; i < 9; i++) amount.covariance[i] = i % 4 == 0 ? 1e-2 : 0.0;
  memcpy(amount.parameters, &spend, sizeof spend);
  CHECK_STATUS(
      loy_clv_interval_batch(&model, &amount, x, t_x, T, z, ROWS, .95, &options, value, error_, low, high, NULL, NULL),
      LOY_OK);
  CU_ASSERT(low[1] < value[1] && value[1] < high[1]);
  options.horizon = 5.5;
  CHECK_STATUS(loy_clv_bgbb(&usual, &spend, 1, 1, 2, 3, &options, &one, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  CHECK_STATUS(
      loy_clv_bgbb_batch(&usual, &spend, x, t_x, T, z, ROWS, &options, alive, purchases, each, value, NULL, &error),
      LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  CHECK_STATUS(loy_clv_interval_batch(&model, &amount, x, t_x, T, z, ROWS, .95, &options, value, error_, low, high,
                                      NULL, &error),
               LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "horizon", LOY_NO_INDEX);
  loy_clv_options_init(&options);
  options.discount_rate = .1;
  CHECK_STATUS(loy_clv_bgbb(&usual, &spend, 1, 1, 2, 3, &options, &one, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "gamma", LOY_NO_INDEX);
  CU_ASSERT(isinf(one.expected_purchases) && isfinite(one.clv));
}

SUITE(btyd, bgbb_questions) {
  ADD(test_predictions);
  ADD(test_intervals);
  ADD(test_counts);
  ADD(test_holdout);
  ADD(test_bootstrap);
  ADD(test_file_and_information);
  ADD(test_value);
}
