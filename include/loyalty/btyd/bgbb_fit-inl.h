/* bgbb_fit-inl.h: body of bgbb_fit.h. */
#ifndef LOYALTY_BTYD_BGBB_FIT_INL_H
#define LOYALTY_BTYD_BGBB_FIT_INL_H

#include "bgbb_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "bgbb_cells.h"
#include "fit.h"
#include "history.h"

LOY_BEGIN_DECLS

static const loyi_fit_model loyi_bgbb_model = {
    4,
    {"alpha", "beta", "gamma", "delta", NULL},
    {1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 1.0 / LOYI_FIT_BOUND, 0.0},
    {LOYI_FIT_ALIKE, LOYI_FIT_ALIKE, LOYI_FIT_ALIKE, LOYI_FIT_ALIKE, 0.0},
    {0, 0, 0, 0, 0},
    0,
    {{0.0, 0.0, 0.0, 0.0}}};

LOYALTY_API void loy_bgbb_fit_options_init(loy_bgbb_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.alpha = options->start.beta = options->start.gamma = options->start.delta = 0.0;
  options->penalty = 0.0;
  options->progress = NULL;
}

LOYI_LOCAL loy_status loyi_bgbb_fit_check(const double *x, const double *t_x, const double *T, size_t n,
                                          const loy_bgbb_fit_options *options, loyi_fit_control *control,
                                          loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  loyi_fit_control_init(control);
  if (status != LOY_OK || !options) return status;
  status = loyi_fit_check_size(options->struct_size, sizeof *options, error);
  if (status != LOY_OK) return status;
  control->most_evaluations = options->most_evaluations;
  control->penalty = options->penalty;
  control->progress = options->progress;
  return loyi_fit_check_control(control, options->threads, error);
}

LOYALTY_API loy_status loy_bgbb_loglik_total(const loy_bgbb_params *params, const double *x, const double *t_x,
                                             const double *T, const double *weight, size_t n,
                                             const loy_bgbb_fit_options *options, double *value, double *gradient,
                                             double *hessian, loy_error *error) {
  loyi_bgbb_cells cells;
  loyi_fit_control control;
  double first[4], second[16];
  loy_status status = loy_bgbb_check(params, error);
  if (status == LOY_OK) status = loyi_bgbb_fit_check(x, t_x, T, n, options, &control, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_bgbb_cells_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                options ? options->threads : 1, &cells, error);
  if (status != LOY_OK) return status;
  loyi_bgbb_cells_total(&cells, params, value, first, second);
  if (gradient) memcpy(gradient, first, sizeof first);
  if (hessian) memcpy(hessian, second, sizeof second);
  loyi_bgbb_cells_release(&cells);
  return loyi_ok(error);
}

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_bgbb_objective(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  loyi_bgbb_cells *cells = (loyi_bgbb_cells *)ctx;
  loy_bgbb_params params;
  double natural[4], scale = -1.0 / cells->customers;
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(point[i]);
  params.alpha = natural[0];
  params.beta = natural[1];
  params.gamma = natural[2];
  params.delta = natural[3];
  loyi_bgbb_cells_total(cells, &params, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < 4; i++) gradient[i] *= natural[i] * scale;
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      hessian[4 * i + j] = hessian[4 * i + j] * natural[i] * natural[j] * scale + (i == j ? gradient[i] : 0.0);
  return 1;
}

/* Two beta distributions: the logarithms of their parameters from their means, kept within [0.02, 0.98], and the sums
 * of their parameters. */
LOYI_LOCAL void loyi_bgbb_start_of(double p, double p_sum, double theta, double theta_sum, double *start) {
  p = p < 0.02 ? 0.02 : (p > 0.98 ? 0.98 : p);
  theta = theta < 0.02 ? 0.02 : (theta > 0.98 ? 0.98 : theta);
  start[0] = loyi_log(p * p_sum);
  start[1] = loyi_log((1.0 - p) * p_sum);
  start[2] = loyi_log(theta * theta_sum);
  start[3] = loyi_log((1.0 - theta) * theta_sum);
}

/* Where to start, in turn: p is about the share of periods with a purchase, up to the last and half of one more; half
 * of those who were silent at the end have stopped, so theta is about half their number in the customers' periods until
 * then. First two usual shapes; then customers who buy always or never, who stop at once or never, who are alike in
 * stopping, alike in buying, alike in both. */
enum { LOYI_BGBB_STARTS = 7 };
LOYI_LOCAL void loyi_bgbb_starts(const loyi_bgbb_cells *cells, double *start) {
  static const double sum[LOYI_BGBB_STARTS][2] = {{2.0, 4.0},  {1.0, 1.0},  {0.1, 4.0},  {2.0, 0.1},
                                                  {2.0, 50.0}, {50.0, 4.0}, {50.0, 50.0}};
  double x = 0.0, t_x = 0.0, silent = 0.0;
  for (size_t g = 0; g < cells->groups; g++) {
    const loyi_bgbb_group *group = &cells->group[g];
    for (size_t i = group->begin; i < group->end; i++) {
      const double weight = cells->cell[i].weight, period = (double)cells->cell[i].period;
      x += weight * group->x;
      t_x += weight * period;
      if (period < group->T) silent += weight;
    }
  }
  for (size_t k = 0; k < LOYI_BGBB_STARTS; k++)
    loyi_bgbb_start_of(x / (t_x + 0.5 * silent), sum[k][0], 0.5 * silent / (t_x + silent), sum[k][1], start + 4 * k);
}

/* What the shared search reads of rows. */
LOYI_LOCAL loyi_rows loyi_bgbb_rows(const loyi_bgbb_cells *cells) {
  loyi_rows rows;
  memset(&rows, 0, sizeof rows);
  rows.n = cells->n;
  rows.customers = cells->customers;
  rows.latest = 1.0; /* parameters have no unit of time */
  return rows;
}

LOYI_LOCAL int loyi_bgbb_search(loyi_bgbb_cells *cells, const loyi_rows *rows, const loy_bgbb_params *given,
                                loyi_fit_control *control, loyi_newton_result *found) {
  double start[4 * (LOYI_BGBB_STARTS + 1)], *first = start + 4;
  loyi_bgbb_starts(cells, first);
  if (given && given->alpha > 0.0) {
    first = start;
    first[0] = loyi_log(given->alpha);
    first[1] = loyi_log(given->beta);
    first[2] = loyi_log(given->gamma);
    first[3] = loyi_log(given->delta);
  }
  return loyi_fit_search_from(&loyi_bgbb_model, rows, loyi_bgbb_objective, cells, control, first,
                              LOYI_BGBB_STARTS + (first == start), found);
}

LOYI_LOCAL int loyi_bgbb_start_bad(const loy_bgbb_params *start) {
  int none = start->alpha == 0.0 && start->beta == 0.0 && start->gamma == 0.0 && start->delta == 0.0;
  return !none && loy_bgbb_check(start, NULL) != LOY_OK;
}

/* Fill the result from the point found. */
LOYI_LOCAL loy_status loyi_bgbb_conclude(const loyi_rows *rows, const loyi_fit_control *control,
                                         const loyi_newton_result *found, loy_bgbb_fit_result *result) {
  loyi_fit_answer answer;
  result->status = loyi_fit_conclude(&loyi_bgbb_model, rows, control, found, &answer);
  result->params.alpha = answer.params[0];
  result->params.beta = answer.params[1];
  result->params.gamma = answer.params[2];
  result->params.delta = answer.params[3];
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

LOYALTY_API loy_status loy_bgbb_fit(const double *x, const double *t_x, const double *T, const double *weight, size_t n,
                                    const loy_bgbb_fit_options *options, loy_bgbb_fit_result *result,
                                    loy_error *error) {
  loyi_bgbb_cells cells;
  loyi_fit_control control;
  loyi_newton_result found;
  loyi_rows rows;
  int usable;
  loy_status status = loyi_bgbb_fit_check(x, t_x, T, n, options, &control, error);
  if (status != LOY_OK) return status;
  if (options && loyi_bgbb_start_bad(&options->start))
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_bgbb_cells_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                options ? options->threads : 1, &cells, error);
  if (status != LOY_OK) return status;
  if (cells.latest == 0.0) {
    loyi_bgbb_cells_release(&cells);
    if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have at least one row");
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  }
  rows = loyi_bgbb_rows(&cells);
  usable = loyi_bgbb_search(&cells, &rows, options ? &options->start : NULL, &control, &found);
  if (usable) status = loyi_bgbb_conclude(&rows, &control, &found, result);
  loyi_bgbb_cells_release(&cells);
  if (!usable) return loyi_fit_none(&control, "T", error);
  return loyi_fit_notice(&loyi_bgbb_model, status, &found, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_FIT_INL_H */
