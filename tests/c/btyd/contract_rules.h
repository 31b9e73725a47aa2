/* contract_rules.h: what the models of customers under contract promise alike: every check in its order with no output
 * touched, sums that agree with their terms, and fits. A test file defines
 *   MODEL(f)     the function f of the model, MODEL_TYPE(t) its type t
 *   PARAMETERS   how many, FIELDS their names
 *   USUAL        parameters that a base of customers could have */
#ifndef LOYALTY_TESTS_CONTRACT_RULES_H
#define LOYALTY_TESTS_CONTRACT_RULES_H

#include "check.h"

#include <string.h>

#include "failing_allocator.h"

typedef MODEL_TYPE(params) params_t;
typedef MODEL_TYPE(fit_options) options_t;
typedef MODEL_TYPE(fit_result) result_t;

static const char *const fields[PARAMETERS] = FIELDS;
static const params_t usual = USUAL;

/* The i-th parameter: a struct of parameters holds nothing else. */
static inline double *parameter(params_t *params, int i) { return (double *)(void *)params + i; }

/* Fader & Hardie 2007, table 1: 1000 customers each. */
static const double high_end[8] = {1000, 869, 743, 653, 593, 551, 517, 491};
static const double regular[8] = {1000, 631, 468, 382, 326, 289, 262, 241};
static double lifetime[1000], censored[1000], weight[1000];

/* The first `decisions` of a cohort as rows; how many. */
static inline size_t load(const double *survivors, int64_t decisions) {
  int64_t length = decisions + 1;
  size_t rows = 0;
  CHECK_STATUS(loy_survivors_rows(survivors, (size_t)length, &length, 1, lifetime, censored, weight, &rows, NULL),
               LOY_OK);
  return rows;
}

/* The same, one row for each customer, mixed by `step` (prime to 1000). */
static inline size_t load_customers(const double *survivors, int64_t decisions, size_t step) {
  static double t[10], end[10], many[10];
  size_t rows = load(survivors, decisions), at = 0, n = 0;
  memcpy(t, lifetime, rows * sizeof *t);
  memcpy(end, censored, rows * sizeof *end);
  memcpy(many, weight, rows * sizeof *many);
  for (size_t i = 0; i < rows; i++)
    for (int j = 0; j < (int)many[i]; j++, n++) {
      lifetime[at] = t[i];
      censored[at] = end[i];
      at = (at + step) % 1000;
    }
  return n;
}

static inline void rule_parameters(void) {
  const double bad[4] = {0.0, 9e-11, 1.1e10, (double)NAN};
  loy_error error;
  double value = -7.0;
  CHECK_STATUS(MODEL(check)(&usual, &error), LOY_OK);
  CHECK_STATUS(MODEL(check)(NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  for (int i = 0; i < PARAMETERS; i++)
    for (int k = 0; k < 4; k++) {
      params_t params = usual;
      for (int j = i; j < PARAMETERS; j++) *parameter(&params, j) = bad[k];
      CHECK_STATUS(MODEL(check_customer)(&params, 0.0, -1.0, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CHECK_STATUS(MODEL(derl)(&params, 0.0, -1.0, -1.0, &value, &error), LOY_ERR_DOMAIN);
      CHECK_ERROR(&error, LOY_ERR_DOMAIN, fields[i], LOY_NO_INDEX);
      CU_ASSERT(isnan(MODEL(survival)(&params, 1.0, 1.0)) && isnan(MODEL(churn)(&params, 1.0, 1.0)));
      CU_ASSERT(isnan(MODEL(retention)(&params, 1.0)) && isnan(MODEL(hazard)(&params, 1.0)));
      CU_ASSERT(isnan(MODEL(posterior)(&params, 1.0)) && isnan(MODEL(loglik)(&params, 1.0, 0.0)));
    }
  CU_ASSERT_EQUAL(value, -7.0);
}

static inline void rule_periods(void) {
  const double no_period[6] = {0.0, -1.0, 1.5, 0x1p51, (double)INFINITY, (double)NAN};
  loy_error error;
  double value = -7.0;
  for (int k = 0; k < 6; k++) {
    double n = no_period[k];
    CHECK_STATUS(MODEL(check_customer)(&usual, n, -1.0, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
    CU_ASSERT(isnan(MODEL(survival)(&usual, n, 1.0)) && isnan(MODEL(churn)(&usual, n, 1.0)));
    CU_ASSERT(isnan(MODEL(retention)(&usual, n)) && isnan(MODEL(hazard)(&usual, n)));
    CU_ASSERT(isnan(MODEL(posterior)(&usual, n)) && isnan(MODEL(loglik)(&usual, n, 0.0)));
    CHECK_STATUS(MODEL(derl)(&usual, n, -1.0, -1.0, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
    CHECK_STATUS(MODEL(derl_elasticity)(&usual, n, -1.0, -1.0, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "n", LOY_NO_INDEX);
    if (n == 0.0) continue;
    CHECK_STATUS(MODEL(check_customer)(&usual, 1.0, n, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    CU_ASSERT(isnan(MODEL(survival)(&usual, 1.0, n)) && isnan(MODEL(churn)(&usual, 1.0, n)));
    if (isinf(n)) continue;
    CHECK_STATUS(MODEL(derl)(&usual, 1.0, 0.1, n, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    CHECK_STATUS(MODEL(del)(&usual, 0.1, n, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
    CHECK_STATUS(MODEL(derl_elasticity)(&usual, 1.0, 0.1, n, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "t", LOY_NO_INDEX);
  }
  for (int k = 0; k < 4; k++) {
    const double no_rate[4] = {-0.1, 1e-41, (double)INFINITY, (double)NAN};
    CHECK_STATUS(MODEL(derl)(&usual, 1.0, no_rate[k], -1.0, NULL, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
    CHECK_STATUS(MODEL(del)(&usual, no_rate[k], -1.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
    CHECK_STATUS(MODEL(derl_elasticity)(&usual, 1.0, no_rate[k], -1.0, &value, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "delta", LOY_NO_INDEX);
  }
  CHECK_STATUS(MODEL(derl)(&usual, 1.0, 0.1, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "derl", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(del)(&usual, 0.1, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "del", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(derl_elasticity)(&usual, 1.0, 0.1, 1.0, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "elasticity", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(value, -7.0);
  CU_ASSERT(isnan(MODEL(loglik)(&usual, 1.0, 0.5)) && isnan(MODEL(loglik)(&usual, 1.0, (double)NAN)));
}

/* What the numbers are to each other. */
static inline void rule_identities(void) {
  const double n[3] = {1, 4, 100000};
  for (int k = 0; k < 3; k++) {
    double total = 0.0, derl = 0.0, weighted = 0.0, value, all;
    CHECK_BITS(MODEL(survival)(&usual, n[k], 0), 1.0); /* nobody has left before the first decision */
    CHECK_BITS(MODEL(churn)(&usual, n[k], 0), 0.0);
    CHECK_CLOSE(MODEL(survival)(&usual, n[k], 1), MODEL(retention)(&usual, n[k]), 1e-14);
    CHECK_CLOSE(MODEL(churn)(&usual, n[k], 1), MODEL(hazard)(&usual, n[k]), 1e-14);
    CHECK_CLOSE(MODEL(retention)(&usual, n[k]) + MODEL(hazard)(&usual, n[k]), 1.0, 1e-15);
    for (int t = 1; t <= 40; t++) {
      total += MODEL(churn)(&usual, n[k], t);
      derl += MODEL(survival)(&usual, n[k], t) * exp(-.05 * (t - 1));
      weighted += t * MODEL(survival)(&usual, n[k], t) * exp(-.05 * (t - 1));
    }
    CHECK_CLOSE(1.0 - total, MODEL(survival)(&usual, n[k], 40), 1e-12);
    CHECK_STATUS(MODEL(derl)(&usual, n[k], .05, 40, &value, NULL), LOY_OK);
    CHECK_CLOSE(value, derl, 1e-13);
    CHECK_STATUS(MODEL(derl_elasticity)(&usual, n[k], .05, 40, &value, NULL), LOY_OK);
    CHECK_CLOSE(value, weighted / derl, 1e-13);
    /* A long horizon in two parts. */
    CHECK_STATUS(MODEL(derl)(&usual, n[k], 1e-3, 5000, &all, NULL), LOY_OK);
    CHECK_STATUS(MODEL(derl)(&usual, n[k], 1e-3, 700, &value, NULL), LOY_OK);
    CHECK_STATUS(MODEL(derl)(&usual, n[k] + 700, 1e-3, 4300, &derl, NULL), LOY_OK);
    CHECK_CLOSE(value + derl * MODEL(survival)(&usual, n[k], 700) * exp(-.7), all, 1e-12);
    CHECK_STATUS(MODEL(derl)(&usual, n[k], .05, 0, &value, NULL), LOY_OK);
    CHECK_BITS(value, 0.0);
    CHECK_STATUS(MODEL(derl_elasticity)(&usual, n[k], .05, 0, &value, NULL), LOY_OK);
    CHECK_BITS(value, 1.0);
  }
  CHECK_CLOSE(MODEL(loglik)(&usual, 4, 1), log(MODEL(survival)(&usual, 1, 4)), 1e-14);
  CHECK_CLOSE(MODEL(loglik)(&usual, 4, 0), log(MODEL(churn)(&usual, 1, 4)), 1e-14);
  {
    double derl, del;
    CHECK_STATUS(MODEL(derl)(&usual, 1, .05, 11, &derl, NULL), LOY_OK);
    CHECK_STATUS(MODEL(del)(&usual, .05, 12, &del, NULL), LOY_OK);
    CHECK_CLOSE(del, 1.0 + exp(-.05) * derl, 1e-15);
    CHECK_STATUS(MODEL(del)(&usual, .05, 0, &del, NULL), LOY_OK);
    CHECK_BITS(del, 0.0);
    CHECK_STATUS(MODEL(del)(&usual, .05, 1, &del, NULL), LOY_OK);
    CHECK_BITS(del, 1.0);
  }
}

static inline void rule_loglik_batch(void) {
  double t[4] = {1, 0.5, 9, 3}, end[4] = {0, 0, 1, 2}, out[4] = {7, 7, 7, 7};
  loy_batch_report report;
  loy_error error;
  CHECK_STATUS(MODEL(loglik_batch)(NULL, NULL, end, 4, NULL, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(loglik_batch)(&usual, NULL, end, 4, NULL, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lifetime", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(loglik_batch)(&usual, t, end, 4, NULL, &report, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(out[0], 7.0);
  CHECK_STATUS(MODEL(loglik_batch)(&usual, t, end, 4, out, &report, &error), LOY_OK);
  CHECK_BITS(out[0], MODEL(loglik)(&usual, 1, 0));
  CHECK_BITS(out[2], MODEL(loglik)(&usual, 9, 1));
  CU_ASSERT(isnan(out[1]) && isnan(out[3]));
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "lifetime", 1);
  t[1] = 2.0;
  CHECK_STATUS(MODEL(loglik_batch)(&usual, t, end, 4, t, &report, NULL), LOY_OK);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "censored", 3);
  CHECK_STATUS(MODEL(loglik_batch)(&usual, NULL, NULL, 0, NULL, &report, NULL), LOY_OK);
  t[0] = 5.0;
  CHECK_STATUS(MODEL(loglik_batch)(&usual, t, NULL, 1, out, NULL, NULL), LOY_OK);
  CHECK_BITS(out[0], MODEL(loglik)(&usual, 5, 0));
}

static inline void rule_simulate(void) {
  static double T[60000], t[60000], end[60000];
  double one[1] = {6}, left[4] = {0, 0, 0, 0}, there = 0.0;
  loy_error error;
  T[0] = 3.5;
  CHECK_STATUS(MODEL(simulate)(NULL, NULL, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(simulate)(&usual, NULL, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "T", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(simulate)(&usual, T, 1, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "lifetime", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(simulate)(&usual, T, 1, 1, t, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "censored", LOY_NO_INDEX);
  CHECK_STATUS(MODEL(simulate)(&usual, T, 1, 1, t, end, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "T", 0);
  for (int i = 0; i < 60000; i++) T[i] = 3 + i % 4;
  T[5] = 6;
  CHECK_STATUS(MODEL(simulate)(&usual, T, 60000, 11, t, end, &error), LOY_OK);
  for (int i = 0; i < 60000; i++) {
    CU_ASSERT_FATAL(t[i] >= 1.0 && t[i] <= T[i] && (end[i] == 0.0 || (end[i] == 1.0 && t[i] == T[i])));
    if (t[i] <= 3.0 && end[i] == 0.0) left[(int)t[i]] += 1.0;
    if (t[i] > 3.0 || end[i] == 1.0) there += 1.0;
  }
  for (int k = 1; k <= 3; k++) { /* five standard errors */
    double p = MODEL(churn)(&usual, 1, k);
    CHECK_NEAR(left[k] / 60000.0, p, 5.0 * sqrt(p * (1.0 - p) / 60000.0));
  }
  CHECK_NEAR(there / 60000.0, MODEL(survival)(&usual, 1, 3), 0.0102);
  /* A customer's draw depends on their place alone; the input may be the output. */
  for (int i = 0; i < 6; i++) T[i] = 6;
  CHECK_STATUS(MODEL(simulate)(&usual, T, 6, 11, T, end, NULL), LOY_OK);
  CHECK_STATUS(MODEL(simulate)(&usual, one, 1, 11, one, left, NULL), LOY_OK);
  CHECK_BITS(one[0], T[0]);
}

/* Rows with weights and the same customers one by one, in two orders. */
static inline void rule_weights(void) {
  result_t by_weight, mixed, again;
  double value, each, gradient[PARAMETERS], hessian[PARAMETERS * PARAMETERS], total = 0.0;
  loy_error error;
  size_t n = load(high_end, 7);
  CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, NULL, &by_weight, &error), LOY_OK);
  CHECK_STATUS(
      MODEL(loglik_total)(&by_weight.params, lifetime, censored, weight, n, NULL, &value, gradient, hessian, NULL),
      LOY_OK);
  for (size_t i = 0; i < n; i++) total += weight[i] * MODEL(loglik)(&by_weight.params, lifetime[i], censored[i]);
  CHECK_CLOSE(value, total, 1e-14);
  CHECK_CLOSE(value, by_weight.log_likelihood, 1e-14);
  for (int i = 0; i < PARAMETERS; i++) CHECK_NEAR(gradient[i], 0.0, 1e-9);
  n = load_customers(high_end, 7, 7);
  CHECK_STATUS(MODEL(loglik_total)(&by_weight.params, lifetime, censored, NULL, n, NULL, &each, NULL, NULL, NULL),
               LOY_OK);
  CHECK_CLOSE(each, value, 1e-14);
  CHECK_STATUS(MODEL(fit)(lifetime, censored, NULL, n, NULL, &mixed, NULL), LOY_OK);
  n = load_customers(high_end, 7, 333);
  CHECK_STATUS(MODEL(fit)(lifetime, censored, NULL, n, NULL, &again, NULL), LOY_OK);
  for (int i = 0; i < PARAMETERS; i++) {
    CHECK_CLOSE(*parameter(&mixed.params, i), *parameter(&by_weight.params, i), 1e-8);
    CHECK_BITS(*parameter(&again.params, i), *parameter(&mixed.params, i));
    /* Hessian and covariance are inverse to each other. */
    for (int j = 0; j < PARAMETERS; j++) {
      double sum = 0.0;
      for (int k = 0; k < PARAMETERS; k++)
        sum -= hessian[PARAMETERS * i + k] * by_weight.covariance[PARAMETERS * k + j];
      CHECK_NEAR(sum, i == j ? 1.0 : 0.0, 1e-6);
    }
  }
  CHECK_NEAR(by_weight.customers, 1000.0, 1e-10);
  CHECK_CLOSE(by_weight.std_error[0], sqrt(by_weight.covariance[0]), 1e-14);
}

/* First and second derivatives by differences. */
static inline void rule_derivatives(void) {
  const params_t odd = USUAL;
  size_t n = load(regular, 7);
  double value, gradient[PARAMETERS], hessian[PARAMETERS * PARAMETERS];
  lifetime[1] = 70000.0; /* beyond the table of lifetimes */
  lifetime[2] = 70000.0;
  CHECK_STATUS(MODEL(loglik_total)(&odd, lifetime, censored, weight, n, NULL, &value, gradient, hessian, NULL), LOY_OK);
  for (int i = 0; i < PARAMETERS; i++) {
    double h = 1e-5 * *parameter((params_t *)(void *)&usual, i), up, down, g_up[PARAMETERS], g_down[PARAMETERS];
    params_t moved = odd;
    *parameter(&moved, i) += h;
    CHECK_STATUS(MODEL(loglik_total)(&moved, lifetime, censored, weight, n, NULL, &up, g_up, NULL, NULL), LOY_OK);
    *parameter(&moved, i) -= 2.0 * h;
    CHECK_STATUS(MODEL(loglik_total)(&moved, lifetime, censored, weight, n, NULL, &down, g_down, NULL, NULL), LOY_OK);
    CHECK_CLOSE(gradient[i], (up - down) / (2.0 * h), 1e-6);
    for (int j = 0; j < PARAMETERS; j++)
      CHECK_CLOSE(hessian[PARAMETERS * i + j], (g_up[j] - g_down[j]) / (2.0 * h), 1e-5);
  }
}

#define EXPECT(call, status, argument, index)                                                                          \
  CHECK_STATUS(call, status);                                                                                          \
  CHECK_ERROR(&error, status, argument, index)

static inline void rule_checks(void) {
  double t[3] = {1, 2, 3}, end[3] = {0, 0, 1}, w[3] = {5, 3, 9}, value = -7.0;
  loy_progress no_function = {NULL, NULL};
  options_t options;
  result_t fit;
  loy_error error;
  fit.iterations = -7;
  MODEL(fit_options_init)(NULL);
  MODEL(fit_options_init)(&options);
  t[1] = 0.0;
  options.struct_size = 3;
  options.threads = -1;
  options.most_evaluations = -1;
  options.penalty = -1.0;
  options.progress = &no_function;
  *parameter(&options.start, 0) = 1.0;
  EXPECT(MODEL(fit)(NULL, end, w, 3, &options, NULL, &error), LOY_ERR_ARGUMENT, "lifetime", LOY_NO_INDEX);
  EXPECT(MODEL(loglik_total)(NULL, NULL, end, w, 3, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "params",
         LOY_NO_INDEX);
  EXPECT(MODEL(loglik_total)(&usual, NULL, end, w, 3, &options, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "lifetime",
         LOY_NO_INDEX);
#define BOTH(status, argument)                                                                                         \
  EXPECT(MODEL(fit)(t, end, w, 3, &options, NULL, &error), status, argument, LOY_NO_INDEX);                            \
  EXPECT(MODEL(loglik_total)(&usual, t, end, w, 3, &options, NULL, NULL, NULL, &error), status, argument, LOY_NO_INDEX)
  BOTH(LOY_ERR_ARGUMENT, "options");
  options.struct_size = sizeof options;
  BOTH(LOY_ERR_ARGUMENT, "threads");
  options.threads = 1;
  BOTH(LOY_ERR_ARGUMENT, "most_evaluations");
  options.most_evaluations = 0;
  BOTH(LOY_ERR_DOMAIN, "penalty");
  options.penalty = 0.0;
  BOTH(LOY_ERR_ARGUMENT, "progress");
  options.progress = NULL;
  EXPECT(MODEL(fit)(t, end, w, 3, &options, NULL, &error), LOY_ERR_DOMAIN, "start", LOY_NO_INDEX);
  *parameter(&options.start, 0) = 0.0;
  EXPECT(MODEL(fit)(t, end, w, 3, &options, NULL, &error), LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  EXPECT(MODEL(loglik_total)(&usual, t, end, w, 3, NULL, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT, "value",
         LOY_NO_INDEX);
  EXPECT(MODEL(fit)(t, end, w, 3, NULL, &fit, &error), LOY_ERR_DOMAIN, "lifetime", 1);
  EXPECT(MODEL(loglik_total)(&usual, t, end, w, 3, NULL, &value, NULL, NULL, &error), LOY_ERR_DOMAIN, "lifetime", 1);
  t[1] = (double)NAN;
  EXPECT(MODEL(fit)(t, end, w, 3, NULL, &fit, &error), LOY_ERR_DOMAIN, "lifetime", 1);
  t[1] = 2.0;
  end[2] = 0.5;
  EXPECT(MODEL(fit)(t, end, w, 3, NULL, &fit, &error), LOY_ERR_DOMAIN, "censored", 2);
  end[2] = 1.0;
  w[0] = 0.0;
  EXPECT(MODEL(fit)(t, end, w, 3, NULL, &fit, &error), LOY_ERR_DOMAIN, "weight", 0);
  EXPECT(MODEL(fit)(NULL, NULL, NULL, 0, NULL, &fit, &error), LOY_ERR_TOO_FEW, "lifetime", LOY_NO_INDEX);
  end[0] = end[1] = 1.0; /* nobody left */
  EXPECT(MODEL(fit)(t, end, NULL, 3, NULL, &fit, &error), LOY_ERR_TOO_FEW, "lifetime", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(fit.iterations, -7);
  CU_ASSERT_EQUAL(value, -7.0);
}

static inline void rule_memory(void) {
  failing_allocator memory;
  options_t options;
  result_t fit;
  size_t n = load(regular, 7);
  lifetime[1] = 70000.0;
  MODEL(fit_options_init)(&options);
  FOR_EACH_FAILURE(memory) {
    loy_status status;
    double value = -7.0;
    options.allocator = &memory.allocator;
    fit.iterations = -7;
    status = MODEL(fit)(lifetime, censored, weight, n, &options, &fit, NULL);
    if (!memory.failed)
      status = MODEL(loglik_total)(&usual, lifetime, censored, weight, n, &options, &value, NULL, NULL, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(value == -7.0, memory.failed);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

/* What a watch saw. */
typedef struct seen {
  int calls, stop_at;
  double best;
} seen;
static inline int look(void *ctx, int64_t done, int64_t of, double value) {
  seen *watch = (seen *)ctx;
  CU_ASSERT(done == watch->calls + 1 && of == 0);
  watch->calls++;
  if (value > watch->best) watch->best = value;
  return watch->calls != watch->stop_at;
}

static inline void rule_progress(void) {
  size_t n = load(regular, 7);
  result_t fit;
  options_t options;
  loy_error error;
  loy_progress progress;
  seen watch = {0, 0, -HUGE_VAL};
  progress.report = look;
  progress.ctx = &watch;
  MODEL(fit_options_init)(&options);
  options.progress = &progress;
  CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, &options, &fit, NULL), LOY_OK);
  CU_ASSERT_EQUAL(watch.calls, fit.evaluations);
  CHECK_CLOSE(watch.best, fit.log_likelihood, 1e-12);
  fit.iterations = -7;
  for (int stop = 1, calls = watch.calls; stop <= calls; stop += 3) {
    watch.calls = 0;
    watch.stop_at = stop;
    CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, &options, &fit, &error), LOY_ERR_CANCELED);
    CHECK_ERROR(&error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX);
    CU_ASSERT_EQUAL(watch.calls, stop);
    CU_ASSERT_EQUAL(fit.iterations, -7);
  }
}

/* With a penalty the mean with it is stationary at the answer, whose log-likelihood is the plain one. */
static inline void rule_penalty(void) {
  size_t n = load(regular, 7);
  result_t fit, plain;
  options_t options;
  double value, gradient[PARAMETERS];
  MODEL(fit_options_init)(&options);
  CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, &options, &plain, NULL), LOY_OK);
  options.penalty = 0.01;
  CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, &options, &fit, NULL), LOY_OK);
  CHECK_STATUS(MODEL(loglik_total)(&fit.params, lifetime, censored, weight, n, NULL, &value, gradient, NULL, NULL),
               LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, value, 1e-14);
  CU_ASSERT(value < plain.log_likelihood);
  for (int i = 0; i < PARAMETERS; i++) CHECK_CLOSE(gradient[i] / 1000.0, 2.0 * 0.01 * *parameter(&fit.params, i), 1e-9);
  /* A start of one's own. */
  options.penalty = 0.0;
  options.start = plain.params;
  CHECK_STATUS(MODEL(fit)(lifetime, censored, weight, n, &options, &fit, NULL), LOY_OK);
  CHECK_CLOSE(fit.log_likelihood, plain.log_likelihood, 1e-13);
  CU_ASSERT(fit.evaluations <= 3);
}

/* Retention that does not rise has customers who are all alike: named, not a point somewhere on the way. */
static inline void rule_alike(void) {
  double t[4] = {1, 2, 3, 3}, end[4] = {0, 0, 0, 1}, w[4] = {100, 90, 81, 729};
  result_t fit;
  loy_error error;
  CHECK_STATUS(MODEL(fit)(t, end, w, 4, NULL, &fit, &error), LOY_NOTICE_AT_BOUND);
  CHECK_ERROR(&error, LOY_NOTICE_AT_BOUND, fields[0], LOY_NO_INDEX);
  CHECK_CLOSE(*parameter(&fit.params, 0), 1e5, 1e-12);
  CHECK_CLOSE(MODEL(retention)(&fit.params, 1), 0.9, 1e-3);
  CU_ASSERT(isnan(fit.std_error[0]) && fit.std_error[1] > 0.0);
  /* One decision does not say how customers differ. */
  end[1] = 1.0;
  t[1] = 1.0;
  CHECK_STATUS(MODEL(fit)(t, end, w, 2, NULL, &fit, &error), LOY_NOTICE_WEAK_ID);
  CHECK_CLOSE(MODEL(hazard)(&fit.params, 1), 100.0 / 190.0, 1e-6);
}

#define ADD_RULES                                                                                                      \
  ADD(rule_parameters);                                                                                                \
  ADD(rule_periods);                                                                                                   \
  ADD(rule_identities);                                                                                                \
  ADD(rule_loglik_batch);                                                                                              \
  ADD(rule_simulate)
#define ADD_FIT_RULES                                                                                                  \
  ADD(rule_weights);                                                                                                   \
  ADD(rule_derivatives);                                                                                               \
  ADD(rule_checks);                                                                                                    \
  ADD(rule_memory);                                                                                                    \
  ADD(rule_progress);                                                                                                  \
  ADD(rule_penalty);                                                                                                   \
  ADD(rule_alike)

#endif /* LOYALTY_TESTS_CONTRACT_RULES_H */
