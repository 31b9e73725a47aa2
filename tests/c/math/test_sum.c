/* Sums over rows: the rule of sum.h, written out again, bit for bit; and how little they lose. */
#include "check.h"

#include "loyalty/math/sum.h"

static void test_blocks(void) {
  const size_t b = LOYI_SUM_BLOCK;
  CU_ASSERT_EQUAL(loyi_sum_blocks(0), 0);
  CU_ASSERT_EQUAL(loyi_sum_blocks(1), 1);
  CU_ASSERT_EQUAL(loyi_sum_blocks(b), 1);
  CU_ASSERT_EQUAL(loyi_sum_blocks(b + 1), 2);
  CU_ASSERT_EQUAL(loyi_sum_rows(b + 1, 0), b);
  CU_ASSERT_EQUAL(loyi_sum_rows(b + 1, 1), 1);
  CU_ASSERT_EQUAL(loyi_sum_rows(3 * b, 2), b);
}

static void test_total_keeps_what_addition_drops(void) {
  loyi_total total = {0.0, 0.0};
  loyi_total_add(&total, 1e16);
  for (int i = 0; i < 1000; i++) loyi_total_add(&total, 1.0);
  loyi_total_add(&total, -1e16);
  CHECK_BITS(loyi_total_value(&total), 1000.0);
}

static void test_total_of_infinities(void) {
  loyi_total total = {0.0, 0.0};
  loyi_total_add(&total, 1.0);
  loyi_total_add(&total, (double)INFINITY);
  loyi_total_add(&total, 1.0);
  CHECK_BITS(loyi_total_value(&total), (double)INFINITY);
  loyi_total_add(&total, -(double)INFINITY);
  CU_ASSERT(isnan(loyi_total_value(&total)));
}

#if LOY_TEST_INTERNALS

enum { MOST = 20000 };

static double rows[MOST], weights[MOST];

static void fill(void) {
  for (int i = 0; i < MOST; i++) {
    rows[i] = 1.0 / (1.0 + i);
    weights[i] = 1.0 + i % 5;
  }
}

/* The rule, row by row. */
static double sum_by_the_rule(const double *w, const double *x, size_t n) {
  loyi_total total = {0.0, 0.0};
  for (size_t first = 0; first < n; first += LOYI_SUM_BLOCK) {
    double lane[8] = {0.0};
    for (size_t i = first; i < n && i < first + LOYI_SUM_BLOCK; i++) lane[(i - first) % 8] += w ? w[i] * x[i] : x[i];
    loyi_total_add(&total, ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7])));
  }
  return total.sum + total.error;
}

static void test_sums_follow_the_rule(void) {
  static const size_t n[] = {0, 1, 7, 8, 9, 4095, 4096, 4097, 8191, 12288, MOST};
  fill();
  for (size_t i = 0; i < sizeof n / sizeof n[0]; i++) {
    CHECK_BITS(loyi_sum(rows, n[i]), sum_by_the_rule(NULL, rows, n[i]));
    CHECK_BITS(loyi_sum_product(weights, rows, n[i]), sum_by_the_rule(weights, rows, n[i]));
  }
}

static void test_accuracy(void) {
  fill();
  CHECK_CLOSE(loyi_sum(rows, MOST), 10.480728217229327, 5e-16); /* the harmonic number of 20 000 */
}

#endif

SUITE(math, sum) {
  ADD(test_blocks);
  ADD(test_total_keeps_what_addition_drops);
  ADD(test_total_of_infinities);
#if LOY_TEST_INTERNALS
  ADD(test_sums_follow_the_rule);
  ADD(test_accuracy);
#endif
}
