/* covariate_total-inl.h: body of covariate_total.h. */
#ifndef LOYALTY_BTYD_COVARIATE_TOTAL_INL_H
#define LOYALTY_BTYD_COVARIATE_TOTAL_INL_H

#include "covariate_total.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "bgnbd.h"
#include "lifetime_total.h"

/* Behind the headers that they are bodies of. */
#include "covariate_betageo-inl.h"
#include "lifetime_terms-inl.h"
#include "lifetime_total-inl.h"

LOY_BEGIN_DECLS

enum {
  LOYI_COVARIATE_SUMS = LOYI_LIFETIME_SUMS + LOY_COVARIATES_MOST * (1 + LOYI_LIFETIME_MOST) +
                        LOY_COVARIATES_MOST * (LOY_COVARIATES_MOST + 1) / 2
};

LOYI_SHARED void loyi_covariate_design_init(loyi_covariate_design *design, int kind, size_t transactions,
                                            size_t dropouts, const int *same) {
  design->kind = kind;
  design->params = loy_model_parameter_count(kind);
  design->transactions = transactions;
  design->dropouts = dropouts;
  design->free = transactions;
  for (size_t j = 0; j < transactions; j++) design->where[j] = j;
  for (size_t j = 0; j < dropouts; j++)
    design->where[transactions + j] = same && same[j] >= 0 ? (size_t)same[j] : design->free++;
}

/* Of the plain model, and with its covariates. */
LOYI_LOCAL size_t loyi_covariate_plain_width(const loyi_covariate_design *design) {
  return 1 + design->params + design->params * (design->params + 1) / 2;
}

LOYI_SHARED size_t loyi_covariate_width(const loyi_covariate_design *design) {
  size_t columns = design->transactions + design->dropouts;
  return loyi_covariate_plain_width(design) + columns * (1 + design->params) + columns * (columns + 1) / 2;
}

/* What changes from evaluation to evaluation. */
typedef struct loyi_covariate_pass {
  const loyi_covariate_design *design;
  loyi_rows *rows;
  const double *coefficient;           /* of each column */
  double r, alpha, a, b;               /* a and b of BG/NBD and MBG/NBD */
  double life;                         /* the parameter that w moves: beta; or 1, for the factor of a and b */
  double sign;                         /* of v in its logarithm */
  double *own, *drop, *sum;            /* of each row: alpha; beta or the factor; u = ln(alpha / own) */
  double signs[2][LOYI_LIFETIME_MOST]; /* of u and v in the logarithm of each parameter */
  loyi_lifetime_pass lifetime;
} loyi_covariate_pass;

/* The parameters of the rows of a block. */
LOYI_CLONES LOYI_LOCAL void loyi_covariate_move(const double *LOY_RESTRICT sum, const double *LOY_RESTRICT other,
                                                size_t n, double alpha, double life, double sign,
                                                double *LOY_RESTRICT own, double *LOY_RESTRICT drop) {
  for (size_t i = 0; i < n; i++) own[i] = alpha * loyi_exp(-sum[i]);
  for (size_t i = 0; i < n; i++) drop[i] = life * loyi_exp(sign * other[i]);
}

LOYI_LOCAL void loyi_covariate_prepare(void *ctx, size_t block) {
  const loyi_covariate_pass *pass = (const loyi_covariate_pass *)ctx;
  const loyi_covariate_design *design = pass->design;
  const loyi_rows *rows = pass->rows;
  const loyi_rows_group *group = &rows->group[rows->block_group[block]];
  size_t from = group->begin + (block - group->first_block) * LOYI_SUM_BLOCK;
  size_t n = group->end - from < LOYI_SUM_BLOCK ? group->end - from : (size_t)LOYI_SUM_BLOCK;
  double other[LOYI_SUM_BLOCK], *sum = pass->sum + from;
  for (size_t i = 0; i < n; i++) sum[i] = other[i] = 0.0;
  for (size_t j = 0; j < design->transactions + design->dropouts; j++) {
    const double *column = rows->extra + j * rows->room + from;
    double coefficient = pass->coefficient[j], *to = j < design->transactions ? sum : other;
    for (size_t i = 0; i < n; i++) to[i] += coefficient * column[i];
  }
  loyi_covariate_move(sum, other, n, pass->alpha, pass->life, pass->sign, pass->own + from, pass->drop + from);
}

/* term times w. */
LOYI_CLONES LOYI_LOCAL void loyi_covariate_scale(const double *LOY_RESTRICT term, const double *LOY_RESTRICT w,
                                                 size_t n, double *LOY_RESTRICT to) {
  for (size_t i = 0; i < n; i++) to[i] = term[i] * w[i];
}

LOYI_CLONES LOYI_LOCAL void loyi_covariate_scale_add(const double *LOY_RESTRICT term, double sign, size_t n,
                                                     double *LOY_RESTRICT to) {
  for (size_t i = 0; i < n; i++) to[i] += sign * term[i];
}

/* The place of a second derivative in the lower triangle. */
LOYI_LOCAL size_t loyi_covariate_pair(size_t p, size_t q) { return p >= q ? p * (p + 1) / 2 + q : q * (q + 1) / 2 + p; }

/* Add rows with their derivatives to the sums of the block: the plain ones, then of each column those by its sum (u or
 * v) and by its sum and a parameter, times the covariate, then of each pair of columns. */
LOYI_LOCAL void loyi_covariate_add(const loyi_covariate_pass *pass, const size_t *row, const double *weight,
                                   const double *total, double (*first)[LOYI_LIFETIME_PIECE],
                                   double (*second)[LOYI_LIFETIME_PIECE], size_t n, double (*lanes)[LOYI_SUM_LANES]) {
  const loyi_covariate_design *design = pass->design;
  const loyi_rows *rows = pass->rows;
  size_t m = design->params, columns = design->transactions + design->dropouts, sum = 1;
  double by[2][1 + LOYI_LIFETIME_MOST][LOYI_LIFETIME_PIECE], pair[3][LOYI_LIFETIME_PIECE];
  double z[LOY_COVARIATES_MOST][LOYI_LIFETIME_PIECE], scaled[LOYI_LIFETIME_PIECE];
  loyi_lifetime_lanes(weight, total, n, lanes[0]);
  for (size_t p = 0; p < m; p++) loyi_lifetime_lanes(weight, first[p], n, lanes[sum++]);
  for (size_t p = 0; p < m * (m + 1) / 2; p++) loyi_lifetime_lanes(weight, second[p], n, lanes[sum++]);
  for (int process = 0; process < 2; process++) {
    const double *signs = pass->signs[process];
    for (size_t s = 0; s <= m; s++)
      for (size_t i = 0; i < n; i++) by[process][s][i] = 0.0;
    for (size_t i = 0; i < n; i++) pair[process == 0 ? 0 : 2][i] = 0.0;
    for (size_t p = 0; p < m; p++) {
      if (signs[p] == 0.0) continue;
      loyi_covariate_scale_add(first[p], signs[p], n, by[process][0]);
      for (size_t q = 0; q < m; q++)
        loyi_covariate_scale_add(second[loyi_covariate_pair(p, q)], signs[p], n, by[process][1 + q]);
    }
  }
  for (size_t i = 0; i < n; i++) pair[1][i] = 0.0;
  for (size_t p = 0; p < m; p++) {
    if (pass->signs[0][p] != 0.0) {
      loyi_covariate_scale_add(by[0][1 + p], pass->signs[0][p], n, pair[0]);
      loyi_covariate_scale_add(by[1][1 + p], pass->signs[0][p], n, pair[1]);
    }
    if (pass->signs[1][p] != 0.0) loyi_covariate_scale_add(by[1][1 + p], pass->signs[1][p], n, pair[2]);
  }
  for (size_t j = 0; j < columns; j++) {
    const double *column = rows->extra + j * rows->room;
    int process = j >= design->transactions;
    for (size_t i = 0; i < n; i++) z[j][i] = column[row[i]];
    loyi_covariate_scale(z[j], weight, n, scaled);
    for (size_t s = 0; s <= m; s++) loyi_lifetime_lanes(scaled, by[process][s], n, lanes[sum++]);
  }
  for (size_t j = 0; j < columns; j++)
    for (size_t k = 0; k <= j; k++) {
      int which = (j >= design->transactions) + (k >= design->transactions);
      if (k == 0 || k == design->transactions) {
        loyi_covariate_scale(z[j], weight, n, scaled);
        loyi_covariate_scale(scaled, pair[which], n, by[0][0]);
      }
      loyi_lifetime_lanes(z[k], by[0][0], n, lanes[sum++]);
    }
}

LOYI_LOCAL void loyi_covariate_add_lifetime(const void *ctx, loyi_lifetime_piece *piece, size_t n, double x,
                                            double (*lanes)[LOYI_SUM_LANES]) {
  const loyi_covariate_pass *pass = (const loyi_covariate_pass *)ctx;
  /* -x ln alpha of the row, but for that of all. */
  for (size_t i = 0; i < n; i++) piece->total[i] += x * pass->sum[piece->row[i]];
  loyi_covariate_add(pass, piece->row, piece->weight, piece->total, piece->first, piece->second, n, lanes);
}

LOYI_LOCAL void loyi_covariate_run_betageo(const loyi_covariate_pass *pass, size_t block,
                                           double (*lanes)[LOYI_SUM_LANES]) {
  const loyi_rows *rows = pass->rows;
  const loyi_rows_group *group = &rows->group[rows->block_group[block]];
  size_t from = group->begin + (block - group->first_block) * LOYI_SUM_BLOCK;
  size_t end = group->end - from < LOYI_SUM_BLOCK ? group->end : from + LOYI_SUM_BLOCK;
  double chances = group->x + (pass->design->kind == LOY_MODEL_MBGNBD ? 1.0 : 0.0);
  loyi_covariate_piece piece;
  for (; from < end; from += LOYI_LIFETIME_PIECE) {
    size_t n = end - from < LOYI_LIFETIME_PIECE ? end - from : (size_t)LOYI_LIFETIME_PIECE;
    size_t whole = (n + LOYI_SUM_LANES - 1) / LOYI_SUM_LANES * LOYI_SUM_LANES;
    for (size_t i = 0; i < whole; i++) {
      size_t row = from + (i < n ? i : n - 1);
      piece.row[i] = row;
      piece.T[i] = rows->T[row];
      piece.t_x[i] = rows->t_x[row];
      piece.weight[i] = i >= n ? 0.0 : (rows->weight ? rows->weight[row] : 1.0);
      piece.alpha[i] = pass->own[row];
      piece.a[i] = pass->a * pass->drop[row];
      piece.b[i] = pass->b * pass->drop[row];
    }
    loyi_covariate_betageo(&piece, whole, pass->r, group->x, chances, pass->design->dropouts == 0);
    for (size_t i = 0; i < whole; i++) piece.total[i] += group->x * pass->sum[piece.row[i]];
    loyi_covariate_add(pass, piece.row, piece.weight, piece.total, piece.first, piece.second, whole, lanes);
  }
}

LOYI_LOCAL void loyi_covariate_pass_block(void *ctx, size_t block) {
  const loyi_covariate_pass *pass = (const loyi_covariate_pass *)ctx;
  size_t width = loyi_covariate_width(pass->design);
  double lanes[LOYI_COVARIATE_SUMS][LOYI_SUM_LANES];
  for (size_t s = 0; s < width; s++)
    for (size_t j = 0; j < LOYI_SUM_LANES; j++) lanes[s][j] = 0.0;
  if (pass->design->kind == LOY_MODEL_BGNBD || pass->design->kind == LOY_MODEL_MBGNBD)
    loyi_covariate_run_betageo(pass, block, lanes);
  else
    loyi_lifetime_run(&pass->lifetime, block, loyi_covariate_add_lifetime, pass, lanes);
  for (size_t s = 0; s < width; s++) pass->rows->sums[block * pass->rows->width + s] = loyi_lanes_total(lanes[s]);
}

/* The lifetime at the parameters behind r and alpha. */
LOYI_LOCAL void loyi_covariate_law(int kind, const double *own, loyi_lifetime_law *law) {
  if (kind == LOY_MODEL_PNBD)
    loyi_lifetime_pareto(own[0], own[1], law);
  else if (kind == LOY_MODEL_GGOMNBD)
    loyi_lifetime_gompertz(own[0], own[1], own[2], law);
  else
    loyi_lifetime_none(law);
}

/* Rows with a beta of their own: how far a hazard may rise is that of the largest. */
LOYI_LOCAL void loyi_covariate_lifetimes(loyi_covariate_pass *pass, const loyi_lifetime_law *law) {
  double most = 0.0;
  loyi_lifetime_law other;
  loyi_lifetime_pass_init(&pass->lifetime, pass->rows, pass->r, pass->alpha, law);
  if (pass->design->transactions > 0) pass->lifetime.own = pass->own;
  if (pass->design->dropouts == 0) return;
  pass->lifetime.beta = pass->drop;
  for (size_t i = 0; i < pass->rows->n; i++)
    if (pass->drop[i] > most) most = pass->drop[i];
  law->at(law, most, &other);
  pass->lifetime.increase = other.increase;
}

/* The sums over columns, as derivatives by coefficients. */
LOYI_LOCAL void loyi_covariate_gather(const loyi_covariate_design *design, const double *sums, double *gradient,
                                      double *hessian) {
  size_t m = design->params, n = m + design->free, columns = design->transactions + design->dropouts, at = 0;
  for (size_t i = m; i < n; i++) {
    gradient[i] = 0.0;
    for (size_t j = 0; j < n; j++) hessian[n * i + j] = hessian[n * j + i] = 0.0;
  }
  for (size_t j = 0; j < columns; j++) {
    size_t to = m + design->where[j];
    gradient[to] += sums[at++];
    for (size_t p = 0; p < m; p++, at++) {
      hessian[n * to + p] += sums[at];
      hessian[n * p + to] += sums[at];
    }
  }
  for (size_t j = 0; j < columns; j++)
    for (size_t k = 0; k <= j; k++, at++) {
      size_t one = m + design->where[j], two = m + design->where[k];
      hessian[n * one + two] += sums[at];
      if (j != k) hessian[n * two + one] += sums[at];
    }
}

LOYI_SHARED void loyi_covariate_total(const loyi_covariate_design *design, loyi_rows *rows, const double *point,
                                      double *work, double *value, double *gradient, double *hessian) {
  loyi_lifetime_gammas gammas = {0.0, {0.0, 0.0}, 0.0, 0.0};
  loyi_total total[LOYI_COVARIATE_SUMS];
  loyi_covariate_pass pass;
  loyi_lifetime_law law;
  double coefficient[LOY_COVARIATES_MOST], sums[LOYI_COVARIATE_SUMS];
  size_t m = design->params, n = m + design->free, width = loyi_covariate_width(design), at = 1 + m;
  for (size_t j = 0; j < design->transactions + design->dropouts; j++) coefficient[j] = point[m + design->where[j]];
  pass.design = design;
  pass.rows = rows;
  pass.coefficient = coefficient;
  pass.r = point[0];
  pass.alpha = point[1];
  pass.a = m > 2 ? point[2] : 1.0;
  pass.b = m > 3 ? point[3] : 1.0;
  pass.life = pass.sign = 1.0;
  pass.own = work;
  pass.drop = work + rows->n;
  pass.sum = work + 2 * rows->n;
  for (size_t p = 0; p < m; p++) {
    loyi_covariate_signs signs = loyi_covariate_sign(design->kind, p);
    pass.signs[0][p] = signs.transaction;
    pass.signs[1][p] = signs.dropout;
    if (signs.dropout < 0.0) {
      pass.life = point[p];
      pass.sign = signs.dropout;
    }
  }
  loyi_parallel(loyi_covariate_prepare, &pass, rows->blocks, rows->threads);
  if (design->kind != LOY_MODEL_BGNBD && design->kind != LOY_MODEL_MBGNBD) {
    loyi_covariate_law(design->kind, point + 2, &law);
    loyi_covariate_lifetimes(&pass, &law);
  }
  loyi_parallel(loyi_covariate_pass_block, &pass, rows->blocks, rows->threads);
  for (size_t s = 0; s < width; s++) total[s].sum = total[s].error = 0.0;
  for (size_t g = 0; g < rows->groups; g++) {
    double weight = rows->group[g].weight, r = pass.r;
    loyi_lifetime_gammas_advance(&gammas, r, rows->group[g].x);
    loyi_total_add(&total[0], weight * gammas.value.sum);
    loyi_total_add(&total[0], weight * gammas.value.error);
    loyi_total_add(&total[1], weight * r * gammas.first);
    loyi_total_add(&total[at], weight * r * (gammas.first + r * gammas.second));
  }
  for (size_t block = 0; block < rows->blocks; block++)
    for (size_t s = 0; s < width; s++) loyi_total_add(&total[s], rows->sums[block * rows->width + s]);
  loyi_total_add(&total[0], -rows->sum_x * loyi_log(pass.alpha));
  for (size_t s = 0; s < width; s++) sums[s] = loyi_total_value(&total[s]);
  /* cppcheck-suppress uninitvar; the width is never 0 */
  *value = sums[0];
  for (size_t p = 0; p < m; p++) gradient[p] = sums[1 + p];
  for (size_t p = 0; p < m; p++)
    for (size_t q = 0; q <= p; q++) hessian[n * p + q] = hessian[n * q + p] = sums[at++];
  loyi_covariate_gather(design, sums + at, gradient, hessian);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_TOTAL_INL_H */
