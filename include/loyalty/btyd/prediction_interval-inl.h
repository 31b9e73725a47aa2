/* prediction_interval-inl.h: body of prediction_interval.h. */
#ifndef LOYALTY_BTYD_PREDICTION_INTERVAL_INL_H
#define LOYALTY_BTYD_PREDICTION_INTERVAL_INL_H

#include "prediction_interval.h"

#include <math.h>

#include "../base/parallel.h"
#include "../math/elementary.h"
#include "../math/interval.h"
#include "../math/normal.h"

LOY_BEGIN_DECLS

/* Rows of one unit of work. */
enum { LOYI_UNSURE_ROWS = 64 };

/* The first step in ln theta, how often it is quartered at most, and how far the rules of second and fourth order may
 * differ: an error of e in the former is one of about e^2 in the latter. Below the least estimate a double has too few
 * digits for a difference. */
#define LOYI_UNSURE_STEP     0x1p-8
#define LOYI_UNSURE_TRIES    8
#define LOYI_UNSURE_RELATIVE 3e-5
#define LOYI_UNSURE_ABSOLUTE 1e-9
#define LOYI_UNSURE_LEAST    1e-290

/* A question with what is known about its parameters: the covariance of their logarithms. */
typedef struct loyi_unsure {
  loyi_prediction_ask ask;
  size_t count;    /* parameters */
  size_t at_bound; /* the first that counts as known though it was fitted, or LOY_NO_INDEX */
  int known[LOY_MODEL_PARAMETERS_MOST];
  double covariance[LOY_MODEL_PARAMETERS_MOST * LOY_MODEL_PARAMETERS_MOST]; /* by rows of `count` */
  double reach;                                                             /* standard errors to each side */
} loyi_unsure;

LOYI_LOCAL int loyi_unsure_log_alive(const loyi_prediction_ask *ask) {
  return ask->quantity == LOY_PREDICT_ALIVE && ask->t == 0.0;
}

/* The log odds of a probability with this logarithm; infinite where that is 0. */
LOYI_LOCAL double loyi_unsure_odds(double log_probability) {
  return log_probability - loyi_log(-loyi_expm1(log_probability));
}

/* g: the quantity on its scale. P(alive) now comes by its logarithm, which keeps its digits at both ends. */
LOYI_LOCAL double loyi_unsure_scaled(const loyi_prediction_ask *ask, const double *parameters, const double *row) {
  double value;
  if (loyi_unsure_log_alive(ask)) return loyi_unsure_odds(loyi_prediction_log_alive(ask, parameters, row));
  value = loyi_log(loyi_prediction_answer(ask, parameters, row));
  return ask->probability ? loyi_unsure_odds(value) : value;
}

/* dg / d ln theta_i by differences of fourth order: the best of the steps tried. */
LOYI_LOCAL double loyi_unsure_slope(const loyi_unsure *of, const double *row, size_t i) {
  double parameters[LOY_MODEL_PARAMETERS_MOST], best = NAN, least = HUGE_VAL, step = LOYI_UNSURE_STEP;
  for (size_t j = 0; j < of->count; j++) parameters[j] = of->ask.parameters[j];
  for (int tries = 0; tries < LOYI_UNSURE_TRIES; tries++, step *= 0.25) {
    double value[4], second, fourth, gap;
    for (int j = 0; j < 4; j++) {
      static const double way[4] = {-2.0, -1.0, 1.0, 2.0};
      parameters[i] = of->ask.parameters[i] * loyi_exp(way[j] * step);
      value[j] = loyi_unsure_scaled(&of->ask, parameters, row);
    }
    second = (value[2] - value[1]) / (2.0 * step);
    fourth = (8.0 * (value[2] - value[1]) - (value[3] - value[0])) / (12.0 * step);
    gap = fabs(fourth - second);
    if (!isfinite(gap)) continue; /* a step across the end of the domain */
    if (gap < least) {
      least = gap;
      best = fourth;
    }
    if (gap <= LOYI_UNSURE_RELATIVE * fabs(fourth) + LOYI_UNSURE_ABSOLUTE) break;
  }
  return best;
}

/* The standard error of g. */
LOYI_LOCAL double loyi_unsure_error(const loyi_unsure *of, const double *row) {
  double slope[LOY_MODEL_PARAMETERS_MOST], variance = 0.0;
  for (size_t i = 0; i < of->count; i++) slope[i] = of->known[i] ? 0.0 : loyi_unsure_slope(of, row, i);
  for (size_t i = 0; i < of->count; i++)
    for (size_t j = 0; j < of->count; j++) variance += slope[i] * slope[j] * of->covariance[i * of->count + j];
  return variance < 0.0 ? 0.0 : sqrt(variance); /* below 0 by rounding alone */
}

LOYI_LOCAL void loyi_unsure_row(const loyi_unsure *of, const double *row, double *estimate, double *std_error,
                                double *lower, double *upper) {
  const loyi_prediction_ask *ask = &of->ask;
  double value = loyi_prediction_answer(ask, ask->parameters, row), rest = 1.0 - value, error;
  *estimate = value;
  if (loyi_unsure_log_alive(ask)) rest = -loyi_expm1(loyi_prediction_log_alive(ask, ask->parameters, row));
  if (!isfinite(value)) {
    *std_error = *lower = *upper = NAN;
    return;
  }
  if (value < LOYI_UNSURE_LEAST || (ask->probability && !(rest > 0.0))) {
    *std_error = 0.0;
    *lower = *upper = value;
    return;
  }
  error = loyi_unsure_error(of, row);
  if (error != error) {
    *std_error = *lower = *upper = NAN;
  } else if (ask->probability) {
    *std_error = value * rest * error;
    loyi_interval_odds(value, rest, of->reach * error, lower, upper);
  } else {
    *std_error = value * error;
    loyi_interval_log(value, of->reach * error, lower, upper);
  }
}

/* The covariance of the logarithms: LOY_OK, or LOY_ERR_STATE or LOY_ERR_DOMAIN covariance. */
LOYI_LOCAL loy_status loyi_unsure_covariance(const loy_model *model, loyi_unsure *of, loy_error *error) {
  size_t n = loy_model_parameter_count(model->kind), unknown = 0;
  of->count = n;
  of->at_bound = LOY_NO_INDEX;
  for (size_t i = 0; i < n; i++) {
    const int given = model->has_covariance && model->covariance[i * n + i] == 0.0;
    of->known[i] = given || !model->has_covariance || isnan(model->covariance[i * n + i]);
    unknown += !of->known[i];
    if (of->known[i] && !given && of->at_bound == LOY_NO_INDEX) of->at_bound = i;
  }
  if (unknown == 0)
    return loyi_report(error, LOY_ERR_STATE, "covariance", LOY_NO_INDEX,
                       "the model has none: only parameters that were fitted have standard errors");
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      double entry = model->covariance[i * n + j];
      of->covariance[i * n + j] = 0.0;
      if (of->known[i] || of->known[j]) continue;
      if (!isfinite(entry) || (i == j && entry < 0.0))
        return loyi_report(error, LOY_ERR_DOMAIN, "covariance", i * n + j,
                           "must be finite, and not negative on the diagonal");
      of->covariance[i * n + j] = entry / model->parameters[i] / model->parameters[j];
    }
  return LOY_OK;
}

typedef struct loyi_unsure_job {
  const loyi_unsure *of;
  size_t n;
  double *estimate, *std_error, *lower, *upper;
} loyi_unsure_job;

LOYI_LOCAL void loyi_unsure_block(void *ctx, size_t block) {
  const loyi_unsure_job *job = (const loyi_unsure_job *)ctx;
  size_t from = block * LOYI_UNSURE_ROWS, to = job->n - from < LOYI_UNSURE_ROWS ? job->n : from + LOYI_UNSURE_ROWS;
  for (size_t i = from; i < to; i++) {
    double row[LOYI_PREDICTION_COLUMNS];
    loyi_prediction_take(&job->of->ask, i, row);
    loyi_unsure_row(job->of, row, &job->estimate[i], &job->std_error[i], &job->lower[i], &job->upper[i]);
  }
}

LOYALTY_API loy_status loy_prediction_interval_batch(const loy_model *model, const loy_prediction *what,
                                                     const loy_prediction_rows *rows, size_t n, double level,
                                                     double *estimate, double *std_error, double *lower, double *upper,
                                                     loy_batch_report *report, loy_error *error) {
  const char *argument = NULL;
  loyi_unsure of;
  loyi_unsure_job job;
  loy_status status = loyi_prediction_open(model, what, rows, n, &of.ask, error);
  if (status != LOY_OK) return status;
  if (!(level > 0.0 && level < 1.0))
    return loyi_report(error, LOY_ERR_DOMAIN, "level", LOY_NO_INDEX, "must be between 0 and 1");
  status = loyi_unsure_covariance(model, &of, error);
  if (status != LOY_OK) return status;
  if (!upper) argument = "upper";
  if (!lower) argument = "lower";
  if (!std_error) argument = "std_error";
  if (!estimate) argument = "estimate";
  if (argument && n > 0) return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must not be NULL");
  of.reach = -loyi_normal_quantile(0.5 * (1.0 - level));
  loyi_prediction_count_bad(&of.ask, n, report);
  job.of = &of;
  job.n = n;
  job.estimate = estimate;
  job.std_error = std_error;
  job.lower = lower;
  job.upper = upper;
  loyi_parallel(loyi_unsure_block, &job, n / LOYI_UNSURE_ROWS + (n % LOYI_UNSURE_ROWS != 0), what->threads);
  status = loyi_prediction_finite(&of.ask, estimate, n, error);
  if (status != LOY_OK || of.at_bound == LOY_NO_INDEX) return status;
  return loyi_report(error, LOY_NOTICE_AT_BOUND, "covariance", of.at_bound,
                     "a parameter at the edge of its range has no standard error and counts as known");
}

#undef LOYI_UNSURE_STEP
#undef LOYI_UNSURE_TRIES
#undef LOYI_UNSURE_RELATIVE
#undef LOYI_UNSURE_ABSOLUTE
#undef LOYI_UNSURE_LEAST

LOY_END_DECLS

#endif /* LOYALTY_BTYD_PREDICTION_INTERVAL_INL_H */
