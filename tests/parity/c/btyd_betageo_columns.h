/* btyd_betageo_columns.h: functions of these models over columns of their arguments, one at a time. The including file
 * defines MODEL as for btyd_betageo.h, and calls register_model(). */
#include "parity.h"

#define PASTE_TOKENS(prefix, model, name) prefix##model##_##name
#define PASTE(prefix, model, name)        PASTE_TOKENS(prefix, model, name)
#define TEXT_OF(name)                     #name
#define TEXT(name)                        TEXT_OF(name)
#define LOY(name)                         PASTE(loy_, MODEL, name)
#define RUN(name)                         PASTE(, MODEL, name)
#define CASE_OF(name)                     parity_register(TEXT(RUN(name)), RUN(name))

#include <math.h>

enum { MOST_COLUMNS = 5 };

/* A row's number, or NaN with the reason in *e. */
typedef double (*row_function)(const loy_bgnbd_params *params, const double *row, loy_error *e);

/* The parameters, as many columns as there are names, the results and whether to coerce. Columns must be as long as the
 * first, the results when `results_at` columns have been compared. */
static void over_columns(parity_case *c, row_function f, const char *const *name, int columns, int results_at) {
  loy_bgnbd_params params;
  const double *column[MOST_COLUMNS];
  double *out;
  size_t length[MOST_COLUMNS], n;
  loy_batch_report report = {0};
  loy_error e;
  params.r = parity_double(c);
  params.alpha = parity_double(c);
  params.a = parity_double(c);
  params.b = parity_double(c);
  for (int k = 0; k < columns; k++) column[k] = parity_column(c, &length[k]);
  out = parity_out(c, &n);
  LOY(check)(&params, &e);
  if (parity_failed(c, &e)) return;
  for (int k = 1; k <= columns; k++) {
    if (k == results_at && parity_lengths(c, "out", n, length[0])) return;
    if (k < columns && parity_lengths(c, name[k], length[k], length[0])) return;
  }
  for (size_t i = 0; i < n; i++) {
    double row[MOST_COLUMNS];
    loy_error why;
    for (int k = 0; k < columns; k++) row[k] = column[k][i];
    out[i] = f(&params, row, &why);
    if (out[i] != out[i]) parity_bad_row(&report, i, why.status, why.argument);
  }
  parity_batch(c, &e, &report, parity_bool(c));
}

static double expected_of(const loy_bgnbd_params *params, const double *row, loy_error *e) {
  if (LOY(check_customer)(params, 0.0, 0.0, 0.0, row[0], e) != LOY_OK) return NAN;
  return LOY(expected_purchases_new)(params, row[0]);
}
static double pmf_of(const loy_bgnbd_params *params, const double *row, loy_error *e) {
  if (LOY(pmf_check)(params, 0.0, 0.0, 0.0, row[0], 0.0, row[1], e) != LOY_OK) return NAN;
  return LOY(pmf)(params, row[0], row[1]);
}
static double future_of(const loy_bgnbd_params *params, const double *row, loy_error *e) {
  if (LOY(pmf_check)(params, row[0], row[1], row[2], row[3], 0.0, row[4], e) != LOY_OK) return NAN;
  return LOY(pmf_future)(params, row[0], row[1], row[2], row[3], row[4]);
}
static double interval_of(const loy_bgnbd_params *params, const double *row, loy_error *e) {
  if (LOY(pmf_check)(params, 0.0, 0.0, 0.0, row[0], row[1], row[2], e) != LOY_OK) return NAN;
  return LOY(pmf_interval)(params, row[0], row[1], row[2]);
}

static void RUN(expected_purchases_new_batch)(parity_case *c) {
  static const char *const name[] = {"t"};
  over_columns(c, expected_of, name, 1, 1);
}
static void RUN(pmf_batch)(parity_case *c) {
  static const char *const name[] = {"n", "t"};
  over_columns(c, pmf_of, name, 2, 2);
}
static void RUN(pmf_future_batch)(parity_case *c) {
  static const char *const name[] = {"x", "t_x", "T", "n", "t"};
  over_columns(c, future_of, name, 5, 3);
}
static void RUN(pmf_interval_batch)(parity_case *c) {
  static const char *const name[] = {"n", "t0", "t1"};
  over_columns(c, interval_of, name, 3, 3);
}

static void register_model(void) {
  CASE_OF(expected_purchases_new_batch);
  CASE_OF(pmf_batch);
  CASE_OF(pmf_future_batch);
  CASE_OF(pmf_interval_batch);
}
