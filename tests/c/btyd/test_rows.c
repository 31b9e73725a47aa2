/* test_rows.c: the ordered rows of a fit, samples of them, and merging. */
#include "check.h"
#include "failing_allocator.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/rows.h"

/* Groups by x in rising order, rows of a group in the order in which they came, times in units of a power of 2. */
static void test_order(void) {
  const double x[7] = {2, 0, 70000, 2, 1, 70000, 65536}, t_x[7] = {3, 0, 5, 1, 2, 6, 4}, T[7] = {8, 8, 8, 9, 8, 8, 8};
  const double weight[7] = {1, 2, 3, 4, 5, 6, 7};
  const double group_x[5] = {0, 1, 2, 65536, 70000}, group_weight[5] = {2, 5, 5, 7, 9};
  const double ordered[7] = {2, 5, 1, 4, 7, 3, 6};
  loyi_rows rows;
  CHECK_STATUS(loyi_rows_make(x, t_x, T, weight, 7, NULL, 1, 3, &rows, NULL), LOY_OK);
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
  loyi_rows_release(&rows);
}

/* Many rows of one x are cut into blocks of LOYI_SUM_BLOCK; blocks do not cross groups. */
static void test_blocks(void) {
  enum { N = 10000 };
  static double x[N], t_x[N], T[N];
  loyi_rows rows;
  for (int i = 0; i < N; i++) {
    x[i] = i % 10 == 0;
    t_x[i] = x[i];
    T[i] = 2.0;
  }
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_EQUAL_FATAL(rows.groups, 2);
  CU_ASSERT_EQUAL(rows.group[0].end, 9000);
  CU_ASSERT_EQUAL(rows.blocks, 4); /* 9000 = 2 * 4096 + 808, and 1000 */
  CU_ASSERT_EQUAL(rows.block_group[2], 0);
  CU_ASSERT_EQUAL(rows.block_group[3], 1);
  CU_ASSERT_PTR_NULL(rows.weight);
  loyi_rows_release(&rows);
}

/* Equal rows become one with the sum of their weights; groups stay. */
static void test_merge(void) {
  const double x[8] = {1, 0, 1, 2, 0, 1, 1, 0}, t_x[8] = {3, 0, 3, 3, 0, 4, 3, 0}, T[8] = {8, 8, 8, 8, 9, 8, 9, 8};
  const double weight[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  const double kept[6] = {130, 16, 5, 32, 64, 8}, counted[6] = {2, 1, 2, 1, 1, 1};
  for (int weighted = 0; weighted < 2; weighted++) {
    loyi_rows rows;
    CHECK_STATUS(loyi_rows_make(x, t_x, T, weighted ? weight : NULL, 8, NULL, 1, 3, &rows, NULL), LOY_OK);
    CU_ASSERT(loyi_rows_merge(&rows));
    CU_ASSERT_EQUAL_FATAL(rows.n, 6);
    CU_ASSERT_EQUAL(rows.groups, 3);
    CU_ASSERT_EQUAL(rows.blocks, 3);
    for (size_t i = 0; i < 6; i++) CU_ASSERT_EQUAL(rows.weight[i], weighted ? kept[i] : counted[i]);
    CU_ASSERT_EQUAL(rows.group[1].begin, 2);
    CU_ASSERT_EQUAL(rows.group[1].end, 5);
    CU_ASSERT_EQUAL(rows.group[1].weight, weighted ? 101.0 : 4.0);
    CU_ASSERT_EQUAL(rows.customers, weighted ? 255.0 : 8.0);
    CU_ASSERT_EQUAL(rows.T[0], .5);
    CU_ASSERT_EQUAL(rows.t_x[3], 4.0 / 16.0);
    loyi_rows_release(&rows);
  }
}

/* A sample has the same share of each x; one that is larger than the rows is all of them. */
static void test_sample(void) {
  enum { N = 1000 };
  static double x[N], t_x[N], T[N];
  loyi_rows rows, sample;
  for (int i = 0; i < N; i++) {
    x[i] = t_x[i] = i % 4 == 0;
    T[i] = 2.0 + i;
  }
  CHECK_STATUS(loyi_rows_make(x, t_x, T, NULL, N, NULL, 1, 3, &rows, NULL), LOY_OK);
  CU_ASSERT_FATAL(loyi_rows_sample(&rows, 100, &sample));
  CU_ASSERT_EQUAL(sample.n, 100);
  CU_ASSERT_EQUAL(sample.groups, 2);
  CU_ASSERT_EQUAL(sample.group[0].weight, 75.0);
  CU_ASSERT_EQUAL(sample.group[1].weight, 25.0);
  CU_ASSERT_EQUAL(sample.exponent, rows.exponent);
  CU_ASSERT_EQUAL(sample.T[0], rows.T[5]);
  loyi_rows_release(&sample);
  CU_ASSERT_FATAL(loyi_rows_sample(&rows, 5000, &sample));
  CU_ASSERT_EQUAL(sample.n, N);
  CU_ASSERT_EQUAL(memcmp(sample.T, rows.T, sizeof T), 0);
  loyi_rows_release(&sample);
  loyi_rows_release(&rows);
}

static void test_memory(void) {
  const double x[4] = {1, 1, 0, 70000}, t_x[4] = {1, 1, 0, 1}, T[4] = {2, 2, 2, 2};
  failing_allocator memory;
  FOR_EACH_FAILURE(memory) {
    loyi_rows rows, sample;
    if (loyi_rows_make(x, t_x, T, NULL, 4, &memory.allocator, 1, 3, &rows, NULL) == LOY_OK) {
      int sampled = loyi_rows_sample(&rows, 2, &sample), merged = loyi_rows_merge(&rows);
      CU_ASSERT_EQUAL(sampled && merged, !memory.failed);
      if (sampled) loyi_rows_release(&sample);
      loyi_rows_release(&rows);
    }
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, rows) {
  ADD(test_order);
  ADD(test_blocks);
  ADD(test_merge);
  ADD(test_sample);
  ADD(test_memory);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, rows) { ADD(test_nothing_public); }
#endif
