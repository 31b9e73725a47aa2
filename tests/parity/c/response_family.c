/* response_family.c: the families' and the comparison's side of the parity cases. */
#include <string.h>

#include "curve.h"
#include "parity.h"

static loy_family_curve family_of(parity_case *c) {
  loy_family_curve curve;
  size_t n;
  const double *param;
  loy_family_init(&curve, (int)parity_int(c));
  param = parity_column(c, &n);
  for (size_t p = 0; p < n && p < LOY_FAMILY_PARAMS; p++) curve.param[p] = param[p];
  return curve;
}

static void family_params(parity_case *c) { parity_give_int(c, (int64_t)loy_family_params((int)parity_int(c))); }

static void family_defaults(parity_case *c) {
  loy_family_curve curve;
  size_t n;
  double *param;
  const int family = (int)parity_int(c);
  loy_family_init(&curve, family);
  param = parity_out(c, &n);
  if (parity_lengths(c, "param", n, loy_family_params(family))) return;
  memcpy(param, curve.param, n * sizeof *param);
}

/* The length of a record: parameters, scalars, standard errors, covariances. */
static void family_fit_record(parity_case *c) {
  parity_give_int(c, 2 * LOY_FAMILY_PARAMS + 27 + LOY_FAMILY_PARAMS * LOY_FAMILY_PARAMS);
}

static void family_value(parity_case *c) {
  const loy_family_curve curve = family_of(c);
  const double s = parity_double(c), competition = parity_double(c);
  loy_error e;
  loy_family_check(&curve, s, competition, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, loy_family_loyalty(&curve, s, competition));
}

static void family_values(parity_case *c) {
  const loy_family_curve curve = family_of(c);
  size_t n, other;
  const double *s = parity_column(c, &n), *competition = parity_column(c, &other);
  double *out = parity_out(c, &other);
  const bool coerce = parity_bool(c);
  loy_batch_report report = {0};
  loy_error e;
  loy_family_loyalty_batch(&curve, s, competition, n, out, &report, &e);
  if (parity_failed(c, &e) || (report.bad > 0 && !coerce && parity_failed(c, &report.first))) return;
  parity_give_int(c, (int64_t)report.bad);
}

/* s, c, trials, loyal, weight; constraints and clusters are left to the caller. */
static loy_curve_data rows_of(parity_case *c) {
  loy_curve_data data;
  size_t n;
  loy_curve_data_init(&data);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  return data;
}

static void family_fit(parity_case *c) {
  const int family = (int)parity_int(c);
  loy_curve_data data = rows_of(c);
  loy_family_fit_options options;
  loy_family_fit_result fit;
  size_t n;
  const double *start;
  double *record;
  loy_error e;
  data.cluster = parity_column_i64(c, &n);
  loy_family_fit_options_init(&options, family);
  start = parity_column(c, &n);
  for (size_t p = 0; p < n && p < LOY_FAMILY_PARAMS; p++) options.start.param[p] = start[p];
  options.start_given = parity_bool(c);
  options.fixed = (unsigned)parity_int(c);
  options.covariance = (int)parity_int(c);
  options.most_iterations = (int)parity_int(c);
  record = parity_out(c, &n);
  (void)loy_family_fit(&data, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  {
    const double scalars[27] = {fit.log_likelihood,
                                fit.deviance,
                                fit.pearson,
                                fit.squares,
                                fit.dispersion,
                                fit.aic,
                                fit.bic,
                                fit.df,
                                (double)fit.rows,
                                (double)fit.skipped,
                                (double)fit.cells,
                                (double)fit.clusters,
                                fit.trials,
                                fit.loyal,
                                (double)fit.free_params,
                                (double)fit.fixed,
                                (double)fit.at_bound,
                                (double)fit.covariance_kind,
                                (double)fit.converged,
                                (double)fit.separated,
                                (double)fit.weak,
                                fit.condition,
                                fit.last_step,
                                fit.largest_score,
                                (double)fit.iterations,
                                (double)fit.evaluations,
                                (double)fit.profiled};
    memcpy(record, fit.curve.param, fit.params * sizeof *record);
    memcpy(record + 7, scalars, sizeof scalars);
    memcpy(record + 34, fit.std_error, fit.params * sizeof *record);
    memcpy(record + 41, fit.covariance, fit.params * fit.params * sizeof *record);
  }
  parity_give_text(c, loy_status_name(e.status));
}

static void compare_deviance_family(parity_case *c) {
  const loy_family_curve curve = family_of(c);
  const loy_curve_data data = rows_of(c);
  double deviance = 0.0;
  loy_error e;
  loy_compare_deviance(NULL, &curve, &data, &deviance, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, deviance);
}

static void compare_deviance_curve(parity_case *c) {
  const loy_curve curve = parity_curve(c);
  loy_curve_data data;
  size_t n;
  const double *column[LOY_CURVE_CONSTRAINTS];
  double deviance = 0.0;
  loy_error e;
  loy_curve_data_init(&data);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  data.constraints = curve.constraints;
  data.constraint = parity_constraints(c, &curve, data.n, column);
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  loy_compare_deviance(&curve, NULL, &data, &deviance, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, deviance);
}

static void compare_folds(parity_case *c) {
  const size_t folds = (size_t)parity_int(c);
  const uint64_t seed = (uint64_t)parity_int(c);
  size_t n;
  const int64_t *cluster = parity_column_i64(c, &n);
  int64_t *fold = parity_out_i64(c, &n);
  loy_error e;
  loy_compare_folds(n, folds, seed, cluster, fold, &e);
  (void)parity_failed(c, &e);
}

static void compare_curves(parity_case *c) {
  loy_curve_data data;
  loy_curve_fit_options ours;
  loy_compare_options options;
  loy_comparison found[LOY_COMPARE_MODELS];
  const double *column[LOY_CURVE_CONSTRAINTS], *constraint, *start;
  size_t n, count = 0;
  double *line;
  loy_error e;
  loy_curve_data_init(&data);
  loy_curve_fit_options_init(&ours);
  loy_compare_options_init(&options);
  data.s = parity_column(c, &data.n);
  data.c = parity_column(c, &n);
  constraint = parity_column(c, &n);
  data.constraints = (size_t)parity_int(c);
  for (size_t j = 0; j < data.constraints; j++) column[j] = constraint + j * data.n;
  data.constraint = column;
  data.trials = parity_column(c, &n);
  data.loyal = parity_column(c, &n);
  data.weight = parity_column(c, &n);
  options.fold = parity_column_i64(c, &n);
  start = parity_column(c, &n);
  ours.start.alpha = start[0];
  ours.start.beta = start[1];
  ours.start.gamma = start[2];
  ours.start.a = start[3];
  ours.start.delta = start[4];
  for (size_t j = 5; j < n; j++) ours.start.b[j - 5] = start[j];
  ours.fixed = (unsigned)parity_int(c);
  ours.ridge = parity_double(c);
  options.curve = &ours;
  options.families = (unsigned)parity_int(c);
  options.plain = parity_bool(c);
  line = parity_out(c, &n);
  loy_compare_curves(&data, &options, found, &count, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < count; i++) {
    const double numbers[8] = {(double)found[i].model,
                               (double)found[i].free_params,
                               found[i].log_likelihood,
                               found[i].aic,
                               found[i].bic,
                               found[i].deviance,
                               found[i].held_out,
                               (double)found[i].status};
    memcpy(line + 8 * i, numbers, sizeof numbers);
  }
  parity_give_int(c, (int64_t)count);
}

PARITY(response_family) {
  CASE(family_params);
  CASE(family_defaults);
  CASE(family_fit_record);
  CASE(family_value);
  CASE(family_values);
  CASE(family_fit);
  CASE(compare_deviance_family);
  CASE(compare_deviance_curve);
  CASE(compare_folds);
  CASE(compare_curves);
}
