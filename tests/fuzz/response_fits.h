/* response_fits.h: the part of fuzz_response.c that asks for the cusp and for the families of curves. Fits of few rows
 * and few steps, as what matters here is what they do with bad ones. */
#ifndef LOYALTY_TESTS_FUZZ_RESPONSE_FITS_H
#define LOYALTY_TESTS_FUZZ_RESPONSE_FITS_H

#include "../c/failing_allocator.h"
#include "fuzz_input.h"
#include "loyalty/response/compare.h"
#include "loyalty/response/cusp.h"
#include "loyalty/response/cusp_density.h"
#include "loyalty/response/cusp_fit.h"
#include "loyalty/response/cusp_model.h"
#include "loyalty/response/family_fit.h"
#include "response_curve.h"

enum { FIT_ROWS = 20 };

/* A control of the cusp: mostly within what data show, now and then far out. */
static double take_control(input *in) {
  if (take(in) % 4) return take_number(in, -6.0, 6.0);
  return in->hostile && take(in) % 2 ? take_raw(in) : ldexp(take_number(in, -2.0, 2.0), (int)(take(in) % 80) - 40);
}

static void fuzz_cusp_states(input *in) {
  double a[ROWS], b[ROWS], low[ROWS], middle[ROWS], high[ROWS];
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  for (size_t i = 0; i < n; i++) {
    a[i] = take_control(in);
    b[i] = take_control(in);
    if (take(in) % 4 == 0) a[i] = loy_cusp_fold(b[i]) * (1.0 + (double)(take(in) % 3) * 0x1p-50);
  }
  require(loy_cusp_solve_batch(a, b, n, low, middle, high, &report, NULL) == LOY_OK);
  for (size_t i = n; i-- > 0;) {
    loy_cusp_equilibria found;
    const double fold = loy_cusp_fold(b[i]);
    require(isnan(fold) == loy_status_is_error(loy_cusp_fold_check(b[i], NULL)) && (isnan(fold) || fold >= 0.0));
    fill(&found, sizeof found);
    if (!answered_in(loy_cusp_solve(a[i], b[i], &found, &error), &error, &found, sizeof found)) {
      bad++, first = i;
      require(isnan(low[i]) && isnan(middle[i]) && isnan(high[i]));
      continue;
    }
    require(inside(found.count, 1, 3) && same(low[i], found.z[0]) && same(high[i], found.z[found.count - 1]));
    require(isnan(middle[i]) == (found.count == 1));
    for (int t = 0; t < 3; t++) {
      const double z = found.z[t];
      if (t >= found.count) {
        require(isnan(z) && found.stability[t] == -1);
        continue;
      }
      require(isfinite(z) && (t == 0 || found.z[t - 1] < z));
      if (found.count != 2) require(found.stability[t] == (t == 1 ? LOY_CUSP_UNSTABLE : LOY_CUSP_STABLE));
      if (fabs(z) > 1e-90 && fabs(z) < 1e90) /* a zero of the cubic, to rounding of its terms */
        require(fabs(z * z * z - b[i] * z - a[i]) <= 2e-14 * (fabs(z * z * z) + fabs(b[i] * z) + fabs(a[i])));
    }
    if (found.count == 3) require(fabs(a[i]) <= fold * (1.0 + 1e-14) || isnan(fold));
    if (found.count == 1 && b[i] > 0.0) require(fabs(a[i]) >= fold * (1.0 - 1e-14) || isnan(fold));
  }
  require_report(&report, bad, first);
}

static void fuzz_cusp_path(input *in) {
  double a[ROWS], b[ROWS], z[ROWS];
  int32_t jump[ROWS];
  loy_error error;
  const size_t n = take(in) % (ROWS + 1);
  const int rule = take_choice(in, 2), sheet = take(in) % 2 ? 1 : -1;
  for (size_t i = 0; i < n; i++) a[i] = take_control(in), b[i] = take_control(in);
  fill(z, sizeof z);
  fill(jump, sizeof jump);
  if (!answered_in(loy_cusp_path(a, b, n, rule, sheet, z, jump, &error), &error, z, sizeof z)) {
    require(untouched(jump, sizeof jump));
    return;
  }
  for (size_t i = 0; i < n; i++) {
    loy_cusp_equilibria found;
    require(loy_cusp_solve(a[i], b[i], &found, NULL) == LOY_OK);
    require(z[i] == found.z[0] || z[i] == found.z[found.count - 1]);
    require(inside(jump[i], -1, 1) && (i > 0 || jump[i] == 0));
    if (jump[i] != 0) require((z[i] > z[i - 1]) == (jump[i] > 0));
    if (rule == LOY_CUSP_MAXWELL && a[i] != 0.0) require(a[i] > 0.0 ? z[i] >= 0.0 : z[i] <= 0.0);
  }
}

static void fuzz_cusp_law(input *in) {
  double a[ROWS], b[ROWS], z[ROWS], mean[ROWS], variance[ROWS];
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % 5, m = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  for (size_t i = 0; i < n; i++) a[i] = take_control(in), b[i] = take_control(in);
  for (size_t i = 0; i < m; i++) z[i] = take(in) % 8 ? take_number(in, -4.0, 4.0) : take_raw(in);
  require(loy_cusp_moments_batch(a, b, n, mean, variance, &report, NULL) == LOY_OK);
  for (size_t i = n; i-- > 0;) {
    loy_cusp_moments law;
    double density[ROWS];
    fill(&law, sizeof law);
    fill(density, sizeof density);
    if (!answered_in(loy_cusp_moments_at(a[i], b[i], &law, &error), &error, &law, sizeof law)) {
      bad++, first = i;
      require(isnan(mean[i]) && isnan(variance[i]) && isnan(loy_cusp_log_normalizer(a[i], b[i])));
      require(isnan(loy_cusp_log_density(a[i], b[i], 0.0)));
      require(loy_status_is_error(loy_cusp_density_batch(a[i], b[i], z, m, 1, density, NULL, NULL)));
      require(untouched(density, sizeof density));
      continue;
    }
    require(same(mean[i], law.mean) && same(variance[i], law.variance));
    require(same(law.log_normalizer, loy_cusp_log_normalizer(a[i], b[i])) && isfinite(law.log_normalizer));
    require(isfinite(law.mean) && law.variance > 0.0 && isfinite(law.variance) && law.half_square > 0.0);
    require(isfinite(law.covariance) && law.half_square_variance > 0.0 && isfinite(law.half_square_variance));
    require(near(law.half_square, (law.variance + law.mean * law.mean) / 2.0, 1e-9, 0.0));
    require(fabs(law.covariance) <= sqrt(law.variance) * sqrt(law.half_square_variance) * (1.0 + 1e-6));
    require(loy_cusp_density_batch(a[i], b[i], z, m, 1, density, NULL, NULL) == LOY_OK);
    for (size_t j = 0; j < m; j++) {
      require(isnan(density[j]) == isnan(z[j]) && same(density[j], loy_cusp_log_density(a[i], b[i], z[j])));
      require(isnan(z[j]) || density[j] < (double)INFINITY);
    }
    require(loy_cusp_density_batch(a[i], b[i], z, m, 0, density, NULL, NULL) == LOY_OK);
    for (size_t j = 0; j < m; j++) require(isnan(z[j]) || (density[j] >= 0.0 && isfinite(density[j])));
  }
  require_report(&report, bad, first);
}

typedef struct cusp_rows {
  double y[FIT_ROWS], column[4][FIT_ROWS], weight[FIT_ROWS];
  const double *pointer[4];
  loy_cusp_data data;
} cusp_rows;

static void take_cusp_rows(input *in, cusp_rows *r) {
  const unsigned shape = take(in);
  const double size = shape & 64 ? take_quantity(in) : 1.0;
  loy_cusp_data_init(&r->data);
  r->data.n = take(in) % (FIT_ROWS + 1);
  r->data.y = r->y;
  r->data.normal = shape % 3;
  r->data.splitting = shape / 4 % 3;
  for (int j = 0; j < 4; j++) r->pointer[j] = r->column[j];
  r->data.normal_column = r->pointer;
  r->data.splitting_column = shape & 32 ? r->pointer : r->pointer + 2;
  for (size_t i = 0; i < r->data.n; i++) {
    r->y[i] = size * (shape & 128 ? take_answer(in, 1, 5) : take_number(in, -2.0, 2.0));
    for (int j = 0; j < 4; j++) r->column[j][i] = take(in) % 2 ? take_answer(in, 1, 5) : take_number(in, -2.0, 2.0);
    r->weight[i] = shape & 16 ? take_quantity(in) : 1.0;
  }
  if (shape & 16) r->data.weight = r->weight;
}

static void check_cusp_fit(const cusp_rows *r, const loy_cusp_fit_result *fit, loy_status status) {
  double value[FIT_ROWS], a[FIT_ROWS], b[FIT_ROWS], sum = 0.0, size = 1.0;
  loy_batch_report report;
  require(fit->status == status && fit->params == 4 + r->data.normal + r->data.splitting);
  require(fit->rows > fit->params && fit->cells >= 1 && fit->cells <= fit->rows && fit->weight > 0.0);
  require(fit->model.w1 > 0.0 && isfinite(fit->log_likelihood) && isfinite(fit->aic) && isfinite(fit->bic));
  require(isfinite(fit->linear_log_likelihood));
  require(inside(fit->linear_r_squared, 0.0, 1.0));
  require(inside(fit->bistable, 0.0, 1.0 + 1e-12) && inside(fit->at_bound, -1, 1));
  require((status == LOY_NOTICE_SEPARATED) == (fit->at_bound == 1));
  require(status != LOY_OK || (fit->converged && fit->at_bound == 0));
  for (size_t p = 0; p < fit->params; p++) {
    require(isfinite(fit->estimate[p]));
    if (fit->at_bound) require(isnan(fit->std_error[p]));
    if (!fit->at_bound && fit->converged && status == LOY_OK)
      require(fit->std_error[p] > 0.0 && isfinite(fit->std_error[p]));
  }
  require(loy_cusp_controls(&fit->model, &r->data, a, b, NULL, NULL) == LOY_OK);
  require(loy_cusp_log_likelihood(&fit->model, &r->data, value, &report, NULL) == LOY_OK);
  for (size_t i = 0; i < r->data.n; i++) {
    const double w = r->data.weight ? r->weight[i] : 1.0;
    require(isnan(a[i]) == isnan(b[i]) && isnan(value[i]) >= isnan(a[i]));
    if (w == 0.0) continue;
    sum += w * value[i];
    size += w * fabs(value[i]) + w * (fabs(a[i]) + fabs(b[i])) * 10.0;
  }
  if (fit->at_bound == 0 && report.bad == 0) require(near(sum, fit->log_likelihood, 0.0, 1e-8 * size));
  for (int kind = 0; kind < 3; kind++) {
    require(loy_cusp_predict(&fit->model, &r->data, kind, value, &report, NULL) == LOY_OK);
    for (size_t i = 0; i < r->data.n; i++) require(isfinite(value[i]) || (isnan(value[i]) && report.bad > 0));
  }
}

static void fuzz_cusp_fit(input *in) {
  static cusp_rows r;
  static loy_cusp_fit_result fit, again;
  loy_cusp_fit_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  take_cusp_rows(in, &r);
  loy_cusp_fit_options_init(&options);
  options.most_evaluations = 1 + take_choice(in, 40);
  failing_start(&memory, in->hostile ? take(in) % 8 : 0);
  options.allocator = &memory.allocator;
  fill(&fit, sizeof fit);
  status = loy_cusp_fit(&r.data, &options, &fit, &error);
  require(memory.held == 0);
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  options.allocator = NULL;
  fill(&again, sizeof again);
  require(loy_cusp_fit(&r.data, &options, &again, NULL) == status && memcmp(&fit, &again, sizeof fit) == 0);
  check_cusp_fit(&r, &fit, status);
}

static void take_family(input *in, loy_family_curve *curve) {
  loy_family_init(curve, take_choice(in, LOY_FAMILIES));
  if (take(in) % 2 == 0) return;
  for (size_t p = 0; p < loy_family_params(curve->family); p++) {
    const int wide = p == LOY_FAMILY_COMPETITION ||
                     (p == LOY_FAMILY_EXPONENT && curve->family != LOY_FAMILY_PIECEWISE) ||
                     curve->family == LOY_FAMILY_LOGIT_LINEAR;
    curve->param[p] = wide ? take_number(in, -4.0, 4.0) : take_number(in, 0.0, 1.0);
    if (wide && in->hostile && take(in) % 8 == 0) curve->param[p] = take_number(in, -1e6, 1e6);
  }
}

static void fuzz_family(input *in) {
  double s[ROWS], c[ROWS], out[ROWS];
  loy_family_curve curve;
  loy_batch_report report;
  loy_error error;
  const size_t n = take(in) % (ROWS + 1);
  size_t bad = 0, first = 0;
  take_family(in, &curve);
  for (size_t i = 0; i < n; i++) s[i] = take_number(in, 0.0, 1.0), c[i] = take_competition(in);
  fill(out, sizeof out);
  if (!answered_in(loy_family_loyalty_batch(&curve, s, c, n, out, &report, &error), &error, out, sizeof out)) return;
  for (size_t i = n; i-- > 0;) {
    const double l = loy_family_loyalty(&curve, s[i], c[i]);
    require(isnan(l) == loy_status_is_error(loy_family_check(&curve, s[i], c[i], NULL)));
    require(same(l, out[i]) && (isnan(l) || inside(l, 0.0, 1.0)));
    if (isnan(l)) bad++, first = i;
  }
  require_report(&report, bad, first);
}

typedef struct answer_rows {
  double s[FIT_ROWS], c[FIT_ROWS], trials[FIT_ROWS], loyal[FIT_ROWS], weight[FIT_ROWS];
  int64_t code[FIT_ROWS];
  loy_curve_data data;
} answer_rows;

static void take_answer_rows(input *in, answer_rows *r) {
  const unsigned shape = take(in);
  loy_curve_data_init(&r->data);
  r->data.n = take(in) % (FIT_ROWS + 1);
  for (size_t i = 0; i < r->data.n; i++) {
    r->s[i] = shape & 1 ? take_answer(in, 0, 4) / 4.0 : take_number(in, 0.0, 1.0);
    r->c[i] = shape & 2 ? 0.5 : take_number(in, 0.01, 0.99);
    r->trials[i] = shape & 4 ? take_quantity(in) : 8.0;
    r->loyal[i] = r->trials[i] * (take_answer(in, 0, 8) / 8.0);
    r->weight[i] = take_quantity(in);
    r->code[i] = (int64_t)(take(in) % 5) - (shape >> 7);
  }
  r->data.s = r->s;
  r->data.c = r->c;
  r->data.trials = r->trials;
  r->data.loyal = r->loyal;
  if (shape & 8) r->data.weight = r->weight;
  if (shape & 16) r->data.cluster = r->code;
}

static void check_family_fit(const answer_rows *r, const loy_family_fit_result *fit, loy_status status) {
  double deviance;
  require(fit->status == status && fit->params == loy_family_params(fit->curve.family));
  require(fit->rows + fit->skipped == r->data.n && fit->rows > 0 && fit->free_params <= fit->params);
  require(loy_family_check(&fit->curve, 0.5, 0.5, NULL) == LOY_OK);
  require(!isnan(fit->log_likelihood) && !isnan(fit->deviance) && fit->pearson >= 0.0 && fit->squares >= 0.0);
  require(!isnan(fit->aic) && !isnan(fit->bic) && (fit->fixed & fit->at_bound) == 0);
  for (size_t p = 0; p < fit->params; p++) {
    if (fit->fixed >> p & 1u) require(fit->std_error[p] == 0.0);
    if ((fit->at_bound | fit->profiled) >> p & 1u) require(isnan(fit->std_error[p]));
    if (status == LOY_OK && !((fit->fixed | fit->profiled) >> p & 1u)) require(fit->std_error[p] >= 0.0);
  }
  require(loy_compare_deviance(NULL, &fit->curve, &r->data, &deviance, NULL) == LOY_OK);
  require(near(deviance, fit->deviance, 1e-9, 1e-9 * (1.0 + fabs(fit->log_likelihood))));
}

static void fuzz_family_fit(input *in) {
  static answer_rows r;
  static loy_family_fit_result fit, again;
  loy_family_fit_options options;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  loy_family_fit_options_init(&options, take_choice(in, LOY_FAMILIES));
  options.most_iterations = 1 + take_choice(in, 30);
  options.covariance = take_choice(in, 4);
  if (take(in) % 4 == 0) options.fixed = take(in) & 127u;
  if (take(in) % 4 == 0) take_family(in, &options.start), options.start_given = 1;
  take_answer_rows(in, &r);
  failing_start(&memory, in->hostile ? take(in) % 8 : 0);
  options.allocator = &memory.allocator;
  fill(&fit, sizeof fit);
  status = loy_family_fit(&r.data, &options, &fit, &error);
  require(memory.held == 0);
  if (!answered_in(status, &error, &fit, sizeof fit)) return;
  check_family_fit(&r, &fit, status);
  options.allocator = NULL;
  fill(&again, sizeof again);
  require(loy_family_fit(&r.data, &options, &again, NULL) == status && memcmp(&fit, &again, sizeof fit) == 0);
}

static void fuzz_compare(input *in) {
  static answer_rows r;
  loy_comparison line[LOY_COMPARE_MODELS];
  loy_curve_fit_options curve;
  loy_compare_options options;
  int64_t fold[FIT_ROWS];
  size_t count, size[4] = {0};
  const size_t folds = take(in) % 5;
  failing_allocator memory;
  loy_error error;
  loy_status status;
  loy_compare_options_init(&options);
  loy_curve_fit_options_init(&curve);
  curve.most_iterations = 10;
  options.curve = &curve;
  options.families = take(in) & 7u; /* the piecewise one takes its time */
  if (in->hostile && take(in) % 16 == 0) options.families = take(in);
  options.plain = (int)(take(in) % 2);
  take_answer_rows(in, &r);
  fill(fold, sizeof fold);
  status = loy_compare_folds(r.data.n, folds, take_bits(in), r.data.cluster, fold, &error);
  if (answered_in(status, &error, fold, sizeof fold)) {
    for (size_t i = 0; i < r.data.n; i++) {
      require(inside((double)fold[i], 0.0, (double)folds - 1.0));
      size[fold[i]]++;
      for (size_t j = 0; r.data.cluster && j < i; j++) require(r.code[i] != r.code[j] || fold[i] == fold[j]);
    }
    for (size_t f = 1; !r.data.cluster && f < folds; f++) require(size[f] + 1 >= size[0] && size[f] <= size[0] + 1);
    options.fold = fold;
  }
  failing_start(&memory, in->hostile && take(in) % 4 == 0 ? take(in) % 32 : 0);
  options.allocator = &memory.allocator;
  fill(line, sizeof line);
  fill(&count, sizeof count);
  status = loy_compare_curves(&r.data, &options, line, &count, &error);
  require(memory.held == 0);
  if (!answered_in(status, &error, line, sizeof line)) {
    require(untouched(&count, sizeof count));
    return;
  }
  require(count >= 1 && count <= LOY_COMPARE_MODELS && line[0].model == LOY_COMPARE_CURVE);
  for (size_t i = 0; i < count; i++) {
    if (loy_status_is_error(line[i].status)) {
      require(line[i].free_params == 0 && isnan(line[i].deviance) && isnan(line[i].aic) && isnan(line[i].held_out));
      continue;
    }
    require(line[i].free_params >= 1 && !isnan(line[i].log_likelihood) && !isnan(line[i].aic));
    require(!isnan(line[i].deviance) && (options.fold || isnan(line[i].held_out)));
    require(isnan(line[i].held_out) || line[i].held_out >= -1e-6);
  }
}

#endif /* LOYALTY_TESTS_FUZZ_RESPONSE_FITS_H */
