/* covariate_file-inl.h: body of covariate_file.h, over the reader and the writer of model_file.h. */
#ifndef LOYALTY_BTYD_COVARIATE_FILE_INL_H
#define LOYALTY_BTYD_COVARIATE_FILE_INL_H

#include "covariate_file.h"

#include <math.h>
#include <string.h>

#include "covariates-inl.h"
#include "model_file-inl.h"

LOY_BEGIN_DECLS

#define LOYI_COVARIATE_SUFFIX "_covariates"

LOYI_ASSERT_STATIC((int)LOYI_MODEL_ORDER >= (int)LOY_COVARIATE_ESTIMATES_MOST, "room to read a covariance");
LOYI_ASSERT_STATIC((int)LOY_COVARIATE_NAME <= (int)LOYI_JSON_NAME - 2, "the reader keeps a name whole");

LOYI_LOCAL int loyi_covariate_name_good(const char *name) {
  size_t length = 0;
  for (; length < LOY_COVARIATE_NAME && name[length]; length++)
    if (name[length] < 0x20 || name[length] > 0x7e || name[length] == '"' || name[length] == '\\') return 0;
  return length > 0 && length < LOY_COVARIATE_NAME;
}

LOYI_LOCAL void loyi_covariate_put(loyi_model_sink *sink, const loy_covariate_model *model,
                                   const loy_covariate_names *names) {
  size_t q = model->transactions + model->dropouts;
  loyi_model_put(sink, "{\n  \"format\": \"loyalty-model\",\n  \"version\": 1,\n  \"models\": [\n");
  loyi_model_put_begin(sink, &model->base, LOYI_COVARIATE_SUFFIX);
  loyi_model_put(sink, ",\n      \"covariates\": [");
  for (size_t j = 0; j < q; j++) {
    int dropout = j >= model->transactions, same = dropout ? model->same[j - model->transactions] : -1;
    char place[2];
    loyi_model_put(sink, j ? ",\n        " : "\n        ");
    loyi_model_put(sink,
                   dropout ? "{\"process\": \"dropout\", \"name\": \"" : "{\"process\": \"transaction\", \"name\": \"");
    loyi_model_put(sink, names->name[j]);
    loyi_model_put(sink, "\", \"same\": ");
    place[0] = (char)('0' + same / 10);
    place[1] = (char)('0' + same % 10);
    if (same < 0)
      loyi_model_put(sink, "null");
    else
      loyi_model_put_bytes(sink, same < 10 ? place + 1 : place, same < 10 ? 1 : 2);
    loyi_model_put(sink, ", \"coefficient\": ");
    loyi_model_put_number(sink, model->coefficients[j]);
    loyi_model_put(sink, "}");
  }
  loyi_model_put(sink, q ? "\n      ]" : "]");
  loyi_model_put_end(sink, &model->base, model->covariance, loy_model_parameter_count(model->base.kind) + q);
  loyi_model_put(sink, "\n  ]\n}\n");
}

LOYALTY_API loy_status loy_covariate_model_write(const loy_covariate_model *model, const loy_covariate_names *names,
                                                 char *text, size_t capacity, size_t *length, loy_error *error) {
  loyi_model_sink sink = {NULL, 0};
  loy_status status;
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  if (!names) return loyi_report(error, LOY_ERR_ARGUMENT, "names", LOY_NO_INDEX, "must not be NULL");
  if (!text && capacity > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX, "must not be NULL");
  if (!length) return loyi_report(error, LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX, "must not be NULL");
  status = loy_covariate_model_check(model, error);
  if (status == LOY_OK) status = loyi_model_check(&model->base, LOY_NO_INDEX, error);
  if (status != LOY_OK) return status;
  for (size_t j = 0; j < model->transactions + model->dropouts; j++)
    if (!loyi_covariate_name_good(names->name[j]))
      return loyi_report(error, LOY_ERR_ARGUMENT, "names", j,
                         "must be 1 to 37 printable characters of ASCII without quotes and backslashes, to be written");
  loyi_covariate_put(&sink, model, names);
  *length = sink.length;
  if (text && sink.length > capacity)
    return loyi_report(error, LOY_ERR_BUFFER, "text", LOY_NO_INDEX, "has too little room");
  if (text) {
    sink.text = text;
    sink.length = 0;
    loyi_covariate_put(&sink, model, names);
  }
  return loyi_ok(error);
}

/* The kind, from its name with the suffix. */
LOYI_LOCAL int loyi_covariate_read_kind(loyi_json *reader, size_t at, int *kind) {
  char name[LOYI_JSON_NAME];
  reader->at = at;
  if (!loyi_json_string(reader, name)) return 0;
  for (*kind = 1; *kind <= LOYI_MODEL_KINDS; ++*kind) {
    const char *known = loy_model_name(*kind);
    size_t length = known ? strlen(known) : 0;
    if (known && strncmp(name, known, length) == 0 && strcmp(name + length, LOYI_COVARIATE_SUFFIX) == 0 &&
        loyi_covariate_counts_check(*kind, 0, 0, NULL) == LOY_OK)
      return 1;
  }
  return loyi_json_fail(reader, LOY_ERR_VERSION, at, "names no model with covariates that this library knows");
}

/* One covariate, of the object at the reader's place. */
LOYI_LOCAL int loyi_covariate_read_one(loyi_json *reader, loy_covariate_model *model, loy_covariate_names *names) {
  static const char *const keys[4] = {"process", "name", "same", "coefficient"};
  char text[LOYI_JSON_NAME];
  const char *token;
  size_t where[4], j = model->transactions + model->dropouts, start, end, length;
  int dropout;
  (void)loyi_json_peek(reader);
  start = reader->at;
  if (!loyi_json_object(reader, keys, 4, 0, where)) return 0;
  end = reader->at;
  if (where[0] == LOY_NO_INDEX || where[1] == LOY_NO_INDEX || where[3] == LOY_NO_INDEX)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "must have a process, a name and a coefficient");
  if (j == LOY_COVARIATES_MOST) return loyi_json_fail(reader, LOY_ERR_DOMAIN, start, "must be at most 24 covariates");
  reader->at = where[0];
  if (!loyi_json_string(reader, text)) return 0;
  dropout = strcmp(text, "dropout") == 0;
  if (!dropout && (strcmp(text, "transaction") != 0 || model->dropouts > 0))
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[0], "must be transaction, and behind all of those dropout");
  reader->at = where[1];
  if (!loyi_json_string(reader, text)) return 0;
  if (!loyi_covariate_name_good(text))
    return loyi_json_fail(reader, LOY_ERR_FORMAT, where[1], "must be 1 to 37 printable characters of ASCII");
  memcpy(names->name[j], text, LOY_COVARIATE_NAME);
  if (dropout && !loyi_model_absent(reader, where[2])) {
    int same = 0;
    reader->at = where[2];
    if (!loyi_json_number_token(reader, &token, &length)) return 0;
    for (size_t i = 0; i < length; i++)
      same = token[i] >= '0' && token[i] <= '9' && same < 100 ? 10 * same + (token[i] - '0') : 1000;
    if ((size_t)same >= model->transactions)
      return loyi_json_fail(reader, LOY_ERR_DOMAIN, where[2], "must be the place of a transaction covariate, or null");
    model->same[model->dropouts] = same;
  }
  if (!loyi_model_number(reader, where[3], &model->coefficients[j])) return 0;
  if (!isfinite(model->coefficients[j]) ||
      (dropout && model->same[model->dropouts] >= 0 &&
       model->coefficients[model->same[model->dropouts]] != model->coefficients[j]))
    return loyi_json_fail(reader, LOY_ERR_DOMAIN, where[3], "must be finite, and the same where it says so");
  *(dropout ? &model->dropouts : &model->transactions) += 1;
  reader->at = end;
  return 1;
}

LOYI_LOCAL int loyi_covariate_read_list(loyi_json *reader, size_t at, loy_covariate_model *model,
                                        loy_covariate_names *names) {
  reader->at = at;
  if (!loyi_json_take(reader, '[')) return loyi_json_wrong(reader, "must be an array here");
  if (loyi_json_take(reader, ']')) return 1;
  do {
    if (!loyi_covariate_read_one(reader, model, names)) return 0;
  } while (loyi_json_take(reader, ','));
  if (model->base.kind == LOY_MODEL_NBD && model->dropouts > 0)
    return loyi_json_fail(reader, LOY_ERR_DOMAIN, at, "must have no dropout covariate: by NBD nobody stops");
  return loyi_json_take(reader, ']') || loyi_json_wrong(reader, "must be a comma or a closing bracket here");
}

/* The model at the reader's place. */
LOYI_LOCAL int loyi_covariate_read_model(loyi_json *reader, loy_covariate_model *model, loy_covariate_names *names) {
  static const char *const keys[9] = {"model",     "time_unit", "parameters", "covariance", "log_likelihood",
                                      "customers", "status",    "penalty",    "covariates"};
  size_t where[9], start, end, m, q;
  int kind;
  (void)loyi_json_peek(reader);
  start = reader->at;
  if (!loyi_json_object(reader, keys, 9, 0, where)) return 0;
  end = reader->at;
  if (where[0] == LOY_NO_INDEX || where[2] == LOY_NO_INDEX)
    return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "must have a model and its parameters");
  if (!loyi_covariate_read_kind(reader, where[0], &kind)) return 0;
  if (where[8] == LOY_NO_INDEX) return loyi_json_fail(reader, LOY_ERR_FORMAT, start, "must have covariates");
  loy_covariate_model_init(model, kind, 0, 0);
  if (!loyi_model_read_unit(reader, where[1], &model->base) ||
      !loyi_model_read_parameters(reader, where[2], &model->base) ||
      !loyi_covariate_read_list(reader, where[8], model, names))
    return 0;
  m = loy_model_parameter_count(kind);
  q = model->transactions + model->dropouts;
  if (!loyi_model_read_matrix(reader, where[3], m + q, model->covariance, &model->base.has_covariance) ||
      !loyi_model_read_optional(reader, where[4], &model->base.log_likelihood) ||
      !loyi_model_read_optional(reader, where[5], &model->base.customers) ||
      !loyi_model_read_status(reader, where[6], &model->base) ||
      !loyi_model_read_penalty(reader, where[7], &model->base))
    return 0;
  for (size_t i = 0; model->base.has_covariance && i < m; i++)
    for (size_t j = 0; j < m; j++) model->base.covariance[m * i + j] = model->covariance[(m + q) * i + j];
  reader->at = end;
  return 1;
}

LOYI_LOCAL int loyi_covariate_read_file(loyi_json *reader, loy_covariate_model *model, loy_covariate_names *names) {
  static const char *const keys[3] = {"format", "version", "models"};
  size_t where[3];
  if (!loyi_json_object(reader, keys, 3, 0, where)) return 0;
  (void)loyi_json_peek(reader);
  if (reader->at < reader->length) return loyi_json_wrong(reader, "has something behind its end");
  if (!loyi_model_read_head(reader, where)) return 0;
  reader->at = where[2];
  if (!loyi_json_take(reader, '[')) return loyi_json_wrong(reader, "must be an array here");
  if (!loyi_covariate_read_model(reader, model, names)) return 0;
  return loyi_json_take(reader, ']') || loyi_json_wrong(reader, "must hold one model, as it has covariates");
}

LOYALTY_API loy_status loy_covariate_model_read(const char *text, size_t length, loy_covariate_model *model,
                                                loy_covariate_names *names, loy_error *error) {
  loyi_json reader = {NULL, 0, 0, LOY_OK, 0, NULL};
  loy_covariate_model found;
  loy_covariate_names called;
  if (!text && length > 0) return loyi_report(error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX, "must not be NULL");
  if (!model) return loyi_report(error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX, "must not be NULL");
  if (length > LOYI_MODEL_TEXT_MOST)
    return loyi_report(error, LOY_ERR_FORMAT, "text", LOYI_MODEL_TEXT_MOST, "must not be longer than 16 MiB");
  reader.text = text;
  reader.length = length;
  memset(&called, 0, sizeof called);
  if (!loyi_covariate_read_file(&reader, &found, &called))
    return loyi_report(error, reader.status, "text", reader.fault, reader.message);
  *model = found;
  if (names) *names = called;
  return loyi_ok(error);
}

#undef LOYI_COVARIATE_SUFFIX

LOY_END_DECLS

#endif /* LOYALTY_BTYD_COVARIATE_FILE_INL_H */
