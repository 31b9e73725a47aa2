/* betageo_fit-inl.h: the text of bgnbd_fit.h and mbgnbd_fit.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_BETAGEO_FIT_INL_H
#define LOYALTY_BTYD_BETAGEO_FIT_INL_H

#include "bgnbd_fit.h"

#include <math.h>

#include "../math/elementary.h"
#include "betageo_total.h"
#include "fit.h"

LOY_BEGIN_DECLS

/* Further starts: customers who stop at once or never (a, b small), few who stop, alike in stopping, alike in buying.
 */
static const loyi_fit_model loyi_betageo_model = {
    4,
    {"r", "alpha", "a", "b", NULL},
    {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0},
    {LOYI_FIT_ALIKE, LOYI_FIT_BOUND, LOYI_FIT_BOUND, LOYI_FIT_BOUND, 0.0},
    {0, 1, 0, 0, 0},
    5,
    {{0.0, -5.0, -3.0, 0.0},
     {0.0, -3.0, -3.0, 0.0},
     {0.0, -6.0, 2.0, 0.0},
     {0.0, 2.0, 4.0, 0.0},
     {2.0, -6.0, -4.0, 0.0}}};

LOYI_LOCAL void loyi_betageo_fit_options_init(loy_bgnbd_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.r = options->start.alpha = options->start.a = options->start.b = 0.0;
  options->penalty = 0.0;
  options->progress = NULL;
}

LOYI_LOCAL loy_status loyi_betageo_fit_check(const double *x, const double *t_x, const double *T, size_t n,
                                             const loy_bgnbd_fit_options *options, loyi_fit_control *control,
                                             loy_error *error) {
  loy_bgnbd_params any = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_betageo_check_columns(&any, x, t_x, T, n, error);
  loyi_fit_control_init(control);
  if (status != LOY_OK || !options) return status;
  status = loyi_fit_check_size(options->struct_size, sizeof *options, error);
  if (status != LOY_OK) return status;
  control->most_evaluations = options->most_evaluations;
  control->penalty = options->penalty;
  control->progress = options->progress;
  return loyi_fit_check_control(control, options->threads, error);
}

LOYI_LOCAL loy_status loyi_betageo_loglik_total(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                const double *t_x, const double *T, const double *weight, size_t n,
                                                const loy_bgnbd_fit_options *options, double *value, double *gradient,
                                                double *hessian, loy_error *error) {
  loyi_rows rows;
  loyi_fit_control control;
  loy_bgnbd_params scaled;
  double total, first[4], second[16], unit[4] = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_betageo_check(params, error);
  if (status == LOY_OK) status = loyi_betageo_fit_check(x, t_x, T, n, options, &control, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rows_make(x, t_x, T, weight, n, options ? options->allocator : NULL, options ? options->threads : 1,
                          LOYI_BETAGEO_SUMS, &rows, error);
  if (status != LOY_OK) return status;
  unit[1] = ldexp(1.0, -rows.exponent);
  scaled = *params;
  scaled.alpha *= unit[1];
  loyi_betageo_total(&rows, at_zero, &scaled, &total, first, second);
  /* Scaling the time by a factor multiplies the density of x purchase times by its x-th power. */
  *value = total - rows.sum_x * (double)rows.exponent * 0x1.62e42fefa39efp-1;
  if (gradient)
    for (size_t i = 0; i < 4; i++) gradient[i] = first[i] * unit[i];
  if (hessian)
    for (size_t i = 0; i < 16; i++) hessian[i] = second[i] * unit[i / 4] * unit[i % 4];
  loyi_rows_release(&rows);
  return loyi_ok(error);
}

/* What is fitted. */
typedef struct loyi_betageo_data {
  loyi_rows *rows;
  double at_zero;
  loyi_fit_control control;
} loyi_betageo_data;

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_betageo_objective(void *ctx, const double *point, double *value, double *gradient,
                                      double *hessian) {
  loyi_betageo_data *data = (loyi_betageo_data *)ctx;
  loy_bgnbd_params params;
  double natural[4], scale = -1.0 / data->rows->customers;
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(point[i]);
  params.r = natural[0];
  params.alpha = natural[1];
  params.a = natural[2];
  params.b = natural[3];
  loyi_betageo_total(data->rows, data->at_zero, &params, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < 4; i++) gradient[i] *= natural[i] * scale;
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      hessian[4 * i + j] = hessian[4 * i + j] * natural[i] * natural[j] * scale + (i == j ? gradient[i] : 0.0);
  return 1;
}

/* Where to start: r and alpha from moments; a = 1, and b such that about one chance to stop is taken by each customer
 * who had one. */
LOYI_LOCAL void loyi_betageo_start(const loyi_betageo_data *data, double *start) {
  const loyi_rows *rows = data->rows;
  const double buyers = loyi_fit_start(rows, start), exposed = data->at_zero > 0.0 ? rows->customers : buyers;
  const double p = exposed / (exposed + rows->sum_x);
  start[2] = 0.0;
  start[3] = loyi_log((1.0 - p) / p + 0.5);
}

/* Fill the result from the point found. */
LOYI_LOCAL loy_status loyi_betageo_conclude(const loyi_betageo_data *data, const loyi_newton_result *found,
                                            loy_bgnbd_fit_result *result) {
  const loyi_rows *rows = data->rows;
  loyi_fit_answer answer;
  result->status = loyi_fit_conclude(&loyi_betageo_model, rows, &data->control, found, &answer);
  result->params.r = answer.params[0];
  result->params.alpha = answer.params[1];
  result->params.a = answer.params[2];
  result->params.b = answer.params[3];
  result->log_likelihood = answer.log_likelihood;
  for (size_t i = 0; i < 4; i++) result->std_error[i] = answer.std_error[i];
  for (size_t i = 0; i < 16; i++) result->covariance[i] = answer.covariance[i];
  result->customers = rows->customers;
  result->scaled_gradient = found->scaled_gradient;
  result->decrement = found->decrement;
  result->iterations = found->iterations;
  result->evaluations = found->evaluations;
  return result->status;
}

LOYI_LOCAL int loyi_betageo_search(loyi_betageo_data *data, loyi_rows *sample, const loy_bgnbd_fit_options *options,
                                   loyi_newton_result *found) {
  double start[4], other[4] = {0.0, 0.0, 0.0, 0.0};
  loyi_betageo_start(data, start);
  if (options && options->start.r > 0.0) {
    for (size_t i = 0; i < 4; i++) other[i] = start[i];
    start[0] = loyi_log(options->start.r);
    start[1] = loyi_log(ldexp(options->start.alpha, -data->rows->exponent));
    start[2] = loyi_log(options->start.a);
    start[3] = loyi_log(options->start.b);
  }
  return loyi_fit_search_prepared(&loyi_betageo_model, data->rows, sample, loyi_betageo_objective, data, &data->rows,
                                  &data->control, start, other, found);
}

LOYI_LOCAL int loyi_betageo_start_bad(const loy_bgnbd_params *start) {
  int none = start->r == 0.0 && start->alpha == 0.0 && start->a == 0.0 && start->b == 0.0;
  return !none && loyi_betageo_check(start, NULL) != LOY_OK;
}

LOYI_LOCAL loy_status loyi_betageo_fit(double at_zero, const double *x, const double *t_x, const double *T,
                                       const double *weight, size_t n, const loy_bgnbd_fit_options *options,
                                       loy_bgnbd_fit_result *result, loy_error *error) {
  const loyi_rows_source source = {x, t_x, T, weight, n, 0, NULL, 0};
  loyi_betageo_data data;
  loyi_rows rows, sample;
  loyi_newton_result found;
  int usable;
  loy_status status = loyi_betageo_fit_check(x, t_x, T, n, options, &data.control, error);
  if (status != LOY_OK) return status;
  if (options && loyi_betageo_start_bad(&options->start))
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_fit_rows(&source, options ? options->allocator : NULL, options ? options->threads : 1,
                         LOYI_BETAGEO_SUMS, &rows, &sample, error);
  if (status != LOY_OK) return status;
  if (rows.sum_x == 0.0 || rows.latest == 0.0) {
    int none = rows.sum_x == 0.0;
    loyi_rows_release(&sample);
    loyi_rows_release(&rows);
    return none ? loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX,
                              "must have a repeat purchase in at least one row")
                : loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  }
  data.rows = &rows;
  data.at_zero = at_zero;
  usable = loyi_betageo_search(&data, &sample, options, &found);
  if (usable) status = loyi_betageo_conclude(&data, &found, result);
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
  if (!usable) return loyi_fit_none(&data.control, "T", error);
  return loyi_fit_notice(&loyi_betageo_model, status, &found, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_FIT_INL_H */
