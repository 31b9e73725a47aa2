/* cusp_fit-inl.h: body of cusp_fit.h. */
#ifndef LOYALTY_RESPONSE_CUSP_FIT_INL_H
#define LOYALTY_RESPONSE_CUSP_FIT_INL_H

#include "cusp_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "../math/newton.h"
#include "../math/sum.h"
#include "cusp-inl.h"
#include "cusp_cells.h"
#include "cusp_density-inl.h"
#include "cusp_model-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_CUSP_PARAMS <= LOYI_NEWTON_MOST, "the optimiser has room for all parameters");

/* kappa = w_1^4 in units of the standard deviation s about the straight line. At the lower bound the quartic term is
 * 1e-6 of the quadratic one; at the upper one two modes stand 1e4 of their own widths apart. */
#define LOYI_CUSP_KAPPA_LEAST 1e-6
#define LOYI_CUSP_KAPPA_MOST  1e8
#define LOYI_CUSP_FIT_WEAK    1e8
/* Cells whose sums are added plainly. */
enum { LOYI_CUSP_BLOCK = 256 };

LOYALTY_API void loy_cusp_fit_options_init(loy_cusp_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
}

/* ---- the likelihood ---- */

/* Place of the parameters in the search: theta_3, kappa, tau_0 and slopes, sigma_0 and slopes; see cusp_fit.h. */
enum { LOYI_CUSP_CUBE = 0, LOYI_CUSP_KAPPA = 1, LOYI_CUSP_TAU = 2 };

/* alpha and beta of a row from theta_1 and theta_2, and the controls. */
typedef struct loyi_cusp_row_controls {
  double a, b;
} loyi_cusp_row_controls;

LOYI_LOCAL loyi_cusp_row_controls loyi_cusp_controls_of(const double *theta) {
  const double centre = theta[0] / theta[1], w2 = sqrt(theta[1]);
  const double beta = theta[3] + 3.0 * theta[0] * centre;
  loyi_cusp_row_controls found;
  found.a = (theta[2] + centre * (beta - theta[0] * centre)) / sqrt(w2);
  found.b = beta / w2;
  return found;
}

/* theta_3, kappa, theta_1 and theta_2 of a cell, and the derivatives of the four by the parameters, by rows of four.
 * *spread is the sum of slope times splitting column. */
LOYI_LOCAL void loyi_cusp_chain(const loyi_cusp_cells *cells, size_t cell, const double *point, double *theta,
                                double (*by)[4], double *spread) {
  const double *x = cells->x + cell * cells->columns;
  const size_t n = 4 + cells->columns, split = LOYI_CUSP_TAU + 1 + cells->normal;
  const double kappa = point[LOYI_CUSP_KAPPA], centre = point[LOYI_CUSP_CUBE] / kappa;
  double moved = point[LOYI_CUSP_TAU];
  *spread = 0.0;
  for (size_t p = 0; p < n; p++) by[p][0] = by[p][1] = by[p][2] = by[p][3] = 0.0;
  by[LOYI_CUSP_TAU][2] = 1.0;
  for (size_t p = LOYI_CUSP_TAU + 1; p < split; p++) {
    by[p][2] = x[p - 3];
    moved += point[p] * x[p - 3];
  }
  by[split][3] = 1.0;
  for (size_t p = split + 1; p < n; p++) {
    by[p][2] = -centre * x[p - 4];
    by[p][3] = x[p - 4];
    *spread += point[p] * x[p - 4];
  }
  by[LOYI_CUSP_CUBE][0] = 1.0;
  by[LOYI_CUSP_CUBE][2] = -*spread / kappa;
  by[LOYI_CUSP_KAPPA][1] = 1.0;
  by[LOYI_CUSP_KAPPA][2] = centre * *spread / kappa;
  theta[0] = point[LOYI_CUSP_CUBE];
  theta[1] = kappa;
  theta[2] = moved - centre * *spread;
  theta[3] = point[split] + *spread;
}

/* One cell's log-likelihood with its derivatives by theta_3, kappa, theta_1, theta_2. */
typedef struct loyi_cusp_cell {
  double value, gradient[4], hessian[4][4];
} loyi_cusp_cell;

LOYI_LOCAL int loyi_cusp_cell_at(const double *sum, const double *theta, loyi_cusp_cell *cell) {
  static const int statistic[4] = {2, 3, 0, 1};
  const double w1 = sqrt(sqrt(theta[1]));
  const loyi_cusp_row_controls control = loyi_cusp_controls_of(theta);
  loyi_cusp_statistics found;
  double base, height, at_mode[4], observed[4];
  if (!(fabs(control.a) <= LOY_CUSP_CONTROL_MOST && fabs(control.b) <= LOY_CUSP_CONTROL_MOST)) return 0;
  found = loyi_cusp_integrate(control.a, control.b, theta[0] / theta[1], 1.0 / w1);
  base = found.base;
  at_mode[0] = base * base * base;
  at_mode[1] = -0.25 * at_mode[0] * base;
  at_mode[2] = base;
  at_mode[3] = 0.5 * base * base;
  observed[0] = sum[3];
  observed[1] = -0.25 * sum[4];
  observed[2] = sum[1];
  observed[3] = 0.5 * sum[2];
  height = found.log_integral - loyi_log(w1);
  cell->value = 0.0;
  for (int i = 0; i < 4; i++) {
    height += theta[i] * at_mode[i];
    cell->value += theta[i] * observed[i];
    cell->gradient[i] = observed[i] - sum[0] * (at_mode[i] + found.mean[statistic[i]]);
    for (int j = 0; j < 4; j++) cell->hessian[i][j] = -sum[0] * found.covariance[statistic[i]][statistic[j]];
  }
  cell->value -= sum[0] * height;
  return 1;
}

/* Add a cell to the gradient and to the lower triangle of the Hessian, n by n. */
LOYI_LOCAL void loyi_cusp_cell_add(const loyi_cusp_cells *cells, size_t at, const double *point,
                                   const loyi_cusp_cell *cell, double (*by)[4], double spread, double *gradient,
                                   double *hessian) {
  const double *v = cells->x + at * cells->columns + cells->normal;
  const size_t n = 4 + cells->columns, split = LOYI_CUSP_TAU + 1 + cells->normal;
  const double kappa = point[LOYI_CUSP_KAPPA], centre = point[LOYI_CUSP_CUBE] / kappa;
  const double bent = cell->gradient[2] / kappa; /* theta_1 is curved: - theta_3/kappa times `spread` */
  for (size_t p = 0; p < n; p++) {
    double row[4];
    for (int i = 0; i < 4; i++) {
      gradient[p] += by[p][i] * cell->gradient[i];
      row[i] = 0.0;
      for (int j = 0; j < 4; j++) row[i] += by[p][j] * cell->hessian[j][i];
    }
    for (size_t q = 0; q <= p; q++)
      hessian[p * n + q] += row[0] * by[q][0] + row[1] * by[q][1] + row[2] * by[q][2] + row[3] * by[q][3];
  }
  hessian[LOYI_CUSP_KAPPA * n + LOYI_CUSP_CUBE] += bent * spread / kappa;
  hessian[LOYI_CUSP_KAPPA * n + LOYI_CUSP_KAPPA] -= 2.0 * bent * centre * spread / kappa;
  for (size_t p = split + 1; p < n; p++) {
    hessian[p * n + LOYI_CUSP_CUBE] -= bent * v[p - split - 1];
    hessian[p * n + LOYI_CUSP_KAPPA] += bent * centre * v[p - split - 1];
  }
}

/* Minus the mean log-likelihood. */
LOYI_LOCAL int loyi_cusp_objective(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  const loyi_cusp_cells *cells = (const loyi_cusp_cells *)ctx;
  const size_t n = 4 + cells->columns;
  loyi_total total = {0.0, 0.0}, slope[LOY_CUSP_PARAMS], bend[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS];
  memset(slope, 0, sizeof slope);
  memset(bend, 0, sizeof bend);
  for (size_t first = 0; first < cells->cells; first += LOYI_CUSP_BLOCK) {
    const size_t end = cells->cells - first < LOYI_CUSP_BLOCK ? cells->cells : first + LOYI_CUSP_BLOCK;
    double block = 0.0, g[LOY_CUSP_PARAMS], h[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS];
    memset(g, 0, sizeof g);
    memset(h, 0, sizeof h);
    for (size_t i = first; i < end; i++) {
      double theta[4], by[LOY_CUSP_PARAMS][4], spread;
      loyi_cusp_cell cell;
      loyi_cusp_chain(cells, i, point, theta, by, &spread);
      if (!loyi_cusp_cell_at(cells->sum[i], theta, &cell)) return 0;
      block += cell.value;
      loyi_cusp_cell_add(cells, i, point, &cell, by, spread, g, h);
    }
    loyi_total_add(&total, block);
    for (size_t p = 0; p < n; p++) {
      loyi_total_add(&slope[p], g[p]);
      for (size_t q = 0; q <= p; q++) loyi_total_add(&bend[p * n + q], h[p * n + q]);
    }
  }
  *value = -loyi_total_value(&total) / cells->weight;
  for (size_t p = 0; p < n; p++) {
    gradient[p] = -loyi_total_value(&slope[p]) / cells->weight;
    for (size_t q = 0; q <= p; q++)
      hessian[p * n + q] = hessian[q * n + p] = -loyi_total_value(&bend[p * n + q]) / cells->weight;
  }
  return 1;
}

/* ---- the fit ---- */

/* The best end of up to three searches. Returns 0 when none could begin. */
LOYI_LOCAL int loyi_cusp_search(loyi_cusp_cells *cells, const loyi_cusp_line *line, int most_evaluations,
                                loyi_newton_result *best, int *evaluations) {
  static const double cubes[3] = {0.0, -0.5, 0.5}, bends[3] = {0.05, 0.5, 0.5};
  const double variance = line->normal_left / line->left;
  /* Without splitting slopes the likelihood is concave, and has one end. */
  const int concave = cells->columns == cells->normal;
  const size_t n = 4 + cells->columns;
  double lower[LOY_CUSP_PARAMS], upper[LOY_CUSP_PARAMS], start[LOY_CUSP_PARAMS];
  loyi_newton_problem problem;
  loyi_newton_result found;
  int any = 0;
  loyi_newton_init(&problem, n, loyi_cusp_objective, cells);
  for (size_t p = 0; p < n; p++) {
    lower[p] = -1e300;
    upper[p] = 1e300;
  }
  lower[LOYI_CUSP_KAPPA] = LOYI_CUSP_KAPPA_LEAST;
  upper[LOYI_CUSP_KAPPA] = LOYI_CUSP_KAPPA_MOST;
  problem.lower = lower;
  problem.upper = upper;
  /* Near the straight line a small kappa stretches its coordinates beyond any size: the decrement alone has meaning. */
  problem.gradient_tolerance = HUGE_VAL;
  problem.most_step = 1e100; /* all but concave: steps need no leash */
  if (most_evaluations > 0) problem.most_evaluations = most_evaluations;
  *evaluations = 0;
  for (int k = 0; k < 3 && !(concave && any && best->converged); k++) {
    /* the straight line on the normal columns, bent a little */
    for (size_t p = 0; p < n; p++) start[p] = 0.0;
    start[LOYI_CUSP_CUBE] = cubes[k] / (variance * sqrt(variance));
    start[LOYI_CUSP_KAPPA] = bends[k] / (variance * variance);
    for (size_t j = 0; j < cells->normal; j++)
      start[LOYI_CUSP_TAU + 1 + j] = line->slope[j] / (sqrt(line->left) * variance);
    start[LOYI_CUSP_TAU + 1 + cells->normal] = -1.0 / variance;
    if (!loyi_newton_minimize(&problem, start, &found)) continue;
    *evaluations += found.evaluations;
    /* A later end must be better by more than rounding, so that equal ends give the first. */
    if (!any || found.value < best->value - 1e-11 * (1.0 + fabs(best->value))) *best = found;
    any = 1;
  }
  return any;
}

/* The parameters in the units of the data, in the order w_0, w_1, a, b, and their derivatives by those of the search,
 * by rows of n. With lambda = theta_3/kappa
 *   beta_0 = sigma_0 + 3 kappa lambda^2,   alpha_0 = tau_0 + lambda sigma_0 + 2 kappa lambda^3. */
LOYI_LOCAL void loyi_cusp_units(const double *point, const loyi_cusp_cells *cells, const loyi_cusp_scale *scale,
                                double *estimate, double *jacobian) {
  const size_t n = 4 + cells->columns, split = LOYI_CUSP_TAU + 1 + cells->normal, columns = cells->columns;
  const double kappa = point[LOYI_CUSP_KAPPA], w2 = sqrt(kappa), w1 = sqrt(w2);
  const double centre = point[LOYI_CUSP_CUBE] / kappa, sigma = point[split];
  const double mean = scale->mean[columns], deviation = scale->deviation[columns];
  /* beta_0 and alpha_0 with their derivatives by theta_3, kappa and sigma_0 */
  const double constant[2] = {point[LOYI_CUSP_TAU] + centre * (sigma + 2.0 * kappa * centre * centre),
                              sigma + 3.0 * kappa * centre * centre};
  const double by_cube[2] = {sigma / kappa + 6.0 * centre * centre, 6.0 * centre};
  const double by_kappa[2] = {-centre * (sigma / kappa + 4.0 * centre * centre), -3.0 * centre * centre};
  const double by_sigma[2] = {centre, 1.0};
  for (size_t i = 0; i < n * n; i++) jacobian[i] = 0.0;
  estimate[0] = -w1 * (centre + mean / deviation);
  estimate[1] = w1 / deviation;
  jacobian[LOYI_CUSP_CUBE] = -w1 / kappa;
  jacobian[LOYI_CUSP_KAPPA] = (w1 * centre + 0.25 * estimate[0]) / kappa;
  jacobian[n + LOYI_CUSP_KAPPA] = 0.25 * estimate[1] / kappa;
  for (int factor = 0; factor < 2; factor++) {
    const size_t first = factor ? split : (size_t)LOYI_CUSP_TAU, end = factor ? n : split;
    const double unit = factor ? w2 : w1, power = factor ? 0.5 : 0.25;
    estimate[first] = constant[factor] / unit;
    for (size_t p = first + 1; p < end; p++) {
      const size_t column = factor ? p - 4 : p - 3;
      const double per = 1.0 / (unit * scale->deviation[column]);
      estimate[p] = point[p] * per;
      estimate[first] -= estimate[p] * scale->mean[column];
      jacobian[p * n + p] = per;
      jacobian[first * n + p] = -per * scale->mean[column];
      jacobian[p * n + LOYI_CUSP_KAPPA] = -power * estimate[p] / kappa;
    }
    jacobian[first * n + LOYI_CUSP_TAU] = factor ? 0.0 : 1.0 / unit;
    jacobian[first * n + LOYI_CUSP_CUBE] = by_cube[factor] / unit;
    jacobian[first * n + LOYI_CUSP_KAPPA] = by_kappa[factor] / unit - power * estimate[first] / kappa;
    jacobian[first * n + split] = by_sigma[factor] / unit;
  }
}

/* |M| |M^-1| in the maximum norm, of the Hessian scaled to a unit diagonal. `inverse` is that of `weight` times it. */
LOYI_LOCAL double loyi_cusp_condition(const double *hessian, const double *inverse, double weight, size_t n) {
  double norm = 0.0, inverse_norm = 0.0;
  for (size_t p = 0; p < n; p++) {
    double sum = 0.0, inverse_sum = 0.0;
    for (size_t q = 0; q < n; q++) {
      const double scale = sqrt(hessian[p * n + p]) * sqrt(hessian[q * n + q]);
      sum += fabs(hessian[p * n + q]) / scale;
      inverse_sum += fabs(inverse[p * n + q]) * scale * weight;
    }
    if (sum > norm) norm = sum;
    if (inverse_sum > inverse_norm) inverse_norm = inverse_sum;
  }
  return norm * inverse_norm;
}

/* Estimates in the units of the data, their covariance J C J' and standard errors, and the condition. */
LOYI_LOCAL void loyi_cusp_covariance(const loyi_newton_result *found, const loyi_cusp_cells *cells,
                                     const loyi_cusp_scale *scale, loy_cusp_fit_result *result) {
  const size_t n = result->params;
  double inner[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS], jacobian[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS];
  double half[LOY_CUSP_PARAMS * LOY_CUSP_PARAMS];
  loyi_cusp_units(found->point, cells, scale, result->estimate, jacobian);
  result->condition = (double)NAN;
  for (size_t i = 0; i < n * n; i++) result->covariance[i] = (double)NAN;
  for (size_t p = 0; p < n; p++) result->std_error[p] = (double)NAN;
  if (result->at_bound != 0) return;
  result->condition = (double)INFINITY;
  if (!loyi_newton_covariance(found, n, scale->weight, inner)) return;
  result->condition = loyi_cusp_condition(found->hessian, inner, scale->weight, n);
  for (size_t p = 0; p < n; p++) {
    for (size_t q = 0; q < n; q++) {
      half[p * n + q] = 0.0;
      for (size_t k = 0; k < n; k++) half[p * n + q] += jacobian[p * n + k] * inner[k * n + q];
    }
  }
  for (size_t p = 0; p < n; p++) {
    for (size_t q = 0; q <= p; q++) {
      double sum = 0.0;
      for (size_t k = 0; k < n; k++) sum += half[p * n + k] * jacobian[q * n + k];
      result->covariance[p * n + q] = result->covariance[q * n + p] = sum;
    }
    result->std_error[p] = sqrt(result->covariance[p * n + p]);
  }
}

/* Share of the weight between the fold lines. */
LOYI_LOCAL double loyi_cusp_bistable(const loyi_cusp_cells *cells, const double *point) {
  loyi_total inside = {0.0, 0.0};
  for (size_t i = 0; i < cells->cells; i++) {
    double theta[4], by[LOY_CUSP_PARAMS][4], spread;
    loyi_cusp_row_controls control;
    loyi_cusp_chain(cells, i, point, theta, by, &spread);
    control = loyi_cusp_controls_of(theta);
    if (loyi_cusp_solve(control.a, control.b).count == 3) loyi_total_add(&inside, cells->sum[i][0]);
  }
  return loyi_total_value(&inside) / cells->weight;
}

LOYI_LOCAL void loyi_cusp_fill(const loyi_newton_result *found, const loyi_cusp_cells *cells,
                               const loyi_cusp_scale *scale, loy_cusp_fit_result *result) {
  const double log_weight = loyi_log(scale->weight);
  const double *point = found->point;
  result->params = 4 + cells->columns;
  result->rows = scale->rows;
  result->cells = cells->cells;
  result->weight = scale->weight;
  result->at_bound = 0;
  if (point[LOYI_CUSP_KAPPA] <= LOYI_CUSP_KAPPA_LEAST) result->at_bound = -1;
  if (point[LOYI_CUSP_KAPPA] >= LOYI_CUSP_KAPPA_MOST) result->at_bound = 1;
  loyi_cusp_covariance(found, cells, scale, result);
  result->model.normal = cells->normal;
  result->model.splitting = cells->columns - cells->normal;
  result->model.w0 = result->estimate[0];
  result->model.w1 = result->estimate[1];
  for (size_t j = 0; j <= result->model.normal; j++) result->model.a[j] = result->estimate[2 + j];
  for (size_t j = 0; j <= result->model.splitting; j++)
    result->model.b[j] = result->estimate[3 + result->model.normal + j];
  result->log_likelihood = -scale->weight * (found->value + loyi_log(scale->deviation[cells->columns]));
  result->aic = -2.0 * result->log_likelihood + 2.0 * (double)result->params;
  result->bic = -2.0 * result->log_likelihood + log_weight * (double)result->params;
  result->linear_aic = -2.0 * result->linear_log_likelihood + 2.0 * (double)result->linear_params;
  result->linear_bic = -2.0 * result->linear_log_likelihood + log_weight * (double)result->linear_params;
  result->bistable = loyi_cusp_bistable(cells, point);
  result->decrement = found->decrement;
  result->converged = found->converged;
}

/* The notice of a fit. */
LOYI_LOCAL loy_status loyi_cusp_remark(const loy_cusp_fit_result *result, loy_error *error) {
  if (result->at_bound > 0)
    return loyi_report(error, LOY_NOTICE_SEPARATED, "y", LOY_NO_INDEX, "takes two values, or nearly");
  if (!result->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX, "the best point found is returned");
  if (result->at_bound < 0)
    return loyi_report(error, LOY_NOTICE_AT_BOUND, "w1", LOY_NO_INDEX,
                       "the data are as a straight line with normal errors would have them");
  if (!(result->condition <= LOYI_CUSP_FIT_WEAK))
    return loyi_report(error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX, "the data hardly determine the parameters");
  return loyi_ok(error);
}

/* Everything once the checks are done. */
LOYI_LOCAL loy_status loyi_cusp_run(const loy_cusp_data *data, const loy_cusp_fit_options *options,
                                    loyi_cusp_scale *scale, loyi_cusp_cells *cells, loy_cusp_fit_result *result,
                                    loy_error *error) {
  const size_t y = data->normal + data->splitting;
  loyi_newton_result found;
  loyi_cusp_line line;
  double unit;
  loy_status status = loyi_cusp_line_fit(cells, &line, error);
  if (status != LOY_OK) return status;
  /* From here on y is measured in standard deviations about the line. */
  unit = sqrt(line.left);
  result->linear_params = line.params;
  result->linear_r_squared = line.left < 1.0 ? 1.0 - line.left : 0.0; /* rounding may leave a little more than all */
  scale->deviation[y] *= unit;
  /* ln(2 pi) + 1, and the variance about the line */
  result->linear_log_likelihood = -0.5 * scale->weight * (2.8378770664093453 + 2.0 * loyi_log(scale->deviation[y]));
  for (size_t i = 0; i < cells->cells; i++) {
    double power = unit;
    for (size_t k = 1; k < 5; k++) {
      cells->sum[i][k] /= power;
      power *= unit;
    }
  }
  if (!loyi_cusp_search(cells, &line, options->most_evaluations, &found, &result->evaluations))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "y", LOY_NO_INDEX, "has no finite likelihood at any start");
  loyi_cusp_fill(&found, cells, scale, result);
  return loyi_cusp_remark(result, error);
}

LOYALTY_API loy_status loy_cusp_fit(const loy_cusp_data *data, const loy_cusp_fit_options *options,
                                    loy_cusp_fit_result *result, loy_error *error) {
  loy_cusp_fit_options chosen;
  loy_cusp_fit_result fit;
  loyi_cusp_scale scale;
  loyi_cusp_cells cells;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  loy_cusp_fit_options_init(&chosen);
  if (options) {
    if (options->struct_size < sizeof *options)
      return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                         "struct_size must be set by the init function");
    chosen = *options;
  }
  if (data->n > 0 && !data->y) return loyi_report(error, LOY_ERR_ARGUMENT, "y", LOY_NO_INDEX, "must not be NULL");
  status = loyi_cusp_check_factors(data, error);
  if (status != LOY_OK) return status;
  if (chosen.most_evaluations < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  status = loyi_cusp_check_rows(data, error);
  if (status != LOY_OK) return status;
  loyi_cusp_measure(data, &scale);
  if (scale.rows <= 4 + data->normal + data->splitting)
    return loyi_report(error, LOY_ERR_TOO_FEW, "y", LOY_NO_INDEX, "must have more rows than there are parameters");
  if (!(scale.deviation[data->normal + data->splitting] > 0.0))
    return loyi_report(error, LOY_ERR_TOO_FEW, "y", LOY_NO_INDEX, "must not be the same in all rows");
  status = loyi_cusp_cells_make(data, &scale, chosen.allocator, &cells, error);
  if (status != LOY_OK) return status;
  memset(&fit, 0, sizeof fit);
  status = loyi_cusp_run(data, &chosen, &scale, &cells, &fit, error);
  loyi_cusp_cells_release(&cells);
  if (loy_status_is_error(status)) return status;
  fit.status = status;
  *result = fit;
  return status;
}

#undef LOYI_CUSP_KAPPA_LEAST
#undef LOYI_CUSP_KAPPA_MOST
#undef LOYI_CUSP_FIT_WEAK

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_FIT_INL_H */
