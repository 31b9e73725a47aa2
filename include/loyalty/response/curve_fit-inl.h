/* curve_fit-inl.h: body of curve_fit.h. */
#ifndef LOYALTY_RESPONSE_CURVE_FIT_INL_H
#define LOYALTY_RESPONSE_CURVE_FIT_INL_H

#include "curve_fit.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "curve-inl.h"
#include "mean_fit-inl.h"

LOY_BEGIN_DECLS

LOYI_ASSERT_STATIC(LOY_CURVE_PARAMS <= LOYI_MEAN_MOST, "the engine has room for all parameters");

/* A condition above this is reported as weak identification. */
#define LOYI_CURVE_FIT_WEAK 1e8
/* The start takes satisfactions beyond this logit as this one: an unpadded 0 or 1 has an infinite one. */
#define LOYI_CURVE_FIT_CLIP 5.0

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

/* ---- the law ---- */

/* What the law needs of each cell. */
typedef struct loyi_curve_cells {
  const loy_allocator *allocator;
  size_t cells, constraints;
  double *x;          /* logit(s); infinite at 0 and 1 */
  double *z;          /* logit(c) */
  double *log_c;      /* ln c */
  double *constraint; /* constraints columns of `cells` */
  double ridge;
} loyi_curve_cells;

/* 1 - exp(x). A function of its own: beside other exponentials it is no longer inlined, and the loop no vector code. */
LOYI_CLONES LOYI_LOCAL void loyi_curve_captive_run(const double *LOY_RESTRICT x, size_t n,
                                                   double *LOY_RESTRICT captive) {
  for (size_t i = 0; i < n; i++) captive[i] = -loyi_expm1(x[i]);
}

/* Theta is alpha, beta, gamma, a, delta, b_j. What multiplies an infinite x is then 0. */
LOYI_CLONES LOYI_LOCAL void loyi_curve_fit_run(const loyi_curve_cells *cells, const double *theta, size_t first,
                                               size_t n, double *LOY_RESTRICT mean, double *LOY_RESTRICT rest,
                                               double (*LOY_RESTRICT derivative)[LOYI_MEAN_RUN]) {
  const double alpha = theta[LOY_CURVE_ALPHA], beta = theta[LOY_CURVE_BETA], gamma = theta[LOY_CURVE_GAMMA];
  const double a = theta[LOY_CURVE_A], delta = theta[LOY_CURVE_DELTA], stay = 1.0 - theta[LOY_CURVE_DELTA];
  double minus_a[LOYI_MEAN_RUN] = {0.0}, captive[LOYI_MEAN_RUN], free[LOYI_MEAN_RUN], odds[LOYI_MEAN_RUN];
  const double *x = cells->x + first, *z = cells->z + first, *log_c = cells->log_c + first;
  for (size_t i = 0; i < n; i++) minus_a[i] = a * log_c[i];
  for (size_t j = 0; j < cells->constraints; j++) {
    const double *k = cells->constraint + j * cells->cells + first;
    for (size_t i = 0; i < n; i++) minus_a[i] -= theta[LOY_CURVE_B + j] * k[i];
  }
  loyi_curve_captive_run(minus_a, n, captive);
  for (size_t i = 0; i < n; i++) free[i] = loyi_exp(minus_a[i]);
  for (size_t i = 0; i < n; i++) odds[i] = loyi_exp(-fabs(beta * x[i] - (gamma * z[i] - alpha)));
  for (size_t i = 0; i < n; i++) {
    const double eta = beta * x[i] - (gamma * z[i] - alpha), t = odds[i], sum = 1.0 + t;
    const double g = loyi_select(eta >= 0.0, 1.0, t) / sum, h = loyi_select(eta >= 0.0, t, 1.0) / sum;
    const double lost = stay * free[i] * h; /* of those whom attrition spares */
    const double slope = lost * g;
    mean[i] = stay * (captive[i] + free[i] * g);
    rest[i] = delta + lost;
    derivative[LOY_CURVE_ALPHA][i] = slope;
    derivative[LOY_CURVE_BETA][i] = loyi_select(slope > 0.0, x[i] * slope, 0.0);
    derivative[LOY_CURVE_GAMMA][i] = -z[i] * slope;
    derivative[LOY_CURVE_A][i] = -log_c[i] * lost;
    derivative[LOY_CURVE_DELTA][i] = -(captive[i] + free[i] * g);
  }
  for (size_t j = 0; j < cells->constraints; j++) {
    const double *k = cells->constraint + j * cells->cells + first;
    for (size_t i = 0; i < n; i++)
      derivative[LOY_CURVE_B + j][i] = k[i] * derivative[LOY_CURVE_A][i] / -cells->log_c[first + i];
  }
}

LOYI_LOCAL void loyi_curve_fit_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                   double *rest, double (*derivative)[LOYI_MEAN_RUN]) {
  loyi_curve_fit_run((const loyi_curve_cells *)ctx, theta, first, n, mean, rest, derivative);
}

/* Logistic regression on (1, x, -z), for the start. */
LOYI_CLONES LOYI_LOCAL void loyi_curve_logistic_run(const loyi_curve_cells *cells, const double *theta, size_t first,
                                                    size_t n, double *LOY_RESTRICT mean, double *LOY_RESTRICT rest,
                                                    double (*LOY_RESTRICT derivative)[LOYI_MEAN_RUN]) {
  for (size_t i = 0; i < n; i++) {
    const double z = cells->z[first + i], far = cells->x[first + i];
    const double x = fabs(far) > LOYI_CURVE_FIT_CLIP ? copysign(LOYI_CURVE_FIT_CLIP, far) : far;
    const double eta = theta[1] * x - (theta[2] * z - theta[0]);
    const double t = loyi_exp(-fabs(eta)), sum = 1.0 + t;
    const double slope = t / (sum * sum);
    mean[i] = loyi_select(eta >= 0.0, 1.0, t) / sum;
    rest[i] = loyi_select(eta >= 0.0, t, 1.0) / sum;
    derivative[0][i] = slope;
    derivative[1][i] = x * slope;
    derivative[2][i] = -z * slope;
  }
}

LOYI_LOCAL void loyi_curve_logistic_law(const void *ctx, const double *theta, size_t first, size_t n, double *mean,
                                        double *rest, double (*derivative)[LOYI_MEAN_RUN]) {
  loyi_curve_logistic_run((const loyi_curve_cells *)ctx, theta, first, n, mean, rest, derivative);
}

/* The ridge. The curvature of (ln beta)^2/2 is (1 - ln beta)/beta^2; without its second part it is never negative. */
LOYI_LOCAL double loyi_curve_ridge(const void *ctx, const double *theta, double *gradient, double *curvature) {
  const double ridge = ((const loyi_curve_cells *)ctx)->ridge;
  double value = theta[LOY_CURVE_ALPHA] * theta[LOY_CURVE_ALPHA];
  gradient[LOY_CURVE_ALPHA] = ridge * theta[LOY_CURVE_ALPHA];
  curvature[LOY_CURVE_ALPHA] = ridge;
  for (int p = LOY_CURVE_BETA; p <= LOY_CURVE_GAMMA; p++) {
    const double log_theta = loyi_log(theta[p]);
    value += log_theta * log_theta;
    gradient[p] = ridge * log_theta / theta[p];
    curvature[p] = ridge / (theta[p] * theta[p]);
  }
  return 0.5 * ridge * value;
}

LOYI_LOCAL void loyi_curve_cells_release(loyi_curve_cells *cells) {
  loyi_release(cells->allocator, cells->x, cells->cells, (3 + cells->constraints) * sizeof *cells->x);
  cells->x = NULL;
}

/* Logits in place of s and c, and ln c. */
LOYI_FLAT_CLONES LOYI_LOCAL void loyi_curve_cells_logs(double *LOY_RESTRICT x, double *LOY_RESTRICT z,
                                                       double *LOY_RESTRICT log_c, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = loyi_curve_logit(x[i]);
  for (size_t i = 0; i < n; i++) log_c[i] = loyi_log(z[i]);
  for (size_t i = 0; i < n; i++) z[i] = loyi_curve_logit(z[i]);
}

LOYI_LOCAL loy_status loyi_curve_cells_make(const loy_curve_data *rows, const loyi_mean_data *data,
                                            loyi_curve_cells *cells, loy_error *error) {
  cells->allocator = data->allocator;
  cells->cells = data->cells;
  cells->constraints = rows->constraints;
  cells->ridge = 0.0;
  cells->x = (double *)loyi_allocate(data->allocator, data->cells, (3 + rows->constraints) * sizeof *cells->x);
  if (!cells->x) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "the allocator returned nothing");
  cells->z = cells->x + data->cells;
  cells->log_c = cells->z + data->cells;
  cells->constraint = cells->log_c + data->cells;
  for (size_t i = 0; i < data->cells; i++) {
    const size_t row = data->row_of[i];
    cells->x[i] = rows->s[row];
    cells->z[i] = rows->c[row];
    for (size_t j = 0; j < rows->constraints; j++) cells->constraint[j * data->cells + i] = rows->constraint[j][row];
  }
  loyi_curve_cells_logs(cells->x, cells->z, cells->log_c, data->cells);
  return LOY_OK;
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
LOYI_LOCAL void loyi_curve_logistic_start(const loyi_curve_fit_job *job, double *theta) {
  loyi_mean_problem logistic = job->problem;
  loyi_mean_result found;
  logistic.params = 3;
  logistic.law = loyi_curve_logistic_law;
  logistic.fixed &= 7u;
  logistic.squares = 0;
  logistic.penalty = NULL;
  logistic.most_iterations = 25;
  if (logistic.fixed == 7u || !loyi_mean_fit(&logistic, theta, &found)) return;
  if (!(logistic.fixed >> LOY_CURVE_ALPHA & 1u))
    theta[LOY_CURVE_ALPHA] = loyi_curve_within(found.theta[LOY_CURVE_ALPHA], -10.0, 10.0);
  if (!(logistic.fixed >> LOY_CURVE_BETA & 1u))
    theta[LOY_CURVE_BETA] = loyi_curve_within(found.theta[LOY_CURVE_BETA], 0.05, 10.0);
  if (!(logistic.fixed >> LOY_CURVE_GAMMA & 1u))
    theta[LOY_CURVE_GAMMA] = loyi_curve_within(found.theta[LOY_CURVE_GAMMA], 0.05, 10.0);
}

/* The best of four a (and b), the other parameters being what they are; `skip` bits are left out. Returns which. */
LOYI_LOCAL int loyi_curve_best_captivity(const loyi_curve_fit_job *job, unsigned skip, double *theta) {
  static const double captivity[4] = {0.05, 0.2, 0.5, 1.0};
  double best = -(double)INFINITY, trial[LOY_CURVE_PARAMS];
  const size_t params = job->problem.params;
  const unsigned fixed = job->problem.fixed;
  int chosen = -1;
  memcpy(trial, theta, params * sizeof *trial);
  if (!(fixed >> LOY_CURVE_DELTA & 1u)) trial[LOY_CURVE_DELTA] = 0.02;
  for (int choice = 0; choice < 4; choice++) {
    loyi_mean_state sums;
    if (skip >> choice & 1u) continue;
    if (!(fixed >> LOY_CURVE_A & 1u)) trial[LOY_CURVE_A] = captivity[choice];
    for (size_t p = LOY_CURVE_B; p < params; p++) {
      if (!(fixed >> p & 1u)) trial[p] = captivity[choice];
    }
    loyi_mean_evaluate(&job->problem, trial, &sums);
    if (chosen < 0 || sums.objective > best) {
      best = sums.objective;
      chosen = choice;
      memcpy(theta, trial, params * sizeof *theta);
    }
  }
  return chosen;
}

/* Fit from starts that the data suggest, until a certificate holds. Returns 0 when the likelihood is 0 at every one. */
LOYI_LOCAL int loyi_curve_search_afresh(const loyi_curve_fit_job *job, loyi_mean_result *found) {
  double base[LOY_CURVE_PARAMS], theta[LOY_CURVE_PARAMS];
  unsigned tried = 0;
  int usable = 0;
  memcpy(base, job->start, sizeof base);
  loyi_curve_logistic_start(job, base);
  for (int attempt = 0; attempt < 4 && !(usable && (found->converged || found->separated)); attempt++) {
    loyi_mean_result other;
    int usable_too;
    memcpy(theta, base, sizeof theta);
    tried |= 1u << loyi_curve_best_captivity(job, tried, theta);
    usable_too = loyi_mean_fit(&job->problem, theta, &other);
    if (attempt > 0) other.evaluations += found->evaluations;
    if (attempt == 0 || (usable_too && (!usable || other.converged || other.sums.objective > found->sums.objective))) {
      *found = other;
    } else {
      found->evaluations = other.evaluations;
    }
    usable = usable || usable_too;
  }
  return usable;
}

/* Fit from the caller's start, or from an estimate that every thin-th run of cells gives; afresh where that fails. */
LOYI_LOCAL int loyi_curve_search(const loyi_curve_fit_job *job, loyi_mean_result *found) {
  loyi_curve_fit_job pilot = *job;
  double start[LOYI_MEAN_MOST];
  int begin = job->options.start_given;
  memcpy(start, job->start, sizeof job->start);
  pilot.problem.thin = loyi_mean_thin(&job->data);
  if (!begin && pilot.problem.thin > 1) {
    begin = loyi_curve_search_afresh(&pilot, found) && found->converged;
    if (begin) memcpy(start, found->theta, sizeof found->theta);
  }
  if (begin && loyi_mean_fit(&job->problem, start, found) && (found->converged || found->separated)) return 1;
  return loyi_curve_search_afresh(job, found);
}

LOYI_LOCAL loy_status loyi_curve_fit_notice(const loyi_curve_fit_job *job, const loy_curve_fit_result *result,
                                            loy_error *error) {
  if (result->separated)
    return loyi_report(error, LOY_NOTICE_SEPARATED, NULL, LOY_NO_INDEX,
                       "parameters run away as they fit the answers perfectly: fix some, or use a ridge");
  if (!result->converged)
    return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, NULL, LOY_NO_INDEX,
                       "the certificate fails; the best point found is returned");
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
  result->converged = found->converged;
  result->separated = found->separated;
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
  if (status == LOY_OK) status = loyi_curve_cells_make(job->rows, &job->data, &job->cells, error);
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
  status = loyi_mean_check(&source, error);
  if (status == LOY_OK) status = loyi_mean_data_load(&source, 0, LOYI_MEAN_MERGE_IF_WORTH, allocator, &rows, error);
  if (status != LOY_OK) return status;
  status = loyi_curve_cells_make(data, &rows, &cells, error);
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
#undef LOYI_CURVE_FIT_CLIP

LOY_END_DECLS

#endif /* LOYALTY_RESPONSE_CURVE_FIT_INL_H */
