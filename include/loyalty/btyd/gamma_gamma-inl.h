/* gamma_gamma-inl.h: body of gamma_gamma.h. */
#ifndef LOYALTY_BTYD_GAMMA_GAMMA_INL_H
#define LOYALTY_BTYD_GAMMA_GAMMA_INL_H

#include "gamma_gamma.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/random.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

enum {
  LOYI_GAMMA_GAMMA_CHUNK = 64, /* rows whose elementwise work stays in the first cache; divides LOYI_SUM_BLOCK */
  LOYI_GAMMA_GAMMA_SUMS = 8,   /* sums over rows that depend on v */
  LOYI_GAMMA_GAMMA_SMALL = 256 /* x below this share one evaluation of the gamma functions in a call */
};

/* --- checks ------------------------------------------------------------------------------------------------------ */

LOYI_LOCAL loy_status loyi_gamma_gamma_check_params(const loy_gamma_gamma_params *params, loy_error *error) {
  if (!params) return loyi_report(error, LOY_ERR_ARGUMENT, "params", LOY_NO_INDEX, "must not be NULL");
  if (!loyi_is_shape(params->p)) return loyi_report(error, LOY_ERR_DOMAIN, "p", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_shape(params->q)) return loyi_report(error, LOY_ERR_DOMAIN, "q", LOY_NO_INDEX, LOYI_SHAPE_MUST);
  if (!loyi_is_quantity(params->v)) return loyi_report(error, LOY_ERR_DOMAIN, "v", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return LOY_OK;
}

/* A comparison with NaN is false, so NaN fails each of these. */
LOYI_LOCAL int loyi_gamma_gamma_count_ok(double x) { return x >= 0.0 && x < 0x1p51 && floor(x) == x; }

LOYI_LOCAL int loyi_gamma_gamma_row_ok(double x, double z) {
  return loyi_gamma_gamma_count_ok(x) && (x == 0.0 || loyi_is_quantity(z));
}

LOYI_LOCAL loy_status loyi_gamma_gamma_check_row(double x, double z, size_t index, loy_error *error) {
  if (!loyi_gamma_gamma_count_ok(x))
    return loyi_report(error, LOY_ERR_DOMAIN, "x", index, "must be a whole number, 0 or more and below 2^51");
  if (!loyi_gamma_gamma_row_ok(x, z))
    return loyi_report(error, LOY_ERR_DOMAIN, "z", index, LOYI_QUANTITY_MUST ", for a customer with purchases");
  return LOY_OK;
}

LOYALTY_API loy_status loy_gamma_gamma_check(const loy_gamma_gamma_params *params, double x, double z,
                                             loy_error *error) {
  loy_status status = loyi_gamma_gamma_check_params(params, error);
  if (status == LOY_OK) status = loyi_gamma_gamma_check_row(x, z, LOY_NO_INDEX, error);
  return status == LOY_OK ? loyi_ok(error) : status;
}

/* What the batches share: parameters, then columns. */
LOYI_LOCAL loy_status loyi_gamma_gamma_check_batch(const loy_gamma_gamma_params *params, const double *x,
                                                   const double *z, size_t n, const double *out, loy_error *error) {
  loy_status status = loyi_gamma_gamma_check_params(params, error);
  if (status != LOY_OK) return status;
  if (!x && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX, "must not be NULL");
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  if (!out && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "out", LOY_NO_INDEX, "must not be NULL");
  return loyi_ok(error);
}

/* Answer NaN for a bad row and count it. */
LOYI_LOCAL double loyi_gamma_gamma_bad_row(double x, double z, size_t row, loy_batch_report *report) {
  loy_error error;
  (void)loyi_gamma_gamma_check_row(x, z, row, &error);
  loyi_batch_bad(report, row, &error);
  return NAN;
}

/* --- one customer ------------------------------------------------------------------------------------------------ */

/* The part of ln L that depends on x alone. */
LOYI_LOCAL double loyi_gamma_gamma_shape(const loy_gamma_gamma_params *params, double x) {
  return -loyi_lbeta(params->p * x, params->q);
}

/* The rest, for x > 0. */
LOYI_LOCAL double loyi_gamma_gamma_spend(const loy_gamma_gamma_params *params, double x, double z) {
  double total = x * z;
  return -(loyi_log(z) + params->q * loyi_log1p(total / params->v) + params->p * x * loyi_log1p(params->v / total));
}

LOYALTY_API double loy_gamma_gamma_loglik(const loy_gamma_gamma_params *params, double x, double z) {
  if (loyi_gamma_gamma_check_params(params, NULL) != LOY_OK || !loyi_gamma_gamma_row_ok(x, z)) return NAN;
  if (x == 0.0) return 0.0;
  return loyi_gamma_gamma_shape(params, x) + loyi_gamma_gamma_spend(params, x, z);
}

LOYALTY_API loy_status loy_gamma_gamma_loglik_batch(const loy_gamma_gamma_params *params, const double *x,
                                                    const double *z, size_t n, double *out, loy_batch_report *report,
                                                    loy_error *error) {
  double shape[LOYI_GAMMA_GAMMA_SMALL];
  loy_status status = loyi_gamma_gamma_check_batch(params, x, z, n, out, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (int i = 0; i < LOYI_GAMMA_GAMMA_SMALL; i++) shape[i] = NAN;
  for (size_t i = 0; i < n; i++) {
    double xi = x[i], zi = z[i], part;
    if (!loyi_gamma_gamma_row_ok(xi, zi)) {
      out[i] = loyi_gamma_gamma_bad_row(xi, zi, i, report);
      continue;
    }
    if (xi == 0.0) {
      out[i] = 0.0;
      continue;
    }
    if (xi < (double)LOYI_GAMMA_GAMMA_SMALL) {
      if (isnan(shape[(int)xi])) shape[(int)xi] = loyi_gamma_gamma_shape(params, xi);
      part = shape[(int)xi];
    } else {
      part = loyi_gamma_gamma_shape(params, xi);
    }
    out[i] = part + loyi_gamma_gamma_spend(params, xi, zi);
  }
  return LOY_OK;
}

/* E[M | z, x] for a good row, as weights of z and v: neither sum nor product can overflow before the answer does.
 * p x + (q - 1) keeps the digits of q - 1. */
LOYI_LOCAL double loyi_gamma_gamma_mean(const loy_gamma_gamma_params *params, double x, double z) {
  double below = params->p * x + (params->q - 1.0);
  if (!(below > 0.0)) return HUGE_VAL;
  if (x == 0.0) return params->p / below * params->v;
  return params->p / below * params->v + params->p * x / below * z;
}

LOYALTY_API double loy_gamma_gamma_expected_spend(const loy_gamma_gamma_params *params, double x, double z) {
  if (loyi_gamma_gamma_check_params(params, NULL) != LOY_OK || !loyi_gamma_gamma_row_ok(x, z)) return NAN;
  return loyi_gamma_gamma_mean(params, x, z);
}

LOYALTY_API double loy_gamma_gamma_expected_spend_new(const loy_gamma_gamma_params *params) {
  return loy_gamma_gamma_expected_spend(params, 0.0, 0.0);
}

LOYI_LOCAL loy_status loyi_gamma_gamma_diverges(size_t index, loy_error *error) {
  return loyi_report(error, LOY_NOTICE_DIVERGES, "q", index,
                     "the expected spend is infinite because p x + q is not greater than 1");
}

LOYALTY_API loy_status loy_gamma_gamma_expected_spend_check(const loy_gamma_gamma_params *params, double x, double z,
                                                            double *spend, loy_error *error) {
  loy_status status = loy_gamma_gamma_check(params, x, z, error);
  if (status != LOY_OK) return status;
  if (!spend) return loyi_report(error, LOY_ERR_ARGUMENT, "spend", LOY_NO_INDEX, "must not be NULL");
  *spend = loyi_gamma_gamma_mean(params, x, z);
  return isinf(*spend) ? loyi_gamma_gamma_diverges(LOY_NO_INDEX, error) : LOY_OK;
}

LOYALTY_API loy_status loy_gamma_gamma_expected_spend_batch(const loy_gamma_gamma_params *params, const double *x,
                                                            const double *z, size_t n, double *out,
                                                            loy_batch_report *report, loy_error *error) {
  size_t infinite = LOY_NO_INDEX;
  loy_status status = loyi_gamma_gamma_check_batch(params, x, z, n, out, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double xi = x[i], zi = z[i];
    if (loyi_gamma_gamma_row_ok(xi, zi)) {
      out[i] = loyi_gamma_gamma_mean(params, xi, zi);
      if (isinf(out[i]) && infinite == LOY_NO_INDEX) infinite = i;
    } else {
      out[i] = loyi_gamma_gamma_bad_row(xi, zi, i, report);
    }
  }
  return infinite == LOY_NO_INDEX ? LOY_OK : loyi_gamma_gamma_diverges(infinite, error);
}

LOYI_LOCAL double loyi_gamma_gamma_rate(const loy_gamma_gamma_params *params, double x, double z) {
  if (x == 0.0) return params->q / params->v;
  return (params->p * x + params->q) / (params->v + x * z);
}

LOYALTY_API double loy_gamma_gamma_posterior(const loy_gamma_gamma_params *params, double x, double z) {
  if (loyi_gamma_gamma_check_params(params, NULL) != LOY_OK || !loyi_gamma_gamma_row_ok(x, z)) return NAN;
  return loyi_gamma_gamma_rate(params, x, z);
}

LOYALTY_API loy_status loy_gamma_gamma_posterior_batch(const loy_gamma_gamma_params *params, const double *x,
                                                       const double *z, size_t n, double *out, loy_batch_report *report,
                                                       loy_error *error) {
  loy_status status = loyi_gamma_gamma_check_batch(params, x, z, n, out, error);
  if (status != LOY_OK) return status;
  loyi_batch_begin(report);
  for (size_t i = 0; i < n; i++) {
    double xi = x[i], zi = z[i];
    out[i] = loyi_gamma_gamma_row_ok(xi, zi) ? loyi_gamma_gamma_rate(params, xi, zi)
                                             : loyi_gamma_gamma_bad_row(xi, zi, i, report);
  }
  return LOY_OK;
}

/* Where the streams of spend begin: draws of purchases have those from 0 on, and one seed for both must not tie a
 * customer's spend to their purchases. */
#define LOYI_GAMMA_GAMMA_STREAMS (UINT64_C(1) << 63)

LOYALTY_API loy_status loy_gamma_gamma_simulate(const loy_gamma_gamma_params *params, const double *x, size_t n,
                                                uint64_t seed, double *z, loy_error *error) {
  loy_status status = loyi_gamma_gamma_check_params(params, error);
  if (status != LOY_OK) return status;
  if (!x && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX, "must not be NULL");
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < n; i++)
    if (!loyi_gamma_gamma_count_ok(x[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "x", i, "must be a whole number, 0 or more and below 2^51");
  for (size_t i = 0; i < n; i++) {
    double xi = x[i], rate, log_ratio, spend;
    loyi_rng rng;
    if (xi == 0.0) {
      z[i] = 0.0;
      continue;
    }
    /* By logarithms: a gamma variate of a small shape underflows. 400 is more than twice the range. */
    loyi_rng_seed_stream(&rng, seed, LOYI_GAMMA_GAMMA_STREAMS + i);
    rate = loyi_rng_log_gamma(&rng, params->q);
    log_ratio = loyi_rng_log_gamma(&rng, params->p * xi) - rate - loyi_log(xi);
    log_ratio = log_ratio > 400.0 ? 400.0 : (log_ratio < -400.0 ? -400.0 : log_ratio);
    spend = loyi_exp(log_ratio) * params->v;
    z[i] = spend > LOY_RANGE_MOST ? LOY_RANGE_MOST : (spend < LOY_RANGE_LEAST ? LOY_RANGE_LEAST : spend);
  }
  return loyi_ok(error);
}

#undef LOYI_GAMMA_GAMMA_STREAMS

/* --- sums over rows ---------------------------------------------------------------------------------------------- */

/* What depends on p, q and x: value and derivatives of -lnB(px, q), weighted and summed. */
typedef struct loyi_gamma_gamma_gammas {
  double value, p, q, pp, pq, qq;
} loyi_gamma_gamma_gammas;

LOYI_LOCAL void loyi_gamma_gamma_add_gammas(loyi_gamma_gamma_gammas *sum, const loy_gamma_gamma_params *params,
                                            double x, double weight) {
  double a = params->p * x, q = params->q;
  sum->value += weight * loyi_gamma_gamma_shape(params, x);
  sum->p += weight * x * loyi_digamma_delta(a, q);
  sum->q += weight * loyi_digamma_delta(q, a);
  sum->pp += weight * x * x * loyi_trigamma_delta(a, q);
  sum->pq += weight * x * loyi_trigamma(a + q);
  sum->qq += weight * loyi_trigamma_delta(q, a);
}

/* What a chunk of rows adds to the lanes. With u = v / (v + x z):
 *   0: w log1p(xz/v)   1: w x log1p(v/(xz))   2: w (1-u)   3: w x u   4: w u (1-u)   5: w x u (1-u)
 *   6: w (1-u) (1+u)   7: w x u u
 * so that every derivative is a sum of one sign or a difference of two, on the log scale (4, 5) as on the natural one
 * (6, 7). The quotient of the smaller by the larger of xz and v serves all of them; the larger logarithm is the
 * smaller one plus
 * |ln(xz/v)|. One logarithm and two divisions a row. */
LOYI_CLONES LOYI_LOCAL void loyi_gamma_gamma_chunk(const double *LOY_RESTRICT x, const double *LOY_RESTRICT total,
                                                   const double *LOY_RESTRICT log_total, const double *LOY_RESTRICT w,
                                                   double v, double log_v,
                                                   double (*LOY_RESTRICT lanes)[LOYI_SUM_LANES]) {
  double up[LOYI_GAMMA_GAMMA_CHUNK], down[LOYI_GAMMA_GAMMA_CHUNK], share[LOYI_GAMMA_GAMMA_CHUNK],
      rest[LOYI_GAMMA_GAMMA_CHUNK];
  for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j++) {
    int above = total[j] >= v;
    double ratio = loyi_select(above, v, total[j]) / loyi_select(above, total[j], v);
    double small = loyi_log1p(ratio), large = small + fabs(log_total[j] - log_v);
    double major = 1.0 / (1.0 + ratio), minor = ratio * major;
    up[j] = loyi_select(above, large, small);
    down[j] = loyi_select(above, small, large);
    share[j] = loyi_select(above, minor, major);
    rest[j] = loyi_select(above, major, minor);
  }
  for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j += LOYI_SUM_LANES) {
    for (size_t lane = 0; lane < LOYI_SUM_LANES; lane++) {
      size_t k = j + lane;
      double each = w[k], each_x = each * x[k], both = share[k] * rest[k];
      lanes[0][lane] += each * up[k];
      lanes[1][lane] += each_x * down[k];
      lanes[2][lane] += each * rest[k];
      lanes[3][lane] += each_x * share[k];
      lanes[4][lane] += each * both;
      lanes[5][lane] += each_x * both;
      lanes[6][lane] += each * (rest[k] * (1.0 + share[k]));
      lanes[7][lane] += each_x * (share[k] * share[k]);
    }
  }
}

/* Total from its two parts. Derivatives are with respect to p, q, v. */
LOYI_LOCAL void loyi_gamma_gamma_combine(const loy_gamma_gamma_params *params, const loyi_gamma_gamma_gammas *gammas,
                                         const double *sums, double log_z, double *value, double *gradient,
                                         double *hessian) {
  double p = params->p, q = params->q, v = params->v;
  *value = gammas->value - (log_z + q * sums[0] + p * sums[1]);
  if (gradient) {
    gradient[0] = gammas->p - sums[1];
    gradient[1] = gammas->q - sums[0];
    gradient[2] = (q * sums[2] - p * sums[3]) / v;
  }
  if (hessian) {
    hessian[0] = gammas->pp;
    hessian[1] = hessian[3] = gammas->pq;
    hessian[2] = hessian[6] = -sums[3] / v;
    hessian[4] = gammas->qq;
    hessian[5] = hessian[7] = sums[2] / v;
    hessian[8] = (p * sums[7] - q * sums[6]) / (v * v);
  }
}

/* --- total ------------------------------------------------------------------------------------------------------- */

/* How many of n rows are bad. Without a branch, so that a column of a million is checked at the speed of memory; the
 * conditions are those of loyi_gamma_gamma_check_row. Adding and subtracting 2^52 rounds to a whole number. */
LOYI_CLONES LOYI_LOCAL uint64_t loyi_gamma_gamma_bad_rows(const double *LOY_RESTRICT x, const double *LOY_RESTRICT z,
                                                          const double *LOY_RESTRICT w, size_t n) {
  uint64_t bad = 0;
  for (size_t i = 0; i < n; i++) {
    int count = (x[i] >= 0.0) & (x[i] < 0x1p51) & ((x[i] + 0x1p52) - 0x1p52 == x[i]);
    int spend = (x[i] == 0.0) | ((z[i] >= LOY_RANGE_LEAST) & (z[i] <= LOY_RANGE_MOST));
    bad += (uint64_t)((count & spend) ^ 1);
  }
  if (w)
    for (size_t i = 0; i < n; i++) bad += (uint64_t)(((w[i] >= LOY_RANGE_LEAST) & (w[i] <= LOY_RANGE_MOST)) ^ 1);
  return bad;
}

LOYI_LOCAL loy_status loyi_gamma_gamma_check_rows(const double *x, const double *z, const double *weight, size_t n,
                                                  loy_error *error) {
  if (loyi_gamma_gamma_bad_rows(x, z, weight, n) == 0) return LOY_OK;
  for (size_t i = 0; i < n; i++) {
    loy_status status = loyi_gamma_gamma_check_row(x[i], z[i], i, error);
    if (status != LOY_OK) return status;
    if (weight && !loyi_is_quantity(weight[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, LOYI_QUANTITY_MUST);
  }
  return LOY_OK;
}

/* These sums over the rows of one block and the sum of w ln z, by the rule of sum.h. Rows with x = 0 add exactly 0. */
LOYI_CLONES LOYI_LOCAL void loyi_gamma_gamma_rows(const double *LOY_RESTRICT x, const double *LOY_RESTRICT z,
                                                  const double *LOY_RESTRICT w, size_t n, double v, double log_v,
                                                  double *LOY_RESTRICT sums) {
  double lanes[LOYI_GAMMA_GAMMA_SUMS + 1][LOYI_SUM_LANES];
  double count[LOYI_GAMMA_GAMMA_CHUNK], spend[LOYI_GAMMA_GAMMA_CHUNK], weight[LOYI_GAMMA_GAMMA_CHUNK];
  double total[LOYI_GAMMA_GAMMA_CHUNK], log_total[LOYI_GAMMA_GAMMA_CHUNK], log_z[LOYI_GAMMA_GAMMA_CHUNK];
  memset(lanes, 0, sizeof lanes);
  for (size_t i = 0; i < n; i += LOYI_GAMMA_GAMMA_CHUNK) {
    size_t rows = n - i < LOYI_GAMMA_GAMMA_CHUNK ? n - i : (size_t)LOYI_GAMMA_GAMMA_CHUNK;
    for (size_t j = 0; j < rows; j++) {
      int fitted = x[i + j] > 0.0;
      count[j] = loyi_select(fitted, x[i + j], 1.0);
      spend[j] = loyi_select(fitted, z[i + j], 1.0);
      weight[j] = loyi_select(fitted, w ? w[i + j] : 1.0, 0.0);
    }
    for (size_t j = rows; j < LOYI_GAMMA_GAMMA_CHUNK; j++) {
      count[j] = 1.0;
      spend[j] = 1.0;
      weight[j] = 0.0;
    }
    for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j++) {
      total[j] = count[j] * spend[j];
      log_total[j] = loyi_log(total[j]);
      log_z[j] = loyi_log(spend[j]);
    }
    loyi_gamma_gamma_chunk(count, total, log_total, weight, v, log_v, lanes);
    for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j += LOYI_SUM_LANES)
      for (size_t lane = 0; lane < LOYI_SUM_LANES; lane++)
        lanes[LOYI_GAMMA_GAMMA_SUMS][lane] += weight[j + lane] * log_z[j + lane];
  }
  for (int s = 0; s <= LOYI_GAMMA_GAMMA_SUMS; s++) sums[s] = loyi_lanes_total(lanes[s]);
}

/* The total over checked rows. */
LOYI_LOCAL void loyi_gamma_gamma_total(const loy_gamma_gamma_params *params, const double *x, const double *z,
                                       const double *weight, size_t n, double *value, double *gradient,
                                       double *hessian) {
  loyi_total count[LOYI_GAMMA_GAMMA_SMALL], totals[LOYI_GAMMA_GAMMA_SUMS + 1];
  loyi_gamma_gamma_gammas gammas = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
  double sums[LOYI_GAMMA_GAMMA_SUMS + 1], log_v = loyi_log(params->v);
  memset(count, 0, sizeof count);
  memset(totals, 0, sizeof totals);
  for (size_t block = 0; block < loyi_sum_blocks(n); block++) {
    size_t first = block * LOYI_SUM_BLOCK;
    loyi_gamma_gamma_rows(x + first, z + first, weight ? weight + first : NULL, loyi_sum_rows(n, block), params->v,
                          log_v, sums);
    for (int s = 0; s <= LOYI_GAMMA_GAMMA_SUMS; s++) loyi_total_add(&totals[s], sums[s]);
  }
  for (int s = 0; s <= LOYI_GAMMA_GAMMA_SUMS; s++) sums[s] = loyi_total_value(&totals[s]);
  for (size_t i = 0; i < n; i++) {
    if (!(x[i] < (double)LOYI_GAMMA_GAMMA_SMALL)) {
      loyi_gamma_gamma_add_gammas(&gammas, params, x[i], weight ? weight[i] : 1.0);
    } else if (weight) {
      loyi_total_add(&count[(size_t)x[i]], weight[i]);
    } else {
      count[(size_t)x[i]].sum += 1.0; /* exact */
    }
  }
  for (size_t k = 1; k < LOYI_GAMMA_GAMMA_SMALL; k++)
    if (count[k].sum > 0.0) loyi_gamma_gamma_add_gammas(&gammas, params, (double)k, loyi_total_value(&count[k]));
  loyi_gamma_gamma_combine(params, &gammas, sums, sums[LOYI_GAMMA_GAMMA_SUMS], value, gradient, hessian);
}

LOYALTY_API loy_status loy_gamma_gamma_loglik_total(const loy_gamma_gamma_params *params, const double *x,
                                                    const double *z, const double *weight, size_t n, double *value,
                                                    double *gradient, double *hessian, loy_error *error) {
  loy_status status = loyi_gamma_gamma_check_params(params, error);
  if (status != LOY_OK) return status;
  if (!x && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX, "must not be NULL");
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_gamma_gamma_check_rows(x, z, weight, n, error);
  if (status != LOY_OK) return status;
  loyi_gamma_gamma_total(params, x, z, weight, n, value, gradient, hessian);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GAMMA_GAMMA_INL_H */
