#include "check.h"

#if LOY_TEST_INTERNALS
static void test_first_bad_row_is_kept(void) {
  loy_batch_report report;
  loy_error error;
  loyi_batch_begin(&report);
  CU_ASSERT_EQUAL(report.bad, 0);
  CU_ASSERT_EQUAL(report.first.status, LOY_OK);
  CU_ASSERT_EQUAL(report.first.index, LOY_NO_INDEX);
  loyi_report(&error, LOY_ERR_DOMAIN, "x", LOY_NO_INDEX, "must be finite");
  loyi_batch_bad(&report, 7, &error);
  loyi_report(&error, LOY_ERR_DOMAIN, "T", LOY_NO_INDEX, "must be positive");
  loyi_batch_bad(&report, 9, &error);
  CU_ASSERT_EQUAL(report.bad, 2);
  CHECK_ERROR(&report.first, LOY_ERR_DOMAIN, "x", 7);
  loyi_batch_begin(NULL);
  loyi_batch_bad(NULL, 0, &error);
}
#endif

SUITE(base, columns) {
#if LOY_TEST_INTERNALS
  ADD(test_first_bad_row_is_kept);
#else
  (void)suite; /* reports are tested through every batch function */
#endif
}
