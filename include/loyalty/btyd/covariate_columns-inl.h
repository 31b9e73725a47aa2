/* covariate_columns-inl.h: private. The covariates of a fit, made comparable: each column of the ordered rows becomes
 * (z - center) / scale with its weighted mean and a power of 2 near its standard deviation, so that what it is divided
 * by costs no digit, and coefficients are transformed back exactly. Constant columns, and those that others determine,
 * are found on the way. */
#ifndef LOYALTY_BTYD_COVARIATE_COLUMNS_INL_H
#define LOYALTY_BTYD_COVARIATE_COLUMNS_INL_H

#include <math.h>
#include <string.h>

#include "../math/sum.h"
#include "covariate_total.h"

LOY_BEGIN_DECLS

/* A column whose variance is left to this part by the columns before it depends on them. */
#define LOYI_COVARIATE_DEPENDS 0x1p-40

typedef struct loyi_covariate_columns {
  double center[LOY_COVARIATES_MOST], scale[LOY_COVARIATES_MOST];
  double variance[LOY_COVARIATES_MOST]; /* of the standardised column */
  double widest[LOY_COVARIATES_MOST];   /* its largest size, of rows that tell */
} loyi_covariate_columns;

/* The first row that tells about column j: by BG/NBD only those who came back can have stopped. */
LOYI_LOCAL size_t loyi_covariate_first(const loyi_covariate_design *design, const loyi_rows *rows, size_t j) {
  int buyers = design->kind == LOY_MODEL_BGNBD && j >= design->transactions;
  return buyers && rows->groups > 0 && rows->group[0].x == 0.0 ? rows->group[0].end : 0;
}

/* The weighted sum of products of two columns from a row on. */
LOYI_LOCAL double loyi_covariate_product(const loyi_rows *rows, const double *one, const double *two, size_t from) {
  loyi_total sum = {0.0, 0.0};
  if (!rows->weight) return loyi_sum_product(one + from, two + from, rows->n - from);
  for (size_t i = from; i < rows->n; i++) loyi_total_add(&sum, rows->weight[i] * one[i] * two[i]);
  return loyi_total_value(&sum);
}

/* Standardise column j. 0 when it does not vary, or by less than a double can tell from its size. */
LOYI_LOCAL int loyi_covariate_standardise(const loyi_covariate_design *design, loyi_rows *rows, size_t j,
                                          loyi_covariate_columns *columns) {
  double *z = rows->extra + j * rows->room, low, high, size, weight, center, unit;
  size_t from = loyi_covariate_first(design, rows, j), n = rows->n - from;
  int exponent;
  if (n == 0) return 0;
  low = high = z[from];
  for (size_t i = from; i < rows->n; i++) {
    low = z[i] < low ? z[i] : low;
    high = z[i] > high ? z[i] : high;
  }
  size = fabs(low) > fabs(high) ? fabs(low) : fabs(high);
  if (!(high - low > 0x1p-40 * size && high - low >= LOY_RANGE_LEAST)) return 0;
  weight = rows->weight ? loyi_sum(rows->weight + from, n) : (double)n;
  center = (rows->weight ? loyi_sum_product(rows->weight + from, z + from, n) : loyi_sum(z + from, n)) / weight;
  /* First in units of the range, so that no square overflows. */
  (void)frexp(high - low, &exponent);
  unit = ldexp(1.0, -exponent);
  for (size_t i = 0; i < rows->n; i++) z[i] = (z[i] - center) * unit;
  columns->scale[j] = ldexp(1.0, exponent);
  (void)frexp(sqrt(loyi_covariate_product(rows, z, z, from) / weight), &exponent);
  columns->scale[j] = ldexp(columns->scale[j], exponent);
  unit = ldexp(1.0, -exponent);
  for (size_t i = 0; i < rows->n; i++) z[i] *= unit;
  columns->center[j] = center;
  columns->variance[j] = loyi_covariate_product(rows, z, z, from) / weight;
  columns->widest[j] = (high - center > center - low ? high - center : center - low) / columns->scale[j];
  return 1;
}

/* The first column of a list that the ones before it determine, by the Cholesky factor of their correlations; or `end`.
 */
LOYI_LOCAL size_t loyi_covariate_dependent(const loyi_covariate_design *design, const loyi_rows *rows, size_t begin,
                                           size_t end) {
  double factor[LOY_COVARIATES_MOST * LOY_COVARIATES_MOST];
  size_t n = end - begin, from = begin < end ? loyi_covariate_first(design, rows, begin) : 0;
  for (size_t j = 0; j < n; j++) {
    const double *z = rows->extra + (begin + j) * rows->room;
    double whole = loyi_covariate_product(rows, z, z, from), rest = whole;
    for (size_t k = 0; k < j; k++) {
      double sum = loyi_covariate_product(rows, z, rows->extra + (begin + k) * rows->room, from);
      for (size_t i = 0; i < k; i++) sum -= factor[j * n + i] * factor[k * n + i];
      factor[j * n + k] = sum / factor[k * n + k];
      rest -= factor[j * n + k] * factor[j * n + k];
    }
    if (!(rest > LOYI_COVARIATE_DEPENDS * whole)) return begin + j;
    factor[j * n + j] = sqrt(rest);
  }
  return end;
}

/* A coefficient in both processes needs one unit: that of transactions. */
LOYI_LOCAL void loyi_covariate_share_unit(const loyi_covariate_design *design, loyi_rows *rows, size_t j,
                                          loyi_covariate_columns *columns) {
  double ratio = columns->scale[j] / columns->scale[design->where[j]], *z = rows->extra + j * rows->room;
  if (ratio == 1.0) return;
  for (size_t i = 0; i < rows->n; i++) z[i] *= ratio;
  columns->scale[j] = columns->scale[design->where[j]];
  columns->widest[j] *= ratio;
  columns->variance[j] *= ratio * ratio;
}

/* All columns. LOY_OK, or LOY_ERR_SINGULAR with the first column that is constant, or that others determine. */
LOYI_LOCAL loy_status loyi_covariate_columns_make(const loyi_covariate_design *design, loyi_rows *rows,
                                                  const loy_covariates *covariates, loyi_covariate_columns *columns,
                                                  loy_error *error) {
  size_t count = design->transactions + design->dropouts, bad;
  for (size_t j = 0; j < count; j++)
    if (!loyi_covariate_standardise(design, rows, j, columns))
      return loyi_report(error, LOY_ERR_SINGULAR, loyi_covariate_name(covariates, j),
                         j < design->transactions ? j : j - design->transactions,
                         design->kind == LOY_MODEL_BGNBD && j >= design->transactions
                             ? "must vary among customers with a repeat purchase: only they can have stopped"
                             : "must vary among customers");
  bad = loyi_covariate_dependent(design, rows, 0, design->transactions);
  if (bad == design->transactions) bad = loyi_covariate_dependent(design, rows, design->transactions, count);
  for (size_t j = design->transactions; bad == count && j < count; j++)
    if (design->where[j] < design->transactions) loyi_covariate_share_unit(design, rows, j, columns);
  if (bad == count) return LOY_OK;
  return loyi_report(error, LOY_ERR_SINGULAR, loyi_covariate_name(covariates, bad),
                     bad < design->transactions ? bad : bad - design->transactions,
                     "must not be a linear combination of the covariates before it and a constant");
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_COLUMNS_INL_H */
