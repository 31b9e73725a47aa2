/* curve_law-inl.h: body of curve_law.h. */
#ifndef LOYALTY_RESPONSE_CURVE_LAW_INL_H
#define LOYALTY_RESPONSE_CURVE_LAW_INL_H

#include "curve_law.h"

#include <math.h>

#include "../math/elementary.h"
#include "curve-inl.h"
#include "mean_data-inl.h"

LOY_BEGIN_DECLS

/* See loyi_curve_logistic_law. */
#define LOYI_CURVE_LAW_CLIP 5.0

/* 1 - exp(x). A function of its own: beside other exponentials it is no longer inlined, and the loop no vector code. */
LOYI_CLONES LOYI_LOCAL void loyi_curve_captive_run(const double *LOY_RESTRICT x, size_t n,
                                                   double *LOY_RESTRICT captive) {
  for (size_t i = 0; i < n; i++) captive[i] = -loyi_expm1(x[i]);
}

LOYI_CLONES LOYI_LOCAL void loyi_curve_fit_run(const loyi_curve_cells *cells, const double *theta, size_t first,
                                               size_t n, double *LOY_RESTRICT mean, double *LOY_RESTRICT rest,
                                               double (*LOY_RESTRICT derivative)[LOYI_MEAN_RUN]) {
  const double alpha = theta[LOY_CURVE_ALPHA], beta = theta[LOY_CURVE_BETA], gamma = theta[LOY_CURVE_GAMMA];
  const double a = theta[LOY_CURVE_A], delta = theta[LOY_CURVE_DELTA], stay = 1.0 - theta[LOY_CURVE_DELTA];
  double minus_a[LOYI_MEAN_RUN] = {0.0}, captive[LOYI_MEAN_RUN], free[LOYI_MEAN_RUN], odds[LOYI_MEAN_RUN];
  const double *x = cells->x + first, *z = cells->z + first, *log_c = cells->log_c + first;
  for (size_t i = 0; i < n; i++) minus_a[i] = a * log_c[i];
  for (size_t j = 0; j < cells->constraints; j++) {
    const double *k = cells->constraint + j * cells->cells + first;
    for (size_t i = 0; i < n; i++) minus_a[i] -= theta[LOY_CURVE_B + j] * k[i];
  }
  loyi_curve_captive_run(minus_a, n, captive);
  for (size_t i = 0; i < n; i++) free[i] = loyi_exp(minus_a[i]);
  for (size_t i = 0; i < n; i++) odds[i] = loyi_exp(-fabs(beta * x[i] - (gamma * z[i] - alpha)));
  for (size_t i = 0; i < n; i++) {
    const double eta = beta * x[i] - (gamma * z[i] - alpha), t = odds[i], sum = 1.0 + t;
    const double g = loyi_select(eta >= 0.0, 1.0, t) / sum, h = loyi_select(eta >= 0.0, t, 1.0) / sum;
    const double lost = stay * free[i] * h; /* of those whom attrition spares */
    const double slope = lost * g;
    mean[i] = stay * (captive[i] + free[i] * g);
    rest[i] = delta + lost;
    derivative[LOY_CURVE_ALPHA][i] = slope;
    derivative[LOY_CURVE_BETA][i] = loyi_select(slope > 0.0, x[i] * slope, 0.0);
    derivative[LOY_CURVE_GAMMA][i] = -z[i] * slope;
    derivative[LOY_CURVE_A][i] = -log_c[i] * lost;
    derivative[LOY_CURVE_DELTA][i] = -(captive[i] + free[i] * g);
  }
  for (size_t j = 0; j < cells->constraints; j++) {
    const double *k = cells->constraint + j * cells->cells + first;
    for (size_t i = 0; i < n; i++)
      derivative[LOY_CURVE_B + j][i] = k[i] * derivative[LOY_CURVE_A][i] / -cells->log_c[first + i];
  }
}

LOYI_SHARED void loyi_curve_fit_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                    double *rest, double (*derivative)[LOYI_MEAN_RUN]) {
  loyi_curve_fit_run((const loyi_curve_cells *)ctx, theta, first, n, mean, rest, derivative);
}

LOYI_CLONES LOYI_LOCAL void loyi_curve_logistic_run(const loyi_curve_cells *cells, const double *theta, size_t first,
                                                    size_t n, double *LOY_RESTRICT mean, double *LOY_RESTRICT rest,
                                                    double (*LOY_RESTRICT derivative)[LOYI_MEAN_RUN]) {
  for (size_t i = 0; i < n; i++) {
    const double z = cells->z[first + i], far = cells->x[first + i];
    const double x = fabs(far) > LOYI_CURVE_LAW_CLIP ? copysign(LOYI_CURVE_LAW_CLIP, far) : far;
    const double eta = theta[1] * x - (theta[2] * z - theta[0]);
    const double t = loyi_exp(-fabs(eta)), sum = 1.0 + t;
    const double slope = t / (sum * sum);
    mean[i] = loyi_select(eta >= 0.0, 1.0, t) / sum;
    rest[i] = loyi_select(eta >= 0.0, t, 1.0) / sum;
    derivative[0][i] = slope;
    derivative[1][i] = x * slope;
    derivative[2][i] = -z * slope;
  }
}

LOYI_SHARED void loyi_curve_logistic_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                         double *rest, double (*derivative)[LOYI_MEAN_RUN]) {
  loyi_curve_logistic_run((const loyi_curve_cells *)ctx, theta, first, n, mean, rest, derivative);
}

/* The curvature of (ln beta)^2/2 is (1 - ln beta)/beta^2; without its second part it is never negative. */
LOYI_SHARED double loyi_curve_ridge(const void *ctx, const double *theta, double *gradient, double *curvature) {
  const double ridge = ((const loyi_curve_cells *)ctx)->ridge;
  double value = theta[LOY_CURVE_ALPHA] * theta[LOY_CURVE_ALPHA];
  gradient[LOY_CURVE_ALPHA] = ridge * theta[LOY_CURVE_ALPHA];
  curvature[LOY_CURVE_ALPHA] = ridge;
  for (int p = LOY_CURVE_BETA; p <= LOY_CURVE_GAMMA; p++) {
    double log_theta;
    if (!(theta[p] > 0.0)) continue;
    log_theta = loyi_log(theta[p]);
    value += log_theta * log_theta;
    gradient[p] = ridge * log_theta / theta[p];
    curvature[p] = ridge / (theta[p] * theta[p]);
  }
  return 0.5 * ridge * value;
}

LOYI_SHARED void loyi_curve_cells_release(loyi_curve_cells *cells) {
  loyi_release(cells->allocator, cells->x, cells->cells, (3 + cells->constraints) * sizeof *cells->x);
  cells->x = NULL;
}

/* Logits in place of s and c, and ln c. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_curve_cells_logs(double *LOY_RESTRICT x, double *LOY_RESTRICT z,
                                                       double *LOY_RESTRICT log_c, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = loyi_curve_logit(x[i]);
  for (size_t i = 0; i < n; i++) log_c[i] = loyi_log(z[i]);
  for (size_t i = 0; i < n; i++) z[i] = loyi_curve_logit(z[i]);
}

LOYI_SHARED loy_status loyi_curve_cells_make(const loyi_mean_data *data, loyi_curve_cells *cells, loy_error *error) {
  const double *const *key = data->source.key;
  cells->allocator = data->allocator;
  cells->cells = data->cells;
  cells->constraints = data->source.keys - 2;
  cells->ridge = 0.0;
  cells->x = (double *)loyi_allocate(data->allocator, data->cells, (3 + cells->constraints) * sizeof *cells->x);
  if (!cells->x) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  cells->z = cells->x + data->cells;
  cells->log_c = cells->z + data->cells;
  cells->constraint = cells->log_c + data->cells;
  for (size_t i = 0; i < data->cells; i++) {
    const size_t row = data->row_of[i];
    cells->x[i] = key[0][row];
    cells->z[i] = key[1][row];
    for (size_t j = 0; j < cells->constraints; j++) cells->constraint[j * data->cells + i] = key[2 + j][row];
  }
  loyi_curve_cells_logs(cells->x, cells->z, cells->log_c, data->cells);
  return LOY_OK;
}

#undef LOYI_CURVE_LAW_CLIP

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CURVE_LAW_INL_H */
