/* compare-inl.h: body of compare.h. */
#ifndef LOYALTY_RESPONSE_COMPARE_INL_H
#define LOYALTY_RESPONSE_COMPARE_INL_H

#include "compare.h"

#include <math.h>
#include <string.h>

#include "../math/random.h"
#include "../math/sum.h"
#include "curve-inl.h"
#include "curve_fit-inl.h"
#include "family-inl.h"
#include "mean_data-inl.h"

LOY_BEGIN_DECLS

/* ---- the deviance of given curves ---- */

/* L and 1 - L of a row. */
LOYI_LOCAL void loyi_compare_mean(const loy_curve *curve, const loy_family_curve *family, const loy_curve_data *data,
                                  size_t row, double *mean, double *rest) {
  if (curve) {
    double k[LOY_CURVE_CONSTRAINTS];
    const double *constraint = loyi_curve_row(curve, data->constraint, row, k);
    const loyi_curve_parts part = loyi_curve_take_apart(curve, data->s[row], data->c[row], constraint);
    *mean = (1.0 - curve->delta) * (part.captive + part.free * part.g);
    *rest = curve->delta + (1.0 - curve->delta) * part.free * part.h;
  } else {
    const loyi_family_value value = loyi_family_point(family, data->s[row], data->c[row]);
    *mean = value.mean;
    *rest = value.rest;
  }
}

LOYALTY_API loy_status loy_compare_deviance(const loy_curve *curve, const loy_family_curve *family,
                                            const loy_curve_data *data, double *deviance, loy_error *error) {
  const double *key[2 + LOY_CURVE_CONSTRAINTS];
  loy_curve_data rows;
  loyi_mean_source source;
  loyi_total total = {0.0, 0.0};
  loy_status status;
  if ((curve != NULL) == (family != NULL))
    return loyi_report(error, LOY_ERR_ARGUMENT, "curve", LOY_NO_INDEX, "must be given, or a family, but not both");
  status = curve ? loyi_curve_check_params(curve, error) : loyi_family_check_params(family, error);
  if (status != LOY_OK) return status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (curve && data->constraints != curve->constraints)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX, "must be as many as the curve has");
  rows = *data;
  if (family) rows.constraints = 0;
  status = loyi_curve_check_data_columns(&rows, error);
  if (status != LOY_OK) return status;
  if (!deviance) return loyi_report(error, LOY_ERR_ARGUMENT, "deviance", LOY_NO_INDEX, "must not be NULL");
  status = loyi_curve_check_data_rows(&rows, error);
  source = loyi_curve_source(&rows, key);
  if (status == LOY_OK) status = loyi_mean_check_some(&source, error);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < rows.n; i++) {
    const double weight = rows.weight ? rows.weight[i] : 1.0, trials = rows.trials ? rows.trials[i] : 1.0;
    const double yes = weight * rows.loyal[i], no = weight * (trials - rows.loyal[i]), sum = yes + no;
    double mean, rest;
    if (!loyi_mean_row_counts(&source, i)) continue;
    loyi_compare_mean(curve, family, &rows, i, &mean, &rest);
    loyi_total_add(&total, loyi_mean_distance(yes, sum, mean) + loyi_mean_distance(no, sum, rest));
  }
  *deviance = 2.0 * loyi_total_value(&total);
  return loyi_ok(error);
}

/* ---- folds ---- */

/* A number below `bound`, which is at most 2^53, all equally likely but for 2^-53 bound. */
LOYI_LOCAL size_t loyi_compare_below(loyi_rng *rng, size_t bound) {
  const size_t number = (size_t)(loyi_rng_uniform(rng) * (double)bound);
  return number < bound ? number : bound - 1;
}

LOYALTY_API loy_status loy_compare_folds(size_t n, size_t folds, uint64_t seed, const int64_t *cluster, int64_t *fold,
                                         loy_error *error) {
  loyi_rng rng;
  if (folds < 2 || folds > LOY_COMPARE_FOLDS)
    return loyi_report(error, LOY_ERR_DOMAIN, "folds", LOY_NO_INDEX, "must be from 2 to 1000");
  if (n > 0 && !fold) return loyi_report(error, LOY_ERR_ARGUMENT, "fold", LOY_NO_INDEX, "must not be NULL");
  if (cluster) {
    for (size_t i = 0; i < n; i++) {
      loyi_rng_seed_stream(&rng, seed, (uint64_t)cluster[i]);
      fold[i] = (int64_t)loyi_compare_below(&rng, folds);
    }
    return loyi_ok(error);
  }
  loyi_rng_seed(&rng, seed);
  for (size_t i = 0; i < n; i++) { /* a shuffle from the inside out */
    const size_t at = loyi_compare_below(&rng, i + 1);
    if (at < i) fold[i] = fold[at];
    fold[at] = (int64_t)(i % folds);
  }
  return loyi_ok(error);
}

/* ---- the comparison ---- */

LOYALTY_API void loy_compare_options_init(loy_compare_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->families = (1u << LOY_FAMILIES) - 1u;
}

/* One call. */
typedef struct loyi_compare_job {
  const loy_curve_data *data;
  loy_compare_options options;
  loy_curve_fit_options curve;
  double *weight; /* room for data->n, or NULL when nothing is held out */
  int64_t last;   /* the largest fold; -1: nothing is held out */
  int single;     /* all held-out rows are of fold `last` */
} loyi_compare_job;

/* A model with its parameters. */
typedef struct loyi_compare_model {
  loy_curve curve;
  loy_family_curve family;
} loyi_compare_model;

LOYI_LOCAL loy_status loyi_compare_fit_curve(const loyi_compare_job *job, const loy_curve_data *rows,
                                             loyi_compare_model *model, loy_comparison *line, loy_error *error) {
  loy_curve_fit_result fit;
  const loy_status status = loy_curve_fit(rows, &job->curve, &fit, error);
  if (loy_status_is_error(status)) return status;
  model->curve = fit.curve;
  line->free_params = fit.free_params;
  line->log_likelihood = fit.log_likelihood;
  line->aic = fit.aic;
  line->bic = fit.bic;
  line->deviance = fit.deviance;
  return status;
}

LOYI_LOCAL loy_status loyi_compare_fit_family(const loyi_compare_job *job, int family, const loy_curve_data *rows,
                                              loyi_compare_model *model, loy_comparison *line, loy_error *error) {
  loy_family_fit_options options;
  loy_family_fit_result fit;
  loy_status status;
  loy_family_fit_options_init(&options, family);
  options.allocator = job->options.allocator;
  if (job->options.plain) options.fixed = 1u << LOY_FAMILY_COMPETITION;
  status = loy_family_fit(rows, &options, &fit, error);
  if (loy_status_is_error(status)) return status;
  model->family = fit.curve;
  line->free_params = fit.free_params;
  line->log_likelihood = fit.log_likelihood;
  line->aic = fit.aic;
  line->bic = fit.bic;
  line->deviance = fit.deviance;
  return status;
}

/* Fit a model and fill a line but for what is held out. */
LOYI_LOCAL loy_status loyi_compare_fit(const loyi_compare_job *job, int number, const loy_curve_data *rows,
                                       loyi_compare_model *model, loy_comparison *line, loy_error *error) {
  line->model = number;
  line->free_params = 0;
  line->log_likelihood = line->aic = line->bic = line->deviance = line->held_out = (double)NAN;
  line->status = number == LOY_COMPARE_CURVE ? loyi_compare_fit_curve(job, rows, model, line, error)
                                             : loyi_compare_fit_family(job, number, rows, model, line, error);
  return line->status;
}

/* The rows of one fold, or all others, by weights of 0. Returns how many carry information. */
LOYI_LOCAL size_t loyi_compare_rows(const loyi_compare_job *job, int64_t fold, int inside, loy_curve_data *rows) {
  const loy_curve_data *data = job->data;
  loyi_mean_source source;
  size_t count = 0;
  *rows = *data;
  if (!job->weight) return data->n;
  for (size_t i = 0; i < data->n; i++) {
    const double weight = data->weight ? data->weight[i] : 1.0;
    job->weight[i] = (job->options.fold[i] == fold) == (inside != 0) ? weight : 0.0;
  }
  rows->weight = job->weight;
  memset(&source, 0, sizeof source);
  source.trials = rows->trials;
  source.weight = rows->weight;
  for (size_t i = 0; i < data->n; i++) count += loyi_mean_row_counts(&source, i) != 0;
  return count;
}

/* The deviance of one fold under `model`, added to `line`. */
LOYI_LOCAL loy_status loyi_compare_hold_out(const loyi_compare_job *job, int64_t fold, const loyi_compare_model *model,
                                            loy_comparison *line, loy_error *error) {
  const int ours = line->model == LOY_COMPARE_CURVE;
  loy_curve_data rows;
  double deviance = 0.0;
  loy_status status;
  (void)loyi_compare_rows(job, fold, 1, &rows);
  status = loy_compare_deviance(ours ? &model->curve : NULL, ours ? NULL : &model->family, &rows, &deviance, error);
  if (status == LOY_ERR_TOO_FEW) return LOY_OK; /* rows without information */
  if (status == LOY_OK) line->held_out += deviance;
  return status;
}

/* The fit to the rows outside each fold in turn, and the deviance of the rows inside. An error only for want of memory
 * or for bad rows; where a fit has no answer the sum is NaN. */
LOYI_LOCAL loy_status loyi_compare_validate(const loyi_compare_job *job, loy_comparison *line, loy_error *error) {
  line->held_out = 0.0;
  for (int64_t fold = 0; fold <= job->last; fold++) {
    loyi_compare_model model;
    loy_comparison unused;
    loy_curve_data rows;
    loy_status status;
    if (loyi_compare_rows(job, fold, 1, &rows) == 0) continue;
    (void)loyi_compare_rows(job, fold, 0, &rows);
    status = loyi_compare_fit(job, line->model, &rows, &model, &unused, error);
    if (status == LOY_ERR_MEMORY) return status;
    if (loy_status_is_error(status)) {
      line->held_out = (double)NAN;
      return LOY_OK;
    }
    status = loyi_compare_hold_out(job, fold, &model, line, error);
    if (status != LOY_OK) return status;
  }
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_compare_line(const loyi_compare_job *job, int number, loy_comparison *line,
                                        loy_error *error) {
  loyi_compare_model model;
  loy_curve_data rows = *job->data;
  loy_status status;
  if (job->single) (void)loyi_compare_rows(job, job->last, 0, &rows);
  status = loyi_compare_fit(job, number, &rows, &model, line, error);
  if (status == LOY_ERR_MEMORY || (number == LOY_COMPARE_CURVE && loy_status_is_error(status))) return status;
  if (loy_status_is_error(status) || job->last < 0) return LOY_OK;
  if (job->single && status == LOY_NOTICE_SKIPPED) line->status = LOY_OK; /* it is the test set that was left out */
  if (!job->single) return loyi_compare_validate(job, line, error);
  line->held_out = 0.0;
  return loyi_compare_hold_out(job, job->last, &model, line, error);
}

/* The folds. */
LOYI_LOCAL loy_status loyi_compare_check_folds(loyi_compare_job *job, loy_error *error) {
  const int64_t *fold = job->options.fold;
  job->last = -1;
  job->single = 0;
  for (size_t i = 0; fold && i < job->data->n; i++) {
    if (fold[i] < -1 || fold[i] >= LOY_COMPARE_FOLDS)
      return loyi_report(error, LOY_ERR_DOMAIN, "fold", i, "must be from -1 to 999");
    if (fold[i] < 0) continue;
    job->single = job->last < 0 || (job->single && fold[i] == job->last);
    if (fold[i] > job->last) job->last = fold[i];
  }
  return LOY_OK;
}

LOYALTY_API loy_status loy_compare_curves(const loy_curve_data *data, const loy_compare_options *options,
                                          loy_comparison *comparison, size_t *count, loy_error *error) {
  loy_comparison line[LOY_COMPARE_MODELS];
  loyi_compare_job job;
  size_t lines = 0;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (!comparison) return loyi_report(error, LOY_ERR_ARGUMENT, "comparison", LOY_NO_INDEX, "must not be NULL");
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  memset(&job, 0, sizeof job);
  job.data = data;
  loy_compare_options_init(&job.options);
  if (options) job.options = *options;
  if (job.options.struct_size < sizeof job.options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (job.options.families >> LOY_FAMILIES != 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "families", LOY_NO_INDEX, "must name families that there are");
  status = loyi_compare_check_folds(&job, error);
  if (status != LOY_OK) return status;
  loy_curve_fit_options_init(&job.curve);
  if (job.options.curve) job.curve = *job.options.curve;
  job.curve.allocator = job.options.allocator;
  if (job.last >= 0) {
    job.weight = (double *)loyi_allocate(job.options.allocator, data->n, sizeof *job.weight);
    if (!job.weight) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  }
  status = loyi_compare_line(&job, LOY_COMPARE_CURVE, &line[lines++], error);
  for (int family = 0; family < LOY_FAMILIES && status == LOY_OK; family++) {
    if (job.options.families >> family & 1u) status = loyi_compare_line(&job, family, &line[lines++], error);
  }
  loyi_release(job.options.allocator, job.weight, data->n, sizeof *job.weight);
  if (status != LOY_OK) return status;
  memcpy(comparison, line, lines * sizeof *line);
  *count = lines;
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_COMPARE_INL_H */
