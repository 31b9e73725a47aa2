/* nbd_fit-inl.h: body of nbd_fit.h. */
#ifndef LOYALTY_BTYD_NBD_FIT_INL_H
#define LOYALTY_BTYD_NBD_FIT_INL_H

#include "nbd_fit.h"

#include "lifetime_fit.h"

LOY_BEGIN_DECLS

LOYI_LOCAL void loyi_nbd_lifetime(const double *own, loyi_lifetime_law *lifetime) {
  (void)own;
  loyi_lifetime_none(lifetime);
}

static const loyi_lifetime_model loyi_nbd_fit_model = {{2,
                                                        {"r", "alpha", NULL, NULL, NULL},
                                                        {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0, 0.0, 0.0},
                                                        {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, 0.0, 0.0, 0.0},
                                                        {0, 1, 0, 0, 0}},
                                                       loyi_nbd_lifetime,
                                                       {0.0, 0.0, 0.0}};

LOYALTY_API void loy_nbd_fit_options_init(loy_nbd_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.r = options->start.alpha = 0.0;
}

/* The parameters as an array. */
LOYI_LOCAL void loyi_nbd_list(const loy_nbd_params *params, double *list) {
  list[0] = params->r;
  list[1] = params->alpha;
}

/* Check columns and options, and put them together. */
LOYI_LOCAL loy_status loyi_nbd_data(const double *x, const double *t_x, const double *T, const double *weight, size_t n,
                                    const loy_nbd_fit_options *options, loyi_lifetime_data *data, loy_error *error) {
  loy_status status = loyi_lifetime_data_check(x, t_x, T, weight, n, data, error);
  if (status != LOY_OK || !options) return status;
  data->allocator = options->allocator;
  data->threads = options->threads;
  data->most_evaluations = options->most_evaluations;
  return loyi_fit_check_options(options->struct_size, sizeof *options, options->threads, options->most_evaluations,
                                error);
}

LOYALTY_API loy_status loy_nbd_loglik_total(const loy_nbd_params *params, const double *x, const double *t_x,
                                            const double *T, const double *weight, size_t n,
                                            const loy_nbd_fit_options *options, double *value, double *gradient,
                                            double *hessian, loy_error *error) {
  loyi_lifetime_data data;
  double list[2];
  loy_status status = loy_nbd_check(params, error);
  if (status == LOY_OK) status = loyi_nbd_data(x, t_x, T, weight, n, options, &data, error);
  if (status != LOY_OK) return status;
  loyi_nbd_list(params, list);
  return loyi_lifetime_model_total(&loyi_nbd_fit_model, &data, list, value, gradient, hessian, error);
}

LOYALTY_API loy_status loy_nbd_fit(const double *x, const double *t_x, const double *T, const double *weight, size_t n,
                                   const loy_nbd_fit_options *options, loy_nbd_fit_result *result, loy_error *error) {
  loyi_lifetime_data data;
  loyi_lifetime_found found;
  double start[2] = {0.0, 0.0};
  int none;
  loy_status status = loyi_nbd_data(x, t_x, T, weight, n, options, &data, error);
  if (status != LOY_OK) return status;
  if (options) loyi_nbd_list(&options->start, start);
  none = start[0] == 0.0 && start[1] == 0.0;
  if (!none && loy_nbd_check(&options->start, NULL) != LOY_OK)
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_lifetime_model_fit(&loyi_nbd_fit_model, &data, none ? NULL : start, &found, error);
  if (loy_status_is_error(status)) return status;
  result->params.r = found.answer.params[0];
  result->params.alpha = found.answer.params[1];
  result->log_likelihood = found.answer.log_likelihood;
  for (size_t i = 0; i < 2; i++) result->std_error[i] = found.answer.std_error[i];
  for (size_t i = 0; i < 4; i++) result->covariance[i] = found.answer.covariance[i];
  result->customers = found.customers;
  result->scaled_gradient = found.scaled_gradient;
  result->decrement = found.decrement;
  result->iterations = found.iterations;
  result->evaluations = found.evaluations;
  result->status = status;
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_NBD_FIT_INL_H */
