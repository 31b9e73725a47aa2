/* Models of contracts behind one door: predictions with their intervals, the bootstrap, the model file, and the test of
 * sBG in BdW. */
#include "check.h"

#include "loyalty/btyd/bdw_fit.h"
#include "loyalty/btyd/bootstrap.h"
#include "loyalty/btyd/holdout.h"
#include "loyalty/btyd/information.h"
#include "loyalty/btyd/prediction_interval.h"
#include "loyalty/btyd/purchase_interval.h"
#include "loyalty/btyd/sbg_fit.h"

enum { ROWS = 4 };
static const double N[ROWS] = {1, 2, 7, 300}, T1[ROWS] = {0, 1, 12, 5};
static const loy_sbg_params sbg = {.668, 3.806};
static const loy_bdw_params bdw = {.214, 1.427, 1.724};

static loy_model model_of(int kind) {
  loy_model model;
  size_t n = loy_model_parameter_count(kind);
  loy_model_init(&model, kind);
  for (size_t i = 0; i < n; i++)
    model.parameters[i] =
        kind == LOY_MODEL_SBG ? (i ? sbg.beta : sbg.alpha) : (i ? (i > 1 ? bdw.c : bdw.delta) : bdw.gamma);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      model.covariance[n * i + j] = model.parameters[i] * model.parameters[j] * (i == j ? .01 : .003);
  model.has_covariance = 1;
  return model;
}

static loy_prediction ask(int quantity, double t, double delta) {
  loy_prediction what;
  loy_prediction_init(&what, quantity);
  what.t = t;
  what.delta = delta;
  return what;
}

static loy_prediction_rows columns(void) {
  loy_prediction_rows rows;
  loy_prediction_rows_init(&rows);
  rows.n = N;
  rows.t1 = T1;
  return rows;
}

/* The bits of the model's own function. */
#define OWN(M)                                                                                                         \
  static double M##_own(const loy_prediction *what, int i) {                                                           \
    double value = -7.0;                                                                                               \
    switch (what->quantity) {                                                                                          \
    case LOY_PREDICT_SURVIVAL: return loy_##M##_survival(&M, N[i], T1[i]);                                             \
    case LOY_PREDICT_CHURN: return loy_##M##_churn(&M, N[i], T1[i]);                                                   \
    case LOY_PREDICT_RETENTION: return loy_##M##_retention(&M, N[i]);                                                  \
    case LOY_PREDICT_DROPOUT: return loy_##M##_posterior(&M, N[i]);                                                    \
    case LOY_PREDICT_DERL: (void)loy_##M##_derl(&M, N[i], what->delta, what->t, &value, NULL); break;                  \
    case LOY_PREDICT_DEL: (void)loy_##M##_del(&M, what->delta, T1[i], &value, NULL); break;                            \
    default: (void)loy_##M##_derl_elasticity(&M, N[i], what->delta, what->t, &value, NULL);                            \
    }                                                                                                                  \
    return value;                                                                                                      \
  }
OWN(sbg)
OWN(bdw)

static void test_same_bits(void) {
  const int quantities[7] = {LOY_PREDICT_SURVIVAL, LOY_PREDICT_CHURN, LOY_PREDICT_RETENTION, LOY_PREDICT_DROPOUT,
                             LOY_PREDICT_DERL,     LOY_PREDICT_DEL,   LOY_PREDICT_ELASTICITY};
  const loy_model one = model_of(LOY_MODEL_SBG), two = model_of(LOY_MODEL_BDW);
  loy_prediction_rows rows = columns();
  double out[ROWS], estimate[ROWS], error[ROWS], lower[ROWS], upper[ROWS], value;
  for (int k = 0; k < 7; k++) {
    loy_prediction what = ask(quantities[k], 20, .05);
    CHECK_STATUS(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], sbg_own(&what, i));
    CHECK_STATUS(loy_prediction_batch(&two, &what, &rows, ROWS, out, NULL, NULL), LOY_OK);
    for (int i = 0; i < ROWS; i++) CHECK_BITS(out[i], bdw_own(&what, i));
    CHECK_STATUS(
        loy_prediction_interval_batch(&two, &what, &rows, ROWS, .95, estimate, error, lower, upper, NULL, NULL),
        LOY_OK);
    for (int i = 0; i < ROWS; i++) {
      CHECK_BITS(estimate[i], out[i]);
      CU_ASSERT(lower[i] <= estimate[i] && estimate[i] <= upper[i]);
    }
  }
  {
    loy_prediction what = ask(LOY_PREDICT_EXPECTED_ELASTICITY, 0, .05);
    CHECK_STATUS(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, NULL), LOY_OK);
    CHECK_STATUS(loy_sbg_retention_elasticity(&sbg, 7, .05, &value, NULL), LOY_OK);
    CHECK_BITS(out[2], value);
  }
}

/* Retention of sBG is 1 / (1 + alpha / (beta + n - 1)): its log odds have known derivatives. */
static void test_interval(void) {
  const loy_model model = model_of(LOY_MODEL_SBG);
  loy_prediction what = ask(LOY_PREDICT_RETENTION, 0, 0);
  loy_prediction_rows rows = columns();
  double estimate[ROWS], error[ROWS], lower[ROWS], upper[ROWS];
  CHECK_STATUS(
      loy_prediction_interval_batch(&model, &what, &rows, ROWS, .95, estimate, error, lower, upper, NULL, NULL),
      LOY_OK);
  for (int i = 0; i < ROWS; i++) {
    double d = sbg.beta / (sbg.beta + N[i] - 1.0), variance = .01 + .01 * d * d - 2.0 * .003 * d;
    CHECK_CLOSE(error[i], sqrt(variance) * estimate[i] * (1.0 - estimate[i]), 1e-8);
  }
}

static void test_errors(void) {
  loy_model one = model_of(LOY_MODEL_SBG), two = model_of(LOY_MODEL_BDW), purchases;
  loy_prediction what = ask(LOY_PREDICT_DERL, HUGE_VAL, 0);
  loy_prediction_rows rows = columns();
  const double bad_n[2] = {1.0, 0.5}, bad_t[2] = {1.5, -1.0};
  double out[ROWS] = {7, 7, 7, 7};
  loy_batch_report report;
  loy_error error;
#define EXPECT(call, status, argument, index)                                                                          \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, index)
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_NOTICE_DIVERGES, "delta", 0);
  CHECK_BITS(out[0], HUGE_VAL);
  out[0] = 7.0;
  what.t = 1.5;
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  what.delta = -1.0;
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  what = ask(LOY_PREDICT_PURCHASES, 1, 1);
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_ARGUMENT, "quantity", LOY_NO_INDEX);
  what = ask(LOY_PREDICT_EXPECTED_ELASTICITY, 1, 1);
  EXPECT(loy_prediction_batch(&two, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_ARGUMENT, "quantity", LOY_NO_INDEX);
  loy_model_init(&purchases, LOY_MODEL_NBD);
  purchases.parameters[0] = purchases.parameters[1] = 1.0;
  what = ask(LOY_PREDICT_SURVIVAL, 1, 1);
  EXPECT(loy_prediction_batch(&purchases, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_ARGUMENT, "quantity",
         LOY_NO_INDEX);
  rows.t1 = NULL;
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_ARGUMENT, "t1", LOY_NO_INDEX);
  rows.n = NULL;
  EXPECT(loy_prediction_batch(&one, &what, &rows, ROWS, out, NULL, &error), LOY_ERR_ARGUMENT, "n", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(out[0], 7.0);
  rows.n = bad_n;
  rows.t1 = bad_t;
  CHECK_STATUS(loy_prediction_batch(&one, &what, &rows, 2, out, &report, NULL), LOY_OK);
  CU_ASSERT(report.bad == 2 && isnan(out[0]) && isnan(out[1]));
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "t1", 0);
  /* What takes purchases takes no contracts. */
  EXPECT(loy_purchase_interval_batch(&one, N, N, N, 1, 1.0, .9, NULL, out, out + 1, NULL, &error), LOY_ERR_ARGUMENT,
         "kind", LOY_NO_INDEX);
}

static void test_bootstrap(void) {
  static double T[500];
  const loy_model models[2] = {model_of(LOY_MODEL_SBG), model_of(LOY_MODEL_BDW)};
  for (int i = 0; i < 500; i++) T[i] = 6;
  for (int k = 0; k < 2; k++) {
    loy_bootstrap_options options;
    loy_bootstrap_result one, four;
    loy_error error;
    loy_bootstrap_options_init(&options);
    options.replications = 49;
    CU_ASSERT(!loy_status_is_error(loy_model_bootstrap(&models[k], T, 500, &options, NULL, NULL, &one, NULL)));
    options.threads = 4;
    CU_ASSERT(!loy_status_is_error(loy_model_bootstrap(&models[k], T, 500, &options, NULL, NULL, &four, NULL)));
    CHECK_BITS(one.std_error[0], four.std_error[0]);
    CU_ASSERT(one.used > 40);
    T[3] = 1.5;
    CHECK_STATUS(loy_model_bootstrap(&models[k], T, 500, NULL, NULL, NULL, &one, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 3);
    T[3] = 6.0;
  }
}

static void test_file(void) {
  const loy_model models[2] = {model_of(LOY_MODEL_SBG), model_of(LOY_MODEL_BDW)};
  loy_model read[2];
  char text[8192];
  size_t length, count;
  CHECK_STATUS(loy_model_write(models, 2, text, sizeof text, &length, NULL), LOY_OK);
  CHECK_STATUS(loy_model_read(text, length, read, 2, &count, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(count, 2);
  for (int k = 0; k < 2; k++) {
    size_t n = loy_model_parameter_count(models[k].kind);
    CU_ASSERT_EQUAL(read[k].kind, models[k].kind);
    for (size_t i = 0; i < n; i++) CHECK_BITS(read[k].parameters[i], models[k].parameters[i]);
    for (size_t i = 0; i < n * n; i++) CHECK_BITS(read[k].covariance[i], models[k].covariance[i]);
  }
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_SBG), "sbg");
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_BDW), "bdw");
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_BDW, 2), "c");
}

/* Inside the range of the larger model: chi-squared as it is. P(chi2_1 > 3.841458820694124) = 0.05. */
static void test_nested(void) {
  loy_model full = model_of(LOY_MODEL_BDW), restricted = model_of(LOY_MODEL_SBG);
  loy_model_test test;
  full.customers = restricted.customers = 1000.0;
  full.log_likelihood = -1605.0;
  restricted.log_likelihood = -1605.0 - 0.5 * 3.841458820694124;
  CHECK_STATUS(loy_model_likelihood_ratio(&full, &restricted, &test, NULL), LOY_OK);
  CHECK_CLOSE(test.p_value, 0.05, 1e-10);
  CHECK_BITS(test.p_least, test.p_value);
  CU_ASSERT(test.df == 1 && test.unidentified == 0);
  restricted.log_likelihood = full.log_likelihood;
  CHECK_STATUS(loy_model_likelihood_ratio(&full, &restricted, &test, NULL), LOY_OK);
  CHECK_BITS(test.p_value, 1.0);
}

SUITE(btyd, contract_prediction) {
  ADD(test_same_bits);
  ADD(test_interval);
  ADD(test_errors);
  ADD(test_bootstrap);
  ADD(test_file);
  ADD(test_nested);
}
