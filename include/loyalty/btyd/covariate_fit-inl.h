/* covariate_fit-inl.h: body of covariate_fit.h. */
#ifndef LOYALTY_BTYD_COVARIATE_FIT_INL_H
#define LOYALTY_BTYD_COVARIATE_FIT_INL_H

#include "covariate_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "bgnbd_fit.h"
#include "covariate_total.h"
#include "fit.h"
#include "ggomnbd_fit.h"
#include "history.h"
#include "mbgnbd_fit.h"
#include "nbd_fit.h"
#include "pnbd_fit.h"

/* Behind the headers that they are bodies of. */
#include "betageo_fit-inl.h"
#include "covariate_columns-inl.h"
#include "covariates-inl.h"
#include "fit-inl.h"
#include "ggomnbd_fit-inl.h"
#include "nbd_fit-inl.h"
#include "pnbd_fit-inl.h"

LOY_BEGIN_DECLS

/* How far a coefficient may move the logarithm of a customer's parameter, and the standard error of a logarithm, or of
 * a standardised coefficient, that the data do not determine. */
#define LOYI_COVARIATE_MOST 40.0
#define LOYI_COVARIATE_WEAK 10.0

LOYALTY_API void loy_covariate_fit_options_init(loy_covariate_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
}

/* What a call is about. */
typedef struct loyi_covariate_data {
  const double *x, *t_x, *T, *weight;
  const loy_covariates *covariates;
  size_t n;
  loy_covariate_fit_options options;
  loyi_fit_control control;
  loyi_covariate_design design;
} loyi_covariate_data;

/* Columns and options, checked and put together. */
LOYI_LOCAL loy_status loyi_covariate_open(const double *x, const double *t_x, const double *T, const double *weight,
                                          const loy_covariates *covariates, size_t n,
                                          const loy_covariate_fit_options *options, loyi_covariate_data *data,
                                          loy_error *error) {
  loy_status status = loyi_history_columns_check(x, t_x, T, n, error);
  data->x = x;
  data->t_x = t_x;
  data->T = T;
  data->weight = weight;
  data->covariates = covariates;
  data->n = n;
  loy_covariate_fit_options_init(&data->options);
  loyi_fit_control_init(&data->control);
  if (status != LOY_OK || !options) return status;
  status = loyi_fit_check_size(options->struct_size, sizeof *options, error);
  if (status != LOY_OK) return status;
  data->options = *options;
  data->control.most_evaluations = options->most_evaluations;
  data->control.penalty = options->penalty;
  data->control.progress = options->progress;
  status = loyi_fit_check_control(&data->control, options->threads, error);
  if (status == LOY_OK && !loyi_is_zero_or_quantity(options->coefficient_penalty))
    return loyi_report(error, LOY_ERR_DOMAIN, "coefficient_penalty", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  return status;
}

/* The ordered rows with their covariates; for NBD the last purchase says nothing. */
LOYI_LOCAL loy_status loyi_covariate_rows(const loyi_covariate_data *data, int merged, loyi_rows *rows,
                                          loy_error *error) {
  const loyi_covariate_design *design = &data->design;
  const double *column[LOY_COVARIATES_MOST];
  const size_t columns = design->transactions + design->dropouts;
  const int no_lifetime = design->kind == LOY_MODEL_NBD;
  const loyi_rows_source source = {data->x, data->t_x, data->T, data->weight, data->n, no_lifetime, column, columns};
  loy_status (*const make)(const loyi_rows_source *, const loy_allocator *, int, size_t, loyi_rows *, loy_error *) =
      merged ? loyi_rows_make_merged : loyi_rows_make_from;
  loy_status status;
  for (size_t j = 0; j < columns; j++) column[j] = loyi_covariate_column(data->covariates, j);
  status = make(&source, data->options.allocator, data->options.threads, loyi_covariate_width(design), rows, error);
  if (status != LOY_OK) return status;
  for (size_t j = 0; j < columns; j++)
    for (size_t i = 0; i < data->n; i++)
      if (!loyi_is_covariate(column[j][i])) {
        loyi_rows_release(rows);
        return loyi_report(error, LOY_ERR_DOMAIN, loyi_covariate_name(data->covariates, j), i, LOYI_COVARIATE_MUST);
      }
  return LOY_OK;
}

LOYI_ASSERT_STATIC((int)LOYI_ROWS_EXTRAS >= (int)LOY_COVARIATES_MOST, "rows carry all covariates");

LOYI_LOCAL const loyi_fit_model *loyi_covariate_fit_model(int kind) {
  switch (kind) {
  case LOY_MODEL_PNBD: return &loyi_pnbd_fit_model.fit;
  case LOY_MODEL_NBD: return &loyi_nbd_fit_model.fit;
  case LOY_MODEL_GGOMNBD: return &loyi_ggomnbd_fit_model.fit;
  default: return &loyi_betageo_model;
  }
}

LOYALTY_API loy_status loy_covariate_loglik_total(const loy_covariate_model *model, const loy_covariates *covariates,
                                                  const double *x, const double *t_x, const double *T,
                                                  const double *weight, size_t n,
                                                  const loy_covariate_fit_options *options, double *value,
                                                  double *gradient, double *hessian, loy_error *error) {
  double point[LOYI_NEWTON_MOST], first[LOYI_NEWTON_MOST], second[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], total, *work;
  const loyi_fit_model *fit;
  loyi_covariate_data data;
  loyi_rows rows;
  size_t m, k;
  loy_status status = loyi_covariate_model_columns_check(model, covariates, n, error);
  if (status == LOY_OK) status = loyi_covariate_open(x, t_x, T, weight, covariates, n, options, &data, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  loyi_covariate_design_init(&data.design, model->base.kind, model->transactions, model->dropouts, NULL);
  status = loyi_covariate_rows(&data, 0, &rows, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; status == LOY_OK && i < n; i++) status = loyi_covariate_row(model, covariates, i, point, error);
  work = status == LOY_OK ? (double *)loyi_allocate(data.options.allocator, n, 3 * sizeof(double)) : NULL;
  if (status == LOY_OK && !work && n > 0)
    status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  if (status != LOY_OK) {
    loyi_rows_release(&rows);
    return status;
  }
  fit = loyi_covariate_fit_model(model->base.kind);
  m = data.design.params;
  k = m + data.design.free;
  for (size_t p = 0; p < m; p++) point[p] = ldexp(model->base.parameters[p], -fit->power[p] * rows.exponent);
  for (size_t j = 0; j < data.design.free; j++) point[m + j] = model->coefficients[j];
  loyi_covariate_total(&data.design, &rows, point, work, &total, first, second);
  *value = total + loyi_fit_shift(&rows);
  /* From logarithms to the natural scale. */
  for (size_t p = 0; p < m; p++) point[p] = model->base.parameters[p];
  for (size_t j = m; j < k; j++) point[j] = 1.0;
  for (size_t i = 0; gradient && i < k; i++) gradient[i] = first[i] / point[i];
  for (size_t i = 0; hessian && i < k; i++)
    for (size_t j = 0; j < k; j++)
      hessian[k * i + j] = (second[k * i + j] - (i == j && i < m ? first[i] : 0.0)) / (point[i] * point[j]);
  loyi_release(data.options.allocator, work, n, 3 * sizeof(double));
  loyi_rows_release(&rows);
  return loyi_ok(error);
}

/* The plain fit, whose optimum is where the search begins. */
#define LOYI_COVARIATE_PLAIN(M)                                                                                        \
  LOYI_LOCAL loy_status loyi_covariate_plain_##M(const loyi_covariate_data *data, double *params, int *evaluations,    \
                                                 loy_error *error) {                                                   \
    loy_##M##_fit_options options;                                                                                     \
    loy_##M##_fit_result found;                                                                                        \
    loy_status status;                                                                                                 \
    loy_##M##_fit_options_init(&options);                                                                              \
    options.allocator = data->options.allocator;                                                                       \
    options.threads = data->options.threads;                                                                           \
    options.most_evaluations = data->options.most_evaluations;                                                         \
    options.penalty = data->options.penalty;                                                                           \
    options.progress = data->options.progress;                                                                         \
    status = loy_##M##_fit(data->x, data->t_x, data->T, data->weight, data->n, &options, &found, error);               \
    if (loy_status_is_error(status)) return status;                                                                    \
    memcpy(params, &found.params, sizeof found.params);                                                                \
    *evaluations = found.evaluations;                                                                                  \
    return LOY_OK;                                                                                                     \
  }
LOYI_COVARIATE_PLAIN(bgnbd)
LOYI_COVARIATE_PLAIN(mbgnbd)
LOYI_COVARIATE_PLAIN(pnbd)
LOYI_COVARIATE_PLAIN(nbd)
LOYI_COVARIATE_PLAIN(ggomnbd)
#undef LOYI_COVARIATE_PLAIN

LOYI_LOCAL loy_status loyi_covariate_plain(const loyi_covariate_data *data, double *params, int *evaluations,
                                           loy_error *error) {
  switch (data->design.kind) {
  case LOY_MODEL_PNBD: return loyi_covariate_plain_pnbd(data, params, evaluations, error);
  case LOY_MODEL_NBD: return loyi_covariate_plain_nbd(data, params, evaluations, error);
  case LOY_MODEL_GGOMNBD: return loyi_covariate_plain_ggomnbd(data, params, evaluations, error);
  case LOY_MODEL_MBGNBD: return loyi_covariate_plain_mbgnbd(data, params, evaluations, error);
  default: return loyi_covariate_plain_bgnbd(data, params, evaluations, error);
  }
}

/* A search. */
typedef struct loyi_covariate_search {
  loyi_covariate_data *data;
  loyi_covariate_columns columns;
  loyi_rows *rows;
  double *work;
  loyi_fit_objective objective;
  double parameter_square[LOYI_NEWTON_MOST], coefficient_square[LOYI_NEWTON_MOST];
  double lower[LOYI_NEWTON_MOST], upper[LOYI_NEWTON_MOST];
} loyi_covariate_search;

/* The mean negative log-likelihood. */
LOYI_LOCAL int loyi_covariate_objective(void *ctx, const double *point, double *value, double *gradient,
                                        double *hessian) {
  const loyi_covariate_search *search = (const loyi_covariate_search *)ctx;
  const loyi_covariate_design *design = &search->data->design;
  size_t m = design->params, k = m + design->free;
  double natural[LOYI_NEWTON_MOST] = {0.0}, scale = -1.0 / search->rows->customers;
  for (size_t i = 0; i < k; i++) natural[i] = i < m ? loyi_exp(point[i]) : point[i];
  loyi_covariate_total(design, search->rows, natural, search->work, value, gradient, hessian);
  *value *= scale;
  for (size_t i = 0; i < k; i++) gradient[i] *= scale;
  for (size_t i = 0; i < k * k; i++) hessian[i] *= scale;
  return 1;
}

/* The penalties at a point; adds their derivatives. */
LOYI_LOCAL double loyi_covariate_penalty(const loyi_covariate_search *search, const double *point, double *gradient,
                                         double *hessian) {
  size_t m = search->data->design.params, k = m + search->data->design.free;
  double penalty = 0.0;
  if (search->data->options.penalty > 0.0)
    penalty += loyi_fit_penalty(search->parameter_square, k, point, gradient, hessian);
  for (size_t i = m; i < k; i++) {
    double cost = search->coefficient_square[i];
    penalty += cost * point[i] * point[i];
    gradient[i] += 2.0 * cost * point[i];
    hessian[(k + 1) * i] += 2.0 * cost;
  }
  return penalty;
}

LOYI_LOCAL int loyi_covariate_evaluate(void *ctx, const double *point, double *value, double *gradient,
                                       double *hessian) {
  loyi_covariate_search *search = (loyi_covariate_search *)ctx;
  if (!loyi_fit_evaluate(&search->objective, point, value, gradient, hessian)) return 0;
  *value += loyi_covariate_penalty(search, point, gradient, hessian);
  return 1;
}

/* Bounds, and what squares cost. */
LOYI_LOCAL void loyi_covariate_search_init(loyi_covariate_search *search, const loyi_fit_model *model) {
  const loyi_covariate_design *design = &search->data->design;
  const loy_covariate_fit_options *options = &search->data->options;
  size_t m = design->params;
  double square[LOYI_FIT_MOST];
  memset(search->parameter_square, 0, sizeof search->parameter_square);
  memset(search->coefficient_square, 0, sizeof search->coefficient_square);
  loyi_fit_squares(model, search->rows, options->penalty, square);
  for (size_t p = 0; p < m; p++) {
    search->parameter_square[p] = square[p];
    search->lower[p] = -loyi_log(1.0 / model->least[p]);
    search->upper[p] = loyi_log(model->most[p]);
  }
  for (size_t j = 0; j < design->free; j++) search->upper[m + j] = HUGE_VAL;
  for (size_t j = design->transactions + design->dropouts; j-- > 0;) {
    size_t i = m + design->where[j];
    double most = LOYI_COVARIATE_MOST / search->columns.widest[j];
    /* Of a coefficient in both processes the column of transactions comes last. */
    search->coefficient_square[i] = options->coefficient_penalty * search->columns.variance[j];
    if (!(search->upper[i] < most)) search->upper[i] = most;
    search->lower[i] = -search->upper[i];
  }
}

/* One more start, the better result of which is kept. */
LOYI_LOCAL void loyi_covariate_try(loyi_covariate_search *search, const loyi_newton_problem *problem,
                                   const double *start, int *usable, loyi_newton_result *found) {
  if (search->data->control.canceled) return;
  search->objective.customers = search->rows->customers;
  search->objective.shift = loyi_fit_shift(search->rows);
  loyi_fit_try(problem, start, usable, found);
}

/* Search from `start`, over the sample first where rows are many. From `other` too, and from the further starts of the
 * plain fit, in the cases in which that tries them. 0 when no start can be evaluated, or the caller has canceled. */
LOYI_LOCAL int loyi_covariate_search_run(loyi_covariate_search *search, loyi_rows *rows, loyi_rows *sample,
                                         double *start, const double *other, loyi_newton_result *found) {
  const loyi_fit_model *fit = loyi_covariate_fit_model(search->data->design.kind);
  loyi_fit_control *control = &search->data->control;
  size_t m = search->data->design.params, k = m + search->data->design.free;
  double point[LOYI_NEWTON_MOST] = {0.0};
  loyi_newton_problem problem;
  int usable = 0, evaluations;
  memset(&search->objective, 0, sizeof search->objective);
  search->objective.fn = loyi_covariate_objective;
  search->objective.ctx = search;
  search->objective.control = control;
  control->penalty = 0.0; /* added outside, so that the plain log-likelihood is what is reported */
  loyi_newton_init(&problem, k, loyi_covariate_evaluate, search);
  problem.lower = search->lower;
  problem.upper = search->upper;
  problem.gradient_tolerance = 1e-8;
  problem.noise = 1e-11;
  if (control->most_evaluations > 0) problem.most_evaluations = control->most_evaluations;
  control->customers = rows->customers;
  found->evaluations = 0;
  if (sample->n > 0) {
    search->rows = sample;
    loyi_covariate_try(search, &problem, start, &usable, found);
    if (usable && found->converged && !found->at_bound) memcpy(start, found->point, k * sizeof *start);
  }
  evaluations = found->evaluations;
  search->rows = rows;
  usable = 0;
  found->evaluations = 0;
  loyi_covariate_try(search, &problem, start, &usable, found);
  if (!usable || !found->converged || found->at_bound || rows->n <= LOYI_FIT_FEW) {
    loyi_covariate_try(search, &problem, other, &usable, found);
    for (size_t s = 0; s < fit->further && rows->n <= LOYI_FIT_FEW; s++) {
      for (size_t i = 0; i < 2; i++) point[i] = other[i] + fit->from[s][0];
      for (size_t i = 2; i < m; i++) point[i] = fit->from[s][i - 1];
      loyi_covariate_try(search, &problem, point, &usable, found);
    }
  }
  found->evaluations += evaluations;
  return usable && !control->canceled;
}

/* The parameters at covariates of 0 and the coefficients in the caller's units, and how they move with what was
 * searched for: logarithm i by coefficient j. */
LOYI_LOCAL void loyi_covariate_back(const loyi_covariate_search *search, const double *point, double *logs,
                                    double *coefficient, double *moves) {
  const loyi_covariate_design *design = &search->data->design;
  const loyi_covariate_columns *columns = &search->columns;
  size_t m = design->params, q = design->transactions + design->dropouts;
  for (size_t p = 0; p < m; p++) logs[p] = point[p];
  for (size_t k = 0; k < m * design->free; k++) moves[k] = 0.0;
  for (size_t j = 0; j < q; j++) {
    size_t free = design->where[j];
    coefficient[j] = point[m + free] / columns->scale[j];
    for (size_t p = 0; p < m; p++) {
      loyi_covariate_signs signs = loyi_covariate_sign(design->kind, p);
      double sign = j < design->transactions ? signs.transaction : signs.dropout;
      if (sign == 0.0) continue;
      /* ln theta + sign g z = ln theta* + sign g (z - c): ln theta = ln theta* - sign g c. */
      logs[p] -= sign * coefficient[j] * columns->center[j];
      moves[p * design->free + free] -= sign * columns->center[j] / columns->scale[j];
    }
  }
}

/* The covariance of logarithms at 0 and coefficients from that of the search; NaN spreads only to what it moves. */
LOYI_LOCAL void loyi_covariate_spread(const loyi_covariate_search *search, const double *covariance,
                                      const double *moves, const double *params, double *out) {
  const loyi_covariate_design *design = &search->data->design;
  size_t m = design->params, free = design->free, k = m + free, q = design->transactions + design->dropouts;
  double row[LOY_COVARIATE_ESTIMATES_MOST][LOYI_NEWTON_MOST]; /* each estimate as a sum of what was searched for */
  for (size_t i = 0; i < m + q; i++)
    for (size_t j = 0; j < k; j++) row[i][j] = 0.0;
  for (size_t p = 0; p < m; p++) {
    row[p][p] = params[p];
    for (size_t j = 0; j < free; j++) row[p][m + j] = moves[p * free + j] * params[p];
  }
  for (size_t j = 0; j < q; j++) row[m + j][m + design->where[j]] = 1.0 / search->columns.scale[j];
  for (size_t i = 0; i < m + q; i++)
    for (size_t j = 0; j < m + q; j++) {
      double sum = 0.0;
      for (size_t s = 0; s < k; s++)
        for (size_t t = 0; t < k; t++)
          if (row[i][s] != 0.0 && row[j][t] != 0.0) sum += row[i][s] * row[j][t] * covariance[k * s + t];
      out[(m + q) * i + j] = sum;
    }
}

/* Name variable i of the search in a notice. */
LOYI_LOCAL loy_status loyi_covariate_blame(const loyi_covariate_search *search, loy_status status, size_t i,
                                           const char *message, loy_error *error) {
  const loyi_covariate_design *design = &search->data->design;
  size_t j = 0;
  if (i < design->params)
    return loyi_report(error, status, loyi_covariate_fit_model(design->kind)->name[i], LOY_NO_INDEX, message);
  while (design->where[j] != i - design->params) j++;
  return loyi_report(error, status, loyi_covariate_name(search->data->covariates, j),
                     j < design->transactions ? j : j - design->transactions, message);
}

/* The log-likelihood at the point found, without penalties: taking those off the sum would cost digits of their size.
 */
LOYI_LOCAL double loyi_covariate_plain_value(loyi_covariate_search *search, const loyi_newton_result *found) {
  double mean = found->value, gradient[LOYI_NEWTON_MOST], hessian[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST];
  if (search->data->options.penalty > 0.0 || search->data->options.coefficient_penalty > 0.0)
    (void)loyi_covariate_objective(search, found->point, &mean, gradient, hessian);
  return loyi_fit_shift(search->rows) - mean * search->rows->customers;
}

/* Fill the result from the point found. */
LOYI_LOCAL loy_status loyi_covariate_conclude(loyi_covariate_search *search, const loyi_newton_result *found,
                                              loy_covariate_fit_result *result, loy_error *error) {
  const loyi_covariate_data *data = search->data;
  const loyi_covariate_design *design = &data->design;
  const loyi_fit_model *fit = loyi_covariate_fit_model(design->kind);
  size_t m = design->params, k = m + design->free, q = design->transactions + design->dropouts, weakest = 0;
  double covariance[LOYI_NEWTON_MOST * LOYI_NEWTON_MOST], moves[LOYI_FIT_MOST * LOY_COVARIATES_MOST];
  double logs[LOYI_FIT_MOST], coefficient[LOY_COVARIATES_MOST], params[LOY_MODEL_PARAMETERS_MOST], widest = 0.0;
  loy_covariate_model *model = &result->model;
  int definite = loyi_newton_covariance(found, k, search->rows->customers, covariance);
  loy_status status = LOY_OK;
  loyi_covariate_back(search, found->point, logs, coefficient, moves);
  for (size_t p = 0; p < m; p++) params[p] = ldexp(loyi_exp(logs[p]), fit->power[p] * search->rows->exponent);
  if (loyi_model_calls_of(design->kind)->check(params, error) != LOY_OK)
    return loyi_report(error, LOY_ERR_DOMAIN, error ? error->argument : NULL, LOY_NO_INDEX,
                       "is out of range where all covariates are 0: measure them from a usual value");
  loy_covariate_model_init(model, design->kind, design->transactions, design->dropouts);
  for (size_t p = 0; p < m; p++) model->base.parameters[p] = params[p];
  for (size_t j = 0; j < q; j++) model->coefficients[j] = coefficient[j];
  for (size_t j = 0; data->options.same && j < design->dropouts; j++) model->same[j] = data->options.same[j];
  loyi_covariate_spread(search, covariance, moves, params, model->covariance);
  model->base.has_covariance = 1;
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++) model->base.covariance[m * i + j] = model->covariance[(m + q) * i + j];
  for (size_t i = 0; i < m + q; i++) result->std_error[i] = sqrt(model->covariance[(m + q + 1) * i]);
  for (size_t i = 0; i < k; i++) {
    double error_of = sqrt(covariance[(k + 1) * i]);
    if (error_of > widest) {
      widest = error_of;
      weakest = i;
    }
  }
  model->base.customers = search->rows->customers;
  model->base.penalty = data->options.penalty > data->options.coefficient_penalty ? data->options.penalty
                                                                                  : data->options.coefficient_penalty;
  model->base.log_likelihood = loyi_covariate_plain_value(search, found);
  result->scaled_gradient = found->scaled_gradient;
  result->decrement = found->decrement;
  result->iterations = found->iterations;
  result->evaluations = found->evaluations;
  if (!found->converged && !found->flat)
    status = LOY_NOTICE_NOT_CONVERGED;
  else if (found->at_bound)
    status = LOY_NOTICE_AT_BOUND;
  else if (widest > LOYI_COVARIATE_WEAK || !definite)
    status = LOY_NOTICE_WEAK_ID;
  model->base.status = (int)status;
  if (status == LOY_NOTICE_NOT_CONVERGED)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the certificate fails; the best point found is returned");
  for (size_t i = 0; status == LOY_NOTICE_AT_BOUND && i < k; i++)
    if (found->at_bound >> i & 1u)
      return loyi_covariate_blame(search, status, i, "lies at the edge of its range: the likelihood rises beyond it",
                                  error);
  if (status == LOY_NOTICE_WEAK_ID && !definite)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the information is not positive definite");
  if (status == LOY_NOTICE_WEAK_ID)
    return loyi_covariate_blame(search, status, weakest,
                                "the standard error of a logarithm, or of a standardised coefficient, exceeds 10",
                                error);
  return loyi_ok(error);
}

/* Where to begin: at the plain optimum, inside the bounds, and at moments; all coefficients 0. */
LOYI_LOCAL void loyi_covariate_starts(const loyi_covariate_search *search, const double *params, double *start,
                                      double *other) {
  const loyi_covariate_design *design = &search->data->design;
  const loyi_fit_model *fit = loyi_covariate_fit_model(design->kind);
  for (size_t i = 0; i < design->params + design->free; i++) start[i] = other[i] = 0.0;
  (void)loyi_fit_start(search->rows, other);
  for (size_t p = 0; p < design->params; p++) {
    /* From the very edge there may be no way back. */
    double inside = 0.1 * (search->upper[p] - search->lower[p]);
    start[p] = loyi_log(ldexp(params[p], -fit->power[p] * search->rows->exponent));
    if (start[p] < search->lower[p] + inside) start[p] = search->lower[p] + inside;
    if (start[p] > search->upper[p] - inside) start[p] = search->upper[p] - inside;
  }
}

LOYI_LOCAL loy_status loyi_covariate_fit_rows(loyi_covariate_search *search, loyi_rows *rows, const double *params,
                                              loy_covariate_fit_result *result, int evaluations, loy_error *error) {
  loyi_covariate_data *data = search->data;
  double start[LOYI_NEWTON_MOST], other[LOYI_NEWTON_MOST];
  loyi_newton_result found;
  loyi_rows sample;
  size_t n = rows->n;
  loy_status status;
  int usable;
  memset(&sample, 0, sizeof sample);
  if (n >= 2 * (size_t)LOYI_FIT_SAMPLE && !loyi_rows_sample(rows, LOYI_FIT_SAMPLE, &sample))
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  search->work = (double *)loyi_allocate(data->options.allocator, n, 3 * sizeof(double));
  if (!search->work) {
    loyi_rows_release(&sample);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  }
  search->rows = rows;
  loyi_covariate_search_init(search, loyi_covariate_fit_model(data->design.kind));
  loyi_covariate_starts(search, params, start, other);
  data->control.evaluations = evaluations;
  usable = loyi_covariate_search_run(search, rows, &sample, start, other, &found);
  found.evaluations += evaluations;
  status = usable ? loyi_covariate_conclude(search, &found, result, error) : loyi_fit_none(&data->control, "T", error);
  loyi_release(data->options.allocator, search->work, n, 3 * sizeof(double));
  loyi_rows_release(&sample);
  return status;
}

LOYALTY_API loy_status loy_covariate_fit(int kind, const double *x, const double *t_x, const double *T,
                                         const double *weight, const loy_covariates *covariates, size_t n,
                                         const loy_covariate_fit_options *options, loy_covariate_fit_result *result,
                                         loy_error *error) {
  size_t transactions = covariates ? covariates->transactions : 0, dropouts = covariates ? covariates->dropouts : 0;
  double params[LOY_MODEL_PARAMETERS_MOST];
  loyi_covariate_search search;
  loyi_covariate_data data;
  loyi_rows rows;
  int evaluations = 0;
  loy_status status;
  status = loyi_covariate_counts_check(kind, transactions, dropouts, error);
  if (status == LOY_OK) status = loyi_covariate_columns_check(covariates, transactions, dropouts, n, error);
  if (status == LOY_OK) status = loyi_covariate_open(x, t_x, T, weight, covariates, n, options, &data, error);
  if (status != LOY_OK) return status;
  for (size_t j = 0; data.options.same && j < dropouts; j++)
    if (data.options.same[j] < -1 || (data.options.same[j] >= 0 && (size_t)data.options.same[j] >= transactions))
      return loyi_report(error, LOY_ERR_ARGUMENT, "same", j, "must be the number of a transaction covariate, or -1");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  loyi_covariate_design_init(&data.design, kind, transactions, dropouts, data.options.same);
  status = loyi_covariate_rows(&data, 1, &rows, error);
  if (status != LOY_OK) return status;
  search.data = &data;
  if (n == 0 || ((kind == LOY_MODEL_BGNBD || kind == LOY_MODEL_MBGNBD) && rows.sum_x == 0.0))
    status = loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX,
                         n == 0 ? "must have at least one row" : "must have a repeat purchase in at least one row");
  else if (rows.latest == 0.0)
    status = loyi_report(error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be greater than 0 in at least one row");
  else
    status = loyi_covariate_columns_make(&data.design, &rows, covariates, &search.columns, error);
  if (status == LOY_OK) status = loyi_covariate_plain(&data, params, &evaluations, error);
  if (status == LOY_OK) status = loyi_covariate_fit_rows(&search, &rows, params, result, evaluations, error);
  loyi_rows_release(&rows);
  return status;
}

#undef LOYI_COVARIATE_MOST
#undef LOYI_COVARIATE_WEAK
#undef LOYI_COVARIATE_DEPENDS

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_FIT_INL_H */
