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
#include "cusp_density-inl.h"
#include "cusp_model-inl.h"
#include "mean_data.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_CUSP_PARAMS <= LOYI_NEWTON_MOST, "the optimiser has room for all parameters");

/* kappa = w_1^4 in units of the standard deviation s about the straight line. At the lower bound the quartic term is
 * 1e-8 of the quadratic one; at the upper one two modes stand 1e4 of their own widths apart. */
#define LOYI_CUSP_KAPPA_LEAST 1e-8
#define LOYI_CUSP_KAPPA_MOST  1e8
/* Bound of the centre lambda, in standard deviations of y from its mean. */
#define LOYI_CUSP_CENTRE_MOST 100.0
/* What is left of the variance of a column, or of y, when those before it are taken out: less counts as nothing. */
#define LOYI_CUSP_NOTHING_LEFT 1e-8
#define LOYI_CUSP_FIT_WEAK     1e8
/* Columns of both factors together; cells whose sums are added plainly. */
enum { LOYI_CUSP_ALL = 2 * LOY_CUSP_COLUMNS, LOYI_CUSP_BLOCK = 256 };

LOYALTY_API void loy_cusp_fit_options_init(loy_cusp_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
}

/* ---- the rows of a fit ---- */

LOYI_LOCAL loy_status loyi_cusp_check_rows(const loy_cusp_data *data, loy_error *error) {
  const char *const must = "must be a number from -1e100 to 1e100";
  for (size_t i = 0; i < data->n; i++) {
    if (!loyi_cusp_is_datum(data->y[i])) return loyi_report(error, LOY_ERR_DOMAIN, "y", i, must);
  }
  for (size_t j = 0; j < data->normal; j++) {
    for (size_t i = 0; i < data->n; i++) {
      if (!loyi_cusp_is_datum(data->normal_column[j][i])) return loyi_report(error, LOY_ERR_DOMAIN, "normal", i, must);
    }
  }
  for (size_t j = 0; j < data->splitting; j++) {
    for (size_t i = 0; i < data->n; i++) {
      if (!loyi_cusp_is_datum(data->splitting_column[j][i]))
        return loyi_report(error, LOY_ERR_DOMAIN, "splitting", i, must);
    }
  }
  for (size_t i = 0; data->weight && i < data->n; i++) {
    if (!(data->weight[i] >= 0.0 && data->weight[i] <= 1e15))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, "must be from 0 to 1e15");
  }
  return LOY_OK;
}

/* Columns are counted through: the normal ones, then the splitting ones. */
LOYI_LOCAL double loyi_cusp_datum(const loy_cusp_data *data, size_t column, size_t row) {
  return column < data->normal ? data->normal_column[column][row] : data->splitting_column[column - data->normal][row];
}

LOYI_LOCAL double loyi_cusp_weight(const loy_cusp_data *data, size_t row) {
  return data->weight ? data->weight[row] : 1.0;
}

/* Mean and standard deviation of each column and, after them, of y; the rows with a weight, and the sum of weights. */
typedef struct loyi_cusp_scale {
  double mean[LOYI_CUSP_ALL + 1], deviation[LOYI_CUSP_ALL + 1];
  double weight;
  size_t rows;
} loyi_cusp_scale;

LOYI_LOCAL void loyi_cusp_measure(const loy_cusp_data *data, loyi_cusp_scale *scale) {
  const size_t columns = data->normal + data->splitting;
  loyi_total weights = {0.0, 0.0};
  scale->rows = 0;
  for (size_t i = 0; i < data->n; i++) {
    scale->rows += loyi_cusp_weight(data, i) > 0.0;
    loyi_total_add(&weights, loyi_cusp_weight(data, i));
  }
  scale->weight = loyi_total_value(&weights);
  for (size_t c = 0; c <= columns; c++) {
    loyi_total sum = {0.0, 0.0}, square = {0.0, 0.0}, rest = {0.0, 0.0};
    double mean, shift;
    for (size_t i = 0; i < data->n; i++)
      loyi_total_add(&sum, loyi_cusp_weight(data, i) * (c < columns ? loyi_cusp_datum(data, c, i) : data->y[i]));
    mean = loyi_total_value(&sum) / scale->weight;
    for (size_t i = 0; i < data->n; i++) {
      const double d = (c < columns ? loyi_cusp_datum(data, c, i) : data->y[i]) - mean;
      loyi_total_add(&rest, loyi_cusp_weight(data, i) * d);
      loyi_total_add(&square, loyi_cusp_weight(data, i) * d * d);
    }
    shift = loyi_total_value(&rest) / scale->weight;
    mean += shift;
    square.sum = loyi_total_value(&square) / scale->weight - shift * shift;
    /* Rounding of equal numbers is no spread. */
    scale->mean[c] = mean;
    scale->deviation[c] = square.sum > 1e-28 * mean * mean ? sqrt(square.sum) : 0.0;
  }
}

/* Rows with the same columns: the standardised columns, and sums of w y^k for the y of the search, k = 0 to 4. */
typedef struct loyi_cusp_cells {
  const loy_allocator *allocator;
  size_t columns, normal, cells;
  double *x;        /* cells * columns */
  double (*sum)[5]; /* cells */
  double weight;
} loyi_cusp_cells;

LOYI_LOCAL void loyi_cusp_cells_release(loyi_cusp_cells *cells) {
  loyi_release(cells->allocator, cells->sum, cells->cells, (5 + cells->columns) * sizeof(double));
  cells->sum = NULL;
}

/* The sums, with their rounding errors carried along in `total`. */
LOYI_LOCAL void loyi_cusp_cells_add(const loy_cusp_data *data, const loyi_cusp_scale *scale, const loyi_mean_data *rows,
                                    loyi_cusp_cells *cells, loyi_total (*total)[5]) {
  const size_t columns = cells->columns;
  memset(total, 0, cells->cells * sizeof *total);
  for (size_t i = 0; i < data->n; i++) {
    double power = loyi_cusp_weight(data, i), y;
    if (rows->cell_of[i] == LOYI_MEAN_SKIPPED) continue;
    y = (data->y[i] - scale->mean[columns]) / scale->deviation[columns];
    for (size_t k = 0; k < 5; k++) {
      loyi_total_add(&total[rows->cell_of[i]][k], power);
      power *= y;
    }
  }
  for (size_t cell = 0; cell < cells->cells; cell++) {
    for (size_t k = 0; k < 5; k++) cells->sum[cell][k] = loyi_total_value(&total[cell][k]);
    for (size_t c = 0; c < columns; c++) {
      const double x = loyi_cusp_datum(data, c, rows->row_of[cell]);
      cells->x[cell * columns + c] = scale->deviation[c] > 0.0 ? (x - scale->mean[c]) / scale->deviation[c] : 0.0;
    }
  }
}

/* y is measured in standard deviations. The merging of equal rows is that of mean_data.h, whose sums are not used. */
LOYI_LOCAL loy_status loyi_cusp_cells_make(const loy_cusp_data *data, const loyi_cusp_scale *scale,
                                           const loy_allocator *allocator, loyi_cusp_cells *cells, loy_error *error) {
  const double *key[LOYI_CUSP_ALL];
  loyi_mean_source source;
  loyi_mean_data rows;
  loyi_total(*total)[5];
  loy_status status;
  memset(&source, 0, sizeof source);
  source.n = data->n;
  source.keys = data->normal + data->splitting;
  for (size_t c = 0; c < source.keys; c++)
    key[c] = c < data->normal ? data->normal_column[c] : data->splitting_column[c - data->normal];
  source.key = key;
  source.loyal = data->y;
  source.weight = data->weight;
  status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, allocator, &rows, error);
  if (status != LOY_OK) return status;
  cells->allocator = allocator;
  cells->columns = source.keys;
  cells->normal = data->normal;
  cells->weight = scale->weight;
  cells->cells = rows.cells;
  cells->sum = (double(*)[5])loyi_allocate(allocator, rows.cells, (5 + source.keys) * sizeof(double));
  total = (loyi_total(*)[5])loyi_allocate(allocator, rows.cells, sizeof *total);
  if (cells->sum && total) {
    cells->x = (double *)(cells->sum + rows.cells);
    loyi_cusp_cells_add(data, scale, &rows, cells, total);
  } else {
    loyi_cusp_cells_release(cells);
    status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  }
  loyi_release(allocator, total, rows.cells, sizeof *total);
  loyi_mean_data_release(&rows);
  return status;
}

/* ---- the straight line ---- */

/* Means of products of the standardised columns and, last, y: columns + 1 squared, by rows. */
LOYI_LOCAL void loyi_cusp_products(const loyi_cusp_cells *cells, double *product) {
  const size_t n = cells->columns + 1;
  loyi_total sum[(LOYI_CUSP_ALL + 1) * (LOYI_CUSP_ALL + 1)];
  memset(sum, 0, sizeof sum);
  for (size_t i = 0; i < cells->cells; i++) {
    const double *x = cells->x + i * cells->columns;
    for (size_t p = 0; p < n; p++) {
      const double left = p + 1 < n ? x[p] * cells->sum[i][0] : cells->sum[i][1];
      for (size_t q = 0; q < p; q++) loyi_total_add(&sum[p * n + q], left * x[q]);
      loyi_total_add(&sum[p * n + p], p + 1 < n ? left * x[p] : cells->sum[i][2]);
    }
  }
  for (size_t p = 0; p < n; p++) {
    for (size_t q = 0; q <= p; q++)
      product[p * n + q] = product[q * n + p] = loyi_total_value(&sum[p * n + q]) / cells->weight;
  }
}

/* Take the listed columns out of one another and out of y, in their order (Gauss). Columns with nothing left are left
 * out. Returns how many counted and what is left of the variance of y; *empty is the first empty column of the list, or
 * `count`. */
LOYI_LOCAL size_t loyi_cusp_sweep(const double *product, size_t n, const size_t *list, size_t count, double *left,
                                  size_t *empty) {
  double m[(LOYI_CUSP_ALL + 1) * (LOYI_CUSP_ALL + 1)];
  size_t used = 0;
  memcpy(m, product, n * n * sizeof *m);
  *empty = count;
  for (size_t k = 0; k < count; k++) {
    const size_t c = list[k];
    const double pivot = m[c * n + c];
    if (!(pivot > LOYI_CUSP_NOTHING_LEFT)) {
      if (*empty == count) *empty = k;
      continue;
    }
    used++;
    for (size_t p = 0; p < n; p++) {
      const double factor = m[p * n + c] / pivot;
      if (p == c) continue;
      for (size_t q = 0; q < n; q++) {
        if (q != c) m[p * n + q] -= factor * m[c * n + q];
      }
      m[p * n + c] = 0.0;
    }
  }
  *left = m[n * n - 1];
  return used;
}

/* Check the columns, and fit the straight line. On success *left is the part of the variance of y that it leaves. */
LOYI_LOCAL loy_status loyi_cusp_line(const loyi_cusp_cells *cells, const loyi_cusp_scale *scale,
                                     loy_cusp_fit_result *result, double *left, loy_error *error) {
  double product[(LOYI_CUSP_ALL + 1) * (LOYI_CUSP_ALL + 1)];
  size_t list[LOYI_CUSP_ALL], empty, used;
  const size_t n = cells->columns + 1, splitting = cells->columns - cells->normal;
  const char *const must = "must not be constant or a combination of the columns before it";
  double variance;
  loyi_cusp_products(cells, product);
  for (size_t c = 0; c < cells->normal; c++) list[c] = c;
  loyi_cusp_sweep(product, n, list, cells->normal, left, &empty);
  if (empty < cells->normal) return loyi_report(error, LOY_ERR_SINGULAR, "normal", empty, must);
  for (size_t c = 0; c < splitting; c++) list[c] = cells->normal + c;
  loyi_cusp_sweep(product, n, list, splitting, left, &empty);
  if (empty < splitting) return loyi_report(error, LOY_ERR_SINGULAR, "splitting", empty, must);
  for (size_t c = 0; c < cells->columns; c++) list[c] = c;
  used = loyi_cusp_sweep(product, n, list, cells->columns, left, &empty);
  if (!(*left > LOYI_CUSP_NOTHING_LEFT))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "y", LOY_NO_INDEX,
                       "must not be a linear function of the columns: nothing is left to explain");
  variance = *left * scale->deviation[cells->columns] * scale->deviation[cells->columns];
  result->linear_params = used + 2;
  result->linear_r_squared = 1.0 - *left;
  /* ln(2 pi) + 1 */
  result->linear_log_likelihood = -0.5 * scale->weight * (2.8378770664093453 + loyi_log(variance));
  return LOY_OK;
}

/* ---- the likelihood ---- */

/* Place of the parameters in the search: lambda, kappa, alpha_0 and its slopes, beta_0 and its slopes. */
enum { LOYI_CUSP_CENTRE = 0, LOYI_CUSP_KAPPA = 1, LOYI_CUSP_ALPHA = 2 };

/* Derivatives of one cell's log-likelihood by lambda, kappa, alpha, beta. */
typedef struct loyi_cusp_cell {
  double value, gradient[4], hessian[4][4];
} loyi_cusp_cell;

LOYI_LOCAL int loyi_cusp_cell_at(const double *s, double centre, double kappa, double alpha, double beta,
                                 loyi_cusp_cell *cell) {
  const double w2 = sqrt(kappa), w1 = sqrt(w2);
  const double a = alpha / w1, b = beta / w2;
  loyi_cusp_fourth fourth;
  loy_cusp_moments m;
  double u1, u2, u3, u4;
  if (!(fabs(a) <= LOY_CUSP_CONTROL_MOST && fabs(b) <= LOY_CUSP_CONTROL_MOST)) return 0;
  m = loyi_cusp_moments(a, b, &fourth);
  /* Sums of w (y - lambda)^k. */
  u1 = s[1] - centre * s[0];
  u2 = s[2] - centre * (2.0 * s[1] - centre * s[0]);
  u3 = s[3] - centre * (3.0 * s[2] - centre * (3.0 * s[1] - centre * s[0]));
  u4 = s[4] - centre * (4.0 * s[3] - centre * (6.0 * s[2] - centre * (4.0 * s[1] - centre * s[0])));
  cell->value = alpha * u1 + 0.5 * beta * u2 - 0.25 * kappa * u4 - s[0] * (m.log_normalizer - 0.25 * loyi_log(kappa));
  cell->gradient[0] = kappa * u3 - beta * u1 - alpha * s[0];
  cell->gradient[1] = s[0] * fourth.mean / kappa - 0.25 * u4;
  cell->gradient[2] = u1 - s[0] * m.mean / w1;
  cell->gradient[3] = 0.5 * u2 - s[0] * m.half_square / w2;
  cell->hessian[0][0] = beta * s[0] - 3.0 * kappa * u2;
  cell->hessian[1][0] = u3;
  cell->hessian[2][0] = -s[0];
  cell->hessian[3][0] = -u1;
  cell->hessian[1][1] = -s[0] * fourth.variance / (kappa * kappa);
  cell->hessian[2][1] = s[0] * fourth.with_z / (kappa * w1);
  cell->hessian[3][1] = s[0] * fourth.with_half_square / (kappa * w2);
  cell->hessian[2][2] = -s[0] * m.variance / w2;
  cell->hessian[3][2] = -s[0] * m.covariance / (w2 * w1);
  cell->hessian[3][3] = -s[0] * m.half_square_variance / kappa;
  return 1;
}

/* Which of the four each parameter of the search moves, and by how much: 1 or a column. */
LOYI_LOCAL void loyi_cusp_chain(const loyi_cusp_cells *cells, size_t cell, size_t *of, double *by) {
  const double *x = cells->x + cell * cells->columns;
  const size_t split = LOYI_CUSP_ALPHA + 1 + cells->normal;
  for (size_t p = 0; p < 4 + cells->columns; p++) {
    of[p] = p < LOYI_CUSP_ALPHA ? p : p < split ? 2 : 3;
    by[p] = p <= LOYI_CUSP_ALPHA || p == split ? 1.0 : p < split ? x[p - 3] : x[p - 4];
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
      size_t of[LOY_CUSP_PARAMS];
      double by[LOY_CUSP_PARAMS], control[4] = {0.0, 0.0, 0.0, 0.0};
      loyi_cusp_cell cell;
      loyi_cusp_chain(cells, i, of, by);
      for (size_t p = 0; p < n; p++) control[of[p]] += by[p] * point[p];
      if (!loyi_cusp_cell_at(cells->sum[i], control[0], control[1], control[2], control[3], &cell)) return 0;
      block += cell.value;
      for (size_t p = 0; p < n; p++) {
        g[p] += cell.gradient[of[p]] * by[p];
        for (size_t q = 0; q <= p; q++) h[p * n + q] += cell.hessian[of[p]][of[q]] * by[p] * by[q];
      }
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

/* The best end of three searches. Returns 0 when none could begin. */
LOYI_LOCAL int loyi_cusp_search(loyi_cusp_cells *cells, double spread, int most_evaluations, loyi_newton_result *best,
                                int *evaluations) {
  static const double centres[3] = {0.0, -1.0, 1.0};
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
  lower[LOYI_CUSP_CENTRE] = -LOYI_CUSP_CENTRE_MOST * spread;
  upper[LOYI_CUSP_CENTRE] = LOYI_CUSP_CENTRE_MOST * spread;
  lower[LOYI_CUSP_KAPPA] = LOYI_CUSP_KAPPA_LEAST;
  upper[LOYI_CUSP_KAPPA] = LOYI_CUSP_KAPPA_MOST;
  problem.lower = lower;
  problem.upper = upper;
  problem.most_step = 1e100; /* for a given centre the function is convex: steps need no leash */
  if (most_evaluations > 0) problem.most_evaluations = most_evaluations;
  *evaluations = 0;
  for (int k = 0; k < 3; k++) {
    for (size_t p = 0; p < n; p++) start[p] = 0.0;
    start[LOYI_CUSP_CENTRE] = centres[k] * spread;
    start[LOYI_CUSP_KAPPA] = 1.0;
    if (!loyi_newton_minimize(&problem, start, &found)) continue;
    *evaluations += found.evaluations;
    /* A later end must be better by more than rounding, so that equal ends give the first. */
    if (!any || found.value < best->value - 1e-11 * (1.0 + fabs(best->value))) *best = found;
    any = 1;
  }
  return any;
}

/* The parameters in the units of the data, in the order w_0, w_1, a, b, and their derivatives by those of the search,
 * by rows of n. */
LOYI_LOCAL void loyi_cusp_units(const double *point, const loyi_cusp_cells *cells, const loyi_cusp_scale *scale,
                                double *estimate, double *jacobian) {
  const size_t n = 4 + cells->columns, split = LOYI_CUSP_ALPHA + 1 + cells->normal, columns = cells->columns;
  const double kappa = point[LOYI_CUSP_KAPPA], w2 = sqrt(kappa), w1 = sqrt(w2);
  const double mean = scale->mean[columns], deviation = scale->deviation[columns];
  const double w0 = -w1 * (point[LOYI_CUSP_CENTRE] + mean / deviation);
  for (size_t i = 0; i < n * n; i++) jacobian[i] = 0.0;
  estimate[0] = w0;
  estimate[1] = w1 / deviation;
  jacobian[LOYI_CUSP_CENTRE] = -w1;
  jacobian[LOYI_CUSP_KAPPA] = 0.25 * w0 / kappa;
  jacobian[n + LOYI_CUSP_KAPPA] = 0.25 * estimate[1] / kappa;
  for (int factor = 0; factor < 2; factor++) {
    const size_t first = factor ? split : (size_t)LOYI_CUSP_ALPHA, end = factor ? n : split;
    const double unit = factor ? w2 : w1, power = factor ? 0.5 : 0.25;
    estimate[first] = point[first] / unit;
    jacobian[first * n + first] = 1.0 / unit;
    for (size_t p = first + 1; p < end; p++) {
      const size_t column = factor ? p - 4 : p - 3;
      const double per = 1.0 / (unit * scale->deviation[column]);
      estimate[p] = point[p] * per;
      estimate[first] -= estimate[p] * scale->mean[column];
      jacobian[p * n + p] = per;
      jacobian[first * n + p] = -per * scale->mean[column];
    }
    for (size_t p = first; p < end; p++) jacobian[p * n + LOYI_CUSP_KAPPA] = -power * estimate[p] / kappa;
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
  const double w2 = sqrt(point[LOYI_CUSP_KAPPA]), w1 = sqrt(w2);
  loyi_total inside = {0.0, 0.0};
  for (size_t i = 0; i < cells->cells; i++) {
    size_t of[LOY_CUSP_PARAMS];
    double by[LOY_CUSP_PARAMS], control[4] = {0.0, 0.0, 0.0, 0.0};
    loyi_cusp_chain(cells, i, of, by);
    for (size_t p = 0; p < 4 + cells->columns; p++) control[of[p]] += by[p] * point[p];
    if (loyi_cusp_solve(control[2] / w1, control[3] / w2).count == 3) loyi_total_add(&inside, cells->sum[i][0]);
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
  if (found->at_bound >> LOYI_CUSP_CENTRE & 1u) result->at_bound = -2;
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
  double left, unit;
  loy_status status = loyi_cusp_line(cells, scale, result, &left, error);
  if (status != LOY_OK) return status;
  /* From here on y is measured in standard deviations about the line. */
  unit = sqrt(left);
  scale->deviation[y] *= unit;
  for (size_t i = 0; i < cells->cells; i++) {
    double power = unit;
    for (size_t k = 1; k < 5; k++) {
      cells->sum[i][k] /= power;
      power *= unit;
    }
  }
  if (!loyi_cusp_search(cells, 1.0 / unit, options->most_evaluations, &found, &result->evaluations))
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
#undef LOYI_CUSP_CENTRE_MOST
#undef LOYI_CUSP_NOTHING_LEFT
#undef LOYI_CUSP_FIT_WEAK

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_FIT_INL_H */
