/* cnbd_fit-inl.h: the text of bgcnbd_fit.h and mbgcnbd_fit.h; at_zero as in betageo-inl.h. For one k the gaps are a
 * constant factor of the likelihood, so that rows are those of the models without them. */
#ifndef LOYALTY_BTYD_CNBD_FIT_INL_H
#define LOYALTY_BTYD_CNBD_FIT_INL_H

#include "bgcnbd_fit.h"
#include "bgnbd_fit.h" /* first: header-only, it brings betageo_fit-inl.h */

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/sum.h"
#include "betageo_fit-inl.h"
#include "cnbd_total.h"
#include "fit.h"

LOY_BEGIN_DECLS

/* Both totals find room for their sums. */
enum { LOYI_CNBD_WIDTH = (int)LOYI_CNBD_SUMS > (int)LOYI_BETAGEO_SUMS ? (int)LOYI_CNBD_SUMS : (int)LOYI_BETAGEO_SUMS };

/* The data of a fit, as they came. */
typedef struct loyi_cnbd_columns {
  const double *x, *t_x, *T, *litt, *weight;
  size_t n;
} loyi_cnbd_columns;

LOYI_LOCAL loyi_cnbd_columns loyi_cnbd_columns_of(const double *x, const double *t_x, const double *T,
                                                  const double *litt, const double *weight, size_t n) {
  loyi_cnbd_columns columns;
  columns.x = x;
  columns.t_x = t_x;
  columns.T = T;
  columns.litt = litt;
  columns.weight = weight;
  columns.n = n;
  return columns;
}

LOYI_LOCAL void loyi_cnbd_fit_options_init(loy_bgcnbd_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
}

LOYI_LOCAL loy_status loyi_cnbd_fit_check(const loyi_cnbd_columns *columns, const loy_bgcnbd_fit_options *options,
                                          loyi_fit_control *control, loy_error *error) {
  loy_status status = loyi_history_columns_check(columns->x, columns->t_x, columns->T, columns->n, error);
  loyi_fit_control_init(control);
  if (status != LOY_OK || !options) return status;
  status = loyi_fit_check_size(options->struct_size, sizeof *options, error);
  if (status != LOY_OK) return status;
  control->most_evaluations = options->most_evaluations;
  control->penalty = options->penalty;
  control->progress = options->progress;
  status = loyi_fit_check_control(control, options->threads, error);
  if (status != LOY_OK) return status;
  if (options->k < 0 || options->k > LOY_CNBD_STAGES_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "k", LOY_NO_INDEX, "must be 0, for the fit to choose, or from 1 to 64");
  return LOY_OK;
}

/* Check the gaps of rows that have been checked. `k` 0: any. */
LOYI_LOCAL loy_status loyi_cnbd_check_rows(const loyi_cnbd_columns *of, double k, loy_error *error) {
  for (size_t i = 0; i < of->n; i++) {
    const char *message = of->litt ? loyi_cnbd_litt_wrong(of->x[i], of->t_x[i], of->litt[i]) : NULL;
    if (message) return loyi_report(error, LOY_ERR_DOMAIN, "litt", i, message);
    if (!of->litt && k != 1.0 && of->x[i] > 0.0 && of->t_x[i] == 0.0)
      return loyi_report(error, LOY_ERR_DOMAIN, "t_x", i, "must be greater than 0 where x is, unless k is 1");
  }
  return LOY_OK;
}

/* The total of what depends on the gaps, on x and on k alone. */
LOYI_LOCAL double loyi_cnbd_total_gaps(const loyi_cnbd_columns *of, double k) {
  loyi_total total = {0.0, 0.0};
  double each[LOYI_SUM_BLOCK];
  if (k == 1.0) return 0.0;
  for (size_t from = 0; from < of->n; from += LOYI_SUM_BLOCK) {
    size_t count = of->n - from < LOYI_SUM_BLOCK ? of->n - from : (size_t)LOYI_SUM_BLOCK;
    for (size_t i = 0; i < count; i++) {
      double x = of->x[from + i], weight = of->weight ? of->weight[from + i] : 1.0;
      each[i] =
          weight * (of->litt ? loyi_cnbd_gaps(k, x, of->litt[from + i]) : loyi_cnbd_mean_gaps(k, x, of->t_x[from + i]));
    }
    loyi_total_add(&total, loyi_sum(each, count));
  }
  return loyi_total_value(&total);
}

/* The rest of the total, for any k. */
LOYI_LOCAL void loyi_cnbd_evaluate(loyi_rows *rows, double at_zero, const loy_bgcnbd_params *params, double *value,
                                   double *gradient, double *hessian) {
  if (params->k == 1.0) {
    loy_bgnbd_params plain = loyi_cnbd_plain(params);
    loyi_betageo_total(rows, at_zero, &plain, value, gradient, hessian);
  } else {
    loyi_cnbd_total(rows, at_zero, params, value, gradient, hessian);
  }
}

LOYI_LOCAL loy_status loyi_cnbd_loglik_total(double at_zero, const loy_bgcnbd_params *params,
                                             const loyi_cnbd_columns *columns, const loy_bgcnbd_fit_options *options,
                                             double *value, double *gradient, double *hessian, loy_error *error) {
  loyi_rows rows;
  loyi_fit_control control;
  loy_bgcnbd_params scaled;
  double total, first[4], second[16], unit[4] = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_cnbd_check(params, error);
  if (status == LOY_OK) status = loyi_cnbd_fit_check(columns, options, &control, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_rows_make(columns->x, columns->t_x, columns->T, columns->weight, columns->n,
                          options ? options->allocator : NULL, options ? options->threads : 1, LOYI_CNBD_WIDTH, &rows,
                          error);
  if (status != LOY_OK) return status;
  status = loyi_cnbd_check_rows(columns, params->k, error);
  if (status == LOY_OK) {
    unit[1] = ldexp(1.0, -rows.exponent);
    scaled = *params;
    scaled.alpha *= unit[1];
    loyi_cnbd_evaluate(&rows, at_zero, &scaled, &total, first, second);
    /* Scaling the time by a factor multiplies the density of k x times of stages by its k x-th power. */
    *value = (total - params->k * rows.sum_x * (double)rows.exponent * 0x1.62e42fefa39efp-1) +
             loyi_cnbd_total_gaps(columns, params->k);
    if (gradient)
      for (size_t i = 0; i < 4; i++) gradient[i] = first[i] * unit[i];
    if (hessian)
      for (size_t i = 0; i < 16; i++) hessian[i] = second[i] * unit[i / 4] * unit[i % 4];
    status = loyi_ok(error);
  }
  loyi_rows_release(&rows);
  return status;
}

/* What is fitted, for one k. */
typedef struct loyi_cnbd_data {
  loyi_rows *rows, *all;
  double at_zero, k;
  double constant; /* of the mean log-likelihood, in the unit of time of the rows */
  loyi_fit_control control;
} loyi_cnbd_data;

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_cnbd_objective(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  loyi_cnbd_data *data = (loyi_cnbd_data *)ctx;
  loy_bgcnbd_params params;
  double natural[4], scale = -1.0 / data->rows->customers;
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(point[i]);
  params.r = natural[0];
  params.alpha = natural[1];
  params.a = natural[2];
  params.b = natural[3];
  params.k = data->k;
  loyi_cnbd_evaluate(data->rows, data->at_zero, &params, value, gradient, hessian);
  *value = *value * scale - data->constant;
  for (size_t i = 0; i < 4; i++) gradient[i] *= natural[i] * scale;
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      hessian[4 * i + j] = hessian[4 * i + j] * natural[i] * natural[j] * scale + (i == j ? gradient[i] : 0.0);
  return 1;
}

/* The start from moments is that of betageo_fit-inl.h, with k stages for each purchase. */
LOYI_LOCAL void loyi_cnbd_start(const loyi_cnbd_data *data, double *start) {
  loyi_betageo_data plain;
  plain.rows = data->all;
  plain.at_zero = data->at_zero;
  loyi_betageo_start(&plain, start);
  start[1] -= loyi_log(data->k);
}

/* Fit for one k. `near`: the optimum of a neighbour, or NULL. */
LOYI_LOCAL int loyi_cnbd_search(loyi_cnbd_data *data, loyi_rows *sample, const loyi_cnbd_columns *columns,
                                const loy_bgnbd_params *given, const loyi_newton_result *near,
                                loyi_newton_result *found) {
  double start[4], other[4] = {0.0, 0.0, 0.0, 0.0}, unit = (double)data->all->exponent * 0x1.62e42fefa39efp-1;
  data->constant = loyi_cnbd_total_gaps(columns, data->k) / data->all->customers -
                   (data->k - 1.0) * data->all->sum_x / data->all->customers * unit;
  loyi_cnbd_start(data, start);
  other[1] = -loyi_log(data->k);
  if (near || given) {
    for (size_t i = 0; i < 4; i++) other[i] = start[i];
  }
  if (near) {
    for (size_t i = 0; i < 4; i++) start[i] = near->point[i];
    start[1] += loyi_log((data->k - 1.0) / data->k);
  } else if (given) {
    start[0] = loyi_log(given->r);
    start[1] = loyi_log(ldexp(given->alpha, -data->all->exponent));
    start[2] = loyi_log(given->a);
    start[3] = loyi_log(given->b);
  }
  return loyi_fit_search_prepared(&loyi_betageo_model, data->all, sample, loyi_cnbd_objective, data, &data->rows,
                                  &data->control, start, other, found);
}

/* Fit for the k that is given, or for one after another. Returns the best, 0 when there is none. */
LOYI_LOCAL int loyi_cnbd_choose(loyi_cnbd_data *data, loyi_rows *sample, const loyi_cnbd_columns *columns,
                                const loy_bgcnbd_fit_options *options, loyi_newton_result *best, int *evaluations,
                                int *tried, double *log_likelihood_of) {
  const loy_bgnbd_params *given = options && options->start.r > 0.0 ? &options->start : NULL;
  const int first = options && options->k > 0 ? options->k : 1;
  const int last = options && options->k > 0 ? options->k : LOY_CNBD_STAGES_MOST;
  loyi_newton_result found;
  double mean = (double)NAN;
  int chosen = 0, fallen = 0;
  *evaluations = *tried = 0;
  for (int k = 0; k < LOY_CNBD_STAGES_MOST; k++) log_likelihood_of[k] = (double)NAN;
  for (int k = first; k <= last && fallen < 2; k++) {
    loyi_fit_answer answer;
    data->k = (double)k;
    if (!loyi_cnbd_search(data, sample, columns, given, k > first ? &found : NULL, &found)) break;
    *evaluations += found.evaluations;
    *tried += 1;
    (void)loyi_fit_conclude(&loyi_betageo_model, data->all, &data->control, &found, &answer);
    log_likelihood_of[k - 1] = answer.log_likelihood;
    if (!chosen || answer.log_likelihood > log_likelihood_of[chosen - 1]) {
      chosen = k;
      *best = found;
      mean = data->control.mean;
      fallen = 0;
    } else {
      fallen++;
    }
  }
  data->control.mean = mean;
  return data->control.canceled ? 0 : chosen;
}

/* Fill the result from the point found. */
LOYI_LOCAL void loyi_cnbd_conclude(const loyi_cnbd_data *data, const loyi_newton_result *found,
                                   loy_bgcnbd_fit_result *result) {
  loyi_fit_answer answer;
  result->status = loyi_fit_conclude(&loyi_betageo_model, data->all, &data->control, found, &answer);
  result->params.r = answer.params[0];
  result->params.alpha = answer.params[1];
  result->params.a = answer.params[2];
  result->params.b = answer.params[3];
  result->params.k = data->k;
  result->log_likelihood = answer.log_likelihood;
  for (size_t i = 0; i < 5; i++) result->std_error[i] = i < 4 ? answer.std_error[i] : 0.0;
  for (size_t i = 0; i < 5; i++)
    for (size_t j = 0; j < 5; j++) result->covariance[5 * i + j] = i < 4 && j < 4 ? answer.covariance[4 * i + j] : 0.0;
  result->customers = data->all->customers;
  result->scaled_gradient = found->scaled_gradient;
  result->decrement = found->decrement;
  result->iterations = found->iterations;
}

LOYI_LOCAL loy_status loyi_cnbd_fit(double at_zero, const loyi_cnbd_columns *columns,
                                    const loy_bgcnbd_fit_options *options, loy_bgcnbd_fit_result *result,
                                    loy_error *error) {
  const loyi_rows_source source = {columns->x, columns->t_x, columns->T, columns->weight, columns->n, 0, NULL, 0};
  loyi_cnbd_data data;
  loyi_rows rows, sample;
  loyi_newton_result best;
  int chosen, tried, evaluations;
  double log_likelihood_of[LOY_CNBD_STAGES_MOST];
  loy_status status = loyi_cnbd_fit_check(columns, options, &data.control, error);
  if (status != LOY_OK) return status;
  if (options && loyi_betageo_start_bad(&options->start))
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (columns->n > 0 && !columns->litt && !(options && options->k > 0))
    return loyi_report(error, LOY_ERR_ARGUMENT, "litt", LOY_NO_INDEX, "must not be NULL unless k is given");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_fit_rows(&source, options ? options->allocator : NULL, options ? options->threads : 1, LOYI_CNBD_WIDTH,
                         &rows, &sample, error);
  if (status != LOY_OK) return status;
  status = loyi_cnbd_check_rows(columns, options ? (double)options->k : 0.0, error);
  if (status == LOY_OK && rows.sum_x == 0.0)
    status = loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have a repeat purchase in at least one row");
  if (status == LOY_OK && rows.latest == 0.0)
    status = loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  if (status != LOY_OK) {
    loyi_rows_release(&sample);
    loyi_rows_release(&rows);
    return status;
  }
  data.rows = data.all = &rows;
  data.at_zero = at_zero;
  chosen = loyi_cnbd_choose(&data, &sample, columns, options, &best, &evaluations, &tried, log_likelihood_of);
  if (chosen > 0) {
    data.k = (double)chosen;
    loyi_cnbd_conclude(&data, &best, result);
    result->evaluations = evaluations;
    result->tried = tried;
    memcpy(result->log_likelihood_of, log_likelihood_of, sizeof log_likelihood_of);
    status = result->status;
  }
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
  if (chosen == 0) return loyi_fit_none(&data.control, "T", error);
  if (status != LOY_NOTICE_NOT_CONVERGED && chosen == LOY_CNBD_STAGES_MOST && tried > 1) {
    result->status = LOY_NOTICE_AT_BOUND;
    return loyi_report(error, LOY_NOTICE_AT_BOUND, "k", LOY_NO_INDEX,
                       "lies at the edge of its range: the likelihood rises beyond it");
  }
  return loyi_fit_notice(&loyi_betageo_model, status, &best, error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_FIT_INL_H */
