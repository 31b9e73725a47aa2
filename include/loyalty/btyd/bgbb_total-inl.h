/* bgbb_total-inl.h: body of bgbb_cells.h: the evaluation. */
#ifndef LOYALTY_BTYD_BGBB_TOTAL_INL_H
#define LOYALTY_BTYD_BGBB_TOTAL_INL_H

#include "bgbb_cells.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/sum.h"

LOY_BEGIN_DECLS

/* Less work than this takes less time than a thread takes to start. */
enum { LOYI_BGBB_ALONE = 8 }; /* blocks */

/* The silence G of a walk from period m on, with the derivatives of its logarithm by alpha, beta, gamma, delta:
 * gradient and lower triangle of the Hessian by rows. */
typedef struct loyi_bgbb_silence {
  double value, first[4], second[10];
} loyi_bgbb_silence;

/* One period back: G = theta + f G', theta = gamma/(gamma+delta+m), f = (beta+m-x)/(alpha+beta+m) (delta+m)/(gamma+
 * delta+m). ln G is that of a mixture: with pi = theta/G and rho = 1 - pi, and d the difference of the gradients of ln
 * theta and ln f + ln G', the gradient is their mean, the Hessian the mean of theirs and pi rho d d'. Nothing cancels.
 */
LOYI_LOCAL void loyi_bgbb_silence_back(loyi_bgbb_silence *of, const loy_bgbb_params *params, double x, double m) {
  double buy = params->alpha + x, idle = params->beta + (m - x), gamma = params->gamma, stay = params->delta + m;
  double per_p = 1.0 / (buy + idle), per_idle = 1.0 / idle, per_theta = 1.0 / (gamma + stay), per_stay = 1.0 / stay;
  double per_gamma = 1.0 / gamma, stop = gamma * per_theta;
  double keep_idle = buy < idle ? 1.0 - buy * per_p : idle * per_p;
  double keep_stay = gamma < stay ? 1.0 - stop : stay * per_theta;
  double next = keep_idle * keep_stay * of->value, value = stop + next, pi = stop / value, rho = next / value;
  double beta_1 = buy * per_p * per_idle, delta_1 = gamma * per_theta * per_stay; /* of ln f */
  double p2 = per_p * per_p, t2 = per_theta * per_theta, both = pi * rho, d[4], mix[4];
  double later[4], *first = of->first, *second = of->second;
  later[0] = first[0] - per_p;
  later[1] = first[1] + beta_1;
  later[2] = first[2] - per_theta;
  later[3] = first[3] + delta_1;
  d[0] = -later[0];
  d[1] = -later[1];
  d[2] = per_gamma - first[2];
  d[3] = -per_stay - first[3];
  first[0] = rho * later[0];
  first[1] = rho * later[1];
  first[2] = pi * (stay * per_theta * per_gamma) + rho * later[2];
  first[3] = rho * later[3] - pi * per_theta;
  for (int i = 0; i < 4; i++) mix[i] = both * d[i];
  second[0] = rho * (second[0] + p2) + mix[0] * d[0];
  second[1] = rho * (second[1] + p2) + mix[1] * d[0];
  second[2] = rho * (second[2] - beta_1 * (per_idle + per_p)) + mix[1] * d[1];
  second[3] = rho * second[3] + mix[2] * d[0];
  second[4] = rho * second[4] + mix[2] * d[1];
  second[5] = rho * (second[5] + t2) + pi * (t2 - per_gamma * per_gamma) + mix[2] * d[2];
  second[6] = rho * second[6] + mix[3] * d[0];
  second[7] = rho * second[7] + mix[3] * d[1];
  second[8] = rho * (second[8] + t2) + pi * t2 + mix[3] * d[2];
  second[9] = rho * (second[9] - delta_1 * (per_stay + per_theta)) + pi * t2 + mix[3] * d[3];
  of->value = value;
}

typedef struct loyi_bgbb_pass {
  loyi_bgbb_cells *cells;
  const loy_bgbb_params *params;
} loyi_bgbb_pass;

LOYI_LOCAL void loyi_bgbb_pass_block(void *ctx, size_t number) {
  const loyi_bgbb_pass *pass = (const loyi_bgbb_pass *)ctx;
  loyi_bgbb_block *block = &pass->cells->block[number];
  loyi_total value = {0.0, 0.0};
  double *sum = block->sum;
  for (int k = 0; k < LOYI_BGBB_SUMS; k++) sum[k] = 0.0;
  for (size_t g = block->begin; g < block->end; g++) {
    const loyi_bgbb_group *group = &pass->cells->group[g];
    loyi_bgbb_silence silence;
    double m = group->T;
    memset(&silence, 0, sizeof silence);
    silence.value = 1.0;
    for (size_t i = group->end; i-- > group->begin;) {
      const double weight = pass->cells->cell[i].weight, t_x = (double)pass->cells->cell[i].period;
      while (m > t_x) loyi_bgbb_silence_back(&silence, pass->params, group->x, m -= 1.0);
      loyi_total_add(&value, weight * loyi_log(silence.value));
      for (int k = 0; k < 4; k++) sum[1 + k] += weight * silence.first[k];
      for (int k = 0; k < 10; k++) sum[5 + k] += weight * silence.second[k];
    }
  }
  sum[0] = loyi_total_value(&value);
}

/* What each history was up to t_x: Sum_j of ln(alpha+j) and ln(beta+j) of those who get that far with and without a
 * purchase, less ln(alpha+beta+j), and of ln((delta+j)/(gamma+delta+j)). */
LOYI_LOCAL void loyi_bgbb_total_bought(const loyi_bgbb_cells *cells, const loy_bgbb_params *params, loyi_total *sum) {
  for (size_t i = 0; i < cells->longest; i++) {
    double j = (double)i, bought = cells->bought[i], idle = cells->idle[i], seen = cells->seen[i];
    double a = params->alpha + j, b = params->beta + j, p = params->alpha + params->beta + j;
    double stay = params->delta + j, all = params->gamma + stay;
    double per_p = 1.0 / p, per_all = 1.0 / all, per_stay = 1.0 / stay, gone = params->gamma * per_all;
    double p2 = seen * per_p * per_p, t2 = seen * per_all * per_all;
    if (bought > 0.0) {
      loyi_total_add(&sum[0], bought * loyi_log(a));
      loyi_total_add(&sum[1], bought / a);
      loyi_total_add(&sum[5], -bought / (a * a));
    }
    if (idle > 0.0) {
      loyi_total_add(&sum[0], idle * loyi_log(b));
      loyi_total_add(&sum[2], idle / b);
      loyi_total_add(&sum[7], -idle / (b * b));
    }
    loyi_total_add(&sum[0], -seen * loyi_log(p));
    loyi_total_add(&sum[0], seen * (params->gamma < stay ? loyi_log1p(-gone) : loyi_log(stay * per_all)));
    loyi_total_add(&sum[1], -seen * per_p);
    loyi_total_add(&sum[2], -seen * per_p);
    loyi_total_add(&sum[3], -seen * per_all);
    loyi_total_add(&sum[4], seen * gone * per_stay);
    loyi_total_add(&sum[5], p2);
    loyi_total_add(&sum[6], p2);
    loyi_total_add(&sum[7], p2);
    loyi_total_add(&sum[10], t2);
    loyi_total_add(&sum[13], t2);
    loyi_total_add(&sum[14], -seen * gone * per_stay * (per_stay + per_all));
  }
}

LOYI_SHARED void loyi_bgbb_cells_total(loyi_bgbb_cells *cells, const loy_bgbb_params *params, double *value,
                                       double *gradient, double *hessian) {
  loyi_total sum[LOYI_BGBB_SUMS];
  loyi_bgbb_pass pass;
  size_t at = 5;
  memset(sum, 0, sizeof sum);
  pass.cells = cells;
  pass.params = params;
  loyi_parallel(loyi_bgbb_pass_block, &pass, cells->blocks, cells->blocks < LOYI_BGBB_ALONE ? 1 : cells->threads);
  loyi_bgbb_total_bought(cells, params, sum);
  for (size_t block = 0; block < cells->blocks; block++)
    for (int k = 0; k < LOYI_BGBB_SUMS; k++) loyi_total_add(&sum[k], cells->block[block].sum[k]);
  *value = loyi_total_value(&sum[0]);
  for (size_t i = 0; i < 4; i++) gradient[i] = loyi_total_value(&sum[1 + i]);
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j <= i; j++) hessian[4 * i + j] = hessian[4 * j + i] = loyi_total_value(&sum[at++]);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BGBB_TOTAL_INL_H */
