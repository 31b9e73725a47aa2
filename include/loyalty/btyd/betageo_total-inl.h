/* betageo_total-inl.h: body of betageo_total.h. */
#ifndef LOYALTY_BTYD_BETAGEO_TOTAL_INL_H
#define LOYALTY_BTYD_BETAGEO_TOTAL_INL_H

#include "betageo_total.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/sum.h"
#include "betageo-inl.h"

LOY_BEGIN_DECLS

/* Kernels. They work on pieces of at most LOYI_BETAGEO_PIECE rows, a multiple of 8, with everything in the first-level
 * cache, and add to 8 lanes per sum. */
enum { LOYI_BETAGEO_PIECE = 512, LOYI_BETAGEO_FOLD = 16 };

/* Add ln of the product of each lane's factors, `fold` at a time: they are at least 1, and the caller makes sure that
 * no product overflows. */
LOYI_CLONES LOYI_LOCAL void loyi_betageo_add_logs(const double *factor, size_t n, size_t fold, double *lane) {
  for (size_t i = 0; i < n; i += fold * LOYI_SUM_LANES) {
    size_t end = n - i < fold * LOYI_SUM_LANES ? n : i + fold * LOYI_SUM_LANES;
    double product[LOYI_SUM_LANES];
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) product[j] = 1.0;
    for (size_t row = i; row < end; row += LOYI_SUM_LANES)
      for (size_t j = 0; j < LOYI_SUM_LANES; j++) product[j] *= factor[row + j];
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] += loyi_log(product[j]);
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_betageo_add_weighted_logs(const double *factor, const double *weight, size_t n,
                                                           double *lane) {
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lane[j] += weight[i + j] * loyi_log(factor[i + j]);
}

/* 1/(alpha+T) and its square. */
LOYI_CLONES LOYI_LOCAL void loyi_betageo_add_inverse(const double *weight, const double *inverse, size_t n, double *one,
                                                     double *two) {
  double lane1[LOYI_SUM_LANES], lane2[LOYI_SUM_LANES];
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    lane1[j] = one[j];
    lane2[j] = two[j];
  }
  if (weight) {
    for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
      for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
        double weighted = weight[i + j] * inverse[i + j];
        lane1[j] += weighted;
        lane2[j] += weighted * inverse[i + j];
      }
  } else {
    for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
      for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
        lane1[j] += inverse[i + j];
        lane2[j] += inverse[i + j] * inverse[i + j];
      }
  }
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    one[j] = lane1[j];
    two[j] = lane2[j];
  }
}

/* Everything of a row that had a chance to stop. */
typedef struct loyi_betageo_piece {
  double growth[LOYI_BETAGEO_PIECE];  /* 1 + T / alpha */
  double inverse[LOYI_BETAGEO_PIECE]; /* 1 / (alpha + T) */
  double both[LOYI_BETAGEO_PIECE];    /* 1 / (alpha + t_x) + 1 / (alpha + T) */
  double d[LOYI_BETAGEO_PIECE];
  double l[LOYI_BETAGEO_PIECE];
  double e1[LOYI_BETAGEO_PIECE]; /* 1 + exp(-|ln w|) */
  double up[LOYI_BETAGEO_PIECE]; /* max(ln w, 0) */
  double p[LOYI_BETAGEO_PIECE];
  double v[LOYI_BETAGEO_PIECE];
} loyi_betageo_piece;

LOYI_CLONES LOYI_LOCAL void loyi_betageo_piece_none(loyi_betageo_piece *LOY_RESTRICT piece,
                                                    const double *LOY_RESTRICT T, size_t n, double alpha) {
  double inverse_alpha = 1.0 / alpha;
  for (size_t i = 0; i < n; i++) {
    piece->growth[i] = 1.0 + T[i] * inverse_alpha;
    piece->inverse[i] = 1.0 / (alpha + T[i]);
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_betageo_piece_some(loyi_betageo_piece *LOY_RESTRICT piece,
                                                    const double *LOY_RESTRICT T, const double *LOY_RESTRICT t_x,
                                                    size_t n, double alpha, double k, double log_ratio) {
  double inverse_alpha = 1.0 / alpha;
  for (size_t i = 0; i < n; i++) {
    double sum = alpha + T[i], last = alpha + t_x[i];
    /* Both reciprocals from one division. */
    double inverse_product = 1.0 / (sum * last);
    double inverse = last * inverse_product, inverse_last = sum * inverse_product;
    double log_odds = k * loyi_log1p((T[i] - t_x[i]) * inverse_last);
    double size, e, e1, inverse_e1, small;
    piece->growth[i] = 1.0 + T[i] * inverse_alpha;
    piece->inverse[i] = inverse;
    piece->both[i] = inverse + inverse_last;
    piece->d[i] = (T[i] - t_x[i]) * inverse_product;
    piece->l[i] = log_odds;
    log_odds += log_ratio;
    /* exp(-500) instead of less keeps the products below out of the subnormal numbers, which are slow. */
    size = fabs(log_odds);
    size = loyi_select(size > 500.0, 500.0, size);
    e = loyi_exp(-size);
    e1 = 1.0 + e;
    inverse_e1 = 1.0 / e1;
    small = e * inverse_e1;
    piece->e1[i] = e1;
    piece->up[i] = loyi_select(log_odds > 0.0, log_odds, 0.0);
    piece->p[i] = loyi_select(log_odds > 0.0, inverse_e1, small);
    piece->v[i] = small * inverse_e1;
  }
}

/* p and v times the weight. */
LOYI_CLONES LOYI_LOCAL void loyi_betageo_piece_weigh(loyi_betageo_piece *LOY_RESTRICT piece,
                                                     const double *LOY_RESTRICT weight, size_t n) {
  for (size_t i = 0; i < n; i++) {
    piece->up[i] *= weight[i];
    piece->p[i] *= weight[i];
    piece->v[i] *= weight[i];
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_betageo_add_p(const loyi_betageo_piece *LOY_RESTRICT piece, size_t n,
                                               double (*LOY_RESTRICT lanes)[LOYI_SUM_LANES]) {
  double up[LOYI_SUM_LANES], p[LOYI_SUM_LANES], pl[LOYI_SUM_LANES], pd[LOYI_SUM_LANES], pdd[LOYI_SUM_LANES];
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) up[j] = p[j] = pl[j] = pd[j] = pdd[j] = 0.0;
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
      double one = piece->p[i + j], d = one * piece->d[i + j];
      up[j] += piece->up[i + j];
      p[j] += one;
      pl[j] += one * piece->l[i + j];
      pd[j] += d;
      pdd[j] += d * piece->both[i + j];
    }
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    lanes[LOYI_BETAGEO_SOFT][j] += up[j];
    lanes[LOYI_BETAGEO_P][j] += p[j];
    lanes[LOYI_BETAGEO_PL][j] += pl[j];
    lanes[LOYI_BETAGEO_PD][j] += pd[j];
    lanes[LOYI_BETAGEO_PDD][j] += pdd[j];
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_betageo_add_v(const loyi_betageo_piece *LOY_RESTRICT piece, size_t n,
                                               double (*LOY_RESTRICT lanes)[LOYI_SUM_LANES]) {
  double v[LOYI_SUM_LANES], vl[LOYI_SUM_LANES], vd[LOYI_SUM_LANES];
  double vll[LOYI_SUM_LANES], vld[LOYI_SUM_LANES], vdd[LOYI_SUM_LANES];
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) v[j] = vl[j] = vd[j] = vll[j] = vld[j] = vdd[j] = 0.0;
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
      double one = piece->v[i + j], l = piece->l[i + j], d = piece->d[i + j];
      double one_l = one * l, one_d = one * d;
      v[j] += one;
      vl[j] += one_l;
      vd[j] += one_d;
      vll[j] += one_l * l;
      vld[j] += one_l * d;
      vdd[j] += one_d * d;
    }
  for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
    lanes[LOYI_BETAGEO_V][j] += v[j];
    lanes[LOYI_BETAGEO_VL][j] += vl[j];
    lanes[LOYI_BETAGEO_VD][j] += vd[j];
    lanes[LOYI_BETAGEO_VLL][j] += vll[j];
    lanes[LOYI_BETAGEO_VLD][j] += vld[j];
    lanes[LOYI_BETAGEO_VDD][j] += vdd[j];
  }
}

/* What changes from evaluation to evaluation. */
typedef struct loyi_betageo_pass {
  loyi_rows *rows;
  const loy_bgnbd_params *params;
  double at_zero;
  size_t fold; /* how many factors 1 + T/alpha may be multiplied */
} loyi_betageo_pass;

LOYI_LOCAL void loyi_betageo_add_piece(const double *T, const double *t_x, const double *weight, size_t n, double x,
                                       const loyi_betageo_pass *pass, double (*lanes)[LOYI_SUM_LANES]) {
  const loy_bgnbd_params *params = pass->params;
  double chances = x + pass->at_zero;
  loyi_betageo_piece piece;
  if (chances == 0.0) {
    loyi_betageo_piece_none(&piece, T, n, params->alpha);
  } else {
    loyi_betageo_piece_some(&piece, T, t_x, n, params->alpha, params->r + x,
                            loyi_log(params->a / (params->b + (chances - 1.0))));
    if (weight) loyi_betageo_piece_weigh(&piece, weight, n);
    loyi_betageo_add_p(&piece, n, lanes);
    loyi_betageo_add_v(&piece, n, lanes);
    if (weight) {
      loyi_betageo_add_weighted_logs(piece.e1, weight, n, lanes[LOYI_BETAGEO_SOFT]);
    } else {
      loyi_betageo_add_logs(piece.e1, n, LOYI_BETAGEO_FOLD, lanes[LOYI_BETAGEO_SOFT]);
    }
  }
  loyi_betageo_add_inverse(weight, piece.inverse, n, lanes[LOYI_BETAGEO_INV], lanes[LOYI_BETAGEO_INV2]);
  if (weight) {
    loyi_betageo_add_weighted_logs(piece.growth, weight, n, lanes[LOYI_BETAGEO_LOG]);
  } else {
    loyi_betageo_add_logs(piece.growth, n, pass->fold, lanes[LOYI_BETAGEO_LOG]);
  }
}

LOYI_LOCAL void loyi_betageo_pass_block(void *ctx, size_t block) {
  const loyi_betageo_pass *pass = (const loyi_betageo_pass *)ctx;
  loyi_rows *rows = pass->rows;
  const loyi_rows_group *group = &rows->group[rows->block_group[block]];
  size_t from = group->begin + (block - group->first_block) * LOYI_SUM_BLOCK;
  size_t to = group->end - from < LOYI_SUM_BLOCK ? group->end : from + LOYI_SUM_BLOCK;
  double lanes[LOYI_BETAGEO_SUMS][LOYI_SUM_LANES];
  for (size_t s = 0; s < LOYI_BETAGEO_SUMS; s++)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lanes[s][j] = 0.0;
  while (from < to) {
    size_t n = to - from < LOYI_BETAGEO_PIECE ? to - from : (size_t)LOYI_BETAGEO_PIECE;
    size_t whole = n - n % LOYI_SUM_LANES;
    if (whole > 0) {
      loyi_betageo_add_piece(rows->T + from, rows->t_x + from, rows->weight ? rows->weight + from : NULL, whole,
                             group->x, pass, lanes);
      from += whole;
    } else {
      /* Fewer than 8 rows left: fill up with rows of weight 0. */
      double T[LOYI_SUM_LANES], t_x[LOYI_SUM_LANES], weight[LOYI_SUM_LANES];
      for (size_t j = 0; j < LOYI_SUM_LANES; j++) {
        T[j] = j < n ? rows->T[from + j] : 1.0;
        t_x[j] = j < n ? rows->t_x[from + j] : 1.0;
        weight[j] = j >= n ? 0.0 : (rows->weight ? rows->weight[from + j] : 1.0);
      }
      loyi_betageo_add_piece(T, t_x, weight, LOYI_SUM_LANES, group->x, pass, lanes);
      from = to;
    }
  }
  for (size_t s = 0; s < LOYI_BETAGEO_SUMS; s++) rows->sums[block * LOYI_BETAGEO_SUMS + s] = loyi_lanes_total(lanes[s]);
}

/* Terms that depend on x alone, as running sums over the purchases j = 0, 1, ..., x - 1 and over as many chances to
 * stop, after the one at time 0 where there is one. */
typedef struct loyi_betageo_terms {
  double x;
  loyi_total value;      /* lnGamma(r+x) - lnGamma(r) + lnB(a, b+c) - lnB(a, b), c chances */
  double r1, r2;         /* derivatives of the first by r */
  double b1, bb, c1, c2; /* sums of 1/(b+j), 1/(b+j)^2, 1/(a+b+j), 1/(a+b+j)^2 */
} loyi_betageo_terms;

/* Beyond this many steps from one x to the next the gamma functions are cheaper. */
enum { LOYI_BETAGEO_STEPS = 128 };

/* Before the first purchase: the chance at time zero, if any. */
LOYI_LOCAL void loyi_betageo_terms_begin(loyi_betageo_terms *terms, double at_zero, const loy_bgnbd_params *params) {
  memset(terms, 0, sizeof *terms);
  if (at_zero == 0.0) return;
  terms->b1 = 1.0 / params->b;
  terms->bb = terms->b1 * terms->b1;
  terms->c1 = 1.0 / (params->a + params->b);
  terms->c2 = terms->c1 * terms->c1;
  loyi_total_add(&terms->value, -loyi_log1p(params->a * terms->b1));
}

LOYI_LOCAL void loyi_betageo_terms_advance(loyi_betageo_terms *terms, double at_zero, const loy_bgnbd_params *params,
                                           double x) {
  double r = params->r, a = params->a, b = params->b;
  double j = terms->x, gap = x - terms->x;
  terms->x = x;
  if (gap > (double)LOYI_BETAGEO_STEPS) {
    double before = j + at_zero, sum = a + b + before;
    loyi_total_add(&terms->value, loyi_lgamma_delta(r + j, gap));
    loyi_total_add(&terms->value, loyi_lgamma_delta(b + before, gap));
    loyi_total_add(&terms->value, -loyi_lgamma_delta(sum, gap));
    terms->r1 += loyi_digamma_delta(r + j, gap);
    terms->r2 += loyi_trigamma_delta(r + j, gap);
    terms->b1 += loyi_digamma_delta(b + before, gap);
    terms->bb -= loyi_trigamma_delta(b + before, gap);
    terms->c1 += loyi_digamma_delta(sum, gap);
    terms->c2 -= loyi_trigamma_delta(sum, gap);
    return;
  }
  for (; j < x; j += 1.0) {
    double before = j + at_zero;
    double one = 1.0 / (r + j), two = 1.0 / (b + before), three = 1.0 / (a + b + before);
    loyi_total_add(&terms->value, loyi_log(r + j));
    loyi_total_add(&terms->value, -loyi_log1p(a * two));
    terms->r1 += one;
    terms->r2 -= one * one;
    terms->b1 += two;
    terms->bb += two * two;
    terms->c1 += three;
    terms->c2 += three * three;
  }
}

/* Running totals of value, gradient and the lower triangle of the Hessian. */
typedef struct loyi_betageo_sums {
  loyi_total value, gradient[4], hessian[10];
} loyi_betageo_sums;

LOYI_LOCAL void loyi_betageo_add_block(loyi_betageo_sums *to, const double *sum, double x, double at_zero,
                                       const loy_bgnbd_params *params) {
  double chances = x + at_zero, k = params->r + x, a1 = 1.0 / params->a;
  double q1 = chances > 0.0 ? 1.0 / (params->b + (chances - 1.0)) : 0.0;
  /* Times k where the kernel left it out; L comes with it. */
  double pl = sum[LOYI_BETAGEO_PL] / k, vl = sum[LOYI_BETAGEO_VL] / k, vll = sum[LOYI_BETAGEO_VLL] / (k * k);
  double p = sum[LOYI_BETAGEO_P], v = sum[LOYI_BETAGEO_V], vd = k * sum[LOYI_BETAGEO_VD];
  loyi_total_add(&to->value, -k * sum[LOYI_BETAGEO_LOG]);
  loyi_total_add(&to->value, sum[LOYI_BETAGEO_SOFT]);
  loyi_total_add(&to->gradient[0], pl - sum[LOYI_BETAGEO_LOG]);
  loyi_total_add(&to->gradient[1], -k * (sum[LOYI_BETAGEO_INV] + sum[LOYI_BETAGEO_PD]));
  loyi_total_add(&to->gradient[2], p * a1);
  loyi_total_add(&to->gradient[3], -p * q1);
  loyi_total_add(&to->hessian[0], vll);
  loyi_total_add(&to->hessian[1], -(sum[LOYI_BETAGEO_INV] + sum[LOYI_BETAGEO_PD] + sum[LOYI_BETAGEO_VLD]));
  loyi_total_add(&to->hessian[2], k * (sum[LOYI_BETAGEO_INV2] + sum[LOYI_BETAGEO_PDD] + k * sum[LOYI_BETAGEO_VDD]));
  loyi_total_add(&to->hessian[3], vl * a1);
  loyi_total_add(&to->hessian[4], -vd * a1);
  loyi_total_add(&to->hessian[5], (v - p) * a1 * a1);
  loyi_total_add(&to->hessian[6], -vl * q1);
  loyi_total_add(&to->hessian[7], vd * q1);
  loyi_total_add(&to->hessian[8], -v * a1 * q1);
  loyi_total_add(&to->hessian[9], (v + p) * q1 * q1);
}

LOYI_LOCAL void loyi_betageo_add_terms(loyi_betageo_sums *to, const loyi_betageo_terms *terms, double weight) {
  loyi_total_add(&to->value, weight * terms->value.sum);
  loyi_total_add(&to->value, weight * terms->value.error);
  loyi_total_add(&to->gradient[0], weight * terms->r1);
  loyi_total_add(&to->gradient[2], -weight * terms->c1);
  loyi_total_add(&to->gradient[3], weight * (terms->b1 - terms->c1));
  loyi_total_add(&to->hessian[0], weight * terms->r2);
  loyi_total_add(&to->hessian[5], weight * terms->c2);
  loyi_total_add(&to->hessian[8], weight * terms->c2);
  loyi_total_add(&to->hessian[9], weight * (terms->c2 - terms->bb));
}

/* Fewer rows than this take less time than a thread takes to start. */
enum { LOYI_BETAGEO_ALONE = 32768 };

LOYI_SHARED void loyi_betageo_total(loyi_rows *rows, double at_zero, const loy_bgnbd_params *params, double *value,
                                    double *gradient, double *hessian) {
  loyi_betageo_pass pass;
  loyi_betageo_sums sums;
  loyi_betageo_terms terms;
  double log_alpha = loyi_log(params->alpha), inverse = 1.0 / params->alpha, weight = rows->customers;
  size_t at = 0;
  pass.rows = rows;
  pass.params = params;
  pass.at_zero = at_zero;
  pass.fold = rows->latest * inverse < 0x1p62 ? (size_t)LOYI_BETAGEO_FOLD : 1;
  loyi_parallel(loyi_betageo_pass_block, &pass, rows->blocks, rows->n < (size_t)LOYI_BETAGEO_ALONE ? 1 : rows->threads);
  memset(&sums, 0, sizeof sums);
  loyi_betageo_terms_begin(&terms, at_zero, params);
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_rows_group *group = &rows->group[g];
    size_t end = group->first_block + loyi_sum_blocks(group->end - group->begin);
    loyi_betageo_terms_advance(&terms, at_zero, params, group->x);
    loyi_betageo_add_terms(&sums, &terms, group->weight);
    for (size_t block = group->first_block; block < end; block++)
      loyi_betageo_add_block(&sums, rows->sums + block * LOYI_BETAGEO_SUMS, group->x, at_zero, params);
  }
  loyi_total_add(&sums.value, -rows->sum_x * log_alpha);
  loyi_total_add(&sums.gradient[1], weight * params->r * inverse);
  loyi_total_add(&sums.hessian[1], weight * inverse);
  loyi_total_add(&sums.hessian[2], -weight * params->r * inverse * inverse);
  *value = loyi_total_value(&sums.value);
  for (size_t i = 0; i < 4; i++) gradient[i] = loyi_total_value(&sums.gradient[i]);
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j <= i; j++) hessian[4 * i + j] = hessian[4 * j + i] = loyi_total_value(&sums.hessian[at++]);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BETAGEO_TOTAL_INL_H */
