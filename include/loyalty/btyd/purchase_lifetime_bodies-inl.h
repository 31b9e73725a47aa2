/* purchase_lifetime_bodies-inl.h: private. The public functions of a model of purchase_lifetime.h, written once for all
 * of them. A model M defines loy_M_params, declares the functions with their comments in its header, and gives
 *   loyi_M_model(params, model, error)   checks the parameters and fills a loyi_purchase_model
 * in its body, followed by these. */
#ifndef LOYALTY_BTYD_PURCHASE_LIFETIME_BODIES_INL_H
#define LOYALTY_BTYD_PURCHASE_LIFETIME_BODIES_INL_H

#include <math.h>

/* The model, and what a history says about the customer now. */
#define LOYI_PURCHASE_BODIES(M)                                                                                        \
  LOYALTY_API void loy_##M##_options_init(loy_##M##_options *options) {                                                \
    if (!options) return;                                                                                              \
    options->struct_size = sizeof *options;                                                                            \
    options->threads = 1;                                                                                              \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_check(const loy_##M##_params *params, loy_error *error) {                           \
    loyi_purchase_model model;                                                                                         \
    return loyi_##M##_model(params, &model, error);                                                                    \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_check_customer(const loy_##M##_params *params, double x, double t_x, double T,      \
                                                  double t, loy_error *error) {                                        \
    loy_status status = loy_##M##_check(params, error);                                                                \
    return status != LOY_OK ? status : loyi_purchase_check(x, t_x, T, t, error);                                       \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_loglik(const loy_##M##_params *params, double x, double t_x, double T) {                \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_one(&model, x, t_x, T, loyi_purchase_loglik_row, NULL);                                       \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_loglik_batch(const loy_##M##_params *params, const double *x, const double *t_x,    \
                                                const double *T, size_t n, const loy_##M##_options *options,           \
                                                double *out, loy_batch_report *report, loy_error *error) {             \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_batch(&model, x, t_x, T, n, options, loyi_purchase_loglik_row, NULL, out, report, error);     \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_palive(const loy_##M##_params *params, double x, double t_x, double T, double t) {      \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK || !loyi_is_horizon(t)) return NAN;                           \
    return loyi_purchase_one(&model, x, t_x, T, loyi_purchase_palive_row, &t);                                         \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_log_palive(const loy_##M##_params *params, double x, double t_x, double T) {            \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_one(&model, x, t_x, T, loyi_purchase_log_palive_row, NULL);                                   \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_palive_batch(const loy_##M##_params *params, const double *x, const double *t_x,    \
                                                const double *T, size_t n, double t, const loy_##M##_options *options, \
                                                double *out, loy_batch_report *report, loy_error *error) {             \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_palive_batch(&model, x, t_x, T, n, t, options, out, report, error);                           \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_posterior(const loy_##M##_params *params, double x, double t_x, double T,           \
                                             double *lambda, double *dropout, loy_error *error) {                      \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_posterior(&model, x, t_x, T, lambda, dropout, error);                                         \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_posterior_batch(                                                                    \
      const loy_##M##_params *params, const double *x, const double *t_x, const double *T, size_t n,                   \
      const loy_##M##_options *options, double *lambda, double *dropout, loy_batch_report *report, loy_error *error) { \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_posterior_batch(&model, x, t_x, T, n, options, lambda, dropout, report, error);               \
  }

/* What the customer will do. */
#define LOYI_PURCHASE_PREDICT_BODIES(M)                                                                                \
  LOYALTY_API double loy_##M##_expected_purchases(const loy_##M##_params *params, double x, double t_x, double T,      \
                                                  double t) {                                                          \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_expected(&model, x, t_x, T, t);                                                               \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_expected_purchases_batch(                                                           \
      const loy_##M##_params *params, const double *x, const double *t_x, const double *T, size_t n, double t,         \
      const loy_##M##_options *options, double *out, loy_batch_report *report, loy_error *error) {                     \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_expected_batch(&model, x, t_x, T, n, t, options, out, report, error);                         \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_expected_purchases_new(const loy_##M##_params *params, double t) {                      \
    return loy_##M##_expected_purchases(params, 0.0, 0.0, 0.0, t);                                                     \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_dert(const loy_##M##_params *params, double x, double t_x, double T, double delta) {    \
    return loy_##M##_dect(params, x, t_x, T, delta, HUGE_VAL);                                                         \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_dect(const loy_##M##_params *params, double x, double t_x, double T, double delta,      \
                                    double t) {                                                                        \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_dect(&model, x, t_x, T, delta, t);                                                            \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_dect_check(const loy_##M##_params *params, double x, double t_x, double T,          \
                                              double delta, double t, loy_error *error) {                              \
    loy_status status = loy_##M##_check_customer(params, x, t_x, T, 0.0, error);                                       \
    return status != LOY_OK ? status : loyi_history_discount_check(delta, t, error);                                   \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_dert_batch(                                                                         \
      const loy_##M##_params *params, const double *x, const double *t_x, const double *T, size_t n, double delta,     \
      const loy_##M##_options *options, double *out, loy_batch_report *report, loy_error *error) {                     \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_dect_batch(&model, x, t_x, T, n, delta, HUGE_VAL, 1, options, out, report, error);            \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_dect_batch(                                                                         \
      const loy_##M##_params *params, const double *x, const double *t_x, const double *T, size_t n, double delta,     \
      double t, const loy_##M##_options *options, double *out, loy_batch_report *report, loy_error *error) {           \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_dect_batch(&model, x, t_x, T, n, delta, t, 0, options, out, report, error);                   \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_predict_batch(                                                                      \
      const loy_##M##_params *params, const double *x, const double *t_x, const double *T, size_t n, double delta,     \
      double t, const loy_##M##_options *options, double *p_alive, double *expected_purchases,                         \
      double *discounted_purchases, loy_batch_report *report, loy_error *error) {                                      \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_predict_batch(&model, x, t_x, T, n, delta, t, options, p_alive, expected_purchases,           \
                                       discounted_purchases, report, error);                                           \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_pmf(const loy_##M##_params *params, double n, double t) {                               \
    return loy_##M##_pmf_future(params, 0.0, 0.0, 0.0, n, t);                                                          \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_pmf_future(const loy_##M##_params *params, double x, double t_x, double T, double n,    \
                                          double t) {                                                                  \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_pmf_future(&model, x, t_x, T, n, t);                                                          \
  }                                                                                                                    \
  LOYALTY_API double loy_##M##_pmf_interval(const loy_##M##_params *params, double n, double t0, double t1) {          \
    loyi_purchase_model model;                                                                                         \
    if (loyi_##M##_model(params, &model, NULL) != LOY_OK) return NAN;                                                  \
    return loyi_purchase_pmf_interval(&model, n, t0, t1);                                                              \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_pmf_check(const loy_##M##_params *params, double x, double t_x, double T, double n, \
                                             double t0, double t1, loy_error *error) {                                 \
    loy_status status = loy_##M##_check_customer(params, x, t_x, T, 0.0, error);                                       \
    return status != LOY_OK ? status : loyi_history_count_check(n, t0, t1, error);                                     \
  }

/* Simulation. */
#define LOYI_PURCHASE_SIMULATE_BODIES(M)                                                                               \
  LOYALTY_API loy_status loy_##M##_simulate(const loy_##M##_params *params, const double *T, size_t n, uint64_t seed,  \
                                            const loy_##M##_options *options, double *x, double *t_x, double *alive,   \
                                            loy_error *error) {                                                        \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_purchase_simulate(&model, T, n, seed, options, x, t_x, alive, error);                                  \
  }                                                                                                                    \
  LOYALTY_API loy_status loy_##M##_simulate_log(const loy_##M##_params *params, const double *T, size_t n,             \
                                                uint64_t seed, int64_t *customer, double *time, size_t capacity,       \
                                                size_t *purchases, loy_error *error) {                                 \
    loyi_purchase_model model;                                                                                         \
    loy_status status = loyi_##M##_model(params, &model, error);                                                       \
    if (status != LOY_OK) return status;                                                                               \
    return loyi_draws_log(loyi_purchase_draw, &model, T, n, seed, customer, time, capacity, purchases, error);         \
  }

#endif /* LOYALTY_BTYD_PURCHASE_LIFETIME_BODIES_INL_H */
