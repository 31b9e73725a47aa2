/* response_family.i: shims of the curves beside L = f(C, S), of their fit, and of the comparison. */

/* A curve of a family is its number and the column of its parameters, as many as family_params says. A fit fills one column
 * of FAMILY_FIT_RECORD numbers: the parameters, the scalars in the order of family_fit_pack, the standard errors, and the
 * covariance by rows. */
%{
#include "loyalty/response/compare.h"
#include "loyalty/response/family.h"
#include "loyalty/response/family_fit.h"

enum {
  FAMILY_FIT_SCALARS = LOY_FAMILY_PARAMS,
  FAMILY_FIT_ERRORS = FAMILY_FIT_SCALARS + 27,
  FAMILY_FIT_COVARIANCE = FAMILY_FIT_ERRORS + LOY_FAMILY_PARAMS,
  FAMILY_FIT_RECORD = FAMILY_FIT_COVARIANCE + LOY_FAMILY_PARAMS * LOY_FAMILY_PARAMS,
  COMPARE_LINE = 8
};

static bool family_make(int family, loy_in param, loy_family_curve *curve, loy_error *e) {
  const size_t params = loy_family_params(family);
  loy_family_init(curve, family);
  if (params == 0) return loy_refuse(e, LOY_ERR_ARGUMENT, "family", "must be the number of a family");
  if (!loy_has_length(e, "param", param.n, params)) return false;
  for (size_t p = 0; p < params; p++) curve->param[p] = param.p[p];
  return true;
}

static void family_fit_pack(const loy_family_fit_result *fit, double *record) {
  const double scalars[27] = {
      fit->log_likelihood, fit->deviance, fit->pearson, fit->squares, fit->dispersion, fit->aic, fit->bic, fit->df,
      (double)fit->rows, (double)fit->skipped, (double)fit->cells, (double)fit->clusters, fit->trials, fit->loyal,
      (double)fit->free_params, (double)fit->fixed, (double)fit->at_bound, (double)fit->covariance_kind,
      (double)fit->converged, (double)fit->separated, (double)fit->weak, fit->condition, fit->last_step,
      fit->largest_score, (double)fit->iterations, (double)fit->evaluations, (double)fit->profiled};
  memset(record, 0, FAMILY_FIT_RECORD * sizeof *record);
  memcpy(record, fit->curve.param, fit->params * sizeof *record);
  memcpy(record + FAMILY_FIT_SCALARS, scalars, sizeof scalars);
  memcpy(record + FAMILY_FIT_ERRORS, fit->std_error, fit->params * sizeof *record);
  memcpy(record + FAMILY_FIT_COVARIANCE, fit->covariance, fit->params * fit->params * sizeof *record);
}
%}

LOY_BULK(family_values)
LOY_BULK(family_fit)
LOY_BULK(compare_deviance_curve)
LOY_BULK(compare_deviance_family)
LOY_BULK(compare_folds)
LOY_BULK(compare_curves)
%inline %{
/* "power" ...; "unknown" beyond the last. */
static loy_rtext family_name(int family) {
  loy_rtext r = {0};
  r.v = loy_family_name(family);
  return r;
}

static loy_ri family_params(int family) {
  loy_ri r = {0};
  r.v = (int64_t)loy_family_params(family);
  return r;
}

static loy_rtext family_param_name(int family, int param) {
  loy_rtext r = {0};
  r.v = loy_family_param_name(family, param);
  return r;
}

/* The default parameters. */
static loy_r0 family_defaults(int family, loy_out param) {
  loy_r0 r = {0};
  loy_family_curve curve;
  loy_family_init(&curve, family);
  if (loy_has_length(&r.e, "param", param.n, loy_family_params(family)))
    memcpy(param.p, curve.param, param.n * sizeof *param.p);
  return r;
}

static loy_r1 family_value(int family, loy_in param, double s, double c) {
  loy_r1 r = {0};
  loy_family_curve curve;
  if (!family_make(family, param, &curve, &r.e)) return r;
  if (loy_family_check(&curve, s, c, &r.e) == LOY_OK) r.v[0] = loy_family_loyalty(&curve, s, c);
  return r;
}

static loy_rbatch family_values(int family, loy_in param, loy_in s, loy_in c, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  loy_family_curve curve;
  if (family_make(family, param, &curve, &e) && loy_same_length(&e, "c", c.n, s.n) && loy_same_length(&e, "out", out.n, s.n))
    loy_family_loyalty_batch(&curve, s.p, c.p, s.n, out.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The length of a record. */
static loy_ri family_fit_record(void) {
  loy_ri r = {0};
  r.v = FAMILY_FIT_RECORD;
  return r;
}

/* Fit; `fixed` has bit p set for parameter p. Fills `record`. */
static loy_s0 family_fit(int family, loy_in s, loy_in c, loy_in_opt trials, loy_in loyal, loy_in_opt weight,
                         loy_in_i64_opt cluster, loy_in start, bool start_given, int fixed, int covariance,
                         int most_iterations, loy_out record) {
  loy_s0 r = {0};
  loy_curve_data data;
  loy_family_fit_options options;
  loy_family_fit_result fit;
  const loy_in_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  loy_family_fit_options_init(&options, family);
  if (!loy_has_length(&r.e, "record", record.n, FAMILY_FIT_RECORD) ||
      !curve_fit_rows(s, c, none, 0, trials, loyal, weight, cluster, column, &data, &r.e) ||
      !family_make(family, start, &options.start, &r.e))
    return r;
  options.start_given = start_given;
  options.fixed = (unsigned)fixed;
  options.covariance = covariance;
  options.most_iterations = most_iterations;
  if (!loy_status_is_error(loy_family_fit(&data, &options, &fit, &r.e))) family_fit_pack(&fit, record.p);
  return r;
}

/* ---- comparison ---- */

/* The deviance of rows under a curve; constraints are len(b) columns one after the other. */
static loy_r1 compare_deviance_curve(double alpha, double beta, double gamma, double a, double delta, loy_in b, loy_in s,
                                     loy_in c, loy_in_opt constraint, loy_in_opt trials, loy_in loyal, loy_in_opt weight) {
  loy_r1 r = {0};
  loy_curve curve;
  loy_curve_data data;
  const loy_in_i64_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  if (curve_make(alpha, beta, gamma, a, delta, b, &curve, &r.e) &&
      curve_fit_rows(s, c, constraint, b.n, trials, loyal, weight, none, column, &data, &r.e))
    loy_compare_deviance(&curve, NULL, &data, &r.v[0], &r.e);
  return r;
}

static loy_r1 compare_deviance_family(int family, loy_in param, loy_in s, loy_in c, loy_in_opt trials, loy_in loyal,
                                      loy_in_opt weight) {
  loy_r1 r = {0};
  loy_family_curve curve;
  loy_curve_data data;
  const loy_in_opt without = {NULL, 0};
  const loy_in_i64_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  if (family_make(family, param, &curve, &r.e) &&
      curve_fit_rows(s, c, without, 0, trials, loyal, weight, none, column, &data, &r.e))
    loy_compare_deviance(NULL, &curve, &data, &r.v[0], &r.e);
  return r;
}

/* Fills `fold` with 0 to folds - 1. */
static loy_r0 compare_folds(size_t folds, uint64_t seed, loy_in_i64_opt cluster, loy_out_i64 fold) {
  loy_r0 r = {0};
  if (cluster.p && !loy_same_length(&r.e, "cluster", cluster.n, fold.n)) return r;
  loy_compare_folds(fold.n, folds, seed, cluster.p, fold.p, &r.e);
  return r;
}

/* How many lines. Each fills 8 numbers of `line`: model (-1 for L = f(C, S)), free parameters, log-likelihood, AIC, BIC,
 * deviance, held-out deviance, status. The first arguments as in curve_fit. */
static loy_ri compare_curves(loy_in s, loy_in c, loy_in_opt constraint, size_t constraints, loy_in_opt trials, loy_in loyal,
                             loy_in_opt weight, loy_in_i64_opt fold, loy_in start, int fixed, double ridge, int families,
                             bool plain, loy_out line) {
  loy_ri r = {0};
  loy_curve_data data;
  loy_curve_fit_options ours;
  loy_compare_options options;
  loy_comparison found[LOY_COMPARE_MODELS];
  size_t count = 0;
  const loy_in_i64_opt none = {NULL, 0};
  const double *column[LOY_CURVE_CONSTRAINTS];
  if (!loy_has_length(&r.e, "line", line.n, LOY_COMPARE_MODELS * COMPARE_LINE) ||
      !curve_fit_rows(s, c, constraint, constraints, trials, loyal, weight, none, column, &data, &r.e) ||
      (fold.p && !loy_same_length(&r.e, "fold", fold.n, s.n)))
    return r;
  loy_curve_fit_options_init(&ours);
  if (!curve_start(start, constraints, &ours.start, &r.e)) return r;
  ours.fixed = (unsigned)fixed;
  ours.ridge = ridge;
  loy_compare_options_init(&options);
  options.curve = &ours;
  options.families = (unsigned)families;
  options.plain = plain;
  options.fold = fold.p;
  if (loy_compare_curves(&data, &options, found, &count, &r.e) != LOY_OK) return r;
  for (size_t i = 0; i < count; i++) {
    double *at = line.p + i * COMPARE_LINE;
    at[0] = (double)found[i].model;
    at[1] = (double)found[i].free_params;
    at[2] = found[i].log_likelihood;
    at[3] = found[i].aic;
    at[4] = found[i].bic;
    at[5] = found[i].deviance;
    at[6] = found[i].held_out;
    at[7] = (double)found[i].status;
  }
  r.v = (int64_t)count;
  return r;
}
%}
