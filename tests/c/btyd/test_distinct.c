/* test_distinct.c: the different ones of many rows, by comparison with a plain count. */
#include "check.h"
#include "failing_allocator.h"

#if LOY_TEST_INTERNALS
#  include "loyalty/btyd/distinct.h"

/* In the order in which they first came, with the sums of their weights; 0 and -0 are one number. */
static void test_order(void) {
  const double a[6] = {3, 0, 3, -0.0, 3, 1}, b[6] = {1, 2, 1, 2, 2, 0}, weight[6] = {1, 2, 4, 8, 16, 32};
  const double *const column[2] = {a, b};
  const double found[4][3] = {{3, 1, 5}, {0, 2, 10}, {3, 2, 16}, {1, 0, 32}}, counts[4] = {2, 2, 1, 1};
  loyi_distinct distinct;
  size_t seen;
  CU_ASSERT_FATAL(loyi_distinct_make(column, 2, weight, 6, 1, NULL, &distinct, &seen));
  CU_ASSERT_EQUAL_FATAL(distinct.n, 4);
  for (size_t i = 0; i < 12; i++) CU_ASSERT_EQUAL(distinct.row[i], found[i / 3][i % 3]);
  loyi_distinct_release(&distinct);
  CU_ASSERT_FATAL(loyi_distinct_make(column, 2, NULL, 6, 1, NULL, &distinct, &seen));
  CU_ASSERT_EQUAL_FATAL(distinct.n, 4);
  for (size_t i = 0; i < 4; i++) CU_ASSERT_EQUAL(distinct.row[3 * i + 2], counts[i]);
  loyi_distinct_release(&distinct);
  CU_ASSERT_FATAL(loyi_distinct_make(column, 2, weight, 0, 1, NULL, &distinct, &seen));
  CU_ASSERT_EQUAL(distinct.n, 0);
  loyi_distinct_release(&distinct);
}

/* Whole numbers, halves and tenths alike: none is lost or found twice. */
static void test_many(void) {
  enum { N = 60000, KINDS = 20000 };
  static double a[N], b[N], c[N], count[KINDS];
  const double *const column[3] = {a, b, c};
  const double unit[3] = {1.0, .5, .1};
  for (int k = 0; k < 3; k++) {
    loyi_distinct distinct;
    size_t kinds = 0, wrong = 0, seen;
    uint32_t state = 9u;
    for (int i = 0; i < KINDS; i++) count[i] = 0.0;
    for (int i = 0; i < N; i++) {
      int kind;
      state = state * 1664525u + 1013904223u;
      kind = (int)((state >> 8) % KINDS);
      a[i] = kind % 10;
      b[i] = unit[k] * (kind / 10 % 40);
      c[i] = unit[k] * (kind / 400);
      kinds += count[kind]++ == 0.0;
    }
    CU_ASSERT_FATAL(loyi_distinct_make(column, 3, NULL, N, 1, NULL, &distinct, &seen));
    CU_ASSERT_EQUAL_FATAL(distinct.n, kinds);
    for (size_t i = 0; i < kinds; i++) {
      const double *row = distinct.row + 4 * i;
      int kind = (int)(row[0] + 10.0 * floor(row[1] / unit[k] + .5) + 400.0 * floor(row[2] / unit[k] + .5));
      wrong += row[3] != count[kind];
    }
    CU_ASSERT_EQUAL(wrong, 0);
    loyi_distinct_release(&distinct);
  }
}

/* Of a sample: every third block, of which the last is short. */
static void test_sample(void) {
  enum { N = 10 * 64 - 63 };
  static double a[N];
  const double *const column[1] = {a};
  loyi_distinct distinct;
  size_t seen;
  for (int i = 0; i < N; i++) a[i] = i / 32;
  CU_ASSERT_FATAL(loyi_distinct_make(column, 1, NULL, N, 3, NULL, &distinct, &seen));
  CU_ASSERT_EQUAL(seen, 3 * 64 + 1);
  CU_ASSERT_EQUAL_FATAL(distinct.n, 7);
  CU_ASSERT_EQUAL(distinct.row[2], 1.0);
  CU_ASSERT_EQUAL(distinct.row[4], 6.0);
  CU_ASSERT_EQUAL(distinct.row[5], 32.0);
  CU_ASSERT_EQUAL(distinct.row[13], 1.0);
  loyi_distinct_release(&distinct);
}

static void test_memory(void) {
  enum { N = 2000 };
  static double a[N];
  const double *const column[1] = {a};
  failing_allocator memory;
  for (int i = 0; i < N; i++) a[i] = i;
  FOR_EACH_FAILURE(memory) {
    loyi_distinct distinct;
    size_t seen;
    int made = loyi_distinct_make(column, 1, NULL, N, 1, &memory.allocator, &distinct, &seen);
    CU_ASSERT_EQUAL(made, !memory.failed);
    if (made) loyi_distinct_release(&distinct);
    CU_ASSERT_EQUAL(memory.held, 0);
  }
}

SUITE(btyd, distinct) {
  ADD(test_order);
  ADD(test_many);
  ADD(test_sample);
  ADD(test_memory);
}
#else
static void test_nothing_public(void) { CU_PASS("private functions are tested in the other forms"); }
SUITE(btyd, distinct) { ADD(test_nothing_public); }
#endif
