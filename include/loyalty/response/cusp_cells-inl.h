/* cusp_cells-inl.h: body of cusp_cells.h. */
#ifndef LOYALTY_RESPONSE_CUSP_CELLS_INL_H
#define LOYALTY_RESPONSE_CUSP_CELLS_INL_H

#include "cusp_cells.h"

#include <math.h>
#include <string.h>

#include "../math/sum.h"
#include "cusp_model-inl.h"
#include "mean_data.h"

LOY_BEGIN_DECLS

/* What is left of the variance of a column, or of y, when those before it are taken out: less counts as nothing. */
#define LOYI_CUSP_NOTHING_LEFT 1e-8

LOYI_SHARED loy_status loyi_cusp_check_rows(const loy_cusp_data *data, loy_error *error) {
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

LOYI_SHARED void loyi_cusp_measure(const loy_cusp_data *data, loyi_cusp_scale *scale) {
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

LOYI_SHARED void loyi_cusp_cells_release(loyi_cusp_cells *cells) {
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
LOYI_SHARED loy_status loyi_cusp_cells_make(const loy_cusp_data *data, const loyi_cusp_scale *scale,
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
 * `count`. `slope`, unless NULL, receives the regression of y on the columns when none is empty. */
LOYI_LOCAL size_t loyi_cusp_sweep(const double *product, size_t n, const size_t *list, size_t count, double *left,
                                  size_t *empty, double *slope) {
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
  for (size_t k = 0; slope && k < count; k++) slope[k] = m[list[k] * n + n - 1] / m[list[k] * n + list[k]];
  *left = m[n * n - 1];
  return used;
}

/* Check the columns, and fit the straight line. */
LOYI_SHARED loy_status loyi_cusp_line_fit(const loyi_cusp_cells *cells, loyi_cusp_line *line, loy_error *error) {
  double product[(LOYI_CUSP_ALL + 1) * (LOYI_CUSP_ALL + 1)];
  size_t list[LOYI_CUSP_ALL] = {0}, empty, used;
  const size_t n = cells->columns + 1, splitting = cells->columns - cells->normal;
  const char *const must = "must not be constant or a combination of the columns before it";
  loyi_cusp_products(cells, product);
  for (size_t c = 0; c < cells->normal; c++) list[c] = c;
  loyi_cusp_sweep(product, n, list, cells->normal, &line->normal_left, &empty, line->slope);
  if (empty < cells->normal) return loyi_report(error, LOY_ERR_SINGULAR, "normal", empty, must);
  for (size_t c = 0; c < splitting; c++) list[c] = cells->normal + c;
  loyi_cusp_sweep(product, n, list, splitting, &line->left, &empty, NULL);
  if (empty < splitting) return loyi_report(error, LOY_ERR_SINGULAR, "splitting", empty, must);
  for (size_t c = 0; c < cells->columns; c++) list[c] = c;
  used = loyi_cusp_sweep(product, n, list, cells->columns, &line->left, &empty, NULL);
  if (!(line->left > LOYI_CUSP_NOTHING_LEFT))
    return loyi_report(error, LOY_ERR_INFEASIBLE, "y", LOY_NO_INDEX,
                       "must not be a linear function of the columns: nothing is left to explain");
  line->params = used + 2;
  return LOY_OK;
}

#undef LOYI_CUSP_NOTHING_LEFT

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CUSP_CELLS_INL_H */
