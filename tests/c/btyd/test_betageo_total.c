/* test_betageo_total.c: the ordered rows behind the total log-likelihood. What is computed from them is tested by
 * test_bgnbd_fit.c. */
#include "check.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/betageo_total.h"

/* Groups by x in rising order, rows of a group in the order in which they came, times in units of a power of 2. */
static void test_order(void) {
  const double x[7] = {2, 0, 70000, 2, 1, 70000, 65536}, t_x[7] = {3, 0, 5, 1, 2, 6, 4}, T[7] = {8, 8, 8, 9, 8, 8, 8};
  const double weight[7] = {1, 2, 3, 4, 5, 6, 7};
  const double group_x[5] = {0, 1, 2, 65536, 70000}, group_weight[5] = {2, 5, 5, 7, 9};
  const double ordered[7] = {2, 5, 1, 4, 7, 3, 6};
  loyi_betageo_rows rows;
  CHECK_STATUS(loyi_betageo_rows_make(x, t_x, T, weight, 7, NULL, 1, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 5);
  for (size_t g = 0; g < 5; g++) {
    CU_ASSERT_EQUAL(rows.group[g].x, group_x[g]);
    CU_ASSERT_EQUAL(rows.group[g].weight, group_weight[g]);
  }
  for (size_t i = 0; i < 7; i++) CU_ASSERT_EQUAL(rows.weight[i], ordered[i]);
  CU_ASSERT_EQUAL(rows.exponent, 4); /* 8 <= mean T < 16 */
  CU_ASSERT_EQUAL(rows.T[3], 9.0 / 16.0);
  CU_ASSERT_EQUAL(rows.t_x[2], 3.0 / 16.0);
  CU_ASSERT_EQUAL(rows.customers, 28.0);
  CU_ASSERT_EQUAL(rows.sum_x, 5.0 + 10.0 + 7.0 * 65536.0 + 9.0 * 70000.0);
  CU_ASSERT_EQUAL(rows.latest, 9.0 / 16.0);
  loyi_betageo_rows_release(&rows);
}

/* Many rows of one x are cut into blocks of LOYI_SUM_BLOCK; blocks do not cross groups. */
static void test_blocks(void) {
  enum { N = 10000 };
  static double x[N], t_x[N], T[N];
  loyi_betageo_rows rows;
  for (int i = 0; i < N; i++) {
    x[i] = i % 10 == 0;
    t_x[i] = x[i];
    T[i] = 2.0;
  }
  CHECK_STATUS(loyi_betageo_rows_make(x, t_x, T, NULL, N, NULL, 1, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 2);
  CU_ASSERT_EQUAL(rows.group[0].end, 9000);
  CU_ASSERT_EQUAL(rows.blocks, 4); /* 9000 = 2 * 4096 + 808, and 1000 */
  CU_ASSERT_EQUAL(rows.block_group[2], 0);
  CU_ASSERT_EQUAL(rows.block_group[3], 1);
  CU_ASSERT_PTR_NULL(rows.weight);
  loyi_betageo_rows_release(&rows);
}

/* Parameters far outside what a fit visits do not overflow the products of 1 + T/alpha. */
static void test_wide(void) {
  const double x[3] = {0, 0, 1}, t_x[3] = {0, 0, 1}, T[3] = {1e40, 1e40, 1e40};
  const loy_bgnbd_params params = {1.0, 1e-40, 1.0, 1.0};
  double value, gradient[4], hessian[16];
  loyi_betageo_rows rows;
  CHECK_STATUS(loyi_betageo_rows_make(x, t_x, T, NULL, 3, NULL, 1, &rows, NULL), LOY_OK);
  for (int at_zero = 0; at_zero <= 1; at_zero++) {
    loyi_betageo_total(&rows, at_zero, &params, &value, gradient, hessian);
    CU_ASSERT(isfinite(value));
    for (int i = 0; i < 16; i++) CU_ASSERT(isfinite(gradient[i / 4]) && isfinite(hessian[i]));
  }
  loyi_betageo_rows_release(&rows);
}

SUITE(btyd, betageo_total) {
  ADD(test_order);
  ADD(test_blocks);
  ADD(test_wide);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, betageo_total) { ADD(test_nothing_public); }
#endif
