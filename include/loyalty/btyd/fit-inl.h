/* fit-inl.h: body of fit.h. */
#ifndef LOYALTY_BTYD_FIT_INL_H
#define LOYALTY_BTYD_FIT_INL_H

#include "fit.h"

#include <math.h>
#include <string.h>

#include "../base/range.h"
#include "../math/elementary.h"

LOY_BEGIN_DECLS

/* A logarithm with a larger standard error is not determined by the data. */
#define LOYI_FIT_WEAK 10.0

/* Mean log-likelihoods closer than this part of them (or this, below 1) are equal. */
#define LOYI_FIT_EQUAL 1e-11

/* So many rows are few: all starts are tried. */
enum { LOYI_FIT_FEW = 512 };

/* Rows of the sample from whose optimum a fit of at least twice as many starts. */
enum { LOYI_FIT_SAMPLE = 16384 };

/* Of large groups some 4096 evenly spaced rows are enough for the mean T. */
LOYI_SHARED double loyi_fit_start(const loyi_rows *rows, double *start) {
  double time = 0.0, square = 0.0, buyers = 0.0, mean, spread, r;
  for (size_t g = 0; g < rows->groups; g++) {
    const loyi_rows_group *group = &rows->group[g];
    size_t count = group->end - group->begin, stride = 1 + count / 4096;
    double weight = group->weight / (double)count * (double)stride;
    square += group->weight * group->x * group->x;
    if (group->x > 0.0) buyers += group->weight;
    for (size_t i = group->begin; i < group->end; i += stride) time += weight * rows->T[i];
  }
  mean = rows->sum_x / rows->customers;
  spread = square / rows->customers - mean * mean - mean;
  r = spread > 0.0 ? mean * mean / spread : 4.0;
  r = r < 0.1 ? 0.1 : (r > 4.0 ? 4.0 : r);
  start[0] = loyi_log(r);
  start[1] = rows->sum_x > 0.0 ? loyi_log(r * time / rows->sum_x) : 0.0;
  return buyers;
}

/* The logarithm of the factor by which the log-likelihood grows when its unit of time becomes the caller's: scaling
 * the time by a factor multiplies the density of x purchase times by its x-th power. */
LOYI_LOCAL double loyi_fit_shift(const loyi_rows *rows) {
  return -rows->sum_x * (double)rows->exponent * 0x1.62e42fefa39efp-1;
}

/* What the squares of scaled parameters cost, so that the penalty is of parameters in units of the latest T. */
LOYI_LOCAL void loyi_fit_squares(const loyi_fit_model *model, const loyi_rows *rows, double penalty, double *square) {
  for (size_t i = 0; i < model->n; i++) {
    double unit = model->power[i] > 0 ? 1.0 / rows->latest : (model->power[i] < 0 ? rows->latest : 1.0);
    square[i] = penalty * unit * unit;
  }
}

/* Minimise from one more start and keep the better result. Values that differ by less than rounding are equal. */
LOYI_LOCAL void loyi_fit_try(const loyi_newton_problem *problem, const double *start, int *usable,
                             loyi_newton_result *found) {
  loyi_newton_result next;
  int evaluations = found->evaluations, good = loyi_newton_minimize(problem, start, &next);
  evaluations += next.evaluations;
  if (good && *usable) {
    double equal = LOYI_FIT_EQUAL * (fabs(found->value) > 1.0 ? fabs(found->value) : 1.0);
    int better = next.converged && !next.at_bound && !(found->converged && !found->at_bound);
    good = next.value < found->value - equal || (better && next.value <= found->value + equal);
  }
  if (good) *found = next;
  *usable = *usable || good;
  found->evaluations = evaluations;
}

/* A search with its bounds, which the problem points to. */
typedef struct loyi_fit_quest {
  double lower[LOYI_FIT_MOST], upper[LOYI_FIT_MOST];
  loyi_fit_objective objective;
  loyi_newton_problem problem;
} loyi_fit_quest;

LOYI_LOCAL void loyi_fit_open(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                              loyi_fit_control *control, loyi_fit_quest *quest) {
  const double unit = (double)rows->exponent * 0x1.62e42fefa39efp-1;
  double *lower = quest->lower, *upper = quest->upper;
  for (size_t i = 0; i < model->n; i++) {
    double shift = model->power[i] * unit;
    lower[i] = -loyi_log(1.0 / model->least[i]);
    upper[i] = loyi_log(model->most[i]);
    /* In the caller's unit of time it is a parameter that is in range. */
    if (model->power[i] && lower[i] + shift < -LOYI_QUANTITY_LOG) lower[i] = -LOYI_QUANTITY_LOG - shift;
    if (model->power[i] && upper[i] + shift > LOYI_QUANTITY_LOG) upper[i] = LOYI_QUANTITY_LOG - shift;
  }
  quest->objective.fn = fn;
  quest->objective.ctx = ctx;
  quest->objective.control = control;
  quest->objective.n = model->n;
  quest->objective.customers = rows->customers;
  quest->objective.shift = loyi_fit_shift(rows);
  loyi_fit_squares(model, rows, control->penalty, quest->objective.square);
  loyi_newton_init(&quest->problem, model->n, loyi_fit_evaluate, &quest->objective);
  quest->problem.lower = lower;
  quest->problem.upper = upper;
  quest->problem.gradient_tolerance = 1e-8;
  quest->problem.noise = 1e-11;
  if (control->most_evaluations > 0) quest->problem.most_evaluations = control->most_evaluations;
}

/* From a start, and from another when the certificate fails. Whether the point has one and lies at no bound. */
LOYI_LOCAL int loyi_fit_try_two(const loyi_fit_quest *quest, const double *start, const double *other, int *usable,
                                loyi_newton_result *found) {
  *usable = 0;
  found->evaluations = 0;
  loyi_fit_try(&quest->problem, start, usable, found);
  if (!*usable || !found->converged) loyi_fit_try(&quest->problem, other, usable, found);
  return *usable && found->converged && !found->at_bound;
}

/* loyi_fit_search. With `last` that point alone is the further start, and few rows are not a reason for it. */
LOYI_LOCAL int loyi_fit_search_all(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                   loyi_fit_control *control, const double *start, const double *other,
                                   const double *last, loyi_newton_result *found) {
  double moments[2], point[LOYI_FIT_MOST];
  loyi_fit_quest quest;
  int usable;
  loyi_fit_open(model, rows, fn, ctx, control, &quest);
  if (loyi_fit_try_two(&quest, start, other, &usable, found) && (last || rows->n > LOYI_FIT_FEW))
    return !control->canceled;
  if (last) {
    loyi_fit_try(&quest.problem, last, &usable, found);
  } else if (model->further > 0) {
    (void)loyi_fit_start(rows, moments);
    for (size_t k = 0; k < model->further && !control->canceled; k++) {
      for (size_t i = 0; i < 2; i++) point[i] = moments[i] + model->from[k][0];
      for (size_t i = 2; i < model->n; i++) point[i] = model->from[k][i - 1];
      loyi_fit_try(&quest.problem, point, &usable, found);
    }
  }
  return usable && !control->canceled;
}

/* The value at the point found, without the penalty: taking the penalty off the sum would cost digits of its size. */
LOYI_LOCAL int loyi_fit_plain(loyi_newton_fn fn, void *ctx, loyi_fit_control *control,
                              const loyi_newton_result *found) {
  double gradient[LOYI_FIT_MOST], hessian[LOYI_FIT_MOST * LOYI_FIT_MOST];
  control->mean = found->value;
  return !(control->penalty > 0.0) || fn(ctx, found->point, &control->mean, gradient, hessian);
}

LOYI_LOCAL int loyi_fit_search_plain(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                     loyi_fit_control *control, const double *start, const double *other,
                                     const double *last, loyi_newton_result *found) {
  return loyi_fit_search_all(model, rows, fn, ctx, control, start, other, last, found) &&
         loyi_fit_plain(fn, ctx, control, found);
}

LOYI_SHARED int loyi_fit_search_from(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                     loyi_fit_control *control, const double *start, size_t count,
                                     loyi_newton_result *found) {
  loyi_fit_quest quest;
  int usable, sure;
  loyi_fit_open(model, rows, fn, ctx, control, &quest);
  sure = loyi_fit_try_two(&quest, start, start + model->n, &usable, found) && rows->n > LOYI_FIT_FEW;
  for (size_t k = 2; k < count && !sure && !control->canceled; k++)
    loyi_fit_try(&quest.problem, start + k * model->n, &usable, found);
  return usable && !control->canceled && loyi_fit_plain(fn, ctx, control, found);
}

LOYI_SHARED int loyi_fit_search(const loyi_fit_model *model, const loyi_rows *rows, loyi_newton_fn fn, void *ctx,
                                loyi_fit_control *control, const double *start, const double *other,
                                loyi_newton_result *found) {
  return loyi_fit_search_plain(model, rows, fn, ctx, control, start, other, NULL, found);
}

LOYI_SHARED loy_status loyi_fit_rows(const loyi_rows_source *source, const loy_allocator *allocator, int threads,
                                     size_t width, loyi_rows *rows, loyi_rows *sample, loy_error *error) {
  loy_status status = loyi_rows_make_merged(source, allocator, threads, width, rows, error);
  memset(sample, 0, sizeof *sample);
  if (status != LOY_OK || rows->n < 2 * (size_t)LOYI_FIT_SAMPLE || loyi_rows_sample(rows, LOYI_FIT_SAMPLE, sample))
    return status;
  loyi_rows_release(rows);
  return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
}

LOYI_SHARED int loyi_fit_search_prepared(const loyi_fit_model *model, loyi_rows *rows, loyi_rows *sample,
                                         loyi_newton_fn fn, void *ctx, loyi_rows **at, loyi_fit_control *control,
                                         double *start, const double *other, loyi_newton_result *found) {
  int evaluations = 0, usable;
  double point[LOYI_FIT_MOST], *last = NULL;
  control->customers = rows->customers;
  if (sample->n > 0) {
    *at = sample;
    if (loyi_fit_search(model, sample, fn, ctx, control, start, other, found)) {
      last = point;
      for (size_t i = 0; i < model->n; i++) point[i] = found->point[i];
      if (found->converged && !found->at_bound) memcpy(start, point, model->n * sizeof *start);
    }
    evaluations = found->evaluations;
    if (control->canceled) return 0;
  }
  *at = rows;
  usable = loyi_fit_search_plain(model, rows, fn, ctx, control, start, other, last, found);
  found->evaluations += evaluations;
  return usable;
}

LOYI_SHARED loy_status loyi_fit_conclude(const loyi_fit_model *model, const loyi_rows *rows,
                                         const loyi_fit_control *control, const loyi_newton_result *found,
                                         loyi_fit_answer *answer) {
  size_t n = model->n;
  double covariance[LOYI_FIT_MOST * LOYI_FIT_MOST], widest = 0.0;
  int definite = loyi_newton_covariance(found, n, rows->customers, covariance);
  for (size_t i = 0; i < n; i++) answer->params[i] = ldexp(loyi_exp(found->point[i]), model->power[i] * rows->exponent);
  answer->log_likelihood = -control->mean * rows->customers + loyi_fit_shift(rows);
  for (size_t i = 0; i < n; i++) {
    double error = sqrt(covariance[(n + 1) * i]);
    if (error > widest) widest = error;
    answer->std_error[i] = error * answer->params[i];
    for (size_t j = 0; j < n; j++)
      answer->covariance[n * i + j] = covariance[n * i + j] * (answer->params[i] * answer->params[j]);
  }
  if (!found->converged && !found->flat) return LOY_NOTICE_NOT_CONVERGED;
  if (found->at_bound) return LOY_NOTICE_AT_BOUND;
  return widest > LOYI_FIT_WEAK || !definite ? LOY_NOTICE_WEAK_ID : LOY_OK;
}

LOYI_SHARED loy_status loyi_fit_notice(const loyi_fit_model *model, loy_status status, const loyi_newton_result *found,
                                       loy_error *error) {
  const char *argument = NULL;
  if (status == LOY_OK) return loyi_ok(error);
  if (status == LOY_NOTICE_NOT_CONVERGED)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the certificate fails; the best point found is returned");
  if (status == LOY_NOTICE_WEAK_ID)
    return loyi_report(error, status, NULL, LOY_NO_INDEX, "the standard error of a logarithm exceeds 10");
  for (size_t i = model->n; i-- > 0;)
    if (found->at_bound >> i & 1u) argument = model->name[i];
  return loyi_report(error, status, argument, LOY_NO_INDEX,
                     "lies at the edge of its range: the likelihood rises beyond it");
}

#undef LOYI_FIT_WEAK
#undef LOYI_FIT_EQUAL

LOY_END_DECLS

#endif /* LOYALTY_BTYD_FIT_INL_H */
