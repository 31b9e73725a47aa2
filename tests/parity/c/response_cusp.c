/* response_cusp.c: the cusp's side of the parity cases. */
#include <string.h>

#include "parity.h"

#include "loyalty/response/cusp.h"
#include "loyalty/response/cusp_density.h"
#include "loyalty/response/cusp_fit.h"

static void cusp_solve(parity_case *c) {
  const double a = parity_double(c), b = parity_double(c);
  loy_cusp_equilibria found = {0};
  loy_error e;
  loy_cusp_solve(a, b, &found, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, found.count);
  for (int i = 0; i < 3; i++) parity_give_double(c, found.z[i]);
  for (int i = 0; i < 3; i++) parity_give_int(c, found.stability[i]);
}

static void cusp_path(parity_case *c) {
  size_t n, m;
  int32_t jumps[64];
  const double *a = parity_column(c, &n), *b = parity_column(c, &m);
  const int rule = (int)parity_int(c), sheet = (int)parity_int(c);
  double *z = parity_out(c, &m);
  int64_t *jump = parity_out_i64(c, &m);
  loy_error e;
  loy_cusp_path(a, b, n, rule, sheet, z, jumps, &e);
  if (parity_failed(c, &e)) return;
  for (size_t i = 0; i < n; i++) jump[i] = jumps[i];
}

static void cusp_moments(parity_case *c) {
  const double a = parity_double(c), b = parity_double(c);
  loy_cusp_moments moments = {0};
  loy_error e;
  loy_cusp_moments_at(a, b, &moments, &e);
  if (parity_failed(c, &e)) return;
  parity_give_double(c, moments.log_normalizer);
  parity_give_double(c, moments.mean);
  parity_give_double(c, moments.variance);
  parity_give_double(c, moments.half_square);
  parity_give_double(c, moments.covariance);
  parity_give_double(c, moments.half_square_variance);
}

static void cusp_density_batch(parity_case *c) {
  const double a = parity_double(c), b = parity_double(c);
  size_t n, m;
  const double *z = parity_column(c, &n);
  const bool logarithm = parity_bool(c);
  double *density = parity_out(c, &m);
  loy_batch_report report = {0};
  loy_error e;
  (void)parity_bool(c);
  loy_cusp_density_batch(a, b, z, n, logarithm, density, &report, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)report.bad);
}

/* One column at most of each factor; the record of response_cusp_fit.i. */
static void cusp_fit(parity_case *c) {
  size_t n, m;
  loy_cusp_data data;
  loy_cusp_fit_options options;
  loy_cusp_fit_result fit;
  const double *x, *v;
  double *record;
  loy_error e;
  loy_cusp_data_init(&data);
  loy_cusp_fit_options_init(&options);
  data.y = parity_column(c, &n);
  data.n = n;
  x = parity_column(c, &m);
  data.normal = (size_t)parity_int(c);
  v = parity_column(c, &m);
  data.splitting = (size_t)parity_int(c);
  data.normal_column = &x;
  data.splitting_column = &v;
  data.weight = parity_column(c, &m);
  options.most_evaluations = (int)parity_int(c);
  record = parity_out(c, &m);
  loy_cusp_fit(&data, &options, &fit, &e);
  if (parity_failed(c, &e)) return;
  {
    const double scalars[17] = {fit.log_likelihood,
                                fit.aic,
                                fit.bic,
                                (double)fit.linear_params,
                                fit.linear_log_likelihood,
                                fit.linear_aic,
                                fit.linear_bic,
                                fit.linear_r_squared,
                                (double)fit.rows,
                                (double)fit.cells,
                                fit.weight,
                                fit.bistable,
                                (double)fit.at_bound,
                                (double)fit.converged,
                                fit.condition,
                                fit.decrement,
                                (double)fit.evaluations};
    memcpy(record, scalars, sizeof scalars);
  }
  memcpy(record + 17, fit.estimate, fit.params * sizeof *record);
  memcpy(record + 17 + LOY_CUSP_PARAMS, fit.std_error, fit.params * sizeof *record);
  memcpy(record + 17 + 2 * LOY_CUSP_PARAMS, fit.covariance, fit.params * fit.params * sizeof *record);
  parity_give_text(c, loy_status_name(e.status));
}

PARITY(response_cusp) {
  CASE(cusp_solve);
  CASE(cusp_path);
  CASE(cusp_moments);
  CASE(cusp_density_batch);
  CASE(cusp_fit);
}
