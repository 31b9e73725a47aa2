/* model_choice-inl.h: body of model_choice.h. */
#ifndef LOYALTY_BTYD_MODEL_CHOICE_INL_H
#define LOYALTY_BTYD_MODEL_CHOICE_INL_H

#include "model_choice.h"

#include <math.h>
#include <string.h>

#include "../math/elementary.h"
#include "cnbd-inl.h"
#include "fit_control.h"
#include "history.h"
#include "model_calls.h"

LOY_BEGIN_DECLS

#define LOYI_ASSUME_RATE                                                                                               \
  "while active, customers buy at random at their own constant rate, gamma distributed over customers; "

#define LOYI_ASSUME_STAGES                                                                                             \
  "while active, customers buy at every k-th event of their own constant rate, gamma distributed over customers, the " \
  "more regularly the larger k; "

LOYALTY_API const char *loy_model_assumption(int kind) {
  switch (kind) {
  case LOY_MODEL_NBD: return LOYI_ASSUME_RATE "nobody ever stops";
  case LOY_MODEL_BGNBD:
    return LOYI_ASSUME_RATE "each repeat purchase is the last with their own probability, beta distributed and "
                            "independent of the rate; nobody stops before a repeat purchase";
  case LOY_MODEL_MBGNBD:
    return LOYI_ASSUME_RATE "each purchase, the first included, is the last with their own probability, beta "
                            "distributed and independent of the rate";
  case LOY_MODEL_PNBD:
    return LOYI_ASSUME_RATE "they stop at any time, at their own constant risk, gamma distributed and independent of "
                            "the rate";
  case LOY_MODEL_GGOMNBD:
    return LOYI_ASSUME_RATE "they stop at any time, at a risk that grows exponentially with age from their own level, "
                            "gamma distributed and independent of the rate";
  case LOY_MODEL_BGCNBD:
    return LOYI_ASSUME_STAGES "each repeat purchase is the last with their own probability, beta distributed and "
                              "independent of the rate; nobody stops before a repeat purchase";
  case LOY_MODEL_MBGCNBD:
    return LOYI_ASSUME_STAGES "each purchase, the first included, is the last with their own probability, beta "
                              "distributed and independent of the rate";
  case LOY_MODEL_BGBB:
    return "while active, customers buy in each period with their own probability, beta distributed over customers; "
           "before each period they stop with their own probability, beta distributed and independent of the first";
  case LOY_MODEL_SBG:
    return "customers under contract leave at the end of each period with their own constant probability, beta "
           "distributed over customers";
  case LOY_MODEL_BDW:
    return "customers under contract survive n periods with their own probability to the power of n^c, with the same c "
           "for all and the probability of leaving in the first period beta distributed over customers";
  case LOY_MODEL_GAMMA_GAMMA:
    return "spend per purchase is gamma distributed around the customer's own constant mean, inverse gamma distributed "
           "over customers and independent of how often they buy";
  default: return NULL;
  }
}

#undef LOYI_ASSUME_RATE
#undef LOYI_ASSUME_STAGES

LOYALTY_API void loy_choice_rows_init(loy_choice_rows *rows) {
  if (rows) memset(rows, 0, sizeof *rows);
}

LOYALTY_API void loy_choice_options_init(loy_choice_options *options) {
  if (!options) return;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  options->threads = 1;
}

/* --- checks ------------------------------------------------------------------------------------------------------ */

LOYI_LOCAL loy_status loyi_choice_check_columns(const int *kinds, size_t count, const loy_choice_rows *rows, size_t n,
                                                loy_error *error) {
  const char *argument = NULL;
  loy_status status;
  if (!kinds && count > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "kinds", LOY_NO_INDEX, "must not be NULL");
  if (!rows) return loyi_report(error, LOY_ERR_ARGUMENT, "rows", LOY_NO_INDEX, "must not be NULL");
  status = loyi_history_columns_check(rows->x, rows->t_x, rows->T, n, error);
  if (status != LOY_OK) return status;
  if (rows->weight && (rows->future_t || rows->bought))
    return loyi_report(error, LOY_ERR_ARGUMENT, "weight", LOY_NO_INDEX,
                       "must be absent with a holdout: repeat the rows instead");
  if (rows->future_t && !rows->bought) argument = "bought";
  if (rows->bought && !rows->future_t) argument = "future_t";
  if (argument)
    return loyi_report(error, LOY_ERR_ARGUMENT, argument, LOY_NO_INDEX, "must be there when the other one is");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_choice_check_options(const loy_choice_options *options, loy_error *error) {
  loyi_fit_control control;
  loyi_fit_control_init(&control);
  control.most_evaluations = options->most_evaluations;
  control.progress = options->progress;
  return loyi_fit_check_control(&control, options->threads, error);
}

LOYI_LOCAL loy_status loyi_choice_check_kinds(const int *kinds, size_t count, const loy_choice_rows *rows,
                                              loy_error *error) {
  int gaps = 0;
  if (count == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "kinds", LOY_NO_INDEX, "must have at least one model");
  for (size_t i = 0; i < count; i++) {
    const loyi_model_calls *calls = loyi_model_calls_of(kinds[i]);
    if (!calls || !calls->estimate)
      return loyi_report(error, LOY_ERR_ARGUMENT, "kinds", i,
                         "must be bgnbd, mbgnbd, bgcnbd, mbgcnbd, pnbd, nbd or ggomnbd: other models have other data");
    for (size_t j = 0; j < i; j++)
      if (kinds[j] == kinds[i]) return loyi_report(error, LOY_ERR_ARGUMENT, "kinds", i, "must not be there twice");
    gaps |= calls->gaps;
  }
  if (gaps && !rows->litt)
    return loyi_report(error, LOY_ERR_ARGUMENT, "litt", LOY_NO_INDEX,
                       "must not be NULL: bgcnbd and mbgcnbd need the sums of the logarithms of gaps");
  return LOY_OK;
}

LOYI_LOCAL loy_status loyi_choice_check_rows(const loy_choice_rows *rows, size_t n, loy_error *error) {
  if (n == 0) return loyi_report(error, LOY_ERR_TOO_FEW, "x", LOY_NO_INDEX, "must have at least one row");
  for (size_t i = 0; i < n; i++) {
    const char *message, *argument = loyi_history_wrong(rows->x[i], rows->t_x[i], rows->T[i], &message);
    if (!argument && rows->litt) {
      message = loyi_cnbd_litt_wrong(rows->x[i], rows->t_x[i], rows->litt[i]);
      if (message) argument = "litt";
    }
    if (!argument && rows->weight && !loyi_is_quantity(rows->weight[i])) {
      argument = "weight";
      message = LOYI_QUANTITY_MUST;
    }
    if (!argument && rows->future_t && !loyi_is_quantity(rows->future_t[i])) {
      argument = "future_t";
      message = LOYI_QUANTITY_MUST;
    }
    if (!argument && rows->bought && !loyi_is_count(rows->bought[i])) {
      argument = "bought";
      message = LOYI_COUNT_MUST;
    }
    if (argument) return loyi_report(error, LOY_ERR_DOMAIN, argument, i, message);
  }
  return LOY_OK;
}

/* --- the work ---------------------------------------------------------------------------------------------------- */

/* The caller's watch over one fit after others. */
typedef struct loyi_choice_watch {
  const loy_progress *progress;
  int64_t before, done; /* evaluations of the fits that are done, and of all */
} loyi_choice_watch;

LOYI_LOCAL int loyi_choice_report(void *ctx, int64_t done, int64_t of, double value) {
  loyi_choice_watch *watch = (loyi_choice_watch *)ctx;
  watch->done = watch->before + done;
  return loyi_progress_report(watch->progress, watch->done, of, value);
}

/* A candidate of which nothing is known yet. */
LOYI_LOCAL void loyi_choice_empty(int kind, loy_choice_candidate *candidate) {
  const double none = (double)NAN;
  const loy_information information = {none, none, 0};
  const loy_holdout holdout = {none, none, none, none, none, none, none};
  const loy_model_test test = {none, none, none, 0, 0};
  memset(candidate, 0, sizeof *candidate);
  loy_model_init(&candidate->model, kind);
  candidate->information = information;
  candidate->holdout = holdout;
  candidate->test = test;
  candidate->restricted = LOY_NO_INDEX;
}

/* Whether a candidate was fitted. */
LOYI_LOCAL int loyi_choice_in(const loy_choice_candidate *candidate) {
  return !loy_status_is_error(candidate->fit.status);
}

/* Fit one and score it. LOY_OK, or LOY_ERR_MEMORY or LOY_ERR_CANCELED that end the call. */
LOYI_LOCAL loy_status loyi_choice_fit(const loyi_model_fit *how, const loy_choice_rows *rows,
                                      loy_choice_candidate *candidate) {
  loy_model *model = &candidate->model;
  const size_t k = loy_model_parameter_count(model->kind);
  loy_holdout_options options;
  loy_status status = loyi_model_calls_of(model->kind)->estimate(how, model, &candidate->fit);
  if (status == LOY_ERR_MEMORY || status == LOY_ERR_CANCELED) return status;
  if (loy_status_is_error(status)) return LOY_OK;
  /* Of a k that is not varied the covariance is 0 whatever the others have. */
  for (size_t i = 0; i < k; i++)
    model->has_covariance |= isfinite(model->covariance[i * (k + 1)]) && model->covariance[i * (k + 1)] > 0.0;
  (void)loy_model_information(model, 0, &candidate->information, NULL);
  if (!rows->bought) return LOY_OK;
  loy_holdout_options_init(&options);
  options.allocator = how->allocator;
  options.threads = how->threads;
  status = loy_model_holdout(model, rows->x, rows->t_x, rows->T, rows->future_t, rows->bought, how->n, &options, NULL,
                             &candidate->holdout, NULL);
  return status == LOY_ERR_MEMORY ? status : LOY_OK;
}

/* Test candidate i against the largest of the others that it contains. */
LOYI_LOCAL void loyi_choice_test(loy_choice_candidate *list, size_t count, size_t i) {
  size_t most = 0;
  for (size_t j = 0; j < count; j++) {
    const size_t k = list[j].information.free_params;
    loy_model_test test;
    loy_status status;
    if (j == i || k <= most || !loyi_choice_in(&list[j])) continue;
    status = loy_model_likelihood_ratio(&list[i].model, &list[j].model, &test, NULL);
    if (status == LOY_ERR_ARGUMENT) continue; /* not contained */
    most = k;
    list[i].restricted = j;
    list[i].tested = status;
    if (!loy_status_is_error(status)) list[i].test = test;
  }
}

/* The place of a smaller value, NaN being none. */
LOYI_LOCAL void loyi_choice_less(double value, size_t i, double *least, size_t *best) {
  if (isnan(value) || (*best != LOY_NO_INDEX && !(value < *least))) return;
  *least = value;
  *best = i;
}

LOYI_LOCAL void loyi_choice_conclude(loy_choice_candidate *list, size_t count, loy_choice *result) {
  double aic = 0.0, bic = 0.0, score = 0.0, sum = 0.0;
  result->fitted = 0;
  result->best_aic = result->best_bic = result->best_score = LOY_NO_INDEX;
  for (size_t i = 0; i < count; i++) {
    if (!loyi_choice_in(&list[i])) continue;
    result->fitted++;
    loyi_choice_less(list[i].information.aic, i, &aic, &result->best_aic);
    loyi_choice_less(list[i].information.bic, i, &bic, &result->best_bic);
    loyi_choice_less(list[i].holdout.log_score, i, &score, &result->best_score);
    loyi_choice_test(list, count, i);
  }
  for (size_t i = 0; i < count; i++) {
    if (!loyi_choice_in(&list[i])) continue;
    list[i].aic_weight = loyi_exp(-0.5 * (list[i].information.aic - aic));
    sum += list[i].aic_weight;
  }
  for (size_t i = 0; i < count; i++) list[i].aic_weight /= sum;
}

/* All candidates, in memory of the call's own. The first error that ends the call is in *error. */
LOYI_LOCAL loy_status loyi_choice_run(const int *kinds, size_t count, const loy_choice_rows *rows, size_t n,
                                      const loy_choice_options *options, loy_choice_candidate *list, loy_error *error) {
  loyi_choice_watch watch = {options->progress, 0, 0};
  const loy_progress progress = {loyi_choice_report, &watch};
  loyi_model_fit how;
  memset(&how, 0, sizeof how);
  how.given = rows->T;
  how.first = rows->x;
  how.second = rows->t_x;
  how.litt = rows->litt;
  how.weight = rows->weight;
  how.n = n;
  how.allocator = options->allocator;
  how.progress = options->progress ? &progress : NULL;
  how.threads = options->threads;
  how.most_evaluations = options->most_evaluations;
  for (size_t i = 0; i < count; i++) {
    loy_status status;
    loyi_choice_empty(kinds[i], &list[i]);
    status = loyi_choice_fit(&how, rows, &list[i]);
    if (status == LOY_ERR_MEMORY) return loyi_report(error, status, NULL, LOY_NO_INDEX, "out of memory");
    if (status == LOY_ERR_CANCELED)
      return loyi_report(error, status, NULL, LOY_NO_INDEX, "the progress function asked to stop");
    watch.before = watch.done;
  }
  for (size_t i = 0; i < count; i++)
    if (loyi_choice_in(&list[i])) return LOY_OK;
  return loyi_report(error, list[0].fit.status, list[0].fit.argument, list[0].fit.index, list[0].fit.message);
}

LOYALTY_API loy_status loy_model_compare(const int *kinds, size_t count, const loy_choice_rows *rows, size_t n,
                                         const loy_choice_options *options, loy_choice_candidate *candidates,
                                         loy_choice *result, loy_error *error) {
  loy_choice_options use;
  loy_choice_candidate *list;
  loy_status status = loyi_choice_check_columns(kinds, count, rows, n, error);
  if (status != LOY_OK) return status;
  loy_choice_options_init(&use);
  if (options && options->struct_size < sizeof *options)
    return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "must come from loy_choice_options_init");
  if (options) use = *options;
  status = loyi_choice_check_options(&use, error);
  if (status != LOY_OK) return status;
  if (!candidates && count > 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "candidates", LOY_NO_INDEX, "must not be NULL");
  if (!result) return loyi_report(error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX, "must not be NULL");
  status = loyi_choice_check_kinds(kinds, count, rows, error);
  if (status == LOY_OK) status = loyi_choice_check_rows(rows, n, error);
  if (status != LOY_OK) return status;
  list = (loy_choice_candidate *)loyi_allocate(use.allocator, count, sizeof *list);
  if (!list) return loyi_report(error, LOY_ERR_MEMORY, NULL, LOY_NO_INDEX, "out of memory");
  status = loyi_choice_run(kinds, count, rows, n, &use, list, error);
  if (status == LOY_OK) {
    loyi_choice_conclude(list, count, result);
    memcpy(candidates, list, count * sizeof *list);
  }
  loyi_release(use.allocator, list, count, sizeof *list);
  if (status != LOY_OK) return status;
  for (size_t i = 0; i < count; i++)
    if (!loyi_choice_in(&candidates[i]) || candidates[i].fit.status == LOY_NOTICE_NOT_CONVERGED)
      return loyi_report(error, LOY_NOTICE_NOT_CONVERGED, "kinds", i, "must be a model with a certified fit");
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MODEL_CHOICE_INL_H */
