/* fit_control-inl.h: body of fit_control.h. */
#ifndef LOYALTY_BTYD_FIT_CONTROL_INL_H
#define LOYALTY_BTYD_FIT_CONTROL_INL_H

#include "fit_control.h"

#include <math.h>

#include "../base/range.h"
#include "../math/elementary.h"

LOY_BEGIN_DECLS

LOYI_SHARED void loyi_fit_control_init(loyi_fit_control *control) {
  control->most_evaluations = 0;
  control->penalty = 0.0;
  control->progress = NULL;
  control->customers = 0.0;
  control->mean = NAN;
  control->evaluations = 0;
  control->canceled = 0;
}

LOYI_SHARED loy_status loyi_fit_check_size(size_t struct_size, size_t needed, loy_error *error) {
  if (struct_size >= needed) return LOY_OK;
  return loyi_report(error, LOY_ERR_ARGUMENT, "options", LOY_NO_INDEX, "struct_size must be set by the init function");
}

LOYI_SHARED loy_status loyi_fit_check_control(const loyi_fit_control *control, int threads, loy_error *error) {
  if (threads < 0) return loyi_report(error, LOY_ERR_ARGUMENT, "threads", LOY_NO_INDEX, "must not be negative");
  if (control->most_evaluations < 0)
    return loyi_report(error, LOY_ERR_ARGUMENT, "most_evaluations", LOY_NO_INDEX, "must not be negative");
  if (!loyi_is_zero_or_quantity(control->penalty))
    return loyi_report(error, LOY_ERR_DOMAIN, "penalty", LOY_NO_INDEX, LOYI_ZERO_QUANTITY_MUST);
  if (control->progress && !control->progress->report)
    return loyi_report(error, LOY_ERR_ARGUMENT, "progress", LOY_NO_INDEX, "must have a function");
  return LOY_OK;
}

LOYI_SHARED double loyi_fit_penalty(const double *square, size_t n, const double *point, double *gradient,
                                    double *hessian) {
  double penalty = 0.0;
  for (size_t i = 0; i < n; i++) {
    double natural = loyi_exp(point[i]), cost = square[i] * natural * natural;
    penalty += cost;
    if (gradient) gradient[i] += 2.0 * cost;
    if (hessian) hessian[(n + 1) * i] += 4.0 * cost;
  }
  return penalty;
}

LOYI_SHARED int loyi_fit_evaluate(void *ctx, const double *point, double *value, double *gradient, double *hessian) {
  const loyi_fit_objective *objective = (const loyi_fit_objective *)ctx;
  loyi_fit_control *control = objective->control;
  double log_likelihood = NAN;
  int usable;
  if (control->canceled) return 0;
  usable = objective->fn(objective->ctx, point, value, gradient, hessian);
  control->evaluations++;
  if (usable) {
    log_likelihood = objective->shift - *value * objective->customers;
    if (control->customers > 0.0) log_likelihood *= control->customers / objective->customers;
    if (control->penalty > 0.0) *value += loyi_fit_penalty(objective->square, objective->n, point, gradient, hessian);
  }
  control->canceled = !loyi_progress_report(control->progress, control->evaluations, 0, log_likelihood);
  return usable && !control->canceled;
}

LOYI_SHARED loy_status loyi_fit_none(const loyi_fit_control *control, const char *argument, loy_error *error) {
  if (control->canceled)
    return loyi_report(error, LOY_ERR_CANCELED, NULL, LOY_NO_INDEX, "the progress function asked to stop");
  return loyi_report(error, LOY_ERR_DOMAIN, argument, LOY_NO_INDEX, "must not make the likelihood overflow a double");
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_FIT_CONTROL_INL_H */
