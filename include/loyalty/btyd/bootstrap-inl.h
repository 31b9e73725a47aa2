/* bootstrap-inl.h: body of bootstrap.h. */
#ifndef LOYALTY_BTYD_BOOTSTRAP_INL_H
#define LOYALTY_BTYD_BOOTSTRAP_INL_H

#include "bootstrap.h"

#include <math.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/parallel.h"
#include "../base/range.h"
#include "../math/percentile.h"
#include "../math/random.h"
#include "../math/sum.h"
#include "model_calls.h"

LOY_BEGIN_DECLS

/* `progress` hears of each round, in which a worker makes LOYI_BOOTSTRAP_ROUND replications. */
enum { LOYI_BOOTSTRAP_WORKERS = 64, LOYI_BOOTSTRAP_ROUND = 4 };

LOYALTY_API void loy_bootstrap_options_init(loy_bootstrap_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
  options->replications = 999;
  options->level = 0.95;
}

/* A bootstrap in progress. Each worker has columns of its own, and an arena where there are several. */
typedef struct loyi_bootstrap_job {
  const loyi_model_calls *calls;
  const double *params, *given;
  size_t n, k, replications, workers;
  size_t begin, end; /* the replications of this round */
  uint64_t seed;
  int most_evaluations;
  double penalty;
  double *draws;      /* replications * k, and then a column of replications */
  loy_status *status; /* LOY_ERR_MEMORY: more than a worker has */
  size_t used;        /* replications that count so far */
  double *columns;    /* workers * 2 n */
  size_t arena_size;  /* of each worker */
  char *arenas;       /* or NULL, for the calling thread alone */
} loyi_bootstrap_job;

/* Replication i: draw, fit, keep. */
LOYI_LOCAL void loyi_bootstrap_one(loyi_bootstrap_job *job, size_t i, size_t worker, const loy_allocator *allocator) {
  double *first = job->columns + worker * 2 * job->n, *second = first + job->n, *estimate = job->draws + i * job->k;
  loyi_rng rng;
  loyi_rng_seed_stream(&rng, job->seed, (uint64_t)i);
  for (size_t j = 0; j < job->k; j++) estimate[j] = (double)NAN;
  (void)job->calls->simulate(job->params, job->given, job->n, loyi_rng_next(&rng), first, second, NULL);
  job->status[i] = job->calls->fit(job->params, job->given, first, second, job->n, allocator, job->most_evaluations,
                                   job->penalty, estimate, NULL);
}

/* A loyi_block_fn: those replications of one worker that are to be done. */
LOYI_LOCAL void loyi_bootstrap_work(void *ctx, size_t worker) {
  loyi_bootstrap_job *job = (loyi_bootstrap_job *)ctx;
  loyi_arena arena;
  loyi_arena_make(&arena, job->arenas + worker * job->arena_size, job->arena_size);
  for (size_t i = job->begin + worker; i < job->end; i += job->workers) {
    loyi_arena_clear(&arena);
    loyi_bootstrap_one(job, i, worker, &arena.allocator);
  }
}

LOYI_LOCAL int loyi_bootstrap_counts(loy_status status) {
  return !loy_status_is_error(status) && status != LOY_NOTICE_NOT_CONVERGED;
}

/* The replications from job->begin to job->end; those that take more memory than the workers have are done by the
 * calling thread, with whose allocator memory is not limited. LOY_OK, LOY_ERR_MEMORY or LOY_ERR_CANCELED. */
LOYI_LOCAL loy_status loyi_bootstrap_round(loyi_bootstrap_job *job, const loy_allocator *allocator,
                                           const loy_progress *progress) {
  if (job->arenas) loyi_parallel(loyi_bootstrap_work, job, job->workers, (int)job->workers);
  for (size_t i = job->begin; i < job->end; i++) {
    if (!job->arenas || job->status[i] == LOY_ERR_MEMORY) loyi_bootstrap_one(job, i, 0, allocator);
    if (job->status[i] == LOY_ERR_MEMORY) return LOY_ERR_MEMORY;
    job->used += (size_t)loyi_bootstrap_counts(job->status[i]);
  }
  return loyi_progress_report(progress, (int64_t)job->end, (int64_t)job->replications, (double)job->used)
             ? LOY_OK
             : LOY_ERR_CANCELED;
}

/* All replications. The first shows how much memory a fit takes. */
LOYI_LOCAL loy_status loyi_bootstrap_run(loyi_bootstrap_job *job, const loy_allocator *allocator,
                                         const loy_progress *progress) {
  loyi_arena meter;
  loy_status status;
  loyi_arena_meter(&meter, allocator);
  job->arenas = NULL;
  job->arena_size = 0;
  job->used = job->begin = 0;
  job->end = 1;
  status = loyi_bootstrap_round(job, &meter.allocator, progress);
  if (status != LOY_OK) return status;
  if (job->workers > 1) {
    job->arena_size = meter.used < SIZE_MAX / 2 - 65536 ? (2 * meter.used + 65536) / 64 * 64 : SIZE_MAX;
    job->arenas = (char *)loyi_allocate(allocator, job->workers, job->arena_size);
    if (!job->arenas) return LOY_ERR_MEMORY;
  }
  while (status == LOY_OK && job->end < job->replications) {
    const size_t left = job->replications - job->end, round = job->workers * LOYI_BOOTSTRAP_ROUND;
    job->begin = job->end;
    job->end += left < round ? left : round;
    status = loyi_bootstrap_round(job, allocator, progress);
  }
  loyi_release(allocator, job->arenas, job->workers, job->arena_size);
  return status;
}

/* Standard error, bias and interval of parameter j from the fits that count. */
LOYI_LOCAL void loyi_bootstrap_summary(const loyi_bootstrap_job *job, size_t j, double level,
                                       loy_bootstrap_result *result) {
  double *x = job->draws + job->replications * job->k, mean;
  loyi_total sum = {0.0, 0.0}, squares = {0.0, 0.0};
  size_t used = 0;
  for (size_t i = 0; i < job->replications; i++)
    if (loyi_bootstrap_counts(job->status[i])) {
      x[used++] = job->draws[i * job->k + j];
      loyi_total_add(&sum, x[used - 1]);
    }
  if (used == 0) return;
  mean = loyi_total_value(&sum) / (double)used;
  result->bias[j] = mean - job->params[j];
  for (size_t i = 0; i < used; i++) loyi_total_add(&squares, (x[i] - mean) * (x[i] - mean));
  if (used > 1) result->std_error[j] = sqrt(loyi_total_value(&squares) / ((double)used - 1.0));
  if (((double)used + 1.0) * (0.5 * (1.0 - level)) >= 1.0)
    loyi_percentile_interval(x, used, level, &result->lower[j], &result->upper[j]);
}

LOYI_LOCAL loy_status loyi_bootstrap_conclude(const loyi_bootstrap_job *job, double level, loy_bootstrap_result *result,
                                              loy_error *error) {
  memset(result, 0, sizeof *result);
  for (size_t j = 0; j < LOY_MODEL_PARAMETERS_MOST; j++)
    result->std_error[j] = result->bias[j] = result->lower[j] = result->upper[j] = (double)NAN;
  for (size_t i = 0; i < job->replications; i++) {
    result->failed += (size_t)(loy_status_is_error(job->status[i]) != 0);
    result->not_converged += (size_t)(job->status[i] == LOY_NOTICE_NOT_CONVERGED);
    result->at_bound += (size_t)(job->status[i] == LOY_NOTICE_AT_BOUND);
  }
  result->used = job->replications - result->failed - result->not_converged;
  for (size_t j = 0; j < job->k; j++) loyi_bootstrap_summary(job, j, level, result);
  result->status = result->used < job->replications ? LOY_NOTICE_NOT_CONVERGED
                                                    : (result->at_bound > 0 ? LOY_NOTICE_AT_BOUND : LOY_OK);
  if (result->status == LOY_NOTICE_NOT_CONVERGED)
    return loyi_report(error, result->status, NULL, LOY_NO_INDEX, "must be a certified fit in every replication");
  if (result->status == LOY_NOTICE_AT_BOUND)
    return loyi_report(
        error, result->status, NULL, LOY_NO_INDEX,
        "must be away from the bounds in every replication for standard errors and bias to have a sense");
  return loyi_ok(error);
}

LOYI_LOCAL loy_status loyi_bootstrap_check_options(const loy_bootstrap_options *options, loy_error *error) {
  if (options->threads < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (options->most_evaluations < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  if (!loyi_is_zero_or_quantity(options->penalty))
    return loyi_report(error, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (options->replications < 2 || options->replications > LOY_BOOTSTRAP_MOST)
    return loyi_report(error, LOY_ERR_DOMAIN, "replications", LOY_NO_INDEX, "must be from 2 to 1000000");
  if (!(options->level > 0.0 && options->level < 1.0 &&
        ((double)options->replications + 1.0) * (0.5 * (1.0 - options->level)) >= 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX,
                       "must be between 0 and 1, with replications at least 2 / (1 - level), less 1");
  if (options->progress && !options->progress->report)
    return loyi_report(error, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX, "must have a function");
  return LOY_OK;
}

LOYALTY_API loy_status loy_model_bootstrap(const loy_model *model, const double *given, size_t n,
                                           const loy_bootstrap_options *options, double *draws, loy_status *fit_status,
                                           loy_bootstrap_result *result, loy_error *error) {
  loy_bootstrap_options use;
  loyi_bootstrap_job job;
  loy_status done = LOY_ERR_MEMORY, status = loyi_model_calls_check(model, &job.calls, error);
  if (status != LOY_OK) return status;
  if (!given && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "given", LOY_NO_INDEX, "must not be NULL");
  loy_bootstrap_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_bootstrap_options_init");
  if (options) use = *options;
  if (use.penalty == 0.0) use.penalty = model->penalty;
  status = loyi_bootstrap_check_options(&use, error);
  if (status != LOY_OK) return status;
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = job.calls->rows(given, n, error);
  if (status != LOY_OK) return status;
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, job.calls->given, LOY_NO_INDEX, "must have at least one row");
  job.params = model->parameters;
  job.given = given;
  job.n = n;
  job.k = loy_model_parameter_count(model->kind);
  job.replications = (size_t)use.replications;
  job.workers = use.threads > LOYI_BOOTSTRAP_WORKERS ? (size_t)LOYI_BOOTSTRAP_WORKERS
                                                     : (use.threads > 1 ? (size_t)use.threads : 1);
  if (job.workers > job.replications) job.workers = job.replications;
  job.seed = use.seed;
  job.most_evaluations = use.most_evaluations;
  job.penalty = use.penalty;
  job.draws = (double *)loyi_allocate(use.allocator, job.replications, (job.k + 1) * sizeof *job.draws);
  job.status = (loy_status *)loyi_allocate(use.allocator, job.replications, sizeof *job.status);
  job.columns = n > SIZE_MAX / (2 * LOYI_BOOTSTRAP_WORKERS)
                    ? NULL
                    : (double *)loyi_allocate(use.allocator, job.workers * 2 * n, sizeof *job.columns);
  if (job.draws && job.status && job.columns) done = loyi_bootstrap_run(&job, use.allocator, use.progress);
  if (done == LOY_OK) {
    if (draws) memcpy(draws, job.draws, job.replications * job.k * sizeof *draws);
    if (fit_status) memcpy(fit_status, job.status, job.replications * sizeof *fit_status);
    status = loyi_bootstrap_conclude(&job, use.level, result, error);
  }
  loyi_release(use.allocator, job.columns, job.workers * 2 * n, sizeof *job.columns);
  loyi_release(use.allocator, job.status, job.replications, sizeof *job.status);
  loyi_release(use.allocator, job.draws, job.replications, (job.k + 1) * sizeof *job.draws);
  if (done == LOY_ERR_CANCELED)
    return loyi_report(error, done, NULL, LOY_NO_INDEX, "the progress function asked to stop");
  return done == LOY_OK ? status : loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_BOOTSTRAP_INL_H */
