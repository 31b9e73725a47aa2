/* cusp_model.h: the cusp with answers on a scale of their own and controls that are linear in columns.
 *
 * A row has the state y_i (loyalty, on any scale), columns x_ij that move it (the normal factor: satisfaction), columns
 * v_ij that split it (the splitting factor: switching cost) and a weight. With
 *   A_i = a_0 + sum a_j x_ij,   B_i = b_0 + sum b_j v_ij,   z_i = w_0 + w_1 y_i,   w_1 > 0,
 * z_i has the density of cusp_density.h at A_i, B_i; that of y_i is w_1 times it. (Turning the signs of z and A changes
 * nothing; w_1 > 0 settles that.) A column may be both normal and splitting. The parameters come from cusp_fit.h.
 * Source: Cobb 1981, Behavioral Science 26, 75-78; Oliva, Oliver and MacMillan 1992, Journal of Marketing 56(3),
 * 83-109; Grasman, van der Maas and Wagenmakers 2009, Journal of Statistical Software 32(8). */
#ifndef LOYALTY_RESPONSE_CUSP_MODEL_H
#define LOYALTY_RESPONSE_CUSP_MODEL_H

#include "../base/columns.h"
#include "../base/config.h"
#include "../base/status.h"

LOY_BEGIN_DECLS

/* Most columns of each factor. */
#define LOY_CUSP_COLUMNS 6
/* Most parameters: w_0, w_1, then a_0 and the a_j, then b_0 and the b_j. */
#define LOY_CUSP_PARAMS (4 + 2 * LOY_CUSP_COLUMNS)

/* The parameters. Numbers beyond `normal` and `splitting` are not read. */
typedef struct loy_cusp_model {
  size_t normal, splitting;       /* columns, 0 to LOY_CUSP_COLUMNS each */
  double w0, w1;                  /* w1 above 0 */
  double a[1 + LOY_CUSP_COLUMNS]; /* a_0, then one for each normal column */
  double b[1 + LOY_CUSP_COLUMNS];
} loy_cusp_model;

/* The rows. Columns of n finite numbers of size at most 1e100 each, borrowed. Fill it with loy_cusp_data_init, then set
 * what there is. */
typedef struct loy_cusp_data {
  size_t n;
  const double *y;                       /* the state */
  size_t normal, splitting;              /* how many columns, 0 to LOY_CUSP_COLUMNS each */
  const double *const *normal_column;    /* may be NULL when there are none */
  const double *const *splitting_column; /* may be NULL when there are none */
  const double *weight;                  /* how often the row counts, 0 to 1e15; NULL means 1 each; 0 skips the row */
} loy_cusp_data;

/* No rows, no columns. NULL is allowed and ignored. */
LOYALTY_API void loy_cusp_data_init(loy_cusp_data *data);

/* The log-likelihood of each of n rows: ln w_1 + ln f(z_i). `data`'s weight is not read.
 *
 * value    receives n numbers; -infinity where the density is 0. NaN where y or a column is not a number of size at
 * most 1e100, or a control leaves LOY_CUSP_CONTROL_MOST report   counts such rows. May be NULL Errors, in this order:
 * LOY_ERR_ARGUMENT model (NULL); normal, splitting (more than LOY_CUSP_COLUMNS columns); LOY_ERR_DOMAIN w0, w1 (not
 * above 0), a, b (not finite, `index` says which); LOY_ERR_ARGUMENT data (NULL); normal, splitting (a NULL column,
 * `index` says which; then not as many as the model has); y, value (NULL with n > 0). */
LOYALTY_API loy_status loy_cusp_log_likelihood(const loy_cusp_model *model, const loy_cusp_data *data, double *value,
                                               loy_batch_report *report, loy_error *error);

/* The controls A_i and B_i of n rows. `data`'s y and weight are not read.
 *
 * a, b     receive n numbers each; either may be NULL. NaN in rows without them, as above
 * report   counts such rows. May be NULL
 * Errors, in this order: those of the model and the columns as in loy_cusp_log_likelihood. */
LOYALTY_API loy_status loy_cusp_controls(const loy_cusp_model *model, const loy_cusp_data *data, double *a, double *b,
                                         loy_batch_report *report, loy_error *error);

/* Which state is predicted where there are two. */
typedef enum loy_cusp_prediction {
  LOY_CUSP_PREDICT_DELAY = 0,   /* the mode on the side of the antimode where the observed y is: needs y */
  LOY_CUSP_PREDICT_MAXWELL = 1, /* the higher mode, for A = 0 the upper one */
  LOY_CUSP_PREDICT_MEAN = 2     /* the mean of the density, between the modes */
} loy_cusp_prediction;

/* Predicted states of n rows, on the scale of y. The delay convention uses y itself: its fit flatters (Grasman et al.
 * 2009), and it forecasts only from an earlier y.
 *
 * kind        a loy_cusp_prediction
 * predicted   receives n numbers
 * report      counts rows as in loy_cusp_controls, and with LOY_CUSP_PREDICT_DELAY those whose y is not finite. May be
 *             NULL
 * Errors, in this order: those of the model and the columns as in loy_cusp_log_likelihood; LOY_ERR_ARGUMENT kind; y
 * (NULL with n > 0, for LOY_CUSP_PREDICT_DELAY); predicted (NULL with n > 0). */
LOYALTY_API loy_status loy_cusp_predict(const loy_cusp_model *model, const loy_cusp_data *data, int kind,
                                        double *predicted, loy_batch_report *report, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "cusp_model-inl.h"
#endif

#endif /* LOYALTY_RESPONSE_CUSP_MODEL_H */
