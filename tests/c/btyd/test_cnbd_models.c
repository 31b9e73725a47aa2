/* BG/CNBD-k and MBG/CNBD-k as a loy_model: in files, behind one door, with intervals that never vary k, in bootstraps
 * that keep it, and against a holdout. */
#include "check.h"

static loy_model model_of(int kind) {
  const double values[5] = {.8, 3.0, .9, 2.5, 3.0};
  loy_model model;
  loy_model_init(&model, kind);
  for (int i = 0; i < 5; i++) model.parameters[i] = values[i];
  for (int i = 0; i < 25; i++) model.covariance[i] = 0.0;
  for (int i = 0; i < 4; i++) model.covariance[6 * i] = .01 * values[i] * values[i];
  model.has_covariance = 1;
  return model;
}

static loy_bgcnbd_params params_of(const loy_model *model) {
  loy_bgcnbd_params params;
  memcpy(&params, model->parameters, sizeof params);
  return params;
}

static void test_file(void) {
  loy_model written[2] = {model_of(LOY_MODEL_BGCNBD), model_of(LOY_MODEL_MBGCNBD)}, read[2];
  char text[8192];
  size_t length = 0, count = 0;
  CU_ASSERT_STRING_EQUAL(loy_model_name(10), "bgcnbd");
  CU_ASSERT_STRING_EQUAL(loy_model_name(11), "mbgcnbd");
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_MBGCNBD), 5);
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_BGCNBD, 4), "k");
  CHECK_STATUS(loy_model_write(written, 2, text, sizeof text, &length, NULL), LOY_OK);
  CHECK_STATUS(loy_model_read(text, length, read, 2, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL(count, 2);
  for (int m = 0; m < 2; m++) {
    CU_ASSERT_EQUAL(read[m].kind, written[m].kind);
    for (int i = 0; i < 5; i++) CHECK_BITS(read[m].parameters[i], written[m].parameters[i]);
    for (int i = 0; i < 25; i++) CHECK_BITS(read[m].covariance[i], written[m].covariance[i]);
  }
}

static void test_prediction(void) {
  const double x[3] = {0, 2, 9}, t_x[3] = {0, 20, 35}, T[3] = {30, 38, 39}, t1[3] = {5, 20, 60}, n[3] = {0, 1, 3},
               t0[3] = {1, 2, 3};
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  rows.t1 = t1;
  rows.t0 = t0;
  rows.n = n;
  for (int kind = LOY_MODEL_BGCNBD; kind <= LOY_MODEL_MBGCNBD; kind++) {
    loy_model model = model_of(kind);
    loy_bgcnbd_params p = params_of(&model);
    int zero = kind == LOY_MODEL_MBGCNBD;
    for (int quantity = LOY_PREDICT_ALIVE; quantity <= LOY_PREDICT_NEW_INTERVAL; quantity++) {
      loy_prediction what;
      double out[3], own = NAN, other = NAN;
      loy_prediction_init(&what, quantity);
      what.t = 13.0;
      what.delta = .01;
      what.n = 2.0;
      CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, 3, out, NULL, NULL), LOY_OK);
      for (int i = 0; i < 3; i++) {
#define OWN(f, ...) (zero ? loy_mbgcnbd_##f(&p, __VA_ARGS__) : loy_bgcnbd_##f(&p, __VA_ARGS__))
        switch (quantity) {
        case LOY_PREDICT_ALIVE: own = OWN(palive, x[i], t_x[i], T[i], 13.0); break;
        case LOY_PREDICT_PURCHASES: own = OWN(expected_purchases, x[i], t_x[i], T[i], 13.0); break;
        case LOY_PREDICT_DERT: own = OWN(dert, x[i], t_x[i], T[i], .01); break;
        case LOY_PREDICT_DECT: own = OWN(dect, x[i], t_x[i], T[i], .01, 13.0); break;
        case LOY_PREDICT_PROBABILITY: own = OWN(pmf_future, x[i], t_x[i], T[i], 2.0, 13.0); break;
        case LOY_PREDICT_RATE: (void)OWN(posterior, x[i], t_x[i], T[i], &own, &other, NULL); break;
        case LOY_PREDICT_DROPOUT: (void)OWN(posterior, x[i], t_x[i], T[i], &other, &own, NULL); break;
        case LOY_PREDICT_NEW_PURCHASES: own = OWN(expected_purchases_new, t1[i]); break;
        case LOY_PREDICT_NEW_PROBABILITY: own = OWN(pmf, n[i], t1[i]); break;
        default: own = OWN(pmf_interval, n[i], t0[i], t1[i]); break;
        }
#undef OWN
        CHECK_BITS(out[i], own);
      }
    }
    model.parameters[4] = 2.5;
    {
      loy_prediction what;
      double out[3] = {-7, -7, -7};
      loy_error error;
      loy_prediction_init(&what, LOY_PREDICT_ALIVE);
      CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, 3, out, NULL, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX);
      CU_ASSERT_EQUAL(out[0], -7);
    }
  }
}

/* With independent errors of a tenth the variance of ln E is .01 times the sum of the squared elasticities. */
static void test_interval(void) {
  const double x[1] = {4}, t_x[1] = {30}, T[1] = {38};
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = x;
  rows.t_x = t_x;
  rows.T = T;
  for (int kind = LOY_MODEL_BGCNBD; kind <= LOY_MODEL_MBGCNBD; kind++) {
    loy_model model = model_of(kind);
    loy_prediction what;
    double estimate, std_error, lower, upper, variance = 0.0, value[2];
    loy_prediction_init(&what, LOY_PREDICT_PURCHASES);
    what.t = 26.0;
    CHECK_STATUS(
        loy_prediction_interval_batch(&model, &what, &rows, 1, .95, &estimate, &std_error, &lower, &upper, NULL, NULL),
        LOY_OK);
    for (int i = 0; i < 4; i++) {
      for (int side = 0; side < 2; side++) {
        loy_model moved = model;
        moved.parameters[i] *= side ? exp(1e-5) : exp(-1e-5);
        CHECK_STATUS(loy_prediction_batch(&moved, &what, &rows, 1, &value[side], NULL, NULL), LOY_OK);
      }
      variance += .01 * pow((log(value[1]) - log(value[0])) / 2e-5, 2.0);
    }
    CHECK_CLOSE(std_error, estimate * sqrt(variance), 1e-6);
    CU_ASSERT(lower < estimate && estimate < upper);
  }
}

/* The ends are quantiles of the model's own probabilities. */
static void test_purchase_interval(void) {
  const double x[2] = {1, 9}, t_x[2] = {20, 35}, T[2] = {30, 39};
  double lower[2], upper[2];
  for (int kind = LOY_MODEL_BGCNBD; kind <= LOY_MODEL_MBGCNBD; kind++) {
    loy_model model = model_of(kind);
    loy_bgcnbd_params p = params_of(&model);
    CHECK_STATUS(loy_purchase_interval_batch(&model, x, t_x, T, 2, 52.0, .9, NULL, lower, upper, NULL, NULL), LOY_OK);
    for (int i = 0; i < 2; i++) {
      double upto = 0.0, low = -1.0, high = -1.0;
      for (double n = 0.0; high < 0.0; n += 1.0) {
        upto += kind == LOY_MODEL_BGCNBD ? loy_bgcnbd_pmf_future(&p, x[i], t_x[i], T[i], n, 52.0)
                                         : loy_mbgcnbd_pmf_future(&p, x[i], t_x[i], T[i], n, 52.0);
        if (low < 0.0 && upto >= .05) low = n;
        if (upto >= .95) high = n;
      }
      CU_ASSERT_EQUAL(lower[i], low);
      CU_ASSERT_EQUAL(upper[i], high);
    }
  }
}

static void test_bootstrap_and_holdout(void) {
  enum { N = 400, R = 9 };
  static double T[N], x[N], t_x[N], ahead[N], y[N], draws[R * 5];
  for (int i = 0; i < N; i++) {
    T[i] = 30.0 + .01 * i;
    ahead[i] = 10.0;
  }
  for (int kind = LOY_MODEL_BGCNBD; kind <= LOY_MODEL_MBGCNBD; kind++) {
    loy_model model = model_of(kind);
    loy_bgcnbd_params p = params_of(&model);
    loy_bootstrap_options options;
    loy_bootstrap_result result;
    loy_holdout holdout;
    loy_bootstrap_options_init(&options);
    options.replications = R;
    options.level = .7;
    CU_ASSERT_FALSE(loy_status_is_error(loy_model_bootstrap(&model, T, N, &options, draws, NULL, &result, NULL)));
    for (int i = 0; i < R; i++) CU_ASSERT(draws[5 * i + 4] == 3.0 && draws[5 * i] > 0.0);
    CU_ASSERT(result.used > 0 && result.std_error[0] > 0.0 && result.std_error[4] == 0.0);
    CHECK_STATUS(kind == LOY_MODEL_BGCNBD ? loy_bgcnbd_simulate(&p, T, N, 1, NULL, x, t_x, NULL, NULL, NULL)
                                          : loy_mbgcnbd_simulate(&p, T, N, 1, NULL, x, t_x, NULL, NULL, NULL),
                 LOY_OK);
    for (int i = 0; i < N; i++) y[i] = 0.0;
    CHECK_STATUS(loy_model_holdout(&model, x, t_x, T, ahead, y, N, NULL, NULL, &holdout, NULL), LOY_OK);
    CU_ASSERT(holdout.actual == 0.0 && holdout.expected > 1.0 && holdout.log_score > 0.0);
  }
}

/* k counts as estimated unless the caller says that it was given. */
static void test_information(void) {
  loy_model model = model_of(LOY_MODEL_BGCNBD);
  loy_information all, without;
  model.log_likelihood = -1000.0;
  model.customers = 400.0;
  CHECK_STATUS(loy_model_information(&model, 0, &all, NULL), LOY_OK);
  CHECK_STATUS(loy_model_information(&model, 1, &without, NULL), LOY_OK);
  CU_ASSERT_EQUAL(all.free_params, 5);
  CU_ASSERT_EQUAL(without.free_params, 4);
  CHECK_CLOSE(all.aic, 2010.0, 1e-15);
}

static void test_clv(void) {
  const loy_bgcnbd_params p = {.8, 3.0, .9, 2.5, 3.0};
  const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
  const double x[2] = {0, 4}, t_x[2] = {0, 30}, T[2] = {30, 38}, z[2] = {0, 35};
  double alive[2], expected[2], each[2], value[2];
  loy_clv_options options;
  loy_clv one;
  loy_clv_options_init(&options);
  options.horizon = 52.0;
  CHECK_STATUS(loy_clv_bgcnbd(&p, &spend, 4, 30, 38, 35, &options, &one, NULL), LOY_OK);
  CHECK_CLOSE(one.clv, one.expected_spend * loy_bgcnbd_expected_purchases(&p, 4, 30, 38, 52), 1e-14);
  CHECK_STATUS(loy_clv_bgcnbd_batch(&p, &spend, x, t_x, T, z, 2, &options, alive, expected, each, value, NULL, NULL),
               LOY_OK);
  CHECK_BITS(value[1], one.clv);
  CHECK_STATUS(loy_clv_mbgcnbd(&p, &spend, 4, 30, 38, 35, &options, &one, NULL), LOY_OK);
  CHECK_BITS(one.p_alive, loy_mbgcnbd_palive(&p, 4, 30, 38, 0));
  CHECK_STATUS(loy_clv_mbgcnbd_batch(&p, &spend, x, t_x, T, z, 2, &options, alive, expected, each, value, NULL, NULL),
               LOY_OK);
  CHECK_BITS(value[1], one.clv);
}

SUITE(btyd, cnbd_models) {
  ADD(test_file);
  ADD(test_prediction);
  ADD(test_interval);
  ADD(test_purchase_interval);
  ADD(test_bootstrap_and_holdout);
  ADD(test_information);
  ADD(test_clv);
}
