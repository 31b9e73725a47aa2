/* Lifetime value with its uncertainty: the value is that of clv.h, the relative variance the sum of its factors'. */
#include "../btyd/prediction_models.h"

#include "loyalty/value/clv_interval.h"

enum { ROWS = 4 };
static const double X[ROWS] = {2, 0, 30, 7}, TX[ROWS] = {30.43, 0, 20, 38}, T[ROWS] = {38.86, 38.86, 39, 38};
static const double Z[ROWS] = {20, 0, 35.5, 12};

static loy_clv_options usual(void) {
  loy_clv_options options;
  loy_clv_options_init(&options);
  options.margin = .3;
  options.discount_rate = .1;
  options.discount_period = LOY_TIME_YEAR;
  options.time_unit = LOY_TIME_WEEK;
  return options;
}

#define OWN(M)                                                                                                         \
  do {                                                                                                                 \
    loy_##M##_params params;                                                                                           \
    memcpy(&params, model->parameters, sizeof params);                                                                 \
    CHECK_STATUS(loy_clv_##M##_batch(&params, &spend, X, TX, T, Z, ROWS, options, a, b, c, clv, NULL, NULL), LOY_OK);  \
  } while (0)

static void own(const loy_model *model, const loy_clv_options *options, double *clv) {
  const loy_gamma_gamma_params spend = {6.25, 3.74, 15.44};
  double a[ROWS], b[ROWS], c[ROWS];
  switch (model->kind) {
  case LOY_MODEL_BGNBD: OWN(bgnbd); return;
  case LOY_MODEL_MBGNBD: OWN(mbgnbd); return;
  case LOY_MODEL_PNBD: OWN(pnbd); return;
  case LOY_MODEL_NBD: OWN(nbd); return;
  default: OWN(ggomnbd); return;
  }
}

static void test_product(void) {
  loy_model spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = X;
  rows.t_x = TX;
  rows.T = T;
  rows.z = Z;
  for (int k = 0; k < PREDICTION_MODELS; k++) {
    loy_model model = prediction_model(prediction_kinds[k]);
    loy_clv_options options = usual();
    loy_prediction dect, mean = prediction_of(LOY_PREDICT_SPEND, 0, 0, 0);
    double clv[ROWS], error[ROWS], lower[ROWS], upper[ROWS], plain[ROWS], delta;
    double one[ROWS], one_error[ROWS], two[ROWS], two_error[ROWS], low[ROWS], high[ROWS];
    loy_batch_report report;
    options.horizon = 52;
    own(&model, &options, plain);
    CHECK_STATUS(loy_clv_interval_batch(&model, &spend, X, TX, T, Z, ROWS, .9, &options, clv, error, lower, upper,
                                        &report, NULL),
                 LOY_OK);
    CU_ASSERT(report.bad == 0);
    CHECK_STATUS(loy_discount_delta(.1, LOY_TIME_YEAR, LOY_TIME_WEEK, &delta, NULL), LOY_OK);
    dect = prediction_of(LOY_PREDICT_DECT, 52, delta, 0);
    CHECK_STATUS(loy_prediction_interval_batch(&model, &dect, &rows, ROWS, .9, one, one_error, low, high, NULL, NULL),
                 LOY_OK);
    CHECK_STATUS(loy_prediction_interval_batch(&spend, &mean, &rows, ROWS, .9, two, two_error, low, high, NULL, NULL),
                 LOY_OK);
    for (int i = 0; i < ROWS; i++) {
      double relative = hypot(one_error[i] / one[i], two_error[i] / two[i]);
      CHECK_BITS(clv[i], plain[i]);
      CHECK_CLOSE(error[i], clv[i] * relative, 1e-14);
      CHECK_CLOSE(upper[i], clv[i] * exp(1.6448536269514722 * relative), 1e-12);
      CHECK_CLOSE(lower[i], clv[i] / exp(1.6448536269514722 * relative), 1e-12);
    }
  }
}

/* Bad rows of either model, more rows than a block, threads, no end, and a value of 0. */
static void test_rows(void) {
  enum { MANY = 600 };
  double x[MANY], t_x[MANY], length[MANY], z[MANY], one[4][MANY], three[4][MANY];
  loy_model model = prediction_model(LOY_MODEL_PNBD), spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_clv_options options = usual();
  loy_batch_report report;
  for (int i = 0; i < MANY; i++) {
    x[i] = i % 17;
    t_x[i] = i % 17 ? i % 29 : 0;
    length[i] = 40.0;
    z[i] = i % 17 ? 5 + i % 7 : 0;
  }
  length[500] = -1;
  z[400] = -1;
  CU_ASSERT(x[400] > 0);
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, x, t_x, length, z, MANY, .9, &options, one[0], one[1], one[2],
                                      one[3], &report, NULL),
               LOY_OK);
  CU_ASSERT(report.bad == 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "z", 400);
  for (int j = 0; j < 4; j++) CU_ASSERT(isnan(one[j][400]) && isnan(one[j][500]) && one[j][599] > 0);
  options.threads = 3;
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, x, t_x, length, z, MANY, .9, &options, three[0], three[1],
                                      three[2], three[3], NULL, NULL),
               LOY_OK);
  for (int j = 0; j < 4; j++)
    for (int i = 0; i < MANY; i++) CHECK_BITS(three[j][i], one[j][i]);
  options.margin = 0;
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, x, t_x, length, z, 9, .9, &options, one[0], one[1], one[2],
                                      one[3], NULL, NULL),
               LOY_OK);
  for (int j = 0; j < 4; j++) CHECK_BITS(one[j][8], 0.0);
}

static void test_notices(void) {
  loy_model model = prediction_model(LOY_MODEL_NBD), spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_clv_options options = usual();
  double out[4][ROWS];
  loy_error error;
  model.covariance[0] = NAN;
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, X, TX, T, Z, ROWS, .9, &options, out[0], out[1], out[2], out[3],
                                      NULL, &error),
               LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, "covariance", 0);
  spend.parameters[1] = .5;
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, X, TX, T, Z, ROWS, .9, &options, out[0], out[1], out[2], out[3],
                                      NULL, &error),
               LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", 1);
  CU_ASSERT(isinf(out[0][1]) && isnan(out[1][1]) && isnan(out[2][1]) && isnan(out[3][1]) && out[1][0] > 0);
}

static void test_errors(void) {
  loy_model model = prediction_model(LOY_MODEL_GAMMA_GAMMA), spend = prediction_model(LOY_MODEL_PNBD);
  loy_clv_options options;
  double out[4] = {7, 7, 7, 7};
  loy_error error;
#define FAILS(STATUS, ARGUMENT, MODEL, SPEND, A, B, C, D, LEVEL, E, F, G, H)                                           \
  CHECK_STATUS(loy_clv_interval_batch(MODEL, SPEND, A, B, C, D, 1, LEVEL, &options, E, F, G, H, NULL, &error),         \
               STATUS);                                                                                                \
  CHECK_ERROR(&error, STATUS, ARGUMENT, LOY_NO_INDEX)
#define CALL(STATUS, ARGUMENT) FAILS(STATUS, ARGUMENT, &model, &spend, X, TX, T, Z, .9, NULL, NULL, NULL, NULL)
  loy_clv_options_init(&options);
  options.struct_size = 0;
  options.margin = options.horizon = options.discount_rate = -1;
  options.discount_period = options.time_unit = 99;
  options.threads = -1;
  FAILS(LOY_ERR_ARGUMENT, "model", NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "kind", &model, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  model = prediction_model(LOY_MODEL_NBD);
  model.parameters[1] = -1;
  FAILS(LOY_ERR_DOMAIN, "alpha", &model, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  model = prediction_model(LOY_MODEL_NBD);
  FAILS(LOY_ERR_ARGUMENT, "spend", &model, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "kind", &model, &spend, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  spend.parameters[1] = -1;
  FAILS(LOY_ERR_DOMAIN, "q", &model, &spend, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  FAILS(LOY_ERR_ARGUMENT, "x", &model, &spend, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "t_x", &model, &spend, X, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "T", &model, &spend, X, TX, NULL, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "z", &model, &spend, X, TX, T, NULL, 0, NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_DOMAIN, "level", &model, &spend, X, TX, T, Z, 0, NULL, NULL, NULL, NULL);
  CALL(LOY_ERR_ARGUMENT, "options");
  options.struct_size = sizeof options;
  CALL(LOY_ERR_DOMAIN, "margin");
  options.margin = 1;
  CALL(LOY_ERR_DOMAIN, "horizon");
  options.horizon = HUGE_VAL;
  CALL(LOY_ERR_DOMAIN, "discount_rate");
  options.discount_rate = 0;
  CALL(LOY_ERR_ARGUMENT, "discount_period");
  options.discount_period = LOY_TIME_YEAR;
  CALL(LOY_ERR_ARGUMENT, "time_unit");
  options.time_unit = LOY_TIME_WEEK;
  CALL(LOY_ERR_ARGUMENT, "threads");
  options.threads = 1;
  CALL(LOY_ERR_DOMAIN, "discount_rate");
  options.discount_rate = .1;
  model.has_covariance = 0;
  CALL(LOY_ERR_STATE, "covariance");
  model.has_covariance = 1;
  spend.has_covariance = 0;
  CALL(LOY_ERR_STATE, "covariance");
  spend.has_covariance = 1;
  CALL(LOY_ERR_ARGUMENT, "clv");
  FAILS(LOY_ERR_ARGUMENT, "std_error", &model, &spend, X, TX, T, Z, .9, out, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "lower", &model, &spend, X, TX, T, Z, .9, out, out + 1, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "upper", &model, &spend, X, TX, T, Z, .9, out, out + 1, out + 2, NULL);
  for (int i = 0; i < 4; i++) CHECK_BITS(out[i], 7.0);
  CHECK_STATUS(loy_clv_interval_batch(&model, &spend, NULL, NULL, NULL, NULL, 0, .9, &options, NULL, NULL, NULL, NULL,
                                      NULL, NULL),
               LOY_OK);
#undef FAILS
#undef CALL
}

SUITE(value, clv_interval) {
  ADD(test_product);
  ADD(test_rows);
  ADD(test_notices);
  ADD(test_errors);
}
