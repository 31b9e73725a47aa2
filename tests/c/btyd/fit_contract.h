/* fit_contract.h: what the fits of all models of purchases promise alike: every check in its order with no output
 * touched, and what happens when memory runs out; and the customers of CDNOW to fit. A test file defines
 *   MODEL(f)       the function f of the model, MODEL_TYPE(t) its type t
 *   PARAMETERS     how many, FIELDS their names
 *   USUAL          parameters that a customer of CDNOW could have
 *   NEEDS_REPEATS  1 where nobody's repeat purchase is LOY_ERR_TOO_FEW, 0 where it is a bound
 *   PERIODS        where times are whole numbers of periods: CDNOW then is in days, and tests with other times are left
 *                  to the test file */
#ifndef LOYALTY_TESTS_FIT_CONTRACT_H
#define LOYALTY_TESTS_FIT_CONTRACT_H

#include "check.h"

#include <string.h>

#include "cdnow_cells.h"
#include "failing_allocator.h"

#ifdef PERIODS
#  define CDNOW_UNIT 1.0
#else
#  define CDNOW_UNIT 7.0
#endif

typedef MODEL_TYPE(params) params_t;
typedef MODEL_TYPE(fit_options) options_t;
typedef MODEL_TYPE(fit_result) result_t;

static const char *const fields[PARAMETERS] = FIELDS;

static double X[CDNOW_CUSTOMERS], TX[CDNOW_CUSTOMERS], T[CDNOW_CUSTOMERS], W[CDNOW_CUSTOMERS];

/* CDNOW in weeks (or days), one row per cell with its number of customers. */
static inline size_t load_cells(void) {
  for (int i = 0; i < CDNOW_CELLS; i++) {
    X[i] = cdnow_cells[i][0];
    TX[i] = cdnow_cells[i][1] / CDNOW_UNIT;
    T[i] = cdnow_cells[i][2] / CDNOW_UNIT;
    W[i] = cdnow_cells[i][3];
  }
  return CDNOW_CELLS;
}

/* The same, one row per customer, in an order mixed by `step` (prime to 2357). */
static inline size_t load_customers(int step) {
  int at = 0, n = 0;
  for (int i = 0; i < CDNOW_CELLS; i++)
    for (int j = 0; j < cdnow_cells[i][3]; j++, n++) {
      X[at] = cdnow_cells[i][0];
      TX[at] = cdnow_cells[i][1] / CDNOW_UNIT;
      T[at] = cdnow_cells[i][2] / CDNOW_UNIT;
      at = (at + step) % CDNOW_CUSTOMERS;
    }
  return (size_t)n;
}

/* The i-th parameter: a struct of parameters holds nothing else. */
static inline double *parameter(params_t *params, int i) { return (double *)(void *)params + i; }

static void contract_memory(void) {
  const params_t usual = USUAL;
  failing_allocator memory;
  options_t options;
  result_t fit;
  loy_error error;
  size_t n = load_cells();
#ifndef PERIODS
  X[3] = 70000.0; /* ordered by comparing, not by counting */
#endif
  MODEL(fit_options_init)(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = MODEL(fit)(X, TX, T, W, n, &options, &fit, &error);
    if (memory.failed) {
      CHECK_STATUS(status, LOY_ERR_MEMORY);
    } else {
      CU_ASSERT_FALSE(loy_status_is_error(status));
    }
    CU_ASSERT_EQUAL(fit.iterations == -7, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
  FOR_EACH_FAILURE(memory) {
    double value = -7.0;
    loy_status status;
    options.allocator = &memory.allocator;
    status = MODEL(loglik_total)(&usual, X, TX, T, NULL, n, &options, &value, NULL, NULL, &error);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

#define EXPECT(call, status, argument, index)                                                                          \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, index);                                                                      \
    CU_ASSERT_EQUAL(value, 5.0);                                                                                       \
    CU_ASSERT_EQUAL(memcmp(&fit, &untouched, sizeof fit), 0);                                                          \
  } while (0)
#define TOTAL(params, x, t_x, t, value)                                                                                \
  MODEL(loglik_total)(params, x, t_x, t, w, 3, &options, value, NULL, NULL, &error)
#define FIT(x, t_x, t, n, result) MODEL(fit)(x, t_x, t, w, n, &options, result, &error)

/* Every check of both functions in its order. */
static void contract_check_order(void) {
  double x[3] = {1, 2, 0}, t_x[3] = {1, 3, 0}, t[3] = {2, 4, 5}, w[3] = {1, 1, 1}, value = 5.0;
  params_t wrong;
  options_t options;
  result_t fit, untouched;
  loy_progress no_function = {NULL, NULL};
  loy_error error;
  memset(&fit, 0x55, sizeof fit);
  untouched = fit;
  for (int i = 0; i < PARAMETERS; i++) *parameter(&wrong, i) = -1.0;
  MODEL(fit_options_init)(NULL);
  MODEL(fit_options_init)(&options);
  CU_ASSERT_EQUAL(options.struct_size, sizeof options);
  CU_ASSERT_EQUAL(options.threads, 1);
  CU_ASSERT_EQUAL(options.most_evaluations, 0);
  CU_ASSERT_PTR_NULL(options.allocator);
  CU_ASSERT_PTR_NULL(options.progress);
  CU_ASSERT_EQUAL(options.penalty, 0.0);
  for (int i = 0; i < PARAMETERS; i++) CU_ASSERT_EQUAL(*parameter(&options.start, i), 0.0);
  options.struct_size = sizeof options - 1;
  options.threads = options.most_evaluations = -1;
  EXPECT(TOTAL(NULL, NULL, NULL, NULL, NULL), LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < PARAMETERS; i++) {
    EXPECT(TOTAL(&wrong, NULL, NULL, NULL, NULL), LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
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
  options.struct_size = 0;
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX);
  options.struct_size = sizeof options;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX);
  options.threads = 2;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX);
  options.most_evaluations = 0;
  options.penalty = -1.0;
  options.progress = &no_function;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX);
  options.penalty = 0.0;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX);
  options.progress = NULL;
  EXPECT(TOTAL(&wrong, x, t_x, t, NULL), LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX);
  EXPECT(TOTAL(&wrong, x, t_x, t, &value), LOY_ERR_DOMAIN, "T", 1);
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "T", 1);
  /* A start of which only one parameter is given, or that is no number. */
  for (int i = 0; i < PARAMETERS; i++) {
    *parameter(&options.start, i) = 1.0;
    EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
    options.start = wrong;
    *parameter(&options.start, i) = (double)NAN;
    EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
    *parameter(&options.start, i) = (double)INFINITY;
    EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
    for (int j = 0; j < PARAMETERS; j++) *parameter(&options.start, j) = 0.0;
  }
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  options.start = wrong;
  EXPECT(FIT(x, t_x, t, 3, NULL), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  w[0] = (double)NAN;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "weight", 0);
  w[0] = (double)INFINITY;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "weight", 0);
  w[0] = 0.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "weight", 0);
  w[0] = 1.0;
  t[1] = 4.0;
  t_x[2] = 1.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "t_x", 2);
  t_x[2] = 0.0;
  x[2] = -1.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "x", 2);
  x[2] = 1e300;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "x", 2);
  x[2] = 0.5;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "x", 2);
  EXPECT(TOTAL(&wrong, x, t_x, t, &value), LOY_ERR_DOMAIN, "x", 2);
  /* Data that say nothing: no customer, perhaps no repeat purchase, no time. */
  EXPECT(FIT(NULL, NULL, NULL, 0, &fit), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
  t_x[0] = t_x[1] = x[2] = 0.0;
  if (NEEDS_REPEATS) {
    x[0] = x[1] = 0.0;
    EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
    t[0] = t[1] = t[2] = 0.0;
    EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX);
    x[1] = 2.0;
  }
#ifdef PERIODS
  x[0] = x[1] = 0.0; /* no purchase in no period */
#endif
  t[0] = t[1] = t[2] = 0.0;
  EXPECT(FIT(x, t_x, t, 3, &fit), LOY_ERR_DOMAIN, "T", LOY_NO_INDEX);
}
#undef TOTAL
#undef FIT

/* Of many rows the first bad one is named, and in it the first bad column. */
static void contract_bad_rows(void) {
  const params_t usual = USUAL;
  result_t fit, untouched;
  loy_error error;
  double value = 5.0;
  size_t n = load_cells();
  memset(&fit, 0x55, sizeof fit);
  untouched = fit;
  W[900] = 0.0;
  EXPECT(MODEL(fit)(X, TX, T, W, n, NULL, &fit, &error), LOY_ERR_DOMAIN, "weight", 900);
  T[800] = TX[800] - 1.0;
  EXPECT(MODEL(fit)(X, TX, T, W, n, NULL, &fit, &error), LOY_ERR_DOMAIN, "T", 800);
  TX[700] = (double)NAN;
  EXPECT(MODEL(fit)(X, TX, T, W, n, NULL, &fit, &error), LOY_ERR_DOMAIN, "t_x", 700);
  X[600] = 1.25;
  EXPECT(MODEL(loglik_total)(&usual, X, TX, T, W, n, NULL, &value, NULL, NULL, &error), LOY_ERR_DOMAIN, "x", 600);
}
#undef EXPECT

/* The checking twin names each parameter. */
static void contract_check(void) {
  loy_error error;
  CHECK_STATUS(MODEL(check)(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < PARAMETERS; i++) {
    params_t params = USUAL;
    CHECK_STATUS(MODEL(check)(&params, &error), LOY_OK);
    *parameter(&params, i) = (double)NAN;
    CHECK_STATUS(MODEL(check)(&params, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
  }
}

/* A watch that checks what it is told and stops at an evaluation. */
typedef struct fit_watch {
  int64_t done, stop;
  double best, least;
} fit_watch;

static int fit_look(void *ctx, int64_t done, int64_t of, double value) {
  fit_watch *self = (fit_watch *)ctx;
  CU_ASSERT_EQUAL(done, self->done + 1);
  CU_ASSERT_EQUAL(of, 0);
  self->done = done;
  if (value > self->best) self->best = value;
  if (value > self->least && done <= 4) self->least = value;
  return done != self->stop;
}

/* Stopped at any evaluation a fit leaves nothing behind; watched to its end it is the fit without a watch. */
static void contract_progress(void) {
  size_t n = load_cells();
  int64_t stop = 0, evaluations = 0;
  result_t plain, fit, untouched;
  loy_error error;
  CU_ASSERT_FALSE(loy_status_is_error(MODEL(fit)(X, TX, T, W, n, NULL, &plain, &error)));
  do {
    fit_watch watch = {0, 0, -1e300, -1e300};
    loy_progress progress;
    failing_allocator memory;
    options_t options;
    loy_status status;
    stop += 1 + stop / 16; /* each of the first, then ever fewer, so that long fits are not tried hundreds of times */
    watch.stop = stop;
    progress.report = fit_look;
    progress.ctx = &watch;
    failing_start(&memory, 0);
    MODEL(fit_options_init)(&options);
    options.allocator = &memory.allocator;
    options.progress = &progress;
    memset(&fit, 0x55, sizeof fit);
    untouched = fit;
    status = MODEL(fit)(X, TX, T, W, n, &options, &fit, &error);
    CU_ASSERT_EQUAL(memory.held, 0);
    if (status == LOY_ERR_CANCELED) {
      CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
      CU_ASSERT_EQUAL(memcmp(&fit, &untouched, sizeof fit), 0);
      CU_ASSERT_EQUAL(watch.done, stop);
    } else {
      evaluations = watch.done;
      CHECK_STATUS(status, plain.status);
      CU_ASSERT_EQUAL(evaluations, plain.evaluations);
      CHECK_BITS(fit.log_likelihood, plain.log_likelihood);
      CU_ASSERT_EQUAL(memcmp(&fit.params, &plain.params, sizeof fit.params), 0);
      CHECK_CLOSE(watch.best, fit.log_likelihood, 1e-12);
    }
  } while (evaluations == 0);
  CU_ASSERT(stop > evaluations);
}

#ifndef PERIODS
/* So many rows that a sample is fitted first: it is watched too, and what is reported is as if of all rows. */
static void contract_progress_of_many(void) {
  enum { COPIES = 14, MANY = COPIES * CDNOW_CUSTOMERS };
  double *x = (double *)malloc(3 * MANY * sizeof *x), *t_x = x + MANY, *t = t_x + MANY;
  fit_watch watch = {0, 0, -1e300, -1e300};
  loy_progress progress;
  failing_allocator memory;
  options_t options;
  result_t fit;
  loy_error error;
  size_t n = load_customers(1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(x);
  for (size_t i = 0; i < MANY; i++) {
    double stretch = 1.0 + 1e-7 * (double)(i / n); /* no two rows are equal */
    x[i] = X[i % n];
    t_x[i] = TX[i % n] * stretch;
    t[i] = T[i % n] * stretch;
  }
  progress.report = fit_look;
  progress.ctx = &watch;
  failing_start(&memory, 0);
  MODEL(fit_options_init)(&options);
  options.allocator = &memory.allocator;
  options.progress = &progress;
  options.threads = 2;
  CU_ASSERT_FALSE(loy_status_is_error(MODEL(fit)(x, t_x, t, NULL, MANY, &options, &fit, &error)));
  CU_ASSERT(watch.done >= fit.evaluations);
  CHECK_CLOSE(watch.best, fit.log_likelihood, 0.02);
  CHECK_CLOSE(watch.least, fit.log_likelihood, 0.1);
  watch.done = 0;
  watch.stop = 3;
  CHECK_STATUS(MODEL(fit)(x, t_x, t, NULL, MANY, &options, &fit, &error), LOY_ERR_CANCELED);
  CU_ASSERT_EQUAL(watch.done, 3);
  CU_ASSERT_EQUAL(memory.held, 0);
  free(x);
}

/* CDNOW with a penalty, in weeks and in days: the parameters answer for the unit of time by powers of 7. The total
 * log-likelihood with its derivatives, which knows no penalty, says that the mean with the penalty is stationary there,
 * and that the covariance is the inverse of the information with the penalty. */
static void contract_penalty(void) {
  size_t n = load_cells();
  double unit[PARAMETERS], value, gradient[PARAMETERS], hessian[PARAMETERS * PARAMETERS], latest = 0.0, sum = 0.0,
                                                                                          plain_sum = 0.0;
  params_t params;
  result_t plain, fit, days;
  options_t options;
  loy_error error;
  MODEL(fit_options_init)(&options);
  CU_ASSERT_FALSE(loy_status_is_error(MODEL(fit)(X, TX, T, W, n, &options, &plain, &error)));
  options.penalty = 0.02;
  CU_ASSERT_FALSE(loy_status_is_error(MODEL(fit)(X, TX, T, W, n, &options, &fit, &error)));
  CU_ASSERT(fit.scaled_gradient < 1e-8 && fit.decrement < 1e-13);
  params = fit.params;
  CU_ASSERT(fit.log_likelihood < plain.log_likelihood);
  CHECK_STATUS(MODEL(loglik_total)(&params, X, TX, T, W, n, NULL, &value, gradient, hessian, &error), LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, value, 1e-13);
  for (size_t i = 0; i < n; i++) {
    latest = T[i] > latest ? T[i] : latest;
    TX[i] *= 7.0;
    T[i] *= 7.0;
  }
  CHECK_STATUS(MODEL(fit)(X, TX, T, W, n, &options, &days, &error), fit.status);
  for (int i = 0; i < PARAMETERS; i++) {
    double theta = *parameter(&params, i), ratio = *parameter(&days.params, i) / theta;
    int power = ratio > 3.0 ? 1 : (ratio < 0.3 ? -1 : 0);
    CHECK_CLOSE(ratio, power > 0 ? 7.0 : (power < 0 ? 1.0 / 7.0 : 1.0), 1e-9);
    unit[i] = power > 0 ? 1.0 / latest : (power < 0 ? latest : 1.0);
    sum += theta * theta * unit[i] * unit[i];
    plain_sum += *parameter(&plain.params, i) * *parameter(&plain.params, i) * unit[i] * unit[i];
    if (!isnan(fit.std_error[i]))
      CHECK_NEAR(theta * (-gradient[i] / fit.customers + 2.0 * 0.02 * unit[i] * unit[i] * theta), 0.0, 1e-10);
  }
  CU_ASSERT(sum < plain_sum);
  for (int i = 0; i < PARAMETERS; i++)
    for (int j = 0; j < PARAMETERS; j++) {
      double product = 0.0;
      if (isnan(fit.std_error[i]) || isnan(fit.std_error[j])) continue;
      for (int k = 0; k < PARAMETERS; k++) {
        double information = -hessian[PARAMETERS * k + j];
        if (k == j) information += 2.0 * 0.02 * unit[k] * unit[k] * fit.customers;
        if (!isnan(fit.std_error[k])) product += fit.covariance[PARAMETERS * i + k] * information;
      }
      CHECK_NEAR(product * *parameter(&params, j) / *parameter(&params, i), i == j ? 1.0 : 0.0, 1e-8);
    }
}

#endif

#ifdef PERIODS
#  define ADD_FIT_TIMES ((void)0)
#else
#  define ADD_FIT_TIMES                                                                                                \
    do {                                                                                                               \
      ADD(contract_progress_of_many);                                                                                  \
      ADD(contract_penalty);                                                                                           \
    } while (0)
#endif
#define ADD_FIT_CONTRACT                                                                                               \
  do {                                                                                                                 \
    ADD(contract_memory);                                                                                              \
    ADD(contract_check_order);                                                                                         \
    ADD(contract_bad_rows);                                                                                            \
    ADD(contract_check);                                                                                               \
    ADD(contract_progress);                                                                                            \
    ADD_FIT_TIMES;                                                                                                     \
  } while (0)

#endif /* LOYALTY_TESTS_FIT_CONTRACT_H */
