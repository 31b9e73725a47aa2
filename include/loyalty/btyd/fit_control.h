/* fit_control.h: private. What the options of all fits have in common beyond the model: how many evaluations, an L2
 * penalty on the parameters, and the caller's watch. A search goes through loyi_fit_evaluate, which adds the penalty to
 * the model's own function and reports; the model's function and the optimiser know of neither. */
#ifndef LOYALTY_BTYD_FIT_CONTROL_H
#define LOYALTY_BTYD_FIT_CONTROL_H

#include "../base/config.h"
#include "../base/progress.h"
#include "../base/status.h"
#include "../math/newton.h"

LOY_BEGIN_DECLS

enum { LOYI_FIT_MOST = 5 }; /* parameters */

/* What the options say, and how far the fit has come. */
typedef struct loyi_fit_control {
  int most_evaluations; /* per start; 0 means the default */
  double penalty;
  const loy_progress *progress;
  double customers; /* of all rows: the log-likelihood of a sample is reported in proportion; 0 for no sample */
  double mean;      /* negative log-likelihood at the point found, without the penalty */
  int64_t evaluations;
  int canceled;
} loyi_fit_control;

/* The defaults. */
LOYI_SHARED void loyi_fit_control_init(loyi_fit_control *control);

/* Checks of options. Errors, in this order: of the first LOY_ERR_ARGUMENT options (struct_size below `needed`); of the
 * second LOY_ERR_ARGUMENT threads, most_evaluations (negative), LOY_ERR_DOMAIN penalty (neither 0 nor from 1e-40 to
 * 1e40), LOY_ERR_ARGUMENT progress (without a function). */
LOYI_SHARED loy_status loyi_fit_check_size(size_t struct_size, size_t needed, loy_error *error);
LOYI_SHARED loy_status loyi_fit_check_control(const loyi_fit_control *control, int threads, loy_error *error);

/* A mean negative log-likelihood by the logarithms of n parameters, watched and penalised. */
typedef struct loyi_fit_objective {
  loyi_newton_fn fn;
  void *ctx;
  loyi_fit_control *control;
  size_t n;
  double square[LOYI_FIT_MOST]; /* what the square of a parameter costs; all 0 for no penalty */
  double customers, shift;      /* the log-likelihood is shift - customers * mean */
} loyi_fit_objective;

/* The penalty at `point`: Sum of square_i exp(2 point_i). Adds its derivatives to gradient and Hessian unless NULL. */
LOYI_SHARED double loyi_fit_penalty(const double *square, size_t n, const double *point, double *gradient,
                                    double *hessian);

/* A loyi_newton_fn with a loyi_fit_objective for its ctx. Once canceled it fails without work, so that a search ends.
 */
LOYI_SHARED int loyi_fit_evaluate(void *ctx, const double *point, double *value, double *gradient, double *hessian);

/* What a search that found nothing reports: LOY_ERR_CANCELED, or LOY_ERR_DOMAIN `argument` whose size makes the
 * likelihood overflow. */
LOYI_SHARED loy_status loyi_fit_none(const loyi_fit_control *control, const char *argument, loy_error *error);

LOY_END_DECLS

#ifdef LOYALTY_HEADER_ONLY
#  include "fit_control-inl.h"
#endif

#endif /* LOYALTY_BTYD_FIT_CONTROL_H */
