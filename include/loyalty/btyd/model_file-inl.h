/* model_file-inl.h: body of model_file.h: the kinds, and what the writer and the reader share. */
#ifndef LOYALTY_BTYD_MODEL_FILE_INL_H
#define LOYALTY_BTYD_MODEL_FILE_INL_H

#include "model_file.h"

#include <math.h>
#include <string.h>

LOY_BEGIN_DECLS

typedef struct loyi_model_shape {
  const char *name;
  size_t count;
  const char *parameters[LOY_MODEL_PARAMETERS_MOST];
} loyi_model_shape;

LOYI_LOCAL const loyi_model_shape *loyi_model_shape_of(int kind) {
  static const loyi_model_shape bgnbd = {"bgnbd", 4, {"r", "alpha", "a", "b", NULL, NULL, NULL, NULL}};
  static const loyi_model_shape gamma_gamma = {"gamma_gamma", 3, {"p", "q", "v", NULL, NULL, NULL, NULL, NULL}};
  static const loyi_model_shape mbgnbd = {"mbgnbd", 4, {"r", "alpha", "a", "b", NULL, NULL, NULL, NULL}};
  static const loyi_model_shape pnbd = {"pnbd", 4, {"r", "alpha", "s", "beta", NULL, NULL, NULL, NULL}};
  static const loyi_model_shape nbd = {"nbd", 2, {"r", "alpha", NULL, NULL, NULL, NULL, NULL, NULL}};
  static const loyi_model_shape bgcnbd = {"bgcnbd", 5, {"r", "alpha", "a", "b", "k", NULL, NULL, NULL}};
  static const loyi_model_shape mbgcnbd = {"mbgcnbd", 5, {"r", "alpha", "a", "b", "k", NULL, NULL, NULL}};
  static const loyi_model_shape ggomnbd = {"ggomnbd", 5, {"r", "alpha", "b", "s", "beta", NULL, NULL, NULL}};
  static const loyi_model_shape sbg = {"sbg", 2, {"alpha", "beta", NULL, NULL, NULL, NULL, NULL, NULL}};
  static const loyi_model_shape bdw = {"bdw", 3, {"gamma", "delta", "c", NULL, NULL, NULL, NULL, NULL}};
  static const loyi_model_shape bgbb = {"bgbb", 4, {"alpha", "beta", "gamma", "delta", NULL, NULL, NULL, NULL}};
  switch (kind) {
  case LOY_MODEL_BGNBD: return &bgnbd;
  case LOY_MODEL_GAMMA_GAMMA: return &gamma_gamma;
  case LOY_MODEL_MBGNBD: return &mbgnbd;
  case LOY_MODEL_PNBD: return &pnbd;
  case LOY_MODEL_NBD: return &nbd;
  case LOY_MODEL_GGOMNBD: return &ggomnbd;
  case LOY_MODEL_SBG: return &sbg;
  case LOY_MODEL_BDW: return &bdw;
  case LOY_MODEL_BGCNBD: return &bgcnbd;
  case LOY_MODEL_MBGCNBD: return &mbgcnbd;
  case LOY_MODEL_BGBB: return &bgbb;
  default: return NULL;
  }
}

LOYALTY_API const char *loy_model_name(int kind) {
  const loyi_model_shape *shape = loyi_model_shape_of(kind);
  return shape ? shape->name : NULL;
}

LOYALTY_API size_t loy_model_parameter_count(int kind) {
  const loyi_model_shape *shape = loyi_model_shape_of(kind);
  return shape ? shape->count : 0;
}

LOYALTY_API const char *loy_model_parameter_name(int kind, size_t index) {
  const loyi_model_shape *shape = loyi_model_shape_of(kind);
  return shape && index < shape->count ? shape->parameters[index] : NULL;
}

LOYALTY_API void loy_model_init(loy_model *model, int kind) {
  if (!model) return;
  model->kind = kind;
  model->time_unit = LOY_MODEL_NO_TIME_UNIT;
  model->status = (int)LOY_OK;
  model->has_covariance = 0;
  for (int i = 0; i < LOY_MODEL_PARAMETERS_MOST; i++) model->parameters[i] = NAN;
  for (int i = 0; i < LOY_MODEL_PARAMETERS_MOST * LOY_MODEL_PARAMETERS_MOST; i++) model->covariance[i] = NAN;
  model->log_likelihood = NAN;
  model->customers = NAN;
  model->penalty = 0.0;
}

/* The letter of a loy_time_unit, as in Python's time_unit=; NULL for a number that is no unit. */
LOYI_LOCAL const char *loyi_model_unit_name(int unit) {
  switch (unit) {
  case LOY_TIME_HOUR: return "h";
  case LOY_TIME_DAY: return "D";
  case LOY_TIME_WEEK: return "W";
  case LOY_TIME_MONTH: return "M";
  case LOY_TIME_YEAR: return "Y";
  default: return NULL;
  }
}

LOYI_LOCAL int loyi_model_status_ok(int status) {
  return status >= 0 && status < (int)LOY_ERR_ARGUMENT && strcmp(loy_status_name((loy_status)status), "UNKNOWN") != 0;
}

LOY_END_DECLS

#include "model_file_read-inl.h"
#include "model_file_write-inl.h"

#endif /* LOYALTY_BTYD_MODEL_FILE_INL_H */
