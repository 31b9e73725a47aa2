/* lifetime_fit-inl.h: body of lifetime_fit.h. */
#ifndef LOYALTY_BTYD_LIFETIME_FIT_INL_H
#define LOYALTY_BTYD_LIFETIME_FIT_INL_H

#include "lifetime_fit.h"

#include <math.h>

#include "../math/elementary.h"
#include "history.h"

LOY_BEGIN_DECLS

LOYI_SHARED loy_status loyi_lifetime_data_check(const double *x, const double *t_x, const double *T,
                                                const double *weight, size_t n, loyi_lifetime_data *data,
                                                loy_error *error) {
  data->x = x;
  data->t_x = t_x;
  data->T = T;
  data->weight = weight;
  data->n = n;
  data->allocator = NULL;
  data->threads = 1;
  loyi_fit_control_init(&data->control);
  return loyi_history_columns_check(x, t_x, T, n, error);
}

/* Without a lifetime the last purchase says nothing. */
LOYI_LOCAL loyi_rows_source loyi_lifetime_source(const loyi_lifetime_model *model, const loyi_lifetime_data *data) {
  const loyi_rows_source source = {data->x, data->t_x, data->T, data->weight, data->n, model->fit.n == 2, NULL, 0};
  return source;
}

/* A parameter in the unit of time of the rows. */
LOYI_LOCAL double loyi_lifetime_scaled(const loyi_fit_model *model, size_t i, double param, int exponent) {
  return ldexp(param, -model->power[i] * exponent);
}

LOYI_SHARED loy_status loyi_lifetime_model_total(const loyi_lifetime_model *model, const loyi_lifetime_data *data,
                                                 const double *params, double *value, double *gradient, double *hessian,
                                                 loy_error *error) {
  const loyi_fit_model *fit = &model->fit;
  size_t n = fit->n;
  double scaled[LOYI_FIT_MOST] = {0.0}, first[LOYI_FIT_MOST], second[LOYI_FIT_MOST * LOYI_FIT_MOST], total;
  loyi_lifetime_law lifetime;
  const loyi_rows_source source = loyi_lifetime_source(model, data);
  loyi_rows rows;
  loy_status status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rows_make_from(&source, data->allocator, data->threads, LOYI_LIFETIME_SUMS, &rows, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < n; i++) scaled[i] = loyi_lifetime_scaled(fit, i, params[i], rows.exponent);
  model->lifetime(scaled + 2, &lifetime);
  loyi_lifetime_total(&rows, scaled[0], scaled[1], &lifetime, &total, first, second);
  /* Scaling the time by a factor multiplies the density of x purchase times by its x-th power. */
  *value = total - rows.sum_x * (double)rows.exponent * 0x1.62e42fefa39efp-1;
  if (gradient)
    for (size_t i = 0; i < n; i++) gradient[i] = first[i] / params[i];
  if (hessian)
    for (size_t i = 0; i < n; i++)
      for (size_t j = 0; j < n; j++)
        hessian[n * i + j] = (second[n * i + j] - (i == j ? first[i] : 0.0)) / (params[i] * params[j]);
  loyi_rows_release(&rows);
  return loyi_ok(error);
}

typedef struct loyi_lifetime_objective_of {
  const loyi_lifetime_model *model;
  loyi_rows *rows;
} loyi_lifetime_objective_of;

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_lifetime_objective(void *ctx, const double *point, double *value, double *gradient,
                                       double *hessian) {
  const loyi_lifetime_objective_of *of = (const loyi_lifetime_objective_of *)ctx;
  size_t n = of->model->fit.n;
  double natural[LOYI_FIT_MOST] = {0.0}, scale = -1.0 / of->rows->customers;
  loyi_lifetime_law lifetime;
  for (size_t i = 0; i < n; i++) natural[i] = loyi_exp(point[i]);
  of->model->lifetime(natural + 2, &lifetime);
  loyi_lifetime_total(of->rows, natural[0], natural[1], &lifetime, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < n; i++) gradient[i] *= scale;
  for (size_t i = 0; i < n * n; i++) hessian[i] *= scale;
  return 1;
}

LOYI_LOCAL int loyi_lifetime_search(const loyi_lifetime_model *model, loyi_lifetime_data *data, loyi_rows *rows,
                                    loyi_rows *sample, const double *given, loyi_newton_result *found) {
  const loyi_fit_model *fit = &model->fit;
  double start[LOYI_FIT_MOST], other[LOYI_FIT_MOST] = {0.0};
  loyi_lifetime_objective_of of;
  of.model = model;
  (void)loyi_fit_start(rows, start);
  for (size_t i = 2; i < fit->n; i++) start[i] = model->start[i - 2];
  for (size_t i = 0; given && i < fit->n; i++) {
    other[i] = start[i];
    start[i] = loyi_log(loyi_lifetime_scaled(fit, i, given[i], rows->exponent));
  }
  return loyi_fit_search_prepared(fit, rows, sample, loyi_lifetime_objective, &of, &of.rows, &data->control, start,
                                  other, found);
}

LOYI_SHARED loy_status loyi_lifetime_model_fit(const loyi_lifetime_model *model, loyi_lifetime_data *data,
                                               const double *start, loyi_lifetime_found *found, loy_error *error) {
  loyi_rows rows, sample;
  loyi_newton_result point;
  const loyi_rows_source source = loyi_lifetime_source(model, data);
  loy_status status = loyi_fit_rows(&source, data->allocator, data->threads, LOYI_LIFETIME_SUMS, &rows, &sample, error);
  int usable;
  if (status != LOY_OK) return status;
  if (rows.latest == 0.0) {
    loyi_rows_release(&sample);
    loyi_rows_release(&rows);
    if (data->n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have at least one row");
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  }
  usable = loyi_lifetime_search(model, data, &rows, &sample, start, &point);
  if (usable) {
    status = loyi_fit_conclude(&model->fit, &rows, &data->control, &point, &found->answer);
    found->customers = rows.customers;
    found->scaled_gradient = point.scaled_gradient;
    found->decrement = point.decrement;
    found->iterations = point.iterations;
    found->evaluations = point.evaluations;
  }
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
  if (!usable) return loyi_fit_none(&data->control, "T", error);
  return loyi_fit_notice(&model->fit, status, &point, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_LIFETIME_FIT_INL_H */
