/* bgnbd_fit-inl.h: body of bgnbd_fit.h. */
#ifndef LOYALTY_BTYD_BGNBD_FIT_INL_H
#define LOYALTY_BTYD_BGNBD_FIT_INL_H

#include "bgnbd_fit.h"

#include <math.h>

#include "../math/elementary.h"
#include "../math/newton.h"
#include "bgnbd_total.h"

LOY_BEGIN_DECLS

/* Each parameter stays within a factor of this of 1; r at most LOYI_BGNBD_ALIKE, where all customers have the same rate
 * but for a third of a percent, and beyond which terms of size r cancel. */
#define LOYI_BGNBD_BOUND 1e8
#define LOYI_BGNBD_ALIKE 1e5
/* A logarithm with a larger standard error is not determined by the data. */
#define LOYI_BGNBD_WEAK 10.0

LOYALTY_API void loy_bgnbd_fit_options_init(loy_bgnbd_fit_options *options) {
  if (!options) return;
  options->struct_size = sizeof *options;
  options->allocator = NULL;
  options->threads = 1;
  options->most_evaluations = 0;
  options->start.r = options->start.alpha = options->start.a = options->start.b = 0.0;
}

LOYI_LOCAL loy_status loyi_bgnbd_fit_check(const double *x, const double *t_x, const double *T, size_t n,
                                           const loy_bgnbd_fit_options *options, loy_error *error) {
  loy_bgnbd_params any = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loyi_bgnbd_check_columns(&any, x, t_x, T, n, error);
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

LOYALTY_API loy_status loy_bgnbd_loglik_total(const loy_bgnbd_params *params, const double *x, const double *t_x,
                                              const double *T, const double *weight, size_t n,
                                              const loy_bgnbd_fit_options *options, double *value, double *gradient,
                                              double *hessian, loy_error *error) {
  loyi_bgnbd_rows rows;
  loy_bgnbd_params scaled;
  double total, first[4], second[16], unit[4] = {1.0, 1.0, 1.0, 1.0};
  loy_status status = loy_bgnbd_check(params, error);
  if (status == LOY_OK) status = loyi_bgnbd_fit_check(x, t_x, T, n, options, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_bgnbd_rows_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                options ? options->threads : 1, &rows, error);
  if (status != LOY_OK) return status;
  unit[1] = ldexp(1.0, -rows.exponent);
  scaled = *params;
  scaled.alpha *= unit[1];
  loyi_bgnbd_total(&rows, &scaled, &total, first, second);
  /* Scaling the time by a factor multiplies the density of x purchase times by its x-th power. */
  *value = total - rows.sum_x * (double)rows.exponent * 0x1.62e42fefa39efp-1;
  if (gradient)
    for (size_t i = 0; i < 4; i++) gradient[i] = first[i] * unit[i];
  if (hessian)
    for (size_t i = 0; i < 16; i++) hessian[i] = second[i] * unit[i / 4] * unit[i % 4];
  loyi_bgnbd_rows_release(&rows);
  return loyi_ok(error);
}

/* The mean negative log-likelihood by the logarithms of the parameters. */
LOYI_LOCAL int loyi_bgnbd_objective(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  loyi_bgnbd_rows *rows = (loyi_bgnbd_rows *)ctx;
  loy_bgnbd_params params;
  double natural[4], scale = -1.0 / rows->customers;
  for (size_t i = 0; i < 4; i++) natural[i] = loyi_exp(point[i]);
  params.r = natural[0];
  params.alpha = natural[1];
  params.a = natural[2];
  params.b = natural[3];
  loyi_bgnbd_total(rows, &params, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < 4; i++) gradient[i] *= natural[i] * scale;
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 4; j++)
      hessian[4 * i + j] = hessian[4 * i + j] * natural[i] * natural[j] * scale + (i == j ? gradient[i] : 0.0);
  return 1;
}

/* Where to start: r from the mean and the variance of x, as if it were negative binomial with one T for all; alpha from
 * the mean rate; a = 1, and b such that one in every (x + 1) purchases of a buyer is the last. Of large groups some
 * 4096 evenly spaced rows are enough for the mean T. */
LOYI_LOCAL void loyi_bgnbd_start(const loyi_bgnbd_rows *rows, double *start) {
  double time = 0.0, square = 0.0, buyers = 0.0, mean, spread, r, p;
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_bgnbd_group *group = &rows->group[g];
    size_t count = group->end - group->begin, stride = 1 + count / 4096;
    double weight = group->weight / (double)count * (double)stride;
    square += group->weight * group->x * group->x;
    if (group->x > 0.0) buyers += group->weight;
    for (size_t i = group->begin; i < group->end; i += stride) time += weight * rows->T[i];
  }
  mean = rows->sum_x / rows->customers;
  spread = square / rows->customers - mean * mean - mean;
  r = spread > 0.0 ? mean * mean / spread : 4.0;
  r = r < 0.1 ? 0.1 : (r > 4.0 ? 4.0 : r);
  p = buyers / (buyers + rows->sum_x);
  start[0] = loyi_log(r);
  start[1] = loyi_log(r * time / rows->sum_x);
  start[2] = 0.0;
  start[3] = loyi_log((1.0 - p) / p + 0.5);
}

/* Fill the result from the point found, back on the natural scale and in the caller's unit of time. */
LOYI_LOCAL loy_status loyi_bgnbd_conclude(const loyi_bgnbd_rows *rows, const loyi_newton_result *found,
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
  return widest > LOYI_BGNBD_WEAK || !definite ? LOY_NOTICE_WEAK_ID : LOY_OK;
}

LOYI_LOCAL loy_status loyi_bgnbd_notice(loy_status status, const loyi_newton_result *found, loy_error *error) {
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

/* Run Newton's method from the start, and again from another one when the certificate fails. */
LOYI_LOCAL int loyi_bgnbd_search(loyi_bgnbd_rows *rows, const loy_bgnbd_fit_options *options,
                                 loyi_newton_result *found) {
  const double bound = loyi_log(LOYI_BGNBD_BOUND);
  double lower[4] = {-bound, -bound, -bound, -bound}, upper[4] = {loyi_log(LOYI_BGNBD_ALIKE), bound, bound, bound};
  const double unit = (double)rows->exponent * 0x1.62e42fefa39efp-1;
  double start[4], other[4] = {0.0, 0.0, 0.0, 0.0};
  loyi_newton_problem problem;
  loyi_newton_result second;
  int evaluations = 0, usable;
  /* alpha, in the caller's unit of time, is a parameter that is in range. */
  if (lower[1] + unit < -LOYI_QUANTITY_LOG) lower[1] = -LOYI_QUANTITY_LOG - unit;
  if (upper[1] + unit > LOYI_QUANTITY_LOG) upper[1] = LOYI_QUANTITY_LOG - unit;
  loyi_newton_init(&problem, 4, loyi_bgnbd_objective, rows);
  problem.lower = lower;
  problem.upper = upper;
  problem.gradient_tolerance = 1e-8;
  problem.noise = 1e-11;
  if (options && options->most_evaluations > 0) problem.most_evaluations = options->most_evaluations;
  loyi_bgnbd_start(rows, start);
  if (options && options->start.r > 0.0) {
    for (size_t i = 0; i < 4; i++) other[i] = start[i];
    start[0] = loyi_log(options->start.r);
    start[1] = loyi_log(ldexp(options->start.alpha, -rows->exponent));
    start[2] = loyi_log(options->start.a);
    start[3] = loyi_log(options->start.b);
  }
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

LOYI_LOCAL int loyi_bgnbd_start_bad(const loy_bgnbd_params *start) {
  int none = start->r == 0.0 && start->alpha == 0.0 && start->a == 0.0 && start->b == 0.0;
  return !none && loy_bgnbd_check(start, NULL) != LOY_OK;
}

LOYALTY_API loy_status loy_bgnbd_fit(const double *x, const double *t_x, const double *T, const double *weight,
                                     size_t n, const loy_bgnbd_fit_options *options, loy_bgnbd_fit_result *result,
                                     loy_error *error) {
  loyi_bgnbd_rows rows;
  loyi_newton_result found;
  int usable;
  loy_status status = loyi_bgnbd_fit_check(x, t_x, T, n, options, error);
  if (status != LOY_OK) return status;
  if (options && loyi_bgnbd_start_bad(&options->start))
    return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_bgnbd_rows_make(x, t_x, T, weight, n, options ? options->allocator : NULL,
                                options ? options->threads : 1, &rows, error);
  if (status != LOY_OK) return status;
  if (rows.sum_x == 0.0 || rows.latest == 0.0) {
    loyi_bgnbd_rows_release(&rows);
    if (rows.sum_x == 0.0)
      return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have a repeat purchase in at least one row");
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  }
  usable = loyi_bgnbd_search(&rows, options, &found);
  if (usable) {
    status = loyi_bgnbd_conclude(&rows, &found, result);
    result->evaluations = found.evaluations;
    result->status = status;
  }
  loyi_bgnbd_rows_release(&rows);
  if (!usable)
    return loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must not make the likelihood overflow a double");
  return loyi_bgnbd_notice(status, &found, error);
}

#undef LOYI_BGNBD_BOUND
#undef LOYI_BGNBD_ALIKE
#undef LOYI_BGNBD_WEAK

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGNBD_FIT_INL_H */
