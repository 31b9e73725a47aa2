/* test_json.c: the grammar of JSON, and where values of known keys begin. Expected are RFC 8259 and its own examples.
 */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/base/json.h"

static loyi_json reader_of(const char *text) {
  loyi_json reader = {NULL, 0, 0, LOY_OK, 0, NULL};
  reader.text = text;
  reader.length = strlen(text);
  return reader;
}

/* Values that are right are skipped to their end. */
static void test_values(void) {
  static const char *const right[12] = {"0",
                                        "-0",
                                        "1.5E+3",
                                        "-0.5e-10",
                                        "true",
                                        "false",
                                        "null",
                                        "\"\\\"\\u00e9\\\\\\/\\b\"",
                                        "[]",
                                        "{}",
                                        "[1, [2, {\"a\": []}], \"]\"]",
                                        "{\"Image\": {\"Width\": 800, \"Animated\": false, \"IDs\": [116, 943]}}"};
  static const char *const wrong[18] = {"",      "01",      "1.",         ".5",      "+1",     "-",
                                        "1e",    "nul",     "\"abc",      "\"\\x\"", "\"\t\"", "[1,]",
                                        "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a: 1}",  "[1}",    "\"\\u12g4\""};
  for (int i = 0; i < 12; i++) {
    loyi_json reader = reader_of(right[i]);
    CU_ASSERT(loyi_json_skip(&reader));
    CU_ASSERT_EQUAL(reader.at, reader.length);
  }
  for (int i = 0; i < 18; i++) {
    loyi_json reader = reader_of(wrong[i]);
    CU_ASSERT_FALSE(loyi_json_skip(&reader));
    CHECK_STATUS(reader.status, LOY_ERR_FORMAT);
    CU_ASSERT(reader.fault <= reader.length);
    CU_ASSERT_PTR_NOT_NULL(reader.message);
  }
}

/* Sixty levels and no more. */
static void test_depth(void) {
  char text[130];
  for (int depth = 60; depth < 62; depth++) {
    loyi_json reader;
    for (int i = 0; i < depth; i++) {
      text[i] = '[';
      text[2 * depth - 1 - i] = ']';
    }
    text[2 * depth] = 0;
    reader = reader_of(text);
    CU_ASSERT_EQUAL(loyi_json_skip(&reader), depth == 60);
    if (depth > 60) CU_ASSERT_EQUAL(reader.fault, 60);
  }
}

static void test_object(void) {
  static const char *const keys[3] = {"a", "b", "c"};
  loyi_json reader = reader_of(" { \"b\" : [1], \"x\": {\"a\": 2}, \"\\u0061\":\"\" } ");
  size_t where[3];
  CU_ASSERT(loyi_json_object(&reader, keys, 3, 0, where));
  CU_ASSERT_EQUAL(where[0], 38);
  CU_ASSERT_EQUAL(where[1], 9);
  CU_ASSERT_EQUAL(where[2], LOY_NO_INDEX);
  reader.at = 0;
  CU_ASSERT_FALSE(loyi_json_object(&reader, keys, 3, 1, where));
  CU_ASSERT_EQUAL(reader.fault, 14);
  reader = reader_of("{\"a\": 1, \"a\": 2}");
  CU_ASSERT_FALSE(loyi_json_object(&reader, keys, 3, 0, where));
  CU_ASSERT_EQUAL(reader.fault, 9);
}

/* A string that is too long, or of other letters, equals no name. */
static void test_string(void) {
  char name[LOYI_JSON_NAME];
  loyi_json reader = reader_of("\"alpha\" \"\\u0061bc\" \"0123456789012345678901234567890123456789\" \"\\u00e9\"");
  CU_ASSERT(loyi_json_string(&reader, name));
  CU_ASSERT_STRING_EQUAL(name, "alpha");
  CU_ASSERT(loyi_json_string(&reader, name));
  CU_ASSERT_STRING_EQUAL(name, "abc");
  CU_ASSERT(loyi_json_string(&reader, name));
  CU_ASSERT_EQUAL(name[LOYI_JSON_NAME - 2], 1);
  CU_ASSERT(loyi_json_string(&reader, name));
  CU_ASSERT_EQUAL(name[0], 1);
}

SUITE(base, json) {
  ADD(test_values);
  ADD(test_depth);
  ADD(test_object);
  ADD(test_string);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(base, json) { ADD(test_nothing_public); }
#endif
