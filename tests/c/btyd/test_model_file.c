/* The model file: exact round trips, any order of keys, and a named fault with its place for everything else. */
#include "check.h"

#include "loyalty/btyd/model_file.h"

static loy_model example(int kind) {
  loy_model model;
  size_t n = loy_model_parameter_count(kind);
  loy_model_init(&model, kind);
  for (size_t i = 0; i < n; i++) model.parameters[i] = 1.0 / (3.0 + (double)i);
  for (size_t i = 0; i < n * n; i++) model.covariance[i] = i == 1 ? NAN : -0.1 * (double)i;
  model.has_covariance = 1;
  model.time_unit = kind == LOY_MODEL_BGNBD ? (int)LOY_TIME_WEEK : LOY_MODEL_NO_TIME_UNIT;
  model.log_likelihood = -9582.429206674;
  model.customers = 2357.0;
  model.status = (int)LOY_NOTICE_AT_BOUND;
  model.penalty = kind == LOY_MODEL_BGNBD ? 0.1 : 0.0;
  return model;
}

static void check_same(const loy_model *a, const loy_model *b) {
  size_t n = loy_model_parameter_count(a->kind);
  CU_ASSERT_EQUAL(a->kind, b->kind);
  CU_ASSERT_EQUAL(a->time_unit, b->time_unit);
  CU_ASSERT_EQUAL(a->status, b->status);
  CU_ASSERT_EQUAL(a->has_covariance, b->has_covariance);
  for (size_t i = 0; i < n; i++) CHECK_BITS(a->parameters[i], b->parameters[i]);
  for (size_t i = 0; i < n * n && a->has_covariance; i++)
    if (!isnan(a->covariance[i]) || !isnan(b->covariance[i])) CHECK_BITS(a->covariance[i], b->covariance[i]);
  if (!isnan(a->log_likelihood) || !isnan(b->log_likelihood)) CHECK_BITS(a->log_likelihood, b->log_likelihood);
  CHECK_BITS(a->penalty, b->penalty);
  if (!isnan(a->customers) || !isnan(b->customers)) CHECK_BITS(a->customers, b->customers);
}

static void test_names(void) {
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_BGNBD), "bgnbd");
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_GAMMA_GAMMA), "gamma_gamma");
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_MBGNBD), "mbgnbd");
  CU_ASSERT_PTR_NULL(loy_model_name(0));
  CU_ASSERT_PTR_NULL(loy_model_name(99));
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_BGNBD), 4);
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_GAMMA_GAMMA), 3);
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_MBGNBD), 4);
  CU_ASSERT_EQUAL(loy_model_parameter_count(-1), 0);
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_BGNBD, 1), "alpha");
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_GAMMA_GAMMA, 2), "v");
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_MBGNBD, 3), "b");
  CU_ASSERT_PTR_NULL(loy_model_parameter_name(LOY_MODEL_GAMMA_GAMMA, 3));
  CU_ASSERT_PTR_NULL(loy_model_parameter_name(77, 0));
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_PNBD), "pnbd");
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_NBD), "nbd");
  CU_ASSERT_STRING_EQUAL(loy_model_name(LOY_MODEL_GGOMNBD), "ggomnbd");
  CU_ASSERT_EQUAL(loy_model_parameter_count(LOY_MODEL_NBD), 2);
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_PNBD, 3), "beta");
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_GGOMNBD, 2), "b");
  CU_ASSERT_STRING_EQUAL(loy_model_parameter_name(LOY_MODEL_GGOMNBD, 4), "beta");
  loy_model_init(NULL, 1);
}

static void test_round_trip(void) {
  loy_model models[3], back[4];
  char text[16384], again[16384];
  size_t length = 0, needed = 0, count = 0, second = 0;
  loy_error error;
  models[0] = example(LOY_MODEL_BGNBD);
  models[1] = example(LOY_MODEL_GAMMA_GAMMA);
  loy_model_init(&models[2], LOY_MODEL_GAMMA_GAMMA);
  models[2].parameters[0] = 5e-324;
  models[2].parameters[1] = 1.7976931348623157e308;
  models[2].parameters[2] = 2.2250738585072014e-308;
  CHECK_STATUS(loy_model_write(models, 3, NULL, 0, &needed, &error), LOY_OK);
  CHECK_STATUS(loy_model_write(models, 3, text, sizeof text, &length, &error), LOY_OK);
  CU_ASSERT_EQUAL(length, needed);
  CU_ASSERT_EQUAL(text[length - 1], '\n');
  CHECK_STATUS(loy_model_read(text, length, NULL, 0, &count, &error), LOY_OK);
  CU_ASSERT_EQUAL(count, 3);
  CHECK_STATUS(loy_model_read(text, length, back, 4, &count, &error), LOY_OK);
  CU_ASSERT_EQUAL(count, 3);
  for (int i = 0; i < 3; i++) check_same(&models[i], &back[i]);
  CHECK_STATUS(loy_model_write(back, 3, again, sizeof again, &second, &error), LOY_OK);
  CU_ASSERT_EQUAL(length, second);
  CU_ASSERT_EQUAL(memcmp(text, again, length), 0);
  CHECK_STATUS(loy_model_write(NULL, 0, text, sizeof text, &length, &error), LOY_OK);
  CHECK_STATUS(loy_model_read(text, length, back, 4, &count, &error), LOY_OK);
  CU_ASSERT_EQUAL(count, 0);
}

static void test_buffers(void) {
  loy_model model = example(LOY_MODEL_GAMMA_GAMMA), back[1];
  char text[8192];
  size_t length = 0, count = 99;
  loy_error error;
  memset(text, '#', sizeof text);
  CHECK_STATUS(loy_model_write(&model, 1, text, 100, &length, &error), LOY_ERR_BUFFER);
  CHECK_ERROR(&error, LOY_ERR_BUFFER, "text", LOY_NO_INDEX);
  CU_ASSERT_EQUAL(text[0], '#');
  CU_ASSERT(length > 100 && length < sizeof text);
  CHECK_STATUS(loy_model_write(&model, 1, text, length - 1, &length, &error), LOY_ERR_BUFFER);
  CHECK_STATUS(loy_model_write(&model, 1, text, length, &length, &error), LOY_OK);
  CU_ASSERT_EQUAL(text[length], '#');
  {
    loy_model two[2];
    two[0] = two[1] = model;
    back[0].kind = 77;
    CHECK_STATUS(loy_model_write(two, 2, text, sizeof text, &length, &error), LOY_OK);
    CHECK_STATUS(loy_model_read(text, length, back, 1, &count, &error), LOY_ERR_BUFFER);
    CHECK_ERROR(&error, LOY_ERR_BUFFER, "models", LOY_NO_INDEX);
    CU_ASSERT_EQUAL(count, 2);
    CU_ASSERT_EQUAL(back[0].kind, 77);
  }
}

static void test_write_checks(void) {
  loy_model models[2];
  char text[8192];
  size_t length = 42;
  loy_error error;
  models[0] = models[1] = example(LOY_MODEL_BGNBD);
#define EXPECT(call, status, argument, index)                                                                          \
  do {                                                                                                                 \
    CHECK_STATUS(call, status);                                                                                        \
    CHECK_ERROR(&error, status, argument, index);                                                                      \
    CU_ASSERT_EQUAL(length, 42);                                                                                       \
  } while (0)
  EXPECT(loy_model_write(NULL, 1, NULL, 5, NULL, &error), LOY_ERR_ARGUMENT, "models", LOY_NO_INDEX);
  EXPECT(loy_model_write(models, 1, NULL, 5, NULL, &error), LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX);
  EXPECT(loy_model_write(models, 1, text, 5, NULL, &error), LOY_ERR_ARGUMENT, "length", LOY_NO_INDEX);
  models[1].kind = 0;
  models[1].time_unit = 5;
  models[1].status = 100;
  models[1].parameters[3] = 0.0;
  EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_ARGUMENT, "kind", 1);
  models[1].kind = LOY_MODEL_BGNBD;
  EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_ARGUMENT, "time_unit", 1);
  models[1].time_unit = 4;
  EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_ARGUMENT, "status", 1);
  models[1].status = 50;
  EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_ARGUMENT, "status", 1);
  models[1].status = 0;
  EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_DOMAIN, "parameters", 1);
  models[1].parameters[3] = 1.0;
  for (int k = 0; k < 3; k++) {
    const double bad[3] = {-1.0, 1e-41, NAN};
    models[1].penalty = bad[k];
    EXPECT(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_ERR_DOMAIN, "penalty", 1);
  }
#undef EXPECT
}

#define NUM(decimal, hex) "{\"decimal\": " decimal ", \"hex\": \"" hex "\"}"
#define PQV               "\"p\": " NUM("1", "0x1p+0") ", \"q\": " NUM("2", "0x1p+1") ", \"v\": " NUM("0.5", "0x1p-1")
#define FILE_OF(model)    "{\"format\": \"loyalty-model\", \"version\": 1, \"models\": [" model "]}"

static loy_status read_text(const char *text, loy_model *model, loy_error *error) {
  size_t count = 0;
  loy_status status = loy_model_read(text, strlen(text), model, 1, &count, error);
  if (status == LOY_OK) CU_ASSERT_EQUAL(count, 1);
  return status;
}

/* Keys in any order, unknown keys, escapes, blanks, optional members left out or null. */
static void test_lenient(void) {
  loy_model model;
  loy_error error;
  CHECK_STATUS(read_text(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}}"), &model, &error), LOY_OK);
  CHECK_BITS(model.parameters[0], 1.0);
  CHECK_BITS(model.parameters[1], 2.0);
  CHECK_BITS(model.parameters[2], 0.5);
  CU_ASSERT_EQUAL(model.has_covariance, 0);
  CU_ASSERT(isnan(model.log_likelihood));
  CU_ASSERT_EQUAL(model.time_unit, LOY_MODEL_NO_TIME_UNIT);
  CHECK_STATUS(
      read_text("\t{\"x\": [1, {\"y\": [[], {}, \"\\u00e9\\n\"]}, true, false, null, -0.5e+3], \"models\":[{"
                "\"status\":\"NOTICE_DIVERGES\",\"customers\":" NUM(
                    "7", "0x7p0") ",\"covariance\":null,"
                                  "\"p\\u0061rameters\":{ \"v\":" NUM(
                                      "5e-1", "0x.8p0") ",\"q\": {\"hex\":\"0x1p1\",\"decimal\":2.0,"
                                                        "\"note\":\"kept by someone\"},\"p\":" NUM(
                                                            "1.0", "0x1p+0") "},\"time_unit\":\"Y\","
                                                                             "\"model\":\"gamma_gamma\",\"note\":{"
                                                                             "\"a\":1,\"a\":2}}],\"version\":1 ,"
                                                                             "\"format\":\"loyalty-model\"}\r\n",
                &model, &error),
      LOY_OK);
  CU_ASSERT_EQUAL(model.time_unit, (int)LOY_TIME_YEAR);
  CU_ASSERT_EQUAL(model.status, (int)LOY_NOTICE_DIVERGES);
  CHECK_BITS(model.customers, 7.0);
  CHECK_BITS(model.parameters[2], 0.5);
}

#define PENALIZED(penalty) FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}, \"penalty\": " penalty "}")

/* A penalty that is absent, null or 0 is none, and none is not written. */
static void test_penalty(void) {
  loy_model model;
  loy_error error;
  char text[4096];
  size_t length = 0;
  CHECK_STATUS(read_text(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}}"), &model, &error), LOY_OK);
  CHECK_BITS(model.penalty, 0.0);
  CHECK_STATUS(read_text(PENALIZED(NUM("0", "0x0p+0")), &model, &error), LOY_OK);
  CHECK_BITS(model.penalty, 0.0);
  CHECK_STATUS(loy_model_write(&model, 1, text, sizeof text - 1, &length, &error), LOY_OK);
  text[length] = 0;
  CU_ASSERT_PTR_NULL(strstr(text, "penalty"));
  CHECK_STATUS(read_text(PENALIZED(NUM("0.25", "0x1p-2")), &model, &error), LOY_OK);
  CHECK_BITS(model.penalty, 0.25);
  CHECK_STATUS(loy_model_write(&model, 1, text, sizeof text - 1, &length, &error), LOY_OK);
  text[length] = 0;
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"penalty\": " NUM("0.25", "0x1p-2")));
  CHECK_STATUS(read_text(PENALIZED("null"), &model, &error), LOY_OK);
  CHECK_BITS(model.penalty, 0.0);
}

/* The byte at which `text` first contains `part`; a blank before it is not counted. */
static size_t place(const char *text, const char *part) {
  const char *found = strstr(text, part);
  return found ? (size_t)(found - text) + (part[0] == ' ') : 0;
}

static void expect_fault(const char *text, loy_status status, size_t at, int line) {
  loy_model model;
  loy_error error;
  memset(&model, 0x55, sizeof model);
  {
    loy_model untouched = model;
    loy_status got = read_text(text, &model, &error);
    if (got != status || error.index != at)
      printf("\n    line %d: %s at %zu (%s), expected %s at %zu\n      %s\n", line, loy_status_name(got), error.index,
             error.message ? error.message : "-", loy_status_name(status), at, text);
    CU_ASSERT_EQUAL(got, status);
    CU_ASSERT_EQUAL(error.index, at);
    CU_ASSERT(error.argument && strcmp(error.argument, "text") == 0);
    CU_ASSERT_EQUAL(memcmp(&model, &untouched, sizeof model), 0);
  }
}
#define FAULT(text, status, part)  expect_fault((text), (status), place((text), (part)), __LINE__)
#define FAULT_AT(text, status, at) expect_fault((text), (status), (at), __LINE__)

static void test_faults(void) {
  FAULT_AT("", LOY_ERR_FORMAT, 0);
  FAULT_AT("  ", LOY_ERR_FORMAT, 2);
  FAULT_AT("[]", LOY_ERR_FORMAT, 0);
  FAULT_AT("{}", LOY_ERR_FORMAT, 0);
  FAULT_AT("{\"format\"", LOY_ERR_FORMAT, 9);
  FAULT_AT("{\"format\": \"loyalty-mo", LOY_ERR_FORMAT, 22);
  FAULT("{\"format\": \"other\", \"version\": 1, \"models\": []}", LOY_ERR_FORMAT, " \"other");
  FAULT("{\"format\": \"loyalty-model\", \"version\": 2, \"models\": []}", LOY_ERR_VERSION, " 2");
  FAULT("{\"format\": \"loyalty-model\", \"version\": 1.0, \"models\": []}", LOY_ERR_VERSION, " 1.0");
  FAULT("{\"format\": \"loyalty-model\", \"version\": \"1\", \"models\": []}", LOY_ERR_FORMAT, "\"1\"");
  FAULT("{\"format\": \"loyalty-model\", \"version\": 1, \"models\": {}}", LOY_ERR_FORMAT, "{}");
  FAULT("{\"format\": \"loyalty-model\", \"version\": 1, \"models\": []} x", LOY_ERR_FORMAT, "x");
  FAULT("{\"format\": \"a\", \"format\": \"loyalty-model\", \"version\": 1, \"models\": []}", LOY_ERR_FORMAT,
        "\"format\": \"loy");
  FAULT("{\"a\": 01, \"format\": \"loyalty-model\"}", LOY_ERR_FORMAT, "01");
  FAULT("{\"a\": 1., \"format\": \"loyalty-model\"}", LOY_ERR_FORMAT, "1.");
  FAULT("{\"a\": nan}", LOY_ERR_FORMAT, "nan");
  FAULT("{\"a\": \"\\x\"}", LOY_ERR_FORMAT, "\\x");
  FAULT("{\"a\": \"\n\"}", LOY_ERR_FORMAT, "\n");
  FAULT("{\"a\": [1, 2}", LOY_ERR_FORMAT, "}");
  FAULT("{\"a\": [1, ]}", LOY_ERR_FORMAT, "]");
  FAULT("{\"a\": 1, }", LOY_ERR_FORMAT, "}");
  FAULT("{\"a\": {\"b\" 1}}", LOY_ERR_FORMAT, "1");
  FAULT(FILE_OF("{}"), LOY_ERR_FORMAT, "{}");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\"}"), LOY_ERR_FORMAT, "{\"model\": ");
  FAULT(FILE_OF("{\"model\": \"pareto\", \"parameters\": {" PQV "}}"), LOY_ERR_VERSION, " \"pareto");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"model\": \"bgnbd\", \"parameters\": {" PQV "}}"), LOY_ERR_FORMAT,
        "\"model\": \"bgnbd");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"z\": 1, " PQV "}}"), LOY_ERR_FORMAT, "\"z\"");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"p\": " NUM("1", "0x1p+0") "}}"), LOY_ERR_FORMAT,
        " {\"p\"");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"v\": 3, " PQV "}}"), LOY_ERR_FORMAT, "\"v\": {");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"p\": 1, \"q\": 2, \"v\": 3}}"), LOY_ERR_FORMAT,
        "1, \"q\"");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"p\": {\"decimal\": 1}, \"q\": 2, \"v\": 3}}"),
        LOY_ERR_FORMAT, " {\"decimal\": 1}");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}, \"time_unit\": \"week\"}"), LOY_ERR_FORMAT,
        " \"week");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}, \"status\": \"ERR_DOMAIN\"}"), LOY_ERR_FORMAT,
        " \"ERR");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}, \"covariance\": [[]]}"), LOY_ERR_FORMAT,
        "]}]}");
  FAULT(FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {" PQV "}, \"covariance\": [1, 2, 3]}"), LOY_ERR_FORMAT,
        "1, 2, 3");
}

/* What a person may do to a number by hand. */
static void test_edited_numbers(void) {
#define P_OF(number)                                                                                                   \
  FILE_OF("{\"model\": \"gamma_gamma\", \"parameters\": {\"p\":" number                                                \
          ", \"q\": " NUM("2", "0x1p+1") ", \"v\": " NUM("0.5", "0x1p-1") "}}")
  loy_model model;
  loy_error error;
  FAULT(PENALIZED("0.7"), LOY_ERR_FORMAT, " 0.7");
  FAULT(PENALIZED(NUM("-0.5", "-0x1p-1")), LOY_ERR_DOMAIN, "{\"decimal\": -0.5");
  FAULT(PENALIZED(NUM("\"nan\"", "nan")), LOY_ERR_DOMAIN, "{\"decimal\": \"nan");
  FAULT(P_OF(NUM("1.5", "0x1p+0")), LOY_ERR_FORMAT, " 1.5");
  FAULT(P_OF(NUM("1.000000000002", "0x1p+0")), LOY_ERR_FORMAT, " 1.000000000002");
  FAULT(P_OF(NUM("\"nan\"", "0x1p+0")), LOY_ERR_FORMAT, " \"nan");
  FAULT(P_OF(NUM("\"abc\"", "0x1p+0")), LOY_ERR_FORMAT, " \"abc");
  FAULT(P_OF(NUM("1", "1.0")), LOY_ERR_FORMAT, " \"1.0");
  FAULT(P_OF(NUM("1", "0x1.00000000000001p+0")), LOY_ERR_FORMAT, " \"0x1.0");
  FAULT(P_OF(NUM("-1", "-0x1p+0")), LOY_ERR_DOMAIN, "{\"decimal\": -1");
  FAULT(P_OF(NUM("0", "0x0p+0")), LOY_ERR_DOMAIN, "{\"decimal\": 0");
  FAULT(P_OF(NUM("\"nan\"", "nan")), LOY_ERR_DOMAIN, "{\"decimal\": \"nan");
  FAULT(P_OF(NUM("\"inf\"", "inf")), LOY_ERR_DOMAIN, "{\"decimal\": \"inf");
  CHECK_STATUS(read_text(P_OF(NUM("100e-2", "0x1p+0")), &model, &error), LOY_OK);
  CHECK_STATUS(read_text(P_OF(NUM("\"1\"", "0x1p+0")), &model, &error), LOY_OK);
#undef P_OF
}

/* Depth beyond the limit, every prefix, every byte changed: an answer or an error, never more. Run under sanitizers. */
static void test_hostile(void) {
  loy_model models[2], back[2];
  char text[8192], deep[400];
  size_t length = 0, count;
  loy_error error;
  models[0] = example(LOY_MODEL_BGNBD);
  models[1] = example(LOY_MODEL_GAMMA_GAMMA);
  CHECK_STATUS(loy_model_write(models, 2, text, sizeof text, &length, &error), LOY_OK);
  for (size_t i = 0; i + 1 < length; i++) {
    CHECK_STATUS(loy_model_read(text, i, back, 2, &count, &error), LOY_ERR_FORMAT);
    CU_ASSERT(error.index <= i);
  }
  for (size_t i = 0; i < length; i++) {
    static const char bytes[] = "\0\"{}[],:x09.-\\\xff ";
    char kept = text[i];
    for (size_t k = 0; k < sizeof bytes - 1; k++) {
      loy_status status;
      text[i] = bytes[k];
      status = loy_model_read(text, length, back, 2, &count, &error);
      CU_ASSERT(status == LOY_OK || (loy_status_is_error(status) && error.index <= length));
    }
    text[i] = kept;
  }
  memset(deep, '[', sizeof deep);
  memcpy(deep, "{\"a\":", 5);
  CHECK_STATUS(loy_model_read(deep, sizeof deep, back, 2, &count, &error), LOY_ERR_FORMAT);
  CU_ASSERT_EQUAL(error.index, 65);
  CU_ASSERT_STRING_EQUAL(error.message, "nests too deeply");
  CHECK_STATUS(loy_model_read(NULL, 5, NULL, 5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "text", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_read(text, 5, NULL, 5, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "models", LOY_NO_INDEX);
  CHECK_STATUS(loy_model_read(text, 5, back, 2, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "count", LOY_NO_INDEX);
}

SUITE(btyd, model_file) {
  ADD(test_names);
  ADD(test_round_trip);
  ADD(test_buffers);
  ADD(test_write_checks);
  ADD(test_lenient);
  ADD(test_penalty);
  ADD(test_faults);
  ADD(test_edited_numbers);
  ADD(test_hostile);
}
