/* main.c: runs every suite; exits non-zero when an assertion failed or no test ran. SUITES is written by the build from
 * the names of the test files: X(wing, name) for each tests/c/<wing>/test_<name>.c. */
#include <CUnit/Basic.h>

#include "suites.h"

#ifdef __cplusplus
extern "C" {
#endif
#define X(wing, name) void suite_##wing##_##name(CU_pSuite suite);
SUITES
#undef X
#ifdef __cplusplus
}
#endif

int main(void) {
  unsigned failures, run;
  if (CU_initialize_registry() != CUE_SUCCESS) return 2;
#define X(wing, name) suite_##wing##_##name(CU_add_suite(#wing "/" #name, NULL, NULL));
  SUITES
#undef X
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  failures = CU_get_number_of_failures();
  run = CU_get_number_of_tests_run();
  CU_cleanup_registry();
  return failures != 0 || run == 0;
}
