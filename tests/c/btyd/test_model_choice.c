/* Several models of the same customers: criteria, weights and tests of CDNOW from published log-likelihoods, a holdout,
 * models that are out, errors, memory, cancellation. */
#include "cdnow_cells.h"
#include "check.h"
#include "failing_allocator.h"

#include "loyalty/btyd/bgcnbd_fit.h"
#include "loyalty/btyd/bgcnbd_simulate.h"
#include "loyalty/btyd/bgnbd_fit.h"
#include "loyalty/btyd/bgnbd_simulate.h"
#include "loyalty/btyd/mbgcnbd_fit.h"
#include "loyalty/btyd/mbgcnbd_simulate.h"
#include "loyalty/btyd/model_choice.h"

enum { KINDS = 5, CUSTOMERS = 300 };
static const int ALL[KINDS] = {LOY_MODEL_NBD, LOY_MODEL_PNBD, LOY_MODEL_GGOMNBD, LOY_MODEL_BGNBD, LOY_MODEL_MBGNBD};
static double X[CDNOW_CELLS], TX[CDNOW_CELLS], T[CDNOW_CELLS], W[CDNOW_CELLS], AHEAD[CUSTOMERS], Y[CUSTOMERS],
    LITT[CUSTOMERS];

static loy_choice_rows cdnow(void) {
  loy_choice_rows rows;
  for (int i = 0; i < CDNOW_CELLS; i++) {
    X[i] = cdnow_cells[i][0];
    TX[i] = cdnow_cells[i][1] / 7.0;
    T[i] = cdnow_cells[i][2] / 7.0;
    W[i] = cdnow_cells[i][3];
  }
  loy_choice_rows_init(&rows);
  rows.x = X;
  rows.t_x = TX;
  rows.T = T;
  rows.weight = W;
  return rows;
}

/* Customers of a BG/NBD model with a holdout of some kind. */
static loy_choice_rows drawn(void) {
  const loy_bgnbd_params params = {.7, 4.4, .8, 2.4};
  loy_choice_rows rows;
  for (int i = 0; i < CUSTOMERS; i++) {
    T[i] = 20.0 + (double)(i % 20);
    AHEAD[i] = 10.0;
    Y[i] = (double)(i % 3);
  }
  CHECK_STATUS(loy_bgnbd_simulate(&params, T, CUSTOMERS, 1, NULL, X, TX, NULL, NULL), LOY_OK);
  loy_choice_rows_init(&rows);
  rows.x = X;
  rows.t_x = TX;
  rows.T = T;
  rows.future_t = AHEAD;
  rows.bought = Y;
  return rows;
}

/* Log-likelihoods from the papers' CDNOW fits and lifetimes, see test_cdnow_published.c; weights by mpmath. */
static void test_cdnow(void) {
  static const double aic[KINDS] = {19531.31523, 19197.95235788, 19199.95235788, 19172.858413348, 19172.271431108};
  static const double weight[KINDS] = {6.20397673917e-79, 1.51879121838e-6, 5.58732064674e-7, 0.427148511314,
                                       0.572849411163};
  static const size_t restricted[KINDS] = {LOY_NO_INDEX, 0, 1, 0, 0};
  const loy_choice_rows rows = cdnow();
  loy_choice_candidate found[KINDS];
  loy_choice best;
  loy_error error;
  CHECK_STATUS(loy_model_compare(ALL, KINDS, &rows, CDNOW_CELLS, NULL, found, &best, &error), LOY_OK);
  CHECK_STATUS(error.status, LOY_OK);
  CU_ASSERT_EQUAL(best.fitted, KINDS);
  CU_ASSERT_EQUAL(best.best_aic, 4);
  CU_ASSERT_EQUAL(best.best_bic, 4);
  CU_ASSERT_EQUAL(best.best_score, LOY_NO_INDEX);
  for (size_t i = 0; i < KINDS; i++) {
    CU_ASSERT_EQUAL(found[i].model.kind, ALL[i]);
    CU_ASSERT_EQUAL(found[i].model.time_unit, LOY_MODEL_NO_TIME_UNIT);
    CU_ASSERT_EQUAL(found[i].model.has_covariance, 1);
    CHECK_CLOSE(found[i].model.customers, CDNOW_CUSTOMERS, 1e-15);
    CU_ASSERT_EQUAL(found[i].information.free_params, loy_model_parameter_count(ALL[i]));
    CHECK_NEAR(found[i].information.aic, aic[i], 4e-6);
    CHECK_NEAR(found[i].information.bic - aic[i], (double)found[i].information.free_params * (log(2357.0) - 2.0), 4e-6);
    CHECK_NEAR(found[i].aic_weight, weight[i], 1e-6);
    CU_ASSERT(isnan(found[i].holdout.log_score) && isnan(found[i].holdout.actual));
    CU_ASSERT_EQUAL(found[i].restricted, restricted[i]);
  }
  CHECK_NEAR(found[1].aic_weight, weight[1], 1e-11);
  CHECK_NEAR(found[3].test.statistic, 362.456816, 4e-6);
  CHECK_NEAR(found[4].test.statistic, 363.043799, 4e-6);
  CHECK_CLOSE(found[3].test.p_value, exp(-0.5 * 362.456816), 4e-6); /* chi-squared of two degrees of freedom */
  CU_ASSERT_EQUAL(found[1].test.df, 2);
  CU_ASSERT_EQUAL(found[2].test.df, 1);
  CHECK_NEAR(found[2].test.statistic, 0.0, 5e-4);
  CHECK_STATUS(found[3].tested, LOY_OK);
  CU_ASSERT(isnan(found[0].test.statistic));
}

/* Each candidate is the fit and the holdout that the functions of its own give. */
static void test_bits(void) {
  const loy_choice_rows rows = drawn();
  const int kinds[2] = {LOY_MODEL_MBGNBD, LOY_MODEL_BGNBD};
  loy_choice_candidate found[2], other[2];
  loy_choice best, best_other;
  loy_choice_options options;
  loy_bgnbd_fit_result fit;
  loy_holdout holdout;
  CHECK_STATUS(loy_model_compare(kinds, 2, &rows, CUSTOMERS, NULL, found, &best, NULL), LOY_OK);
  CHECK_STATUS(loy_bgnbd_fit(X, TX, T, NULL, CUSTOMERS, NULL, &fit, NULL), LOY_OK);
  CHECK_BITS(found[1].model.log_likelihood, fit.log_likelihood);
  CHECK_BITS(found[1].model.parameters[3], fit.params.b);
  for (int i = 0; i < 16; i++) CHECK_BITS(found[1].model.covariance[i], fit.covariance[i]);
  CHECK_STATUS(loy_model_holdout(&found[1].model, X, TX, T, AHEAD, Y, CUSTOMERS, NULL, NULL, &holdout, NULL), LOY_OK);
  CHECK_BITS(found[1].holdout.log_score, holdout.log_score);
  CHECK_BITS(found[1].holdout.rmse, holdout.rmse);
  CU_ASSERT_EQUAL(best.best_score, found[0].holdout.log_score <= found[1].holdout.log_score ? 0 : 1);
  CU_ASSERT_EQUAL(found[1].restricted, LOY_NO_INDEX);
  CHECK_NEAR(found[0].aic_weight + found[1].aic_weight, 1.0, 1e-15);
  loy_choice_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_model_compare(kinds, 2, &rows, CUSTOMERS, &options, other, &best_other, NULL), LOY_OK);
  CHECK_BITS(other[0].model.log_likelihood, found[0].model.log_likelihood);
  CHECK_BITS(other[0].holdout.log_score, found[0].holdout.log_score);
}

/* With k = 1 the likelihood of regular times is that of the others, terms and bits: chosen k counts as a parameter. */
static void test_one_stage(void) {
  const int kinds[4] = {LOY_MODEL_BGNBD, LOY_MODEL_BGCNBD, LOY_MODEL_MBGCNBD, LOY_MODEL_MBGNBD};
  const loy_bgcnbd_params params = {.7, 4.4, .8, 2.4, 1.0};
  loy_choice_rows rows = drawn();
  loy_choice_candidate found[4];
  loy_choice best;
  CHECK_STATUS(loy_bgcnbd_simulate(&params, T, CUSTOMERS, 1, NULL, X, TX, LITT, NULL, NULL), LOY_OK);
  rows.litt = LITT;
  CHECK_STATUS(loy_model_compare(kinds, 4, &rows, CUSTOMERS, NULL, found, &best, NULL), LOY_OK);
  for (size_t i = 0; i < 4; i += 2) {
    const loy_choice_candidate *plain = &found[i == 0 ? 0 : 3], *stages = &found[i == 0 ? 1 : 2];
    CHECK_BITS(stages->model.parameters[4], 1.0);
    for (int j = 0; j < 4; j++) CHECK_BITS(stages->model.parameters[j], plain->model.parameters[j]);
    CHECK_BITS(stages->model.log_likelihood, plain->model.log_likelihood);
    CHECK_BITS(stages->holdout.log_score, plain->holdout.log_score);
    CHECK_BITS(stages->holdout.expected, plain->holdout.expected);
    CU_ASSERT_EQUAL(stages->information.free_params, 5);
    CHECK_NEAR(stages->information.aic - plain->information.aic, 2.0, 1e-11);
    CHECK_NEAR(stages->information.bic - plain->information.bic, log((double)CUSTOMERS), 1e-11);
    CHECK_CLOSE(stages->aic_weight, exp(-1.0) * plain->aic_weight, 1e-10);
    CU_ASSERT_EQUAL(stages->restricted, LOY_NO_INDEX);
  }
  CU_ASSERT(best.best_aic == 0 || best.best_aic == 3);
  CU_ASSERT(best.best_score == 0 || best.best_score == 2); /* of equal ones the first */
}

/* Customers who buy at regular times, with a holdout: the fits of the models' own functions, of which that of the truth
 * is the best; none contains another. */
static void test_regular_times(void) {
  const int kinds[5] = {LOY_MODEL_NBD, LOY_MODEL_BGNBD, LOY_MODEL_MBGNBD, LOY_MODEL_BGCNBD, LOY_MODEL_MBGCNBD};
  const loy_mbgcnbd_params params = {.9, 1.0, .9, 2.5, 3.0};
  loy_choice_rows rows = drawn();
  loy_choice_candidate found[5], other[5];
  loy_choice best;
  loy_choice_options options;
  loy_bgcnbd_fit_result bg;
  loy_mbgcnbd_fit_result mbg;
  loy_holdout holdout;
  CHECK_STATUS(loy_mbgcnbd_simulate(&params, T, CUSTOMERS, 2, NULL, X, TX, LITT, NULL, NULL), LOY_OK);
  rows.litt = LITT;
  CHECK_STATUS(loy_model_compare(kinds, 5, &rows, CUSTOMERS, NULL, found, &best, NULL), LOY_OK);
  CHECK_STATUS(loy_bgcnbd_fit(X, TX, T, LITT, NULL, CUSTOMERS, NULL, &bg, NULL), LOY_OK);
  CHECK_STATUS(loy_mbgcnbd_fit(X, TX, T, LITT, NULL, CUSTOMERS, NULL, &mbg, NULL), LOY_OK);
  CHECK_BITS(found[3].model.log_likelihood, bg.log_likelihood);
  CHECK_BITS(found[4].model.log_likelihood, mbg.log_likelihood);
  CHECK_BITS(found[4].model.parameters[4], 3.0);
  CHECK_BITS(found[4].model.parameters[3], mbg.params.b);
  for (int i = 0; i < 25; i++) CHECK_BITS(found[4].model.covariance[i], mbg.covariance[i]);
  CU_ASSERT_EQUAL(found[4].model.has_covariance, 1);
  CHECK_BITS(mbg.log_likelihood_of[0], found[2].model.log_likelihood);
  CHECK_BITS(found[4].information.aic, 10.0 - 2.0 * mbg.log_likelihood);
  CU_ASSERT_EQUAL(best.best_aic, 4);
  CHECK_STATUS(loy_model_holdout(&found[4].model, X, TX, T, AHEAD, Y, CUSTOMERS, NULL, NULL, &holdout, NULL), LOY_OK);
  CHECK_BITS(found[4].holdout.log_score, holdout.log_score);
  CHECK_BITS(found[4].holdout.mae, holdout.mae);
  for (size_t i = 3; i < 5; i++) {
    CU_ASSERT_EQUAL(found[i].restricted, LOY_NO_INDEX);
    CU_ASSERT(isnan(found[i].test.p_value));
  }
  CU_ASSERT_EQUAL(found[2].restricted, 0);
  loy_choice_options_init(&options);
  options.threads = 3;
  CHECK_STATUS(loy_model_compare(kinds, 5, &rows, CUSTOMERS, &options, other, &best, NULL), LOY_OK);
  CHECK_BITS(other[4].model.log_likelihood, found[4].model.log_likelihood);
  /* Without a certificate there is no covariance, also not of a k that is not varied. */
  options.most_evaluations = 1;
  CHECK_STATUS(loy_model_compare(kinds + 4, 1, &rows, CUSTOMERS, &options, other, &best, NULL),
               LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT_EQUAL(other[0].model.has_covariance, 0);
}

/* Nobody buys again: only NBD has an answer, at its bound; the others keep their places. */
static void test_models_that_are_out(void) {
  const int kinds[3] = {LOY_MODEL_BGNBD, LOY_MODEL_NBD, LOY_MODEL_MBGNBD};
  loy_choice_rows rows = drawn();
  loy_choice_candidate found[3];
  loy_choice best;
  loy_error error;
  memset(X, 0, sizeof X);
  memset(TX, 0, sizeof TX);
  CHECK_STATUS(loy_model_compare(kinds, 3, &rows, CUSTOMERS, NULL, found, &best, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, "kinds", 0);
  CHECK_ERROR(&found[0].fit, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  CHECK_STATUS(found[1].fit.status, LOY_NOTICE_AT_BOUND);
  CU_ASSERT_EQUAL(found[0].model.kind, LOY_MODEL_BGNBD);
  CU_ASSERT(isnan(found[0].model.parameters[0]) && isnan(found[0].information.aic) && isnan(found[0].holdout.mae));
  CHECK_BITS(found[0].aic_weight, 0.0);
  CU_ASSERT_EQUAL(found[0].restricted, LOY_NO_INDEX);
  CU_ASSERT_EQUAL(best.best_aic, 1);
  CU_ASSERT_EQUAL(best.best_score, 1);
  CHECK_STATUS(loy_model_compare(kinds, 1, &rows, CUSTOMERS, NULL, found, &best, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
}

/* Too few evaluations: no certificate, and a full model below the one it contains has no test. */
static void test_missed_optimum(void) {
  const int kinds[2] = {LOY_MODEL_BGNBD, LOY_MODEL_NBD};
  const loy_choice_rows rows = drawn();
  loy_choice_options options;
  loy_choice_candidate found[2];
  loy_choice best;
  loy_error error;
  loy_choice_options_init(&options);
  options.most_evaluations = 1;
  CHECK_STATUS(loy_model_compare(kinds, 2, &rows, CUSTOMERS, &options, found, &best, &error), LOY_NOTICE_NOT_CONVERGED);
  CHECK_ERROR(&error, LOY_NOTICE_NOT_CONVERGED, "kinds", 0);
  CHECK_STATUS(found[0].fit.status, LOY_NOTICE_NOT_CONVERGED);
  CU_ASSERT_EQUAL(found[0].restricted, 1);
  if (found[0].model.log_likelihood < found[1].model.log_likelihood - 1.0) {
    CHECK_STATUS(found[0].tested, LOY_ERR_STATE);
    CU_ASSERT(isnan(found[0].test.statistic));
  } else {
    CHECK_STATUS(found[0].tested, LOY_NOTICE_NOT_CONVERGED);
  }
}

typedef struct watched {
  int64_t last, stop;
} watched;

static int watch(void *ctx, int64_t done, int64_t of, double value) {
  watched *self = (watched *)ctx;
  CU_ASSERT(done > self->last && of == 0 && value < 0.0);
  self->last = done;
  return done < self->stop;
}

static void test_progress_and_memory(void) {
  const int kinds[3] = {LOY_MODEL_NBD, LOY_MODEL_BGCNBD, LOY_MODEL_PNBD};
  const loy_bgcnbd_params params = {.7, 4.4, .8, 2.4, 1.0};
  loy_choice_rows rows = drawn();
  watched self = {0, 1000000};
  loy_progress progress;
  loy_choice_options options;
  loy_choice_candidate found[3];
  loy_choice best;
  loy_error error;
  failing_allocator memory;
  int64_t all;
  CHECK_STATUS(loy_bgcnbd_simulate(&params, T, CUSTOMERS, 1, NULL, X, TX, LITT, NULL, NULL), LOY_OK);
  rows.litt = LITT;
  progress.report = watch;
  progress.ctx = &self;
  loy_choice_options_init(NULL);
  loy_choice_rows_init(NULL);
  loy_choice_options_init(&options);
  options.progress = &progress;
  CHECK_STATUS(loy_model_compare(kinds, 3, &rows, CUSTOMERS, &options, found, &best, NULL), LOY_OK);
  all = self.last;
  self.last = 0;
  self.stop = all - 1; /* in the third fit */
  best.fitted = 99;
  CHECK_STATUS(loy_model_compare(kinds, 3, &rows, CUSTOMERS, &options, found, &best, &error), LOY_ERR_CANCELED);
  CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
  CU_ASSERT_EQUAL(self.last, all - 1);
  CU_ASSERT_EQUAL(best.fitted, 99);
  options.progress = NULL;
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    best.fitted = 99;
    found[0].aic_weight = -1.0;
    status = loy_model_compare(kinds, 2, &rows, CUSTOMERS, &options, found, &best, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(best.fitted == 99 && found[0].aic_weight == -1.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

static void test_errors(void) {
  int kinds[3] = {LOY_MODEL_BGNBD, 99, LOY_MODEL_BGNBD};
  loy_choice_rows rows, none;
  loy_choice_options options;
  loy_choice_candidate found[3];
  loy_choice best;
  loy_progress silent = {NULL, NULL};
  loy_error e;
  size_t count = 3, n = CUSTOMERS;
  rows = drawn();
  loy_choice_rows_init(&none);
  loy_choice_options_init(&options);
  options.struct_size = 8;
  options.threads = options.most_evaluations = -1;
  options.progress = &silent;
  best.fitted = 99;
#define BAD(KINDS, ROWS, CANDIDATES, RESULT, STATUS, ARGUMENT, INDEX)                                                  \
  CHECK_STATUS(loy_model_compare(KINDS, count, ROWS, n, &options, CANDIDATES, RESULT, &e), STATUS);                    \
  CHECK_ERROR(&e, STATUS, ARGUMENT, INDEX)
  BAD(NULL, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "kinds", LOY_NO_INDEX);
  BAD(kinds, NULL, NULL, NULL, LOY_ERR_ARGUMENT, "rows", LOY_NO_INDEX);
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX);
  none.x = X;
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "t_x", LOY_NO_INDEX);
  none.t_x = TX;
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  none.T = T;
  none.weight = W;
  none.bought = Y;
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX);
  none.weight = NULL;
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "future_t", LOY_NO_INDEX);
  none.bought = NULL;
  none.future_t = AHEAD;
  BAD(kinds, &none, NULL, NULL, LOY_ERR_ARGUMENT, "bought", LOY_NO_INDEX);
  BAD(kinds, &rows, NULL, NULL, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  BAD(kinds, &rows, NULL, NULL, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 1;
  BAD(kinds, &rows, NULL, NULL, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  BAD(kinds, &rows, NULL, NULL, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  BAD(kinds, &rows, NULL, NULL, LOY_ERR_ARGUMENT, "candidates", LOY_NO_INDEX);
  BAD(kinds, &rows, found, NULL, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  count = 0;
  BAD(NULL, &rows, NULL, &best, LOY_ERR_TOO_FEW, "kinds", LOY_NO_INDEX);
  count = 3;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "kinds", 1);
  kinds[1] = LOY_MODEL_GAMMA_GAMMA;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "kinds", 1);
  kinds[1] = LOY_MODEL_BGBB;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "kinds", 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(strstr(e.message, "must be bgnbd, mbgnbd, bgcnbd, mbgcnbd, pnbd, nbd or ggomnbd"));
  kinds[1] = LOY_MODEL_SBG;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "kinds", 1);
  kinds[1] = LOY_MODEL_MBGCNBD;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "kinds", 2);
  count = 2;
  n = 0;
  BAD(kinds, &rows, found, &best, LOY_ERR_ARGUMENT, "litt", LOY_NO_INDEX);
  n = CUSTOMERS;
  for (size_t i = 0; i < CUSTOMERS; i++) LITT[i] = X[i] > 0.0 ? -1e9 : 0.0;
  rows.litt = LITT;
  n = 0;
  BAD(kinds, &rows, found, &best, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  n = CUSTOMERS;
  Y[7] = -1.0;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "bought", 7);
  AHEAD[6] = 0.0;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "future_t", 6);
  LITT[5] = 1e9; /* more than any gaps in T */
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "litt", 5);
  T[5] = -1.0;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "T", 5);
  TX[4] = -1.0;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "t_x", 4);
  X[3] = 0.5;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "x", 3);
  kinds[1] = LOY_MODEL_NBD;
  rows = cdnow();
  W[2] = 0.0;
  BAD(kinds, &rows, found, &best, LOY_ERR_DOMAIN, "weight", 2);
#undef BAD
  CU_ASSERT_EQUAL(best.fitted, 99);
}

static void test_assumptions(void) {
  for (int kind = LOY_MODEL_BGNBD; kind < 32; kind++) {
    const char *text = loy_model_assumption(kind);
    CU_ASSERT_EQUAL(text == NULL, loy_model_name(kind) == NULL);
    if (!text) continue;
    CU_ASSERT(strlen(text) > 40 && text[strlen(text) - 1] != '.');
    for (int other = LOY_MODEL_BGNBD; other < kind; other++)
      CU_ASSERT(!loy_model_name(other) || strcmp(text, loy_model_assumption(other)) != 0);
  }
  CU_ASSERT_PTR_NULL(loy_model_assumption(0));
  CU_ASSERT_PTR_NULL(loy_model_assumption(1000));
}

SUITE(btyd, model_choice) {
  ADD(test_cdnow);
  ADD(test_bits);
  ADD(test_one_stage);
  ADD(test_regular_times);
  ADD(test_models_that_are_out);
  ADD(test_missed_optimum);
  ADD(test_progress_and_memory);
  ADD(test_errors);
  ADD(test_assumptions);
}
