#include "check.h"

static void test_names_are_unique_and_stable(void) {
  static const int all[] = {0, 1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111};
  const size_t count = sizeof all / sizeof all[0];
  for (size_t i = 0; i < count; i++) {
    CU_ASSERT_STRING_NOT_EQUAL(loy_status_name((loy_status)all[i]), "UNKNOWN");
    CU_ASSERT_STRING_NOT_EQUAL(loy_status_message((loy_status)all[i]), "unknown status");
    for (size_t j = 0; j < i; j++)
      CU_ASSERT_STRING_NOT_EQUAL(loy_status_name((loy_status)all[i]), loy_status_name((loy_status)all[j]));
  }
  CU_ASSERT_STRING_EQUAL(loy_status_name(LOY_ERR_DOMAIN), "ERR_DOMAIN");
  CU_ASSERT_EQUAL((int)LOY_ERR_DOMAIN, 101);
  CU_ASSERT_STRING_EQUAL(loy_status_name((loy_status)99), "UNKNOWN");
  CU_ASSERT_STRING_EQUAL(loy_status_message((loy_status)99), "unknown status");
}

static void test_notices_are_not_errors(void) {
  CU_ASSERT_FALSE(loy_status_is_error(LOY_OK));
  CU_ASSERT_FALSE(loy_status_is_error(LOY_NOTICE_AT_BOUND));
  CU_ASSERT_FALSE(loy_status_is_error((loy_status)99));
  CU_ASSERT_TRUE(loy_status_is_error(LOY_ERR_ARGUMENT));
  CU_ASSERT_TRUE(loy_status_is_error(LOY_ERR_BUFFER));
}

SUITE(base, status) {
  ADD(test_names_are_unique_and_stable);
  ADD(test_notices_are_not_errors);
}
