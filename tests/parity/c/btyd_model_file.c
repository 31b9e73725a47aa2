/* btyd_model_file.c: the model file's side of the parity cases. */
#include "loyalty/btyd/model_file.h"

#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "parity.h"

enum { MOST = 8 };

static void model_row(parity_case *c) { parity_give_int(c, MODEL_ROW); }

static void model_name(parity_case *c) { parity_give_text(c, loy_model_name((int)parity_int(c))); }

static void model_parameter_count(parity_case *c) {
  parity_give_int(c, (int64_t)loy_model_parameter_count((int)parity_int(c)));
}

static void model_parameter_name(parity_case *c) {
  const int kind = (int)parity_int(c);
  parity_give_text(c, loy_model_parameter_name(kind, (size_t)parity_int(c)));
}

static void write_models(parity_case *c, int penalized) {
  size_t n, given = 0, length = 0;
  const double *rows = parity_column(c, &n), *penalty = penalized ? parity_column(c, &given) : NULL;
  loy_model models[MOST];
  char *text;
  loy_error e;
  if (n % MODEL_ROW != 0 || n / MODEL_ROW > MOST || (penalty && given != n / MODEL_ROW)) abort();
  for (size_t i = 0; i < n / MODEL_ROW; i++) {
    model_from_row(rows + i * MODEL_ROW, &models[i]);
    if (penalty) models[i].penalty = penalty[i];
  }
  loy_model_write(models, n / MODEL_ROW, NULL, 0, &length, &e);
  if (parity_failed(c, &e)) return;
  text = (char *)malloc(length);
  if (!text) abort();
  loy_model_write(models, n / MODEL_ROW, text, length, &length, &e);
  if (!parity_failed(c, &e)) parity_give_bytes(c, text, length);
  free(text);
}

static void model_write(parity_case *c) { write_models(c, 0); }

static void model_write_penalized(parity_case *c) { write_models(c, 1); }

static void model_count(parity_case *c) {
  size_t size, count = 0;
  const char *text = (const char *)parity_bytes(c, &size);
  loy_error e;
  loy_model_read(text, size, NULL, 0, &count, &e);
  if (parity_failed(c, &e)) return;
  parity_give_int(c, (int64_t)count);
}

static void read_models(parity_case *c, int penalized) {
  size_t size, n, wanted = 0, count = 0;
  const char *text = (const char *)parity_bytes(c, &size);
  double *rows = parity_out(c, &n), *penalty = penalized ? parity_out(c, &wanted) : NULL;
  loy_model models[MOST];
  loy_error e;
  loy_model_read(text, size, models, MOST, &count, &e);
  if (parity_failed(c, &e) || parity_lengths(c, "rows", n, count * MODEL_ROW)) return;
  for (size_t i = 0; i < count; i++) {
    double *row = rows + i * MODEL_ROW;
    if (penalty && i < wanted) penalty[i] = models[i].penalty;
    row[0] = models[i].kind;
    row[1] = models[i].time_unit;
    row[2] = models[i].status;
    row[3] = models[i].has_covariance;
    row[4] = models[i].log_likelihood;
    row[5] = models[i].customers;
    memcpy(row + MODEL_HEAD, models[i].parameters, sizeof models[i].parameters);
    memcpy(row + MODEL_HEAD + LOY_MODEL_PARAMETERS_MOST, models[i].covariance, sizeof models[i].covariance);
  }
}

static void model_read(parity_case *c) { read_models(c, 0); }

static void model_read_penalized(parity_case *c) { read_models(c, 1); }

PARITY(btyd_model_file) {
  CASE(model_row);
  CASE(model_name);
  CASE(model_parameter_count);
  CASE(model_parameter_name);
  CASE(model_write);
  CASE(model_write_penalized);
  CASE(model_count);
  CASE(model_read);
  CASE(model_read_penalized);
}
