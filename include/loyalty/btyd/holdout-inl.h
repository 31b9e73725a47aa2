/* holdout-inl.h: body of holdout.h. */
#ifndef LOYALTY_BTYD_HOLDOUT_INL_H
#define LOYALTY_BTYD_HOLDOUT_INL_H

#include "holdout.h"

#include <math.h>
#include <string.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/sum.h"
#include "bgbb.h"
#include "history.h"
#include "model_calls.h"

LOY_BEGIN_DECLS

/* Rows of a block, which are added one after the other; the sums of a block, before those of the histogram. */
enum { LOYI_HOLDOUT_ROWS = 256, LOYI_HOLDOUT_SUMS = 6 };

LOYALTY_API void loy_holdout_options_init(loy_holdout_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
  options->bins = 10;
  options->counts = 1000;
}

typedef struct loyi_holdout_job {
  const loyi_model_calls *calls;
  const double *params, *x, *t_x, *T, *future_t, *y;
  size_t n, bins, width; /* width: sums of a block */
  double most;           /* counts from here on are one outcome of the histogram */
  double *sums;          /* blocks * width */
} loyi_holdout_job;

/* Share [below, upto] of [0, 1] out to the bins. Each gets its part of the length; where there is none, at a
 * probability that is lost in rounding, all goes to the bin of `upto`. */
LOYI_LOCAL void loyi_holdout_share(double below, double upto, size_t bins, double *bin) {
  const double length = upto - below, scale = (double)bins;
  size_t k = (size_t)(below * scale);
  if (!(length > 1e-12)) {
    bin[upto < 1.0 ? (size_t)(upto * scale) : bins - 1] += 1.0;
    return;
  }
  for (; k < bins && (double)k / scale < upto; k++) {
    const double from = (double)k / scale, to = (double)(k + 1) / scale;
    const double left = from > below ? from : below, right = to < upto ? to : upto;
    if (right > left) bin[k] += (right - left) / length;
  }
}

/* The transform of row i. */
LOYI_LOCAL void loyi_holdout_pit(const loyi_holdout_job *job, size_t i, double *bin) {
  const double y = job->y[i];
  double below = 0.0, upto = 0.0;
  for (double j = 0.0; j < job->most && j <= y; j += 1.0) {
    below = upto;
    upto += job->calls->pmf(job->params, job->x[i], job->t_x[i], job->T[i], j, job->future_t[i]);
    upto = upto < 1.0 ? upto : 1.0; /* rounding */
  }
  if (y >= job->most) {
    below = upto;
    upto = 1.0;
  }
  loyi_holdout_share(below, upto, job->bins, bin);
}

/* A loyi_block_fn. */
LOYI_LOCAL void loyi_holdout_block(void *ctx, size_t block) {
  const loyi_holdout_job *job = (const loyi_holdout_job *)ctx;
  const size_t from = block * LOYI_HOLDOUT_ROWS;
  const size_t to = job->n - from < LOYI_HOLDOUT_ROWS ? job->n : from + LOYI_HOLDOUT_ROWS;
  double *sums = job->sums + block * job->width;
  for (size_t k = 0; k < job->width; k++) sums[k] = 0.0;
  for (size_t i = from; i < to; i++) {
    const double expected = job->calls->expected(job->params, job->x[i], job->t_x[i], job->T[i], job->future_t[i]);
    const double error = expected - job->y[i];
    sums[0] += job->y[i];
    sums[1] += expected;
    sums[2] += error;
    sums[3] += fabs(error);
    sums[4] += error * error;
    sums[5] -= loyi_log(job->calls->pmf(job->params, job->x[i], job->t_x[i], job->T[i], job->y[i], job->future_t[i]));
    if (job->bins > 0) loyi_holdout_pit(job, i, sums + LOYI_HOLDOUT_SUMS);
  }
}

/* The sum of one column of the blocks. */
LOYI_LOCAL double loyi_holdout_total(const loyi_holdout_job *job, size_t blocks, size_t column) {
  loyi_total total = {0.0, 0.0};
  for (size_t block = 0; block < blocks; block++) loyi_total_add(&total, job->sums[block * job->width + column]);
  return loyi_total_value(&total);
}

LOYI_LOCAL loy_status loyi_holdout_check_rows(const loyi_holdout_job *job, loy_error *error) {
  for (size_t i = 0; i < job->n; i++) {
    const char *message, *argument = job->calls->wrong(job->x[i], job->t_x[i], job->T[i], &message);
    if (!argument && !loyi_is_quantity(job->future_t[i])) {
      argument = "future_t";
      message = LOYI_QUANTITY_MUST;
    }
    if (!argument && job->calls->periods && loyi_bgbb_count_check(0.0, 0.0, job->future_t[i], NULL) != LOY_OK) {
      argument = "future_t";
      message = LOYI_BGBB_LENGTH_MUST;
    }
    if (!argument && !loyi_is_count(job->y[i])) {
      argument = "y";
      message = LOYI_COUNT_MUST;
    }
    if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, i, message);
  }
  if (job->n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have at least one row");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_holdout_check_options(const loy_holdout_options *options, loy_error *error) {
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (options->bins < 2 || options->bins > LOY_HOLDOUT_BINS_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "bins", LOY_NO_INDEX, "must be from 2 to 100");
  if (options->counts < 1 || options->counts > LOY_HOLDOUT_COUNT_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "counts", LOY_NO_INDEX, "must be from 1 to 100000");
  return LOY_OK;
}

LOYALTY_API loy_status loy_model_holdout(const loy_model *model, const double *x, const double *t_x, const double *T,
                                         const double *future_t, const double *y, size_t n,
                                         const loy_holdout_options *options, double *pit, loy_holdout *result,
                                         loy_error *error) {
  loy_holdout_options use;
  loyi_holdout_job job;
  size_t blocks;
  const double rows = (double)n;
  const char *missing = NULL;
  loy_status status = loyi_model_calls_check(model, &job.calls, error);
  if (status == LOY_ERR_DOMAIN && !job.calls->pmf) status = LOY_OK; /* its kind comes first */
  if (status != LOY_OK) return status;
  if (!job.calls->pmf)
    return loyi_report(error, LOY_ERR_ARGUMENT, "kind", LOY_NO_INDEX, "must be a model of purchases");
  status = loyi_history_columns_check(x, t_x, T, n, error);
  if (status != LOY_OK) return status;
  if (n > 0 && !y) missing = "y";
  if (n > 0 && !future_t) missing = "future_t";
  if (missing) return loyi_report(error, LOY_ERR_ARGUMENT, missing, LOY_NO_INDEX, "must not be NULL");
  loy_holdout_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_holdout_options_init");
  if (options) use = *options;
  status = loyi_holdout_check_options(&use, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  job.params = model->parameters;
  job.x = x;
  job.t_x = t_x;
  job.T = T;
  job.future_t = future_t;
  job.y = y;
  job.n = n;
  status = loyi_holdout_check_rows(&job, error);
  if (status != LOY_OK) return status;
  job.bins = pit ? (size_t)use.bins : 0;
  job.width = LOYI_HOLDOUT_SUMS + job.bins;
  job.most = (double)use.counts;
  blocks = n / LOYI_HOLDOUT_ROWS + (n % LOYI_HOLDOUT_ROWS != 0);
  job.sums = (double *)loyi_allocate(use.allocator, blocks, job.width * sizeof *job.sums);
  if (!job.sums) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  loyi_parallel(loyi_holdout_block, &job, blocks, use.threads);
  result->actual = loyi_holdout_total(&job, blocks, 0);
  result->expected = loyi_holdout_total(&job, blocks, 1);
  result->bias = result->actual > 0.0 ? result->expected / result->actual - 1.0 : (double)NAN;
  result->mean_error = loyi_holdout_total(&job, blocks, 2) / rows;
  result->mae = loyi_holdout_total(&job, blocks, 3) / rows;
  result->rmse = sqrt(loyi_holdout_total(&job, blocks, 4) / rows);
  result->log_score = loyi_holdout_total(&job, blocks, 5) / rows;
  for (size_t k = 0; k < job.bins; k++) pit[k] = loyi_holdout_total(&job, blocks, LOYI_HOLDOUT_SUMS + k) / rows;
  loyi_release(use.allocator, job.sums, blocks, job.width * sizeof *job.sums);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_HOLDOUT_INL_H */
