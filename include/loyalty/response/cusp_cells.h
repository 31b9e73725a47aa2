/* cusp_cells.h: private. The rows behind a fit of the cusp: checked, standardised, equal ones merged; and the straight
 * line through them. */
#ifndef LOYALTY_RESPONSE_CUSP_CELLS_H
#define LOYALTY_RESPONSE_CUSP_CELLS_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"
#include "cusp_model.h"

LOY_BEGIN_DECLS

/* Columns of both factors together. */
enum { LOYI_CUSP_ALL = 2 * LOY_CUSP_COLUMNS };

/* Mean and standard deviation of each column and, after them, of y; the rows with a weight, and the sum of weights. */
typedef struct loyi_cusp_scale {
  double mean[LOYI_CUSP_ALL + 1], deviation[LOYI_CUSP_ALL + 1];
  double weight;
  size_t rows;
} loyi_cusp_scale;

/* Rows with the same columns: the standardised columns, and sums of w y^k for the y of the search, k = 0 to 4. */
typedef struct loyi_cusp_cells {
  const loy_allocator *allocator;
  size_t columns, normal, cells;
  double *x;        /* cells * columns */
  double (*sum)[5]; /* cells */
  double weight;
} loyi_cusp_cells;

/* A straight line: what it leaves of the variance of y, in squares of its standard deviation, when all columns are
 * taken out; when the normal ones alone are, with their slopes; and its parameters, the constant and the variance
 * included. */
typedef struct loyi_cusp_line {
  double left, normal_left, slope[LOY_CUSP_COLUMNS];
  size_t params;
} loyi_cusp_line;

/* Check y, the columns and the weights. Errors: for the first bad row, column by column, LOY_ERR_DOMAIN y, normal,
 * splitting, weight. */
LOYI_SHARED loy_status loyi_cusp_check_rows(const loy_cusp_data *data, loy_error *error);

/* Measure checked rows, of which one has a weight. */
LOYI_SHARED void loyi_cusp_measure(const loy_cusp_data *data, loyi_cusp_scale *scale);

/* Merge checked rows; y is measured in standard deviations from its mean. Errors: LOY_ERR_MEMORY, with nothing held. */
LOYI_SHARED loy_status loyi_cusp_cells_make(const loy_cusp_data *data, const loyi_cusp_scale *scale,
                                            const loy_allocator *allocator, loyi_cusp_cells *cells, loy_error *error);

/* Give back the memory. */
LOYI_SHARED void loyi_cusp_cells_release(loyi_cusp_cells *cells);

/* Check the columns, and fit the straight line.
 * Errors, in this order: LOY_ERR_SINGULAR normal, splitting (a column that is constant or a combination of those before
 * it; `index` says which); LOY_ERR_INFEASIBLE y (nothing is left of its variance). */
LOYI_SHARED loy_status loyi_cusp_line_fit(const loyi_cusp_cells *cells, loyi_cusp_line *line, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cusp_cells-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CUSP_CELLS_H */
