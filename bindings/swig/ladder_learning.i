/* ladder_learning.i: shims of ladder/learning.h and ladder/learning_fit.h. */

/* Sequences of customers stand one after the other in `bought`; `offset` says where each begins, and where the last ends.
 * A fit fills a record of LEARNING_RECORD numbers: the scalars in the order of learning_pack; 4 estimates, standard errors,
 * robust standard errors, 16 covariances, 16 robust ones. */
%{
#include "loyalty/ladder/learning.h"
#include "loyalty/ladder/learning_fit.h"

enum {
  LEARNING_SCALARS = 22,
  LEARNING_RECORD = LEARNING_SCALARS + 3 * LOY_LEARNING_PARAMS + 2 * LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS
};

static void learning_pack(const loy_learning_fit_result *fit, double *record) {
  const double scalars[LEARNING_SCALARS] = {
      fit->log_likelihood, fit->aic, fit->bic, fit->markov_params.alpha, fit->markov_params.beta,
      fit->markov_log_likelihood, fit->bernoulli, fit->bernoulli_log_likelihood, fit->markov.statistic,
      fit->markov.p_value, fit->bernoulli_test.statistic, fit->bernoulli_test.p_value, fit->memory.statistic,
      fit->memory.p_value, fit->rows, fit->customers, (double)fit->at_bound, (double)fit->starts, (double)fit->agreeing,
      (double)fit->converged, fit->decrement, (double)fit->evaluations};
  double *at = record + LEARNING_SCALARS;
  memcpy(record, scalars, sizeof scalars);
  memcpy(at, fit->estimate, sizeof fit->estimate);
  memcpy(at + 4, fit->std_error, sizeof fit->std_error);
  memcpy(at + 8, fit->robust_std_error, sizeof fit->robust_std_error);
  memcpy(at + 12, fit->covariance, sizeof fit->covariance);
  memcpy(at + 28, fit->robust_covariance, sizeof fit->robust_covariance);
}

static loy_learning_params learning_params(double alpha, double beta, double lambda) {
  const loy_learning_params params = {alpha, beta, lambda};
  return params;
}

/* Offsets and what they point into. */
static bool sequences_fit(loy_in_i64 offset, const char *name, size_t rows, loy_error *e) {
  if (offset.n == 0) return loy_refuse(e, LOY_ERR_ARGUMENT, "offset", "must have one number more than there are customers");
  if (offset.p[offset.n - 1] < 0 || (uint64_t)offset.p[offset.n - 1] != rows)
    return loy_refuse(e, LOY_ERR_ARGUMENT, name, "must have as many rows as the last offset says");
  return true;
}
%}

LOY_BULK(learning_filter)
LOY_BULK(learning_forecast)
LOY_BULK(learning_simulate)
LOY_BULK(learning_total)
LOY_BULK(learning_fit)
%inline %{
static loy_r0 learning_check(double alpha, double beta, double lambda_) {
  loy_r0 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  loy_learning_check(&params, &r.e);
  return r;
}

/* Upper and lower limit, mean. */
static loy_s3 learning_limits(double alpha, double beta, double lambda_) {
  loy_s3 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  loy_learning_limits limits;
  if (loy_status_is_error(loy_learning_limits_of(&params, &limits, &r.e))) return r;
  r.v[0] = limits.upper;
  r.v[1] = limits.lower;
  r.v[2] = limits.mean;
  return r;
}

/* Probabilities and log-likelihoods of rows, next probabilities of customers. */
static loy_r0 learning_filter(double alpha, double beta, double lambda_, double first, loy_in_i64 offset, loy_in bought,
                              loy_out_opt probability, loy_out_opt log_likelihood, loy_out_opt next) {
  loy_r0 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  loy_learning_data data = {offset.p, bought.p, NULL, offset.n > 0 ? offset.n - 1 : 0};
  if (!sequences_fit(offset, "bought", bought.n, &r.e) ||
      (probability.p && !loy_same_length(&r.e, "probability", probability.n, bought.n)) ||
      (log_likelihood.p && !loy_same_length(&r.e, "log_likelihood", log_likelihood.n, bought.n)) ||
      (next.p && !loy_has_length(&r.e, "next", next.n, data.customers)))
    return r;
  loy_learning_filter(&params, first, &data, probability.p, log_likelihood.p, next.p, &r.e);
  return r;
}

static loy_r0 learning_forecast(double alpha, double beta, double lambda_, loy_in p, uint64_t periods, loy_out_opt later,
                                loy_out_opt purchases) {
  loy_r0 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  if ((later.p && !loy_same_length(&r.e, "later", later.n, p.n)) ||
      (purchases.p && !loy_same_length(&r.e, "purchases", purchases.n, p.n)))
    return r;
  loy_learning_forecast(&params, p.p, p.n, periods, later.p, purchases.p, &r.e);
  return r;
}

static loy_r0 learning_simulate(double alpha, double beta, double lambda_, double first, loy_in_i64 offset, uint64_t seed,
                                loy_out bought) {
  loy_r0 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  if (!sequences_fit(offset, "bought", bought.n, &r.e)) return r;
  loy_learning_simulate(&params, first, offset.p, offset.n - 1, seed, bought.p, &r.e);
  return r;
}

/* The log-likelihood; its 4 derivatives and 16 second ones. */
static loy_s1 learning_total(double alpha, double beta, double lambda_, double first, loy_in_i64 offset, loy_in bought,
                             loy_in_opt weight, loy_out_opt gradient, loy_out_opt hessian) {
  loy_s1 r = {0};
  const loy_learning_params params = learning_params(alpha, beta, lambda_);
  loy_learning_data data = {offset.p, bought.p, weight.p, offset.n > 0 ? offset.n - 1 : 0};
  if (!sequences_fit(offset, "bought", bought.n, &r.e) ||
      (weight.p && !loy_has_length(&r.e, "weight", weight.n, data.customers)) ||
      (gradient.p && !loy_has_length(&r.e, "gradient", gradient.n, LOY_LEARNING_PARAMS)) ||
      (hessian.p && !loy_has_length(&r.e, "hessian", hessian.n, LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS)))
    return r;
  loy_learning_total(&params, first, &data, &r.v[0], gradient.p, hessian.p, &r.e);
  return r;
}

/* The length of a record. */
static loy_ri learning_record(void) {
  loy_ri r = {0};
  r.v = LEARNING_RECORD;
  return r;
}

/* `first_is` is a loy_learning_first. */
static loy_s0 learning_fit(loy_in_i64 offset, loy_in bought, loy_in_opt weight, int first_is, double first,
                           int most_evaluations, loy_out record) {
  loy_s0 r = {0};
  loy_learning_data data = {offset.p, bought.p, weight.p, offset.n > 0 ? offset.n - 1 : 0};
  loy_learning_fit_options options;
  loy_learning_fit_result fit;
  if (!loy_has_length(&r.e, "record", record.n, LEARNING_RECORD) ||
      !sequences_fit(offset, "bought", bought.n, &r.e) ||
      (weight.p && !loy_has_length(&r.e, "weight", weight.n, data.customers)))
    return r;
  loy_learning_fit_options_init(&options);
  options.first_is = first_is;
  options.first = first;
  options.most_evaluations = most_evaluations;
  if (!loy_status_is_error(loy_learning_fit(&data, &options, &fit, &r.e))) learning_pack(&fit, record.p);
  return r;
}
%}
