/* curve_fit-inl.h: body of curve_fit.h. */
#ifndef LOYALTY_RESPONSE_CURVE_FIT_INL_H
#define LOYALTY_RESPONSE_CURVE_FIT_INL_H

#include "curve_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "curve-inl.h"
#include "curve_law-inl.h"
#include "mean_fit-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_CURVE_PARAMS <= LOYI_MEAN_MOST, "the engine has room for all parameters");

/* A condition above this is reported as weak identification. */
#define LOYI_CURVE_FIT_WEAK 1e8
/* Steps that each start is followed. */
#define LOYI_CURVE_FIT_STEPS 25
/* Among many cells, about how many choose a start: whole runs. */
#define LOYI_CURVE_FIT_CHOOSERS ((size_t)(8 * LOYI_MEAN_RUN))
/* Log-odds and captivities beyond this are as good as infinite. */
#define LOYI_CURVE_FIT_FAR 100.0
/* Answers in a cell from which on its share of the deviance follows a chi-squared law, roughly. */
#define LOYI_CURVE_FIT_CROWD 5.0

LOYALTY_API void loy_curve_data_init(loy_curve_data *data) {
  if (data) memset(data, 0, sizeof *data);
}

LOYALTY_API void loy_curve_fit_options_init(loy_curve_fit_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  loy_curve_init(&options->start);
  options->fixed = 1u << LOY_CURVE_DELTA;
}

LOYALTY_API const char *loy_curve_param_name(int param) {
  static const char *const names[5] = {"alpha", "beta", "gamma", "a", "delta"};
  if (param < 0 || param >= LOY_CURVE_PARAMS) return "unknown";
  return param < LOY_CURVE_B ? names[param] : "b";
}

/* ---- checks ---- */

LOYI_LOCAL loy_status loyi_curve_check_data_columns(const loy_curve_data *data, loy_error *error) {
  if (data->n > 0 && !data->s) return loyi_report(error, LOY_ERR_ARGUMENT, "s", LOY_NO_INDEX, "must not be NULL");
  if (data->n > 0 && !data->c) return loyi_report(error, LOY_ERR_ARGUMENT, "c", LOY_NO_INDEX, "must not be NULL");
  if (data->constraints > LOY_CURVE_CONSTRAINTS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX, "must be at most LOY_CURVE_CONSTRAINTS");
  if (data->constraints > 0 && !data->constraint)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", LOY_NO_INDEX, "must not be NULL");
  for (size_t j = 0; j < data->constraints; j++) {
    if (data->n > 0 && !data->constraint[j])
      return loyi_report(error, LOY_ERR_ARGUMENT, "constraint", j, "must not be NULL");
  }
  return LOY_OK;
}

/* Options, with the parameters that stay checked by themselves. */
LOYI_LOCAL loy_status loyi_curve_check_fit_options(const loy_curve_fit_options *options, size_t params,
                                                   loy_error *error) {
  const unsigned all = (1u << params) - 1u;
  loy_curve start = options->start;
  if (options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX,
                       "struct_size must be set by the init function");
  if (options->covariance < LOY_CURVE_BINOMIAL || options->covariance > LOY_CURVE_NLS)
    return loyi_report(error, LOY_ERR_ARGUMENT, "covariance", LOY_NO_INDEX, "must be a loy_curve_covariance");
  if ((options->fixed & ~all) != 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must name parameters that there are");
  if ((options->fixed & all) == all)
    return loyi_report(error, LOY_ERR_ARGUMENT, "fixed", LOY_NO_INDEX, "must leave a parameter free");
  if (!(options->ridge >= 0.0 && options->ridge <= 1e15))
    return loyi_report(error, LOY_ERR_DOMAIN, "ridge", LOY_NO_INDEX, "must be from 0 to 1e15");
  if (options->most_iterations < 0)
    return loyi_report(error, LOY_ERR_DOMAIN, "most_iterations", LOY_NO_INDEX, "must not be negative");
  start.constraints = params - LOY_CURVE_B;
  return loyi_curve_check_params(&start, error);
}

LOYI_LOCAL loy_status loyi_curve_check_data_rows(const loy_curve_data *data, loy_error *error) {
  for (size_t i = 0; i < data->n; i++) {
    if (!(data->s[i] >= 0.0 && data->s[i] <= 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "s", i, "must be from 0 to 1");
  }
  for (size_t i = 0; i < data->n; i++) {
    if (!(data->c[i] > 0.0 && data->c[i] < 1.0))
      return loyi_report(error, LOY_ERR_DOMAIN, "c", i, "must be above 0 and below 1");
  }
  for (size_t j = 0; j < data->constraints; j++) {
    for (size_t i = 0; i < data->n; i++) {
      if (!(data->constraint[j][i] >= 0.0 && data->constraint[j][i] <= 1.0))
        return loyi_report(error, LOY_ERR_DOMAIN, "constraint", i, "must be from 0 to 1");
    }
  }
  return LOY_OK;
}

/* Columns as the engine takes them; `key` has room for 2 + LOY_CURVE_CONSTRAINTS. */
LOYI_LOCAL loyi_mean_source loyi_curve_source(const loy_curve_data *data, const double **key) {
  loyi_mean_source source;
  key[0] = data->s;
  key[1] = data->c;
  for (size_t j = 0; j < data->constraints; j++) key[2 + j] = data->constraint[j];
  source.n = data->n;
  source.keys = 2 + data->constraints;
  source.key = key;
  source.trials = data->trials;
  source.loyal = data->loyal;
  source.weight = data->weight;
  source.cluster = data->cluster;
  return source;
}

/* Whether the rows with information have two different c. */
LOYI_LOCAL int loyi_curve_competitions(const loy_curve_data *data, const loyi_mean_source *source) {
  size_t first = SIZE_MAX;
  for (size_t i = 0; i < data->n; i++) {
    if (!loyi_mean_row_counts(source, i)) continue;
    if (first == SIZE_MAX) first = i;
    if (data->c[i] != data->c[first]) return 2;
  }
  return 1;
}

/* A row at s = 0 or 1 that no parameters can explain: L is then 0 or 1, whatever the free ones are. */
LOYI_LOCAL loy_status loyi_curve_check_ends(const loy_curve_data *data, const loyi_mean_source *source,
                                            const double *start, unsigned fixed, loy_error *error) {
  const int no_floor = (fixed >> LOY_CURVE_A & 1u) && start[LOY_CURVE_A] == 0.0;
  const int no_ceiling = (fixed >> LOY_CURVE_DELTA & 1u) && start[LOY_CURVE_DELTA] == 0.0;
  for (size_t i = 0; i < data->n; i++) {
    if (!loyi_mean_row_counts(source, i)) continue;
    if (data->s[i] == 0.0 && data->loyal[i] > 0.0 && no_floor) {
      int held = 0;
      for (size_t j = 0; j < data->constraints; j++)
        held |= data->constraint[j][i] > 0.0 && !((fixed >> (LOY_CURVE_B + j) & 1u) && start[LOY_CURVE_B + j] == 0.0);
      if (!held)
        return loyi_report(error, LOY_ERR_INFEASIBLE, "s", i,
                           "is 0, where nobody can be loyal, but somebody is: use padding or free a");
    }
    if (data->s[i] == 1.0 && no_ceiling && data->loyal[i] < (data->trials ? data->trials[i] : 1.0))
      return loyi_report(error, LOY_ERR_INFEASIBLE, "s", i,
                         "is 1, where everybody must be loyal, but somebody is not: use padding or free delta");
  }
  return LOY_OK;
}

/* ---- the fit ---- */

/* Everything about one call. */
typedef struct loyi_curve_fit_job {
  const loy_curve_data *rows;
  loy_curve_fit_options options;
  const double *key[2 + LOY_CURVE_CONSTRAINTS];
  loyi_mean_source source;
  loyi_mean_data data;   /* what is fitted */
  loyi_mean_data counts; /* for squares: the same rows as counts; else not loaded */
  loyi_curve_cells cells;
  loyi_mean_problem problem;
  double lower[LOY_CURVE_PARAMS], upper[LOY_CURVE_PARAMS], start[LOY_CURVE_PARAMS];
  size_t free_params;
  int one_competition;
} loyi_curve_fit_job;

LOYI_LOCAL void loyi_curve_fit_release(loyi_curve_fit_job *job) {
  loyi_curve_cells_release(&job->cells);
  if (job->options.covariance == LOY_CURVE_NLS) loyi_mean_data_release(&job->counts);
  loyi_mean_data_release(&job->data);
}

LOYI_LOCAL void loyi_curve_theta(const loy_curve *curve, size_t constraints, double *theta) {
  theta[LOY_CURVE_ALPHA] = curve->alpha;
  theta[LOY_CURVE_BETA] = curve->beta;
  theta[LOY_CURVE_GAMMA] = curve->gamma;
  theta[LOY_CURVE_A] = curve->a;
  theta[LOY_CURVE_DELTA] = curve->delta;
  for (size_t j = 0; j < constraints; j++) theta[LOY_CURVE_B + j] = curve->b[j];
}

LOYI_LOCAL loy_curve loyi_curve_of_theta(const double *theta, size_t constraints) {
  loy_curve curve;
  loy_curve_init(&curve);
  curve.alpha = theta[LOY_CURVE_ALPHA];
  curve.beta = theta[LOY_CURVE_BETA];
  curve.gamma = theta[LOY_CURVE_GAMMA];
  curve.a = theta[LOY_CURVE_A];
  curve.delta = theta[LOY_CURVE_DELTA];
  curve.constraints = constraints;
  for (size_t j = 0; j < constraints; j++) curve.b[j] = theta[LOY_CURVE_B + j];
  return curve;
}

/* Bounds, and what is fixed. */
LOYI_LOCAL void loyi_curve_fit_setup(loyi_curve_fit_job *job) {
  const size_t params = LOY_CURVE_B + job->rows->constraints;
  unsigned fixed = job->options.fixed;
  loyi_curve_theta(&job->options.start, job->rows->constraints, job->start);
  job->one_competition = loyi_curve_competitions(job->rows, &job->source) < 2 &&
                         (fixed >> LOY_CURVE_GAMMA & fixed >> LOY_CURVE_A & 1u) == 0;
  if (job->one_competition) {
    if (!(fixed >> LOY_CURVE_GAMMA & 1u)) job->start[LOY_CURVE_GAMMA] = 1.0;
    if (!(fixed >> LOY_CURVE_A & 1u)) job->start[LOY_CURVE_A] = 0.0;
    fixed |= 1u << LOY_CURVE_GAMMA | 1u << LOY_CURVE_A;
  }
  for (size_t p = 0; p < params; p++) {
    job->lower[p] = 0.0;
    job->upper[p] = 1e6;
    job->free_params += !(fixed >> p & 1u);
  }
  job->lower[LOY_CURVE_ALPHA] = -1e6;
  job->lower[LOY_CURVE_BETA] = 1e-6;
  if (job->options.ridge > 0.0) job->lower[LOY_CURVE_GAMMA] = 1e-6; /* its logarithm is penalized */
  job->upper[LOY_CURVE_DELTA] = 0.999;
  loyi_mean_problem_init(&job->problem);
  job->problem.params = params;
  job->problem.law = loyi_curve_fit_law;
  job->problem.ctx = &job->cells;
  job->problem.data = &job->data;
  job->problem.lower = job->lower;
  job->problem.upper = job->upper;
  job->problem.fixed = fixed;
  job->problem.squares = job->options.covariance == LOY_CURVE_NLS;
  if (job->options.ridge > 0.0) job->problem.penalty = loyi_curve_ridge;
  if (job->options.most_iterations > 0) job->problem.most_iterations = job->options.most_iterations;
}

LOYI_LOCAL double loyi_curve_within(double x, double low, double high) {
  if (x < low) return low;
  return x > high ? high : x;
}

/* alpha, beta and gamma from a logistic regression, as far as they are free; kept where a step can still be seen. */
LOYI_LOCAL void loyi_curve_logistic_start(const loyi_curve_fit_job *job, const loyi_mean_problem *problem,
                                          double *theta) {
  static const double low[3] = {-10.0, 0.05, 0.05}, neutral[3] = {0.0, 1.0, 1.0};
  loyi_mean_problem logistic = *problem;
  loyi_mean_result found;
  memcpy(theta, job->start, sizeof job->start);
  for (size_t p = LOY_CURVE_ALPHA; p <= LOY_CURVE_GAMMA; p++) {
    if (!(problem->fixed >> p & 1u)) theta[p] = neutral[p];
  }
  logistic.params = 3;
  logistic.law = loyi_curve_logistic_law;
  logistic.fixed &= 7u;
  logistic.squares = 0;
  logistic.penalty = NULL;
  if (logistic.fixed == 7u || !loyi_mean_fit(&logistic, theta, &found)) return;
  for (size_t p = LOY_CURVE_ALPHA; p <= LOY_CURVE_GAMMA; p++) {
    if (!(logistic.fixed >> p & 1u)) theta[p] = loyi_curve_within(found.theta[p], low[p], 10.0);
  }
}

/* Fit from `theta` and keep the end in `best` if it is the best so far; with all evaluations. */
LOYI_LOCAL void loyi_curve_try(const loyi_mean_problem *problem, const double *theta, int *usable,
                               loyi_mean_result *best) {
  const int evaluations = best->evaluations;
  loyi_mean_result found;
  const int good = loyi_mean_fit(problem, theta, &found);
  int better = good || evaluations == 0; /* a failure too, as long as there is nothing else: it tells the cell */
  if (*usable) {
    const double gain = found.sums.objective - best->sums.objective;
    better = good && (gain > 0.0 || (gain == 0.0 && !best->converged));
  }
  found.evaluations += evaluations;
  if (better) *best = found;
  best->evaluations = found.evaluations;
  *usable |= good;
}

/* A way to share loyalty between captivity, choice and attrition to start from. */
typedef struct loyi_curve_share {
  double captivity; /* a and every b */
  double delta;
  double steep; /* beta and gamma; 0: those of the logistic regression */
  int align;    /* bring the curve of choice into line first */
} loyi_curve_share;

/* Start from a share: the curve of choice, or of a steep one the threshold, is brought into line with it before it is
 * let go. */
LOYI_LOCAL void loyi_curve_try_share(const loyi_mean_problem *problem, const double *base,
                                     const loyi_curve_share *share, int *usable, loyi_mean_result *best) {
  const unsigned choice = share->steep > 0.0 ? 1u << LOY_CURVE_ALPHA : 7u, all = (1u << problem->params) - 1u;
  double theta[LOYI_MEAN_MOST];
  loyi_mean_problem held = *problem;
  loyi_mean_result line;
  memcpy(theta, base, LOY_CURVE_PARAMS * sizeof *theta);
  for (size_t p = LOY_CURVE_BETA; p < problem->params; p++) {
    if (problem->fixed >> p & 1u) continue;
    if (p > LOY_CURVE_GAMMA) theta[p] = p == LOY_CURVE_DELTA ? share->delta : share->captivity;
    if (p <= LOY_CURVE_GAMMA && share->steep > 0.0) theta[p] = share->steep;
  }
  held.fixed |= all & ~choice;
  if (share->align && held.fixed != all && held.fixed != problem->fixed && loyi_mean_fit(&held, theta, &line))
    memcpy(theta, line.theta, sizeof theta);
  loyi_curve_try(problem, theta, usable, best);
}

/* Whether a certified curve fits cells of several answers as well as chance lets the true one: a deviance within two
 * standard deviations of its mean. No other hill can then be higher by more than half of that deviance. */
LOYI_LOCAL int loyi_curve_fits(const loyi_mean_problem *problem, const loyi_mean_result *found, size_t free_params) {
  const loyi_mean_data *data = problem->data;
  const double df = (double)data->cells - (double)free_params;
  double saturated = 0.0;
  if (!found->converged || found->at_bound || problem->squares || problem->penalty || problem->thin > 1) return 0;
  if (!(df >= 1.0) || data->cells > LOYI_CURVE_FIT_CHOOSERS) return 0;
  if (!(data->trials >= LOYI_CURVE_FIT_CROWD * (double)data->cells)) return 0;
  for (size_t cell = 0; cell < data->cells; cell++) saturated += loyi_mean_saturated(data->yes[cell], data->no[cell]);
  return 2.0 * (saturated - found->sums.objective) <= df + 2.0 * sqrt(2.0 * df);
}

/* The best end of several starts: the likelihood can have a hill for each share. The first start is the usual one, and
 * enough where it ends in a curve that fits. */
LOYI_LOCAL void loyi_curve_afresh(const loyi_curve_fit_job *job, const loyi_mean_problem *problem, int *usable,
                                  loyi_mean_result *best) {
  static const loyi_curve_share shares[7] = {{0.2, 0.02, 0.0, 0}, {0.05, 0.02, 0.0, 1}, {0.5, 0.02, 0.0, 1},
                                             {1.0, 0.02, 0.0, 1}, {0.2, 0.02, 8.0, 1},  {0.2, 0.3, 0.0, 1},
                                             {0.2, 0.3, 8.0, 1}};
  const unsigned captive = ((1u << problem->params) - 1u) & ~7u & ~(1u << LOY_CURVE_DELTA) & ~problem->fixed;
  double base[LOY_CURVE_PARAMS];
  loyi_curve_logistic_start(job, problem, base);
  for (int k = 0; k < 7; k++) { /* but for those that repeat another, as what they change is fixed */
    if (k > 0 && *usable && loyi_curve_fits(problem, best, job->free_params)) return;
    if (k > 0 && k < 4 && !captive) continue;
    if (shares[k].steep > 0.0 && (problem->fixed >> LOY_CURVE_BETA & problem->fixed >> LOY_CURVE_GAMMA & 1u)) continue;
    if (k > 4 && (problem->fixed >> LOY_CURVE_DELTA & 1u)) continue;
    loyi_curve_try_share(problem, base, &shares[k], usable, best);
  }
}

/* All starts are followed for some steps, and the best of them to the end; where there are many cells, on every thin-th
 * run of them, unless that leads nowhere. The caller's start stands alone, unless it leads nowhere. Returns 0 when the
 * likelihood is 0 at every start. */
LOYI_LOCAL int loyi_curve_search(const loyi_curve_fit_job *job, loyi_mean_result *found) {
  loyi_mean_problem pilot = job->problem;
  double start[LOYI_MEAN_MOST];
  int begin = job->options.start_given, usable = 0;
  memset(found, 0, sizeof *found);
  memcpy(start, job->start, sizeof job->start);
  if (pilot.most_iterations > LOYI_CURVE_FIT_STEPS) pilot.most_iterations = LOYI_CURVE_FIT_STEPS;
  pilot.thin = job->data.cells / LOYI_CURVE_FIT_CHOOSERS;
  if (!begin && pilot.thin > 1) {
    loyi_mean_result thinned;
    memset(&thinned, 0, sizeof thinned);
    loyi_curve_afresh(job, &pilot, &begin, &thinned);
    memcpy(start, thinned.theta, sizeof start);
  }
  if (begin) {
    loyi_curve_try(&job->problem, start, &usable, found);
    if (usable && (found->converged || found->separated) && isfinite(found->condition)) return 1;
  }
  pilot.thin = 1;
  loyi_curve_afresh(job, &pilot, &usable, found);
  if (usable && !found->converged && !found->separated) {
    memcpy(start, found->theta, sizeof start);
    loyi_curve_try(&job->problem, start, &usable, found);
  }
  return usable;
}

LOYI_LOCAL loy_status loyi_curve_fit_notice(const loyi_curve_fit_job *job, const loy_curve_fit_result *result,
                                            loy_error *error) {
  if (result->separated)
    return loyi_report(error, LOY_NOTICE_SEPARATED, NULL, LOY_NO_INDEX,
                       "parameters run away as they fit the answers perfectly: fix some, or use a ridge");
  if (!result->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX,
                       "the certificate fails; the best point found is returned");
  if (isinf(result->condition))
    return loyi_report(error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX,
                       "the data do not determine the parameters: there are no standard errors");
  for (size_t p = 0; p < result->params; p++) {
    if (result->at_bound >> p & 1u)
      return loyi_report(error, LOY_NOTICE_AT_BOUND, loy_curve_param_name((int)p),
                         p < LOY_CURVE_B ? LOY_NO_INDEX : p - LOY_CURVE_B,
                         "lies at the edge of its range and has no standard error");
  }
  if (job->one_competition)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, "c", LOY_NO_INDEX, "has a single value: gamma and a were fixed");
  if (result->weak)
    return loyi_report(error, LOY_NOTICE_WEAK_ID, NULL, LOY_NO_INDEX,
                       "the data hardly determine some combination of the parameters");
  if (result->skipped > 0)
    return loyi_report(error, LOY_NOTICE_SKIPPED, "trials", LOY_NO_INDEX,
                       "rows without trials or weight were left out");
  return loyi_ok(error);
}

/* Whether parameters have run so far that curves are steps and the answers no longer tell the parameters apart. */
LOYI_LOCAL int loyi_curve_ran_away(const loyi_mean_problem *problem, const loyi_mean_result *found) {
  int far = 0;
  for (size_t p = 0; p < problem->params; p++) {
    if (!((problem->fixed | found->at_bound) >> p & 1u)) far |= fabs(found->theta[p]) > LOYI_CURVE_FIT_FAR;
  }
  return far && isinf(found->condition);
}

/* The result, from what the engine found and concluded. */
LOYI_LOCAL loy_status loyi_curve_conclude(const loyi_curve_fit_job *job, const loyi_mean_result *found,
                                          loy_curve_fit_result *result, loy_error *error) {
  const int kind = job->options.covariance;
  const loyi_mean_data *counts = kind == LOY_CURVE_NLS ? &job->counts : &job->data;
  loyi_mean_conclusion conclusion;
  const loy_status status =
      loyi_mean_conclude(&job->problem, counts, found, (loyi_mean_covariance)kind, &conclusion, error);
  if (status != LOY_OK) return status;
  memset(result, 0, sizeof *result);
  result->curve = loyi_curve_of_theta(found->theta, job->rows->constraints);
  result->params = job->problem.params;
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
  result->fixed = job->problem.fixed;
  result->at_bound = found->at_bound;
  result->covariance_kind = kind;
  result->separated = found->separated || loyi_curve_ran_away(&job->problem, found);
  result->converged = found->converged && !result->separated;
  result->weak = job->one_competition || !(found->condition <= LOYI_CURVE_FIT_WEAK);
  result->condition = found->condition;
  result->last_step = found->last_step;
  result->largest_score = found->largest_score;
  result->iterations = found->iterations;
  result->evaluations = found->evaluations;
  return LOY_OK;
}

/* Load, search, conclude; `result` is written only when all went well. */
LOYI_LOCAL loy_status loyi_curve_fit_run_job(loyi_curve_fit_job *job, loy_curve_fit_result *result, loy_error *error) {
  const int squares = job->options.covariance == LOY_CURVE_NLS;
  loyi_mean_result found;
  loy_curve_fit_result fitted;
  loy_status status =
      loyi_mean_data_load(&job->source, squares, LOYI_MEAN_MERGE_IF_WORTH, job->options.allocator, &job->data, error);
  if (status == LOY_OK && squares)
    status =
        loyi_mean_data_load(&job->source, 0, LOYI_MEAN_MERGE_IF_WORTH, job->options.allocator, &job->counts, error);
  if (status == LOY_OK) status = loyi_curve_cells_make(&job->data, &job->cells, error);
  job->cells.ridge = job->options.ridge;
  if (status == LOY_OK && !loyi_curve_search(job, &found)) {
    const size_t cell = found.sums.contradicted;
    status = loyi_report(error, LOY_ERR_INFEASIBLE, "s", cell == SIZE_MAX ? LOY_NO_INDEX : job->data.row_of[cell],
                         "is so near an end, or a fixed parameter so large, that L is 0 or 1 against the answer");
  }
  if (status == LOY_OK) status = loyi_curve_conclude(job, &found, &fitted, error);
  if (status == LOY_OK) {
    status = loyi_curve_fit_notice(job, &fitted, error);
    fitted.status = status;
    *result = fitted;
  }
  loyi_curve_fit_release(job);
  return status;
}

LOYALTY_API loy_status loy_curve_fit(const loy_curve_data *data, const loy_curve_fit_options *options,
                                     loy_curve_fit_result *result, loy_error *error) {
  loyi_curve_fit_job job;
  loy_status status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_curve_check_data_columns(data, error);
  if (status != LOY_OK) return status;
  memset(&job, 0, sizeof job);
  job.rows = data;
  if (options) {
    job.options = *options;
  } else {
    loy_curve_fit_options_init(&job.options);
  }
  status = loyi_curve_check_fit_options(&job.options, LOY_CURVE_B + data->constraints, error);
  if (status == LOY_OK) status = loyi_curve_check_data_rows(data, error);
  if (status != LOY_OK) return status;
  job.source = loyi_curve_source(data, job.key);
  status = loyi_mean_check(&job.source, error);
  if (status != LOY_OK) return status;
  loyi_curve_fit_setup(&job);
  if (job.options.covariance == LOY_CURVE_QUASI || job.options.covariance == LOY_CURVE_NLS) {
    if (loyi_mean_rows(&job.source) <= job.free_params)
      return loyi_report(error, LOY_ERR_TOO_FEW, "loyal", LOY_NO_INDEX,
                         "must have more rows than there are free parameters");
  }
  status = loyi_curve_check_ends(data, &job.source, job.start, job.problem.fixed, error);
  if (status != LOY_OK) return status;
  return loyi_curve_fit_run_job(&job, result, error);
}

LOYALTY_API loy_status loy_curve_log_likelihood(const loy_curve *curve, const loy_curve_data *data,
                                                const loy_allocator *allocator, double *value, double *gradient,
                                                double *information, loy_error *error) {
  const double *key[2 + LOY_CURVE_CONSTRAINTS];
  double theta[LOY_CURVE_PARAMS];
  loyi_mean_source source;
  loyi_mean_data rows;
  loyi_curve_cells cells;
  loyi_mean_problem problem;
  loyi_mean_state sums;
  loy_status status = loyi_curve_check_params(curve, error);
  if (status != LOY_OK) return status;
  if (!data) return loyi_report(error, LOY_ERR_ARGUMENT, "data", LOY_NO_INDEX, "must not be NULL");
  if (data->constraints != curve->constraints)
    return loyi_report(error, LOY_ERR_ARGUMENT, "constraints", LOY_NO_INDEX, "must be as many as the curve has");
  status = loyi_curve_check_data_columns(data, error);
  if (status != LOY_OK) return status;
  if (!value) return loyi_report(error, LOY_ERR_ARGUMENT, "value", LOY_NO_INDEX, "must not be NULL");
  status = loyi_curve_check_data_rows(data, error);
  if (status != LOY_OK) return status;
  source = loyi_curve_source(data, key);
  status = loyi_mean_check_some(&source, error);
  if (status == LOY_OK) status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, allocator, &rows, error);
  if (status != LOY_OK) return status;
  status = loyi_curve_cells_make(&rows, &cells, error);
  if (status == LOY_OK) {
    loyi_curve_theta(curve, curve->constraints, theta);
    loyi_mean_problem_init(&problem);
    problem.params = LOY_CURVE_B + curve->constraints;
    problem.law = loyi_curve_fit_law;
    problem.ctx = &cells;
    problem.data = &rows;
    loyi_mean_evaluate(&problem, theta, &sums);
    *value = sums.objective;
    for (size_t p = 0; gradient && p < problem.params; p++) gradient[p] = sums.score[p];
    for (size_t p = 0; information && p < problem.params * problem.params; p++) information[p] = sums.information[p];
    loyi_curve_cells_release(&cells);
    status = loyi_ok(error);
  }
  loyi_mean_data_release(&rows);
  return status;
}

#undef LOYI_CURVE_FIT_WEAK
#undef LOYI_CURVE_FIT_STEPS
#undef LOYI_CURVE_FIT_CHOOSERS
#undef LOYI_CURVE_FIT_FAR
#undef LOYI_CURVE_FIT_CROWD

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CURVE_FIT_INL_H */
