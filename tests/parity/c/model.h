/* model.h: a model as a row of numbers, as the shims pass it: kind, time_unit, status, has_covariance, log_likelihood,
 * customers, the parameters, the covariance. */
#ifndef LOYALTY_TESTS_PARITY_MODEL_H
#define LOYALTY_TESTS_PARITY_MODEL_H

#include <string.h>

#include "parity.h"

enum { MODEL_HEAD = 6, MODEL_ROW = MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST * (1 + LOY_MODEL_PARAMETERS_MOST) };

static inline void model_from_row(const double *row, loy_model *model) {
  loy_model_init(model, (int)row[0]);
  model->time_unit = (int)row[1];
  model->status = (int)row[2];
  model->has_covariance = row[3] != 0.0;
  model->log_likelihood = row[4];
  model->customers = row[5];
  memcpy(model->parameters, row + MODEL_HEAD, sizeof model->parameters);
  memcpy(model->covariance, row + MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST, sizeof model->covariance);
}

/* A model's row; false, and the case is done, when it has another length. */
static inline bool take_model(parity_case *c, const double *row, size_t n, const char *argument, loy_model *model) {
  if (parity_lengths(c, argument, n, MODEL_ROW)) return false;
  model_from_row(row, model);
  return true;
}

#endif /* LOYALTY_TESTS_PARITY_MODEL_H */
