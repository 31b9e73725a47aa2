/* prediction_models.h: the models that the tests of prediction.h and its neighbours ask, with a covariance that is
 * known: standard errors of 5, 10, 15 % and so on, correlated. */
#ifndef LOYALTY_TESTS_PREDICTION_MODELS_H
#define LOYALTY_TESTS_PREDICTION_MODELS_H

#include "check.h"

enum { PREDICTION_MODELS = 5 };
static const int prediction_kinds[PREDICTION_MODELS] = {LOY_MODEL_BGNBD, LOY_MODEL_MBGNBD, LOY_MODEL_PNBD,
                                                        LOY_MODEL_NBD, LOY_MODEL_GGOMNBD};

static inline loy_model prediction_model(int kind) {
  static const double values[6][5] = {{.243, 4.414, .793, 2.426, 0}, {6.25, 3.74, 15.44, 0, 0},
                                      {.525, 6.183, .891, 1.614, 0}, {.553, 10.578, .606, 11.669, 0},
                                      {.385, 12.072, 0, 0, 0},       {.553, 10.578, .02, .603, .26}};
  loy_model model;
  size_t n = loy_model_parameter_count(kind);
  loy_model_init(&model, kind);
  for (size_t i = 0; i < n; i++) model.parameters[i] = values[kind - 1][i];
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      double sign = (i + j) % 2 ? -1.0 : 1.0, error = (double)(i + 1) * (double)(j + 1) / 400.0;
      model.covariance[i * n + j] =
          model.parameters[i] * model.parameters[j] * (error * (i == j ? 1.0 : sign / (double)(i + j + 3)));
    }
  model.has_covariance = 1;
  return model;
}

static inline loy_prediction prediction_of(int quantity, double t, double delta, double n) {
  loy_prediction what;
  loy_prediction_init(&what, quantity);
  what.t = t;
  what.delta = delta;
  what.n = n;
  return what;
}

#endif /* LOYALTY_TESTS_PREDICTION_MODELS_H */
