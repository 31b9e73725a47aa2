/* response_cusp.i: shims of the cusp: equilibria, fold lines, paths, density. */

%{
#include "loyalty/response/cusp.h"
#include "loyalty/response/cusp_density.h"
%}

LOY_BULK(cusp_solve_batch)
LOY_BULK(cusp_fold)
LOY_BULK(cusp_path)
LOY_BULK(cusp_moments_batch)
LOY_BULK(cusp_density_batch)
%inline %{
/* Count, three states and their stability (a loy_cusp_stability, -1 for none). */
static loy_values cusp_solve(double a, double b) {
  loy_values r = {0};
  loy_cusp_equilibria found;
  if (loy_cusp_solve(a, b, &found, &r.e) != LOY_OK) return r;
  loy_put_int(&r, found.count);
  loy_put_doubles(&r, found.z, 3);
  for (int i = 0; i < 3; i++) loy_put_int(&r, found.stability[i]);
  return r;
}

static loy_rbatch cusp_solve_batch(loy_in a, loy_in b, loy_out low, loy_out middle, loy_out high, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "b", b.n, a.n) && loy_same_length(&e, "low", low.n, a.n) &&
      loy_same_length(&e, "middle", middle.n, a.n) && loy_same_length(&e, "high", high.n, a.n))
    loy_cusp_solve_batch(a.p, b.p, a.n, low.p, middle.p, high.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

/* The fold line over a column. */
static loy_rbatch cusp_fold(loy_in b, loy_out out, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (!loy_same_length(&e, "out", out.n, b.n)) return loy_batch_result(e, &report, coerce);
  for (size_t i = 0; i < b.n; i++) {
    loy_error bad;
    out.p[i] = loy_cusp_fold(b.p[i]);
    if (loy_cusp_fold_check(b.p[i], &bad) == LOY_OK || report.bad++ > 0) continue;
    report.first = bad;
    report.first.index = i;
  }
  return loy_batch_result(e, &report, coerce);
}

static loy_r0 cusp_path(loy_in a, loy_in b, int rule, int sheet, loy_out z, loy_out_i64 jump) {
  loy_r0 r = {0};
  int32_t *jumps;
  if (!loy_same_length(&r.e, "b", b.n, a.n) || !loy_same_length(&r.e, "z", z.n, a.n) ||
      !loy_same_length(&r.e, "jump", jump.n, a.n))
    return r;
  jumps = (int32_t *)malloc((a.n + 1) * sizeof *jumps);
  if (!jumps) {
    loy_refuse(&r.e, LOY_ERR_MEMORY, NULL, "the allocator returned nothing");
    return r;
  }
  if (loy_cusp_path(a.p, b.p, a.n, rule, sheet, z.p, jumps, &r.e) == LOY_OK) {
    for (size_t i = 0; i < a.n; i++) jump.p[i] = jumps[i];
  }
  free(jumps);
  return r;
}

/* ln Z, mean, variance, mean of z^2/2, its covariance with z, its variance. */
static loy_values cusp_moments(double a, double b) {
  loy_values r = {0};
  loy_cusp_moments moments;
  if (loy_cusp_moments_at(a, b, &moments, &r.e) != LOY_OK) return r;
  loy_put_double(&r, moments.log_normalizer);
  loy_put_double(&r, moments.mean);
  loy_put_double(&r, moments.variance);
  loy_put_double(&r, moments.half_square);
  loy_put_double(&r, moments.covariance);
  loy_put_double(&r, moments.half_square_variance);
  return r;
}

static loy_rbatch cusp_moments_batch(loy_in a, loy_in b, loy_out mean, loy_out variance, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "b", b.n, a.n) && loy_same_length(&e, "mean", mean.n, a.n) &&
      loy_same_length(&e, "variance", variance.n, a.n))
    loy_cusp_moments_batch(a.p, b.p, a.n, mean.p, variance.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}

static loy_r1 cusp_log_normalizer(double a, double b) {
  loy_r1 r = {0};
  loy_cusp_moments moments;
  r.v[0] = loy_cusp_log_normalizer(a, b);
  if (r.v[0] != r.v[0]) loy_cusp_moments_at(a, b, &moments, &r.e);
  return r;
}

static loy_r1 cusp_log_density(double a, double b, double z) {
  loy_r1 r = {0};
  loy_cusp_moments moments;
  r.v[0] = loy_cusp_log_density(a, b, z);
  if (r.v[0] != r.v[0] && loy_cusp_moments_at(a, b, &moments, &r.e) == LOY_OK)
    loy_refuse(&r.e, LOY_ERR_DOMAIN, "z", "must be a number");
  return r;
}

static loy_rbatch cusp_density_batch(double a, double b, loy_in z, bool logarithm, loy_out density, bool coerce) {
  loy_error e = {0};
  loy_batch_report report = {0};
  if (loy_same_length(&e, "density", density.n, z.n))
    loy_cusp_density_batch(a, b, z.p, z.n, logarithm, density.p, &report, &e);
  return loy_batch_result(e, &report, coerce);
}
%}
