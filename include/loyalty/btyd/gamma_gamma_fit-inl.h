/* gamma_gamma_fit-inl.h: body of gamma_gamma_fit.h. */
#ifndef LOYALTY_BTYD_GAMMA_GAMMA_FIT_INL_H
#define LOYALTY_BTYD_GAMMA_GAMMA_FIT_INL_H

#include "gamma_gamma_fit.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/gamma.h"
#include "../math/newton.h"
#include "../math/sum.h"
#include "fit_control.h"
#include "gamma_gamma-inl.h"

LOY_BEGIN_DECLS

enum {
  LOYI_GAMMA_GAMMA_DENSE = 4096,                   /* x below this are counted in a table, larger ones are sorted */
  LOYI_GAMMA_GAMMA_LEAST = 3,                      /* rows that three parameters need at the very least */
  LOYI_GAMMA_GAMMA_MOMENTS = LOYI_GAMMA_GAMMA_SUMS /* as many sums as an evaluation, in the same place */
};

LOYALTY_API void loy_gamma_gamma_fit_options_init(loy_gamma_gamma_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
}

/* How many customers have exactly x purchases. */
typedef struct loyi_gamma_gamma_cell {
  double x, weight;
} loyi_gamma_gamma_cell;

/* A fit in progress. The columns hold the rows with x > 0. */
typedef struct loyi_gamma_gamma_job {
  double *x, *total, *log_total, *w; /* one allocation of 3 or 4 columns; w may be NULL; total holds z while loading */
  size_t rows, room, columns, blocks;
  loyi_gamma_gamma_cell *cells;
  size_t cell_count, cell_room;
  double *partial; /* blocks * sums */
  double weight;   /* total */
  double mean_log_z;
  double v, log_v;        /* of the evaluation under way */
  double unit, centre[3]; /* of the moments under way */
  int threads;
} loyi_gamma_gamma_job;

/* The sums over one block of loaded rows. */
LOYI_CLONES LOYI_LOCAL void loyi_gamma_gamma_loaded_rows(const loyi_gamma_gamma_job *job, size_t first, size_t n,
                                                         double *LOY_RESTRICT sums) {
  double lanes[LOYI_GAMMA_GAMMA_SUMS][LOYI_SUM_LANES];
  double x[LOYI_GAMMA_GAMMA_CHUNK], total[LOYI_GAMMA_GAMMA_CHUNK], log_total[LOYI_GAMMA_GAMMA_CHUNK],
      w[LOYI_GAMMA_GAMMA_CHUNK];
  size_t whole = n - n % LOYI_GAMMA_GAMMA_CHUNK;
  memset(lanes, 0, sizeof lanes);
  for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j++) w[j] = 1.0;
  for (size_t i = first; i < first + whole; i += LOYI_GAMMA_GAMMA_CHUNK)
    loyi_gamma_gamma_chunk(job->x + i, job->total + i, job->log_total + i, job->w ? job->w + i : w, job->v, job->log_v,
                           lanes);
  if (whole < n) {
    for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j++) {
      size_t i = first + whole + j;
      int inside = whole + j < n;
      x[j] = inside ? job->x[i] : 1.0;
      total[j] = inside ? job->total[i] : job->v;
      log_total[j] = inside ? job->log_total[i] : job->log_v;
      w[j] = inside ? (job->w ? job->w[i] : 1.0) : 0.0;
    }
    loyi_gamma_gamma_chunk(x, total, log_total, w, job->v, job->log_v, lanes);
  }
  for (int s = 0; s < LOYI_GAMMA_GAMMA_SUMS; s++) sums[s] = loyi_lanes_total(lanes[s]);
}

LOYI_LOCAL void loyi_gamma_gamma_one_block(void *ctx, size_t block) {
  loyi_gamma_gamma_job *job = (loyi_gamma_gamma_job *)ctx;
  loyi_gamma_gamma_loaded_rows(job, block * LOYI_SUM_BLOCK, loyi_sum_rows(job->rows, block),
                               job->partial + block * LOYI_GAMMA_GAMMA_SUMS);
}

/* Work on all blocks, and the sums of what they left. */
LOYI_LOCAL void loyi_gamma_gamma_sum(loyi_gamma_gamma_job *job, loyi_block_fn fn, double *sums) {
  loyi_parallel(fn, job, job->blocks, job->threads);
  for (size_t s = 0; s < LOYI_GAMMA_GAMMA_SUMS; s++) {
    loyi_total sum = {0.0, 0.0};
    for (size_t block = 0; block < job->blocks; block++)
      loyi_total_add(&sum, job->partial[block * LOYI_GAMMA_GAMMA_SUMS + s]);
    sums[s] = loyi_total_value(&sum);
  }
}

/* Mean negative log-likelihood as a function of ln p, ln q, ln v. */
LOYI_LOCAL int loyi_gamma_gamma_objective(void *ctx, const double *point, double *value, double *gradient,
                                          double *hessian) {
  loyi_gamma_gamma_job *job = (loyi_gamma_gamma_job *)ctx;
  loyi_gamma_gamma_gammas gammas = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
  double sums[LOYI_GAMMA_GAMMA_SUMS], scale[3], total;
  loy_gamma_gamma_params params;
  for (int i = 0; i < 3; i++) scale[i] = loyi_exp(point[i]);
  params.p = scale[0];
  params.q = scale[1];
  params.v = scale[2];
  job->v = params.v;
  job->log_v = point[2];
  loyi_gamma_gamma_sum(job, loyi_gamma_gamma_one_block, sums);
  for (size_t i = 0; i < job->cell_count; i++)
    loyi_gamma_gamma_add_gammas(&gammas, &params, job->cells[i].x, job->cells[i].weight);
  loyi_gamma_gamma_combine(&params, &gammas, sums, job->mean_log_z * job->weight, &total, gradient, hessian);
  *value = -total / job->weight;
  /* To the log scale: g_i becomes s_i g_i, and h_ij becomes s_i s_j h_ij, plus s_i g_i on the diagonal,
   * where for v the sum is known without cancellation. */
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) hessian[3 * i + j] *= -scale[i] * scale[j] / job->weight;
    gradient[i] *= -scale[i] / job->weight;
    hessian[4 * i] += gradient[i];
  }
  hessian[8] = (params.p * sums[5] + params.q * sums[4]) / job->weight;
  return 1;
}

/* Ascending by x: heap sort, which needs no memory and no recursion. */
LOYI_LOCAL void loyi_gamma_gamma_sort(loyi_gamma_gamma_cell *cells, size_t n) {
  size_t start = n / 2, end = n;
  while (end > 1) {
    size_t root, child;
    loyi_gamma_gamma_cell moving;
    if (start > 0) {
      moving = cells[--start];
    } else {
      moving = cells[--end];
      cells[end] = cells[0];
    }
    root = start;
    for (child = 2 * root + 1; child < end; child = 2 * root + 1) {
      if (child + 1 < end && cells[child + 1].x > cells[child].x) child++;
      if (!(cells[child].x > moving.x)) break;
      cells[root] = cells[child];
      root = child;
    }
    cells[root] = moving;
  }
}

/* Count the rows by x: small x through a table, the few large ones by sorting. */
LOYI_LOCAL void loyi_gamma_gamma_count(loyi_gamma_gamma_job *job, loyi_total *table) {
  loyi_total total = {0.0, 0.0};
  size_t large = 0, cells = 0;
  memset(table, 0, LOYI_GAMMA_GAMMA_DENSE * sizeof *table);
  for (size_t i = 0; i < job->rows; i++) {
    if (!(job->x[i] < (double)LOYI_GAMMA_GAMMA_DENSE)) {
      job->cells[large].x = job->x[i];
      job->cells[large++].weight = job->w ? job->w[i] : 1.0;
    } else if (job->w) {
      loyi_total_add(&table[(size_t)job->x[i]], job->w[i]);
    } else {
      table[(size_t)job->x[i]].sum += 1.0; /* exact */
    }
  }
  loyi_gamma_gamma_sort(job->cells, large);
  for (size_t i = 0; i < large; i++) {
    if (cells > 0 && job->cells[cells - 1].x == job->cells[i].x) {
      job->cells[cells - 1].weight += job->cells[i].weight;
    } else {
      job->cells[cells++] = job->cells[i];
    }
  }
  for (size_t k = 1; k < LOYI_GAMMA_GAMMA_DENSE; k++) {
    if (table[k].sum > 0.0) {
      job->cells[cells].x = (double)k;
      job->cells[cells++].weight = loyi_total_value(&table[k]);
    }
  }
  job->cell_count = cells;
  for (size_t i = 0; i < cells; i++) loyi_total_add(&total, job->cells[i].weight);
  job->weight = loyi_total_value(&total);
}

/* Copy the rows with x > 0. Each row is written and then kept or not: no branch to predict. */
LOYI_LOCAL void loyi_gamma_gamma_load(loyi_gamma_gamma_job *job, const double *x, const double *z, const double *weight,
                                      size_t n) {
  size_t rows = 0;
  for (size_t i = 0; i < n; i++) {
    job->x[rows] = x[i];
    job->total[rows] = z[i];
    if (weight) job->w[rows] = weight[i];
    rows += x[i] > 0.0;
  }
}

/* Weighted moments of the loaded rows. */
typedef struct loyi_gamma_gamma_moments {
  double mean_inverse_x, mean_log_z, variance_log_z, correlation;
} loyi_gamma_gamma_moments;

/* One block of the sums that loyi_gamma_gamma_measure needs, of rows around `centre` = (x, z, ln z), z in units of
 * `unit`:
 *   0: w/x   1: w dx   2: w dz   3: w dl   4: w dx dx   5: w dz dz   6: w dx dz   7: w dl dl. */
LOYI_CLONES LOYI_LOCAL void loyi_gamma_gamma_moment_rows(const double *LOY_RESTRICT x, const double *LOY_RESTRICT z,
                                                         const double *LOY_RESTRICT w, size_t n, double unit,
                                                         const double *centre, double *LOY_RESTRICT sums) {
  double lanes[LOYI_GAMMA_GAMMA_MOMENTS][LOYI_SUM_LANES], terms[5][LOYI_GAMMA_GAMMA_CHUNK];
  memset(lanes, 0, sizeof lanes);
  for (size_t i = 0; i < n; i += LOYI_GAMMA_GAMMA_CHUNK) {
    size_t rows = n - i < LOYI_GAMMA_GAMMA_CHUNK ? n - i : (size_t)LOYI_GAMMA_GAMMA_CHUNK;
    if (rows < LOYI_GAMMA_GAMMA_CHUNK) memset(terms, 0, sizeof terms);
    for (size_t j = 0; j < rows; j++) {
      terms[0][j] = w ? w[i + j] : 1.0;
      terms[1][j] = x[i + j] - centre[0];
      terms[2][j] = z[i + j] / unit - centre[1];
      terms[3][j] = loyi_log(z[i + j]) - centre[2];
      terms[4][j] = 1.0 / x[i + j];
    }
    for (size_t j = 0; j < LOYI_GAMMA_GAMMA_CHUNK; j += LOYI_SUM_LANES) {
      for (size_t lane = 0; lane < LOYI_SUM_LANES; lane++) {
        size_t k = j + lane;
        double each = terms[0][k], dx = terms[1][k], dz = terms[2][k], dl = terms[3][k];
        lanes[0][lane] += each * terms[4][k];
        lanes[1][lane] += each * dx;
        lanes[2][lane] += each * dz;
        lanes[3][lane] += each * dl;
        lanes[4][lane] += each * (dx * dx);
        lanes[5][lane] += each * (dz * dz);
        lanes[6][lane] += each * (dx * dz);
        lanes[7][lane] += each * (dl * dl);
      }
    }
  }
  for (int s = 0; s < LOYI_GAMMA_GAMMA_MOMENTS; s++) sums[s] = loyi_lanes_total(lanes[s]);
}

LOYI_LOCAL void loyi_gamma_gamma_moment_block(void *ctx, size_t block) {
  loyi_gamma_gamma_job *job = (loyi_gamma_gamma_job *)ctx;
  size_t first = block * LOYI_SUM_BLOCK;
  loyi_gamma_gamma_moment_rows(job->x + first, job->total + first, job->w ? job->w + first : NULL,
                               loyi_sum_rows(job->rows, block), job->unit, job->centre,
                               job->partial + block * LOYI_GAMMA_GAMMA_SUMS);
}

/* Moments in two passes: around the first row, then around the mean, so that nothing cancels. z is measured in units of
 * its largest value, so that squares stay in range. */
LOYI_LOCAL loyi_gamma_gamma_moments loyi_gamma_gamma_measure(loyi_gamma_gamma_job *job) {
  loyi_gamma_gamma_moments moments;
  double *centre = job->centre, sums[LOYI_GAMMA_GAMMA_MOMENTS];
  job->unit = 0.0;
  for (size_t i = 0; i < job->rows; i++) job->unit = job->total[i] > job->unit ? job->total[i] : job->unit;
  centre[0] = job->x[0];
  centre[1] = job->total[0] / job->unit;
  centre[2] = loyi_log(job->total[0]);
  loyi_gamma_gamma_sum(job, loyi_gamma_gamma_moment_block, sums);
  for (int k = 0; k < 3; k++) centre[k] += sums[k + 1] / job->weight;
  moments.mean_inverse_x = sums[0] / job->weight;
  moments.mean_log_z = centre[2];
  loyi_gamma_gamma_sum(job, loyi_gamma_gamma_moment_block, sums);
  moments.variance_log_z = sums[7] / job->weight;
  /* A column that is constant leaves only rounding noise. */
  moments.correlation =
      sums[4] > 1e-28 * job->weight * centre[0] * centre[0] && sums[5] > 1e-28 * job->weight * centre[1] * centre[1]
          ? sums[6] / (sqrt(sums[4]) * sqrt(sums[5]))
          : NAN;
  return moments;
}

/* From mean spend to total spend, once the moments are known. */
LOYI_CLONES LOYI_LOCAL void loyi_gamma_gamma_finish(const double *LOY_RESTRICT x, double *LOY_RESTRICT total,
                                                    double *LOY_RESTRICT log_total, size_t n) {
  for (size_t i = 0; i < n; i++) {
    total[i] *= x[i];
    log_total[i] = loyi_log(total[i]);
  }
}

LOYI_LOCAL void loyi_gamma_gamma_finish_block(void *ctx, size_t block) {
  loyi_gamma_gamma_job *job = (loyi_gamma_gamma_job *)ctx;
  size_t first = block * LOYI_SUM_BLOCK;
  loyi_gamma_gamma_finish(job->x + first, job->total + first, job->log_total + first, loyi_sum_rows(job->rows, block));
}

/* Rough inverse of the trigamma function, good enough for a start. */
LOYI_LOCAL double loyi_gamma_gamma_inverse_trigamma(double value) {
  return value < 1.0 ? 1.0 / value + 0.5 : 1.0 / sqrt(value);
}

/* ln z has mean psi(px) - ln x + ln v - psi(q) and variance psi'(px) + psi'(q): give `share` of the spread to the
 * customers' own purchases, the rest to the differences between customers. */
LOYI_LOCAL void loyi_gamma_gamma_start(const loyi_gamma_gamma_moments *moments, double share, double *point) {
  double spread = moments->variance_log_z > 1e-6 ? moments->variance_log_z : 1e-6;
  double a = loyi_gamma_gamma_inverse_trigamma(share * spread);
  double q = loyi_gamma_gamma_inverse_trigamma((1.0 - share) * spread);
  double x = 1.0 / moments->mean_inverse_x;
  point[0] = loyi_log(a / x);
  point[1] = loyi_log(q);
  point[2] = moments->mean_log_z - loyi_digamma(a) + loyi_log(x) + loyi_digamma(q);
}

/* Memory of a fit: everything or nothing. */
LOYI_LOCAL void loyi_gamma_gamma_release(loyi_gamma_gamma_job *job, const loy_allocator *allocator) {
  loyi_release(allocator, job->x, job->room, job->columns * sizeof(double));
  loyi_release(allocator, job->cells, job->cell_room, sizeof *job->cells);
  loyi_release(allocator, job->partial, job->blocks, LOYI_GAMMA_GAMMA_SUMS * sizeof(double));
}

LOYI_LOCAL int loyi_gamma_gamma_reserve(loyi_gamma_gamma_job *job, const loy_allocator *allocator, size_t large) {
  job->room = job->rows + 1; /* loading writes one row beyond the last */
  job->blocks = loyi_sum_blocks(job->rows);
  job->cell_room = large + LOYI_GAMMA_GAMMA_DENSE;
  job->x = (double *)loyi_allocate(allocator, job->room, job->columns * sizeof(double));
  job->cells = job->x ? (loyi_gamma_gamma_cell *)loyi_allocate(allocator, job->cell_room, sizeof *job->cells) : NULL;
  job->partial =
      job->cells ? (double *)loyi_allocate(allocator, job->blocks, LOYI_GAMMA_GAMMA_SUMS * sizeof(double)) : NULL;
  if (!job->partial) return 0;
  job->total = job->x + job->room;
  job->log_total = job->total + job->room;
  job->w = job->columns > 3 ? job->log_total + job->room : NULL;
  return 1;
}

LOYI_LOCAL loy_status loyi_gamma_gamma_check_fit(const double *x, const double *z, const double *weight, size_t n,
                                                 const loy_gamma_gamma_fit_options *options,
                                                 const loy_gamma_gamma_fit_result *result, loyi_fit_control *control,
                                                 loy_error *error) {
  loyi_fit_control_init(control);
  if (!x && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "x", LOY_NO_INDEX, "must not be NULL");
  if (!z && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "z", LOY_NO_INDEX, "must not be NULL");
  if (options) {
    const loy_gamma_gamma_params *start = &options->start;
    loy_status status = loyi_fit_check_size(options->struct_size, sizeof *options, error);
    if (status != LOY_OK) return status;
    control->most_evaluations = options->most_evaluations;
    control->penalty = options->penalty;
    control->progress = options->progress;
    status = loyi_fit_check_control(control, options->threads, error);
    if (status != LOY_OK) return status;
    if ((start->p != 0.0 || start->q != 0.0 || start->v != 0.0) && loyi_gamma_gamma_check_params(start, NULL) != LOY_OK)
      return loyi_report(error, LOY_ERR_DOMAIN, "start", LOY_NO_INDEX, "must be all 0, or all parameters in range");
  }
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  return loyi_gamma_gamma_check_rows(x, z, weight, n, error);
}

/* Parameters, standard errors and the notice, from where the search ended. */
LOYI_LOCAL loy_status loyi_gamma_gamma_conclude(const loyi_newton_result *found, double weight,
                                                loy_gamma_gamma_fit_result *result, loy_error *error) {
  static const char *const names[3] = {"p", "q", "v"};
  double scale[3], covariance[9];
  (void)loyi_newton_covariance(found, 3, weight, covariance);
  for (int i = 0; i < 3; i++) scale[i] = loyi_exp(found->point[i]);
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) /* the inverse is symmetric up to rounding; the answer is so exactly */
      result->covariance[3 * i + j] = scale[i] * scale[j] * (0.5 * (covariance[3 * i + j] + covariance[3 * j + i]));
    result->std_error[i] = scale[i] * sqrt(covariance[4 * i]);
  }
  result->params.p = scale[0];
  result->params.q = scale[1];
  result->params.v = scale[2];
  result->decrement = found->decrement;
  for (int i = 0; i < 3; i++)
    if (found->at_bound >> i & 1u)
      return loyi_report(error, LOY_NOTICE_AT_BOUND, names[i], LOY_NO_INDEX,
                         "runs to the edge of its range: spend hardly varies within customers, or hardly between them");
  if (!found->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX,
                       "the certificate fails; the best point found is returned");
  if (result->params.q <= 1.0)
    return loyi_report(error, LOY_NOTICE_DIVERGES, "q", LOY_NO_INDEX,
                       "is at most 1: the population's mean spend is infinite");
  return loyi_ok(error);
}

/* Search from `start`, and once more from moments when the certificate fails and no parameter is at its edge. */
LOYI_LOCAL void loyi_gamma_gamma_search(loyi_gamma_gamma_job *job, const loyi_gamma_gamma_moments *moments,
                                        const loy_gamma_gamma_params *start, loyi_fit_control *control,
                                        loyi_newton_result *found) {
  /* Beyond these a parameter is at its limit for all practical purposes: relative spread of spend under 1e-3. */
  static const double shapes[2] = {-13.815510557964274, 13.815510557964274}; /* ln 1e-6, ln 1e6 */
  loyi_fit_objective objective;
  loyi_newton_problem problem;
  double point[3], lower[3], upper[3];
  for (int i = 0; i < 3; i++) {
    lower[i] = shapes[0];
    upper[i] = shapes[1];
    objective.square[i] = control->penalty;
  }
  objective.fn = loyi_gamma_gamma_objective;
  objective.ctx = job;
  objective.control = control;
  objective.n = 3;
  objective.customers = job->weight;
  objective.shift = 0.0;
  lower[2] = moments->mean_log_z - 40.0 > -LOYI_QUANTITY_LOG ? moments->mean_log_z - 40.0 : -LOYI_QUANTITY_LOG;
  upper[2] = moments->mean_log_z + 40.0 < LOYI_QUANTITY_LOG ? moments->mean_log_z + 40.0 : LOYI_QUANTITY_LOG;
  loyi_newton_init(&problem, 3, loyi_fit_evaluate, &objective);
  problem.lower = lower;
  problem.upper = upper;
  if (control->most_evaluations > 0) problem.most_evaluations = control->most_evaluations;
  if (start->p > 0.0) {
    point[0] = loyi_log(start->p);
    point[1] = loyi_log(start->q);
    point[2] = loyi_log(start->v);
  } else {
    loyi_gamma_gamma_start(moments, 0.5, point);
  }
  memset(found, 0, sizeof *found);
  if (!loyi_newton_minimize(&problem, point, found)) {
    memcpy(found->point, point, sizeof point);
    found->value = HUGE_VAL;
  }
  if (!found->converged && found->at_bound == 0) {
    loyi_newton_result second;
    loyi_gamma_gamma_start(moments, 0.2, point);
    if (loyi_newton_minimize(&problem, point, &second) && (second.converged || second.value < found->value))
      *found = second;
  }
  found->evaluations = (int)control->evaluations; /* of both starts, whichever is kept */
}

LOYALTY_API loy_status loy_gamma_gamma_fit(const double *x, const double *z, const double *weight, size_t n,
                                           const loy_gamma_gamma_fit_options *options,
                                           loy_gamma_gamma_fit_result *result, loy_error *error) {
  loy_gamma_gamma_fit_options chosen;
  loyi_fit_control control;
  loyi_gamma_gamma_job job;
  loyi_gamma_gamma_moments moments;
  loyi_newton_result found;
  loyi_total *table;
  size_t large = 0;
  loy_status status = loyi_gamma_gamma_check_fit(x, z, weight, n, options, result, &control, error);
  if (status != LOY_OK) return status;
  if (options) {
    chosen = *options;
  } else {
    loy_gamma_gamma_fit_options_init(&chosen);
  }

  memset(&job, 0, sizeof job);
  job.threads = chosen.threads;
  job.columns = weight ? 4 : 3;
  for (size_t i = 0; i < n; i++) {
    job.rows += x[i] > 0.0;
    large += x[i] >= (double)LOYI_GAMMA_GAMMA_DENSE;
  }
  if (job.rows < LOYI_GAMMA_GAMMA_LEAST)
    return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX,
                       "must hold at least 3 customers with repeat purchases");
  table = (loyi_total *)loyi_allocate(chosen.allocator, LOYI_GAMMA_GAMMA_DENSE, sizeof *table);
  if (!table || !loyi_gamma_gamma_reserve(&job, chosen.allocator, large)) {
    loyi_gamma_gamma_release(&job, chosen.allocator);
    loyi_release(chosen.allocator, table, LOYI_GAMMA_GAMMA_DENSE, sizeof *table);
    return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  }
  loyi_gamma_gamma_load(&job, x, z, weight, n);
  loyi_gamma_gamma_count(&job, table);
  loyi_release(chosen.allocator, table, LOYI_GAMMA_GAMMA_DENSE, sizeof *table);

  moments = loyi_gamma_gamma_measure(&job);
  job.mean_log_z = moments.mean_log_z;
  loyi_parallel(loyi_gamma_gamma_finish_block, &job, job.blocks, job.threads);
  loyi_gamma_gamma_search(&job, &moments, &chosen.start, &control, &found);
  if (control.canceled) {
    loyi_gamma_gamma_release(&job, chosen.allocator);
    return loyi_fit_none(&control, NULL, error);
  }
  status = loyi_gamma_gamma_conclude(&found, job.weight, result, error);
  loyi_gamma_gamma_total(&result->params, x, z, weight, n, &result->log_likelihood, NULL, NULL);
  result->correlation = moments.correlation;
  result->customers = job.weight;
  result->rows = job.rows;
  result->left_out = n - job.rows;
  result->evaluations = found.evaluations;
  result->status = status;
  loyi_gamma_gamma_release(&job, chosen.allocator);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_GAMMA_GAMMA_FIT_INL_H */
