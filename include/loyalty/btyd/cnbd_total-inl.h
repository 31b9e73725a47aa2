/* cnbd_total-inl.h: body of cnbd_total.h. */
#ifndef LOYALTY_BTYD_CNBD_TOTAL_INL_H
#define LOYALTY_BTYD_CNBD_TOTAL_INL_H

#include "cnbd_total.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/sum.h"
#include "cnbd-inl.h"

LOY_BEGIN_DECLS

/* What the rows of one x share. */
typedef struct loyi_cnbd_group {
  double s, log_ratio, a1, q1;     /* ln(a/(b+c-1)), 1/a, 1/(b+c-1); -infinity and 0 without a chance to stop */
  double h[LOY_CNBD_STAGES_MOST];  /* first derivative of ln (s)_j by s: Sum_{i<j} 1/(s+i) */
  double hh[LOY_CNBD_STAGES_MOST]; /* that squared, plus the second */
} loyi_cnbd_group;

LOYI_LOCAL void loyi_cnbd_group_make(double at_zero, const loy_bgcnbd_params *params, double x,
                                     loyi_cnbd_group *group) {
  double chances = x + at_zero, h = 0.0, g = 0.0;
  group->s = params->r + params->k * x;
  group->a1 = 1.0 / params->a;
  group->q1 = chances > 0.0 ? 1.0 / (params->b + (chances - 1.0)) : 0.0;
  group->log_ratio = chances > 0.0 ? loyi_log(params->a * group->q1) : -HUGE_VAL;
  for (size_t j = 0; j < (size_t)params->k; j++) {
    double one = 1.0 / (group->s + (double)j);
    group->h[j] = h;
    group->hh[j] = h * h - g;
    h += one;
    g += one * one;
  }
}

/* Value, gradient and Hessian of one row, without the terms of its x: r ln alpha - s ln(alpha+T) + ln Q + ln(1 + w). */
LOYI_LOCAL void loyi_cnbd_row(const loyi_cnbd_group *group, const loy_bgcnbd_params *params, double t_x, double T,
                              double *out) {
  double sum = params->alpha + T, last = params->alpha + t_x, s = group->s, w[LOY_CNBD_STAGES_MOST];
  double inverse = 1.0 / sum, both = inverse + 1.0 / last, d = (T - t_x) / (sum * last);
  double log_growth = loyi_log1p(T / params->alpha), log_apart = loyi_log1p((T - t_x) / last);
  double log_q = loyi_cnbd_stages(params->k, s, (T - t_x) * inverse, w), log_odds, p, v;
  double j1 = 0.0, j2 = 0.0, h1 = 0.0, hh = 0.0, jh = 0.0;
  double q_rr, q_ra, q_aa, l_r, l_a, l_rr, l_ra, l_aa;
  for (size_t j = 1; j < (size_t)params->k; j++) {
    double jw = (double)j * w[j];
    j1 += jw;
    j2 += jw * (double)j;
    h1 += w[j] * group->h[j];
    hh += w[j] * group->hh[j];
    jh += jw * group->h[j];
  }
  /* Derivatives of ln Q by r and alpha; then of ln w. */
  q_rr = hh - h1 * h1;
  q_ra = -inverse * (jh - j1 * h1);
  q_aa = inverse * inverse * (j1 + (j2 - j1 * j1));
  log_odds = group->log_ratio + (s * log_apart - log_q);
  p = 1.0 / (1.0 + loyi_exp(-log_odds));
  v = p / (1.0 + loyi_exp(log_odds));
  l_r = log_apart - h1;
  l_a = inverse * j1 - s * d;
  l_rr = -q_rr;
  l_ra = -d - q_ra;
  l_aa = s * d * both - q_aa;
  out[0] = ((log_q - params->r * log_growth) - (s - params->r) * loyi_log(sum)) + loyi_betageo_softplus(log_odds);
  out[1] = h1 - log_growth + p * l_r;
  out[2] = -s * inverse - inverse * j1 + p * l_a;
  out[3] = p * group->a1;
  out[4] = -p * group->q1;
  out[5] = q_rr + p * l_rr + v * l_r * l_r;
  out[6] = -inverse + q_ra + p * l_ra + v * l_r * l_a;
  out[7] = s * inverse * inverse + q_aa + p * l_aa + v * l_a * l_a;
  out[8] = v * l_r * group->a1;
  out[9] = v * l_a * group->a1;
  out[10] = (v - p) * group->a1 * group->a1;
  out[11] = -v * l_r * group->q1;
  out[12] = -v * l_a * group->q1;
  out[13] = -v * group->a1 * group->q1;
  out[14] = (v + p) * group->q1 * group->q1;
}

/* What changes from evaluation to evaluation. */
typedef struct loyi_cnbd_pass {
  loyi_rows *rows;
  const loy_bgcnbd_params *params;
  double at_zero;
} loyi_cnbd_pass;

LOYI_LOCAL void loyi_cnbd_pass_block(void *ctx, size_t block) {
  const loyi_cnbd_pass *pass = (const loyi_cnbd_pass *)ctx;
  loyi_rows *rows = pass->rows;
  const loyi_rows_group *of = &rows->group[rows->block_group[block]];
  size_t from = of->begin + (block - of->first_block) * LOYI_SUM_BLOCK;
  size_t to = of->end - from < LOYI_SUM_BLOCK ? of->end : from + LOYI_SUM_BLOCK;
  double lanes[LOYI_CNBD_SUMS][LOYI_SUM_LANES];
  loyi_cnbd_group group;
  loyi_cnbd_group_make(pass->at_zero, pass->params, of->x, &group);
  memset(lanes, 0, sizeof lanes);
  for (size_t i = from; i < to; i++) {
    double row[LOYI_CNBD_SUMS], weight = rows->weight ? rows->weight[i] : 1.0;
    loyi_cnbd_row(&group, pass->params, rows->t_x[i], rows->T[i], row);
    for (size_t sum = 0; sum < LOYI_CNBD_SUMS; sum++) lanes[sum][(i - from) % LOYI_SUM_LANES] += weight * row[sum];
  }
  for (size_t sum = 0; sum < LOYI_CNBD_SUMS; sum++)
    rows->sums[block * rows->width + sum] = loyi_lanes_total(lanes[sum]);
}

/* The terms of one x: lnGamma(s) - lnGamma(r) + lnB(a, b+c) - lnB(a, b), with derivatives. */
LOYI_LOCAL void loyi_cnbd_terms(double at_zero, const loy_bgcnbd_params *params, double x, double *out) {
  double r = params->r, a = params->a, b = params->b, chances = x + at_zero, stages = params->k * x;
  double b1 = loyi_digamma_delta(b, chances), c1 = loyi_digamma_delta(a + b, chances);
  double b2 = loyi_trigamma_delta(b, chances), c2 = loyi_trigamma_delta(a + b, chances);
  memset(out, 0, LOYI_CNBD_SUMS * sizeof *out);
  out[0] = loyi_lgamma_delta(r, stages) + loyi_betageo_beta_ratio(a, b, chances);
  out[1] = loyi_digamma_delta(r, stages);
  out[3] = -c1;
  out[4] = b1 - c1;
  out[5] = loyi_trigamma_delta(r, stages);
  out[10] = -c2;
  out[13] = -c2;
  out[14] = b2 - c2;
}

/* Fewer rows than this take less time than a thread takes to start. */
enum { LOYI_CNBD_ALONE = 4096 };

LOYI_SHARED void loyi_cnbd_total(loyi_rows *rows, double at_zero, const loy_bgcnbd_params *params, double *value,
                                 double *gradient, double *hessian) {
  loyi_cnbd_pass pass;
  loyi_total sums[LOYI_CNBD_SUMS];
  double weight = rows->customers, inverse = 1.0 / params->alpha;
  size_t at = 5;
  pass.rows = rows;
  pass.params = params;
  pass.at_zero = at_zero;
  loyi_parallel(loyi_cnbd_pass_block, &pass, rows->blocks, rows->n < (size_t)LOYI_CNBD_ALONE ? 1 : rows->threads);
  memset(sums, 0, sizeof sums);
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_rows_group *group = &rows->group[g];
    size_t end = group->first_block + loyi_sum_blocks(group->end - group->begin);
    double terms[LOYI_CNBD_SUMS];
    loyi_cnbd_terms(at_zero, params, group->x, terms);
    for (size_t i = 0; i < LOYI_CNBD_SUMS; i++) loyi_total_add(&sums[i], group->weight * terms[i]);
    for (size_t block = group->first_block; block < end; block++)
      for (size_t i = 0; i < LOYI_CNBD_SUMS; i++) loyi_total_add(&sums[i], rows->sums[block * rows->width + i]);
  }
  /* Of r ln alpha. */
  loyi_total_add(&sums[2], weight * params->r * inverse);
  loyi_total_add(&sums[6], weight * inverse);
  loyi_total_add(&sums[7], -weight * params->r * inverse * inverse);
  *value = loyi_total_value(&sums[0]);
  for (size_t i = 0; i < 4; i++) gradient[i] = loyi_total_value(&sums[1 + i]);
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j <= i; j++) hessian[4 * i + j] = hessian[4 * j + i] = loyi_total_value(&sums[at++]);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_CNBD_TOTAL_INL_H */
