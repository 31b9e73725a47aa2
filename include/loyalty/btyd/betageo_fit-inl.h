/* betageo_fit-inl.h: the text of bgnbd_fit.h and mbgnbd_fit.h; at_zero as in betageo-inl.h. */
#ifndef LOYALTY_BTYD_BETAGEO_FIT_INL_H
#define LOYALTY_BTYD_BETAGEO_FIT_INL_H

#include "bgnbd_fit.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/newton.h"
#include "betageo_total.h"

LOY_BEGIN_DECLS

/* Each parameter stays within a factor of this of 1; r at most LOYI_BETAGEO_ALIKE, where all customers have the same
 * rate but for a third of a percent, and beyond which terms of size r cancel. */
#define LOYI_BETAGEO_BOUND 1e8
#define LOYI_BETAGEO_ALIKE 1e5
/* A logarithm with a larger standard error is not determined by the data. */
#define LOYI_BETAGEO_WEAK 10.0

/* From so many rows on, one in so many of them gives the start. */
enum { LOYI_BETAGEO_MANY = 65536, LOYI_BETAGEO_THIN = 16 };

LOYI_LOCAL void loyi_betageo_fit_options_init(loy_bgnbd_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.r = options->start.alpha = options->start.a = options->start.b = 0.0;
}

LOYI_LOCAL loy_status loyi_betageo_fit_check(const double *x, const double *t_x, const double *T, size_t n,
                                             const loy_bgnbd_fit_options *options, loy_error *error) {
  loy_bgnbd_params any = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_betageo_check_columns(&any, x, t_x, T, n, error);
  if (status != LOY_OK || !options) return status;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (options->most_evaluations < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_betageo_loglik_total(double at_zero, const loy_bgnbd_params *params, const double *x,
                                                const double *t_x, const double *T, const double *weight, size_t n,
                                                const loy_bgnbd_fit_options *options, double *value, double *gradient,
                                                double *hessian, loy_error *error) {
  loyi_betageo_rows rows;
  loy_bgnbd_params scaled;
  double total, first[4], second[16], unit[4] = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_betageo_check(params, error);
  if (status == LOY_OK) status = loyi_betageo_fit_check(x, t_x, T, n, options, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_rows_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                  options ? options->threads : 1, &rows, error);
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
  loyi_betageo_rows_release(&rows);
  return loyi_ok(error);
}

/* What is fitted. */
typedef struct loyi_betageo_data {
  loyi_betageo_rows rows;
  double at_zero;
} loyi_betageo_data;

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_betageo_objective(void *ctx, const double *point, double *value, double *gradient,
                                      double *hessian) {
  loyi_betageo_data *data = (loyi_betageo_data *)ctx;
  loy_bgnbd_params params;
  double natural[4], scale = -1.0 / data->rows.customers;
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(point[i]);
  params.r = natural[0];
  params.alpha = natural[1];
  params.a = natural[2];
  params.b = natural[3];
  loyi_betageo_total(&data->rows, data->at_zero, &params, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < 4; i++) gradient[i] *= natural[i] * scale;
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      hessian[4 * i + j] = hessian[4 * i + j] * natural[i] * natural[j] * scale + (i == j ? gradient[i] : 0.0);
  return 1;
}

/* Where to start: r from the mean and the variance of x, as if it were negative binomial with one T for all; alpha from
 * the mean rate; a = 1, and b such that about one chance to stop is taken by each customer who had one. Of large groups
 * some 4096 evenly spaced rows are enough for the mean T. */
LOYI_LOCAL void loyi_betageo_start(const loyi_betageo_data *data, double *start) {
  const loyi_betageo_rows *rows = &data->rows;
  double time = 0.0, square = 0.0, exposed = 0.0, mean, spread, r, p;
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_betageo_group *group = &rows->group[g];
    size_t count = group->end - group->begin, stride = 1 + count / 4096;
    double weight = group->weight / (double)count * (double)stride;
    square += group->weight * group->x * group->x;
    if (group->x + data->at_zero > 0.0) exposed += group->weight;
    for (size_t i = group->begin; i < group->end; i += stride) time += weight * rows->T[i];
  }
  mean = rows->sum_x / rows->customers;
  spread = square / rows->customers - mean * mean - mean;
  r = spread > 0.0 ? mean * mean / spread : 4.0;
  r = r < 0.1 ? 0.1 : (r > 4.0 ? 4.0 : r);
  p = exposed / (exposed + rows->sum_x);
  start[0] = loyi_log(r);
  start[1] = loyi_log(r * time / rows->sum_x);
  start[2] = 0.0;
  start[3] = loyi_log((1.0 - p) / p + 0.5);
}

/* Fill the result from the point found, back on the natural scale and in the caller's unit of time. */
LOYI_LOCAL loy_status loyi_betageo_conclude(const loyi_betageo_rows *rows, const loyi_newton_result *found,
                                            loy_bgnbd_fit_result *result) {
  double natural[4], covariance[16];
  double widest = 0.0;
  int definite = loyi_newton_covariance(found, 4, rows->customers, covariance);
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(found->point[i]);
  natural[1] = ldexp(natural[1], rows->exponent);
  result->params.r = natural[0];
  result->params.alpha = natural[1];
  result->params.a = natural[2];
  result->params.b = natural[3];
  result->log_likelihood =
      -found->value * rows->customers - rows->sum_x * (double)rows->exponent * 0x1.62e42fefa39efp-1;
  for (size_t i = 0; i < 4; i++) {
    double error = sqrt(covariance[5 * i]);
    if (error > widest) widest = error;
    result->std_error[i] = error * natural[i];
    for (size_t j = 0; j < 4; j++) result->covariance[4 * i + j] = covariance[4 * i + j] * (natural[i] * natural[j]);
  }
  result->customers = rows->customers;
  result->scaled_gradient = found->scaled_gradient;
  result->decrement = found->decrement;
  result->iterations = found->iterations;
  if (!found->converged && !found->flat) return LOY_NOTICE_NOT_CONVERGED;
  if (found->at_bound) return LOY_NOTICE_AT_BOUND;
  return widest > LOYI_BETAGEO_WEAK || !definite ? LOY_NOTICE_WEAK_ID : LOY_OK;
}

LOYI_LOCAL loy_status loyi_betageo_notice(loy_status status, const loyi_newton_result *found, loy_error *error) {
  const char *const name[4] = {"r", "alpha", "a", "b"};
  const char *argument = NULL;
  if (status == LOY_OK) return loyi_ok(error);
  if (status == LOY_NOTICE_NOT_CONVERGED)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the certificate fails; the best point found is returned");
  if (status == LOY_NOTICE_WEAK_ID)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the standard error of a logarithm exceeds 10");
  for (size_t i = 4; i-- > 0;)
    if (found->at_bound >> i & 1u) argument = name[i];
  return loyi_report(error, status, argument, LOY_NO_INDEX,
                     "lies at the edge of its range: the likelihood rises beyond it");
}

/* Run Newton's method from `start`, and again from `other` when the certificate fails. */
LOYI_LOCAL int loyi_betageo_minimize(loyi_betageo_data *data, const loy_bgnbd_fit_options *options, const double *start,
                                     const double *other, loyi_newton_result *found) {
  const double bound = loyi_log(LOYI_BETAGEO_BOUND);
  double lower[4] = {-bound, -bound, -bound, -bound}, upper[4] = {loyi_log(LOYI_BETAGEO_ALIKE), bound, bound, bound};
  const double unit = (double)data->rows.exponent * 0x1.62e42fefa39efp-1;
  loyi_newton_problem problem;
  loyi_newton_result second;
  int evaluations = 0, usable;
  /* alpha, in the caller's unit of time, is a parameter that is in range. */
  if (lower[1] + unit < -LOYI_QUANTITY_LOG) lower[1] = -LOYI_QUANTITY_LOG - unit;
  if (upper[1] + unit > LOYI_QUANTITY_LOG) upper[1] = LOYI_QUANTITY_LOG - unit;
  loyi_newton_init(&problem, 4, loyi_betageo_objective, data);
  problem.lower = lower;
  problem.upper = upper;
  problem.gradient_tolerance = 1e-8;
  problem.noise = 1e-11;
  if (options && options->most_evaluations > 0) problem.most_evaluations = options->most_evaluations;
  usable = loyi_newton_minimize(&problem, start, found);
  evaluations = found->evaluations;
  if (!usable || !found->converged) {
    int usable_too = loyi_newton_minimize(&problem, other, &second);
    evaluations += second.evaluations;
    if (usable_too && (!usable || second.converged || second.value < found->value)) *found = second;
    usable = usable || usable_too;
  }
  found->evaluations = evaluations;
  return usable;
}

/* A better start for many rows: the optimum of every LOYI_BETAGEO_THIN-th of them, in the order by x, so that all x
 * have their share. `start` is left as it is when that fit has no certificate. 0 when memory is out. */
LOYI_LOCAL int loyi_betageo_warm_start(const loyi_betageo_data *data, double *start) {
  const loyi_betageo_rows *rows = &data->rows;
  const double none[4] = {0.0, 0.0, 0.0, 0.0};
  size_t n = rows->n / LOYI_BETAGEO_THIN, group = 0;
  double *x = (double *)loyi_allocate(rows->allocator, 4 * n, sizeof(double)), *t_x = x + n, *T = x + 2 * n;
  double *weight = rows->weight ? x + 3 * n : NULL;
  loyi_betageo_data thin;
  loyi_newton_result found;
  int made;
  if (!x) return 0;
  for (size_t i = 0; i < n; i++) {
    size_t at = i * LOYI_BETAGEO_THIN + LOYI_BETAGEO_THIN / 2;
    while (at >= rows->group[group].end) group++;
    x[i] = rows->group[group].x;
    t_x[i] = rows->t_x[at];
    T[i] = rows->T[at];
    if (weight) weight[i] = rows->weight[at];
  }
  made = loyi_betageo_rows_make(x, t_x, T, weight, n, rows->allocator, rows->threads, &thin.rows, NULL) == LOY_OK;
  if (made) {
    thin.at_zero = data->at_zero;
    start[1] -= (double)thin.rows.exponent * 0x1.62e42fefa39efp-1;
    if (thin.rows.sum_x > 0.0 && loyi_betageo_minimize(&thin, NULL, start, none, &found) && found.converged &&
        !found.at_bound)
      for (size_t i = 0; i < 4; i++) start[i] = found.point[i];
    start[1] += (double)thin.rows.exponent * 0x1.62e42fefa39efp-1;
    loyi_betageo_rows_release(&thin.rows);
  }
  loyi_release(rows->allocator, x, 4 * n, sizeof(double));
  return made;
}

/* Fit; *usable tells whether a point was found. 0 when memory is out. */
LOYI_LOCAL int loyi_betageo_search(loyi_betageo_data *data, const loy_bgnbd_fit_options *options,
                                   loyi_newton_result *found, int *usable) {
  double start[4], other[4] = {0.0, 0.0, 0.0, 0.0};
  loyi_betageo_start(data, start);
  if (options && options->start.r > 0.0) {
    for (size_t i = 0; i < 4; i++) other[i] = start[i];
    start[0] = loyi_log(options->start.r);
    start[1] = loyi_log(ldexp(options->start.alpha, -data->rows.exponent));
    start[2] = loyi_log(options->start.a);
    start[3] = loyi_log(options->start.b);
  } else if (data->at_zero > 0.0 && data->rows.n >= (size_t)LOYI_BETAGEO_MANY) {
    /* Where one-time buyers cost as much as others, evaluations are worth saving. */
    if (!loyi_betageo_warm_start(data, start)) return 0;
  }
  *usable = loyi_betageo_minimize(data, options, start, other, found);
  return 1;
}

LOYI_LOCAL int loyi_betageo_start_bad(const loy_bgnbd_params *start) {
  int none = start->r == 0.0 && start->alpha == 0.0 && start->a == 0.0 && start->b == 0.0;
  return !none && loyi_betageo_check(start, NULL) != LOY_OK;
}

LOYI_LOCAL loy_status loyi_betageo_fit(double at_zero, const double *x, const double *t_x, const double *T,
                                       const double *weight, size_t n, const loy_bgnbd_fit_options *options,
                                       loy_bgnbd_fit_result *result, loy_error *error) {
  loyi_betageo_data data;
  loyi_newton_result found;
  int usable;
  loy_status status = loyi_betageo_fit_check(x, t_x, T, n, options, error);
  if (status != LOY_OK) return status;
  if (options && loyi_betageo_start_bad(&options->start))
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_betageo_rows_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                  options ? options->threads : 1, &data.rows, error);
  if (status != LOY_OK) return status;
  data.at_zero = at_zero;
  if (data.rows.sum_x == 0.0 || data.rows.latest == 0.0) {
    loyi_betageo_rows_release(&data.rows);
    if (data.rows.sum_x == 0.0)
      return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have a repeat purchase in at least one row");
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  }
  if (!loyi_betageo_search(&data, options, &found, &usable)) {
    loyi_betageo_rows_release(&data.rows);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  if (usable) {
    status = loyi_betageo_conclude(&data.rows, &found, result);
    result->evaluations = found.evaluations;
    result->status = status;
  }
  loyi_betageo_rows_release(&data.rows);
  if (!usable)
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must not make the likelihood overflow a double");
  return loyi_betageo_notice(status, &found, error);
}

#undef LOYI_BETAGEO_BOUND
#undef LOYI_BETAGEO_ALIKE
#undef LOYI_BETAGEO_WEAK

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_FIT_INL_H */
