/* main.c: runs every suite, or with `main PART PARTS` the PART-th of every PARTS, counted from 0, so that two processes
 * can share the work; exits non-zero when an assertion failed or no test ran. SUITES is written by the build from the
 * names of the test files: X(wing, name) for each tests/c/<wing>/test_<name>.c. */
#include <CUnit/Basic.h>
#include <stdlib.h>

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

int main(int argc, char **argv) {
  const int part = argc == 3 ? atoi(argv[1]) : 0, parts = argc == 3 ? atoi(argv[2]) : 1;
  unsigned failures, run;
  int number = 0;
  if (argc == 2 || argc > 3 || part < 0 || parts <= part) return 2;
  if (CU_initialize_registry() != CUE_SUCCESS) return 2;
#define X(wing, name)                                                                                                  \
  if (number++ % parts == part) suite_##wing##_##name(CU_add_suite(#wing "/" #name, NULL, NULL));
  SUITES
#undef X
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  failures = CU_get_number_of_failures();
  run = CU_get_number_of_tests_run();
  CU_cleanup_registry();
  return failures != 0 || run == 0;
}
