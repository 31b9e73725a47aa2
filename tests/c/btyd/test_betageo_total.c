/* test_betageo_total.c: the total behind the fits. What is computed from it is tested by
 * test_bgnbd_fit.c. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/betageo_total.h"

/* Parameters far outside what a fit visits do not overflow the products of 1 + T/alpha. */
static void test_wide(void) {
  const double x[3] = {0, 0, 1}, t_x[3] = {0, 0, 1}, T[3] = {1e40, 1e40, 1e40};
  const loy_bgnbd_params params = {1.0, 1e-40, 1.0, 1.0};
  double value, gradient[4], hessian[16];
  loyi_rows rows;
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, 3, NULL, 1, LOYI_BETAGEO_SUMS, &rows, NULL), LOY_OK);
  for (int at_zero = 0; at_zero <= 1; at_zero++) {
    loyi_betageo_total(&rows, at_zero, &params, &value, gradient, hessian);
    CU_ASSERT(isfinite(value));
    for (int i = 0; i < 16; i++) CU_ASSERT(isfinite(gradient[i / 4]) && isfinite(hessian[i]));
  }
  loyi_rows_release(&rows);
}

SUITE(btyd, betageo_total) { ADD(test_wide); }
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, betageo_total) { ADD(test_nothing_public); }
#endif
