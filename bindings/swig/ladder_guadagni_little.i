/* ladder_guadagni_little.i: shims of ladder/guadagni_little.h and ladder/guadagni_little_fit.h. */

/* A model is a column of K constants, b, the slopes and lambda; `alternatives` is K. A fit fills a record of
 * GUADAGNI_LITTLE_RECORD numbers: the scalars in the order of guadagni_little_pack; room for 16 estimates, 16 standard
 * errors and 256 covariances; 51 lambdas of the profile and its values; 8 lambdas of maxima and their values. */
%{
#include "loyalty/ladder/guadagni_little.h"
#include "loyalty/ladder/guadagni_little_fit.h"

enum {
  GUADAGNI_LITTLE_SCALARS = 16,
  GUADAGNI_LITTLE_RECORD = GUADAGNI_LITTLE_SCALARS + 2 * LOY_GUADAGNI_LITTLE_PARAMS +
                           LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS + 2 * LOY_GUADAGNI_LITTLE_GRID +
                           2 * LOY_GUADAGNI_LITTLE_MAXIMA
};

static void guadagni_little_pack(const loy_guadagni_little_fit_result *fit, double *record) {
  const double scalars[GUADAGNI_LITTLE_SCALARS] = {
      fit->log_likelihood, fit->aic, fit->bic, fit->equal_log_likelihood, fit->null_log_likelihood, fit->statistic,
      fit->p_value, (double)fit->params, (double)fit->maxima, (double)fit->rows, (double)fit->customers,
      (double)fit->at_bound, (double)fit->separated, (double)fit->converged, fit->decrement, (double)fit->evaluations};
  double *at = record + GUADAGNI_LITTLE_SCALARS;
  memcpy(record, scalars, sizeof scalars);
  memcpy(at, fit->estimate, sizeof fit->estimate);
  at += LOY_GUADAGNI_LITTLE_PARAMS;
  memcpy(at, fit->std_error, sizeof fit->std_error);
  at += LOY_GUADAGNI_LITTLE_PARAMS;
  memcpy(at, fit->covariance, sizeof fit->covariance);
  at += LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS;
  memcpy(at, fit->profile_lambda, sizeof fit->profile_lambda);
  at += LOY_GUADAGNI_LITTLE_GRID;
  memcpy(at, fit->profile, sizeof fit->profile);
  at += LOY_GUADAGNI_LITTLE_GRID;
  memcpy(at, fit->maximum_lambda, sizeof fit->maximum_lambda);
  at += LOY_GUADAGNI_LITTLE_MAXIMA;
  memcpy(at, fit->maximum, sizeof fit->maximum);
}

static bool guadagni_little_model(loy_in params, size_t alternatives, loy_guadagni_little_model *model, loy_error *e) {
  memset(model, 0, sizeof *model);
  if (alternatives < 2 || alternatives > LOY_GUADAGNI_LITTLE_MOST)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "alternatives", "must be from 2 to 15");
  if (params.n < alternatives + 2 || params.n > LOY_GUADAGNI_LITTLE_MOST + 2)
    return loy_refuse(e, LOY_ERR_ARGUMENT, "params", "must be the constants, b, the slopes and lambda");
  model->alternatives = alternatives;
  model->covariates = params.n - 2 - alternatives;
  memcpy(model->constant, params.p, alternatives * sizeof *params.p);
  model->loyalty = params.p[alternatives];
  memcpy(model->slope, params.p + alternatives + 1, model->covariates * sizeof *params.p);
  model->lambda = params.p[params.n - 1];
  return true;
}

/* How many numbers are in `rows` rows of `each`; a product that does not fit is as wrong as any other. */
static bool guadagni_little_table(loy_in_opt table, const char *name, size_t rows, size_t each, loy_error *e) {
  if (each == 0 ? table.n == 0 : table.n % each == 0 && table.n / each == rows) return true;
  return loy_refuse(e, LOY_ERR_ARGUMENT, name, "must have a number for each row, alternative and covariate");
}

static bool guadagni_little_data(loy_in_i64 offset, loy_in_i64 chosen, size_t alternatives, size_t covariates,
                                 loy_in_opt covariate, loy_guadagni_little_data *data, loy_error *e) {
  memset(data, 0, sizeof *data);
  if (!sequences_fit(offset, "chosen", chosen.n, e)) return false;
  /* Beyond the limits the core says what is wrong, before it looks at a covariate. */
  if (alternatives <= LOY_GUADAGNI_LITTLE_MOST && covariates <= LOY_GUADAGNI_LITTLE_MOST &&
      !guadagni_little_table(covariate, "covariate", chosen.n, alternatives * covariates, e))
    return false;
  data->offset = offset.p;
  data->chosen = chosen.p;
  data->covariate = covariate.p;
  data->customers = offset.n - 1;
  data->alternatives = alternatives;
  data->covariates = covariates;
  return true;
}
%}

LOY_BULK(guadagni_little_loyalty)
LOY_BULK(guadagni_little_probabilities)
LOY_BULK(guadagni_little_simulate)
LOY_BULK(guadagni_little_total)
LOY_BULK(guadagni_little_fit)
%inline %{
static loy_r0 guadagni_little_check(loy_in params, size_t alternatives) {
  loy_r0 r = {0};
  loy_guadagni_little_model model;
  if (guadagni_little_model(params, alternatives, &model, &r.e)) loy_guadagni_little_check(&model, &r.e);
  return r;
}

/* Loyalty before each row, and after each customer's last: K numbers each. */
static loy_r0 guadagni_little_loyalty(double lambda_, loy_in_i64 offset, loy_in_i64 chosen, size_t alternatives,
                                      loy_out_opt loyalty, loy_out_opt next) {
  loy_r0 r = {0};
  loy_guadagni_little_data data;
  const loy_in_opt none = {NULL, 0};
  if (!guadagni_little_data(offset, chosen, alternatives, 0, none, &data, &r.e)) return r;
  if (alternatives <= LOY_GUADAGNI_LITTLE_MOST &&
      ((loyalty.p && !loy_has_length(&r.e, "loyalty", loyalty.n, chosen.n * alternatives)) ||
       (next.p && !loy_has_length(&r.e, "next", next.n, data.customers * alternatives))))
    return r;
  loy_guadagni_little_loyalty(lambda_, &data, loyalty.p, next.p, &r.e);
  return r;
}

static loy_r0 guadagni_little_probabilities(loy_in params, size_t alternatives, loy_in loyalty, loy_in_opt covariate,
                                            loy_out probability) {
  loy_r0 r = {0};
  loy_guadagni_little_model model;
  if (!guadagni_little_model(params, alternatives, &model, &r.e)) return r;
  if (loyalty.n % alternatives != 0) {
    loy_refuse(&r.e, LOY_ERR_ARGUMENT, "loyalty", "must have a number for each alternative");
    return r;
  }
  if (!guadagni_little_table(covariate, "covariate", loyalty.n / alternatives, alternatives * model.covariates, &r.e) ||
      !loy_same_length(&r.e, "probability", probability.n, loyalty.n))
    return r;
  loy_guadagni_little_probabilities(&model, loyalty.p, covariate.p, loyalty.n / alternatives, probability.p, &r.e);
  return r;
}

static loy_r0 guadagni_little_simulate(loy_in params, size_t alternatives, loy_in_i64 offset, loy_in_opt covariate,
                                       uint64_t seed, loy_out_i64 chosen) {
  loy_r0 r = {0};
  loy_guadagni_little_model model;
  if (!guadagni_little_model(params, alternatives, &model, &r.e) ||
      !sequences_fit(offset, "chosen", chosen.n, &r.e) ||
      !guadagni_little_table(covariate, "covariate", chosen.n, alternatives * model.covariates, &r.e))
    return r;
  loy_guadagni_little_simulate(&model, offset.p, offset.n - 1, covariate.p, seed, chosen.p, &r.e);
  return r;
}

/* The log-likelihood; its derivatives by all parameters but the constant of the base. */
static loy_r1 guadagni_little_total(loy_in params, loy_in_i64 offset, loy_in_i64 chosen, size_t alternatives,
                                    loy_in_opt covariate, size_t base, size_t warmup, loy_out_opt gradient,
                                    loy_out_opt hessian) {
  loy_r1 r = {0};
  loy_guadagni_little_model model;
  loy_guadagni_little_data data;
  if (!guadagni_little_model(params, alternatives, &model, &r.e) ||
      !guadagni_little_data(offset, chosen, alternatives, model.covariates, covariate, &data, &r.e) ||
      (gradient.p && !loy_has_length(&r.e, "gradient", gradient.n, params.n - 1)) ||
      (hessian.p && !loy_has_length(&r.e, "hessian", hessian.n, (params.n - 1) * (params.n - 1))))
    return r;
  loy_guadagni_little_total(&model, &data, base, warmup, &r.v[0], gradient.p, hessian.p, &r.e);
  return r;
}

/* The length of a record. */
static loy_ri guadagni_little_record(void) {
  loy_ri r = {0};
  r.v = GUADAGNI_LITTLE_RECORD;
  return r;
}

/* `lambda_` below 0 is estimated. */
static loy_s0 guadagni_little_fit(loy_in_i64 offset, loy_in_i64 chosen, size_t alternatives, size_t covariates,
                                  loy_in_opt covariate, size_t base, size_t warmup, double lambda_, int most_evaluations,
                                  loy_out record) {
  loy_s0 r = {0};
  loy_guadagni_little_data data;
  loy_guadagni_little_fit_options options;
  loy_guadagni_little_fit_result fit;
  if (!loy_has_length(&r.e, "record", record.n, GUADAGNI_LITTLE_RECORD) ||
      !guadagni_little_data(offset, chosen, alternatives, covariates, covariate, &data, &r.e))
    return r;
  loy_guadagni_little_fit_options_init(&options);
  options.base = base;
  options.warmup = warmup;
  options.lambda = lambda_;
  options.most_evaluations = most_evaluations;
  if (!loy_status_is_error(loy_guadagni_little_fit(&data, &options, &fit, &r.e))) guadagni_little_pack(&fit, record.p);
  return r;
}
%}
