/* model_file-inl.h: body of model_file.h. */
#ifndef LOYALTY_BTYD_MODEL_FILE_INL_H
#define LOYALTY_BTYD_MODEL_FILE_INL_H

#include "model_file.h"

#include <math.h>
#include <string.h>

#include "../base/number.h"

LOY_BEGIN_DECLS

enum {
  LOYI_MODEL_KINDS = 32,         /* no kind has a larger number */
  LOYI_MODEL_DEPTH = 60,         /* nesting of a skipped value; its kinds fit into one 64-bit word */
  LOYI_MODEL_TEXT_MOST = 1 << 24 /* bytes */
};

/* --- the kinds --------------------------------------------------------------------------------------------------- */

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
  switch (kind) {
  case LOY_MODEL_BGNBD: return &bgnbd;
  case LOY_MODEL_GAMMA_GAMMA: return &gamma_gamma;
  case LOY_MODEL_MBGNBD: return &mbgnbd;
  case LOY_MODEL_PNBD: return &pnbd;
  case LOY_MODEL_NBD: return &nbd;
  case LOY_MODEL_GGOMNBD: return &ggomnbd;
  case LOY_MODEL_BGCNBD: return &bgcnbd;
  case LOY_MODEL_MBGCNBD: return &mbgcnbd;
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

/* --- writing ----------------------------------------------------------------------------------------------------- */

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

LOYI_LOCAL void loyi_model_put_model(loyi_model_sink *sink, const loy_model *model) {
  const loyi_model_shape *shape = loyi_model_shape_of(model->kind);
  const char *unit = loyi_model_unit_name(model->time_unit);
  loyi_model_put(sink, "    {\n      \"model\": \"");
  loyi_model_put(sink, shape->name);
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
  loyi_model_put(sink, "\n      },\n      \"covariance\": ");
  if (model->has_covariance) {
    for (size_t i = 0; i < shape->count; i++) {
      loyi_model_put(sink, i ? ",\n        [" : "[\n        [");
      for (size_t j = 0; j < shape->count; j++) {
        loyi_model_put(sink, j ? ",\n         " : "");
        loyi_model_put_number(sink, model->covariance[i * shape->count + j]);
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
  loyi_model_put(sink, ",\n      \"status\": \"");
  loyi_model_put(sink, loy_status_name((loy_status)model->status));
  loyi_model_put(sink, "\"\n    }");
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

/* --- reading JSON ------------------------------------------------------------------------------------------------ */

/* Where reading stands. The first failure is kept and ends everything: functions return 0. */
typedef struct loyi_model_reader {
  const char *text;
  size_t length, at;
  loy_status status;
  size_t fault;
  const char *message;
} loyi_model_reader;

LOYI_LOCAL int loyi_model_fail(loyi_model_reader *reader, loy_status status, size_t at, const char *message) {
  reader->status = status;
  reader->fault = at;
  reader->message = message;
  return 0;
}

LOYI_LOCAL int loyi_model_wrong(loyi_model_reader *reader, const char *message) {
  return loyi_model_fail(reader, LOY_ERR_FORMAT, reader->at, message);
}

/* The next byte that is not blank, or 0 at the end; it is not taken. */
LOYI_LOCAL char loyi_model_peek(loyi_model_reader *reader) {
  while (reader->at < reader->length) {
    char c = reader->text[reader->at];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return c;
    reader->at++;
  }
  return 0;
}

LOYI_LOCAL int loyi_model_take(loyi_model_reader *reader, char c) {
  if (loyi_model_peek(reader) != c || reader->at == reader->length) return 0;
  reader->at++;
  return 1;
}

LOYI_LOCAL int loyi_model_hex4(const char *text, unsigned *value) {
  *value = 0;
  for (int i = 0; i < 4; i++) {
    char c = text[i];
    unsigned digit;
    if (c >= '0' && c <= '9')
      digit = (unsigned)(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = (unsigned)(c - 'a') + 10u;
    else if (c >= 'A' && c <= 'F')
      digit = (unsigned)(c - 'A') + 10u;
    else
      return 0;
    *value = *value << 4 | digit;
  }
  return 1;
}

/* The character behind a backslash, taken; 1 for one that no name here contains. -1 when it is no escape of JSON. */
LOYI_LOCAL int loyi_model_escape(loyi_model_reader *reader) {
  unsigned code;
  if (reader->at == reader->length) return -1;
  switch (reader->text[reader->at++]) {
  case '"': return '"';
  case '\\': return '\\';
  case '/': return '/';
  case 'b':
  case 'f':
  case 'n':
  case 'r':
  case 't': return 1;
  case 'u':
    if (reader->length - reader->at < 4 || !loyi_model_hex4(reader->text + reader->at, &code)) return -1;
    reader->at += 4;
    return code >= 0x20 && code < 0x7f ? (int)code : 1;
  default: return -1;
  }
}

/* A string, decoded as far as it fits into `name` (closed by a zero): what is longer, or holds anything but printable
 * ASCII, can equal no name that the format knows. */
enum { LOYI_MODEL_NAME = 40 };
LOYI_LOCAL int loyi_model_string(loyi_model_reader *reader, char *name) {
  size_t used = 0;
  if (!loyi_model_take(reader, '"')) return loyi_model_wrong(reader, "must be a string here");
  while (reader->at < reader->length) {
    char c = reader->text[reader->at];
    int code = (unsigned char)c;
    if (c == '"') {
      reader->at++;
      name[used] = 0;
      return 1;
    }
    if ((unsigned char)c < 0x20) return loyi_model_wrong(reader, "has a control character in a string");
    reader->at++;
    if (c == '\\') {
      size_t start = reader->at - 1;
      code = loyi_model_escape(reader);
      if (code < 0) return loyi_model_fail(reader, LOY_ERR_FORMAT, start, "has a bad escape in a string");
    }
    /* The last place holds a byte that stands for "too long". */
    if (used < LOYI_MODEL_NAME - 2) {
      name[used++] = (char)code;
    } else if (used == LOYI_MODEL_NAME - 2) {
      name[used++] = 1;
    }
  }
  return loyi_model_wrong(reader, "ends inside a string");
}

LOYI_LOCAL size_t loyi_model_count_digits(const loyi_model_reader *reader, size_t at) {
  size_t count = 0;
  while (at + count < reader->length && reader->text[at + count] >= '0' && reader->text[at + count] <= '9') count++;
  return count;
}

/* A number by the grammar of JSON. */
LOYI_LOCAL int loyi_model_number_token(loyi_model_reader *reader, const char **token, size_t *length) {
  size_t start, at, digits;
  (void)loyi_model_peek(reader);
  start = at = reader->at;
  if (at < reader->length && reader->text[at] == '-') at++;
  digits = loyi_model_count_digits(reader, at);
  if (digits == 0 || (digits > 1 && reader->text[at] == '0'))
    return loyi_model_wrong(reader, "must be a value of JSON here");
  at += digits;
  if (at < reader->length && reader->text[at] == '.') {
    digits = loyi_model_count_digits(reader, ++at);
    if (digits == 0) return loyi_model_wrong(reader, "must be a number of JSON here");
    at += digits;
  }
  if (at < reader->length && (reader->text[at] == 'e' || reader->text[at] == 'E')) {
    at++;
    if (at < reader->length && (reader->text[at] == '+' || reader->text[at] == '-')) at++;
    digits = loyi_model_count_digits(reader, at);
    if (digits == 0) return loyi_model_wrong(reader, "must be a number of JSON here");
    at += digits;
  }
  *token = reader->text + start;
  *length = at - start;
  reader->at = at;
  return 1;
}

LOYI_LOCAL int loyi_model_word(loyi_model_reader *reader, const char *word) {
  size_t length = strlen(word);
  (void)loyi_model_peek(reader);
  if (reader->length - reader->at < length || memcmp(reader->text + reader->at, word, length) != 0) return 0;
  reader->at += length;
  return 1;
}

/* Whatever is neither an array nor an object. */
LOYI_LOCAL int loyi_model_skip_plain(loyi_model_reader *reader) {
  char name[LOYI_MODEL_NAME];
  const char *token;
  size_t length;
  if (loyi_model_peek(reader) == '"') return loyi_model_string(reader, name);
  if (loyi_model_word(reader, "true") || loyi_model_word(reader, "false") || loyi_model_word(reader, "null")) return 1;
  return loyi_model_number_token(reader, &token, &length);
}

/* A key and its colon. */
LOYI_LOCAL int loyi_model_key(loyi_model_reader *reader, char *name) {
  if (!loyi_model_string(reader, name)) return 0;
  return loyi_model_take(reader, ':') || loyi_model_wrong(reader, "must be a colon here");
}

/* Any value, checked for grammar. `open` remembers for each level whether it is an object. */
LOYI_LOCAL int loyi_model_skip(loyi_model_reader *reader) {
  char name[LOYI_MODEL_NAME];
  uint64_t open = 0;
  int depth = 0;
  for (;;) {
    int object = loyi_model_peek(reader) == '{';
    if (object || loyi_model_peek(reader) == '[') {
      if (depth == LOYI_MODEL_DEPTH) return loyi_model_wrong(reader, "nests too deeply");
      reader->at++;
      open = open << 1 | (uint64_t)object;
      depth++;
      if (loyi_model_peek(reader) != (object ? '}' : ']')) {
        if (object && !loyi_model_key(reader, name)) return 0;
        continue;
      }
    } else if (!loyi_model_skip_plain(reader)) {
      return 0;
    }
    /* Behind a value, or before the end of an empty container: close what ends here. */
    while (depth > 0 && loyi_model_take(reader, open & 1 ? '}' : ']')) {
      open >>= 1;
      depth--;
    }
    if (depth == 0) return 1;
    if (!loyi_model_take(reader, ',')) return loyi_model_wrong(reader, "must be a comma or a closing bracket here");
    if (open & 1 && !loyi_model_key(reader, name)) return 0;
  }
}

/* Walk through an object, check its grammar, and note in `where` at which byte the value of each of `count` known keys
 * begins (LOY_NO_INDEX: not there). Known keys must not repeat; others are skipped unless `strict`. */
LOYI_LOCAL int loyi_model_object(loyi_model_reader *reader, const char *const *keys, size_t count, int strict,
                                 size_t *where) {
  char name[LOYI_MODEL_NAME];
  for (size_t k = 0; k < count; k++) where[k] = LOY_NO_INDEX;
  if (!loyi_model_take(reader, '{')) return loyi_model_wrong(reader, "must be an object here");
  if (loyi_model_take(reader, '}')) return 1;
  do {
    size_t start, k = 0;
    (void)loyi_model_peek(reader);
    start = reader->at;
    if (!loyi_model_key(reader, name)) return 0;
    while (k < count && strcmp(keys[k], name) != 0) k++;
    if (k == count && strict)
      return loyi_model_fail(reader, LOY_ERR_FORMAT, start, "has a key that does not belong here");
    if (k < count) {
      if (where[k] != LOY_NO_INDEX) return loyi_model_fail(reader, LOY_ERR_FORMAT, start, "has a key twice");
      (void)loyi_model_peek(reader);
      where[k] = reader->at;
    }
    if (!loyi_model_skip(reader)) return 0;
  } while (loyi_model_take(reader, ','));
  return loyi_model_take(reader, '}') || loyi_model_wrong(reader, "must be a comma or a closing brace here");
}

/* --- reading a model --------------------------------------------------------------------------------------------- */

/* A number written twice, standing at byte `at`. */
LOYI_LOCAL int loyi_model_number(loyi_model_reader *reader, size_t at, double *value) {
  static const char *const keys[2] = {"decimal", "hex"};
  char text[LOYI_MODEL_NAME];
  const char *token = text;
  size_t where[2], length;
  double decimal;
  reader->at = at;
  if (!loyi_model_object(reader, keys, 2, 0, where)) return 0;
  if (where[0] == LOY_NO_INDEX || where[1] == LOY_NO_INDEX)
    return loyi_model_fail(reader, LOY_ERR_FORMAT, at, "must have both a decimal and a hex form");
  reader->at = where[1];
  if (!loyi_model_string(reader, text)) return 0;
  if (!loyi_number_read_hex(text, strlen(text), value))
    return loyi_model_fail(reader, LOY_ERR_FORMAT, where[1],
                           "must be a hexadecimal number that a double holds exactly");
  reader->at = where[0];
  if (loyi_model_peek(reader) == '"') {
    if (!loyi_model_string(reader, text)) return 0;
    length = strlen(text);
  } else if (!loyi_model_number_token(reader, &token, &length)) {
    return 0;
  }
  if (!loyi_number_read_decimal(token, length, &decimal))
    return loyi_model_fail(reader, LOY_ERR_FORMAT, where[0], "must be a decimal number");
  /* At the very ends of the range of doubles the quick decimal reading may over- or underflow. */
  if (!(isnan(decimal) && isnan(*value)) && !(decimal == *value) && !(fabs(decimal - *value) <= 1e-12 * fabs(*value)) &&
      !(copysign(1.0, decimal) == copysign(1.0, *value) &&
        ((fabs(*value) > 1.797e308 && fabs(decimal) > 1.797e308) || (fabs(*value) < 1e-307 && fabs(decimal) < 1e-307))))
    return loyi_model_fail(reader, LOY_ERR_FORMAT, where[0], "the decimal and the hex form disagree; change both");
  return 1;
}

/* The value at byte `at` is absent or null. */
LOYI_LOCAL int loyi_model_absent(loyi_model_reader *reader, size_t at) {
  if (at == LOY_NO_INDEX) return 1;
  reader->at = at;
  return loyi_model_word(reader, "null");
}

LOYI_LOCAL int loyi_model_read_optional(loyi_model_reader *reader, size_t at, double *value) {
  *value = NAN;
  return loyi_model_absent(reader, at) || loyi_model_number(reader, at, value);
}

LOYI_LOCAL int loyi_model_read_kind(loyi_model_reader *reader, size_t at, loy_model *model) {
  char name[LOYI_MODEL_NAME];
  reader->at = at;
  if (!loyi_model_string(reader, name)) return 0;
  for (int kind = 1; kind <= LOYI_MODEL_KINDS; kind++) {
    if (!loyi_model_shape_of(kind)) continue;
    if (strcmp(name, loy_model_name(kind)) == 0) {
      loy_model_init(model, kind);
      return 1;
    }
  }
  return loyi_model_fail(reader, LOY_ERR_VERSION, at, "names a model that this library does not know");
}

LOYI_LOCAL int loyi_model_read_unit(loyi_model_reader *reader, size_t at, loy_model *model) {
  char name[LOYI_MODEL_NAME];
  if (loyi_model_absent(reader, at)) return 1;
  reader->at = at;
  if (!loyi_model_string(reader, name)) return 0;
  for (int unit = 0; loyi_model_unit_name(unit); unit++) {
    if (strcmp(name, loyi_model_unit_name(unit)) == 0) {
      model->time_unit = unit;
      return 1;
    }
  }
  return loyi_model_fail(reader, LOY_ERR_FORMAT, at, "must be null or one of h, D, W, M, Y");
}

LOYI_LOCAL int loyi_model_read_status(loyi_model_reader *reader, size_t at, loy_model *model) {
  char name[LOYI_MODEL_NAME];
  if (loyi_model_absent(reader, at)) return 1;
  reader->at = at;
  if (!loyi_model_string(reader, name)) return 0;
  for (int status = 0; status < (int)LOY_ERR_ARGUMENT; status++) {
    if (loyi_model_status_ok(status) && strcmp(name, loy_status_name((loy_status)status)) == 0) {
      model->status = status;
      return 1;
    }
  }
  return loyi_model_fail(reader, LOY_ERR_FORMAT, at, "must be OK or the name of a notice");
}

LOYI_LOCAL int loyi_model_read_parameters(loyi_model_reader *reader, size_t at, loy_model *model) {
  const loyi_model_shape *shape = loyi_model_shape_of(model->kind);
  size_t where[LOY_MODEL_PARAMETERS_MOST];
  reader->at = at;
  if (!loyi_model_object(reader, shape->parameters, shape->count, 1, where)) return 0;
  for (size_t i = 0; i < shape->count; i++) {
    if (where[i] == LOY_NO_INDEX) return loyi_model_fail(reader, LOY_ERR_FORMAT, at, "lacks a parameter of its model");
    if (!loyi_model_number(reader, where[i], &model->parameters[i])) return 0;
    if (!(model->parameters[i] > 0.0) || !isfinite(model->parameters[i]))
      return loyi_model_fail(reader, LOY_ERR_DOMAIN, where[i], "must be finite and greater than 0");
  }
  return 1;
}

/* The start of each of exactly `count` elements of the array at byte `at`. */
LOYI_LOCAL int loyi_model_elements(loyi_model_reader *reader, size_t at, size_t count, size_t *where) {
  reader->at = at;
  if (!loyi_model_take(reader, '[')) return loyi_model_wrong(reader, "must be an array here");
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && !loyi_model_take(reader, ','))
      return loyi_model_wrong(reader, "must have a row and a column for each parameter");
    (void)loyi_model_peek(reader);
    where[i] = reader->at;
    if (!loyi_model_skip(reader)) return 0;
  }
  return loyi_model_take(reader, ']') || loyi_model_wrong(reader, "must have a row and a column for each parameter");
}

LOYI_LOCAL int loyi_model_read_covariance(loyi_model_reader *reader, size_t at, loy_model *model) {
  size_t rows[LOY_MODEL_PARAMETERS_MOST], cells[LOY_MODEL_PARAMETERS_MOST];
  size_t n = loy_model_parameter_count(model->kind);
  if (loyi_model_absent(reader, at)) return 1;
  if (!loyi_model_elements(reader, at, n, rows)) return 0;
  for (size_t i = 0; i < n; i++) {
    if (!loyi_model_elements(reader, rows[i], n, cells)) return 0;
    for (size_t j = 0; j < n; j++)
      if (!loyi_model_number(reader, cells[j], &model->covariance[i * n + j])) return 0;
  }
  model->has_covariance = 1;
  return 1;
}

/* The model at the reader's place, which is moved behind it. */
LOYI_LOCAL int loyi_model_read_model(loyi_model_reader *reader, loy_model *model) {
  static const char *const keys[7] = {"model",          "time_unit", "parameters", "covariance",
                                      "log_likelihood", "customers", "status"};
  size_t where[7], start, end;
  (void)loyi_model_peek(reader);
  start = reader->at;
  if (!loyi_model_object(reader, keys, 7, 0, where)) return 0;
  end = reader->at;
  if (where[0] == LOY_NO_INDEX || where[2] == LOY_NO_INDEX)
    return loyi_model_fail(reader, LOY_ERR_FORMAT, start, "must have a model and its parameters");
  if (!loyi_model_read_kind(reader, where[0], model) || !loyi_model_read_unit(reader, where[1], model) ||
      !loyi_model_read_parameters(reader, where[2], model) || !loyi_model_read_covariance(reader, where[3], model) ||
      !loyi_model_read_optional(reader, where[4], &model->log_likelihood) ||
      !loyi_model_read_optional(reader, where[5], &model->customers) ||
      !loyi_model_read_status(reader, where[6], model))
    return 0;
  reader->at = end;
  return 1;
}

/* "format" and "version" must be what this library writes. */
LOYI_LOCAL int loyi_model_read_head(loyi_model_reader *reader, const size_t *where) {
  char name[LOYI_MODEL_NAME];
  const char *token;
  size_t length;
  if (where[0] == LOY_NO_INDEX || where[1] == LOY_NO_INDEX || where[2] == LOY_NO_INDEX)
    return loyi_model_fail(reader, LOY_ERR_FORMAT, 0, "must have a format, a version and models");
  reader->at = where[0];
  if (!loyi_model_string(reader, name)) return 0;
  if (strcmp(name, "loyalty-model") != 0)
    return loyi_model_fail(reader, LOY_ERR_FORMAT, where[0], "must be a file of format loyalty-model");
  reader->at = where[1];
  if (!loyi_model_number_token(reader, &token, &length)) return 0;
  if (length != 1 || *token != '1')
    return loyi_model_fail(reader, LOY_ERR_VERSION, where[1], "is of a version that this library does not read");
  return 1;
}

/* The whole text; each model goes to `models` when that is not NULL. */
LOYI_LOCAL int loyi_model_read_file(loyi_model_reader *reader, loy_model *models, size_t *count) {
  static const char *const keys[3] = {"format", "version", "models"};
  size_t where[3];
  loy_model scratch;
  reader->at = 0;
  *count = 0;
  if (!loyi_model_object(reader, keys, 3, 0, where)) return 0;
  (void)loyi_model_peek(reader);
  if (reader->at < reader->length) return loyi_model_wrong(reader, "has something behind its end");
  if (!loyi_model_read_head(reader, where)) return 0;
  reader->at = where[2];
  if (!loyi_model_take(reader, '[')) return loyi_model_wrong(reader, "must be an array here");
  if (loyi_model_take(reader, ']')) return 1;
  do {
    if (!loyi_model_read_model(reader, models ? &models[*count] : &scratch)) return 0;
    (*count)++;
  } while (loyi_model_take(reader, ','));
  return 1;
}

LOYALTY_API loy_status loy_model_read(const char *text, size_t length, loy_model *models, size_t capacity,
                                      size_t *count, loy_error *error) {
  loyi_model_reader reader = {NULL, 0, 0, LOY_OK, 0, NULL};
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

#endif /* LOYALTY_BTYD_MODEL_FILE_INL_H */
