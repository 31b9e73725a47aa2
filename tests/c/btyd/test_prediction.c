/* One question for any model: the same bits as the functions of each model, and the order of errors. */
#include "prediction_models.h"

#include "loyalty/btyd/prediction.h"

enum { ROWS = 5 };
static const double X[ROWS] = {2, 0, 30, 1, 7}, TX[ROWS] = {30.43, 0, 20, 1, 38}, T[ROWS] = {38.86, 38.86, 39, 30, 38};
static const double Z[ROWS] = {20, 0, 35.5, 7, 12}, N[ROWS] = {0, 1, 2, 5, 1}, T0[ROWS] = {0, 1, 5, 1, 3};
static const double T1[ROWS] = {39, 10, 26, 0, 30};

static loy_prediction_rows all_rows(void) {
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.x = X;
  rows.t_x = TX;
  rows.T = T;
  rows.z = Z;
  rows.n = N;
  rows.t0 = T0;
  rows.t1 = T1;
  return rows;
}

/* A model's own functions, by their names. */
#define OWN(M, COUNT)                                                                                                  \
  static double own_##M(const loy_model *model, const loy_prediction *what, int i) {                                   \
    loy_##M##_params params;                                                                                           \
    double rate, dropout;                                                                                              \
    memcpy(&params, model->parameters, sizeof params);                                                                 \
    switch (what->quantity) {                                                                                          \
    case LOY_PREDICT_ALIVE: return loy_##M##_palive(&params, X[i], TX[i], T[i], what->t);                              \
    case LOY_PREDICT_PURCHASES: return loy_##M##_expected_purchases(&params, X[i], TX[i], T[i], what->t);              \
    case LOY_PREDICT_DERT: return loy_##M##_dert(&params, X[i], TX[i], T[i], what->delta);                             \
    case LOY_PREDICT_DECT: return loy_##M##_dect(&params, X[i], TX[i], T[i], what->delta, what->t);                    \
    case LOY_PREDICT_PROBABILITY: return loy_##M##_pmf_future(&params, X[i], TX[i], T[i], what->n, what->t);           \
    case LOY_PREDICT_NEW_PURCHASES: return loy_##M##_expected_purchases_new(&params, T1[i]);                           \
    case LOY_PREDICT_NEW_PROBABILITY: return loy_##M##_pmf(&params, N[i], T1[i]);                                      \
    case LOY_PREDICT_NEW_INTERVAL: return loy_##M##_pmf_interval(&params, N[i], T0[i], T1[i]);                         \
    default: break;                                                                                                    \
    }                                                                                                                  \
    CHECK_STATUS(loy_##M##_posterior(&params, X[i], TX[i], T[i], &rate, &dropout, NULL), LOY_OK);                      \
    return what->quantity == LOY_PREDICT_RATE ? rate : dropout;                                                        \
  }
OWN(bgnbd, 4)
OWN(mbgnbd, 4)
OWN(pnbd, 4)
OWN(nbd, 2)
OWN(ggomnbd, 5)

static double own(const loy_model *model, const loy_prediction *what, int i) {
  switch (model->kind) {
  case LOY_MODEL_BGNBD: return own_bgnbd(model, what, i);
  case LOY_MODEL_MBGNBD: return own_mbgnbd(model, what, i);
  case LOY_MODEL_PNBD: return own_pnbd(model, what, i);
  case LOY_MODEL_NBD: return own_nbd(model, what, i);
  default: return own_ggomnbd(model, what, i);
  }
}

static void test_same_bits(void) {
  loy_prediction_rows rows = all_rows();
  loy_error error;
  for (int k = 0; k < PREDICTION_MODELS; k++) {
    loy_model model = prediction_model(prediction_kinds[k]);
    for (int quantity = LOY_PREDICT_ALIVE; quantity <= LOY_PREDICT_NEW_INTERVAL; quantity++) {
      loy_prediction what = prediction_of(quantity, 39, .0027, 2);
      loy_batch_report report;
      double out[ROWS];
      CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, &report, &error), LOY_OK);
      CU_ASSERT(report.bad == (quantity == LOY_PREDICT_NEW_INTERVAL)); /* its row 3 ends before it begins */
      for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], own(&model, &what, i));
    }
  }
}

static void test_spend(void) {
  const loy_gamma_gamma_params params = {6.25, 3.74, 15.44};
  loy_model model = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_prediction what = prediction_of(LOY_PREDICT_SPEND, 0, 0, 0);
  loy_prediction_rows rows = all_rows();
  loy_error error;
  double out[ROWS];
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], loy_gamma_gamma_expected_spend(&params, X[i], Z[i]));
  what.quantity = LOY_PREDICT_RATE;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, NULL, NULL), LOY_OK);
  for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], loy_gamma_gamma_posterior(&params, X[i], Z[i]));
  what.quantity = LOY_PREDICT_SPEND;
  model.parameters[1] = .5;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, ROWS, out, NULL, &error), LOY_NOTICE_DIVERGES);
  CHECK_ERROR(&error, LOY_NOTICE_DIVERGES, "q", 1);
  CHECK_BITS(out[1], HUGE_VAL);
}

/* Bad rows are NaN and counted, also where an output is an input; threads change nothing. */
static void test_rows(void) {
  enum { MANY = 300 };
  double x[MANY], t_x[MANY], length[MANY], one[MANY], four[MANY];
  loy_model model = prediction_model(LOY_MODEL_PNBD);
  loy_prediction what = prediction_of(LOY_PREDICT_PURCHASES, 39, 0, 0);
  loy_prediction_rows rows;
  loy_batch_report report;
  loy_prediction_rows_init(&rows);
  for (int i = 0; i < MANY; i++) {
    x[i] = i % 17;
    t_x[i] = i % 17 ? i % 29 : 0;
    length[i] = i == 200 ? -1.0 : 40.0;
  }
  rows.x = x;
  rows.t_x = t_x;
  rows.T = length;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, MANY, one, &report, NULL), LOY_OK);
  CU_ASSERT(report.bad == 1);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "T", 200);
  CU_ASSERT(isnan(one[200]));
  what.threads = 4;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, MANY, four, NULL, NULL), LOY_OK);
  for (int i = 0; i < MANY; i++) CHECK_BITS(four[i], one[i]);
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, MANY, x, &report, NULL), LOY_OK);
  CU_ASSERT(report.bad == 1);
  for (int i = 0; i < MANY; i++) CHECK_BITS(x[i], one[i]);
}

static void test_bad_rows_by_name(void) {
  static const double bad = -1.0, fine = 1.0;
  loy_model model = prediction_model(LOY_MODEL_NBD), spend = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  loy_prediction what = prediction_of(LOY_PREDICT_NEW_PURCHASES, 0, 0, 0);
  loy_prediction_rows rows;
  loy_batch_report report;
  double out;
  loy_prediction_rows_init(&rows);
  rows.t1 = &bad;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, 1, &out, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t1", 0);
  rows.n = &bad;
  what.quantity = LOY_PREDICT_NEW_PROBABILITY;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, 1, &out, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "n", 0);
  rows.n = &fine;
  rows.t0 = &bad;
  what.quantity = LOY_PREDICT_NEW_INTERVAL;
  CHECK_STATUS(loy_prediction_batch(&model, &what, &rows, 1, &out, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t0", 0);
  rows.x = &fine;
  rows.z = &bad;
  what.quantity = LOY_PREDICT_SPEND;
  CHECK_STATUS(loy_prediction_batch(&spend, &what, &rows, 1, &out, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "z", 0);
  CU_ASSERT(isnan(out));
}

/* What comes right is put right, one after the other. */
static void test_errors(void) {
  static const char *names[] = {"r", "alpha", "b", "s", "beta"};
  loy_model model = prediction_model(LOY_MODEL_GGOMNBD);
  loy_prediction what = prediction_of(0, -1, -1, .5);
  loy_prediction_rows rows;
  loy_error error;
  double out[ROWS] = {7, 7, 7, 7, 7};
#define FAILS(STATUS, ARGUMENT, MODEL, WHAT, ROWS_, OUT)                                                               \
  CHECK_STATUS(loy_prediction_batch(MODEL, WHAT, ROWS_, ROWS, OUT, NULL, &error), STATUS);                             \
  CHECK_ERROR(&error, STATUS, ARGUMENT, LOY_NO_INDEX)
  for (int i = 0; i < 5; i++) model.parameters[i] = -model.parameters[i];
  model.kind = 99;
  FAILS(LOY_ERR_ARGUMENT, "model", NULL, NULL, NULL, NULL);
  FAILS(LOY_ERR_ARGUMENT, "kind", &model, NULL, NULL, NULL);
  model.kind = LOY_MODEL_GGOMNBD;
  for (int i = 0; i < 5; i++) {
    FAILS(LOY_ERR_DOMAIN, names[i], &model, NULL, NULL, NULL);
    model.parameters[i] = -model.parameters[i];
  }
  FAILS(LOY_ERR_ARGUMENT, "what", &model, NULL, NULL, NULL);
  what.struct_size = 0;
  FAILS(LOY_ERR_ARGUMENT, "what", &model, &what, NULL, NULL);
  what.struct_size = sizeof what;
  FAILS(LOY_ERR_ARGUMENT, "quantity", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_SPEND + 1;
  FAILS(LOY_ERR_ARGUMENT, "quantity", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_SPEND;
  FAILS(LOY_ERR_ARGUMENT, "quantity", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_ALIVE;
  FAILS(LOY_ERR_DOMAIN, "t", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_PURCHASES;
  FAILS(LOY_ERR_DOMAIN, "t", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_DERT;
  FAILS(LOY_ERR_DOMAIN, "delta", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_DECT;
  FAILS(LOY_ERR_DOMAIN, "delta", &model, &what, NULL, NULL);
  what.delta = 0;
  what.t = HUGE_VAL;
  FAILS(LOY_ERR_DOMAIN, "t", &model, &what, NULL, NULL);
  what.quantity = LOY_PREDICT_PROBABILITY;
  FAILS(LOY_ERR_DOMAIN, "n", &model, &what, NULL, NULL);
  what.n = 1;
  FAILS(LOY_ERR_DOMAIN, "t", &model, &what, NULL, NULL);
  what.t = 39;
  what.threads = -1;
  FAILS(LOY_ERR_ARGUMENT, "threads", &model, &what, NULL, NULL);
  what.threads = 1;
  FAILS(LOY_ERR_ARGUMENT, "rows", &model, &what, NULL, NULL);
  loy_prediction_rows_init(&rows);
  FAILS(LOY_ERR_ARGUMENT, "x", &model, &what, &rows, NULL);
  rows.x = X;
  FAILS(LOY_ERR_ARGUMENT, "t_x", &model, &what, &rows, NULL);
  rows.t_x = TX;
  FAILS(LOY_ERR_ARGUMENT, "T", &model, &what, &rows, NULL);
  rows.T = T;
  FAILS(LOY_ERR_ARGUMENT, "out", &model, &what, &rows, NULL);
  what.quantity = LOY_PREDICT_NEW_PURCHASES;
  FAILS(LOY_ERR_ARGUMENT, "t1", &model, &what, &rows, out);
  what.quantity = LOY_PREDICT_NEW_PROBABILITY;
  FAILS(LOY_ERR_ARGUMENT, "n", &model, &what, &rows, out);
  what.quantity = LOY_PREDICT_NEW_INTERVAL;
  rows.n = N;
  FAILS(LOY_ERR_ARGUMENT, "t0", &model, &what, &rows, out);
  model = prediction_model(LOY_MODEL_GAMMA_GAMMA);
  FAILS(LOY_ERR_ARGUMENT, "quantity", &model, &what, &rows, out);
  what.quantity = LOY_PREDICT_SPEND;
  FAILS(LOY_ERR_ARGUMENT, "z", &model, &what, &rows, out);
  for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], 7.0);
  CHECK_STATUS(loy_prediction_batch(&model, &what, NULL, 0, NULL, NULL, NULL), LOY_OK);
  loy_prediction_init(NULL, 1);
  loy_prediction_rows_init(NULL);
#undef FAILS
}

SUITE(btyd, prediction) {
  ADD(test_same_bits);
  ADD(test_spend);
  ADD(test_rows);
  ADD(test_bad_rows_by_name);
  ADD(test_errors);
}
