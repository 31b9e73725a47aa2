/* mean_data.h: private. The answers behind a fit of a mean: rows of trials and loyal answers, checked, with equal rows
 * merged into cells.
 *
 * A row i has y_i loyal answers out of n_i trials (n_i = 1 when there is no such column; then y_i may be a fraction)
 * and a weight w_i. Its mean depends on `keys` columns of the caller. Rows that agree in all of them make one cell,
 * whose sums are all that a likelihood, or a sum of squares, needs of them:
 *   yes = sum w y    no = sum w (n - y)    within = sum w n (y/n - mean of the cell)^2
 * so that a million single answers on a five-point scale cost as much as their table of counts. Sums within a cell
 * carry their rounding error along. */
#ifndef LOYALTY_RESPONSE_MEAN_DATA_H
#define LOYALTY_RESPONSE_MEAN_DATA_H

#include "../base/alloc.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* A row that carries no information: no trials, or weight 0, or a product of them below the normal doubles, whose parts
 * would vanish. */
#define LOYI_MEAN_SKIPPED SIZE_MAX

/* What the caller gave. The columns are borrowed. */
typedef struct loyi_mean_source {
  size_t n;                 /* rows */
  size_t keys;              /* columns that the mean depends on, checked by the caller */
  const double *const *key; /* each of n numbers, no NaN */
  const double *trials;     /* n_i, or NULL for 1 each */
  const double *loyal;      /* y_i */
  const double *weight;     /* w_i, or NULL for 1 each */
  const int64_t *cluster;   /* any codes, or NULL */
} loyi_mean_source;

/* Whether a row carries information. */
static inline int loyi_mean_row_counts(const loyi_mean_source *source, size_t row) {
  return (source->trials ? source->trials[row] : 1.0) * (source->weight ? source->weight[row] : 1.0) >= 0x1p-1022;
}

/* When equal rows are merged. */
typedef enum loyi_mean_merge {
  LOYI_MEAN_MERGE_IF_WORTH = 0, /* not when the first few thousand rows are mostly distinct */
  LOYI_MEAN_MERGE_ALWAYS = 1
} loyi_mean_merge;

/* The rows of a fit. Filled by loyi_mean_data_load, given back by loyi_mean_data_release. */
typedef struct loyi_mean_data {
  const loy_allocator *allocator;
  loyi_mean_source source;
  int fractions;        /* each row is one fraction y/n, whatever its trials: for least squares */
  size_t cells;         /* distinct rows, or rows used when they were not merged */
  size_t *cell_of;      /* source.n: the cell of a row, or LOYI_MEAN_SKIPPED */
  size_t *row_of;       /* cells: the first row of a cell, from which its keys are read */
  size_t room;          /* of row_of */
  double *yes, *no;     /* cells */
  double *within;       /* cells */
  size_t rows, skipped; /* source.n = rows + skipped */
  double trials, loyal; /* sums of w n and w y */
  double saturated;     /* sum over rows of w [y ln(y/n) + (n - y) ln(1 - y/n)], the largest log-likelihood there is */
} loyi_mean_data;

/* Check the answers of `source`, row by row.
 * Errors, in this order: LOY_ERR_ARGUMENT "loyal" NULL while n > 0; for the first bad row, column by column,
 * LOY_ERR_DOMAIN "trials" (not from 0 to 1e15), "loyal" (not from 0 to the trials), "weight" (not from 0 to 1e15). */
LOYI_SHARED loy_status loyi_mean_check_columns(const loyi_mean_source *source, loy_error *error);

/* Check that there is something to measure.
 * Errors, in this order: those of loyi_mean_check_columns; LOY_ERR_TOO_FEW "loyal" when no row carries information. */
LOYI_SHARED loy_status loyi_mean_check_some(const loyi_mean_source *source, loy_error *error);

/* Check that the answers can be fitted.
 * Errors, in this order: those of loyi_mean_check_some; LOY_ERR_TOO_FEW "loyal" when nobody is loyal, or when everybody
 * is. */
LOYI_SHARED loy_status loyi_mean_check(const loyi_mean_source *source, loy_error *error);

/* How many rows carry information, of rows that loyi_mean_check accepted. */
LOYI_SHARED size_t loyi_mean_rows(const loyi_mean_source *source);

/* Load rows that loyi_mean_check accepted. With `fractions`, n_i becomes 1 and y_i the fraction y_i/n_i.
 * Errors: LOY_ERR_MEMORY, with nothing held. */
LOYI_SHARED loy_status loyi_mean_data_load(const loyi_mean_source *source, int fractions, loyi_mean_merge merge,
                                           const loy_allocator *allocator, loyi_mean_data *data, loy_error *error);

/* Give back the memory. */
LOYI_SHARED void loyi_mean_data_release(loyi_mean_data *data);

/* w y and w (n - y) of one row that carries information, as the cells count them. */
LOYI_SHARED void loyi_mean_answer(const loyi_mean_data *data, size_t row, double *yes, double *no);

/* part ln(part/(sum share)) - part + sum share, at least 0: `part` of `sum` trials gave an answer, of which the mean is
 * `share`. Both answers of a cell together are half its deviance, as what is taken away and added cancels there; so no
 * rounding of a large sum remains where the fit is good. Infinity where the mean excludes the answer. */
LOYI_SHARED double loyi_mean_distance(double part, double sum, double share);

/* yes ln(yes/(yes + no)) + no ln(no/(yes + no)): the largest log-likelihood that a cell can have. */
LOYI_SHARED double loyi_mean_saturated(double yes, double no);

/* Clusters of rows, for robust variances: the rows with information, ordered by cluster. Without a cluster column
 * every row is one of its own. */
typedef struct loyi_mean_clusters {
  const loy_allocator *allocator;
  size_t count;        /* clusters that have a row with information */
  size_t rows;         /* of `row` */
  size_t *row;         /* rows, cluster after cluster in the order of first appearance */
  size_t *end;         /* count: where in `row` a cluster ends */
  size_t room_of_ends; /* of `end` */
} loyi_mean_clusters;

/* Errors: LOY_ERR_MEMORY, with nothing held. */
LOYI_SHARED loy_status loyi_mean_clusters_make(const loyi_mean_data *data, loyi_mean_clusters *clusters,
                                               loy_error *error);

/* Give back the memory. */
LOYI_SHARED void loyi_mean_clusters_release(loyi_mean_clusters *clusters);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "mean_data-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_MEAN_DATA_H */
