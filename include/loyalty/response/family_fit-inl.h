/* family_fit-inl.h: body of family_fit.h. */
#ifndef LOYALTY_RESPONSE_FAMILY_FIT_INL_H
#define LOYALTY_RESPONSE_FAMILY_FIT_INL_H

#include "family_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "curve_fit-inl.h"
#include "family-inl.h"
#include "mean_fit-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_FAMILY_PARAMS <= LOYI_MEAN_MOST, "the engine has room for all parameters");

/* A condition above this is reported as weak identification. */
#define LOYI_FAMILY_WEAK 1e8
/* Steps that each start is followed. */
#define LOYI_FAMILY_STEPS 25
/* Among many cells, how many times fewer choose a start than choose thresholds. */
#define LOYI_FAMILY_COARSE 8
/* Candidates for a threshold. */
#define LOYI_FAMILY_CANDIDATES 12
#define LOYI_FAMILY_THRESHOLDS (1u << LOY_FAMILY_FIRST | 1u << LOY_FAMILY_SECOND)

LOYALTY_API void loy_family_fit_options_init(loy_family_fit_options *options, int family) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  loy_family_init(&options->start, family);
}

/* ---- the law ---- */

/* What the law needs of each cell. */
typedef struct loyi_family_cells {
  const loy_allocator *allocator;
  int family;
  size_t cells;
  double *s, *log_s, *z; /* s, ln s, logit(c) */
} loyi_family_cells;

LOYI_LOCAL void loyi_family_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                double *rest, double (*derivative)[LOYI_MEAN_RUN]) {
  const loyi_family_cells *cells = (const loyi_family_cells *)ctx;
  const size_t params = loy_family_params(cells->family);
  for (size_t i = 0; i < n; i++) {
    const loyi_family_value value =
        loyi_family_at(cells->family, theta, cells->s[first + i], cells->log_s[first + i], cells->z[first + i]);
    mean[i] = value.mean;
    rest[i] = value.rest;
    for (size_t p = 0; p < params; p++) derivative[p][i] = value.d[p];
  }
}

LOYI_LOCAL void loyi_family_cells_release(loyi_family_cells *cells) {
  loyi_release(cells->allocator, cells->s, cells->cells, 3 * sizeof *cells->s);
  cells->s = NULL;
}

LOYI_LOCAL loy_status loyi_family_cells_make(const loy_curve_data *rows, int family, const loyi_mean_data *data,
                                             loyi_family_cells *cells, loy_error *error) {
  cells->allocator = data->allocator;
  cells->family = family;
  cells->cells = data->cells;
  cells->s = (double *)loyi_allocate(data->allocator, data->cells, 3 * sizeof *cells->s);
  if (!cells->s) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  cells->log_s = cells->s + data->cells;
  cells->z = cells->log_s + data->cells;
  for (size_t i = 0; i < data->cells; i++) {
    const size_t row = data->row_of[i];
    cells->s[i] = rows->s[row];
    cells->log_s[i] = loyi_log(rows->s[row]);
    cells->z[i] = loyi_curve_logit(rows->c[row]);
  }
  return LOY_OK;
}

/* ---- thresholds ---- */

/* Candidates for a threshold, in rising order. */
typedef struct loyi_family_candidates {
  size_t count;
  double s[LOYI_FAMILY_CANDIDATES];
} loyi_family_candidates;

/* The smallest satisfaction above `bound` of a row with information; infinity when there is none. */
LOYI_LOCAL double loyi_family_next(const loy_curve_data *rows, const loyi_mean_source *source, double bound) {
  double next = (double)INFINITY;
  for (size_t i = 0; i < rows->n; i++) {
    if (rows->s[i] > bound && rows->s[i] < next && loyi_mean_row_counts(source, i)) next = rows->s[i];
  }
  return next;
}

LOYI_LOCAL loyi_family_candidates loyi_family_candidates_of(const loy_curve_data *rows,
                                                            const loyi_mean_source *source) {
  const double smallest = loyi_family_next(rows, source, -1.0);
  loyi_family_candidates found;
  double largest = smallest, at = loyi_family_next(rows, source, smallest);
  memset(&found, 0, sizeof found);
  for (size_t i = 0; i < rows->n; i++) {
    if (rows->s[i] > largest && loyi_mean_row_counts(source, i)) largest = rows->s[i];
  }
  while (at < largest && found.count < LOYI_FAMILY_CANDIDATES) {
    found.s[found.count++] = at;
    at = loyi_family_next(rows, source, at);
  }
  if (at < largest) {
    for (size_t k = 0; k < LOYI_FAMILY_CANDIDATES; k++)
      found.s[k] = smallest + (largest - smallest) * ((double)(k + 1) / (LOYI_FAMILY_CANDIDATES + 1));
  }
  return found;
}

/* ---- the fit ---- */

/* Everything about one call. */
typedef struct loyi_family_job {
  const loy_curve_data *rows;
  loy_family_fit_options options;
  const double *key[2];
  loyi_mean_source source;
  loyi_mean_data data;   /* what is fitted */
  loyi_mean_data counts; /* for squares: the same rows as counts; else not loaded */
  loyi_family_cells cells;
  loyi_mean_problem problem;
  double lower[LOY_FAMILY_PARAMS], upper[LOY_FAMILY_PARAMS];
  unsigned fixed;    /* as the result reports it */
  unsigned profiled; /* thresholds that are sought */
  loyi_family_candidates candidates;
  int evaluations;
} loyi_family_job;

LOYI_LOCAL void loyi_family_release(loyi_family_job *job) {
  loyi_family_cells_release(&job->cells);
  if (job->options.covariance == LOY_CURVE_NLS) loyi_mean_data_release(&job->counts);
  loyi_mean_data_release(&job->data);
}

LOYI_LOCAL loy_status loyi_family_check_options(const loy_family_fit_options *options, loy_error *error) {
  unsigned all;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (loy_family_params(options->start.family) == 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "family", LOY_NO_INDEX, "must be a loy_family");
  all = (1u << loy_family_params(options->start.family)) - 1u;
  if (options->covariance < LOY_CURVE_BINOMIAL || options->covariance > LOY_CURVE_NLS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX, "must be a loy_curve_covariance");
  if ((options->fixed & ~all) != 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must name parameters that there are");
  if ((options->fixed & all) == all)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must leave a parameter free");
  if (options->most_iterations < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX, "must not be negative");
  return loyi_family_check_params(&options->start, error);
}

/* Bounds, and what is fixed. */
LOYI_LOCAL void loyi_family_setup(loyi_family_job *job) {
  const int family = job->options.start.family;
  const size_t params = loy_family_params(family);
  job->fixed = job->options.fixed;
  if (loyi_curve_competitions(job->rows, &job->source) < 2) job->fixed |= 1u << LOY_FAMILY_COMPETITION;
  if (family == LOY_FAMILY_PIECEWISE) {
    job->profiled = LOYI_FAMILY_THRESHOLDS & ~job->fixed;
    if (job->profiled) job->candidates = loyi_family_candidates_of(job->rows, &job->source);
  }
  for (size_t p = 0; p < params; p++) loyi_family_range(family, (int)p, &job->lower[p], &job->upper[p]);
  loyi_mean_problem_init(&job->problem);
  job->problem.params = params;
  job->problem.law = loyi_family_law;
  job->problem.ctx = &job->cells;
  job->problem.data = &job->data;
  job->problem.lower = job->lower;
  job->problem.upper = job->upper;
  job->problem.fixed = job->fixed | job->profiled;
  job->problem.squares = job->options.covariance == LOY_CURVE_NLS;
  if (job->options.most_iterations > 0) job->problem.most_iterations = job->options.most_iterations;
}

/* How many parameters are estimated. */
LOYI_LOCAL size_t loyi_family_free_params(const loyi_family_job *job) {
  size_t count = 0;
  for (size_t p = 0; p < job->problem.params; p++) count += !(job->fixed >> p & 1u);
  return count;
}

/* Fit from `theta` and keep the end in `best` if it is the best so far. */
LOYI_LOCAL void loyi_family_try(loyi_family_job *job, const loyi_mean_problem *problem, const double *theta,
                                int *usable, loyi_mean_result *best) {
  loyi_mean_result found;
  const int good = loyi_mean_fit(problem, theta, &found);
  job->evaluations += found.evaluations;
  if (!*usable && (good || best->evaluations == 0)) *best = found; /* a failure too: it tells the cell */
  if (*usable && good && found.sums.objective > best->sums.objective) *best = found;
  *usable |= good;
}

/* Where the free parameters start: floor and top around the answers, rising or falling between them. */
LOYI_LOCAL void loyi_family_start(const loyi_family_job *job, int falling, double *theta) {
  const double share = job->data.loyal / job->data.trials, low = 0.25 * share, high = 0.75 + 0.25 * share;
  double guess[LOY_FAMILY_PARAMS];
  memcpy(theta, job->options.start.param, LOY_FAMILY_PARAMS * sizeof *theta);
  if (job->options.start_given) return;
  memcpy(guess, theta, sizeof guess);
  guess[LOY_FAMILY_COMPETITION] = 0.0;
  if (job->options.start.family == LOY_FAMILY_LOGIT_LINEAR) {
    guess[LOY_FAMILY_INTERCEPT] = loyi_curve_logit(share);
    guess[LOY_FAMILY_SLOPE] = 0.0;
  } else {
    guess[LOY_FAMILY_FLOOR] = falling ? high : low;
    guess[LOY_FAMILY_TOP] = falling ? low : high;
  }
  for (size_t p = 0; p < job->problem.params; p++) {
    if (!(job->problem.fixed >> p & 1u)) theta[p] = guess[p];
  }
}

/* A pair of thresholds, with a straight line as the first shape. */
LOYI_LOCAL void loyi_family_pair(const loyi_family_job *job, double first, double second, double *theta) {
  theta[LOY_FAMILY_FIRST] = first;
  theta[LOY_FAMILY_SECOND] = second;
  if (job->options.start_given) return;
  if (!(job->fixed >> LOY_FAMILY_RISE_1 & 1u)) theta[LOY_FAMILY_RISE_1] = first;
  if (!(job->fixed >> LOY_FAMILY_RISE_2 & 1u)) theta[LOY_FAMILY_RISE_2] = (second - first) / (1.0 - first);
}

/* Every pair of thresholds from `theta`; the given ones where none is sought. */
LOYI_LOCAL void loyi_family_try_pairs(loyi_family_job *job, const loyi_mean_problem *problem, double *theta,
                                      int *usable, loyi_mean_result *best) {
  const loyi_family_candidates *all = &job->candidates;
  const double first = job->options.start.param[LOY_FAMILY_FIRST], second = job->options.start.param[LOY_FAMILY_SECOND];
  const int seek_first = (job->profiled >> LOY_FAMILY_FIRST & 1u) != 0;
  const int seek_second = (job->profiled >> LOY_FAMILY_SECOND & 1u) != 0;
  for (size_t i = 0; i < (seek_first ? all->count : 1); i++) {
    for (size_t j = 0; j < (seek_second ? all->count : 1); j++) {
      const double low = seek_first ? all->s[i] : first, high = seek_second ? all->s[j] : second;
      if (!(low > 0.0 && low < high && high < 1.0)) continue;
      loyi_family_pair(job, low, high, theta);
      loyi_family_try(job, problem, theta, usable, best);
    }
  }
}

/* Every shape from `theta` of a family that has one; the given one where it is fixed. */
LOYI_LOCAL void loyi_family_try_shapes(loyi_family_job *job, const loyi_mean_problem *problem, double *theta,
                                       int *usable, loyi_mean_result *best) {
  static const double exponents[4] = {1.0, 0.3, 3.0, 10.0}, curvatures[4] = {0.0, -4.0, 4.0, 12.0};
  const int held = job->options.start_given || (job->fixed >> LOY_FAMILY_EXPONENT & 1u);
  for (int k = 0; k < (held ? 1 : 4); k++) {
    if (!held)
      theta[LOY_FAMILY_EXPONENT] = job->options.start.family == LOY_FAMILY_POWER ? exponents[k] : curvatures[k];
    loyi_family_try(job, problem, theta, usable, best);
  }
}

/* The best end of several starts: for curves with a floor and a top there is one hill of the likelihood where they rise
 * and one where they fall. Returns 0 when the likelihood is 0 at every start. */
LOYI_LOCAL int loyi_family_afresh(loyi_family_job *job, const loyi_mean_problem *problem, loyi_mean_result *best) {
  const int family = job->options.start.family;
  const int ways = family == LOY_FAMILY_LOGIT_LINEAR || job->options.start_given ? 1 : 2;
  double theta[LOY_FAMILY_PARAMS];
  int usable = 0;
  memset(best, 0, sizeof *best);
  for (int falling = 0; falling < ways; falling++) {
    loyi_family_start(job, falling, theta);
    if (family == LOY_FAMILY_PIECEWISE) {
      loyi_family_try_pairs(job, problem, theta, &usable, best);
    } else if (family == LOY_FAMILY_LOGIT_LINEAR) {
      loyi_family_try(job, problem, theta, &usable, best);
    } else {
      loyi_family_try_shapes(job, problem, theta, &usable, best);
    }
  }
  return usable;
}

/* From the best end on. */
LOYI_LOCAL int loyi_family_finish(loyi_family_job *job, loyi_mean_result *best) {
  double theta[LOYI_MEAN_MOST];
  int usable = 0;
  memcpy(theta, best->theta, sizeof theta);
  memset(best, 0, sizeof *best);
  loyi_family_try(job, &job->problem, theta, &usable, best);
  return usable;
}

/* All starts are followed for some steps, and the best of them to the end. Where there are many cells they are followed
 * on every thin-th run of them; on all when that leads nowhere. */
LOYI_LOCAL int loyi_family_search(loyi_family_job *job, loyi_mean_result *best) {
  loyi_mean_problem pilot = job->problem;
  if (pilot.most_iterations > LOYI_FAMILY_STEPS) pilot.most_iterations = LOYI_FAMILY_STEPS;
  pilot.thin = loyi_mean_thin(&job->data);
  if (pilot.thin > 1 && !job->profiled) pilot.thin *= LOYI_FAMILY_COARSE; /* starts need less than thresholds */
  if (pilot.thin > 1 && loyi_family_afresh(job, &pilot, best) && loyi_family_finish(job, best) &&
      (best->converged || best->separated))
    return 1;
  pilot.thin = 1;
  if (!loyi_family_afresh(job, &pilot, best)) return 0;
  return best->converged || best->separated || loyi_family_finish(job, best);
}

LOYI_LOCAL loy_status loyi_family_notice(const loy_family_fit_result *result, loy_error *error) {
  if (result->separated)
    return loyi_report(error, LOY_NOTICE_SEPARATED, NULL, LOY_NO_INDEX,
                       "parameters run away as they fit the answers perfectly: fix some");
  if (!result->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX,
                       "the certificate fails; the best point found is returned");
  if (isinf(result->condition))
    return loyi_report(error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX,
                       "the data do not determine the parameters: there are no standard errors");
  for (size_t p = 0; p < result->params; p++) {
    if (result->at_bound >> p & 1u)
      return loyi_report(error, LOY_NOTICE_AT_BOUND, loy_family_param_name(result->curve.family, (int)p), LOY_NO_INDEX,
                         "lies at the edge of its range and has no standard error");
  }
  if (result->weak)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX,
                       "the data hardly determine some combination of the parameters");
  if (result->skipped > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, "trials", LOY_NO_INDEX,
                       "rows without trials or weight were left out");
  return loyi_ok(error);
}

/* The engine holds the thresholds that were sought. Count them, and take away their standard errors. */
LOYI_LOCAL void loyi_family_count_thresholds(const loyi_family_job *job, loyi_mean_conclusion *conclusion) {
  const size_t params = job->problem.params, sought = loyi_family_free_params(job) - conclusion->free_params;
  const double more = (double)sought, rows = (double)job->data.rows;
  const int spread = job->options.covariance == LOY_CURVE_QUASI || job->options.covariance == LOY_CURVE_NLS;
  const double left = rows - (double)conclusion->free_params, fewer = left - more;
  if (sought == 0) return;
  conclusion->free_params += sought;
  conclusion->aic += 2.0 * more;
  conclusion->bic += more * loyi_log(job->options.covariance == LOY_CURVE_NLS ? job->counts.trials : job->data.trials);
  conclusion->dispersion = fewer > 0.0 ? conclusion->dispersion * (left / fewer) : (double)NAN;
  if (spread) conclusion->df = fewer;
  for (size_t p = 0; p < params; p++) {
    for (size_t q = 0; q < params; q++) {
      double *entry = &conclusion->covariance[p * params + q];
      if (spread) *entry *= left / fewer;
      if ((job->profiled >> p | job->profiled >> q) & 1u) *entry = (double)NAN;
    }
  }
  for (size_t p = 0; p < params; p++) conclusion->std_error[p] = sqrt(conclusion->covariance[p * (params + 1)]);
}

/* The result, from what the engine found and concluded. */
LOYI_LOCAL loy_status loyi_family_conclude(const loyi_family_job *job, const loyi_mean_result *found,
                                           loy_family_fit_result *result, loy_error *error) {
  const int kind = job->options.covariance;
  const loyi_mean_data *counts = kind == LOY_CURVE_NLS ? &job->counts : &job->data;
  loyi_mean_conclusion conclusion;
  const loy_status status =
      loyi_mean_conclude(&job->problem, counts, found, (loyi_mean_covariance)kind, &conclusion, error);
  if (status != LOY_OK) return status;
  loyi_family_count_thresholds(job, &conclusion);
  memset(result, 0, sizeof *result);
  loy_family_init(&result->curve, job->options.start.family);
  result->params = job->problem.params;
  memcpy(result->curve.param, found->theta, result->params * sizeof(double));
  memcpy(result->std_error, conclusion.std_error, result->params * sizeof(double));
  memcpy(result->covariance, conclusion.covariance, result->params * result->params * sizeof(double));
  result->log_likelihood = conclusion.log_likelihood;
  result->deviance = conclusion.deviance;
  result->pearson = conclusion.pearson;
  result->squares = conclusion.squares;
  result->dispersion = conclusion.dispersion;
  result->aic = conclusion.aic;
  result->bic = conclusion.bic;
  result->df = conclusion.df;
  result->rows = job->data.rows;
  result->skipped = job->data.skipped;
  result->cells = job->data.cells;
  result->clusters = conclusion.clusters;
  result->trials = counts->trials;
  result->loyal = counts->loyal;
  result->free_params = conclusion.free_params;
  result->fixed = job->fixed;
  result->profiled = job->profiled;
  result->at_bound = found->at_bound;
  result->covariance_kind = kind;
  result->converged = found->converged;
  result->separated = found->separated;
  result->weak = !(found->condition <= LOYI_FAMILY_WEAK);
  result->condition = found->condition;
  result->last_step = found->last_step;
  result->largest_score = found->largest_score;
  result->iterations = found->iterations;
  result->evaluations = job->evaluations;
  return LOY_OK;
}

/* Load, search, conclude; `result` is written only when all went well. */
LOYI_LOCAL loy_status loyi_family_run(loyi_family_job *job, loy_family_fit_result *result, loy_error *error) {
  const loy_allocator *allocator = job->options.allocator;
  const int squares = job->options.covariance == LOY_CURVE_NLS;
  loyi_mean_result found;
  loy_family_fit_result fitted;
  loy_status status =
      loyi_mean_data_load(&job->source, squares, LOYI_MEAN_MERGE_IF_WORTH, allocator, &job->data, error);
  if (status == LOY_OK && squares)
    status = loyi_mean_data_load(&job->source, 0, LOYI_MEAN_MERGE_IF_WORTH, allocator, &job->counts, error);
  if (status == LOY_OK)
    status = loyi_family_cells_make(job->rows, job->options.start.family, &job->data, &job->cells, error);
  if (status == LOY_OK && !loyi_family_search(job, &found)) {
    const size_t cell = found.sums.contradicted;
    status = loyi_report(error, LOY_ERR_INFEASIBLE, "s", cell < job->data.cells ? job->data.row_of[cell] : LOY_NO_INDEX,
                         "is so near an end, or a fixed parameter such, that L is 0 or 1 against the answer");
  }
  if (status == LOY_OK) status = loyi_family_conclude(job, &found, &fitted, error);
  if (status == LOY_OK) {
    status = loyi_family_notice(&fitted, error);
    fitted.status = status;
    *result = fitted;
  }
  loyi_family_release(job);
  return status;
}

/* Whether there is a pair of thresholds to try. */
LOYI_LOCAL int loyi_family_has_pair(const loyi_family_job *job) {
  const loyi_family_candidates *all = &job->candidates;
  const double *theta = job->options.start.param;
  if (job->profiled == 0) return 1;
  if (all->count == 0) return 0;
  if (job->profiled == LOYI_FAMILY_THRESHOLDS) return all->count >= 2;
  if (job->profiled >> LOY_FAMILY_FIRST & 1u) return all->s[0] < theta[LOY_FAMILY_SECOND];
  return all->s[all->count - 1] > theta[LOY_FAMILY_FIRST];
}

LOYALTY_API loy_status loy_family_fit(const loy_curve_data *data, const loy_family_fit_options *options,
                                      loy_family_fit_result *result, loy_error *error) {
  loy_curve_data rows;
  loyi_family_job job;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (!options) return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  rows = *data;
  rows.constraints = 0;
  status = loyi_curve_check_data_columns(&rows, error);
  if (status == LOY_OK) status = loyi_family_check_options(options, error);
  if (status == LOY_OK) status = loyi_curve_check_data_rows(&rows, error);
  if (status != LOY_OK) return status;
  memset(&job, 0, sizeof job);
  job.rows = &rows;
  job.options = *options;
  job.source = loyi_curve_source(&rows, job.key);
  status = loyi_mean_check(&job.source, error);
  if (status != LOY_OK) return status;
  loyi_family_setup(&job);
  if (loyi_family_free_params(&job) == 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX,
                       "must leave a parameter free: with a single value of c the one of competition is not");
  if (job.options.covariance == LOY_CURVE_QUASI || job.options.covariance == LOY_CURVE_NLS) {
    if (loyi_mean_rows(&job.source) <= loyi_family_free_params(&job))
      return loyi_report(error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX,
                         "must have more rows than there are free parameters");
  }
  if (!loyi_family_has_pair(&job))
    return loyi_report(error, LOY_ERR_TOO_FEW, "s", LOY_NO_INDEX,
                       "must have more distinct values for the thresholds that are sought");
  return loyi_family_run(&job, result, error);
}

#undef LOYI_FAMILY_WEAK
#undef LOYI_FAMILY_STEPS
#undef LOYI_FAMILY_COARSE
#undef LOYI_FAMILY_CANDIDATES
#undef LOYI_FAMILY_THRESHOLDS

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_FAMILY_FIT_INL_H */
