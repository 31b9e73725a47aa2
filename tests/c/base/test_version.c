#include "check.h"

static void test_library_and_headers_agree(void) {
  char text[32];
  CU_ASSERT_STRING_EQUAL(loy_version(), LOY_VERSION_STRING);
  snprintf(text, sizeof text, "%d.%d.%d", LOY_VERSION_MAJOR, LOY_VERSION_MINOR, LOY_VERSION_PATCH);
  CU_ASSERT_STRING_EQUAL(text, LOY_VERSION_STRING);
}

SUITE(base, version) { ADD(test_library_and_headers_agree); }
