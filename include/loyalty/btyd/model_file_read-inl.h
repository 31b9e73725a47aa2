/* model_file_read-inl.h: the reader of model_file.h. */
#ifndef LOYALTY_BTYD_MODEL_FILE_READ_INL_H
#define LOYALTY_BTYD_MODEL_FILE_READ_INL_H

#include <math.h>
#include <string.h>

#include "../base/json.h"
#include "../base/number.h"
#include "../base/range.h"
#include "model_file.h"

LOY_BEGIN_DECLS

enum {
  LOYI_MODEL_KINDS = 32,         /* no kind has a larger number */
  LOYI_MODEL_TEXT_MOST = 1 << 24 /* bytes */
};

/* A number written twice, standing at byte `at`. */
LOYI_LOCAL int loyi_model_number(loyi_json *reader, size_t at, double *value) {
  static const char *const keys[2] = {"decimal", "hex"};
  char text[LOYI_JSON_NAME];
  const char *token = text;
  size_t where[2], length;
  double decimal;
  reader->at = at;
  if (!loyi_json_object(reader, keys, 2, 0, where)) return 0;
  if (where[0] == LOY_NO_INDEX || where[1] == LOY_NO_INDEX)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, at, "must have both a decimal and a hex form");
  reader->at = where[1];
  if (!loyi_json_string(reader, text)) return 0;
  if (!loyi_number_read_hex(text, strlen(text), value))
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[1], "must be a hexadecimal number that a double holds exactly");
  reader->at = where[0];
  if (loyi_json_peek(reader) == '"') {
    if (!loyi_json_string(reader, text)) return 0;
    length = strlen(text);
  } else if (!loyi_json_number_token(reader, &token, &length)) {
    return 0;
  }
  if (!loyi_number_read_decimal(token, length, &decimal))
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[0], "must be a decimal number");
  /* At the very ends of the range of doubles the quick decimal reading may over- or underflow. */
  if (!(isnan(decimal) && isnan(*value)) && !(decimal == *value) && !(fabs(decimal - *value) <= 1e-12 * fabs(*value)) &&
      !(copysign(1.0, decimal) == copysign(1.0, *value) &&
        ((fabs(*value) > 1.797e308 && fabs(decimal) > 1.797e308) || (fabs(*value) < 1e-307 && fabs(decimal) < 1e-307))))
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[0], "the decimal and the hex form disagree; change both");
  return 1;
}

/* The value at byte `at` is absent or null. */
LOYI_LOCAL int loyi_model_absent(loyi_json *reader, size_t at) {
  if (at == LOY_NO_INDEX) return 1;
  reader->at = at;
  return loyi_json_word(reader, "null");
}

LOYI_LOCAL int loyi_model_read_optional(loyi_json *reader, size_t at, double *value) {
  *value = NAN;
  return loyi_model_absent(reader, at) || loyi_model_number(reader, at, value);
}

LOYI_LOCAL int loyi_model_read_kind(loyi_json *reader, size_t at, loy_model *model) {
  char name[LOYI_JSON_NAME];
  reader->at = at;
  if (!loyi_json_string(reader, name)) return 0;
  for (int kind = 1; kind <= LOYI_MODEL_KINDS; kind++) {
    const char *known = loy_model_name(kind);
    if (known && strcmp(name, known) == 0) {
      loy_model_init(model, kind);
      return 1;
    }
  }
  return loyi_json_fail(reader, LOY_ERR_VERSION, at, "names a model that this library does not know");
}

LOYI_LOCAL int loyi_model_read_unit(loyi_json *reader, size_t at, loy_model *model) {
  char name[LOYI_JSON_NAME];
  if (loyi_model_absent(reader, at)) return 1;
  reader->at = at;
  if (!loyi_json_string(reader, name)) return 0;
  for (int unit = 0; loyi_model_unit_name(unit); unit++) {
    if (strcmp(name, loyi_model_unit_name(unit)) == 0) {
      model->time_unit = unit;
      return 1;
    }
  }
  return loyi_json_fail(reader, LOY_ERR_FORMAT, at, "must be null or one of h, D, W, M, Y");
}

LOYI_LOCAL int loyi_model_read_status(loyi_json *reader, size_t at, loy_model *model) {
  char name[LOYI_JSON_NAME];
  if (loyi_model_absent(reader, at)) return 1;
  reader->at = at;
  if (!loyi_json_string(reader, name)) return 0;
  for (int status = 0; status < (int)LOY_ERR_ARGUMENT; status++) {
    if (loyi_model_status_ok(status) && strcmp(name, loy_status_name((loy_status)status)) == 0) {
      model->status = status;
      return 1;
    }
  }
  return loyi_json_fail(reader, LOY_ERR_FORMAT, at, "must be OK or the name of a notice");
}

LOYI_LOCAL int loyi_model_read_parameters(loyi_json *reader, size_t at, loy_model *model) {
  const loyi_model_shape *shape = loyi_model_shape_of(model->kind);
  size_t where[LOY_MODEL_PARAMETERS_MOST];
  reader->at = at;
  if (!loyi_json_object(reader, shape->parameters, shape->count, 1, where)) return 0;
  for (size_t i = 0; i < shape->count; i++) {
    if (where[i] == LOY_NO_INDEX) return loyi_json_fail(reader, LOY_ERR_FORMAT, at, "lacks a parameter of its model");
    if (!loyi_model_number(reader, where[i], &model->parameters[i])) return 0;
    if (!(model->parameters[i] > 0.0) || !isfinite(model->parameters[i]))
      return loyi_json_fail(reader, LOY_ERR_DOMAIN, where[i], "must be finite and greater than 0");
  }
  return 1;
}

/* The start of each of exactly `count` elements of the array at byte `at`. */
LOYI_LOCAL int loyi_model_elements(loyi_json *reader, size_t at, size_t count, size_t *where) {
  reader->at = at;
  if (!loyi_json_take(reader, '[')) return loyi_json_wrong(reader, "must be an array here");
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && !loyi_json_take(reader, ','))
      return loyi_json_wrong(reader, "must have a row and a column for each parameter");
    (void)loyi_json_peek(reader);
    where[i] = reader->at;
    if (!loyi_json_skip(reader)) return 0;
  }
  return loyi_json_take(reader, ']') || loyi_json_wrong(reader, "must have a row and a column for each parameter");
}

enum { LOYI_MODEL_ORDER = 32 }; /* of a covariance, at most */

/* A matrix of n rows and columns at byte `at`, unless it is absent. */
LOYI_LOCAL int loyi_model_read_matrix(loyi_json *reader, size_t at, size_t n, double *matrix, int *there) {
  size_t rows[LOYI_MODEL_ORDER], cells[LOYI_MODEL_ORDER];
  if (loyi_model_absent(reader, at)) return 1;
  if (!loyi_model_elements(reader, at, n, rows)) return 0;
  for (size_t i = 0; i < n; i++) {
    if (!loyi_model_elements(reader, rows[i], n, cells)) return 0;
    for (size_t j = 0; j < n; j++)
      if (!loyi_model_number(reader, cells[j], &matrix[i * n + j])) return 0;
  }
  *there = 1;
  return 1;
}

LOYI_LOCAL int loyi_model_read_penalty(loyi_json *reader, size_t at, loy_model *model) {
  if (loyi_model_absent(reader, at)) return 1;
  if (!loyi_model_number(reader, at, &model->penalty)) return 0;
  return loyi_is_zero_or_quantity(model->penalty) ||
         loyi_json_fail(reader, LOY_ERR_DOMAIN, at, LOYI_ZERO_QUANTITY_MUST);
}

/* The model at the reader's place, which is moved behind it. */
LOYI_LOCAL int loyi_model_read_model(loyi_json *reader, loy_model *model) {
  static const char *const keys[8] = {"model",          "time_unit", "parameters", "covariance",
                                      "log_likelihood", "customers", "status",     "penalty"};
  size_t where[8], start, end;
  (void)loyi_json_peek(reader);
  start = reader->at;
  if (!loyi_json_object(reader, keys, 8, 0, where)) return 0;
  end = reader->at;
  if (where[0] == LOY_NO_INDEX || where[2] == LOY_NO_INDEX)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "must have a model and its parameters");
  if (!loyi_model_read_kind(reader, where[0], model) || !loyi_model_read_unit(reader, where[1], model) ||
      !loyi_model_read_parameters(reader, where[2], model) ||
      !loyi_model_read_matrix(reader, where[3], loy_model_parameter_count(model->kind), model->covariance,
                              &model->has_covariance) ||
      !loyi_model_read_optional(reader, where[4], &model->log_likelihood) ||
      !loyi_model_read_optional(reader, where[5], &model->customers) ||
      !loyi_model_read_status(reader, where[6], model) || !loyi_model_read_penalty(reader, where[7], model))
    return 0;
  reader->at = end;
  return 1;
}

/* "format" and "version" must be what this library writes. */
LOYI_LOCAL int loyi_model_read_head(loyi_json *reader, const size_t *where) {
  char name[LOYI_JSON_NAME];
  const char *token;
  size_t length;
  if (where[0] == LOY_NO_INDEX || where[1] == LOY_NO_INDEX || where[2] == LOY_NO_INDEX)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, 0, "must have a format, a version and models");
  reader->at = where[0];
  if (!loyi_json_string(reader, name)) return 0;
  if (strcmp(name, "loyalty-model") != 0)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[0], "must be a file of format loyalty-model");
  reader->at = where[1];
  if (!loyi_json_number_token(reader, &token, &length)) return 0;
  if (length != 1 || *token != '1')
    return loyi_json_fail(reader, LOY_ERR_VERSION, where[1], "is of a version that this library does not read");
  return 1;
}

/* The whole text; each model goes to `models` when that is not NULL. */
LOYI_LOCAL int loyi_model_read_file(loyi_json *reader, loy_model *models, size_t *count) {
  static const char *const keys[3] = {"format", "version", "models"};
  size_t where[3];
  loy_model scratch;
  reader->at = 0;
  *count = 0;
  if (!loyi_json_object(reader, keys, 3, 0, where)) return 0;
  (void)loyi_json_peek(reader);
  if (reader->at < reader->length) return loyi_json_wrong(reader, "has something behind its end");
  if (!loyi_model_read_head(reader, where)) return 0;
  reader->at = where[2];
  if (!loyi_json_take(reader, '[')) return loyi_json_wrong(reader, "must be an array here");
  if (loyi_json_take(reader, ']')) return 1;
  do {
    if (!loyi_model_read_model(reader, models ? &models[*count] : &scratch)) return 0;
    (*count)++;
  } while (loyi_json_take(reader, ','));
  return 1;
}

LOYALTY_API loy_status loy_model_read(const char *text, size_t length, loy_model *models, size_t capacity,
                                      size_t *count, loy_error *error) {
  loyi_json reader = {NULL, 0, 0, LOY_OK, 0, NULL};
  size_t found;
  if (!text && length > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX, "must not be NULL");
  if (!models && capacity > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "models", LOY_NO_INDEX, "must not be NULL");
  if (!count) return loyi_report(error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX, "must not be NULL");
  if (length > LOYI_MODEL_TEXT_MOST)
    return loyi_report(error, LOY_ERR_FORMAT, "text", LOYI_MODEL_TEXT_MOST, "must not be longer than 16 MiB");
  reader.text = text;
  reader.length = length;
  /* Once for the checks, once more to write: outputs stay untouched on an error. */
  if (!loyi_model_read_file(&reader, NULL, &found))
    return loyi_report(error, reader.status, "text", reader.fault, reader.message);
  *count = found;
  if (models && found > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "models", LOY_NO_INDEX, "has too little room");
  if (models) (void)loyi_model_read_file(&reader, models, &found);
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MODEL_FILE_READ_INL_H */
