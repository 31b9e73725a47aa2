/* btyd_contract.c: the models of contracts, their side of the parity cases. Each function is written once for both. */
#include "parity.h"

#include "loyalty/btyd/bdw_fit.h"
#include "loyalty/btyd/sbg_fit.h"
#include "loyalty/btyd/survivors.h"

static void survivors_rows(parity_case *c) {
  size_t n, cohorts, t_n, end_n, w_n, rows = 0;
  const double *survivors = parity_column(c, &n);
  const int64_t *length = parity_column_i64(c, &cohorts);
  double *t = parity_out(c, &t_n), *end = parity_out(c, &end_n), *weight = parity_out(c, &w_n);
  loy_error e;
  if (parity_lengths(c, "lifetime", t_n, n) || parity_lengths(c, "censored", end_n, n) ||
      parity_lengths(c, "weight", w_n, n))
    return;
  loy_survivors_rows(survivors, n, length, cohorts, t, end, weight, &rows, &e);
  if (!parity_failed(c, &e)) parity_give_int(c, (int64_t)rows);
}

/* True when the case is done, because the columns that there are have not the length of the first. */
static bool lengths(parity_case *c, size_t n, const double *censored, size_t censored_n, const double *weight,
                    size_t weight_n) {
  return (censored && parity_lengths(c, "censored", censored_n, n)) ||
         (weight && parity_lengths(c, "weight", weight_n, n));
}

/* The end of a function that may diverge. */
static void give_status(parity_case *c, const loy_error *e, double value) {
  if (parity_failed(c, e)) return;
  parity_give_text(c, loy_status_name(e->status));
  parity_give_double(c, value);
}

#define CONTRACT(M, N)                                                                                                 \
  static loy_##M##_params M##_take(parity_case *c) {                                                                   \
    loy_##M##_params params;                                                                                           \
    for (int i = 0; i < (N); i++) ((double *)(void *)&params)[i] = parity_double(c);                                   \
    return params;                                                                                                     \
  }                                                                                                                    \
  static void M##_check(parity_case *c) {                                                                              \
    loy_##M##_params params = M##_take(c);                                                                             \
    loy_error e;                                                                                                       \
    loy_##M##_check(&params, &e);                                                                                      \
    (void)parity_failed(c, &e);                                                                                        \
  }                                                                                                                    \
  static void M##_two(parity_case *c, double (*f)(const loy_##M##_params *, double, double)) {                         \
    loy_##M##_params params = M##_take(c);                                                                             \
    double n = parity_double(c), t = parity_double(c);                                                                 \
    loy_error e;                                                                                                       \
    loy_##M##_check_customer(&params, n, t, &e);                                                                       \
    if (!parity_failed(c, &e)) parity_give_double(c, f(&params, n, t));                                                \
  }                                                                                                                    \
  static void M##_one(parity_case *c, double (*f)(const loy_##M##_params *, double)) {                                 \
    loy_##M##_params params = M##_take(c);                                                                             \
    double n = parity_double(c);                                                                                       \
    loy_error e;                                                                                                       \
    loy_##M##_check_customer(&params, n, 0.0, &e);                                                                     \
    if (!parity_failed(c, &e)) parity_give_double(c, f(&params, n));                                                   \
  }                                                                                                                    \
  static void M##_survival(parity_case *c) { M##_two(c, loy_##M##_survival); }                                         \
  static void M##_churn(parity_case *c) { M##_two(c, loy_##M##_churn); }                                               \
  static void M##_retention(parity_case *c) { M##_one(c, loy_##M##_retention); }                                       \
  static void M##_hazard(parity_case *c) { M##_one(c, loy_##M##_hazard); }                                             \
  static void M##_posterior(parity_case *c) { M##_one(c, loy_##M##_posterior); }                                       \
  static void M##_derl(parity_case *c) {                                                                               \
    double rate = parity_double(c), value = 0.0;                                                                       \
    loy_##M##_params params = M##_take(c);                                                                             \
    double n = parity_double(c), t = parity_double(c);                                                                 \
    loy_error e;                                                                                                       \
    loy_##M##_derl(&params, n, rate, t, &value, &e);                                                                   \
    give_status(c, &e, value);                                                                                         \
  }                                                                                                                    \
  static void M##_derl_elasticity(parity_case *c) {                                                                    \
    double rate = parity_double(c), value = 0.0;                                                                       \
    loy_##M##_params params = M##_take(c);                                                                             \
    double n = parity_double(c), t = parity_double(c);                                                                 \
    loy_error e;                                                                                                       \
    loy_##M##_derl_elasticity(&params, n, rate, t, &value, &e);                                                        \
    give_status(c, &e, value);                                                                                         \
  }                                                                                                                    \
  static void M##_del(parity_case *c) {                                                                                \
    double rate = parity_double(c), value = 0.0;                                                                       \
    loy_##M##_params params = M##_take(c);                                                                             \
    double t = parity_double(c);                                                                                       \
    loy_error e;                                                                                                       \
    loy_##M##_del(&params, rate, t, &value, &e);                                                                       \
    give_status(c, &e, value);                                                                                         \
  }                                                                                                                    \
  static void M##_loglik(parity_case *c) {                                                                             \
    loy_##M##_params params = M##_take(c);                                                                             \
    double t = parity_double(c), end = parity_double(c), out;                                                          \
    loy_batch_report report;                                                                                           \
    loy_error e;                                                                                                       \
    loy_##M##_loglik_batch(&params, &t, &end, 1, &out, &report, &e);                                                   \
    report.first.index = LOY_NO_INDEX;                                                                                 \
    if (parity_failed(c, &e) || (report.bad > 0 && parity_failed(c, &report.first))) return;                           \
    parity_give_double(c, loy_##M##_loglik(&params, t, end));                                                          \
  }                                                                                                                    \
  static void M##_loglik_batch(parity_case *c) {                                                                       \
    loy_##M##_params params = M##_take(c);                                                                             \
    size_t n, end_n, out_n;                                                                                            \
    const double *t = parity_column(c, &n), *end = parity_column(c, &end_n);                                           \
    double *out = parity_out(c, &out_n);                                                                               \
    bool coerce = parity_bool(c);                                                                                      \
    loy_batch_report report;                                                                                           \
    loy_error e;                                                                                                       \
    if (lengths(c, n, end, end_n, NULL, 0) || parity_lengths(c, "out", out_n, n)) return;                              \
    loy_##M##_loglik_batch(&params, t, end, n, out, &report, &e);                                                      \
    if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;                \
    parity_give_int(c, (int64_t)report.bad);                                                                           \
  }                                                                                                                    \
  static void M##_loglik_total(parity_case *c) {                                                                       \
    loy_##M##_params params = M##_take(c);                                                                             \
    size_t n, end_n, w_n;                                                                                              \
    const double *t = parity_column(c, &n), *end = parity_column(c, &end_n), *w = parity_column(c, &w_n);              \
    double value, gradient[N], hessian[(N) * (N)];                                                                     \
    loy_error e;                                                                                                       \
    if (lengths(c, n, end, end_n, w, w_n)) return;                                                                     \
    loy_##M##_loglik_total(&params, t, end, w, n, NULL, &value, gradient, hessian, &e);                                \
    if (parity_failed(c, &e)) return;                                                                                  \
    parity_give_double(c, value);                                                                                      \
    for (int i = 0; i < (N); i++) parity_give_double(c, gradient[i]);                                                  \
    for (int i = 0; i < (N) * (N); i++) parity_give_double(c, hessian[i]);                                             \
  }                                                                                                                    \
  static void M##_fit(parity_case *c) {                                                                                \
    size_t n, end_n, w_n;                                                                                              \
    const double *t = parity_column(c, &n), *end = parity_column(c, &end_n), *w = parity_column(c, &w_n);              \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result fit;                                                                                          \
    loy_error e;                                                                                                       \
    loy_##M##_fit_options_init(&options);                                                                              \
    options.threads = (int)parity_int(c);                                                                              \
    options.most_evaluations = (int)parity_int(c);                                                                     \
    options.start = M##_take(c);                                                                                       \
    options.penalty = parity_double(c);                                                                                \
    (void)parity_text(c); /* no watch */                                                                               \
    if (lengths(c, n, end, end_n, w, w_n)) return;                                                                     \
    loy_##M##_fit(t, end, w, n, &options, &fit, &e);                                                                   \
    if (parity_failed(c, &e)) return;                                                                                  \
    parity_give_text(c, loy_status_name(e.status));                                                                    \
    for (int i = 0; i < (N); i++) parity_give_double(c, ((const double *)(const void *)&fit.params)[i]);               \
    parity_give_double(c, fit.log_likelihood);                                                                         \
    for (int i = 0; i < (N); i++) parity_give_double(c, fit.std_error[i]);                                             \
    for (int i = 0; i < (N) * (N); i++) parity_give_double(c, fit.covariance[i]);                                      \
    parity_give_double(c, fit.customers);                                                                              \
    parity_give_double(c, fit.scaled_gradient);                                                                        \
    parity_give_double(c, fit.decrement);                                                                              \
    parity_give_int(c, fit.iterations);                                                                                \
    parity_give_int(c, fit.evaluations);                                                                               \
  }                                                                                                                    \
  static void M##_simulate(parity_case *c) {                                                                           \
    loy_##M##_params params = M##_take(c);                                                                             \
    size_t n, t_n, end_n;                                                                                              \
    const double *T = parity_column(c, &n);                                                                            \
    uint64_t seed = (uint64_t)parity_int(c);                                                                           \
    double *t = parity_out(c, &t_n), *end = parity_out(c, &end_n);                                                     \
    loy_error e;                                                                                                       \
    if (parity_lengths(c, "lifetime", t_n, n) || parity_lengths(c, "censored", end_n, n)) return;                      \
    loy_##M##_simulate(&params, T, n, seed, t, end, &e);                                                               \
    (void)parity_failed(c, &e);                                                                                        \
  }

CONTRACT(sbg, 2)
CONTRACT(bdw, 3)

static void sbg_retention_elasticity(parity_case *c) {
  double rate = parity_double(c), value = 0.0;
  loy_sbg_params params = sbg_take(c);
  double n = parity_double(c);
  loy_error e;
  loy_sbg_retention_elasticity(&params, n, rate, &value, &e);
  give_status(c, &e, value);
}

PARITY(btyd_contract) {
  CASE(survivors_rows);
  CASE(sbg_retention_elasticity);
#define CASES(M)                                                                                                       \
  CASE(M##_check);                                                                                                     \
  CASE(M##_survival);                                                                                                  \
  CASE(M##_churn);                                                                                                     \
  CASE(M##_retention);                                                                                                 \
  CASE(M##_hazard);                                                                                                    \
  CASE(M##_posterior);                                                                                                 \
  CASE(M##_derl);                                                                                                      \
  CASE(M##_derl_elasticity);                                                                                           \
  CASE(M##_del);                                                                                                       \
  CASE(M##_loglik);                                                                                                    \
  CASE(M##_loglik_batch);                                                                                              \
  CASE(M##_loglik_total);                                                                                              \
  CASE(M##_fit);                                                                                                       \
  CASE(M##_simulate)
  CASES(sbg);
  CASES(bdw);
}
