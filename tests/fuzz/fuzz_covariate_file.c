/* fuzz_covariate_file.c: any bytes as a file of a model with covariates, or, after a first byte below 8, which begins
 * no JSON, as such a model. Either gives an error or a model, and a model that is written reads back the same: writing
 * it again gives the same text. The reader of plain models refuses every such text. */
#include "fuzz_input.h"
#include "loyalty/btyd/covariate_file.h"
#include "loyalty/btyd/model_file.h"

enum { ROOM = 1 << 18 };
static char text[ROOM], again[ROOM];
static loy_covariate_model model, back;
static loy_covariate_names names, called;

/* A model that can be written, there and back. */
static void require_back(const loy_covariate_model *of) {
  size_t length = 77, needed = 77, second = 77, count = 77;
  loy_model plain;
  loy_error error;
  require(loy_covariate_model_write(of, &names, NULL, 0, &needed, &error) == LOY_OK && needed < ROOM);
  fill(text, sizeof text);
  require(loy_covariate_model_write(of, &names, text, needed - 1, &length, &error) == LOY_ERR_BUFFER);
  require(length == needed && untouched(text, sizeof text));
  require(loy_covariate_model_write(of, &names, text, needed, &length, &error) == LOY_OK && length == needed);
  require(untouched(text + needed, sizeof text - needed));
  require(loy_covariate_model_read(text, length, &back, &called, &error) == LOY_OK);
  require(loy_covariate_model_write(&back, &called, again, sizeof again, &second, &error) == LOY_OK);
  require(second == length && memcmp(text, again, length) == 0);
  require(loy_model_read(text, length, &plain, 1, &count, &error) == LOY_ERR_VERSION && count == 77);
  require(back.base.kind == of->base.kind && back.base.status == of->base.status);
  require(back.transactions == of->transactions && back.dropouts == of->dropouts);
  for (size_t i = 0; i < of->transactions + of->dropouts; i++)
    require(same(back.coefficients[i], of->coefficients[i]) && strcmp(names.name[i], called.name[i]) == 0);
  for (size_t i = 0; i < loy_model_parameter_count(of->base.kind); i++)
    require(same(back.base.parameters[i], of->base.parameters[i]));
}

static void take_name(input *in, char *name) {
  const size_t length = in->hostile && take(in) % 16 == 0 ? take(in) % LOY_COVARIATE_NAME : 1 + take(in) % 8;
  memset(name, 0, LOY_COVARIATE_NAME);
  for (size_t i = 0; i < length; i++)
    name[i] = in->hostile && take(in) % 32 == 0 ? (char)take(in) : (char)('a' + take(in) % 26);
}

/* A model of bytes. */
static void fuzz_write(const uint8_t *data, size_t size) {
  static const int all[4] = {LOY_MODEL_PNBD, LOY_MODEL_BGNBD, LOY_MODEL_MBGNBD, LOY_MODEL_NBD};
  input in = {data, size, 0};
  size_t transactions, dropouts, length = 77;
  int kind;
  loy_error error;
  in.hostile = take(&in) % 2 == 1;
  kind = all[take(&in) % 4];
  transactions = take(&in) % 5;
  dropouts = kind == LOY_MODEL_NBD ? 0 : take(&in) % 4;
  if (in.hostile && take(&in) % 8 == 0) transactions = take(&in) % 40;
  if (in.hostile && take(&in) % 8 == 0) kind = take_choice(&in, 14);
  memset(&model, 0, sizeof model);
  loy_covariate_model_init(&model, kind, transactions, dropouts);
  model.base.time_unit = take_choice(&in, 6) - 1;
  model.base.status = take_choice(&in, 11);
  model.base.has_covariance = take_choice(&in, 2);
  for (size_t k = 0; k < LOY_MODEL_PARAMETERS_MOST; k++) {
    model.base.parameters[k] = take(&in) % 8 ? 0.1 + take(&in) / 32.0 : take_quantity(&in) + 1e-8;
    if (in.hostile && take(&in) % 32 == 0) model.base.parameters[k] = take_raw(&in);
  }
  for (size_t k = 0; k < LOY_COVARIATES_MOST; k++) {
    model.coefficients[k] = take_number(&in, -2.0, 2.0);
    model.same[k] = take(&in) % 2 ? -1 : take_choice(&in, 5) - 1;
    take_name(&in, names.name[k]);
  }
  for (size_t k = 0; k < dropouts && k < LOY_COVARIATES_MOST; k++)
    if (!in.hostile && model.same[k] >= 0) {
      if ((size_t)model.same[k] >= transactions) model.same[k] = -1;
      if (model.same[k] >= 0) model.coefficients[transactions + k] = model.coefficients[model.same[k]];
    }
  for (size_t k = 0; k < sizeof model.covariance / sizeof(double); k++)
    model.covariance[k] = in.left == 0 ? 0.25 : take(&in) % 4 ? take_number(&in, -2.0, 2.0) : take_raw(&in);
  if (take(&in) % 4) model.base.log_likelihood = take_raw(&in);
  if (take(&in) % 4) model.base.customers = take_quantity(&in);
  if (take(&in) % 2) model.base.penalty = take_quantity(&in);
  fill(text, sizeof text);
  if (answered(loy_covariate_model_write(&model, &names, text, sizeof text, &length, &error), &error))
    require_back(&model);
  else
    require(length == 77 && untouched(text, sizeof text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  loy_error error;
  if (size > 0 && data[0] < 8) {
    fuzz_write(data, size);
    return 0;
  }
  fill(&model, sizeof model);
  fill(&names, sizeof names);
  if (answered(loy_covariate_model_read((const char *)data, size, &model, &names, &error), &error)) {
    require_back(&model);
  } else {
    require(untouched(&model, sizeof model) && untouched(&names, sizeof names));
    require(error.index == LOY_NO_INDEX || error.index <= size);
  }
  return 0;
}
