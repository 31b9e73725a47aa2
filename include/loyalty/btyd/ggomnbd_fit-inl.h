/* ggomnbd_fit-inl.h: body of ggomnbd_fit.h. */
#ifndef LOYALTY_BTYD_GGOMNBD_FIT_INL_H
#define LOYALTY_BTYD_GGOMNBD_FIT_INL_H

#include "ggomnbd_fit.h"

#include "lifetime_fit.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_ggomnbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  loyi_lifetime_gompertz(own[0], own[1], own[2], lifetime);
}

/* b stays at 1e-6 or more, where over the time observed the dropout rate grows by a millionth: the Pareto/NBD model,
 * whose beta is beta / b here, so that beta has to follow b down. */
static const loyi_lifetime_model loyi_ggomnbd_fit_model = {
    {5,
     {"r", "alpha", "b", "s", "beta"},
     {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1e-6, 1.0 / LOYI_FIT_BOUND, 1e-10},
     {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, 1e3, LOYI_FIT_BOUND, LOYI_FIT_BOUND},
     {0, 1, -1, 0, 0}},
    loyi_ggomnbd_lifetime,
    {-0.7, -0.5, -1.2}};

LOYALTY_API void loy_ggomnbd_fit_options_init(loy_ggomnbd_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.r = options->start.alpha = options->start.b = options->start.s = options->start.beta = 0.0;
}

/* The parameters as an array. */
LOYI_LOCAL void loyi_ggomnbd_list(const loy_ggomnbd_params *params, double *list) {
  list[0] = params->r;
  list[1] = params->alpha;
  list[2] = params->b;
  list[3] = params->s;
  list[4] = params->beta;
}

/* Check columns and options, and put them together. */
LOYI_LOCAL loy_status loyi_ggomnbd_data(const double *x, const double *t_x, const double *T, const double *weight,
                                        size_t n, const loy_ggomnbd_fit_options *options, loyi_lifetime_data *data,
                                        loy_error *error) {
  loy_status status = loyi_lifetime_data_check(x, t_x, T, weight, n, data, error);
  if (status != LOY_OK || !options) return status;
  data->allocator = options->allocator;
  data->threads = options->threads;
  data->most_evaluations = options->most_evaluations;
  return loyi_fit_check_options(options->struct_size, sizeof *options, options->threads, options->most_evaluations,
                                error);
}

LOYALTY_API loy_status loy_ggomnbd_loglik_total(const loy_ggomnbd_params *params, const double *x, const double *t_x,
                                                const double *T, const double *weight, size_t n,
                                                const loy_ggomnbd_fit_options *options, double *value, double *gradient,
                                                double *hessian, loy_error *error) {
  loyi_lifetime_data data;
  double list[5];
  loy_status status = loy_ggomnbd_check(params, error);
  if (status == LOY_OK) status = loyi_ggomnbd_data(x, t_x, T, weight, n, options, &data, error);
  if (status != LOY_OK) return status;
  loyi_ggomnbd_list(params, list);
  return loyi_lifetime_model_total(&loyi_ggomnbd_fit_model, &data, list, value, gradient, hessian, error);
}

LOYALTY_API loy_status loy_ggomnbd_fit(const double *x, const double *t_x, const double *T, const double *weight,
                                       size_t n, const loy_ggomnbd_fit_options *options, loy_ggomnbd_fit_result *result,
                                       loy_error *error) {
  loyi_lifetime_data data;
  loyi_lifetime_found found;
  double start[5] = {0.0, 0.0, 0.0, 0.0, 0.0};
  int none;
  loy_status status = loyi_ggomnbd_data(x, t_x, T, weight, n, options, &data, error);
  if (status != LOY_OK) return status;
  if (options) loyi_ggomnbd_list(&options->start, start);
  none = start[0] == 0.0 && start[1] == 0.0 && start[2] == 0.0 && start[3] == 0.0 && start[4] == 0.0;
  if (!none && loy_ggomnbd_check(&options->start, NULL) != LOY_OK)
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_lifetime_model_fit(&loyi_ggomnbd_fit_model, &data, none ? NULL : start, &found, error);
  if (loy_status_is_error(status)) return status;
  result->params.r = found.answer.params[0];
  result->params.alpha = found.answer.params[1];
  result->params.b = found.answer.params[2];
  result->params.s = found.answer.params[3];
  result->params.beta = found.answer.params[4];
  result->log_likelihood = found.answer.log_likelihood;
  for (size_t i = 0; i < 5; i++) result->std_error[i] = found.answer.std_error[i];
  for (size_t i = 0; i < 25; i++) result->covariance[i] = found.answer.covariance[i];
  result->customers = found.customers;
  result->scaled_gradient = found.scaled_gradient;
  result->decrement = found.decrement;
  result->iterations = found.iterations;
  result->evaluations = found.evaluations;
  result->status = status;
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GGOMNBD_FIT_INL_H */
