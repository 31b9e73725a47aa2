/* fuzz_model_file.c: any bytes as a model file, or, after a first byte below 8, which begins no JSON, as models of
 * every kind. Either gives an error or models, and models that are written read back the same. */
#include "fuzz_input.h"
#include "loyalty/btyd/model_file.h"

enum { MODELS = 8, ROOM = 65536 };

static int same_model(const loy_model *a, const loy_model *b) {
  const size_t n = loy_model_parameter_count(a->kind);
  int equal = a->kind == b->kind && a->time_unit == b->time_unit && a->status == b->status &&
              a->has_covariance == b->has_covariance && same(a->log_likelihood, b->log_likelihood) &&
              same(a->customers, b->customers) && same(a->penalty, b->penalty);
  for (size_t k = 0; k < n; k++) equal &= same(a->parameters[k], b->parameters[k]);
  for (size_t k = 0; a->has_covariance && k < n * n; k++) equal &= same(a->covariance[k], b->covariance[k]);
  return equal;
}

/* Models of bytes, written and read. */
static void fuzz_write(const uint8_t *data, size_t size) {
  static loy_model models[MODELS], again[MODELS];
  static char text[ROOM];
  input in = {data, size, 0};
  const unsigned first = take(&in);
  int kinds = 0;
  size_t count, length = 77, needed = 77, found = 0;
  loy_error error;
  in.hostile = first % 2 == 1;
  count = take(&in) % (MODELS + 1);
  while (loy_model_name(kinds + 1)) kinds++;
  for (size_t i = 0; i < count; i++) {
    loy_model *model = &models[i];
    loy_model_init(model, 1 + take_choice(&in, kinds));
    model->time_unit = take_choice(&in, 6) - 1;
    model->status = take_choice(&in, 11);
    model->has_covariance = take_choice(&in, 2);
    for (size_t k = 0; k < LOY_MODEL_PARAMETERS_MOST; k++)
      model->parameters[k] = take(&in) % 8 ? take_quantity(&in) + DBL_MIN : fabs(take_raw(&in));
    for (size_t k = 0; k < sizeof model->covariance / sizeof(double); k++)
      model->covariance[k] = take(&in) % 4 ? take_number(&in, -2.0, 2.0) : take_raw(&in);
    if (take(&in) % 4) model->log_likelihood = take_raw(&in);
    if (take(&in) % 4) model->customers = take_quantity(&in);
    if (take(&in) % 2) model->penalty = take_quantity(&in);
  }
  fill(text, sizeof text);
  if (!answered(loy_model_write(models, count, NULL, 0, &needed, &error), &error)) {
    require(needed == 77 && error.status != LOY_ERR_BUFFER);
    return;
  }
  require(needed < sizeof text);
  if (needed > 1) require(loy_model_write(models, count, text, needed - 1, &length, &error) == LOY_ERR_BUFFER);
  require(length == needed && untouched(text, sizeof text));
  require(loy_model_write(models, count, text, needed, &length, &error) == LOY_OK && length == needed);
  require(untouched(text + needed, sizeof text - needed));
  require(loy_model_read(text, length, again, MODELS, &found, &error) == LOY_OK && found == count);
  for (size_t i = 0; i < count; i++) require(same_model(&models[i], &again[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static loy_model models[MODELS], again[MODELS];
  static char text[ROOM];
  size_t count = 0, found = 0, length = 0, second = 0;
  loy_error error;
  loy_status status;
  if (size > 0 && data[0] < 8) {
    fuzz_write(data, size);
    return 0;
  }
  status = loy_model_read((const char *)data, size, models, MODELS, &count, &error);
  if (loy_status_is_error(status)) {
    if (error.status != status || !error.argument || !error.message) abort();
    if (status != LOY_ERR_BUFFER && error.index > size) abort();
    return 0;
  }
  if (loy_model_read((const char *)data, size, NULL, 0, &found, &error) != LOY_OK || found != count) abort();
  if (loy_model_write(models, count, text, ROOM, &length, &error) != LOY_OK) abort();
  if (loy_model_write(models, count, NULL, 0, &second, &error) != LOY_OK || second != length) abort();
  if (loy_model_read(text, length, again, MODELS, &found, &error) != LOY_OK || found != count) abort();
  for (size_t i = 0; i < count; i++) require(same_model(&models[i], &again[i]));
  return 0;
}
