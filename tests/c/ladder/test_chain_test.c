/* test_chain_test.c: order and homogeneity of chains. Numbers to twenty digits by mpmath; quasi-independence by
 * Newton's method there. */
#include "check.h"

#include "failing_allocator.h"

static const double COUNTS[25] = {60, 30, 8, 2, 0,  5,  50, 30, 12, 3, 2,  10, 48,
                                  32, 8,  1, 4, 15, 55, 25, 0,  2,  5, 18, 175};

static void check_test(const loy_chain_test *found, double statistic, double df, double p_value) {
  CHECK_CLOSE(found->statistic, statistic, 1e-14);
  CHECK_BITS(found->df, df);
  CHECK_CLOSE(found->p_value, p_value, 3e-13);
}

static void test_order(void) {
  static const double large[4] = {1000000100000.0, 999999900000.0, 999999900000.0, 1000000100000.0};
  double empty[36];
  loy_chain_test found = {0, 0, 0};
  CHECK_STATUS(loy_chain_order_test(COUNTS, 5, NULL, NULL, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.statistic, 747.3302728144, 1e-12);
  check_test(&found, 747.33027281443267384, 16.0, 1.0775344698908184553e-148);
  /* Counts of 1e12 do not drown a statistic of 0.04. */
  CHECK_STATUS(loy_chain_order_test(large, 2, NULL, NULL, &found, NULL), LOY_OK);
  CHECK_CLOSE(found.statistic, .040000000000000066667, 1e-10);
  CHECK_BITS(found.df, 1.0);
  CHECK_CLOSE(found.p_value, .84148058112179382357, 1e-10);
  /* A state that was never seen to be left takes its degrees along: 4 rows of 6 columns, here the last one empty. */
  for (int i = 0; i < 36; i++) empty[i] = 0.0;
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++) empty[i * 6 + j] = COUNTS[i * 5 + j];
  CHECK_STATUS(loy_chain_order_test(empty, 6, NULL, NULL, &found, NULL), LOY_OK);
  check_test(&found, 747.33027281443267384, 20.0, found.p_value);
}

static void test_structural_zeros(void) {
  static const double band[25] = {60, 30, 0, 0, 0,  5,  50, 30, 0, 0, 0,  10, 48,
                                  32, 0,  0, 0, 15, 55, 25, 0,  0, 0, 18, 175};
  static const double movers[16] = {0, 30, 8, 2, 5, 0, 30, 12, 2, 10, 0, 32, 1, 4, 15, 0};
  static const double forced[9] = {5, 0, 0, 0, 7, 3, 0, 6, 9};
  static const uint8_t forced_allowed[9] = {1, 1, 0, 0, 1, 1, 0, 1, 1};
  double absorbing[25];
  uint8_t allowed[25];
  failing_allocator memory;
  loy_chain_test found = {0, 0, 0};
  for (int c = 0; c < 25; c++) allowed[c] = band[c] > 0.0;
  CHECK_STATUS(loy_chain_order_test(band, 5, allowed, NULL, &found, NULL), LOY_OK);
  check_test(&found, 167.399778642455496, 4.0, 3.77992144816132237e-35); /* 13 moves - 5 - 4 */
  for (int c = 0; c < 16; c++) allowed[c] = movers[c] > 0.0;
  CHECK_STATUS(loy_chain_order_test(movers, 4, allowed, NULL, &found, NULL), LOY_OK);
  check_test(&found, 57.3514202436534097, 5.0, 4.28001938557770366e-11);
  /* An absorbing state says nothing; the other rows are independence as ever. */
  for (int c = 0; c < 25; c++) {
    absorbing[c] = c < 20 ? COUNTS[c] : 0.0;
    allowed[c] = c < 20;
  }
  absorbing[24] = 200.0;
  allowed[24] = 1;
  CHECK_STATUS(loy_chain_order_test(absorbing, 5, allowed, NULL, &found, NULL), LOY_OK);
  check_test(&found, 337.175821818142035, 12.0, 7.09817277006371457e-65);
  /* A cell of the fit that its margins force to 0 does not stall it. */
  CHECK_STATUS(loy_chain_order_test(forced, 3, forced_allowed, NULL, &found, NULL), LOY_OK);
  check_test(&found, 2.2097123031225125368, 1.0, .13714424506266689887);
  /* Every move allowed is no mask. */
  for (int c = 0; c < 25; c++) allowed[c] = 1;
  FOR_EACH_FAILURE(memory) {
    const loy_status status = loy_chain_order_test(COUNTS, 5, allowed, &memory.allocator, &found, NULL);
    CHECK_STATUS(status, memory.failed ? LOY_ERR_MEMORY : LOY_OK);
    CU_ASSERT_EQUAL(memory.held, 0);
    if (memory.failed) CHECK_BITS(found.df, 1.0);
  }
  check_test(&found, 747.33027281443267384, 16.0, 1.0775344698908184553e-148);
}

static void test_second_order(void) {
  static const double two[8] = {20, 5, 7, 9, 11, 4, 6, 30};
  static const uint8_t all[4] = {1, 1, 1, 1}, up[9] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
  double three[27];
  loy_chain_test found = {0, 0, 0};
  CHECK_STATUS(loy_chain_second_order_test(two, 2, NULL, &found, NULL), LOY_OK);
  check_test(&found, 4.3479243086669354577, 2.0, .11372612260691933551);
  CHECK_STATUS(loy_chain_second_order_test(two, 2, all, &found, NULL), LOY_OK);
  check_test(&found, 4.3479243086669354577, 2.0, .11372612260691933551);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++) three[9 * i + 3 * j + k] = (i + 2 * j + 3 * k) % 7 + (j == k ? 5 : 0);
  CHECK_STATUS(loy_chain_second_order_test(three, 3, NULL, &found, NULL), LOY_OK);
  check_test(&found, 15.65576457988496574, 12.0, .20751617046104779878);
  /* One step at a time: into 0 lead 2 states, out of it 2; into and out of 1, 3; of 2, 2. */
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++) three[9 * i + 3 * j + k] = up[3 * i + j] && up[3 * j + k] ? 2.0 : 0.0;
  CHECK_STATUS(loy_chain_second_order_test(three, 3, up, &found, NULL), LOY_OK);
  check_test(&found, 0.0, 1.0 + 4.0 + 1.0, 1.0);
}

static void test_homogeneity(void) {
  static const double other[25] = {50, 35, 10, 4, 1,  8,  45, 32, 10, 5, 1,  12, 50,
                                   30, 7,  2,  3, 20, 50, 25, 1,  1,  8, 20, 170};
  static double periods[75];
  uint8_t allowed[25];
  loy_chain_test found = {0, 0, 0};
  memcpy(periods, COUNTS, sizeof COUNTS);
  memcpy(periods + 25, other, sizeof other);
  for (int c = 0; c < 25; c++) periods[50 + c] = COUNTS[c] + 1.0;
  CHECK_STATUS(loy_chain_homogeneity_test(periods, 2, 5, NULL, &found, NULL), LOY_OK);
  check_test(&found, 10.032175304350818956, 20.0, .96758475327825328737);
  CHECK_STATUS(loy_chain_homogeneity_test(periods, 3, 5, NULL, &found, NULL), LOY_OK);
  check_test(&found, 13.129809504121872663, 40.0, .99998153219431027411);
  /* Two structural zeros: two degrees less a period. An empty row: its own. */
  for (int c = 0; c < 25; c++) allowed[c] = c != 4 && c != 20;
  for (int t = 0; t < 3; t++) periods[25 * t + 4] = periods[25 * t + 20] = 0.0;
  CHECK_STATUS(loy_chain_homogeneity_test(periods, 3, 5, allowed, &found, NULL), LOY_OK);
  CHECK_BITS(found.df, 36.0);
  for (int j = 0; j < 5; j++) periods[50 + 5 + j] = 0.0;
  CHECK_STATUS(loy_chain_homogeneity_test(periods, 3, 5, allowed, &found, NULL), LOY_OK);
  CHECK_BITS(found.df, 32.0);
  /* The same thrice. */
  for (int t = 0; t < 3; t++) memcpy(periods + (size_t)25 * (size_t)t, COUNTS, sizeof COUNTS);
  CHECK_STATUS(loy_chain_homogeneity_test(periods, 3, 5, NULL, &found, NULL), LOY_OK);
  CHECK_NEAR(found.statistic, 0.0, 1e-25);
  CHECK_CLOSE(found.p_value, 1.0, 1e-15);
}

static void test_errors(void) {
  const double good[8] = {3, 1, 1, 3, 2, 2, 2, 2}, negative[8] = {3, 1, 1, -1, 2, 2, 2, 2};
  const double late[8] = {3, 1, 1, 3, 2, 2, 2, (double)INFINITY}, once[8] = {3, 1, 0, 0, 0, 0, 0, 0};
  static const uint8_t up[4] = {1, 1, 0, 1}, stay[4] = {1, 0, 0, 1};
  const double apart[4] = {3, 0, 0, 2};
  loy_chain_test found = {7, 7, 7};
  loy_error error;
  CHECK_STATUS(loy_chain_order_test(NULL, 0, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_order_test(NULL, 2, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_order_test(negative, 2, NULL, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_order_test(negative, 2, NULL, NULL, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);
  CHECK_STATUS(loy_chain_order_test(good, 2, up, NULL, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);
  CHECK_STATUS(loy_chain_order_test(once, 2, NULL, NULL, &found, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_order_test(apart, 2, stay, NULL, &found, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX);

  CHECK_STATUS(loy_chain_second_order_test(NULL, 1025, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_second_order_test(NULL, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "triples", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_second_order_test(late, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_second_order_test(late, 2, NULL, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "triples", 3);
  {
    const double second[8] = {3, 1, 0, 3, 0, 2, 0, 2}; /* 1, 0 never happens, but 1, 0, 1 did */
    CHECK_STATUS(loy_chain_second_order_test(second, 2, up, &found, &error), LOY_ERR_DOMAIN);
    CHECK_ERROR(&error, LOY_ERR_DOMAIN, "triples", 2);
  }
  CHECK_STATUS(loy_chain_second_order_test(once, 2, NULL, &found, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "triples", LOY_NO_INDEX);

  CHECK_STATUS(loy_chain_homogeneity_test(NULL, 1, 0, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "states", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_homogeneity_test(NULL, 1, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "counts", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_homogeneity_test(late, 1, 2, NULL, NULL, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "groups", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_homogeneity_test(late, 65537, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "groups", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_homogeneity_test(late, 2, 2, NULL, NULL, &error), LOY_ERR_ARGUMENT);
  CHECK_ERROR(&error, LOY_ERR_ARGUMENT, "result", LOY_NO_INDEX);
  CHECK_STATUS(loy_chain_homogeneity_test(late, 2, 2, NULL, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 3);
  CHECK_STATUS(loy_chain_homogeneity_test(good, 2, 2, up, &found, &error), LOY_ERR_DOMAIN);
  CHECK_ERROR(&error, LOY_ERR_DOMAIN, "counts", 1);
  CHECK_STATUS(loy_chain_homogeneity_test(once, 2, 2, NULL, &found, &error), LOY_ERR_TOO_FEW);
  CHECK_ERROR(&error, LOY_ERR_TOO_FEW, "counts", LOY_NO_INDEX);
  CHECK_BITS(found.statistic, 7.0);
}

SUITE(ladder, chain_test) {
  ADD(test_order);
  ADD(test_structural_zeros);
  ADD(test_second_order);
  ADD(test_homogeneity);
  ADD(test_errors);
}
