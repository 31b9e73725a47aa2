/* model_file_write-inl.h: the writer of model_file.h. */
#ifndef LOYALTY_BTYD_MODEL_FILE_WRITE_INL_H
#define LOYALTY_BTYD_MODEL_FILE_WRITE_INL_H

#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "../base/range.h"
#include "model_file.h"

LOY_BEGIN_DECLS

/* Bytes go to `text` when it is not NULL and are counted in any case. */
typedef struct loyi_model_sink {
  char *text;
  size_t length;
} loyi_model_sink;

LOYI_LOCAL void loyi_model_put_bytes(loyi_model_sink *sink, const char *bytes, size_t length) {
  if (sink->text) memcpy(sink->text + sink->length, bytes, length);
  sink->length += length;
}

LOYI_LOCAL void loyi_model_put(loyi_model_sink *sink, const char *text) {
  loyi_model_put_bytes(sink, text, strlen(text));
}

LOYI_LOCAL void loyi_model_put_number(loyi_model_sink *sink, double value) {
  char number[LOYI_NUMBER_ROOM];
  const char *quote = isfinite(value) ? "" : "\"";
  loyi_model_put(sink, "{\"decimal\": ");
  loyi_model_put(sink, quote);
  loyi_model_put_bytes(sink, number, loyi_number_write_decimal(value, number));
  loyi_model_put(sink, quote);
  loyi_model_put(sink, ", \"hex\": \"");
  loyi_model_put_bytes(sink, number, loyi_number_write_hex(value, number));
  loyi_model_put(sink, "\"}");
}

/* A value that is null while it is not known. */
LOYI_LOCAL void loyi_model_put_optional(loyi_model_sink *sink, double value) {
  if (isnan(value)) {
    loyi_model_put(sink, "null");
  } else {
    loyi_model_put_number(sink, value);
  }
}

/* Up to the parameters; the name with a suffix. */
LOYI_LOCAL void loyi_model_put_begin(loyi_model_sink *sink, const loy_model *model, const char *suffix) {
  const loyi_model_shape *shape = loyi_model_shape_of(model->kind);
  const char *unit = loyi_model_unit_name(model->time_unit);
  loyi_model_put(sink, "    {\n      \"model\": \"");
  loyi_model_put(sink, shape->name);
  loyi_model_put(sink, suffix);
  loyi_model_put(sink, "\",\n      \"time_unit\": ");
  loyi_model_put(sink, unit ? "\"" : "null");
  loyi_model_put(sink, unit ? unit : "");
  loyi_model_put(sink, unit ? "\",\n" : ",\n");
  loyi_model_put(sink, "      \"parameters\": {");
  for (size_t i = 0; i < shape->count; i++) {
    loyi_model_put(sink, i ? ",\n        \"" : "\n        \"");
    loyi_model_put(sink, shape->parameters[i]);
    loyi_model_put(sink, "\": ");
    loyi_model_put_number(sink, model->parameters[i]);
  }
  loyi_model_put(sink, "\n      }");
}

/* From the covariance of n estimates on. */
LOYI_LOCAL void loyi_model_put_end(loyi_model_sink *sink, const loy_model *model, const double *covariance, size_t n) {
  loyi_model_put(sink, ",\n      \"covariance\": ");
  if (model->has_covariance) {
    for (size_t i = 0; i < n; i++) {
      loyi_model_put(sink, i ? ",\n        [" : "[\n        [");
      for (size_t j = 0; j < n; j++) {
        loyi_model_put(sink, j ? ",\n         " : "");
        loyi_model_put_number(sink, covariance[i * n + j]);
      }
      loyi_model_put(sink, "]");
    }
    loyi_model_put(sink, "\n      ]");
  } else {
    loyi_model_put(sink, "null");
  }
  loyi_model_put(sink, ",\n      \"log_likelihood\": ");
  loyi_model_put_optional(sink, model->log_likelihood);
  loyi_model_put(sink, ",\n      \"customers\": ");
  loyi_model_put_optional(sink, model->customers);
  if (model->penalty > 0.0) {
    loyi_model_put(sink, ",\n      \"penalty\": ");
    loyi_model_put_number(sink, model->penalty);
  }
  loyi_model_put(sink, ",\n      \"status\": \"");
  loyi_model_put(sink, loy_status_name((loy_status)model->status));
  loyi_model_put(sink, "\"\n    }");
}

LOYI_LOCAL void loyi_model_put_model(loyi_model_sink *sink, const loy_model *model) {
  loyi_model_put_begin(sink, model, "");
  loyi_model_put_end(sink, model, model->covariance, loy_model_parameter_count(model->kind));
}

LOYI_LOCAL void loyi_model_put_file(loyi_model_sink *sink, const loy_model *models, size_t count) {
  loyi_model_put(sink, "{\n  \"format\": \"loyalty-model\",\n  \"version\": 1,\n  \"models\": [");
  for (size_t i = 0; i < count; i++) {
    loyi_model_put(sink, i ? ",\n" : "\n");
    loyi_model_put_model(sink, &models[i]);
  }
  loyi_model_put(sink, count ? "\n  ]\n}\n" : "]\n}\n");
}

LOYI_LOCAL loy_status loyi_model_check(const loy_model *model, size_t index, loy_error *error) {
  size_t count = loy_model_parameter_count(model->kind);
  if (count == 0) return loyi_report(error, LOY_ERR_ARGUMENT, "kind", index, "must be a loy_model_kind");
  if (model->time_unit != LOY_MODEL_NO_TIME_UNIT && !loyi_model_unit_name(model->time_unit))
    return loyi_report(error, LOY_ERR_ARGUMENT, "time_unit", index,
                       "must be a loy_time_unit or LOY_MODEL_NO_TIME_UNIT");
  if (!loyi_model_status_ok(model->status))
    return loyi_report(error, LOY_ERR_ARGUMENT, "status", index, "must be LOY_OK or a notice");
  for (size_t i = 0; i < count; i++)
    if (!(model->parameters[i] > 0.0) || !isfinite(model->parameters[i]))
      return loyi_report(error, LOY_ERR_DOMAIN, "parameters", index, "must be finite and greater than 0");
  if (!loyi_is_zero_or_quantity(model->penalty))
    return loyi_report(error, LOY_ERR_DOMAIN, "penalty", index, LOYI_ZERO_QUANTITY_MUST);
  return LOY_OK;
}

LOYALTY_API loy_status loy_model_write(const loy_model *models, size_t count, char *text, size_t capacity,
                                       size_t *length, loy_error *error) {
  loyi_model_sink sink = {NULL, 0};
  if (!models && count > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "models", LOY_NO_INDEX, "must not be NULL");
  if (!text && capacity > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX, "must not be NULL");
  if (!length) return loyi_report(error, LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX, "must not be NULL");
  for (size_t i = 0; i < count; i++) {
    loy_status status = loyi_model_check(&models[i], i, error);
    if (status != LOY_OK) return status;
  }
  loyi_model_put_file(&sink, models, count);
  *length = sink.length;
  if (text && sink.length > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "text", LOY_NO_INDEX, "has too little room");
  if (text) {
    sink.text = text;
    sink.length = 0;
    loyi_model_put_file(&sink, models, count);
  }
  return loyi_ok(error);
}

LOY_END_DECLS

#endif /* LOYALTY_BTYD_MODEL_FILE_WRITE_INL_H */
