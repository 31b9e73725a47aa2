/* model_counts-inl.h: body of model_counts.h. */
#ifndef LOYALTY_BTYD_MODEL_COUNTS_INL_H
#define LOYALTY_BTYD_MODEL_COUNTS_INL_H

#include "model_counts.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/distribution.h"
#include "../math/linalg.h"
#include "../math/sum.h"
#include "history.h"
#include "model_calls.h"
#include "prediction.h"

LOY_BEGIN_DECLS

/* Rows of a block, which are added one after the other. */
enum { LOYI_COUNTS_ROWS = 256 };

LOYALTY_API void loy_counts_options_init(loy_counts_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
  options->least = 5.0;
}

/* The sums of a block are those of observed and expected by bar, and of p_j p_k by rows of a triangle, k <= j. */
typedef struct loyi_counts_job {
  loyi_prediction_ask ask;
  const double *x, *T, *weight;
  size_t n, bars, width;
  double *sums;
} loyi_counts_job;

/* The probabilities of the bars by time T; the last is what the others leave. */
LOYI_LOCAL void loyi_counts_law(const loyi_counts_job *job, double T, double *p) {
  double row[LOYI_PREDICTION_COLUMNS] = {0.0, 0.0, 0.0}, rest = 1.0;
  row[1] = T;
  for (size_t j = 0; j + 1 < job->bars; j++) {
    row[0] = (double)j;
    p[j] = loyi_prediction_answer(&job->ask, job->ask.parameters, row);
    rest -= p[j];
  }
  p[job->bars - 1] = rest > 0.0 ? rest : 0.0;
}

/* A loyi_block_fn. */
LOYI_LOCAL void loyi_counts_block(void *ctx, size_t block) {
  const loyi_counts_job *job = (const loyi_counts_job *)ctx;
  const size_t from = block * LOYI_COUNTS_ROWS, bars = job->bars;
  const size_t to = job->n - from < LOYI_COUNTS_ROWS ? job->n : from + LOYI_COUNTS_ROWS;
  double *observed = job->sums + block * job->width, *expected = observed + bars, p[LOY_COUNTS_MOST];
  memset(observed, 0, job->width * sizeof *observed);
  for (size_t i = from; i < to; i++) {
    const double weight = job->weight ? job->weight[i] : 1.0, last = (double)(bars - 1);
    double *product = expected + bars;
    if (i == from || job->T[i] != job->T[i - 1]) loyi_counts_law(job, job->T[i], p);
    observed[job->x[i] < last ? (size_t)job->x[i] : bars - 1] += weight;
    for (size_t j = 0; j < bars; j++) {
      expected[j] += weight * p[j];
      for (size_t k = 0; k <= j; k++) *product++ += weight * p[j] * p[k];
    }
  }
}

LOYI_LOCAL double loyi_counts_total(const loyi_counts_job *job, size_t blocks, size_t column) {
  loyi_total total = {0.0, 0.0};
  for (size_t block = 0; block < blocks; block++) loyi_total_add(&total, job->sums[block * job->width + column]);
  return loyi_total_value(&total);
}

/* How many of the first bars are cells of their own: what is left over must expect `least`, and be as little as that.
 */
LOYI_LOCAL size_t loyi_counts_cells(const double *expected, size_t bars, double least) {
  double rest;
  size_t cells = bars - 1; /* there is at least one bar */
  /* cppcheck-suppress uninitvar */
  for (rest = expected[cells]; cells > 0 && !(rest >= least); rest += expected[cells]) cells--;
  return cells;
}

/* The test over the first `df` bars. 0 when the covariance has no inverse. */
LOYI_LOCAL int loyi_counts_statistic(const loyi_counts_job *job, size_t blocks, size_t df, const double *observed,
                                     const double *expected, double *statistic) {
  double v[LOY_COUNTS_MOST * LOY_COUNTS_MOST], off[LOY_COUNTS_MOST], solved[LOY_COUNTS_MOST];
  size_t column = 2 * job->bars;
  *statistic = 0.0;
  for (size_t j = 0; j < df; j++) {
    for (size_t k = 0; k <= j; k++) v[j * df + k] = -loyi_counts_total(job, blocks, column++);
    v[j * df + j] += expected[j];
    solved[j] = off[j] = observed[j] - expected[j];
  }
  if (!loyi_cholesky(v, df)) return 0;
  loyi_cholesky_solve(v, df, solved);
  for (size_t j = 0; j < df; j++) *statistic += off[j] * solved[j];
  return 1;
}

LOYI_LOCAL loy_status loyi_counts_check_options(const loy_counts_options *options, int kind, loy_error *error) {
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (options->fixed > loy_model_parameter_count(kind))
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must not be more than there are parameters");
  if (!loyi_is_quantity(options->least))
    return loyi_report(error, LOY_ERR_DOMAIN, "least", LOY_NO_INDEX, LOYI_QUANTITY_MUST);
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_counts_check_rows(const loyi_counts_job *job, loy_error *error) {
  for (size_t i = 0; i < job->n; i++) {
    if (!loyi_is_count(job->x[i])) return loyi_report(error, LOY_ERR_DOMAIN, "x", i, LOYI_COUNT_MUST);
    if (!loyi_is_zero_or_quantity(job->T[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "T", i, LOYI_ZERO_QUANTITY_MUST);
    if (job->weight && !loyi_is_quantity(job->weight[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "weight", i, LOYI_QUANTITY_MUST);
  }
  if (job->n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have at least one row");
  return LOY_OK;
}

/* The model as a question for probabilities of new customers. */
LOYI_LOCAL loy_status loyi_counts_open(const loy_model *model, loyi_prediction_ask *ask, loy_error *error) {
  const loyi_model_calls *calls;
  const double none = 0.0;
  loy_prediction what;
  loy_prediction_rows rows;
  loy_status status = loyi_model_calls_check(model, &calls, error);
  if (status == LOY_ERR_DOMAIN && !calls->pmf) status = LOY_OK; /* its kind comes first */
  if (status != LOY_OK) return status;
  if (!calls->pmf) return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a model of purchases");
  loy_prediction_init(&what, LOY_PREDICT_NEW_PROBABILITY);
  loy_prediction_rows_init(&rows);
  rows.n = rows.t1 = &none;
  return loyi_prediction_open(model, &what, &rows, 0, ask, error);
}

/* The outputs, from the sums of the blocks. */
LOYI_LOCAL loy_status loyi_counts_conclude(const loyi_counts_job *job, size_t blocks, const loy_counts_options *use,
                                           double *observed, double *expected, loy_counts_test *test,
                                           loy_error *error) {
  double seen[LOY_COUNTS_MOST], said[LOY_COUNTS_MOST], statistic;
  const size_t told = loy_model_parameter_count(job->ask.kind) - use->fixed;
  size_t df;
  for (size_t j = 0; j < job->bars; j++) {
    seen[j] = loyi_counts_total(job, blocks, j);
    said[j] = loyi_counts_total(job, blocks, job->bars + j);
  }
  df = loyi_counts_cells(said, job->bars, use->least);
  if (df == 0)
    return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX,
                       "must be customers enough for two cells that expect `least` of them");
  if (!loyi_counts_statistic(job, blocks, df, seen, said, &statistic))
    return loyi_report(error, LOY_ERR_SINGULAR, "bars", LOY_NO_INDEX, "must not have a bar that cannot be");
  memcpy(observed, seen, job->bars * sizeof *observed);
  memcpy(expected, said, job->bars * sizeof *expected);
  test->statistic = statistic;
  test->df = df;
  test->p_value = loyi_chi2_upper(statistic, (double)df);
  test->p_least = df > told ? loyi_chi2_upper(statistic, (double)(df - told)) : 0.0;
  return loyi_ok(error);
}

LOYALTY_API loy_status loy_model_counts(const loy_model *model, const double *x, const double *T, const double *weight,
                                        size_t n, size_t bars, const loy_counts_options *options, double *observed,
                                        double *expected, loy_counts_test *test, loy_error *error) {
  loy_counts_options use;
  loyi_counts_job job;
  size_t blocks;
  const char *missing = NULL;
  loy_status status = loyi_counts_open(model, &job.ask, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !T) missing = "T";
  if (n > 0 && !x) missing = "x";
  if (missing) return loyi_report(error, LOY_ERR_ARGUMENT, missing, LOY_NO_INDEX, "must not be NULL");
  if (bars < 2 || bars > LOY_COUNTS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "bars", LOY_NO_INDEX, "must be from 2 to 32");
  loy_counts_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_counts_options_init");
  if (options) use = *options;
  status = loyi_counts_check_options(&use, model->kind, error);
  if (status != LOY_OK) return status;
  if (!test) missing = "test";
  if (!expected) missing = "expected";
  if (!observed) missing = "observed";
  if (missing) return loyi_report(error, LOY_ERR_ARGUMENT, missing, LOY_NO_INDEX, "must not be NULL");
  job.x = x;
  job.T = T;
  job.weight = weight;
  job.n = n;
  job.bars = bars;
  job.width = 2 * bars + bars * (bars + 1) / 2;
  status = loyi_counts_check_rows(&job, error);
  if (status != LOY_OK) return status;
  blocks = n / LOYI_COUNTS_ROWS + (n % LOYI_COUNTS_ROWS != 0);
  job.sums = (double *)loyi_allocate(use.allocator, blocks, job.width * sizeof *job.sums);
  if (!job.sums) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  loyi_parallel(loyi_counts_block, &job, blocks, use.threads);
  status = loyi_counts_conclude(&job, blocks, &use, observed, expected, test, error);
  loyi_release(use.allocator, job.sums, blocks, job.width * sizeof *job.sums);
  return status;
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MODEL_COUNTS_INL_H */
