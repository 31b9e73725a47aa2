/* guadagni_little_fit-inl.h: body of guadagni_little_fit.h. */
#ifndef LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_INL_H
#define LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_INL_H

#include "guadagni_little_fit.h"

#include <math.h>
#include <string.h>

#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/linalg.h"
#include "../math/newton.h"
#include "../math/sum.h"
#include "guadagni_little-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_GUADAGNI_LITTLE_PARAMS <= LOYI_NEWTON_MOST, "the optimiser has room for all parameters");

#define LOYI_GL_LAMBDA_LEAST 0.001
#define LOYI_GL_LAMBDA_MOST  0.999
/* Trace of the inverse information times that of equal probabilities. */
#define LOYI_GL_SEPARATED 1e7
#define LOYI_GL_WEAK      0.5
/* Customers whose sums are added plainly. */
enum { LOYI_GL_BLOCK = 64 };

LOYALTY_API void loy_guadagni_little_fit_options_init(loy_guadagni_little_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->lambda = -1.0;
}

/* ---- the likelihood ---- */

/* Log-likelihood and derivatives by all parameters; of the Hessian the lower triangle, by rows of the most. */
typedef struct loyi_gl_sums {
  double value, gradient[LOY_GUADAGNI_LITTLE_PARAMS];
  double hessian[LOY_GUADAGNI_LITTLE_PARAMS][LOY_GUADAGNI_LITTLE_PARAMS];
} loyi_gl_sums;

/* A problem: the data, and what is a coordinate of a search. */
typedef struct loyi_gl_problem {
  const loy_guadagni_little_data *data;
  size_t base, warmup, params;
  double rows;
  double scale[LOY_GUADAGNI_LITTLE_MOST];  /* spread of each covariate within rows: slopes are per spread */
  double full[LOY_GUADAGNI_LITTLE_PARAMS]; /* all parameters; those that are no coordinate stay */
  size_t list[LOY_GUADAGNI_LITTLE_PARAMS]; /* the coordinates */
  size_t count;
} loyi_gl_problem;

/* Place of b; the constants stand before it, then the slopes, then lambda. */
LOYI_LOCAL size_t loyi_gl_place(const loyi_gl_problem *problem) { return problem->data->alternatives - 1; }

/* Add one row. u receives the utilities, and then the probabilities. */
LOYI_LOCAL void loyi_gl_row(const loyi_gl_problem *problem, const double *full, const loyi_smooth *state,
                            const double *x, size_t chosen, loyi_gl_sums *sums) {
  const size_t n = problem->params, alternatives = problem->data->alternatives, covariates = problem->data->covariates;
  const size_t place = loyi_gl_place(problem);
  double by[LOY_GUADAGNI_LITTLE_MOST][LOY_GUADAGNI_LITTLE_PARAMS], mean[LOY_GUADAGNI_LITTLE_PARAMS];
  double u[LOY_GUADAGNI_LITTLE_MOST] = {0.0}, observed, cross = state[chosen].first, bend = state[chosen].second;
  memset(mean, 0, sizeof mean);
  for (size_t k = 0; k < alternatives; k++) {
    for (size_t p = 0; p < place; p++) by[k][p] = 0.0;
    if (k != problem->base) by[k][k < problem->base ? k : k - 1] = 1.0;
    by[k][place] = state[k].value;
    for (size_t j = 0; j < covariates; j++) by[k][place + 1 + j] = x[k * covariates + j] / problem->scale[j];
    by[k][n - 1] = full[place] * state[k].first;
    u[k] = 0.0;
    for (size_t p = 0; p + 1 < n; p++) u[k] += full[p] * by[k][p];
  }
  observed = u[chosen];
  sums->value += observed - loyi_gl_softmax(u, alternatives);
  for (size_t k = 0; k < alternatives; k++) {
    for (size_t p = 0; p < n; p++) mean[p] += u[k] * by[k][p];
    cross -= u[k] * state[k].first;
    bend -= u[k] * state[k].second;
  }
  for (size_t p = 0; p < n; p++) sums->gradient[p] += by[chosen][p] - mean[p];
  for (size_t k = 0; k < alternatives; k++)
    for (size_t p = 0; p < n; p++) {
      const double away = u[k] * (by[k][p] - mean[p]);
      for (size_t q = 0; q <= p; q++) sums->hessian[p][q] -= away * (by[k][q] - mean[q]);
    }
  sums->hessian[n - 1][place] += cross;
  sums->hessian[n - 1][n - 1] += full[place] * bend;
}

/* All rows that count. */
LOYI_LOCAL void loyi_gl_all(const loyi_gl_problem *problem, const double *full, loyi_gl_sums *sums) {
  const loy_guadagni_little_data *data = problem->data;
  const size_t n = problem->params, alternatives = data->alternatives, each = alternatives * data->covariates;
  const double lambda = full[n - 1];
  loyi_total value = {0.0, 0.0}, slope[LOY_GUADAGNI_LITTLE_PARAMS];
  loyi_total bend[LOY_GUADAGNI_LITTLE_PARAMS][LOY_GUADAGNI_LITTLE_PARAMS];
  memset(slope, 0, sizeof slope);
  memset(bend, 0, sizeof bend);
  for (size_t first = 0; first < data->customers; first += LOYI_GL_BLOCK) {
    const size_t last = data->customers - first < LOYI_GL_BLOCK ? data->customers : first + LOYI_GL_BLOCK;
    loyi_gl_sums block;
    memset(&block, 0, sizeof block);
    for (size_t i = first; i < last; i++) {
      const size_t from = (size_t)data->offset[i], to = (size_t)data->offset[i + 1];
      loyi_smooth state[LOY_GUADAGNI_LITTLE_MOST];
      if (from == to) continue;
      loyi_gl_begin(state, alternatives, lambda, (size_t)data->chosen[from]);
      for (size_t t = from + 1; t < to; t++) {
        const size_t chosen = (size_t)data->chosen[t];
        if (t - from > problem->warmup)
          loyi_gl_row(problem, full, state, each > 0 ? data->covariate + t * each : NULL, chosen, &block);
        loyi_gl_step(state, alternatives, lambda, chosen);
      }
    }
    loyi_total_add(&value, block.value);
    for (size_t p = 0; p < n; p++) {
      loyi_total_add(&slope[p], block.gradient[p]);
      for (size_t q = 0; q <= p; q++) loyi_total_add(&bend[p][q], block.hessian[p][q]);
    }
  }
  sums->value = loyi_total_value(&value);
  for (size_t p = 0; p < n; p++) {
    sums->gradient[p] = loyi_total_value(&slope[p]);
    for (size_t q = 0; q <= p; q++) sums->hessian[p][q] = sums->hessian[q][p] = loyi_total_value(&bend[p][q]);
  }
}

LOYI_LOCAL loy_status loyi_gl_check_data(const loy_guadagni_little_data *data, loy_error *error) {
  size_t numbers;
  const loy_status status = loyi_gl_check_choices(data, error);
  if (status != LOY_OK) return status;
  numbers = (size_t)data->offset[data->customers] * data->alternatives * data->covariates;
  if (numbers > 0 && !data->covariate)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariate", LOY_NO_INDEX, "must not be NULL");
  return loyi_gl_check_numbers(data->covariate, numbers, "covariate", error);
}

LOYI_LOCAL void loyi_gl_problem_init(const loy_guadagni_little_data *data, size_t base, size_t warmup,
                                     loyi_gl_problem *problem) {
  memset(problem, 0, sizeof *problem);
  problem->data = data;
  problem->base = base;
  problem->warmup = warmup;
  problem->params = data->alternatives + data->covariates + 1;
  for (size_t j = 0; j < data->covariates; j++) problem->scale[j] = 1.0;
}

LOYALTY_API loy_status loy_guadagni_little_total(const loy_guadagni_little_model *model,
                                                 const loy_guadagni_little_data *data, size_t base, size_t warmup,
                                                 double *value, double *gradient, double *hessian, loy_error *error) {
  loyi_gl_problem problem;
  loyi_gl_sums sums;
  size_t n, at = 0;
  loy_status status = loy_guadagni_little_check(model, error);
  if (status == LOY_OK) status = loyi_gl_check_data(data, error);
  if (status != LOY_OK) return status;
  if (data->alternatives != model->alternatives)
    return loyi_report(error, LOY_ERR_ARGUMENT, "alternatives", LOY_NO_INDEX, "must be as many as the model has");
  if (data->covariates != model->covariates)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariates", LOY_NO_INDEX, "must be as many as the model has");
  if (base >= data->alternatives)
    return loyi_report(error, LOY_ERR_ARGUMENT, "base", LOY_NO_INDEX, "must be an alternative, counted from 0");
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  loyi_gl_problem_init(data, base, warmup, &problem);
  n = problem.params;
  for (size_t k = 0; k < model->alternatives; k++)
    if (k != base) problem.full[at++] = model->constant[k] - model->constant[base];
  problem.full[at++] = model->loyalty;
  for (size_t j = 0; j < model->covariates; j++) problem.full[at++] = model->slope[j];
  problem.full[at] = model->lambda;
  loyi_gl_all(&problem, problem.full, &sums);
  *value = sums.value;
  for (size_t p = 0; p < n; p++) {
    if (gradient) gradient[p] = sums.gradient[p];
    for (size_t q = 0; hessian && q < n; q++) hessian[p * n + q] = sums.hessian[p][q];
  }
  return loyi_ok(error);
}

/* ---- searches ---- */

/* Minus the mean log-likelihood by the coordinates. */
LOYI_LOCAL int loyi_gl_objective(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  const loyi_gl_problem *problem = (const loyi_gl_problem *)ctx;
  const size_t n = problem->count;
  double full[LOY_GUADAGNI_LITTLE_PARAMS];
  loyi_gl_sums sums;
  memcpy(full, problem->full, sizeof full);
  for (size_t i = 0; i < n; i++) full[problem->list[i]] = point[i];
  loyi_gl_all(problem, full, &sums);
  *value = -sums.value / problem->rows;
  for (size_t i = 0; i < n; i++) {
    gradient[i] = -sums.gradient[problem->list[i]] / problem->rows;
    for (size_t j = 0; j < n; j++)
      hessian[i * n + j] = -sums.hessian[problem->list[i]][problem->list[j]] / problem->rows;
  }
  return 1;
}

/* Search from problem->full, and move it to the end. */
LOYI_LOCAL int loyi_gl_search(loyi_gl_problem *problem, double least, double most, int most_evaluations,
                              loyi_newton_result *found) {
  double lower[LOY_GUADAGNI_LITTLE_PARAMS], upper[LOY_GUADAGNI_LITTLE_PARAMS], start[LOY_GUADAGNI_LITTLE_PARAMS];
  loyi_newton_problem newton;
  for (size_t i = 0; i < problem->count; i++) {
    const int is_lambda = problem->list[i] == problem->params - 1;
    lower[i] = is_lambda ? least : -1e300;
    upper[i] = is_lambda ? most : 1e300;
    start[i] = problem->full[problem->list[i]];
  }
  loyi_newton_init(&newton, problem->count, loyi_gl_objective, problem);
  newton.lower = lower;
  newton.upper = upper;
  newton.most_step = 5.0;
  newton.gradient_tolerance = 1e-8;
  if (most_evaluations > 0) newton.most_evaluations = most_evaluations;
  if (!loyi_newton_minimize(&newton, start, found)) return 0;
  for (size_t i = 0; i < problem->count; i++) problem->full[problem->list[i]] = found->point[i];
  return 1;
}

/* The coordinates: all but lambda, or with it, or without b too. */
LOYI_LOCAL void loyi_gl_coordinates(loyi_gl_problem *problem, int with_lambda, int with_loyalty) {
  problem->count = 0;
  for (size_t p = 0; p < problem->params; p++) {
    if (p == problem->params - 1 && !with_lambda) continue;
    if (p == loyi_gl_place(problem) && !with_loyalty) continue;
    problem->list[problem->count++] = p;
  }
}

LOYI_LOCAL double loyi_gl_grid(int i) {
  if (i == 0) return LOYI_GL_LAMBDA_LEAST;
  return i == LOY_GUADAGNI_LITTLE_GRID - 1 ? LOYI_GL_LAMBDA_MOST : (double)i / 50.0;
}

/* The profile, and its best maximum: `found` and problem->full. Returns 0 when a search could not begin. */
LOYI_LOCAL int loyi_gl_profile(loyi_gl_problem *problem, int most_evaluations, loyi_newton_result *found,
                               loy_guadagni_little_fit_result *result) {
  enum { GRID = LOY_GUADAGNI_LITTLE_GRID };
  double points[GRID][LOY_GUADAGNI_LITTLE_PARAMS], best[LOY_GUADAGNI_LITTLE_PARAMS], root = 0.0, variation = 0.0;
  const double *value = result->profile;
  int top = 0;
  loyi_newton_result end;
  loyi_gl_coordinates(problem, 0, 1);
  for (int i = 0; i < GRID; i++) {
    double gain, now;
    problem->full[problem->params - 1] = loyi_gl_grid(i);
    if (!loyi_gl_search(problem, 0.0, 1.0, most_evaluations, &end)) return 0;
    result->evaluations += end.evaluations;
    result->profile_lambda[i] = loyi_gl_grid(i);
    result->profile[i] = -end.value * problem->rows;
    memcpy(points[i], problem->full, sizeof points[i]);
    gain = result->profile[i] - result->null_log_likelihood;
    now = gain > 0.0 ? sqrt(2.0 * gain) : 0.0;
    if (problem->full[loyi_gl_place(problem)] < 0.0) now = -now;
    if (i > 0) variation += fabs(now - root);
    root = now;
  }
  loyi_gl_coordinates(problem, 1, 1);
  result->log_likelihood = -HUGE_VAL;
  for (int i = 0; i < GRID; i++) {
    const int left = i > 0 ? i - 1 : 0, right = i < GRID - 1 ? i + 1 : i;
    if ((i > 0 && !(value[i] > value[left])) || (i < GRID - 1 && value[right] > value[i])) continue;
    memcpy(problem->full, points[i], sizeof points[i]);
    if (!loyi_gl_search(problem, loyi_gl_grid(left), loyi_gl_grid(right), most_evaluations, &end)) return 0;
    result->evaluations += end.evaluations;
    if (result->maxima < LOY_GUADAGNI_LITTLE_MAXIMA) {
      result->maximum_lambda[result->maxima] = problem->full[problem->params - 1];
      result->maximum[result->maxima] = -end.value * problem->rows;
    }
    result->maxima++;
    if (-end.value * problem->rows <= result->log_likelihood) continue;
    result->log_likelihood = -end.value * problem->rows;
    memcpy(best, problem->full, sizeof best);
    *found = end;
    top = i;
  }
  memcpy(problem->full, best, sizeof best);
  /* Davies' bound: what the maximum rises above the grid is walked up and down once more. */
  result->statistic = 2.0 * (result->log_likelihood - result->null_log_likelihood);
  if (!(result->statistic > 0.0)) result->statistic = 0.0;
  root = value[top] - result->null_log_likelihood;
  variation += 2.0 * (sqrt(result->statistic) - (root > 0.0 ? sqrt(2.0 * root) : 0.0));
  result->p_value = loyi_chi2_upper(result->statistic, 1.0) +
                    variation * loyi_exp(-0.5 * result->statistic) * 0.3989422804014327; /* 1 / sqrt(2 pi) */
  if (!(result->p_value < 1.0)) result->p_value = 1.0;
  return 1;
}

/* ---- the fit ---- */

/* The information of equal probabilities over all but lambda, and what is singular in it. Fills the scales before. */
LOYI_LOCAL loy_status loyi_gl_prepare(loyi_gl_problem *problem, double lambda, double *equal, loy_error *error) {
  const loy_guadagni_little_data *data = problem->data;
  const size_t m = problem->params - 1, alternatives = data->alternatives, covariates = data->covariates;
  double zero[LOY_GUADAGNI_LITTLE_PARAMS] = {0.0};
  loyi_gl_sums sums;
  zero[problem->params - 1] = lambda;
  loyi_gl_all(problem, zero, &sums);
  for (size_t j = 0; j < covariates; j++) {
    const size_t p = alternatives + j;
    double largest = 0.0;
    for (size_t t = 0; t < (size_t)data->offset[data->customers] * alternatives; t++)
      if (fabs(data->covariate[t * covariates + j]) > largest) largest = fabs(data->covariate[t * covariates + j]);
    problem->scale[j] = sqrt(-sums.hessian[p][p] / problem->rows);
    if (!(problem->scale[j] > 1e-12 * largest))
      return loyi_report(error, LOY_ERR_SINGULAR, "covariate", j, "must vary between the alternatives of a row");
  }
  loyi_gl_all(problem, zero, &sums);
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++) equal[p * m + q] = -sums.hessian[p][q] / problem->rows;
  for (size_t part = 1; part <= m; part++) {
    double leading[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
    for (size_t p = 0; p < part; p++)
      for (size_t q = 0; q < part; q++) leading[p * part + q] = equal[p * m + q];
    if (loyi_cholesky(leading, part) && leading[part * part - 1] * leading[part * part - 1] > 1e-13) continue;
    if (part > alternatives)
      return loyi_report(error, LOY_ERR_SINGULAR, "covariate", part - 1 - alternatives,
                         "must not be a combination of the constants and the columns before it");
    return loyi_report(error, LOY_ERR_SINGULAR, "chosen", LOY_NO_INDEX,
                       "must make loyalty differ from what the constants say");
  }
  return LOY_OK;
}

/* Whether the information over all but lambda is all but gone in some direction: the trace of its inverse times the one
 * of equal probabilities. */
LOYI_LOCAL int loyi_gl_is_separated(const double *hessian, size_t n, size_t m, const double *equal) {
  double part[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
  double inverse[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS], trace = 0.0;
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++) part[p * m + q] = hessian[p * n + q];
  if (!loyi_cholesky(part, m)) return 1;
  loyi_cholesky_inverse(part, m, inverse);
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q < m; q++) trace += inverse[p * m + q] * equal[q * m + p];
  return !(trace < LOYI_GL_SEPARATED);
}

/* Estimates, errors and the notice. */
LOYI_LOCAL loy_status loyi_gl_conclude(const loyi_gl_problem *problem, const loyi_newton_result *found, int given,
                                       const double *equal, loy_guadagni_little_fit_result *result) {
  const loy_guadagni_little_data *data = problem->data;
  const size_t n = problem->params, count = problem->count, place = loyi_gl_place(problem);
  const double estimated = (double)count;
  double inner[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
  const int definite = loyi_newton_covariance(found, count, problem->rows, inner);
  const double lambda = problem->full[n - 1];
  size_t at = 0;
  result->params = n;
  result->at_bound = !given && (lambda <= LOYI_GL_LAMBDA_LEAST || lambda >= LOYI_GL_LAMBDA_MOST);
  result->separated = loyi_gl_is_separated(found->hessian, count, n - 1, equal);
  for (size_t p = 0; p < n; p++) {
    const double scale_p = p > place && p < n - 1 ? problem->scale[p - place - 1] : 1.0;
    result->estimate[p] = problem->full[p] / scale_p;
    for (size_t q = 0; q < n; q++) {
      const double scale_q = q > place && q < n - 1 ? problem->scale[q - place - 1] : 1.0;
      const int known = given && (p == n - 1 || q == n - 1);
      result->covariance[p * n + q] = known ? 0.0 : inner[p * count + q] / (scale_p * scale_q);
    }
    result->std_error[p] = sqrt(result->covariance[p * n + p]);
  }
  result->model.alternatives = data->alternatives;
  result->model.covariates = data->covariates;
  for (size_t k = 0; k < data->alternatives; k++)
    result->model.constant[k] = k == problem->base ? 0.0 : result->estimate[at++];
  result->model.loyalty = result->estimate[at++];
  for (size_t j = 0; j < data->covariates; j++) result->model.slope[j] = result->estimate[at++];
  result->model.lambda = lambda;
  result->aic = -2.0 * result->log_likelihood + 2.0 * estimated;
  result->bic = -2.0 * result->log_likelihood + estimated * loyi_log(problem->rows);
  result->equal_log_likelihood = -problem->rows * loyi_log((double)data->alternatives);
  result->converged = found->converged;
  result->decrement = found->decrement;
  if (result->separated) return LOY_NOTICE_SEPARATED;
  if (!found->converged && !found->flat) return LOY_NOTICE_NOT_CONVERGED;
  if (result->at_bound) return LOY_NOTICE_AT_BOUND;
  return !definite || result->std_error[n - 1] > LOYI_GL_WEAK ? LOY_NOTICE_WEAK_ID : LOY_OK;
}

LOYI_LOCAL loy_status loyi_gl_remark(loy_status status, loy_error *error) {
  switch (status) {
  case LOY_NOTICE_SEPARATED:
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "some parameters run away; they have no estimate");
  case LOY_NOTICE_NOT_CONVERGED:
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the best point found is returned");
  case LOY_NOTICE_AT_BOUND: return loyi_report(error, status, "lambda", LOY_NO_INDEX, "lies at an end of its range");
  case LOY_NOTICE_WEAK_ID:
    return loyi_report(error, status, "lambda", LOY_NO_INDEX, "is hardly determined: loyalty may not matter");
  default: return loyi_ok(error);
  }
}

/* Everything once the checks are done. */
LOYI_LOCAL loy_status loyi_gl_run(loyi_gl_problem *problem, const loy_guadagni_little_fit_options *options,
                                  loy_guadagni_little_fit_result *result, loy_error *error) {
  const int given = !(options->lambda < 0.0);
  double equal[LOY_GUADAGNI_LITTLE_PARAMS * LOY_GUADAGNI_LITTLE_PARAMS];
  loyi_newton_result found;
  int good;
  loy_status status = loyi_gl_prepare(problem, given ? options->lambda : 0.5, equal, error);
  if (status != LOY_OK) return status;
  for (int i = 0; i < LOY_GUADAGNI_LITTLE_GRID; i++) result->profile_lambda[i] = result->profile[i] = (double)NAN;
  for (int i = 0; i < LOY_GUADAGNI_LITTLE_MAXIMA; i++) result->maximum_lambda[i] = result->maximum[i] = (double)NAN;
  problem->full[problem->params - 1] = given ? options->lambda : 0.5;
  loyi_gl_coordinates(problem, 0, 0);
  good = loyi_gl_search(problem, 0.0, 1.0, options->most_evaluations, &found);
  if (good) {
    result->evaluations = found.evaluations;
    result->null_log_likelihood = -found.value * problem->rows;
    if (given) {
      loyi_gl_coordinates(problem, 0, 1);
      good = loyi_gl_search(problem, 0.0, 1.0, options->most_evaluations, &found);
      result->evaluations += found.evaluations;
      result->log_likelihood = -found.value * problem->rows;
      result->statistic = 2.0 * (result->log_likelihood - result->null_log_likelihood);
      if (!(result->statistic > 0.0)) result->statistic = 0.0;
      result->p_value = loyi_chi2_upper(result->statistic, 1.0);
    } else {
      good = loyi_gl_profile(problem, options->most_evaluations, &found, result);
    }
  }
  if (!good)
    return loyi_report(error, LOY_ERR_INFEASIBLE, "covariate", LOY_NO_INDEX, "must leave the likelihood finite");
  result->status = loyi_gl_conclude(problem, &found, given, equal, result);
  return loyi_gl_remark(result->status, error);
}

LOYALTY_API loy_status loy_guadagni_little_fit(const loy_guadagni_little_data *data,
                                               const loy_guadagni_little_fit_options *options,
                                               loy_guadagni_little_fit_result *result, loy_error *error) {
  loy_guadagni_little_fit_options chosen;
  loy_guadagni_little_fit_result fit;
  loyi_gl_problem problem;
  loy_status status = loyi_gl_check_data(data, error);
  if (status != LOY_OK) return status;
  loy_guadagni_little_fit_options_init(&chosen);
  if (options) {
    if (options->struct_size < sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                         "struct_size must be set by the init function");
    chosen = *options;
  }
  if (chosen.base >= data->alternatives)
    return loyi_report(error, LOY_ERR_ARGUMENT, "base", LOY_NO_INDEX, "must be an alternative, counted from 0");
  if (!(chosen.lambda <= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "lambda", LOY_NO_INDEX, "must be a number from 0 to 1, or below 0");
  if (chosen.most_evaluations < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  memset(&fit, 0, sizeof fit);
  loyi_gl_problem_init(data, chosen.base, chosen.warmup, &problem);
  for (size_t i = 0; i < data->customers; i++) {
    const size_t rows = (size_t)(data->offset[i + 1] - data->offset[i]);
    if (rows < 2 || rows - 1 <= chosen.warmup) continue;
    fit.rows += rows - 1 - chosen.warmup;
    fit.customers++;
  }
  if (fit.rows <= problem.params)
    return loyi_report(error, LOY_ERR_TOO_FEW, "chosen", LOY_NO_INDEX,
                       "must have more rows that count than there are parameters");
  problem.rows = (double)fit.rows;
  status = loyi_gl_run(&problem, &chosen, &fit, error);
  if (!loy_status_is_error(status)) *result = fit;
  return status;
}

#undef LOYI_GL_LAMBDA_LEAST
#undef LOYI_GL_LAMBDA_MOST
#undef LOYI_GL_SEPARATED
#undef LOYI_GL_WEAK

LOY_END_DECLS

#endif /* LOYALTY_LADDER_GUADAGNI_LITTLE_FIT_INL_H */
