/* mean_fit-inl.h: body of mean_fit.h. */
#ifndef LOYALTY_RESPONSE_MEAN_FIT_INL_H
#define LOYALTY_RESPONSE_MEAN_FIT_INL_H

#include "mean_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "../math/linalg.h"
#include "../math/sum.h"
#include "mean_data-inl.h"

LOY_BEGIN_DECLS

/* Sums over cells: the objective, the score, the lower triangle of the information. */
#define LOYI_MEAN_SUMS (1 + LOYI_MEAN_MOST + LOYI_MEAN_MOST * (LOYI_MEAN_MOST + 1) / 2)
/* The certificate, with room to spare: the steps of Fisher scoring shrink by a factor only, and their rest is as long.
 */
#define LOYI_MEAN_STEP  1e-12
#define LOYI_MEAN_SCORE 1e-6
/* A step this far within the standard errors is rounding: half its squared length in them. */
#define LOYI_MEAN_ROUNDING 1e-20
/* The same as a part of the objective: where weights are huge, scores carry a rounding error of 1e-16 of them. */
#define LOYI_MEAN_HUGE 1e-26
/* Steps in which nothing but rounding is to be gained: some polish the parameters, more would not. */
#define LOYI_MEAN_POLISH 40
/* Nothing is gained any more, yet the step is long: the parameters run away. */
#define LOYI_MEAN_NO_GAIN   1e-9
#define LOYI_MEAN_LONG_STEP 1e-2
#define LOYI_MEAN_SINGULAR  1e12
/* Objectives closer than this part of their size are not told apart. */
#define LOYI_MEAN_NOISE    0x1p-47
#define LOYI_MEAN_HALVINGS 50
#define LOYI_MEAN_STRIDE   10.0
/* Runs that a thinned problem looks at, about. */
#define LOYI_MEAN_FEW 64

LOYI_SHARED void loyi_mean_problem_init(loyi_mean_problem *problem) {
  memset(problem, 0, sizeof *problem);
  problem->thin = 1;
  problem->most_iterations = 200;
}

LOYI_SHARED size_t loyi_mean_thin(const loyi_mean_data *data) {
  const size_t thin = data->cells / (LOYI_MEAN_FEW * (size_t)LOYI_MEAN_RUN);
  return thin > 1 ? thin : 1;
}

/* One run of cells, padded to whole lanes with cells without answers. */
typedef struct loyi_mean_buffer {
  double yes[LOYI_MEAN_RUN], no[LOYI_MEAN_RUN];
  double mean[LOYI_MEAN_RUN], rest[LOYI_MEAN_RUN];
  double derivative[LOYI_MEAN_MOST][LOYI_MEAN_RUN];
  double pull[LOYI_MEAN_RUN];   /* the score of a cell is pull * derivative */
  double weight[LOYI_MEAN_RUN]; /* its information weight * derivative * derivative' */
  double term[LOYI_MEAN_RUN];   /* of the objective */
} loyi_mean_buffer;

/* Ask the law for cells first to first + n - 1. Returns their number, padded. */
LOYI_LOCAL size_t loyi_mean_fill(const loyi_mean_problem *problem, const loyi_mean_data *data, const double *theta,
                                 size_t first, size_t n, loyi_mean_buffer *buffer) {
  const size_t padded = (n + LOYI_SUM_LANES - 1) / LOYI_SUM_LANES * LOYI_SUM_LANES;
  problem->law(problem->ctx, theta, first, n, buffer->mean, buffer->rest, buffer->derivative);
  memcpy(buffer->yes, data->yes + first, n * sizeof(double));
  memcpy(buffer->no, data->no + first, n * sizeof(double));
  for (size_t i = n; i < padded; i++) {
    buffer->yes[i] = buffer->no[i] = 0.0;
    buffer->mean[i] = buffer->rest[i] = 0.5;
    for (size_t j = 0; j < problem->params; j++) buffer->derivative[j][i] = 0.0;
  }
  return padded;
}

/* ln L and ln(1 - L). The one near 1 by the other, which tells how near. */
static inline void loyi_mean_logarithms(double mean, double rest, double *log_mean, double *log_rest) {
  const int low = mean < rest;
  const double small = loyi_select(low, mean, rest), of_small = loyi_log(small), of_large = loyi_log1p(-small);
  *log_mean = loyi_select(low, of_small, of_large);
  *log_rest = loyi_select(low, of_large, of_small);
}

/* Pull, weight and term of each cell: of the likelihood, then of the squares. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_mean_likelihood_terms(loyi_mean_buffer *buffer, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const double yes = buffer->yes[i], no = buffer->no[i], mean = buffer->mean[i], rest = buffer->rest[i];
    const double spread = mean * rest;
    double log_mean, log_rest;
    loyi_mean_logarithms(mean, rest, &log_mean, &log_rest);
    buffer->pull[i] = loyi_select(yes > 0.0, yes / mean, 0.0) - loyi_select(no > 0.0, no / rest, 0.0);
    buffer->weight[i] = loyi_select(spread > 0.0, (yes + no) / spread, 0.0);
    buffer->term[i] = loyi_select(yes > 0.0, yes * log_mean, 0.0) + loyi_select(no > 0.0, no * log_rest, 0.0);
  }
}

LOYI_CLONES LOYI_LOCAL void loyi_mean_square_terms(loyi_mean_buffer *buffer, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const double sum = buffer->yes[i] + buffer->no[i];
    const double pull = buffer->yes[i] * buffer->rest[i] - buffer->no[i] * buffer->mean[i];
    buffer->pull[i] = pull;
    buffer->weight[i] = sum;
    buffer->term[i] = loyi_select(sum > 0.0, -0.5 * pull * (pull / sum), 0.0);
  }
}

/* Add a run to the lanes of its block. */
LOYI_CLONES LOYI_LOCAL void loyi_mean_gather(const loyi_mean_buffer *buffer, size_t params, size_t n,
                                             double (*lanes)[LOYI_SUM_LANES]) {
  size_t next = 1 + params;
  for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
    for (size_t k = 0; k < LOYI_SUM_LANES; k++) lanes[0][k] += buffer->term[i + k];
  for (size_t p = 0; p < params; p++) {
    double weighted[LOYI_MEAN_RUN], sum[LOYI_SUM_LANES];
    const double *LOY_RESTRICT d = buffer->derivative[p];
    memcpy(sum, lanes[1 + p], sizeof sum);
    for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
      for (size_t k = 0; k < LOYI_SUM_LANES; k++) sum[k] += buffer->pull[i + k] * d[i + k];
    memcpy(lanes[1 + p], sum, sizeof sum);
    for (size_t i = 0; i < n; i++) weighted[i] = buffer->weight[i] * d[i];
    for (size_t q = 0; q <= p; q++, next++) {
      const double *LOY_RESTRICT e = buffer->derivative[q];
      memcpy(sum, lanes[next], sizeof sum);
      for (size_t i = 0; i < n; i += LOYI_SUM_LANES)
        for (size_t k = 0; k < LOYI_SUM_LANES; k++) sum[k] += weighted[i + k] * e[i + k];
      memcpy(lanes[next], sum, sizeof sum);
    }
  }
}

LOYI_CLONES LOYI_LOCAL size_t loyi_mean_contradictions(const loyi_mean_buffer *buffer, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    count += ((buffer->yes[i] > 0.0) & !(buffer->mean[i] > 0.0)) | ((buffer->no[i] > 0.0) & !(buffer->rest[i] > 0.0));
  return count;
}

/* The first cell among n whose mean of 0 or 1 contradicts its answers, or n. */
LOYI_LOCAL size_t loyi_mean_contradicted(const loyi_mean_buffer *buffer, size_t n) {
  if (loyi_mean_contradictions(buffer, n) == 0) return n;
  for (size_t i = 0; i < n; i++) {
    if ((buffer->yes[i] > 0.0 && !(buffer->mean[i] > 0.0)) || (buffer->no[i] > 0.0 && !(buffer->rest[i] > 0.0)))
      return i;
  }
  return n;
}

LOYI_LOCAL void loyi_mean_punish(const loyi_mean_problem *problem, const double *theta, loyi_mean_state *sums) {
  double gradient[LOYI_MEAN_MOST] = {0.0}, curvature[LOYI_MEAN_MOST] = {0.0};
  if (!problem->penalty) return;
  sums->objective -= problem->penalty(problem->ctx, theta, gradient, curvature);
  for (size_t p = 0; p < problem->params; p++) {
    sums->score[p] -= gradient[p];
    sums->information[p * problem->params + p] += curvature[p];
  }
}

LOYI_SHARED void loyi_mean_evaluate(const loyi_mean_problem *problem, const double *theta, loyi_mean_state *sums) {
  const size_t params = problem->params, used = 1 + params + params * (params + 1) / 2;
  const size_t cells = problem->data->cells;
  loyi_total totals[LOYI_MEAN_SUMS];
  loyi_mean_buffer buffer;
  size_t next = 1 + params;
  for (size_t s = 0; s < used; s++) totals[s].sum = totals[s].error = 0.0;
  sums->contradicted = SIZE_MAX;
  for (size_t block = 0; block < loyi_sum_blocks(cells); block++) {
    double lanes[LOYI_MEAN_SUMS][LOYI_SUM_LANES];
    const size_t begin = block * LOYI_SUM_BLOCK, end = begin + loyi_sum_rows(cells, block);
    memset(lanes, 0, used * sizeof lanes[0]);
    for (size_t first = begin; first < end; first += LOYI_MEAN_RUN) {
      const size_t n = end - first < LOYI_MEAN_RUN ? end - first : (size_t)LOYI_MEAN_RUN;
      size_t padded;
      if (first / LOYI_MEAN_RUN % problem->thin != 0) continue;
      padded = loyi_mean_fill(problem, problem->data, theta, first, n, &buffer);
      if (problem->squares) {
        loyi_mean_square_terms(&buffer, padded);
      } else {
        loyi_mean_likelihood_terms(&buffer, padded);
        if (sums->contradicted == SIZE_MAX) {
          const size_t at = loyi_mean_contradicted(&buffer, n);
          if (at < n) sums->contradicted = first + at;
        }
      }
      loyi_mean_gather(&buffer, params, padded, lanes);
    }
    for (size_t s = 0; s < used; s++) loyi_total_add(&totals[s], loyi_lanes_total(lanes[s]));
  }
  sums->objective = sums->contradicted == SIZE_MAX ? loyi_total_value(&totals[0]) : -(double)INFINITY;
  for (size_t p = 0; p < params; p++) sums->score[p] = loyi_total_value(&totals[1 + p]);
  for (size_t p = 0; p < params; p++) {
    for (size_t q = 0; q <= p; q++, next++)
      sums->information[p * params + q] = sums->information[q * params + p] = loyi_total_value(&totals[next]);
  }
  loyi_mean_punish(problem, theta, sums);
}

/* Whether everything a step needs is finite. */
LOYI_LOCAL int loyi_mean_usable(const loyi_mean_problem *problem, const loyi_mean_state *sums) {
  int good = isfinite(sums->objective);
  for (size_t p = 0; p < problem->params; p++) good = good && isfinite(sums->score[p]);
  for (size_t p = 0; p < problem->params * problem->params; p++) good = good && isfinite(sums->information[p]);
  return good;
}

LOYI_LOCAL double loyi_mean_inside(const loyi_mean_problem *problem, size_t p, double x) {
  if (x < problem->lower[p]) return problem->lower[p];
  return x > problem->upper[p] ? problem->upper[p] : x;
}

/* -1 on the lower bound, 1 on the upper, else 0. */
LOYI_LOCAL int loyi_mean_side(const loyi_mean_problem *problem, size_t p, double x) {
  return (x >= problem->upper[p]) - (x <= problem->lower[p]);
}

/* Parameters that are neither fixed nor in `held`. */
LOYI_LOCAL size_t loyi_mean_free(const loyi_mean_problem *problem, unsigned held, size_t *list) {
  size_t count = 0;
  for (size_t p = 0; p < problem->params; p++) {
    if (!((problem->fixed | held) >> p & 1u)) list[count++] = p;
  }
  return count;
}

/* The Cholesky factor of the information over the list, scaled to a unit diagonal, plus `damping` times its diagonal.
 * A parameter without information gets scale 0 and stays. Returns 0 when it is not positive definite. */
LOYI_LOCAL int loyi_mean_factor(const loyi_mean_problem *problem, const double *information, const size_t *list,
                                size_t count, double damping, double *scale, double *factor) {
  for (size_t i = 0; i < count; i++) {
    const double diagonal = information[list[i] * problem->params + list[i]];
    scale[i] = diagonal > 0.0 ? 1.0 / sqrt(diagonal) : 0.0;
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < count; j++)
      factor[i * count + j] = information[list[i] * problem->params + list[j]] * scale[i] * scale[j];
    factor[i * count + i] = (scale[i] > 0.0 ? 1.0 : 0.0) + damping;
  }
  return count == 0 || loyi_cholesky(factor, count);
}

/* information * step = score over the list; damped, as in Levenberg and Marquardt, just enough where the information is
 * singular. The other elements of step are 0. */
LOYI_LOCAL void loyi_mean_solve(const loyi_mean_problem *problem, const loyi_mean_state *sums, const size_t *list,
                                size_t count, double *step) {
  double scale[LOYI_MEAN_MOST], part[LOYI_MEAN_MOST], factor[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  double damping = 0.0;
  while (!loyi_mean_factor(problem, sums->information, list, count, damping, scale, factor))
    damping = damping == 0.0 ? 1e-12 : 10.0 * damping;
  for (size_t i = 0; i < count; i++) part[i] = sums->score[list[i]] * scale[i];
  loyi_cholesky_solve(factor, count, part);
  for (size_t p = 0; p < problem->params; p++) step[p] = 0.0;
  for (size_t i = 0; i < count; i++) step[list[i]] = part[i] * scale[i];
}

/* The step from result->theta. Parameters at a bound are held when their score, or the step itself, points beyond it.
 * Fills the certificate too. */
LOYI_LOCAL void loyi_mean_step(const loyi_mean_problem *problem, loyi_mean_result *result, double *step) {
  const loyi_mean_state *sums = &result->sums;
  unsigned held = 0, pushed = 0;
  size_t list[LOYI_MEAN_MOST], count;
  for (size_t p = 0; p < problem->params; p++) {
    if ((double)loyi_mean_side(problem, p, result->theta[p]) * sums->score[p] > 0.0) held |= 1u << p;
  }
  held &= ~problem->fixed;
  do {
    count = loyi_mean_free(problem, held | pushed, list);
    loyi_mean_solve(problem, sums, list, count, step);
    held |= pushed;
    pushed = 0;
    for (size_t i = 0; i < count; i++) {
      if ((double)loyi_mean_side(problem, list[i], result->theta[list[i]]) * step[list[i]] > 0.0)
        pushed |= 1u << list[i];
    }
  } while (pushed);
  result->at_bound = held;
  result->last_step = result->largest_score = result->decrement = 0.0;
  for (size_t i = 0; i < count; i++) {
    const double x = result->theta[list[i]], move = step[list[i]];
    const double length = fabs(loyi_mean_inside(problem, list[i], x + move) - x) / (fabs(x) > 1.0 ? fabs(x) : 1.0);
    if (length > result->last_step) result->last_step = length;
    if (fabs(sums->score[list[i]]) > result->largest_score) result->largest_score = fabs(sums->score[list[i]]);
    result->decrement += 0.5 * move * sums->score[list[i]];
  }
}

/* Move along the step, halved until the objective grows. 0 when it does not. Where the information nearly vanishes a
 * step is senselessly long, and begins with the part of it that changes no parameter more than tenfold. */
LOYI_LOCAL int loyi_mean_search(const loyi_mean_problem *problem, const double *step, loyi_mean_result *result) {
  const double noise = LOYI_MEAN_NOISE * fabs(result->sums.objective);
  loyi_mean_state sums;
  double part = 1.0;
  for (size_t p = 0; p < problem->params; p++) {
    const double size = fabs(result->theta[p]), longest = LOYI_MEAN_STRIDE * (size > 1.0 ? size : 1.0);
    if (fabs(step[p]) * part > longest) part = longest / fabs(step[p]);
  }
  for (int halving = 0; halving < LOYI_MEAN_HALVINGS; halving++, part *= 0.5) {
    double theta[LOYI_MEAN_MOST];
    int moved = 0;
    for (size_t p = 0; p < problem->params; p++) {
      theta[p] = step[p] == 0.0 ? result->theta[p] : loyi_mean_inside(problem, p, result->theta[p] + part * step[p]);
      moved |= theta[p] != result->theta[p];
    }
    if (!moved) return 0;
    loyi_mean_evaluate(problem, theta, &sums);
    result->evaluations++;
    if (loyi_mean_usable(problem, &sums) &&
        sums.objective >= result->sums.objective + 1e-4 * part * result->decrement - noise) {
      memcpy(result->theta, theta, problem->params * sizeof(double));
      result->sums = sums;
      return 1;
    }
  }
  return 0;
}

/* What a gain is measured in: 1 for a likelihood (less when the weights are small), the variance of an answer for
 * squares. */
LOYI_LOCAL double loyi_mean_unit(const loyi_mean_problem *problem, const loyi_mean_result *result) {
  const double rows = (double)problem->data->rows, weight = problem->data->trials / rows;
  const double variance = -2.0 * result->sums.objective / rows;
  if (!problem->squares) return weight < 1.0 ? weight : 1.0;
  return variance > 1e-12 * weight ? variance : 1e-12 * weight;
}

/* |M| |M^-1| of the scaled information over the parameters that are free, in the maximum norm. */
LOYI_LOCAL double loyi_mean_condition(const loyi_mean_problem *problem, const loyi_mean_result *result) {
  double scale[LOYI_MEAN_MOST], factor[LOYI_MEAN_MOST * LOYI_MEAN_MOST], inverse[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  double norm = 0.0, inverse_norm = 0.0;
  size_t list[LOYI_MEAN_MOST];
  const size_t count = loyi_mean_free(problem, result->at_bound, list);
  if (count == 0) return 1.0;
  if (!loyi_mean_factor(problem, result->sums.information, list, count, 0.0, scale, factor)) return (double)INFINITY;
  loyi_cholesky_inverse(factor, count, inverse);
  for (size_t i = 0; i < count; i++) {
    double sum = 0.0, inverse_sum = 0.0;
    for (size_t j = 0; j < count; j++) {
      sum += fabs(result->sums.information[list[i] * problem->params + list[j]]) * scale[i] * scale[j];
      inverse_sum += fabs(inverse[i * count + j]);
    }
    if (sum > norm) norm = sum;
    if (inverse_sum > inverse_norm) inverse_norm = inverse_sum;
  }
  return norm * inverse_norm;
}

LOYI_SHARED int loyi_mean_fit(const loyi_mean_problem *problem, const double *start, loyi_mean_result *result) {
  double step[LOYI_MEAN_MOST];
  int idle = 0;
  memset(result, 0, sizeof *result);
  for (size_t p = 0; p < problem->params; p++)
    result->theta[p] = problem->fixed >> p & 1u ? start[p] : loyi_mean_inside(problem, p, start[p]);
  loyi_mean_evaluate(problem, result->theta, &result->sums);
  result->evaluations = 1;
  if (!loyi_mean_usable(problem, &result->sums)) return 0;
  for (;;) {
    const double unit = loyi_mean_unit(problem, result), size = fabs(result->sums.objective);
    loyi_mean_step(problem, result, step);
    idle += result->decrement <= LOYI_MEAN_NOISE * size;
    result->converged = (result->last_step < LOYI_MEAN_STEP && result->largest_score < LOYI_MEAN_SCORE) ||
                        result->decrement < LOYI_MEAN_ROUNDING * unit || result->decrement < LOYI_MEAN_HUGE * size ||
                        idle > LOYI_MEAN_POLISH;
    /* Where the information is singular to rounding, a step along which nothing changes is long and means nothing. */
    result->separated = !result->converged && result->decrement < LOYI_MEAN_NO_GAIN * unit &&
                        result->last_step > LOYI_MEAN_LONG_STEP &&
                        loyi_mean_condition(problem, result) < LOYI_MEAN_SINGULAR;
    if (result->converged || result->separated || result->iterations >= problem->most_iterations) break;
    if (!loyi_mean_search(problem, step, result)) {
      result->converged = result->decrement <= LOYI_MEAN_NOISE * size;
      break;
    }
    result->iterations++;
  }
  /* A parameter that rests on its bound with no pull either way has no standard error either. */
  for (size_t p = 0; p < problem->params; p++) {
    if (loyi_mean_side(problem, p, result->theta[p]) != 0 && fabs(result->sums.score[p]) < LOYI_MEAN_SCORE)
      result->at_bound |= ~problem->fixed & (1u << p);
  }
  result->condition = loyi_mean_condition(problem, result);
  return 1;
}

/* What each of n cells adds to X2 and to the squares. */
LOYI_CLONES LOYI_LOCAL void loyi_mean_measures(const loyi_mean_buffer *LOY_RESTRICT buffer,
                                               const double *LOY_RESTRICT within, size_t n,
                                               double (*LOY_RESTRICT measure)[LOYI_MEAN_RUN]) {
  for (size_t i = 0; i < n; i++) {
    const double yes = buffer->yes[i], no = buffer->no[i], mean = buffer->mean[i], rest = buffer->rest[i];
    const double off = yes * rest - no * mean; /* sum (ybar - L) */
    const double square = within[i] + off * (off / (yes + no));
    measure[0][i] = loyi_select(square > 0.0, square / (mean * rest), 0.0);
    measure[1][i] = square;
  }
}

/* What cell i of a run adds to half the deviance; where all answer alike that is its log-likelihood. */
LOYI_LOCAL double loyi_mean_cell_distance(const loyi_mean_buffer *buffer, size_t i) {
  const double yes = buffer->yes[i], no = buffer->no[i];
  if (!(yes > 0.0 && no > 0.0)) return -buffer->term[i];
  return loyi_mean_distance(yes, yes + no, buffer->mean[i]) + loyi_mean_distance(no, yes + no, buffer->rest[i]);
}

/* Log-likelihood, deviance, X2 and squares of the rows that `data` holds. */
LOYI_LOCAL void loyi_mean_measure(const loyi_mean_problem *problem, const loyi_mean_data *data, const double *theta,
                                  loyi_mean_conclusion *measures) {
  loyi_total log_likelihood = {0.0, 0.0}, deviance = {0.0, 0.0}, pearson = {0.0, 0.0}, squares = {0.0, 0.0};
  loyi_mean_buffer buffer;
  double measure[2][LOYI_MEAN_RUN];
  for (size_t first = 0; first < data->cells; first += LOYI_MEAN_RUN) {
    const size_t n = data->cells - first < LOYI_MEAN_RUN ? data->cells - first : (size_t)LOYI_MEAN_RUN;
    const size_t padded = loyi_mean_fill(problem, data, theta, first, n, &buffer);
    loyi_mean_likelihood_terms(&buffer, padded);
    loyi_mean_measures(&buffer, data->within + first, n, measure);
    for (size_t i = 0; i < n; i++) {
      loyi_total_add(&log_likelihood, buffer.term[i]);
      loyi_total_add(&deviance, loyi_mean_cell_distance(&buffer, i));
      loyi_total_add(&pearson, measure[0][i]);
      loyi_total_add(&squares, measure[1][i]);
      if (data->cells < data->rows) loyi_total_add(&deviance, -loyi_mean_saturated(buffer.yes[i], buffer.no[i]));
    }
  }
  if (data->cells < data->rows) loyi_total_add(&deviance, data->saturated);
  measures->log_likelihood = loyi_total_value(&log_likelihood);
  measures->deviance = 2.0 * loyi_total_value(&deviance);
  if (measures->deviance < 0.0) measures->deviance = 0.0; /* rounding, where rows are as their cells */
  measures->pearson = loyi_total_value(&pearson);
  measures->squares = loyi_total_value(&squares);
}

/* Pull and derivatives of each cell at the estimate: cells * (2 + params) numbers: mean, 1 - mean, derivatives. */
LOYI_LOCAL void loyi_mean_tabulate(const loyi_mean_problem *problem, const double *theta, double *table) {
  const size_t width = 2 + problem->params, cells = problem->data->cells;
  loyi_mean_buffer buffer;
  for (size_t first = 0; first < cells; first += LOYI_MEAN_RUN) {
    const size_t n = cells - first < LOYI_MEAN_RUN ? cells - first : (size_t)LOYI_MEAN_RUN;
    (void)loyi_mean_fill(problem, problem->data, theta, first, n, &buffer);
    for (size_t i = 0; i < n; i++) {
      double *entry = table + (first + i) * width;
      entry[0] = buffer.mean[i];
      entry[1] = buffer.rest[i];
      for (size_t p = 0; p < problem->params; p++) entry[2 + p] = buffer.derivative[p][i];
    }
  }
}

/* The sum of u u' over clusters, u being the score of a cluster. */
LOYI_LOCAL void loyi_mean_outer(const loyi_mean_problem *problem, const loyi_mean_clusters *clusters,
                                const double *table, double *outer) {
  const size_t params = problem->params, width = 2 + params;
  loyi_total totals[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  size_t next = 0;
  for (size_t p = 0; p < params * params; p++) totals[p].sum = totals[p].error = 0.0;
  for (size_t k = 0; k < clusters->count; k++) {
    loyi_total score[LOYI_MEAN_MOST];
    double u[LOYI_MEAN_MOST];
    for (size_t p = 0; p < params; p++) score[p].sum = score[p].error = 0.0;
    for (; next < clusters->end[k]; next++) {
      const size_t row = clusters->row[next];
      const double *entry = table + problem->data->cell_of[row] * width;
      double yes, no, pull;
      loyi_mean_answer(problem->data, row, &yes, &no);
      if (problem->squares) {
        pull = yes * entry[1] - no * entry[0];
      } else {
        pull = (yes > 0.0 ? yes / entry[0] : 0.0) - (no > 0.0 ? no / entry[1] : 0.0);
      }
      for (size_t p = 0; p < params; p++) loyi_total_add(&score[p], pull * entry[2 + p]);
    }
    for (size_t p = 0; p < params; p++) u[p] = loyi_total_value(&score[p]);
    for (size_t p = 0; p < params; p++)
      for (size_t q = 0; q <= p; q++) loyi_total_add(&totals[p * params + q], u[p] * u[q]);
  }
  for (size_t p = 0; p < params; p++)
    for (size_t q = 0; q <= p; q++)
      outer[p * params + q] = outer[q * params + p] = loyi_total_value(&totals[p * params + q]);
}

/* I^-1 over all parameters: 0 for fixed ones, NaN for those at a bound, and throughout where singular. */
LOYI_LOCAL void loyi_mean_inverse(const loyi_mean_problem *problem, const loyi_mean_result *result, double *inverse) {
  double scale[LOYI_MEAN_MOST], factor[LOYI_MEAN_MOST * LOYI_MEAN_MOST], part[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  const size_t params = problem->params;
  size_t list[LOYI_MEAN_MOST];
  const size_t count = loyi_mean_free(problem, result->at_bound, list);
  for (size_t p = 0; p < params; p++) {
    for (size_t q = 0; q < params; q++)
      inverse[p * params + q] = (problem->fixed >> p | problem->fixed >> q) & 1u ? 0.0 : (double)NAN;
  }
  if (count == 0 || !loyi_mean_factor(problem, result->sums.information, list, count, 0.0, scale, factor)) return;
  loyi_cholesky_inverse(factor, count, part);
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++) inverse[list[i] * params + list[j]] = part[i * count + j] * scale[i] * scale[j];
}

/* covariance = inverse * outer * inverse * factor over the parameters that have one. */
LOYI_LOCAL void loyi_mean_sandwich(const loyi_mean_problem *problem, const loyi_mean_result *result,
                                   const double *outer, double factor, double *covariance) {
  double left[LOYI_MEAN_MOST * LOYI_MEAN_MOST], inverse[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  const size_t params = problem->params;
  size_t list[LOYI_MEAN_MOST];
  const size_t count = loyi_mean_free(problem, result->at_bound, list);
  memcpy(inverse, covariance, params * params * sizeof(double));
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < count; j++) {
      double sum = 0.0;
      for (size_t k = 0; k < count; k++) sum += inverse[list[i] * params + list[k]] * outer[list[k] * params + list[j]];
      left[i * count + j] = sum;
    }
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = 0.0;
      for (size_t k = 0; k < count; k++) sum += left[i * count + k] * inverse[list[k] * params + list[j]];
      if (i == j && sum < 0.0) sum = 0.0; /* a variance of nothing but rounding */
      covariance[list[i] * params + list[j]] = covariance[list[j] * params + list[i]] = factor * sum;
    }
  }
}

/* I^-1 (sum u u') I^-1 G/(G - 1) in place of `covariance`, which holds I^-1. */
LOYI_LOCAL loy_status loyi_mean_robust(const loyi_mean_problem *problem, const loyi_mean_result *result,
                                       double *covariance, size_t *count, loy_error *error) {
  const loyi_mean_data *data = problem->data;
  const size_t width = 2 + problem->params;
  loyi_mean_clusters clusters;
  double outer[LOYI_MEAN_MOST * LOYI_MEAN_MOST];
  double *table = NULL;
  loy_status status = loyi_mean_clusters_make(data, &clusters, error);
  if (status != LOY_OK) return status;
  if (clusters.count < 2) {
    status = loyi_report(error, LOY_ERR_TOO_FEW, "cluster", LOY_NO_INDEX, "must have at least two different codes");
  } else {
    table = (double *)loyi_allocate(data->allocator, data->cells, width * sizeof *table);
    if (!table) status = loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  }
  if (status == LOY_OK) {
    loyi_mean_tabulate(problem, result->theta, table);
    loyi_mean_outer(problem, &clusters, table, outer);
    loyi_mean_sandwich(problem, result, outer, (double)clusters.count / (double)(clusters.count - 1), covariance);
    *count = clusters.count;
  }
  loyi_release(data->allocator, table, data->cells, width * sizeof *table);
  loyi_mean_clusters_release(&clusters);
  return status;
}

LOYI_SHARED loy_status loyi_mean_conclude(const loyi_mean_problem *problem, const loyi_mean_data *counts,
                                          const loyi_mean_result *result, loyi_mean_covariance kind,
                                          loyi_mean_conclusion *conclusion, loy_error *error) {
  const size_t params = problem->params;
  const int spread = kind == LOYI_MEAN_QUASI || kind == LOYI_MEAN_SQUARES;
  size_t list[LOYI_MEAN_MOST];
  double n, p;
  memset(conclusion, 0, sizeof *conclusion);
  conclusion->free_params = loyi_mean_free(problem, 0, list);
  n = (double)problem->data->rows;
  p = (double)conclusion->free_params;
  loyi_mean_measure(problem, counts, result->theta, conclusion);
  if (problem->squares) {
    loyi_mean_conclusion squares;
    loyi_mean_measure(problem, problem->data, result->theta, &squares);
    conclusion->squares = squares.squares;
  }
  conclusion->dispersion = (double)NAN;
  if (n > p) conclusion->dispersion = (problem->squares ? conclusion->squares : conclusion->pearson) / (n - p);
  conclusion->aic = -2.0 * conclusion->log_likelihood + 2.0 * p;
  conclusion->bic = -2.0 * conclusion->log_likelihood + p * loyi_log(counts->trials);
  conclusion->df = spread ? n - p : (double)INFINITY;
  loyi_mean_inverse(problem, result, conclusion->covariance);
  for (size_t k = 0; spread && k < params * params; k++) conclusion->covariance[k] *= conclusion->dispersion;
  if (kind == LOYI_MEAN_ROBUST) {
    const loy_status status = loyi_mean_robust(problem, result, conclusion->covariance, &conclusion->clusters, error);
    if (status != LOY_OK) return status;
  }
  for (size_t k = 0; k < params; k++) conclusion->std_error[k] = sqrt(conclusion->covariance[k * (params + 1)]);
  return LOY_OK;
}

#undef LOYI_MEAN_SUMS
#undef LOYI_MEAN_STEP
#undef LOYI_MEAN_SCORE
#undef LOYI_MEAN_ROUNDING
#undef LOYI_MEAN_HUGE
#undef LOYI_MEAN_POLISH
#undef LOYI_MEAN_NO_GAIN
#undef LOYI_MEAN_LONG_STEP
#undef LOYI_MEAN_SINGULAR
#undef LOYI_MEAN_NOISE
#undef LOYI_MEAN_HALVINGS
#undef LOYI_MEAN_STRIDE
#undef LOYI_MEAN_FEW

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_MEAN_FIT_INL_H */
