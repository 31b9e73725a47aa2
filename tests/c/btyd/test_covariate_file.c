/* Models with coefficients as text and back, to the last bit; what is no such text. */
#include "check.h"

#include <stdlib.h>

#include "loyalty/btyd/covariate_file.h"
#include "loyalty/btyd/model_file.h"

static loy_covariate_model example(loy_covariate_names *names) {
  loy_covariate_model model;
  memset(names, 0, sizeof *names);
  strcpy(names->name[0], "age");
  strcpy(names->name[1], "web");
  strcpy(names->name[2], "age");
  loy_covariate_model_init(&model, LOY_MODEL_PNBD, 2, 1);
  for (int i = 0; i < 4; i++) model.base.parameters[i] = 0.1 * (i + 1);
  model.coefficients[0] = model.coefficients[2] = 1.0 / 3.0;
  model.coefficients[1] = -0.5;
  model.same[0] = 0;
  model.base.time_unit = 2;
  model.base.status = (int)LOY_NOTICE_AT_BOUND;
  model.base.log_likelihood = -12.5;
  model.base.customers = 7.0;
  model.base.has_covariance = 1;
  for (int i = 0; i < 49; i++) model.covariance[i] = i == 8 ? (double)NAN : 0.01 * i;
  return model;
}

static char text[65536];

static void test_back(void) {
  loy_covariate_names names, called;
  loy_covariate_model model = example(&names), back;
  loy_model plain;
  size_t length, again, count;
  loy_error error;
  CHECK_STATUS(loy_covariate_model_write(&model, &names, NULL, 0, &length, NULL), LOY_OK);
  CHECK_STATUS(loy_covariate_model_write(&model, &names, text, sizeof text, &again, NULL), LOY_OK);
  CU_ASSERT_EQUAL(length, again);
  CU_ASSERT(strncmp(text, "{\n  \"format\": \"loyalty-model\"", 29) == 0 && text[length - 1] == '\n');
  CHECK_STATUS(loy_covariate_model_read(text, length, &back, &called, &error), LOY_OK);
  CU_ASSERT(back.base.kind == LOY_MODEL_PNBD && back.transactions == 2 && back.dropouts == 1 && back.same[0] == 0);
  CU_ASSERT(back.base.time_unit == 2 && back.base.status == 1 && back.base.customers == 7.0);
  CU_ASSERT_STRING_EQUAL(called.name[1], "web");
  CU_ASSERT_STRING_EQUAL(called.name[2], "age");
  for (int j = 0; j < 3; j++) CHECK_BITS(back.coefficients[j], model.coefficients[j]);
  for (int i = 0; i < 49; i++)
    CU_ASSERT(i == 8 ? isnan(back.covariance[i]) : back.covariance[i] == model.covariance[i]);
  CHECK_BITS(back.base.covariance[4], model.covariance[7]);
  CHECK_STATUS(loy_covariate_model_read(text, length, &back, NULL, NULL), LOY_OK);
  /* Readers of plain models refuse it by its name, and the other way round. */
  CHECK_STATUS(loy_model_read(text, length, &plain, 1, &count, &error), LOY_ERR_VERSION);
  loy_model_init(&plain, LOY_MODEL_NBD);
  plain.parameters[0] = plain.parameters[1] = 1.0;
  CHECK_STATUS(loy_model_write(&plain, 1, text, sizeof text, &length, NULL), LOY_OK);
  CHECK_STATUS(loy_covariate_model_read(text, length, &back, NULL, &error), LOY_ERR_VERSION);
}

static void test_write_errors(void) {
  loy_covariate_names names;
  loy_covariate_model model = example(&names);
  size_t length = 0;
  loy_error error;
#define EXPECT(MODEL, NAMES, TEXT, CAPACITY, LENGTH, STATUS, ARGUMENT, INDEX)                                          \
  CHECK_STATUS(loy_covariate_model_write(MODEL, NAMES, TEXT, CAPACITY, LENGTH, &error), STATUS);                       \
  CHECK_ERROR(&error, STATUS, ARGUMENT, INDEX)
  EXPECT(NULL, NULL, NULL, 1, NULL, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  EXPECT(&model, NULL, NULL, 1, NULL, LOY_ERR_ARGUMENT, "names", LOY_NO_INDEX);
  EXPECT(&model, &names, NULL, 1, NULL, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX);
  EXPECT(&model, &names, NULL, 0, NULL, LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX);
  model.coefficients[1] = (double)NAN;
  EXPECT(&model, &names, NULL, 0, &length, LOY_ERR_DOMAIN, "coefficients", 1);
  model.coefficients[1] = 1.0;
  model.base.time_unit = 99;
  EXPECT(&model, &names, NULL, 0, &length, LOY_ERR_ARGUMENT, "time_unit", LOY_NO_INDEX);
  model.base.time_unit = 1;
  names.name[1][0] = '"';
  EXPECT(&model, &names, NULL, 0, &length, LOY_ERR_ARGUMENT, "names", 1);
  names.name[1][0] = 0;
  EXPECT(&model, &names, NULL, 0, &length, LOY_ERR_ARGUMENT, "names", 1);
  names.name[1][0] = 'w';
  CU_ASSERT_EQUAL(length, 0);
  text[0] = '?';
  EXPECT(&model, &names, text, 5, &length, LOY_ERR_BUFFER, "text", LOY_NO_INDEX);
  CU_ASSERT(length > 5 && text[0] == '?');
#undef EXPECT
}

/* Every prefix and every change of a byte is an error or another model, and never writes on an error. */
static void test_damaged(void) {
  loy_covariate_names names;
  loy_covariate_model model = example(&names), back, untouched;
  size_t length;
  loy_error error;
  CHECK_STATUS(loy_covariate_model_read(NULL, 1, &back, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_model_read(text, 1, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "model", LOY_NO_INDEX);
  CHECK_STATUS(loy_covariate_model_write(&model, &names, text, sizeof text, &length, NULL), LOY_OK);
  memset(&back, 7, sizeof back);
  untouched = back;
  for (size_t cut = 0; cut + 1 < length; cut += 13) {
    CHECK_STATUS(loy_covariate_model_read(text, cut, &back, NULL, &error), LOY_ERR_FORMAT);
    CU_ASSERT_EQUAL(memcmp(&back, &untouched, sizeof back), 0);
  }
  for (size_t i = 0; i < length; i += 3) {
    char before = text[i];
    text[i] = '9';
    (void)loy_covariate_model_read(text, length, &back, NULL, NULL);
    text[i] = before;
  }
}

SUITE(btyd, covariate_file) {
  ADD(test_back);
  ADD(test_write_errors);
  ADD(test_damaged);
}
