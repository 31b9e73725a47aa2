/* Any bytes as a model file: an error or models, and models that are written again read back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "loyalty/btyd/model_file.h"

enum { MODELS = 8, ROOM = 65536 };

static int same(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static loy_model models[MODELS], again[MODELS];
  static char text[ROOM];
  size_t count = 0, found = 0, length = 0, second = 0;
  loy_error error;
  loy_status status = loy_model_read((const char *)data, size, models, MODELS, &count, &error);
  if (loy_status_is_error(status)) {
    if (error.status != status || !error.argument || !error.message) abort();
    if (status != LOY_ERR_BUFFER && error.index > size) abort();
    return 0;
  }
  if (loy_model_read((const char *)data, size, NULL, 0, &found, &error) != LOY_OK || found != count) abort();
  if (loy_model_write(models, count, text, ROOM, &length, &error) != LOY_OK) abort();
  if (loy_model_write(models, count, NULL, 0, &second, &error) != LOY_OK || second != length) abort();
  if (loy_model_read(text, length, again, MODELS, &found, &error) != LOY_OK || found != count) abort();
  for (size_t i = 0; i < count; i++) {
    size_t n = loy_model_parameter_count(models[i].kind);
    if (models[i].kind != again[i].kind || models[i].time_unit != again[i].time_unit ||
        models[i].status != again[i].status || models[i].has_covariance != again[i].has_covariance ||
        !same(models[i].log_likelihood, again[i].log_likelihood) || !same(models[i].customers, again[i].customers))
      abort();
    for (size_t k = 0; k < n; k++)
      if (!same(models[i].parameters[k], again[i].parameters[k])) abort();
    for (size_t k = 0; models[i].has_covariance && k < n * n; k++)
      if (!same(models[i].covariance[k], again[i].covariance[k])) abort();
  }
  return 0;
}
