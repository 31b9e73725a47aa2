/* learning_fit-inl.h: body of learning_fit.h. */
#ifndef LOYALTY_LADDER_LEARNING_FIT_INL_H
#define LOYALTY_LADDER_LEARNING_FIT_INL_H

#include "learning_fit.h"

#include <math.h>
#include <string.h>

#include "../base/range.h"
#include "../math/distribution.h"
#include "../math/elementary.h"
#include "../math/newton.h"
#include "../math/sum.h"
#include "learning-inl.h"

LOY_BEGIN_DECLS

/* Nearer to 1 the probability hardly moves. */
#define LOYI_LEARNING_LAMBDA_MOST (1.0 - 1e-6)
/* A standard error above this is as good as none: the parameters lie between 0 and 1. */
#define LOYI_LEARNING_WEAK 0.5
/* Mean log-likelihoods closer than this are the same. */
#define LOYI_LEARNING_TIE 1e-11
/* So are log-likelihoods of a model and of a smaller one within it, for each row. */
#define LOYI_LEARNING_NESTED 1e-9
/* Customers whose sums are added plainly. */
enum { LOYI_LEARNING_BLOCK = 64 };

LOYALTY_API void loy_learning_fit_options_init(loy_learning_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->first_is = LOY_LEARNING_FIRST_ESTIMATED;
}

/* ---- the likelihood ---- */

/* The parameters with what they leave of 1. */
typedef struct loyi_learning_law {
  loy_learning_params params;
  double rest, first, first_rest;
} loyi_learning_law;

/* Log-likelihood and derivatives by alpha, beta, lambda, p_1; of the Hessian the lower triangle. */
typedef struct loyi_learning_sums {
  double value, gradient[LOY_LEARNING_PARAMS], hessian[LOY_LEARNING_PARAMS][LOY_LEARNING_PARAMS];
} loyi_learning_sums;

/* 1 / p, finite: 0 times it is 0 also for chances that are below the normal range. */
LOYI_LOCAL double loyi_learning_inverse(double p) { return 1.0 / (p > 0x1p-1022 ? p : 0x1p-1022); }

/* One customer, weight 1. p_t is linear in alpha, beta and p_1 for a given lambda; the three coefficients are smoothed
 * sums, of 1, of y and of nothing. */
LOYI_LOCAL void loyi_learning_customer(const loyi_learning_law *law, const double *bought, size_t n,
                                       loyi_learning_sums *sums) {
  const double lambda = law->params.lambda;
  loyi_smooth of_alpha = {0.0, 0.0, 0.0}, of_beta = {0.0, 0.0, 0.0}, of_first = {1.0, 0.0, 0.0};
  loyi_learning_state state;
  memset(sums, 0, sizeof *sums);
  state.p = law->first;
  state.q = law->first_rest;
  for (size_t t = 0; t < n; t++) {
    const int yes = bought[t] != 0.0;
    const double pull = yes ? loyi_learning_inverse(state.p) : -loyi_learning_inverse(state.q);
    const double alpha = law->params.alpha, beta = law->params.beta, first = law->first;
    double by[LOY_LEARNING_PARAMS];
    by[0] = of_alpha.value;
    by[1] = of_beta.value;
    by[2] = alpha * of_alpha.first + beta * of_beta.first + first * of_first.first;
    by[3] = of_first.value;
    sums->value += loyi_learning_log(&state, yes);
    for (size_t j = 0; j < LOY_LEARNING_PARAMS; j++) {
      sums->gradient[j] += pull * by[j];
      for (size_t k = 0; k <= j; k++) sums->hessian[j][k] -= (pull * by[j]) * (pull * by[k]);
    }
    sums->hessian[2][0] += pull * of_alpha.first;
    sums->hessian[2][1] += pull * of_beta.first;
    sums->hessian[2][2] += pull * (alpha * of_alpha.second + beta * of_beta.second + first * of_first.second);
    sums->hessian[3][2] += pull * of_first.first;
    loyi_smooth_step(&of_alpha, lambda, 1.0, 0.0);
    loyi_smooth_step(&of_beta, lambda, yes ? 1.0 : 0.0, 0.0);
    loyi_smooth_step(&of_first, lambda, 0.0, 0.0);
    loyi_learning_step(&state, &law->params, law->rest, yes);
  }
}

/* All customers. The totals of `sums` are those of the weighted rows. */
LOYI_LOCAL void loyi_learning_all(const loyi_learning_law *law, const loy_learning_data *data,
                                  loyi_learning_sums *sums) {
  loyi_total value = {0.0, 0.0}, slope[LOY_LEARNING_PARAMS], bend[LOY_LEARNING_PARAMS][LOY_LEARNING_PARAMS];
  memset(slope, 0, sizeof slope);
  memset(bend, 0, sizeof bend);
  for (size_t from = 0; from < data->customers; from += LOYI_LEARNING_BLOCK) {
    const size_t to = data->customers - from < LOYI_LEARNING_BLOCK ? data->customers : from + LOYI_LEARNING_BLOCK;
    loyi_learning_sums block, one;
    memset(&block, 0, sizeof block);
    for (size_t i = from; i < to; i++) {
      const double weight = data->weight ? data->weight[i] : 1.0;
      if (!(weight > 0.0)) continue;
      loyi_learning_customer(law, data->bought + data->offset[i], (size_t)(data->offset[i + 1] - data->offset[i]),
                             &one);
      block.value += weight * one.value;
      for (size_t j = 0; j < LOY_LEARNING_PARAMS; j++) {
        block.gradient[j] += weight * one.gradient[j];
        for (size_t k = 0; k <= j; k++) block.hessian[j][k] += weight * one.hessian[j][k];
      }
    }
    loyi_total_add(&value, block.value);
    for (size_t j = 0; j < LOY_LEARNING_PARAMS; j++) {
      loyi_total_add(&slope[j], block.gradient[j]);
      for (size_t k = 0; k <= j; k++) loyi_total_add(&bend[j][k], block.hessian[j][k]);
    }
  }
  sums->value = loyi_total_value(&value);
  for (size_t j = 0; j < LOY_LEARNING_PARAMS; j++) {
    sums->gradient[j] = loyi_total_value(&slope[j]);
    for (size_t k = 0; k <= j; k++) sums->hessian[j][k] = sums->hessian[k][j] = loyi_total_value(&bend[j][k]);
  }
}

LOYI_LOCAL loy_status loyi_learning_check_weighted(const loy_learning_data *data, loy_error *error) {
  const loy_status status = loyi_learning_check_data(data, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; data->weight && i < data->customers; i++)
    if (!loyi_is_zero_or_quantity(data->weight[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYALTY_API loy_status loy_learning_total(const loy_learning_params *params, double first,
                                          const loy_learning_data *data, double *value, double *gradient,
                                          double *hessian, loy_error *error) {
  loyi_learning_law law;
  loyi_learning_sums sums;
  int possible;
  loy_status status = loy_learning_check(params, error);
  if (status == LOY_OK) status = loyi_learning_check_first(first, error);
  if (status == LOY_OK) status = loyi_learning_check_weighted(data, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  law.params = *params;
  law.rest = loyi_learning_rest(params);
  law.first = first;
  law.first_rest = 1.0 - first;
  loyi_learning_all(&law, data, &sums);
  possible = sums.value > -(double)INFINITY;
  *value = sums.value;
  for (size_t j = 0; j < LOY_LEARNING_PARAMS; j++) {
    if (gradient) gradient[j] = possible ? sums.gradient[j] : (double)NAN;
    for (size_t k = 0; hessian && k < LOY_LEARNING_PARAMS; k++)
      hessian[j * LOY_LEARNING_PARAMS + k] = possible ? sums.hessian[j][k] : (double)NAN;
  }
  if (!possible)
    return loyi_report(error, LOY_NOTICE_DIVERGES, "bought", LOY_NO_INDEX, "has an outcome of probability 0");
  return loyi_ok(error);
}

/* ---- the cube ---- */

/* Coordinates of the search. */
enum { LOYI_LEARNING_LAMBDA = 0, LOYI_LEARNING_WIDTH = 1, LOYI_LEARNING_MEAN = 2, LOYI_LEARNING_FIRST = 3 };

typedef struct loyi_learning_problem {
  const loy_learning_data *data;
  int first_is;
  double first, rows;
  size_t held; /* 1: lambda stays 0 and is no coordinate */
} loyi_learning_problem;

LOYI_LOCAL size_t loyi_learning_coordinates(const loyi_learning_problem *problem) {
  return (problem->first_is == LOY_LEARNING_FIRST_ESTIMATED ? 4u : 3u) - problem->held;
}

LOYI_LOCAL void loyi_learning_law_at(const loyi_learning_problem *problem, const double *cube, loyi_learning_law *law) {
  const double moves = 1.0 - cube[LOYI_LEARNING_LAMBDA], width = cube[LOYI_LEARNING_WIDTH];
  const double mean = cube[LOYI_LEARNING_MEAN];
  law->params.alpha = moves * (1.0 - width) * mean;
  law->params.beta = moves * width;
  law->params.lambda = cube[LOYI_LEARNING_LAMBDA];
  law->rest = moves * (1.0 - width) * (1.0 - mean);
  law->first = problem->first;
  if (problem->first_is == LOY_LEARNING_FIRST_ESTIMATED) law->first = cube[LOYI_LEARNING_FIRST];
  if (problem->first_is == LOY_LEARNING_FIRST_STATIONARY) law->first = mean;
  law->first_rest = 1.0 - law->first;
}

/* The derivatives of alpha, beta, lambda, p_1 (rows) by the coordinates. */
LOYI_LOCAL void loyi_learning_jacobian(const loyi_learning_problem *problem, const double *cube,
                                       double (*jacobian)[LOY_LEARNING_PARAMS]) {
  const double moves = 1.0 - cube[LOYI_LEARNING_LAMBDA], width = cube[LOYI_LEARNING_WIDTH];
  const double mean = cube[LOYI_LEARNING_MEAN];
  memset(jacobian, 0, LOY_LEARNING_PARAMS * sizeof *jacobian);
  jacobian[0][LOYI_LEARNING_LAMBDA] = -(1.0 - width) * mean;
  jacobian[0][LOYI_LEARNING_WIDTH] = -moves * mean;
  jacobian[0][LOYI_LEARNING_MEAN] = moves * (1.0 - width);
  jacobian[1][LOYI_LEARNING_LAMBDA] = -width;
  jacobian[1][LOYI_LEARNING_WIDTH] = moves;
  jacobian[2][LOYI_LEARNING_LAMBDA] = 1.0;
  if (problem->first_is == LOY_LEARNING_FIRST_ESTIMATED) jacobian[3][LOYI_LEARNING_FIRST] = 1.0;
  if (problem->first_is == LOY_LEARNING_FIRST_STATIONARY) jacobian[3][LOYI_LEARNING_MEAN] = 1.0;
}

/* The whole cube from a point of the search. */
LOYI_LOCAL void loyi_learning_cube(const loyi_learning_problem *problem, const double *point, double *cube) {
  const size_t n = loyi_learning_coordinates(problem);
  memset(cube, 0, LOY_LEARNING_PARAMS * sizeof *cube);
  memcpy(cube + problem->held, point, n * sizeof *cube);
}

/* Minus the mean log-likelihood of a row. */
LOYI_LOCAL int loyi_learning_objective(void *ctx, const double *point, double *value, double *gradient,
                                       double *hessian) {
  const loyi_learning_problem *problem = (const loyi_learning_problem *)ctx;
  const size_t n = loyi_learning_coordinates(problem), held = problem->held;
  const double scale = -1.0 / problem->rows;
  double cube[LOY_LEARNING_PARAMS], by[LOY_LEARNING_PARAMS][LOY_LEARNING_PARAMS];
  double curved[LOY_LEARNING_PARAMS][LOY_LEARNING_PARAMS]; /* the gradient times the second derivatives of the map */
  loyi_learning_law law;
  loyi_learning_sums sums;
  loyi_learning_cube(problem, point, cube);
  loyi_learning_law_at(problem, cube, &law);
  loyi_learning_jacobian(problem, cube, by);
  loyi_learning_all(&law, problem->data, &sums);
  memset(curved, 0, sizeof curved);
  curved[LOYI_LEARNING_WIDTH][LOYI_LEARNING_LAMBDA] = sums.gradient[0] * cube[LOYI_LEARNING_MEAN] - sums.gradient[1];
  curved[LOYI_LEARNING_MEAN][LOYI_LEARNING_LAMBDA] = -sums.gradient[0] * (1.0 - cube[LOYI_LEARNING_WIDTH]);
  curved[LOYI_LEARNING_MEAN][LOYI_LEARNING_WIDTH] = -sums.gradient[0] * (1.0 - cube[LOYI_LEARNING_LAMBDA]);
  *value = sums.value * scale;
  for (size_t j = 0; j < n; j++) {
    double slope = 0.0;
    for (size_t p = 0; p < LOY_LEARNING_PARAMS; p++) slope += by[p][j + held] * sums.gradient[p];
    gradient[j] = slope * scale;
    for (size_t k = 0; k <= j; k++) {
      double bend = curved[j + held][k + held];
      for (size_t p = 0; p < LOY_LEARNING_PARAMS; p++)
        for (size_t q = 0; q < LOY_LEARNING_PARAMS; q++) bend += by[p][j + held] * sums.hessian[p][q] * by[q][k + held];
      hessian[j * n + k] = hessian[k * n + j] = bend * scale;
    }
  }
  return 1;
}

/* ---- counts and nested models ---- */

/* Weights of rows: all and bought, of customers' first rows, of those after a purchase and after none. */
typedef struct loyi_learning_counts {
  double first, first_bought, after[2], after_bought[2], customers;
} loyi_learning_counts;

LOYI_LOCAL void loyi_learning_count(const loy_learning_data *data, loyi_learning_counts *counts) {
  memset(counts, 0, sizeof *counts);
  for (size_t i = 0; i < data->customers; i++) {
    const double weight = data->weight ? data->weight[i] : 1.0;
    const size_t from = (size_t)data->offset[i], to = (size_t)data->offset[i + 1];
    if (!(weight > 0.0) || from == to) continue;
    counts->customers += weight;
    counts->first += weight;
    counts->first_bought += weight * data->bought[from];
    for (size_t t = from + 1; t < to; t++) {
      const int before = data->bought[t - 1] != 0.0;
      counts->after[before] += weight;
      counts->after_bought[before] += weight * data->bought[t];
    }
  }
}

/* A share, kept off the ends where the search begins. */
LOYI_LOCAL double loyi_learning_share(double part, double all) {
  const double share = all > 0.0 ? part / all : 0.5;
  return share < 0.02 ? 0.02 : (share > 0.98 ? 0.98 : share);
}

/* Yes out of all with a chance of p, where 0 ln 0 is 0. */
LOYI_LOCAL double loyi_learning_binomial(double yes, double all, double p) {
  double value = 0.0;
  if (yes > 0.0) value += yes * loyi_log(p);
  if (all > yes) value += (all - yes) * loyi_log1p(-p);
  return value;
}

LOYI_LOCAL void loyi_learning_bernoulli(const loyi_learning_problem *problem, const loyi_learning_counts *counts,
                                        loy_learning_fit_result *result) {
  double all = counts->after[0] + counts->after[1], yes = counts->after_bought[0] + counts->after_bought[1];
  double first = problem->first;
  result->bernoulli_log_likelihood = 0.0;
  if (problem->first_is == LOY_LEARNING_FIRST_STATIONARY) {
    all += counts->first;
    yes += counts->first_bought;
  } else {
    if (problem->first_is == LOY_LEARNING_FIRST_ESTIMATED) first = counts->first_bought / counts->first;
    result->bernoulli_log_likelihood = loyi_learning_binomial(counts->first_bought, counts->first, first);
  }
  result->bernoulli = yes / all;
  result->bernoulli_log_likelihood += loyi_learning_binomial(yes, all, result->bernoulli);
}

/* Search from `start`, a point of the whole cube. Returns 0 where it cannot begin. */
LOYI_LOCAL int loyi_learning_search(loyi_learning_problem *problem, const double *start, int most_evaluations,
                                    loyi_newton_result *found) {
  double lower[LOY_LEARNING_PARAMS] = {0.0, 0.0, 0.0, 0.0};
  double upper[LOY_LEARNING_PARAMS] = {LOYI_LEARNING_LAMBDA_MOST, 1.0, 1.0, 1.0};
  loyi_newton_problem newton;
  loyi_newton_init(&newton, loyi_learning_coordinates(problem), loyi_learning_objective, problem);
  newton.lower = lower + problem->held;
  newton.upper = upper + problem->held;
  newton.gradient_tolerance = 1e-8;
  if (most_evaluations > 0) newton.most_evaluations = most_evaluations;
  return loyi_newton_minimize(&newton, start + problem->held, found);
}

/* ---- the fit ---- */

/* The log-likelihood of a model that includes a smaller one, which it may be `equal` to: rounding must not tell these
 * apart, nor put the larger model below. A search that was cut short can be below by more, and stays there. */
LOYI_LOCAL double loyi_learning_above(double large, double small, double rows, int equal) {
  const int close = fabs(large - small) <= LOYI_LEARNING_NESTED * rows;
  return close && (equal || large < small) ? small : large;
}

/* The best of eight searches. Fills the Markov model on the way. Returns 0 when none could begin. */
LOYI_LOCAL int loyi_learning_best(loyi_learning_problem *problem, const loyi_learning_counts *counts,
                                  int most_evaluations, loyi_newton_result *best, loy_learning_fit_result *result) {
  static const double lambdas[3] = {0.15, 0.5, 0.85}, widths[2] = {0.15, 0.6};
  enum { STARTS = 8 };
  const double low = loyi_learning_share(counts->after_bought[0], counts->after[0]);
  const double high = loyi_learning_share(counts->after_bought[1], counts->after[1]);
  double start[STARTS][LOY_LEARNING_PARAMS], value[STARTS];
  loyi_newton_result found;
  loyi_learning_law law;
  int any = 0;
  for (int s = 0; s < STARTS; s++) {
    start[s][LOYI_LEARNING_LAMBDA] = s < 2 ? 0.0 : lambdas[(s - 2) / 2];
    start[s][LOYI_LEARNING_WIDTH] = s < 2 ? 0.0 : widths[s % 2];
    start[s][LOYI_LEARNING_MEAN] =
        loyi_learning_share(counts->after_bought[0] + counts->after_bought[1], counts->after[0] + counts->after[1]);
    start[s][LOYI_LEARNING_FIRST] = loyi_learning_share(counts->first_bought, counts->first);
  }
  /* The first start is the model without memory at its optimum, which no search from there falls below. */
  start[0][LOYI_LEARNING_MEAN] = result->bernoulli;
  start[0][LOYI_LEARNING_FIRST] = counts->first_bought / counts->first;
  /* The Markov model: where lambda is 0, and the second start. */
  if (high > low) {
    start[1][LOYI_LEARNING_WIDTH] = high - low;
    start[1][LOYI_LEARNING_MEAN] = low / (1.0 - high + low);
  }
  problem->held = 1;
  if (!loyi_learning_search(problem, start[1], most_evaluations, &found)) return 0;
  result->evaluations = found.evaluations;
  /* A width that is 0 but for rounding can hold the search fast, below no memory: from there it goes on. */
  if (-found.value * problem->rows < result->bernoulli_log_likelihood - LOYI_LEARNING_NESTED * problem->rows) {
    loyi_newton_result again;
    if (loyi_learning_search(problem, start[0], most_evaluations, &again)) {
      result->evaluations += again.evaluations;
      if (again.value < found.value) found = again;
    }
  }
  loyi_learning_cube(problem, found.point, start[1]);
  loyi_learning_law_at(problem, start[1], &law);
  problem->held = 0;
  result->markov_params = law.params;
  result->markov_log_likelihood = -found.value * problem->rows;
  result->markov_log_likelihood = loyi_learning_above(result->markov_log_likelihood, result->bernoulli_log_likelihood,
                                                      problem->rows, !(law.params.beta > 0.0));
  for (int s = 0; s < STARTS; s++) {
    value[s] = HUGE_VAL;
    if (!loyi_learning_search(problem, start[s], most_evaluations, &found)) continue;
    result->evaluations += found.evaluations;
    value[s] = found.value;
    /* A later end must be better by more than rounding: of models that explain the same the smaller one stays. */
    if (!any || found.value < best->value - LOYI_LEARNING_TIE * (1.0 + fabs(best->value))) *best = found;
    any = 1;
  }
  result->starts = STARTS;
  for (int s = 0; s < STARTS; s++)
    if (value[s] <= best->value + 1e2 * LOYI_LEARNING_TIE * (1.0 + fabs(best->value))) result->agreeing++;
  return any;
}

/* Robust variance in the coordinates of the search: inverse times outer times inverse, all n by n. */
LOYI_LOCAL void loyi_learning_outer(const loyi_learning_problem *problem, const loyi_learning_law *law,
                                    double (*by)[LOY_LEARNING_PARAMS], size_t n, double *outer) {
  loyi_total total[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS];
  const loy_learning_data *data = problem->data;
  memset(total, 0, sizeof total);
  for (size_t i = 0; i < data->customers; i++) {
    const double weight = data->weight ? data->weight[i] : 1.0;
    double score[LOY_LEARNING_PARAMS] = {0.0, 0.0, 0.0, 0.0};
    loyi_learning_sums one;
    if (!(weight > 0.0)) continue;
    loyi_learning_customer(law, data->bought + data->offset[i], (size_t)(data->offset[i + 1] - data->offset[i]), &one);
    for (size_t j = 0; j < n; j++)
      for (size_t p = 0; p < LOY_LEARNING_PARAMS; p++) score[j] += by[p][j] * one.gradient[p];
    for (size_t j = 0; j < n; j++)
      for (size_t k = 0; k < n; k++) loyi_total_add(&total[j * n + k], weight * score[j] * score[k]);
  }
  for (size_t k = 0; k < n * n; k++) outer[k] = loyi_total_value(&total[k]);
}

/* J inner J' in `covariance`, and the roots of its diagonal. Parameters at a bound have NaN. */
LOYI_LOCAL void loyi_learning_spread(const double *inner, size_t n, double (*by)[LOY_LEARNING_PARAMS], unsigned bound,
                                     double *covariance, double *std_error) {
  for (size_t p = 0; p < LOY_LEARNING_PARAMS; p++) {
    for (size_t q = 0; q < LOY_LEARNING_PARAMS; q++) {
      double sum = 0.0;
      for (size_t j = 0; j < n; j++)
        for (size_t k = 0; k < n; k++)
          if (by[p][j] != 0.0 && by[q][k] != 0.0) sum += by[p][j] * inner[j * n + k] * by[q][k];
      covariance[p * LOY_LEARNING_PARAMS + q] = (bound >> p & 1u) || (bound >> q & 1u) ? (double)NAN : sum;
    }
    std_error[p] = sqrt(covariance[p * LOY_LEARNING_PARAMS + p]);
  }
}

/* Both covariances. Returns nonzero when the information is positive definite. */
LOYI_LOCAL int loyi_learning_covariance(const loyi_learning_problem *problem, const loyi_newton_result *found,
                                        const loyi_learning_law *law, const double *cube,
                                        loy_learning_fit_result *result) {
  const size_t n = loyi_learning_coordinates(problem);
  double inner[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS], outer[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS];
  double half[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS], robust[LOY_LEARNING_PARAMS * LOY_LEARNING_PARAMS];
  double by[LOY_LEARNING_PARAMS][LOY_LEARNING_PARAMS];
  const double correction = result->customers > 1.0 ? result->customers / (result->customers - 1.0) : (double)NAN;
  const int definite = loyi_newton_covariance(found, n, problem->rows, inner);
  loyi_learning_jacobian(problem, cube, by);
  loyi_learning_outer(problem, law, by, n, outer);
  /* A coordinate that is held does not move. */
  for (size_t j = 0; j < n; j++)
    for (size_t k = 0; definite && k < n; k++)
      if ((found->at_bound >> j & 1u) || (found->at_bound >> k & 1u)) inner[j * n + k] = 0.0;
  for (int pass = 0; pass < 2; pass++) {
    const double *left = pass ? half : inner, *right = pass ? inner : outer;
    double *product = pass ? robust : half;
    for (size_t j = 0; j < n; j++)
      for (size_t k = 0; k < n; k++) {
        product[j * n + k] = 0.0;
        for (size_t m = 0; m < n; m++) product[j * n + k] += left[j * n + m] * right[m * n + k];
      }
  }
  for (size_t k = 0; k < n * n; k++) robust[k] *= correction;
  loyi_learning_spread(inner, n, by, result->at_bound, result->covariance, result->std_error);
  loyi_learning_spread(robust, n, by, result->at_bound, result->robust_covariance, result->robust_std_error);
  return definite;
}

LOYI_LOCAL unsigned loyi_learning_bounds(const loyi_learning_problem *problem, const double *cube) {
  unsigned bound = 0;
  if (cube[LOYI_LEARNING_MEAN] <= 0.0 || cube[LOYI_LEARNING_WIDTH] >= 1.0) bound |= 1u;
  if (cube[LOYI_LEARNING_WIDTH] <= 0.0) bound |= 2u;
  if (cube[LOYI_LEARNING_LAMBDA] <= 0.0 || cube[LOYI_LEARNING_LAMBDA] >= LOYI_LEARNING_LAMBDA_MOST) bound |= 4u;
  if (problem->first_is == LOY_LEARNING_FIRST_ESTIMATED &&
      (cube[LOYI_LEARNING_FIRST] <= 0.0 || cube[LOYI_LEARNING_FIRST] >= 1.0))
    bound |= 8u;
  if (cube[LOYI_LEARNING_MEAN] >= 1.0 || cube[LOYI_LEARNING_WIDTH] >= 1.0) bound |= 16u;
  return bound;
}

/* A test whose p value is half that of chi-squared where it is known. */
LOYI_LOCAL loy_learning_test loyi_learning_ratio(double large, double small, int known) {
  loy_learning_test test;
  test.statistic = large > small ? 2.0 * (large - small) : 0.0;
  test.p_value = (double)NAN;
  if (known) test.p_value = test.statistic > 0.0 ? 0.5 * loyi_chi2_upper(test.statistic, 1.0) : 1.0;
  return test;
}

LOYI_LOCAL loy_status loyi_learning_conclude(const loyi_learning_problem *problem, loyi_newton_result *found,
                                             loy_learning_fit_result *result) {
  const double params = (double)loyi_learning_coordinates(problem);
  const loy_learning_params *markov = &result->markov_params;
  double cube[LOY_LEARNING_PARAMS];
  loyi_learning_law law;
  int definite, weak = 0;
  loyi_learning_cube(problem, found->point, cube);
  if (problem->first_is == LOY_LEARNING_FIRST_STATIONARY && cube[LOYI_LEARNING_WIDTH] <= 0.0)
    cube[LOYI_LEARNING_LAMBDA] = 0.0; /* any lambda says the same, this one simplest */
  loyi_learning_law_at(problem, cube, &law);
  result->params = law.params;
  result->first = law.first;
  result->estimate[0] = law.params.alpha;
  result->estimate[1] = law.params.beta;
  result->estimate[2] = law.params.lambda;
  result->estimate[3] = law.first;
  result->log_likelihood = -found->value * problem->rows;
  result->log_likelihood = loyi_learning_above(result->log_likelihood, result->markov_log_likelihood, problem->rows,
                                               !(law.params.lambda > 0.0));
  result->aic = -2.0 * result->log_likelihood + 2.0 * params;
  result->bic = -2.0 * result->log_likelihood + params * loyi_log(problem->rows);
  result->rows = problem->rows;
  result->at_bound = loyi_learning_bounds(problem, cube);
  definite = loyi_learning_covariance(problem, found, &law, cube, result);
  result->markov =
      loyi_learning_ratio(result->log_likelihood, result->markov_log_likelihood,
                          markov->alpha > 0.0 && markov->beta > 0.0 && markov->alpha + markov->beta < 1.0 - 1e-12);
  result->bernoulli_test = loyi_learning_ratio(result->log_likelihood, result->bernoulli_log_likelihood, 0);
  result->memory = loyi_learning_ratio(result->markov_log_likelihood, result->bernoulli_log_likelihood, 1);
  result->converged = found->converged || found->flat;
  result->decrement = found->decrement;
  for (size_t p = 0; p < LOY_LEARNING_PARAMS; p++)
    if (result->std_error[p] > LOYI_LEARNING_WEAK) weak = 1;
  if (!result->converged) return LOY_NOTICE_NOT_CONVERGED;
  if (result->at_bound) return LOY_NOTICE_AT_BOUND;
  return weak || !definite ? LOY_NOTICE_WEAK_ID : LOY_OK;
}

LOYI_LOCAL loy_status loyi_learning_remark(const loy_learning_fit_result *result, loy_error *error) {
  static const char *const name[LOY_LEARNING_PARAMS + 1] = {"alpha", "beta", "lambda", "first", "lambda"};
  size_t p = 0;
  switch (result->status) {
  case LOY_NOTICE_NOT_CONVERGED:
    return loyi_report(error, result->status, NULL, LOY_NO_INDEX, "the best point found is returned");
  case LOY_NOTICE_AT_BOUND:
    while (!(result->at_bound >> p & 1u)) p++;
    return loyi_report(error, result->status, name[p], LOY_NO_INDEX, "lies at an end of its range");
  case LOY_NOTICE_WEAK_ID:
    return loyi_report(error, result->status, NULL, LOY_NO_INDEX, "the data hardly determine the parameters");
  default: return loyi_ok(error);
  }
}

LOYALTY_API loy_status loy_learning_fit(const loy_learning_data *data, const loy_learning_fit_options *options,
                                        loy_learning_fit_result *result, loy_error *error) {
  loy_learning_fit_options chosen;
  loy_learning_fit_result fit;
  loyi_learning_problem problem;
  loyi_learning_counts counts;
  loyi_newton_result found;
  double all, yes;
  const loy_status status = loyi_learning_check_weighted(data, error);
  if (status != LOY_OK) return status;
  loy_learning_fit_options_init(&chosen);
  if (options) {
    if (options->struct_size < sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                         "struct_size must be set by the init function");
    chosen = *options;
  }
  if (chosen.first_is < LOY_LEARNING_FIRST_ESTIMATED || chosen.first_is > LOY_LEARNING_FIRST_STATIONARY)
    return loyi_report(error, LOY_ERR_ARGUMENT, "first_is", LOY_NO_INDEX, "must be a loy_learning_first");
  if (chosen.first_is == LOY_LEARNING_FIRST_GIVEN && loyi_learning_check_first(chosen.first, error) != LOY_OK)
    return LOY_ERR_DOMAIN;
  if (chosen.most_evaluations < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  loyi_learning_count(data, &counts);
  all = counts.after[0] + counts.after[1];
  yes = counts.after_bought[0] + counts.after_bought[1];
  if (!(yes > 0.0 && yes < all))
    return loyi_report(error, LOY_ERR_TOO_FEW, "bought", LOY_NO_INDEX,
                       "must have both outcomes after the first rows of customers");
  if (chosen.first_is == LOY_LEARNING_FIRST_GIVEN && ((chosen.first <= 0.0 && counts.first_bought > 0.0) ||
                                                      (chosen.first >= 1.0 && counts.first_bought < counts.first)))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "first", LOY_NO_INDEX, "rules out what customers did first");
  problem.data = data;
  problem.first_is = chosen.first_is;
  problem.first = chosen.first;
  problem.rows = counts.first + all;
  problem.held = 0;
  memset(&fit, 0, sizeof fit);
  fit.customers = counts.customers;
  loyi_learning_bernoulli(&problem, &counts, &fit);
  if (!loyi_learning_best(&problem, &counts, chosen.most_evaluations, &found, &fit))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "bought", LOY_NO_INDEX, "has no finite likelihood at any start");
  fit.status = loyi_learning_conclude(&problem, &found, &fit);
  *result = fit;
  return loyi_learning_remark(result, error);
}

#undef LOYI_LEARNING_LAMBDA_MOST
#undef LOYI_LEARNING_WEAK
#undef LOYI_LEARNING_TIE
#undef LOYI_LEARNING_NESTED

LOY_END_DECLS

#endif /* LOYALTY_LADDER_LEARNING_FIT_INL_H */
